//! Progress on a terminal, and notes, on standard error.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Read};

/// Tells the user how far the work is.
#[derive(Debug, Clone)]
pub struct Progress {
    bar: ProgressBar,
    quiet: bool,
}

impl Progress {
    /// A counter of `what`; shown on a terminal only, and never when quiet.
    pub fn new(what: &str, total: Option<u64>, quiet: bool) -> Self {
        let shown = !quiet && std::io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(total, target);
        let template =
            if total.is_some() { "{bar:24} {pos}/{len} {msg} ({eta} left)" } else { "{spinner} {pos} {msg}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        Self { bar, quiet }
    }

    /// A bar of bytes that are read; how many there are is [told](Self::expect) later.
    pub fn bytes(quiet: bool) -> Self {
        let new = Self::new("", None, quiet);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {bytes}/{total_bytes} ({eta} left)") {
            new.bar.set_style(style);
        }
        new
    }

    /// Many more are to be done.
    pub fn expect(&self, n: u64) {
        self.bar.inc_length(n);
    }

    /// A reader whose bytes are counted here.
    pub fn metered<R: Read>(&self, inner: R) -> impl Read + use<R> {
        self.bar.wrap_read(inner)
    }

    /// `n` more are done.
    pub fn add(&self, n: usize) {
        self.bar.inc(n as u64);
    }

    /// A line for the user, unless quiet.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.bar.suspend(|| eprintln!("{text}"));
        }
    }

    /// Takes the bar off the screen.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
