//! One direction of one LSTM layer.
//!
//! In: packed rows of 8-bit inputs. Out: hidden states as 8-bit numbers in
//! its columns of the output. The input products of all steps are one large
//! product; only the recurrent ones go step by step.

use super::boost::boosted;
use super::file::{BadModel, Reader};
use super::kernel::{Level, Sums};
use super::matrix::{Matrix, Rows};
use super::numeric::{sigmoid, tanh, to_i8};
use super::pack::Pack;

/// What one unit of a hidden state is worth.
pub const STATE_UNIT: f32 = 1.0 / 127.0;

/// The weights of one direction.
#[derive(Debug)]
pub struct Lstm {
    input: Matrix,
    state: Matrix,
    cells: usize,
    reverse: bool,
}

/// Memory that is used again from batch to batch.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Integer sums.
    pub sums: Sums,
    gates: Vec<f32>,
    cell: Vec<f32>,
    state: Vec<i8>,
}

impl Lstm {
    /// Reads the weights.
    pub fn read(file: &mut Reader, inputs: usize, cells: usize, reverse: bool, level: Level) -> Result<Lstm, BadModel> {
        if cells == 0 || !cells.is_multiple_of(8) {
            return Err(BadModel("the number of cells is no multiple of eight"));
        }
        let input = Matrix::read(file, inputs, 4 * cells, level)?;
        let state = Matrix::read(file, cells, 4 * cells, level)?;
        Ok(Lstm { input, state, cells, reverse })
    }

    /// Writes columns `column..column + cells` of `out`, rows of `stride`.
    pub fn run(&self, pack: &Pack, x: &Rows, out: &mut [i8], stride: usize, column: usize, s: &mut Scratch) {
        let n = self.cells;
        self.input.apply(x, &mut s.sums, &mut s.gates);
        let widest = pack.counts.first().copied().unwrap_or(0);
        s.cell.clear();
        s.cell.resize(widest * n, 0.0);
        s.state.clear();
        s.state.resize(widest * n, 0);
        let (steps, width) = (pack.counts.len(), 4 * n);
        for step in 0..steps {
            let t = if self.reverse { steps - 1 - step } else { step };
            let (first, count) = (pack.starts[t], pack.counts[t]);
            // Sentences that begin at this step have zero states already.
            self.state.sums(&s.state, count, &mut s.sums);
            let gates = &mut s.gates[first * width..][..count * width];
            steps_of(count, gates, &s.sums.values, &self.state.scales()[..width], &mut s.cell, &mut s.state);
            for (b, state) in s.state.chunks_exact(n).take(count).enumerate() {
                out[(first + b) * stride + column..][..n].copy_from_slice(state);
            }
        }
    }
}

boosted! {
    /// One step of `count` sentences.
    fn steps_of(count: usize, gates: &mut [f32], sums: &[i32], scales: &[f32], cell: &mut [f32], state: &mut [i8]) {
        let width = scales.len();
        for b in 0..count {
            let n = width / 4;
            squash(
                &mut gates[b * width..][..width],
                &sums[b * width..][..width],
                scales,
                &mut cell[b * n..][..n],
                &mut state[b * n..][..n],
            );
        }
    }
}

/// One step of one sentence; gates in the order input, forget, new, output.
#[inline(always)]
fn squash(gates: &mut [f32], sums: &[i32], scales: &[f32], cell: &mut [f32], state: &mut [i8]) {
    let n = cell.len();
    for (g, (&s, scale)) in gates.iter_mut().zip(sums.iter().zip(scales)) {
        *g += s as f32 * (scale * STATE_UNIT);
    }
    let (i, rest) = gates.split_at_mut(n);
    let (f, rest) = rest.split_at_mut(n);
    let (g, o) = rest.split_at_mut(n);
    let (o, state) = (&mut o[..n], &mut state[..n]);
    for j in 0..n {
        let c = sigmoid(f[j]) * cell[j] + sigmoid(i[j]) * tanh(g[j]);
        cell[j] = c;
        o[j] = sigmoid(o[j]) * tanh(c) * 127.0;
    }
    state.iter_mut().zip(&*o).for_each(|(s, &v)| *s = to_i8(v));
}
