//! Actors without a name: "the police", "two senior officers". Coded only on request, for event data.
//!
//! In: a tree. Out: for each noun that means people or a body of people, an actor of the cast with the noun phrase as its
//! name. They stand behind everything else that a noun may mean.

use crate::Result;
use crate::actors::Cast;
use crate::language::Tree;
use crate::language::engine::Upos;
use crate::lexicon::Lexicon;
use crate::stances::events::Events;
use crate::stances::frames::Frames;
use crate::statement::Kind;
use std::collections::HashMap;

/// A longer phrase is cut to its noun with the words before it.
const LONGEST: usize = 12;

/// Nouns that mean people or bodies of people, from `lexicon/agents.csv`.
#[derive(Debug, Default)]
pub struct Agents(HashMap<String, Kind>);

impl Agents {
    /// Reads `agents.csv`.
    ///
    /// # Errors
    /// A kind that is none, with file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let kind = |row: crate::lexicon::Row<'_>| row.get("kind").parse().map_err(|e: String| row.error(&e));
        lexicon.table("agents.csv")?.by_key(kind).map(Self)
    }

    /// For each word of `tree`, the unnamed actor that it means, added to `cast`.
    pub fn describe(
        &self,
        text: &str,
        tree: &Tree,
        events: &Events,
        frames: &Frames,
        cast: &mut Cast,
    ) -> Vec<Option<usize>> {
        let mut describe = |at: usize| {
            let word = &tree.words[at];
            if !matches!(word.upos, Upos::Noun | Upos::Propn) || matches!(tree.rel(at), "compound" | "amod" | "flat") {
                return None;
            }
            let listed = self.0.get(&word.lemma).or_else(|| self.0.get(&word.lower)).copied();
            let other = || is_name(text, tree, at, frames) || strikes(tree, at, events);
            let kind = listed.or_else(|| self.quantity(tree, at)).or_else(|| other().then_some(Kind::Institution))?;
            let aside = |c: usize| {
                matches!(
                    tree.rel(c),
                    "conj" | "cc" | "appos" | "parataxis" | "case" | "punct" | "cop" | "nsubj" | "acl"
                ) || matches!(tree.rel(c), "advcl" | "aux" | "mark" | "csubj")
            };
            let mut span = tree.span(at, &aside);
            if span.len() > LONGEST {
                span = tree.span(at, &|c| aside(c) || c > at);
            }
            let (first, last) = (tree.words.get(span.start)?, tree.words.get(span.end - 1)?);
            let name = text.get(first.start..last.end)?.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(cast.unnamed(&name, kind))
        };
        (0..tree.words.len()).map(&mut describe).collect()
    }

    /// "thousands of workers": what the workers are.
    fn quantity(&self, tree: &Tree, at: usize) -> Option<Kind> {
        let many = ["thousand", "hundred", "dozen", "score", "ten", "million", "majority", "number", "handful", "half"];
        let word = &tree.words[at];
        let of = |c: &&usize| tree.rel(**c) == "nmod" && tree.preposition(**c) == Some("of");
        let counted = tree.children(at).iter().find(of).filter(|_| many.contains(&word.lemma.trim_end_matches('s')))?;
        let noun = &tree.words[*counted];
        self.0.get(&noun.lemma).or_else(|| self.0.get(&noun.lower)).copied()
    }
}

/// A name that no list knows, where actors stand: "Zirkov cancelled the visit", "ABC returned the paintings".
fn is_name(text: &str, tree: &Tree, at: usize, frames: &Frames) -> bool {
    let word = &tree.words[at];
    let suffers = word.deprel == "obl" && tree.head(at).is_some_and(|verb| tree.is_passive(verb));
    let acts = suffers || matches!(word.deprel, "nsubj" | "nsubj:pass" | "obl:agent" | "obj" | "iobj");
    let written = text.get(word.start..word.end).unwrap_or_default();
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    let name = word.upos == Upos::Propn && capitals > 0 || capitals > 1 && written.chars().all(char::is_uppercase);
    acts && name && !frames.is_time(&word.lower)
}

/// "a car bomb killed", "the shelling wounded": what does harm stands for whoever does it.
fn strikes(tree: &Tree, at: usize, events: &Events) -> bool {
    let word = &tree.words[at];
    let verb = tree.head(at).filter(|_| word.deprel == "nsubj" || word.deprel == "obl:agent");
    let harms = verb.is_some_and(|v| events.is_hostile(tree, v));
    harms && word.upos == Upos::Noun && events.strikes(tree, at)
}
