//! What a partition is held against: other numbers of clusters, and chance.
//!
//! In: a graph. Out: costs. Never here: the partition itself.

use super::{ClusterOptions, Effort, Structure, costs_by_k};
use crate::network::SignedGraph;

/// With more ties than this only the partition itself is sought.
const MOST_TIES: usize = 20_000;
/// Numbers of clusters that are tried.
const MOST_CLUSTERS: usize = 8;
/// Graphs that are dealt at random.
const SHUFFLES: usize = 20;

/// Cost of the best partitions found into exactly 1, 2, ... 8 clusters; nothing for graphs of more than 20,000 ties.
pub(super) fn costs(graph: &SignedGraph, options: &ClusterOptions) -> Vec<f64> {
    if graph.edges.len() > MOST_TIES {
        return Vec::new();
    }
    let effort = if graph.edges.len() > MOST_TIES / 10 { Effort::Quick } else { options.effort };
    costs_by_k(graph, MOST_CLUSTERS, &ClusterOptions { effort, ..*options })
}

/// Whether chance would do as well; `None` for graphs of more than 20,000 ties, and of none.
pub(super) fn structure(graph: &SignedGraph, options: &ClusterOptions) -> Option<Structure> {
    let fits = !graph.edges.is_empty() && graph.edges.len() <= MOST_TIES;
    fits.then(|| super::structure(graph, SHUFFLES, options))
}
