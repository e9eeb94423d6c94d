//! The language model: the one door to the engine.
//!
//! In: a text, or sentences of given words. Out: sentences of tokens with
//! tags, lemmas and trees. The same text gives the same answer on every
//! machine, in any batch and on any number of threads. Nothing here touches
//! a file or panics on any text.

use super::features::{for_each_bucket, normalize};
use super::file::{BadModel, MAGIC, Reader};
use super::headline::Style;
use super::inventory;
use super::kernel::Level;
use super::lemma::Lemmas;
use super::network::{Answer, Feat, Network, ROOT, UNKNOWN, Workspace};
use super::split::Splitter;
use super::token::{Sentence, Token};
use super::upos::Upos;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::OnceLock;

/// The model file that is built into the program.
pub static EMBEDDED: &[u8] = include_bytes!("../../../model/english.bin");

/// Longest stretch of words that is parsed as one; the trees of the stretches
/// of a longer sentence hang on the first as parataxis.
pub const MAX_STRETCH: usize = 250;

/// Words in a batch, roughly.
const BATCH: usize = 480;

thread_local! {
    /// The memory that the network works in, from text to text.
    static ROOM: RefCell<Workspace> = RefCell::default();
}

struct Tag {
    upos: Upos,
    xpos: &'static str,
    name: String,
}

/// Everything that is needed to read English.
pub struct Model {
    words: FxHashMap<String, u32>,
    wides: FxHashMap<String, u32>,
    small: Vec<i8>,
    tags: Vec<Tag>,
    labels: Vec<&'static str>,
    network: Network,
    lemmas: Lemmas,
    splitter: Splitter,
}

impl Model {
    /// The model within the program, read at its first use.
    ///
    /// # Panics
    /// If the program was built with a broken model file, which the tests
    /// exclude.
    pub fn embedded() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| match Model::read(EMBEDDED) {
            Ok(model) => model,
            Err(error) => panic!("{error}"),
        })
    }

    /// Reads a model file.
    pub fn read(bytes: &[u8]) -> Result<Model, BadModel> {
        Model::read_for(bytes, Level::best())
    }

    /// The same, held to certain instructions; the answers are the same.
    pub fn read_for(bytes: &[u8], level: Level) -> Result<Model, BadModel> {
        let mut file = Reader(bytes);
        if file.bytes(MAGIC.len())? != MAGIC {
            return Err(BadModel("it is of another kind or version"));
        }
        let words = rows(file.text()?, 2);
        let wides = rows(file.text()?, 1);
        let small = file.small()?;
        let tags: Vec<Tag> = file.lines()?.into_iter().map(read_tag).collect();
        let labels: Vec<&'static str> = file.text()?.lines().map(inventory::relation).collect();
        let network = Network::read(&mut file, level)?;
        if tags.len() != network.sizes.tags || labels.len() != network.sizes.labels {
            return Err(BadModel("tags or labels are missing"));
        }
        let lemmas = Lemmas::read(&mut file)?;
        let splitter = Splitter::read(&mut file)?;
        Ok(Model { words, wides, small, tags, labels, network, lemmas, splitter })
    }

    /// Whether a word, in small letters, is one of the some 20,000 that are most frequent in English text, names included.
    pub fn is_common(&self, lower: &str) -> bool {
        self.wides.contains_key(lower)
    }

    /// Sentences, tokens, tags, lemmas and trees of a text.
    pub fn parse(&self, text: &str) -> Vec<Sentence> {
        let mut sentences = self.split(text);
        self.annotate(&mut sentences);
        sentences
    }

    /// Sentences and tokens of a text, not analyzed.
    pub fn split(&self, text: &str) -> Vec<Sentence> {
        let token = |range: std::ops::Range<usize>| Token::new(&text[range.clone()], range.start);
        self.splitter
            .split(text)
            .into_iter()
            .map(|ranges| {
                let (start, end) = (ranges[0].start, ranges[ranges.len() - 1].end);
                Sentence { start, end, tokens: ranges.into_iter().map(token).collect() }
            })
            .collect()
    }

    /// Fills in tags, lemmas, heads and relations for given words.
    pub fn annotate(&self, sentences: &mut [Sentence]) {
        // Stretches of at most MAX_STRETCH words, longest first.
        let mut stretches: Vec<(usize, usize, usize)> = Vec::new();
        for (i, sentence) in sentences.iter().enumerate() {
            let n = sentence.tokens.len();
            let parts = n.div_ceil(MAX_STRETCH).max(1);
            let size = n.div_ceil(parts);
            stretches.extend((0..parts).map(|p| (i, (p * size).min(n), ((p + 1) * size).min(n))));
        }
        stretches.retain(|s| s.1 < s.2);
        stretches.sort_by_key(|s| (std::cmp::Reverse(s.2 - s.1), s.0, s.1));
        let mut work = ROOM.take();
        let mut at = 0;
        while at < stretches.len() {
            let mut size = 0;
            let start = at;
            while at < stretches.len() && size < BATCH {
                size += stretches[at].2 - stretches[at].1 + 1;
                at += 1;
            }
            let batch = &stretches[start..at];
            let feats: Vec<Vec<Feat>> = batch.iter().map(|&(i, a, b)| self.feats(&sentences[i].tokens[a..b])).collect();
            for (&(i, a, b), answer) in batch.iter().zip(self.network.run(&feats, &mut work)) {
                self.fill(&mut sentences[i].tokens[a..b], a, &answer);
            }
        }
        ROOM.set(work);
        sentences.iter_mut().for_each(hang_together);
    }

    fn feats(&self, tokens: &[Token]) -> Vec<Feat> {
        let mut out = Vec::with_capacity(tokens.len() + 1);
        out.push(Feat { word: ROOT, ..Feat::default() });
        let style = Style::of(tokens);
        for (i, token) in tokens.iter().enumerate() {
            let norm = normalize(&token.form);
            let word = self.words.get(&norm).copied().unwrap_or(UNKNOWN);
            let small = word > ROOT && self.small.get(word as usize - 2) == Some(&1);
            let form = style.recase(&token.form, small && i > 0);
            let mut grams = Vec::with_capacity(24);
            for_each_bucket(&form, &norm, |b| grams.push(b as u16));
            let wide = self.wides.get(&norm).copied().unwrap_or(0);
            out.push(Feat { word, grams, wide });
        }
        out
    }

    fn fill(&self, tokens: &mut [Token], offset: usize, answer: &Answer) {
        let names = names(tokens);
        for (t, token) in tokens.iter_mut().enumerate() {
            let tag = &self.tags[usize::from(answer.tags[t])];
            token.upos = tag.upos;
            token.xpos = tag.xpos;
            token.lemma = self.lemma(&token.form, tag, &answer.rivals[t]);
            if names[t] && matches!(tag.xpos, "NN" | "NNS" | "JJ") {
                token.lemma = capitalized(&token.lemma);
            }
            let head = answer.heads[t];
            token.head = if head == 0 { 0 } else { offset + head };
            let label = self.labels[usize::from(answer.labels[t])];
            token.deprel = match (head, label) {
                (0, _) => "root",
                (_, "root") => "parataxis",
                (_, label) => label,
            };
        }
    }
}

impl Model {
    /// The likeliest lemma, over all tags that the word may have: "Games" is hardly a plural noun and more likely one of
    /// two kinds of name.
    fn lemma(&self, form: &str, tag: &Tag, rivals: &[(u16, f32)]) -> String {
        let known = |word: &str| self.words.contains_key(word) || self.wides.contains_key(word);
        let best = self.lemmas.lemma(form, &tag.name, &known);
        let mut found: Vec<(String, f32)> = Vec::new();
        for &(tag, odds) in rivals {
            let lemma = self.lemmas.lemma(form, &self.tags[usize::from(tag)].name, &known);
            match found.iter_mut().find(|(l, _)| *l == lemma) {
                Some((_, sum)) => *sum += odds,
                None => found.push((lemma, odds)),
            }
        }
        let own = found.iter().find(|(l, _)| *l == best).map_or(0.0, |f| f.1);
        let other = found.into_iter().filter(|f| f.1 > own).fold(None, |top: Option<(String, f32)>, f| match top {
            Some(t) if t.1 >= f.1 => Some(t),
            _ => Some(f),
        });
        other.map_or(best, |f| f.0)
    }
}

/// Which words stand with a capital where only names do: within a sentence that is mostly in small letters. What the
/// tagger takes for a common noun there is part of a name more often than not, and keeps its capital as a lemma.
fn names(tokens: &[Token]) -> Vec<bool> {
    let small = |t: &&Token| t.form.chars().all(char::is_lowercase);
    let running = tokens.iter().filter(small).count() * 5 >= tokens.len() * 2;
    let plain = |t: &Token| t.form.chars().all(char::is_alphanumeric) || t.form == ",";
    let name = |(at, token): (usize, &Token)| {
        let mut letters = token.form.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        running && at > 0 && plain(&tokens[at - 1]) && capital && letters.all(char::is_lowercase)
    };
    tokens.iter().enumerate().map(name).collect()
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The words of a list, with the rows of a table that begin at `first`.
fn rows(text: &str, first: u32) -> FxHashMap<String, u32> {
    text.lines().zip(first..).map(|(w, i)| (w.to_string(), i)).collect()
}

fn read_tag(name: String) -> Tag {
    let (upos, xpos) = name.split_once('|').unwrap_or((&name, "_"));
    Tag { upos: Upos::from_name(upos).unwrap_or(Upos::X), xpos: inventory::penn(xpos), name }
}

/// Leaves a sentence with one root: the first.
fn hang_together(sentence: &mut Sentence) {
    let Some(first) = sentence.tokens.iter().position(|t| t.head == 0) else {
        return;
    };
    for token in &mut sentence.tokens[first + 1..] {
        if token.head == 0 {
            token.head = first + 1;
            token.deprel = "parataxis";
        }
    }
}
