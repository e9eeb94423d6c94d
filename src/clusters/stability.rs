//! How sure the blocs are: what becomes of them when some documents are missing and others count more.
//!
//! In: evidence by document and the blocs. Out: a share for each actor. Never here: how blocs are found.

use super::random::Random;
use super::{ClusterOptions, cluster};
use crate::network::{CombinedWeights, Evidence};
use rayon::prelude::*;

/// The share for each actor: of all its bloc mates in all resamplings in which both occur, how many are together with
/// it; for an actor that stands alone, the share of resamplings in which it occurs and stands alone. Where it never
/// occurs (with a mate), 0.
///
/// Each resampling draws as many documents as there are, with replacement (bootstrap, Efron 1979), and clusters anew.
/// With fewer than two documents all resamplings are alike and all shares 1: that says nothing.
pub(super) fn stability(
    evidence: &Evidence,
    weights: &CombinedWeights,
    of: &[usize],
    options: &ClusterOptions,
    resamplings: usize,
) -> Vec<f64> {
    let n = of.len();
    let documents = evidence.documents();
    let runs: Vec<(Vec<usize>, Vec<bool>)> = (0..resamplings as u64)
        .into_par_iter()
        .map(|run| {
            // A stream far from those of the starts.
            let mut random = Random::new(options.seed, (1 << 32) + run);
            let mut copies = vec![0; documents];
            for _ in 0..documents {
                let drawn = random.below(documents);
                copies[drawn] += 1;
            }
            let graph = evidence.combined(weights, Some(&copies));
            (cluster(&graph, options).of, evidence.occurring(&copies))
        })
        .collect();
    let blocs = of.iter().max().map_or(0, |&c| c + 1);
    let mut size = vec![0usize; blocs];
    for &b in of {
        size[b] += 1;
    }
    let mut together = vec![0usize; n];
    let mut possible = vec![0usize; n];
    for (found, occurs) in &runs {
        let there = || (0..n).filter(|&i| occurs[i]);
        let mut mates = vec![0usize; blocs];
        let mut found_size = vec![0usize; n + 1];
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for i in there() {
            mates[of[i]] += 1;
            found_size[found[i]] += 1;
            pairs.push((of[i], found[i]));
        }
        pairs.sort_unstable();
        for i in there() {
            if size[of[i]] == 1 {
                possible[i] += 1;
                together[i] += usize::from(found_size[found[i]] == 1);
            } else {
                let cell = (of[i], found[i]);
                let still = pairs.partition_point(|p| *p <= cell) - pairs.partition_point(|p| *p < cell);
                possible[i] += mates[of[i]] - 1;
                together[i] += still - 1;
            }
        }
    }
    let share = |(&t, &p): (&usize, &usize)| if p == 0 { 0.0 } else { t as f64 / p as f64 };
    together.iter().zip(&possible).map(share).collect()
}
