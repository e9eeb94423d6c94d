//! The sheet that marks are drawn on, one small plotters drawing each.
//!
//! In: shapes in page units. Out: SVG elements in groups that carry ids, classes, data and a tooltip. plotters draws
//! every mark; since its SVG has no groups, ids or titles, each mark's drawing is taken out of its own `<svg>` and set
//! into a `<g>` here. Never here: what a mark means.

use super::TextAs;
use super::outline;
use super::style::{GRID, Palette, Theme};
use super::text::{Weight, clean, escape, families};
use crate::layout::geometry::Point;
use crate::{Error, Result};
use plotters::prelude::{Color, DrawingBackend, IntoFont, RGBAColor, RGBColor, SVGBackend, ShapeStyle, TextStyle};
use plotters::style::FontStyle;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use std::fmt::Display;

/// Where a text stands to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins there.
    Start,
    /// The point is its middle.
    Middle,
    /// The text ends there.
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    /// Font size in page units.
    pub size: f64,
    /// Upright, bold or slanted.
    pub weight: Weight,
    /// Ink.
    pub colour: RGBColor,
    /// Where it stands to its point.
    pub anchor: Anchor,
}

/// An SVG document that grows.
pub struct Canvas {
    out: String,
    size: (u32, u32),
    text: TextAs,
    family: String,
    /// Put before ids, which must differ where the same is drawn several times.
    pub prefix: String,
    /// The colours to draw with.
    pub palette: &'static Palette,
}

impl Canvas {
    /// An empty sheet of `width` by `height` page units. Text is set in `font` where the viewer has it.
    pub fn new(width: f64, height: f64, text: TextAs, font: Option<&str>, theme: Theme) -> Self {
        Self {
            out: String::new(),
            size: (grid(width).unsigned_abs(), grid(height).unsigned_abs()),
            text,
            family: families(font.unwrap_or_default()),
            prefix: String::new(),
            palette: theme.palette(),
        }
    }

    /// What has been drawn.
    pub fn into_string(self) -> String {
        self.out
    }

    /// Opens a group; attributes without a value are left out, `title` becomes the tooltip.
    pub fn open(&mut self, attributes: &[(&str, &dyn Display)], title: Option<&str>) {
        self.out.push_str("<g");
        for (name, value) in attributes {
            let prefix = if *name == "id" { self.prefix.as_str() } else { "" };
            let value = clean(&format!("{prefix}{value}"));
            if !value.is_empty() {
                self.out.push_str(&format!(" {name}=\"{}\"", escape(&value)));
            }
        }
        self.out.push('>');
        if let Some(title) = title {
            let lines: Vec<String> = title.lines().map(|line| escape(&clean(line))).collect();
            self.out.push_str(&format!("<title>{}</title>", lines.join("\n")));
        }
        self.out.push('\n');
    }

    /// Closes the group opened last.
    pub fn close(&mut self) {
        self.out.push_str("</g>\n");
    }

    /// A filled shape.
    pub fn area(&mut self, points: &[Point], colour: RGBColor, alpha: f64) -> Result<()> {
        let style = filled(colour, alpha);
        self.draw(|sheet| sheet.fill_polygon(on_grid(points), &style).map_err(drop))
    }

    /// A line through points.
    pub fn line(&mut self, points: &[Point], colour: RGBColor, width: f64) -> Result<()> {
        let style = stroked(colour, width);
        self.draw(|sheet| sheet.draw_path(on_grid(points), &style).map_err(drop))
    }

    /// A disc.
    pub fn disc(&mut self, center: Point, radius: f64, colour: RGBColor) -> Result<()> {
        let (at, radius) = ((grid(center.x), grid(center.y)), grid(radius).unsigned_abs());
        let style = filled(colour, 1.0);
        self.draw(|sheet| sheet.draw_circle(at, radius, &style, true).map_err(drop))
    }

    /// A line of text whose baseline passes through `at`.
    pub fn text(&mut self, text: &str, at: Point, set: Type) -> Result<()> {
        let text = clean(text);
        if let Some(letters) = (self.text == TextAs::Outlines).then(|| outline::outline(&text, at, set)).flatten() {
            return letters.iter().try_for_each(|letter| self.area(letter, set.colour, 1.0));
        }
        let h_pos = match set.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        // plotters divides font sizes by 1.24 and puts the baseline 0.76 em below the top.
        let family = self.family.clone();
        let font = (family.as_str(), set.size * GRID * 1.24).into_font();
        let font = match set.weight {
            Weight::Regular => font,
            Weight::Bold => font.style(FontStyle::Bold),
            Weight::Italic => font.style(FontStyle::Italic),
        };
        let style = TextStyle::from(font).color(&set.colour).pos(Pos::new(h_pos, VPos::Top));
        let place = (grid(at.x), grid(at.y - 0.76 * set.size));
        self.draw(|sheet| sheet.draw_text(&text, &style, place).map_err(drop))
    }

    /// A line of text on a halo of `reach` that keeps it apart from what lies behind. The halo is a text of its own
    /// below the other: `paint-order` would do with one, but not every viewer knows it.
    pub fn text_on_halo(&mut self, text: &str, at: Point, set: Type, reach: f64) -> Result<()> {
        let paper = self.palette.paper;
        let ink = format!("#{:02X}{:02X}{:02X}", paper.0, paper.1, paper.2);
        self.open(
            &[
                ("class", &"halo"),
                ("aria-hidden", &"true"),
                ("stroke", &ink),
                ("stroke-width", &(GRID * 2.0 * reach).round()),
                ("stroke-linejoin", &"round"),
                ("opacity", &"0.85"),
            ],
            None,
        );
        self.text(text, at, Type { colour: paper, ..set })?;
        self.close();
        self.text(text, at, set)
    }

    /// Lets plotters draw one thing, and takes it out of its `<svg>`.
    fn draw(&mut self, mark: impl FnOnce(&mut SVGBackend) -> std::result::Result<(), ()>) -> Result<()> {
        let mut drawing = String::new();
        let drawn = {
            let mut sheet = SVGBackend::with_string(&mut drawing, self.size);
            mark(&mut sheet).and_then(|()| sheet.present().map_err(drop))
        };
        let body = drawing.split_once('\n').and_then(|(_, rest)| rest.strip_suffix("</svg>\n"));
        match (drawn, body) {
            (Ok(()), Some(body)) => {
                let body = body.replace(" opacity=\"1\"", "").replace(" \"/>", "\"/>");
                let text = body.starts_with("<text");
                self.out.push_str(&if text { body.replace(">\n", ">").replace("\n</", "</") } else { body });
                if text {
                    self.out.push('\n');
                }
                Ok(())
            }
            _ => Err(Error::Usage("the picture could not be drawn: plotters refused a mark".to_owned())),
        }
    }
}

/// A page unit on the fine grid.
pub fn grid(value: f64) -> i32 {
    (value * GRID).round() as i32
}

fn on_grid(points: &[Point]) -> Vec<(i32, i32)> {
    points.iter().map(|p| (grid(p.x), grid(p.y))).collect()
}

fn filled(colour: RGBColor, alpha: f64) -> ShapeStyle {
    let rgba: RGBAColor = colour.mix(alpha);
    ShapeStyle { color: rgba, filled: true, stroke_width: 0 }
}

fn stroked(colour: RGBColor, width: f64) -> ShapeStyle {
    ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: grid(width).unsigned_abs().max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_one_element_in_its_group() {
        let mut canvas = Canvas::new(100.0, 50.0, TextAs::Fonts, None, Theme::Light);
        canvas.open(&[("id", &"a\"1"), ("class", &"")], Some("one\ntwo & \u{1}three"));
        canvas.line(&[Point::new(0.0, 0.0), Point::new(1.5, 2.0)], RGBColor(1, 2, 3), 1.5).unwrap();
        canvas
            .text(
                "a<b>\n",
                Point::new(1.0, 1.0),
                Type { size: 10.0, weight: Weight::Bold, colour: RGBColor(0, 0, 0), anchor: Anchor::Middle },
            )
            .unwrap();
        canvas.close();
        let svg = canvas.into_string();
        assert!(svg.starts_with("<g id=\"a&quot;1\"><title>one\ntwo &amp; three</title>\n<polyline"), "{svg}");
        assert!(svg.contains("stroke=\"#010203\" stroke-width=\"30\" points=\"0,0 30,40\"/>"), "{svg}");
        assert!(svg.contains("font-weight=\"bold\">a&lt;b&gt;</text>\n</g>"), "{svg}");
    }
}
