//! What people say should be done: "X said Y must leave", "we should back the plan".

use crate::language::engine::Upos;
use crate::stances::frames::{Asked, Part};
use crate::stances::reader::{Finding, Reader, Toward};
use crate::statement::Relation;
use std::ops::Range;

impl Reader<'_, '_> {
    /// The stances of those who say that something must or should be done.
    pub fn duties(&self) -> Vec<Finding> {
        (0..self.tree.words.len()).flat_map(|at| self.duty(at)).collect()
    }

    fn duty(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let modal = matches!(self.tree.modal(at), Some("must" | "should" | "ought"));
        if word.upos != Upos::Verb || !modal && !self.is_needed(at) || self.has_mark(at, &["if", "whether", "unless"]) {
            return Vec::new();
        }
        let Some(holder) = self.sayer(at) else { return Vec::new() };
        let Some(subject) = self.subject(at, 0) else { return Vec::new() };
        let clause = self.clause_phrase(at);
        let start = self.phrase(subject).start;
        let quote = start.min(clause.start)..clause.end;
        let who = self.scene.who(subject).actors;
        let home = self.scene.cast.get(holder).and_then(|e| e.speaks_for.clone());
        let name = |a: &usize| self.scene.cast.get(*a).map(|e| e.name.clone());
        let own = who.iter().any(|a| *a == holder || home.is_some() && name(a) == home);
        let make = |relation, toward, quote: Range<usize>, frame: String| {
            Finding::plain(vec![holder], relation, toward, quote, frame, Part::Refusal)
        };
        let changes = self.frames.request(&word.lemma) == Some(Asked::Change) || self.tree.is_negated(at);
        if !own && !who.is_empty() && !self.tree.is_passive(at) && changes {
            return vec![make(Relation::Oppose, Toward::Actors(who), quote, "duty".to_owned())];
        }
        self.duty.set(true);
        let mut taken = vec![false; self.tree.words.len()];
        let inner = self.stances(at, &mut taken, 1);
        self.duty.set(false);
        if !inner.is_empty() {
            let end = |words: &Range<usize>| quote.start..quote.end.max(words.end);
            return inner.into_iter().map(|s| make(s.relation, s.toward, end(&s.words), s.frame)).collect();
        }
        Vec::new()
    }

    /// "has to", "needs to".
    fn is_needed(&self, at: usize) -> bool {
        self.tree.rel(at) == "xcomp"
            && self.tree.head(at).is_some_and(|h| {
                matches!(self.tree.words[h].lemma.as_str(), "need" | "have") && !self.tree.is_negated(h)
            })
    }
}
