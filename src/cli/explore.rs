//! `stancenet explore`: one HTML page, the network with its evidence.

use super::draw::DrawArgs;
use super::inputs::load_with_shelf;
use super::material::Material;
use super::options::{BlocArgs, InputArgs, NetworkArgs};
use super::progress::Progress;
use crate::Result;
use crate::clusters::{Blocs, ClusterOptions, find_blocs};
use crate::diagram::{Captions, draw_network};
use crate::network::Network;
use crate::output::write_result;
use crate::report::{ExplorerInput, explorer_html};
use crate::statement::Statement;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// So many actors and statements are shown at most; a page with more would be slow.
const MOST_ACTORS: usize = 2_000;
const MOST_STATEMENTS: usize = 50_000;

/// Write one HTML page that shows the network with its evidence: every tie and actor opens its quotes
///
/// The page needs no server and no network: open it from the disk, or send it by e-mail. It searches and filters, has the
/// statements as a table, and takes corrections, which it saves as a statements table for stancenet.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet explore articles/ -o explorer.html\n  \
    stancenet explore articles/ corrected.csv -o explorer.html     corrected.csv is what the page saved after a review\n  \
    stancenet explore statements.csv --level country --title \"Who would send instructors?\" -o page.html\n\n\
    More than 2,000 actors or 50,000 statements are not shown: the actors with most statements are, and the page says so.")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    blocs: BlocArgs,
    #[command(flatten)]
    draw: DrawArgs,
    /// Where to write; standard output when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    args.input.on_threads(|| {
        let lexicon = args.input.lexicon()?;
        let mut material = load_with_shelf(&args.input, &args.network, &lexicon)?;
        let network = args.network.network(&mut material, &lexicon)?;
        ClusterOptions { clusters: args.blocs.k, ..ClusterOptions::default() }.check(network.graph.node_count())?;
        let (network, left_out) = match largest(&network) {
            None => (network, (0, 0)),
            Some(kept) => {
                material.each("a page of the largest part of a network")?;
                let mut part = Material { statements: kept, ..Material::default() };
                let part = args.network.network(&mut part, &lexicon)?;
                let left_out = (
                    network.graph.node_count() - part.graph.node_count(),
                    network.statements.len() - part.statements.len(),
                );
                Progress::new("", None, args.input.work.quiet).note(&format!(
                    "the page shows the largest part: {} actors and {} statements are left out",
                    left_out.0, left_out.1
                ));
                (part, left_out)
            }
        };
        let blocs = find_blocs(&network, &args.blocs.weights.0, &args.blocs.options()).blocs;
        let draw = args.draw.options(args.blocs.seed.seed);
        let picture = draw_network(&network, Some(&blocs), &draw)?;
        let page = page(&network, &blocs, &picture.captions(), &picture.svg()?, &material, left_out);
        write_result(args.output.as_deref(), page.as_bytes())
    })
}

/// Whether a page has room for all of a network.
pub fn fits(network: &Network) -> bool {
    network.graph.node_count() <= MOST_ACTORS && network.statements.len() <= MOST_STATEMENTS
}

/// The page of a network and its picture.
pub fn page(
    network: &Network,
    blocs: &Blocs,
    captions: &Captions,
    svg: &str,
    material: &Material,
    left_out: (usize, usize),
) -> String {
    explorer_html(&ExplorerInput {
        network,
        blocs,
        shelf: &material.shelf,
        blanks: &material.blanks,
        svg,
        title: &captions.title,
        subtitle: &captions.subtitle,
        source: &captions.source,
        bloc_names: &captions.blocs,
        left_out,
    })
}

/// The statements of the actors with most statements, where there are too many for a page.
fn largest(network: &Network) -> Option<Vec<Statement>> {
    let graph = &network.graph;
    if fits(network) {
        return None;
    }
    let mut order: Vec<_> = graph.node_indices().collect();
    order.sort_by_key(|&actor| (std::cmp::Reverse(graph[actor].statements), actor));
    let ranks: BTreeMap<_, usize> = order.into_iter().zip(0..).collect();
    let rank = |actor| ranks.get(&actor).copied().unwrap_or(usize::MAX);
    // A statement is shown when all actors of one of its ties are, or who takes a stand by it.
    let mut needs = vec![usize::MAX; network.statements.len()];
    let mut need = |evidence: &[usize], rank: usize| {
        evidence.iter().for_each(|&i| needs[i] = needs[i].min(rank));
    };
    for edge in graph.edge_indices() {
        if let Some((from, to)) = graph.edge_endpoints(edge) {
            need(&graph[edge].evidence, rank(from).max(rank(to)));
        }
    }
    for stand in network.matters.iter().flat_map(|m| &m.stands) {
        need(&stand.evidence, rank(stand.actor));
    }
    let mut kept: Vec<(usize, usize)> = needs.into_iter().zip(0..).filter(|(need, _)| *need < MOST_ACTORS).collect();
    kept.sort_unstable();
    kept.truncate(MOST_STATEMENTS);
    let kept: BTreeSet<usize> = kept.into_iter().map(|(_, i)| i).collect();
    Some(kept.into_iter().map(|i| network.statements[i].clone()).collect())
}
