//! `stancenet clusters`: the cluster report.

use super::edge_lists::{Listed, edge_list, none_for};
use super::inputs::load;
use super::options::{BlocArgs, InputArgs, NetworkArgs, network_in};
use crate::balance::balance;
use crate::clusters::{BlocOptions, ClusterOptions, Resolution, find_blocs, graph_clusters, quick_blocs};
use crate::lexicon::Lexicon;
use crate::network::{NetworkOptions, Windows};
use crate::output::write_result;
use crate::report::{
    GraphInput, ReportInput, WindowInput, clusters_csv, clusters_json, clusters_markdown, graph_json, graph_markdown,
    report_html,
};
use crate::statement::Statement;
use crate::{Error, Result};
use clap::ValueEnum;
use std::path::PathBuf;

/// Report the blocs: who stands with whom, against whom, how sure that is, and on what evidence
///
/// A signed edge list (CSV with the columns source, target and weight, or GraphML) is taken as it is; its report has no quotes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet clusters articles/                     the report on standard output, in Markdown\n  \
    stancenet clusters statements.csv -o blocs.json --format json\n  \
    stancenet clusters statements.csv -o blocs.html --format html    to be printed, or sent to somebody\n  \
    stancenet clusters statements.csv --level country --seed 7\n  \
    stancenet clusters statements.csv --window month   the blocs of each month too, and who moved\n  \
    stancenet clusters ties.csv --format csv         who is in which bloc, from a signed edge list")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    blocs: BlocArgs,
    /// Of an edge list: subtract so much of the weight that chance would give. 0 finds the blocs that fit best, 1 is
    /// signed modularity, more makes smaller blocs
    #[arg(long, value_name = "G", default_value_t = 0.0, value_parser = resolution)]
    resolution: f64,
    /// Follow the blocs over time: week, month, quarter, year, or a length such as 90d, 6w, 3m, 1y, and the step after a
    /// slash, as in 3m/1m
    #[arg(long, value_name = "WINDOW")]
    window: Option<Windows>,
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
    /// One HTML page, to be read or printed on A4
    Html,
    /// JSON, with all figures
    Json,
    /// A table of who is in which bloc: Id, Cluster, Stability
    Csv,
}

fn resolution(text: &str) -> std::result::Result<f64, String> {
    text.parse().ok().filter(|g| (0.0..=1e6).contains(g)).ok_or_else(|| "give a number from 0 to 1000000".to_owned())
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    args.input.on_threads(|| {
        let text = match edge_list(&args.input, false)? {
            Some(listed) => of_ties(args, &listed)?,
            None => of_statements(args)?,
        };
        write_result(args.output.as_deref(), &text)
    })
}

/// The report on an edge list.
fn of_ties(args: &Args, Listed { file, list, .. }: &Listed) -> Result<Vec<u8>> {
    none_for(file, &args.input, &args.network)?;
    if args.window.is_some() {
        return Err(Error::Usage(format!("{file} is an edge list, which has no dates: leave out --window")));
    }
    let resolution = Resolution { positive: args.resolution, negative: args.resolution };
    let options = ClusterOptions {
        seed: args.blocs.seed.seed,
        resolution,
        effort: args.blocs.effort.into(),
        proof: args.blocs.proof.into(),
        clusters: args.blocs.k,
        ..ClusterOptions::default()
    };
    options.check(list.graph.names.len())?;
    if args.format == Format::Csv {
        let clusters = graph_clusters(&list.graph, &options, args.blocs.resamplings, false);
        return clusters_csv(&list.graph.names, &clusters.partition.of, clusters.stability.as_deref());
    }
    let clusters = graph_clusters(&list.graph, &options, args.blocs.resamplings, true);
    let balance = balance(&list.graph, args.blocs.seed.seed, args.blocs.proof.into());
    let input = GraphInput { file, list, clusters: &clusters, balance: &balance };
    Ok(match args.format {
        Format::Json => graph_json(&input),
        Format::Html => report_html(&graph_markdown(&input)),
        _ => graph_markdown(&input),
    }
    .into_bytes())
}

fn of_statements(args: &Args) -> Result<Vec<u8>> {
    if args.window.is_some() && args.format == Format::Csv {
        let message = "--format csv has one bloc for each actor; for --window take --format md, html or json";
        return Err(Error::Usage(message.to_owned()));
    }
    let lexicon = args.input.lexicon()?;
    let mut material = load(&args.input, &args.network, &lexicon)?;
    if args.window.is_some() {
        material.each("--window")?;
    }
    let network = args.network.network(&mut material, &lexicon)?;
    let options = args.network.options()?;
    if args.resolution != 0.0 {
        let message =
            "--resolution is for edge lists; the report on statements shows signed modularity beside the blocs";
        return Err(Error::Usage(message.to_owned()));
    }
    ClusterOptions { clusters: args.blocs.k, ..ClusterOptions::default() }.check(network.graph.node_count())?;
    let clustering = find_blocs(&network, &args.blocs.weights.0, &args.blocs.options());
    if args.format == Format::Csv {
        let stability = clustering.is_tested().then_some(clustering.blocs.stability.as_slice());
        return clusters_csv(&clustering.graph.names, &clustering.blocs.of, stability);
    }
    let balance = balance(&clustering.graph, args.blocs.seed.seed, args.blocs.proof.into());
    let windows = match args.window {
        Some(windows) => in_windows(args, windows, &material.statements, &options, &lexicon)?,
        None => Vec::new(),
    };
    let input = ReportInput {
        documents: material.documents,
        network: &network,
        options: &options,
        clustering: &clustering,
        balance: &balance,
        windows: &windows,
    };
    Ok(match args.format {
        Format::Json => clusters_json(&input),
        Format::Html => report_html(&clusters_markdown(&input)),
        _ => clusters_markdown(&input),
    }
    .into_bytes())
}

/// The networks and blocs of all windows. A window without statements has a network without actors.
fn in_windows(
    args: &Args,
    windows: Windows,
    statements: &[Statement],
    options: &NetworkOptions,
    lexicon: &Lexicon,
) -> Result<Vec<WindowInput>> {
    let dated = statements.iter().filter_map(|s| s.date);
    let cut = windows.over(dated, args.network.from, args.network.to)?;
    let one = |window: crate::network::Window| {
        let network = network_in(&window, statements, options, lexicon);
        // A window may have fewer actors than blocs are asked for.
        let k = args.blocs.k.map(|k| k.min(network.graph.node_count().max(1)));
        let found = quick_blocs(&network, &args.blocs.weights.0, &BlocOptions { clusters: k, ..args.blocs.options() });
        WindowInput { window, network, of: found.of, cost: found.cost }
    };
    Ok(cut.into_iter().map(one).collect())
}
