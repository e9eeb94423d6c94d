//! Input that was made to hurt: it is read or refused, and either way soon. A test that hangs here is one that fails.

use crate::common::{Folder, Run};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// Codes the file; whatever comes of it, it is a table or a message.
#[track_caller]
fn survives(name: &str, bytes: impl AsRef<[u8]>) -> Run {
    let folder = Folder::new();
    folder.write(name, bytes);
    let run = folder.run(&["code", name, "--min-confidence", "0"]);
    assert!(!run.err.contains("panicked"), "{name}: {}", run.err);
    match run.code {
        0 => assert!(run.out.starts_with("id,document,"), "{name}: {}", run.out),
        1 => assert!(run.out.is_empty() && run.err.contains(name), "{name}: {}", run.err),
        code => panic!("{name}: exit code {code}: {}", run.err),
    }
    run
}

#[test]
fn a_hundred_thousand_of_one_letter() {
    for letter in ["“", "\"", "(", "\n", "- ", "> ", "[", "*", "_", "`", "#", "&", ", and "] {
        let text = format!("Germany condemned Russia. {}", letter.repeat(100_000));
        for name in ["a.txt", "a.md"] {
            assert!(survives(name, &text).ok().out.contains("Germany"), "{letter} in {name}");
        }
    }
}

/// A clause without its sentence, and a refusal of nothing: there is no word to name what is refused.
#[test]
fn a_matter_without_a_word() {
    survives("a.txt", "which joined by Arizona.\n\nIndia, declined").ok();
}

#[test]
fn sentences_without_end() {
    for word in [
        "A. ",
        "Mr. ",
        "Jane Doe ",
        "Ministry of ",
        "Germany ",
        "Germany, ",
        "France and Germany ",
        "said ",
        "not ",
        "opposed ",
        "that Germany said ",
        "the French plan ",
    ] {
        survives("a.txt", word.repeat(2_000)).ok();
    }
}

#[test]
fn a_megabyte_without_a_space() {
    let text = "Abcdefghij".repeat(100_000);
    survives("a.txt", &text).ok();
    survives("a.md", &text).ok();
    survives("a.html", format!("<p>{text}")).ok();
    survives("a.csv", &text);
    survives("a.csv", format!("document,holder,relation,target\nd,{text},support,B\n")).ok();
    survives("a.csv", format!("{text},document,holder,relation,target\nx,d,A,support,B\n"));
    survives("a.jsonl", format!("{{\"text\":\"{text}\"}}")).ok();
}

#[test]
fn deep_nesting() {
    let deep =
        |open: &str, close: &str, n: usize| format!("{}Germany condemned Russia.{}", open.repeat(n), close.repeat(n));
    for open in ["<div>", "<b>", "<table><tr><td>", "<a href=x>", "<blockquote><p>", "<font>", "<svg>", "<ul><li>"] {
        survives("a.html", format!("<html><body>{}", deep(open, "", 20_000)));
    }
    survives("a.html", format!("<html><body>{}", deep("<div>", "</div>", 20_000)));
    survives("a.md", deep("> ", "", 20_000));
    survives("a.md", deep("[", "](x)", 20_000));
    survives("a.md", deep("**", "**", 20_000));
    survives(
        "a.jsonl",
        format!("{{\"text\":\"Germany condemned Russia.\",\"x\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000)),
    );
    survives("a.jsonl", "[".repeat(200_000));
    survives("a.jsonl", "{\"a\":".repeat(100_000));
}

#[test]
fn a_table_as_wide_as_long() {
    survives("a.csv", ",".repeat(1_000_000));
    survives("a.csv", "\"".repeat(1_000_001));
    survives(
        "a.csv",
        format!("document,holder,relation,target{}\nd,A,support,B{}\n", ",x".repeat(50_000), ",1".repeat(50_000)),
    );
    let rows = "d,A,support,\n".repeat(100_000);
    let run = survives("t.csv", format!("document,holder,relation,target\n{rows}"));
    assert!(run.code == 1 && run.err.lines().count() < 30, "a hundred thousand bad rows are not told one by one");
}

#[test]
fn random_bytes() {
    let mut dice = ChaCha8Rng::seed_from_u64(2);
    let pieces: [&[u8]; 16] = [
        b"Germany ",
        b"\"",
        b",",
        b"\n",
        b"<p>",
        b"</",
        b"{\"text\":",
        b"document,holder,relation,target\n",
        b"\xe2\x80\x9c",
        b"\xff\xfe",
        b"condemned ",
        b"France. ",
        b"---\n",
        b"&#x110000;",
        b"\0",
        b"\r",
    ];
    for round in 0..60 {
        let mut bytes = Vec::new();
        let mixed = round % 3 != 0;
        for _ in 0..dice.next_u64() % 400 {
            let draw = dice.next_u64();
            match mixed {
                true => bytes.extend_from_slice(pieces[(draw % 16) as usize]),
                false => bytes.extend_from_slice(&draw.to_le_bytes()),
            }
        }
        let name = ["f.txt", "f.md", "f.html", "f.csv", "f.jsonl"][(dice.next_u64() % 5) as usize];
        survives(name, &bytes);
    }
}
