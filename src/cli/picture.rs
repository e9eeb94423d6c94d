//! Where a picture goes, and as what.

use super::draw::{DrawArgs, TextArg};
use super::progress::Progress;
use crate::diagram::raster;
use crate::output::write_result;
use crate::{Error, Result};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Pixels of a PNG for each pixel of the page, as fine as most screens and office printers.
const ZOOM: f64 = 2.0;

/// Letters named in a note.
const MOST_LETTERS: usize = 40;

/// Where to write a picture.
#[derive(Debug, clap::Args)]
pub struct PictureArgs {
    /// Where to write: SVG, or PNG where the name ends in .png; SVG to standard output when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Pixels of a PNG for each of the page's [default: 2]
    #[arg(long, value_name = "N")]
    zoom: Option<f64>,
}

impl PictureArgs {
    /// Refuses, before any work is done, what could not be written in the end.
    ///
    /// # Errors
    /// Another format than SVG and PNG; a zoom for an SVG.
    pub fn check(&self) -> Result<()> {
        let ending = self.ending();
        if ["jpg", "jpeg", "gif", "webp", "pdf", "eps", "tif", "tiff", "bmp"].contains(&ending.as_str()) {
            return Err(Error::Usage(format!("pictures are written as SVG or PNG, not as .{ending}")));
        }
        if self.zoom.is_some() && ending != "png" {
            return Err(Error::Usage(
                "--zoom is for PNG, and goes with an --output whose name ends in .png; an SVG has no pixels".to_owned(),
            ));
        }
        Ok(())
    }

    /// Writes the picture, with notes on what of the text could not be shown as asked.
    ///
    /// # Errors
    /// More pixels than there can be; a failed write.
    pub fn write(&self, svg: &str, draw: &DrawArgs, quiet: bool) -> Result<()> {
        let output = self.output.as_deref();
        let progress = Progress::new("", None, quiet);
        tell_of_text(svg, draw, &progress);
        if self.ending() != "png" {
            return write_result(output, svg.as_bytes());
        }
        let picture = raster(svg, self.zoom.unwrap_or(ZOOM))?;
        if let Some(font) = &picture.absent {
            progress.note(&format!("no font called {font} is installed here; the picture is set in DejaVu Sans"));
        }
        if !picture.missing.is_empty() {
            let some: String = picture.missing.iter().take(MOST_LETTERS).collect();
            let more = if picture.missing.len() > MOST_LETTERS { " and others" } else { "" };
            progress.note(&format!("no font here has letters for {some}{more}; they are boxes in the picture"));
        }
        write_result(output, &picture.png)
    }

    fn ending(&self) -> String {
        let ending = self.output.as_deref().and_then(Path::extension).unwrap_or_default();
        ending.to_string_lossy().to_ascii_lowercase()
    }
}

/// A note on the lines of text that could not be written as shapes.
fn tell_of_text(svg: &str, draw: &DrawArgs, progress: &Progress) {
    let texts = svg.lines().filter(|line| line.starts_with("<text"));
    let lines: BTreeSet<&str> = texts.filter_map(|text| text.split_once('>')).map(|(_, words)| words).collect();
    if draw.text == TextArg::Outlines && !lines.is_empty() {
        let n = lines.len();
        progress.note(&format!(
            "{n} line{} of text with letters that DejaVu Sans lacks could not be written as shapes",
            if n == 1 { "" } else { "s" }
        ));
    }
}
