//! Documents that were coded and hold no statement.
//!
//! In: a row that has a document and nothing of a statement, as a reviewer leaves it who rejects all of a document. Out: a
//! [`Blank`], and the row again. Never here: documents that nobody coded; they have no row.

use super::columns::Column;
use super::together::{coder, coder_of};
use super::{Statement, Table};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A document that was coded, and in which there is no statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blank {
    /// The document's id.
    pub document: String,
    /// Who says so.
    pub coder: String,
    /// When it was published, where that is told.
    pub date: Option<Date>,
}

impl Blank {
    /// What stands in a column of its row.
    pub(super) fn cell(&self, column: Column) -> Option<Cow<'_, str>> {
        match column {
            Column::Document => Some(self.document.as_str().into()),
            Column::Date => self.date.map(|d| d.to_string().into()),
            Column::Coder => Some(self.coder.as_str().into()),
            _ => None,
        }
    }
}

/// The blanks of tables; without those of documents that have statements, of which they say nothing.
pub fn blanks(tables: &[Table]) -> BTreeSet<Blank> {
    let mut blanks = each_once(tables.iter().flat_map(|t| t.blanks.iter().cloned()));
    if !blanks.is_empty() {
        let spoken: BTreeSet<&str> = tables.iter().flat_map(|t| &t.statements).map(|s| s.document.as_str()).collect();
        blanks.retain(|blank| !spoken.contains(blank.document.as_str()));
    }
    blanks
}

/// Those of the blanks of whose documents their own coder has no statement.
pub(super) fn of_coders<'s>(
    blanks: impl IntoIterator<Item = Blank>,
    statements: impl IntoIterator<Item = &'s Statement>,
) -> BTreeSet<Blank> {
    let mut blanks = each_once(blanks);
    if !blanks.is_empty() {
        let spoken: BTreeSet<(&str, &str)> = statements.into_iter().map(|s| (s.document.as_str(), coder(s))).collect();
        blanks.retain(|blank| !spoken.contains(&(blank.document.as_str(), coder_of(&blank.coder))));
    }
    blanks
}

/// Blanks without those that are there with a date, too.
fn each_once(blanks: impl IntoIterator<Item = Blank>) -> BTreeSet<Blank> {
    let blanks: BTreeSet<Blank> = blanks.into_iter().collect();
    let dated: BTreeSet<(String, String)> =
        blanks.iter().filter(|b| b.date.is_some()).map(|b| (b.document.clone(), b.coder.clone())).collect();
    let once = |b: &Blank| b.date.is_some() || !dated.contains(&(b.document.clone(), b.coder.clone()));
    blanks.into_iter().filter(once).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::{Aliases, Names, Relation, Rule, Seen, csv_of, each_row, jsonl_of, put_together};

    const ROWS: &str = "document,date,holder,relation,target,quote,hedged,coder,note\n\
        d1,,A,support,B,a,false,anna,kept\nd2,2024-06-09,,,,,,anna,\nd1,,,,,,,anna,\nd3,,,,,,false,ben,\n";

    fn read(text: &str) -> Table {
        Table::read("t", text.as_bytes(), &Names::default()).unwrap()
    }

    fn told(blanks: &BTreeSet<Blank>) -> Vec<String> {
        let date = |b: &Blank| b.date.map(|d| format!(" {d}")).unwrap_or_default();
        blanks.iter().map(|b| format!("{} {}{}", b.document, b.coder, date(b))).collect()
    }

    #[test]
    fn a_row_of_a_document_alone_says_that_it_was_coded() {
        let table = read(ROWS);
        assert_eq!((table.statements.len(), table.passed_over), (1, 0));
        assert_eq!(told(&blanks(&[table])), ["d2 anna 2024-06-09", "d3 ben"]);
    }

    #[test]
    fn it_is_written_as_it_is_read() {
        let table = read(ROWS);
        let (statements, all) = (table.statements.clone(), blanks(&[table]));
        for bytes in [csv_of(&statements, &all).unwrap(), jsonl_of(&statements, &all).unwrap()] {
            let again = read(std::str::from_utf8(&bytes).unwrap());
            assert_eq!((&again.statements, told(&blanks(std::slice::from_ref(&again)))), (&statements, told(&all)));
        }
        // Without any statement, too.
        let alone = csv_of(&[], &all).unwrap();
        assert_eq!(told(&blanks(&[read(std::str::from_utf8(&alone).unwrap())])), ["d2 anna 2024-06-09", "d3 ben"]);
    }

    #[test]
    fn a_sheet_that_is_to_be_filled_in_is_no_coding() {
        let head = "document,date,holder,relation,target,coder,note\n";
        for row in ["d,,,,,,", "d,2024-06-09,,,,,", "d,,,,,anna,see there", "d,some day,,,,anna,"] {
            assert!(Table::read("t", format!("{head}{row}\n").as_bytes(), &Names::default()).is_err(), "{row}");
        }
        for line in [
            r#"{"document":"d","text":"words"}"#,
            r#"{"document":"d","coder":"anna","text":"words"}"#,
            r#"{"document":"d","coder":"anna","actor":null}"#,
            r#"{"document":"d","coder":"anna","holder":null}"#,
            r#"{"document":"d"}"#,
        ] {
            assert!(Table::read("t", line.as_bytes(), &Names::default()).is_err(), "{line}");
        }
        let bare = read(r#"{"document":"d","date":"2024-06-09","coder":"anna"}"#);
        assert_eq!(told(&blanks(&[bare])), ["d anna 2024-06-09"]);
    }

    #[test]
    fn half_a_statement_is_still_an_error() {
        for row in ["d,A,,,", "d,,support,,", "d,,,B,", "d,,,,words", ",,,,words"] {
            let text = format!("document,holder,relation,target,quote\nd0,A,support,B,\n{row}\n");
            assert!(Table::read("t", text.as_bytes(), &Names::default()).is_err(), "{row}");
        }
    }

    #[test]
    fn tables_are_put_together_in_any_order() {
        let (a, b) = (
            read(ROWS),
            read(
                "document,holder,relation,target,coder\nd2,C,oppose,D,ben\nd3,C,oppose,D,ben\nd4,,,,ben\nd2,,,,anna\n",
            ),
        );
        let one = put_together(vec![a.clone(), b.clone()], Rule::Keep, &Aliases::default());
        assert_eq!(told(&one.blanks), ["d2 anna 2024-06-09", "d4 ben"], "ben has a statement of d3 after all");
        assert_eq!(one.blanks, put_together(vec![b, a], Rule::Keep, &Aliases::default()).blanks);
    }

    #[test]
    fn rows_that_are_not_kept_pass_them_over() {
        let mut seen = Vec::new();
        let visit = &mut |b: &crate::statement::Brief<'_>| {
            seen.push(b.relation);
            Ok(())
        };
        each_row("t", ROWS.as_bytes(), &Names::default(), &mut Seen::default(), visit).unwrap();
        assert_eq!(seen, [Some(Relation::Support)]);
    }
}
