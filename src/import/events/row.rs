//! A row of an event table as a statement.
//!
//! In: the cells of a row, and who its actors are. Out: an [`Event`], and by it a [`Statement`]. Never here: which rows
//! are stances.

use super::actors::Who;
use super::codes::Codebook;
use super::columns::{Cells, Source};
use crate::document::parse_date;
use crate::statement::{Relation, Statement};
use encoding_rs::WINDOWS_1252;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The columns that a table of statements made of events has besides ours: the event's code and what it is called, where
/// it was reported, and whom the target speaks for.
pub const EXTRA: [&str; 4] = ["code", "event", "url", "target_for"];

/// What is kept of a row. Of two in one tie the lesser is the better evidence, by the order of the network's: a link goes
/// before none, then the document decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub(super) without_link: bool,
    pub(super) document: String,
    pub(super) day: Option<Day>,
    code: String,
    link: String,
    publisher: String,
    source: Source,
}

/// A day as a number that sorts: 20240131.
pub(super) type Day = i32;

impl Event {
    pub(super) fn new(cells: &Cells<'_>, source: Source, document: &str, day: Option<Day>) -> Self {
        let link = text(cells.link);
        let is_link = link.contains("://");
        let mode = text(cells.mode);
        let none = matches!(&*mode, "" | "None" | "none" | "null" | "NA");
        let code = text(cells.code);
        Self {
            without_link: !is_link,
            document: document.to_owned(),
            day,
            code: if none { code.into_owned() } else { format!("{code}/{mode}") },
            // GDELT names what has no link, such as a broadcast, in the same column.
            publisher: if is_link || link.is_empty() { text(cells.publisher).into_owned() } else { link.to_string() },
            link: if is_link { link.into_owned() } else { String::new() },
            source,
        }
    }

    /// The statement that the event is.
    pub(super) fn statement(&self, from: &Who, to: &Who, relation: Relation, weak: bool, book: &Codebook) -> Statement {
        let extra = [
            (EXTRA[0], self.code.clone()),
            (EXTRA[1], book.name(&self.code).to_owned()),
            (EXTRA[2], self.link.clone()),
            (EXTRA[3], to.speaks_for.clone().unwrap_or_default()),
        ];
        let reported = if self.link.is_empty() { &self.publisher } else { domain(&self.link) };
        let mut statement = Statement {
            id: String::new(),
            document: self.document.clone(),
            date: self.day.and_then(date),
            sentence: None,
            holder: from.name.clone(),
            holder_kind: from.kind,
            holder_for: from.speaks_for.clone(),
            relation,
            target: to.name.clone(),
            target_kind: to.kind,
            toward: Vec::new(),
            matter: None,
            withheld: false,
            hedged: weak,
            source: Some(reported.to_owned()).filter(|s| !s.is_empty()),
            quote: String::new(),
            span: None,
            coder: self.source.coder().to_owned(),
            confidence: None,
            extra: extra.into_iter().map(|(column, cell)| (column.to_owned(), cell)).collect::<BTreeMap<_, _>>(),
        };
        statement.id = statement.hash();
        statement
    }
}

/// The site of a link, without "www.".
fn domain(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let site = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    site.strip_prefix("www.").unwrap_or(site)
}

/// The words of a cell: UTF-8, or, where it is not, Windows-1252, which has a letter for each byte; on one line.
pub(super) fn text(cell: &[u8]) -> Cow<'_, str> {
    // Nearly all cells are plain.
    if cell.iter().all(u8::is_ascii_graphic)
        && let Ok(text) = std::str::from_utf8(cell)
    {
        return Cow::Borrowed(text);
    }
    let text = match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(WINDOWS_1252.decode_without_bom_handling(cell).0.into_owned()),
    };
    let plain = !text.bytes().any(|b| b < b' ' || b == 0x7f) && text.trim().len() == text.len() && !text.contains("  ");
    if plain && !text.chars().any(char::is_control) {
        return text;
    }
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Cow::Owned(spaced.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A day: eight digits as in GDELT, or a date in any form that is read elsewhere; `None` for an empty cell.
pub(super) fn day(cell: &[u8]) -> Result<Option<Day>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let digits = |at: std::ops::Range<usize>| -> Option<i32> {
        cell.get(at)?.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i32::from(b - b'0')))
    };
    let number = match cell.len() {
        8 => digits(0..8),
        10 if cell[4] == b'-' && cell[7] == b'-' => {
            digits(0..4).zip(digits(5..7)).zip(digits(8..10)).map(|((y, m), d)| y * 10_000 + m * 100 + d)
        }
        _ => std::str::from_utf8(cell).ok().and_then(parse_date).map(packed),
    };
    number.filter(|n| date(*n).is_some()).map(Some).ok_or_else(|| {
        let shown: String = String::from_utf8_lossy(cell).chars().take(40).collect();
        format!("\"{shown}\" is no date; it is expected as 20240131 or 2024-01-31")
    })
}

/// A date as a number that sorts.
pub(super) fn packed(date: Date) -> Day {
    i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day())
}

pub(super) fn date(day: Day) -> Option<Date> {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_are_words_on_one_line_whatever_their_encoding() {
        assert_eq!(text("São  Paulo\u{0}\u{85} x".as_bytes()), "São Paulo x");
        assert_eq!(text(b"S\xe3o Paulo"), "São Paulo");
        assert_eq!(text(b" "), "");
    }

    #[test]
    fn days_are_told_as_they_stand() {
        assert_eq!(day(b"20240229"), Ok(Some(20_240_229)));
        assert_eq!(day(b"2024-02-29"), Ok(Some(20_240_229)));
        assert_eq!(day(b"2024-02-29T10:00:00"), Ok(Some(20_240_229)));
        assert_eq!(day(b""), Ok(None));
        for bad in [b"20230229".as_slice(), b"2024-0", b"0", b"2024\x0011", b"99999999"] {
            assert!(day(bad).unwrap_err().contains("is no date"), "{bad:?}");
        }
    }

    #[test]
    fn who_reports_is_the_site() {
        assert_eq!(domain("https://www.post.example:80/a?b"), "post.example");
        assert_eq!(domain("http://post.example"), "post.example");
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_cell(cell in prop::collection::vec(any::<u8>(), 0..20)) {
            let words = text(&cell);
            prop_assert!(!words.contains(char::is_control));
            prop_assert_eq!(text(words.as_bytes()), words.clone());
            let _ = day(&cell);
        }
    }
}
