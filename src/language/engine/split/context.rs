//! What the boundary classifier sees around one character.
//!
//! In: the characters of a paragraph, a position, and what has been decided
//! so far. Out: feature buckets. Every look ahead or back is bounded, so a
//! paragraph costs time in proportion to its length whatever it holds.

/// Number of hashed features.
pub const BUCKETS: usize = 1 << 16;

/// How far words are read.
const REACH: usize = 12;

/// The state of the scan.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// First character of the token that is open.
    pub token: usize,
    /// The token before it, as a range.
    pub before: (usize, usize),
    /// First character of the sentence.
    pub sentence: usize,
    /// A double quote is open.
    pub quote: bool,
    /// A bracket is open.
    pub bracket: bool,
}

impl Context {
    /// Takes note of a character that has been passed.
    pub fn pass(&mut self, c: char) {
        match c {
            '"' => self.quote = !self.quote,
            '“' | '«' | '„' => self.quote = true,
            '”' | '»' => self.quote = false,
            '(' | '[' => self.bracket = true,
            ')' | ']' => self.bracket = false,
            _ => {}
        }
    }
}

struct Hash(u64);

impl Hash {
    fn new(kind: u64) -> Hash {
        Hash(0xcbf2_9ce4_8422_2325 ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn put(mut self, value: u32) -> Hash {
        self.0 = (self.0 ^ u64::from(value)).wrapping_mul(0x0100_0000_01b3);
        self.0 ^= self.0 >> 23;
        self
    }

    fn word(self, chars: &[char]) -> Hash {
        chars.iter().fold(self, |h, &c| h.put(fold(c))).put(1)
    }

    fn outline(self, chars: &[char]) -> Hash {
        let mut last = 0;
        let mut run = 0;
        chars.iter().fold(self, |h, &c| {
            let class = class(c);
            run = if class == last { run + 1 } else { 1 };
            last = class;
            if run <= 2 { h.put(class) } else { h }
        })
    }

    fn bucket(self) -> usize {
        let h = self.0.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (h >> 40) as usize % BUCKETS
    }
}

/// Lowercase, digits alike.
fn fold(c: char) -> u32 {
    match c {
        'A'..='Z' => u32::from(c) + 32,
        '0'..='9' => u32::from('0'),
        '\n' => u32::from(' '),
        c if c.is_ascii() => u32::from(c),
        c if c.is_uppercase() => c.to_lowercase().next().map_or(0, u32::from),
        c => u32::from(c),
    }
}

fn class(c: char) -> u32 {
    if c.is_whitespace() {
        u32::from(' ')
    } else if c.is_uppercase() {
        u32::from('X')
    } else if c.is_alphabetic() {
        u32::from('x')
    } else if c.is_numeric() {
        u32::from('d')
    } else {
        u32::from(c)
    }
}

/// Calls `each` with the buckets for the question what ends at `at`.
pub fn for_each_bucket(chars: &[char], at: usize, cx: &Context, mut each: impl FnMut(usize)) {
    let n = chars.len();
    let slice = |from: usize, to: usize| &chars[from.min(n)..to.min(n).max(from.min(n))];
    let around = |back: usize, ahead: usize| slice(at.saturating_sub(back), at + ahead + 1);
    let edge = u32::from(at < 2) + 2 * u32::from(at + 1 == n);
    let here = fold(chars[at]);
    let next = chars.get(at + 1).copied().unwrap_or('\n');
    let spaced = u32::from(next.is_whitespace());
    let part = slice(cx.token.max((at + 1).saturating_sub(REACH)), at + 1);
    let word_end =
        |from: usize| (from..n.min(from + REACH)).find(|&i| chars[i].is_whitespace()).unwrap_or(n.min(from + REACH));
    let rest = slice(at + 1, word_end(at + 1));
    let after_from = word_end(at + 1).min(n) + 1;
    let after =
        if at + 1 + REACH <= word_end(at + 1) { &[][..] } else { slice(after_from, word_end(after_from.min(n))) };
    let second_from = after_from + after.len() + 1;
    let second = if after.is_empty() { &[][..] } else { slice(second_from, word_end(second_from.min(n))) };
    let before = slice(cx.before.0.max(cx.before.1.saturating_sub(REACH)), cx.before.1);
    let flags = u32::from(cx.quote) + 2 * u32::from(cx.bracket) + 4 * spaced;
    let short = (at + 1 - cx.token).min(4) as u32;
    each(Hash::new(0).put(spaced).put(edge).bucket());
    each(Hash::new(1).word(around(2, 0)).put(edge).bucket());
    each(Hash::new(2).word(around(1, 1)).bucket());
    each(Hash::new(3).word(around(0, 1)).bucket());
    each(Hash::new(4).word(around(0, 2)).bucket());
    each(Hash::new(5).word(slice(at + 1, at + 4)).bucket());
    each(Hash::new(6).word(around(1, 2)).bucket());
    each(Hash::new(7).word(around(2, 3)).bucket());
    each(Hash::new(8).word(part).put(spaced).bucket());
    each(Hash::new(9).word(rest).put(here).bucket());
    each(Hash::new(10).word(part).word(rest).bucket());
    each(Hash::new(11).outline(part).put(0).outline(rest).bucket());
    each(Hash::new(12).word(after).put(here).put(spaced).bucket());
    each(Hash::new(13).outline(after).put(here).put(spaced).put(short).bucket());
    each(Hash::new(14).outline(slice(after_from, after_from + 1)).word(part).put(spaced).bucket());
    each(Hash::new(15).put(flags).put(here).put(fold(next)).outline(slice(after_from, after_from + 1)).bucket());
    each(Hash::new(16).word(before).word(part).put(spaced).bucket());
    each(Hash::new(17).outline(around(3, 4)).bucket());
    each(Hash::new(18).word(before).put(here).outline(after).put(spaced).bucket());
    each(Hash::new(19).outline(after).put(0).outline(second).put(here).put(spaced).put(flags).bucket());
    each(
        Hash::new(20)
            .put(spaced)
            .put(((at - cx.sentence) / 8).min(8) as u32)
            .put(here)
            .outline(slice(after_from, after_from + 1))
            .bucket(),
    );
    each(Hash::new(21).outline(before).put(0).outline(part).put(0).outline(after).put(spaced).bucket());
}
