//! Nodes and edges with their attributes, typed, in the order in which they are written.
//!
//! In: a network. Out: [`Records`]. Never here: a format.

use super::super::csv::{edges_in_order, nodes_in_order, quote};
use crate::Result;
use crate::clusters::Blocs;
use crate::network::{Network, Tie};
use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::visit::EdgeRef;

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'n> {
    Text(&'n str),
    Owned(String),
    Count(i64),
    Number(f64),
    /// Nothing is known.
    None,
}

/// What a column of attributes holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    Count,
    Number,
}

/// Attributes of nodes: their names and types, in the order of [`Node::values`].
pub const NODE: [(&str, Type); 7] = [
    ("label", Type::Text),
    ("kind", Type::Text),
    ("code", Type::Text),
    ("affiliation", Type::Text),
    ("cluster", Type::Count),
    ("cluster_stability", Type::Number),
    ("statements", Type::Count),
];

/// Attributes of edges, in the order of [`Edge::values`].
pub const EDGE: [(&str, Type); 11] = [
    ("relation", Type::Text),
    ("sign", Type::Count),
    ("weight", Type::Number),
    ("statements", Type::Count),
    ("documents", Type::Count),
    ("hedged", Type::Count),
    ("withheld", Type::Count),
    ("matter", Type::Text),
    ("first_date", Type::Text),
    ("last_date", Type::Text),
    ("quote", Type::Text),
];

/// An actor.
pub struct Node<'n> {
    pub id: &'n str,
    /// Counted from 1; `None` without blocs.
    pub cluster: Option<usize>,
    pub values: [Value<'n>; 7],
}

/// A tie.
pub struct Edge<'n> {
    pub source: &'n str,
    pub target: &'n str,
    pub relation: &'static str,
    pub sign: i8,
    pub values: [Value<'n>; 11],
}

/// A network as lists.
pub struct Records<'n> {
    pub nodes: Vec<Node<'n>>,
    pub edges: Vec<Edge<'n>>,
}

impl<'n> Records<'n> {
    /// Reads a network.
    ///
    /// # Errors
    /// Blocs of another network.
    pub fn new(network: &'n Network, blocs: Option<&Blocs>) -> Result<Self> {
        let graph = &network.graph;
        let order = nodes_in_order(network, blocs, "graph")?;
        let text = |value: &'n Option<String>| value.as_deref().map_or(Value::None, Value::Text);
        let node = |node: NodeIndex| {
            let actor = &graph[node];
            let cluster = blocs.map(|b| b.of[node.index()] + 1);
            let stability = blocs.and_then(|b| b.stability.get(node.index())).copied().filter(|s| s.is_finite());
            let values = [
                Value::Text(&actor.name),
                Value::Text(actor.kind.as_str()),
                text(&actor.code),
                text(&actor.affiliation),
                cluster.map_or(Value::None, |c| Value::Count(c as i64)),
                // As in the table of nodes: three digits.
                stability.map_or(Value::None, |s| Value::Number((s * 1000.0).round() / 1000.0)),
                Value::Count(i64::from(actor.statements)),
            ];
            Node { id: &actor.name, cluster, values }
        };
        let name = |node: NodeIndex| graph[node].name.as_str();
        let edge = |e: EdgeReference<'n, Tie>| {
            let tie = e.weight();
            let date = |d: Option<jiff::civil::Date>| d.map_or(Value::None, |d| Value::Owned(d.to_string()));
            let count = |n: u32| Value::Count(i64::from(n));
            let words = quote(network, tie);
            let values = [
                Value::Text(tie.relation.as_str()),
                Value::Count(i64::from(tie.relation.sign())),
                Value::Number(tie.weight()),
                count(tie.statements),
                count(tie.documents),
                count(tie.hedged),
                count(tie.withheld),
                if tie.matters.is_empty() { Value::None } else { Value::Owned(tie.matters.join(";")) },
                date(tie.first),
                date(tie.last),
                if words.is_empty() { Value::None } else { Value::Text(words) },
            ];
            Edge {
                source: name(e.source()),
                target: name(e.target()),
                relation: tie.relation.as_str(),
                sign: tie.relation.sign(),
                values,
            }
        };
        Ok(Self {
            nodes: order.into_iter().map(node).collect(),
            edges: edges_in_order(network).into_iter().map(edge).collect(),
        })
    }
}
