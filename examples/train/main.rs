//! Trains the language model from the treebanks.
//!
//! `RUSTFLAGS="-C target-cpu=native" cargo run --release --features train --example train -- all --data FOLDER`
//! trains the network and writes `model/english.bin`. In two steps: `network`
//! trains (`runs/NAME.net` is the best so far by development accuracy), and
//! `export` makes the model file of it. `lemmas` measures the lemma rules.
//! The same seed on the same machine gives the same weights.

mod adam;
mod boundaries;
mod corpus;
mod export;
mod heads;
mod lemmas;
mod lstm;
mod measure;
mod mm;
mod net;
mod noise;
mod options;
mod outside;
mod pack;
mod panel;
mod params;
mod random;
mod trainer;

use options::Options;

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (verb, rest) = args.split_first().ok_or("say what to do: all, network, export or lemmas")?;
    let options = Options::read(rest)?;
    match verb.as_str() {
        "network" => trainer::train(&options),
        "all" => trainer::train(&options).and_then(|()| export::export(&options)),
        "export" => export::export(&options),
        "lemmas" => {
            let data = trainer::Data::read(&options)?;
            let lines = lemmas::learn(&data.train);
            data.dev.iter().for_each(|set| lemmas::check(&lines, set));
            Ok(())
        }
        _ => Err(format!("unknown command {verb}")),
    }
}
