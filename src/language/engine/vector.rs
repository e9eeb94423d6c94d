//! The innermost product with vector instructions: with [`super::boost`] the
//! only unsafe code of the language engine.
//!
//! Why it is here: see "Speed" in `docs/model.md`; without it the engine is
//! several times slower. Every sum is an exact integer and every other
//! operation is the portable one, so the results are the same bits.

#![allow(unsafe_code)]

use super::boost::boosted;
use super::kernel::{Level, Panels, WIDE};
use super::words::STRIP;
use std::arch::x86_64::*;

/// Rows of a tile at most with AVX-512: two sums of each fit into the registers.
const TILE: usize = 12;

/// Whether this machine has the instructions of a level.
pub fn has(level: Level) -> bool {
    let avx2 = is_x86_feature_detected!("avx2");
    match level {
        Level::Portable => true,
        Level::Avx2 => avx2,
        Level::Avx512 => {
            avx2 && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni")
        }
    }
}

/// Product with AVX-512.
pub fn multiply_512(w: &Panels, a: &[i8], rows: usize, out: &mut [i32]) {
    assert!(has(Level::Avx512) && w.bytes.len() == w.panels * w.quads * WIDE * 4);
    assert!(a.len() >= rows * w.quads * 4 && out.len() >= rows * w.panels * WIDE);
    // SAFETY: the instructions are there, and every access is within the
    // lengths just measured.
    unsafe { wide(w, a, rows, out) }
}

/// Product with AVX2; activations as 16 bits.
pub fn multiply_256(w: &Panels, a: &[i16], rows: usize, out: &mut [i32]) {
    assert!(has(Level::Avx2) && w.words.len() == w.panels * w.quads * WIDE * 4);
    assert!(a.len() >= rows * w.quads * 4 && out.len() >= rows * w.panels * WIDE);
    // SAFETY: the instructions are there, and every access is within the
    // lengths just measured.
    unsafe { narrow(w, a, rows, out) }
}

#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn wide(w: &Panels, a: &[i8], rows: usize, out: &mut [i32]) {
    let (width, stride) = (w.panels * WIDE, w.quads * 4);
    // The weights carry 128 too much: each row starts at what that adds.
    let mut starts = vec![0; rows];
    excess(a, stride, &mut starts);
    // As many tiles as are needed, of much the same size.
    let tile = rows.div_ceil(rows.div_ceil(TILE).max(1)).max(1);
    for p in 0..w.panels {
        // SAFETY: offsets within the slices that the caller has measured.
        unsafe {
            let panel = w.bytes.as_ptr().add(p * stride * WIDE);
            for (s, r) in starts.chunks(tile).zip((0..).step_by(tile)) {
                let (a, o) = (a.as_ptr().add(r * stride), out.as_mut_ptr().add(r * width + p * WIDE));
                match s.len() {
                    12 => tile_512::<12>(w.quads, a, s, panel, o, width),
                    11 => tile_512::<11>(w.quads, a, s, panel, o, width),
                    10 => tile_512::<10>(w.quads, a, s, panel, o, width),
                    9 => tile_512::<9>(w.quads, a, s, panel, o, width),
                    8 => tile_512::<8>(w.quads, a, s, panel, o, width),
                    7 => tile_512::<7>(w.quads, a, s, panel, o, width),
                    6 => tile_512::<6>(w.quads, a, s, panel, o, width),
                    5 => tile_512::<5>(w.quads, a, s, panel, o, width),
                    4 => tile_512::<4>(w.quads, a, s, panel, o, width),
                    3 => tile_512::<3>(w.quads, a, s, panel, o, width),
                    2 => tile_512::<2>(w.quads, a, s, panel, o, width),
                    1 => tile_512::<1>(w.quads, a, s, panel, o, width),
                    _ => unreachable!("a tile has at most {TILE} rows"),
                }
            }
        }
    }
}

boosted! {
    /// What each row takes away for the 128 that the weights carry too much.
    fn excess(a: &[i8], stride: usize, starts: &mut [i32]) {
        for (start, row) in starts.iter_mut().zip(a.chunks_exact(stride)) {
            *start = -128 * row.iter().map(|&v| i32::from(v)).sum::<i32>();
        }
    }
}

#[target_feature(enable = "avx512f,avx512vnni")]
#[inline]
unsafe fn tile_512<const R: usize>(
    quads: usize,
    a: *const i8,
    starts: &[i32],
    panel: *const u8,
    out: *mut i32,
    width: usize,
) {
    // SAFETY: the caller passes R rows of `quads` fours and a whole panel.
    unsafe {
        let mut sums = [[_mm512_setzero_si512(); 2]; R];
        for (sum, &start) in sums.iter_mut().zip(starts) {
            *sum = [_mm512_set1_epi32(start); 2];
        }
        for k in 0..quads {
            let left = _mm512_loadu_si512(panel.add(k * 128).cast());
            let right = _mm512_loadu_si512(panel.add(k * 128 + 64).cast());
            for (r, sum) in sums.iter_mut().enumerate() {
                let x = _mm512_set1_epi32(a.add((r * quads + k) * 4).cast::<i32>().read_unaligned());
                sum[0] = _mm512_dpbusd_epi32(sum[0], left, x);
                sum[1] = _mm512_dpbusd_epi32(sum[1], right, x);
            }
        }
        for (r, sum) in sums.iter().enumerate() {
            _mm512_storeu_si512(out.add(r * width).cast(), sum[0]);
            _mm512_storeu_si512(out.add(r * width + 16).cast(), sum[1]);
        }
    }
}

#[target_feature(enable = "avx2")]
unsafe fn narrow(w: &Panels, a: &[i16], rows: usize, out: &mut [i32]) {
    let (width, stride) = (w.panels * WIDE, w.quads * 4);
    for half in 0..2 * w.panels {
        // SAFETY: offsets within the slices that the caller has measured.
        unsafe {
            let panel = w.words.as_ptr().add(half / 2 * stride * WIDE + half % 2 * WIDE);
            let o = out.as_mut_ptr().add(half * WIDE / 2);
            rows_256(stride / 2, a, rows, (panel, 2 * WIDE), o, width);
        }
    }
}

/// All rows with sixteen columns, whose pairs stand a distance apart.
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn rows_256(pairs: usize, a: &[i16], rows: usize, columns: (*const i16, usize), out: *mut i32, width: usize) {
    let mut r = 0;
    while r < rows {
        // SAFETY: the caller has measured the rows, the columns and `out`.
        unsafe {
            let (a, o) = (a.as_ptr().add(r * 2 * pairs), out.add(r * width));
            r += match rows - r {
                6.. => tile_256::<6>(pairs, a, columns, o, width),
                4.. => tile_256::<4>(pairs, a, columns, o, width),
                2.. => tile_256::<2>(pairs, a, columns, o, width),
                _ => tile_256::<1>(pairs, a, columns, o, width),
            };
        }
    }
}

#[target_feature(enable = "avx2")]
#[inline]
unsafe fn tile_256<const R: usize>(
    pairs: usize,
    a: *const i16,
    (columns, apart): (*const i16, usize),
    out: *mut i32,
    width: usize,
) -> usize {
    // SAFETY: the caller passes R rows of `pairs` pairs and as many of sixteen columns.
    unsafe {
        let mut sums = [[_mm256_setzero_si256(); 2]; R];
        for k in 0..pairs {
            let left = _mm256_loadu_si256(columns.add(k * apart).cast());
            let right = _mm256_loadu_si256(columns.add(k * apart + 16).cast());
            for (r, sum) in sums.iter_mut().enumerate() {
                let x = _mm256_set1_epi32(a.add((r * pairs + k) * 2).cast::<i32>().read_unaligned());
                sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(x, left));
                sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(x, right));
            }
        }
        for (r, sum) in sums.iter().enumerate() {
            _mm256_storeu_si256(out.add(r * width).cast(), sum[0]);
            _mm256_storeu_si256(out.add(r * width + 8).cast(), sum[1]);
        }
    }
    R
}

/// Product of 16-bit numbers with AVX-512.
pub fn multiply_words_512(strips: &[i16], pairs: usize, rows: &[i16], out: &mut [i32]) {
    assert!(has(Level::Avx512) && pairs > 0 && out.len() >= rows.len() / (2 * pairs) * (strips.len() / (2 * pairs)));
    // SAFETY: the instructions are there, and every access is within the
    // lengths just measured.
    unsafe { words_512(strips, pairs, rows, out) }
}

/// Product of 16-bit numbers with AVX2.
pub fn multiply_words_256(strips: &[i16], pairs: usize, rows: &[i16], out: &mut [i32]) {
    assert!(has(Level::Avx2) && pairs > 0 && out.len() >= rows.len() / (2 * pairs) * (strips.len() / (2 * pairs)));
    // SAFETY: the instructions are there, and every access is within the
    // lengths just measured.
    unsafe { words_256(strips, pairs, rows, out) }
}

#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn words_512(strips: &[i16], pairs: usize, rows: &[i16], out: &mut [i32]) {
    let (count, width) = (rows.len() / (2 * pairs), strips.len() / (2 * pairs));
    for (at, strip) in strips.chunks_exact(pairs * 2 * STRIP).enumerate() {
        let mut r = 0;
        while r < count {
            // SAFETY: offsets within the slices that the caller has measured.
            unsafe {
                let (a, o) = (rows.as_ptr().add(r * 2 * pairs), out.as_mut_ptr().add(r * width + at * STRIP));
                r += match count - r {
                    8.. => strip_512::<8>(pairs, a, strip.as_ptr(), o, width),
                    4.. => strip_512::<4>(pairs, a, strip.as_ptr(), o, width),
                    2.. => strip_512::<2>(pairs, a, strip.as_ptr(), o, width),
                    _ => strip_512::<1>(pairs, a, strip.as_ptr(), o, width),
                };
            }
        }
    }
}

#[target_feature(enable = "avx512f,avx512vnni")]
#[inline]
unsafe fn strip_512<const R: usize>(
    pairs: usize,
    a: *const i16,
    strip: *const i16,
    out: *mut i32,
    width: usize,
) -> usize {
    // SAFETY: the caller passes R rows of `pairs` pairs and a whole strip.
    unsafe {
        let mut sums = [_mm512_setzero_si512(); R];
        for k in 0..pairs {
            let columns = _mm512_loadu_si512(strip.add(k * 2 * STRIP).cast());
            for (r, sum) in sums.iter_mut().enumerate() {
                let x = _mm512_set1_epi32(a.add((r * pairs + k) * 2).cast::<i32>().read_unaligned());
                *sum = _mm512_dpwssd_epi32(*sum, columns, x);
            }
        }
        for (r, sum) in sums.iter().enumerate() {
            _mm512_storeu_si512(out.add(r * width).cast(), *sum);
        }
    }
    R
}

#[target_feature(enable = "avx2")]
unsafe fn words_256(strips: &[i16], pairs: usize, rows: &[i16], out: &mut [i32]) {
    let (count, width) = (rows.len() / (2 * pairs), strips.len() / (2 * pairs));
    for (strip, at) in strips.chunks_exact(pairs * 2 * STRIP).zip((0..).step_by(STRIP)) {
        // SAFETY: the caller has measured `out`; the strip is whole.
        unsafe { rows_256(pairs, rows, count, (strip.as_ptr(), 2 * STRIP), out.as_mut_ptr().add(at), width) }
    }
}
