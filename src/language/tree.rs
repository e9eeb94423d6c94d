//! A sentence as a dependency tree of words.
//!
//! In: the text and its sentences. Out: a [`Tree`] for each, by the built-in model, mended where the model is known to
//! err on news. Never here: which actor is meant, or what is a stance.

use crate::language::Sentence;
use crate::language::engine::{Model, Sentence as Parsed, Token as Node, Upos};
use std::ops::Range;

/// A syntactic word: clitics and the parts of contractions are words of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Byte offset in the text.
    pub start: usize,
    /// Byte offset behind it.
    pub end: usize,
    /// The word in lower case, with straight apostrophes.
    pub lower: String,
    /// The dictionary form, in lower case.
    pub lemma: String,
    /// The universal part of speech.
    pub upos: Upos,
    /// The Penn tag.
    pub xpos: &'static str,
    /// The word it hangs on; `None` for the root.
    pub head: Option<usize>,
    /// How it hangs on it, with subtype: "nsubj:pass".
    pub deprel: &'static str,
}

impl Word {
    /// The relation without its subtype.
    pub fn rel(&self) -> &'static str {
        let end = self.deprel.bytes().position(|b| b == b':');
        end.map_or(self.deprel, |end| &self.deprel[..end])
    }

    /// A noun, name, number or pronoun.
    pub fn is_nominal(&self) -> bool {
        matches!(self.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X | Upos::Sym)
    }

    /// A comma, bracket, quotation mark or other mark.
    pub fn is_mark(&self) -> bool {
        self.upos == Upos::Punct
    }
}

/// The words of a sentence, each with what hangs on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// The words, in order.
    pub words: Vec<Word>,
    children: Vec<Vec<usize>>,
}

/// A name, which the parser shall take for one word: "House Committee on Oversight and Reform".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its first byte in the text, and the one behind its last.
    pub bytes: Range<usize>,
    /// A common name of the same kind that the parser sees in its place.
    pub stand_in: &'static str,
}

/// Parses the sentences of `text`: one tree each. `names` are the names in each sentence, in order.
pub fn trees(text: &str, sentences: &[Sentence], names: &[Vec<Name>]) -> Vec<Tree> {
    let model = Model::embedded();
    let mut parsed: Vec<Parsed> = Vec::with_capacity(sentences.len());
    for (at, sentence) in sentences.iter().enumerate() {
        let part = text.get(sentence.start..sentence.end).unwrap_or_default();
        let mut names = names.get(at).map_or(&[][..], Vec::as_slice).iter().peekable();
        let mut tokens: Vec<Node> = Vec::new();
        for mut node in model.split(part).into_iter().flat_map(|s| s.tokens) {
            node.start += sentence.start;
            node.end += sentence.start;
            while names.next_if(|n| n.bytes.end <= node.start).is_some() {}
            match names.peek().filter(|n| n.bytes.start <= node.start && node.end <= n.bytes.end) {
                Some(name) if tokens.last().is_some_and(|t| t.start >= name.bytes.start) => {
                    if let Some(last) = tokens.last_mut() {
                        last.end = node.end;
                    }
                }
                Some(name) => {
                    node.form = name.stand_in.to_owned();
                    tokens.push(node);
                }
                None => tokens.push(node),
            }
        }
        parsed.push(Parsed { start: sentence.start, end: sentence.end, tokens });
    }
    model.annotate(&mut parsed);
    parsed.iter_mut().flat_map(|s| &mut s.tokens).for_each(|node| {
        // A stand-in gives its place back to the name.
        if let Some(form) = text.get(node.start..node.end).filter(|form| *form != node.form) {
            node.form = form.to_owned();
            node.lemma = form.to_owned();
            node.upos = Upos::Propn;
            node.xpos = "NNP";
            if matches!(node.deprel, "compound:prt" | "case" | "mark" | "aux" | "cop" | "advmod" | "cc" | "det") {
                node.deprel = "obj";
            }
        }
    });
    parsed.iter().map(|sentence| Tree::new(&sentence.tokens)).collect()
}

impl Tree {
    /// The tree that the engine gives.
    pub fn new(nodes: &[Node]) -> Self {
        let word = |node: &Node| Word {
            start: node.start,
            end: node.end,
            lower: node.form.to_lowercase().replace('’', "'"),
            lemma: node.lemma.to_lowercase(),
            upos: node.upos,
            xpos: node.xpos,
            head: node.head.checked_sub(1),
            deprel: node.deprel,
        };
        let words: Vec<Word> = nodes.iter().map(word).collect();
        let mut children = vec![Vec::new(); words.len()];
        for (at, word) in words.iter().enumerate() {
            if let Some(list) = word.head.and_then(|head| children.get_mut(head)) {
                list.push(at);
            }
        }
        Self { words, children }
    }

    /// What hangs on word `at`, in order.
    pub fn children(&self, at: usize) -> &[usize] {
        self.children.get(at).map_or(&[], Vec::as_slice)
    }

    /// The first word that hangs on `at` by one of the relations `rels`, subtypes apart.
    pub fn child(&self, at: usize, rels: &[&str]) -> Option<usize> {
        self.children(at).iter().copied().find(|&c| rels.contains(&self.words[c].rel()))
    }

    /// The head of word `at`.
    pub fn head(&self, at: usize) -> Option<usize> {
        self.words.get(at)?.head
    }

    /// The first of `words` that hangs on none of the others.
    pub fn top_of(&self, words: &Range<usize>) -> Option<usize> {
        words.clone().find(|&at| self.head(at).is_none_or(|head| !words.contains(&head)))
    }

    /// The relation of word `at`, without subtype.
    pub fn rel(&self, at: usize) -> &'static str {
        self.words.get(at).map_or("", Word::rel)
    }

    /// Hangs `child` on `head`; nothing happens where that would close a circle.
    pub fn attach(&mut self, child: usize, head: usize, deprel: &'static str) {
        if self.is_above(child, head) {
            return;
        }
        if let Some(old) = self.words[child].head {
            self.children[old].retain(|&c| c != child);
        }
        self.words[child].head = Some(head);
        self.words[child].deprel = deprel;
        let list = &mut self.children[head];
        let place = list.partition_point(|&c| c < child);
        list.insert(place, child);
    }

    /// Hangs `words` on `head`, each by the relation that it has.
    pub fn hand_over(&mut self, words: &[usize], head: usize) {
        for &word in words {
            self.attach(word, head, self.words[word].deprel);
        }
    }

    /// Makes word `at` the root; the root before hangs on it.
    pub fn make_root(&mut self, at: usize, deprel: &'static str) {
        let Some(old) = self.words.iter().position(|w| w.head.is_none()).filter(|&old| old != at) else { return };
        if let Some(head) = self.words[at].head.take() {
            self.children[head].retain(|&c| c != at);
        }
        self.words[at].deprel = "root";
        self.attach(old, at, deprel);
    }

    /// Puts `with` in the place of `at`, which hangs on it by `deprel` from now on.
    pub fn replace(&mut self, at: usize, with: usize, deprel: &'static str) {
        match self.head(at) {
            None => self.make_root(with, deprel),
            Some(head) => {
                self.attach(with, head, self.words[at].deprel);
                self.attach(at, with, deprel);
            }
        }
    }

    /// The root.
    pub fn root(&self) -> Option<usize> {
        self.words.iter().position(|w| w.head.is_none())
    }

    /// The highest of the words above `at` that stand before `end`, by one head after the other; `at` itself where its
    /// head stands behind.
    pub fn top_before(&self, at: usize, end: usize, goes: &dyn Fn(usize) -> bool) -> usize {
        let mut top = at;
        for _ in 0..self.words.len() {
            match self.head(top) {
                Some(head) if head < end && goes(head) => top = head,
                _ => break,
            }
        }
        top
    }

    /// Whether `above` is `at` or one of the words that it hangs under.
    pub fn is_above(&self, above: usize, at: usize) -> bool {
        let mut next = Some(at);
        // A tree is never deeper than it has words.
        for _ in 0..=self.words.len() {
            match next {
                Some(word) if word == above => return true,
                Some(word) => next = self.head(word),
                None => return false,
            }
        }
        false
    }

    /// The words from the first to the last of those under `at`, leaving out what `skip` says, and what hangs under it.
    pub fn span(&self, at: usize, skip: &dyn Fn(usize) -> bool) -> Range<usize> {
        let (mut first, mut last) = (at, at);
        let mut open = vec![at];
        while let Some(word) = open.pop() {
            first = first.min(word);
            last = last.max(word);
            open.extend(self.children(word).iter().copied().filter(|&c| !skip(c)));
        }
        first..last + 1
    }

    /// The preposition before a noun or gerund, in lower case: its `case` or `mark`.
    pub fn preposition(&self, at: usize) -> Option<&str> {
        let marks = |c: &&usize| matches!(self.words[**c].rel(), "case" | "mark") && self.words[**c].lower != "'s";
        self.children(at).iter().find(marks).map(|&c| self.words[c].lower.as_str())
    }

    /// "Norway against", "Norway against it", "Norway in favour", with nothing behind it: where that ends, if it stands at `at`.
    pub fn gapped_end(&self, at: usize) -> Option<usize> {
        let lower = |at: usize| self.words.get(at).map_or("", |w| w.lower.as_str());
        let end = at
            + match (lower(at), lower(at + 1)) {
                ("against", "it" | "them") | ("in", "favour" | "favor") => 2,
                ("against", _) => 1,
                _ => return None,
            };
        self.words.get(end).is_none_or(Word::is_mark).then_some(end)
    }

    /// Whether the words under `at` begin with "not", "never", "no" or the like.
    pub fn is_negated(&self, at: usize) -> bool {
        self.children(at).iter().any(|&c| {
            let word = &self.words[c];
            match word.lower.as_str() {
                "not" | "n't" | "never" | "neither" | "hardly" | "nor" => c < at || word.rel() == "advmod",
                "without" => matches!(word.rel(), "mark" | "case"),
                "longer" => self.children(c).iter().any(|&n| self.words[n].lower == "no"),
                // "is far from happy", "far from rejecting"
                "far" => c < at && self.words.get(c + 1).is_some_and(|w| w.lower == "from"),
                "no" => word.rel() == "det" && c < at,
                // "has little enthusiasm for it", but not "a little"
                "little" | "scant" => {
                    let article = c.checked_sub(1).is_some_and(|b| matches!(self.words[b].lower.as_str(), "a" | "the"));
                    matches!(word.rel(), "amod" | "det") && c < at && !article
                }
                _ => false,
            }
        })
    }

    /// The modal verb of a clause, in lower case.
    pub fn modal(&self, at: usize) -> Option<&str> {
        let aux = self.children(at).iter().map(|&c| &self.words[c]).filter(|w| w.rel() == "aux");
        aux.filter(|w| w.xpos == "MD" || matches!(w.lower.as_str(), "will" | "would" | "'ll" | "wo"))
            .map(|w| w.lower.as_str())
            .next()
    }

    /// "to" before an infinitive.
    pub fn is_infinitive(&self, at: usize) -> bool {
        self.children(at).iter().any(|&c| self.words[c].lower == "to" && self.words[c].rel() == "mark")
    }

    /// A verb in the passive voice.
    pub fn is_passive(&self, at: usize) -> bool {
        let own =
            self.children(at).iter().any(|&c| matches!(self.words[c].deprel, "aux:pass" | "nsubj:pass" | "csubj:pass"));
        let word = &self.words[at];
        // "the man, arrested by X", "Invited by X, Y will come"
        let bare =
            word.xpos == "VBN" && matches!(word.deprel, "acl" | "advcl") && self.child(at, &["aux", "obj"]).is_none();
        own || bare || self.shares_passive(at)
    }

    /// "was welcomed by X and criticised by Y": the auxiliary counts for both.
    fn shares_passive(&self, at: usize) -> bool {
        let word = &self.words[at];
        let Some(head) = word.head.filter(|&h| word.deprel == "conj" && h < at) else { return false };
        let plain = self.child(at, &["nsubj", "aux", "obj", "cop"]).is_none();
        let agent = || self.children(at).iter().any(|&c| self.words[c].deprel == "obl:agent");
        plain && (word.xpos == "VBN" || agent()) && self.words[head].upos == Upos::Verb && self.is_passive(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Grammar, sentences};
    use crate::lexicon::Lexicon;

    fn tree(text: &str) -> Tree {
        let grammar = Grammar::new(&Lexicon::embedded().unwrap()).unwrap();
        trees(text, &sentences(text, &grammar), &[]).remove(0)
    }

    #[test]
    fn a_sentence_hangs_together() {
        let tree = tree("Norway did not sign the fishing treaty.");
        let sign = tree.words.iter().position(|w| w.lemma == "sign").unwrap();
        assert_eq!(tree.words[sign].head, None);
        assert!(tree.is_negated(sign));
        assert_eq!(tree.child(sign, &["nsubj"]), Some(0));
        let treaty = tree.child(sign, &["obj"]).unwrap();
        assert_eq!(tree.span(treaty, &|_| false), 4..7);
    }

    #[test]
    fn no_circle_is_closed() {
        let mut tree = tree("Norway signed the treaty.");
        let (norway, signed) = (0, 1);
        tree.attach(signed, norway, "conj");
        assert_eq!(tree.words[signed].head, None);
    }
}
