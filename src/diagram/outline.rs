//! Text as shapes, for viewers without fonts.
//!
//! In: a line of text. Out: one polygon a letter, from the outlines of DejaVu Sans. plotters has no paths, so the
//! contours of a letter are joined into one polygon by walking to each and back the same way, which paints nothing.
//! Never here: which shapes a text is made of.

use super::canvas::{Anchor, Type};
use super::shape::{Glyph, shape};
use super::style::GRID;
use super::text::face;
use crate::layout::geometry::Point;
use ttf_parser::OutlineBuilder;

/// How far a polygon may be from the curve that it stands for: half a step of the grid that it is drawn on.
const OFF: f64 = 0.5 / GRID;

/// Most sides that stand for a curve.
const MOST_SIDES: f64 = 24.0;

/// The letters of a text set with its baseline at `at`; `None` where the font lacks any of them.
pub fn outline(text: &str, at: Point, set: Type) -> Option<Vec<Vec<Point>>> {
    let line = shape(text, set.weight)?;
    let left = match set.anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - line.width * set.size / 2.0,
        Anchor::End => at.x - line.width * set.size,
    };
    let letter = |glyph: &Glyph| {
        let face = face(glyph.weight)?;
        let pen = Point::new(left + glyph.x * set.size, at.y - glyph.y * set.size);
        let mut contours = Contours { all: Vec::new(), pen, scale: set.size / f64::from(face.units_per_em()) };
        face.outline_glyph(glyph.id, &mut contours);
        contours.joined()
    };
    Some(line.glyphs.iter().filter_map(letter).collect())
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
        // Farthest from the chord in its middle: a quarter of |a - 2b + c|, less by the square of the number of sides.
        let bulge = (a - b * 2.0 + c).norm() / 4.0;
        let n = (bulge / OFF).sqrt().ceil().clamp(1.0, MOST_SIDES) as usize;
        for i in 1..=n {
            let t = i as f64 / n as f64;
            self.push(a * ((1.0 - t) * (1.0 - t)) + b * (2.0 * t * (1.0 - t)) + c * (t * t));
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        // DejaVu Sans has none of these; a quadratic curve that bulges alike stands in.
        self.quad_to((3.0 * (x1 + x2) - x) / 4.0, (3.0 * (y1 + y2) - y) / 4.0, x, y);
    }

    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::super::text::Weight;
    use super::*;
    use plotters::style::RGBColor;

    fn letters(text: &str, size: f64) -> Vec<Vec<Point>> {
        let set = Type { size, weight: Weight::Regular, colour: RGBColor(0, 0, 0), anchor: Anchor::Start };
        outline(text, Point::new(10.0, 50.0), set).unwrap()
    }

    /// How often a polygon goes around a point, counter-clockwise less clockwise, and how often a ray from it crosses.
    fn around(shape: &[Point], p: Point) -> (i32, i32) {
        let (mut winding, mut crossings) = (0, 0);
        for (i, &a) in shape.iter().enumerate() {
            let b = shape[(i + 1) % shape.len()];
            if (a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) {
                winding += if b.y > a.y { 1 } else { -1 };
                crossings += 1;
            }
        }
        (winding, crossings)
    }

    #[test]
    fn letters_stand_on_the_baseline_and_follow_each_other() {
        let letters = letters("lo !", 20.0);
        assert_eq!(letters.len(), 3, "a space has no shape");
        let right = |shape: &Vec<Point>| shape.iter().map(|p| p.x).fold(0.0, f64::max);
        assert!(right(&letters[0]) < right(&letters[1]));
        assert!(letters[0].iter().all(|p| p.y <= 50.01 && p.y > 30.0));
    }

    #[test]
    fn holes_stay_open_by_either_rule_of_filling() {
        for (text, hole) in [("o", 0.5), ("e", 0.72), ("0", 0.5), ("D", 0.5)] {
            let shape = &letters(text, 100.0)[0];
            let (l, r) = shape.iter().fold((f64::MAX, 0.0_f64), |(l, r), p| (l.min(p.x), r.max(p.x)));
            let (t, b) = shape.iter().fold((f64::MAX, 0.0_f64), |(t, b), p| (t.min(p.y), b.max(p.y)));
            let (winding, crossings) = around(shape, Point::new((l + r) / 2.0, b + hole * (t - b)));
            assert!(winding == 0 && crossings % 2 == 0, "{text}: {winding} {crossings}");
            let (winding, crossings) = around(shape, Point::new(l + 0.06 * (r - l), (t + b) / 2.0));
            assert!(winding != 0 && crossings % 2 == 1, "{text}: {winding} {crossings}");
        }
    }

    #[test]
    fn small_letters_have_few_corners_and_large_ones_many() {
        let corners = |size| letters("o", size)[0].len();
        assert!(corners(4.0) < corners(13.0) && corners(13.0) < 120 && corners(100.0) > corners(13.0));
    }
}
