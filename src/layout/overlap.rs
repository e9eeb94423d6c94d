//! Parting boxes that overlap.
//!
//! In: boxes that move together (a mark, and its label where it has one). Out: the shifts that part them, small where
//! they can be. Never here: why the boxes are where they are.
//!
//! First overlapping boxes push each other apart, in a counted number of rounds. What still overlaps then is moved to
//! the nearest free place, one group after the other (`seat`), so that it ends with no overlap wherever there is room.

use super::Graph;
use super::geometry::{Point, Rect};
use super::seat::seat;

/// Rounds of pushing.
const ROUNDS: usize = 120;

/// Boxes that move as one.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The boxes, where they are now.
    pub boxes: Vec<Rect>,
    /// Whether it must stay where it is.
    pub fixed: bool,
}

/// Moves groups of boxes apart until none of different groups are nearer than `pad`, and into the page. Returns the
/// shift of each group. Boxes may stay in conflict where `rounds` do not do or fixed ones are in the way.
pub fn push(groups: &[Group], page: Rect, pad: f64, rounds: usize) -> Vec<Point> {
    let mut shift = vec![Point::default(); groups.len()];
    let mut boxes: Vec<(usize, Rect)> = Vec::new();
    for (g, group) in groups.iter().enumerate() {
        boxes.extend(group.boxes.iter().map(|&r| (g, r.grow(pad / 2.0))));
    }
    for _ in 0..rounds {
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
                let shares = match (groups[a].fixed, groups[b].fixed) {
                    (true, true) => continue,
                    (true, false) => (0.0, 1.04),
                    (false, true) => (1.04, 0.0),
                    (false, false) => (0.52, 0.52),
                };
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
                };
                shift[a] = shift[a] + step * shares.0;
                shift[b] = shift[b] - step * shares.1;
            }
        }
        for (g, r) in boxes.iter().filter(|(g, _)| !groups[*g].fixed) {
            let back = into(page, placed(&shift, (*g, r.grow(-pad / 2.0))));
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

/// The step that brings a box into the page, as far as it fits.
pub fn into(page: Rect, rect: Rect) -> Point {
    let room = page.half - rect.half;
    let d = rect.center - page.center;
    let one = |d: f64, room: f64| if room > 0.0 { d.clamp(-room, room) - d } else { -d };
    Point::new(one(d.x, room.x), one(d.y, room.y))
}

/// Moves groups apart for certain, where the page has room for them: none overlaps another, and all lie on the page.
/// The order is that in which they keep their place.
pub fn part(groups: &[Group], page: Rect, pad: f64, order: &[usize]) -> Vec<Point> {
    let pushed = push(groups, page, pad, ROUNDS);
    let moved: Vec<Group> = groups
        .iter()
        .zip(&pushed)
        .map(|(g, &s)| Group {
            boxes: g.boxes.iter().map(|r| Rect { center: r.center + s, ..*r }).collect(),
            fixed: g.fixed,
        })
        .collect();
    let seated = seat(&moved, page, order);
    pushed.into_iter().zip(seated).map(|(one, two)| one + two).collect()
}

/// Moves marks apart that overlap, each with the label that `labels` has for it.
pub fn part_marks(graph: &Graph, at: &mut [Point], labels: &[Option<Rect>]) {
    let groups: Vec<Group> = at
        .iter()
        .zip(&graph.nodes)
        .zip(labels)
        .map(|((&center, v), label)| Group {
            boxes: std::iter::once(Rect { center, half: v.half }).chain(*label).collect(),
            fixed: v.at.is_some(),
        })
        .collect();
    let mean = graph.nodes.iter().map(|v| v.half.x).sum::<f64>() / at.len().max(1) as f64;
    let order = super::by_importance(graph);
    for (p, step) in at.iter_mut().zip(part(&groups, graph.page(), 0.5 * mean, &order)) {
        *p = *p + step;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn free(rect: Rect) -> Group {
        Group { boxes: vec![rect], fixed: false }
    }

    proptest! {
        #[test]
        fn boxes_with_room_are_parted_and_stay_on_the_page(
            at in prop::collection::vec((0.0..300.0, 0.0..300.0, any::<bool>()), 1..25)
        ) {
            let page = Rect::between(0.0, 0.0, 300.0, 300.0);
            let mut groups: Vec<Group> =
                at.iter().map(|&(x, y, _)| free(Rect::new(Point::new(x, y), 8.0, 5.0))).collect();
            let order: Vec<usize> = (0..groups.len()).collect();
            let shift = part(&groups, page, 1.0, &order);
            let moved = |groups: &[Group], shift: &[Point]| -> Vec<Rect> {
                groups.iter().zip(shift).map(|(g, &s)| Rect { center: g.boxes[0].center + s, ..g.boxes[0] }).collect()
            };
            let rects = moved(&groups, &shift);
            for (i, &one) in rects.iter().enumerate() {
                prop_assert!(page.sticking_out(one) < 1e-3);
                prop_assert!(rects[i + 1..].iter().all(|&two| !one.hits(two)));
            }
            for (group, &(_, _, fixed)) in groups.iter_mut().zip(&at) {
                group.fixed = fixed;
            }
            let shift = part(&groups, page, 1.0, &order);
            let rects = moved(&groups, &shift);
            for (i, &one) in rects.iter().enumerate() {
                prop_assert!(!groups[i].fixed || shift[i] == Point::default());
                for (j, &two) in rects.iter().enumerate().skip(i + 1) {
                    prop_assert!(groups[i].fixed && groups[j].fixed || !one.hits(two));
                }
            }
        }
    }

    #[test]
    fn boxes_in_one_place_are_parted() {
        let groups = vec![free(Rect::new(Point::new(5.0, 5.0), 1.0, 1.0)); 2];
        let shift = part(&groups, Rect::between(0.0, 0.0, 10.0, 10.0), 0.0, &[0, 1]);
        assert!(shift[0].distance(shift[1]) >= 2.0);
    }
}
