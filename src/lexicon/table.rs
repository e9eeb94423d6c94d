//! One table of the lexicon: a header and rows of cells, each row with its line.
//!
//! In: bytes of CSV. Out: a [`Table`]. Never here: what the columns mean.

use crate::{Error, Result};
use std::collections::HashMap;

/// Cells under named columns.
#[derive(Debug, Clone, Default)]
pub struct Table {
    file: String,
    columns: HashMap<String, usize>,
    records: Vec<Record>,
}

#[derive(Debug, Clone)]
struct Record {
    file: String,
    line: u64,
    cells: Vec<String>,
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    columns: &'a HashMap<String, usize>,
    record: &'a Record,
}

impl Table {
    /// Reads a table; `file` names it in messages.
    ///
    /// # Errors
    /// Broken CSV, rows of the wrong length, a missing column of `required`, an empty first cell.
    pub fn read(file: &str, bytes: &[u8], required: &[&str]) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let header = reader.headers().map_err(|e| broken(file, &e))?.clone();
        let columns: HashMap<String, usize> =
            header.iter().enumerate().map(|(at, name)| (name.to_owned(), at)).collect();
        let missing: Vec<&str> = required.iter().copied().filter(|name| !columns.contains_key(*name)).collect();
        if !missing.is_empty() {
            return Err(Error::at(
                file,
                1,
                format!("columns missing: {}; the first line names the columns", missing.join(", ")),
            ));
        }
        let mut records = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| broken(file, &e))?;
            let line = record.position().map_or(0, csv::Position::line);
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if cells.first().is_none_or(String::is_empty) {
                return Err(Error::at(file, line, "the first cell is empty; it names the row"));
            }
            records.push(Record { file: file.to_owned(), line, cells });
        }
        Ok(Self { file: file.to_owned(), columns, records })
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(|record| Row { columns: &self.columns, record })
    }

    /// What `value` reads from each row, by the row's first cell.
    ///
    /// # Errors
    /// Those of `value`.
    pub fn by_key<T>(&self, value: impl Fn(Row<'_>) -> Result<T>) -> Result<HashMap<String, T>> {
        self.rows().map(|row| Ok((row.key().to_owned(), value(row)?))).collect()
    }

    /// Adds the rows of `other`; those with the same first cell replace ours. Columns are matched by name; what `other`
    /// lacks is empty, what only it has is left out.
    pub fn overlay(&mut self, other: &Self) {
        let replaced: std::collections::HashSet<&str> =
            other.records.iter().filter_map(|r| r.cells.first()).map(String::as_str).collect();
        self.records.retain(|r| r.cells.first().is_none_or(|key| !replaced.contains(key.as_str())));
        for row in other.rows() {
            let mut cells = vec![String::new(); self.columns.len()];
            for (name, &at) in &self.columns {
                row.get(name).clone_into(&mut cells[at]);
            }
            self.records.push(Record { file: row.record.file.clone(), line: row.record.line, cells });
        }
    }

    /// What messages call the table.
    pub fn file(&self) -> &str {
        &self.file
    }
}

impl<'a> Row<'a> {
    /// The first cell, which names the row.
    pub fn key(&self) -> &'a str {
        self.record.cells.first().map_or("", String::as_str)
    }

    /// The cell under `column`; empty when there is no such column.
    pub fn get(&self, column: &str) -> &'a str {
        self.columns.get(column).and_then(|&at| self.record.cells.get(at)).map_or("", String::as_str)
    }

    /// The cell as a list, parted by ';'.
    pub fn list(&self, column: &str) -> Vec<String> {
        self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// The cell, or `None` when it is empty.
    pub fn some(&self, column: &str) -> Option<String> {
        Some(self.get(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// An error at this row.
    pub fn error(&self, message: &str) -> Error {
        Error::at(&self.record.file, self.record.line, message)
    }
}

fn broken(file: &str, error: &csv::Error) -> Error {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(1, csv::Position::line);
            Error::at(file, line, format!("{len} cells under {expected_len} columns; quote cells that hold commas"))
        }
        csv::ErrorKind::Utf8 { pos, .. } => {
            Error::at(file, pos.as_ref().map_or(1, csv::Position::line), "this is not UTF-8; save the table as UTF-8")
        }
        _ => Error::input(file, error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlay_replaces_by_first_cell() {
        let mut ours = Table::read("ours.csv", b"name,code\nA,1\nB,2\n", &["name"]).unwrap();
        let theirs = Table::read("theirs.csv", b"code,name\n", &["name"]).unwrap();
        ours.overlay(&theirs);
        let theirs = Table::read("theirs.csv", b"name,note\nB,x\nC,y\n", &["name"]).unwrap();
        ours.overlay(&theirs);
        let rows: Vec<(&str, &str)> = ours.rows().map(|r| (r.get("name"), r.get("code"))).collect();
        assert_eq!(rows, [("A", "1"), ("B", ""), ("C", "")]);
    }

    #[test]
    fn broken_rows_name_file_and_line() {
        let error = Table::read("t.csv", b"name,code\nA,1\nB\n", &["name"]).unwrap_err().to_string();
        assert_eq!(error, "t.csv:3: 1 cells under 2 columns; quote cells that hold commas");
        let error = Table::read("t.csv", b"code\n1\n", &["name"]).unwrap_err().to_string();
        assert!(error.starts_with("t.csv:1: columns missing: name"), "{error}");
    }
}
