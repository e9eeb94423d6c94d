//! Objects, and what is said of them.

use crate::language::engine::Upos;
use crate::language::{Grammar, Takes, Tree};

/// "signed a government decree": of two objects side by side the first is part of the second's name.
pub(super) fn compound(tree: &mut Tree, verb: usize) {
    let objects: Vec<usize> = tree.children(verb).iter().copied().filter(|&c| tree.rel(c) == "obj").collect();
    for pair in objects.windows(2) {
        if pair[0] + 1 != pair[1] || tree.words[pair[0]].upos == Upos::Pron {
            continue;
        }
        if (tree.words[pair[0]].upos, tree.words[pair[1]].upos) == (Upos::Noun, Upos::Propn) {
            // "jails reporter Evan Gershkovich"
            tree.attach(pair[1], pair[0], "appos");
        } else if tree.words[pair[1]].upos == Upos::Noun {
            tree.attach(pair[0], pair[1], "compound");
            let left: Vec<usize> = tree.children(pair[0]).iter().copied().filter(|&c| c < pair[0]).collect();
            tree.hand_over(&left, pair[1]);
        }
    }
}

/// "would leave the Union and rejected calls": of two objects the one behind the second verb is that verb's.
pub(super) fn of_second(tree: &mut Tree, verb: usize) {
    let objects: Vec<usize> = tree.children(verb).iter().copied().filter(|&c| tree.rel(c) == "obj").collect();
    let [first, second] = objects[..] else { return };
    let between = |c: usize| {
        first < c
            && c < second
            && tree.words[c].upos == Upos::Verb
            && tree.rel(c) == "conj"
            && tree.child(c, &["obj", "ccomp", "xcomp"]).is_none()
            && !tree.is_passive(c)
    };
    let below = tree.children(verb).iter().copied().find(|&c| between(c));
    let beside = tree.head(verb).and_then(|h| tree.children(h).iter().copied().find(|&c| c > verb && between(c)));
    if let Some(other) = below.or(beside) {
        tree.attach(second, other, "obj");
    }
}

/// What has a preposition is no object.
pub(super) fn oblique(tree: &mut Tree, verb: usize) {
    let with_case: Vec<usize> = (tree.children(verb).iter().copied())
        .filter(|&c| {
            // "drove in two runs", "tried on hats": a particle.
            let particle = |p: usize| {
                p == verb + 1
                    && matches!(
                        tree.words[p].lower.as_str(),
                        "in" | "on" | "off" | "out" | "up" | "over" | "down" | "back"
                    )
            };
            let first = tree.span(c, &|m| tree.rel(m) == "punct").start;
            let case = tree.child(c, &["case"]).filter(|&p| tree.words[p].upos == Upos::Adp);
            tree.rel(c) == "obj" && case.is_some_and(|p| p == first && !particle(p) || p > c)
        })
        .collect();
    with_case.into_iter().for_each(|c| tree.words[c].deprel = "obl");
}

/// "slams Merkel/flat": what stands bare behind a verb is its object.
pub(super) fn bare(tree: &mut Tree, verb: usize) {
    if tree.child(verb, &["obj", "ccomp", "xcomp"]).is_some() || tree.is_passive(verb) {
        return;
    }
    let found = tree.children(verb).iter().copied().find(|&c| {
        c > verb
            && tree.words[c].is_nominal()
            && matches!(tree.words[c].deprel, "flat" | "appos" | "compound")
            && tree.child(c, &["case"]).is_none()
            && !(verb..c).any(|b| tree.words[b].is_mark())
    });
    if let Some(object) = found {
        tree.words[object].deprel = "obj";
    }
}

/// "brushed aside the objections/obl": what stands bare behind a verb and its particle is the object.
pub(super) fn behind_particle(tree: &mut Tree, verb: usize) {
    if tree.child(verb, &["obj", "iobj", "ccomp", "xcomp"]).is_some() || tree.is_passive(verb) {
        return;
    }
    let particle = tree.children(verb).iter().copied().find(|&c| {
        c == verb + 1
            && (tree.words[c].deprel == "compound:prt" || matches!(tree.words[c].lower.as_str(), "aside" | "forward"))
    });
    let found = particle.and_then(|p| bare_behind(tree, verb, p));
    let told = |at: usize| tree.words[at].xpos == "NNS" || tree.child(at, &["det", "amod"]).is_some();
    if let Some(object) = found.filter(|&o| told(o)) {
        tree.words[object].deprel = "obj";
    }
}

/// "voted by 80 to 12 to outlaw whale meat/obl": what stands bare right behind an infinitive is its object.
pub(super) fn of_infinitive(tree: &mut Tree, verb: usize) {
    let Some(head) = tree.head(verb).filter(|_| tree.is_infinitive(verb)) else { return };
    if tree.rel(verb) != "advcl" || tree.child(verb, &["obj", "ccomp", "xcomp"]).is_some() || tree.is_passive(verb) {
        return;
    }
    if let Some(object) = bare_behind(tree, head, verb) {
        tree.attach(object, verb, "obj");
    }
}

/// "an attempt to oust/nmod X/nsubj": an infinitive behind a noun hangs on it as a clause, and what stands behind it is
/// its object.
pub(super) fn of_noun_clause(tree: &mut Tree, verb: usize) {
    let Some(mark) = tree.child(verb, &["mark"]).filter(|&m| m < verb && tree.words[m].xpos == "TO") else { return };
    if tree.rel(verb) == "nmod" && tree.head(verb).is_some_and(|h| h < mark && tree.words[h].is_nominal()) {
        tree.words[verb].deprel = "acl";
    }
    let behind = tree.child(verb, &["nsubj"]).filter(|&s| s > verb && tree.child(s, &["case"]).is_none());
    if let Some(object) = behind.filter(|_| tree.child(verb, &["obj", "ccomp"]).is_none()) {
        tree.words[object].deprel = "obj";
    }
}

/// "have the ban/obj lifted/xcomp": what is done to the object is a clause, of which it is the subject.
pub(super) fn caused(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    if !grammar.takes(&tree.words[verb].lemma, Takes::Causative) {
        return;
    }
    let Some(object) = tree.child(verb, &["obj"]).filter(|&o| o > verb) else { return };
    let below = tree.children(verb).iter().chain(tree.children(object)).copied();
    let done = below.into_iter().find(|&c| {
        let bare = tree.child(c, &["nsubj", "mark", "aux", "obj"]).is_none();
        tree.words[c].xpos == "VBN"
            && matches!(tree.words[c].deprel, "xcomp" | "acl" | "ccomp")
            && bare
            && !(object..c).any(|at| tree.words[at].is_mark())
            && tree.span(object, &|m| m == c).end == tree.span(c, &|_| false).start
    });
    if let Some(done) = done {
        tree.attach(done, verb, "ccomp");
        tree.attach(object, done, "nsubj:pass");
    }
}

/// A noun under `verb` without a preposition that begins right behind word `before`.
fn bare_behind(tree: &Tree, verb: usize, before: usize) -> Option<usize> {
    tree.children(verb).iter().copied().find(|&c| {
        c > before
            && tree.words[c].deprel == "obl"
            && tree.words[c].upos == Upos::Noun
            && tree.child(c, &["case"]).is_none()
            && tree.span(c, &|_| false).start == before + 1
    })
}

/// "gave Jane Doe/compound asylum": a person's name right behind a verb of giving is whom it is given to.
pub(super) fn given(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    if !grammar.takes(&tree.words[verb].lemma, Takes::Gives) {
        return;
    }
    // "X was promised aid/xcomp"
    let noun = tree.child(verb, &["xcomp"]).filter(|&o| o > verb && tree.words[o].upos == Upos::Noun);
    if let Some(noun) = noun.filter(|&o| tree.is_passive(verb) && tree.child(o, &["cop", "case", "mark"]).is_none()) {
        tree.words[noun].deprel = "obj";
    }
    let Some(object) = tree.child(verb, &["obj"]).filter(|&o| o > verb && tree.words[o].upos == Upos::Noun) else {
        return;
    };
    let name = tree
        .children(object)
        .iter()
        .copied()
        .find(|&c| c == verb + 1 && tree.rel(c) == "compound" && tree.words[c].upos == Upos::Propn);
    if let Some(name) = name.filter(|_| tree.child(verb, &["iobj"]).is_none()) {
        tree.attach(name, verb, "iobj");
    }
}

/// "called the decision a disaster": of two objects the second is what the first is said to be.
pub(super) fn called(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    if !grammar.takes(&tree.words[verb].lemma, Takes::Calls) {
        return;
    }
    let objects: Vec<usize> =
        tree.children(verb).iter().copied().filter(|&c| c > verb && matches!(tree.rel(c), "obj" | "iobj")).collect();
    // "called the move a smash and grab/appos"
    if let [only] = objects[..] {
        let said = tree.child(only, &["appos"]).filter(|&a| a > only && tree.words[a].upos == Upos::Noun);
        let comma = |a: usize| (only..a).any(|at| matches!(tree.words[at].lower.as_str(), "," | "(" | "–" | "—"));
        // "called the rules for the inquiry unfair/amod", "called the ruling of the court a mistake/obl:unmarked"
        let behind = |w: &usize| {
            let word = &tree.words[*w];
            let adjective = word.rel() == "amod" && word.upos == Upos::Adj && word.head.is_some_and(|h| h < *w);
            let noun =
                word.deprel == "obl:unmarked" && tree.child(*w, &["det"]).is_some_and(|d| tree.words[d].lower != "the");
            let last = tree.words.get(w + 1).is_none_or(|next| next.is_mark() || next.upos == Upos::Cconj);
            last && (adjective || noun) && tree.is_above(verb, *w)
        };
        let said =
            said.filter(|&a| !comma(a)).or_else(|| (only + 1..tree.words.len()).find(behind).filter(|&w| !comma(w)));
        if let Some(said) = said.filter(|_| tree.child(verb, &["xcomp"]).is_none()) {
            tree.attach(said, verb, "xcomp");
            let between: Vec<usize> =
                tree.children(verb).iter().copied().filter(|&c| tree.rel(c) == "obl" && only < c && c < said).collect();
            between.into_iter().for_each(|c| tree.attach(c, only, "nmod"));
        }
        return;
    }
    let [first, second] = objects[..] else { return };
    if tree.child(verb, &["xcomp"]).is_none() {
        tree.words[first].deprel = "obj";
        tree.words[second].deprel = "xcomp";
    }
}

/// "found Jane Doe/nsubj guilty": who is found guilty is the object, and "found" no founding.
pub(super) fn judged(tree: &mut Tree, verb: usize) {
    if !matches!(
        tree.words[verb].lower.as_str(),
        "found" | "find" | "finds" | "finding" | "ruled" | "declared" | "judged"
    ) {
        return;
    }
    let verdict = tree.children(verb).iter().copied().find(|&c| {
        let adjective = tree.words[c].upos == Upos::Adj || tree.words[c].lower == "guilty";
        c > verb && adjective && tree.child(c, &["cop", "aux", "mark"]).is_none()
    });
    let Some(verdict) = verdict else { return };
    if tree.words[verb].lower == "found" {
        "find".clone_into(&mut tree.words[verb].lemma);
    }
    let own = tree.children(verdict).iter().copied().find(|&n| {
        n > verb && n < verdict && tree.words[n].is_nominal() && matches!(tree.rel(n), "nsubj" | "compound" | "nmod")
    });
    let whom = own.or_else(|| tree.child(verb, &["obj"]).filter(|&o| o > verb && o < verdict));
    let Some(whom) = whom else { return };
    tree.attach(whom, verb, "obj");
    tree.words[verdict].deprel = "xcomp";
}

/// "called for the prisoners to be released": the noun is the subject of the infinitive, and the clause what is called for.
pub(super) fn call_for(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    if !grammar.takes(&tree.words[verb].lemma, Takes::AsksFor) {
        return;
    }
    let noun = (tree.children(verb).iter().copied())
        .find(|&c| c > verb && tree.rel(c) == "obl" && tree.preposition(c) == Some("for"));
    let Some(noun) = noun else { return };
    let Some(case) = tree.child(noun, &["case"]).filter(|&c| c == verb + 1) else { return };
    let own = tree.children(noun).iter().chain(tree.children(verb)).copied();
    let clause = own.into_iter().find(|&c| {
        c > noun
            && tree.is_infinitive(c)
            && matches!(tree.words[c].deprel, "acl" | "advcl" | "xcomp")
            && tree.child(c, &["nsubj"]).is_none()
    });
    let Some(clause) = clause else { return };
    // Nothing but the noun's own words between the two.
    let start = tree.span(clause, &|_| false).start;
    let end = tree.span(noun, &|c| c == clause).end;
    let asks = tree.words[verb].lemma != "call" && tree.words[verb].lemma != "wait";
    let passive = tree.children(clause).iter().any(|&c| tree.words[c].deprel == "aux:pass");
    // "asked for permission to go"
    if start != end || asks && !passive {
        return;
    }
    tree.attach(clause, verb, "advcl");
    tree.attach(noun, clause, if passive { "nsubj:pass" } else { "nsubj" });
    tree.attach(case, clause, "mark");
}

/// "concluded evidence/obj supported his claim": an object right before a finite verb without a subject is its subject.
pub(super) fn of_clause(tree: &mut Tree, verb: usize) {
    let Some(object) = tree.child(verb, &["obj"]).filter(|&o| o > verb && tree.words[o].upos != Upos::Pron) else {
        return;
    };
    let clause = tree.children(verb).iter().copied().find(|&c| {
        let copula = tree.child(c, &["cop"]).map(|cop| tree.words[cop].xpos);
        let finite = super::is_finite(tree.words[c].xpos) || copula.is_some_and(super::is_finite);
        c > object
            && matches!(tree.rel(c), "ccomp" | "parataxis")
            && finite
            && tree.child(c, &["nsubj", "mark", "expl", "cc"]).is_none()
    });
    let Some(clause) = clause else { return };
    let start = tree.span(clause, &|_| false).start;
    let end = tree.span(object, &|_| false).end;
    let starts = |at: usize| super::is_finite(tree.words[at].xpos) || tree.words[at].upos == Upos::Adv;
    if start == end && starts(start) {
        tree.words[clause].deprel = "ccomp";
        tree.attach(object, clause, "nsubj");
    }
}

/// "encouraging allies such as Germany/obl to": the example belongs to the noun before it.
pub(super) fn such_as(tree: &mut Tree, verb: usize) {
    let found: Vec<(usize, usize)> = (tree.children(verb).iter().copied())
        .filter(|&c| c > verb && tree.rel(c) == "obl")
        .filter_map(|c| {
            let case = tree.child(c, &["case"]).filter(|&m| m > verb)?;
            let example = tree.words[case].lower == "such" || tree.words[case].lower == "including";
            let noun = case.checked_sub(1).filter(|&n| example && n > verb && tree.words[n].is_nominal())?;
            Some((c, noun))
        })
        .collect();
    for (example, noun) in found {
        tree.attach(example, noun, "nmod");
    }
}

/// "opposes the ferry subsidy/JJ/xcomp": what has an article and no noun behind it is a noun, and the object.
pub(super) fn adjective_for_noun(tree: &mut Tree, verb: usize) {
    if tree.child(verb, &["obj", "ccomp"]).is_some() || tree.is_passive(verb) {
        return;
    }
    let Some(object) = tree.child(verb, &["xcomp"]).filter(|&c| c > verb && tree.words[c].upos == Upos::Adj) else {
        return;
    };
    let article = (verb + 1..object).any(|d| tree.rel(d) == "det" && tree.span(object, &|_| false).contains(&d));
    if article && tree.child(object, &["cop", "mark"]).is_none() {
        let word = &mut tree.words[object];
        (word.upos, word.xpos, word.deprel) = (Upos::Noun, "NN", "obj");
    }
}

/// "insisted the lithium/obj mine/PRP should go ahead": a mine, not what is mine.
pub(super) fn mine(tree: &mut Tree, at: usize) {
    let Some(before) =
        at.checked_sub(1).filter(|_| tree.words[at].lower == "mine" && tree.words[at].upos == Upos::Pron)
    else {
        return;
    };
    if !matches!(tree.words[before].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det) {
        return;
    }
    let word = &mut tree.words[at];
    (word.upos, word.xpos) = (Upos::Noun, "NN");
    "mine".clone_into(&mut word.lemma);
    if matches!(tree.words[before].upos, Upos::Noun | Upos::Propn) && tree.head(at) != Some(before) {
        let left: Vec<usize> = tree.children(before).iter().copied().filter(|&c| c < before).collect();
        tree.hand_over(&left, at);
        tree.attach(before, at, "compound");
    }
}

/// "the highest point of the route/obj, Jane Doe attacked": what stands before the subject, with a comma between, is said
/// of the place or of the subject, and is no object.
pub(super) fn before_subject(tree: &mut Tree, verb: usize) {
    let Some(object) = tree.child(verb, &["obj"]).filter(|&o| o < verb && tree.words[o].upos == Upos::Noun) else {
        return;
    };
    let Some(subject) = tree.child(verb, &["nsubj"]).filter(|&s| object < s && s < verb) else { return };
    let start = tree.span(subject, &|_| false).start;
    let comma = start.checked_sub(1).is_some_and(|c| tree.words[c].lower == "," && c > object);
    if comma && tree.child(object, &["acl", "det"]).is_none_or(|c| tree.words[c].lower != "what") {
        tree.words[object].deprel = "obl:unmarked";
    }
}

/// "flights to and from Norway/conj": what has two prepositions belongs to the noun, and is no second one.
pub(super) fn to_and_from(tree: &mut Tree, at: usize) {
    let case = tree.child(at, &["case"]).filter(|&c| c < at && tree.child(c, &["conj"]).is_some());
    let noun = tree.head(at).filter(|&h| h < at && tree.words[h].is_nominal());
    if tree.words[at].deprel == "conj" && noun.is_some() && noun == case.and_then(|c| c.checked_sub(1)) {
        tree.words[at].deprel = "nmod";
    }
}

/// "declared the review complete/amod": behind its noun, the adjective is what that is declared to be.
pub(super) fn declared(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    if !grammar.takes(&tree.words[verb].lemma, Takes::Declares) {
        return;
    }
    let Some(object) = tree.child(verb, &["obj"]).filter(|&o| o > verb && tree.words[o].upos == Upos::Noun) else {
        return;
    };
    let behind = tree.children(object).iter().copied().find(|&c| {
        c == object + 1 && tree.words[c].upos == Upos::Adj && tree.rel(c) == "amod" && tree.words[c].lower != "general"
    });
    if let Some(adjective) = behind.filter(|_| tree.child(verb, &["xcomp"]).is_none()) {
        tree.attach(adjective, verb, "xcomp");
    }
}
