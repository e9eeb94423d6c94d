//! What a judgement is about: whom or what the word it is said of means.

use crate::language::engine::Upos;
use crate::stances::frames::Part;
use crate::stances::reader::{DEPTH, Finding, Reader, Toward};
use crate::statement::Relation;
use std::ops::Range;

impl Reader<'_, '_> {
    /// The judgement `relation` of `holders` on what the phrase of `subject` means.
    pub fn valued(&self, holders: Vec<usize>, relation: Relation, subject: usize, quote: Range<usize>) -> Vec<Finding> {
        if holders.is_empty() {
            return Vec::new();
        }
        let word = &self.tree.words[subject];
        let thing = matches!(word.lower.as_str(), "it" | "this" | "that" | "these" | "those" | "which" | "what");
        let loose = thing && word.lower != "which" || word.lower == "they" && self.scene.who(subject).actors.is_empty();
        if let Some(meant) = self.meant_thing(subject).filter(|_| loose) {
            return self.valued(holders, relation, meant, quote);
        }
        // "trust in Y is gone": that is about Y.
        let trusted = self.frames.noun(&word.lower).filter(|f| f.relation == Relation::Support).and_then(|_| {
            let inside = self.tree.children(subject).iter().copied();
            inside.clone().find(|&c| self.tree.preposition(c) == Some("in") && !self.scene.who(c).actors.is_empty())
        });
        if let Some(whom) = trusted {
            return self.valued(holders, relation, whom, quote);
        }
        let meant: Vec<usize> = if thing { Vec::new() } else { self.scene.who(subject).actors };
        let own = |a: &usize| holders.iter().any(|&h| h == *a || self.scene.cast.speaks_for(h, *a));
        let who: Vec<usize> = meant.iter().copied().filter(|a| !own(a)).collect();
        let whose = self.tree.children(subject).iter().find(|&&c| matches!(self.tree.words[c].xpos, "PRP$" | "WP$"));
        let mine = whose.is_some_and(|&c| matches!(self.tree.words[c].lower.as_str(), "my" | "our" | "whose"));
        if mine && relation == Relation::Support && who.is_empty() {
            // Praise of one's own.
            return Vec::new();
        }
        let toward = if !who.is_empty() {
            Toward::Actors(who)
        } else if !meant.is_empty() {
            // What people say of themselves is no stance.
            return Vec::new();
        } else if word.upos == Upos::Verb {
            Toward::Matter(self.clause_phrase(subject))
        } else if matches!(word.upos, Upos::Pron | Upos::Det) && !thing {
            return Vec::new();
        } else if self.values.is_mishap(&word.lemma) {
            // "the storm put lives at risk", "was shocked by the earthquake": nobody's doing.
            return Vec::new();
        } else if self.scene.means_people(subject) || word.upos == Upos::Noun && self.is_nobody(subject) {
            // "the president", whoever that is.
            return Vec::new();
        } else {
            Toward::Matter(self.matter_phrase(subject))
        };
        vec![Finding::plain(holders, relation, toward, quote, "judgement".to_owned(), Part::Adjective)]
    }

    /// What "it", "this" or "they" means where the sentence itself tells: what the speaker is said to speak of, or the
    /// subject of an earlier clause.
    pub fn meant_thing(&self, pronoun: usize) -> Option<usize> {
        let told = self.spoken_of(pronoun);
        if told.is_some() || !matches!(self.tree.words[pronoun].lower.as_str(), "it" | "they") {
            return told;
        }
        let mut clause = self.tree.head(pronoun)?;
        for _ in 0..DEPTH {
            clause = self.tree.head(clause)?;
            let subject = self.tree.child(clause, &["nsubj"]);
            let noun = |s: &usize| {
                *s < pronoun
                    && self.tree.words[*s].upos == Upos::Noun
                    && self.scene.quoted[*s] == self.scene.quoted[pronoun]
            };
            if let Some(subject) = subject.filter(noun) {
                return self.scene.who(subject).actors.is_empty().then_some(subject);
            }
        }
        None
    }

    /// "…, Jane Doe said of the parade": of what is said in quotation marks.
    pub fn spoken_of(&self, at: usize) -> Option<usize> {
        if !self.scene.quoted[at] {
            return None;
        }
        let says = (0..self.tree.words.len()).filter(|&v| !self.scene.quoted[v] && self.scene.is_speech(v));
        let of = says.flat_map(|v| self.tree.children(v)).copied().find(|&c| {
            matches!(self.tree.rel(c), "obl" | "nmod")
                && !self.scene.quoted[c]
                && matches!(self.tree.preposition(c), Some("of" | "about"))
        });
        // "said Jane Doe of the parade", but "said Jane Doe of the Party"
        let behind_name = || {
            let says = (0..self.tree.words.len()).filter(|&v| !self.scene.quoted[v] && self.scene.is_speech(v));
            let names = says.filter_map(|v| self.tree.child(v, &["nsubj"]).filter(|&s| s > v));
            names.flat_map(|s| self.tree.children(s)).copied().find(|&c| {
                self.tree.preposition(c) == Some("of")
                    && self.tree.words[c].upos == Upos::Noun
                    && self.scene.who(c).actors.is_empty()
                    && !self.scene.means_people(c)
            })
        };
        of.filter(|&o| self.tree.words[o].upos != Upos::Num).or_else(behind_name)
    }

    /// "there are good people in Y", "it is people of good will in Y": said of Y.
    pub fn whereabouts(&self, at: usize, subject: usize) -> Option<usize> {
        let empty = matches!(self.tree.words[subject].lower.as_str(), "it" | "there");
        let within = self.tree.children(at).iter().copied().find(|&c| {
            matches!(self.tree.rel(c), "nmod" | "obl")
                && matches!(self.tree.preposition(c), Some("in" | "at" | "within" | "inside"))
                && !self.scene.who(c).actors.is_empty()
        });
        within.filter(|_| empty)
    }
}
