//! All that a `.dna` file holds, but for the texts of its documents.
//!
//! In: nothing; these are the types. Out: a [`Coding`]. Never here: SQL.

use crate::Error;
use jiff::civil::DateTime;
use std::collections::BTreeMap;

/// Which Discourse Network Analyzer wrote the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 2.0, in all its betas.
    Two,
    /// 3.0 and later.
    Three,
}

/// What a variable holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataType {
    /// A name out of a list.
    ShortText,
    /// Any text.
    LongText,
    /// A whole number.
    Integer,
    /// 1 or 0.
    Boolean,
}

impl DataType {
    /// As the program calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ShortText => "short text",
            Self::LongText => "long text",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
        }
    }
}

/// A kind of statement, with variables of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementType {
    /// Its id.
    pub id: i64,
    /// Its name, such as "DNA Statement".
    pub label: String,
    /// Its colour, as `#rrggbb`; empty where there is none.
    pub colour: String,
    /// Its variables, by id.
    pub variables: Vec<Variable>,
}

/// What is coded of each statement of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its id.
    pub id: i64,
    /// Its name, such as "organization".
    pub name: String,
    /// What it holds.
    pub data: DataType,
    /// Names of the attributes that its values have, by id.
    pub attributes: Vec<String>,
}

/// A value of a short text variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its id.
    pub id: i64,
    /// The id of its variable.
    pub variable: i64,
    /// The name.
    pub value: String,
    /// Its colour, as `#rrggbb`; empty where there is none.
    pub colour: String,
    /// The id of the entity that it is a part of.
    pub child_of: Option<i64>,
    /// Values of the variable's attributes that are not empty, by their place in [`Variable::attributes`].
    pub attributes: Vec<(usize, String)>,
}

/// Who codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coder {
    /// The name.
    pub name: String,
    /// The colour, as `#rrggbb`; empty where there is none.
    pub colour: String,
}

/// What is known of a document, but for its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The title.
    pub title: String,
    /// The id of who entered it.
    pub coder: Option<i64>,
    /// Author, source, section, type and notes.
    pub fields: [String; 5],
    /// Day and time; `None` where there is none, or none that a calendar has.
    pub date: Option<DateTime>,
}

impl Paper {
    /// What [`Paper::fields`] are called.
    pub const FIELDS: [&'static str; 5] = ["author", "source", "section", "type", "notes"];
}

/// The value of a variable in a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// The place of an entity in [`Coding::entities`].
    Entity(u32),
    /// A text.
    Text(Box<str>),
    /// A number, or 1 and 0 for yes and no.
    Number(i64),
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// Its id.
    pub id: i64,
    /// The place of its type in [`Coding::types`].
    pub of: usize,
    /// The id of its document.
    pub document: i64,
    /// The id of its coder.
    pub coder: Option<i64>,
    /// From where to where in the document's text, in UTF-16 units.
    pub place: (i64, i64),
    /// One value a variable of its type.
    pub cells: Vec<Option<Cell>>,
    /// The words there; empty where the place is none of the text.
    pub quote: String,
    /// Where our reader of documents has them, in bytes of its text.
    pub span: Option<(usize, usize)>,
    /// Whether it can be used: document and place are there.
    pub sound: bool,
}

/// A value whose statement or variable is no longer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// The table that it stands in.
    pub table: &'static str,
    /// The id of the statement that it was of.
    pub statement: i64,
    /// The id of the variable that it was of.
    pub variable: i64,
    /// The value.
    pub value: String,
}

/// The whole file.
#[derive(Debug)]
pub struct Coding {
    /// The file as the user named it, for messages.
    pub file: String,
    /// Who wrote it.
    pub version: Version,
    /// Kinds of statements, by id.
    pub types: Vec<StatementType>,
    /// Values of short text variables, by id.
    pub entities: Vec<Entity>,
    /// Coders, by id.
    pub coders: BTreeMap<i64, Coder>,
    /// Documents, by id.
    pub documents: BTreeMap<i64, Paper>,
    /// Statements, by id.
    pub statements: Vec<Coded>,
    /// Values that hang in the air.
    pub orphans: Vec<Orphan>,
    /// Rows that cannot be used, and why; 20 at most of each table, then how many more.
    pub faults: Vec<Error>,
    /// What the user should know.
    pub notes: Vec<String>,
}

impl Coding {
    /// The words of a cell; empty where nothing is coded.
    pub fn text(&self, cell: Option<&Cell>) -> String {
        match cell {
            None => String::new(),
            Some(Cell::Entity(at)) => self.entities.get(*at as usize).map_or(String::new(), |e| e.value.clone()),
            Some(Cell::Text(text)) => text.to_string(),
            Some(Cell::Number(n)) => n.to_string(),
        }
    }

    /// A coder's name; the id where there is no such coder any more.
    pub fn coder(&self, id: Option<i64>) -> String {
        id.map_or(String::new(), |id| match self.coders.get(&id) {
            Some(coder) if !coder.name.trim().is_empty() => coder.name.clone(),
            _ => format!("coder {id}"),
        })
    }
}
