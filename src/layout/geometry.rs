//! Points, boxes, curves and the few facts about them that placing needs.
//!
//! In: numbers in page units (y grows downward). Out: distances, crossings, hulls. Only `+ - * /` and square roots,
//! which every machine rounds alike, so that a layout is the same everywhere. Never here: what a point stands for.

use std::ops::{Add, Mul, Sub};

/// A place on the page, or a step on it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downward.
    pub y: f64,
}

impl Point {
    /// The point (x, y).
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Length of the step.
    pub fn norm(self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }

    /// Distance to another point.
    pub fn distance(self, other: Point) -> f64 {
        (self - other).norm()
    }

    /// Inner product.
    pub fn dot(self, other: Point) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// Outer product: positive when `other` lies clockwise of `self` on the page.
    pub fn cross(self, other: Point) -> f64 {
        self.x * other.y - self.y * other.x
    }

    /// The step turned by a quarter.
    pub fn quarter(self) -> Point {
        Point::new(-self.y, self.x)
    }

    /// The step with length 1; a step of no length points right.
    pub fn unit(self) -> Point {
        let norm = self.norm();
        if norm > 1e-12 { self * (1.0 / norm) } else { Point::new(1.0, 0.0) }
    }
}

impl Add for Point {
    type Output = Point;
    fn add(self, other: Point) -> Point {
        Point::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Point;
    fn sub(self, other: Point) -> Point {
        Point::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Point {
    type Output = Point;
    fn mul(self, factor: f64) -> Point {
        Point::new(self.x * factor, self.y * factor)
    }
}

/// A box with level sides.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Its middle.
    pub center: Point,
    /// Half its width and half its height.
    pub half: Point,
}

impl Rect {
    /// The box around `center` that reaches `half_w` and `half_h` to each side.
    pub const fn new(center: Point, half_w: f64, half_h: f64) -> Self {
        Self { center, half: Point::new(half_w, half_h) }
    }

    /// The box between two corners.
    pub fn between(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self::new(Point::new((left + right) / 2.0, (top + bottom) / 2.0), (right - left) / 2.0, (bottom - top) / 2.0)
    }

    /// The box grown by `pad` on each side.
    pub fn grow(self, pad: f64) -> Rect {
        Rect { center: self.center, half: Point::new(self.half.x + pad, self.half.y + pad) }
    }

    /// The left, top, right and bottom sides.
    pub fn sides(self) -> (f64, f64, f64, f64) {
        (
            self.center.x - self.half.x,
            self.center.y - self.half.y,
            self.center.x + self.half.x,
            self.center.y + self.half.y,
        )
    }

    /// The four corners.
    pub fn corners(self) -> [Point; 4] {
        let (l, t, r, b) = self.sides();
        [Point::new(l, t), Point::new(r, t), Point::new(r, b), Point::new(l, b)]
    }

    /// How far the boxes reach into each other, sideways and up-down; both are positive exactly when they overlap.
    pub fn overlap(self, other: Rect) -> Point {
        Point::new(
            self.half.x + other.half.x - (self.center.x - other.center.x).abs(),
            self.half.y + other.half.y - (self.center.y - other.center.y).abs(),
        )
    }

    /// Whether the boxes overlap.
    pub fn hits(self, other: Rect) -> bool {
        let o = self.overlap(other);
        o.x > 0.0 && o.y > 0.0
    }

    /// Distance from the point to the box; 0 inside.
    pub fn distance(self, p: Point) -> f64 {
        let dx = ((p.x - self.center.x).abs() - self.half.x).max(0.0);
        let dy = ((p.y - self.center.y).abs() - self.half.y).max(0.0);
        Point::new(dx, dy).norm()
    }

    /// Whether the segment from `a` to `b` enters the box (Liang & Barsky 1984).
    pub fn crossed_by(self, a: Point, b: Point) -> bool {
        let d = b - a;
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (step, from, half) in [(d.x, a.x - self.center.x, self.half.x), (d.y, a.y - self.center.y, self.half.y)] {
            if step.abs() < 1e-12 {
                if from.abs() > half {
                    return false;
                }
                continue;
            }
            let (one, two) = ((-half - from) / step, (half - from) / step);
            enter = enter.max(one.min(two));
            leave = leave.min(one.max(two));
        }
        enter < leave
    }

    /// The part of `inner` that lies outside this box, as the sum of what sticks out on each side.
    pub fn sticking_out(self, inner: Rect) -> f64 {
        let (l, t, r, b) = self.sides();
        let (il, it, ir, ib) = inner.sides();
        (l - il).max(0.0) + (t - it).max(0.0) + (ir - r).max(0.0) + (ib - b).max(0.0)
    }
}

/// Whether the segments `ab` and `cd` cross properly (touching at an end does not count).
pub fn crossing(a: Point, b: Point, c: Point, d: Point) -> bool {
    let (ab, cd) = (b - a, d - c);
    ab.cross(c - a) * ab.cross(d - a) < 0.0 && cd.cross(a - c) * cd.cross(b - c) < 0.0
}

/// Distance from `p` to the segment `ab`.
pub fn to_segment(p: Point, a: Point, b: Point) -> f64 {
    let d = b - a;
    let t = ((p - a).dot(d) / d.dot(d).max(1e-12)).clamp(0.0, 1.0);
    p.distance(a + d * t)
}

/// The convex hull, without repeated or straight corners (Andrew's monotone chain, 1979).
pub fn hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|p, q| p.x.total_cmp(&q.x).then(p.y.total_cmp(&q.y)));
    sorted.dedup();
    if sorted.len() < 3 {
        return sorted;
    }
    let mut out: Vec<Point> = Vec::with_capacity(sorted.len() + 1);
    let half = |out: &mut Vec<Point>, points: &mut dyn Iterator<Item = Point>| {
        let base = out.len();
        for p in points {
            while out.len() >= base + 2
                && (out[out.len() - 1] - out[out.len() - 2]).cross(p - out[out.len() - 1]) <= 0.0
            {
                out.pop();
            }
            out.push(p);
        }
        out.pop();
    };
    half(&mut out, &mut sorted.iter().copied());
    half(&mut out, &mut sorted.iter().rev().copied());
    out
}

/// How far two convex polygons are apart, along the best of their sides' directions; negative when they overlap, then
/// by how much one would have to move.
pub fn gap(one: &[Point], two: &[Point]) -> f64 {
    let mut best = f64::NEG_INFINITY;
    for (own, other) in [(one, two), (two, one)] {
        for (i, &p) in own.iter().enumerate() {
            let q = own[(i + 1) % own.len()];
            let out = (p - q).quarter().unit();
            let reach = own.iter().map(|v| v.dot(out)).fold(f64::NEG_INFINITY, f64::max);
            let near = other.iter().map(|v| v.dot(out)).fold(f64::INFINITY, f64::min);
            best = best.max(near - reach);
        }
    }
    best
}

/// A tie's course: a quadratic curve whose middle lies `bend` times the chord's length beside the chord (to the left
/// as seen on the page when going from `from` to `to`, for a positive `bend`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// Where it starts.
    pub from: Point,
    /// Its control point.
    pub via: Point,
    /// Where it ends.
    pub to: Point,
}

impl Curve {
    /// The curve between two points with a bend.
    pub fn new(from: Point, to: Point, bend: f64) -> Self {
        let middle = (from + to) * 0.5;
        Self { from, via: middle - (to - from).quarter() * (2.0 * bend), to }
    }

    /// The point at `t` from 0 to 1.
    pub fn at(self, t: f64) -> Point {
        let u = 1.0 - t;
        self.from * (u * u) + self.via * (2.0 * u * t) + self.to * (t * t)
    }

    /// The direction at `t`, of length 1.
    pub fn direction(self, t: f64) -> Point {
        ((self.via - self.from) * (1.0 - t) + (self.to - self.via) * t).unit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn p(x: f64, y: f64) -> Point {
        Point::new(x, y)
    }

    #[test]
    fn a_square_with_a_point_inside_has_four_corners() {
        let square = [p(0.0, 0.0), p(2.0, 0.0), p(2.0, 2.0), p(0.0, 2.0), p(1.0, 1.0), p(1.0, 0.0)];
        assert_eq!(hull(&square).len(), 4);
    }

    #[test]
    fn gap_is_the_free_space_or_the_depth() {
        let at = |x: f64| Rect::new(p(x, 0.0), 1.0, 1.0).corners();
        let (one, two, three) = (hull(&at(0.0)), hull(&at(5.0)), hull(&at(1.5)));
        assert_eq!(gap(&one, &two), 3.0);
        assert_eq!(gap(&one, &three), -0.5);
    }

    #[test]
    fn segments_enter_boxes() {
        let r = Rect::new(p(0.0, 0.0), 1.0, 1.0);
        assert!(r.crossed_by(p(-3.0, 0.5), p(3.0, 0.5)));
        assert!(!r.crossed_by(p(-3.0, 1.5), p(3.0, 1.5)));
        assert!(!r.crossed_by(p(2.0, 0.0), p(3.0, 0.0)));
    }

    #[test]
    fn a_bent_curve_passes_beside_the_chord() {
        let middle = Curve::new(p(0.0, 0.0), p(10.0, 0.0), 0.2).at(0.5);
        assert!((middle.x - 5.0).abs() < 1e-9 && (middle.y + 2.0).abs() < 1e-9, "{middle:?}");
    }

    proptest! {
        #[test]
        fn every_point_lies_in_the_hull(points in prop::collection::vec((-50.0..50.0, -50.0..50.0), 3..40)) {
            let points: Vec<Point> = points.into_iter().map(|(x, y)| p(x, y)).collect();
            let outline = hull(&points);
            for q in points {
                for (i, &a) in outline.iter().enumerate() {
                    let b = outline[(i + 1) % outline.len()];
                    prop_assert!((b - a).cross(q - a) >= -1e-6);
                }
            }
        }
    }
}
