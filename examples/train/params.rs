//! Where each weight lies in the one flat vector of parameters.

use crate::lstm::Lstm;
use crate::outside::Outside;
use crate::random::Random;
use stancenet::language::engine::features::BUCKETS;
use stancenet::language::engine::sizes::Sizes;
use std::ops::Range;
use std::sync::Arc;

/// Ranges of the parameter vector.
pub struct Layout {
    /// The widths.
    pub sizes: Sizes,
    /// Word vectors.
    pub words: Range<usize>,
    /// Spelling vectors.
    pub grams: Range<usize>,
    /// Vectors of words from outside, which do not learn.
    pub outside: Arc<Outside>,
    /// Their projection to the network's input.
    pub project: Range<usize>,
    /// For each layer and direction: the LSTM and its weights.
    pub lstms: Vec<(Lstm, Range<usize>)>,
    /// States to arc, label and tag vectors, with the bias as last row.
    pub mix: Range<usize>,
    /// Arc product, and the bias of heads as last row.
    pub arc: Range<usize>,
    /// Label product, with the bias as last row.
    pub label: Range<usize>,
    /// Tag vectors to tags, with the bias as last row.
    pub tag: Range<usize>,
    /// Number of parameters.
    pub len: usize,
}

impl Layout {
    /// The layout for these widths.
    pub fn new(sizes: Sizes, outside: Arc<Outside>) -> Layout {
        let mut len = 0;
        let mut take = |n: usize| {
            len += n;
            len - n..len
        };
        let words = take(sizes.words * sizes.word);
        let grams = take(BUCKETS * sizes.gram);
        let project = take(outside.width * sizes.wide);
        let mut lstms = Vec::new();
        for layer in 0..sizes.layers {
            for reverse in [false, true] {
                let lstm = Lstm { input: sizes.layer_input(layer), cells: sizes.cells, reverse };
                lstms.push((lstm, take(lstm.size())));
            }
        }
        let mix = take((sizes.both() + 1) * sizes.mixed());
        let arc = take((sizes.arc + 1) * sizes.arc);
        let label = take((sizes.label + 1) * sizes.labels * (sizes.label + 1));
        let tag = take((sizes.tag + 1) * sizes.tags);
        Layout { sizes, words, grams, outside, project, lstms, mix, arc, label, tag, len }
    }

    /// Random weights.
    pub fn start(&self, random: &mut Random) -> Vec<f32> {
        let mut p = vec![0.0f32; self.len];
        let s = &self.sizes;
        fill(&mut p[self.words.clone()], 0.3, random);
        fill(&mut p[self.grams.clone()], 0.3, random);
        fill(&mut p[self.project.clone()], 0.3 / (self.outside.width as f32).sqrt(), random);
        for (lstm, range) in &self.lstms {
            let w = &mut p[range.clone()];
            let four = 4 * lstm.cells;
            let (x, rest) = w.split_at_mut(lstm.input * four);
            let (h, b) = rest.split_at_mut(lstm.cells * four);
            fill(x, (1.0 / lstm.input as f32).sqrt(), random);
            fill(h, (1.0 / lstm.cells as f32).sqrt(), random);
            b[lstm.cells..2 * lstm.cells].fill(1.0);
        }
        let mut dense = |range: &Range<usize>, rows: usize, scale: f32| {
            let width = range.len() / (rows + 1);
            fill(&mut p[range.start..range.start + rows * width], scale / (rows as f32).sqrt(), random);
        };
        dense(&self.mix, s.both(), 1.4);
        dense(&self.arc, s.arc, 0.5);
        dense(&self.label, s.label, 0.5);
        dense(&self.tag, s.tag, 1.0);
        p
    }
}

fn fill(values: &mut [f32], deviation: f32, random: &mut Random) {
    values.iter_mut().for_each(|v| *v = deviation * random.normal());
}
