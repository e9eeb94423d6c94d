//! The agreement of any number of coders.
//!
//! In: codings. Out: a [`Several`]: what each two have in common, and alpha and kappa by variable. Never here: the statements
//! that only some have; two codings compared alone show those.

use super::reliability::{Reliability, reliability};
use super::variables::Variable;
use super::{Scores, overlap, text};
use crate::statement::Statement;
use serde::Serialize;
use std::fmt;

/// How far any number of coders agree. `Display` gives it as a plain text table, serde as JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Several {
    /// Alpha and kappa by variable.
    pub reliability: Reliability,
    /// The distinct statements that each two coders share.
    pub pairs: Vec<Shared>,
}

/// The distinct statements of two coders.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shared {
    /// The one coder, whose statements are `a` in `statements`.
    pub coder_a: String,
    /// The other coder.
    pub coder_b: String,
    /// What they have, and what matches.
    pub statements: Scores,
}

/// Compares codings, each with the name of its coder.
pub fn agree_all(codings: &[(String, Vec<Statement>)], variables: &[Variable]) -> Several {
    let mut sorted: Vec<&(String, Vec<Statement>)> = codings.iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut pairs = Vec::new();
    for (at, a) in sorted.iter().enumerate() {
        for b in &sorted[at + 1..] {
            let statements = overlap(&a.1, &b.1);
            pairs.push(Shared { coder_a: a.0.clone(), coder_b: b.0.clone(), statements });
        }
    }
    Several { reliability: reliability(codings, variables), pairs }
}

impl fmt::Display for Several {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let coders: Vec<String> =
            self.reliability.coders.iter().map(|c| format!("{} ({} rows)", text::line(&c.name), c.rows)).collect();
        writeln!(f, "{} coders: {}\n", coders.len(), coders.join(", "))?;
        writeln!(f, "Distinct statements that two have in common:")?;
        let name = |p: &Shared| text::line(&format!("{} - {}", p.coder_a, p.coder_b));
        let width = self.pairs.iter().map(|p| name(p).chars().count()).max().unwrap_or(0).max(20);
        writeln!(f, "{:<width$}  {:>7}  {:>7}  {:>7}  {:>7}", "", "first", "second", "both", "F1")?;
        for pair in &self.pairs {
            let Scores { a, b, matched, f1, .. } = pair.statements;
            writeln!(f, "{:<width$}  {a:>7}  {b:>7}  {matched:>7}  {:>7}", name(pair), text::share(f1))?;
        }
        writeln!(
            f,
            "\nKrippendorff's alpha and Cohen's kappa over {} units (document, holder, target) that any coded:",
            self.reliability.units
        )?;
        write!(f, "{}", self.reliability)
    }
}
