//! The key to small multiples: which colour is which bloc, what a pale dot and a ring are.
//!
//! In: blocs that were followed. Out: a row of samples above the legend. Never here: what the legend tells.

use super::super::super::canvas::Canvas;
use super::super::super::marks::shape;
use super::super::super::picture::{Picture, Shape, What};
use super::super::super::samples::{FONT, Samples};
use super::super::super::text::{Weight, shorten};
use super::Panel;
use super::follow::Followed;
use crate::Result;
use crate::layout::geometry::Point;

const ROW: f64 = 23.0;
/// Blocs that are told by name.
const MOST_BLOCS: usize = 8;
/// How much larger than its mark a ring is, at page size 1.
pub const RING: f64 = 2.4;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Sample {
    Bloc(usize),
    Alone,
    Moved,
    Absent,
}

/// A laid-out key.
pub struct Key {
    rows: Samples<Sample>,
    unit: f64,
    /// Its height, the rule above it included.
    pub height: f64,
}

impl Key {
    /// The key to what occurs, broken into rows no wider than `room`.
    pub fn new(followed: &Followed, panels: &[Panel], all: &Picture, unit: f64, room: f64) -> Self {
        let mut samples: Vec<(Sample, String)> =
            followed.names.iter().take(MOST_BLOCS).enumerate().map(|(b, n)| (Sample::Bloc(b), n.clone())).collect();
        if followed.of.iter().flat_map(|blocs| &blocs.of).any(|&bloc| bloc >= followed.names.len()) {
            samples.push((Sample::Alone, "in no bloc with others".to_owned()));
        }
        if followed.moved.iter().any(|moved| !moved.is_empty()) {
            samples.push((Sample::Moved, "ring: in another bloc than when last seen".to_owned()));
        }
        let everywhere = |id: &str| panels.iter().all(|p| p.network.graph.node_weights().any(|a| a.name == id));
        if all.marks.iter().any(|mark| matches!(mark.what, What::Actor(_)) && !everywhere(&mark.id)) {
            samples.push((Sample::Absent, "pale: no statement in the window".to_owned()));
        }
        for (_, words) in &mut samples {
            *words = shorten(words, FONT * unit, Weight::Regular, 0.5 * room);
        }
        let rows = Samples::new(samples, (ROW, 22.0), |_| 20.0, unit, room);
        Self { height: rows.height, rows, unit }
    }

    /// Draws it from its upper left corner on, with a rule of `wide` above.
    pub fn draw(&self, canvas: &mut Canvas, corner: Point, wide: f64) -> Result<()> {
        let (unit, palette) = (self.unit, canvas.palette);
        self.rows.draw(canvas, "key", (corner, wide), |canvas, sample, at| {
            let middle = at + Point::new(7.0, 0.0) * unit;
            match sample {
                Sample::Bloc(bloc) => shape(canvas, Shape::Circle, middle, 6.5 * unit, palette.bloc(*bloc))?,
                Sample::Alone => shape(canvas, Shape::Circle, middle, 6.5 * unit, palette.loner)?,
                Sample::Moved => {
                    canvas.disc(middle, 7.0 * unit, palette.ink)?;
                    canvas.disc(middle, 5.8 * unit, palette.paper)?;
                    shape(canvas, Shape::Circle, middle, 4.6 * unit, palette.bloc(0))?;
                }
                Sample::Absent => canvas.disc(middle, 3.0 * unit, palette.rule)?,
            }
            Ok(())
        })
    }
}
