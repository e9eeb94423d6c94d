//! How fast a table becomes a matrix: `cargo bench --bench networks [-- STATEMENTS ACTORS MATTERS | -- TABLE.csv]`.
//!
//! Without a table it makes one up: a million statements of 2,000 actors on 200 matters, four a document, over ten years.
//! The program is run as a user would, reading the table and writing the matrix included; times are of the wall clock.
//! With `-- --write TABLE.csv` the table is only written, for other programs to read.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Writes a table.
fn generate(path: &Path, statements: u64, actors: u64, matters: u64) -> std::io::Result<()> {
    let mut dice = ChaCha8Rng::seed_from_u64(1);
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    writeln!(out, "statement_id,document_id,date_time,organization,concept,agreement")?;
    let start = jiff::civil::date(2015, 1, 1);
    for n in 0..statements {
        let document = n / 4;
        let day = i64::try_from(document * 3650 / (statements / 4 + 1)).unwrap_or_default();
        let day = start.saturating_add(jiff::Span::new().days(day));
        let (actor, matter, agrees) = (dice.next_u64() % actors, dice.next_u64() % matters, dice.next_u64() % 5 < 3);
        writeln!(out, "{n},{document},{day}T10:00:00,Actor {actor:05},Matter {matter:04},{}", u8::from(agrees))?;
    }
    out.flush()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if let [flag, path] = args.as_slice()
        && flag == "--write"
    {
        return Ok(generate(Path::new(path), 1_000_000, 2_000, 200)?);
    }
    let folder = tempfile::tempdir()?;
    let table = match args.as_slice() {
        [path] => PathBuf::from(path),
        sizes => {
            let size = |at: usize, default: u64| sizes.get(at).map_or(Ok(default), |s| s.parse());
            let path = folder.path().join("table.csv");
            generate(&path, size(0, 1_000_000)?, size(1, 2_000)?.max(1), size(2, 200)?.max(1))?;
            path
        }
    };
    let map = "holder=organization,target=concept,relation=agreement,document=document_id,date=date_time";
    for options in [
        "--ties congruence",
        "--ties congruence --normalize average",
        "--ties subtract --normalize jaccard --duplicates month",
        "--ties two-mode",
    ] {
        let clock = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_stancenet"))
            .args(["edges", "--map", map, "--format", "matrix", "-q", "-o"])
            .arg(folder.path().join("matrix.csv"))
            .args(options.split(' '))
            .arg(&table)
            .status()?;
        println!("{options}: {:.2} s ({status})", clock.elapsed().as_secs_f64());
    }
    Ok(())
}
