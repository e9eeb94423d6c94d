//! What somebody will or will not do: plans, refusals, and whom who hosts will invite.

use crate::language::Takes;
use crate::language::engine::Upos;
use crate::stances::frames::Frame;
use crate::stances::reader::{Reader, Stance, Toward, flip};

impl Reader<'_, '_> {
    /// "will" or "would" before the verb at `at`.
    pub fn will(&self, at: usize) -> Option<&str> {
        self.tree.modal(at).filter(|modal| matches!(*modal, "will" | "would" | "wo" | "'ll"))
    }

    /// "will not", "would not" and a verb of any kind.
    pub fn refusal(&self, at: usize, taken: &mut [bool]) -> Option<Stance> {
        let frame = self.frames.refusal()?;
        let neither = matches!(self.tree.words[at].lemma.as_str(), "be" | "have");
        if self.will(at).is_none() || !self.tree.is_negated(at) || self.tree.is_passive(at) || neither {
            return None;
        }
        if self.clause_phrase(at).len() < 2 || self.is_telling(at) {
            return None;
        }
        // "would not withdraw the bill" is for the bill.
        let undone = self.object(at).filter(|_| self.frames.takes_away(&self.tree.words[at].lemma));
        self.take(at, taken);
        Some(self.willed(at, frame, undone, undone.is_some() || self.is_conditional(at)))
    }

    /// "will build a dam", "said that it would build a dam": what somebody says that they will do, they plan.
    pub fn intention(&self, at: usize, taken: &mut [bool]) -> Option<Stance> {
        let frame = self.frames.intention()?;
        let would = self.will(at).filter(|modal| *modal != "wo")? == "would";
        if self.tree.is_negated(at)
            || self.tree.is_passive(at)
            || self.is_telling(at)
            || self.scene.takes(at, Takes::Undergoes)
        {
            return None;
        }
        // "will drop his bid to": what the noun tells is told by its own frame.
        let plain = |&o: &usize| {
            let word = &self.tree.words[o];
            o > at && word.upos != Upos::Pron && self.frames.noun(&word.lower).is_none()
        };
        let object = self.object(at).filter(plain)?;
        let supposed = |&c: &usize| {
            self.tree.preposition(c) == Some("without")
                || matches!(self.tree.words[c].lower.as_str(), "otherwise" | "rather" | "instead")
        };
        if would && (self.is_conditional(at) || self.tree.children(at).iter().any(supposed)) {
            return None;
        }
        // What others say that somebody will do is no plan of theirs.
        let speech = self.speech_above(at).map(|verb| self.holder(verb).actors);
        match speech.or_else(|| self.tagged_by(at).map(|who| vec![who])) {
            Some(tellers) => {
                let whose = self.subject(at, 0).map(|s| self.scene.who(s).actors).unwrap_or_default();
                let own = |&who: &usize| whose.iter().any(|&a| a == who || self.scene.cast.speaks_for(who, a));
                if !tellers.iter().any(own) {
                    return None;
                }
            }
            None if would => return None,
            None => {}
        }
        taken[at] = true;
        let undone = Some(object).filter(|_| self.frames.takes_away(&self.tree.words[at].lemma));
        Some(self.willed(at, frame, undone, self.is_hedged(at)))
    }

    /// The stance on what the clause says, or, turned, on the object that it would take away (`undone`).
    fn willed(&self, at: usize, frame: &Frame, undone: Option<usize>, hedged: bool) -> Stance {
        let phrase = self.clause_phrase(at);
        Stance {
            relation: if undone.is_some() { flip(frame.relation) } else { frame.relation },
            toward: Toward::Matter(undone.map_or_else(|| phrase.clone(), |object| self.matter_phrase(object))),
            occasion: None,
            withheld: false,
            hedged,
            words: phrase,
            frame: frame.name.clone(),
            part: frame.part,
        }
    }

    /// "X will not be invited, the palace said": who tells what will be decides it, unless it is done to them.
    pub fn decider(&self, at: usize, stance: &Stance) -> Vec<usize> {
        if self.will(at).is_none() {
            return Vec::new();
        }
        let tells = |verb: &usize| self.frames.is_saying(&self.tree.words[*verb].lemma);
        let above = || self.speech_above(at).filter(tells).and_then(|v| self.holder(v).actors.into_iter().next());
        let teller = self.tagged_by(at).or_else(above);
        let asked = |who: &usize| matches!(&stance.toward, Toward::Actors(asked) if asked.contains(who));
        // "will not be invited to join NATO, Norway said": NATO does not invite.
        let clause = self.tree.span(at, &|c| self.tree.rel(c) == "parataxis");
        let host = |who: &usize| {
            let other = |a: &usize| a != who && !self.scene.cast.speaks_for(*who, *a) && !asked(a);
            let named = self.scene.mentions_in(&clause).filter(|m| !self.scene.is_place(m));
            !named.flat_map(|m| &m.actors).any(other)
        };
        teller.into_iter().filter(|who| !asked(who) && host(who)).collect()
    }
}
