//! A whole `.dna` file as plain tables.
//!
//! In: a [`Database`] and what was read of it. Out: a set of files: documents as JSON Lines, which our reader of articles
//! takes; one CSV for each statement type; entities with their attributes; variables; coders; every other table as it is.
//! Never here: passwords; a value in a form that it did not have.

use super::coding::{Coding, Paper, Version};
use super::open::Database;
use super::values::Cells;
use crate::output::OutputDir;
use crate::{Error, Result};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// What is to be written.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'d> {
    /// The file.
    pub database: &'d Database,
    /// What was read of it.
    pub coding: &'d Coding,
}

/// A file of the set that is being written: a CSV table.
type Csv<'w> = csv::Writer<&'w mut dyn Write>;

impl Tables<'_> {
    /// Adds all files to `dir`; gives their names.
    ///
    /// # Errors
    /// Those of SQLite; a failed write.
    pub fn write(&self, dir: &mut OutputDir) -> Result<Vec<String>> {
        let mut names = Vec::new();
        let mut add = |name: String, fill: &mut dyn FnMut(&mut dyn Write) -> Result<()>| {
            dir.write(&name, fill)?;
            names.push(name);
            Ok::<_, Error>(())
        };
        add("documents.jsonl".to_owned(), &mut |out| self.documents(out))?;
        for (at, of) in self.coding.types.iter().enumerate() {
            add(format!("type_{}_{}.csv", of.id, plain(&of.label)), &mut |out| self.statements(at, out))?;
        }
        add("variables.csv".to_owned(), &mut |out| self.variables(out))?;
        add("entities.csv".to_owned(), &mut |out| self.entities(out))?;
        if !self.coding.orphans.is_empty() {
            add("orphans.csv".to_owned(), &mut |out| self.orphans(out))?;
        }
        let mut taken = BTreeSet::new();
        for table in std::iter::once("CODERS").chain(self.database.schema.others()) {
            let name = plain(table).to_lowercase();
            let known = ["documents", "variables", "entities", "orphans", "statements"].contains(&name.as_str());
            if known || name.starts_with("type_") || !taken.insert(name.clone()) {
                let file = &self.coding.file;
                return Err(Error::input(file, format!("its table {table} would be written over another; rename it")));
            }
            add(format!("{name}.csv"), &mut |out| self.other(table, out))?;
        }
        Ok(names)
    }

    fn documents(&self, out: &mut dyn Write) -> Result<()> {
        let failed = |e: io::Error| Error::io("documents.jsonl", e);
        self.database.query().each("DOCUMENTS", &["ID", "Title", "Text"], &mut |row| {
            let mut line = Map::new();
            let mut put = |name: &str, text: String| line.insert(name.to_owned(), Value::String(text));
            let paper = row.id(0).ok().and_then(|id| self.coding.documents.get(&id));
            put("id", row.any(0));
            put("title", row.any(1));
            if let Some(paper) = paper {
                put("date", paper.date.map_or(String::new(), |date| date.to_string()));
                for (name, text) in Paper::FIELDS.iter().zip(&paper.fields) {
                    put(name, text.clone());
                }
                put("coder", self.coding.coder(paper.coder));
            }
            put("text", row.any(2));
            serde_json::to_writer(&mut *out, &line).map_err(|e| failed(e.into()))?;
            out.write_all(b"\n").map_err(failed)
        })
    }

    fn statements(&self, at: usize, out: &mut dyn Write) -> Result<()> {
        let fixed = ["statement_id", "document_id", "start", "stop", "coder_id", "coder", "text"];
        let variables = self.coding.types[at].variables.iter().map(|v| v.name.as_str());
        table(out, &columns(&fixed, variables), &mut |csv| {
            for s in self.coding.statements.iter().filter(|s| s.of == at) {
                let coder = s.coder.map_or(String::new(), |id| id.to_string());
                let (start, stop) = (s.place.0.to_string(), s.place.1.to_string());
                let who = self.coding.coder(s.coder);
                let fixed = [s.id.to_string(), s.document.to_string(), start, stop, coder, who, s.quote.clone()];
                csv.write_record(fixed.into_iter().chain(s.cells.iter().map(|c| self.coding.text(c.as_ref()))))?;
            }
            Ok(())
        })
    }

    fn variables(&self, out: &mut dyn Write) -> Result<()> {
        let header =
            ["statement_type_id", "statement_type", "colour", "variable_id", "variable", "data_type", "attributes"];
        table(out, &header.map(str::to_owned), &mut |csv| {
            for t in &self.coding.types {
                let id = t.id.to_string();
                if t.variables.is_empty() {
                    csv.write_record([&id, &t.label, &t.colour, "", "", "", ""])?;
                }
                for v in &t.variables {
                    let (number, attributes) = (v.id.to_string(), v.attributes.join(";"));
                    csv.write_record([&id, &t.label, &t.colour, &number, &v.name, v.data.as_str(), &attributes])?;
                }
            }
            Ok(())
        })
    }

    fn entities(&self, out: &mut dyn Write) -> Result<()> {
        let variables: BTreeMap<i64, _> =
            self.coding.types.iter().flat_map(|t| t.variables.iter().map(move |v| (v.id, (t, v)))).collect();
        let mut attributes: Vec<&str> = Vec::new();
        for name in variables.values().flat_map(|(_, v)| &v.attributes) {
            if !attributes.contains(&name.as_str()) {
                attributes.push(name);
            }
        }
        let fixed = ["entity_id", "statement_type", "variable_id", "variable", "value", "colour", "child_of"];
        table(out, &columns(&fixed, attributes.iter().copied()), &mut |csv| {
            for e in &self.coding.entities {
                let of = variables.get(&e.variable);
                let child_of = e.child_of.map_or(String::new(), |id| id.to_string());
                let (t, v) = of.map_or(("", ""), |(t, v)| (t.label.as_str(), v.name.as_str()));
                let (id, variable) = (e.id.to_string(), e.variable.to_string());
                let fixed = [&id, t, &variable, v, &e.value, &e.colour, &child_of];
                let mut cells = vec![""; attributes.len()];
                for (place, text) in &e.attributes {
                    let name = of.and_then(|(_, v)| v.attributes.get(*place));
                    if let Some(column) = name.and_then(|name| attributes.iter().position(|a| a == name)) {
                        cells[column] = text;
                    }
                }
                csv.write_record(fixed.into_iter().chain(cells))?;
            }
            Ok(())
        })
    }

    fn orphans(&self, out: &mut dyn Write) -> Result<()> {
        let header = ["table", "statement_id", "variable_id", "value"].map(str::to_owned);
        table(out, &header, &mut |csv| {
            for o in &self.coding.orphans {
                csv.write_record([o.table, &o.statement.to_string(), &o.variable.to_string(), &o.value])?;
            }
            Ok(())
        })
    }

    /// A table as it is, but for passwords.
    fn other(&self, name: &str, out: &mut dyn Write) -> Result<()> {
        let columns = self.database.schema.columns(name);
        let columns: Vec<String> = columns.into_iter().filter(|c| !c.to_lowercase().contains("password")).collect();
        let names: Vec<&str> = columns.iter().map(String::as_str).collect();
        let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
        csv.write_record(&columns).map_err(failed)?;
        self.database.query().each(name, &names, &mut |row: &Cells<'_, '_>| {
            csv.write_record((0..names.len()).map(|at| row.any(at))).map_err(failed)
        })?;
        csv.flush().map_err(|e| failed(e.into()))
    }

    /// What the file holds: a line, and one a statement type.
    pub fn summary(&self) -> String {
        let Coding { types, statements, documents, entities, coders, .. } = self.coding;
        let version = if self.coding.version == Version::Two { 2 } else { 3 };
        let counts = [
            (documents.len(), "document"),
            (statements.len(), "statement"),
            (types.len(), "statement type"),
            (entities.len(), "entity"),
            (coders.len(), "coder"),
        ];
        let counts = counts.map(|(n, what)| match (n, what) {
            (1, what) => format!("1 {what}"),
            (n, "entity") => format!("{n} entities"),
            (n, what) => format!("{n} {what}s"),
        });
        let types: String = self.coding.types_told().iter().map(|line| format!("\n  {line}")).collect();
        format!("{}: Discourse Network Analyzer {version}: {}{types}", self.coding.file, counts.join(", "))
    }
}

/// Writes a table.
fn table(
    out: &mut dyn Write,
    header: &[String],
    fill: &mut dyn FnMut(&mut Csv<'_>) -> std::result::Result<(), csv::Error>,
) -> Result<()> {
    let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let written = csv.write_record(header).and_then(|()| fill(&mut csv));
    written.and_then(|()| csv.flush().map_err(csv::Error::from)).map_err(failed)
}

fn failed(error: csv::Error) -> Error {
    Error::io("table", error.into())
}

/// A header: the fixed columns, then others, which get another name where theirs is taken.
fn columns<'n>(fixed: &[&str], others: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut all: Vec<String> = fixed.iter().map(|c| (*c).to_owned()).collect();
    for name in others {
        let taken = |all: &[String], name: &str| all.iter().any(|c| c.eq_ignore_ascii_case(name));
        let mut free = name.to_owned();
        for n in 1.. {
            if !taken(&all, &free) {
                break;
            }
            free = if n == 1 { format!("their_{name}") } else { format!("their_{name}_{n}") };
        }
        all.push(free);
    }
    all
}

/// A name that may be that of a file anywhere.
fn plain(name: &str) -> String {
    name.chars().take(60).map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect()
}
