//! `stancenet code`: articles to a statements table.

use super::inputs::load;
use super::options::{InputArgs, SureArg};
use crate::Result;
use crate::output::write_result;
use crate::statement::{to_csv, to_jsonl};
use clap::ValueEnum;
use std::path::PathBuf;

/// Read articles and write down who takes which stance toward whom: a statements table
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet code article.txt                       statements as CSV on standard output\n  \
    stancenet code articles/ -o statements.csv       a folder of articles; correct the table, and go on from it\n  \
    stancenet code article.txt --min-confidence 0.2   more of them, and more wrong ones\n  \
    stancenet code news.jsonl --format jsonl | head  JSON, one statement a line\n\n\
    A document that a statements table among the inputs speaks of is taken as coded there, and is not coded again.")]
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table with a header
    Csv,
    /// One JSON object a line
    Jsonl,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    let lexicon = args.input.lexicon()?;
    let material = args.input.on_threads(|| load(&args.input, args.sure, &lexicon))?;
    let bytes = match args.format {
        Format::Csv => to_csv(&material.statements)?,
        Format::Jsonl => to_jsonl(&material.statements)?,
    };
    write_result(args.output.as_deref(), &bytes)
}
