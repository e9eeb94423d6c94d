//! Frames on clauses: what a sentence says that somebody supports, opposes, or invites.

use crate::actors::How;
use crate::language::{ChunkKind, Class, Clause, Form, Role};
use crate::stances::frames::{Frame, Frames, Inner, Negated, Part};
use crate::stances::scene::Scene;
use crate::statement::{Kind, Relation};
use std::ops::Range;

/// Complements of complements are followed this deep.
const DEPTH: usize = 6;

/// What a stance is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Toward {
    /// Actors, by index into the cast.
    Actors(Vec<usize>),
    /// A matter, by the tokens that name it.
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
    /// Tokens to quote.
    pub quote: Range<usize>,
    /// The frame's name.
    pub frame: String,
    /// The frame's kind of word.
    pub part: Part,
}

/// A stance without its holder, as a clause gives it to the clause above.
#[derive(Debug, Clone)]
struct Stance {
    relation: Relation,
    toward: Toward,
    occasion: Option<Range<usize>>,
    withheld: bool,
    hedged: bool,
    end: usize,
    frame: String,
    part: Part,
}

/// Finds the stances of a sentence. `inviter` is the holder of the last invitation that the document told of.
pub fn extract(
    scene: &Scene<'_>,
    frames: &Frames,
    inviter: &[usize],
    is_speech: &dyn Fn(&str) -> bool,
) -> Vec<Finding> {
    let reader = Reader { scene, frames, inviter, is_speech };
    let mut out = Vec::new();
    let mut taken = vec![false; scene.clauses.len()];
    for at in 0..scene.clauses.len() {
        if !taken[at] && reader.is_asserted(at) {
            out.extend(reader.clause(at, &mut taken));
        }
    }
    out.extend(reader.nouns());
    out.retain(|f| f.holders.iter().all(|&h| scene.cast.get(h).is_some_and(|e| !e.outlet)));
    out
}

/// The target of a noun's stance.
struct Found {
    toward: Toward,
    /// The stance inside the noun's complement clause, if it has one.
    relation: Option<Relation>,
    end: usize,
}

struct Reader<'a, 'b> {
    scene: &'a Scene<'b>,
    frames: &'a Frames,
    inviter: &'a [usize],
    is_speech: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_, '_> {
    /// Whether the clause says that something is so: infinitives do not, nor do gerunds behind prepositions.
    fn is_asserted(&self, at: usize) -> bool {
        let clause = &self.scene.clauses[at];
        let before =
            self.scene.chunk_of(clause.tokens.start).and_then(|c| c.checked_sub(1)).map(|c| &self.scene.chunks[c].kind);
        match clause.verb.form {
            Form::Finite | Form::Participle => true,
            Form::Infinitive => false,
            Form::Ing => {
                matches!(before, None | Some(ChunkKind::Comma | ChunkKind::Noun | ChunkKind::Conj | ChunkKind::Adv))
            }
        }
    }

    /// Marks the clauses inside a span as told: they are part of a matter, and no stances of their own.
    fn take(&self, span: &Range<usize>, taken: &mut [bool]) {
        for (at, clause) in self.scene.clauses.iter().enumerate() {
            taken[at] |= span.contains(&clause.verb.head);
        }
    }

    /// The stances whose holder is the subject (or agent) of clause `at`.
    fn clause(&self, at: usize, taken: &mut [bool]) -> Vec<Finding> {
        let clause = &self.scene.clauses[at];
        let Some(stance) = self.stance(at, taken, 0) else { return Vec::new() };
        let passive = clause.verb.passive && stance.part == Part::Verb;
        let (holders, hedged) = if passive {
            let agent = clause.arguments.iter().find(|(role, _)| *role == Role::Prep("by".to_owned()));
            match agent {
                Some((_, span)) => {
                    let who = self.scene.who(span.clone());
                    (who.actors, who.hedged)
                }
                None if stance.relation == Relation::Invite => (self.inviter.to_vec(), false),
                None => (Vec::new(), false),
            }
        } else {
            let who = self.subject(clause);
            (who.actors, who.hedged)
        };
        if holders.is_empty() {
            return Vec::new();
        }
        let start = if passive {
            clause.subject.as_ref().map_or(clause.tokens.start, |s| s.start)
        } else {
            clause.tokens.start
        };
        vec![Finding {
            holders,
            relation: stance.relation,
            toward: stance.toward,
            occasion: stance.occasion,
            withheld: stance.withheld,
            hedged: stance.hedged || hedged || clause.conditional,
            quote: start.min(clause.tokens.start)..stance.end.max(clause.tokens.end),
            frame: stance.frame,
            part: stance.part,
        }]
    }

    fn subject(&self, clause: &Clause) -> crate::stances::scene::Who {
        let who = clause.subject.clone().map(|s| self.scene.who(s)).unwrap_or_default();
        // In a quotation without a subject of its own, nobody is guessed.
        if !who.actors.is_empty() {
            return who;
        }
        // "Germany said its soldiers would not take part": the possessive names the holder.
        let possessive = clause
            .subject
            .clone()
            .and_then(|s| s.clone().find(|&t| self.scene.tokens[t].class == Class::Poss).filter(|&t| t == s.start));
        let mut who = who;
        if let Some(at) = possessive {
            let body = clause.subject.clone().is_some_and(|s| self.scene.body_ends(s.end));
            if body {
                who.actors = self.scene.possessor(at, self.speech_above(clause));
            }
        }
        who
    }

    /// The clause of saying or thinking that this one is the content of.
    fn speech_above(&self, clause: &Clause) -> Option<&Clause> {
        let mut parent = clause.parent;
        for _ in 0..DEPTH {
            let above = self.scene.clauses.get(parent?)?;
            if (self.is_speech)(&above.verb.lemma) {
                return Some(above);
            }
            parent = above.parent;
        }
        None
    }

    /// The stance that clause `at` expresses, whoever holds it.
    fn stance(&self, at: usize, taken: &mut [bool], depth: usize) -> Option<Stance> {
        if depth > DEPTH {
            return None;
        }
        let clause = self.scene.clauses.get(at)?;
        if let Some(stance) = self.adjective(clause, taken, depth) {
            return Some(stance);
        }
        for (words, frame) in self.frames.verb(&clause.verb.lemma) {
            let Some(from) = self.words_follow(clause, words) else { continue };
            if let Some(stance) = self.verb(clause, frame, from, taken, depth) {
                return Some(stance);
            }
        }
        self.refusal(at, clause, depth)
    }

    /// Where the further words of a verb frame end: right behind the verb, or at a preposition among its arguments.
    fn words_follow(&self, clause: &Clause, words: &[String]) -> Option<usize> {
        let tokens = &self.scene.tokens;
        let mut at = clause.verb.head + 1;
        if words.is_empty() {
            return Some(at);
        }
        for word in words {
            while tokens.get(at).is_some_and(|t| t.class == Class::Adv && t.lower != *word) {
                at += 1;
            }
            if tokens.get(at)?.lower != *word {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    fn verb(&self, clause: &Clause, frame: &Frame, from: usize, taken: &mut [bool], depth: usize) -> Option<Stance> {
        let prepositional = from > clause.verb.head + 1;
        let passive = clause.verb.passive;
        // Duty is no deed, and who could not has not refused.
        let modal = clause.verb.modal.as_deref();
        if matches!(modal, Some("must" | "should" | "shall"))
            || clause.verb.negated && matches!(modal, Some("could" | "can" | "ca"))
        {
            return None;
        }
        let mut relation = frame.relation;
        let mut hedged = self.hedged(clause);
        let mut withheld = false;
        if clause.verb.negated || self.negative_subject(clause) {
            match frame.negated {
                Negated::Nothing => return None,
                Negated::Withheld => withheld = true,
                Negated::Flips => {
                    hedged |= relation == Relation::Oppose;
                    relation = flip(relation);
                }
            }
        }
        let make = |toward, occasion, end| Stance {
            relation,
            toward,
            occasion,
            withheld,
            hedged,
            end,
            frame: frame.name.clone(),
            part: Part::Verb,
        };
        for slot in &frame.target {
            match slot.as_str() {
                "clause" => {
                    if passive {
                        continue;
                    }
                    if let Some(stance) = self.complement(clause, frame, relation, hedged, taken, depth) {
                        return Some(stance);
                    }
                }
                _ => {
                    let span = if passive && !prepositional {
                        clause.subject.clone()
                    } else if prepositional {
                        clause.arguments.iter().find(|(_, s)| s.start >= from).map(|(_, s)| s.clone())
                    } else {
                        clause.arguments.iter().find(|(role, _)| *role == Role::Object).map(|(_, s)| s.clone())
                    };
                    let Some(span) = span else { continue };
                    let Some((toward, end)) = self.target(clause, span.clone(), frame) else { continue };
                    // "urged X to join": what X shall do decides.
                    if frame.inner == Inner::Request {
                        return self.request(clause, frame, toward, end, withheld, hedged, taken);
                    }
                    return Some(make(toward, None, end.max(clause.tokens.end)));
                }
            }
        }
        None
    }

    /// "invited X to join", "urged X to stop", "asked X to support the plan".
    #[allow(clippy::too_many_arguments)]
    fn request(
        &self,
        clause: &Clause,
        frame: &Frame,
        toward: Toward,
        end: usize,
        withheld: bool,
        hedged: bool,
        taken: &mut [bool],
    ) -> Option<Stance> {
        let child = clause
            .complement
            .as_ref()
            .map(|(c, _)| *c)
            .filter(|&c| self.scene.clauses.get(c).is_some_and(|c| matches!(c.verb.form, Form::Infinitive)));
        let Some(child) = child else {
            // "asked the minister a question" is no invitation; "invited the minister" is.
            let plain = matches!(clause.verb.lemma.as_str(), "invite" | "summon")
                || !withheld && frame.relation == Relation::Oppose;
            return plain.then(|| Stance {
                relation: frame.relation,
                toward,
                occasion: None,
                withheld,
                hedged,
                end,
                frame: frame.name.clone(),
                part: Part::Verb,
            });
        };
        let inner = &self.scene.clauses[child];
        taken[child] = true;
        let stops = inner.verb.negated
            || self
                .frames
                .verb(&inner.verb.lemma)
                .any(|(words, f)| f.relation == Relation::Oppose && self.words_follow(inner, words).is_some());
        let relation = if stops && frame.relation == Relation::Invite { Relation::Oppose } else { frame.relation };
        let occasion = inner.verb.head..inner.end;
        Some(Stance {
            relation,
            toward,
            occasion: Some(occasion),
            withheld: withheld && relation == Relation::Invite,
            hedged,
            end: inner.end,
            frame: frame.name.clone(),
            part: Part::Verb,
        })
    }

    /// A complement clause as target: a stance of its own, or the matter.
    fn complement(
        &self,
        clause: &Clause,
        frame: &Frame,
        relation: Relation,
        hedged: bool,
        taken: &mut [bool],
        depth: usize,
    ) -> Option<Stance> {
        let (child, _) = clause.complement.clone()?;
        let inner = self.scene.clauses.get(child)?;
        let own_subject = inner.verb.form == Form::Finite;
        if !own_subject
            && matches!(frame.inner, Inner::Same | Inner::Flip | Inner::Only)
            && let Some(mut stance) = self.stance(child, taken, depth + 1)
        {
            taken[child] = true;
            // The sign that this clause gives to what is inside it, its own negation included.
            let flips = relation == Relation::Oppose;
            if flips && stance.relation == Relation::Invite {
                stance.withheld = true;
            } else if flips {
                stance.relation = flip(stance.relation);
            }
            stance.hedged |= hedged;
            stance.frame.clone_from(&frame.name);
            return Some(stance);
        }
        if frame.needs_actor || frame.inner == Inner::Only {
            return None;
        }
        let end = inner.end.max(inner.tokens.end);
        // "fears that the mission could fail": the mission is the matter. A clause without a subject is one itself.
        let matter = if own_subject { self.subject_of(clause, inner)? } else { inner.verb.head..end };
        self.take(&(clause.tokens.end..end), taken);
        Some(Stance {
            relation,
            toward: Toward::Matter(matter),
            occasion: None,
            withheld: false,
            hedged,
            end,
            frame: frame.name.clone(),
            part: frame.part,
        })
    }

    /// What a complement clause with a subject of its own is about: the words between "that" and its verb, up to a comma.
    fn subject_of(&self, clause: &Clause, inner: &Clause) -> Option<Range<usize>> {
        let tokens = &self.scene.tokens;
        let after = clause.tokens.end..inner.tokens.start;
        let start = after
            .clone()
            .find(|&t| !matches!(tokens[t].class, Class::That | Class::Adv | Class::Comma | Class::Quote))?;
        let end = (start..after.end).find(|&t| tokens[t].class == Class::Comma).unwrap_or(after.end);
        let named = tokens[start..end].iter().any(|t| matches!(t.class, Class::Noun | Class::Verb(_)));
        named.then_some(start..end)
    }

    fn adjective(&self, clause: &Clause, taken: &mut [bool], depth: usize) -> Option<Stance> {
        let tokens = &self.scene.tokens;
        let (head, frame) = if clause.verb.lemma == "be" {
            let direct = clause.adjective.or_else(|| {
                // "is against the plan", and adjectives that the tagger takes for nouns.
                let at = (clause.tokens.end..tokens.len()).find(|&at| tokens[at].class != Class::Adv)?;
                self.frames.adjective(&tokens[at].lower).map(|_| at)
            })?;
            (direct, self.frames.adjective(&tokens[direct].lower)?)
        } else if clause.verb.passive {
            (clause.verb.head, self.frames.adjective(&tokens[clause.verb.head].lower)?)
        } else {
            return None;
        };
        let mut relation = frame.relation;
        let mut hedged = self.hedged(clause);
        if clause.verb.negated {
            hedged |= relation == Relation::Oppose;
            relation = flip(relation);
        }
        for slot in &frame.target {
            if slot == "clause" {
                if let Some(mut stance) = self.complement(clause, frame, relation, hedged, taken, depth) {
                    stance.part = Part::Adjective;
                    return Some(stance);
                }
                continue;
            }
            let found = clause.arguments.iter().find(|(role, span)| match role {
                Role::Prep(word) => word == slot && span.start > head,
                Role::Object => slot == "object" && span.start > head,
            });
            let Some((_, span)) = found.or_else(|| {
                // "is against the plan": the adjective is the preposition itself.
                let own = Role::Prep(tokens[head].lower.clone());
                clause.arguments.iter().find(|(role, _)| *role == own && slot == "object")
            }) else {
                continue;
            };
            let (toward, end) = self.target(clause, span.clone(), frame)?;
            return Some(Stance {
                relation,
                toward,
                occasion: None,
                withheld: false,
                hedged,
                end,
                frame: frame.name.clone(),
                part: Part::Adjective,
            });
        }
        None
    }

    /// "will not", "would not" and a verb of any kind.
    fn refusal(&self, at: usize, clause: &Clause, _depth: usize) -> Option<Stance> {
        let frame = self.frames.refusal()?;
        let modal = matches!(clause.verb.modal.as_deref(), Some("will" | "would" | "wo" | "'ll"));
        let finite = clause.verb.form == Form::Finite;
        if !modal
            || !finite
            || !clause.verb.negated
            || clause.verb.passive
            || clause.verb.lemma == "be"
            || clause.verb.lemma == "have"
        {
            return None;
        }
        let end = self.scene.clauses[at].end;
        (end > clause.verb.head + 1).then(|| Stance {
            relation: frame.relation,
            toward: Toward::Matter(clause.verb.head..end),
            occasion: None,
            withheld: false,
            hedged: clause.conditional,
            end,
            frame: frame.name.clone(),
            part: Part::Refusal,
        })
    }

    /// "no invitation was sent": the negation stands at the noun.
    fn negative_subject(&self, clause: &Clause) -> bool {
        clause.subject.as_ref().is_some_and(|s| self.scene.tokens[s.start].class == Class::NoDet)
    }

    fn hedged(&self, clause: &Clause) -> bool {
        let modal = clause.verb.modal.as_deref().is_some_and(|m| self.frames.is_hedge(m));
        let near = clause.tokens.start.saturating_sub(1)..clause.tokens.end;
        modal || self.scene.tokens[near].iter().any(|t| t.class == Class::Adv && self.frames.is_hedge(&t.lower))
    }

    /// What a noun phrase in target position names: actors, or a matter with what hangs on it.
    fn target(&self, clause: &Clause, span: Range<usize>, frame: &Frame) -> Option<(Toward, usize)> {
        let scene = self.scene;
        let who = scene.who(span.clone());
        let actors: Vec<usize> =
            who.actors.into_iter().filter(|a| scene.cast.get(*a).is_some_and(|e| !e.outlet)).collect();
        if !actors.is_empty() {
            return Some((Toward::Actors(actors), span.end));
        }
        if frame.needs_actor {
            // "attacked Ukrainian positions", "armed Libya's rebels": whose they are.
            let owners: Vec<usize> = scene
                .mentions_in(&span)
                .filter(|m| {
                    let genitive = scene.tokens.get(m.tokens.end).is_some_and(|t| t.class == Class::Genitive);
                    (genitive || m.how == How::Demonym) && !scene.is_place(m)
                })
                .flat_map(|m| m.actors.clone())
                .collect();
            return (!owners.is_empty()).then_some((Toward::Actors(owners), span.end));
        }
        // The prepositional phrases that follow belong to the matter.
        let mut end = span.end;
        for (_, next) in
            clause.arguments.iter().filter(|(role, s)| matches!(role, Role::Prep(_)) && s.start > span.start)
        {
            if next.start <= end + 1 {
                end = next.end;
            }
        }
        let word = scene.tokens[span.clone()].iter().any(|t| matches!(t.class, Class::Noun | Class::Verb(_)));
        word.then_some((Toward::Matter(span.start..end), end))
    }

    /// Stances that nouns express.
    fn nouns(&self) -> Vec<Finding> {
        let mut out = Vec::new();
        for at in 0..self.scene.tokens.len() {
            let token = &self.scene.tokens[at];
            let in_name = self.scene.mentions.iter().any(|m| m.tokens.contains(&at));
            if token.class != Class::Noun || in_name {
                continue;
            }
            if let Some(finding) = self.frames.noun(&token.lower).and_then(|frame| self.noun(at, frame)) {
                out.push(finding);
            }
        }
        out
    }

    fn noun(&self, at: usize, frame: &Frame) -> Option<Finding> {
        let scene = self.scene;
        let chunk = scene.chunk_of(at)?;
        let phrase = scene.chunks[chunk].tokens.clone();
        if scene.chunks[chunk].kind != ChunkKind::Noun
            || at + 1 < phrase.end && scene.tokens[at + 1].class == Class::Noun
        {
            return None;
        }
        let preps = scene.prepositions(chunk);
        // The clause that carries the noun as object or, in the passive, as subject.
        let over = |span: &Range<usize>| span.start <= phrase.start && phrase.end <= span.end;
        let as_object = scene.clauses.iter().find(|c| c.arguments.iter().any(|(r, s)| *r == Role::Object && over(s)));
        let as_subject = scene.clauses.iter().find(|c| {
            c.subject.as_ref().is_some_and(|s| over(s) && s.end <= c.tokens.start || over(s))
                && c.subject.as_ref().is_some_and(|s| s.start == phrase.start)
        });
        let light = as_object.filter(|c| self.frames.is_light(&c.verb.lemma));
        let carrier = light.or(as_subject.filter(|c| self.frames.is_light(&c.verb.lemma)));
        let negated = scene.tokens[phrase.start].class == Class::NoDet
            || scene.tokens[phrase.clone()].windows(2).any(|w| w[0].lower == "no" && w[1].lower == "longer")
            || carrier.is_some_and(|c| c.verb.negated);
        let holders = self.noun_holder(at, frame, &phrase, &preps, light, as_subject, carrier)?;
        let Found { toward, relation: inner, end } =
            self.noun_target(at, frame, chunk, &preps, light, as_subject, as_object, &holders)?;
        let mut relation = match inner {
            Some(inner) if frame.inner == Inner::Flip => flip(inner),
            Some(inner) => inner,
            None => frame.relation,
        };
        let mut hedged = carrier.is_some_and(|c| self.hedged(c) || c.conditional);
        let mut withheld = false;
        if negated {
            match frame.negated {
                Negated::Nothing => return None,
                Negated::Withheld => withheld = true,
                Negated::Flips => {
                    hedged |= relation == Relation::Oppose;
                    relation = flip(relation);
                }
            }
        }
        let from_place = frame.holder.iter().any(|h| h == "in") && as_subject.is_some() && light.is_none();
        let start = carrier.map_or(phrase.start, |c| c.tokens.start.min(phrase.start));
        let end = end.max(phrase.end).max(carrier.map_or(0, |c| c.tokens.end));
        Some(Finding {
            holders,
            relation,
            toward,
            occasion: None,
            withheld,
            hedged: hedged
                || from_place
                    && frame.relation == Relation::Oppose
                    && carrier.is_none()
                    && !self.possessed(at, &phrase),
            quote: start..end,
            frame: frame.name.clone(),
            part: Part::Noun,
        })
    }

    fn possessed(&self, at: usize, phrase: &Range<usize>) -> bool {
        self.scene.mentions_in(&(phrase.start..at)).next().is_some()
    }

    #[allow(clippy::too_many_arguments)]
    fn noun_holder(
        &self,
        at: usize,
        frame: &Frame,
        phrase: &Range<usize>,
        preps: &[(String, Range<usize>)],
        light: Option<&Clause>,
        as_subject: Option<&Clause>,
        carrier: Option<&Clause>,
    ) -> Option<Vec<usize>> {
        let scene = self.scene;
        for slot in &frame.holder {
            let found: Vec<usize> = match slot.as_str() {
                "poss" => {
                    let named = scene.mentions_in(&(phrase.start..at)).filter(|m| !scene.is_place(m)).last();
                    let possessive = scene.tokens[phrase.start].class == Class::Poss;
                    match named {
                        Some(mention) => mention.actors.clone(),
                        None if possessive => scene.possessor(phrase.start, light.or(carrier)),
                        None => Vec::new(),
                    }
                }
                "subject" => light
                    .filter(|c| !c.verb.passive)
                    .and_then(|c| c.subject.clone())
                    .map(|s| scene.who(s).actors)
                    .unwrap_or_default(),
                "speaker" => {
                    let clause = light.or(as_subject).or_else(|| scene.clauses.iter().rfind(|c| c.tokens.start < at));
                    let speech = clause.and_then(|c| self.speech_above(c)).or_else(|| {
                        scene.clauses.iter().rfind(|c| {
                            c.tokens.start < at && (self.is_speech)(&c.verb.lemma) && !scene.quoted[c.tokens.start]
                        })
                    });
                    speech.and_then(|c| c.subject.clone()).map(|s| scene.who(s).actors).unwrap_or_default()
                }
                "default" => self.inviter.to_vec(),
                "in" => {
                    let phrases = as_subject.iter().flat_map(|c| c.arguments.iter());
                    let place =
                        phrases.filter(|(role, _)| *role == Role::Prep("in".to_owned())).map(|(_, s)| s.clone()).next();
                    place
                        .map(|span| {
                            scene
                                .mentions_in(&span)
                                .filter(|m| scene.is_place(m))
                                .flat_map(|m| m.actors.clone())
                                .collect()
                        })
                        .unwrap_or_default()
                }
                prep => preps
                    .iter()
                    .find(|(word, _)| word == prep)
                    .map(|(_, s)| scene.who(s.clone()).actors)
                    .unwrap_or_default(),
            };
            if !found.is_empty() {
                return Some(found);
            }
        }
        // "an invitation was sent": by whoever invited before.
        let passive = carrier.is_some_and(|c| c.verb.passive);
        (frame.relation == Relation::Invite && passive && !self.inviter.is_empty()).then(|| self.inviter.to_vec())
    }

    #[allow(clippy::too_many_arguments)]
    fn noun_target(
        &self,
        at: usize,
        frame: &Frame,
        chunk: usize,
        preps: &[(String, Range<usize>)],
        light: Option<&Clause>,
        as_subject: Option<&Clause>,
        as_object: Option<&Clause>,
        holders: &[usize],
    ) -> Option<Found> {
        let scene = self.scene;
        let carrier = light.or(as_subject);
        for slot in &frame.target {
            match slot.as_str() {
                "clause" => {
                    let mut next = chunk + 1;
                    while scene.chunks.get(next).is_some_and(|c| matches!(c.kind, ChunkKind::Prep | ChunkKind::Adv)) {
                        next += 1;
                    }
                    let start = scene.chunks.get(next).map(|c| c.tokens.clone());
                    let clause = start.and_then(|t| {
                        scene
                            .clauses
                            .iter()
                            .find(|c| c.tokens == t && c.verb.form != Form::Finite && c.verb.form != Form::Participle)
                    });
                    if let Some(clause) = clause {
                        let at = scene.clauses.iter().position(|c| c.tokens == clause.tokens)?;
                        let mut taken = vec![false; scene.clauses.len()];
                        if let Some(stance) =
                            self.stance(at, &mut taken, 1).filter(|_| matches!(frame.inner, Inner::Same | Inner::Flip))
                        {
                            return Some(Found {
                                toward: stance.toward,
                                relation: Some(stance.relation),
                                end: stance.end,
                            });
                        }
                        return Some(Found {
                            toward: Toward::Matter(clause.verb.head..clause.end),
                            relation: None,
                            end: clause.end,
                        });
                    }
                }
                "subject" => {
                    let who = carrier.and_then(|c| c.subject.clone()).map(|s| scene.who(s).actors).unwrap_or_default();
                    if !who.is_empty() && light.is_some() {
                        return Some(Found {
                            toward: Toward::Actors(who),
                            relation: None,
                            end: carrier.map_or(0, |c| c.end),
                        });
                    }
                }
                "object" => {
                    let object = as_subject
                        .filter(|c| !c.verb.passive)
                        .and_then(|c| c.arguments.iter().find(|(r, _)| *r == Role::Object));
                    if let Some((_, span)) = object {
                        let who = scene.who(span.clone()).actors;
                        if !who.is_empty() {
                            return Some(Found { toward: Toward::Actors(who), relation: None, end: span.end });
                        }
                    }
                }
                prep => {
                    let near = preps.iter().find(|(word, span)| {
                        word == prep && !scene.who(span.clone()).actors.iter().any(|a| holders.contains(a))
                    });
                    let far = || {
                        let clause = carrier?;
                        clause
                            .arguments
                            .iter()
                            .find(|(role, _)| *role == Role::Prep(prep.to_owned()))
                            .map(|(_, s)| s.clone())
                    };
                    let Some(span) = near.map(|(_, s)| s.clone()).or_else(far) else { continue };
                    let who = scene.who(span.clone()).actors;
                    if !who.is_empty() {
                        return Some(Found { toward: Toward::Actors(who), relation: None, end: span.end });
                    }
                    if !frame.needs_actor {
                        let end = preps
                            .iter()
                            .filter(|(_, s)| s.start > span.start)
                            .map(|(_, s)| s.end)
                            .max()
                            .unwrap_or(span.end);
                        let end = end.max(span.end);
                        return Some(Found { toward: Toward::Matter(span.start..end), relation: None, end });
                    }
                }
            }
        }
        // "Ukraine defends itself against a Russian aggression": the victim is the subject.
        let victim = scene
            .clauses
            .iter()
            .find(|c| c.arguments.iter().any(|(role, s)| *role == Role::Prep("against".to_owned()) && s.contains(&at)));
        let victim = victim.filter(|_| frame.relation == Relation::Oppose && as_object.is_none())?;
        let who = scene.who(victim.subject.clone()?).actors;
        let who: Vec<usize> = who
            .into_iter()
            .filter(|a| !holders.contains(a) && scene.cast.get(*a).is_some_and(|e| e.kind != Kind::Person))
            .collect();
        (!who.is_empty()).then_some(Found { toward: Toward::Actors(who), relation: None, end: at + 1 })
    }
}

fn flip(relation: Relation) -> Relation {
    match relation {
        Relation::Support => Relation::Oppose,
        Relation::Oppose => Relation::Support,
        Relation::Invite => Relation::Invite,
    }
}
