//! The covering program over the cycles that are known: how much each tie is wrong so that no cycle lacks a wrong tie.
//!
//! In: cycles, costs, bounds on ties. Out: nearly optimal shares `x` of ties and weights `y` of cycles. Never here: how
//! cycles are found.
//!
//! `min cost x` with `sum of x over each cycle >= 1` and `low <= x <= high`, by the primal-dual hybrid gradient method
//! (Chambolle & Pock 2011) with the diagonal steps of Pock & Chambolle 2011 (alpha = 1) and the restarts and weights of
//! primal against dual of Applegate et al. 2021. One step is two passes over the cycles: nothing is factorized, memory
//! is that of the cycles, and it goes on from where it was when cycles are added.

use super::cycles::Cycles;
use super::ties::Ties;

/// Steps between two looks at how far it is.
const STRIDE: usize = 20;

/// The state of the method.
pub(super) struct Program {
    /// How much each tie is wrong, 0..1.
    pub(super) x: Vec<f64>,
    /// Weight of each cycle, 0 or more.
    pub(super) y: Vec<f64>,
    pub(super) low: Vec<f64>,
    pub(super) high: Vec<f64>,
    /// Weight of the distance in `x` against that in `y`; a step in `x` is divided by it, one in `y` multiplied.
    omega: f64,
    /// Passes over single ties of cycles so far.
    pub(super) steps: u64,
}

/// When [`Program::solve`] stops.
pub(super) struct Stop {
    /// Upper and lower value apart by less than this share.
    pub(super) gap: f64,
    /// The bound has come this far: no more is needed.
    pub(super) enough: f64,
    /// Steps as counted in [`Program::steps`].
    pub(super) steps: u64,
}

impl Program {
    pub(super) fn new(ties: &Ties) -> Self {
        let mean = ties.cost.iter().sum::<f64>() / ties.len().max(1) as f64;
        Self {
            x: vec![0.0; ties.len()],
            y: Vec::new(),
            low: vec![0.0; ties.len()],
            high: vec![1.0; ties.len()],
            omega: mean,
            steps: 0,
        }
    }

    /// The Lagrangian bound of `y` with the bounds on ties, less what rounding may have added: valid for any `y`, see
    /// [`cycles`](super::cycles).
    fn bound(&self, ties: &Ties, cycles: &Cycles, y: &[f64]) -> f64 {
        let load = cycles.load(ties.len(), y);
        let (mut sum, mut scale) = (0.0, 0.0);
        for (tie, load) in load.into_iter().enumerate() {
            let reduced = ties.cost[tie] - load;
            sum += reduced * if reduced > 0.0 { self.low[tie] } else { self.high[tie] };
            scale += load;
        }
        sum += y.iter().sum::<f64>();
        sum - f64::EPSILON * (cycles.size() + ties.len()) as f64 * scale
    }

    /// Lower and upper value of a pair: the bound of `y`, and the cost of `x` with what cycles lack.
    fn values(&self, ties: &Ties, cycles: &Cycles, x: &[f64], y: &[f64], unit: f64) -> (f64, f64) {
        let lack = |cycle: &[u32]| (1.0 - cycle.iter().map(|&tie| x[tie as usize]).sum::<f64>()).max(0.0);
        let lacking: f64 = cycles.iter().map(lack).sum();
        let cost: f64 = x.iter().zip(&ties.cost).map(|(x, cost)| x * cost).sum();
        (self.bound(ties, cycles, y), cost + unit * lacking)
    }

    /// Improves `x` and `y`; returns the best bound met on the way.
    pub(super) fn solve(&mut self, ties: &Ties, cycles: &Cycles, stop: &Stop) -> f64 {
        let (m, k) = (ties.len(), cycles.len());
        let unit = ties.cost.iter().sum::<f64>() / m.max(1) as f64;
        self.y.resize(k, 0.0);
        let mut degree = vec![0.0; m];
        cycles.iter().flatten().for_each(|&tie| degree[tie as usize] += 1.0);
        let mut load = cycles.load(m, &self.y);
        let mut leap = vec![0.0; m];
        let mut sums = (vec![0.0; m], vec![0.0; k]);
        let mut origin = (self.x.clone(), self.y.clone());
        let (mut last_gap, mut steps, mut since) = (f64::INFINITY, 0usize, 0usize);
        let mut best = f64::NEG_INFINITY;
        let until = self.steps.saturating_add(stop.steps);
        loop {
            for _ in 0..STRIDE {
                self.step(ties, cycles, &degree, &mut load, &mut leap, &mut sums);
            }
            steps += STRIDE;
            since += STRIDE;
            self.steps += (STRIDE as u64 + 4) * (cycles.size() + m) as u64;
            let mean = |sum: &Vec<f64>| sum.iter().map(|v| v / since as f64).collect::<Vec<f64>>();
            let (x, y) = (mean(&sums.0), mean(&sums.1));
            let now = self.values(ties, cycles, &self.x, &self.y, unit);
            let averaged = self.values(ties, cycles, &x, &y, unit);
            best = best.max(now.0).max(averaged.0);
            let better = averaged.1 - averaged.0 < now.1 - now.0;
            let (lower, upper) = if better { averaged } else { now };
            let done = upper - lower <= stop.gap * upper || best >= stop.enough || self.steps >= until;
            let restart = upper - lower < 0.2 * last_gap || (since * 3 >= steps && upper - lower < 0.8 * last_gap);
            if better && (done || restart) {
                (self.x, self.y) = (x, y);
            }
            if done {
                return best;
            }
            if restart {
                load = cycles.load(m, &self.y);
                self.weigh(cycles, &degree, &origin);
                origin = (self.x.clone(), self.y.clone());
                sums.0.fill(0.0);
                sums.1.fill(0.0);
                (last_gap, since) = (upper - lower, 0);
            }
        }
    }

    /// One step; `load` is that of `y` and is kept so, `leap` is room for the point beyond the new `x`.
    fn step(
        &mut self,
        ties: &Ties,
        cycles: &Cycles,
        degree: &[f64],
        load: &mut [f64],
        leap: &mut [f64],
        sums: &mut (Vec<f64>, Vec<f64>),
    ) {
        for tie in 0..ties.len() {
            if degree[tie] == 0.0 {
                continue;
            }
            let old = self.x[tie];
            let moved = old - (ties.cost[tie] - load[tie]) / (self.omega * degree[tie]);
            let new = moved.max(self.low[tie]).min(self.high[tie]);
            self.x[tie] = new;
            leap[tie] = 2.0 * new - old;
            load[tie] = 0.0;
            sums.0[tie] += new;
        }
        for ((cycle, y), sum) in cycles.iter().zip(&mut self.y).zip(&mut sums.1) {
            let covered: f64 = cycle.iter().map(|&tie| leap[tie as usize]).sum();
            *y = (*y + self.omega * (1.0 - covered) / cycle.len() as f64).max(0.0);
            *sum += *y;
            if *y > 0.0 {
                for &tie in cycle {
                    load[tie as usize] += *y;
                }
            }
        }
    }

    /// Moves `omega` halfway (of its logarithm) to the ratio of the distances gone in `y` and in `x`.
    fn weigh(&mut self, cycles: &Cycles, degree: &[f64], origin: &(Vec<f64>, Vec<f64>)) {
        let square = |(a, b): (&f64, &f64)| (a - b) * (a - b);
        let x: f64 = self.x.iter().zip(&origin.0).map(square).zip(degree).map(|(d, degree)| d * degree).sum();
        let y: f64 = self.y.iter().zip(&origin.1).map(square).zip(cycles.iter()).map(|(d, c)| d * c.len() as f64).sum();
        let omega = (self.omega * (y / x).sqrt()).sqrt();
        if x > 1e-20 && omega.is_normal() {
            self.omega = omega;
        }
    }
}
