//! stancenet reads news articles and tells who stands where, with whom, against whom, and on what evidence.

pub mod actors;
pub mod balance;
pub mod cli;
pub mod clusters;
pub mod diagram;
pub mod document;
pub mod error;
pub mod export;
pub mod language;
pub mod layout;
pub mod lexicon;
pub mod network;
pub mod output;
pub mod report;
pub mod stances;
pub mod statement;

pub use error::{Error, Result};
