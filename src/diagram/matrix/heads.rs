//! The heads of columns: how names are broken, and which way they run.
//!
//! In: names and the width that all columns have together. Out: lines of text, and how much room they take. Level heads
//! are read best, so they are taken where columns can be wide enough; otherwise heads rise to the right. Never here:
//! where the columns are.

use super::super::text::{Weight, width, wrap};

/// Least and largest width of a column below a slanted head, in page units.
pub const WIDTH: (f64, f64) = (15.6, 34.0);
/// Wider columns, where names would be shortened or small otherwise.
const WIDER: [f64; 3] = [34.0, 40.0, 46.0];
/// Least and largest width of a column below a level head.
const LEVEL: (f64, f64) = (60.0, 124.0);
/// The width of a column below a level head where there is room for it, whatever its name.
const USUAL: f64 = 104.0;
/// Font sizes of level heads, the best first.
const LEVEL_SIZES: [f64; 3] = [12.5, 11.5, 10.5];
/// Lines of a level head.
const LINES: usize = 5;
/// Lengths of the lines of slanted heads.
const LENGTHS: [f64; 9] = [50.0, 70.0, 90.0, 110.0, 130.0, 150.0, 170.0, 190.0, 210.0];
/// Font sizes of slanted heads, the best first.
const SIZES: [f64; 3] = [12.0, 10.8, 9.6];
/// Height of a line, in font sizes.
pub const LEADING: f64 = 1.14;
/// Sine and cosine of the slant, an eighth of a turn.
pub const SLANT: f64 = std::f64::consts::FRAC_1_SQRT_2;
/// Width of a column of sums below a slanted head.
const SUM: f64 = 26.0;
/// Space between the cells and the sums at their right.
pub const APART: f64 = 10.0;

/// Heads of columns.
#[derive(Debug, Clone)]
pub struct Heads {
    /// Whether they rise to the right; else they are level.
    pub slanted: bool,
    /// Font size.
    pub size: f64,
    /// Each head's lines.
    pub lines: Vec<Vec<String>>,
    /// Those of the columns of sums.
    pub totals: Vec<Vec<String>>,
    /// Width of a column.
    pub column: f64,
    /// Width of a column of sums.
    pub total: f64,
    /// Height of the highest.
    pub height: f64,
    /// The share of the columns that can be read; 1 and more where all can.
    pub fits: f64,
}

impl Heads {
    /// Breaks `names` for columns that are `room` wide together with those of sums, the former at most `widest` each
    /// where heads are slanted; heads are at most `high`.
    pub fn new(names: &[&str], totals: &[&str], room: f64, widest: f64, high: f64, unit: f64) -> Self {
        let missing = |heads: &Self| shortened(&heads.lines, names);
        let level = Self::level(names, totals, room, high, unit);
        match level {
            Some(level) if missing(&level) == 0 => level,
            level => {
                let slanted = Self::slanted(names, totals, room, widest, high, unit);
                level.filter(|level| missing(level) <= missing(&slanted)).unwrap_or(slanted)
            }
        }
    }

    /// Level heads where they have room: the largest font and the narrowest columns with which as few names as can be
    /// are shortened, and three lines are enough.
    fn level(names: &[&str], totals: &[&str], room: f64, high: f64, unit: f64) -> Option<Self> {
        let mut best: Option<((usize, bool), Self)> = None;
        'sizes: for size in LEVEL_SIZES.map(|s| s * unit) {
            let words = totals.iter().flat_map(|name| name.split(' '));
            let total = words.map(|word| width(word, size, Weight::Regular)).fold(30.0 * unit, f64::max) + 12.0 * unit;
            let each = (room - APART * unit - total * totals.len() as f64) / names.len().max(1) as f64;
            let set = |names: &[&str], wide: f64| -> Vec<Vec<String>> {
                names.iter().map(|name| wrap(name, size, Weight::Regular, wide - 8.0 * unit, LINES)).collect()
            };
            let (least, widest) = (LEVEL.0 * unit, LEVEL.1 * unit);
            let steps = (0..9).map(|k| least + (each.min(widest) - least) * f64::from(k) / 8.0);
            for column in steps.filter(|_| each >= least) {
                let (lines, totals) = (set(names, column), set(totals, total));
                let most = |lines: &[Vec<String>]| lines.iter().map(Vec::len).max().unwrap_or(0);
                let height = most(&lines).max(most(&totals)) as f64 * LEADING * size + 8.0 * unit;
                let score = (shortened(&lines, names), most(&lines) > 3);
                let broken = lines.iter().any(|l| l.iter().rev().skip(1).any(|line| line.ends_with('…')));
                if height <= high && !broken && best.as_ref().is_none_or(|(other, _)| score < *other) {
                    let heads = Self { slanted: false, size, lines, totals, column, total, height, fits: 1.0 };
                    best = Some((score, heads));
                    if score == (0, false) {
                        break 'sizes;
                    }
                }
            }
        }
        best.map(|(_, heads)| {
            let each = (room - APART * unit - heads.total * totals.len() as f64) / names.len().max(1) as f64;
            Self { column: heads.column.max(each.min(USUAL * unit)), ..heads }
        })
    }

    /// Slanted heads: the largest font and the shortest lines with which as few names as can be are shortened.
    fn slanted(names: &[&str], totals: &[&str], room: f64, widest: f64, high: f64, unit: f64) -> Self {
        let mut best = Self::within(names, totals, room, widest.min(WIDTH.1 * unit), high, unit);
        for wide in WIDER {
            let score = |heads: &Self| (shortened(&heads.lines, names), heads.size < SIZES[1] * unit);
            if score(&best) == (0, false) {
                break;
            }
            let wider = Self::within(names, totals, room, wide * unit, high, unit);
            if score(&wider) < score(&best) {
                best = wider;
            }
        }
        best
    }

    /// Slanted heads over columns of at most this width.
    fn within(names: &[&str], totals: &[&str], room: f64, widest: f64, high: f64, unit: f64) -> Self {
        // What heads reach beyond the last column lies over the sums, but may reach farther.
        let mut beyond = APART * unit + SUM * unit * totals.len() as f64;
        loop {
            let each = (room - beyond) / names.len().max(1) as f64;
            let column = each.min(widest).max(WIDTH.0 * unit);
            let heads = Self { fits: each / (WIDTH.0 * unit), ..Self::at_width(names, totals, column, high, unit) };
            let reach = heads.beyond(unit);
            if reach <= beyond || heads.fits < 1.0 {
                return heads;
            }
            beyond = reach + 1e-6 * unit;
        }
    }

    fn at_width(names: &[&str], totals: &[&str], column: f64, high: f64, unit: f64) -> Self {
        let total = SUM * unit;
        let mut best: Option<(usize, f64, f64, Vec<Vec<String>>)> = None;
        'sizes: for size in SIZES.map(|s| s * unit) {
            let most = ((SLANT * column) / (LEADING * size)).floor().clamp(1.0, 3.0);
            let fit = |length: &f64| slanted_height(*length, most * LEADING * size, unit) <= high;
            let lengths = LENGTHS.iter().map(|l| l * unit).take_while(fit).chain([LENGTHS[0] * unit]);
            for length in lengths {
                let lines: Vec<Vec<String>> =
                    names.iter().map(|name| wrap(name, size, Weight::Regular, length, most as usize)).collect();
                let missing = shortened(&lines, names);
                if best.as_ref().is_none_or(|b| missing < b.0) {
                    best = Some((missing, size, length, lines));
                }
                if missing == 0 {
                    break 'sizes;
                }
            }
        }
        let (_, size, length, lines) = best.unwrap_or_default();
        let totals: Vec<Vec<String>> =
            totals.iter().map(|name| wrap(name, size, Weight::Regular, length.max(110.0 * unit), 1)).collect();
        let height =
            |lines: &Vec<String>| slanted_height(longest(lines, size), lines.len() as f64 * LEADING * size, unit);
        let height = lines.iter().chain(&totals).map(height).fold(0.0, f64::max);
        Self { slanted: true, size, lines, totals, column, total, height, fits: 1.0 }
    }

    /// How far sums and slanted heads go beyond the last column.
    fn beyond(&self, unit: f64) -> f64 {
        let reach =
            |lines: &Vec<String>| SLANT * (longest(lines, self.size) + lines.len() as f64 * LEADING * self.size);
        let n = self.lines.len();
        let over = |(j, lines)| reach(lines) + self.column * (0.5 - (n - j) as f64);
        let sums = APART * unit + self.total * self.totals.len() as f64;
        let over_sums = |(k, lines)| APART * unit + (k as f64 + 0.5) * self.total + reach(lines);
        let all = self.lines.iter().enumerate().map(over);
        all.chain(self.totals.iter().enumerate().map(over_sums)).fold(sums, f64::max)
    }
}

/// Height of a slanted head of this length and thickness.
fn slanted_height(length: f64, thick: f64, unit: f64) -> f64 {
    SLANT * (length + thick) + 4.0 * unit
}

fn longest(lines: &[String], size: f64) -> f64 {
    lines.iter().map(|line| width(line, size, Weight::Regular)).fold(0.0, f64::max)
}

/// How many names are not whole.
fn shortened(lines: &[Vec<String>], names: &[&str]) -> usize {
    let cut = |(lines, name): &(&Vec<String>, &&str)| {
        let dots = lines.iter().filter(|line| line.ends_with('…')).count();
        dots > usize::from(name.ends_with('…'))
    };
    lines.iter().zip(names).filter(cut).count()
}
