//! Simulated annealing of a small layout (Davidson & Harel 1996), under the penalties of [`super::score`].
//!
//! In: positions from the stress layout. Out: better positions and their score. Never here: what better means.

use super::Graph;
use super::dice::Dice;
use super::geometry::Point;
use super::score::Score;
use super::targets::Targets;

/// Temperatures at the start and at the end, in units of the score (a crossing is 1).
const HEAT: (f64, f64) = (2.5, 0.03);

/// Improves `at` in place; returns its score. O(rounds · n · (n + degree · m)).
pub fn anneal(graph: &Graph, targets: &Targets, at: &mut Vec<Point>, dice: &mut Dice) -> f64 {
    let mut score = Score::new(graph, targets);
    score.rescale(at);
    let rounds = graph.effort.rounds;
    let farthest = 0.3 * (graph.width * graph.height).sqrt();
    let nearest = 0.4 * score.em();
    let mut reach: Vec<[f64; 16]> = (0..score.members.len()).map(|g| score.reach(at, g)).collect();
    let mut order: Vec<usize> = (0..at.len()).collect();
    for round in 0..rounds {
        let done = round as f64 / rounds as f64;
        let heat = HEAT.0 * libm::pow(HEAT.1 / HEAT.0, done);
        let stride = farthest * libm::pow(nearest / farthest, done);
        dice.shuffle(&mut order);
        for &v in &order {
            let before = score.local(at, &reach, v);
            let was = at[v];
            let step = Point::new(dice.swing(), dice.swing()) * stride;
            at[v] = was + step;
            let old = std::mem::replace(&mut reach[score.group[v]], [0.0; 16]);
            reach[score.group[v]] = score.reach(at, score.group[v]);
            let worse = score.local(at, &reach, v) - before;
            if worse > 0.0 && dice.unit() >= libm::exp(-worse / heat) {
                at[v] = was;
                reach[score.group[v]] = old;
            }
        }
        move_together(&score, at, &mut reach, heat, stride, dice);
        if round % 20 == 19 {
            score.rescale(at);
        }
    }
    score.total(at)
}

/// Tries to move a whole bloc, to mirror it, or to swap two nodes: steps that single moves do not find.
fn move_together(
    score: &Score,
    at: &mut Vec<Point>,
    reach: &mut Vec<[f64; 16]>,
    heat: f64,
    stride: f64,
    dice: &mut Dice,
) {
    let mut tried = at.clone();
    let members = &score.members[dice.below(score.members.len())];
    let n = members.len() as f64;
    match dice.below(4) {
        0 | 1 if members.len() > 1 => {
            let step = Point::new(dice.swing(), dice.swing()) * stride;
            for &v in members {
                tried[v] = tried[v] + step;
            }
        }
        2 if members.len() > 2 => {
            let middle = members.iter().fold(Point::default(), |sum, &v| sum + at[v]) * (1.0 / n);
            let upright = dice.below(2) == 0;
            for &v in members {
                let d = at[v] - middle;
                tried[v] = middle + if upright { Point::new(-d.x, d.y) } else { Point::new(d.x, -d.y) };
            }
        }
        _ => tried.swap(dice.below(at.len()), members[dice.below(members.len())]),
    }
    let worse = score.total(&tried) - score.total(at);
    if worse <= 0.0 || dice.unit() < libm::exp(-worse / heat) {
        *at = tried;
        *reach = (0..score.members.len()).map(|g| score.reach(at, g)).collect();
    }
}
