//! GraphML (Brandes, Eiglsperger, Herman, Himsolt & Marshall 2002).
//!
//! In: records. Out: a graph with typed keys; nodes have `name` and `label`, edges `interaction`, as Cytoscape
//! looks for. Never here: an edge attribute called `id`, which igraph takes for its own.

use super::super::records::{EDGE, NODE, Records, Type, Value};
use super::xml::{escape, value};
use crate::Result;
use std::fmt::Write;

/// The document.
pub fn write(records: &Records) -> Result<String> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    key(&mut out, "node", "name", Type::Text);
    for (name, of) in NODE {
        key(&mut out, "node", name, of);
    }
    key(&mut out, "edge", "interaction", Type::Text);
    for (name, of) in EDGE {
        key(&mut out, "edge", name, of);
    }
    let direction = if records.directed { "directed" } else { "undirected" };
    let _ = writeln!(out, "<graph id=\"stancenet\" edgedefault=\"{direction}\">");
    for node in records.nodes() {
        let id = escape(node.id, "name")?;
        let _ = writeln!(out, "<node id=\"{id}\">\n<data key=\"node_name\">{id}</data>");
        data(&mut out, "node", &NODE, &node.values)?;
        out.push_str("</node>\n");
    }
    for edge in records.edges() {
        let (source, target) = (escape(edge.source, "name")?, escape(edge.target, "name")?);
        let _ = writeln!(out, "<edge source=\"{source}\" target=\"{target}\">");
        let _ = writeln!(out, "<data key=\"edge_interaction\">{}</data>", edge.relation);
        data(&mut out, "edge", &EDGE, &edge.values)?;
        out.push_str("</edge>\n");
    }
    out.push_str("</graph>\n</graphml>\n");
    Ok(out)
}

fn key(out: &mut String, of: &str, name: &str, holds: Type) {
    let holds = match holds {
        Type::Text => "string",
        Type::Count => "long",
        Type::Number => "double",
    };
    let _ = writeln!(out, "<key id=\"{of}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{holds}\"/>");
}

fn data(out: &mut String, of: &str, keys: &[(&str, Type)], values: &[Value]) -> Result<()> {
    for ((name, _), known) in keys.iter().zip(values) {
        if let Some(text) = known.written() {
            let _ = writeln!(out, "<data key=\"{of}_{name}\">{}</data>", value(&text, name)?);
        }
    }
    Ok(())
}
