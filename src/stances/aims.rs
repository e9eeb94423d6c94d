//! What the stance of a noun is about: prepositional phrases, clauses, owners, guests, the subject of what it is drawn by.

use crate::language::engine::Upos;
use crate::stances::frames::{Frame, Inner};
use crate::stances::nouns::{Carrier, Found};
use crate::stances::reader::{Reader, Toward};
use crate::statement::{Kind, Relation};
use std::ops::Range;

impl Reader<'_, '_> {
    /// Whom or what the stance of a noun is about: the first of the slots of its frame that is filled.
    pub fn noun_targets(&self, at: usize, frame: &Frame, carrier: Option<Carrier>, holders: &[usize]) -> Vec<Found> {
        let scene = self.scene;
        if !self.had_from(at, frame, carrier).is_empty() {
            return self.drawn(at, frame, carrier, holders);
        }
        for slot in &frame.target {
            let node = match slot.as_str() {
                "clause" => {
                    let clause = self.tree.children(at).iter().copied().find(|&c| {
                        self.tree.rel(c) == "acl"
                            && self.tree.words[c].deprel != "acl:relcl"
                            && (self.tree.is_infinitive(c) || self.tree.words[c].xpos == "VBG")
                            || self.tree.rel(c) == "nmod" && self.tree.words[c].xpos == "VBG"
                    });
                    // "the decision by Norway to ban it": the infinitive may hang on the name.
                    let of_agent = || {
                        let by = self.tree.children(at).iter().filter(|&&c| self.tree.preposition(c) == Some("by"));
                        let below = by.flat_map(|&c| self.tree.children(c)).copied();
                        below.into_iter().find(|&c| self.tree.rel(c) == "acl" && self.tree.is_infinitive(c))
                    };
                    if let Some(clause) = clause.or_else(of_agent) {
                        return self.noun_clause(clause, frame);
                    }
                    // "showed reluctance to join": the infinitive may hang on the verb.
                    let on_verb = carrier.filter(|c| c.as_object).and_then(|c| {
                        self.tree.children(c.verb).iter().copied().find(|&x| {
                            x > at && matches!(self.tree.rel(x), "xcomp" | "advcl") && self.tree.is_infinitive(x)
                        })
                    });
                    if let Some(clause) = on_verb {
                        return self.noun_clause(clause, frame);
                    }
                    continue;
                }
                "subject" => {
                    let Some(c) = carrier.filter(|c| c.light && c.as_object) else { continue };
                    let node = self.subject(c.verb, 0).filter(|&s| s != at);
                    let who = node.map(|n| scene.who(n).actors).unwrap_or_default();
                    if who.is_empty() || who.iter().any(|a| holders.contains(a)) {
                        continue;
                    }
                    return vec![Found { toward: Toward::Actors(who), relation: None, words: c.verb..at + 1 }];
                }
                "guest" => {
                    // "is in X at the invitation of Y": whoever is there.
                    let at_of = matches!(self.tree.preposition(at), Some("at" | "per" | "on" | "upon"));
                    let clause = self.tree.head(at).filter(|_| at_of);
                    // "suspended parliament at the request of Y" tells what Y wanted, and invites nobody.
                    if clause.is_some_and(|v| self.tree.words[v].upos == Upos::Verb && self.object(v).is_some()) {
                        let verb = clause.unwrap_or(at);
                        let words = self.done_to(verb);
                        return vec![Found {
                            toward: Toward::Matter(words.clone()),
                            relation: Some(Relation::Support),
                            words: words.start..self.tree.span(at, &|_| false).end.max(words.end),
                        }];
                    }
                    // "received an invitation from Y"
                    let receiver = || {
                        let verb = carrier.filter(|c| c.as_object).map(|c| c.verb)?;
                        let receives = self.frames.draws(&self.tree.words[verb].lemma) && !self.tree.is_passive(verb);
                        self.subject(verb, 0).filter(|_| receives)
                    };
                    let guest = clause.and_then(|v| self.object(v).or_else(|| self.subject(v, 0))).or_else(receiver);
                    let who = guest.map(|s| scene.who(s).actors).unwrap_or_default();
                    let who: Vec<usize> = who.into_iter().filter(|a| !holders.contains(a)).collect();
                    if who.is_empty() {
                        continue;
                    }
                    let start = guest.map_or(at, |g| self.phrase(g).start.min(at));
                    let end = self.tree.span(at, &|_| false).end;
                    return vec![Found { toward: Toward::Actors(who), relation: None, words: start..end }];
                }
                "others" => {
                    // "X and Y signed a treaty": each with the others.
                    if holders.len() < 2 {
                        continue;
                    }
                    // Who signs a treaty that has a name need not deal with who signs beside.
                    let named = |c: &usize| {
                        self.tree.rel(*c) == "compound"
                            && (self.tree.words[*c].upos == Upos::Propn || self.scene.mention_at(*c).is_some())
                    };
                    if self.tree.children(at).iter().any(named) {
                        continue;
                    }
                    let verb = carrier.map_or(at, |c| c.verb);
                    return vec![Found {
                        toward: Toward::Actors(holders.to_vec()),
                        relation: None,
                        words: verb.min(at)..at + 1,
                    }];
                }
                "poss" => {
                    let who = self.possessors(at);
                    if who.is_empty() || who.iter().any(|a| holders.contains(a)) {
                        continue;
                    }
                    let words = self
                        .tree
                        .span(at, &|c| !matches!(self.tree.words[c].deprel, "nmod:poss" | "amod" | "compound"));
                    return vec![Found { toward: Toward::Actors(who), relation: None, words }];
                }
                "receiver" => self.receiver_of(at, carrier),
                "undone" => carrier.filter(|c| !c.as_object).and_then(|c| self.undone(at, c.verb)),
                "object" => {
                    let Some(c) = carrier.filter(|c| !c.as_object) else { continue };
                    self.object(c.verb).filter(|&o| o != at)
                }
                prep => {
                    let near = self.prepositional(at, prep).filter(|&n| prep != "of" || !self.is_amount(n));
                    let near = near.filter(|&n| !scene.who(n).actors.iter().any(|a| holders.contains(a)));
                    near.or_else(|| {
                        let c = carrier?;
                        self.tree.children(c.verb).iter().copied().find(|&x| {
                            // "resigned in protest at the deal": the phrase right behind belongs to the noun.
                            let behind = self.tree.child(x, &["case"]) == Some(at + 1);
                            x != at
                                && matches!(self.tree.rel(x), "obl" | "iobj")
                                && (c.light || c.as_object || behind)
                                && self.tree.preposition(x) == Some(prep)
                        })
                    })
                }
            };
            let Some(node) = node else { continue };
            if self.tree.words[node].upos == Upos::Verb {
                if frame.needs_actor {
                    continue;
                }
                let words = self.clause_phrase(node);
                return vec![Found { toward: Toward::Matter(words.clone()), relation: None, words }];
            }
            let found = self.targets(node, frame);
            let found: Vec<Found> =
                found.into_iter().map(|(toward, words)| Found { toward, relation: None, words }).collect();
            if !found.is_empty() {
                return found;
            }
        }
        // "issued a condemnation", "voiced their opposition": of what is spoken of.
        let spoken = matches!(frame.name.as_str(), "opposition" | "criticism" | "support-noun");
        let said = carrier.filter(|c| c.as_object && spoken && self.frames.voices(&self.tree.words[c.verb].lemma));
        if let Some(c) = said {
            return vec![Found { toward: Toward::Matter(at..at), relation: None, words: c.verb.min(at)..at + 1 }];
        }
        // "the sponsor, X": of what is spoken of.
        let sponsor = matches!(self.tree.words[at].lemma.as_str(), "sponsor" | "co-sponsor");
        let of_what = self
            .tree
            .children(at)
            .iter()
            .copied()
            .find(|&c| self.tree.words[c].deprel == "nmod:poss" && self.tree.words[c].upos == Upos::Noun);
        if let Some(matter) = of_what.filter(|_| sponsor && frame.name == "supporter") {
            let words = self.matter_phrase(matter);
            return vec![Found { toward: Toward::Matter(words.clone()), relation: None, words }];
        }
        if frame.name == "supporter" && sponsor && self.scene.is_definite(at) {
            return vec![Found { toward: Toward::Matter(at..at), relation: None, words: at..at + 1 }];
        }
        // "one of the cases was brought by X": against what is spoken of.
        let suit =
            carrier.filter(|c| c.light && c.as_object && frame.name == "challenge" && self.agent(c.verb).is_some());
        // "X brought the case": the one that is told of.
        let brought = carrier.filter(|c| {
            let verb = matches!(self.tree.words[c.verb].lemma.as_str(), "bring" | "file" | "lodge");
            let told = self.tree.children(at).iter().all(|&d| self.tree.rel(d) == "det");
            verb && told && c.as_object && frame.name == "challenge" && self.scene.is_definite(at)
        });
        if let Some(c) = brought.filter(|c| !self.tree.is_passive(c.verb)) {
            return vec![Found { toward: Toward::Matter(at..at), relation: None, words: c.verb.min(at)..at + 1 }];
        }
        if let Some(c) = suit.filter(|c| self.tree.is_passive(c.verb)) {
            return vec![Found { toward: Toward::Matter(at..at), relation: None, words: c.verb.min(at)..at + 1 }];
        }
        // "lifted the ban": who does is against the ban.
        let away = carrier.filter(|c| c.as_object && self.frames.takes_away(&self.tree.words[c.verb].lemma));
        let hostile =
            matches!(frame.name.as_str(), "ban" | "criticism") && self.tree.child(at, &["det", "nmod"]).is_some();
        if let Some(c) = away.filter(|_| hostile) {
            let matter = self.matter_phrase(at);
            let words = matter.start.min(c.verb)..matter.end.max(c.verb + 1);
            return vec![Found { toward: Toward::Matter(matter), relation: Some(Relation::Support), words }];
        }
        let drawn = self.drawn(at, frame, carrier, holders);
        if !drawn.is_empty() {
            return drawn;
        }
        let subject = || self.subject_of_target(at, frame, holders);
        self.victim(at, frame, carrier, holders).or_else(subject).into_iter().collect()
    }

    /// "the remark drew a rebuke from X": the remark is what the rebuke is for.
    fn drawn(&self, at: usize, frame: &Frame, carrier: Option<Carrier>, holders: &[usize]) -> Vec<Found> {
        let verb = carrier.filter(|c| c.as_object).map(|c| c.verb);
        let from = |v: &usize| self.draws(*v, at) || !self.had_from(at, frame, carrier).is_empty();
        let Some(verb) = verb.filter(from) else { return Vec::new() };
        let subject = self.tree.child(verb, &["nsubj"]).filter(|_| !self.tree.is_passive(verb));
        let Some(subject) = subject.filter(|&s| !self.scene.who(s).actors.iter().any(|a| holders.contains(a))) else {
            return Vec::new();
        };
        let found = self.targets(subject, frame).into_iter();
        found
            .map(|(toward, words)| Found { toward, relation: None, words: words.start..words.end.max(at + 1) })
            .collect()
    }

    /// "X's objections sank the treaty": what somebody's opposition undoes.
    fn undone(&self, noun: usize, verb: usize) -> Option<usize> {
        let mut frames = self.frames.plain_verb(&self.tree.words[verb].lemma);
        let undoes = frames.any(|f| f.relation == Relation::Oppose && !f.needs_actor);
        let object = self.object(verb).filter(|&o| o != noun && self.scene.who(o).actors.is_empty());
        object.filter(|_| undoes && self.tree.rel(noun) == "nsubj" && !self.tree.is_negated(verb))
    }

    /// The words of a verb with what it is done to, before everything else that hangs on it.
    fn done_to(&self, verb: usize) -> Range<usize> {
        let object = self.object(verb).map(|o| self.matter_phrase(o));
        object.map_or(verb..verb + 1, |o| verb.min(o.start)..o.end.max(verb + 1))
    }

    /// "X has been the target of attacks", "X, a target of attacks,": X.
    fn subject_of_target(&self, at: usize, frame: &Frame, holders: &[usize]) -> Option<Found> {
        let head = self.tree.head(at).filter(|_| self.tree.rel(at) == "nmod" && frame.relation == Relation::Oppose)?;
        let meant = matches!(self.tree.words[head].lemma.as_str(), "subject" | "target" | "victim" | "object");
        let apposed = || self.tree.head(head).filter(|_| self.tree.rel(head) == "appos");
        let whom = self.tree.child(head, &["nsubj"]).or_else(apposed).filter(|_| meant)?;
        let who = self.scene.who(whom).actors;
        let who: Vec<usize> = who.into_iter().filter(|a| !holders.contains(a)).collect();
        (!who.is_empty()).then_some(Found { toward: Toward::Actors(who), relation: None, words: head..at + 1 })
    }

    fn noun_clause(&self, clause: usize, frame: &Frame) -> Vec<Found> {
        let mut taken = vec![false; self.tree.words.len()];
        if matches!(frame.inner, Inner::Same | Inner::Flip) {
            let inner = self.stances(clause, &mut taken, 1);
            if !inner.is_empty() {
                let found =
                    inner.into_iter().map(|s| Found { toward: s.toward, relation: Some(s.relation), words: s.words });
                return found.collect();
            }
        }
        let words = self.clause_phrase(clause);
        if frame.needs_actor {
            return Vec::new();
        }
        vec![Found { toward: Toward::Matter(words.clone()), relation: None, words }]
    }

    /// "Ukraine defends itself against a Russian aggression": the victim is the subject.
    fn victim(&self, at: usize, frame: &Frame, carrier: Option<Carrier>, holders: &[usize]) -> Option<Found> {
        let carrier = carrier.filter(|c| !c.as_object && frame.relation == Relation::Oppose)?;
        if self.tree.preposition(at) != Some("against") {
            return None;
        }
        let who = self.scene.who(self.subject(carrier.verb, 0)?).actors;
        let who: Vec<usize> = who
            .into_iter()
            .filter(|a| !holders.contains(a) && self.scene.cast.get(*a).is_some_and(|e| e.kind != Kind::Person))
            .collect();
        (!who.is_empty()).then_some(Found { toward: Toward::Actors(who), relation: None, words: at..at + 1 })
    }
}
