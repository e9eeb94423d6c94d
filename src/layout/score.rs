//! What a good picture is, as a number; lower is better.
//!
//! In: positions of up to some 60 nodes. Out: penalties, for the whole picture ([`Score::total`]) and for what one
//! node's place has to do with ([`Score::local`]), so that a move costs no more to judge than it must. Ties count as
//! straight here; their bends come later. Never here: how to improve.
//!
//! All lengths are measured in `em`, the height of a label, so that a page in other units gets the same picture.

use super::Graph;
use super::geometry::{Point, Rect, crossing, to_segment};
use super::sgd;
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
    const CROSSING: f64 = 0.8;
    const SHALLOW: f64 = 0.5;
    const NEAR_TIE: f64 = 2.5;
    const FAN: f64 = 1.2;
    const FRIEND: f64 = 3.0;
    const BLOC: f64 = 1.0;
    const SPRAWL: f64 = 1.0;
    const EDGE: f64 = 6.0;
    const EMPTY: f64 = 3.0;
}

/// The penalties of one graph.
pub struct Score<'a> {
    graph: &'a Graph,
    em: f64,
    want: Vec<f64>,
    pairs: f64,
    scale: f64,
    /// Node pairs with a drawn tie.
    pub lines: Vec<(usize, usize)>,
    lines_of: Vec<Vec<usize>>,
    friends: Vec<Vec<usize>>,
    enemies: Vec<Vec<usize>>,
    foot: Vec<Point>,
    /// Group of each node: its bloc, or one of its own.
    pub group: Vec<usize>,
    /// Members of each group.
    pub members: Vec<Vec<usize>>,
    named: Vec<bool>,
    anchors: Vec<Point>,
    empty_from: f64,
}

impl<'a> Score<'a> {
    /// Prepares the penalties of a graph.
    pub fn new(graph: &'a Graph, targets: &Targets) -> Self {
        let n = graph.nodes.len();
        let mut want = vec![0.0; n * n];
        for w in &targets.wants {
            want[w.a as usize * n + w.b as usize] = w.distance;
            want[w.b as usize * n + w.a as usize] = w.distance;
        }
        let mut lines: Vec<(usize, usize)> =
            graph.usable().filter(|(_, t)| t.drawn).map(|(_, t)| (t.a.min(t.b), t.a.max(t.b))).collect();
        lines.sort_unstable();
        lines.dedup();
        let mut lines_of = vec![Vec::new(); n];
        for (e, &(a, b)) in lines.iter().enumerate() {
            lines_of[a].push(e);
            lines_of[b].push(e);
        }
        let (friends, enemies) = sides(graph);
        let mut heights: Vec<f64> = graph.nodes.iter().filter_map(|v| v.labels.first().map(|l| l.y)).collect();
        heights.sort_by(f64::total_cmp);
        let em = heights.get(heights.len() / 2).copied().unwrap_or(0.0);
        let em = if em > 0.0 { em } else { (graph.width * graph.height / n.max(1) as f64).sqrt() / 8.0 };
        let foot = graph
            .nodes
            .iter()
            .map(|v| {
                let label = v.labels.iter().copied().min_by(|p, q| p.x.total_cmp(&q.x)).unwrap_or_default();
                Point::new(v.half.x.max(label.x / 2.0) + 0.3 * em, v.half.y + label.y / 2.0 + 0.25 * em)
            })
            .collect();
        let mut blocs: Vec<usize> = graph.nodes.iter().filter_map(|v| v.bloc).collect();
        blocs.sort_unstable();
        blocs.dedup();
        let mut members = vec![Vec::new(); blocs.len()];
        let mut group = Vec::with_capacity(n);
        for (i, v) in graph.nodes.iter().enumerate() {
            let own = v.bloc.and_then(|b| blocs.binary_search(&b).ok()).unwrap_or_else(|| {
                members.push(Vec::new());
                members.len() - 1
            });
            members[own].push(i);
            group.push(own);
        }
        let named = members.iter().map(|m| m.len() > 1).collect();
        let rim = sgd::rim(graph);
        let (l, t, r, b) = (rim.x, rim.y, graph.width - rim.x, graph.height - rim.y);
        let (x, y) = (graph.width / 2.0, graph.height / 2.0);
        let anchors =
            [(l, t), (r, t), (l, b), (r, b), (x, t), (x, b), (l, y), (r, y)].map(|(x, y)| Point::new(x, y)).to_vec();
        let empty_from = 0.75 * (graph.width * graph.height / n.max(4) as f64).sqrt();
        let pairs = (n * n.saturating_sub(1) / 2).max(1) as f64;
        Self {
            graph,
            em,
            want,
            pairs,
            scale: 1.0,
            lines,
            lines_of,
            friends,
            enemies,
            foot,
            group,
            members,
            named,
            anchors,
            empty_from,
        }
    }

    /// The height of a label.
    pub fn em(&self) -> f64 {
        self.em
    }

    /// Sets the length of one hop to what fits the positions best.
    pub fn rescale(&mut self, at: &[Point]) {
        let n = at.len();
        let (mut one, mut two) = (0.0, 0.0);
        for a in 0..n {
            for b in a + 1..n {
                let d = self.want[a * n + b];
                if d > 0.0 {
                    let r = at[a].distance(at[b]) / d;
                    one += r;
                    two += r * r;
                }
            }
        }
        self.scale = if one > 0.0 { two / one } else { self.em * 8.0 };
    }

    /// The whole picture.
    pub fn total(&self, at: &[Point]) -> f64 {
        let n = at.len();
        let mut sum = self.emptiness(at);
        for a in 0..n {
            sum += self.edge(at, a) + self.fan(at, a);
            sum += (a + 1..n).map(|b| self.pair(at, a, b)).sum::<f64>();
            sum += self.lines.iter().map(|&l| self.near_line(at, a, l)).sum::<f64>();
        }
        for (e, &one) in self.lines.iter().enumerate() {
            sum += self.lines[e + 1..].iter().map(|&two| self.cross(at, one, two)).sum::<f64>();
        }
        let reach: Vec<[f64; 16]> = (0..self.members.len()).map(|g| self.reach(at, g)).collect();
        for a in 0..reach.len() {
            sum += self.sprawl(&reach, a);
            sum += (a + 1..reach.len()).map(|b| self.bloc_gap(&reach, a, b)).sum::<f64>();
        }
        sum
    }

    /// All penalties that can change when node `v` moves. `reach` holds the groups' reaches with `v` where it is.
    pub fn local(&self, at: &[Point], reach: &[[f64; 16]], v: usize) -> f64 {
        let mut sum = self.emptiness(at) + self.edge(at, v) + self.fan(at, v);
        for u in (0..at.len()).filter(|&u| u != v) {
            sum += self.pair(at, v, u);
        }
        for &e in &self.lines_of[v] {
            let line = self.lines[e];
            sum += self.lines.iter().map(|&other| self.cross(at, line, other)).sum::<f64>();
            sum += (0..at.len()).map(|u| self.near_line(at, u, line)).sum::<f64>();
            sum += self.fan(at, if line.0 == v { line.1 } else { line.0 });
        }
        // Lines of its own are left out by `near_line`.
        sum += self.lines.iter().map(|&line| self.near_line(at, v, line)).sum::<f64>();
        for &u in self.friends[v].iter().chain(&self.enemies[v]) {
            if !self.tied(u, v) {
                sum += self.fan(at, u);
            }
        }
        let own = self.group[v];
        sum += self.sprawl(reach, own);
        sum + (0..reach.len()).filter(|&g| g != own).map(|g| self.bloc_gap(reach, own, g)).sum::<f64>()
    }

    /// How far a group reaches in each direction of the compass.
    pub fn reach(&self, at: &[Point], group: usize) -> [f64; 16] {
        let mut reach = [f64::NEG_INFINITY; 16];
        for &v in &self.members[group] {
            for (r, d) in reach.iter_mut().zip(&COMPASS) {
                *r = r.max(at[v].dot(*d) + self.foot[v].x * d.x.abs() + self.foot[v].y * d.y.abs());
            }
        }
        reach
    }

    fn tied(&self, a: usize, b: usize) -> bool {
        self.lines.binary_search(&(a.min(b), a.max(b))).is_ok()
    }

    /// Stress, and marks or labels on top of each other.
    fn pair(&self, at: &[Point], a: usize, b: usize) -> f64 {
        let mut sum = 0.0;
        let d = self.want[a * at.len() + b];
        if d > 0.0 {
            let off = (at[a].distance(at[b]) / self.scale - d) / d;
            sum += Weights::STRESS / self.pairs * off * off;
        }
        let over = Rect { center: at[a], half: self.foot[a] }.overlap(Rect { center: at[b], half: self.foot[b] });
        if over.x > 0.0 && over.y > 0.0 {
            let depth = over.x.min(over.y) / self.em;
            sum += Weights::OVERLAP * (0.3 + depth);
        }
        sum
    }

    /// A crossing; a shallow one is harder to read.
    fn cross(&self, at: &[Point], one: (usize, usize), two: (usize, usize)) -> f64 {
        if one.0 == two.0 || one.0 == two.1 || one.1 == two.0 || one.1 == two.1 {
            return 0.0;
        }
        let (a, b, c, d) = (at[one.0], at[one.1], at[two.0], at[two.1]);
        if !crossing(a, b, c, d) {
            return 0.0;
        }
        let cosine = (b - a).unit().dot((d - c).unit()).abs();
        Weights::CROSSING + Weights::SHALLOW * ((cosine - 0.7) / 0.3).max(0.0)
    }

    /// A node so near to a foreign line that the line seems to be its own.
    fn near_line(&self, at: &[Point], v: usize, line: (usize, usize)) -> f64 {
        if line.0 == v || line.1 == v {
            return 0.0;
        }
        let half = self.graph.nodes[v].half;
        let radius = half.x.max(half.y);
        let reach = radius + 1.1 * self.em;
        let (a, b, p) = (at[line.0], at[line.1], at[v]);
        if p.x < a.x.min(b.x) - reach
            || p.x > a.x.max(b.x) + reach
            || p.y < a.y.min(b.y) - reach
            || p.y > a.y.max(b.y) + reach
        {
            return 0.0;
        }
        let distance = to_segment(p, a, b);
        if distance >= reach {
            return 0.0;
        }
        let near = 1.0 - distance / reach;
        Weights::NEAR_TIE * (near * near + if distance < radius + 0.2 * self.em { 0.8 } else { 0.0 })
    }

    /// What a node sees around it: ties that leave it side by side, and enemies nearer than friends.
    fn fan(&self, at: &[Point], v: usize) -> f64 {
        let mut sum = 0.0;
        let lines = &self.lines_of[v];
        let far = |e: usize| {
            let (a, b) = self.lines[e];
            (at[if a == v { b } else { a }] - at[v]).unit()
        };
        for (i, &e) in lines.iter().enumerate() {
            let one = far(e);
            for &f in &lines[i + 1..] {
                // Cosines from 0.96 (16 degrees) up.
                let close = (one.dot(far(f)) - 0.96) / 0.04;
                if close > 0.0 {
                    sum += Weights::FAN * close;
                }
            }
        }
        for &f in &self.friends[v] {
            let friend = at[f].distance(at[v]);
            for &e in &self.enemies[v] {
                let excess = friend - 0.92 * at[e].distance(at[v]);
                if excess > 0.0 {
                    sum += Weights::FRIEND * (0.25 + excess / self.scale).min(2.0);
                }
            }
        }
        sum
    }

    /// Two groups nearer than the room their outlines and names need.
    fn bloc_gap(&self, reach: &[[f64; 16]], a: usize, b: usize) -> f64 {
        let mut gap = f64::NEG_INFINITY;
        for i in 0..16 {
            gap = gap.max(-(reach[a][i] + reach[b][(i + 8) % 16]));
        }
        let room = match (self.named[a], self.named[b]) {
            (true, true) => 2.2,
            (false, false) => 0.0,
            _ => 1.0,
        };
        let lack = room - gap / self.em;
        if lack > 0.0 { Weights::BLOC * (lack + 0.3 * lack * lack) } else { 0.0 }
    }

    /// A bloc wider, over all directions, than its members need.
    fn sprawl(&self, reach: &[[f64; 16]], group: usize) -> f64 {
        if !self.named[group] {
            return 0.0;
        }
        let width = (0..8).map(|i| reach[group][i] + reach[group][i + 8]).sum::<f64>() / 8.0;
        let area: f64 = self.members[group].iter().map(|&v| self.foot[v].x * self.foot[v].y * 4.0).sum();
        Weights::SPRAWL * ((width - 1.3 * area.sqrt()) / self.em).max(0.0)
    }

    /// A node too near the edge of the page.
    fn edge(&self, at: &[Point], v: usize) -> f64 {
        let out = self.graph.page().sticking_out(Rect { center: at[v], half: self.foot[v] }) / self.em;
        Weights::EDGE * (out + out * out)
    }

    /// Corners and sides of the page far from any node.
    fn emptiness(&self, at: &[Point]) -> f64 {
        let diagonal = Point::new(self.graph.width, self.graph.height).norm();
        let lack = |anchor: &Point| {
            let nearest = at.iter().map(|p| p.distance(*anchor)).fold(f64::INFINITY, f64::min);
            let far = ((nearest - self.empty_from) / diagonal).max(0.0) * 4.0;
            far * far
        };
        Weights::EMPTY * self.anchors.iter().map(lack).sum::<f64>()
    }
}

/// Who each node backs or is backed by, and who it opposes or is opposed by; who is both counts as neither.
fn sides(graph: &Graph) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let n = graph.nodes.len();
    let (mut friends, mut enemies) = (vec![Vec::new(); n], vec![Vec::new(); n]);
    for (_, t) in graph.usable() {
        let list = match t.sign {
            1 => &mut friends,
            -1 => &mut enemies,
            _ => continue,
        };
        list[t.a].push(t.b);
        list[t.b].push(t.a);
    }
    for list in friends.iter_mut().chain(&mut enemies) {
        list.sort_unstable();
        list.dedup();
    }
    for (f, e) in friends.iter_mut().zip(&mut enemies) {
        let both: Vec<usize> = f.iter().copied().filter(|u| e.binary_search(u).is_ok()).collect();
        f.retain(|u| both.binary_search(u).is_err());
        e.retain(|u| both.binary_search(u).is_err());
    }
    (friends, enemies)
}
