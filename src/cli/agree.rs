//! `stancenet agree`: how far codings of the same documents agree.

use super::options::{read_aliases, rename};
use super::progress::Progress;
use crate::document::STDIN;
use crate::output::{write_file, write_result};
use crate::statement::agreement::{Reliability, Variable, agree, agree_all, by_coder};
use crate::statement::{Blank, Names, Statement, Table, blanks, merge};
use crate::{Error, Result};
use clap::ValueEnum;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Compare codings of the same documents: precision, recall, F1, Krippendorff's alpha, Cohen's kappa
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet agree mine.csv theirs.csv\n  \
    stancenet code article.txt | stancenet agree - hand.csv       the program against a person\n  \
    stancenet agree anna.csv ben.csv cara.csv                     alpha of all, kappa of each two\n  \
    stancenet agree team.csv                                      the same, by the table's column coder\n  \
    stancenet agree team.csv --variables frame,certainty:ordinal --units units.csv\n  \
    stancenet agree mine.csv theirs.csv --format json -o agreement.json\n\n\
    Of two tables the second is the measure: precision is the share of the first's statements that the second has \
    too, recall the share of the second's that the first has too.\n\n\
    Alpha and kappa are of units: a document, a holder and a target toward which any of the coders codes a stance; names \
    that are spelt differently, and wordings of one matter, are one. The relation of a unit that a coder does not have is \
    none. All other variables, and \"relation where coded\", are compared where both have the unit and a value.")]
pub struct Args {
    /// Statements tables (CSV or JSONL), one a coder; or one table of several coders. - is standard input
    #[arg(value_name = "CODED", required = true)]
    codings: Vec<PathBuf>,
    /// Also compare these columns: NAME, or NAME:LEVEL with a level of measurement (nominal, ordinal or interval; the
    /// latter two are for numbers), joined by commas
    #[arg(long, value_name = "NAME[:LEVEL],...", value_delimiter = ',')]
    variables: Vec<Variable>,
    /// Write the values that alpha and kappa are reckoned from to this file: a row a unit and variable, a column a coder
    #[arg(long, value_name = "FILE.csv")]
    units: Option<PathBuf>,
    /// Rename and merge actors and matters first: a CSV file of two columns, a name and the name that stands for it
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
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
    if args.codings.iter().filter(|path| *path == Path::new("-")).count() > 1 {
        return Err(Error::Usage("two codings are standard input; name a file for one of them".to_owned()));
    }
    let mut tables = args.codings.iter().map(|path| table(path)).collect::<Result<Vec<Table>>>()?;
    let aliases = read_aliases(args.aliases.as_deref())?;
    let progress = Progress::new("", None, false);
    for table in &mut tables {
        rename(&aliases, args.aliases.as_deref(), &mut table.statements, &progress);
    }
    let mut variables = Variable::usual();
    for variable in &args.variables {
        variable.check(&tables)?;
        match variables.iter().position(|usual| usual.name() == variable.name()) {
            Some(at) => variables[at] = variable.clone(),
            None => variables.push(variable.clone()),
        }
    }
    if let [_, _] = tables.as_slice() {
        let [a, b] = [tables.remove(0), tables.remove(0)];
        let [blank_a, blank_b] = [&a, &b].map(|table| blanks(std::slice::from_ref(table)));
        let mut agreement = agree(&merge(vec![a])?, &merge(vec![b])?, &variables);
        // Who found nothing in a document has it, too.
        let lacks = |of: &BTreeSet<Blank>, document: &String| !of.iter().any(|blank| blank.document == *document);
        agreement.documents_only_a.retain(|document| lacks(&blank_b, document));
        agreement.documents_only_b.retain(|document| lacks(&blank_a, document));
        return args.write(&agreement, &agreement.reliability);
    }
    let codings = if tables.len() == 1 { one(tables.remove(0))? } else { named(tables)? };
    let several = agree_all(&codings, &variables);
    args.write(&several, &several.reliability)
}

impl Args {
    fn write(&self, agreement: &(impl Display + Serialize), reliability: &Reliability) -> Result<()> {
        if let Some(path) = &self.units {
            write_file(path, &reliability.units_csv()?)?;
        }
        let text = match self.format {
            Format::Text => agreement.to_string(),
            Format::Json => {
                let json = serde_json::to_string_pretty(agreement);
                json.map_err(|e| Error::Usage(format!("the agreement cannot be written as JSON: {e}")))? + "\n"
            }
        };
        write_result(self.output.as_deref(), text.as_bytes())
    }
}

fn table(path: &Path) -> Result<Table> {
    let (name, stream): (String, Box<dyn BufRead>) = if path == Path::new("-") {
        (STDIN.to_owned(), Box::new(io::stdin().lock()))
    } else {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|e| Error::io(&name, e))?;
        (name, Box::new(BufReader::new(file)))
    };
    Table::read(&name, stream, &Names::default())
}

/// The coders of one table.
fn one(table: Table) -> Result<Vec<(String, Vec<Statement>)>> {
    let file = table.file.clone();
    let codings = by_coder(table);
    if codings.iter().all(|(_, statements)| statements.is_empty()) {
        return Err(Error::input(file, "no statements"));
    }
    if let [(only, _)] = codings.as_slice() {
        let message = format!(
            "all rows are of one coder (\"{only}\"); fill in the column coder, or give the tables of two coders or more"
        );
        return Err(Error::input(file, message));
    }
    Ok(codings)
}

/// Coders by the names of their files: without folder and ending, where that still tells them apart.
fn named(tables: Vec<Table>) -> Result<Vec<(String, Vec<Statement>)>> {
    let short = |file: &str| Path::new(file).file_stem().map_or(file.to_owned(), |s| s.to_string_lossy().into_owned());
    let stems: BTreeSet<String> = tables.iter().map(|t| short(&t.file)).collect();
    let files: BTreeSet<String> = tables.iter().map(|t| t.file.clone()).collect();
    if files.len() < tables.len() {
        return Err(Error::Usage(
            "one table is named twice; of three tables or more each is another coder's".to_owned(),
        ));
    }
    let unique = stems.len() == tables.len();
    let coder = |file: &str| if unique { short(file) } else { file.to_owned() };
    tables.into_iter().map(|t| Ok((coder(&t.file), merge(vec![t])?))).collect()
}
