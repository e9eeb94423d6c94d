//! The frustration index: two camps, what does not fit them, and the least that can be.
//!
//! In: a signed undirected graph. Out: [`Frustration`]. Never here: triads, weights.

use super::Around;
use super::camps::{MOST_TRIED, search, try_all, wrong};
use crate::clusters::Effort;
use crate::clusters::proof::{Rule, prove, steps};
use crate::network::SignedGraph;

/// Beyond so many ties nothing is proven: it would take half a minute and as much memory as all else.
const MOST_PROVEN: usize = 500_000;

/// The frustration index and the two camps that show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Frustration {
    /// Ties that do not fit the camps.
    pub index: usize,
    /// No camps have fewer ties that do not fit.
    pub lower: usize,
    /// Whether it is proven that no other camps have fewer (`index` is `lower`); else the index is at most this.
    pub exact: bool,
    /// The camp of each node; without ties, `false`.
    pub camps: Vec<bool>,
    /// Positions in [`SignedGraph::edges`] of the ties that do not fit.
    pub ties: Vec<usize>,
}

/// Looks for two camps in each part that has cycles, and proves how good they are.
pub(super) fn frustration(graph: &SignedGraph, around: &Around, seed: u64, proof: Option<Effort>) -> Frustration {
    let mut camps = vec![false; around.len()];
    let mut lower = 0;
    let mut number = vec![usize::MAX; around.len()];
    for part in cycles(around) {
        for (at, &i) in part.iter().enumerate() {
            number[i] = at;
        }
        let inside = |i: usize| around[i].iter().map(|&(j, sign)| (number[j], sign)).filter(|&(j, _)| j != usize::MAX);
        let rows: Around = part.iter().map(|&i| inside(i).collect()).collect();
        let (found, least) = solve(&rows, seed, proof);
        lower += least;
        for (&i, camp) in part.iter().zip(found) {
            camps[i] = camp;
            number[i] = usize::MAX;
        }
    }
    extend(around, &mut camps);
    let fits = |&(i, j, w): &(u32, u32, f64)| (camps[i as usize] == camps[j as usize]) == (w > 0.0);
    let ties: Vec<usize> = graph.edges.iter().enumerate().filter(|(_, e)| !fits(e)).map(|(at, _)| at).collect();
    Frustration { index: ties.len(), lower, exact: lower == ties.len(), ties, camps }
}

/// The camps of one part, and how many ties at least do not fit any.
fn solve(rows: &Around, seed: u64, proof: Option<Effort>) -> (Vec<bool>, usize) {
    if rows.len() <= MOST_TRIED {
        let camps = try_all(rows);
        let least = wrong(rows, &camps);
        return (camps, least);
    }
    let camps = search(rows, seed);
    let ties = rows.iter().map(Vec::len).sum::<usize>() / 2;
    let Some(effort) = proof.filter(|_| ties <= MOST_PROVEN) else { return (camps, 0) };
    let of: Vec<u32> = camps.iter().map(|&camp| u32::from(camp)).collect();
    let row = |(i, row): (usize, &Vec<(usize, bool)>)| {
        let ties = row.iter().filter(|(j, _)| i < *j);
        ties.map(|&(j, positive)| (i as u32, j as u32, if positive { 1.0 } else { -1.0 })).collect::<Vec<_>>()
    };
    let edges: Vec<(u32, u32, f64)> = rows.iter().enumerate().flat_map(row).collect();
    let proof = prove(Rule::Camps, rows.len(), &edges, &of, steps(effort, edges.len()));
    let camps = proof.better.map_or(camps, |of| of.into_iter().map(|camp| camp == 1).collect());
    (camps, libm::round(proof.lower) as usize)
}

/// Connected parts of what remains when nodes of one tie are taken away again and again: only there can ties be wrong.
fn cycles(around: &Around) -> Vec<Vec<usize>> {
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
fn core(around: &Around) -> Vec<bool> {
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
fn extend(around: &Around, camps: &mut [bool]) {
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
