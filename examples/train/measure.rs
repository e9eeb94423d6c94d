//! Accuracy on a development set, with the weights in full precision.

use crate::corpus::{Sentence, Tables};
use crate::heads;
use crate::net::{self, Example, Feat};
use crate::params::Layout;
use stancenet::language::engine::tree::best_heads;
use std::sync::Arc;

/// Counts of right answers.
#[derive(Clone, Copy, Default)]
pub struct Score {
    /// All tokens.
    pub all: f32,
    /// Right universal tags.
    pub upos: f32,
    /// Right heads.
    pub head: f32,
    /// Right heads with right labels, subtypes apart.
    pub both: f32,
}

impl Score {
    fn add(&mut self, other: Score) {
        self.all += other.all;
        self.upos += other.upos;
        self.head += other.head;
        self.both += other.both;
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let part = |x: f32| 100.0 * x / self.all.max(1.0);
        write!(f, "{:.2}/{:.2}/{:.2}", part(self.upos), part(self.head), part(self.both))
    }
}

/// Features of the root and of the forms of a sentence.
pub fn feats(tables: &Tables, forms: &[String]) -> Vec<Feat> {
    let root = Feat { word: 1, grams: Arc::from([]), wide: 0 };
    std::iter::once(root).chain(forms.iter().map(|f| tables.feat(f))).collect()
}

/// Batches of sentence numbers of like length, longest first.
pub fn batches(set: &[Sentence], tokens: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..set.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(set[i].forms.len()));
    let mut out: Vec<Vec<usize>> = vec![Vec::new()];
    let mut size = 0;
    for i in order {
        if size > tokens {
            out.push(Vec::new());
            size = 0;
        }
        size += set[i].forms.len() + 1;
        if let Some(last) = out.last_mut() {
            last.push(i);
        }
    }
    out
}

/// The score of a set, and that of its news documents.
pub fn measure(l: &Layout, p: &[f32], tables: &Tables, set: &[Sentence]) -> (Score, Score) {
    let batches = batches(set, 600);
    let parts: Vec<(Score, Score)> = std::thread::scope(|scope| {
        let work = |from: usize| {
            let mut sum = (Score::default(), Score::default());
            for batch in batches.iter().skip(from).step_by(2) {
                for (&i, score) in batch.iter().zip(score_batch(l, p, tables, set, batch)) {
                    sum.0.add(score);
                    if set[i].document.starts_with("GUM_news") {
                        sum.1.add(score);
                    }
                }
            }
            sum
        };
        let other = scope.spawn(move || work(1));
        vec![work(0), other.join().expect("the other half")]
    });
    let mut total = parts[0];
    total.0.add(parts[1].0);
    total.1.add(parts[1].1);
    total
}

fn score_batch(l: &Layout, p: &[f32], tables: &Tables, set: &[Sentence], batch: &[usize]) -> Vec<Score> {
    let examples: Vec<Example> =
        batch.iter().map(|&i| Example { feats: feats(tables, &set[i].forms), ..Example::default() }).collect();
    let refs: Vec<&Example> = examples.iter().collect();
    let pass = net::forward(l, p, &refs, None);
    let tags = heads::tag_scores(l, p, &pass.mixed);
    let left = heads::arc_left(l, p, &pass.mixed);
    let labels = heads::label_left(l, p, &pass.mixed);
    let mut first = 0;
    let mut out = Vec::new();
    for &i in batch {
        let gold = &set[i];
        let n = gold.forms.len();
        let found = best_heads(&heads::arc_scores(l, p, &pass.mixed, &left, first, n + 1), n);
        let mut score = Score::default();
        for (t, &head) in found.iter().enumerate() {
            let row = first + t + 1;
            let tag = &tables.tags[top(&tags[row * l.sizes.tags..][..l.sizes.tags])];
            let label = &tables.labels[top(&heads::label_scores(l, &pass.mixed, &labels, row, first + head))];
            let same = |a: &str, b: &str, at: char| a.split(at).next() == b.split(at).next();
            score.all += 1.0;
            score.upos += f32::from(same(tag, &gold.tags[t], '|'));
            if head == usize::from(gold.heads[t]) {
                score.head += 1.0;
                score.both += f32::from(same(label, &gold.labels[t], ':'));
            }
        }
        first += n + 1;
        out.push(score);
    }
    out
}

/// The place of the highest value.
pub fn top(values: &[f32]) -> usize {
    (0..values.len()).fold(0, |best, i| if values[i] > values[best] { i } else { best })
}
