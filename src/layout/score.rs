//! What a good picture is, as a number; lower is better.
//!
//! In: positions of up to some 60 nodes. Out: penalties, for the whole picture ([`Score::total`]) and for what one
//! node's place has to do with ([`Score::local`]), so that a move costs no more to judge than it must. Ties count as
//! straight here; their bends come later. Labels count as room around the mark, or each in the place that it has
//! ([`Score::labelled`]). Never here: how to improve.
//!
//! All lengths are measured in `em`, the height of a label, so that a page in other units gets the same picture.

use super::facts::Facts;
use super::geometry::{Point, Rect};
use super::targets::Targets;
use super::terms::Weights;
use super::{Graph, Label};

/// The penalties of one graph.
pub struct Score<'a> {
    pub(super) graph: &'a Graph,
    /// What is known of the graph.
    pub facts: Facts,
    /// The length of a hop.
    pub(super) scale: f64,
}

/// Positions, and what follows from them.
#[derive(Debug, Clone)]
pub struct State {
    /// Middle of each mark.
    pub at: Vec<Point>,
    /// The box around each line: left, top, right, bottom.
    pub(super) boxes: Vec<[f64; 4]>,
    /// How far each group reaches in each direction of the compass.
    pub(super) reach: Vec<[f64; 16]>,
    /// Distances between nodes, row by row.
    pub(super) far: Vec<f64>,
    /// Sums of the distances from each node to the members of each group.
    pub(super) sums: Vec<f64>,
    /// The place of each label, as an index of [`Facts::places`]; empty where labels count as room around the mark.
    pub chosen: Vec<usize>,
    /// The boxes of the labels in their places.
    pub(super) labels: Vec<Option<Rect>>,
}

impl<'a> Score<'a> {
    /// Prepares the penalties of a graph.
    pub fn new(graph: &'a Graph, targets: &Targets) -> Self {
        Self { graph, facts: Facts::new(graph, targets), scale: 1.0 }
    }

    /// The state with these positions.
    pub fn state(&self, at: Vec<Point>) -> State {
        let boxes = self.facts.lines.iter().map(|&line| box_of(&at, line)).collect();
        let labels = vec![None; at.len()];
        let mut state =
            State { at, boxes, reach: Vec::new(), far: Vec::new(), sums: Vec::new(), chosen: Vec::new(), labels };
        state.reach = (0..self.facts.members.len()).map(|g| self.reach(&state.at, g)).collect();
        self.add_up(&mut state);
        state
    }

    /// The state with these positions and no labels at all.
    pub fn bare(&self, at: Vec<Point>) -> State {
        let mut state = self.state(at);
        state.chosen = vec![0; state.at.len()];
        state
    }

    /// The state with these positions and each label in the best place, the most important first.
    pub fn labelled(&self, at: Vec<Point>) -> State {
        let mut state = self.bare(at);
        for v in super::by_importance(self.graph) {
            let places = 0..self.facts.places[v].len();
            let cost = |(i, label): (usize, Rect)| (i, self.label(&state, v, label) + self.facts.places[v][i].1);
            let all = places.map(|i| cost((i, self.label_box(&state, v, i))));
            let best = all.reduce(|best, next| if next.1 < best.1 { next } else { best });
            if let Some((i, _)) = best {
                self.choose(&mut state, v, i);
            }
        }
        state
    }

    /// Puts a label into another of its places.
    pub fn choose(&self, state: &mut State, v: usize, place: usize) {
        state.chosen[v] = place;
        state.labels[v] = Some(self.label_box(state, v, place));
    }

    fn label_box(&self, state: &State, v: usize, place: usize) -> Rect {
        let rect = self.facts.places[v][place].0.rect;
        Rect { center: rect.center + state.at[v], ..rect }
    }

    /// Puts the labels of another state into the same places.
    pub fn carry(&self, from: &State, to: &mut State) {
        to.chosen = from.chosen.clone();
        for v in (0..to.chosen.len()).filter(|&v| from.labels[v].is_some()) {
            to.labels[v] = Some(self.label_box(to, v, to.chosen[v]));
        }
    }

    /// The labels as they are placed.
    pub fn labels(&self, state: &State) -> Vec<Option<Label>> {
        let label = |(v, rect): (usize, &Option<Rect>)| {
            rect.map(|rect| Label { rect, ..self.facts.places[v][state.chosen[v]].0 })
        };
        state.labels.iter().enumerate().map(label).collect()
    }

    /// What is wrong with a label in one of its places.
    pub fn label_at(&self, state: &State, v: usize, place: usize) -> f64 {
        self.label(state, v, self.label_box(state, v, place)) + Weights::PLACE * self.facts.places[v][place].1
    }

    /// Puts a node elsewhere.
    pub fn put(&self, state: &mut State, v: usize, place: Point) {
        let n = self.facts.members.len();
        let (was, own) = (state.at[v], self.facts.group[v]);
        let nodes = state.at.len();
        for u in (0..nodes).filter(|&u| u != v) {
            let far = state.at[u].distance(place);
            let change = far - state.far[v * nodes + u];
            state.far[v * nodes + u] = far;
            state.far[u * nodes + v] = far;
            state.sums[u * n + own] += change;
            state.sums[v * n + self.facts.group[u]] += change;
        }
        state.at[v] = place;
        if let Some(label) = &mut state.labels[v] {
            label.center = label.center + (place - was);
        }
        for &e in &self.facts.lines_of[v] {
            state.boxes[e] = box_of(&state.at, self.facts.lines[e]);
        }
        let group = self.facts.group[v];
        state.reach[group] = self.reach(&state.at, group);
    }

    /// Sets the length of one hop to what fits the positions best.
    pub fn rescale(&mut self, at: &[Point]) {
        let n = at.len();
        let (mut one, mut two) = (0.0, 0.0);
        for a in 0..n {
            for b in a + 1..n {
                let d = self.facts.want[a * n + b];
                if d > 0.0 {
                    let r = at[a].distance(at[b]) / d;
                    one += r;
                    two += r * r;
                }
            }
        }
        self.scale = if one > 0.0 { two / one } else { self.facts.em * 8.0 };
    }

    /// The whole picture.
    pub fn total(&self, state: &State) -> f64 {
        let at = &state.at;
        let (n, lines) = (at.len(), self.facts.lines.len());
        let mut sum = self.emptiness(at) + self.mixing(state);
        for a in 0..n {
            sum += self.edge(state, a) + self.fan(state, a);
            sum += (a + 1..n).map(|b| self.pair(state, a, b)).sum::<f64>();
            sum += self.lines_near(state, a);
            if let Some(label) = state.labels[a] {
                // Two labels that cover each other count for both, which is right for what must not be.
                sum += self.label(state, a, label) + Weights::PLACE * self.facts.places[a][state.chosen[a]].1;
            }
        }
        for e in 0..lines {
            sum += self.crossings(state, e, e + 1);
        }
        for a in 0..state.reach.len() {
            sum += (a + 1..state.reach.len()).map(|b| self.bloc_gap(&state.reach, a, b)).sum::<f64>();
        }
        sum
    }

    /// All penalties that can change when node `v` moves. None is negative, so counting stops when `limit` is passed.
    pub fn local(&self, state: &State, v: usize, limit: f64) -> f64 {
        let State { at, reach, .. } = state;
        let own = self.facts.group[v];
        let mut sum = self.emptiness(at) + self.mixing(state) + self.edge(state, v);
        sum += (0..reach.len()).filter(|&g| g != own).map(|g| self.bloc_gap(reach, own, g)).sum::<f64>();
        sum += (0..at.len()).filter(|&u| u != v).map(|u| self.pair(state, v, u)).sum::<f64>();
        if sum > limit {
            return sum;
        }
        if let Some(label) = state.labels[v] {
            sum += self.label(state, v, label) + Weights::PLACE * self.facts.places[v][state.chosen[v]].1;
            let mark = self.mark(at, v);
            let covers = |u: &usize| *u != v && state.labels[*u].is_some_and(|l| l.hits(mark));
            sum += Weights::COVERED * (0..at.len()).filter(covers).count() as f64;
        }
        sum += self.fan(state, v);
        sum += self.facts.around[v].iter().map(|&u| self.fan_part(state, u, v)).sum::<f64>();
        // Lines of its own are left out there.
        sum += self.lines_near(state, v);
        for &e in &self.facts.lines_of[v] {
            if sum > limit {
                return sum;
            }
            sum += self.crossings(state, e, 0) + self.nodes_near(state, e) + self.labels_on(state, e, v);
        }
        sum
    }
}

fn box_of(at: &[Point], line: (usize, usize)) -> [f64; 4] {
    let (a, b) = (at[line.0], at[line.1]);
    [a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)]
}
