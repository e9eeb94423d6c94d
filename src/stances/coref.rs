//! Whom a pronoun means, within a sentence and after the one before.

use crate::actors::Gender;
use crate::language::engine::Upos;
use crate::stances::scene::{DEPTH, Scene};
use crate::statement::Kind;

/// So many subjects to the left of a pronoun may be meant by it.
const NEAR: usize = 10;

impl Scene<'_> {
    /// The noun that a relative pronoun stands for.
    pub fn antecedent(&self, node: usize) -> Option<usize> {
        let mut at = node;
        for _ in 0..DEPTH {
            let word = &self.tree.words[at];
            if word.deprel == "acl:relcl" {
                return word.head;
            }
            at = word.head?;
        }
        None
    }

    /// "each other", "one another".
    pub fn is_reciprocal(&self, node: usize) -> bool {
        let behind = self.tree.words.get(node + 1).map(|w| w.lower.as_str());
        matches!((self.tree.words[node].lower.as_str(), behind), ("each", Some("other")) | ("one", Some("another")))
    }

    /// All whom "each other" means: the subjects of the clause, or those last spoken of together.
    pub fn each_other(&self, node: usize) -> Vec<usize> {
        let mut above = self.tree.head(node);
        for _ in 0..DEPTH {
            let Some(here) = above else { break };
            let subject = self.tree.child(here, &["nsubj"]).filter(|&s| s < node);
            if let Some(who) = subject.map(|s| self.who(s).actors).filter(|who| who.len() > 1) {
                return who;
            }
            above = self.tree.head(here);
        }
        Some(self.before.group.clone()).filter(|group| group.len() > 1).unwrap_or_default()
    }

    /// Whom a pronoun means.
    pub fn pronoun(&self, at: usize) -> Vec<usize> {
        if self.pronouns.get() >= 2 {
            return Vec::new();
        }
        self.pronouns.set(self.pronouns.get() + 1);
        let found = self.meant_by(at);
        self.pronouns.set(self.pronouns.get() - 1);
        found
    }

    fn meant_by(&self, at: usize) -> Vec<usize> {
        let lower = self.tree.words[at].lower.as_str();
        let fits = |actor: &usize| {
            let Some(entity) = self.cast.get(*actor) else { return false };
            let person = entity.kind == Kind::Person;
            match lower {
                "he" | "him" | "himself" | "his" => person && entity.gender != Some(Gender::Female),
                "she" | "her" | "herself" => person && entity.gender != Some(Gender::Male),
                "it" | "itself" | "its" => !person,
                _ => true,
            }
        };
        match lower {
            "i" | "we" | "us" | "me" => {
                return if self.quoted[at] { self.speaker.into_iter().collect() } else { Vec::new() };
            }
            "both" => return self.pair(at, &|_| true).unwrap_or_default(),
            "he" | "him" | "she" | "her" | "himself" | "herself" | "it" | "itself" | "they" | "them" | "themselves"
            | "his" | "its" | "their" => {}
            _ => return Vec::new(),
        }
        // In another's quotation, "he" is hardly the one who speaks, nor "they" those for whom.
        let speaker = self.speaker.filter(|_| self.quoted[at]);
        let speaks = |a: &usize| speaker.is_some_and(|s| s == *a || self.cast.speaks_for(s, *a));
        if matches!(lower, "they" | "them" | "their" | "themselves")
            && let Some(many) = self.many_before(at).filter(|many| !many.iter().any(speaks))
        {
            return many;
        }
        let plural = matches!(lower, "they" | "them" | "their" | "themselves");
        // "Soldiers of Norway came. Latvia asked for their withdrawal": not Latvia's.
        if matches!(lower, "them" | "their") && self.before.many && self.is_alone(at) {
            return self.before.group.clone();
        }
        for subject in self.subjects_before(at) {
            let who = self.who(subject).actors;
            // "They tore it down, Jane Doe said": not Jane Doe.
            let one = plural && who.len() == 1;
            if one && who.iter().any(|&a| self.cast.get(a).is_some_and(|e| e.kind == Kind::Person)) {
                continue;
            }
            if who.iter().any(|a| fits(a) && !speaks(a)) {
                return who.into_iter().filter(|a| fits(a) && !speaks(a)).collect();
            }
            // "The party said it would": the party, whichever that is.
            if lower == "it" && who.is_empty() && self.means_people(subject) && self.tree.words[subject].xpos == "NN" {
                return Vec::new();
            }
        }
        match lower {
            "he" | "she" | "him" | "her" | "his" | "himself" | "herself" => {
                // "X backed him": not X.
                let own = self.own_subject(at);
                let fits = |a: &usize| fits(a) && !speaks(a) && !own.contains(a);
                let here = self.mentions.iter().rev().filter(|m| m.tokens.end <= at && m.actors.len() == 1);
                let here = here.map(|m| m.actors[0]).find(|a| fits(a));
                let last = self.before.person.filter(|a| fits(a));
                let other = || self.before.recent().iter().copied().find(|a| fits(a));
                here.or(last).or_else(other).into_iter().collect()
            }
            "it" | "its" => {
                let early = self.before.body.filter(|a| self.is_early(at) && !speaks(a));
                let own = || self.body_of_teller(at).filter(|_| lower == "it" && self.tree.rel(at) == "nsubj");
                early.or_else(own).or_else(|| self.other_body(at).filter(|a| !speaks(a))).into_iter().collect()
            }
            "they" | "their" if self.is_early(at) => {
                let group = self.before.group.clone();
                let person = |a: usize| self.cast.get(a).is_some_and(|e| e.kind == Kind::Person);
                let one = matches!(group[..], [only] if person(only));
                if one || group.iter().any(speaks) { Vec::new() } else { group }
            }
            _ => Vec::new(),
        }
    }

    /// The actors of the nearest list or plural to the left of word `at`: subjects first where the pronoun is one.
    pub fn many_before(&self, at: usize) -> Option<Vec<usize>> {
        let tree = self.tree;
        let subject = tree.words[at].rel() == "nsubj";
        let left = (0..at)
            .rev()
            .filter(|&n| tree.words[n].is_nominal() && tree.words[n].upos != Upos::Pron && tree.rel(n) != "conj");
        let mut found: Vec<(bool, Vec<usize>)> = Vec::new();
        for node in left.filter(|&n| tree.head(at) != Some(n)).take(4 * NEAR) {
            let plural = matches!(tree.words[node].xpos, "NNS" | "NNPS") || self.members(node).len() > 1;
            if !plural {
                continue;
            }
            let who = self.who(node).actors;
            if !who.is_empty() {
                found.push((tree.words[node].rel() == "nsubj", who));
            }
        }
        let best = found.iter().find(|(own, _)| *own == subject).or_else(|| found.first());
        best.map(|(_, who)| who.clone())
    }

    /// The two whom "both" or "the two" at word `at` means: of those named to its left, or last spoken of together, or
    /// last listed, the first two who all fit and none of whom does something to them here.
    pub(super) fn pair(&self, at: usize, fits: &dyn Fn(usize) -> bool) -> Option<Vec<usize>> {
        let own = self.own_subject(at);
        let all = |two: &Vec<usize>| two.len() == 2 && two.iter().all(|&a| fits(a) && !own.contains(&a));
        let lists = || self.before.lists.iter().rev().find(|list| all(list)).cloned();
        let here = self.many_before(at).filter(all);
        here.or_else(|| Some(self.before.pair.clone()).filter(all)).or_else(lists)
    }

    /// Who is the subject of the clause in which the pronoun `at` is an object: not whom it means.
    fn own_subject(&self, at: usize) -> Vec<usize> {
        let word = &self.tree.words[at];
        if word.lower.ends_with("self") || !matches!(word.rel(), "obj" | "iobj" | "obl") {
            return Vec::new();
        }
        let subject = self.tree.head(at).and_then(|clause| self.tree.child(clause, &["nsubj"]));
        subject.map(|s| self.who(s).actors).unwrap_or_default()
    }

    /// One body or person, and nobody else, is named before the pronoun, which means several.
    fn is_alone(&self, at: usize) -> bool {
        let mut before = self.mentions.iter().filter(|m| m.tokens.start < at);
        before.next().is_some_and(|m| m.actors.len() == 1 && !self.before.group.contains(&m.actors[0]))
            && before.next().is_none()
    }

    /// "Norway has accused it ever since": not Norway, but the body that the sentence before was about.
    fn other_body(&self, at: usize) -> Option<usize> {
        let own = self.own_subject(at);
        let alone = |m: &crate::actors::Mention| m.tokens.start >= at || m.actors.iter().all(|a| own.contains(a));
        let fits = !own.is_empty() && self.tree.words[at].lower == "it" && self.mentions.iter().all(alone);
        self.before.body.filter(|b| fits && !own.contains(b))
    }

    /// In the first words of the sentence, where a pronoun goes on about the sentence before.
    fn is_early(&self, at: usize) -> bool {
        self.mentions.iter().all(|m| m.tokens.start >= at)
    }

    /// Subjects to the left of word `at` that a pronoun there may mean: those of the clauses above first.
    fn subjects_before(&self, at: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut out = Vec::new();
        let mut clause = tree.head(at);
        let own = clause.and_then(|c| tree.child(c, &["nsubj"]));
        for _ in 0..12 {
            let Some(here) = clause else { break };
            out.extend(tree.child(here, &["nsubj"]).filter(|&s| s != at && !tree.is_above(s, at)));
            clause = tree.head(here);
        }
        let left = (0..at).rev().filter(|&s| tree.words[s].rel() == "nsubj");
        out.extend(left.take(NEAR).collect::<Vec<_>>());
        // "X backed him": the object is not the subject of its own clause.
        let reflexive = tree.words[at].lower.ends_with("self");
        let object = matches!(tree.words[at].rel(), "obj" | "iobj" | "obl");
        out.retain(|&s| reflexive || !object || Some(s) != own);
        out
    }

    /// Whom a possessive ("its", "his") means.
    pub fn possessor(&self, at: usize) -> Vec<usize> {
        match self.tree.words[at].lower.as_str() {
            "my" | "our" => {
                if self.quoted[at] {
                    self.speaker.into_iter().collect()
                } else {
                    Vec::new()
                }
            }
            "his" | "her" | "its" | "their" => {
                // The possessor is the subject of its own clause where that fits, before those above.
                self.pronoun(at)
            }
            "whose" => self.antecedent(at).map(|n| self.who_alone(n).actors).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}
