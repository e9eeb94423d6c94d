//! Random numbers that are the same on every machine.
//!
//! In: a seed. Out: a stream of numbers. Never here: the clock, the system's randomness.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A stream of random numbers; equal seeds give equal streams.
#[derive(Debug, Clone)]
pub struct Random(ChaCha8Rng);

impl Random {
    /// The stream number `stream` of a seed, so that parallel work needs no shared generator.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self(generator)
    }

    /// A number below `bound`, each equally likely; 0 when `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        if bound == 0 {
            return 0;
        }
        // The lowest numbers would come up once more often than the others: draw again (2^64 mod bound of them).
        let uneven = bound.wrapping_neg() % bound;
        loop {
            let drawn = self.0.next_u64();
            if drawn >= uneven {
                return (drawn % bound) as usize;
            }
        }
    }

    /// A number from above 0 to 1, each equally likely.
    fn unit(&mut self) -> f64 {
        // Exact: 53 bits.
        ((self.0.next_u64() >> 11) + 1) as f64 / (1u64 << 53) as f64
    }

    /// A Poisson number of this mean: by the product of uniform numbers (Knuth, The Art of Computer Programming 2, 3.4.1),
    /// and for means above 64 by the normal distribution that it then is near to (Box & Muller 1958).
    pub fn poisson(&mut self, mean: u32) -> u32 {
        let mean = f64::from(mean);
        if mean > 64.0 {
            let (a, b) = (self.unit(), self.unit());
            let normal = libm::sqrt(-2.0 * libm::log(a)) * libm::cos(2.0 * std::f64::consts::PI * b);
            return (mean + libm::sqrt(mean) * normal).round().clamp(0.0, f64::from(u32::MAX)) as u32;
        }
        let least = libm::exp(-mean);
        let (mut drawn, mut product) = (0, self.unit());
        while product > least {
            product *= self.unit();
            drawn += 1;
        }
        drawn
    }

    /// Puts items into random order (Fisher & Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_streams_and_other_streams_differ() {
        let draw = |seed, stream| {
            let mut random = Random::new(seed, stream);
            (0..20).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7, 1), draw(7, 1));
        assert_ne!(draw(7, 1), draw(7, 2));
        assert_ne!(draw(7, 1), draw(8, 1));
    }

    #[test]
    fn poisson_numbers_have_their_mean_and_their_spread() {
        let mut random = Random::new(3, 0);
        assert_eq!(random.poisson(0), 0);
        for mean in [1, 9, 64, 65, 1_000, 4_000_000_000] {
            let drawn: Vec<f64> = (0..4000).map(|_| f64::from(random.poisson(mean))).collect();
            let average = drawn.iter().sum::<f64>() / 4000.0;
            let spread = drawn.iter().map(|d| (d - average) * (d - average)).sum::<f64>() / 4000.0;
            let mean = f64::from(mean);
            assert!((average - mean).abs() < 4.0 * (mean / 4000.0).sqrt(), "{average} for {mean}");
            assert!((spread / mean - 1.0).abs() < 0.1, "{spread} for {mean}");
        }
    }

    #[test]
    fn shuffling_keeps_all_items_and_reaches_each_order() {
        let mut random = Random::new(1, 0);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let mut items = [1, 2, 3];
            random.shuffle(&mut items);
            seen.insert(items);
        }
        assert_eq!(seen.len(), 6);
        assert_eq!(random.below(0), 0);
        assert_eq!(random.below(1), 0);
    }
}
