//! From the words of a row to what it says.
//!
//! In: the cells of one row, from CSV or JSON. Out: a [`Brief`], or all that is wrong with the row.
//! Never here: files, lines, other rows.

use super::blank::Blank;
use super::brief::Brief;
use super::columns::{Column, Names};
use super::{Kind, Relation};
use crate::document::parse_date;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::FromStr;

/// The cells of one row, each under its column; a cell that is not there is empty.
#[derive(Debug, Default)]
pub(super) struct Row<'a> {
    cells: [Cow<'a, str>; 20],
    /// Names of the `toward` column when they came as a list.
    pub(super) toward: Vec<String>,
    pub(super) extra: BTreeMap<String, String>,
    /// Stands for `extra` where that is not kept: a hash of its names and cells, the same in any order.
    pub(super) extra_hash: u64,
    /// Whether it holds more than a row without a statement may: an unknown column that is filled.
    pub(super) more: bool,
    /// Whether the holder or the target was renamed, so that both may be one.
    pub(super) renamed: bool,
}

impl<'a> Row<'a> {
    pub(super) fn set(&mut self, column: Column, cell: Cow<'a, str>) {
        self.cells[column as usize] = cell;
    }

    /// What the row says, or all that is wrong with it, in one line; `None` for a row of somebody else's table that has
    /// no holder, target or relation, or whose holder is its target. `place` is what a document is called that has no
    /// other name.
    pub(super) fn brief(&self, names: &Names, place: impl Fn() -> String) -> Result<Option<Brief<'_>>, String> {
        let mut wrong = Vec::new();
        let (relation, level) = self.relation(names).unwrap_or_else(|problem| {
            wrong.push(problem);
            (None, None)
        });
        let date = self.parse(Column::Date, &mut wrong, |c| date(c, names.is_mapped()));
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
        let mut toward: Vec<Cow<'_, str>> = self.toward.iter().map(|n| name(n)).collect();
        if !self.cells[Column::Toward as usize].is_empty() {
            toward.extend(self.cells[Column::Toward as usize].split(';').map(name));
        }
        toward.retain(|n| !n.is_empty());
        let mut brief = Brief {
            id: self.text(Column::Id),
            document: Cow::Borrowed(self.text(Column::Document)),
            date: date.map(|(day, _)| day),
            second: date.map_or(0, |(_, second)| second),
            sentence,
            holder: self.name(Column::Holder).unwrap_or_default(),
            holder_kind,
            holder_for: self.name(Column::HolderFor),
            relation,
            level,
            target: self.name(Column::Target).unwrap_or_default(),
            target_kind,
            toward,
            matter: self.name(Column::Matter),
            withheld,
            hedged,
            source: self.name(Column::Source),
            quote: &self.cells[Column::Quote as usize],
            span,
            coder: self.name(Column::Coder).unwrap_or(Cow::Borrowed("human")),
            confidence,
        };
        if names.is_mapped() {
            let incomplete = brief.holder.is_empty() || brief.target.is_empty() || brief.holder == brief.target;
            if incomplete || (!names.is_mention() && self.text(Column::Relation).is_empty()) {
                return Ok(None);
            }
            if brief.document.is_empty() {
                brief.document = Cow::Owned(place());
            }
            // What is nowhere an actor is a matter then (see `network`), as in most tables of other programs.
            if brief.target_kind.is_none() && brief.matter.is_none() {
                brief.matter = Some(brief.target.clone());
            }
        }
        wrong.extend(brief.problems(self.renamed));
        if wrong.is_empty() { Ok(Some(brief)) } else { Err(wrong.join("; ")) }
    }

    /// The document that the row is of, where it says no more than that it was coded, and by whom; a date may stand beside.
    /// Without a coder it is a row that is still to be filled in.
    pub(super) fn blank(&self) -> Option<Blank> {
        let free = |column: Column| match column {
            Column::Document | Column::Date | Column::Coder => true,
            Column::Withheld | Column::Hedged => matches!(truth(self.text(column)), Ok(false)),
            _ => false,
        };
        let document = self.text(Column::Document);
        let bare = Column::ALL.into_iter().all(|column| self.text(column).is_empty() || free(column));
        if !bare || self.more || !self.toward.is_empty() || document.is_empty() {
            return None;
        }
        let date = match self.text(Column::Date) {
            "" => None,
            cell => Some(date(cell, false).ok()?.0),
        };
        Some(Blank { document: document.to_owned(), coder: self.name(Column::Coder)?.into_owned(), date })
    }

    /// A cell, trimmed.
    pub(super) fn text(&self, column: Column) -> &str {
        self.cells[column as usize].trim()
    }

    fn name(&self, column: Column) -> Option<Cow<'_, str>> {
        Some(name(&self.cells[column as usize])).filter(|n| !n.is_empty())
    }

    /// The stance, and its number where stances are numbers.
    fn relation(&self, names: &Names) -> Result<(Option<Relation>, Option<i32>), String> {
        let word = self.text(Column::Relation);
        if names.is_mapped() {
            return match word {
                "" => Ok((None, None)),
                word if names.is_scale() => level(word),
                word => theirs(word).map(|relation| (Some(relation), None)),
            };
        }
        Relation::from_str(word).map(|relation| (Some(relation), None)).map_err(|_| match word {
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

/// A stance as a number.
fn level(word: &str) -> Result<(Option<Relation>, Option<i32>), String> {
    const MOST: i32 = 1_000_000;
    match whole::<i32>(word.trim_start_matches('+')) {
        Ok(level) if level.abs() <= MOST => {
            let relation = match level.signum() {
                1 => Some(Relation::Support),
                -1 => Some(Relation::Oppose),
                _ => None,
            };
            Ok((relation, Some(level)))
        }
        _ => Err(format!("the relation is {}; with --scale it is a whole number up to {MOST}", clip(word))),
    }
}

/// The relation as tables of other programs have it.
fn theirs(word: &str) -> Result<Relation, String> {
    match word.to_ascii_lowercase().as_str() {
        "1" | "1.0" | "+1" | "yes" | "true" | "support" | "+" | "pro" | "for" | "agree" => Ok(Relation::Support),
        "0" | "0.0" | "-1" | "-1.0" | "no" | "false" | "oppose" | "-" | "contra" | "con" | "against" | "disagree" => {
            Ok(Relation::Oppose)
        }
        "invite" => Ok(Relation::Invite),
        _ => Err(format!(
            "unknown relation {}; use 1 or 0, + or -, yes or no, true or false, pro or contra, agree or disagree, support, \
             oppose or invite (or, where it is a number, `edges --scale`)",
            clip(word)
        )),
    }
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
pub(super) fn name(cell: &str) -> Cow<'_, str> {
    let mut gap = true;
    for c in cell.chars() {
        if c.is_whitespace() && (gap || c != ' ') {
            return Cow::Owned(cell.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        gap = c == ' ';
    }
    if gap { Cow::Borrowed(cell.trim_end()) } else { Cow::Borrowed(cell) }
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

/// A day in ISO 8601 and, of a date with a time, the second of the day; in somebody else's table the day may be written
/// in any way that articles may.
fn date(cell: &str, theirs: bool) -> Result<(Date, u32), String> {
    let why = || "write the date as in 2024-06-09".to_owned();
    let (day, time) = match cell.split_once(['T', 't', ' ']) {
        Some((day, time)) => (day, time.trim()),
        None => (cell, "00"),
    };
    // The time only tells what was said first, so it need only look like one.
    let clock = time.len() >= 2
        && time.bytes().take(2).all(|b| b.is_ascii_digit())
        && time.bytes().all(|b| b.is_ascii_digit() || b":.,+-Zz".contains(&b));
    let iso = clock && day.len() <= 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match day.parse() {
        Ok(day) if iso => Ok((day, second(time))),
        _ if theirs => parse_date(cell).map(|day| (day, 0)).ok_or_else(why),
        _ => Err(why()),
    }
}

/// Hours, minutes and seconds as seconds; a part that is not there or too great is 0.
fn second(time: &str) -> u32 {
    let mut parts = time.split(|c: char| !c.is_ascii_digit()).map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = |most: u32| parts.next().filter(|n| *n < most).unwrap_or(0);
    (next(24) * 60 + next(60)) * 60 + next(60)
}

#[cfg(test)]
mod tests {
    use super::super::Statement;
    use super::*;

    struct Built(Row<'static>);

    impl Built {
        fn build(self) -> Result<Statement, String> {
            let brief = self.0.brief(&Names::default(), String::new)?;
            Ok(brief.and_then(Brief::keep).unwrap())
        }
    }

    fn row(cells: &[(Column, &str)]) -> Built {
        let mut row = Row::default();
        let required =
            [(Column::Document, "d"), (Column::Holder, "A"), (Column::Relation, "support"), (Column::Target, "B")];
        for (column, cell) in required.iter().chain(cells) {
            row.set(*column, (*cell).to_owned().into());
        }
        Built(row)
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
            assert_eq!(date(cell, false).unwrap().0.to_string(), "2024-06-09", "{cell}");
        }
        for cell in ["09.06.2024", "6/9/2024", "2024-06", "2024-02-30", "2024-06-09 noon", "2024-06-09T", "today"] {
            assert!(wrong(&[(Column::Date, cell)]).contains("2024-06-09"), "{cell}");
        }
    }

    #[test]
    fn the_time_of_the_day_orders() {
        let seconds = |cell: &str| date(cell, false).unwrap().1;
        assert_eq!(seconds("2024-06-09T12:30:05.5Z"), 45_005);
        assert_eq!((seconds("2024-06-09 12"), seconds("2024-06-09 99:61:30"), seconds("2024-06-09")), (43_200, 30, 0));
    }

    #[test]
    fn rows_of_other_programs_have_other_words() {
        let names = Names::parse(&["holder=who", "date=when"]).unwrap();
        let brief = |cells: &[(Column, &str)]| {
            let row = row(cells).0;
            row.brief(&names, || "t:7".to_owned())
                .map(|b| b.map(|b| (b.relation, b.document.into_owned(), b.matter.map(Cow::into_owned))))
        };
        for word in ["1", "yes", "TRUE", "support", "+", "pro", "agree", "1.0"] {
            assert_eq!(brief(&[(Column::Relation, word)]).unwrap().unwrap().0, Some(Relation::Support), "{word}");
        }
        for word in ["0", "-1", "no", "False", "oppose", "-", "contra", "disagree"] {
            assert_eq!(brief(&[(Column::Relation, word)]).unwrap().unwrap().0, Some(Relation::Oppose), "{word}");
        }
        assert!(brief(&[(Column::Relation, "2")]).unwrap_err().contains("use 1 or 0"));
        let nameless = brief(&[(Column::Document, " "), (Column::Date, "9 June 2024")]).unwrap().unwrap();
        assert_eq!((nameless.1.as_str(), nameless.2.as_deref()), ("t:7", Some("B")));
        for gap in [(Column::Holder, ""), (Column::Target, " "), (Column::Relation, ""), (Column::Target, "A")] {
            assert_eq!(brief(&[gap]).unwrap(), None, "{gap:?} is passed over");
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
