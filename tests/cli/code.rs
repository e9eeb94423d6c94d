//! What the options of `code` change in the statements.

use crate::common::{Folder, rows};
use std::collections::BTreeSet;

/// `holder relation target` of what the program codes with these arguments.
fn coded(folder: &Folder, args: &[&str]) -> BTreeSet<String> {
    let run = folder.run(&[&["code"], args].concat()).ok();
    rows(&run.out).iter().map(|r| format!("{} {} {}", r["holder"], r["relation"], r["target"])).collect()
}

#[test]
fn actors_without_a_name_are_coded_on_request() {
    let folder = Folder::new();
    folder.write("a.txt", "Riot police arrested two protesters. Norway condemned Belarus.\n");
    assert!(!coded(&folder, &["a.txt"]).iter().any(|s| s.contains("olice")));
    let all = coded(&folder, &["a.txt", "--unnamed", "--min-confidence", "0"]);
    assert!(all.iter().any(|s| s.to_lowercase().starts_with("riot police oppose two protesters")), "{all:?}");
    assert!(all.contains("Norway oppose Belarus"), "{all:?}");
}

#[test]
fn less_certain_statements_come_when_asked_for() {
    let folder = Folder::with_reports();
    let some = coded(&folder, &["alpha.txt", "beta.md", "gamma.html", "--min-confidence", "0.8"]);
    let all = coded(&folder, &["alpha.txt", "beta.md", "gamma.html", "--min-confidence", "0"]);
    assert!(some.is_subset(&all) && some.len() < all.len(), "{some:?} {all:?}");
    let run = folder.run(&["code", "alpha.txt", "--min-confidence", "0"]).ok();
    assert!(rows(&run.out).iter().all(|r| (0.0..=1.0).contains(&r["confidence"].parse::<f64>().unwrap())));
    folder.run(&["code", "alpha.txt", "--min-confidence", "1.5"]).fails(2, &["--min-confidence", "from 0 to 1"]);
}

#[test]
fn the_users_matters_have_the_users_names() {
    let folder = Folder::new();
    folder.write("a.txt", "Norway supports sending fishing inspectors to Malta. Finland rejected the whale treaty.\n");
    folder.write("own/matters.csv", "name,phrases\nInspections,fishing inspectors;harbour controls\n");
    let run = folder.run(&["code", "a.txt", "--lexicon", "own", "--min-confidence", "0"]).ok();
    let found = rows(&run.out);
    let matter = |holder: &str| found.iter().find(|r| r["holder"] == holder).map(|r| r["matter"].clone());
    assert_eq!(matter("Norway").as_deref(), Some("Inspections"));
    assert_ne!(matter("Finland").as_deref(), Some("Inspections"));
    folder.write("bad/matters.csv", "name,phrases\nthe,of the\n");
    folder.run(&["code", "a.txt", "--lexicon", "bad"]).fails(1, &["matters.csv", "2"]);
}

#[test]
fn names_that_may_be_one_are_shown_and_not_merged() {
    let folder = Folder::new();
    folder.write("a.txt", "Norwegian Foreign Minister Vladimir Zelenkov condemned Belarus.\n");
    folder.write("b.txt", "Norwegian Foreign Minister Vladimir Zelenkow condemned Belarus.\n");
    let run = folder.run(&["code", "a.txt", "b.txt", "--min-confidence", "0"]).ok();
    let holders: BTreeSet<String> = rows(&run.out).iter().map(|r| r["holder"].clone()).collect();
    assert_eq!(holders.len(), 2, "{holders:?}");
    assert!(
        run.err.contains("Zelenkov") && run.err.contains("Zelenkow") && run.err.contains("actors.csv"),
        "{}",
        run.err
    );
}

#[cfg(unix)]
#[test]
fn a_folder_may_hold_more_files_than_can_be_open() {
    let folder = Folder::new();
    (0..100).for_each(|n| folder.write(&format!("many/a{n}.txt"), "Norway condemned Belarus.\n"));
    for more in ["", "--format jsonl"] {
        let command = format!("ulimit -n 40; exec {} code many {more} --jobs 2", env!("CARGO_BIN_EXE_stancenet"));
        let run =
            std::process::Command::new("sh").current_dir(folder.path("")).args(["-c", &command]).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert!(String::from_utf8(run.stdout).unwrap().lines().count() >= 100);
    }
}
