use super::*;
use crate::statement::{Names, to_csv};
use proptest::prelude::*;

fn table(file: &str, csv: &str) -> Table {
    Table::read_part(file, csv.as_bytes(), &Names::default()).unwrap()
}

fn coded(file: &str, rows: &str) -> Table {
    table(file, &format!("document,holder,relation,target,start,end,quote,coder,note\n{rows}"))
}

fn keep(tables: &[&Table]) -> Together {
    put_together(tables.iter().map(|t| (*t).clone()).collect(), Rule::Keep, &Aliases::default())
}

fn bytes(made: &Together) -> String {
    String::from_utf8(to_csv(&made.statements).unwrap()).unwrap()
}

#[test]
fn what_is_the_same_stands_there_once_and_unknown_columns_stay() {
    let a = coded("a", "d,A,support,B,0,2,xx,anna,\nd,A,support,C,0,2,xx,anna,n1\n");
    let b = table("b", "document,holder,relation,target,start,end,quote,coder,more\nd,A,support,B,0,2,xx,anna,\n");
    let made = keep(&[&a, &b]);
    assert_eq!((made.statements.len(), made.repeated, made.conflicts.len()), (2, 1, 0));
    assert_eq!(made.columns.iter().map(String::as_str).collect::<Vec<_>>(), ["more", "note"]);
    assert_eq!(made.statements[1].extra["note"], "n1");
}

#[test]
fn two_coders_who_agree_contest_nothing_and_both_stay() {
    let a = coded("a", "d,A,support,B,0,2,xx,anna,\n");
    let b = coded("b", "d,A,support,B,0,2,xx,ben,\n");
    let made = keep(&[&a, &b]);
    assert_eq!((made.statements.len(), made.conflicts.len()), (2, 0));
    assert_ne!(made.statements[0].id, made.statements[1].id);
    let first = put_together(vec![b, a], Rule::First, &Aliases::default());
    assert_eq!(first.statements.iter().map(|s| s.coder.as_str()).collect::<Vec<_>>(), ["ben"]);
}

#[test]
fn contradictions_are_found_by_place_and_by_id_and_resolved_as_asked() {
    let a = coded("a", "d,A,support,B,0,2,xx,anna,\nd,C,invite,B,0,2,xx,anna,\ne,A,oppose,B,,,,anna,\n");
    let b = coded("b", "d,A,oppose,B,0,2,xx,ben,\nd,C,invite,B,0,2,xx,ben,\ne,A,oppose,B,,,,ben,why\n");
    let made = keep(&[&a, &b]);
    assert_eq!(made.statements.len(), 6);
    let columns: Vec<String> = made.conflicts.iter().map(|c| c.columns.join(" ")).collect();
    assert_eq!(columns, ["relation", "note"]);
    assert_eq!(made.conflicts[0].rows[0].1, [Place { table: 0, line: 2 }]);
    let said = |rule| {
        let made = put_together(vec![a.clone(), b.clone()], rule, &Aliases::default());
        made.statements.iter().map(|s| format!("{} {} {}", s.document, s.relation, s.coder)).collect::<Vec<_>>()
    };
    assert_eq!(said(Rule::First), ["d support anna", "d invite anna", "e oppose anna"]);
    assert_eq!(said(Rule::Last), ["d oppose ben", "d invite ben", "e oppose ben"]);
    assert_eq!(said(Rule::Neither), ["d invite anna", "d invite ben"]);

    // Corrections of one table: the ids tell what belongs together.
    let mine = table("m", "id,document,holder,relation,target,coder\n1,d,A,support,B,rule:x\n");
    let theirs = table("t", "id,document,holder,relation,target,coder\n1,d,A,support,C,rule:x\n");
    let made = keep(&[&mine, &theirs]);
    assert_eq!((made.statements.len(), made.conflicts[0].columns.as_slice()), (2, &["target".to_owned()][..]));
}

#[test]
fn rows_of_one_coder_in_one_table_contest_nothing() {
    let a = coded("a", "d,A,support,B,0,2,xx,rule:aid,\nd,A,invite,B,0,2,xx,rule:ask,\n");
    assert_eq!(keep(&[&a]).conflicts, []);
    let both = coded("a", "d,A,support,B,0,2,xx,anna,\nd,A,invite,B,0,2,xx,ben,\n");
    assert_eq!(keep(&[&both]).conflicts.len(), 1, "of two coders they do");
}

#[test]
fn contested_rows_are_a_table_that_can_be_decided_and_put_back() {
    let a = coded("a", "d,A,support,B,0,2,xx,anna,\nd,C,invite,B,0,2,xx,anna,\n");
    let b = coded("b", "d,A,oppose,B,0,2,xx,ben,\n");
    let made = put_together(vec![a.clone(), b.clone()], Rule::Neither, &Aliases::default());
    let rows = conflict_rows(&made.conflicts, &|p| format!("{}:{}", ["a", "b"][p.table], p.line));
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].extra["conflict"].as_str(), rows[0].extra["conflict_columns"].as_str()), ("1", "relation"));
    assert_eq!(rows[0].extra["conflict_in"], "a:2");
    let csv = to_csv(&rows[..1]).unwrap();
    let decided = Table::read("c", csv.as_slice(), &Names::default()).unwrap();
    let agreed = Table { statements: made.statements, lines: vec![2], ..a.clone() };
    assert_eq!(bytes(&keep(&[&agreed, &decided])), bytes(&keep(&[&a])));
}

#[test]
fn aliases_tell_what_speaks_of_one_thing() {
    let a = coded("a", "d,Macron,support,B,0,2,xx,anna,\n");
    let b = coded("b", "d,Emmanuel Macron,support,B,0,2,xx,ben,\n");
    let c = coded("c", "d,Emmanuel Macron,oppose,B,0,2,xx,ben,\n");
    let aliases = Aliases::read("f", &b"Macron,Emmanuel Macron\n"[..]).unwrap();
    let made = put_together(vec![a.clone(), b], Rule::Keep, &aliases);
    assert_eq!((made.statements.len(), made.conflicts.len()), (2, 0));
    let made = put_together(vec![a, c], Rule::Keep, &aliases);
    assert_eq!(made.conflicts[0].columns, ["relation"]);
}

/// Rows of few words, so that many meet.
fn rows() -> impl Strategy<Value = Vec<(u8, u8, u8, u8, u8, u8)>> {
    prop::collection::vec((0u8..2, 0u8..2, 0u8..3, 0u8..2, 0u8..3, 0u8..2), 0..9)
}

fn made_of(file: &str, rows: &[(u8, u8, u8, u8, u8, u8)]) -> Table {
    let mut seen = BTreeSet::new();
    let mut csv = String::from("id,document,holder,relation,target,hedged,coder,note\n");
    for (document, holder, relation, hedged, coder, note) in rows {
        // In one table an id has one row.
        if seen.insert((document, holder)) {
            let relation = ["invite", "support", "oppose"][usize::from(*relation)];
            csv += &format!(
                "i{document}{holder},d{document},h{holder},{relation},t,{},c{coder},{}\n",
                hedged == &1,
                ["", "n"][usize::from(*note)]
            );
        }
    }
    table(file, &csv)
}

proptest! {
    #[test]
    fn in_which_order_and_steps_tables_are_put_together_makes_no_difference(a in rows(), b in rows(), c in rows()) {
        let (a, b, c) = (made_of("a", &a), made_of("b", &b), made_of("c", &c));
        let all = bytes(&keep(&[&a, &b, &c]));
        prop_assert_eq!(&all, &bytes(&keep(&[&c, &a, &b])));
        let again = |made: &Together| table("x", &bytes(made));
        let left = again(&keep(&[&a, &b]));
        prop_assert_eq!(&all, &bytes(&keep(&[&left, &c])));
        let right = again(&keep(&[&c, &b]));
        prop_assert_eq!(&all, &bytes(&keep(&[&a, &right])));
        let whole = again(&keep(&[&a, &b, &c]));
        prop_assert_eq!(&all, &bytes(&keep(&[&whole])));
        prop_assert_eq!(&all, &bytes(&keep(&[&whole, &a, &left])));
        // Nothing is lost.
        let said = |t: &Table| t.statements.iter().map(|s| format!("{s:?}").split_once("document").unwrap().1.replace("\"note\": \"\"", "")).collect::<BTreeSet<_>>();
        let of_all: BTreeSet<String> = [&a, &b, &c].into_iter().flat_map(said).collect();
        prop_assert_eq!(of_all, said(&whole));
    }
}
