//! Mends what the parser is known to get wrong in news: each rule undoes one kind of error.

use crate::language::engine::Upos;
use crate::language::{Grammar, Tree, VerbForm};

/// Mends the tree in place.
pub fn repair(tree: &mut Tree, grammar: &Grammar) {
    (1..tree.words.len()).for_each(|at| report(tree, at, grammar));
    missing_verb(tree, grammar);
    for at in 0..tree.words.len() {
        if tree.words[at].upos == Upos::Verb {
            fix_lemma(tree, at, grammar);
            quotative(tree, at, grammar);
            agent(tree, at);
            coordinated(tree, at);
            participle(tree, at);
            compound(tree, at);
            oblique(tree, at);
            relative(tree, at);
        }
    }
}

/// "…, reports Reuters": a plural noun behind a comma and before a name is the verb of saying that it looks like.
fn report(tree: &mut Tree, at: usize, grammar: &Grammar) {
    let word = &tree.words[at];
    let verb = grammar.verb_forms(&word.lower).iter().find(|(_, form)| *form == VerbForm::Third);
    let Some((lemma, _)) = verb.filter(|(lemma, _)| word.xpos == "NNS" && grammar.is_speech(lemma)) else { return };
    let marked = tree.words[at - 1].is_mark();
    let Some(name) = tree.words.get(at + 1).filter(|w| marked && w.upos == Upos::Propn).map(|_| at + 1) else { return };
    let Some(root) = tree.words.iter().position(|w| w.head.is_none()).filter(|&r| r < at) else { return };
    let lemma = lemma.clone();
    // The name's own words keep together: its top is the last one above it behind the verb.
    let mut top = name;
    while let Some(head) = tree.head(top).filter(|&h| h > at) {
        top = head;
    }
    tree.attach(at, root, "parataxis");
    tree.attach(top, at, "nsubj");
    let word = &mut tree.words[at];
    (word.upos, word.xpos, word.lemma) = (Upos::Verb, "VBZ", lemma);
}

/// "Norway backed the plan": in a sentence without a verb, what was taken for a participle between two nouns is it.
fn missing_verb(tree: &mut Tree, grammar: &Grammar) {
    if tree.words.iter().any(|w| matches!(w.xpos, "VBD" | "VBZ" | "VBP" | "MD")) {
        return;
    }
    let finite =
        |at: usize, kind: VerbForm| grammar.verb_forms(&tree.words[at].lower).iter().any(|(_, form)| *form == kind);
    let past = |at: usize| match tree.words[at].xpos {
        "VBN" => finite(at, VerbForm::Past),
        // "Norway plans a treaty"
        "NNS" => {
            let next = tree.words.get(at + 1).is_some_and(|w| w.upos == Upos::Det || w.lower == "to");
            finite(at, VerbForm::Third) && tree.words[at - 1].upos == Upos::Propn && next
        }
        _ => false,
    };
    for verb in (1..tree.words.len()).filter(|&at| past(at)) {
        let before = (0..verb).rev().find(|&at| tree.words[at].upos != Upos::Adv);
        let Some(mut subject) = before.filter(|&b| tree.words[b].is_nominal()) else { continue };
        for _ in 0..8 {
            match tree.head(subject) {
                Some(head) if head < verb => subject = head,
                _ => break,
            }
        }
        let object = tree.head(verb).filter(|&n| n > verb && matches!(tree.rel(verb), "amod" | "compound" | "nsubj"));
        if object.is_none() && tree.child(verb, &["obj", "ccomp", "xcomp"]).is_none() {
            continue;
        }
        tree.make_root(verb, "parataxis");
        tree.attach(subject, verb, "nsubj");
        if let Some(object) = object {
            tree.attach(object, verb, "obj");
        }
        tree.words[verb].upos = Upos::Verb;
        tree.words[verb].xpos = if tree.words[verb].xpos == "NNS" { "VBZ" } else { "VBD" };
        return;
    }
}

/// Verbs that the tables list have their lemma from there.
fn fix_lemma(tree: &mut Tree, at: usize, grammar: &Grammar) {
    let word = &tree.words[at];
    let forms = grammar.verb_forms(&word.lower);
    if !forms.is_empty()
        && !forms.iter().any(|(lemma, _)| *lemma == word.lemma)
        && let [(lemma, _), rest @ ..] = forms
        && rest.iter().all(|(other, _)| other == lemma)
    {
        tree.words[at].lemma = lemma.clone();
    }
}

/// "…, reports Welt am Sonntag": a verb of saying behind what is said has its subject behind it.
fn quotative(tree: &mut Tree, at: usize, grammar: &Grammar) {
    let word = &tree.words[at];
    if !grammar.is_speech(&word.lemma) || tree.child(at, &["nsubj"]).is_some() || !matches!(word.xpos, "VBD" | "VBZ") {
        return;
    }
    let after_mark = at.checked_sub(1).is_some_and(|b| tree.words[b].is_mark());
    let told = matches!(word.rel(), "parataxis") || tree.child(at, &["ccomp", "parataxis"]).is_some_and(|c| c < at);
    if let Some(object) = tree.child(at, &["obj"]).filter(|&o| after_mark && o > at)
        && told
    {
        tree.attach(object, at, "nsubj");
    }
}

/// "by" and a noun in a passive clause is the agent, unless it says how or when.
fn agent(tree: &mut Tree, at: usize) {
    if !tree.is_passive(at) {
        return;
    }
    let by: Vec<usize> = (tree.children(at).iter().copied())
        .filter(|&c| tree.words[c].rel() == "obl" && tree.preposition(c) == Some("by"))
        .collect();
    // "was not invited to the summit by X": the name behind "by" hangs too low.
    if by.is_empty() {
        let lower =
            tree.children(at).iter().copied().filter(|&c| c > at && matches!(tree.rel(c), "obl" | "xcomp" | "obj"));
        let name = lower
            .flat_map(|c| tree.children(c))
            .copied()
            .find(|&n| tree.rel(n) == "nmod" && tree.preposition(n) == Some("by") && tree.words[n].upos == Upos::Propn);
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

/// "refused to send aid and urged": a finite verb goes with the finite verb above, not with the infinitive.
fn coordinated(tree: &mut Tree, at: usize) {
    let word = &tree.words[at];
    if word.rel() != "conj" || !matches!(word.xpos, "VBD" | "VBZ") || tree.child(at, &["nsubj"]).is_some() {
        return;
    }
    let Some(with) = tree.head(at) else { return };
    if !tree.is_infinitive(with) && tree.words[with].xpos != "VBG" {
        return;
    }
    let mut above = tree.head(with);
    for _ in 0..6 {
        let Some(verb) = above else { return };
        if matches!(tree.words[verb].xpos, "VBD" | "VBZ" | "VBP") {
            tree.attach(at, verb, "conj");
            return;
        }
        above = tree.head(verb);
    }
}

/// "signed a government decree": of two objects side by side the first is part of the second's name.
fn compound(tree: &mut Tree, verb: usize) {
    let objects: Vec<usize> = tree.children(verb).iter().copied().filter(|&c| tree.rel(c) == "obj").collect();
    for pair in objects.windows(2) {
        if pair[0] + 1 == pair[1] && tree.words[pair[1]].upos == Upos::Noun {
            tree.attach(pair[0], pair[1], "compound");
            let left: Vec<usize> = tree.children(pair[0]).iter().copied().filter(|&c| c < pair[0]).collect();
            left.into_iter().for_each(|c| tree.attach(c, pair[1], tree.words[c].deprel));
        }
    }
}

/// "the issue of aid to Ukraine, which has": a relative clause behind a comma tells of the name right before it.
fn relative(tree: &mut Tree, verb: usize) {
    if tree.words[verb].deprel != "acl:relcl" {
        return;
    }
    let pronoun = tree.child(verb, &["nsubj"]).filter(|&p| matches!(tree.words[p].xpos, "WDT" | "WP"));
    let name = pronoun.and_then(|p| p.checked_sub(2)).filter(|&n| tree.words[n + 1].lower == ",");
    if let (Some(name), Some(head)) = (name, tree.head(verb))
        && tree.words[name].upos == Upos::Propn
        && tree.words[head].upos == Upos::Noun
        && head < name
    {
        tree.attach(verb, name, "acl:relcl");
    }
}

/// What has a preposition is no object.
fn oblique(tree: &mut Tree, verb: usize) {
    let with_case: Vec<usize> = (tree.children(verb).iter().copied())
        .filter(|&c| tree.rel(c) == "obj" && tree.child(c, &["case"]).is_some_and(|p| tree.words[p].upos == Upos::Adp))
        .collect();
    with_case.into_iter().for_each(|c| tree.words[c].deprel = "obl");
}

/// "delayed assistance and opposed sanctions": a participle after "and", under a finite verb, that the parser takes for
/// an adjective of the next noun, is a verb with that noun as its object.
fn participle(tree: &mut Tree, at: usize) {
    let word = &tree.words[at];
    if word.rel() != "amod" || word.xpos != "VBN" {
        return;
    }
    let Some(noun) = tree.head(at).filter(|&n| n > at && tree.rel(n) == "conj") else { return };
    let cc = tree.children(noun).iter().copied().find(|&c| tree.rel(c) == "cc" && c + 1 == at);
    let mut above = tree.head(noun);
    for _ in 0..6 {
        let (Some(cc), Some(verb)) = (cc, above) else { return };
        if matches!(tree.words[verb].xpos, "VBD" | "VBN") && tree.words[verb].upos == Upos::Verb {
            tree.attach(at, verb, "conj");
            tree.attach(noun, at, "obj");
            tree.attach(cc, at, "cc");
            return;
        }
        above = tree.head(verb);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{sentences, trees};
    use crate::lexicon::Lexicon;

    fn subject_of(text: &str, lemma: &str) -> Option<String> {
        let grammar = Grammar::new(&Lexicon::embedded().unwrap()).unwrap();
        let mut tree = trees(text, &sentences(text, &grammar), &[]).remove(0);
        repair(&mut tree, &grammar);
        let verb = tree.words.iter().position(|w| w.lemma == lemma).unwrap();
        tree.child(verb, &["nsubj"]).map(|s| tree.words[s].lower.clone())
    }

    #[test]
    fn quotatives_have_their_subject_behind_them() {
        assert_eq!(subject_of("Norway signed a treaty, reports Reuters.", "report").as_deref(), Some("reuters"));
    }
}
