//! How actors stand in a signed graph, and who bridges blocs.
//!
//! In: a signed graph, and a partition where blocs matter. Out: figures by node. Never here: how blocs are found, words.
//!
//! Centralities made for friendly ties alone mislead on signed graphs: an enemy is no route for information, and to be
//! attacked by everybody does not make central. What is here was made for both signs.

use crate::network::SignedGraph;
use std::collections::BTreeMap;

/// How one actor stands among all.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Standing {
    /// Actors with whom the net tie is friendly.
    pub friends: usize,
    /// Actors with whom it is hostile.
    pub enemies: usize,
    /// Weight of the friendly ties.
    pub friendly: f64,
    /// Weight of the hostile ties, 0 or more.
    pub hostile: f64,
    /// PN centrality (Everett & Borgatti 2014): (I - A / (2n - 2))^-1 1 with A = P - 2N, where P and N hold 1
    /// for friendly and hostile ties. 1 for who has no ties; higher for friends, and for enemies of the ill-placed.
    pub pn: f64,
    /// Participation coefficient of the friendly ties (Guimerà & Amaral 2005): 1 - sum over blocs of (weight to the bloc /
    /// weight to all)^2. 0 when all friends are of one bloc; 0 without friends.
    pub participation: f64,
}

/// Rounds of the iteration for PN centrality; its error shrinks with each, and it stops when nothing changes any more.
const ROUNDS: usize = 1_000;

/// The standing of each node; `of` gives the cluster of each node.
pub fn standings(graph: &SignedGraph, of: &[usize]) -> Vec<Standing> {
    let n = graph.names.len();
    let mut standings = vec![Standing::default(); n];
    let mut toward: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); n];
    for &(i, j, w) in &graph.edges {
        for (a, b) in [(i as usize, j as usize), (j as usize, i as usize)] {
            let standing = &mut standings[a];
            if w > 0.0 {
                standing.friends += 1;
                standing.friendly += w;
                *toward[a].entry(of.get(b).copied().unwrap_or(usize::MAX)).or_default() += w;
            } else {
                standing.enemies += 1;
                standing.hostile -= w;
            }
        }
    }
    for ((standing, toward), pn) in standings.iter_mut().zip(toward).zip(pn(graph)) {
        standing.pn = pn;
        if standing.friendly > 0.0 && toward.len() > 1 {
            let share = |w: &f64| (w / standing.friendly) * (w / standing.friendly);
            standing.participation = 1.0 - toward.values().map(share).sum::<f64>();
        }
    }
    standings
}

/// x = 1 + A x / (2n - 2), halfway to it again and again. The eigenvalues of A / (2n - 2) lie between -1 (all enemies) and
/// 1/2 (all friends), so going the whole way need not end, and halfway does.
fn pn(graph: &SignedGraph) -> Vec<f64> {
    let n = graph.names.len();
    let mut x = vec![1.0; n];
    if n < 2 {
        return x;
    }
    let scale = 1.0 / (2 * n - 2) as f64;
    for _ in 0..ROUNDS {
        let mut next = vec![1.0; n];
        for &(i, j, w) in &graph.edges {
            let a = if w > 0.0 { scale } else { -2.0 * scale };
            next[i as usize] += a * x[j as usize];
            next[j as usize] += a * x[i as usize];
        }
        for (new, old) in next.iter_mut().zip(&x) {
            *new = (*new + old) / 2.0;
        }
        let change = x.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        x = next;
        if change < 1e-13 {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::tests::graph;

    #[test]
    fn pn_solves_its_equation() {
        let graph = graph(5, &[(0, 1, 1.0), (1, 2, 3.0), (2, 3, -1.0), (0, 3, -2.0)]);
        let x = pn(&graph);
        for i in 0..5u32 {
            let around = |&(a, b, w): &(u32, u32, f64)| {
                let other = if a == i { b } else { a };
                if a == i || b == i { x[other as usize] * if w > 0.0 { 1.0 } else { -2.0 } } else { 0.0 }
            };
            let sum: f64 = graph.edges.iter().map(around).sum();
            assert!((x[i as usize] - 1.0 - sum / 8.0).abs() < 1e-12, "{x:?}");
        }
        assert!(x[1] > x[4] && x[4] == 1.0 && x[3] < x[4], "friends raise, enemies lower: {x:?}");
    }

    #[test]
    fn all_enemies_still_converge() {
        let all: Vec<_> = (0..6).flat_map(|i| (i + 1..6).map(move |j| (i, j, -1.0))).collect();
        let x = pn(&graph(6, &all));
        assert!(x.iter().all(|v| (v - 0.5).abs() < 1e-9), "{x:?}");
    }

    #[test]
    fn who_has_friends_in_two_blocs_bridges_them() {
        let standing = standings(&graph(4, &[(0, 1, 1.0), (0, 2, 1.0), (0, 3, -5.0), (2, 3, 1.0)]), &[0, 0, 1, 1]);
        assert_eq!(standing[0].participation, 0.5);
        assert_eq!((standing[0].friends, standing[0].enemies, standing[0].hostile), (2, 1, 5.0));
        assert_eq!(standing[1].participation, 0.0);
    }
}
