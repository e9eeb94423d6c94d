//! The network as one file, for programs that read graphs rather than tables.
//!
//! In: a [`Network`], its [`Blocs`] and how its nodes look where that is known. Out: bytes in one of the formats. Never
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
use crate::network::Network;

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
    let records = Records::new(network, blocs, looks)?;
    let text = match format {
        GraphFormat::GraphMl => graphml::write(&records)?,
        GraphFormat::Gexf => gexf::write(&records)?,
        GraphFormat::NodeLink => json::node_link(&records)?,
        GraphFormat::Jgf => jgf::write(&records)?,
        GraphFormat::Cytoscape => json::cytoscape(&records)?,
        GraphFormat::Dot => dot::write(&records)?,
    };
    Ok(text.into_bytes())
}

#[cfg(test)]
mod tests;
