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
        let mut to = vec![0; 2 * edges.len()];
        let mut weight = vec![0.0; 2 * edges.len()];
        let start = rows(positive.len(), edges, |at, tie, neighbour| {
            to[at] = neighbour;
            weight[at] = edges[tie].2;
        });
        Self { start, to, weight, positive, negative }
    }

    pub(super) fn nodes(&self) -> usize {
        self.positive.len()
    }

    /// Ties, counted at both ends.
    pub(super) fn ties(&self) -> usize {
        self.to.len()
    }

    /// Neighbour number `at` of `i`, below its degree.
    pub(super) fn neighbour(&self, i: usize, at: usize) -> usize {
        self.to[self.start[i] + at] as usize
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

    /// The graph in which node `c` is all nodes `i` with `of[i] == c`; `of` uses `clusters` numbers from 0. Pairs whose
    /// weights cancel out are left out.
    pub(super) fn contract(&self, of: &[u32], clusters: usize) -> Self {
        let mut first = vec![0; clusters + 1];
        for &c in of {
            first[c as usize + 1] += 1;
        }
        for c in 0..clusters {
            first[c + 1] += first[c];
        }
        let mut next = first.clone();
        let mut members = vec![0; of.len()];
        let (mut positive, mut negative) = (vec![0.0; clusters], vec![0.0; clusters]);
        for (i, &c) in of.iter().enumerate() {
            let c = c as usize;
            members[next[c]] = i;
            next[c] += 1;
            positive[c] += self.positive[i];
            negative[c] += self.negative[i];
        }
        // Each pair is added up once, from its lower end: a sum in another order might round otherwise, and nodes that
        // see different weights between them could chase each other forever.
        let mut edges = Vec::new();
        let mut sum = vec![0.0; clusters];
        let mut is_met = vec![false; clusters];
        let mut met = Vec::new();
        for c in 0..clusters {
            for &i in &members[first[c]..first[c + 1]] {
                for (j, w) in self.neighbours(i).filter(|&(j, _)| of[j] as usize > c) {
                    let other = of[j] as usize;
                    if !std::mem::replace(&mut is_met[other], true) {
                        met.push(other);
                    }
                    sum[other] += w;
                }
            }
            for other in met.drain(..) {
                is_met[other] = false;
                let w = std::mem::take(&mut sum[other]);
                if w != 0.0 {
                    edges.push((c as u32, other as u32, w));
                }
            }
        }
        Self::with_strengths(&edges, positive, negative)
    }
}

/// Compressed sparse rows: row `i` has the places `start[i]..start[i + 1]`, one for each tie of node `i`, in the order of
/// `edges`; `put` is told the place, the tie's position in `edges` and the node at its other end. Gives `start`.
pub(super) fn rows(nodes: usize, edges: &[(u32, u32, f64)], mut put: impl FnMut(usize, usize, u32)) -> Vec<usize> {
    let mut start = vec![0; nodes + 1];
    for &(i, j, _) in edges {
        start[i as usize + 1] += 1;
        start[j as usize + 1] += 1;
    }
    for i in 1..start.len() {
        start[i] += start[i - 1];
    }
    let mut next = start.clone();
    for (tie, &(i, j, _)) in edges.iter().enumerate() {
        for (a, b) in [(i, j), (j, i)] {
            let at = &mut next[a as usize];
            put(*at, tie, b);
            *at += 1;
        }
    }
    start
}

/// How many nodes each cluster has.
pub(super) fn sizes(of: &[usize]) -> Vec<usize> {
    let mut sizes = vec![0; of.iter().max().map_or(0, |&c| c + 1)];
    of.iter().for_each(|&c| sizes[c] += 1);
    sizes
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
