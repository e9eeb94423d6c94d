//! The kinds of inputs: each file is looked at, and opened as what it is.
//!
//! In: paths. Out: articles and tables to be read, and tables of events, put by until all are read together. Never here:
//! what is made of them.

use super::coded::{Papers, Relations, Rows, Tabled, of_coding, of_list};
use super::events::{Content, EventInputs, in_words};
use super::material::{Material, Source};
use super::options::InputArgs;
use super::progress::Progress;
use crate::document::{Document, Recognized, collect_paths, read_head, sniff};
use crate::import::dna::{Database, Wanted};
use crate::import::events::{Events, Found, MOST_KEPT};
use crate::import::packed::{gunzip, is_gzip, is_zip, members};
use crate::lexicon::Lexicon;
use crate::stances::OPEN_MATTER;
use crate::statement::{Names, Statement, Table};
use crate::{Error, Result};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// A file and its bytes to come.
pub(super) type Stream = (String, Box<dyn Read + Send>);

/// Tells the kinds of inputs, and gathers what is wrong with them.
pub(super) struct Reader<'r> {
    pub(super) skip_bad: bool,
    pub(super) quiet: bool,
    pub(super) names: Names,
    pub(super) relations: Relations<'r>,
    /// What is asked for of Discourse Network Analyzer, and the option that asks until there is something to ask.
    pub(super) wanted: Wanted,
    pub(super) asked: Option<&'static str>,
    pub(super) papers: Papers,
    /// Tables of events, which are read together.
    pub(super) events: EventInputs,
    /// Whether to keep what is known of documents.
    pub(super) shelve: bool,
    /// Whether a table is a part of a run, whose matters are open.
    pub(super) parts: bool,
    pub(super) errors: Vec<Error>,
    pub(super) notes: Vec<String>,
    pub(super) material: Material,
}

impl<'r> Reader<'r> {
    pub(super) fn new(args: &InputArgs, relations: Relations<'r>) -> Result<Self> {
        Ok(Self {
            skip_bad: args.work.skip_bad,
            quiet: args.work.quiet,
            names: relations(args.names()?),
            relations,
            wanted: args.dna.wanted(),
            asked: args.dna.given(),
            papers: Papers::default(),
            events: EventInputs::new(args.work.quiet),
            shelve: false,
            parts: false,
            errors: Vec::new(),
            notes: Vec::new(),
            material: Material::default(),
        })
    }

    pub(super) fn bad(&mut self, error: Error) {
        self.errors.push(error);
    }

    /// Keeps what is known of the documents and stands around the statements, which it gives back.
    pub(super) fn shelved(&mut self, documents: &[Document], statements: Vec<Statement>) -> Vec<Statement> {
        self.shelve(documents, &statements);
        statements
    }

    pub(super) fn shelve(&mut self, documents: &[Document], statements: &[Statement]) {
        if !self.shelve {
            return;
        }
        let mut spans: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        for s in statements {
            spans.entry(&s.document).or_default().extend(s.span);
        }
        for document in documents {
            let of = spans.get(document.id.as_str()).into_iter().flatten().copied();
            self.material.shelf.put(document, of);
        }
    }

    pub(super) fn passed_over(&mut self, name: &str, rows: u64) {
        if rows > 0 {
            let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
            self.notes.push(format!(
                "{name}: {rows} without holder, target or relation, or with one name for both, passed over"
            ));
        }
    }

    /// Reads a table; `None` for one that cannot be read.
    pub(super) fn table(&mut self, table: Tabled) -> Option<Table> {
        match table.read() {
            Ok(table) => {
                self.passed_over(&table.file, table.passed_over);
                Some(table)
            }
            Err(error) => {
                self.bad(error);
                None
            }
        }
    }

    /// Tells articles from tables.
    pub(super) fn open_all(&mut self, inputs: &[PathBuf]) -> Result<Vec<Opened>> {
        let mut all = Vec::new();
        for path in collect_paths(inputs)? {
            match self.open(&path) {
                Ok(opened) => all.extend(opened),
                // Of no use to anybody when it is passed over.
                Err(error @ Error::Usage(_)) => return Err(error),
                Err(error) => self.bad(error),
            }
        }
        match self.asked {
            Some(option) if self.errors.is_empty() => Err(Error::Usage(format!(
                "{option} is for .dna files and event lists of Discourse Network Analyzer, and there is none among the inputs; \
                 the columns of other tables are named with --map"
            ))),
            _ => Ok(all),
        }
    }

    /// What is in a file: at most one thing besides events, or the files of an archive.
    fn open(&mut self, path: &Path) -> Result<Vec<Opened>> {
        if path == Path::new("-") {
            let name = crate::document::STDIN.to_owned();
            let (head, stream) = peek(Box::new(io::stdin())).map_err(|e| Error::io(&name, e))?;
            if is_zip(&head) {
                return Err(Error::input(name, "a zip archive cannot be read from standard input: name the file"));
            }
            let unpacked = if is_gzip(&head) { peek(Box::new(gunzip(stream))) } else { Ok((head, stream)) };
            let (head, stream) = unpacked.map_err(|e| Error::io(&name, e))?;
            return Ok(self.told(name, None, &head, Content::Stream(stream))?.into_iter().collect());
        }
        let name = path.display().to_string();
        let failed = |e: io::Error| Error::io(&name, e);
        let (head, stream) = peek(Box::new(File::open(path).map_err(failed)?)).map_err(failed)?;
        if is_zip(&head) {
            return self.open_archive(path);
        }
        // What is not named in the file system, such as a pipe, cannot be opened a second time.
        let again = path.is_file().then(|| path.to_owned());
        if is_gzip(&head) {
            let (head, stream) = peek(Box::new(gunzip(stream))).map_err(failed)?;
            return Ok(self.told(name, again, &head, Content::Packed(stream))?.into_iter().collect());
        }
        Ok(self.told(name, again, &head, Content::Stream(stream))?.into_iter().collect())
    }

    /// The files of a zip archive.
    fn open_archive(&mut self, path: &Path) -> Result<Vec<Opened>> {
        let mut all = Vec::new();
        for member in members(path)? {
            let name = format!("{}/{}", path.display(), member.name);
            let failed = |e: io::Error| Error::io(&name, e);
            let (head, _) = peek(Box::new(member.open().map_err(failed)?)).map_err(failed)?;
            if head.is_empty() {
                self.notes.push(format!("{name}: empty, passed over"));
                continue;
            }
            all.extend(self.told(name, Some(path.to_owned()), &head, Content::Member(member))?);
        }
        Ok(all)
    }

    /// Tells events, tables and articles apart; events are put by until all of them are read together.
    fn told(&mut self, name: String, file: Option<PathBuf>, head: &[u8], content: Content) -> Result<Option<Opened>> {
        let recognized = sniff(&name, head);
        if let Recognized::Events(form) = recognized
            && !self.names.is_mapped()
        {
            self.source(name.clone(), form.name(), file.clone());
            self.events.add(&name, form, content, file)?;
            return Ok(None);
        }
        if recognized == Recognized::Sqlite {
            let table = self.open_database(|| match (&file, content) {
                (Some(path), Content::Stream(_)) => Database::at(&name, path),
                (_, content) => Database::from_stream(&name, content.open().map_err(|e| Error::io(&name, e))?),
            })?;
            self.source(name, "Discourse Network Analyzer", file);
            return Ok(Some(Opened::Table(table)));
        }
        let columns = columns(recognized, head);
        let (kind, names) = match self.event_list(&name, columns.as_deref())? {
            Some(names) => ("event list", Some(names)),
            None if self.is_statements(&name, head, columns)? => ("statements", Some(self.names.clone())),
            None => ("articles", None),
        };
        let stream = match (&file, content) {
            (Some(path), Content::Stream(_)) => Box::new(Later { path: path.to_owned(), file: None }),
            (_, content) => content.open().map_err(|e| Error::io(&name, e))?,
        };
        self.source(name.clone(), kind, file);
        Ok(Some(match names {
            Some(names) => Opened::Table(Tabled { name, stream, names, rows: Rows::default() }),
            None => Opened::Article((name, stream)),
        }))
    }

    fn source(&mut self, path: String, kind: &'static str, file: Option<PathBuf>) {
        self.material.sources.push(Source { path, kind, sha256: None, file });
    }

    /// Whether there are tables of events.
    pub(super) fn has_events(&self) -> bool {
        !self.events.is_empty()
    }

    /// The statements of all events; where there are too many of them to keep, their counts go into the material.
    pub(super) fn happened(
        &mut self,
        days: (Option<Date>, Option<Date>),
        lexicon: &Lexicon,
        others: bool,
    ) -> Result<Vec<Statement>> {
        if self.events.is_empty() {
            return Ok(Vec::new());
        }
        let Events { told, found, broken } = std::mem::take(&mut self.events).read(lexicon, self.skip_bad, days)?;
        self.errors.extend(broken);
        self.material.events = Some(told);
        self.notes.push(in_words(&self.material.sources, told, matches!(found, Found::Counts(_))));
        match found {
            Found::Statements(statements) => Ok(statements),
            Found::Counts(_) if others => Err(Error::Usage(format!(
                "more than {MOST_KEPT} events ({} here) are only counted, and go with no other inputs: give fewer, or write \
                 their statements to a table with \"stancenet code\" and give that",
                told.statements
            ))),
            Found::Counts(bundles) => {
                self.material.counts = Some(bundles);
                Ok(Vec::new())
            }
        }
    }

    /// The statements of a `.dna` file; what is wrong with single rows of it is noted.
    fn open_database(&mut self, open: impl FnOnce() -> Result<Database>) -> Result<Tabled> {
        self.asked = None;
        if self.names.is_mapped() {
            let message =
                "--map is for tables; the variables of .dna files are named with --holder, --target and --stance";
            return Err(Error::Usage(message.to_owned()));
        }
        let mut coding = open()?.read()?;
        self.errors.append(&mut coding.faults);
        self.notes.append(&mut coding.notes);
        self.papers.add(&coding)?;
        let (table, note) = of_coding(coding, &self.wanted, self.relations)?;
        self.notes.push(note);
        Ok(table)
    }

    /// What the columns of an event list of Discourse Network Analyzer are called; `None` for anything else.
    fn event_list(&mut self, name: &str, columns: Option<&[String]>) -> Result<Option<Names>> {
        let Some(columns) = columns.filter(|_| !self.names.is_mapped()) else { return Ok(None) };
        let found = of_list(name, columns, &self.wanted, self.relations)?;
        Ok(found.map(|(names, note)| {
            self.asked = None;
            self.notes.push(note);
            names
        }))
    }

    /// Whether the file is a statements table: by its columns, even when it has a text column too. Where `--map` names
    /// columns, every table must have them.
    fn is_statements(&mut self, name: &str, head: &[u8], columns: Option<Vec<String>>) -> Result<bool> {
        // What a table of another program is called in, or how it parts its cells, need not tell that it is one.
        let theirs = || {
            [b',', b';', b'\t']
                .map(|by| header(head, by))
                .into_iter()
                .find(|cells| self.names.is_header(&cells.iter().map(String::as_str).collect::<Vec<_>>()))
        };
        let found = if self.names.is_mapped() { theirs() } else { None };
        let Some(columns) = found.or(columns) else { return Ok(false) };
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let fits = self.names.is_header(&columns);
        self.parts |= fits && columns.contains(&OPEN_MATTER);
        if self.names.is_mapped() {
            if !fits {
                return Err(Error::input(name, self.names.complaint(&columns)));
            }
            if !self.names.has_documents(&columns) {
                let note =
                    "no column is named for the document (--map document=COLUMN): each row counts as one of its own";
                self.notes.push(format!("{name}: {note}"));
            }
        }
        Ok(fits)
    }

    /// All errors together, or, with `--skip-bad`, a note for each.
    pub(super) fn finish(self, progress: &Progress) -> Result<Material> {
        if !self.errors.is_empty() && !self.skip_bad {
            return Err(Error::many(self.errors));
        }
        for error in &self.errors {
            progress.note(&format!("skipped: {error}"));
        }
        for note in &self.notes {
            progress.note(note);
        }
        Ok(self.material)
    }
}

/// A file that is opened when it is read: a folder may hold more than can be open at a time.
struct Later {
    path: PathBuf,
    file: Option<File>,
}

impl Read for Later {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if let Some(file) = &mut self.file {
            return file.read(bytes);
        }
        self.file.insert(File::open(&self.path)?).read(bytes)
    }
}

/// An input whose kind is known.
pub(super) enum Opened {
    Article(Stream),
    Table(Tabled),
}

/// The first bytes of a stream, and the stream with them.
fn peek(mut stream: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let head = read_head(&mut stream)?;
    let whole = Box::new(Cursor::new(head.clone()).chain(BufReader::new(stream)));
    Ok((head, whole))
}

/// The columns of a table that begins with `head`; `None` for what is none.
pub fn columns(recognized: Recognized, head: &[u8]) -> Option<Vec<String>> {
    match recognized {
        Recognized::Table { columns, .. } => Some(columns),
        Recognized::DocumentsCsv(separator) => Some(header(head, separator)),
        Recognized::DocumentsJsonl => {
            let first = head.split(|b| *b == b'\n').find(|l| !l.trim_ascii().is_empty()).unwrap_or_default();
            let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(first).unwrap_or_default();
            Some(object.keys().cloned().collect())
        }
        _ => None,
    }
}

/// The first row.
fn header(head: &[u8], separator: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(head);
    reader.headers().map(|h| h.iter().map(str::to_owned).collect()).unwrap_or_default()
}
