//! Finite verbs that were taken for prepositions, adjectives or participles.

use super::{is_finite, is_form, nominal_before, retag};
use crate::language::engine::Upos;
use crate::language::{Grammar, Takes, Tree, VerbForm};

/// "Norway is opposed/case to the treaty/root": two prepositions of one noun behind a copula are an adjective and its
/// preposition.
pub(super) fn before_preposition(tree: &mut Tree, at: usize, grammar: &Grammar) {
    // "is opposed/root to the treaty/obl": subject and copula hang on what is no predicate.
    if let Some(above) = tree.head(at).filter(|&h| h < at && tree.rel(at) == "obl") {
        let before = |c: &usize| *c < above && matches!(tree.rel(*c), "nsubj" | "cop" | "aux");
        let own: Vec<usize> = tree.children(at).iter().copied().filter(before).collect();
        tree.hand_over(&own, above);
        return;
    }
    let word = &tree.words[at];
    if word.rel() != "case" || grammar.is_closed(&word.lower) || !tree.children(at).is_empty() {
        return;
    }
    let Some(noun) = tree.head(at).filter(|&n| n > at + 1) else { return };
    let next = tree.words[at + 1].upos == Upos::Adp && tree.rel(at + 1) == "case" && tree.head(at + 1) == Some(noun);
    let copula = tree.child(noun, &["cop"]).is_some_and(|c| c < at);
    if !next || !copula || tree.child(noun, &["nsubj"]).is_none_or(|s| s > at) {
        return;
    }
    tree.replace(noun, at, "obl");
    let moves =
        |c: &usize| *c < at || matches!(tree.rel(*c), "punct" | "conj" | "advcl" | "parataxis" | "ccomp") && *c > noun;
    let own: Vec<usize> = tree.children(noun).iter().copied().filter(moves).collect();
    tree.hand_over(&own, at);
    let word = &mut tree.words[at];
    (word.upos, word.xpos) = (Upos::Adj, "JJ");
    word.lemma = word.lower.clone();
}

/// "Norway alone opposed/case the treaty": where the sentence has no other verb, it is no preposition.
pub(super) fn opposed(tree: &mut Tree, at: usize) {
    let word = &tree.words[at];
    let to = |near: Option<&crate::language::Word>| near.is_some_and(|w| matches!(w.lower.as_str(), "as" | "to"));
    if word.lower != "opposed" || word.rel() != "case" || to(tree.words.get(at + 1)) || to(tree.words.get(at - 1)) {
        return;
    }
    let Some(noun) = tree.head(at).filter(|&n| n > at) else { return };
    let Some(above) = tree.head(noun).filter(|&a| a < at && tree.words[a].is_nominal()) else { return };
    if tree.head(above).is_none() {
        tree.replace(above, at, "nsubj");
        tree.attach(noun, at, "obj");
        super::retag(tree, at, "VBD", Some("oppose"));
    }
}

/// "was scathing/VBG about the plan": what is the form of no verb is an adjective.
pub(super) fn adjective_in_ing(tree: &mut Tree, at: usize, grammar: &Grammar) {
    let word = &tree.words[at];
    if word.xpos != "VBG" || !grammar.verb_forms(&word.lower).is_empty() || tree.child(at, &["obj"]).is_some() {
        return;
    }
    let Some(be) = tree.child(at, &["aux"]).filter(|&b| b < at && tree.words[b].lemma == "be") else { return };
    tree.words[be].deprel = "cop";
    let word = &mut tree.words[at];
    (word.upos, word.xpos) = (Upos::Adj, "JJ");
    word.lemma = word.lower.clone();
}

/// "is far/root from happy/obl", "far from rejecting": what somebody is far from is the predicate, and denied.
pub(super) fn far_from(tree: &mut Tree, at: usize) {
    let from = at + 1;
    if tree.words[at].lower != "far" || tree.words.get(from).is_none_or(|w| w.lower != "from") {
        return;
    }
    let Some(meant) = tree.head(from).filter(|&m| m > from && tree.head(m) == Some(at)) else { return };
    if tree.words[meant].xpos != "VBG" && tree.words[meant].upos != Upos::Adj {
        return;
    }
    tree.attach(from, at, "fixed");
    tree.replace(at, meant, "advmod");
    let own: Vec<usize> = tree.children(at).iter().copied().filter(|&c| c != from).collect();
    tree.hand_over(&own, meant);
    // "Far from rejecting it, X praised it"
    if tree.rel(meant) == "advmod" {
        tree.words[meant].deprel = "advcl";
    }
}

/// "the SDF, opposed/case the withdrawal": a finite verb is no preposition and no part of a name. It becomes the
/// predicate, the noun that it hung on its object.
pub(super) fn swallowed(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let word = &tree.words[verb];
    let past = is_form(grammar, &word.lower, VerbForm::Past);
    let odd = match word.rel() {
        "case" | "mark" => is_finite(word.xpos) || word.xpos == "VBN" && past,
        "compound" | "amod" | "det" => is_finite(word.xpos),
        _ => false,
    };
    let next = tree.words.get(verb + 1);
    // "as opposed to", "compared with", "provided that", "Russian-backed"
    let fixed = next.is_none_or(|n| matches!(n.upos, Upos::Adp | Upos::Sconj | Upos::Part | Upos::Punct))
        || matches!(tree.words[verb - 1].lower.as_str(), "as" | "-");
    if !odd || fixed || !tree.children(verb).is_empty() || grammar.verb_forms(&word.lower).is_empty() {
        return;
    }
    let Some(object) = tree.head(verb).filter(|&n| n > verb && tree.words[n].is_nominal()) else { return };
    let Some(before) = nominal_before(tree, verb).filter(|_| tree.child(object, &["cop"]).is_none()) else { return };
    let nominal = |at: usize| tree.words[at].is_nominal();
    let subject = tree.top_before(before, verb, &nominal);
    let lemma = grammar.lemma(&word.lower, VerbForm::Past).or(grammar.lemma(&word.lower, VerbForm::Third));
    let (lemma, xpos) = (lemma.map(str::to_owned), if word.xpos == "VBN" { "VBD" } else { word.xpos });
    if tree.is_above(object, subject) {
        // The subject hung on what is the object.
        tree.replace(object, verb, "obj");
        tree.attach(subject, verb, "nsubj");
        leave(tree, object, verb, subject);
    } else if !tree.is_above(subject, object) {
        return;
    } else {
        match (tree.head(subject), tree.words[subject].deprel) {
            (None, _) => {
                tree.replace(subject, verb, "nsubj");
                tree.attach(object, verb, "obj");
                behind(tree, subject, verb);
            }
            // "A and B, opposed the bill, and C voted for it": the list swallowed the verb and the next subject.
            (Some(main), "nsubj" | "nsubj:pass") if main > object => {
                let Some(next) = tree.children(subject).iter().copied().rfind(|&c| {
                    c > object
                        && c < main
                        && tree.rel(c) == "conj"
                        && (tree.words[c].is_nominal() || tree.child(c, &["det"]).is_some())
                }) else {
                    return;
                };
                let relation = tree.words[subject].deprel;
                tree.replace(main, verb, "conj");
                tree.attach(subject, verb, "nsubj");
                tree.attach(object, verb, "obj");
                tree.attach(next, main, relation);
                if let Some(cc) = tree.child(next, &["cc"]).filter(|&cc| cc < next) {
                    tree.attach(cc, main, "cc");
                }
                let first = (tree.children(main).iter().copied()).filter(|&c| c < verb).collect::<Vec<_>>();
                tree.hand_over(&first, verb);
            }
            (Some(head), "nmod" | "appos" | "conj" | "dep" | "parataxis" | "list") if head > verb => return,
            // "praised the army, thanked/case Russia"
            (Some(head), _) if head < verb && is_finite(tree.words[head].xpos) => {
                let list = matches!(tree.words[verb - 1].lower.as_str(), "," | "and" | "but");
                if !list || tree.rel(object) != "conj" {
                    return;
                }
                tree.attach(verb, head, "conj");
                if let Some(cc) = tree.child(object, &["cc"]).filter(|&cc| cc < verb) {
                    tree.attach(cc, verb, "cc");
                }
                tree.attach(object, verb, "obj");
            }
            _ => return,
        }
    }
    retag(tree, verb, xpos, lemma.as_deref());
}

/// What stood before the clause, or behind it, hangs on the verb rather than on its object.
pub(super) fn leave(tree: &mut Tree, object: usize, verb: usize, subject: usize) {
    let moves = |c: &usize| match tree.rel(*c) {
        "punct" | "advcl" | "parataxis" | "mark" | "discourse" | "ccomp" | "xcomp" => true,
        "obl" | "advmod" | "aux" | "cc" => true,
        "conj" => tree.words[*c].upos == Upos::Verb,
        _ => *c < subject,
    };
    let found: Vec<usize> = tree.children(object).iter().copied().filter(moves).collect();
    tree.hand_over(&found, verb);
}

/// What hung on the subject's words, but stands behind the verb, hangs on the verb.
fn behind(tree: &mut Tree, subject: usize, verb: usize) {
    for c in verb + 1..tree.words.len() {
        let Some(head) = tree.head(c).filter(|&h| h < verb && tree.is_above(subject, h)) else { continue };
        let bare = tree.words[c].is_nominal() && tree.child(c, &["case", "cop"]).is_none();
        let deprel = match tree.rel(c) {
            "nmod" | "obl" if bare => "obj",
            "nmod" => "obl",
            "acl" if tree.words[c].deprel == "acl:relcl" => continue,
            "acl" => "advcl",
            "appos" | "flat" if bare => "obj",
            // "one and the other, opposed": members of the subject's list are no part of the clause.
            "conj" | "cc" if head != subject => continue,
            _ => tree.words[c].deprel,
        };
        tree.attach(c, verb, deprel);
    }
}

/// In a sentence whose root is a noun without a copula, the verb hides in what was taken for a participle.
pub(super) fn missing(tree: &mut Tree, grammar: &Grammar) {
    let Some(root) = tree.root().filter(|&r| tree.words[r].is_nominal()) else { return };
    if tree.child(root, &["cop", "nsubj", "aux"]).is_some() {
        return;
    }
    // Verbs in relative clauses and behind conjunctions are not the sentence's own.
    let main = |at: usize| {
        let word = &tree.words[at];
        let clause = if word.rel() == "aux" || word.rel() == "cop" { tree.head(at).unwrap_or(at) } else { at };
        let under = tree.words[clause].deprel == "acl:relcl" || tree.child(clause, &["mark"]).is_some();
        matches!(word.xpos, "VBD" | "VBZ" | "VBP" | "MD") && !under
    };
    let verbless = !(0..tree.words.len()).any(main);
    let hides = |at: usize| {
        let word = &tree.words[at];
        let hyphen = matches!(tree.words[at - 1].lower.as_str(), "-" | "--" | "–");
        let next = tree.words.get(at + 1);
        let for_it = next.is_some_and(|n| matches!(n.lower.as_str(), "for" | "against" | "on"))
            && grammar.takes(&word.lemma, Takes::Sides);
        let named = grammar.takes(&word.lemma, Takes::Names) && !for_it;
        if hyphen || named || tree.child(at, &["aux", "nsubj", "mark", "case"]).is_some() {
            return false;
        }
        let past = is_form(grammar, &word.lower, VerbForm::Past);
        match word.xpos {
            "VBD" => word.deprel == "acl" && nominal_before(tree, at).is_some(),
            "VBN" if past && verbless => {
                let taken = tree.child(at, &["obj", "ccomp"]).is_some();
                let object = tree.head(at).filter(|&n| n > at && matches!(tree.rel(at), "amod" | "compound" | "nsubj"));
                let by = tree.children(at).iter().any(|&c| tree.preposition(c) == Some("by"));
                // "Turkey's call for talks angered Greece", "The statement called for calm."
                let astray = matches!(tree.rel(at), "xcomp" | "acl")
                    && next.is_some_and(|n| n.head.is_some_and(|h| h < at) && n.upos != Upos::Adp && !n.is_mark())
                    || word.deprel == "acl" && for_it;
                // "a risk based review"
                let name = matches!(tree.words[at - 1].xpos, "NNP" | "NNPS" | "NNS" | ",")
                    || !is_form(grammar, &word.lower, VerbForm::Participle);
                !by && (taken || object.is_some() && name || astray)
            }
            // "drew" is no noun.
            "NN" | "NNP" | "JJ" | "VB" => {
                past && grammar.verb_forms(&word.lower).iter().all(|(_, form)| *form == VerbForm::Past)
            }
            // "Norway plans a treaty"
            "NNS" if verbless => {
                let next = next.is_some_and(|w| w.upos == Upos::Det || w.lower == "to");
                is_form(grammar, &word.lower, VerbForm::Third) && tree.words[at - 1].upos == Upos::Propn && next
            }
            _ => false,
        }
    };
    let found = (1..tree.words.len()).find(|&at| hides(at) && nominal_before(tree, at).is_some());
    if let Some(verb) = found {
        predicate(tree, verb, grammar);
    }
}

/// Makes `verb` the root of a sentence that had none, with the noun before it as its subject.
pub(super) fn predicate(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let (Some(before), Some(root)) = (nominal_before(tree, verb), tree.root()) else { return };
    let subject = tree.top_before(before, verb, &|_| true);
    let object =
        tree.head(verb).filter(|&n| n > verb && matches!(tree.rel(verb), "amod" | "compound" | "nsubj" | "case"));
    let next = verb + 1;
    if root == verb {
        tree.attach(subject, verb, "nsubj");
        behind_root(tree, verb);
    } else if root < verb {
        let stray = tree.head(next).filter(|&h| h < verb && !tree.words[next].is_mark()).map(|_| next);
        let mut stray = stray;
        // From the first word of the noun phrase to its noun.
        while let Some(head) = stray.and_then(|s| tree.head(s)).filter(|&h| h > verb) {
            stray = Some(head);
        }
        tree.replace(root, verb, "nsubj");
        behind(tree, root, verb);
        if let Some(object) = object {
            tree.attach(object, verb, "obj");
        } else if let Some(stray) = stray.filter(|&s| tree.words[s].is_nominal())
            && tree.child(stray, &["case"]).is_none()
        {
            tree.attach(stray, verb, "obj");
        }
    } else {
        tree.replace(root, verb, "obj");
        if subject != verb {
            tree.attach(subject, verb, "nsubj");
        }
        leave(tree, root, verb, subject);
        // "blocks EU aid to Ukraine": the object's own noun is no subject of it.
        let inside: Vec<usize> =
            tree.children(root).iter().copied().filter(|&c| c < root && tree.rel(c) == "nsubj").collect();
        inside.into_iter().for_each(|c| tree.words[c].deprel = "compound");
        if tree.words[root].upos == Upos::Verb {
            tree.words[root].upos = Upos::Noun;
            tree.words[root].xpos = "NN";
        }
    }
    let lower = &tree.words[verb].lower;
    let of = |form| grammar.lemma(lower, form).map(str::to_owned);
    let (lemma, xpos) = match tree.words[verb].xpos {
        "NNS" | "NNPS" | "VBZ" => (of(VerbForm::Third), "VBZ"),
        "NN" | "NNP" | "VB" | "VBP" | "JJ" if of(VerbForm::Base).is_some() => (of(VerbForm::Base), "VBP"),
        _ => (of(VerbForm::Past), "VBD"),
    };
    retag(tree, verb, xpos, lemma.as_deref());
}

/// What hung on a verb that was taken for a noun.
fn behind_root(tree: &mut Tree, verb: usize) {
    let found: Vec<usize> = tree.children(verb).to_vec();
    for c in found {
        let bare = tree.words[c].is_nominal() && tree.child(c, &["case"]).is_none();
        let deprel = match tree.rel(c) {
            "nmod" | "appos" | "flat" | "compound" | "vocative" if bare && c > verb => "obj",
            "nmod" | "compound" => "obl",
            "acl" if tree.is_infinitive(c) => "xcomp",
            "acl" if tree.child(c, &["nsubj"]).is_some() => "ccomp",
            "acl" => "advcl",
            _ => continue,
        };
        tree.words[c].deprel = deprel;
    }
}

/// "ought to leave/xcomp": a modal like "should".
pub(super) fn ought(tree: &mut Tree, at: usize) {
    if tree.words[at].lower != "ought" {
        return;
    }
    let Some(verb) = tree.child(at, &["xcomp"]).filter(|&c| c > at && tree.words[c].upos == Upos::Verb) else { return };
    let others: Vec<usize> = tree.children(at).iter().copied().filter(|&c| c != verb).collect();
    let to = tree.children(verb).iter().copied().find(|&c| tree.words[c].lower == "to" && tree.rel(c) == "mark");
    tree.replace(at, verb, "aux");
    tree.hand_over(&others, verb);
    if let Some(to) = to {
        tree.words[to].deprel = "aux";
    }
    tree.words[at].xpos = "MD";
}

/// "disappointed, but not surprised/conj, that X has gone/ccomp": what X has done is what disappoints.
pub(super) fn but_not(tree: &mut Tree, at: usize) {
    let second = tree.child(at, &["conj"]).filter(|&c| c > at && tree.is_negated(c) && !tree.is_negated(at));
    let clause = second.and_then(|c| tree.child(c, &["ccomp"])).filter(|_| tree.child(at, &["ccomp"]).is_none());
    let that = clause.filter(|&c| tree.child(c, &["mark"]).is_some_and(|m| tree.words[m].lower == "that"));
    if let (Some(that), Some(second)) = (that, second)
        && tree.child(at, &["cop"]).is_some()
        && tree.child(second, &["nsubj"]).is_none()
    {
        tree.attach(that, at, "ccomp");
    }
}
