//! `stancenet import`: a whole file of Discourse Network Analyzer as plain tables.

use super::coded::{Tabled, database, of_coding};
use super::options::{DnaArgs, WorkArgs};
use super::progress::Progress;
use crate::document::STDIN;
use crate::import::dna::{Database, MAGIC, Tables};
use crate::output::OutputDir;
use crate::statement::{merge, to_csv};
use crate::{Error, Result};
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

/// Write all that a .dna file of Discourse Network Analyzer holds as plain tables, into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "Leaves in the folder:\n  \
    documents.jsonl             the documents, one a line, with title, date, text, author, source, section, type, notes, coder;\n                              \
                                `stancenet code` reads them\n  \
    type_1_NAME.csv ...         the statements of each statement type, with all its variables\n  \
    entities.csv                the values of short text variables, with colours and attributes\n  \
    variables.csv, coders.csv   what there is to code, and who codes (no passwords)\n  \
    settings.csv, regexes.csv   and every other table of the file, as it is\n  \
    orphans.csv                 values whose statement, variable or entity is not there any more, if there are any\n  \
    statements.csv              the statements of one type in our own form: --type, --holder, --target and --stance say which\n\n\
    `edges`, `clusters`, `diagram`, `analyze` and `code` take a .dna file as it is, and need no import.\n\n\
    Examples:\n  \
    stancenet import debate.dna -o debate\n  \
    stancenet import debate.dna --type \"DNA Statement\" --holder person -o debate")]
pub struct Args {
    /// A .dna file; - is standard input
    #[arg(value_name = "FILE")]
    input: PathBuf,
    #[command(flatten)]
    dna: DnaArgs,
    #[command(flatten)]
    work: WorkArgs,
    /// The folder for the tables; made when it is not there
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    let progress = Progress::new("", None, args.work.quiet);
    let database = open(&args.input)?;
    let mut coding = database.read()?;
    let faults = std::mem::take(&mut coding.faults);
    if !faults.is_empty() && !args.work.skip_bad {
        return Err(Error::many(faults));
    }
    let mut notes: Vec<String> = faults.iter().map(|fault| format!("skipped: {fault}")).collect();
    notes.append(&mut coding.notes);
    let tables = Tables { database: &database, coding: &coding };
    let mut dir = OutputDir::create(&args.output)?;
    let mut names = tables.write(&mut dir)?;
    let summary = tables.summary();
    match of_coding(coding, &args.dna.wanted(), &|names| names) {
        Ok((table, note)) => {
            dir.add("statements.csv", &ours(table, &mut notes)?)?;
            names.push("statements.csv".to_owned());
            notes.push(note);
        }
        Err(error) if args.dna.given().is_some() => return Err(error),
        Err(error) => notes.push(format!("no statements.csv: {error}")),
    }
    dir.commit()?;
    notes.iter().for_each(|note| progress.note(note));
    progress.note(&summary);
    progress.note(&format!("see {}: {}", args.output.display(), names.join(", ")));
    Ok(())
}

fn open(path: &Path) -> Result<Database> {
    let stdin = path == Path::new("-");
    let name = if stdin { STDIN.to_owned() } else { path.display().to_string() };
    let failed = |e: io::Error| Error::io(&name, e);
    let mut stream: Box<dyn Read> =
        if stdin { Box::new(io::stdin()) } else { Box::new(File::open(path).map_err(failed)?) };
    let mut head = Vec::new();
    stream.by_ref().take(MAGIC.len() as u64).read_to_end(&mut head).map_err(failed)?;
    if head != MAGIC {
        let message = "no SQLite database, as .dna files are: is it encrypted, or damaged? Tables (an event list too) need no \
                       import: `stancenet code TABLE -o statements.csv` writes them in our form";
        return Err(Error::input(name, message));
    }
    database(&name, path, Cursor::new(head).chain(stream))
}

/// The statements of one type as a table of ours.
fn ours(table: Tabled, notes: &mut Vec<String>) -> Result<Vec<u8>> {
    let table = table.read()?;
    if table.passed_over > 0 {
        notes.push(format!(
            "statements.csv is without {} statements that lack holder, target or stance",
            table.passed_over
        ));
    }
    to_csv(&merge(vec![table])?)
}
