//! What clauses inside a clause do to its stance: "refused to back X", "fears that X could fail".

use crate::language::Takes;
use crate::language::engine::Upos;
use crate::stances::frames::{Asked, Frame, Inner, Part};
use crate::stances::reader::{DEPTH, Reader, Stance, Toward, flip};
use crate::stances::scene::Scene;
use crate::statement::Relation;

/// Whether a verb denies what a clause tells: "denied that X broke the law".
pub fn denies_clause(scene: &Scene<'_>, verb: usize) -> bool {
    scene.takes(verb, Takes::Denies) && scene.tree.child(verb, &["ccomp"]).is_some()
}

/// What becomes of a clause inside a matter: "backed a motion condemning X", "vetoed" it, "did not veto" it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It holds of who does something to the matter.
    Told,
    /// Its contrary does.
    Rejected,
    /// Nobody can tell.
    Open,
}

/// What somebody wants who rejects what the stances tell: the contrary, which is no more than likely; who rejects a help need
/// not be against whom it is for.
pub fn undo(stances: &mut Vec<Stance>) {
    stances.retain(|stance| stance.relation == Relation::Oppose);
    for stance in stances {
        stance.relation = flip(stance.relation);
        stance.hedged = true;
    }
}

impl Reader<'_, '_> {
    /// What becomes of a clause that tells of what the verb above does something to.
    pub fn fate(&self, clause: usize) -> Fate {
        let word = &self.tree.words[clause];
        let of_noun = word.deprel == "acl";
        let participle = of_noun && word.xpos == "VBG";
        let purpose = (of_noun || word.deprel == "advcl") && self.tree.is_infinitive(clause);
        let Some(head) = self.tree.head(clause).filter(|_| participle || purpose) else { return Fate::Told };
        let Some(verb) = (if of_noun { self.tree.head(head) } else { Some(head) }) else { return Fate::Told };
        let tells = |&o: &usize| {
            participle && o == head || purpose && (self.frames.is_help(&self.tree.words[o].lemma) || self.is_amount(o))
        };
        let object = self.object(verb).filter(tells);
        if object.is_none_or(|o| !self.scene.who(o).actors.is_empty()) {
            return Fate::Told;
        }
        // "refused to back a resolution condemning X"
        let above = |&v: &usize| self.tree.head(v).filter(|_| self.tree.rel(v) == "xcomp");
        let mut verbs = std::iter::successors(Some(verb), above).take(DEPTH + 1);
        if verbs.clone().any(|v| self.tree.is_negated(v)) {
            Fate::Open
        } else if verbs.any(|v| self.rejects(v)) {
            Fate::Rejected
        } else {
            Fate::Told
        }
    }

    /// Whether what is done to a thing is done against it.
    fn rejects(&self, verb: usize) -> bool {
        let lemma = &self.tree.words[verb].lemma;
        self.frames.takes_away(lemma) || self.frames.plain_verb(lemma).any(|f| f.relation == Relation::Oppose)
    }

    /// "denied having helped X", "denies wrongdoing": what somebody says they did not do is nothing that they are against. The
    /// clause that tells it is taken.
    pub fn denies_own(&self, verb: usize, taken: &mut [bool]) -> bool {
        if !self.scene.takes(verb, Takes::Denies) {
            return false;
        }
        let gerund = |c: usize| {
            let having = || self.tree.child(c, &["aux"]).is_some_and(|a| self.tree.words[a].xpos == "VBG");
            self.tree.words[c].xpos == "VBG" || having()
        };
        let deed = |c: usize| gerund(c) && self.tree.child(c, &["nsubj"]).is_none();
        let fault = |c: usize| self.tree.rel(c) == "obj" && self.frames.is_fault(&self.tree.words[c].lemma);
        let below = || self.tree.children(verb).iter().copied().filter(|&c| c > verb);
        let own = |&c: &usize| matches!(self.tree.rel(c), "xcomp" | "ccomp" | "advcl" | "obj") && deed(c);
        let Some(clause) = below().find(own) else { return below().any(fault) };
        self.verbs_of(clause).into_iter().for_each(|v| self.take(v, taken));
        true
    }

    /// "X and Y clashed": each with the other; `last` is the last of the frame's further words.
    pub fn one_another(
        &self,
        at: usize,
        frame: &Frame,
        relation: Relation,
        hedged: bool,
        last: Option<usize>,
    ) -> Vec<Stance> {
        let end = last.unwrap_or(at);
        // "clashed in the final" is sport.
        let other = |&c: &usize| {
            c > end && (self.tree.rel(c) == "obj" || self.tree.preposition(c) == Some("with"))
                || self.frames.is_programme(&self.tree.words[c].lemma)
        };
        let subject = self.tree.child(at, &["nsubj"]).filter(|_| !self.tree.children(at).iter().any(other));
        let who = subject.map(|s| self.scene.who(s).actors).unwrap_or_default();
        if who.len() < 2 {
            return Vec::new();
        }
        let words = at.min(end)..at.max(end) + 1;
        let (frame, toward) = (frame.name.clone(), Toward::Actors(who));
        vec![Stance { relation, toward, occasion: None, withheld: false, hedged, words, frame, part: Part::Verb }]
    }

    /// The clause that completes a verb or adjective.
    pub fn complement_of(&self, at: usize) -> Option<usize> {
        let child = |rels: &[&str]| {
            self.tree.children(at).iter().copied().find(|&c| rels.contains(&self.tree.rel(c)) && c > at)
        };
        let clause = |c: &usize| self.tree.words[*c].upos == Upos::Verb || self.has_copula(*c);
        // "ruled out inviting": right behind the verb and its particle.
        let behind = |c: usize| {
            let particle = self.tree.words.get(at + 1).is_some_and(|w| w.deprel == "compound:prt");
            self.tree.words[c].xpos == "VBG" && c == at + 1 + usize::from(particle)
        };
        let adverbial = || child(&["advcl"]).filter(|&c| self.tree.is_infinitive(c) || behind(c));
        child(&["xcomp", "ccomp"]).filter(clause).or_else(adverbial)
    }

    /// A complement clause as target: a stance of its own, or the matter.
    pub fn complement(
        &self,
        child: usize,
        frame: &Frame,
        relation: Relation,
        hedged: bool,
        taken: &mut [bool],
        depth: usize,
    ) -> Vec<Stance> {
        let own_subject = self.tree.child(child, &["nsubj", "csubj"]);
        if own_subject.is_none() && matches!(frame.inner, Inner::Same | Inner::Flip | Inner::Only) {
            let mut found = Vec::new();
            for member in self.verbs_of(child) {
                let inner = self.stances(member, taken, depth + 1);
                if !inner.is_empty() {
                    taken[member] = true;
                }
                found.extend(inner);
            }
            for stance in &mut found {
                // The sign that this clause gives to what is inside it, its own negation included.
                if relation == Relation::Oppose && stance.relation == Relation::Invite {
                    stance.withheld = true;
                } else if relation == Relation::Oppose {
                    // Not to oppose is not yet to support.
                    stance.hedged |= stance.relation == Relation::Oppose;
                    stance.relation = flip(stance.relation);
                }
                stance.hedged |= hedged;
                stance.frame.clone_from(&frame.name);
            }
            if !found.is_empty() {
                return found;
            }
        }
        if frame.needs_actor || frame.inner == Inner::Only {
            return Vec::new();
        }
        let fits = !frame.needs_to || own_subject.is_none() && self.tree.is_infinitive(child);
        if frame.needs_that && (!self.has_mark(child, &["that"]) || self.is_told_as_so(child)) || !fits {
            return Vec::new();
        }
        // "He had, she alleged, been in touch with them": whom the clause is about stands elsewhere.
        let cut = |c: &usize| self.tree.rel(*c) == "cop" && self.tree.words[*c].xpos == "VBN";
        if own_subject.is_none() && self.tree.children(child).iter().any(cut) && !self.tree.is_infinitive(child) {
            return Vec::new();
        }
        // Who declines to comment has no stance on commenting.
        let silent = frame.inner == Inner::Flip && own_subject.is_none() && self.is_telling(child);
        // Nor has one who plans a journey on journeys.
        let going =
            frame.inner == Inner::Same && own_subject.is_none() && self.frames.is_going(&self.tree.words[child].lemma);
        if silent || going {
            return Vec::new();
        }
        // "pledged not to use it"
        let negated = own_subject.is_none() && self.tree.is_negated(child);
        let relation = if negated { flip(relation) } else { relation };
        self.take(child, taken);
        let make = |toward, words| Stance {
            relation,
            toward,
            occasion: None,
            withheld: false,
            hedged,
            words,
            frame: frame.name.clone(),
            part: frame.part,
        };
        // "suggested that the court might try her" tells what may come, not what is wanted.
        let foreseen = frame.name == "propose" && own_subject.is_some() && self.tree.modal(child) == Some("might");
        match own_subject {
            Some(_) if foreseen => Vec::new(),
            // "denied that X broke the law" is for X; "denies that the two cases are related" is about a fact.
            Some(subject) if self.denies(child) && !self.tree.is_infinitive(child) => {
                let who = self.scene.who(subject).actors;
                let value = if self.has_copula(child) { self.value(child) } else { self.act_value(child) };
                let value = value.filter(|_| relation == Relation::Oppose && !who.is_empty());
                let words = self.phrase(subject).start..self.clause_phrase(child).end;
                value.map(|v| Stance { relation: flip(v), ..make(Toward::Actors(who), words) }).into_iter().collect()
            }
            // "fears that the mission could fail": the mission is the matter.
            Some(subject) if relation == Relation::Oppose => {
                let end = self.clause_phrase(child).end;
                if self.tree.words[subject].upos == Upos::Verb {
                    let phrase = self.clause_phrase(subject);
                    return vec![make(Toward::Matter(phrase.clone()), phrase.start..end)];
                }
                let found = self.targets(subject, frame);
                found.into_iter().map(|(toward, words)| make(toward, words.start..end)).collect()
            }
            // "called for X to resign" is against X.
            Some(subject) => {
                let who = self.scene.who(subject).actors;
                let phrase = self.clause_phrase(child);
                let words = self.phrase(subject).start.min(phrase.start)..phrase.end;
                let lemma = &self.tree.words[child].lemma;
                let ends = self.frames.request(lemma) == Some(Asked::Change) && !self.frames.is_due(lemma);
                if !who.is_empty() && ends {
                    return vec![Stance { relation: flip(relation), ..make(Toward::Actors(who), words) }];
                }
                // "requested that X join" asks X.
                if relation == Relation::Support && !who.is_empty() && self.asks_above(child) {
                    let invite = make(Toward::Actors(who), words);
                    return vec![Stance { relation: Relation::Invite, occasion: Some(phrase), ..invite }];
                }
                // "demanded that the family be deported", "called for X to be freed"
                if relation == Relation::Support && self.tree.is_passive(child) {
                    let mut inner_taken = taken.to_vec();
                    let inner = self.stances(child, &mut inner_taken, depth + 1);
                    if !inner.is_empty() {
                        let own = |s: Stance| Stance {
                            words: words.start.min(s.words.start)..words.end.max(s.words.end),
                            frame: frame.name.clone(),
                            hedged: s.hedged || hedged,
                            ..s
                        };
                        return inner.into_iter().map(own).collect();
                    }
                }
                // "demanded that the ban be lifted" is against the ban.
                if ends && self.tree.is_passive(child) && who.is_empty() && !self.is_nobody(subject) {
                    let matter = self.matter_phrase(subject);
                    return vec![Stance { relation: flip(relation), ..make(Toward::Matter(matter), words) }];
                }
                vec![make(Toward::Matter(words.clone()), words)]
            }
            None => {
                let phrase = self.clause_phrase(child);
                vec![make(Toward::Matter(phrase.clone()), phrase)]
            }
        }
    }

    /// "insisted that the treaty was alive": a fact, where "insisted that it be signed" is a wish.
    fn is_told_as_so(&self, clause: usize) -> bool {
        let finite = |w: usize| matches!(self.tree.words[w].xpos, "VBD" | "VBZ");
        let below =
            || self.tree.children(clause).iter().copied().filter(|&c| matches!(self.tree.rel(c), "aux" | "cop"));
        self.tree.modal(clause).is_none() && (finite(clause) || below().any(finite))
    }

    /// The clause is what somebody asks for, with no duty behind it: "requested that", "asked that".
    fn asks_above(&self, clause: usize) -> bool {
        let Some(verb) = self.tree.head(clause).filter(|_| !self.tree.is_passive(clause)) else { return false };
        self.frames.plain_verb(&self.tree.words[verb].lemma).any(|frame| frame.relation == Relation::Invite)
    }

    /// The clause is what somebody denies or doubts.
    fn denies(&self, clause: usize) -> bool {
        self.tree.head(clause).is_some_and(|v| self.scene.takes(v, Takes::Denies))
    }

    /// "to comment", "to say".
    pub fn is_telling(&self, verb: usize) -> bool {
        self.frames.is_silence(&self.tree.words[verb].lemma)
    }

    /// A verb and those coordinated with it that have no subject of their own.
    pub fn verbs_of(&self, at: usize) -> Vec<usize> {
        let more = self
            .tree
            .children(at)
            .iter()
            .copied()
            .filter(|&c| self.tree.rel(c) == "conj" && self.tree.child(c, &["nsubj"]).is_none());
        std::iter::once(at).chain(more).collect()
    }

    /// "neither supports nor opposes the plan": who does neither takes no stance.
    pub fn is_undecided(&self, at: usize) -> bool {
        let words = &self.tree.words;
        let neither = |verb: usize| verb.checked_sub(1).is_some_and(|b| words[b].lower == "neither");
        let nor = |c: &usize| {
            self.tree.rel(*c) == "conj" && self.tree.children(*c).iter().any(|&m| m < *c && words[m].lower == "nor")
        };
        let relation = |verb: usize| {
            let mut frames = self.frames.verb(&words[verb].lemma);
            frames.find(|(more, _)| more.is_empty()).map(|(_, frame)| frame.relation)
        };
        let first = if neither(at) { Some(at) } else { self.tree.head(at).filter(|&h| nor(&at) && neither(h)) };
        let second = first.and_then(|f| self.tree.children(f).iter().copied().find(nor));
        let both = first.and_then(relation).zip(second.and_then(relation));
        both.is_some_and(|(one, other)| one == flip(other))
    }

    /// "wants to close the plant", but not "wants to know", "wants to win", nor what somebody says that another wants.
    pub fn is_aim(&self, verb: usize, clause: usize) -> bool {
        let word = &self.tree.words[clause];
        let own = || self.subject(verb, 0).is_some_and(|s| self.tree.words[s].upos == Upos::Pron);
        let told = self.scene.quoted[verb] || self.speech_above(verb).is_some();
        word.upos == Upos::Verb
            && (!told || own())
            && self.tree.child(clause, &["obj"]).is_some_and(|o| self.tree.words[o].upos != Upos::Pron)
            && !self.scene.is_speech(clause)
            && !self.values.is_perceiving(&word.lemma)
            && !self.values.is_gaining(&word.lemma)
    }
}
