//! How sure the blocs are: what becomes of them when some documents are missing and others count more.
//!
//! In: evidence by document and the blocs. Out: [`Resampled`]. Never here: how blocs are found.

use super::graph::sizes;
use super::random::Random;
use super::{ClusterOptions, Partition, cluster};
use crate::network::{CombinedWeights, Count, Evidence, SignedGraph};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// With more actors than this no consensus is sought: it takes a number for each two of them.
const MOST_ACTORS: usize = 400;

/// What resampling the documents tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resampled {
    /// The share for each actor: of all its bloc mates in all resamplings in which both occur, how many are together with
    /// it; for an actor that stands alone, the share of resamplings in which it occurs and stands alone. Where it never
    /// occurs (with a mate), 0. Without resamplings NaN: nothing is known.
    pub stability: Vec<f64>,
    /// Where each actor stands when it does not stand with its own: the company that it keeps most often.
    pub elsewhere: Vec<Option<Elsewhere>>,
    /// The partition that agrees best with all resamplings: correlation clustering of the pairs, each weighing the share
    /// of resamplings in which the two are together less one half (consensus: Strehl & Ghosh 2002, as correlation
    /// clustering after Gionis, Mannila & Tsaparas 2007). None for more than 400 actors, and without resamplings.
    pub consensus: Option<Partition>,
}

/// Other company.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Elsewhere {
    /// The bloc, most of the members of the company; `None` for none: the actor stands alone.
    pub bloc: Option<usize>,
    /// The share of the resamplings in which the actor occurs. 0 to 1.
    pub share: f64,
}

impl Resampled {
    /// What the resamplings tell of the blocs `of`.
    pub(super) fn of(of: &[usize], runs: &[Run], options: &ClusterOptions) -> Self {
        Self {
            stability: stability(of, runs),
            elsewhere: elsewhere(of, runs),
            consensus: consensus(of.len(), runs, options),
        }
    }
}

/// Each resampling draws as many documents as there are, with replacement (bootstrap, Efron 1979), and clusters anew.
/// Where statements were counted and not kept, each tie draws on its own as many of its statements as chance would (a Poisson
/// number, which is what draws from very many come to). With fewer than two documents all resamplings are alike and all shares 1: that says nothing.
pub(super) fn resample(
    evidence: &Evidence,
    weights: &CombinedWeights,
    options: &ClusterOptions,
    resamplings: usize,
) -> Vec<Run> {
    let documents = evidence.documents();
    (0..resamplings as u64)
        .into_par_iter()
        .map(|run| {
            // A stream far from those of the starts.
            let mut random = Random::new(options.seed, (1 << 32) + run);
            let copies = match evidence.masses() {
                None => drawn(&mut random, documents),
                Some(masses) => masses.iter().map(|&mass| random.poisson(mass)).collect(),
            };
            let graph = evidence.combined(weights, Count::Copies(&copies));
            Run { found: cluster(&graph, options).of, occurs: evidence.occurring(&copies) }
        })
        .collect()
}

/// How often each of so many documents is drawn, in as many draws with replacement.
fn drawn(random: &mut Random, documents: usize) -> Vec<u32> {
    let mut copies = vec![0; documents];
    for _ in 0..documents {
        let drawn = random.below(documents);
        copies[drawn] += 1;
    }
    copies
}

/// What one resampling gives.
pub(super) struct Run {
    found: Vec<usize>,
    occurs: Vec<bool>,
}

impl Run {
    /// How many occurring actors of each bloc are in each cluster found: `(cluster, bloc)`.
    fn crossed(&self, of: &[usize]) -> BTreeMap<(usize, usize), usize> {
        let mut crossed = BTreeMap::new();
        for i in self.there() {
            *crossed.entry((self.found[i], of[i])).or_default() += 1;
        }
        crossed
    }

    fn there(&self) -> impl Iterator<Item = usize> {
        (0..self.found.len()).filter(|&i| self.occurs[i])
    }
}

/// See [`Resampled::stability`].
pub(super) fn stability(of: &[usize], runs: &[Run]) -> Vec<f64> {
    let n = of.len();
    if runs.is_empty() {
        return vec![f64::NAN; n];
    }
    let size = sizes(of);
    let mut together = vec![0usize; n];
    let mut possible = vec![0usize; n];
    for run in runs {
        let crossed = run.crossed(of);
        let mut mates = vec![0usize; size.len()];
        let mut found_size = vec![0usize; n + 1];
        for i in run.there() {
            mates[of[i]] += 1;
            found_size[run.found[i]] += 1;
        }
        for i in run.there() {
            if size[of[i]] == 1 {
                possible[i] += 1;
                together[i] += usize::from(found_size[run.found[i]] == 1);
            } else {
                possible[i] += mates[of[i]] - 1;
                together[i] += crossed.get(&(run.found[i], of[i])).map_or(0, |still| still - 1);
            }
        }
    }
    let share = |(&t, &p): (&usize, &usize)| if p == 0 { 0.0 } else { t as f64 / p as f64 };
    together.iter().zip(&possible).map(share).collect()
}

fn elsewhere(of: &[usize], runs: &[Run]) -> Vec<Option<Elsewhere>> {
    let mut company: Vec<BTreeMap<Option<usize>, usize>> = vec![BTreeMap::new(); of.len()];
    let mut occurred = vec![0usize; of.len()];
    let size = sizes(of);
    for run in runs {
        let mut around: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for ((cluster, bloc), n) in run.crossed(of) {
            around.entry(cluster).or_default().push((bloc, n));
        }
        for i in run.there() {
            occurred[i] += 1;
            // The bloc that most of the others are of; its own among equals, then the first.
            let mut best: Option<(usize, usize)> = None;
            for &(bloc, n) in around.get(&run.found[i]).into_iter().flatten() {
                let others = n - usize::from(bloc == of[i]);
                let better =
                    |(b, most): (usize, usize)| others > most || (others == most && bloc == of[i] && b != of[i]);
                if others > 0 && best.is_none_or(better) {
                    best = Some((bloc, others));
                }
            }
            let with = best.map(|(bloc, _)| bloc);
            let own = if size[of[i]] == 1 { with.is_none() } else { with == Some(of[i]) };
            if !own {
                *company[i].entry(with).or_default() += 1;
            }
        }
    }
    let most = |(counts, occurred): (BTreeMap<Option<usize>, usize>, usize)| {
        let mut best: Option<(Option<usize>, usize)> = None;
        for (bloc, n) in counts {
            if best.is_none_or(|(_, most)| n > most) {
                best = Some((bloc, n));
            }
        }
        best.map(|(bloc, n)| Elsewhere { bloc, share: n as f64 / occurred as f64 })
    };
    company.into_iter().zip(occurred).map(most).collect()
}

fn consensus(n: usize, runs: &[Run], options: &ClusterOptions) -> Option<Partition> {
    if n > MOST_ACTORS || runs.is_empty() {
        return None;
    }
    let mut counts = vec![(0u32, 0u32); n * n];
    for run in runs {
        let there: Vec<usize> = run.there().collect();
        for (at, &i) in there.iter().enumerate() {
            for &j in &there[at + 1..] {
                let (both, together) = &mut counts[i * n + j];
                *both += 1;
                *together += u32::from(run.found[i] == run.found[j]);
            }
        }
    }
    let mut graph = SignedGraph { names: vec![String::new(); n], ..SignedGraph::default() };
    for i in 0..n {
        for j in i + 1..n {
            let (both, together) = counts[i * n + j];
            if both > 0 && together * 2 != both {
                graph.edges.push((i as u32, j as u32, f64::from(together) / f64::from(both) - 0.5));
            }
        }
    }
    Some(cluster(&graph, options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(found: &[usize]) -> Run {
        Run { found: found.to_vec(), occurs: vec![true; found.len()] }
    }

    #[test]
    fn who_wavers_is_told_with_its_other_company() {
        let of = [0, 0, 0, 1, 1, 2];
        let runs =
            [run(&[0, 0, 0, 1, 1, 2]), run(&[0, 0, 1, 1, 1, 2]), run(&[0, 0, 1, 1, 1, 2]), run(&[0, 0, 2, 1, 1, 1])];
        assert_eq!(stability(&of, &runs), [0.625, 0.625, 0.25, 1.0, 1.0, 0.75]);
        let told = elsewhere(&of, &runs);
        assert_eq!(told[0], None);
        assert_eq!(told[2], Some(Elsewhere { bloc: Some(1), share: 0.5 }));
        assert_eq!(told[5], Some(Elsewhere { bloc: Some(1), share: 0.25 }));
        let consensus = consensus(6, &runs, &ClusterOptions::default()).unwrap();
        assert_eq!(consensus.of, [0, 0, 2, 1, 1, 3], "{consensus:?}");
    }

    #[test]
    fn who_does_not_occur_has_no_share() {
        let absent = Run { found: vec![0, 0, 1], occurs: vec![true, true, false] };
        assert_eq!(stability(&[0, 0, 0], &[absent]), [1.0, 1.0, 0.0]);
        assert_eq!(consensus(3, &[], &ClusterOptions::default()), None);
        assert!(stability(&[0], &[])[0].is_nan());
    }
}
