//! Clauses: each verb group with its subject, objects, prepositional phrases and complement clauses.
//!
//! This is the border to whatever finds syntax: frames read nothing but [`Clause`]s. Here they come from the order of
//! phrases; a parser can fill the same structure from dependencies.

use crate::language::chunk::VerbGroup;
use crate::language::{Chunk, ChunkKind, Token};
use std::ops::Range;

/// The form of a clause's verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With a subject of its own.
    Finite,
    /// "to join"
    Infinitive,
    /// "joining"
    Ing,
    /// "supported by", behind its noun
    Participle,
}

/// How an argument hangs on its verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The direct object, or the predicate behind a form of be.
    Object,
    /// Behind this preposition, in lower case.
    Prep(String),
}

/// A verb group with its arguments, all as token ranges of the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The verb group.
    pub verb: VerbGroup,
    /// Tokens of the verb group.
    pub tokens: Range<usize>,
    /// The subject's noun phrase with what depends on it; `None` when there is none in the sentence.
    pub subject: Option<Range<usize>>,
    /// Objects and prepositional phrases, in order.
    pub arguments: Vec<(Role, Range<usize>)>,
    /// An adjective right behind a form of be.
    pub adjective: Option<usize>,
    /// Clause (index) that is this one's complement, and the preposition before it if any: "refused | to send",
    /// "accused Iran | of | violating".
    pub complement: Option<(usize, Option<String>)>,
    /// The clause that this one complements.
    pub parent: Option<usize>,
    /// The clause is introduced by "if", "unless", "whether".
    pub conditional: bool,
    /// End of the clause: the token behind its last argument, complements included.
    pub end: usize,
}

/// Finds the clauses of a sentence, one a verb group, in order of their verbs.
pub fn clauses(tokens: &[Token], chunks: &[Chunk]) -> Vec<Clause> {
    let verbs: Vec<usize> = (0..chunks.len()).filter(|&c| matches!(chunks[c].kind, ChunkKind::Verb(_))).collect();
    let mut out: Vec<Clause> = Vec::with_capacity(verbs.len());
    for &c in &verbs {
        let ChunkKind::Verb(verb) = &chunks[c].kind else { continue };
        let mut clause = Clause {
            verb: verb.clone(),
            tokens: chunks[c].tokens.clone(),
            subject: None,
            arguments: Vec::new(),
            adjective: None,
            complement: None,
            parent: None,
            conditional: false,
            end: chunks[c].tokens.end,
        };
        read_arguments(tokens, chunks, c, &verbs, &mut clause);
        out.push(clause);
    }
    for at in 0..out.len() {
        if let Some((child, _)) = out[at].complement
            && let Some(child) = out.get_mut(child)
        {
            child.parent = Some(at);
        }
    }
    // Ends reach over complements, innermost first.
    for at in (0..out.len()).rev() {
        if let Some((child, _)) = out[at].complement {
            out[at].end = out[at].end.max(out[child].end);
        }
    }
    for at in 0..out.len() {
        let (subject, conditional) = find_subject(tokens, chunks, verbs[at], at, &out, &verbs);
        out[at].conditional = conditional || out[at].parent.is_some_and(|p| out[p].conditional);
        out[at].subject = subject;
    }
    out
}

fn kind(chunks: &[Chunk], at: usize) -> Option<&ChunkKind> {
    chunks.get(at).map(|c| &c.kind)
}

fn is_noun(chunks: &[Chunk], at: usize) -> bool {
    matches!(kind(chunks, at), Some(ChunkKind::Noun))
}

fn verb_at(chunks: &[Chunk], at: usize) -> Option<&VerbGroup> {
    match kind(chunks, at) {
        Some(ChunkKind::Verb(verb)) => Some(verb),
        _ => None,
    }
}

fn is_finite(chunks: &[Chunk], at: usize) -> bool {
    verb_at(chunks, at).is_some_and(|v| v.form == Form::Finite)
}

/// The chunk behind a list of noun phrases that begins at chunk `at`: "A", "A and B", "A, B, and C". A last member that
/// is the subject of the next clause is left out.
fn list_end(chunks: &[Chunk], at: usize) -> usize {
    list_end_before(chunks, at, true)
}

/// The same; with `argument` false a last member before a finite verb counts, as in a list of subjects.
fn list_end_before(chunks: &[Chunk], at: usize, argument: bool) -> usize {
    let mut end = at + 1;
    loop {
        let mut next = end;
        let comma = matches!(kind(chunks, next), Some(ChunkKind::Comma));
        if comma {
            next += 1;
        }
        let conj = matches!(kind(chunks, next), Some(ChunkKind::Conj));
        if conj {
            next += 1;
        }
        if !(comma || conj) || !is_noun(chunks, next) {
            return end;
        }
        if comma && !conj && !list_goes_on(chunks, next) {
            return end;
        }
        if argument && is_finite(chunks, next + 1) {
            return end;
        }
        end = next + 1;
    }
}

/// Behind ", B": does a list go on to ", C and D"?
fn list_goes_on(chunks: &[Chunk], mut at: usize) -> bool {
    for _ in 0..60 {
        if !is_noun(chunks, at) {
            return false;
        }
        match (kind(chunks, at + 1), kind(chunks, at + 2)) {
            (Some(ChunkKind::Conj), Some(ChunkKind::Noun)) => return true,
            (Some(ChunkKind::Comma), Some(ChunkKind::Conj)) => return is_noun(chunks, at + 3),
            (Some(ChunkKind::Comma), Some(ChunkKind::Noun)) => at += 2,
            _ => return false,
        }
    }
    false
}

fn read_arguments(tokens: &[Token], chunks: &[Chunk], verb: usize, verbs: &[usize], clause: &mut Clause) {
    let clause_of = |chunk: usize| verbs.binary_search(&chunk).ok();
    let copula = clause.verb.lemma == "be";
    let speech = true;
    let mut at = verb + 1;
    while let Some(chunk) = chunks.get(at) {
        match &chunk.kind {
            ChunkKind::Adv => at += 1,
            ChunkKind::Quote if at == verb + 1 || clause.arguments.is_empty() && clause.adjective.is_none() => at += 1,
            ChunkKind::Quote
                if matches!(kind(chunks, at + 1), Some(ChunkKind::Noun))
                    && matches!(kind(chunks, at.wrapping_sub(1)), Some(ChunkKind::Prep)) =>
            {
                at += 1
            }
            ChunkKind::Adj if copula && clause.adjective.is_none() => {
                clause.adjective = Some(chunk.tokens.start);
                clause.end = chunk.tokens.end;
                at += 1;
            }
            ChunkKind::Adj => at += 1,
            ChunkKind::Noun => {
                // A noun phrase before a finite verb is that verb's subject: a complement clause without "that".
                let end = list_end(chunks, at);
                let mut after = end;
                while matches!(kind(chunks, after), Some(ChunkKind::Prep)) && is_noun(chunks, after + 1) {
                    after = list_end(chunks, after + 1);
                }
                if speech && clause.arguments.is_empty() && is_finite(chunks, after) {
                    clause.complement = clause_of(after).map(|c| (c, None));
                    return;
                }
                let span = chunk.tokens.start..chunks[end - 1].tokens.end;
                clause.end = span.end;
                clause.arguments.push((Role::Object, span));
                at = end;
            }
            ChunkKind::Prep => {
                let mut next = at + 1;
                while matches!(kind(chunks, next), Some(ChunkKind::Quote | ChunkKind::Adv)) {
                    next += 1;
                }
                let word = tokens[chunk.tokens.start].lower.clone();
                if is_noun(chunks, next) {
                    let end = list_end(chunks, next);
                    let span = chunks[next].tokens.start..chunks[end - 1].tokens.end;
                    clause.end = span.end;
                    clause.arguments.push((Role::Prep(word), span));
                    at = end;
                } else if verb_at(chunks, next).is_some_and(|v| v.form == Form::Ing) {
                    clause.complement = clause_of(next).map(|c| (c, Some(word)));
                    return;
                } else {
                    at += 1;
                    if next > at {
                        at = next;
                    }
                }
            }
            ChunkKind::Verb(next) => {
                if next.form == Form::Infinitive || next.form == Form::Ing {
                    clause.complement = clause_of(at).map(|c| (c, None));
                }
                return;
            }
            ChunkKind::That => {
                clause.complement = content_verb(chunks, at + 1).and_then(clause_of).map(|c| (c, None));
                return;
            }
            // A phrase between commas is stepped over: "argued, during a meeting, that".
            ChunkKind::Comma if matches!(kind(chunks, at + 1), Some(ChunkKind::Prep)) && is_noun(chunks, at + 2) => {
                let end = list_end(chunks, at + 2);
                if !matches!(kind(chunks, end), Some(ChunkKind::Comma)) {
                    return;
                }
                at = end + 1;
            }
            _ => return,
        }
    }
}

/// The finite verb of the clause that begins at chunk `from`, past the relative and adverbial clauses inside it.
fn content_verb(chunks: &[Chunk], from: usize) -> Option<usize> {
    let mut inside = 0usize;
    for (at, chunk) in chunks.iter().enumerate().skip(from) {
        match &chunk.kind {
            ChunkKind::Sub | ChunkKind::Rel => inside += 1,
            ChunkKind::Verb(verb) if verb.form == Form::Finite => {
                if inside == 0 {
                    return Some(at);
                }
                inside -= 1;
            }
            ChunkKind::Mark => return None,
            _ => {}
        }
    }
    None
}

/// The noun phrase that ends right before chunk `end`, with the prepositional phrases that hang on it:
/// "Governments in Germany, Italy and Spain". Returns its first chunk.
fn phrase_start(chunks: &[Chunk], end: usize) -> Option<usize> {
    let mut at = end.checked_sub(1)?;
    if !is_noun(chunks, at) {
        return None;
    }
    loop {
        // Members of a list to the left.
        let mut left = at;
        while left >= 2 {
            let mut before = left - 1;
            let conj = matches!(kind(chunks, before), Some(ChunkKind::Conj));
            if conj && matches!(kind(chunks, before.wrapping_sub(1)), Some(ChunkKind::Comma)) {
                before -= 1;
            }
            let comma = matches!(kind(chunks, before), Some(ChunkKind::Comma));
            if !(conj || comma)
                || before == 0
                || !is_noun(chunks, before - 1)
                || list_end_before(chunks, before - 1, false) < left + 1
            {
                break;
            }
            left = before - 1;
        }
        // "X backs Y, and Z opposes it": what stands behind a verb is its object, no part of the list.
        if left < at && left > 0 && matches!(kind(chunks, left - 1), Some(ChunkKind::Verb(_))) {
            left = at;
        }
        at = left;
        if at >= 2 && matches!(kind(chunks, at - 1), Some(ChunkKind::Prep)) && is_noun(chunks, at - 2) {
            at -= 2;
            continue;
        }
        return Some(at);
    }
}

fn find_subject(
    tokens: &[Token],
    chunks: &[Chunk],
    verb: usize,
    index: usize,
    clauses: &[Clause],
    verbs: &[usize],
) -> (Option<Range<usize>>, bool) {
    let clause = &clauses[index];
    let inherited = |from: usize| clauses[from].subject.clone();
    match clause.verb.form {
        Form::Infinitive | Form::Ing => {
            if let Some(parent) = clause.parent {
                return (inherited(parent), false);
            }
            // "Citing diplomats, the paper notes": the subject of the next finite verb; else of the one before.
            let opens = (0..verb).all(|c| !is_finite(chunks, c));
            let other = if opens {
                verbs.iter().position(|&c| c > verb && is_finite(chunks, c)).map(|v| {
                    let (subject, _) = find_subject(tokens, chunks, verbs[v], v, clauses, verbs);
                    subject
                })
            } else {
                (0..index).rev().find(|&v| is_finite(chunks, verbs[v])).map(inherited)
            };
            return (other.flatten(), false);
        }
        Form::Participle => {
            let start = phrase_start(chunks, verb).map(|s| chunks[s].tokens.start);
            return (start.map(|s| s..chunks[verb].tokens.start), false);
        }
        Form::Finite => {}
    }
    let mut at = verb;
    while at > 0 && matches!(kind(chunks, at - 1), Some(ChunkKind::Adv | ChunkKind::Quote)) {
        at -= 1;
    }
    // A parenthesis between commas right before the verb is stepped over.
    if at > 0 && matches!(kind(chunks, at - 1), Some(ChunkKind::Comma)) {
        let open = (0..at - 1).rev().take(25).find(|&c| {
            matches!(kind(chunks, c), Some(ChunkKind::Comma))
                && (matches!(kind(chunks, c + 1), Some(ChunkKind::Rel | ChunkKind::Prep | ChunkKind::Sub))
                    || verb_at(chunks, c + 1).is_some_and(|v| v.form != Form::Finite)
                    || is_noun(chunks, c + 1) && !matches!(kind(chunks, c.wrapping_sub(1)), Some(ChunkKind::Adv)))
                && c > 0
                && is_noun(chunks, c - 1)
        });
        at = open.unwrap_or(at - 1);
    }
    let mut conditional = false;
    match at.checked_sub(1).and_then(|b| kind(chunks, b)) {
        Some(ChunkKind::Noun) => {
            let Some(start) = phrase_start(chunks, at) else { return (None, false) };
            conditional = is_condition(tokens, chunks, start);
            let range = chunks[start].tokens.start..chunks[at - 1].tokens.end;
            (Some(range), conditional)
        }
        Some(ChunkKind::Rel) => {
            let mut end = at - 1;
            while end > 0 && matches!(kind(chunks, end - 1), Some(ChunkKind::Comma)) {
                end -= 1;
            }
            // The nearest noun phrase is the antecedent; its list counts, what it hangs on does not.
            let start = end.checked_sub(1).filter(|&c| is_noun(chunks, c));
            (start.map(|s| chunks[s].tokens.clone()), false)
        }
        Some(ChunkKind::Conj | ChunkKind::Comma | ChunkKind::That) => {
            // "refused to send aid and urged": a finite verb goes with the finite verb before it.
            let before = (0..index).rev().find(|&v| is_finite(chunks, verbs[v]));
            (before.and_then(inherited), conditional)
        }
        _ => (None, conditional),
    }
}

fn is_condition(tokens: &[Token], chunks: &[Chunk], start: usize) -> bool {
    start > 0
        && matches!(kind(chunks, start - 1), Some(ChunkKind::Sub))
        && matches!(tokens[chunks[start - 1].tokens.start].lower.as_str(), "if" | "unless" | "whether")
}
