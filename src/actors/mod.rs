//! Actors: which country, institution or person a text means, and where.
//!
//! In: tokens and the lexicon's tables. Out: a [`Cast`] of actors and the [`Mention`]s of them in each sentence.
//! Never here: syntax beyond the words next to a name, stances.

mod cast;
mod gazetteer;
mod mention;
mod names;

pub use cast::{Cast, Entity};
pub use gazetteer::{Gazetteer, Known, Meaning, Title};
pub use mention::{How, Mention, find};
