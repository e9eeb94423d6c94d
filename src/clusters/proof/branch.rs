//! Branching: where the program's shares stay between wrong and right, both are tried.
//!
//! In: a block whose program is solved. Out: a higher bound, and often the proof. Never here: how the program is
//! solved.
//!
//! The branch of least bound goes on first, so that the bound of all rises from step to step.

use super::bound::Search;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Shares nearer to 0 or 1 than this are not tried both ways.
const WHOLE: f64 = 1e-3;

/// Ties that are held wrong or right, and the bound that is known for it.
struct Branch {
    bound: f64,
    /// How many came before it: of two with the same bound, the later one goes on first.
    number: usize,
    held: Vec<(u32, bool)>,
}

impl PartialEq for Branch {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Branch {}

impl PartialOrd for Branch {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Branch {
    fn cmp(&self, other: &Self) -> Ordering {
        other.bound.total_cmp(&self.bound).then(self.number.cmp(&other.number))
    }
}

/// Raises the bound by branching until it is proven or the budget is spent.
pub(super) fn branch(search: &mut Search<'_>) {
    let mut open = BinaryHeap::from([Branch { bound: search.lower, number: 0, held: Vec::new() }]);
    let mut number = 0;
    // What is given up bounds all.
    let mut ceiling = f64::INFINITY;
    while let Some(next) = open.pop() {
        search.lower = search.lower.max(next.bound.min(ceiling));
        if search.proven() || search.budget == 0 {
            return;
        }
        let bound = search.try_with(&next.held).max(next.bound);
        if bound >= search.enough() {
            continue;
        }
        let Some(tie) = undecided(search, &next.held) else {
            ceiling = ceiling.min(bound);
            continue;
        };
        for wrong in [false, true] {
            let held = next.held.iter().copied().chain([(tie, wrong)]).collect();
            number += 1;
            open.push(Branch { bound, number, held });
        }
    }
    search.lower = search.lower.max(ceiling.min(search.enough()));
}

/// The tie that is farthest from being wrong or right, counted in cost; `None` when all are near to it.
fn undecided(search: &Search<'_>, held: &[(u32, bool)]) -> Option<u32> {
    let ties = search.ties;
    let doubt = |tie: usize| search.program.x[tie].min(1.0 - search.program.x[tie]);
    let open = (0..ties.len()).filter(|&tie| doubt(tie) > WHOLE && !held.iter().any(|h| h.0 as usize == tie));
    let most = open.max_by(|&a, &b| (doubt(a) * ties.cost[a]).total_cmp(&(doubt(b) * ties.cost[b])).then(b.cmp(&a)));
    most.map(|tie| tie as u32)
}
