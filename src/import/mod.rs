//! What other programs keep, as statements and ties.
//!
//! In: files of other programs. Out: rows for the statements table, edge lists. Never here: networks, or what is made of them.

pub mod dna;
pub mod graphml;
