//! From the tables of a database to a [`Coding`].
//!
//! In: a [`Database`]. Out: all that its tables say, put together by ids. Never here: texts of documents in memory, but one
//! at a time; a guess at what a bad row could have meant.

use super::coding::{Cell, Coded, Coder, Coding, DataType, Entity, Orphan, Paper, StatementType, Variable, Version};
use super::open::Database;
use super::places::{Text, place};
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
        let columns = ["ID", "Title", "Coder", "Author", "Source", "Section", "Type", "Notes", "Date"];
        self.rows("DOCUMENTS", &columns, "document", &mut |it, row| {
            let id = row.id(0)?;
            let fields = [row.text(3)?, row.text(4)?, row.text(5)?, row.text(6)?, row.text(7)?];
            let mut paper = Paper { title: row.text(1)?, coder: row.number(2)?, fields, date: None };
            // A document whose date is no good is there all the same.
            let date = row.number(8).and_then(|date| date.map(|date| day(date, unit)).transpose());
            let outcome = date.map(|date| paper.date = date);
            it.coding.documents.insert(id, paper);
            outcome
        })
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

    fn statements(&mut self) -> Result<()> {
        let mut lost = 0;
        let columns = ["ID", "StatementTypeId", "DocumentId", "Start", "Stop", "Coder"];
        self.rows("STATEMENTS", &columns, "statement", &mut |it, row| {
            let (id, of, document) = (row.id(0)?, row.id(1)?, row.id(2)?);
            let of = it.coding.types.iter().position(|t| t.id == of);
            let of = of.ok_or_else(|| format!("its statement type {} is not there", row.any(1)))?;
            let sound = it.coding.documents.contains_key(&document);
            lost += usize::from(!sound);
            it.coding.statements.push(Coded {
                id,
                of,
                document,
                coder: row.number(5)?,
                place: (row.id(3)?, row.id(4)?),
                cells: vec![None; it.coding.types[of].variables.len()],
                quote: String::new(),
                span: None,
                sound,
            });
            Ok(())
        })?;
        if lost > 0 {
            let file = &self.coding.file;
            let those = if lost == 1 {
                "1 statement whose document is"
            } else {
                &format!("{lost} statements whose documents are")
            };
            self.coding.notes.push(format!("{file}: {those} not there any more, left out"));
        }
        Ok(())
    }

    /// What is coded of the statements.
    fn values(&mut self) -> Result<()> {
        let two = self.coding.version == Version::Two;
        let mut by_name: HashMap<(i64, String), u32> = HashMap::new();
        if two {
            for (at, entity) in self.coding.entities.iter().enumerate() {
                by_name.entry((entity.variable, entity.value.clone())).or_insert(at as u32);
            }
        }
        let short = if two { "Value" } else { "Entity" };
        for (table, value) in
            [("DATASHORTTEXT", short), ("DATALONGTEXT", "Value"), ("DATAINTEGER", "Value"), ("DATABOOLEAN", "Value")]
        {
            self.rows(
                table,
                &["ID", "StatementId", "VariableId", value],
                &format!("value in {table}"),
                &mut |it, row| {
                    let (statement, variable) = (row.id(1)?, row.id(2)?);
                    let cell = match table {
                        "DATASHORTTEXT" if two => {
                            let text = row.text(3)?;
                            match by_name.get(&(variable, text.clone())) {
                                Some(&at) => Some(Cell::Entity(at)),
                                None => Some(Cell::Text(text.into())),
                            }
                        }
                        "DATASHORTTEXT" => {
                            let id = row.id(3)?;
                            let at = it.coding.entities.binary_search_by_key(&id, |e| e.id);
                            at.ok().map(|at| Cell::Entity(at as u32))
                        }
                        "DATALONGTEXT" => Some(Cell::Text(row.text(3)?.into())),
                        _ => row.number(3)?.map(Cell::Number),
                    };
                    let there = it.variables.get(&variable).copied();
                    let at = it.coding.statements.binary_search_by_key(&statement, |s| s.id);
                    if let (Some((of, column)), Ok(at), Some(cell)) = (there, at, cell)
                        && let statement = &mut it.coding.statements[at]
                        && statement.of == of
                        && let Some(place @ None) = statement.cells.get_mut(column)
                    {
                        *place = Some(cell);
                        return Ok(());
                    }
                    it.coding.orphans.push(Orphan { table, statement, variable, value: row.any(3) });
                    Ok(())
                },
            )?;
        }
        let orphans = self.coding.orphans.len();
        if orphans > 0 {
            let file = &self.coding.file;
            let those = if orphans == 1 { "1 value that is" } else { &format!("{orphans} values that are") };
            self.coding.notes.push(format!(
                "{file}: {those} of no statement, variable or entity that is there, or there a second time, left out (import \
                 writes them to orphans.csv)"
            ));
        }
        Ok(())
    }

    /// The words of the statements, document by document.
    fn texts(&mut self) -> Result<()> {
        let mut of: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (at, statement) in self.coding.statements.iter().enumerate().filter(|(_, s)| s.sound) {
            of.entry(statement.document).or_default().push(at);
        }
        let before = self.coding.faults.len();
        self.rows("DOCUMENTS", &["ID", "Title", "Text"], "text of document", &mut |it, row| {
            let document = row.id(0)?;
            let Some(statements) = of.get(&document) else { return Ok(()) };
            let text = row.text(2).inspect_err(|_| {
                statements.iter().for_each(|&at| it.coding.statements[at].sound = false);
            })?;
            let places: Vec<(i64, i64)> = statements.iter().map(|&at| it.coding.statements[at].place).collect();
            let found = place(&row.text(1)?, &text, &places);
            for (&at, found) in statements.iter().zip(found) {
                let statement = &mut it.coding.statements[at];
                match found {
                    Ok(Text { quote, span }) => (statement.quote, statement.span) = (quote, span),
                    Err(why) => {
                        statement.sound = false;
                        let message = format!("statement {} of document {document}: {why}", statement.id);
                        it.fault(before, &message);
                    }
                }
            }
            Ok(())
        })
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
