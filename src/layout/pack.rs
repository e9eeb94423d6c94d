//! Blocs of a large graph drawn together and set apart.
//!
//! In: positions from the stress layout. Out: positions in which each bloc fills a disc of its own, discs that do not
//! overlap, and nobody else inside them. Never here: small graphs, whose annealing keeps blocs apart by itself.

use super::Graph;
use super::geometry::Point;

/// Rounds of pushing discs apart.
const ROUNDS: usize = 300;
/// Room between discs, as a share of their radii.
const GAP: f64 = 0.08;

struct Disc {
    members: Vec<usize>,
    center: Point,
    radius: f64,
}

/// Packs the blocs of two or more; positions may be in any unit.
pub fn pack(graph: &Graph, at: &mut [Point]) {
    let mut discs = discs(graph, at);
    if discs.len() < 2 {
        return;
    }
    let before: Vec<Point> = discs.iter().map(|d| d.center).collect();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for i in 0..discs.len() {
            for j in i + 1..discs.len() {
                let between = discs[i].center - discs[j].center;
                let lack = (discs[i].radius + discs[j].radius) * (1.0 + GAP) - between.norm();
                if lack > 1e-9 {
                    moved = true;
                    let push = between.unit() * (0.5 * lack);
                    discs[i].center = discs[i].center + push;
                    discs[j].center = discs[j].center - push;
                }
            }
        }
        if !moved {
            break;
        }
    }
    let mut member = vec![false; at.len()];
    for (disc, &was) in discs.iter().zip(&before) {
        for &v in &disc.members {
            member[v] = true;
            let step = at[v] - was;
            let share = step.norm() / disc.radius;
            // Inner members stay, outer ones are drawn in: x / (1 + x^4)^(1/4) comes near 1 and never reaches it.
            let squeeze = 1.0 / (1.0 + share * share * share * share).sqrt().sqrt();
            at[v] = disc.center + step * squeeze;
        }
    }
    for v in (0..at.len()).filter(|&v| !member[v]) {
        for disc in &discs {
            let step = at[v] - disc.center;
            if step.norm() < disc.radius * (1.0 + GAP) {
                at[v] = disc.center + step.unit() * (disc.radius * (1.0 + GAP));
            }
        }
    }
}

/// One disc a bloc: around its members' middle, as large as its share of the members or as most of them reach.
fn discs(graph: &Graph, at: &[Point]) -> Vec<Disc> {
    let mut blocs: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for (v, node) in graph.nodes.iter().enumerate() {
        if let Some(bloc) = node.bloc {
            blocs.entry(bloc).or_default().push(v);
        }
    }
    let typical = |members: &[usize], center: Point, share: usize| {
        let mut reach: Vec<f64> = members.iter().map(|&v| at[v].distance(center)).collect();
        reach.sort_by(f64::total_cmp);
        reach[(reach.len() - 1) * share / 100]
    };
    let mut discs: Vec<Disc> = blocs
        .into_values()
        .filter(|members| members.len() > 1)
        .map(|members| {
            let mut xs: Vec<f64> = members.iter().map(|&v| at[v].x).collect();
            let mut ys: Vec<f64> = members.iter().map(|&v| at[v].y).collect();
            xs.sort_by(f64::total_cmp);
            ys.sort_by(f64::total_cmp);
            let center = Point::new(xs[xs.len() / 2], ys[ys.len() / 2]);
            let radius = 1.25 * typical(&members, center, 70);
            Disc { members, center, radius }
        })
        .collect();
    // Members of all blocs stand about equally close.
    let area: f64 = discs.iter().map(|d| d.radius * d.radius).sum();
    let members: f64 = discs.iter().map(|d| d.members.len() as f64).sum();
    for disc in &mut discs {
        let fair = (area * disc.members.len() as f64 / members).sqrt();
        disc.radius = (0.5 * (disc.radius + fair)).max(1e-6);
    }
    discs
}

#[cfg(test)]
mod tests {
    use super::super::Node;
    use super::super::dice::Dice;
    use super::*;

    #[test]
    fn blocs_are_parted_and_strangers_put_out() {
        let mut dice = Dice::new(5, 0);
        let mut graph = Graph { nodes: vec![Node::default(); 90], ..Graph::default() };
        for (v, node) in graph.nodes.iter_mut().enumerate() {
            node.bloc = (v < 80).then_some(v % 2);
        }
        let mut at: Vec<Point> = (0..90).map(|_| Point::new(dice.swing(), dice.swing())).collect();
        pack(&graph, &mut at);
        let middle = |bloc: usize| {
            let of: Vec<Point> = (0..80).filter(|v| v % 2 == bloc).map(|v| at[v]).collect();
            let center = of.iter().fold(Point::default(), |s, &p| s + p) * (1.0 / of.len() as f64);
            (center, of)
        };
        let ((a, ours), (b, theirs)) = (middle(0), middle(1));
        assert!(ours.iter().all(|p| p.distance(a) < p.distance(b)));
        assert!(theirs.iter().all(|p| p.distance(b) < p.distance(a)));
    }
}
