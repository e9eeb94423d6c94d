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

/// A partition's cost beside other costs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beside {
    /// How many clusters were asked for, who stands alone counted; `None` for as many as are best.
    pub asked_for: Option<usize>,
    /// Cost of the best partitions found into exactly 1, 2, ... 8 clusters, as far as there are nodes; empty for graphs of
    /// more than 20,000 ties.
    pub costs: Vec<f64>,
    /// Whether chance would do as well; `None` for graphs of more than 20,000 ties.
    pub structure: Option<Structure>,
}

impl Beside {
    /// All of it, by searches like the one that found the partition.
    pub(super) fn of(graph: &SignedGraph, options: &ClusterOptions) -> Self {
        Self { asked_for: options.clusters, costs: costs(graph, options), structure: structure(graph, options) }
    }
}

/// Cost of the best partitions found into exactly 1, 2, ... 8 clusters; nothing for graphs of more than 20,000 ties.
fn costs(graph: &SignedGraph, options: &ClusterOptions) -> Vec<f64> {
    if graph.edges.len() > MOST_TIES {
        return Vec::new();
    }
    let effort = if graph.edges.len() > MOST_TIES / 10 { Effort::Quick } else { options.effort };
    costs_by_k(graph, MOST_CLUSTERS, &ClusterOptions { effort, ..*options })
}

/// Whether chance would do as well; `None` for graphs of more than 20,000 ties, and of none.
fn structure(graph: &SignedGraph, options: &ClusterOptions) -> Option<Structure> {
    let fits = !graph.edges.is_empty() && graph.edges.len() <= MOST_TIES;
    fits.then(|| super::structure(graph, SHUFFLES, options))
}
