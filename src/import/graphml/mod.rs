//! GraphML (Brandes, Eiglsperger, Herman, Himsolt & Marshall 2002), as networkx, igraph, Gephi, yEd and visone write it.
//!
//! In: bytes of XML in UTF-8. Out: nodes and edges with the values of their keys, one at a time ([`read`]). Never here: more
//! than one node or edge in memory; nested graphs, hyperedges, a second graph and definitions of entities, which are refused
//! by name; what the values mean.
//!
//! Names that are only drawn, as yEd and visone keep them (`y:NodeLabel`), come as a node's `label`.

mod bounded;
mod parse;

pub use parse::read;

/// A node or an edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The line on which it begins, counted from 1.
    pub line: u64,
    /// What it is.
    pub element: Element,
    /// The values of its keys by the keys' names, in the order of the file, defaults after them; those without a name are
    /// left out.
    pub values: Vec<(String, String)>,
    /// The label that is drawn.
    pub label: Option<String>,
}

/// What an [`Item`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// A node.
    Node {
        /// Its id in the file.
        id: String,
    },
    /// An edge.
    Edge {
        /// The id of the node that it comes from.
        source: String,
        /// The id of the node that it goes to.
        target: String,
        /// Whether it points.
        directed: bool,
    },
}

#[cfg(test)]
mod tests;
