use super::*;
use crate::statement::{Names, Table};
use proptest::prelude::*;

/// Reads rows of `document | holder | relation | target | more cells`, where a cell is `column=value`.
fn coding(rows: &str) -> Vec<Statement> {
    let mut lines = String::new();
    for (i, row) in rows.lines().map(str::trim).filter(|r| !r.is_empty()).enumerate() {
        let mut object = serde_json::Map::new();
        object.insert("id".into(), i.into());
        for (cell, column) in row.split('|').zip(["document", "holder", "relation", "target"]) {
            object.insert(column.into(), cell.trim().into());
        }
        for cell in row.split('|').skip(4) {
            let (column, value) = cell.split_once('=').unwrap();
            object.insert(column.trim().into(), value.trim().into());
        }
        lines += &format!("{}\n", serde_json::Value::from(object));
    }
    Table::read("t", lines.as_bytes(), &Names::default()).map_or(Vec::new(), |t| t.statements)
}

fn agree(a: &[Statement], b: &[Statement]) -> Agreement {
    super::agree(a, b, &[])
}

/// How many statements of one row each match.
fn matched(a: &str, b: &str) -> usize {
    let got = agree(&coding(a), &coding(b));
    assert_eq!(got.overall.matched, agree(&coding(b), &coding(a)).overall.matched, "the same the other way round");
    got.overall.matched
}

#[test]
fn holders_meet_by_either_name() {
    let reference = "d|Emmanuel Macron|support|Ukraine|holder_for=France";
    assert_eq!(matched("d|Emmanuel Macron|support|ukraine", reference), 1);
    assert_eq!(matched("d|france|support|Ukraine", reference), 1);
    assert_eq!(matched("d|The France|support|Ukraine", reference), 1);
    assert_eq!(matched("d|Germany|support|Ukraine", reference), 0);
    assert_eq!(matched("e|France|support|Ukraine", reference), 0);
    assert_eq!(matched("d|France|oppose|Ukraine", reference), 0);
}

#[test]
fn a_withheld_invitation_is_no_invitation() {
    let made = "d|France|invite|Germany";
    let withheld = "d|France|invite|Germany|withheld=true";
    assert_eq!((matched(made, made), matched(made, withheld), matched(withheld, withheld)), (1, 0, 1));
}

#[test]
fn targets_meet_by_name_matter_phrase_or_quote() {
    let plan = "d|Germany|oppose|sending instructors to Ukraine|target_kind=matter|toward=France;Ukraine";
    assert_eq!(matched("d|Germany|oppose|France|target_kind=country", plan), 1, "whose matter it is");
    assert_eq!(
        matched("d|Germany|oppose|to send instructors there and to Ukraine|target_kind=matter", plan),
        1,
        "phrase"
    );
    assert_eq!(matched("d|Germany|oppose|Hungary|target_kind=country", plan), 0);
    let one = "d|Germany|oppose|the French idea|target_kind=matter";
    let other = "d|Germany|oppose|training on the ground|target_kind=matter";
    assert_eq!(matched(one, other), 0);
    let with = |row: &str, more: &str| format!("{row}|{more}");
    assert_eq!(matched(&with(one, "matter=mission"), &with(other, "matter=Mission")), 1, "canonical matter");
    assert_eq!(matched(&with(one, "start=5|end=20"), &with(other, "start=19|end=30")), 1, "overlapping quotes");
    assert_eq!(matched(&with(one, "start=5|end=20"), &with(other, "start=20|end=30")), 0);
    let quote = |text: &str| format!("quote={text}");
    let (a, b) = (quote("soldiers would not participate"), quote("German soldiers would not participate in it"));
    assert_eq!(matched(&with(one, &a), &with(other, &b)), 1, "words of the quotes");
    assert_eq!(matched(&with(one, &a), &with(other, &quote("soldiers were fed"))), 0);
    let actors = |target: &str| format!("d|Germany|oppose|{target}|target_kind=country|{a}");
    assert_eq!(matched(&actors("United States"), &actors("United Arab Emirates States")), 0, "actors have names");
}

#[test]
fn matches_are_one_to_one_and_as_many_as_can_be() {
    // The first of A meets both of B, the second only one: both find a partner.
    let a = "d|A|support|Peru|target_kind=country|toward=Chile
             d|A|support|peace talks now|target_kind=matter|toward=Peru";
    let b = "d|A|support|Peru|target_kind=country
             d|A|support|Chile|target_kind=country";
    assert_eq!(matched(a, b), 2);
    let got = agree(&coding(a), &coding("d|A|support|Peru|target_kind=country"));
    assert_eq!((got.overall.matched, got.only_a.len(), got.only_b.len()), (1, 1, 0));
}

#[test]
fn scores_counts_and_lists() {
    let a = "d|A|support|B
             d|A|support|B|sentence=7
             d|A|oppose|C
             e|A|invite|B";
    let b = "d|A|support|B
             d|A|oppose|D
             d|B|oppose|C
             f|A|support|B";
    let got = agree(&coding(a), &coding(b));
    assert_eq!((got.rows_a, got.overall.a, got.overall.b, got.overall.matched), (4, 3, 4, 1));
    assert_eq!(got.overall.precision, Some(1.0 / 3.0));
    assert_eq!((got.overall.recall, got.overall.f1), (Some(0.25), Some(2.0 / 7.0)));
    assert_eq!((got.invite.recall, got.invite.precision), (None, Some(0.0)));
    assert_eq!((got.support.matched, got.oppose.matched, got.holder_and_relation.matched), (1, 0, 2));
    assert_eq!(
        (got.documents_only_a.as_slice(), got.documents_only_b.as_slice()),
        (&["e".to_owned()][..], &["f".to_owned()][..])
    );
    let targets = |all: &[Statement]| all.iter().map(|s| s.target.clone()).collect::<Vec<_>>();
    assert_eq!(
        (targets(&got.only_a), targets(&got.only_b)),
        (vec!["C".into(), "B".into()], vec!["D".into(), "C".into(), "B".into()])
    );

    let text = got.to_string();
    assert!(text.contains("\nall statements             3      4        1      0.333   0.250   0.286\n"), "{text}");
    assert!(text.contains("Repetitions left out: 1 in A, 0 in B."));
    assert!(text.contains("Documents that only A has (1): e\n"));
    assert!(text.contains("Only in B (3):\n  d  A — oppose — D\n"), "{text}");
    let json = serde_json::to_value(&got).unwrap();
    assert_eq!((&json["overall"]["matched"], &json["only_a"][0]["target"]), (&1.into(), &"C".into()));
    assert!(json["invite"]["recall"].is_null());
}

#[test]
fn units_are_document_holder_and_target_and_absence_is_a_value() {
    let a = "d|A|support|B
             d|A|invite|B
             d|A|oppose|C
             d|D|invite|B|withheld=true
             d|E|support|B";
    let b = "d|A|support|B
             d|A|support|C
             d|D|invite|B
             d|E|support|B
             e|E|support|B";
    let got = agree(&coding(a), &coding(b));
    let cells: Vec<_> = got.values.iter().map(|c| (c.a.as_str(), c.b.as_str(), c.units)).collect();
    let want = [
        ("invite+support", "support", 1),
        ("none", "support", 1),
        ("oppose", "support", 1),
        ("support", "support", 1),
        ("withheld", "invite", 1),
    ];
    assert_eq!((cells.as_slice(), got.units), (&want[..], 5));
    // n = 10; n_support = 5, all others 1; o = 2: (9 * 2 - 20) / (90 - 20).
    assert_eq!(got.alpha, Some(-2.0 / 70.0));
    // 25 * kappa = (5 * 1 - 1 * 4) / (25 - 4).
    assert_eq!(got.kappa, Some(1.0 / 21.0));
}

#[test]
fn nothing_agrees_with_nothing() {
    let got = agree(&[], &[]);
    assert_eq!((got.overall, got.alpha, got.kappa, got.units), (Scores::default(), None, None, 0));
    assert!(got.to_string().contains("all statements             0      0        0          -       -       -"));
}

#[test]
fn text_has_nothing_that_a_terminal_obeys() {
    let text = agree(&coding("d|A\u{1b}[2J|support|B|quote=a\u{7}"), &[]).to_string();
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
}

proptest! {
    #[test]
    fn a_coding_agrees_with_itself_in_any_order(
        rows in prop::collection::vec(("[de]", "[A-D]", 0usize..3, "[a-d]{1,2}", any::<bool>()), 1..12)
    ) {
        let row = |r: &(String, String, usize, String, bool)| {
            let kind = if r.4 { "|target_kind=matter" } else { "" };
            format!("{}|{}|{}|{}{kind}\n", r.0, r.1, Relation::ALL[r.2], r.3)
        };
        let all = coding(&rows.iter().map(row).collect::<String>());
        let mut reversed = all.clone();
        reversed.reverse();
        let got = agree(&all, &reversed);
        prop_assert_eq!(got.overall.f1, Some(1.0));
        prop_assert_eq!(got.holder_and_relation.f1, Some(1.0));
        prop_assert!(got.values.iter().all(|c| c.a == c.b));
        prop_assert!(got.only_a.is_empty() && got.only_b.is_empty());
    }
}
