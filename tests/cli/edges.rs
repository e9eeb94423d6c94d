//! Networks and matrices from statements: which ties, how they are counted, tables of other programs, windows.

use crate::common::{Folder, rows};
use std::path::PathBuf;

const TABLE: &str = "document,date,holder,relation,target,target_kind\n\
    d1,2024-01-05,Ann,support,tax,matter\nd1,2024-01-05,Ann,support,tax,matter\nd1,2024-01-05,Ben,support,tax,matter\n\
    d2,2024-01-20,Ann,oppose,war,matter\nd2,2024-01-20,Ben,support,war,matter\nd3,2024-02-03,Cem,oppose,tax,matter\n\
    d3,2024-02-03,Ann,support,tax,matter\nd3,2024-02-03,Ann,oppose,Ben,person\n";

/// The same from another program: a semicolon, other names, one gap.
const THEIRS: &str = "nr;doc;when;start;who;what;stance\n\
    1;d1;2024-01-05T10:00:00;4;Ann;tax;1\n2;d1;2024-01-05T10:00:00;9;Ann;tax;1\n3;d1;2024-01-05T10:00:00;9;Ben;tax;1\n\
    4;d2;2024-01-20 08:00;9;Ann;war;0\n5;d2;2024-01-20 08:00;9;Ben;war;1\n6;d3;2024-02-03;9;Cem;tax;0\n\
    7;d3;2024-02-03;9;Ann;tax;1\n8;d3;2024-02-03;9;;tax;1\n";

const MAP: &str = "holder=who,target=what,relation=stance,document=doc,date=when";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("t.csv", TABLE);
    folder.write("theirs.csv", THEIRS);
    folder
}

fn edges(folder: &Folder, args: &str) -> String {
    folder.run(&[&["edges"], args.split(' ').collect::<Vec<_>>().as_slice()].concat()).ok().out
}

#[test]
fn matrices_have_labels_and_lists_have_signs() {
    let folder = folder();
    assert_eq!(
        edges(&folder, "t.csv --ties congruence --format matrix"),
        ",Ann,Ben,Cem\nAnn,0,2,0\nBen,2,0,0\nCem,0,0,0\n"
    );
    assert_eq!(edges(&folder, "t.csv --ties two-mode --format matrix"), ",tax,war\nAnn,2,-1\nBen,1,1\nCem,-1,0\n");
    assert_eq!(
        edges(&folder, "t.csv --ties subtract"),
        "Source,Target,Type,Relation,Sign,Weight\nAnn,Ben,Undirected,subtract,1,1.0\nAnn,Cem,Undirected,subtract,-1,2.0\n\
         Ben,Cem,Undirected,subtract,-1,1.0\n"
    );
    let conflict = rows(&edges(&folder, "t.csv --ties conflict --normalize average"));
    assert_eq!((conflict[0]["Sign"].as_str(), conflict[0]["Weight"].as_str()), ("-1", "0.4"));
    assert_eq!(edges(&folder, "t.csv --ties ignore --over matters --format matrix"), ",tax,war\ntax,0,3\nwar,3,0\n");
    assert_eq!(edges(&folder, "t.csv --format matrix"), ",Ann,Ben,Cem\nAnn,0,-1,0\nBen,0,0,0\nCem,0,0,0\n");
    let combined = rows(&edges(&folder, "t.csv --ties combined"));
    assert_eq!(combined[0]["Relation"], "combined");
}

#[test]
fn identical_rows_are_one_statement_and_documents_count_once() {
    let folder = folder();
    let tax = |duplicates: &str| {
        let out = edges(&folder, &format!("theirs.csv --map {MAP} --ties two-mode --duplicates {duplicates} -q"));
        rows(&out)[0]["Weight"].clone()
    };
    assert_eq!(["include", "document", "month", "year", "all"].map(tax), ["3.0", "2.0", "2.0", "1.0", "1.0"]);
    let twice = rows(&edges(&folder, "t.csv t.csv --ties two-mode --duplicates include"));
    assert_eq!(
        twice[0]["Weight"], "2.0",
        "neither the row that stands twice nor the table that is named twice counts twice"
    );
    folder.write("other.csv", TABLE.replace("d1,2024-01-05,Ben", "d1,2024-01-06,Ben"));
    folder.run(&["edges", "t.csv", "other.csv", "--ties", "ignore"]).fails(1, &["other.csv:4: ", "t.csv:4", "same id"]);
}

#[test]
fn tables_of_other_programs_are_read_by_their_columns() {
    let folder = folder();
    let map = format!("--map {MAP}");
    let theirs = folder.run(&["edges", "theirs.csv", "--map", MAP, "--ties", "congruence"]).ok();
    assert!(theirs.err.contains("theirs.csv: 1 row without holder, target or relation"), "{}", theirs.err);
    assert_eq!(theirs.out, edges(&folder, "t.csv --ties congruence"));
    let fed = folder.feed(&["edges", "-", "--map", MAP, "--ties", "congruence", "-q"], THEIRS.as_bytes()).ok();
    assert_eq!(fed.out, theirs.out, "no name tells that it is a table");
    let jsonl = "{\"who\":\"Ann\",\"what\":\"tax\",\"stance\":true}\n{\"who\":\"Ben\",\"what\":\"tax\",\"stance\":\"no\"}\n{\"who\":\"Cem\"}\n";
    folder.write("t.jsonl", jsonl);
    let run =
        folder.run(&["edges", "t.jsonl", "--map", "holder=who,target=what,relation=stance", "--ties", "conflict"]).ok();
    assert!(run.out.contains("Ann,Ben,Undirected,conflict,-1,1.0"), "{}", run.out);
    assert!(run.err.contains("no column is named for the document"), "{}", run.err);
    // A name that acts elsewhere is an actor: a stance toward it is a direct tie.
    folder.write("both.csv", "who,what,stance\nAnn,Ben,pro\nBen,tax,contra\nFrance,Ann,-\nAnn,France,+\n");
    let out = edges(&folder, "both.csv --map holder=who,target=what,relation=stance -q");
    let ties: Vec<_> =
        rows(&out).iter().map(|r| format!("{} {} {}", r["Source"], r["Relation"], r["Target"])).collect();
    assert_eq!(ties, ["Ann support Ben", "Ann support France", "France oppose Ann"]);
    let all = edges(
        &folder,
        "both.csv --map holder=who,target=what,relation=stance --ties two-mode --dna-compatible -q --format matrix",
    );
    assert_eq!(all, ",Ann,Ben,France,tax\nAnn,0,1,1,0\nBen,0,0,0,-1\nFrance,-1,0,0,0\n");
    folder.write("three.csv", "who,what,stance\nAnn,tax,1\nBen,tax,0\nCem,tax,-1\n");
    let run =
        folder.run(&["edges", "three.csv", "--map", "holder=who,target=what,relation=stance", "--ties", "ignore"]);
    run.fails(1, &["three.csv:4: the relation is 0 on line 3 and -1 on line 4"]);
    // Numbers that are near agree in part.
    folder.write("scale.csv", "who,what,n\nAnn,tax,2\nBen,tax,1\nCem,tax,-2\nDan,tax,0\n");
    let scale = "--map holder=who,target=what,relation=n --scale -q --format matrix";
    let near = edges(&folder, &format!("scale.csv {scale} --ties congruence"));
    assert!(near.contains("Ann,0,0.75,0,0.5\n"), "{near}");
    assert_eq!(edges(&folder, &format!("scale.csv {scale} --ties two-mode")), ",tax\nAnn,2\nBen,1\nCem,-2\nDan,0\n");
    folder.write("a.txt", "Germany condemned Russia.");
    let run = folder.run(&[
        "edges",
        "scale.csv",
        "a.txt",
        "--map",
        "holder=who,target=what,relation=n",
        "--ties",
        "ignore",
        "--scale",
    ]);
    run.fails(2, &["--scale is for tables alone"]);
    // Their columns are not ours because of their names.
    let code = folder.run(&["code", "theirs.csv", "--map", MAP, "-q"]).ok();
    assert!(code.out.lines().next().unwrap().ends_with(",nr,their_start"), "{}", code.out);
    assert_eq!(rows(&code.out).len(), 7);
    assert!(edges(&folder, &format!("theirs.csv {map} --ties ignore -q")).contains("Ann,Ben,Undirected,ignore,0,3.0"));
    folder.run(&["clusters", "theirs.csv", "--map", MAP, "-q"]).ok();
}

#[test]
fn without_a_relation_a_row_is_a_mention() {
    let folder = folder();
    let map = "--map holder=who,target=what,document=doc -q";
    assert!(edges(&folder, &format!("theirs.csv {map} --ties ignore")).contains("Ann,Ben,Undirected,ignore,0,3.0"));
    let two = edges(&folder, &format!("theirs.csv {map} --ties two-mode --sides ignore --format matrix"));
    assert_eq!(two, ",tax,war\nAnn,2,1\nBen,1,1\nCem,1,0\n");
    let run = folder.run(&["edges", "theirs.csv", "--map", "holder=who,target=what", "--ties", "congruence"]);
    run.fails(
        1,
        &["theirs.csv: no column relation", "--map relation=COLUMN", "nr, doc, when, start, who, what, stance"],
    );
}

#[test]
fn tables_beside_articles_give_the_same() {
    let folder = folder();
    folder.write("a.txt", "Germany condemned Russia.");
    let alone = edges(&folder, "t.csv --ties subtract");
    assert_eq!(edges(&folder, "t.csv a.txt --ties subtract"), alone);
    assert_eq!(edges(&folder, "t.csv --ties subtract --nodes n.csv"), alone);
    assert_eq!(rows(&folder.read("n.csv")).len(), 3);
    for jobs in ["1", "2", "5"] {
        assert_eq!(edges(&folder, &format!("t.csv --ties subtract --jobs {jobs}")), alone);
    }
    let fed = folder.feed(&["edges", "-", "--ties", "subtract"], TABLE.as_bytes()).ok();
    assert_eq!(fed.out, alone);
    folder.write("bad.csv", "document,holder,relation,target\nd,Ann,support,war\nd,Ann,loves,tax\n");
    folder.run(&["edges", "t.csv", "bad.csv", "--ties", "subtract"]).fails(1, &["bad.csv:3: "]);
    let skipped = folder.run(&["edges", "t.csv", "bad.csv", "--ties", "subtract", "--skip-bad"]).ok();
    assert_eq!(skipped.out, alone);
    assert!(skipped.err.contains("skipped: bad.csv:3: "));
    folder.write("worse.csv", format!("{TABLE}d9,,Ann,loves,tax,matter\n"));
    let skipped = folder.run(&["edges", "worse.csv", "t.csv", "--ties", "subtract", "--skip-bad"]).ok();
    assert_eq!(skipped.out, alone, "what a table had that is not used does not make another's rows duplicates");
}

#[test]
fn a_network_a_window() {
    let folder = folder();
    let list = rows(&edges(&folder, "t.csv --ties congruence --window month"));
    let windows: Vec<_> = list.iter().map(|r| format!("{} {} {}", r["Window"], r["Source"], r["Target"])).collect();
    assert_eq!(windows, ["2024-01 Ann Ben"]);
    let direct = rows(&edges(&folder, "t.csv --window 20d"));
    assert_eq!(direct[0]["Window"], "2024-01-25 to 2024-02-03");
    assert_eq!((direct.len(), direct[0]["Relation"].as_str()), (1, "oppose"));
    assert!(rows(&edges(&folder, "t.csv --ties combined --window month")).iter().any(|r| r["Window"] == "2024-02"));
    folder.run(&["edges", "t.csv", "--ties", "two-mode", "--window", "20d", "--format", "matrix", "-o", "out"]).ok();
    let files: Vec<String> = folder.files("out").into_keys().collect();
    assert_eq!(files, ["2024-01-05_to_2024-01-24.csv", "2024-01-25_to_2024-02-03.csv"]);
    assert_eq!(folder.read(&format!("out/{}", files[1])), ",tax\nAnn,1\nCem,-1\n");
    assert_eq!(edges(&folder, "t.csv --ties two-mode --from 2024-02-01 --format matrix"), ",tax\nAnn,1\nCem,-1\n");
}

#[test]
fn what_does_not_go_together_is_told() {
    let folder = folder();
    let wrong = |args: &str, words: &[&str]| {
        folder.run(&[&["edges", "t.csv"], args.split(' ').collect::<Vec<_>>().as_slice()].concat()).fails(2, words);
    };
    wrong("--ties congruence --normalize prominence", &["none, average, jaccard and cosine"]);
    wrong("--ties two-mode --normalize jaccard", &["none, activity and prominence"]);
    wrong("--ties two-mode --over matters", &["--over goes with --ties congruence"]);
    wrong("--ties subtract --sides combine", &["--sides goes with --ties two-mode"]);
    wrong("--normalize average", &["--ties direct and combined"]);
    wrong("--ties combined --duplicates week", &["--duplicates other than document"]);
    wrong("--dna-compatible", &["--dna-compatible does not go with --ties direct"]);
    wrong("--ties ignore --min-weight 2", &["--min-weight"]);
    wrong("--ties ignore --window month --format matrix", &["-o DIR"]);
    wrong("--ties ignore --window fortnight", &["is no window: give week, month"]);
    wrong("--ties ignore --window 0d", &["1 to 100000 days"]);
    wrong("--window 3650d", &["longer than the data, which go from 2024-01-05 to 2024-02-03"]);
    wrong("--ties ignore --scale", &["--map relation=COLUMN"]);
    wrong("--map holder", &["--map", "OURS=THEIRS"]);
    wrong("--map speaker=who", &["our columns are called"]);
    let run = folder.run(&["edges", "t.csv", "--map", "holder=organisation", "--ties", "ignore"]);
    run.fails(
        1,
        &["t.csv: no column organisation", "the columns are: document, date, holder, relation, target, target_kind"],
    );
    folder.write("plain.csv", "document,holder,relation,target\nd,Ann,support,Ben\n");
    folder.run(&["edges", "plain.csv", "--window", "month"]).fails(1, &["no statement has a date"]);
    folder.run(&["edges", "plain.csv", "--ties", "ignore"]).fails(1, &["is a stance on a matter"]);
    folder.run(&["edges", "t.csv", "--ties", "ignore", "--from", "2025-01-01"]).fails(1, &["loosen --from or --to"]);
    folder.write("m.csv", "document,holder,relation,target,target_kind\nd,Ann,support,tax,matter\n");
    folder.run(&["edges", "m.csv", "--ties", "ignore", "--duplicates", "week"]).fails(1, &["no statement has a date"]);
}

#[test]
fn discourse_network_analyzer_from_the_command_line() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("STANCENET_SHARED").map_or(beside, PathBuf::from).join("dna");
    let table = folder.join("statements.csv").display().to_string();
    if !folder.is_dir() {
        eprintln!("skipped: no {} (set STANCENET_SHARED to the folder that holds dna/)", folder.display());
        return;
    }
    let map = "holder=organization,target=concept,relation=agreement,document=document_id,date=date_time";
    for (file, args) in [
        ("om_bool_congruence_no_year", "--ties congruence --duplicates year"),
        ("om_bool_ignore_jaccard_year", "--ties ignore --normalize jaccard --duplicates year"),
        ("om_bool_subtract_average_week", "--ties subtract --normalize average --duplicates week"),
        ("om_int_congruence_cosine_month", "--ties congruence --normalize cosine --duplicates month --scale"),
        ("tm_int_combine_no_document", "--ties two-mode --sides combine --duplicates document --scale"),
        ("tm_bool_combine_no_month", "--ties two-mode --sides combine --duplicates month"),
        ("tm_bool_subtract_activity_acrossrange", "--ties two-mode --normalize activity --duplicates all"),
    ] {
        let args: Vec<&str> = args.split(' ').collect();
        let map = if args.contains(&"--scale") { map.replace("agreement", "intensity") } else { map.to_owned() };
        let all =
            [&["edges", &table, "--map", &map, "--dna-compatible", "--format", "matrix"], args.as_slice()].concat();
        let want = std::fs::read_to_string(folder.join(format!("matrices/{file}.csv"))).unwrap();
        assert_eq!(Folder::new().run(&all).ok().out, want, "{file}");
    }
}
