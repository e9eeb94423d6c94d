//! Tables of coded events: GDELT, POLECAT, ICEWS.
//!
//! In: files of events, packed or not, and the tables of `lexicon/` that say what codes mean. Out: statements, one an
//! event, in a stream ([`each`]); or, in one pass over any number of events, all statements where they are few, and
//! where they are many, counts by tie with the best evidence of each ([`read`]). Never here: networks; knowledge of codes.
//!
//! An event is a statement: its document is the event, its holder who acts, its target who is acted upon, its relation
//! what `cameo.csv` or `plover.csv` says of its code; hedged where the code is weak. There is no quote; the evidence is
//! the link to the report. `docs/events.md` tells who the actors are.

mod actors;
mod blocks;
mod codes;
mod columns;
mod count;
mod each;
mod read;
mod row;

pub use blocks::EventFile;
pub use codes::Codebook;
pub use each::each;
pub use read::{Events, Found, Told, read};
pub use row::EXTRA;

use jiff::civil::Date;

/// Statements of more events than this are not kept, but counted while they pass.
pub const MOST_KEPT: usize = 100_000;

/// How events are read.
#[derive(Debug, Clone, Copy)]
pub struct EventOptions {
    /// Rows that cannot be read are passed over and counted.
    pub skip_bad: bool,
    /// Statements of so many events are kept; more are counted.
    pub most_kept: usize,
    /// Where events are counted, the first day that counts.
    pub from: Option<Date>,
    /// Where events are counted, the last day that counts.
    pub to: Option<Date>,
}

impl Default for EventOptions {
    fn default() -> Self {
        Self { skip_bad: false, most_kept: MOST_KEPT, from: None, to: None }
    }
}
