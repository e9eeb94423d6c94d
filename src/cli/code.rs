//! `stancenet code`: articles to a statements table.

use super::inputs::{already_coded, load_or_stream, stream_events};
use super::options::{InputArgs, SureArg};
use super::progress::Progress;
use super::reader::{Opened, Reader};
use super::stream::{Sink, code_stream};
use crate::document::{Document, Documents, Ids, STDIN, from_reader, read_head};
use crate::import::events::EXTRA;
use crate::output::{Growing, write_result};
use crate::stances::{Coder, OPEN_MATTER, leave_open};
use crate::statement::{
    Aliases, Blank, CsvWriter, JsonlWriter, Statement, Table, blanks, canonical_sort, check_against, csv_of,
    extra_columns, merge,
};
use crate::{Error, Result};
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;

/// Read articles and write down who takes which stance toward whom: a statements table
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet code article.txt                       statements as CSV on standard output\n  \
    stancenet code articles/ -o statements.csv       a folder of articles; correct the table, and go on from it\n  \
    stancenet code article.txt --min-confidence 0.2   more of them, and more wrong ones\n  \
    stancenet code news.jsonl --format jsonl | head  JSON, one statement a line, as soon as it is found\n  \
    stancenet code 20240101.export.CSV.zip -o statements.csv   events of GDELT, one a row, in the order of the file\n  \
    cat *.jsonl | stancenet code - --format jsonl | stancenet merge - -o statements.csv\n\n\
    A document that a statements table among the inputs speaks of is taken as coded there, and is not coded again.\n\n\
    As JSON, or with --partial, statements go out as soon as their document is coded, in the order of the documents, and \
    memory does not grow with their number (but for 16 bytes a document, by which ids that come twice are found). What \
    all documents together call a matter cannot be known then: `matter` is empty, and `open_matter` has what the text \
    calls it. `stancenet merge` gives open matters their names; any number of such parts, put together by it, are byte \
    for byte the table of one run over all documents. `analyze`, `edges` and the others read parts in the same way. A \
    matter that you fill in yourself stays. The first bad document ends a stream, after the statements of those before \
    it, unless --skip-bad is given.")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    sure: SureArg,
    /// Where to write; standard output when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How to write
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Code a part of the documents, and leave the names of matters to `stancenet merge`. JSON is always so
    #[arg(long)]
    partial: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table with a header
    Csv,
    /// One JSON object a line, as soon as its document is coded; matters are left open
    Jsonl,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    if args.format == Format::Jsonl || args.partial {
        return part(args);
    }
    let lexicon = args.input.lexicon()?;
    let mut events = EventTable::new(args)?;
    let material = args
        .input
        .on_threads(|| load_or_stream(&args.input, args.sure, &lexicon, &mut |statements| events.add(statements)))?;
    match material {
        Some(material) => {
            let statements = material.each("a table of events and other inputs")?;
            write_result(args.output.as_deref(), &csv_of(statements, &material.blanks)?)
        }
        None => events.finish(),
    }
}

/// A table of events that is written as it is made.
struct EventTable<'a> {
    args: &'a Args,
    aliases: Aliases,
    rows: Option<Rows>,
}

impl<'a> EventTable<'a> {
    fn new(args: &'a Args) -> Result<Self> {
        Ok(Self { args, aliases: args.input.aliases()?, rows: None })
    }

    fn rows(&mut self) -> Result<&mut Rows> {
        let rows = match self.rows.take() {
            Some(rows) => rows,
            None => {
                let mut columns: BTreeSet<String> = EXTRA.iter().map(ToString::to_string).collect();
                if !self.aliases.is_empty() {
                    columns.extend(Aliases::columns().map(str::to_owned));
                }
                Rows::begin(self.args, &columns)?
            }
        };
        Ok(self.rows.insert(rows))
    }

    fn add(&mut self, statements: &[Statement]) -> Result<()> {
        self.rows()?;
        let Self { aliases, rows: Some(rows), .. } = self else { return Ok(()) };
        if aliases.is_empty() {
            return statements.iter().try_for_each(|s| rows.write(s));
        }
        statements.iter().cloned().try_for_each(|mut statement| {
            aliases.apply(&mut statement);
            rows.write(&statement)
        })
    }

    fn finish(mut self) -> Result<()> {
        self.rows()?;
        self.rows.map_or(Ok(()), |rows| rows.finish()?.commit())
    }
}

/// Codes a stream; tables among the inputs come after it.
fn part(args: &Args) -> Result<()> {
    if args.input.aliases.is_some() {
        let message =
            "a part leaves matters open, which go by the names that are coded; give --aliases to `stancenet merge`";
        return Err(Error::Usage(message.to_owned()));
    }
    let lexicon = args.input.lexicon()?;
    let mut reader = Reader::new(&args.input, &|names| names)?;
    let (mut articles, mut tables) = (Vec::new(), Vec::new());
    for input in reader.open_all(&args.input.inputs)? {
        match input {
            Opened::Article(article) => articles.push(article),
            Opened::Table(table) => tables.extend(reader.table(table)),
        }
    }
    if reader.has_events() {
        if !articles.is_empty() || !tables.is_empty() {
            let message = "tables of events are written alone as JSON: give them without other inputs, or leave out --format jsonl \
                           and --partial";
            return Err(Error::Usage(message.to_owned()));
        }
        let mut events = EventTable::new(args)?;
        args.input.on_threads(|| stream_events(reader, &lexicon, &mut |statements| events.add(statements)))?;
        return events.finish();
    }
    let progress = Progress::new("documents coded", None, args.input.work.quiet);
    reader.finish(&progress)?;
    let mut columns = extra_columns(tables.iter().flat_map(|t| &t.statements));
    columns.insert(OPEN_MATTER.to_owned());
    let mut sink = Writing {
        args,
        floor: args.sure.floor(args.input.unnamed),
        progress: &progress,
        rows: Rows::begin(args, &columns)?,
    };
    let coded: BTreeSet<String> = tables.iter().flat_map(Table::documents).map(str::to_owned).collect();
    let (keep, kept) = channel();
    let mut ids = Ids::default();
    let documents = articles.into_iter().flat_map(|(name, stream)| documents(&name, stream));
    let documents = documents.filter_map(move |document| match document.and_then(|d| ids.add(&d).map(|()| d)) {
        Ok(document) if coded.contains(&document.id) => {
            _ = keep.send(document);
            None
        }
        other => Some(other),
    });
    let mut coder = Coder::new(&lexicon)?;
    if args.input.unnamed {
        coder = coder.with_unnamed(&lexicon)?;
    }
    let outcome = code_stream(documents, &Arc::new(coder), args.input.work.threads(), &mut sink);
    if let Err(error) = outcome {
        progress.finish();
        // What is coded already is no less right for it.
        sink.rest()?;
        return Err(error);
    }
    let kept: Vec<Document> = kept.into_iter().collect();
    sink.tables(tables, &kept)?;
    progress.finish();
    sink.rows.finish()?.commit()
}

/// The documents of a file. Standard input may be empty: an engine that runs the program over parts of its data has empty
/// parts, too.
fn documents(name: &str, mut stream: Box<dyn Read + Send>) -> Documents {
    let opened = read_head(&mut stream).map_err(|e| Error::io(name, e)).and_then(|head| {
        if name == STDIN && head.trim_ascii().is_empty() {
            return Ok(Box::new(std::iter::empty()) as Documents);
        }
        from_reader(name, Cursor::new(head).chain(stream))
    });
    opened.unwrap_or_else(|error| Box::new(std::iter::once(Err(error))))
}

/// Writes statements as they come.
struct Writing<'a> {
    args: &'a Args,
    floor: f64,
    progress: &'a Progress,
    rows: Rows,
}

enum Rows {
    Csv(Box<CsvWriter<Growing>>),
    Jsonl(JsonlWriter<Growing>),
}

impl Rows {
    fn begin(args: &Args, columns: &BTreeSet<String>) -> Result<Self> {
        let output = args.output.as_deref();
        let name = output.filter(|p| *p != Path::new("-")).map_or("<stdout>".to_owned(), |p| p.display().to_string());
        let out = Growing::open(output)?;
        Ok(match args.format {
            Format::Csv => Self::Csv(Box::new(CsvWriter::new(&name, out, columns)?)),
            Format::Jsonl => Self::Jsonl(JsonlWriter::new(&name, out)),
        })
    }

    fn write(&mut self, statement: &Statement) -> Result<()> {
        match self {
            Self::Csv(rows) => rows.write(statement),
            Self::Jsonl(rows) => rows.write(statement),
        }
    }

    fn write_blank(&mut self, blank: &Blank) -> Result<()> {
        match self {
            Self::Csv(rows) => rows.write_blank(blank),
            Self::Jsonl(rows) => rows.write_blank(blank),
        }
    }

    fn finish(self) -> Result<Growing> {
        match self {
            Self::Csv(rows) => rows.finish(),
            Self::Jsonl(rows) => rows.finish(),
        }
    }
}

impl Sink for Writing<'_> {
    fn take(&mut self, coded: Result<Vec<Statement>>) -> Result<()> {
        let mut statements = match coded {
            Ok(statements) => statements,
            Err(error) if self.args.input.work.skip_bad => {
                self.progress.note(&format!("skipped: {error}"));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        self.progress.add(1);
        statements.retain(|s| s.confidence.is_none_or(|c| c >= self.floor));
        leave_open(&mut statements);
        statements.iter().try_for_each(|statement| self.rows.write(statement))
    }

    fn rest(&mut self) -> Result<()> {
        match &mut self.rows {
            Rows::Csv(rows) => rows.flush(),
            Rows::Jsonl(rows) => rows.flush(),
        }
    }
}

impl Writing<'_> {
    /// Writes the statements of tables, held against those of their documents that were among the inputs.
    fn tables(&mut self, mut tables: Vec<Table>, kept: &[Document]) -> Result<()> {
        for table in &mut tables {
            match check_against(table, kept) {
                Err(error) if self.args.input.work.skip_bad => self.progress.note(&format!("skipped: {error}")),
                checked => checked?,
            }
        }
        if !kept.is_empty() {
            self.progress.note(&already_coded(kept.len()));
        }
        let blanks = blanks(&tables);
        let mut hand = merge(tables)?;
        canonical_sort(&mut hand);
        hand.iter().try_for_each(|statement| self.rows.write(statement))?;
        blanks.iter().try_for_each(|blank| self.rows.write_blank(blank))
    }
}
