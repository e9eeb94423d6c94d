//! Iterated local search: forcing a few nodes elsewhere, letting their surroundings follow, and keeping what is no worse.
//!
//! In: a partition in which no node gains by moving. Out: likewise, no worse. Never here: how nodes move by themselves.

use super::moves::Moves;
use super::random::Random;

/// At most so many nodes are forced at once; more made nothing better.
const MOST_FORCED: usize = 3;
/// Nodes with more ties than this are forced in proportion less often: that costs much and seldom gains.
const HUB: usize = 50;

/// Makes so many attempts, or fewer when more than `most` steps are taken. Each forces one to three nodes along a random
/// path into the cluster of a random neighbour or (one in four) into a new one, and holds them there until the others
/// have settled; then they may move as well.
pub(super) fn shake(moves: &mut Moves, attempts: usize, most: u64, random: &mut Random) {
    let graph = moves.graph();
    let mut forced = Vec::new();
    for _ in 0..attempts {
        if moves.steps() > most {
            return;
        }
        let mut i = random.below(graph.nodes());
        if graph.degree(i) < 2 {
            continue; // it is where its one tie wants it
        }
        moves.begin();
        for _ in 0..1 + random.below(MOST_FORCED) {
            let neighbour = graph.neighbour(i, random.below(graph.degree(i)));
            let to = if random.below(4) == 0 { moves.elsewhere(random) } else { moves.cluster(neighbour) };
            let passes = graph.degree(i) <= HUB || random.below(graph.degree(i)) < HUB;
            if passes && moves.force(i, to) {
                forced.push(i);
            }
            i = neighbour;
        }
        moves.settle();
        for i in forced.drain(..) {
            moves.release(i);
        }
        moves.settle();
        if !moves.is_no_worse() {
            moves.undo();
        }
    }
}
