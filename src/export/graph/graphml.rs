//! GraphML (Brandes, Eiglsperger, Herman, Himsolt & Marshall 2002).
//!
//! In: records. Out: a directed graph with typed keys; nodes have `name` and `label`, edges `interaction`, as Cytoscape
//! looks for. Never here: an edge attribute called `id`, which igraph takes for its own.

use super::records::{EDGE, NODE, Records, Type, Value};
use crate::{Error, Result};
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
    out.push_str("<graph id=\"stancenet\" edgedefault=\"directed\">\n");
    for node in &records.nodes {
        let id = escape(node.id, "name")?;
        let _ = writeln!(out, "<node id=\"{id}\">");
        let _ = writeln!(out, "<data key=\"node_name\">{id}</data>");
        data(&mut out, "node", &NODE, &node.values)?;
        out.push_str("</node>\n");
    }
    for edge in &records.edges {
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
    for ((name, _), value) in keys.iter().zip(values) {
        let text = match value {
            Value::Text(text) => escape(text, name)?,
            Value::Owned(text) => escape(text, name)?,
            Value::Count(n) => n.to_string(),
            Value::Number(x) => format!("{x:?}"),
            Value::None => continue,
        };
        let _ = writeln!(out, "<data key=\"{of}_{name}\">{text}</data>");
    }
    Ok(())
}

/// Text for content and attributes; white space but for spaces is written as a reference, which readers keep.
fn escape(text: &str, what: &str) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                let short: String = text.chars().take(60).collect();
                let message = format!(
                    "the {what} {short:?} has the character U+{:04X}, which XML cannot hold: take it out, or use --format json",
                    u32::from(c)
                );
                return Err(Error::input("graphml", message));
            }
            c => out.push(c),
        }
    }
    Ok(out)
}
