//! Agents, and the phrases that hang too low behind them.

use crate::language::Tree;
use crate::language::engine::Upos;

/// "by" and a noun in a passive clause is the agent, unless it says how or when.
pub(super) fn agent(tree: &mut Tree, at: usize) {
    if !tree.is_passive(at) {
        return;
    }
    let by: Vec<usize> = (tree.children(at).iter().copied())
        .filter(|&c| tree.words[c].rel() == "obl" && tree.preposition(c) == Some("by"))
        .collect();
    // "was not invited to the summit by X": the name behind "by" hangs too low.
    if by.is_empty() {
        let below = |c: usize| match tree.rel(c) {
            "xcomp" | "obj" => true,
            "obl" | "advcl" => matches!(tree.preposition(c), Some("to" | "from" | "of" | "for" | "as" | "at")),
            _ => false,
        };
        let named = |n: usize| {
            matches!(tree.words[n].deprel, "nmod" | "obl")
                && tree.preposition(n) == Some("by")
                && tree.words[n].upos == Upos::Propn
        };
        let lower = tree.children(at).iter().copied().filter(|&c| c > at && below(c));
        let name = lower.flat_map(|c| tree.children(c)).copied().find(|&n| named(n));
        if let Some(name) = name {
            tree.attach(name, at, "obl:agent");
        }
    }
    for c in by {
        if matches!(tree.words[c].upos, Upos::Propn | Upos::Noun | Upos::Pron) {
            tree.words[c].deprel = "obl:agent";
        }
    }
}

/// "accused by the opposition of lying": the gerund belongs to the verb.
pub(super) fn of_gerund(tree: &mut Tree, verb: usize) {
    let under =
        tree.children(verb).iter().copied().filter(|&c| c > verb && matches!(tree.rel(c), "obj" | "obl" | "iobj"));
    let found: Vec<(usize, usize)> = under
        .flat_map(|c| tree.children(c).iter().map(move |&g| (c, g)))
        .filter(|&(c, g)| {
            let gerund = tree.words[g].deprel == "acl"
                && tree
                    .children(g)
                    .iter()
                    .any(|&m| tree.words[m].xpos == "VBG" || tree.words[g].xpos == "VBG" && m < g);
            let of = tree.child(g, &["mark"]).is_some_and(|m| tree.words[m].lower == "of");
            let who = tree.words[c].deprel == "obl:agent" || tree.words[c].upos == Upos::Propn;
            gerund && of && who
        })
        .collect();
    for (_, gerund) in found {
        tree.attach(gerund, verb, "advcl");
    }
}

/// "a lawsuit filed by the Senate against X": nobody is against somebody by name alone; the phrase belongs to the noun
/// or verb above the name.
pub(super) fn against(tree: &mut Tree, at: usize) {
    if tree.preposition(at) != Some("against") || tree.words[at].rel() != "nmod" {
        return;
    }
    let Some(name) = tree.head(at).filter(|&h| h < at && tree.words[h].upos == Upos::Propn) else { return };
    let mut above = tree.head(name);
    while let Some(head) = above.filter(|&h| tree.words[h].upos == Upos::Propn) {
        above = tree.head(head);
    }
    let Some(head) = above else { return };
    let verb = tree.words[head].upos == Upos::Verb;
    // "filed by X against Y": the suit is against Y.
    let noun = tree
        .head(head)
        .filter(|&n| verb && tree.words[head].deprel == "acl" && tree.words[n].upos == Upos::Noun && n < head);
    match noun {
        Some(noun) => tree.attach(at, noun, "nmod"),
        None if verb => tree.attach(at, head, "obl"),
        None => tree.attach(at, head, "nmod"),
    }
}
