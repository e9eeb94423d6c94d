//! The network: features of the tokens of a batch of sentences to the scores
//! of tags, heads and labels.
//!
//! In: features, longest sentence first, each with the root in front. Out:
//! for each sentence its tags, heads (a tree) and labels as numbers. Nothing
//! here knows of text.

use super::boost::boosted;
use super::file::{BadModel, Reader};
use super::kernel::Level;
use super::lstm::{Lstm, STATE_UNIT, Scratch};
use super::matrix::{BLOCK, Matrix, Rows, Table};
use super::numeric::{leaky, sigmoid};
use super::pack::Pack;
use super::sizes::Sizes;
use super::tree::best_heads;

/// Row of the word table for unknown words, and for the root.
pub const UNKNOWN: u32 = 0;
/// See [`UNKNOWN`].
pub const ROOT: u32 = 1;

/// Tags that score this much less than the best, as logarithm of odds, are no rivals.
const NEAR: f32 = 4.0;

/// What the network sees of one token.
#[derive(Debug, Clone, Default)]
pub struct Feat {
    /// Row of the word table.
    pub word: u32,
    /// Rows of the spelling table.
    pub grams: Vec<u16>,
    /// Row of the table of words met outside the treebanks; 0 for none.
    pub wide: u32,
}

/// The answers for one sentence, the root left out.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Tags.
    pub tags: Vec<u16>,
    /// Where the best tag is not clearly the best: all that come near, each with its odds against the best.
    pub rivals: Vec<Vec<(u16, f32)>>,
    /// Heads, 0 for the root.
    pub heads: Vec<usize>,
    /// Labels.
    pub labels: Vec<u16>,
}

/// All weights.
#[derive(Debug)]
pub struct Network {
    /// The widths.
    pub sizes: Sizes,
    words: Table,
    grams: Table,
    wides: Table,
    lstms: Vec<Lstm>,
    mix: Matrix,
    arc: Matrix,
    arc_bias: Vec<f32>,
    label: Matrix,
    tag: Matrix,
}

impl Network {
    /// Reads sizes and weights.
    pub fn read(file: &mut Reader, level: Level) -> Result<Network, BadModel> {
        let mut n = || file.number();
        let s = Sizes {
            words: n()?,
            word: n()?,
            gram: n()?,
            wides: n()?,
            wide: n()?,
            layers: n()?,
            cells: n()?,
            arc: n()?,
            label: n()?,
            tag: n()?,
            tags: n()?,
            labels: n()?,
        };
        let most = [s.word, s.gram, s.wide, s.cells, s.arc, s.label, s.tag, s.tags, s.labels, s.layers];
        if most.iter().any(|&w| w == 0 || w > 4096)
            || !s.arc.is_multiple_of(16)
            || !s.label.is_multiple_of(16)
            || !s.cells.is_multiple_of(4)
        {
            return Err(BadModel("a width is wrong"));
        }
        let words = Table::read(file, s.words, s.word)?;
        let grams = Table::read(file, super::features::BUCKETS, s.gram)?;
        let wides = Table::read(file, s.wides, s.wide)?;
        let mut lstms = Vec::new();
        for layer in 0..s.layers {
            for reverse in [false, true] {
                lstms.push(Lstm::read(file, s.layer_input(layer), s.cells, reverse, level)?);
            }
        }
        let mix = Matrix::read(file, s.both(), s.mixed(), level)?;
        let arc = Matrix::read(file, s.arc, s.arc, level)?;
        let arc_bias = file.reals()?;
        if arc_bias.len() != s.arc {
            return Err(BadModel("the arc bias has the wrong size"));
        }
        let label = Matrix::read(file, s.label, s.labels * (s.label + 1), level)?;
        let tag = Matrix::read(file, s.tag, s.tags, level)?;
        Ok(Network { sizes: s, words, grams, wides, lstms, mix, arc, arc_bias, label, tag })
    }

    /// Answers for a batch; each sentence begins with the root, and lengths
    /// must not increase.
    pub fn run(&self, batch: &[Vec<Feat>], work: &mut Workspace) -> Vec<Answer> {
        let lens: Vec<usize> = batch.iter().map(Vec::len).collect();
        let pack = Pack::new(&lens);
        let both = self.sizes.both();
        embed(self, batch, &pack, &mut work.x);
        for pair in self.lstms.chunks_exact(2) {
            work.next.clear(pack.rows, both, STATE_UNIT);
            for (side, lstm) in pair.iter().enumerate() {
                lstm.run(&pack, &work.x, &mut work.next.values, both, side * self.sizes.cells, &mut work.lstm);
            }
            std::mem::swap(&mut work.x, &mut work.next);
        }
        self.mix.apply(&work.x, &mut work.lstm.sums, &mut work.mixed);
        rectify(&mut work.mixed[..pack.rows * self.mix.width()]);
        self.answers(&lens, &pack, work)
    }

    /// Tags, trees and labels, from the packed arc, label and tag vectors.
    fn answers(&self, lens: &[usize], pack: &Pack, work: &mut Workspace) -> Vec<Answer> {
        let s = &self.sizes;
        let m = self.mix.width();
        let Workspace { x, mixed, arcs, lstm, .. } = work;
        let part = |rows: &mut Rows, at: usize, width: usize| rows.fill(&mixed[..pack.rows * m], m, at, width);
        let mut tags = vec![0u16; pack.rows];
        let mut rivals = vec![Vec::new(); pack.rows];
        part(x, 2 * s.arc + 2 * s.label, s.tag);
        self.tag.apply(x, &mut lstm.sums, arcs);
        for ((best, near), row) in tags.iter_mut().zip(&mut rivals).zip(arcs.chunks_exact(self.tag.width())) {
            *best = top_of(row[..s.tags].iter().copied());
            *near = rivals_of(&row[..s.tags], *best);
        }
        part(x, 0, s.arc);
        self.arc.apply(x, &mut lstm.sums, arcs);
        let mut out = Vec::with_capacity(lens.len());
        // For each row of a token: the row of its head.
        let mut head_rows = vec![0usize; pack.rows];
        for (b, &len) in lens.iter().enumerate() {
            let heads = tree(self, pack, b, len, mixed, arcs);
            for (d, &h) in heads.iter().enumerate() {
                head_rows[pack.row(b, d + 1)] = pack.row(b, h);
            }
            let tags = (1..len).map(|d| tags[pack.row(b, d)]).collect();
            let rivals = (1..len).map(|d| std::mem::take(&mut rivals[pack.row(b, d)])).collect();
            out.push(Answer { tags, rivals, heads, labels: Vec::new() });
        }
        part(x, 2 * s.arc, s.label);
        let mut labels = Vec::with_capacity(pack.rows);
        let stride = s.label.div_ceil(4) * 4;
        for (block, values) in x.values.chunks(BLOCK * stride).enumerate() {
            let count = values.len() / stride;
            self.label.sums(values, count, &mut lstm.sums);
            for r in 0..count {
                let row = block * BLOCK + r;
                let sums = &lstm.sums.values[r * self.label.width()..][..s.labels * (s.label + 1)];
                let head = &mixed[head_rows[row] * m + 2 * s.arc + s.label..][..s.label];
                labels.push(label_of(&self.label, sums, x.units[row], head));
            }
        }
        for (b, answer) in out.iter_mut().enumerate() {
            answer.labels = (1..lens[b]).map(|d| labels[pack.row(b, d)]).collect();
        }
        out
    }
}

boosted! {
    /// The inputs of a batch.
    fn embed(net: &Network, batch: &[Vec<Feat>], pack: &Pack, x: &mut Rows) {
        let (s, width) = (&net.sizes, net.sizes.input());
        x.clear(pack.rows, width, 0.0);
        let mut row = vec![0.0f32; width];
        for (b, sentence) in batch.iter().enumerate() {
            for (t, feat) in sentence.iter().enumerate() {
                row.fill(0.0);
                net.words.add(feat.word as usize, 1.0, &mut row[..s.word]);
                let scale = 1.0 / (feat.grams.len().max(1) as f32).sqrt();
                for &gram in &feat.grams {
                    net.grams.add(gram.into(), scale, &mut row[s.word..s.word + s.gram]);
                }
                net.wides.add(feat.wide as usize, 1.0, &mut row[s.word + s.gram..]);
                x.set(pack.row(b, t), &row);
            }
        }
    }
}

boosted! {
    /// Leaky rectification in place.
    fn rectify(values: &mut [f32]) {
        values.iter_mut().for_each(|v| *v = leaky(*v));
    }
}

boosted! {
    /// The heads of one sentence.
    fn tree(net: &Network, pack: &Pack, b: usize, len: usize, mixed: &[f32], arcs: &[f32]) -> Vec<usize> {
        let (n, m) = (net.sizes.arc, net.mix.width());
        let mut right = Vec::with_capacity(len * n);
        for h in 0..len {
            right.extend_from_slice(&mixed[pack.row(b, h) * m + n..][..n]);
        }
        let bias: Vec<f32> = right.chunks_exact(n).map(|h| dot(h, &net.arc_bias)).collect();
        let mut scores = Vec::with_capacity(len * len);
        for d in 1..len {
            let left = &arcs[pack.row(b, d) * net.arc.width()..][..n];
            for (h, bias) in right.chunks_exact(n).zip(&bias) {
                scores.push(dot(left, h) + bias);
            }
        }
        best_heads(&scores, len.saturating_sub(1))
    }
}

boosted! {
    /// The label of one arc, from the dependent's sums and the head's vector.
    fn label_of(label: &Matrix, sums: &[i32], unit: f32, head: &[f32]) -> u16 {
        let width = head.len() + 1;
        let parts = sums.chunks_exact(width).zip(label.scales().chunks_exact(width)).zip(label.bias().chunks_exact(width));
        let mut best = (0, f32::NEG_INFINITY);
        for (k, ((sums, scales), bias)) in parts.enumerate() {
            let mut lanes = [0.0f32; 16];
            let left = sums.chunks_exact(16).zip(scales.chunks_exact(16)).zip(bias.chunks_exact(16));
            for (((s, scale), bias), h) in left.zip(head.chunks_exact(16)) {
                for i in 0..16 {
                    lanes[i] += (s[i] as f32 * (scale[i] * unit) + bias[i]) * h[i];
                }
            }
            let last = width - 1;
            let score = total(lanes) + (sums[last] as f32 * (scales[last] * unit) + bias[last]);
            if score > best.1 {
                best = (k, score);
            }
        }
        best.0 as u16
    }
}

/// Memory that is used again from batch to batch.
#[derive(Debug, Default)]
pub struct Workspace {
    x: Rows,
    next: Rows,
    mixed: Vec<f32>,
    arcs: Vec<f32>,
    lstm: Scratch,
}

/// The sum of products, always in the same order: sixteen lanes.
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for i in 0..16 {
            lanes[i] += a[i] * b[i];
        }
    }
    total(lanes)
}

#[inline(always)]
fn total(lanes: [f32; 16]) -> f32 {
    let mut half = [0.0f32; 8];
    for i in 0..8 {
        half[i] = lanes[i] + lanes[i + 8];
    }
    let [a, b, c, d, e, f, g, h] = half;
    ((a + e) + (b + f)) + ((c + g) + (d + h))
}

/// The scores within [`NEAR`] of the best, with their odds against it; empty where only the best is.
fn rivals_of(scores: &[f32], best: u16) -> Vec<(u16, f32)> {
    let top = scores[usize::from(best)];
    let near = || (0u16..).zip(scores).filter(|(_, s)| top - **s < NEAR);
    if near().count() < 2 {
        return Vec::new();
    }
    let odds = |s: f32| {
        let share = sigmoid(s - top);
        share / (1.0 - share)
    };
    near().map(|(tag, &s)| (tag, odds(s))).collect()
}

/// The place of the first highest value.
#[inline(always)]
fn top_of(values: impl Iterator<Item = f32>) -> u16 {
    let mut best = (0, f32::NEG_INFINITY);
    for (i, v) in values.enumerate() {
        if v > best.1 {
            best = (i, v);
        }
    }
    best.0 as u16
}
