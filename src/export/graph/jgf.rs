//! JSON Graph Format, version 2 (jsongraphformat.info).
//!
//! In: records. Out: one graph; attributes are `metadata`. Never here: keys that its schema does not know.

use super::super::records::{Edge, Node, Records};
use super::fields::{Each, Fields, written};
use crate::Result;
use serde::ser::{Serialize, Serializer};

/// The document.
pub fn write(records: &Records) -> Result<String> {
    #[derive(serde::Serialize)]
    struct Graph<N, E> {
        id: &'static str,
        label: &'static str,
        directed: bool,
        nodes: N,
        edges: E,
    }
    #[derive(serde::Serialize)]
    struct File<N, E> {
        graph: Graph<N, E>,
    }
    written(&File {
        graph: Graph {
            id: "stancenet",
            label: "Who supports, opposes and invites whom",
            directed: records.directed,
            nodes: ById(records),
            edges: Each(|| records.edges().map(|edge| Tie::new(edge, records.directed))),
        },
    })
}

/// The nodes as an object, since their ids are its keys.
struct ById<'r, 'n>(&'r Records<'n>);

impl Serialize for ById<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.nodes().map(|node| (node.id, Actor::new(node))))
    }
}

#[derive(serde::Serialize)]
struct Actor<'n> {
    label: &'n str,
    metadata: Fields<'n>,
}

impl<'n> Actor<'n> {
    fn new(node: Node<'n>) -> Self {
        Self { label: node.id, metadata: Fields::of_node(node, Vec::new()) }
    }
}

#[derive(serde::Serialize)]
struct Tie<'n> {
    source: &'n str,
    target: &'n str,
    relation: &'static str,
    directed: bool,
    metadata: Fields<'n>,
}

impl<'n> Tie<'n> {
    fn new(edge: Edge<'n>, directed: bool) -> Self {
        let Edge { source, target, relation, .. } = edge;
        Self { source, target, relation, directed, metadata: Fields::of_edge(edge, Vec::new()) }
    }
}
