//! The network of actors: statements added up.
//!
//! In: statements. Out: a [`Network`] on petgraph, with the statements behind every tie.
//! Never here: text, drawing, files, blocs.
//!
//! [`build`] filters, rolls up and counts; [`combined`] adds the evidence up to one undirected signed graph for blocs.

mod build;
mod combined;
mod edge_columns;
mod edge_list;
mod evidence;
mod filter;
mod graph_file;
mod identity;
mod listed;
mod matrix;
mod node_table;
mod options;
mod tally;
#[cfg(test)]
pub(crate) mod tests;
mod windows;
mod wording;

pub use build::build;
pub use combined::combined;
pub use edge_columns::{EdgeNames, is_edge_list_header};
pub use edge_list::{EdgeList, ListedTie};
pub use evidence::{Count, Evidence, Unit, matter_of, units};
pub use filter::LeftOut;
pub use graph_file::read_graphml;
pub use listed::listed;
pub use matrix::{
    Duplicates, Ledger, Mark, Matrix, MatrixOptions, Normalize, Over, Sides, Stances, Targets, Ties, direct_matrix,
    matrix, signed_matrix,
};
pub use node_table::{NodeRow, NodeTable};
pub use options::{CombinedWeights, Level, NetworkOptions};
pub use tally::{Bundle, MOST_EVIDENCE, tallied};
pub use windows::{Length, MOST_WINDOWS, Period, TimeUnit, Window, Windows};
pub use wording::matter_in_words;

use crate::statement::{Kind, Relation, Statement};
use jiff::civil::Date;
use petgraph::Direction;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use std::cmp::Reverse;

/// Actors and their ties, and where they stand on matters. Every number in it can be recomputed from `statements`.
///
/// Every actor has a tie or a stand: who is only named as spoken for, or loses its last tie to `min_weight`, is left out.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// One node an actor, sorted by name; one edge for each (holder, relation, target), sorted likewise.
    pub graph: DiGraph<Actor, Tie>,
    /// What stances are about besides actors, sorted by name.
    pub matters: Vec<Matter>,
    /// The statements that the network was made of, in canonical order, each row once. They name holder and target as
    /// coded, also where the network is rolled up; a missing `target_kind` is filled in.
    pub statements: Vec<Statement>,
    /// Statements whose holder and target are (after roll-up) one and the same actor.
    pub self_ties: usize,
    /// What the options left out.
    pub left_out: LeftOut,
    /// Where the ties come from an edge list, the weights that they came with.
    pub imported: Option<Imported>,
    /// Where statements were counted while they passed, how many they were; `statements` then are the best of each tie.
    pub tallied: Option<Tallied>,
}

impl Network {
    /// The statements that it was made of, in numbers.
    pub fn counted(&self) -> Tallied {
        let days = || self.statements.iter().filter_map(|s| s.date);
        let kept = || Tallied {
            statements: self.statements.len() as u64,
            hedged: self.statements.iter().filter(|s| s.hedged).count() as u64,
            first: days().min(),
            last: days().max(),
        };
        self.tallied.unwrap_or_else(kept)
    }

    /// Ties that an actor holds or is the target of.
    pub fn degree(&self, actor: NodeIndex) -> usize {
        self.graph.edges(actor).count() + self.graph.edges_directed(actor, Direction::Incoming).count()
    }

    /// How much is told of an actor: statements and ties.
    pub fn prominence(&self, actor: NodeIndex) -> u64 {
        u64::from(self.graph[actor].statements) + self.degree(actor) as u64
    }

    /// Puts those of whom most is told first.
    pub fn sort_by_prominence(&self, actors: &mut [NodeIndex]) {
        actors.sort_by_cached_key(|&actor| (Reverse(self.prominence(actor)), actor));
    }

    /// The same actors, with the ties of one relation alone.
    pub fn only(mut self, relation: Relation) -> Self {
        if let Some(list) = &mut self.imported {
            let kept = self.graph.edge_references().filter(|e| e.weight().relation == relation);
            list.weights = kept.map(|e| list.weights[e.id().index()]).collect();
        }
        let tie = |tie: &Tie| (tie.relation == relation).then(|| tie.clone());
        self.graph = self.graph.filter_map(|_, actor| Some(actor.clone()), |_, t| tie(t));
        self
    }

    /// What a tie weighs: what its edge list says, or what its statements do.
    pub fn weight(&self, tie: EdgeIndex) -> f64 {
        self.imported.as_ref().map_or_else(|| self.graph[tie].weight(), |list| list.weights[tie.index()])
    }
}

impl Tie {
    /// Statements, a hedged one counting half; at least one half.
    pub fn weight(&self) -> f64 {
        (f64::from(self.statements) - f64::from(self.hedged) / 2.0).max(0.5)
    }
}

/// Weights of ties that were not counted from statements.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// One a tie, by edge index; above 0.
    pub weights: Vec<f64>,
    /// The weight that counts as one statement in [`Tie::statements`].
    pub unit: f64,
}

/// How many statements; where they were counted and not kept, each is of a document of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tallied {
    /// All that the options let through.
    pub statements: u64,
    /// How many of them are hedged.
    pub hedged: u64,
    /// The first day.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
}

/// What can be known of blocs: an undirected graph of net weights, positive for standing together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SignedGraph {
    /// Names of the nodes, in the order of [`Network::graph`].
    pub names: Vec<String>,
    /// Net weight of each pair that has one: `(i, j, w)` with `i < j` and `w` finite and not 0, sorted by `(i, j)`.
    pub edges: Vec<(u32, u32, f64)>,
    /// Unreciprocated stance: what cancels out inside pairs (for each pair the smaller of its positive and its negative
    /// weight, added up). Whatever the blocs, the cost before netting is the cost after netting plus this constant.
    pub unreciprocated: f64,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Canonical name, which is also the id.
    pub name: String,
    /// Country, institution or person.
    pub kind: Kind,
    /// ISO 3166-1 alpha-3, for countries.
    pub code: Option<String>,
    /// The country or institution spoken for.
    pub affiliation: Option<String>,
    /// Statements that it holds or is the target of.
    pub statements: u32,
}

/// All statements of one relation from one actor to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The stance.
    pub relation: Relation,
    /// Statements that count: one for each (document, holder, relation, target or matter). At least 1.
    pub statements: u32,
    /// Documents with at least one of them.
    pub documents: u32,
    /// How many of `statements` are hedged.
    pub hedged: u32,
    /// How many of `statements` are invitations that were not made.
    pub withheld: u32,
    /// The matters through which the tie runs, sorted; empty for stances toward the actor itself.
    pub matters: Vec<String>,
    /// Date of the first dated statement.
    pub first: Option<Date>,
    /// Date of the last dated statement.
    pub last: Option<Date>,
    /// Indices into [`Network::statements`], best evidence first.
    pub evidence: Vec<usize>,
}

/// A matter and who stands where on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Canonical name.
    pub name: String,
    /// Stances on it, sorted by actor, then relation.
    pub stands: Vec<Stand>,
}

/// One actor's stance on one matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The actor.
    pub actor: NodeIndex,
    /// Support or oppose.
    pub relation: Relation,
    /// Statements that count (see [`Tie::statements`]).
    pub statements: u32,
    /// How many of them are hedged.
    pub hedged: u32,
    /// Indices into [`Network::statements`], best evidence first.
    pub evidence: Vec<usize>,
}
