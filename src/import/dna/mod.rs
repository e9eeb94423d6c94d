//! Discourse Network Analyzer (Leifeld; github.com/leifeld-lab/dna): its `.dna` files, and the event lists that it exports.
//!
//! In: an SQLite database of version 2 or 3 ([`Database`]), or the header of an event list ([`event_list`]). Out: all that
//! a database holds ([`Coding`]), as plain tables ([`Tables`]), and the statements of one type as lines of a statements
//! table ([`Lines`]), which go the way of every other table. Never here: a change to the user's file, or to anything beside
//! it.
//!
//! # What differs between the versions
//! | | 2 | 3 |
//! |---|---|---|
//! | values of short text variables | text, in `DATASHORTTEXT.Value` | rows of `ENTITIES`, in `DATASHORTTEXT.Entity` |
//! | attributes of these values | `ATTRIBUTES`: Type, Alias, Notes | `ATTRIBUTEVARIABLES`, `ATTRIBUTEVALUES` |
//! | dates of documents | milliseconds since 1970 | seconds since 1970 |
//! | places of statements | UTF-16 units, as Java counts | the same |

mod choice;
mod coding;
mod lines;
mod list;
mod open;
mod places;
mod read;
mod schema;
mod tables;
mod values;

pub use choice::{Choice, Wanted};
pub use coding::{Cell, Coded, Coding, DataType, Entity, Orphan, Paper, StatementType, Variable, Version};
pub use lines::Lines;
pub use list::{EventList, event_list, is_event_list};
pub use open::Database;
pub use tables::Tables;

/// The first bytes of every SQLite database.
pub const MAGIC: &[u8] = b"SQLite format 3\0";
