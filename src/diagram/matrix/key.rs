//! The legend of a matrix: the signs and marks that occur in it, and no others.
//!
//! In: a grid. Out: a row of samples at the foot of the page, drawn by the same code as what they explain.

use super::super::canvas::Canvas;
use super::super::marks::shape;
use super::super::picture::{Picture, Shape};
use super::super::samples::Samples;
use super::grid::Grid;
use super::sign;
use super::stances::{Numbers, Part, Says};
use crate::Result;
use crate::layout::geometry::Point;

/// What a sample shows.
#[derive(Debug, Clone)]
enum Sample {
    Cells(Vec<Vec<Part>>),
    Mark(Shape),
}

/// A laid-out legend.
pub struct Key {
    rows: Samples<Sample>,
    unit: f64,
    /// Its height, the rule above it included.
    pub height: f64,
}

const ROW: f64 = 25.0;
const SPACE: f64 = 22.0;
/// Side of a sample.
const CELL: f64 = 21.0;

impl Key {
    /// The legend of a grid, broken into rows no wider than `room`.
    pub fn new(grid: &Grid, picture: &Picture, room: f64, unit: f64) -> Self {
        let rows = Samples::new(samples(grid, picture), (ROW, SPACE), |sample| breadth(sample) + 7.0, unit, room);
        Self { height: rows.height, rows, unit }
    }

    /// Draws it from its upper left corner on, with a rule of `wide` above.
    pub fn draw(&self, canvas: &mut Canvas, corner: Point, wide: f64) -> Result<()> {
        let unit = self.unit;
        self.rows.draw(canvas, "legend", (corner, wide), |canvas, sample, at| match sample {
            Sample::Mark(which) => {
                let loner = canvas.palette.loner;
                shape(canvas, *which, at + Point::new(8.0 * unit, 0.0), 7.0 * unit, loner)
            }
            Sample::Cells(cells) => {
                for (i, parts) in cells.iter().enumerate() {
                    let center = at + Point::new((i as f64 + 0.5) * CELL * unit, 0.0);
                    sign::draw(canvas, parts, center, Point::new(CELL, CELL) * unit, unit)?;
                }
                Ok(())
            }
        })
    }
}

/// Width of a sample at page size 1.
fn breadth(sample: &Sample) -> f64 {
    match sample {
        Sample::Mark(_) => 16.0,
        Sample::Cells(cells) => CELL * cells.len() as f64,
    }
}

/// What occurs in a grid, in the legend's order.
fn samples(grid: &Grid, picture: &Picture) -> Vec<(Sample, String)> {
    let part = |says: Says, statements: u32, hedged: u32| Part {
        says,
        statements,
        hedged,
        weight: None,
        evidence: Vec::new(),
    };
    let occurs = |says: Says| grid.cells.values().flatten().any(|p| p.says == says);
    let mut all = Vec::new();
    for (says, words) in [
        (Says::Support, "supports"),
        (Says::Oppose, "opposes"),
        (Says::Invite, "invites"),
        (Says::Withheld, "withholds an invitation"),
    ] {
        if occurs(says) {
            all.push((Sample::Cells(vec![vec![part(says, 1, 0)]]), words.to_owned()));
        }
    }
    let both = |parts: &&Vec<Part>| [Says::Support, Says::Oppose].iter().all(|s| parts.iter().any(|p| p.says == *s));
    let of_both: Vec<&Vec<Part>> = grid.cells.values().filter(both).collect();
    if !of_both.is_empty() {
        let several = of_both.iter().any(|parts| parts.iter().any(|p| p.statements > 1));
        let cell = vec![part(Says::Support, if several { 2 } else { 1 }, 0), part(Says::Oppose, 1, 0)];
        let words = if several { "both (two for, one against)" } else { "both" };
        all.push((Sample::Cells(vec![cell]), words.to_owned()));
    }
    let signs: Vec<Says> = Says::ALL.into_iter().filter(|&says| occurs(says)).collect();
    let hedged = |says: &&Says| grid.cells.values().flatten().any(|p| p.says == **says && p.is_hedged());
    let hollow: Vec<Vec<Part>> = signs.iter().filter(hedged).map(|&says| vec![part(says, 1, 1)]).collect();
    if !hollow.is_empty() {
        let dotted = signs.iter().filter(hedged).all(|s| matches!(s, Says::Invite | Says::Withheld));
        let words = if dotted { "dotted" } else { "hollow" };
        all.push((Sample::Cells(hollow), format!("{words}: conditional, alleged or possible")));
    }
    if grid.cells.values().flatten().any(|p| p.statements > 1)
        && let Some(&says) = signs.first()
    {
        all.push((
            Sample::Cells(vec![vec![part(says, 3, 0)]]),
            if grid.numbers == Numbers::Weights { "weight" } else { "number of statements" }.to_owned(),
        ));
    }
    for (which, words) in [(Shape::Circle, "country"), (Shape::Square, "institution"), (Shape::Diamond, "person")] {
        if picture.kinds && grid.rows.iter().filter_map(|r| picture.marks.get(r.mark?)).any(|m| m.shape == which) {
            all.push((Sample::Mark(which), words.to_owned()));
        }
    }
    all
}
