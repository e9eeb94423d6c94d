//! `merge`: tables of several coders, parts of one run, and names that stand for others.

use crate::common::{ALPHA, BETA, Folder, GAMMA, rows};
use std::collections::BTreeSet;

const ANNA: &str = "document,holder,relation,target,start,end,quote,coder,note\n\
    d,Germany,oppose,France,0,5,nein,anna,sure?\nd,Poland,support,France,6,9,tak,anna,\n";
const BEN: &str = "document,holder,relation,target,start,end,quote,coder,frame\n\
    d,Germany,support,France,0,5,nein,ben,war\nd,Poland,support,France,6,9,tak,ben,\nd,Malta,support,Chad,10,12,ok,ben,aid\n";

fn team() -> Folder {
    let folder = Folder::new();
    folder.write("anna.csv", ANNA);
    folder.write("ben.csv", BEN);
    folder
}

#[test]
fn nothing_is_lost_and_what_is_contested_is_told() {
    let folder = team();
    let run = folder.run(&["merge", "anna.csv", "ben.csv", "--conflicts", "c.csv"]).ok();
    let all = rows(&run.out);
    let cells: BTreeSet<String> =
        all.iter().map(|r| format!("{} {} {}{}", r["holder"], r["coder"], r["note"], r["frame"])).collect();
    let expected = ["Germany anna sure?", "Germany ben war", "Malta ben aid", "Poland anna ", "Poland ben "];
    assert_eq!(cells, expected.map(str::to_owned).into());
    assert!(run.err.contains("5 rows of 2 tables"), "{}", run.err);
    assert!(run.err.contains("1 thing is contested; all of their rows are kept"), "{}", run.err);
    assert!(run.err.contains("anna.csv:2, ben.csv:2 differ in relation, frame, note"), "{}", run.err);
    assert_eq!(run.out, folder.run(&["merge", "ben.csv", "anna.csv", "-q"]).ok().out, "in any order");
    folder.write("both.csv", &run.out);
    assert_eq!(run.out, folder.run(&["merge", "both.csv", "anna.csv", "-q"]).ok().out, "and again");
    folder.run(&["edges", "both.csv"]).ok();

    let contested = rows(&folder.read("c.csv"));
    assert_eq!(contested.len(), 2);
    assert_eq!(
        (contested[0]["conflict"].as_str(), contested[0]["conflict_columns"].as_str()),
        ("1", "relation frame note")
    );
    let places: BTreeSet<&str> = contested.iter().map(|r| r["conflict_in"].as_str()).collect();
    assert_eq!(places, BTreeSet::from(["anna.csv:2", "ben.csv:2"]));
}

#[test]
fn contested_rows_are_resolved_as_asked() {
    let folder = team();
    let holders = |args: &[&str]| {
        let run = folder.run(&[&["merge", "anna.csv", "ben.csv", "-q"][..], args].concat()).ok();
        rows(&run.out).iter().map(|r| format!("{} {}", r["holder"], r["coder"])).collect::<Vec<_>>()
    };
    assert_eq!(holders(&["--on-conflict", "first"]), ["Germany anna", "Poland anna", "Malta ben"]);
    assert_eq!(holders(&["--on-conflict", "last"]), ["Germany ben", "Poland ben", "Malta ben"]);
    let neither = ["--on-conflict", "neither", "--conflicts", "c.csv"];
    assert_eq!(holders(&neither), ["Poland anna", "Poland ben", "Malta ben"]);
    // Decided by hand, and put back.
    let decided: Vec<String> =
        folder.read("c.csv").lines().filter(|l| !l.contains(",anna,")).map(str::to_owned).collect();
    folder.write("c.csv", decided.join("\n"));
    folder.run(&[&["merge", "anna.csv", "ben.csv", "-o", "agreed.csv", "-q"][..], &neither[..2]].concat()).ok();
    let run = folder.run(&["merge", "agreed.csv", "c.csv"]).ok();
    assert!(!run.out.contains("conflict") && run.out.contains(",Germany,,,support,France,"), "{}", run.out);
    let run =
        folder.run(&["merge", "anna.csv", "ben.csv", "--on-conflict", "error", "--conflicts", "d.csv", "-o", "x.csv"]);
    run.fails(1, &["1 thing is contested", "anna.csv:2, ben.csv:2", "--on-conflict"]);
    assert!(!folder.path("x.csv").exists() && rows(&folder.read("d.csv")).len() == 2);
}

#[test]
fn bad_tables_are_all_named() {
    let folder = team();
    folder.write("bad.csv", "document,holder,relation,target\nd,A,likes,B\n");
    folder.write("worse.csv", "a,b\n1,2\n");
    folder.write("none.csv", "document,holder,relation,target\n");
    let bad = ["merge", "anna.csv", "bad.csv", "worse.csv", "none.csv", "gone.csv", "-o", "x.csv"];
    folder.run(&bad).fails(1, &["gone.csv: "]);
    folder.run(&bad[..5]).fails(1, &["bad.csv:2: unknown relation", "worse.csv:1: no column document"]);
    let run = folder.run(&["merge", "anna.csv", "bad.csv", "none.csv", "--skip-bad"]).ok();
    assert!(run.err.contains("skipped: bad.csv:2: ") && rows(&run.out).len() == 2);
    folder.run(&["merge", "none.csv"]).ok();
}

/// The three reports as lines, and more about the same matters.
fn lines() -> Vec<String> {
    let folder = Folder::with_reports();
    let more = "Spain supports sending military instructors to Ukraine. France plans a training mission in Ukraine.";
    let texts = [("alpha", ALPHA), ("beta", BETA), ("gamma", GAMMA), ("more", more), ("empty", "It rained.")];
    drop(folder);
    let line = |(id, text): (&str, &str)| serde_json::json!({"id": id, "text": text}).to_string();
    texts.into_iter().map(line).collect()
}

#[test]
fn parts_put_together_are_the_single_run() {
    let folder = Folder::new();
    let lines = lines();
    folder.write("all.jsonl", lines.join("\n"));
    let single = folder.run(&["code", "all.jsonl"]).ok().out;
    assert!(rows(&single).len() > 10);
    for split in (0..6usize).rev() {
        let mut parts = vec![String::new(); 3];
        for (n, line) in lines.iter().enumerate() {
            parts[(n * (split + 1) + split) % 3] += &format!("{line}\n");
        }
        for (n, part) in parts.iter().enumerate() {
            let out = folder.feed(&["code", "-", "--format", "jsonl", "--jobs", "2"], part.as_bytes()).ok().out;
            folder.write(&format!("part-{n}"), out);
        }
        let merged = folder.run(&["merge", "part-2", "part-0", "part-1"]).ok().out;
        assert_eq!(merged, single);
    }
    folder.run(&["merge", "part-0", "part-1", "--partial", "--format", "jsonl", "-o", "two"]).ok();
    assert_eq!(folder.run(&["merge", "part-2", "two"]).ok().out, single);
    // All that reads statements reads parts.
    folder.write("single.csv", &single);
    for command in [&["edges"][..], &["edges", "--ties", "congruence"], &["clusters"]] {
        let of = |inputs: &[&str]| folder.run(&[command, inputs, &["-q"]].concat()).ok().out;
        assert_eq!(of(&["part-0", "part-1", "part-2"]), of(&["single.csv"]), "{command:?}");
    }
    let csv = folder.run(&["code", "all.jsonl", "--partial"]).ok().out;
    assert!(csv.starts_with("id,document,") && csv.lines().next().unwrap().ends_with(",confidence,open_matter"));
    assert_eq!(folder.feed(&["merge", "-"], csv.as_bytes()).ok().out, single);
}

#[test]
fn a_matter_that_was_filled_in_by_hand_stays() {
    let folder = Folder::new();
    folder.write("all.jsonl", lines().join("\n"));
    let part = folder.run(&["code", "all.jsonl", "--partial"]).ok().out;
    let found = rows(&part).into_iter().find(|r| !r["open_matter"].is_empty()).unwrap();
    let mut reader = csv::Reader::from_reader(part.as_bytes());
    let at = reader.headers().unwrap().iter().position(|h| h == "matter").unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(reader.headers().unwrap()).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let mine = record[0] == found["id"];
        writer
            .write_record(record.iter().enumerate().map(|(n, c)| if mine && n == at { "My matter" } else { c }))
            .unwrap();
    }
    folder.write("part.csv", writer.into_inner().unwrap());
    let merged = rows(&folder.run(&["merge", "part.csv"]).ok().out);
    let mine: Vec<_> = merged.iter().filter(|r| r["matter"] == "My matter").collect();
    assert_eq!((mine.len(), &mine[0]["id"]), (1, &found["id"]));
    assert!(merged.iter().any(|r| !r["matter"].is_empty() && r["matter"] != "My matter"));
}

#[test]
fn aliases_rename_in_every_command_and_can_be_undone() {
    let folder = Folder::new();
    let table = "document,holder,relation,target,target_kind,toward,note\nd,Macron,support,Kyiv,,,x\n\
        d,Emmanuel Macron,oppose,Russia,,,\nd,Germany,support,aid,matter,Kyiv;Ukraine,\nd,Kyiv,support,aid,matter,,\n\
        d,Ukraine,oppose,Kyiv,,,\n";
    folder.write("t.csv", table);
    folder.write("names.csv", "name,canonical\nMacron,Emmanuel Macron\nKyiv,Ukraine\nnobody,somebody\n");
    let coded = folder.run(&["merge", "t.csv"]).ok().out;
    let run = folder.run(&["merge", "t.csv", "--aliases", "names.csv", "-o", "renamed.csv"]).ok();
    assert!(run.err.contains("names.csv: no statement names \"nobody\""), "{}", run.err);
    let renamed = rows(&folder.read("renamed.csv"));
    assert!(renamed.iter().all(|r| r["holder"] != "Macron" && r["target"] != "Kyiv" && r["toward"] != "Kyiv;Ukraine"));
    assert!(renamed.iter().any(|r| r["holder"] == "Emmanuel Macron" && r["holder_coded"] == "Macron"));
    let back = folder.run(&["merge", "renamed.csv", "--undo-aliases"]).ok();
    assert_eq!(back.out, coded, "byte for byte");
    // Other names in place of these.
    folder.write("other.csv", "Macron,France\n");
    let run = folder.run(&["merge", "renamed.csv", "--undo-aliases", "--aliases", "other.csv"]).ok();
    assert_eq!(run.out, folder.run(&["merge", "t.csv", "--aliases", "other.csv"]).ok().out);

    for args in [&["edges"][..], &["edges", "--ties", "two-mode"], &["edges", "--ties", "combined"], &["clusters"]] {
        let of = |inputs: &[&str]| folder.run(&[args, inputs, &["-q"]].concat()).ok().out;
        let (direct, written) = (of(&["t.csv", "--aliases", "names.csv"]), of(&["renamed.csv"]));
        assert_eq!(direct, written, "{args:?}");
        assert!(!direct.contains("Kyiv,"), "{direct}");
    }
    folder.run(&["analyze", "t.csv", "--aliases", "names.csv", "-o", "out"]).ok();
    let statements = folder.read("out/statements.csv");
    folder.write("again.csv", &statements);
    assert_eq!(folder.run(&["merge", "again.csv", "--undo-aliases"]).ok().out, coded);
    let coded = rows(&folder.feed(&["code", "-", "--aliases", "names.csv"], b"Macron praised Hungary.").ok().out);
    assert!(coded.iter().all(|r| r["holder"] != "Macron"));
    assert!(folder.read("out/run.json").contains("\"kind\": \"aliases\""));
    let part = folder.run(&["code", "t.csv", "--partial", "--aliases", "names.csv"]);
    part.fails(2, &["stancenet merge"]);
}

#[test]
fn bad_aliases_are_told_with_their_lines() {
    let folder = Folder::new();
    folder.write("t.csv", "document,holder,relation,target\nd,A,support,B\n");
    folder.write("names.csv", "name,canonical\nA,B\nB,C\nC,A\nD\n");
    for args in [&["merge", "t.csv"][..], &["edges", "t.csv"], &["code", "t.csv"], &["agree", "t.csv", "t.csv"]] {
        let run = folder.run(&[args, &["--aliases", "names.csv"]].concat());
        run.fails(1, &["names.csv:2: ", "in a circle", "(lines 2, 3, 4)", "names.csv:5: "]);
    }
    folder.write("ties.csv", "source,target,weight\nA,B,1\n");
    for command in ["clusters", "diagram"] {
        folder
            .run(&[command, "ties.csv", "--aliases", "names.csv"])
            .fails(2, &["ties.csv is an edge list", "--aliases"]);
    }
    folder.run(&["merge", "t.csv", "--aliases", "gone.csv"]).fails(1, &["gone.csv: "]);
}
