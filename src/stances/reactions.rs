//! How people take things: "greeted the plan with dismay", "reacted angrily to", "Good riddance", "seems unfair", "should
//! be ashamed", "the blame lies with Y", "spoke of Y as a hero".

use crate::language::engine::Upos;
use crate::stances::frames::Part;
use crate::stances::reader::{Finding, Reader, Said, Toward, flip};
use crate::statement::Relation;

impl Reader<'_, '_> {
    /// All of them that `at` heads.
    pub fn reactions(&self, at: usize) -> Vec<Finding> {
        let mut out = self.received(at);
        out.extend(self.seeming(at));
        out.extend(self.shamed(at));
        out.extend(self.guilt(at));
        out.extend(self.spoken_of_as(at));
        out.extend(self.cried(at));
        out
    }

    /// "greeted the plan with dismay", "reacted angrily to the plan".
    fn received(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        if word.upos != Upos::Verb || !self.values.is_receiving(&word.lemma) || self.said(at, 0) == Said::Not {
            return Vec::new();
        }
        let children = || self.tree.children(at).iter().copied();
        let how = children().find_map(|c| match self.tree.rel(c) {
            "advmod" => self.values.manner(&self.tree.words[c].lower),
            "obl" | "nmod" if self.tree.preposition(c) == Some("with") => {
                let lower = &self.tree.words[c].lower;
                let framed = || self.frames.noun(lower).map(|f| f.relation).filter(|r| *r != Relation::Invite);
                self.values.feeling(lower).or_else(framed).or_else(|| self.value(c))
            }
            _ => None,
        });
        let passive = self.tree.is_passive(at);
        let to = || children().find(|&c| c > at && self.tree.rel(c) == "obl" && self.tree.preposition(c) == Some("to"));
        let Some(relation) = how else { return Vec::new() };
        let Some(object) = self.object(at).or_else(to) else { return Vec::new() };
        let relation = if self.is_denied(at) { flip(relation) } else { relation };
        let start = if passive { object } else { at };
        let quote = self.phrase(start).start.min(at)..self.clause_phrase(at).end.max(self.phrase(object).end);
        self.valued(self.holder(at).actors, relation, object, quote)
    }

    /// "the plan seems unfair", "remains a disgrace", said by X.
    fn seeming(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let complement = matches!(word.upos, Upos::Adj | Upos::Noun) && matches!(self.tree.rel(at), "xcomp" | "obj");
        let verb = self.tree.head(at).filter(|&v| complement && self.values.is_linking(&self.tree.words[v].lemma));
        let Some(verb) = verb.filter(|&v| !self.has_copula(at) && !self.tree.is_infinitive(v)) else {
            return Vec::new();
        };
        let other_object = self.tree.child(verb, &["obj"]).is_some_and(|o| o != at);
        let Some(relation) = self.value(at).filter(|_| !other_object && self.said(verb, 0) != Said::Not) else {
            return Vec::new();
        };
        let Some(subject) = self.subject(verb, 0) else { return Vec::new() };
        let relation = if self.is_denied(verb) { flip(relation) } else { relation };
        self.judgement(verb, subject, relation)
    }

    /// "Y should be ashamed of itself".
    fn shamed(&self, at: usize) -> Vec<Finding> {
        let should = matches!(self.tree.modal(at), Some("should" | "ought" | "must"));
        let ashamed = self.values.feeling(&self.tree.words[at].lower) == Some(Relation::Oppose);
        if !should || !ashamed || self.tree.is_negated(at) {
            return Vec::new();
        }
        match self.subject(at, 0).filter(|&s| !self.scene.who(s).actors.is_empty()) {
            Some(subject) => self.judgement(at, subject, Relation::Oppose),
            None => Vec::new(),
        }
    }

    /// "the blame lies with Y", "responsibility rests with Y".
    fn guilt(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let Some(subject) = self.tree.child(at, &["nsubj"]).filter(|_| word.upos == Upos::Verb) else {
            return Vec::new();
        };
        let lies = matches!(word.lemma.as_str(), "lie" | "lay" | "rest" | "fall") && !self.tree.is_negated(at);
        if !lies || !self.values.is_guilt(&self.tree.words[subject].lemma) {
            return Vec::new();
        }
        let on = self.tree.children(at).iter().copied().find(|&c| {
            matches!(self.tree.preposition(c), Some("with" | "on" | "upon" | "at"))
                && !self.scene.who(c).actors.is_empty()
        });
        on.map(|c| self.judgement(at, c, Relation::Oppose)).unwrap_or_default()
    }

    /// "spoke of Y as a hero", "referred to the plan as a disgrace".
    fn spoken_of_as(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let speaks = self.values.is_speaking(&word.lemma) || self.values.is_judging(&word.lemma);
        if word.upos != Upos::Verb || !speaks || self.object(at).is_some() || self.said(at, 0) == Said::Not {
            return Vec::new();
        }
        let below = |prepositions: &[&str]| {
            let behind = self.tree.children(at).iter().copied().filter(|&c| c > at);
            let inside = behind.clone().flat_map(|c| self.tree.children(c).iter().copied());
            let mut all = behind.chain(inside.filter(|&c| c > at));
            all.find(|&c| {
                matches!(self.tree.rel(c), "obl" | "nmod" | "advcl")
                    && self.tree.preposition(c).is_some_and(|p| prepositions.contains(&p))
            })
        };
        let Some((object, called)) = below(&["of", "to", "on", "upon"]).zip(below(&["as"])) else { return Vec::new() };
        let Some(relation) = self.value(called).filter(|_| called > object) else { return Vec::new() };
        let relation = if self.tree.is_negated(at) { flip(relation) } else { relation };
        let mut found = self.valued(self.holder(at).actors, relation, object, at..self.phrase(called).end);
        for finding in &mut found {
            // What it is spoken of as is no part of its name.
            if let Toward::Matter(range) = &mut finding.toward
                && range.contains(&called)
            {
                range.end = self.phrase(called).start.max(range.start + 1);
            }
        }
        found
    }

    /// "“Good riddance,” said X", "“Enough is enough”": a quotation of nothing but such a cry.
    fn cried(&self, at: usize) -> Vec<Finding> {
        let opens = self.scene.quoted[at] && !self.tree.words[at].is_mark();
        if !opens || (0..at).any(|w| self.scene.quoted[w] && !self.tree.words[w].is_mark()) {
            return Vec::new();
        }
        let end = (at..self.tree.words.len()).find(|&w| !self.scene.quoted[w]).unwrap_or(self.tree.words.len());
        let words: Vec<&str> =
            (at..end).filter(|&w| !self.tree.words[w].is_mark()).map(|w| self.tree.words[w].lower.as_str()).collect();
        let Some(relation) = self.values.cry(&words.join(" ")) else { return Vec::new() };
        let Some(holder) = self.scene.speaker else { return Vec::new() };
        let toward = Toward::Matter(at..at);
        vec![Finding::plain(vec![holder], relation, toward, at..end, "judgement".to_owned(), Part::Adjective)]
    }
}
