//! What the trained model is asked about a document, for marking the reports that it learns from.
//!
//! In: a [`Scene`], and who is in it as the model reads it. Out: the sentence's words, and whom some of them mean. Never
//! here: stances.

use crate::language::Sentence;
use crate::stances::scene::Scene;
use crate::stances::sensed::Sensed;
use serde::Serialize;
use std::ops::Range;

/// A sentence in which somebody acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Its bytes in the document's text.
    pub bytes: Range<usize>,
    /// Its words, in small letters.
    pub words: Vec<String>,
    /// Who is in it, in order; who speaks, but is not named in it, comes first.
    pub parties: Vec<Party>,
}

/// Somebody in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Its words, by index; none for a speaker who is not named.
    pub words: Range<usize>,
    /// Whether it is a name; else it is a pronoun or a description.
    pub named: bool,
    /// Whether it does or says something here.
    pub acts: bool,
    /// Whom it means, by canonical name.
    pub actors: Vec<String>,
}

impl Asked {
    /// None if nobody acts in the sentence.
    pub(super) fn new(sentence: &Sentence, scene: &Scene<'_>, sensed: &Sensed) -> Option<Self> {
        let name = |&a: &usize| scene.cast.get(a).map(|entry| entry.name.clone());
        let party = |(words, actors, acts): (Range<usize>, &[usize], bool)| Party {
            named: words.is_empty() || scene.mention_at(words.start).is_some_and(|m| m.tokens.start == words.start),
            actors: actors.iter().filter_map(name).collect(),
            words,
            acts,
        };
        let parties: Vec<Party> = sensed.parties(scene.tree).map(party).collect();
        let words = || scene.tree.words.iter().map(|w| w.lower.clone()).collect();
        (!parties.is_empty()).then(|| Self { bytes: sentence.start..sentence.end, words: words(), parties })
    }
}
