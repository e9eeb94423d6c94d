//! Verbs that carry a noun from further away, and those that bring upon their subject what the noun means.

use crate::actors::How;
use crate::stances::frames::Frame;
use crate::stances::nouns::Carrier;
use crate::stances::reader::Reader;
use crate::statement::Kind;

impl Reader<'_, '_> {
    /// "the agreement that X and Y concluded", "the suit X filed": the verb of the clause behind the noun carries it.
    pub fn relative_carrier(&self, at: usize) -> Option<Carrier> {
        let clause = |c: &usize| {
            let subject = self.tree.child(*c, &["nsubj"]).filter(|&s| !matches!(self.tree.words[s].xpos, "WP" | "WDT"));
            self.tree.words[*c].deprel == "acl:relcl"
                && self.frames.is_light(&self.tree.words[*c].lemma)
                && subject.is_some()
                && !self.tree.is_passive(*c)
        };
        let own = |c: &usize| {
            let object = self.tree.child(*c, &["obj"]);
            object.is_none_or(|o| matches!(self.tree.words[o].xpos, "WP" | "WDT"))
        };
        let verb = self.tree.children(at).iter().copied().find(|c| clause(c) && own(c))?;
        Some(Carrier { verb, light: true, as_object: true })
    }

    /// "faces charges of fraud in Norway": the country whose courts somebody faces.
    pub fn faced(&self, at: usize, carrier: Option<Carrier>) -> Vec<usize> {
        let drawn = carrier.filter(|c| c.as_object && self.frames.draws(&self.tree.words[c.verb].lemma));
        let Some(verb) = drawn.map(|c| c.verb) else { return Vec::new() };
        let below = self.tree.children(verb).iter().chain(self.tree.children(at)).copied();
        let deeper = self.tree.children(at).iter().flat_map(|&c| self.tree.children(c)).copied();
        let mut places = below.chain(deeper).filter(|&c| self.tree.preposition(c) == Some("in"));
        let is_country = |a: &usize| self.scene.cast.get(*a).is_some_and(|e| e.kind == Kind::Country);
        let found = places.find_map(|c| self.scene.mention_at(c).filter(|m| matches!(m.how, How::Name | How::Capital)));
        found.map(|m| m.actors.iter().copied().filter(is_country).collect()).unwrap_or_default()
    }

    /// Whether what the noun means comes upon the verb's subject: "drew criticism", "ran into resistance".
    pub fn draws(&self, verb: usize, noun: usize) -> bool {
        let lemma = &self.tree.words[verb].lemma;
        let with = || self.tree.preposition(noun).is_some_and(|prep| self.frames.draws(&format!("{lemma} {prep}")));
        if self.tree.rel(noun) == "obl" { with() } else { self.frames.draws(lemma) }
    }

    /// "won the backing of X", "has the support of X": X backs the subject.
    pub fn had_from(&self, at: usize, frame: &Frame, carrier: Option<Carrier>) -> Vec<usize> {
        let Some(c) = carrier.filter(|c| c.as_object && frame.name == "support-noun") else { return Vec::new() };
        let has = self.draws(c.verb, at) || self.tree.words[c.verb].lemma == "have";
        let the = self.tree.children(at).iter().any(|&c| self.tree.words[c].lower == "the");
        let of = self.prepositional(at, "of").filter(|_| has && the);
        of.map(|n| self.scene.who(n).actors).unwrap_or_default()
    }

    /// "gave X aid", "promised X a loan", "X was offered help": who gets what the noun means.
    pub fn receiver_of(&self, at: usize, carrier: Option<Carrier>) -> Option<usize> {
        let verb = carrier.filter(|c| c.light && (c.as_object || self.tree.is_passive(c.verb))).map(|c| c.verb)?;
        let names = |c: &usize| self.scene.mention_at(*c).is_some_and(|m| m.how != How::Demonym);
        if self.tree.is_passive(verb) {
            let person = |s: &usize| names(s) || self.tree.words[*s].xpos == "PRP";
            return self.tree.child(verb, &["nsubj"]).filter(|&s| s != at && person(&s));
        }
        // The parser may take both for plain objects.
        let before = self.tree.children(verb).iter().copied();
        let mut before = before.filter(|&c| c > verb && c < at && matches!(self.tree.rel(c), "iobj" | "obj"));
        before.find(|c| names(c) || self.tree.words[*c].xpos == "PRP")
    }
}
