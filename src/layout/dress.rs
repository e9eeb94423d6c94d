//! Labels and bends for given positions, chosen in turn so that each makes room for the other.
//!
//! In: positions of a small graph. Out: a [`Layout`] in which no label overlaps a mark or another label, and what is
//! still wrong with it as a number. Never here: moving nodes, but for the little that parts labels.
//!
//! Coordinate descent: each label takes the cheapest of its candidate places while all else stands still, then each
//! tie the cheapest of its bends, and so on for a few rounds.

use super::dice::Dice;
use super::facts::line_height;
use super::faults::Course;
use super::geometry::{Curve, Point, Rect, hull};
use super::labels::candidates;
use super::overlap::Group;
use super::polish::polish;
use super::score::Score;
use super::{Graph, Label, Layout, overlap};

/// Pieces into which a curve is cut for judging it.
pub const PIECES: usize = 10;
/// Bends to choose from.
const BENDS: [f64; 15] =
    [0.0, 0.03, -0.03, 0.06, -0.06, 0.09, -0.09, 0.13, -0.13, 0.18, -0.18, 0.24, -0.24, 0.32, -0.32];
/// Rounds of pushing labelled marks apart.
const PUSHES: usize = 120;
/// Rounds of choosing labels, then bends.
const ROUNDS: usize = 4;

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

/// Chooses labels and bends, shifting nodes a little where that helps; returns the layout and its faults.
pub fn dress(
    graph: &Graph,
    positions: Vec<Point>,
    labels: Vec<Option<Label>>,
    score: &mut Score,
    dice: &mut Dice,
) -> Layout {
    let mut dresser = Dresser::new(graph, positions);
    dresser.labels = labels;
    dresser.settle();
    polish(&mut dresser, score, dice);
    for _ in 0..3 {
        if dresser.conflicts() && dresser.part() {
            dresser.settle();
        }
    }
    if dresser.marks_overlap() {
        let none = vec![None; dresser.at.len()];
        overlap::part_marks(graph, &mut dresser.at, &none);
        dresser.redraw();
        dresser.settle();
    }
    dresser.hide_conflicts();
    let Dresser { at, labels, bends, .. } = dresser;
    Layout { positions: at, labels, bends }
}

/// A picture in the making.
pub struct Dresser<'a> {
    pub(super) graph: &'a Graph,
    /// Height of a line of a label.
    pub(super) em: f64,
    /// Middles of the marks.
    pub(super) at: Vec<Point>,
    pub(super) labels: Vec<Option<Label>>,
    pub(super) bends: Vec<f64>,
    /// Indices of the ties that are drawn.
    pub(super) drawn: Vec<usize>,
    pub(super) courses: Vec<Course>,
    pub(super) hulls: Vec<(usize, Vec<Point>)>,
    pub(super) order: Vec<usize>,
}

impl<'a> Dresser<'a> {
    fn new(graph: &'a Graph, at: Vec<Point>) -> Self {
        let drawn: Vec<usize> = graph.usable().filter(|(_, t)| t.drawn).map(|(e, _)| e).collect();
        let em = line_height(graph);
        let mut order = super::by_importance(graph);
        order.retain(|&v| !graph.nodes[v].labels.is_empty());
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
    pub fn redraw(&mut self) {
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

    /// The box of a mark.
    pub(super) fn mark(&self, v: usize) -> Rect {
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

    /// Chooses labels and bends in turn.
    pub fn settle(&mut self) {
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

    /// Moves a node with its label and the ends of its ties.
    pub fn shift(&mut self, v: usize, step: Point) {
        self.at[v] = self.at[v] + step;
        if let Some(label) = &mut self.labels[v] {
            label.rect.center = label.rect.center + step;
        }
        for k in 0..self.drawn.len() {
            let e = self.drawn[k];
            let tie = &self.graph.ties[e];
            if tie.a == v || tie.b == v {
                self.courses[k] = self.course(e, self.bends[e]);
            }
        }
    }

    /// Whether two marks overlap that need not.
    fn marks_overlap(&self) -> bool {
        let free = |v: usize| self.graph.nodes[v].at.is_none();
        let n = self.at.len();
        (0..n).any(|v| (v + 1..n).any(|u| (free(u) || free(v)) && self.mark(v).hits(self.mark(u))))
    }

    /// Whether a node's label overlaps anything or leaves the page.
    fn label_in_conflict(&self, v: usize) -> bool {
        self.labels[v].is_some_and(|l| {
            self.graph.page().sticking_out(l.rect) > 1e-6
                || (0..self.at.len())
                    .filter(|&u| u != v)
                    .any(|u| l.rect.hits(self.mark(u)) || self.labels[u].is_some_and(|other| l.rect.hits(other.rect)))
        })
    }

    /// Whether anything overlaps that must not.
    fn conflicts(&self) -> bool {
        let off = |v: usize| self.graph.nodes[v].at.is_none() && self.graph.page().sticking_out(self.mark(v)) > 1e-6;
        self.marks_overlap() || (0..self.at.len()).any(|v| off(v) || self.label_in_conflict(v))
    }

    /// Moves nodes with their labels apart; whether anything moved.
    fn part(&mut self) -> bool {
        let group = |v: usize| Group {
            boxes: std::iter::once(self.mark(v)).chain(self.labels[v].map(|l| l.rect)).collect(),
            fixed: self.graph.nodes[v].at.is_some(),
        };
        let groups: Vec<Group> = (0..self.at.len()).map(group).collect();
        let shift = overlap::push(&groups, self.graph.page(), 0.3 * self.em, PUSHES);
        for (v, step) in shift.iter().enumerate() {
            self.at[v] = self.at[v] + *step;
            if let Some(label) = &mut self.labels[v] {
                label.rect.center = label.rect.center + *step;
            }
        }
        self.redraw();
        shift.iter().any(|s| s.norm() > 0.0)
    }

    /// Leaves out labels that still overlap, the least important first.
    fn hide_conflicts(&mut self) {
        let bad: Vec<usize> = self.order.iter().rev().copied().filter(|&v| self.label_in_conflict(v)).collect();
        for v in bad {
            if self.label_in_conflict(v) {
                self.labels[v] = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Node, Tie};
    use super::*;

    fn dressed(graph: &Graph, at: &[Point]) -> Layout {
        let mut dresser = Dresser::new(graph, at.to_vec());
        dresser.settle();
        let Dresser { at, labels, bends, .. } = dresser;
        Layout { positions: at, labels, bends }
    }

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
        let layout = dressed(&graph, &at);
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
        let layout = dressed(&graph, &at);
        assert!(layout.bends[0].abs() > 0.03);
        assert!(layout.labels.iter().all(Option::is_some));
    }
}
