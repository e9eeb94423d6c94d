//! How far two or more coders agree, variable by variable.
//!
//! In: codings. Out: a [`Reliability`]: Krippendorff's alpha over all coders, Cohen's kappa for each two of them, and the
//! values that they are reckoned from. Never here: who is right.

use super::chance::{Values, alpha_interval, alpha_nominal, alpha_ordinal, kappa, ratio};
use super::text::{line, share};
use super::units::{Unit, units};
use super::variables::{Level, Variable, number};
use crate::Result;
use crate::statement::{Statement, Table};
use serde::Serialize;
use std::fmt;

/// How far coders agree. `Display` gives it as a plain text table, serde as JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    /// The coders, by name.
    pub coders: Vec<Coder>,
    /// Things (document, holder, target) toward which some coder codes a stance.
    pub units: usize,
    /// The variables.
    pub variables: Vec<OfVariable>,
    /// The values that coders gave: by unit, variable and coder.
    #[serde(skip)]
    data: Vec<Given>,
}

/// A coder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coder {
    /// Its name.
    pub name: String,
    /// Rows of its coding.
    pub rows: usize,
}

/// How far coders agree on one variable.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfVariable {
    /// Its name.
    pub variable: String,
    /// How its values differ.
    pub level: Level,
    /// Units to which at least two coders gave a value: alpha is of these.
    pub units: usize,
    /// Krippendorff's alpha; `None` where it is not defined.
    pub alpha: Option<f64>,
    /// Each two coders.
    pub pairs: Vec<OfPair>,
}

/// How far two coders agree on one variable.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfPair {
    /// The one coder.
    pub a: String,
    /// The other coder.
    pub b: String,
    /// Units to which both gave a value, and of which at least one codes a stance.
    pub units: usize,
    /// Share of these to which they gave the same value.
    pub same: Option<f64>,
    /// Cohen's kappa, of values as names; `None` where it is not defined.
    pub kappa: Option<f64>,
}

/// What coders gave one unit.
#[derive(Debug, Clone, PartialEq)]
struct Given {
    document: String,
    holder: String,
    target: String,
    /// Whether a coder has it.
    coded: Vec<bool>,
    /// By variable and coder.
    values: Vec<Vec<Option<String>>>,
}

/// Compares codings, each with the name of its coder. The order of codings and of statements does not matter, as long as
/// the names are not the same.
pub fn reliability(codings: &[(String, Vec<Statement>)], variables: &[Variable]) -> Reliability {
    let mut codings: Vec<&(String, Vec<Statement>)> = codings.iter().collect();
    codings.sort_by(|a, b| a.0.cmp(&b.0));
    let sorted: Vec<Vec<Statement>> = codings.iter().map(|(_, s)| super::sorted(s)).collect();
    let lists: Vec<&[Statement]> = sorted.iter().map(Vec::as_slice).collect();
    let data: Vec<Given> = units(&lists).iter().map(|unit| given(unit, variables)).collect();
    let names: Vec<&str> = codings.iter().map(|(name, _)| name.as_str()).collect();
    let of = |(number, variable): (usize, &Variable)| of_variable(&data, number, variable, &names);
    Reliability {
        variables: variables.iter().enumerate().map(of).collect(),
        coders: codings.iter().map(|(name, s)| Coder { name: name.clone(), rows: s.len() }).collect(),
        units: data.len(),
        data,
    }
}

/// The codings that one table holds: one a coder, by name; all rules of the program are one. Who found nothing in what
/// they coded has a coding, too.
pub fn by_coder(table: Table) -> Vec<(String, Vec<Statement>)> {
    let mut codings: std::collections::BTreeMap<String, Vec<Statement>> = std::collections::BTreeMap::new();
    for statement in table.statements {
        codings.entry(crate::statement::coder(&statement).to_owned()).or_default().push(statement);
    }
    for blank in table.blanks {
        codings.entry(crate::statement::together::coder_of(&blank.coder).to_owned()).or_default();
    }
    codings.into_iter().collect()
}

fn given(unit: &Unit<'_>, variables: &[Variable]) -> Given {
    let first = unit.rows.iter().flatten().next();
    let name = |of: fn(&Statement) -> &String| first.map_or(String::new(), |s| of(s).clone());
    Given {
        document: name(|s| &s.document),
        holder: name(|s| &s.holder),
        target: name(|s| &s.target),
        coded: unit.rows.iter().map(|rows| !rows.is_empty()).collect(),
        values: variables.iter().map(|v| unit.rows.iter().map(|rows| v.value(rows)).collect()).collect(),
    }
}

fn of_variable(data: &[Given], number: usize, variable: &Variable, names: &[&str]) -> OfVariable {
    let values: Vec<Vec<&str>> = data
        .iter()
        .map(|unit| unit.values[number].iter().flatten().map(String::as_str).collect::<Vec<_>>())
        .filter(|values| values.len() > 1)
        .collect();
    let numbers =
        || values.iter().map(|unit| unit.iter().filter_map(|v| self::number(v)).collect()).collect::<Vec<_>>();
    let alpha = match variable.level() {
        Level::Nominal => alpha_nominal(&values),
        Level::Ordinal => alpha_ordinal(&numbers()),
        Level::Interval => alpha_interval(&numbers()),
    };
    let mut pairs = Vec::new();
    for a in 0..names.len() {
        for b in a + 1..names.len() {
            let table = table(data, number, a, b);
            let units: u64 = table.values().sum();
            let same: u64 = table.iter().filter(|((a, b), _)| a == b).map(|(_, units)| units).sum();
            pairs.push(OfPair {
                a: names[a].to_owned(),
                b: names[b].to_owned(),
                units: units as usize,
                same: ratio(same as f64, units as f64),
                kappa: kappa(&table),
            });
        }
    }
    OfVariable { variable: variable.name().to_owned(), level: variable.level(), units: values.len(), alpha, pairs }
}

/// How many units got which value from the one and which from the other of two coders; units that neither has stay out.
fn table(data: &[Given], variable: usize, a: usize, b: usize) -> Values {
    let mut table = Values::new();
    for unit in data.iter().filter(|unit| unit.coded[a] || unit.coded[b]) {
        let values = &unit.values[variable];
        if let (Some(a), Some(b)) = (&values[a], &values[b]) {
            *table.entry((a.clone(), b.clone())).or_default() += 1;
        }
    }
    table
}

impl Reliability {
    /// The table of the first two coders' values of the first variable.
    pub(super) fn first_table(&self) -> Values {
        table(&self.data, 0, 0, 1)
    }

    /// All values as CSV: a row a unit and variable, a column a coder; a cell is empty where a coder gave none. Any other
    /// program can reckon from these.
    ///
    /// # Errors
    /// A failed write.
    pub fn units_csv(&self) -> Result<Vec<u8>> {
        let failed = |e: csv::Error| crate::Error::io("units", std::io::Error::other(e.to_string()));
        let mut writer = csv::Writer::from_writer(Vec::new());
        let header = ["unit", "document", "holder", "target", "variable", "level"].into_iter();
        writer.write_record(header.chain(self.coders.iter().map(|c| c.name.as_str()))).map_err(failed)?;
        for (number, unit) in self.data.iter().enumerate() {
            let number = (number + 1).to_string();
            for (variable, values) in self.variables.iter().zip(&unit.values) {
                let level = variable.level.to_string();
                let start = [&number, &unit.document, &unit.holder, &unit.target, &variable.variable, &level];
                let values = values.iter().map(|v| v.as_deref().unwrap_or_default());
                writer.write_record(start.into_iter().map(String::as_str).chain(values)).map_err(failed)?;
            }
        }
        writer.into_inner().map_err(|e| crate::Error::io("units", e.into_error()))
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let two = self.coders.len() == 2;
        let pairs = self.variables.iter().flat_map(|v| &v.pairs).map(|p| p.a.chars().count() + p.b.chars().count() + 5);
        let names = self.variables.iter().map(|v| v.variable.chars().count());
        let width = names.chain(pairs.filter(|_| !two)).max().unwrap_or(0).max(20);
        writeln!(f, "{:<width$}  {:<8}  {:>7}  {:>7}  {:>7}  {:>7}", "", "level", "units", "same", "alpha", "kappa")?;
        for v in &self.variables {
            let only = v.pairs.first().filter(|_| two);
            let (same, kappa) = (share(only.and_then(|p| p.same)), share(only.and_then(|p| p.kappa)));
            let alpha = share(v.alpha);
            let level = v.level.to_string();
            writeln!(f, "{:<width$}  {level:<8}  {:>7}  {same:>7}  {alpha:>7}  {kappa:>7}", v.variable, v.units)?;
            for pair in v.pairs.iter().filter(|_| !two) {
                let name = line(&format!("  {} - {}", pair.a, pair.b));
                let (same, kappa) = (share(pair.same), share(pair.kappa));
                writeln!(f, "{name:<width$}  {:<8}  {:>7}  {same:>7}  {:>7}  {kappa:>7}", "", pair.units, "")?;
            }
        }
        Ok(())
    }
}
