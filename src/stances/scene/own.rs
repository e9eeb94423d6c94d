//! What speakers call their own: "said his country would", "said the party was", "its leader said it".

use super::{DEPTH, Scene};
use crate::actors::Role;
use crate::language::engine::Upos;
use crate::statement::Kind;

impl Scene<'_> {
    /// "Jane Doe said her country was against it": the country that she speaks for, or she herself where the text does not
    /// tell which that is.
    pub(super) fn own_country(&self, node: usize) -> Option<usize> {
        if !matches!(self.tree.words[node].lower.as_str(), "country" | "nation" | "homeland") {
            return None;
        }
        let whose = self.tree.children(node).iter().copied().find(|&c| {
            self.tree.words[c].xpos == "PRP$"
                && matches!(self.tree.words[c].lower.as_str(), "his" | "her" | "our" | "my")
        })?;
        let [person] = self.possessor(whose)[..] else { return None };
        let entity = self.cast.get(person).filter(|e| e.kind == Kind::Person)?;
        let mut home = entity.speaks_for.as_deref().and_then(|name| self.cast.find(name));
        for _ in 0..DEPTH {
            let Some(body) = home.and_then(|h| self.cast.get(h)).filter(|e| e.kind != Kind::Country) else { break };
            home = body.speaks_for.as_deref().and_then(|name| self.cast.find(name));
        }
        let says = || self.teller(node).is_some_and(|t| self.who_alone(t).actors == [person]);
        home.or_else(|| Some(person).filter(|_| says()))
    }

    /// "The party's Jane Doe said the opposition stood behind it": a side without a name, in what somebody says who speaks
    /// for no state, is the speaker's own.
    pub(super) fn own_side(&self, node: usize) -> Option<usize> {
        let word = &self.tree.words[node];
        let side = word.lower == "opposition" || self.gazetteer.has_role(&word.lower, Role::Organisation);
        let bare = self.tree.children(node).iter().all(|&c| matches!(self.tree.rel(c), "det" | "case" | "punct"));
        if word.upos != Upos::Noun || !side || !bare || !self.is_definite(node) || self.tree.rel(node) != "nsubj" {
            return None;
        }
        let [speaker] = self.who_alone(self.teller(node)?).actors[..] else { return None };
        let entity = self.cast.get(speaker).filter(|e| e.kind == Kind::Person && !e.outlet)?;
        let Some(home) = entity.speaks_for.as_deref() else {
            return Some(speaker).filter(|_| word.lower == "opposition");
        };
        let home = self.cast.find(home)?;
        self.cast.get(home).is_some_and(|e| e.kind == Kind::Institution).then_some(home)
    }

    /// "Its leader, Jane Doe, said that it": whom "it" means in what is told by somebody of it.
    pub fn body_of_teller(&self, pronoun: usize) -> Option<usize> {
        let teller = self.teller(pronoun)?;
        let its = self.tree.children(teller).iter().copied().find(|&c| self.tree.words[c].lower == "its");
        if let Some(its) = its {
            return self.possessor(its).first().copied();
        }
        let [speaker] = self.who_alone(teller).actors[..] else { return None };
        let entity = self.cast.get(speaker).filter(|e| e.kind == Kind::Person)?;
        let home = self.cast.find(entity.speaks_for.as_deref()?)?;
        self.cast.get(home).is_some_and(|e| e.kind == Kind::Institution).then_some(home)
    }

    /// The subject of the verb of saying whose content the clause of the subject `node` is.
    fn teller(&self, node: usize) -> Option<usize> {
        let mut clause = self.tree.head(node)?;
        for _ in 0..DEPTH {
            let above = self.tree.head(clause)?;
            match self.tree.rel(clause) {
                "ccomp" if self.is_speech(above) => return self.tree.child(above, &["nsubj"]),
                "ccomp" | "conj" | "xcomp" => clause = above,
                _ => return None,
            }
        }
        None
    }
}
