//! Stances that people put into words without a judging predicate: "spoke of a dark day", "it should have happened long
//! ago", "no one trusts Y", "is glad to see the ruling", "expects Y to be confirmed", "asked why Y had never answered".

use crate::language::engine::Upos;
use crate::stances::frames::{Asked, Part};
use crate::stances::reader::{DEPTH, Finding, Reader, Said, Toward, flip};
use crate::stances::values::Use;
use crate::statement::Relation;
use std::ops::Range;

impl Reader<'_, '_> {
    /// All of them that `at` heads.
    pub fn remarks(&self, at: usize) -> Vec<Finding> {
        let mut out = self.spoken(at);
        out.extend(self.overdue(at));
        out.extend(self.beyond_excuse(at));
        out.extend(self.shared_by_none(at));
        out.extend(self.wished(at));
        out.extend(self.glad_to(at));
        out.extend(self.reproached(at));
        out.extend(self.answered(at));
        out.extend(self.thanked(at));
        out
    }

    /// Everybody who says what stands at `at`: "A and B wrote that"; or in whose view it is so.
    pub fn sayers(&self, at: usize) -> Vec<usize> {
        if let Some(who) = self.in_view_of(at) {
            return who;
        }
        let Some(first) = self.sayer(at) else { return Vec::new() };
        let all = self.speech_above(at).map(|v| self.holder(v).actors).unwrap_or_default();
        if all.contains(&first) { all } else { vec![first] }
    }

    /// "In Y's view the plan is a mistake", "for Y that was out of the question": whose opinion a clause gives.
    fn in_view_of(&self, at: usize) -> Option<Vec<usize>> {
        let subject = self.tree.child(at, &["nsubj", "csubj"]).unwrap_or(at);
        let found = self.tree.children(at).iter().copied().find_map(|c| match self.tree.preposition(c) {
            Some("in" | "to") if self.values.is_view(&self.tree.words[c].lemma) => {
                let of = self.tree.children(c).iter().filter(|&&o| self.tree.preposition(o) == Some("of"));
                Some(self.possessors(c))
                    .filter(|who| !who.is_empty())
                    .or_else(|| Some(of.flat_map(|&o| self.scene.who(o).actors).collect()))
            }
            Some("for" | "to") if c < subject && self.tree.rel(c) == "obl" => Some(self.scene.who(c).actors),
            // "unacceptable to Y"
            Some("to") if c > at && self.values.is_taste(&self.tree.words[at].lower) => Some(self.scene.who(c).actors),
            _ => None,
        });
        found.filter(|who| !who.is_empty())
    }

    /// "spoke of an authoritarian law", "talks of a betrayal": so they judge what is spoken of.
    fn spoken(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let speaks = word.upos == Upos::Verb
            && (self.values.is_speaking(&word.lemma) || word.lemma == "use")
            && !self.tree.is_passive(at);
        if !speaks || self.tree.is_negated(at) || self.said(at, 0) == Said::Not {
            return Vec::new();
        }
        let of =
            self.tree.children(at).iter().copied().find(|&c| {
                c > at && self.tree.rel(c) == "obl" && matches!(self.tree.preposition(c), Some("of" | "about"))
            });
        let called = of.map(|c| self.scene.members(c)).unwrap_or_default().into_iter().find_map(|m| {
            let some = self.tree.children(m).iter().any(|&c| matches!(self.tree.words[c].lower.as_str(), "a" | "an"));
            let own_words = self.scene.quoted[m] && !self.scene.quoted[at];
            Some((m, self.value(m).filter(|_| some || own_words)?))
        });
        let Some((noun, relation)) = called.or_else(|| self.worded(at)) else { return Vec::new() };
        let whose: Vec<usize> = self
            .tree
            .children(noun)
            .iter()
            .filter(|&&c| self.tree.words[c].deprel == "nmod:poss")
            .flat_map(|&c| self.scene.who(c).actors)
            .collect();
        let toward = if whose.is_empty() { Toward::Matter(at..at) } else { Toward::Actors(whose) };
        self.remark(self.holder(at).actors, relation, toward, at..self.phrase(noun).end)
    }

    /// "used the word “coup”", "chose the term “apartheid”": the word that is used, and what it judges.
    fn worded(&self, at: usize) -> Option<(usize, Relation)> {
        let object = self.tree.child(at, &["obj"])?;
        if !matches!(self.tree.words[object].lemma.as_str(), "word" | "term" | "expression" | "phrase" | "label") {
            return None;
        }
        let said = (object + 1..self.tree.words.len()).take_while(|&w| w < object + 6);
        let mut said = said.filter(|&w| self.scene.quoted[w] && !self.scene.quoted[at]);
        said.find_map(|w| Some((w, self.thing_value(w).or_else(|| self.word_value(w).map(|v| v.0))?)))
    }

    /// "nothing can justify the raid", "no grievance excuses it", in what somebody says: blame of the raid.
    fn beyond_excuse(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        if word.upos != Upos::Verb || !self.values.is_excusing(&word.lemma) || self.tree.is_passive(at) {
            return Vec::new();
        }
        let none = |s: usize| {
            let no = |c: &usize| self.tree.words[*c].lower == "no";
            matches!(self.tree.words[s].lower.as_str(), "nothing" | "none") || self.tree.children(s).iter().any(no)
        };
        let subject = self.tree.child(at, &["nsubj"]).filter(|&s| none(s) && self.scene.who(s).actors.is_empty());
        let Some((subject, object)) = subject.zip(self.object(at)) else { return Vec::new() };
        if self.is_asked() {
            return Vec::new();
        }
        let quote = self.phrase(subject).start..self.phrase(object).end;
        self.valued(self.sayers(at), Relation::Oppose, object, quote)
    }

    /// "it should have happened long ago", "we should never have done this".
    fn overdue(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let should = matches!(self.tree.modal(at), Some("should" | "ought"));
        let perfect = self
            .tree
            .children(at)
            .iter()
            .any(|&c| self.tree.rel(c) == "aux" && matches!(self.tree.words[c].lower.as_str(), "have" | "'ve"));
        if word.upos != Upos::Verb || !should || !perfect || self.tree.is_passive(at) {
            return Vec::new();
        }
        let negated = self.tree.is_negated(at);
        let thing = |w: usize| matches!(self.tree.words[w].lower.as_str(), "it" | "this" | "that");
        let happened = self.values.is_happening(&word.lemma);
        let subject = self.tree.child(at, &["nsubj"]);
        let it = subject.is_some_and(thing) && happened;
        let done = negated && self.tree.child(at, &["obj"]).is_some_and(thing);
        if !it && !done {
            return Vec::new();
        }
        let relation = if negated { Relation::Oppose } else { Relation::Support };
        let quote = subject.unwrap_or(at)..self.clause_phrase(at).end;
        self.remark(self.sayers(at), relation, Toward::Matter(at..at), quote)
    }

    /// "no one trusts Y", said by somebody: blame of Y.
    fn shared_by_none(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let none = |s: usize| {
            let lower = self.tree.words[s].lower.as_str();
            matches!(lower, "nobody" | "none")
                || lower == "one" && self.tree.children(s).iter().any(|&c| self.tree.words[c].lower == "no")
        };
        let Some(subject) = self.tree.child(at, &["nsubj"]).filter(|&s| none(s)) else { return Vec::new() };
        let backs = self.frames.plain_verb(&word.lemma).any(|f| f.relation == Relation::Support);
        // The parser may take the object for one more subject.
        let behind = || self.tree.children(at).iter().copied().find(|&c| c > at && self.tree.rel(c) == "nsubj");
        let object = self.tree.child(at, &["obj"]).or_else(behind);
        let Some(object) = object.filter(|_| backs && !self.tree.is_negated(at)) else {
            return Vec::new();
        };
        let who = self.scene.who(object).actors;
        if who.is_empty() || self.has_mark(at, &["if", "whether", "unless"]) || self.is_asked() {
            return Vec::new();
        }
        let quote = self.phrase(subject).start..self.phrase(object).end;
        self.remark(self.sayers(at), Relation::Oppose, Toward::Actors(who), quote)
    }

    /// "expects Y to be confirmed", "hopes Y will win", "wants Y to go": for or against Y.
    fn wished(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        let wishes =
            word.upos == Upos::Verb && (self.values.is_wishing(&word.lemma) || self.frames.is_hope(&word.lemma));
        if !wishes || self.tree.is_passive(at) || self.said(at, 0) == Said::Not {
            return Vec::new();
        }
        let Some(inner) = self.tree.child(at, &["xcomp", "ccomp"]).filter(|&c| c > at) else { return Vec::new() };
        let whom = self.tree.child(inner, &["nsubj"]).or_else(|| self.tree.child(at, &["obj", "iobj"]));
        let Some(whom) = whom.filter(|&w| w < inner) else { return Vec::new() };
        let deed = &self.tree.words[inner];
        let participle = deed.xpos == "VBN" && self.tree.child(inner, &["aux", "cop", "mark"]).is_none();
        let passive = self.tree.is_passive(inner) || participle;
        let harmed = || {
            participle && self.frames.request(&deed.lemma) == Some(Asked::Change)
                || passive
                    && self.frames.plain_verb(&deed.lemma).any(|f| f.relation == Relation::Oppose && f.needs_actor)
        };
        // "wants Y to free Z" is for Z.
        let to_another =
            !passive && self.tree.child(inner, &["obj"]).is_some_and(|o| !self.scene.who(o).actors.is_empty());
        let relation = if self.values.is_gaining(&deed.lemma) && !to_another {
            Relation::Support
        } else if harmed() || !passive && self.frames.request(&deed.lemma) == Some(Asked::Change) {
            Relation::Oppose
        } else {
            return Vec::new();
        };
        let negated = self.tree.is_negated(at) != self.tree.is_negated(inner);
        let relation = if negated { flip(relation) } else { relation };
        let who = self.scene.who(whom).actors;
        let quote = at..self.clause_phrase(inner).end;
        let found = self.remark(self.holder(at).actors, relation, Toward::Actors(who), quote);
        found.into_iter().map(|f| Finding { hedged: f.hedged || self.is_hedged(at), ..f }).collect()
    }

    /// "we are happy to see this decision", "was sorry to lose Y": what the feeling is about stands in the infinitive.
    fn glad_to(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        if !(self.has_copula(at) || word.upos == Upos::Verb && self.tree.is_passive(at)) {
            return Vec::new();
        }
        let by_frame = || self.frames.adjective(&word.lower).map(|f| f.relation);
        let felt = self.values.feeling(&word.lower).or_else(by_frame);
        let rueful = Some(Relation::Oppose).filter(|_| self.values.is_rueful(&word.lower));
        let Some(relation) = felt.or(rueful) else { return Vec::new() };
        let clause =
            self.tree.children(at).iter().copied().find(|&c| {
                c > at && matches!(self.tree.rel(c), "xcomp" | "ccomp" | "advcl") && self.tree.is_infinitive(c)
            });
        let Some(clause) = clause.filter(|_| self.said(at, 0) != Said::Not) else { return Vec::new() };
        let lemma = &self.tree.words[clause].lemma;
        let loses = self.values.is_losing(lemma);
        let near = felt.is_some() && self.values.is_perceiving(lemma);
        let Some(object) = self.tree.child(clause, &["obj"]).filter(|_| loses || near) else { return Vec::new() };
        if loses && self.scene.who(object).actors.is_empty() {
            return Vec::new();
        }
        // "glad to see Y go" is another matter.
        if self.tree.child(clause, &["xcomp", "ccomp"]).is_some() {
            return Vec::new();
        }
        let denied = self.is_denied(at);
        let relation = if denied != loses { flip(relation) } else { relation };
        let Some(subject) = self.subject(at, 0) else { return Vec::new() };
        let quote = self.phrase(subject).start.min(at)..self.phrase(object).end;
        self.valued(self.scene.who(subject).actors, relation, object, quote)
    }

    /// "asked why Y had never met them": a reproach.
    fn reproached(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        if word.upos != Upos::Verb {
            return Vec::new();
        }
        // "how Y could justify it"
        let negated = self.tree.is_negated(at);
        let doubt = matches!(self.tree.modal(at), Some("can" | "could")) && !negated;
        let why = self.tree.children(at).iter().any(|&c| {
            c < at && (self.tree.words[c].lower == "why" && negated || self.tree.words[c].lower == "how" && doubt)
        });
        let told = self.tree.rel(at) == "ccomp" && self.speech_above(at).is_some() || self.scene.quoted[at];
        let Some(subject) = self.tree.child(at, &["nsubj"]).filter(|_| why && told) else { return Vec::new() };
        let holders = self.sayers(at);
        let who: Vec<usize> = self.scene.who(subject).actors.into_iter().filter(|a| !holders.contains(a)).collect();
        let quote = self.phrase(subject).start..self.clause_phrase(at).end;
        self.remark(holders, Relation::Oppose, Toward::Actors(who), quote)
    }

    /// "Y would have none of it", "Y was all for it": on what was spoken of.
    fn answered(&self, at: usize) -> Vec<Finding> {
        let Some(idiom) = self.idiom(at).filter(|i| i.usage == Use::Answers) else { return Vec::new() };
        // "see no reason to": what it is no reason for stands behind.
        let more = self.tree.children(at).iter().chain(self.tree.children(idiom.words.end - 1)).any(|&c| {
            c >= idiom.words.end && matches!(self.tree.rel(c), "acl" | "xcomp" | "ccomp" | "advcl" | "nmod" | "obl")
        });
        let conditional = matches!(self.tree.modal(at), Some("could" | "might" | "may" | "should" | "must"));
        if more || conditional || self.is_denied(at) || self.said(at, 0) == Said::Not || self.is_asked() {
            return Vec::new();
        }
        let Some(subject) = self.subject(at, 0) else { return Vec::new() };
        let quote = self.phrase(subject).start.min(at)..idiom.words.end;
        self.remark(self.scene.who(subject).actors, idiom.relation, Toward::Matter(at..at), quote)
    }

    /// "Thank you, Norway", "Congratulations to Y": said by the speaker to those whom it names.
    fn thanked(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        if !self.scene.quoted[at] || self.tree.is_negated(at) || self.is_asked() {
            return Vec::new();
        }
        let child = |c: &usize| {
            if word.upos == Upos::Verb {
                self.tree.rel(*c) == "vocative"
            } else {
                self.tree.preposition(*c) == Some("to")
            }
        };
        let you = self.tree.child(at, &["obj"]).is_some_and(|o| self.tree.words[o].lower == "you");
        let frame = if word.upos == Upos::Verb {
            self.frames.plain_verb(&word.lemma).next().filter(|_| you)
        } else {
            let bare = self.tree.head(at).is_none_or(|h| self.scene.is_speech(h) && !self.scene.quoted[h]);
            self.frames.noun(&word.lower).filter(|f| bare && f.target.iter().any(|t| t == "to"))
        };
        let whom = self.tree.children(at).iter().copied().find(child);
        let Some((frame, whom)) = frame.zip(whom).filter(|(f, _)| f.relation == Relation::Support) else {
            return Vec::new();
        };
        let quote = at..self.phrase(whom).end;
        let found = self.remark(self.sayers(at), frame.relation, Toward::Actors(self.scene.who(whom).actors), quote);
        found.into_iter().map(|f| Finding { frame: frame.name.clone(), ..f }).collect()
    }

    /// A stance that somebody has put into words; none without somebody, or of nobody.
    fn remark(&self, holders: Vec<usize>, relation: Relation, toward: Toward, quote: Range<usize>) -> Vec<Finding> {
        let toward = match toward {
            Toward::Actors(who) => {
                let others: Vec<usize> = who.into_iter().filter(|a| !holders.contains(a)).collect();
                if others.is_empty() {
                    return Vec::new();
                }
                Toward::Actors(others)
            }
            matter => matter,
        };
        if holders.is_empty() {
            return Vec::new();
        }
        vec![Finding::plain(holders, relation, toward, quote, "judgement".to_owned(), Part::Adjective)]
    }

    /// The verb of saying that a clause set between commas has, for the clause and those joined to it: "Y had been
    /// advised, X said, and had acted in good faith".
    pub fn tagged_by(&self, at: usize) -> Option<usize> {
        let mut here = at;
        for _ in 0..DEPTH {
            let tags = self.tree.children(here).iter().copied();
            let mut tags = tags.filter(|&c| self.tree.rel(c) == "parataxis" && self.scene.is_speech(c));
            let known = tags.find_map(|c| {
                let real = |a: &usize| self.scene.is_no_outlet(*a);
                self.holder(c).actors.into_iter().find(real)
            });
            if known.is_some() {
                return known;
            }
            here = self.tree.head(here).filter(|_| self.tree.rel(here) == "conj")?;
        }
        None
    }
}
