//! Documents and their readers.
//!
//! In: bytes of text, Markdown, HTML, CSV or JSONL. Out: [`Document`]s in input order.
//! Never here: anything about actors or stances.
//!
//! [`collect_paths`] finds the files, [`sniff()`] tells what each one is, [`open`] reads its documents one at a time.

mod assemble;
mod dateline;
mod dates;
mod encoding;
mod html;
mod ids;
mod jsonl;
mod markdown;
mod paths;
mod plain;
mod read;
mod rows;
mod separated;
mod sniff;

use jiff::civil::Date;

pub use ids::Ids;
pub use paths::{ENDINGS, collect_paths};
pub use read::{Documents, MAX_DOCUMENT, STDIN, documents, from_reader, open, read_bytes, read_file, stdin};
pub use sniff::{HEAD, Recognized, TableFormat, sniff};

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
