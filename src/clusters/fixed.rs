//! A start with exactly so many clusters, from one with as many as are best.
//!
//! In: a partition. Out: one with the number asked for, to be improved. Never here: the improving.

use super::graph::{Csr, renumber};
use super::objective::Objective;

/// Brings a partition to exactly `k` clusters, brought into `1..=nodes`: places the clusters anew, the most tied first,
/// each where it gains most or loses least; or takes out those nodes, each to stand alone, who lose least by it.
pub(super) fn with_clusters(graph: &Csr, objective: &Objective, of: &[u32], k: usize) -> Vec<u32> {
    let k = k.clamp(1, graph.nodes().max(1));
    let mut of = of.to_vec();
    let clusters = renumber(&mut of);
    if clusters > k {
        let place = place(&graph.contract(&of, clusters), objective, k);
        of.iter_mut().for_each(|c| *c = place[*c as usize]);
    } else {
        take_out(graph, &mut of, clusters, k);
    }
    of
}

/// The place, of `k`, of each node; all places are taken, since there are more nodes.
fn place(graph: &Csr, objective: &Objective, k: usize) -> Vec<u32> {
    let n = graph.nodes();
    let mut order: Vec<usize> = (0..n).collect();
    let weight = |i: usize| graph.positive[i] + graph.negative[i];
    order.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
    let mut place = vec![u32::MAX; n];
    let mut strength = vec![(0.0, 0.0); k];
    let mut toward = vec![0.0; k];
    let mut is_met = vec![false; k];
    let mut met: Vec<usize> = Vec::new();
    let mut used = 0;
    for (at, &i) in order.iter().enumerate() {
        for (j, w) in graph.neighbours(i).filter(|&(j, _)| place[j] != u32::MAX) {
            let c = place[j] as usize;
            if !std::mem::replace(&mut is_met[c], true) {
                met.push(c);
            }
            toward[c] += w;
        }
        // Besides where it has ties: a place without any, if there is one, which may be a new one.
        met.extend((0..used.min(met.len() + 1)).find(|&c| !is_met[c]));
        let own = (graph.positive[i], graph.negative[i]);
        let worth = |c: usize| toward[c] + objective.expected(own, strength[c]);
        let best = met.iter().copied().reduce(|a, b| if worth(b) > worth(a) { b } else { a });
        let must_be_new = n - at <= k - used;
        let to = match best {
            Some(c) if !must_be_new && (used == k || worth(c) > 0.0) => c,
            _ => used,
        };
        used = used.max(to + 1);
        for c in met.drain(..) {
            toward[c] = 0.0;
            is_met[c] = false;
        }
        strength[to] = (strength[to].0 + own.0, strength[to].1 + own.1);
        place[i] = to as u32;
    }
    place
}

fn take_out(graph: &Csr, of: &mut [u32], clusters: usize, k: usize) {
    let mut size = vec![0usize; clusters];
    for &c in of.iter() {
        size[c as usize] += 1;
    }
    let held = |i: usize| graph.neighbours(i).filter(|&(j, _)| of[j] == of[i]).map(|(_, w)| w).sum::<f64>();
    let mut order: Vec<(f64, usize)> = (0..of.len()).map(|i| (held(i), i)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut next = clusters;
    for (_, i) in order {
        let left = &mut size[of[i] as usize];
        if next < k && *left > 1 {
            *left -= 1;
            of[i] = next as u32;
            next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::Resolution;
    use crate::clusters::tests::planted;

    #[test]
    fn there_are_as_many_as_were_asked_for() {
        let graph = planted(50, 4, 200, 20, 6);
        let csr = Csr::new(50, &graph.edges);
        for resolution in [Resolution::BALANCE, Resolution::MODULARITY] {
            let objective = Objective::new(&csr, resolution);
            for clusters in [1, 4, 20, 50] {
                let of: Vec<u32> = (0..50).map(|i| i % clusters).collect();
                for k in 1..=50 {
                    let mut found = with_clusters(&csr, &objective, &of, k);
                    assert_eq!(renumber(&mut found), k);
                }
            }
        }
        let nothing = Csr::new(0, &[]);
        assert!(with_clusters(&nothing, &Objective::new(&nothing, Resolution::BALANCE), &[], 3).is_empty());
    }
}
