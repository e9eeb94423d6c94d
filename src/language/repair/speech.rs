//! Verbs of saying: who says, and what.

use crate::language::engine::Upos;
use crate::language::{Grammar, Takes, Tree, VerbForm};

/// "…, reports Reuters": a plural noun behind a comma and before a name is the verb of saying that it looks like.
pub(super) fn report(tree: &mut Tree, at: usize, grammar: &Grammar) {
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

/// "…, reports Welt am Sonntag": a verb of saying behind what is said has its subject behind it.
pub(super) fn quotative(tree: &mut Tree, at: usize, grammar: &Grammar) {
    cried(tree, at, grammar);
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

/// "… a meeting in Geneva, the palace/appos confirmed/advcl on Thursday.": who tells it behind a comma is beside no noun
/// before it, where the sentence ends with the telling.
pub(super) fn tagged(tree: &mut Tree, at: usize, grammar: &Grammar) {
    let word = &tree.words[at];
    let finite = matches!(word.xpos, "VBD" | "VBZ") && grammar.is_speech(&word.lemma);
    if !finite || tree.child(at, &["obj", "ccomp", "xcomp", "cc", "mark"]).is_some() || word.head.is_none() {
        return;
    }
    let own = tree.child(at, &["nsubj"]);
    // "…, the palace/nsubj confirmed/acl on Thursday."
    let told = |n: usize| if own.is_some() { own == Some(n) && tree.rel(at) == "acl" } else { tree.rel(n) == "appos" };
    let ends = |&n: &usize| told(n) && tree.words[n].upos != Upos::Pron && tree.span(n, &|_| false).end == at;
    let Some(teller) = (0..at).rev().find(ends) else { return };
    let start = tree.span(teller, &|_| false).start;
    let comma = start.checked_sub(1).is_some_and(|b| tree.words[b].lower == ",");
    let last = (at + 1..tree.words.len()).all(|w| tree.words[w].is_mark() || tree.is_above(at, w));
    let root = tree.words.iter().position(|w| w.head.is_none()).filter(|&r| r < start);
    if let Some(root) = root.filter(|_| comma && last) {
        tree.attach(at, root, "parataxis");
        tree.attach(teller, at, "nsubj");
    }
}

/// "“Shame!” cried/VBD Jane Doe/obj": a quotation of a word or two is no subject.
fn cried(tree: &mut Tree, at: usize, grammar: &Grammar) {
    let quote = |w: usize| matches!(tree.words[w].lower.as_str(), "\"" | "''" | "”" | "’");
    let comma = |w: usize| tree.words[w].lower == "," && w > 0 && quote(w - 1);
    let marked = at.checked_sub(1).is_some_and(|b| quote(b) || comma(b));
    if !marked || !grammar.is_speech(&tree.words[at].lemma) || tree.words[at].xpos != "VBD" {
        return;
    }
    let Some(cry) = tree.child(at, &["nsubj"]).filter(|&s| s < at) else { return };
    let behind = tree.child(at, &["iobj"]).or_else(|| tree.child(at, &["obj"]));
    let Some(speaker) = behind.filter(|&o| o > at && tree.words[o].is_nominal()) else { return };
    let rest = tree.child(at, &["obj"]).filter(|&o| o != speaker && o > speaker);
    // "The plan/nsubj was “a sham/ccomp”, wrote Jane Doe": the subject is that of what is said.
    match tree.child(at, &["ccomp"]).filter(|&c| c > cry && c < at) {
        Some(said) if tree.child(said, &["nsubj"]).is_none() => tree.attach(cry, said, "nsubj"),
        Some(_) => return,
        None => tree.attach(cry, at, "ccomp"),
    }
    tree.attach(speaker, at, "nsubj");
    if let Some(rest) = rest {
        tree.attach(rest, speaker, "appos");
    }
}

/// "said the treaty raised/amod concerns": who says says no thing; before a past form stands its subject.
pub(super) fn said_raised(tree: &mut Tree, at: usize, grammar: &Grammar) {
    if !grammar.takes(&tree.words[at].lemma, Takes::Reports) || tree.words[at].xpos == "VBN" {
        return;
    }
    let Some(object) = tree.child(at, &["obj"]).filter(|&o| o > at) else { return };
    let before: Vec<usize> = tree.children(object).iter().copied().filter(|&c| c < object).collect();
    let past = before.iter().copied().find(|&c| tree.rel(c) == "amod" && tree.words[c].xpos == "VBN");
    let Some(verb) =
        past.filter(|&v| tree.words[v].upos == Upos::Verb || !grammar.verb_forms(&tree.words[v].lower).is_empty())
    else {
        return;
    };
    let Some(&subject) = before.iter().rfind(|&&c| c + 1 == verb && tree.words[c].is_nominal() && c > at) else {
        return;
    };
    let open: Vec<usize> = before.iter().copied().filter(|&c| c < subject && tree.rel(c) != "punct").collect();
    tree.attach(verb, at, "ccomp");
    tree.attach(subject, verb, "nsubj");
    tree.attach(object, verb, "obj");
    tree.hand_over(&open, subject);
    let word = &mut tree.words[verb];
    (word.upos, word.xpos) = (Upos::Verb, "VBD");
}

/// "had bred/xcomp corruption", "had raised/amod questions": "had" is no verb of its own.
pub(super) fn perfect(tree: &mut Tree, at: usize) {
    // "has in the meantime shelved/amod plans"
    let aside = tree.child(at, &["obl"]).filter(|&o| o > at && tree.child(o, &["case"]) == Some(at + 1));
    let start = aside.map_or(at + 1, |o| tree.span(o, &|_| false).end);
    if tree.words[at].lemma == "have"
        && let Some(object) = tree.child(at, &["obj"]).filter(|&o| o == start + 1)
        && tree.head(start) == Some(object)
        && (tree.words[start].xpos, tree.rel(start)) == ("VBN", "amod")
        && tree.child(at, &["nsubj"]).is_some()
    {
        tree.attach(start, at, "xcomp");
        tree.attach(object, start, "obj");
        tree.words[start].upos = Upos::Verb;
        if let Some(aside) = aside.filter(|_| start > at + 1) {
            tree.attach(aside, start, "obl");
        }
    }
    if tree.words[at].lemma != "have" || tree.child(at, &["obj", "iobj", "ccomp"]).is_some() {
        return;
    }
    let inner = |c: usize, w: usize| tree.words[w].upos == Upos::Adv || w < c && tree.is_above(c, w);
    let near = |c: usize| c > at && (at + 1..c).all(|w| inner(c, w));
    let bare = |c: usize| tree.words[c].xpos == "VBN" && !tree.is_infinitive(c);
    let verb = tree.child(at, &["xcomp"]).filter(|&c| near(c) && bare(c));
    let Some(verb) = verb else { return };
    let others: Vec<usize> = tree.children(at).iter().copied().filter(|&c| c != verb).collect();
    tree.replace(at, verb, "aux");
    tree.hand_over(&others, verb);
}

/// "said in a statement that it condemned": what is said belongs to the verb of saying.
pub(super) fn in_statement(tree: &mut Tree, at: usize, grammar: &Grammar) {
    if !grammar.is_speech(&tree.words[at].lemma) || tree.child(at, &["ccomp", "obj"]).is_some() {
        return;
    }
    let phrases = tree.children(at).iter().copied().filter(|&c| {
        c > at && tree.rel(c) == "obl" && matches!(tree.preposition(c), Some("in" | "at" | "on" | "via" | "during"))
    });
    let told = phrases.flat_map(|c| tree.children(c)).copied().find(|&c| {
        let that = tree.children(c).iter().any(|&m| tree.rel(m) == "mark" && tree.words[m].lower == "that");
        tree.rel(c) == "acl" && that && tree.child(c, &["nsubj"]).is_some()
    });
    if let Some(told) = told {
        tree.attach(told, at, "ccomp");
    }
}

/// "has said X should be opened, and his critics blame him": a second clause behind a comma and "and", with a subject
/// and without "that", is not said but told.
pub(super) fn second_clause(tree: &mut Tree, at: usize, grammar: &Grammar) {
    if !grammar.is_speech(&tree.words[at].lemma) {
        return;
    }
    let said: Vec<usize> = tree.children(at).iter().copied().filter(|&c| c > at && tree.rel(c) == "ccomp").collect();
    let [_, second] = said[..] else { return };
    let cc = tree.child(second, &["cc"]).filter(|&cc| tree.words[cc - 1].lower == ",");
    if cc.is_some() && tree.child(second, &["nsubj"]).is_some() && tree.child(second, &["mark"]).is_none() {
        tree.words[second].deprel = "conj";
    }
}

/// "told CNN Russia would", "told reporters on Friday Moscow would": whom it is told is no part of what is told.
pub(super) fn told(tree: &mut Tree, verb: usize) {
    // "told the crowd that/mark the union stood/acl with it"
    let whom = tree.child(verb, &["iobj", "obj"]).filter(|&o| o > verb && tree.words[verb].lemma == "tell");
    let clause = whom.into_iter().flat_map(|o| tree.children(o)).copied().find(|&c| {
        let that = tree.children(c).iter().any(|&m| tree.rel(m) == "mark" && tree.words[m].lower == "that");
        tree.rel(c) == "acl" && that && tree.child(c, &["nsubj"]).is_some()
    });
    if let Some(clause) = clause.filter(|_| tree.child(verb, &["ccomp"]).is_none()) {
        tree.attach(clause, verb, "ccomp");
    }
    if tree.words[verb].lemma != "tell" || tree.child(verb, &["obj", "iobj"]).is_some() {
        return;
    }
    let Some(clause) = tree.child(verb, &["ccomp"]).filter(|&c| c > verb + 1) else { return };
    let last = (tree.children(clause).iter().copied()).rfind(|&c| tree.rel(c) == "nsubj" && c < clause);
    let Some(subject) = last else { return };
    let before = tree.children(clause).iter().copied().find(|&c| {
        c > verb && c < subject && matches!(tree.rel(c), "nsubj" | "obj" | "iobj" | "dep") && tree.words[c].is_nominal()
    });
    let within = || {
        let name = |c: usize| matches!(tree.rel(c), "compound" | "flat" | "nmod") && tree.words[c].upos == Upos::Propn;
        let bare = |c: usize| tree.child(c, &["case"]).is_none();
        let mut own = tree.children(subject).iter().copied();
        own.find(|&c| c > verb && c < subject && name(c) && bare(c) && tree.words[subject].upos == Upos::Propn)
    };
    let Some(whom) = before.or_else(within) else { return };
    let opens = tree.span(whom, &|c| tree.rel(c) == "punct").start;
    let det = tree.words[verb + 1].upos == Upos::Det;
    if opens == verb + 1 || det && opens == verb + 2 {
        tree.attach(whom, verb, "iobj");
        if det && opens == verb + 2 {
            tree.attach(verb + 1, whom, "det");
        }
    }
}

/// "denies it meddled": a pronoun that can be no object, and a finite verb, are a clause.
pub(super) fn denied(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    let pronoun = tree.child(verb, &["obj"]).filter(|&o| o == verb + 1);
    let Some(clause) = tree.child(verb, &["xcomp"]).filter(|&c| c > verb + 1) else { return };
    let Some(pronoun) = pronoun else { return };
    let lower = tree.words[pronoun].lower.as_str();
    let subject = matches!(lower, "he" | "she" | "they" | "we" | "i");
    let keeps = grammar.takes(&tree.words[verb].lemma, Takes::SmallClause);
    let may = lower == "it" && grammar.is_speech(&tree.words[verb].lemma) && !keeps
        || lower == "it" && tree.words[verb].lemma == "deny";
    let past = matches!(tree.words[clause].xpos, "VBD" | "VBN") && tree.words[clause].upos == Upos::Verb;
    if past && (subject || may) && tree.child(clause, &["aux", "mark", "nsubj"]).is_none() {
        tree.attach(pronoun, clause, "nsubj");
        tree.words[clause].deprel = "ccomp";
        tree.words[clause].xpos = "VBD";
    }
}

/// "…, said Stoltenberg/nsubj, urging Russia": the subject right behind a verb of saying is that verb's, not the
/// participle's behind the comma.
pub(super) fn said_urging(tree: &mut Tree, verb: usize, grammar: &Grammar) {
    if !grammar.is_speech(&tree.words[verb].lemma) || tree.child(verb, &["nsubj"]).is_some() || tree.is_passive(verb) {
        return;
    }
    let found = tree.children(verb).iter().copied().find_map(|c| {
        let subject = tree.child(c, &["nsubj"]).filter(|&s| s > verb && s < c && tree.words[c].xpos == "VBG")?;
        let near = (verb + 1..subject)
            .all(|at| tree.top_before(at, subject + 1, &|_| true) == subject || tree.head(at) == Some(subject));
        let comma = (subject..c).any(|at| tree.words[at].lower == ",");
        (near && comma && tree.child(c, &["aux"]).is_none()).then_some((c, subject))
    });
    if let Some((clause, subject)) = found {
        tree.attach(subject, verb, "nsubj");
        tree.words[clause].deprel = "advcl";
    }
}

/// "said on the same evening/obl that/WDT the party accepted/acl:relcl it": what is said, no clause of the evening.
pub(super) fn that_behind_time(tree: &mut Tree, at: usize, grammar: &Grammar) {
    if !grammar.is_speech(&tree.words[at].lemma) || tree.child(at, &["ccomp"]).is_some() {
        return;
    }
    let found = tree.children(at).iter().copied().filter(|&c| c > at && tree.rel(c) == "obl").find_map(|c| {
        let clause = tree.children(c).iter().copied().find(|&r| tree.words[r].deprel == "acl:relcl")?;
        let that = tree.children(clause).iter().copied().find(|&t| t == c + 1 && tree.words[t].lower == "that")?;
        let own = tree.child(clause, &["nsubj"]).is_some_and(|s| s != that);
        // "on the day that he resigned"
        let complete = tree.child(clause, &["obj", "obl", "xcomp", "ccomp", "cop"]).is_some_and(|o| o != that);
        let several = tree.children(clause).iter().any(|&o| o != that && tree.rel(o) == "obj");
        (own && (complete || several)).then_some((clause, that))
    });
    if let Some((clause, that)) = found {
        tree.attach(clause, at, "ccomp");
        tree.attach(that, clause, "mark");
    }
}

/// "The ruling/nsubj “harms/appos our rights”, she/nsubj told them": words of a quotation that say something of the noun
/// before it.
pub(super) fn quoted_predicate(tree: &mut Tree, at: usize, grammar: &Grammar) {
    if !grammar.is_speech(&tree.words[at].lemma) || tree.child(at, &["ccomp"]).is_some() {
        return;
    }
    let subjects: Vec<usize> =
        tree.children(at).iter().copied().filter(|&c| tree.rel(c) == "nsubj" && c < at).collect();
    let [noun, .., speaker] = subjects[..] else { return };
    let found = tree.children(noun).iter().copied().find(|&c| {
        let opens = (noun + 1..c).any(|q| matches!(tree.words[q].lower.as_str(), "\"" | "``" | "“"));
        c > noun
            && c < speaker
            && tree.rel(c) == "appos"
            && super::is_finite(tree.words[c].xpos)
            && tree.child(c, &["nsubj"]).is_none()
            && opens
    });
    if let Some(verb) = found {
        tree.attach(verb, at, "ccomp");
        tree.attach(noun, verb, "nsubj");
    }
}

/// "has in the meantime shelved/amod plans", "had in effect left/ccomp the pact": a phrase may stand between "have" and its
/// participle.
pub(super) fn perfect_behind_phrase(tree: &mut Tree, at: usize) {
    if tree.words[at].lemma != "have" || tree.child(at, &["nsubj"]).is_none() {
        return;
    }
    let object = tree.child(at, &["obj"]).filter(|&o| o > at + 2);
    let attribute = object.filter(|&o| tree.head(o - 1) == Some(o) && tree.rel(o - 1) == "amod").map(|o| o - 1);
    let clause = tree
        .child(at, &["ccomp", "xcomp"])
        .filter(|&c| object.is_none() && tree.child(c, &["nsubj", "mark"]).is_none());
    let participle = attribute.or(clause).filter(|&p| p > at + 2 && matches!(tree.words[p].xpos, "VBN" | "VBD"));
    let Some(verb) = participle else { return };
    let phrase = tree.children(at).iter().copied().find(|&c| tree.rel(c) == "obl" && c > at && c < verb);
    let Some(span) = phrase.map(|c| tree.span(c, &|_| false)) else { return };
    if span.start != at + 1 || span.end != verb || tree.words[at + 1].lower != "in" {
        return;
    }
    if attribute.is_some() {
        tree.attach(verb, at, "xcomp");
        if let Some(object) = object {
            tree.attach(object, verb, "obj");
        }
    }
    let others: Vec<usize> = tree.children(at).iter().copied().filter(|&c| c != verb).collect();
    tree.replace(at, verb, "aux");
    tree.hand_over(&others, verb);
    let word = &mut tree.words[verb];
    (word.upos, word.xpos) = (Upos::Verb, "VBN");
}

/// `"The treaty/nsubj," Jane Doe said/root, "is a disgrace/ccomp"`: what stands before is the subject of what stands behind.
pub(super) fn interrupted(tree: &mut Tree, at: usize, grammar: &Grammar) {
    if !grammar.is_speech(&tree.words[at].lemma) {
        return;
    }
    let quote = |from: usize, to: usize| {
        (from..to).any(|w| matches!(tree.words[w].lower.as_str(), "\"" | "``" | "''" | "“" | "”"))
    };
    let below = || tree.children(at).iter().copied();
    let Some(content) = below().find(|&c| c > at && matches!(tree.rel(c), "ccomp" | "parataxis")) else { return };
    let noun = |c: &usize| tree.words[*c].is_nominal() && tree.child(*c, &["cop", "nsubj"]).is_none();
    let part = |c: &usize| matches!(tree.rel(*c), "nsubj" | "ccomp" | "obj" | "parataxis" | "dep");
    let Some(first) = below().find(|c| *c < at && noun(c) && part(c) && quote(c + 1, at)) else { return };
    // The speaker may stand behind the verb, and have been taken for the subject of what follows.
    let own = tree.child(content, &["nsubj"]);
    let speaker = own.filter(|&s| s > at && s < content && quote(s + 1, content));
    let other = below().find(|&c| c != first && tree.rel(c) == "nsubj");
    if own != speaker || speaker.or(other).is_none() {
        return;
    }
    if let Some(speaker) = speaker {
        tree.attach(speaker, at, "nsubj");
    }
    tree.attach(first, content, "nsubj");
}
