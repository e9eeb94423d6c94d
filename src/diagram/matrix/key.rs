//! The legend of a matrix: the signs and marks that occur in it, and no others.
//!
//! In: a grid. Out: a row of samples at the foot of the page, drawn by the same code as what they explain.

use super::super::canvas::{Anchor, Canvas, Type};
use super::super::marks::shape;
use super::super::picture::{Picture, Shape};
use super::super::text::{Weight, width};
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

/// One sample and its words.
#[derive(Debug, Clone)]
struct Item {
    sample: Sample,
    words: String,
    at: Point,
}

/// A laid-out legend.
pub struct Key {
    items: Vec<Item>,
    unit: f64,
    /// Its height, the rule above it included.
    pub height: f64,
}

const FONT: f64 = 12.5;
const ROW: f64 = 25.0;
const SPACE: f64 = 22.0;
/// Side of a sample.
const CELL: f64 = 21.0;

impl Key {
    /// The legend of a grid, broken into rows no wider than `room`.
    pub fn new(grid: &Grid, picture: &Picture, room: f64, unit: f64) -> Self {
        let mut items: Vec<Item> = samples(grid, picture)
            .into_iter()
            .map(|(sample, words)| Item { sample, words, at: Point::default() })
            .collect();
        let mut at = Point::new(0.0, 0.9 * ROW * unit);
        for item in &mut items {
            let wide = (breadth(&item.sample) + 7.0) * unit + width(&item.words, FONT * unit, Weight::Regular);
            if at.x > 0.0 && at.x + wide > room {
                at = Point::new(0.0, at.y + ROW * unit);
            }
            item.at = at;
            at.x += wide + SPACE * unit;
        }
        let height = if items.is_empty() { 0.0 } else { at.y + 14.0 * unit };
        Self { items, unit, height }
    }

    /// Draws it from its upper left corner on, with a rule of `wide` above.
    pub fn draw(&self, canvas: &mut Canvas, corner: Point, wide: f64) -> Result<()> {
        let unit = self.unit;
        canvas.open(&[("id", &"legend")], None);
        canvas.line(&[corner, corner + Point::new(wide, 0.0)], canvas.palette.rule, unit)?;
        for item in &self.items {
            let at = corner + item.at;
            match &item.sample {
                Sample::Mark(which) => {
                    let loner = canvas.palette.loner;
                    shape(canvas, *which, at + Point::new(8.0 * unit, 0.0), 7.0 * unit, loner)?;
                }
                Sample::Cells(cells) => {
                    for (i, parts) in cells.iter().enumerate() {
                        let center = at + Point::new((i as f64 + 0.5) * CELL * unit, 0.0);
                        sign::draw(canvas, parts, center, Point::new(CELL, CELL) * unit, unit)?;
                    }
                }
            }
            let set =
                Type { size: FONT * unit, weight: Weight::Regular, colour: canvas.palette.soft, anchor: Anchor::Start };
            let words = at + Point::new((breadth(&item.sample) + 7.0) * unit, 0.36 * FONT * unit);
            canvas.text(&item.words, words, set)?;
        }
        canvas.close();
        Ok(())
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
