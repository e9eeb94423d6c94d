//! From text to the shapes of a font: which ones, and where.
//!
//! In: a line of text. Out: glyphs of DejaVu Sans from left to right with their places, letters joined and marks set
//! as their script wants it, runs to the left turned around. Never here: outlines; kerning, which would make a line
//! narrower than it was measured to be.

use super::text::{Weight, bytes, face, hidden};
use harfrust::{Direction, Feature, FontRef, ShapeOptions, ShaperData, Tag, UnicodeBuffer};
use std::sync::OnceLock;
use ttf_parser::GlyphId;
use unicode_bidi::{BidiInfo, Level};

/// A line of glyphs, in ems.
pub struct Shaped {
    /// Its glyphs.
    pub glyphs: Vec<Glyph>,
    /// Its width.
    pub width: f64,
}

/// A shape of the font, in ems from where the line begins, y upward.
pub struct Glyph {
    /// Its number.
    pub id: GlyphId,
    /// The font that it is from.
    pub weight: Weight,
    /// To the right.
    pub x: f64,
    /// Upward.
    pub y: f64,
}

/// Shapes a line in this weight, or upright where only the upright font has the letters; `None` where neither has. The
/// line runs to the right as a whole, as text in an SVG does.
pub fn shape(text: &str, weight: Weight) -> Option<Shaped> {
    let mut line = Shaped { glyphs: Vec::new(), width: 0.0 };
    let bidi = BidiInfo::new(text, Some(Level::ltr()));
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let part = text.get(run.clone())?;
            let weight = [weight, Weight::Regular].into_iter().find(|&weight| has(part, weight))?;
            append(&mut line, part, weight, levels.get(run.start)?.is_rtl())?;
        }
    }
    Some(line)
}

/// Whether a font has all letters.
fn has(text: &str, weight: Weight) -> bool {
    face(weight).is_some_and(|face| text.chars().all(|c| hidden(c) || face.glyph_index(c).is_some()))
}

fn append(line: &mut Shaped, part: &str, weight: Weight, leftward: bool) -> Option<()> {
    let (font, data) = font(weight)?;
    let em = f64::from(face(weight)?.units_per_em());
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(part);
    buffer.set_direction(if leftward { Direction::RightToLeft } else { Direction::LeftToRight });
    buffer.guess_segment_properties();
    // Ligatures are for scripts that cannot do without.
    let off = |name: &[u8; 4]| Feature::new(Tag::new(name), 0, ..);
    let features = [off(b"kern"), off(b"liga")];
    let features = if leftward { &features[..1] } else { &features[..] };
    let shaped = data.shaper(font).build().shape(buffer, ShapeOptions::new().features(features));
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        if info.glyph_id == 0 {
            return None;
        }
        line.glyphs.push(Glyph {
            id: GlyphId(u16::try_from(info.glyph_id).ok()?),
            weight,
            x: line.width + f64::from(position.x_offset) / em,
            y: f64::from(position.y_offset) / em,
        });
        line.width += f64::from(position.x_advance) / em;
    }
    Some(())
}

fn font(weight: Weight) -> Option<&'static (FontRef<'static>, ShaperData)> {
    static FONTS: OnceLock<[Option<(FontRef<'static>, ShaperData)>; 3]> = OnceLock::new();
    let load = |weight| {
        let font = FontRef::new(bytes(weight)).ok()?;
        let data = ShaperData::new(&font);
        Some((font, data))
    };
    FONTS.get_or_init(|| [Weight::Regular, Weight::Bold, Weight::Italic].map(load))[weight as usize].as_ref()
}

#[cfg(test)]
mod tests {
    use super::super::text::width;
    use super::*;
    use proptest::prelude::*;

    fn ids(text: &str) -> Vec<u16> {
        shape(text, Weight::Regular).unwrap().glyphs.iter().map(|g| g.id.0).collect()
    }

    #[test]
    fn arabic_letters_are_joined_and_run_to_the_left() {
        let alone: Vec<u16> =
            "محمد".chars().map(|c| face(Weight::Regular).unwrap().glyph_index(c).unwrap().0).collect();
        let joined = ids("محمد");
        assert!(joined.len() == 4 && joined.iter().all(|id| !alone[..3].contains(id)), "{joined:?} {alone:?}");
        let mut turned = ids("שמע");
        turned.reverse();
        assert_eq!(turned, ["ש", "מ", "ע"].map(|letter| ids(letter)[0]));
        // A name in a line of another script stands in its place.
        assert_eq!(ids("a ש b")[0], ids("a")[0]);
        assert_eq!(*ids("a שמ b").last().unwrap(), ids("b")[0]);
    }

    #[test]
    fn letters_of_another_weight_stand_in() {
        assert!(shape("محمد", Weight::Italic).unwrap().glyphs.iter().all(|g| g.weight == Weight::Regular));
        assert!(shape("Ж", Weight::Italic).unwrap().glyphs.iter().all(|g| g.weight == Weight::Italic));
        assert!(shape("法国", Weight::Bold).is_none() && shape("Paris 法", Weight::Regular).is_none());
        assert_eq!(shape("", Weight::Bold).unwrap().glyphs.len(), 0);
    }

    #[test]
    fn latin_greek_and_cyrillic_are_as_wide_as_measured() {
        for text in ["AVATAR fi ffi", "Łódź", "Владимир Путин", "Ελλάδα", "To – “q”"] {
            for weight in [Weight::Regular, Weight::Bold, Weight::Italic] {
                let (shaped, measured) = (shape(text, weight).unwrap().width, width(text, 1.0, weight));
                assert!((shaped - measured).abs() < 1e-9, "{text}: {shaped} {measured}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_shaped_or_refused(text in "\\PC{0,24}|[\u{590}-\u{6ff} a-z\u{300}-\u{310}\u{200b}-\u{200f}]{0,24}") {
            if let Some(line) = shape(&text, Weight::Bold) {
                prop_assert!(line.width.is_finite() && line.width < 4.0 * (1.0 + text.chars().count() as f64));
            }
        }
    }
}
