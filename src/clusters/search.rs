//! The whole search: what can be solved alone, from several starts, fused; and small parts exactly.
//!
//! In: a signed graph and settings. Out: a [`Partition`]. Never here: how nodes move.

use super::fixed::with_clusters;
use super::graph::{Csr, largest_first, renumber};
use super::levels::{Search, Shaking};
use super::objective::{Objective, Resolution};
use super::proof::{Rule, prove, steps};
use super::random::Random;
use super::{Effort, cost, exact};
use crate::network::SignedGraph;
use crate::{Error, Result};
use rayon::prelude::*;

/// Settings of the search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusterOptions {
    /// Seed of all random choices.
    pub seed: u64,
    /// What is looked for.
    pub resolution: Resolution,
    /// How much work goes into the search.
    pub effort: Effort,
    /// Exactly so many clusters (Doreian & Mrvar 2009); as many as are best when `None`.
    pub clusters: Option<usize>,
    /// Steps that the exact search of each small part may take; 0 leaves it out.
    pub exact_steps: usize,
    /// How much work goes into a lower bound and a proof, with correlation clustering into as many clusters as are best;
    /// `None` for no bound.
    pub proof: Option<Effort>,
}

impl Default for ClusterOptions {
    fn default() -> Self {
        Self {
            seed: 0,
            resolution: Resolution::BALANCE,
            effort: Effort::Normal,
            clusters: None,
            exact_steps: 200_000,
            proof: Some(Effort::Normal),
        }
    }
}

impl ClusterOptions {
    /// Whether a graph of so many nodes can be parted as asked.
    ///
    /// # Errors
    /// [`Error::Usage`] when the number of clusters asked for is 0, or more than there are nodes.
    pub fn check(&self, nodes: usize) -> Result<()> {
        match self.clusters {
            Some(0) => Err(Error::Usage("0 clusters were asked for; there must be at least 1".to_owned())),
            Some(k) if k > nodes => Err(Error::Usage(format!(
                "{k} clusters were asked for, but there are only {nodes} actors; ask for at most as many clusters"
            ))),
            _ => Ok(()),
        }
    }
}

/// A partition of a graph's nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Partition {
    /// Cluster of each node; clusters are numbered from 0, largest first, equals by their first node.
    pub of: Vec<usize>,
    /// Negative weight inside clusters plus positive weight between them.
    pub cost: f64,
    /// No partition costs less (but for rounding); 0 where nothing is known, as with other resolutions than
    /// [`Resolution::BALANCE`].
    pub lower: f64,
    /// H, see [`objective`](super::objective()).
    pub objective: f64,
    /// Whether it is proven that no partition has a higher H (but for rounding).
    pub proven: bool,
}

/// The best partition that is found, the same for the same graph and options however many threads there are. Nodes
/// without ties stand alone; among equals enemies are not put together.
///
/// With correlation clustering no cluster of a best partition reaches over two parts that only negative ties connect,
/// so each such part is solved alone; unless the number of clusters is fixed. It is then the nodes with ties that are
/// parted into so many; those without make up for clusters that are still missing, and the others of them go into the
/// largest. A number of clusters that [`ClusterOptions::check`] would refuse is taken for the nearest possible one.
pub fn cluster(graph: &SignedGraph, options: &ClusterOptions) -> Partition {
    let n = graph.names.len();
    let by_positive = options.resolution.is_balance() && options.clusters.is_none();
    let (nodes, edges): (Vec<_>, Vec<_>) = parts(graph, by_positive).into_iter().map(|p| (p.nodes, p.edges)).unzip();
    let found: Vec<Solved> =
        edges.into_par_iter().zip(&nodes).map(|(edges, nodes)| solve(nodes.len(), edges, options)).collect();
    let mut of: Vec<u32> = vec![u32::MAX; n];
    let mut next = 0;
    for (nodes, solved) in nodes.iter().zip(&found) {
        for (&i, &c) in nodes.iter().zip(&solved.of) {
            of[i as usize] = next + c;
        }
        next += solved.of.iter().max().map_or(0, |&c| c + 1);
    }
    let proven = found.iter().all(|solved| solved.proven);
    let lower: f64 = found.iter().map(|solved| solved.lower).sum();
    let most = options.clusters.map_or(n, |k| k.clamp(1, n.max(1)));
    place_lone(&mut of, next as usize..most);
    largest_first(&mut of);
    let of: Vec<usize> = of.into_iter().map(|c| c as usize).collect();
    let objective = super::objective(graph, &of, options.resolution);
    let cost = cost(graph, &of);
    Partition { lower: if proven && by_positive { cost } else { lower.min(cost) }, cost, objective, proven, of }
}

/// The cost of the best partitions found into exactly 1, 2, ... `most` clusters, as far as there are nodes. Each is a
/// search of its own, so that on large graphs [`Effort::Quick`] is advised.
pub fn costs_by_k(graph: &SignedGraph, most: usize, options: &ClusterOptions) -> Vec<f64> {
    let cost = |k| cluster(graph, &ClusterOptions { clusters: Some(k), ..*options }).cost;
    (1..=most.min(graph.names.len())).into_par_iter().map(cost).collect()
}

/// Gives nodes without a cluster (`u32::MAX`) one each of the numbers that are left, and then the largest cluster.
fn place_lone(of: &mut [u32], left: std::ops::Range<usize>) {
    let mut size = vec![0usize; left.end.max(left.start)];
    for &c in of.iter().filter(|&&c| c != u32::MAX) {
        size[c as usize] += 1;
    }
    let largest = (0..size.len()).max_by_key(|&c| (size[c], std::cmp::Reverse(c))).unwrap_or(0);
    let mut numbers = left.chain(std::iter::repeat(largest));
    for (c, number) in of.iter_mut().filter(|c| **c == u32::MAX).zip(&mut numbers) {
        *c = number as u32;
    }
}

/// Nodes that can be solved without the others, and the ties among them with nodes numbered by `nodes`.
struct Part {
    nodes: Vec<u32>,
    edges: Vec<(u32, u32, f64)>,
}

/// Parts of at least two nodes: connected by positive ties when `by_positive`, else all nodes that have a tie.
fn parts(graph: &SignedGraph, by_positive: bool) -> Vec<Part> {
    let n = graph.names.len();
    let fits = |&(i, j, w): &(u32, u32, f64)| i < j && (j as usize) < n && w != 0.0 && w.is_finite();
    let edges = || graph.edges.iter().copied().filter(fits);
    let mut parent: Vec<u32> = (0..n as u32).collect();
    let mut first_tied = None;
    for (i, j, w) in edges() {
        let to = *first_tied.get_or_insert(i);
        let joins = if by_positive { [(i, j), (i, i)] } else { [(i, to), (j, to)] };
        if w > 0.0 || !by_positive {
            for (a, b) in joins {
                let (a, b) = (root(&mut parent, a), root(&mut parent, b));
                parent[a.max(b) as usize] = a.min(b);
            }
        }
    }
    let mut part_of: Vec<u32> = (0..n as u32).map(|i| root(&mut parent, i)).collect();
    let count = renumber(&mut part_of);
    let mut number = vec![0; n];
    let mut parts: Vec<Part> = (0..count).map(|_| Part { nodes: Vec::new(), edges: Vec::new() }).collect();
    for (i, &p) in part_of.iter().enumerate() {
        let nodes = &mut parts[p as usize].nodes;
        number[i] = nodes.len() as u32;
        nodes.push(i as u32);
    }
    for (i, j, w) in edges().filter(|e| part_of[e.0 as usize] == part_of[e.1 as usize]) {
        parts[part_of[i as usize] as usize].edges.push((number[i as usize], number[j as usize], w));
    }
    parts.retain(|p| p.nodes.len() > 1);
    parts
}

/// The first node of the part, with the path to it made shorter on the way.
fn root(parent: &mut [u32], mut i: u32) -> u32 {
    while parent[i as usize] != i {
        parent[i as usize] = parent[parent[i as usize] as usize];
        i = parent[i as usize];
    }
    i
}

/// A part's best partition that is found, and what is known of the best that there is.
struct Solved {
    of: Vec<u32>,
    /// No partition costs less; 0 when nothing is known.
    lower: f64,
    /// None is better.
    proven: bool,
}

fn solve(nodes: usize, edges: Vec<(u32, u32, f64)>, options: &ClusterOptions) -> Solved {
    let graph = Csr::new(nodes, &edges);
    drop(edges); // which are much of the memory
    let objective = Objective::new(&graph, options.resolution);
    let fixed = options.clusters.is_some();
    let search = Search { objective: &objective, fixed };
    let work = Work::of(&graph, options.effort);
    let run = |start: u64| {
        let mut random = Random::new(options.seed, start);
        let mut of: Vec<u32> = (0..graph.nodes() as u32).collect();
        if let Some(k) = options.clusters {
            let free = Search { fixed: false, ..search };
            free.cycle(&graph, &mut of, Shaking::NONE, &mut random);
            of = with_clusters(&graph, &objective, &of, k);
        }
        work.improve(&graph, search, of, &mut random)
    };
    // One after the other, so that what counts as equal does not depend on threads.
    let mut runs = (0..work.starts).into_par_iter().map(run).collect::<Vec<_>>().into_iter();
    let mut best = runs.next().unwrap_or_default();
    let mut random = Random::new(options.seed, work.starts);
    for other in runs {
        best = search.fuse(&graph, (best, other), work.shaking, &mut random);
    }
    if work.starts > 1 {
        best = work.improve(&graph, search, best, &mut random);
    }
    if options.resolution.is_balance() && !fixed {
        best = split(&graph, &best);
    }
    renumber(&mut best);
    let through = exact::search(&graph, &objective, &mut best, fixed, options.exact_steps);
    if fixed || !options.resolution.is_balance() {
        // With their number fixed others may still be better.
        return Solved { of: best, lower: 0.0, proven: through && !fixed };
    }
    let mut lower = 0.0;
    if let Some(effort) = options.proof.filter(|_| !through) {
        let ties: Vec<(u32, u32, f64)> = graph.pairs().map(|(i, j, w)| (i as u32, j as u32, w)).collect();
        let proof = prove(Rule::Clusters, nodes, &ties, &best, steps(effort, ties.len()));
        lower = proof.lower;
        if let Some(mut found) = proof.better {
            search.cycle(&graph, &mut found, Shaking::NONE, &mut random);
            renumber(&mut found);
            if objective.prefers(&graph, &found, &best) {
                best = found;
            }
        }
    }
    let cost = wrong(&graph, &best);
    let proven = through || lower >= cost * (1.0 - 1e-9);
    Solved { of: best, lower: if through { cost } else { lower.min(cost) }, proven }
}

/// What a partition of a part costs.
fn wrong(graph: &Csr, of: &[u32]) -> f64 {
    graph.pairs().filter(|&(i, j, w)| (of[i] == of[j]) == (w < 0.0)).map(|e| e.2.abs()).sum()
}

/// A graph with fewer ends of ties than this is small.
const SMALL: usize = 10_000;

/// How much to do for one part.
struct Work {
    /// Searches side by side, which are then fused.
    starts: u64,
    shaking: Shaking,
    /// Steps after which each search begins no new cycle.
    steps: u64,
    /// Cycles without gain after which it does so too.
    patience: usize,
}

impl Work {
    fn of(graph: &Csr, effort: Effort) -> Self {
        // Small graphs are looked at longer: it takes next to no time, and in noise the best is hard to find.
        let small = graph.ties() < SMALL;
        let (starts, share, by_tie, least, patience) = match effort {
            Effort::Quick => (1, 0.1, 15, 0, 2),
            Effort::Normal if small => (8, 0.4, 20, 2_000_000, 3),
            Effort::Normal => (2, 0.4, 20, 2_000_000, 4),
            Effort::High if small => (24, 0.4, 20, 3_000_000, 5),
            Effort::High => (3, 0.4, 20, 3_000_000, 5),
        };
        let more = if small { 50 } else { 20 };
        let steps = by_tie * graph.ties() as u64 + least;
        Self { starts, shaking: Shaking { share, more, most: steps }, steps, patience }
    }

    /// Goes through cycles from a partition until the work is done.
    fn improve(&self, graph: &Csr, search: Search, mut of: Vec<u32>, random: &mut Random) -> Vec<u32> {
        let mut steps = search.cycle(graph, &mut of, Shaking::NONE, random);
        let mut best = of.clone();
        let mut idle = 0;
        while steps < self.steps && idle < self.patience {
            steps += search.cycle(graph, &mut of, self.shaking, random);
            idle += 1;
            let change = search.objective.compare(graph, &of, &best);
            if change.gain > 0.0 {
                idle = 0;
            }
            if change.prefers(&of, &best) {
                best.clone_from(&of);
            }
        }
        best
    }
}

/// Splits clusters that no positive ties hold together, which costs nothing.
fn split(graph: &Csr, of: &[u32]) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..of.len() as u32).collect();
    for (i, j, _) in graph.pairs().filter(|&(i, j, w)| w > 0.0 && of[i] == of[j]) {
        let (a, b) = (root(&mut parent, i as u32), root(&mut parent, j as u32));
        parent[a.max(b) as usize] = a.min(b);
    }
    (0..of.len() as u32).map(|i| root(&mut parent, i)).collect()
}
