//! `stancenet parse`: sentences, tags, lemmas and dependencies, as CoNLL-U.

use super::options::WorkArgs;
use super::progress::Progress;
use crate::document::{Document, Ids, STDIN, collect_paths, open};
use crate::language::engine::conllu::{self, Block, Row};
use crate::language::engine::{Model, Sentence};
use crate::output::write_result;
use crate::{Error, Result};
use rayon::prelude::*;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes of text that are read before they are parsed together; with their trees they are in memory at one time.
const BATCH: usize = 1 << 20;

/// Sentences that one thread takes at a time.
const PIECE: usize = 64;

/// Print the sentences of articles with tags, lemmas and dependencies, as CoNLL-U
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet parse article.txt                           trees, with the place of each word\n  \
    stancenet parse articles/ -o trees.conllu             a folder of articles\n  \
    stancenet parse - < article.txt | grep nsubj          from standard input\n  \
    stancenet parse --conllu gold.conllu > mine.conllu    other tags, lemmas and trees for the words\n\n\
    TokenRange in MISC counts bytes of the article's text, as start and end in statements tables do.\n\n\
    With --conllu comments, multiword tokens, empty nodes, features and MISC stay as they are; the enhanced \
    dependencies of words are emptied, for they belong to the old trees. Of a file that is not CoNLL-U in form no \
    sentence is written.")]
pub struct Args {
    /// Articles (.txt, .md, .html, or .csv and .jsonl with a text column) and folders of these, or with --conllu
    /// CoNLL-U files; - is standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    /// The inputs are CoNLL-U: keep their sentences and words, and replace tags, lemmas, heads and relations
    #[arg(long)]
    conllu: bool,
    /// Where to write; standard output when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    work: WorkArgs,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    let text = args.work.on_threads(|| {
        let mut parser = Parser::new(args);
        if args.conllu {
            parser.again(&args.inputs)
        } else {
            parser.articles(&args.inputs)?
        }
        parser.finish()
    })?;
    write_result(args.output.as_deref(), text.as_bytes())
}

struct Parser {
    skip_bad: bool,
    progress: Progress,
    errors: Vec<Error>,
    /// Sentences of articles that have been written: they are counted through, for a `sent_id` is there once in a file.
    sentences: usize,
    out: String,
}

impl Parser {
    fn new(args: &Args) -> Self {
        Self {
            skip_bad: args.work.skip_bad,
            progress: Progress::new("sentences parsed", None, args.work.quiet),
            errors: Vec::new(),
            sentences: 0,
            out: String::new(),
        }
    }

    fn articles(&mut self, inputs: &[PathBuf]) -> Result<()> {
        let mut ids = Ids::default();
        let mut batch = Vec::new();
        let mut size = 0;
        for path in collect_paths(inputs)? {
            let documents = match open(&path) {
                Ok(documents) => documents,
                Err(error) => {
                    self.errors.push(error);
                    continue;
                }
            };
            for document in documents {
                match document.and_then(|d| ids.add(&d).map(|()| d)) {
                    Ok(document) => {
                        size += document.text.len();
                        batch.push(document);
                    }
                    Err(error) => self.errors.push(error),
                }
                if size >= BATCH {
                    self.parse(&batch);
                    batch.clear();
                    size = 0;
                }
            }
        }
        self.parse(&batch);
        Ok(())
    }

    fn parse(&mut self, documents: &[Document]) {
        if self.has_failed() {
            return;
        }
        let split: Vec<Vec<Sentence>> = documents.par_iter().map(|d| Model::embedded().split(&d.text)).collect();
        let counts: Vec<usize> = split.iter().map(Vec::len).collect();
        let mut sentences: Vec<Sentence> = split.into_iter().flatten().collect();
        self.annotate(&mut sentences);
        let mut rest = sentences.iter();
        for (document, count) in documents.iter().zip(counts) {
            for (i, sentence) in rest.by_ref().take(count).enumerate() {
                if i == 0 {
                    self.out.push_str(&format!("# newdoc id = {}\n", document.id.replace(['\n', '\r'], " ")));
                }
                self.sentences += 1;
                conllu::write_sentence(&document.text, sentence, self.sentences, &mut self.out);
            }
        }
    }

    fn again(&mut self, inputs: &[PathBuf]) {
        for path in inputs {
            match read(path) {
                Ok(blocks) if !self.has_failed() => self.replace(blocks),
                Ok(_) => {}
                Err(error) => self.errors.push(error),
            }
        }
    }

    fn replace(&mut self, mut blocks: Vec<Block>) {
        let words = |b: &Block| Sentence::of_words(&b.words().map(|w| w[1].as_str()).collect::<Vec<_>>());
        let mut sentences: Vec<Sentence> = blocks.iter().map(words).collect();
        self.annotate(&mut sentences);
        for (block, sentence) in blocks.iter_mut().zip(sentences) {
            let mut tokens = sentence.tokens.into_iter();
            for row in &mut block.rows {
                if let Row::Word(word) = row
                    && let Some(token) = tokens.next()
                {
                    word[2] = token.lemma;
                    word[3] = token.upos.to_string();
                    word[4] = token.xpos.to_string();
                    word[6] = token.head.to_string();
                    word[7] = token.deprel.to_string();
                    "_".clone_into(&mut word[8]);
                }
            }
            conllu::write(block, &mut self.out);
        }
    }

    /// A sentence's answer hangs on its own words only, so any division among threads gives the same.
    fn annotate(&self, sentences: &mut [Sentence]) {
        sentences.par_chunks_mut(PIECE).for_each(|piece| {
            Model::embedded().annotate(piece);
            self.progress.add(piece.len());
        });
    }

    /// Nothing will be written: what is still read is read for its errors.
    fn has_failed(&self) -> bool {
        !self.errors.is_empty() && !self.skip_bad
    }

    fn finish(self) -> Result<String> {
        self.progress.finish();
        if self.has_failed() {
            return Err(Error::many(self.errors));
        }
        for error in &self.errors {
            self.progress.note(&format!("skipped: {error}"));
        }
        if self.out.is_empty() {
            return Err(Error::Empty("the input holds no sentences".to_owned()));
        }
        Ok(self.out)
    }
}

/// The sentences of a CoNLL-U file.
fn read(path: &Path) -> Result<Vec<Block>> {
    let mut bytes = Vec::new();
    let (name, result) = if path == Path::new("-") {
        (STDIN.to_owned(), io::stdin().read_to_end(&mut bytes).map(drop))
    } else {
        (path.display().to_string(), std::fs::read(path).map(|read| bytes = read))
    };
    result.map_err(|e| Error::io(&name, e))?;
    let text = std::str::from_utf8(&bytes).map_err(|e| {
        let line = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        Error::at(&name, line as u64, "this is not UTF-8, as CoNLL-U must be")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check(text).map_err(|(line, message)| Error::at(&name, line as u64, message))?;
    let blocks = conllu::read(text);
    if blocks.is_empty() {
        return Err(Error::input(name, "this file has no sentences"));
    }
    Ok(blocks)
}

/// The sentence that a line is in, as far as it has been read.
#[derive(Default)]
struct Open {
    lines: usize,
    rows: usize,
    words: usize,
    /// Empty nodes since the last word.
    nodes: usize,
    /// The last word of the last multiword token.
    range: usize,
}

/// Whether a text is CoNLL-U in form: what is kept must be whole, and words must be told from all else. What is replaced
/// (tags, lemmas, trees) may be anything. The first line that is wrong, counted from 1, and what is wrong with it.
fn check(text: &str) -> std::result::Result<(), (usize, String)> {
    let mut open = Open::default();
    let mut last = 0;
    for (i, line) in text.lines().enumerate() {
        last = i + 1;
        if line.trim().is_empty() {
            if open.lines > 0 {
                open.close().map_err(|message| (last, message))?;
            }
            open = Open::default();
        } else {
            open.add(line).map_err(|message| (last, message))?;
        }
    }
    if open.lines > 0 {
        return Err((last, "the file ends without the blank line that ends a sentence; is it cut off?".to_owned()));
    }
    Ok(())
}

impl Open {
    fn add(&mut self, line: &str) -> std::result::Result<(), String> {
        self.lines += 1;
        if line.starts_with('#') {
            return match self.rows {
                0 => Ok(()),
                _ => Err("a comment after words; is a blank line missing before it?".to_owned()),
            };
        }
        self.rows += 1;
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 {
            return Err(format!(
                "a line of CoNLL-U has 10 columns, with tabs between them; this one has {}",
                columns.len()
            ));
        }
        if let Some(empty) = columns.iter().position(|c| c.trim().is_empty()) {
            return Err(format!("column {} is empty; write _ where there is nothing to say", empty + 1));
        }
        let next = self.words + 1;
        let id = columns[0];
        let fits = if let Some((first, last)) = id.split_once('-') {
            let last = number(last).filter(|last| number(first) == Some(next) && next > self.range && *last >= next);
            last.map(|last| self.range = last)
        } else if let Some((word, node)) = id.split_once('.') {
            self.nodes += 1;
            (number(word) == Some(self.words) && number(node) == Some(self.nodes)).then_some(())
        } else {
            (self.words, self.nodes) = (next, 0);
            (number(id) == Some(next)).then_some(())
        };
        fits.ok_or_else(|| match id.split('-').next() {
            Some("1") => "a new sentence begins here; a blank line is missing before it".to_owned(),
            _ => format!("\"{}\" is not the id that comes next; the next word is {next}", id.escape_debug()),
        })
    }

    fn close(&self) -> std::result::Result<(), String> {
        if self.words == 0 {
            return Err("a sentence ends here that has no words".to_owned());
        }
        if self.range > self.words {
            return Err(format!("a multiword token goes to word {}, but the sentence ends here", self.range));
        }
        Ok(())
    }
}

/// A number in digits only: `parse` alone would take "+1" too.
fn number(text: &str) -> Option<usize> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
