//! DOT, for Graphviz.
//!
//! In: records. Out: a graph whose blocs are clusters, with lines that tell relations apart without colour. Never here:
//! places, which Graphviz chooses.
//!
//! In quoted strings Graphviz itself knows but `\"`; the other escapes are read where a label is drawn. So a name is its
//! text with `\\`, `\n` and `\r` for backslash and line ends, wherever it stands.

use super::super::records::{EDGE, NODE, Node, Records, Type, Value};
use super::super::{colour_of, refused};
use crate::Result;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The document.
pub fn write(records: &Records) -> Result<String> {
    let (head, arrow) = if records.directed { ("digraph", "->") } else { ("graph", "--") };
    let mut out = format!("{head} stancenet {{\n");
    let mut blocs: BTreeMap<Option<usize>, Vec<Node>> = BTreeMap::new();
    for node in records.nodes() {
        blocs.entry(node.cluster).or_default().push(node);
    }
    for (bloc, members) in blocs {
        let cluster = bloc.filter(|_| members.len() > 1);
        if let Some(number) = cluster {
            let _ = writeln!(out, "  subgraph cluster_{number} {{\n    label=\"Bloc {number}\";");
        }
        for node in members {
            let attributes = attributes(&NODE, &node.values)?;
            let _ = writeln!(out, "    {} [{attributes}];", quoted(node.id, "name")?);
        }
        if cluster.is_some() {
            out.push_str("  }\n");
        }
    }
    for edge in records.edges() {
        let look = match (edge.sign, records.directed) {
            (1, _) => "",
            (-1, true) => ", arrowhead=\"tee\"",
            (-1, false) => ", style=\"dashed\"",
            (_, true) => ", arrowhead=\"open\", style=\"dashed\"",
            (_, false) => ", style=\"dotted\"",
        };
        let [r, g, b] = colour_of(edge.sign);
        let _ = writeln!(
            out,
            "  {} {arrow} {} [{}, color=\"#{r:02X}{g:02X}{b:02X}\"{look}];",
            quoted(edge.source, "name")?,
            quoted(edge.target, "name")?,
            attributes(&EDGE, &edge.values)?
        );
    }
    out.push_str("}\n");
    Ok(out)
}

fn attributes(keys: &[(&str, Type)], values: &[Value]) -> Result<String> {
    let mut all = Vec::new();
    for ((name, _), value) in keys.iter().zip(values) {
        let value = match value {
            Value::Text(text) if *name == "label" => quoted(&label(text), name)?,
            Value::Text(text) if *name == "quote" => quoted(&text.replace('\0', "\u{FFFD}"), name)?,
            Value::Text(text) => quoted(text, name)?,
            Value::Owned(text) => quoted(text, name)?,
            value => match value.written() {
                Some(number) => number.into_owned(),
                None => continue,
            },
        };
        // Graphviz takes weight for how short an edge should be: whole numbers from 0.
        let name = if *name == "weight" { "statement_weight" } else { name };
        all.push(format!("{name}={value}"));
    }
    Ok(all.join(", "))
}

/// A label in which no `&` begins what Graphviz draws as one character.
fn label(text: &str) -> Cow<'_, str> {
    let entity = |rest: &str| rest.split_once(';').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '));
    if !text.split('&').skip(1).any(entity) {
        return text.into();
    }
    text.replace('&', "&amp;").into()
}

/// A quoted string.
fn quoted(text: &str, what: &str) -> Result<String> {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\0' => return Err(refused(what, text, c, "DOT")),
            c => out.push(c),
        }
    }
    out.push('"');
    Ok(out)
}
