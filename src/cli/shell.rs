//! Completions for shells, and the manual page.

use super::Cli;
use crate::output::{write_result, write_stdout};
use crate::{Error, Result};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::path::PathBuf;

/// Print the completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  stancenet completions bash > ~/.local/share/bash-completion/completions/stancenet")]
pub struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  stancenet man | man -l -\n  stancenet man -o stancenet.1")]
pub struct ManArgs {
    /// Where to write it; standard output when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Prints completions.
pub fn completions(args: &CompletionsArgs) -> Result<()> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "stancenet", &mut out);
    write_stdout(&out)
}

/// Prints the manual page: the program's, then one section for each command.
pub fn man(args: &ManArgs) -> Result<()> {
    let mut out = Vec::new();
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let render = |command: clap::Command, out: &mut Vec<u8>| {
        clap_mangen::Man::new(command).render(out).map_err(|e| Error::io("manual page", e))
    };
    let parts: Vec<clap::Command> = command.get_subcommands().cloned().collect();
    render(command, &mut out)?;
    for part in parts {
        let name = format!("stancenet {}", part.get_name());
        render(part.display_name(name), &mut out)?;
    }
    write_result(args.output.as_deref(), &out)
}
