//! Statements, what is coded of them, and their words.
//!
//! In: the tables of statements and values, when types, entities and documents are there. Out: statements with their cells
//! and quotes. Never here: more than one document's text in memory.

use super::Reading;
use crate::Result;
use crate::import::dna::coding::{Cell, Coded, Orphan, Version};
use crate::import::dna::places::{Text, place};
use std::collections::{BTreeMap, HashMap};

/// Bytes that all quotes together may have; many long ones of one text would be more than the file.
const QUOTED: usize = 2 << 30;

impl Reading<'_> {
    pub(super) fn statements(&mut self) -> Result<()> {
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
    pub(super) fn values(&mut self) -> Result<()> {
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
    pub(super) fn texts(&mut self) -> Result<()> {
        let mut of: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (at, statement) in self.coding.statements.iter().enumerate().filter(|(_, s)| s.sound) {
            of.entry(statement.document).or_default().push(at);
        }
        let before = self.coding.faults.len();
        let mut quoted = 0;
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
                    Ok(Text { quote, .. }) if quoted + quote.len() > QUOTED => {
                        return Err(format!("the quotes of all statements are more than {} MiB", QUOTED >> 20));
                    }
                    Ok(Text { quote, span }) => {
                        quoted += quote.len();
                        (statement.quote, statement.span) = (quote, span);
                    }
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
