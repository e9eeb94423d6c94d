//! Coarse word classes from closed words, verb forms, and the words before and after.
//!
//! Without a trained tagger: enough to tell "Macron plans to send" from "the plans of Macron".

use crate::language::{Grammar, Token, VerbForm};

/// What a word is in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Names and nouns, and all that is not known.
    Noun,
    /// "the", "several"
    Det,
    /// "no" before a noun
    NoDet,
    /// "his"; the clitic 's is [`Class::Genitive`]
    Poss,
    /// "'s" behind a noun
    Genitive,
    /// Number in digits
    Number,
    /// Adjective, or a participle before a noun
    Adj,
    /// "he", "them"
    Pron,
    /// Preposition
    Prep,
    /// "to"
    To,
    /// "will", "would", "may"
    Modal,
    /// Forms of be
    Be,
    /// Forms of have as auxiliary
    Have,
    /// Forms of do as auxiliary
    Do,
    /// "not", "never"
    Neg,
    /// A full verb in some form
    Verb(VerbForm),
    /// Adverb
    Adv,
    /// "and", "or", "but"
    Conj,
    /// "if", "because"
    Sub,
    /// "that"
    That,
    /// "who", "which"
    Rel,
    /// "whose"
    RelPoss,
    /// Quotation mark
    Quote,
    /// Comma
    Comma,
    /// Any other mark
    Mark,
}

impl Class {
    /// The class named in `lexicon/words.csv`.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "det" => Self::Det,
            "nodet" => Self::NoDet,
            "poss" => Self::Poss,
            "adj" => Self::Adj,
            "pron" => Self::Pron,
            "prep" => Self::Prep,
            "to" => Self::To,
            "modal" => Self::Modal,
            "be" => Self::Be,
            "have" => Self::Have,
            "do" => Self::Do,
            "neg" => Self::Neg,
            "verb" => Self::Verb(VerbForm::Past),
            "adv" => Self::Adv,
            "conj" => Self::Conj,
            "sub" => Self::Sub,
            "that" => Self::That,
            "rel" => Self::Rel,
            "relposs" => Self::RelPoss,
            _ => return None,
        })
    }
}

/// Whether a noun phrase goes on after this class, so that what follows is no finite verb.
fn inside_noun_phrase(class: Class) -> bool {
    matches!(class, Class::Det | Class::NoDet | Class::Poss | Class::Genitive | Class::Adj | Class::Number)
}

/// Fills in the classes of a sentence's tokens. `names[i]` says that token i is part of a name, and so no verb.
pub fn tag(tokens: &mut [Token], names: &[bool], grammar: &Grammar) {
    for at in 0..tokens.len() {
        tokens[at].class = one(tokens, at, names, grammar);
    }
}

fn one(tokens: &[Token], at: usize, names: &[bool], grammar: &Grammar) -> Class {
    let token = &tokens[at];
    let lower = token.lower.as_str();
    if names.get(at).copied().unwrap_or(false) {
        return Class::Noun;
    }
    match lower {
        "," => return Class::Comma,
        "\"" | "“" | "”" | "«" | "»" | "‘" | "''" | "``" => return Class::Quote,
        "’" | "'" => return if at > 0 && tokens[at - 1].end == token.start { Class::Genitive } else { Class::Quote },
        "'s" => return clitic(tokens, at, grammar),
        _ => {}
    }
    if !token.is_word() {
        return Class::Mark;
    }
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        return Class::Number;
    }
    let closed = grammar.class(lower);
    if let Some(class) = closed
        && let Some(class) = ambiguous_closed(tokens, at, class, names, grammar)
    {
        return class;
    }
    if let Some(class) = verb(tokens, at, names, grammar) {
        return class;
    }
    if token.is_capitalized() && at > 0 {
        return Class::Noun;
    }
    if lower.ends_with("ly") && lower.len() > 4 {
        return Class::Adv;
    }
    const ENDINGS: [&str; 10] = ["ful", "ous", "ive", "ible", "able", "ical", "less", "ian", "ary", "ic"];
    let next_noun = tokens.get(at + 1).is_some_and(|n| n.is_word() && grammar.class(&n.lower).is_none());
    if next_noun && ENDINGS.iter().any(|e| lower.ends_with(e)) {
        return Class::Adj;
    }
    Class::Noun
}

/// "'s" is a genitive, or short for "is" or "has" before an adverb, determiner or participle.
fn clitic(tokens: &[Token], at: usize, grammar: &Grammar) -> Class {
    let pronoun = at > 0 && matches!(tokens[at - 1].class, Class::Pron | Class::Rel | Class::Adv | Class::That);
    let next = tokens.get(at + 1).map(|t| t.lower.as_str()).unwrap_or_default();
    let verbal = matches!(grammar.class(next), Some(Class::Det | Class::Neg | Class::Adv | Class::Prep));
    if pronoun || verbal { Class::Be } else { Class::Genitive }
}

fn ambiguous_closed(tokens: &[Token], at: usize, class: Class, names: &[bool], grammar: &Grammar) -> Option<Class> {
    let token = &tokens[at];
    let next = tokens.get(at + 1);
    let next_is_nounish = next.is_some_and(|n| {
        n.is_word()
            && !matches!(grammar.class(&n.lower), Some(c) if !matches!(c, Class::Adj | Class::Det | Class::Poss))
    });
    Some(match class {
        // "that" opens a clause, or points at a noun.
        Class::That => {
            let before = at.checked_sub(1).map(|b| tokens[b].class);
            let clause = matches!(
                before,
                Some(Class::Verb(_) | Class::Noun | Class::Adj | Class::Comma | Class::Conj | Class::Adv)
            );
            if clause { Class::That } else { Class::Det }
        }
        // "her plan" against "backed her", "his" likewise.
        Class::Poss if token.lower == "her" && !next_is_nounish => Class::Pron,
        // "have"/"do" as full verbs when no verb follows.
        Class::Have | Class::Do => {
            let auxiliary = (at + 1..tokens.len().min(at + 5)).find_map(|k| {
                let lower = tokens[k].lower.as_str();
                match grammar.class(lower) {
                    Some(Class::Neg | Class::Adv | Class::Pron) => None,
                    Some(Class::Be | Class::Have) => Some(true),
                    Some(_) => Some(false),
                    None if lower.ends_with("ly") => None,
                    None if names.get(k).copied().unwrap_or(false) => Some(false),
                    None => {
                        let forms = grammar.verb_forms(lower);
                        Some(forms.iter().any(|(_, f)| match class {
                            Class::Have => *f == VerbForm::Participle,
                            _ => *f == VerbForm::Base,
                        }))
                    }
                }
            });
            if auxiliary == Some(true)
                || at > 0 && tokens[at - 1].class == Class::To && class == Class::Have && auxiliary == Some(true)
            {
                class
            } else {
                Class::Verb(match token.lower.as_str() {
                    "has" | "does" => VerbForm::Third,
                    "had" | "did" => VerbForm::Past,
                    "having" => VerbForm::Ing,
                    _ => VerbForm::Base,
                })
            }
        }
        // "March", "May", "Will" as names and months.
        Class::Modal if token.is_capitalized() && at > 0 => Class::Noun,
        Class::Prep | Class::Sub if token.is_capitalized() && at > 0 && next.is_some_and(Token::is_capitalized) => {
            class
        }
        Class::Verb(_) => return None,
        _ => class,
    })
}

fn verb(tokens: &[Token], at: usize, names: &[bool], grammar: &Grammar) -> Option<Class> {
    let token = &tokens[at];
    let forms = grammar.verb_forms(&token.lower);
    if forms.is_empty() {
        return None;
    }
    let has = |form: VerbForm| forms.iter().any(|(_, f)| *f == form);
    let noun_too = forms.iter().any(|(lemma, _)| grammar.is_also_noun(lemma));
    // The word before, past adverbs and negations.
    let mut back = at;
    while back > 0 && matches!(tokens[back - 1].class, Class::Adv | Class::Neg) {
        back -= 1;
    }
    let before = back.checked_sub(1).map(|b| tokens[b].class);
    let direct = at.checked_sub(1).map(|b| tokens[b].class);
    if token.is_capitalized() && at > 0 && !matches!(direct, Some(Class::Quote)) && before != Some(Class::To) {
        // Title-case headlines aside, a capital inside a sentence is a name.
        let shouting = tokens.iter().filter(|t| t.is_word()).all(|t| t.is_capitalized() || t.lower.len() < 4);
        if !shouting {
            return None;
        }
    }
    let next = tokens.get(at + 1);
    let next_class = next.and_then(|n| grammar.class(&n.lower));
    let next_noun = next.is_some_and(|n| n.is_word())
        && (next_class.is_none() || next_class == Some(Class::Adj))
        && !next.is_some_and(|n| n.lower.ends_with("ly"));
    match before {
        Some(Class::To) if has(VerbForm::Base) => return Some(Class::Verb(VerbForm::Base)),
        Some(Class::Modal | Class::Do) if has(VerbForm::Base) => return Some(Class::Verb(VerbForm::Base)),
        Some(Class::Have) if has(VerbForm::Participle) => return Some(Class::Verb(VerbForm::Participle)),
        Some(Class::Be) => {
            if has(VerbForm::Ing) {
                return Some(Class::Verb(VerbForm::Ing));
            }
            if has(VerbForm::Participle) {
                return Some(Class::Verb(VerbForm::Participle));
            }
            return Some(Class::Noun);
        }
        _ => {}
    }
    if has(VerbForm::Ing) {
        return Some(match direct {
            Some(c) if inside_noun_phrase(c) => {
                if next_noun {
                    Class::Adj
                } else {
                    Class::Noun
                }
            }
            Some(Class::Adv) if back > 0 && inside_noun_phrase(tokens[back - 1].class) => Class::Adj,
            // "the EU training mission": a name between determiner and noun.
            Some(Class::Noun) if next_noun && at > 1 && names[at - 1] && inside_noun_phrase(tokens[at - 2].class) => {
                Class::Adj
            }
            _ => Class::Verb(VerbForm::Ing),
        });
    }
    if direct.is_some_and(inside_noun_phrase) {
        let participle = has(VerbForm::Participle) && !has(VerbForm::Base);
        return Some(if participle && next_noun { Class::Adj } else { Class::Noun });
    }
    if direct == Some(Class::Adv) && back > 0 && inside_noun_phrase(tokens[back - 1].class) && has(VerbForm::Participle)
    {
        return Some(Class::Adj);
    }
    if matches!(before, Some(Class::Prep)) {
        let participle = has(VerbForm::Participle) && !has(VerbForm::Base);
        return Some(if participle { Class::Adj } else { Class::Noun });
    }
    if (has(VerbForm::Past) || has(VerbForm::Participle)) && !has(VerbForm::Base) {
        let by = next.is_some_and(|n| n.lower == "by");
        let subject = matches!(
            before,
            Some(
                Class::Noun
                    | Class::Pron
                    | Class::Rel
                    | Class::That
                    | Class::Comma
                    | Class::Conj
                    | Class::Quote
                    | Class::Mark
                    | Class::Genitive
                    | Class::Number
            )
        );
        // "using provided weaponry": a participle between a verb and a noun describes the noun.
        if matches!(before, Some(Class::Verb(_))) && next_noun {
            return Some(Class::Adj);
        }
        let form = if by || !has(VerbForm::Past) { VerbForm::Participle } else { VerbForm::Past };
        return Some(if subject || before.is_none() || by { Class::Verb(form) } else { Class::Adj });
    }
    // Base and third forms: verbs after a subject that fits, else nouns.
    let form = if has(VerbForm::Third) { VerbForm::Third } else { VerbForm::Base };
    let name_before = back > 0 && names.get(back - 1).copied().unwrap_or(false);
    let object_follows = next.is_some_and(|n| {
        matches!(
            grammar.class(&n.lower),
            Some(Class::Det | Class::Poss | Class::To | Class::Pron | Class::That | Class::NoDet)
        ) || matches!(n.form.as_str(), "“" | "\"")
            || names.get(at + 1).copied().unwrap_or(false)
    });
    let finite_before = tokens[..at]
        .iter()
        .rev()
        .take_while(|t| !matches!(t.class, Class::Sub | Class::That | Class::Rel | Class::Mark | Class::Quote))
        .any(|t| {
            matches!(
                t.class,
                Class::Verb(VerbForm::Past | VerbForm::Third | VerbForm::Base)
                    | Class::Be
                    | Class::Have
                    | Class::Do
                    | Class::Modal
            )
        });
    let after_adverb = direct == Some(Class::Adv);
    let ok = match before {
        Some(Class::Pron | Class::Rel) => true,
        Some(Class::That) => object_follows,
        // A singular noun has no base form behind it but in "demanded that the treaty be kept".
        Some(Class::Noun) => {
            let word = tokens[back - 1].lower.as_str();
            let plural = word.ends_with('s') && !word.ends_with("ss");
            let wished = tokens[..at].iter().any(|t| t.class == Class::That);
            let agrees = form == VerbForm::Third || plural || name_before || wished;
            agrees && !(finite_before && noun_too) && (!noun_too || name_before || object_follows || after_adverb)
        }
        Some(Class::Conj) => {
            tokens[..at].iter().any(|t| matches!(t.class, Class::Verb(_))) && (object_follows || !noun_too)
        }
        Some(Class::Comma | Class::Mark | Class::Quote) | None => !noun_too && object_follows,
        Some(Class::Number) => !noun_too,
        _ => false,
    };
    Some(if ok { Class::Verb(form) } else { Class::Noun })
}
