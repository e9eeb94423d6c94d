//! The key to small multiples: which colour is which bloc, what a pale dot and a ring are.
//!
//! In: blocs that were followed. Out: a row of samples above the legend. Never here: what the legend tells.

use super::super::super::canvas::{Anchor, Canvas, Type};
use super::super::super::marks::shape;
use super::super::super::picture::{Picture, Shape, What};
use super::super::super::text::{Weight, shorten, width};
use super::Panel;
use super::follow::Followed;
use crate::Result;
use crate::layout::geometry::Point;

const FONT: f64 = 12.5;
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
    items: Vec<(Sample, String, Point)>,
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
        let mut at = Point::new(0.0, ROW * 0.9 * unit);
        let mut items = Vec::new();
        for (sample, words) in samples {
            let words = shorten(&words, FONT * unit, Weight::Regular, 0.5 * room);
            let wide = 20.0 * unit + width(&words, FONT * unit, Weight::Regular);
            if at.x > 0.0 && at.x + wide > room {
                at = Point::new(0.0, at.y + ROW * unit);
            }
            items.push((sample, words, at));
            at.x += wide + 22.0 * unit;
        }
        let height = if items.is_empty() { 0.0 } else { at.y + 16.0 * unit };
        Self { items, unit, height }
    }

    /// Draws it from its upper left corner on, with a rule of `wide` above.
    pub fn draw(&self, canvas: &mut Canvas, corner: Point, wide: f64) -> Result<()> {
        if self.items.is_empty() {
            return Ok(());
        }
        let (unit, palette) = (self.unit, canvas.palette);
        canvas.open(&[("id", &"key")], None);
        canvas.line(&[corner, corner + Point::new(wide, 0.0)], palette.rule, unit)?;
        for (sample, words, at) in &self.items {
            let at = corner + *at;
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
            let set = Type { size: FONT * unit, weight: Weight::Regular, colour: palette.soft, anchor: Anchor::Start };
            canvas.text(words, at + Point::new(20.0 * unit, 0.36 * FONT * unit), set)?;
        }
        canvas.close();
        Ok(())
    }
}
