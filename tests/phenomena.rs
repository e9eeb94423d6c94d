//! Sentences of our own, one table a phenomenon, each with the statements that it must give.
//!
//! A row of a table: `text`, `expected`, `open`. `expected` lists `HOLDER|relation|TARGET`, joined by `;`; the relation
//! may carry `-withheld` and `-hedged`, and a target between asterisks is a matter in whose phrase all these words
//! occur. Nothing expected means no statement at all. `open` says `yes` where the program is known to fail: such a
//! sentence must go on failing, so that whoever mends it takes the mark away.

#![allow(clippy::unwrap_used)]

use std::collections::HashSet;
use std::path::Path;
use std::str::FromStr;

use stancenet::document::Document;
use stancenet::lexicon::Lexicon;
use stancenet::stances::Coder;
use stancenet::statement::{Kind, Relation, Statement};

/// The tables, and how many sentences each has at least.
const TABLES: [(&str, usize); 16] = [
    ("passive", 30),
    ("negation", 30),
    ("lists", 30),
    ("light-verbs", 30),
    ("nominalisation", 30),
    ("speech", 30),
    ("control", 30),
    ("withheld", 30),
    ("hedge", 30),
    ("coreference", 30),
    ("targets", 25),
    ("metonymy", 30),
    ("invitation", 30),
    ("parses", 30),
    ("ellipsis", 25),
    ("no-stance", 60),
];

/// The table of sentences that are read with actors without a name and deeds, as event data have them.
const EVENTS: (&str, usize) = ("events", 40);

struct Row {
    place: String,
    text: String,
    expected: Vec<Expected>,
    open: bool,
}

struct Expected {
    written: String,
    holder: String,
    relation: Relation,
    withheld: bool,
    hedged: bool,
    target: Target,
}

enum Target {
    Actor(String),
    Matter(Vec<String>),
}

impl Row {
    fn read(place: String, record: &csv::StringRecord) -> Self {
        let expected = record[1].split(';').filter(|e| !e.is_empty()).map(|e| Expected::read(e, &place)).collect();
        let open = match &record[2] {
            "yes" => true,
            "" => false,
            other => panic!("{place}: open is \"{other}\""),
        };
        Self { text: record[0].to_owned(), expected, open, place }
    }

    /// What is missing and what is too much; empty when the sentence passes.
    fn complaints(&self, found: &[Statement]) -> Vec<String> {
        let missing = self.expected.iter().filter(|e| !found.iter().any(|s| e.is_met_by(s)));
        let extra = found.iter().filter(|s| !self.expected.iter().any(|e| e.allows(s)));
        let missing = missing.map(|e| format!("no {}", e.written));
        missing.chain(extra.map(|s| format!("wrong {}", brief(s)))).collect()
    }
}

impl Expected {
    fn read(written: &str, place: &str) -> Self {
        let [holder, relation, target] = written.split('|').collect::<Vec<_>>()[..] else {
            panic!("{place}: \"{written}\" is not HOLDER|relation|TARGET")
        };
        let mut flags = relation.split('-');
        let relation = Relation::from_str(flags.next().unwrap()).unwrap_or_else(|_| panic!("{place}: \"{written}\""));
        let flags: Vec<&str> = flags.collect();
        assert!(flags.iter().all(|f| ["withheld", "hedged"].contains(f)), "{place}: \"{written}\"");
        let target = match target.strip_prefix('*').and_then(|t| t.strip_suffix('*')) {
            Some(matter) => Target::Matter(words(matter)),
            None => Target::Actor(target.to_owned()),
        };
        Self {
            written: written.to_owned(),
            holder: holder.to_owned(),
            relation,
            withheld: flags.contains(&"withheld"),
            hedged: flags.contains(&"hedged"),
            target,
        }
    }

    fn is_met_by(&self, found: &Statement) -> bool {
        let target = match &self.target {
            Target::Actor(name) => found.target_kind != Some(Kind::Matter) && found.target == *name,
            Target::Matter(wanted) => {
                let there = words(&found.target);
                found.target_kind == Some(Kind::Matter) && wanted.iter().all(|w| there.contains(w))
            }
        };
        target && self.same_stance(found) && found.withheld == self.withheld && (found.hedged || !self.hedged)
    }

    /// Whether `found` may stand beside this: a holder's same stance toward any matter, or toward this actor.
    fn allows(&self, found: &Statement) -> bool {
        let target = match &self.target {
            _ if found.target_kind == Some(Kind::Matter) => true,
            Target::Actor(name) => found.target == *name,
            Target::Matter(_) => false,
        };
        target && self.same_stance(found)
    }

    fn same_stance(&self, found: &Statement) -> bool {
        found.holder == self.holder && found.relation == self.relation
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn brief(s: &Statement) -> String {
    let withheld = if s.withheld { "-withheld" } else { "" };
    let hedged = if s.hedged { "-hedged" } else { "" };
    format!("{}|{}{withheld}{hedged}|{} ({})", s.holder, s.relation, s.target, s.coder)
}

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

fn table(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/phenomena").join(format!("{name}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    assert_eq!(reader.headers().unwrap(), ["text", "expected", "open"].as_slice(), "{name}");
    let rows = reader.records().map(Result::unwrap);
    rows.map(|r| Row::read(format!("{name}.csv:{}", r.position().unwrap().line()), &r)).collect()
}

#[test]
fn sentences_give_their_statements() {
    let coder = Coder::new(&Lexicon::embedded().unwrap()).unwrap();
    give(&coder, &TABLES);
}

#[test]
fn event_sentences_give_their_statements() {
    let lexicon = Lexicon::embedded().unwrap();
    let coder = Coder::new(&lexicon).unwrap().with_unnamed(&lexicon).unwrap();
    give(&coder, &[EVENTS]);
}

/// The default of `--min-confidence`.
const KEPT: f64 = 0.55;

fn give(coder: &Coder, tables: &[(&str, usize)]) {
    let (mut wrong, mut mended) = (Vec::new(), Vec::new());
    for &(name, least) in tables {
        let rows = table(name);
        assert!(rows.len() >= least, "{name} has {} sentences only", rows.len());
        for row in &rows {
            let Row { place, text, open, .. } = row;
            let mut found = coder.code(&document(text));
            // What the trained model alone sees counts from where the program keeps it.
            let kept = |s: &Statement| !s.coder.starts_with("rule:read-") || s.confidence.is_none_or(|c| c >= KEPT);
            found.retain(kept);
            let complaints = row.complaints(&found);
            match (complaints.is_empty(), *open) {
                (false, false) => {
                    let found: Vec<String> = found.iter().map(brief).collect();
                    let (complaints, found) = (complaints.join("; "), found.join("; "));
                    wrong.push(format!("{place}: \"{text}\"\n    {complaints}\n    found: {found}"));
                }
                (true, true) => mended.push(format!("{place}: \"{text}\"")),
                _ => {}
            }
        }
        println!("{name}: {} of {} sentences are open", rows.iter().filter(|r| r.open).count(), rows.len());
    }
    let mended = if mended.is_empty() { String::new() } else { format!("no longer open:\n{}\n", mended.join("\n")) };
    assert!(wrong.is_empty() && mended.is_empty(), "{mended}{} sentences fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_sentence_is_written_twice() {
    let mut seen = HashSet::new();
    for row in TABLES.iter().chain([&EVENTS]).flat_map(|(name, _)| table(name)) {
        assert!(seen.insert(row.text.clone()), "{}: \"{}\"", row.place, row.text);
    }
}
