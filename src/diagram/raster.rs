//! A picture as PNG, for slides and word processors that know no SVG.
//!
//! In: an SVG document that this module's neighbours drew, and how many pixels a page unit gets. Out: the bytes of a
//! PNG, and what of the text no font could show. Text is set in DejaVu Sans, which the program carries, so that the
//! picture is the same on every machine; only a letter that it lacks, or a font that the user asked for, is looked up
//! among the fonts installed. Never here: what is drawn; files other than those fonts.

use super::text::{FAMILY, Weight, bytes, hidden};
use crate::{Error, Result};
use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, ID, Query, Source, Stretch, Style, Weight as Boldness};
use resvg::usvg::{Font, FontFamily, FontResolver, FontStyle, Node, Options, Tree};
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex};

/// Largest picture: its pixels take 400 MB.
const MOST_PIXELS: f64 = 1e8;

/// Pixels in an inch of a page on which an SVG pixel is one.
const DPI: f64 = 96.0;

/// A picture made of pixels.
#[derive(Debug)]
pub struct Raster {
    /// The PNG, 8 bits a channel, without transparency.
    pub png: Vec<u8>,
    /// Characters that no font here has, in the order of the document; boxes stand for them.
    pub missing: Vec<char>,
    /// Fonts that the document asks for before the usual ones, if none of them is here.
    pub absent: Option<String>,
}

/// Pixels of a picture of `width` by `height` page units at `zoom` pixels a unit.
///
/// # Errors
/// A zoom that is no number between 0.1 and 20, and a picture of more than 100 million pixels.
pub fn pixels(width: u32, height: u32, zoom: f64) -> Result<(u32, u32)> {
    if !(0.1..=20.0).contains(&zoom) {
        return Err(Error::Usage(format!("a picture cannot be zoomed by {zoom}; use 0.1 to 20")));
    }
    let (wide, high) = ((f64::from(width) * zoom).round(), (f64::from(height) * zoom).round());
    if wide * high > MOST_PIXELS {
        return Err(Error::Usage(format!(
            "a picture of {wide} by {high} pixels is too large; make it smaller, or lower --zoom, to 100 million pixels \
             in all"
        )));
    }
    Ok((wide.max(1.0) as u32, high.max(1.0) as u32))
}

/// Paints an SVG document at `zoom` pixels a page unit.
///
/// # Errors
/// As [`pixels`]; a document that is not SVG.
pub fn raster(svg: &str, zoom: f64) -> Result<Raster> {
    let fonts = Arc::new(Mutex::new(Fonts::default()));
    let mut options = Options { font_resolver: resolver(&fonts), ..Options::default() };
    let database = options.fontdb_mut();
    let mut carried = Vec::new();
    for weight in [Weight::Regular, Weight::Bold, Weight::Italic] {
        carried.extend(database.load_font_source(Source::Binary(Arc::new(bytes(weight)))));
    }
    change(&fonts, |fonts| fonts.carried = carried);
    let tree = Tree::from_str(svg, &options).map_err(failed)?;
    let (wide, high) = (tree.size().width().ceil(), tree.size().height().ceil());
    let (wide, high) = pixels(wide as u32, high as u32, zoom)?;
    let mut sheet = Pixmap::new(wide, high).ok_or_else(|| failed("no room for it"))?;
    sheet.fill(Color::WHITE);
    let scale = Transform::from_scale(wide as f32 / tree.size().width(), high as f32 / tree.size().height());
    resvg::render(&tree, scale, &mut sheet.as_mut());
    let png = encode(&sheet, zoom).map_err(failed)?;
    let absent = change(&fonts, |fonts| fonts.absent.take());
    Ok(Raster { png, missing: missing(&tree), absent })
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Usage(format!("the picture could not be painted: {error}"))
}

/// The PNG, which says how large it is to be on paper.
fn encode(sheet: &Pixmap, zoom: f64) -> std::result::Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, sheet.width(), sheet.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    let per_metre = (zoom * DPI / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    let mut writer = encoder.write_header()?;
    let mut stream = writer.stream_writer()?;
    let mut row = Vec::with_capacity(3 * sheet.width() as usize);
    for line in sheet.data().chunks_exact(4 * sheet.width() as usize) {
        row.clear();
        for pixel in line.chunks_exact(4) {
            row.extend_from_slice(&pixel[..3]);
        }
        stream.write_all(&row)?;
    }
    stream.finish()?;
    writer.finish()?;
    Ok(out)
}

/// Characters drawn as the box that fonts keep for what they lack.
fn missing(tree: &Tree) -> Vec<char> {
    let mut found = Vec::new();
    let mut nodes: Vec<&Node> = tree.root().children().iter().rev().collect();
    while let Some(node) = nodes.pop() {
        match node {
            Node::Group(group) => nodes.extend(group.children().iter().rev()),
            Node::Text(text) => {
                let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                found.extend(glyphs.filter(|g| g.id.0 == 0).flat_map(|g| g.text.chars()).filter(|&c| !hidden(c)));
            }
            _ => {}
        }
    }
    let mut known = BTreeSet::new();
    found.retain(|&c| known.insert(c));
    found
}

/// Which fonts there are to choose from.
#[derive(Default)]
struct Fonts {
    /// Those that the program carries.
    carried: Vec<ID>,
    /// Whether those of the system were loaded: they are only when they are needed, since that takes time.
    system: bool,
    absent: Option<String>,
}

impl Fonts {
    fn load(&mut self, database: &mut Arc<Database>) {
        if !self.system {
            Arc::make_mut(database).load_system_fonts();
            self.system = true;
        }
    }
}

fn change<T>(fonts: &Mutex<Fonts>, how: impl FnOnce(&mut Fonts) -> T) -> T {
    how(&mut fonts.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
}

fn resolver(fonts: &Arc<Mutex<Fonts>>) -> FontResolver<'static> {
    let (one, two) = (fonts.clone(), fonts.clone());
    FontResolver {
        select_font: Box::new(move |font, database| change(&one, |fonts| first(font, fonts, database))),
        select_fallback: Box::new(move |c, used, database| change(&two, |fonts| next(c, used, fonts, database))),
    }
}

/// The font to begin with: one that the user asked for by name, or DejaVu Sans.
fn first(font: &Font, fonts: &mut Fonts, database: &mut Arc<Database>) -> Option<ID> {
    let style = match font.style() {
        FontStyle::Normal => Style::Normal,
        FontStyle::Italic => Style::Italic,
        FontStyle::Oblique => Style::Oblique,
    };
    // All texts name the usual families last.
    let usual = FAMILY.split(',').count();
    let asked = &font.families()[..font.families().len().saturating_sub(usual)];
    if !asked.is_empty() {
        fonts.load(database);
        let families: Vec<Family> = asked.iter().map(family).collect();
        let query = Query { families: &families, weight: Boldness(font.weight()), stretch: Stretch::Normal, style };
        if let Some(found) = database.query(&query) {
            return Some(found);
        }
        let names: Vec<String> = asked.iter().map(|name| name.to_string().replace('"', "")).collect();
        fonts.absent = Some(names.join(", "));
    }
    let which = match style {
        _ if font.weight() >= 600 => 1,
        Style::Normal => 0,
        _ => 2,
    };
    fonts.carried.get(which).copied()
}

fn family(name: &FontFamily) -> Family<'_> {
    match name {
        FontFamily::Serif => Family::Serif,
        FontFamily::SansSerif => Family::SansSerif,
        FontFamily::Cursive => Family::Cursive,
        FontFamily::Fantasy => Family::Fantasy,
        FontFamily::Monospace => Family::Monospace,
        FontFamily::Named(name) => Family::Name(name),
    }
}

/// A font for a character that those used so far lack: one of ours, else one of the system's, the one most like the
/// first used.
fn next(c: char, used: &[ID], fonts: &mut Fonts, database: &mut Arc<Database>) -> Option<ID> {
    let fits = |id: ID, database: &Database| !used.contains(&id) && has(database, id, c);
    if let Some(&ours) = fonts.carried.iter().find(|&&id| fits(id, database)) {
        return Some(ours);
    }
    fonts.load(database);
    let base = used.first().and_then(|&id| database.face(id))?;
    let (style, weight) = (base.style, base.weight.0);
    let mut faces: Vec<_> = database.faces().collect();
    faces.sort_by_key(|f| (f.style != style, f.weight.0.abs_diff(weight), &f.post_script_name, f.index));
    faces.iter().map(|face| face.id).find(|&id| fits(id, database))
}

/// Whether a font has a shape for the character. One that has only images of it, as some have of emoji, does not.
fn has(database: &Database, id: ID, c: char) -> bool {
    let shape = |data: &[u8], index: u32| {
        let face = ttf_parser::Face::parse(data, index).ok()?;
        let glyph = face.glyph_index(c)?;
        (face.glyph_bounding_box(glyph).is_some() || face.is_color_glyph(glyph)).then_some(())
    };
    database.with_face_data(id, shape).flatten().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(body: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\">{body}</svg>")
    }

    fn text(family: &str, words: &str) -> String {
        svg(&format!("<text x=\"2\" y=\"15\" font-size=\"14\" font-family=\"{family}{FAMILY}\">{words}</text>"))
    }

    /// Size, and how many pixels are not white.
    fn seen(png: &[u8]) -> ((u32, u32), usize) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        ((info.width, info.height), pixels.chunks(3).filter(|p| *p != [255; 3]).count())
    }

    #[test]
    fn text_is_painted_in_the_font_that_is_carried() {
        let one = raster(&text("", "Łódź Ж"), 2.0).unwrap();
        let (size, ink) = seen(&one.png);
        assert!(size == (120, 40) && ink > 100, "{size:?} {ink}");
        assert!(one.missing.is_empty() && one.absent.is_none());
        assert_eq!(one.png, raster(&text("", "Łódź Ж"), 2.0).unwrap().png);
        let half = raster(&text("", "Łódź Ж"), 0.5).unwrap();
        assert_eq!(seen(&half.png).0, (30, 10));
    }

    #[test]
    fn letters_that_no_font_has_are_told() {
        // A private letter and an emoji with a modifier: the one nobody has, the other must not stop anything.
        let one = raster(&text("", "a\u{F8FE}\u{E123}👍🏽 محمد"), 1.0).unwrap();
        assert!(one.missing.contains(&'\u{E123}') && !one.missing.contains(&'م'), "{:?}", one.missing);
    }

    #[test]
    fn a_font_that_is_not_here_is_told() {
        let one = raster(&text("'No Such Font 7', Nor This, ", "word"), 1.0).unwrap();
        assert_eq!(one.absent.as_deref(), Some("No Such Font 7, Nor This"));
        assert!(seen(&one.png).1 > 20);
        let broken = raster(&text("a'b;, ", "word"), 1.0).unwrap();
        assert!(broken.absent.is_none() && seen(&broken.png).1 > 20);
    }

    #[test]
    fn sizes_without_bounds_are_refused() {
        for zoom in [f64::NAN, f64::INFINITY, 0.0, -1.0, 1e300] {
            let error = pixels(1200, 900, zoom).unwrap_err().to_string();
            assert!(error.contains("use 0.1 to 20"), "{error}");
        }
        let error = pixels(10_000, 10_000, 2.0).unwrap_err().to_string();
        assert!(error.contains("20000 by 20000 pixels is too large"), "{error}");
        assert_eq!(pixels(10_000, 10_000, 1.0).unwrap(), (10_000, 10_000));
        assert_eq!(pixels(1200, 900, 1.5).unwrap(), (1800, 1350));
        assert!(raster("<svg", 1.0).is_err());
    }
}
