//! The network as one file, for programs that read graphs rather than tables.
//!
//! In: a [`Network`], and its [`Blocs`] where there are any. Out: bytes in one of the formats. Never here: files.
//!
//! All formats hold the same nodes and edges with the same attributes ([`records`]), nodes sorted by name, edges by
//! source, relation and target. `weight` is a magnitude and `sign` is 1, 0 or -1, since few readers take negative weights.

mod dot;
mod graphml;
mod json;
mod records;

use crate::Result;
use crate::clusters::Blocs;
use crate::network::Network;
use records::Records;

/// A format for graphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphFormat {
    /// GraphML: networkx, igraph, Gephi, Cytoscape, yEd.
    GraphMl,
    /// Node-link JSON: networkx (3.4 and later), D3.
    NodeLink,
    /// Cytoscape.js JSON: Cytoscape and Cytoscape.js.
    Cytoscape,
    /// DOT: Graphviz; one cluster a bloc.
    Dot,
}

/// Writes the network in a format.
///
/// # Errors
/// Blocs that are not of this network; a name or a quote with a character that the format cannot hold, by name.
pub fn graph_file(network: &Network, blocs: Option<&Blocs>, format: GraphFormat) -> Result<Vec<u8>> {
    let records = Records::new(network, blocs)?;
    let text = match format {
        GraphFormat::GraphMl => graphml::write(&records)?,
        GraphFormat::NodeLink => json::node_link(&records)?,
        GraphFormat::Cytoscape => json::cytoscape(&records)?,
        GraphFormat::Dot => dot::write(&records)?,
    };
    Ok(text.into_bytes())
}

#[cfg(test)]
mod tests;
