//! Stances that a sentence leaves out because another has just told them: "So did Norway", "nor has Oslo", "and Norway
//! against".
//!
//! In: a sentence. Out: findings without a target, of the frames [`ECHO`] and [`CONTRAST`]; what was told is known to whoever
//! writes the statements. Never here: what that is.

use crate::language::engine::Upos;
use crate::stances::frames::Part;
use crate::stances::reader::{Finding, Reader, Toward};
use crate::statement::Relation;
use std::ops::Range;

/// Somebody stands as the one told of last.
pub const ECHO: &str = "echo";

/// Somebody stands for or against what the one told of last stands on.
const CONTRAST: &str = "contrast";

/// Whether a finding of this frame leaves out what it is about.
pub fn is_elliptic(frame: &str) -> bool {
    matches!(frame, ECHO | CONTRAST)
}

/// So near behind the auxiliary stands the name.
const NEAR: usize = 6;

impl Reader<'_, '_> {
    /// All of them.
    pub fn echo(&self) -> Vec<Finding> {
        (0..self.tree.words.len()).filter_map(|at| self.so_did(at).or_else(|| self.and_against(at))).collect()
    }

    /// "So did Norway", "Neither has Norway", "nor will Norway", with no verb behind it.
    fn so_did(&self, at: usize) -> Option<Finding> {
        let word = &self.tree.words[at];
        let auxiliary = matches!(
            word.lower.as_str(),
            "did" | "does" | "do" | "has" | "have" | "had" | "is" | "are" | "was" | "were" | "will" | "would" | "can"
        );
        let before = at.checked_sub(1).map(|b| self.tree.words[b].lower.as_str());
        let own_verb = word.head.is_some_and(|h| h > at && self.tree.words[h].upos == Upos::Verb)
            || self.tree.children(at).iter().any(|&c| self.tree.words[c].upos == Upos::Verb);
        if !auxiliary || own_verb || !matches!(before, Some("so" | "neither" | "nor")) {
            return None;
        }
        let start = (at + 1..self.tree.words.len()).find(|&w| self.tree.words[w].lower != "the")?;
        let name = (start..self.tree.words.len().min(start + NEAR)).find(|&w| self.tree.words[w].is_nominal())?;
        let end = self.phrase(name).end.max(name + 1);
        self.elliptic(self.scene.who(name).actors, None, at - 1..end)
    }

    /// "Norway voted for the bill, Sweden against."
    fn and_against(&self, at: usize) -> Option<Finding> {
        let words = &self.tree.words;
        let end = self.tree.gapped_end(at)?;
        let relation = if words[at].lower == "against" { Relation::Oppose } else { Relation::Support };
        let mention = self.scene.mentions.iter().find(|m| m.tokens.end == at)?;
        let first = mention.tokens.start.checked_sub(1).map(|b| words[b].lower.as_str());
        if !matches!(first, Some("," | "and" | "but" | ";" | "while")) {
            return None;
        }
        self.elliptic(mention.actors.clone(), Some(relation), mention.tokens.start..end)
    }

    fn elliptic(&self, who: Vec<usize>, relation: Option<Relation>, quote: Range<usize>) -> Option<Finding> {
        let holders: Vec<usize> = who.into_iter().filter(|&a| self.scene.is_no_outlet(a)).collect();
        let frame = if relation.is_some() { CONTRAST } else { ECHO };
        let toward = Toward::Matter(quote.start..quote.start);
        let relation = relation.unwrap_or(Relation::Support);
        (!holders.is_empty()).then(|| Finding::plain(holders, relation, toward, quote, frame.to_owned(), Part::Verb))
    }
}
