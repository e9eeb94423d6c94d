//! What other programs keep, as statements and ties.
//!
//! In: files of other programs, packed ones too. Out: rows for the statements table, edge lists, statements and counts of
//! them. Never here: networks, or what is made of them.

pub mod dna;
pub mod events;
pub mod graphml;
pub mod packed;
