//! Colours and sizes.
//!
//! In: the page's size and how much is on it. Out: the numbers that all marks are drawn with. Never here: drawing.

use crate::statement::Relation;
use plotters::style::RGBColor;

/// Grid steps in one unit of the page: plotters writes whole numbers only, so it draws on a finer grid.
pub const GRID: f64 = 20.0;

/// Colours of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark marks on white.
    #[default]
    Light,
    /// Light marks on near black.
    Dark,
    /// Black and grays on white, for printers without colour.
    Print,
}

/// All colours of a theme.
#[derive(Debug)]
pub struct Palette {
    /// The page.
    pub paper: RGBColor,
    /// Ink for text.
    pub ink: RGBColor,
    /// Ink for text of second rank.
    pub soft: RGBColor,
    /// Ink for matters, and for samples in the legend.
    pub plain: RGBColor,
    /// Rules.
    pub rule: RGBColor,
    /// Actors of no bloc.
    pub loner: RGBColor,
    /// The line around a mark, where its filling may be as light as the page.
    pub outline: Option<RGBColor>,
    /// How strongly a bloc's area is tinted.
    pub tint: f64,
    support: RGBColor,
    oppose: RGBColor,
    invite: RGBColor,
    blocs: &'static [RGBColor],
    /// The areas of all blocs, where their own colours will not do.
    area: Option<RGBColor>,
}

/// Blocs: apart from each other and from the relations' green, red and blue, at least 4.5:1 on white.
static LIGHT: Palette = Palette {
    paper: RGBColor(0xFF, 0xFF, 0xFF),
    ink: RGBColor(0x1B, 0x1D, 0x21),
    soft: RGBColor(0x4A, 0x4F, 0x57),
    plain: RGBColor(0x5A, 0x60, 0x69),
    rule: RGBColor(0xD9, 0xDB, 0xDF),
    loner: RGBColor(0x69, 0x6E, 0x77),
    outline: None,
    tint: 0.13,
    support: RGBColor(0x00, 0x84, 0x6B),
    oppose: RGBColor(0xD1, 0x47, 0x1F),
    invite: RGBColor(0x2F, 0x6F, 0xB5),
    blocs: &[
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
    ],
    area: None,
};

static DARK: Palette = Palette {
    paper: RGBColor(0x15, 0x18, 0x1D),
    ink: RGBColor(0xF1, 0xF2, 0xF4),
    soft: RGBColor(0xB9, 0xBE, 0xC7),
    plain: RGBColor(0xA3, 0xA9, 0xB3),
    rule: RGBColor(0x3A, 0x3F, 0x48),
    loner: RGBColor(0x9A, 0xA1, 0xAC),
    outline: None,
    tint: 0.2,
    support: RGBColor(0x2F, 0xBF, 0x9B),
    oppose: RGBColor(0xFF, 0x7D, 0x58),
    invite: RGBColor(0x76, 0xAD, 0xF2),
    blocs: &[
        RGBColor(0x8B, 0xB2, 0xE3),
        RGBColor(0xD8, 0xB4, 0x53),
        RGBColor(0xDE, 0x90, 0xAA),
        RGBColor(0xB4, 0xBB, 0xC6),
        RGBColor(0xB1, 0xA1, 0xE2),
        RGBColor(0xCD, 0xA2, 0x85),
        RGBColor(0xB2, 0xC4, 0x67),
        RGBColor(0xDB, 0x94, 0xCC),
        RGBColor(0x8E, 0xC1, 0xD4),
        RGBColor(0xD4, 0xD4, 0xD4),
    ],
    area: None,
};

static PRINT: Palette = Palette {
    paper: RGBColor(0xFF, 0xFF, 0xFF),
    ink: RGBColor(0x00, 0x00, 0x00),
    soft: RGBColor(0x2B, 0x2B, 0x2B),
    plain: RGBColor(0x55, 0x55, 0x55),
    rule: RGBColor(0xA6, 0xA6, 0xA6),
    loner: RGBColor(0xFF, 0xFF, 0xFF),
    outline: Some(RGBColor(0x00, 0x00, 0x00)),
    tint: 0.06,
    support: RGBColor(0x00, 0x00, 0x00),
    oppose: RGBColor(0x00, 0x00, 0x00),
    invite: RGBColor(0x4A, 0x4A, 0x4A),
    blocs: &[
        RGBColor(0x26, 0x26, 0x26),
        RGBColor(0xC4, 0xC4, 0xC4),
        RGBColor(0x7D, 0x7D, 0x7D),
        RGBColor(0xE6, 0xE6, 0xE6),
        RGBColor(0x54, 0x54, 0x54),
        RGBColor(0xA3, 0xA3, 0xA3),
    ],
    area: Some(RGBColor(0x00, 0x00, 0x00)),
};

impl Theme {
    /// Its colours.
    pub(super) fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
            Self::Print => &PRINT,
        }
    }
}

impl Palette {
    /// The filling of a bloc's marks; colours come again after some ten.
    pub fn bloc(&self, bloc: usize) -> RGBColor {
        self.blocs[bloc % self.blocs.len()]
    }

    /// The area and the name of a bloc.
    pub fn area(&self, bloc: usize) -> RGBColor {
        self.area.unwrap_or_else(|| self.bloc(bloc))
    }

    /// A relation (told apart under red-green blindness; the line's end says the same).
    pub fn relation(&self, relation: Relation) -> RGBColor {
        match relation {
            Relation::Support => self.support,
            Relation::Oppose => self.oppose,
            Relation::Invite => self.invite,
        }
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
    /// Free space around a mark.
    pub gap: f64,
    /// Width of a line that stands for one statement.
    pub line: f64,
    /// Length of an arrow's head.
    pub head: f64,
    /// Opacity of ties.
    pub opacity: f64,
    /// Segments of a curve.
    pub segments: usize,
}

/// The least unit: below, words would be too small to read.
pub const LEAST_UNIT: f64 = 0.6;

/// By how much everything is larger than on a page of 1200 by 900.
pub fn page_unit(width: f64, height: f64) -> f64 {
    unit_in_detail(width, height, 1.0)
}

/// As [`page_unit`], smaller by `detail`.
pub fn unit_in_detail(width: f64, height: f64, detail: f64) -> f64 {
    ((width * height).sqrt() / (1039.0 * detail)).clamp(LEAST_UNIT, 3.0)
}

impl Sizes {
    /// Sizes for `nodes` marks and `ties` lines on a page.
    pub fn new(width: f64, height: f64, nodes: usize, ties: usize) -> Self {
        Self::in_detail((width, height), 1.0, nodes, ties)
    }

    /// As [`Sizes::new`], with all smaller than usual by `detail`.
    pub fn in_detail((width, height): (f64, f64), detail: f64, nodes: usize, ties: usize) -> Self {
        let page = unit_in_detail(width, height / 0.72, detail);
        let room = (width * height / nodes.max(1) as f64).sqrt();
        let crowd = (nodes as f64).max(ties as f64 / 4.0);
        // A handful of actors need not look lost on their page.
        let handful = if crowd <= 12.0 { 1.2 } else { 1.0 };
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
            label: page * handful * pick(13.5, 12.0, 10.5, 9.5),
            // Marks of many must leave room between them, or they would be pushed out of their places.
            radius: match nodes {
                0..=60 => (0.105 * room).clamp(1.6 * page, 10.5 * handful * page),
                _ => (0.08 * room).clamp(0.8 * page, 10.5 * page),
            },
            gap: page * if nodes > 60 { (0.02 * room / page).clamp(0.2, 1.2) } else { 1.2 },
            line: page * handful * pick(1.5, 1.25, 0.8, 0.45),
            head: page * handful * pick(9.5, 8.0, 5.0, 3.0),
            opacity: match ties {
                // Of thousands of lines each may take but little of the light, or all is one colour.
                2_000.. => (0.35 * (2_000.0 / ties as f64).sqrt()).max(0.04),
                _ => pick(0.92, 0.9, 0.6, 0.35),
            },
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

    /// Relative luminance, after WCAG 2.1.
    fn luminance(c: RGBColor) -> f64 {
        let part = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { libm::pow((v + 0.055) / 1.055, 2.4) }
        };
        0.2126 * part(c.0) + 0.7152 * part(c.1) + 0.0722 * part(c.2)
    }

    fn contrast(one: RGBColor, two: RGBColor) -> f64 {
        let (one, two) = (luminance(one) + 0.05, luminance(two) + 0.05);
        one.max(two) / one.min(two)
    }

    #[test]
    fn all_colours_can_be_read_on_their_paper() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let p = theme.palette();
            let mut inks = vec![p.ink, p.soft, p.plain];
            inks.extend(Relation::ALL.map(|r| p.relation(r)));
            inks.extend((0..12).map(|b| p.area(b)));
            // A mark with a line around it is seen whatever its filling.
            inks.extend((0..12).map(|b| p.outline.unwrap_or(p.bloc(b))).chain([p.outline.unwrap_or(p.loner)]));
            for ink in inks {
                assert!(contrast(ink, p.paper) >= 4.4, "{theme:?} {ink:?}: {}", contrast(ink, p.paper));
            }
        }
    }
}
