//! What a trained model makes of a sentence: for everybody in it, how likely they take which stance toward whom.
//!
//! In: a sentence as pieces of words, with the places of those who are in it. Out: for each pair the odds of no stance,
//! support, opposition and invitation. The model is `model/stances.bin`; `docs/model.md` tells how it was made. Scores of
//! pairs are biaffine (Dozat and Manning 2017). Never here: names, trees, what becomes of the odds.

use crate::language::encoder::pieces::Pieces;
use crate::language::encoder::{Before, Encoder, Input, Workspace};
use crate::language::engine::boost::boosted;
use crate::language::engine::file::{BadModel, Reader};
use crate::language::engine::kernel::{Level, Sums};
use crate::language::engine::matrix::{Matrix, Rows};
use crate::language::engine::numeric::{exp, gelu};
use crate::statement::Relation;
use std::sync::OnceLock;

/// The model file that is built into the program.
static EMBEDDED: &[u8] = include_bytes!("../../model/stances.bin");

/// The first bytes of the model file, with its version.
const MAGIC: &[u8] = b"stancenet stance model 3\n";

/// So many pieces of the headline are read.
const HEADLINE: usize = 16;

/// So many pieces of the first sentence are read.
const LEAD: usize = 29;

/// No stance, support, opposition, invitation.
const CLASSES: usize = 4;

/// The model.
#[derive(Debug)]
pub struct Sense {
    /// The vocabulary.
    pub pieces: Pieces,
    /// The piece that stands for any name.
    pub name: u32,
    /// The piece in front of an input.
    pub begin: u32,
    /// The piece behind each of its parts.
    pub end: u32,
    encoder: Encoder,
    size: usize,
    holder: Matrix,
    target: Matrix,
    /// The state of a matter as a target.
    matter: Vec<f32>,
    /// For each class, `size` times `size` numbers.
    pair: Vec<f32>,
    /// For each class, `size` numbers.
    alone: [Vec<f32>; 2],
    bias: Vec<f32>,
}

/// The odds of a sentence: who takes which stance toward whom.
#[derive(Debug, Clone, Default)]
pub struct Odds {
    size: usize,
    values: Vec<f32>,
}

impl Odds {
    /// The probability that the party at place `holder` takes the stance toward the one at place `target`, or toward a
    /// matter (`None`).
    pub fn of(&self, holder: usize, relation: Relation, target: Option<usize>) -> f32 {
        let class = match relation {
            Relation::Support => 1,
            Relation::Oppose => 2,
            Relation::Invite => 3,
        };
        let at = holder * self.size + target.map_or(0, |t| t + 1);
        self.values.get(at * CLASSES + class).copied().unwrap_or_default()
    }
}

impl Sense {
    /// The model within the program, read at its first use.
    ///
    /// # Panics
    /// If the program was built with a broken model file, which the tests exclude.
    pub fn embedded() -> &'static Self {
        static MODEL: OnceLock<Sense> = OnceLock::new();
        MODEL.get_or_init(|| match Sense::read(EMBEDDED, Level::best()) {
            Ok(model) => model,
            Err(error) => panic!("{error}"),
        })
    }

    /// Reads a model file, for certain instructions; the answers are the same with all.
    ///
    /// # Errors
    /// A file of another kind, or cut short, or in which sizes do not agree.
    pub fn read(bytes: &[u8], level: Level) -> Result<Self, BadModel> {
        let mut file = Reader(bytes);
        if file.bytes(MAGIC.len())? != MAGIC {
            return Err(BadModel("it is of another kind or version"));
        }
        let pieces = Pieces::new(file.text()?).ok_or(BadModel("the vocabulary lacks a piece"))?;
        let encoder = Encoder::read(&mut file, pieces.len(), level)?;
        let size = file.number()?;
        let width = encoder.width();
        let (holder, target) =
            (Matrix::read(&mut file, width, size, level)?, Matrix::read(&mut file, width, size, level)?);
        let (matter, pair) = (file.reals()?, file.reals()?);
        let alone = [file.reals()?, file.reals()?];
        let bias = file.reals()?;
        let fits = matter.len() == width
            && pair.len() == CLASSES * size * size
            && alone.iter().all(|a| a.len() == CLASSES * size)
            && bias.len() == CLASSES;
        if !fits {
            return Err(BadModel("the scores of pairs have the wrong size"));
        }
        let (name, begin, end) = (pieces.row("[unused1]"), pieces.row("[CLS]"), pieces.row("[SEP]"));
        Ok(Self { pieces, name, begin, end, encoder, size, holder, target, matter, pair, alone, bias })
    }

    /// Reads what a document is about: `headline`, and its first sentence.
    pub fn before(&self, headline: &[u32], lead: &[u32], work: &mut Workspace) -> Before {
        let mut pieces = vec![self.begin];
        for part in [&headline[..headline.len().min(HEADLINE)], &lead[..lead.len().min(LEAD)]] {
            if !part.is_empty() {
                pieces.extend_from_slice(part);
                pieces.push(self.end);
            }
        }
        if pieces.len() == 1 {
            pieces.push(self.end);
        }
        self.encoder.before(&pieces, work)
    }

    /// The odds for the parties at `places` of the input, in a document about `before`.
    pub fn odds(&self, before: &Before, input: &Input, places: &[usize], work: &mut Workspace) -> Odds {
        self.encoder.run(before, input, places, work);
        let holders = self.project(&self.holder, &work.states);
        let targets = self.project(&self.target, &[self.matter.as_slice(), &work.states].concat());
        let side = |state: &[f32], weights: &[f32]| -> Vec<f32> {
            weights.chunks_exact(self.size).map(|w| dot(state, w)).collect()
        };
        let others: Vec<Vec<f32>> = targets.iter().map(|target| side(target, &self.alone[1])).collect();
        let mut values = Vec::with_capacity(holders.len() * targets.len() * CLASSES);
        for holder in &holders {
            // What the holder says of each number of a target, class by class.
            let asked: Vec<Vec<f32>> =
                self.pair.chunks_exact(self.size * self.size).map(|p| through(holder, p)).collect();
            let own = side(holder, &self.alone[0]);
            for (target, other) in targets.iter().zip(&others) {
                let score = |c: usize| dot(target, &asked[c]) + own[c] + other[c] + self.bias[c];
                let scores: [f32; CLASSES] = std::array::from_fn(score);
                let top = scores.iter().fold(f32::MIN, |t, &s| if s > t { s } else { t });
                let odds = scores.map(|s| exp(s - top));
                let whole: f32 = odds.iter().sum();
                values.extend(odds.map(|o| o / whole));
            }
        }
        Odds { size: targets.len(), values }
    }

    /// States through a layer with the Gaussian error unit.
    fn project(&self, matrix: &Matrix, states: &[f32]) -> Vec<Vec<f32>> {
        let width = self.encoder.width();
        let (mut rows, mut out) = (Rows::default(), Vec::new());
        rows.fill(states, width, 0, width);
        matrix.apply(&rows, &mut Sums::default(), &mut out);
        let row = |r: &[f32]| r[..self.size].iter().map(|&x| gelu(x)).collect();
        out.chunks_exact(matrix.width()).map(row).collect()
    }
}

boosted! {
    /// A row times a matrix of as many rows as it has numbers.
    fn through(row: &[f32], matrix: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; row.len()];
        for (x, line) in row.iter().zip(matrix.chunks_exact(row.len())) {
            out.iter_mut().zip(line).for_each(|(o, m)| *o += x * m);
        }
        out
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(sense: &Sense, text: &str) -> Odds {
        let (mut input, mut work) = (Input::default(), Workspace::default());
        let (mut places, mut headline) = (Vec::new(), Vec::new());
        sense.pieces.of("Parliament votes on the bridge", |p| headline.push(p));
        for (at, part) in text.split('@').enumerate() {
            if at > 0 {
                places.push(input.pieces.len());
                input.push(sense.name, true);
            }
            sense.pieces.of(part, |p| input.push(p, false));
        }
        input.push(sense.end, false);
        let before = sense.before(&headline, &[], &mut work);
        sense.odds(&before, &input, &places, &mut work)
    }

    #[test]
    fn it_tells_who_is_for_and_who_against_whom() {
        let sense = Sense::embedded();
        let odds = asked(sense, "@ accused @ of lying, and said that the deal was a disgrace.");
        let first = |relation, target| odds.of(0, relation, target);
        assert!(first(Relation::Oppose, Some(1)) + first(Relation::Oppose, None) > 0.6, "{odds:?}");
        assert!(first(Relation::Support, Some(1)) < 0.1 && odds.of(1, Relation::Oppose, Some(0)) < 0.3, "{odds:?}");
        let plain = asked(sense, "@ will meet @ on Tuesday.");
        assert!(plain.of(0, Relation::Support, Some(1)) < 0.3 && plain.of(0, Relation::Oppose, Some(1)) < 0.1);
    }

    #[test]
    fn the_answer_is_the_same_with_all_instructions() {
        let of = |level| asked(&Sense::read(EMBEDDED, level).expect("it is sound"), "@ told @ that it was about time.");
        let portable = of(Level::Portable).values;
        assert_eq!(portable, of(Level::Avx2).values);
        assert_eq!(portable, of(Level::Avx512).values);
        assert_eq!(portable.len(), 2 * 3 * CLASSES);
    }

    #[test]
    fn a_broken_file_is_an_error() {
        for length in [0, 10, MAGIC.len(), 1000, 200_000, 9_000_000, EMBEDDED.len() - 1] {
            assert!(Sense::read(&EMBEDDED[..length], Level::Portable).is_err(), "{length}");
        }
        assert!(Sense::read(b"stancenet language model 2\n", Level::Portable).is_err());
    }

    #[test]
    fn an_input_of_nobody_and_one_too_long_are_no_problem() {
        let sense = Sense::embedded();
        assert_eq!(asked(sense, "").values.len(), 0);
        let long = asked(sense, &format!("@ said {}.", "very ".repeat(500)));
        assert_eq!(long.of(0, Relation::Support, Some(3)), 0.0);
    }
}
