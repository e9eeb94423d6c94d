//! Records as JSON: what the three forms of it share.
//!
//! In: nodes and edges. Out: objects of attributes, and lists that are made while they are written. Never here: a format;
//! attributes that are not known, which are left out.

use super::super::records::{EDGE, Edge, NODE, Node, Value};
use crate::{Error, Result};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// The document.
pub fn written(graph: &impl Serialize) -> Result<String> {
    let json = serde_json::to_string_pretty(graph);
    json.map(|json| json + "\n").map_err(|e| Error::input("json", e.to_string()))
}

/// What the graph is called.
#[derive(Serialize)]
pub struct Name {
    pub name: &'static str,
}

/// What all our graphs are called.
pub const NAME: Name = Name { name: "stancenet" };

/// A list that is made while it is written.
pub struct Each<F>(pub F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Attributes by name, after what a format wants first.
pub struct Fields<'n> {
    head: Vec<(&'static str, Value<'n>)>,
    attributes: Vec<(&'static str, Value<'n>)>,
}

impl<'n> Fields<'n> {
    /// The attributes of a node.
    pub fn of_node(node: Node<'n>, head: Vec<(&'static str, Value<'n>)>) -> Self {
        Self { head, attributes: NODE.iter().map(|(name, _)| *name).zip(node.values).collect() }
    }

    /// The attributes of an edge.
    pub fn of_edge(edge: Edge<'n>, head: Vec<(&'static str, Value<'n>)>) -> Self {
        Self { head, attributes: EDGE.iter().map(|(name, _)| *name).zip(edge.values).collect() }
    }
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in self.head.iter().chain(&self.attributes) {
            match value {
                Value::Text(text) => map.serialize_entry(key, text)?,
                Value::Owned(text) => map.serialize_entry(key, text)?,
                Value::Count(n) => map.serialize_entry(key, n)?,
                Value::Number(x) => map.serialize_entry(key, x)?,
                Value::None => {}
            }
        }
        map.end()
    }
}
