//! How fast the language engine is: `cargo bench --bench parse [-- FILE...]`.
//!
//! Without files it reads a made-up news text. Times are of one core; run it
//! on an idle machine.

use stancenet::language::engine::Model;
use stancenet::language::engine::kernel::Level;
use std::time::Instant;

const TEXT: &str = "Ruritania refuses to send tanks to Freedonia\n\n\
    STRELSAU, June 9 (Agency) - The government of Ruritania said on Tuesday that it would not send any \
    tanks to neighbouring Freedonia, despite growing pressure from its allies. \u{201c}We have made our position \
    clear,\u{201d} Foreign Minister Anna Zenda told reporters after a meeting with Sen. R. F. Firefly. \u{201c}Our \
    country won't be drawn into this war.\u{201d}\n\n\
    The opposition, which has criticized the minister's stance for weeks, accused the government of cowardice \
    and urged it to reconsider the decision. Two deputies of the ruling party were said to have been threatened \
    by members of a nationalist group. Asked whether Ruritania would support new sanctions, a spokesman declined \
    to comment.\n\n";

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let text = if files.is_empty() {
        TEXT.repeat(150)
    } else {
        files.iter().filter_map(|f| std::fs::read_to_string(f).ok()).collect::<Vec<_>>().join("\n\n")
    };
    let clock = Instant::now();
    let model = Model::embedded();
    println!("load: {:.1} ms", clock.elapsed().as_secs_f64() * 1e3);
    let tokens: usize = model.split(&text).iter().map(|s| s.tokens.len()).sum();
    let time = |name: &str, work: &mut dyn FnMut()| {
        let best = (0..3)
            .map(|_| {
                let clock = Instant::now();
                work();
                clock.elapsed().as_secs_f64()
            })
            .fold(f64::MAX, f64::min);
        println!("{name}: {:.0} tokens a second", tokens as f64 / best);
    };
    println!("{tokens} tokens");
    time("split", &mut || drop(model.split(&text)));
    time("parse", &mut || drop(model.parse(&text)));
    for level in [Level::Portable, Level::Avx2, Level::Avx512] {
        let Ok(model) = Model::read_for(stancenet::language::engine::model::EMBEDDED, level) else {
            return;
        };
        time(&format!("parse, {level:?}"), &mut || drop(model.parse(&text)));
    }
}
