//! The blocs of a network, with what a reader must know to trust them.
//!
//! In: a network. Out: a [`Clustering`]. Never here: words about it.

use super::hanging::hanging;
use super::stability::{Elsewhere, Resampled, Run, resample, stability};
use super::{Beside, Blocs, ClusterOptions, Effort, Partition, Resolution, cluster};
use crate::network::{CombinedWeights, Count, Evidence, Network, SignedGraph};
use std::collections::BTreeMap;

/// Settings of [`find_blocs`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlocOptions {
    /// Seed of all random choices.
    pub seed: u64,
    /// How long each search is to look.
    pub effort: Effort,
    /// How much work goes into the proof that no other blocs fit better; `None` for no proof.
    pub proof: Option<Effort>,
    /// Exactly so many blocs, who stands alone counted; as many as fit best when `None`.
    pub clusters: Option<usize>,
    /// Resamplings of the documents, for stability.
    pub resamplings: usize,
}

impl BlocOptions {
    fn search(&self) -> ClusterOptions {
        let Self { seed, effort, proof, clusters, .. } = *self;
        ClusterOptions { seed, effort, proof, clusters, ..ClusterOptions::default() }
    }
}

impl Default for BlocOptions {
    fn default() -> Self {
        Self { seed: 0, effort: Effort::Normal, proof: Some(Effort::Normal), clusters: None, resamplings: 100 }
    }
}

/// The blocs, and how they would be with other settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Clustering {
    /// The graph that was clustered.
    pub graph: SignedGraph,
    /// What it was made with.
    pub weights: CombinedWeights,
    /// The blocs: correlation clustering, with stability.
    pub blocs: Blocs,
    /// Whether it is proven that no other blocs cost less.
    pub proven: bool,
    /// What no blocs cost less than, see [`Partition::lower`].
    pub lower: f64,
    /// What their cost is held against.
    pub beside: Beside,
    /// Signed modularity, which also parts what hangs together loosely.
    pub modularity: Partition,
    /// Blocs at other weights of an invitation: the weight, and what is found.
    pub invitations: Vec<(f64, Partition)>,
    /// For each actor where it stands in the resamplings when it does not stand with its own.
    pub elsewhere: Vec<Option<Elsewhere>>,
    /// The partition that agrees best with all resamplings, see [`Resampled`](super::Resampled).
    pub consensus: Option<Partition>,
    /// For each actor the claims without which it would stand elsewhere, as indices into the network's statements;
    /// `None` where there are too many claims to try each.
    pub hanging: Option<Vec<Vec<usize>>>,
    /// Documents with evidence; with one, stability says nothing.
    pub documents: usize,
    /// Resamplings that stability comes from; 0 for graphs of more than 100,000 ties.
    pub resamplings: usize,
}

/// With more ties than this the documents are not drawn anew: it would take minutes.
const MOST_RESAMPLED: usize = 100_000;

impl Clustering {
    /// Whether it was tested how firmly actors belong, and by more than one document, with which nothing could change.
    pub fn is_tested(&self) -> bool {
        self.documents > 1 && self.resamplings > 0
    }
}

/// The evidence of a network, its blocs, and what resampling the documents gives: what the blocs take, without other views.
struct Found {
    evidence: Evidence,
    graph: SignedGraph,
    partition: Partition,
    /// Settings of searches of which many are made.
    quick: ClusterOptions,
    resamplings: usize,
    runs: Vec<Run>,
}

impl Found {
    fn of(network: &Network, weights: &CombinedWeights, options: &BlocOptions) -> Self {
        let evidence = Evidence::of(network);
        let graph = evidence.combined(weights, Count::Once);
        let partition = cluster(&graph, &options.search());
        // It is the agreement of the resampled graphs that counts, not the last bit of cost.
        let quick = ClusterOptions { effort: Effort::Quick, exact_steps: 2_000, proof: None, ..options.search() };
        let resamplings = if graph.edges.len() > MOST_RESAMPLED { 0 } else { options.resamplings };
        let runs = resample(&evidence, weights, &quick, resamplings);
        Self { evidence, graph, partition, quick, resamplings, runs }
    }
}

/// The blocs, and how stable they are, without all that else [`find_blocs`] tells; they are the same.
pub fn blocs_alone(network: &Network, weights: &CombinedWeights, options: &BlocOptions) -> Blocs {
    let found = Found::of(network, weights, options);
    let Partition { of, cost, .. } = found.partition;
    Blocs { stability: stability(&of, &found.runs), of, cost }
}

/// Finds the blocs of a network, how stable they are, and what signed modularity and other weights of an invitation
/// (none, and twice as much) would give.
pub fn find_blocs(network: &Network, weights: &CombinedWeights, options: &BlocOptions) -> Clustering {
    let search = options.search();
    let Found { evidence, graph, partition: found, quick, resamplings, runs } = Found::of(network, weights, options);
    let resampled = Resampled::of(&found.of, &runs, &quick);
    let hanging = hanging(&evidence, weights, &graph, &found.of, &quick);
    let modularity = cluster(&graph, &ClusterOptions { resolution: Resolution::MODULARITY, clusters: None, ..search });
    let at = |invite: f64| {
        let weights = CombinedWeights { invite, withheld: invite, ..*weights };
        (invite, cluster(&evidence.combined(&weights, Count::Once), &search))
    };
    Clustering {
        weights: *weights,
        blocs: Blocs { of: found.of, stability: resampled.stability, cost: found.cost },
        elsewhere: resampled.elsewhere,
        consensus: resampled.consensus,
        hanging,
        proven: found.proven,
        lower: found.lower,
        beside: Beside::of(&graph, &search),
        modularity,
        invitations: vec![at(0.0), at(2.0 * weights.invite)],
        documents: evidence.documents(),
        resamplings,
        graph,
    }
}

/// The blocs alone, without how sure they are: for networks that are one of many.
pub fn quick_blocs(network: &Network, weights: &CombinedWeights, options: &BlocOptions) -> Partition {
    let graph = Evidence::of(network).combined(weights, Count::Once);
    cluster(&graph, &ClusterOptions { proof: None, ..options.search() })
}

/// Nodes that are not with the same others in `after` as in `before`: clusters are matched one to one, those with most
/// nodes in common first, and who is outside its cluster's match has moved. In order.
pub fn movers(before: &[usize], after: &[usize]) -> Vec<usize> {
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (&a, &b) in before.iter().zip(after) {
        *common.entry((a, b)).or_default() += 1;
    }
    let mut by_size: Vec<_> = common.into_iter().collect();
    by_size.sort_by_key(|&(pair, n)| (std::cmp::Reverse(n), pair));
    let mut matched: BTreeMap<usize, usize> = BTreeMap::new();
    let mut taken = std::collections::BTreeSet::new();
    for ((a, b), _) in by_size {
        if !matched.contains_key(&a) && taken.insert(b) {
            matched.insert(a, b);
        }
    }
    let moved = |&i: &usize| before.get(i).and_then(|a| matched.get(a)) != after.get(i);
    (0..before.len()).filter(moved).collect()
}
