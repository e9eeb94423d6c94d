//! A first layout: stress by stochastic gradient descent, turned level and fitted to the page.
//!
//! In: wanted distances. Out: positions on the page. Never here: crossings, labels.
//!
//! Zheng, Pawar & Goodman (2019), "Graph drawing by stochastic gradient descent": pairs in random order, each moved
//! toward its wanted distance, the step shrinking from round to round.

use super::dice::Dice;
use super::geometry::{Point, Rect};
use super::overlap::into;
use super::targets::{Targets, Want};
use super::{Graph, page};

/// Rounds over all pairs.
const ROUNDS: usize = 40;
/// Pairs that stay next to each other when their order is changed.
const BLOCK: usize = 16;
/// Places all nodes on the page of the graph, leaving room at the rim for marks and labels.
pub fn place(graph: &Graph, targets: &Targets, dice: &mut Dice) -> Vec<Point> {
    let mut positions = start(graph, dice);
    descend(targets, &mut positions, &[], Descent { rounds: ROUNDS, warm: false }, dice);
    page::fit(graph, &mut positions);
    if graph.pinned() {
        around_pins(graph, targets, &mut positions, dice);
    }
    positions
}

/// Places the free nodes around those whose place is given: the free layout is laid over the given places as well as
/// it goes, and then meets the wanted distances again while those stand still.
fn around_pins(graph: &Graph, targets: &Targets, positions: &mut [Point], dice: &mut Dice) {
    let fixed: Vec<bool> = graph.nodes.iter().map(|v| v.at.is_some()).collect();
    lay_over(graph, positions);
    for (p, v) in positions.iter_mut().zip(&graph.nodes) {
        *p = v.at.unwrap_or(*p);
    }
    // The length of a hop that fits the given places best, or else the whole.
    let given = hop(targets, positions, |w| fixed[w.a as usize] && fixed[w.b as usize]);
    let length = given.or_else(|| hop(targets, positions, |_| true)).unwrap_or(1.0);
    for p in positions.iter_mut() {
        *p = *p * (1.0 / length);
    }
    descend(targets, positions, &fixed, Descent { rounds: ROUNDS, warm: false }, dice);
    for (p, v) in positions.iter_mut().zip(&graph.nodes) {
        let inside = *p * length + into(graph.page(), Rect { center: *p * length, half: v.half });
        *p = v.at.unwrap_or(inside);
    }
}

/// The length of a hop that lowers the stress over some pairs most.
pub fn hop(targets: &Targets, at: &[Point], counts: impl Fn(&Want) -> bool) -> Option<f64> {
    let (mut one, mut two) = (0.0, 0.0);
    for w in targets.wants.iter().filter(|w| counts(w)) {
        let r = at[w.a as usize].distance(at[w.b as usize]) / w.distance;
        one += r;
        two += r * r;
    }
    Some(two / one).filter(|length| length.is_finite() && *length > 1e-9)
}

/// The mean share by which distances miss what is wanted, squared and weighted, at the length of a hop that fits best.
pub fn stress(targets: &Targets, at: &[Point]) -> f64 {
    let length = hop(targets, at, |_| true).unwrap_or(1.0);
    let (mut sum, mut count) = (0.0, 0.0);
    for w in &targets.wants {
        let off = at[w.a as usize].distance(at[w.b as usize]) / length - w.distance;
        sum += w.weight * off * off;
        count += w.weight * w.distance * w.distance;
    }
    sum / f64::max(count, 1e-9)
}

/// Turns, mirrors, scales and shifts the cloud so that pinned nodes come nearest to their places (least squares, with
/// points as complex numbers).
fn lay_over(graph: &Graph, at: &mut [Point]) {
    let pins: Vec<(Point, Point)> = at.iter().zip(&graph.nodes).filter_map(|(&p, v)| v.at.map(|q| (p, q))).collect();
    let mean = |points: &mut dyn Iterator<Item = Point>| {
        points.fold(Point::default(), |sum, p| sum + p) * (1.0 / pins.len().max(1) as f64)
    };
    let (from, to) = (mean(&mut pins.iter().map(|p| p.0)), mean(&mut pins.iter().map(|p| p.1)));
    let (mut plain, mut mirrored, mut spread) = (Point::default(), Point::default(), 0.0);
    for &(p, q) in &pins {
        let (p, q) = (p - from, q - to);
        let flip = Point::new(p.x, -p.y);
        plain = plain + Point::new(p.dot(q), p.cross(q));
        mirrored = mirrored + Point::new(flip.dot(q), flip.cross(q));
        spread += p.dot(p);
    }
    let mirror = mirrored.norm() > plain.norm();
    let turn = if mirror { mirrored } else { plain };
    let turn = if spread > 1e-9 && turn.norm() > 1e-9 * spread { turn * (1.0 / spread) } else { Point::new(1.0, 0.0) };
    for p in at.iter_mut() {
        let d = *p - from;
        let d = if mirror { Point::new(d.x, -d.y) } else { d };
        *p = to + Point::new(d.x * turn.x - d.y * turn.y, d.x * turn.y + d.y * turn.x);
    }
}

/// Blocs on a circle in random order, their members around them.
fn start(graph: &Graph, dice: &mut Dice) -> Vec<Point> {
    let mut blocs: Vec<usize> = graph.nodes.iter().filter_map(|v| v.bloc).collect();
    blocs.sort_unstable();
    blocs.dedup();
    let sorted = blocs.clone();
    dice.shuffle(&mut blocs);
    let mut center = vec![Point::default(); blocs.len()];
    for (place, bloc) in blocs.iter().enumerate() {
        let turn = 2.0 * std::f64::consts::PI * place as f64 / blocs.len() as f64;
        if let Ok(k) = sorted.binary_search(bloc) {
            center[k] = Point::new(libm::cos(turn), libm::sin(turn)) * 2.0;
        }
    }
    let of =
        |bloc: Option<usize>| bloc.and_then(|b| sorted.binary_search(&b).ok()).map_or(Point::default(), |k| center[k]);
    graph.nodes.iter().map(|v| of(v.bloc) + Point::new(dice.swing(), dice.swing())).collect()
}

/// How a descent goes on.
#[derive(Debug, Clone, Copy)]
pub struct Descent {
    /// Rounds over all pairs.
    pub rounds: usize,
    /// Whether positions are near what is wanted already, so that steps can be small from the start.
    pub warm: bool,
}

/// Moves pairs toward their wanted distances; nodes that `fixed` names stand still.
pub fn descend(targets: &Targets, positions: &mut [Point], fixed: &[bool], descent: Descent, dice: &mut Dice) {
    let stands = |v: usize| fixed.get(v).copied().unwrap_or(false);
    let mut wants = targets.wants.clone();
    let most = wants.iter().map(|w| w.weight).fold(0.0, f64::max);
    let least = wants.iter().map(|w| w.weight).fold(f64::INFINITY, f64::min);
    if wants.is_empty() || most <= 0.0 {
        return;
    }
    // Step sizes from 1/least to 0.1/most, as in the paper.
    let last = 0.1 / most;
    let first = if descent.warm { (1.0 / least).min(30.0 * last) } else { 1.0 / least };
    let decay = libm::log(last / first) / (descent.rounds.max(2) - 1) as f64;
    dice.shuffle(&mut wants);
    let mut blocks: Vec<usize> = (0..wants.len().div_ceil(BLOCK)).collect();
    for round in 0..descent.rounds {
        let step = first * libm::exp(decay * round as f64);
        dice.shuffle(&mut blocks);
        for w in blocks.iter().flat_map(|&k| &wants[k * BLOCK..((k + 1) * BLOCK).min(wants.len())]) {
            let (a, b) = (w.a as usize, w.b as usize);
            let mut between = positions[a] - positions[b];
            let mut length = between.norm();
            if length < 1e-9 {
                between = Point::new(dice.swing(), dice.swing()) * 1e-3;
                length = between.norm().max(1e-9);
            }
            let (here, there) = match (stands(a), stands(b)) {
                (false, false) => (0.5, 0.5),
                (false, true) => (1.0, 0.0),
                (true, false) => (0.0, 1.0),
                (true, true) => continue,
            };
            let pull = between * ((length - w.distance) / length);
            positions[a] = positions[a] - pull * ((w.weight * step).min(1.0) * here);
            positions[b] = positions[b] + pull * ((w.back * step).min(1.0) * there);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Node, Tie};
    use super::*;

    #[test]
    fn a_path_is_drawn_level_and_in_order() {
        let nodes = vec![Node { bloc: Some(0), ..Node::default() }; 4];
        let ties = (1..4).map(|i| Tie { a: i - 1, b: i, sign: 1, weight: 1.0, drawn: true }).collect();
        let mut graph = Graph { nodes, ties, width: 400.0, height: 300.0, seed: 3, ..Graph::default() };
        for (i, node) in graph.nodes.iter_mut().enumerate() {
            node.bloc = Some(i);
        }
        let p = place(&graph, &Targets::new(&graph), &mut Dice::new(3, 0));
        let xs: Vec<f64> = p.iter().map(|p| p.x).collect();
        assert!(xs[0] < xs[3] || xs[3] < xs[0]);
        assert!(p.iter().all(|p| (0.0..=400.0).contains(&p.x) && (0.0..=300.0).contains(&p.y)));
    }

    #[test]
    fn one_node_goes_to_the_middle() {
        let graph = Graph { nodes: vec![Node::default()], width: 400.0, height: 300.0, ..Graph::default() };
        let p = place(&graph, &Targets::new(&graph), &mut Dice::new(3, 0));
        assert_eq!(p[0], Point::new(200.0, 150.0));
    }
}
