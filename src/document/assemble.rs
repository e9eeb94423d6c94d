//! The parts of an article, put together the way every reader must.
//!
//! In: title, body and what is known about an article, from any reader. Out: a [`Document`] whose text is the
//! headline, a blank line, and the body.
//! Never here: changes of wording or spelling. Line ends become `\n`, control characters go, blanks around the
//! text and within the title are tidied, and that is all.

use jiff::civil::Date;

use super::Document;

/// What a reader found out about one article.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) body: String,
    pub(super) date: Option<Date>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
}

impl Parts {
    /// The document, called `default_id` unless it has an id of its own; `None` when it has no words.
    pub(super) fn document(self, default_id: &str, file: &str) -> Option<Document> {
        let title = one_line(self.title.as_deref().unwrap_or_default());
        let body = without_title(self.body.trim(), &title);
        let text = match (title.is_empty(), body.is_empty()) {
            (true, _) => body.to_owned(),
            (false, true) => title.clone(),
            (false, false) => format!("{title}\n\n{body}"),
        };
        let filled = |value: Option<String>| value.map(|v| one_line(&v)).filter(|v| !v.is_empty());
        has_words(&text).then(|| Document {
            id: filled(self.id).unwrap_or_else(|| default_id.to_owned()),
            date: self.date,
            headline: title.len(),
            text,
            url: filled(self.url),
            publisher: filled(self.publisher),
            file: file.to_owned(),
        })
    }
}

/// `body` without its first line where that is the title once more.
fn without_title<'a>(body: &'a str, title: &str) -> &'a str {
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    if !title.is_empty() && first.split_whitespace().eq(title.split_whitespace()) { rest.trim_start() } else { body }
}

/// `text` with every run of blanks as one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether there is a letter or a digit in `text`.
pub(super) fn has_words(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// `text` with `\n` as its only line end and without control characters other than that and the tab.
pub(crate) fn clean(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            // Form feeds and vertical tabs part words, too.
            '\r' | '\u{b}' | '\u{c}' => cleaned.push('\n'),
            '\n' | '\t' => cleaned.push(c),
            _ if c.is_ascii_control() => {}
            _ => cleaned.push(c),
        }
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(title: &str, body: &str) -> String {
        let parts = Parts { title: Some(title.into()), body: body.into(), ..Parts::default() };
        parts.document("id", "f").map_or(String::new(), |d| d.text)
    }

    #[test]
    fn a_title_is_put_first_and_only_once() {
        assert_eq!(text(" Ministers\n met ", "\nThey talked.\n"), "Ministers met\n\nThey talked.");
        assert_eq!(text("Ministers met", "Ministers  met\n\nThey talked."), "Ministers met\n\nThey talked.");
        assert_eq!(text("Ministers met", "Ministers met in Rome."), "Ministers met\n\nMinisters met in Rome.");
        assert_eq!(text("Ministers met", ""), "Ministers met");
        assert_eq!(text("", "They talked."), "They talked.");
        assert_eq!(text(" ", "--- !\n"), "");
    }

    #[test]
    fn line_ends_and_control_characters() {
        assert_eq!(clean("\u{feff}a\r\nb\rc\td\u{0}e\u{1b}[0m\u{c}f\u{7f}"), "a\nb\nc\tde[0m\nf");
    }

    proptest! {
        #[test]
        fn the_headline_is_a_whole_piece_of_the_text(title in "(\\PC|\n){0,20}", body in "(\\PC|\n){0,40}") {
            let parts = Parts { title: Some(title), body, ..Parts::default() };
            if let Some(document) = parts.document("id", "f") {
                let headline = document.text.get(..document.headline).unwrap();
                prop_assert!(document.text.len() == headline.len() || headline.is_empty() || document.text[headline.len()..].starts_with("\n\n"));
            }
        }
    }
}
