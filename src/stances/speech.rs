//! Who speaks: in a sentence, over the sentences of a quotation, through a statement or a letter.
//!
//! In: scenes. Out: the speaker of each sentence. Never here: what is said.

use crate::Result;
use crate::language::engine::Upos;
use crate::lexicon::Lexicon;
use crate::stances::scene::Scene;
use std::collections::HashSet;

/// Nouns that mean what somebody has said or written, from `lexicon/texts.csv`.
#[derive(Debug, Default)]
pub struct Texts(HashSet<String>);

impl Texts {
    /// Reads `texts.csv`.
    ///
    /// # Errors
    /// A missing table.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        Ok(Self(lexicon.table("texts.csv")?.rows().map(|row| row.get("noun").to_owned()).collect()))
    }

    /// Whether the noun means what somebody has said or written.
    pub fn is_one(&self, lemma: &str) -> bool {
        self.0.contains(lemma)
    }
}

/// What a sentence tells of who speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Telling {
    /// Who is said to speak in it.
    pub speaker: Option<usize>,
    /// It has words between quotation marks.
    pub quotes: bool,
    /// It begins inside quotation marks, or with one.
    pub opens: bool,
    /// Its paragraph.
    pub paragraph: usize,
}

/// The speaker of each sentence: who is named in it; else who spoke before in the paragraph; else, where the quotation
/// stands before the words that tell who said it, who is named next; else whose words the paragraph before quoted.
pub fn speakers(told: &[Telling]) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = told.iter().map(|t| t.speaker).collect();
    let mut start = 0;
    let mut last = None;
    while let Some(paragraph) = told.get(start).map(|t| t.paragraph) {
        let end = start + told[start..].iter().take_while(|t| t.paragraph == paragraph).count();
        let silent = told[start..end].iter().all(|t| t.speaker.is_none());
        // A paragraph that goes on in quotation marks, and names nobody, goes on with the same speaker.
        let mut before = last.filter(|_| silent && told[start].opens);
        for speaker in &mut out[start..end] {
            before = speaker.or(before);
            *speaker = before;
        }
        let mut next = None;
        for at in (start..end).rev() {
            next = told[at].speaker.or(next).filter(|_| told[at].quotes);
            out[at] = out[at].or(next);
        }
        last = (start..end).rev().find(|&at| told[at].quotes && out[at].is_some()).and_then(|at| out[at]);
        start = end;
    }
    out
}

impl Scene<'_> {
    /// What this sentence tells of who speaks; `opens` when a quotation is open where it begins.
    pub fn telling(&self, texts: &Texts, opens: bool, paragraph: usize) -> Telling {
        Telling {
            speaker: self.find_speaker(texts),
            quotes: self.quoted.iter().filter(|q| **q).count() > 3,
            opens: opens || self.quoted.iter().take(2).any(|q| *q),
            paragraph,
        }
    }

    /// Who says something in this sentence, outside of quotation marks; "according to X" counts. Of several, the one
    /// whose saying stands nearest to a quotation.
    fn find_speaker(&self, texts: &Texts) -> Option<usize> {
        let tree = self.tree;
        let near = |v: usize| {
            let quoted = self.quoted.iter().enumerate().filter(|(_, q)| **q).map(|(w, _)| w.abs_diff(v));
            quoted.min().unwrap_or_default()
        };
        let says = (0..tree.words.len()).filter(|&v| !self.quoted[v] && self.is_speech(v));
        let subjects = |v: usize| {
            tree.children(v).iter().copied().filter(|&s| tree.rel(s) == "nsubj" && !self.quoted[s]).collect::<Vec<_>>()
        };
        let said = says.flat_map(|v| subjects(v).into_iter().map(move |s| (v, s)));
        let said = said.filter_map(|(v, s)| Some((near(v), self.author(s, texts)?)));
        let said = said.min_by_key(|(distance, _)| *distance).map(|(_, who)| who);
        said.or_else(|| self.according_to(texts)).or_else(|| self.before_quote())
    }

    /// "Jane Doe defended her choice: “…”": whose deed is told before a quotation that a comma, colon, semicolon or dash
    /// sets off is who speaks.
    fn before_quote(&self) -> Option<usize> {
        let tree = self.tree;
        let open = (1..tree.words.len()).find(|&w| self.quoted[w] && !self.quoted[w - 1])?;
        let set_off =
            open > 1 && matches!(tree.words[open - 1].lower.as_str(), "," | ":" | ";" | "—" | "–" | "-" | "--");
        let long = (open..tree.words.len()).take_while(|&w| self.quoted[w]).count() > 5;
        if !set_off || !long {
            return None;
        }
        let verbs = (0..open).filter(|&w| tree.words[w].upos == Upos::Verb && !tree.is_passive(w));
        let mut subjects = verbs.filter_map(|w| tree.child(w, &["nsubj"])).filter(|&s| s < open);
        subjects.find_map(|s| self.who(s).actors.into_iter().find(|&a| self.is_no_outlet(a)))
    }

    /// "According to X", "according to X's letter": what X says.
    pub fn according_to(&self, texts: &Texts) -> Option<usize> {
        let nouns = (0..self.tree.words.len()).filter(|&n| self.tree.preposition(n) == Some("according"));
        nouns.filter_map(|n| self.author(n, texts)).next()
    }

    /// The actor that a noun phrase means, or whose words the text is that it means: "Y's statement", "a tweet by Y".
    pub fn author(&self, node: usize, texts: &Texts) -> Option<usize> {
        let real = |a: &usize| self.is_no_outlet(*a);
        let own = self.who(node).actors.into_iter().find(real);
        let word = &self.tree.words[node];
        own.or_else(|| {
            if !texts.0.contains(&word.lemma) && !texts.0.contains(&word.lower) {
                return None;
            }
            let below = self.tree.children(node).iter().copied().filter(|&c| match self.tree.rel(c) {
                "nmod" | "obl" => {
                    self.tree.words[c].deprel == "nmod:poss"
                        || matches!(self.tree.preposition(c), Some("by" | "of" | "from"))
                }
                "acl" => true,
                _ => false,
            });
            let by = below.flat_map(|c| {
                let agent = self.tree.children(c).iter().copied().find(|&a| self.tree.preposition(a) == Some("by"));
                let released = self.tree.rel(c) == "acl";
                let whose = match self.tree.words[c].xpos {
                    "PRP$" => self.possessor(c),
                    _ if released => agent.map(|a| self.who(a).actors).unwrap_or_default(),
                    _ => self.who(c).actors,
                };
                whose.into_iter()
            });
            by.into_iter().find(real)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(speaker: Option<usize>, quotes: bool, paragraph: usize) -> Telling {
        Telling { speaker, quotes, opens: quotes, paragraph }
    }

    #[test]
    fn who_speaks_is_told_before_behind_or_in_the_paragraph_before() {
        let all = [
            told(None, true, 0),
            told(Some(1), true, 0),
            told(None, true, 0),
            told(None, true, 1),
            told(None, false, 2),
            told(Some(2), false, 2),
        ];
        assert_eq!(speakers(&all), [Some(1), Some(1), Some(1), Some(1), None, Some(2)]);
        assert!(speakers(&[]).is_empty());
    }
}
