//! Pictures of the network, as SVG.
//!
//! In: a [`Network`] and its blocs. Out: an SVG document in a string, drawn by plotters. Never here: reading files,
//! finding blocs, deciding where things go (see [`crate::layout`]).
//!
//! The picture is drawn bottom up: tinted areas of blocs, ties, marks, labels, then title and legend. Every mark is a
//! group with an id, classes, `data-` attributes and a tooltip that names the evidence. The same input and options
//! give the same bytes.

mod blocs;
mod canvas;
mod legend;
mod lines;
mod marks;
mod matters;
mod outline;
mod picture;
mod style;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod words;

pub use style::Theme;

use crate::clusters::Blocs;
use crate::layout::geometry::{Point, Rect};
use crate::layout::{Effort, layout};
use crate::network::Network;
use crate::{Error, Result};
use canvas::{Anchor, Canvas, Type};
use picture::Picture;
use style::{INK, PAPER, SOFT};
use text::{Weight, wrap};

/// Whether matters are drawn as hubs between the actors who take a stance on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Matters {
    /// Those that tell more than the ties that run through them: three actors or more stand on it, and it takes the
    /// place of three ties or more.
    #[default]
    Auto,
    /// All.
    Show,
    /// None.
    Hide,
}

/// How text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextAs {
    /// As text, set in a font of the viewer's; it can be searched and copied.
    #[default]
    Fonts,
    /// As shapes, so that it looks the same everywhere, even in a viewer without fonts.
    Outlines,
}

/// What the caller wants.
#[derive(Debug, Clone)]
pub struct DiagramOptions {
    /// Width of the page in pixels, 300 to 20,000.
    pub width: u32,
    /// Height of the page in pixels, 300 to 20,000.
    pub height: u32,
    /// What is seen; `None`: a title made of the relations that occur.
    pub title: Option<String>,
    /// Dates and counts; `None`: made of the network.
    pub subtitle: Option<String>,
    /// The line at the foot; `None`: the documents' ids.
    pub source_line: Option<String>,
    /// Names of blocs, by number; where there is none or an empty one, the bloc is named after its members.
    pub bloc_names: Vec<String>,
    /// Another seed, another layout of like quality.
    pub seed: u64,
    /// Whether to draw matters.
    pub matters: Matters,
    /// How to write text.
    pub text: TextAs,
    /// Colours.
    pub theme: Theme,
}

impl Default for DiagramOptions {
    fn default() -> Self {
        Self {
            width: 1200,
            height: 900,
            title: None,
            subtitle: None,
            source_line: None,
            bloc_names: Vec::new(),
            seed: 1,
            matters: Matters::default(),
            text: TextAs::default(),
            theme: Theme::default(),
        }
    }
}

/// Draws the network. O(n²) up to some 1,500 actors; beyond 2,000 only the most active are drawn, and the subtitle
/// says so.
pub fn network_svg(network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions) -> Result<String> {
    draw(network, blocs, options, Effort::default())
}

fn draw(network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions, effort: Effort) -> Result<String> {
    for (side, value) in [("width", options.width), ("height", options.height)] {
        if !(300..=20_000).contains(&value) {
            return Err(Error::Usage(format!("the picture's {side} is {value}; use 300 to 20000")));
        }
    }
    let (width, height) = (f64::from(options.width), f64::from(options.height));
    let page = Rect::between(0.0, 0.0, width, height);
    let mut picture = Picture::new(network, blocs, options, width, 0.72 * height);
    let unit = picture.sizes.page;
    let rim = 36.0 * unit;
    let head = Head::new(network, &picture, options, width - 2.0 * rim);
    let source = options.source_line.clone().unwrap_or_else(|| words::source(network));
    let source = text::wrap(&text::clean(&source), 11.5 * unit, Weight::Regular, width - 2.0 * rim, 2);
    let legend = legend::Legend::new(&picture, width - 2.0 * rim);
    let foot = legend.height + source.len() as f64 * 16.0 * unit + 30.0 * unit;
    let top = rim * 0.7 + head.height + 14.0 * unit;
    let room = Rect::between(rim * 0.6, top, width - rim * 0.6, (height - foot - 12.0 * unit).max(top + 60.0));

    let (w, h) = (2.0 * room.half.x, 2.0 * room.half.y);
    let corner = Point::new(room.center.x - room.half.x, room.center.y - room.half.y);
    let mut placed = layout(&picture.graph(w, h, options.seed, effort));
    for p in &mut placed.positions {
        *p = *p + corner;
    }
    for label in placed.labels.iter_mut().flatten() {
        label.rect.center = label.rect.center + corner;
    }
    picture.sizes.label = picture.sizes.label.min(picture.sizes.label);

    let mut canvas = Canvas::new(width, height, options.text);
    canvas.open(&[("id", &"background")], None);
    canvas.area(&page.corners(), PAPER, 1.0)?;
    canvas.close();
    blocs::draw(&mut canvas, &picture, &placed, room)?;
    lines::draw(&mut canvas, network, &picture, &placed)?;
    marks::draw(&mut canvas, network, &picture, &placed)?;
    blocs::draw_names(&mut canvas, &picture, &placed, room)?;
    if picture.marks.is_empty() {
        let set = Type { size: 16.0 * unit, weight: Weight::Regular, colour: SOFT, anchor: Anchor::Middle };
        canvas.text("No actors and no ties were found.", room.center, set)?;
    }
    head.draw(&mut canvas, rim, rim * 0.7, unit)?;
    legend.draw(&mut canvas, rim, height - foot, width - 2.0 * rim)?;
    canvas.open(&[("id", &"source")], None);
    for (i, line) in source.iter().enumerate() {
        let y = height - 16.0 * unit * (source.len() - i) as f64 - 2.0 * unit;
        let set = Type { size: 11.5 * unit, weight: Weight::Regular, colour: SOFT, anchor: Anchor::Start };
        canvas.text(line, Point::new(rim, y), set)?;
    }
    canvas.close();
    Ok(document(
        options,
        &words::title(&picture, options),
        &words::description(network, &picture),
        &canvas.into_string(),
    ))
}

/// The SVG document around what was drawn.
fn document(options: &DiagramOptions, title: &str, description: &str, body: &str) -> String {
    let (w, h) = (options.width, options.height);
    let grid = style::GRID;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" \
         height=\"{h}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"network-title network-desc\">\n\
         <title id=\"network-title\">{}</title>\n<desc id=\"network-desc\">{}</desc>\n{body}</svg>\n",
        f64::from(w) * grid,
        f64::from(h) * grid,
        text::escape(title),
        text::escape(description),
    )
}

/// The headline block: a short bar, the title, the subtitle.
struct Head {
    title: Vec<String>,
    subtitle: Vec<String>,
    height: f64,
}

impl Head {
    fn new(network: &Network, picture: &Picture, options: &DiagramOptions, room: f64) -> Self {
        let unit = picture.sizes.page;
        let title = wrap(&words::title(picture, options), 25.0 * unit, Weight::Bold, room, 2);
        let subtitle = wrap(&words::subtitle(network, picture, options), 14.5 * unit, Weight::Regular, room, 2);
        let height = (14.0 + 31.0 * title.len() as f64 + 20.0 * subtitle.len() as f64) * unit;
        Self { title, subtitle, height }
    }

    fn draw(&self, canvas: &mut Canvas, left: f64, top: f64, unit: f64) -> Result<()> {
        canvas.open(&[("id", &"headline")], None);
        canvas.area(&Rect::between(left, top, left + 44.0 * unit, top + 5.0 * unit).corners(), INK, 1.0)?;
        let mut y = top + 8.0 * unit;
        for line in &self.title {
            y += 29.0 * unit;
            let set = Type { size: 25.0 * unit, weight: Weight::Bold, colour: INK, anchor: Anchor::Start };
            canvas.text(line, Point::new(left, y), set)?;
        }
        y += 4.0 * unit;
        for line in &self.subtitle {
            y += 20.0 * unit;
            let set = Type { size: 14.5 * unit, weight: Weight::Regular, colour: SOFT, anchor: Anchor::Start };
            canvas.text(line, Point::new(left, y), set)?;
        }
        canvas.close();
        Ok(())
    }
}
