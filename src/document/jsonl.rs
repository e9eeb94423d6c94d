//! Articles as JSON, one object a line.
//!
//! In: a stream of text. Out: documents, one at a time, with memory for one line.
//! Never here: a line of more than [`MAX_DOCUMENT`] bytes in memory; it is an error.

use std::io::{BufRead, BufReader, Read};

use serde_json::{Map, Value};

use super::read::{TEXT_WANTED, too_large};
use super::rows::Columns;
use super::{Document, MAX_DOCUMENT, encoding};
use crate::{Error, Result};

/// The keys of the object that `line` is or begins with (the line may be cut); `None` when it is none.
pub(super) fn keys(line: &str) -> Option<Vec<String>> {
    let inner = line.trim_start().strip_prefix('{')?;
    let mut keys = Vec::new();
    let (mut depth, mut before) = (0usize, '{');
    let mut at = 0;
    while let Some(c) = inner.get(at..)?.chars().next() {
        at += c.len_utf8();
        match c {
            '"' => {
                let end = string_end(inner, at);
                let key = inner.get(at..end.unwrap_or(inner.len()))?;
                at = end.map_or(inner.len(), |end| end + 1);
                if depth == 0 && "{,".contains(before) {
                    if !inner.get(at..)?.trim_start().starts_with(':') {
                        return (!keys.is_empty()).then_some(keys);
                    }
                    keys.push(key.to_owned());
                }
            }
            '{' | '[' => depth += 1,
            '}' | ']' if depth == 0 => break,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        if !c.is_whitespace() {
            // The first thing in an object is a key; anything else is no JSON.
            if keys.is_empty() {
                return None;
            }
            before = c;
        }
    }
    (!keys.is_empty()).then_some(keys)
}

/// Where the string ends whose first character is at `from`.
fn string_end(text: &str, from: usize) -> Option<usize> {
    let mut escaped = false;
    let bytes = text.as_bytes().get(from..)?;
    let length = bytes.iter().position(|&b| {
        let ends = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        ends
    })?;
    Some(from + length)
}

/// The documents of a stream of JSON lines.
pub(super) struct Lines<R: Read> {
    name: String,
    reader: BufReader<encoding::Utf8Reader<R>>,
    /// One more than the bytes that a line may have.
    limit: u64,
    line: u64,
    row: u64,
    ended: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(name: &str, reader: R) -> Self {
        Self::bounded(name, reader, MAX_DOCUMENT)
    }

    /// Lines of at most `limit` bytes.
    fn bounded(name: &str, reader: R, limit: usize) -> Self {
        let reader = BufReader::new(encoding::Utf8Reader::new(name, reader).prompt());
        Self { name: name.to_owned(), reader, limit: limit as u64 + 1, line: 0, row: 0, ended: false }
    }

    /// The next line that is not blank.
    fn next_line(&mut self) -> Result<Option<String>> {
        loop {
            let mut line = Vec::new();
            let read = self.reader.by_ref().take(self.limit).read_until(b'\n', &mut line);
            let read = read.map_err(|error| encoding::error_of(&self.name, error))?;
            if read == 0 {
                return Ok(None);
            }
            self.line += 1;
            if read as u64 == self.limit {
                return Err(Error::at(&self.name, self.line, too_large("this line")));
            }
            match String::from_utf8(line) {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => return Ok(Some(line)),
                Err(error) => return Err(Error::at(&self.name, self.line, error.to_string())),
            }
        }
    }

    fn document(&self, line: &str) -> Result<Document> {
        let bad = |message: String| Error::at(&self.name, self.line, message);
        let object: Map<String, Value> =
            serde_json::from_str(line.trim_start_matches('\u{feff}')).map_err(|error| {
                // serde_json tells of line 1; the column is what helps.
                let message = error.to_string();
                let what = message.split(" at line ").next().unwrap_or_default();
                bad(format!("not one JSON object in this line: {what} at column {}", error.column()))
            })?;
        let keys: Vec<&String> = object.keys().collect();
        let columns = Columns::of(&keys);
        if !columns.holds_documents() {
            return Err(bad(format!("no text in this object; {}", TEXT_WANTED)));
        }
        let values: Vec<Option<String>> = object.values().map(plain_value).collect();
        let row = columns.row(|column| values.get(column)?.as_deref());
        row.document(&self.name, self.row, self.line)
    }
}

/// Strings and numbers as they are; nothing for the rest, which can be no title, date or text.
fn plain_value(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.next_line() {
            Ok(Some(line)) => {
                self.row += 1;
                Some(self.document(&line))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<Result<Document>> {
        Lines::new("f/news.jsonl", text.as_bytes()).collect()
    }

    #[test]
    fn an_object_a_line() {
        let documents = read(concat!(
            "{\"ID\": 7, \"Title\": \"Ministers meet\", \"text\": \"They\\r\\ntalked.\", \"date\": \"2024-06-09T10:00:00Z\",",
            " \"source\": \"The Daily\", \"url\": null}\n\n{\"body\": \"Words.\"}"
        ));
        let first = documents[0].as_ref().unwrap();
        assert_eq!(first.text, "Ministers meet\n\nThey\ntalked.");
        assert_eq!((first.id.as_str(), first.title()), ("7", Some("Ministers meet")));
        assert_eq!(first.date, Some(jiff::civil::date(2024, 6, 9)));
        assert_eq!((first.publisher.as_deref(), first.url.as_deref()), (Some("The Daily"), None));
        assert_eq!(documents[1].as_ref().unwrap().id, "news-2");
    }

    #[test]
    fn bad_lines_are_named_and_the_rest_is_read() {
        let lines = "{\"text\": \"Words.\"}\n{\"text\": \"half\n[1]\n{\"title\": \"x\"}\n{\"text\": [1]}\n{\"text\": \"More.\"}\n";
        let messages: Vec<String> =
            read(lines).iter().map(|d| d.as_ref().map_or_else(ToString::to_string, |d| d.id.clone())).collect();
        assert_eq!(messages[0], "news-1");
        assert!(messages[1].starts_with("f/news.jsonl:2: not one JSON object in this line: "), "{}", messages[1]);
        assert!(messages[2].starts_with("f/news.jsonl:3: not one JSON object"), "{}", messages[2]);
        assert!(messages[3].starts_with("f/news.jsonl:4: no text in this object"), "{}", messages[3]);
        assert!(messages[4].starts_with("f/news.jsonl:5: this row's text has no words"), "{}", messages[4]);
        assert_eq!(messages[5], "news-6");
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let line = format!("{{\"text\": \"Words.\", \"x\": {}", "[".repeat(100_000));
        assert!(read(&line)[0].is_err());
    }

    #[test]
    fn an_endless_line_is_an_error_not_memory() {
        let mut lines = Lines::bounded("f.jsonl", b"{\"text\": \"".chain(io::repeat(b'x')), 50_000);
        let message = lines.next().unwrap().unwrap_err().to_string();
        assert!(message.starts_with("f.jsonl:1: this line is larger than 64 MiB"), "{message}");
        assert!(lines.next().is_none());
    }

    #[test]
    fn keys_of_whole_and_cut_objects() {
        let found = |line: &str| keys(line).map(|k| k.join(" "));
        assert_eq!(
            found("{\"a\": {\"x\": 1}, \"b\": [\"c\", {\"d\": 1}], \"e\\\"\": \"f\"}").as_deref(),
            Some("a b e\\\"")
        );
        assert_eq!(found(" { \"text\" : \"a, \\\"b\\\": cut").as_deref(), Some("text"));
        assert_eq!(found("{\"a\": 1, \"b").as_deref(), Some("a"));
        for line in ["", "{", "{}", "{Brussels}", "{\"Brussels\"}", "[{\"a\": 1}]", "{1: 2}"] {
            assert_eq!(found(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(line in "[{}\\[\\]\",:\\\\ aé]{0,40}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = (keys(&line), read(&line), Lines::new("f", bytes.as_slice()).count());
        }
    }
}
