//! Pairs up two sets one to one.
//!
//! In: which members of one set may go with which of the other, and how closely. Out: as many pairs as there can be.
//! Never here: what the members are.

use std::collections::{BTreeSet, VecDeque};

/// Member `a` of the one set may go with member `b` of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) a: usize,
    pub(super) b: usize,
    /// The closer the better; never at the cost of a pair.
    pub(super) closeness: u8,
}

/// A matching of greatest size. The closest links are taken first, then paths along which one more pair can be had are
/// followed until there is none (Berge 1957; the searches are breadth-first, and the nodes of a search that failed are
/// left out of all later ones, since no path can lead through them any more: Kuhn 1955).
///
/// Time is O(members x links) at worst, O(links) where the closest links make a greatest matching at once.
pub(super) fn pair_up(count_a: usize, count_b: usize, mut links: Vec<Link>) -> Vec<(usize, usize)> {
    links.sort_by_key(|l| (std::cmp::Reverse(l.closeness), l.a, l.b));
    let mut to_b: Vec<Option<usize>> = vec![None; count_a];
    let mut to_a: Vec<Option<usize>> = vec![None; count_b];
    let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); count_a];
    for link in &links {
        neighbours[link.a].push(link.b);
        if to_b[link.a].is_none() && to_a[link.b].is_none() {
            to_b[link.a] = Some(link.b);
            to_a[link.b] = Some(link.a);
        }
    }
    let mut dead = vec![false; count_b];
    let mut reached_from: Vec<Option<usize>> = vec![None; count_b];
    for root in 0..count_a {
        if to_b[root].is_some() {
            continue;
        }
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut queue = VecDeque::from([root]);
        let mut free = None;
        'search: while let Some(a) = queue.pop_front() {
            for &b in &neighbours[a] {
                if dead[b] || !seen.insert(b) {
                    continue;
                }
                reached_from[b] = Some(a);
                match to_a[b] {
                    Some(next) => queue.push_back(next),
                    None => {
                        free = Some(b);
                        break 'search;
                    }
                }
            }
        }
        if free.is_none() {
            seen.iter().for_each(|&b| dead[b] = true);
        }
        // Back along the path, every member changes its partner.
        while let Some(b) = free {
            let Some(a) = reached_from[b] else { break };
            to_a[b] = Some(a);
            free = to_b[a].replace(b);
        }
    }
    to_b.iter().enumerate().filter_map(|(a, b)| b.map(|b| (a, b))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn links(pairs: &[(usize, usize, u8)]) -> Vec<Link> {
        pairs.iter().map(|&(a, b, closeness)| Link { a, b, closeness }).collect()
    }

    #[test]
    fn a_close_link_gives_way_to_one_more_pair() {
        assert_eq!(pair_up(2, 2, links(&[(0, 0, 1), (0, 1, 1), (1, 1, 2)])), [(0, 0), (1, 1)]);
        assert_eq!(pair_up(2, 2, links(&[(0, 0, 2), (0, 1, 1), (1, 0, 1)])), [(0, 1), (1, 0)]);
        assert_eq!(pair_up(1, 2, links(&[(0, 0, 1), (0, 1, 2)])), [(0, 1)]);
        assert_eq!(pair_up(0, 3, Vec::new()), []);
    }

    /// The greatest size, by trying all.
    fn greatest(a: usize, count_a: usize, used: u32, links: &[Link]) -> usize {
        if a == count_a {
            return 0;
        }
        let with = links.iter().filter(|l| l.a == a && used & (1 << l.b) == 0);
        let with = with.map(|l| 1 + greatest(a + 1, count_a, used | (1 << l.b), links));
        with.max().unwrap_or(0).max(greatest(a + 1, count_a, used, links))
    }

    proptest! {
        #[test]
        fn no_matching_is_greater(pairs in prop::collection::vec((0usize..6, 0usize..6, 0u8..4), 0..18)) {
            let links = links(&pairs);
            let got = pair_up(6, 6, links.clone());
            prop_assert_eq!(got.len(), greatest(0, 6, 0, &links));
            let mut taken = BTreeSet::new();
            for (a, b) in got {
                prop_assert!(pairs.iter().any(|p| (p.0, p.1) == (a, b)));
                prop_assert!(taken.insert(b));
            }
        }
    }
}
