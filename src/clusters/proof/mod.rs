//! Lower bounds, and proofs that no partition is better.
//!
//! In: a signed graph and a good partition. Out: what no partition can cost less than, and a better partition where one
//! comes to light. Never here: the search.

mod blocks;
mod bound;
mod branch;
mod cycles;
mod paths;
mod program;
mod rounding;
#[cfg(test)]
mod tests;
mod ties;

pub(crate) use ties::Rule;

use super::Effort;
use bound::Search;
use ties::Ties;

/// What is proven of a graph.
pub(crate) struct Proof {
    /// No partition costs less (but for rounding).
    pub(crate) lower: f64,
    /// A partition that costs less (but for rounding) than the one that was given, where one was found.
    pub(crate) better: Option<Vec<u32>>,
}

/// The steps that a proof may take for a graph of so many ties.
pub(crate) fn steps(effort: Effort, ties: usize) -> u64 {
    let ties = ties as u64;
    let normal = (8_000_000 + 4_000 * ties).min(120_000_000 + 250 * ties);
    match effort {
        Effort::Quick => normal / 20,
        Effort::Normal => normal,
        Effort::High => 20 * normal,
    }
}

/// Bounds what partitions cost. `edges` are `(i, j, w)` with `i < j < nodes` and finite `w != 0`, each pair at most
/// once; `of` is the cluster (or camp, 0 or 1) of each node in a good partition. Stops after about `steps` steps, of
/// which a machine makes some 100 million in a second.
pub(crate) fn prove(rule: Rule, nodes: usize, edges: &[(u32, u32, f64)], of: &[u32], steps: u64) -> Proof {
    let misfit = |&(i, j, w): &(u32, u32, f64)| (of[i as usize] == of[j as usize]) == (w < 0.0);
    let mut wrong: Vec<bool> = edges.iter().map(misfit).collect();
    let mut blocks = blocks::blocks(nodes, edges);
    // A tie on no cycle need not be wrong.
    let mut better = false;
    let mut on_cycle = vec![false; edges.len()];
    blocks.iter().flatten().for_each(|&tie| on_cycle[tie as usize] = true);
    for (wrong, _) in wrong.iter_mut().zip(on_cycle).filter(|(wrong, on_cycle)| **wrong && !on_cycle) {
        *wrong = false;
        better = true;
    }
    blocks.retain(|block| block.iter().any(|&tie| wrong[tie as usize]));
    blocks.sort_by_key(Vec::len);
    let mut number = vec![u32::MAX; nodes];
    let (mut lower, mut budget) = (0.0, steps);
    for block in &mut blocks {
        let mut nodes: Vec<u32> = block.iter().map(|&tie| edges[tie as usize]).flat_map(|(i, j, _)| [i, j]).collect();
        // Those of one cluster, and their ties, lie together in memory: most of the work is inside one or two clusters.
        nodes.sort_unstable_by_key(|&i| (of[i as usize], i));
        nodes.dedup();
        for (at, &node) in nodes.iter().enumerate() {
            number[node as usize] = at as u32;
        }
        let local = |&tie: &u32| {
            let (i, j, w) = edges[tie as usize];
            (number[i as usize], number[j as usize], w)
        };
        block.sort_unstable_by_key(|tie| {
            let (i, j, _) = local(tie);
            (i.min(j), i.max(j))
        });
        let inside: Vec<_> = block.iter().map(local).collect();
        let inside_of = nodes.iter().map(|&i| of[i as usize]).collect();
        let ties = Ties::new(rule, nodes.len(), &inside);
        drop(inside); // which is much of the memory
        let mut search = Search::new(&ties, inside_of, budget);
        let before = search.cost;
        if search.run() {
            branch::branch(&mut search);
        }
        lower += search.least();
        budget = search.budget;
        if search.cost < before {
            better = true;
            for (&tie, now) in block.iter().zip(search.wrong) {
                wrong[tie as usize] = now;
            }
        }
    }
    let better = better.then(|| {
        let side = |apart: bool| edges.iter().zip(&wrong).filter(move |(_, wrong)| **wrong == apart);
        rounding::labels(rule, nodes, side(false).chain(side(true)).map(|(&(i, j, w), &wrong)| (i, j, w < 0.0, wrong)))
    });
    Proof { lower, better }
}
