//! Cells of a row, whatever type SQLite keeps them in.
//!
//! In: a row. Out: texts and whole numbers, or what is wrong with them. Never here: which row it is.

use rusqlite::Row;
use rusqlite::types::ValueRef;

/// A row and the names of its cells.
pub(super) struct Cells<'r, 's> {
    row: &'r Row<'s>,
    names: &'r [&'r str],
}

impl<'r, 's> Cells<'r, 's> {
    pub(super) fn new(row: &'r Row<'s>, names: &'r [&'r str]) -> Self {
        Self { row, names }
    }

    fn value(&self, at: usize) -> ValueRef<'_> {
        self.row.get_ref(at).unwrap_or(ValueRef::Null)
    }

    fn name(&self, at: usize) -> &str {
        self.names.get(at).copied().unwrap_or_default()
    }

    /// A text; empty where there is none.
    pub(super) fn text(&self, at: usize) -> Result<String, String> {
        match self.value(at) {
            ValueRef::Null => Ok(String::new()),
            ValueRef::Integer(n) => Ok(n.to_string()),
            ValueRef::Real(x) => Ok(x.to_string()),
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(text.to_owned()),
                Err(_) => Err(format!("{} is not UTF-8", self.name(at))),
            },
            ValueRef::Blob(_) => Err(format!("{} is no text but bytes", self.name(at))),
        }
    }

    /// A whole number; `None` where there is none.
    pub(super) fn number(&self, at: usize) -> Result<Option<i64>, String> {
        let wrong = || format!("{} is no whole number", self.name(at));
        match self.value(at) {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(n) => Ok(Some(n)),
            ValueRef::Real(x) if x.fract() == 0.0 && x.abs() < 9e15 => Ok(Some(x as i64)),
            ValueRef::Text(bytes) => {
                let text = std::str::from_utf8(bytes).map_err(|_| wrong())?.trim();
                if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| wrong()) }
            }
            ValueRef::Real(_) | ValueRef::Blob(_) => Err(wrong()),
        }
    }

    /// A whole number that must be there.
    pub(super) fn id(&self, at: usize) -> Result<i64, String> {
        self.number(at)?.ok_or_else(|| format!("{} is empty", self.name(at)))
    }

    /// Red, green and blue from three cells on, as `#rrggbb`; empty where one is missing.
    pub(super) fn colour(&self, at: usize) -> Result<String, String> {
        let mut colour = "#".to_owned();
        for i in at..at + 3 {
            match self.number(i)? {
                Some(n @ 0..=255) => colour += &format!("{n:02x}"),
                _ => return Ok(String::new()),
            }
        }
        Ok(colour)
    }

    /// Bytes of any cell, as a text that says what it is.
    pub(super) fn any(&self, at: usize) -> String {
        match self.value(at) {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => self.text(at).unwrap_or_default(),
        }
    }
}
