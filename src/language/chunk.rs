//! Phrases: noun phrases, verb groups and the words between them.

use crate::language::{Class, Form, Grammar, Token, VerbForm};
use std::ops::Range;

/// A phrase of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// What it is.
    pub kind: ChunkKind,
    /// Its tokens.
    pub tokens: Range<usize>,
}

/// The kinds of phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChunkKind {
    /// A noun phrase without what follows its head.
    Noun,
    /// Auxiliaries, negation and a full verb.
    Verb(VerbGroup),
    /// A preposition, or "to" before a noun phrase.
    Prep,
    /// "and", "or", "but"
    Conj,
    /// "if", "because" ...
    Sub,
    /// "that" before a clause
    That,
    /// "who", "which"
    Rel,
    /// An adjective that is no part of a noun phrase: "reluctant" in "is reluctant to join".
    Adj,
    /// Adverbs outside of verb groups.
    Adv,
    /// A comma.
    Comma,
    /// A quotation mark.
    Quote,
    /// Any other mark: dash, semicolon, bracket, full stop.
    Mark,
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerbGroup {
    /// Token of the full verb.
    pub head: usize,
    /// Its base form.
    pub lemma: String,
    /// Finite, infinitive, gerund or participle.
    pub form: Form,
    /// "not", "never", "no longer" in the group.
    pub negated: bool,
    /// The modal verb: "would".
    pub modal: Option<String>,
    /// be + participle, or a bare participle behind its noun.
    pub passive: bool,
}

/// Splits tagged tokens into chunks. `atoms` are spans (names) that are never cut, in order.
pub fn chunks(tokens: &[Token], atoms: &[Range<usize>], grammar: &Grammar) -> Vec<Chunk> {
    let mut out: Vec<Chunk> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let end = verb_group(tokens, at, grammar)
            .map(|(end, group)| (end, ChunkKind::Verb(group)))
            .or_else(|| noun_phrase(tokens, at, atoms).map(|end| (end, ChunkKind::Noun)));
        let (end, kind) = end.unwrap_or_else(|| (at + 1, single(tokens, at)));
        out.push(Chunk { kind, tokens: at..end });
        at = end;
    }
    out
}

fn single(tokens: &[Token], at: usize) -> ChunkKind {
    match tokens[at].class {
        Class::Prep | Class::To => ChunkKind::Prep,
        Class::Conj => ChunkKind::Conj,
        Class::Sub => ChunkKind::Sub,
        Class::That => ChunkKind::That,
        Class::Rel | Class::RelPoss => ChunkKind::Rel,
        Class::Adj => ChunkKind::Adj,
        Class::Comma => ChunkKind::Comma,
        Class::Quote => ChunkKind::Quote,
        Class::Mark | Class::Genitive => ChunkKind::Mark,
        _ => ChunkKind::Adv,
    }
}

fn verb_group(tokens: &[Token], start: usize, grammar: &Grammar) -> Option<(usize, VerbGroup)> {
    let mut negated = false;
    let mut modal = None;
    let mut be = false;
    let mut finite = false;
    let mut infinitive = false;
    let mut auxiliary = None;
    let mut at = start;
    while let Some(token) = tokens.get(at) {
        match token.class {
            Class::Neg => negated = true,
            Class::NoDet if tokens.get(at + 1).is_some_and(|t| t.lower == "longer") => {
                negated = true;
                at += 1;
            }
            Class::Adv => {}
            Class::Quote
                if at > start
                    && tokens
                        .get(at + 1)
                        .is_some_and(|t| matches!(t.class, Class::Verb(_) | Class::Neg | Class::NoDet)) => {}
            Class::To if auxiliary.is_none() && verb_after(tokens, at + 1) => {
                infinitive = true;
                auxiliary = Some(at);
            }
            Class::Modal => {
                modal = Some(token.lower.clone());
                finite = true;
                auxiliary = Some(at);
            }
            Class::Be => {
                // "demanded that the treaty be signed": be at the front is finite.
                let bare = token.lower == "be" && auxiliary.is_none();
                finite |= bare || !matches!(token.lower.as_str(), "be" | "been" | "being");
                be = true;
                auxiliary = Some(at);
            }
            Class::Have => {
                finite |= token.lower != "having";
                auxiliary = Some(at);
            }
            Class::Do => {
                finite = true;
                auxiliary = Some(at);
            }
            Class::Verb(form) => {
                let lemma = grammar.lemma(&token.lower, form).unwrap_or(&token.lower).to_owned();
                let participle = matches!(form, VerbForm::Participle);
                let passive = participle && (be || auxiliary.is_none());
                let form = if infinitive {
                    Form::Infinitive
                } else if finite || matches!(form, VerbForm::Base | VerbForm::Third | VerbForm::Past) {
                    Form::Finite
                } else if form == VerbForm::Ing || be {
                    Form::Ing
                } else {
                    Form::Participle
                };
                return Some((at + 1, VerbGroup { head: at, lemma, form, negated, modal, passive }));
            }
            _ => break,
        }
        at += 1;
    }
    // No full verb: forms of be stand alone ("is reluctant").
    let last = auxiliary.filter(|_| be)?;
    let form = if infinitive {
        Form::Infinitive
    } else if finite {
        Form::Finite
    } else {
        Form::Ing
    };
    let end = (last + 1..at).filter(|&k| tokens[k].class == Class::Neg).max().map_or(last + 1, |k| k + 1);
    Some((end, VerbGroup { head: last, lemma: "be".to_owned(), form, negated, modal, passive: false }))
}

fn verb_after(tokens: &[Token], from: usize) -> bool {
    tokens
        .get(from..)
        .into_iter()
        .flatten()
        .find(|t| !matches!(t.class, Class::Adv | Class::Neg))
        .is_some_and(|t| matches!(t.class, Class::Verb(VerbForm::Base)) || matches!(t.lower.as_str(), "be" | "have"))
}

/// The end of the noun phrase that begins at `start`.
fn noun_phrase(tokens: &[Token], start: usize, atoms: &[Range<usize>]) -> Option<usize> {
    let mut at = start;
    let mut nouns = 0;
    let mut last_was_name = false;
    while let Some(token) = tokens.get(at) {
        if let Some(atom) = atoms.iter().find(|a| a.start == at) {
            // Two names side by side are two phrases: "Last week Macron", "sanctions Russia".
            if last_was_name && nouns > 0 {
                break;
            }
            at = atom.end;
            nouns += 1;
            last_was_name = true;
            continue;
        }
        match token.class {
            Class::Det | Class::NoDet | Class::Poss | Class::Pron if nouns > 0 => break,
            // "sanctioned Russia fourteen times"
            Class::Number if last_was_name => break,
            Class::Pron => return (at == start).then_some(at + 1),
            Class::Det | Class::NoDet | Class::Poss | Class::Number | Class::Adj => {}
            Class::Adv if at > start && nouns == 0 && continues(tokens, at + 1) => {}
            Class::Genitive if nouns > 0 => nouns = 0,
            Class::Quote if at > start && nouns == 0 && continues(tokens, at + 1) => {}
            Class::Noun => nouns += 1,
            _ => break,
        }
        last_was_name = false;
        at += 1;
    }
    // A lone adjective or determiner is no phrase, but "several", "some" may stand for one.
    let only = tokens.get(start..at).unwrap_or_default();
    let lone_adjective = nouns == 0 && only.iter().all(|t| t.class == Class::Adj);
    (at > start && !lone_adjective).then_some(at)
}

fn continues(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| matches!(t.class, Class::Noun | Class::Adj | Class::Number))
}
