//! Other partitions that are just as good.
//!
//! In: a graph and one of its best partitions. Out: who could stand elsewhere at no cost. Never here: the search.

use super::graph::sizes;
use crate::network::SignedGraph;
use std::collections::BTreeMap;

/// For each node the other clusters in which it would cost nothing more to stand, in order; `None` stands for a cluster
/// of its own. Only moves of single nodes are looked at, with all others staying where they are; nodes without ties
/// have no alternatives.
pub fn alternatives(graph: &SignedGraph, of: &[usize]) -> Vec<Vec<Option<usize>>> {
    let cluster = |i: u32| of.get(i as usize).copied().unwrap_or(usize::MAX);
    let mut toward: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); of.len()];
    let mut scale = vec![0.0; of.len()];
    for &(i, j, w) in &graph.edges {
        for (a, b) in [(i, j), (j, i)] {
            *toward[a as usize].entry(cluster(b)).or_default() += w;
            scale[a as usize] += w.abs();
        }
    }
    let sizes = sizes(of);
    let free = |i: usize| {
        let stay = toward[i].get(&of[i]).copied().unwrap_or(0.0);
        let same = |w: f64| (w - stay).abs() <= 1e-9 * scale[i];
        let others = toward[i].iter().filter(|(c, w)| **c != of[i] && same(**w)).map(|(c, _)| Some(*c));
        let alone = (same(0.0) && sizes[of[i]] > 1).then_some(None);
        if scale[i] == 0.0 { Vec::new() } else { others.chain(alone).collect() }
    };
    (0..of.len()).map(free).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::tests::graph;

    #[test]
    fn the_friend_of_two_enemies_could_be_with_either() {
        let graph = graph(4, &[(0, 1, 1.0), (0, 2, 1.0), (1, 2, -1.0)]);
        let found = alternatives(&graph, &[0, 0, 1, 2]);
        assert_eq!(found, [vec![Some(1)], vec![], vec![Some(0)], vec![]]);
    }

    #[test]
    fn who_hangs_on_nothing_could_be_alone() {
        let graph = graph(3, &[(0, 1, 2.0), (0, 2, 1.0), (1, 2, -1.0)]);
        assert_eq!(alternatives(&graph, &[0, 0, 0])[2], [None]);
        assert_eq!(alternatives(&graph, &[0, 0, 1])[2], [Some(0)]);
    }
}
