//! Structural balance: how well the ties fit together, whatever the blocs.
//!
//! In: a signed undirected graph, of which only the signs count. Out: a [`Balance`]. Never here: blocs, words.
//!
//! A triad is balanced when the product of its three signs is positive: friends of friends are friends, enemies of
//! enemies are friends (Heider 1946; Cartwright & Harary 1956). The frustration index is the least number of ties that
//! must be left out for the actors to fall into two camps with no positive tie between them and no negative tie inside
//! (Harary 1959; Aref & Wilson 2019).

mod camps;
mod frustration;
mod triads;

pub use frustration::Frustration;

use crate::clusters::Effort;
use crate::network::SignedGraph;

/// What the signs of a graph say.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// Triads by their number of negative ties: `+++`, `++-`, `+--`, `---`.
    pub triads: [u64; 4],
    /// Share of balanced triads (`+++` and `+--`); `None` without triads.
    pub balanced: Option<f64>,
    /// The share to expect if the same signs were dealt to the same ties at random; `None` without triads.
    pub expected: Option<f64>,
    /// Ties that must be left out for two camps to remain.
    pub frustration: Frustration,
}

/// Counts triads and looks for two camps. `seed` is that of random choices, `proof` how much work goes into a proof that
/// no other camps fit better.
pub fn balance(graph: &SignedGraph, seed: u64, proof: Option<Effort>) -> Balance {
    let around = neighbours(graph);
    let triads = triads::count(&around);
    let all: u64 = triads.iter().sum();
    let share = |n: u64| (all > 0).then(|| n as f64 / all as f64);
    Balance {
        triads,
        balanced: share(triads[0] + triads[2]),
        expected: (all > 0).then(|| triads::by_chance(graph)),
        frustration: frustration::frustration(graph, &around, seed, proof),
    }
}

/// Positions of the ties that do not fit a partition: negative inside a cluster, positive between two.
pub fn frustrated(graph: &SignedGraph, of: &[usize]) -> Vec<usize> {
    let wrong = |&(i, j, w): &(u32, u32, f64)| (of.get(i as usize) == of.get(j as usize)) == (w < 0.0);
    graph.edges.iter().enumerate().filter(|(_, edge)| wrong(edge)).map(|(at, _)| at).collect()
}

/// For each node its neighbours in order, and whether the tie is positive.
type Around = Vec<Vec<(usize, bool)>>;

/// See [`Around`].
fn neighbours(graph: &SignedGraph) -> Around {
    let mut around = vec![Vec::new(); graph.names.len()];
    for &(i, j, w) in &graph.edges {
        around[i as usize].push((j as usize, w > 0.0));
        around[j as usize].push((i as usize, w > 0.0));
    }
    around.iter_mut().for_each(|row| row.sort_unstable());
    around
}

#[cfg(test)]
mod tests {
    use super::camps::{search, try_all, wrong};
    use super::*;
    use crate::clusters::tests::{expected, graph, shared};
    use proptest::prelude::*;

    #[test]
    fn proven_values_are_reached() {
        let Some(folder) = shared() else { return };
        for (graph, name, index, _, balanced) in expected(&folder) {
            let found = balance(&graph, 0, Some(Effort::Normal));
            assert!((found.balanced.unwrap_or(1.0) - balanced).abs() < 1e-6, "{name}: {found:?}");
            if let Some(index) = index {
                assert_eq!(found.frustration.index as f64, index, "{name}");
                assert!(found.frustration.exact, "{name}");
            }
        }
    }

    #[test]
    fn corners() {
        let nothing = balance(&graph(0, &[]), 0, Some(Effort::Normal));
        assert_eq!((nothing.triads, nothing.balanced, nothing.frustration.index), ([0; 4], None, 0));
        let alone = balance(&graph(3, &[]), 0, Some(Effort::Normal));
        assert_eq!((alone.frustration.exact, alone.frustration.camps), (true, vec![false; 3]));
        let tree = balance(&graph(4, &[(0, 1, -1.0), (1, 2, 1.0), (1, 3, -2.0)]), 0, Some(Effort::Normal)).frustration;
        assert_eq!((tree.index, tree.camps), (0, vec![false, true, true, false]));
        let enemies = balance(&graph(3, &[(0, 1, -1.0), (1, 2, -1.0), (0, 2, -1.0)]), 0, Some(Effort::Normal));
        assert_eq!((enemies.triads, enemies.balanced, enemies.frustration.index), ([0, 0, 0, 1], Some(0.0), 1));
        assert_eq!(enemies.expected, Some(0.0), "all signs are negative, however they are dealt");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn triads_are_those_found_by_looking(edges in proptest::collection::vec((0u32..9, 0u32..9, -1.0..1.0), 0..40)) {
            let graph = graph(9, &edges);
            let sign = |a: u32, b: u32| graph.edges.iter().find(|e| (e.0, e.1) == (a, b)).map(|e| e.2 < 0.0);
            let mut counts = [0; 4];
            for (i, j, k) in (0..9).flat_map(|i| (i + 1..9).flat_map(move |j| (j + 1..9).map(move |k| (i, j, k)))) {
                if let (Some(a), Some(b), Some(c)) = (sign(i, j), sign(j, k), sign(i, k)) {
                    counts[[a, b, c].into_iter().filter(|n| *n).count()] += 1;
                }
            }
            prop_assert_eq!(balance(&graph, 0, Some(Effort::Normal)).triads, counts);
        }

        #[test]
        fn the_search_finds_what_trying_all_finds(
            edges in proptest::collection::vec((0u32..14, 0u32..14, -1.0..1.0), 0..60),
        ) {
            let around = neighbours(&graph(14, &edges));
            prop_assert_eq!(wrong(&around, &search(&around, 1)), wrong(&around, &try_all(&around)));
        }
    }
}
