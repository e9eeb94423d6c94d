//! `stancenet merge`: statements tables put together, of several coders, or the parts of one run.

use super::inputs::offer_twins;
use super::options::{read_aliases, rename};
use super::progress::Progress;
use crate::document::{STDIN, collect_paths};
use crate::lexicon::Lexicon;
use crate::output::{write_file, write_result};
use crate::stances::agree_on_open;
use crate::statement::{
    Blank, CsvWriter, Names, Place, Rule, Statement, Table, Together, canonical_sort, conflict_rows, extra_columns,
    jsonl_of, put_together, undo,
};
use crate::{Error, Result};
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Put statements tables together: those of several coders, or the parts of one run
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet merge anna.csv ben.csv -o both.csv                      all that either has; what they contradict is told\n  \
    stancenet merge anna.csv ben.csv --conflicts contested.csv --on-conflict neither -o agreed.csv\n  \
    stancenet merge agreed.csv contested.csv -o final.csv             once the contested rows are decided\n  \
    stancenet merge decided.csv anna.csv ben.csv --on-conflict first -o final.csv\n  \
    stancenet merge part-*.jsonl -o statements.csv                    the parts of one run, as one run writes them\n  \
    stancenet merge coded.csv --aliases names.csv -o renamed.csv\n  \
    stancenet merge renamed.csv --undo-aliases -o coded.csv           the way back\n\n\
    A row that stands in several tables, letter for letter, is kept once. Rows are contested when they have the same id, \
    or speak of the same document, place (start and end, else sentence and quote), holder and target, and the tables, or \
    the coders of one table, do not say the same of it. Who coded a row, and how sure it is, is no contradiction. \
    Contested rows are all kept unless you say otherwise; where two would have one id, all but one get a mark behind it.\n\n\
    Matters that parts of a run have left open (`code --partial`, `code --format jsonl`) get their names here, by all \
    statements that leave them open; matters that are filled in are never changed. With --partial they stay open, for a \
    merge to come: in which order, and in how many steps, tables are put together makes no difference then.")]
pub struct Args {
    /// Statements tables (CSV or JSONL) and folders of these; - is standard input
    #[arg(value_name = "TABLE", required = true)]
    tables: Vec<PathBuf>,
    /// Where to write; standard output when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How to write
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Which of the contested rows to keep
    #[arg(long, value_enum, default_value = "keep", value_name = "RULE")]
    on_conflict: OnConflict,
    /// Write all contested rows to this file: a statements table with three more columns, for the number of the conflict,
    /// the columns that differ, and the row's table and line
    #[arg(long, value_name = "FILE.csv")]
    conflicts: Option<PathBuf>,
    /// Rename and merge actors and matters: a CSV file of two columns, a name and the name that stands for it. What was
    /// coded stays in columns such as holder_coded
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
    /// Put back the names that were coded (before --aliases, where that is given too)
    #[arg(long)]
    undo_aliases: bool,
    /// Leave matters open that are open
    #[arg(long, conflicts_with = "aliases")]
    partial: bool,
    /// Your own words and matters, as they were given when the parts were coded
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    /// What the columns of somebody else's table are called: OURS=THEIRS, joined by commas
    #[arg(long, value_name = "OURS=THEIRS,...")]
    map: Vec<String>,
    /// Go on without the tables that cannot be read, and say which
    #[arg(long)]
    skip_bad: bool,
    /// No notes
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table with a header
    Csv,
    /// One JSON object a line
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OnConflict {
    /// All: nothing is lost
    Keep,
    /// Those of the table (in one table, the coder) that comes first: name the decided one first
    First,
    /// Those of the table that comes last
    Last,
    /// None of them, but rows that nobody contests
    Neither,
    /// Write nothing but --conflicts, and fail
    Error,
}

/// Conflicts that are told on standard error; `--conflicts` has all.
const SHOWN: usize = 10;

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    let progress = Progress::new("", None, args.quiet);
    let aliases = read_aliases(args.aliases.as_deref())?;
    let mut tables = args.read(&progress)?;
    let files: Vec<String> = tables.iter().map(|t| t.file.clone()).collect();
    if args.undo_aliases {
        let undone = tables.iter_mut().flat_map(|t| &mut t.statements).map(undo).filter(|undone| *undone).count();
        progress.note(&format!("{} by the names that were coded", rows(undone)));
    }
    let rule = match args.on_conflict {
        OnConflict::Keep | OnConflict::Error => Rule::Keep,
        OnConflict::First => Rule::First,
        OnConflict::Last => Rule::Last,
        OnConflict::Neither => Rule::Neither,
    };
    let mut made = put_together(tables, rule, &aliases);
    if args.undo_aliases {
        crate::statement::Aliases::columns().for_each(|column| _ = made.columns.remove(column));
    }
    let place = |place: Place| format!("{}:{}", files.get(place.table).map_or("", String::as_str), place.line);
    if let Some(path) = &args.conflicts {
        let rows = conflict_rows(&made.conflicts, &place);
        let mut columns = made.columns.clone();
        columns.extend(extra_columns(&rows));
        write_file(path, &csv(&rows, &BTreeSet::new(), &columns)?)?;
    }
    if args.on_conflict == OnConflict::Error && !made.conflicts.is_empty() {
        return Err(contested(args, &made, &place));
    }
    tell(args, &made, &place, files.len(), &progress);
    let Together { mut statements, mut columns, blanks, .. } = made;
    if !args.partial {
        let lexicon = match &args.lexicon {
            Some(dir) => Lexicon::with_user(dir)?,
            None => Lexicon::embedded()?,
        };
        if agree_on_open(&lexicon, &mut statements)? > 0 {
            offer_twins(&statements, &progress);
        }
        columns.remove(crate::stances::OPEN_MATTER);
    }
    rename(&aliases, args.aliases.as_deref(), &mut statements, &progress);
    columns.extend(extra_columns(&statements));
    canonical_sort(&mut statements);
    let bytes = match args.format {
        Format::Csv => csv(&statements, &blanks, &columns)?,
        Format::Jsonl => jsonl_of(&statements, &blanks)?,
    };
    write_result(args.output.as_deref(), &bytes)
}

impl Args {
    fn read(&self, progress: &Progress) -> Result<Vec<Table>> {
        let names = if self.map.is_empty() { Ok(Names::default()) } else { Names::parse_list(&self.map.join(",")) };
        let names = names.map_err(|error| Error::Usage(format!("--map {error}")))?;
        let (mut tables, mut errors) = (Vec::new(), Vec::new());
        for path in collect_paths(&self.tables)? {
            match read(&path, &names) {
                Ok(table) => tables.push(table),
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() && !self.skip_bad {
            return Err(Error::many(errors));
        }
        errors.iter().for_each(|error| progress.note(&format!("skipped: {error}")));
        if tables.is_empty() {
            return Err(Error::Empty("no table is left to put together".to_owned()));
        }
        Ok(tables)
    }
}

fn read(path: &Path, names: &Names) -> Result<Table> {
    let (name, stream): (String, Box<dyn BufRead>) = if path == Path::new("-") {
        (STDIN.to_owned(), Box::new(io::stdin().lock()))
    } else {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|e| Error::io(&name, e))?;
        (name, Box::new(BufReader::with_capacity(1 << 16, file)))
    };
    Table::read_part(&name, stream, names)
}

fn csv(statements: &[Statement], blanks: &BTreeSet<Blank>, columns: &BTreeSet<String>) -> Result<Vec<u8>> {
    let mut writer = CsvWriter::new("statements", Vec::new(), columns)?;
    statements.iter().try_for_each(|statement| writer.write(statement))?;
    blanks.iter().try_for_each(|blank| writer.write_blank(blank))?;
    writer.finish()
}

fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

/// What was put together, and what is contested, in short.
fn tell(args: &Args, made: &Together, place: &dyn Fn(Place) -> String, tables: usize, progress: &Progress) {
    let mut text =
        format!("{} of {tables} {}", rows(made.statements.len()), if tables == 1 { "table" } else { "tables" });
    if made.repeated > 0 {
        text += &format!(
            "; {} stood there before and {} kept once",
            rows(made.repeated),
            if made.repeated == 1 { "is" } else { "are" }
        );
    }
    progress.note(&text);
    if made.conflicts.is_empty() {
        return;
    }
    let kept = match args.on_conflict {
        OnConflict::Keep | OnConflict::Error => "all of their rows are kept",
        OnConflict::First => "the first side's rows are kept",
        OnConflict::Last => "the last side's rows are kept",
        OnConflict::Neither => "none of their rows are kept",
    };
    progress.note(&format!(
        "{}; {kept} (--on-conflict):\n{}",
        conflicts(made.conflicts.len()),
        list(args, made, place)
    ));
}

fn conflicts(count: usize) -> String {
    if count == 1 { "1 thing is contested".to_owned() } else { format!("{count} things are contested") }
}

fn contested(args: &Args, made: &Together, place: &dyn Fn(Place) -> String) -> Error {
    Error::Empty(format!(
        "{}; correct the tables, or choose what to keep with --on-conflict:\n{}",
        conflicts(made.conflicts.len()),
        list(args, made, place)
    ))
}

fn list(args: &Args, made: &Together, place: &dyn Fn(Place) -> String) -> String {
    let mut lines: Vec<String> = Vec::new();
    for conflict in made.conflicts.iter().take(SHOWN) {
        let places: BTreeSet<Place> = conflict.rows.iter().flat_map(|(_, places)| places.iter().copied()).collect();
        let shown: Vec<String> = places.iter().take(4).map(|p| place(*p)).collect();
        let more = if places.len() > 4 { " ..." } else { "" };
        lines.push(format!("  {}{more} differ in {}", shown.join(", "), conflict.columns.join(", ")));
    }
    if made.conflicts.len() > SHOWN {
        lines.push(format!("  and {} more", made.conflicts.len() - SHOWN));
    }
    lines.push(match &args.conflicts {
        Some(path) => format!("  all rows are in {}", path.display()),
        None => "  --conflicts FILE.csv writes all rows down".to_owned(),
    });
    lines.join("\n")
}
