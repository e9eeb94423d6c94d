//! Kernighan-Lin with joins (Keuper et al. 2015): for each two clusters that touch, the best chain of moves of nodes
//! across, also through worse states; or joining them; and for each cluster, splitting it. Correlation clustering only.

use super::graph::{Csr, renumber};
use super::objective::Objective;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// A chain that has found nothing better for this many moves is given up.
const PATIENCE: usize = 100;
/// Rounds over all pairs of clusters that changed.
const MOST_ROUNDS: usize = 20;

/// Improves the partition in place.
pub(super) fn improve(graph: &Csr, objective: &Objective, of: &mut [u32]) {
    let clusters = renumber(of);
    let mut work = Work::new(graph, objective, of, clusters);
    let mut changed: Vec<bool> = vec![true; work.members.len()];
    for _ in 0..MOST_ROUNDS {
        let mut next = vec![false; work.members.len()];
        for (a, b) in work.touching(&changed) {
            if work.join_or_exchange(a, Some(b)) {
                next[a] = true;
                next[b] = true;
            }
        }
        for a in (0..changed.len()).filter(|&a| changed[a]) {
            while work.join_or_exchange(a, None) {
                next.resize(work.members.len(), true);
                next[a] = true;
            }
        }
        if !next.contains(&true) {
            break;
        }
        changed = next;
    }
    of.copy_from_slice(&work.of);
    renumber(of);
}

struct Work<'g> {
    graph: &'g Csr,
    objective: &'g Objective,
    of: Vec<u32>,
    members: Vec<BTreeSet<usize>>,
    /// For the chain under way: what moving the node to the other side gains; `NAN` when not worked out yet.
    gain: Vec<f64>,
    moved: Vec<bool>,
    /// Weights that the sums under way are made of, which tells how far rounding can lead astray.
    scale: f64,
}

/// A node and what moving it gained when it was noted; equals by the lower number.
#[derive(PartialEq)]
struct Move(f64, usize);

impl Eq for Move {}

impl PartialOrd for Move {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Move {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then_with(|| other.1.cmp(&self.1))
    }
}

impl<'g> Work<'g> {
    fn new(graph: &'g Csr, objective: &'g Objective, of: &[u32], clusters: usize) -> Self {
        let mut members = vec![BTreeSet::new(); clusters];
        for (i, &c) in of.iter().enumerate() {
            members[c as usize].insert(i);
        }
        let n = graph.nodes();
        Self { graph, objective, of: of.to_vec(), members, gain: vec![f64::NAN; n], moved: vec![false; n], scale: 0.0 }
    }

    /// Pairs of clusters with a positive weight between them, at least one of them changed, in order.
    fn touching(&self, changed: &[bool]) -> BTreeSet<(usize, usize)> {
        let pair = |(i, j, _): (usize, usize, f64)| {
            let (a, b) = (self.of[i] as usize, self.of[j] as usize);
            (a.min(b), a.max(b))
        };
        self.graph
            .pairs()
            .filter(|(_, _, w)| *w > 0.0)
            .map(pair)
            .filter(|(a, b)| a != b && (changed[*a] || changed[*b]))
            .collect()
    }

    /// Does what gains most between clusters `a` and `b`, or between `a` and nothing; false when nothing gains.
    fn join_or_exchange(&mut self, a: usize, b: Option<usize>) -> bool {
        let sizes = (self.members[a].len(), b.map_or(0, |b| self.members[b].len()));
        if sizes.0 == 0 || (b.is_some() && sizes.1 == 0) || (b.is_none() && sizes.0 < 2) {
            return false;
        }
        let small = if b.is_some() && sizes.1 < sizes.0 { b.unwrap_or(a) } else { a };
        let other = if small == a { b } else { Some(a) };
        self.scale = 0.0;
        let mut joined = 0.0;
        let mut heap = BinaryHeap::new();
        let mut worked_out = Vec::new();
        let inside: Vec<usize> = self.members[small].iter().copied().collect();
        for i in inside {
            for (j, w) in self.graph.neighbours(i) {
                if other == Some(self.of[j] as usize) {
                    joined += w;
                    self.note(j, (a, b), &mut worked_out, &mut heap);
                }
            }
            self.note(i, (a, b), &mut worked_out, &mut heap);
        }
        let (chain, gained) = self.chain((a, b), &mut heap, &mut worked_out);
        let threshold = self.objective.rounding(2 * worked_out.len()) * self.scale;
        for i in worked_out {
            self.gain[i] = f64::NAN;
            self.moved[i] = false;
        }
        match b {
            Some(b) if joined > threshold && joined >= gained => {
                let (from, to) = if small == a { (a, b) } else { (b, a) };
                for i in std::mem::take(&mut self.members[from]) {
                    self.of[i] = to as u32;
                    self.members[to].insert(i);
                }
            }
            _ if gained > threshold => {
                let b = b.unwrap_or(self.members.len());
                if b == self.members.len() {
                    self.members.push(BTreeSet::new());
                }
                for i in chain {
                    let (from, to) = if self.of[i] as usize == a { (a, b) } else { (b, a) };
                    self.of[i] = to as u32;
                    self.members[from].remove(&i);
                    self.members[to].insert(i);
                }
            }
            _ => return false,
        }
        true
    }

    /// Works out what moving node `i` gains, unless that is known already.
    fn note(&mut self, i: usize, (a, b): (usize, Option<usize>), known: &mut Vec<usize>, heap: &mut BinaryHeap<Move>) {
        if !self.gain[i].is_nan() {
            return;
        }
        let own = self.of[i] as usize;
        let mut gain = 0.0;
        for (j, w) in self.graph.neighbours(i) {
            let at = self.of[j] as usize;
            if at == own {
                gain += if self.moved[j] { w } else { -w };
            } else if at == a || Some(at) == b {
                gain += if self.moved[j] { -w } else { w };
            }
        }
        self.scale += self.graph.positive[i] + self.graph.negative[i];
        self.gain[i] = gain;
        known.push(i);
        heap.push(Move(gain, i));
    }

    /// Moves the best node, then the best of the others, and so on; returns the part of the chain that gains most.
    fn chain(
        &mut self,
        sides: (usize, Option<usize>),
        heap: &mut BinaryHeap<Move>,
        known: &mut Vec<usize>,
    ) -> (Vec<usize>, f64) {
        let mut chain = Vec::new();
        let (mut sum, mut best, mut best_length) = (0.0, 0.0, 0);
        while let Some(Move(noted, i)) = heap.pop() {
            if self.moved[i] || self.gain[i] != noted {
                continue;
            }
            self.moved[i] = true;
            sum += noted;
            chain.push(i);
            if sum > best + self.objective.rounding(2 * known.len()) * self.scale {
                (best, best_length) = (sum, chain.len());
            }
            if chain.len() > best_length + PATIENCE {
                break;
            }
            let mut updates: BTreeMap<usize, f64> = BTreeMap::new();
            for (j, w) in self.graph.neighbours(i) {
                let at = self.of[j] as usize;
                if self.moved[j] || (at != sides.0 && Some(at) != sides.1) {
                    continue;
                }
                if self.gain[j].is_nan() {
                    self.note(j, sides, known, heap);
                } else {
                    updates.insert(j, if at == self.of[i] as usize { 2.0 * w } else { -2.0 * w });
                }
            }
            for (j, change) in updates {
                self.gain[j] += change;
                heap.push(Move(self.gain[j], j));
            }
        }
        chain.truncate(best_length);
        (chain, best)
    }
}
