//! The treebanks as the trainer sees them.
//!
//! In: `NAME.conllu.xz` files. Out: sentences, and the tables of known words,
//! tags and labels. Nothing of the text itself leaves the trainer but the
//! spellings of words seen twice or more.

use crate::net::Feat;
use crate::outside::Outside;
use stancenet::language::engine::conllu::{self, Block};
use stancenet::language::engine::features::{for_each_bucket, normalize};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

/// One sentence of a treebank; index 0 is its first token.
pub struct Sentence {
    /// Word forms.
    pub forms: Vec<String>,
    /// Lemmas.
    pub lemmas: Vec<String>,
    /// `UPOS|XPOS`.
    pub tags: Vec<String>,
    /// Heads, 0 for the root.
    pub heads: Vec<u16>,
    /// Relations with subtypes.
    pub labels: Vec<String>,
    /// The document it is from, empty if unknown.
    pub document: String,
}

/// Reads one compressed treebank file.
pub fn blocks(folder: &Path, name: &str) -> Vec<Block> {
    let path = folder.join(format!("{name}.conllu.xz"));
    let packed = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut text = Vec::new();
    lzma_rs::xz_decompress(&mut &packed[..], &mut text).expect("an xz file");
    conllu::read(&String::from_utf8(text).expect("UTF-8"))
}

/// The sentences of one treebank file.
pub fn sentences(blocks: &[Block]) -> Vec<Sentence> {
    let mut document = String::new();
    let mut out = Vec::new();
    for block in blocks {
        if let Some(id) = block.comment("newdoc id") {
            document = id.to_string();
        }
        let column = |c: usize| block.words().map(|w| w[c].clone()).collect::<Vec<_>>();
        let heads: Vec<u16> = block.words().map(|w| w[6].parse().unwrap_or(0)).collect();
        if heads.is_empty() || heads.len() > 250 {
            continue;
        }
        let tags = block.words().map(|w| format!("{}|{}", w[3], w[4])).collect();
        out.push(Sentence {
            forms: column(1),
            lemmas: column(2),
            tags,
            heads,
            labels: column(7),
            document: document.clone(),
        });
    }
    out
}

/// Known words, tags and labels.
pub struct Tables {
    /// Words in the order of their rows; rows 0 and 1 are unknown and root.
    pub words: Vec<String>,
    /// How often each was seen.
    pub counts: Vec<u32>,
    /// Tags, in order.
    pub tags: Vec<String>,
    /// Labels, in order.
    pub labels: Vec<String>,
    /// For each word, whether it is mostly written small within sentences.
    pub small: Vec<i8>,
    /// Vectors from outside.
    pub outside: Arc<Outside>,
    rows: HashMap<String, u32>,
}

impl Tables {
    /// Tables of the training sentences.
    pub fn new(train: &[Sentence], outside: Arc<Outside>) -> Tables {
        let mut words: BTreeMap<String, u32> = BTreeMap::new();
        let mut tags: BTreeMap<&str, u32> = BTreeMap::new();
        let mut labels: BTreeMap<&str, u32> = BTreeMap::new();
        for s in train {
            for form in &s.forms {
                *words.entry(normalize(form)).or_default() += 1;
            }
            s.tags.iter().for_each(|t| *tags.entry(t).or_default() += 1);
            s.labels.iter().for_each(|t| *labels.entry(t).or_default() += 1);
        }
        let known: Vec<(String, u32)> = words.into_iter().filter(|w| w.1 >= 2).collect();
        let names = [("".to_string(), 0), ("".to_string(), 0)];
        let (words, counts): (Vec<_>, Vec<_>) = names.into_iter().chain(known).unzip();
        let rows = words.iter().enumerate().skip(2).map(|(i, w)| (w.clone(), i as u32)).collect();
        let mut case: HashMap<String, i32> = HashMap::new();
        for form in train.iter().flat_map(|s| &s.forms[1..]) {
            if let Some(first) = form.chars().next().filter(|c| c.is_alphabetic()) {
                *case.entry(normalize(form)).or_default() += if first.is_lowercase() { 1 } else { -1 };
            }
        }
        let small = words.iter().map(|w| i8::from(case.get(w).is_some_and(|&n| n > 0))).collect();
        let often = |m: BTreeMap<&str, u32>| m.into_iter().filter(|t| t.1 >= 3).map(|t| t.0.to_string()).collect();
        Tables { words, counts, tags: often(tags), labels: often(labels), small, outside, rows }
    }

    /// Features of a form.
    pub fn feat(&self, form: &str) -> Feat {
        let norm = normalize(form);
        let mut grams = Vec::new();
        for_each_bucket(form, &norm, |b| grams.push(b as u16));
        let word = self.rows.get(&norm).copied().unwrap_or(0);
        Feat { word, grams: Arc::from(grams), wide: self.outside.find(&norm) }
    }

    /// Row of a tag; a rare one counts as the first of its universal tag.
    pub fn tag(&self, tag: &str) -> u16 {
        let upos = tag.split('|').next().unwrap_or("");
        let same = |t: &String| t.split('|').next() == Some(upos);
        let found = self.tags.binary_search_by(|t| t.as_str().cmp(tag)).ok();
        found.or_else(|| self.tags.iter().position(same)).unwrap_or(0) as u16
    }

    /// Row of a label; a rare subtype counts as its plain relation.
    pub fn label(&self, label: &str) -> u16 {
        let find = |l: &str| self.labels.binary_search_by(|t| t.as_str().cmp(l)).ok();
        let plain = label.split(':').next().unwrap_or(label);
        find(label).or_else(|| find(plain)).or_else(|| find("dep")).unwrap_or(0) as u16
    }
}
