//! Matrix products of the trainer, and nothing else that needs care with
//! pointers. In: row-major slices with their row lengths. The `gemm` crate
//! does the work on one thread; its sums are in a fixed order on one machine.

// The `gemm` crate has no safe interface; the sizes are asserted before the call.
#![allow(unsafe_code)]

/// A row-major matrix within a slice: `stride` values from row to row, used
/// as it stands or transposed.
#[derive(Clone, Copy)]
pub struct Mat<'a> {
    data: &'a [f32],
    stride: usize,
    transposed: bool,
}

/// A matrix as it stands.
pub fn n(data: &[f32], stride: usize) -> Mat<'_> {
    Mat { data, stride, transposed: false }
}

/// A matrix transposed.
pub fn t(data: &[f32], stride: usize) -> Mat<'_> {
    Mat { data, stride, transposed: true }
}

impl Mat<'_> {
    fn strides(&self, rows: usize, cols: usize) -> (isize, isize) {
        let (long, wide) = if self.transposed { (cols, rows) } else { (rows, cols) };
        assert!(wide <= self.stride && (long - 1) * self.stride + wide <= self.data.len());
        let stride = self.stride as isize;
        if self.transposed { (1, stride) } else { (stride, 1) }
    }
}

/// `c += a b`, where `a` is `m` by `k`, `b` is `k` by `n`.
pub fn add(m: usize, n: usize, k: usize, a: Mat, b: Mat, c: &mut [f32], stride: usize) {
    product(m, n, k, a, b, c, stride, true);
}

/// `c = a b`.
pub fn set(m: usize, n: usize, k: usize, a: Mat, b: Mat, c: &mut [f32], stride: usize) {
    product(m, n, k, a, b, c, stride, false);
}

#[allow(clippy::too_many_arguments)]
fn product(m: usize, n: usize, k: usize, a: Mat, b: Mat, c: &mut [f32], stride: usize, keep: bool) {
    if m == 0 || n == 0 || k == 0 {
        return;
    }
    let (a_row, a_col) = a.strides(m, k);
    let (b_row, b_col) = b.strides(k, n);
    assert!(n <= stride && (m - 1) * stride + n <= c.len());
    // SAFETY: the assertions keep every element within its slice.
    unsafe {
        gemm::gemm(
            m,
            n,
            k,
            c.as_mut_ptr(),
            1,
            stride as isize,
            keep,
            a.data.as_ptr(),
            a_col,
            a_row,
            b.data.as_ptr(),
            b_col,
            b_row,
            1.0f32,
            1.0f32,
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}
