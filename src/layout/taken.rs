//! Which parts of the page are taken.
//!
//! In: boxes, one by one. Out: whether another overlaps any of them, found in the cells of a grid. Never here: where
//! else it could go.

use super::geometry::{Point, Rect};

/// Cells along a side at most.
const CELLS: usize = 1_000;

/// Boxes by the cells of the page that they reach into.
pub struct Taken {
    corner: Point,
    cell: f64,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<Rect>>,
}

impl Taken {
    /// An empty page that will hold about so many boxes.
    pub fn new(page: Rect, boxes: usize) -> Self {
        let area = 4.0 * page.half.x * page.half.y;
        let longest = 2.0 * page.half.x.max(page.half.y);
        let cell = (area / boxes.max(1) as f64).sqrt().max(longest / CELLS as f64).max(1e-9);
        let count = |side: f64| ((2.0 * side / cell) as usize + 1).min(CELLS + 1);
        let (columns, rows) = (count(page.half.x), count(page.half.y));
        Self { corner: page.center - page.half, cell, columns, rows, cells: vec![Vec::new(); columns * rows] }
    }

    /// Adds a box.
    pub fn put(&mut self, r: Rect) {
        let (x0, y0, x1, y1) = self.span(r);
        for y in y0..=y1 {
            for x in x0..=x1 {
                self.cells[y * self.columns + x].push(r);
            }
        }
    }

    /// How many boxes in the cells around overlap this one; a box in several of its cells counts for each.
    pub fn count(&self, r: Rect) -> usize {
        self.around(r).filter(|other| other.hits(r)).count()
    }

    /// Whether a box overlaps this one.
    pub fn hits(&self, r: Rect) -> bool {
        self.around(r).any(|other| other.hits(r))
    }

    fn around(&self, r: Rect) -> impl Iterator<Item = &Rect> {
        let (x0, y0, x1, y1) = self.span(r);
        (y0..=y1).flat_map(move |y| (x0..=x1).flat_map(move |x| &self.cells[y * self.columns + x]))
    }

    /// The cells that a box reaches into; one off the page counts for the cells at its edge.
    fn span(&self, r: Rect) -> (usize, usize, usize, usize) {
        let (left, top, right, bottom) = r.sides();
        let x = |v: f64| (((v - self.corner.x) / self.cell).max(0.0) as usize).min(self.columns - 1);
        let y = |v: f64| (((v - self.corner.y) / self.cell).max(0.0) as usize).min(self.rows - 1);
        (x(left), y(top), x(right), y(bottom))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_found_wherever_they_are() {
        let mut taken = Taken::new(Rect::between(0.0, 0.0, 100.0, 60.0), 50);
        let at = |x: f64, y: f64| Rect::new(Point::new(x, y), 4.0, 2.0);
        for r in [at(50.0, 30.0), at(-20.0, 500.0)] {
            taken.put(r);
        }
        assert!(taken.hits(at(57.0, 33.0)) && taken.hits(at(-22.0, 501.0)));
        assert!(!taken.hits(at(59.0, 30.0)) && !taken.hits(at(50.0, 35.0)));
        assert!(taken.count(at(50.0, 30.0)) >= 1);
    }
}
