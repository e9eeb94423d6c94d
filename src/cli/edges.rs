//! `stancenet edges`: the network's ties, or its actors, as a table.

use super::dyads;
use super::edge_lists::no_edge_list;
use super::formats::{Format, ProfileArg, RelationArg};
use super::inputs::{enter, load};
use super::looks::looks;
use super::options::{InputArgs, NetworkArgs, SeedArg, network_in};
use super::progress::Progress;
use super::tied::Tied;
use super::ties::{DuplicatesArg, TiesArg, TiesArgs};
use crate::clusters::{Blocs, blocs_alone};
use crate::export::{
    DyadFormat, Dyads, GraphFormat, MatrixEdges, Profile, edges_csv, edges_csv_by_window, graph_file, matrix_csv,
    matrix_graph, nodes_csv, partition,
};
use crate::lexicon::Lexicon;
use crate::network::{
    CombinedWeights, Ledger, Matrix, MatrixOptions, Network, NetworkOptions, Stances, Targets, Ties, Window, combined,
    direct_matrix, matrix, signed_matrix,
};
use crate::output::{OutputDir, write_file, write_result};
use crate::statement::{Brief, Relation};
use crate::{Error, Result};
use clap::ValueEnum;
use jiff::civil::Date;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Write the network for other programs: as an edge list, a graph or a matrix
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet edges articles/ -o edges.csv --nodes nodes.csv      both tables, for Gephi\n  \
    stancenet edges statements.csv --level country                ties between countries, on standard output\n  \
    stancenet edges statements.csv --format gexf -o network.gexf   nodes, edges and blocs in one file, placed and coloured\n  \
    stancenet edges statements.csv --format pajek -o pajek        a folder: a network a relation, and the blocs\n  \
    stancenet edges statements.csv --profile kumu -o connections.csv --nodes elements.csv\n  \
    stancenet edges statements.csv --from 2024-05-01 --no-hedged  what was said plainly since May\n  \
    stancenet edges statements.csv --ties congruence --normalize average --format matrix -o congruence.csv\n  \
    stancenet edges statements.csv --ties subtract --window month -o months.csv\n  \
    stancenet edges statements.csv --ties congruence --format graphml -o congruence.graphml\n  \
    stancenet edges coded.csv --map holder=organization,target=concept,relation=agreement,document=document_id \\\n      \
    --ties two-mode --format matrix                             a table of another program\n  \
    stancenet edges debate.dna --ties subtract --normalize average   a file of Discourse Network Analyzer\n  \
    stancenet edges ties.graphml --format csv                     an edge list or GraphML in another format\n\n\
    With --window a list has a column Window; other formats are files of a folder (-o DIR), named by their windows.\n\n\
    Any name comes through. What a format has no way to write is written so that it can be undone: in pajek quotes, \
    backslashes and control characters as &#N;, in dl spaces as _ and _ , : ; % quotes and control characters as %XX, in \
    dot backslashes and line ends as \\\\ and \\n. XML (graphml, gexf) has no way to write control characters: such names are \
    refused. With --profile line ends are spaces, and names that would become one are refused.")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    ties: TiesArgs,
    #[command(flatten)]
    seed: SeedArg,
    /// Where to write; standard output when left out. A folder where there are several files: pajek and dl without
    /// --relation, and all formats but csv with --window
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How to write
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Columns of CSV as this program wants them, for --nodes too
    #[arg(long, value_enum)]
    profile: Option<ProfileArg>,
    /// Only the ties of this relation
    #[arg(long, value_enum)]
    relation: Option<RelationArg>,
    /// Write the actors, with their blocs, to this file too: as CSV, or as a partition of Pajek's where it ends in .clu
    #[arg(long, value_name = "FILE")]
    nodes: Option<PathBuf>,
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
        let windows = self.ties.window.is_some();
        if self.format.graph().is_some() && windows && self.ties.ties == TiesArg::Direct {
            return usage(
                "graphml, gexf, json, jgf, cytoscape and dot hold the days of each direct tie: leave out --window, or take --format csv, pajek or dl",
            );
        }
        if self.format != Format::Csv && windows && folder.is_none() {
            return usage("with --window there is one file a window: name a folder for them with -o DIR");
        }
        if self.format.dyads().is_some() && self.ties.ties == TiesArg::Direct && self.relation.is_none() {
            dyads::check_folder(folder)?;
        }
        if self.profile.is_some() && self.format != Format::Csv {
            return usage("--profile is for --format csv: the other formats are the same for all programs");
        }
        if self.relation.is_some() && self.ties.ties != TiesArg::Direct {
            return usage("--relation is for --ties direct; the others are made of support and opposition");
        }
        if wanted.is_some() && self.network.min_weight > 1 {
            return usage("--min-weight counts the statements of direct ties; it goes with --ties direct and combined");
        }
        if self.ties.scale && (self.input.map.is_empty() && self.input.dna.stance.is_none() || self.nodes.is_some()) {
            return usage(
                "--scale is for tables whose relation is a number: name it with --map relation=COLUMN (--stance, for Discourse Network Analyzer); --nodes does not go with it",
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

    fn profile(&self) -> Profile {
        self.profile.map_or(Profile::Plain, Profile::from)
    }

    fn wants_blocs(&self) -> bool {
        let direct = self.ties.ties == TiesArg::Direct && self.ties.window.is_none();
        self.nodes.is_some() || (direct && (self.format.graph().is_some() || self.format == Format::Pajek))
    }

    /// Whether what is written keeps the places of nodes, and the ties are drawn.
    fn wants_looks(&self) -> bool {
        let direct = self.ties.ties == TiesArg::Direct && self.ties.window.is_none();
        direct && (self.format == Format::Pajek || self.format.graph().is_some_and(GraphFormat::keeps_looks))
    }

    /// The network with the ties that are asked for.
    fn chosen(&self, network: Network) -> Network {
        match self.relation {
            None => network,
            Some(relation) => network.only(relation.into()),
        }
    }

    fn note(&self, text: &str) {
        Progress::new("", None, self.input.work.quiet).note(text);
    }

    fn write(&self, made: impl Iterator<Item = Result<(Option<Window>, Matrix)>>, ties: Option<Ties>) -> Result<()> {
        let windows = self.ties.window.is_some();
        let label = |window: &Option<Window>| window.as_ref().map_or(String::new(), |w| w.label.clone());
        if self.format == Format::Csv {
            let mut edges = MatrixEdges::begin(windows, self.profile())?;
            for made in made {
                let (window, matrix) = made?;
                edges.add(&matrix, ties, &label(&window))?;
            }
            return write_result(self.output.as_deref(), &edges.finish()?);
        }
        let (graph, dyads) = (self.format.graph(), self.format.dyads());
        let ending = graph.map(GraphFormat::ending).or(dyads.map(DyadFormat::ending)).unwrap_or("csv");
        let bytes = |matrix: &Matrix| match (graph, dyads) {
            (Some(format), _) => matrix_graph(matrix, ties, format),
            (_, Some(format)) => Ok(Dyads::of_matrix(matrix, ties)?.write(format)),
            _ => matrix_csv(matrix),
        };
        match self.output.as_deref().filter(|_| windows) {
            Some(folder) => {
                let mut dir = OutputDir::create(folder)?;
                for made in made {
                    let (window, matrix) = made?;
                    dir.add(&format!("{}.{ending}", label(&window).replace(' ', "_")), &bytes(&matrix)?)?;
                }
                dir.commit()
            }
            None => {
                for made in made {
                    write_result(self.output.as_deref(), &bytes(&made?.1)?)?;
                }
                Ok(())
            }
        }
    }
}

/// Ties from actor to actor, or all evidence between two.
fn between_actors(args: &Args, options: &NetworkOptions, lexicon: &Lexicon) -> Result<()> {
    let tied = Tied::read(&args.input, &args.network, &args.ties, args.seed, lexicon)?;
    // Blocs and places are those of the whole network, whichever of its ties are written.
    let blocs = args.wants_blocs().then(|| tied.blocs(args.seed));
    let Tied { statements, whole, .. } = tied;
    write_nodes(args, &whole, blocs.as_ref())?;
    let looks = if args.wants_looks() { looks(&whole, blocs.as_ref(), args.seed.seed)? } else { Vec::new() };
    let whole = args.chosen(whole);
    if whole.graph.edge_count() == 0 && args.ties.ties == TiesArg::Direct {
        args.note("no ties between actors: all stances are on matters; --ties two-mode, subtract and others tie actors by these");
    }
    let windows = args.windows(whole.statements.iter().filter_map(|s| s.date))?;
    let networks = windows.into_iter().map(|window| match window {
        None => (None, Cow::Borrowed(&whole)),
        Some(window) => {
            let network = args.chosen(network_in(&window, &statements, options, lexicon));
            (Some(window), Cow::Owned(network))
        }
    });
    if let (Some(format), TiesArg::Direct) = (args.format.graph(), args.ties.ties) {
        return write_result(args.output.as_deref(), &graph_file(&whole, blocs.as_ref(), &looks, format)?);
    }
    let weights = CombinedWeights::default();
    match (args.ties.ties, args.format, args.format.dyads()) {
        (TiesArg::Combined, ..) => {
            args.write(networks.map(|(window, n)| Ok((window, signed_matrix(&combined(&n, &weights))))), None)
        }
        (_, _, Some(format)) => {
            let relation = args.relation.map(Relation::from);
            let place = dyads::Place { output: args.output.as_deref(), format, relation };
            dyads::write(networks.map(|(window, n)| (window.map(|w| w.label), n)), &place, &looks, blocs.as_ref())
        }
        (_, Format::Matrix, _) => args.write(networks.map(|(window, n)| Ok((window, direct_matrix(&n)))), None),
        _ if args.ties.window.is_some() => {
            let labelled = networks.map(|(window, n)| (window.map_or(String::new(), |w| w.label), n));
            write_result(args.output.as_deref(), &edges_csv_by_window(labelled, args.profile())?)
        }
        _ => write_result(args.output.as_deref(), &edges_csv(&whole, args.profile())?),
    }
}

fn write_nodes(args: &Args, network: &Network, blocs: Option<&Blocs>) -> Result<()> {
    match (&args.nodes, blocs) {
        (Some(path), Some(blocs)) if path.extension() == Some("clu".as_ref()) => {
            write_file(path, &partition(network, blocs)?)
        }
        (Some(path), blocs) => write_file(path, &nodes_csv(network, blocs, args.profile())?),
        (None, _) => Ok(()),
    }
}

/// Networks of who says what on which matters.
fn over_matters(args: &Args, options: &NetworkOptions, wanted: &MatrixOptions, lexicon: &Lexicon) -> Result<()> {
    no_edge_list(&args.input, "--ties")?;
    let mut ledger = Ledger::new(options);
    if args.nodes.is_some() {
        let mut material = load(&args.input, &args.network, lexicon)?;
        material.each("--ties with matters")?.iter().try_for_each(|s| ledger.add(&Brief::of(s)))?;
        let network = args.network.network(&mut material, lexicon)?;
        let blocs = blocs_alone(&network, &CombinedWeights::default(), &args.seed.blocs());
        write_nodes(args, &network, Some(&blocs))?;
    } else {
        enter(&args.input, args.network.sure, lexicon, &|names| args.ties.relation(names), &mut ledger)?;
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
