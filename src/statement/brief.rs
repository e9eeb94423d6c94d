//! What a statement says, borrowed from where it stands, so that a million rows can pass without being kept.
//!
//! In: the cells of a row, or a [`Statement`]. Out: a [`Brief`], and the rules that every statement keeps. Never here:
//! files, lines, other rows.

use super::row::clip;
use super::{Kind, Relation, Statement};
use jiff::civil::Date;
use std::borrow::Cow;

/// A statement on loan. Names are tidied; fields are those of [`Statement`].
#[derive(Debug, Clone, PartialEq)]
pub struct Brief<'a> {
    /// The id that the table gives; empty when it gives none.
    pub id: &'a str,
    /// The document's id.
    pub document: Cow<'a, str>,
    /// The document's date.
    pub date: Option<Date>,
    /// Second of the day, 0 to 86,399; 0 when the table gives the day alone. It only tells what was said first.
    pub second: u32,
    /// Number of the sentence.
    pub sentence: Option<u32>,
    /// Who takes the stance.
    pub holder: Cow<'a, str>,
    /// What the holder is.
    pub holder_kind: Option<Kind>,
    /// Whom the holder speaks for.
    pub holder_for: Option<Cow<'a, str>>,
    /// The stance; `None` for a mere mention, in somebody else's table without a column for it.
    pub relation: Option<Relation>,
    /// The stance as a whole number, in a table whose relation is one; then 0 has no `relation`.
    pub level: Option<i32>,
    /// What it is toward.
    pub target: Cow<'a, str>,
    /// What the target is.
    pub target_kind: Option<Kind>,
    /// Actors whose matter it is.
    pub toward: Vec<Cow<'a, str>>,
    /// The canonical matter.
    pub matter: Option<Cow<'a, str>>,
    /// An invitation that was not made.
    pub withheld: bool,
    /// Conditional, alleged, or only possible.
    pub hedged: bool,
    /// Who reports it.
    pub source: Option<Cow<'a, str>>,
    /// The words of the text.
    pub quote: &'a str,
    /// Byte offsets of the quote.
    pub span: Option<(usize, usize)>,
    /// Who coded it.
    pub coder: Cow<'a, str>,
    /// Probability that it is right.
    pub confidence: Option<f64>,
}

impl<'a> Brief<'a> {
    /// The view of a statement.
    pub fn of(s: &'a Statement) -> Self {
        let lend = |text: &'a Option<String>| text.as_deref().map(Cow::Borrowed);
        Self {
            id: &s.id,
            document: Cow::Borrowed(&s.document),
            date: s.date,
            second: 0,
            sentence: s.sentence,
            holder: Cow::Borrowed(&s.holder),
            holder_kind: s.holder_kind,
            holder_for: lend(&s.holder_for),
            relation: Some(s.relation),
            level: None,
            target: Cow::Borrowed(&s.target),
            target_kind: s.target_kind,
            toward: s.toward.iter().map(|n| Cow::Borrowed(n.as_str())).collect(),
            matter: lend(&s.matter),
            withheld: s.withheld,
            hedged: s.hedged,
            source: lend(&s.source),
            quote: &s.quote,
            span: s.span,
            coder: Cow::Borrowed(&s.coder),
            confidence: s.confidence,
        }
    }

    /// The statement, to keep, without unknown columns; `None` for a mere mention. Where the table gave no id it gets its
    /// [hash](Statement::hash).
    pub(super) fn keep(self) -> Option<Statement> {
        let owned = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
        let mut statement = Statement {
            id: self.id.to_owned(),
            document: self.document.into_owned(),
            date: self.date,
            sentence: self.sentence,
            holder: self.holder.into_owned(),
            holder_kind: self.holder_kind,
            holder_for: owned(self.holder_for),
            relation: self.relation?,
            target: self.target.into_owned(),
            target_kind: self.target_kind,
            toward: self.toward.into_iter().map(Cow::into_owned).collect(),
            matter: owned(self.matter),
            withheld: self.withheld,
            hedged: self.hedged,
            source: owned(self.source),
            quote: self.quote.to_owned(),
            span: self.span,
            coder: self.coder.into_owned(),
            confidence: self.confidence,
            extra: std::collections::BTreeMap::new(),
        };
        if statement.id.is_empty() {
            statement.id = statement.hash();
        }
        Some(statement)
    }

    /// What keeps a statement from standing in a table. Readers refuse a row for it, and writers refuse to write it, so
    /// that whatever we write can be read again. Where actors were `renamed`, holder and target may be one.
    pub(super) fn problems(&self, renamed: bool) -> Vec<String> {
        let mut wrong = Vec::new();
        for (cell, column) in [(&self.document, "document"), (&self.holder, "holder"), (&self.target, "target")] {
            if cell.trim().is_empty() {
                wrong.push(format!("no {column}"));
            }
        }
        if !renamed && !self.holder.is_empty() && self.holder == self.target {
            wrong.push(format!(
                "{} is both holder and target; a stance of an actor toward itself is none: remove the row",
                clip(&self.holder)
            ));
        }
        if self.holder_kind == Some(Kind::Matter) {
            wrong.push("holder_kind is matter; a holder is a country, institution or person".to_owned());
        }
        if let Some(relation) = self.relation.filter(|r| self.withheld && *r != Relation::Invite) {
            wrong.push(format!("withheld is true with relation {relation}; only an invite can be withheld"));
        }
        if let Some((start, end)) = self.span.filter(|(start, end)| start > end) {
            wrong.push(format!("start {start} is after end {end}"));
        }
        if let Some(confidence) = self.confidence.filter(|c| !(0.0..=1.0).contains(c)) {
            wrong.push(format!("confidence is {confidence}; it goes from 0 to 1"));
        }
        // ';' separates the names of the column, and there is no way to write it inside one that every other reader of
        // the table would undo: so no name may have it, in JSONL neither, lest a table go one way but not the other.
        if let Some(name) = self.toward.iter().find(|n| n.contains(';')) {
            wrong.push(format!("the name {} in toward has a ';', which separates names there: rename it", clip(name)));
        }
        wrong
    }
}
