//! Greedy additive contraction: the heaviest pair of clusters is joined until no pair has positive weight
//! (Keuper et al. 2015). A good start for the search, in O(m log² m). For correlation clustering only.

use super::graph::Csr;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// A pair of clusters and the weight between them when it was noted; ordered by weight, equals by the lower numbers.
#[derive(PartialEq)]
struct Join(f64, usize, usize);

impl Eq for Join {}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Join {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then_with(|| (other.1, other.2).cmp(&(self.1, self.2)))
    }
}

/// The cluster of each node, numbered by one of its nodes.
pub(super) fn contract(graph: &Csr) -> Vec<u32> {
    let n = graph.nodes();
    let mut around: Vec<BTreeMap<usize, f64>> = (0..n).map(|i| graph.neighbours(i).collect()).collect();
    let mut heap: BinaryHeap<Join> =
        graph.pairs().filter(|(_, _, w)| *w > 0.0).map(|(i, j, w)| Join(w, i, j)).collect();
    let mut parent: Vec<usize> = (0..n).collect();
    while let Some(Join(noted, a, b)) = heap.pop() {
        if around[a].get(&b) != Some(&noted) {
            continue; // since then joined with others, or the weight has changed
        }
        let (small, large) = if around[a].len() < around[b].len() { (a, b) } else { (b, a) };
        parent[small] = large;
        around[large].remove(&small);
        for (other, w) in std::mem::take(&mut around[small]) {
            if other == large {
                continue;
            }
            around[other].remove(&small);
            let sum = around[large].get(&other).copied().unwrap_or(0.0) + w;
            around[large].insert(other, sum);
            around[other].insert(large, sum);
            if sum > 0.0 {
                heap.push(Join(sum, large.min(other), large.max(other)));
            }
        }
    }
    (0..n).map(|i| root(&parent, i) as u32).collect()
}

/// Joining the smaller into the larger is by neighbours, not by nodes, so chains can be long: a loop, no recursion.
fn root(parent: &[usize], mut i: usize) -> usize {
    while parent[i] != i {
        i = parent[i];
    }
    i
}
