//! Whether a graph has blocs at all: what its best partition costs, against what chance would make it cost.
//!
//! In: a signed graph. Out: a [`Structure`]. Never here: words about it.

use super::random::Random;
use super::{ClusterOptions, Effort, cluster};
use crate::network::SignedGraph;
use rayon::prelude::*;

/// The cost of a graph's best partition beside those of graphs with the same ties and the same weights, dealt anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// Cost of the graph, found with the same effort as the others.
    pub cost: f64,
    /// Costs of the shuffled graphs, in the order of their making.
    pub shuffled: Vec<f64>,
    /// Mean of the shuffled costs; NaN without shuffles.
    pub mean: f64,
    /// Their standard deviation (of a sample: divided by one less than their number); NaN with fewer than two.
    pub deviation: f64,
    /// How many deviations the cost lies above the mean; below, which means structure, it is negative. `None` when the
    /// shuffled graphs all cost the same, as when all ties are positive, or there are fewer than two.
    pub z: Option<f64>,
}

/// z below which chance is not believed in: about one graph without structure in a thousand goes below.
const CONVINCING: f64 = -3.0;

impl Structure {
    /// Whether the graph is more of blocs than chance would make it: z at most -3, and cheaper than every shuffled graph.
    pub fn is_convincing(&self) -> bool {
        self.z.is_some_and(|z| z <= CONVINCING) && self.shuffled.iter().all(|&s| self.cost < s)
    }
}

/// Deals the weights of the graph to the same ties at random, `shuffles` times, and clusters each with
/// [`Effort::Quick`]; otherwise with the options given.
pub fn structure(graph: &SignedGraph, shuffles: usize, options: &ClusterOptions) -> Structure {
    let options = ClusterOptions { effort: Effort::Quick, exact_steps: 0, proof: None, ..*options };
    let cost = cluster(graph, &options).cost;
    let shuffled: Vec<f64> = (0..shuffles as u64)
        .into_par_iter()
        .map(|shuffle| {
            // Streams far from those of the searches and of the resamplings.
            let mut random = Random::new(options.seed, (2 << 32) + shuffle);
            let mut weights: Vec<f64> = graph.edges.iter().map(|e| e.2).collect();
            random.shuffle(&mut weights);
            let edges = graph.edges.iter().zip(weights).map(|(&(i, j, _), w)| (i, j, w)).collect();
            cluster(&SignedGraph { edges, names: graph.names.clone(), ..*graph }, &options).cost
        })
        .collect();
    let number = shuffled.len() as f64;
    let mean = shuffled.iter().sum::<f64>() / number;
    let deviation = (shuffled.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / (number - 1.0)).sqrt();
    // All alike but for rounding is all alike.
    let z = (deviation > 1e-9 * mean.abs()).then(|| (cost - mean) / deviation);
    Structure { cost, shuffled, mean, deviation, z }
}
