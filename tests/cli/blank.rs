//! Documents that were coded and hold no statement: a row of a table says so, and every command takes it.

use crate::common::{ALPHA, BETA, Folder, rows};

/// Somebody looked through two reports, and left nothing of the one.
const REVIEWED: &str = "document,holder,relation,target,target_kind,coder,note\n\
    beta,Poland,support,France,,anna,kept\nbeta,Russia,oppose,France,,anna,\nbeta,Italy,oppose,the mission,matter,anna,\n\
    beta,Poland,oppose,the mission,matter,anna,\nalpha,,,,,anna,\n";

fn reviewed() -> Folder {
    let folder = Folder::new();
    folder.write("articles/alpha.txt", ALPHA);
    folder.write("articles/beta.md", BETA);
    folder.write("reviewed.csv", REVIEWED);
    folder
}

#[test]
fn its_article_is_not_coded_again() {
    let folder = reviewed();
    let run = folder.run(&["code", "articles", "reviewed.csv"]).ok();
    assert!(run.err.contains("2 documents are coded in a statements table already"), "{}", run.err);
    let coded = rows(&run.out);
    assert_eq!(coded.len(), 5, "{}", run.out);
    let last = coded.last().unwrap();
    let filled: Vec<(&str, &str)> =
        last.iter().filter(|(_, cell)| !cell.is_empty()).map(|(name, cell)| (name.as_str(), cell.as_str())).collect();
    assert_eq!(filled, [("coder", "anna"), ("document", "alpha")]);
    // The table that was written says so in its turn, as JSON, too.
    folder.write("again.csv", &run.out);
    assert_eq!(folder.run(&["code", "articles", "again.csv", "-q"]).ok().out, run.out);
    let lines = folder.run(&["code", "articles", "reviewed.csv", "--format", "jsonl", "-q"]).ok().out;
    folder.write("again.jsonl", &lines);
    assert_eq!(folder.run(&["merge", "again.jsonl", "-q"]).ok().out, run.out);
    assert_eq!(folder.run(&["code", "articles", "again.jsonl", "-q"]).ok().out, run.out);
    folder.run(&["analyze", "articles", "reviewed.csv", "-o", "out", "-q"]).ok();
    assert_eq!(folder.read("out/statements.csv"), run.out);
    assert!(folder.read("out/explorer.html").contains(r#""blanks":[["alpha","anna"]]"#));
}

#[test]
fn it_changes_nothing_else() {
    let folder = reviewed();
    folder.write("bare.csv", REVIEWED.replace("alpha,,,,,anna,\n", ""));
    for command in [
        &["edges"][..],
        &["edges", "--ties", "two-mode"],
        &["edges", "--ties", "congruence"],
        &["edges", "--format", "graphml"],
        &["edges", "--format", "gexf"],
        &["diagram"],
        &["clusters", "--format", "json"],
    ] {
        let of = |table| folder.run(&[command, &[table][..]].concat()).ok().out;
        let (with, without) = (of("reviewed.csv"), of("bare.csv"));
        // The report tells how many documents were coded.
        let same = with.replace("\"documents\": 2", "\"documents\": 1") == without;
        assert!(same, "{command:?}: {with}");
    }
}

#[test]
fn merge_keeps_it_while_its_coder_has_no_statement_there() {
    let folder = reviewed();
    folder.write("ben.csv", "document,holder,relation,target,coder\nalpha,Germany,oppose,France,ben\ngamma,,,,ben\n");
    folder.write("cara.csv", "document,holder,relation,target,coder\ndelta,,,,cara\n");
    let blank = |args: &[&str]| {
        let table = rows(&folder.run(&[&["merge", "-q"][..], args].concat()).ok().out);
        let of = table.into_iter().filter(|row| row["holder"].is_empty());
        of.map(|row| format!("{} {}", row["document"], row["coder"])).collect::<Vec<_>>()
    };
    assert_eq!(blank(&["reviewed.csv", "cara.csv"]), ["alpha anna", "delta cara"]);
    assert_eq!(blank(&["reviewed.csv", "ben.csv", "cara.csv"]), ["alpha anna", "delta cara", "gamma ben"]);
    assert_eq!(blank(&["cara.csv", "ben.csv", "reviewed.csv"]), ["alpha anna", "delta cara", "gamma ben"]);
    folder.write("late.csv", "document,holder,relation,target,coder\nalpha,Germany,oppose,France,anna\n");
    assert_eq!(blank(&["reviewed.csv", "late.csv"]), [""; 0]);
    assert_eq!(blank(&["cara.csv"]), ["delta cara"]);
}

#[test]
fn agree_counts_it_as_coded() {
    let folder = reviewed();
    folder
        .write("ben.csv", "document,holder,relation,target\nalpha,Germany,oppose,France\nbeta,Poland,support,France\n");
    let run = folder.run(&["agree", "ben.csv", "reviewed.csv", "--format", "json"]).ok();
    let told: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (&told["overall"]["a"], &told["overall"]["b"], &told["overall"]["matched"]),
        (&2.into(), &4.into(), &1.into())
    );
    assert_eq!(told["documents_only_a"], serde_json::json!([]), "{}", run.out);
}

#[test]
fn agree_takes_who_found_nothing_for_a_coder() {
    let folder = Folder::new();
    let head = "document,holder,relation,target,coder\n";
    folder.write("team.csv", format!("{head}alpha,Germany,oppose,France,anna\nalpha,,,,ben\n"));
    let told: serde_json::Value =
        serde_json::from_str(&folder.run(&["agree", "team.csv", "--format", "json"]).ok().out).unwrap();
    assert_eq!(
        told["reliability"]["coders"],
        serde_json::json!([{ "name": "anna", "rows": 1 }, { "name": "ben", "rows": 0 }])
    );
    folder.write("bare.csv", format!("{head}alpha,,,,anna\n"));
    folder.run(&["agree", "bare.csv"]).fails(1, &["bare.csv: no statements"]);
}

#[test]
fn it_keeps_its_date() {
    let folder = reviewed();
    folder.write("dated.csv", "document,date,holder,relation,target,coder\nalpha,2024-06-09,,,,anna\n");
    folder.run(&["analyze", "articles", "dated.csv", "-o", "out", "-q"]).ok();
    for table in [
        folder.run(&["merge", "dated.csv", "-q"]).ok().out,
        folder.run(&["code", "articles", "dated.csv", "-q"]).ok().out,
        folder.read("out/statements.csv"),
    ] {
        let table = rows(&table);
        let row = table.iter().find(|row| row["document"] == "alpha").unwrap();
        assert_eq!((row["date"].as_str(), row["coder"].as_str()), ("2024-06-09", "anna"));
    }
}

#[test]
fn a_sheet_that_is_to_be_filled_in_is_an_error() {
    let folder = Folder::new();
    folder.write("sheet.csv", "document,holder,relation,target,coder\nalpha,,,,\n");
    folder.run(&["merge", "sheet.csv"]).fails(1, &["sheet.csv:2: ", "no relation"]);
}
