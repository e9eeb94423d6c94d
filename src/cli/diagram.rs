//! `stancenet diagram`: the network as a picture.

use super::inputs::load;
use super::options::{InputArgs, NetworkArgs, SeedArg};
use crate::Result;
use crate::clusters::{Blocs, blocs_alone};
use crate::diagram::{DiagramOptions, Matters, TextAs, Theme, network_svg};
use crate::network::{CombinedWeights, Network};
use crate::output::write_result;
use clap::ValueEnum;
use std::path::PathBuf;

/// Draw the network as SVG: actors, their ties by relation, their blocs
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet diagram articles/ -o network.svg\n  \
    stancenet diagram statements.csv --level country --title \"Who would send instructors?\" -o countries.svg\n  \
    stancenet diagram statements.csv --matters show --seed 3 > network.svg")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    seed: SeedArg,
    #[command(flatten)]
    draw: DrawArgs,
    /// Where to write; standard output when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What to draw
    #[arg(long, value_enum, default_value = "network")]
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Actors and their ties
    Network,
}

/// How the picture looks.
#[derive(Debug, Clone, clap::Args, serde::Serialize)]
#[command(next_help_heading = "The picture")]
pub struct DrawArgs {
    /// Its title; one is made from the network when left out
    #[arg(long)]
    pub title: Option<String>,
    /// Width in pixels
    #[arg(long, default_value_t = 1200, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(400..=10_000))]
    pub width: u32,
    /// Height in pixels
    #[arg(long, default_value_t = 900, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(300..=10_000))]
    pub height: u32,
    /// Whether what stances are about is drawn as small hubs
    #[arg(long, value_enum, default_value = "auto")]
    pub matters: MattersArg,
    /// Colours
    #[arg(long, value_enum, default_value = "light")]
    pub theme: ThemeArg,
    /// A font to set text in where the viewer has it, before the usual ones
    #[arg(long, value_name = "NAME")]
    pub font: Option<String>,
    /// How text is written
    #[arg(long, value_enum, default_value = "fonts")]
    pub text: TextArg,
}

/// The colours of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeArg {
    /// Dark marks on white
    Light,
    /// Light marks on near black
    Dark,
    /// Black and grays, for printers without colour
    Print,
}

/// How text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TextArg {
    /// As text, which can be searched and copied; looks as the fonts of the viewer do
    Fonts,
    /// As shapes, which look the same everywhere, also where there are no fonts
    Outlines,
}

/// When matters are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MattersArg {
    /// Where a hub explains more than a sheaf of ties
    Auto,
    /// Always
    Show,
    /// Never
    Hide,
}

/// The picture of a network.
///
/// # Errors
/// A page too small for what is on it.
pub fn svg(network: &Network, blocs: &Blocs, draw: &DrawArgs, seed: u64) -> Result<String> {
    let mut options = DiagramOptions {
        width: draw.width,
        height: draw.height,
        title: draw.title.clone(),
        seed,
        font: draw.font.clone(),
        ..DiagramOptions::default()
    };
    options.matters = match draw.matters {
        MattersArg::Auto => Matters::Auto,
        MattersArg::Show => Matters::Show,
        MattersArg::Hide => Matters::Hide,
    };
    options.theme = match draw.theme {
        ThemeArg::Light => Theme::Light,
        ThemeArg::Dark => Theme::Dark,
        ThemeArg::Print => Theme::Print,
    };
    options.text = match draw.text {
        TextArg::Fonts => TextAs::Fonts,
        TextArg::Outlines => TextAs::Outlines,
    };
    network_svg(network, Some(blocs), &options)
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    args.input.on_threads(|| {
        let lexicon = args.input.lexicon()?;
        let material = load(&args.input, args.network.sure, &lexicon)?;
        let network = args.network.network(&material.statements, &lexicon)?;
        let blocs = blocs_alone(&network, &CombinedWeights::default(), &args.seed.blocs());
        let Kind::Network = args.kind;
        let svg = svg(&network, &blocs, &args.draw, args.seed.seed)?;
        write_result(args.output.as_deref(), svg.as_bytes())
    })
}
