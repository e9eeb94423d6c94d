//! Documents and their readers.
//!
//! In: bytes of text, Markdown, HTML, CSV or JSONL. Out: [`Document`]s in input order.
//! Never here: anything about actors or stances.
//!
//! [`collect_paths`] finds the files, [`sniff()`] tells what each one is, [`open`] reads its documents one at a time,
//! and [`Ids`] sees to it that no two have one id.
//!
//! # Tables
//! A row (CSV, semicolons, tabs) or line (JSONL) is a document. Columns are known by name, in any case:
//! `text` (or `body`, `content`, `article`), and where there are any `id`, `title` (`headline`), `date` (`published`,
//! `pubdate`, `publication_date`, …), `url` (`link`), `publisher` (`source`, `outlet`). Without an id a row is called
//! by the file's name and its number, from 1: `news-17`.
//!
//! # Dates
//! ISO 8601, `June 9, 2024`, `9 June 2024`, `2024/06/09`, `20240609`, RFC 2822, and `09.06.2024` (day first); a time
//! and its zone are read past. A date that can mean two days (`03/04/2024`) is none. Where the input has no field or
//! tag for the date, a dateline in the first lines of the text is taken.

mod assemble;
mod dateline;
mod dates;
mod encoding;
mod event_form;
mod html;
mod ids;
mod jsonl;
mod markdown;
mod paths;
mod plain;
mod read;
mod rows;
mod separated;
mod shelf;
mod sniff;

use jiff::civil::Date;

pub(crate) use assemble::clean;
pub(crate) use dates::parse as parse_date;
pub use event_form::EventForm;
pub use ids::Ids;
pub use paths::{ENDINGS, collect_paths};
pub use read::{Documents, MAX_DOCUMENT, STDIN, documents, from_reader, open, read_bytes, read_file, stdin};
pub(crate) use rows::text_of;
pub use shelf::{Card, Shelf};
pub use sniff::{HEAD, Recognized, TableFormat, read_head, sniff};

/// One article: its words and what is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The `id` field or column where the input has one, else the file's name without its ending.
    pub id: String,
    /// Day of publication.
    pub date: Option<Date>,
    /// The text that statements' byte offsets point into. It begins with the headline, where there is one,
    /// followed by a blank line.
    pub text: String,
    /// Length of the headline at the start of `text`, in bytes; 0 when there is none.
    pub headline: usize,
    /// Where it was published, as a link.
    pub url: Option<String>,
    /// The outlet, when the input names it.
    pub publisher: Option<String>,
    /// The file it came from, as the user named it, for messages.
    pub file: String,
}

impl Document {
    /// The headline, when there is one.
    pub fn title(&self) -> Option<&str> {
        self.text.get(..self.headline).filter(|t| !t.is_empty())
    }
}
