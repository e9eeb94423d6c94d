//! Frames of nouns: "opposition to", "gave its backing to", "X, a critic of Y".

use crate::actors::How;
use crate::language::engine::Upos;
use crate::stances::frames::{Frame, Inner, Negated, Part};
use crate::stances::reader::{Finding, Reader, Said, Toward, flip};
use crate::statement::Relation;
use std::ops::Range;

/// The target of a noun's stance.
pub(super) struct Found {
    pub toward: Toward,
    /// The stance inside the noun's complement clause, if it has one.
    pub relation: Option<Relation>,
    pub words: Range<usize>,
}

/// The verb that carries a noun, and how.
#[derive(Clone, Copy)]
pub(super) struct Carrier {
    pub verb: usize,
    pub light: bool,
    /// The noun is what the verb does something to.
    pub as_object: bool,
}

impl Reader<'_, '_> {
    /// Stances that nouns express.
    pub fn nouns(&self) -> Vec<Finding> {
        let nouns = (0..self.tree.words.len()).filter(|&at| {
            matches!(self.tree.words[at].upos, Upos::Noun | Upos::Propn) && self.scene.mention_at(at).is_none()
        });
        nouns
            .flat_map(|at| {
                let mut found = self.noun_frames(at).into_iter().map(|frame| self.noun(at, frame));
                found.find(|f| !f.is_empty()).unwrap_or_default()
            })
            .collect()
    }

    pub fn noun_frames(&self, at: usize) -> Vec<&Frame> {
        let word = &self.tree.words[at];
        let first = self.noun_frame(at);
        let more = self.frames.nouns_of(&word.lower).chain(self.frames.nouns_of(&word.lemma));
        let mut out: Vec<&Frame> = Vec::new();
        for frame in first.into_iter().chain(more) {
            if !out.contains(&frame) {
                out.push(frame);
            }
        }
        out
    }

    pub fn noun_frame(&self, at: usize) -> Option<&Frame> {
        let word = &self.tree.words[at];
        // "peace deal" goes before "deal".
        let before = at
            .checked_sub(1)
            .filter(|&b| matches!(self.tree.rel(b), "compound" | "amod") && self.tree.head(b) == Some(at));
        let pair = before.map(|b| format!("{} {}", self.tree.words[b].lower, word.lemma));
        let pair = pair.and_then(|pair| self.frames.noun(&pair));
        pair.or_else(|| self.frames.noun(&word.lower)).or_else(|| self.frames.noun(&word.lemma))
    }

    /// The stances of the noun that a light verb carries: "gave its backing to", for the clause above it.
    pub fn carried(&self, verb: usize) -> Vec<crate::stances::reader::Stance> {
        let lemma = &self.tree.words[verb].lemma;
        // "vowed to lift the sanctions on X"
        let away = self.frames.takes_away(lemma) && !self.frames.is_light(lemma);
        if !self.frames.is_light(lemma) && !away {
            return Vec::new();
        }
        let Some((noun, frame)) = self.object(verb).and_then(|n| Some((n, self.noun_frame(n)?))) else {
            return Vec::new();
        };
        let carrier = Some(Carrier { verb, light: true, as_object: true });
        let found = self.noun_targets(noun, frame, carrier, &[]);
        found
            .into_iter()
            .map(|f| crate::stances::reader::Stance {
                relation: {
                    let own = f
                        .relation
                        .map_or(frame.relation, |inner| if frame.inner == Inner::Flip { flip(inner) } else { inner });
                    if away { flip(own) } else { own }
                },
                toward: f.toward,
                occasion: None,
                withheld: false,
                hedged: false,
                words: verb.min(f.words.start)..f.words.end,
                frame: frame.name.clone(),
                part: Part::Noun,
            })
            .collect()
    }

    /// Whether the noun says by itself whom or what the verb that carries it is for or against.
    pub fn is_carried(&self, verb: usize, noun: usize, frame: &Frame) -> bool {
        !self.noun_targets(noun, frame, Some(Carrier { verb, light: true, as_object: true }), &[]).is_empty()
    }

    fn carrier(&self, at: usize) -> Option<Carrier> {
        let verb = self.tree.head(at)?;
        let word = &self.tree.words[verb];
        // "tabled a motion of no confidence in X", "one of the cases was brought by X"
        let part = word.xpos == "CD";
        if self.tree.preposition(at) == Some("of") && (part || self.frames.is_container(&word.lemma)) {
            return self.carrier(verb).filter(|c| c.light && c.as_object);
        }
        if word.upos != Upos::Verb {
            return None;
        }
        let light = self.frames.is_light(&word.lemma) || self.frames.takes_away(&word.lemma);
        let passive = self.tree.is_passive(verb);
        match self.tree.words[at].deprel {
            "obj" => Some(Carrier { verb, light, as_object: true }),
            "nsubj:pass" => Some(Carrier { verb, light, as_object: true }),
            "nsubj" => Some(Carrier { verb, light, as_object: passive }),
            "obl" if self.tree.preposition(at).is_some_and(|prep| self.frames.is_light_with(&word.lemma, prep)) => {
                Some(Carrier { verb, light: true, as_object: !passive })
            }
            // "met with opposition from X"
            "obl" if self.draws(verb, at) => Some(Carrier { verb, light: false, as_object: true }),
            "obl" | "xcomp" | "obl:agent" => Some(Carrier { verb, light: false, as_object: false }),
            _ => None,
        }
    }

    fn noun(&self, at: usize, frame: &Frame) -> Vec<Finding> {
        let carrier =
            self.carrier(at).filter(|c| c.light).or_else(|| self.relative_carrier(at)).or_else(|| self.carrier(at));
        let light = carrier.filter(|c| c.light);
        // A light verb in an infinitive asserts nothing by itself: the clause above takes it up.
        if let Some(c) = light
            && self.said(c.verb, 0) == Said::Not
        {
            return Vec::new();
        }
        let predicate = self.has_copula(at) || matches!(self.tree.rel(at), "appos");
        if predicate && self.has_copula(at) && self.said(at, 0) == Said::Not {
            return Vec::new();
        }
        let negated = self.tree.is_negated(at)
            || light.is_some_and(|c| self.tree.is_negated(c.verb))
            || self.tree.child(at, &["advmod"]).is_some_and(|c| self.tree.words[c].lower == "longer");
        let (holders, inner_hedge) = self.noun_holder(at, frame, carrier);
        let holders = light.map_or(holders.clone(), |c| self.spoken_for(c.verb, holders));
        if holders.is_empty() {
            return Vec::new();
        }
        let mut hedged =
            light.is_some_and(|c| self.is_hedged(c.verb) || self.said(c.verb, 0) == Said::Hedged) || inner_hedge;
        let mut withheld = false;
        // "withdrew its support"
        let away = carrier.is_some_and(|c| c.as_object && self.frames.takes_away(&self.tree.words[c.verb].lemma));
        // Who settled a suit with somebody is not for whom it was against.
        let told = carrier.is_some_and(|c| self.tree.is_passive(c.verb) && self.agent(c.verb).is_none());
        // Who will not withdraw from a treaty makes none, and is against nobody.
        if away && frame.inner == Inner::Both && carrier.is_some_and(|c| self.tree.is_negated(c.verb)) {
            return Vec::new();
        }
        let mut turned = away && !(told && matches!(frame.name.as_str(), "lawsuit" | "challenge"));
        if negated && !away {
            match frame.negated {
                Negated::Nothing => return Vec::new(),
                Negated::Withheld => withheld = true,
                Negated::Flips => turned = true,
            }
        }
        let mut found = self.noun_targets(at, frame, carrier, &holders);
        // Who drops a suit against a plan is not yet for the plan.
        let dropped = turned && matches!(frame.name.as_str(), "lawsuit" | "challenge" | "rally-against");
        found.retain(|f| !dropped || matches!(f.toward, Toward::Actors(_)));
        let own = self
            .tree
            .span(at, &|c| !matches!(self.tree.words[c].deprel, "nmod:poss" | "amod" | "compound" | "case" | "det"));
        let mut out = Vec::new();
        for f in found {
            let mut relation = match f.relation {
                Some(inner) if frame.inner == Inner::Flip => flip(inner),
                Some(inner) => inner,
                None => frame.relation,
            };
            if turned && relation == Relation::Invite {
                withheld = true;
            } else if turned {
                hedged |= relation == Relation::Oppose;
                relation = flip(relation);
            }
            let mut quote = own.start.min(f.words.start)..own.end.max(f.words.end);
            if let Some(c) = carrier.filter(|c| c.light) {
                quote = quote.start.min(c.verb)..quote.end.max(c.verb + 1);
                quote.start = self.quote_start(c.verb, quote.start);
            }
            if self.has_copula(at)
                && let Some(subject) = self.tree.child(at, &["nsubj"])
            {
                quote.start = quote.start.min(self.phrase(subject).start);
            }
            // A treaty is between all who make it.
            if frame.inner == Inner::Both
                && let Toward::Actors(others) = &f.toward
            {
                out.push(Finding {
                    holders: others.clone(),
                    relation,
                    toward: Toward::Actors(holders.clone()),
                    occasion: None,
                    withheld,
                    hedged,
                    quote: quote.clone(),
                    frame: frame.name.clone(),
                    part: Part::Noun,
                });
            }
            out.push(Finding {
                holders: holders.clone(),
                relation,
                toward: f.toward,
                occasion: None,
                withheld,
                hedged,
                quote,
                frame: frame.name.clone(),
                part: Part::Noun,
            });
        }
        out
    }

    fn noun_holder(&self, at: usize, frame: &Frame, carrier: Option<Carrier>) -> (Vec<usize>, bool) {
        let scene = self.scene;
        let light = carrier.filter(|c| c.light);
        let had = self.had_from(at, frame, carrier);
        if !had.is_empty() {
            return (had, false);
        }
        for slot in &frame.holder {
            let mut hedged = false;
            let found: Vec<usize> = match slot.as_str() {
                "poss" => self.possessors(at),
                "subject" => {
                    if self.has_copula(at) {
                        self.tree.child(at, &["nsubj"]).map(|s| scene.who(s).actors).unwrap_or_default()
                    } else if self.tree.rel(at) == "obl" && self.tree.preposition(at) == Some("in") {
                        // "sends fighters in support of X"
                        self.tree.head(at).map(|v| self.holder(v).actors).unwrap_or_default()
                    } else {
                        let who = light.map(|c| self.holder(c.verb)).unwrap_or_default();
                        hedged = who.hedged;
                        who.actors
                    }
                }
                "self" => self.named_as(at),
                "speaker" => self.sayer(at).into_iter().collect(),
                "default" => self.inviter.to_vec(),
                "at-of" if matches!(self.tree.preposition(at), Some("at" | "per" | "on" | "upon")) => {
                    let of = self.prepositional(at, "of").map(|n| scene.who(n).actors).unwrap_or_default();
                    if of.is_empty() { self.possessors(at) } else { of }
                }
                "at-of" => Vec::new(),
                "in" => self.place(at, carrier),
                "asker" => {
                    let who = self.asks_for(at).filter(|&v| self.said(v, 0) != Said::Not).map(|v| self.holder(v));
                    who.map(|w| w.actors).unwrap_or_default()
                }
                "where" => self.faced(at, carrier),
                prep => {
                    // "support came from X"
                    let came = || {
                        let verb = self.tree.head(at).filter(|_| prep == "from")?;
                        let comes = match self.tree.rel(at) {
                            "nsubj" => {
                                matches!(self.tree.words[verb].lemma.as_str(), "come" | "arrive" | "flow" | "pour")
                            }
                            // "drew criticism from X"
                            "obj" => self.draws(verb, at),
                            _ => false,
                        };
                        let below = self.tree.children(verb).iter().copied();
                        below.filter(|_| comes).find(|&c| self.tree.preposition(c) == Some("from"))
                    };
                    let node = self.prepositional(at, prep).or_else(came);
                    // "criticism of X" is of X where X has no other holder; "by" and "from" always tell the holder.
                    node.map(|n| scene.who(n))
                        .map(|w| {
                            hedged = w.hedged;
                            w.actors
                        })
                        .unwrap_or_default()
                }
            };
            let found: Vec<usize> = found.into_iter().filter(|&a| scene.is_no_outlet(a)).collect();
            if !found.is_empty() {
                return (found, hedged || slot == "in");
            }
        }
        // "an invitation was sent": by whoever invited before.
        let passive = light.is_some_and(|c| self.tree.is_passive(c.verb));
        let known = frame.relation == Relation::Invite && passive;
        (if known { self.inviter.to_vec() } else { Vec::new() }, false)
    }

    /// Names, adjectives and pronouns before a noun that say whose it is.
    pub fn possessors(&self, at: usize) -> Vec<usize> {
        let mut out = Vec::new();
        for &c in self.tree.children(at) {
            let word = &self.tree.words[c];
            match word.deprel {
                "nmod:poss" if word.xpos == "PRP$" || word.lower == "whose" => out.extend(self.scene.possessor(c)),
                "nmod:poss" => out.extend(self.scene.who(c).actors),
                "amod" | "compound" => {
                    for member in self.scene.members(c) {
                        let named = self.scene.mention_at(member).filter(|m| !self.scene.is_place(m));
                        out.extend(named.map(|m| m.actors.clone()).unwrap_or_default());
                    }
                    // "Trump administration officials' criticism"
                    if self.scene.mention_at(c).is_none() && word.upos == Upos::Noun {
                        out.extend(self.scene.who_alone(c).actors);
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// Whom "X, a critic of Y," and "Y critic X" name by the noun.
    fn named_as(&self, at: usize) -> Vec<usize> {
        let subject = self.tree.child(at, &["nsubj"]).filter(|_| self.has_copula(at));
        let above = self.tree.head(at).filter(|_| self.tree.rel(at) == "appos");
        let below = self.tree.children(at).iter().copied().find(|&c| {
            matches!(self.tree.rel(c), "appos" | "flat") && self.scene.mention_at(c).is_some_and(|m| m.how == How::Name)
        });
        let title = self.tree.head(at).filter(|&h| {
            matches!(self.tree.rel(at), "compound" | "amod")
                && self.scene.mention_at(h).is_some_and(|m| m.how == How::Name)
        });
        subject.or(above).or(below).or(title).map(|n| self.scene.who(n).actors).unwrap_or_default()
    }

    /// "resistance persists in Brussels": the seat that the noun is said of.
    fn place(&self, at: usize, carrier: Option<Carrier>) -> Vec<usize> {
        let Some(verb) = carrier.filter(|c| !c.light && !c.as_object).map(|c| c.verb) else { return Vec::new() };
        let below = self.tree.children(verb).iter().chain(self.tree.children(at)).copied();
        let mut places =
            below.filter(|&c| self.tree.preposition(c) == Some("in")).filter_map(|c| self.scene.mention_at(c));
        places.find(|m| self.scene.is_place(m)).map(|m| m.actors.clone()).unwrap_or_default()
    }

    /// What hangs on a noun by a preposition.
    pub fn prepositional(&self, at: usize, prep: &str) -> Option<usize> {
        let below = |word: usize| {
            self.tree.children(word).iter().copied().find(|&c| {
                matches!(self.tree.rel(c), "nmod" | "obl" | "acl" | "advcl") && self.tree.preposition(c) == Some(prep)
            })
        };
        // "the killing of X by Y", "a complaint with the police about Y"
        let of = || {
            let over = |c: &usize| match self.tree.preposition(*c) {
                Some("of") => matches!(prep, "by" | "from"),
                // "praise for X from Y"
                Some("for" | "about" | "to") => matches!(prep, "by" | "from"),
                Some("by") => matches!(prep, "of" | "on" | "against"),
                Some("with") => matches!(prep, "against" | "about" | "over"),
                _ => false,
            };
            self.tree.children(at).iter().copied().find(over).and_then(below)
        };
        // "a lawsuit filed by X against Y"
        below(at).or_else(of).or_else(|| {
            let done = self
                .tree
                .children(at)
                .iter()
                .copied()
                .filter(|&c| self.tree.rel(c) == "acl" && self.tree.is_passive(c));
            let agents = |c: usize| self.agent(c).filter(|_| prep == "against").and_then(below);
            done.filter_map(|c| below(c).or_else(|| agents(c))).next()
        })
    }
}
