//! stancenet reads news articles and tells who stands where, with whom, against whom, and on what evidence.
//!
//! The whole road in a few lines: text to statements, statements to a network, the network to blocs.
//!
//! ```
//! use stancenet::clusters::{BlocOptions, find_blocs};
//! use stancenet::document::read_bytes;
//! use stancenet::lexicon::Lexicon;
//! use stancenet::network::{CombinedWeights, NetworkOptions, build};
//! use stancenet::stances::Coder;
//!
//! # fn main() -> stancenet::Result<()> {
//! let lexicon = Lexicon::embedded()?;
//! let coder = Coder::new(&lexicon)?;
//! let documents = read_bytes("note.txt", b"Norway backed Sweden. Belarus condemned Sweden.")?;
//! let statements: Vec<_> = documents.iter().flat_map(|d| coder.code(d)).collect();
//! assert_eq!(statements[0].holder, "Norway");
//! assert_eq!(statements[0].target, "Sweden");
//!
//! let code = |name: &str| lexicon.code(name).map(str::to_owned);
//! let network = build(&statements, &NetworkOptions::default(), &code, &|name| lexicon.kind(name));
//! let found = find_blocs(&network, &CombinedWeights::default(), &BlocOptions::default());
//! // Belarus, Norway, Sweden: the first stands apart from the other two.
//! assert_ne!(found.blocs.of[0], found.blocs.of[1]);
//! assert_eq!(found.blocs.of[1], found.blocs.of[2]);
//! # Ok(())
//! # }
//! ```

pub mod actors;
pub mod balance;
pub mod centrality;
pub mod cli;
pub mod clusters;
pub mod diagram;
pub mod document;
pub mod error;
pub mod export;
pub mod import;
pub mod language;
pub mod layout;
pub mod lexicon;
pub mod network;
pub mod output;
pub mod report;
pub mod stances;
pub mod statement;

pub use error::{Error, Result};
