//! Two camps for nodes that hang together.
//!
//! In: neighbours with the signs of the ties. Out: the camp of each node. Never here: proofs, and nodes on no cycle.

use super::Around;
use crate::clusters::random::Random;

/// Most nodes of a part of which all camps are tried; 2^19 of them take a moment.
pub(super) const MOST_TRIED: usize = 20;
/// Starts of the search for camps in larger parts, and the ties that all of them together may go through.
const STARTS: usize = 60;
const MOST_TIES: usize = 3_000_000;

/// Ties that do not fit the camps.
pub(super) fn wrong(rows: &Around, camps: &[bool]) -> usize {
    (0..rows.len()).map(|i| misfits(rows, camps, i)).sum::<i64>() as usize / 2
}

/// Ties of one node that do not fit.
fn misfits(rows: &Around, camps: &[bool], i: usize) -> i64 {
    rows[i].iter().filter(|&&(j, positive)| (camps[i] == camps[j]) != positive).count() as i64
}

/// Goes through all camps, changing one node at a time (Gray code); the first node stays where it is.
pub(super) fn try_all(rows: &Around) -> Vec<bool> {
    let mut camps = vec![false; rows.len()];
    let mut now = wrong(rows, &camps) as i64;
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
pub(super) fn search(rows: &Around, seed: u64) -> Vec<bool> {
    let run = |start: u64| {
        let mut random = Random::new(seed, start);
        let mut camps: Vec<bool> = rows.iter().map(|_| start > 0 && random.below(2) == 1).collect();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        random.shuffle(&mut order);
        while round(rows, &mut camps, &order) {}
        (wrong(rows, &camps), camps)
    };
    let ties: usize = rows.iter().map(Vec::len).sum();
    let starts = (MOST_TIES / ties.max(1)).clamp(1, STARTS) as u64;
    let best = (0..starts).map(run).reduce(|a, b| if b.0 < a.0 { b } else { a });
    best.map(|(_, camps)| camps).unwrap_or_default()
}

/// One round of changes; false when it gained nothing.
fn round(rows: &Around, camps: &mut [bool], order: &[usize]) -> bool {
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
