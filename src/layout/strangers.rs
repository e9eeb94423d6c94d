//! Nobody within the outline of a bloc that is not its own.
//!
//! In: positions on the page. Out: positions in which those who stood within the hull of another bloc are drawn home.
//! Never here: which bloc anyone belongs to.

use super::facts::groups;
use super::geometry::{Point, hull};
use super::{Graph, page};

/// Rounds at most.
const ROUNDS: usize = 40;
/// The share of the way home in a round.
const STEP: f64 = 0.12;

/// Draws strangers, and the members at the corners that make room for them, toward the middle of their own blocs.
pub fn put_out(graph: &Graph, at: &mut [Point]) {
    let (group, members) = groups(graph);
    let middle = |list: &[usize], at: &[Point]| {
        list.iter().fold(Point::default(), |sum, &v| sum + at[v]) * (1.0 / list.len().max(1) as f64)
    };
    let middles: Vec<Point> = members.iter().map(|list| middle(list, at)).collect();
    let room = 2.5 * graph.nodes.iter().map(|v| v.half.x).sum::<f64>() / at.len().max(1) as f64;
    for _ in 0..ROUNDS {
        let mut home = vec![false; at.len()];
        let mut across: Vec<usize> = (0..at.len()).collect();
        across.sort_by(|&a, &b| at[a].x.total_cmp(&at[b].x).then(a.cmp(&b)));
        for (g, list) in members.iter().enumerate().filter(|(_, list)| list.len() > 2) {
            let outline = hull(&list.iter().map(|&v| at[v]).collect::<Vec<_>>());
            let (low, high) = page::bounds(outline.iter().copied());
            let from = across.partition_point(|&v| at[v].x < low.x - room);
            let near = across[from..].iter().copied().take_while(|&v| at[v].x <= high.x + room);
            for v in near.filter(|&v| group[v] != g && within(at[v], &outline, room)) {
                // Someone of no bloc, or at home in the midst of this one, has nowhere to go: the members must.
                home[v] |= members[group[v]].len() > 1;
                let far = at[v].distance(middles[g]);
                let beyond = list.iter().filter(|&&u| {
                    at[u].distance(middles[g]) > far && (at[u] - middles[g]).dot(at[v] - middles[g]) > 0.0
                });
                beyond.for_each(|&u| home[u] = true);
            }
        }
        home.iter_mut().zip(&graph.nodes).for_each(|(h, v)| *h &= v.at.is_none());
        if !home.contains(&true) {
            return;
        }
        for v in (0..at.len()).filter(|&v| home[v]) {
            at[v] = at[v] + (middles[group[v]] - at[v]) * STEP;
        }
    }
}

/// Whether a point lies in a convex outline or nearer to it than `room`.
fn within(p: Point, outline: &[Point], room: f64) -> bool {
    let side = |i: usize| {
        let (a, b) = (outline[i], outline[(i + 1) % outline.len()]);
        (b - a).unit().cross(p - a) > -room
    };
    (0..outline.len()).all(side)
}

#[cfg(test)]
mod tests {
    use super::super::Node;
    use super::super::dice::Dice;
    use super::*;

    #[test]
    fn strangers_leave() {
        let mut dice = Dice::new(5, 0);
        let half = Point::new(0.01, 0.01);
        let nodes = (0..80).map(|v| Node { bloc: Some(v % 2), half, ..Node::default() }).collect();
        let graph = Graph { nodes, ..Graph::default() };
        let place = |v: usize, dice: &mut Dice| Point::new((v % 2) as f64 * 1.5 + dice.swing(), dice.swing());
        let mut at: Vec<Point> = (0..80).map(|v| place(v, &mut dice)).collect();
        put_out(&graph, &mut at);
        let of = |bloc: usize| (0..80).filter(move |v| v % 2 == bloc);
        let outline = hull(&of(0).map(|v| at[v]).collect::<Vec<_>>());
        assert!(of(1).all(|v| !within(at[v], &outline, 0.0)));
    }
}
