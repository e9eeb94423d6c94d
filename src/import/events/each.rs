//! Statements of events one after the other, in the order of their rows.
//!
//! In: files. Out: statements, some at a time, in memory for a few blocks. Never here: all of them.

use super::EventOptions;
use super::blocks::{Block, EventFile, Feed};
use super::codes::Codebook;
use super::count::Counter;
use super::read::{Told, finish};
use crate::statement::Statement;
use crate::{Error, Result};
use rayon::prelude::*;
use std::sync::atomic::AtomicUsize;

/// Gives all statements of the files to `take`, in order; what became of the rows, and why files were not read to their
/// end (with [`EventOptions::skip_bad`]).
///
/// # Errors
/// As [`read`](super::read()), and those of `take`. Rows that cannot be read are told at the end.
pub fn each(
    files: Vec<EventFile>,
    book: &Codebook,
    options: EventOptions,
    take: &mut dyn FnMut(&[Statement]) -> Result<()>,
) -> Result<(Told, Vec<Error>)> {
    let names = files.iter().map(|f| (f.name.clone(), f.form)).collect::<Vec<_>>();
    let mut feed = Feed::new(files, options.skip_bad);
    let none = AtomicUsize::new(0);
    let options = EventOptions { most_kept: usize::MAX, ..options };
    let threads = rayon::current_num_threads();
    let mut counters: Vec<Counter<'_>> = (0..threads).map(|_| Counter::new(book, options, &none)).collect();
    counters.iter_mut().for_each(|c| c.counts = false);
    let mut blocks: Vec<Block> = (0..threads).map(|_| Block::default()).collect();
    loop {
        let mut filled = 0;
        for block in &mut blocks {
            if !feed.next(block)? {
                break;
            }
            filled += 1;
        }
        if filled == 0 {
            break;
        }
        let made: Vec<Vec<Statement>> = counters
            .par_iter_mut()
            .zip(blocks.par_iter())
            .take(filled)
            .map(|(counter, block)| {
                counter.block(block);
                counter.take_kept()
            })
            .collect();
        made.iter().try_for_each(|statements| take(statements))?;
    }
    let told = finish(&names, &counters, std::mem::take(&mut feed.faults), options.skip_bad)?;
    Ok((told, feed.broken))
}
