//! Plain text.
//!
//! In: the text of a file. Out: its parts: lines such as `Title: …`, `Date: …`, `Source: …`, `URL: …` at the very top,
//! closed by a blank line, are taken out of the text; else the first line is the headline if it looks like one.
//! Never here: any change to the words.

use super::assemble::Parts;
use super::{dateline, dates};

/// A longer first line is a paragraph.
const HEADLINE: usize = 200;

/// The parts of a plain text.
pub(super) fn read(text: &str) -> Parts {
    let (mut parts, body) = labelled(text);
    if parts.title.is_none() {
        (parts.title, parts.body) = headline(body);
    } else {
        parts.body = body.to_owned();
    }
    parts.date = parts.date.or_else(|| dateline::find(&parts.body));
    parts
}

/// The headline of `text`, if its first line is one, and what follows it.
///
/// A headline stands before a blank line, is shorter than 200 characters, does not end as a sentence does, is no
/// date, and has text after it.
pub(super) fn headline(text: &str) -> (Option<String>, String) {
    let text = text.trim();
    let candidate = text.split_once('\n').filter(|(first, rest)| {
        let first = first.trim_end();
        rest.lines().next().is_some_and(|line| line.trim().is_empty())
            && first.chars().count() < HEADLINE
            && !first.ends_with(['.', '!', '?', '"', '”', '’', '»', ':', ';', ',', '…'])
            && first.contains(char::is_alphabetic)
            && !dateline::is_date_line(first)
    });
    match candidate {
        Some((first, rest)) => (Some(first.trim_end().to_owned()), rest.trim().to_owned()),
        None => (None, text.to_owned()),
    }
}

/// What the labelled lines at the top say, and the text after them; all of it when there are none.
fn labelled(text: &str) -> (Parts, &str) {
    let text = text.trim_start();
    let mut parts = Parts::default();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if line.trim().is_empty() {
            return (parts, after);
        }
        let labelled = line.split_once(':').filter(|(label, value)| parts.set(label, value));
        if labelled.is_none() {
            break;
        }
        rest = after;
    }
    (Parts::default(), text)
}

impl Parts {
    /// Notes what a labelled line or a field of front matter says; false when the label is not known.
    pub(super) fn set(&mut self, label: &str, value: &str) -> bool {
        let value = value.trim();
        let text = (!value.is_empty()).then(|| value.to_owned());
        match label.trim().to_lowercase().as_str() {
            "title" | "headline" => self.title = text,
            "date" | "published" => self.date = dates::parse(value),
            "source" | "publisher" | "outlet" => self.publisher = text,
            "url" | "link" => self.url = text,
            "id" => self.id = text,
            "author" | "authors" | "byline" => {}
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, title: Option<&str>, body: &str) {
        let parts = read(text);
        assert_eq!((parts.title.as_deref(), parts.body.as_str()), (title, body), "{text}");
    }

    #[test]
    fn the_first_line_is_the_headline_if_it_looks_like_one() {
        check("Ministers meet\n\nThey talked.", Some("Ministers meet"), "They talked.");
        check("\n\nMinisters meet  \n \n\n They talked.\n", Some("Ministers meet"), "They talked.");
        check("Ministers met.\n\nThey talked.", None, "Ministers met.\n\nThey talked.");
        check("\"We met\"\n\nThey talked.", None, "\"We met\"\n\nThey talked.");
        check("Ministers meet\nand talk\n\nMore.", None, "Ministers meet\nand talk\n\nMore.");
        check("Friday, January 4, 2019\n\nThey talked.", None, "Friday, January 4, 2019\n\nThey talked.");
        check("Ministers meet\n", None, "Ministers meet");
        let long = format!("{}\n\nMore.", "word ".repeat(50));
        check(&long, None, &long);
    }

    #[test]
    fn labelled_lines_at_the_top_are_taken_out() {
        let parts = read(
            "Title: Ministers meet\nDate: 9 June 2024\nSource: The Daily\nURL: https://a.example/1\n\nThey talked.",
        );
        assert_eq!(parts.title.as_deref(), Some("Ministers meet"));
        assert_eq!(parts.date, Some(date(2024, 6, 9)));
        assert_eq!(parts.publisher.as_deref(), Some("The Daily"));
        assert_eq!(parts.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(parts.body, "They talked.");
        let parts = read("Date: 2024-06-09\n\nMinisters meet\n\nThey talked.");
        assert_eq!((parts.title.as_deref(), parts.body.as_str()), (Some("Ministers meet"), "They talked."));
    }

    #[test]
    fn other_lines_with_a_colon_are_text() {
        check("Macron: no troops\n\nHe said so.", Some("Macron: no troops"), "He said so.");
        check("Date: 2024-06-09\nMacron said so.", None, "Date: 2024-06-09\nMacron said so.");
        assert_eq!(read("Date: 2024-06-09\nMacron said so.").date, Some(date(2024, 6, 9)));
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in "([A-Za-z:é.]{0,6}[ \n]){0,30}") {
            let parts = read(&text);
            if parts.title.is_none() && parts.url.is_none() && parts.body.len() < text.trim().len() {
                prop_assert!(text.contains(':'));
            }
            let _ = headline(&text);
        }
    }
}
