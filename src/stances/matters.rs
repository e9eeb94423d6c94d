//! Matters: what stances are about besides actors, and which wordings mean the same.

use crate::Result;
use crate::lexicon::Lexicon;
use crate::stances::topics::Topic;
use crate::statement::{Kind, Relation, Statement};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A phrase longer than this many words is cut: a name for a matter is no sentence.
const LONGEST: usize = 14;

/// Compares wordings by what their content words are.
#[derive(Debug, Default)]
pub struct Matters {
    empty: HashSet<String>,
    /// Those of them that are no nouns: a name does not end with one.
    loose: HashSet<String>,
    time: HashSet<String>,
    /// Words that speak of the same thing, each with the one that stands for them.
    synonyms: HashMap<String, String>,
    /// The user's own matters: a name, and the content words of each of its phrases.
    own: Vec<(String, Vec<BTreeSet<String>>)>,
}

impl Matters {
    /// Reads `empty.csv`, words that say nothing about what a matter is, `time.csv`, words of time, `synonyms.csv`, and
    /// the user's `matters.csv`.
    ///
    /// # Errors
    /// A broken table.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let words = |table: &str| -> Result<HashSet<String>> {
            Ok(lexicon.table(table)?.rows().map(|row| row.get("word").to_owned()).collect())
        };
        let rows = lexicon.table("empty.csv")?.rows().filter(|row| row.get("kind").is_empty());
        let loose = rows.map(|row| row.get("word").to_owned()).collect();
        let mut synonyms = HashMap::new();
        for row in lexicon.table("synonyms.csv")?.rows() {
            let family = row.list("words");
            for word in &family {
                synonyms.insert(word.clone(), family[0].clone());
            }
        }
        let new = Self { empty: words("empty.csv")?, loose, time: words("time.csv")?, synonyms, own: Vec::new() };
        let mut own = Vec::new();
        for row in lexicon.table("matters.csv")?.rows() {
            let name = row.get("name").to_owned();
            let phrases: Vec<_> =
                row.list("phrases").iter().chain([&name]).map(|p| new.content(p)).filter(|p| !p.is_empty()).collect();
            if phrases.is_empty() {
                return Err(row.error("none of these words says what the matter is about"));
            }
            own.push((name, phrases));
        }
        Ok(Self { own, ..new })
    }

    /// The matter of the user that a wording with these content words is about: one of whose phrases has no other words.
    fn owned(&self, words: &BTreeSet<String>) -> Option<&str> {
        let fits = |(_, phrases): &&(String, Vec<BTreeSet<String>>)| phrases.iter().any(|p| p.is_subset(words));
        self.own.iter().find(fits).map(|(name, _)| name.as_str())
    }

    /// The content words of a matter, stemmed, so that wordings can be compared.
    pub fn content(&self, phrase: &str) -> BTreeSet<String> {
        let lower = phrase.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|w| w.chars().count() > 2 && !self.empty.contains(*w));
        words.map(|w| stem(self.synonyms.get(w).map_or(w, String::as_str))).collect()
    }

    /// Whether all that `short` says is said by `long` too.
    pub fn is_within(&self, short: &str, long: &str) -> bool {
        self.content(short).is_subset(&self.content(long))
    }

    /// The word that stands for a noun and its synonyms.
    pub fn kin<'a>(&'a self, lemma: &'a str) -> &'a str {
        self.synonyms.get(lemma).map_or(lemma, String::as_str)
    }

    /// Whether the noun means a matter by itself: "referendum", "bid".
    pub fn is_matter(&self, lemma: &str) -> bool {
        self.synonyms.contains_key(lemma)
    }

    /// The phrase as a name: one line, no leading determiner, no quotation marks, cut at a word.
    pub fn name(&self, phrase: &str) -> String {
        let clean: String =
            phrase.chars().map(|c| if matches!(c, '"' | '“' | '”' | '«' | '»') { ' ' } else { c }).collect();
        let mut words: Vec<&str> = clean.split_whitespace().collect();
        while words.first().is_some_and(|w| {
            matches!(
                w.to_lowercase().as_str(),
                "the"
                    | "a"
                    | "an"
                    | "any"
                    | "every"
                    | "that"
                    | "this"
                    | "these"
                    | "those"
                    | "its"
                    | "his"
                    | "her"
                    | "their"
                    | "our"
                    | "your"
                    | "my"
                    | "to"
            )
        }) {
            words.remove(0);
        }
        // "today's agreement"
        let of_time = |w: &str| {
            let lower = w.to_lowercase();
            let stem = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s"));
            stem.is_some_and(|stem| self.time.contains(stem))
        };
        while words.len() > 1 && words.first().is_some_and(|w| of_time(w)) {
            words.remove(0);
        }
        self.cut_time(&mut words);
        self.shorten(&mut words);
        while words.last().is_some_and(|w| self.loose.contains(&w.to_lowercase())) {
            words.pop();
        }
        words.join(" ").trim_matches(|c: char| c.is_ascii_punctuation() && !matches!(c, ')' | '(')).to_owned()
    }

    /// A long phrase ends before its last preposition, not in the middle of what that brings.
    fn shorten(&self, words: &mut Vec<&str>) {
        let joins = |w: &&str| self.loose.contains(&w.to_lowercase()) || *w == "&";
        if words.get(LONGEST).is_some_and(|next| !joins(next)) {
            let whole = words[..LONGEST].iter().rposition(joins).filter(|&at| at > LONGEST / 2);
            words.truncate(whole.unwrap_or(LONGEST));
        }
        words.truncate(LONGEST);
    }

    /// "aid for the third time", "sending soldiers on Thursday": when is no part of what.
    fn cut_time(&self, words: &mut Vec<&str>) {
        // "on October 18" is time too.
        let is_time = |words: &[&str]| match words {
            [.., month, day] if day.chars().all(|c| c.is_ascii_digit()) => self.time.contains(&month.to_lowercase()),
            [.., last] => self.time.contains(&last.to_lowercase()),
            [] => false,
        };
        while is_time(words) {
            let start = words.iter().rposition(|w| {
                matches!(
                    w.to_lowercase().as_str(),
                    "for"
                        | "on"
                        | "in"
                        | "at"
                        | "by"
                        | "before"
                        | "after"
                        | "since"
                        | "during"
                        | "until"
                        | "this"
                        | "last"
                        | "next"
                        | "every"
                )
            });
            let Some(start) = start.filter(|&at| at > 0 && words.len() - at <= 5) else { return };
            words.truncate(start);
        }
    }

    /// Whether the phrase only says when: "Thursday", "last week".
    pub fn is_time(&self, phrase: &str) -> bool {
        let lower = phrase.to_lowercase();
        let mut words =
            lower.split_whitespace().filter(|w| !matches!(*w, "the" | "a" | "this" | "last" | "next" | "in" | "on"));
        let when = |w: &str| self.time.contains(w) || w.chars().all(|c| c.is_ascii_digit());
        words.next().is_some_and(when) && words.all(when)
    }

    /// Whether the phrase says what it is about, the names in it left aside ("the French plan" does not).
    pub fn is_telling(&self, phrase: &str) -> bool {
        !self.content(phrase).is_empty()
    }

    /// Gives every statement on a matter its canonical `matter`: wordings that share at least half of the smaller one's
    /// content words are one matter, named by its most frequent wording (the shorter, then the alphabetically first). The
    /// user's own matters come first.
    ///
    /// Wordings are joined to the first group whose core (the most frequent wording's content words) they are like, from the
    /// most frequent wording on, so that a chain of half-likenesses does not make everything one.
    pub fn unify(&self, statements: &mut [Statement]) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for phrase in statements.iter().filter_map(wording) {
            *counts.entry(phrase.to_owned()).or_default() += 1;
        }
        let mut order: Vec<(&String, usize)> = counts.iter().map(|(p, n)| (p, *n)).collect();
        order.sort_by_key(|(p, n)| (std::cmp::Reverse(*n), p.chars().count(), (*p).clone()));
        let mut cores: Vec<(String, BTreeSet<String>)> = Vec::new();
        let mut canonical: BTreeMap<String, String> = BTreeMap::new();
        // Wordings with a word in common are found by that word, not by comparing all with all.
        let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (phrase, _) in order {
            let words = self.content(phrase);
            if let Some(name) = self.owned(&words) {
                canonical.insert(phrase.clone(), name.to_owned());
                continue;
            }
            let near: BTreeSet<usize> = words.iter().filter_map(|w| by_word.get(w)).flatten().copied().collect();
            let best = near.into_iter().map(|at| (at, likeness(&words, &cores[at].1))).filter(|(_, l)| *l >= 0.5).fold(
                None,
                |best: Option<(usize, f64)>, (at, l)| match best {
                    Some((_, so_far)) if so_far >= l => best,
                    _ => Some((at, l)),
                },
            );
            let core = match best {
                Some((at, _)) => cores[at].0.clone(),
                None => {
                    for word in &words {
                        by_word.entry(word.clone()).or_default().push(cores.len());
                    }
                    cores.push((phrase.clone(), words));
                    phrase.clone()
                }
            };
            canonical.insert(phrase.clone(), core);
        }
        for statement in statements.iter_mut() {
            let name = wording(statement).and_then(|phrase| canonical.get(phrase)).cloned();
            if name.is_some() {
                statement.matter = name;
            }
        }
        self.add_sponsors_of_all(statements);
    }

    /// Adds to each stance on a matter that nobody owns the actors who sponsor it in any document.
    fn add_sponsors_of_all(&self, statements: &mut [Statement]) {
        let mut sponsors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for statement in statements.iter() {
            if let (Some(sponsor), Some(matter)) = (sponsor(statement), &statement.matter) {
                sponsors.entry(matter.clone()).or_default().insert(sponsor);
            }
        }
        for statement in statements.iter_mut().filter(|s| s.target_kind == Some(Kind::Matter) && s.toward.is_empty()) {
            // One word is too little to tell that two documents mean the same.
            let telling = statement.matter.as_ref().filter(|m| self.content(m).len() > 1);
            let found = telling.and_then(|m| sponsors.get(m)).into_iter().flatten();
            let theirs = found
                .filter(|s| **s != statement.holder && statement.holder_for.as_ref() != Some(*s))
                .cloned()
                .collect();
            statement.toward = theirs;
        }
    }

    /// Adds to each stance on what the document is about the actors whose matter that is.
    pub fn add_owners(&self, statements: &mut [Statement], topic: Option<&Topic>) {
        let Some(topic) = topic else { return };
        let theirs = self.content(&topic.phrase);
        let owned: Vec<_> = topic.owners.iter().map(|owner| (owner.clone(), theirs.clone())).collect();
        self.add_toward(statements, &owned);
    }

    /// Adds to each stance on a matter the actors who sponsor it in the same document: who plans it, or invites to it.
    pub fn add_sponsors(&self, statements: &mut [Statement]) {
        let sponsors: Vec<(String, BTreeSet<String>)> =
            statements.iter().filter_map(|s| sponsor(s).zip(wording(s).map(|w| self.content(w)))).collect();
        self.add_toward(statements, &sponsors);
    }

    /// Adds to each stance on a matter those others whose matter it is: each with the content words of what is theirs.
    fn add_toward(&self, statements: &mut [Statement], owned: &[(String, BTreeSet<String>)]) {
        for statement in statements.iter_mut().filter(|s| s.target_kind == Some(Kind::Matter)) {
            let words = self.content(&statement.target);
            for (owner, theirs) in owned {
                let own = statement.holder == *owner || statement.holder_for.as_ref() == Some(owner);
                if !own && likeness(&words, theirs) >= 0.5 && !statement.toward.contains(owner) {
                    statement.toward.push(owner.clone());
                }
            }
        }
    }
}

/// A light stem: plural and verb endings off, then the first six letters.
fn stem(word: &str) -> String {
    let mut stem = word;
    for ending in ["ing", "ed", "ies", "es", "s", "e", "y"] {
        if let Some(cut) = stem.strip_suffix(ending).filter(|c| c.chars().count() > 3) {
            stem = cut;
            break;
        }
    }
    stem.chars().take(6).collect()
}

/// Share of the smaller wording's content words that the other has too; 0 when fewer than two are shared, unless a
/// wording has but one.
pub fn likeness(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let small = a.len().min(b.len());
    let shared = a.intersection(b).count();
    if small == 0 || shared < small.min(2) { 0.0 } else { shared as f64 / small as f64 }
}

/// What a statement calls its matter: the target phrase, or for an invitation what it invites to.
pub(super) fn wording(statement: &Statement) -> Option<&str> {
    if statement.target_kind == Some(Kind::Matter) {
        return Some(&statement.target);
    }
    statement.matter.as_deref().filter(|m| !m.is_empty())
}

/// Who plans, proposes, or invites to the statement's matter; a person sponsors for whom it speaks for.
fn sponsor(statement: &Statement) -> Option<String> {
    let own = match statement.relation {
        Relation::Invite => !statement.withheld,
        Relation::Support => {
            matches!(statement.coder.as_str(), "rule:plan" | "rule:propose" | "rule:raise" | "rule:bidding")
        }
        Relation::Oppose => false,
    };
    let named = own && wording(statement).is_some();
    named.then(|| statement.holder_for.clone().unwrap_or_else(|| statement.holder.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matters() -> Matters {
        Matters::new(&Lexicon::embedded().unwrap()).unwrap()
    }

    #[test]
    fn wordings_of_one_matter_are_alike() {
        let matters = matters();
        let a = matters.content("sending military instructors to Ukraine");
        assert!(likeness(&a, &matters.content("send Western military instructors to Ukraine")) >= 0.5);
        assert!(likeness(&a, &matters.content("sanctions against Russia")) < 0.5);
    }

    #[test]
    fn words_of_one_family_mean_the_same() {
        let matters = matters();
        assert_eq!(matters.content("military instructors"), matters.content("the training of troops"));
    }

    #[test]
    fn names_are_trimmed() {
        assert_eq!(
            matters().name(
                "the \"coalition of
the willing\" in"
            ),
            "coalition of the willing"
        );
    }
}
