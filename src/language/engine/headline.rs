//! Sentences whose capitals say nothing: headlines in title case or in
//! capitals throughout.
//!
//! In: the words of a sentence. Out: the words as they would stand within a
//! running sentence: small where the word is mostly written small, with a
//! first capital otherwise. Ordinary sentences come out as they are.

use super::token::Token;
use std::borrow::Cow;

/// How the words of a sentence are capitalized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As usual.
    Plain,
    /// Every long word with a capital: four or more of them.
    Title,
    /// No small letter, and two or more long words.
    Capitals,
}

impl Style {
    /// The style of a sentence.
    pub fn of(tokens: &[Token]) -> Style {
        let (mut long, mut small, mut plain) = (0, false, false);
        for token in tokens {
            let mut chars = token.form.chars().take(8);
            let Some(first) = chars.next().filter(|c| c.is_alphabetic()) else {
                continue;
            };
            let rest = chars.clone().filter(|c| c.is_alphabetic()).count();
            small |= first.is_lowercase() || chars.any(char::is_lowercase);
            if rest >= 3 {
                plain |= first.is_lowercase();
                long += 1;
            }
        }
        match (plain, small) {
            (false, true) if long >= 4 => Style::Title,
            (false, false) if long >= 2 => Style::Capitals,
            _ => Style::Plain,
        }
    }

    /// A word as it would stand in a running sentence; `small` says that it is
    /// mostly written small.
    pub fn recase(self, form: &str, small: bool) -> Cow<'_, str> {
        if self == Style::Plain || form.len() > 200 {
            return Cow::Borrowed(form);
        }
        let mut chars = form.chars();
        match chars.next() {
            Some(_) if small => Cow::Owned(form.to_lowercase()),
            Some(first) if self == Style::Capitals && form.chars().count() > 3 => {
                Cow::Owned(std::iter::once(first).chain(chars.flat_map(char::to_lowercase)).collect())
            }
            _ => Cow::Borrowed(form),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::engine::token::Sentence;

    fn style(text: &str) -> Style {
        Style::of(&Sentence::of_words(&text.split(' ').collect::<Vec<_>>()).tokens)
    }

    #[test]
    fn styles() {
        assert_eq!(style("Germany Refuses to Send Tanks to Ukraine"), Style::Title);
        assert_eq!(style("GERMANY REFUSES"), Style::Capitals);
        assert_eq!(style("President Ann Doe"), Style::Plain);
        assert_eq!(style("Germany refuses to send Tanks to Ukraine"), Style::Plain);
        assert_eq!(style("NATO"), Style::Plain);
    }

    #[test]
    fn words_are_recased() {
        assert_eq!(Style::Title.recase("Tanks", true), "tanks");
        assert_eq!(Style::Capitals.recase("GERMANY", false), "Germany");
        assert_eq!(Style::Capitals.recase("UN", false), "UN");
        assert_eq!(Style::Plain.recase("UN", true), "UN");
    }
}
