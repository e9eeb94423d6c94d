//! Two forms of JSON: node-link, and the elements of Cytoscape.js.
//!
//! In: records. Out: JSON, keys in the order of the records. Never here: attributes that are not known, which are left
//! out.

use super::records::{EDGE, Edge, NODE, Node, Records, Type, Value};
use crate::{Error, Result};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// Node-link, as networkx 3.4 and later reads it (`edges`, and a `key` for each of several edges between two nodes).
pub fn node_link(records: &Records) -> Result<String> {
    #[derive(Serialize)]
    struct Graph<'a> {
        directed: bool,
        multigraph: bool,
        graph: std::collections::BTreeMap<&'a str, &'a str>,
        nodes: Vec<Fields<'a>>,
        edges: Vec<Fields<'a>>,
    }
    written(&Graph {
        directed: true,
        multigraph: true,
        graph: std::collections::BTreeMap::from([("name", "stancenet")]),
        nodes: records.nodes.iter().map(|n| of_node(n, vec![("id", n.id)])).collect(),
        edges: records.edges.iter().map(of_edge).collect(),
    })
}

/// The elements of Cytoscape.js, which Cytoscape reads too.
pub fn cytoscape(records: &Records) -> Result<String> {
    #[derive(Serialize)]
    struct Element<'a> {
        data: Fields<'a>,
    }
    #[derive(Serialize)]
    struct Elements<'a> {
        nodes: Vec<Element<'a>>,
        edges: Vec<Element<'a>>,
    }
    #[derive(Serialize)]
    struct Graph<'a> {
        data: std::collections::BTreeMap<&'a str, &'a str>,
        directed: bool,
        multigraph: bool,
        elements: Elements<'a>,
    }
    written(&Graph {
        data: std::collections::BTreeMap::from([("name", "stancenet")]),
        directed: true,
        multigraph: true,
        elements: Elements {
            nodes: records
                .nodes
                .iter()
                .map(|n| Element { data: of_node(n, vec![("id", n.id), ("name", n.id), ("value", n.id)]) })
                .collect(),
            edges: records.edges.iter().enumerate().map(|(i, e)| Element { data: element(i, e) }).collect(),
        },
    })
}

fn written(graph: &impl Serialize) -> Result<String> {
    let json = serde_json::to_string_pretty(graph);
    json.map(|json| json + "\n").map_err(|e| Error::input("json", e.to_string()))
}

struct Fields<'a> {
    id: Option<String>,
    head: Vec<(&'a str, &'a str)>,
    keys: &'a [(&'static str, Type)],
    values: &'a [Value<'a>],
}

fn of_node<'a>(node: &'a Node<'_>, head: Vec<(&'a str, &'a str)>) -> Fields<'a> {
    Fields { id: None, head, keys: &NODE, values: &node.values }
}

fn of_edge<'a>(edge: &'a Edge<'_>) -> Fields<'a> {
    let head = vec![("source", edge.source), ("target", edge.target), ("key", edge.relation)];
    Fields { id: None, head, keys: &EDGE, values: &edge.values }
}

/// Elements share one space of ids, and an actor could be called like a number.
fn element<'a>(index: usize, edge: &'a Edge<'_>) -> Fields<'a> {
    let mut fields = of_edge(edge);
    fields.id = Some(format!("edge {}: {} {} {}", index + 1, edge.source, edge.relation, edge.target));
    fields.head.push(("interaction", edge.relation));
    fields
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(id) = &self.id {
            map.serialize_entry("id", id)?;
        }
        for (key, value) in &self.head {
            map.serialize_entry(key, value)?;
        }
        for ((key, _), value) in self.keys.iter().zip(self.values) {
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
