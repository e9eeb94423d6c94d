//! Bad cycles that were found, and what a bound they give.
//!
//! In: cycles as lists of ties. Out: a lower bound from any weights on them. Never here: how cycles are found.
//!
//! At least one tie of every bad cycle is wrong. Let `y` give each cycle a weight of 0 or more, and let the load of a
//! tie be the weight of the cycles through it. Whoever has each tie wrong at most once pays at least `sum y + sum over
//! ties of min(0, cost - load)`, the Lagrangian of the covering program, for any `y` whatever; when no load is above
//! the cost, `y` is a packing and the bound is its sum. So no rounding in a solver can make it false.

use super::ties::Ties;
use std::collections::HashSet;

/// Cycles, each once.
pub(super) struct Cycles {
    /// Cycle `c` is `ties[start[c]..start[c + 1]]`.
    start: Vec<usize>,
    ties: Vec<u32>,
    /// Only asked for what is in it, never for an order.
    known: HashSet<u64>,
}

impl Cycles {
    pub(super) fn new() -> Self {
        Self { start: vec![0], ties: Vec::new(), known: HashSet::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// Ties in all cycles, counted once for each.
    pub(super) fn size(&self) -> usize {
        self.ties.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.start.windows(2).map(|row| &self.ties[row[0]..row[1]])
    }

    /// False when the cycle is there already.
    pub(super) fn add(&mut self, cycle: &[u32]) -> bool {
        let fresh = self.known.insert(cycle.iter().fold(0, |sum: u64, &tie| sum.wrapping_add(scatter(tie.into()))));
        if fresh {
            self.ties.extend(cycle);
            self.start.push(self.ties.len());
        }
        fresh
    }

    /// The load on each tie.
    pub(super) fn load(&self, ties: usize, y: &[f64]) -> Vec<f64> {
        let mut load = vec![0.0; ties];
        for (cycle, &y) in self.iter().zip(y).filter(|(_, y)| **y > 0.0) {
            for &tie in cycle {
                load[tie as usize] += y;
            }
        }
        load
    }

    /// The sum of the packing that `y` becomes when each cycle is made lighter by its most overloaded tie, and then as
    /// heavy as room is left.
    pub(super) fn packing(&self, ties: &Ties, y: &[f64]) -> f64 {
        let load = self.load(ties.len(), y);
        let over: Vec<f64> = load.iter().zip(&ties.cost).map(|(load, cost)| (load / cost).max(1.0)).collect();
        let worst = |cycle: &[u32]| cycle.iter().map(|&tie| over[tie as usize]).fold(1.0, f64::max);
        let mut packed: Vec<f64> = self.iter().zip(y).map(|(cycle, y)| y / worst(cycle)).collect();
        let mut room = ties.cost.clone();
        for (cycle, &packed) in self.iter().zip(&packed) {
            for &tie in cycle {
                room[tie as usize] -= packed;
            }
        }
        for (cycle, packed) in self.iter().zip(&mut packed) {
            let left = cycle.iter().map(|&tie| room[tie as usize]).fold(f64::INFINITY, f64::min);
            if left > 0.0 && left.is_finite() {
                *packed += left;
                for &tie in cycle {
                    room[tie as usize] -= left;
                }
            }
        }
        packed.iter().sum()
    }
}

/// A number from 64 bits that look random (SplitMix64; Steele, Lea & Flood 2014), so that sums of them tell sets apart.
fn scatter(number: u64) -> u64 {
    let mut z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
