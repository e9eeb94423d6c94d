//! Frames on trees: what a sentence says that somebody supports, opposes, or invites.
//!
//! In: a [`Scene`] and the frames. Out: [`Finding`]s. Here stand the parts that verbs, nouns and adjectives share: which
//! clauses assert anything, and what a target phrase names. Never here: names, files, other sentences.

use crate::actors::How;
use crate::language::Tree;
use crate::language::engine::Upos;
use crate::stances::bidding::Bidding;
use crate::stances::events::Events;
use crate::stances::frames::{Frame, Frames, Inner, Part};
use crate::stances::scene::Scene;
use crate::stances::speech::Texts;
use crate::stances::values::{Idiom, Values};
use crate::statement::{Kind, Relation};
use std::cell::{Cell, OnceCell};
use std::ops::Range;

/// Complements of complements are followed this deep.
pub(super) const DEPTH: usize = 6;

/// What a stance is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Toward {
    /// Actors, by index into the cast.
    Actors(Vec<usize>),
    /// A matter, by the words that name it.
    Matter(Range<usize>),
}

/// A stance found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The actors that hold it.
    pub holders: Vec<usize>,
    /// The stance.
    pub relation: Relation,
    /// Its target.
    pub toward: Toward,
    /// For invitations: what to.
    pub occasion: Option<Range<usize>>,
    /// An invitation that was not made.
    pub withheld: bool,
    /// Conditional, alleged, only possible.
    pub hedged: bool,
    /// Words to quote.
    pub quote: Range<usize>,
    /// The frame's name.
    pub frame: String,
    /// The frame's kind of word.
    pub part: Part,
}

impl Finding {
    /// A stance said plainly, on no occasion.
    pub(super) fn plain(
        holders: Vec<usize>,
        relation: Relation,
        toward: Toward,
        quote: Range<usize>,
        frame: String,
        part: Part,
    ) -> Self {
        Self { holders, relation, toward, occasion: None, withheld: false, hedged: false, quote, frame, part }
    }
}

/// A stance without its holder, as a clause gives it to the clause above.
#[derive(Debug, Clone)]
pub(super) struct Stance {
    pub relation: Relation,
    pub toward: Toward,
    pub occasion: Option<Range<usize>>,
    pub withheld: bool,
    pub hedged: bool,
    /// The words from the first to the last that carry it.
    pub words: Range<usize>,
    pub frame: String,
    pub part: Part,
}

/// Finds the stances of a sentence, in its order. `inviter` is the holder of the last invitation that the document told of.
pub fn extract(reader: &Reader<'_, '_>, events: Option<&Events>) -> Vec<Finding> {
    let scene = reader.scene;
    let mut out = reader.all();
    out.extend(reader.echo());
    if let Some(events) = events {
        let more = reader.events(events, &mut out);
        out.extend(more);
    }
    // A newspaper reports what others hold, but its editorial says what it holds itself; and it does deeds.
    let own = scene.tree.words.iter().any(|w| reader.values.is_editorial(&w.lemma));
    let deed = |f: &Finding| f.part == Part::Verb && !matches!(f.frame.as_str(), "judgement" | "duty" | "raise");
    out.retain(|f| own || f.frame == "event" || deed(f) || f.holders.iter().all(|&h| scene.is_no_outlet(h)));
    // "Ten, Bolivia and Nicaragua among them, were against": not against each other.
    let mutual =
        scene.tree.words.iter().any(|w| matches!(w.lower.as_str(), "each" | "another" | "mutual" | "mutually"));
    let among_them = |f: &Finding| {
        f.part == Part::Adjective
            && f.holders.len() > 1
            && matches!(&f.toward, Toward::Actors(whom) if whom.len() == f.holders.len()
                && whom.iter().all(|w| f.holders.contains(w)))
    };
    out.retain(|f| mutual || !among_them(f));
    out.sort_by_key(|f| f.quote.start);
    out
}

pub(super) struct Reader<'a, 'b> {
    pub scene: &'a Scene<'b>,
    pub tree: &'a Tree,
    pub frames: &'a Frames,
    pub values: &'a Values,
    /// Nouns for what is said or written.
    pub texts: &'a Texts,
    /// Nouns of asking.
    pub bidding: &'a Bidding,
    /// The idioms of praise and blame, by the word that heads them; looked up when first asked for.
    pub idioms: OnceCell<Vec<Option<Idiom>>>,
    /// The holder of the last invitation that the document told of.
    pub inviter: &'a [usize],
    /// What should be done is being read, as if it were done.
    pub duty: Cell<bool>,
    /// How many clauses are being read, one for the other.
    pub nested: Cell<usize>,
    /// Where the words of the idiom begin that was found behind an object: "held the firm *in contempt*".
    pub gap_at: Cell<usize>,
}

/// How sure a clause is that what it says is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// As a fact.
    Plainly,
    /// As alleged or expected.
    Hedged,
    /// Not at all: an infinitive, a condition.
    Not,
}

impl Reader<'_, '_> {
    /// The idiom of praise or blame that a word heads.
    pub fn idiom(&self, at: usize) -> Option<&Idiom> {
        self.idioms.get_or_init(|| self.values.idioms(self.tree))[at].as_ref()
    }

    /// All stances of the sentence.
    pub fn all(&self) -> Vec<Finding> {
        let mut out = self.verbs();
        out.extend(self.duties());
        out.extend(self.nouns());
        out.extend(self.values());
        out.extend(self.bidden());
        out
    }
}

impl Reader<'_, '_> {
    /// Whether the clause of `at` says that something is so.
    pub fn said(&self, at: usize, depth: usize) -> Said {
        if depth > DEPTH {
            return Said::Not;
        }
        let word = &self.tree.words[at];
        if self.has_mark(at, &["if", "unless", "whether", "lest"]) || self.is_inverted(at) {
            return Said::Not;
        }
        // "asked how Norway could justify the plan"
        let how = self.tree.children(at).iter().any(|&c| c < at && self.tree.words[c].lower == "how");
        if how && matches!(self.tree.modal(at), Some("can" | "could" | "would" | "should")) {
            return Said::Not;
        }
        let Some(head) = word.head else { return Said::Plainly };
        let above = &self.tree.words[head];
        let infinitive = self.tree.is_infinitive(at);
        match word.rel() {
            "conj" if above.upos == Upos::Verb || above.upos == Upos::Adj || self.has_copula(head) => {
                if self.tree.child(at, &["nsubj"]).is_some() { Said::Plainly } else { self.said(head, depth + 1) }
            }
            "parataxis" | "appos" | "conj" => Said::Plainly,
            "ccomp" => {
                let doubted = self.tree.is_negated(head);
                if doubted { Said::Not } else { self.said(head, depth + 1) }
            }
            // "was the first to condemn", "the only member to vote against"
            "acl" if infinitive && let Some(clause) = self.singles_out(head) => self.said(clause, depth + 1),
            "acl" if infinitive => Said::Not,
            "acl" => Said::Plainly,
            // "accused X of abandoning Y" does not say that X did.
            "advcl" if self.has_mark(at, &["until", "should", "of"]) => Said::Not,
            // "could not bring itself to invite"
            "advcl" if infinitive && self.tree.is_negated(head) => Said::Not,
            // "called for X to lift the ban" does not say that X did.
            "advcl" if infinitive && self.tree.child(at, &["nsubj"]).is_some() => Said::Not,
            "advcl" if infinitive => self.said(head, depth + 1),
            "advcl" => Said::Plainly,
            "xcomp" if self.frames.is_raising(&above.lemma) && above.upos == Upos::Adj => {
                match self.said(head, depth + 1) {
                    Said::Not => Said::Not,
                    _ if self.tree.is_negated(head) => Said::Not,
                    _ => Said::Hedged,
                }
            }
            "xcomp" if self.frames.is_raising(&above.lemma) => match self.said(head, depth + 1) {
                Said::Plainly if self.tree.is_passive(head) => Said::Hedged,
                Said::Plainly if self.tree.is_negated(head) => Said::Not,
                other => other,
            },
            _ => Said::Not,
        }
    }

    /// "was the first to sign it", "became the only member to": the clause whose subject does what follows the noun.
    pub fn singles_out(&self, noun: usize) -> Option<usize> {
        let ordinal = |w: usize| {
            matches!(
                self.tree.words[w].lower.as_str(),
                "first" | "second" | "third" | "last" | "latest" | "only" | "sole"
            )
        };
        let became = || {
            let verb = self.tree.head(noun).filter(|_| matches!(self.tree.rel(noun), "xcomp" | "obj"));
            verb.filter(|&v| self.tree.words[v].lemma == "become")
        };
        let clause = if self.has_copula(noun) { Some(noun) } else { became() };
        clause.filter(|_| {
            ordinal(noun) || self.tree.children(noun).iter().any(|&c| self.tree.rel(c) == "amod" && ordinal(c))
        })
    }

    pub fn has_mark(&self, at: usize, marks: &[&str]) -> bool {
        self.tree.children(at).iter().any(|&c| {
            let word = &self.tree.words[c];
            word.rel() == "mark" && marks.contains(&word.lower.as_str())
        })
    }

    pub fn has_copula(&self, at: usize) -> bool {
        self.tree.child(at, &["cop"]).is_some()
    }

    /// Whether the clause is the consequence of a condition: "would act if".
    pub fn is_conditional(&self, at: usize) -> bool {
        self.tree
            .children(at)
            .iter()
            .any(|&c| self.tree.words[c].rel() == "advcl" && self.has_mark(c, &["if", "unless"]))
    }

    /// Hedges on the clause itself: "might", "allegedly".
    pub fn is_hedged(&self, at: usize) -> bool {
        let modal = self.tree.modal(at).is_some_and(|m| self.frames.is_hedge(m));
        let adverb = self
            .tree
            .children(at)
            .iter()
            .any(|&c| self.tree.words[c].rel() == "advmod" && self.frames.is_hedge(&self.tree.words[c].lower));
        let own = self.frames.is_hedge(&self.tree.words[at].lemma);
        modal || adverb || own || self.is_conditional(at)
    }

    /// The verb of saying or thinking whose content `at` is part of, with nothing but clauses between.
    pub fn speech_above(&self, at: usize) -> Option<usize> {
        let mut here = at;
        // From a noun to its clause.
        while matches!(self.tree.rel(here), "nsubj" | "obj" | "nmod" | "obl")
            && self.tree.words[here].upos != Upos::Verb
        {
            here = self.tree.head(here)?;
        }
        if here != at && self.scene.is_speech(here) {
            return Some(here);
        }
        for _ in 0..2 * DEPTH {
            let head = self.tree.head(here)?;
            let content = matches!(self.tree.rel(here), "ccomp" | "parataxis" | "conj" | "xcomp" | "advcl" | "acl");
            if !content {
                return None;
            }
            if self.tree.rel(here) != "conj" && self.scene.is_speech(head) {
                return Some(head);
            }
            here = head;
        }
        None
    }

    /// Who says what stands at `at`: the subject of the verb of saying above it, the speaker of the quotation it is
    /// in, or "according to X".
    pub fn sayer(&self, at: usize) -> Option<usize> {
        let person = |who: Vec<usize>| who.into_iter().find(|&a| self.scene.is_no_outlet(a));
        if let Some(verb) = self.speech_above(at) {
            let subject = self.subject(verb, 0);
            let told =
                person(self.holder(verb).actors).or_else(|| subject.and_then(|s| self.scene.author(s, self.texts)));
            // "He knows that it is wrong": whoever says so holds it too, be it true of him or not.
            let known = self.scene.quoted[verb] && self.frames.is_fact(&self.tree.words[verb].lemma);
            let first = subject.is_some_and(|s| matches!(self.tree.words[s].lower.as_str(), "i" | "we"));
            if self.scene.quoted[verb] && !known && !first {
                return told;
            }
            if told.is_some() && !known {
                return told;
            }
        }
        // "…, Jane Doe said": the content is the main clause, the verb of saying hangs on it.
        let quoted = || self.scene.speaker.filter(|_| self.scene.quoted[at]);
        self.tagged_by(at).or_else(quoted).or_else(|| self.scene.according_to(self.texts))
    }

    /// What the noun phrase of `node` names as a target: all actors of it at once, and each matter; with the words.
    pub fn targets(&self, node: usize, frame: &Frame) -> Vec<(Toward, Range<usize>)> {
        let mut actors = Vec::new();
        let mut words: Option<Range<usize>> = None;
        let mut matters = Vec::new();
        let members = self.scene.members(node);
        // "Germany, Italy and their allies": names among the members make it a list of actors.
        for member in members {
            let word = &self.tree.words[member];
            let relative =
                matches!(word.xpos, "WDT" | "WP") || word.lower == "that" && self.scene.antecedent(member).is_some();
            let member = if relative { self.scene.antecedent(member).unwrap_or(member) } else { member };
            // "part of Norway", but not "one of Norway's ministers"
            let member = Some(self.whole(member)).filter(|&w| self.scene.mention_at(w).is_some()).unwrap_or(member);
            let member = self.called_what(member).unwrap_or(member);
            let word = &self.tree.words[member];
            // "it" and "this" are rather what was spoken of than who.
            let thing = matches!(word.lower.as_str(), "it" | "this" | "that" | "these" | "those")
                && word.is_nominal()
                && word.rel() != "iobj";
            let mut found: Vec<usize> = if thing && !frame.needs_actor {
                Vec::new()
            } else {
                let who = self.scene.who_alone(member).actors.into_iter();
                // "sued CNN"; but whom somebody told, and by whom it was reported, is no target.
                let met = word.deprel == "obj" || word.deprel == "nsubj:pass";
                who.filter(|&a| met || self.scene.is_no_outlet(a)).collect()
            };
            if frame.needs_institution {
                found.retain(|&a| self.scene.cast.get(a).is_some_and(|e| e.kind == Kind::Institution));
            } else if found.is_empty() && frame.needs_actor {
                found = self.owners_of_thing(member);
            }
            if !found.is_empty() {
                actors.extend(found);
                let own = self.phrase(member);
                words = Some(words.map_or(own.clone(), |w| w.start.min(own.start)..w.end.max(own.end)));
            } else if (!frame.needs_actor || !self.scene.unnamed.is_empty() || self.may_leave(member, frame))
                && (word.upos != Upos::Pron || thing)
                && !(frame.relation == Relation::Oppose && self.frames.is_hazard(&word.lemma))
                && !self.is_nobody(self.whole(member))
            {
                let span = self.matter_phrase(member);
                let end = self.phrase(member).end;
                matters.push((Toward::Matter(span.clone()), span.start..end));
            }
        }
        let mut out = Vec::new();
        if let Some(words) = words {
            out.push((Toward::Actors(actors), words));
        }
        out.extend(matters);
        out
    }

    /// "left the fishing pact": a treaty is left as a body is.
    fn may_leave(&self, noun: usize, frame: &Frame) -> bool {
        frame.needs_institution && self.noun_frame(noun).is_some_and(|f| f.inner == Inner::Both)
    }

    /// "attacked Ukrainian positions", "armed Libya's rebels", "an inquiry into the conduct of X": whose they are.
    pub fn owners_of_thing(&self, node: usize) -> Vec<usize> {
        let owner = |c: &usize| {
            let of = self.tree.words[*c].deprel == "nmod" && matches!(self.tree.preposition(*c), Some("of" | "from"));
            (of || matches!(self.tree.words[*c].deprel, "nmod:poss" | "amod" | "compound"))
                && self.scene.mention_at(*c).is_some_and(|m| m.how != How::Group && !self.scene.is_place(m))
        };
        let owners = self.tree.children(node).iter().copied().filter(owner);
        owners.flat_map(|c| self.scene.mention_at(c).map(|m| m.actors.clone()).unwrap_or_default()).collect()
    }

    /// The words of a matter: the noun with what tells what it is, without lists, clauses that tell more, and time.
    pub fn matter_phrase(&self, node: usize) -> Range<usize> {
        let node = self.whole(node);
        let skip = |c: usize| self.is_aside(node, c) || self.is_beside(c);
        let short =
            self.before_beside(node, self.tree.span(node, &|c| skip(c) || self.tree.words[c].deprel == "acl:relcl"));
        let telling = short.clone().any(|w| {
            self.scene.mention_at(w).is_none()
                && matches!(self.tree.words[w].upos, Upos::Noun | Upos::Verb | Upos::Propn)
                && !self.frames.is_empty_word(&self.tree.words[w].lower)
        });
        if telling { short } else { self.before_beside(node, self.tree.span(node, &skip)) }
    }

    /// A phrase has no gaps: it ends where a part begins that is none of it.
    fn before_beside(&self, node: usize, range: Range<usize>) -> Range<usize> {
        let beside = range.clone().filter(|&c| c > node && self.is_beside(c));
        let start = beside.map(|c| self.tree.span(c, &|_| false).start).filter(|&s| s > node).min();
        range.start..start.map_or(range.end, |s| s.min(range.end))
    }

    /// The words of a phrase to quote: with what describes it, without lists and asides.
    pub fn phrase(&self, node: usize) -> Range<usize> {
        let span = self.tree.span(node, &|c| self.is_aside(node, c));
        if span.len() <= 24 {
            return span;
        }
        self.tree.span(node, &|c| self.is_aside(node, c) || matches!(self.tree.rel(c), "acl" | "advcl"))
    }

    /// "the decision via Twitter", "the vote after the debate", "the ban in a speech": how, where and when is no part of
    /// what.
    pub fn is_beside(&self, c: usize) -> bool {
        if !matches!(self.tree.rel(c), "nmod" | "obl") {
            return false;
        }
        match self.tree.preposition(c) {
            Some(
                "via" | "ahead" | "amid" | "despite" | "following" | "during" | "after" | "before" | "since" | "until",
            ) => true,
            Some("in" | "at" | "on") if self.texts.is_one(&self.tree.words[c].lemma) => true,
            // "the decision at the summit"
            Some("at") => self.tree.head(c).is_some_and(|h| self.frames.is_empty_word(&self.tree.words[h].lower)),
            // "hailed the vote as a step": the parser may hang it on the vote.
            Some("as") => self.is_judged(c),
            _ => false,
        }
    }

    /// A verb of judging, or of a stance, stands above.
    fn is_judged(&self, at: usize) -> bool {
        let mut above = self.tree.head(at);
        for _ in 0..DEPTH {
            let Some(here) = above else { return false };
            let word = &self.tree.words[here];
            let judges = self.values.is_judging(&word.lemma) || self.frames.verb(&word.lemma).next().is_some();
            if word.upos == Upos::Verb && judges {
                return true;
            }
            above = self.tree.head(here);
        }
        false
    }

    /// The words of a phrase without clauses and asides.
    pub fn short_phrase(&self, node: usize) -> Range<usize> {
        self.tree.span(node, &|c| self.is_aside(node, c) || matches!(self.tree.rel(c), "acl" | "advcl"))
    }

    fn is_aside(&self, node: usize, c: usize) -> bool {
        let own = self.tree.head(c) == Some(node);
        match self.tree.rel(c) {
            "conj" | "cc" | "case" | "cop" | "nsubj" | "mark" | "aux" | "advmod" if own => {
                self.tree.words[node].is_nominal()
            }
            "appos" | "parataxis" | "discourse" | "vocative" => true,
            "punct" => own,
            _ => false,
        }
    }

    /// The words of a clause without its subject: from its verb to its last word.
    pub fn clause_phrase(&self, verb: usize) -> Range<usize> {
        let skip = |c: usize| {
            let own = self.tree.head(c) == Some(verb);
            let aside = self.tree.rel(c) == "advcl" && !self.tree.is_infinitive(c);
            own && (aside
                || matches!(
                    self.tree.rel(c),
                    "nsubj" | "mark" | "aux" | "punct" | "conj" | "cc" | "parataxis" | "advmod" | "discourse"
                ))
                || matches!(self.tree.rel(c), "parataxis" | "appos")
                || self.tree.words[c].deprel == "acl:relcl"
        };
        let span = self.tree.span(verb, &skip);
        verb..span.end.max(verb + 1)
    }

    /// Marks the words under `at` as told: they are part of a matter, and no stances of their own.
    pub fn take(&self, at: usize, taken: &mut [bool]) {
        let mut open = vec![at];
        while let Some(word) = open.pop() {
            taken[word] = true;
            open.extend(self.tree.children(word).iter().copied().filter(|&c| self.tree.words[c].deprel != "acl:relcl"));
        }
    }
}

/// The opposite stance; an invitation has none.
pub(super) fn flip(relation: Relation) -> Relation {
    match relation {
        Relation::Support => Relation::Oppose,
        Relation::Oppose => Relation::Support,
        Relation::Invite => Relation::Invite,
    }
}
