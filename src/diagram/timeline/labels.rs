//! Names beside marks, where there is room for them.
//!
//! In: the boxes of what is drawn, and names with the marks that they belong to, the most wanted first. Out: which names
//! are written where. Never here: what is worth a name.

use super::super::text::{Weight, width};
use crate::layout::geometry::{Point, Rect};

/// A name that is wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The mark's middle and half of its width.
    pub at: Point,
    /// Half of the mark's width and height.
    pub half: Point,
    /// Ways of setting it, each a list of lines.
    pub ways: Vec<Vec<String>>,
    /// How it is set.
    pub weight: Weight,
    /// Whether it may stand beside its mark.
    pub beside: bool,
    /// Whether it may stand above its mark.
    pub up: bool,
    /// Whether it may stand below its mark.
    pub down: bool,
    /// Whether it may stand away from its mark, at the end of a line.
    pub far: bool,
    /// Where it may be.
    pub bounds: Rect,
}

/// A name that is written.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Its lines.
    pub lines: Vec<String>,
    /// Its box.
    pub rect: Rect,
    /// -1: its lines end at the right; 0: they stand in the middle; 1: they begin at the left.
    pub side: i8,
    /// How it is set.
    pub weight: Weight,
    /// A line to the mark, where that is not near.
    pub leader: Option<(Point, Point)>,
}

/// Height of a line, in font sizes.
pub const LEADING: f64 = 1.12;

/// Places names one after the other, each at the first place where it covers nothing; `None` where there is none.
/// Names stay off `lines`. O(names · places · (marks + names)).
pub fn place(wanted: &[Wanted], marks: &[Rect], lines: &[(Point, Point)], size: f64) -> Vec<Option<Placed>> {
    let mut placed: Vec<Option<Placed>> = Vec::new();
    let mut taken: Vec<Rect> = marks.to_vec();
    for want in wanted {
        let own = Rect { center: want.at, half: want.half };
        let free = |rect: Rect, leader: Option<(Point, Point)>| {
            want.bounds.sticking_out(rect) < 1e-6
                && !lines.iter().any(|&(a, b)| rect.crossed_by(a, b))
                && taken.iter().all(|other| {
                    // A box has itself among the marks.
                    let mine = other.center == own.center;
                    (mine || !other.hits(rect.grow(0.12 * size)))
                        && leader.is_none_or(|(a, b)| mine || !other.grow(0.1 * size).crossed_by(a, b))
                })
                && !own.hits(rect)
        };
        let found = places(want, size).find(|p| free(p.rect, p.leader));
        taken.extend(found.iter().map(|p| p.rect));
        if let Some((a, b)) = found.as_ref().and_then(|p| p.leader) {
            taken.push(Rect::between(a.x - 0.1 * size, a.y.min(b.y), a.x + 0.1 * size, a.y.max(b.y)));
        }
        placed.push(found);
    }
    placed
}

/// All places for a name, the best first.
fn places(want: &Wanted, size: f64) -> impl Iterator<Item = Placed> {
    const LEVELS: usize = 14;
    let ways: Vec<(Vec<String>, Point)> = want
        .ways
        .iter()
        .map(|lines| {
            let wide = lines.iter().map(|line| width(line, size, want.weight)).fold(0.0, f64::max);
            (lines.clone(), Point::new(wide, lines.len() as f64 * LEADING * size))
        })
        .collect();
    let (at, half, weight) = (want.at, want.half, want.weight);
    let beside = move |lines: &[String], room: Point, side: i8| {
        let x = at.x + f64::from(side) * (half.x + 0.28 * size + 0.5 * room.x);
        let rect = Rect::new(Point::new(x, at.y), 0.5 * room.x, 0.5 * room.y);
        Placed { lines: lines.to_vec(), rect, side, weight, leader: None }
    };
    let away = move |lines: &[String], room: Point, (sign, level, side): (f64, usize, i8)| {
        let near = half.y + if level == 0 { 0.1 } else { 0.35 } * size + level as f64 * LEADING * size;
        let y = at.y + sign * (near + 0.5 * room.y);
        // Names that begin or end at the mark leave the line to it free.
        let x = at.x + f64::from(side) * (0.5 * room.x - if level == 0 { half.x } else { -0.3 * size });
        let rect = Rect::new(Point::new(x, y), 0.5 * room.x, 0.5 * room.y);
        let leader = (level > 0).then(|| {
            let from = Point::new(at.x, at.y + sign * (half.y + 0.1 * size));
            let reach = if side == 0 { near - 0.08 * size } else { near + room.y - 0.1 * size };
            (from, Point::new(at.x, at.y + sign * reach))
        });
        Placed { lines: lines.to_vec(), rect, side, weight, leader }
    };
    let signs: Vec<f64> = [(want.up, -1.0), (want.down, 1.0)].into_iter().filter(|s| s.0).map(|s| s.1).collect();
    let mut all = Vec::new();
    for (lines, room) in &ways {
        all.extend([1, -1].iter().filter(|_| want.beside).map(|&side| beside(lines, *room, side)));
        all.extend(signs.iter().flat_map(|&sign| [0, 1, -1].map(|side| away(lines, *room, (sign, 0, side)))));
    }
    for level in 1..if want.far { LEVELS } else { 1 } {
        for (lines, room) in &ways {
            all.extend(signs.iter().flat_map(|&sign| [1, -1, 0].map(|side| away(lines, *room, (sign, level, side)))));
        }
    }
    all.into_iter()
}
