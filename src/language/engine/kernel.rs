//! The innermost product: 8-bit activations times 8-bit weights, summed in
//! 32-bit integers.
//!
//! In: activations, and weights laid out in panels of [`WIDE`] outputs as the
//! machine's instructions like them. Out: exact integer sums, so that the
//! vector versions in [`super::vector`] equal the portable one bit for bit (a
//! test says so). With at most [`MAX_INNER`] values nothing can overflow.

/// Outputs in one panel.
pub const WIDE: usize = 32;

/// Most inner values of a product.
pub const MAX_INNER: usize = 4096;

/// The instructions a product may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What every machine has.
    Portable,
    /// AVX2.
    Avx2,
    /// AVX-512 with its integer dot product.
    Avx512,
}

impl Level {
    /// The best level of this machine.
    pub fn best() -> Level {
        [Level::Avx512, Level::Avx2].into_iter().find(|l| l.present()).unwrap_or(Level::Portable)
    }

    /// Whether this machine has the instructions.
    pub fn present(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        return super::vector::has(self);
        #[cfg(not(target_arch = "x86_64"))]
        return self == Level::Portable;
    }

    /// This level if the machine has it, else the portable one.
    pub fn or_portable(self) -> Level {
        if self.present() { self } else { Level::Portable }
    }
}

/// Weights in panels.
#[derive(Debug)]
pub struct Panels {
    /// Fours of inner values.
    pub quads: usize,
    /// Number of panels.
    pub panels: usize,
    /// For AVX-512: `[panel][four][output][4]`, 128 added to each weight.
    pub bytes: Vec<u8>,
    /// Otherwise: `[panel][pair][output][2]`.
    pub words: Vec<i16>,
    level: Level,
}

/// Memory that is used again from product to product.
#[derive(Debug, Default)]
pub struct Sums {
    /// The sums, row by row, in the width of the panels; what is left of an
    /// earlier, larger product may follow.
    pub values: Vec<i32>,
    wide: Vec<i16>,
}

impl Panels {
    /// Lays out `outer` rows of `inner` weights each.
    pub fn new(weights: &[i8], inner: usize, outer: usize, level: Level) -> Panels {
        assert!(inner <= MAX_INNER);
        let level = level.or_portable();
        let quads = inner.div_ceil(4);
        let panels = outer.div_ceil(WIDE);
        let size = panels * quads * WIDE * 4;
        let (mut bytes, mut words) = (Vec::new(), Vec::new());
        let panel = |o: usize| (o / WIDE) * quads * WIDE * 4;
        if level == Level::Avx512 {
            bytes.resize(size, 128);
            for (o, row) in weights.chunks_exact(inner).enumerate() {
                for (i, &w) in row.iter().enumerate() {
                    bytes[panel(o) + (i / 4 * WIDE + o % WIDE) * 4 + i % 4] = w.cast_unsigned() ^ 128;
                }
            }
        } else {
            words.resize(size, 0);
            for (o, row) in weights.chunks_exact(inner).enumerate() {
                for (i, &w) in row.iter().enumerate() {
                    words[panel(o) + (i / 2 * WIDE + o % WIDE) * 2 + i % 2] = w.into();
                }
            }
        }
        Panels { quads, panels, bytes, words, level }
    }

    /// Outputs with the padding of the last panel.
    pub fn width(&self) -> usize {
        self.panels * WIDE
    }

    /// Activations of a row with padding.
    pub fn stride(&self) -> usize {
        self.quads * 4
    }

    /// Computes `rows` rows of sums; `a` holds rows of [`Panels::stride`]
    /// activations.
    pub fn multiply(&self, a: &[i8], rows: usize, sums: &mut Sums) {
        let a = &a[..rows * self.stride()];
        let size = rows * self.width();
        if sums.values.len() < size {
            sums.values.resize(size, 0);
        }
        match self.level {
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => super::vector::multiply_512(self, a, rows, &mut sums.values),
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => {
                widen(a, &mut sums.wide);
                super::vector::multiply_256(self, &sums.wide, rows, &mut sums.values);
            }
            _ => {
                widen(a, &mut sums.wide);
                self.multiply_portable(&sums.wide, rows, &mut sums.values);
            }
        }
    }

    fn multiply_portable(&self, a: &[i16], rows: usize, out: &mut [i32]) {
        let (width, stride) = (self.width(), self.stride());
        for (p, panel) in self.words.chunks_exact(stride * WIDE).enumerate() {
            for r in 0..rows {
                let mut sums = [0i32; WIDE];
                let row = &a[r * stride..][..stride];
                add_pairs(row, panel, &mut sums);
                out[r * width + p * WIDE..][..WIDE].copy_from_slice(&sums);
            }
        }
    }
}

/// Adds to each of `sums` the products of a row with its column of `columns`, which are laid out `[pair][column][2]`.
#[inline(always)]
pub fn add_pairs(row: &[i16], columns: &[i16], sums: &mut [i32]) {
    for (x, w) in row.chunks_exact(2).zip(columns.chunks_exact(2 * sums.len())) {
        let (x0, x1) = (i32::from(x[0]), i32::from(x[1]));
        for (sum, w) in sums.iter_mut().zip(w.chunks_exact(2)) {
            *sum += x0 * i32::from(w[0]) + x1 * i32::from(w[1]);
        }
    }
}

fn widen(a: &[i8], out: &mut Vec<i16>) {
    out.clear();
    out.extend(a.iter().map(|&v| i16::from(v)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_gives_the_same_sums() {
        let mut seed = 1u64;
        let mut next = move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as u32
        };
        let shapes = [(1usize, 1usize, 1usize), (7, 33, 5), (512, 64, 13), (224, 96, 30), (64, 3315, 3)];
        let tiles = (1..=25).map(|rows| (12, 40, rows));
        for (inner, outer, rows) in shapes.into_iter().chain(tiles) {
            let weights: Vec<i8> = (0..inner * outer).map(|_| next() as i8).collect();
            let stride = inner.div_ceil(4) * 4;
            let a: Vec<i8> = (0..rows * stride).map(|i| if i % 11 == 0 { i8::MIN } else { next() as i8 }).collect();
            let sums = |level| {
                let mut sums = Sums::default();
                Panels::new(&weights, inner, outer, level).multiply(&a, rows, &mut sums);
                sums.values[..rows * outer.div_ceil(WIDE) * WIDE].to_vec()
            };
            let portable = sums(Level::Portable);
            let direct: i32 = (0..inner).map(|i| i32::from(a[i]) * i32::from(weights[i])).sum();
            assert_eq!(portable[0], direct);
            assert_eq!(portable, sums(Level::Avx2));
            assert_eq!(portable, sums(Level::Avx512));
        }
    }
}
