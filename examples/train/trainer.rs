//! The training loop: shuffled batches in two halves on two threads, their
//! gradients added in a fixed order; the best averaged weights by development
//! accuracy are kept on disk.

use crate::adam::Adam;
use crate::corpus::{self, Sentence, Tables};
use crate::export::read_weights;
use crate::heads::Loss;
use crate::measure::{feats, measure};
use crate::net::{self, Example, Feat, Rates, Soft};
use crate::noise::noisy;
use crate::options::Options;
use crate::outside::Outside;
use crate::params::Layout;
use crate::random::Random;
use stancenet::language::engine::sizes::Sizes;
use std::path::Path;
use std::sync::Arc;

/// The training set, the tables, and the two development sets.
pub struct Data {
    /// Training sentences.
    pub train: Vec<Sentence>,
    /// Their tables.
    pub tables: Tables,
    /// EWT and GUM development sentences.
    pub dev: [Vec<Sentence>; 2],
    clean: Vec<Vec<Feat>>,
    soft: Vec<Option<Arc<Soft>>>,
}

impl Data {
    /// Reads everything.
    pub fn read(o: &Options) -> Result<Data, String> {
        let read = |name: &str| corpus::sentences(&corpus::blocks(Path::new(&o.data), name));
        let mut train = read("ewt-train");
        train.extend(read("gum-train-by"));
        let tables = Tables::new(&train, Arc::new(Outside::read(&o.vectors)?));
        let clean = train.iter().map(|s| feats(&tables, &s.forms)).collect();
        let soft = vec![None; train.len()];
        Ok(Data { train, tables, dev: [read("ewt-dev"), read("gum-dev")], clean, soft })
    }
}

impl Data {
    /// Asks the teachers about every training sentence.
    fn ask(&mut self, l: &Layout, teachers: &[String]) -> Result<(), String> {
        let weights = teachers.iter().map(|path| read_weights(path)).collect::<Result<Vec<_>, String>>()?;
        if weights.iter().any(|p| p.len() != l.len) {
            return Err("teachers must have the widths of the pupil".to_owned());
        }
        let share = 1.0 / weights.len().max(1) as f32;
        for batch in crate::measure::batches(&self.train, 600) {
            let examples: Vec<Example> = batch.iter().map(|&i| self.plain(i)).collect();
            let refs: Vec<&Example> = examples.iter().collect();
            let mut soft = vec![Soft::default(); batch.len()];
            for p in &weights {
                let pass = net::forward(l, p, &refs, None);
                crate::heads::teach(l, p, &refs, &pass.mixed, share, &mut soft);
            }
            batch.iter().zip(soft).for_each(|(&i, soft)| self.soft[i] = Some(Arc::new(soft)));
        }
        Ok(())
    }

    /// A training sentence as it stands, with its right heads.
    fn plain(&self, i: usize) -> Example {
        let mut heads = vec![0];
        heads.extend_from_slice(&self.train[i].heads);
        Example { feats: self.clean[i].clone(), heads, ..Example::default() }
    }
}

/// Widths from the options and the tables.
pub fn sizes(o: &Options, t: &Tables) -> Sizes {
    Sizes {
        words: t.words.len(),
        word: o.word,
        gram: o.gram,
        wides: t.outside.words.len() + 1,
        wide: o.wide,
        layers: o.layers,
        cells: o.cells,
        arc: 128,
        label: 64,
        tag: 128,
        tags: t.tags.len(),
        labels: t.labels.len(),
    }
}

fn example(data: &Data, i: usize, random: &mut Random) -> Example {
    let s = &data.train[i];
    let mut n = s.forms.len();
    let leaf = s.labels[n - 1] == "punct" && !s.heads.contains(&(n as u16));
    let forms = noisy(&s.forms, leaf, random);
    n = forms.len();
    let mut feats: Vec<Feat> = vec![data.clean[i][0].clone()];
    for (t, form) in forms.iter().enumerate() {
        let mut feat = if *form == s.forms[t] { data.clean[i][t + 1].clone() } else { data.tables.feat(form) };
        let count = data.tables.counts[feat.word as usize] as f32;
        if random.chance(0.06 + 0.25 / (0.25 + count)) {
            feat.word = 0;
        }
        if random.chance(0.1) {
            feat.wide = 0;
        }
        feats.push(feat);
    }
    let number = |f: &dyn Fn(&str) -> u16, list: &[String]| {
        std::iter::once(0).chain(list[..n].iter().map(|x| f(x))).collect::<Vec<u16>>()
    };
    let mut heads = vec![0];
    heads.extend_from_slice(&s.heads[..n]);
    let weight = if s.document.starts_with("GUM_news") { 1.5 } else { 1.0 };
    Example {
        feats,
        heads,
        labels: number(&|x| data.tables.label(x), &s.labels),
        tags: number(&|x| data.tables.tag(x), &s.tags),
        weight,
        soft: data.soft[i].clone().filter(|_| n == s.forms.len()),
    }
}

fn batches(data: &Data, tokens: usize, random: &mut Random) -> Vec<Vec<usize>> {
    let mut order: Vec<(usize, usize)> =
        (0..data.train.len()).map(|i| (data.train[i].forms.len() * 4 + random.below(12), i)).collect();
    random.shuffle(&mut order);
    order.sort_by_key(|o| o.0);
    let mut out: Vec<Vec<usize>> = vec![Vec::new()];
    let mut size = 0;
    for (_, i) in order {
        if size > 2 * tokens {
            out.push(Vec::new());
            size = 0;
        }
        size += data.train[i].forms.len() + 1;
        if let Some(last) = out.last_mut() {
            last.push(i);
        }
    }
    random.shuffle(&mut out);
    out
}

/// One half of a batch: its gradients into `grad`.
#[allow(clippy::too_many_arguments)]
fn half(
    data: &Data,
    l: &Layout,
    p: &[f32],
    batch: &[usize],
    side: usize,
    scale: f32,
    rates: Rates,
    seed: u64,
    grad: &mut [f32],
) -> Loss {
    let mut random = Random(seed ^ (side as u64 + 1).wrapping_mul(0x1234_5678_9abc_def1));
    let mut examples: Vec<Example> =
        batch.iter().skip(side).step_by(2).map(|&i| example(data, i, &mut random)).collect();
    if examples.is_empty() {
        return Loss::default();
    }
    examples.sort_by_key(|e| std::cmp::Reverse(e.feats.len()));
    let refs: Vec<&Example> = examples.iter().collect();
    let pass = net::forward(l, p, &refs, Some((rates, &mut random)));
    net::backward(l, p, &refs, pass, scale, grad)
}

/// Trains and keeps the best weights.
pub fn train(o: &Options) -> Result<(), String> {
    let mut data = Data::read(o)?;
    let l = Layout::new(sizes(o, &data.tables), data.tables.outside.clone());
    println!("{} sentences, {:?}, {} weights", data.train.len(), l.sizes, l.len);
    let mut random = Random(o.seed.wrapping_mul(0x0dd0_5eed_0dd0_5eed));
    let mut p = l.start(&mut random);
    if let Some(path) = &o.from {
        p = read_weights(path)?;
        if p.len() != l.len {
            return Err(format!("{path}: trained with other widths"));
        }
    }
    if !o.teachers.is_empty() {
        data.ask(&l, &o.teachers)?;
    }
    let mut adam = Adam::new(&p);
    let (mut ga, mut gb) = (vec![0.0f32; l.len], vec![0.0f32; l.len]);
    let total = batches(&data, o.batch, &mut random).len() * o.epochs;
    let rates =
        Rates { input: 0.65 * o.dropout, state: o.dropout, recurrent: 0.5 * o.dropout, mixed: 0.85 * o.dropout };
    std::fs::create_dir_all("runs").map_err(|e| e.to_string())?;
    let (mut step, mut best) = (0usize, 0.0f32);
    let clock = std::time::Instant::now();
    for epoch in 1..=o.epochs {
        let mut sum = Loss::default();
        let all = batches(&data, o.batch, &mut random);
        let number = all.len() as f32;
        for batch in all {
            let tokens: usize = batch.iter().map(|&i| data.train[i].forms.len()).sum();
            let scale = 1.0 / tokens as f32;
            let seed = random.next();
            let (data, l, p_now, batch) = (&data, &l, &p[..], &batch[..]);
            let (ga_now, gb_now) = (&mut ga[..], &mut gb[..]);
            let (a, b) = std::thread::scope(|scope| {
                let other = scope.spawn(move || half(data, l, p_now, batch, 1, scale, rates, seed, gb_now));
                let a = half(data, l, p_now, batch, 0, scale, rates, seed, ga_now);
                (a, other.join().expect("the other half"))
            });
            sum.heads += (a.heads + b.heads) / number;
            sum.labels += (a.labels + b.labels) / number;
            sum.tags += (a.tags + b.tags) / number;
            let warm = ((step + 1) as f32 / 200.0).min(1.0);
            let left = 1.0 - 0.97 * (step as f32 / total as f32).min(1.0);
            adam.step(&mut p, &mut ga, &mut gb, o.rate * warm * left, 3.0, 0.998);
            step += 1;
            if step % 100 == 0 && epoch == 1 {
                println!(
                    "step {step}: {:.0} s, tags {:.3} heads {:.3} labels {:.3}",
                    clock.elapsed().as_secs_f32(),
                    a.tags + b.tags,
                    a.heads + b.heads,
                    a.labels + b.labels
                );
            }
        }
        let (ewt, _) = measure(&l, &adam.average, &data.tables, &data.dev[0]);
        let (gum, news) = measure(&l, &adam.average, &data.tables, &data.dev[1]);
        println!(
            "epoch {epoch}: {:.0} s, loss tags {:.3} heads {:.3} labels {:.3}; EWT {ewt} GUM {gum} news {news}",
            clock.elapsed().as_secs_f32(),
            sum.tags,
            sum.heads,
            sum.labels
        );
        let score = ewt.both / ewt.all + gum.both / gum.all;
        if score > best {
            best = score;
            let bytes: Vec<u8> = adam.average.iter().flat_map(|v| v.to_le_bytes()).collect();
            std::fs::write(format!("runs/{}.net", o.name), bytes).map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}
