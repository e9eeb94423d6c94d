//! Labels and bends for given positions, chosen in turn so that each makes room for the other.
//!
//! In: positions of a small graph. Out: a [`Layout`] in which no label overlaps a mark or another label, and what is
//! still wrong with it as a number. Never here: moving nodes, but for the little that parts labels.
//!
//! Coordinate descent: each label takes the cheapest of its candidate places while all else stands still, then each
//! tie the cheapest of its bends, and so on for a few rounds.

use super::geometry::{Curve, Point, Rect, crossing, hull, to_segment};
use super::labels::candidates;
use super::{Graph, Label, Layout, overlap};

/// Pieces into which a curve is cut for judging it.
const PIECES: usize = 10;
/// Bends to choose from.
const BENDS: [f64; 13] = [0.0, 0.06, -0.06, 0.11, -0.11, 0.16, -0.16, 0.22, -0.22, 0.3, -0.3, 0.4, -0.4];
/// Rounds of choosing labels, then bends.
const ROUNDS: usize = 4;
/// What an overlap costs that must not be.
const NEVER: f64 = 60.0;

/// Bends that only draw apart ties between the same two nodes.
pub fn plain_bends(graph: &Graph) -> Vec<f64> {
    let mut by_pair: Vec<(usize, usize, usize)> =
        graph.usable().filter(|(_, t)| t.drawn).map(|(e, t)| (t.a.min(t.b), t.a.max(t.b), e)).collect();
    by_pair.sort_unstable();
    let mut bends = vec![0.0; graph.ties.len()];
    for twins in by_pair.chunk_by(|one, two| (one.0, one.1) == (two.0, two.1)) {
        for (i, &(a, _, e)) in twins.iter().enumerate() {
            let bend = 0.22 * (i as f64 - (twins.len() - 1) as f64 / 2.0);
            // The bend is beside the tie as seen from its start, so a tie the other way bends the other way.
            bends[e] = if graph.ties[e].a == a { bend } else { -bend };
        }
    }
    bends
}

/// A tie's curve as a chain of segments.
#[derive(Debug, Clone)]
struct Course {
    points: [Point; PIECES + 1],
    rect: Rect,
    /// Where it comes out of the marks at its two ends.
    doors: [Point; 2],
}

/// Chooses labels and bends; returns the layout and its faults.
pub fn dress(graph: &Graph, positions: Vec<Point>) -> (Layout, f64) {
    let mut dresser = Dresser::new(graph, positions);
    dresser.settle();
    for _ in 0..3 {
        if !dresser.conflicts().is_empty() && dresser.part() {
            dresser.settle();
        }
    }
    let hidden = dresser.hide_conflicts();
    let faults = dresser.faults() + NEVER * hidden as f64;
    let Dresser { at, labels, bends, .. } = dresser;
    (Layout { positions: at, labels, bends }, faults)
}

struct Dresser<'a> {
    graph: &'a Graph,
    em: f64,
    at: Vec<Point>,
    labels: Vec<Option<Label>>,
    bends: Vec<f64>,
    drawn: Vec<usize>,
    courses: Vec<Course>,
    hulls: Vec<(usize, Vec<Point>)>,
    order: Vec<usize>,
}

impl<'a> Dresser<'a> {
    fn new(graph: &'a Graph, at: Vec<Point>) -> Self {
        let drawn: Vec<usize> = graph.usable().filter(|(_, t)| t.drawn).map(|(e, _)| e).collect();
        let mut heights: Vec<f64> =
            graph.nodes.iter().filter_map(|v| v.labels.iter().map(|l| l.y).reduce(f64::min)).collect();
        heights.sort_by(f64::total_cmp);
        let em = heights.get(heights.len() / 2).copied().filter(|&h| h > 0.0).unwrap_or(graph.height / 60.0);
        let mut order: Vec<usize> = (0..at.len()).filter(|&v| !graph.nodes[v].labels.is_empty()).collect();
        order.sort_by(|&a, &b| graph.nodes[b].importance.total_cmp(&graph.nodes[a].importance).then(a.cmp(&b)));
        let mut dresser = Self {
            graph,
            em,
            labels: vec![None; at.len()],
            at,
            bends: plain_bends(graph),
            drawn,
            courses: Vec::new(),
            hulls: Vec::new(),
            order,
        };
        dresser.redraw();
        dresser
    }

    /// Courses and hulls after nodes have moved.
    fn redraw(&mut self) {
        self.courses = self.drawn.iter().map(|&e| self.course(e, self.bends[e])).collect();
        let mut blocs: Vec<usize> = self.graph.nodes.iter().filter_map(|v| v.bloc).collect();
        blocs.sort_unstable();
        blocs.dedup();
        let outline = |bloc: usize| {
            let of_bloc = |v: &usize| self.graph.nodes[*v].bloc == Some(bloc);
            let corners: Vec<Point> =
                (0..self.at.len()).filter(of_bloc).flat_map(|v| self.mark(v).grow(0.4 * self.em).corners()).collect();
            (bloc, hull(&corners))
        };
        self.hulls = blocs.into_iter().map(outline).collect();
    }

    fn mark(&self, v: usize) -> Rect {
        Rect { center: self.at[v], half: self.graph.nodes[v].half }
    }

    fn course(&self, tie: usize, bend: f64) -> Course {
        let t = &self.graph.ties[tie];
        let curve = Curve::new(self.at[t.a], self.at[t.b], bend);
        let mut points = [Point::default(); PIECES + 1];
        let (mut low, mut high) = (curve.from, curve.from);
        for (i, p) in points.iter_mut().enumerate() {
            *p = curve.at(i as f64 / PIECES as f64);
            low = Point::new(low.x.min(p.x), low.y.min(p.y));
            high = Point::new(high.x.max(p.x), high.y.max(p.y));
        }
        let length = curve.from.distance(curve.to).max(1e-9);
        let door = |v: usize, back: bool| {
            let half = self.graph.nodes[v].half;
            let out = ((half.x.max(half.y) + 0.5 * self.em) / length).min(0.5);
            curve.at(if back { 1.0 - out } else { out })
        };
        Course { points, rect: Rect::between(low.x, low.y, high.x, high.y), doors: [door(t.a, false), door(t.b, true)] }
    }

    fn settle(&mut self) {
        for _ in 0..ROUNDS {
            for k in 0..self.order.len() {
                let v = self.order[k];
                let mut best: Option<(Label, f64)> = None;
                for (label, cost) in candidates(&self.graph.nodes[v], self.at[v], self.em) {
                    let limit = best.as_ref().map_or(f64::INFINITY, |b| b.1);
                    if cost < limit {
                        let cost = cost + self.label_cost(v, label.rect, limit - cost);
                        if cost < limit {
                            best = Some((label, cost));
                        }
                    }
                }
                self.labels[v] = best.map(|b| b.0);
            }
            for k in 0..self.drawn.len() {
                let e = self.drawn[k];
                let mut best: Option<(f64, Course, f64)> = None;
                for bend in BENDS {
                    let course = self.course(e, bend);
                    let limit = best.as_ref().map_or(f64::INFINITY, |b| b.2);
                    let cost = self.course_cost(k, &course, bend, limit);
                    if cost < limit {
                        best = Some((bend, course, cost));
                    }
                }
                if let Some((bend, course, _)) = best {
                    self.bends[e] = bend;
                    self.courses[k] = course;
                }
            }
        }
    }

    /// What is wrong with a label of `v` in this place; anything from `limit` up will do when it is reached.
    fn label_cost(&self, v: usize, rect: Rect, limit: f64) -> f64 {
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
                if sum >= limit {
                    return sum;
                }
            }
        }
        sum
    }

    /// What is wrong with a course of the `k`th drawn tie.
    fn course_cost(&self, k: usize, course: &Course, bend: f64, limit: f64) -> f64 {
        let tie = &self.graph.ties[self.drawn[k]];
        let page = self.graph.page().grow(-0.3 * self.em);
        let out = course.points.iter().filter(|&&p| page.distance(p) > 0.0).count();
        let mut sum = 4.0 * bend.abs() + 14.0 * bend * bend + 3.0 * out as f64;
        for v in 0..self.at.len() {
            if let Some(label) = self.labels[v] {
                let room = label.rect.grow(0.1 * self.em);
                if room.hits(course.rect) && touches(course, room) {
                    sum += if tie.a == v || tie.b == v { 4.0 } else { 6.0 };
                }
            }
            if v == tie.a || v == tie.b {
                continue;
            }
            let half = self.graph.nodes[v].half;
            let (radius, p) = (half.x.max(half.y), self.at[v]);
            let reach = radius + 0.7 * self.em;
            if course.rect.distance(p) < reach {
                let distance =
                    course.points.windows(2).map(|w| to_segment(p, w[0], w[1])).fold(f64::INFINITY, f64::min);
                if distance < radius + 0.2 * self.em {
                    sum += 12.0;
                } else if distance < reach {
                    sum += 4.0 * (1.0 - (distance - radius) / (0.7 * self.em));
                }
            }
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

    /// Crossings, ties side by side, and ends that crowd.
    fn together(&self, k: usize, one: &Course, j: usize, two: &Course) -> f64 {
        let (s, t) = (&self.graph.ties[self.drawn[k]], &self.graph.ties[self.drawn[j]]);
        let mut sum = 0.0;
        let mut shared = 0;
        for (i, u) in [s.a, s.b].into_iter().enumerate() {
            for (l, v) in [t.a, t.b].into_iter().enumerate() {
                if u == v {
                    shared += 1;
                    let near = one.doors[i].distance(two.doors[l]) / (0.7 * self.em);
                    sum += 2.0 * (1.0 - near).max(0.0);
                }
            }
        }
        if shared == 2 {
            let apart = one.points[PIECES / 2].distance(two.points[PIECES / 2]) / self.em;
            return sum + if apart < 0.8 { NEVER / 2.0 * (1.0 - apart) } else { 0.0 };
        }
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

    fn faults(&self) -> f64 {
        let labels: f64 = self
            .labels
            .iter()
            .enumerate()
            .map(|(v, label)| label.map_or(0.0, |l| self.label_cost(v, l.rect, f64::INFINITY)))
            .sum();
        let ties: f64 = self
            .courses
            .iter()
            .enumerate()
            .map(|(k, c)| self.course_cost(k, c, self.bends[self.drawn[k]], f64::INFINITY))
            .sum();
        labels + ties
    }

    /// Nodes whose mark or label overlaps another's or leaves the page.
    fn conflicts(&self) -> Vec<usize> {
        let n = self.at.len();
        let mut bad = vec![false; n];
        for v in 0..n {
            let label = self.labels[v].map(|l| l.rect);
            bad[v] |= self.graph.page().sticking_out(label.unwrap_or(self.mark(v))) > 1e-6;
            for u in v + 1..n {
                let other = self.labels[u].map(|l| l.rect);
                let hit = self.mark(v).hits(self.mark(u))
                    || label.is_some_and(|l| l.hits(self.mark(u)))
                    || other.is_some_and(|o| o.hits(self.mark(v)))
                    || label.zip(other).is_some_and(|(l, o)| l.hits(o));
                if hit {
                    bad[v] = true;
                    bad[u] = true;
                }
            }
        }
        (0..n).filter(|&v| bad[v]).collect()
    }

    /// Moves nodes with their labels apart; whether anything moved.
    fn part(&mut self) -> bool {
        let groups: Vec<Vec<Rect>> = (0..self.at.len())
            .map(|v| std::iter::once(self.mark(v)).chain(self.labels[v].map(|l| l.rect)).collect())
            .collect();
        let shift = overlap::part(&groups, self.graph.page(), 0.3 * self.em);
        for (v, step) in shift.iter().enumerate() {
            self.at[v] = self.at[v] + *step;
            if let Some(label) = &mut self.labels[v] {
                label.rect.center = label.rect.center + *step;
            }
        }
        self.redraw();
        shift.iter().any(|s| s.norm() > 0.0)
    }

    /// Leaves out labels that still overlap, the least important first; how many.
    fn hide_conflicts(&mut self) -> usize {
        let mut hidden = 0;
        loop {
            let bad = self.conflicts();
            let least = self.order.iter().rev().copied().find(|v| bad.contains(v) && self.labels[*v].is_some());
            match least {
                Some(v) => self.labels[v] = None,
                None => return hidden,
            }
            hidden += 1;
        }
    }
}

fn touches(course: &Course, rect: Rect) -> bool {
    course.points.windows(2).any(|w| rect.crossed_by(w[0], w[1]))
}

fn inside(p: Point, outline: &[Point]) -> bool {
    (0..outline.len()).all(|i| (outline[(i + 1) % outline.len()] - outline[i]).cross(p - outline[i]) >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::super::{Node, Tie};
    use super::*;

    #[test]
    fn ties_between_the_same_two_are_drawn_apart() {
        let tie = |a, b| Tie { a, b, sign: 1, weight: 1.0, drawn: true };
        let graph = Graph {
            nodes: vec![Node { half: Point::new(8.0, 8.0), ..Node::default() }; 2],
            ties: vec![tie(0, 1), tie(1, 0), tie(0, 1)],
            width: 600.0,
            height: 300.0,
            ..Graph::default()
        };
        let at = vec![Point::new(100.0, 150.0), Point::new(500.0, 150.0)];
        let (layout, _) = dress(&graph, at.clone());
        let middle = |e: usize| {
            let t = &graph.ties[e];
            Curve::new(at[t.a], at[t.b], layout.bends[e]).at(0.5).y
        };
        for (e, f) in [(0, 1), (0, 2), (1, 2)] {
            assert!((middle(e) - middle(f)).abs() > 3.0, "{} {}", middle(e), middle(f));
        }
    }

    #[test]
    fn a_tie_bends_around_a_node_in_its_way() {
        let tie = Tie { a: 0, b: 1, sign: 1, weight: 1.0, drawn: true };
        let node = Node { half: Point::new(8.0, 8.0), labels: vec![Point::new(50.0, 14.0)], ..Node::default() };
        let graph = Graph { nodes: vec![node; 3], ties: vec![tie], width: 600.0, height: 300.0, ..Graph::default() };
        let at = vec![Point::new(100.0, 150.0), Point::new(500.0, 150.0), Point::new(300.0, 150.0)];
        let (layout, _) = dress(&graph, at.clone());
        assert!(layout.bends[0].abs() > 0.03);
        assert!(layout.labels.iter().all(Option::is_some));
    }
}
