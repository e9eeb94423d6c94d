//! UCINET DL (Borgatti, Everett and Freeman), as an edge list.
//!
//! In: dyads. Out: text. Never here: several relations.
//!
//! Labels stand by themselves, so that actors without ties are kept, and ties name nodes by number. A label cannot hold
//! white space, commas or quotes: spaces are written as `_`, and `_`, `%`, colons, semicolons, quotes and commas, control
//! characters and other white space as `%` with the hexadecimal numbers of their bytes, as in web addresses. (Undone with
//! `urllib.parse.unquote(label.replace("_", " "))`.)

use super::Dyads;
use std::fmt::Write;

/// The document.
pub fn write(dyads: &Dyads) -> String {
    let mut out = format!("dl n={}\nformat = edgelist1\nlabels:\n", dyads.names.len());
    for name in &dyads.names {
        out.push_str(&label(name));
        out.push('\n');
    }
    out.push_str("data:\n");
    for (from, to, value) in &dyads.values {
        let _ = writeln!(out, "{} {} {value:?}", from + 1, to + 1);
        if !dyads.directed && from != to {
            // Edge lists of DL have a direction.
            let _ = writeln!(out, "{} {} {value:?}", to + 1, from + 1);
        }
    }
    out
}

fn label(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c == ' ' {
            out.push('_');
        } else if matches!(c, '_' | '%' | ',' | ';' | ':' | '"' | '\'') || c.is_whitespace() || c.is_control() {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}
