//! Clusters of a graph of which nothing is known but its ties.
//!
//! In: a signed graph. Out: [`GraphClusters`]. Never here: statements and documents, of which there are none.

use super::graph::sizes;
use super::random::Random;
use super::{Beside, ClusterOptions, Effort, Partition, Resolution, cluster};
use crate::network::SignedGraph;
use rayon::prelude::*;

/// With more ties than this nothing is resampled: the one search is all that there is time for.
const MOST_RESAMPLED: usize = 20_000;

/// A partition, how sure it is, and other views.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphClusters {
    /// The best partition found.
    pub partition: Partition,
    /// For each node the share of its cluster mates (of its solitude, where it is alone) that a resampling of the ties
    /// leaves it, 0 to 1; `None` for graphs of more than 20,000 ties.
    pub stability: Option<Vec<f64>>,
    /// Resamplings that stability comes from.
    pub resamplings: usize,
    /// What was looked for.
    pub resolution: Resolution,
    /// What the partition's cost is held against; nothing where no other view was asked for, and with other resolutions.
    pub beside: Beside,
    /// The partition by signed modularity; `None` where it was the one asked for, or no other view was.
    pub modularity: Option<Partition>,
}

/// Finds clusters. For stability the ties are drawn anew `resamplings` times: as many as there are, with replacement
/// (bootstrap, Efron 1979).
pub fn graph_clusters(
    graph: &SignedGraph,
    options: &ClusterOptions,
    resamplings: usize,
    other_view: bool,
) -> GraphClusters {
    let partition = cluster(graph, options);
    let resampled = graph.edges.len() <= MOST_RESAMPLED && resamplings > 0 && !graph.edges.is_empty();
    let stability = resampled.then(|| stability(graph, &partition.of, options, resamplings));
    let other = ClusterOptions { resolution: Resolution::MODULARITY, clusters: None, ..*options };
    let modularity = (other_view && options.resolution != Resolution::MODULARITY).then(|| cluster(graph, &other));
    // Chance and numbers of clusters are told by cost, which other resolutions do not go by.
    let beside = other_view && options.resolution == Resolution::BALANCE;
    GraphClusters {
        stability,
        resamplings: if resampled { resamplings } else { 0 },
        resolution: options.resolution,
        beside: if beside {
            Beside::of(graph, options)
        } else {
            Beside { asked_for: options.clusters, ..Beside::default() }
        },
        modularity,
        partition,
    }
}

fn stability(graph: &SignedGraph, of: &[usize], options: &ClusterOptions, resamplings: usize) -> Vec<f64> {
    let quick = ClusterOptions { effort: Effort::Quick, exact_steps: 2_000, proof: None, ..*options };
    let kept: Vec<Vec<f64>> = (0..resamplings as u64)
        .into_par_iter()
        .map(|run| {
            // A stream far from those of the starts.
            let mut random = Random::new(options.seed, (1 << 32) + run);
            let mut copies = vec![0u32; graph.edges.len()];
            for _ in 0..graph.edges.len() {
                copies[random.below(graph.edges.len())] += 1;
            }
            let drawn = graph.edges.iter().zip(&copies).filter(|(_, n)| **n > 0);
            let edges = drawn.map(|(&(i, j, w), &n)| (i, j, w * f64::from(n))).filter(|e| e.2.is_finite()).collect();
            let drawn = SignedGraph { names: graph.names.clone(), edges, unreciprocated: 0.0 };
            kept(of, &cluster(&drawn, &quick).of)
        })
        .collect();
    // In order of the runs, so that the sums do not depend on threads.
    let sum = |i: usize| kept.iter().map(|run| run[i]).sum::<f64>();
    (0..of.len()).map(|i| sum(i) / resamplings as f64).collect()
}

/// For each node the share of its mates that it keeps; who is alone keeps 1 as long as it is alone.
fn kept(of: &[usize], found: &[usize]) -> Vec<f64> {
    let (before, after) = (sizes(of), sizes(found));
    let mut cells: Vec<(usize, usize)> = of.iter().copied().zip(found.iter().copied()).collect();
    cells.sort_unstable();
    let share = |i: usize| {
        let cell = (of[i], found[i]);
        let mates = before[of[i]] - 1;
        if mates == 0 {
            return f64::from(u8::from(after[found[i]] == 1));
        }
        let still = cells.partition_point(|c| *c <= cell) - cells.partition_point(|c| *c < cell);
        (still - 1) as f64 / mates as f64
    };
    (0..of.len()).map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::tests::graph;

    #[test]
    fn what_holds_by_one_tie_is_less_sure_than_what_holds_by_many() {
        let clique = |at: u32| (at..at + 5).flat_map(move |i| (i + 1..at + 5).map(move |j| (i, j, 1.0)));
        let edges: Vec<_> = clique(0).chain([(0, 5, 1.0), (1, 6, -1.0), (2, 6, -1.0)]).collect();
        let found = graph_clusters(&graph(7, &edges), &ClusterOptions::default(), 100, false);
        assert_eq!(found.partition.of, [0, 0, 0, 0, 0, 0, 1]);
        let sure = found.stability.unwrap();
        assert!(sure[5] < sure[1] && sure[6] == 1.0, "{sure:?}");
        assert_eq!(graph_clusters(&graph(2, &[]), &ClusterOptions::default(), 100, false).stability, None);
    }
}
