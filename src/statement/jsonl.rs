//! The statements table as JSON Lines: one object a line, with the names of the CSV columns.
//!
//! In: bytes, or statements one at a time. Out: rows, or bytes. Booleans, numbers and lists are JSON's own; what is not
//! known is `null`. Where a list is expected, names joined by `;` will do, and text for a number or boolean.
//! Never here: the rules for the values, which are those of CSV; a line longer than a record may be.
//!
//! Unknown keys are kept as text: a number `7` among them is written back as `"7"`, a list as its JSON.

use super::blank::Blank;
use super::columns::{Column, unknown};
use super::records::{Fault, MAX_RECORD};
use super::row::{Row, clip};
use super::table::{Gather, NOT_UTF8};
use super::write::{check, check_extra};
use super::{Kind, Statement};
use crate::{Error, Result};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::io::{BufRead, Read, Write};

/// Reads rows into `gather`.
pub(super) fn read(mut input: impl BufRead, gather: &mut Gather<'_>) -> Result<()> {
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        let most = MAX_RECORD as u64 + 1;
        match input.by_ref().take(most).read_until(b'\n', &mut bytes) {
            Err(error) => return gather.fault(Fault::Io(error)),
            Ok(0) => break,
            Ok(_) if bytes.len() > MAX_RECORD => return gather.fault(Fault::TooLong(line)),
            Ok(_) => {}
        }
        let Ok(text) = std::str::from_utf8(&bytes) else {
            gather.problem(line, NOT_UTF8);
            continue;
        };
        if text.trim().is_empty() {
            continue;
        }
        match parse(text, gather) {
            Ok(row) => gather.row(line, row),
            Err(why) => gather.problem(line, why),
        }
    }
    Ok(())
}

fn parse(text: &str, gather: &Gather<'_>) -> std::result::Result<Row<'static>, String> {
    // The parser stops at 128 levels of nesting by itself.
    let object: Map<String, Value> =
        serde_json::from_str(text).map_err(|e| format!("not a JSON object on one line ({e}); write one a line"))?;
    let mut row = Row::default();
    let mut seen = [false; 20];
    let mut loose = false;
    for (key, value) in object {
        let Some(column) = gather.names.column(&key) else {
            let name = key.trim();
            if name.is_empty() {
                return Err("a value without a name; name it".to_owned());
            }
            loose = true;
            if let Some(text) = loose_text(value)
                && !gather.extra(&mut row, &unknown(name), &text)
            {
                return Err(format!("two values for {}; remove one", clip(name)));
            }
            continue;
        };
        if std::mem::replace(&mut seen[column as usize], true) {
            return Err(format!("two values for {}; remove one", column.name()));
        }
        match value {
            Value::Null => {}
            Value::String(text) => row.set(column, text.into()),
            Value::Bool(_) | Value::Number(_) => row.set(column, value.to_string().into()),
            Value::Array(list) if column == Column::Toward => {
                for item in list {
                    let Value::String(name) = item else {
                        return Err("toward is a list of names; write them as text".to_owned());
                    };
                    row.toward.push(name);
                }
            }
            Value::Array(_) | Value::Object(_) => {
                return Err(format!("{} is a list or object; write a single value", column.name()));
            }
        }
    }
    // Without the keys of a statement it may be an object of another kind, as a document is.
    let has = |column: Column| seen[column as usize];
    if ![Column::Holder, Column::Relation, Column::Target].into_iter().all(has) {
        let others = Column::ALL.into_iter().filter(|c| !matches!(c, Column::Document | Column::Date | Column::Coder));
        row.more |= loose || others.into_iter().any(has);
    }
    Ok(row)
}

fn loose_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// JSON Lines of statements, written line by line, each in one piece.
pub struct JsonlWriter<W: Write> {
    name: String,
    out: W,
}

impl<W: Write> JsonlWriter<W> {
    /// Begins a table; `name` is what messages call `out`.
    pub fn new(name: &str, out: W) -> Self {
        Self { name: name.to_owned(), out }
    }

    /// Writes one line.
    ///
    /// # Errors
    /// A failed write; a statement that breaks a rule of the table.
    pub fn write(&mut self, statement: &Statement) -> Result<()> {
        check(&self.name, statement)?;
        for column in statement.extra.keys() {
            check_extra(&self.name, column)?;
        }
        self.line(&Json(statement))
    }

    /// Writes a line that says of a document that it was coded, and holds no statement.
    ///
    /// # Errors
    /// A failed write.
    pub fn write_blank(&mut self, blank: &Blank) -> Result<()> {
        self.line(&JsonBlank(blank))
    }

    fn line(&mut self, row: &impl Serialize) -> Result<()> {
        let mut line = serde_json::to_vec(row).map_err(|e| Error::io(&self.name, e.into()))?;
        line.push(b'\n');
        self.out.write_all(&line).map_err(|e| Error::io(&self.name, e))
    }

    /// Sends lines that are still held back on their way.
    ///
    /// # Errors
    /// A failed write.
    pub fn flush(&mut self) -> Result<()> {
        self.out.flush().map_err(|e| Error::io(&self.name, e))
    }

    /// Ends the table and gives the writer back.
    ///
    /// # Errors
    /// A failed write.
    pub fn finish(mut self) -> Result<W> {
        self.flush()?;
        Ok(self.out)
    }
}

/// The whole table as JSON Lines, in the order given.
///
/// # Errors
/// A statement that breaks a rule of the table.
pub fn to_jsonl(statements: &[Statement]) -> Result<Vec<u8>> {
    jsonl_of(statements, &BTreeSet::new())
}

/// As [`to_jsonl`], with the documents that were coded and hold no statement in lines of their own, after all others.
///
/// # Errors
/// A statement that breaks a rule of the table.
pub fn jsonl_of(statements: &[Statement], blanks: &BTreeSet<Blank>) -> Result<Vec<u8>> {
    let mut writer = JsonlWriter::new("statements", Vec::new());
    statements.iter().try_for_each(|statement| writer.write(statement))?;
    blanks.iter().try_for_each(|blank| writer.write_blank(blank))?;
    writer.finish()
}

/// A document without a statement as the JSON object of its row.
struct JsonBlank<'a>(&'a Blank);

impl Serialize for JsonBlank<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(Column::ALL.into_iter().map(|column| (column.name(), self.0.cell(column))))
    }
}

/// A statement as the JSON object of its row, keys in the order of the columns.
pub(super) struct Json<'a>(pub(super) &'a Statement);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let s = self.0;
        let mut map = serializer.serialize_map(Some(Column::ALL.len() + s.extra.len()))?;
        for column in Column::ALL {
            let key = column.name();
            match column {
                Column::Id => map.serialize_entry(key, &s.id),
                Column::Document => map.serialize_entry(key, &s.document),
                Column::Date => map.serialize_entry(key, &s.date.map(|d| d.to_string())),
                Column::Sentence => map.serialize_entry(key, &s.sentence),
                Column::Holder => map.serialize_entry(key, &s.holder),
                Column::HolderKind => map.serialize_entry(key, &s.holder_kind.map(Kind::as_str)),
                Column::HolderFor => map.serialize_entry(key, &s.holder_for),
                Column::Relation => map.serialize_entry(key, s.relation.as_str()),
                Column::Target => map.serialize_entry(key, &s.target),
                Column::TargetKind => map.serialize_entry(key, &s.target_kind.map(Kind::as_str)),
                Column::Toward => map.serialize_entry(key, &s.toward),
                Column::Matter => map.serialize_entry(key, &s.matter),
                Column::Withheld => map.serialize_entry(key, &s.withheld),
                Column::Hedged => map.serialize_entry(key, &s.hedged),
                Column::Source => map.serialize_entry(key, &s.source),
                Column::Quote => map.serialize_entry(key, &s.quote),
                Column::Start => map.serialize_entry(key, &s.span.map(|(start, _)| start)),
                Column::End => map.serialize_entry(key, &s.span.map(|(_, end)| end)),
                Column::Coder => map.serialize_entry(key, &s.coder),
                Column::Confidence => map.serialize_entry(key, &s.confidence),
            }?;
        }
        for (key, value) in &s.extra {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}
