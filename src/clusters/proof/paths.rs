//! Finds bad cycles that are short.
//!
//! In: ties with lengths. Out: for a tie, the shortest bad cycle through it. Never here: bounds.
//!
//! Each node is there twice, on two levels; negative ties lead from one to the other. With camps they do so both ways,
//! and a path that ends on the other level has an odd number of them (Barahona & Mahjoub 1986). With clusters they only
//! lead up, and a path that ends there has exactly one. The search goes from both ends of the tie at once.

use super::ties::{Rule, Ties};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Added to each tie's length: among paths as long, those of fewer ties come first.
const HOP: f64 = 1e-7;

/// A state and its distance; the nearest is the greatest, equals by the lower number.
struct Near(f64, u32);

impl PartialEq for Near {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Near {}

impl PartialOrd for Near {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Near {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.total_cmp(&self.0).then(other.1.cmp(&self.1))
    }
}

/// One direction of the search; a state is twice the node plus the level.
struct Side {
    /// Of each state the distance, the state before, and the tie from there.
    reached: Vec<(f64, u32, u32)>,
    met: Vec<u32>,
    queue: BinaryHeap<Near>,
}

impl Side {
    fn new(states: usize) -> Self {
        let queue = BinaryHeap::new();
        Self { reached: vec![(f64::INFINITY, 0, 0); states], met: Vec::new(), queue }
    }

    fn start(&mut self, state: u32) {
        for state in self.met.drain(..) {
            self.reached[state as usize].0 = f64::INFINITY;
        }
        self.queue.clear();
        self.reached[state as usize].0 = 0.0;
        self.met.push(state);
        self.queue.push(Near(0.0, state));
    }

    /// The states from `state` back to the start, and the ties between them.
    fn back(&self, mut state: u32) -> (Vec<u32>, Vec<u32>) {
        let (mut states, mut ties) = (vec![state], Vec::new());
        while self.reached[state as usize].0 > 0.0 {
            let (_, before, tie) = self.reached[state as usize];
            ties.push(tie);
            states.push(before);
            state = before;
        }
        (states, ties)
    }
}

/// The search with its memory, which is used again for each tie.
pub(super) struct Paths<'t> {
    ties: &'t Ties,
    sides: [Side; 2],
    /// Ties looked at so far.
    pub(super) steps: u64,
}

impl<'t> Paths<'t> {
    pub(super) fn new(ties: &'t Ties) -> Self {
        let side = || Side::new(2 * ties.nodes());
        Self { ties, sides: [side(), side()], steps: 0 }
    }

    /// A bad cycle through `tie` (or inside one that is) shorter than `limit`, the shortest through it but for tiny
    /// differences; `None` when there is none. With `near`, a partition that has `tie` wrong, no other tie of the cycle
    /// is wrong in it. Lengths are 0 or more.
    pub(super) fn cycle(&mut self, tie: u32, length: &[f64], limit: f64, near: Option<&[u32]>) -> Option<Vec<u32>> {
        let ties = self.ties;
        let (one, other) = ties.ends[tie as usize];
        let up = !ties.negative[tie as usize];
        let crosses = |level: u32, backward: bool| match ties.rule {
            Rule::Camps => true,
            Rule::Clusters => up && (level == 1) == backward,
        };
        // In which cluster the nodes on each level are.
        let home = near.map(|of| match ties.rule {
            Rule::Camps => (of, [of[one as usize], 1 - of[one as usize]]),
            Rule::Clusters => (of, [of[one as usize], of[other as usize]]),
        });
        self.sides[0].start(2 * one);
        self.sides[1].start(2 * other + u32::from(up));
        let mut best = limit - length[tie as usize];
        let mut meeting = None;
        while let [Some(a), Some(b)] = [0, 1].map(|s: usize| self.sides[s].queue.peek().map(|near| near.0)) {
            // Every way that is not known has a tie between what one side and what the other has still before it.
            if a + b + HOP >= best {
                break;
            }
            let backward = self.sides[1].queue.len() < self.sides[0].queue.len();
            let [ahead, behind] = &mut self.sides;
            let (side, facing, nearest) = if backward { (behind, ahead, a) } else { (ahead, behind, b) };
            let Some(Near(distance, state)) = side.queue.pop() else { break };
            if distance > side.reached[state as usize].0 {
                continue;
            }
            let level = state % 2;
            self.steps += ties.degree(state as usize / 2) as u64;
            for (node, by, negative) in ties.around(state as usize / 2) {
                let to = level ^ u32::from(negative);
                let astray = home.is_some_and(|(of, home)| of[node as usize] != home[to as usize]);
                if astray || by == tie || (negative && !crosses(level, backward)) {
                    continue;
                }
                let next = 2 * node + to;
                let reached = distance + length[by as usize] + HOP;
                let known = &mut side.reached[next as usize];
                if reached >= best || reached >= known.0 {
                    continue;
                }
                if known.0 == f64::INFINITY {
                    side.met.push(next);
                }
                *known = (reached, state, by);
                let whole = reached + facing.reached[next as usize].0;
                if whole < best {
                    best = whole;
                    meeting = Some(next);
                } else if reached + nearest < best {
                    side.queue.push(Near(reached, next));
                }
            }
        }
        meeting.map(|state| self.close(state, tie))
    }

    /// The cycle of the two ways to where they met and the tie; where it passes a node on both levels, the bad cycle
    /// from there to there.
    fn close(&self, meeting: u32, tie: u32) -> Vec<u32> {
        let (mut states, mut cycle) = self.sides[0].back(meeting);
        states.reverse();
        cycle.reverse();
        let (onward, rest) = self.sides[1].back(meeting);
        states.extend(&onward[1..]);
        cycle.extend(rest);
        cycle.push(tie);
        // Each node is passed at most once on each level, as ways are shortest.
        let mut visits: Vec<(u32, usize)> = states.into_iter().zip(0..).collect();
        visits.sort_unstable();
        let twice = visits.windows(2).filter(|v| v[0].0 ^ v[1].0 == 1).map(|v| {
            let (first, second) = (v[0].1.min(v[1].1), v[0].1.max(v[1].1));
            (second - first, first)
        });
        match twice.min() {
            Some((length, at)) => cycle[at..at + length].to_vec(),
            None => cycle,
        }
    }
}
