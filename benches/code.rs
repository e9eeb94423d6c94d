//! How fast articles are coded, parser included and apart: `cargo bench --bench code [-- FILE...]`.
//!
//! Without files it reads made-up news. Times are of one core; run it on an idle machine.

use stancenet::document::Document;
use stancenet::language::engine::Model;
use stancenet::lexicon::Lexicon;
use stancenet::stances::Coder;
use std::time::Instant;

const TEXT: &str = "STRELSAU, June 9 (Agency) - The government of Norway said on Tuesday that it would not send any \
    tanks to neighbouring Finland, despite growing pressure from its allies. \u{201c}We have made our position \
    clear,\u{201d} Foreign Minister Anna Zenda told reporters after a meeting with Sen. R. F. Firefly. \u{201c}Our \
    country won't be drawn into this war.\u{201d}\n\n\
    The opposition, which has criticized the minister's stance for weeks, accused the government of cowardice \
    and urged it to reconsider the decision. Germany, Italy and Spain welcomed the plan of France, but Hungary rejected \
    new sanctions against Belarus. Asked whether Sweden would support the mission, a spokesman declined to comment.\n\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let texts: Vec<String> = if files.is_empty() {
        vec![TEXT.repeat(4); 60]
    } else {
        files.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?
    };
    let documents: Vec<Document> = texts
        .into_iter()
        .enumerate()
        .map(|(at, text)| Document {
            id: at.to_string(),
            date: None,
            text,
            headline: 0,
            url: None,
            publisher: None,
            file: at.to_string(),
        })
        .collect();
    let clock = Instant::now();
    let coder = Coder::new(&Lexicon::embedded()?)?;
    let model = Model::embedded();
    println!("load: {:.0} ms", clock.elapsed().as_secs_f64() * 1e3);
    let tokens: usize = documents.iter().flat_map(|d| model.split(&d.text)).map(|s| s.tokens.len()).sum();
    let best = |work: &dyn Fn()| {
        let time = |_| {
            let clock = Instant::now();
            work();
            clock.elapsed().as_secs_f64()
        };
        (0..3).map(time).fold(f64::MAX, f64::min)
    };
    let parse = best(&|| documents.iter().for_each(|d| drop(model.parse(&d.text))));
    let code = best(&|| documents.iter().for_each(|d| drop(coder.code(d))));
    println!("{tokens} tokens in {} documents", documents.len());
    println!("parse: {:.0} tokens a second", tokens as f64 / parse);
    println!("code, parser included: {:.0} tokens a second", tokens as f64 / code);
    Ok(())
}
