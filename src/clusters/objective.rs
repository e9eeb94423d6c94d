//! What makes one partition better than another.
//!
//! H(c) = sum over pairs in one cluster of `w_ij - g+ p_i p_j / W+ + g- n_i n_j / W-`, to be made large, where `p` and
//! `n` are the positive and negative strengths of the nodes and `W+`, `W-` their sums (Gómez, Jensen & Arenas 2009;
//! Traag & Bruggeman 2009). With g+ = g- = 0 its maximum is the minimum of [`cost`] (Doreian & Mrvar 2009; correlation
//! clustering, Bansal, Blum & Chawla 2004); with 1 it is signed modularity, not divided by the total weight.

use super::graph::Csr;
use crate::network::SignedGraph;

/// How much of the expected weight is subtracted; higher values make smaller clusters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolution {
    /// g+, for the positive weights.
    pub positive: f64,
    /// g-, for the negative weights.
    pub negative: f64,
}

impl Resolution {
    /// Correlation clustering, which is relaxed structural balance: nothing is subtracted.
    pub const BALANCE: Self = Self { positive: 0.0, negative: 0.0 };
    /// Signed modularity.
    pub const MODULARITY: Self = Self { positive: 1.0, negative: 1.0 };

    pub(super) fn is_balance(self) -> bool {
        self == Self::BALANCE
    }
}

/// Negative weight inside clusters plus positive weight between them; `of` gives the cluster of each node.
pub fn cost(graph: &SignedGraph, of: &[usize]) -> f64 {
    let wrong = |&(i, j, w): &(u32, u32, f64)| {
        let together = of.get(i as usize) == of.get(j as usize);
        if together == (w < 0.0) { w.abs() } else { 0.0 }
    };
    graph.edges.iter().map(wrong).sum()
}

/// H, see the module; `of` gives the cluster of each node.
pub fn objective(graph: &SignedGraph, of: &[usize], resolution: Resolution) -> f64 {
    let csr = Csr::new(graph.names.len(), &graph.edges);
    let of: Vec<u32> = of.iter().map(|&c| c as u32).collect();
    Objective::new(&csr, resolution).value(&csr, &of)
}

/// The objective with the graph's constants worked out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Objective {
    /// g+ / W+ and g- / W-, 0 where there is no such weight.
    positive: f64,
    negative: f64,
}

/// How one partition compares to another.
pub(super) struct Comparison {
    /// How much higher its H is; 0 when the difference may be rounding alone.
    pub(super) gain: f64,
    /// How much more negative weight it has inside clusters; likewise.
    enmity: f64,
}

impl Comparison {
    /// See [`Objective::prefers`], with the two partitions that were compared.
    pub(super) fn prefers(&self, a: &[u32], b: &[u32]) -> bool {
        let clusters = |of: &[u32]| of.iter().max().copied();
        match (self.gain, self.enmity) {
            (0.0, 0.0) => clusters(a) > clusters(b) || (clusters(a) == clusters(b) && a < b),
            (0.0, enmity) => enmity < 0.0,
            (gain, _) => gain > 0.0,
        }
    }
}

impl Objective {
    pub(super) fn new(graph: &Csr, resolution: Resolution) -> Self {
        let share = |g: f64, strengths: &[f64]| {
            let total: f64 = strengths.iter().sum();
            if total > 0.0 { g / total } else { 0.0 }
        };
        Self {
            positive: share(resolution.positive, &graph.positive),
            negative: share(resolution.negative, &graph.negative),
        }
    }

    /// What putting two nodes (or clusters) of these strengths together is worth besides the weight between them.
    pub(super) fn expected(&self, (p, n): (f64, f64), (q, m): (f64, f64)) -> f64 {
        self.negative * n * m - self.positive * p * q
    }

    /// The share of the weights in a sum of so many terms below which the sum may be rounding alone.
    pub(super) fn rounding(&self, terms: usize) -> f64 {
        // Strengths of clusters are kept up to date move by move, and gather more of it.
        let drift = if self.is_balance() { 0.0 } else { 1e-12 };
        (terms + 8) as f64 * f64::EPSILON + drift
    }

    pub(super) fn is_balance(&self) -> bool {
        self.positive == 0.0 && self.negative == 0.0
    }

    /// Whether partition `a` is preferred to `b`: by higher H; among equals by less negative weight inside, then by more
    /// clusters, so that nobody is put together for want of a reason; then by the clusters' numbers, in order of nodes.
    pub(super) fn prefers(&self, graph: &Csr, a: &[u32], b: &[u32]) -> bool {
        self.compare(graph, a, b).prefers(a, b)
    }

    /// Sets partition `a` against `b`.
    ///
    /// Only pairs that one of them puts together are added up, so that heavy ties elsewhere do not drown light ones.
    pub(super) fn compare(&self, graph: &Csr, a: &[u32], b: &[u32]) -> Comparison {
        let (mut gain, mut enmity, mut scale, mut terms) = (0.0, 0.0, 0.0, 0);
        for (i, j, w) in graph.pairs() {
            let sign = f64::from(u8::from(a[i] == a[j])) - f64::from(u8::from(b[i] == b[j]));
            if sign != 0.0 {
                gain += sign * w;
                enmity += sign * (-w).max(0.0);
                scale += w.abs();
                terms += 1;
            }
        }
        let enmity_scale = scale;
        if !self.is_balance() {
            gain += self.expected_inside(graph, a) - self.expected_inside(graph, b);
            scale += graph.positive.iter().chain(&graph.negative).sum::<f64>();
            terms += graph.nodes();
        }
        let unless_rounding = |sum: f64, scale: f64| if sum.abs() > self.rounding(terms) * scale { sum } else { 0.0 };
        Comparison { gain: unless_rounding(gain, scale), enmity: unless_rounding(enmity, enmity_scale) }
    }

    /// H of a partition.
    pub(super) fn value(&self, graph: &Csr, of: &[u32]) -> f64 {
        let inside: f64 = graph.pairs().filter(|&(i, j, _)| of[i] == of[j]).map(|(_, _, w)| w).sum();
        inside + self.expected_inside(graph, of)
    }

    /// What all pairs in one cluster are worth besides the weight between them.
    fn expected_inside(&self, graph: &Csr, of: &[u32]) -> f64 {
        if self.is_balance() {
            return 0.0;
        }
        let clusters = of.iter().max().map_or(0, |&c| c as usize + 1);
        let mut sums = vec![(0.0, 0.0); clusters];
        let mut own = 0.0;
        for (i, &c) in of.iter().enumerate() {
            let strengths = (graph.positive[i], graph.negative[i]);
            sums[c as usize].0 += strengths.0;
            sums[c as usize].1 += strengths.1;
            own += self.expected(strengths, strengths);
        }
        (sums.iter().map(|&s| self.expected(s, s)).sum::<f64>() - own) / 2.0
    }
}
