//! Text to states: a small transformer encoder over pieces of words, for what has to be understood from the words alone.
//!
//! In: pieces ([`pieces`]), some of them marked. Out: a state for each place that is asked for, by [`Encoder::run`]. The layers
//! are those of BERT (Devlin et al. 2019): attention (Vaswani et al. 2017) and a feed-forward part, each added to what came in
//! and normalized. What stands before many inputs (a headline) sees itself alone, so it is read once. All products with
//! weights are of 8-bit numbers and those of attention (`attention`) of 16-bit ones, summed exactly, and the rest are basic
//! operations in one order, so the states are the same bits on every machine. Never here: what the states are good for.

mod attention;
mod layer;
pub mod pieces;

use super::engine::file::{BadModel, Reader};
use super::engine::kernel::{Level, Sums};
use super::engine::matrix::{Rows, Table};
use super::engine::numeric::LANES;
use attention::{HEAD, Room, Shown};
use layer::{Layer, Norm};
use std::mem;

/// Longest input in pieces.
pub const LONGEST: usize = 128;

/// So many pieces may stand before an input; its own places are counted from here.
pub const BEFORE: usize = 48;

/// One input: pieces, and which of them are marked.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Rows of the vocabulary.
    pub pieces: Vec<u32>,
    /// Whether each stands for somebody.
    pub marked: Vec<bool>,
}

impl Input {
    /// Adds a piece.
    pub fn push(&mut self, piece: u32, marked: bool) {
        self.pieces.push(piece);
        self.marked.push(marked);
    }
}

/// Memory that is used again from input to input.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The states: one row of [`Encoder::width`] numbers for each place that was asked for.
    pub states: Vec<f32>,
    pub(super) rows: Rows,
    pub(super) sums: Sums,
    pub(super) out: Vec<f32>,
    pub(super) told: Vec<f32>,
    pub(super) mixed: Vec<f32>,
    /// What the pieces of the last layer that ran show.
    pub(super) shown: Shown,
    pub(super) room: Room,
}

/// What stands before inputs, as each layer's pieces see it.
#[derive(Debug, Default)]
pub struct Before(Vec<Shown>);

/// The encoder.
#[derive(Debug)]
pub struct Encoder {
    width: usize,
    pieces: Table,
    places: Table,
    /// What is added to a piece that is not marked, and to one that is.
    marks: [Vec<f32>; 2],
    first: Norm,
    layers: Vec<Layer>,
}

impl Encoder {
    /// Reads the weights off the front of a model file; `pieces` is the size of the vocabulary.
    ///
    /// # Errors
    /// A file that is cut short, or in which sizes do not agree.
    pub fn read(file: &mut Reader, pieces: usize, level: Level) -> Result<Self, BadModel> {
        let (width, heads) = (file.number()?, (file.number()?, file.number()?));
        let layers = file.number()?;
        if width == 0
            || width > 2048
            || heads.0 == 0
            || heads.0 > 64
            || heads.1 == 0
            || !heads.1.is_multiple_of(LANES)
            || heads.1 > HEAD
            || layers == 0
            || layers > 64
        {
            return Err(BadModel("the encoder has an impossible size"));
        }
        let table = Table::read(file, pieces, width)?;
        let places = Table::read(file, BEFORE + LONGEST, width)?;
        let marks = [file.reals()?, file.reals()?];
        if marks.iter().any(|m| m.len() != width) {
            return Err(BadModel("a mark has the wrong size"));
        }
        let first = Norm::read(file, width)?;
        let layers = (0..layers).map(|_| Layer::read(file, width, heads, level)).collect::<Result<_, _>>()?;
        Ok(Self { width, pieces: table, places, marks, first, layers })
    }

    /// Numbers of a state.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Reads what stands before inputs, of which only the first [`BEFORE`] pieces count.
    pub fn before(&self, pieces: &[u32], work: &mut Workspace) -> Before {
        let pieces = &pieces[..pieces.len().min(BEFORE)];
        self.embed(0, pieces.iter().map(|&piece| (piece, false)), work);
        let kept = |(at, layer): (usize, &Layer)| {
            layer.run(&Shown::default(), self.only(at, &[]), work);
            mem::take(&mut work.shown)
        };
        Before(self.layers.iter().enumerate().map(kept).collect())
    }

    /// Leaves in `work.states` a row for each of `places`. Of an input only the first [`LONGEST`] pieces are read; places
    /// beyond them have no row.
    pub fn run(&self, before: &Before, input: &Input, places: &[usize], work: &mut Workspace) {
        let length = input.pieces.len().min(LONGEST);
        let pieces = input.pieces.iter().copied().zip(input.marked.iter().copied());
        self.embed(BEFORE, pieces.take(length), work);
        let places: Vec<usize> = places.iter().copied().filter(|&p| p < length).collect();
        let nothing = Shown::default();
        for (at, layer) in self.layers.iter().enumerate() {
            layer.run(before.0.get(at).unwrap_or(&nothing), self.only(at, &places), work);
        }
    }

    /// Of the last layer nothing is needed but what is asked for.
    fn only<'p>(&self, layer: usize, places: &'p [usize]) -> Option<&'p [usize]> {
        (layer + 1 == self.layers.len()).then_some(places)
    }

    /// Leaves in `work.states` a row for each piece, the first at place `from`.
    fn embed(&self, from: usize, pieces: impl Iterator<Item = (u32, bool)>, work: &mut Workspace) {
        work.states.clear();
        for (place, (piece, marked)) in pieces.enumerate() {
            let start = work.states.len();
            work.states.extend_from_slice(&self.marks[usize::from(marked)]);
            let state = &mut work.states[start..];
            self.pieces.add(piece as usize, 1.0, state);
            self.places.add(from + place, 1.0, state);
        }
        self.first.apply(&mut work.states);
    }
}
