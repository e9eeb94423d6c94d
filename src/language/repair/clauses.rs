//! Clauses: what they are joined to.

use super::is_form;
use crate::language::engine::Upos;
use crate::language::{Grammar, Tree, VerbForm};

/// "refused to send aid and urged": a finite verb goes with the finite verb above, not with the infinitive.
pub(super) fn coordinated(tree: &mut Tree, at: usize) {
    let word = &tree.words[at];
    if word.rel() != "conj" || !matches!(word.xpos, "VBD" | "VBZ") || tree.child(at, &["nsubj"]).is_some() {
        return;
    }
    let Some(with) = tree.head(at) else { return };
    let modal = tree.words[with].xpos == "VB" && word.xpos == "VBD";
    if !modal && !tree.is_infinitive(with) && tree.words[with].xpos != "VBG" {
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

/// "the issue of aid to Ukraine, which has": a relative clause behind a comma tells of the name right before it.
pub(super) fn relative(tree: &mut Tree, verb: usize) {
    if tree.words[verb].deprel != "acl:relcl" {
        return;
    }
    let pronoun = tree.child(verb, &["nsubj"]).filter(|&p| matches!(tree.words[p].xpos, "WDT" | "WP"));
    let name = pronoun.and_then(|p| p.checked_sub(2)).filter(|&n| tree.words[n + 1].lower == ",");
    let (Some(pronoun), Some(above)) = (pronoun, tree.head(verb)) else { return };
    let aux = tree.children(verb).iter().copied().find(|&c| matches!(tree.rel(c), "aux" | "cop")).unwrap_or(verb);
    let singular = tree.words[aux].xpos == "VBZ" || tree.words[aux].lower == "was";
    let plural = tree.words[above].xpos == "NNS";
    // "members of Scientology, who have": the verb agrees with the plural. "a warrant for Puigdemont, who had"
    let moves = if tree.words[pronoun].lower == "who" { !plural } else { singular && plural };
    let same = name.is_some_and(|n| tree.head(n) == Some(above) && matches!(tree.rel(n), "appos" | "flat" | "conj"));
    if !moves || same {
        return;
    }
    if let (Some(name), Some(head)) = (name, tree.head(verb))
        && tree.words[name].upos == Upos::Propn
        && tree.words[head].upos == Upos::Noun
        && head < name
    {
        tree.attach(verb, name, "acl:relcl");
    }
}

/// "delayed assistance and opposed sanctions": a participle after "and", under a finite verb, that the parser takes for
/// an adjective of the next noun, is a verb with that noun as its object.
pub(super) fn participle(tree: &mut Tree, at: usize, grammar: &Grammar) {
    let word = &tree.words[at];
    if word.rel() != "amod" || word.xpos != "VBN" || !is_form(grammar, &word.lower, VerbForm::Past) {
        return;
    }
    let Some(noun) = tree.head(at).filter(|&n| n > at && tree.rel(n) == "conj") else { return };
    let cc = tree
        .children(noun)
        .iter()
        .copied()
        .find(|&c| tree.rel(c) == "cc" && c + 1 == at && tree.words[c].lower != "or");
    let mut above = tree.head(noun);
    for _ in 0..6 {
        let (Some(cc), Some(verb)) = (cc, above) else { return };
        let active = !tree.is_passive(verb) && tree.rel(verb) != "amod";
        if matches!(tree.words[verb].xpos, "VBD" | "VBN") && tree.words[verb].upos == Upos::Verb {
            // "improved the roads and finished goods": no list of objects, no verb.
            let of_verb = tree.head(noun).is_some_and(|h| tree.words[h].upos == Upos::Verb);
            if !of_verb && (!active || tree.child(verb, &["obj"]).is_none()) {
                return;
            }
            tree.attach(at, verb, "conj");
            tree.attach(noun, at, "obj");
            tree.attach(cc, at, "cc");
            return;
        }
        above = tree.head(verb);
    }
}

/// "with Democrats voting in favour and Republicans opposing": both have a subject of their own.
pub(super) fn absolute(tree: &mut Tree, first: usize) {
    let with = tree.children(first).iter().any(|&c| tree.rel(c) == "mark" && tree.words[c].lower == "with");
    if !with || tree.words[first].xpos != "VBG" || tree.child(first, &["nsubj"]).is_none() {
        return;
    }
    let second = (first + 1..tree.words.len()).find(|&at| {
        tree.words[at].xpos == "VBG"
            && matches!(tree.words[at].deprel, "advcl" | "acl" | "conj")
            && tree.is_above(first, at)
            && tree.child(at, &["nsubj", "mark"]).is_none()
    });
    let Some(second) = second else { return };
    let Some(noun) = second.checked_sub(1).filter(|&n| n > first && tree.words[n].is_nominal()) else { return };
    let top = tree.top_before(noun, second, &|at| at > first && tree.words[at].is_nominal());
    // The noun behind "and": the last of the list that it was taken for.
    let mut subject = noun;
    while tree.rel(subject) != "conj" && subject != top {
        let Some(head) = tree.head(subject) else { return };
        subject = head;
    }
    let Some(cc) = tree.child(subject, &["cc"]).filter(|_| tree.rel(subject) == "conj") else { return };
    tree.attach(second, first, "conj");
    tree.attach(subject, second, "nsubj");
    tree.attach(cc, second, "cc");
}

/// "Clinton was impeached in 1998, and Johnson in 1868": a name that is coordinated with a verb, and has the same
/// preposition behind it, is one more subject.
pub(super) fn gap(tree: &mut Tree, verb: usize) {
    let Some(subject) = tree.child(verb, &["nsubj"]).filter(|&s| s < verb) else { return };
    let prepositions: Vec<String> = (tree.children(verb).iter())
        .filter(|&&c| c > verb && tree.rel(c) == "obl")
        .filter_map(|&c| tree.preposition(c).map(str::to_owned))
        .collect();
    let found = tree.children(verb).iter().copied().find(|&c| {
        c > verb
            && tree.rel(c) == "conj"
            && tree.words[c].upos == Upos::Propn
            && tree.child(c, &["cc"]).is_some()
            && tree.child(c, &["case", "cop", "nsubj"]).is_none()
            && tree.children(c).iter().any(|&m| {
                m > c
                    && matches!(tree.rel(m), "nmod" | "obl" | "orphan")
                    && tree.preposition(m).is_some_and(|p| prepositions.iter().any(|q| q == p))
            })
    });
    if let Some(name) = found {
        tree.attach(name, subject, "conj");
    }
}

/// "told parliament to panic and criticised leaders/obj<-panic for": what stands behind a verb that is coordinated with
/// one above hangs on it, and on nothing between the two.
pub(super) fn crossed(tree: &mut Tree, verb: usize) {
    if tree.words[verb].rel() != "conj" || !matches!(tree.words[verb].xpos, "VBD" | "VBZ" | "VBP") {
        return;
    }
    let Some(head) = tree.head(verb).filter(|&h| h < verb) else { return };
    let full = tree.child(verb, &["obj", "ccomp", "xcomp"]).is_some();
    for at in verb + 1..tree.words.len() {
        let between = tree.head(at).filter(|&h| head < h && h < verb && tree.is_above(head, h));
        let Some(between) = between.filter(|&b| tree.words[b].upos == Upos::Verb) else { continue };
        if tree.is_above(verb, between) {
            continue;
        }
        match tree.rel(at) {
            "obj" | "xcomp" | "ccomp" | "iobj" if full => {}
            "obj" | "xcomp" | "ccomp" | "iobj" | "obl" | "advcl" | "advmod" => {
                tree.attach(at, verb, tree.words[at].deprel);
            }
            _ => {}
        }
    }
}

/// "with Paris/obl asking the Council to meet": the noun is the subject of the participle right behind it.
pub(super) fn with_participle(tree: &mut Tree, verb: usize) {
    let found = tree.children(verb).iter().copied().find_map(|noun| {
        let with = tree
            .child(noun, &["case"])
            .filter(|&c| c < noun && tree.words[c].lower == "with" && (c == 0 || tree.words[c - 1].lower == ","))?;
        let end = tree.span(noun, &|c| tree.rel(c) == "punct").end;
        let clause = tree.children(verb).iter().copied().find(|&c| {
            c == end
                && tree.words[c].xpos == "VBG"
                && tree.rel(c) == "advcl"
                && tree.child(c, &["nsubj", "mark", "aux"]).is_none()
        })?;
        (tree.rel(noun) == "obl").then_some((noun, with, clause))
    });
    if let Some((noun, with, clause)) = found {
        tree.attach(noun, clause, "nsubj");
        tree.attach(with, clause, "mark");
    }
}

/// "voted for the treaty but against the budget": what is coordinated under another preposition is no part of a list,
/// but what is left of a clause without its verb.
pub(super) fn against_after_for(tree: &mut Tree, verb: usize) {
    let found = tree.children(verb).iter().copied().find_map(|first| {
        let own = tree.preposition(first)?;
        tree.children(first).iter().copied().find(|&second| {
            let other = tree.preposition(second);
            let turns = matches!((own, other), ("for", Some("against")) | ("against", Some("for")));
            tree.rel(first) == "obl" && tree.rel(second) == "conj" && turns
        })
    });
    if let Some(second) = found {
        tree.attach(second, verb, "orphan");
    }
}

/// "fears that training/advcl them here could harm": the gerund between "that" and a verb without a subject is its
/// subject.
pub(super) fn gerund_subject(tree: &mut Tree, verb: usize) {
    if tree.rel(verb) != "ccomp" || tree.child(verb, &["nsubj", "csubj", "expl"]).is_some() {
        return;
    }
    let (Some(mark), Some(head)) = (tree.child(verb, &["mark"]), tree.head(verb)) else { return };
    let between = |c: &usize| {
        *c > mark && *c < verb && tree.words[*c].xpos == "VBG" && matches!(tree.rel(*c), "advcl" | "csubj" | "ccomp")
    };
    if let Some(gerund) = tree.children(head).iter().copied().find(between) {
        tree.attach(gerund, verb, "csubj");
    }
}

/// "It was Norway that rejected/advcl:relcl the treaty": a clause like any other on Norway.
pub(super) fn cleft(tree: &mut Tree, verb: usize) {
    if tree.words[verb].deprel == "advcl:relcl" {
        tree.words[verb].deprel = "acl:relcl";
    }
}
