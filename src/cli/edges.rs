//! `stancenet edges`: the network's ties, or its actors, as a table.

use super::inputs::load;
use super::options::{InputArgs, NetworkArgs, SeedArg};
use crate::Result;
use crate::clusters::find_blocs;
use crate::export::{edges_csv, nodes_csv};
use crate::network::CombinedWeights;
use crate::output::{write_file, write_result};
use clap::ValueEnum;
use std::path::PathBuf;

/// Write the network's ties as an edge list that Gephi, Cytoscape, networkx and igraph read
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet edges articles/ -o edges.csv --nodes nodes.csv      both tables, for Gephi\n  \
    stancenet edges statements.csv --level country                ties between countries, on standard output\n  \
    stancenet edges statements.csv --from 2024-05-01 --no-hedged  what was said plainly since May")]
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
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Write the actors, with their blocs, to this file too
    #[arg(long, value_name = "FILE")]
    nodes: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table with a header
    Csv,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    args.input.on_threads(|| {
        let lexicon = args.input.lexicon()?;
        let material = load(&args.input, args.network.sure, &lexicon)?;
        let network = args.network.network(&material.statements, &lexicon)?;
        if let Some(path) = &args.nodes {
            let found = find_blocs(&network, &CombinedWeights::default(), &args.seed.blocs());
            write_file(path, &nodes_csv(&network, Some(&found.blocs))?)?;
        }
        let Format::Csv = args.format;
        write_result(args.output.as_deref(), &edges_csv(&network)?)
    })
}
