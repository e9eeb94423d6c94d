//! The last touches: nodes shifted a little in the finished picture.
//!
//! In: a dressed picture. Out: the same with fewer faults. Annealing knows ties as straight and labels as a guess; here
//! both are what will be drawn. Never here: large moves.

use super::dice::Dice;
use super::dress::Dresser;
use super::geometry::Point;
use super::score::Score;

/// Rounds over all nodes, the labels and bends chosen anew after each.
const ROUNDS: usize = 4;
/// Shifts tried per node and round.
const TRIES: usize = 15;
/// Nodes with fewer faults are tried less.
const WORTH: f64 = 3.0;

/// Tries small shifts of each node and keeps those that lower the faults of the drawn picture and the layout's score
/// together.
pub fn polish(dresser: &mut Dresser, score: &mut Score, dice: &mut Dice) {
    score.rescale(&dresser.at);
    for round in 0..ROUNDS {
        let stride = dresser.em * (2.6 - 0.6 * round as f64);
        let mut state = score.bare(dresser.at.clone());
        for v in (0..dresser.at.len()).filter(|&v| dresser.graph.nodes[v].at.is_none()) {
            let faults = dresser.faults_at(v);
            let tries = if faults > WORTH { TRIES } else { TRIES / 3 };
            let mut best = faults + score.local(&state, v, f64::INFINITY);
            for _ in 0..tries {
                let step = Point::new(dice.swing(), dice.swing()) * stride;
                let was = state.at[v];
                dresser.shift(v, step);
                score.put(&mut state, v, dresser.at[v]);
                let mut now = score.local(&state, v, best);
                if now < best {
                    now += dresser.faults_at(v);
                }
                if now < best {
                    best = now;
                } else {
                    dresser.shift(v, was - dresser.at[v]);
                    score.put(&mut state, v, dresser.at[v]);
                }
            }
        }
        dresser.redraw();
        dresser.settle();
    }
}
