//! Mends what the parser is known to get wrong in news: each rule undoes one kind of error.
//!
//! In: a tree. Out: the same tree, with some arcs and tags changed. A rule fires only on what is nearly always wrong as
//! parsed, and a tree stays a tree. First come the verbs that were taken for something else, for the other rules ask
//! for verbs.

mod agents;
mod clauses;
mod echoes;
mod headlines;
mod objects;
mod openings;
mod participles;
mod predicates;
mod speech;
mod subjects;

use crate::language::engine::Upos;
use crate::language::{Grammar, Tree, VerbForm};

/// What has more words is no sentence but a list; it stays as it is, so that time stays linear.
const LONGEST: usize = 400;

/// Mends the tree in place.
pub fn repair(tree: &mut Tree, grammar: &Grammar) {
    if tree.words.len() > LONGEST {
        return;
    }
    for at in 1..tree.words.len() {
        objects::mine(tree, at);
        objects::to_and_from(tree, at);
        predicates::far_from(tree, at);
        predicates::but_not(tree, at);
        predicates::opposed(tree, at);
        predicates::adjective_in_ing(tree, at, grammar);
        predicates::before_preposition(tree, at, grammar);
        participles::as_case(tree, at, grammar);
        participles::gerund_as_case(tree, at, grammar);
        participles::without_auxiliary(tree, at, grammar);
    }
    for at in 1..tree.words.len() {
        speech::report(tree, at, grammar);
        predicates::swallowed(tree, at, grammar);
        participles::with_own(tree, at, grammar);
        participles::infinitive(tree, at, grammar);
        participles::angering(tree, at, grammar);
    }
    headlines::headline(tree, grammar);
    predicates::missing(tree, grammar);
    for at in 0..tree.words.len() {
        if tree.words[at].upos == Upos::Verb {
            fix_lemma(tree, at, grammar);
            participles::name_verb_noun(tree, at, grammar);
            participles::after(tree, at, grammar);
            participles::between_commas(tree, at, grammar);
            participles::reduced(tree, at, grammar);
            openings::bare_before(tree, at);
            subjects::active(tree, at);
            subjects::lost(tree, at);
            openings::verb_between(tree, at, grammar);
            participles::of_first_subject(tree, at);
            openings::after_preposition(tree, at);
            speech::perfect(tree, at);
            speech::perfect_behind_phrase(tree, at);
            speech::said_raised(tree, at, grammar);
            speech::told(tree, at);
            speech::that_behind_time(tree, at, grammar);
            speech::quoted_predicate(tree, at, grammar);
            speech::interrupted(tree, at, grammar);
            predicates::ought(tree, at);
            speech::denied(tree, at, grammar);
            subjects::with_preposition(tree, at);
            subjects::two(tree, at);
            subjects::apposed_twice(tree, at);
            subjects::behind_last(tree, at);
            openings::beside(tree, at);
            openings::new_clause(tree, at, grammar);
            openings::name_before(tree, at);
            openings::behind_semicolon(tree, at);
            subjects::apposed_to_last(tree, at);
            subjects::as_did(tree, at);
            subjects::told_between(tree, at);
            subjects::swapped(tree, at);
            clauses::with_participle(tree, at);
            speech::said_urging(tree, at, grammar);
            speech::quotative(tree, at, grammar);
            speech::tagged(tree, at, grammar);
            speech::in_statement(tree, at, grammar);
            speech::second_clause(tree, at, grammar);
            agents::agent(tree, at);
            agents::of_gerund(tree, at);
            clauses::coordinated(tree, at);
            clauses::crossed(tree, at);
            clauses::participle(tree, at, grammar);
            objects::adjective_for_noun(tree, at);
            objects::bare(tree, at);
            objects::behind_particle(tree, at);
            objects::of_infinitive(tree, at);
            objects::of_noun_clause(tree, at);
            objects::given(tree, at, grammar);
            objects::caused(tree, at, grammar);
            objects::compound(tree, at);
            objects::of_second(tree, at);
            objects::called(tree, at, grammar);
            objects::judged(tree, at);
            objects::oblique(tree, at);
            objects::before_subject(tree, at);
            objects::declared(tree, at, grammar);
            objects::of_clause(tree, at);
            objects::such_as(tree, at);
            objects::call_for(tree, at, grammar);
            clauses::gerund_subject(tree, at);
            clauses::relative(tree, at);
            clauses::absolute(tree, at);
            clauses::gap(tree, at);
            clauses::cleft(tree, at);
            clauses::against_after_for(tree, at);
            subjects::along_with(tree, at);
            echoes::did_too(tree, at);
        }
    }
    openings::dateline(tree);
    for at in 0..tree.words.len() {
        echoes::so_did(tree, at);
        echoes::among_them(tree, at);
        echoes::and_against(tree, at);
        agents::against(tree, at);
        subjects::of_places(tree, at);
    }
}

/// Whether the tag is one of a finite verb.
fn is_finite(xpos: &str) -> bool {
    matches!(xpos, "VBD" | "VBZ" | "VBP")
}

/// Whether the word may be the form `form` of a verb.
fn is_form(grammar: &Grammar, lower: &str, form: VerbForm) -> bool {
    grammar.verb_forms(lower).iter().any(|(_, f)| *f == form)
}

/// The nominal that stands right before word `at`, adverbs and closing marks apart.
fn nominal_before(tree: &Tree, at: usize) -> Option<usize> {
    let close = |w: &crate::language::Word| w.upos == Upos::Adv || w.is_mark();
    (0..at).rev().find(|&b| !close(&tree.words[b])).filter(|&b| tree.words[b].is_nominal())
}

/// Makes a verb of a word that was taken for something else.
fn retag(tree: &mut Tree, at: usize, xpos: &'static str, lemma: Option<&str>) {
    let word = &mut tree.words[at];
    (word.upos, word.xpos) = (Upos::Verb, xpos);
    if let Some(lemma) = lemma {
        lemma.clone_into(&mut word.lemma);
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
#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::engine::Token;
    use crate::lexicon::Lexicon;

    const XPOS: [&str; 20] = [
        "NNP", "NN", "NNS", "VBD", "VBZ", "VBN", "VB", "VBG", "JJ", "IN", "CC", "DT", "TO", ",", ".", "VBP", "PRP",
        "RB", "NNPS", "MD",
    ];
    const RELS: [&str; 26] = [
        "nsubj",
        "obj",
        "obl",
        "nmod",
        "amod",
        "compound",
        "case",
        "mark",
        "conj",
        "cc",
        "acl",
        "advcl",
        "ccomp",
        "xcomp",
        "appos",
        "flat",
        "parataxis",
        "det",
        "acl:relcl",
        "nsubj:pass",
        "punct",
        "vocative",
        "iobj",
        "advmod",
        "root",
        "obl:agent",
    ];

    fn grammar() -> Grammar {
        Grammar::new(&Lexicon::embedded().unwrap()).unwrap()
    }

    fn upos(xpos: &str) -> Upos {
        match xpos {
            "NNP" | "NNPS" => Upos::Propn,
            "NN" | "NNS" => Upos::Noun,
            "PRP" => Upos::Pron,
            "IN" | "TO" => Upos::Adp,
            "CC" => Upos::Cconj,
            "DT" => Upos::Det,
            "JJ" => Upos::Adj,
            "," | "." => Upos::Punct,
            _ => Upos::Verb,
        }
    }

    /// A tree as the parser gave it: each word with tag, head (from 1; 0 is the root) and relation.
    fn parsed(words: &str) -> Tree {
        let word = |(at, word): (usize, &str)| {
            let [form, xpos, head, rel] = word.split('/').collect::<Vec<_>>()[..] else { panic!("{word}") };
            let mut node = Token::new(form, at * 16);
            let rel = RELS.iter().find(|r| **r == rel).unwrap_or_else(|| panic!("{rel}"));
            let xpos = XPOS.iter().find(|x| **x == xpos).unwrap_or_else(|| panic!("{xpos}"));
            (node.xpos, node.upos, node.head, node.deprel) = (xpos, upos(xpos), head.parse().unwrap(), rel);
            node.lemma =
                grammar().verb_forms(&node.form.to_lowercase()).first().map_or(form.to_lowercase(), |(l, _)| l.clone());
            node
        };
        Tree::new(&words.split(' ').enumerate().map(word).collect::<Vec<_>>())
    }

    #[test]
    fn who_does_what_comes_out() {
        for (words, child, rel, head) in [
            (
                "SDF/NNP/5/nsubj ,/,/1/punct opposed/VBD/5/case the/DT/5/det withdrawal/NN/0/root",
                "sdf",
                "nsubj",
                "opposed",
            ),
            (
                "SDF/NNP/5/nsubj ,/,/1/punct opposed/VBD/5/case the/DT/5/det withdrawal/NN/0/root",
                "withdrawal",
                "obj",
                "opposed",
            ),
            (
                "Protesters/NNS/0/root called/VBN/1/acl for/IN/4/case peace/NN/2/obl ././1/punct",
                "protesters",
                "nsubj",
                "called",
            ),
            ("Kremlin/NNP/2/compound denies/NNS/0/root meddling/VBG/2/acl ././2/punct", "kremlin", "nsubj", "denies"),
            ("Hungary/NNP/2/compound blocks/NNS/3/compound EU/NNP/4/nsubj aid/VBP/0/root", "aid", "obj", "blocks"),
            ("Trump/NNP/2/compound announces/VBZ/0/root withdrawal/NN/2/obj", "trump", "nsubj", "announces"),
            ("Russia/NNP/2/nsubj denies/VBZ/0/root it/PRP/2/obj meddled/VBN/2/xcomp", "it", "nsubj", "meddled"),
            (
                "He/PRP/2/nsubj praised/VBD/0/root Chile/NNP/2/obj ,/,/5/punct and/CC/6/cc Peru/NNP/3/conj ,/,/6/punct \
              too/RB/9/advmod ,/,/6/punct objected/VBD/2/conj",
                "peru",
                "nsubj",
                "objected",
            ),
            (
                "It/PRP/2/nsubj:pass fell/VBD/0/root ,/,/4/punct Lam/NNP/2/vocative said/VBD/2/parataxis",
                "lam",
                "vocative",
                "fell",
            ),
            (
                "Suits/NNS/0/root filed/VBN/1/acl by/IN/4/case Peru/NNP/2/obl:agent against/IN/6/case Chile/NNP/4/nmod",
                "chile",
                "nmod",
                "suits",
            ),
        ] {
            let mut tree = parsed(words);
            repair(&mut tree, &grammar());
            let at = tree.words.iter().position(|w| w.lower == child).unwrap();
            let above = tree.head(at).map(|h| tree.words[h].lower.clone());
            assert_eq!((tree.rel(at), above.as_deref()), (rel, Some(head)), "{words}");
        }
    }

    #[test]
    fn what_is_right_stays() {
        for words in [
            "Iran/NNP/7/nsubj ,/,/3/punct accused/VBN/1/acl by/IN/5/case Chile/NNP/3/obl:agent ,/,/3/punct \
             objected/VBD/0/root ././7/punct",
            "Peru/NNP/2/nsubj backed/VBD/0/root Chile/NNP/2/obj or/CC/6/cc united/VBN/6/amod Korea/NNP/3/conj",
            "Talks/NNS/2/nsubj failed/VBD/0/root after/IN/4/case lunch/NN/2/obl",
        ] {
            let mut tree = parsed(words);
            let before = tree.clone();
            repair(&mut tree, &grammar());
            assert_eq!(
                tree.words.iter().map(|w| w.head).collect::<Vec<_>>(),
                before.words.iter().map(|w| w.head).collect::<Vec<_>>(),
                "{words}"
            );
        }
    }

    /// A generator of numbers that are alike on every machine.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((self.0 >> 33) % u64::try_from(end).unwrap()).unwrap()
        }
    }

    /// A tree of random words, tags and arcs: worse than anything that the parser gives.
    fn random(dice: &mut Dice) -> Tree {
        const WORDS: [&str; 24] = [
            "Norway", "opposed", "denies", "to", "for", ",", "and", "the", "bill", "says", "told", "called", "such",
            "along", "with", "after", ";", "by", "against", "it", "third", "-", "backed", "urged",
        ];
        let len = 1 + dice.below(15);
        // Each word hangs on one that was placed before it, in an order of its own.
        let mut order: Vec<usize> = (0..len).collect();
        (1..len).rev().for_each(|at| order.swap(at, dice.below(at + 1)));
        let mut nodes: Vec<Token> = (0..len).map(|at| Token::new(WORDS[dice.below(24)], at * 12)).collect();
        for (place, &at) in order.iter().enumerate() {
            let node = &mut nodes[at];
            node.head = if place == 0 { 0 } else { order[dice.below(place)] + 1 };
            node.deprel = if place == 0 { "root" } else { RELS[dice.below(24)] };
            node.xpos = XPOS[dice.below(20)];
            node.upos = upos(node.xpos);
            node.lemma = node.form.trim_end_matches("ed").trim_end_matches('s').to_lowercase();
        }
        Tree::new(&nodes)
    }

    #[test]
    fn a_tree_stays_a_tree() {
        let grammar = grammar();
        let mut dice = Dice(7);
        for _ in 0..5_000 {
            let mut tree = random(&mut dice);
            let before = tree.clone();
            repair(&mut tree, &grammar);
            assert_eq!(tree.words.iter().filter(|w| w.head.is_none()).count(), 1, "one root: {before:?}");
            let root = tree.root().unwrap();
            for at in 0..tree.words.len() {
                assert!(tree.is_above(root, at), "word {at} hangs under the root: {before:?}");
                let listed = (0..tree.words.len()).filter(|&h| tree.children(h).contains(&at)).collect::<Vec<_>>();
                assert_eq!(listed, tree.head(at).into_iter().collect::<Vec<_>>(), "word {at}: {before:?}");
            }
        }
    }
}
