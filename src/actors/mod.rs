//! Actors: which country, institution or person a text means, and where.
//!
//! In: tokens and the lexicon's tables. Out: a [`Cast`] of actors and the [`Mention`]s of them in each sentence.
//! Never here: syntax beyond the words next to a name, stances.

mod bodies;
mod cast;
mod context;
mod gazetteer;
mod mention;
mod names;
mod shaped;
mod titled;
mod twins;

pub use cast::{Cast, Entity, Office, head_of_title};
pub use gazetteer::{Gazetteer, Gender, Known, Meaning, Role, Title};
pub use mention::{How, Mention, find};
pub use twins::twins;
