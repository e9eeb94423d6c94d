//! Puts the model file together: tables, quantized network, lemma rules and
//! boundary weights, in the order in which `Model::read` reads them.

use crate::options::Options;
use crate::params::Layout;
use crate::trainer::{Data, sizes};
use crate::{boundaries, corpus, lemmas};
use stancenet::language::engine::file::{MAGIC, Writer};
use std::path::Path;

/// Weights of `inner` rows and `outer` columns, a bias row after them, as
/// bytes with one scale for each column.
fn matrix(w: &mut Writer, p: &[f32], inner: usize, outer: usize, bias: &[f32]) {
    let mut bytes = Vec::with_capacity(inner * outer);
    let mut scales = Vec::with_capacity(outer);
    for o in 0..outer {
        let top = (0..inner).fold(1e-9f32, |t, i| t.max(p[i * outer + o].abs()));
        let scale = top / 127.0;
        scales.push(scale);
        bytes.extend((0..inner).map(|i| (p[i * outer + o] / scale).round().clamp(-127.0, 127.0) as i8));
    }
    w.small(&bytes);
    w.reals(&scales);
    w.reals(bias);
}

fn table(w: &mut Writer, p: &[f32], width: usize) {
    let mut bytes = Vec::with_capacity(p.len());
    let mut scales = Vec::new();
    for row in p.chunks_exact(width) {
        let top = row.iter().fold(1e-9f32, |t, v| t.max(v.abs()));
        let scale = top / 127.0;
        scales.push(scale);
        bytes.extend(row.iter().map(|v| (v / scale).round() as i8));
    }
    w.small(&bytes);
    w.reals(&scales);
}

/// Reads weights that the trainer has saved.
pub fn read_weights(path: &str) -> Result<Vec<f32>, String> {
    let bytes = std::fs::read(path).map_err(|e| format!("{path}: {e}"))?;
    Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
}

/// Writes `model/english.bin` from `runs/NAME.net`.
pub fn export(o: &Options) -> Result<(), String> {
    let data = Data::read(o)?;
    let l = Layout::new(sizes(o, &data.tables), data.tables.outside.clone());
    let p = read_weights(&format!("runs/{}.net", o.name))?;
    if p.len() != l.len {
        return Err("the checkpoint was trained with other widths".into());
    }
    let s = l.sizes;
    let mut w = Writer(MAGIC.to_vec());
    w.lines(&data.tables.words[2..]);
    w.lines(&data.tables.outside.words);
    w.small(&data.tables.small[2..]);
    w.lines(&data.tables.tags);
    w.lines(&data.tables.labels);
    for n in [s.words, s.word, s.gram, s.wides, s.wide, s.layers, s.cells, s.arc, s.label, s.tag, s.tags, s.labels] {
        w.number(n);
    }
    table(&mut w, &p[l.words.clone()], s.word);
    table(&mut w, &p[l.grams.clone()], s.gram);
    table(&mut w, &l.outside.projected(&p[l.project.clone()], s.wide), s.wide);
    for (lstm, range) in &l.lstms {
        let q = &p[range.clone()];
        let four = 4 * lstm.cells;
        let (x, rest) = q.split_at(lstm.input * four);
        let (h, b) = rest.split_at(lstm.cells * four);
        matrix(&mut w, x, lstm.input, four, b);
        matrix(&mut w, h, lstm.cells, four, &vec![0.0; four]);
    }
    let biased = |w: &mut Writer, q: &[f32], inner: usize| {
        let outer = q.len() / (inner + 1);
        matrix(w, q, inner, outer, &q[inner * outer..]);
    };
    biased(&mut w, &p[l.mix.clone()], s.both());
    let arc = &p[l.arc.clone()];
    matrix(&mut w, arc, s.arc, s.arc, &vec![0.0; s.arc]);
    w.reals(&arc[s.arc * s.arc..]);
    biased(&mut w, &p[l.label.clone()], s.label);
    biased(&mut w, &p[l.tag.clone()], s.tag);
    w.text(&lemmas::learn(&data.train));
    let banks: Vec<_> = ["ewt-train", "gum-train-by"].iter().map(|n| corpus::blocks(Path::new(&o.data), n)).collect();
    w.small(&boundaries::train(&banks, 6, o.seed));
    std::fs::create_dir_all("model").map_err(|e| e.to_string())?;
    std::fs::write("model/english.bin", &w.0).map_err(|e| e.to_string())?;
    println!("model/english.bin: {} bytes", w.0.len());
    Ok(())
}
