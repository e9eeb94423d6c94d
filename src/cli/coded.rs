//! Tables among the inputs, those of Discourse Network Analyzer included, ready to be read.
//!
//! In: a `.dna` file, or the header of an event list. Out: a [`Tabled`]: rows to come, and what its columns are called.

use crate::document::STDIN;
use crate::import::dna::{Coding, Database, Lines, Version, Wanted, event_list, is_event_list};
use crate::statement::{Names, Table};
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::io::{BufReader, Read};
use std::path::Path;

/// How the relation of other programs' tables is taken.
pub type Relations<'r> = &'r (dyn Fn(Names) -> Names + Sync);

/// A table to be read.
pub struct Tabled {
    /// What messages call it.
    pub name: String,
    /// Its bytes.
    pub stream: Box<dyn Read + Send>,
    /// What its columns are called.
    pub names: Names,
    /// What its rows are called.
    pub rows: Rows,
}

impl Tabled {
    /// Reads it.
    ///
    /// # Errors
    /// Those of [`Table::read`].
    pub fn read(self) -> Result<Table> {
        let table = Table::read(&self.name, BufReader::new(self.stream), &self.names);
        let mut table = table.map_err(|error| self.rows.place(error))?;
        for line in &mut table.lines {
            *line = self.rows.id(*line).unwrap_or(*line);
        }
        Ok(table)
    }
}

/// By what messages tell rows from each other: their lines, or the ids of the statements that they are.
#[derive(Debug, Default)]
pub struct Rows(Option<Vec<i64>>);

impl Rows {
    /// The statement of a line.
    fn id(&self, line: u64) -> Option<u64> {
        let at = usize::try_from(line).ok()?.checked_sub(1)?;
        u64::try_from(*self.0.as_ref()?.get(at)?).ok()
    }

    /// An error with the statement in place of the line.
    pub fn place(&self, error: Error) -> Error {
        match error {
            Error::Input { file, line: Some(line), message } => match self.id(line) {
                Some(id) => Error::input(file, format!("statement {id}: {message}")),
                None => Error::at(file, line, message),
            },
            Error::Many(errors) => Error::Many(errors.into_iter().map(|error| self.place(error)).collect()),
            other => other,
        }
    }
}

/// Titles of the documents of all `.dna` files so far, by their numbers.
#[derive(Debug, Default)]
pub struct Papers(BTreeMap<i64, (String, String)>);

impl Papers {
    /// Notes the documents of a file.
    ///
    /// # Errors
    /// A number that another file has given to another document, so that the two would count as one.
    pub fn add(&mut self, coding: &Coding) -> Result<()> {
        for (id, paper) in &coding.documents {
            let (file, title) = self.0.entry(*id).or_insert_with(|| (coding.file.clone(), paper.title.clone()));
            if *title != paper.title {
                let message = format!(
                    "document {id} is \"{}\" here and \"{title}\" in {file}, so these are no copies of one file: read them one by \
                     one, or put them together in Discourse Network Analyzer",
                    paper.title
                );
                return Err(Error::input(&coding.file, message));
            }
        }
        Ok(())
    }
}

/// Opens a `.dna` file, or standard input, whose first bytes `stream` holds.
///
/// # Errors
/// Those of [`Database::at`].
pub fn database(name: &str, path: &Path, stream: impl Read) -> Result<Database> {
    if name == STDIN { Database::from_stream(name, stream) } else { Database::at(name, path) }
}

/// The statements of a `.dna` file, and what the user should know of them.
///
/// # Errors
/// No such variables, or none that could be told.
pub fn of_coding(coding: Coding, wanted: &Wanted, relations: Relations<'_>) -> Result<(Tabled, String)> {
    let choice = coding.choose(wanted)?;
    let version = if coding.version == Version::Two { 2 } else { 3 };
    let (name, told) = (coding.file.clone(), coding.told(&choice));
    let missing = coding.no_stance(&choice);
    let plain = relations(choice.names()?);
    if choice.stance.is_none() && !plain.is_mention() {
        return Err(missing);
    }
    let lines = Lines::new(coding, choice, plain.is_scale())?;
    let note = format!("{name}: Discourse Network Analyzer {version}, {told}");
    let rows = Rows(Some(lines.ids()));
    Ok((Tabled { name, stream: Box::new(lines), names: plain, rows }, note))
}

/// What the columns of an event list are called, and what the user should know of it; `None` for any other table.
///
/// # Errors
/// No such columns, or none that could be told.
pub fn of_list(
    name: &str,
    columns: &[String],
    wanted: &Wanted,
    relations: Relations<'_>,
) -> Result<Option<(Names, String)>> {
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    if !is_event_list(&columns) {
        return Ok(None);
    }
    let list = event_list(name, &columns, wanted)?;
    let note = format!("{name}: an event list of Discourse Network Analyzer, {}", list.told);
    let names = relations(list.names);
    if names.is_header(&columns) { Ok(Some((names, note))) } else { Err(list.no_stance) }
}
