//! `code` as a stream: documents come line by line, and statements go out as soon as there are any.

use crate::common::{Folder, program, rows};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

fn line(id: usize, text: &str) -> String {
    format!(
        "{}\n",
        serde_json::json!({"id": format!("d{id}"), "date": "2024-06-09", "title": "", "text": text, "url": "u"})
    )
}

/// `document target` of each line.
fn told(out: &str) -> Vec<String> {
    let object = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let words = |v: serde_json::Value| format!("{} {}", v["document"].as_str().unwrap(), v["target"].as_str().unwrap());
    out.lines().map(object).map(words).collect()
}

#[test]
fn the_order_of_the_documents_is_kept_for_any_number_of_threads() {
    let folder = Folder::new();
    let long = "The ministers met in Oslo on Monday. ".repeat(60);
    let text = |n: usize| format!("{}Belarus condemned Sweden.", if n.is_multiple_of(7) { long.as_str() } else { "" });
    let input: String = (0..120).map(|n| line(n, &text(n))).collect();
    let expected: Vec<String> = (0..120).map(|n| format!("d{n} Sweden")).collect();
    let one = folder.feed(&["code", "-", "--format", "jsonl", "--jobs", "1"], input.as_bytes()).ok();
    assert_eq!((told(&one.out), one.err.as_str()), (expected, ""));
    let four = folder.feed(&["code", "-", "--format", "jsonl", "--jobs", "4"], input.as_bytes()).ok();
    assert_eq!(four.out, one.out);
    folder.write("in.jsonl", &input);
    assert_eq!(folder.run(&["code", "in.jsonl", "--format", "jsonl", "-o", "out.jsonl"]).ok().out, "");
    assert_eq!(folder.read("out.jsonl"), one.out);
}

#[test]
fn statements_come_before_the_input_ends() {
    let mut child = program()
        .args(["code", "-", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    // With letters beyond ASCII, from which encodings are told.
    for n in 0..3 {
        stdin.write_all(line(n, "Belarus condemned Sweden. « Été » – so it was said.").as_bytes()).unwrap();
        let mut told = String::new();
        out.read_line(&mut told).unwrap();
        assert!(told.contains(&format!("\"document\":\"d{n}\"")), "{told}");
    }
    // Who has read enough goes away, though more input may come.
    drop(out);
    stdin.write_all(line(3, "Belarus condemned Norway.").as_bytes()).unwrap();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
    drop(stdin);
}

#[test]
fn a_bad_line_ends_the_stream_behind_what_was_before_it() {
    let folder = Folder::new();
    let good = |n| line(n, "Belarus condemned Sweden.");
    let input = format!("{}{}{{\"id\": \"x\", \"text\": 7,\n{}", good(0), good(1), good(2));
    let run = folder.feed(&["code", "-", "--format", "jsonl"], input.as_bytes());
    assert_eq!(run.code, 1);
    assert!(run.err.contains("<stdin>:3: not one JSON object"), "{}", run.err);
    assert_eq!(told(&run.out), ["d0 Sweden", "d1 Sweden"]);
    let run = folder.feed(&["code", "-", "--format", "jsonl", "--skip-bad"], input.as_bytes()).ok();
    assert!(run.err.contains("skipped: <stdin>:3: "), "{}", run.err);
    assert_eq!(told(&run.out), ["d0 Sweden", "d1 Sweden", "d2 Sweden"]);
    let twice = format!("{}{}", good(0), good(0));
    let run = folder.feed(&["code", "-", "--format", "jsonl"], twice.as_bytes());
    assert!(run.code == 1 && run.err.contains("two documents in this file have the id \"d0\""), "{}", run.err);
    folder.write("in.jsonl", &input);
    folder.run(&["code", "in.jsonl", "--format", "jsonl", "-o", "out.jsonl"]).fails(1, &["in.jsonl:3: "]);
    assert!(!folder.path("out.jsonl").exists(), "a file is whole or not there");
}

#[test]
fn an_empty_stream_gives_none() {
    let folder = Folder::new();
    for input in ["", "\n\n"] {
        let run = folder.feed(&["code", "-", "--format", "jsonl"], input.as_bytes()).ok();
        assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    }
    assert_eq!(folder.feed(&["code", "-", "--partial"], b"").ok().out.lines().count(), 1, "a header");
    folder.write("none.jsonl", "");
    folder.run(&["code", "none.jsonl", "--format", "jsonl"]).fails(1, &["none.jsonl: "]);
}

#[test]
fn a_document_that_a_table_speaks_of_is_not_coded_again() {
    let folder = Folder::new();
    let input = format!("{}{}", line(0, "Belarus condemned Sweden."), line(1, "Belarus condemned Sweden."));
    folder.write("t.csv", "document,holder,relation,target,quote,mine\nd1,Malta,support,Chad,Belarus,x\n");
    let run = folder.feed(&["code", "-", "t.csv", "--format", "jsonl"], input.as_bytes()).ok();
    assert_eq!(told(&run.out), ["d0 Sweden", "d1 Chad"]);
    assert!(
        run.out.lines().last().unwrap().contains("\"start\":0,\"end\":7"),
        "held against its document: {}",
        run.out
    );
    let csv = folder.feed(&["code", "-", "t.csv", "--partial"], input.as_bytes()).ok().out;
    assert_eq!(rows(&csv).len(), 2);
    let merged = folder.feed(&["merge", "-"], csv.as_bytes()).ok().out;
    let whole = folder.feed(&["code", "-", "t.csv", "-q"], input.as_bytes()).ok().out;
    assert_eq!(merged, whole);
}
