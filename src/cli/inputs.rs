//! From the inputs that the user names to statements: tables are read, articles are coded.

use super::coded::{Papers, Relations, Rows, Tabled, of_coding, of_list};
use super::events::{Content, EventInputs, in_words};
use super::options::{InputArgs, NetworkArgs, SureArg};
use super::progress::Progress;
use crate::actors::twins;
use crate::document::{Document, Ids, Recognized, Shelf, collect_paths, from_reader, read_head, sniff};
use crate::import::dna::{Database, MAGIC, Wanted};
use crate::import::events::{Events, Found, MOST_KEPT, Told};
use crate::import::packed::{gunzip, is_gzip, is_zip, members};
use crate::lexicon::Lexicon;
use crate::network::{Bundle, Ledger};
use crate::stances::{Coder, OPEN_MATTER, take_open};
use crate::statement::{Brief, Kind, Names, Seen, Statement, Table, canonical_sort, check_against, each_row, merge};
use crate::{Error, Result};
use jiff::civil::Date;
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
    /// "articles", "statements", whose events they are, or "aliases", which are no input of their own.
    pub kind: &'static str,
    /// SHA-256 of its bytes, in hex; none for standard input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Where it is; none for standard input.
    #[serde(skip)]
    file: Option<PathBuf>,
}

/// Computes the check sums of all files.
///
/// # Errors
/// A file that cannot be read any more.
pub fn hash_all(sources: &mut [Source]) -> Result<()> {
    for source in sources {
        // What came through a pipe cannot be read a second time.
        if let Some(file) = source.file.as_deref().filter(|f| f.is_file()) {
            source.sha256 = Some(hash(file).map_err(|e| Error::io(&source.path, e))?);
        }
    }
    Ok(())
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
    /// What became of the rows of event tables.
    pub events: Option<Told>,
    /// Where events were counted and not kept, their counts; `statements` is empty then.
    pub counts: Option<Vec<Bundle>>,
}

impl Material {
    /// How many statements there are, kept or counted.
    pub fn statements(&self) -> usize {
        match (&self.counts, self.events) {
            (Some(_), Some(told)) => usize::try_from(told.statements).unwrap_or(usize::MAX),
            _ => self.statements.len(),
        }
    }

    /// All statements, for what cannot be made of counts.
    ///
    /// # Errors
    /// A usage error where there are only counts.
    pub fn each(&self, what: &str) -> Result<&[Statement]> {
        match (&self.counts, self.events) {
            (Some(_), Some(told)) => Err(Error::Usage(format!(
                "{what} needs each statement, but of more than {MOST_KEPT} events ({} here) only counts are kept: give fewer \
                 files, or write their statements to a table with \"stancenet code\" and give that",
                told.statements
            ))),
            _ => Ok(&self.statements),
        }
    }
}

/// Reads tables, codes articles. A document that a table speaks of is taken as coded there, and is not coded again.
///
/// # Errors
/// All files and rows that cannot be read, unless `--skip-bad`; inputs without any document or statement.
pub fn load(args: &InputArgs, network: &NetworkArgs, lexicon: &Lexicon) -> Result<Material> {
    let mut reader = Reader::new(args, &|names| names)?;
    let opened = reader.open_all(&args.inputs)?;
    let days = (network.from, network.to);
    load_opened(args, network.sure, days, lexicon, reader, opened)
}

/// As [`load`], and keeps what is known of the documents, and the words around the quotes.
///
/// # Errors
/// As [`load`].
pub fn load_with_shelf(args: &InputArgs, network: &NetworkArgs, lexicon: &Lexicon) -> Result<Material> {
    let mut reader = Reader { shelve: true, ..Reader::new(args, &|names| names)? };
    let opened = reader.open_all(&args.inputs)?;
    let days = (network.from, network.to);
    load_opened(args, network.sure, days, lexicon, reader, opened)
}

/// As [`load`], but where all inputs are tables of events, gives their statements to `take` as they are read, in the order
/// of their rows, and returns none.
///
/// # Errors
/// As [`load`], and those of `take`.
pub fn load_or_stream(
    args: &InputArgs,
    sure: SureArg,
    lexicon: &Lexicon,
    take: &mut dyn FnMut(&[Statement]) -> Result<()>,
) -> Result<Option<Material>> {
    let mut reader = Reader::new(args, &|names| names)?;
    let opened = reader.open_all(&args.inputs)?;
    if !opened.is_empty() || !reader.has_events() || !reader.errors.is_empty() {
        return load_opened(args, sure, (None, None), lexicon, reader, opened).map(Some);
    }
    stream_events(reader, lexicon, take).map(|()| None)
}

/// Gives the statements of all tables of events to `take`, in the order of their rows.
///
/// # Errors
/// Files and rows that cannot be read, unless `--skip-bad`; those of `take`.
pub(super) fn stream_events(
    mut reader: Reader<'_>,
    lexicon: &Lexicon,
    take: &mut dyn FnMut(&[Statement]) -> Result<()>,
) -> Result<()> {
    let quiet = reader.quiet;
    let (told, broken) = std::mem::take(&mut reader.events).stream(lexicon, reader.skip_bad, take)?;
    reader.errors.extend(broken);
    reader.notes.push(in_words(&reader.material.sources, told, false));
    reader.finish(&Progress::new("", None, quiet)).map(drop)
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
    let mut reader = Reader::new(args, relations)?;
    let aliases = args.aliases()?;
    let opened = reader.open_all(&args.inputs)?;
    if reader.has_events() {
        let message = "events are between two actors and on no matter: there is nothing to tie actors by; take --ties direct \
                       or combined";
        return Err(Error::Usage(message.to_owned()));
    }
    // Matters that are open are agreed on when all statements are at hand.
    if reader.parts || opened.iter().any(|o| matches!(o, Opened::Article(_))) {
        if opened.iter().any(|o| matches!(o, Opened::Table(table) if table.names.is_scale())) || reader.names.is_scale()
        {
            let message = "--scale is for tables alone; leave the articles out";
            return Err(Error::Usage(message.to_owned()));
        }
        let material = load_opened(args, sure, (None, None), lexicon, reader, opened)?;
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
    days: (Option<Date>, Option<Date>),
    lexicon: &Lexicon,
    mut reader: Reader<'_>,
    opened: Vec<Opened>,
) -> Result<Material> {
    let aliases = args.aliases()?;
    let others = !opened.is_empty();
    let mut articles = Vec::new();
    let mut tables = Vec::new();
    for input in opened {
        match input {
            Opened::Article(article) => articles.push(article),
            Opened::Table(table) => tables.extend(reader.table(table)),
        }
    }
    let mut happened = reader.happened(days, lexicon, others)?;
    if !aliases.is_empty() {
        reader.material.each("--aliases")?;
    }
    let coded: BTreeSet<String> = tables.iter().flat_map(|t| &t.statements).map(|s| s.document.clone()).collect();
    let known = coded.len() + happened.iter().map(|s: &Statement| &s.document).collect::<BTreeSet<_>>().len();
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
        progress.note(&already_coded(kept.len()));
    }
    statements.retain(|s| s.confidence.is_none_or(|c| c >= sure.floor(args.unnamed)));
    // What a person wrote stays as it is; only matters that a part of a run left open get a name.
    let mut hand = merge(tables)?;
    statements.append(&mut take_open(&mut hand));
    coder.unify_matters(&mut statements);
    offer_twins(&statements, &progress);
    hand.append(&mut statements);
    hand.append(&mut happened);
    args.rename(&aliases, &mut hand, &progress);
    if let Some(path) = &args.aliases {
        let name = path.display().to_string();
        material.sources.push(Source { path: name, kind: "aliases", sha256: None, file: Some(path.clone()) });
    }
    canonical_sort(&mut hand);
    material.statements = hand;
    material.documents = read + known;
    if let (Some(told), Some(_)) = (material.events, &material.counts) {
        material.documents = usize::try_from(told.statements).unwrap_or(usize::MAX);
    }
    if material.documents == 0 {
        if let Some(told) = material.events {
            let message =
                format!("none of the {} events is a stance between two actors that the lexicon knows", told.rows);
            return Err(Error::Empty(message));
        }
        return Err(Error::Empty("the input holds neither documents nor statements".to_owned()));
    }
    Ok(material)
}

/// Tells of documents that are not coded again.
pub(super) fn already_coded(documents: usize) -> String {
    let (verb, them) = if documents == 1 { ("document is", "it is") } else { ("documents are", "they are") };
    format!("{documents} {verb} coded in a statements table already; {them} not coded again")
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
    quiet: bool,
    names: Names,
    relations: Relations<'r>,
    /// What is asked for of Discourse Network Analyzer, and the option that asks until there is something to ask.
    wanted: Wanted,
    asked: Option<&'static str>,
    papers: Papers,
    /// Tables of events, which are read together.
    events: EventInputs,
    /// Whether to keep what is known of documents.
    shelve: bool,
    /// Whether a table is a part of a run, whose matters are open.
    parts: bool,
    errors: Vec<Error>,
    notes: Vec<String>,
    material: Material,
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
        let events = match sniff(&name, head) {
            Recognized::Events(form) if !self.names.is_mapped() => Some(form),
            _ => None,
        };
        if let Some(form) = events {
            self.source(name.clone(), form.name(), file.clone());
            self.events.add(&name, form, content, file)?;
            return Ok(None);
        }
        if head.starts_with(MAGIC) {
            let table = self.open_database(|| match (&file, content) {
                (Some(path), Content::Stream(_)) => Database::at(&name, path),
                (_, content) => Database::from_stream(&name, content.open().map_err(|e| Error::io(&name, e))?),
            })?;
            self.source(name, "Discourse Network Analyzer", file);
            return Ok(Some(Opened::Table(table)));
        }
        let (kind, names) = match self.event_list(&name, head)? {
            Some(names) => ("event list", Some(names)),
            None if self.is_statements(&name, head)? => ("statements", Some(self.names.clone())),
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
    fn happened(
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
