//! Headlines: verbs in the present tense that look like plural nouns, and clauses without auxiliaries.

use super::predicates::predicate;
use super::{is_finite, is_form, retag};
use crate::language::engine::Upos;
use crate::language::{Grammar, Takes, Tree, VerbForm};

/// Longer sentences are no headlines.
const LONGEST: usize = 24;

/// Mends the tree of a headline.
pub(super) fn headline(tree: &mut Tree, grammar: &Grammar) {
    let Some(root) = tree.root() else { return };
    noun_with_subject(tree, root, grammar);
    name_and_verb(tree, root, grammar);
    if tree.words.len() > LONGEST || tree.words.last().is_none_or(|w| matches!(w.lower.as_str(), "." | "?" | "…")) {
        return;
    }
    // Lists, addresses and signatures are no clauses.
    if tree.words.iter().any(|w| matches!(w.lower.as_str(), ":" | "(" | "<" | "<<" | "/" | "@") || w.rel() == "list")
        || tree.words[0].upos == Upos::Num && tree.words.get(1).is_some_and(crate::language::Word::is_mark)
    {
        return;
    }
    if tree.words.iter().any(|w| matches!(w.lower.as_str(), "\"" | "“" | "”" | "is" | "are" | "was" | "were")) {
        return;
    }
    two_names(tree, grammar);
    plural(tree, grammar);
    to_come(tree);
    urged(tree, grammar);
    fined(tree, grammar);
}

/// "Every step matters": a noun that has a subject, and no copula, is the verb that it looks like.
fn noun_with_subject(tree: &mut Tree, root: usize, grammar: &Grammar) {
    let word = &tree.words[root];
    let form = match word.xpos {
        "NNS" | "NNPS" => VerbForm::Third,
        "NN" | "NNP" => VerbForm::Base,
        _ => return,
    };
    let Some(lemma) = grammar.lemma(&word.lower, form).map(str::to_owned) else { return };
    let subject = tree.child(root, &["nsubj"]).filter(|&s| s < root);
    if tree.child(root, &["cop", "det", "case", "amod"]).is_some() {
        return;
    }
    let chain = root.checked_sub(1).is_some_and(|b| form == VerbForm::Base && tree.rel(b) == "compound");
    if subject.is_some() && !chain {
        retag(tree, root, if form == VerbForm::Third { "VBZ" } else { "VBP" }, Some(&lemma));
        let loose: Vec<usize> = tree.children(root).iter().copied().filter(|&c| tree.rel(c) == "nmod").collect();
        loose.into_iter().for_each(|c| tree.words[c].deprel = "obl");
        return;
    }
    // "Sources report she is": a verb of saying with what is said behind it.
    let before = root.checked_sub(1).filter(|&b| tree.words[b].xpos == "NNS" && tree.rel(b) == "compound");
    let told = tree.child(root, &["acl"]).filter(|&c| c > root && tree.child(c, &["nsubj"]).is_some_and(|s| s < c));
    let no_relative =
        |c: usize| tree.child(c, &["nsubj", "obj", "obl"]).is_none_or(|s| !matches!(tree.words[s].xpos, "WDT" | "WP"));
    if let (Some(before), Some(told)) = (before, told.filter(|&c| no_relative(c)))
        && form == VerbForm::Base
        && grammar.is_speech(&lemma)
    {
        retag(tree, root, "VBP", Some(&lemma));
        tree.words[before].deprel = "nsubj";
        tree.words[told].deprel = "ccomp";
    }
}

/// "The Kremlin denies/NNS meddling.": in a sentence whose root looks like a plural noun behind a name, with an object,
/// that is the verb.
fn name_and_verb(tree: &mut Tree, root: usize, grammar: &Grammar) {
    let word = &tree.words[root];
    let name = root.checked_sub(1).filter(|&b| tree.head(b) == Some(root) && tree.words[b].upos == Upos::Propn);
    let object = tree.children(root).iter().any(|&c| {
        c > root
            && (tree.rel(c) == "obj"
                || tree.words[c].xpos == "VBG" && c == root + 1
                || matches!(tree.rel(c), "appos" | "flat") && tree.words[root + 1].upos == Upos::Det)
    });
    if name.is_some()
        && object
        && matches!(word.xpos, "NNS" | "NNPS")
        && is_form(grammar, &word.lower, VerbForm::Third)
        && tree.child(root, &["cop", "nsubj", "case"]).is_none()
    {
        predicate(tree, root, grammar);
    }
}

/// "France backs Greece", "Kurds announce deal": the parser takes the verb for part of a chain of nouns.
fn plural(tree: &mut Tree, grammar: &Grammar) {
    let Some(root) = tree.root() else { return };
    if !has_no_predicate(tree, root, grammar) {
        return;
    }
    let verb = (1..tree.words.len().saturating_sub(1)).find(|&at| {
        let (word, before, next) = (&tree.words[at], &tree.words[at - 1], &tree.words[at + 1]);
        let opens = match next.xpos {
            "DT" | "PRP$" | "PRP" | "NNP" | "NNPS" | "NN" | "JJ" | "CD" | "NNS" | "VBG" | "VBP" => true,
            "TO" => before.upos == Upos::Propn || tree.words.get(at + 2).is_none_or(|w| w.xpos != "VB"),
            _ => next.lower == "against",
        };
        if !opens || !before.is_nominal() {
            return false;
        }
        let on = |a: usize, b: usize| tree.head(a) == Some(b);
        match word.xpos {
            "NNS" | "NNPS" | "NN" if is_form(grammar, &word.lower, VerbForm::Third) => {
                let joined =
                    on(at - 1, at) || tree.head(at - 1) == tree.head(at) && tree.head(at).is_some_and(|h| h > at);
                matches!(before.xpos, "NN" | "NNP")
                    && matches!(tree.rel(at - 1), "compound" | "nsubj" | "amod" | "nmod")
                    && joined
            }
            "NN" | "NNP" | "VB" | "JJ" => {
                let subject = tree.rel(at - 1) == "nsubj" || before.xpos == "NNPS";
                is_form(grammar, &word.lower, VerbForm::Base)
                    && matches!(before.xpos, "NNS" | "NNPS")
                    && tree.rel(at) == "compound"
                    && subject
                    && tree.head(at) == tree.head(at - 1)
            }
            _ => false,
        }
    });
    if let Some(verb) = verb {
        predicate(tree, verb, grammar);
    }
}

/// Whether the sentence has no verb that could be its own: the root is a noun, or a base form with a singular subject.
fn has_no_predicate(tree: &Tree, root: usize, grammar: &Grammar) -> bool {
    let word = &tree.words[root];
    if tree.child(root, &["cop", "aux"]).is_some() {
        return false;
    }
    if word.is_nominal() {
        let finite = |at: usize| is_finite(tree.words[at].xpos) && matches!(tree.rel(at), "conj" | "parataxis" | "acl");
        return !(0..tree.words.len()).any(finite);
    }
    // "Hungary blocks EU aid/VBP to Ukraine", "House backs bill/VBP to protect"
    let subject = tree.child(root, &["nsubj"]).filter(|&s| s < root);
    word.xpos == "VBP"
        && tree.child(root, &["obj", "ccomp"]).is_none()
        && subject.is_some_and(|s| {
            let third = |at: usize| {
                matches!(tree.words[at].xpos, "NNS" | "NNPS")
                    && is_form(grammar, &tree.words[at].lower, VerbForm::Third)
            };
            let chain = tree.children(s).iter().any(|&c| tree.rel(c) == "compound" && third(c));
            let name = s.checked_sub(1).is_some_and(|b| tree.words[b].xpos == "NNP");
            chain && tree.words[s].xpos.starts_with("NN") || third(s) && name && s + 1 == root
        })
}

/// "Norway, Sweden sign treaty": a comma for "and" between the two who act.
fn two_names(tree: &mut Tree, grammar: &Grammar) {
    let name = |at: usize| tree.words.get(at).is_some_and(|w| w.upos == Upos::Propn);
    let opens = tree.root() == Some(0) && name(0) && name(2) && tree.words[1].lower == ",";
    let Some(lemma) = tree.words.get(3).and_then(|v| grammar.lemma(&v.lower, VerbForm::Base)) else { return };
    let lemma = lemma.to_owned();
    let object = (4..tree.words.len()).find(|&n| tree.head(n).is_none_or(|h| h < 4) && tree.words[n].is_nominal());
    let next = tree.words.get(4).is_some_and(|w| matches!(w.xpos, "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "DT" | "CD"));
    let own = tree.words[3].upos == Upos::Verb && tree.head(2) == Some(3) && tree.rel(2) == "nsubj";
    let verb = matches!(tree.words[3].xpos, "NN" | "NNP" | "VB" | "VBP" | "RB" | "JJ");
    if !opens || !verb || !(own || next && object.is_some()) {
        return;
    }
    tree.replace(0, 3, "nsubj");
    tree.attach(2, 0, "conj");
    if let Some(object) = object.filter(|_| !own) {
        tree.attach(object, 3, "obj");
    }
    retag(tree, 3, "VBP", Some(&lemma));
}

/// "Germany to send tanks": the infinitive is the predicate.
fn to_come(tree: &mut Tree) {
    let Some(root) = tree.root().filter(|&r| tree.words[r].is_nominal()) else { return };
    let verb = tree.child(root, &["acl"]).filter(|&v| tree.is_infinitive(v));
    let Some(verb) = verb.filter(|_| tree.child(root, &["cop", "nsubj", "det", "nmod", "case"]).is_none()) else {
        return;
    };
    if tree.words.get(root + 1).is_some_and(|w| w.lower == "to") && tree.words[root].upos == Upos::Propn {
        tree.replace(root, verb, "nsubj");
    }
}

/// "Johnson urged to resign": who urges somebody has an object.
fn urged(tree: &mut Tree, grammar: &Grammar) {
    for verb in 1..tree.words.len() {
        let word = &tree.words[verb];
        let passive = matches!(word.xpos, "VBD" | "VBN")
            && grammar.takes(&word.lemma, Takes::Bids)
            && tree.words.get(verb + 1).is_some_and(|w| w.lower == "to")
            && tree.child(verb, &["obj", "iobj", "aux", "ccomp"]).is_none();
        if let Some(subject) = tree.child(verb, &["nsubj"]).filter(|_| passive) {
            tree.words[subject].deprel = "nsubj:pass";
            tree.words[verb].xpos = "VBN";
        }
    }
}

/// "Telenor fined €2 million by regulator": with an amount for object, and a doer, it is the passive.
fn fined(tree: &mut Tree, grammar: &Grammar) {
    let Some(root) = tree.root().filter(|&r| matches!(tree.words[r].xpos, "VBD" | "VBN")) else { return };
    let is_amount = |o: usize| tree.words[o].upos == Upos::Num || tree.child(o, &["nummod"]).is_some();
    let mut objects = tree.children(root).iter().copied().filter(|&c| tree.rel(c) == "obj" && c > root);
    let Some(object) = objects.find(|&o| is_amount(o)) else { return };
    let below = tree.children(object).iter().chain(tree.children(root)).copied();
    let doer = below.into_iter().find(|&c| c > object && tree.preposition(c) == Some("by"));
    let Some(doer) = doer.filter(|&d| matches!(tree.words[d].upos, Upos::Noun | Upos::Propn)) else { return };
    let Some(subject) = tree.child(root, &["nsubj"]).filter(|_| tree.child(root, &["aux"]).is_none()) else { return };
    if !is_form(grammar, &tree.words[root].lower, VerbForm::Participle) || tree.child(doer, &["nummod"]).is_some() {
        return;
    }
    tree.attach(doer, root, "obl:agent");
    tree.words[subject].deprel = "nsubj:pass";
    tree.words[root].xpos = "VBN";
}
