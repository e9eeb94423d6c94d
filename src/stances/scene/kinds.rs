//! Whom a word for a kind of country or body means: "the kingdom", "the Andean nation", "the legislature", "the company".

use super::Scene;
use crate::actors::Role;
use crate::language::engine::Upos;
use crate::statement::Kind;
use std::ops::Range;

impl Scene<'_> {
    /// "the kingdom", "the oil-rich state", "the Andean nation": the country that the sentence before was about, or that was
    /// named last, and no other of this sentence.
    pub(super) fn realm(&self, node: usize) -> Option<usize> {
        let lower = self.tree.words[node].lower.as_str();
        let realm = self.gazetteer.has_role(lower, Role::Realm);
        // "accused the kingdom of blackmail": not of the kingdom.
        let accused = self.tree.rel(node) == "obj";
        let plain = |c: &usize| match self.tree.rel(*c) {
            "nmod" => accused && self.tree.preposition(*c) == Some("of") && self.mention_at(*c).is_none(),
            rel => !matches!(rel, "amod" | "compound" | "nummod"),
        };
        // "the Andean nation", but "the whole nation", "the Polish nation", "the island of Java"
        let described = |c: &usize| {
            let word = &self.tree.words[*c];
            let form = self.tree.rel(*c) != "nmod"
                && (self.is_capitalized(*c) || word.lower.contains('-') || word.lower == "landlocked");
            form && self.mention_at(*c).is_none()
        };
        let children = self.tree.children(node);
        let one = children.iter().all(|c| plain(c) || described(c)) && (realm || !children.iter().all(plain));
        if !one || !realm && !matches!(lower, "country" | "nation" | "state") {
            return None;
        }
        let here = |a: &usize| self.mentions.iter().any(|m| m.actors.contains(a));
        let fits = |a: &usize| self.cast.get(*a).is_some_and(|e| e.kind == Kind::Country) && !here(a);
        let recent = || self.before.recent().iter().copied().find(fits);
        self.before.country.filter(fits).or_else(recent)
    }

    /// Whether the word is written with a capital.
    pub fn is_capitalized(&self, at: usize) -> bool {
        self.tokens.get(self.token_of[at]).is_some_and(crate::language::Token::is_capitalized)
    }

    /// "the legislature", "the chamber": the chamber of lawmakers last spoken of.
    pub(super) fn lawmakers(&self, node: usize) -> Option<usize> {
        let lower = self.tree.words[node].lower.as_str();
        let plain = self.tree.children(node).iter().all(|&c| !matches!(self.tree.rel(c), "amod" | "compound" | "nmod"));
        if !plain || !matches!(lower, "legislature" | "chamber" | "parliament" | "assembly") {
            return None;
        }
        let makes_laws = |a: &usize| {
            let entity = self.cast.get(*a).filter(|e| e.kind == Kind::Institution);
            entity.is_some_and(|e| {
                e.name.split(' ').any(|part| self.gazetteer.has_role(&part.to_lowercase(), Role::Chamber))
            })
        };
        let here = self.mentions.iter().rev().filter(|m| m.tokens.end <= node).flat_map(|m| m.actors.iter().copied());
        here.chain(self.before.recent().iter().copied()).find(makes_laws)
    }

    /// "Google filed a paper in which the company objected": the body that is the subject above.
    pub(super) fn body_above(&self, node: usize) -> Option<usize> {
        let lower = self.tree.words[node].lower.as_str();
        let kind = self.gazetteer.has_role(lower, Role::Organisation) && !matches!(lower, "party" | "movement");
        if !kind || self.tree.rel(node) != "nsubj" {
            return None;
        }
        let body = |a: &usize| self.cast.get(*a).is_some_and(|e| e.kind == Kind::Institution && !e.outlet);
        let mut clause = self.tree.head(node).and_then(|c| self.tree.head(c));
        while let Some(here) = clause {
            let subject = self.tree.child(here, &["nsubj"]).filter(|&s| s < node);
            if let Some(subject) = subject.filter(|&s| self.tree.words[s].upos != Upos::Pron) {
                let who = self.who_of_name(subject);
                return who.into_iter().find(body);
            }
            clause = self.tree.head(here);
        }
        None
    }

    /// "the ministry", in a text that spoke of the Norwegian ministry before.
    pub(super) fn body_told_of(&self, node: usize) -> Option<usize> {
        let word = &self.tree.words[node];
        let plain = self
            .tree
            .children(node)
            .iter()
            .all(|&c| !matches!(self.tree.rel(c), "amod" | "compound" | "nmod" | "nummod"));
        let the = self.tree.children(node).iter().any(|&c| self.tree.words[c].lower == "the");
        if !plain || !the || !self.is_state_body(node) {
            return None;
        }
        self.before.called(&word.lemma).next()
    }

    /// "ministry", "police", "soldiers": a body, or people, of a state.
    fn is_state_body(&self, node: usize) -> bool {
        let lower = self.tree.words[node].lower.as_str();
        let body = self.gazetteer.body_at(self.tokens, self.token_of[node]) == Some(1);
        body && !self.gazetteer.has_role(lower, Role::Organisation)
            && !matches!(
                lower,
                "countries"
                    | "states"
                    | "nations"
                    | "members"
                    | "circles"
                    | "side"
                    | "state"
                    | "officials"
                    | "official"
                    | "leaders"
                    | "office"
                    | "offices"
                    | "ministers"
                    | "minister"
                    | "diplomat"
                    | "envoy"
            )
    }

    /// "Police arrested", "the election commission rejected", "a court in Bergen sentenced": a body of the state that the text is
    /// about.
    pub fn acts_at_home(&self, node: usize) -> bool {
        let word = &self.tree.words[node];
        let acts = self.tree.rel(node) == "nsubj" && word.deprel != "nsubj:pass" || word.deprel == "obl:agent";
        if !acts {
            return false;
        }
        let organ = self.organ_at(node);
        // In a text about two countries, a town may be in either.
        let at_home = |c: usize| match self.mention_at(c) {
            Some(place) => self.cast.home().is_some_and(|home| place.actors.contains(&home)),
            None => self.cast.is_about_home_alone(),
        };
        let seat = |c: usize| self.tree.rel(c) == "nmod" && self.tree.preposition(c) == Some("in") && at_home(c);
        let own = |c: usize| organ.as_ref().is_some_and(|organ| organ.contains(&c));
        let plain = self.tree.children(node).iter().all(|&c| {
            own(c)
                || seat(c)
                || !matches!(self.tree.rel(c), "amod" | "compound" | "nmod" | "nummod" | "appos" | "acl" | "conj")
        });
        let court = || word.lower == "court" && self.tree.children(node).iter().any(|&c| seat(c));
        plain && (organ.is_some() || court())
    }

    /// The words, the last of which is `node`, that are called a body of a state: "the election commission".
    fn organ_at(&self, node: usize) -> Option<Range<usize>> {
        const LONGEST: usize = 3;
        let listed = |words: &Range<usize>| {
            let name: Vec<&str> = self.tree.words[words.clone()].iter().map(|w| w.lower.as_str()).collect();
            self.gazetteer.has_role(&name.join(" "), Role::Organ)
        };
        let listed = || (1..=LONGEST.min(node + 1)).rev().map(|n| node + 1 - n..node + 1).find(listed);
        self.ministry_at(node).or_else(listed)
    }

    /// "the fisheries ministry", "the ministry of fish and forests": of whatever, but of nobody who has a name.
    fn ministry_at(&self, node: usize) -> Option<Range<usize>> {
        let tree = self.tree;
        if !self.gazetteer.has_role(&tree.words[node].lower, Role::Ministry) {
            return None;
        }
        let of_what = |c: usize| match tree.rel(c) {
            "compound" | "amod" => c < node,
            "nmod" => tree.preposition(c) == Some("of"),
            _ => false,
        };
        let loose = |w: usize| matches!(tree.rel(w), "acl" | "punct");
        let words = tree.children(node).iter().filter(|&&c| of_what(c)).map(|&c| tree.span(c, &loose));
        let words = words.fold(node..node + 1, |all, more| all.start.min(more.start)..all.end.max(more.end));
        words.clone().all(|w| self.mention_at(w).is_none()).then_some(words)
    }

    /// Remembers whose bodies the sentence spoke of: "the Norwegian ministry", "police in Oslo".
    pub(super) fn tell_bodies(&self, thread: &mut crate::stances::thread::Thread) {
        for node in (0..self.tree.words.len()).filter(|&n| self.mention_at(n).is_none() && self.is_state_body(n)) {
            let owned = self.owner_nodes(node).into_iter().any(|o| self.mention_at(o).is_some());
            if let [only] = self.who_alone(node).actors[..]
                && owned
            {
                thread.call(&self.tree.words[node].lemma.clone(), only);
            }
        }
    }

    /// Whether the noun means a kind of organization.
    pub fn is_organisation(&self, node: usize) -> bool {
        self.gazetteer.has_role(&self.tree.words[node].lemma, Role::Organisation)
    }

    /// "the army", "air force": the forces of whichever state a report is about.
    pub fn is_state_force(&self, node: usize) -> bool {
        let lower = self.tree.words[node].lower.as_str();
        self.gazetteer.has_role(lower, Role::Rulers)
            || matches!(lower, "police" | "navy" | "government" | "state")
            || lower == "force" && node.checked_sub(1).is_some_and(|b| self.tree.words[b].lower == "air")
    }
}
