//! Which actors and matters are shown where not all can be.
//!
//! In: stances, and how many rows and columns have room. Out: the rows and columns to show. Never here: their order.
//!
//! The least connected go first, one by one, until the rest has room (Charikar 2000, "Greedy Approximation Algorithms for
//! Finding Dense Components in a Graph", section 3), so that what is left has many cells: not those who speak most of what
//! nobody else speaks of, but those who speak of the same.

use super::stances::{Column, Part, Stances};
use petgraph::graph::NodeIndex;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Before rows and columns go one by one, so many times as many as have room are kept at once.
const AMPLE: usize = 4;

/// The rows and columns to show, not yet in order.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Rows, then columns; where columns are actors, each actor once.
    lines: Vec<Line>,
    /// Cells: two lines and the statements.
    cells: Vec<(usize, usize, u64)>,
    /// Whether columns are matters.
    on_matters: bool,
}

/// A row, a column, or both.
#[derive(Debug, Clone, Copy)]
struct Line {
    row: Option<NodeIndex>,
    column: Option<Column>,
    shown: bool,
    /// It stays, come what may.
    kept: bool,
}

/// What speaks for keeping a line: its cells, those of the lines that these are in, statements.
type Worth = (usize, usize, u64);

impl Choice {
    /// All.
    pub fn all(stances: &Stances) -> Self {
        let rows: BTreeSet<NodeIndex> = stances.cells.keys().map(|&(row, _)| row).collect();
        let columns: BTreeSet<Column> = stances.cells.keys().map(|&(_, column)| column).collect();
        let mut lines: Vec<Line> = Vec::new();
        if stances.on_matters {
            lines.extend(rows.into_iter().map(|row| Line { row: Some(row), column: None, shown: true, kept: false }));
            lines.extend(columns.into_iter().map(|column| Line {
                row: None,
                column: Some(column),
                shown: true,
                kept: false,
            }));
        } else {
            let targets = columns.into_iter().filter_map(|column| match column {
                Column::Actor(node) => Some(node),
                Column::Matter(_) => None,
            });
            let actors: BTreeSet<NodeIndex> = rows.into_iter().chain(targets).collect();
            let both = |node| Line { row: Some(node), column: Some(Column::Actor(node)), shown: true, kept: false };
            lines.extend(actors.into_iter().map(both));
        }
        let (mut row_at, mut column_at) = (BTreeMap::new(), BTreeMap::new());
        for (i, line) in lines.iter().enumerate() {
            line.row.map(|row| row_at.insert(row, i));
            line.column.map(|column| column_at.insert(column, i));
        }
        let cell = |(&(row, column), parts): (&(NodeIndex, Column), &Vec<Part>)| {
            let said = parts.iter().map(|p| u64::from(p.statements)).sum();
            Some((*row_at.get(&row)?, *column_at.get(&column)?, said))
        };
        let cells = stances.cells.iter().filter_map(cell).collect();
        Self { lines, cells, on_matters: stances.on_matters }
    }

    /// Keeps these rows whatever else goes. Gives those of them that there are.
    pub fn hold(&mut self, actors: &BTreeSet<NodeIndex>) -> usize {
        let held = self.lines.iter_mut().filter(|line| line.row.is_some_and(|row| actors.contains(&row)));
        held.map(|line| line.kept = true).count()
    }

    /// Keeps at most so many rows and columns, the same actors in both where columns are actors. Where matters go, those
    /// that one actor alone speaks of go first: they show no camps. Gives whether no row went for want of room.
    pub fn shrink(&mut self, most: (usize, usize)) -> bool {
        let most = if self.on_matters { most } else { (most.0.min(most.1), usize::MAX) };
        let whole = self.rows().len() <= most.0;
        if whole && self.columns().len() <= most.1 {
            return true;
        }
        self.keep((most.0.saturating_mul(AMPLE), most.1.saturating_mul(AMPLE)));
        loop {
            let worth = self.worth();
            let shared = self.lines.iter().zip(&worth).any(|(line, w)| line.row.is_none() && line.shown && w.0 > 1);
            let mut idle = false;
            for (line, w) in self.lines.iter_mut().zip(&worth).filter(|(line, _)| line.shown) {
                if !line.kept && (w.0 == 0 || shared && line.row.is_none() && w.0 < 2) {
                    line.shown = false;
                    idle = true;
                }
            }
            if idle {
                self.forget();
                continue;
            }
            let rows_too_many = self.rows().len() > most.0;
            if !rows_too_many && self.columns().len() <= most.1 {
                return whole;
            }
            let of = |line: &Line| line.shown && !line.kept && line.row.is_some() == rows_too_many;
            let least = (0..self.lines.len()).filter(|&i| of(&self.lines[i])).min_by_key(|&i| (worth[i], Reverse(i)));
            match least {
                Some(i) => self.lines[i].shown = false,
                None => return whole,
            }
            self.forget();
        }
    }

    /// The rows to show.
    pub fn rows(&self) -> BTreeSet<NodeIndex> {
        self.lines.iter().filter(|line| line.shown).filter_map(|line| line.row).collect()
    }

    /// The columns to show.
    pub fn columns(&self) -> BTreeSet<Column> {
        self.lines.iter().filter(|line| line.shown).filter_map(|line| line.column).collect()
    }

    /// How many rows and columns there are, with those that are not shown.
    pub fn of(&self) -> (usize, usize) {
        let count = |of: &dyn Fn(&&Line) -> bool| self.lines.iter().filter(of).count();
        (count(&|line| line.row.is_some()), count(&|line| line.column.is_some()))
    }

    /// Keeps the most worthy at once.
    fn keep(&mut self, most: (usize, usize)) {
        let worth = self.worth();
        for (rows, most) in [(true, most.0), (false, most.1)] {
            let lines = &self.lines;
            let mut ranked: Vec<usize> =
                (0..lines.len()).filter(|&i| lines[i].shown && lines[i].row.is_some() == rows).collect();
            ranked.sort_by_key(|&i| (!lines[i].kept, Reverse(worth[i]), i));
            for i in ranked.into_iter().skip(most) {
                self.lines[i].shown = false;
            }
        }
        self.forget();
    }

    /// Drops cells of lines that are not shown.
    fn forget(&mut self) {
        let lines = &self.lines;
        self.cells.retain(|&(row, column, _)| lines[row].shown && lines[column].shown);
    }

    fn worth(&self) -> Vec<Worth> {
        let mut worth: Vec<Worth> = vec![(0, 0, 0); self.lines.len()];
        for &(row, column, said) in &self.cells {
            for line in [row, column] {
                worth[line].0 += 1;
                worth[line].2 += said;
            }
        }
        for &(row, column, _) in &self.cells {
            worth[row].1 += worth[column].0;
            worth[column].1 += worth[row].0;
        }
        worth
    }
}

#[cfg(test)]
mod tests {
    use super::super::stances::{Numbers, Says};
    use super::*;

    fn stances(cells: &[(usize, usize)], on_matters: bool) -> Stances {
        let part = Part { says: Says::Support, statements: 1, hedged: 0, weight: None, evidence: Vec::new() };
        let column = |m| if on_matters { Column::Matter(m) } else { Column::Actor(NodeIndex::new(m)) };
        let cell = |&(row, m): &(usize, usize)| ((NodeIndex::new(row), column(m)), vec![part.clone()]);
        Stances { on_matters, numbers: Numbers::Statements, cells: cells.iter().map(cell).collect() }
    }

    #[test]
    fn those_who_speak_of_the_same_stay() {
        // 0 speaks of much that nobody else speaks of; 1 to 3 of two matters.
        let all = stances(&[(0, 10), (0, 11), (0, 12), (0, 13), (1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1)], true);
        let mut choice = Choice::all(&all);
        assert_eq!(choice.of(), (4, 6));
        choice.shrink((4, 6));
        assert_eq!((choice.rows().len(), choice.columns().len()), (4, 6));
        choice.shrink((2, 6));
        assert_eq!(choice.rows().into_iter().map(NodeIndex::index).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(choice.columns().len(), 2);
        assert_eq!(choice.of(), (4, 6));
    }

    #[test]
    fn actors_stay_as_rows_and_columns() {
        let mut choice = Choice::all(&stances(&[(0, 1), (1, 2), (2, 0), (3, 0)], false));
        choice.shrink((3, 9));
        let rows: Vec<usize> = choice.rows().into_iter().map(NodeIndex::index).collect();
        assert_eq!((rows, choice.columns().len()), (vec![0, 1, 2], 3));
    }

    #[test]
    fn nothing_is_no_trouble() {
        let mut choice = Choice::all(&stances(&[], true));
        choice.shrink((0, 0));
        assert!(choice.rows().is_empty());
        let mut choice = Choice::all(&stances(&[(0, 0)], true));
        choice.shrink((0, 0));
        assert!(choice.rows().is_empty() && choice.columns().is_empty());
    }
}
