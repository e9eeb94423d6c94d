//! Networks of who stands together on which matters, as matrices.
//!
//! In: statements, one at a time, into a [`Ledger`]; from it [`Stances`], and options. Out: a [`Matrix`], sparse. Never
//! here: ties from actor to actor (see [`build`](super::build)), blocs, files.
//!
//! `X[i][j][k]` is how often actor `i` takes side `k` (support or oppose) on matter `j`, duplicates counted once. All
//! formulas are in `docs/networks.md`; they follow Leifeld (2017), *Discourse Network Analysis*, in The Oxford Handbook
//! of Political Networks. Time and memory grow with the statements and with the pairs that meet on a matter.

mod counts;
mod ledger;
mod one_mode;
#[cfg(test)]
mod tests;
mod two_mode;

pub use ledger::{Ledger, Mark, Stances, Targets};

use super::{Network, SignedGraph, Window};
use crate::{Error, Result};
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;

/// What a cell of the matrix tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// Actor by matter.
    TwoMode(Sides),
    /// Actor by actor: statements of the one times those of the other on the same side of the same matter.
    Congruence,
    /// The same on opposite sides.
    Conflict,
    /// Congruence less conflict.
    Subtract,
    /// The same on the same matter, whatever the side.
    Ignore,
}

/// How the two sides of an actor on a matter become one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// Support less opposition.
    Subtract,
    /// All statements.
    Ignore,
    /// 1 only support, 2 only opposition, 3 both, 0 none; of numbers the sum of 1 for the highest, 2 for the next, 4, 8 ...
    Combine,
}

/// What the values are divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Normalize {
    /// Nothing.
    None,
    /// The average number of statements of the two.
    Average,
    /// What they share of all that either says.
    Jaccard,
    /// The lengths of the two as vectors.
    Cosine,
    /// Two-mode: the actor's statements.
    Activity,
    /// Two-mode: the statements on the matter.
    Prominence,
}

/// How often a stance counts that is taken again and again: once in each ...
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicates {
    /// Always.
    Include,
    /// Document.
    Document,
    /// ISO week of a year.
    Week,
    /// Month of a year.
    Month,
    /// Year.
    Year,
    /// Never again.
    All,
}

/// Who the nodes of a one-mode network are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The actors, tied by matters.
    Holders,
    /// The matters, tied by actors.
    Matters,
}

/// Which matrix to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatrixOptions {
    /// What a cell tells.
    pub ties: Ties,
    /// Who the nodes are; two-mode networks have both.
    pub over: Over,
    /// What values are divided by.
    pub normalize: Normalize,
    /// What counts once.
    pub duplicates: Duplicates,
    /// As Discourse Network Analyzer 3.1.2 has it, oddities included.
    pub dna: bool,
}

/// A network as a matrix. Cells that are not listed are 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    /// Names of the rows, sorted.
    pub rows: Vec<String>,
    /// Names of the columns, sorted; those of the rows in a one-mode network.
    pub columns: Vec<String>,
    /// Whether it is a one-mode network without direction: then only cells above the diagonal are listed.
    pub symmetric: bool,
    /// For each row its cells, by column: finite and not 0.
    pub cells: Vec<Vec<(u32, f64)>>,
}

impl MatrixOptions {
    /// Whether the options go together.
    ///
    /// # Errors
    /// A usage error that tells which normalizations there are.
    pub fn check(&self) -> Result<()> {
        let (fits, those) = match self.ties {
            Ties::TwoMode(Sides::Combine) => (
                self.normalize == Normalize::None,
                "cells that combine both sides are codes, and codes are not divided",
            ),
            Ties::TwoMode(_) => (
                matches!(self.normalize, Normalize::None | Normalize::Activity | Normalize::Prominence),
                "two-mode networks have none, activity and prominence",
            ),
            _ => (
                !matches!(self.normalize, Normalize::Activity | Normalize::Prominence),
                "one-mode networks have none, average, jaccard and cosine",
            ),
        };
        if fits {
            return Ok(());
        }
        let word = format!("{:?}", self.normalize).to_lowercase();
        Err(Error::Usage(format!("--normalize {word} does not go with these --ties; {those}")))
    }
}

/// The matrix of the stances in a window of time; of all of them, dated or not, where there is none. Rows and columns
/// are those of whom there is a stance.
///
/// # Errors
/// Options that do not go together, with each other ([`MatrixOptions::check`]) or with stances that are numbers; more
/// pairs than fit into memory.
pub fn matrix(stances: &Stances, window: Option<&Window>, options: &MatrixOptions) -> Result<Matrix> {
    options.check()?;
    stances.check(options)?;
    let counts = counts::count(stances, window, options);
    let (rows, columns) = match options.over {
        Over::Holders => (&stances.actors, &stances.matters),
        Over::Matters => (&stances.matters, &stances.actors),
    };
    let names = |all: &[String], used: &[u32]| used.iter().filter_map(|&i| all.get(i as usize).cloned()).collect();
    let rows: Vec<String> = names(rows, &counts.rows);
    Ok(match options.ties {
        Ties::TwoMode(sides) => Matrix {
            rows,
            columns: names(columns, &counts.columns),
            symmetric: false,
            cells: two_mode::cells(&counts, sides, options.normalize),
        },
        _ => Matrix { columns: rows.clone(), rows, symmetric: true, cells: one_mode::pairs(&counts, options)? },
    })
}

/// Direct ties as a matrix: statements of support less statements of opposition, a hedged one counting half. Invitations
/// are no stance, and do not count.
pub fn direct_matrix(network: &Network) -> Matrix {
    let graph = &network.graph;
    let names: Vec<String> = graph.node_weights().map(|actor| actor.name.clone()).collect();
    let mut cells: Vec<BTreeMap<u32, f64>> = vec![BTreeMap::new(); names.len()];
    for edge in graph.edge_references() {
        let weight = network.weight(edge.id()) * f64::from(edge.weight().relation.sign());
        *cells[edge.source().index()].entry(edge.target().index() as u32).or_default() += weight;
    }
    let cells = cells.into_iter().map(|row| row.into_iter().filter(|(_, w)| *w != 0.0).collect()).collect();
    Matrix { rows: names.clone(), columns: names, symmetric: false, cells }
}

/// The signed graph for blocs as a matrix.
pub fn signed_matrix(graph: &SignedGraph) -> Matrix {
    let mut cells = vec![Vec::new(); graph.names.len()];
    for &(i, j, weight) in &graph.edges {
        cells[i as usize].push((j, weight));
    }
    Matrix { rows: graph.names.clone(), columns: graph.names.clone(), symmetric: true, cells }
}
