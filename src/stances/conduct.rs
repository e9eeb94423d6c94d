//! What people say that others do, well or badly: "breaks the law", "treats them with contempt", "brings hope".

use crate::language::engine::Upos;
use crate::stances::reader::{Finding, Reader, Said, flip};
use crate::stances::values::Use;
use crate::statement::Relation;

impl Reader<'_, '_> {
    /// "Y is breaking the law", "the decision undermines our democracy", said by X.
    pub fn acted(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let purpose = self.has_copula(at) && self.tree.is_infinitive(at);
        if word.upos != Upos::Verb || self.tree.is_passive(at) {
            return Vec::new();
        }
        let Some(relation) = self.act_value(at) else { return Vec::new() };
        let Some(subject) = self.subject(at, 0) else { return Vec::new() };
        let named = !self.scene.who(subject).actors.is_empty();
        // "tensions have escalated": what merely happens is nobody's doing.
        let happens = self.values.verb(&word.lemma).is_some() && self.tree.child(at, &["obj", "xcomp"]).is_none();
        if !named && happens && self.tree.words[subject].upos == Upos::Noun && self.idiom(at).is_none() {
            return Vec::new();
        }
        // What something is done for is not what is done.
        let meant_to = self.tree.is_infinitive(at) || word.xpos == "VBG" && self.has_mark(at, &["for"]);
        let aim = meant_to && matches!(self.tree.rel(at), "advcl" | "acl");
        let aim = aim && self.against_us(at).is_none();
        if !purpose && (aim || self.said(at, 0) == Said::Not) {
            return Vec::new();
        }
        // "the bill raises concerns", but a man who raises concerns is none.
        if self.idiom(at).is_some_and(|i| i.usage == Use::OfMatters)
            && (named
                || matches!(self.tree.words[subject].lower.as_str(), "i" | "we" | "he" | "she" | "they" | "you")
                || self.scene.means_people(subject))
        {
            return Vec::new();
        }
        // "does not go far enough" has its negation in it.
        let denied = self.is_denied(at) && !self.is_denial(at);
        let any =
            self.tree.children(subject).iter().any(|&c| matches!(self.tree.words[c].lower.as_str(), "any" | "no"));
        // "without it the pipes cannot work" says nothing against the pipes.
        let lacking = self.tree.children(at).iter().any(|&c| self.tree.preposition(c) == Some("without"));
        if denied && any || lacking && (denied || self.is_denial(at)) {
            return Vec::new();
        }
        let relation = if denied { flip(relation) } else { relation };
        if named && matches!(self.tree.modal(at), Some("could" | "would" | "might")) {
            return Vec::new();
        }
        self.judgement(at, subject, relation)
    }

    /// The value of what a verb says is done: its own, that of what it brings about, or of how it is done.
    pub fn act_value(&self, verb: usize) -> Option<Relation> {
        let lemma = self.tree.words[verb].lemma.as_str();
        if let Some(idiom) = self.idiom(verb) {
            return Some(idiom.relation).filter(|_| idiom.usage != Use::Answers);
        }
        if let Some(relation) = self.values.verb(lemma) {
            return Some(relation);
        }
        let parts = || self.tree.children(verb).iter().copied();
        // "treats the law with contempt", "acted recklessly"
        let how = parts().filter_map(|c| match self.tree.rel(c) {
            "advmod" => self.values.adverb(&self.tree.words[c].lower),
            "obl" if self.idiom(c).is_some() && self.tree.preposition(c) != Some("without") => {
                self.idiom(c).map(|i| i.relation)
            }
            "obl" => match self.tree.preposition(c) {
                Some("with") => self.thing_value(c),
                Some("without") => self.thing_value(c).map(flip),
                Some("in") if matches!(self.tree.words[c].lemma.as_str(), "way" | "manner" | "fashion") => {
                    self.value(c)
                }
                Some("like") => self.value(c).or_else(|| {
                    let before = self.tree.children(c).iter().copied().filter(|&b| self.tree.rel(b) == "compound");
                    before.filter_map(|b| self.word_value(b)).map(|(relation, _)| relation).next()
                }),
                _ => None,
            },
            _ => None,
        });
        let how = how.collect::<Vec<_>>();
        if let Some(relation) = how.first() {
            return Some(*relation);
        }
        if let Some(relation) = self.aimed(verb).or_else(|| self.against_us(verb)) {
            return Some(relation);
        }
        if let Some(relation) = self.made(verb) {
            return Some(relation);
        }
        let causes = self.values.is_causing(lemma);
        let ends = self.values.is_ending(lemma);
        if !causes && !ends {
            return None;
        }
        let done = parts().filter(|&c| {
            self.tree.rel(c) == "obj"
                || self.tree.rel(c) == "obl" && matches!(self.tree.preposition(c), Some("to" | "in" | "into"))
        });
        let relation = done.filter_map(|c| self.thing_value(c)).next()?;
        Some(if ends { flip(relation) } else { relation })
    }

    /// "makes roads safer", "leaves families less secure": what something becomes.
    fn made(&self, verb: usize) -> Option<Relation> {
        let word = &self.tree.words[verb];
        if !matches!(word.lemma.as_str(), "make" | "leave" | "render" | "keep" | "get") {
            return None;
        }
        let object = self.tree.child(verb, &["obj"]);
        let own = self.tree.children(verb).iter().copied().filter(|&c| self.tree.rel(c) == "xcomp");
        let behind = object.into_iter().flat_map(|o| self.tree.children(o)).copied();
        let behind = behind.filter(|&c| self.tree.rel(c) == "amod" && object.is_some_and(|o| c > o));
        own.chain(behind).find_map(|c| {
            let by = |lower: &str| self.tree.children(c).iter().any(|&m| self.tree.words[m].lower == lower);
            let relation = self.values.became(&self.tree.words[c].lower)?;
            let more = self.tree.words[c].xpos == "JJR" || by("more") || by("less");
            more.then(|| if by("less") { flip(relation) } else { relation })
        })
    }

    /// "Y is trying to blackmail us", said by one of us.
    fn against_us(&self, verb: usize) -> Option<Relation> {
        let object = self.tree.child(verb, &["obj"]).filter(|_| self.scene.quoted[verb])?;
        let us = matches!(self.tree.words[object].lower.as_str(), "us" | "me");
        let mut frames = self.frames.plain_verb(&self.tree.words[verb].lemma);
        let harms = frames.any(|f| f.relation == Relation::Oppose && f.needs_actor);
        (us && harms).then_some(Relation::Oppose)
    }

    /// "Y wants to cancel the vote", said by somebody else: blame.
    fn aimed(&self, verb: usize) -> Option<Relation> {
        let aim =
            self.tree.child(verb, &["xcomp"]).filter(|&x| self.scene.quoted[verb] && self.tree.is_infinitive(x))?;
        if !self.values.is_aiming(&self.tree.words[verb].lemma) || self.tree.is_negated(aim) {
            return None;
        }
        let object = self.tree.child(aim, &["obj"])?;
        let lemma = &self.tree.words[aim].lemma;
        let harms =
            self.frames.verb(lemma).next().is_some_and(|(words, f)| words.is_empty() && f.relation == Relation::Oppose)
                || self.values.verb(lemma) == Some(Relation::Oppose);
        let ill = self.thing_value(object) == Some(Relation::Oppose);
        (harms && !ill).then_some(Relation::Oppose)
    }

    /// The value of a noun as what is brought about or shown, or of an adjective before it.
    pub fn thing_value(&self, at: usize) -> Option<Relation> {
        if let Some(idiom) = self.idiom(at).filter(|i| i.usage == Use::Judges) {
            let inside =
                self.tree.children(at).iter().any(|&c| self.tree.words[c].lower == "no" && idiom.words.contains(&c));
            return Some(if self.tree.is_negated(at) && !inside { flip(idiom.relation) } else { idiom.relation });
        }
        let own = self.values.thing(self.tree, at);
        let relation = own.or_else(|| {
            let before = self.tree.children(at).iter().copied().filter(|&c| self.tree.rel(c) == "amod");
            before.filter_map(|c| self.values.said(self.tree, c)).filter(|v| v.strong).map(|v| v.relation).next()
        })?;
        Some(if self.tree.is_negated(at) { flip(relation) } else { relation })
    }
}
