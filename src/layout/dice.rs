//! Chance, seeded.
//!
//! In: a seed and a stream's number. Out: numbers that are the same on every machine. Never here: the clock or the
//! system's randomness.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream with this number under this seed; streams do not overlap.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number from 0 up to 1, without 1.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number from -1 to 1.
    pub fn swing(&mut self) -> f64 {
        2.0 * self.unit() - 1.0
    }

    /// A whole number below `n`; 0 for `n` = 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    /// Puts the items into random order (Fisher & Yates 1938).
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
    fn numbers_stay_in_range_and_differ_by_stream() {
        let (mut one, mut two) = (Dice::new(7, 0), Dice::new(7, 1));
        let a: Vec<usize> = (0..50).map(|_| one.below(10)).collect();
        let b: Vec<usize> = (0..50).map(|_| two.below(10)).collect();
        assert_ne!(a, b);
        assert!(a.iter().chain(&b).all(|&x| x < 10));
        assert_eq!(one.below(0), 0);
    }

    #[test]
    fn shuffling_keeps_every_item() {
        let mut items: Vec<u32> = (0..30).collect();
        Dice::new(1, 0).shuffle(&mut items);
        assert_ne!(items, (0..30).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..30).collect::<Vec<_>>());
    }
}
