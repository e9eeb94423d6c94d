//! Organizations that nobody listed and whose names tell nothing: what the words around a name tell.

use crate::actors::gazetteer::Role;
use crate::actors::mention::{Finder, How, Mention};
use crate::actors::names::text_of;
use crate::language::engine::model::Model;
use crate::language::{Takes, Token, VerbForm};
use crate::statement::Kind;
use std::ops::Range;

/// No such name has more words.
const LONGEST: usize = 4;

/// An apposition or clause behind a name is looked through so far.
const FAR: usize = 16;

impl Finder<'_> {
    /// The end of the name in capitals `name` that the words around it tell to be an organization's, its kind included: "the
    /// airline SkyAndes", "a group named Quappe", "Libertas, a group set up by", "the Gorran movement", "Widget Oil", or one that
    /// does what only people and bodies do and is no person's.
    pub(super) fn told_body(&mut self, tokens: &[Token], name: Range<usize>, before: &[Mention]) -> Option<usize> {
        let Range { start: at, end } = name;
        let run = tokens.get(at..end).filter(|run| (1..=LONGEST).contains(&run.len()))?;
        let known =
            |k: usize| self.gazetteer.name_at(tokens, k).is_some() || self.gazetteer.title_at(tokens, k).is_some();
        let surname =
            |t: &Token| !self.gazetteer.by_surname(&t.form).is_empty() || self.cast.find_person(&t.form).is_some();
        // "Quappe & Miller"
        if run.iter().any(|t| t.form == "&") {
            return run.iter().any(|t| t.is_word() && is_rare_name(&t.form)).then_some(end);
        }
        if (at..end).any(known) {
            return None;
        }
        if self.gazetteer.is_first_name(&run[0].form) {
            // "the Amal movement"
            return if run.len() == 1 { self.with_its_kind(tokens, at, end, before) } else { None };
        }
        let told = self.is_told_a_body(tokens, end);
        if run.len() > 1 && told {
            return Some(end);
        }
        let role = |t: &Token, role| self.gazetteer.has_role(&t.lower, role);
        let firm = run.len() > 1 && role(&run[run.len() - 1], Role::Firm);
        let named = if firm { &run[..run.len() - 1] } else { run };
        if named.iter().any(|t| role(t, Role::First) || role(t, Role::Last)) {
            return None;
        }
        if self.is_called(tokens, at) || self.is_apposed(tokens, at, end) || told {
            return Some(end);
        }
        if run.iter().any(surname) {
            return None;
        }
        if let Some(end) = self.with_its_kind(tokens, at, end, before) {
            return Some(end);
        }
        let article = matches!(word(tokens, at.checked_sub(1)), "the" | "a" | "an" | "on");
        if firm && !article {
            return Some(end);
        }
        // "Quappe Now, which sued,"
        if run.len() > 1 && is_thing_told_of(tokens, end) && self.acts(tokens, at, end) {
            return Some(end);
        }
        let [name] = run else { return None };
        // A surname may stand before the sentence that tells whose it is: the first pass only takes note.
        if self.gazetteer.is_keyword(&name.form) {
            return None;
        }
        if !self.second && self.is_a_name(tokens, at) && self.acts(tokens, at, end) {
            self.acting.insert(name.form.clone());
        }
        (self.second && self.acting.contains(&name.form) && !self.is_placed(tokens, at)).then_some(end)
    }

    /// "Gorran Movement" is the name of what the text calls "the Gorran movement", and "GMQ" that of "the GMQ union".
    pub(super) fn name_of_body(&self, tokens: &[Token]) -> String {
        let [name @ .., kind] = tokens else { return String::new() };
        if name.is_empty() || kind.is_capitalized() {
            return text_of(tokens);
        }
        let mut name = text_of(name);
        if self.gazetteer.has_role(&kind.lower, Role::Body) {
            let mut letters = kind.form.chars();
            name.push(' ');
            name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            name.push_str(letters.as_str());
        }
        name
    }

    /// "airline SkyAndes", "a group named Quappe": a kind of organization stands before.
    fn is_called(&self, tokens: &[Token], at: usize) -> bool {
        let lower = |back: usize| word(tokens, at.checked_sub(back));
        let kind = |back| self.gazetteer.has_role(lower(back), Role::Organisation);
        kind(1) || matches!(lower(1), "named" | "called") && kind(2)
    }

    /// "The largest federation, the CNTS, welcomed": an acronym is an apposition to a kind of organization.
    fn is_apposed(&self, tokens: &[Token], at: usize, end: usize) -> bool {
        const NEAR: usize = 5;
        let lower = |k: usize| word(tokens, Some(k));
        let article = usize::from(at > 1 && lower(at - 1) == "the");
        let Some(comma) = (at - article).checked_sub(1).filter(|&c| lower(c) == ",") else { return false };
        let noun = (comma.saturating_sub(NEAR)..comma).rev().take_while(|&k| tokens[k].is_word());
        let body = |k: usize| {
            let word = lower(k);
            [Role::Organisation, Role::Kind].into_iter().any(|role| self.gazetteer.has_role(word, role))
                && !self.gazetteer.has_role(word, Role::Person)
                && self.gazetteer.title_at(tokens, k).is_none()
        };
        is_acronym(&tokens[at].form) && matches!(lower(end), "," | ".") && noun.into_iter().any(body)
    }

    /// "the Gorran movement": the end of the name with its kind.
    fn with_its_kind(&self, tokens: &[Token], at: usize, end: usize, before: &[Mention]) -> Option<usize> {
        let kind = |role| tokens.get(end).is_some_and(|t| self.gazetteer.has_role(&t.lower, role));
        let article = matches!(word(tokens, at.checked_sub(1)), "the" | "'s" | "’s");
        let adjective = before.last().is_some_and(|m| m.how == How::Demonym && m.tokens.end == at);
        ((kind(Role::Body) || kind(Role::Named)) && (article || adjective)).then_some(end + 1)
    }

    /// ", a group set up by", ", the company that", but not ", a company director": an apposition to the name that ends at
    /// token `end`, which calls it a kind of organization.
    pub(super) fn is_told_a_body(&self, tokens: &[Token], end: usize) -> bool {
        const NEAR: usize = 5;
        let lower = |k: usize| word(tokens, Some(k));
        if lower(end) != "," || !matches!(lower(end + 1), "a" | "an" | "the") {
            return false;
        }
        // "the bottlers' association"
        let whose = |k: usize| matches!(lower(k), "'" | "’" | "'s" | "’s");
        let mut inside = (end + 2..tokens.len()).take(NEAR).take_while(|&k| tokens[k].is_word() || whose(k));
        let kind = inside.find(|&k| self.gazetteer.has_role(lower(k), Role::Organisation));
        kind.is_some_and(|k| {
            let next = lower(k + 1);
            let clause = matches!(
                next,
                "that"
                    | "which"
                    | "whose"
                    | "to"
                    | "of"
                    | "for"
                    | "in"
                    | "with"
                    | ","
                    | "."
                    | "("
                    | "from"
                    | "based"
                    | "behind"
            );
            clause || next.ends_with("ed") || matches!(next, "set" | "run" | "led" | "founded" | "close")
        })
    }

    /// Whether a capital tells that the word at token `at` is a name: inside a sentence, or where the document has it so inside
    /// another, or by its shape ("NetChoice", "NSPCC").
    fn is_a_name(&self, tokens: &[Token], at: usize) -> bool {
        let form = &tokens[at].form;
        let small = form.chars().zip(form.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
        let camel = small && !["Mc", "Mac", "De", "La", "Le", "Di", "Fitz"].iter().any(|p| form.starts_with(p));
        at > 0 || camel || is_acronym(form) || self.inside.contains(form) || is_rare(&tokens[at])
    }

    /// "in Quappe", "the town of Quappe".
    fn is_placed(&self, tokens: &[Token], at: usize) -> bool {
        let lower = |back: usize| word(tokens, at.checked_sub(back));
        matches!(lower(1), "in" | "at" | "near" | "from" | "across" | "outside" | "around")
            || lower(1) == "of" && self.gazetteer.has_role(lower(2), Role::Place)
    }

    /// "Quappe Resources" may later be "Quappe", and "the Quappe movement" too, where nobody else is called so.
    pub(super) fn alias_first_words(&mut self) {
        let is_kind = |word: &str| {
            let role = |role| self.gazetteer.has_role(word, role);
            role(Role::Firm) || role(Role::Named) || role(Role::Body)
        };
        let mut short = Vec::new();
        for (at, entity) in self.cast.entities().iter().enumerate() {
            let unlisted = entity.kind == Kind::Institution && entity.guessed && !entity.outlet;
            let Some((first, rest)) = entity.name.split_once(' ').filter(|_| unlisted) else { continue };
            let last = rest.split(' ').next_back().unwrap_or_default();
            if is_kind(&last.to_lowercase()) && is_rare_name(first) && !self.cast.is_part_of_name(first) {
                short.push((first.to_owned(), at));
            }
        }
        for (name, at) in short {
            let free = self.gazetteer.by_surname(&name).is_empty() && !self.towns.contains_key(&name);
            if free && self.gazetteer.known(&name).is_none() {
                self.cast.alias(&name, at);
            }
        }
    }

    /// Whether the name `at..end` does what only people and bodies do: "Quappe said", "Quappe, which makes boats, has urged".
    fn acts(&self, tokens: &[Token], at: usize, end: usize) -> bool {
        let lower = |k: usize| word(tokens, Some(k));
        let within = at.checked_sub(1).is_some_and(|b| {
            let before = &tokens[b];
            let and = matches!(before.lower.as_str(), "and" | "but" | "that" | "while" | "as" | "," | "the");
            matches!(before.lower.as_str(), "'" | "’")
                || self.grammar.is_closed(&before.lower) && !and
                || before.is_capitalized() && b > 0
        });
        if within {
            return false;
        }
        let mut next = end;
        if lower(next) == "(" && lower(next + 2) == ")" {
            next += 3;
        }
        if lower(next) == ","
            && matches!(lower(next + 1), "which" | "whose" | "a" | "an" | "the" | "one" | "with" | "to" | "of")
        {
            let Some(close) = (next + 1..tokens.len().min(next + FAR)).find(|&k| lower(k) == ",") else { return false };
            next = close + 1;
        }
        let forms = |k: usize| self.grammar.verb_forms(lower(k));
        let does = |k: usize, wanted: &[VerbForm]| {
            // "Vaccination opposed by parents"
            let passive = lower(k + 1) == "by";
            !passive
                && forms(k).iter().any(|(lemma, form)| wanted.contains(form) && self.grammar.takes(lemma, Takes::Acts))
        };
        match lower(next) {
            "has" | "had" | "have" => {
                does(next + 1, &[VerbForm::Participle]) || does(next + 2, &[VerbForm::Participle])
            }
            "will" | "would" | "may" | "did" | "does" | "could" => {
                let negated = usize::from(lower(next + 1) == "not");
                does(next + 1 + negated, &[VerbForm::Base])
            }
            "is" | "was" => matches!(lower(next + 1), "against" | "opposed"),
            _ => does(next, &[VerbForm::Past, VerbForm::Third]),
        }
    }
}

/// A word in small letters; empty where there is none.
fn word(tokens: &[Token], at: Option<usize>) -> &str {
    at.and_then(|at| tokens.get(at)).map_or("", |t| t.lower.as_str())
}

/// Endings of nouns that are no names: of plurals, doers, deeds, doctrines, diseases.
const COMMON_ENDINGS: [&str; 17] = [
    "s", "men", "man", "folk", "er", "or", "ist", "ing", "ism", "tion", "ment", "ity", "phobia", "logy", "mania",
    "ship", "cy",
];

/// Whether a capitalized word is none that is met every day, nor has the ending of a common noun ("Beekeepers"), so that a capital at
/// the start of a sentence makes it a name.
fn is_rare(token: &Token) -> bool {
    let common = COMMON_ENDINGS.iter().any(|end| token.lower.ends_with(end));
    token.is_capitalized() && !common && !token.form.contains('-') && is_rare_name(&token.form)
}

fn is_rare_name(form: &str) -> bool {
    form.chars().count() > 2 && !Model::embedded().is_common(&form.to_lowercase())
}

/// "NSPCC"
fn is_acronym(form: &str) -> bool {
    let letters = || form.chars().filter(|c| c.is_alphabetic());
    letters().count() > 2 && letters().all(char::is_uppercase)
}

/// ", which", ", to which": what stands behind the name tells of no person.
fn is_thing_told_of(tokens: &[Token], end: usize) -> bool {
    let lower = |k: usize| word(tokens, Some(k));
    lower(end) == "," && (lower(end + 1) == "which" || lower(end + 2) == "which")
}
