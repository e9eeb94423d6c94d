//! The graph as the search sees it: neighbours in one array, strengths beside them.
//!
//! In: pairs with weights. Out: [`Csr`]. Never here: names, and what a cluster is good for.

/// An undirected graph in compressed sparse rows, each pair stored at both ends.
#[derive(Debug, Clone)]
pub(super) struct Csr {
    /// Row `i` is `to[start[i]..start[i + 1]]`.
    start: Vec<usize>,
    to: Vec<u32>,
    weight: Vec<f64>,
    /// Sum of each node's positive weights in the graph that was given, before any contraction.
    pub(super) positive: Vec<f64>,
    /// Likewise of its negative weights, as a number of 0 or more.
    pub(super) negative: Vec<f64>,
}

impl Csr {
    /// `edges` are `(i, j, w)` with `i < j < nodes`, each pair at most once.
    pub(super) fn new(nodes: usize, edges: &[(u32, u32, f64)]) -> Self {
        let mut positive = vec![0.0; nodes];
        let mut negative = vec![0.0; nodes];
        for &(i, j, w) in edges {
            let strengths = if w > 0.0 { &mut positive } else { &mut negative };
            strengths[i as usize] += w.abs();
            strengths[j as usize] += w.abs();
        }
        Self::with_strengths(edges, positive, negative)
    }

    fn with_strengths(edges: &[(u32, u32, f64)], positive: Vec<f64>, negative: Vec<f64>) -> Self {
        let mut start = vec![0; positive.len() + 1];
        for &(i, j, _) in edges {
            start[i as usize + 1] += 1;
            start[j as usize + 1] += 1;
        }
        for i in 1..start.len() {
            start[i] += start[i - 1];
        }
        let mut next = start.clone();
        let mut to = vec![0; 2 * edges.len()];
        let mut weight = vec![0.0; 2 * edges.len()];
        for &(i, j, w) in edges {
            for (a, b) in [(i, j), (j, i)] {
                let at = &mut next[a as usize];
                to[*at] = b;
                weight[*at] = w;
                *at += 1;
            }
        }
        Self { start, to, weight, positive, negative }
    }

    pub(super) fn nodes(&self) -> usize {
        self.positive.len()
    }

    pub(super) fn degree(&self, i: usize) -> usize {
        self.start[i + 1] - self.start[i]
    }

    /// The neighbours of `i` and the weights toward them.
    pub(super) fn neighbours(&self, i: usize) -> impl Iterator<Item = (usize, f64)> {
        let row = self.start[i]..self.start[i + 1];
        self.to[row.clone()].iter().map(|&j| j as usize).zip(self.weight[row].iter().copied())
    }

    /// Each pair once, in order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        (0..self.nodes())
            .flat_map(move |i| self.neighbours(i).filter(move |&(j, _)| i < j).map(move |(j, w)| (i, j, w)))
    }

    /// The graph in which node `c` is all nodes `i` with `of[i] == c`; `of` uses `clusters` numbers from 0.
    pub(super) fn contract(&self, of: &[u32], clusters: usize) -> Self {
        let between = |(i, j, w): (usize, usize, f64)| (of[i].min(of[j]), of[i].max(of[j]), w);
        let mut edges: Vec<_> = self.pairs().map(between).filter(|(a, b, _)| a != b).collect();
        edges.sort_by_key(|&(a, b, _)| (a, b));
        edges.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            kept.2 += if same { next.2 } else { 0.0 };
            same
        });
        let sum = |strengths: &[f64]| {
            let mut sums = vec![0.0; clusters];
            for (&c, s) in of.iter().zip(strengths) {
                sums[c as usize] += s;
            }
            sums
        };
        Self::with_strengths(&edges, sum(&self.positive), sum(&self.negative))
    }
}

/// Renumbers clusters from 0 in the order in which nodes meet them; returns how many there are.
pub(super) fn renumber(of: &mut [u32]) -> usize {
    let highest = of.iter().max().map_or(0, |&m| m as usize + 1);
    let mut number = vec![u32::MAX; highest];
    let mut next = 0;
    for c in of {
        let known = &mut number[*c as usize];
        if *known == u32::MAX {
            *known = next;
            next += 1;
        }
        *c = *known;
    }
    next as usize
}

/// Numbers clusters from 0, the largest first, equals by their first node.
pub(super) fn largest_first(of: &mut [u32]) -> usize {
    let clusters = renumber(of);
    let mut sizes = vec![0usize; clusters];
    for &c in of.iter() {
        sizes[c as usize] += 1;
    }
    let mut order: Vec<usize> = (0..clusters).collect();
    order.sort_by_key(|&c| (std::cmp::Reverse(sizes[c]), c));
    let mut number = vec![0; clusters];
    for (new, old) in order.into_iter().enumerate() {
        number[old] = new as u32;
    }
    for c in of {
        *c = number[*c as usize];
    }
    clusters
}
