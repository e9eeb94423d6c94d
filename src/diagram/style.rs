//! Colours and sizes.
//!
//! In: the page's size and how much is on it. Out: the numbers that all marks are drawn with. Never here: drawing.

use crate::statement::Relation;
use plotters::style::RGBColor;

/// Grid steps in one unit of the page: plotters writes whole numbers only, so it draws on a finer grid.
pub const GRID: f64 = 20.0;

/// Colours of the page. There is one theme so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark marks on white.
    #[default]
    Light,
}

/// Ink for text.
pub const INK: RGBColor = RGBColor(0x1B, 0x1D, 0x21);
/// Ink for text of second rank.
pub const SOFT: RGBColor = RGBColor(0x4A, 0x4F, 0x57);
/// Ink for matters, and for samples in the legend.
pub const PLAIN: RGBColor = RGBColor(0x5A, 0x60, 0x69);
/// Rules.
pub const RULE: RGBColor = RGBColor(0xD9, 0xDB, 0xDF);
/// The page.
pub const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
/// Actors of no bloc.
pub const LONER: RGBColor = RGBColor(0x69, 0x6E, 0x77);
/// How strongly a bloc's area is tinted.
pub const TINT: f64 = 0.13;

/// Colours of blocs: apart from each other and from the relations' green, red and blue, at least 4.5:1 on white.
const BLOCS: [RGBColor; 10] = [
    RGBColor(0x24, 0x4A, 0x73),
    RGBColor(0x86, 0x64, 0x12),
    RGBColor(0x7A, 0x2B, 0x43),
    RGBColor(0x50, 0x57, 0x61),
    RGBColor(0x5E, 0x4B, 0x8B),
    RGBColor(0x6B, 0x4A, 0x35),
    RGBColor(0x5C, 0x6A, 0x22),
    RGBColor(0x8C, 0x3F, 0x7A),
    RGBColor(0x3F, 0x6B, 0x7C),
    RGBColor(0x3A, 0x3A, 0x3A),
];

/// The colour of a bloc; colours come again after ten.
pub fn bloc_colour(bloc: usize) -> RGBColor {
    BLOCS[bloc % BLOCS.len()]
}

/// The colour of a relation (told apart under red-green blindness; the line's end says the same).
pub fn relation_colour(relation: Relation) -> RGBColor {
    match relation {
        Relation::Support => RGBColor(0x00, 0x84, 0x6B),
        Relation::Oppose => RGBColor(0xD1, 0x47, 0x1F),
        Relation::Invite => RGBColor(0x2F, 0x6F, 0xB5),
    }
}

/// Sizes for one picture, in units of the page.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Everything grows with the page; 1 at 1200 by 900.
    pub page: f64,
    /// Labels' font size.
    pub label: f64,
    /// Radius of the mark of an actor of middling activity.
    pub radius: f64,
    /// Width of a line that stands for one statement.
    pub line: f64,
    /// Length of an arrow's head.
    pub head: f64,
    /// Opacity of ties.
    pub opacity: f64,
    /// Segments of a curve.
    pub segments: usize,
}

/// By how much everything is larger than on a page of 1200 by 900.
pub fn page_unit(width: f64, height: f64) -> f64 {
    ((width * height).sqrt() / 1039.0).clamp(0.6, 3.0)
}

impl Sizes {
    /// Sizes for `nodes` marks and `ties` lines on a page.
    pub fn new(width: f64, height: f64, nodes: usize, ties: usize) -> Self {
        let page = page_unit(width, height / 0.72);
        let room = (width * height / nodes.max(1) as f64).sqrt();
        let crowd = (nodes as f64).max(ties as f64 / 4.0);
        let pick = |few: f64, some: f64, many: f64, most: f64| {
            if crowd <= 30.0 {
                few
            } else if crowd <= 60.0 {
                some
            } else if crowd <= 300.0 {
                many
            } else {
                most
            }
        };
        Self {
            page,
            label: page * pick(13.5, 12.0, 10.5, 9.5),
            radius: (0.105 * room).clamp(1.6 * page, 10.5 * page),
            line: page * pick(1.5, 1.25, 0.8, 0.45),
            head: page * pick(9.5, 8.0, 5.0, 3.0),
            opacity: pick(0.92, 0.9, 0.6, 0.35),
            segments: pick(28.0, 24.0, 12.0, 8.0) as usize,
        }
    }

    /// Width of a line that stands for so many statements: area grows with the count, up to three times the least.
    pub fn width(&self, statements: u32) -> f64 {
        self.line * f64::from(statements.max(1)).sqrt().min(3.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast on white, after WCAG 2.1.
    fn contrast(c: RGBColor) -> f64 {
        let part = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { libm::pow((v + 0.055) / 1.055, 2.4) }
        };
        1.05 / (0.2126 * part(c.0) + 0.7152 * part(c.1) + 0.0722 * part(c.2) + 0.05)
    }

    #[test]
    fn all_colours_can_be_read_on_white() {
        let relations = Relation::ALL.map(relation_colour);
        for colour in BLOCS.iter().chain(&relations).chain(&[INK, SOFT, PLAIN, LONER]) {
            assert!(contrast(*colour) >= 4.4, "{colour:?}: {}", contrast(*colour));
        }
    }
}
