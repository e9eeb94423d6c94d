//! What a file is, told from its content first and from its name's ending second.
//!
//! In: a file's name and its first bytes ([`HEAD`] of them are enough). Out: [`Recognized`].
//! Never here: reading it. A table whose columns hold no text is named with its columns, so that whoever reads
//! statements, events or edges can look at them.

use super::event_form::EventForm;
use super::{encoding, jsonl, rows};
use std::io::{self, Read};

/// How many bytes from a file's start tell what it is.
pub const HEAD: usize = 1 << 18;

/// The first bytes of a stream, [`HEAD`] of them at most. Of a stream that comes by and by no more are waited for than
/// make a first line that is a whole JSON object, so that its documents can be read as they come.
///
/// # Errors
/// A failed read.
pub fn read_head(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    const STEP: usize = 1 << 16;
    let mut head = Vec::new();
    while head.len() < HEAD {
        let start = head.len();
        head.resize((start + STEP).min(HEAD), 0);
        let wanted = head.len() - start;
        let read = match reader.read(&mut head[start..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                head.truncate(start);
                continue;
            }
            read => read?,
        };
        head.truncate(start + read);
        if read == 0 || read < wanted && begins_with_an_object(&head) {
            break;
        }
    }
    Ok(head)
}

fn begins_with_an_object(head: &[u8]) -> bool {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
    let line = head.split_inclusive(|b| *b == b'\n').next().filter(|line| line.ends_with(b"\n"));
    let object = |line| serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line).is_ok();
    head.starts_with(b"{") && line.is_some_and(object)
}

/// How a table's rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Fields parted by this byte (`,`, `;` or a tab), quoted as in RFC 4180, under a header.
    Separated(u8),
    /// A JSON object a line.
    Jsonl,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognized {
    /// An article as plain text.
    Text,
    /// An article in Markdown.
    Markdown,
    /// An article as a web page.
    Html,
    /// Articles, one a row of a table with this separator.
    DocumentsCsv(u8),
    /// Articles, one a line, as JSON objects.
    DocumentsJsonl,
    /// A table without a column of text; `columns` is its first row (the keys of the first object) as written.
    Table {
        /// How it is written.
        format: TableFormat,
        /// Its header.
        columns: Vec<String>,
    },
    /// An SQLite database, such as a `.dna` file of Discourse Network Analyzer.
    Sqlite,
    /// A network in GraphML.
    GraphMl,
    /// Somebody else's table of coded events.
    Events(EventForm),
    /// Something that is not read here; told as "a PDF", "a picture".
    Binary(&'static str),
    /// No bytes, or nothing but blanks.
    Empty,
}

/// Beginnings of files that are not text.
const MAGIC: [(&[u8], &str); 13] = [
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "an office document or a zip archive"),
    (b"\xD0\xCF\x11\xE0", "an office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"ID3", "a recording"),
    (b"\x1F\x8B", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xFD7zXZ", "a compressed file"),
    (b"\x28\xB5\x2F\xFD", "a compressed file"),
];

/// Endings that promise something else than text, whatever the first bytes look like.
const FOREIGN: [(&[&str], &str); 6] = [
    (&["pdf", "ps", "djvu", "epub"], "a PDF or another print format"),
    (&["doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx"], "an office document"),
    (&["png", "jpg", "jpeg", "gif", "webp", "svg", "tif", "tiff", "ico"], "a picture"),
    (&["mp3", "mp4", "wav", "avi", "mov"], "a recording"),
    (&["zip", "gz", "bz2", "xz", "zst", "tar", "7z"], "an archive"),
    (&["exe", "so", "dll", "bin", "sqlite", "db"], "a binary file"),
];

/// Tells what `head`, the first bytes of the file called `name`, is the start of.
pub fn sniff(name: &str, head: &[u8]) -> Recognized {
    let head = head.get(..HEAD).unwrap_or(head);
    if head.starts_with(b"SQLite format 3\0") {
        return Recognized::Sqlite;
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Recognized::Binary(kind);
    }
    if let Some(form) = EventForm::of(head) {
        return Recognized::Events(form);
    }
    let text = encoding::peek(head);
    let start = text.trim_start();
    if start.is_empty() {
        return Recognized::Empty;
    }
    if is_binary(&text) {
        return Recognized::Binary(match ending(name).as_str() {
            "dna" => "a .dna file that is no SQLite database (is it encrypted, or damaged?)",
            _ => "binary data",
        });
    }
    let ending = ending(name);
    let ending = ending.as_str();
    if let Some(markup) = markup(start, ending) {
        return markup;
    }
    if let Some((_, kind)) = FOREIGN.iter().find(|(endings, _)| endings.contains(&ending)) {
        return Recognized::Binary(kind);
    }
    json(start, ending).or_else(|| separated(start, ending)).unwrap_or_else(|| article(start, ending))
}

/// The ending of a file's name, in small letters, without the dot; of what is packed in a file, that of what is packed.
pub(super) fn ending(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let file = unpacked(file);
    file.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(String::new(), |(_, end)| end.to_lowercase())
}

/// A name without the ending that tells that it is packed.
pub(super) fn unpacked(name: &str) -> &str {
    let packed = name.len().checked_sub(3).and_then(|at| name.split_at_checked(at));
    packed.filter(|(stem, end)| !stem.is_empty() && end.eq_ignore_ascii_case(".gz")).map_or(name, |(stem, _)| stem)
}

/// Text has no zero bytes and hardly any control characters.
fn is_binary(text: &str) -> bool {
    let controls = text.chars().filter(|c| c.is_ascii_control() && !c.is_ascii_whitespace() && *c != '\u{1b}').count();
    text.contains('\0') || controls * 10 > text.len()
}

fn markup(start: &str, ending: &str) -> Option<Recognized> {
    if !start.starts_with('<') {
        return matches!(ending, "html" | "htm" | "xhtml").then_some(Recognized::Html);
    }
    let end = start.char_indices().nth(2048).map_or(start.len(), |(at, _)| at);
    let lower = start[..end].to_ascii_lowercase();
    let first = ["<html", "<!doctype html", "<svg", "<rss", "<feed", "<graphml", "<gexf"]
        .iter()
        .filter_map(|mark| lower.find(mark).map(|at| (at, *mark)))
        .min();
    match first {
        Some((_, "<html" | "<!doctype html")) => Some(Recognized::Html),
        Some((_, "<svg")) => Some(Recognized::Binary("a picture")),
        Some((_, "<graphml")) => Some(Recognized::GraphMl),
        Some(_) => Some(Recognized::Binary("an XML file")),
        None if matches!(ending, "html" | "htm" | "xhtml") => Some(Recognized::Html),
        None if lower.starts_with("<?xml") || ending == "xml" => Some(Recognized::Binary("an XML file")),
        None if matches!(ending, "md" | "markdown" | "txt" | "text") => None,
        None => ["<head", "<body", "<title", "<article", "<div", "<p>", "<meta", "<h1", "<!--"]
            .iter()
            .any(|tag| lower.starts_with(tag))
            .then_some(Recognized::Html),
    }
}

fn json(start: &str, ending: &str) -> Option<Recognized> {
    let line = start.lines().next().unwrap_or_default();
    let named = matches!(ending, "json" | "jsonl" | "ndjson");
    if let Some(columns) = jsonl::keys(line) {
        return Some(if rows::Columns::of(&columns).holds_documents() {
            Recognized::DocumentsJsonl
        } else {
            Recognized::Table { format: TableFormat::Jsonl, columns }
        });
    }
    // An object or an array over many lines: not ours, but recognizable, and no article either.
    let inside = start.trim_start_matches(['[', '{', ' ', '\n', '\r', '\t']);
    let spread = start.starts_with(['{', '[']) && inside.starts_with('"') && matches!(line.trim(), "{" | "[" | "[{");
    if ending == "json" || spread {
        return Some(Recognized::Binary("JSON that is not one object a line (JSONL)"));
    }
    // So that the reader names the bad line.
    named.then_some(Recognized::DocumentsJsonl)
}

fn separated(start: &str, ending: &str) -> Option<Recognized> {
    let named = matches!(ending, "csv" | "tsv" | "tab");
    let line = start.lines().next().unwrap_or_default();
    let separator = [b'\t', b';', b','].into_iter().max_by_key(|s| {
        let default = if ending == "csv" { b',' } else { b'\t' };
        (line.bytes().filter(|b| b == s).count(), *s == default)
    })?;
    let columns = rows::header(line, separator);
    let known = rows::Columns::of(&columns);
    if known.holds_documents() && (named || known.certain()) {
        return Some(Recognized::DocumentsCsv(separator));
    }
    let table = named || known.is_coded() && columns.len() > 2;
    table.then_some(Recognized::Table { format: TableFormat::Separated(separator), columns })
}

fn article(start: &str, ending: &str) -> Recognized {
    match ending {
        "md" | "markdown" => Recognized::Markdown,
        "txt" | "text" => Recognized::Text,
        _ if start.starts_with("# ") || start.starts_with("---\n") || start.starts_with("---\r\n") => {
            Recognized::Markdown
        }
        _ => Recognized::Text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(name: &str, content: &str, expected: &Recognized) {
        assert_eq!(&sniff(name, content.as_bytes()), expected, "{name}: {content}");
    }

    fn table(format: TableFormat, columns: &[&str]) -> Recognized {
        Recognized::Table { format, columns: columns.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn content_decides() {
        check("a.txt", "Ministers met.\n", &Recognized::Text);
        check("-", "Ministers met, talked, and left.\n", &Recognized::Text);
        check("a.md", "Ministers met.", &Recognized::Markdown);
        check("-", "# Ministers met\n\nText.", &Recognized::Markdown);
        check("a.txt", " <!DOCTYPE html><p>x", &Recognized::Html);
        check("-", "<!-- saved --><html><body>x", &Recognized::Html);
        check("a.html", "no tag at all", &Recognized::Html);
        check("a.md", "<div>raw</div>\n\ntext", &Recognized::Markdown);
        check("a.txt", "{\"id\": 1, \"Text\": \"x\"}\n", &Recognized::DocumentsJsonl);
        check("-", "{\"text\": \"cut in the mid", &Recognized::DocumentsJsonl);
        check("a.jsonl", "{broken", &Recognized::DocumentsJsonl);
        check("a.csv", "id,text\n1,x\n", &Recognized::DocumentsCsv(b','));
        check("a.csv", "\u{feff}\"ID\";\"Body\"\n", &Recognized::DocumentsCsv(b';'));
        check("a.csv", "text\nWords.\n", &Recognized::DocumentsCsv(b','));
        check("-", "id\tdate\ttext\n", &Recognized::DocumentsCsv(b'\t'));
        check("a.txt", "Text, body and soul: an article\n", &Recognized::Text);
        check("a.txt", "{Brussels} Ministers met.", &Recognized::Text);
        check("a.txt", "  \n\t", &Recognized::Empty);
        check("a.txt", "", &Recognized::Empty);
        check("a.txt", "\u{feff}", &Recognized::Empty);
    }

    #[test]
    fn tables_of_other_things_are_named_by_their_columns() {
        let comma = TableFormat::Separated(b',');
        let coded = ["document", "holder", "relation", "target"];
        check("s.csv", "document,holder,relation,target\n", &table(comma, &coded));
        check("-", "document,holder,relation,target\n", &table(comma, &coded));
        // A column called text beside coded ones holds a quotation, not an article.
        check(
            "d.csv",
            "statement_id;time;text\n",
            &table(TableFormat::Separated(b';'), &["statement_id", "time", "text"]),
        );
        check("e.tsv", "20240101\tUSA", &table(TableFormat::Separated(b'\t'), &["20240101", "USA"]));
        let line = "{\"holder\":\"A\",\"relation\":\"oppose\",\"target\":{\"text\":[\"x\"]}}";
        check("s.jsonl", line, &table(TableFormat::Jsonl, &["holder", "relation", "target"]));
    }

    #[test]
    fn what_is_not_read_is_named() {
        assert_eq!(sniff("a.txt", b"%PDF-1.7 ..."), Recognized::Binary("a PDF"));
        assert_eq!(sniff("a", b"some\0bytes"), Recognized::Binary("binary data"));
        assert_eq!(sniff("a", b"SQLite format 3\0\x10\0"), Recognized::Sqlite);
        let Recognized::Binary(kind) = sniff("a.dna", b"\x01\0bytes") else { panic!() };
        assert!(kind.contains("encrypted"), "{kind}");
        check("a.svg", "<?xml version=\"1.0\"?><svg></svg>", &Recognized::Binary("a picture"));
        check("a.xml", "<?xml version=\"1.0\"?>\n<!-- yEd -->\n<graphml xmlns=\"x\">", &Recognized::GraphMl);
        check("a.xml", "<?xml version=\"1.0\"?><a/>", &Recognized::Binary("an XML file"));
        check("a.docx", "plain", &Recognized::Binary("an office document"));
        let json = Recognized::Binary("JSON that is not one object a line (JSONL)");
        check("a.json", "[{\"text\": \"x\"}]", &json);
        check("-", "{\n  \"text\": \"x\"\n}", &json);
    }

    #[test]
    fn utf16_is_text() {
        let bytes: Vec<u8> = "\u{feff}id,text\n1,é\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(sniff("a.csv", &bytes), Recognized::DocumentsCsv(b','));
    }

    proptest! {
        #[test]
        fn never_panics(name in "\\PC{0,12}", bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[<{\\[\"a-z:,;\n]{0,60}") {
            let _ = (sniff(&name, &bytes), sniff(&name, text.as_bytes()));
        }
    }
}
