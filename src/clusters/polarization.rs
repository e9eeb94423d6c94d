//! How far blocs are apart.
//!
//! In: a signed graph and a partition. Out: a [`Polarization`]. Never here: how blocs are found, words.

use super::graph::sizes;
use crate::network::SignedGraph;
use std::collections::BTreeMap;

/// How well ties and blocs go together, and which two blocs are most opposed.
#[derive(Debug, Clone, PartialEq)]
pub struct Polarization {
    /// The share of all friendly weight that is inside blocs, 0 to 1; `None` without friendly ties.
    pub friendly_inside: Option<f64>,
    /// The share of all hostile weight that is between blocs, 0 to 1; `None` without hostile ties.
    pub hostile_between: Option<f64>,
    /// The two blocs with most hostile weight between them, friendly weight taken off, by number, the smaller first; `None`
    /// when no two blocs are hostile on balance.
    pub camps: Option<(usize, usize)>,
    /// Their polarity: x'Ax / x'x with x = 1 for members of the one, -1 for members of the other, 0 for all else, and A the
    /// signed weights (Bonchi, Galimberti, Gionis, Ordozgoiti & Ruffo 2019, problem 1): twice the weight that fits two
    /// opposed camps less the weight that does not, for each member. 0 when there are no such camps.
    pub polarity: f64,
}

/// Measures a partition; `of` gives the cluster of each node.
pub fn polarization(graph: &SignedGraph, of: &[usize]) -> Polarization {
    let cluster = |i: u32| of.get(i as usize).copied().unwrap_or(usize::MAX);
    let (mut friendly, mut friendly_inside, mut hostile, mut hostile_between) = (0.0, 0.0, 0.0, 0.0);
    let mut inside: BTreeMap<usize, f64> = BTreeMap::new();
    let mut between: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for &(i, j, w) in &graph.edges {
        let (a, b) = (cluster(i), cluster(j));
        if w > 0.0 {
            friendly += w;
            friendly_inside += if a == b { w } else { 0.0 };
        } else {
            hostile -= w;
            hostile_between -= if a == b { 0.0 } else { w };
        }
        if a == b {
            *inside.entry(a).or_default() += w;
        } else {
            *between.entry((a.min(b), a.max(b))).or_default() += w;
        }
    }
    let sizes = sizes(of);
    let mut camps = None;
    let mut least = 0.0;
    for (&pair, &sum) in &between {
        if sum < least {
            (camps, least) = (Some(pair), sum);
        }
    }
    let polarity = camps.map_or(0.0, |(a, b)| {
        let own = |c: usize| inside.get(&c).copied().unwrap_or(0.0);
        let members = sizes.get(a).copied().unwrap_or(0) + sizes.get(b).copied().unwrap_or(0);
        2.0 * (own(a) + own(b) - least) / members as f64
    });
    let share = |part: f64, all: f64| (all > 0.0).then(|| part / all);
    Polarization {
        friendly_inside: share(friendly_inside, friendly),
        hostile_between: share(hostile_between, hostile),
        camps,
        polarity,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::tests::graph;

    #[test]
    fn two_opposed_camps_are_as_polar_as_they_are_dense() {
        // Two pairs of friends, each hostile to both of the other.
        let edges = [(0, 1, 1.0), (2, 3, 1.0), (0, 2, -1.0), (0, 3, -1.0), (1, 2, -1.0), (1, 3, -1.0)];
        let found = polarization(&graph(5, &edges), &[0, 0, 1, 1, 2]);
        assert_eq!((found.friendly_inside, found.hostile_between), (Some(1.0), Some(1.0)));
        assert_eq!((found.camps, found.polarity), (Some((0, 1)), 3.0));
        let split = polarization(&graph(5, &edges), &[0, 1, 0, 1, 2]);
        assert_eq!((split.friendly_inside, split.hostile_between), (Some(0.0), Some(0.5)));
    }

    #[test]
    fn without_enemies_there_are_no_camps() {
        let found = polarization(&graph(3, &[(0, 1, 2.0)]), &[0, 0, 1]);
        assert_eq!((found.hostile_between, found.camps, found.polarity), (None, None, 0.0));
        assert_eq!(polarization(&graph(0, &[]), &[]).friendly_inside, None);
    }
}
