//! From the inputs that the user names to statements: tables are read, articles are coded.

use super::coded::{Relations, Rows, Tabled, database, of_coding, of_list};
use super::options::{InputArgs, SureArg};
use super::progress::Progress;
use crate::actors::twins;
use crate::document::{Document, Ids, Recognized, Shelf, collect_paths, from_reader, read_head, sniff};
use crate::import::dna::{MAGIC, Wanted};
use crate::lexicon::Lexicon;
use crate::network::Ledger;
use crate::stances::{Coder, OPEN_MATTER, take_open};
use crate::statement::{Brief, Kind, Names, Seen, Statement, Table, canonical_sort, check_against, each_row, merge};
use crate::{Error, Result};
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// Documents that are coded together; what they take in memory is all that coding takes.
const BATCH: usize = 256;

/// A file of the input.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// As the user named it, or as it was found in a folder.
    pub path: String,
    /// "articles" or "statements".
    pub kind: &'static str,
    /// SHA-256 of its bytes, in hex; none for standard input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// What the inputs hold.
#[derive(Debug, Default)]
pub struct Material {
    /// All statements in canonical order, coded by hand or by us.
    pub statements: Vec<Statement>,
    /// Documents that were read or that tables speak of.
    pub documents: usize,
    /// The files.
    pub sources: Vec<Source>,
    /// What is known of the documents that were read, where that was asked for.
    pub shelf: Shelf,
}

/// Reads tables, codes articles. A document that a table speaks of is taken as coded there, and is not coded again.
///
/// # Errors
/// All files and rows that cannot be read, unless `--skip-bad`; inputs without any document or statement.
pub fn load(args: &InputArgs, sure: SureArg, lexicon: &Lexicon) -> Result<Material> {
    let mut reader = Reader::new(args, true, &|names| names)?;
    let opened = reader.open_all(&args.inputs)?;
    load_opened(args, sure, lexicon, reader, opened)
}

/// As [`load`], and keeps what is known of the documents, and the words around the quotes.
///
/// # Errors
/// As [`load`].
pub fn load_with_shelf(args: &InputArgs, sure: SureArg, lexicon: &Lexicon) -> Result<Material> {
    let mut reader = Reader { shelve: true, ..Reader::new(args, true, &|names| names)? };
    let opened = reader.open_all(&args.inputs)?;
    load_opened(args, sure, lexicon, reader, opened)
}

/// Enters all statements of the inputs into a ledger: as [`load`] has them, but tables are not kept in memory where there
/// are tables alone. `relations` says how the relation of other programs' tables is taken.
///
/// # Errors
/// As [`load`].
pub fn enter(
    args: &InputArgs,
    sure: SureArg,
    lexicon: &Lexicon,
    relations: Relations<'_>,
    ledger: &mut Ledger,
) -> Result<()> {
    let mut reader = Reader::new(args, false, relations)?;
    let aliases = args.aliases()?;
    let opened = reader.open_all(&args.inputs)?;
    // Matters that are open are agreed on when all statements are at hand.
    if reader.parts || opened.iter().any(|o| matches!(o, Opened::Article(_))) {
        if opened.iter().any(|o| matches!(o, Opened::Table(table) if table.names.is_scale())) || reader.names.is_scale()
        {
            let message = "--scale is for tables alone; leave the articles out";
            return Err(Error::Usage(message.to_owned()));
        }
        let material = load_opened(args, sure, lexicon, reader, opened)?;
        let others = material.statements.iter().filter(|s| s.holder != s.target);
        return others.into_iter().try_for_each(|s| ledger.add(&Brief::of(s)));
    }
    let mut seen = Seen::default();
    // Whom the aliases make one takes no stance toward himself.
    let add = |ledger: &mut Ledger, brief: &Brief<'_>| {
        if aliases.is_empty() && brief.holder != brief.target {
            return ledger.add(brief);
        }
        let renamed = aliases.lend(brief);
        if renamed.holder == renamed.target { Ok(()) } else { ledger.add(&renamed) }
    };
    for table in opened {
        let Opened::Table(Tabled { name, stream, names, rows }) = table else { continue };
        let mark = ledger.mark();
        let stream = BufReader::with_capacity(1 << 16, stream);
        match each_row(&name, stream, &names, &mut seen, &mut |b| add(ledger, b)).map_err(|e| rows.place(e)) {
            Ok(passed_over) => reader.passed_over(&name, passed_over),
            Err(error) => {
                ledger.back_to(mark);
                reader.bad(error);
            }
        }
    }
    reader.finish(&Progress::new("", None, args.work.quiet))?;
    if ledger.is_empty() {
        return Err(Error::Empty("the input holds neither documents nor statements".to_owned()));
    }
    Ok(())
}

fn load_opened(
    args: &InputArgs,
    sure: SureArg,
    lexicon: &Lexicon,
    mut reader: Reader<'_>,
    opened: Vec<Opened>,
) -> Result<Material> {
    let aliases = args.aliases()?;
    let mut articles = Vec::new();
    let mut tables = Vec::new();
    for input in opened {
        match input {
            Opened::Article(article) => articles.push(article),
            Opened::Table(table) => tables.extend(reader.table(table)),
        }
    }
    let coded: BTreeSet<String> = tables.iter().flat_map(|t| &t.statements).map(|s| s.document.clone()).collect();
    let known = coded.len();
    let mut coder = Coder::new(lexicon)?;
    if args.unnamed {
        coder = coder.with_unnamed(lexicon)?;
    }
    let progress = Progress::new("documents coded", None, args.work.quiet);
    let mut statements = Vec::new();
    let mut ids = Ids::default();
    let mut kept: Vec<Document> = Vec::new();
    let mut batch: Vec<Document> = Vec::new();
    let mut read = 0;
    for (name, stream) in articles {
        let documents = match from_reader(&name, stream) {
            Ok(documents) => documents,
            Err(error) => {
                reader.bad(error);
                continue;
            }
        };
        for document in documents {
            match document.and_then(|d| ids.add(&d).map(|()| d)) {
                Ok(document) if coded.contains(&document.id) => kept.push(document),
                Ok(document) => batch.push(document),
                Err(error) => reader.bad(error),
            }
            if batch.len() == BATCH {
                read += batch.len();
                statements.extend(reader.shelved(&batch, code(&coder, &batch, &progress)));
                batch.clear();
            }
        }
    }
    read += batch.len();
    statements.extend(reader.shelved(&batch, code(&coder, &batch, &progress)));
    progress.finish();
    for table in &tables {
        reader.shelve(&kept, &table.statements);
    }
    for table in &mut tables {
        if let Err(error) = check_against(table, &kept) {
            reader.bad(error);
        }
    }
    let mut material = reader.finish(&progress)?;
    if !kept.is_empty() {
        let (verb, them) = if kept.len() == 1 { ("document is", "it is") } else { ("documents are", "they are") };
        progress.note(&format!("{} {verb} coded in a statements table already; {them} not coded again", kept.len()));
    }
    statements.retain(|s| s.confidence.is_none_or(|c| c >= sure.floor(args.unnamed)));
    // What a person wrote stays as it is; only matters that a part of a run left open get a name.
    let mut hand = merge(tables)?;
    statements.append(&mut take_open(&mut hand));
    coder.unify_matters(&mut statements);
    offer_twins(&statements, &progress);
    hand.append(&mut statements);
    args.rename(&aliases, &mut hand, &progress);
    canonical_sort(&mut hand);
    material.statements = hand;
    material.documents = read + known;
    if material.documents == 0 {
        return Err(Error::Empty("the input holds neither documents nor statements".to_owned()));
    }
    Ok(material)
}

/// More pairs than this are only counted.
const SHOWN: usize = 10;

/// Tells which of the names that the program coded may be one actor's.
pub(super) fn offer_twins(statements: &[Statement], progress: &Progress) {
    let targets = statements.iter().filter(|s| s.target_kind != Some(Kind::Matter)).map(|s| s.target.as_str());
    let pairs = twins(statements.iter().map(|s| s.holder.as_str()).chain(targets));
    for (one, other) in pairs.iter().take(SHOWN) {
        progress.note(&format!(
            "\"{one}\" and \"{other}\" may be one actor; if so, put both names in one row of actors.csv (--lexicon)"
        ));
    }
    if pairs.len() > SHOWN {
        progress.note(&format!("{} more pairs of names look alike", pairs.len() - SHOWN));
    }
}

fn code(coder: &Coder, batch: &[Document], progress: &Progress) -> Vec<Statement> {
    let coded: Vec<Vec<Statement>> = batch
        .par_iter()
        .map(|document| {
            let statements = coder.code(document);
            progress.add(1);
            statements
        })
        .collect();
    coded.into_iter().flatten().collect()
}

/// A file and its bytes to come.
pub(super) type Stream = (String, Box<dyn Read + Send>);

/// Tells the kinds of inputs, and gathers what is wrong with them.
pub(super) struct Reader<'r> {
    skip_bad: bool,
    names: Names,
    relations: Relations<'r>,
    /// What is asked for of Discourse Network Analyzer, and the option that asks until there is something to ask.
    wanted: Wanted,
    asked: Option<&'static str>,
    hashes: bool,
    /// Whether to keep what is known of documents.
    shelve: bool,
    /// Whether a table is a part of a run, whose matters are open.
    parts: bool,
    errors: Vec<Error>,
    notes: Vec<String>,
    material: Material,
}

impl<'r> Reader<'r> {
    pub(super) fn new(args: &InputArgs, hashes: bool, relations: Relations<'r>) -> Result<Self> {
        Ok(Self {
            skip_bad: args.work.skip_bad,
            names: relations(args.names()?),
            relations,
            wanted: args.dna.wanted(),
            asked: args.dna.given(),
            hashes,
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
    fn shelved(&mut self, documents: &[Document], statements: Vec<Statement>) -> Vec<Statement> {
        self.shelve(documents, &statements);
        statements
    }

    fn shelve(&mut self, documents: &[Document], statements: &[Statement]) {
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

    fn passed_over(&mut self, name: &str, rows: u64) {
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
                Ok(opened) => all.push(opened),
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

    fn open(&mut self, path: &Path) -> Result<Opened> {
        let stdin = path == Path::new("-");
        let name = if stdin { crate::document::STDIN.to_owned() } else { path.display().to_string() };
        let failed = |e: io::Error| Error::io(&name, e);
        let sha256 = if stdin || !self.hashes { None } else { Some(hash(path).map_err(failed)?) };
        let mut stream: Box<dyn Read + Send> =
            if stdin { Box::new(io::stdin()) } else { Box::new(BufReader::new(File::open(path).map_err(failed)?)) };
        let head = read_head(&mut stream).map_err(failed)?;
        if head.starts_with(MAGIC) {
            let table = self.open_database(&name, path, Cursor::new(head).chain(stream))?;
            self.material.sources.push(Source { path: name, kind: "Discourse Network Analyzer", sha256 });
            return Ok(Opened::Table(table));
        }
        if let Some(names) = self.event_list(&name, &head)? {
            self.material.sources.push(Source { path: name.clone(), kind: "event list", sha256 });
            let stream = Box::new(Cursor::new(head).chain(stream));
            return Ok(Opened::Table(Tabled { name, stream, names, rows: Rows::default() }));
        }
        let statements = self.is_statements(&name, &head)?;
        let stream: Box<dyn Read + Send> = Box::new(Cursor::new(head).chain(stream));
        let kind = if statements { "statements" } else { "articles" };
        self.material.sources.push(Source { path: name.clone(), kind, sha256 });
        if !statements {
            return Ok(Opened::Article((name, stream)));
        }
        Ok(Opened::Table(Tabled { name, stream, names: self.names.clone(), rows: Rows::default() }))
    }

    /// The statements of a `.dna` file; what is wrong with single rows of it is noted.
    fn open_database(&mut self, name: &str, path: &Path, stream: impl Read) -> Result<Tabled> {
        self.asked = None;
        if self.names.is_mapped() {
            let message =
                "--map is for tables; the variables of .dna files are named with --holder, --target and --stance";
            return Err(Error::Usage(message.to_owned()));
        }
        let mut coding = database(name, path, stream)?.read()?;
        self.errors.append(&mut coding.faults);
        self.notes.append(&mut coding.notes);
        let (table, note) = of_coding(coding, &self.wanted, self.relations)?;
        self.notes.push(note);
        Ok(table)
    }

    /// What the columns of an event list of Discourse Network Analyzer are called; `None` for anything else.
    fn event_list(&mut self, name: &str, head: &[u8]) -> Result<Option<Names>> {
        let columns = if self.names.is_mapped() { None } else { columns(name, head) };
        let Some(columns) = columns else { return Ok(None) };
        let found = of_list(name, &columns, &self.wanted, self.relations)?;
        Ok(found.map(|(names, note)| {
            self.asked = None;
            self.notes.push(note);
            names
        }))
    }

    /// Whether the file is a statements table: by its columns, even when it has a text column too. Where `--map` names
    /// columns, every table must have them.
    fn is_statements(&mut self, name: &str, head: &[u8]) -> Result<bool> {
        // What a table of another program is called in, or how it parts its cells, need not tell that it is one.
        let theirs = || {
            [b',', b';', b'\t']
                .map(|by| header(head, by))
                .into_iter()
                .find(|cells| self.names.is_header(&cells.iter().map(String::as_str).collect::<Vec<_>>()))
        };
        let found = if self.names.is_mapped() { theirs() } else { None };
        let Some(columns) = found.or_else(|| columns(name, head)) else { return Ok(false) };
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

/// An input whose kind is known.
pub(super) enum Opened {
    Article(Stream),
    Table(Tabled),
}

/// The columns of a table; `None` for what is none.
pub fn columns(name: &str, head: &[u8]) -> Option<Vec<String>> {
    match sniff(name, head) {
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

fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(hasher.finalize().iter().map(|b| format!("{b:02x}")).collect());
        }
        hasher.update(&buffer[..n]);
    }
}
