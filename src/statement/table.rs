//! Reads a statements table, and puts several together.
//!
//! In: CSV (comma, semicolon or tab, told from the header) or JSON Lines (told from the first character), in UTF-8,
//! with or without a byte order mark. Out: a [`Table`]: statements with the lines they stand on. Never here: guesses;
//! a row that cannot be understood is an error, and all bad rows of a file are told at once.
//!
//! Cells that begin with `=`, `+`, `-` or `@` are data like any other and stay as they are, in and out: a quote must be
//! verbatim, and a table that adds an apostrophe to such cells would not say what the text says. Who opens a table
//! from somebody they do not trust in a spreadsheet should import it as text.

use super::columns::{Names, Place, places};
use super::order::{canonical_sort, differences};
use super::problems::Problems;
use super::records::{Fault, MAX_RECORD, Records};
use super::row::Row;
use super::{Statement, jsonl};
use crate::{Error, Result};
use std::collections::HashMap;
use std::io::{self, BufRead, Read};

/// The statements of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The file as the user named it, for messages.
    pub file: String,
    /// The statements, in the order of the file; no two have the same id.
    pub statements: Vec<Statement>,
    /// For each statement the line of `file` on which its row begins, counted from 1.
    pub lines: Vec<u64>,
}

impl Table {
    /// Reads a table. `file` is what messages call it, `names` what its columns are called.
    ///
    /// # Errors
    /// All bad rows, each with its line (20 at most, then how many more); a header without `document`, `holder`,
    /// `relation` and `target`; a record of more than 16 MiB; a table without statements; a failed read.
    pub fn read(file: &str, mut input: impl BufRead, names: &Names) -> Result<Self> {
        let head = head(&mut input).map_err(|e| Error::io(file, e))?;
        let head = head.strip_prefix(MARK).unwrap_or(&head);
        let mut gather = Gather::new(file);
        let first = head.iter().find(|b| !b.is_ascii_whitespace());
        if matches!(first, Some(b'{' | b'[')) {
            jsonl::read(head.chain(input), names, &mut gather)?;
        } else {
            let delimiter = delimiter(head, names);
            read_csv(Records::new(head.chain(input), delimiter, 1), names, &mut gather)?;
        }
        gather.finish()
    }
}

/// Puts tables together, in canonical order. A statement that stands identically in several is kept once.
///
/// # Errors
/// Two statements with the same id that are not identical, named with their files and lines.
pub fn merge(tables: Vec<Table>) -> Result<Vec<Statement>> {
    let mut all: Vec<Statement> = Vec::new();
    let mut places: Vec<(usize, u64)> = Vec::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    let files: Vec<String> = tables.iter().map(|t| t.file.clone()).collect();
    let mut problems = Problems::new();
    for (t, table) in tables.into_iter().enumerate() {
        for (statement, line) in table.statements.into_iter().zip(table.lines) {
            let Some(&other) = by_id.get(&statement.id) else {
                by_id.insert(statement.id.clone(), all.len());
                all.push(statement);
                places.push((t, line));
                continue;
            };
            if let Some(difference) = differences(&all[other], &statement) {
                let (file, first) = (&files[places[other].0], places[other].1);
                problems.add(&files[t], line, same_id(&format!("{file}:{first}"), &difference));
            }
        }
    }
    problems.into_result("statements")?;
    canonical_sort(&mut all);
    Ok(all)
}

fn same_id(other: &str, difference: &str) -> String {
    format!(
        "the same id as {other} (or, without ids, the same document, place, relation, holder and target), but another \
         {difference}; remove or correct one of the two, or give them different ids"
    )
}

/// Collects the rows of one file and what is wrong with them.
pub(super) struct Gather {
    table: Table,
    by_id: HashMap<String, usize>,
    problems: Problems,
}

impl Gather {
    fn new(file: &str) -> Self {
        let table = Table { file: file.to_owned(), statements: Vec::new(), lines: Vec::new() };
        Self { table, by_id: HashMap::new(), problems: Problems::new() }
    }

    pub(super) fn problem(&mut self, line: u64, message: impl Into<String>) {
        self.problems.add(&self.table.file, line, message);
    }

    /// What ends the reading: a failed read at once, anything else as one more problem.
    pub(super) fn fault(&mut self, fault: Fault) -> Result<()> {
        match fault {
            Fault::Io(error) => return Err(Error::io(&self.table.file, error)),
            Fault::TooLong(line) => self.problem(
                line,
                format!("more than {} MiB without an end of the row; is a quote left open?", MAX_RECORD >> 20),
            ),
            Fault::OpenQuote(line) => {
                self.problem(
                    line,
                    "the file ends inside a quoted cell of this row; was it cut off, or is a quote left open?",
                );
            }
        }
        Ok(())
    }

    pub(super) fn row(&mut self, line: u64, row: Row) {
        let statement = match row.build() {
            Ok(statement) => statement,
            Err(wrong) => return self.problem(line, wrong),
        };
        if let Some(&other) = self.by_id.get(&statement.id) {
            if let Some(difference) = differences(&self.table.statements[other], &statement) {
                let message = same_id(&format!("line {}", self.table.lines[other]), &difference);
                self.problem(line, message);
            }
            return;
        }
        self.by_id.insert(statement.id.clone(), self.table.statements.len());
        self.table.statements.push(statement);
        self.table.lines.push(line);
    }

    fn finish(self) -> Result<Table> {
        self.problems.into_result(&self.table.file)?;
        if self.table.statements.is_empty() {
            return Err(Error::input(self.table.file, "no statements"));
        }
        Ok(self.table)
    }
}

/// The bytes of the byte order mark.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The input up to the end of its first line that is not blank, or a little over [`MAX_RECORD`] bytes of it.
fn head(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut begun = false;
    while head.len() <= MAX_RECORD {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let is_end = |b: &u8| matches!(b, b'\r' | b'\n');
        let blank = if begun { 0 } else { buffer.iter().take_while(|b| is_end(b) || MARK.contains(b)).count() };
        begun = begun || blank < buffer.len();
        let end = buffer[blank..].iter().position(is_end).map(|i| blank + i + 1);
        let read = end.unwrap_or(buffer.len()).min(MAX_RECORD + 1);
        head.extend_from_slice(&buffer[..read]);
        input.consume(read);
        if end.is_some() {
            break;
        }
    }
    Ok(head)
}

/// The delimiter under which most cells of the header are columns of ours; spreadsheets like to write semicolons.
fn delimiter(head: &[u8], names: &Names) -> u8 {
    let known = |delimiter: u8| {
        let cells = head.split(|b| *b == delimiter).filter_map(|cell| std::str::from_utf8(cell).ok());
        cells.filter(|cell| names.column(cell.trim().trim_matches('"')).is_some()).count()
    };
    let mut best = b',';
    for delimiter in [b';', b'\t'] {
        if known(delimiter) > known(best) {
            best = delimiter;
        }
    }
    best
}

fn read_csv<R: BufRead>(mut records: Records<R>, names: &Names, gather: &mut Gather) -> Result<()> {
    let file = gather.table.file.clone();
    let line = match records.advance() {
        Ok(Some(line)) => line,
        Ok(None) => return Err(Error::input(file, "the file is empty")),
        Err(fault) => return gather.fault(fault),
    };
    let header: std::result::Result<Vec<&str>, _> = records.cells().map(std::str::from_utf8).collect();
    let header = header.map_err(|_| Error::at(&file, line, NOT_UTF8))?;
    let places = places(&header, names).map_err(|why| Error::at(&file, line, why))?;
    loop {
        let line = match records.advance() {
            Ok(Some(line)) => line,
            Ok(None) => return Ok(()),
            Err(fault) => return gather.fault(fault),
        };
        // Spreadsheets leave rows of empty cells behind.
        if records.cells().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
            continue;
        }
        match row(records.cells(), &places) {
            Ok(row) => gather.row(line, row),
            Err(why) => gather.problem(line, why),
        }
    }
}

pub(super) const NOT_UTF8: &str = "not UTF-8; save the table as UTF-8 (in spreadsheets: \"CSV UTF-8\")";

fn row<'a>(cells: impl ExactSizeIterator<Item = &'a [u8]>, places: &[Place]) -> std::result::Result<Row, String> {
    if cells.len() != places.len() {
        return Err(format!(
            "{} cells where the header has {}; was the row cut off, or does a cell lack its quotes?",
            cells.len(),
            places.len()
        ));
    }
    let mut row = Row::default();
    for (cell, place) in cells.zip(places) {
        let cell = std::str::from_utf8(cell).map_err(|_| NOT_UTF8.to_owned())?;
        match place {
            Place::Known(column) => row.set(*column, cell.to_owned()),
            Place::Extra(name) => {
                row.extra.insert(name.clone(), cell.to_owned());
            }
            Place::Unnamed if cell.trim().is_empty() => {}
            Place::Unnamed => {
                return Err("a value in a column without a name; name the column in the header".to_owned());
            }
        }
    }
    Ok(row)
}

#[cfg(test)]
mod tests;
