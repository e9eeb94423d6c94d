//! Frames of verbs, and what clauses inside them do to their sign.

use crate::actors::How;
use crate::language::engine::Upos;
use crate::stances::frames::{Asked, Frame, Inner, Negated, Part};
use crate::stances::reader::{DEPTH, Finding, Reader, Said, Stance, Toward, flip};
use crate::statement::{Kind, Relation};

impl Reader<'_, '_> {
    /// The stances whose holder is the subject, or the agent, of a clause.
    pub fn verbs(&self) -> Vec<Finding> {
        let mut taken = vec![false; self.tree.words.len()];
        let mut order: Vec<(usize, usize)> = (0..self.tree.words.len()).map(|at| (self.depth(at), at)).collect();
        order.sort_unstable();
        let mut out = Vec::new();
        for (_, at) in order {
            if taken[at] || !self.is_predicate(at) {
                continue;
            }
            let said = self.said(at, 0);
            if said != Said::Not {
                out.extend(self.clause(at, said, &mut taken));
            }
        }
        out
    }

    fn depth(&self, at: usize) -> usize {
        let mut depth = 0;
        let mut next = self.tree.head(at);
        while let Some(head) = next {
            depth += 1;
            next = self.tree.head(head);
        }
        depth
    }

    /// A verb, or an adjective that is said of somebody.
    fn is_predicate(&self, at: usize) -> bool {
        match self.tree.words[at].upos {
            Upos::Verb => true,
            Upos::Adj | Upos::Adp | Upos::Noun | Upos::Adv | Upos::Propn => {
                self.has_copula(at)
                    || self.tree.rel(at) == "xcomp"
                    || matches!(self.tree.rel(at), "root" | "acl" | "advcl")
            }
            _ => false,
        }
    }

    fn clause(&self, at: usize, said: Said, taken: &mut [bool]) -> Vec<Finding> {
        let stances = self.stances(at, taken, 0);
        let mut out = Vec::new();
        for stance in stances {
            let passive = self.tree.is_passive(at) && stance.part == Part::Verb;
            let mut who = self.holder_of(at, &stance, passive);
            if who.0.is_empty() {
                continue;
            }
            who.0 = self.spoken_for(at, who.0);
            let mut quote = stance.words.start.min(at)..stance.words.end.max(at + 1);
            // The agent belongs to the quote, and the subject where it stands near.
            if let Some(agent) = self.agent(at).filter(|_| passive) {
                let end = self.scene.members(agent).into_iter().map(|m| self.phrase(m).end).max().unwrap_or(quote.end);
                quote.end = quote.end.max(end);
            }
            if let Some(subject) = self.tree.child(at, &["nsubj"]) {
                let span = self.phrase(subject);
                if span.start < quote.start && quote.start - span.start <= 24 {
                    quote.start = span.start;
                }
            }
            out.push(Finding {
                holders: who.0,
                relation: stance.relation,
                toward: stance.toward,
                occasion: stance.occasion,
                withheld: stance.withheld,
                hedged: stance.hedged || who.1 || said == Said::Hedged,
                quote,
                frame: stance.frame,
                part: stance.part,
            });
        }
        out
    }

    /// "The Finnish president said Finland would join": who speaks for the holder holds it.
    fn spoken_for(&self, at: usize, holders: Vec<usize>) -> Vec<usize> {
        let [only] = holders[..] else { return holders };
        let speech = self.speech_above(at).filter(|&v| self.frames.is_saying(&self.tree.words[v].lemma));
        let says = speech.map(|v| self.holder(v).actors).unwrap_or_default();
        let [speaker] = says[..] else { return holders };
        let cast = self.scene.cast;
        let for_them = cast
            .get(speaker)
            .zip(cast.get(only))
            .is_some_and(|(s, h)| s.kind == Kind::Person && !s.outlet && s.speaks_for.as_ref() == Some(&h.name));
        if for_them { says } else { holders }
    }

    fn holder_of(&self, at: usize, stance: &Stance, passive: bool) -> (Vec<usize>, bool) {
        let who = if passive {
            self.agent(at).map(|a| self.scene.who(a)).unwrap_or_default()
        } else {
            self.subject(at, 0).map(|s| self.scene.who(s)).unwrap_or_default()
        };
        if who.actors.is_empty() && passive && self.frames.place_acts(&stance.frame) && self.agent(at).is_none() {
            let place = self.tree.children(at).iter().copied().find(|&c| self.tree.preposition(c) == Some("in"));
            // "was killed in a US operation"
            let whose = place.map(|c| self.possessors(c)).unwrap_or_default();
            if !whose.is_empty() {
                return (whose, false);
            }
            let country = place.and_then(|c| self.scene.mention_at(c)).filter(|m| m.how == How::Name);
            let is_country = |a: &usize| self.scene.cast.get(*a).is_some_and(|e| e.kind == Kind::Country);
            return (country.map(|m| m.actors.iter().copied().filter(is_country).collect()).unwrap_or_default(), false);
        }
        if who.actors.is_empty() && passive && stance.relation == Relation::Invite && self.agent(at).is_none() {
            return (self.inviter.to_vec(), false);
        }
        (who.actors, who.hedged)
    }

    /// The stances that the clause of `at` expresses, whoever holds them.
    pub fn stances(&self, at: usize, taken: &mut [bool], depth: usize) -> Vec<Stance> {
        if depth > DEPTH {
            return Vec::new();
        }
        let found = self.adjective(at, taken, depth);
        if !found.is_empty() {
            return found;
        }
        let word = &self.tree.words[at];
        if word.upos != Upos::Verb {
            return Vec::new();
        }
        for (words, frame) in self.frames.verb(&word.lemma) {
            let Some(last) = self.words_follow(at, words) else { continue };
            let found = self.verb(at, frame, last, taken, depth);
            if !found.is_empty() {
                return found;
            }
        }
        if depth > 0 {
            let found = self.carried(at);
            if !found.is_empty() {
                return found;
            }
        }
        self.refusal(at, taken).into_iter().collect()
    }

    /// Where the further words of a verb frame end: right behind the verb, or as the preposition of what hangs on it.
    /// `Some(None)` when there are none.
    fn words_follow(&self, verb: usize, words: &[String]) -> Option<Option<usize>> {
        if words.is_empty() {
            return Some(None);
        }
        let mut at = verb + 1;
        let mut found = true;
        for word in words {
            while self.tree.words.get(at).is_some_and(|w| matches!(w.upos, Upos::Adv | Upos::Part) && w.lower != *word)
            {
                at += 1;
            }
            if self.tree.words.get(at).is_none_or(|w| w.lower != *word) {
                found = false;
                break;
            }
            at += 1;
        }
        if found {
            return Some(Some(at - 1));
        }
        let [prep] = words else { return None };
        self.tree.children(verb).iter().copied().filter(|&c| matches!(self.tree.rel(c), "obl" | "advcl")).find_map(
            |c| {
                let case = self
                    .tree
                    .children(c)
                    .iter()
                    .copied()
                    .find(|&m| matches!(self.tree.rel(m), "case" | "mark") && self.tree.words[m].lower == *prep);
                case.map(Some)
            },
        )
    }

    fn verb(&self, at: usize, frame: &Frame, last: Option<usize>, taken: &mut [bool], depth: usize) -> Vec<Stance> {
        // Duty is no deed, and who could not has not refused.
        let modal = self.tree.modal(at);
        let negated = self.tree.is_negated(at) || self.has_negative_subject(at);
        if matches!(modal, Some("must" | "should" | "shall")) && !self.duty.get()
            || negated && matches!(modal, Some("could" | "can" | "ca"))
        {
            return Vec::new();
        }
        let mut relation = frame.relation;
        let mut hedged = self.is_hedged(at);
        let mut withheld = false;
        if negated {
            match frame.negated {
                Negated::Nothing => return Vec::new(),
                Negated::Withheld => withheld = true,
                Negated::Flips => {
                    hedged |= relation == Relation::Oppose;
                    relation = flip(relation);
                }
            }
        }
        for slot in &frame.target {
            if slot == "clause" {
                if last.is_none_or(|l| self.tree.rel(l) == "compound")
                    && !self.tree.is_passive(at)
                    && let Some(child) = self.complement_of(at)
                {
                    let found = self.complement(child, frame, relation, hedged, taken, depth);
                    if !found.is_empty() {
                        return found;
                    }
                }
                continue;
            }
            if slot == "topic" {
                // "Germany refused.": what was spoken of.
                let bare = self.tree.child(at, &["obj", "iobj", "obl", "ccomp", "xcomp", "advcl"]).is_none();
                if bare && depth == 0 && !self.tree.is_passive(at) {
                    return vec![Stance {
                        relation,
                        toward: Toward::Matter(at..at),
                        occasion: None,
                        withheld,
                        hedged,
                        words: at..at + 1,
                        frame: frame.name.clone(),
                        part: Part::Verb,
                    }];
                }
                continue;
            }
            let Some(node) = self.target_of(at, last) else { continue };
            if self.tree.words[node].upos == Upos::Verb && !self.tree.words[node].is_nominal() {
                let found = self.complement(node, frame, relation, hedged, taken, depth);
                if !found.is_empty() {
                    return found;
                }
                continue;
            }
            if last.is_none() && self.is_for_noun(at, node, frame) {
                return Vec::new();
            }
            if frame.inner == Inner::Request {
                return self.request(at, node, frame, withheld, hedged, taken);
            }
            if frame.inner == Inner::Only {
                continue;
            }
            let mut found = self.targets(node, frame);
            self.take_in_phrases(at, &mut found);
            if frame.needs_matter {
                found.retain(|(toward, _)| matches!(toward, Toward::Matter(_)));
            }
            if !found.is_empty() {
                if let Some(inner) = self.enacted(node, frame, relation, at) {
                    return inner;
                }
                return found
                    .into_iter()
                    .map(|(toward, words)| Stance {
                        relation,
                        toward,
                        occasion: None,
                        withheld,
                        hedged,
                        words: words.start.min(at)..words.end.max(at + 1),
                        frame: frame.name.clone(),
                        part: Part::Verb,
                    })
                    .collect();
            }
        }
        Vec::new()
    }

    /// "launched an attack", "withdrew its support": the noun's own frame tells what that means.
    fn is_for_noun(&self, verb: usize, noun: usize, frame: &Frame) -> bool {
        let Some(own) = self.noun_frame(noun) else { return false };
        let lemma = &self.tree.words[verb].lemma;
        frame.needs_matter && own.relation == Relation::Oppose || self.frames.takes_away(lemma)
    }

    /// "rule out sanctions against Y": a phrase behind the object is taken for part of the matter, wherever it hangs.
    fn take_in_phrases(&self, verb: usize, found: &mut [(Toward, std::ops::Range<usize>)]) {
        let Some((Toward::Matter(matter), words)) = found.last_mut() else { return };
        if matter.clone().all(|w| !matches!(self.tree.words[w].upos, Upos::Noun | Upos::Propn | Upos::Verb)) {
            return;
        }
        for &c in self.tree.children(verb).iter().filter(|&&c| self.tree.rel(c) == "obl") {
            let Some(case) = self.tree.child(c, &["case"]).filter(|&case| case == matter.end) else { continue };
            let of_matter = matches!(
                self.tree.words[case].lower.as_str(),
                "against" | "on" | "to" | "for" | "of" | "with" | "from" | "over" | "between" | "toward" | "towards"
            );
            if !of_matter || self.tree.words[c].deprel == "obl:agent" {
                return;
            }
            matter.end = self.phrase(c).end;
            words.end = words.end.max(matter.end);
        }
    }

    /// "signed a decree banning X", "proposed a bill to fund Y": what the bill does, its maker does.
    fn enacted(&self, node: usize, frame: &Frame, relation: Relation, at: usize) -> Option<Vec<Stance>> {
        if frame.inner != Inner::Same || relation != Relation::Support {
            return None;
        }
        let of_noun =
            self.tree.children(node).iter().copied().find(|&c| {
                self.tree.rel(c) == "acl" && (self.tree.words[c].xpos == "VBG" || self.tree.is_infinitive(c))
            });
        let behind = self
            .tree
            .children(at)
            .iter()
            .copied()
            .find(|&c| self.tree.rel(c) == "advcl" && self.tree.words[c].xpos == "VBG" && c == node + 1);
        let clause = of_noun.or(behind)?;
        let mut taken = vec![false; self.tree.words.len()];
        let found: Vec<Stance> = self.stances(clause, &mut taken, 1);
        let found: Vec<Stance> = found
            .into_iter()
            .map(|s| Stance {
                words: at.min(s.words.start)..s.words.end,
                frame: frame.name.clone(),
                part: Part::Verb,
                ..s
            })
            .collect();
        (!found.is_empty()).then_some(found)
    }

    /// The word that a verb frame's target slot means; `last` is the last of the frame's further words.
    fn target_of(&self, verb: usize, last: Option<usize>) -> Option<usize> {
        let Some(last) = last else { return self.object(verb) };
        let noun =
            self.tree.head(last).filter(|&h| h != verb && matches!(self.tree.rel(last), "case" | "mark" | "fixed"));
        let passive = self.tree.is_passive(verb);
        match noun {
            Some(noun) if noun > last => Some(noun),
            // "was voted against", "the plan they called for"
            _ if passive => self.subject(verb, 0),
            _ => self.object(verb).filter(|&o| o > last || self.tree.words[verb].deprel == "acl:relcl").or_else(|| {
                let mut obliques = self.tree.children(verb).iter().copied();
                obliques.find(|&c| c > last && matches!(self.tree.rel(c), "obl" | "obj"))
            }),
        }
    }

    /// The clause that completes a verb or adjective.
    pub fn complement_of(&self, at: usize) -> Option<usize> {
        let child = |rels: &[&str]| {
            self.tree.children(at).iter().copied().find(|&c| rels.contains(&self.tree.rel(c)) && c > at)
        };
        let clause = |c: &usize| self.tree.words[*c].upos == Upos::Verb || self.has_copula(*c);
        child(&["xcomp", "ccomp"]).filter(clause).or_else(|| child(&["advcl"]).filter(|&c| self.tree.is_infinitive(c)))
    }

    /// "invited X to join", "urged X to stop", "asked X to support the plan".
    fn request(
        &self,
        at: usize,
        node: usize,
        frame: &Frame,
        withheld: bool,
        hedged: bool,
        taken: &mut [bool],
    ) -> Vec<Stance> {
        let found = self.targets(node, frame);
        let clause = |c: &usize| {
            matches!(self.tree.rel(*c), "xcomp" | "ccomp" | "advcl") && self.tree.is_infinitive(*c)
                || self.tree.rel(*c) == "acl" && self.tree.is_infinitive(*c)
        };
        let below = self.tree.children(at).iter().chain(self.tree.children(node)).copied();
        let child = below.into_iter().find(clause);
        let Some((toward, words)) = found.into_iter().next() else {
            // "urged voters to support the plan"
            let mut inner_taken = taken.to_vec();
            let inner = child.filter(|_| !withheld).map(|c| self.stances(c, &mut inner_taken, 1)).unwrap_or_default();
            let on_matter = |s: &Stance| matches!(s.toward, Toward::Matter(_));
            return inner.into_iter().filter(on_matter).collect();
        };
        let make = |relation, occasion, end: usize, withheld| Stance {
            relation,
            toward: toward.clone(),
            occasion,
            withheld,
            hedged,
            words: words.start.min(at)..end.max(words.end),
            frame: frame.name.clone(),
            part: Part::Verb,
        };
        let Some(child) = child else {
            // "asked the minister a question" is no invitation; "invited the minister" is.
            let plain = matches!(self.tree.words[at].lemma.as_str(), "invite" | "summon" | "subpoena");
            return if plain { vec![make(frame.relation, None, words.end, withheld)] } else { Vec::new() };
        };
        let mut inner_taken = taken.to_vec();
        let inner = self.stances(child, &mut inner_taken, 1);
        let phrase = self.clause_phrase(child);
        self.take(child, taken);
        let asked = self.frames.request(&self.tree.words[child].lemma);
        let stops = self.tree.is_negated(child) || asked == Some(Asked::Change);
        if frame.relation != Relation::Invite || asked == Some(Asked::Join) && !stops {
            return vec![make(frame.relation, Some(phrase.clone()), phrase.end, withheld)];
        }
        if stops {
            return vec![make(Relation::Oppose, Some(phrase.clone()), phrase.end, false)];
        }
        // "urged X to reject the bill" is a stance on the bill.
        let on_matter = inner.iter().any(|s| matches!(s.toward, Toward::Matter(_)));
        let mut out = Vec::new();
        if withheld || !on_matter {
            out.push(make(Relation::Invite, Some(phrase.clone()), phrase.end, withheld));
        }
        if !withheld {
            let own = |s: Stance| Stance {
                words: at.min(s.words.start)..s.words.end,
                frame: frame.name.clone(),
                part: Part::Verb,
                hedged,
                ..s
            };
            out.extend(inner.into_iter().map(own));
        }
        out
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
        match own_subject {
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
                if !who.is_empty() && self.frames.request(&self.tree.words[child].lemma) == Some(Asked::Change) {
                    return vec![Stance { relation: flip(relation), ..make(Toward::Actors(who), words) }];
                }
                vec![make(Toward::Matter(words.clone()), words)]
            }
            None => {
                let phrase = self.clause_phrase(child);
                vec![make(Toward::Matter(phrase.clone()), phrase)]
            }
        }
    }

    /// A verb and those coordinated with it that have no subject of their own.
    fn verbs_of(&self, at: usize) -> Vec<usize> {
        let more = self
            .tree
            .children(at)
            .iter()
            .copied()
            .filter(|&c| self.tree.rel(c) == "conj" && self.tree.child(c, &["nsubj"]).is_none());
        std::iter::once(at).chain(more).collect()
    }

    /// "no invitation was sent": the negation stands at the noun.
    fn has_negative_subject(&self, at: usize) -> bool {
        let none = |node: usize| {
            self.tree.children(node).iter().any(|&c| {
                let word = &self.tree.words[c];
                word.lower == "no" && word.rel() == "det" || word.lower == "neither"
            }) || matches!(self.tree.words[node].lower.as_str(), "none" | "nobody" | "neither")
        };
        self.tree.child(at, &["nsubj"]).is_some_and(none) || self.tree.child(at, &["obj"]).is_some_and(none)
    }
}
