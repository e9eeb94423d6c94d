//! GEXF 1.3 (Gexf Working Group, gexf.net).
//!
//! In: records. Out: a graph with typed attributes; colours, sizes and places where they are known; ties that
//! have dates last from the first to the last, so that Gephi's timeline shows when they were there. Never here: an edge
//! attribute called `kind` or `weight`, which are the edge's own.
//!
//! Gephi sums parallel edges of one `kind`, so that a tie's kind is its relation. Its y grows upward.

use super::super::records::{EDGE, NODE, Records, Type, Value};
use super::super::{Look, colour_of};
use super::xml::{escape, value};
use crate::Result;
use std::fmt::Write;

/// The document.
pub fn write(records: &Records) -> Result<String> {
    let dated = records.edges().any(|edge| edge.days.is_some());
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n\
         <meta>\n<creator>stancenet</creator>\n<description>Who supports, opposes and invites whom</description>\n</meta>\n",
    );
    let time = if dated { "mode=\"dynamic\" timeformat=\"date\"" } else { "mode=\"static\"" };
    let direction = if records.directed { "directed" } else { "undirected" };
    let _ = writeln!(out, "<graph defaultedgetype=\"{direction}\" {time}>");
    declare(&mut out, "node", &NODE);
    declare(&mut out, "edge", &EDGE);
    let _ = writeln!(out, "<nodes count=\"{}\">", records.node_count());
    for node in records.nodes() {
        let id = escape(node.id, "name")?;
        let _ = writeln!(out, "<node id=\"{id}\" label=\"{id}\">");
        values(&mut out, &NODE, &node.values)?;
        if let Some(look) = node.look {
            dress(&mut out, look);
        }
        out.push_str("</node>\n");
    }
    let _ = writeln!(out, "</nodes>\n<edges count=\"{}\">", records.edge_count());
    for (i, edge) in records.edges().enumerate() {
        let relation = edge.relation;
        let _ = write!(
            out,
            "<edge id=\"{i}\" source=\"{}\" target=\"{}\" kind=\"{relation}\" label=\"{relation}\" weight=\"{:?}\"",
            escape(edge.source, "name")?,
            escape(edge.target, "name")?,
            edge.weight
        );
        if let Some((first, last)) = edge.days {
            let _ = write!(out, " start=\"{first}\" end=\"{last}\"");
        }
        out.push_str(">\n");
        values(&mut out, &EDGE, &edge.values)?;
        colour(&mut out, colour_of(edge.sign));
        out.push_str("</edge>\n");
    }
    out.push_str("</edges>\n</graph>\n</gexf>\n");
    Ok(out)
}

fn declare(out: &mut String, of: &str, keys: &[(&str, Type)]) {
    let _ = writeln!(out, "<attributes class=\"{of}\">");
    for (name, holds) in keys.iter().filter(|(name, _)| kept(name)) {
        let holds = match holds {
            Type::Text => "string",
            Type::Count => "long",
            Type::Number => "double",
        };
        let _ = writeln!(out, "<attribute id=\"{name}\" title=\"{name}\" type=\"{holds}\"/>");
    }
    out.push_str("</attributes>\n");
}

fn values(out: &mut String, keys: &[(&str, Type)], values: &[Value]) -> Result<()> {
    out.push_str("<attvalues>\n");
    for ((name, _), known) in keys.iter().zip(values).filter(|((name, _), _)| kept(name)) {
        if let Some(text) = known.written() {
            let _ = writeln!(out, "<attvalue for=\"{name}\" value=\"{}\"/>", value(&text, name)?);
        }
    }
    out.push_str("</attvalues>\n");
    Ok(())
}

/// Label and weight are attributes of the elements themselves.
fn kept(name: &str) -> bool {
    name != "label" && name != "weight"
}

fn dress(out: &mut String, look: Look) {
    if let Some([x, y]) = look.at {
        let _ = writeln!(out, "<viz:position x=\"{x:?}\" y=\"{:?}\" z=\"0.0\"/>", 0.0 - y);
    }
    let _ = writeln!(out, "<viz:size value=\"{:?}\"/>", look.radius);
    colour(out, look.colour);
}

fn colour(out: &mut String, [r, g, b]: [u8; 3]) {
    let _ = writeln!(out, "<viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>");
}
