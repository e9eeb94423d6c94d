//! The universal parts of speech.

macro_rules! upos {
    ($($name:ident $text:literal $doc:literal,)*) => {
        /// A universal part of speech.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Upos { $(#[doc = $doc] $name,)* }

        impl Upos {
            /// The name in capitals, as CoNLL-U writes it.
            pub fn name(self) -> &'static str {
                match self { $(Upos::$name => $text,)* }
            }

            /// The part of speech of that name.
            pub fn from_name(name: &str) -> Option<Upos> {
                match name { $($text => Some(Upos::$name),)* _ => None }
            }
        }
    };
}

upos! {
    Adj "ADJ" "Adjective.",
    Adp "ADP" "Preposition or particle of a verb.",
    Adv "ADV" "Adverb.",
    Aux "AUX" "Auxiliary or copula.",
    Cconj "CCONJ" "Coordinating conjunction.",
    Det "DET" "Determiner.",
    Intj "INTJ" "Interjection.",
    Noun "NOUN" "Noun.",
    Num "NUM" "Number.",
    Part "PART" "Particle: not, to, possessive 's.",
    Pron "PRON" "Pronoun.",
    Propn "PROPN" "Proper noun.",
    Punct "PUNCT" "Punctuation.",
    Sconj "SCONJ" "Subordinating conjunction.",
    Sym "SYM" "Symbol.",
    Verb "VERB" "Verb.",
    X "X" "Anything else.",
}

impl std::fmt::Display for Upos {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways() {
        for name in ["ADJ", "PROPN", "X", "VERB"] {
            assert_eq!(Upos::from_name(name).map(Upos::name), Some(name));
        }
        assert_eq!(Upos::from_name("noun"), None);
    }
}
