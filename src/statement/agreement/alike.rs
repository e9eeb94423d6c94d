//! When two coders' statements say the same.
//!
//! In: two statements of one document. Out: whether relation, holders and targets agree, and how closely.
//! Never here: which of several candidates is taken.

use crate::statement::{Kind, Statement};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Share of the smaller phrase's content words that two phrases of one matter have in common.
const PHRASE: (usize, usize) = (40, 100);
/// Jaccard index of the content words of two quotes of one passage.
const QUOTE: (usize, usize) = (35, 100);

/// Words that tell nothing about what a phrase is on.
const STOP: [&str; 46] = [
    "a", "about", "against", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "had", "has", "have",
    "her", "his", "in", "into", "is", "it", "its", "new", "no", "not", "of", "on", "or", "our", "over", "that", "the",
    "their", "these", "this", "those", "to", "was", "we", "were", "which", "who", "will", "with", "would",
];

/// A statement made ready for comparison.
#[derive(Clone)]
pub(super) struct Folded<'a> {
    pub(super) statement: &'a Statement,
    /// Holder, and after it whom the holder speaks for.
    pub(super) holders: Vec<String>,
    /// Target, and after it whose matter it is.
    targets: Vec<String>,
    matter: Option<String>,
    phrase: BTreeSet<String>,
    quote: BTreeSet<String>,
}

impl<'a> Folded<'a> {
    pub(super) fn new(statement: &'a Statement) -> Self {
        let names = |first: &str, rest: &[String]| {
            std::iter::once(first).chain(rest.iter().map(String::as_str)).map(fold).collect::<Vec<String>>()
        };
        Self {
            statement,
            holders: names(&statement.holder, statement.holder_for.as_slice()),
            targets: names(&statement.target, &statement.toward),
            matter: statement.matter.as_deref().map(fold),
            phrase: content_words(&statement.target),
            quote: content_words(&statement.quote),
        }
    }

    /// What the stance is toward, the same for all wordings that one coder has for it.
    pub(super) fn object(&self) -> String {
        let is_actor = self.statement.target_kind.is_some_and(|k| k != Kind::Matter);
        match &self.matter {
            Some(matter) if !is_actor => matter.clone(),
            _ => self.targets[0].clone(),
        }
    }

    fn is_matter(&self) -> bool {
        self.statement.target_kind == Some(Kind::Matter) || self.matter.is_some()
    }
}

pub(super) fn same_stance(a: &Folded<'_>, b: &Folded<'_>) -> bool {
    a.statement.relation == b.statement.relation && a.statement.withheld == b.statement.withheld
}

/// How closely the targets meet, 1 to 4; `None` when they do not.
pub(super) fn targets_meet(a: &Folded<'_>, b: &Folded<'_>) -> Option<u8> {
    let either_matter = a.is_matter() || b.is_matter();
    // Tables that do not say what a target is may mean a matter.
    let unknown = a.statement.target_kind.is_none() || b.statement.target_kind.is_none();
    if a.targets.first() == b.targets.first() {
        Some(4)
    } else if (a.matter.is_some() && a.matter == b.matter) || a.targets.iter().any(|t| b.targets.contains(t)) {
        Some(3)
    } else if (either_matter || unknown) && phrases_alike(&a.phrase, &b.phrase) {
        Some(2)
    } else if either_matter && quotes_meet(a, b) {
        Some(1)
    } else {
        None
    }
}

fn phrases_alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let (common, smaller) = (a.intersection(b).count(), a.len().min(b.len()));
    // One word in common is too little for phrases of several: "training mission" is no "peace mission".
    smaller > 0 && common >= smaller.min(2) && common * PHRASE.1 >= smaller * PHRASE.0
}

fn quotes_meet(a: &Folded<'_>, b: &Folded<'_>) -> bool {
    if let (Some(x), Some(y)) = (a.statement.span, b.statement.span)
        && x.0.max(y.0) < x.1.min(y.1)
    {
        return true;
    }
    let common = a.quote.intersection(&b.quote).count();
    let union = a.quote.len() + b.quote.len() - common;
    union > 0 && common * QUOTE.1 >= union * QUOTE.0
}

/// A name as it is compared: without accents (Unicode NFKD), case, punctuation and a leading "the". A name that has no
/// letter or digit is only put in lower case.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::new();
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            // Not a space: "U.S." is "us", "People's" is "peoples".
            '.' | '\'' | '’' | 'ʼ' => {}
            c if c.is_alphanumeric() => folded.push(c),
            _ => folded.push(' '),
        }
    }
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    if words.is_empty() { name.to_lowercase() } else { words.join(" ") }
}

/// The words that tell what a text is on: at least three letters, no stop word, cut to five letters as a crude stem, so
/// that "train", "training" and "trainers" are one.
fn content_words(text: &str) -> BTreeSet<String> {
    let text = fold(text);
    let words = text.split(' ').filter(|w| w.chars().count() > 2 && STOP.binary_search(w).is_err());
    words.map(|w| w.chars().take(5).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold() {
        for (one, other) in [
            ("Côte d’Ivoire", "cote d'ivoire"),
            ("The  European-Union", "European Union"),
            ("U.S.", "US"),
            ("Emmanuel Macron", "EMMANUEL MACRON"),
            ("ﬁnance", "Finance"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
        assert_eq!(fold("The The"), "the");
        assert_eq!(fold("?!"), "?!");
        assert_ne!(fold("Украина"), fold("Россия"));
    }

    #[test]
    fn stop_words_are_sorted_for_the_search() {
        assert!(STOP.is_sorted());
    }

    #[test]
    fn phrases_meet_by_their_content_words() {
        let alike = |a: &str, b: &str| phrases_alike(&content_words(a), &content_words(b));
        assert!(alike("mission to train Ukrainian soldiers", "the training of soldiers"));
        assert!(alike("sanctions", "EU sanctions against Russia"));
        assert!(!alike("training mission", "peace mission"));
        assert!(!alike("United States", "United Kingdom"));
        assert!(!alike("of the", "of the"));
    }
}
