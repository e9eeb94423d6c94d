//! What XML can hold.
//!
//! In: text. Out: the same for content and attributes, or its name where XML has no way to write it. Never here: a format.

use super::super::refused;
use crate::Result;
use std::fmt::Write;

/// The value of an attribute. In a quote, which is nobody's name, what XML cannot hold is written as U+FFFD.
pub fn value(text: &str, what: &str) -> Result<String> {
    if what == "quote" && text.contains(impossible) {
        return escape(&text.replace(impossible, "\u{FFFD}"), what);
    }
    escape(text, what)
}

fn impossible(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Text for content and attributes; white space but for spaces is written as a reference, which readers keep.
///
/// # Errors
/// A character that XML cannot hold.
pub fn escape(text: &str, what: &str) -> Result<String> {
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
            c if impossible(c) => return Err(refused(what, text, c, "XML")),
            c => out.push(c),
        }
    }
    Ok(out)
}
