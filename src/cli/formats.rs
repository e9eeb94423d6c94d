//! The formats, profiles and relations that `edges` is asked for by name.
//!
//! In: words of the command line. Out: what the library calls them. Never here: writing.

use crate::export::{DyadFormat, GraphFormat, Profile};
use crate::statement::Relation;
use clap::ValueEnum;

/// How to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A list of ties with a header
    Csv,
    /// A matrix with labels
    Matrix,
    /// GraphML, nodes included: networkx, igraph, Gephi, Cytoscape, yEd
    Graphml,
    /// GEXF 1.3, nodes included, with places, colours and dates: Gephi, networkx, sigma.js
    Gexf,
    /// Pajek, a file a relation, and the blocs as a partition
    Pajek,
    /// UCINET DL, a file a relation
    Dl,
    /// Node-link JSON, nodes included: networkx, D3
    Json,
    /// JSON Graph Format 2, nodes included
    Jgf,
    /// Cytoscape.js JSON, nodes included, with places
    Cytoscape,
    /// DOT for Graphviz, nodes included, one cluster a bloc
    Dot,
}

/// A program with columns of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProfileArg {
    /// Source, Target, Type, Kind, Id, Label, Weight; \ as ∖, which Gephi would take for an escape
    Gephi,
    /// Source, Interaction, Target; \ as ∖
    Cytoscape,
    /// Connections From, To, Label, Type, Direction, Description; elements Label, Type; | as ∣, and between several matters
    Kumu,
    /// Vertex 1, Vertex 2, Edge Weight, Label; nodes Vertex; begins with a byte order mark, and nothing is a formula
    #[value(name = "nodexl")]
    NodeXl,
}

/// A relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RelationArg {
    Support,
    Oppose,
    Invite,
}

impl From<ProfileArg> for Profile {
    fn from(profile: ProfileArg) -> Self {
        match profile {
            ProfileArg::Gephi => Self::Gephi,
            ProfileArg::Cytoscape => Self::Cytoscape,
            ProfileArg::Kumu => Self::Kumu,
            ProfileArg::NodeXl => Self::NodeXl,
        }
    }
}

impl From<RelationArg> for Relation {
    fn from(relation: RelationArg) -> Self {
        match relation {
            RelationArg::Support => Self::Support,
            RelationArg::Oppose => Self::Oppose,
            RelationArg::Invite => Self::Invite,
        }
    }
}

impl Format {
    /// The format of the library, for those that hold nodes and edges in one file.
    pub fn graph(self) -> Option<GraphFormat> {
        match self {
            Self::Csv | Self::Matrix | Self::Pajek | Self::Dl => None,
            Self::Graphml => Some(GraphFormat::GraphMl),
            Self::Gexf => Some(GraphFormat::Gexf),
            Self::Json => Some(GraphFormat::NodeLink),
            Self::Jgf => Some(GraphFormat::Jgf),
            Self::Cytoscape => Some(GraphFormat::Cytoscape),
            Self::Dot => Some(GraphFormat::Dot),
        }
    }

    /// The format of the library, for those that hold one value for two actors.
    pub fn dyads(self) -> Option<DyadFormat> {
        match self {
            Self::Pajek => Some(DyadFormat::Pajek),
            Self::Dl => Some(DyadFormat::Dl),
            _ => None,
        }
    }
}
