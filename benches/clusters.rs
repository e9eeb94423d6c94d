//! How fast blocs are found, and how good they are: `cargo bench --bench clusters [-- FILE...]`.
//!
//! Files are signed edge lists with the columns source, target, weight. Without files it makes graphs with planted camps,
//! and reads those of `signed/` in the folder that STANCENET_SHARED names, or else in `../shared`, where there is one.
//! Times are of one thread; run it on an idle machine. `benches/peers.py` runs other programs beside ours.

use stancenet::clusters::{ClusterOptions, Effort, Resolution, cluster, structure};
use stancenet::network::SignedGraph;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files: Vec<PathBuf> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).map(Into::into).collect();
    if files.is_empty() {
        for (nodes, ties) in [(300, 1_500), (10_000, 80_000), (100_000, 800_000)] {
            report(&format!("planted {nodes}"), &planted(nodes, ties, 12, 15));
        }
        let shared = std::env::var_os("STANCENET_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
        let graphs = ["tribes.csv", "congress.csv", "avatar.csv", "sbm_300.csv", "bitcoin_otc.csv"];
        files = graphs.iter().map(|name| shared.join("signed").join(name)).filter(|file| file.is_file()).collect();
    }
    for file in files {
        report(&file.file_stem().unwrap_or_default().to_string_lossy(), &read(&file)?);
    }
    Ok(())
}

/// One line a way of searching: what the partition costs, its clusters, and the time.
fn report(name: &str, graph: &SignedGraph) {
    println!("{name}: {} nodes, {} pairs", graph.names.len(), graph.edges.len());
    let Ok(one_thread) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return };
    let search = |what: &str, options: ClusterOptions| {
        let clock = Instant::now();
        let found = one_thread.install(|| cluster(graph, &options));
        let clusters = found.of.iter().max().map_or(0, |c| c + 1);
        let seconds = clock.elapsed().as_secs_f64();
        println!(
            "  {what:<12} cost {:>12.3}, H {:>12.3}, {clusters} clusters, {seconds:.3} s",
            found.cost, found.objective
        );
    };
    let options = ClusterOptions::default();
    search("quick", ClusterOptions { effort: Effort::Quick, ..options });
    search("normal", options);
    search("high", ClusterOptions { effort: Effort::High, ..options });
    search("two camps", ClusterOptions { clusters: Some(2.min(graph.names.len())), ..options });
    search("modularity", ClusterOptions { resolution: Resolution::MODULARITY, ..options });
    if graph.edges.len() <= 100_000 {
        let clock = Instant::now();
        let found = one_thread.install(|| structure(graph, 20, &options));
        println!("  structure    z {:.1}, {:.3} s", found.z.unwrap_or(f64::NAN), clock.elapsed().as_secs_f64());
    }
}

/// Equal camps; ties between random nodes, most of them inside camps, positive there and negative between, but for
/// `wrong_in_100` of them. Some nodes have far more ties than others.
fn planted(nodes: usize, ties: usize, camps: usize, wrong_in_100: usize) -> SignedGraph {
    let mut state: u64 = 1;
    // SplitMix64 (Steele, Lea & Flood 2014).
    let mut below = |bound: usize| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    };
    let mut pairs: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for _ in 0..ties {
        // The lowest of three draws: low numbers come up most.
        let mut draw = || below(nodes).min(below(nodes)).min(below(nodes));
        let (i, mut j) = (draw(), draw());
        if below(100) < 65 {
            j = (j - j % camps + i % camps).min(nodes - 1);
        }
        let right = below(100) >= wrong_in_100;
        if i != j {
            let weight = if (i % camps == j % camps) == right { 1.0 } else { -1.0 };
            *pairs.entry((i.min(j) as u32, i.max(j) as u32)).or_default() += weight;
        }
    }
    graph(nodes, pairs)
}

fn read(file: &Path) -> Result<SignedGraph, Box<dyn std::error::Error>> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut pairs: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for row in csv::Reader::from_path(file)?.deserialize() {
        let (source, target, weight): (String, String, f64) = row?;
        let mut number = |name: String| {
            let next = numbers.len() as u32;
            *numbers.entry(name).or_insert(next)
        };
        let (i, j) = (number(source), number(target));
        if i != j {
            *pairs.entry((i.min(j), i.max(j))).or_default() += weight;
        }
    }
    Ok(graph(numbers.len(), pairs))
}

fn graph(nodes: usize, pairs: BTreeMap<(u32, u32), f64>) -> SignedGraph {
    let edges = pairs.into_iter().filter(|(_, w)| w.abs() > 1e-12).map(|((i, j), w)| (i, j, w)).collect();
    SignedGraph { names: (0..nodes).map(|i| i.to_string()).collect(), edges, unreciprocated: 0.0 }
}
