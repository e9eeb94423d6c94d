//! From shares of ties to whole partitions.
//!
//! In: how much each tie is wrong, 0..1. Out: a partition near to that. Never here: proofs.

use super::ties::{Rule, Ties};

/// A partition near to `x`.
pub(super) fn round(ties: &Ties, x: &[f64]) -> Vec<u32> {
    let wrong: Vec<bool> = x.iter().map(|&x| x > 0.5).collect();
    let mut order: Vec<u32> = (0..ties.len() as u32).collect();
    if ties.rule == Rule::Camps {
        order.sort_by(|&a, &b| x[a as usize].total_cmp(&x[b as usize]).then(a.cmp(&b)));
    }
    let told = order.iter().map(|&tie| {
        let (i, j) = ties.ends[tie as usize];
        (i, j, ties.negative[tie as usize], wrong[tie as usize])
    });
    let mut of = labels(ties.rule, ties.nodes(), told);
    settle(ties, &mut of);
    of
}

/// Passes over all nodes.
const PASSES: usize = 10;

/// Moves single nodes to where less of their weight is wrong, until none gains or the passes are over. They go to the
/// other camp; or to a cluster around them, or out to one of their own.
fn settle(ties: &Ties, of: &mut [u32]) {
    let nodes = ties.nodes();
    let mut size = vec![0u32; nodes.max(2)];
    of.iter().for_each(|&c| size[c as usize] += 1);
    let mut toward = vec![0.0; size.len()];
    let mut empty: Vec<u32> = (0..size.len() as u32).filter(|&c| size[c as usize] == 0).collect();
    let mut choices: Vec<u32> = Vec::new();
    for _ in 0..PASSES {
        let mut moved = false;
        for i in 0..nodes {
            let own = of[i];
            let mut scale = 0.0;
            for (j, tie, negative) in ties.around(i) {
                let (c, cost) = (of[j as usize], ties.cost[tie as usize]);
                toward[c as usize] += if negative { -cost } else { cost };
                scale += cost;
                choices.push(c);
            }
            match ties.rule {
                Rule::Camps => choices.push(1 - own),
                Rule::Clusters => choices.extend(empty.last()),
            }
            let (mut best, mut to) = (toward[own as usize], own);
            for &c in &choices {
                if toward[c as usize] > best + ROUNDING * scale {
                    (best, to) = (toward[c as usize], c);
                }
            }
            choices.drain(..).for_each(|c| toward[c as usize] = 0.0);
            if to == own {
                continue;
            }
            moved = true;
            if ties.rule == Rule::Clusters && size[to as usize] == 0 {
                empty.pop();
            }
            size[own as usize] -= 1;
            size[to as usize] += 1;
            if size[own as usize] == 0 {
                empty.push(own);
            }
            of[i] = to;
        }
        if !moved {
            return;
        }
    }
}

/// A gain that is less of the weights around may be rounding alone.
const ROUNDING: f64 = 1e-12;

/// A partition in which ties `(i, j, negative, wrong)` fit that are not wrong. With clusters: what positive ones hold
/// together. With camps, 0 and 1: ties are taken in order, wrong or not, and one that closes a circle is passed over.
pub(super) fn labels(rule: Rule, nodes: usize, ties: impl Iterator<Item = (u32, u32, bool, bool)>) -> Vec<u32> {
    // Towards the root, with the camp against that of the node above.
    let mut above: Vec<(u32, bool)> = (0..nodes as u32).map(|i| (i, false)).collect();
    for (i, j, negative, wrong) in ties {
        if rule == Rule::Clusters && (negative || wrong) {
            continue;
        }
        let ((a, p), (b, q)) = (root(&mut above, i), root(&mut above, j));
        if a != b {
            above[a.max(b) as usize] = (a.min(b), p ^ q ^ negative);
        }
    }
    (0..nodes as u32)
        .map(|i| match (rule, root(&mut above, i)) {
            (Rule::Clusters, (root, _)) => root,
            (Rule::Camps, (_, camp)) => u32::from(camp),
        })
        .collect()
}

/// The root above a node, and whether the node is in the other camp; the path to it becomes shorter on the way.
fn root(above: &mut [(u32, bool)], mut i: u32) -> (u32, bool) {
    let mut other = false;
    loop {
        let (up, differs) = above[i as usize];
        if up == i {
            return (i, other);
        }
        let (further, too) = above[up as usize];
        above[i as usize] = (further, differs ^ too);
        other ^= differs ^ too;
        i = further;
    }
}
