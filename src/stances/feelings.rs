//! What people feel, cry out, see grounds for, or will not bear: "is appalled by", "Shame on Y!", "no excuse for".

use crate::language::engine::Upos;
use crate::stances::frames::Part;
use crate::stances::reader::{Finding, Reader, Said, Toward, flip};
use crate::statement::Relation;

/// An exclamation has no more words than this.
const SHORT: usize = 8;

impl Reader<'_, '_> {
    /// "I am appalled by the plan", "was proud of Y": what somebody feels about something.
    pub fn felt(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let predicate = self.has_copula(at)
            || matches!(word.upos, Upos::Verb | Upos::Adj) && self.tree.is_passive(at)
            || self.tree.rel(at) == "xcomp" && word.upos == Upos::Adj;
        // "expressed disappointment at"
        let verb = self.tree.head(at).filter(|&v| {
            self.tree.rel(at) == "obj" && word.upos == Upos::Noun && self.frames.is_light(&self.tree.words[v].lemma)
        });
        let clause = verb.unwrap_or(at);
        if !predicate && verb.is_none() || self.said(clause, 0) == Said::Not || self.tree.modal(clause).is_some() {
            return Vec::new();
        }
        let framed = self.frames.adjective(&word.lower).is_some();
        if framed && !self.is_bare(at) || self.frames.noun(&word.lower).is_some() {
            return Vec::new();
        }
        let Some(relation) = self.values.feeling(&word.lower) else { return Vec::new() };
        let relation = if self.is_denied(at) || self.is_denied(clause) { flip(relation) } else { relation };
        let Some(subject) = self.subject(clause, 0) else { return Vec::new() };
        let holders = self.scene.who(subject).actors;
        let object = self.tree.children(at).iter().copied().filter(|_| !framed).find(|&c| {
            matches!(self.tree.rel(c), "obl" | "advcl" | "nmod" | "ccomp")
                && (self.tree.rel(c) == "ccomp"
                    || matches!(
                        self.tree.preposition(c),
                        Some("by" | "with" | "at" | "about" | "of" | "to" | "in" | "over" | "for")
                    ))
        });
        let start = self.phrase(subject).start.min(at);
        let Some(object) = object else {
            let topic = Toward::Matter(at..at);
            let quote = start..self.clause_phrase(clause).end.max(at + 1);
            let found = Finding::plain(holders, relation, topic, quote, "judgement".to_owned(), Part::Adjective);
            return if found.holders.is_empty() { Vec::new() } else { vec![found] };
        };
        let quote = start..self.phrase(object).end.max(at + 1);
        self.valued(holders, relation, object, quote)
    }

    /// "was disappointed", "was pleased that the people would decide": with nothing that says who did what.
    fn is_bare(&self, at: usize) -> bool {
        self.tree.children(at).iter().copied().filter(|&c| c > at).all(|c| match self.tree.rel(c) {
            "xcomp" => false,
            "advcl" => self.has_mark(c, &["as", "while", "when", "after", "because"]),
            "ccomp" => {
                let subject = self.tree.child(c, &["nsubj"]);
                let doer = subject
                    .is_some_and(|s| self.tree.words[s].upos == Upos::Pron || !self.scene.who(s).actors.is_empty());
                subject.is_some() && !doer
            }
            "obl" => matches!(self.tree.preposition(c), Some("on" | "after" | "during") | None),
            _ => true,
        })
    }

    /// "this shameful decision", "the regime's brutality", in what somebody says.
    pub fn attributed(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        if !self.scene.quoted[at] || !matches!(word.upos, Upos::Noun) || self.has_copula(at) {
            return Vec::new();
        }
        let strong = |w: usize| self.word_value(w).filter(|(_, strong)| *strong).map(|(relation, _)| relation);
        let before = self.tree.children(at).iter().copied().filter(|&c| self.tree.rel(c) == "amod");
        let Some(relation) = strong(at).or_else(|| before.filter_map(strong).next()) else { return Vec::new() };
        // "questions about Norway's honesty" praise nobody.
        let asked = self.tree.rel(at) == "nmod" && matches!(self.tree.preposition(at), Some("about" | "over" | "on"));
        if asked && relation == Relation::Support {
            return Vec::new();
        }
        let Some(holder) = self.sayer(at) else { return Vec::new() };
        let owners: Vec<usize> = self
            .scene
            .owner_nodes(at)
            .into_iter()
            .filter(|&o| self.tree.preposition(o) != Some("for"))
            .flat_map(|o| match self.tree.words[o].xpos {
                "PRP$" => self.scene.possessor(o),
                _ => self.scene.who(o).actors,
            })
            .filter(|&a| a != holder)
            .collect();
        let definite =
            self.tree.children(at).iter().any(|&c| matches!(self.tree.words[c].lower.as_str(), "the" | "this"));
        let toward = if !owners.is_empty() {
            Toward::Actors(owners)
        } else if definite && self.frames.is_empty_word(&word.lower) {
            Toward::Matter(at..at)
        } else {
            return Vec::new();
        };
        let quote = self.phrase(at);
        vec![Finding::plain(vec![holder], relation, toward, quote, "judgement".to_owned(), Part::Adjective)]
    }

    /// "Shame on Y!", "What a disgrace": a quotation that is no sentence.
    pub fn exclaimed(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let top = match self.tree.head(at) {
            None => true,
            Some(head) => {
                self.scene.is_speech(head)
                    && !self.scene.quoted[head]
                    && matches!(self.tree.rel(at), "ccomp" | "parataxis" | "nsubj" | "obj")
            }
        };
        if !self.scene.quoted[at] || word.upos == Upos::Verb || !top || self.has_copula(at) || self.is_asked() {
            return Vec::new();
        }
        let clause =
            self.tree.children(at).iter().any(|&c| matches!(self.tree.rel(c), "nsubj" | "acl" | "ccomp" | "expl"));
        let Some(relation) = self.value(at).filter(|_| !clause) else { return Vec::new() };
        let Some(holder) = self.scene.speaker else { return Vec::new() };
        let quote = self.tree.span(at, &|c| self.tree.rel(c) == "punct" || !self.scene.quoted[c]);
        if quote.len() > SHORT || quote.clone().any(|w| matches!(self.tree.words[w].upos, Upos::Verb | Upos::Aux)) {
            return Vec::new();
        }
        let on = self.tree.children(at).iter().copied().find(|&c| self.tree.preposition(c) == Some("on"));
        match on.or_else(|| self.spoken_of(at)) {
            Some(object) => self.valued(vec![holder], relation, object, quote),
            None => {
                let topic = Toward::Matter(at..at);
                vec![Finding::plain(vec![holder], relation, topic, quote, "judgement".to_owned(), Part::Adjective)]
            }
        }
    }

    /// "we see justification for the decision", "there is no need for the plan".
    pub fn grounded(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        if word.upos != Upos::Noun || !self.values.is_ground(&word.lemma) || self.frames.noun(&word.lower).is_some() {
            return Vec::new();
        }
        let Some(verb) = self.tree.head(at).filter(|_| matches!(self.tree.rel(at), "obj" | "nsubj")) else {
            return Vec::new();
        };
        let there = self.tree.words[verb].lemma == "be" && self.tree.child(verb, &["expl"]).is_some();
        let object =
            self.tree.rel(at) == "obj" && matches!(self.tree.words[verb].lemma.as_str(), "see" | "have" | "find");
        if !there && !object || self.said(verb, 0) == Said::Not || self.tree.modal(verb).is_some() {
            return Vec::new();
        }
        let holders = if there { self.sayer(verb).into_iter().collect() } else { self.holder(verb).actors };
        let denied = self.is_denied(at) || self.is_denied(verb);
        // "no need to ban the plan": what the deed is good for.
        let deed = self
            .tree
            .children(at)
            .iter()
            .copied()
            .find(|&c| c > at && self.tree.rel(c) == "acl" && self.tree.is_infinitive(c));
        if let Some(deed) = deed.filter(|_| !holders.is_empty()) {
            let mut taken = vec![false; self.tree.words.len()];
            let quote = verb.min(at)..self.clause_phrase(deed).end;
            let signed = |r| if denied { flip(r) } else { r };
            let inner = self.stances(deed, &mut taken, 1).into_iter().filter(|s| s.relation != Relation::Invite);
            let found = inner.map(|s| {
                let words = quote.start..quote.end.max(s.words.end);
                let relation = signed(s.relation);
                Finding::plain(holders.clone(), relation, s.toward, words, "judgement".to_owned(), Part::Adjective)
            });
            return found.collect();
        }
        let for_what = self.tree.children(at).iter().chain(self.tree.children(verb)).copied().find(|&c| {
            c > at
                && matches!(self.tree.rel(c), "nmod" | "obl")
                && matches!(self.tree.preposition(c), Some("for" | "in"))
        });
        let Some(object) = for_what.filter(|&o| self.scene.who(o).actors.is_empty()) else { return Vec::new() };
        let relation = if denied { Relation::Oppose } else { Relation::Support };
        let quote = verb.min(at)..self.phrase(object).end;
        self.valued(holders, relation, object, quote)
    }

    /// "such acts will not be tolerated", "we cannot accept this".
    pub fn not_tolerated(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let modal = matches!(self.tree.modal(at), Some("will" | "wo" | "can" | "ca" | "must" | "should" | "could" | "would"))
                // "is not to be trusted"
                || self.tree.is_infinitive(at) && self.tree.is_passive(at) && self.tree.child(at, &["nsubj"]).is_some();
        if word.upos != Upos::Verb
            || !self.values.is_tolerating(&word.lemma)
            || !modal
            || !self.tree.is_negated(at)
            || self.said(at, 0) == Said::Not
        {
            return Vec::new();
        }
        let passive = self.tree.is_passive(at);
        let holders = if passive { self.sayers(at) } else { self.holder(at).actors };
        // The parser may cut a long subject off.
        let cut_off = || {
            let mut before = self.tree.head(at).map(|h| self.tree.children(h)).unwrap_or_default().iter().copied();
            before.rfind(|&c| passive && c < at && self.tree.words[c].upos == Upos::Noun)
        };
        let Some(object) = self.object(at).or_else(cut_off) else { return Vec::new() };
        let start = self.phrase(object).start.min(at);
        let quote = start..self.clause_phrase(at).end;
        self.valued(holders, Relation::Oppose, object, quote)
    }
}
