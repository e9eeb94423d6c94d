//! Learns lemma rules: for every tag and suffix the majority rule, kept where
//! it differs from that of the shorter suffix, and exceptions for the forms
//! that the rules get wrong.

use crate::corpus::Sentence;
use stancenet::language::engine::lemma::{Lemmas, Rule, SUFFIX, key};
use std::collections::BTreeMap;

/// The lines of the lemma section of the model file.
pub fn learn(train: &[Sentence]) -> String {
    let mut forms: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for s in train {
        for ((form, lemma), tag) in s.forms.iter().zip(&s.lemmas).zip(&s.tags) {
            if lemma != "_" {
                *forms.entry((tag, form, lemma)).or_default() += 1;
            }
        }
    }
    let mut votes: BTreeMap<String, BTreeMap<Rule, usize>> = BTreeMap::new();
    for (&(tag, form, lemma), &count) in &forms {
        let key: Vec<char> = key(form).chars().collect();
        for rule in rules(form, lemma) {
            for n in 0..=SUFFIX.min(key.len()) {
                let suffix: String = key[key.len() - n..].iter().collect();
                // Types count more than tokens: rules are for unseen words.
                *votes.entry(format!("{tag}\t{suffix}")).or_default().entry(rule.clone()).or_default() +=
                    1 + usize::from(count > 3);
            }
        }
    }
    let mut kept: BTreeMap<String, Rule> = BTreeMap::new();
    let mut places: Vec<&String> = votes.keys().collect();
    places.sort_by_key(|p| (p.chars().count(), p.to_string()));
    for place in places {
        let Some((rule, &best)) = votes[place].iter().max_by_key(|(r, c)| (**c, std::cmp::Reverse((*r).clone())))
        else {
            continue;
        };
        let (tag, suffix) = place.split_once('\t').unwrap_or((place, ""));
        let shorter = (1..=suffix.chars().count()).find_map(|n| {
            let rest: String = suffix.chars().skip(n).collect();
            kept.get(&format!("{tag}\t{rest}"))
        });
        let odd = rule.append.chars().count() > 2 || rule.strip > 4;
        if shorter != Some(rule) && (best >= if odd { 6 } else { 2 } || suffix.is_empty()) {
            kept.insert(place.clone(), rule.clone());
        }
    }
    let lines =
        |kept: &BTreeMap<String, Rule>| kept.iter().map(|(p, r)| format!("{p}\t{}\n", r.line())).collect::<String>();
    let lemmas = Lemmas::parse(&lines(&kept)).expect("rules just made");
    // For the forms of one spelling: how many tokens each rule gets right.
    let mut exceptions: BTreeMap<String, Vec<(&str, &str, &str, usize)>> = BTreeMap::new();
    for (&(tag, form, lemma), &count) in &forms {
        exceptions.entry(format!("{tag}\t^{}", key(form))).or_default().push((tag, form, lemma, count));
    }
    for (place, seen) in exceptions {
        let right = |lemma_of: &dyn Fn(&str) -> String| {
            seen.iter().filter(|s| lemma_of(s.1) == s.2).map(|s| s.3).sum::<usize>()
        };
        let tag = seen[0].0;
        let now = right(&|form| lemmas.lemma(form, tag, &|_| false));
        let candidates: std::collections::BTreeSet<Rule> = seen.iter().flat_map(|s| Rule::both(s.1, s.2)).collect();
        let best = candidates
            .into_iter()
            .map(|r| (right(&|form| r.apply(form)), r))
            .max_by_key(|(n, r)| (*n, std::cmp::Reverse(r.clone())));
        if let Some((count, rule)) = best
            && count > now
            && (count - now >= 2 || !tag.starts_with("PROPN"))
        {
            kept.insert(place, rule);
        }
    }
    println!("{} lemma rules", kept.len());
    lines(&kept)
}

/// The cheapest rules from a form to its lemma: with case kept, lowered, or
/// either where both are as cheap.
fn rules(form: &str, lemma: &str) -> Vec<Rule> {
    let [lower, kept] = Rule::both(form, lemma);
    let cost = |r: &Rule| r.strip + r.append.chars().count();
    match cost(&lower).cmp(&cost(&kept)) {
        std::cmp::Ordering::Less => vec![lower],
        std::cmp::Ordering::Greater => vec![kept],
        std::cmp::Ordering::Equal => vec![lower, kept],
    }
}

/// Prints the accuracy with right tags on a development set.
pub fn check(lines: &str, set: &[Sentence]) {
    let lemmas = Lemmas::parse(lines).expect("rules just made");
    let (mut right, mut all) = (0, 0);
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    for s in set {
        for ((form, lemma), tag) in s.forms.iter().zip(&s.lemmas).zip(&s.tags) {
            let found = lemmas.lemma(form, tag, &|_| false);
            all += 1;
            if lemma == "_" || *lemma == found {
                right += 1;
            } else {
                *wrong.entry(format!("{tag} {form} {lemma} {found}")).or_default() += 1;
            }
        }
    }
    println!("lemmas with right tags: {:.2}", 100.0 * right as f32 / all as f32);
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort_by_key(|w| std::cmp::Reverse(w.1));
    wrong.iter().take(30).for_each(|w| println!("  {} {}", w.1, w.0));
}
