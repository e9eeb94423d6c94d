//! Simulated annealing of a small layout (Davidson & Harel 1996), under the penalties of [`super::score`].
//!
//! In: positions from the stress layout. Out: better positions and their score. Never here: what better means.

use super::Graph;
use super::dice::Dice;
use super::geometry::Point;
use super::score::{Score, State};

/// How one annealing cools down.
#[derive(Debug, Clone, Copy)]
pub struct Cooling {
    /// Rounds over all nodes.
    pub rounds: usize,
    /// Temperatures at the start and at the end, in units of the score (a crossing is about 1).
    pub heat: (f64, f64),
    /// The longest step at the start, as a share of the page.
    pub stride: f64,
}

/// Improves `at` in place. O(rounds · n · (n + degree · m)).
pub fn anneal(graph: &Graph, score: &mut Score, at: &mut Vec<Point>, cooling: Cooling, dice: &mut Dice) {
    score.rescale(at);
    let Cooling { rounds, heat: (hot, cold), stride } = cooling;
    let farthest = stride * (graph.width * graph.height).sqrt();
    let nearest = 0.4 * score.facts.em;
    let mut state = score.state(std::mem::take(at));
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
            score.put(&mut state, v, was + Point::new(dice.swing(), dice.swing()) * stride);
            // Metropolis' rule, turned around: first the chance, then how much worse it allows.
            let limit = before - heat * libm::log(1.0 - dice.unit());
            if score.local(&state, v, limit) > limit {
                score.put(&mut state, v, was);
            }
        }
        if together {
            move_together(score, &mut state, heat, stride, dice);
        }
        if round % 20 == 19 {
            score.rescale(&state.at);
        }
    }
    *at = state.at;
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
    let tried = score.state(at);
    let worse = score.total(&tried) - score.total(state);
    if worse <= 0.0 || dice.unit() < libm::exp(-worse / heat) {
        *state = tried;
    }
}
