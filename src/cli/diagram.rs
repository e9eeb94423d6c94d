//! `stancenet diagram`: the network as a picture.

use super::draw::{DrawArgs, MattersArg};
use super::edge_lists::{Listed, edge_list, none_for};
use super::inputs::load;
use super::options::{InputArgs, NetworkArgs, SeedArg, network_in};
use super::picture::PictureArgs;
use crate::clusters::{Blocs, blocs_alone, quick_blocs};
use crate::diagram::{DiagramOptions, Panel, Places, check_panels, draw_network, matrix_svg, panels_svg, timeline_svg};
use crate::lexicon::Lexicon;
use crate::network::{CombinedWeights, Network, NodeTable, Windows};
use crate::output::write_file;
use crate::statement::Statement;
use crate::{Error, Result};
use clap::ValueEnum;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// Draw the network as SVG or PNG: actors, their ties by relation, their blocs
///
/// A signed edge list (CSV with the columns source, target and weight or sign, and relation where there is one; or
/// GraphML) is drawn as it is. More than 1,500 actors are drawn as their blocs.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet diagram articles/ -o network.svg\n  \
    stancenet diagram statements.csv --level country --title \"Who would send instructors?\" -o countries.svg\n  \
    stancenet diagram statements.csv --matters show --seed 3 > network.svg\n  \
    stancenet diagram statements.csv --zoom 3 -o slide.png\n  \
    stancenet diagram statements.csv --kind matrix -o matrix.svg\n  \
    stancenet diagram statements.csv --highlight Germany --theme dark -o germany.svg\n  \
    stancenet diagram statements.csv --kind timeline -o timeline.svg           who took which side when\n  \
    stancenet diagram statements.csv --kind timeline --window month -o months.svg\n  \
    stancenet diagram ties.csv --nodes nodes.csv -o network.svg     an edge list, with names and kinds of its nodes\n\n\
    Two dates, actors in the same places:\n  \
    stancenet diagram statements.csv --to 2024-06-30 --layout-out places.json -o june.svg\n  \
    stancenet diagram statements.csv --to 2024-07-31 --layout-in places.json -o july.svg")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    seed: SeedArg,
    #[command(flatten)]
    draw: DrawArgs,
    #[command(flatten)]
    picture: PictureArgs,
    /// What to draw
    #[arg(long, value_enum, default_value = "network")]
    kind: Kind,
    /// With --kind timeline: a small network for each week, month, quarter or year, or for windows of a length (90d, 6w,
    /// 3m, 1y), or of a length and a step (3m/1m), with every actor in the same place in all
    #[arg(long, value_name = "WINDOW")]
    window: Option<Windows>,
    /// Of an edge list: a table of its nodes, with the columns id, and any of label, kind and cluster; of GraphML in place of
    /// what it says of its nodes itself
    #[arg(long, value_name = "FILE")]
    nodes: Option<PathBuf>,
    /// Write where everything lies, as JSON, to this file too
    #[arg(long, value_name = "FILE")]
    layout_out: Option<PathBuf>,
    /// Put actors where an earlier picture had them; takes what --layout-out wrote
    #[arg(long, value_name = "FILE")]
    layout_in: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Actors and their ties
    Network,
    /// Actors by matters: who stands where on what; actors by actors where there are no matters, or with --matters hide
    Matrix,
    /// Statements over time, by matter and side, and who joined which side when
    Timeline,
}

/// What is to be drawn.
struct Subject {
    network: Network,
    blocs: Blocs,
    options: DiagramOptions,
    /// Windows, where there are to be some.
    panels: Option<Vec<Panel>>,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    args.input.on_threads(|| {
        args.check()?;
        let mut options = args.draw.options(args.seed.seed);
        if let Some(path) = &args.layout_in {
            options.places = Some(places(path)?);
        }
        let subject = match edge_list(&args.input, true)? {
            Some(listed) => of_ties(args, listed, options)?,
            None => of_statements(args, options)?,
        };
        let svg = match args.kind {
            Kind::Network => network(args, &subject)?,
            Kind::Matrix => matrix_svg(&subject.network, Some(&subject.blocs), &subject.options)?,
            Kind::Timeline => match &subject.panels {
                None => timeline_svg(&subject.network, &subject.options)?,
                Some(panels) => panels_svg(&subject.network, Some(&subject.blocs), panels, &subject.options)?,
            },
        };
        args.picture.write(&svg, &args.draw, args.input.work.quiet)
    })
}

impl Args {
    /// Refuses, before any work is done, options that go with other kinds of pictures.
    fn check(&self) -> Result<()> {
        self.picture.check()?;
        if self.window.is_some() && self.kind != Kind::Timeline {
            return Err(Error::Usage("--window goes with --kind timeline".to_owned()));
        }
        let elsewhere = self.kind != Kind::Network;
        let timeline = self.kind == Kind::Timeline;
        let misplaced = [
            ("--layout-out", elsewhere && self.layout_out.is_some()),
            ("--layout-in", elsewhere && self.layout_in.is_some()),
            ("--all", elsewhere && self.draw.all),
            ("--matters", timeline && self.window.is_none() && self.draw.matters != MattersArg::Auto),
        ];
        match misplaced.iter().find(|(_, is)| *is) {
            Some((option, _)) => Err(Error::Usage(format!("{option} is for other kinds of pictures: leave it out"))),
            None => Ok(()),
        }
    }
}

fn network(args: &Args, subject: &Subject) -> Result<String> {
    let drawing = draw_network(&subject.network, Some(&subject.blocs), &subject.options)?;
    let svg = drawing.svg()?;
    if let Some(path) = &args.layout_out {
        write_file(path, drawing.layout()?.as_bytes())?;
    }
    Ok(svg)
}

fn of_statements(args: &Args, options: DiagramOptions) -> Result<Subject> {
    if let Some(nodes) = &args.nodes {
        let message = format!("--nodes {} is for edge lists; statements tell what their actors are", nodes.display());
        return Err(Error::Usage(message));
    }
    let lexicon = args.input.lexicon()?;
    let mut material = load(&args.input, &args.network, &lexicon)?;
    if args.kind == Kind::Timeline {
        material.each("--kind timeline")?;
    }
    let network = args.network.network(&mut material, &lexicon)?;
    let blocs = blocs_alone(&network, &CombinedWeights::default(), &args.seed.blocs());
    let panels = args.window.map(|windows| in_windows(args, windows, &material.statements, &lexicon)).transpose()?;
    Ok(Subject { network, blocs, options, panels })
}

/// The network and the blocs of each window.
fn in_windows(args: &Args, windows: Windows, statements: &[Statement], lexicon: &Lexicon) -> Result<Vec<Panel>> {
    let options = args.network.options()?;
    let dated = statements.iter().filter_map(|s| s.date);
    let cut = windows.over(dated, args.network.from, args.network.to)?;
    check_panels(cut.len())?;
    let panel = |window| {
        let network = network_in(&window, statements, &options, lexicon);
        let of = quick_blocs(&network, &CombinedWeights::default(), &args.seed.blocs()).of;
        Panel { window, network, of }
    };
    Ok(cut.into_iter().map(panel).collect())
}

fn of_ties(args: &Args, mut listed: Listed, mut options: DiagramOptions) -> Result<Subject> {
    none_for(&listed.file, &args.input, &args.network)?;
    if args.kind == Kind::Timeline {
        return Err(Error::Usage(format!(
            "{} is an edge list, which has no dates: draw its --kind network or matrix",
            listed.file
        )));
    }
    let lexicon = args.input.lexicon()?;
    if let Some(path) = &args.nodes {
        listed.nodes = node_table(path)?;
    }
    let network = listed.network(&lexicon);
    let (blocs, bloc_names) = listed.blocs(args.seed.seed);
    options.bloc_names = bloc_names;
    let Listed { file, list, nodes } = listed;
    let known = |name: &str| nodes.get(name).and_then(|row| row.label.as_deref()).unwrap_or(name).to_owned();
    let labelled = list.graph.names.iter().filter_map(|name| Some((name.clone(), nodes.get(name)?.label.clone()?)));
    options.labels = labelled.collect();
    let told = |name: &String| nodes.get(name).is_some_and(|row| row.kind.is_some());
    // Shapes say something only where they say it of everybody.
    options.kinds = list.graph.names.iter().all(|name| told(name) || lexicon.kind(&known(name)).is_some());
    options.source_line = options.source_line.or_else(|| Some(format!("Source: {}.", file_name(&file))));
    Ok(Subject { network, blocs, options, panels: None })
}

/// A file without the folders that it lies in, which are nobody else's business.
fn file_name(file: &str) -> &str {
    Path::new(file).file_name().and_then(|name| name.to_str()).unwrap_or(file)
}

fn node_table(path: &Path) -> Result<NodeTable> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|e| Error::io(&name, e))?;
    NodeTable::read(&name, BufReader::new(file))
}

/// More than this is no layout of ours.
const LARGEST_LAYOUT: u64 = 1 << 28;

fn places(path: &Path) -> Result<Places> {
    let name = path.display().to_string();
    let size = std::fs::metadata(path).map_err(|e| Error::io(&name, e))?.len();
    if size > LARGEST_LAYOUT {
        return Err(Error::input(name, "more than 256 MiB; is this a layout that --layout-out wrote?"));
    }
    let text = std::fs::read_to_string(path).map_err(|e| Error::io(&name, e))?;
    Places::read(&name, &text)
}
