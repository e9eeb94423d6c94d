//! The network as one file, for programs that read graphs rather than tables.
//!
//! In: a [`Network`], its [`Blocs`] and how its nodes look where that is known; or a [`Matrix`]. Out: bytes in one of the formats. Never
//! here: files.
//!
//! All formats hold the same nodes and edges with the same attributes ([`super::records`]), nodes sorted by name, edges by
//! source, relation and target. `weight` is a magnitude and `sign` is 1, 0 or -1, since few readers take negative weights.

mod dot;
mod fields;
mod gexf;
mod graphml;
mod jgf;
mod json;
mod xml;

use super::Look;
use super::records::Records;
use crate::Result;
use crate::clusters::Blocs;
use crate::network::{Matrix, Network, Ties};

/// A format for graphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphFormat {
    /// GraphML: networkx, igraph, Gephi, Cytoscape, yEd.
    GraphMl,
    /// GEXF 1.3: Gephi, networkx, sigma.js; places, colours and dates included.
    Gexf,
    /// Node-link JSON: networkx (3.4 and later), D3.
    NodeLink,
    /// JSON Graph Format, version 2.
    Jgf,
    /// Cytoscape.js JSON: Cytoscape and Cytoscape.js; places included.
    Cytoscape,
    /// DOT: Graphviz; one cluster a bloc.
    Dot,
}

impl GraphFormat {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
            Self::NodeLink => "json",
            Self::Jgf => "jgf",
            Self::Cytoscape => "cyjs",
            Self::Dot => "dot",
        }
    }

    /// Whether it keeps how nodes look.
    pub fn keeps_looks(self) -> bool {
        matches!(self, Self::Gexf | Self::Cytoscape)
    }
}

/// Writes the network in a format. `looks` are one a node, by index, or none.
///
/// # Errors
/// Blocs or looks that are not of this network; a name or a quote with a character that the format cannot hold, by name.
pub fn graph_file(network: &Network, blocs: Option<&Blocs>, looks: &[Look], format: GraphFormat) -> Result<Vec<u8>> {
    written(&Records::new(network, blocs, looks)?, format)
}

/// Writes a matrix as an undirected graph: its names are nodes, its cells edges. `ties` is what they tell; `None` for all
/// evidence added up.
///
/// # Errors
/// A name of a row and a column of a two-mode matrix; a name with a character that the format cannot hold, by name.
pub fn matrix_graph(matrix: &Matrix, ties: Option<Ties>, format: GraphFormat) -> Result<Vec<u8>> {
    written(&Records::of_matrix(matrix, ties)?, format)
}

fn written(records: &Records, format: GraphFormat) -> Result<Vec<u8>> {
    let text = match format {
        GraphFormat::GraphMl => graphml::write(records)?,
        GraphFormat::Gexf => gexf::write(records)?,
        GraphFormat::NodeLink => json::node_link(records)?,
        GraphFormat::Jgf => jgf::write(records)?,
        GraphFormat::Cytoscape => json::cytoscape(records)?,
        GraphFormat::Dot => dot::write(records)?,
    };
    Ok(text.into_bytes())
}

#[cfg(test)]
mod tests;
