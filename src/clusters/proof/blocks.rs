//! Biconnected blocks: every cycle lies within one, so each can be proven alone.
//!
//! In: ties as pairs of nodes. Out: the ties of each block. Never here: signs, weights.

use crate::clusters::graph::rows;

/// The ties of each block of at least three, as positions in `edges`, in order; a bridge is on no cycle and in no block
/// (Hopcroft & Tarjan 1973, without recursion). O(nodes + ties).
pub(super) fn blocks(nodes: usize, edges: &[(u32, u32, f64)]) -> Vec<Vec<u32>> {
    let mut around = vec![(0u32, 0u32); 2 * edges.len()];
    let start = rows(nodes, edges, |at, tie, to| around[at] = (to, tie as u32));
    let mut walk =
        Walk { at: start.clone(), depth: vec![0; nodes], low: vec![0; nodes], open: Vec::new(), found: Vec::new() };
    for root in 0..nodes {
        if walk.depth[root] == 0 {
            walk.from(root, &start, &around);
        }
    }
    walk.found
}

struct Walk {
    /// Where each node's row is read on.
    at: Vec<usize>,
    /// Depth of each node in the search tree, from 1; 0 when it was not met.
    depth: Vec<u32>,
    /// The least depth that a node's subtree reaches.
    low: Vec<u32>,
    /// Ties that are in no block yet.
    open: Vec<u32>,
    found: Vec<Vec<u32>>,
}

impl Walk {
    fn from(&mut self, root: usize, start: &[usize], around: &[(u32, u32)]) {
        self.depth[root] = 1;
        self.low[root] = 1;
        // Each node with the tie by which it was reached, and how many ties were open before that one.
        let mut path: Vec<(usize, u32, usize)> = vec![(root, u32::MAX, 0)];
        while let Some(&(node, by, before)) = path.last() {
            if self.at[node] < start[node + 1] {
                let (to, tie) = around[self.at[node]];
                self.at[node] += 1;
                let to = to as usize;
                if tie == by {
                    continue;
                }
                if self.depth[to] == 0 {
                    self.depth[to] = self.depth[node] + 1;
                    self.low[to] = self.depth[to];
                    path.push((to, tie, self.open.len()));
                    self.open.push(tie);
                } else if self.depth[to] < self.depth[node] {
                    self.open.push(tie);
                    self.low[node] = self.low[node].min(self.depth[to]);
                }
                continue;
            }
            path.pop();
            let Some(&(above, _, _)) = path.last() else { return };
            self.low[above] = self.low[above].min(self.low[node]);
            if self.low[node] >= self.depth[above] {
                let mut block = self.open.split_off(before);
                if block.len() > 1 {
                    block.sort_unstable();
                    self.found.push(block);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn bridges_are_left_out_and_blocks_share_nodes() {
        let edges =
            [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5), (5, 6), (6, 7), (5, 7)].map(|(i, j)| (i, j, 1.0));
        let mut found = blocks(9, &edges);
        found.sort();
        assert_eq!(found, [vec![0, 1, 2], vec![4, 5, 6], vec![7, 8, 9]]);
        assert!(blocks(0, &[]).is_empty());
    }

    #[test]
    fn a_long_path_needs_no_stack() {
        let edges: Vec<_> = (0..300_000).map(|i| (i, (i + 1) % 300_000, 1.0)).collect();
        assert_eq!(blocks(300_000, &edges).len(), 1);
    }

    /// Connected parts of the nodes that `is_there` tells.
    fn parts<'e>(edges: impl Iterator<Item = &'e (u32, u32, f64)>, is_there: impl Fn(u32) -> bool) -> usize {
        let mut of: Vec<u32> = (0..8).collect();
        for &(i, j, _) in edges.filter(|e| is_there(e.0) && is_there(e.1)) {
            let (kept, gone) = (of[i as usize], of[j as usize]);
            of.iter_mut().filter(|c| **c == gone).for_each(|c| *c = kept);
        }
        (0..8).filter(|&i| is_there(i)).map(|i| of[i as usize]).collect::<BTreeSet<u32>>().len()
    }

    proptest! {
        #[test]
        fn blocks_hold_without_any_one_node_and_no_two_are_one(
            edges in proptest::collection::btree_set((0u32..8, 0u32..8), 0..20),
        ) {
            let edges: Vec<_> = edges.into_iter().filter(|(i, j)| i < j).map(|(i, j)| (i, j, 1.0)).collect();
            let found = blocks(8, &edges);
            let mut rank = edges.len() - found.iter().map(Vec::len).sum::<usize>();
            for block in &found {
                let inside: Vec<_> = block.iter().map(|&tie| edges[tie as usize]).collect();
                let nodes: BTreeSet<u32> = inside.iter().flat_map(|e| [e.0, e.1]).collect();
                for without in &nodes {
                    prop_assert_eq!(parts(inside.iter(), |i| nodes.contains(&i) && i != *without), 1);
                }
                rank += nodes.len() - 1;
            }
            // Blocks and bridges hang together as a tree.
            prop_assert_eq!(rank, 8 - parts(edges.iter(), |_| true));
        }
    }
}
