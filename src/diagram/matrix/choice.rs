//! Which actors and matters are shown where not all can be.
//!
//! In: stances, and how many rows and columns have room. Out: the rows and columns to show. Never here: their order.
//!
//! The least connected go first, one by one, until the rest has room (Charikar 2000, "Greedy Approximation Algorithms for
//! Finding Dense Components in a Graph", algorithm 1, for a graph of two modes), so that what is left has as many cells
//! as can be: not those who speak most of what nobody else speaks of, but those who speak of the same.

use super::stances::{Column, Stances};
use petgraph::graph::NodeIndex;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Before single rows and columns go, so many times as many as have room are kept at once.
const AMPLE: usize = 4;

/// The rows and columns to show, not yet in order.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Holders.
    pub rows: BTreeSet<NodeIndex>,
    /// Matters or targets.
    pub columns: BTreeSet<Column>,
    /// How many rows and columns there are in all.
    pub all: (usize, usize),
}

/// What speaks for keeping a row or a column: cells, how much is in the columns or rows of these, statements.
type Worth = (usize, usize, u64);

impl Choice {
    /// All, or at most so many rows and columns. Where there is no room for all matters, those that one actor alone
    /// speaks of go first: they show no camps.
    pub fn new(stances: &Stances, most: (usize, usize)) -> Self {
        let rows: BTreeSet<NodeIndex> = stances.cells.keys().map(|&(row, _)| row).collect();
        let columns: BTreeSet<Column> = stances.cells.keys().map(|&(_, column)| column).collect();
        if !stances.on_matters {
            return Self::of_actors(stances, rows, &columns, most.0.min(most.1));
        }
        let all = (rows.len(), columns.len());
        let mut choice = Self { rows, columns, all };
        if choice.rows.len() <= most.0 && choice.columns.len() <= most.1 {
            return choice;
        }
        choice.keep(stances, (most.0.saturating_mul(AMPLE), most.1.saturating_mul(AMPLE)));
        loop {
            let (rows, columns) = choice.worth(stances);
            let shared = columns.values().any(|w| w.0 > 1);
            let idle = |worth: Option<&Worth>| worth.is_none_or(|w| shared && w.0 < 2);
            let (n, m) = choice.size();
            choice.columns.retain(|column| !idle(columns.get(column)));
            choice.rows.retain(|row| rows.contains_key(row));
            if choice.size() != (n, m) {
                continue;
            }
            let least_row = rows.iter().min_by_key(|&(row, worth)| (*worth, Reverse(*row)));
            let least_column = columns.iter().min_by_key(|&(column, worth)| (*worth, Reverse(*column)));
            match (least_row, least_column) {
                (Some((row, _)), _) if n > most.0 => choice.rows.remove(row),
                (_, Some((column, _))) if m > most.1 => choice.columns.remove(column),
                _ => return choice,
            };
        }
    }

    /// The same actors in rows and columns, those of most statements.
    fn of_actors(stances: &Stances, rows: BTreeSet<NodeIndex>, columns: &BTreeSet<Column>, most: usize) -> Self {
        let targets = columns.iter().filter_map(|column| match column {
            Column::Actor(node) => Some(*node),
            Column::Matter(_) => None,
        });
        let mut activity: BTreeMap<NodeIndex, u64> = rows.into_iter().chain(targets).map(|node| (node, 0)).collect();
        for (&(row, column), parts) in &stances.cells {
            let said: u64 = parts.iter().map(|p| u64::from(p.statements)).sum();
            let target = match column {
                Column::Actor(node) => Some(node),
                Column::Matter(_) => None,
            };
            for node in [Some(row), target].into_iter().flatten() {
                *activity.entry(node).or_default() += said;
            }
        }
        let all = (activity.len(), activity.len());
        let mut ranked: Vec<(NodeIndex, u64)> = activity.into_iter().collect();
        ranked.sort_by_key(|&(node, n)| (Reverse(n), node));
        let rows: BTreeSet<NodeIndex> = ranked.into_iter().take(most).map(|(node, _)| node).collect();
        Self { columns: rows.iter().map(|&node| Column::Actor(node)).collect(), rows, all }
    }

    /// How many rows and columns.
    pub fn size(&self) -> (usize, usize) {
        (self.rows.len(), self.columns.len())
    }

    /// Keeps the most worthy at once.
    fn keep(&mut self, stances: &Stances, most: (usize, usize)) {
        let (rows, columns) = self.worth(stances);
        let mut ranked: Vec<(&Column, &Worth)> = columns.iter().collect();
        ranked.sort_by_key(|&(column, worth)| (Reverse(worth), column));
        self.columns = ranked.into_iter().take(most.1).map(|(column, _)| *column).collect();
        let mut ranked: Vec<(&NodeIndex, &Worth)> = rows.iter().collect();
        ranked.sort_by_key(|&(row, worth)| (Reverse(worth), row));
        self.rows = ranked.into_iter().take(most.0).map(|(row, _)| *row).collect();
    }

    /// The worth of each row and column with a cell.
    fn worth(&self, stances: &Stances) -> (BTreeMap<NodeIndex, Worth>, BTreeMap<Column, Worth>) {
        let shown = || {
            let here = |&(&(row, column), _): &(&(NodeIndex, Column), _)| {
                self.rows.contains(&row) && self.columns.contains(&column)
            };
            stances.cells.iter().filter(here)
        };
        let mut rows: BTreeMap<NodeIndex, Worth> = BTreeMap::new();
        let mut columns: BTreeMap<Column, Worth> = BTreeMap::new();
        for (&(row, column), parts) in shown() {
            let said: u64 = parts.iter().map(|p| u64::from(p.statements)).sum();
            for worth in [rows.entry(row).or_default(), columns.entry(column).or_default()] {
                worth.0 += 1;
                worth.2 += said;
            }
        }
        for (&(row, column), _) in shown() {
            if let (Some(of_row), Some(of_column)) = (rows.get_mut(&row), columns.get_mut(&column)) {
                of_row.1 += of_column.0;
                of_column.1 += of_row.0;
            }
        }
        (rows, columns)
    }
}
