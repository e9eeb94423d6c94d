//! Small parts: all partitions that could be best, by branch and bound, for any resolution.
//!
//! In: a graph and a partition to beat. Out: the best partition (into so many clusters, where their number is fixed), and
//! whether it is proven that none is better.

use super::graph::Csr;
use super::objective::Objective;

/// More nodes than this are not tried.
pub(super) const MOST_NODES: usize = 24;

/// Looks for a partition, into as many clusters as `of` has where that is `fixed`, that is preferred to `of`; gives up
/// after `budget` steps. Returns whether it got through, and leaves the best partition found in `of`.
pub(super) fn search(graph: &Csr, objective: &Objective, of: &mut Vec<u32>, fixed: bool, budget: usize) -> bool {
    let n = graph.nodes();
    if n > MOST_NODES {
        return false;
    }
    let mut worth = vec![vec![0.0; n]; n];
    for (i, row) in worth.iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate().filter(|(j, _)| *j != i) {
            let strengths = |i: usize| (graph.positive[i], graph.negative[i]);
            *cell = objective.expected(strengths(i), strengths(j));
        }
        for (j, w) in graph.neighbours(i) {
            row[j] += w;
        }
    }
    // Who matters most is placed first: the bound then bites early.
    let mut order: Vec<usize> = (0..n).collect();
    let weight = |i: usize| worth[i].iter().map(|w| w.abs()).sum::<f64>();
    order.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
    let worth: Vec<Vec<f64>> = order.iter().map(|&i| order.iter().map(|&j| worth[i][j]).collect()).collect();
    let mut open = vec![0.0; n + 1];
    for k in (0..n).rev() {
        open[k] = open[k + 1] + worth[k][k + 1..].iter().map(|w| w.max(0.0)).sum::<f64>();
    }
    // Rounding may make a bound too low: what comes this close is looked at.
    let total: f64 = worth.iter().flatten().map(|w| w.abs()).sum();
    let rounding = objective.rounding(n * n) * total;
    let best = objective.value(graph, of);
    let fixed = fixed.then(|| of.iter().max().map_or(0, |c| c + 1));
    let mut tree = Tree { graph, objective, order, worth, open, rounding, budget, best, fixed, of };
    tree.place(0, 0.0, &mut Vec::with_capacity(n), 0)
}

struct Tree<'a> {
    graph: &'a Csr,
    objective: &'a Objective,
    order: Vec<usize>,
    /// What each two nodes together are worth, in `order`.
    worth: Vec<Vec<f64>>,
    /// The most that pairs of nodes from `k` on can be worth.
    open: Vec<f64>,
    rounding: f64,
    budget: usize,
    /// H of `of`.
    best: f64,
    /// How many clusters there must be, where that is not free.
    fixed: Option<u32>,
    of: &'a mut Vec<u32>,
}

impl Tree<'_> {
    /// Places node `k` into each cluster in turn; at most `MOST_NODES` calls deep. False when the budget is spent.
    fn place(&mut self, k: usize, value: f64, placed: &mut Vec<u32>, clusters: u32) -> bool {
        let Some(left) = self.budget.checked_sub(1) else { return false };
        self.budget = left;
        let n = self.order.len();
        if k == n {
            self.compare(placed);
            return true;
        }
        if value + self.bound(k, placed, clusters) < self.best - self.rounding {
            return true;
        }
        let mut gains = self.gains(k, placed, clusters);
        gains.push(0.0);
        let missing = self.fixed.map(|k| k.saturating_sub(clusters) as usize);
        let mut choices: Vec<usize> = match missing {
            Some(0) => (0..clusters as usize).collect(),
            // All that are left must begin clusters of their own.
            Some(missing) if missing == n - k => vec![clusters as usize],
            _ => (0..gains.len()).collect(),
        };
        choices.sort_by(|&a, &b| gains[b].total_cmp(&gains[a]).then(a.cmp(&b)));
        for c in choices {
            placed.push(c as u32);
            let through = self.place(k + 1, value + gains[c], placed, clusters.max(c as u32 + 1));
            placed.pop();
            if !through {
                return false;
            }
        }
        true
    }

    /// What node `k` gains in each cluster.
    fn gains(&self, k: usize, placed: &[u32], clusters: u32) -> Vec<f64> {
        let mut gains = vec![0.0; clusters as usize];
        for (worth, &c) in self.worth[k].iter().zip(placed) {
            gains[c as usize] += worth;
        }
        gains
    }

    /// The most that the nodes from `k` on can add: each its best cluster, and all good pairs among them together.
    fn bound(&self, k: usize, placed: &[u32], clusters: u32) -> f64 {
        let best = |i| self.gains(i, placed, clusters).into_iter().fold(0.0, f64::max);
        self.open[k] + (k..self.order.len()).map(best).sum::<f64>()
    }

    fn compare(&mut self, placed: &[u32]) {
        let mut found = vec![0; placed.len()];
        for (&i, &c) in self.order.iter().zip(placed) {
            found[i] = c;
        }
        super::graph::renumber(&mut found);
        if self.objective.prefers(self.graph, &found, self.of) {
            self.best = self.objective.value(self.graph, &found);
            *self.of = found;
        }
    }
}
