//! Questions and what else is said without being asserted.

use crate::stances::reader::Reader;

impl Reader<'_, '_> {
    /// "Did Norway reject the plan?", "Should the ceasefire hold, …": the clause asks, or sets a condition, by the order of
    /// its words. "Why did Norway reject it?" takes for granted that it did.
    pub fn is_inverted(&self, at: usize) -> bool {
        let before = |c: &usize| *c < at;
        let auxiliary = self.tree.children(at).iter().copied().filter(before);
        let mut auxiliary = auxiliary.filter(|&c| matches!(self.tree.rel(c), "aux" | "cop"));
        let (Some(first), Some(subject)) = (auxiliary.next(), self.tree.child(at, &["nsubj", "expl"])) else {
            return false;
        };
        if first > subject || subject > at {
            return false;
        }
        // Nothing but "and" and quotation marks before it: "so did X", "never has X".
        let opens = self.tree.span(first, &|_| false).start;
        let start = self.tree.span(at, &|c| c > at).start;
        let bare = (start..opens).all(|w| {
            let word = &self.tree.words[w];
            word.is_mark() || matches!(word.rel(), "cc" | "discourse" | "vocative")
        });
        let asks = self.tree.words[at..].iter().any(|w| w.lower == "?");
        bare && (asks || self.tree.rel(at) == "advcl")
    }
}
