//! Moving nodes between clusters, on ever coarser graphs (Blondel et al. 2008; queue and refinement after Traag, Waltman
//! & van Eck 2019), for any resolution.

use super::graph::{Csr, renumber};
use super::objective::Objective;
use super::random::Random;
use std::collections::VecDeque;

/// Improves a partition until no node, and no group that the coarser graphs know, gains by moving.
pub(super) fn improve(graph: &Csr, objective: &Objective, of: &mut Vec<u32>, random: &mut Random) {
    renumber(of);
    for _ in 0..MOST_PASSES {
        let before = of.clone();
        multilevel(graph, objective, of, random);
        if *of == before {
            return;
        }
    }
}

/// Each pass improves; this many are more than any graph was seen to need.
const MOST_PASSES: usize = 30;

/// Moves nodes, contracts, moves what became nodes, and so on; then writes the coarsest partition back.
fn multilevel(graph: &Csr, objective: &Objective, of: &mut Vec<u32>, random: &mut Random) {
    let mut maps: Vec<Vec<u32>> = Vec::new();
    let mut level = std::borrow::Cow::Borrowed(graph);
    let mut part = std::mem::take(of);
    loop {
        move_nodes(&level, objective, &mut part, None, random);
        let nodes = level.nodes();
        let clusters = renumber(&mut part);
        if clusters == nodes {
            break;
        }
        // Contract the well-knit parts of clusters, not clusters: a part may still leave.
        let mut parts: Vec<u32> = (0..nodes as u32).collect();
        move_nodes(&level, objective, &mut parts, Some(&part), random);
        let mut coarse = renumber(&mut parts);
        if coarse == nodes {
            (parts, coarse) = (part.clone(), clusters);
        }
        let mut next = vec![0; coarse];
        for (&p, &c) in parts.iter().zip(&part) {
            next[p as usize] = c;
        }
        level = std::borrow::Cow::Owned(level.contract(&parts, coarse));
        maps.push(parts);
        part = next;
    }
    while let Some(map) = maps.pop() {
        part = map.iter().map(|&p| part[p as usize]).collect();
    }
    renumber(&mut part);
    *of = part;
}

/// Moves single nodes to the best cluster around them, or out to one of their own, until none gains. With `within`,
/// nodes only join clusters of the same number there.
fn move_nodes(graph: &Csr, objective: &Objective, of: &mut [u32], within: Option<&[u32]>, random: &mut Random) {
    let n = graph.nodes();
    let mut sums = vec![(0.0, 0.0); n];
    let mut sizes = vec![0usize; n];
    renumber(of);
    for (i, &c) in of.iter().enumerate() {
        let c = c as usize;
        sums[c].0 += graph.positive[i];
        sums[c].1 += graph.negative[i];
        sizes[c] += 1;
    }
    let mut empty: Vec<usize> = (0..n).rev().filter(|&c| sizes[c] == 0).collect();
    let mut order: Vec<usize> = (0..n).collect();
    random.shuffle(&mut order);
    let mut queue: VecDeque<usize> = order.into();
    let mut queued = vec![true; n];
    let mut toward = vec![0.0; n];
    let mut met: Vec<usize> = Vec::new();
    let mut is_met = vec![false; n];
    while let Some(i) = queue.pop_front() {
        queued[i] = false;
        let own = of[i] as usize;
        let strengths = (graph.positive[i], graph.negative[i]);
        let mut scale = strengths.0 + strengths.1;
        for (j, w) in graph.neighbours(i).filter(|&(j, _)| within.is_none_or(|w| w[j] == w[i])) {
            let c = of[j] as usize;
            if !is_met[c] {
                is_met[c] = true;
                met.push(c);
            }
            toward[c] += w;
            scale = scale.max(w.abs());
        }
        let without = (sums[own].0 - strengths.0, sums[own].1 - strengths.1);
        let stay = if sizes[own] > 1 { toward[own] + objective.expected(strengths, without) } else { 0.0 };
        let (mut best, mut to) = (stay, own);
        if sizes[own] > 1 && best < 0.0 {
            (best, to) = (0.0, empty.last().copied().unwrap_or(own));
        }
        for &c in met.iter().filter(|&&c| c != own) {
            let gain = toward[c] + objective.expected(strengths, sums[c]);
            if gain > best || (gain == best && to != own && c < to) {
                (best, to) = (gain, c);
            }
        }
        for c in met.drain(..) {
            toward[c] = 0.0;
            is_met[c] = false;
        }
        if to == own || best - stay <= objective.rounding(graph.degree(i)) * scale {
            continue;
        }
        sums[own] = without;
        sizes[own] -= 1;
        if sizes[own] == 0 {
            sums[own] = (0.0, 0.0);
            empty.push(own);
        }
        if sizes[to] == 0 {
            empty.pop();
        }
        sums[to].0 += strengths.0;
        sums[to].1 += strengths.1;
        sizes[to] += 1;
        of[i] = to as u32;
        for (j, _) in graph.neighbours(i).filter(|&(j, _)| of[j] as usize != to) {
            if !queued[j] {
                queued[j] = true;
                queue.push_back(j);
            }
        }
    }
}
