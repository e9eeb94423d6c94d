//! Prints what the confidence of each statement is made of, for fitting `lexicon/confidence.csv`:
//! `cargo run --release --example clues -- ARTICLES.jsonl > clues.jsonl`, then `scripts/fit_confidence.py`.

use stancenet::document::from_reader;
use stancenet::lexicon::Lexicon;
use stancenet::stances::Coder;
use stancenet::statement::to_jsonl;
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a file of articles")?;
    let coder = Coder::new(&Lexicon::embedded()?)?;
    let mut out = std::io::stdout().lock();
    for document in from_reader(&path, Box::new(std::fs::File::open(&path)?))? {
        for (statement, clues) in coder.explain(&document?) {
            let statement: serde_json::Value = serde_json::from_slice(&to_jsonl(&[statement])?)?;
            writeln!(out, "{}", serde_json::json!({"statement": statement, "clues": clues}))?;
        }
    }
    Ok(())
}
