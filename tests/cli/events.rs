//! Tables of events: recognized, packed or not, read, counted, refused.

use crate::common::{Folder, rows};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// A row of GDELT: id, day, who, whom (country and role), code.
fn row(columns: usize, id: u32, day: u32, from: (&str, &str), to: (&str, &str), code: &str) -> String {
    let mut cells = vec![String::new(); columns];
    cells[0] = id.to_string();
    cells[1] = day.to_string();
    cells[2] = (day / 100).to_string();
    cells[3] = (day / 10_000).to_string();
    cells[4] = format!("{}.1", day / 10_000);
    (cells[7], cells[12]) = (from.0.to_owned(), from.1.to_owned());
    (cells[17], cells[22]) = (to.0.to_owned(), to.1.to_owned());
    cells[26] = code.to_owned();
    if columns > 57 {
        cells[columns - 1] = format!("https://www.news.example/{id}");
    }
    cells.join("\t") + "\n"
}

fn gdelt(columns: usize) -> String {
    let none = ("", "");
    [
        row(columns, 901, 20240101, ("FRA", "GOV"), ("DEU", ""), "111"),
        row(columns, 902, 20240102, ("FRA", "COP"), ("DEU", ""), "051"),
        row(columns, 903, 20240103, ("POL", ""), ("FRA", ""), "042"),
        row(columns, 904, 20240104, ("POL", ""), ("FRA", "MIL"), "036"),
        row(columns, 905, 20240105, ("POL", ""), none, "111"),
        row(columns, 906, 20240105, ("EUR", ""), ("FRA", ""), "111"),
        row(columns, 907, 20240105, ("DEU", ""), ("DEU", "GOV"), "111"),
        row(columns, 908, 20240105, ("DEU", ""), ("FRA", ""), "010"),
        row(columns, 909, 20240105, ("DEU", ""), ("FRA", ""), "---"),
    ]
    .concat()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const ICEWS: &str = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t\
    Target Name\tTarget Sectors\tTarget Country\tStory ID\tPublisher\n\
    7\t2015-02-18\tPolice (Russian Federation)\tGovernment,Police\tRussian Federation\tArrest\t173\t-5\tCitizen (India)\t\
    General Population / Civilian / Social\tIndia\t1\tThe Post\n\
    8\t2015-02-19\tFrance\t\tFrance\tConsult\t040\t1\tGermany\t\tGermany\t2\tThe Post\n\
    8\t2015-02-19\tGermany\t\tGermany\tConsult\t040\t1\tFrance\t\tFrance\t2\tThe Post\n";

const POLECAT: &str = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tEvent Intensity\tQuad Code\tActor Name\tActor Country\t\
    Primary Actor Sector\tRecipient Name\tRecipient Country\tPrimary Recipient Sector\tSource\n\
    a\t2024-01-02\tREQUEST\tmeet\t1\tVERBAL CONFLICT\tNone\tFRA\tGOV\tNone\tDEU\tMIL\tPost\n\
    b\t2024-01-03\tAID\thumanitarian\t5\tMATERIAL COOPERATION\tNone\tDEU\tGOV\tNone\tUKR\tGOV\tPost\n";

#[test]
fn every_version_of_gdelt_is_read_packed_or_not() {
    let folder = Folder::new();
    let edges = |input: &str| {
        let run = folder.run(&["edges", input]).ok();
        assert!(run.err.contains(" events: 9 rows, 4 statements; left out: 1 that are no stance"), "{}", run.err);
        assert!(
            run.err.contains("2 without two actors that the lexicon knows, 1 of an actor toward itself"),
            "{}",
            run.err
        );
        run.out
    };
    folder.write("a.export.CSV", gdelt(61));
    let plain = edges("a.export.CSV");
    assert!(
        plain.contains(
            "France,Germany,Directed,oppose,-1,1.0,1,1,0,0,,2024-01-01,2024-01-01,https://www.news.example/901"
        )
    );
    assert!(plain.contains("Police (France),Germany,Directed,support,1,1.0,1,1,0,0"), "{plain}");
    assert!(plain.contains("Poland,France,Directed,support,1,0.5,1,1,1,0"), "{plain}");
    assert!(plain.contains("Poland,Armed forces (France),Directed,invite,0"), "{plain}");
    folder.write("a.gz", gz(gdelt(61).as_bytes()));
    let half = gdelt(61).len() - row(61, 909, 20240105, ("DEU", ""), ("FRA", ""), "---").len();
    folder.write("two.gz", [gz(&gdelt(61).as_bytes()[..half]), gz(&gdelt(61).as_bytes()[half..])].concat());
    folder.write("a.zip", zip(&[("x/1.CSV", &gdelt(61)[..half]), ("x/2.CSV", &gdelt(61)[half..]), ("read.me", "")]));
    for packed in ["a.gz", "two.gz", "a.zip"] {
        assert_eq!(edges(packed), plain, "{packed}");
    }
    let piped = folder.feed(&["edges", "-"], &gz(gdelt(61).as_bytes())).ok();
    assert_eq!(piped.out, plain);
    folder.write("58.csv", gdelt(58).replace('\n', "\r\n"));
    assert_eq!(edges("58.csv"), plain);
    folder.write("57.csv", gdelt(57));
    assert_eq!(
        edges("57.csv"),
        plain.lines().map(|l| format!("{}\n", l.split("https").next().unwrap())).collect::<String>()
    );
}

#[test]
fn countries_get_the_ties_of_those_who_act_for_them() {
    let folder = Folder::new();
    folder.write("a.csv", gdelt(61));
    let run = folder.run(&["edges", "a.csv", "--level", "country"]).ok();
    let ties: Vec<String> =
        rows(&run.out).iter().map(|r| format!("{} {} {}", r["Source"], r["Relation"], r["Target"])).collect();
    assert_eq!(
        ties,
        ["France support Germany", "France oppose Germany", "Poland invite France", "Poland support France"]
    );
}

#[test]
fn icews_and_polecat_are_read_by_the_names_of_their_columns() {
    let folder = Folder::new();
    folder.write("i.tab", ICEWS);
    folder.write("p.txt", POLECAT);
    let run = folder.run(&["code", "i.tab", "p.txt"]).ok();
    assert!(run.err.contains("2 files of ICEWS events, POLECAT events: 5 rows, 5 statements"), "{}", run.err);
    let told = |r: &crate::common::Row| {
        format!("{} {} {} {} {} {}", r["document"], r["holder"], r["relation"], r["target"], r["hedged"], r["coder"])
    };
    let found: Vec<String> = rows(&run.out).iter().map(told).collect();
    assert_eq!(
        found,
        [
            "icews:7:20150218 Police (Russia) oppose Civilians (India) false icews",
            "icews:8:20150219 France support Germany true icews",
            "icews:8:20150219 Germany support France true icews",
            "polecat:a France invite Armed forces (Germany) false polecat",
            "polecat:b Germany support Ukraine false polecat",
        ]
    );
    assert_eq!(rows(&run.out)[0]["holder_for"], "Russia");
    assert_eq!(rows(&run.out)[3]["target_for"], "Germany");
    assert_eq!(rows(&run.out)[3]["code"], "REQUEST/meet");
    // The table is as good as the events.
    folder.write("s.csv", &run.out);
    let both = |args: &[&str]| {
        let by = |input: &[&str]| folder.run(&[&["edges", "-q"], input, args].concat()).ok().out;
        assert_eq!(by(&["i.tab", "p.txt"]), by(&["s.csv"]), "{args:?}");
    };
    both(&[]);
    both(&["--level", "country"]);
    let json = folder.run(&["code", "i.tab", "--format", "jsonl"]).ok();
    assert_eq!(json.out.lines().count(), 3);
}

#[test]
fn events_go_with_articles_and_into_every_result() {
    let folder = Folder::with_reports();
    folder.write("g.csv", gdelt(61));
    folder.run(&["analyze", ".", "-o", "out", "--seed", "1"]).ok();
    assert!(folder.read("out/run.json").contains("\"kind\": \"GDELT 2.0 events\""));
    assert!(folder.read("out/statements.csv").contains("gdelt:901"));
    let report = folder.run(&["clusters", "g.csv"]).ok().out;
    assert!(
        report.contains("no quote; reported at <https://www.news.example/901> (*gdelt:901*, 1 January 2024"),
        "{report}"
    );
    let picture = folder.run(&["diagram", "g.csv"]).ok().out;
    assert!(picture.contains("No quote; see https://www.news.example/901"));
    folder.run(&["edges", "g.csv", "--ties", "two-mode"]).fails(2, &["events are between two actors"]);
}

#[test]
fn codes_and_actors_are_tables_that_a_user_may_correct() {
    let folder = Folder::new();
    folder.write("g.csv", gdelt(61));
    folder.write("lex/cameo.csv", "code,name,relation,weak\n111,Criticize,support,yes\n");
    folder.write("lex/event_actors.csv", "code,name,kind\nEUR,European Union,institution\n");
    let run = folder.run(&["edges", "g.csv", "--lexicon", "lex"]).ok();
    assert!(run.out.contains("France,Germany,Directed,support,1,0.5"), "{}", run.out);
    assert!(run.out.contains("European Union,France,Directed,support"), "{}", run.out);
    folder.write("lex/cameo.csv", "code,name,relation,weak\n36,Meet,invite,\n");
    folder.run(&["edges", "g.csv", "--lexicon", "lex"]).fails(1, &["cameo.csv:2: \"36\" is no CAMEO code"]);
}

#[test]
fn many_events_are_counted_and_what_needs_each_is_refused() {
    let folder = Folder::new();
    let roles = ["", "COP", "REB", "MIL", "OPP"];
    let mut text = String::new();
    for n in 0..100_500 {
        let (from, to) = (["FRA", "DEU", "POL"][n % 3], ["UKR", "RUS"][n / 3 % 2]);
        let code = ["111", "051", "042", "036"][n / 7 % 4];
        text += &row(61, n as u32, 20240101 + (n % 28) as u32, (from, roles[n / 5 % 5]), (to, ""), code);
    }
    folder.write("many.csv", &text);
    let run = folder.run(&["edges", "many.csv", "-o", "edges.csv", "--nodes", "nodes.csv"]).ok();
    assert!(run.err.contains("100500 rows, 100500 statements; so many are counted as they pass"), "{}", run.err);
    // A table of the same statements takes the other road.
    folder.run(&["code", "many.csv", "-o", "statements.csv", "-q"]).ok();
    folder.run(&["edges", "statements.csv", "-o", "kept.csv", "--nodes", "kept_nodes.csv"]).ok();
    assert_eq!(folder.read("edges.csv"), folder.read("kept.csv"));
    let blocs = |file: &str| {
        rows(&folder.read(file)).iter().map(|r| (r["Id"].clone(), r["Cluster"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(blocs("nodes.csv"), blocs("kept_nodes.csv"));
    for jobs in ["1", "3"] {
        let run = folder.run(&["edges", "many.csv", "-q", "--jobs", jobs]).ok();
        assert_eq!(run.out, folder.read("edges.csv"));
    }
    folder.run(&["edges", "many.csv", "--window", "month"]).fails(2, &["--window needs each statement"]);
    folder.run(&["diagram", "many.csv", "--kind", "timeline"]).fails(2, &["--kind timeline needs each statement"]);
    folder.write("s.csv", "document,holder,relation,target\nd,France,support,Poland\n");
    folder.run(&["edges", "many.csv", "s.csv"]).fails(2, &["go with no other inputs"]);
    folder.run(&["analyze", "many.csv", "-o", "out", "-q"]).ok();
    assert!(!folder.path("out/statements.csv").exists() && folder.path("out/evidence.csv").exists());
    assert!(folder.read("out/clusters.md").contains("Read: 100,500 events, dated 1 January 2024 to 28 January 2024"));
}

#[test]
fn what_cannot_be_read_is_told_with_its_line_and_nothing_is_written() {
    let folder = Folder::new();
    let fails = |file: &str, words: &[&str]| {
        folder.run(&["edges", file, "-o", "out.csv"]).fails(1, words);
        folder.run(&["code", file, "-o", "out.csv"]).fails(1, words);
        assert!(!folder.path("out.csv").exists());
    };
    let good = gdelt(61);
    folder.write("cut.csv", format!("{good}{}", &row(61, 910, 20240105, ("DEU", ""), ("FRA", ""), "111")[..40]));
    fails("cut.csv", &["cut.csv:10: ", " columns where the first line has 61", "--skip-bad"]);
    let run = folder.run(&["edges", "cut.csv", "--skip-bad"]).ok();
    assert!(run.err.contains("10 rows, 4 statements") && run.err.contains("1 that cannot be read"), "{}", run.err);
    folder.write("day.csv", good.replace("\n902\t20240102", "\n902\t20240230"));
    fails("day.csv", &["day.csv:2: \"20240230\" is no date"]);
    folder.write("62.csv", row(62, 901, 20240101, ("FRA", ""), ("DEU", ""), "111"));
    fails("62.csv", &["62.csv:1: 62 columns", "57 or 58 in version 1.0, and 61 in 2.0"]);
    let packed = gz(good.repeat(2000).as_bytes());
    folder.write("cut.csv.gz", &packed[..packed.len() - 20]);
    fails("cut.csv.gz", &["cut.csv.gz: the packed file ends early"]);
    let archive = zip(&[("a.CSV", &good)]);
    folder.write("cut.zip", &archive[..archive.len() / 2]);
    fails("cut.zip", &["cut.zip: the zip archive is damaged, or cut off"]);
    folder.write("none.tab", ICEWS.lines().next().unwrap());
    folder.run(&["edges", "none.tab", "-o", "out.csv"]).fails(1, &["none of the 0 events"]);
    let mut long = good.clone().into_bytes();
    long.extend(std::iter::repeat_n(b'x', 17 << 20));
    folder.write("long.csv", long);
    fails("long.csv", &["long.csv:10: more than 16 MiB"]);
    folder.write("a.csv", &good);
    folder.write("a.csv.gz", gz(good.as_bytes()));
    folder.run(&["edges", "a.csv", "a.csv.gz"]).fails(1, &["a.csv.gz: the same events as in a.csv"]);
}

#[test]
fn bytes_that_are_no_utf_8_and_zeros_do_no_harm() {
    let folder = Folder::new();
    let mut bytes = gdelt(61).into_bytes();
    bytes.extend(
        row(61, 911, 20240106, ("POL", ""), ("DEU", ""), "051")
            .replace("/911", "/S\u{1}o")
            .bytes()
            .map(|b| if b == 1 { 0xe3 } else { b }),
    );
    bytes.extend(row(61, 912, 20240106, ("F\0A", ""), ("DEU", ""), "051").into_bytes());
    folder.write("a.csv", bytes);
    let run = folder.run(&["code", "a.csv"]).ok();
    assert!(run.err.contains("11 rows, 5 statements"), "{}", run.err);
    assert!(run.out.contains("https://www.news.example/São"), "{}", run.out);
}
