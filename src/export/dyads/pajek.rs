//! Pajek (Batagelj and Mrvar): networks (.net) and partitions (.clu).
//!
//! In: dyads, or the number of each node's bloc. Out: text. Never here: several relations.
//!
//! A label cannot hold `"`, a line end, or, for some readers, a backslash. As Pajek itself does for letters that it lacks,
//! these and control characters are written as `&#N;` with their number in Unicode, as is an `&` before a `#`.

use super::Dyads;
use std::fmt::Write;

/// The network. Places are shares of a square from 0 to 1, as Pajek draws it.
pub fn network(dyads: &Dyads) -> String {
    let n = dyads.names.len();
    let mut out = match dyads.rows {
        Some(rows) => format!("*Vertices {n} {rows}\n"),
        None => format!("*Vertices {n}\n"),
    };
    let places = scaled(&dyads.places);
    for (i, name) in dyads.names.iter().enumerate() {
        let _ = write!(out, "{} \"{}\"", i + 1, label(name));
        if let Some([x, y]) = places.get(i) {
            let _ = write!(out, " {x:.4} {y:.4}");
        }
        out.push('\n');
    }
    out.push_str(if dyads.directed { "*Arcs\n" } else { "*Edges\n" });
    for (from, to, value) in &dyads.values {
        let _ = writeln!(out, "{} {} {value:?}", from + 1, to + 1);
    }
    out
}

/// The partition: a number for each node.
pub fn partition(numbers: impl Iterator<Item = usize>) -> String {
    let numbers: Vec<String> = numbers.map(|number| format!("{number}\n")).collect();
    format!("*Vertices {}\n{}", numbers.len(), numbers.concat())
}

/// A label, without its quotes.
fn label(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        if matches!(c, '"' | '\\') || c.is_control() || (c == '&' && rest.peek() == Some(&'#')) {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Places, as large as the square and in its middle.
fn scaled(places: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let range = |axis: usize| {
        let values = places.iter().map(|p| p[axis]);
        let (low, high) = (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max));
        ((low + high) / 2.0, high - low)
    };
    let ((x, width), (y, height)) = (range(0), range(1));
    let largest = width.max(height);
    let share = |value: f64, middle: f64| {
        let share = if largest > 0.0 { 0.5 + 0.9 * (value - middle) / largest } else { 0.5 };
        if share.is_finite() { share } else { 0.5 }
    };
    places.iter().map(|p| [share(p[0], x), share(p[1], y)]).collect()
}
