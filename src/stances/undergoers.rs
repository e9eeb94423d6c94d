//! To whom a deed is done: the actor, the place or the thing that the clause names.

use crate::language::engine::Upos;
use crate::stances::events::Events;
use crate::stances::reader::{Reader, Toward};
use crate::statement::Relation;

impl Reader<'_, '_> {
    /// To whom or what the deed of `at` is done: with whom, where it is one that two do; else the first actor below the
    /// verb that is no holder, the first country or place named there, or the object.
    pub(super) fn undergoer(&self, at: usize, holders: &[usize], events: &Events) -> Option<Toward> {
        // "died in a prison of X": who suffers is the subject.
        if self.tree.words[at].lemma == "die" {
            let subject = self.subject(at, 0)?;
            let who = self.scene.who(subject).actors;
            return Some(if who.is_empty() {
                Toward::Matter(self.matter_phrase(subject))
            } else {
                Toward::Actors(who)
            });
        }
        let subject = self.tree.child(at, &["nsubj"]).filter(|_| !self.tree.is_passive(at));
        let region = self.region(at, subject);
        let nouns = || region.iter().copied().filter(|&w| self.tree.words[w].is_nominal());
        let stranger = |who: &Vec<usize>| !who.is_empty() && !who.iter().any(|a| holders.contains(a));
        // One's own country is acted upon where nobody else is.
        let own = |who: &[usize]| who.iter().any(|&a| self.is_own(a, holders));
        let actors = |w: usize| Some(self.scene.who(w).actors).filter(|who| stranger(who)).map(Toward::Actors);
        let foreign = |w: usize| actors(w).filter(|t| !matches!(t, Toward::Actors(who) if own(who)));
        if self.is_together(at, events)
            && let Some(partner) = self.partner(at, holders)
        {
            return Some(Toward::Actors(partner));
        }
        let object = self.object(at).filter(|&o| Some(o) != subject);
        // "hailed the release of the fishermen by X": who did what is judged.
        let judged =
            self.tree.child(at, &["obj"]).filter(|&o| self.values.is_judging(&self.tree.words[at].lemma) && o > at);
        let by = |c: &usize| self.tree.preposition(*c) == Some("by");
        let culprit = judged.and_then(|o| self.under(o).into_iter().find(by)).and_then(foreign);
        if culprit.is_some() {
            return culprit;
        }
        // "accepted the demands of X", "refused a request by X": who asked.
        let goal = |w: usize| self.tree.head(w) == Some(at) && matches!(self.tree.rel(w), "obj" | "obl" | "nsubj");
        let wish = region.iter().copied().find(|&w| goal(w) && events.is_wish(self.tree, w));
        if let Some(asker) = wish.map(|w| self.asker(w)).filter(|who| stranger(who)) {
            return Some(Toward::Actors(asker));
        }
        // "returned the painting of X to Y", "gave Y the painting"
        if events.is_transfer(self.tree, at) {
            let hangs = |w: usize| self.tree.head(w).is_some_and(|h| h == at || Some(h) == object);
            let to = nouns().find(|&w| self.tree.preposition(w) == Some("to") && hangs(w));
            if let Some(receiver) = self.tree.child(at, &["iobj"]).or(to) {
                return actors(receiver).or_else(|| Some(Toward::Matter(self.matter_phrase(receiver))));
            }
        }
        let means = |w: usize| events.is_means(self.tree, w);
        let listed = |w: usize| self.tree.rel(w) == "conj";
        // "a state of emergency" is no state.
        let told = |w: usize| self.tree.rel(w) == "nmod" && (means(w) || events.is_hostile(self.tree, w));
        let shell = object.filter(|&o| self.core(o).into_iter().any(told));
        let plain = nouns().filter(|&w| !means(w) && !listed(w) && !self.is_beside(w) && Some(w) != shell);
        // "tariffs on Chinese goods", "a curfew in Bangkok": the country or place that is named.
        let named = || {
            let mentions = region.iter().filter_map(|&w| self.scene.mention_at(w));
            mentions.map(|m| m.actors.clone()).find(stranger).map(Toward::Actors)
        };
        // "imposed blockades in the worst-hit areas": what is imposed is not what suffers.
        let tells = |w: usize| means(w) || events.is_hostile(self.tree, w);
        let moved = object.is_none_or(|o| self.core(o).into_iter().any(tells));
        let place = self.place_of_deed(at, &region).filter(|_| moved);
        let first = plain.clone().find(|&w| foreign(w).is_some());
        // "declared a state of siege in Y to find X"
        let verb = |w: usize| self.tree.words[w].upos == Upos::Verb;
        let apart = |p: usize| first.is_none_or(|f| f > p && (p..f).any(verb));
        let near = place.filter(|&p| apart(p) && object.is_some_and(|o| self.is_near(p, at, o)));
        if let Some(place) = near
            && !self.tree.span(place, &|_| false).any(|w| self.scene.mention_at(w).is_some())
        {
            return Some(Toward::Matter(self.matter_phrase(place)));
        }
        let elsewhere = first.and_then(foreign);
        elsewhere.or_else(|| plain.filter_map(actors).next()).or_else(named).or_else(|| {
            let noun = place.or(object).or_else(|| nouns().find(|&w| self.tree.rel(w) == "obl"))?;
            Some(Toward::Matter(self.matter_phrase(noun)))
        })
    }

    /// Whether a phrase hangs on the verb, its object, or what belongs to the object.
    fn is_near(&self, phrase: usize, verb: usize, object: usize) -> bool {
        self.tree.head(phrase).is_some_and(|h| h == verb || self.core(object).contains(&h))
    }

    /// With whom something is done that two do: "talks with X".
    pub(super) fn partner(&self, at: usize, holders: &[usize]) -> Option<Vec<usize>> {
        let region = self.region(at, self.tree.child(at, &["nsubj"]));
        let nouns = region.into_iter().filter(|&w| self.tree.words[w].is_nominal());
        let with = nouns.filter(|&w| matches!(self.tree.preposition(w), Some("with" | "between")));
        let other = |who: &Vec<usize>| !who.is_empty() && !who.iter().any(|a| holders.contains(a));
        with.map(|w| self.scene.who(w).actors).find(other)
    }

    /// The words of the clause in which the one it is done to stands: behind the verb, or also before it in the passive.
    fn region(&self, at: usize, subject: Option<usize>) -> Vec<usize> {
        let passive = self.tree.is_passive(at);
        let aside = |c: usize| {
            let clause = matches!(self.tree.rel(c), "conj" | "advcl") && self.tree.child(c, &["nsubj"]).is_some();
            Some(c) == subject || clause || self.tree.rel(c) == "parataxis" || self.tree.words[c].deprel == "acl:relcl"
        };
        let mut out = Vec::new();
        let mut open = vec![at];
        while let Some(word) = open.pop() {
            out.push(word);
            open.extend(self.tree.children(word).iter().copied().filter(|&c| !aside(c)));
        }
        out.retain(|&w| w > at || passive && w < at);
        out.sort_unstable();
        out
    }

    /// "sent troops to the border", "a curfew in parts of the city": where, told by a preposition of place.
    fn place_of_deed(&self, at: usize, region: &[usize]) -> Option<usize> {
        let place = |w: &usize| {
            let hangs = matches!(self.tree.rel(*w), "obl" | "nmod");
            let preposition = matches!(
                self.tree.preposition(*w),
                Some(
                    "in" | "into"
                        | "to"
                        | "at"
                        | "on"
                        | "against"
                        | "along"
                        | "near"
                        | "around"
                        | "across"
                        | "over"
                        | "for"
                        | "from"
                )
            );
            hangs && preposition && !self.frames.is_time(&self.tree.words[*w].lower)
        };
        let number = |w: &usize| self.tree.words[*w].upos == Upos::Num;
        // "In the north, X declared a truce"
        let before =
            self.tree.children(at).iter().copied().filter(|&c| c < at && self.tree.preposition(c) == Some("in"));
        region.iter().copied().chain(before).find(|w| place(w) && !number(w))
    }

    /// "will not end the strike until the owners give way": who is to act first, where the deed is hostile.
    pub(super) fn conditioned(&self, at: usize, holders: &[usize], relation: Relation) -> Option<Toward> {
        let negated = self.tree.is_negated(at) && relation == Relation::Oppose;
        let first = |c: &usize| {
            let clause = self.tree.rel(*c) == "advcl" && self.has_mark(*c, &["until", "till", "unless", "before"]);
            clause && *c > at
        };
        let clause = self.tree.children(at).iter().copied().find(first).filter(|_| negated)?;
        let who = |w: usize| Some(self.scene.who(w).actors).filter(|who| !who.iter().any(|a| holders.contains(a)));
        let agent = self.agent(clause).and_then(who).filter(|who| !who.is_empty());
        let subject = || self.tree.child(clause, &["nsubj"]).and_then(who).filter(|who| !who.is_empty());
        let other = || {
            let below = self.tree.span(clause, &|_| false).filter(|&w| self.tree.words[w].is_nominal());
            below.filter_map(who).find(|who| !who.is_empty())
        };
        agent.or_else(subject).or_else(other).map(Toward::Actors)
    }

    /// Whose wish a noun tells: "a request by X", "the demands of X", "X's plea".
    fn asker(&self, wish: usize) -> Vec<usize> {
        let whose = |c: &usize| {
            let word = &self.tree.words[*c];
            let from = matches!(self.tree.preposition(*c), Some("by" | "from" | "of"));
            matches!(word.rel(), "nmod" | "obl") && from || word.deprel == "nmod:poss"
        };
        let mut named = self.tree.children(wish).iter().copied().filter(whose).map(|c| self.scene.who(c).actors);
        named.find(|who| !who.is_empty()).unwrap_or_default()
    }

    /// Whether a holder speaks for the actor, or the other way round.
    fn is_own(&self, actor: usize, holders: &[usize]) -> bool {
        let cast = self.scene.cast;
        holders.iter().any(|&h| cast.speaks_for(h, actor) || cast.speaks_for(actor, h))
    }

    /// Whether the verb, its object, or the verb of its infinitive tells what two do with each other.
    pub(super) fn is_together(&self, at: usize, events: &Events) -> bool {
        let below = self.tree.child(at, &["xcomp"]);
        let verbs = || std::iter::once(at).chain(below);
        let objects = verbs().filter_map(|v| self.tree.child(v, &["obj"]));
        let obliques = verbs().filter_map(|v| self.tree.child(v, &["obl"]));
        verbs().chain(objects).chain(obliques).any(|w| events.is_mutual(self.tree, w))
    }
}
