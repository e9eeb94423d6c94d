//! What somebody is asked, invited or told to do, and what that says of who asks.

use crate::language::Takes;
use crate::stances::frames::{Asked, Frame, Part};
use crate::stances::reader::{Reader, Stance, Toward};
use crate::statement::{Kind, Relation};

impl Reader<'_, '_> {
    /// "invited X to join", "urged X to stop", "asked X to support the plan".
    pub fn request(
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
            let below = matches!(self.tree.rel(*c), "xcomp" | "ccomp" | "advcl" | "acl");
            below && *c != at && self.tree.is_infinitive(*c) && !self.is_due(*c)
        };
        let below = self.tree.children(at).iter().chain(self.tree.children(node)).copied();
        let child = below.into_iter().find(clause);
        let Some((toward, words)) = found.into_iter().next() else {
            // "urged voters to support the plan"
            let mut inner_taken = taken.to_vec();
            let inner = child.filter(|_| !withheld).map(|c| self.stances(c, &mut inner_taken, 1)).unwrap_or_default();
            let on_matter = |s: &Stance| matches!(s.toward, Toward::Matter(_));
            let inner: Vec<Stance> = inner.into_iter().filter(on_matter).collect();
            // "urged the new rulers to hand over power": what somebody without a name shall do.
            let Some(child) = child.filter(|_| inner.is_empty() && !withheld) else { return inner };
            let phrase = self.clause_phrase(child);
            // "ordered the city to hand over the tape": an order is for what it orders, whoever is to do it.
            let ordered = frame.relation == Relation::Oppose;
            let change = self.frames.request(&self.tree.words[child].lemma) == Some(Asked::Change) && !ordered;
            if phrase.len() < 2 || change || self.is_telling(child) {
                return inner;
            }
            self.take(child, taken);
            let relation = if self.tree.is_negated(child) { Relation::Oppose } else { Relation::Support };
            let stance = Stance {
                relation,
                toward: Toward::Matter(phrase.clone()),
                occasion: None,
                withheld: false,
                hedged,
                words: at..phrase.end,
                frame: frame.name.clone(),
                part: Part::Verb,
            };
            return vec![stance];
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
        // "summoned the ambassador": a state protests so against another.
        let summoned = (self.tree.words[at].lemma == "summon").then_some(&toward);
        if let Some(Toward::Actors(who)) = summoned
            && let Some(states) = self.states_of_envoys(who)
        {
            self.take(node, taken);
            let protest = make(Relation::Oppose, None, at + 1, false);
            return vec![Stance { toward: Toward::Actors(states), ..protest }];
        }
        let Some(child) = child else {
            // "asked the minister a question" is no invitation; "invited the minister" is.
            let plain = matches!(self.tree.words[at].lemma.as_str(), "invite" | "summon" | "subpoena");
            return if plain { vec![make(frame.relation, None, words.end, withheld)] } else { Vec::new() };
        };
        let mut inner_taken = taken.to_vec();
        let inner = self.stances(child, &mut inner_taken, 1);
        let phrase = self.clause_phrase(child);
        self.take(child, taken);
        let asked = self.frames.request(&self.tree.words[child].lemma).filter(|_| !self.is_backing(child));
        // "asked X to heed the voters and resign"; but who is urged to comply is called upon, and not blamed.
        let changes = |verb: usize| {
            let lemma = &self.tree.words[verb].lemma;
            self.frames.request(lemma) == Some(Asked::Change) && !self.frames.is_due(lemma) && !self.is_backing(verb)
        };
        let due = self.frames.is_due(&self.tree.words[child].lemma);
        // "invited X to come and explain": who invites does not blame, save to what ends an office.
        let leaves = self.scene.takes(child, Takes::Leaves);
        let kind = self.tree.words[at].lemma == "invite" && !leaves;
        let stops = self.tree.is_negated(child) || !kind && self.verbs_of(child).into_iter().any(changes);
        if frame.relation != Relation::Invite || (kind || asked == Some(Asked::Join)) && !stops {
            return vec![make(frame.relation, Some(phrase.clone()), phrase.end, withheld)];
        }
        if stops {
            return vec![make(Relation::Oppose, Some(phrase.clone()), phrase.end, false)];
        }
        // "urged X to reject the bill" is a stance on the bill.
        let on_matter = inner.iter().any(|s| matches!(s.toward, Toward::Matter(_)));
        let mut out = Vec::new();
        if withheld || due || !on_matter {
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

    /// "back the plan", which is no "back down".
    fn is_backing(&self, verb: usize) -> bool {
        let mut frames = self.frames.verb(&self.tree.words[verb].lemma);
        let supports = frames.any(|(more, frame)| more.is_empty() && frame.name == "support");
        supports && self.tree.child(verb, &["obj"]).is_some() && self.tree.child(verb, &["compound"]).is_none()
    }

    /// The states whose envoys all of `who` are: "the Norwegian ambassador".
    fn states_of_envoys(&self, who: &[usize]) -> Option<Vec<usize>> {
        let state = |&actor: &usize| {
            let entity = self.scene.cast.get(actor)?;
            if entity.kind == Kind::Country {
                return Some(actor);
            }
            let envoy = entity.office.as_deref() == Some("diplomat");
            let home = self.scene.cast.find(entity.speaks_for.as_deref()?).filter(|_| envoy)?;
            self.scene.cast.get(home).is_some_and(|e| e.kind == Kind::Country).then_some(home)
        };
        who.iter().map(state).collect()
    }

    /// "asked for the council to come back": who is asked to come, or to stop.
    pub fn asked_for(&self, at: usize, node: usize, hedged: bool, taken: &mut [bool]) -> Option<Vec<Stance>> {
        let asks = self.tree.words[at].lemma == "ask" && self.tree.preposition(node) == Some("for");
        let below = self.tree.children(at).iter().chain(self.tree.children(node)).copied();
        let clause = below.filter(|&c| asks && c > node && self.tree.is_infinitive(c)).find(|&c| {
            matches!(self.tree.rel(c), "xcomp" | "advcl" | "acl")
                && self.tree.span(c, &|_| false).start <= self.phrase(node).end
        })?;
        let who = self.scene.who(node).actors;
        self.take(clause, taken);
        let phrase = self.clause_phrase(clause);
        let words = self.phrase(node).start.min(at)..phrase.end;
        let change = self.frames.request(&self.tree.words[clause].lemma) == Some(Asked::Change);
        let (relation, toward) = if who.is_empty() {
            if self.is_nobody(node) {
                return Some(Vec::new());
            }
            (Relation::Support, Toward::Matter(self.phrase(node).start..phrase.end))
        } else if change || self.tree.is_negated(clause) {
            (Relation::Oppose, Toward::Actors(who))
        } else {
            (Relation::Invite, Toward::Actors(who))
        };
        let occasion = (relation == Relation::Invite).then_some(phrase);
        let frame = "invite".to_owned();
        Some(vec![Stance { relation, toward, occasion, withheld: false, hedged, words, frame, part: Part::Verb }])
    }

    /// "invited X but not Y": Y is left out.
    pub fn not_invited(&self, verb: usize, found: &[Stance]) -> Vec<Stance> {
        let Some(invited) = found.iter().find(|s| s.relation == Relation::Invite && !s.withheld) else {
            return Vec::new();
        };
        let joined = |at: usize| {
            self.tree.children(at).iter().any(|&c| c < at && matches!(self.tree.words[c].lower.as_str(), "but" | "and"))
        };
        let left_out =
            |&at: &usize| at > verb && self.tree.words[at].is_nominal() && self.scene.left_out(at) && joined(at);
        let mut nodes = self.tree.span(verb, &|_| false).filter(left_out);
        let who = nodes.next().map(|at| (at, self.scene.who(at).actors)).filter(|(_, who)| !who.is_empty());
        let Some((at, who)) = who else { return Vec::new() };
        let words = invited.words.start..self.phrase(at).end;
        vec![Stance { toward: Toward::Actors(who), withheld: true, words, occasion: None, ..invited.clone() }]
    }

    /// "told X that the lake was to be closed": a report of what is due, and nothing that X is asked.
    fn is_due(&self, clause: usize) -> bool {
        let finite = |c: &usize| {
            *c < clause
                && matches!(self.tree.rel(*c), "aux" | "cop")
                && matches!(self.tree.words[*c].xpos, "VBD" | "VBZ" | "VBP")
        };
        self.has_mark(clause, &["that"]) || self.tree.children(clause).iter().any(finite)
    }
}
