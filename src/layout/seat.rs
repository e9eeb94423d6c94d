//! A free place for every box that has none, near where it was.
//!
//! In: boxes that mostly do not overlap any more. Out: shifts after which none do, where the page has room. Never here:
//! looking for the best of all places.

use super::geometry::{Point, Rect};
use super::overlap::{Group, into};
use super::taken::Taken;

/// Directions in which a free place is looked for, in each ring.
const WAYS: usize = 24;
/// The next ring is so much wider.
const WIDER: f64 = 1.15;
/// Rings looked at in the widest case.
const RINGS: usize = 200;

/// Takes the fixed groups first, then the others in the given order; each stays if it overlaps none before it, else it
/// goes to the nearest free place found in rings around it. Where one finds none, all groups go to the cells of a
/// grid; if the page has too few cells of their size, they share it evenly, and only then do some overlap.
pub fn seat(groups: &[Group], page: Rect, order: &[usize]) -> Vec<Point> {
    let mut shift = vec![Point::default(); groups.len()];
    let mut taken = Taken::new(page, groups.len());
    let (fixed, free): (Vec<usize>, Vec<usize>) = order.iter().partition(|&&g| groups[g].fixed);
    for &g in &fixed {
        groups[g].boxes.iter().for_each(|&r| taken.put(r));
    }
    for &g in &free {
        match place(&groups[g].boxes, page, &taken) {
            Some(step) => {
                shift[g] = step;
                groups[g].boxes.iter().for_each(|r| taken.put(Rect { center: r.center + step, ..*r }));
            }
            None => return grid(groups, page, &fixed, &free),
        }
    }
    shift
}

fn place(boxes: &[Rect], page: Rect, taken: &Taken) -> Option<Point> {
    let home = boxes.iter().fold(Point::default(), |step, &r| step + into(page, Rect { center: r.center + step, ..r }));
    let fits = |step: Point| {
        let moved = |r: &Rect| Rect { center: r.center + step, ..*r };
        boxes.iter().all(|r| page.sticking_out(moved(r)) < 1e-6 && !taken.hits(moved(r)))
    };
    if fits(home) {
        return Some(home);
    }
    let first = boxes.first()?;
    let mut radius = 0.5 * first.half.x.min(first.half.y).max(1e-6 * page.half.norm());
    for ring in 0..RINGS {
        for way in 0..WAYS {
            let turn = std::f64::consts::PI * (2.0 * way as f64 + (ring % 2) as f64) / WAYS as f64;
            let step = home + Point::new(libm::cos(turn), libm::sin(turn)) * radius;
            if fits(step) {
                return Some(step);
            }
        }
        radius *= WIDER;
        if radius > 2.0 * page.half.norm() {
            break;
        }
    }
    None
}

/// Cells of one size for all: groups keep their order from top to bottom and, within a row, from left to right.
fn grid(groups: &[Group], page: Rect, fixed: &[usize], free: &[usize]) -> Vec<Point> {
    let mut shift = vec![Point::default(); groups.len()];
    let outline = |g: usize| {
        let mut sides = (f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (l, t, r, b) in groups[g].boxes.iter().map(|r| r.sides()) {
            sides = (sides.0.min(l), sides.1.min(t), sides.2.max(r), sides.3.max(b));
        }
        Rect::between(sides.0, sides.1, sides.2, sides.3)
    };
    let outlines: Vec<Rect> = free.iter().map(|&g| outline(g)).collect();
    let largest = outlines.iter().fold(Point::default(), |m, r| Point::new(m.x.max(r.half.x), m.y.max(r.half.y)));
    let count = |page: f64, cell: f64| ((page / cell.max(1e-9)) as usize).clamp(1, 4 * free.len().max(1));
    let (mut columns, rows) = (count(page.half.x, largest.x), count(page.half.y, largest.y));
    let cells = |columns: usize, rows: usize| -> Vec<Rect> {
        let half = Point::new(page.half.x / columns as f64, page.half.y / rows as f64);
        let middle = |i: usize| {
            let (x, y) = ((i % columns) as f64 * 2.0 + 1.0, (i / columns) as f64 * 2.0 + 1.0);
            page.center - page.half + Point::new(x * half.x, y * half.y)
        };
        (0..columns * rows).map(|i| Rect { center: middle(i), half }).collect()
    };
    let blocked = |cell: &Rect| fixed.iter().any(|&g| groups[g].boxes.iter().any(|r| r.hits(*cell)));
    let mut seats: Vec<Rect> = cells(columns, rows).into_iter().filter(|c| !blocked(c)).collect();
    if seats.len() < free.len() {
        let fine = (free.len() as f64).sqrt().ceil() as usize;
        seats = cells(fine, fine);
        columns = fine;
    }
    // Every seat in step, so that they spread over the page.
    let mut places: Vec<Point> = (0..free.len()).map(|i| seats[i * seats.len() / free.len().max(1)].center).collect();
    places.sort_by(|p, q| p.y.total_cmp(&q.y).then(p.x.total_cmp(&q.x)));
    let mut who: Vec<usize> = (0..free.len()).collect();
    who.sort_by(|&a, &b| outlines[a].center.y.total_cmp(&outlines[b].center.y).then(a.cmp(&b)));
    for (row, seats) in who.chunks_mut(columns).zip(places.chunks_mut(columns)) {
        row.sort_by(|&a, &b| outlines[a].center.x.total_cmp(&outlines[b].center.x).then(a.cmp(&b)));
        seats.sort_by(|p, q| p.x.total_cmp(&q.x).then(p.y.total_cmp(&q.y)));
        for (&i, &place) in row.iter().zip(seats.iter()) {
            shift[free[i]] = place - outlines[i].center;
        }
    }
    shift
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(n: usize, half: f64) -> Vec<Group> {
        vec![Group { boxes: vec![Rect::new(Point::new(50.0, 50.0), half, half)], fixed: false }; n]
    }

    fn seated(groups: &[Group], page: Rect) -> Vec<Rect> {
        let order: Vec<usize> = (0..groups.len()).collect();
        let shift = seat(groups, page, &order);
        groups.iter().zip(shift).map(|(g, s)| Rect { center: g.boxes[0].center + s, ..g.boxes[0] }).collect()
    }

    #[test]
    fn all_in_one_place_find_places_even_where_there_is_hardly_room() {
        let page = Rect::between(0.0, 0.0, 100.0, 100.0);
        for n in [2, 30, 100] {
            let rects = seated(&marks(n, 5.0), page);
            for (i, &one) in rects.iter().enumerate() {
                assert!(page.sticking_out(one) < 1e-6);
                assert!(rects[i + 1..].iter().all(|&two| one.overlap(two).x < 1e-6 || one.overlap(two).y < 1e-6));
            }
        }
    }

    #[test]
    fn more_than_the_page_holds_share_it() {
        let page = Rect::between(0.0, 0.0, 100.0, 100.0);
        let rects = seated(&marks(400, 5.0), page);
        assert!(rects.iter().all(|r| page.distance(r.center) == 0.0));
        assert!(rects.iter().enumerate().all(|(i, a)| rects[i + 1..].iter().all(|b| a.center != b.center)));
    }
}
