//! Who does a deed, where the frames know nobody: those sent, places of suffering, whoever says so.

use crate::language::engine::Upos;
use crate::stances::events::{Events, Sort};
use crate::stances::reader::Reader;

impl Reader<'_, '_> {
    /// Who does it: the subject or agent; those who are sent somewhere; the place where something is suffered by nobody's
    /// hand ("was jailed in X"); for a pronoun that means nobody known, who says so ("the miners said they"); or whose aid
    /// or attack it is that does it.
    pub(super) fn doers(&self, at: usize, events: &Events) -> Vec<usize> {
        // "died in a prison of X"
        let died = self.tree.words[at].lemma == "die";
        let passive = died || self.tree.is_passive(at) && self.agent(at).is_none();
        let holders = if passive { Vec::new() } else { self.holder(at).actors };
        if !holders.is_empty() {
            return self.with_attributes(at, holders);
        }
        // "said it is ready to": the parser may take "it" for an empty subject.
        let Some(subject) = self.subject(at, 0).or_else(|| self.empty_subject(at, events)) else { return Vec::new() };
        if passive {
            let moved = events.is(self.tree, at, Sort::Moving);
            return if moved { self.scene.who(subject).actors } else { self.place_of_suffering(at) };
        }
        if self.tree.words[subject].upos == Upos::Pron {
            let speech = self.speech_above(at);
            return speech.map(|v| self.holder(v).actors).unwrap_or_default();
        }
        let deed = events.relation(self.tree, subject).is_some()
            || self.tree.children(subject).iter().any(|&c| self.tree.words[c].deprel == "nmod:poss");
        if deed { self.owners_of_thing(subject) } else { Vec::new() }
    }

    /// "Norwegian and Belarusian troops": both do it.
    fn with_attributes(&self, at: usize, mut holders: Vec<usize>) -> Vec<usize> {
        let Some(subject) = self.subject(at, 0).filter(|_| !self.tree.is_passive(at)) else { return holders };
        let attributes = self.tree.children(subject).iter().copied();
        let first = attributes.filter(|&c| matches!(self.tree.rel(c), "amod" | "compound"));
        let of_name = |c: usize| self.scene.mention_at(c).map(|m| m.actors.clone()).unwrap_or_default();
        for name in first.filter(|&c| !of_name(c).is_empty()) {
            let more = self.tree.children(name).iter().copied().filter(|&c| self.tree.rel(c) == "conj");
            let both: Vec<usize> = more.flat_map(of_name).collect();
            if !both.is_empty() {
                holders.extend(of_name(name).into_iter().chain(both));
            }
        }
        let mut seen = Vec::new();
        holders.retain(|a| {
            !seen.contains(a) && {
                seen.push(*a);
                true
            }
        });
        holders
    }

    /// "was tortured in a prison in X", "has been expelled from X".
    fn place_of_suffering(&self, at: usize) -> Vec<usize> {
        let place = |c: &usize| matches!(self.tree.preposition(*c), Some("in" | "from" | "at"));
        let places = || self.tree.children(at).iter().copied().filter(|c| *c > at && place(c));
        let below = places().flat_map(|c| self.tree.span(c, &|w| self.tree.words[w].deprel == "acl:relcl"));
        let mut named = below.filter_map(|w| self.scene.mention_at(w)).map(|m| m.actors.clone());
        let subject = self.subject(at, 0).map(|s| self.scene.who(s).actors).unwrap_or_default();
        let other = |who: &Vec<usize>| !who.is_empty() && !who.iter().any(|a| subject.contains(a));
        let unnamed = || places().map(|c| self.scene.who(c).actors).find(other);
        named.find(other).or_else(unnamed).unwrap_or_default()
    }

    /// The "it" of "it is ready to talk", which is somebody.
    pub(super) fn empty_subject(&self, at: usize, events: &Events) -> Option<usize> {
        let it = self.tree.child(at, &["expl"]).filter(|&e| self.tree.words[e].lower == "it")?;
        events.relation(self.tree, at).map(|_| it)
    }
}
