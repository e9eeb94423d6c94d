//! An agreement as plain text, for the terminal.
//!
//! In: an [`Agreement`]. Out: aligned lines. Never here: numbers that the JSON form does not have.

use super::{Agreement, Scores};
use crate::statement::Statement;
use std::fmt;

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<21}{:>7}{:>7}{:>9}{:>11}{:>8}{:>8}", "", "A", "B", "matched", "precision", "recall", "F1")?;
        let rows = [
            ("all statements", &self.overall),
            ("  invite", &self.invite),
            ("  support", &self.support),
            ("  oppose", &self.oppose),
            ("holder and relation", &self.holder_and_relation),
        ];
        for (label, s) in rows {
            let Scores { a, b, matched, .. } = s;
            let (p, r, f1) = (share(s.precision), share(s.recall), share(s.f1));
            writeln!(f, "{label:<21}{a:>7}{b:>7}{matched:>9}{p:>11}{r:>8}{f1:>8}")?;
        }
        let repeated = (self.rows_a - self.overall.a, self.rows_b - self.overall.b);
        if repeated != (0, 0) {
            writeln!(f, "Repetitions left out: {} in A, {} in B.", repeated.0, repeated.1)?;
        }
        writeln!(f, "\nKrippendorff's alpha {:>7}  (nominal)", share(self.alpha))?;
        writeln!(f, "Cohen's kappa        {:>7}", share(self.kappa))?;
        writeln!(f, "over {} units (document, holder, target) that A or B coded:", self.units)?;
        let words = self.values.iter().flat_map(|c| [&c.a, &c.b]);
        let width = words.map(|w| w.chars().count()).max().unwrap_or(0).max(4);
        writeln!(f, "  {:<width$}  {:<width$}  {:>6}", "A", "B", "units")?;
        for cell in &self.values {
            writeln!(f, "  {:<width$}  {:<width$}  {:>6}", cell.a, cell.b, cell.units)?;
        }
        if self.reliability.variables.len() > 1 {
            write!(f, "\nBy variable:\n{}", self.reliability)?;
        }
        for (coding, documents) in [("A", &self.documents_only_a), ("B", &self.documents_only_b)] {
            if !documents.is_empty() {
                let names: Vec<String> = documents.iter().map(|d| line(d)).collect();
                writeln!(f, "\nDocuments that only {coding} has ({}): {}", names.len(), names.join(", "))?;
            }
        }
        for (coding, statements) in [("A", &self.only_a), ("B", &self.only_b)] {
            if !statements.is_empty() {
                writeln!(f, "\nOnly in {coding} ({}):", statements.len())?;
            }
            for s in statements {
                writeln!(f, "  {}", statement(s))?;
            }
        }
        Ok(())
    }
}

pub(super) fn share(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |v| format!("{v:.3}"))
}

fn statement(s: &Statement) -> String {
    let place = s.sentence.map_or(String::new(), |n| format!(" [{n}]"));
    let not = if s.withheld { "does not " } else { "" };
    let quote = if s.quote.is_empty() { String::new() } else { format!("  \"{}\"", s.quote) };
    line(&format!("{}{place}  {} — {not}{} — {}{quote}", s.document, s.holder, s.relation, s.target))
}

/// On one line, and without what a terminal would obey.
pub(super) fn line(text: &str) -> String {
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(visible).collect::<String>().trim_end().to_owned()
}
