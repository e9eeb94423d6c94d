//! The network: a batch of sentences to scores, and the gradients of its loss.

use crate::heads::{self, Loss};
use crate::lstm::Trace;
use crate::mm;
use crate::pack::Pack;
use crate::params::Layout;
use crate::random::Random;
use stancenet::language::engine::numeric::leaky;
use std::sync::Arc;

/// What the network sees of one token.
#[derive(Clone)]
pub struct Feat {
    /// Row of the word table.
    pub word: u32,
    /// Rows of the spelling table.
    pub grams: Arc<[u16]>,
    /// Row of the vectors from outside; 0 for none.
    pub wide: u32,
}

/// One sentence; position 0 is the root.
#[derive(Clone, Default)]
pub struct Example {
    /// Features, the root's first.
    pub feats: Vec<Feat>,
    /// Right heads; 0 for the root itself.
    pub heads: Vec<u16>,
    /// Right labels.
    pub labels: Vec<u16>,
    /// Right tags.
    pub tags: Vec<u16>,
    /// Weight of the sentence in the loss.
    pub weight: f32,
    /// What the teachers answer, where there are any.
    pub soft: Option<Arc<Soft>>,
}

/// The averaged answers of teachers for one sentence: probabilities, one row a token, roots left out.
#[derive(Clone, Default)]
pub struct Soft {
    /// Of each head, the root among them.
    pub heads: Vec<f32>,
    /// Of each label, on the right head.
    pub labels: Vec<f32>,
    /// Of each tag.
    pub tags: Vec<f32>,
}

/// Dropout rates.
#[derive(Clone, Copy)]
pub struct Rates {
    /// On the input vectors.
    pub input: f32,
    /// On the states between layers.
    pub state: f32,
    /// On the recurrent states.
    pub recurrent: f32,
    /// On the arc, label and tag vectors.
    pub mixed: f32,
}

/// Everything the forward pass leaves behind.
pub struct Pass {
    /// Places of the rows.
    pub pack: Pack,
    inputs: Vec<Vec<f32>>,
    masks: Vec<Vec<f32>>,
    recurrent: Vec<Vec<f32>>,
    traces: Vec<Trace>,
    top: Vec<f32>,
    mixed_mask: Vec<f32>,
    /// Arc, label and tag vectors in sentence order.
    pub mixed: Vec<f32>,
}

/// Runs the encoder. `batch` must be sorted longest first.
pub fn forward(l: &Layout, p: &[f32], batch: &[&Example], dropout: Option<(Rates, &mut Random)>) -> Pass {
    let s = &l.sizes;
    let pack = Pack::new(batch.iter().map(|e| e.feats.len()).collect());
    let mut masks = Vec::new();
    let mut recurrent = Vec::new();
    let mut mixed_mask = Vec::new();
    if let Some((rates, random)) = dropout {
        for layer in 0..=s.layers {
            let rate = if layer == 0 { rates.input } else { rates.state };
            let width = if layer == s.layers { s.both() } else { s.layer_input(layer) };
            masks.push(random.mask(batch.len() * width, rate));
        }
        for _ in 0..l.lstms.len() {
            recurrent.push(random.mask(batch.len() * s.cells, rates.recurrent));
        }
        mixed_mask = random.mask(batch.len() * s.mixed(), rates.mixed);
    }
    let mut x = embed(l, p, batch, &pack);
    let mut inputs = Vec::new();
    let mut traces = Vec::new();
    for layer in 0..s.layers {
        if let Some(mask) = masks.get(layer) {
            apply(&pack, &mut x, s.layer_input(layer), mask);
        }
        let mut out = vec![0.0f32; pack.rows * s.both()];
        for side in 0..2 {
            let (lstm, range) = &l.lstms[2 * layer + side];
            let rec = recurrent.get(2 * layer + side).map(|m| &m[..]);
            traces.push(lstm.forward(&pack, &p[range.clone()], &x, rec, &mut out, s.both(), side * s.cells));
        }
        inputs.push(std::mem::replace(&mut x, out));
    }
    if let Some(mask) = masks.get(s.layers) {
        apply(&pack, &mut x, s.both(), mask);
    }
    let m = s.mixed();
    let w = &p[l.mix.clone()];
    let mut packed = vec![0.0f32; pack.rows * m];
    for row in packed.chunks_exact_mut(m) {
        row.copy_from_slice(&w[s.both() * m..]);
    }
    mm::add(pack.rows, m, s.both(), mm::n(&x, s.both()), mm::n(w, m), &mut packed, m);
    packed.iter_mut().for_each(|v| *v = leaky(*v));
    if !mixed_mask.is_empty() {
        apply(&pack, &mut packed, m, &mixed_mask);
    }
    let mut mixed = Vec::with_capacity(packed.len());
    for row in pack.order() {
        mixed.extend_from_slice(&packed[row * m..(row + 1) * m]);
    }
    Pass { pack, inputs, masks, recurrent, traces, top: x, mixed_mask, mixed }
}

/// Adds the gradients of the batch's loss to `grad`, scaled by `scale`.
pub fn backward(l: &Layout, p: &[f32], batch: &[&Example], pass: Pass, scale: f32, grad: &mut [f32]) -> Loss {
    let s = &l.sizes;
    let m = s.mixed();
    let Pass { pack, inputs, masks, recurrent, traces, top, mixed_mask, mixed } = pass;
    let mut dmixed = vec![0.0f32; mixed.len()];
    let loss = heads::losses(l, p, batch, &mixed, &mut dmixed, scale, grad);
    let mut dpacked = vec![0.0f32; mixed.len()];
    for (at, &row) in pack.order().iter().enumerate() {
        let to = &mut dpacked[row * m..][..m];
        let value = &mixed[at * m..][..m];
        let d = &dmixed[at * m..][..m];
        for j in 0..m {
            to[j] = if value[j] < 0.0 { 0.1 * d[j] } else { d[j] };
        }
    }
    if !mixed_mask.is_empty() {
        apply(&pack, &mut dpacked, m, &mixed_mask);
    }
    let w = &p[l.mix.clone()];
    let dw = &mut grad[l.mix.clone()];
    mm::add(s.both(), m, pack.rows, mm::t(&top, s.both()), mm::n(&dpacked, m), dw, m);
    for row in dpacked.chunks_exact(m) {
        dw[s.both() * m..].iter_mut().zip(row).for_each(|(a, b)| *a += b);
    }
    let mut dx = vec![0.0f32; pack.rows * s.both()];
    mm::set(pack.rows, s.both(), m, mm::n(&dpacked, m), mm::t(w, m), &mut dx, s.both());
    if let Some(mask) = masks.get(s.layers) {
        apply(&pack, &mut dx, s.both(), mask);
    }
    let mut traces = traces;
    for layer in (0..s.layers).rev() {
        let width = s.layer_input(layer);
        let dout = std::mem::replace(&mut dx, vec![0.0f32; pack.rows * width]);
        for side in [1, 0] {
            let (lstm, range) = &l.lstms[2 * layer + side];
            let rec = recurrent.get(2 * layer + side).map(|m| &m[..]);
            if let Some(trace) = traces.pop() {
                lstm.backward(
                    &pack,
                    &p[range.clone()],
                    &inputs[layer],
                    rec,
                    trace,
                    &dout,
                    s.both(),
                    side * s.cells,
                    &mut grad[range.clone()],
                    &mut dx,
                );
            }
        }
        if let Some(mask) = masks.get(layer) {
            apply(&pack, &mut dx, width, mask);
        }
    }
    unembed(l, batch, &pack, &dx, grad);
    loss
}

fn apply(pack: &Pack, x: &mut [f32], width: usize, mask: &[f32]) {
    for (t, &count) in pack.counts.iter().enumerate() {
        let rows = &mut x[pack.starts[t] * width..][..count * width];
        rows.iter_mut().zip(mask).for_each(|(v, m)| *v *= m);
    }
}

fn embed(l: &Layout, p: &[f32], batch: &[&Example], pack: &Pack) -> Vec<f32> {
    let (dw, dg, width) = (l.sizes.word, l.sizes.gram, l.sizes.input());
    let (words, grams) = (&p[l.words.clone()], &p[l.grams.clone()]);
    let mut x = vec![0.0f32; pack.rows * width];
    let (k, wide) = (l.outside.width, l.sizes.wide);
    mm::set(
        pack.rows,
        wide,
        k,
        mm::n(&gather(l, batch, pack), k),
        mm::n(&p[l.project.clone()], wide),
        &mut x[dw + dg..],
        width,
    );
    for (b, example) in batch.iter().enumerate() {
        for (t, feat) in example.feats.iter().enumerate() {
            let row = &mut x[pack.row(b, t) * width..][..dw + dg];
            row[..dw].copy_from_slice(&words[feat.word as usize * dw..][..dw]);
            let scale = 1.0 / (feat.grams.len().max(1) as f32).sqrt();
            for &g in feat.grams.iter() {
                let gram = &grams[g as usize * dg..][..dg];
                row[dw..].iter_mut().zip(gram).for_each(|(v, e)| *v += scale * e);
            }
        }
    }
    x
}

/// The vectors from outside of every token, zeros where there are none.
fn gather(l: &Layout, batch: &[&Example], pack: &Pack) -> Vec<f32> {
    let k = l.outside.width;
    let mut rows = vec![0.0f32; pack.rows * k];
    for (b, example) in batch.iter().enumerate() {
        for (t, feat) in example.feats.iter().enumerate() {
            rows[pack.row(b, t) * k..][..k].copy_from_slice(l.outside.row(feat.wide));
        }
    }
    rows
}

fn unembed(l: &Layout, batch: &[&Example], pack: &Pack, dx: &[f32], grad: &mut [f32]) {
    let (dw, dg, width) = (l.sizes.word, l.sizes.gram, l.sizes.input());
    let (k, wide) = (l.outside.width, l.sizes.wide);
    let rows = gather(l, batch, pack);
    mm::add(k, wide, pack.rows, mm::t(&rows, k), mm::n(&dx[dw + dg..], width), &mut grad[l.project.clone()], wide);
    for (b, example) in batch.iter().enumerate() {
        for (t, feat) in example.feats.iter().enumerate() {
            let row = &dx[pack.row(b, t) * width..][..dw + dg];
            let at = l.words.start + feat.word as usize * dw;
            grad[at..at + dw].iter_mut().zip(row).for_each(|(g, d)| *g += d);
            let scale = 1.0 / (feat.grams.len().max(1) as f32).sqrt();
            for &gram in feat.grams.iter() {
                let at = l.grams.start + gram as usize * dg;
                grad[at..at + dg].iter_mut().zip(&row[dw..]).for_each(|(g, d)| *g += scale * d);
            }
        }
    }
}
