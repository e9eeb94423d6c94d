//! Words: sentences, tokens, coarse word classes, phrases and clauses, all on byte offsets.
//!
//! In: a document's text. Out: [`Sentence`]s of [`Token`]s, and the [`Clause`]s of a sentence: who does what to whom,
//! as far as words and their order tell. Never here: which actor is meant, or what is a stance.

mod chunk;
mod clause;
pub mod engine;
mod grammar;
mod split;
mod tag;

pub use chunk::{Chunk, ChunkKind, VerbGroup, chunks};
pub use clause::{Clause, Form, Role, clauses};
pub use grammar::{Grammar, VerbForm};
pub use split::{Sentence, Token, sentences};
pub use tag::{Class, tag};
