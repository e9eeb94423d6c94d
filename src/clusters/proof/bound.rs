//! One block: bad cycles are found, weighed, and found again, until each has shares of wrong ties that add up to one.
//!
//! In: the ties of a block, and a good partition. Out: a lower bound, and a better partition where one comes to light.
//! Never here: several blocks.

use super::cycles::Cycles;
use super::paths::Paths;
use super::program::{Program, Stop};
use super::rounding::round;
use super::ties::Ties;

/// Cycles are looked for whose shares lack this much of 1, then less and less: those that lack much are found soonest.
const FIRST_LACK: f64 = 0.5;
/// The least lack for cycles near the best partition, then for all; and for all when costs come in steps.
const LAST_LACK_NEAR: f64 = 1e-2;
const LAST_LACK: f64 = 1e-9;
const LAST_LACK_OF_WHOLE: f64 = 1e-5;
/// Fewer than one cycle for so many wrong ties are few: the lack is halved.
const FEW: usize = 20;
/// The program is solved to this share of the lack.
const GAP: f64 = 0.02;
/// With less lack it is solved again though no cycle was found: to less of a gap there may be some.
const SOLVED: f64 = 1e-2;
/// The lack that is looked for when branching.
const HELD_LACK: f64 = 1e-2;
/// Steps for each tie that making a partition of shares is counted as.
const ROUNDING_STEPS: u64 = 4;
/// Where costs come in steps: the share of a step that rounding may make.
const MARGIN: f64 = 1e-3;

/// What is known of a block.
pub(super) struct Search<'t> {
    pub(super) ties: &'t Ties,
    paths: Paths<'t>,
    cycles: Cycles,
    pub(super) program: Program,
    /// The best partition, which ties it has wrong, and what they cost.
    of: Vec<u32>,
    pub(super) wrong: Vec<bool>,
    pub(super) cost: f64,
    /// No partition costs less.
    pub(super) lower: f64,
    quantum: Option<f64>,
    /// Steps that are left.
    pub(super) budget: u64,
}

impl<'t> Search<'t> {
    pub(super) fn new(ties: &'t Ties, of: Vec<u32>, budget: u64) -> Self {
        let wrong = ties.wrong(&of);
        Self {
            ties,
            paths: Paths::new(ties),
            cycles: Cycles::new(),
            program: Program::new(ties),
            cost: ties.sum(&wrong),
            of,
            wrong,
            lower: 0.0,
            quantum: ties.quantum(),
            budget,
        }
    }

    /// Whether the bound has come so far that no partition is better (but for rounding).
    pub(super) fn proven(&self) -> bool {
        self.lower >= self.enough()
    }

    /// What no partition costs less than: with costs in steps, the next step.
    pub(super) fn least(&self) -> f64 {
        match self.quantum {
            _ if self.proven() => self.cost,
            Some(quantum) => (libm::ceil(self.lower / quantum - MARGIN) * quantum).min(self.cost),
            None => self.lower.min(self.cost),
        }
    }

    /// A bound from which on nothing can be better.
    pub(super) fn enough(&self) -> f64 {
        match self.quantum {
            Some(quantum) => self.cost - quantum * (1.0 - MARGIN),
            None => self.cost * (1.0 - 1e-9),
        }
    }

    /// Raises the bound until it is proven, no cycle is left, or the budget is spent. True when no cycle is left.
    ///
    /// Looks near the best partition first: if it is optimal and the program has no gap, only cycles that have exactly
    /// one tie wrong in it need a weight (complementary slackness), and these are few.
    pub(super) fn run(&mut self) -> bool {
        let last = if self.quantum.is_some() { LAST_LACK_OF_WHOLE } else { LAST_LACK };
        for near in [true, false] {
            let last = if near { LAST_LACK_NEAR } else { last };
            let mut lack = FIRST_LACK;
            loop {
                if self.proven() || self.budget == 0 {
                    return false;
                }
                let found = self.find(lack, near);
                if found == 0 && lack <= last {
                    break;
                }
                if found > 0 || lack < SOLVED {
                    self.solve(lack * GAP);
                    self.round();
                }
                let wrong = self.wrong.iter().filter(|wrong| **wrong).count();
                lack = match found {
                    0 => lack / 4.0,
                    few if FEW * few < wrong => lack / 2.0,
                    _ => lack,
                }
                .max(last);
            }
        }
        true
    }

    /// Looks for cycles that the shares leave at less than 1 by `lack`; those `near` the best partition have one tie
    /// wrong in it. Shares on a found cycle are raised for the rest of the round, so that the next ones are others.
    fn find(&mut self, lack: f64, near: bool) -> usize {
        let mut length = self.program.x.clone();
        let mut found = 0;
        let before = self.paths.steps;
        for tie in 0..self.ties.len() as u32 {
            let starts = if near { self.wrong[tie as usize] } else { self.ties.negative[tie as usize] };
            if !starts {
                continue;
            }
            let near = near.then_some(&self.of[..]);
            if let Some(cycle) = self.paths.cycle(tie, &length, 1.0 - lack, near) {
                let sum: f64 = cycle.iter().map(|&tie| length[tie as usize]).sum();
                let share = (1.0 - sum) / cycle.len() as f64;
                cycle.iter().for_each(|&tie| length[tie as usize] += share);
                found += usize::from(self.cycles.add(&cycle));
            }
            if self.paths.steps - before > self.budget {
                break;
            }
        }
        self.budget = self.budget.saturating_sub(self.paths.steps - before);
        found
    }

    fn solve(&mut self, gap: f64) {
        let bound = self.bound_of_program(gap);
        let packed = self.cycles.packing(self.ties, &self.program.y);
        self.lower = self.lower.max(bound).max(packed);
    }

    fn bound_of_program(&mut self, gap: f64) -> f64 {
        let before = self.program.steps;
        let stop = Stop { gap, enough: self.enough(), steps: self.budget };
        let bound = self.program.solve(self.ties, &self.cycles, &stop);
        // They are in order in memory, unlike those of paths.
        self.budget = self.budget.saturating_sub((self.program.steps - before) / 4);
        bound
    }

    /// A bound for all partitions that have some ties wrong or right as told.
    pub(super) fn try_with(&mut self, held: &[(u32, bool)]) -> f64 {
        for &(tie, wrong) in held {
            let bounds = if wrong { &mut self.program.low } else { &mut self.program.high };
            bounds[tie as usize] = f64::from(u8::from(wrong));
        }
        let mut bound = f64::NEG_INFINITY;
        loop {
            bound = bound.max(self.bound_of_program(HELD_LACK * GAP));
            self.round();
            if bound >= self.enough() || self.budget == 0 {
                break;
            }
            if self.find(HELD_LACK, true) == 0 && self.find(HELD_LACK, false) == 0 {
                break;
            }
        }
        for &(tie, _) in held {
            self.program.low[tie as usize] = 0.0;
            self.program.high[tie as usize] = 1.0;
        }
        bound
    }

    /// Takes over a partition near to the shares if it costs less.
    fn round(&mut self) {
        let of = round(self.ties, &self.program.x);
        let wrong = self.ties.wrong(&of);
        let cost = self.ties.sum(&wrong);
        if cost < self.cost * (1.0 - 1e-12) {
            (self.of, self.wrong, self.cost) = (of, wrong, cost);
        }
        self.budget = self.budget.saturating_sub(ROUNDING_STEPS * self.ties.len() as u64);
    }
}
