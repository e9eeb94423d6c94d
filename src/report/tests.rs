//! Tests of what the report says, on the founding case and in the corners.

use super::*;
use crate::balance::balance;
use crate::clusters::{BlocOptions, Effort, find_blocs};
use crate::network::tests::{founding, network, say};
use crate::network::{CombinedWeights, Level};
use crate::statement::{Relation, Statement};
use proptest::prelude::*;

/// Markdown and JSON of some statements.
fn report(statements: &[Statement], options: &NetworkOptions) -> (String, String) {
    let network = network(statements, options);
    let quick = BlocOptions { resamplings: 20, ..BlocOptions::default() };
    let clustering = find_blocs(&network, &CombinedWeights::default(), &quick);
    let balance = balance(&clustering.graph, 0, Some(Effort::Normal));
    let input = ReportInput {
        documents: 0,
        network: &network,
        options,
        clustering: &clustering,
        balance: &balance,
        windows: &[],
    };
    (clusters_markdown(&input), clusters_json(&input))
}

fn markdown(statements: &[Statement]) -> String {
    report(statements, &NetworkOptions::default()).0
}

/// Every given sentence is in the text.
fn tells(text: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(text.contains(sentence), "missing: {sentence}\n\n{text}");
    }
}

/// Nothing that a person would not write.
fn reads_well(text: &str) {
    let bad = [
        " 1 actors",
        " 1 blocs",
        " 1 statements",
        " 1 documents",
        " 1 points",
        "(1 statements",
        " 1 ties",
        "NaN",
        " inf",
    ];
    let empty = ["()", "“”", " ,", " .\n", "..", "and and", "  and", ": .", "****", "the the ", " 1 more", "( "];
    for wrong in bad.iter().chain(&empty) {
        assert!(!text.contains(wrong), "{wrong:?} in\n{text}");
    }
    let mut columns = None;
    for line in text.lines() {
        let cells = line.replace("\\|", "").matches('|').count();
        if !line.starts_with('|') {
            columns = None;
            continue;
        }
        assert_eq!(*columns.get_or_insert(cells), cells, "{line}\n{text}");
    }
    assert!(text.ends_with('\n') && !text.ends_with("\n\n\n"));
}

#[test]
fn the_founding_case() {
    let (text, json) = report(&founding(), &NetworkOptions::default());
    reads_well(&text);
    tells(
        &text,
        &[
            "Of the 19 actors, 16 fall into 2 blocs and 3 stand alone.",
            "**Bloc 1: Around Thierry Burkhard and France.**",
            "**Bloc 2: Opposed to the training mission in Ukraine.** Germany, Italy, Spain and the United States.",
            "**Standing alone:** the European Union, Hungary and Russia.",
            "**The main line of conflict** runs between bloc 1 and bloc 2: Germany, Italy, Spain and the United States \
             oppose France on the training mission in Ukraine.",
            "Denmark, Estonia, Latvia, Lithuania, the Netherlands, Poland, Sweden and the United Kingdom are here by \
             invitation alone: no document says whether they accept.",
            "France did not invite Germany (1 statement).\n  - “no invitation was sent to Berlin” (*welt*, 3 June 2024)",
            "**The United States** stands with bloc 2 (Opposed to the training mission in Ukraine), yet is invited by \
             bloc 1 (Around Thierry Burkhard and France), which it opposes",
            "- Emmanuel Macron and Thierry Burkhard speak for France.",
            "“the White House had also signalled its reluctance” (*welt*, 3 June 2024)",
            "It is proven that no other division fits better.",
            "If it weighed nothing, Denmark, Estonia",
        ],
    );
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["blocs"][0]["members"].as_array().unwrap().len(), 12);
    assert_eq!(json["blocs"][1]["shared"][0]["holders"].as_array().unwrap().len(), 4);
    assert_eq!(json["between"][1]["why"], "invited-but-opposes");
    assert_eq!(json["alone"][1]["name"], "Hungary");
}

#[test]
fn at_country_level_people_are_quoted_but_do_not_appear() {
    let options = NetworkOptions { level: Level::Country, ..NetworkOptions::default() };
    let (text, _) = report(&founding(), &options);
    reads_well(&text);
    tells(
        &text,
        &[
            "People and institutions count as the country or institution that they speak for.",
            "- France supports Ukraine (1 statement).\n  - “Emmanuel Macron supports Ukraine” (Emmanuel Macron, *welt*",
        ],
    );
    assert!(!text.contains("| Emmanuel Macron |"));
}

#[test]
fn different_accounts_stand_side_by_side() {
    let mut all = founding();
    all.push(say("courier", "Thierry Burkhard", Relation::Invite, "Germany"));
    let mut doubt = say("courier", "Emmanuel Macron", Relation::Oppose, "Ukraine");
    doubt.source = Some("Le Monde".into());
    all.push(doubt);
    let text = markdown(&all);
    reads_well(&text);
    tells(
        &text,
        &[
            "**Accounts differ** on 2 points.",
            "**Emmanuel Macron supports Ukraine; or: Emmanuel Macron opposes Ukraine**",
            "**Thierry Burkhard invites Germany; or: France did not invite Germany**",
            "(*courier*, citing Le Monde)",
        ],
    );
}

#[test]
fn corners() {
    tells(&markdown(&[]), &["Read: 0 documents. No stances were found"]);
    let itself = markdown(&[say("d", "A", Relation::Support, "A")]);
    tells(&itself, &["1 makes no tie, as holder and target are the same actor.", "None of them makes a tie"]);
    let one = markdown(&[say("d", "A", Relation::Support, "the plan")]);
    tells(&one, &["There is but one actor, and so no bloc.", "- **A** (country)."]);
    let friends = markdown(&[say("d", "A", Relation::Support, "B"), say("d", "B", Relation::Support, "C")]);
    tells(&friends, &["All 3 actors fall into one bloc.", "With a single document it cannot be tested"]);
    let enemies = markdown(&[say("d", "A", Relation::Oppose, "B"), say("e", "C", Relation::Oppose, "D")]);
    tells(
        &enemies,
        &[
            "The 4 actors do not form blocs: each stands alone.",
            "**B** (country; alone in 100 % of the resamplings). Takes no stance itself.",
        ],
    );
    for text in [itself, one, friends, enemies] {
        reads_well(&text);
    }
}

#[test]
fn one_giant_bloc_is_shown_beside_what_modularity_parts() {
    let names: Vec<String> = (0..10).map(|i| format!("Party {i}")).collect();
    let mut all = Vec::new();
    for (i, a) in names.iter().enumerate() {
        for b in names.iter().skip(i + 1).filter(|b| (i < 5) == names[..5].contains(b)) {
            all.push(say("d", a, Relation::Support, b));
        }
    }
    all.push(say("d", "Party 4", Relation::Support, "Party 5"));
    for s in &mut all {
        s.target_kind = Some(crate::statement::Kind::Institution);
    }
    let text = markdown(&all);
    reads_well(&text);
    tells(
        &text,
        &[
            "All 10 actors fall into one bloc.",
            "There is so little opposition that nearly everybody falls into one bloc",
        ],
    );
}

#[test]
fn text_of_documents_cannot_break_the_report() {
    let mut s = say("d|e", "A *b* | c", Relation::Oppose, "<script>alert(1)</script>");
    s.target_kind = Some(crate::statement::Kind::Person);
    s.quote = "| a | [link](http://x) \n\n# head `code".into();
    s.source = Some("_the_ paper".into());
    let text = markdown(&[s]);
    reads_well(&text);
    assert!(!text.contains("<script>") && !text.contains("\n# head") && text.contains("\\<script\\>"));
}

fn statement() -> impl Strategy<Value = Statement> {
    let holder = proptest::sample::select(vec!["A", "B", "C", "D", "Emmanuel Macron", "France"]);
    let target = proptest::sample::select(vec!["A", "B", "C", "D", "E", "Emmanuel Macron", "France", "plan", "war"]);
    let toward = proptest::collection::vec(proptest::sample::select(vec!["A", "France", "D"]), 0..3);
    let document = proptest::sample::select(vec!["d", "e", "f"]);
    let relation = proptest::sample::select(Relation::ALL.to_vec());
    (document, holder, relation, target, toward, any::<(bool, bool)>()).prop_map(
        |(document, holder, relation, target, toward, (hedged, withheld))| {
            let mut s = say(document, holder, relation, target);
            s.toward = toward.into_iter().map(str::to_owned).collect();
            (s.hedged, s.withheld) = (hedged, withheld && relation == Relation::Invite);
            s
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_statements_make_a_readable_report(all in proptest::collection::vec(statement(), 0..25)) {
        let (text, json) = report(&all, &NetworkOptions::default());
        reads_well(&text);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
        let turned: Vec<Statement> = all.iter().rev().cloned().collect();
        prop_assert_eq!((text, json), report(&turned, &NetworkOptions::default()));
    }
}
