//! Text: how wide it is, where it breaks, and what of it may be written.
//!
//! In: any string. Out: lines that fit, measured by the advance widths of DejaVu Sans, which is wider than the fonts
//! that a viewer is likely to use instead, so that what fits here fits there. Never here: where text goes.

use std::sync::OnceLock;
use ttf_parser::Face;
use unicode_segmentation::UnicodeSegmentation;

/// Families that text is set in, the first that the viewer has.
pub const FAMILY: &str = "Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif";

/// Longest part of what a caller asks for that is taken for the name of a font.
const LONGEST_NAME: usize = 100;

/// The value of `font-family`: the fonts that the caller wants, by commas, before the usual ones. Names are quoted, since
/// one such as Source Sans 3 is none to CSS without.
pub fn families(wanted: &str) -> String {
    let mut out = String::new();
    for name in wanted.split(',').take(8) {
        let name: String = name.chars().filter(|c| !matches!(c, '\'' | '"' | '\\')).take(LONGEST_NAME).collect();
        let name = clean(&name);
        match name.as_str() {
            "" => {}
            "serif" | "sans-serif" | "monospace" | "cursive" | "fantasy" => out.push_str(&format!("{name}, ")),
            _ => out.push_str(&format!("'{name}', ")),
        }
    }
    out + FAMILY
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Upright.
    Regular,
    /// Bold.
    Bold,
    /// Slanted.
    Italic,
}

/// The file of the font that text is measured with, and drawn with where the viewer's fonts are not to be used.
pub fn bytes(weight: Weight) -> &'static [u8] {
    match weight {
        Weight::Regular => dejavu::sans::regular(),
        Weight::Bold => dejavu::sans::bold(),
        Weight::Italic => dejavu::sans::oblique(),
    }
}

/// The font of [`bytes`].
pub fn face(weight: Weight) -> Option<&'static Face<'static>> {
    static FACES: OnceLock<[Option<Face<'static>>; 3]> = OnceLock::new();
    let all = [Weight::Regular, Weight::Bold, Weight::Italic];
    FACES.get_or_init(|| all.map(|weight| Face::parse(bytes(weight), 0).ok()))[weight as usize].as_ref()
}

/// Width of a text at a font size, in the unit of the size. A character that the font lacks is as wide as upright, or
/// counts as one em.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let ems = |c: char| match advance(c, weight).or_else(|| advance(c, Weight::Regular)) {
        Some(ems) => ems,
        None if hidden(c) => 0.0,
        None => 1.0,
    };
    text.chars().map(ems).sum::<f64>() * size
}

/// Width of a character in ems.
fn advance(c: char, weight: Weight) -> Option<f64> {
    let face = face(weight)?;
    let units = face.glyph_hor_advance(face.glyph_index(c)?)?;
    Some(f64::from(units) / f64::from(face.units_per_em()))
}

/// The text without what XML cannot hold or what would disturb its surroundings: control characters (spaces instead),
/// characters that turn the direction of writing, and those that are none.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() || c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Characters that only say how those beside them are to be drawn: joiners, marks of direction, choices of a variant.
pub fn hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Escapes a text for XML content and attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            other => out.push(other),
        }
    }
    out
}

/// The beginning of a text that fits into `room`, with an ellipsis where something is left out.
pub fn shorten(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = width("…", size, weight);
    for grapheme in text.graphemes(true) {
        used += width(grapheme, size, weight);
        if used > room {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Breaks a text into at most `most` lines no wider than `room`, at spaces where there are any; what does not fit is
/// shortened.
pub fn wrap(text: &str, size: f64, weight: Weight, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    // Words keep their quotation marks; only one that is too long by itself is broken, as are texts without spaces.
    let mut words = text.split_inclusive(' ').flat_map(|word| {
        let broken = width(word.trim_end(), size, weight) > room;
        let parts: Vec<&str> = if broken { word.split_word_bounds().collect() } else { vec![word] };
        parts
    });
    while let Some(word) = words.next() {
        let tried = format!("{line}{word}");
        if width(tried.trim_end(), size, weight) <= room || line.trim().is_empty() {
            line = tried;
        } else if lines.len() + 1 == most {
            line.push_str(word);
            line.extend(words.by_ref());
        } else if word.trim().is_empty() || word.chars().all(|c| c.is_ascii_punctuation()) {
            // Neither a space nor a comma begins a line.
            line.push_str(word);
        } else {
            lines.push(line.trim().to_owned());
            line = word.to_owned();
        }
    }
    lines.push(line.trim().to_owned());
    lines.iter().map(|line| shorten(line, size, weight, room)).collect()
}

/// The two lines of nearly equal width that a text of several words breaks into; `None` for a single word.
pub fn halves(text: &str, size: f64, weight: Weight) -> Option<[String; 2]> {
    let all = width(text, size, weight);
    let mut buffer = [0; 4];
    let (mut before, mut best) = (0.0_f64, None);
    for (i, c) in text.char_indices() {
        let wide = width(c.encode_utf8(&mut buffer), size, weight);
        let wider = before.max(all - before - wide);
        if c == ' ' && best.is_none_or(|(_, least)| wider < least) {
            best = Some((i, wider));
        }
        before += wide;
    }
    best.map(|(i, _)| [text[..i].to_owned(), text[i + 1..].to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // DejaVu Sans: a space is 651 of 2048 units, an em dash 2048.
        assert!((width(" ", 2048.0, Weight::Regular) - 651.0).abs() < 1e-9);
        assert!((width("—", 2048.0, Weight::Regular) - 2048.0).abs() < 1e-9);
        assert!(width("Ukraine", 12.0, Weight::Bold) > width("Ukraine", 12.0, Weight::Regular));
        assert!((width("法国", 10.0, Weight::Regular) - 20.0).abs() < 1e-9, "full width where the font has none");
    }

    #[test]
    fn fonts_that_are_asked_for_go_first_in_quotes() {
        assert_eq!(families(" Source Sans 3,serif, "), format!("'Source Sans 3', serif, {FAMILY}"));
        assert_eq!(families("a'\"\\;<b>\n"), format!("'a;<b>', {FAMILY}"));
        assert_eq!(families(",,\u{0}"), FAMILY);
        assert!(families(&"x".repeat(1_000_000)).len() < 200);
    }

    #[test]
    fn nothing_that_xml_forbids_is_left() {
        assert_eq!(clean("a\u{1}\tb\r\n c\u{202E}d\u{FFFE} "), "a b cd");
        assert_eq!(escape("<a href=\"'&\">"), "&lt;a href=&quot;&apos;&amp;&quot;&gt;");
    }

    #[test]
    fn quotation_marks_stay_with_their_words() {
        let lines = wrap("Foundation \"Memory and Future\"", 10.0, Weight::Regular, 75.0, 3);
        assert_eq!(lines, ["Foundation", "\"Memory and", "Future\""]);
    }

    #[test]
    fn long_texts_are_broken_at_spaces_and_shortened() {
        let lines = wrap("Organisation for the Prohibition of Chemical Weapons", 10.0, Weight::Regular, 110.0, 3);
        assert_eq!(lines, ["Organisation for the", "Prohibition of", "Chemical Weapons"]);
        let one = wrap("Organisation for the Prohibition of Chemical Weapons", 10.0, Weight::Regular, 110.0, 1);
        assert!(one[0].ends_with('…') && one.len() == 1);
        assert_eq!(halves("United Arab Emirates", 10.0, Weight::Regular).unwrap()[1], "Emirates");
        assert!(halves("France", 10.0, Weight::Regular).is_none());
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room(text in "\\PC{0,60}", most in 1_usize..4) {
            let text = clean(&text);
            let lines = wrap(&text, 10.0, Weight::Regular, 80.0, most);
            prop_assert!(lines.len() <= most);
            for line in lines {
                prop_assert!(width(&line, 10.0, Weight::Regular) <= 80.0 || line.ends_with('…'), "{line:?}");
            }
        }
    }
}
