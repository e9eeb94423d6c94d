//! Subjects: those that hang elsewhere, and those that are one too many.

use super::is_finite;
use crate::language::Tree;
use crate::language::engine::Upos;

/// "Trump, in a statement, announced troops would leave": a finite verb without a subject takes the one before it,
/// wherever that hangs.
pub(super) fn lost(tree: &mut Tree, verb: usize) {
    if !is_finite(tree.words[verb].xpos)
        || tree.child(verb, &["nsubj", "csubj", "expl"]).is_some()
        || !matches!(tree.rel(verb), "root" | "ccomp" | "parataxis")
    {
        return;
    }
    // The clause below has two subjects, one of them before this verb.
    let below = tree.children(verb).iter().copied().filter(|&c| c > verb && matches!(tree.rel(c), "ccomp" | "xcomp"));
    let taken = below.into_iter().find_map(|c| {
        let subjects: Vec<usize> = tree.children(c).iter().copied().filter(|&s| tree.rel(s) == "nsubj").collect();
        match subjects[..] {
            [first, .., last] if first < verb && last > verb => Some(first),
            _ => None,
        }
    });
    if let Some(subject) = taken {
        tree.attach(subject, verb, "nsubj");
        return;
    }
    if tree.rel(verb) != "root" {
        return;
    }
    // "US President Trump/compound announces", "This Friday, the princess/appos announced"
    let bare = |c: usize| {
        tree.words[c].is_nominal()
            && !matches!(tree.words[c].deprel, "obl:tmod" | "obl:npmod" | "obl:unmarked")
            && tree.child(c, &["case"]).is_none()
    };
    let own = tree.children(verb).iter().copied().rfind(|&c| {
        c < verb && bare(c) && matches!(tree.rel(c), "compound" | "flat" | "dislocated" | "nmod" | "appos" | "obl")
    });
    let time = |c: usize| c < verb && matches!(tree.words[c].deprel, "obl:tmod" | "obl:npmod" | "obl:unmarked");
    let of_time = tree.children(verb).iter().copied().filter(|&c| time(c));
    // "Jane Doe/compound last week accused": not the week's.
    let joined = |a: usize| tree.rel(a) == "appos" || tree.rel(a) == "compound" && tree.words[a].xpos == "NNP";
    let apposed = of_time.flat_map(|t| tree.children(t)).copied().find(|&a| a < verb && joined(a) && bare(a));
    if let Some(subject) = own.or(apposed) {
        tree.attach(subject, verb, "nsubj");
    }
}

/// Of two subjects one is the other's office, or an apposition, or the next in a list without "and".
pub(super) fn two(tree: &mut Tree, verb: usize) {
    let subjects: Vec<usize> = (tree.children(verb).iter().copied())
        .filter(|&c| matches!(tree.rel(c), "nsubj" | "vocative") && c < verb)
        .collect();
    let [first, second] = subjects[..] else { return };
    // "Macron, Merkel call for"; but not "Madam Speaker, the Congress has"
    let called = tree.rel(first) == "vocative" && (first + 2 != second || second + 1 != verb);
    if called || tree.rel(second) == "vocative" {
        return;
    }
    let (one, other) = (&tree.words[first], &tree.words[second]);
    let names = (one.upos == Upos::Propn, other.upos == Upos::Propn);
    if !one.is_nominal() || !other.is_nominal() || matches!(one.upos, Upos::Pron) || matches!(other.upos, Upos::Pron) {
        return;
    }
    // "chief constable Nick Adderley"
    if tree.rel(first) == "nsubj" && first + 1 == second && names == (false, true) {
        tree.attach(second, first, "appos");
        return;
    }
    let mark = |c: usize| tree.rel(c) == "punct";
    let start = tree.span(second, &mark).start;
    let end = tree.span(first, &mark).end;
    let comma = start.checked_sub(1).is_some_and(|c| tree.words[c].lower == "," && (end == c || end == start));
    if !comma {
        return;
    }
    let article = |at: usize| matches!(tree.words[at].lower.as_str(), "a" | "an" | "the");
    let opens = tree.span(first, &mark).start;
    match names {
        // "Benin, Nigeria join"
        (true, true) if !article(start) => {
            tree.words[first].deprel = tree.words[second].deprel;
            tree.attach(second, first, "conj");
        }
        // "a member of parliament, Samir Dilou said"
        (false, true) if article(opens) && !article(start) && tree.rel(first) == "nsubj" => {
            tree.attach(second, first, "appos")
        }
        // "Harry Dunn, a motorcyclist was struck"
        (true, false) if article(start) && tree.rel(first) == "nsubj" => tree.attach(second, first, "appos"),
        _ => {}
    }
}

/// "Trump's dismissal of Comey/nsubj drew protests": what has a preposition is no subject, where another stands before.
pub(super) fn with_preposition(tree: &mut Tree, verb: usize) {
    let subjects: Vec<usize> =
        (tree.children(verb).iter().copied()).filter(|&c| tree.rel(c) == "nsubj" && c < verb).collect();
    let [first, second] = subjects[..] else { return };
    let case = tree.child(second, &["case"]).filter(|&c| c < second && tree.words[c].upos == Upos::Adp);
    if case.is_some() && tree.words[first].is_nominal() {
        tree.attach(second, first, "nmod");
    }
}

/// "the ambassador of Iran to the UN, Majid Ravanchi/appos, denied": a name between commas right before the verb tells
/// who the subject is, not the name before it.
pub(super) fn apposed_to_last(tree: &mut Tree, verb: usize) {
    let Some(subject) = tree.child(verb, &["nsubj"]).filter(|&s| s < verb && tree.words[s].upos == Upos::Noun) else {
        return;
    };
    let found = (subject + 1..verb).find(|&a| {
        tree.rel(a) == "appos"
            && tree.words[a].upos == Upos::Propn
            && tree.words[a - 1].lower == ","
            && tree.words.get(a + 1).is_some_and(|w| w.lower == ",")
            && tree.head(a).is_some_and(|h| {
                tree.words[h].upos == Upos::Propn && tree.rel(h) == "nmod" && tree.head(h) == Some(subject)
            })
    });
    if let Some(name) = found.filter(|_| tree.child(subject, &["appos"]).is_none()) {
        tree.attach(name, subject, "appos");
    }
}

/// "Fox News supported the suit, as did the Associated Press": so did they.
pub(super) fn as_did(tree: &mut Tree, verb: usize) {
    let Some(subject) = tree.child(verb, &["nsubj"]).filter(|&s| s < verb) else { return };
    let found = tree.children(verb).iter().copied().find_map(|c| {
        let mark = tree.child(c, &["mark"]).filter(|&m| m > verb && tree.words[m].lower == "as")?;
        let auxiliary = matches!(
            tree.words.get(mark + 1)?.lower.as_str(),
            "did" | "does" | "do" | "has" | "have" | "had" | "was" | "were" | "is" | "are"
        );
        if tree.rel(c) != "advcl" || !auxiliary {
            return None;
        }
        let name = if tree.words[c].is_nominal() { Some(c) } else { tree.child(c, &["obj", "nsubj"]) };
        name.filter(|&n| {
            n > mark + 1 && tree.words[n].is_nominal() && tree.span(n, &|m| m <= mark + 1).start == mark + 2
        })
    });
    if let Some(name) = found {
        let under: Vec<usize> =
            tree.children(name).iter().copied().filter(|&c| matches!(tree.rel(c), "mark" | "cop")).collect();
        under.into_iter().for_each(|c| tree.attach(c, verb, "dep"));
        tree.attach(name, subject, "conj");
    }
}

/// "Trump, asked/ccomp about the pardon, said": what is told of the subject between commas is a participle.
pub(super) fn told_between(tree: &mut Tree, verb: usize) {
    let Some(subject) = tree.child(verb, &["nsubj"]).filter(|&s| s < verb) else { return };
    let found = tree.children(verb).iter().copied().find(|&c| {
        c > subject
            && c < verb
            && matches!(tree.words[c].xpos, "VBD" | "VBN")
            && matches!(tree.rel(c), "ccomp" | "advcl")
            && tree.words[c - 1].lower == ","
            && tree.child(c, &["nsubj", "mark", "aux", "obj", "cop", "cc"]).is_none()
    });
    if let Some(participle) = found {
        tree.attach(participle, subject, "acl");
        tree.words[participle].xpos = "VBN";
    }
}

/// "together/advmod with/case Portugal": the two words hang on different ones.
fn apart(tree: &Tree, noun: usize) -> bool {
    let start = tree.span(noun, &|m| tree.rel(m) == "punct").start;
    tree.words[start].lower == "with"
        && start.checked_sub(1).is_some_and(|b| matches!(tree.words[b].lower.as_str(), "together" | "along"))
}

/// "Egypt, along with Saudi Arabia, cut ties": both did.
pub(super) fn along_with(tree: &mut Tree, verb: usize) {
    let Some(subject) = tree.child(verb, &["nsubj"]).filter(|&s| s < verb) else { return };
    if !is_finite(tree.words[verb].xpos) && tree.child(verb, &["aux"]).is_none() {
        return;
    }
    // "Together/advmod with Portugal, Ireland rejected"
    let together = tree.child(verb, &["advmod"]).filter(|&a| {
        a < subject && matches!(tree.words[a].lower.as_str(), "together" | "along") && tree.child(a, &["obl"]).is_some()
    });
    if let Some(other) = together.and_then(|a| tree.child(a, &["obl"])).filter(|&o| o < subject) {
        tree.attach(other, subject, "conj");
        return;
    }
    let below = tree.children(verb).iter().chain(tree.children(subject)).copied();
    let with = |at: usize| {
        let mut cases = tree.children(at).iter().filter(|&&c| matches!(tree.rel(c), "case" | "advmod" | "cc"));
        let first = cases.next().map(|&c| tree.words[c].lower.as_str());
        let joined =
            matches!(first, Some("along" | "together" | "alongside")) || first == Some("with") && apart(tree, at);
        joined && tree.words[at].is_nominal()
    };
    let found = below.into_iter().find(|&c| {
        let before = tree.span(c, &|m| tree.rel(m) == "punct").start.checked_sub(1 + usize::from(apart(tree, c)));
        let open = before.is_none_or(|b| tree.words[b].lower == ",");
        c < verb && matches!(tree.rel(c), "obl" | "nmod") && with(c) && open
    });
    // "rejected the treaty, along with Latvia", "was brought by X, together with Y"
    let behind = tree.children(verb).iter().copied().find(|&c| {
        let before = tree.span(c, &|m| tree.rel(m) == "punct").start.checked_sub(1);
        let before = before.and_then(|b| b.checked_sub(usize::from(beside(tree, verb, c))));
        let comma = before.is_some_and(|b| b > verb && tree.words[b].lower == ",");
        let named = tree.words[c].upos == Upos::Propn;
        named
            && comma
            && tree.rel(c) == "obl"
            && tree.words[c].deprel != "obl:agent"
            && (with(c) || beside(tree, verb, c))
    });
    let agent = tree.children(verb).iter().copied().find(|&c| tree.words[c].deprel == "obl:agent");
    let thing = tree.child(verb, &["obj"]).is_none_or(|o| tree.words[o].upos != Upos::Propn);
    let whom = if tree.is_passive(verb) { agent } else { Some(subject).filter(|_| thing) };
    match (found, behind, whom) {
        (Some(other), _, _) => tree.attach(other, subject, "conj"),
        (_, Some(other), Some(whom)) if whom < other => tree.attach(other, whom, "conj"),
        _ => {}
    }
}

/// "together/advmod with X", where the adverb hangs on the verb.
fn beside(tree: &Tree, verb: usize, at: usize) -> bool {
    let case = tree.child(at, &["case"]).filter(|&c| tree.words[c].lower == "with");
    let before = case.and_then(|c| c.checked_sub(1));
    before.is_some_and(|b| {
        tree.head(b) == Some(verb) && matches!(tree.words[b].lower.as_str(), "along" | "together" | "alongside")
    })
}

/// "Vince Cable of the Liberals, Ian Blackford of the SNP and Caroline Lucas of the Greens": names that each have where
/// they come from behind them are a list.
pub(super) fn of_places(tree: &mut Tree, name: usize) {
    let of = |tree: &Tree, at: usize| {
        tree.children(at).iter().copied().find(|&c| {
            c > at && tree.rel(c) == "nmod" && tree.preposition(c) == Some("of") && tree.words[c].upos == Upos::Propn
        })
    };
    if tree.words[name].upos != Upos::Propn || of(tree, name).is_none() {
        return;
    }
    let Some(head) = tree.head(name).filter(|&h| h < name && tree.words[h].upos == Upos::Propn) else { return };
    let place = tree.rel(head) == "nmod" && tree.preposition(head) == Some("of");
    match tree.rel(name) {
        // "Blackford of the SNP and Lucas/conj<-SNP of the Greens"
        "conj" if place => {
            let Some(before) = tree.head(head).filter(|&b| tree.words[b].upos == Upos::Propn) else { return };
            let listed = matches!(tree.rel(before), "conj" | "appos");
            let first = tree.head(before).filter(|&f| listed && tree.words[f].upos == Upos::Propn);
            tree.attach(name, first.unwrap_or(before), "conj");
        }
        "appos" if of(tree, head).is_some_and(|o| o < name) && tree.words[name - 1].lower == "," => {
            tree.words[name].deprel = "conj";
        }
        _ => {}
    }
}

/// "said it/nsubj:pass stood by the product": a past tense with a pronoun and without an auxiliary is no passive.
pub(super) fn active(tree: &mut Tree, verb: usize) {
    let pronoun = tree.child(verb, &["nsubj"]).filter(|&s| {
        tree.words[s].deprel == "nsubj:pass" && tree.words[s].xpos == "PRP" && tree.words[verb].xpos == "VBD"
    });
    let Some(pronoun) = pronoun.filter(|_| tree.child(verb, &["aux"]).is_none()) else { return };
    tree.words[pronoun].deprel = "nsubj";
    let agents: Vec<usize> =
        tree.children(verb).iter().copied().filter(|&c| tree.words[c].deprel == "obl:agent").collect();
    agents.into_iter().for_each(|c| tree.words[c].deprel = "obl");
}

/// "The offer/nsubj, said Jane Doe/nsubj, raises questions": where the verb of saying stands between, each verb has the
/// other's subject.
pub(super) fn swapped(tree: &mut Tree, says: usize) {
    let Some(matter) = tree.child(says, &["nsubj"]).filter(|&s| s < says) else { return };
    let Some(verb) = tree.child(says, &["ccomp"]).filter(|&v| v > says) else { return };
    let Some(speaker) = tree.child(verb, &["nsubj"]).filter(|&s| s == says + 1) else { return };
    let comma = |at: Option<usize>| at.and_then(|a| tree.words.get(a)).is_some_and(|w| w.lower == ",");
    let end = tree.span(speaker, &|c| tree.rel(c) == "punct").end;
    if comma(says.checked_sub(1)) && comma(Some(end)) && is_finite(tree.words[verb].xpos) {
        tree.attach(matter, verb, "nsubj");
        tree.attach(speaker, says, "nsubj");
    }
}

/// "Jane Doe/nmod:poss, the region's largest employer/nsubj, has": a name without an "'s" possesses nothing; what stands
/// between commas behind it is an apposition.
pub(super) fn apposed_twice(tree: &mut Tree, verb: usize) {
    let Some(subject) = tree.child(verb, &["nsubj"]).filter(|&s| s < verb && tree.words[s].upos == Upos::Noun) else {
        return;
    };
    let own = |at: usize| tree.child(at, &["case"]).is_some() || tree.words[at].xpos == "PRP$";
    let name = tree.children(subject).iter().copied().find(|&c| {
        let taken = tree.rel(c) == "nsubj" && tree.child(subject, &["cop"]).is_none();
        (tree.words[c].deprel == "nmod:poss" || taken)
            && tree.words[c].upos == Upos::Propn
            && !own(c)
            && c + 1 < subject
    });
    let Some(name) = name else { return };
    let before = tree.span(name, &|_| false).start;
    let comma = tree.words.get(subject + 1).is_some_and(|w| w.lower == ",");
    let article = tree.words.get(name + 1).is_some_and(|w| matches!(w.lower.as_str(), "the" | "a" | "an" | ","));
    if before > name || !comma || !article {
        return;
    }
    let rel = tree.words[subject].deprel;
    tree.attach(name, verb, rel);
    tree.attach(subject, name, "appos");
}

/// "between X and Y, who campaigns/acl:relcl<-X": one person does what a singular verb says, the one named last.
pub(super) fn behind_last(tree: &mut Tree, verb: usize) {
    if tree.words[verb].deprel != "acl:relcl" {
        return;
    }
    let Some(first) = tree.head(verb).filter(|&h| h < verb && tree.words[h].upos == Upos::Propn) else { return };
    let Some(who) = tree.child(verb, &["nsubj"]).filter(|&s| tree.words[s].lower == "who" && s >= 2) else { return };
    let singular = tree.words[verb].xpos == "VBZ"
        || tree.children(verb).iter().any(|&c| {
            matches!(tree.rel(c), "aux" | "cop") && matches!(tree.words[c].lower.as_str(), "is" | "was" | "has")
        });
    let last = (tree.words[who - 1].lower == ",").then(|| who - 2);
    let last = last.filter(|&l| {
        l > first && tree.rel(l) == "conj" && tree.head(l) == Some(first) && tree.words[l].upos == Upos::Propn
    });
    if let Some(last) = last.filter(|_| singular) {
        tree.attach(verb, last, "acl:relcl");
    }
}
