//! Clauses that only say that somebody else does the same, and names that stand behind the clause that they belong to.

use crate::language::Tree;
use crate::language::engine::Upos;

/// "X asked for it, and so had Y", "nor did Y": Y is one more subject of the verb before.
pub(super) fn so_did(tree: &mut Tree, at: usize) {
    let before = at.checked_sub(1).map(|b| tree.words[b].lower.as_str());
    if !is_auxiliary(&tree.words[at].lower) || !matches!(before, Some("so" | "nor" | "neither")) {
        return;
    }
    let below = tree.children(at).iter().copied().find(|&c| {
        c > at && tree.words[c].is_nominal() && matches!(tree.rel(c), "obj" | "nsubj" | "xcomp" | "ccomp" | "obl")
    });
    let above = tree.head(at).filter(|&h| h > at && tree.words[h].is_nominal() && tree.rel(at) != "acl");
    let Some(name) = below.or(above) else { return };
    if tree.span(name, &|c| c <= at || tree.rel(c) == "punct").start != at + 1 {
        return;
    }
    let clause = if below.is_some() { at } else { name };
    same_subject(tree, clause, name, at);
}

/// "X rejected it, and Y did too", "and Y followed suit": Y is one more subject of the verb before.
pub(super) fn did_too(tree: &mut Tree, verb: usize) {
    let Some(name) = tree.child(verb, &["nsubj"]).filter(|&s| s < verb) else { return };
    let has = |words: &[&str]| {
        (tree.children(verb).iter()).any(|&c| c > verb && words.contains(&tree.words[c].lower.as_str()))
    };
    let same = match tree.words[verb].lemma.as_str() {
        "do" => has(&["too", "likewise", "same"]) || tree.words.get(verb + 1).is_some_and(|w| w.lower == "likewise"),
        "follow" => has(&["suit"]),
        _ => false,
    };
    let asserted = tree.child(verb, &["aux", "mark"]).is_none() && !tree.is_negated(verb);
    if same && asserted && tree.words[name].upos == Upos::Propn {
        same_subject(tree, verb, name, verb);
    }
}

/// "voted for the bill, Norway/appos against it", "and Norway/conj in favour": Norway stands beside no bill.
pub(super) fn and_against(tree: &mut Tree, at: usize) {
    let last = at.checked_sub(1).filter(|&b| tree.gapped_end(at).is_some() && tree.words[b].upos == Upos::Propn);
    let Some(mut name) = last else { return };
    while let Some(head) = tree.head(name).filter(|&h| h + 1 == name && matches!(tree.rel(name), "flat" | "compound")) {
        name = head;
    }
    let first = tree.head(name).filter(|&h| h < name && tree.words[h].upos == Upos::Noun);
    if first.is_some()
        && matches!(tree.rel(name), "appos" | "conj" | "nmod")
        && let Some(root) = tree.root().filter(|&r| r < name)
    {
        tree.attach(name, root, "dep");
    }
}

/// Makes `name` one more subject of the verb that `clause` is coordinated with; `rest` stays behind as a mere word.
fn same_subject(tree: &mut Tree, clause: usize, name: usize, rest: usize) {
    if !matches!(tree.rel(clause), "conj" | "parataxis" | "ccomp") {
        return;
    }
    let Some(verb) = tree.head(clause).filter(|&v| tree.words[v].upos == Upos::Verb && v < clause) else { return };
    let Some(subject) = tree.child(verb, &["nsubj"]).filter(|&s| s < verb && s != name) else { return };
    if clause == name {
        let own: Vec<usize> = tree.children(name).iter().copied().filter(|&c| c <= rest).collect();
        own.into_iter().for_each(|c| tree.attach(c, verb, "dep"));
    } else {
        tree.words[clause].deprel = "dep";
        tree.words[clause].upos = Upos::Aux;
    }
    tree.attach(name, subject, "conj");
}

/// "Ten countries rejected the plan, including X", "…, among them X": X belongs to the many that did it.
pub(super) fn among_them(tree: &mut Tree, at: usize) {
    let Some(case) = tree.child(at, &["case"]).filter(|&c| c < at && c > 0 && tree.words[c - 1].lower == ",") else {
        return;
    };
    let named = match tree.words[case].lower.as_str() {
        "including" => tree.words[at].upos == Upos::Propn,
        "among" => tree.words[at].lower == "them",
        _ => false,
    };
    let Some(head) = tree.head(at).filter(|_| named && matches!(tree.rel(at), "nmod" | "obl")) else { return };
    let many = |w: usize| tree.words[w].xpos == "NNS";
    // A list of things may include a name: only the many persons before the verb are looked for.
    if tree.words[head].is_nominal() && many(head) {
        return;
    }
    let mut verb = Some(head);
    while let Some(here) = verb.filter(|&v| tree.words[v].upos != Upos::Verb) {
        verb = tree.head(here);
    }
    let Some(verb) = verb.filter(|&v| v < case) else { return };
    let last = tree.child(verb, &["obj"]).is_some_and(many);
    let agent = tree.children(verb).iter().copied().find(|&c| tree.words[c].deprel == "obl:agent" && many(c));
    let Some(group) = agent.or_else(|| tree.child(verb, &["nsubj"]).filter(|&s| many(s) && !last)) else { return };
    if group < case {
        tree.attach(at, group, "nmod");
    }
}

fn is_auxiliary(lower: &str) -> bool {
    matches!(
        lower,
        "did"
            | "does"
            | "do"
            | "has"
            | "have"
            | "had"
            | "was"
            | "were"
            | "is"
            | "are"
            | "will"
            | "would"
            | "can"
            | "could"
    )
}
