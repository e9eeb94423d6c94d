//! Why somebody does something, and who does it where the sentence tells by the way: "cut ties over the raid", "could not
//! vote for it", "said it was late but praised the plan".

use crate::language::engine::Upos;
use crate::stances::frames::{Frame, Negated, Part};
use crate::stances::reader::{Finding, Reader, Stance, Toward};
use crate::statement::Relation;

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
            self.tree.rel(c) == "aux" && matches!(self.tree.words[c].lower.as_str(), "had" | "would" | "was" | "were")
        });
        let thing = self
            .tree
            .child(first, &["nsubj"])
            .is_some_and(|s| self.tree.words[s].upos == Upos::Noun && !self.scene.means_people(s));
        let says = self.tree.head(first).filter(|&v| self.frames.is_saying(&self.tree.words[v].lemma));
        says.filter(|_| past && thing).map(|v| self.holder(v).actors).unwrap_or_default()
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
        let Some(raid) = which.and_then(|w| self.scene.antecedent(w)) else { return Vec::new() };
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
}
