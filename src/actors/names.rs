//! Names by their shape: runs of capitalized words.

use crate::actors::Gazetteer;
use crate::language::{Grammar, Token};

const PARTICLES: [&str; 18] = [
    "de", "del", "della", "der", "den", "van", "von", "bin", "ibn", "al", "el", "la", "le", "da", "di", "dos", "du",
    "ten",
];

/// No name has more words; bounds the work on text that is all capitals.
const LONGEST: usize = 16;

/// What a run of capitalized words is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// It holds a word such as "Ministry" or "Party".
    Institution,
    /// Two to four words without such a word: a person, if anything else speaks for it.
    Person,
    /// One word, or too many.
    Other,
}

/// The end of the run of capitalized words that begins at `start`, particles included; `start` when there is none.
pub fn run_end(tokens: &[Token], start: usize, grammar: &Grammar) -> usize {
    let mut at = start;
    let mut end = start;
    while let Some(token) = tokens.get(at).filter(|_| at - start < LONGEST) {
        let closed = grammar.is_closed(&token.lower);
        if token.is_capitalized() && token.is_word() && !(closed && (at == start || token.lower.len() < 4)) {
            at += 1;
            end = at;
        } else if at > start && PARTICLES.contains(&token.lower.as_str()) && at - end < 2 {
            at += 1;
        } else {
            break;
        }
    }
    end
}

/// The end of an institution's name that begins at `start`: a run that goes on over "of", "for", "and", "the" to more
/// capitals when a keyword stands before them ("Ministry of Foreign Affairs", "Court of Justice").
pub fn institution_end(tokens: &[Token], start: usize, gazetteer: &Gazetteer, grammar: &Grammar) -> usize {
    let mut end = run_end(tokens, start, grammar);
    // "Labour Party Chief Whip Jane Doe": a title behind the keyword belongs to the person.
    let mut keyword = false;
    for at in start..end {
        if keyword && gazetteer.title_at(tokens, at).is_some() {
            return at;
        }
        keyword |= gazetteer.is_keyword(&tokens[at].form);
    }
    for _ in 0..4 {
        let keyword = tokens.get(start..end).unwrap_or_default().iter().any(|t| gazetteer.is_keyword(&t.form));
        let link = tokens.get(end).is_some_and(|t| matches!(t.lower.as_str(), "of" | "for" | "and" | "on"));
        if !keyword || !link {
            break;
        }
        let mut next = end + 1;
        if tokens.get(next).is_some_and(|t| t.lower == "the") {
            next += 1;
        }
        let and = tokens[end].lower == "and";
        let further = run_end(tokens, next, grammar);
        // "the Green Party and Germany" is two names.
        if further == next || (and && gazetteer.name_at(tokens, next).is_some()) {
            break;
        }
        end = further;
    }
    end
}

/// What the run `start..end` is by its words.
pub fn shape(tokens: &[Token], start: usize, end: usize, gazetteer: &Gazetteer) -> Shape {
    let run = tokens.get(start..end).unwrap_or_default();
    if run.len() > 1 && run.iter().any(|t| gazetteer.is_keyword(&t.form)) {
        return Shape::Institution;
    }
    let letters = run.iter().all(|t| t.form.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’')));
    let shouting = run.iter().all(|t| t.form.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase));
    if (2..=4).contains(&run.len()) && letters && !shouting { Shape::Person } else { Shape::Other }
}

/// The words of a span as a name: single spaces, straight apostrophes.
pub fn text_of(tokens: &[Token]) -> String {
    let mut out = String::new();
    let mut last = None;
    for token in tokens {
        if last.is_some_and(|end| end < token.start) {
            out.push(' ');
        }
        out.push_str(&token.form.replace('’', "'"));
        last = Some(token.end);
    }
    out
}
