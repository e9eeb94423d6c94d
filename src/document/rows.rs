//! Which column of a table is which, and one row of it as a document.
//!
//! In: a header (or an object's keys) and a row's values. Out: [`Columns`], and [`Row`] turned into a document.
//! Never here: how rows are written; `separated` and `jsonl` know that.

use super::assemble::{Parts, clean};
use super::read::stem;
use super::{Document, dateline, dates, plain};
use crate::{Error, Result};

const TEXT: &[&str] = &["text", "body", "content", "article"];
const ID: &[&str] = &["id"];
const TITLE: &[&str] = &["title", "headline"];
const DATE: &[&str] = &[
    "date",
    "published",
    "published_at",
    "published_on",
    "date_published",
    "datepublished",
    "published_date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "published_time",
    "pubdate",
    "pub_date",
];
const URL: &[&str] = &["url", "link"];
const PUBLISHER: &[&str] = &["publisher", "source", "outlet"];

/// Where a table keeps what we want of it: the number of each column, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Columns {
    text: Option<usize>,
    id: Option<usize>,
    title: Option<usize>,
    date: Option<usize>,
    url: Option<usize>,
    publisher: Option<usize>,
    coded: bool,
}

impl Columns {
    /// The columns with these names; case, blanks and hyphens make no difference. Of several names for one thing
    /// the first of its list counts, so that `text` wins over `content`.
    pub(super) fn of<S: AsRef<str>>(names: &[S]) -> Self {
        let names: Vec<String> = names.iter().map(|name| folded(name.as_ref())).collect();
        let find = |wanted: &[&str]| wanted.iter().find_map(|w| names.iter().position(|name| name == w));
        let has = |name: &str| find(&[name]).is_some();
        Self {
            text: find(TEXT),
            id: find(ID),
            title: find(TITLE),
            date: find(DATE),
            url: find(URL),
            publisher: find(PUBLISHER),
            // Statements, events, edges: their text column, if any, holds quotations.
            coded: has("target") && (has("holder") || has("source")) || has("statement_id"),
        }
    }

    /// Whether rows are articles.
    pub(super) fn holds_documents(&self) -> bool {
        self.text.is_some() && !self.coded
    }

    /// Whether rows are statements, events or edges.
    pub(super) fn is_coded(&self) -> bool {
        self.coded
    }

    /// Whether a line with these words is surely a header and not the start of an article.
    pub(super) fn certain(&self) -> bool {
        self.id.or(self.title).or(self.date).or(self.url).is_some()
    }

    /// The row whose values `get` gives by column number.
    pub(super) fn row<'a>(&self, get: impl Fn(usize) -> Option<&'a str>) -> Row {
        let value = |column: Option<usize>| {
            let value = clean(column.and_then(&get)?);
            (!value.trim().is_empty()).then_some(value)
        };
        Row {
            text: value(self.text).unwrap_or_default(),
            id: value(self.id),
            title: value(self.title),
            date: value(self.date),
            url: value(self.url),
            publisher: value(self.publisher),
        }
    }
}

fn folded(name: &str) -> String {
    name.trim_start_matches('\u{feff}').trim().to_lowercase().replace([' ', '-'], "_")
}

/// The cells of a table's first line.
pub(super) fn header(line: &str, separator: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(|cell| cell.trim_start_matches('\u{feff}').trim().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// One article as a row has it; empty cells are `None`.
#[derive(Debug, Default)]
pub(super) struct Row {
    text: String,
    id: Option<String>,
    title: Option<String>,
    date: Option<String>,
    url: Option<String>,
    publisher: Option<String>,
}

impl Row {
    /// The document of row `number` (from 1) of the table `file`, on its line `line`.
    pub(super) fn document(self, file: &str, number: u64, line: u64) -> Result<Document> {
        let (title, body) = match self.title {
            Some(title) => (Some(title), self.text),
            None => plain::headline(&self.text),
        };
        let date = match &self.date {
            Some(date) => dates::parse(date),
            None => dateline::find(&body),
        };
        let parts = Parts { id: self.id, title, body, date, url: self.url, publisher: self.publisher };
        let id = format!("{}-{number}", stem(file));
        parts
            .document(&id, file)
            .ok_or_else(|| Error::at(file, line, "this row's text has no words; fill it in or delete it"))
    }
}

/// The text of the document that a row with this title and text is; `None` where it has no words.
pub(crate) fn text_of(title: &str, text: &str) -> Option<String> {
    // With a date in its place none is looked for in the text.
    let cells = [title, text, "2000-01-01"];
    let row = Columns::of(&["title", "text", "date"]).row(|at| cells.get(at).copied());
    row.document("row", 1, 1).ok().map(|document| document.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case() {
        let columns = Columns::of(&["\u{feff}ID", " Headline ", "Publication-Date", "Source", "Content", "TEXT"]);
        let expected = Columns {
            id: Some(0),
            title: Some(1),
            date: Some(2),
            publisher: Some(3),
            text: Some(5),
            ..Columns::default()
        };
        assert_eq!(columns, expected);
        assert!(columns.holds_documents());
        assert!(!Columns::of(&["source", "target", "text"]).holds_documents());
    }

    #[test]
    fn an_unreadable_date_is_no_date_even_where_the_text_has_one() {
        let row =
            |date: &str| Row { text: "Paris, 9 June 2024 - Words.".into(), date: Some(date.into()), ..Row::default() };
        assert_eq!(row("03/04/2024").document("f.csv", 1, 2).unwrap().date, None);
        assert_eq!(row("2024-01-02").document("f.csv", 1, 2).unwrap().date, Some(jiff::civil::date(2024, 1, 2)));
    }
}
