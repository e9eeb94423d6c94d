//! Files, standard input and bytes as documents.
//!
//! In: a path, a stream, or bytes with a name. Out: [`Documents`], one at a time, or all of them.
//! Never here: a document of more than [`MAX_DOCUMENT`] bytes; tables may be of any size and are never held whole.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use super::sniff::{self, Recognized, TableFormat, read_head, sniff};
use super::{Document, assemble, encoding, html, jsonl, markdown, paths, plain, separated};
use crate::{Error, Result};

/// The largest document, row or line that is read, in bytes.
pub const MAX_DOCUMENT: usize = 64 << 20;

/// What standard input is called in messages.
pub const STDIN: &str = "<stdin>";

/// What to say when a table has no text.
pub(super) const TEXT_WANTED: &str = "it is expected under text, body, content or article";

/// Bad rows of one table that are told before reading stops.
const BAD_ROWS: usize = 100;

/// Documents one at a time. After an error in one row the next rows follow; after any other error nothing does.
pub type Documents = Box<dyn Iterator<Item = Result<Document>> + Send>;

/// The documents of the file at `path`; `-` is standard input.
///
/// # Errors
/// When the file cannot be read, or is of no kind that holds documents. What is wrong further on comes out of the
/// iterator, in its place.
pub fn open(path: &Path) -> Result<Documents> {
    if path.as_os_str() == "-" {
        return stdin();
    }
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| Error::io(&name, error))?;
    from_reader(&name, file)
}

/// The documents of standard input. Errors are those of [`open`].
pub fn stdin() -> Result<Documents> {
    from_reader(STDIN, io::stdin())
}

/// All documents of the file at `path`.
///
/// # Errors
/// Those of [`open`], and every bad row.
pub fn read_file(path: &Path) -> Result<Vec<Document>> {
    all(open(path)?)
}

/// All documents in `bytes`, the content of a file called `name`. Errors are those of [`read_file`].
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Vec<Document>> {
    all(from_reader(name, Cursor::new(bytes.to_vec()))?)
}

/// The documents of a table that comes from `reader`, one at a time, in memory for one row.
pub fn documents<R: Read + Send + 'static>(name: &str, reader: R, format: TableFormat) -> Documents {
    match format {
        TableFormat::Jsonl => Box::new(jsonl::Lines::new(name, reader)),
        TableFormat::Separated(separator) => Box::new(separated::Rows::new(name, reader, separator)),
    }
}

/// A file's name without folder and ending: the id of its document, and the start of its rows' ids.
pub(super) fn stem(name: &str) -> String {
    if name == STDIN {
        return "stdin".to_owned();
    }
    Path::new(sniff::unpacked(name))
        .file_stem()
        .map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// The end of a message on something larger than [`MAX_DOCUMENT`].
pub(super) fn too_large(what: &str) -> String {
    format!("{what} is larger than {} MiB; split it", MAX_DOCUMENT >> 20)
}

/// The documents of a stream called `name`, whose kind is told from its first bytes. Errors are those of [`open`].
pub fn from_reader<R: Read + Send + 'static>(name: &str, mut reader: R) -> Result<Documents> {
    let head = read_head(&mut reader).map_err(|error| Error::io(name, error))?;
    let recognized = sniff(name, &head);
    let stream = Cursor::new(head).chain(reader);
    match recognized {
        Recognized::DocumentsCsv(separator) => Ok(documents(name, stream, TableFormat::Separated(separator))),
        Recognized::DocumentsJsonl => Ok(documents(name, stream, TableFormat::Jsonl)),
        Recognized::Table { columns, .. } => {
            let columns = columns.join(", ");
            let columns: String = columns.chars().take(200).collect();
            let message = format!("a table without a column of text; {TEXT_WANTED}; the columns are: {columns}");
            Err(Error::input(name, message))
        }
        Recognized::Sqlite => {
            let message = "this is an SQLite database, which holds no articles to be read; a .dna file goes to edges, clusters, \
                           diagram, analyze, code and import";
            Err(Error::input(name, message))
        }
        Recognized::GraphMl => {
            let message = "this is a network in GraphML, which holds no articles to be read; it goes to clusters, diagram and edges, \
                           alone";
            Err(Error::input(name, message))
        }
        Recognized::Events(form) => {
            Err(Error::input(name, format!("this is a table of {}, not of articles", form.name())))
        }
        Recognized::Binary(kind) => {
            Err(Error::input(name, format!("this is {kind}, which is not read; {} are", paths::KINDS)))
        }
        Recognized::Empty | Recognized::Text | Recognized::Markdown | Recognized::Html => {
            let document = single(name, stream, &recognized)?;
            Ok(Box::new(std::iter::once(Ok(document))))
        }
    }
}

/// The one document of a text, a Markdown file or a page.
fn single(name: &str, stream: impl Read, kind: &Recognized) -> Result<Document> {
    let mut bytes = Vec::new();
    stream.take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut bytes).map_err(|error| Error::io(name, error))?;
    if bytes.len() > MAX_DOCUMENT {
        return Err(Error::input(name, too_large("this file")));
    }
    let declared = if *kind == Recognized::Html { encoding::declared_in_html(&bytes) } else { None };
    let text = assemble::clean(&encoding::decode(name, &bytes, declared)?);
    drop(bytes);
    let parts = match kind {
        Recognized::Html => html::read(&text),
        Recognized::Markdown => markdown::read(&text),
        _ => plain::read(&text),
    };
    parts.document(&stem(name), name).ok_or_else(|| Error::input(name, "this file has no words"))
}

fn all(documents: Documents) -> Result<Vec<Document>> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for document in documents {
        match document {
            Ok(document) => good.push(document),
            Err(error) => bad.push(error),
        }
        if bad.len() == BAD_ROWS {
            break;
        }
    }
    if bad.is_empty() { Ok(good) } else { Err(Error::many(bad)) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use encoding_rs::SHIFT_JIS;
    use proptest::prelude::*;

    use super::*;

    fn one(name: &str, bytes: &[u8]) -> Document {
        let mut documents = read_bytes(name, bytes).unwrap();
        assert_eq!(documents.len(), 1);
        documents.remove(0)
    }

    fn message(name: &str, bytes: &[u8]) -> String {
        read_bytes(name, bytes).unwrap_err().to_string()
    }

    #[test]
    fn every_kind_gives_the_same_document() {
        let date = Some(jiff::civil::date(2024, 6, 9));
        for (name, content) in [
            ("in/a.txt", "Date: 9 June 2024\r\n\r\nMinisters meet\r\n\r\nThey talked for an hour.\r\n"),
            ("in/a.md", "---\ndate: 2024-06-09\n---\n# Ministers meet\n\nThey *talked* for an hour."),
            (
                "in/a.html",
                "<title>Ministers meet</title><meta name=date content=2024-06-09><p>They talked for an hour.",
            ),
            ("in/x.csv", "id,date,title,text\na,09.06.2024,Ministers meet,They talked for an hour.\n"),
            ("in/x.tsv", "id\tdate\ttitle\ttext\na\t20240609\tMinisters meet\tThey talked for an hour.\n"),
            (
                "in/x.jsonl",
                r#"{"id":"a","date":"2024-06-09","headline":"Ministers meet","body":"They talked for an hour."}"#,
            ),
        ] {
            let document = one(name, content.as_bytes());
            assert_eq!(document.text, "Ministers meet\n\nThey talked for an hour.", "{name}");
            assert_eq!(
                (document.id.as_str(), document.title(), document.date),
                ("a", Some("Ministers meet"), date),
                "{name}"
            );
            assert_eq!(document.file, name);
        }
    }

    #[test]
    fn any_encoding_is_read() {
        let text = "東京での協議\n\n日本の首相は計画を支持した。大統領は会議に招待された。";
        let page = format!(
            "<html><meta charset=shift_jis><title>東京での協議</title><p>{}",
            text.split_once("\n\n").unwrap().1
        );
        assert_eq!(one("a.txt", &SHIFT_JIS.encode(text).0).text, text);
        assert_eq!(one("a.html", &SHIFT_JIS.encode(&page).0).text, text);
        let utf16: Vec<u8> =
            format!("\u{feff}title;text\n{};x\n", "東京").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(one("a.csv", &utf16).text, "東京\n\nx");
        let latin = b"id,text\n1,Le pr\xE9sident fran\xE7ais a d\xE9clar\xE9 son soutien.\n";
        assert_eq!(one("a.csv", latin).text, "Le président français a déclaré son soutien.");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert_eq!(message("a.txt", b""), "a.txt: this file has no words");
        assert_eq!(message("a.html", b"<p> </p>"), "a.html: this file has no words");
        assert!(
            message("a.pdf", b"%PDF-1.7").starts_with("a.pdf: this is a PDF, which is not read; text (.txt), Markdown")
        );
        assert!(message("a.txt", b"a\0b").starts_with("a.txt: this is binary data"));
        assert_eq!(
            message("a.csv", b"x,y\n1,2\n"),
            "a.csv: a table without a column of text; it is expected under text, body, content or article; the columns are: x, y"
        );
        assert_eq!(message("a.csv", b"text\n.\n,\n").lines().count(), 2);
        let large = vec![b'a'; MAX_DOCUMENT + 1];
        assert_eq!(message("a.txt", &large), "a.txt: this file is larger than 64 MiB; split it");
    }

    #[test]
    fn files_are_read_from_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.of.today.txt");
        fs::write(&path, "Words.").unwrap();
        assert_eq!(read_file(&path).unwrap()[0].id, "news.of.today");
        assert!(read_file(&folder.path().join("none.txt")).unwrap_err().to_string().contains("none.txt: "));
        assert!(read_file(folder.path()).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_give_documents_or_errors(
            bytes in prop::collection::vec(any::<u8>(), 0..400),
            text in "(\\PC|[\r\n\u{0}<{\"#,:-]|text|id|Title: ){0,60}",
            ending in "(txt|md|html|csv|tsv|jsonl|json)?",
        ) {
            let name = format!("f.{ending}");
            for bytes in [bytes.as_slice(), text.as_bytes()] {
                for document in read_bytes(&name, bytes).unwrap_or_default() {
                    prop_assert!(document.text.contains(char::is_alphanumeric));
                    prop_assert!(document.text.is_char_boundary(document.headline));
                    prop_assert!(!document.text.contains(['\r', '\0']));
                }
            }
        }
    }
}
