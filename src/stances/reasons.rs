//! Why somebody does something, and who does it where the sentence tells by the way: "cut ties over the raid", "could not
//! vote for it", "said it was late but praised the plan".

use crate::language::engine::Upos;
use crate::stances::frames::{Frame, Negated, Part};
use crate::stances::reader::{Finding, Reader, Stance, Toward};
use crate::statement::{Kind, Relation};

/// Frames of what is done against somebody for a reason.
const STEPS: [&str; 7] = ["sanction", "stop", "call-off", "withdraw", "desert", "curb", "repeal"];

impl Reader<'_, '_> {
    /// "Its delegate said the party could not vote for the plan": a polite refusal, where somebody says it.
    pub fn cannot_agree(&self, at: usize, frame: &Frame) -> bool {
        frame.relation == Relation::Support
            && frame.negated == Negated::Flips
            && matches!(frame.name.as_str(), "vote-for" | "approve-of" | "support" | "accept")
            && self.sayer(at).is_some()
    }

    /// "said the vote had been lost but praised the plan": what happens praises nothing, who says so does.
    pub fn teller_of_conjunct(&self, at: usize) -> Vec<usize> {
        if self.tree.rel(at) != "conj"
            || self.tree.words[at].xpos != "VBD"
            || self.tree.child(at, &["nsubj", "expl", "mark", "aux"]).is_some()
        {
            return Vec::new();
        }
        let Some(first) = self.tree.head(at).filter(|&h| self.tree.rel(h) == "ccomp") else { return Vec::new() };
        let past = self.tree.children(first).iter().any(|&c| {
            matches!(self.tree.rel(c), "aux" | "cop")
                && matches!(self.tree.words[c].lower.as_str(), "had" | "would" | "was" | "were")
        });
        let thing = self.tree.child(first, &["nsubj"]).is_some_and(|s| {
            let word = &self.tree.words[s];
            word.upos == Upos::Noun && !self.scene.means_people(s) || self.frames.is_time(&word.lower)
        });
        let says = self.tree.head(first).filter(|&v| self.frames.is_saying(&self.tree.words[v].lemma));
        // "said Tuesday closed a chapter and thanked her": days thank nobody.
        let human = self.scene.is_speech(at);
        says.filter(|_| (past || human) && thing).map(|v| self.holder(v).actors).unwrap_or_default()
    }

    /// "expelled two envoys over the killing", "closed the border in response to the raid": what somebody is punished for
    /// is opposed too.
    pub fn reason_of(&self, at: usize, stance: &Stance, holders: &[usize]) -> Vec<Finding> {
        let step = stance.relation == Relation::Oppose && STEPS.contains(&stance.frame.as_str());
        if !step || stance.hedged || stance.part != Part::Verb || holders.is_empty() {
            return Vec::new();
        }
        let below = self.tree.children(at).iter().copied().filter(|&c| c > at && self.tree.rel(c) == "obl");
        let deed = below.filter_map(|c| self.deed_behind(c)).find(|&noun| {
            let harm = self.noun_frame(noun).is_some_and(|f| f.relation == Relation::Oppose && f.name != "opposition");
            let done_by = || {
                let own = self.scene.owner_nodes(noun).into_iter().flat_map(|o| self.scene.who_alone(o).actors);
                let clause = self.tree.children(noun).iter().copied();
                let clause = clause.filter(|&c| self.tree.words[c].deprel == "acl:relcl");
                let told = clause.filter_map(|c| self.tree.child(c, &["nsubj"]));
                let told = told.flat_map(|s| self.scene.who_alone(s).actors);
                own.chain(told).any(|a| !holders.contains(&a))
            };
            self.tree.words[noun].upos == Upos::Noun && harm && done_by()
        });
        let Some(deed) = deed.filter(|&d| !self.frames.is_hazard(&self.tree.words[d].lemma)) else { return Vec::new() };
        let span = self.matter_phrase(deed);
        let quote = at.min(span.start)..span.end.max(at + 1);
        let toward = Toward::Matter(span);
        vec![Finding::plain(holders.to_vec(), Relation::Oppose, toward, quote, stance.frame.clone(), Part::Verb)]
    }

    /// The noun that gives the reason behind "over", "because of" and "in response to".
    fn deed_behind(&self, oblique: usize) -> Option<usize> {
        match self.tree.preposition(oblique)? {
            "over" | "because" => Some(oblique),
            "in" if self.frames.is_answer(&self.tree.words[oblique].lower) => {
                self.tree.children(oblique).iter().copied().find(|&c| {
                    self.tree.rel(c) == "nmod" && matches!(self.tree.preposition(c), Some("to" | "for" | "against"))
                })
            }
            _ => None,
        }
    }

    /// "began with an air raid in which Y was killed", "the raid of X, in which": who made the raid.
    pub fn raider(&self, at: usize) -> Vec<usize> {
        let which = self.tree.children(at).iter().copied().find(|&c| {
            matches!(self.tree.words[c].xpos, "WDT" | "WP")
                && matches!(self.tree.preposition(c), Some("in" | "during" | "by"))
        });
        let Some(raid) = which.and_then(|w| self.scene.antecedent(w)) else { return self.raid_of_forces(at) };
        if self.noun_frame(raid).is_none_or(|f| f.relation != Relation::Oppose) {
            return Vec::new();
        }
        let own = self.possessors(raid);
        if !own.is_empty() {
            return own;
        }
        let verb = self.tree.head(raid).filter(|&v| self.tree.words[v].upos == Upos::Verb);
        let made = match self.tree.rel(raid) {
            "obj" => verb.filter(|&v| self.frames.is_light(&self.tree.words[v].lemma)),
            "obl" => verb.filter(|_| self.tree.preposition(raid) == Some("with")),
            _ => None,
        };
        made.map(|v| self.holder(v).actors).unwrap_or_default()
    }

    /// "was killed in a Norwegian raid", "was shot in an army operation": the forces of a country, named or that of the
    /// report.
    fn raid_of_forces(&self, at: usize) -> Vec<usize> {
        let raid = self.tree.children(at).iter().copied().find(|&c| {
            let by = matches!(self.tree.preposition(c), Some("in" | "during" | "by"));
            by && self.noun_frame(c).is_some_and(|f| f.relation == Relation::Oppose)
        });
        let Some(raid) = raid else { return Vec::new() };
        let own = self.possessors(raid);
        if !own.is_empty() {
            return own;
        }
        let forces =
            self.tree.children(raid).iter().any(|&c| self.tree.rel(c) == "compound" && self.scene.is_state_force(c));
        self.scene.cast.home().filter(|_| forces).into_iter().collect()
    }

    /// "recalled its ambassador", "froze its aid", in a report on one country: against that, where no other is told.
    pub fn against_home(
        &self,
        at: usize,
        frame: &Frame,
        relation: Relation,
        hedged: bool,
        last: Option<usize>,
    ) -> Vec<Stance> {
        let end = last.map_or(at, |l| l.max(at)) + 1;
        let object = self.tree.child(at, &["obj"]).filter(|&o| o < end);
        let below = self.tree.children(at).iter().chain(object.into_iter().flat_map(|o| self.tree.children(o)));
        // "to Belarus", "from there"
        let told = below.copied().any(|c| {
            c >= end
                && (self.tree.rel(c) == "nmod"
                    || matches!(self.tree.preposition(c), Some("to" | "from" | "with" | "in" | "for")))
        });
        let own = self.holder(at).actors;
        let country = |a: usize| {
            self.scene
                .cast
                .get(a)
                .map_or(a, |e| e.speaks_for.as_deref().and_then(|n| self.scene.cast.find(n)).unwrap_or(a))
        };
        let home = self.scene.cast.home().filter(|h| own.iter().all(|&a| a != *h && country(a) != *h));
        let Some(home) = home.filter(|_| !told && !self.tree.is_passive(at)) else { return Vec::new() };
        vec![Stance {
            relation,
            toward: Toward::Actors(vec![home]),
            occasion: None,
            withheld: false,
            hedged,
            words: at..end,
            frame: frame.name.clone(),
            part: Part::Verb,
        }]
    }

    /// "was arrested on Friday", in a report on one country: by its police.
    pub fn caught_at_home(&self, at: usize, stance: &Stance) -> Vec<usize> {
        let Toward::Actors(caught) = &stance.toward else { return Vec::new() };
        let home = self.scene.cast.home().filter(|h| !caught.contains(h));
        let person = |a: &usize| self.scene.cast.get(*a).is_some_and(|e| e.kind == Kind::Person);
        // "was held at Heathrow", "was charged by prosecutors there": elsewhere, perhaps.
        let elsewhere = self.tree.children(at).iter().any(|&c| {
            self.tree.rel(c) == "obl"
                && (self.tree.words[c].upos == Upos::Propn && !self.frames.is_time(&self.tree.words[c].lower)
                    || matches!(self.tree.preposition(c), Some("abroad" | "outside" | "near" | "at")))
                || self.tree.words[c].lower == "there"
                || self.tree.words[c].lower == "abroad"
        });
        home.filter(|_| !elsewhere && caught.iter().all(person)).into_iter().collect()
    }
}
