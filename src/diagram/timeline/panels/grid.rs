//! The page cut into panels.
//!
//! In: how many, and the room. Out: a box each. Never here: what is in them.

use crate::layout::geometry::Rect;

/// Height of a panel's dates and counts at page size 1.
const CAPTION: f64 = 36.0;
/// Space between panels at page size 1.
const GAP: f64 = 22.0;
/// How much wider than high a panel looks best.
const SHAPE: f64 = 1.3;

/// Boxes of one size, row by row.
#[derive(Debug, Clone)]
pub struct Grid {
    /// One box a panel, below its caption.
    pub cells: Vec<Rect>,
    /// A box with its corner at (0, 0).
    pub cell: Rect,
    /// Height of the caption above each.
    pub caption: f64,
}

impl Grid {
    /// As many columns as make the panels largest.
    pub fn new(panels: usize, room: Rect, unit: f64) -> Self {
        let (left, top, right, bottom) = room.sides();
        let (gap, caption) = (GAP * unit, CAPTION * unit);
        let size = |columns: usize| {
            let rows = panels.div_ceil(columns);
            let wide = (right - left - gap * (columns - 1) as f64) / columns as f64;
            let high = (bottom - top - 0.6 * gap * (rows - 1) as f64) / rows as f64 - caption;
            (wide.max(20.0), high.max(20.0))
        };
        let fit = |columns: usize| {
            let (wide, high) = size(columns);
            (wide / SHAPE).min(high)
        };
        // Of equals the fewest columns.
        let best = |best: usize, columns: usize| if fit(columns) > fit(best) + 1e-9 { columns } else { best };
        let columns = (1..=panels.max(1)).reduce(best).unwrap_or(1);
        let (wide, high) = size(columns);
        let cell = |k: usize| {
            let x = left + (k % columns) as f64 * (wide + gap);
            let y = top + (k / columns) as f64 * (high + caption + 0.6 * gap) + caption;
            Rect::between(x, y, x + wide, y + high)
        };
        Self { cells: (0..panels).map(cell).collect(), cell: Rect::between(0.0, 0.0, wide, high), caption }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_fill_the_page_without_touching() {
        let room = Rect::between(36.0, 100.0, 1164.0, 760.0);
        for panels in 1..=24 {
            let grid = Grid::new(panels, room, 1.0);
            assert_eq!(grid.cells.len(), panels);
            for (i, a) in grid.cells.iter().enumerate() {
                assert!(room.sticking_out(*a) < 1e-6, "{panels}");
                assert!(grid.cells[i + 1..].iter().all(|b| !a.hits(*b)));
            }
            assert!(grid.cell.half.x > 60.0 && grid.cell.half.y > 40.0, "{panels}: {:?}", grid.cell);
        }
    }
}
