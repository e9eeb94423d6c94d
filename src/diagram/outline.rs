//! Text as shapes, for viewers without fonts.
//!
//! In: a line of text. Out: one polygon a letter, from the outlines of DejaVu Sans. plotters has no paths, so the
//! contours of a letter are joined into one polygon by walking to each and back the same way, which paints nothing.
//! Never here: kerning, and scripts whose letters change
//! shape with their neighbours (these stay text).

use super::canvas::{Anchor, Type};
use super::text::{Weight, face, width};
use crate::layout::geometry::Point;
use ttf_parser::OutlineBuilder;

/// Steps per curve of an outline.
const STEPS: usize = 4;

/// Whether a text can be outlined: the font has all of its letters, and they stand side by side whatever their
/// neighbours are, as in Latin, Greek and Cyrillic.
pub fn possible(text: &str, weight: Weight) -> bool {
    let plain = |c: char| matches!(c, '\0'..='\u{058F}' | '\u{1E00}'..='\u{206F}' | '\u{20A0}'..='\u{20BF}');
    face(weight).is_some_and(|face| text.chars().all(|c| plain(c) && face.glyph_index(c).is_some()))
}

/// The letters of a text set with its baseline at `at`. Characters that the font lacks leave a gap.
pub fn outline(text: &str, at: Point, set: Type) -> Vec<Vec<Point>> {
    let Some(face) = face(set.weight) else { return Vec::new() };
    let scale = set.size / f64::from(face.units_per_em());
    let wide = width(text, set.size, set.weight);
    let mut pen = match set.anchor {
        Anchor::Start => at,
        Anchor::Middle => Point::new(at.x - wide / 2.0, at.y),
        Anchor::End => Point::new(at.x - wide, at.y),
    };
    let mut letters = Vec::new();
    let mut buffer = [0; 4];
    for c in text.chars() {
        if let Some(glyph) = face.glyph_index(c) {
            let mut contours = Contours { all: Vec::new(), pen, scale };
            face.outline_glyph(glyph, &mut contours);
            letters.extend(contours.joined());
        }
        pen.x += width(c.encode_utf8(&mut buffer), set.size, set.weight);
    }
    letters
}

struct Contours {
    all: Vec<Vec<Point>>,
    pen: Point,
    scale: f64,
}

impl Contours {
    fn point(&self, x: f32, y: f32) -> Point {
        Point::new(self.pen.x + f64::from(x) * self.scale, self.pen.y - f64::from(y) * self.scale)
    }

    fn last(&self) -> Point {
        self.all.last().and_then(|c| c.last()).copied().unwrap_or(self.pen)
    }

    fn push(&mut self, p: Point) {
        if let Some(contour) = self.all.last_mut() {
            contour.push(p);
        }
    }

    /// All contours as one: after each, back to the very first point.
    fn joined(self) -> Option<Vec<Point>> {
        let first = self.all.first()?.first().copied()?;
        let mut one = Vec::new();
        for contour in self.all {
            let start = contour.first().copied();
            one.extend(contour);
            one.extend(start);
            one.push(first);
        }
        Some(one)
    }
}

impl OutlineBuilder for Contours {
    fn move_to(&mut self, x: f32, y: f32) {
        let p = self.point(x, y);
        self.all.push(vec![p]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let p = self.point(x, y);
        self.push(p);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (a, b, c) = (self.last(), self.point(x1, y1), self.point(x, y));
        for i in 1..=STEPS {
            let t = i as f64 / STEPS as f64;
            self.push(a * ((1.0 - t) * (1.0 - t)) + b * (2.0 * t * (1.0 - t)) + c * (t * t));
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (a, b, c, d) = (self.last(), self.point(x1, y1), self.point(x2, y2), self.point(x, y));
        for i in 1..=STEPS {
            let t = i as f64 / STEPS as f64;
            let u = 1.0 - t;
            self.push(a * (u * u * u) + b * (3.0 * t * u * u) + c * (3.0 * t * t * u) + d * (t * t * t));
        }
    }

    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters::style::RGBColor;

    #[test]
    fn only_scripts_without_joined_letters_are_outlined() {
        assert!(possible("Łukasz – Ж", Weight::Bold));
        assert!(!possible("محمد", Weight::Regular));
        assert!(!possible("法国", Weight::Regular));
    }

    #[test]
    fn letters_stand_on_the_baseline_and_follow_each_other() {
        let set = Type { size: 20.0, weight: Weight::Regular, colour: RGBColor(0, 0, 0), anchor: Anchor::Start };
        let letters = outline("lo !", Point::new(10.0, 50.0), set);
        assert_eq!(letters.len(), 3, "a space has no shape");
        let right = |shape: &Vec<Point>| shape.iter().map(|p| p.x).fold(0.0, f64::max);
        assert!(right(&letters[0]) < right(&letters[1]));
        assert!(letters[0].iter().all(|p| p.y <= 50.01 && p.y > 30.0));
    }
}
