//! One layer of the encoder: every piece looks at all others, then thinks for itself.
//!
//! In: states. Out: states. Attention by heads with softmax of scaled products (Vaswani et al. 2017, eq. 1), a
//! feed-forward part with the Gaussian error unit in its tanh form (Hendrycks and Gimpel 2016), layer normalization (Ba et
//! al. 2016, eq. 4) behind each.

use super::super::engine::boost::boosted;
use super::super::engine::file::{BadModel, Reader};
use super::super::engine::kernel::Level;
use super::super::engine::matrix::Matrix;
use super::super::engine::numeric::{gelu, sum};
use super::Workspace;
use super::attention::{Shown, attend};

/// Gain and bias of a normalization.
#[derive(Debug)]
pub struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    /// Reads gain and bias.
    pub fn read(file: &mut Reader, width: usize) -> Result<Self, BadModel> {
        let (gain, bias) = (file.reals()?, file.reals()?);
        if gain.len() != width || bias.len() != width {
            return Err(BadModel("a normalization has the wrong size"));
        }
        Ok(Self { gain, bias })
    }

    /// Brings each row to mean 0 and variance 1, then to gain and bias.
    pub fn apply(&self, states: &mut [f32]) {
        normalize(states, &self.gain, &self.bias);
    }
}

/// One layer.
#[derive(Debug)]
pub struct Layer {
    /// How many heads attention has, and how many numbers each.
    heads: (usize, usize),
    width: usize,
    inner: usize,
    queries: Matrix,
    /// Keys and values, one behind the other.
    told: Matrix,
    mix: Matrix,
    first: Norm,
    up: Matrix,
    down: Matrix,
    second: Norm,
    level: Level,
}

impl Layer {
    /// Reads the weights of a layer.
    pub fn read(file: &mut Reader, width: usize, heads: (usize, usize), level: Level) -> Result<Self, BadModel> {
        let (inner, looked) = (file.number()?, heads.0 * heads.1);
        Ok(Self {
            heads,
            width,
            inner,
            queries: Matrix::read(file, width, looked, level)?,
            told: Matrix::read(file, width, 2 * looked, level)?,
            mix: Matrix::read(file, looked, width, level)?,
            first: Norm::read(file, width)?,
            up: Matrix::read(file, width, inner, level)?,
            down: Matrix::read(file, inner, width, level)?,
            second: Norm::read(file, width)?,
            level: level.or_portable(),
        })
    }

    /// Runs the layer over the states of `work`, which see `before` and each other; where `only` is given, for the states
    /// at these places alone, which are then all that is left. `work.shown` is then what later pieces may look at.
    pub fn run(&self, before: &Shown, only: Option<&[usize]>, work: &mut Workspace) {
        let (width, looked) = (self.width, self.heads.0 * self.heads.1);
        work.rows.fill(&work.states, width, 0, width);
        self.told.apply(&work.rows, &mut work.sums, &mut work.told);
        let length = work.rows.units.len();
        work.shown.fill(&work.told, self.told.width(), length, self.heads);
        if let Some(places) = only {
            work.states = places.iter().flat_map(|p| &work.states[p * width..(p + 1) * width]).copied().collect();
            work.rows.fill(&work.states, width, 0, width);
        }
        self.queries.apply(&work.rows, &mut work.sums, &mut work.out);
        let left = work.rows.units.len();
        work.mixed.clear();
        work.mixed.resize(left * looked, 0.0);
        let queries = &work.out[..left * self.queries.width()];
        let seen = [before, &work.shown];
        attend(self.level, queries, self.queries.width(), self.heads, seen, &mut work.room, &mut work.mixed);
        work.rows.fill(&work.mixed, looked, 0, looked);
        self.mix.apply(&work.rows, &mut work.sums, &mut work.out);
        add(&mut work.states, &work.out, left, width, self.mix.width());
        self.first.apply(&mut work.states);
        work.rows.fill(&work.states, width, 0, width);
        self.up.apply(&work.rows, &mut work.sums, &mut work.out);
        let wide = &mut work.out[..left * self.up.width()];
        squash(wide);
        work.rows.fill(wide, self.up.width(), 0, self.inner);
        self.down.apply(&work.rows, &mut work.sums, &mut work.out);
        add(&mut work.states, &work.out, left, width, self.down.width());
        self.second.apply(&mut work.states);
    }
}

fn add(states: &mut [f32], more: &[f32], length: usize, width: usize, stride: usize) {
    for (state, more) in states.chunks_exact_mut(width).zip(more.chunks_exact(stride)).take(length) {
        state.iter_mut().zip(more).for_each(|(s, m)| *s += m);
    }
}

boosted! {
    fn normalize(states: &mut [f32], gain: &[f32], bias: &[f32]) {
        let width = gain.len() as f32;
        for state in states.chunks_exact_mut(gain.len()) {
            let mean = sum(state, |x| x) / width;
            let variance = sum(state, |x| (x - mean) * (x - mean)) / width;
            let scale = 1.0 / (variance + 1e-12).sqrt();
            for ((x, g), b) in state.iter_mut().zip(gain).zip(bias) {
                *x = (*x - mean) * scale * g + b;
            }
        }
    }
}

boosted! {
    fn squash(numbers: &mut [f32]) {
        numbers.iter_mut().for_each(|x| *x = gelu(*x));
    }
}
