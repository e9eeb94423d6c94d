//! What a good picture is, as a number; lower is better.
//!
//! In: positions of up to some 60 nodes. Out: penalties, for the whole picture ([`Score::total`]) and for what one
//! node's place has to do with ([`Score::local`]), so that a move costs no more to judge than it must. Ties count as
//! straight here; their bends come later. Never here: how to improve.
//!
//! All lengths are measured in `em`, the height of a label, so that a page in other units gets the same picture.

use super::Graph;
use super::facts::Facts;
use super::geometry::{Point, Rect, crossing, to_segment};
use super::targets::Targets;

/// Directions in which the reach of a bloc is kept: a 16-sided stand-in for its convex hull.
const COMPASS: [Point; 16] = compass();

const fn compass() -> [Point; 16] {
    // Cosines and sines of multiples of 22.5 degrees.
    const A: f64 = 0.923_879_532_511_286_7;
    const B: f64 = std::f64::consts::FRAC_1_SQRT_2;
    const C: f64 = 0.382_683_432_365_089_8;
    let quarter = [(1.0, 0.0), (A, C), (B, B), (C, A)];
    let mut all = [Point::new(0.0, 0.0); 16];
    let mut i = 0;
    while i < 4 {
        let (x, y) = quarter[i];
        all[i] = Point::new(x, y);
        all[i + 4] = Point::new(-y, x);
        all[i + 8] = Point::new(-x, -y);
        all[i + 12] = Point::new(y, -x);
        i += 1;
    }
    all
}

/// How much each fault counts.
struct Weights;

impl Weights {
    const STRESS: f64 = 150.0;
    const OVERLAP: f64 = 4.0;
    const CROSSING: f64 = 1.1;
    const SHALLOW: f64 = 0.5;
    const NEAR_TIE: f64 = 2.5;
    const FAN: f64 = 1.6;
    const FRIEND: f64 = 5.0;
    const BLOC: f64 = 1.0;
    const SPRAWL: f64 = 1.0;
    const EDGE: f64 = 6.0;
    const EMPTY: f64 = 8.0;
}

/// The penalties of one graph.
pub struct Score<'a> {
    graph: &'a Graph,
    /// What is known of the graph.
    pub facts: Facts,
    scale: f64,
}

/// Positions, and what follows from them.
#[derive(Debug, Clone)]
pub struct State {
    /// Middle of each mark.
    pub at: Vec<Point>,
    /// The box around each line: left, top, right, bottom.
    boxes: Vec<[f64; 4]>,
    /// How far each group reaches in each direction of the compass.
    reach: Vec<[f64; 16]>,
}

impl<'a> Score<'a> {
    /// Prepares the penalties of a graph.
    pub fn new(graph: &'a Graph, targets: &Targets) -> Self {
        Self { graph, facts: Facts::new(graph, targets), scale: 1.0 }
    }

    /// The state with these positions.
    pub fn state(&self, at: Vec<Point>) -> State {
        let boxes = self.facts.lines.iter().map(|&line| box_of(&at, line)).collect();
        let mut state = State { at, boxes, reach: Vec::new() };
        state.reach = (0..self.facts.members.len()).map(|g| self.reach(&state.at, g)).collect();
        state
    }

    /// Puts a node elsewhere.
    pub fn put(&self, state: &mut State, v: usize, place: Point) {
        state.at[v] = place;
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
        let mut sum = self.emptiness(at);
        for a in 0..n {
            sum += self.edge(at, a) + self.fan(at, a);
            sum += (a + 1..n).map(|b| self.pair(at, a, b)).sum::<f64>();
            sum += self.lines_near(state, a);
        }
        for e in 0..lines {
            sum += self.crossings(state, e, e + 1);
        }
        for a in 0..state.reach.len() {
            sum += self.sprawl(&state.reach, a);
            sum += (a + 1..state.reach.len()).map(|b| self.bloc_gap(&state.reach, a, b)).sum::<f64>();
        }
        sum
    }

    /// All penalties that can change when node `v` moves. None is negative, so counting stops when `limit` is passed.
    pub fn local(&self, state: &State, v: usize, limit: f64) -> f64 {
        let State { at, reach, .. } = state;
        let own = self.facts.group[v];
        let mut sum = self.emptiness(at) + self.edge(at, v) + self.sprawl(reach, own);
        sum += (0..reach.len()).filter(|&g| g != own).map(|g| self.bloc_gap(reach, own, g)).sum::<f64>();
        sum += (0..at.len()).filter(|&u| u != v).map(|u| self.pair(at, v, u)).sum::<f64>();
        if sum > limit {
            return sum;
        }
        sum += self.fan(at, v);
        sum += self.facts.around[v].iter().map(|&u| self.fan_part(at, u, v)).sum::<f64>();
        // Lines of its own are left out there.
        sum += self.lines_near(state, v);
        for &e in &self.facts.lines_of[v] {
            if sum > limit {
                return sum;
            }
            sum += self.crossings(state, e, 0) + self.nodes_near(state, e);
        }
        sum
    }

    fn reach(&self, at: &[Point], group: usize) -> [f64; 16] {
        let mut reach = [f64::NEG_INFINITY; 16];
        for &v in &self.facts.members[group] {
            let foot = self.facts.foot[v];
            for (r, d) in reach.iter_mut().zip(&COMPASS) {
                *r = r.max(at[v].dot(*d) + foot.x * d.x.abs() + foot.y * d.y.abs());
            }
        }
        reach
    }

    /// Stress, and marks or labels on top of each other.
    fn pair(&self, at: &[Point], a: usize, b: usize) -> f64 {
        let mut sum = 0.0;
        let pairs = (at.len() * (at.len() - 1) / 2) as f64;
        let d = self.facts.want[a * at.len() + b];
        if d > 0.0 {
            let off = (at[a].distance(at[b]) / self.scale - d) / d;
            sum += Weights::STRESS / pairs * off * off;
        }
        let over =
            Rect { center: at[a], half: self.facts.foot[a] }.overlap(Rect { center: at[b], half: self.facts.foot[b] });
        if over.x > 0.0 && over.y > 0.0 {
            let depth = over.x.min(over.y) / self.facts.em;
            sum += Weights::OVERLAP * (0.3 + depth);
        }
        sum
    }

    /// Crossings of line `e` with the lines from `first` on; a shallow one is harder to read.
    fn crossings(&self, state: &State, e: usize, first: usize) -> f64 {
        let (here, one) = (state.boxes[e], self.facts.lines[e]);
        let (a, b) = (state.at[one.0], state.at[one.1]);
        let mut sum = 0.0;
        for (f, there) in state.boxes.iter().enumerate().skip(first) {
            if here[2] < there[0] || there[2] < here[0] || here[3] < there[1] || there[3] < here[1] {
                continue;
            }
            let two = self.facts.lines[f];
            if one.0 == two.0 || one.0 == two.1 || one.1 == two.0 || one.1 == two.1 {
                continue;
            }
            let (c, d) = (state.at[two.0], state.at[two.1]);
            if crossing(a, b, c, d) {
                let cosine = (b - a).unit().dot((d - c).unit()).abs();
                sum += Weights::CROSSING + Weights::SHALLOW * ((cosine - 0.7) / 0.3).max(0.0);
            }
        }
        sum
    }

    /// Foreign lines so near to node `v` that they seem to be its own.
    fn lines_near(&self, state: &State, v: usize) -> f64 {
        let (p, reach) = (state.at[v], self.facts.radius[v] + 1.1 * self.facts.em);
        let near = |b: &[f64; 4]| p.x > b[0] - reach && p.y > b[1] - reach && p.x < b[2] + reach && p.y < b[3] + reach;
        let close = state.boxes.iter().enumerate().filter(|(_, b)| near(b));
        close.map(|(e, _)| self.near_line(state, v, e)).sum()
    }

    /// Foreign nodes so near to line `e` that it seems to be theirs.
    fn nodes_near(&self, state: &State, e: usize) -> f64 {
        let [left, top, right, bottom] = state.boxes[e];
        let mut sum = 0.0;
        for (v, p) in state.at.iter().enumerate() {
            let reach = self.facts.radius[v] + 1.1 * self.facts.em;
            if p.x > left - reach && p.y > top - reach && p.x < right + reach && p.y < bottom + reach {
                sum += self.near_line(state, v, e);
            }
        }
        sum
    }

    fn near_line(&self, state: &State, v: usize, e: usize) -> f64 {
        let line = self.facts.lines[e];
        if line.0 == v || line.1 == v {
            return 0.0;
        }
        let radius = self.facts.radius[v];
        let reach = radius + 1.1 * self.facts.em;
        let distance = to_segment(state.at[v], state.at[line.0], state.at[line.1]);
        if distance >= reach {
            return 0.0;
        }
        let near = 1.0 - distance / reach;
        Weights::NEAR_TIE * (near * near + if distance < radius + 0.2 * self.facts.em { 0.8 } else { 0.0 })
    }

    /// What a node sees around it: ties that leave it side by side, and enemies nearer than friends.
    fn fan(&self, at: &[Point], v: usize) -> f64 {
        let mut sum = 0.0;
        let ends = &self.facts.ends[v];
        for (i, &one) in ends.iter().enumerate() {
            let way = (at[one] - at[v]).unit();
            sum += ends[i + 1..].iter().map(|&two| beside(way, (at[two] - at[v]).unit())).sum::<f64>();
        }
        for &f in &self.facts.friends[v] {
            let friend = at[f].distance(at[v]);
            sum += self.facts.enemies[v].iter().map(|&e| self.envy(friend, at[e].distance(at[v]))).sum::<f64>();
        }
        sum
    }

    /// The share of `fan` of `u` that its neighbour `v` has a part in.
    fn fan_part(&self, at: &[Point], u: usize, v: usize) -> f64 {
        let mut sum = 0.0;
        let distance = at[u].distance(at[v]);
        if self.facts.ends[u].binary_search(&v).is_ok() {
            let way = (at[v] - at[u]).unit();
            let others = self.facts.ends[u].iter().filter(|&&w| w != v);
            sum += others.map(|&w| beside(way, (at[w] - at[u]).unit())).sum::<f64>();
        }
        if self.facts.friends[u].binary_search(&v).is_ok() {
            sum += self.facts.enemies[u].iter().map(|&e| self.envy(distance, at[e].distance(at[u]))).sum::<f64>();
        } else if self.facts.enemies[u].binary_search(&v).is_ok() {
            sum += self.facts.friends[u].iter().map(|&f| self.envy(at[f].distance(at[u]), distance)).sum::<f64>();
        }
        sum
    }

    /// An enemy no farther than a friend.
    fn envy(&self, friend: f64, enemy: f64) -> f64 {
        let excess = friend - 0.92 * enemy;
        if excess > 0.0 { Weights::FRIEND * (0.25 + excess / self.scale).min(2.0) } else { 0.0 }
    }

    /// Two groups nearer than the room their outlines and names need.
    fn bloc_gap(&self, reach: &[[f64; 16]], a: usize, b: usize) -> f64 {
        let mut gap = f64::NEG_INFINITY;
        for i in 0..16 {
            gap = gap.max(-(reach[a][i] + reach[b][(i + 8) % 16]));
        }
        let named = |group: usize| self.facts.members[group].len() > 1;
        let room = match (named(a), named(b)) {
            (true, true) => 2.8,
            (false, false) => 0.0,
            _ => 1.0,
        };
        let lack = room - gap / self.facts.em;
        if lack > 0.0 { Weights::BLOC * (lack + 0.3 * lack * lack) } else { 0.0 }
    }

    /// A bloc wider, over all directions, than its members need.
    fn sprawl(&self, reach: &[[f64; 16]], group: usize) -> f64 {
        if self.facts.members[group].len() < 2 {
            return 0.0;
        }
        let width = (0..8).map(|i| reach[group][i] + reach[group][i + 8]).sum::<f64>() / 8.0;
        let area: f64 =
            self.facts.members[group].iter().map(|&v| self.facts.foot[v].x * self.facts.foot[v].y * 4.0).sum();
        Weights::SPRAWL * ((width - 1.3 * area.sqrt()) / self.facts.em).max(0.0)
    }

    /// A node too near the edge of the page.
    fn edge(&self, at: &[Point], v: usize) -> f64 {
        let out = self.graph.page().sticking_out(Rect { center: at[v], half: self.facts.foot[v] }) / self.facts.em;
        Weights::EDGE * (out + out * out)
    }

    /// Corners and sides of the page far from any node.
    fn emptiness(&self, at: &[Point]) -> f64 {
        let from = 0.75 * (self.graph.width * self.graph.height / at.len().max(4) as f64).sqrt();
        let diagonal = Point::new(self.graph.width, self.graph.height).norm();
        let lack = |anchor: &Point| {
            let nearest = at.iter().map(|p| p.distance(*anchor)).fold(f64::INFINITY, f64::min);
            let far = ((nearest - from) / diagonal).max(0.0) * 4.0;
            far * far
        };
        Weights::EMPTY * self.facts.anchors.iter().map(lack).sum::<f64>()
    }
}

fn box_of(at: &[Point], line: (usize, usize)) -> [f64; 4] {
    let (a, b) = (at[line.0], at[line.1]);
    [a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)]
}

/// Two ties that leave a node side by side: by less than 20 degrees, whose cosine is 0.94.
fn beside(one: Point, two: Point) -> f64 {
    Weights::FAN * ((one.dot(two) - 0.94) / 0.06).max(0.0)
}
