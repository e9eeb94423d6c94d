//! The coder against people's codings, which lie beside the project and not in it.

use crate::common::{Folder, there};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the codings, where it and Python are at hand.
fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let path = std::env::var_os("STANCENET_SHARED").map_or(beside, PathBuf::from);
    if !path.join("gold/tools/score.py").is_file() {
        eprintln!("skipped: the codings are not at hand; STANCENET_SHARED may name their folder");
        return None;
    }
    there("python3", &["--version"]).then_some(path)
}

fn score(shared: &Path, folder: &Folder, coded: &str, gold: &[&str]) -> Value {
    let run = Command::new("python3")
        .arg(shared.join("gold/tools/score.py"))
        .arg(folder.path(coded))
        .args(gold.iter().map(|g| shared.join(g)))
        .arg("--json")
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

fn figure(scores: &Value, name: &str) -> f64 {
    scores["holder+relation+target"][name].as_f64().unwrap()
}

#[test]
fn the_founding_article() {
    let Some(shared) = shared() else { return };
    let folder = Folder::new();
    std::fs::copy(shared.join("seed/article.txt"), folder.path("seed.txt")).unwrap();
    folder.run(&["code", "seed.txt", "-o", "coded.csv"]).ok();
    let scores = score(&shared, &folder, "coded.csv", &["seed/gold.jsonl"]);
    println!("the founding article: {scores}");
    assert!(figure(&scores, "precision") >= 0.95 && figure(&scores, "recall") >= 0.95, "{scores}");
}

#[test]
fn coded_articles() {
    let Some(shared) = shared() else { return };
    let folder = Folder::new();
    std::fs::copy(shared.join("gold/dev/articles.jsonl"), folder.path("articles.jsonl")).unwrap();
    folder.run(&["code", "articles.jsonl", "-o", "coded.csv"]).ok();
    let scores = score(&shared, &folder, "coded.csv", &["gold/dev/coderA.jsonl", "gold/dev/coderB.jsonl"]);
    for (name, value) in scores.as_object().unwrap() {
        println!("{name}: {value}");
    }
    assert!(figure(&scores, "f1") >= 0.65 && figure(&scores, "precision") >= 0.7, "{scores}");
}
