//! Words: sentences, tokens, and dependency trees, all on byte offsets.
//!
//! In: a document's text. Out: [`Sentence`]s of [`Token`]s, as names are looked up, and a [`Tree`] of syntactic words for
//! each: who does what to whom. Never here: which actor is meant, or what is a stance.

pub mod encoder;
pub mod engine;
mod grammar;
mod repair;
mod split;
mod tree;

pub use grammar::{Grammar, Takes, VerbForm};
pub use repair::repair;
pub use split::{Sentence, Token, sentences};
pub use tree::{Name, Tree, Word, trees};
