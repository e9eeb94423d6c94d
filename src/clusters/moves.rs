//! Moving single nodes between clusters until none gains, and undoing what gained nothing; for any resolution.
//!
//! In: a graph and a partition. Out: the partition, improved. Never here: which moves to force ([`super::shake`]), and
//! groups of nodes that move together ([`super::levels`]).
//!
//! A queue holds the nodes that may want to move (Traag, Waltman & van Eck 2019). Each node also has its slack, a lower
//! bound of how much worse off it would be elsewhere; a neighbour's move takes at most twice the weight of their tie
//! from it, so that a node is looked at only when its slack is used up. Hubs are, by this, looked at seldom.

use super::graph::{Csr, renumber};
use super::objective::Objective;
use super::random::Random;
use std::collections::VecDeque;

/// In a search for a fixed number of clusters a node may go where it has no ties; so many such clusters are tried.
const MOST_STRANGE: usize = 8;
/// So many moves for each node are made before it is let be. Each move gains, so that there is an end by itself, far
/// sooner; but whether a strength that is kept up to date by adding and subtracting can say otherwise is not proven.
const MOST_MOVES: usize = 1000;

/// A partition and what is known about what its nodes want.
pub(super) struct Moves<'g> {
    graph: &'g Csr,
    objective: &'g Objective,
    of: Vec<u32>,
    size: Vec<u32>,
    /// Positive and negative strengths of the clusters; empty where the objective does not ask for them.
    strength: Vec<(f64, f64)>,
    /// Numbers of clusters without nodes, on top of numbers that have come into use again. `None` when the number of
    /// clusters is fixed: no cluster is then left by its last node.
    empty: Option<Vec<u32>>,
    slack: Vec<f64>,
    queue: VecDeque<u32>,
    queued: Vec<bool>,
    held: Vec<bool>,
    /// Weight of the node under way toward each cluster in `met`.
    toward: Vec<f64>,
    is_met: Vec<bool>,
    met: Vec<u32>,
    /// What to undo: nodes with the cluster and slack that they had when the attempt began, and clusters with the
    /// strengths that they had before each move.
    trail: Vec<(u32, u32, f64)>,
    strength_trail: Vec<(u32, (f64, f64))>,
    /// The attempt in which each node came onto the trail.
    stamp: Vec<u32>,
    attempt: u32,
    /// What the moves of this attempt gained, and the weights and number of ties that this is a sum of.
    gained: f64,
    scale: f64,
    terms: usize,
    /// Ties looked at: the measure of work.
    steps: u64,
}

/// What a node sees: its worth in its own cluster, the most and the second most that it is worth elsewhere, and where.
struct View {
    stay: f64,
    best: f64,
    second: f64,
    to: u32,
}

impl<'g> Moves<'g> {
    /// With `fixed`, the number of clusters stays what it is.
    pub(super) fn new(graph: &'g Csr, objective: &'g Objective, mut of: Vec<u32>, fixed: bool) -> Self {
        let n = graph.nodes();
        let clusters = renumber(&mut of);
        let numbers = if fixed { clusters } else { n + 1 };
        let mut size = vec![0; numbers];
        let mut strength = if objective.is_balance() { Vec::new() } else { vec![(0.0, 0.0); numbers] };
        for (i, &c) in of.iter().enumerate() {
            size[c as usize] += 1;
            if let Some(sum) = strength.get_mut(c as usize) {
                sum.0 += graph.positive[i];
                sum.1 += graph.negative[i];
            }
        }
        Self {
            graph,
            objective,
            of,
            size,
            strength,
            empty: (!fixed).then(|| (clusters as u32..=n as u32).rev().collect()),
            slack: vec![-1.0; n],
            queue: VecDeque::new(),
            queued: vec![false; n],
            held: vec![false; n],
            toward: vec![0.0; numbers],
            is_met: vec![false; numbers],
            met: Vec::new(),
            trail: Vec::new(),
            strength_trail: Vec::new(),
            stamp: vec![0; n],
            attempt: 0,
            gained: 0.0,
            scale: 0.0,
            terms: 0,
            steps: 0,
        }
    }

    pub(super) fn graph(&self) -> &'g Csr {
        self.graph
    }

    pub(super) fn cluster(&self, i: usize) -> u32 {
        self.of[i]
    }

    /// A number for a new cluster, or any cluster when their number is fixed.
    pub(super) fn elsewhere(&mut self, random: &mut Random) -> u32 {
        self.unused().unwrap_or_else(|| random.below(self.size.len()) as u32)
    }

    /// Ties looked at so far.
    pub(super) fn steps(&self) -> u64 {
        self.steps
    }

    /// The partition, and the ties looked at.
    pub(super) fn finish(self) -> (Vec<u32>, u64) {
        (self.of, self.steps)
    }

    /// Lets all nodes, in random order, move until none gains.
    pub(super) fn settle_all(&mut self, random: &mut Random) {
        let mut order: Vec<u32> = (0..self.graph.nodes() as u32).collect();
        random.shuffle(&mut order);
        for i in order {
            self.enqueue(i as usize);
        }
        self.settle();
    }

    /// Begins an attempt, which [`Self::undo`] can take back.
    pub(super) fn begin(&mut self) {
        self.attempt += 1;
        self.trail.clear();
        self.strength_trail.clear();
        (self.gained, self.scale, self.terms) = (0.0, 0.0, 0);
    }

    /// Moves a node whatever it costs, and holds it there until [`Self::release`]; false when it cannot move.
    pub(super) fn force(&mut self, i: usize, to: u32) -> bool {
        let own = self.of[i];
        let alone = self.size[own as usize] == 1;
        if to == own || self.held[i] || (alone && (self.empty.is_none() || self.size[to as usize] == 0)) {
            return false;
        }
        let (mut stay, mut go) = self.expected(i, to);
        for (j, w) in self.graph.neighbours(i) {
            stay += if self.of[j] == own { w } else { 0.0 };
            go += if self.of[j] == to { w } else { 0.0 };
        }
        self.note(i);
        self.slack[i] = -1.0;
        self.held[i] = true;
        self.shift(i, to, go - stay);
        true
    }

    /// Lets a held node move again.
    pub(super) fn release(&mut self, i: usize) {
        self.held[i] = false;
        self.enqueue(i);
    }

    /// Whether the attempt has made the partition better, or left it as good.
    pub(super) fn is_no_worse(&self) -> bool {
        self.gained == 0.0 || self.gained > self.objective.rounding(self.terms) * self.scale
    }

    /// Puts everything back to where the attempt began.
    pub(super) fn undo(&mut self) {
        while let Some((i, c, slack)) = self.trail.pop() {
            let i = i as usize;
            self.slack[i] = slack;
            let now = std::mem::replace(&mut self.of[i], c);
            if now != c {
                self.count(now, c);
            }
        }
        while let Some((c, strength)) = self.strength_trail.pop() {
            self.strength[c as usize] = strength;
        }
    }

    /// Moves queued nodes to where they gain most, until none gains.
    pub(super) fn settle(&mut self) {
        let mut moves_left = MOST_MOVES.saturating_mul(self.graph.nodes());
        while let Some(i) = self.queue.pop_front() {
            let i = i as usize;
            self.queued[i] = false;
            let alone_for_good = self.empty.is_none() && self.size[self.of[i] as usize] == 1;
            if self.slack[i] >= 0.0 || self.held[i] || alone_for_good {
                continue;
            }
            let view = self.look_around(i);
            self.note(i);
            let gain = view.best - view.stay;
            let scale = self.graph.positive[i] + self.graph.negative[i];
            if gain > self.objective.rounding(self.graph.degree(i)) * scale && moves_left > 0 {
                moves_left -= 1;
                self.shift(i, view.to, gain);
                self.slack[i] = view.best - view.stay.max(view.second);
            } else {
                self.slack[i] = (-gain).max(0.0);
            }
        }
    }

    fn enqueue(&mut self, i: usize) {
        if !std::mem::replace(&mut self.queued[i], true) {
            self.queue.push_back(i as u32);
        }
    }

    /// Remembers how the node was when the attempt began.
    fn note(&mut self, i: usize) {
        if self.stamp[i] != self.attempt {
            self.stamp[i] = self.attempt;
            self.trail.push((i as u32, self.of[i], self.slack[i]));
        }
    }

    fn look_around(&mut self, i: usize) -> View {
        self.steps += self.graph.degree(i) as u64;
        for (j, w) in self.graph.neighbours(i) {
            let c = self.of[j];
            if !std::mem::replace(&mut self.is_met[c as usize], true) {
                self.met.push(c);
            }
            self.toward[c as usize] += w;
        }
        let own = self.of[i];
        let mut view =
            View { stay: self.toward[own as usize], best: f64::NEG_INFINITY, second: f64::NEG_INFINITY, to: own };
        if let Some(new) = self.unused() {
            if self.size[own as usize] > 1 {
                (view.best, view.to) = (0.0, new);
            }
        } else {
            let strange = (0..self.size.len()).filter(|&c| !self.is_met[c] && c != own as usize);
            self.met.extend(strange.take(MOST_STRANGE).map(|c| c as u32));
        }
        let mut met = std::mem::take(&mut self.met);
        for &c in met.iter().filter(|&&c| c != own) {
            let mut worth = self.toward[c as usize];
            if !self.strength.is_empty() {
                worth += self.objective.expected(self.strengths(i), self.strength[c as usize]);
            }
            if worth > view.best || (worth == view.best && c < view.to) {
                view = View { second: view.best, best: worth, to: c, ..view };
            } else {
                view.second = view.second.max(worth);
            }
        }
        view.stay += self.expected(i, own).0;
        for c in met.drain(..) {
            self.toward[c as usize] = 0.0;
            self.is_met[c as usize] = false;
        }
        self.met = met;
        view
    }

    fn strengths(&self, i: usize) -> (f64, f64) {
        (self.graph.positive[i], self.graph.negative[i])
    }

    /// What a node is worth besides its ties, in its own cluster and in another.
    fn expected(&self, i: usize, to: u32) -> (f64, f64) {
        if self.strength.is_empty() {
            return (0.0, 0.0);
        }
        let (p, n) = self.strengths(i);
        let own = self.strength[self.of[i] as usize];
        let without = (own.0 - p, own.1 - n);
        (self.objective.expected((p, n), without), self.objective.expected((p, n), self.strength[to as usize]))
    }

    /// Moves a noted node, and enqueues the neighbours who may want to move now.
    fn shift(&mut self, i: usize, to: u32, gain: f64) {
        self.gained += gain;
        let (p, n) = self.strengths(i);
        self.scale += p + n;
        self.terms += self.graph.degree(i);
        self.steps += self.graph.degree(i) as u64;
        let from = std::mem::replace(&mut self.of[i], to);
        self.count(from, to);
        if !self.strength.is_empty() {
            for c in [from, to] {
                self.strength_trail.push((c, self.strength[c as usize]));
            }
            let old = &mut self.strength[from as usize];
            *old = if self.size[from as usize] == 0 { (0.0, 0.0) } else { (old.0 - p, old.1 - n) };
            let new = &mut self.strength[to as usize];
            *new = (new.0 + p, new.1 + n);
        }
        let graph = self.graph;
        for (j, w) in graph.neighbours(i) {
            // What this move can take from the neighbour's lead of its own cluster over the others.
            let loss = match self.of[j] {
                c if c == from => 2.0 * w.max(0.0),
                c if c == to => 2.0 * (-w).max(0.0),
                _ => w.abs(),
            };
            if loss > 0.0 {
                self.note(j);
                self.slack[j] -= loss;
                if self.slack[j] < 0.0 && !self.held[j] {
                    self.enqueue(j);
                }
            }
        }
    }

    /// Counts a node out of one cluster and into another.
    fn count(&mut self, from: u32, to: u32) {
        self.size[from as usize] -= 1;
        self.size[to as usize] += 1;
        let Some(empty) = &mut self.empty else { return };
        if self.size[from as usize] == 0 {
            empty.push(from);
            if empty.len() > 4 * self.size.len() {
                *empty = (0..self.size.len() as u32).rev().filter(|&c| self.size[c as usize] == 0).collect();
            }
        }
    }

    /// A number that no cluster has; there always is one, since there are more numbers than nodes.
    fn unused(&mut self) -> Option<u32> {
        let empty = self.empty.as_mut()?;
        while empty.last().is_some_and(|&c| self.size[c as usize] > 0) {
            empty.pop();
        }
        empty.last().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::Resolution;
    use crate::clusters::tests::planted;

    #[test]
    fn what_is_undone_is_as_it_was() {
        let graph = planted(40, 3, 200, 20, 3);
        let csr = Csr::new(40, &graph.edges);
        for resolution in [Resolution::BALANCE, Resolution::MODULARITY] {
            let objective = Objective::new(&csr, resolution);
            let mut random = Random::new(1, 0);
            let mut moves = Moves::new(&csr, &objective, (0..40).collect(), false);
            moves.settle_all(&mut random);
            for _ in 0..500 {
                let (of, slack) = (moves.of.clone(), moves.slack.clone());
                let (size, strength) = (moves.size.clone(), moves.strength.clone());
                moves.begin();
                let i = random.below(40);
                let to = moves.cluster(random.below(40));
                if moves.force(i, to) {
                    moves.settle();
                    moves.release(i);
                    moves.settle();
                }
                let gained = objective.value(&csr, &moves.of) - objective.value(&csr, &of);
                assert!((gained - moves.gained).abs() < 1e-9, "{gained} {}", moves.gained);
                moves.undo();
                assert_eq!((moves.of.clone(), moves.size.clone()), (of, size));
                assert_eq!((moves.slack.clone(), moves.strength.clone()), (slack, strength));
            }
        }
    }

    #[test]
    fn once_settled_no_node_gains_by_moving() {
        let graph = planted(60, 4, 400, 25, 8);
        let csr = Csr::new(60, &graph.edges);
        let objective = Objective::new(&csr, Resolution::BALANCE);
        let mut random = Random::new(2, 0);
        let mut moves = Moves::new(&csr, &objective, (0..60).collect(), false);
        moves.settle_all(&mut random);
        super::super::shake::shake(&mut moves, 200, u64::MAX, &mut random);
        let (of, _) = moves.finish();
        let value = objective.value(&csr, &of);
        for i in 0..60 {
            for to in of.iter().copied().chain([60]) {
                let mut other = of.clone();
                other[i] = to;
                assert!(objective.value(&csr, &other) <= value);
            }
        }
    }
}
