//! What is worth knowing of a document when its text is gone: where it came from, and the words around its quotes.
//!
//! In: documents, and where their quotes stand. Out: [`Card`]s. Never here: statements.

use super::Document;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;

/// So many bytes on each side of a quote are kept at most.
const AROUND: usize = 280;

/// Cards of documents, by their ids.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    cards: BTreeMap<String, Card>,
}

/// One document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Day of publication.
    pub date: Option<Date>,
    /// The headline.
    pub title: Option<String>,
    /// Where it was published, as a link.
    pub url: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    around: BTreeMap<(usize, usize), (String, String)>,
}

impl Shelf {
    /// Keeps what is known of the document, and what stands around the spans, which are bytes of its text.
    pub fn put(&mut self, document: &Document, spans: impl Iterator<Item = (usize, usize)>) {
        let card = self.cards.entry(document.id.clone()).or_insert_with(|| Card {
            date: document.date,
            title: document.title().map(str::to_owned),
            url: document.url.clone(),
            publisher: document.publisher.clone(),
            around: BTreeMap::new(),
        });
        for (start, end) in spans {
            if let Some(around) = around(&document.text, start..end) {
                card.around.insert((start, end), around);
            }
        }
    }

    /// The card of a document.
    pub fn get(&self, document: &str) -> Option<&Card> {
        self.cards.get(document)
    }
}

impl Card {
    /// The words before and after a quote in its paragraph; none where the text was not there.
    pub fn around(&self, span: Option<(usize, usize)>) -> (&str, &str) {
        let found = span.and_then(|span| self.around.get(&span));
        found.map_or(("", ""), |(before, after)| (before, after))
    }
}

/// The paragraph around a span, cut between words where it is long.
fn around(text: &str, span: Range<usize>) -> Option<(String, String)> {
    let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
    let before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let after = &after[..after.find('\n').unwrap_or(after.len())];
    let mut from = before.len().saturating_sub(AROUND);
    if from > 0 {
        while !before.is_char_boundary(from) {
            from += 1;
        }
        from += before[from..].find(char::is_whitespace).unwrap_or(0);
    }
    let mut to = after.len();
    if to > AROUND {
        to = AROUND;
        while !after.is_char_boundary(to) {
            to -= 1;
        }
        to = after[..to].rfind(char::is_whitespace).unwrap_or(to);
    }
    let cut = |cut: bool| if cut { "…" } else { "" };
    Some((format!("{}{}", cut(from > 0), &before[from..]), format!("{}{}", &after[..to], cut(to < after.len()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_stands_in_its_paragraph() {
        let text = "Head\n\nOne said that they oppose it, and left.\nMore.";
        let start = text.find("they").unwrap();
        let end = start + "they oppose it".len();
        assert_eq!(around(text, start..end), Some(("One said that ".to_owned(), ", and left.".to_owned())));
        assert_eq!(around(text, 0..500), None);
        assert_eq!(around("é", 1..1), None, "inside a letter");
    }

    #[test]
    fn long_paragraphs_are_cut_between_words() {
        let text = format!("{}QUOTE{}", "wörd ".repeat(200), " wörd".repeat(200));
        let start = text.find("QUOTE").unwrap();
        let (before, after) = around(&text, start..start + 5).unwrap();
        assert!(before.starts_with("… wörd") && before.ends_with("wörd ") && before.len() < AROUND + 8, "{before}");
        assert!(after.starts_with(" wörd") && after.ends_with("wörd…") && after.len() < AROUND + 8, "{after}");
    }
}
