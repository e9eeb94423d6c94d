//! Parting boxes that overlap.
//!
//! In: boxes that move together (a mark, and its label where it has one). Out: the shifts that part them, small where
//! they can be. Never here: why the boxes are where they are.

use super::Graph;
use super::geometry::{Point, Rect};

/// Rounds after which boxes that still overlap are left so: the page may be too small for all of them.
const ROUNDS: usize = 120;

/// Moves groups of boxes apart until none of different groups are nearer than `pad`, and into the page. Returns the
/// shift of each group. Overlapping pairs are found by a sweep from left to right.
pub fn part(groups: &[Vec<Rect>], page: Rect, pad: f64) -> Vec<Point> {
    let mut shift = vec![Point::default(); groups.len()];
    let mut boxes: Vec<(usize, Rect)> =
        groups.iter().enumerate().flat_map(|(g, rects)| rects.iter().map(move |&r| (g, r.grow(pad / 2.0)))).collect();
    for _ in 0..ROUNDS {
        let placed = |shift: &[Point], (g, r): (usize, Rect)| Rect { center: r.center + shift[g], ..r };
        boxes.sort_by(|&one, &two| {
            let left = |b: (usize, Rect)| b.1.center.x + shift[b.0].x - b.1.half.x;
            left(one).total_cmp(&left(two)).then(one.0.cmp(&two.0))
        });
        let mut moved = false;
        for i in 0..boxes.len() {
            for j in i + 1..boxes.len() {
                let (one, two) = (placed(&shift, boxes[i]), placed(&shift, boxes[j]));
                if two.center.x - two.half.x > one.center.x + one.half.x {
                    break;
                }
                let (a, b) = (boxes[i].0, boxes[j].0);
                let over = one.overlap(two);
                if a == b || over.x <= 1e-6 || over.y <= 1e-6 {
                    continue;
                }
                moved = true;
                // Boxes in the very same place part by their order, else they never would.
                let sign = |d: f64| if d > 0.0 || (d == 0.0 && a < b) { 1.0 } else { -1.0 };
                let step = if over.x < over.y {
                    Point::new(sign(one.center.x - two.center.x) * over.x, 0.0)
                } else {
                    Point::new(0.0, sign(one.center.y - two.center.y) * over.y)
                } * 0.52;
                shift[a] = shift[a] + step;
                shift[b] = shift[b] - step;
            }
        }
        for (g, r) in &boxes {
            let (l, t, right, bottom) = page.sides();
            let (bl, bt, br, bb) = placed(&shift, (*g, r.grow(-pad / 2.0))).sides();
            let into = |low: f64, high: f64| if low > 0.0 { low } else { -(high.max(0.0)) };
            let back = Point::new(into(l - bl, br - right), into(t - bt, bb - bottom));
            if back.norm() > 1e-6 {
                moved = true;
                shift[*g] = shift[*g] + back;
            }
        }
        if !moved {
            break;
        }
    }
    shift
}

/// Moves marks apart that overlap.
pub fn part_marks(graph: &Graph, at: &mut [Point]) {
    let boxes: Vec<Vec<Rect>> =
        at.iter().zip(&graph.nodes).map(|(&center, v)| vec![Rect { center, half: v.half }]).collect();
    let mean = graph.nodes.iter().map(|v| v.half.x).sum::<f64>() / at.len().max(1) as f64;
    for (p, step) in at.iter_mut().zip(part(&boxes, graph.page(), 0.5 * mean)) {
        *p = *p + step;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn boxes_with_room_are_parted_and_stay_on_the_page(
            at in prop::collection::vec((0.0..300.0, 0.0..300.0), 1..25)
        ) {
            let page = Rect::between(0.0, 0.0, 300.0, 300.0);
            let groups: Vec<Vec<Rect>> = at.iter().map(|&(x, y)| vec![Rect::new(Point::new(x, y), 8.0, 5.0)]).collect();
            let shift = part(&groups, page, 1.0);
            let rects: Vec<Rect> = groups.iter().zip(&shift).map(|(g, &s)| Rect { center: g[0].center + s, ..g[0] }).collect();
            for (i, &one) in rects.iter().enumerate() {
                prop_assert!(page.sticking_out(one) < 1e-3);
                prop_assert!(rects[i + 1..].iter().all(|&two| !one.hits(two)));
            }
        }
    }

    #[test]
    fn boxes_in_one_place_are_parted() {
        let groups = vec![vec![Rect::new(Point::new(5.0, 5.0), 1.0, 1.0)]; 2];
        let shift = part(&groups, Rect::between(0.0, 0.0, 10.0, 10.0), 0.0);
        assert!(shift[0].distance(shift[1]) >= 2.0);
    }
}
