//! What a bloc hangs on: single claims without which an actor would stand elsewhere.
//!
//! In: evidence and blocs. Out: for each actor the claims. Never here: words, and how blocs are found.

use super::graph::sizes;
use super::{ClusterOptions, cluster, cost};
use crate::network::{CombinedWeights, Count, Evidence, SignedGraph};
use rayon::prelude::*;

/// Most claims times ties that are gone through; beyond that nothing is said, for it would take too long.
const MOST_WORK: usize = 1_000_000;

/// For each actor the claims on which its place hangs, each by the statement that says it best (an index into
/// [`Network::statements`](crate::network::Network::statements)), in order; `None` where there is too much evidence to
/// try each.
///
/// Each claim in turn is left out and the blocs are found anew (leave-one-out). An actor's place hangs on the claim when
/// without it more than half of its bloc mates are no longer with it, or, if it stood alone, when it no longer does, and
/// the blocs as they were would then fit worse than the new ones.
pub(super) fn hanging(
    evidence: &Evidence,
    weights: &CombinedWeights,
    graph: &SignedGraph,
    of: &[usize],
    options: &ClusterOptions,
) -> Option<Vec<Vec<usize>>> {
    if evidence.masses().is_some() {
        return None;
    }
    let claims = evidence.claims();
    if claims.len().saturating_mul(graph.edges.len() + claims.len()) > MOST_WORK {
        return None;
    }
    let moved: Vec<Vec<usize>> = (0..claims.len() as u32)
        .into_par_iter()
        .map(|claim| {
            let without = evidence.combined(weights, Count::Without(claim));
            let found = cluster(&without, options);
            let total: f64 = without.edges.iter().map(|e| e.2.abs()).sum();
            let worse = cost(&without, of) - found.cost > 1e-9 * total;
            if worse { parted(of, &found.of) } else { Vec::new() }
        })
        .collect();
    let mut hanging = vec![Vec::new(); of.len()];
    for (&statement, actors) in claims.iter().zip(&moved) {
        for &i in actors {
            hanging[i].push(statement);
        }
    }
    Some(hanging)
}

/// Who has lost more than half of its mates, or its solitude.
fn parted(of: &[usize], found: &[usize]) -> Vec<usize> {
    let (before, after) = (sizes(of), sizes(found));
    let mut still = std::collections::BTreeMap::new();
    for cell in of.iter().zip(found) {
        *still.entry(cell).or_insert(0usize) += 1;
    }
    let parted = |&i: &usize| {
        let mates = before[of[i]] - 1;
        let kept = still.get(&(&of[i], &found[i])).map_or(0, |n| n - 1);
        if mates == 0 { after[found[i]] > 1 } else { kept * 2 < mates }
    };
    (0..of.len()).filter(parted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leaves_is_parted_and_who_is_left_is_not() {
        assert_eq!(parted(&[0, 0, 0, 1], &[0, 0, 1, 1]), [2, 3]);
        assert_eq!(parted(&[0, 0], &[0, 1]), [0, 1]);
        assert_eq!(parted(&[0, 0, 1, 1], &[1, 1, 0, 0]), [0usize; 0]);
    }
}
