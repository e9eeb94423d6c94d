//! `stancenet parse`: sentences, tags, lemmas and dependencies, as CoNLL-U.

use crate::document::{collect_paths, open};
use crate::language::engine::conllu::{self, Row};
use crate::language::engine::{Model, Sentence};
use crate::output::write_result;
use crate::{Error, Result};
use std::path::{Path, PathBuf};

/// Sentences that are analysed together; what they take in memory is all that parsing takes.
const BATCH: usize = 4096;

/// Print the sentences of articles with tags, lemmas and dependencies, as CoNLL-U
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    stancenet parse article.txt                     trees with byte offsets in MISC\n  \
    stancenet parse --conllu gold.conllu > mine.conllu    keep the words, replace tags, lemmas and heads")]
pub struct Args {
    /// Articles, or with --conllu one CoNLL-U file; - is standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    /// The inputs are CoNLL-U: keep their sentences and words, and replace tags, lemmas, heads and relations
    #[arg(long)]
    conllu: bool,
    /// Where to write; standard output when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<()> {
    let mut out = String::new();
    if args.conllu {
        for path in &args.inputs {
            out.push_str(&again(&text_of(path)?));
        }
    } else {
        for path in collect_paths(&args.inputs)? {
            for document in open(&path)? {
                let document = document?;
                out.push_str(&format!("# newdoc id = {}\n", document.id.replace(['\n', '\r'], " ")));
                parse(&document.text, &mut out);
            }
        }
    }
    write_result(args.output.as_deref(), out.as_bytes())
}

fn text_of(path: &Path) -> Result<String> {
    let name = path.display().to_string();
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|e| Error::io(&name, e))?;
    String::from_utf8(bytes).map_err(|_| Error::input(name, "this is not UTF-8, as CoNLL-U must be"))
}

fn parse(text: &str, out: &mut String) {
    let mut sentences = Model::embedded().split(text);
    for (number, piece) in sentences.chunks_mut(BATCH).enumerate() {
        Model::embedded().annotate(piece);
        for (i, sentence) in piece.iter().enumerate() {
            conllu::write_sentence(text, sentence, number * BATCH + i + 1, out);
        }
    }
}

fn again(text: &str) -> String {
    let mut blocks = conllu::read(text);
    let words = |b: &conllu::Block| Sentence::of_words(&b.words().map(|w| w[1].as_str()).collect::<Vec<_>>());
    let mut sentences: Vec<Sentence> = blocks.iter().map(words).collect();
    Model::embedded().annotate(&mut sentences);
    let mut out = String::new();
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
        conllu::write(block, &mut out);
    }
    out
}
