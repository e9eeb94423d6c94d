//! The explorer in a real browser: chromium, driven by playwright-core, with axe-core; `scripts/readers.sh` installs both.
//!
//! In: tables and reports of our own, made into pages by the program. Out: what the scripts in `tests/explorer/` find.
//! Never here: what the page should do, which stands there. Without node, chromium or the packages the tests say so and
//! pass. The print of the report is looked at by pdftotext, of poppler, where it is there.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A document full of traps, coded by an enemy, as JSON Lines: markup, links that are programs, control characters,
/// names of things that every JavaScript object has.
const HOSTILE: &str = r##"
{"document":"</script><script>alert(1)</script>","date":"2031-01-02","holder":"<script>document.documentElement.dataset.struck=1</script>","relation":"support","target":"Harmless","quote":"<script>alert(2)</script> “quote” & \"more\" 'single'","coder":"<img src=x onerror=\"document.documentElement.dataset.struck=2\">"}
{"document":"</script><script>alert(1)</script>","date":"2031-01-02","holder":"<img src=x onerror=\"document.documentElement.dataset.struck=3\">","relation":"oppose","target":"<script>document.documentElement.dataset.struck=1</script>","quote":"</title></style></svg><img src=x onerror=alert(3)>","coder":"\"><svg onload=alert(1)>"}
{"document":"javascript:alert(1)","holder":"\u202egnp.exe\u2066","relation":"invite","target":"Harmless","quote":"a\u0000b\u0007c\u202edlrow\u2069 {{DATA}} ${1+1} </textarea>","matter":"-->"}
{"document":"d3","holder":"O'Neil, \"Ann\";x","relation":"support","target":"{{SCRIPT}} <!-- ]]>","target_kind":"matter","toward":["Harmless"],"matter":"<a href=\"javascript:alert(1)\">m</a>","quote":"=HYPERLINK(\"http://x\")"}
{"document":"d3","holder":"__proto__","relation":"oppose","target":"constructor","quote":"😀 שלום \u200f مرحبا"}
{"document":"d3","holder":"Harmless","relation":"oppose","target":"toString","quote":"\u0001\u001b[31m"}
{"document":"d4","holder":"Harmless","relation":"support","target":"#actor=x&tab=y","quote":"\u2028\u2029line"}
"##;

/// What its documents are called, and where they claim to be.
const HOSTILE_DOCUMENTS: &str = r#"
{"id":"d3","title":"<script>document.documentElement.dataset.struck=4</script>","url":"javascript:alert(1)","text":"Nothing."}
{"id":"d4","title":"\u202eevil","url":"data:text/html,<script>alert(1)</script>","text":"Nothing."}
{"id":"javascript:alert(1)","title":"t","url":"https://exa\"mple.org/<script>?a='b'","text":"Nothing."}
"#;

/// A folder that goes away with the test, and the program in it.
struct Desk(tempfile::TempDir);

impl Desk {
    /// None where a test cannot run; then why is told.
    fn new() -> Option<Self> {
        let there = |program: &str| {
            std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|p| p.join(program).is_file()))
        };
        let packages = std::env::var_os("STANCENET_NODE_PATH").map(PathBuf::from).unwrap_or_default();
        let browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
        let missing = if !there("node") {
            "node"
        } else if !browsers.into_iter().any(there) {
            "chromium"
        } else if !["playwright-core", "axe-core"].iter().all(|package| packages.join(package).is_dir()) {
            "playwright-core or axe-core in STANCENET_NODE_PATH (see scripts/readers.sh)"
        } else {
            return Some(Self(tempfile::tempdir().unwrap()));
        };
        eprintln!("skipped: no {missing}");
        None
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Makes a page of some inputs, by the program.
    #[track_caller]
    fn page(&self, inputs: &[&str]) -> PathBuf {
        self.run(&[&["explore", "-o", "page.html"][..], inputs].concat());
        self.path("page.html")
    }

    /// What the program prints.
    #[track_caller]
    fn run(&self, args: &[&str]) -> String {
        let run = Command::new(env!("CARGO_BIN_EXE_stancenet")).current_dir(self.0.path()).args(args).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    }

    /// The page of the treaty of the harbour: a table by hand beside its three reports.
    #[track_caller]
    fn harbour(&self) -> PathBuf {
        let (table, reports) = (scripts().join("harbour.csv"), scripts().join("harbour.jsonl"));
        self.page(&[table.to_str().unwrap(), reports.to_str().unwrap()])
    }
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explorer")
}

/// Runs a script on a page; all that it prints is told where it fails.
#[track_caller]
fn check(script: &str, paths: &[&Path]) {
    let run = Command::new("node").arg(scripts().join(script)).args(paths).output().unwrap();
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{told}{}", String::from_utf8_lossy(&run.stderr));
    assert!(told.contains("ok "), "{told}");
}

#[test]
fn a_mouse_and_fingers_reach_all_of_it() {
    if let Some(desk) = Desk::new() {
        check("pointer.mjs", &[&desk.harbour()]);
    }
}

#[test]
fn keys_reach_all_of_it() {
    if let Some(desk) = Desk::new() {
        check("keyboard.mjs", &[&desk.harbour()]);
    }
}

#[test]
fn axe_finds_no_violation() {
    if let Some(desk) = Desk::new() {
        check("access.mjs", &[&desk.harbour()]);
    }
}

/// What a reviewer saves comes back: the program reads it, tells how far the two agree, and does not code again what the
/// reviewer saw, not even a document of which nothing is left.
#[test]
fn a_review_comes_back_as_a_table() {
    let Some(desk) = Desk::new() else { return };
    let (saved, bare) = (desk.path("reviewed.csv"), desk.path("bare.csv"));
    check("review.mjs", &[&desk.harbour(), &saved, &bare]);
    let (table, reports) = (scripts().join("harbour.csv"), scripts().join("harbour.jsonl"));
    let (table, reports) = (table.to_str().unwrap(), reports.to_str().unwrap());
    let agree = |reviewed| -> serde_json::Value {
        serde_json::from_str(&desk.run(&["agree", "--format", "json", table, reviewed])).unwrap()
    };

    // Of 14 statements one is accepted, one rejected, and one corrected in holder, relation and matter: 12 are the same of
    // 14 and of 13. Values of the 14 units: 12 alike (1 invite, 4 oppose, 6 support, 1 withheld), one of oppose and support,
    // one of support and none. So kappa is (14 * 12 - 71) / (14 * 14 - 71), 71 being 1 * 1 + 5 * 4 + 7 * 7 + 1 * 1, and alpha
    // is 1 - 27 * 2 * 2 / (28 * 27 - 258), 258 being 2 * 1 + 9 * 8 + 14 * 13 + 2 * 1.
    let told = agree("reviewed.csv");
    let all = &told["overall"];
    assert_eq!((&all["a"], &all["b"], &all["matched"]), (&14.into(), &13.into(), &12.into()));
    for (figure, expected) in [
        (&all["precision"], 12.0 / 14.0),
        (&all["recall"], 12.0 / 13.0),
        (&all["f1"], 24.0 / 27.0),
        (&told["oppose"]["precision"], 4.0 / 5.0),
        (&told["support"]["recall"], 6.0 / 7.0),
        (&told["kappa"], 97.0 / 125.0),
        (&told["alpha"], 1.0 - 108.0 / 498.0),
    ] {
        assert!((figure.as_f64().unwrap() - expected).abs() < 1e-12, "{figure} is not {expected} in {told}");
    }
    assert_eq!(told["units"], 14);
    let page = std::fs::read_to_string(desk.page(&["reviewed.csv"])).unwrap();
    assert!(page.contains("\"coder\":\"R. Viewer\"") && !page.contains("Southmark wants the harbour treaty"));

    // All four of one document are rejected: 10 are left, all of them the same; the reviewer has seen the document.
    let told = agree("bare.csv");
    let all = &told["overall"];
    assert_eq!((&all["a"], &all["b"], &all["matched"]), (&14.into(), &10.into(), &10.into()));
    assert_eq!(told["documents_only_a"], serde_json::json!([]));
    let coded = desk.run(&["code", "-q", "bare.csv", reports]);
    assert_eq!(coded.matches("gazette-1").count(), 1, "{coded}");
    assert!(coded.ends_with(",R. Viewer,,\n"), "{coded}");
    let page = std::fs::read_to_string(desk.page(&["bare.csv", reports])).unwrap();
    assert!(page.contains("\"blanks\":[[\"gazette-1\",\"R. Viewer\"]]"), "the next reviewer's table has it, too");
}

#[test]
fn a_hostile_document_does_nothing() {
    let Some(desk) = Desk::new() else { return };
    desk.write("hostile.jsonl", HOSTILE.trim_start());
    desk.write("documents.jsonl", HOSTILE_DOCUMENTS.trim_start());
    check("hostile.mjs", &[&desk.page(&["hostile.jsonl", "documents.jsonl"])]);
}

#[test]
fn two_thousand_actors_and_fifty_thousand_statements_are_no_burden() {
    let Some(desk) = Desk::new() else { return };
    // Six blocs; mostly support inside and opposition between them, a third of it on matters.
    let mut table =
        String::from("id,document,date,holder,relation,target,target_kind,toward,matter,quote,confidence\n");
    let mut state = 7u64;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for i in 0..50_000u64 {
        let (holder, mut other) = (if i < 2_000 { i } else { draw(2_000) * draw(2_000) / 2_000 }, draw(2_000));
        if holder == other {
            other = (other + 1) % 2_000;
        }
        let kind = if holder % 6 == other % 6 { "support" } else { "oppose" };
        let (matter, on) = (format!("matter {}", draw(300)), draw(3) == 0);
        let (target, toward) = (format!("Actor {other}"), if on { format!("Actor {other}") } else { String::new() });
        let target = if on { &matter } else { &target };
        let (target_kind, named) = if on { ("matter", matter.as_str()) } else { ("country", "") };
        let _ = writeln!(
            table,
            "s{i},d{},202{}-0{}-1{},Actor {holder},{kind},{target},{target_kind},{toward},{named},\
             Actor {holder} said at some length that it would {kind} what had been proposed,0.{}",
            i / 3,
            i % 5,
            1 + i % 9,
            i % 10,
            60 + draw(39)
        );
    }
    desk.write("many.csv", &table);
    check("large.mjs", &[&desk.page(&["many.csv"])]);
}

#[test]
fn a_picture_of_many_lines_is_no_burden_either() {
    let Some(desk) = Desk::new() else { return };
    let mut table = String::from("document,date,holder,holder_kind,relation,target,target_kind,quote\n");
    for i in 0..1_500 {
        // Every actor on the right of each by any of ten distances.
        let (holder, other) = (i % 150, (i % 150 + 1 + 7 * (i / 150)) % 150);
        let kind = if holder % 3 == other % 3 { "support" } else { "oppose" };
        let day = 1 + i % 28;
        let _ = writeln!(
            table,
            "d{i},2024-01-{day:02},Actor {holder},country,{kind},Actor {other},country,Actor {holder} would {kind} it"
        );
    }
    desk.write("dense.csv", &table);
    check("dense.mjs", &[&desk.page(&["dense.csv"]), &desk.path("dense.pdf")]);
}

/// The report is a page, too, and is printed: here one of some forty pages, with long lists and tables.
#[test]
fn the_report_of_the_blocs_can_be_printed() {
    let Some(desk) = Desk::new() else { return };
    let mut table = String::from("document,date,holder,relation,target,target_kind,toward,matter,quote,confidence\n");
    let mut state = 3u64;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for i in 0..600 {
        let (holder, other, matter, on, odd) = (draw(40), draw(40), draw(12), draw(5) < 2, draw(12) == 0);
        if holder == other {
            continue;
        }
        let kind = if (holder % 4 == other % 4) != odd { "support" } else { "oppose" };
        let (toward, named) = (format!("Actor of the name {other}"), format!("matter number {matter}"));
        let rest = if on { format!("{named},matter,{toward},{named}") } else { format!("{toward},country,,") };
        let _ = writeln!(
            table,
            "d{},2024-0{}-1{},Actor of the name {holder},{kind},{rest},Actor {holder} said that it would {kind} what Actor \
             {other} had proposed at some length and for good reasons,0.{}",
            i / 3,
            1 + i % 9,
            i % 10,
            60 + i % 39
        );
    }
    desk.write("talks.csv", &table);
    desk.run(&["clusters", "talks.csv", "--window", "month", "--format", "html", "-o", "report.html"]);
    check("report.mjs", &[&desk.path("report.html"), &desk.path("report.pdf")]);
}
