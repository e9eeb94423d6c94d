//! Which statements count.
//!
//! In: statements and options. Out: those that pass, in canonical order, and how many did not and why.
//! Never here: what is made of them.

use super::NetworkOptions;
use crate::statement::Statement;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// How much was left out, by the first reason that applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Statements without a date, while dates were asked for.
    pub undated: usize,
    /// Statements before the first or after the last day.
    pub outside_dates: usize,
    /// Statements that name none of the wanted, or one of the unwanted.
    pub by_name: usize,
    /// Hedged statements.
    pub hedged: usize,
    /// Statements of too little confidence.
    pub unsure: usize,
    /// Ties of too few statements.
    pub light_ties: usize,
}

impl LeftOut {
    /// Statements left out for any reason.
    pub fn statements(&self) -> usize {
        self.undated + self.outside_dates + self.by_name + self.hedged + self.unsure
    }
}

/// The statements in canonical order, each identical row once.
pub(super) fn sorted(statements: &[Statement]) -> Vec<&Statement> {
    let mut sorted: Vec<&Statement> = statements.iter().collect();
    sorted.sort_by(|a, b| canonical(a, b));
    sorted.dedup_by(|a, b| canonical(a, b).is_eq());
    sorted
}

/// The statements that count, in the order given.
pub(super) fn filter(sorted: &[&Statement], options: &NetworkOptions) -> (Vec<Statement>, LeftOut) {
    let only = folded(&options.only);
    let exclude = folded(&options.exclude);
    let mut left_out = LeftOut::default();
    let mut kept = Vec::new();
    for &statement in sorted {
        let dated = options.from.is_none() && options.to.is_none();
        let reason = match statement.date {
            None if !dated => &mut left_out.undated,
            Some(day) if options.from.is_some_and(|from| day < from) || options.to.is_some_and(|to| day > to) => {
                &mut left_out.outside_dates
            }
            _ if (!only.is_empty() && !names_any(statement, &only)) || names_any(statement, &exclude) => {
                &mut left_out.by_name
            }
            _ if options.no_hedged && statement.hedged => &mut left_out.hedged,
            _ if statement.confidence.is_some_and(|c| c < options.min_confidence) => &mut left_out.unsure,
            _ => {
                kept.push(statement.clone());
                continue;
            }
        };
        *reason += 1;
    }
    (kept, left_out)
}

pub(super) fn folded(names: &[String]) -> BTreeSet<String> {
    names.iter().map(|n| n.trim().to_lowercase()).filter(|n| !n.is_empty()).collect()
}

fn names_any(statement: &Statement, wanted: &BTreeSet<String>) -> bool {
    if wanted.is_empty() {
        return false;
    }
    let s = statement;
    [Some(&s.holder), s.holder_for.as_ref(), Some(&s.target), s.matter.as_ref()]
        .into_iter()
        .flatten()
        .chain(&s.toward)
        .any(|name| wanted.contains(&name.trim().to_lowercase()))
}

/// A total order over everything a statement says, so that the order of the input leaves no trace.
pub(super) fn canonical(a: &Statement, b: &Statement) -> Ordering {
    let place = |s: &Statement| (s.span, s.sentence);
    let kinds = |s: &Statement| (s.holder_kind, s.target_kind, s.withheld, s.hedged);
    let sure = |s: &Statement| s.confidence.unwrap_or(-1.0);
    (&a.document, place(a), &a.holder, a.relation, &a.target)
        .cmp(&(&b.document, place(b), &b.holder, b.relation, &b.target))
        .then_with(|| kinds(a).cmp(&kinds(b)))
        .then_with(|| (&a.holder_for, &a.matter, &a.toward).cmp(&(&b.holder_for, &b.matter, &b.toward)))
        .then_with(|| (&a.quote, &a.source, &a.coder).cmp(&(&b.quote, &b.source, &b.coder)))
        .then_with(|| (a.date, &a.id, &a.extra).cmp(&(b.date, &b.id, &b.extra)))
        .then_with(|| sure(a).total_cmp(&sure(b)))
}
