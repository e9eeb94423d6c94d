//! The language's closed words, verbs with their forms, and abbreviations, from the tables of `lexicon/`.

use crate::Result;
use crate::lexicon::Lexicon;
use rustc_hash::{FxHashMap, FxHashSet};

/// A form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VerbForm {
    /// "oppose"
    Base,
    /// "opposes"
    Third,
    /// "opposed", past tense
    Past,
    /// "opposed", participle
    Participle,
    /// "opposing"
    Ing,
}

/// What is known about words.
#[derive(Debug, Clone, Default)]
pub struct Grammar {
    closed: FxHashSet<String>,
    verbs: FxHashMap<String, Vec<(String, VerbForm)>>,
    abbreviations: FxHashMap<String, bool>,
    speech: FxHashSet<String>,
    gerunds: FxHashMap<String, String>,
    valency: FxHashMap<Takes, FxHashSet<String>>,
}

/// What goes with a verb, as far as trees are mended by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Takes {
    /// "have the ban lifted"
    Causative,
    /// "gave X asylum"
    Gives,
    /// "called the plan a sham"
    Calls,
    /// "called for X to be freed"
    AsksFor,
    /// "declared the review complete"
    Declares,
    /// An object is left in the passive: "was given a prize".
    Two,
    /// Nothing can be its object.
    NoObject,
    /// "campaigned for it", "voted against it"
    Sides,
    /// "a man called X"
    Names,
    /// What is said, and no thing.
    Reports,
    /// "found it changed"
    SmallClause,
    /// "urged X to come"
    Bids,
    /// Only people and bodies do it: a name that does is one of theirs.
    Acts,
    /// It tells of a fact that it is none: "denied that X broke the law".
    Denies,
    /// Who is invited to do it is told to go: "invited to resign".
    Leaves,
    /// Who will do it has no plan by that: "will receive", "will face".
    Undergoes,
    /// It happens, and nobody means it: "an apartment building collapsed".
    Befalls,
}

impl Takes {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "causative" => Self::Causative,
            "gives" => Self::Gives,
            "calls" => Self::Calls,
            "asks-for" => Self::AsksFor,
            "declares" => Self::Declares,
            "two" => Self::Two,
            "no-object" => Self::NoObject,
            "sides" => Self::Sides,
            "names" => Self::Names,
            "reports" => Self::Reports,
            "small-clause" => Self::SmallClause,
            "bids" => Self::Bids,
            "leaves" => Self::Leaves,
            "undergoes" => Self::Undergoes,
            "befalls" => Self::Befalls,
            "acts" => Self::Acts,
            "denies" => Self::Denies,
            _ => return None,
        })
    }
}

impl Grammar {
    /// Reads `words.csv`, `verbs.csv`, `valency.csv`, `abbreviations.csv` and `speech.csv`.
    ///
    /// # Errors
    /// A missing or broken table.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let mut grammar = Self::default();
        for row in lexicon.table("words.csv")?.rows() {
            grammar.closed.insert(row.get("word").to_owned());
        }
        for row in lexicon.table("verbs.csv")?.rows() {
            grammar.add_verb(row.get("verb"), row.get("past"), row.get("participle"));
        }
        for row in lexicon.table("abbreviations.csv")?.rows() {
            grammar.abbreviations.insert(row.get("abbreviation").to_lowercase(), row.get("title") == "yes");
        }
        for row in lexicon.table("speech.csv")?.rows() {
            grammar.speech.insert(row.get("verb").to_owned());
        }
        for row in lexicon.table("valency.csv")?.rows() {
            let takes = Takes::parse(row.get("takes")).ok_or_else(|| row.error("takes: no such pattern"))?;
            grammar.valency.entry(takes).or_default().insert(row.get("verb").to_owned());
        }
        Ok(grammar)
    }

    /// Whether that goes with the verb.
    pub fn takes(&self, lemma: &str, pattern: Takes) -> bool {
        self.valency.get(&pattern).is_some_and(|verbs| verbs.contains(lemma))
    }

    /// Whether the verb introduces what somebody says or thinks.
    pub fn is_speech(&self, lemma: &str) -> bool {
        self.speech.contains(lemma)
    }

    /// Whether the word, in lower case, is an article, pronoun, preposition, conjunction or the like.
    pub fn is_closed(&self, lower: &str) -> bool {
        self.closed.contains(lower)
    }

    /// The verbs, with form, that a word may be a form of; in lower case.
    pub fn verb_forms(&self, lower: &str) -> &[(String, VerbForm)] {
        self.verbs.get(lower).map_or(&[], Vec::as_slice)
    }

    /// The verb of which `lower` is the form `form`.
    pub fn lemma(&self, lower: &str, form: VerbForm) -> Option<&str> {
        self.verb_forms(lower).iter().find(|(_, f)| *f == form).map(|(lemma, _)| lemma.as_str())
    }

    /// The gerund of a verb: "sending".
    pub fn gerund(&self, lemma: &str) -> Option<String> {
        self.gerunds.get(lemma).cloned().or_else(|| gerund(lemma, &[]))
    }

    /// Whether `word` (without its stop) is written with a full stop that ends no sentence.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains_key(&word.to_lowercase())
    }

    /// Whether the abbreviation (with its stop) stands before a name ("Mr.", "Gen.").
    pub fn is_title_abbreviation(&self, form: &str) -> bool {
        let word = form.trim_end_matches('.').to_lowercase();
        word.chars().count() == 1 || self.abbreviations.get(&word).copied().unwrap_or(false)
    }

    /// Whether a capitalized word is one that opens sentences ("The", "He", "In") rather than a name.
    pub fn opens_sentence(&self, lower: &str) -> bool {
        self.is_closed(lower)
    }

    /// Adds a verb with all its forms.
    pub fn add_verb(&mut self, verb: &str, past: &str, participle: &str) {
        let (stem, rest) = match verb.rsplit_once('-') {
            Some((head, tail)) if head.len() <= 3 => (format!("{head}-"), tail),
            _ => (String::new(), verb),
        };
        let mut put = |form: String, kind: VerbForm| {
            let forms = self.verbs.entry(form).or_default();
            if !forms.iter().any(|(lemma, f)| lemma == verb && *f == kind) {
                forms.push((verb.to_owned(), kind));
            }
        };
        put(verb.to_owned(), VerbForm::Base);
        put(format!("{stem}{}", third(rest)), VerbForm::Third);
        let ings = with_suffix(rest, "ing");
        for ing in &ings {
            put(format!("{stem}{ing}"), VerbForm::Ing);
        }
        let regular = || with_suffix(rest, "ed").into_iter().map(|f| format!("{stem}{f}"));
        if past.is_empty() {
            regular().for_each(|f| put(f, VerbForm::Past));
        } else {
            put(past.to_owned(), VerbForm::Past);
        }
        if participle.is_empty() {
            regular().for_each(|f| put(f, VerbForm::Participle));
        } else {
            put(participle.to_owned(), VerbForm::Participle);
        }
        self.gerunds.extend(gerund(rest, &[past, participle]).map(|ing| (verb.to_owned(), format!("{stem}{ing}"))));
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn third(verb: &str) -> String {
    let mut tail = verb.chars().rev();
    let (last, before) = (tail.next().unwrap_or(' '), tail.next().unwrap_or(' '));
    match last {
        'y' if !is_vowel(before) => format!("{}ies", verb.strip_suffix('y').unwrap_or(verb)),
        's' | 'x' | 'z' | 'o' => format!("{verb}es"),
        'h' if matches!(before, 'c' | 's') => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

/// The spellings of `verb` with "ed" or "ing": final e, y, and the consonant that may be doubled. Where stress decides
/// ("visited", "admitted") both spellings are given; the wrong one never occurs in text.
fn with_suffix(verb: &str, suffix: &str) -> Vec<String> {
    let mut tail = verb.chars().rev();
    let (last, before, third) = (tail.next().unwrap_or(' '), tail.next().unwrap_or(' '), tail.next().unwrap_or(' '));
    // "quit" ends like "sit".
    let third = if third == 'u' && tail.next() == Some('q') { 'q' } else { third };
    let stem = verb.strip_suffix(last).unwrap_or(verb);
    match last {
        'e' if suffix == "ed" => vec![format!("{verb}d")],
        'e' if before == 'i' => vec![format!("{}ying", stem.strip_suffix('i').unwrap_or(stem))],
        'e' if matches!(before, 'e' | 'o' | 'y') => vec![format!("{verb}ing")],
        'e' => vec![format!("{stem}ing")],
        'y' if suffix == "ed" && !is_vowel(before) => vec![format!("{stem}ied")],
        'c' => vec![format!("{verb}k{suffix}")],
        _ if !is_vowel(last) && is_vowel(before) && !is_vowel(third) && !matches!(last, 'w' | 'x' | 'y') => {
            vec![format!("{verb}{suffix}"), format!("{verb}{last}{suffix}")]
        }
        _ => vec![format!("{verb}{suffix}")],
    }
}

/// "stopping", "visiting", "committing", "beginning": one syllable doubles, and what doubles or changes its vowel in a form
/// of the `past`.
fn gerund(verb: &str, past: &[&str]) -> Option<String> {
    let spellings = with_suffix(verb, "ing");
    let last = verb.chars().next_back()?;
    let one_syllable = verb.split(|c| !is_vowel(c)).filter(|part| !part.is_empty()).count() == 1;
    let doubled = past.iter().any(|form| form.contains(&format!("{last}{last}e")));
    let strong = past.iter().any(|form| form.len() == verb.len() && form.ends_with(last));
    if one_syllable || doubled || strong { spellings.into_iter().next_back() } else { spellings.into_iter().next() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected() {
        let mut grammar = Grammar::default();
        for (verb, past, participle) in [
            ("stop", "", ""),
            ("deny", "", ""),
            ("veto", "vetoed", "vetoed"),
            ("die", "", ""),
            ("begin", "began", "begun"),
        ] {
            grammar.add_verb(verb, past, participle);
        }
        grammar.add_verb("withdraw", "withdrew", "withdrawn");
        for (form, lemma, kind) in [
            ("stopped", "stop", VerbForm::Past),
            ("stopping", "stop", VerbForm::Ing),
            ("denies", "deny", VerbForm::Third),
            ("denied", "deny", VerbForm::Participle),
            ("vetoes", "veto", VerbForm::Third),
            ("dying", "die", VerbForm::Ing),
            ("withdrawn", "withdraw", VerbForm::Participle),
        ] {
            assert_eq!(grammar.lemma(form, kind), Some(lemma), "{form}");
        }
        assert_eq!(grammar.gerund("stop").as_deref(), Some("stopping"));
        assert_eq!(grammar.gerund("deny").as_deref(), Some("denying"));
        assert_eq!(grammar.gerund("begin").as_deref(), Some("beginning"));
        assert_eq!(grammar.gerund("veto").as_deref(), Some("vetoing"));
        assert_eq!(grammar.gerund("ship").as_deref(), Some("shipping"));
        assert_eq!(grammar.lemma("withdrawed", VerbForm::Past), None);
    }
}
