//! What people say should be done: "X said Y must leave", "we should back the plan".

use crate::language::engine::Upos;
use crate::stances::frames::{Asked, Part};
use crate::stances::reader::{Finding, Reader, Said, Toward};
use crate::statement::Relation;
use std::ops::Range;

impl Reader<'_, '_> {
    /// The stances of those who say that something must or should be done.
    pub fn duties(&self) -> Vec<Finding> {
        let at = 0..self.tree.words.len();
        at.flat_map(|at| {
            self.duty(at)
                .into_iter()
                .chain(self.hoped(at))
                .chain(self.due(at))
                .chain(self.exhorted(at))
                .chain(self.needed(at))
        })
        .collect()
    }

    fn duty(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let modal = matches!(self.tree.modal(at), Some("must" | "should" | "ought")) || self.is_forbidden(at);
        let timely = self.is_timely(at);
        if word.upos != Upos::Verb
            || !modal && !timely && !self.is_needed(at)
            || self.has_mark(at, &["if", "whether", "unless"])
        {
            return Vec::new();
        }
        let Some(holder) = self.sayer(if timely { self.tree.head(at).unwrap_or(at) } else { at }) else {
            return Vec::new();
        };
        let subject = if timely { self.tree.child(at, &["nsubj"]) } else { self.subject(at, 0) };
        if subject.is_none() && !timely {
            return Vec::new();
        }
        let clause = self.clause_phrase(at);
        let start = subject.map_or(at, |s| self.phrase(s).start);
        let quote = start.min(clause.start)..clause.end;
        let who = subject.map(|s| self.scene.who(s).actors).unwrap_or_default();
        let who = self.addressed(at, subject, holder).unwrap_or(who);
        let home = self.scene.cast.get(holder).and_then(|e| e.speaks_for.clone());
        let name = |a: &usize| self.scene.cast.get(*a).map(|e| e.name.clone());
        let own = who.iter().any(|a| *a == holder || home.is_some() && name(a) == home);
        let make = |relation, toward, quote: Range<usize>, frame: String| {
            Finding::plain(vec![holder], relation, toward, quote, frame, Part::Refusal)
        };
        let negated = self.tree.is_negated(at);
        // "Y must go", but not "must go further"
        let goes = word.lemma == "go"
            && self.tree.children(at).iter().all(|&c| matches!(self.tree.rel(c), "nsubj" | "aux" | "mark" | "punct"));
        let asked = if goes { Some(Asked::Change) } else { self.frames.request(&word.lemma) };
        let others = !own && !who.is_empty() && !self.tree.is_passive(at);
        if others && (asked == Some(Asked::Change) || negated) {
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
        if others {
            let invited = asked == Some(Asked::Join);
            return if invited {
                vec![make(Relation::Invite, Toward::Actors(who), quote, "duty".to_owned())]
            } else {
                Vec::new()
            };
        }
        // Of what others, or "we all", should do nothing is known but what frames say; that a thing be done is wanted.
        let speaker = subject.is_some_and(|s| self.tree.words[s].upos == Upos::Pron);
        let felt = self.values.feeling(&word.lower).is_some() || self.values.said(self.tree, at).is_some();
        let wanted = timely || negated || self.tree.is_passive(at) && !felt || own && !speaker;
        if !wanted || self.tree.words[at].deprel == "acl:relcl" {
            return Vec::new();
        }
        let nouns = clause.clone().filter(|&w| self.tree.words[w].upos == Upos::Noun).count();
        // "the camp should be closed": its own subject, or that of a clause before.
        let own_subject = self.tree.child(at, &["nsubj"]).is_some();
        let what = match subject {
            Some(s) if self.tree.is_passive(at) && !own_subject => self.matter_phrase(s),
            _ if self.tree.is_passive(at) => quote.clone(),
            _ => clause,
        };
        if nouns == 0 && what.len() < 3 && !self.tree.is_passive(at) {
            return Vec::new();
        }
        // "should war break out"
        if subject.zip(self.tree.child(at, &["aux"])).is_some_and(|(s, aux)| aux < s) {
            return Vec::new();
        }
        // "war must be avoided"
        if let Some(s) = subject.filter(|_| self.tree.is_passive(at) && self.values.is_ending(&word.lemma) && !negated)
        {
            let toward = if who.is_empty() { Toward::Matter(self.matter_phrase(s)) } else { Toward::Actors(who) };
            return vec![make(Relation::Oppose, toward, quote, "duty".to_owned())];
        }
        let relation = if negated { Relation::Oppose } else { Relation::Support };
        vec![make(relation, Toward::Matter(what), quote, "duty".to_owned())]
    }

    /// "ruled that the city may not close the shelter": what a court says may not be done.
    fn is_forbidden(&self, at: usize) -> bool {
        let may_not = matches!(self.tree.modal(at), Some("may" | "can" | "could" | "ca")) && self.tree.is_negated(at);
        may_not && self.speech_above(at).is_some_and(|v| self.frames.is_ruling(&self.tree.words[v].lemma))
    }

    /// "told Y that he must resign", "“You must resign,” he told Y": who is told what to do.
    fn addressed(&self, at: usize, subject: Option<usize>, holder: usize) -> Option<Vec<usize>> {
        let told = subject.filter(|&s| matches!(self.tree.words[s].lower.as_str(), "you" | "he" | "she" | "they"))?;
        let asked = self.tree.words[told].lower == "you"
            || self.frames.request(&self.tree.words[self.tree.head(told)?].lemma) == Some(Asked::Change);
        let verb = self.speech_above(at).filter(|_| asked)?;
        let whom = self.tree.child(verb, &["iobj"]).or_else(|| self.tree.child(verb, &["obj"]))?;
        let who = self.scene.who(whom).actors;
        (!who.is_empty() && !who.contains(&holder)).then_some(who)
    }

    /// "I hope that Y will come": an invitation.
    fn hoped(&self, at: usize) -> Option<Finding> {
        let word = &self.tree.words[at];
        if word.upos != Upos::Verb || !self.frames.is_hope(&word.lemma) || self.tree.is_negated(at) {
            return None;
        }
        let clause = self.tree.child(at, &["ccomp"])?;
        let holders = self.holder(at).actors;
        let join = self.frames.request(&self.tree.words[clause].lemma) == Some(Asked::Join);
        let subject = self.tree.child(clause, &["nsubj"]).filter(|_| join && !self.tree.is_negated(clause))?;
        let who: Vec<usize> = self.scene.who(subject).actors.into_iter().filter(|a| !holders.contains(a)).collect();
        if who.is_empty() || holders.is_empty() || self.said(at, 0) == Said::Not {
            return None;
        }
        let quote = at..self.clause_phrase(clause).end;
        Some(Finding::plain(holders, Relation::Invite, Toward::Actors(who), quote, "duty".to_owned(), Part::Refusal))
    }

    /// "let us stop this war": what we shall do.
    fn exhorted(&self, at: usize) -> Vec<Finding> {
        let us =
            self.tree.child(at, &["obj"]).is_some_and(|o| matches!(self.tree.words[o].lower.as_str(), "us" | "'s"));
        let let_us = self.tree.words[at].lemma == "let" && us && self.tree.child(at, &["nsubj"]).is_none();
        let Some(clause) = self.tree.child(at, &["xcomp", "ccomp"]).filter(|_| let_us && self.scene.quoted[at]) else {
            return Vec::new();
        };
        let Some(holder) = self.sayer(at) else { return Vec::new() };
        self.duty.set(true);
        let mut taken = vec![false; self.tree.words.len()];
        let inner = self.stances(clause, &mut taken, 1);
        self.duty.set(false);
        let make = |s: crate::stances::reader::Stance| {
            let quote = at..s.words.end.max(clause + 1);
            Finding::plain(vec![holder], s.relation, s.toward, quote, s.frame, Part::Refusal)
        };
        inner.into_iter().map(make).collect()
    }

    /// "we need a truce": that is wanted.
    fn needed(&self, at: usize) -> Option<Finding> {
        let word = &self.tree.words[at];
        if !self.values.is_needing(&word.lemma) || word.upos != Upos::Verb || !self.scene.quoted[at] {
            return None;
        }
        let subject =
            self.tree.child(at, &["nsubj"]).filter(|&s| matches!(self.tree.words[s].lower.as_str(), "we" | "i"))?;
        let holder = self.sayer(at)?;
        let object = self.tree.child(at, &["obj"])?;
        let complete = self.tree.child(at, &["xcomp", "ccomp", "advcl"]).is_some();
        let noun = self.tree.words[object].upos == Upos::Noun;
        if complete || !noun || !self.scene.who(object).actors.is_empty() || self.said(at, 0) == Said::Not {
            return None;
        }
        let negated = self.tree.is_negated(at) || self.tree.is_negated(object);
        let relation = if negated { Relation::Oppose } else { Relation::Support };
        let quote = subject..self.phrase(object).end;
        let toward = Toward::Matter(self.matter_phrase(object));
        Some(Finding::plain(vec![holder], relation, toward, quote, "judgement".to_owned(), Part::Refusal))
    }

    /// "it is about time": for what is spoken of.
    fn due(&self, at: usize) -> Option<Finding> {
        let plain = self.tree.words[at].lemma == "time"
            && self.has_copula(at)
            && !self.tree.is_negated(at)
            && self.tree.child(at, &["acl", "xcomp", "advcl", "ccomp", "nmod", "amod", "obl"]).is_none()
            && self.tree.child(at, &["nsubj", "expl"]).is_some_and(|s| self.tree.words[s].lower == "it");
        let holder = self.sayer(at).filter(|_| plain && self.scene.quoted[at])?;
        let quote = self.tree.span(at, &|c| self.tree.rel(c) == "punct");
        let topic = Toward::Matter(at..at);
        Some(Finding::plain(vec![holder], Relation::Support, topic, quote, "duty".to_owned(), Part::Refusal))
    }

    /// "it is time to act", "it is time for Y to go".
    fn is_timely(&self, at: usize) -> bool {
        let head = self.tree.head(at).filter(|_| self.tree.is_infinitive(at));
        head.is_some_and(|h| {
            self.tree.words[h].lemma == "time"
                && self.has_copula(h)
                && !self.tree.is_negated(h)
                && self
                    .tree
                    .child(h, &["nsubj", "expl"])
                    .is_some_and(|s| matches!(self.tree.words[s].lower.as_str(), "it" | "now" | "this"))
        })
    }

    /// "has to", "needs to".
    fn is_needed(&self, at: usize) -> bool {
        self.tree.rel(at) == "xcomp"
            && self.tree.head(at).is_some_and(|h| {
                matches!(self.tree.words[h].lemma.as_str(), "need" | "have") && !self.tree.is_negated(h)
            })
    }
}
