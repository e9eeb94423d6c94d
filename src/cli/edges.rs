//! `stancenet edges`: the network's ties, or its actors, as a table.

use super::inputs::{enter, load};
use super::options::{InputArgs, NetworkArgs, SeedArg, network_in};
use super::progress::Progress;
use super::ties::{DuplicatesArg, TiesArg, TiesArgs};
use crate::clusters::blocs_alone;
use crate::export::{GraphFormat, MatrixEdges, edges_csv, edges_csv_by_window, graph_file, matrix_csv, nodes_csv};
use crate::lexicon::Lexicon;
use crate::network::{
    CombinedWeights, Ledger, Matrix, MatrixOptions, Network, NetworkOptions, Stances, Targets, Ties, Window, combined,
    direct_matrix, matrix, signed_matrix,
};
use crate::output::{OutputDir, write_file, write_result};
use crate::statement::Brief;
use crate::{Error, Result};
use clap::ValueEnum;
use jiff::civil::Date;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Write the network's ties as an edge list that Gephi, Cytoscape, networkx and igraph read, or as a matrix
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet edges articles/ -o edges.csv --nodes nodes.csv      both tables, for Gephi\n  \
    stancenet edges statements.csv --level country                ties between countries, on standard output\n  \
    stancenet edges statements.csv --format graphml -o network.graphml   nodes, edges and blocs in one file\n  \
    stancenet edges statements.csv --from 2024-05-01 --no-hedged  what was said plainly since May\n  \
    stancenet edges statements.csv --ties congruence --normalize average --format matrix -o congruence.csv\n  \
    stancenet edges statements.csv --ties subtract --window month -o months.csv\n  \
    stancenet edges coded.csv --map holder=organization,target=concept,relation=agreement,document=document_id \\\n      \
    --ties two-mode --format matrix                             a table of another program\n\n\
    With --window a list has a column Window; matrices are files of a folder (-o DIR), named by their windows.")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    ties: TiesArgs,
    #[command(flatten)]
    seed: SeedArg,
    /// Where to write; standard output when left out. A folder for matrices with --window
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
    /// A list of ties with a header
    Csv,
    /// A matrix with labels
    Matrix,
    /// GraphML, nodes included: networkx, igraph, Gephi, Cytoscape, yEd
    Graphml,
    /// Node-link JSON, nodes included: networkx, D3
    Json,
    /// Cytoscape.js JSON, nodes included
    Cytoscape,
    /// DOT for Graphviz, nodes included, one cluster a bloc
    Dot,
}

impl Format {
    /// The format of the library, for those that hold nodes and edges in one file.
    fn graph(self) -> Option<GraphFormat> {
        match self {
            Self::Csv | Self::Matrix => None,
            Self::Graphml => Some(GraphFormat::GraphMl),
            Self::Json => Some(GraphFormat::NodeLink),
            Self::Cytoscape => Some(GraphFormat::Cytoscape),
            Self::Dot => Some(GraphFormat::Dot),
        }
    }
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    args.input.on_threads(|| {
        let options = args.network.options()?;
        let wanted = args.ties.matrix()?;
        args.check(wanted.as_ref())?;
        let lexicon = args.input.lexicon()?;
        match wanted {
            Some(wanted) => over_matters(args, &options, &wanted, &lexicon),
            None => between_actors(args, &options, &lexicon),
        }
    })
}

impl Args {
    fn check(&self, wanted: Option<&MatrixOptions>) -> Result<()> {
        let usage = |message: &str| Err(Error::Usage(message.to_owned()));
        let folder = self.output.as_deref().filter(|path| *path != Path::new("-"));
        if self.format.graph().is_some() && (self.ties.ties != TiesArg::Direct || self.ties.window.is_some()) {
            return usage(
                "graphml, json, cytoscape and dot hold the ties from actor to actor of one time: leave out --ties and --window, or take --format csv",
            );
        }
        if self.format == Format::Matrix && self.ties.window.is_some() && folder.is_none() {
            return usage("with --window there is one matrix a window: name a folder for them with -o DIR");
        }
        if wanted.is_some() && self.network.min_weight > 1 {
            return usage("--min-weight counts the statements of direct ties; it goes with --ties direct and combined");
        }
        if self.ties.scale && (self.input.map.is_empty() || self.nodes.is_some()) {
            return usage(
                "--scale is for tables whose relation is a number: name it with --map relation=COLUMN; --nodes does not go with it",
            );
        }
        if self.ties.dna_compatible && self.nodes.is_some() {
            return usage(
                "--nodes does not go with --dna-compatible, which knows no blocs; make the nodes in a run of their own",
            );
        }
        Ok(())
    }

    /// One network, or one a window.
    fn windows(&self, days: impl Iterator<Item = Date>) -> Result<Vec<Option<Window>>> {
        match &self.ties.window {
            None => Ok(vec![None]),
            Some(rule) => Ok(rule.over(days, self.network.from, self.network.to)?.into_iter().map(Some).collect()),
        }
    }

    fn note(&self, text: &str) {
        Progress::new("", None, self.input.work.quiet).note(text);
    }

    fn write(&self, made: impl Iterator<Item = Result<(Option<Window>, Matrix)>>, ties: Option<Ties>) -> Result<()> {
        let windows = self.ties.window.is_some();
        let label = |window: &Option<Window>| window.as_ref().map_or(String::new(), |w| w.label.clone());
        if self.format == Format::Csv {
            let mut edges = MatrixEdges::begin(windows)?;
            for made in made {
                let (window, matrix) = made?;
                edges.add(&matrix, ties, &label(&window))?;
            }
            return write_result(self.output.as_deref(), &edges.finish()?);
        }
        match self.output.as_deref().filter(|_| windows) {
            Some(folder) => {
                let mut dir = OutputDir::create(folder)?;
                for made in made {
                    let (window, matrix) = made?;
                    dir.add(&format!("{}.csv", label(&window).replace(' ', "_")), &matrix_csv(&matrix)?)?;
                }
                dir.commit()
            }
            None => {
                for made in made {
                    write_result(self.output.as_deref(), &matrix_csv(&made?.1)?)?;
                }
                Ok(())
            }
        }
    }
}

/// Ties from actor to actor, or all evidence between two.
fn between_actors(args: &Args, options: &NetworkOptions, lexicon: &Lexicon) -> Result<()> {
    let material = load(&args.input, args.network.sure, lexicon)?;
    let whole = args.network.network(&material.statements, lexicon)?;
    write_nodes(args, &whole)?;
    if whole.graph.edge_count() == 0 && args.ties.ties == TiesArg::Direct {
        args.note("no ties between actors: all stances are on matters; --ties two-mode, subtract and others tie actors by these");
    }
    let windows = args.windows(whole.statements.iter().filter_map(|s| s.date))?;
    let networks = windows.into_iter().map(|window| match window {
        None => (None, Cow::Borrowed(&whole)),
        Some(window) => {
            let network = network_in(&window, &material.statements, options, lexicon);
            (Some(window), Cow::Owned(network))
        }
    });
    let weights = CombinedWeights::default();
    if let Some(format) = args.format.graph() {
        let blocs = blocs_alone(&whole, &weights, &args.seed.blocs());
        return write_result(args.output.as_deref(), &graph_file(&whole, Some(&blocs), format)?);
    }
    match (args.ties.ties, args.format) {
        (TiesArg::Combined, _) => {
            args.write(networks.map(|(window, n)| Ok((window, signed_matrix(&combined(&n, &weights))))), None)
        }
        (_, Format::Matrix) => args.write(networks.map(|(window, n)| Ok((window, direct_matrix(&n)))), None),
        (_, Format::Csv) if args.ties.window.is_some() => {
            let labelled = networks.map(|(window, n)| (window.map_or(String::new(), |w| w.label), n));
            write_result(args.output.as_deref(), &edges_csv_by_window(labelled)?)
        }
        _ => write_result(args.output.as_deref(), &edges_csv(&whole)?),
    }
}

fn write_nodes(args: &Args, network: &Network) -> Result<()> {
    let Some(path) = &args.nodes else { return Ok(()) };
    let blocs = blocs_alone(network, &CombinedWeights::default(), &args.seed.blocs());
    write_file(path, &nodes_csv(network, Some(&blocs))?)
}

/// Networks of who says what on which matters.
fn over_matters(args: &Args, options: &NetworkOptions, wanted: &MatrixOptions, lexicon: &Lexicon) -> Result<()> {
    let mut ledger = Ledger::new(options);
    if args.nodes.is_some() {
        let material = load(&args.input, args.network.sure, lexicon)?;
        material.statements.iter().try_for_each(|s| ledger.add(&Brief::of(s)))?;
        write_nodes(args, &args.network.network(&material.statements, lexicon)?)?;
    } else {
        let names = args.ties.relation(args.input.names()?);
        enter(&args.input, args.network.sure, lexicon, names, &mut ledger)?;
    }
    let all = ledger.len();
    let targets = if args.ties.dna_compatible { Targets::Matters } else { Targets::Known };
    let code = |name: &str| lexicon.code(name).map(str::to_owned);
    let stances = ledger.stances(options.level, targets, &code, &|name| lexicon.kind(name));
    check_stances(args, &stances, all)?;
    let undated = stances.len() - stances.days().count();
    if undated > 0 && args.ties.window.is_some() {
        args.note(&format!("{undated} of {} stances have no date, and are in no window", stances.len()));
    }
    let mut windows = args.windows(stances.days())?;
    if args.ties.window.is_none() && (options.from.is_some() || options.to.is_some()) {
        // Days that are asked for are a window without a name.
        let (from, to) = (options.from.unwrap_or(Date::MIN), options.to.unwrap_or(Date::MAX));
        if !stances.days().any(|day| (from..=to).contains(&day)) {
            return Err(Error::Empty("no stance on a matter is of these days; loosen --from or --to".to_owned()));
        }
        windows = vec![Some(Window { label: String::new(), from, to })];
    }
    let made = windows.into_iter().map(|window| {
        let matrix = matrix(&stances, window.as_ref(), wanted)?;
        Ok((window, matrix))
    });
    args.write(made, Some(wanted.ties))
}

fn check_stances(args: &Args, stances: &Stances, statements: usize) -> Result<()> {
    if stances.is_empty() {
        return Err(Error::Empty(format!(
            "none of the {statements} statements is a stance on a matter that passes the options; --ties {} ties actors by \
             matters, --ties direct by stances toward each other",
            args.ties.ties.to_possible_value().map_or(String::new(), |v| v.get_name().to_owned()),
        )));
    }
    let timed = matches!(args.ties.duplicates, Some(DuplicatesArg::Week | DuplicatesArg::Month | DuplicatesArg::Year));
    if timed && stances.days().next().is_none() {
        let message = "no statement has a date, so none is a duplicate of another week, month or year; give dates (with --map \
                       date=COLUMN), or count --duplicates document, all or include";
        return Err(Error::Empty(message.to_owned()));
    }
    Ok(())
}
