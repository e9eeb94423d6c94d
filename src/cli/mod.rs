//! The command line: one file a command.
//!
//! In: arguments. Out: files, standard output, messages on standard error. Never here: any work that a library user
//! would want too.

mod agree;
mod analyze;
mod clusters;
mod code;
mod coded;
mod diagram;
mod draw;
mod dyads;
mod edge_lists;
mod edges;
mod events;
mod explore;
mod formats;
mod import;
mod inputs;
mod looks;
mod material;
mod merge;
mod options;
mod parse;
mod picture;
mod progress;
mod reader;
mod shell;
mod stream;
mod tied;
mod ties;

use crate::Result;
use clap::{Parser, Subcommand};

/// The program's arguments.
#[derive(Debug, Parser)]
#[command(
    name = "stancenet",
    version,
    about = "Reads news articles and tells who stands where, with whom, against whom, and on what evidence",
    long_about = "stancenet reads news articles (or tables of coded statements) and tells who stands where, with whom, \
                  against whom, and on what evidence.\n\n\
                  Countries, institutions and people become the nodes of a network; invitations, support and opposition \
                  its directed, signed ties, each with the quotes that prove it.",
    after_help = "Exit codes: 0 done, 1 failed, 2 wrong usage.\n\n\
                  Examples:\n  \
                  stancenet analyze article.txt -o report      everything about one article, into report/\n  \
                  stancenet code articles/ -o statements.csv   articles to a statements table\n  \
                  stancenet clusters statements.csv            the blocs, in words",
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Analyze(analyze::Args),
    Code(code::Args),
    Edges(edges::Args),
    Diagram(diagram::Args),
    Clusters(clusters::Args),
    Explore(explore::Args),
    Merge(merge::Args),
    Agree(agree::Args),
    Import(import::Args),
    Parse(parse::Args),
    Completions(shell::CompletionsArgs),
    Man(shell::ManArgs),
}

impl Cli {
    /// Does what the arguments ask for.
    ///
    /// # Errors
    /// Whatever the command failed with; the message says what, where, and what to do.
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Analyze(args) => analyze::run(&args),
            Command::Code(args) => code::run(&args),
            Command::Edges(args) => edges::run(&args),
            Command::Diagram(args) => diagram::run(&args),
            Command::Clusters(args) => clusters::run(&args),
            Command::Explore(args) => explore::run(&args),
            Command::Merge(args) => merge::run(&args),
            Command::Agree(args) => agree::run(&args),
            Command::Import(args) => import::run(&args),
            Command::Parse(args) => parse::run(&args),
            Command::Completions(args) => shell::completions(&args),
            Command::Man(args) => shell::man(&args),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
