//! Tests of bounds and proofs: against everything tried, and on cycles and programs whose values are known.

use super::paths::Paths;
use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

type Edges = Vec<(u32, u32, f64)>;

const ENOUGH: u64 = 20_000_000;
const RULES: [Rule; 2] = [Rule::Clusters, Rule::Camps];

/// Each pair at most once, without ties to oneself.
fn edges(nodes: u32, most: usize, weight: impl Strategy<Value = f64>) -> impl Strategy<Value = Edges> {
    proptest::collection::vec((0..nodes, 0..nodes, weight), 0..most).prop_map(|edges| {
        let pairs = edges.into_iter().filter(|e| e.0 != e.1 && e.2 != 0.0);
        let unique: BTreeMap<(u32, u32), f64> = pairs.map(|(i, j, w)| ((i.min(j), i.max(j)), w)).collect();
        unique.into_iter().map(|((i, j), w)| (i, j, w)).collect()
    })
}

fn any_weight() -> impl Strategy<Value = f64> {
    prop_oneof![Just(1.0), Just(-1.0), -3.0..3.0, (-12i32..12).prop_map(|e| -libm::pow(10.0, e.into()))]
}

fn cost(edges: &Edges, of: &[u32]) -> f64 {
    let wrong = |&&(i, j, w): &&(u32, u32, f64)| (of[i as usize] == of[j as usize]) == (w < 0.0);
    edges.iter().filter(wrong).map(|e| e.2.abs()).sum()
}

/// How much less the second partition costs: from the ties that it changes alone, since a small gain is lost in the
/// rounding of large costs.
fn gain(edges: &Edges, from: &[u32], to: &[u32]) -> f64 {
    let wrong = |of: &[u32], &(i, j, w): &(u32, u32, f64)| (of[i as usize] == of[j as usize]) == (w < 0.0);
    edges.iter().map(|e| f64::from(i8::from(wrong(from, e)) - i8::from(wrong(to, e))) * e.2.abs()).sum()
}

/// The least cost of all partitions, by trying each.
fn least(rule: Rule, nodes: usize, edges: &Edges) -> f64 {
    fn place(of: &mut Vec<u32>, nodes: usize, most: u32, edges: &Edges, least: &mut f64) {
        if of.len() == nodes {
            *least = least.min(cost(edges, of));
            return;
        }
        for c in 0..=of.iter().max().map_or(0, |c| c + 1).min(most - 1) {
            of.push(c);
            place(of, nodes, most, edges, least);
            of.pop();
        }
    }
    let mut found = f64::INFINITY;
    let most = if rule == Rule::Camps { 2 } else { nodes as u32 };
    place(&mut Vec::new(), nodes, most, edges, &mut found);
    found
}

/// All pairs of so many nodes, hostile.
fn enemies(nodes: u32) -> Edges {
    (0..nodes).flat_map(|i| (i + 1..nodes).map(move |j| (i, j, -1.0))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_bound_is_above_the_optimum(edges in edges(7, 20, any_weight()), of in proptest::collection::vec(0u32..2, 7)) {
        for rule in RULES {
            let optimum = least(rule, 7, &edges);
            for steps in [0, 50, 500, ENOUGH] {
                let proof = prove(rule, 7, &edges, &of, steps);
                prop_assert!(proof.lower <= optimum * (1.0 + 1e-9), "{:?} {} {}", rule, proof.lower, optimum);
                if let Some(better) = proof.better {
                    prop_assert!(gain(&edges, &of, &better) > -1e-12 * cost(&edges, &of));
                }
            }
        }
    }

    #[test]
    fn small_graphs_are_proven(edges in edges(8, 28, prop_oneof![Just(1.0), Just(-1.0), Just(2.5)])) {
        for rule in RULES {
            let proof = prove(rule, 8, &edges, &[0; 8], ENOUGH);
            let optimum = least(rule, 8, &edges);
            prop_assert!((proof.lower - optimum).abs() < 1e-6, "{:?} {} {}", rule, proof.lower, optimum);
            prop_assert!((cost(&edges, &proof.better.unwrap_or(vec![0; 8])) - optimum).abs() < 1e-6);
        }
    }

    #[test]
    fn found_cycles_are_bad_and_near_ones_have_one_wrong_tie(
        edges in edges(12, 60, -1.0..1.0),
        lengths in proptest::collection::vec(0.0..0.4, 60),
        of in proptest::collection::vec(0u32..2, 12),
    ) {
        for rule in RULES {
            let ties = Ties::new(rule, 12, &edges);
            let wrong = ties.wrong(&of);
            let mut paths = Paths::new(&ties);
            for tie in 0..ties.len() {
                for near in [None, Some(&of[..])].into_iter().filter(|near| near.is_none() || wrong[tie]) {
                    let Some(cycle) = paths.cycle(tie as u32, &lengths, 1.0, near) else { continue };
                    let negative = cycle.iter().filter(|&&t| ties.negative[t as usize]).count();
                    let bad = negative == 1 || (rule == Rule::Camps && negative % 2 == 1);
                    prop_assert!(bad, "{:?} {}", rule, negative);
                    prop_assert!(cycle.iter().map(|&t| lengths[t as usize]).sum::<f64>() < 1.0);
                    let mut ends: Vec<u32> =
                        cycle.iter().flat_map(|&t| [edges[t as usize].0, edges[t as usize].1]).collect();
                    ends.sort_unstable();
                    // A simple cycle: each node is the end of exactly two of its ties.
                    prop_assert!(ends.chunks(2).all(|pair| pair[0] == pair[1]));
                    prop_assert!(ends.chunks(2).zip(ends.chunks(2).skip(1)).all(|(a, b)| a[0] != b[0]));
                    if near.is_some() {
                        prop_assert_eq!(cycle.iter().filter(|&&t| wrong[t as usize]).count(), 1);
                    }
                }
            }
        }
    }
}

#[test]
fn gaps_of_the_program_are_closed_by_branching() {
    // Of n enemies, two camps of n / 2 leave n (n - 2) / 4 ties wrong; the program alone gives n (n - 1) / 6.
    let proof = prove(Rule::Camps, 8, &enemies(8), &[0; 8], ENOUGH);
    assert_eq!(proof.lower, 12.0);
    assert_eq!(proof.better.map(|of| cost(&enemies(8), &of)), Some(12.0));
    // A wheel: a hub that five nodes are for, who are against their neighbours. The program gives 5 / 2.
    let rim = |i: u32| [(0, i + 1, 1.0), ((i + 1).min((i + 1) % 5 + 1), (i + 1).max((i + 1) % 5 + 1), -1.0)];
    let wheel: Edges = (0..5).flat_map(rim).collect();
    assert_eq!(prove(Rule::Clusters, 6, &wheel, &[0; 6], ENOUGH).lower, 3.0);
}

#[test]
fn corners() {
    for rule in RULES {
        for (nodes, edges) in [(0, vec![]), (1, vec![]), (3, vec![(0, 1, -1.0), (1, 2, 1.0)])] {
            let proof = prove(rule, nodes, &edges, &vec![0; nodes], ENOUGH);
            assert_eq!(proof.lower, 0.0);
        }
        let triangle: Edges = vec![(0, 1, 1e12), (1, 2, 1e-12), (0, 2, -1e12)];
        let proof = prove(rule, 3, &triangle, &[0, 0, 1], ENOUGH);
        assert!((proof.lower - 1e-12).abs() < 1e-20, "{}", proof.lower);
        let huge: Edges = vec![(0, 1, f64::MAX), (1, 2, f64::MAX), (0, 2, -f64::MAX)];
        assert!(prove(rule, 3, &huge, &[0, 0, 0], 100_000).lower <= f64::MAX);
    }
}
