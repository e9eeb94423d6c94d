//! Nodes and edges with their attributes, typed, in the order in which they are written.
//!
//! In: a network, its blocs and looks where there are any; or a matrix. Out: [`Records`], which makes one node or edge after
//! the other. Never here: a format.

use super::{Look, matrix};
use crate::clusters::Blocs;
use crate::network::{Matrix, Network, Tie, Ties};
use crate::statement::{Kind, Relation, Statement};
use crate::{Error, Result};
use petgraph::Direction;
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

impl Value<'_> {
    /// As it is written; `None` where nothing is known. What may hold a fraction always has a decimal point.
    pub fn written(&self) -> Option<std::borrow::Cow<'_, str>> {
        match self {
            Value::Text(text) => Some((*text).into()),
            Value::Owned(text) => Some(text.as_str().into()),
            Value::Count(n) => Some(n.to_string().into()),
            Value::Number(x) => Some(format!("{x:?}").into()),
            Value::None => None,
        }
    }
}

/// What a column of attributes holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    Count,
    Number,
}

/// Attributes of nodes: their names and types, in the order of [`Node::values`].
pub const NODE: [(&str, Type); 13] = [
    ("label", Type::Text),
    ("kind", Type::Text),
    ("code", Type::Text),
    ("affiliation", Type::Text),
    ("cluster", Type::Count),
    ("cluster_stability", Type::Number),
    ("statements", Type::Count),
    ("support_in", Type::Count),
    ("support_out", Type::Count),
    ("oppose_in", Type::Count),
    ("oppose_out", Type::Count),
    ("invite_in", Type::Count),
    ("invite_out", Type::Count),
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
    pub look: Option<Look>,
    pub values: [Value<'n>; NODE.len()],
}

/// A tie.
pub struct Edge<'n> {
    /// The nodes by their places among [`Records::nodes`].
    pub from: usize,
    pub to: usize,
    pub source: &'n str,
    pub target: &'n str,
    pub relation: &'static str,
    pub sign: i8,
    pub weight: f64,
    /// Days of the first and the last statement.
    pub days: Option<(jiff::civil::Date, jiff::civil::Date)>,
    pub values: [Value<'n>; EDGE.len()],
}

/// A network as lists.
pub struct Records<'n> {
    /// Whether edges have a direction.
    pub directed: bool,
    source: Source<'n>,
}

enum Source<'n> {
    Actors(Actors<'n>),
    Cells(Cells<'n>),
}

/// Actors and their ties.
struct Actors<'n> {
    network: &'n Network,
    blocs: Option<&'n Blocs>,
    looks: &'n [Look],
    /// Nodes by name.
    order: Vec<NodeIndex>,
    /// The place of each node in `order`.
    place: Vec<usize>,
}

/// Rows and columns, and the cells between them.
struct Cells<'n> {
    matrix: &'n Matrix,
    ties: Option<Ties>,
    names: Vec<&'n str>,
    /// Where the columns begin among the names.
    columns: usize,
}

impl<'n> Records<'n> {
    /// Reads a network. `looks` are one a node by index, or none.
    ///
    /// # Errors
    /// Blocs or looks of another network.
    pub fn new(network: &'n Network, blocs: Option<&'n Blocs>, looks: &'n [Look]) -> Result<Self> {
        let graph = &network.graph;
        let n = graph.node_count();
        if blocs.is_some_and(|b| b.of.len() != n) || !(looks.is_empty() || looks.len() == n) {
            return Err(Error::input("network", "the blocs are of another network: find them again for this one"));
        }
        let mut order: Vec<NodeIndex> = graph.node_indices().collect();
        order.sort_by_key(|node| &graph[*node].name);
        let mut place = vec![0; n];
        order.iter().enumerate().for_each(|(at, node)| place[node.index()] = at);
        Ok(Self { directed: true, source: Source::Actors(Actors { network, blocs, looks, order, place }) })
    }

    /// Reads a matrix. `ties` is what its cells tell; `None` for all evidence added up.
    ///
    /// # Errors
    /// A name of a row and a column of a two-mode matrix.
    pub fn of_matrix(matrix: &'n Matrix, ties: Option<Ties>) -> Result<Self> {
        let (names, columns) = matrix::names(matrix, ties)?;
        Ok(Self { directed: false, source: Source::Cells(Cells { matrix, ties, names, columns }) })
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        match &self.source {
            Source::Actors(actors) => actors.order.len(),
            Source::Cells(cells) => cells.names.len(),
        }
    }

    /// How many edges there are.
    pub fn edge_count(&self) -> usize {
        match &self.source {
            Source::Actors(actors) => actors.network.graph.edge_count(),
            Source::Cells(cells) => cells.matrix.cells.iter().map(Vec::len).sum(),
        }
    }

    /// The nodes: actors by name; rows, and the columns of a two-mode matrix after them.
    pub fn nodes(&self) -> Box<dyn Iterator<Item = Node<'n>> + '_> {
        match &self.source {
            Source::Actors(actors) => Box::new(actors.order.iter().map(|node| actors.node(*node))),
            Source::Cells(cells) => Box::new((0..cells.names.len()).map(|at| cells.node(at))),
        }
    }

    /// The edges: ties by source, relation and target; cells by row and column.
    pub fn edges(&self) -> Box<dyn Iterator<Item = Edge<'n>> + '_> {
        match &self.source {
            Source::Actors(actors) => Box::new(actors.edges()),
            Source::Cells(cells) => {
                let of_row = move |(row, values): (usize, &'n Vec<(u32, f64)>)| {
                    values.iter().map(move |(column, value)| cells.edge(row, *column as usize, *value))
                };
                Box::new(cells.matrix.cells.iter().enumerate().flat_map(of_row))
            }
        }
    }
}

impl<'n> Cells<'n> {
    fn node(&self, at: usize) -> Node<'n> {
        let mut values = [const { Value::None }; NODE.len()];
        values[0] = Value::Text(self.names[at]);
        if self.columns > 0 && at >= self.columns {
            values[1] = Value::Text(Kind::Matter.as_str());
        }
        Node { id: self.names[at], cluster: None, look: None, values }
    }

    fn edge(&self, row: usize, column: usize, value: f64) -> Edge<'n> {
        let (from, to) = (row, self.columns + column);
        let (relation, sign, weight) = (matrix::relation(self.ties), matrix::sign(self.ties, value), value.abs());
        let mut values = [const { Value::None }; EDGE.len()];
        values[0] = Value::Text(relation);
        values[1] = Value::Count(i64::from(sign));
        values[2] = Value::Number(weight);
        let (source, target) = (self.names[from], self.names[to]);
        Edge { from, to, source, target, relation, sign, weight, days: None, values }
    }
}

impl<'n> Actors<'n> {
    fn edges(&self) -> impl Iterator<Item = Edge<'n>> + '_ {
        let key = |e: &EdgeReference<'n, Tie>| {
            let place = |node: NodeIndex| self.place[node.index()];
            (place(e.source()), e.weight().relation, place(e.target()))
        };
        let mut edges: Vec<_> = self.network.graph.edge_references().collect();
        edges.sort_by_key(key);
        edges.into_iter().map(|edge| self.edge(edge))
    }

    fn node(&self, node: NodeIndex) -> Node<'n> {
        let (network, at) = (self.network, node.index());
        let actor = &network.graph[node];
        let text = |value: &'n Option<String>| value.as_deref().map_or(Value::None, Value::Text);
        let cluster = self.blocs.map(|b| b.of[at] + 1);
        let stability = self.blocs.and_then(|b| b.stability.get(at)).copied().filter(|s| s.is_finite());
        let count = |relation: Relation, direction: Direction| {
            let ties = network.graph.edges_directed(node, direction).map(|e| e.weight());
            let of = ties.filter(|t| t.relation == relation);
            // An invitation that was not made counts for neither side.
            Value::Count(of.map(|t| i64::from(t.statements.saturating_sub(t.withheld))).sum())
        };
        let values = [
            Value::Text(&actor.name),
            Value::Text(actor.kind.as_str()),
            text(&actor.code),
            text(&actor.affiliation),
            cluster.map_or(Value::None, |c| Value::Count(c as i64)),
            // Three digits: there are rarely more than a thousand resamplings.
            stability.map_or(Value::None, |s| Value::Number((s * 1000.0).round() / 1000.0)),
            Value::Count(i64::from(actor.statements)),
            count(Relation::Support, Direction::Incoming),
            count(Relation::Support, Direction::Outgoing),
            count(Relation::Oppose, Direction::Incoming),
            count(Relation::Oppose, Direction::Outgoing),
            count(Relation::Invite, Direction::Incoming),
            count(Relation::Invite, Direction::Outgoing),
        ];
        Node { id: &actor.name, cluster, look: self.looks.get(at).copied(), values }
    }

    fn edge(&self, edge: EdgeReference<'n, Tie>) -> Edge<'n> {
        let network = self.network;
        let tie = edge.weight();
        let name = |node: NodeIndex| network.graph[node].name.as_str();
        let date = |d: Option<jiff::civil::Date>| d.map_or(Value::None, |d| Value::Owned(d.to_string()));
        let count = |n: u32| Value::Count(i64::from(n));
        let words = quote(network, tie);
        let weight = network.weight(edge.id());
        let values = [
            Value::Text(tie.relation.as_str()),
            Value::Count(i64::from(tie.relation.sign())),
            Value::Number(weight),
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
            from: self.place[edge.source().index()],
            to: self.place[edge.target().index()],
            source: name(edge.source()),
            target: name(edge.target()),
            relation: tie.relation.as_str(),
            sign: tie.relation.sign(),
            weight,
            days: tie.first.zip(tie.last),
            values,
        }
    }
}

/// The best evidence that has words, or a link in their place; empty where there is none.
fn quote<'n>(network: &'n Network, tie: &Tie) -> &'n str {
    let quotes = tie.evidence.iter().filter_map(|i| network.statements.get(*i)).map(Statement::evidence);
    quotes.into_iter().find(|q| !q.trim().is_empty()).unwrap_or_default()
}
