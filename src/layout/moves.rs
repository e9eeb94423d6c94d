//! Better places for single nodes of a large graph.
//!
//! In: positions from the stress layout. Out: positions with fewer crossings and fewer enemies nearer than friends, at
//! about the same stress, and blocs as far apart as before. Never here: labels, overlaps.
//!
//! Nodes are moved a little, or two of a bloc change places; a move stays if it makes the sum of the three better, or
//! worse by less than a threshold that sinks from round to round (threshold accepting, Dueck & Scheuer 1990). The
//! number of rounds follows from the work that one takes, so that it is limited for any graph.

use super::Graph;
use super::dice::Dice;
use super::geometry::Point;
use super::lines::Lines;
use super::targets::Targets;

/// Tests of a line or a pair in all.
const WORK: usize = 300_000_000;
/// Rounds at most.
const ROUNDS: usize = 150;
/// Lines against which a line is tested; of more a sample is drawn anew for each round.
const SAMPLE: usize = 1_200;
/// What a share of crossings counts against the same share of stress.
const CROSSINGS: f64 = 0.85;
/// The threshold at the start, as a share of the whole per node.
const HEAT: f64 = 0.02;
/// What a share of enemies nearer than friends counts.
const ENVY: f64 = 1.0;

/// Pairs of nodes with a drawn tie, sorted.
pub fn lines(graph: &Graph) -> Vec<(u32, u32)> {
    let drawn = graph.usable().filter(|(_, t)| t.drawn);
    let mut lines: Vec<(u32, u32)> = drawn.map(|(_, t)| (t.a.min(t.b) as u32, t.a.max(t.b) as u32)).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// A graph as moves see it; lists are indexed by node.
struct Moves {
    /// Node, wanted distance, weight.
    wants: Vec<Vec<(u32, f32, f32)>>,
    /// Nodes at the other ends of its lines, with the index of the line.
    ends: Vec<Vec<(u32, u32)>>,
    lines: Vec<(u32, u32)>,
    friends: Vec<Vec<u32>>,
    enemies: Vec<Vec<u32>>,
    /// Nodes that are a friend or an enemy, sorted.
    around: Vec<Vec<u32>>,
    /// What a unit of stress, a crossing and an envy count.
    worth: (f64, f64, f64),
    at: Vec<Point>,
}

/// Improves the positions, which may be in any unit. `targets` must be those that the positions came from,
/// `share` the share of the work that this graph may take.
pub fn improve(graph: &Graph, targets: &Targets, at: &mut [Point], share: f64, dice: &mut Dice) {
    let mut moves = Moves::new(graph, targets, at);
    let sampled = moves.lines.len().min(SAMPLE);
    let work: usize = (0..at.len()).map(|v| 2 * (moves.ends[v].len() * sampled + 4 * moves.wants[v].len())).sum();
    let rounds = ((WORK as f64 * share) as usize / work.max(1)).min(ROUNDS);
    if rounds == 0 || moves.lines.is_empty() {
        return;
    }
    let blocs = Blocs::new(graph, at);
    let mut free: Vec<usize> = (0..at.len()).filter(|&v| graph.nodes[v].at.is_none()).collect();
    let hop = moves.gauge(dice);
    let mut order: Vec<usize> = (0..moves.lines.len()).collect();
    let mut stock = moves.stock(&order);
    for round in 0..rounds {
        let left = 1.0 - round as f64 / rounds as f64;
        let threshold = HEAT * left * left / at.len() as f64;
        let stride = hop * (0.15 + 1.2 * left);
        if moves.lines.len() > SAMPLE {
            dice.shuffle(&mut order);
            stock = moves.stock(&order[..SAMPLE]);
        }
        dice.shuffle(&mut free);
        for &v in &free {
            if dice.below(3) == 0 {
                let mates = blocs.mates(v);
                let u = mates[dice.below(mates.len())];
                if u != v && graph.nodes[u].at.is_none() {
                    moves.swap(v, u, threshold, &mut stock);
                }
            } else {
                let to = moves.at[v] + Point::new(dice.swing(), dice.swing()) * stride;
                if blocs.allows(v, moves.at[v], to) {
                    moves.step(v, to, threshold, &mut stock);
                }
            }
        }
    }
    at.copy_from_slice(&moves.at);
}

/// The lines against which is tested, and which place among them a line has.
struct Stock {
    lines: Lines,
    place: Vec<u32>,
    /// How many lines each stands for.
    share: f64,
}

impl Moves {
    fn new(graph: &Graph, targets: &Targets, at: &[Point]) -> Self {
        let n = graph.nodes.len();
        let mut wants = vec![Vec::new(); n];
        for w in &targets.wants {
            wants[w.a as usize].push((w.b, w.distance as f32, w.weight as f32));
            if w.back > 0.0 {
                wants[w.b as usize].push((w.a, w.distance as f32, w.back as f32));
            }
        }
        let lines = lines(graph);
        let mut ends = vec![Vec::new(); n];
        for (e, &(a, b)) in lines.iter().enumerate() {
            ends[a as usize].push((b, e as u32));
            ends[b as usize].push((a, e as u32));
        }
        let (friends, enemies) = super::facts::sides(graph);
        let narrow = |lists: Vec<Vec<usize>>| -> Vec<Vec<u32>> {
            lists.into_iter().map(|list| list.into_iter().map(|u| u as u32).collect()).collect()
        };
        let (friends, enemies) = (narrow(friends), narrow(enemies));
        let around = (0..n)
            .map(|v| {
                let mut list = [&friends[v][..], &enemies[v]].concat();
                list.sort_unstable();
                list
            })
            .collect();
        Self { wants, ends, lines, friends, enemies, around, worth: (0.0, 0.0, 0.0), at: at.to_vec() }
    }

    /// Brings wanted distances to the unit of the positions, and sets what each term counts by what it sums up to now. Returns the length of a hop.
    fn gauge(&mut self, dice: &mut Dice) -> f64 {
        let (mut one, mut two) = (0.0, 0.0);
        for (v, wants) in self.wants.iter().enumerate() {
            for &(u, d, _) in wants {
                let r = self.at[v].distance(self.at[u as usize]) / f64::from(d);
                one += r;
                two += r * r;
            }
        }
        let hop: f64 = if one > 0.0 { two / one } else { 1.0 };
        for want in self.wants.iter_mut().flatten() {
            want.1 *= hop as f32;
            want.2 /= (hop * hop) as f32;
        }
        let stress: f64 = (0..self.at.len()).map(|v| self.stress(v, self.at[v], usize::MAX)).sum::<f64>() / 2.0;
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        dice.shuffle(&mut order);
        let stock = self.stock(&order[..order.len().min(SAMPLE)]);
        let seen = &order[..order.len().min(SAMPLE)];
        let crossings: u32 = seen
            .iter()
            .map(|&e| {
                let (a, b) = self.lines[e];
                stock.lines.crossed(self.at[a as usize], self.at[b as usize])
            })
            .sum();
        let crossings = f64::from(crossings) / 2.0 * stock.share * stock.share;
        let triples: usize = (0..self.at.len()).map(|v| self.friends[v].len() * self.enemies[v].len()).sum();
        let worth = |weight: f64, sum: f64| if sum > 0.0 { weight / sum } else { 0.0 };
        self.worth = (worth(1.0, stress), worth(CROSSINGS, crossings), worth(ENVY, triples as f64));
        hop
    }

    fn stock(&self, of: &[usize]) -> Stock {
        let mut lines = Lines::default();
        let mut place = vec![u32::MAX; self.lines.len()];
        for (i, &e) in of.iter().enumerate() {
            let (a, b) = self.lines[e];
            lines.push(self.at[a as usize], self.at[b as usize]);
            place[e] = i as u32;
        }
        Stock { lines, place, share: self.lines.len() as f64 / of.len().max(1) as f64 }
    }

    fn stress(&self, v: usize, p: Point, but: usize) -> f64 {
        let mut sum = 0.0;
        for &(u, d, w) in &self.wants[v] {
            if u as usize != but {
                let off = self.at[u as usize].distance(p) - f64::from(d);
                sum += f64::from(w) * off * off;
            }
        }
        sum
    }

    fn crossings(&self, v: usize, p: Point, stock: &Stock) -> f64 {
        let count: u32 = self.ends[v].iter().map(|&(u, _)| stock.lines.crossed(p, self.at[u as usize])).sum();
        f64::from(count) * stock.share
    }

    /// Enemies no farther than friends, as `v` and those around it see it.
    fn envy(&self, v: usize) -> f64 {
        let mut count = self.envy_of(v);
        for &u in &self.around[v] {
            let u = u as usize;
            let mine = self.at[u].distance(self.at[v]);
            let farther = |f: &&u32| self.at[**f as usize].distance(self.at[u]) >= mine;
            let nearer = |e: &&u32| self.at[**e as usize].distance(self.at[u]) <= mine;
            count += if self.friends[u].binary_search(&(v as u32)).is_ok() {
                self.enemies[u].iter().filter(nearer).count()
            } else {
                self.friends[u].iter().filter(farther).count()
            };
        }
        count as f64
    }

    fn envy_of(&self, v: usize) -> usize {
        let far = |u: &u32| self.at[*u as usize].distance(self.at[v]);
        let enemies: Vec<f64> = self.enemies[v].iter().map(far).collect();
        self.friends[v].iter().map(far).map(|f| enemies.iter().filter(|&&e| e <= f).count()).sum()
    }

    fn cost(&self, v: usize, stock: &Stock) -> f64 {
        let p = self.at[v];
        self.worth.0 * self.stress(v, p, usize::MAX)
            + self.worth.1 * self.crossings(v, p, stock)
            + self.worth.2 * self.envy(v)
    }

    fn put(&mut self, v: usize, p: Point, stock: &mut Stock) {
        self.at[v] = p;
        for &(u, e) in &self.ends[v] {
            let i = stock.place[e as usize];
            if i != u32::MAX {
                stock.lines.set(i as usize, p, self.at[u as usize]);
            }
        }
    }

    fn step(&mut self, v: usize, to: Point, threshold: f64, stock: &mut Stock) {
        let before = self.cost(v, stock);
        let was = self.at[v];
        self.put(v, to, stock);
        if self.cost(v, stock) > before + threshold {
            self.put(v, was, stock);
        }
    }

    fn swap(&mut self, v: usize, u: usize, threshold: f64, stock: &mut Stock) {
        let (p, q) = (self.at[v], self.at[u]);
        // What is between the two counts twice before and after alike.
        let before = self.cost(v, stock) + self.cost(u, stock);
        self.put(v, q, stock);
        self.put(u, p, stock);
        if self.cost(v, stock) + self.cost(u, stock) > before + threshold {
            self.put(v, p, stock);
            self.put(u, q, stock);
        }
    }
}

/// Blocs, and how far their members may go.
struct Blocs {
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
    middle: Vec<Point>,
    reach: Vec<f64>,
}

impl Blocs {
    fn new(graph: &Graph, at: &[Point]) -> Self {
        let (group, members) = super::facts::groups(graph);
        let middle: Vec<Point> = members
            .iter()
            .map(|list| list.iter().fold(Point::default(), |sum, &v| sum + at[v]) * (1.0 / list.len().max(1) as f64))
            .collect();
        let reach = |(list, middle): (&Vec<usize>, &Point)| {
            let mut all: Vec<f64> = list.iter().map(|&v| at[v].distance(*middle)).collect();
            all.sort_by(f64::total_cmp);
            all[(all.len() - 1) * 9 / 10]
        };
        let reach = members.iter().zip(&middle).map(reach).collect();
        Self { group, members, middle, reach }
    }

    fn mates(&self, v: usize) -> &[usize] {
        &self.members[self.group[v]]
    }

    /// A member stays within its bloc's circle, or at least does not go farther from its middle.
    fn allows(&self, v: usize, from: Point, to: Point) -> bool {
        let g = self.group[v];
        let far = to.distance(self.middle[g]);
        self.members[g].len() < 2 || far <= self.reach[g] || far <= from.distance(self.middle[g])
    }
}
