//! The program from outside: it is run, and the files that it leaves are read back.
//!
//! In: articles and tables that the tests write, `seeds/`, and the gold beside the project where it is at hand. Never
//! here: a look into the library's rooms; what a part promises is tested beside the part.

#![allow(clippy::unwrap_used, clippy::type_complexity)]

mod agree;
mod analyze;
mod bad_input;
mod blank;
mod clusters;
mod code;
mod common;
mod diagram;
mod dna;
mod dna_maker;
mod edges;
mod events;
mod gold;
mod graphml;
mod hostile;
mod merge;
mod options;
mod parse;
mod pipes;
mod readers;
mod seeds;
mod stream;
mod timeline;
