//! Articles as the rows of a table: CSV, or with semicolons or tabs.
//!
//! In: a stream of text with a header that has a text column. Out: documents, one at a time, with memory for one row.
//! Never here: a row of more than [`MAX_DOCUMENT`] bytes in memory, or half a row taken for a whole one.

use std::io::{self, Read};

use csv::StringRecord;

use super::read::{TEXT_WANTED, too_large};
use super::rows::Columns;
use super::{Document, MAX_DOCUMENT, encoding};
use crate::{Error, Result};

/// A row of our own after the last one. A file that stops inside a quoted cell swallows it, which shows the missing
/// quote; the `csv` crate takes such a cell as complete. No text that is read contains these control characters.
const LAST_ROW: &str = "\u{1}\u{2}\u{1}";

/// The documents of a stream of rows.
pub(super) struct Rows<R: Read> {
    name: String,
    reader: csv::Reader<Bounded<io::Chain<encoding::Utf8Reader<R>, io::Cursor<String>>>>,
    limit: usize,
    /// The columns, and how many cells each row must have.
    header: Option<(Columns, usize)>,
    row: u64,
    ended: bool,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(name: &str, reader: R, separator: u8) -> Self {
        Self::bounded(name, reader, separator, MAX_DOCUMENT)
    }

    /// Rows of at most `limit` bytes.
    fn bounded(name: &str, reader: R, separator: u8, limit: usize) -> Self {
        let text = encoding::Utf8Reader::new(name, reader).chain(io::Cursor::new(format!("\n{LAST_ROW}\n")));
        let reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(Bounded { inner: text, left: limit, after_return: false });
        Self { name: name.to_owned(), reader, limit, header: None, row: 0, ended: false }
    }

    /// The next row and its line; `None` after the last. A failure ends the rows.
    fn next_row(&mut self) -> Result<Option<(StringRecord, u64)>> {
        let mut record = StringRecord::new();
        self.reader.get_mut().left = self.limit;
        let line = self.reader.position().line();
        let more = self.reader.read_record(&mut record).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => match error.downcast::<TooLarge>() {
                Ok(TooLarge) => Error::at(&self.name, line, too_large("the row that begins here")),
                Err(error) => encoding::error_of(&self.name, error),
            },
            kind => Error::at(&self.name, line, format!("this row cannot be read: {kind:?}")),
        })?;
        // Where the row began: the `csv` crate counts the blank lines before it as the row's.
        let within = record.iter().flat_map(str::bytes).filter(|&b| b == b'\n').count() as u64;
        let line = self.reader.position().line().saturating_sub(1 + within);
        let Some(last) = record.iter().next_back().filter(|_| more) else { return Ok(None) };
        if last == LAST_ROW && record.len() == 1 {
            return Ok(None);
        }
        if last.contains(LAST_ROW) {
            let message = "a quoted cell of the row that begins here is never closed; add the missing quote";
            // Such a row has no line end of its own.
            return Err(Error::at(&self.name, line + 1, message));
        }
        Ok(Some((record, line)))
    }

    fn next_document(&mut self) -> Result<Option<Result<Document>>> {
        let (columns, width) = match self.header {
            Some(header) => header,
            None => {
                let Some((header, line)) = self.next_row()? else { return Ok(None) };
                let columns = Columns::of(&header.iter().collect::<Vec<_>>());
                if !columns.holds_documents() {
                    let message = format!("no column of text in this table; {TEXT_WANTED}");
                    return Err(Error::at(&self.name, line, message));
                }
                *self.header.insert((columns, header.len()))
            }
        };
        let Some((record, line)) = self.next_row()? else { return Ok(None) };
        self.row += 1;
        if record.len() != width {
            let message = format!("this row has {} cells and the header {width}; is a quote missing?", record.len());
            return Ok(Some(Err(Error::at(&self.name, line, message))));
        }
        let row = columns.row(|column| record.get(column));
        Ok(Some(row.document(&self.name, self.row, line)))
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.next_document().unwrap_or_else(|error| {
            self.ended = true;
            Some(Err(error))
        });
        self.ended |= next.is_none();
        next
    }
}

/// A reader that gives `left` bytes and then fails, with `\n` as the only line end, by which rows are counted.
struct Bounded<R> {
    inner: R,
    left: usize,
    after_return: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("too large")]
struct TooLarge;

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.inner.read(buffer)?;
            self.left = self.left.checked_sub(read).ok_or_else(|| io::Error::other(TooLarge))?;
            let mut kept = 0;
            for at in 0..read {
                let Some(&byte) = buffer.get(at) else { break };
                if byte != b'\n' || !self.after_return {
                    buffer[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
                self.after_return = byte == b'\r';
            }
            // Nothing at all means the end to whoever reads.
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, separator: u8) -> Vec<std::result::Result<Document, String>> {
        Rows::new("f/news.csv", text.as_bytes(), separator).map(|d| d.map_err(|e| e.to_string())).collect()
    }

    #[test]
    fn a_row_a_document() {
        let rows =
            read("\u{feff}Headline;Body;ID\n\"Ministers; meet\";\"They \"\"talked\"\".\n\nMore.\";\n;Words.;x\n", b';');
        let first = rows[0].as_ref().unwrap();
        assert_eq!(first.text, "Ministers; meet\n\nThey \"talked\".\n\nMore.");
        assert_eq!((first.id.as_str(), first.headline), ("news-1", 15));
        assert_eq!(rows[1].as_ref().unwrap().id, "x");
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn bad_rows_are_named_and_the_rest_is_read() {
        let rows = read("id,text\r\na,Words.\r\nb\r\nc, \r\nd,\"More\nwords.\"\r\ne\r\n", b',');
        assert_eq!(rows[0].as_ref().unwrap().id, "a");
        assert_eq!(
            rows[1].as_ref().unwrap_err(),
            "f/news.csv:3: this row has 1 cells and the header 2; is a quote missing?"
        );
        assert_eq!(
            rows[2].as_ref().unwrap_err(),
            "f/news.csv:4: this row's text has no words; fill it in or delete it"
        );
        assert_eq!(rows[3].as_ref().unwrap().text, "More\nwords.");
        assert!(rows[4].as_ref().unwrap_err().starts_with("f/news.csv:7: "), "{rows:?}");
        let rows = read("text,id\r\r\"a\nb\",1\r\r\rx\r", b',');
        assert_eq!(rows[0].as_ref().unwrap().text, "a\nb");
        assert!(rows[1].as_ref().unwrap_err().starts_with("f/news.csv:7: "), "{rows:?}");
    }

    #[test]
    fn half_a_row_is_an_error() {
        let rows = read("id,text\na,Words.\nb,\"half a sen", b',');
        let error = rows[1].as_ref().unwrap_err();
        assert!(
            error.starts_with("f/news.csv:3: a quoted cell of the row that begins here is never closed"),
            "{error}"
        );
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn an_endless_row_is_an_error_not_memory() {
        let rows = Rows::bounded("f.csv", b"id,text\na,\"".chain(io::repeat(b'x')), b',', 50_000);
        let errors: Vec<String> = rows.map(|d| d.unwrap_err().to_string()).collect();
        assert_eq!(errors.len(), 1);
        assert!(errors[0].starts_with("f.csv:2: the row that begins here is larger than 64 MiB"), "{errors:?}");
    }

    #[test]
    fn a_table_without_text_says_what_is_missing() {
        assert!(read("a,b\n1,2\n", b',')[0].as_ref().unwrap_err().contains("no column of text"));
        assert!(read("", b',').is_empty());
    }

    proptest! {
        #[test]
        fn never_panics(table in "[a,\"\n\r]{0,60}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&format!("text,id\n{table}"), b',');
            let _ = Rows::new("f", bytes.as_slice(), b',').count();
        }
    }
}
