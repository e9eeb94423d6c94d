//! `stancenet analyze`: everything at once, into a folder.

use super::draw::DrawArgs;
use super::explore;
use super::inputs::load_with_shelf;
use super::looks::as_seen;
use super::material::{Source, hash_all};
use super::options::{BlocArgs, InputArgs, NetworkArgs};
use super::progress::Progress;
use crate::balance::balance;
use crate::clusters::{ClusterOptions, find_blocs};
use crate::diagram::{draw_network, matrix_svg};
use crate::export::{GraphFormat, Profile, edges_csv, graph_file, nodes_csv};
use crate::import::events::Told;
use crate::network::CombinedWeights;
use crate::output::OutputDir;
use crate::report::{ReportInput, clusters_json, clusters_markdown};
use crate::statement::{csv_of, to_csv};
use crate::{Error, Result};
use serde::Serialize;
use std::path::PathBuf;

/// Do everything: statements, edge list, blocs, picture and report, into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "Leaves in the folder:\n  \
    statements.csv              who takes which stance toward whom, with quote and place; correct it and go on from it\n  \
    nodes.csv, edges.csv        the network as tables, for R, Python and spreadsheets\n  \
    network.gexf                the network for Gephi, placed and coloured as in the picture\n  \
    network.graphml             the network for Cytoscape, igraph, networkx\n  \
    network.svg, matrix.svg     the pictures: who stands with whom, and who stands where on what\n  \
    explorer.html               the network with its evidence, to be clicked through and corrected\n  \
    clusters.md, clusters.json  the blocs, in words and in figures\n  \
    run.json                    version, options, seed, inputs and counts\n\n\
    Of more than 100,000 events evidence.csv has the best of each tie, in place of statements.csv.\n\n\
    Files of these names are replaced, all together, when everything has gone well; others are left alone.\n\n\
    Examples:\n  \
    stancenet analyze article.txt -o report\n  \
    stancenet analyze articles/ --from 2024-06-01 --level country -o june\n  \
    stancenet analyze articles/ corrected.csv -o report          corrected.csv goes before the program's own coding")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    blocs: BlocArgs,
    #[command(flatten)]
    draw: DrawArgs,
    /// The folder for the results; made when it is not there
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
}

/// What `run.json` tells, so that a run can be made again.
#[derive(Serialize)]
struct Run<'a> {
    program: &'static str,
    version: &'static str,
    seed: u64,
    options: &'a NetworkArgs,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    map: &'a [String],
    picture: &'a DrawArgs,
    weights: Weights,
    inputs: &'a [Source],
    documents: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<Told>,
    statements: usize,
    actors: usize,
    ties: usize,
    blocs: usize,
}

#[derive(Serialize)]
struct Weights {
    support: f64,
    oppose: f64,
    invite: f64,
    withheld: f64,
    agreement: f64,
    hedged: f64,
    affiliation: f64,
}

impl From<CombinedWeights> for Weights {
    fn from(w: CombinedWeights) -> Self {
        let CombinedWeights { support, oppose, invite, withheld, agreement, hedged, affiliation } = w;
        Self { support, oppose, invite, withheld, agreement, hedged, affiliation }
    }
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    args.input.on_threads(|| all(args))
}

fn all(args: &Args) -> Result<()> {
    let options = args.network.options()?;
    let lexicon = args.input.lexicon()?;
    let mut material = load_with_shelf(&args.input, &args.network, &lexicon)?;
    hash_all(&mut material.sources)?;
    let network = args.network.network(&mut material, &lexicon)?;
    let weights = args.blocs.weights.0;
    ClusterOptions { clusters: args.blocs.k, ..ClusterOptions::default() }.check(network.graph.node_count())?;
    let clustering = find_blocs(&network, &weights, &args.blocs.options());
    let balance = balance(&clustering.graph, args.blocs.seed.seed, args.blocs.proof.into());
    let report = ReportInput {
        documents: material.documents,
        network: &network,
        options: &options,
        clustering: &clustering,
        balance: &balance,
        windows: &[],
    };
    let run = Run {
        program: "stancenet",
        version: env!("CARGO_PKG_VERSION"),
        seed: args.blocs.seed.seed,
        options: &args.network,
        map: &args.input.map,
        picture: &args.draw,
        weights: weights.into(),
        inputs: &material.sources,
        documents: material.documents,
        events: material.events,
        statements: material.statements(),
        actors: network.graph.node_count(),
        ties: network.graph.edge_count(),
        blocs: clustering.blocs.of.iter().max().map_or(0, |most| most + 1),
    };
    let json = serde_json::to_string_pretty(&run).map_err(|e| Error::input("run.json", e.to_string()))? + "\n";
    let draw = args.draw.options(args.blocs.seed.seed);
    let blocs = Some(&clustering.blocs);
    let picture = draw_network(&network, blocs, &draw)?;
    let matrix = matrix_svg(&network, blocs, &draw)?;
    let looks = as_seen(&picture.seen());
    let graph = |format| graph_file(&network, blocs, &looks, format);
    let (graphml, gexf) = (graph(GraphFormat::GraphMl)?, graph(GraphFormat::Gexf)?);
    let svg = picture.svg()?;
    let captions = picture.captions();
    let page = || explore::page(&network, &clustering.blocs, &captions, &svg, &material, (0, 0));
    let page = explore::fits(&network).then(page);
    let mut dir = OutputDir::create(&args.output)?;
    let kept = material.counts.is_none();
    if kept {
        dir.add("statements.csv", &csv_of(&material.statements, &material.blanks)?)?;
    } else {
        dir.add("evidence.csv", &to_csv(&network.statements)?)?;
    }
    dir.add("nodes.csv", &nodes_csv(&network, blocs, Profile::Plain)?)?;
    dir.add("edges.csv", &edges_csv(&network, Profile::Plain)?)?;
    dir.add("network.graphml", &graphml)?;
    dir.add("network.gexf", &gexf)?;
    dir.add("network.svg", svg.as_bytes())?;
    dir.add("matrix.svg", matrix.as_bytes())?;
    if let Some(page) = &page {
        dir.add("explorer.html", page.as_bytes())?;
    }
    dir.add("clusters.md", clusters_markdown(&report).as_bytes())?;
    dir.add("clusters.json", clusters_json(&report).as_bytes())?;
    dir.add("run.json", json.as_bytes())?;
    dir.commit()?;
    let progress = Progress::new("", None, args.input.work.quiet);
    if !kept {
        let old = args.output.join("statements.csv").exists();
        let stale = if old { "; the statements.csv in the folder is of an earlier run" } else { "" };
        progress.note(&format!("evidence.csv has the best statements of each tie in place of all{stale}"));
    }
    if page.is_none() {
        progress
            .note("the network is too large for explorer.html; \"stancenet explore\" makes a page of its largest part");
    }
    progress.note(&format!(
        "{} documents, {} statements, {} actors, {} ties: see {}",
        run.documents,
        run.statements,
        run.actors,
        run.ties,
        args.output.display()
    ));
    Ok(())
}
