//! Puts the tables of several coders, or the parts of one run, together.
//!
//! In: tables. Out: all that they say, each thing once, and where they contradict each other. Never here: a decision that the
//! user did not ask for; with [`Rule::Keep`] every row and every cell is there afterwards, and it makes no difference in
//! which order, or which of them first, tables are put together.
//!
//! **Sides.** Rows are one side's when they are of one table and one coder (all rules of the program are one coder).
//! **Contested** is what sides say of one thing and do not say alike: rows with the same id, or of the same document, place
//! (offsets, or else sentence and quote), holder and target. Who coded and how sure they are is no contradiction.

use super::aliases::Aliases;
use super::apart::{base, tell_all_apart};
use super::blank::{Blank, of_coders};
use super::columns::Column;
use super::order::{canonical_sort, compare};
use super::write::cell;
use super::{Statement, Table};
use std::collections::hash_map::{DefaultHasher, Entry};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

/// Which rows stay, of those that speak of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// All.
    Keep,
    /// Those of the side that comes first.
    First,
    /// Those of the side that comes last.
    Last,
    /// None where sides contradict each other, all where they do not.
    Neither,
}

/// Tables put together.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// The statements, in canonical order; no two have the same id.
    pub statements: Vec<Statement>,
    /// What sides do not say alike, by document.
    pub conflicts: Vec<Conflict>,
    /// Documents that were coded, and of which who coded them has no statement.
    pub blanks: BTreeSet<Blank>,
    /// All unknown columns of the tables, those too that are empty.
    pub columns: BTreeSet<String>,
    /// Rows that stood in the tables more than once, letter for letter.
    pub repeated: usize,
}

/// Rows that speak of one thing, and contradict each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// All that is said of the thing, with the tables and lines that say it.
    pub rows: Vec<(Statement, Vec<Place>)>,
    /// The columns in which the sides differ.
    pub columns: Vec<String>,
}

/// A line of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Number of the table, from 0.
    pub table: usize,
    /// The line of its file, from 1.
    pub line: u64,
}

/// The columns that [`conflict_rows`] adds to those of statements.
const CONFLICT: [&str; 3] = ["conflict", "conflict_columns", "conflict_in"];

/// A row, and where it stands.
struct Stated {
    statement: Statement,
    places: Vec<Place>,
}

/// Who says something: a table, and the coder in it, by the order in which they are met.
type Side = (usize, u64, String);

/// Puts tables together. Contradictions are sought, and told apart, by the names that `aliases` give; the statements keep
/// their names.
pub fn put_together(tables: Vec<Table>, rule: Rule, aliases: &Aliases) -> Together {
    let mut columns = BTreeSet::new();
    let mut met: BTreeMap<(usize, String), u64> = BTreeMap::new();
    let mut stated: Vec<Stated> = Vec::new();
    let mut blanks: BTreeSet<Blank> = BTreeSet::new();
    for (number, table) in tables.into_iter().enumerate() {
        blanks.extend(table.blanks);
        for (mut statement, line) in table.statements.into_iter().zip(table.lines) {
            if CONFLICT.iter().all(|column| statement.extra.contains_key(*column)) {
                CONFLICT.iter().for_each(|column| _ = statement.extra.remove(*column));
            }
            columns.extend(
                statement.extra.keys().filter(|column| !columns.contains(*column)).cloned().collect::<Vec<_>>(),
            );
            statement.extra.retain(|_, cell| !cell.is_empty());
            statement.id.truncate(base(&statement).len());
            met.entry((number, coder(&statement).to_owned())).or_insert(line);
            stated.push(Stated { statement, places: vec![Place { table: number, line }] });
        }
    }
    let rows = stated.len();
    stated.sort_by(|a, b| compare(&a.statement, &b.statement).then_with(|| a.places.cmp(&b.places)));
    stated.dedup_by(|again, first| {
        let same = compare(&again.statement, &first.statement).is_eq();
        if same {
            first.places.append(&mut again.places);
        }
        same
    });
    let repeated = rows - stated.len();
    let sides = |s: &Stated| -> BTreeSet<Side> {
        let coder = coder(&s.statement);
        let side = |place: &Place| {
            let first = met.get(&(place.table, coder.to_owned())).copied().unwrap_or_default();
            (place.table, first, coder.to_owned())
        };
        s.places.iter().map(side).collect()
    };
    let mut kept = vec![true; stated.len()];
    let mut contested: Vec<(Vec<usize>, Vec<String>)> = Vec::new();
    for group in groups(&stated, aliases) {
        let of: Vec<BTreeSet<Side>> = group.iter().map(|at| sides(&stated[*at])).collect();
        let all: BTreeSet<&Side> = of.iter().flatten().collect();
        if all.len() < 2 {
            continue;
        }
        let differing = differing(&stated, &group, &of, aliases);
        let stays: &dyn Fn(&BTreeSet<Side>) -> bool = match rule {
            Rule::Keep => &|_| true,
            Rule::First => &|of| all.first().is_some_and(|side| of.contains(*side)),
            Rule::Last => &|of| all.last().is_some_and(|side| of.contains(*side)),
            Rule::Neither => &|_| differing.is_empty(),
        };
        for (at, of) in group.iter().zip(&of) {
            kept[*at] = stays(of);
        }
        if !differing.is_empty() {
            contested.push((group, differing));
        }
    }
    let conflicts = contested.into_iter().map(|(group, columns)| {
        let row = |at: &usize| (stated[*at].statement.clone(), stated[*at].places.clone());
        Conflict { rows: group.iter().map(row).collect(), columns }
    });
    let conflicts = conflicts.collect();
    let blanks = of_coders(blanks, stated.iter().map(|s| &s.statement));
    let mut statements: Vec<Statement> =
        stated.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(s, _)| s.statement).collect();
    tell_all_apart(&mut statements);
    canonical_sort(&mut statements);
    Together { statements, conflicts, blanks, columns, repeated }
}

/// All contested rows as statements, with the number of the conflict (from 1), the columns in which its sides differ, and
/// the place that the row stands in, as `place` tells it. Put together with others later, they lose these columns again.
pub fn conflict_rows(conflicts: &[Conflict], place: &dyn Fn(Place) -> String) -> Vec<Statement> {
    let mut rows = Vec::new();
    for (number, conflict) in conflicts.iter().enumerate() {
        for (statement, places) in &conflict.rows {
            let mut row = statement.clone();
            let places: Vec<String> = places.iter().map(|p| place(*p)).collect();
            let cells = [(number + 1).to_string(), conflict.columns.join(" "), places.join(" ")];
            row.extra.extend(CONFLICT.into_iter().map(str::to_owned).zip(cells));
            rows.push(row);
        }
    }
    // The columns of conflicts are no part of what rows say.
    let mut bare: Vec<Statement> = rows.clone();
    bare.iter_mut().for_each(|row| row.extra.retain(|column, _| !CONFLICT.contains(&column.as_str())));
    tell_all_apart(&mut bare);
    rows.iter_mut().zip(bare).for_each(|(row, bare)| row.id = bare.id);
    rows
}

/// Who coded a statement: all rules of the program are one coder.
pub fn coder(statement: &Statement) -> &str {
    coder_of(&statement.coder)
}

/// As [`coder`], by what the column says.
pub(super) fn coder_of(cell: &str) -> &str {
    if cell.starts_with("rule:") { "rule" } else { cell }
}

/// The rows that speak of one thing, in canonical order; those of which nothing else speaks are left out.
fn groups(stated: &[Stated], aliases: &Aliases) -> Vec<Vec<usize>> {
    let mut first: HashMap<u64, usize> = HashMap::new();
    let mut parent: Vec<usize> = (0..stated.len()).collect();
    for (at, Stated { statement, .. }) in stated.iter().enumerate() {
        for key in keys(statement, aliases) {
            match first.entry(key) {
                Entry::Vacant(entry) => _ = entry.insert(at),
                Entry::Occupied(entry) => {
                    let (a, b) = (root(&mut parent, *entry.get()), root(&mut parent, at));
                    parent[a.max(b)] = a.min(b);
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..stated.len() {
        let root = root(&mut parent, at);
        if root != at {
            groups.entry(root).or_insert_with(|| vec![root]).push(at);
        }
    }
    groups.into_values().collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// What a row speaks of, hashed: its id, and its document, place, holder and target.
fn keys(s: &Statement, aliases: &Aliases) -> [u64; 2] {
    let hash = |value: &dyn Fn(&mut DefaultHasher)| {
        let mut hasher = DefaultHasher::new();
        value(&mut hasher);
        hasher.finish()
    };
    let of_id = hash(&|hasher| s.id.hash(hasher));
    let quoted = s.span.is_none().then_some((s.sentence, &s.quote));
    let of_place = hash(&|hasher| {
        (&s.document, s.span, quoted, aliases.name(&s.holder), aliases.name(&s.target)).hash(hasher);
    });
    [of_id, of_place]
}

/// The columns in which sides differ: in which the sets of what each says are not all the same.
fn differing(stated: &[Stated], group: &[usize], of: &[BTreeSet<Side>], aliases: &Aliases) -> Vec<String> {
    let rows: Vec<Statement> = group
        .iter()
        .map(|at| {
            let mut row = stated[*at].statement.clone();
            aliases.rename(&mut row);
            row
        })
        .collect();
    let all: BTreeSet<&Side> = of.iter().flatten().collect();
    let differ = |what: &dyn Fn(&Statement) -> String| {
        let said = |side: &Side| -> BTreeSet<String> {
            rows.iter().zip(of).filter(|(_, of)| of.contains(side)).map(|(row, _)| what(row)).collect()
        };
        let mut sides = all.iter().map(|side| said(side));
        let first = sides.next();
        sides.any(|said| Some(said) != first)
    };
    let ours = Column::ALL.into_iter().filter(|c| !matches!(c, Column::Id | Column::Coder | Column::Confidence));
    let mut columns: Vec<String> =
        ours.filter(|c| differ(&|row| cell(row, *c).into_owned())).map(|c| c.name().to_owned()).collect();
    let extra: BTreeSet<&String> = rows.iter().flat_map(|row| row.extra.keys()).collect();
    columns
        .extend(extra.into_iter().filter(|c| differ(&|row| row.extra.get(*c).cloned().unwrap_or_default())).cloned());
    columns
}

#[cfg(test)]
mod tests;
