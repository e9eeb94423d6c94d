//! Triads by their signs.
//!
//! In: neighbours with the signs of the ties. Out: counts, and what chance would give. Never here: camps.

use crate::network::SignedGraph;

/// Each triad is met at its node of highest degree last, so that hubs cost little (O(m sqrt m)).
pub(super) fn count(around: &[Vec<(usize, bool)>]) -> [u64; 4] {
    let rank = |i: usize| (around[i].len(), i);
    let up: Vec<Vec<(usize, bool)>> =
        (0..around.len()).map(|i| around[i].iter().copied().filter(|&(j, _)| rank(i) < rank(j)).collect()).collect();
    let mut counts = [0; 4];
    let mut sign_to: Vec<Option<bool>> = vec![None; around.len()];
    for row in &up {
        for &(j, sign) in row {
            sign_to[j] = Some(sign);
        }
        for &(j, first) in row {
            for &(k, second) in &up[j] {
                if let Some(third) = sign_to[k] {
                    counts[[first, second, third].into_iter().filter(|positive| !positive).count()] += 1;
                }
            }
        }
        for &(j, _) in row {
            sign_to[j] = None;
        }
    }
    counts
}

/// The chance that three ties drawn without replacement have none or two negative among them.
pub(super) fn by_chance(graph: &SignedGraph) -> f64 {
    let all = graph.edges.len() as f64;
    let plus = graph.edges.iter().filter(|e| e.2 > 0.0).count() as f64;
    let minus = all - plus;
    let ways = plus * (plus - 1.0) * (plus - 2.0) + 3.0 * plus * minus * (minus - 1.0);
    ways / (all * (all - 1.0) * (all - 2.0))
}
