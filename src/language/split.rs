//! Paragraphs, sentences and tokens, by rules over characters; linear in the length of the text.

use crate::language::Grammar;

/// Sentences longer than this many tokens are cut, so that no later step can be slow on hostile text.
const MAX_TOKENS: usize = 400;

/// The date and the agency of a dateline have no more tokens than this.
const DATED: usize = 8;

/// A run of tokens that ends with a full stop or the end of its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Byte offset of the first token in the text.
    pub start: usize,
    /// Byte offset behind the last token.
    pub end: usize,
    /// Number of the paragraph, from 0.
    pub paragraph: usize,
    /// A headline or subheading: a paragraph without a full stop.
    pub heading: bool,
    /// The tokens; never empty.
    pub tokens: Vec<Token>,
}

/// A word, number or punctuation mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Byte offset in the text.
    pub start: usize,
    /// Byte offset behind it.
    pub end: usize,
    /// The word as printed.
    pub form: String,
    /// In lower case, with straight apostrophes.
    pub lower: String,
}

impl Token {
    /// Whether it begins with a capital letter.
    pub fn is_capitalized(&self) -> bool {
        self.form.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it has a letter or digit in it.
    pub fn is_word(&self) -> bool {
        self.form.chars().any(char::is_alphanumeric)
    }
}

/// Splits `text` into sentences and tokens. Blank lines end paragraphs; so does a line end after a short line without
/// a full stop, as headlines and datelines are set.
pub fn sentences(text: &str, grammar: &Grammar) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (number, (start, end)) in paragraphs(text).into_iter().enumerate() {
        let tokens = tokens(text, start, end, grammar);
        split_paragraph(tokens, number, grammar, &mut out);
    }
    out
}

fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut short = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        // A short line without a full stop is a headline, unless the next one goes on in lower case.
        if body.is_empty() || short && !body.starts_with(char::is_lowercase) {
            out.extend(open.take());
        }
        if body.is_empty() {
            continue;
        }
        let from = open.map_or(start, |(from, _)| from);
        open = Some((from, start + body.len()));
        let complete = body.ends_with(['.', '!', '?', ',', ';', ':', '"', '”', '’', '-', '–', '—']);
        short = !complete && body.chars().count() < 60;
    }
    out.extend(open);
    out
}

fn is_inner(c: char, next: Option<char>) -> bool {
    match c {
        '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | '/' => next.is_some_and(char::is_alphanumeric),
        '.' | ',' => next.is_some_and(|n| n.is_ascii_digit()),
        _ => false,
    }
}

fn tokens(text: &str, start: usize, end: usize, grammar: &Grammar) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = start;
    while let Some(c) = text.get(at..end).and_then(|rest| rest.chars().next()) {
        if c.is_whitespace() || c.is_control() {
            at += c.len_utf8();
            continue;
        }
        if !c.is_alphanumeric() {
            push(&mut out, text, at, at + c.len_utf8());
            at += c.len_utf8();
            continue;
        }
        let stop = word_end(text, at, end, grammar);
        push_word(&mut out, text, at, stop);
        at = stop;
    }
    out
}

fn word_end(text: &str, start: usize, end: usize, grammar: &Grammar) -> usize {
    let mut chars = text.get(start..end).unwrap_or_default().char_indices().peekable();
    let mut stop = start;
    let mut digits_only = true;
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        let inner = is_inner(c, next) && (!matches!(c, '.' | ',') || digits_only);
        if c.is_alphanumeric() || is_mark(c) || inner {
            digits_only &= c.is_ascii_digit() || matches!(c, '.' | ',');
            stop = start + i + c.len_utf8();
            continue;
        }
        // "U.S.", "e.g.", "Mr." keep their stops.
        if c == '.' {
            let word = text.get(start..start + i).unwrap_or_default();
            let letters = word.rsplit('.').next().map_or(0, |part| part.chars().count());
            let dotted = letters == 1 && word.chars().next_back().is_some_and(char::is_alphabetic);
            if dotted && (next.is_some_and(char::is_alphabetic) || word.contains('.') || word.chars().count() == 1) {
                let initial = word.chars().count() == 1 && !word.chars().all(char::is_uppercase);
                if !initial {
                    stop = start + i + 1;
                    continue;
                }
            }
            if grammar.is_abbreviation(word) {
                stop = start + i + 1;
            }
        }
        break;
    }
    stop
}

/// Combining marks and joiners that belong to the letter before.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}')
}

fn push(out: &mut Vec<Token>, text: &str, start: usize, end: usize) {
    let Some(form) = text.get(start..end) else { return };
    if form.is_empty() {
        return;
    }
    let lower = form.to_lowercase().replace('’', "'");
    out.push(Token { start, end, form: form.to_owned(), lower });
}

/// A word, with its clitics ('s, n't, 'll ...) as tokens of their own.
fn push_word(out: &mut Vec<Token>, text: &str, start: usize, end: usize) {
    let word = text.get(start..end).unwrap_or_default();
    for apostrophe in ['\'', '’'] {
        let Some(at) = word.rfind(apostrophe) else { continue };
        let tail = word.get(at + apostrophe.len_utf8()..).unwrap_or_default().to_lowercase();
        if tail == "t" && at > 1 && word.get(at - 1..at).is_some_and(|n| n.eq_ignore_ascii_case("n")) {
            push(out, text, start, start + at - 1);
            push(out, text, start + at - 1, end);
            return;
        }
        if matches!(tail.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m") && at > 0 {
            push(out, text, start, start + at);
            push(out, text, start + at, end);
            return;
        }
    }
    push(out, text, start, end);
}

fn split_paragraph(tokens: Vec<Token>, paragraph: usize, grammar: &Grammar, out: &mut Vec<Sentence>) {
    let start = dateline(&tokens).unwrap_or(0);
    push_sentence(&tokens[..start], paragraph, out);
    let mut from = start;
    let before = out.len();
    for at in start..tokens.len() {
        let too_long = at + 1 - from >= MAX_TOKENS;
        if too_long || ends_sentence(&tokens, at, grammar) {
            push_sentence(&tokens[from..=at], paragraph, out);
            from = at + 1;
        }
    }
    push_sentence(&tokens[from..], paragraph, out);
    let stopped = tokens.iter().rev().take(3).any(|t| matches!(t.form.as_str(), "." | "!" | "?" | "…"));
    if out.len() == before + 1
        && !stopped
        && let Some(only) = out.last_mut()
    {
        only.heading = true;
    }
}

fn push_sentence(tokens: &[Token], paragraph: usize, out: &mut Vec<Sentence>) {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
    out.push(Sentence { start: first.start, end: last.end, paragraph, heading: false, tokens: tokens.to_vec() });
}

/// Where the sentence begins behind a dateline: "PARIS, June 9 (Agency) -", "LONDON --", "(Agency)".
fn dateline(tokens: &[Token]) -> Option<usize> {
    let form = |at: usize| tokens.get(at).map_or("", |t| t.form.as_str());
    let is_dash = |at: usize| matches!(form(at), "-" | "–" | "—");
    let shouted =
        |word: &str| word.len() > 1 && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '\''));
    // The place, in capitals, and what may follow it.
    let place = (0..tokens.len()).take_while(|&at| shouted(form(at)) && form(at) != "-").count();
    let mut at = place;
    if place > 0 {
        let dated =
            |at: usize| form(at) == "," || form(at).starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
        let rest = (at..tokens.len()).take(DATED).take_while(|&n| dated(n)).count();
        at += if form(at) == "," { rest } else { 0 };
    }
    // The agency.
    let agency = form(at) == "(";
    if agency {
        let close = (at + 1..tokens.len()).take(DATED).find(|&n| form(n) == ")")?;
        let named = tokens[at + 1..close].iter().all(|t| t.is_capitalized() || !t.is_word());
        at = if named && close > at + 1 { close + 1 } else { return None };
    }
    let dashes = (at..tokens.len()).take_while(|&n| is_dash(n)).count();
    let colon = agency && form(at) == ":";
    let marked = dashes > 0 || colon || agency && place == 0 && shouted(form(1));
    at += dashes + usize::from(colon);
    (marked && (place > 0 || agency) && tokens.get(at).is_some_and(Token::is_capitalized)).then_some(at)
}

fn is_closing(form: &str) -> bool {
    matches!(form, "\"" | "”" | "’" | "'" | ")" | "]" | "»")
}

/// Whether a sentence ends with token `at`: a full stop and the quotes and brackets that close behind it.
fn ends_sentence(tokens: &[Token], at: usize, grammar: &Grammar) -> bool {
    let mut stop = at;
    while stop > 0 && is_closing(&tokens[stop].form) && tokens[stop - 1].end == tokens[stop].start {
        stop -= 1;
        if at - stop > 3 {
            return false;
        }
    }
    let mark = &tokens[stop];
    let next = tokens.get(at + 1);
    if let Some(next) = next {
        // The quote that follows closes this sentence: it ends there, not here.
        let closes = is_closing(&next.form) && next.start == tokens[at].end;
        if closes && !(next.form == "\"" && tokens.get(at + 2).is_some_and(|t| t.start == next.end)) {
            return false;
        }
    }
    match mark.form.as_str() {
        "." | "!" | "?" | "…" => {
            let Some(next) = next else { return true };
            if next.start == tokens[at].end && at == stop && mark.form == "." {
                return false;
            }
            // "Jane Doe (R-Mich.) — has": what goes on behind a bracket and a dash.
            if tokens[at].form == ")" && matches!(next.form.as_str(), "-" | "–" | "—") {
                return false;
            }
            let opens = matches!(next.form.as_str(), "\"" | "“" | "‘" | "(" | "'" | "[" | "-" | "–" | "—" | "•" | "«");
            opens || next.is_capitalized() || next.form.starts_with(|c: char| c.is_ascii_digit())
        }
        // An abbreviation with its stop ("U.S.") ends a sentence only before a word that opens one.
        form if form.len() > 1 && form.ends_with('.') => next.is_some_and(|n| {
            let opens = if at == stop { grammar.opens_sentence(&n.lower) } else { true };
            n.is_capitalized() && opens && (at != stop || !grammar.is_title_abbreviation(form))
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().unwrap();
        let grammar = Grammar::new(&lexicon).unwrap();
        sentences(text, &grammar).iter().map(|s| text[s.start..s.end].to_owned()).collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        assert_eq!(
            split("U.S. Sen. Graham met Mr. Jones. They agreed on 3.5 per cent. “No.” He left the U.S. The end."),
            [
                "U.S. Sen. Graham met Mr. Jones.",
                "They agreed on 3.5 per cent.",
                "“No.”",
                "He left the U.S.",
                "The end."
            ]
        );
    }

    #[test]
    fn paragraphs_and_headings() {
        assert_eq!(split("Paris rejects plan\n\nThe plan\nfailed."), ["Paris rejects plan", "The plan\nfailed."]);
        let lexicon = Lexicon::embedded().unwrap();
        let grammar = Grammar::new(&lexicon).unwrap();
        let found = sentences("Paris rejects plan\n\nIt failed.", &grammar);
        assert!(found[0].heading && !found[1].heading);
    }

    #[test]
    fn datelines_stand_alone() {
        for line in [
            "OSLO, June 9, 2024 (Agency) -",
            "NEW YORK --",
            "OSLO (Agency) —",
            "OSLO (Agency):",
            "(AGY)",
            "(AGY) --",
            "WASHINGTON, D.C. –",
        ] {
            assert_eq!(split(&format!("{line} Ministers met. They left.")), [line, "Ministers met.", "They left."]);
        }
        for text in [
            "NATO - an alliance - met.",
            "NATO: It met.",
            "(Ministers met.)",
            "EU and NATO met.",
            "A – B.",
            "(NATO) met.",
            "US-UK talks failed.",
            "NATO.",
        ] {
            assert_eq!(split(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn clitics_are_tokens() {
        let lexicon = Lexicon::embedded().unwrap();
        let grammar = Grammar::new(&lexicon).unwrap();
        let forms: Vec<String> = sentences("Paris’s envoy didn't say it's over.", &grammar)
            .into_iter()
            .flat_map(|s| s.tokens)
            .map(|t| t.form)
            .collect();
        assert_eq!(forms, ["Paris", "’s", "envoy", "did", "n't", "say", "it", "'s", "over", "."]);
    }

    proptest! {
        #[test]
        fn offsets_hold_for_any_text(text in "\\PC{0,200}|[a-zA-Z .’'\"\n,]{0,200}") {
            let lexicon = Lexicon::embedded().unwrap();
            let grammar = Grammar::new(&lexicon).unwrap();
            let mut last = 0;
            for token in sentences(&text, &grammar).iter().flat_map(|s| &s.tokens) {
                prop_assert!(token.start >= last && token.end > token.start);
                prop_assert_eq!(&text[token.start..token.end], &token.form);
                last = token.end;
            }
        }
    }
}
