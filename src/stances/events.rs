//! Deeds as event data count them: who does something friendly or hostile to whom, whatever is said of it. Only read where
//! actors without a name are asked for, and only where no frame has found a stance toward an actor.
//!
//! The words come from `lexicon/events.csv`, after the quad classes of PLOVER (Halterman et al. 2023): talks, help and
//! concessions are friendly, demands, threats, sanctions and force hostile.

use crate::Result;
use crate::language::engine::Upos;
use crate::lexicon::Lexicon;
use crate::stances::frames::Part;
use crate::stances::reader::{Finding, Reader, Toward, flip};
use crate::statement::Relation;
use std::collections::HashMap;
use std::ops::Range;

/// The relation that a word of deeds tells.
#[derive(Debug, Default)]
pub struct Events(HashMap<String, Relation>);

impl Events {
    /// Reads `events.csv`.
    ///
    /// # Errors
    /// An unknown relation, with file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let relation = |row: crate::lexicon::Row<'_>| row.get("relation").parse().map_err(|e: String| row.error(&e));
        lexicon.table("events.csv")?.by_key(relation).map(Self)
    }
}

impl Reader<'_, '_> {
    /// The deed of each clause whose subject has no stance toward an actor in `found`.
    pub fn events(&self, events: &Events, found: &[Finding]) -> Vec<Finding> {
        let mut out: Vec<Finding> = Vec::new();
        for at in 0..self.tree.words.len() {
            let verb = self.tree.words[at].upos == Upos::Verb;
            if !verb || self.tree.child(at, &["nsubj"]).is_none() && self.agent(at).is_none() {
                continue;
            }
            let holders = self.holder(at).actors;
            let of_holder = |f: &&Finding| f.holders.iter().any(|h| holders.contains(h));
            let known = || found.iter().chain(&out).filter(of_holder);
            // "called for sanctions against X": what a stance on a matter does to an actor is a deed too.
            let to_actor = known().any(|f| matches!(f.toward, Toward::Actors(_)));
            if holders.is_empty() || to_actor {
                continue;
            }
            let Some((relation, words)) = self.deed(at, events) else { continue };
            let Some(toward) = self.undergoer(at, &holders) else { continue };
            if known().next().is_some() && matches!(toward, Toward::Matter(_)) {
                continue;
            }
            let mut finding = Finding::plain(holders, relation, toward, words, "event".to_owned(), Part::Noun);
            finding.hedged = self.is_hedged(at);
            out.push(finding);
        }
        out
    }

    /// What the clause of a verb does, by its verb, its object, or the first word below that tells.
    fn deed(&self, at: usize, events: &Events) -> Option<(Relation, Range<usize>)> {
        let span = self.clause_phrase(at);
        let object = self.object(at);
        let order = std::iter::once(at).chain(object).chain(span.clone().filter(|&w| w != at));
        let light = |w: usize| w == at && self.frames.is_light(&self.tree.words[w].lemma);
        let tells = |w: usize| {
            let word = &self.tree.words[w];
            let own = matches!(word.upos, Upos::Verb | Upos::Noun | Upos::Adj) && !self.scene.is_speech(w);
            events.0.get(&word.lemma).or_else(|| events.0.get(&word.lower)).copied().filter(|_| own)
        };
        // "lifted the boycott", "suspended aid": what is taken away turns.
        let taken = object.filter(|_| self.frames.takes_away(&self.tree.words[at].lemma));
        let turned = taken.and_then(|noun| self.below(noun).find_map(&tells)).map(flip);
        let relation = turned
            .or_else(|| order.clone().filter(|&w| !light(w)).find_map(&tells))
            .or_else(|| order.clone().find_map(&tells))?;
        let negated = self.tree.is_negated(at);
        Some((if negated { flip(relation) } else { relation }, span))
    }

    /// A noun and what hangs on it, the noun first.
    fn below(&self, noun: usize) -> impl Iterator<Item = usize> + use<'_> {
        let span = self.tree.span(noun, &|c| self.tree.words[c].deprel == "acl:relcl");
        std::iter::once(noun).chain(span.filter(move |&w| w != noun))
    }

    /// Whom or what it is done to: the first actor below the verb that is no holder, the first country or place named there,
    /// or the object.
    fn undergoer(&self, at: usize, holders: &[usize]) -> Option<Toward> {
        let subject = self.tree.child(at, &["nsubj"]).filter(|_| !self.tree.is_passive(at));
        let below = self.tree.span(at, &|c| Some(c) == subject || self.tree.words[c].deprel == "acl:relcl");
        let start = if self.tree.is_passive(at) { below.start } else { at + 1 };
        let nouns = || (start..below.end).filter(|&w| self.tree.words[w].is_nominal());
        let stranger = |who: &Vec<usize>| !who.is_empty() && !who.iter().any(|a| holders.contains(a));
        let actors = nouns().map(|w| self.scene.who_alone(w).actors).find(stranger).map(Toward::Actors);
        // "tariffs on Chinese goods", "a curfew in Bangkok": the country or place that is named.
        let named = || {
            let mentions = (start..below.end).filter_map(|w| self.scene.mention_at(w));
            mentions.map(|m| m.actors.clone()).find(stranger).map(Toward::Actors)
        };
        actors.or_else(named).or_else(|| {
            let object = self.object(at).or_else(|| nouns().find(|&w| self.tree.rel(w) == "obl"))?;
            (Some(object) != subject).then(|| Toward::Matter(self.matter_phrase(object)))
        })
    }
}
