//! Which tables and columns a database has, and whether they are those of Discourse Network Analyzer.
//!
//! In: a connection. Out: a [`Schema`], and rows by the names of their columns. Never here: what rows mean; views and
//! virtual tables, which a stranger's database could hide endless work in.

use super::coding::Version;
use super::open::told;
use super::values::Cells;
use crate::{Error, Result};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Without these it is not such a database.
const NEEDED: [&str; 5] = ["DOCUMENTS", "STATEMENTS", "STATEMENTTYPES", "VARIABLES", "DATASHORTTEXT"];

/// Tables that both versions, or one of them, have, and that are read one by one.
const KNOWN: [&str; 13] = [
    "DOCUMENTS",
    "STATEMENTS",
    "STATEMENTTYPES",
    "VARIABLES",
    "ENTITIES",
    "ATTRIBUTES",
    "ATTRIBUTEVARIABLES",
    "ATTRIBUTEVALUES",
    "DATASHORTTEXT",
    "DATALONGTEXT",
    "DATAINTEGER",
    "DATABOOLEAN",
    "CODERS",
];

/// Names in a message.
const SHOWN: usize = 30;

/// The tables of a database.
#[derive(Debug)]
pub(super) struct Schema {
    pub(super) version: Version,
    /// By their names in capitals: the name as written, and the columns.
    tables: BTreeMap<String, (String, Vec<String>)>,
}

impl Schema {
    /// Reads the names of tables and columns.
    pub(super) fn read(file: &str, connection: &Connection) -> Result<Self> {
        let tell = |e: rusqlite::Error| told(file, &e);
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_%'";
        let mut names = connection.prepare(sql).map_err(tell)?;
        let names = names.query_map([], |row| row.get::<_, String>(0)).map_err(tell)?;
        let mut tables = BTreeMap::new();
        for name in names {
            let name = name.map_err(tell)?;
            let sql = format!("SELECT * FROM {} LIMIT 0", quoted(&name));
            let statement = connection.prepare(&sql).map_err(tell)?;
            let columns = statement.column_names().map(str::to_owned).collect();
            tables.insert(name.to_uppercase(), (name, columns));
        }
        let missing: Vec<&str> = NEEDED.into_iter().filter(|table| !tables.contains_key(*table)).collect();
        if !missing.is_empty() {
            let there: Vec<&str> = tables.values().take(SHOWN).map(|(name, _)| name.as_str()).collect();
            let there = if there.is_empty() { "none".to_owned() } else { there.join(", ") };
            let message = format!(
                "an SQLite database, but not one of Discourse Network Analyzer 2 or 3: there is no table {}; the tables are: \
                 {there}",
                missing.join(", ")
            );
            return Err(Error::input(file, message));
        }
        let version = if tables.contains_key("ENTITIES") { Version::Three } else { Version::Two };
        let schema = Self { version, tables };
        if schema.column("DATASHORTTEXT", "VariableId").is_none() {
            let why = if schema.tables.contains_key("ROLES") {
                "its statements have roles, as a later version of Discourse Network Analyzer than 3.1 writes them"
            } else {
                "its table DATASHORTTEXT has no column VariableId"
            };
            let message = format!("{why}; versions 2 and 3 are read: export the event list (CSV) there, and read that");
            return Err(Error::input(file, message));
        }
        Ok(schema)
    }

    /// A column's name as written.
    fn column(&self, table: &str, column: &str) -> Option<&str> {
        let (_, columns) = self.tables.get(table)?;
        columns.iter().map(String::as_str).find(|name| name.eq_ignore_ascii_case(column))
    }

    /// Tables that are not read one by one, as they are written.
    pub(super) fn others(&self) -> impl Iterator<Item = &str> {
        self.tables.iter().filter(|(name, _)| !KNOWN.contains(&name.as_str())).map(|(_, (name, _))| name.as_str())
    }

    /// The columns of a table, as written.
    pub(super) fn columns(&self, table: &str) -> Vec<String> {
        self.tables.get(&table.to_uppercase()).map_or(Vec::new(), |(_, columns)| columns.clone())
    }
}

/// Rows of one table, in the order of its ids.
pub(super) struct Query<'q> {
    pub(super) file: &'q str,
    pub(super) connection: &'q Connection,
    pub(super) schema: &'q Schema,
}

impl Query<'_> {
    /// Visits all rows of `table`: the cells of `columns`, in that order; a column that is not there is empty. A table
    /// that is not there has no rows.
    ///
    /// # Errors
    /// Those of SQLite and of `visit`; the first column, by which rows are told apart, is not there.
    pub(super) fn each(
        &self,
        table: &str,
        columns: &[&str],
        visit: &mut dyn FnMut(&Cells<'_, '_>) -> Result<()>,
    ) -> Result<()> {
        let Some((name, _)) = self.schema.tables.get(&table.to_uppercase()) else { return Ok(()) };
        let Some(id) = columns.first().and_then(|id| self.schema.column(&table.to_uppercase(), id)) else {
            let id = columns.first().unwrap_or(&"ID");
            return Err(Error::input(
                self.file,
                format!("the table {name} has no column {id}, by which its rows are told"),
            ));
        };
        let cells = columns.iter().map(|column| match self.schema.column(&table.to_uppercase(), column) {
            Some(column) => quoted(column),
            None => "NULL".to_owned(),
        });
        let cells: Vec<String> = cells.collect();
        let sql = format!("SELECT {} FROM {} ORDER BY {}", cells.join(", "), quoted(name), quoted(id));
        let tell = |e: rusqlite::Error| told(self.file, &e);
        let mut statement = self.connection.prepare(&sql).map_err(tell)?;
        let mut rows = statement.query([]).map_err(tell)?;
        while let Some(row) = rows.next().map_err(tell)? {
            visit(&Cells::new(row, columns))?;
        }
        Ok(())
    }
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
