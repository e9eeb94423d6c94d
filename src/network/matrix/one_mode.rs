//! Pairs of actors who meet on matters (or of matters that meet at actors).
//!
//! In: counts. Out: for each row the pairs with later rows. Never here: pairs that do not meet, which are neither looked
//! at nor kept: work grows with the times that two meet in a column.
//!
//! Each pair is summed up by one thread in the order of the columns, so that the number of threads leaves no trace.

use super::counts::Counts;
use super::{MatrixOptions, Normalize, Ties};
use crate::{Error, Result};
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// More pairs than this are refused: they would take gigabytes.
const MOST_PAIRS: usize = 100_000_000;

/// The values of all pairs that are not 0: for each row those with later rows, ascending.
///
/// # Errors
/// More than [`MOST_PAIRS`] pairs.
pub(super) fn pairs(counts: &Counts, options: &MatrixOptions) -> Result<Vec<Vec<(u32, f64)>>> {
    pairs_up_to(MOST_PAIRS, counts, options)
}

fn pairs_up_to(most: usize, counts: &Counts, options: &MatrixOptions) -> Result<Vec<Vec<(u32, f64)>>> {
    let n = counts.rows.len();
    let lists = Lists::of(counts);
    let starts = counts.starts();
    let facts = Facts::of(counts);
    let plan = Plan::of(options);
    let pairs = AtomicUsize::new(0);
    let work = || (vec![0.0; n], vec![0.0; n], Vec::new());
    let row = |(first, second, met): &mut (Vec<f64>, Vec<f64>, Vec<u32>), i: usize| {
        if pairs.load(Ordering::Relaxed) > most {
            return Vec::new();
        }
        let cells = counts.cells.get(starts[i]..starts[i + 1]).unwrap_or_default();
        met.clear();
        for cell in cells {
            for side in 0..counts.sides.len() {
                let (who, much) = lists.after(cell.column as usize, side, i as u32);
                let x = f64::from(cell.count);
                let apart = apart(&counts.sides, cell.side as usize, side);
                plan.first.add(first, who, much, x, apart);
                if let Some(sum) = &plan.second {
                    sum.add(second, who, much, x, apart);
                }
                // Where they are many it is quicker to look at all.
                if met.len() < n {
                    met.extend_from_slice(who);
                }
            }
        }
        if met.len() < n {
            met.sort_unstable();
            met.dedup();
        } else {
            met.clear();
            met.extend(i as u32 + 1..n as u32);
        }
        let mut found = Vec::new();
        for &other in met.iter() {
            let at = other as usize;
            let sums = (std::mem::take(&mut first[at]), std::mem::take(&mut second[at]));
            let value = if sums == (0.0, 0.0) { 0.0 } else { plan.value(sums, &facts, i, at) };
            if value != 0.0 && value.is_finite() {
                found.push((other, value));
            }
        }
        found.shrink_to_fit();
        pairs.fetch_add(found.len(), Ordering::Relaxed);
        found
    };
    let found = (0..n).into_par_iter().map_init(work, row).collect();
    if pairs.into_inner() > most {
        return Err(Error::Usage(format!(
            "more than {most} pairs meet; choose fewer with --only, --exclude, --from or --to, or write --ties two-mode"
        )));
    }
    Ok(found)
}

/// How far two sides are apart, as a share of the way from the lowest to the highest: 0 the same, 1 opposite.
fn apart(sides: &[i32], a: usize, b: usize) -> f64 {
    let side = |at: usize| f64::from(sides[at]);
    let range = side(sides.len() - 1) - side(0);
    if range > 0.0 { (side(a) - side(b)).abs() / range } else { 0.0 }
}

/// Who is in each column and on each side, and how often.
struct Lists {
    sides: usize,
    starts: Vec<usize>,
    who: Vec<u32>,
    much: Vec<f64>,
}

impl Lists {
    fn of(counts: &Counts) -> Self {
        let sides = counts.sides.len();
        let slot = |column: u32, side: u32| column as usize * sides + side as usize;
        let mut starts = vec![0; counts.columns.len() * sides + 1];
        counts.cells.iter().for_each(|c| starts[slot(c.column, c.side) + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut lists = Self { sides, starts, who: vec![0; counts.cells.len()], much: vec![0.0; counts.cells.len()] };
        for cell in &counts.cells {
            let at = &mut next[slot(cell.column, cell.side)];
            (lists.who[*at], lists.much[*at]) = (cell.row, f64::from(cell.count));
            *at += 1;
        }
        lists
    }

    /// Those after a row.
    fn after(&self, column: usize, side: usize, row: u32) -> (&[u32], &[f64]) {
        let slot = column * self.sides + side;
        let (from, to) = (self.starts[slot], self.starts[slot + 1]);
        let from = from + self.who[from..to].partition_point(|who| *who <= row);
        (&self.who[from..to], &self.much[from..to])
    }
}

/// What is known of each row by itself.
struct Facts {
    /// Statements.
    activity: Vec<f64>,
    /// Sum of the squared counts.
    square: Vec<f64>,
}

impl Facts {
    fn of(counts: &Counts) -> Self {
        let mut facts = Self { activity: vec![0.0; counts.rows.len()], square: vec![0.0; counts.rows.len()] };
        for cell in &counts.cells {
            let count = f64::from(cell.count);
            facts.activity[cell.row as usize] += count;
            facts.square[cell.row as usize] += count * count;
        }
        facts
    }
}

/// A sum over the cells in which two meet.
struct Sum {
    /// Factor on the same side, and on opposite ones; in proportion between them.
    same: f64,
    opposite: f64,
    term: Term,
}

/// What two counts give.
#[derive(Clone, Copy)]
enum Term {
    Product,
    /// The smaller: what they share.
    Least,
    /// What the other program's Jaccard has less in its divisor for a cell that both use.
    Overlap,
}

impl Sum {
    fn add(&self, sums: &mut [f64], who: &[u32], much: &[f64], x: f64, apart: f64) {
        let factor = match self.term {
            Term::Overlap if apart > 0.0 => 0.0,
            _ => self.same + (self.opposite - self.same) * apart,
        };
        if factor == 0.0 {
            return;
        }
        let each = |sums: &mut [f64], term: &dyn Fn(f64) -> f64| {
            who.iter().zip(much).for_each(|(who, y)| sums[*who as usize] += term(*y));
        };
        match self.term {
            Term::Product => {
                let factor = factor * x;
                who.iter().zip(much).for_each(|(who, y)| sums[*who as usize] += factor * y);
            }
            Term::Least => each(sums, &|y| factor * x.min(y)),
            Term::Overlap => each(sums, &|y| factor * (x + y - x * y)),
        }
    }
}

/// How a pair's value is made.
struct Plan {
    first: Sum,
    second: Option<Sum>,
    normalize: Normalize,
    dna: bool,
}

impl Plan {
    fn of(options: &MatrixOptions) -> Self {
        let (same, opposite) = match options.ties {
            Ties::Congruence => (1.0, 0.0),
            Ties::Conflict => (0.0, 1.0),
            Ties::Subtract => (1.0, -1.0),
            Ties::Ignore | Ties::TwoMode(_) => (1.0, 1.0),
        };
        let sum = |same, opposite, term| Sum { same, opposite, term };
        let (first, second) = match (options.normalize, options.dna) {
            (Normalize::Jaccard, true) => (sum(same, opposite, Term::Product), Some(sum(1.0, 0.0, Term::Overlap))),
            // What they share on the same side, and what on opposite ones, each have a share of their own.
            (Normalize::Jaccard, false) => (sum(same, 0.0, Term::Least), Some(sum(0.0, opposite, Term::Least))),
            _ => (sum(same, opposite, Term::Product), None),
        };
        Self { first, second, normalize: options.normalize, dna: options.dna }
    }

    fn value(&self, (first, second): (f64, f64), facts: &Facts, i: usize, j: usize) -> f64 {
        let (a, b) = (facts.activity[i], facts.activity[j]);
        match (self.normalize, self.dna) {
            (Normalize::Average, _) => first / ((a + b) / 2.0),
            (Normalize::Cosine, true) => first / (a * b),
            (Normalize::Cosine, false) => first / (facts.square[i] * facts.square[j]).sqrt(),
            (Normalize::Jaccard, true) => first / (a + b - second),
            (Normalize::Jaccard, false) => {
                let share = |shared: f64| shared / (a + b - shared.abs());
                share(first) + share(second)
            }
            _ => first,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::counts::Cell;
    use super::super::{Duplicates, Over};
    use super::*;

    #[test]
    fn more_pairs_than_fit_are_refused() {
        let cells = (0..20).map(|row| Cell { row, column: 0, side: 0, count: 1 }).collect();
        let counts = Counts { rows: (0..20).collect(), columns: vec![0], cells, sides: vec![0], scale: false };
        let options = MatrixOptions {
            ties: Ties::Ignore,
            over: Over::Holders,
            normalize: Normalize::None,
            duplicates: Duplicates::Include,
            dna: false,
        };
        assert_eq!(pairs_up_to(190, &counts, &options).unwrap().iter().map(Vec::len).sum::<usize>(), 190);
        assert!(pairs_up_to(189, &counts, &options).unwrap_err().to_string().contains("more than 189 pairs"));
    }
}
