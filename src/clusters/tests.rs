//! Tests of the search: against proven optima, against everything tried, and in the corners.

use super::graph::Csr;
use super::random::Random;
use super::*;
use crate::network::tests::{founding, network};
use crate::network::{CombinedWeights, NetworkOptions, SignedGraph};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;

pub(crate) fn graph(nodes: usize, edges: &[(u32, u32, f64)]) -> SignedGraph {
    let mut sums: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for &(i, j, w) in edges.iter().filter(|(i, j, _)| i != j) {
        *sums.entry((i.min(j), i.max(j))).or_default() += w;
    }
    let edges = sums.into_iter().filter(|(_, w)| *w != 0.0).map(|((i, j), w)| (i, j, w)).collect();
    SignedGraph { names: (0..nodes).map(|i| format!("n{i}")).collect(), edges, unreciprocated: 0.0 }
}

/// The folder of shared test graphs, where there is one.
pub(crate) fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("STANCENET_SHARED").map_or(beside, PathBuf::from).join("signed");
    if !folder.is_dir() {
        eprintln!("skipped: no {} (set STANCENET_SHARED to the folder that holds signed/)", folder.display());
        return None;
    }
    Some(folder)
}

/// A graph from `source,target,weight`.
pub(crate) fn read(file: &std::path::Path) -> SignedGraph {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut edges = Vec::new();
    for row in csv::Reader::from_path(file).unwrap().records() {
        let row = row.unwrap();
        let mut number = |name: &str| {
            let next = numbers.len() as u32;
            *numbers.entry(name.to_owned()).or_insert(next)
        };
        edges.push((number(&row[0]), number(&row[1]), row[2].parse().unwrap()));
    }
    graph(numbers.len(), &edges)
}

/// Rows of the table of proven optima: graph, frustration index, optimum of the cost, share of balanced triads.
pub(crate) fn expected(folder: &std::path::Path) -> Vec<(SignedGraph, String, Option<f64>, f64, f64)> {
    let mut rows = Vec::new();
    for row in csv::Reader::from_path(folder.join("expected_exact.csv")).unwrap().records() {
        let row = row.unwrap();
        let name = row[0].to_owned();
        let file = [folder.join(&name), folder.join("cow").join(&name)].into_iter().find(|f| f.is_file()).unwrap();
        rows.push((read(&file), name, row[3].parse().ok(), row[4].parse().unwrap(), row[5].parse().unwrap()));
    }
    rows
}

#[test]
fn proven_optima_are_reached_by_the_search_alone_and_proven() {
    let Some(folder) = shared() else { return };
    for (graph, name, _, optimum, _) in expected(&folder) {
        for seed in 0..3 {
            let alone = ClusterOptions { seed, exact_steps: 0, proof: None, ..ClusterOptions::default() };
            assert_eq!(cluster(&graph, &alone).cost, optimum, "{name}, seed {seed}");
        }
        let found = cluster(&graph, &ClusterOptions::default());
        assert!(found.proven && found.lower == optimum && found.cost == optimum, "{name}: {}", found.lower);
    }
}

#[test]
fn a_proof_reaches_thousands_of_actors() {
    let Some(folder) = shared() else { return };
    let graph = read(&folder.join("bitcoin_otc.csv"));
    let proof = |effort| ClusterOptions { proof: Some(effort), ..ClusterOptions::default() };
    let quick = cluster(&graph, &ClusterOptions { effort: Effort::Quick, ..proof(Effort::Quick) });
    assert!(0.0 < quick.lower && quick.lower < quick.cost);
    let high = cluster(&graph, &proof(Effort::High));
    assert_eq!((high.cost, high.lower, high.proven), (5743.0, 5743.0, true));
}

#[test]
fn without_a_proof_the_partition_is_the_same_and_the_bound_is_nothing() {
    let Some(folder) = shared() else { return };
    let graph = read(&folder.join("sbm_300.csv"));
    let found = cluster(&graph, &ClusterOptions { proof: None, ..ClusterOptions::default() });
    assert_eq!((found.cost, found.lower, found.proven), (156.0, 0.0, false));
}

#[test]
fn no_worse_than_the_best_of_other_programs() {
    let Some(folder) = shared() else { return };
    let graph = read(&folder.join("bitcoin_otc.csv"));
    let cost = |effort| cluster(&graph, &ClusterOptions { effort, proof: None, ..ClusterOptions::default() }).cost;
    let (quick, normal, high) = (cost(Effort::Quick), cost(Effort::Normal), cost(Effort::High));
    assert!(quick <= 6004.0 && normal <= 5751.0 && high <= 5751.0, "{quick} {normal} {high}");
}

/// A graph of `camps` equal camps, node `i` in camp `i % camps`: friends inside, enemies between, a share of the ties the
/// other way round; `camps` 0 deals the signs at random.
pub(crate) fn planted(nodes: u32, camps: u32, ties: usize, wrong_in_100: usize, seed: u64) -> SignedGraph {
    let mut random = Random::new(seed, 0);
    let mut edges: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    while edges.len() < ties {
        let (i, j) = (random.below(nodes as usize) as u32, random.below(nodes as usize) as u32);
        let friends = if camps == 0 { random.below(2) == 0 } else { i % camps == j % camps };
        let right = random.below(100) >= wrong_in_100;
        if i < j {
            edges.insert((i, j), if friends == right { 1.0 } else { -1.0 });
        }
    }
    SignedGraph {
        names: (0..nodes).map(|i| i.to_string()).collect(),
        edges: edges.into_iter().map(|((i, j), w)| (i, j, w)).collect(),
        unreciprocated: 0.0,
    }
}

#[test]
fn planted_camps_are_recovered_and_known_for_structure() {
    for camps in [2, 3] {
        let graph = planted(90, camps, 1200, 5, 5);
        let found = cluster(&graph, &ClusterOptions::default());
        assert!(found.of.iter().enumerate().all(|(i, &c)| c == found.of[i % camps as usize]), "{:?}", found.of);
        assert_eq!(found.of.iter().max(), Some(&(camps as usize - 1)));
        let structure = structure(&graph, 20, &ClusterOptions::default());
        assert!(structure.is_convincing(), "{structure:?}");
    }
}

#[test]
fn signs_dealt_at_random_are_no_structure() {
    for seed in 0..5 {
        let found = structure(&planted(90, 0, 900, 0, seed), 20, &ClusterOptions::default());
        assert!(!found.is_convincing() && found.z.is_some_and(|z| z.abs() < 4.0), "{found:?}");
    }
    let friends = structure(&graph(3, &[(0, 1, 1.0), (1, 2, 1.0)]), 20, &ClusterOptions::default());
    assert!(friends.z.is_none() && !friends.is_convincing() && friends.cost == 0.0);
    let none = structure(&graph(0, &[]), 0, &ClusterOptions::default());
    assert!(none.z.is_none() && none.mean.is_nan());
}

#[test]
fn the_number_of_clusters_can_be_fixed() {
    let graph = planted(60, 3, 500, 5, 1);
    let into = |k| cluster(&graph, &ClusterOptions { clusters: Some(k), ..ClusterOptions::default() });
    for k in [1, 2, 3, 4, 7, 59, 60] {
        assert_eq!(into(k).of.iter().max(), Some(&(k - 1)));
    }
    let positive = graph.edges.iter().filter(|e| e.2 > 0.0).count() as f64;
    assert_eq!((into(1).cost, into(60).cost), (graph.edges.len() as f64 - positive, positive));
    assert_eq!(into(3).of, cluster(&graph, &ClusterOptions::default()).of);
    let costs = costs_by_k(&graph, 8, &ClusterOptions { effort: Effort::Quick, ..ClusterOptions::default() });
    assert_eq!(costs.len(), 8);
    assert!(costs.iter().all(|c| *c >= costs[2]), "{costs:?}");
    assert!(costs[1] > costs[2] && costs[3] > costs[2]);
}

#[test]
fn who_has_no_ties_fills_the_clusters_that_are_asked_for() {
    let options = |k| ClusterOptions { clusters: Some(k), ..ClusterOptions::default() };
    let graph = graph(5, &[(1, 2, 1.0)]);
    assert_eq!(cluster(&graph, &options(1)).of, [0; 5]);
    assert_eq!(cluster(&graph, &options(2)).of, [0, 0, 1, 0, 0]);
    assert_eq!(cluster(&graph, &options(4)).of, [1, 0, 2, 3, 0]);
    assert_eq!(cluster(&graph, &options(5)).of, [0, 1, 2, 3, 4]);
    assert!(options(5).check(5).is_ok() && ClusterOptions::default().check(0).is_ok());
    assert!(options(6).check(5).is_err() && options(0).check(5).is_err());
}

/// The best H of all partitions, by trying each.
fn best_of_all(graph: &SignedGraph, resolution: Resolution) -> f64 {
    fn place(of: &mut Vec<usize>, graph: &SignedGraph, resolution: Resolution, best: &mut f64) {
        if of.len() == graph.names.len() {
            *best = best.max(objective(graph, of, resolution));
            return;
        }
        for c in 0..=of.iter().max().map_or(0, |c| c + 1) {
            of.push(c);
            place(of, graph, resolution, best);
            of.pop();
        }
    }
    let mut best = f64::NEG_INFINITY;
    place(&mut Vec::new(), graph, resolution, &mut best);
    best
}

fn edges(nodes: u32, most: usize) -> impl Strategy<Value = Vec<(u32, u32, f64)>> {
    let weight = prop_oneof![Just(1.0), Just(-1.0), -3.0..3.0, (-12i32..12).prop_map(|e| libm::pow(10.0, e.into()))];
    proptest::collection::vec((0..nodes, 0..nodes, weight), 0..most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn small_graphs_are_solved(edges in edges(7, 20)) {
        let graph = graph(7, &edges);
        let scale: f64 = graph.edges.iter().map(|e| e.2.abs()).sum();
        for (resolution, share) in [(Resolution::BALANCE, 1e-14), (Resolution::MODULARITY, 1e-11)] {
            let found = cluster(&graph, &ClusterOptions { resolution, ..ClusterOptions::default() });
            prop_assert!(found.proven);
            let lower = if resolution == Resolution::BALANCE { found.cost } else { 0.0 };
            prop_assert_eq!(found.lower, lower);
            prop_assert!((found.objective - best_of_all(&graph, resolution)).abs() <= share * scale);
        }
    }

    #[test]
    fn the_search_alone_is_never_better_than_the_best_and_ends(edges in edges(30, 200), seed in 0u64..9) {
        let graph = graph(30, &edges);
        let options = ClusterOptions { seed, effort: Effort::Quick, exact_steps: 0, ..ClusterOptions::default() };
        let quick = cluster(&graph, &options);
        prop_assert_eq!(&quick, &cluster(&graph, &options));
        let positive: f64 = graph.edges.iter().map(|e| e.2.max(0.0)).sum();
        let total: f64 = graph.edges.iter().map(|e| e.2.abs()).sum();
        // Cost and H differ by the sum of positive weights.
        prop_assert!((positive - quick.objective - quick.cost).abs() <= 1e-9 * total);
        // Never worse than all alone, or all together in each part.
        prop_assert!(quick.objective >= -1e-12 * total);
    }

    #[test]
    fn cost_does_not_depend_on_the_order_of_nodes(edges in edges(9, 30), shift in 1u32..9) {
        let other: Vec<_> = edges.iter().map(|&(i, j, w)| ((i * 4 + shift) % 9, (j * 4 + shift) % 9, w)).collect();
        let (a, b) = (graph(9, &edges), graph(9, &other));
        let cost = |g| cluster(g, &ClusterOptions::default()).cost;
        let scale: f64 = a.edges.iter().map(|e| e.2.abs()).sum();
        prop_assert!((cost(&a) - cost(&b)).abs() <= 1e-9 * scale);
    }

    #[test]
    fn contraction_keeps_weights(edges in edges(12, 40), of in proptest::collection::vec(0u32..4, 12)) {
        let graph = graph(12, &edges);
        let csr = Csr::new(12, &graph.edges);
        let mut of = of;
        let clusters = super::graph::renumber(&mut of);
        let small = csr.contract(&of, clusters);
        let between: f64 = csr.pairs().filter(|&(i, j, _)| of[i] != of[j]).map(|e| e.2).sum();
        let kept: f64 = small.pairs().map(|e| e.2).sum();
        let total: f64 = csr.pairs().map(|e| e.2.abs()).sum();
        prop_assert!((between - kept).abs() <= 1e-9 * total);
    }
}

/// The least cost of all partitions into exactly 1, 2, ... clusters, by trying each.
fn least_by_k(graph: &SignedGraph) -> Vec<f64> {
    let n = graph.names.len();
    let mut least = vec![f64::INFINITY; n];
    let mut of = vec![0; n];
    // Restricted growth strings: each node's cluster is at most one more than the highest before it.
    loop {
        let k = of.iter().max().map_or(0, |c| c + 1);
        least[k - 1] = least[k - 1].min(cost(graph, &of));
        let highest = |i: usize| of[..i].iter().max().map_or(0, |c| c + 1);
        let Some(at) = (1..n).rev().find(|&i| of[i] < highest(i)) else { return least };
        of[at] += 1;
        of[at + 1..].fill(0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn each_number_of_clusters_costs_what_it_must(weights in proptest::collection::vec(-2i32..=2, 21)) {
        let pairs = (0..7u32).flat_map(|i| (i + 1..7).map(move |j| (i, j)));
        // A ring of ties, so that no node is without.
        let ring = (0..7).map(|i| (i, (i + 1) % 7, 10.0));
        let edges: Vec<_> = pairs.zip(weights).map(|((i, j), w)| (i, j, w.into())).chain(ring).collect();
        let graph = graph(7, &edges);
        prop_assert_eq!(costs_by_k(&graph, 7, &ClusterOptions::default()), least_by_k(&graph));
    }

    #[test]
    fn other_names_and_another_order_cost_the_same(seed in 0u64..1000) {
        let one = planted(60, 3, 400, 10, seed);
        let mut name: Vec<u32> = (0..60).collect();
        Random::new(seed, 1).shuffle(&mut name);
        let renamed = |&(i, j, w): &(u32, u32, f64)| (name[i as usize], name[j as usize], w);
        let other = graph(60, &one.edges.iter().rev().map(renamed).collect::<Vec<_>>());
        let cost = |g| cluster(g, &ClusterOptions::default()).cost;
        prop_assert_eq!(cost(&one), cost(&other));
    }
}

#[test]
fn a_large_search_does_not_depend_on_threads_either() {
    let graph = planted(400, 5, 2000, 25, 2);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let options = ClusterOptions { effort: Effort::High, ..ClusterOptions::default() };
        pool.install(|| (cluster(&graph, &options), costs_by_k(&graph, 4, &options), structure(&graph, 5, &options)))
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn corners() {
    let of = |nodes, edges: &[_]| cluster(&graph(nodes, edges), &ClusterOptions::default()).of;
    assert!(of(0, &[]).is_empty());
    assert_eq!(of(1, &[]), [0]);
    assert_eq!(of(3, &[]), [0, 1, 2]);
    assert_eq!(of(2, &[(0, 0, -5.0), (1, 1, 5.0)]), [0, 1], "ties to oneself");
    assert_eq!(of(4, &[(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)]), [0; 4], "all positive");
    assert_eq!(of(4, &[(0, 1, -1.0), (1, 2, -1.0), (2, 3, -1.0)]), [0, 1, 2, 3], "all negative");
    // Numbered by size, then by first node.
    assert_eq!(of(5, &[(3, 4, 1.0), (2, 3, 1.0), (0, 1, 1.0)]), [1, 1, 0, 0, 0]);
    // Weights that differ by 24 orders of magnitude: the small ones count where they are alone.
    assert_eq!(of(4, &[(0, 1, 1e12), (1, 2, 1e-12), (0, 3, -1e-12)]), [0, 0, 0, 1]);
    assert_eq!(of(6, &[(0, 1, 1e12), (2, 3, 1e-12), (3, 4, -1e-12), (1, 5, -1e12)]), [0, 0, 1, 1, 2, 3]);
}

#[test]
fn enemies_are_not_put_together_for_want_of_a_reason() {
    // One friend of two enemies: all three partitions cost 1. The friend goes with one of them, the enemies apart.
    let found = cluster(&graph(3, &[(0, 1, 1.0), (0, 2, 1.0), (1, 2, -1.0)]), &ClusterOptions::default());
    assert_eq!(found.cost, 1.0);
    assert_ne!(found.of[1], found.of[2]);
    assert!(found.proven);
}

#[test]
fn modularity_parts_what_hangs_together_by_a_thread() {
    let clique = |at: u32| (at..at + 5).flat_map(move |i| (i + 1..at + 5).map(move |j| (i, j, 1.0)));
    let edges: Vec<_> = clique(0).chain(clique(5)).chain([(4, 5, 1.0)]).collect();
    let graph = graph(10, &edges);
    assert_eq!(cluster(&graph, &ClusterOptions::default()).of, [0; 10]);
    let modular = cluster(&graph, &ClusterOptions { resolution: Resolution::MODULARITY, ..Default::default() });
    assert_eq!(modular.of, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
}

#[test]
fn movers_are_those_who_leave_their_cluster() {
    assert_eq!(movers(&[0, 0, 0, 1, 1], &[1, 1, 1, 0, 0]), [0usize; 0]);
    assert_eq!(movers(&[0, 0, 0, 1, 1], &[0, 0, 1, 1, 1]), [2]);
    assert_eq!(movers(&[0, 0, 0, 0], &[0, 0, 0, 1]), [3]);
    assert_eq!(movers(&[], &[]), [0usize; 0]);
}

/// The names in one bloc with the given actor.
fn mates(found: &Clustering, name: &str) -> Vec<String> {
    let at = found.graph.names.iter().position(|n| n == name).unwrap();
    let same = |(n, b): (&String, &usize)| (*b == found.blocs.of[at]).then(|| n.clone());
    found.graph.names.iter().zip(&found.blocs.of).filter_map(same).collect()
}

#[test]
fn the_founding_case_parts_as_readers_would() {
    let network = network(&founding(), &NetworkOptions::default());
    let found = find_blocs(&network, &CombinedWeights::default(), &BlocOptions::default());
    assert!(found.proven);
    assert_eq!(mates(&found, "Germany"), ["Germany", "Italy", "Spain", "United States"]);
    let france = mates(&found, "France");
    for name in ["Emmanuel Macron", "Thierry Burkhard", "Ukraine", "Poland", "United Kingdom"] {
        assert!(france.contains(&name.to_owned()), "{name} {france:?}");
    }
    for name in ["Hungary", "Russia", "European Union"] {
        assert_eq!(mates(&found, name), [name]);
    }
    // The United States only occurs with the opponents in one of two documents; Macron is always with France.
    let sure = |name: &str| found.blocs.stability[found.graph.names.iter().position(|n| n == name).unwrap()];
    assert!(sure("United States") < sure("Germany") && sure("Germany") < sure("Emmanuel Macron"));
    assert_eq!(sure("Emmanuel Macron"), 1.0);
    assert_eq!(found.documents, 2);
}

#[test]
fn one_document_is_always_the_same() {
    let welt: Vec<_> = founding().into_iter().filter(|s| s.document == "welt").collect();
    let network = network(&welt, &NetworkOptions::default());
    let found =
        find_blocs(&network, &CombinedWeights::default(), &BlocOptions { resamplings: 5, ..Default::default() });
    assert_eq!(found.documents, 1);
    assert!(found.blocs.stability.iter().all(|s| *s == 1.0));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let network = network(&founding(), &NetworkOptions::default());
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| find_blocs(&network, &CombinedWeights::default(), &BlocOptions::default()))
    };
    assert_eq!(with(1), with(4));
}
