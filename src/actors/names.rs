//! Names by their shape: runs of capitalized words.

use crate::actors::Gazetteer;
use crate::actors::gazetteer::Role;
use crate::language::{Grammar, Token};
use unicode_normalization::UnicodeNormalization;

const PARTICLES: [&str; 20] = [
    "de", "del", "della", "der", "den", "van", "von", "bin", "ibn", "al", "el", "la", "le", "da", "di", "dos", "du",
    "ten", "y", "i",
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
pub fn run_end(tokens: &[Token], start: usize, gazetteer: &Gazetteer, grammar: &Grammar) -> usize {
    let mut at = start;
    let mut end = start;
    // "Quappe & Miller" is a firm; "Trump & Putin" are two.
    let known = |k: usize| {
        let listed = |t: &Token| gazetteer.name_at(tokens, k).is_some() || !gazetteer.by_surname(&t.form).is_empty();
        tokens.get(k).is_none_or(listed)
    };
    while let Some(token) = tokens.get(at).filter(|_| at - start < LONGEST) {
        // "Federal", "National", "Foreign" begin names where more capitals follow.
        let closed = grammar.is_closed(&token.lower)
            && !(is_adjective(&token.lower, gazetteer) && tokens.get(at + 1).is_some_and(Token::is_capitalized));
        // "Elizabeth May"
        let surname = at > start && gazetteer.is_first_name(&tokens[at - 1].form);
        let particle = || PARTICLES.contains(&token.lower.as_str()) && at - end < 2;
        let firm = || token.form == "&" && !(known(at - 1) && known(at + 1));
        let capital = token.is_capitalized() || at > start && is_arabic(&token.form);
        if capital && token.is_word() && !(closed && (at == start || token.lower.len() < 4 && !surname)) {
            at += 1;
            end = at;
        } else if at > start && (particle() || firm()) {
            at += 1;
        } else {
            break;
        }
    }
    end
}

/// "al-Battat", "ash-Sharif": a name behind the Arabic article.
fn is_arabic(form: &str) -> bool {
    let article = |a: &str| matches!(a, "al" | "el" | "as" | "ash" | "an" | "ar" | "at" | "ad" | "az" | "ul");
    form.split_once('-').is_some_and(|(a, name)| article(a) && name.starts_with(char::is_uppercase))
}

/// Whether a word, though it stands before nouns of all kinds, is part of a name when capitalized.
pub fn is_adjective(lower: &str, gazetteer: &Gazetteer) -> bool {
    gazetteer.has_role(lower, Role::First) || gazetteer.has_role(lower, Role::Portfolio)
}

/// The end of an institution's name that begins at `start`: a run that goes on over "of", "for", "and", "the" to more
/// capitals when a keyword stands before them ("Ministry of Foreign Affairs", "Court of Justice"), or over one "and" to
/// a run that ends with one ("the Oversight and Reform Committee").
pub fn institution_end(tokens: &[Token], start: usize, gazetteer: &Gazetteer, grammar: &Grammar) -> usize {
    let keyword_in =
        |from: usize, to: usize| tokens.get(from..to).unwrap_or_default().iter().any(|t| gazetteer.is_keyword(&t.form));
    // "Labour Party Chief Whip Jane Doe": a title behind the keyword belongs to the person.
    let title_in = |from: usize, to: usize| {
        let named = |at: usize| tokens.get(at).is_some_and(|t| t.is_capitalized() && !grammar.is_closed(&t.lower));
        let behind = |at: &usize| {
            let title = gazetteer.title_at(tokens, *at).filter(|_| *at > start);
            title.is_some_and(|(length, _)| {
                let next = *at + length;
                named(next) && !keyword_in(next, next + 1)
            })
        };
        (from..to).find(behind)
    };
    // "Farmers' Union", "Women's League": a plural's genitive is part of the name; "Johnson's Party" is two.
    let with_plural = |start: usize| {
        let end = run_end(tokens, start, gazetteer, grammar);
        let whose = end.checked_sub(1).map_or("", |last| tokens[last].lower.as_str());
        let mark = tokens.get(end).map_or("", |t| t.lower.as_str());
        let plural = matches!(mark, "'" | "’") && whose.ends_with('s')
            || matches!(mark, "'s" | "’s") && matches!(whose, "people" | "women" | "men" | "children");
        if plural && end > start && title_in(start, end).is_none() {
            let further = run_end(tokens, end + 1, gazetteer, grammar);
            let named = (start..end).any(|k| gazetteer.name_at(tokens, k).is_some_and(|(n, _)| k + n == end));
            if keyword_in(end + 1, further) && !named && title_in(end + 1, further).is_none() {
                return further;
            }
        }
        end
    };
    let mut end = with_plural(start);
    // "the French Armed Forces Thierry Burkhard": a person's name begins behind the keyword.
    let person = |k: &usize| gazetteer.is_keyword(&tokens[k - 1].form) && gazetteer.is_first_name(&tokens[*k].form);
    if let Some(name) = (start + 1..end.saturating_sub(1)).find(person) {
        return name;
    }
    if let Some(title) = title_in(start, end) {
        return title;
    }
    for _ in 0..4 {
        let keyword = keyword_in(start, end);
        if keyword && let Some(list) = list_end(tokens, start, end, gazetteer, grammar) {
            return list;
        }
        let link = tokens.get(end).map_or("", |t| t.lower.as_str());
        if !(keyword && matches!(link, "of" | "for" | "and" | "on") || link == "and" && end <= start + 3)
            || end == start
        {
            break;
        }
        // "the Supreme Court on Monday"
        let day = |t: &Token| gazetteer.has_role(&t.lower, Role::First) && gazetteer.has_role(&t.lower, Role::Last);
        if link == "on" && tokens.get(end + 1).is_some_and(day) {
            break;
        }
        let mut next = end + 1;
        if tokens.get(next).is_some_and(|t| t.lower == "the") {
            next += 1;
        }
        let further = with_plural(next);
        let further = title_in(next, further).unwrap_or(further);
        if further == next {
            break;
        }
        if link == "and" {
            // "the Green Party and Germany", "the Senate and House" are two names; so are two institutions.
            let article = start.checked_sub(1).is_some_and(|b| tokens[b].lower == "the");
            let split = gazetteer.is_keyword(&tokens[end - 1].form) || gazetteer.name_at(tokens, next).is_some();
            let last = gazetteer.is_keyword(&tokens[further - 1].form);
            let first = gazetteer.name_at(tokens, start).is_some_and(|(n, _)| start + n >= end);
            // A keyword that ends the first part is a name of its own, but for "Ministry of Trade and Industry".
            let of = tokens[start..end].iter().any(|t| matches!(t.lower.as_str(), "of" | "for" | "on"));
            if gazetteer.name_at(tokens, next).is_some() || !of && (split || !last || !keyword && (!article || first)) {
                break;
            }
            // "University of Bristol and UC Davis" is two, but "Ministry of Trade and Industry" one.
            let one = tokens[next..further].iter().all(|t| gazetteer.has_role(&t.lower, Role::Portfolio));
            if of && !one {
                break;
            }
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

/// A name without accents: "Erdoğan" is "Erdogan" in many papers.
pub fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
        match c {
            'ł' => out.push('l'),
            'Ł' => out.push('L'),
            'ø' => out.push('o'),
            'Ø' => out.push('O'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            c => out.push(c),
        }
    }
    out
}

/// A name as a key: neither accents, capitals nor the form of its apostrophes count.
pub fn fold(name: &str) -> String {
    plain(&name.replace('’', "'")).to_lowercase()
}

/// Whether two names of people, folded, may be one person's: "John R. Bolton" and "John Bolton", "Ricardo Rosselló" and
/// "Ricardo Rosselló Nevares", "Hamza bin Laden" and "Hamza bin Ladin".
pub fn same_person(one: &str, other: &str) -> bool {
    let parts = |name: &str| -> Vec<String> {
        let words = name.split_whitespace().map(str::to_owned);
        words.filter(|w| w.trim_end_matches('.').chars().count() > 1 && w != "jr." && w != "sr.").collect()
    };
    let (a, b) = (parts(one), parts(other));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < 2 {
        return false;
    }
    if short.len() == long.len() {
        let mut unlike = short.iter().zip(&long).enumerate().filter(|(_, (a, b))| a != b);
        return match (unlike.next(), unlike.next()) {
            (None, _) => true,
            (Some((at, (a, b))), None) => one_letter_apart(a, b, at == 0),
            _ => false,
        };
    }
    let mut rest = long.iter();
    let inside = short.iter().all(|part| rest.any(|l| l == part));
    inside && (short.first() == long.first() || short.last() == long.last())
}

/// One letter more, less or other, in words long enough that it is a spelling. The last letter of a first name tells a
/// man's from a woman's: "Mario" and "Maria".
fn one_letter_apart(a: &str, b: &str, first: bool) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() < 5 || b.len() < 5 || a.len().abs_diff(b.len()) > 1 || a.len() > 40 {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let long = a.len().max(b.len());
    head > 0 && head + tail + 1 >= long && !(first && tail == 0)
}

/// Whether a run of capitals names a thing: a square, a war, a law.
pub fn is_thing(tokens: &[Token], start: usize, end: usize, gazetteer: &Gazetteer) -> bool {
    let Some(run) = tokens.get(start..end).filter(|run| !run.is_empty()) else { return false };
    let before = start.checked_sub(1).map_or("", |b| tokens[b].lower.as_str());
    let placed = matches!(
        before,
        "in" | "at" | "near" | "from" | "to" | "through" | "the" | "across" | "on" | "downtown" | "toward" | "towards"
    );
    let named = gazetteer.is_first_name(&run[0].form) && !placed;
    if named && run.len() == 2 {
        return false;
    }
    let part = |token: &Token, role: Role| {
        let first = token.lower.split(['-', '–']).next().unwrap_or_default();
        gazetteer.has_role(&token.lower, role) || gazetteer.has_role(first, role)
    };
    let last = run.iter().skip(1).any(|t| part(t, Role::Last));
    last || !named && part(&run[0], Role::First)
}

/// The end of the list in "Ministry of Health, Labour and Welfare", of which `start..end` is the first part.
fn list_end(tokens: &[Token], start: usize, end: usize, gazetteer: &Gazetteer, grammar: &Grammar) -> Option<usize> {
    let lower = |at: usize| tokens.get(at).map_or("", |t| t.lower.as_str());
    let of = (start..end).rfind(|&k| matches!(lower(k), "of" | "for" | "on"))?;
    // A field of work, and nobody's name.
    let field = |from: usize, to: usize| {
        to > from
            && (from..to).all(|k| {
                (gazetteer.name_at(tokens, k).is_none() || gazetteer.has_role(&tokens[k].lower, Role::Portfolio))
                    && gazetteer.title_at(tokens, k).is_none()
                    && !gazetteer.is_first_name(&tokens[k].form)
                    && !gazetteer.is_keyword(&tokens[k].form)
            })
    };
    let mut at = end;
    if lower(at) != "," || !field(of + 1, end) {
        return None;
    }
    while lower(at) == "," && lower(at + 1) != "and" {
        let next = run_end(tokens, at + 1, gazetteer, grammar);
        if !field(at + 1, next) {
            return None;
        }
        at = next;
    }
    at += usize::from(lower(at) == ",");
    let last = run_end(tokens, at + 1, gazetteer, grammar);
    (lower(at) == "and" && field(at + 1, last)).then_some(last)
}

/// The end of a court case's name, "Doe v. Roe": neither side is meant by it.
pub(super) fn court_case(tokens: &[Token], at: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let capital = |k: &usize| tokens[*k].is_capitalized() && tokens[*k].is_word();
    let name = |from: usize| {
        let small = |k: &usize| matches!(tokens[*k].lower.as_str(), "of" | "the" | "and" | "&");
        let run = (from..tokens.len()).take(LONGEST).take_while(|k| capital(k) || *k > from && small(k));
        run.filter(capital).last().map(|last| last + 1)
    };
    let versus = name(at)?;
    let mark = matches!(tokens.get(versus)?.lower.as_str(), "v" | "v." | "vs" | "vs." | "versus");
    let other = versus + 1 + usize::from(tokens.get(versus + 1).is_some_and(|t| t.form == "."));
    name(other).filter(|_| mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_apostrophes_do_not_count() {
        assert_eq!(fold("Jarosław Kaczyński"), "jaroslaw kaczynski");
        assert_eq!(fold("O’Rourke"), fold("O'Rourke"));
    }

    #[test]
    fn variants_of_a_name_are_one_person() {
        for (one, other, same) in [
            ("john r. bolton", "john bolton", true),
            ("ricardo rossello", "ricardo rossello nevares", true),
            ("tayyip erdogan", "recep tayyip erdogan", true),
            ("hamza bin laden", "hamza bin ladin", true),
            ("mohammad bin salman", "mohammed bin salman", true),
            ("hamza bin laden", "osama bin laden", false),
            ("mario silva", "maria silva", false),
            ("joe biden", "hunter biden", false),
            ("kim jong-un", "kim jong-il", false),
            ("bolton", "john bolton", false),
        ] {
            assert_eq!(same_person(one, other), same, "{one} {other}");
        }
    }
}
