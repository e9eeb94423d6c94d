//! What people say is good or bad: "called the plan a mistake", "the vote was illegal, Jane Doe said".

use crate::Result;
use crate::language::engine::Upos;
use crate::lexicon::Lexicon;
use crate::stances::frames::Part;
use crate::stances::reader::{Finding, Reader, Said, Toward, flip};
use crate::statement::Relation;
use std::collections::HashMap;

/// Words of praise and blame, from `lexicon/values.csv`.
#[derive(Debug, Default)]
pub struct Values {
    /// What is said of a thing: "unlawful", "mistake".
    said: HashMap<String, Relation>,
    /// What somebody is said to do: "lie", "violate".
    done: HashMap<String, Relation>,
    /// Verbs that put a judgement on their object: "call", "consider".
    judging: HashMap<String, Relation>,
}

impl Values {
    /// Reads `values.csv`.
    ///
    /// # Errors
    /// An unknown word in a column, with file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let mut new = Self::default();
        for row in lexicon.table("values.csv")?.rows() {
            let relation: Relation = row.get("relation").parse().map_err(|e: String| row.error(&e))?;
            let list = match row.get("part") {
                "said" => &mut new.said,
                "done" => &mut new.done,
                "judging" => &mut new.judging,
                other => return Err(row.error(&format!("unknown word \"{other}\" in column part"))),
            };
            for word in row.list("words") {
                list.insert(word, relation);
            }
        }
        Ok(new)
    }
}

impl Reader<'_, '_> {
    /// The judgements of a sentence, each held by whoever says it.
    pub fn values(&self) -> Vec<Finding> {
        let mut out = Vec::new();
        for at in 0..self.tree.words.len() {
            out.extend(self.judged(at));
            out.extend(self.blamed(at));
            out.extend(self.judging(at));
        }
        out
    }

    /// The value of a predicate: its own, or that of an adjective before it ("a terrible deal").
    fn value(&self, at: usize) -> Option<Relation> {
        let word = &self.tree.words[at];
        let own = |w: usize| {
            let word = &self.tree.words[w];
            self.values.said.get(&word.lower).or_else(|| self.values.said.get(&word.lemma)).copied()
        };
        let relation = own(at).or_else(|| {
            let noun = matches!(word.upos, Upos::Noun);
            let before = self.tree.children(at).iter().copied().filter(|&c| noun && self.tree.rel(c) == "amod");
            before.filter_map(own).next()
        })?;
        Some(if self.tree.is_negated(at) { flip(relation) } else { relation })
    }

    /// "X said the plan was illegal", "the plan is a mistake", said by the speaker of a quotation.
    fn judged(&self, at: usize) -> Vec<Finding> {
        if !self.has_copula(at) {
            return Vec::new();
        }
        let Some(relation) = self.value(at) else { return Vec::new() };
        // "it is wrong to run", "it is a shame that"
        let own = self.tree.child(at, &["csubj"]).or_else(|| self.tree.child(at, &["nsubj"]));
        let Some(subject) = own else { return Vec::new() };
        self.judgement(at, subject, relation)
    }

    /// "Y is breaking the law", said by X.
    fn blamed(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        if word.upos != Upos::Verb || self.tree.is_passive(at) {
            return Vec::new();
        }
        let Some(relation) = self.values.done.get(&word.lemma).copied().or_else(|| self.conduct(at)) else {
            return Vec::new();
        };
        let negated = self.tree.is_negated(at) || matches!(self.tree.modal(at), Some("could" | "would" | "might"));
        let Some(subject) = self.subject(at, 0).filter(|_| !negated) else { return Vec::new() };
        if self.scene.who(subject).actors.is_empty() || self.said(at, 0) == Said::Not {
            return Vec::new();
        }
        self.judgement(at, subject, relation)
    }

    /// "treats them with contempt", "made a mistake": the value of how, or of what, somebody does.
    fn conduct(&self, verb: usize) -> Option<Relation> {
        if self.frames.verb(&self.tree.words[verb].lemma).next().is_some() {
            return None;
        }
        let parts =
            self.tree.children(verb).iter().copied().filter(|&c| matches!(self.tree.rel(c), "obj" | "obl" | "advmod"));
        parts.filter_map(|c| self.value(c)).next()
    }

    /// A value said of `subject` at `at`, held by whoever says it.
    fn judgement(&self, at: usize, subject: usize, relation: Relation) -> Vec<Finding> {
        let Some(holder) = self.sayer(at) else { return Vec::new() };
        if self.has_mark(at, &["if", "whether", "unless"])
            || matches!(self.tree.modal(at), Some("could" | "might" | "may"))
        {
            return Vec::new();
        }
        let words = if self.tree.words[subject].upos == Upos::Verb {
            self.clause_phrase(subject)
        } else {
            self.phrase(subject)
        };
        let end = self.clause_phrase(at).end.min(at + 16).max(at + 1);
        let quote = words.start.min(at)..end.max(words.end);
        self.valued(vec![holder], relation, subject, quote)
    }

    /// "called Y a liar", "considers the plan illegal", "described it as a mistake".
    fn judging(&self, at: usize) -> Vec<Finding> {
        let word = &self.tree.words[at];
        if word.upos != Upos::Verb || !self.values.judging.contains_key(&word.lemma) || self.said(at, 0) == Said::Not {
            return Vec::new();
        }
        let Some(object) = self.object(at) else { return Vec::new() };
        let predicates = self.tree.children(at).iter().copied().filter(|&c| match self.tree.rel(c) {
            "xcomp" => true,
            "obl" | "advcl" => matches!(self.tree.preposition(c), Some("as") | None),
            "obj" => c != object,
            _ => false,
        });
        // What somebody is called in words that the report puts in quotation marks is seldom praise.
        let quoted = |p: usize| {
            let span = self.phrase(p);
            let marked = !self.scene.quoted[at] && span.clone().any(|w| self.scene.quoted[w]);
            marked.then_some(Relation::Oppose)
        };
        let found = predicates.filter_map(|p| Some((p, self.value(p).or_else(|| quoted(p))?))).next();
        let Some((predicate, relation)) = found else { return Vec::new() };
        // "considered it wrong to run": what it stands for comes behind.
        let clause = self.tree.children(predicate).iter().copied().find(|&c| self.tree.is_infinitive(c));
        let object = clause.filter(|_| self.tree.words[object].lower == "it").unwrap_or(object);
        let relation = if self.tree.is_negated(at) { flip(relation) } else { relation };
        let holders = self.holder(at).actors;
        let start = self.tree.child(at, &["nsubj"]).map_or(at, |s| self.phrase(s).start.min(at));
        let quote = start..self.phrase(predicate).end.max(at + 1);
        self.valued(holders, relation, object, quote)
    }

    fn valued(
        &self,
        holders: Vec<usize>,
        relation: Relation,
        subject: usize,
        quote: std::ops::Range<usize>,
    ) -> Vec<Finding> {
        if holders.is_empty() {
            return Vec::new();
        }
        let word = &self.tree.words[subject];
        let thing = matches!(word.lower.as_str(), "it" | "this" | "that" | "these" | "those");
        let who: Vec<usize> = if thing { Vec::new() } else { self.scene.who(subject).actors };
        let who: Vec<usize> = who.into_iter().filter(|a| !holders.contains(a)).collect();
        let toward = if !who.is_empty() {
            Toward::Actors(who)
        } else if word.upos == Upos::Verb {
            Toward::Matter(self.clause_phrase(subject))
        } else if matches!(word.upos, Upos::Pron | Upos::Det) && !thing {
            return Vec::new();
        } else {
            Toward::Matter(self.matter_phrase(subject))
        };
        vec![Finding::plain(holders, relation, toward, quote, "judgement".to_owned(), Part::Adjective)]
    }
}
