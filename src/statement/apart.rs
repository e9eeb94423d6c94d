//! Ids of statements that would have one and the same, such as two coders' words on one passage.
//!
//! In: statements of equal ids that say different things. Out: an id of its own for each: one keeps the id, each other gets
//! a mark behind it, made of all that the row says. Never here: what becomes of them.
//!
//! A mark can be told from the rest of an id by reckoning it again. So statements that were told apart once are put
//! together with others as if they never had been, and it makes no difference which tables are merged first.

use super::Statement;
use super::aliases::undo;
use super::columns::Column;
use super::order::compare;
use super::write::cell;
use sha2::{Digest, Sha256};

/// Hex digits of a mark.
const DIGITS: usize = 8;

/// The id of a statement without the mark that [`tell_apart`] gave it.
pub(super) fn base(statement: &Statement) -> &str {
    let id = statement.id.as_str();
    match id.rsplit_once('-') {
        Some((base, tag)) if tag.len() == DIGITS && !base.is_empty() && mark(statement) == tag => base,
        _ => id,
    }
}

/// Of everything in the row but its id, names as they were coded.
fn mark(statement: &Statement) -> String {
    let mut coded = statement.clone();
    undo(&mut coded);
    let mut digest = Sha256::new();
    for column in Column::ALL.into_iter().filter(|c| *c != Column::Id) {
        digest.update(cell(&coded, column).as_bytes());
        digest.update([0x1f]);
    }
    for (column, value) in coded.extra.iter().filter(|(_, value)| !value.is_empty()) {
        for part in [column, value] {
            digest.update(part.as_bytes());
            digest.update([0x1f]);
        }
    }
    digest.finalize().iter().take(DIGITS / 2).map(|byte| format!("{byte:02x}")).collect()
}

/// Marks a statement whose id another has that says something else.
pub(super) fn tell_apart(statement: &mut Statement) {
    statement.id = format!("{}-{}", base(statement), mark(statement));
}

/// Gives the statements of each id ids of their own: the first by the order of what was coded keeps it. Expects ids
/// without marks.
pub(super) fn tell_all_apart(statements: &mut [Statement]) {
    let mut order: Vec<usize> = (0..statements.len()).collect();
    order.sort_by(|a, b| statements[*a].id.cmp(&statements[*b].id));
    let same = order.chunk_by(|a, b| statements[*a].id == statements[*b].id).filter(|same| same.len() > 1);
    let same: Vec<Vec<usize>> = same.map(<[usize]>::to_vec).collect();
    for same in same {
        let coded = |at: &usize| {
            let mut coded = statements[*at].clone();
            undo(&mut coded);
            coded.extra.retain(|_, value| !value.is_empty());
            (coded, *at)
        };
        let mut coded: Vec<(Statement, usize)> = same.iter().map(coded).collect();
        coded.sort_by(|a, b| compare(&a.0, &b.0));
        for (_, at) in coded.into_iter().skip(1) {
            tell_apart(&mut statements[at]);
        }
    }
}
