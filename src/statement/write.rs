//! Writes a statements table as CSV.
//!
//! In: statements, one at a time. Out: RFC 4180 with `\n` as the line end (as every reader of it takes, and version
//! control likes), UTF-8 without a byte order mark, the columns of [`COLUMNS`] and after them the unknown ones in
//! sorted order. Never here: a row that [`Table::read`](super::Table::read) would refuse.

use super::Statement;
use super::aliases::is_renamed;
use super::blank::Blank;
use super::brief::Brief;
use super::columns::{COLUMNS, Column, Names};
use super::row::clip;
use crate::{Error, Result};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// A CSV file of statements that is written row by row.
pub struct CsvWriter<W: Write> {
    name: String,
    out: csv::Writer<W>,
    extra: Vec<String>,
}

impl<W: Write> CsvWriter<W> {
    /// Begins a table: writes the header. `name` is what messages call `out`; `extra` are the unknown columns that
    /// the statements have (see [`extra_columns`]).
    ///
    /// # Errors
    /// A failed write; an unknown column without a name or with one of ours.
    pub fn new(name: &str, out: W, extra: &BTreeSet<String>) -> Result<Self> {
        for column in extra {
            check_extra(name, column)?;
        }
        let mut writer = Self {
            name: name.to_owned(),
            out: csv::WriterBuilder::new().from_writer(out),
            extra: extra.iter().cloned().collect(),
        };
        let header = COLUMNS.into_iter().chain(writer.extra.iter().map(String::as_str));
        writer.out.write_record(header).map_err(|e| failed(name, e))?;
        Ok(writer)
    }

    /// Writes one row.
    ///
    /// # Errors
    /// A failed write; a statement that breaks a rule of the table, or has an unknown column that was not announced.
    pub fn write(&mut self, statement: &Statement) -> Result<()> {
        check(&self.name, statement)?;
        if let Some(column) = statement.extra.keys().find(|k| self.extra.binary_search(k).is_err()) {
            return Err(refused(&self.name, statement, &format!("column {} is not in the header", clip(column))));
        }
        let ours = Column::ALL.into_iter().map(|column| cell(statement, column));
        let extra = self.extra.iter().map(|column| Cow::from(statement.extra.get(column).map_or("", String::as_str)));
        for field in ours.chain(extra) {
            self.out.write_field(field.as_bytes()).map_err(|e| failed(&self.name, e))?;
        }
        self.out.write_record(None::<&[u8]>).map_err(|e| failed(&self.name, e))
    }

    /// Writes a row that says of a document that it was coded, and holds no statement.
    ///
    /// # Errors
    /// A failed write.
    pub fn write_blank(&mut self, blank: &Blank) -> Result<()> {
        let cells = Column::ALL.into_iter().map(|column| blank.cell(column).unwrap_or_default());
        let cells: Vec<Cow<'_, str>> = cells.chain(self.extra.iter().map(|_| "".into())).collect();
        self.out.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(|e| failed(&self.name, e))
    }

    /// Sends rows that are still held back on their way, so that who reads along sees them.
    ///
    /// # Errors
    /// A failed write.
    pub fn flush(&mut self) -> Result<()> {
        self.out.flush().map_err(|e| Error::io(&self.name, e))
    }

    /// Ends the table and gives the writer back.
    ///
    /// # Errors
    /// A failed write.
    pub fn finish(self) -> Result<W> {
        let Self { name, out, .. } = self;
        out.into_inner().map_err(|e| Error::io(name, e.into_error()))
    }
}

/// The whole table as CSV, rows in the order given.
///
/// # Errors
/// A statement that breaks a rule of the table.
pub fn to_csv(statements: &[Statement]) -> Result<Vec<u8>> {
    csv_of(statements, &BTreeSet::new())
}

/// As [`to_csv`], with the documents that were coded and hold no statement in rows of their own, after all others.
///
/// # Errors
/// A statement that breaks a rule of the table.
pub fn csv_of(statements: &[Statement], blanks: &BTreeSet<Blank>) -> Result<Vec<u8>> {
    let mut writer = CsvWriter::new("statements", Vec::new(), &extra_columns(statements))?;
    statements.iter().try_for_each(|statement| writer.write(statement))?;
    blanks.iter().try_for_each(|blank| writer.write_blank(blank))?;
    writer.finish()
}

/// The unknown columns that any of the statements has.
pub fn extra_columns<'s>(statements: impl IntoIterator<Item = &'s Statement>) -> BTreeSet<String> {
    let mut columns = BTreeSet::new();
    for column in statements.into_iter().flat_map(|s| s.extra.keys()) {
        if !columns.contains(column) {
            columns.insert(column.clone());
        }
    }
    columns
}

/// Refuses a statement that could not be read again.
pub(super) fn check(name: &str, statement: &Statement) -> Result<()> {
    let renamed = statement.extra.iter().any(|(column, cell)| is_renamed(column, cell));
    match Brief::of(statement).problems(renamed) {
        wrong if wrong.is_empty() => Ok(()),
        wrong => Err(refused(name, statement, &wrong.join("; "))),
    }
}

/// Refuses an unknown column that could not be read again.
pub(super) fn check_extra(name: &str, column: &str) -> Result<()> {
    if column.is_empty() || column.trim() != column || Names::default().column(column).is_some() {
        let column = clip(column);
        return Err(Error::input(name, format!("{column} cannot be the name of an unknown column; rename it")));
    }
    Ok(())
}

fn refused(name: &str, statement: &Statement, why: &str) -> Error {
    Error::input(name, format!("statement {} of document {}: {why}", statement.id, clip(&statement.document)))
}

fn failed(name: &str, error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(source) => Error::io(name, source),
        other => Error::io(name, io::Error::other(format!("{other:?}"))),
    }
}

/// The words of one cell.
pub(super) fn cell(s: &Statement, column: Column) -> Cow<'_, str> {
    let option = |text: &'static str| Cow::from(text);
    let text = |text: &Option<String>| Cow::from(text.clone().unwrap_or_default());
    match column {
        Column::Id => Cow::from(&s.id),
        Column::Document => Cow::from(&s.document),
        Column::Date => s.date.map_or(Cow::from(""), |d| Cow::from(d.to_string())),
        Column::Sentence => s.sentence.map_or(Cow::from(""), |n| Cow::from(n.to_string())),
        Column::Holder => Cow::from(&s.holder),
        Column::HolderKind => option(s.holder_kind.map_or("", super::Kind::as_str)),
        Column::HolderFor => text(&s.holder_for),
        Column::Relation => option(s.relation.as_str()),
        Column::Target => Cow::from(&s.target),
        Column::TargetKind => option(s.target_kind.map_or("", super::Kind::as_str)),
        Column::Toward => Cow::from(s.toward.join(";")),
        Column::Matter => text(&s.matter),
        Column::Withheld => option(if s.withheld { "true" } else { "false" }),
        Column::Hedged => option(if s.hedged { "true" } else { "false" }),
        Column::Source => text(&s.source),
        Column::Quote => Cow::from(&s.quote),
        Column::Start => s.span.map_or(Cow::from(""), |(start, _)| Cow::from(start.to_string())),
        Column::End => s.span.map_or(Cow::from(""), |(_, end)| Cow::from(end.to_string())),
        Column::Coder => Cow::from(&s.coder),
        Column::Confidence => s.confidence.map_or(Cow::from(""), |c| Cow::from(c.to_string())),
    }
}
