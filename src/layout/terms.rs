//! The penalties of which the score of a small picture is made, one by one.
//!
//! In: positions, and where labels are. Out: numbers, none negative; a crossing is about 1. Never here: how they are added
//! up (see [`super::score`]).

use super::geometry::{Point, Rect, crossing, to_segment};
use super::score::{Score, State};

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
pub(super) struct Weights;

impl Weights {
    pub const STRESS: f64 = 1100.0;
    pub const SILHOUETTE: f64 = 355.0;
    pub const OVERLAP: f64 = 4.0;
    pub const COVERED: f64 = 8.0;
    pub const THROUGH: f64 = 4.5;
    pub const THROUGH_OWN: f64 = 2.0;
    pub const PLACE: f64 = 0.3;
    pub const CROSSING: f64 = 1.75;
    pub const SHALLOW: f64 = 0.5;
    pub const NEAR_TIE: f64 = 2.5;
    pub const FAN: f64 = 0.8;
    pub const FRIEND: f64 = 5.0;
    pub const BLOC: f64 = 1.0;
    pub const EDGE: f64 = 6.0;
    pub const EMPTY: f64 = 8.0;
}

impl Score<'_> {
    pub(super) fn reach(&self, at: &[Point], group: usize) -> [f64; 16] {
        let mut reach = [f64::NEG_INFINITY; 16];
        for &v in &self.facts.members[group] {
            let foot = self.facts.foot[v];
            for (r, d) in reach.iter_mut().zip(&COMPASS) {
                *r = r.max(at[v].dot(*d) + foot.x * d.x.abs() + foot.y * d.y.abs());
            }
        }
        reach
    }

    pub(super) fn mark(&self, at: &[Point], v: usize) -> Rect {
        Rect { center: at[v], half: self.graph.nodes[v].half }.grow(0.12 * self.facts.em)
    }

    /// What a label in this place covers, and the lines that pass behind it.
    pub(super) fn label(&self, state: &State, v: usize, label: Rect) -> f64 {
        let mut covered = 0;
        let room = label.grow(0.12 * self.facts.em);
        for u in (0..state.at.len()).filter(|&u| u != v) {
            covered += usize::from(label.hits(self.mark(&state.at, u)));
            covered += usize::from(state.labels[u].is_some_and(|l| l.hits(room)));
        }
        let out = self.graph.page().sticking_out(label) / self.facts.em;
        let mut sum = Weights::COVERED * covered as f64 + Weights::EDGE * (out + out * out);
        let (left, top, right, bottom) = label.sides();
        for (e, b) in state.boxes.iter().enumerate() {
            if b[0] < right && b[2] > left && b[1] < bottom && b[3] > top {
                sum += self.line_behind(state, e, v, label);
            }
        }
        sum
    }

    /// The labels of others that line `e` of node `v` passes behind.
    pub(super) fn labels_on(&self, state: &State, e: usize, v: usize) -> f64 {
        let b = state.boxes[e];
        let mut sum = 0.0;
        for (u, label) in state.labels.iter().enumerate().filter(|(u, _)| *u != v) {
            let Some(label) = *label else { continue };
            let (left, top, right, bottom) = label.sides();
            if b[0] < right && b[2] > left && b[1] < bottom && b[3] > top {
                sum += self.line_behind(state, e, u, label);
            }
        }
        sum
    }

    pub(super) fn line_behind(&self, state: &State, e: usize, v: usize, label: Rect) -> f64 {
        let (a, b) = self.facts.lines[e];
        if !label.crossed_by(state.at[a], state.at[b]) {
            0.0
        } else if a == v || b == v {
            Weights::THROUGH_OWN
        } else {
            Weights::THROUGH
        }
    }

    /// Adds up the distances from nodes to groups anew.
    pub(super) fn add_up(&self, state: &mut State) {
        let (n, groups) = (state.at.len(), self.facts.members.len());
        state.sums = vec![0.0; n * groups];
        state.far = vec![0.0; n * n];
        for v in 0..n {
            for u in 0..n {
                let far = state.at[v].distance(state.at[u]);
                state.far[v * n + u] = far;
                state.sums[v * groups + self.facts.group[u]] += far;
            }
        }
    }

    /// How far the mean silhouette (Rousseeuw 1987) of the members of blocs falls short of 1.
    pub(super) fn mixing(&self, state: &State) -> f64 {
        let groups = self.facts.members.len();
        let size = |g: usize| self.facts.members[g].len() as f64;
        let (mut sum, mut count) = (0.0, 0.0);
        for v in 0..state.at.len() {
            let own = self.facts.group[v];
            if size(own) < 2.0 {
                continue;
            }
            let sums = &state.sums[v * groups..(v + 1) * groups];
            let inside = sums[own] / (size(own) - 1.0);
            let mut next = f64::INFINITY;
            for (g, far) in sums.iter().enumerate().filter(|&(g, _)| g != own && self.facts.named[g]) {
                next = next.min(far / size(g));
            }
            if next < f64::INFINITY {
                sum += 1.0 - (next - inside) / inside.max(next).max(1e-9);
                count += 1.0;
            }
        }
        Weights::SILHOUETTE * sum / f64::max(count, 1.0)
    }

    /// Stress, and marks or labels on top of each other.
    pub(super) fn pair(&self, state: &State, a: usize, b: usize) -> f64 {
        let at = &state.at;
        let mut sum = 0.0;
        let pairs = (at.len() * (at.len() - 1) / 2) as f64;
        let d = self.facts.want[a * at.len() + b];
        if d > 0.0 {
            let off = (state.far[a * at.len() + b] / self.scale - d) / d;
            sum += Weights::STRESS / pairs * off * off;
        }
        let foot = if state.chosen.is_empty() { &self.facts.foot } else { &self.facts.room };
        let over = Rect { center: at[a], half: foot[a] }.overlap(Rect { center: at[b], half: foot[b] });
        if over.x > 0.0 && over.y > 0.0 {
            let depth = over.x.min(over.y) / self.facts.em;
            sum += Weights::OVERLAP * (0.3 + depth);
        }
        sum
    }

    /// Crossings of line `e` with the lines from `first` on; a shallow one is harder to read.
    pub(super) fn crossings(&self, state: &State, e: usize, first: usize) -> f64 {
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
    pub(super) fn lines_near(&self, state: &State, v: usize) -> f64 {
        let (p, reach) = (state.at[v], self.facts.radius[v] + 1.1 * self.facts.em);
        let near = |b: &[f64; 4]| p.x > b[0] - reach && p.y > b[1] - reach && p.x < b[2] + reach && p.y < b[3] + reach;
        let close = state.boxes.iter().enumerate().filter(|(_, b)| near(b));
        close.map(|(e, _)| self.near_line(state, v, e)).sum()
    }

    /// Foreign nodes so near to line `e` that it seems to be theirs.
    pub(super) fn nodes_near(&self, state: &State, e: usize) -> f64 {
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

    pub(super) fn near_line(&self, state: &State, v: usize, e: usize) -> f64 {
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
    pub(super) fn fan(&self, state: &State, v: usize) -> f64 {
        let at = &state.at;
        let far = &state.far[v * at.len()..(v + 1) * at.len()];
        let mut sum = 0.0;
        let ends = &self.facts.ends[v];
        for (i, &one) in ends.iter().enumerate() {
            let way = (at[one] - at[v]).unit();
            sum += ends[i + 1..].iter().map(|&two| beside(way, (at[two] - at[v]).unit())).sum::<f64>();
        }
        for &f in &self.facts.friends[v] {
            sum += self.facts.enemies[v].iter().map(|&e| self.envy(far[f], far[e])).sum::<f64>();
        }
        sum
    }

    /// The share of `fan` of `u` that its neighbour `v` has a part in.
    pub(super) fn fan_part(&self, state: &State, u: usize, v: usize) -> f64 {
        let at = &state.at;
        let far = &state.far[u * at.len()..(u + 1) * at.len()];
        let mut sum = 0.0;
        if self.facts.ends[u].binary_search(&v).is_ok() {
            let way = (at[v] - at[u]).unit();
            let others = self.facts.ends[u].iter().filter(|&&w| w != v);
            sum += others.map(|&w| beside(way, (at[w] - at[u]).unit())).sum::<f64>();
        }
        if self.facts.friends[u].binary_search(&v).is_ok() {
            sum += self.facts.enemies[u].iter().map(|&e| self.envy(far[v], far[e])).sum::<f64>();
        } else if self.facts.enemies[u].binary_search(&v).is_ok() {
            sum += self.facts.friends[u].iter().map(|&f| self.envy(far[f], far[v])).sum::<f64>();
        }
        sum
    }

    /// An enemy no farther than a friend.
    pub(super) fn envy(&self, friend: f64, enemy: f64) -> f64 {
        let excess = friend - 0.92 * enemy;
        if excess > 0.0 { Weights::FRIEND * (0.25 + excess / self.scale).min(2.0) } else { 0.0 }
    }

    /// Two groups nearer than the room their outlines and names need.
    pub(super) fn bloc_gap(&self, reach: &[[f64; 16]], a: usize, b: usize) -> f64 {
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

    /// A node too near the edge of the page.
    pub(super) fn edge(&self, state: &State, v: usize) -> f64 {
        let foot = if state.chosen.is_empty() { &self.facts.foot } else { &self.facts.room };
        let out = self.graph.page().sticking_out(Rect { center: state.at[v], half: foot[v] }) / self.facts.em;
        Weights::EDGE * (out + out * out)
    }

    /// Corners and sides of the page far from any node.
    pub(super) fn emptiness(&self, at: &[Point]) -> f64 {
        let from = 0.75 * (self.graph.width * self.graph.height / at.len().max(4) as f64).sqrt();
        let diagonal = Point::new(self.graph.width, self.graph.height).norm();
        let lack = |anchor: &Point| {
            let step = |p: &Point| (*p - *anchor).dot(*p - *anchor);
            let nearest = at.iter().map(step).fold(f64::INFINITY, f64::min).sqrt();
            let far = ((nearest - from) / diagonal).max(0.0) * 4.0;
            far * far
        };
        Weights::EMPTY * self.facts.anchors.iter().map(lack).sum::<f64>()
    }
}

/// Two ties that leave a node side by side: by less than 20 degrees, whose cosine is 0.94.
fn beside(one: Point, two: Point) -> f64 {
    Weights::FAN * ((one.dot(two) - 0.94) / 0.06).max(0.0)
}
