//! Two forms of JSON: node-link, and the elements of Cytoscape.js.
//!
//! In: records. Out: JSON, keys in the order of the records. Never here: attributes that are not known, which are left
//! out.

use super::super::records::{Edge, Node, Records, Value};
use super::fields::{Each, Fields, NAME, Name, written};
use crate::Result;
use serde::Serialize;

/// Node-link, as networkx 3.4 and later reads it (`edges`, and a `key` for each of several edges between two nodes).
pub fn node_link(records: &Records) -> Result<String> {
    #[derive(Serialize)]
    struct Graph<N, E> {
        directed: bool,
        multigraph: bool,
        graph: Name,
        nodes: N,
        edges: E,
    }
    written(&Graph {
        directed: records.directed,
        multigraph: true,
        graph: NAME,
        nodes: Each(|| {
            records.nodes().map(|node| {
                let head = vec![("id", Value::Text(node.id))];
                Fields::of_node(node, head)
            })
        }),
        edges: Each(|| {
            records.edges().map(|edge| {
                let head = ends(&edge);
                Fields::of_edge(edge, head)
            })
        }),
    })
}

/// The elements of Cytoscape.js, which Cytoscape reads too.
pub fn cytoscape(records: &Records) -> Result<String> {
    #[derive(Serialize)]
    struct Elements<N, E> {
        nodes: N,
        edges: E,
    }
    #[derive(Serialize)]
    struct Graph<N, E> {
        data: Name,
        directed: bool,
        multigraph: bool,
        elements: Elements<N, E>,
    }
    written(&Graph {
        data: NAME,
        directed: records.directed,
        multigraph: true,
        elements: Elements {
            nodes: Each(|| records.nodes().map(Element::of_node)),
            edges: Each(|| records.edges().enumerate().map(Element::of_edge)),
        },
    })
}

fn ends<'n>(edge: &Edge<'n>) -> Vec<(&'static str, Value<'n>)> {
    let Edge { source, target, relation, .. } = *edge;
    vec![("source", Value::Text(source)), ("target", Value::Text(target)), ("key", Value::Text(relation))]
}

#[derive(Serialize)]
struct Element<'n> {
    data: Fields<'n>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<Position>,
}

#[derive(Serialize)]
struct Position {
    x: f64,
    y: f64,
}

impl<'n> Element<'n> {
    fn of_node(node: Node<'n>) -> Self {
        let head = ["id", "name", "value"].map(|key| (key, Value::Text(node.id))).to_vec();
        let position = node.look.and_then(|look| look.at).map(|[x, y]| Position { x, y });
        Self { data: Fields::of_node(node, head), position }
    }

    /// Elements share one space of ids, and an actor could be called like a number.
    fn of_edge((index, edge): (usize, Edge<'n>)) -> Self {
        let Edge { source, target, relation, .. } = edge;
        let id = format!("edge {}: {source} {relation} {target}", index + 1);
        let mut head = vec![("id", Value::Owned(id))];
        head.extend(ends(&edge));
        head.push(("interaction", Value::Text(relation)));
        Self { data: Fields::of_edge(edge, head), position: None }
    }
}
