//! Holds a table against the documents it was made from.
//!
//! In: a table and documents. Out: the same table, with the offsets of quotes that had none. Never here: a judgement
//! on whether the quote bears the stance out; rows of documents that are not at hand.

use super::Table;
use super::problems::Problems;
use super::row::clip;
use crate::Result;
use crate::document::Document;
use std::collections::HashMap;

/// Checks that offsets lie inside the document's text and enclose the quote, and fills in the offsets of quotes that
/// have none: of the first place where the text has the quote verbatim. Where it has it nowhere, they stay away.
///
/// Ids do not change, though [`Statement::hash`](super::Statement::hash) of the new offsets would be another: an id
/// must not depend on whether the article was at hand.
///
/// # Errors
/// All rows whose offsets are wrong, with file and line.
pub fn check_against(table: &mut Table, documents: &[Document]) -> Result<()> {
    let mut texts: HashMap<&str, &str> = HashMap::new();
    for document in documents {
        texts.entry(&document.id).or_insert(&document.text);
    }
    let mut problems = Problems::new();
    for (statement, line) in table.statements.iter_mut().zip(&table.lines) {
        let Some(text) = texts.get(statement.document.as_str()) else { continue };
        match statement.span {
            Some((start, end)) => {
                if let Some(why) = wrong(text, start, end, &statement.quote) {
                    let document = clip(&statement.document);
                    let message = format!("document {document}: {why}; correct start and end, or leave both empty");
                    problems.add(&table.file, *line, message);
                }
            }
            None if statement.quote.is_empty() => {}
            None => statement.span = text.find(&statement.quote).map(|start| (start, start + statement.quote.len())),
        }
    }
    problems.into_result(&table.file)
}

fn wrong(text: &str, start: usize, end: usize, quote: &str) -> Option<String> {
    match text.get(start..end) {
        Some(there) if there == quote => None,
        Some(there) => Some(format!("the quote is {}, the text from {start} to {end} is {}", clip(quote), clip(there))),
        None if end > text.len() => Some(format!("the text ends at byte {}, before {end}", text.len())),
        None => Some(format!("byte {start} or {end} is in the middle of a letter")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::Names;

    fn document(text: &str) -> Document {
        Document {
            id: "d".into(),
            date: None,
            text: text.into(),
            headline: 0,
            url: None,
            publisher: None,
            file: "d.txt".into(),
        }
    }

    fn check(rows: &str, text: &str) -> Result<Table> {
        let csv = format!("document,holder,relation,target,start,end,quote,sentence\n{rows}");
        let mut table = Table::read("t.csv", csv.as_bytes(), &Names::default())?;
        check_against(&mut table, &[document(text)])?;
        Ok(table)
    }

    #[test]
    fn right_offsets_pass_and_missing_ones_are_found() {
        let table =
            check("d,A,support,B,0,2,né,4\nd,A,oppose,B,,,à,5\nd,A,invite,B,,,nowhere,\nd,A,oppose,C,,,,\n", "né à à");
        assert!(table.is_err(), "né is three bytes");
        let table =
            check("d,A,support,B,0,3,né,4\nd,A,oppose,B,,,à,5\nd,A,invite,B,,,nowhere,\nd,A,oppose,C,,,,\n", "né à à");
        let table = table.unwrap();
        let spans: Vec<_> = table.statements.iter().map(|s| s.span).collect();
        assert_eq!(spans, [Some((0, 3)), Some((4, 6)), None, None]);
        assert_eq!(table.statements[1].sentence, Some(5));
    }

    #[test]
    fn wrong_offsets_are_told_with_their_lines() {
        let rows = "d,A,support,B,0,99,x,\nd,A,support,C,0,2,n,\nd,A,support,D,0,1,x,\nother,A,support,E,0,99,x,\n";
        let text = check(rows, "né").unwrap_err().to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(lines[0].starts_with("t.csv:2: ") && lines[0].contains("ends at byte 3"));
        assert!(lines[1].starts_with("t.csv:3: ") && lines[1].contains("middle of a letter"));
        assert!(lines[2].starts_with("t.csv:4: ") && lines[2].contains("the quote is \"x\""));
    }
}
