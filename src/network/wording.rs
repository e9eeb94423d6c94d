//! How a matter stands in a sentence.
//!
//! In: its name. Out: words. Never here: sentences.

/// A matter as it stands in a sentence: "the training mission in Ukraine", "sending instructors", "EU assistance".
///
/// Only what one can count takes an article, and only the words that stances are often about are known.
pub fn matter_in_words(name: &str) -> String {
    const COUNTED: [&str; 54] = [
        "accord",
        "act",
        "agreement",
        "amendment",
        "annexation",
        "attack",
        "ban",
        "bill",
        "blockade",
        "budget",
        "campaign",
        "ceasefire",
        "coalition",
        "convention",
        "coup",
        "deal",
        "decision",
        "draft",
        "election",
        "embargo",
        "initiative",
        "invasion",
        "inquiry",
        "intervention",
        "law",
        "merger",
        "mission",
        "motion",
        "offer",
        "offensive",
        "operation",
        "pact",
        "peninsula",
        "pipeline",
        "plan",
        "plans",
        "programme",
        "program",
        "project",
        "proposal",
        "protocol",
        "referendum",
        "reform",
        "resolution",
        "ruling",
        "scheme",
        "strategy",
        "strike",
        "summit",
        "treaty",
        "truce",
        "vote",
        "war",
        "withdrawal",
    ];
    const BETWEEN: [&str; 15] = [
        "of", "in", "on", "for", "to", "against", "with", "by", "from", "at", "over", "between", "under", "that",
        "into",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let before = words.iter().position(|w| BETWEEN.contains(w)).unwrap_or(words.len());
    let head = before.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
    let first = words.first().copied().unwrap_or_default();
    // "forming a coalition" has its article further in.
    let own = words[..before]
        .iter()
        .any(|w| ["the", "a", "an", "its", "his", "her", "their", "this", "that", "all", "any", "no"].contains(w));
    let named = first.chars().next().is_some_and(|c| !c.is_lowercase()) && before < 2;
    if COUNTED.contains(&head) && !own && !named { format!("the {name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_one_can_count_has_an_article() {
        assert_eq!(matter_in_words("training mission in Ukraine"), "the training mission in Ukraine");
        assert_eq!(
            matter_in_words("sending military instructors to Ukraine"),
            "sending military instructors to Ukraine"
        );
        assert_eq!(matter_in_words("sanctions against Russia"), "sanctions against Russia");
        assert_eq!(matter_in_words("EU assistance to Ukraine"), "EU assistance to Ukraine");
        assert_eq!(matter_in_words("EU training mission"), "the EU training mission");
        assert_eq!(matter_in_words("Green Deal"), "Green Deal");
        assert_eq!(matter_in_words("climate change"), "climate change");
        assert_eq!(matter_in_words("their plan"), "their plan");
        assert_eq!(matter_in_words("forming a coalition"), "forming a coalition");
        assert_eq!(matter_in_words(""), "");
    }
}
