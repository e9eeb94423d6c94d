//! How often who takes which side on what: `X[i][j][k]`, sparse.
//!
//! In: stances, a window, the rule for duplicates. Out: [`Counts`]. Never here: what is made of the counts.

use super::ledger::{Stance, Stances, UNDATED, date};
use super::{Duplicates, MatrixOptions, Over, Sides, Ties};
use crate::network::Window;
use rayon::prelude::*;
use std::collections::HashMap;

/// Counts by row, column and side.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Which of the stances' actors (or matters) the rows are, ascending.
    pub(super) rows: Vec<u32>,
    /// Which of the stances' matters (or actors) the columns are, ascending.
    pub(super) columns: Vec<u32>,
    /// Sorted by row, column and side.
    pub(super) cells: Vec<Cell>,
    /// The sides, as numbers, ascending: 0 and 1 for opposition and support; one only where they do not matter.
    pub(super) sides: Vec<i32>,
    /// Whether sides are numbers, and not just opposite.
    pub(super) scale: bool,
}

/// A count above 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) row: u32,
    pub(super) column: u32,
    /// Which of the sides.
    pub(super) side: u32,
    pub(super) count: u32,
}

/// A stance on its way to be counted; sorted, those that count once stand together, the first said first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    row: u32,
    column: u32,
    /// The same where all sides count as one.
    group: i32,
    period: (u8, u64),
    day: i32,
    second: u32,
    /// Its place among those of its day.
    place: u32,
    level: i32,
}

/// Counts the stances of a window, each duplicate once.
pub(super) fn count(stances: &Stances, window: Option<&Window>, options: &MatrixOptions) -> Counts {
    let ignored = matches!(options.ties, Ties::Ignore | Ties::TwoMode(Sides::Ignore));
    let mut periods = Periods { duplicates: options.duplicates, dna: options.dna, days: HashMap::new() };
    let within = stances.within(window);
    let mut keys: Vec<Key> = Vec::with_capacity(within.len());
    for (place, stance) in (0..).zip(within) {
        let (row, column) = match options.over {
            Over::Holders => (stance.actor, stance.matter),
            Over::Matters => (stance.matter, stance.actor),
        };
        // In the other program a stance that contradicts one before it is its duplicate where sides do not matter.
        let group = if options.dna && ignored { 0 } else { stance.level };
        let period = periods.of(stance);
        keys.push(Key {
            row,
            column,
            group,
            period,
            day: stance.day,
            second: stance.second,
            place,
            level: stance.level,
        });
    }
    keys.par_sort_unstable();
    if options.duplicates != Duplicates::Include {
        keys.dedup_by_key(|key| (key.row, key.column, key.group, key.period));
    }
    // There Jaccard's divisor looks at the sides even where nothing else does.
    let sides = if ignored && !options.dna { vec![0] } else { stances.levels.clone() };
    let one = sides.len() == 1;
    if !one && options.dna && ignored {
        keys.par_sort_unstable_by_key(|key| (key.row, key.column, key.level));
    }
    let mut counts = Counts { sides, scale: stances.scale, ..Counts::default() };
    for key in &keys {
        let side = if one { 0 } else { counts.sides.binary_search(&key.level).unwrap_or_default() as u32 };
        counts.add(key.row, key.column, side);
    }
    counts.compress();
    counts
}

impl Counts {
    /// Counts one more; they come in order.
    fn add(&mut self, row: u32, column: u32, side: u32) {
        match self.cells.last_mut() {
            Some(last) if (last.row, last.column, last.side) == (row, column, side) => last.count += 1,
            _ => self.cells.push(Cell { row, column, side, count: 1 }),
        }
    }

    /// Gives rows and columns that are used numbers without gaps.
    fn compress(&mut self) {
        self.rows = self.cells.iter().map(|c| c.row).collect();
        self.rows.dedup();
        self.columns = self.cells.iter().map(|c| c.column).collect();
        self.columns.par_sort_unstable();
        self.columns.dedup();
        let mut places = vec![0; self.columns.last().map_or(0, |last| *last as usize + 1)];
        (0..).zip(&self.columns).for_each(|(place, column)| places[*column as usize] = place);
        let (mut row, mut last) = (0, None);
        for cell in &mut self.cells {
            if last.is_some_and(|last| last != cell.row) {
                row += 1;
            }
            last = Some(cell.row);
            (cell.row, cell.column) = (row, places[cell.column as usize]);
        }
    }

    /// Where the cells of each row begin, and where those of the last end.
    pub(super) fn starts(&self) -> Vec<usize> {
        let mut starts = vec![0; self.rows.len() + 1];
        self.cells.iter().for_each(|cell| starts[cell.row as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        starts
    }
}

/// In which period a stance counts once.
struct Periods {
    duplicates: Duplicates,
    dna: bool,
    /// Periods of days that were met.
    days: HashMap<i32, u64>,
}

impl Periods {
    /// What has no date counts once a document where the others count once a period of time.
    fn of(&mut self, stance: &Stance) -> (u8, u64) {
        match self.duplicates {
            Duplicates::Include | Duplicates::All => (0, 0),
            Duplicates::Document => (0, stance.document),
            _ if stance.day == UNDATED => (1, stance.document),
            _ => {
                let (duplicates, dna) = (self.duplicates, self.dna);
                (0, *self.days.entry(stance.day).or_insert_with(|| period(stance.day, duplicates, dna)))
            }
        }
    }
}

/// Year and number of the period; the other program forgets the year of weeks and months.
fn period(day: i32, duplicates: Duplicates, dna: bool) -> u64 {
    let Some(date) = date(day) else { return 0 };
    let week = date.iso_week_date();
    let (year, number) = match duplicates {
        Duplicates::Week => (week.year(), week.week()),
        Duplicates::Month => (date.year(), date.month()),
        _ => return i64::from(date.year()).cast_unsigned(),
    };
    let year = if dna { 0 } else { i64::from(year) };
    (year * 100 + i64::from(number)).cast_unsigned()
}
