//! Words to pieces of words, the longest known piece first (WordPiece; Schuster and Nakajima 2012).
//!
//! In: a text. Out: rows of the vocabulary. Small letters, without accents, straight quotation marks; letters and digits
//! in runs, all else sign by sign.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest run of letters that is looked up in pieces.
const LONGEST_WORD: usize = 60;

/// The pieces that are known.
#[derive(Debug)]
pub struct Pieces {
    rows: FxHashMap<String, u32>,
    unknown: u32,
}

impl Pieces {
    /// A vocabulary, one piece a line; those within a word begin with `##`. `None` without the piece `[UNK]`.
    pub fn new(lines: &str) -> Option<Self> {
        let rows: FxHashMap<String, u32> = lines.lines().zip(0..).map(|(piece, row)| (piece.to_owned(), row)).collect();
        let unknown = *rows.get("[UNK]")?;
        Some(Self { rows, unknown })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row of one piece, just as it is written.
    pub fn row(&self, piece: &str) -> u32 {
        self.rows.get(piece).copied().unwrap_or(self.unknown)
    }

    /// Calls `with` for the pieces of a text.
    pub fn of(&self, text: &str, mut with: impl FnMut(u32)) {
        let mut word = String::new();
        for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
            if c.is_alphanumeric() || c == '_' {
                word.push(c);
                continue;
            }
            self.word(&word, &mut with);
            word.clear();
            if c.is_whitespace() {
                continue;
            }
            let c = match c {
                '“' | '”' => '"',
                '‘' | '’' => '\'',
                '–' | '—' => '-',
                c => c,
            };
            with(self.row(c.encode_utf8(&mut [0; 4])));
        }
        self.word(&word, &mut with);
    }

    fn word(&self, word: &str, with: &mut impl FnMut(u32)) {
        if word.is_empty() {
            return;
        }
        if let Some(&row) = self.rows.get(word) {
            return with(row);
        }
        let mut found = Vec::new();
        let mut key = String::new();
        let mut start = 0;
        while start < word.len() && word.len() <= LONGEST_WORD {
            let ends = word[start..].char_indices().map(|(i, c)| start + i + c.len_utf8());
            let piece = ends.rev().find_map(|end| {
                key.clear();
                key.push_str(if start > 0 { "##" } else { "" });
                key.push_str(&word[start..end]);
                self.rows.get(&key).map(|&row| (row, end))
            });
            let Some((row, end)) = piece else { break };
            found.push(row);
            start = end;
        }
        if start < word.len() {
            return with(self.unknown);
        }
        found.into_iter().for_each(with);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<u32> {
        let known = Pieces::new("[UNK]\nun\n##lawful\nban\n'\ns\n\"").expect("it has the unknown piece");
        let mut out = Vec::new();
        known.of(text, |piece| out.push(piece));
        out
    }

    #[test]
    fn the_longest_known_piece_comes_first() {
        assert_eq!(pieces("Bán’s “unlawful”"), [3, 4, 5, 6, 1, 2, 6]);
        assert_eq!(pieces("xyz ban"), [0, 3]);
        assert_eq!(pieces(&"a".repeat(100_000)), [0]);
        assert!(pieces(" \n").is_empty());
        assert!(Pieces::new("a\nb").is_none());
    }
}
