//! The scores of tags, heads and labels, their losses and gradients, over
//! rows in sentence order.

use crate::mm;
use crate::net::{Example, Soft};
use crate::params::Layout;

/// Summed losses of a batch.
#[derive(Clone, Copy, Default)]
pub struct Loss {
    /// Of heads.
    pub heads: f32,
    /// Of labels.
    pub labels: f32,
    /// Of tags.
    pub tags: f32,
}

/// How much the tags count beside heads and labels.
const TAG_WEIGHT: f32 = 0.5;

/// How much the teachers' answers count beside the right ones.
const TEACHERS: f32 = 0.7;

fn biased(rows: usize, out: usize, inner: usize, x: &[f32], stride: usize, w: &[f32]) -> Vec<f32> {
    let mut y = vec![0.0f32; rows * out];
    for row in y.chunks_exact_mut(out) {
        row.copy_from_slice(&w[inner * out..]);
    }
    mm::add(rows, out, inner, mm::n(x, stride), mm::n(w, out), &mut y, out);
    y
}

/// Gradients of `biased`.
#[allow(clippy::too_many_arguments)]
fn unbiased(
    rows: usize,
    out: usize,
    inner: usize,
    x: &[f32],
    stride: usize,
    w: &[f32],
    dy: &[f32],
    dx: &mut [f32],
    dw: &mut [f32],
) {
    mm::add(inner, out, rows, mm::t(x, stride), mm::n(dy, out), dw, out);
    for row in dy.chunks_exact(out) {
        dw[inner * out..].iter_mut().zip(row).for_each(|(a, b)| *a += b);
    }
    mm::add(rows, inner, out, mm::n(dy, out), mm::t(w, out), dx, stride);
}

/// Tag scores for every row.
pub fn tag_scores(l: &Layout, p: &[f32], mixed: &[f32]) -> Vec<f32> {
    let s = &l.sizes;
    let at = 2 * s.arc + 2 * s.label;
    biased(mixed.len() / s.mixed(), s.tags, s.tag, &mixed[at..], s.mixed(), &p[l.tag.clone()])
}

/// Arc dependents times the arc matrix, for every row.
pub fn arc_left(l: &Layout, p: &[f32], mixed: &[f32]) -> Vec<f32> {
    let s = &l.sizes;
    let mut left = vec![0.0f32; mixed.len() / s.mixed() * s.arc];
    mm::set(
        mixed.len() / s.mixed(),
        s.arc,
        s.arc,
        mm::n(mixed, s.mixed()),
        mm::n(&p[l.arc.clone()], s.arc),
        &mut left,
        s.arc,
    );
    left
}

/// Scores of all heads for the tokens of one sentence: row `d - 1`, column
/// `h`; a token is never its own head.
pub fn arc_scores(l: &Layout, p: &[f32], mixed: &[f32], left: &[f32], first: usize, len: usize) -> Vec<f32> {
    let s = &l.sizes;
    let m = s.mixed();
    let bias = &p[l.arc.clone()][s.arc * s.arc..];
    let right = &mixed[first * m + s.arc..];
    let row: Vec<f32> = (0..len).map(|h| dot(&right[h * m..][..s.arc], bias)).collect();
    let mut scores: Vec<f32> = row.iter().copied().cycle().take((len - 1) * len).collect();
    mm::add(len - 1, len, s.arc, mm::n(&left[(first + 1) * s.arc..], s.arc), mm::t(right, m), &mut scores, len);
    for d in 1..len {
        scores[(d - 1) * len + d] = -1e9;
    }
    scores
}

/// Label dependents times the label matrix, for every row.
pub fn label_left(l: &Layout, p: &[f32], mixed: &[f32]) -> Vec<f32> {
    let s = &l.sizes;
    biased(
        mixed.len() / s.mixed(),
        s.labels * (s.label + 1),
        s.label,
        &mixed[2 * s.arc..],
        s.mixed(),
        &p[l.label.clone()],
    )
}

/// Label scores of one arc.
pub fn label_scores(l: &Layout, mixed: &[f32], left: &[f32], dependent: usize, head: usize) -> Vec<f32> {
    let s = &l.sizes;
    let width = s.label + 1;
    let right = &mixed[head * s.mixed() + 2 * s.arc + s.label..][..s.label];
    let left = &left[dependent * s.labels * width..][..s.labels * width];
    left.chunks_exact(width).map(|v| dot(&v[..s.label], right) + v[s.label]).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        (0..16).for_each(|i| lanes[i] += a[i] * b[i]);
    }
    lanes.iter().sum()
}

/// Turns scores into probabilities.
pub fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for v in scores.iter_mut() {
        *v = (*v - top).exp();
        sum += *v;
    }
    scores.iter_mut().for_each(|v| *v /= sum);
}

/// Turns scores into gradients of the cross entropy; returns the loss. Where teachers answered, their answer counts for
/// `TEACHERS` of the right one (Hinton et al. 2015).
fn cross_entropy(scores: &mut [f32], gold: usize, soft: Option<&[f32]>, weight: f32) -> f32 {
    softmax(scores);
    let loss = -scores[gold].max(1e-9).ln() * weight;
    scores.iter_mut().for_each(|v| *v *= weight);
    let taught = if let Some(soft) = soft {
        scores.iter_mut().zip(soft).for_each(|(v, t)| *v -= weight * TEACHERS * t);
        1.0 - TEACHERS
    } else {
        1.0
    };
    scores[gold] -= weight * taught;
    loss
}

fn soft_row(soft: Option<&Soft>, part: impl Fn(&Soft) -> &Vec<f32>, row: usize, width: usize) -> Option<&[f32]> {
    soft.map(|s| &part(s)[row * width..][..width])
}

/// What teachers of these weights answer for `batch`, added to `out`, each scaled by `share`.
pub fn teach(l: &Layout, p: &[f32], batch: &[&Example], mixed: &[f32], share: f32, out: &mut [Soft]) {
    let s = &l.sizes;
    let mut tags = tag_scores(l, p, mixed);
    let left = arc_left(l, p, mixed);
    let labels = label_left(l, p, mixed);
    let mut first = 0;
    let add = |to: &mut Vec<f32>, rows: &mut [f32], width: usize| {
        rows.chunks_exact_mut(width).for_each(softmax);
        to.resize(rows.len(), 0.0);
        to.iter_mut().zip(rows.iter()).for_each(|(t, v)| *t += share * v);
    };
    for (example, soft) in batch.iter().zip(out) {
        let len = example.feats.len();
        add(&mut soft.tags, &mut tags[(first + 1) * s.tags..(first + len) * s.tags], s.tags);
        add(&mut soft.heads, &mut arc_scores(l, p, mixed, &left, first, len), len);
        let on_heads =
            (1..len).flat_map(|t| label_scores(l, mixed, &labels, first + t, first + usize::from(example.heads[t])));
        add(&mut soft.labels, &mut on_heads.collect::<Vec<f32>>(), s.labels);
        first += len;
    }
}

/// Losses of the batch; gradients go to `dmixed` and `grad`.
pub fn losses(
    l: &Layout,
    p: &[f32],
    batch: &[&Example],
    mixed: &[f32],
    dmixed: &mut [f32],
    scale: f32,
    grad: &mut [f32],
) -> Loss {
    let s = &l.sizes;
    let m = s.mixed();
    let rows = mixed.len() / m;
    let mut loss = Loss::default();
    let mut tags = tag_scores(l, p, mixed);
    let left = arc_left(l, p, mixed);
    let mut dleft = vec![0.0f32; left.len()];
    let labels = label_left(l, p, mixed);
    let mut dlabels = vec![0.0f32; labels.len()];
    let bias_at = l.arc.start + s.arc * s.arc;
    let mut first = 0;
    for example in batch {
        let len = example.feats.len();
        let weight = scale * example.weight;
        let soft = example.soft.as_deref();
        tags[first * s.tags..][..s.tags].fill(0.0);
        for t in 1..len {
            let row = &mut tags[(first + t) * s.tags..][..s.tags];
            let soft = soft_row(soft, |s| &s.tags, t - 1, s.tags);
            loss.tags += cross_entropy(row, example.tags[t].into(), soft, TAG_WEIGHT * weight);
        }
        let mut scores = arc_scores(l, p, mixed, &left, first, len);
        for t in 1..len {
            let soft = soft_row(soft, |s| &s.heads, t - 1, len);
            loss.heads += cross_entropy(&mut scores[(t - 1) * len..t * len], example.heads[t].into(), soft, weight);
        }
        mm::add(
            len - 1,
            s.arc,
            len,
            mm::n(&scores, len),
            mm::n(&mixed[first * m + s.arc..], m),
            &mut dleft[(first + 1) * s.arc..],
            s.arc,
        );
        mm::add(
            len,
            s.arc,
            len - 1,
            mm::t(&scores, len),
            mm::n(&left[(first + 1) * s.arc..], s.arc),
            &mut dmixed[first * m + s.arc..],
            m,
        );
        for h in 0..len {
            let column: f32 = (0..len - 1).map(|d| scores[d * len + h]).sum();
            let at = (first + h) * m + s.arc;
            for j in 0..s.arc {
                dmixed[at + j] += column * p[bias_at + j];
                grad[bias_at + j] += column * mixed[at + j];
            }
        }
        let width = s.label + 1;
        for t in 1..len {
            let head = first + usize::from(example.heads[t]);
            let mut scores = label_scores(l, mixed, &labels, first + t, head);
            let soft = soft_row(soft, |s| &s.labels, t - 1, s.labels);
            loss.labels += cross_entropy(&mut scores, example.labels[t].into(), soft, weight);
            let at = head * m + 2 * s.arc + s.label;
            for (k, &d) in scores.iter().enumerate() {
                let from = ((first + t) * s.labels + k) * width;
                for j in 0..s.label {
                    dmixed[at + j] += d * labels[from + j];
                    dlabels[from + j] = d * mixed[at + j];
                }
                dlabels[from + s.label] = d;
            }
        }
        first += len;
    }
    let at = 2 * s.arc + 2 * s.label;
    unbiased(
        rows,
        s.tags,
        s.tag,
        &mixed[at..],
        m,
        &p[l.tag.clone()],
        &tags,
        &mut dmixed[at..],
        &mut grad[l.tag.clone()],
    );
    unbiased(
        rows,
        s.labels * (s.label + 1),
        s.label,
        &mixed[2 * s.arc..],
        m,
        &p[l.label.clone()],
        &dlabels,
        &mut dmixed[2 * s.arc..],
        &mut grad[l.label.clone()],
    );
    mm::add(s.arc, s.arc, rows, mm::t(mixed, m), mm::n(&dleft, s.arc), &mut grad[l.arc.clone()], s.arc);
    mm::add(rows, s.arc, s.arc, mm::n(&dleft, s.arc), mm::t(&p[l.arc.clone()], s.arc), dmixed, m);
    loss
}
