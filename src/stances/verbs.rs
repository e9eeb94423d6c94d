//! Frames of verbs, and what clauses inside them do to their sign.

use crate::actors::How;
use crate::language::engine::Upos;
use crate::stances::clauses::{Fate, undo};
use crate::stances::frames::{Frame, Inner, Negated, Part};
use crate::stances::reader::{DEPTH, Finding, Reader, Said, Stance, Toward, flip};
use crate::statement::{Kind, Relation};
use std::cell::OnceCell;
use std::ops::Range;

/// So many words may stand between a verb and what completes it: "hold X and Y in contempt".
const GAP: usize = 14;

/// A subject of more words is not quoted with its verb.
const SHORT_SUBJECT: usize = 8;

/// Where the holder stands of a verb whose subject is what it is about.
const TURNED: [&str; 3] = ["object", "with", "undergoer"];

impl Reader<'_, '_> {
    /// The stances whose holder is the subject, or the agent, of a clause.
    pub fn verbs(&self) -> Vec<Finding> {
        let mut taken = vec![false; self.tree.words.len()];
        let mut order: Vec<(usize, usize)> = (0..self.tree.words.len()).map(|at| (self.depth(at), at)).collect();
        order.sort_unstable();
        let mut out = Vec::new();
        for (_, at) in order {
            if taken[at] || !self.is_predicate(at) || self.is_undecided(at) {
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
        let mut stances = self.stances(at, taken, 0);
        match self.fate(at) {
            Fate::Told => {}
            Fate::Rejected => undo(&mut stances),
            Fate::Open => stances.clear(),
        }
        let mut out = Vec::new();
        for stance in stances {
            let passive = self.tree.is_passive(at) && stance.part == Part::Verb;
            let mut who = self.holder_of(at, &stance, passive);
            if who.0.is_empty() {
                continue;
            }
            who.0 = self.spoken_for(at, who.0);
            out.extend(self.reason_of(at, &stance, &who.0));
            who.0.extend(self.backers(at, passive, &who.0));
            let mut quote = stance.words.start.min(at)..stance.words.end.max(at + 1);
            // The agent belongs to the quote, and the subject where it stands near.
            if let Some(agent) = self.agent(at).filter(|_| passive) {
                let end =
                    self.scene.members(agent).into_iter().map(|m| self.short_phrase(m).end).max().unwrap_or(quote.end);
                quote.end = quote.end.max(end);
            }
            quote.start = self.quote_start(at, quote.start);
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

    /// Where the quote of a clause begins: with its subject where that is short, with what belongs to its verb else.
    pub fn quote_start(&self, verb: usize, start: usize) -> usize {
        let near = |at: usize| at < start && start - at <= SHORT_SUBJECT;
        let subject = self.tree.child(verb, &["nsubj"]).map(|s| self.short_phrase(s).start).filter(|&s| near(s));
        let own = |c: &&usize| matches!(self.tree.rel(**c), "aux" | "advmod") && near(**c);
        let verbal = self.tree.children(verb).iter().filter(own).copied().min();
        subject.or(verbal).unwrap_or(start)
    }

    /// "The Finnish president said Finland would join": who speaks for the holder holds it.
    pub fn spoken_for(&self, at: usize, holders: Vec<usize>) -> Vec<usize> {
        let [only] = holders[..] else { return holders };
        let speech = self.speech_above(at).filter(|&v| self.frames.is_saying(&self.tree.words[v].lemma));
        let says = speech.map(|v| self.holder(v).actors).unwrap_or_default();
        let [speaker] = says[..] else { return holders };
        let cast = self.scene.cast;
        let person = cast.get(speaker).is_some_and(|s| s.kind == Kind::Person && !s.outlet);
        if person && cast.speaks_for(speaker, only) { says } else { holders }
    }

    fn holder_of(&self, at: usize, stance: &Stance, passive: bool) -> (Vec<usize>, bool) {
        let turned = TURNED.iter().any(|slot| self.frames.holder_stands(&stance.frame, slot));
        if stance.part == Part::Verb && turned {
            return (self.turned_holder(at, &stance.frame), false);
        }
        let who = if passive {
            self.agent(at).map(|a| self.scene.who(a)).unwrap_or_default()
        } else {
            self.subject(at, 0).map(|s| self.scene.who(s)).unwrap_or_default()
        };
        // "was voted down in the Senate"
        let on_matter = passive && matches!(stance.toward, Toward::Matter(_)) && self.agent(at).is_none();
        if who.actors.is_empty() && on_matter && self.frames.holder_stands(&stance.frame, "chamber") {
            let chamber = self.chamber(at);
            if !chamber.is_empty() {
                return (chamber, false);
            }
        }
        if who.actors.is_empty()
            && passive
            && self.frames.holder_stands(&stance.frame, "in")
            && self.agent(at).is_none()
        {
            let place = self.tree.children(at).iter().copied().find(|&c| self.tree.preposition(c) == Some("in"));
            // "was killed in a US operation"
            let whose = place.map(|c| self.possessors(c)).unwrap_or_default();
            if !whose.is_empty() {
                return (whose, false);
            }
            let country = place.and_then(|c| self.scene.mention_at(c)).filter(|m| m.how == How::Name);
            if place.is_none() && stance.frame == "justice" {
                return (self.caught_at_home(at, stance), false);
            }
            let is_country = |a: &usize| self.scene.cast.get(*a).is_some_and(|e| e.kind == Kind::Country);
            return (country.map(|m| m.actors.iter().copied().filter(is_country).collect()).unwrap_or_default(), false);
        }
        if who.actors.is_empty() && passive && stance.part == Part::Verb && self.agent(at).is_none() {
            let raider = self.raider(at);
            if !raider.is_empty() {
                return (raider, false);
            }
        }
        if who.actors.is_empty() && passive && stance.relation == Relation::Invite && self.agent(at).is_none() {
            let inviter = if self.inviter.is_empty() { self.decider(at, stance) } else { self.inviter.to_vec() };
            return (inviter, false);
        }
        if who.actors.is_empty() && !passive {
            return (self.teller_of_conjunct(at), false);
        }
        (who.actors, who.hedged)
    }

    /// The stances that the clause of `at` expresses, whoever holds them. A clause that leads back to itself ("a step that
    /// he demands", where what is demanded is the step) is read [`DEPTH`] times at most.
    pub fn stances(&self, at: usize, taken: &mut [bool], depth: usize) -> Vec<Stance> {
        let nested = self.nested.get();
        if depth.max(nested) > DEPTH {
            return Vec::new();
        }
        self.nested.set(nested + 1);
        let found = self.clause_stances(at, taken, depth);
        self.nested.set(nested);
        found
    }

    fn clause_stances(&self, at: usize, taken: &mut [bool], depth: usize) -> Vec<Stance> {
        let found = self.adjective(at, taken, depth);
        if !found.is_empty() {
            return found;
        }
        let word = &self.tree.words[at];
        if word.upos != Upos::Verb {
            return Vec::new();
        }
        // "seeks to have the ban lifted", "wants the ban lifted"
        if let Some(done) = self.caused(at).filter(|_| depth > 0 || word.lemma == "want") {
            let found = self.stances(done, taken, depth + 1);
            if !found.is_empty() {
                taken[done] = true;
                return found;
            }
        }
        let gap = OnceCell::new();
        for (words, frame) in self.frames.verb(&word.lemma) {
            let Some(last) = self.words_follow(at, words, &gap) else { continue };
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
        let refused = self.refusal(at, taken);
        refused.or_else(|| self.intention(at, taken).filter(|_| depth == 0)).into_iter().collect()
    }

    /// Where the further words of a verb frame end: right behind the verb, or as the preposition of what hangs on it.
    /// `Some(None)` when there are none. `gap` keeps what [`Reader::gap`] told of the verb.
    fn words_follow(
        &self,
        verb: usize,
        words: &[String],
        gap: &OnceCell<Option<Range<usize>>>,
    ) -> Option<Option<usize>> {
        if words.is_empty() {
            return Some(None);
        }
        // "hold X responsible": the object stands between.
        if let [first, rest @ ..] = words
            && first == "*"
        {
            let Range { start, end } = gap.get_or_init(|| self.gap(verb)).clone()?;
            // "put the failure down to X": the target stands behind.
            if let [rest @ .., last] = rest
                && last == "*"
            {
                return (start..end).find_map(|at| self.in_a_row(at, rest)).map(|end| Some(end - 1));
            }
            // "found X not guilty"
            let no = |w: usize| matches!(self.tree.words[w].lower.as_str(), "not" | "n't" | "never");
            let denied = |at: usize| no(at) || at > start && no(at - 1);
            // "told him that gas was siphoned off": the particle is another verb's.
            let other = |at: usize| self.tree.words[at].xpos == "RP" && self.tree.head(at) != Some(verb);
            let found = (start..end).find(|&at| self.in_a_row(at, rest).is_some() && !other(at));
            self.gap_at.set(found.unwrap_or_default());
            return found.filter(|&at| !denied(at)).map(|_| None);
        }
        if let Some(end) = self.in_a_row(verb + 1, words) {
            return Some(Some(end - 1));
        }
        // "On Thursday, X imposed a law" imposes nothing on Thursday.
        let behind = |c: &usize| *c > verb || matches!(self.tree.words[*c].xpos, "WP" | "WDT");
        let mut below = self.tree.children(verb).iter().copied().filter(behind);
        let [prep] = words else {
            // "moved its office out of X", "called on Monday for an end to X"
            let case = |c: usize| self.tree.child(c, &["case"]).filter(|_| self.tree.rel(c) == "obl");
            return below.filter_map(case).find_map(|case| self.in_a_row(case, words)).map(|end| Some(end - 1));
        };
        // "turned the offer down", "put the offer forward"
        let object = self.tree.child(verb, &["obj"]);
        let particle = |c: usize| {
            let adverb = self.tree.rel(c) == "advmod" && object.is_some_and(|o| o < c);
            (self.tree.words[c].deprel == "compound:prt" || adverb) && self.tree.words[c].lower == *prep
        };
        if self.tree.children(verb).iter().any(|&c| particle(c)) {
            return Some(None);
        }
        below.by_ref().filter(|&c| matches!(self.tree.rel(c), "obl" | "advcl")).find_map(|c| {
            let case = self
                .tree
                .children(c)
                .iter()
                .copied()
                .find(|&m| matches!(self.tree.rel(m), "case" | "mark") && self.tree.words[m].lower == *prep);
            case.map(Some)
        })
    }

    /// The words behind a verb and its object, where what completes the verb may stand.
    fn gap(&self, verb: usize) -> Option<Range<usize>> {
        let object = self.tree.child(verb, &["iobj"]).or_else(|| self.object(verb))?;
        let start = if object > verb { object + 1 } else { verb + 1 };
        let end = self.tree.span(verb, &|c| self.tree.rel(c) == "parataxis").end.min(start + GAP);
        Some(start..end)
    }

    /// Where the words end, if they stand in a row from `at` on, adverbs apart. "One's" is any possessor.
    fn in_a_row(&self, mut at: usize, words: &[String]) -> Option<usize> {
        let word_at = |at: usize| self.tree.words.get(at);
        for word in words {
            let same = |w: &crate::language::Word| match word.as_str() {
                "one's" => w.xpos == "PRP$",
                "oneself" => w.lower.ends_with("self") || w.lower.ends_with("selves"),
                word => w.lower == word,
            };
            // "took repeated aim at", but not "had little faith in".
            let aside = |w: &crate::language::Word| match w.upos {
                Upos::Adv | Upos::Part => true,
                Upos::Adj => !matches!(w.lower.as_str(), "little" | "scant" | "less" | "few" | "much"),
                Upos::Verb => w.xpos == "VBN" && w.rel() == "amod",
                _ => false,
            };
            while word_at(at).is_some_and(|w| aside(w) && !same(w)) {
                at += 1;
            }
            word_at(at).filter(|w| same(w))?;
            at += 1;
        }
        Some(at)
    }

    fn verb(&self, at: usize, frame: &Frame, last: Option<usize>, taken: &mut [bool], depth: usize) -> Vec<Stance> {
        // Duty is no deed, and who could not has not refused.
        let modal = self.tree.modal(at);
        // "has no faith in" has its negation in it.
        let inside = last.is_some_and(|l| (at + 1..l).any(|w| self.tree.words[w].lower == "no"));
        let negated = self.tree.is_negated(at) || !inside && self.has_negative_subject(at, last);
        if matches!(modal, Some("must" | "should" | "shall")) && !self.duty.get()
            || negated && matches!(modal, Some("could" | "can" | "ca")) && !self.cannot_agree(at, frame)
        {
            return Vec::new();
        }
        let mut relation = frame.relation;
        let mut hedged = self.is_hedged(at);
        let mut withheld = frame.withheld;
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
        if self.denies_own(at, taken) {
            return Vec::new();
        }
        let turned = frame.holder.iter().any(|h| TURNED.contains(&h.as_str()));
        if turned && (self.tree.is_passive(at) || self.turned_holder(at, &frame.name).is_empty()) {
            return Vec::new();
        }
        if frame.needs_amount && !self.tree.child(at, &["obj"]).is_some_and(|o| self.is_amount(o)) {
            return Vec::new();
        }
        for slot in &frame.target {
            if slot == "patient" && !self.tree.is_passive(at) {
                continue;
            }
            if slot == "clause" {
                if last.is_none_or(|l| self.tree.rel(l) == "compound" || self.tree.words[l].xpos == "RP")
                    && !self.tree.is_passive(at)
                    && let Some(child) = self.complement_of(at)
                    && (frame.name != "aim" || self.is_aim(at, child))
                {
                    let found = self.complement(child, frame, relation, hedged, taken, depth);
                    if !found.is_empty() {
                        return found;
                    }
                }
                continue;
            }
            if slot == "others" {
                return self.one_another(at, frame, relation, hedged, last);
            }
            if slot == "home" {
                return self.against_home(at, frame, relation, hedged, last);
            }
            if slot == "topic" {
                // "Germany refused.": what was spoken of.
                // "voted no": what belongs to the idiom is no object.
                let own = |c: usize| matches!(self.tree.rel(c), "obj" | "iobj" | "ccomp" | "xcomp");
                // "ruled out standing again": the gerund is the object.
                let gerund = |c: &usize| self.tree.rel(*c) == "advcl" && self.tree.words[*c].xpos == "VBG" && *c > at;
                let bare = !self.tree.children(at).iter().any(|&c| {
                    own(c) && last.is_none_or(|l| c > l)
                        || gerund(&c) && self.tree.preposition(c).is_none() && c <= last.unwrap_or(at) + 2
                });
                // "accepted within hours", but not "objected to it"
                let bare = bare
                    && self.tree.children(at).iter().all(|&c| {
                        let when = matches!(
                            self.tree.preposition(c),
                            Some("within" | "on" | "in" | "at" | "by" | "after") | None
                        );
                        self.tree.rel(c) != "obl" || when || last.is_some_and(|l| c <= l)
                    });
                let on = self.tree.children(at).iter().copied().find(|&c| {
                    c > last.unwrap_or(at)
                        && self.tree.rel(c) == "obl"
                        && matches!(self.tree.preposition(c), Some("on" | "over"))
                        && self.tree.words[c].upos == Upos::Noun
                        && !self.frames.is_time(&self.tree.words[c].lower)
                });
                if bare && depth == 0 && !self.tree.is_passive(at) {
                    let matter = on.map_or(at..at, |c| self.matter_phrase(c));
                    return vec![Stance {
                        relation,
                        toward: Toward::Matter(matter),
                        occasion: None,
                        withheld,
                        hedged,
                        words: at..last.map_or(at, |l| l.max(at)) + 1,
                        frame: frame.name.clone(),
                        part: Part::Verb,
                    }];
                }
                continue;
            }
            // "gave X asylum": the noun belongs to the frame's words.
            let given = self.tree.child(at, &["iobj"]).filter(|_| frame.name.starts_with("gap-"));
            // "the bill passed the Senate": the subject is what the object takes a stance on.
            let subject = turned.then(|| self.subject(at, 0)).flatten();
            let receiver = self.tree.child(at, &["iobj"]).filter(|_| slot == "receiver");
            // "promised X to deliver"
            let promised = || {
                let clause =
                    self.tree.child(at, &["xcomp", "ccomp", "advcl"]).filter(|&c| self.tree.is_infinitive(c))?;
                let mut frames = self.frames.plain_verb(&self.tree.words[clause].lemma);
                let harms = frames.any(|f| f.relation == Relation::Oppose);
                let whom = self.tree.child(at, &["iobj", "obj"]).filter(|&o| o > at && o < clause);
                whom.filter(|_| !harms && !self.tree.is_passive(at))
            };
            let node = match slot.as_str() {
                _ if turned => subject,
                "receiver" => receiver,
                "promised" => promised(),
                _ => given.or_else(|| self.target_of(at, last)),
            };
            let Some(node) = node else { continue };
            // "voted against on Monday"
            if last.is_some() && self.frames.is_time(&self.tree.words[node].lower) {
                continue;
            }
            if self.tree.words[node].upos == Upos::Verb && !self.tree.words[node].is_nominal() {
                // "agreed on it, with Jane Doe presiding"
                if self.has_mark(node, &["with"]) && self.tree.child(node, &["nsubj"]).is_some() {
                    continue;
                }
                let found = self.complement(node, frame, relation, hedged, taken, depth);
                if !found.is_empty() {
                    return found;
                }
                continue;
            }
            // "a group set up by X": who that is, not what X wants.
            let founds = matches!(frame.name.as_str(), "undertake" | "vote-for" | "adopt");
            if founds && self.tree.rel(at) == "acl" && self.scene.is_organisation(node) {
                return Vec::new();
            }
            if matches!(frame.name.as_str(), "stop" | "call-off")
                && self.frames.is_programme(&self.tree.words[node].lemma)
            {
                return Vec::new();
            }
            // "declared the river a border": that is what it is called.
            let called = self.tree.words[at].lemma == "declare"
                && self.tree.children(at).iter().any(|&c| c > node && matches!(self.tree.rel(c), "xcomp" | "obj"));
            if frame.name == "undertake" && called {
                return Vec::new();
            }
            let of = self
                .tree
                .children(node)
                .iter()
                .any(|&c| self.tree.words[node].lemma == "state" && self.frames.is_news(&self.tree.words[c].lemma));
            let news = self.frames.is_news(&self.tree.words[node].lemma);
            if frame.name == "undertake" && of
                || matches!(frame.name.as_str(), "undertake" | "seek" | "withdraw") && news
            {
                return Vec::new();
            }
            if self.is_demanded(at, node) || last.is_none() && self.is_for_noun(at, node, frame) {
                return Vec::new();
            }
            // "joined X in suing Y", "was joined by X in the action": what is done together tells the stance.
            if frame.name == "join"
                && let Some(together) = self.together(at)
            {
                let found = if self.tree.words[together].upos == Upos::Verb {
                    let inner = self.stances(together, taken, depth + 1);
                    self.take(together, taken);
                    let joined = |s: Stance| Stance { words: at..s.words.end.max(at + 1), hedged, ..s };
                    if inner.is_empty() {
                        self.complement(together, frame, relation, hedged, taken, depth)
                    } else {
                        inner.into_iter().map(joined).collect()
                    }
                } else {
                    self.shared_deed(at, together, frame, hedged)
                };
                if !found.is_empty() {
                    return found;
                }
            }
            if let Some(asked) = self.asked_for(at, node, hedged, taken) {
                return asked;
            }
            if frame.inner == Inner::Request {
                let mut found = self.request(at, node, frame, withheld, hedged, taken);
                let more = self.not_invited(at, &found);
                found.extend(more);
                return found;
            }
            if frame.inner == Inner::Only {
                continue;
            }
            if let Some((who, phrase)) = self.shall_go(node, frame) {
                return vec![Stance {
                    relation: flip(relation),
                    toward: Toward::Actors(who),
                    occasion: None,
                    withheld,
                    hedged,
                    words: phrase.start.min(at)..phrase.end.max(at + 1),
                    frame: frame.name.clone(),
                    part: Part::Verb,
                }];
            }
            let mut found = self.targets(node, frame);
            if frame.name.starts_with("gap-") {
                self.leave_predicate(node, &mut found);
            }
            self.take_in_phrases(at, &mut found);
            if frame.needs_matter {
                found.retain(|(toward, _)| matches!(toward, Toward::Matter(_)));
            }
            if !found.is_empty() {
                if let Some(inner) = self.enacted(node, frame, relation, at) {
                    return inner;
                }
                // "armed X against Y"
                let against = self.helped_against(at, frame, relation, &found);
                return found
                    .into_iter()
                    .map(|(toward, words)| (relation, toward, words))
                    .chain(against)
                    .map(|(relation, toward, words)| Stance {
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

    /// The word that a verb frame's target slot means; `last` is the last of the frame's further words.
    fn target_of(&self, verb: usize, last: Option<usize>) -> Option<usize> {
        let Some(last) = last else {
            // "fined X two million euros"
            let sum = self.tree.child(verb, &["obj"]).is_some_and(|o| self.is_amount(o));
            return self.tree.child(verb, &["iobj"]).filter(|_| sum).or_else(|| self.object(verb));
        };
        let noun =
            self.tree.head(last).filter(|&h| h != verb && matches!(self.tree.rel(last), "case" | "mark" | "fixed"));
        let passive = self.tree.is_passive(verb);
        match noun {
            Some(noun) if noun > last => Some(noun),
            // "was voted against", "the plan they called for"
            _ if passive => self.subject(verb, 0),
            _ => self.object(verb).filter(|&o| o > last || self.tree.words[verb].deprel == "acl:relcl").or_else(|| {
                let mut obliques = self.tree.children(verb).iter().copied();
                // "was put off because of the storm"
                let bare = |c: usize| self.tree.words[last].xpos != "RP" || self.tree.child(c, &["case"]).is_none();
                obliques.find(|&c| c > last && matches!(self.tree.rel(c), "obl" | "obj") && bare(c))
            }),
        }
    }

    /// "no invitation was sent": the negation stands at the noun.
    /// The "no" of "have no time for" belongs to the idiom, whose last word is `last`.
    fn has_negative_subject(&self, at: usize, last: Option<usize>) -> bool {
        let none = |node: usize| {
            self.tree.children(node).iter().any(|&c| {
                let word = &self.tree.words[c];
                // "not even X"
                word.lower == "not" && c < node && self.tree.words.get(c + 1).is_some_and(|w| w.lower == "even")
                    || word.lower == "no" && word.rel() == "det"
                    || word.lower == "neither"
            }) || matches!(self.tree.words[node].lower.as_str(), "none" | "nobody" | "neither")
        };
        let object = self.tree.child(at, &["obj"]).filter(|&o| o < at || last.is_none_or(|l| o > l));
        self.tree.child(at, &["nsubj"]).is_some_and(none) || object.is_some_and(none)
    }
}
