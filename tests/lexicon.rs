//! Every row of the lexicon that makes statements carries a sentence that must code and one that must not.

#![allow(clippy::unwrap_used)]

use stancenet::document::Document;
use stancenet::lexicon::Lexicon;
use stancenet::stances::Coder;
use stancenet::statement::Statement;

fn document(text: &str) -> Document {
    Document {
        id: "example".to_owned(),
        date: None,
        text: text.to_owned(),
        headline: 0,
        url: None,
        publisher: None,
        file: "example".to_owned(),
    }
}

/// Runs every (row, sentence that must code, sentence that must not) and tells all that fail together.
fn check(rows: Vec<(String, String, String)>, ours: impl Fn(&str, &Statement) -> bool) {
    let lexicon = Lexicon::embedded().unwrap();
    let coder = Coder::new(&lexicon).unwrap();
    let mut wrong = Vec::new();
    assert!(rows.len() > 10);
    for (row, codes, codes_not) in &rows {
        assert!(!codes.is_empty() && !codes_not.is_empty(), "{row} has no examples");
        let found = coder.code(&document(codes));
        if !found.iter().any(|s| ours(row, s)) {
            wrong.push(format!("{row}: nothing from \"{codes}\" {:?}", brief(&found)));
        }
        let found = coder.code(&document(codes_not));
        if found.iter().any(|s| ours(row, s)) {
            wrong.push(format!("{row}: something from \"{codes_not}\" {:?}", brief(&found)));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

fn brief(statements: &[Statement]) -> Vec<String> {
    statements.iter().map(|s| format!("{} {} {} ({})", s.holder, s.relation, s.target, s.coder)).collect()
}

#[test]
fn frames_code_what_they_should() {
    let lexicon = Lexicon::embedded().unwrap();
    let rows = lexicon.table("frames.csv").unwrap().rows();
    let of_frame = rows.map(|r| (r.get("frame").to_owned(), r.get("codes").to_owned(), r.get("codes_not").to_owned()));
    // Words of praise and blame are all one frame.
    let values = lexicon.table("values.csv").unwrap();
    let judged =
        values.rows().map(|r| ("judgement".to_owned(), r.get("codes").to_owned(), r.get("codes_not").to_owned()));
    let bidding = lexicon.table("bidding.csv").unwrap();
    let bidden =
        bidding.rows().map(|r| ("bidding".to_owned(), r.get("codes").to_owned(), r.get("codes_not").to_owned()));
    check(of_frame.chain(judged).chain(bidden).collect(), |frame, s| s.coder == format!("rule:{frame}"));
}

#[test]
fn capitals_and_residences_act_only_where_they_do() {
    let lexicon = Lexicon::embedded().unwrap();
    let rows = lexicon.metonyms.iter().map(|m| (m.actor.clone(), m.examples.0.clone(), m.examples.1.clone())).collect();
    check(rows, |actor, s| s.holder == actor);
}

#[test]
fn titles_make_people() {
    let lexicon = Lexicon::embedded().unwrap();
    let rows = lexicon.titles.iter().map(|t| (t.title.clone(), t.examples.0.clone(), t.examples.1.clone())).collect();
    check(rows, |_, s| s.holder_kind == Some(stancenet::statement::Kind::Person));
}
