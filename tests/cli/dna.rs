//! Files of Discourse Network Analyzer: all that they hold comes in, and they are inputs like any other.

use crate::common::{Folder, rows};
use crate::dna_maker::Maker;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Texts with letters outside of the basic plane, Windows line ends, and a title that stands in the text again.
const TEXTS: [(&str, &str); 3] = [
    ("Harbour 🚢 debate", "🙂 The union says 🚫 no. The board, though, says yes; \"so be it\"."),
    ("Tunnel", "Tunnel\r\n\r\nThe board\r\nwants it.\r\nMs Ames;\r\nwho is\tnew, does not.\r\n"),
    ("Not coded", "Nobody said anything."),
];

/// The place of `words` in the text of a document, in UTF-16 units.
fn place(document: usize, words: &str) -> (i64, i64) {
    let text = TEXTS[document - 1].1;
    let start = text[..text.find(words).unwrap()].encode_utf16().count();
    (start as i64, (start + words.encode_utf16().count()) as i64)
}

/// Statement, document, coder, words, person, organization, concept, agreement, intensity, note.
#[allow(clippy::type_complexity)]
const CODED: [(i64, usize, i64, &str, &str, &str, &str, i64, i64, &str); 5] = [
    (
        3,
        1,
        1,
        "union says 🚫 no",
        "",
        "Dockers' Union; North",
        "Deepen, then widen",
        0,
        -2,
        "a \"loud\" no\nin two lines",
    ),
    (4, 1, 2, "The board, though, says yes", "Eva 🙂 Lind", "Harbour Board", "Deepen, then widen", 1, 2, ""),
    (7, 2, 1, "The board\r\nwants it", "Eva 🙂 Lind", "Harbour Board", "Tunnel", 1, 1, ""),
    (8, 2, 2, "Ms Ames;\r\nwho is\tnew, does not", "Ms Ames", "Dockers' Union; North", "Tunnel", 0, -1, "العربية"),
    (9, 2, 1, "wants it", "", "", "Tunnel", 1, 0, ""),
];

/// 2023-03-06 09:30 and the days after.
const DATE: i64 = 1_678_095_000;

fn make(folder: &Folder, name: &str, version: u8) {
    let maker = filled(folder, name, version);
    maker.finish();
}

fn filled(folder: &Folder, name: &str, version: u8) -> Maker {
    let maker = Maker::new(&folder.path(name), version);
    maker.coder(1, "Admin");
    maker.coder(2, "Zoë");
    let variables = [
        ("person", "short text"),
        ("organization", "short text"),
        ("concept", "short text"),
        ("agreement", "boolean"),
        ("intensity", "integer"),
        ("source", "long text"),
    ];
    maker.statement_type(1, "DNA Statement", 1, &variables);
    maker.statement_type(2, "Claim / other: things", 11, &[("claim", "long text"), ("strength", "integer")]);
    for (i, (title, text)) in TEXTS.iter().enumerate() {
        let fields = ["A. Uthor", "Daily Tide", "news", "article", "n,o;t\"es"];
        maker.document(i as i64 + 1, title, text, 1, fields, DATE + i as i64 * 86_400);
    }
    for (id, document, coder, words, person, organization, concept, agreement, intensity, note) in CODED {
        maker.statement(id, 1, document as i64, place(document, words), coder);
        for (variable, text) in [(1, person), (2, organization), (3, concept)] {
            maker.short(id, variable, text);
        }
        maker.value("DATABOOLEAN", id, 4, &agreement);
        maker.value("DATAINTEGER", id, 5, &intensity);
        maker.value("DATALONGTEXT", id, 6, &note);
    }
    maker.attribute(2, "Harbour Board", "public, \"body\"");
    maker.attribute(1, "Ms Ames", "worker");
    maker.statement(20, 2, 1, place(1, "says yes"), 2);
    maker.value("DATALONGTEXT", 20, 11, &"They say yes.");
    maker.value("DATAINTEGER", 20, 12, &-5);
    maker.run("INSERT INTO REGEXES VALUES ('tunnels?', 1, 2, 3)", &[]);
    // What deleting leaves behind.
    maker.value("DATAINTEGER", 99, 5, &7);
    maker.statement(30, 1, 77, (0, 4), 1);
    maker
}

/// Line ends as our reader has them.
fn tidy(words: &str) -> String {
    words.replace("\r\n", "\n")
}

fn by(table: &str, column: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    rows(table).into_iter().map(|row| (row[column].clone(), row)).collect()
}

#[test]
fn everything_comes_in() {
    for version in [2, 3] {
        let folder = Folder::new();
        make(&folder, "debate.dna", version);
        let before = fs::read(folder.path("debate.dna")).unwrap();
        let run = folder.run(&["import", "debate.dna", "-o", "out"]).ok();
        assert!(
            run.err.contains(&format!("Discourse Network Analyzer {version}: 3 documents, 7 statements")),
            "{}",
            run.err
        );
        assert_eq!(fs::read(folder.path("debate.dna")).unwrap(), before);
        assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 2, "nothing beside the file");

        let coded = by(&folder.read("out/type_1_DNA_Statement.csv"), "statement_id");
        assert_eq!(coded.len(), CODED.len() + 1);
        for (id, document, coder, words, person, organization, concept, agreement, intensity, note) in CODED {
            let row = &coded[&id.to_string()];
            let (start, stop) = place(document, words);
            let who = if coder == 1 { "Admin" } else { "Zoë" };
            for (column, value) in [
                ("document_id", document.to_string().as_str()),
                ("start", start.to_string().as_str()),
                ("stop", stop.to_string().as_str()),
                ("coder_id", coder.to_string().as_str()),
                ("coder", who),
                ("text", tidy(words).as_str()),
                ("person", person),
                ("organization", organization),
                ("concept", concept),
                ("agreement", agreement.to_string().as_str()),
                ("intensity", intensity.to_string().as_str()),
                ("source", note),
            ] {
                assert_eq!(row[column], value, "version {version}, statement {id}, {column}");
            }
        }
        let other = rows(&folder.read("out/type_2_Claim___other__things.csv"));
        assert_eq!((other[0]["claim"].as_str(), other[0]["strength"].as_str()), ("They say yes.", "-5"));
        assert_eq!(other[0]["text"], "says yes");

        for ((i, (title, text)), line) in TEXTS.iter().enumerate().zip(folder.read("out/documents.jsonl").lines()) {
            let line: Value = serde_json::from_str(line).unwrap();
            for (key, value) in [
                ("id", (i + 1).to_string().as_str()),
                ("title", title),
                ("text", text),
                ("date", format!("2023-03-0{}T09:30:00", i + 6).as_str()),
                ("author", "A. Uthor"),
                ("source", "Daily Tide"),
                ("section", "news"),
                ("type", "article"),
                ("notes", "n,o;t\"es"),
                ("coder", "Admin"),
            ] {
                assert_eq!(line[key], value, "{key}");
            }
        }
        let entities = by(&folder.read("out/entities.csv"), "value");
        assert_eq!(entities["Harbour Board"]["Type"], "public, \"body\"");
        assert_eq!(
            (entities["Ms Ames"]["Type"].as_str(), entities["Ms Ames"]["variable"].as_str()),
            ("worker", "person")
        );
        assert_eq!(entities["Tunnel"]["colour"], "#0a0b0c");
        assert_eq!(entities.len(), 7, "{entities:?}");
        let variables = rows(&folder.read("out/variables.csv"));
        let told: Vec<String> = variables.iter().map(|v| format!("{}: {}", v["variable"], v["data_type"])).collect();
        assert_eq!(told[3..7], ["agreement: boolean", "intensity: integer", "source: long text", "claim: long text"]);
        let coders = folder.read("out/coders.csv");
        assert!(coders.contains("Zoë") && !coders.contains("secret"), "{coders}");
        assert!(folder.read("out/regexes.csv").contains("tunnels?,1,2,3"));
        assert!(folder.read("out/settings.csv").contains(&format!("version,{version}.0")));
        assert_eq!(rows(&folder.read("out/orphans.csv"))[0]["value"], "7");
        assert!(run.err.contains("1 statement whose document is not there any more"), "{}", run.err);
        assert!(run.err.contains("1 value that is of no statement"), "{}", run.err);

        // The statements fit the documents that were written beside them.
        folder.run(&["analyze", "out/documents.jsonl", "out/statements.csv", "-o", "report"]).ok();
        let ours = by(&folder.read("report/statements.csv"), "statement_id");
        assert_eq!(ours.len(), 4, "one has no organization");
        for (id, document, _, words, person, organization, concept, agreement, ..) in &CODED[..4] {
            let row = &ours[&id.to_string()];
            assert_eq!((&row["quote"], &row["holder"]), (&tidy(words), &(*organization).to_owned()));
            assert_eq!((&row["target"], &row["person"]), (&(*concept).to_owned(), &(*person).to_owned()));
            assert_eq!(row["relation"], if *agreement == 1 { "support" } else { "oppose" });
            assert_eq!(row["document_title"], TEXTS[document - 1].0);
            assert!(!row["start"].is_empty() && row["date"].starts_with("2023-03-0"), "{row:?}");
        }
        assert_eq!(ours["4"]["organization.Type"], "public, \"body\"");
        assert_eq!((ours["8"]["person.Type"].as_str(), ours["8"]["their_source"].as_str()), ("worker", "العربية"));
    }
}

#[test]
fn a_dna_file_is_an_input_everywhere() {
    let folder = Folder::new();
    make(&folder, "two.dna", 2);
    make(&folder, "three.dna", 3);
    let code = |args: &[&str]| folder.run(&[&["code"], args].concat()).ok().out;
    assert_eq!(code(&["two.dna"]), code(&["three.dna"]));
    let bytes = fs::read(folder.path("three.dna")).unwrap();
    assert_eq!(folder.feed(&["code", "-"], &bytes).ok().out, code(&["three.dna"]));
    assert!(folder.run(&["clusters", "three.dna"]).ok().out.contains("Harbour Board"));
    folder.run(&["diagram", "three.dna", "--kind", "matrix", "-o", "m.svg"]).ok();
    folder.run(&["analyze", "three.dna", "-o", "out"]).ok();
    let run: Value = serde_json::from_str(&folder.read("out/run.json")).unwrap();
    assert_eq!(run["inputs"][0]["kind"], "Discourse Network Analyzer");

    let people = rows(&code(&["three.dna", "--holder", "person"]));
    let lind = people.iter().find(|r| r["holder"] == "Eva 🙂 Lind").unwrap();
    assert_eq!((lind["holder_kind"].as_str(), lind["holder_for"].as_str()), ("person", "Harbour Board"));
    // Whole numbers: above 0 support, below 0 opposition, 0 neither.
    let run = folder.run(&["code", "three.dna", "--stance", "Intensity"]).ok();
    assert_eq!(run.out.lines().filter(|l| l.contains(",oppose,")).count(), 2);
    assert!(run.err.contains("4 statements") || run.err.contains("1 row"), "{}", run.err);
}

#[test]
fn the_same_data_give_the_same_matrices() {
    let folder = Folder::new();
    make(&folder, "t.dna", 3);
    let mut table = "statement_id,document_id,date_time,person,organization,concept,agreement,intensity\n".to_owned();
    let mut list = "\"statement_id\";\"time\";\"person\";\"organization\";\"concept\";\"agreement\";\"intensity\";\
                    \"start_position\";\"stop_position\";\"text\";\"coder\";\"document_id\";\"document_title\"\n"
        .to_owned();
    for (id, document, coder, words, person, organization, concept, agreement, intensity, _) in CODED {
        let day = document + 5;
        table += &format!(
            "{id},{document},2023-03-0{day}T09:30:00,\"{person}\",\"{organization}\",\"{concept}\",{agreement},{intensity}\n"
        );
        let (start, stop) = place(document, words);
        list += &format!(
            "{id};2023-03-0{day} 09:30:00;\"{person}\";\"{organization}\";\"{concept}\";{agreement};{intensity};{start};{stop};\
             \"{words}\";{coder};{document};\"{}\"\n",
            TEXTS[document - 1].0
        );
    }
    folder.write("t.csv", table);
    folder.write("list.csv", list);
    for args in [
        "--ties congruence",
        "--ties two-mode --sides combine --duplicates document",
        "--ties subtract --normalize average --duplicates week",
        "--ties ignore --over matters",
        "--ties two-mode --scale",
    ] {
        let stance = if args.contains("--scale") { "intensity" } else { "agreement" };
        let map = format!("holder=organization,target=concept,relation={stance},document=document_id,date=date_time");
        let args: Vec<&str> = args.split(' ').chain(["--dna-compatible", "--format", "matrix"]).collect();
        let matrix = |more: &[&str]| folder.run(&[&["edges"], more, &args].concat()).ok().out;
        let want = matrix(&["t.csv", "--map", &map]);
        assert_eq!(matrix(&["t.dna", "--stance", stance]), want, "{args:?}");
        assert_eq!(matrix(&["list.csv", "--stance", stance]), want, "{args:?}");
    }
    let run = folder.run(&["code", "list.csv"]).ok();
    assert!(
        run.err.contains("list.csv: an event list of Discourse Network Analyzer, holder organization"),
        "{}",
        run.err
    );
    let row = &by(&run.out, "statement_id")["8"];
    assert_eq!((row["quote"].as_str(), row["date"].as_str()), (CODED[3].3, "2023-03-07"));
    folder
        .run(&["code", "list.csv", "--holder", "nobody"])
        .fails(2, &["no variable is called \"nobody\"", "person, organization"]);
}

#[test]
fn variables_that_cannot_be_guessed_are_listed() {
    let folder = Folder::new();
    let maker = filled(&folder, "t.dna", 3);
    maker.statement_type(3, "Second", 21, &[("actor", "short text"), ("concept", "short text")]);
    maker.statement(40, 3, 3, (0, 6), 1);
    maker.short(40, 21, "Ann");
    maker.short(40, 22, "tax");
    maker.finish();
    let edges = |args: &[&str]| folder.run(&[&["edges", "t.dna", "--ties", "ignore"], args].concat());
    edges(&[]).fails(
        2,
        &["several statement types would do", "\"DNA Statement\"", "\"Second\", 1 statement: actor (short text)"],
    );
    edges(&["--type", "second"]).ok();
    edges(&["--type", "None"]).fails(2, &["no statement type is called \"None\"", "claim (long text)"]);
    edges(&["--type", "Second", "--target", "plan"]).fails(2, &["\"Second\" lacks the variable \"plan\""]);
    folder.run(&["code", "t.dna", "--type", "Second"]).fails(2, &["lacks a variable of the stance", "--stance"]);
    edges(&["--map", "holder=x"]).fails(2, &["--holder, --target and --stance"]);
    // Whatever is asked for in vain is told.
    folder.write("s.csv", "document,holder,relation,target\nd,Ann,support,Ben\n");
    folder.run(&["edges", "s.csv", "--holder", "x"]).fails(2, &["--holder is for .dna files", "--map"]);
    // import writes the rest all the same.
    let run = folder.run(&["import", "t.dna", "-o", "out"]).ok();
    assert!(run.err.contains("no statements.csv: ") && folder.path("out/type_3_Second.csv").is_file(), "{}", run.err);
    let run = folder.run(&["import", "t.dna", "-o", "other", "--type", "Third"]);
    run.fails(2, &["\"Third\""]);
    assert!(!folder.path("other").exists());
}

#[test]
fn bad_rows_are_named_and_can_be_left_out() {
    let folder = Folder::new();
    let maker = filled(&folder, "t.dna", 3);
    maker.run("UPDATE STATEMENTS SET Stop = 900 WHERE ID = 4", &[]);
    maker.run("UPDATE STATEMENTS SET Start = 9, Stop = 2 WHERE ID = 7", &[]);
    maker.run("UPDATE DOCUMENTS SET Date = 1678095000000 WHERE ID = 3", &[]);
    maker.run("INSERT INTO VARIABLES VALUES (50, 'mood', 'colour', 1)", &[]);
    maker.finish();
    let words = [
        "statement 4 of document 1: it is at 25 to 900, but the text has 65 units",
        "statement 7 of document 2: it begins at 9 and ends at 2",
        "document 3: its date is 1678095000000 seconds after 1970 began",
        "variable 50: \"mood\" is of the type \"colour\"",
    ];
    folder.run(&["code", "t.dna"]).fails(1, &words);
    folder.run(&["import", "t.dna", "-o", "out"]).fails(1, &words);
    assert!(!folder.path("out").exists());
    let run = folder.run(&["code", "t.dna", "--skip-bad"]).ok();
    assert_eq!(rows(&run.out).len(), 2, "{}", run.out);
    assert!(words.iter().all(|w| run.err.contains(w)), "{}", run.err);
    folder.run(&["import", "t.dna", "-o", "out", "--skip-bad"]).ok();
    assert_eq!(rows(&folder.read("out/type_1_DNA_Statement.csv")).len(), 6);
}

#[test]
fn what_is_no_dna_file_is_told() {
    let folder = Folder::new();
    let foreign = rusqlite::Connection::open(folder.path("foreign.dna")).unwrap();
    foreign
        .execute_batch("CREATE TABLE people(id); CREATE VIEW DOCUMENTS AS SELECT 1; CREATE TABLE plans(id);")
        .unwrap();
    foreign.close().unwrap();
    folder.run(&["edges", "foreign.dna"]).fails(
        1,
        &["foreign.dna: an SQLite database, but not one of", "no table DOCUMENTS", "the tables are: people, plans"],
    );
    make(&folder, "t.dna", 3);
    let bytes = fs::read(folder.path("t.dna")).unwrap();
    folder.write("cut.dna", &bytes[..bytes.len() / 2]);
    folder.run(&["edges", "cut.dna"]).fails(1, &["cut.dna: the file is cut off"]);
    folder.feed(&["edges", "-"], &bytes[..bytes.len() / 2]).fails(1, &["<stdin>: the file is cut off"]);
    let mut damaged = bytes.clone();
    damaged[110..4000].fill(0xa5);
    folder.write("damaged.dna", damaged);
    folder.run(&["edges", "damaged.dna"]).fails(1, &["damaged.dna: the database"]);
    folder.write("locked.dna", bytes.iter().map(|b| b ^ 0x5a).collect::<Vec<u8>>());
    folder.run(&["edges", "locked.dna"]).fails(1, &["encrypted"]);
    folder.run(&["import", "locked.dna", "-o", "out"]).fails(1, &["encrypted"]);
    let other = Maker::new(&folder.path("other.dna"), 3);
    other.statement_type(
        1,
        "DNA Statement",
        1,
        &[("organization", "short text"), ("concept", "short text"), ("agreement", "boolean")],
    );
    other.document(1, "Another", "words", 1, [""; 5], DATE);
    other.finish();
    folder.run(&["code", "t.dna", "other.dna"]).fails(1, &["other.dna: document 1 is \"Another\" here", "in t.dna"]);
    folder.run(&["parse", "t.dna"]).fails(1, &["this is an SQLite database"]);
    let maker = Maker::new(&folder.path("roles.dna"), 3);
    maker.run("CREATE TABLE ROLES(ID)", &[]);
    maker.run("ALTER TABLE DATASHORTTEXT RENAME COLUMN VariableId TO RoleVariableLinkId", &[]);
    maker.finish();
    folder.run(&["edges", "roles.dna"]).fails(1, &["statements have roles", "export the event list"]);
}

#[test]
fn a_file_that_is_open_elsewhere_is_read_as_it_was_saved() {
    let folder = Folder::new();
    make(&folder, "t.dna", 3);
    let other = rusqlite::Connection::open(folder.path("t.dna")).unwrap();
    other
        .execute_batch(
            "PRAGMA journal_mode = WAL; UPDATE ENTITIES SET Value = 'Port Board' WHERE Value = 'Harbour Board'",
        )
        .unwrap();
    let log = fs::read(folder.path("t.dna-wal")).unwrap();
    let run = folder.run(&["code", "t.dna"]).ok();
    assert!(run.out.contains("Port Board") && !run.out.contains("Harbour Board"), "{}", run.out);
    assert!(run.err.contains("t.dna-wal lies beside the file"), "{}", run.err);
    assert_eq!(fs::read(folder.path("t.dna-wal")).unwrap(), log);
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    folder.run(&["code", "t.dna"]).ok();
}

#[test]
fn real_matrices_from_a_file_of_our_own() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("STANCENET_SHARED").map_or(beside, PathBuf::from).join("dna");
    let Ok(table) = fs::read_to_string(shared.join("statements.csv")) else {
        eprintln!("skipped: no {} (set STANCENET_SHARED to the folder that holds dna/)", shared.display());
        return;
    };
    let folder = Folder::new();
    let maker = Maker::new(&folder.path("t.dna"), 3);
    maker.coder(1, "Admin");
    let variables = [("organization", "short text"), ("concept", "short text"), ("agreement", "boolean")];
    maker.statement_type(1, "DNA Statement", 1, &variables);
    let mut documents = BTreeMap::new();
    for row in rows(&table) {
        let number = |column: &str| row[column].parse::<i64>().unwrap();
        let (id, document) = (number("statement_id"), number("document_id"));
        documents.entry(document).or_insert_with(|| {
            let time: jiff::civil::DateTime = row["date_time"].parse().unwrap();
            let date = time.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second();
            maker.document(document, "Title", &"words ".repeat(50), 1, [""; 5], date);
        });
        maker.statement(id, 1, document, (number("start"), number("stop")), 1);
        maker.short(id, 1, &row["organization"]);
        maker.short(id, 2, &row["concept"]);
        maker.value("DATABOOLEAN", id, 3, &number("agreement"));
    }
    maker.finish();
    for (file, args) in [
        ("om_bool_congruence_no_year", "--ties congruence --duplicates year"),
        ("om_bool_subtract_average_week", "--ties subtract --normalize average --duplicates week"),
        ("tm_bool_combine_no_month", "--ties two-mode --sides combine --duplicates month"),
    ] {
        let all: Vec<&str> = "edges t.dna --dna-compatible --format matrix".split(' ').chain(args.split(' ')).collect();
        let want = fs::read_to_string(shared.join(format!("matrices/{file}.csv"))).unwrap();
        assert_eq!(folder.run(&all).ok().out, want, "{file}");
    }
}
