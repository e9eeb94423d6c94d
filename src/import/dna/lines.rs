//! The statements of one type, as lines of a statements table.
//!
//! In: a [`Coding`] and a [`Choice`]. Out: JSON Lines under our names for columns, as if another program had written them,
//! so that they are read, checked and kept as the rows of every table are. Never here: statements that are not sound; the
//! whole table in memory.
//!
//! Besides what the choice says, a line has the document with its title and fields, the quote and its place, the coder, the
//! other variables, and the attributes of entities (`organization.Type`). Columns of ours that another variable is called
//! like are theirs: `their_source`.

use super::choice::Choice;
use super::coding::{Cell, Coded, Coding, DataType, Paper};
use crate::statement::COLUMNS;
use crate::{Error, Result};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::io::{self, Read};

/// Lines to come.
pub struct Lines {
    coding: Coding,
    choice: Choice,
    scale: bool,
    /// For each variable of the type that is not chosen the column that it goes to, and for all those of its attributes.
    columns: Vec<(Option<String>, Vec<String>)>,
    person: bool,
    /// Whether numbers go below 0, so that 0 is neither side.
    signed: bool,
    next: usize,
    buffer: Vec<u8>,
    at: usize,
}

impl Lines {
    /// The table; with `scale` stances are the numbers that they are, else the sign of a number is one.
    ///
    /// # Errors
    /// Numbers that have no sign, as from 1 to 5, and are to be stances.
    pub fn new(coding: Coding, choice: Choice, scale: bool) -> Result<Self> {
        let mut lines = Self {
            coding,
            choice,
            scale,
            columns: Vec::new(),
            person: false,
            signed: false,
            next: 0,
            buffer: Vec::new(),
            at: 0,
        };
        let Some(of) = lines.coding.types.get(choice.of) else { return Ok(lines) };
        lines.person = of.variables.get(choice.holder).is_some_and(|v| v.name.trim().eq_ignore_ascii_case("person"));
        let mut taken: BTreeSet<String> = COLUMNS.iter().map(|c| (*c).to_owned()).collect();
        taken.extend(["statement_id", "document_title"].map(str::to_owned));
        taken.extend(Paper::FIELDS.iter().map(|field| format!("document_{field}")));
        let chosen = [Some(choice.holder), Some(choice.target), choice.stance, choice.holder_for];
        for (at, variable) in of.variables.iter().enumerate() {
            let own = (!chosen.contains(&Some(at))).then(|| free(&mut taken, &variable.name));
            let attributes = variable.attributes.iter().map(|a| free(&mut taken, &format!("{}.{a}", variable.name)));
            lines.columns.push((own, attributes.collect()));
        }
        lines.check_numbers()?;
        Ok(lines)
    }

    /// The ids of the statements, one a line.
    pub fn ids(&self) -> Vec<i64> {
        self.all().map(|s| s.id).collect()
    }

    fn all(&self) -> impl Iterator<Item = &Coded> {
        let of = self.choice.of;
        self.coding.statements.iter().filter(move |s| s.of == of && s.sound)
    }

    fn data(&self, variable: usize) -> Option<DataType> {
        self.coding.types.get(self.choice.of)?.variables.get(variable).map(|v| v.data)
    }

    /// Tells numbers that go below 0 from 1 and 0; those from 1 to 5 take no side.
    fn check_numbers(&mut self) -> Result<()> {
        let Some(stance) = self.choice.stance.filter(|at| self.data(*at) == Some(DataType::Integer)) else {
            return Ok(());
        };
        let numbers = self.all().filter_map(|s| match s.cells.get(stance) {
            Some(Some(Cell::Number(n))) => Some(*n),
            _ => None,
        });
        let (least, most) = numbers.fold((0, 0), |(least, most), n| (least.min(n), most.max(n)));
        self.signed = least < 0;
        if self.scale || self.signed || most <= 1 {
            return Ok(());
        }
        let name = self.coding.types.get(self.choice.of).and_then(|t| t.variables.get(stance)).map_or("", |v| &v.name);
        Err(Error::Usage(format!(
            "{}: \"{name}\" goes up to {most} and is never below 0, so it takes no side: give another --stance, or, with \
             `edges`, --scale",
            self.coding.file
        )))
    }

    /// A stance as our reader of tables takes it.
    fn stance(&self, at: usize, cell: Option<&Cell>) -> String {
        match (self.data(at), cell) {
            (Some(DataType::Integer), Some(Cell::Number(n))) if !self.scale => match n.signum() {
                1 => "support".to_owned(),
                -1 => "oppose".to_owned(),
                _ if self.signed => String::new(),
                _ => "oppose".to_owned(),
            },
            _ => self.coding.text(cell),
        }
    }

    fn line(&self, statement: &Coded) -> Map<String, Value> {
        let mut line = Map::new();
        let mut put = |name: &str, text: String| {
            if !text.is_empty() {
                line.insert(name.to_owned(), Value::String(text));
            }
        };
        let cell = |at: usize| statement.cells.get(at).and_then(Option::as_ref);
        put("document", statement.document.to_string());
        put("holder", self.coding.text(cell(self.choice.holder)));
        put("target", self.coding.text(cell(self.choice.target)));
        if let Some(at) = self.choice.stance {
            put("relation", self.stance(at, cell(at)));
        }
        if let Some(at) = self.choice.holder_for {
            put("holder_for", self.coding.text(cell(at)));
        }
        if self.person {
            put("holder_kind", "person".to_owned());
        }
        put("quote", statement.quote.clone());
        if let Some((start, end)) = statement.span {
            put("start", start.to_string());
            put("end", end.to_string());
        }
        put("coder", self.coding.coder(statement.coder));
        put("statement_id", statement.id.to_string());
        if let Some(paper) = self.coding.documents.get(&statement.document) {
            put("date", paper.date.map_or(String::new(), |date| date.to_string()));
            put("document_title", paper.title.clone());
            for (name, text) in Paper::FIELDS.iter().zip(&paper.fields) {
                put(&format!("document_{name}"), text.clone());
            }
        }
        for (at, (own, attributes)) in self.columns.iter().enumerate() {
            if let Some(name) = own {
                put(name, self.coding.text(cell(at)));
            }
            let Some(Cell::Entity(entity)) = cell(at) else { continue };
            let Some(entity) = self.coding.entities.get(*entity as usize) else { continue };
            for (place, text) in &entity.attributes {
                if let Some(name) = attributes.get(*place) {
                    put(name, text.clone());
                }
            }
        }
        line
    }
}

/// A name for a column that no other has yet, in any letter case.
fn free(taken: &mut BTreeSet<String>, name: &str) -> String {
    let name = if name.trim().is_empty() { "variable" } else { name.trim() };
    let mut other = name.to_owned();
    let mut tries = 1;
    while !taken.insert(other.to_lowercase()) {
        other = if tries == 1 { format!("their_{name}") } else { format!("their_{name}_{tries}") };
        tries += 1;
    }
    other
}

impl Read for Lines {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.buffer.len() {
            let Some(statement) = self.coding.statements.get(self.next) else { return Ok(0) };
            self.next += 1;
            if statement.of != self.choice.of || !statement.sound {
                continue;
            }
            let line = self.line(statement);
            self.buffer.clear();
            self.at = 0;
            serde_json::to_writer(&mut self.buffer, &line)?;
            self.buffer.push(b'\n');
        }
        let length = into.len().min(self.buffer.len() - self.at);
        into[..length].copy_from_slice(&self.buffer[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}
