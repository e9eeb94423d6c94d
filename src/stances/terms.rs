//! Stances that stand in what a deed waits for or goes without: "will not fly until the decree is withdrawn", "left without
//! signing", and in the side that somebody is on before a vote: "the No campaign was led by X".

use crate::language::engine::Upos;
use crate::stances::frames::{Asked, Part};
use crate::stances::reader::{Finding, Reader, Said, Toward, flip};
use crate::statement::Relation;
use std::ops::Range;

impl Reader<'_, '_> {
    /// All of them that `at` heads.
    pub fn terms(&self, at: usize) -> Vec<Finding> {
        let mut out = self.awaited(at);
        out.extend(self.unsigned(at));
        out.extend(self.on_side(at));
        out
    }

    fn term(&self, verb: usize, relation: Relation, toward: Toward, quote: Range<usize>) -> Vec<Finding> {
        let own = self.spoken_for(verb, self.holder(verb).actors);
        // "said the pilots would not fly": whoever says so.
        let holders = if own.is_empty() { self.sayers(verb) } else { own };
        let own = matches!(&toward, Toward::Actors(who) if who.is_empty() || who.iter().any(|a| holders.contains(a)));
        if holders.is_empty() || own || self.is_asked() {
            return Vec::new();
        }
        let quote = self.quote_start(verb, quote.start.min(verb))..quote.end.max(verb + 1);
        vec![Finding::plain(holders, relation, toward, quote, "duty".to_owned(), Part::Refusal)]
    }

    /// "will not fly until the decree is withdrawn": against the decree; "until Y is freed": for Y.
    fn awaited(&self, at: usize) -> Vec<Finding> {
        let Some(main) = self.tree.head(at).filter(|_| self.tree.rel(at) == "advcl") else { return Vec::new() };
        if self.tree.words[at].upos != Upos::Verb
            || !self.has_mark(at, &["until", "unless"])
            || self.tree.is_negated(at)
        {
            return Vec::new();
        }
        let means_to = self.will(main).is_some() || self.tree.is_infinitive(main);
        let subject = self.tree.child(at, &["nsubj"]).filter(|_| means_to);
        let Some(subject) = subject else { return Vec::new() };
        let lemma = self.tree.words[at].lemma.as_str();
        let passive = self.tree.is_passive(at);
        let who = self.scene.who(subject).actors;
        let change = self.frames.request(lemma) == Some(Asked::Change) && !self.frames.is_due(lemma);
        let gains = passive && self.values.is_gaining(lemma);
        let relation = match (change || passive && self.frames.takes_away(lemma), gains) {
            (_, true) => Relation::Support,
            (true, _) if passive || !who.is_empty() => Relation::Oppose,
            _ => return Vec::new(),
        };
        let toward = if who.is_empty() {
            if self.tree.words[subject].upos != Upos::Noun || self.is_nobody(subject) {
                return Vec::new();
            }
            Toward::Matter(self.matter_phrase(subject))
        } else {
            Toward::Actors(who)
        };
        self.term(main, relation, toward, main..self.clause_phrase(at).end)
    }

    /// "left without signing": against what was to be signed.
    fn unsigned(&self, at: usize) -> Vec<Finding> {
        let Some(main) = self.tree.head(at).filter(|_| self.tree.words[at].xpos == "VBG") else { return Vec::new() };
        let without = self.tree.preposition(at) == Some("without") || self.has_mark(at, &["without"]);
        if !without || self.tree.words[main].upos != Upos::Verb || self.said(main, 0) != Said::Plainly {
            return Vec::new();
        }
        let signs = matches!(self.tree.words[at].lemma.as_str(), "sign" | "ratify" | "endorse" | "approve" | "initial");
        if !signs || self.tree.is_negated(main) || self.tree.is_passive(main) {
            return Vec::new();
        }
        let object = self.object(at).filter(|&o| o > at);
        let toward = object.map_or(Toward::Matter(at..at), |o| Toward::Matter(self.matter_phrase(o)));
        self.term(main, flip(Relation::Support), toward, main..self.clause_phrase(at).end)
    }

    /// "X leads the No campaign", "the Yes camp is funded by X": for or against what the vote is on.
    fn on_side(&self, at: usize) -> Vec<Finding> {
        let side = matches!(self.tree.words[at].lemma.as_str(), "campaign" | "side" | "camp" | "movement" | "vote");
        let word = self.tree.children(at).iter().copied().filter(|&c| c < at && c + 3 > at);
        let said = word.filter(|_| side).find_map(|c| match self.tree.words[c].lower.as_str() {
            "yes" => Some((c, Relation::Support)),
            "no" if self.scene.is_capitalized(c) => Some((c, Relation::Oppose)),
            _ => None,
        });
        let Some(((word, relation), verb)) = said.zip(self.tree.head(at)) else { return Vec::new() };
        let leads = matches!(
            self.tree.words[verb].lemma.as_str(),
            "lead"
                | "head"
                | "join"
                | "fund"
                | "finance"
                | "back"
                | "support"
                | "run"
                | "front"
                | "chair"
                | "organise"
                | "organize"
        );
        let part = matches!(self.tree.rel(at), "obj" | "nsubj");
        if !leads || !part || self.tree.is_negated(verb) || (self.tree.rel(at) == "nsubj") != self.tree.is_passive(verb)
        {
            return Vec::new();
        }
        let end = self.agent(verb).map_or(verb + 1, |a| self.phrase(a).end).max(at + 1);
        self.term(verb, relation, Toward::Matter(at..at), word.min(verb)..end)
    }
}
