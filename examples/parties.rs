//! Prints who is in each sentence of some reports, as the trained model reads it, for marking reports to learn from:
//! `cargo run --release --example parties -- REPORTS.jsonl > parties.jsonl`, then `scripts/mark_reports.py`.

use stancenet::document::from_reader;
use stancenet::lexicon::Lexicon;
use stancenet::stances::Coder;
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a file of reports")?;
    let coder = Coder::new(&Lexicon::embedded()?)?;
    let mut out = std::io::stdout().lock();
    for document in from_reader(&path, Box::new(std::fs::File::open(&path)?))? {
        let document = document?;
        let sentences = coder.asked(&document);
        let told = serde_json::json!({"id": document.id, "text": document.text, "headline": document.headline, "sentences": sentences});
        writeln!(out, "{told}")?;
    }
    Ok(())
}
