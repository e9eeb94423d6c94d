//! Lemmas by rule and exception.
//!
//! In: a form and its tag. Out: its lemma: the exception for that form and
//! tag if there is one, else the rule of the longest known suffix under that
//! tag, else the form itself. A rule keeps or lowers case, strips characters
//! from the end and appends others.

use super::features::{HALF, straight};
use super::file::{BadModel, Reader};
use std::collections::HashMap;

/// Longest suffix that a rule looks at, in characters.
pub const SUFFIX: usize = 6;

/// How a form becomes its lemma.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// Whether capitals stay.
    pub keep_case: bool,
    /// Characters to strip.
    pub strip: usize,
    /// What to append.
    pub append: String,
}

impl Rule {
    /// The rules from `form` to `lemma`, with case lowered and kept.
    pub fn both(form: &str, lemma: &str) -> [Rule; 2] {
        [Rule::with_case(false, form, lemma), Rule::with_case(true, form, lemma)]
    }

    fn with_case(keep_case: bool, form: &str, lemma: &str) -> Rule {
        let base: Vec<char> = cased(form, keep_case).chars().collect();
        let lemma: Vec<char> = lemma.chars().collect();
        let same = base.iter().zip(&lemma).take_while(|(a, b)| a == b).count();
        Rule { keep_case, strip: base.len() - same, append: lemma[same..].iter().collect() }
    }

    /// The lemma of a form.
    pub fn apply(&self, form: &str) -> String {
        let mut base = cased(form, self.keep_case);
        let count = base.chars().count();
        if count < self.strip {
            return base;
        }
        if count == self.strip && self.append.is_empty() {
            // A rule for a suffix that is all of the form ("£" as a plural): a word without a lemma is no word.
            return base;
        }
        let cut = base.char_indices().nth(count - self.strip).map_or(base.len(), |c| c.0);
        base.truncate(cut);
        base.push_str(&self.append);
        base
    }

    /// One line of the model file, without key.
    pub fn line(&self) -> String {
        format!("{}{} {}", if self.keep_case { 'K' } else { 'L' }, self.strip, self.append)
    }

    fn parse(text: &str) -> Option<Rule> {
        let (head, append) = text.split_once(' ')?;
        let strip = head.get(1..)?.parse().ok()?;
        Some(Rule { keep_case: head.starts_with('K'), strip, append: append.to_string() })
    }
}

fn cased(form: &str, keep: bool) -> String {
    if keep { form.to_string() } else { form.to_lowercase() }
}

/// The spelling under which exceptions and suffixes are looked up.
pub fn key(form: &str) -> String {
    form.to_lowercase().chars().map(straight).collect()
}

/// Rules and exceptions.
#[derive(Debug, Default)]
pub struct Lemmas {
    rules: HashMap<String, Rule>,
}

impl Lemmas {
    /// Reads lines `tag TAB suffix TAB rule`; an exception's suffix begins
    /// with `^`.
    pub fn read(file: &mut Reader) -> Result<Lemmas, BadModel> {
        Lemmas::parse(file.text()?).ok_or(BadModel("a lemma rule is wrong"))
    }

    /// Rules from their lines.
    pub fn parse(text: &str) -> Option<Lemmas> {
        let mut rules = HashMap::new();
        for line in text.lines() {
            let (place, rule) = line.rsplit_once('\t')?;
            rules.insert(place.to_string(), Rule::parse(rule)?);
        }
        Some(Lemmas { rules })
    }

    /// The lemma of a form with a tag (`UPOS|XPOS`).
    pub fn lemma(&self, form: &str, tag: &str) -> String {
        if form.len() > 8 * HALF {
            return form.to_string();
        }
        let key = key(form);
        let mut place = format!("{tag}\t^{key}");
        if let Some(rule) = self.rules.get(&place) {
            return rule.apply(form);
        }
        let starts: Vec<usize> = key.char_indices().map(|c| c.0).chain([key.len()]).collect();
        for &start in &starts[starts.len().saturating_sub(SUFFIX + 1)..] {
            place.truncate(tag.len() + 1);
            place.push_str(&key[start..]);
            if let Some(rule) = self.rules.get(&place) {
                return rule.apply(form);
            }
        }
        form.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_between_forms_and_lemmas() {
        let [rule, _] = Rule::both("Refused", "refuse");
        assert_eq!(rule, Rule { keep_case: false, strip: 1, append: String::new() });
        assert_eq!(Rule::parse(&rule.line()), Some(rule.clone()));
        assert_eq!(rule.apply("Opposed"), "oppose");
        assert_eq!(Rule::both("Paris", "Paris")[1].apply("Berlin"), "Berlin");
        assert_eq!(Rule::both("is", "be")[0].apply("is"), "be");
        let plural = Rule { keep_case: true, strip: 1, append: String::new() };
        assert_eq!((plural.apply("Ss").as_str(), plural.apply("£").as_str()), ("S", "£"));
    }

    #[test]
    fn exceptions_before_long_suffixes_before_short() {
        let text = "V\t\tL0 \nV\tied\tL3 y\nV\t^died\tL1 ";
        let lemmas = Lemmas::parse(text).unwrap();
        assert_eq!(lemmas.lemma("Tried", "V"), "try");
        assert_eq!(lemmas.lemma("died", "V"), "die");
        assert_eq!(lemmas.lemma("Go", "V"), "go");
        assert_eq!(lemmas.lemma("Go", "X"), "Go");
        assert_eq!(lemmas.lemma("", "V"), "");
    }
}
