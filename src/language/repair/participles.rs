//! Participles that are finite verbs, and verbs that were taken for adjectives of a noun.

use super::predicates::leave;
use super::{is_finite, is_form, nominal_before, retag};
use crate::language::engine::Upos;
use crate::language::{Grammar, Takes, Tree, VerbForm};

/// "after a US-led coalition ousted the dictator": a finite verb behind a noun with a conjunction that was taken for a
/// preposition has that noun as its subject.
pub(super) fn after(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let word = &tree.words[verb];
    if !matches!(word.deprel, "advcl" | "acl" | "parataxis" | "conj" | "ccomp")
        || tree.child(verb, &["nsubj", "csubj", "expl", "mark", "aux", "cop"]).is_some()
        || verb == 0
    {
        return;
    }
    // A passive participle rarely has an object.
    let past = word.xpos == "VBN"
        && matches!(word.deprel, "acl" | "advcl")
        && is_form(grammar, &word.lower, VerbForm::Past)
        && tree.child(verb, &["obj"]).is_some_and(|o| o > verb)
        && !grammar.takes(&word.lemma, Takes::Two);
    let Some(before) = nominal_before(tree, verb).filter(|&b| is_finite(word.xpos) || past && b + 1 == verb) else {
        return;
    };
    let subject = tree.top_before(before, verb, &|at| tree.words[at].is_nominal());
    // "After the war, began"; but "after Republicans, including Shelby, refused"
    let commas = (subject..verb).filter(|&at| tree.words[at].lower == ",").count();
    if tree.words[verb - 1].lower == "," && (commas < 2 || tree.words[subject + 1].lower != "," || past) {
        return;
    }
    let case = tree.child(subject, &["case"]).filter(|&c| {
        matches!(
            tree.words[c].lower.as_str(),
            "after" | "before" | "since" | "until" | "as" | "while" | "because" | "although" | "though" | "once"
        )
    });
    let (Some(case), Some(head)) = (case, tree.head(subject)) else { return };
    if tree.is_above(verb, head) || !matches!(tree.rel(subject), "obl" | "nmod" | "obj") {
        return;
    }
    let anchor = tree.head(verb).filter(|&h| !tree.is_above(subject, h)).unwrap_or(head);
    tree.attach(verb, anchor, "advcl");
    tree.attach(case, verb, "mark");
    tree.attach(subject, verb, "nsubj");
    if past {
        tree.words[verb].xpos = "VBD";
    }
}

/// "The army, which ousted him, opposed/case the levy.", "A and B, opposed/case it, and C supported it": a verb taken for
/// the preposition of its object, where the subject has no other verb.
pub(super) fn as_case(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let word = &tree.words[verb];
    let past = matches!(word.xpos, "VBN" | "VBD") && is_form(grammar, &word.lower, VerbForm::Past);
    if word.rel() != "case" || !past || !tree.children(verb).is_empty() {
        return;
    }
    let own = tree.words.get(verb + 1).is_some_and(|n| !matches!(n.upos, Upos::Adp | Upos::Punct | Upos::Part));
    let comma = verb.checked_sub(1).is_some_and(|b| tree.words[b].lower == ",");
    let Some(object) = tree.head(verb).filter(|&o| o > verb && own && comma && tree.words[o].is_nominal()) else {
        return;
    };
    let Some(root) = tree.root() else { return };
    if root < verb && tree.words[root].is_nominal() && tree.child(root, &["cop"]).is_none() {
        tree.attach(object, root, "dep");
        tree.attach(verb, root, "dep");
        tree.replace(root, verb, "nsubj");
    } else {
        let mut subjects = tree.children(root).iter().copied().filter(|&c| tree.rel(c) == "nsubj" && c < root);
        let (Some(first), Some(second)) = (subjects.next(), subjects.next()) else { return };
        if root < object || first > verb || second < object {
            return;
        }
        tree.replace(root, verb, "conj");
        tree.attach(first, verb, "nsubj");
    }
    tree.attach(object, verb, "obj");
    tree.words[verb].xpos = "VBD";
    tree.words[verb].upos = Upos::Verb;
}

/// "has stopped opposing/case the pact/obl": a gerund right behind a verb is what that is about.
pub(super) fn gerund_as_case(tree: &mut Tree, at: usize, grammar: &Grammar) {
    let word = &tree.words[at];
    if !matches!(word.rel(), "case" | "mark") || word.xpos != "VBG" || grammar.is_closed(&word.lower) {
        return;
    }
    let verb = at - 1;
    let object = tree.head(at).filter(|&o| o > at && tree.head(o) == Some(verb) && tree.words[o].is_nominal());
    let Some(object) =
        object.filter(|_| tree.words[verb].upos == Upos::Verb && !grammar.verb_forms(&tree.words[at].lower).is_empty())
    else {
        return;
    };
    tree.attach(at, verb, "xcomp");
    tree.attach(object, at, "obj");
    let lemma = grammar.verb_forms(&tree.words[at].lower).first().map(|(lemma, _)| lemma.clone());
    super::retag(tree, at, "VBG", lemma.as_deref());
}

/// "All of them, plus Norway, called/VBN for a ban.": a whole sentence has no passive without a form of be.
pub(super) fn without_auxiliary(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let word = &tree.words[verb];
    let whole = tree.words.last().is_some_and(|w| w.lower == ".");
    if word.xpos != "VBN" || word.deprel != "root" || !whole || !is_form(grammar, &word.lower, VerbForm::Past) {
        return;
    }
    let Some(subject) = tree.children(verb).iter().copied().find(|&c| tree.words[c].deprel == "nsubj:pass") else {
        return;
    };
    if tree.child(verb, &["aux", "cop"]).is_none() {
        tree.words[verb].xpos = "VBD";
        tree.words[subject].deprel = "nsubj";
    }
}

/// "One of the groups, the Blue Front, opposed/acl the plan.", "Two deputies, A and B, opposed/acl it, and a third, C,
/// voted for it": a passive participle has no object, so this is the predicate.
pub(super) fn between_commas(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let word = &tree.words[verb];
    if word.xpos != "VBN"
        || word.deprel != "acl"
        || grammar.takes(&word.lemma, Takes::Two)
        || !is_form(grammar, &word.lower, VerbForm::Past)
    {
        return;
    }
    let comma = verb.checked_sub(1).is_some_and(|b| tree.words[b].lower == ",");
    let object = tree.child(verb, &["obj"]).is_some_and(|o| o > verb);
    let Some(subject) = tree.head(verb).filter(|&s| comma && object && s + 1 < verb && tree.words[s].is_nominal())
    else {
        return;
    };
    if tree.child(verb, &["aux", "nsubj", "mark"]).is_some() || tree.child(subject, &["cop", "case"]).is_some() {
        return;
    }
    match tree.head(subject) {
        None => tree.replace(subject, verb, "nsubj"),
        // Another subject stands between it and the verb that both were given to.
        Some(second) if tree.rel(subject) == "nsubj" && second > verb => {
            let nearer = |c: &usize| *c > verb && *c < second && tree.rel(*c) == "nsubj";
            if !tree.children(second).iter().any(nearer) {
                return;
            }
            tree.replace(second, verb, "conj");
            tree.attach(subject, verb, "nsubj");
        }
        Some(_) => return,
    }
    tree.words[verb].xpos = "VBD";
}

/// "saying the ban/obj violated/amod free speech": no adjective has an object or subject before it.
pub(super) fn with_own(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let word = &tree.words[verb];
    if !matches!(word.xpos, "VBN" | "VBD") || word.rel() != "amod" || !is_form(grammar, &word.lower, VerbForm::Past) {
        return;
    }
    let own = tree.child(verb, &["obj", "nsubj"]).filter(|&o| o + 1 == verb && !tree.words[o].is_mark());
    let (Some(own), Some(object)) = (own, tree.head(verb).filter(|&n| n > verb)) else { return };
    let content = tree.head(object).is_some_and(|h| h < own && tree.words[h].upos == Upos::Verb);
    if !content || tree.rel(object) != "obj" {
        return;
    }
    tree.replace(object, verb, "obj");
    tree.words[verb].deprel = "ccomp";
    tree.words[own].deprel = "nsubj";
    tree.words[verb].xpos = "VBD";
}

/// "urge Biden to/case cancel/compound debt": a base form behind "to" is an infinitive.
pub(super) fn infinitive(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    if verb == 0 || tree.words[verb - 1].lower != "to" {
        return;
    }
    let word = &tree.words[verb];
    let Some(lemma) = grammar.lemma(&word.lower, VerbForm::Base).map(str::to_owned) else { return };
    match (word.xpos, word.rel()) {
        ("VB", "compound" | "amod") => {
            let Some(object) = tree.head(verb).filter(|&n| n > verb && tree.words[n].is_nominal()) else { return };
            let Some(above) = tree.head(object).filter(|&h| h < verb && tree.words[h].upos == Upos::Verb) else {
                return;
            };
            tree.attach(verb, above, "xcomp");
            tree.attach(object, verb, "obj");
        }
        // "chosen to suppress/amod protests"
        ("JJ", "amod") => {
            let adjective = matches!(
                word.lower.as_str(),
                "last"
                    | "present"
                    | "mean"
                    | "perfect"
                    | "open"
                    | "clean"
                    | "clear"
                    | "free"
                    | "direct"
                    | "separate"
                    | "complete"
                    | "correct"
                    | "secure"
                    | "own"
                    | "welcome"
            );
            let Some(object) = tree.head(verb).filter(|&n| n > verb && !adjective) else { return };
            let to = tree.head(verb - 1) == Some(object) && tree.child(object, &["det"]).is_none();
            let Some(above) = tree.head(object).filter(|&h| h < verb && to && tree.words[h].upos == Upos::Verb) else {
                return;
            };
            tree.attach(verb, above, "xcomp");
            tree.attach(object, verb, "obj");
        }
        ("JJ", "obl") => {
            let object = tree.children(verb).iter().copied().find(|&c| {
                c > verb && matches!(tree.rel(c), "appos" | "flat" | "nmod") && tree.child(c, &["case"]).is_none()
            });
            let Some(object) = object else { return };
            tree.words[verb].deprel = "xcomp";
            tree.words[object].deprel = "obj";
        }
        _ => return,
    }
    tree.attach(verb - 1, verb, "mark");
    retag(tree, verb, "VB", Some(&lemma));
}

/// "the charge stemmed/acl from allegations Trump tried": a finite verb without a subject behind a noun is that noun's,
/// and the sentence's own where the noun is one of two subjects.
pub(super) fn of_first_subject(tree: &mut Tree, below: usize) {
    let subjects: Vec<usize> =
        (tree.children(below).iter().copied()).filter(|&c| tree.rel(c) == "nsubj" && c < below).collect();
    let [first, second] = subjects[..] else { return };
    let hidden = (first + 1..second).find(|&c| {
        tree.words[c].xpos == "VBD"
            && tree.words[c].deprel == "acl"
            && tree.is_above(first, c)
            && tree.child(c, &["nsubj", "mark", "aux"]).is_none()
    });
    let Some(verb) = hidden else { return };
    let start = tree.span(second, &|c| tree.rel(c) == "punct").start;
    let noun = start.checked_sub(1).filter(|&n| n > verb && tree.words[n].is_nominal());
    tree.replace(below, verb, "ccomp");
    tree.attach(first, verb, "nsubj");
    // "allegations Trump tried"
    if let Some(noun) = noun.filter(|&n| matches!(tree.rel(n), "obl" | "obj")) {
        tree.attach(below, noun, "acl");
    }
}

/// "…; China voiced/amod support", "After X resigned, Iran backed/amod militias": what looks like a participle between
/// a name that opens a clause and a noun is the clause's verb.
pub(super) fn name_verb_noun(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let word = &tree.words[verb];
    if word.xpos != "VBN" || word.rel() != "amod" || !is_form(grammar, &word.lower, VerbForm::Past) || verb < 2 {
        return;
    }
    let name = verb - 1;
    let Some(object) = tree.head(verb).filter(|&n| n > verb && tree.head(name) == Some(n)) else { return };
    if tree.words[name].upos != Upos::Propn || tree.rel(name) != "compound" || tree.child(object, &["case"]).is_some() {
        return;
    }
    let opens = tree.words[name - 1].lower.as_str();
    let Some(above) = tree.head(object).filter(|&h| h < name && tree.words[h].upos == Upos::Verb) else { return };
    let sub = matches!(
        tree.words[0].lower.as_str(),
        "after" | "before" | "when" | "while" | "since" | "as" | "although" | "though" | "because" | "once" | "if"
    );
    match opens {
        ";" => {
            let Some(root) = tree.root() else { return };
            tree.attach(verb, root, "parataxis");
        }
        "," if sub && tree.head(above).is_none() => {
            let mark = 0;
            tree.replace(above, verb, "advcl");
            tree.attach(mark, above, "mark");
        }
        _ => return,
    }
    tree.attach(name, verb, "nsubj");
    tree.attach(object, verb, "obj");
    leave(tree, object, verb, name);
    let lemma = grammar.lemma(&tree.words[verb].lower, VerbForm::Past).map(str::to_owned);
    retag(tree, verb, "VBD", lemma.as_deref());
}

/// "glued themselves to trains, angering/amod commuters": a participle right behind a comma has the noun as its object.
pub(super) fn angering(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let word = &tree.words[verb];
    if word.xpos != "VBG" || word.rel() != "amod" || verb == 0 || tree.words[verb - 1].lower != "," {
        return;
    }
    let Some(object) = tree.head(verb).filter(|&n| n > verb && matches!(tree.rel(n), "conj" | "appos")) else { return };
    let listed = tree.child(object, &["cc", "case", "det", "conj"]).is_some()
        || grammar.takes(&tree.words[verb].lemma, Takes::NoObject)
        || tree.head(object).is_none_or(|h| tree.children(h).iter().any(|&c| tree.rel(c) == "conj" && c != object));
    let mut above = tree.head(object);
    while let Some(head) = above.filter(|&h| tree.words[h].upos != Upos::Verb) {
        above = tree.head(head);
    }
    if let Some(above) = above.filter(|_| !listed) {
        tree.attach(verb, above, "advcl");
        tree.attach(object, verb, "obj");
        tree.words[verb].upos = Upos::Verb;
    }
}

/// "a list of officials denied/VBD entry": right behind a noun, with no subject of its own, it is the passive.
pub(super) fn reduced(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let word = &tree.words[verb];
    let behind = verb.checked_sub(1).is_some_and(|b| tree.words[b].upos == Upos::Noun);
    if word.xpos == "VBD"
        && word.deprel == "acl"
        && behind
        && is_form(grammar, &word.lower, VerbForm::Participle)
        && tree.child(verb, &["nsubj", "csubj", "mark", "aux", "cop"]).is_none()
    {
        tree.words[verb].xpos = "VBN";
    }
}
