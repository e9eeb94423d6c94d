//! Whom a number means: "the three", "the pair", "the quartet".

use super::Scene;
use crate::actors::How;
use crate::language::engine::Upos;
use crate::stances::thread::Thread;

impl Scene<'_> {
    /// "pardoned the three": those of the last list that named so many.
    pub(super) fn counted(&self, node: usize) -> Option<Vec<usize>> {
        let word = &self.tree.words[node];
        let count = count(&word.lower)?;
        let definite = self
            .tree
            .children(node)
            .iter()
            .any(|&c| matches!(self.tree.words[c].lower.as_str(), "the" | "these" | "those" | "all") && c < node);
        let plain = matches!(word.upos, Upos::Num | Upos::Noun) && self.tree.rel(node) != "nummod";
        let more = self.tree.children(node).iter().any(|&c| matches!(self.tree.rel(c), "nmod" | "compound"));
        if !definite || !plain || more {
            return None;
        }
        self.before.lists.iter().rev().find(|list| list.len() == count).cloned()
    }

    /// Remembers the lists of names in the sentence.
    pub(super) fn tell_lists(&self, thread: &mut Thread) {
        let named = |at: &usize| self.mention_at(*at).is_some_and(|m| m.how == How::Name && m.actors.len() == 1);
        for node in (0..self.tree.words.len()).filter(|n| named(n) && self.tree.rel(*n) != "conj") {
            let members = self.members(node);
            if members.len() > 1 && members.iter().all(named) {
                thread.list(members.into_iter().flat_map(|m| self.who_of_name(m)).collect());
            }
        }
    }
}

/// How many a word means.
fn count(lower: &str) -> Option<usize> {
    let words: [&[&str]; 9] = [
        &["two", "pair", "duo"],
        &["three", "trio", "threesome"],
        &["four", "quartet", "foursome"],
        &["five", "quintet"],
        &["six"],
        &["seven"],
        &["eight"],
        &["nine"],
        &["ten"],
    ];
    words.iter().position(|same| same.contains(&lower)).map(|at| at + 2)
}
