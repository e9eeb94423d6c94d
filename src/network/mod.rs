//! The network of actors: statements added up.
//!
//! In: statements. Out: a [`Network`] on petgraph, with the statements behind every tie.
//! Never here: text, drawing, files.

use crate::statement::{Kind, Relation, Statement};
use jiff::civil::Date;
use petgraph::graph::{DiGraph, NodeIndex};

/// Actors and their ties, and where they stand on matters. Every number in it can be recomputed from `statements`.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// One node an actor, sorted by name; one edge for each (holder, relation, target), sorted likewise.
    pub graph: DiGraph<Actor, Tie>,
    /// What stances are about besides actors, sorted by name.
    pub matters: Vec<Matter>,
    /// The statements that the network was made of, in canonical order.
    pub statements: Vec<Statement>,
    /// Statements whose holder and target are (after roll-up) one and the same actor.
    pub self_ties: usize,
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
