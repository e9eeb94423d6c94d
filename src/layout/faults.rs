//! What is still wrong with a dressed picture, as numbers.
//!
//! In: labels and curves as they will be drawn. Out: costs; a crossing costs 1. Never here: how to do better.

use super::dress::{Dresser, PIECES};
use super::geometry::{Point, Rect, crossing, to_segment};

/// What an overlap costs that must not be.
pub const NEVER: f64 = 60.0;

/// What a label or a mark costs that a tie must go around.
const CHORD: f64 = 4.0;

/// A tie's curve as a chain of segments.
#[derive(Debug, Clone)]
pub(super) struct Course {
    pub points: [Point; PIECES + 1],
    pub rect: Rect,
    /// Where it comes out of the marks at its two ends.
    pub doors: [Point; 2],
}

impl Dresser<'_> {
    /// What is wrong with a label of `v` in this place; anything from `limit` up will do when it is reached.
    pub(super) fn label_cost(&self, v: usize, rect: Rect, limit: f64) -> f64 {
        let out = self.graph.page().sticking_out(rect);
        let mut sum = if out > 0.0 { NEVER + out } else { 0.0 };
        let room = rect.grow(0.12 * self.em);
        for u in 0..self.at.len() {
            if u == v {
                continue;
            }
            if room.hits(self.mark(u)) {
                sum += NEVER;
            }
            if let Some(other) = self.labels[u]
                && room.hits(other.rect)
            {
                sum += NEVER;
            }
        }
        if sum >= limit {
            return sum;
        }
        let own = self.graph.nodes[v].bloc;
        for (bloc, outline) in &self.hulls {
            if own != Some(*bloc) && outline.len() > 2 && inside(rect.center, outline) {
                sum += 3.0;
            }
        }
        for (course, &e) in self.courses.iter().zip(&self.drawn) {
            if room.hits(course.rect) && touches(course, room) {
                let t = &self.graph.ties[e];
                sum += if t.a == v || t.b == v { 4.0 } else { 6.0 };
            } else if self.chord_behind(e, v, rect) {
                sum += CHORD;
            }
            if sum >= limit {
                return sum;
            }
        }
        sum
    }

    /// What is wrong with a course of the `k`th drawn tie.
    pub(super) fn course_cost(&self, k: usize, course: &Course, bend: f64, limit: f64) -> f64 {
        let tie = &self.graph.ties[self.drawn[k]];
        let page = self.graph.page().grow(-0.3 * self.em);
        let out = course.points.iter().filter(|&&p| page.distance(p) > 0.0).count();
        // A bulge is ugly by its shape, and by how far it goes.
        let bulge = bend.abs() * self.at[tie.a].distance(self.at[tie.b]) / self.em;
        let mut sum = 4.0 * bend.abs() + 30.0 * bend * bend + 0.12 * bulge + 3.0 * out as f64;
        for v in 0..self.at.len() {
            if let Some(label) = self.labels[v] {
                let room = label.rect.grow(0.1 * self.em);
                if room.hits(course.rect) && touches(course, room) {
                    sum += if tie.a == v || tie.b == v { 4.0 } else { 6.0 };
                } else if self.chord_behind(self.drawn[k], v, label.rect) {
                    sum += CHORD;
                }
            }
            if v == tie.a || v == tie.b {
                continue;
            }
            sum += self.too_near(course, v) + self.mark_between(tie.a, tie.b, v);
        }
        for (j, other) in self.courses.iter().enumerate() {
            if sum >= limit {
                return sum;
            }
            if j != k {
                sum += self.together(k, course, j, other);
            }
        }
        sum
    }

    /// Whether the straight way of a tie passes behind the label of a node that it does not end at: the bend around it
    /// must be all the larger.
    fn chord_behind(&self, tie: usize, v: usize, label: Rect) -> bool {
        let t = &self.graph.ties[tie];
        t.a != v && t.b != v && label.crossed_by(self.at[t.a], self.at[t.b])
    }

    /// A mark on the straight way between two others.
    fn mark_between(&self, a: usize, b: usize, v: usize) -> f64 {
        let half = self.graph.nodes[v].half;
        if to_segment(self.at[v], self.at[a], self.at[b]) < half.x.max(half.y) { CHORD } else { 0.0 }
    }

    /// A course so near to a node that it seems to end there.
    fn too_near(&self, course: &Course, v: usize) -> f64 {
        let half = self.graph.nodes[v].half;
        let (radius, p) = (half.x.max(half.y), self.at[v]);
        let reach = radius + 0.7 * self.em;
        if course.rect.distance(p) >= reach {
            return 0.0;
        }
        let distance = course.points.windows(2).map(|w| to_segment(p, w[0], w[1])).fold(f64::INFINITY, f64::min);
        if distance < radius + 0.2 * self.em {
            12.0
        } else {
            4.0 * (1.0 - (distance - radius) / (0.7 * self.em)).max(0.0)
        }
    }

    /// All faults that node `v`, its label and its ties have a part in.
    pub(super) fn faults_at(&self, v: usize) -> f64 {
        let mut sum = self.labels[v].map_or(0.0, |l| self.label_cost(v, l.rect, f64::INFINITY));
        let mark = self.mark(v).grow(0.12 * self.em);
        sum += NEVER * self.labels.iter().flatten().filter(|l| l.rect.hits(mark)).count() as f64;
        for (k, course) in self.courses.iter().enumerate() {
            let e = self.drawn[k];
            let tie = &self.graph.ties[e];
            sum += if tie.a == v || tie.b == v {
                self.course_cost(k, course, self.bends[e], f64::INFINITY)
            } else {
                self.too_near(course, v) + self.mark_between(tie.a, tie.b, v)
            };
        }
        sum
    }

    /// Crossings, ties side by side, and ends that crowd.
    fn together(&self, k: usize, one: &Course, j: usize, two: &Course) -> f64 {
        let (s, t) = (&self.graph.ties[self.drawn[k]], &self.graph.ties[self.drawn[j]]);
        let (mut crowd, mut shared) = (0.0, 0);
        for (i, u) in [s.a, s.b].into_iter().enumerate() {
            for (l, v) in [t.a, t.b].into_iter().enumerate() {
                if u == v {
                    shared += 1;
                    let near = one.doors[i].distance(two.doors[l]) / (0.75 * self.em);
                    crowd += 4.0 * (1.0 - near).max(0.0);
                }
            }
        }
        if shared == 2 {
            let apart = one.points[PIECES / 2].distance(two.points[PIECES / 2]) / self.em;
            return 0.4 * crowd + if apart < 0.8 { NEVER / 2.0 * (1.0 - apart) } else { 0.0 };
        }
        let mut sum = crowd;
        let near = 0.45 * self.em;
        if !one.rect.grow(near).hits(two.rect.grow(1e-9)) {
            return sum;
        }
        for a in one.points.windows(2) {
            let segment = Rect::between(a[0].x.min(a[1].x), a[0].y.min(a[1].y), a[0].x.max(a[1].x), a[0].y.max(a[1].y));
            let segment = segment.grow(near);
            if !segment.hits(two.rect.grow(1e-9)) {
                continue;
            }
            let (middle, along) = ((a[0] + a[1]) * 0.5, (a[1] - a[0]).unit());
            for b in two.points.windows(2) {
                if b[0].x.max(b[1].x) < middle.x - segment.half.x
                    || b[0].x.min(b[1].x) > middle.x + segment.half.x
                    || b[0].y.max(b[1].y) < middle.y - segment.half.y
                    || b[0].y.min(b[1].y) > middle.y + segment.half.y
                {
                    continue;
                }
                if crossing(a[0], a[1], b[0], b[1]) {
                    sum += if shared > 0 { 2.0 } else { 1.0 };
                }
                let parallel = along.dot((b[1] - b[0]).unit()).abs();
                if shared == 0 && parallel > 0.94 && to_segment(middle, b[0], b[1]) < near {
                    sum += 0.7;
                }
            }
        }
        sum
    }
}

fn touches(course: &Course, rect: Rect) -> bool {
    course.points.windows(2).any(|w| rect.crossed_by(w[0], w[1]))
}

fn inside(p: Point, outline: &[Point]) -> bool {
    (0..outline.len()).all(|i| (outline[(i + 1) % outline.len()] - outline[i]).cross(p - outline[i]) >= 0.0)
}
