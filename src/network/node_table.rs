//! What is known of the nodes of an edge list.
//!
//! In: CSV (comma, semicolon or tab) with the column `id`, and any of `label`, `kind` and `cluster` (or `bloc`), in any
//! order and letter case, among whatever else. Out: a [`NodeTable`]. Never here: ties.

use crate::statement::Kind;
use crate::statement::problems::Problems;
use crate::statement::records::Records;
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::io::BufRead;

/// Rows by id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NodeTable {
    rows: BTreeMap<String, NodeRow>,
}

/// What a table says of a node; cells that are empty say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NodeRow {
    /// What it is called in pictures.
    pub label: Option<String>,
    /// Country, institution or person.
    pub kind: Option<Kind>,
    /// The bloc that it belongs to.
    pub cluster: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Id,
    Label,
    Kind,
    Cluster,
    Other,
}

impl Column {
    fn of(cell: &str) -> Self {
        match cell.trim().to_ascii_lowercase().as_str() {
            "id" | "name" => Self::Id,
            "label" => Self::Label,
            "kind" => Self::Kind,
            "cluster" | "bloc" => Self::Cluster,
            _ => Self::Other,
        }
    }
}

impl NodeTable {
    /// Reads a table; `file` is what messages call it.
    ///
    /// # Errors
    /// All bad rows, each with its line: no id, an id twice, an unknown kind, cells missing; a header without `id`; a
    /// failed read.
    pub fn read(file: &str, mut input: impl BufRead) -> Result<Self> {
        let head = input.fill_buf().map_err(|e| Error::io(file, e))?;
        let first = head.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or_default();
        let count = |delimiter: u8| first.iter().filter(|b| **b == delimiter).count();
        let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|&d| (count(d), d == b',')).unwrap_or(b',');
        let mut records = Records::new(input, delimiter, 1);
        let mut problems = Problems::new();
        let mut columns: Vec<Column> = Vec::new();
        let mut table = Self::default();
        loop {
            let line = match records.advance() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(fault) => {
                    problems.fault(file, fault)?;
                    break;
                }
            };
            let cells: std::result::Result<Vec<&str>, _> = records.cells().map(std::str::from_utf8).collect();
            let Ok(cells) = cells else {
                problems.add(file, line, "not UTF-8; save the table as UTF-8");
                continue;
            };
            if columns.is_empty() {
                columns = cells.iter().map(|cell| Column::of(cell.trim_start_matches('\u{feff}'))).collect();
                if !columns.contains(&Column::Id) {
                    let message = format!(
                        "a table of nodes needs the column id, and may have label, kind and cluster; this one has {}",
                        cells.join(", ")
                    );
                    return Err(Error::at(file, line, message));
                }
            } else if cells.iter().any(|cell| !cell.trim().is_empty())
                && let Err(why) = table.add(&columns, &cells)
            {
                problems.add(file, line, why);
            }
        }
        problems.into_result(file)?;
        if columns.is_empty() {
            return Err(Error::input(file, "the file is empty"));
        }
        Ok(table)
    }

    /// What is known of a node.
    pub fn get(&self, id: &str) -> Option<&NodeRow> {
        self.rows.get(id)
    }

    /// Says something of a node.
    pub(super) fn insert(&mut self, id: String, row: NodeRow) {
        self.rows.insert(id, row);
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn add(&mut self, columns: &[Column], cells: &[&str]) -> std::result::Result<(), String> {
        if cells.len() != columns.len() {
            return Err(format!(
                "{} cells where the header has {}; was the row cut off, or does a cell lack its quotes?",
                cells.len(),
                columns.len()
            ));
        }
        let (mut id, mut row) = ("", NodeRow::default());
        for (cell, column) in cells.iter().map(|c| c.trim()).zip(columns) {
            let told = || Some(cell.to_owned()).filter(|c| !c.is_empty());
            match column {
                Column::Id => id = cell,
                Column::Label => row.label = told(),
                Column::Kind => row.kind = told().map(|kind| kind.parse()).transpose()?,
                Column::Cluster => row.cluster = told(),
                Column::Other => {}
            }
        }
        if id.is_empty() {
            return Err("no id".to_owned());
        }
        match self.rows.insert(id.to_owned(), row) {
            Some(_) => Err(format!("the id {id} stands in an earlier row already")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_by_the_names_of_their_columns() {
        let text = "\u{feff}Kind;Id;Cluster;Label;x\ncountry;FRA;A;France;1\n;b;;;\n";
        let table = NodeTable::read("n.csv", text.as_bytes()).unwrap();
        let france = table.get("FRA").unwrap();
        assert_eq!((france.label.as_deref(), france.kind), (Some("France"), Some(Kind::Country)));
        assert_eq!((france.cluster.as_deref(), table.get("b")), (Some("A"), Some(&NodeRow::default())));
        assert!(table.get("c").is_none());
    }

    #[test]
    fn bad_rows_are_told_with_their_lines() {
        let bad = "id,kind\na,planet\n,person\na,person\nb\na,\n";
        let told = NodeTable::read("n.csv", bad.as_bytes()).unwrap_err().to_string();
        for why in ["n.csv:2: unknown kind", "n.csv:3: no id", "n.csv:5: 1 cells", "n.csv:6: the id a"] {
            assert!(told.contains(why), "{why}: {told}");
        }
        assert!(NodeTable::read("n.csv", "a,b\n".as_bytes()).unwrap_err().to_string().contains("needs the column id"));
        assert!(NodeTable::read("n.csv", "".as_bytes()).unwrap_err().to_string().contains("empty"));
    }
}
