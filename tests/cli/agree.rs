//! `agree`: figures that can be counted on one's fingers.

use crate::common::Folder;
use serde_json::Value;

const MINE: &str = "document,holder,relation,target,target_kind,withheld\n\
    d,Germany,oppose,France,country,\nd,Poland,support,France,country,\nd,France,invite,Germany,country,true\nd,Spain,oppose,Italy,country,\n";
/// Two of mine, one with another relation, and two more.
const THEIRS: &str = "document,holder,relation,target,target_kind,withheld\n\
    d,Germany,oppose,France,country,\nd,Poland,support,France,country,\nd,France,invite,Germany,country,\n\
    d,Malta,support,Chad,country,\nd,Kenya,support,Chad,country,\n";

fn agreement(folder: &Folder, first: &str, second: &str) -> Value {
    let run = folder.run(&["agree", first, second, "--format", "json"]).ok();
    assert_eq!(run.err, "");
    serde_json::from_str(&run.out).unwrap()
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("mine.csv", MINE);
    folder.write("theirs.csv", THEIRS);
    folder
}

#[test]
fn known_figures() {
    let folder = folder();
    let both = agreement(&folder, "mine.csv", "theirs.csv");
    let overall = &both["overall"];
    assert_eq!((&overall["a"], &overall["b"], &overall["matched"]), (&4.into(), &5.into(), &2.into()));
    assert_eq!(overall["precision"].as_f64(), Some(0.5));
    assert_eq!(overall["recall"].as_f64(), Some(0.4));
    assert!((overall["f1"].as_f64().unwrap() - 4.0 / 9.0).abs() < 1e-12);
    assert_eq!(both["invite"]["matched"], 0, "made is not withheld");
    // Units: two of one value each, withheld against invite, oppose against none, none against support twice.
    assert_eq!(both["units"], 6);
    // Coincidences: n = 12; values oppose 3, support 4, withheld 1, invite 1, none 3. Disagreement seen 4/6; by chance
    // 1 - (3*2 + 4*3 + 3*2) / (12*11) = 1 - 24/132.
    let alpha = 1.0 - (4.0 / 6.0) / (1.0 - 24.0 / 132.0);
    assert!((both["alpha"].as_f64().unwrap() - alpha).abs() < 1e-12, "{}", both["alpha"]);
    let back = agreement(&folder, "theirs.csv", "mine.csv");
    assert_eq!(
        (&back["overall"]["precision"], &back["overall"]["recall"]),
        (&overall["recall"], &overall["precision"])
    );
    assert_eq!(back["alpha"], both["alpha"]);
}

#[test]
fn with_itself_it_is_one() {
    let folder = folder();
    let same = agreement(&folder, "mine.csv", "mine.csv");
    for figure in [
        &same["overall"]["precision"],
        &same["overall"]["recall"],
        &same["overall"]["f1"],
        &same["alpha"],
        &same["kappa"],
    ] {
        assert_eq!(figure.as_f64(), Some(1.0));
    }
}

#[test]
fn one_coding_may_come_by_pipe_and_the_answer_is_text() {
    let folder = folder();
    let run = folder.feed(&["agree", "-", "theirs.csv"], MINE.as_bytes()).ok();
    assert_eq!(run.out, folder.run(&["agree", "mine.csv", "theirs.csv"]).ok().out);
    assert!(run.out.contains("0.500") && run.out.contains("0.400"), "{}", run.out);
}
