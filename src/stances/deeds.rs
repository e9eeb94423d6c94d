//! What bodies and backers do in a clause whose subject is not alone: chambers, those who join in, what one has done by others.

use crate::language::Takes;
use crate::stances::reader::Reader;
use crate::statement::Kind;

impl Reader<'_, '_> {
    /// "X, backed by Y, blocked the statement": Y blocked it too.
    pub fn backers(&self, verb: usize, passive: bool, holders: &[usize]) -> Vec<usize> {
        let subject = self.tree.child(verb, &["nsubj"]).filter(|&s| s < verb && !passive);
        let Some(subject) = subject.filter(|&s| self.scene.mention_at(s).is_some()) else { return Vec::new() };
        let joined = self.tree.children(subject).iter().copied().filter(|&c| {
            self.tree.rel(c) == "acl"
                && matches!(self.tree.words[c].lower.as_str(), "backed" | "joined" | "supported" | "seconded")
                && self.tree.words[c - 1].lower == ","
                && c < verb
        });
        let agents = joined.filter_map(|c| self.agent(c)).flat_map(|a| self.scene.who(a).actors);
        agents.filter(|a| !holders.contains(a)).collect()
    }

    /// "passed the Senate", "failed in the Senate": the body that the verb is about.
    pub fn chamber(&self, verb: usize) -> Vec<usize> {
        let here = |c: &usize| {
            matches!(self.tree.rel(*c), "obj" | "obl")
                && matches!(self.tree.preposition(*c), None | Some("in" | "through" | "out" | "from"))
        };
        let named = self.tree.children(verb).iter().copied().filter(here).flat_map(|c| self.scene.who(c).actors);
        named.filter(|&a| self.scene.cast.get(a).is_some_and(|e| e.kind == Kind::Institution && !e.outlet)).collect()
    }

    /// Who holds the stance of a verb whose subject is what it is about.
    pub fn turned_holder(&self, verb: usize, frame: &str) -> Vec<usize> {
        // "angered Norway"
        if self.frames.holder_stands(frame, "undergoer") {
            let whom = self.tree.child(verb, &["obj"]).map(|o| self.scene.who(o).actors).unwrap_or_default();
            return whom.into_iter().filter(|&a| self.scene.is_no_outlet(a)).collect();
        }
        if self.frames.holder_stands(frame, "with") { self.taste_of(verb) } else { self.chamber(verb) }
    }

    /// "found favour with X", "went down badly in Oslo": to whose taste it is or not.
    fn taste_of(&self, verb: usize) -> Vec<usize> {
        let below = self
            .tree
            .children(verb)
            .iter()
            .flat_map(|&c| std::iter::once(c).chain(self.tree.children(c).iter().copied()));
        let with = below
            .filter(|&c| matches!(self.tree.preposition(c), Some("with" | "in" | "among" | "from" | "on" | "for")));
        let mut who = with.map(|c| match self.scene.mention_at(c) {
            Some(m) if self.scene.is_place(m) => m.actors.clone(),
            _ => self.scene.who(c).actors,
        });
        let who = who.find(|who| !who.is_empty()).unwrap_or_default();
        who.into_iter().filter(|&a| self.scene.is_no_outlet(a)).collect()
    }

    /// What somebody has done to something by whomever: "have X lifted".
    pub fn caused(&self, verb: usize) -> Option<usize> {
        if !self.scene.takes(verb, Takes::Causative) {
            return None;
        }
        let below = self.tree.children(verb).iter().copied().find(|&c| self.tree.rel(c) == "ccomp" && c > verb)?;
        let patient = self.tree.child(below, &["nsubj"]).filter(|&s| s > verb && s < below)?;
        (self.tree.words[below].xpos == "VBN" && self.tree.words[patient].deprel == "nsubj:pass").then_some(below)
    }

    /// "two million euros", "$600,000".
    pub fn is_amount(&self, noun: usize) -> bool {
        let skip = |c: usize| matches!(self.tree.rel(c), "acl" | "nmod" | "appos" | "conj");
        self.tree.span(noun, &skip).any(|w| self.frames.is_money(&self.tree.words[w].lower))
    }
}
