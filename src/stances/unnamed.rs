//! Actors without a name: "the police", "two senior officers". Coded only on request, for event data.
//!
//! In: a tree. Out: for each noun that means people or a body of people, an actor of the cast with the noun phrase as its
//! name. They stand behind everything else that a noun may mean.

use crate::Result;
use crate::actors::Cast;
use crate::language::Tree;
use crate::language::engine::Upos;
use crate::lexicon::Lexicon;
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
    pub fn describe(&self, text: &str, tree: &Tree, cast: &mut Cast) -> Vec<Option<usize>> {
        let mut describe = |at: usize| {
            let word = &tree.words[at];
            if !matches!(word.upos, Upos::Noun | Upos::Propn) || matches!(tree.rel(at), "compound" | "amod" | "flat") {
                return None;
            }
            let kind = *self.0.get(&word.lemma).or_else(|| self.0.get(&word.lower))?;
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
}
