//! Simulated annealing of a small layout (Davidson & Harel 1996), under the penalties of [`super::score`].
//!
//! In: positions from the stress layout. Out: better positions and their score. Never here: what better means.

use super::dice::Dice;
use super::geometry::Point;
use super::score::{Score, State};
use super::{Graph, Label};

/// The share of moves that bring a node beside one that it has to do with.
const LEAPS: f64 = 0.15;
/// Places tried for each label in a round.
const TURNS: usize = 3;

/// How one annealing cools down.
#[derive(Debug, Clone, Copy)]
pub struct Cooling {
    /// Rounds over all nodes.
    pub rounds: usize,
    /// Temperatures at the start and at the end, in units of the score (a crossing is about 1).
    pub heat: (f64, f64),
    /// The longest step at the start, as a share of the page.
    pub stride: f64,
    /// Whether labels are placed along the way; else they count as room around the mark.
    pub labels: bool,
}

/// Improves `at` in place. O(rounds · n · (n + degree · m)).
pub fn anneal(
    graph: &Graph,
    score: &mut Score,
    at: &mut Vec<Point>,
    cooling: Cooling,
    dice: &mut Dice,
) -> (Vec<Option<Label>>, f64) {
    score.rescale(at);
    let Cooling { rounds, heat: (hot, cold), stride, .. } = cooling;
    let farthest = stride * (graph.width * graph.height).sqrt();
    let nearest = 0.7 * score.facts.em;
    let start = std::mem::take(at);
    let leaps = if cooling.labels { 0.0 } else { LEAPS };
    let beside = 0.25 * (graph.width * graph.height).sqrt();
    let mut state = if cooling.labels { score.labelled(start) } else { score.state(start) };
    let mut order: Vec<usize> = (0..state.at.len()).filter(|&v| graph.nodes[v].at.is_none()).collect();
    let together = !graph.pinned();
    for round in 0..rounds {
        let done = round as f64 / rounds as f64;
        let heat = hot * libm::pow(cold / hot, done);
        let stride = farthest * libm::pow(nearest / farthest, done);
        dice.shuffle(&mut order);
        for &v in &order {
            let before = score.local(&state, v, f64::INFINITY);
            let was = state.at[v];
            let step = Point::new(dice.swing(), dice.swing());
            let around = &score.facts.around[v];
            let leap = !around.is_empty() && dice.unit() < leaps;
            let to =
                if leap { state.at[around[dice.below(around.len())]] + step * beside } else { was + step * stride };
            score.put(&mut state, v, to);
            // Metropolis' rule, turned around: first the chance, then how much worse it allows.
            let limit = before - heat * libm::log(1.0 - dice.unit());
            if score.local(&state, v, limit) > limit {
                score.put(&mut state, v, was);
            }
            turn_label(score, &mut state, v, heat, dice);
        }
        if together {
            move_together(score, &mut state, heat, stride, dice);
        }
        if round % 20 == 19 {
            score.rescale(&state.at);
        }
    }
    let labels = score.labels(&state);
    let total = score.total(&state);
    *at = state.at;
    (labels, total)
}

/// Tries other places for a label.
fn turn_label(score: &Score, state: &mut State, v: usize, heat: f64, dice: &mut Dice) {
    let places = score.facts.places[v].len();
    if state.chosen.is_empty() || places < 2 {
        return;
    }
    let mut cost = score.label_at(state, v, state.chosen[v]);
    for _ in 0..TURNS {
        let place = dice.below(places);
        let limit = cost - heat * libm::log(1.0 - dice.unit());
        let tried = score.label_at(state, v, place);
        if tried <= limit {
            score.choose(state, v, place);
            cost = tried;
        }
    }
}

/// Tries to move a whole bloc, to mirror it, or to swap two nodes: steps that single moves do not find.
fn move_together(score: &Score, state: &mut State, heat: f64, stride: f64, dice: &mut Dice) {
    let mut at = state.at.clone();
    let groups = &score.facts.members;
    let members = &groups[dice.below(groups.len())];
    let n = members.len() as f64;
    match dice.below(4) {
        0 | 1 if members.len() > 1 => {
            let step = Point::new(dice.swing(), dice.swing()) * stride;
            for &v in members {
                at[v] = at[v] + step;
            }
        }
        2 if members.len() > 2 => {
            let middle = members.iter().fold(Point::default(), |sum, &v| sum + at[v]) * (1.0 / n);
            let upright = dice.below(2) == 0;
            for &v in members {
                let d = at[v] - middle;
                at[v] = middle + if upright { Point::new(-d.x, d.y) } else { Point::new(d.x, -d.y) };
            }
        }
        _ => {
            let (a, b) = (dice.below(at.len()), members[dice.below(members.len())]);
            at.swap(a, b);
        }
    }
    let mut tried = score.state(at);
    score.carry(state, &mut tried);
    let worse = score.total(&tried) - score.total(state);
    if worse <= 0.0 || dice.unit() < libm::exp(-worse / heat) {
        *state = tried;
    }
}
