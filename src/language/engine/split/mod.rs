//! Text to sentences and tokens, on byte offsets.
//!
//! In: any text. Out: for each sentence the byte ranges of its tokens; ranges
//! are in order, never empty, never overlap, and everything between them is
//! white space. Tokens are those of Universal Dependencies: punctuation and
//! clitics on their own, no multiword tokens. Never more than
//! [`MAX_TOKENS`] tokens in a sentence.

pub mod context;
mod guard;
mod paragraphs;

use super::file::{BadModel, Reader};
use context::{BUCKETS, Context};
pub use paragraphs::paragraphs;
use std::ops::Range;

/// Longest sentence, in tokens; longer ones are broken, after a comma or
/// semicolon where possible.
pub const MAX_TOKENS: usize = 200;

/// Longest token, in characters.
const LONGEST: usize = guard::REACH;

/// How much more it takes to end a sentence, within a paragraph, without a
/// mark that ends sentences.
const RELUCTANCE: i32 = 120;

/// What a character can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundary {
    /// The token goes on.
    Inside,
    /// A token ends here.
    Token,
    /// A sentence ends here.
    Sentence,
}

impl Boundary {
    /// All of them, by number.
    pub const ALL: [Boundary; 3] = [Boundary::Inside, Boundary::Token, Boundary::Sentence];
}

/// The weights of the boundary classifier.
#[derive(Debug)]
pub struct Splitter {
    weights: Vec<[i8; 4]>,
}

impl Splitter {
    /// Reads the weights: three for each feature.
    pub fn read(file: &mut Reader) -> Result<Splitter, BadModel> {
        let flat = file.small()?;
        if flat.len() != 3 * BUCKETS {
            return Err(BadModel("the boundary weights have the wrong size"));
        }
        Ok(Splitter { weights: flat.chunks_exact(3).map(|w| [w[0], w[1], w[2], 0]).collect() })
    }

    /// Sentences as lists of token ranges.
    pub fn split(&self, text: &str) -> Vec<Vec<Range<usize>>> {
        let mut out = Vec::new();
        let (mut chars, mut offsets) = (Vec::new(), Vec::new());
        for range in paragraphs(text) {
            read_chars(text, range.clone(), &mut chars, &mut offsets);
            self.split_paragraph(&chars, &offsets, &mut out);
        }
        out
    }

    fn split_paragraph(&self, chars: &[char], offsets: &[usize], out: &mut Vec<Vec<Range<usize>>>) {
        let mut cx = Context::default();
        let mut sentence: Vec<Range<usize>> = Vec::new();
        // Up to here no token ends.
        let mut address = 0;
        for (at, &c) in chars.iter().enumerate() {
            if c.is_whitespace() {
                continue;
            }
            if at == cx.token && at >= address && (c.is_alphanumeric() || c == '_') {
                address = guard::address_end(chars, at).unwrap_or(0);
            }
            let boundary = match self.decide(chars, at, &cx) {
                _ if at + 1 < address => Boundary::Inside,
                Boundary::Inside if at + 1 == address => Boundary::Token,
                Boundary::Token if !guard::may_cut(chars, cx.token, at) && at + 1 - cx.token < LONGEST => {
                    Boundary::Inside
                }
                decided => decided,
            };
            cx.pass(c);
            if boundary == Boundary::Inside {
                continue;
            }
            sentence.push(offsets[cx.token]..offsets[at] + c.len_utf8());
            cx.before = (cx.token, at + 1);
            cx.token = (at + 1..chars.len()).find(|&i| !chars[i].is_whitespace()).unwrap_or(chars.len());
            if boundary == Boundary::Sentence {
                out.push(std::mem::take(&mut sentence));
                cx.sentence = cx.token;
            } else if sentence.len() >= MAX_TOKENS {
                let rest = sentence.split_off(break_at(&sentence, chars, offsets));
                out.push(std::mem::replace(&mut sentence, rest));
            }
        }
        if !sentence.is_empty() {
            out.push(sentence);
        }
    }

    fn decide(&self, chars: &[char], at: usize, cx: &Context) -> Boundary {
        let Some(next) = chars.get(at + 1) else {
            return Boundary::Sentence;
        };
        let mut scores = [0i32; 3];
        context::for_each_bucket(chars, at, cx, |bucket| {
            let w = &self.weights[bucket];
            for (score, &w) in scores.iter_mut().zip(w) {
                *score += i32::from(w);
            }
        });
        let spaced = next.is_whitespace();
        if spaced && !".?!:;…\"”»'’)]*".contains(chars[at]) {
            scores[2] -= RELUCTANCE;
        }
        choose(scores, spaced || at + 1 - cx.token >= LONGEST)
    }
}

/// The best boundary; before white space a token always ends.
pub fn choose(scores: [i32; 3], spaced: bool) -> Boundary {
    let end = if scores[2] > scores[1] { 2 } else { 1 };
    if !spaced && scores[0] >= scores[end] { Boundary::Inside } else { Boundary::ALL[end] }
}

/// The characters of a paragraph with their offsets, runs of white space as
/// one space.
pub fn read_chars(text: &str, range: Range<usize>, chars: &mut Vec<char>, offsets: &mut Vec<usize>) {
    chars.clear();
    offsets.clear();
    let mut space = true;
    for (at, c) in text[range.clone()].char_indices() {
        if c.is_whitespace() {
            if !space {
                chars.push(' ');
                offsets.push(range.start + at);
            }
            space = true;
        } else {
            chars.push(c);
            offsets.push(range.start + at);
            space = false;
        }
    }
    if chars.last() == Some(&' ') {
        chars.pop();
        offsets.pop();
    }
}

/// Where to break a sentence that is too long.
fn break_at(sentence: &[Range<usize>], chars: &[char], offsets: &[usize]) -> usize {
    let is =
        |token: &Range<usize>, marks: &str| offsets.binary_search(&token.start).is_ok_and(|i| marks.contains(chars[i]));
    let half = MAX_TOKENS / 2;
    let find = |marks: &str| (half..MAX_TOKENS).rev().find(|&i| is(&sentence[i], marks));
    find(".?!;:").or_else(|| find(",")).map_or(MAX_TOKENS, |i| i + 1)
}
