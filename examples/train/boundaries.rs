//! Trains the boundary classifier: an averaged perceptron over the raw text
//! of the treebanks, each paragraph put together from its `# text` lines.

use crate::random::Random;
use stancenet::language::engine::conllu::{Block, Row};
use stancenet::language::engine::split::choose;
use stancenet::language::engine::split::context::{BUCKETS, Context, for_each_bucket};

/// A paragraph: its characters, and for each what it is (0 inside, 1 token
/// end, 2 sentence end).
type Paragraph = (Vec<char>, Vec<u8>);

/// The surface tokens of a sentence, multiword tokens cut where their words
/// can be found in them.
fn pieces(block: &Block) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> = Vec::new();
    let mut covered = 0usize;
    for row in &block.rows {
        match row {
            Row::Other(line) => {
                let columns: Vec<&str> = line.split('\t').collect();
                let Some((a, b)) = columns[0].split_once('-') else {
                    continue;
                };
                let (Ok(a), Ok(b)) = (a.parse::<usize>(), b.parse::<usize>()) else {
                    continue;
                };
                let parts: Vec<&String> = block.words().skip(a - 1).take(b + 1 - a).map(|w| &w[1]).collect();
                let tail = columns.len() < 10 || !columns[9].contains("SpaceAfter=No");
                let joined: String = parts.iter().map(|p| p.as_str()).collect();
                if joined == columns[1] {
                    let last = parts.len() - 1;
                    out.extend(parts.iter().enumerate().map(|(i, p)| (p.to_string(), i == last && tail)));
                } else {
                    out.push((columns[1].to_string(), tail));
                }
                covered = b;
            }
            Row::Word(w) => {
                if w[0].parse::<usize>().unwrap_or(0) > covered {
                    out.push((w[1].clone(), !w[9].contains("SpaceAfter=No")));
                }
            }
        }
    }
    out
}

/// The paragraphs of a treebank.
fn paragraphs(blocks: &[Block]) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut space = false;
    for block in blocks {
        let new = block.comments.iter().any(|c| c.starts_with("# newpar") || c.starts_with("# newdoc"));
        if new || out.is_empty() {
            out.push((Vec::new(), Vec::new()));
            space = false;
        }
        let Some((chars, marks)) = out.last_mut() else {
            continue;
        };
        for (form, after) in pieces(block) {
            if space {
                chars.push(' ');
                marks.push(0);
            }
            for c in form.chars() {
                chars.push(if c.is_whitespace() { ' ' } else { c });
                marks.push(0);
            }
            if let Some(mark) = marks.last_mut() {
                *mark = 1;
            }
            space = after;
        }
        if let Some(mark) = marks.last_mut() {
            *mark = 2;
        }
    }
    out.retain(|p| !p.0.is_empty());
    out
}

fn curly(chars: &mut [char]) {
    let mut open = false;
    for i in 0..chars.len() {
        match chars[i] {
            '"' => {
                open = !open;
                chars[i] = if open { '“' } else { '”' };
            }
            '\'' => {
                let starts = i == 0 || chars[i - 1].is_whitespace();
                chars[i] = if starts { '‘' } else { '’' };
            }
            _ => {}
        }
    }
}

/// The quantized weights, three for each feature.
pub fn train(treebanks: &[Vec<Block>], epochs: usize, seed: u64) -> Vec<i8> {
    let mut set: Vec<Paragraph> = treebanks.iter().flat_map(|b| paragraphs(b)).collect();
    let mut random = Random(seed);
    let mut w = vec![[0.0f32; 3]; BUCKETS];
    let mut sum = vec![[0.0f64; 3]; BUCKETS];
    let mut time = 1.0f64;
    let mut found = Vec::new();
    for epoch in 1..=epochs {
        random.shuffle(&mut set);
        let (mut wrong, mut all) = (0usize, 0usize);
        for (chars, marks) in &set {
            let mut chars = chars.clone();
            let kind = random.unit();
            if kind < 0.3 {
                curly(&mut chars);
            } else if kind < 0.32 {
                chars.iter_mut().for_each(|c| *c = c.to_ascii_uppercase());
            }
            let mut cx = Context::default();
            for at in 0..chars.len() - 1 {
                if chars[at].is_whitespace() {
                    continue;
                }
                found.clear();
                for_each_bucket(&chars, at, &cx, |b| found.push(b));
                let mut scores = [0.0f32; 3];
                for &b in &found {
                    (0..3).for_each(|k| scores[k] += w[b][k]);
                }
                let spaced = chars[at + 1].is_whitespace();
                let guess = choose(scores.map(|s| s as i32), spaced) as usize;
                let gold = usize::from(marks[at]);
                // A margin makes the answer robust to rounding.
                let margin = (0..3).any(|k| k != gold && !(spaced && k == 0) && scores[gold] < scores[k] + 3.0);
                all += 1;
                wrong += usize::from(guess != gold);
                if margin && !(spaced && gold == 0) {
                    let rival = (0..3)
                        .filter(|&k| k != gold && !(spaced && k == 0))
                        .max_by(|&a, &b| scores[a].total_cmp(&scores[b]))
                        .unwrap_or(0);
                    for &b in &found {
                        w[b][gold] += 1.0;
                        w[b][rival] -= 1.0;
                        sum[b][gold] += time;
                        sum[b][rival] -= time;
                    }
                }
                time += 1.0;
                cx.pass(chars[at]);
                if marks[at] > 0 || spaced {
                    cx.before = (cx.token, at + 1);
                    cx.token = if spaced { at + 2 } else { at + 1 };
                    if marks[at] == 2 {
                        cx.sentence = cx.token;
                    }
                }
            }
        }
        println!("boundaries, pass {epoch}: {wrong} of {all} wrong");
    }
    let averaged: Vec<f32> = (0..BUCKETS)
        .flat_map(|b| (0..3).map(move |k| (b, k)))
        .map(|(b, k)| w[b][k] - (sum[b][k] / time) as f32)
        .collect();
    let mut sizes: Vec<f32> = averaged.iter().map(|v| v.abs()).collect();
    sizes.sort_by(f32::total_cmp);
    let top = sizes[sizes.len() - sizes.len() / 2000].max(1e-6);
    averaged.iter().map(|v| (v / top * 127.0).round().clamp(-127.0, 127.0) as i8).collect()
}
