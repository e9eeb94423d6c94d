//! Options of pictures, for `diagram` and `analyze`.

use crate::diagram::{DiagramOptions, Matters, TextAs, Theme};
use clap::ValueEnum;

/// How the picture looks.
#[derive(Debug, Clone, clap::Args, serde::Serialize)]
#[command(next_help_heading = "The picture")]
pub struct DrawArgs {
    /// Its title; one is made from the network when left out
    #[arg(long)]
    pub title: Option<String>,
    /// The line below the title; counts and dates when left out
    #[arg(long, value_name = "TEXT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// The line at the foot; the documents, or the file of an edge list, when left out
    #[arg(long, value_name = "TEXT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Width in pixels; 1200, and more where labels need it, when neither is given
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(300..=20_000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels; 900, and more where labels need it, when neither is given
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(300..=20_000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Whether what stances are about is drawn as small hubs
    #[arg(long, value_enum, default_value = "auto")]
    pub matters: MattersArg,
    /// Colours
    #[arg(long, value_enum, default_value = "light")]
    pub theme: ThemeArg,
    /// A font to set text in where the viewer has it, before the usual ones
    #[arg(long, value_name = "NAME")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font: Option<String>,
    /// How text is written
    #[arg(long, value_enum, default_value = "fonts")]
    pub text: TextArg,
    /// Fade all but this actor, its ties and those at their other ends; may be given several times
    #[arg(long, value_name = "ACTOR")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub highlight: Vec<String>,
    /// Draw every actor, also where there are more than 1,500 and their blocs would be drawn instead
    #[arg(long)]
    pub all: bool,
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

impl DrawArgs {
    /// What the library is asked for.
    pub fn options(&self, seed: u64) -> DiagramOptions {
        let usual = DiagramOptions::default();
        DiagramOptions {
            width: self.width.unwrap_or(usual.width),
            height: self.height.unwrap_or(usual.height),
            fit: self.width.is_none() && self.height.is_none(),
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            source_line: self.source.clone(),
            seed,
            matters: match self.matters {
                MattersArg::Auto => Matters::Auto,
                MattersArg::Show => Matters::Show,
                MattersArg::Hide => Matters::Hide,
            },
            theme: match self.theme {
                ThemeArg::Light => Theme::Light,
                ThemeArg::Dark => Theme::Dark,
                ThemeArg::Print => Theme::Print,
            },
            text: match self.text {
                TextArg::Fonts => TextAs::Fonts,
                TextArg::Outlines => TextAs::Outlines,
            },
            font: self.font.clone(),
            highlight: self.highlight.clone(),
            all: self.all,
            ..usual
        }
    }
}
