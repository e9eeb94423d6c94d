//! How far apart any two nodes should be.
//!
//! In: a [`Graph`]. Out: wanted distances in hops, for all pairs of a small graph and for a sample of a large one.
//! Never here: where nodes are.
//!
//! The distance of two actors is the number of hops over ties that are not negative; within a bloc it is cut to
//! [`Reach::inside`], between blocs raised to [`Reach::OUTSIDE`], and across an opposition raised to [`Reach::ENEMY`].
//! So whoever backs an actor is wanted nearer to it than whoever opposes it, whatever else ties them.

use super::Graph;
use std::collections::VecDeque;

/// Above this many nodes only distances to neighbours and pivots are used.
const DENSE: usize = 1_500;
/// Number of pivots then.
const PIVOTS: usize = 100;

/// The lengths that the sign and the blocs of a pair ask for, in hops.
pub struct Reach;

impl Reach {
    /// At least this far: two actors of different small blocs.
    pub const OUTSIDE: f64 = 2.3;
    /// At least this far: two actors of different small blocs of whom one backs or invites the other.
    pub const ABROAD: f64 = 1.7;
    /// At least this far: two actors of whom one opposes the other.
    pub const ENEMY: f64 = 3.0;
    /// From a matter to an actor who supports it, and to one who opposes it.
    const HUB: (f64, f64) = (1.2, 1.7);

    /// At most this far: two actors of a bloc of `size`. Grows with the square root, as room on a page does, up to
    /// where the hops of a large bloc end.
    pub fn inside(size: usize) -> f64 {
        (0.53 * (size as f64).sqrt()).clamp(1.4, 4.0)
    }
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
    /// How much it counts.
    pub weight: f64,
}

/// Wanted distances of a graph.
#[derive(Debug, Clone, Default)]
pub struct Targets {
    /// Each unordered pair at most once, in a fixed order.
    pub wants: Vec<Want>,
}

impl Targets {
    /// Wanted distances by breadth-first search from each node, O(n · m), or from pivots only.
    pub fn new(graph: &Graph) -> Self {
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
        let mut sizes = Vec::new();
        for bloc in graph.nodes.iter().filter_map(|v| v.bloc) {
            if bloc < n {
                sizes.resize(sizes.len().max(bloc + 1), 0_usize);
                sizes[bloc] += 1;
            }
        }
        let pairs = Pairs { graph, near, signs, sizes };
        let wants = if n <= DENSE { pairs.all() } else { pairs.sample() };
        Self { wants }
    }
}

struct Pairs<'a> {
    graph: &'a Graph,
    near: Vec<Vec<u32>>,
    signs: Vec<Vec<(u32, i8)>>,
    sizes: Vec<usize>,
}

impl Pairs<'_> {
    fn all(&self) -> Vec<Want> {
        let n = self.graph.nodes.len();
        let mut wants = Vec::with_capacity(n * n / 2);
        for a in 0..n {
            let hops = self.hops(a);
            let signs = self.signs_of(a);
            for b in a + 1..n {
                wants.extend(self.want(a, b, hops[b], signs[b]));
            }
        }
        wants
    }

    /// Neighbours, and a sample of nodes spread by farthest-first search (the pivots of Ortmann, Klimenta & Brandes
    /// 2017), each pivot counting for as many nodes as there are to a pivot.
    fn sample(&self) -> Vec<Want> {
        let n = self.graph.nodes.len();
        let mut wants = Vec::new();
        for a in 0..n {
            let signs = self.signs_of(a);
            let mut others: Vec<usize> = self.signs[a].iter().map(|&(b, _)| b as usize).filter(|&b| b > a).collect();
            others.sort_unstable();
            others.dedup();
            for b in others {
                let hops = if self.near[a].binary_search(&(b as u32)).is_ok() { 1 } else { u32::MAX };
                wants.extend(self.want(a, b, hops, signs[b]));
            }
        }
        let share = n as f64 / PIVOTS as f64;
        let mut nearest = vec![u32::MAX; n];
        let mut pivot = 0;
        let mut taken = vec![false; n];
        for _ in 0..PIVOTS.min(n) {
            taken[pivot] = true;
            let hops = self.hops(pivot);
            let signs = self.signs_of(pivot);
            for b in 0..n {
                nearest[b] = nearest[b].min(hops[b]);
                if b != pivot && !taken[b] && signs[b].is_none() {
                    let want = self.want(pivot, b, hops[b], None);
                    wants.extend(want.map(|w| Want { weight: w.weight * share.sqrt(), ..w }));
                }
            }
            // The farthest node next, the most tied of equals, so that hubs of other components come early.
            let farthest = (0..n).filter(|&b| !taken[b]).max_by_key(|&b| (nearest[b], self.near[b].len(), n - b));
            match farthest {
                Some(b) => pivot = b,
                None => break,
            }
        }
        wants
    }

    /// Hops over ties that are not negative; `u32::MAX` where there is no way.
    fn hops(&self, from: usize) -> Vec<u32> {
        let mut hops = vec![u32::MAX; self.near.len()];
        let mut queue = VecDeque::from([from as u32]);
        hops[from] = 0;
        while let Some(v) = queue.pop_front() {
            for &u in &self.near[v as usize] {
                if hops[u as usize] == u32::MAX {
                    hops[u as usize] = hops[v as usize] + 1;
                    queue.push_back(u);
                }
            }
        }
        hops
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

    fn want(&self, a: usize, b: usize, hops: u32, signs: Option<(i8, i8)>) -> Option<Want> {
        let (one, two) = (&self.graph.nodes[a], &self.graph.nodes[b]);
        let want = |distance: f64, stress: f64| {
            Some(Want { a: a as u32, b: b as u32, distance, weight: stress / (distance * distance) })
        };
        if one.hub || two.hub {
            let (near, far) = Reach::HUB;
            return signs.and_then(|(low, _)| want(if low < 0 { far } else { near }, 1.0));
        }
        let size = |bloc: Option<usize>| bloc.and_then(|b| self.sizes.get(b)).copied().unwrap_or(1);
        let (here, there) = (Reach::inside(size(one.bloc)), Reach::inside(size(two.bloc)));
        if one.bloc.is_some() && one.bloc == two.bloc {
            let d = f64::from(hops).min(here);
            return match signs {
                Some((-1, _)) => want(d.max(Reach::ENEMY).max(1.2 * here), 1.5),
                Some(_) => want(d, 1.5),
                None => want(d, 1.0),
            };
        }
        // Large blocs need more room between them, or they would lie over each other.
        let d = if hops == u32::MAX { 0.0 } else { f64::from(hops) };
        let apart = d.max(Reach::OUTSIDE).max(0.65 * (here + there));
        match signs {
            Some((-1, _)) => want((apart + 0.3).max(Reach::ENEMY), 1.5),
            Some(_) => want(d.max(Reach::ABROAD).max(0.45 * (here + there)), 1.5),
            None if hops == u32::MAX => want(apart.max(Reach::ENEMY), 1.0),
            None => want(apart, 1.0),
        }
    }
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
        assert!(distance(&t, 0, 2) < distance(&t, 0, 1), "an enemy in one's own bloc, a friend outside it");
        assert_eq!(distance(&t, 2, 3), 1.0);
        assert_eq!(distance(&t, 0, 3), Reach::OUTSIDE);
    }

    #[test]
    fn a_tie_of_both_signs_keeps_apart() {
        let t = Targets::new(&graph(&[0, 1], &[(0, 1, 0), (1, 0, -1)]));
        assert_eq!(distance(&t, 0, 1), Reach::ENEMY);
    }

    #[test]
    fn a_matter_brings_nobody_together() {
        let mut g = graph(&[0, 1, 2], &[(0, 2, 1), (1, 2, -1)]);
        g.nodes[2] = Node { hub: true, ..Node::default() };
        let t = Targets::new(&g);
        assert_eq!(distance(&t, 0, 1), Reach::ENEMY);
        assert!(distance(&t, 0, 2) < distance(&t, 1, 2));
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
