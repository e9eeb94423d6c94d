//! Who does what to whom in a clause: subjects, agents and objects, found or inherited.

use crate::language::engine::Upos;
use crate::stances::reader::{DEPTH, Reader};
use crate::stances::scene::Who;

impl Reader<'_, '_> {
    /// Who does what the verb says: the subject, or the agent of a passive.
    pub fn holder(&self, verb: usize) -> Who {
        if self.tree.is_passive(verb) {
            return self.agent(verb).map(|a| self.scene.who(a)).unwrap_or_default();
        }
        self.subject(verb, 0).map(|s| self.scene.who(s)).unwrap_or_default()
    }

    /// The agent of a passive clause: "by X".
    pub fn agent(&self, verb: usize) -> Option<usize> {
        let own = self.tree.children(verb).iter().copied().find(|&c| self.tree.words[c].deprel == "obl:agent");
        // "was adopted and signed by X": the agent of the last counts for all.
        own.or_else(|| {
            let more = self.tree.children(verb).iter().copied().filter(|&c| self.tree.rel(c) == "conj");
            more.flat_map(|c| self.tree.children(c)).copied().find(|&c| self.tree.words[c].deprel == "obl:agent")
        })
    }

    /// The word that is the grammatical subject of a verb or predicate, found above it where it has none of its own.
    pub fn subject(&self, verb: usize, depth: usize) -> Option<usize> {
        if depth > DEPTH {
            return None;
        }
        // "One of them, Jane Doe, accused": of two subjects the one that names somebody.
        let mut subjects = self.tree.children(verb).iter().copied().filter(|&c| self.tree.rel(c) == "nsubj");
        if let Some(subject) = subjects.next() {
            let named = |s: &usize| self.scene.mention_at(*s).is_some();
            let other = subjects.find(|s| named(s) && *s < verb).filter(|_| self.scene.mention_at(subject).is_none());
            return Some(other.unwrap_or(subject));
        }
        // "said it was ready to": the parser may take "it" for an empty subject.
        let empty = self.tree.child(verb, &["expl"]).filter(|&e| self.tree.words[e].lower == "it");
        if let Some(it) = empty.filter(|_| self.tree.child(verb, &["csubj", "ccomp"]).is_none()) {
            return Some(it);
        }
        let head = self.tree.head(verb)?;
        match self.tree.rel(verb) {
            "conj" => self.subject(head, depth + 1),
            "xcomp" => self.controller(head, depth + 1),
            "advcl" => {
                // "thanked X for backing Y": X backs.
                let object = self.tree.child(head, &["obj"]);
                let of_object = self.has_mark(verb, &["for", "of", "from"]);
                object.filter(|_| of_object).or_else(|| self.subject(head, depth + 1))
            }
            "acl" if self.tree.words[verb].deprel == "acl:relcl" => None,
            "acl"
                if self.tree.is_infinitive(verb)
                    && let Some(clause) = self.singles_out(head) =>
            {
                self.subject(clause, depth + 1)
            }
            "acl" if self.tree.is_infinitive(verb) => self.noun_subject(head, depth + 1),
            "acl" => self.described(verb, head, depth),
            "ccomp" if self.tree.words[verb].xpos == "VBG" => self.subject(head, depth + 1),
            _ => None,
        }
    }

    /// Whom a participle behind a noun is said of: the noun; but in "sent a letter to X inviting them" the one who sent it.
    fn described(&self, verb: usize, noun: usize, depth: usize) -> Option<usize> {
        let object = self.tree.child(verb, &["obj"]);
        let back = object.is_some_and(|o| matches!(self.tree.words[o].lower.as_str(), "them" | "it" | "him" | "her"));
        let names = !self.scene.who(noun).actors.is_empty();
        // "jailed a blogger criticising X": the blogger criticises.
        let people = self.frames.is_person(&self.tree.words[noun].lemma);
        if (names || people) && !back || self.tree.is_passive(verb) {
            return Some(noun);
        }
        let mut above = self.tree.head(noun);
        for _ in 0..DEPTH {
            let here = above?;
            if self.tree.words[here].upos == Upos::Verb {
                return self.subject(here, depth + 1);
            }
            above = self.tree.head(here);
        }
        Some(noun)
    }

    /// Who is to do what an infinitive says: "urged X to", "promised to", "was asked to".
    pub fn controller(&self, head: usize, depth: usize) -> Option<usize> {
        let object = self.tree.child(head, &["obj", "iobj"]);
        let keeps = matches!(self.tree.words[head].lemma.as_str(), "promise" | "threaten" | "vow" | "pledge" | "use");
        object.filter(|_| !keeps).or_else(|| self.subject(head, depth))
    }

    /// Who is to do what a noun announces: "his promise to", "gave a promise to", "X's plan to".
    pub fn noun_subject(&self, noun: usize, depth: usize) -> Option<usize> {
        let owner = self.scene.owner_nodes(noun).into_iter().next();
        let poss = self.tree.children(noun).iter().copied().find(|&c| self.tree.words[c].deprel == "nmod:poss");
        let carrier = self.tree.head(noun).filter(|_| matches!(self.tree.rel(noun), "obj" | "obl" | "xcomp"));
        poss.or(owner).or_else(|| carrier.and_then(|v| self.subject(v, depth)))
    }

    /// The word that undergoes what the verb says: the object, or the subject of a passive.
    pub fn object(&self, verb: usize) -> Option<usize> {
        if self.tree.is_passive(verb) {
            return self.subject(verb, 0);
        }
        let own = self.tree.child(verb, &["obj"]).or_else(|| self.tree.child(verb, &["iobj"]));
        // "condemned and rejected the plan": the object of the last verb counts for all.
        own.or_else(|| {
            let more = self.tree.children(verb).iter().copied().filter(|&c| {
                self.tree.rel(c) == "conj" && self.tree.child(c, &["nsubj"]).is_none() && !self.tree.is_passive(c)
            });
            let mut more = more.filter(|&c| self.tree.child(verb, &["ccomp", "xcomp", "obl"]).is_none_or(|o| o > c));
            more.find_map(|c| self.tree.child(c, &["obj"]))
        })
        .or_else(|| self.relative_object(verb))
    }

    /// "the plan that X opposes", "the plan X opposes": the noun is the object.
    fn relative_object(&self, verb: usize) -> Option<usize> {
        let relative = self.tree.words[verb].deprel == "acl:relcl";
        let complete = self.tree.child(verb, &["ccomp", "xcomp"]).is_some();
        let subject =
            self.tree.child(verb, &["nsubj"]).filter(|&s| !matches!(self.tree.words[s].xpos, "WP" | "WDT"))?;
        (relative && !complete && self.tree.words[subject].lower != "that").then(|| self.tree.head(verb)).flatten()
    }
}
