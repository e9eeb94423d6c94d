//! Weight matrices and vector tables with 8-bit weights, and rows of numbers
//! as 8-bit activations.
//!
//! In: rows of activations, each with its unit. Out: rows of `f32`, each the
//! exact integer sum times its scale, plus a bias. Never a sum whose order
//! could differ.

use super::boost::boosted;
use super::file::{BadModel, Reader};
use super::kernel::{Level, MAX_INNER, Panels, Sums};
use super::numeric::{largest, to_i8};

/// Rows of a product that are worked on together, so that its sums stay in
/// the cache.
pub const BLOCK: usize = 48;

/// Rows of 8-bit numbers, each row with the worth of one unit.
#[derive(Debug, Default)]
pub struct Rows {
    /// The numbers; rows are padded to a multiple of four.
    pub values: Vec<i8>,
    /// The units.
    pub units: Vec<f32>,
}

impl Rows {
    /// Zeros.
    pub fn clear(&mut self, rows: usize, width: usize, unit: f32) {
        self.values.clear();
        self.values.resize(rows * width.div_ceil(4) * 4, 0);
        self.units.clear();
        self.units.resize(rows, unit);
    }

    /// Columns `at..at + width` of rows of `stride` numbers, each row scaled by itself.
    pub fn fill(&mut self, from: &[f32], stride: usize, at: usize, width: usize) {
        self.clear(from.len() / stride, width, 0.0);
        quantize(from, stride, at, width, self);
    }

    /// Sets a row to numbers, scaled so that the largest becomes 127.
    #[inline(always)]
    pub fn set(&mut self, row: usize, from: &[f32]) {
        let top = largest(from).max(1e-6);
        let scale = 127.0 / top;
        self.units[row] = top / 127.0;
        let stride = from.len().div_ceil(4) * 4;
        let to = &mut self.values[row * stride..][..from.len()];
        to.iter_mut().zip(from).for_each(|(q, &v)| *q = to_i8(v * scale));
    }
}

boosted! {
    /// Columns `at..at + width` of rows of `stride` as activations.
    fn quantize(from: &[f32], stride: usize, at: usize, width: usize, rows: &mut Rows) {
        for (r, row) in from.chunks_exact(stride).enumerate() {
            rows.set(r, &row[at..at + width]);
        }
    }
}

/// A dense layer.
#[derive(Debug)]
pub struct Matrix {
    panels: Panels,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// Reads weights, scales and biases.
    pub fn read(file: &mut Reader, inner: usize, outer: usize, level: Level) -> Result<Matrix, BadModel> {
        let weights = file.small()?;
        let mut scales = file.reals()?;
        let mut bias = file.reals()?;
        if weights.len() != inner * outer || scales.len() != outer || bias.len() != outer {
            return Err(BadModel("a matrix has the wrong size"));
        }
        if inner == 0 || inner > MAX_INNER {
            return Err(BadModel("a matrix has the wrong width"));
        }
        let panels = Panels::new(&weights, inner, outer, level);
        scales.resize(panels.width(), 0.0);
        bias.resize(panels.width(), 0.0);
        Ok(Matrix { panels, scales, bias })
    }

    /// Outputs, with padding at the end.
    pub fn width(&self) -> usize {
        self.panels.width()
    }

    /// The scale of each output.
    pub fn scales(&self) -> &[f32] {
        &self.scales
    }

    /// The bias of each output.
    pub fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// Exact sums for the first `rows` rows of `a`.
    pub fn sums(&self, a: &[i8], rows: usize, sums: &mut Sums) {
        self.panels.multiply(a, rows, sums);
    }

    /// Outputs for all rows, bias added; `out` only ever grows.
    pub fn apply(&self, a: &Rows, sums: &mut Sums, out: &mut Vec<f32>) {
        let (width, stride) = (self.width(), self.panels.stride());
        let size = a.units.len() * width;
        if out.len() < size {
            out.resize(size, 0.0);
        }
        let blocks = out[..size].chunks_mut(BLOCK * width).zip(a.values.chunks(BLOCK * stride));
        for ((out, values), units) in blocks.zip(a.units.chunks(BLOCK)) {
            self.sums(values, units.len(), sums);
            scale(width, &sums.values, units, &self.scales, &self.bias, out);
        }
    }
}

boosted! {
    /// Sums to outputs.
    fn scale(width: usize, sums: &[i32], units: &[f32], scales: &[f32], bias: &[f32], out: &mut [f32]) {
        let (scales, bias) = (&scales[..width], &bias[..width]);
        for ((out, sums), unit) in out.chunks_exact_mut(width).zip(sums.chunks_exact(width)).zip(units) {
            for (((o, &s), scale), bias) in out.iter_mut().zip(sums).zip(scales).zip(bias) {
                *o = s as f32 * (scale * unit) + bias;
            }
        }
    }
}

/// A table of vectors, each with its own scale.
#[derive(Debug)]
pub struct Table {
    width: usize,
    values: Vec<i8>,
    scales: Vec<f32>,
}

impl Table {
    /// Reads a table of `rows` vectors.
    pub fn read(file: &mut Reader, rows: usize, width: usize) -> Result<Table, BadModel> {
        let values = file.small()?;
        let scales = file.reals()?;
        if values.len() != rows * width || scales.len() != rows || rows == 0 {
            return Err(BadModel("a table has the wrong size"));
        }
        Ok(Table { width, values, scales })
    }

    /// Adds `scale` times a vector to `out`; a row beyond the table adds nothing.
    #[inline(always)]
    pub fn add(&self, row: usize, scale: f32, out: &mut [f32]) {
        let Some(unit) = self.scales.get(row) else {
            return;
        };
        let unit = unit * scale;
        let values = &self.values[row * self.width..][..self.width];
        out.iter_mut().zip(values).for_each(|(o, &v)| *o += unit * f32::from(v));
    }
}
