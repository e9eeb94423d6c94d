//! Where a clause begins: subjects that were taken into the clause before.

use super::{is_finite, is_form, retag};
use crate::language::engine::Upos;
use crate::language::{Grammar, Tree, VerbForm};

/// "Per request/nsubj of Johnson, the Queen/compound suspended": what has a preposition is no subject, and the noun
/// right before the verb no part of the verb.
pub(super) fn after_preposition(tree: &mut Tree, verb: usize) {
    let Some(subject) = tree.child(verb, &["nsubj"]).filter(|&s| s < verb && is_finite(tree.words[verb].xpos)) else {
        return;
    };
    let case = tree.child(subject, &["case"]).filter(|&c| c < subject && tree.words[c].upos == Upos::Adp);
    let own = verb.checked_sub(1).filter(|&n| {
        n > subject
            && tree.head(n) == Some(verb)
            && tree.words[n].is_nominal()
            && matches!(tree.rel(n), "compound" | "nmod" | "obj" | "appos" | "flat")
    });
    if let Some(own) = own.filter(|_| case.is_some()) {
        tree.words[subject].deprel = "obl";
        tree.words[own].deprel = "nsubj";
    }
}

/// "Oslo — The government rejected": the place before the dash is no subject where another one follows.
pub(super) fn dateline(tree: &mut Tree) {
    const LONGEST: usize = 6;
    let dash = |w: &crate::language::Word| matches!(w.lower.as_str(), "—" | "–" | "-" | "--");
    let Some(end) = tree.words.iter().take(LONGEST).position(dash).filter(|&d| d > 0) else { return };
    let verb = tree.head(0).filter(|&v| v > end && tree.rel(0) == "nsubj" && tree.words[0].upos == Upos::Propn);
    let other = |v: usize| tree.children(v).iter().any(|&c| c > end && c < v && tree.rel(c) == "nsubj");
    if verb.is_some_and(other) && tree.words.iter().skip(end + 1).all(|w| !dash(w)) {
        tree.words[0].deprel = "dep";
    }
}

/// "Callamard, who had investigated, cautioned/amod justice does not come": of two subjects the second begins with what
/// looks like a participle behind a comma: that is the verb of the first, and the clause its content.
pub(super) fn verb_between(tree: &mut Tree, below: usize, grammar: &Grammar) {
    let subjects: Vec<usize> =
        (tree.children(below).iter().copied()).filter(|&c| tree.rel(c) == "nsubj" && c < below).collect();
    let [first, second] = subjects[..] else { return };
    let hidden = tree.children(second).iter().copied().find(|&c| {
        c > first
            && c < second
            && tree.words[c - 1].lower == ","
            && matches!(tree.words[c].xpos, "VBN" | "VBD")
            && matches!(tree.rel(c), "amod" | "compound" | "case")
            && is_form(grammar, &tree.words[c].lower, VerbForm::Past)
    });
    let Some(verb) = hidden else { return };
    let marked = tree.children(below).iter().any(|&c| tree.rel(c) == "mark" && c > verb);
    tree.replace(below, verb, if marked { "advcl" } else { "ccomp" });
    tree.attach(first, verb, "nsubj");
    retag(tree, verb, "VBD", grammar.lemma(&tree.words[verb].lower.clone(), VerbForm::Past));
}

/// "opposed the bill, and a third, Mary Stone, abstained": a noun that is coordinated with a verb, right before a verb
/// without a subject, is that verb's.
pub(super) fn beside(tree: &mut Tree, verb: usize) {
    let joined: Vec<usize> =
        tree.children(verb).iter().copied().filter(|&c| c > verb && tree.rel(c) == "conj").collect();
    for pair in joined.windows(2) {
        let (noun, other) = (pair[0], pair[1]);
        let free = matches!(tree.words[other].xpos, "VBD" | "VBZ" | "VBP" | "VBN")
            && tree.words[other].upos == Upos::Verb
            && tree.child(other, &["nsubj", "cc", "aux"]).is_none();
        let nominal = tree.words[noun].is_nominal() || tree.child(noun, &["det"]).is_some();
        let bare = tree.child(noun, &["case", "cop", "nsubj", "mark"]).is_none();
        let Some(cc) = tree.child(noun, &["cc"]).filter(|_| free && nominal && bare) else { continue };
        if tree.words[noun].upos == Upos::Verb {
            continue;
        }
        let end = tree.span(noun, &|_| false).end;
        if (end..other).all(|at| tree.words[at].is_mark() || tree.words[at].upos == Upos::Adv) {
            tree.attach(noun, other, "nsubj");
            tree.attach(cc, other, "cc");
        }
    }
}

/// "rejected the result, and the EU/conj, whose observers criticised it, called for calm": a name behind a comma and
/// "and" that reaches up to a finite verb without a subject is its subject.
pub(super) fn new_clause(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let told = tree.words[verb].xpos == "VBN"
        && tree.words[verb].deprel == "acl"
        && tree.words[verb - usize::from(verb > 0)].lower == ","
        && tree
            .head(verb)
            .is_some_and(|n| tree.children(n).iter().any(|&c| c > n && c + 1 < verb && tree.rel(c) == "acl"))
        && tree.children(verb).iter().all(|&c| tree.preposition(c) != Some("by"));
    // "rejected the levy/nsubj, and Togo/conj, which exports cocoa, welcomed it": the object went to the next verb.
    let old = tree.child(verb, &["nsubj"]).filter(|&s| {
        let before = tree.head(verb).filter(|&h| h < s && tree.words[h].upos == Upos::Verb);
        tree.words[verb].deprel == "ccomp"
            && before.is_some_and(|h| {
                !grammar.is_speech(&tree.words[h].lemma) && tree.child(h, &["obj", "xcomp", "iobj"]).is_none()
            })
    });
    let free = (is_finite(tree.words[verb].xpos) || told)
        && (old.is_some() || tree.child(verb, &["nsubj"]).is_none())
        && tree.child(verb, &["csubj", "expl", "cc", "mark", "aux"]).is_none()
        && matches!(tree.words[verb].deprel, "conj" | "parataxis" | "advcl" | "ccomp" | "acl");
    if !free || verb < 3 {
        return;
    }
    let noun = (1..verb).rev().find(|&n| {
        tree.rel(n) == "conj"
            && tree.words[n].is_nominal()
            && tree.child(n, &["cc"]).is_some_and(|cc| cc < n && cc > 0 && tree.words[cc - 1].lower == ",")
            && tree.head(n).is_some_and(|h| tree.words[h].is_nominal() && old.is_none_or(|old| h == old))
            && (old.is_none() || tree.words[n + 1].lower == ",")
            && (tree.words[n].upos == Upos::Propn || tree.child(n, &["det", "nmod"]).is_some())
    });
    let Some(noun) = noun.filter(|&n| tree.child(n, &["case"]).is_none()) else { return };
    let end = tree.span(noun, &|c| c >= verb).end;
    let gap = (end..verb).all(|at| tree.words[at].is_mark() || tree.words[at].upos == Upos::Adv);
    let mut above = if old.is_some() { tree.head(verb) } else { tree.head(noun) };
    // "said it would veto any, and Prague criticised": a finite verb goes with a finite one.
    while let Some(head) = above.filter(|&h| tree.words[h].upos != Upos::Verb || tree.words[h].xpos == "VB") {
        above = tree.head(head);
    }
    let (Some(above), Some(cc)) = (above.filter(|&a| gap && a < noun), tree.child(noun, &["cc"])) else { return };
    if let Some(old) = old {
        tree.attach(old, above, "obj");
    }
    tree.attach(verb, above, "conj");
    tree.attach(noun, verb, "nsubj");
    tree.attach(cc, verb, "cc");
    if told {
        tree.words[verb].xpos = "VBD";
    }
}

/// "…; China, which opposes it, welcomed the step": what begins behind a semicolon belongs to nothing before it.
pub(super) fn behind_semicolon(tree: &mut Tree, verb: usize) {
    if !is_finite(tree.words[verb].xpos) || !matches!(tree.rel(verb), "parataxis" | "ccomp" | "conj" | "acl" | "advcl")
    {
        return;
    }
    let Some(semicolon) = (0..verb).rev().find(|&at| tree.words[at].lower == ";") else { return };
    let old = tree.child(verb, &["nsubj"]);
    if old.is_some_and(|s| s > semicolon) || tree.child(verb, &["mark", "cc"]).is_some_and(|m| m > semicolon) {
        return;
    }
    let Some(noun) = (semicolon + 1..verb).find(|&n| tree.head(n).is_some_and(|h| h < semicolon || h >= verb)) else {
        return;
    };
    let reaches = tree.head(noun).is_some_and(|h| h < semicolon || h == verb)
        && tree.words[noun].is_nominal()
        && tree.child(noun, &["case", "mark"]).is_none_or(|c| c > noun);
    let end = tree.span(noun, &|c| c >= verb).end;
    let gap = (end..verb).all(|at| tree.words[at].is_mark() || tree.words[at].upos == Upos::Adv);
    let Some(head) = tree.head(verb).filter(|_| reaches && gap) else { return };
    let Some(root) = tree.root().filter(|&r| r != verb && r < semicolon) else { return };
    if let Some(old) = old {
        // What was taken for the subject is the object of the clause before.
        let deprel = if tree.words[head].upos == Upos::Verb { "obj" } else { "dep" };
        if head >= semicolon {
            return;
        }
        tree.attach(old, head, deprel);
    }
    tree.attach(verb, root, "parataxis");
    tree.attach(noun, verb, "nsubj");
}

/// "After the coalition/obl ousted the dictator": a noun without a preposition right before the verb of a clause with
/// a conjunction is its subject.
pub(super) fn bare_before(tree: &mut Tree, verb: usize) {
    if !matches!(tree.words[verb].xpos, "VBN" | "VBD" | "VBZ" | "VBP")
        || tree.child(verb, &["nsubj", "csubj", "expl", "aux", "cop"]).is_some()
    {
        return;
    }
    let mark = tree.child(verb, &["mark"]).filter(|&m| {
        m < verb
            && matches!(
                tree.words[m].lower.as_str(),
                "after" | "before" | "since" | "until" | "while" | "because" | "although" | "though" | "once" | "that"
            )
    });
    let bare = tree.children(verb).iter().copied().find(|&c| {
        c + 1 == verb
            && matches!(tree.words[c].deprel, "obl" | "obj" | "compound" | "nmod" | "dep")
            && tree.words[c].is_nominal()
            && tree.child(c, &["case"]).is_none()
    });
    if let (Some(mark), Some(bare)) = (mark, bare)
        && mark < bare
        && tree.child(verb, &["obj", "ccomp", "xcomp", "obl"]).is_some_and(|o| o > verb || o != bare)
    {
        tree.words[bare].deprel = "nsubj";
        if tree.words[verb].xpos == "VBN" {
            tree.words[verb].xpos = "VBD";
        }
    }
}

/// "told Reuters Denmark/flat opposed the quota": a name right before a finite verb without a subject is its subject,
/// not a part of the name before it.
pub(super) fn name_before(tree: &mut Tree, verb: usize) {
    if verb < 2 || !is_finite(tree.words[verb].xpos) || tree.words[verb].deprel != "ccomp" {
        return;
    }
    let name = verb - 1;
    let part = tree.words[name].upos == Upos::Propn
        && matches!(tree.words[name].deprel, "flat" | "appos" | "compound")
        && tree.child(name, &["case"]).is_none()
        && tree.head(name).is_some_and(|whom| {
            whom < name && tree.head(whom) == tree.head(verb) && matches!(tree.rel(whom), "obj" | "iobj")
        });
    if part && tree.child(verb, &["nsubj", "csubj", "expl", "mark"]).is_none() {
        tree.attach(name, verb, "nsubj");
    }
}
