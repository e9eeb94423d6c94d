//! Samples with words, set in rows: what legends are made of.
//!
//! In: samples of any kind, their words and widths. Out: rows no wider than the page. Never here: what a sample shows.

use super::canvas::{Anchor, Canvas, Type};
use super::text::{Weight, width};
use crate::Result;
use crate::layout::geometry::Point;

/// Font size at page size 1.
pub const FONT: f64 = 12.5;

/// Samples in their places.
#[derive(Debug)]
pub struct Samples<S> {
    items: Vec<Item<S>>,
    unit: f64,
    /// Height of all rows and of the rule above them; 0 where there are none.
    pub height: f64,
}

#[derive(Debug)]
struct Item<S> {
    sample: S,
    words: String,
    /// Left end of the sample, half as high as it is.
    at: Point,
    /// From there to the words.
    breadth: f64,
}

impl<S> Samples<S> {
    /// Sets samples in rows no wider than `room`. `row` and `space` are the height of a row and the space between two
    /// samples, `breadth` the width of a sample with the space before its words, all at page size 1.
    pub fn new(
        samples: Vec<(S, String)>,
        (row, space): (f64, f64),
        breadth: impl Fn(&S) -> f64,
        unit: f64,
        room: f64,
    ) -> Self {
        let mut at = Point::new(0.0, 0.9 * row * unit);
        let mut items = Vec::with_capacity(samples.len());
        for (sample, words) in samples {
            let breadth = breadth(&sample) * unit;
            let wide = breadth + width(&words, FONT * unit, Weight::Regular);
            if at.x > 0.0 && at.x + wide > room {
                at = Point::new(0.0, at.y + row * unit);
            }
            items.push(Item { sample, words, at, breadth });
            at.x += wide + space * unit;
        }
        let height = if items.is_empty() { 0.0 } else { at.y + 14.0 * unit };
        Self { items, unit, height }
    }

    /// Draws them from their upper left corner on, with a rule of `wide` above; `paint` draws one sample.
    pub fn draw(
        &self,
        canvas: &mut Canvas,
        id: &str,
        (corner, wide): (Point, f64),
        paint: impl Fn(&mut Canvas, &S, Point) -> Result<()>,
    ) -> Result<()> {
        if self.items.is_empty() {
            return Ok(());
        }
        canvas.open(&[("id", &id)], None);
        canvas.line(&[corner, corner + Point::new(wide, 0.0)], canvas.palette.rule, self.unit)?;
        let size = FONT * self.unit;
        let set = Type { size, weight: Weight::Regular, colour: canvas.palette.soft, anchor: Anchor::Start };
        for item in &self.items {
            let at = corner + item.at;
            paint(canvas, &item.sample, at)?;
            canvas.text(&item.words, at + Point::new(item.breadth, 0.36 * size), set)?;
        }
        canvas.close();
        Ok(())
    }
}
