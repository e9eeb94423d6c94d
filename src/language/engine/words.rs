//! The product of 16-bit numbers, summed in 32-bit integers.
//!
//! In: rows, and columns laid out in strips of [`STRIP`] as the machine's instructions like them. Out: exact integer sums, the
//! same with all instructions, as of [`super::kernel`]. The caller sees to it that no sum overflows.

use super::kernel::{Level, add_pairs};

/// Columns of one strip.
pub const STRIP: usize = 16;

/// Where a number stands in strips `[strip][pair][column][2]` of `pairs` pairs.
#[inline(always)]
pub fn place(pairs: usize, column: usize, inner: usize) -> usize {
    ((column / STRIP * pairs + inner / 2) * STRIP + column % STRIP) * 2 + inner % 2
}

/// Rows of `2 * pairs` numbers times all columns of `strips`, by instructions that the machine has; `out` takes the sums, row by row.
pub fn multiply(level: Level, strips: &[i16], pairs: usize, rows: &[i16], out: &mut Vec<i32>) {
    if strips.is_empty() {
        return;
    }
    let (count, width) = (rows.len() / (2 * pairs), strips.len() / (2 * pairs));
    if out.len() < count * width {
        out.resize(count * width, 0);
    }
    match level {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => super::vector::multiply_words_512(strips, pairs, rows, out),
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => super::vector::multiply_words_256(strips, pairs, rows, out),
        _ => multiply_portable(strips, pairs, rows, out),
    }
}

fn multiply_portable(strips: &[i16], pairs: usize, rows: &[i16], out: &mut [i32]) {
    let width = strips.len() / (2 * pairs);
    for (row, out) in rows.chunks_exact(2 * pairs).zip(out.chunks_exact_mut(width)) {
        for (strip, out) in strips.chunks_exact(2 * pairs * STRIP).zip(out.chunks_exact_mut(STRIP)) {
            out.fill(0);
            add_pairs(row, strip, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_gives_the_same_sums() {
        let mut seed = 7u64;
        let mut next = move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 33) as i16).clamp(-8191, 8191)
        };
        for (pairs, strips, rows) in [(1, 1, 1), (16, 5, 19), (7, 2, 8), (24, 2, 3)] {
            let columns: Vec<i16> = (0..2 * pairs * STRIP * strips).map(|_| next()).collect();
            let a: Vec<i16> = (0..2 * pairs * rows).map(|_| next()).collect();
            let sums = |level: Level| {
                let mut out = Vec::new();
                multiply(level.or_portable(), &columns, pairs, &a, &mut out);
                out
            };
            let portable = sums(Level::Portable);
            let column = STRIP * strips - 1;
            let direct = (0..2 * pairs).map(|i| i32::from(a[i]) * i32::from(columns[place(pairs, column, i)]));
            assert_eq!(portable[column], direct.sum::<i32>());
            assert_eq!(portable.len(), rows * strips * STRIP);
            assert_eq!(portable, sums(Level::Avx2));
            assert_eq!(portable, sums(Level::Avx512));
        }
    }
}
