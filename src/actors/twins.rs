//! Names that may be one actor's: they differ only by a typing error or by how they are brought into Latin letters.
//!
//! In: names. Out: pairs, to be shown to the user. Nothing is ever merged here.

use crate::actors::names::fold;
use std::collections::{BTreeMap, BTreeSet};

/// A shorter name has too many like it.
const SHORTEST: usize = 4;

/// More names that begin alike are not compared: the work stays in proportion to the names.
const MOST: usize = 300;

/// Pairs of names that may be one actor's, in alphabetical order.
///
/// Names are compared by their consonants, with the letters that transliterations disagree on made one ("Zelensky",
/// "Zelenskyy" and "Selenskij" are `slnsk`); of these skeletons, one letter in six or more may differ (Damerau 1964).
pub fn twins<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<(&'a str, &'a str)> {
    let names: BTreeSet<&str> = names.into_iter().collect();
    let mut groups: BTreeMap<String, Vec<(&str, String)>> = BTreeMap::new();
    for name in names {
        let bones = skeleton(name);
        if bones.len() >= SHORTEST {
            let group = groups.entry(bones.chars().take(2).collect()).or_default();
            if group.len() < MOST {
                group.push((name, bones));
            }
        }
    }
    let mut out = Vec::new();
    for group in groups.values() {
        for (at, (one, a)) in group.iter().enumerate() {
            let like = group[at + 1..].iter().filter(|(other, b)| alike(a, b) && words(one).abs_diff(words(other)) < 2);
            out.extend(like.map(|(other, _)| (*one, *other)));
        }
    }
    out.sort_unstable();
    out
}

fn words(name: &str) -> usize {
    name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count()
}

fn alike(a: &str, b: &str) -> bool {
    a == b || a.len().max(b.len()) >= 6 && strsim::damerau_levenshtein(a, b) == 1
}

/// The consonants of a name.
fn skeleton(name: &str) -> String {
    let mut out = String::new();
    let folded = fold(name);
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let pair =
            [("kh", 'h'), ("ch", 'h'), ("sh", 's'), ("zh", 's'), ("ts", 's'), ("tz", 's'), ("ph", 'f'), ("ck", 'k')];
        let (letter, length) = match pair.iter().find(|(two, _)| rest.starts_with(two)) {
            Some((two, one)) => (*one, two.len()),
            None => (first, first.len_utf8()),
        };
        rest = &rest[length..];
        let letter = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' | 'w' | '\'' => continue,
            'z' => 's',
            'q' | 'c' => 'k',
            'v' => 'f',
            c if c.is_alphanumeric() => c,
            _ => continue,
        };
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_and_typing_errors_are_offered() {
        let names =
            ["Volodymyr Zelensky", "Volodymyr Zelenskyy", "Donald Trump", "Melania Trump", "Abd-Rabbu Mansour Hadi"];
        assert_eq!(twins(names), [("Volodymyr Zelensky", "Volodymyr Zelenskyy")]);
        assert_eq!(twins(["Abd-Rabbu Mansour Hadi", "Abdrabbuh Mansur Hadi"]).len(), 1);
        assert_eq!(twins(["Pedro Pierluisi", "Pedro Pierliusi"]).len(), 1);
    }

    #[test]
    fn different_names_are_not() {
        assert!(twins(["Iran", "Iraq", "Niger", "Nigeria", "North Korea", "South Korea", "Mali", "Malawi"]).is_empty());
        assert!(twins(["Austria", "Australia", "Slovakia", "Slovenia"]).is_empty());
    }
}
