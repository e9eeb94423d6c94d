//! The ties as the proof sees them: what each costs when it is wrong, and where it leads.
//!
//! In: ends and weights. Out: [`Ties`]. Never here: cycles, bounds.

use crate::clusters::graph::rows;

/// What makes a set of ties fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Any number of clusters: no cycle has exactly one negative tie (Davis 1967).
    Clusters,
    /// Two camps: no cycle has an odd number of negative ties (Harary 1953).
    Camps,
}

/// Ties among nodes numbered from 0. A tie is wrong when it is negative inside a cluster or positive between two.
pub(super) struct Ties {
    pub(super) rule: Rule,
    pub(super) ends: Vec<(u32, u32)>,
    pub(super) negative: Vec<bool>,
    /// What each costs when it is wrong; more than 0.
    pub(super) cost: Vec<f64>,
    /// Row `i` of `around` is `start[i]..start[i + 1]`.
    start: Vec<usize>,
    /// Neighbours, and twice the ties toward them, plus one when they are negative.
    around: Vec<(u32, u32)>,
}

impl Ties {
    /// `edges` are `(i, j, w)` with `i, j < nodes`, `i != j` and `w != 0`.
    pub(super) fn new(rule: Rule, nodes: usize, edges: &[(u32, u32, f64)]) -> Self {
        let mut around = vec![(0, 0); 2 * edges.len()];
        let start = rows(nodes, edges, |at, tie, to| {
            around[at] = (to, 2 * tie as u32 + u32::from(edges[tie].2 < 0.0));
        });
        Self {
            rule,
            ends: edges.iter().map(|&(i, j, _)| (i, j)).collect(),
            negative: edges.iter().map(|e| e.2 < 0.0).collect(),
            cost: edges.iter().map(|e| e.2.abs()).collect(),
            start,
            around,
        }
    }

    pub(super) fn nodes(&self) -> usize {
        self.start.len() - 1
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn degree(&self, node: usize) -> usize {
        self.start[node + 1] - self.start[node]
    }

    /// Neighbours, ties toward them, and whether these are negative.
    pub(super) fn around(&self, node: usize) -> impl Iterator<Item = (u32, u32, bool)> {
        let row = &self.around[self.start[node]..self.start[node + 1]];
        row.iter().map(|&(to, tie)| (to, tie / 2, tie % 2 == 1))
    }

    /// Which ties a partition has wrong.
    pub(super) fn wrong(&self, of: &[u32]) -> Vec<bool> {
        let wrong = |(&(i, j), &negative): (&(u32, u32), &bool)| (of[i as usize] == of[j as usize]) == negative;
        self.ends.iter().zip(&self.negative).map(wrong).collect()
    }

    /// What the ties marked as wrong cost together.
    pub(super) fn sum(&self, wrong: &[bool]) -> f64 {
        self.cost.iter().zip(wrong).filter(|(_, wrong)| **wrong).map(|(cost, _)| cost).sum()
    }

    /// The largest fraction 1 / d of which all costs are multiples; then the cost of any partition is one, too.
    pub(super) fn quantum(&self) -> Option<f64> {
        let whole = |d: f64| {
            self.cost.iter().all(|cost| {
                let times = cost * d;
                (0.5..MOST_QUANTA).contains(&times) && (times - libm::round(times)).abs() < NEARLY
            })
        };
        (1..=FINEST).map(f64::from).find(|&d| whole(d)).map(|d| 1.0 / d)
    }
}

/// So near to a whole number is one, and so large may it be: a million of them still add up to one within a thousandth.
const NEARLY: f64 = 1e-9;
const MOST_QUANTA: f64 = 1e6;
/// The finest fraction that is tried as a quantum: all weights with three decimals, and sums of most small fractions.
const FINEST: u32 = 5040;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quanta() {
        let of = |costs: &[f64]| {
            let edges: Vec<_> = costs.iter().enumerate().map(|(i, &w)| (i as u32, i as u32 + 1, w)).collect();
            Ties::new(Rule::Clusters, costs.len() + 1, &edges).quantum()
        };
        assert_eq!(of(&[1.0, -3.0]), Some(1.0));
        assert_eq!(of(&[1.0, 2.5, 0.75]), Some(0.25));
        assert_eq!(of(&[1.0, 1.0 / 3.0, 0.5]), Some(1.0 / 6.0));
        assert_eq!(of(&[1.0, 0.731_592_653]), None);
        assert_eq!(of(&[1e9 + 0.3, 1.0]), None);
        assert_eq!(of(&[1e-12, 1.0]), None);
    }
}
