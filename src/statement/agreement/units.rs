//! Which statements of several coders speak of one thing.
//!
//! In: codings. Out: units, each with the rows of every coder that has it. Never here: whether the coders agree on it.

use super::alike::Folded;
use super::pairing::pair_up;
use super::{by_document, compare, group, links, value};
use crate::statement::Statement;
use std::collections::{BTreeMap, BTreeSet};

/// One thing toward which some coder codes a stance.
pub(super) struct Unit<'a> {
    /// The rows of each coder, in the order of the coders; none where a coder does not have it.
    pub(super) rows: Vec<Vec<&'a Statement>>,
}

/// The units of all documents: those of the first coder; then each coder's are matched one to one with the units that
/// there are, as many as can be, and what is left makes units of its own. A unit is met when any of its rows is.
pub(super) fn units<'a>(codings: &'a [&[Statement]]) -> Vec<Unit<'a>> {
    let folded: Vec<BTreeMap<&str, Vec<Folded<'a>>>> = codings.iter().map(|c| by_document(c)).collect();
    let documents: BTreeSet<&str> = folded.iter().flat_map(|c| c.keys().copied()).collect();
    documents.into_iter().flat_map(|document| of_document(document, &folded)).collect()
}

fn of_document<'a>(document: &str, folded: &[BTreeMap<&str, Vec<Folded<'a>>>]) -> Vec<Unit<'a>> {
    let mut units: Vec<Unit<'a>> = Vec::new();
    // All rows so far, the unit of each, and what each unit was called by each coder.
    let mut pool: Vec<Folded<'a>> = Vec::new();
    let mut of: Vec<usize> = Vec::new();
    let mut values: Vec<BTreeSet<String>> = Vec::new();
    for (coder, folded) in folded.iter().enumerate() {
        let Some(rows) = folded.get(document) else { continue };
        let groups = group(rows, false);
        let own: Vec<String> = groups.groups.iter().map(|g| value(g, rows)).collect();
        let close = compare(&pool, rows);
        let meeting = close.iter().filter(|c| c.targets.is_some());
        // Of several units that may be the same, those with the same value are taken for it.
        let same_value = |(unit, b): (usize, usize)| if values[unit].contains(&own[b]) { 100 } else { 0 };
        let pairs = pair_up(units.len(), groups.len(), links(meeting, &of, &groups.of, same_value));
        let mut unit_of: Vec<Option<usize>> = vec![None; groups.len()];
        pairs.into_iter().for_each(|(unit, b)| unit_of[b] = Some(unit));
        for (b, group) in groups.groups.iter().enumerate() {
            let unit = unit_of[b].unwrap_or(units.len());
            if unit == units.len() {
                units.push(Unit { rows: Vec::new() });
                values.push(BTreeSet::new());
            }
            units[unit].rows.resize(coder, Vec::new());
            units[unit].rows.push(group.rows.iter().map(|row| rows[*row].statement).collect());
            values[unit].insert(own[b].clone());
            pool.extend(group.rows.iter().map(|row| rows[*row].clone()));
            of.resize(pool.len(), unit);
        }
    }
    units.iter_mut().for_each(|unit| unit.rows.resize(folded.len(), Vec::new()));
    units
}
