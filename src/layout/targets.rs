//! How far apart any two nodes should be.
//!
//! In: a [`Graph`]. Out: wanted distances in hops, for all pairs of a graph of hundreds and for neighbours and pivots of
//! a larger one. Never here: where nodes are.
//!
//! The distance of two actors is the number of hops over ties that are not negative, and at least [`ENEMY`] across an
//! opposition. So whoever backs an actor is wanted nearer to it than whoever opposes it. Distances within a bloc are
//! then shortened and those between blocs lengthened ([`Contrast`]), so that blocs are seen.

use super::Graph;
use std::collections::VecDeque;

/// Above this many nodes only distances to neighbours and pivots are used.
const DENSE: usize = 500;
/// Number of pivots then; fewer where there are very many nodes.
const PIVOTS: usize = 200;
/// Distances to pivots at most.
const MOST: usize = 3_000_000;
/// At least this far: two actors of whom one opposes the other.
const ENEMY: f64 = 3.0;
/// Between actors whom no ties connect at all, and how little that counts.
const STRANGERS: (f64, f64) = (3.0, 0.2);
/// From a matter to an actor who supports it, and to one who opposes it.
const HUB: (f64, f64) = (1.2, 1.7);

/// How much blocs stand out: factors for distances within a bloc and between blocs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// At most 1.
    pub inside: f64,
    /// At least 1.
    pub outside: f64,
}

/// A wanted distance.
#[derive(Debug, Clone, Copy)]
pub struct Want {
    /// One node.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Hops apart.
    pub distance: f64,
    /// How much it counts for the place of `a`.
    pub weight: f64,
    /// How much it counts for the place of `b`: as much, or nothing where `b` is a pivot, which stands for others.
    pub back: f64,
    /// Which factor of the contrast the distance takes.
    relation: Relation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Inside,
    Outside,
    Neither,
}

/// Wanted distances of a graph.
#[derive(Debug, Clone, Default)]
pub struct Targets {
    /// Each unordered pair at most once, in a fixed order.
    pub wants: Vec<Want>,
}

impl Targets {
    /// Wanted distances by breadth-first search from each node, O(n · m), or from pivots only. Blocs do not count yet.
    pub fn new(graph: &Graph) -> Self {
        let pairs = Pairs::new(graph);
        let wants = if graph.nodes.len() <= DENSE { pairs.all() } else { pairs.sample() };
        Self { wants }
    }

    /// The same with blocs standing out.
    pub fn with(&self, contrast: Contrast) -> Self {
        let stretched = |w: &Want| {
            let factor = match w.relation {
                Relation::Inside => contrast.inside,
                Relation::Outside => contrast.outside,
                Relation::Neither => 1.0,
            };
            let shrink = 1.0 / (factor * factor);
            Want { distance: w.distance * factor, weight: w.weight * shrink, back: w.back * shrink, ..*w }
        };
        Self { wants: self.wants.iter().map(stretched).collect() }
    }
}

struct Pairs<'a> {
    graph: &'a Graph,
    /// Neighbours over ties that are not negative.
    near: Vec<Vec<u32>>,
    /// Neighbours over any ties, with the sign.
    signs: Vec<Vec<(u32, i8)>>,
    /// Of which connected part each node is.
    part: Vec<u32>,
}

impl<'a> Pairs<'a> {
    fn new(graph: &'a Graph) -> Self {
        let n = graph.nodes.len();
        let mut near = vec![Vec::new(); n];
        let mut signs: Vec<Vec<(u32, i8)>> = vec![Vec::new(); n];
        for (_, t) in graph.usable() {
            let hub = graph.nodes[t.a].hub || graph.nodes[t.b].hub;
            if t.sign >= 0 && !hub {
                near[t.a].push(t.b as u32);
                near[t.b].push(t.a as u32);
            }
            signs[t.a].push((t.b as u32, t.sign));
            signs[t.b].push((t.a as u32, t.sign));
        }
        for list in &mut near {
            list.sort_unstable();
            list.dedup();
        }
        let mut part = vec![u32::MAX; n];
        for first in 0..n {
            let mut stack = vec![first];
            while let Some(v) = stack.pop() {
                if part[v] == u32::MAX {
                    part[v] = first as u32;
                    stack.extend(signs[v].iter().map(|s| s.0 as usize));
                }
            }
        }
        Self { graph, near, signs, part }
    }

    fn all(&self) -> Vec<Want> {
        let n = self.near.len();
        let rows: Vec<Vec<u32>> = (0..n).map(|a| self.hops(a)).collect();
        let far = self.far((0..n).zip(&rows));
        let mut wants = Vec::with_capacity(n * n / 2);
        for (a, row) in rows.iter().enumerate() {
            let signs = self.signs_of(a);
            wants.extend((a + 1..n).filter_map(|b| self.want(a, b, row[b], signs[b], far)));
        }
        wants
    }

    /// Neighbours, and pivots for the rest: a pivot counts for as many nodes of its region as are no more than half as
    /// far from it (Ortmann, Klimenta & Brandes 2017, "A sparse stress model", eq. 5), and moves only by its own wants
    /// (Zheng, Pawar & Goodman 2019, section 4.2).
    fn sample(&self) -> Vec<Want> {
        let n = self.near.len();
        let (pivots, region) = self.pivots(PIVOTS.min(MOST / n));
        let rows: Vec<Vec<u32>> = pivots.iter().map(|&p| self.hops(p)).collect();
        let far = self.far(pivots.iter().copied().zip(&rows));
        let mut wants = Vec::new();
        for a in 0..n {
            let signs = self.signs_of(a);
            let mut others: Vec<usize> = self.signs[a].iter().map(|&(b, _)| b as usize).filter(|&b| b > a).collect();
            others.sort_unstable();
            others.dedup();
            for b in others {
                // An enemy's friends may be near: hops are not known here, and two is the least there can be.
                let hops = if self.near[a].binary_search(&(b as u32)).is_ok() { 1 } else { 2 };
                wants.extend(self.want(a, b, hops, signs[b], far));
            }
        }
        for (k, (&p, row)) in pivots.iter().zip(&rows).enumerate() {
            let signs = self.signs_of(p);
            let mut by_distance: Vec<u32> = (0..n).filter(|&v| region[v] == k as u32).map(|v| row[v]).collect();
            by_distance.sort_unstable();
            for v in (0..n).filter(|&v| v != p && signs[v].is_none()) {
                let reach = row[v] / 2;
                let share = by_distance.partition_point(|&d| d <= reach).max(1) as f64;
                let want = self.want(v, p, row[v], None, far);
                wants.extend(want.map(|w| Want { weight: w.weight * share, back: 0.0, ..w }));
            }
        }
        wants
    }

    /// Nodes spread by farthest-first search over all ties, the most tied of equals first; and for each node the
    /// pivot that is nearest, by its number.
    fn pivots(&self, count: usize) -> (Vec<usize>, Vec<u32>) {
        let n = self.near.len();
        let mut nearest = vec![u32::MAX; n];
        let mut region = vec![0_u32; n];
        let mut pivots: Vec<usize> = Vec::new();
        while pivots.len() < count.min(n) {
            let next = (0..n).max_by_key(|&v| (nearest[v], self.signs[v].len(), n - v)).unwrap_or(0);
            let reached = hops(n, next, |u| self.signs[u].iter().map(|s| s.0));
            for v in 0..n {
                if reached[v] < nearest[v] {
                    nearest[v] = reached[v];
                    region[v] = pivots.len() as u32;
                }
            }
            pivots.push(next);
        }
        (pivots, region)
    }

    /// Nodes with no tie but opposition are wanted at the rim of their bloc, not at the end of the world; and so are
    /// those at the end of a chain.
    fn far<'r>(&self, rows: impl Iterator<Item = (usize, &'r Vec<u32>)>) -> Far {
        let mut found = [(0.0, 0.0), (0.0, 0.0)];
        for (a, row) in rows {
            for (b, &hops) in row.iter().enumerate().filter(|&(b, &h)| b != a && h != u32::MAX) {
                let bloc = self.graph.nodes[a].bloc;
                let of = &mut found[usize::from(bloc.is_some() && bloc == self.graph.nodes[b].bloc)];
                *of = (of.0 + f64::from(hops), of.1 + 1.0);
            }
        }
        let mean = |(sum, count): (f64, f64)| (count > 0.0).then_some(sum / count);
        let inside = mean(found[1]).unwrap_or(1.5);
        let outside = mean(found[0]).unwrap_or(1.5 * inside).max(inside);
        Far { inside: (inside + 3.0, inside + 2.0), outside: (outside + 6.0, outside + 2.0) }
    }

    fn hops(&self, from: usize) -> Vec<u32> {
        hops(self.near.len(), from, |v| self.near[v].iter().copied())
    }

    /// The worst and the best sign of the ties to each other node.
    fn signs_of(&self, a: usize) -> Vec<Option<(i8, i8)>> {
        let mut signs: Vec<Option<(i8, i8)>> = vec![None; self.near.len()];
        for &(b, sign) in &self.signs[a] {
            let slot = &mut signs[b as usize];
            *slot = Some(slot.map_or((sign, sign), |(low, high)| (low.min(sign), high.max(sign))));
        }
        signs
    }

    fn want(&self, a: usize, b: usize, hops: u32, signs: Option<(i8, i8)>, far: Far) -> Option<Want> {
        let (one, two) = (&self.graph.nodes[a], &self.graph.nodes[b]);
        let want = |distance: f64, weight: f64, relation: Relation| {
            let weight = weight / (distance * distance);
            Some(Want { a: a as u32, b: b as u32, distance, weight, back: weight, relation })
        };
        if one.hub || two.hub {
            let (near, far) = HUB;
            return signs.and_then(|(low, _)| want(if low < 0 { far } else { near }, 1.0, Relation::Neither));
        }
        if self.part[a] != self.part[b] {
            return want(STRANGERS.0, STRANGERS.1, Relation::Neither);
        }
        let together = one.bloc.is_some() && one.bloc == two.bloc;
        let far = if together { far.inside } else { far.outside };
        let hops = if hops == u32::MAX { far.1 } else { f64::from(hops).min(far.0) };
        let against = signs.is_some_and(|(low, _)| low < 0);
        let relation = match (together, against) {
            (true, true) => Relation::Neither,
            (true, false) => Relation::Inside,
            _ => Relation::Outside,
        };
        want(if against { hops.max(ENEMY) } else { hops }, 1.0, relation)
    }
}

/// How far the farthest are wanted, and those to whom there is no way over ties that are not negative.
#[derive(Debug, Clone, Copy)]
struct Far {
    inside: (f64, f64),
    outside: (f64, f64),
}

/// Hops from a node to all others by breadth-first search; `u32::MAX` where there is no way.
fn hops<I: Iterator<Item = u32>>(n: usize, from: usize, near: impl Fn(usize) -> I) -> Vec<u32> {
    let mut hops = vec![u32::MAX; n];
    let mut queue = VecDeque::from([from]);
    hops[from] = 0;
    while let Some(v) = queue.pop_front() {
        for u in near(v).map(|u| u as usize) {
            if hops[u] == u32::MAX {
                hops[u] = hops[v] + 1;
                queue.push_back(u);
            }
        }
    }
    hops
}

#[cfg(test)]
mod tests {
    use super::super::{Graph, Node, Tie};
    use super::*;

    fn graph(blocs: &[usize], ties: &[(usize, usize, i8)]) -> Graph {
        Graph {
            nodes: blocs.iter().map(|&b| Node { bloc: Some(b), ..Node::default() }).collect(),
            ties: ties.iter().map(|&(a, b, sign)| Tie { a, b, sign, weight: 1.0, drawn: true }).collect(),
            ..Graph::default()
        }
    }

    fn distance(targets: &Targets, a: u32, b: u32) -> f64 {
        targets.wants.iter().find(|w| (w.a, w.b) == (a, b)).map(|w| w.distance).unwrap()
    }

    #[test]
    fn friends_are_wanted_nearer_than_enemies_whatever_their_blocs() {
        let g = graph(&[0, 0, 1, 1], &[(0, 1, -1), (0, 2, 1), (2, 3, 1), (1, 3, 0)]);
        let t = Targets::new(&g);
        assert_eq!((distance(&t, 0, 2), distance(&t, 0, 1)), (1.0, 3.0));
        let t = t.with(Contrast { inside: 0.5, outside: 1.5 });
        assert!(distance(&t, 0, 2) < distance(&t, 0, 1), "an enemy in one's own bloc, a friend outside it");
        assert_eq!((distance(&t, 2, 3), distance(&t, 0, 3)), (0.5, 3.0));
    }

    #[test]
    fn a_tie_of_both_signs_keeps_apart() {
        let t = Targets::new(&graph(&[0, 1], &[(0, 1, 0), (1, 0, -1)]));
        assert_eq!(distance(&t, 0, 1), ENEMY);
    }

    #[test]
    fn a_matter_brings_nobody_together() {
        let mut g = graph(&[0, 1, 2], &[(0, 2, 1), (1, 2, -1)]);
        g.nodes[2] = Node { hub: true, ..Node::default() };
        let t = Targets::new(&g);
        assert!(distance(&t, 0, 2) < distance(&t, 1, 2) && distance(&t, 0, 1) >= 1.0);
    }

    #[test]
    fn large_graphs_are_sampled() {
        let n = DENSE + 10;
        let ties: Vec<(usize, usize, i8)> = (1..n).map(|i| (i - 1, i, 1)).collect();
        let t = Targets::new(&graph(&vec![0; n], &ties));
        assert!(t.wants.len() < n * (PIVOTS + 2));
        assert!(t.wants.iter().all(|w| w.distance > 0.0 && w.weight > 0.0));
    }
}
