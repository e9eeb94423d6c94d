//! What the language engine gives out: sentences of tokens.

use super::upos::Upos;

/// One syntactic word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word as it stands in the text.
    pub form: String,
    /// First byte in the text.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// The dictionary form.
    pub lemma: String,
    /// The universal part of speech.
    pub upos: Upos,
    /// The Penn tag.
    pub xpos: &'static str,
    /// The head: its place in the sentence counted from 1, or 0 for the root.
    pub head: usize,
    /// The relation to the head, with subtype: `nsubj:pass`.
    pub deprel: &'static str,
}

impl Token {
    /// A token that has not been analyzed yet.
    pub fn new(form: &str, start: usize) -> Token {
        Token {
            form: form.to_string(),
            start,
            end: start + form.len(),
            lemma: String::new(),
            upos: Upos::X,
            xpos: "_",
            head: 0,
            deprel: "dep",
        }
    }

    /// The relation without its subtype.
    pub fn relation(&self) -> &'static str {
        self.deprel.split(':').next().unwrap_or(self.deprel)
    }
}

/// One sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentence {
    /// First byte in the text.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// Its words, in order.
    pub tokens: Vec<Token>,
}

impl Sentence {
    /// A sentence of given words, as if one space stood between them.
    pub fn of_words<S: AsRef<str>>(words: &[S]) -> Sentence {
        let mut at = 0;
        let mut tokens = Vec::with_capacity(words.len());
        for word in words {
            let token = Token::new(word.as_ref(), at);
            at = token.end + 1;
            tokens.push(token);
        }
        Sentence { start: 0, end: at.saturating_sub(1), tokens }
    }
}
