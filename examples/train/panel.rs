//! Products of a few rows with one weight matrix that is used at every step
//! of a sequence: the matrix is laid out once in panels of 32 columns. With
//! AVX-512 at compile time a register kernel runs (measured: twice as fast as
//! a general product, whose packing of the weights cost a quarter of the
//! training time); elsewhere the general product does.

// Vector instructions are unsafe to call; the slices are asserted before.
#![allow(unsafe_code)]

use crate::mm;

/// A weight matrix of `inner` rows and `outer` columns, `outer` a multiple of 32.
pub struct Panels {
    inner: usize,
    outer: usize,
    data: Vec<f32>,
}

const WIDE: usize = 32;

impl Panels {
    /// Lays out a row-major matrix, or the transpose of one.
    pub fn new(w: &[f32], inner: usize, outer: usize, transposed: bool) -> Panels {
        assert_eq!(outer % WIDE, 0);
        let mut data = vec![0.0f32; inner * outer];
        if !cfg!(target_feature = "avx512f") {
            for i in 0..inner {
                for j in 0..outer {
                    data[i * outer + j] = if transposed { w[j * inner + i] } else { w[i * outer + j] };
                }
            }
            return Panels { inner, outer, data };
        }
        for (p, panel) in data.chunks_exact_mut(inner * WIDE).enumerate() {
            for (i, row) in panel.chunks_exact_mut(WIDE).enumerate() {
                for (j, v) in row.iter_mut().enumerate() {
                    let column = p * WIDE + j;
                    *v = if transposed { w[column * inner + i] } else { w[i * outer + column] };
                }
            }
        }
        Panels { inner, outer, data }
    }

    /// `c += a w` for `rows` rows.
    pub fn add(&self, rows: usize, a: &[f32], stride: usize, c: &mut [f32], c_stride: usize) {
        if rows == 0 {
            return;
        }
        assert!((rows - 1) * stride + self.inner <= a.len() && self.inner <= stride);
        assert!((rows - 1) * c_stride + self.outer <= c.len() && self.outer <= c_stride);
        #[cfg(target_feature = "avx512f")]
        for (p, panel) in self.data.chunks_exact(self.inner * WIDE).enumerate() {
            let mut r = 0;
            while r < rows {
                let left = rows - r;
                let step = if left >= 24 || left == 12 {
                    12
                } else if left > 12 {
                    left.div_ceil(2)
                } else {
                    left
                };
                let (a, c) = (&a[r * stride..], &mut c[r * c_stride + p * WIDE..]);
                // SAFETY: the assertions above bound every access.
                unsafe {
                    match step {
                        1 => kernel::<1>(self.inner, a, stride, panel, c, c_stride),
                        2 => kernel::<2>(self.inner, a, stride, panel, c, c_stride),
                        3 => kernel::<3>(self.inner, a, stride, panel, c, c_stride),
                        4 => kernel::<4>(self.inner, a, stride, panel, c, c_stride),
                        5 => kernel::<5>(self.inner, a, stride, panel, c, c_stride),
                        6 => kernel::<6>(self.inner, a, stride, panel, c, c_stride),
                        7 => kernel::<7>(self.inner, a, stride, panel, c, c_stride),
                        8 => kernel::<8>(self.inner, a, stride, panel, c, c_stride),
                        9 => kernel::<9>(self.inner, a, stride, panel, c, c_stride),
                        10 => kernel::<10>(self.inner, a, stride, panel, c, c_stride),
                        11 => kernel::<11>(self.inner, a, stride, panel, c, c_stride),
                        _ => kernel::<12>(self.inner, a, stride, panel, c, c_stride),
                    }
                }
                r += step;
            }
        }
        #[cfg(not(target_feature = "avx512f"))]
        mm::add(rows, self.outer, self.inner, mm::n(a, stride), mm::n(&self.data, self.outer), c, c_stride);
        let _ = mm::n;
    }
}

#[cfg(target_feature = "avx512f")]
#[inline(always)]
unsafe fn kernel<const R: usize>(
    inner: usize,
    a: &[f32],
    stride: usize,
    panel: &[f32],
    c: &mut [f32],
    c_stride: usize,
) {
    use std::arch::x86_64::{
        _mm512_add_ps, _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_storeu_ps,
    };
    // SAFETY: the caller has checked the bounds.
    unsafe {
        let mut sums = [[_mm512_setzero_ps(); 2]; R];
        let (a, b, c) = (a.as_ptr(), panel.as_ptr(), c.as_mut_ptr());
        for k in 0..inner {
            let left = _mm512_loadu_ps(b.add(k * WIDE));
            let right = _mm512_loadu_ps(b.add(k * WIDE + 16));
            for r in 0..R {
                let x = _mm512_set1_ps(*a.add(r * stride + k));
                sums[r][0] = _mm512_fmadd_ps(x, left, sums[r][0]);
                sums[r][1] = _mm512_fmadd_ps(x, right, sums[r][1]);
            }
        }
        for (r, sum) in sums.iter().enumerate() {
            let to = c.add(r * c_stride);
            _mm512_storeu_ps(to, _mm512_add_ps(_mm512_loadu_ps(to), sum[0]));
            _mm512_storeu_ps(to.add(16), _mm512_add_ps(_mm512_loadu_ps(to.add(16)), sum[1]));
        }
    }
}
