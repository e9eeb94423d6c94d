//! What people say is good or bad: "called the plan a mistake", "the vote was illegal, Jane Doe said", "it undermines
//! the law".

use crate::language::engine::Upos;
use crate::stances::frames::Part;
use crate::stances::reader::{Finding, Reader, Said, Toward, flip};
use crate::stances::values::Use;
use crate::statement::Relation;

impl Reader<'_, '_> {
    /// The judgements of a sentence, each held by whoever says it.
    pub fn values(&self) -> Vec<Finding> {
        let mut out = Vec::new();
        for at in 0..self.tree.words.len() {
            out.extend(self.judged(at));
            out.extend(self.acted(at));
            out.extend(self.judging(at));
            out.extend(self.felt(at));
            out.extend(self.attributed(at));
            out.extend(self.grounded(at));
            out.extend(self.exclaimed(at));
            out.extend(self.not_tolerated(at));
            out.extend(self.remarks(at));
            out.extend(self.reactions(at));
            out.extend(self.terms(at));
        }
        out
    }

    /// The value of a word or of the idiom that it heads, and whether it judges as a mere attribute too.
    pub fn word_value(&self, at: usize) -> Option<(Relation, bool)> {
        if let Some(idiom) = self.idiom(at).filter(|i| i.usage == Use::Judges) {
            return Some((idiom.relation, true));
        }
        self.values.said(self.tree, at).map(|v| (v.relation, v.strong))
    }

    /// The value of a predicate: its own, or that of an adjective before it ("a terrible deal"), or of what is with it
    /// ("people of good will").
    pub fn value(&self, at: usize) -> Option<Relation> {
        // "one of the darkest days"
        let noun = matches!(self.tree.words[at].upos, Upos::Noun) || self.tree.words[at].lower == "one";
        let attribute = |node: usize| {
            let before = self.tree.children(node).iter().copied().filter(|&c| self.tree.rel(c) == "amod");
            // "a crude and cruel scheme"
            let joined = |c: usize| {
                self.tree.children(c).iter().copied().filter(move |&j| self.tree.rel(j) == "conj" && j < node)
            };
            let but = |c: usize| self.tree.child(c, &["cc"]).is_some_and(|m| self.tree.words[m].lower == "but");
            before
                .flat_map(|c| joined(c).filter(|&j| but(j)).chain(std::iter::once(c)).chain(joined(c)))
                .find_map(|c| self.word_value(c))
        };
        let within = || {
            let with = self.tree.children(at).iter().copied().filter(|&c| {
                self.tree.rel(c) == "nmod" && matches!(self.tree.preposition(c), Some("of" | "with" | "without"))
            });
            with.filter_map(|c| {
                let (relation, strong) = self.word_value(c).or_else(|| attribute(c))?;
                Some((if self.tree.preposition(c) == Some("without") { flip(relation) } else { relation }, strong))
            })
            .next()
        };
        // "a difficult but necessary step": what comes after "but" counts.
        let but = self.tree.children(at).iter().copied().find(|&c| {
            let own = self.tree.child(c, &["cc"]);
            self.tree.rel(c) == "conj" && c > at && own.is_some_and(|m| self.tree.words[m].lower == "but")
        });
        let own = but.filter(|_| self.tree.words[at].upos == Upos::Adj).and_then(|c| self.word_value(c));
        let own = own.or_else(|| self.word_value(at));
        let own = own.or_else(|| attribute(at).filter(|_| noun)).or_else(|| within().filter(|_| noun));
        let (relation, _) = own?;
        Some(if self.is_denied(at) && !self.is_denial(at) { flip(relation) } else { relation })
    }

    /// Whether the idiom of `at` has its negation in it: "not worth the paper".
    pub fn is_denial(&self, at: usize) -> bool {
        let denied = |w: usize| matches!(self.tree.words[w].lower.as_str(), "no" | "not" | "n't" | "never");
        self.idiom(at).is_some_and(|i| i.words.clone().any(denied))
    }

    /// "not", but not "not only".
    pub fn is_denied(&self, at: usize) -> bool {
        let only = self.tree.children(at).iter().any(|&c| {
            let next = self.tree.words.get(c + 1).map(|w| w.lower.as_str());
            matches!(self.tree.words[c].lower.as_str(), "not" | "n't")
                && matches!(next, Some("only" | "just" | "merely"))
        });
        // "less safe", but not "no less safe"
        let less = self.tree.children(at).iter().any(|&c| {
            let least = c + 1 == at && self.tree.words[c].lower == "less";
            least && !c.checked_sub(1).is_some_and(|b| matches!(self.tree.words[b].lower.as_str(), "no" | "nothing"))
        });
        (self.tree.is_negated(at) && !only) != less
    }

    /// "X said the plan was illegal", "the plan is a mistake", said by the speaker of a quotation.
    fn judged(&self, at: usize) -> Vec<Finding> {
        // "the vote was rigged", "his conduct has been found wanting"
        let participle = self.tree.words[at].upos == Upos::Verb
            && self.tree.is_passive(at)
            && self.tree.words[at].deprel != "acl"
            && self.agent(at).is_none();
        let other = participle || self.is_progressive(at) || self.is_small_clause(at) || self.is_further(at);
        if !self.has_copula(at) && !other || self.tree.is_infinitive(at) {
            return Vec::new();
        }
        let Some(relation) = self.value(at) else { return Vec::new() };
        // "it is about ships and bad politicians" says nothing bad of it.
        let aside = self.tree.child(at, &["case"]).is_some() && self.idiom(at).is_none_or(|i| i.usage != Use::Judges);
        if aside || self.is_outcome(at) {
            return Vec::new();
        }
        if let Some(found) = self.occasion(at, relation) {
            return found;
        }
        // "it is wrong to run", "it is a shame that"
        let own = self.tree.child(at, &["csubj"]).or_else(|| self.tree.child(at, &["nsubj"]));
        let own = own.or_else(|| self.subject(at, 0).filter(|_| self.is_further(at)));
        let Some(subject) = own else { return Vec::new() };
        // What must not be bad is not said to be good; and "there is a strong bias" says it of nothing.
        let duty = matches!(self.tree.modal(at), Some("must" | "should" | "shall"));
        if duty || self.tree.words[subject].lower == "there" && self.whereabouts(at, subject).is_none() {
            return Vec::new();
        }
        // "enough is enough"
        if self.tree.words[subject].lower == self.tree.words[at].lower {
            return Vec::new();
        }
        // "the region would be safer without the base": that is said of the base.
        let lacking = self.tree.children(at).iter().copied().find(|&c| self.tree.preposition(c) == Some("without"));
        if let Some(lacking) = lacking.filter(|_| matches!(self.tree.modal(at), Some("would" | "could" | "will"))) {
            return self.judgement(at, lacking, flip(relation));
        }
        // "it would be wrong if": what would be.
        let condition = self.tree.children(at).iter().copied().find(|&c| {
            self.tree.rel(c) == "advcl" && self.has_mark(c, &["if"]) && self.tree.words[subject].lower == "it"
        });
        if let Some(clause) = condition {
            let holders = self.sayers(at);
            if holders.is_empty() || self.is_asked() {
                return Vec::new();
            }
            let start = self.tree.child(clause, &["nsubj"]).map_or(clause, |s| self.phrase(s).start);
            let end = self.clause_phrase(clause).end;
            let toward = Toward::Matter(start.min(clause)..end);
            let quote = subject.min(at)..end.max(at + 1);
            return vec![Finding::plain(holders, relation, toward, quote, "judgement".to_owned(), Part::Adjective)];
        }
        self.judgement(at, subject, relation)
    }

    /// "the ruling is binding/VBG": with nothing done to anything, an adjective.
    fn is_progressive(&self, at: usize) -> bool {
        let word = &self.tree.words[at];
        let be = |c: &usize| self.tree.rel(*c) == "aux" && self.tree.words[*c].lemma == "be";
        word.xpos == "VBG"
            && self.tree.children(at).iter().any(be)
            && self.tree.child(at, &["obj", "iobj", "xcomp", "ccomp"]).is_none()
    }

    /// "thought the treaty foolish/ccomp": a judgement without a verb.
    fn is_small_clause(&self, at: usize) -> bool {
        let judges = |v: usize| self.values.is_judging(&self.tree.words[v].lemma) && !self.tree.is_negated(v);
        self.tree.words[at].upos == Upos::Adj
            && self.tree.rel(at) == "ccomp"
            && self.tree.child(at, &["nsubj"]).is_some()
            && self.tree.head(at).is_some_and(judges)
    }

    /// "is final and binding/conj": said of the same subject, where the first adjective judges nothing.
    fn is_further(&self, at: usize) -> bool {
        let word = &self.tree.words[at];
        let like = word.upos == Upos::Adj || word.xpos == "VBG" && self.values.said(self.tree, at).is_some();
        let first = self.tree.head(at).filter(|&h| self.tree.rel(at) == "conj" && self.tree.words[h].upos == Upos::Adj);
        let bare = self.tree.child(at, &["nsubj", "aux", "obj", "xcomp", "ccomp", "advmod"]).is_none();
        like && bare && first.is_some_and(|h| self.has_copula(h) && self.value(h).is_none() && !self.is_denied(h))
    }

    /// "it is an opportunity to end the war", "the moment for stopping it": what that is good for is wanted.
    fn occasion(&self, at: usize, relation: Relation) -> Option<Vec<Finding>> {
        let of = self.tree.children(at).iter().copied().filter(|&c| self.tree.rel(c) == "nmod");
        let nouns = std::iter::once(at).chain(of).filter(|&n| self.tree.words[n].upos == Upos::Noun);
        let clause = nouns.flat_map(|n| self.tree.children(n)).copied().find(|&c| {
            self.tree.rel(c) == "acl"
                && self.tree.words[c].upos == Upos::Verb
                && (self.tree.is_infinitive(c) || self.has_mark(c, &["for"]))
        })?;
        let holder = self.sayer(at)?;
        let mut taken = vec![false; self.tree.words.len()];
        let inner = self.stances(clause, &mut taken, 1);
        let quote = at..self.clause_phrase(clause).end;
        let signed = |r| if relation == Relation::Oppose { flip(r) } else { r };
        let found = inner.into_iter().map(|s| {
            let words = s.words.start.min(quote.start)..s.words.end.max(quote.end);
            Finding::plain(vec![holder], signed(s.relation), s.toward, words, "judgement".to_owned(), Part::Adjective)
        });
        Some(found.collect::<Vec<_>>()).filter(|f| !f.is_empty())
    }

    /// "a big win for Y", "a blow to Y": that says who wins and loses, not what the speaker thinks of it.
    fn is_outcome(&self, at: usize) -> bool {
        let of_others = |c: &usize| {
            matches!(self.tree.rel(*c), "nmod" | "obl") && matches!(self.tree.preposition(*c), Some("for" | "to")) && {
                let speaker = self.sayer(at);
                let own = |a: &usize| speaker.is_some_and(|s| s == *a || self.scene.cast.speaks_for(s, *a));
                let who = self.scene.who(*c).actors;
                !who.is_empty() && !who.iter().any(own)
            }
        };
        self.values.is_outcome(&self.tree.words[at].lemma) && self.tree.children(at).iter().any(of_others)
    }

    /// A value said of `subject` at `at`, held by whoever says it.
    pub fn judgement(&self, at: usize, subject: usize, relation: Relation) -> Vec<Finding> {
        let holders = self.sayers(at);
        let hedged = matches!(self.tree.modal(at), Some("could" | "might" | "may"));
        let told = self.tree.words[at].deprel == "acl:relcl";
        if self.has_mark(at, &["if", "whether", "unless"]) || self.is_asked() || hedged && told {
            return Vec::new();
        }
        let words = if self.tree.words[subject].upos == Upos::Verb {
            self.clause_phrase(subject)
        } else {
            self.phrase(subject)
        };
        let end = self.clause_phrase(at).end.min(at + 16).max(at + 1);
        let quote = words.start.min(at)..end.max(words.end);
        let subject = self.whereabouts(at, subject).unwrap_or(subject);
        let found = self.valued(holders, relation, subject, quote);
        found.into_iter().map(|f| Finding { hedged: f.hedged || hedged, ..f }).collect()
    }

    /// A question asserts nothing.
    pub fn is_asked(&self) -> bool {
        self.tree.words.iter().rev().take(2).any(|w| w.lower == "?")
    }

    /// "called Y a liar", "considers the plan illegal", "described it as a mistake".
    fn judging(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        if word.upos != Upos::Verb
            || !self.values.is_judging(&word.lemma) && !self.values.is_likening(&word.lemma)
            || self.said(at, 0) == Said::Not
        {
            return Vec::new();
        }
        let Some(object) = self.object(at) else { return Vec::new() };
        let what = self.tree.head(at).filter(|&h| self.called_what(h) == Some(object));
        // The parser may take "called the move a mistake" for an apposition.
        let apposed = self.tree.children(object).iter().copied();
        let apposed = apposed.filter(|&c| matches!(self.tree.rel(c), "appos" | "nmod" | "amod"));
        let predicates = self.tree.children(at).iter().copied().chain(apposed).filter(|&c| match self.tree.rel(c) {
            "xcomp" | "appos" => true,
            // "finds the plan unlawful", as headlines have it.
            "nmod" | "amod" => {
                c > object && self.tree.words[c].upos == Upos::Adj && self.tree.child(c, &["case"]).is_none()
            }
            "obl" | "advcl" => {
                matches!(self.tree.preposition(c), Some("as") | None)
                    // "likened Y to a dictator"
                    || self.tree.preposition(c) == Some("to") && self.values.is_likening(&word.lemma)
            }
            "obj" => c != object,
            _ => false,
        });
        // What somebody is called in words that the report puts in quotation marks is seldom praise.
        let quoted = |p: usize| {
            let span = self.phrase(p);
            let name = self.tree.words[p].upos == Upos::Propn;
            let marked = !name && !self.scene.quoted[at] && span.clone().any(|w| self.scene.quoted[w]);
            // "incompatible with a healthy democracy" is no praise: an adjective speaks for itself.
            let own = |w: &usize| *w == p || self.tree.words[p].upos != Upos::Adj;
            let told = || {
                span.clone().filter(own).find_map(|w| self.thing_value(w).or_else(|| self.word_value(w).map(|v| v.0)))
            };
            if marked { told().or(Some(Relation::Oppose)) } else { None }
        };
        // "the worst in the world" compares, and judges nothing.
        // "the worst decision of his presidency" does.
        let deed = |p: usize| self.frames.verb(&self.tree.words[p].lemma).next().is_some() || self.is_deed_noun(p);
        let compares = |p: usize| {
            let most = |c: usize| self.tree.words[c].xpos == "JJS";
            most(p) || self.tree.children(p).iter().any(|&c| most(c)) && !deed(p)
        };
        let predicates = predicates.filter(|&p| !compares(p));
        let predicates = predicates.chain(what.map(|_| object));
        let found = predicates.filter_map(|p| Some((p, self.value(p).or_else(|| quoted(p))?))).next();
        let Some((predicate, relation)) = found else { return Vec::new() };
        // "considered it wrong to run": what it stands for comes behind.
        let clause = self.tree.children(predicate).iter().copied().find(|&c| self.tree.is_infinitive(c));
        let object = clause.filter(|_| self.tree.words[object].lower == "it").unwrap_or(object);
        // "in what X called a disgrace": the disgrace.
        let object = if self.tree.words[object].lower == "what" { predicate } else { object };
        let relation = if self.tree.is_negated(at) { flip(relation) } else { relation };
        // "an editorial of X called": X.
        let author = || self.subject(at, 0).and_then(|s| self.scene.author(s, self.texts)).into_iter().collect();
        let holders = Some(self.holder(at).actors).filter(|h| !h.is_empty()).unwrap_or_else(author);
        let start = self.tree.child(at, &["nsubj"]).map_or(at, |s| self.phrase(s).start.min(at));
        let quote = start..self.phrase(predicate).end.max(at + 1);
        let mut found = self.valued(holders, relation, object, quote);
        for finding in &mut found {
            // What it is found to be is no part of its name.
            if let Toward::Matter(range) = &mut finding.toward
                && range.contains(&predicate)
                && predicate > object
            {
                range.end = self.phrase(predicate).start.max(range.start + 1);
            }
        }
        found
    }

    /// "decision", "treaty", "ban": what somebody does or plans.
    fn is_deed_noun(&self, at: usize) -> bool {
        let lower = self.tree.words[at].lower.as_str();
        self.tree.words[at].upos == Upos::Noun && (self.noun_frame(at).is_some() || self.frames.is_plan(lower))
    }

    /// "condemned what it called an attack": the attack.
    pub fn called_what(&self, what: usize) -> Option<usize> {
        if self.tree.words[what].lower != "what" {
            return None;
        }
        let calls =
            self.tree.children(what).iter().copied().filter(|&c| {
                self.tree.words[c].deprel == "acl:relcl" && self.values.is_judging(&self.tree.words[c].lemma)
            });
        let mut called = calls.filter_map(|c| self.tree.child(c, &["obj", "xcomp"]));
        called.find(|&c| c > what && self.tree.words[c].upos == Upos::Noun)
    }
}
