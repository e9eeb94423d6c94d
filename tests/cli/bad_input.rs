//! Input that cannot be used: a message that names the file, the line where there is one, and what to do; exit code 1.

use crate::common::{Folder, TABLE};

/// The file alone, given to a command, fails with these words; each kind of command says the same.
#[track_caller]
fn bad(name: &str, bytes: impl AsRef<[u8]>, words: &[&str]) {
    let folder = Folder::new();
    folder.write(name, bytes);
    folder.run(&["code", name]).fails(1, words);
    folder.run(&["analyze", name, "-o", "out"]).fails(1, words);
    assert!(!folder.path("out").exists());
}

const HEADER: &str = "document,holder,relation,target";

#[test]
fn nothing_there() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("empty")).unwrap();
    folder.run(&["code", "none.txt"]).fails(1, &["none.txt: "]);
    folder.run(&["code", "empty"]).fails(1, &["empty: ", "no file of a kind that is read"]);
    folder.run(&["code", "none.txt", "empty"]).fails(1, &["none.txt: ", "empty: "]);
    folder.run(&["agree", "none.csv", "none.csv"]).fails(1, &["none.csv: "]);
    bad("empty.txt", "", &["empty.txt: ", "no words"]);
    bad("blank.html", " \n\t\n", &["blank.html: ", "no words"]);
    bad("empty.csv", "", &["empty.csv: "]);
}

#[test]
fn what_is_no_text() {
    let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0, 0, 4, 0, 0, 0, 3, 0, 8, 2, 0, 0, 0]].concat();
    bad("a.png", &png, &["a.png: ", "a picture"]);
    bad("a.txt", &png, &["a.txt: ", "a picture"]);
    bad("a.pdf", "%PDF-1.7\n1 0 obj", &["a.pdf: ", "a PDF"]);
    bad("zeros.txt", [0; 4096], &["zeros.txt: ", "binary"]);
}

#[test]
fn half_a_letter_is_read_or_told() {
    let folder = Folder::new();
    // Text that breaks off in the middle of a letter is text all the same.
    folder.write("utf8.txt", b"Germany condemned Russia. Se\xc3");
    assert!(folder.run(&["code", "utf8.txt"]).ok().out.contains("Germany"));
    let mut utf16: Vec<u8> = "\u{feff}Germany condemned Russia.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    utf16.push(b'x');
    bad("utf16.txt", &utf16, &["utf16.txt:1: ", "not valid UTF-16LE"]);
    // In a table it would change a name.
    let table = [HEADER.as_bytes(), b"\nd,Germany,oppose,Se\xc3\n"].concat();
    bad("t.csv", table, &["t.csv:2: ", "UTF-8"]);
}

#[test]
fn bad_rows_are_told_with_their_lines() {
    let row = |row: &str| format!("{HEADER}\nd,A,support,B\n{row}\n");
    bad("t.csv", row("d,A,support,\"B"), &["t.csv:3: ", "quot"]);
    bad("t.csv", row("d,A,loves,B"), &["t.csv:3: ", "unknown relation \"loves\"; use invite, support or oppose"]);
    bad("t.csv", row("d,A,oppose,A"), &["t.csv:3: ", "both holder and target"]);
    bad("t.csv", row("d,A,oppose"), &["t.csv:3: "]);
    bad("t.csv", row(",A,oppose,B"), &["t.csv:3: ", "no document"]);
    let all = row("d,A,loves,B\nd,A,support,C\nd,B,hates,C");
    bad("t.csv", all, &["t.csv:3: ", "\"loves\"", "t.csv:5: ", "\"hates\""]);
    for number in ["NaN", "inf", "-1", "1.5", "much"] {
        bad("t.csv", format!("{HEADER},confidence\nd,A,support,B,{number}\n"), &["t.csv:2: ", "from 0 to 1"]);
    }
    bad("t.csv", format!("{HEADER},date\nd,A,support,B,1.2.2024\n"), &["t.csv:2: ", "2024-06-09"]);
    bad("t.csv", format!("{HEADER}\n"), &["t.csv: ", "no statements"]);
    bad("t.csv", "holder,relation,target\nA,support,B\n", &["t.csv: ", "the columns are: holder, relation, target"]);
    bad(
        "t.jsonl",
        "{\"document\":\"d\",\"holder\":\"A\",\"relation\":\"support\",\"target\":\"B\"}\n{\"document\":\"d\",",
        &["t.jsonl:2: "],
    );
}

#[test]
fn ids_name_one_row() {
    let head = format!("id,{HEADER},hedged");
    bad("t.csv", format!("{head}\n7,d,A,support,B,\n7,d,A,oppose,B,\n"), &["t.csv:3: ", "same id as"]);
    let folder = Folder::new();
    folder.write("one.csv", format!("{head}\n7,d,A,support,B,\n"));
    folder.write("two.csv", format!("{head}\n8,d,A,support,B,\n7,d,A,support,B,true\n"));
    folder.run(&["edges", "one.csv", "two.csv"]).fails(1, &["two.csv:3: ", "one.csv:2", "another hedged"]);
    folder.write("three.csv", format!("{head}\n7,d,A,support,B,\n"));
    folder.run(&["edges", "one.csv", "three.csv"]).ok();
}

#[test]
fn documents_have_names_of_their_own() {
    let folder = Folder::new();
    folder.write("a/news.txt", "Germany condemned Russia.");
    folder.write("b/news.md", "France condemned Russia.");
    folder.run(&["code", "a", "b"]).fails(1, &["b/news.md: ", "\"news\"", "a/news.txt"]);
    folder.write("rows.csv", "id,text\n1,Germany condemned Russia.\n1,France condemned Russia.\n");
    folder.run(&["code", "rows.csv"]).fails(1, &["rows.csv: ", "\"1\""]);
}

#[test]
fn offsets_lie_in_the_text() {
    let folder = Folder::new();
    folder.write("news.txt", "Germany condemned Russia.");
    let table = |cells: &str| format!("{HEADER},quote,start,end\nnews,Germany,oppose,Russia,{cells}\n");
    folder.write("t.csv", table("condemned Russia,8,24"));
    folder.run(&["code", "news.txt", "t.csv"]).ok();
    folder.write("t.csv", table("condemned Russia,8,2400"));
    folder.run(&["code", "news.txt", "t.csv"]).fails(1, &["t.csv:2: ", "ends at byte 25"]);
    folder.write("t.csv", table("condemned Russia,0,16"));
    folder
        .run(&["analyze", "t.csv", "news.txt", "-o", "out"])
        .fails(1, &["t.csv:2: ", "the quote is \"condemned Russia\""]);
    folder.write("t.csv", table("condemned Russia,8,"));
    folder.run(&["code", "t.csv"]).fails(1, &["t.csv:2: ", "both or neither"]);
}

#[test]
fn text_without_stances_makes_no_network() {
    let folder = Folder::new();
    folder.write("a.txt", "The museum in Norwich opens at nine. Tickets are sold at the door.");
    for command in ["edges", "clusters", "diagram"] {
        folder.run(&[command, "a.txt"]).fails(1, &["no statements were found"]);
    }
    folder.run(&["analyze", "a.txt", "-o", "out"]).fails(1, &["no statements were found"]);
    assert!(!folder.path("out").exists());
    // As a table it is an honest answer: no rows.
    assert_eq!(folder.run(&["code", "a.txt"]).ok().out.lines().count(), 1);
    folder.write("t.csv", TABLE);
    folder.run(&["edges", "t.csv", "--only", "Nobody"]).fails(1, &["none of the 6 statements passes"]);
}

#[test]
fn every_bad_file_of_a_folder_is_named_or_passed_over() {
    let folder = Folder::new();
    folder.write("in/good.txt", "Germany condemned Russia.");
    folder.write("in/empty.txt", "");
    folder.write("in/half.csv", "document,holder,relation,target\nd,A,support,\"B\n");
    let words = ["in/empty.txt: ", "in/half.csv:2: "];
    folder.run(&["analyze", "in", "-o", "out"]).fails(1, &words);
    let run = folder.run(&["analyze", "in", "--skip-bad", "-o", "out"]).ok();
    for word in words {
        assert!(run.err.contains(&format!("skipped: {word}")), "{}", run.err);
    }
    assert!(folder.read("out/statements.csv").contains("Germany"));
    folder.run(&["code", "in/empty.txt", "--skip-bad"]).fails(1, &["empty.txt", "neither documents nor statements"]);
}

#[test]
fn output_that_cannot_be_written() {
    let folder = Folder::new();
    folder.write("a.txt", "Germany condemned Russia.");
    folder.write("out", "a file");
    folder.run(&["analyze", "a.txt", "-o", "out"]).fails(1, &["out: ", "name a folder"]);
    folder.run(&["code", "a.txt", "-o", "none/s.csv"]).fails(1, &["none/s.csv: ", "no such folder"]);
    folder.run(&["code", "a.txt", "-o", "."]).fails(1, &["this is a folder"]);
    assert_eq!(folder.read("out"), "a file");
}

#[test]
fn a_lexicon_that_does_not_fit() {
    let folder = Folder::new();
    folder.write("a.txt", "Germany condemned Russia.");
    let lexicon = |words: &[&str]| folder.run(&["code", "a.txt", "--lexicon", "mine"]).fails(1, words);
    lexicon(&["mine"]);
    folder.write("mine/country.csv", "name\nFreedonia\n");
    lexicon(&["mine/country.csv", "countries.csv"]);
    std::fs::remove_file(folder.path("mine/country.csv")).unwrap();
    folder.write("mine/metonyms.csv", "phrase,actor,type\nDuck Palace,Freedonia,seat\n");
    lexicon(&["mine/metonyms.csv:2: ", "\"Freedonia\""]);
    folder.write("mine/metonyms.csv", "actor\nGermany\n");
    lexicon(&["mine/metonyms.csv:1: ", "phrase"]);
    std::fs::remove_file(folder.path("mine/metonyms.csv")).unwrap();
    folder.write("mine/countries.csv", "name,code,names,demonyms,capital\nFreedonia,,German,,\n");
    lexicon(&["mine/countries.csv:2: ", "\"German\"", "Germany"]);
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let folder = Folder::new();
    folder.write("t.csv", TABLE);
    folder.run(&["edges", "t.csv", "--from", "2024-02-01", "--to", "2024-01-01"]).fails(2, &["--from 2024-02-01"]);
    folder.run(&["analyze", "none", "--from", "2024-02-01", "--to", "2024-01-01"]).fails(2, &["--from 2024-02-01"]);
    folder.run(&["edges", "t.csv", "--froom", "2024-02-01"]).fails(2, &["--froom", "--from"]);
    folder.run(&["edges", "t.csv", "--from", "June"]).fails(2, &["--from", "June"]);
    folder.run(&["edges", "t.csv", "--min-weight", "0"]).fails(2, &["--min-weight"]);
    folder.run(&["edges", "t.csv", "--min-confidence", "NaN"]).fails(2, &["from 0 to 1"]);
    folder.run(&["edges", "t.csv", "--jobs", "0"]).fails(2, &["--jobs"]);
    folder.run(&["edges"]).fails(2, &["INPUT"]);
    folder.run(&["agree", "-", "-"]).fails(2, &["standard input"]);
    folder.run(&["completions", "tcl"]).fails(2, &["tcl"]);
    folder.run(&["frobnicate"]).fails(2, &["frobnicate"]);
    folder.run(&[]).fails(2, &["Usage"]);
}
