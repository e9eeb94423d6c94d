//! Reads a statements table, and puts several together.
//!
//! In: CSV (comma, semicolon or tab, told from the header) or JSON Lines (told from the first character), in UTF-8,
//! with or without a byte order mark. Out: a [`Table`]: statements with the lines they stand on. Never here: guesses;
//! a row that cannot be understood is an error, and all bad rows of a file are told at once.
//!
//! Cells that begin with `=`, `+`, `-` or `@` are data like any other and stay as they are, in and out: a quote must be
//! verbatim, and a table that adds an apostrophe to such cells would not say what the text says. Who opens a table
//! from somebody they do not trust in a spreadsheet should import it as text.

use super::aliases::is_renamed;
use super::apart::tell_apart;
use super::blank::Blank;
use super::brief::Brief;
use super::columns::{Column, Names, Place, places};
use super::order::{canonical_sort, differences};
use super::problems::Problems;
use super::records::{Fault, MAX_RECORD, Records};
use super::row::Row;
use super::seen::{Seen, hash};
use super::{Statement, jsonl};
use crate::{Error, Result};
use std::collections::{BTreeMap, HashMap};
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
    /// Documents of which a row says that they were coded, without a statement. Some may have statements in other rows.
    pub blanks: Vec<Blank>,
    /// Rows of somebody else's table that were passed over, having no holder, target or relation.
    pub passed_over: u64,
}

impl Table {
    /// Reads a table. `file` is what messages call it, `names` what its columns are called.
    ///
    /// # Errors
    /// All bad rows, each with its line (20 at most, then how many more); a header without `document`, `holder`,
    /// `relation` and `target`; a record of more than 16 MiB; a table without statements; a failed read.
    pub fn read(file: &str, input: impl BufRead, names: &Names) -> Result<Self> {
        let table = Self::read_rows(file, input, names)?;
        if table.statements.is_empty() && table.blanks.is_empty() {
            return Err(Error::input(file, "no statements"));
        }
        Ok(table)
    }

    /// Reads a table that may be without statements, as a part of a run is whose documents have none.
    ///
    /// # Errors
    /// As [`Table::read`], but for a table without statements or without a byte.
    pub fn read_part(file: &str, mut input: impl BufRead, names: &Names) -> Result<Self> {
        if input.fill_buf().map_err(|e| Error::io(file, e))?.is_empty() {
            return Ok(Self::empty(file));
        }
        Self::read_rows(file, input, names)
    }

    /// The documents that its rows speak of, one for each row.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        let stated = self.statements.iter().map(|s| s.document.as_str());
        stated.chain(self.blanks.iter().map(|blank| blank.document.as_str()))
    }

    fn empty(file: &str) -> Self {
        Self { file: file.to_owned(), statements: Vec::new(), lines: Vec::new(), blanks: Vec::new(), passed_over: 0 }
    }

    fn read_rows(file: &str, mut input: impl BufRead, names: &Names) -> Result<Self> {
        let mut table = Self::empty(file);
        let mut by_id: HashMap<String, usize> = HashMap::new();
        let mut times: HashMap<String, u64> = HashMap::new();
        (table.passed_over, table.blanks, _) = rows(file, &mut input, names, true, &mut |line, brief, extra, _| {
            let own_id = !brief.id.is_empty();
            let mut statement = brief.keep().ok_or("a mention is no stance; name the column of the relation")?;
            statement.extra = extra;
            if let Some(&other) = by_id.get(&statement.id) {
                let other_coder = !own_id && table.statements[other].coder != statement.coder;
                match differences(&table.statements[other], &statement).filter(|_| names.has_ids()) {
                    // Two coders may say the same of one place.
                    Some(_) if other_coder => tell_apart(&mut statement),
                    Some(difference) => return Err(same_id(&format!("line {}", table.lines[other]), &difference)),
                    None if names.has_ids() => return Ok(()),
                    // Each row of such a table is a statement of its own, however much it says what another says.
                    None => {
                        let times = times.entry(statement.id.clone()).or_insert(1);
                        *times += 1;
                        statement.id = format!("{}-{times}", statement.id);
                    }
                }
                if let Some(&other) = by_id.get(&statement.id) {
                    return match differences(&table.statements[other], &statement) {
                        Some(difference) => Err(same_id(&format!("line {}", table.lines[other]), &difference)),
                        None => Ok(()),
                    };
                }
            }
            by_id.insert(statement.id.clone(), table.statements.len());
            table.statements.push(statement);
            table.lines.push(line);
            Ok(())
        })?;
        Ok(table)
    }
}

/// Reads a table row by row, keeping none: `visit` gets what each says, in the order of the file. Rows of one id, or
/// without ids of one document, place, relation, holder and target, are visited once; `seen` knows those of all tables
/// that were read with it. Gives the number of rows that were passed over, as [`Table::passed_over`].
///
/// # Errors
/// As [`Table::read`] and [`merge`]; rows before a bad one have been visited then.
pub fn each_row(
    file: &str,
    mut input: impl BufRead,
    names: &Names,
    seen: &mut Seen,
    visit: &mut dyn FnMut(&Brief<'_>) -> Result<()>,
) -> Result<u64> {
    let mut failed = None;
    let mut any = false;
    seen.begin(file);
    let read = rows(file, &mut input, names, false, &mut |line, brief, _, extra_hash| {
        any = true;
        if failed.is_some() || (names.has_ids() && !seen.is_new(&brief, extra_hash, line)?) {
            return Ok(());
        }
        failed = visit(&brief).err();
        Ok(())
    });
    let outcome = match (read, failed) {
        (Err(error), _) | (Ok(_), Some(error)) => Err(error),
        (Ok((_, _, false)), None) if !any => Err(Error::input(file, "no statements")),
        (Ok((passed_over, ..)), None) => Ok(passed_over),
    };
    if outcome.is_err() {
        seen.forget();
    }
    outcome
}

/// Gives each row of a statement to `keep`; the number of rows passed over, the documents without a statement where all of
/// a row is kept (`extras`), and whether there is any.
fn rows(
    file: &str,
    input: &mut impl BufRead,
    names: &Names,
    extras: bool,
    keep: &mut Keep<'_>,
) -> Result<(u64, Vec<Blank>, bool)> {
    let head = head(input).map_err(|e| Error::io(file, e))?;
    let head = head.strip_prefix(MARK).unwrap_or(&head);
    let (problems, blanks, blank) = (Problems::new(), Vec::new(), false);
    let mut gather =
        Gather { file, names, extras, problems, passed_over: 0, blanks, blank, zero: None, minus: None, keep };
    let first = head.iter().find(|b| !b.is_ascii_whitespace());
    if matches!(first, Some(b'{' | b'[')) {
        jsonl::read(head.chain(input), &mut gather)?;
    } else {
        let delimiter = delimiter(head, names);
        read_csv(Records::new(head.chain(input), delimiter, 1), &mut gather)?;
    }
    gather.problems.into_result(file)?;
    Ok((gather.passed_over, gather.blanks, gather.blank))
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

pub(super) fn same_id(other: &str, difference: &str) -> String {
    format!(
        "the same id as {other} (or, without ids, the same document, place, relation, holder and target), but another \
         {difference}; remove or correct one of the two, or give them different ids (`stancenet merge` keeps both, or the \
         one that you choose)"
    )
}

/// Takes a row: its line, what it says, its unknown columns and, where these are not kept, their hash.
type Keep<'k> = dyn FnMut(u64, Brief<'_>, BTreeMap<String, String>, u64) -> std::result::Result<(), String> + 'k;

/// Hands on the rows of one file, and collects what is wrong with them.
pub(super) struct Gather<'k> {
    file: &'k str,
    pub(super) names: &'k Names,
    extras: bool,
    problems: Problems,
    passed_over: u64,
    /// Documents without a statement, where rows are kept; and whether there is any.
    blanks: Vec<Blank>,
    blank: bool,
    /// Lines of the first relations written as 0 and as -1.
    zero: Option<u64>,
    minus: Option<u64>,
    keep: &'k mut Keep<'k>,
}

impl Gather<'_> {
    pub(super) fn problem(&mut self, line: u64, message: impl Into<String>) {
        self.problems.add(self.file, line, message);
    }

    /// What ends the reading: a failed read at once, anything else as one more problem.
    pub(super) fn fault(&mut self, fault: Fault) -> Result<()> {
        self.problems.fault(self.file, fault)
    }

    /// Notes an unknown column of a row; false where it has one of that name already.
    pub(super) fn extra(&self, row: &mut Row<'_>, name: &str, cell: &str) -> bool {
        row.renamed |= is_renamed(name, cell);
        row.more |= !cell.trim().is_empty();
        if self.extras {
            return row.extra.insert(name.to_owned(), cell.to_owned()).is_none();
        }
        if self.names.has_ids() {
            row.extra_hash = row.extra_hash.wrapping_add(hash(&(name, cell)));
        }
        true
    }

    /// Tells a relation that is 0 in one row and -1 in another: with the one 0 is opposition, with the other it is not.
    fn check_zero(&mut self, line: u64, word: &str) {
        let first = match word {
            "0" | "0.0" => &mut self.zero,
            "-1" | "-1.0" => &mut self.minus,
            _ => return,
        };
        let new = first.is_none();
        first.get_or_insert(line);
        if let (true, Some(zero), Some(minus)) = (new, self.zero, self.minus) {
            self.problem(
                line,
                format!(
                    "the relation is 0 on line {zero} and -1 on line {minus}, so 0 may be neither side; write support and oppose, \
                     and leave the rest empty"
                ),
            );
        }
    }

    pub(super) fn row(&mut self, line: u64, mut row: Row<'_>) {
        if !self.names.is_mapped()
            && let Some(blank) = row.blank()
        {
            self.blank = true;
            if self.extras {
                self.blanks.push(blank);
            }
            return;
        }
        if self.names.is_mapped() && !self.names.is_scale() {
            self.check_zero(line, row.text(Column::Relation));
        }
        let (extra, extra_hash) = (std::mem::take(&mut row.extra), row.extra_hash);
        let outcome = match row.brief(self.names, || format!("{}:{line}", self.file)) {
            Ok(Some(brief)) => (self.keep)(line, brief, extra, extra_hash),
            Ok(None) => {
                self.passed_over += 1;
                Ok(())
            }
            Err(wrong) => Err(wrong),
        };
        if let Err(wrong) = outcome {
            self.problem(line, wrong);
        }
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

fn read_csv<R: BufRead>(mut records: Records<R>, gather: &mut Gather<'_>) -> Result<()> {
    let file = gather.file;
    let line = match records.advance() {
        Ok(Some(line)) => line,
        Ok(None) => return Err(Error::input(file, "the file is empty")),
        Err(fault) => return gather.fault(fault),
    };
    let header: std::result::Result<Vec<&str>, _> = records.cells().map(std::str::from_utf8).collect();
    let header = header.map_err(|_| Error::at(file, line, NOT_UTF8))?;
    let places = places(&header, gather.names).map_err(|why| Error::at(file, line, why))?;
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
        match row(records.cells(), &places, gather) {
            Ok(row) => gather.row(line, row),
            Err(why) => gather.problem(line, why),
        }
    }
}

pub(super) const NOT_UTF8: &str = "not UTF-8; save the table as UTF-8 (in spreadsheets: \"CSV UTF-8\")";

fn row<'a>(
    cells: impl ExactSizeIterator<Item = &'a [u8]>,
    places: &[Place],
    gather: &Gather<'_>,
) -> std::result::Result<Row<'a>, String> {
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
            Place::Known(column) => row.set(*column, cell.into()),
            Place::Extra(name) => _ = gather.extra(&mut row, name, cell),
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
