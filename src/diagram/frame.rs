//! The page around a picture: paper, title, subtitle, source, and the SVG document.
//!
//! In: words. Out: where the picture may be, and the finished document. Never here: the picture.

use super::canvas::{Anchor, Canvas, Type};
use super::style::{GRID, Palette, page_unit};
use super::text::{Weight, clean, escape, wrap};
use crate::Result;
use crate::layout::geometry::{Point, Rect};

/// Font sizes of title, subtitle and source on a page of size 1.
const TITLE: f64 = 25.0;
const SUBTITLE: f64 = 14.5;
const SOURCE: f64 = 11.5;

/// A page with its words broken into lines.
#[derive(Debug)]
pub struct Frame {
    size: Point,
    unit: f64,
    /// Space at the left and the right.
    rim: f64,
    name: String,
    title: Vec<String>,
    subtitle: Vec<String>,
    source: Vec<String>,
}

impl Frame {
    /// Breaks the words for a page of this size.
    pub fn new(size: Point, title: &str, subtitle: &str, source: &str) -> Self {
        Self::with_unit(size, page_unit(size.x, size.y), title, subtitle, source)
    }

    /// The same with words as large as on a page of another size.
    pub fn with_unit(size: Point, unit: f64, title: &str, subtitle: &str, source: &str) -> Self {
        let rim = 36.0 * unit;
        let lines = |text: &str, font: f64, weight: Weight| {
            let text = clean(text);
            if text.is_empty() { Vec::new() } else { wrap(&text, font * unit, weight, size.x - 2.0 * rim, 2) }
        };
        Self {
            size,
            unit,
            rim,
            name: clean(title),
            title: lines(title, TITLE, Weight::Bold),
            subtitle: lines(subtitle, SUBTITLE, Weight::Regular),
            source: lines(source, SOURCE, Weight::Regular),
        }
    }

    /// Width between the rims.
    pub fn breadth(&self) -> f64 {
        self.size.x - 2.0 * self.rim
    }

    /// Upper left corner of the legend, which is `height` high.
    pub fn foot(&self, height: f64) -> Point {
        let lines = self.source.len() as f64;
        Point::new(self.rim, self.size.y - height - (lines * 16.0 + 30.0) * self.unit)
    }

    /// What is left for the picture between the headline and a legend of this height.
    pub fn room(&self, legend: f64) -> Rect {
        let head = 14.0 + 31.0 * self.title.len() as f64 + 20.0 * self.subtitle.len() as f64;
        let top = 0.7 * self.rim + (head + 14.0) * self.unit;
        let bottom = self.foot(legend).y - 12.0 * self.unit;
        Rect::between(0.6 * self.rim, top, self.size.x - 0.6 * self.rim, bottom.max(top + 60.0))
    }

    /// The paper.
    pub fn draw_paper(&self, canvas: &mut Canvas) -> Result<()> {
        canvas.open(&[("id", &"background")], None);
        canvas.area(&Rect::between(0.0, 0.0, self.size.x, self.size.y).corners(), canvas.palette.paper, 1.0)?;
        canvas.close();
        Ok(())
    }

    /// Some words amid the picture.
    pub fn draw_note(&self, canvas: &mut Canvas, text: &str, at: Point) -> Result<()> {
        canvas.text(text, at, self.set(canvas.palette, 16.0, Weight::Regular, Anchor::Middle))
    }

    /// A short bar, the title, the subtitle; and the source at the foot.
    pub fn draw_words(&self, canvas: &mut Canvas) -> Result<()> {
        let (unit, left, top) = (self.unit, self.rim, 0.7 * self.rim);
        canvas.open(&[("id", &"headline")], None);
        canvas.area(
            &Rect::between(left, top, left + 44.0 * unit, top + 5.0 * unit).corners(),
            canvas.palette.ink,
            1.0,
        )?;
        let mut y = top + 8.0 * unit;
        for line in &self.title {
            y += 29.0 * unit;
            canvas.text(line, Point::new(left, y), self.set(canvas.palette, TITLE, Weight::Bold, Anchor::Start))?;
        }
        y += 4.0 * unit;
        for line in &self.subtitle {
            y += 20.0 * unit;
            canvas.text(
                line,
                Point::new(left, y),
                self.set(canvas.palette, SUBTITLE, Weight::Regular, Anchor::Start),
            )?;
        }
        canvas.close();
        canvas.open(&[("id", &"source")], None);
        for (i, line) in self.source.iter().enumerate() {
            let y = self.size.y - (16.0 * (self.source.len() - i) as f64 + 2.0) * unit;
            canvas.text(line, Point::new(left, y), self.set(canvas.palette, SOURCE, Weight::Regular, Anchor::Start))?;
        }
        canvas.close();
        Ok(())
    }

    /// The SVG document around what was drawn.
    pub fn document(&self, description: &str, canvas: Canvas) -> String {
        let Point { x: w, y: h } = self.size;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" \
             height=\"{h}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"picture-title picture-desc\">\n\
             <title id=\"picture-title\">{}</title>\n<desc id=\"picture-desc\">{}</desc>\n{}</svg>\n",
            w * GRID,
            h * GRID,
            escape(&self.name),
            escape(&clean(description)),
            canvas.into_string(),
        )
    }

    fn set(&self, palette: &Palette, size: f64, weight: Weight, anchor: Anchor) -> Type {
        let colour = if weight == Weight::Bold { palette.ink } else { palette.soft };
        Type { size: size * self.unit, weight, colour, anchor }
    }
}
