//! One direction of one LSTM layer, forward and backward, over packed rows.

use crate::mm;
use crate::pack::Pack;
use crate::panel::Panels;
use stancenet::language::engine::numeric::{sigmoid, tanh};

/// Sizes and direction.
#[derive(Clone, Copy)]
pub struct Lstm {
    /// Width of the input.
    pub input: usize,
    /// Number of cells.
    pub cells: usize,
    /// Right to left.
    pub reverse: bool,
}

/// What the backward pass needs of the forward pass.
pub struct Trace {
    gates: Vec<f32>,
    cell: Vec<f32>,
    squashed: Vec<f32>,
    previous: Vec<f32>,
}

impl Lstm {
    fn weights<'a>(&self, w: &'a [f32]) -> (&'a [f32], &'a [f32], &'a [f32]) {
        let four = 4 * self.cells;
        let (x, rest) = w.split_at(self.input * four);
        let (h, b) = rest.split_at(self.cells * four);
        (x, h, b)
    }

    /// Number of parameters: input, recurrent, bias.
    pub fn size(&self) -> usize {
        (self.input + self.cells + 1) * 4 * self.cells
    }

    /// The step before `t` in this direction, and how many rows have one.
    fn before(&self, pack: &Pack, t: usize) -> Option<(usize, usize)> {
        let last = pack.counts.len() - 1;
        match self.reverse {
            false if t > 0 => Some((pack.starts[t - 1], pack.counts[t])),
            true if t < last => Some((pack.starts[t + 1], pack.counts[t + 1])),
            _ => None,
        }
    }

    fn steps(&self, pack: &Pack) -> Vec<usize> {
        let n = pack.counts.len();
        if self.reverse { (0..n).rev().collect() } else { (0..n).collect() }
    }

    /// Writes hidden states to columns `column..column + cells` of `out`.
    #[allow(clippy::too_many_arguments)]
    pub fn forward(
        &self,
        pack: &Pack,
        w: &[f32],
        x: &[f32],
        mask: Option<&[f32]>,
        out: &mut [f32],
        stride: usize,
        column: usize,
    ) -> Trace {
        let (hn, four) = (self.cells, 4 * self.cells);
        let (wx, wh, bias) = self.weights(w);
        let mut gates = vec![0.0f32; pack.rows * four];
        for row in gates.chunks_exact_mut(four) {
            row.copy_from_slice(bias);
        }
        mm::add(pack.rows, four, self.input, mm::n(x, self.input), mm::n(wx, four), &mut gates, four);
        let mut cell = vec![0.0f32; pack.rows * hn];
        let mut squashed = vec![0.0f32; pack.rows * hn];
        let mut previous = vec![0.0f32; pack.rows * hn];
        let recurrent = Panels::new(wh, hn, four, false);
        for t in self.steps(pack) {
            let (first, count) = (pack.starts[t], pack.counts[t]);
            let before = self.before(pack, t);
            if let Some((from, number)) = before {
                for b in 0..number {
                    let h = &out[(from + b) * stride + column..][..hn];
                    let to = &mut previous[(first + b) * hn..][..hn];
                    to.copy_from_slice(h);
                    if let Some(mask) = mask {
                        to.iter_mut().zip(&mask[b * hn..]).for_each(|(v, m)| *v *= m);
                    }
                }
                recurrent.add(number, &previous[first * hn..], hn, &mut gates[first * four..], four);
            }
            for b in 0..count {
                let r = first + b;
                let c_before = before.filter(|&(_, number)| b < number).map(|(from, _)| from + b);
                let (i, rest) = gates[r * four..][..four].split_at_mut(hn);
                let (f, rest) = rest.split_at_mut(hn);
                let (g, o) = rest.split_at_mut(hn);
                i.iter_mut().for_each(|v| *v = sigmoid(*v));
                f.iter_mut().for_each(|v| *v = sigmoid(*v));
                g.iter_mut().for_each(|v| *v = tanh(*v));
                o.iter_mut().for_each(|v| *v = sigmoid(*v));
                if let Some(from) = c_before {
                    cell.copy_within(from * hn..(from + 1) * hn, r * hn);
                }
                let c = &mut cell[r * hn..][..hn];
                let s = &mut squashed[r * hn..][..hn];
                let h = &mut out[r * stride + column..][..hn];
                for j in 0..hn {
                    c[j] = f[j] * c[j] + i[j] * g[j];
                    s[j] = tanh(c[j]);
                    h[j] = o[j] * s[j];
                }
            }
        }
        Trace { gates, cell, squashed, previous }
    }

    /// Adds the gradients of the weights to `dw` and of the input to `dx`,
    /// given those of the hidden states in columns of `dout`.
    #[allow(clippy::too_many_arguments)]
    pub fn backward(
        &self,
        pack: &Pack,
        w: &[f32],
        x: &[f32],
        mask: Option<&[f32]>,
        trace: Trace,
        dout: &[f32],
        stride: usize,
        column: usize,
        dw: &mut [f32],
        dx: &mut [f32],
    ) {
        let (hn, four) = (self.cells, 4 * self.cells);
        let (wx, wh, _) = self.weights(w);
        let Trace { mut gates, cell, squashed, previous } = trace;
        let mut dh: Vec<f32> = (0..pack.rows).flat_map(|r| dout[r * stride + column..][..hn].iter().copied()).collect();
        let mut dc = vec![0.0f32; pack.rows * hn];
        let mut back = vec![0.0f32; pack.lens.len() * hn];
        let zero = vec![0.0f32; hn];
        let recurrent = Panels::new(wh, four, hn, true);
        for t in self.steps(pack).into_iter().rev() {
            let (first, count) = (pack.starts[t], pack.counts[t]);
            let before = self.before(pack, t);
            for b in 0..count {
                let r = first + b;
                let from = before.filter(|&(_, number)| b < number).map(|(from, _)| from + b);
                let (i, rest) = gates[r * four..][..four].split_at_mut(hn);
                let (f, rest) = rest.split_at_mut(hn);
                let (g, o) = rest.split_at_mut(hn);
                let s = &squashed[r * hn..][..hn];
                let dh = &dh[r * hn..][..hn];
                let c_before = from.map_or(&zero[..], |from| &cell[from * hn..][..hn]);
                let dcr = &mut dc[r * hn..][..hn];
                for j in 0..hn {
                    let d = dcr[j] + dh[j] * o[j] * (1.0 - s[j] * s[j]);
                    dcr[j] = d * f[j];
                    let (iv, fv, gv, ov) = (i[j], f[j], g[j], o[j]);
                    o[j] = dh[j] * s[j] * ov * (1.0 - ov);
                    i[j] = d * gv * iv * (1.0 - iv);
                    g[j] = d * iv * (1.0 - gv * gv);
                    f[j] = d * c_before[j] * fv * (1.0 - fv);
                }
                if let Some(from) = from {
                    dc.copy_within(r * hn..(r + 1) * hn, from * hn);
                }
            }
            if let Some((from, number)) = before {
                back.fill(0.0);
                recurrent.add(number, &gates[first * four..], four, &mut back, hn);
                for b in 0..number {
                    let to = &mut dh[(from + b) * hn..][..hn];
                    let back = &back[b * hn..][..hn];
                    match mask {
                        Some(mask) => (0..hn).for_each(|j| to[j] += back[j] * mask[b * hn + j]),
                        None => (0..hn).for_each(|j| to[j] += back[j]),
                    }
                }
            }
        }
        let (dwx, rest) = dw.split_at_mut(self.input * four);
        let (dwh, db) = rest.split_at_mut(hn * four);
        mm::add(self.input, four, pack.rows, mm::t(x, self.input), mm::n(&gates, four), dwx, four);
        mm::add(hn, four, pack.rows, mm::t(&previous, hn), mm::n(&gates, four), dwh, four);
        for row in gates.chunks_exact(four) {
            db.iter_mut().zip(row).for_each(|(d, g)| *d += g);
        }
        mm::add(pack.rows, self.input, four, mm::n(&gates, four), mm::t(wx, four), dx, self.input);
    }
}
