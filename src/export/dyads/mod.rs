//! Formats that hold one value for two actors: Pajek and UCINET DL.
//!
//! In: a [`Network`] and one relation, or a [`Matrix`]. Out: [`Dyads`], and bytes of it. Never here: files; several
//! relations at once, which the readers of these formats add up or refuse.
//!
//! Neither format can hold every name. What it cannot hold is written in a way that can be undone: see [`pajek`] and [`dl`].

mod dl;
mod pajek;

use super::records::Records;
use super::{Look, matrix};
use crate::Result;
use crate::clusters::Blocs;
use crate::network::{Matrix, Network, Ties};
use crate::statement::Relation;

/// A format of one value a dyad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DyadFormat {
    /// Pajek's .net.
    Pajek,
    /// UCINET's DL, as an edge list.
    Dl,
}

/// Nodes, and one value for each two of them that are tied.
#[derive(Debug, Clone, PartialEq)]
pub struct Dyads {
    /// What the values tell: a relation, or a kind of ties.
    pub relation: &'static str,
    names: Vec<String>,
    /// One a node, where nodes have places.
    places: Vec<[f64; 2]>,
    directed: bool,
    /// From, to, value; not 0.
    values: Vec<(usize, usize, f64)>,
    /// With two kinds of nodes, how many are of the first.
    rows: Option<usize>,
}

impl DyadFormat {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pajek => "net",
            Self::Dl => "dl",
        }
    }
}

impl Dyads {
    /// The ties of one relation, weights as values; all actors, also those who have none. `looks` are one a node, or none.
    ///
    /// # Errors
    /// Looks of another network.
    pub fn of_relation(network: &Network, relation: Relation, looks: &[Look]) -> Result<Self> {
        let records = Records::new(network, None, looks)?;
        let places: Vec<_> = records.nodes().filter_map(|n| n.look.and_then(|l| l.at)).collect();
        Ok(Self {
            relation: relation.as_str(),
            names: records.nodes().map(|n| n.id.to_owned()).collect(),
            places: if places.len() == records.node_count() { places } else { Vec::new() },
            directed: true,
            values: records
                .edges()
                .filter(|e| e.relation == relation.as_str())
                .map(|e| (e.from, e.to, e.weight))
                .collect(),
            rows: None,
        })
    }

    /// The cells of a matrix, signs included. `ties` is what they tell; `None` for all evidence added up.
    ///
    /// # Errors
    /// A name of a row and a column of a two-mode matrix, which readers would take for one node.
    pub fn of_matrix(matrix: &Matrix, ties: Option<Ties>) -> Result<Self> {
        let (names, columns) = matrix::names(matrix, ties)?;
        let cells = matrix.cells.iter().enumerate();
        Ok(Self {
            relation: matrix::relation(ties),
            names: names.into_iter().map(str::to_owned).collect(),
            places: Vec::new(),
            directed: !matrix.symmetric && columns == 0,
            values: cells.flat_map(|(i, row)| row.iter().map(move |(j, v)| (i, columns + *j as usize, *v))).collect(),
            rows: (columns > 0).then_some(columns),
        })
    }

    /// Whether there are any ties.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Writes them in a format.
    pub fn write(&self, format: DyadFormat) -> Vec<u8> {
        let text = match format {
            DyadFormat::Pajek => pajek::network(self),
            DyadFormat::Dl => dl::write(self),
        };
        text.into_bytes()
    }
}

/// The blocs as a partition of Pajek's (.clu), for the networks that [`Dyads::of_relation`] makes of the same.
///
/// # Errors
/// Blocs of another network.
pub fn partition(network: &Network, blocs: &Blocs) -> Result<Vec<u8>> {
    let records = Records::new(network, Some(blocs), &[])?;
    Ok(pajek::partition(records.nodes().map(|n| n.cluster.unwrap_or(0))).into_bytes())
}

#[cfg(test)]
mod tests;
