//! All evidence added up to one undirected signed graph, in which blocs are found.
//!
//! In: a network and weights. Out: a [`SignedGraph`]. Never here: how blocs are found.
//!
//! The weight of a pair is what its two ties say of each other, both directions added (support plus, opposition minus,
//! an invitation a little plus, one that was withheld a little minus), plus their agreement on matters, plus their bond
//! if one speaks for the other.
//!
//! **Agreement** (Leifeld 2017): with `X[i][j][k]` the statements of actor `i` on matter `j` with side `k`, congruence
//! is the sum of `X[i][j][k] X[i'][j][k]`, conflict the sum of `X[i][j][+] X[i'][j][-] + X[i][j][-] X[i'][j][+]`, and
//! agreement their difference divided by the average activity `(n_i + n_i') / 2`, so that who talks most does not
//! decide alone. `n_i` are all statements of `i` on matters.
//!
//! **A stance on a matter counts twice, toward different actors.** Germany's opposition to France's mission counts
//! against France, whose mission it is, and as agreement with Spain, who opposes it as well: two facts about two pairs.
//! In one pair it counts once: where a tie runs through a matter, that matter is left out of the pair's agreement.

use super::{CombinedWeights, Count, Evidence, Network, SignedGraph};
use crate::statement::Relation;
use std::collections::BTreeMap;

/// The signed graph of all documents, each counted once.
pub fn combined(network: &Network, weights: &CombinedWeights) -> SignedGraph {
    Evidence::of(network).combined(weights, Count::Once)
}

/// What is said of a pair: counts, multiplied with the weights and divided last, so that the order of the evidence
/// leaves no trace in the rounding.
#[derive(Default)]
struct Pair {
    /// Units by relation (invite, support, oppose, withheld), and how many of them are hedged.
    units: [(u64, u64); 4],
    /// Congruence minus conflict.
    agreement: f64,
    bond: f64,
}

impl Evidence {
    /// The signed graph when units count as told. Actors that do not occur stay as nodes without ties. Takes time and
    /// memory for each pair of actors that share a matter.
    pub fn combined(&self, weights: &CombinedWeights, count: Count<'_>) -> SignedGraph {
        let mut pairs: BTreeMap<(u32, u32), Pair> = BTreeMap::new();
        for (a, b, relation, counts) in &self.ties {
            for unit in counts {
                let slot = match relation {
                    Relation::Invite if unit.withheld => 3,
                    Relation::Invite => 0,
                    Relation::Support => 1,
                    Relation::Oppose => 2,
                };
                let n = u64::from(count.of(*unit));
                let pair = pairs.entry((*a.min(b), *a.max(b))).or_default();
                if let Some((all, hedged)) = pair.units.get_mut(slot) {
                    *all += n;
                    *hedged += if unit.hedged { n } else { 0 };
                }
            }
        }
        let activity = self.agree(weights, count, &mut pairs);
        let occurs = match count {
            Count::Copies(copies) => Some(self.occurring(copies)),
            Count::Once | Count::Without(_) => None,
        };
        let there = |i: u32| occurs.as_ref().is_none_or(|o| o.get(i as usize).copied().unwrap_or(false));
        for &(i, j, share) in self.bonds.iter().filter(|&&(i, j, _)| there(i) && there(j)) {
            pairs.entry((i, j)).or_default().bond = share;
        }

        let mut graph = SignedGraph { names: self.names.clone(), ..SignedGraph::default() };
        for ((i, j), pair) in pairs {
            let average = (activity[i as usize] + activity[j as usize]) / 2.0;
            let (plus, minus) = pair.weigh(weights, average);
            let net = plus - minus;
            if net != 0.0 && net.is_finite() {
                graph.edges.push((i, j, net));
            }
            graph.unreciprocated += plus.min(minus);
        }
        graph
    }

    /// Adds congruence minus conflict to the pairs, and gives each actor's activity.
    fn agree(&self, weights: &CombinedWeights, count: Count<'_>, pairs: &mut BTreeMap<(u32, u32), Pair>) -> Vec<f64> {
        let mut activity = vec![0.0; self.names.len()];
        let mut sides: Vec<Vec<(u32, f64)>> = Vec::new();
        for stands in &self.stands {
            let mut on_matter: BTreeMap<u32, Vec<(bool, f64)>> = BTreeMap::new();
            for (actor, supports, counts) in stands {
                let (mut plain, mut hedged) = (0, 0);
                for unit in counts {
                    *(if unit.hedged { &mut hedged } else { &mut plain }) += count.of(*unit);
                }
                let said = f64::from(plain) + f64::from(hedged) * weights.hedged;
                activity[*actor as usize] += said;
                on_matter.entry(*actor).or_default().push((*supports, said));
            }
            // Congruence minus conflict is the product of (support - opposition) of the two.
            let side = |stands: Vec<(bool, f64)>| stands.iter().map(|(up, said)| if *up { *said } else { -said }).sum();
            sides.push(on_matter.into_iter().map(|(actor, stands)| (actor, side(stands))).collect());
        }
        for (matter, actors) in sides.iter().enumerate() {
            for (at, &(i, x)) in actors.iter().enumerate().filter(|(_, (_, x))| *x != 0.0) {
                for &(j, y) in actors[at + 1..].iter().filter(|(_, y)| *y != 0.0) {
                    if !self.through.contains(&(i, j, matter as u32)) {
                        pairs.entry((i, j)).or_default().agreement += x * y;
                    }
                }
            }
        }
        activity
    }
}

impl Pair {
    /// Positive and negative weight, both 0 or more.
    fn weigh(&self, weights: &CombinedWeights, average_activity: f64) -> (f64, f64) {
        let of = |slot: usize, weight: f64| {
            let (all, hedged) = self.units.get(slot).copied().unwrap_or_default();
            ((all - hedged) as f64 + hedged as f64 * weights.hedged) * weight
        };
        let agreement = if self.agreement == 0.0 { 0.0 } else { self.agreement / average_activity * weights.agreement };
        let plus = of(0, weights.invite) + of(1, weights.support) + self.bond * weights.affiliation;
        let minus = of(2, weights.oppose) + of(3, weights.withheld);
        (plus + agreement.max(0.0), minus + (-agreement).max(0.0))
    }
}
