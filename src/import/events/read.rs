//! All events of some files, in one pass, on all threads.
//!
//! In: files. Out: their statements where they are few, counts by tie where they are many, and what became of the rows.
//! Never here: what a row says. Counts are whole numbers, and evidence has a total order, so neither the number of threads
//! nor who read what leaves a trace.

use super::EventOptions;
use super::actors::Who;
use super::blocks::{Block, EventFile, Fault, Feed};
use super::codes::Codebook;
use super::count::{Count, Counter};
use super::row;
use crate::document::EventForm;
use crate::network::Bundle;
use crate::statement::problems::Problems;
use crate::statement::{Relation, Statement};
use crate::{Error, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, PoisonError};

/// What became of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Told {
    /// Rows of all files.
    pub rows: u64,
    /// Rows that are statements.
    pub statements: u64,
    /// Rows without two actors that are somebody.
    pub nobody: u64,
    /// Rows in which both actors are one.
    pub itself: u64,
    /// Rows whose code is no stance.
    pub no_stance: u64,
    /// Rows whose code no table has.
    pub unknown_code: u64,
    /// Rows that could not be read.
    pub bad: u64,
    /// Statements without a day, where days were asked for and statements counted.
    pub undated: u64,
    /// Statements of other days than were asked for, where statements were counted.
    pub outside: u64,
}

impl Told {
    fn add(&mut self, other: Self) {
        let pairs = [
            (&mut self.rows, other.rows),
            (&mut self.statements, other.statements),
            (&mut self.nobody, other.nobody),
            (&mut self.itself, other.itself),
            (&mut self.no_stance, other.no_stance),
            (&mut self.unknown_code, other.unknown_code),
            (&mut self.bad, other.bad),
            (&mut self.undated, other.undated),
            (&mut self.outside, other.outside),
        ];
        for (sum, n) in pairs {
            *sum += n;
        }
    }
}

/// Events as the rest of the program takes them.
#[derive(Debug)]
pub struct Events {
    /// What became of the rows.
    pub told: Told,
    /// The statements, or their counts.
    pub found: Found,
    /// Why files were not read to their end, with [`EventOptions::skip_bad`].
    pub broken: Vec<Error>,
}

/// All statements, or counts of them.
#[derive(Debug)]
pub enum Found {
    /// All, in no order.
    Statements(Vec<Statement>),
    /// There are more than are kept: counts by tie, sorted.
    Counts(Vec<Bundle>),
}

/// Reads all files on the threads of the current pool.
///
/// # Errors
/// Rows that cannot be read, the first of each file with their lines, unless they are to be passed over; files that
/// cannot be read to their end, likewise; columns that are missing; two files that hold the same events.
pub fn read(files: Vec<EventFile>, book: &Codebook, options: EventOptions) -> Result<Events> {
    let names: Vec<(String, EventForm)> = files.iter().map(|f| (f.name.clone(), f.form)).collect();
    let feed = Mutex::new(Feed::new(files, options.skip_bad));
    let all = AtomicUsize::new(0);
    let work = |_: rayon::BroadcastContext<'_>| -> Result<Counter<'_>> {
        let mut counter = Counter::new(book, options, &all);
        let mut block = Block::default();
        while feed.lock().unwrap_or_else(PoisonError::into_inner).next(&mut block)? {
            counter.block(&block);
        }
        Ok(counter)
    };
    let counters: Result<Vec<Counter<'_>>> = rayon::broadcast(work).into_iter().collect();
    let counters = counters?;
    let feed = feed.into_inner().unwrap_or_else(PoisonError::into_inner);
    let told = finish(&names, &counters, feed.faults, options.skip_bad)?;
    let found = if told.statements <= options.most_kept as u64 {
        Found::Statements(counters.into_iter().flat_map(|mut c| c.take_kept()).collect())
    } else {
        counted(counters, book)
    };
    Ok(Events { told, found, broken: feed.broken })
}

/// What became of the rows, all threads together.
pub(super) fn finish(
    names: &[(String, EventForm)],
    counters: &[Counter<'_>],
    more: Vec<Fault>,
    skip_bad: bool,
) -> Result<Told> {
    let mut told = Told::default();
    counters.iter().for_each(|c| told.add(c.told));
    told.bad += more.len() as u64;
    if told.bad > 0 && !skip_bad {
        return Err(complaint(names, counters, more, told.bad));
    }
    no_file_twice(names, counters)?;
    Ok(told)
}

fn counted(counters: Vec<Counter<'_>>, book: &Codebook) -> Found {
    let mut all: BTreeMap<(Who, Who, Relation, bool), Count> = BTreeMap::new();
    for counter in counters {
        let Counter { ties, who, .. } = counter;
        for ((from, to, relation, weak), count) in ties {
            if let (Some(from), Some(to)) = (who.get(from as usize), who.get(to as usize)) {
                all.entry((from.clone(), to.clone(), relation, weak)).or_default().add(count);
            }
        }
    }
    let bundle = |((from, to, relation, weak), count): ((Who, Who, Relation, bool), Count)| Bundle {
        best: count.best.iter().map(|event| event.statement(&from, &to, relation, weak, book)).collect(),
        holder: from.name,
        holder_kind: from.kind,
        holder_for: from.speaks_for,
        relation,
        target: to.name,
        target_kind: to.kind,
        target_for: to.speaks_for,
        hedged: weak,
        statements: count.statements,
        first: count.first.and_then(row::date),
        last: count.last.and_then(row::date),
    };
    Found::Counts(all.into_iter().map(bundle).collect())
}

/// All that is wrong with rows, by file and line.
fn complaint(names: &[(String, EventForm)], counters: &[Counter<'_>], more: Vec<Fault>, bad: u64) -> Error {
    let mut faults: Vec<Fault> = counters.iter().flat_map(|c| c.faults.clone()).chain(more).collect();
    faults.sort();
    let mut lines: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (file, block, n) in counters.iter().flat_map(|c| &c.lines) {
        lines.insert((*file, *block), *n);
    }
    let mut problems = Problems::new();
    for fault in faults.iter().take(20) {
        let before: usize = lines.range((fault.file, 0)..(fault.file, fault.block)).map(|(_, n)| n).sum();
        let (name, form) = names.get(fault.file).map_or(("", None), |(name, form)| (name.as_str(), Some(*form)));
        let above = usize::from(!matches!(form, Some(EventForm::Gdelt { .. })));
        problems.add(name, (above + before + fault.line + 1) as u64, fault.message.clone());
    }
    let told = faults.len().min(20) as u64;
    let mut errors = match problems.into_result("") {
        Err(Error::Many(errors)) => errors,
        Err(error) => vec![error],
        Ok(()) => Vec::new(),
    };
    if bad > told {
        errors.push(Error::Empty(format!("and {} more bad rows", bad - told)));
    }
    errors.push(Error::Empty("--skip-bad goes on without such rows, and counts them".to_owned()));
    Error::many(errors)
}

/// Refuses two files with the same events, such as a table and its packed copy.
fn no_file_twice(names: &[(String, EventForm)], counters: &[Counter<'_>]) -> Result<()> {
    let mut sums: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    for (file, (rows, sum)) in counters.iter().flat_map(|c| &c.sums) {
        let all = sums.entry(*file).or_default();
        *all = (all.0 + rows, all.1.wrapping_add(*sum));
    }
    let mut first: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    for (file, sum) in sums.into_iter().filter(|(_, (rows, _))| *rows > 0) {
        if let Some(other) = first.insert(sum, file) {
            let name = |at: usize| names.get(at).map_or("", |(name, _)| name.as_str());
            let message = format!("the same events as in {}; leave one of the two out", name(other));
            return Err(Error::input(name(file), message));
        }
    }
    Ok(())
}
