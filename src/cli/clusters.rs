//! `stancenet clusters`: the cluster report.

use super::inputs::load;
use super::options::{InputArgs, NetworkArgs, SeedArg};
use crate::Result;
use crate::balance::balance;
use crate::clusters::{Effort, find_blocs};
use crate::network::CombinedWeights;
use crate::output::write_result;
use crate::report::{ReportInput, clusters_json, clusters_markdown};
use clap::ValueEnum;
use std::path::PathBuf;

/// Report the blocs: who stands with whom, against whom, how sure that is, and on what evidence
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet clusters articles/                     the report on standard output, in Markdown\n  \
    stancenet clusters statements.csv -o blocs.json --format json\n  \
    stancenet clusters statements.csv --level country --seed 7")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    seed: SeedArg,
    /// Where to write; standard output when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How to write
    #[arg(long, value_enum, default_value = "md")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown, to be read
    Md,
    /// JSON, with all figures
    Json,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    args.input.on_threads(|| {
        let lexicon = args.input.lexicon()?;
        let material = load(&args.input, args.network.sure, &lexicon)?;
        let network = args.network.network(&material.statements, &lexicon)?;
        let options = args.network.options()?;
        let clustering = find_blocs(&network, &CombinedWeights::default(), &args.seed.blocs());
        let balance = balance(&clustering.graph, args.seed.seed, Effort::Normal);
        let input = ReportInput {
            documents: material.documents,
            network: &network,
            options: &options,
            clustering: &clustering,
            balance: &balance,
        };
        let text = match args.format {
            Format::Md => clusters_markdown(&input),
            Format::Json => clusters_json(&input),
        };
        write_result(args.output.as_deref(), text.as_bytes())
    })
}
