//! What coders agree on or do not: the variables, and the values that they give them.
//!
//! In: the rows that a coder has of a unit. Out: the value of a variable. Never here: figures.

use super::alike::fold;
use super::{Relation, stances};
use crate::statement::columns::{Column, Names};
use crate::statement::write::cell;
use crate::statement::{Statement, Table};
use crate::{Error, Result};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// How values of a variable differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// They are the same, or not.
    Nominal,
    /// They are numbers of which only the order counts.
    Ordinal,
    /// They are numbers as far apart as their difference.
    Interval,
}

/// A variable whose values are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    what: What,
    level: Level,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// The stance, or that the coder codes none.
    Relation,
    /// The stance, where the coder codes one.
    Shared,
    /// A column of the table.
    Column(String),
}

impl Variable {
    /// The variables that every table has.
    pub fn usual() -> Vec<Self> {
        let column = |name: &str| What::Column(name.to_owned());
        let columns = ["holder", "target", "matter", "withheld", "hedged"].into_iter().map(column);
        let all = [What::Relation, What::Shared].into_iter().chain(columns);
        all.map(|what| Self { what, level: Level::Nominal }).collect()
    }

    /// What tables call it.
    pub fn name(&self) -> &str {
        match &self.what {
            What::Relation => "relation",
            What::Shared => "relation where coded",
            What::Column(name) => name,
        }
    }

    /// How its values differ.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Checks that some table has the column, and that its cells are numbers where they should be.
    ///
    /// # Errors
    /// A usage error for a column that no table has, with those that there are; every cell that is no number.
    pub fn check(&self, tables: &[Table]) -> Result<()> {
        let What::Column(name) = &self.what else { return Ok(()) };
        let all = || tables.iter().flat_map(|t| &t.statements);
        if Names::default().column(name).is_none() && !all().any(|s| s.extra.contains_key(name)) {
            let there: BTreeSet<&String> = all().flat_map(|s| s.extra.keys()).collect();
            let there: Vec<&str> = there.into_iter().map(String::as_str).take(60).collect();
            let others = if there.is_empty() { "none".to_owned() } else { there.join(", ") };
            return Err(Error::Usage(format!(
                "--variables: no table has a column \"{name}\"; columns beside those of statements: {others}"
            )));
        }
        if self.level == Level::Nominal {
            return Ok(());
        }
        let mut problems = crate::statement::problems::Problems::new();
        for table in tables {
            for (s, line) in table.statements.iter().zip(&table.lines) {
                let value = column(s, name);
                if !value.is_empty() && number(&value).is_none() {
                    let value = crate::statement::row::clip(&value);
                    let level = self.level;
                    let message = format!(
                        "{name} is {value}, which is no number; write one, or compare it as nominal ({name} without :{level})"
                    );
                    problems.add(&table.file, *line, message);
                }
            }
        }
        problems.into_result("tables")
    }

    /// The value that a coder gives a unit; `None` where it gives none. Several values are one of their own
    /// (`invite+support`), several numbers their mean. Names are compared as everywhere here.
    pub(super) fn value(&self, rows: &[&Statement]) -> Option<String> {
        let name = match &self.what {
            What::Relation if rows.is_empty() => return Some("none".to_owned()),
            _ if rows.is_empty() => return None,
            What::Relation | What::Shared => return Some(stances(rows.iter().copied())),
            What::Column(name) => name,
        };
        let values = rows.iter().map(|s| column(s, name)).filter(|value| !value.is_empty());
        if self.level == Level::Nominal {
            let values: BTreeSet<String> = values.map(|value| if named(name) { fold(&value) } else { value }).collect();
            let values: Vec<String> = values.into_iter().collect();
            return (!values.is_empty()).then(|| values.join("+"));
        }
        let numbers: Vec<f64> = values.filter_map(|value| number(&value)).collect();
        (!numbers.is_empty()).then(|| (numbers.iter().sum::<f64>() / numbers.len() as f64).to_string())
    }
}

/// A cell by its column's name.
fn column(s: &Statement, name: &str) -> String {
    let text = match Names::default().column(name) {
        Some(column) => cell(s, column).into_owned(),
        None => s.extra.get(name).cloned().unwrap_or_default(),
    };
    text.trim().to_owned()
}

/// Whether a column holds names, which may be spelt in several ways.
fn named(name: &str) -> bool {
    let names = [Column::Holder, Column::HolderFor, Column::Target, Column::Toward, Column::Matter, Column::Source];
    Names::default().column(name).is_some_and(|column| names.contains(&column))
}

pub(super) fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|n: &f64| n.is_finite())
}

impl FromStr for Variable {
    type Err = String;

    /// `NAME` or `NAME:LEVEL`.
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let (name, level) = match text.rsplit_once(':') {
            None => (text, Level::Nominal),
            Some((name, "nominal")) => (name, Level::Nominal),
            Some((name, "ordinal")) => (name, Level::Ordinal),
            Some((name, "interval")) => (name, Level::Interval),
            Some((_, other)) => return Err(format!("\"{other}\" is no level; use nominal, ordinal or interval")),
        };
        let name = name.trim();
        if name.is_empty() {
            return Err("name a column".to_owned());
        }
        // In tables, letter case makes no difference to columns of ours.
        let name = Names::default().column(name).map_or(name.to_owned(), |column| column.name().to_owned());
        let what = if name == "relation" { What::Relation } else { What::Column(name) };
        if what == What::Relation && level != Level::Nominal {
            return Err("the relation is no number".to_owned());
        }
        Ok(Self { what, level })
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
            Self::Interval => "interval",
        })
    }
}

/// The word for a stance.
pub(super) fn stance(relation: Relation, withheld: bool) -> &'static str {
    if withheld { "withheld" } else { relation.as_str() }
}
