//! Lemmas by rule and exception.
//!
//! In: a form and its tag. Out: its lemma: the exception for that form and
//! tag if there is one, else the rule of the longest known suffix under that
//! tag, else the form itself. A rule keeps or lowers case, strips characters
//! from the end and appends others.

use super::features::{HALF, straight};
use super::file::{BadModel, Reader};
use rustc_hash::FxHashMap;

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
    // Dashes differ: the treebanks give the short one and the long one lemmas of their own.
    let straight = |c: char| if is_quote(c) { straight(c) } else { c };
    form.to_lowercase().chars().map(straight).collect()
}

/// What is left of a form that is inflected as its tag says: "smelled" may be of "smell", "smelle" or "smel".
fn stems(form: &str, tag: &str) -> Vec<String> {
    let endings: &[(&str, &[&str])] = match tag.rsplit('|').next() {
        Some("VBD" | "VBN") => &[("ied", &["y"]), ("ed", &["", "e"])],
        Some("VBG") => &[("ing", &["", "e"])],
        Some("NNS" | "VBZ") => &[("ies", &["y", "ie"]), ("es", &["", "e"]), ("s", &[""])],
        _ => return Vec::new(),
    };
    let lower = form.to_lowercase();
    let mut out = Vec::new();
    for (ending, appended) in endings {
        let Some(stem) = lower.strip_suffix(ending).filter(|s| s.chars().count() > 1) else { continue };
        out.extend(appended.iter().map(|a| format!("{stem}{a}")));
        let mut last = stem.chars().rev();
        if let (Some(a), Some(b)) = (last.next(), last.next())
            && a == b
        {
            out.push(stem[..stem.len() - a.len_utf8()].to_string());
        }
    }
    out
}

fn is_quote(c: char) -> bool {
    matches!(straight(c), '\'' | '"')
}

/// Rules and exceptions.
#[derive(Debug, Default)]
pub struct Lemmas {
    rules: FxHashMap<String, Rule>,
}

impl Lemmas {
    /// Reads lines `tag TAB suffix TAB rule`; an exception's suffix begins
    /// with `^`.
    pub fn read(file: &mut Reader) -> Result<Lemmas, BadModel> {
        Lemmas::parse(file.text()?).ok_or(BadModel("a lemma rule is wrong"))
    }

    /// Rules from their lines.
    pub fn parse(text: &str) -> Option<Lemmas> {
        let mut rules = FxHashMap::default();
        for line in text.lines() {
            let (place, rule) = line.rsplit_once('\t')?;
            rules.insert(place.to_string(), Rule::parse(rule)?);
        }
        Some(Lemmas { rules })
    }

    /// The lemma of a form with a tag (`UPOS|XPOS`). Where a rule makes what is no word as far as `known` tells, and
    /// another way to take the ending off makes one, that is taken.
    pub fn lemma(&self, form: &str, tag: &str, known: &dyn Fn(&str) -> bool) -> String {
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
                let lemma = rule.apply(form);
                let other = if known(&lemma) { None } else { stems(form, tag).into_iter().find(|s| known(s)) };
                return other.unwrap_or(lemma);
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
    fn a_known_word_is_better_than_none() {
        let lemmas = Lemmas::parse("V|VBD\ted\tL3 ").unwrap();
        let known = |w: &str| matches!(w, "smell" | "provoke" | "plan");
        let of = |form: &str| lemmas.lemma(form, "V|VBD", &known);
        assert_eq!([of("smelled"), of("provoked"), of("planned"), of("blogged")], ["smell", "provoke", "plan", "blog"]);
    }

    #[test]
    fn exceptions_before_long_suffixes_before_short() {
        let text = "V\t\tL0 \nV\tied\tL3 y\nV\t^died\tL1 ";
        let lemmas = Lemmas::parse(text).unwrap();
        let none = |_: &str| false;
        assert_eq!(lemmas.lemma("Tried", "V", &none), "try");
        assert_eq!(lemmas.lemma("died", "V", &none), "die");
        assert_eq!(lemmas.lemma("Go", "V", &none), "go");
        assert_eq!(lemmas.lemma("Go", "X", &none), "Go");
        assert_eq!(lemmas.lemma("", "V", &none), "");
    }
}
