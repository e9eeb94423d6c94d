//! Blocs: which actors stand together.
//!
//! In: a signed undirected graph, or a network of which one is made. Out: a [`Partition`], or [`Blocs`] with how sure
//! they are. Never here: text, drawing, files.
//!
//! The search: parts that can be solved alone ([`cluster`]); in each, nodes move between clusters, then groups of nodes on
//! ever coarser graphs; what cannot be improved is shaken, a few nodes at a time; several such searches are fused; and small
//! parts are also solved exactly.

mod beside;
mod blocs;
mod cause;
mod equals;
mod exact;
mod fixed;
mod graph;
mod hanging;
mod levels;
mod moves;
mod objective;
mod over_time;
mod polarization;
pub(crate) mod proof;
pub(crate) mod random;
mod search;
mod shake;
mod stability;
mod structure;
#[cfg(test)]
pub(crate) mod tests;
mod ties;

pub use beside::Beside;
pub use blocs::{BlocOptions, Clustering, blocs_alone, find_blocs, movers, quick_blocs};
pub use cause::{Cause, bloc_name, common_cause};
pub use equals::alternatives;
pub use objective::{Resolution, cost, objective};
pub use over_time::{Move, OverTime, Snapshot, over_time};
pub use polarization::{Polarization, polarization};
pub use search::{ClusterOptions, Partition, cluster, costs_by_k};
pub use stability::{Elsewhere, Resampled};
pub use structure::{Structure, structure};
pub use ties::{GraphClusters, graph_clusters};

/// How much work goes into the search and into the proof of what it finds. The work is counted in steps, not in time, so
/// that the result is the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// A first good partition; where many graphs are compared or averaged.
    Quick,
    /// Until little more is to be gained: a moment for some thousand ties, some seconds for a million.
    #[default]
    Normal,
    /// Several times as long; minutes, where the network is large or the proof is hard.
    High,
}

/// A partition of the network's actors.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocs {
    /// Bloc of each node, by node index; blocs are numbered from 0, largest first, ties by their first actor's name.
    pub of: Vec<usize>,
    /// Share of resamplings (bootstrap over documents) in which the actor stays with its bloc; 0..1, by node index; NaN
    /// where nothing was resampled.
    pub stability: Vec<f64>,
    /// Negative weight inside blocs plus positive weight between them (Doreian & Mrvar 2009); 0 is perfect balance.
    pub cost: f64,
}

impl Blocs {
    /// Blocs for which nothing was resampled.
    pub fn untested(of: Vec<usize>, cost: f64) -> Self {
        Self { stability: vec![f64::NAN; of.len()], of, cost }
    }
}
