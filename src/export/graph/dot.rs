//! DOT, for Graphviz.
//!
//! In: records. Out: a digraph whose blocs are clusters, with lines that tell relations apart without colour. Never here:
//! places, which Graphviz chooses.

use super::records::{EDGE, NODE, Records, Type, Value};
use crate::Result;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The document.
pub fn write(records: &Records) -> Result<String> {
    let mut out = String::from("digraph stancenet {\n");
    let mut blocs: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (i, node) in records.nodes.iter().enumerate() {
        blocs.entry(node.cluster).or_default().push(i);
    }
    for (bloc, members) in blocs {
        let cluster = bloc.filter(|_| members.len() > 1);
        if let Some(number) = cluster {
            let _ = writeln!(out, "  subgraph cluster_{number} {{\n    label=\"Bloc {number}\";");
        }
        for i in members {
            let node = &records.nodes[i];
            let _ = writeln!(out, "    {} [{}];", quoted(node.id), attributes(&NODE, &node.values, &[]));
        }
        if cluster.is_some() {
            out.push_str("  }\n");
        }
    }
    for edge in &records.edges {
        let look: &[(&str, &str)] = match edge.sign {
            1 => &[("color", "#00846B")],
            -1 => &[("color", "#D1471F"), ("arrowhead", "tee")],
            _ => &[("color", "#2F6FB5"), ("arrowhead", "open"), ("style", "dashed")],
        };
        let _ = writeln!(
            out,
            "  {} -> {} [{}];",
            quoted(edge.source),
            quoted(edge.target),
            attributes(&EDGE, &edge.values, look)
        );
    }
    out.push_str("}\n");
    Ok(out)
}

fn attributes(keys: &[(&str, Type)], values: &[Value], look: &[(&str, &str)]) -> String {
    let known = keys.iter().zip(values).filter_map(|((name, _), value)| {
        // Graphviz takes weight for how short an edge should be: whole numbers from 0.
        let name = if *name == "weight" { "statement_weight" } else { name };
        let value = match value {
            Value::Text(text) => quoted(text),
            Value::Owned(text) => quoted(text),
            Value::Count(n) => n.to_string(),
            Value::Number(x) => format!("{x:?}"),
            Value::None => return None,
        };
        Some(format!("{name}={value}"))
    });
    let look = look.iter().map(|(name, value)| format!("{name}=\"{value}\""));
    known.chain(look).collect::<Vec<_>>().join(", ")
}

/// A quoted string. A backslash is doubled, since Graphviz reads escapes in labels.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            '\0' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
