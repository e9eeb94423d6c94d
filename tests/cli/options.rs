//! The options that say what counts, seen in the edge list.

use crate::common::{Folder, rows};
use std::collections::BTreeSet;

/// `source relation target` of the edge list that these arguments give.
fn edges(folder: &Folder, args: &[&str]) -> BTreeSet<String> {
    let run = folder.run(&[&["edges"], args].concat()).ok();
    rows(&run.out).iter().map(|r| format!("{} {} {}", r["Source"], r["Relation"], r["Target"])).collect()
}

fn set(ties: &[&str]) -> BTreeSet<String> {
    ties.iter().map(|t| (*t).to_owned()).collect()
}

const TABLE: &str = "document,date,holder,holder_kind,holder_for,relation,target,target_kind,toward,matter,hedged,confidence\n\
    d1,2024-01-01,Ann,person,Norway,support,Malta,country,,,,1\n\
    d1,2024-01-01,Norwegian Army,institution,Norway,support,Malta,country,,,,\n\
    d2,2024-02-01,Ann,person,Norway,support,Malta,country,,,,0.5\n\
    d2,2024-02-01,Malta,country,,oppose,Kenya,country,,,true,0.9\n\
    d3,2024-03-01,Kenya,country,,oppose,the plan,matter,Norway,fishing plan,,0.4\n\
    d4,,Malta,country,,invite,Ann,person,,,,\n";

fn table() -> Folder {
    let folder = Folder::new();
    folder.write("t.csv", TABLE);
    folder
}

#[test]
fn people_and_institutions_are_themselves() {
    assert_eq!(
        edges(&table(), &["t.csv"]),
        set(&[
            "Ann support Malta",
            "Norwegian Army support Malta",
            "Malta oppose Kenya",
            "Kenya oppose Norway",
            "Malta invite Ann"
        ])
    );
}

#[test]
fn at_country_level_they_are_whom_they_speak_for() {
    let ties = ["Norway support Malta", "Malta oppose Kenya", "Kenya oppose Norway", "Malta invite Norway"];
    assert_eq!(edges(&table(), &["t.csv", "--level", "country"]), set(&ties));
    let folder = Folder::with_reports();
    folder.run(&["analyze", "alpha.txt", "beta.md", "gamma.html", "--level", "country", "-o", "out"]).ok();
    let nodes = rows(&folder.read("out/nodes.csv"));
    assert!(nodes.iter().all(|n| n["Kind"] == "country"), "{nodes:?}");
    let edges = rows(&folder.read("out/edges.csv"));
    assert!(edges.iter().any(|e| e["Source"] == "France" && e["Target"] == "Poland" && e["Relation"] == "invite"));
    assert!(edges.iter().any(|e| e["Source"] == "Hungary" && e["Target"] == "Germany" && e["Relation"] == "oppose"));
}

#[test]
fn days_are_counted_in() {
    let folder = table();
    assert_eq!(
        edges(&folder, &["t.csv", "--from", "2024-02-01", "--to", "2024-02-01"]),
        set(&["Ann support Malta", "Malta oppose Kenya"])
    );
    assert_eq!(edges(&folder, &["t.csv", "--from", "2024-02-02"]), set(&["Kenya oppose Norway"]));
    assert_eq!(
        edges(&folder, &["t.csv", "--to", "2024-01-31"]),
        set(&["Ann support Malta", "Norwegian Army support Malta"])
    );
}

#[test]
fn names_choose() {
    let folder = table();
    assert_eq!(edges(&folder, &["t.csv", "--only", "kenya"]), set(&["Malta oppose Kenya", "Kenya oppose Norway"]));
    assert_eq!(edges(&folder, &["t.csv", "--only", "Fishing Plan"]), set(&["Kenya oppose Norway"]));
    assert_eq!(edges(&folder, &["t.csv", "--exclude", "Malta"]), set(&["Kenya oppose Norway"]));
    assert_eq!(
        edges(&folder, &["t.csv", "--only", "Norway", "--exclude", "Ann", "--exclude", "Kenya"]),
        set(&["Norwegian Army support Malta"])
    );
}

#[test]
fn light_hedged_and_unsure_ties_can_go() {
    let folder = table();
    assert_eq!(edges(&folder, &["t.csv", "--min-weight", "2"]), set(&["Ann support Malta"]));
    let plain = edges(&folder, &["t.csv", "--no-hedged"]);
    assert!(!plain.contains("Malta oppose Kenya") && plain.len() == 4);
    let sure = edges(&folder, &["t.csv", "--min-confidence", "0.5"]);
    assert!(!sure.contains("Kenya oppose Norway") && sure.len() == 4, "{sure:?}");
}

#[test]
fn a_lexicon_of_ones_own_is_added() {
    let folder = Folder::new();
    folder.write("a.txt", "Freedonia condemned Sylvania. Germany condemned Sylvania.");
    folder.write("mine/actors.csv", "name,kind,names\nFreedonia,country,\nSylvania,country,\n");
    folder.run(&["edges", "a.txt", "--lexicon", "mine"]).ok();
    let ties = edges(&folder, &["a.txt", "--lexicon", "mine"]);
    assert_eq!(ties, set(&["Freedonia oppose Sylvania", "Germany oppose Sylvania"]));
}
