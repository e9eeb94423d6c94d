//! Frames of adjectives and participles used as such, and refusals: "is opposed to", "is against", "will not".

use crate::language::Takes;
use crate::language::engine::Upos;
use crate::stances::frames::Part;
use crate::stances::reader::{Reader, Stance, Toward, flip};
use crate::statement::Relation;

impl Reader<'_, '_> {
    /// Adjectives, and participles used as such: "is opposed to", "remains reluctant to", "unwilling to".
    pub fn adjective(&self, at: usize, taken: &mut [bool], depth: usize) -> Vec<Stance> {
        let word = &self.tree.words[at];
        // "is in favour of": the phrase is one word to its frame.
        let phrase =
            || self.tree.preposition(at).filter(|_| self.has_copula(at)).map(|p| format!("{p} {}", word.lower));
        let mut frame = self.frames.adjective(&word.lower).or_else(|| self.frames.adjective(phrase()?.as_str()));
        // "was scathing about": what looks like a participle of a verb that has no frame.
        let deed = || {
            // "was angered by X" is no deed, and how somebody feels.
            let mut frames = self.frames.verb(&word.lemma);
            frames.any(|(_, f)| f.holder.iter().all(|h| h != "undergoer"))
        };
        let feels = word.xpos == "VBG"
            && !deed()
            && self.tree.children(at).iter().any(|&c| self.tree.rel(c) == "aux" && self.tree.words[c].lemma == "be");
        let passive = word.upos == Upos::Verb && (self.tree.is_passive(at) || self.has_copula(at) || feels);
        // "was opposed by X" is what X did, "is opposed to" how somebody feels.
        let done = passive && self.agent(at).is_some() && deed();
        if word.upos == Upos::Verb && !passive || done {
            return Vec::new();
        }
        // "is against the plan": the preposition is the predicate, the noun its target.
        let case = self
            .tree
            .children(at)
            .iter()
            .copied()
            .find(|&c| self.tree.rel(c) == "case" && matches!(self.tree.words[c].lower.as_str(), "against"));
        let against =
            case.filter(|_| self.has_copula(at)).and_then(|c| self.frames.adjective(&self.tree.words[c].lower));
        if against.is_some() {
            frame = against;
        }
        // "The party is against."
        if word.lower == "against" && self.has_copula(at) && !word.is_nominal() {
            let Some(frame) = frame else { return Vec::new() };
            return vec![Stance {
                relation: if self.tree.is_negated(at) { flip(frame.relation) } else { frame.relation },
                toward: Toward::Matter(at..at),
                occasion: None,
                withheld: false,
                hedged: self.is_hedged(at),
                words: at..at + 1,
                frame: frame.name.clone(),
                part: Part::Adjective,
            }];
        }
        let Some(frame) = frame else { return Vec::new() };
        let mut relation = frame.relation;
        let mut hedged = self.is_hedged(at);
        // "not happy with", "less happy with"
        if self.tree.is_negated(at) || self.is_denied(at) {
            hedged |= relation == Relation::Oppose;
            relation = flip(relation);
        }
        let finish = |found: Vec<Stance>| -> Vec<Stance> {
            found.into_iter().map(|s| Stance { part: Part::Adjective, ..s }).collect()
        };
        for slot in &frame.target {
            let node = match slot.as_str() {
                "clause" => {
                    let Some(child) = self.complement_of(at) else { continue };
                    let found = self.complement(child, frame, relation, hedged, taken, depth);
                    if found.is_empty() {
                        continue;
                    }
                    return finish(found);
                }
                "object" if against.is_some() => Some(at),
                "object" => None,
                prep => self.tree.children(at).iter().copied().find(|&c| {
                    matches!(self.tree.rel(c), "obl" | "nmod" | "advcl") && self.tree.preposition(c) == Some(prep)
                }),
            };
            let Some(node) = node else { continue };
            if self.tree.words[node].upos == Upos::Verb {
                let found = self.complement(node, frame, relation, hedged, taken, depth);
                if !found.is_empty() {
                    return finish(found);
                }
                continue;
            }
            let make = |(toward, words): (Toward, std::ops::Range<usize>)| Stance {
                relation,
                toward,
                occasion: None,
                withheld: false,
                hedged,
                words: words.start.min(at)..words.end.max(at + 1),
                frame: frame.name.clone(),
                part: Part::Adjective,
            };
            return self.targets(node, frame).into_iter().map(make).collect();
        }
        Vec::new()
    }

    /// "will not", "would not" and a verb of any kind.
    pub fn refusal(&self, at: usize, taken: &mut [bool]) -> Option<Stance> {
        let frame = self.frames.refusal()?;
        let modal = matches!(self.tree.modal(at), Some("will" | "would" | "wo" | "'ll"));
        let word = &self.tree.words[at];
        if !modal
            || !self.tree.is_negated(at)
            || self.tree.is_passive(at)
            || matches!(word.lemma.as_str(), "be" | "have")
        {
            return None;
        }
        let phrase = self.clause_phrase(at);
        if phrase.len() < 2 || self.is_telling(at) {
            return None;
        }
        // "would not withdraw the bill" is for the bill.
        let undoes = self.object(at).is_some() && self.frames.takes_away(&word.lemma);
        self.take(at, taken);
        Some(Stance {
            relation: if undoes { flip(frame.relation) } else { frame.relation },
            toward: Toward::Matter(
                self.object(at).filter(|_| undoes).map_or(phrase.clone(), |o| self.matter_phrase(o)),
            ),
            occasion: None,
            withheld: false,
            hedged: undoes || self.is_conditional(at),
            words: phrase,
            frame: frame.name.clone(),
            part: Part::Refusal,
        })
    }

    /// "will build a dam", "said that it would build a dam": what somebody says that they will do, they plan.
    pub fn intention(&self, at: usize, taken: &mut [bool]) -> Option<Stance> {
        let frame = self.frames.intention()?;
        // What others say that somebody will do is no plan of theirs.
        let speech = self.speech_above(at).map(|verb| self.holder(verb).actors);
        let teller = speech.or_else(|| self.tagged_by(at).map(|who| vec![who]));
        let whose = self.subject(at, 0).map(|s| self.scene.who(s).actors).unwrap_or_default();
        let speaks = |who: &usize| {
            let home = self.scene.cast.get(*who).and_then(|e| e.speaks_for.as_deref());
            let own = |a: &usize| self.scene.cast.get(*a).is_some_and(|e| Some(e.name.as_str()) == home);
            whose.contains(who) || whose.iter().any(own)
        };
        let supposed = |&c: &usize| {
            self.tree.preposition(c) == Some("without")
                || matches!(self.tree.words[c].lower.as_str(), "otherwise" | "rather" | "instead")
        };
        let own = teller.as_ref().is_none_or(|tellers| tellers.iter().any(speaks));
        let will = own
            && match self.tree.modal(at) {
                Some("will" | "'ll") => true,
                Some("would") => {
                    teller.is_some() && !self.is_conditional(at) && !self.tree.children(at).iter().any(supposed)
                }
                _ => false,
            };
        let word = &self.tree.words[at];
        if !will || self.tree.is_negated(at) || self.tree.is_passive(at) || self.is_telling(at) {
            return None;
        }
        // "will drop his bid to": what the noun tells is told by its own frame.
        let plain = |&o: &usize| {
            let word = &self.tree.words[o];
            o > at && word.upos != Upos::Pron && self.frames.noun(&word.lower).is_none()
        };
        let object = self.object(at).filter(plain)?;
        if self.scene.takes(at, Takes::Undergoes) {
            return None;
        }
        let phrase = self.clause_phrase(at);
        let undoes = self.frames.takes_away(&word.lemma);
        taken[at] = true;
        Some(Stance {
            relation: if undoes { flip(frame.relation) } else { frame.relation },
            toward: Toward::Matter(if undoes { self.matter_phrase(object) } else { phrase.clone() }),
            occasion: None,
            withheld: false,
            hedged: self.is_hedged(at),
            words: phrase,
            frame: frame.name.clone(),
            part: Part::Intention,
        })
    }
}
