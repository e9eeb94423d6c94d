//! Blocs: which actors stand together.
//!
//! In: a signed undirected graph, or a network of which one is made. Out: a [`Partition`], or [`Blocs`] with how sure
//! they are. Never here: text, drawing, files.
//!
//! The search, from coarse to fine: parts that can be solved alone ([`cluster`]); greedy additive contraction; moving
//! nodes between clusters on ever coarser graphs; Kernighan-Lin with joins; and, on small parts, trying everything.

mod blocs;
mod contract;
mod equals;
mod exact;
mod graph;
mod hanging;
mod kernighan_lin;
mod moves;
mod objective;
mod over_time;
mod polarization;
pub(crate) mod proof;
pub(crate) mod random;
mod search;
mod stability;
#[cfg(test)]
pub(crate) mod tests;
mod ties;

pub use blocs::{BlocOptions, Clustering, find_blocs, movers, quick_blocs};
pub use equals::alternatives;
pub use objective::{Resolution, cost, objective};
pub use over_time::{Move, OverTime, Snapshot, over_time};
pub use polarization::{Polarization, polarization};
pub use search::{ClusterOptions, Partition, cluster};
pub use stability::{Elsewhere, Resampled};
pub use ties::{GraphClusters, graph_clusters};

/// How much work goes into the search and into the proof of what it finds. The work is counted in steps, not in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// The least: for many graphs in a row.
    Quick,
    /// A moment for some thousand ties, some seconds for a million.
    #[default]
    Normal,
    /// Minutes, where the network is large or the proof is hard.
    High,
}

/// A partition of the network's actors.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocs {
    /// Bloc of each node, by node index; blocs are numbered from 0, largest first, ties by their first actor's name.
    pub of: Vec<usize>,
    /// Share of resamplings (bootstrap over documents) in which the actor stays with its bloc; 0..1, by node index.
    pub stability: Vec<f64>,
    /// Negative weight inside blocs plus positive weight between them (Doreian & Mrvar 2009); 0 is perfect balance.
    pub cost: f64,
}
