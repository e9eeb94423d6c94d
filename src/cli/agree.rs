//! `stancenet agree`: how far two codings of the same documents agree.

use crate::output::write_result;
use crate::statement::agreement::agree;
use crate::statement::{Names, Statement, Table, merge};
use crate::{Error, Result};
use clap::ValueEnum;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Compare two codings of the same documents: precision, recall, F1, Krippendorff's alpha, Cohen's kappa
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet agree mine.csv theirs.csv\n  \
    stancenet code article.txt | stancenet agree - hand.csv       the program against a person\n  \
    stancenet agree mine.csv theirs.csv --format json -o agreement.json\n\n\
    The second coding is the measure: precision is the share of the first's statements that the second has too,\n\
    recall the share of the second's that the first has too.")]
pub struct Args {
    /// A statements table (CSV or JSONL); - is standard input
    #[arg(value_name = "CODED")]
    first: PathBuf,
    /// The statements table to measure it by
    #[arg(value_name = "CODED")]
    second: PathBuf,
    /// Where to write; standard output when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How to write
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned text
    Text,
    /// JSON
    Json,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    if args.first == args.second && args.first == Path::new("-") {
        return Err(Error::Usage("both codings are standard input; name a file for one of them".to_owned()));
    }
    let agreement = agree(&statements(&args.first)?, &statements(&args.second)?);
    let text = match args.format {
        Format::Text => agreement.to_string(),
        Format::Json => {
            let json = serde_json::to_string_pretty(&agreement);
            json.map_err(|e| Error::Usage(format!("the agreement cannot be written as JSON: {e}")))? + "\n"
        }
    };
    write_result(args.output.as_deref(), text.as_bytes())
}

fn statements(path: &Path) -> Result<Vec<Statement>> {
    let (name, stream): (String, Box<dyn BufRead>) = if path == Path::new("-") {
        (crate::document::STDIN.to_owned(), Box::new(io::stdin().lock()))
    } else {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|e| Error::io(&name, e))?;
        (name, Box::new(BufReader::new(file)))
    };
    merge(vec![Table::read(&name, stream, &Names::default())?])
}
