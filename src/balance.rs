//! Structural balance: how well the ties fit together, whatever the blocs.
//!
//! In: a signed undirected graph, of which only the signs count. Out: a [`Balance`]. Never here: blocs, words.
//!
//! A triad is balanced when the product of its three signs is positive: friends of friends are friends, enemies of
//! enemies are friends (Heider 1946; Cartwright & Harary 1956). The frustration index is the least number of ties that
//! must be left out for the actors to fall into two camps with no positive tie between them and no negative tie inside
//! (Harary 1959; Aref & Wilson 2019).

use crate::clusters::random::Random;
use crate::network::SignedGraph;

/// What the signs of a graph say.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// Triads by their number of negative ties: `+++`, `++-`, `+--`, `---`.
    pub triads: [u64; 4],
    /// Share of balanced triads (`+++` and `+--`); `None` without triads.
    pub balanced: Option<f64>,
    /// The share to expect if the same signs were dealt to the same ties at random; `None` without triads.
    pub expected: Option<f64>,
    /// Ties that must be left out for two camps to remain.
    pub frustration: Frustration,
}

/// The frustration index and the two camps that show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Frustration {
    /// Ties that do not fit the camps.
    pub index: usize,
    /// Whether it is proven that no other camps have fewer; else the index is at most this.
    pub exact: bool,
    /// The camp of each node; without ties, `false`.
    pub camps: Vec<bool>,
    /// Positions in [`SignedGraph::edges`] of the ties that do not fit.
    pub ties: Vec<usize>,
}

/// Most nodes of a part of which all camps are tried; 2^19 of them take a moment.
const MOST_TRIED: usize = 20;
/// Starts of the search for camps in larger parts.
const STARTS: u64 = 60;

/// Counts triads and looks for two camps.
pub fn balance(graph: &SignedGraph, seed: u64) -> Balance {
    let around = neighbours(graph);
    let triads = triads(&around);
    let all: u64 = triads.iter().sum();
    let share = |n: u64| (all > 0).then(|| n as f64 / all as f64);
    Balance {
        triads,
        balanced: share(triads[0] + triads[2]),
        expected: (all > 0).then(|| by_chance(graph)),
        frustration: frustration(graph, &around, seed),
    }
}

/// Positions of the ties that do not fit a partition: negative inside a cluster, positive between two.
pub fn frustrated(graph: &SignedGraph, of: &[usize]) -> Vec<usize> {
    let wrong = |&(i, j, w): &(u32, u32, f64)| (of.get(i as usize) == of.get(j as usize)) == (w < 0.0);
    graph.edges.iter().enumerate().filter(|(_, edge)| wrong(edge)).map(|(at, _)| at).collect()
}

/// For each node its neighbours in order, and whether the tie is positive.
fn neighbours(graph: &SignedGraph) -> Vec<Vec<(usize, bool)>> {
    let mut around = vec![Vec::new(); graph.names.len()];
    for &(i, j, w) in &graph.edges {
        around[i as usize].push((j as usize, w > 0.0));
        around[j as usize].push((i as usize, w > 0.0));
    }
    around.iter_mut().for_each(|row| row.sort_unstable());
    around
}

/// Each triad is met at its node of highest degree last, so that hubs cost little (O(m sqrt m)).
fn triads(around: &[Vec<(usize, bool)>]) -> [u64; 4] {
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
fn by_chance(graph: &SignedGraph) -> f64 {
    let all = graph.edges.len() as f64;
    let plus = graph.edges.iter().filter(|e| e.2 > 0.0).count() as f64;
    let minus = all - plus;
    let ways = plus * (plus - 1.0) * (plus - 2.0) + 3.0 * plus * minus * (minus - 1.0);
    ways / (all * (all - 1.0) * (all - 2.0))
}

fn frustration(graph: &SignedGraph, around: &[Vec<(usize, bool)>], seed: u64) -> Frustration {
    let mut camps = vec![false; around.len()];
    let mut exact = true;
    let mut number = vec![usize::MAX; around.len()];
    for part in cycles(around) {
        for (at, &i) in part.iter().enumerate() {
            number[i] = at;
        }
        let inside = |i: usize| around[i].iter().map(|&(j, sign)| (number[j], sign)).filter(|&(j, _)| j != usize::MAX);
        let rows: Vec<Vec<(usize, bool)>> = part.iter().map(|&i| inside(i).collect()).collect();
        let found = if rows.len() <= MOST_TRIED { try_all(&rows) } else { search(&rows, seed) };
        exact &= rows.len() <= MOST_TRIED || wrong(&rows, &found) == 0;
        for (&i, camp) in part.iter().zip(found) {
            camps[i] = camp;
            number[i] = usize::MAX;
        }
    }
    extend(around, &mut camps);
    let fits = |&(i, j, w): &(u32, u32, f64)| (camps[i as usize] == camps[j as usize]) == (w > 0.0);
    let ties: Vec<usize> = graph.edges.iter().enumerate().filter(|(_, e)| !fits(e)).map(|(at, _)| at).collect();
    Frustration { index: ties.len(), exact, ties, camps }
}

/// Connected parts of what remains when nodes of one tie are taken away again and again: only there can ties be wrong.
fn cycles(around: &[Vec<(usize, bool)>]) -> Vec<Vec<usize>> {
    let left = core(around);
    let mut parts = Vec::new();
    let mut seen = vec![false; around.len()];
    for start in (0..around.len()).filter(|&i| left[i]) {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut part = vec![start];
        let mut at = 0;
        while let Some(&i) = part.get(at) {
            at += 1;
            for &(j, _) in around[i].iter().filter(|&&(j, _)| left[j]) {
                if !std::mem::replace(&mut seen[j], true) {
                    part.push(j);
                }
            }
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts
}

/// Which nodes are on a cycle or between cycles.
fn core(around: &[Vec<(usize, bool)>]) -> Vec<bool> {
    let mut degree: Vec<usize> = around.iter().map(Vec::len).collect();
    let mut left: Vec<bool> = degree.iter().map(|&d| d > 1).collect();
    let mut gone: Vec<usize> = (0..around.len()).filter(|&i| !left[i]).collect();
    while let Some(i) = gone.pop() {
        for &(j, _) in around[i].iter() {
            degree[j] = degree[j].saturating_sub(1);
            if left[j] && degree[j] < 2 {
                left[j] = false;
                gone.push(j);
            }
        }
    }
    left
}

/// Gives the nodes that were taken away the camp that fits their tie toward the cycles; trees of them fit throughout.
fn extend(around: &[Vec<(usize, bool)>], camps: &mut [bool]) {
    let mut known = core(around);
    let mut queue: Vec<usize> = (0..around.len()).filter(|&i| known[i]).collect();
    let mut next = 0;
    loop {
        let mut at = 0;
        while let Some(&i) = queue.get(at) {
            at += 1;
            for &(j, positive) in &around[i] {
                if !std::mem::replace(&mut known[j], true) {
                    camps[j] = camps[i] == positive;
                    queue.push(j);
                }
            }
        }
        // A part without a cycle starts from its first node.
        let Some(start) = (next..around.len()).find(|&i| !known[i]) else { return };
        next = start + 1;
        known[start] = true;
        queue = vec![start];
    }
}

/// Ties that do not fit the camps.
fn wrong(rows: &[Vec<(usize, bool)>], camps: &[bool]) -> i64 {
    (0..rows.len()).map(|i| misfits(rows, camps, i)).sum::<i64>() / 2
}

/// Ties of one node that do not fit.
fn misfits(rows: &[Vec<(usize, bool)>], camps: &[bool], i: usize) -> i64 {
    rows[i].iter().filter(|&&(j, positive)| (camps[i] == camps[j]) != positive).count() as i64
}

/// Goes through all camps, changing one node at a time (Gray code); the first node stays where it is.
fn try_all(rows: &[Vec<(usize, bool)>]) -> Vec<bool> {
    let mut camps = vec![false; rows.len()];
    let mut now = wrong(rows, &camps);
    let (mut least, mut best) = (now, camps.clone());
    for step in 1u32..1 << (rows.len() - 1) {
        let i = step.trailing_zeros() as usize + 1;
        now += rows[i].len() as i64 - 2 * misfits(rows, &camps, i);
        camps[i] = !camps[i];
        if now < least {
            least = now;
            best.copy_from_slice(&camps);
        }
    }
    best
}

/// From several starts: each node in turn changes camp once, the one that gains most (or loses least) first, and the
/// best moment of the round is kept (Kernighan & Lin 1970; Fiduccia & Mattheyses 1982), until a round gains nothing.
fn search(rows: &[Vec<(usize, bool)>], seed: u64) -> Vec<bool> {
    let run = |start: u64| {
        let mut random = Random::new(seed, start);
        let mut camps: Vec<bool> = rows.iter().map(|_| start > 0 && random.below(2) == 1).collect();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        random.shuffle(&mut order);
        while round(rows, &mut camps, &order) {}
        (wrong(rows, &camps), camps)
    };
    let best = (0..STARTS).map(run).reduce(|a, b| if b.0 < a.0 { b } else { a });
    best.map(|(_, camps)| camps).unwrap_or_default()
}

/// One round of changes; false when it gained nothing.
fn round(rows: &[Vec<(usize, bool)>], camps: &mut [bool], order: &[usize]) -> bool {
    let mut gain: Vec<i64> = (0..rows.len()).map(|i| 2 * misfits(rows, camps, i) - rows[i].len() as i64).collect();
    let mut rank = vec![0; rows.len()];
    for (at, &i) in order.iter().enumerate() {
        rank[i] = at;
    }
    let mut heap: std::collections::BinaryHeap<(i64, usize)> = (0..rows.len()).map(|i| (gain[i], rank[i])).collect();
    let mut changed: Vec<usize> = Vec::new();
    let mut done = vec![false; rows.len()];
    let (mut sum, mut best, mut keep) = (0, 0, 0);
    while let Some((noted, at)) = heap.pop() {
        let i = order[at];
        if done[i] || gain[i] != noted {
            continue;
        }
        done[i] = true;
        camps[i] = !camps[i];
        changed.push(i);
        sum += noted;
        if sum > best {
            (best, keep) = (sum, changed.len());
        }
        for &(j, positive) in rows[i].iter().filter(|&&(j, _)| !done[j]) {
            gain[j] += if (camps[i] == camps[j]) == positive { -2 } else { 2 };
            heap.push((gain[j], rank[j]));
        }
    }
    for &i in &changed[keep..] {
        camps[i] = !camps[i];
    }
    best > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::tests::{expected, graph, shared};
    use proptest::prelude::*;

    #[test]
    fn proven_values_are_reached() {
        let Some(folder) = shared() else { return };
        for (graph, name, index, _, balanced) in expected(&folder) {
            let found = balance(&graph, 0);
            assert!((found.balanced.unwrap_or(1.0) - balanced).abs() < 1e-6, "{name}: {found:?}");
            if let Some(index) = index {
                assert_eq!(found.frustration.index as f64, index, "{name}");
            }
        }
    }

    #[test]
    fn corners() {
        let nothing = balance(&graph(0, &[]), 0);
        assert_eq!((nothing.triads, nothing.balanced, nothing.frustration.index), ([0; 4], None, 0));
        let alone = balance(&graph(3, &[]), 0);
        assert_eq!((alone.frustration.exact, alone.frustration.camps), (true, vec![false; 3]));
        let tree = balance(&graph(4, &[(0, 1, -1.0), (1, 2, 1.0), (1, 3, -2.0)]), 0).frustration;
        assert_eq!((tree.index, tree.camps), (0, vec![false, true, true, false]));
        let enemies = balance(&graph(3, &[(0, 1, -1.0), (1, 2, -1.0), (0, 2, -1.0)]), 0);
        assert_eq!((enemies.triads, enemies.balanced, enemies.frustration.index), ([0, 0, 0, 1], Some(0.0), 1));
        assert_eq!(enemies.expected, Some(0.0), "all signs are negative, however they are dealt");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn triads_are_those_found_by_looking(edges in proptest::collection::vec((0u32..9, 0u32..9, -1.0..1.0), 0..40)) {
            let graph = graph(9, &edges);
            let sign = |a: u32, b: u32| graph.edges.iter().find(|e| (e.0, e.1) == (a, b)).map(|e| e.2 < 0.0);
            let mut counts = [0; 4];
            for (i, j, k) in (0..9).flat_map(|i| (i + 1..9).flat_map(move |j| (j + 1..9).map(move |k| (i, j, k)))) {
                if let (Some(a), Some(b), Some(c)) = (sign(i, j), sign(j, k), sign(i, k)) {
                    counts[[a, b, c].into_iter().filter(|n| *n).count()] += 1;
                }
            }
            prop_assert_eq!(balance(&graph, 0).triads, counts);
        }

        #[test]
        fn the_search_finds_what_trying_all_finds(
            edges in proptest::collection::vec((0u32..14, 0u32..14, -1.0..1.0), 0..60),
        ) {
            let around = neighbours(&graph(14, &edges));
            prop_assert_eq!(wrong(&around, &search(&around, 1)), wrong(&around, &try_all(&around)));
        }
    }
}
