//! Moving groups of nodes: what belongs together becomes one node of a smaller graph, and so on (Blondel et al. 2008).
//!
//! In: a graph and a partition. Out: a partition that is no worse. Never here: moves of single nodes, when to stop.

use super::graph::{Csr, renumber};
use super::moves::Moves;
use super::objective::Objective;
use super::random::Random;
use super::shake::shake;

/// A graph seldom has more than ten levels; but they could shrink by a node at a time.
const MOST_LEVELS: usize = 40;

/// What all levels of one search have in common.
#[derive(Clone, Copy)]
pub(super) struct Search<'a> {
    pub(super) objective: &'a Objective,
    /// Whether the number of clusters must stay what it is.
    pub(super) fixed: bool,
}

/// Attempts to shake each level: a share of its nodes, and a few more, since the last levels are small; and the steps
/// after which it is enough.
#[derive(Clone, Copy)]
pub(super) struct Shaking {
    pub(super) share: f64,
    pub(super) more: usize,
    pub(super) most: u64,
}

impl Shaking {
    pub(super) const NONE: Self = Self { share: 0.0, more: 0, most: 0 };

    fn attempts(self, nodes: usize) -> usize {
        (self.share * nodes as f64) as usize + self.more
    }
}

impl Search<'_> {
    /// Moves nodes; makes one node of each well-knit group inside a cluster (Traag, Waltman & van Eck 2019: of groups,
    /// not of whole clusters, so that a part may still leave); moves those; and so on until nothing is left to join.
    /// Groups are drawn anew each time, so that another cycle can find what this one does not. Returns the steps taken.
    pub(super) fn cycle(&self, graph: &Csr, of: &mut Vec<u32>, shaking: Shaking, random: &mut Random) -> u64 {
        let mut maps: Vec<Vec<u32>> = Vec::new();
        let mut level = std::borrow::Cow::Borrowed(graph);
        let mut part = std::mem::take(of);
        let mut steps = 0;
        loop {
            let nodes = level.nodes();
            if nodes == 0 {
                break;
            }
            let mut moves = Moves::new(&level, self.objective, part, self.fixed);
            moves.settle_all(random);
            shake(&mut moves, shaking.attempts(nodes), shaking.most, random);
            let (found, taken) = moves.finish();
            part = found;
            steps += taken;
            let mut groups = self.groups(&level, &part, random);
            let count = renumber(&mut groups);
            if count == nodes || maps.len() == MOST_LEVELS {
                break;
            }
            steps += level.ties() as u64;
            let (small, lifted) = lift(&level, &groups, count, &part);
            level = std::borrow::Cow::Owned(small);
            maps.push(groups);
            part = lifted;
        }
        *of = lower(part, &maps);
        renumber(of);
        steps
    }

    /// The better of two partitions, improved by what is good in the other: what they both put together becomes one
    /// node, and these are moved about (fusion moves, Beier, Hamprecht & Kappes 2015).
    pub(super) fn fuse(
        &self,
        graph: &Csr,
        (a, b): (Vec<u32>, Vec<u32>),
        shaking: Shaking,
        random: &mut Random,
    ) -> Vec<u32> {
        let better = if self.objective.prefers(graph, &b, &a) { &b } else { &a };
        let mut groups = agreement(&a, &b);
        let count = renumber(&mut groups);
        let (small, mut part) = lift(graph, &groups, count, better);
        self.cycle(&small, &mut part, shaking, random);
        let mut fused = lower(part, &[groups]);
        renumber(&mut fused);
        if self.objective.prefers(graph, better, &fused) { better.clone() } else { fused }
    }

    /// Groups inside clusters: each node that is still alone, in random order, joins the group that it gains most with.
    fn groups(&self, graph: &Csr, of: &[u32], random: &mut Random) -> Vec<u32> {
        let n = graph.nodes();
        let mut group: Vec<u32> = (0..n as u32).collect();
        let mut alone = vec![true; n];
        let mut strength: Vec<(f64, f64)> =
            graph.positive.iter().copied().zip(graph.negative.iter().copied()).collect();
        let mut toward = vec![0.0; n];
        let mut met: Vec<usize> = Vec::new();
        let mut is_met = vec![false; n];
        let mut order = group.clone();
        random.shuffle(&mut order);
        for i in order.into_iter().map(|i| i as usize) {
            if !alone[i] {
                continue;
            }
            for (j, w) in graph.neighbours(i).filter(|&(j, _)| of[j] == of[i]) {
                let g = group[j] as usize;
                if !std::mem::replace(&mut is_met[g], true) {
                    met.push(g);
                }
                toward[g] += w;
            }
            let own = (graph.positive[i], graph.negative[i]);
            let (mut best, mut to) = (self.objective.rounding(graph.degree(i)) * (own.0 + own.1), i);
            for g in met.drain(..) {
                let worth = toward[g] + self.objective.expected(own, strength[g]);
                if worth > best || (worth == best && g < to && to != i) {
                    (best, to) = (worth, g);
                }
                toward[g] = 0.0;
                is_met[g] = false;
            }
            if to != i {
                // A node's own number is its group's as long as it is alone.
                group[i] = to as u32;
                alone[i] = false;
                alone[to] = false;
                strength[to] = (strength[to].0 + own.0, strength[to].1 + own.1);
            }
        }
        group
    }
}

/// The graph of the groups, and the partition as one of groups; each group lies inside one cluster.
fn lift(graph: &Csr, groups: &[u32], count: usize, of: &[u32]) -> (Csr, Vec<u32>) {
    let mut lifted = vec![0; count];
    for (&g, &c) in groups.iter().zip(of) {
        lifted[g as usize] = c;
    }
    (graph.contract(groups, count), lifted)
}

/// The partition of the nodes, from one of the groups of the groups of ... the nodes.
fn lower(mut part: Vec<u32>, maps: &[Vec<u32>]) -> Vec<u32> {
    for map in maps.iter().rev() {
        part = map.iter().map(|&g| part[g as usize]).collect();
    }
    part
}

/// The number, for each node, of the first node that both partitions put together with it.
fn agreement(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..a.len() as u32).collect();
    let pair = |i: u32| (a[i as usize], b[i as usize]);
    order.sort_unstable_by_key(|&i| (pair(i), i));
    let mut first = vec![0; a.len()];
    let mut leader = 0;
    for i in order {
        if pair(i) != pair(leader) {
            leader = i;
        }
        first[i as usize] = leader;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::Resolution;
    use crate::clusters::tests::planted;

    #[test]
    fn neither_cycles_nor_fusions_make_it_worse() {
        let graph = planted(80, 4, 500, 25, 4);
        let csr = Csr::new(80, &graph.edges);
        for (resolution, fixed) in [(0.0, false), (0.0, true), (1.0, false), (1.0, true)] {
            let resolution = Resolution { positive: resolution, negative: resolution };
            let objective = Objective::new(&csr, resolution);
            let search = Search { objective: &objective, fixed };
            let shaking = Shaking { share: 0.5, more: 5, most: u64::MAX };
            for seed in 0..10 {
                let mut random = Random::new(seed, 0);
                let mut start = || (0..80).map(|i| if i < 5 { i } else { random.below(5) as u32 }).collect::<Vec<_>>();
                let (a, b) = (start(), start());
                let mut c = a.clone();
                search.cycle(&csr, &mut c, shaking, &mut random);
                assert!(objective.value(&csr, &c) >= objective.value(&csr, &a));
                let d = search.fuse(&csr, (c.clone(), b), shaking, &mut random);
                assert!(objective.value(&csr, &d) >= objective.value(&csr, &c));
                assert!(!fixed || d.iter().max() == Some(&4));
            }
        }
    }

    #[test]
    fn what_two_partitions_agree_on() {
        assert_eq!(agreement(&[0, 0, 1, 1, 0], &[5, 6, 7, 7, 5]), [0, 1, 2, 2, 0]);
        assert_eq!(agreement(&[], &[]), [0u32; 0]);
    }
}
