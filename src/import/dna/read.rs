//! From the tables of a database to a [`Coding`].
//!
//! In: a [`Database`]. Out: all that its tables say, put together by ids. Never here: texts of documents in memory, but one
//! at a time; a guess at what a bad row could have meant.

mod statements;

use super::coding::{Coder, Coding, DataType, Entity, Paper, StatementType, Variable, Version};
use super::open::Database;
use super::schema::Query;
use super::values::Cells;
use crate::{Error, Result};
use jiff::civil::DateTime;
use jiff::{Timestamp, tz::TimeZone};
use std::collections::{BTreeMap, HashMap};

/// Bad rows of one table that are told one by one.
const TOLD: usize = 20;

/// Columns of `ATTRIBUTES` that are no attributes.
const NO_ATTRIBUTES: [&str; 7] = ["ID", "VariableId", "Value", "Red", "Green", "Blue", "ChildOf"];

impl Database {
    /// Reads everything but the texts. Rows that cannot be used are in [`Coding::faults`].
    ///
    /// # Errors
    /// Those of SQLite; a table without its ids.
    pub fn read(&self) -> Result<Coding> {
        let coding = Coding {
            file: self.file.clone(),
            version: self.schema.version,
            types: Vec::new(),
            entities: Vec::new(),
            coders: BTreeMap::new(),
            documents: BTreeMap::new(),
            statements: Vec::new(),
            orphans: Vec::new(),
            faults: Vec::new(),
            notes: self.notes.clone(),
        };
        let mut reading = Reading { query: self.query(), coding, variables: HashMap::new(), more: 0 };
        reading.types()?;
        reading.variables()?;
        match self.schema.version {
            Version::Three => reading.entities()?,
            Version::Two => reading.attributes()?,
        }
        reading.coders()?;
        reading.documents()?;
        reading.statements()?;
        reading.values()?;
        reading.texts()?;
        Ok(reading.coding)
    }

    pub(super) fn query(&self) -> Query<'_> {
        Query { file: &self.file, connection: &self.connection, schema: &self.schema }
    }
}

/// A row's outcome: what is wrong with it does not end the reading.
type Outcome = std::result::Result<(), String>;

struct Reading<'d> {
    query: Query<'d>,
    coding: Coding,
    /// Places of type and variable, by the variable's id.
    variables: HashMap<i64, (usize, usize)>,
    more: usize,
}

impl Reading<'_> {
    /// Visits the rows of a table; `what` is what messages call one.
    fn rows(
        &mut self,
        table: &str,
        columns: &[&str],
        what: &str,
        take: &mut dyn FnMut(&mut Self, &Cells<'_, '_>) -> Outcome,
    ) -> Result<()> {
        let Query { file, connection, schema } = self.query;
        let before = self.coding.faults.len();
        self.more = 0;
        Query { file, connection, schema }.each(table, columns, &mut |cells| {
            if let Err(why) = take(self, cells) {
                let id = cells.any(0);
                self.fault(before, &format!("{what} {id}: {why}"));
            }
            Ok(())
        })?;
        self.count(what);
        Ok(())
    }

    fn fault(&mut self, before: usize, message: &str) {
        if self.coding.faults.len() - before < TOLD {
            self.coding.faults.push(Error::input(self.query.file, message));
        } else {
            self.more += 1;
        }
    }

    /// Ends a table whose bad rows were told.
    fn count(&mut self, what: &str) {
        if self.more > 0 {
            let message = format!("and {} more bad rows ({what})", self.more);
            self.coding.faults.push(Error::input(self.query.file, message));
        }
    }

    fn types(&mut self) -> Result<()> {
        self.rows("STATEMENTTYPES", &["ID", "Label", "Red", "Green", "Blue"], "statement type", &mut |it, row| {
            let (id, label, colour) = (row.id(0)?, row.text(1)?, row.colour(2)?);
            it.coding.types.push(StatementType { id, label, colour, variables: Vec::new() });
            Ok(())
        })
    }

    fn variables(&mut self) -> Result<()> {
        let columns = ["ID", "Variable", "DataType", "StatementTypeId"];
        self.rows("VARIABLES", &columns, "variable", &mut |it, row| {
            let (id, name, of) = (row.id(0)?, row.text(1)?, row.id(3)?);
            let data = match row.text(2)?.to_lowercase().as_str() {
                "short text" => DataType::ShortText,
                "long text" => DataType::LongText,
                "integer" => DataType::Integer,
                "boolean" => DataType::Boolean,
                other => {
                    return Err(format!(
                        "\"{name}\" is of the type \"{other}\"; known are short text, long text, integer and boolean"
                    ));
                }
            };
            match it.coding.types.iter().position(|t| t.id == of) {
                Some(at) => {
                    let variables = &mut it.coding.types[at].variables;
                    it.variables.insert(id, (at, variables.len()));
                    variables.push(Variable { id, name, data, attributes: Vec::new() });
                }
                None => it.coding.notes.push(format!(
                    "{}: the variable \"{name}\" is of a statement type ({of}) that is not there any more",
                    it.coding.file
                )),
            }
            Ok(())
        })
    }

    fn variable(&mut self, id: i64) -> Option<&mut Variable> {
        let (of, at) = *self.variables.get(&id)?;
        self.coding.types.get_mut(of)?.variables.get_mut(at)
    }

    /// Values and their attributes in version 3.
    fn entities(&mut self) -> Result<()> {
        let mut attributes: HashMap<i64, usize> = HashMap::new();
        let columns = ["ID", "VariableId", "AttributeVariable"];
        self.rows("ATTRIBUTEVARIABLES", &columns, "attribute variable", &mut |it, row| {
            let (id, of, name) = (row.id(0)?, row.id(1)?, row.text(2)?);
            if let Some(variable) = it.variable(of) {
                attributes.insert(id, variable.attributes.len());
                variable.attributes.push(name);
            }
            Ok(())
        })?;
        let columns = ["ID", "VariableId", "Value", "Red", "Green", "Blue", "ChildOf"];
        self.rows("ENTITIES", &columns, "entity", &mut |it, row| {
            let (id, variable, value) = (row.id(0)?, row.id(1)?, row.text(2)?);
            let (colour, child_of) = (row.colour(3)?, row.number(6)?);
            it.coding.entities.push(Entity { id, variable, value, colour, child_of, attributes: Vec::new() });
            Ok(())
        })?;
        let columns = ["ID", "EntityId", "AttributeVariableId", "AttributeValue"];
        self.rows("ATTRIBUTEVALUES", &columns, "attribute value", &mut |it, row| {
            let (entity, of, value) = (row.id(1)?, row.id(2)?, row.text(3)?);
            let entities = &mut it.coding.entities;
            if let (Some(&of), Ok(at)) = (attributes.get(&of), entities.binary_search_by_key(&entity, |e| e.id))
                && !value.is_empty()
            {
                entities[at].attributes.push((of, value));
            }
            Ok(())
        })
    }

    /// Values and their attributes in version 2.
    fn attributes(&mut self) -> Result<()> {
        let all = self.query.schema.columns("ATTRIBUTES");
        let known = |name: &String| !NO_ATTRIBUTES.iter().any(|other| name.eq_ignore_ascii_case(other));
        let names: Vec<String> = all.into_iter().filter(known).collect();
        for variable in self.coding.types.iter_mut().flat_map(|t| &mut t.variables) {
            if variable.data == DataType::ShortText {
                variable.attributes.clone_from(&names);
            }
        }
        let columns: Vec<&str> = NO_ATTRIBUTES.into_iter().chain(names.iter().map(String::as_str)).collect();
        self.rows("ATTRIBUTES", &columns, "attribute", &mut |it, row| {
            let (id, variable, value) = (row.id(0)?, row.id(1)?, row.text(2)?);
            let (colour, child_of) = (row.colour(3)?, row.number(6)?);
            let mut attributes = Vec::new();
            for at in 0..names.len() {
                let text = row.text(NO_ATTRIBUTES.len() + at)?;
                if !text.is_empty() {
                    attributes.push((at, text));
                }
            }
            it.coding.entities.push(Entity { id, variable, value, colour, child_of, attributes });
            Ok(())
        })
    }

    fn coders(&mut self) -> Result<()> {
        self.rows("CODERS", &["ID", "Name", "Red", "Green", "Blue"], "coder", &mut |it, row| {
            let (id, name, colour) = (row.id(0)?, row.text(1)?, row.colour(2)?);
            it.coding.coders.insert(id, Coder { name, colour });
            Ok(())
        })
    }

    fn documents(&mut self) -> Result<()> {
        let unit = self.date_unit()?;
        let mut midnights = 0;
        let columns = ["ID", "Title", "Coder", "Author", "Source", "Section", "Type", "Notes", "Date"];
        self.rows("DOCUMENTS", &columns, "document", &mut |it, row| {
            let id = row.id(0)?;
            let fields = [row.text(3)?, row.text(4)?, row.text(5)?, row.text(6)?, row.text(7)?];
            let mut paper = Paper { title: row.text(1)?, coder: row.number(2)?, fields, date: None };
            // A document whose date is no good is there all the same.
            let date = row.number(8).and_then(|date| date.map(|date| day(date, unit)).transpose());
            let outcome = date.map(|date| paper.date = date);
            let sharp = |d: DateTime| d.hour() >= 21 && (d.minute(), d.second()) == (0, 0);
            midnights += usize::from(unit > 1 && paper.date.is_some_and(sharp));
            it.coding.documents.insert(id, paper);
            outcome
        })?;
        if midnights > 0 {
            let file = &self.coding.file;
            self.coding.notes.push(format!(
                "{file}: {midnights} of the dates are 21, 22 or 23 o'clock sharp in UTC, which is midnight east of Greenwich: if the \
                 documents were dated there, their day is the next"
            ));
        }
        Ok(())
    }

    /// How many of a date's units are a second. Version 2 counts milliseconds; dates that would then all lie in the first
    /// months of 1970 are seconds.
    fn date_unit(&mut self) -> Result<i64> {
        const EARLY: i64 = 10_000_000_000;
        if self.coding.version == Version::Three {
            return Ok(1);
        }
        let mut most = 0;
        let Query { file, connection, schema } = self.query;
        Query { file, connection, schema }.each("DOCUMENTS", &["ID", "Date"], &mut |row| {
            most = most.max(row.number(1).ok().flatten().unwrap_or(0).saturating_abs());
            Ok(())
        })?;
        Ok(if most < EARLY { 1 } else { 1000 })
    }
}

/// The day and time that are `date` units after 1970 began, of which a second has `unit`.
fn day(date: i64, unit: i64) -> std::result::Result<DateTime, String> {
    match Timestamp::from_second(date.div_euclid(unit)) {
        Ok(time) => Ok(TimeZone::UTC.to_datetime(time)),
        Err(_) => Err(format!(
            "its date is {date} {} after 1970 began, which no calendar has",
            if unit == 1 { "seconds" } else { "milliseconds" }
        )),
    }
}
