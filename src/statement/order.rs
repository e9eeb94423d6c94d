//! The order in which statements are written, and what tells two of them apart.
//!
//! In: statements. Out: the same, sorted. Never here: which order a network or a picture uses.

use super::Statement;
use super::columns::Column;
use super::write::cell;
use std::cmp::Ordering;

/// Sorts by document, place in it (start, then sentence; a statement without one comes after those with), holder,
/// relation, target and id, and then by all other fields, so that the order never depends on the order before.
pub fn canonical_sort(statements: &mut [Statement]) {
    statements.sort_by(compare);
}

pub(super) fn compare(a: &Statement, b: &Statement) -> Ordering {
    let key = |s: &Statement| (s.span.map_or(usize::MAX, |(start, _)| start), s.sentence.unwrap_or(u32::MAX));
    (a.document.cmp(&b.document))
        .then_with(|| key(a).cmp(&key(b)))
        .then_with(|| a.holder.cmp(&b.holder))
        .then_with(|| a.relation.cmp(&b.relation))
        .then_with(|| a.target.cmp(&b.target))
        .then_with(|| a.id.cmp(&b.id))
        .then_with(|| {
            let others = Column::ALL.map(|c| cell(a, c).cmp(&cell(b, c)));
            others.into_iter().find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
        })
        .then_with(|| a.extra.cmp(&b.extra))
}

/// The columns in which two statements differ, as words; `None` when they are identical.
pub(super) fn differences(a: &Statement, b: &Statement) -> Option<String> {
    let ours = Column::ALL.into_iter().filter(|c| cell(a, *c) != cell(b, *c)).map(|c| c.name().to_owned());
    let keys = a.extra.keys().chain(b.extra.keys().filter(|k| !a.extra.contains_key(*k)));
    let extra = keys.filter(|k| a.extra.get(*k) != b.extra.get(*k)).cloned();
    let columns: Vec<String> = ours.chain(extra).collect();
    if columns.is_empty() { None } else { Some(columns.join(", ")) }
}
