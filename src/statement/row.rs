//! From the words of a row to a statement, and the rules that every statement keeps.
//!
//! In: the cells of one row, from CSV or JSON. Out: a [`Statement`], or all that is wrong with the row.
//! Never here: files, lines, other rows.

use super::columns::Column;
use super::{Kind, Relation, Statement};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::str::FromStr;

/// The cells of one row, each under its column; a cell that is not there is empty.
#[derive(Debug, Default)]
pub(super) struct Row {
    cells: [String; 20],
    /// Names of the `toward` column when they came as a list.
    pub(super) toward: Vec<String>,
    pub(super) extra: BTreeMap<String, String>,
}

impl Row {
    pub(super) fn set(&mut self, column: Column, cell: String) {
        self.cells[column as usize] = cell;
    }

    /// Makes the statement, or tells all that is wrong with the row, in one line.
    pub(super) fn build(mut self) -> Result<Statement, String> {
        let mut wrong = Vec::new();
        let relation = self.relation().unwrap_or_else(|problem| {
            wrong.push(problem);
            Relation::Support // not used: a row with a problem gives no statement
        });
        let date = self.parse(Column::Date, &mut wrong, date);
        let sentence = self.parse(Column::Sentence, &mut wrong, whole);
        let holder_kind = self.parse(Column::HolderKind, &mut wrong, |c| Kind::from_str(c).map_err(|_| kinds()));
        let target_kind = self.parse(Column::TargetKind, &mut wrong, |c| Kind::from_str(c).map_err(|_| kinds()));
        let withheld = self.parse(Column::Withheld, &mut wrong, truth).unwrap_or(false);
        let hedged = self.parse(Column::Hedged, &mut wrong, truth).unwrap_or(false);
        let start = self.parse(Column::Start, &mut wrong, whole);
        let end = self.parse(Column::End, &mut wrong, whole);
        let confidence = self.parse(Column::Confidence, &mut wrong, |c| {
            c.parse::<f64>().map_err(|_| "write a number from 0 to 1, with a decimal point".to_owned())
        });
        let span = match (start, end) {
            (Some(start), Some(end)) => Some((start, end)),
            (None, None) => None,
            _ => {
                wrong.push("start and end go together: give both or neither".to_owned());
                None
            }
        };
        let mut toward: Vec<String> = std::mem::take(&mut self.toward).iter().map(|n| name(n)).collect();
        toward.extend(self.cells[Column::Toward as usize].split(';').map(name));
        toward.retain(|n| !n.is_empty());
        let coder = self.name(Column::Coder).unwrap_or_else(|| "human".to_owned());
        let mut statement = Statement {
            id: self.text(Column::Id).to_owned(),
            document: self.text(Column::Document).to_owned(),
            date,
            sentence,
            holder: self.name(Column::Holder).unwrap_or_default(),
            holder_kind,
            holder_for: self.name(Column::HolderFor),
            relation,
            target: self.name(Column::Target).unwrap_or_default(),
            target_kind,
            toward,
            matter: self.name(Column::Matter),
            withheld,
            hedged,
            source: self.name(Column::Source),
            quote: std::mem::take(&mut self.cells[Column::Quote as usize]),
            span,
            coder,
            confidence,
            extra: self.extra,
        };
        wrong.extend(problems(&statement));
        if !wrong.is_empty() {
            return Err(wrong.join("; "));
        }
        if statement.id.is_empty() {
            statement.id = statement.hash();
        }
        Ok(statement)
    }

    fn text(&self, column: Column) -> &str {
        self.cells[column as usize].trim()
    }

    fn name(&self, column: Column) -> Option<String> {
        Some(name(&self.cells[column as usize])).filter(|n| !n.is_empty())
    }

    fn relation(&self) -> Result<Relation, String> {
        let word = self.text(Column::Relation);
        Relation::from_str(word).map_err(|_| match word {
            "" => "no relation; use invite, support or oppose".to_owned(),
            word => format!("unknown relation {}; use invite, support or oppose", clip(word)),
        })
    }

    /// An optional cell, read by `read`; what is wrong with it goes to `wrong`, under the column's name.
    fn parse<T>(
        &self,
        column: Column,
        wrong: &mut Vec<String>,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let cell = self.text(column);
        if cell.is_empty() {
            return None;
        }
        read(cell).map_err(|why| wrong.push(format!("{} is {}; {why}", column.name(), clip(cell)))).ok()
    }
}

/// What keeps a statement from standing in a table. Readers refuse a row for it, and writers refuse to write it, so
/// that whatever we write can be read again.
pub(super) fn problems(s: &Statement) -> Vec<String> {
    let mut wrong = Vec::new();
    for (cell, column) in [(&s.document, "document"), (&s.holder, "holder"), (&s.target, "target")] {
        if cell.trim().is_empty() {
            wrong.push(format!("no {column}"));
        }
    }
    if !s.holder.is_empty() && s.holder == s.target {
        wrong.push(format!(
            "{} is both holder and target; a stance of an actor toward itself is none: remove the row",
            clip(&s.holder)
        ));
    }
    if s.holder_kind == Some(Kind::Matter) {
        wrong.push("holder_kind is matter; a holder is a country, institution or person".to_owned());
    }
    if s.withheld && s.relation != Relation::Invite {
        wrong.push(format!("withheld is true with relation {}; only an invite can be withheld", s.relation));
    }
    if let Some((start, end)) = s.span.filter(|(start, end)| start > end) {
        wrong.push(format!("start {start} is after end {end}"));
    }
    if let Some(confidence) = s.confidence.filter(|c| !(0.0..=1.0).contains(c)) {
        wrong.push(format!("confidence is {confidence}; it goes from 0 to 1"));
    }
    // ';' separates the names of the column, and there is no way to write it inside one that every other reader of
    // the table would undo: so no name may have it, in JSONL neither, lest a table go one way but not the other.
    if let Some(name) = s.toward.iter().find(|n| n.contains(';')) {
        wrong.push(format!("the name {} in toward has a ';', which separates names there: rename it", clip(name)));
    }
    wrong
}

/// A cell as it may stand in a message: short, on one line, in quotes.
pub(super) fn clip(cell: &str) -> String {
    let mut start: String = cell.chars().take(40).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if start.len() < cell.len() {
        start.push('…');
    }
    format!("\"{start}\"")
}

/// A name as tables should have it: trimmed, inner white space collapsed.
fn name(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn kinds() -> String {
    "use country, institution, person or matter".to_owned()
}

fn truth(cell: &str) -> Result<bool, String> {
    match cell.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Ok(true),
        "false" | "0" | "no" => Ok(false),
        _ => Err("use true or false".to_owned()),
    }
}

/// A whole number; also one that ends in ".0", as data frames write a column of whole numbers with gaps.
fn whole<T: FromStr>(cell: &str) -> Result<T, String> {
    cell.strip_suffix(".0").unwrap_or(cell).parse().map_err(|_| "write a whole number".to_owned())
}

/// A day in ISO 8601; of a date with a time, the day.
fn date(cell: &str) -> Result<Date, String> {
    let why = || "write the date as in 2024-06-09".to_owned();
    let (day, time) = match cell.split_once(['T', 't', ' ']) {
        Some((day, time)) => (day, time.trim()),
        None => (cell, "00"),
    };
    // The time is dropped, so it need only look like one.
    let clock = time.len() >= 2
        && time.bytes().take(2).all(|b| b.is_ascii_digit())
        && time.bytes().all(|b| b.is_ascii_digit() || b":.,+-Zz".contains(&b));
    if !clock || day.len() > 10 || !day.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return Err(why());
    }
    day.parse().map_err(|_| why())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(Column, &str)]) -> Row {
        let mut row = Row::default();
        let required =
            [(Column::Document, "d"), (Column::Holder, "A"), (Column::Relation, "support"), (Column::Target, "B")];
        for (column, cell) in required.iter().chain(cells) {
            row.set(*column, (*cell).to_owned());
        }
        row
    }

    fn wrong(cells: &[(Column, &str)]) -> String {
        row(cells).build().unwrap_err()
    }

    #[test]
    fn four_cells_are_enough() {
        let s = row(&[]).build().unwrap();
        assert_eq!((s.coder.as_str(), s.id.as_str()), ("human", s.hash().as_str()));
        assert_eq!((s.date, s.sentence, s.span, s.confidence), (None, None, None, None));
    }

    #[test]
    fn names_are_tidied_and_quotes_are_not() {
        let s = row(&[
            (Column::Holder, "  Emmanuel \u{a0}\n Macron "),
            (Column::Toward, " France ;; European   Union;"),
            (Column::Quote, " said  \"no\" "),
        ]);
        let s = s.build().unwrap();
        assert_eq!(s.holder, "Emmanuel Macron");
        assert_eq!(s.toward, ["France", "European Union"]);
        assert_eq!(s.quote, " said  \"no\" ");
    }

    #[test]
    fn dates_are_cut_to_the_day() {
        for cell in
            ["2024-06-09", "2024-06-09T12:30:00Z", "2024-06-09 12:30", "2024-06-09T12:30:00.5+02:00", "20240609"]
        {
            assert_eq!(date(cell).unwrap().to_string(), "2024-06-09", "{cell}");
        }
        for cell in ["09.06.2024", "6/9/2024", "2024-06", "2024-02-30", "2024-06-09 noon", "2024-06-09T", "today"] {
            assert!(wrong(&[(Column::Date, cell)]).contains("2024-06-09"), "{cell}");
        }
    }

    #[test]
    fn truth_has_few_words() {
        for (cell, value) in [("TRUE", true), ("1", true), ("Yes", true), ("", false), ("0", false), ("no", false)] {
            assert_eq!(row(&[(Column::Hedged, cell)]).build().unwrap().hedged, value);
        }
        assert_eq!(wrong(&[(Column::Hedged, "maybe")]), "hedged is \"maybe\"; use true or false");
    }

    #[test]
    fn numbers_are_checked() {
        assert_eq!(row(&[(Column::Start, "3.0"), (Column::End, "7")]).build().unwrap().span, Some((3, 7)));
        assert!(wrong(&[(Column::Start, "3")]).contains("both or neither"));
        assert!(wrong(&[(Column::Start, "9"), (Column::End, "3")]).contains("start 9 is after end 3"));
        assert!(wrong(&[(Column::Sentence, "-1")]).contains("whole number"));
        for cell in ["NaN", "1.01", "-0.5", "inf"] {
            assert!(wrong(&[(Column::Confidence, cell)]).contains("from 0 to 1"), "{cell}");
        }
        assert!(wrong(&[(Column::Confidence, "0,5")]).contains("decimal point"));
    }

    #[test]
    fn a_row_tells_all_that_is_wrong_with_it() {
        let text = wrong(&[
            (Column::Relation, "likes"),
            (Column::HolderKind, "matter"),
            (Column::TargetKind, "state"),
            (Column::Target, " A "),
            (Column::Document, " "),
        ]);
        for part in [
            "unknown relation \"likes\"; use invite, support or oppose",
            "holder_kind is matter",
            "target_kind is \"state\"; use country, institution, person or matter",
            "\"A\" is both holder and target",
            "no document",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(wrong(&[(Column::Withheld, "yes")]).contains("only an invite can be withheld"));
    }

    #[test]
    fn messages_stay_short_whatever_the_cell() {
        let text = wrong(&[(Column::Relation, &"x\u{1b}\n".repeat(100_000))]);
        assert!(text.len() < 250 && !text.contains(['\n', '\u{1b}']), "{text}");
    }
}
