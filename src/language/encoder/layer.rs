//! One layer of the encoder: every piece looks at all others, then thinks for itself.
//!
//! In: states. Out: states. Attention by heads with softmax of scaled products (Vaswani et al. 2017, eq. 1), a
//! feed-forward part with the Gaussian error unit in its tanh form (Hendrycks and Gimpel 2016), layer normalization (Ba et
//! al. 2016, eq. 4) behind each.

use super::super::engine::boost::boosted;
use super::super::engine::file::{BadModel, Reader};
use super::super::engine::kernel::Level;
use super::super::engine::matrix::Matrix;
use super::super::engine::numeric::{exp, gelu};
use super::Workspace;

/// Partial sums that are kept side by side, always in the same order; the numbers of a head are a multiple.
pub const LANES: usize = 16;

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
    heads: usize,
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
}

impl Layer {
    /// Reads the weights of a layer.
    pub fn read(file: &mut Reader, width: usize, heads: usize, inner: usize, level: Level) -> Result<Self, BadModel> {
        Ok(Self {
            heads,
            width,
            inner,
            queries: Matrix::read(file, width, width, level)?,
            told: Matrix::read(file, width, 2 * width, level)?,
            mix: Matrix::read(file, width, width, level)?,
            first: Norm::read(file, width)?,
            up: Matrix::read(file, width, inner, level)?,
            down: Matrix::read(file, inner, width, level)?,
            second: Norm::read(file, width)?,
        })
    }

    /// What later pieces may look at of the `length` pieces that the layer has just run over.
    pub fn kept(&self, length: usize, work: &Workspace) -> Kept {
        let width = self.width;
        let rows = || work.told.chunks_exact(self.told.width()).take(length);
        let keys = (0..width).flat_map(|d| rows().map(move |row| row[d])).collect();
        Kept { keys, values: rows().flat_map(|row| &row[width..2 * width]).copied().collect() }
    }

    /// Runs the layer over the states of `work`, which see `before` and each other; where `only` is given, for the states
    /// at these places alone, which are then all that is left.
    pub fn run(&self, before: &Kept, only: Option<&[usize]>, work: &mut Workspace) {
        let (width, heads) = (self.width, self.heads);
        work.rows.fill(&work.states, width, 0, width);
        self.told.apply(&work.rows, &mut work.sums, &mut work.told);
        let length = work.rows.units.len();
        if let Some(places) = only {
            work.states = places.iter().flat_map(|p| &work.states[p * width..(p + 1) * width]).copied().collect();
            work.rows.fill(&work.states, width, 0, width);
        }
        self.queries.apply(&work.rows, &mut work.sums, &mut work.out);
        let left = work.rows.units.len();
        work.mixed.clear();
        work.mixed.resize(left * width, 0.0);
        let strides = (self.queries.width(), self.told.width());
        for head in 0..heads {
            let to = (&mut work.keys, &mut work.scores, work.mixed.as_mut_slice());
            attend(left, length, (width, width / heads, head), strides, &work.out, &work.told, before, to);
        }
        work.rows.fill(&work.mixed, width, 0, width);
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

/// What the pieces of an input see of what stands before it, in one layer.
#[derive(Debug, Default)]
pub struct Kept {
    /// For each number of a key, all pieces.
    keys: Vec<f32>,
    /// For each piece, all numbers of its value.
    values: Vec<f32>,
}

fn add(states: &mut [f32], more: &[f32], length: usize, width: usize, stride: usize) {
    for (state, more) in states.chunks_exact_mut(width).zip(more.chunks_exact(stride)).take(length) {
        state.iter_mut().zip(more).for_each(|(s, m)| *s += m);
    }
}

/// The sum of numbers, in [`LANES`] partial sums.
#[inline(always)]
fn sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; LANES];
    let chunks = numbers.chunks_exact(LANES);
    let rest = chunks.remainder();
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(l, &x)| *l += of(x));
    }
    lanes.iter_mut().zip(rest).for_each(|(l, &x)| *l += of(x));
    lanes.iter().fold(0.0, |a, b| a + b)
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

boosted! {
    /// One head of `(width, numbers of a head, which head)`: what `left` queries take from the pieces before and the
    /// `length` of the input. `to` is room for keys and scores, and what comes of it.
    fn attend(
        left: usize,
        length: usize,
        shape: (usize, usize, usize),
        strides: (usize, usize),
        queries: &[f32],
        told: &[f32],
        before: &Kept,
        to: (&mut Vec<f32>, &mut Vec<f32>, &mut [f32]),
    ) {
        let (width, size, head) = shape;
        let (keys, scores, mixed) = to;
        let (at, earlier) = (head * size, before.values.len() / width);
        let total = earlier + length;
        // Whole lanes: what is beyond the pieces gets no share.
        let room = total.next_multiple_of(LANES);
        keys.clear();
        keys.resize(size * room, 0.0);
        for (d, key) in keys.chunks_exact_mut(room).enumerate() {
            key[..earlier].copy_from_slice(&before.keys[(at + d) * earlier..][..earlier]);
        }
        for (place, row) in told.chunks_exact(strides.1).take(length).enumerate() {
            for (d, key) in row[at..][..size].iter().enumerate() {
                keys[d * room + earlier + place] = *key;
            }
        }
        scores.clear();
        scores.resize(room, 0.0);
        let scale = 1.0 / (size as f32).sqrt();
        for (query, mixed) in queries.chunks_exact(strides.0).zip(mixed.chunks_exact_mut(width)).take(left) {
            let query = &query[at..][..size];
            for (lane, scores) in scores.chunks_exact_mut(LANES).enumerate() {
                let mut lanes = [0f32; LANES];
                for (q, key) in query.iter().zip(keys.chunks_exact(room)) {
                    let q = q * scale;
                    lanes.iter_mut().zip(&key[lane * LANES..][..LANES]).for_each(|(s, k)| *s += q * k);
                }
                scores.copy_from_slice(&lanes);
            }
            scores[total..].fill(f32::MIN);
            let top = scores.iter().fold(f32::MIN, |t, &s| if s > t { s } else { t });
            scores.iter_mut().for_each(|s| *s = exp(*s - top));
            let whole = 1.0 / sum(scores, |x| x);
            scores.iter_mut().for_each(|s| *s *= whole);
            for (lane, mixed) in mixed[at..][..size].chunks_exact_mut(LANES).enumerate() {
                let from = at + lane * LANES;
                let mut lanes = [0f32; LANES];
                let passed = before.values.chunks_exact(width).map(|row| &row[from..][..LANES]);
                let own = told.chunks_exact(strides.1).map(|row| &row[width + from..][..LANES]);
                for (share, row) in scores.iter().zip(passed) {
                    lanes.iter_mut().zip(row).for_each(|(t, v)| *t += share * v);
                }
                for (share, row) in scores[earlier..total].iter().zip(own) {
                    lanes.iter_mut().zip(row).for_each(|(t, v)| *t += share * v);
                }
                mixed.copy_from_slice(&lanes);
            }
        }
    }
}
