//! Standard input, output and error: results go out on one, words for the user on the other.

use crate::common::{ALPHA, Folder, TABLE, program, rows};
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

#[test]
fn an_article_comes_from_standard_input() {
    let run = Folder::new().feed(&["code", "-"], ALPHA.as_bytes()).ok();
    let table = rows(&run.out);
    assert!(table.iter().any(|r| r["holder"] == "Hungary" && r["target"] == "France"), "{}", run.out);
    assert!(table.iter().all(|r| r["date"] == "2024-06-09"));
    assert_eq!(run.err, "");
    let page = format!("<!doctype html><title>T</title><p>{}", "Germany condemned Russia.");
    assert!(Folder::new().feed(&["code", "-"], page.as_bytes()).ok().out.contains(",Germany,country,,oppose,Russia,"));
}

#[test]
fn tables_come_from_standard_input() {
    let folder = Folder::new();
    folder.write("t.csv", TABLE);
    let edges = folder.run(&["edges", "t.csv"]).ok().out;
    assert_eq!(rows(&edges).len(), 6);
    assert_eq!(folder.feed(&["edges", "-"], TABLE.as_bytes()).ok().out, edges);
    let jsonl = folder.run(&["code", "t.csv", "--format", "jsonl"]).ok().out;
    assert_eq!(jsonl.lines().count(), 6);
    assert_eq!(folder.feed(&["edges", "-"], jsonl.as_bytes()).ok().out, edges);
    let articles =
        format!("{}\n", serde_json::json!({"id": "a", "date": "2024-01-02", "text": "Germany condemned Russia."}));
    let coded = rows(&folder.feed(&["code", "-"], articles.as_bytes()).ok().out);
    assert_eq!((coded[0]["document"].as_str(), coded[0]["date"].as_str()), ("a", "2024-01-02"));
    folder.feed(&["edges", "-"], b"").fails(1, &["<stdin>: "]);
    folder.feed(&["edges", "-"], b"document,holder,relation,target\nd,A,likes,B\n").fails(1, &["<stdin>:2: "]);
}

#[test]
fn one_command_feeds_the_next() {
    let folder = Folder::with_reports();
    folder.run(&["analyze", "alpha.txt", "beta.md", "-o", "out"]).ok();
    let coded = folder.run(&["code", "alpha.txt", "beta.md"]).ok().out;
    assert_eq!(coded, folder.read("out/statements.csv"));
    assert_eq!(folder.feed(&["clusters", "-"], coded.as_bytes()).ok().out, folder.read("out/clusters.md"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = Folder::new();
    let rows: String = (0..20_000).map(|n| format!("d{n},A{n},support,B{n}\n")).collect();
    folder.write("t.csv", format!("document,holder,relation,target\n{rows}"));
    let mut child = program()
        .current_dir(folder.path(""))
        .args(["code", "t.csv"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("id,document,"));
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn quiet_says_nothing() {
    let folder = Folder::with_reports();
    folder.write("bad.txt", "");
    let run = folder.run(&["analyze", "alpha.txt", "-o", "out"]).ok();
    assert!(run.out.is_empty() && run.err.contains("out"), "{run:?}");
    let run = folder.run(&["analyze", "alpha.txt", "bad.txt", "--skip-bad", "-o", "out", "--quiet"]).ok();
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    folder.run(&["analyze", "bad.txt", "-o", "out", "-q"]).fails(1, &["bad.txt: "]);
}

#[test]
fn dash_is_standard_output() {
    let folder = Folder::with_reports();
    let plain = folder.run(&["code", "alpha.txt"]).ok().out;
    assert_eq!(folder.run(&["code", "alpha.txt", "-o", "-"]).ok().out, plain);
    assert!(folder.run(&["code", "alpha.txt", "-o", "s.csv"]).ok().out.is_empty());
    assert_eq!(folder.read("s.csv"), plain);
}

const COMMANDS: [&str; 10] =
    ["analyze", "code", "edges", "diagram", "clusters", "merge", "agree", "parse", "completions", "man"];

#[test]
fn shells_and_manual_know_every_command() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish"] {
        let run = folder.run(&["completions", shell]).ok();
        assert!(COMMANDS.iter().all(|c| run.out.contains(c)) && run.out.contains("min-weight"), "{shell}");
        assert_eq!(run.err, "");
    }
    let man = folder.run(&["man"]).ok().out;
    assert!(man.contains(".TH stancenet 1"), "{}", &man[..man.len().min(300)]);
    assert!(COMMANDS.iter().all(|c| man.contains(c)) && man.contains("min\\-weight"));
    folder.run(&["man", "-o", "stancenet.1"]).ok();
    assert_eq!(folder.read("stancenet.1"), man);
}

#[test]
fn every_help_has_examples() {
    let folder = Folder::new();
    for command in COMMANDS {
        let help = folder.run(&[command, "--help"]).ok().out;
        assert!(help.contains("Example") && help.contains(&format!("stancenet {command}")), "{command}: {help}");
        assert_eq!(folder.run(&[command, "-h"]).ok().err, "");
    }
    let help = folder.run(&["--help"]).ok().out;
    assert!(help.contains("Examples:") && help.contains("Exit codes"));
    assert_eq!(folder.run(&["--version"]).ok().out, format!("stancenet {}\n", env!("CARGO_PKG_VERSION")));
}
