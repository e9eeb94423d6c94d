//! The whole search: what can be solved alone, from several starts, and the best of all.

use super::graph::{Csr, largest_first, renumber};
use super::objective::{Objective, Resolution};
use super::proof::{Rule, prove, steps};
use super::random::Random;
use super::{Effort, contract, cost, exact, kernighan_lin, moves};
use crate::network::SignedGraph;
use rayon::prelude::*;

/// Settings of the search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusterOptions {
    /// Seed of all random choices.
    pub seed: u64,
    /// What is looked for.
    pub resolution: Resolution,
    /// Starts, of which the best result is kept; at least 1 is made.
    pub starts: usize,
    /// Steps that the exact search of each small part may take; 0 leaves it out.
    pub exact_steps: usize,
    /// How much work goes into the proof.
    pub effort: Effort,
    /// Whether to look for a lower bound, with correlation clustering.
    pub prove: bool,
}

impl Default for ClusterOptions {
    fn default() -> Self {
        Self {
            seed: 0,
            resolution: Resolution::BALANCE,
            starts: 10,
            exact_steps: 200_000,
            effort: Effort::Normal,
            prove: true,
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
/// so each such part is solved alone.
pub fn cluster(graph: &SignedGraph, options: &ClusterOptions) -> Partition {
    let n = graph.names.len();
    let fits = |&&(i, j, w): &&(u32, u32, f64)| i < j && (j as usize) < n && w != 0.0 && w.is_finite();
    let edges: Vec<_> = graph.edges.iter().filter(fits).copied().collect();
    let mut of: Vec<u32> = vec![u32::MAX; n];
    let mut next = 0;
    let mut proven = true;
    let mut lower = 0.0;
    let balance = options.resolution.is_balance();
    for part in parts(n, &edges, balance) {
        let (found, bound) = solve(&part, options);
        proven &= bound.proven;
        lower += bound.lower;
        for (&i, &c) in part.nodes.iter().zip(&found) {
            of[i as usize] = next + c;
        }
        next += found.iter().max().map_or(0, |&c| c + 1);
    }
    for c in of.iter_mut().filter(|c| **c == u32::MAX) {
        *c = next;
        next += 1;
    }
    largest_first(&mut of);
    let of: Vec<usize> = of.into_iter().map(|c| c as usize).collect();
    let objective = super::objective(graph, &of, options.resolution);
    let cost = cost(graph, &of);
    Partition { lower: if proven && balance { cost } else { lower.min(cost) }, cost, objective, proven, of }
}

/// Nodes that can be solved without the others, and the ties among them with nodes numbered by `nodes`.
struct Part {
    nodes: Vec<u32>,
    edges: Vec<(u32, u32, f64)>,
}

/// Parts of at least two nodes: connected by positive ties when `by_positive`, else all nodes that have a tie.
fn parts(n: usize, edges: &[(u32, u32, f64)], by_positive: bool) -> Vec<Part> {
    let mut parent: Vec<u32> = (0..n as u32).collect();
    let mut first_tied = None;
    for &(i, j, w) in edges {
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
    for &(i, j, w) in edges.iter().filter(|e| part_of[e.0 as usize] == part_of[e.1 as usize]) {
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

/// What is known of the best partition of a part.
struct Bound {
    /// No partition costs less.
    lower: f64,
    /// None is better than the one that was found.
    proven: bool,
}

/// The best of all starts for one part, and what is proven of it.
fn solve(part: &Part, options: &ClusterOptions) -> (Vec<u32>, Bound) {
    let graph = Csr::new(part.nodes.len(), &part.edges);
    let objective = Objective::new(&graph, options.resolution);
    let balance = options.resolution.is_balance();
    let runs: Vec<Vec<u32>> = (0..options.starts.max(1) as u64)
        .into_par_iter()
        .map(|start| {
            let mut random = Random::new(options.seed, start);
            let mut of = first(&graph, start, balance, &mut random);
            moves::improve(&graph, &objective, &mut of, &mut random);
            if balance {
                kernighan_lin::improve(&graph, &objective, &mut of);
                moves::improve(&graph, &objective, &mut of, &mut random);
                of = split(&part.edges, &of);
            }
            renumber(&mut of);
            of
        })
        .collect();
    let better = |a: Vec<u32>, b: Vec<u32>| if objective.prefers(&graph, &b, &a) { b } else { a };
    // One after the other, so that what counts as equal does not depend on threads.
    let mut best = runs.into_iter().reduce(better).unwrap_or_default();
    let through = exact::search(&graph, &objective, &mut best, options.exact_steps);
    if through || !balance {
        let lower = if balance { wrong(part, &best) } else { 0.0 };
        return (best, Bound { lower, proven: through });
    }
    let mut lower = 0.0;
    if options.prove {
        let budget = steps(options.effort, part.edges.len());
        let proof = prove(Rule::Clusters, part.nodes.len(), &part.edges, &best, budget);
        lower = proof.lower;
        if let Some(mut found) = proof.better {
            moves::improve(&graph, &objective, &mut found, &mut Random::new(options.seed, 0));
            best = better(best, found);
        }
    }
    let cost = wrong(part, &best);
    (best, Bound { lower: lower.min(cost), proven: lower >= cost * (1.0 - 1e-9) })
}

/// What a partition of a part costs.
fn wrong(part: &Part, of: &[u32]) -> f64 {
    let wrong = |&&(i, j, w): &&(u32, u32, f64)| (of[i as usize] == of[j as usize]) == (w < 0.0);
    part.edges.iter().filter(wrong).map(|e| e.2.abs()).sum()
}

/// Splits clusters that no positive ties hold together, which costs nothing.
fn split(edges: &[(u32, u32, f64)], of: &[u32]) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..of.len() as u32).collect();
    for &(i, j, _) in edges.iter().filter(|&&(i, j, w)| w > 0.0 && of[i as usize] == of[j as usize]) {
        let (a, b) = (root(&mut parent, i), root(&mut parent, j));
        parent[a.max(b) as usize] = a.min(b);
    }
    (0..of.len() as u32).map(|i| root(&mut parent, i)).collect()
}

/// Where a search starts: the greedy contraction, all alone, or thrown together at random.
fn first(graph: &Csr, start: u64, balance: bool, random: &mut Random) -> Vec<u32> {
    let n = graph.nodes();
    match start {
        0 if balance => contract::contract(graph),
        s if s % 3 == 2 => {
            let clusters = 2 + random.below(n.min(30));
            (0..n).map(|_| random.below(clusters) as u32).collect()
        }
        _ => (0..n as u32).collect(),
    }
}
