//! Squashing functions, rounding, sums, made of the basic IEEE operations alone.
//!
//! In: one `f32`, or some. Out: the same bits on every machine, because nothing here
//! calls a mathematical library and Rust never fuses a multiplication with an
//! addition by itself. Training and inference use the same functions.

/// Partial sums that are kept side by side, always in the same order; the numbers of a head are a multiple.
pub const LANES: usize = 16;

/// Hyperbolic tangent as a ratio of polynomials (the coefficients of Eigen's
/// `ptanh`), right to about 1e-6.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let x = x.clamp(-7.905_311, 7.905_311);
    let s = x * x;
    let p = s * -2.760_768_5e-16 + 2.000_188e-13;
    let p = p * s + -8.604_672e-11;
    let p = p * s + 5.122_297_1e-8;
    let p = p * s + 1.485_722_4e-5;
    let p = p * s + 6.372_619_3e-4;
    let p = p * s + 4.893_524_6e-3;
    let q = s * 1.198_258_4e-6 + 1.185_347_1e-4;
    let q = q * s + 2.268_434_6e-3;
    let q = q * s + 4.893_525e-3;
    x * p / q
}

/// The logistic function, by way of [`tanh`].
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    0.5 * tanh(0.5 * x) + 0.5
}

/// The exponential function for `x` at most 0, right to about 1e-6 of its value; below -87 it is 0.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    // e^x = 2^n 2^f, with 2^f by the first terms of its series in f ln 2, |f| <= 1/2.
    let scaled = x.clamp(-87.0, 0.0) * std::f32::consts::LOG2_E;
    let shifted = scaled + 12_582_912.0;
    let whole = shifted - 12_582_912.0;
    let f = (scaled - whole) * std::f32::consts::LN_2;
    let p = f * (1.0 / 720.0) + 1.0 / 120.0;
    let p = p * f + 1.0 / 24.0;
    let p = p * f + 1.0 / 6.0;
    let p = p * f + 0.5;
    let p = p * f + 1.0;
    let p = p * f + 1.0;
    // The low bits of the shifted number are those of n.
    let power = f32::from_bits((shifted.to_bits() + 127) << 23);
    if x < -87.0 { 0.0 } else { p * power }
}

/// The Gaussian error linear unit, by way of [`tanh`].
#[inline(always)]
pub fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + tanh(0.797_884_6 * (x + 0.044_715 * x * x * x)))
}

/// Leaky rectifier with slope 0.1 below zero.
#[inline(always)]
pub fn leaky(x: f32) -> f32 {
    if x > 0.0 { x } else { 0.1 * x }
}

/// Nearest integer to `x`, halves to the even one, within -127 and 127.
/// Adding 1.5 times 2^23 leaves the integer in the low bits of the sum.
#[inline(always)]
pub fn to_i8(x: f32) -> i8 {
    (x.clamp(-127.0, 127.0) + 12_582_912.0).to_bits() as i8
}

/// Nearest integer to `x`, halves to the even one, within -32767 and 32767, as [`to_i8`] finds it.
#[inline(always)]
pub fn to_i16(x: f32) -> i16 {
    (x.clamp(-32767.0, 32767.0) + 12_582_912.0).to_bits() as i16
}

/// The largest number, without its sign; found as a whole number, for these are compared many at a time.
#[inline(always)]
pub fn largest(numbers: &[f32]) -> f32 {
    f32::from_bits(numbers.iter().fold(0, |top, number| top.max(number.abs().to_bits())))
}

/// The sum of numbers, in [`LANES`] partial sums.
#[inline(always)]
pub fn sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; LANES];
    let chunks = numbers.chunks_exact(LANES);
    let rest = chunks.remainder();
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(l, &x)| *l += of(x));
    }
    lanes.iter_mut().zip(rest).for_each(|(l, &x)| *l += of(x));
    lanes.iter().fold(0.0, |a, b| a + b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_to_the_library_functions() {
        for i in -2000..2000 {
            let x: f32 = i as f32 / 100.0;
            assert!((tanh(x) - f32::tanh(x)).abs() < 2e-6, "{x}");
            assert!((sigmoid(x) - 1.0 / (1.0 + f32::exp(-x))).abs() < 2e-6, "{x}");
            let down = -x.abs() * 5.0;
            assert!((exp(down) / f32::exp(down) - 1.0).abs() < 2e-5 || down < -87.0, "{down}");
        }
    }

    #[test]
    fn exact_bits_are_pinned() {
        assert_eq!(tanh(0.0), 0.0);
        assert_eq!([to_i8(-1e9), to_i8(-0.6), to_i8(3.4)], [-127, -1, 3]);
        assert_eq!(sigmoid(0.0), 0.5);
        assert_eq!(to_i8(1e9), 127);
        assert_eq!([largest(&[-3.5, 2.0, 3.25]), largest(&[])], [3.5, 0.0]);
        assert_eq!([to_i16(-1e9), to_i16(-0.6), to_i16(1234.4), to_i16(1e9)], [-32767, -1, 1234, 32767]);
        assert_eq!(to_i8(-2.5), -2);
    }
}
