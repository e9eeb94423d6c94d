//! Frames of adjectives and participles used as such: "is opposed to", "is against".

use crate::language::engine::Upos;
use crate::stances::frames::Part;
use crate::stances::reader::{Reader, Stance, Toward, flip};
use crate::statement::Relation;

impl Reader<'_, '_> {
    /// Adjectives, and participles used as such: "is opposed to", "remains reluctant to", "unwilling to".
    pub fn adjective(&self, at: usize, taken: &mut [bool], depth: usize) -> Vec<Stance> {
        let word = &self.tree.words[at];
        // "is in favour of": the phrase is one word to its frame.
        let phrase =
            || self.tree.preposition(at).filter(|_| self.has_copula(at)).map(|p| format!("{p} {}", word.lower));
        let mut frame = self.frames.adjective(&word.lower).or_else(|| self.frames.adjective(phrase()?.as_str()));
        // "was scathing about": what looks like a participle of a verb that has no frame.
        let deed = || {
            // "was angered by X" is no deed, and how somebody feels.
            let mut frames = self.frames.verb(&word.lemma);
            frames.any(|(_, f)| f.holder.iter().all(|h| h != "undergoer"))
        };
        let feels = word.xpos == "VBG"
            && !deed()
            && self.tree.children(at).iter().any(|&c| self.tree.rel(c) == "aux" && self.tree.words[c].lemma == "be");
        let passive = word.upos == Upos::Verb && (self.tree.is_passive(at) || self.has_copula(at) || feels);
        // "was opposed by X" is what X did, "is opposed to" how somebody feels.
        let done = passive && self.agent(at).is_some() && deed();
        if word.upos == Upos::Verb && !passive || done {
            return Vec::new();
        }
        // "is against the plan": the preposition is the predicate, the noun its target.
        let case = self
            .tree
            .children(at)
            .iter()
            .copied()
            .find(|&c| self.tree.rel(c) == "case" && matches!(self.tree.words[c].lower.as_str(), "against"));
        let against =
            case.filter(|_| self.has_copula(at)).and_then(|c| self.frames.adjective(&self.tree.words[c].lower));
        if against.is_some() {
            frame = against;
        }
        // "The party is against."
        if word.lower == "against" && self.has_copula(at) && !word.is_nominal() {
            let Some(frame) = frame else { return Vec::new() };
            return vec![Stance {
                relation: if self.tree.is_negated(at) { flip(frame.relation) } else { frame.relation },
                toward: Toward::Matter(at..at),
                occasion: None,
                withheld: false,
                hedged: self.is_hedged(at),
                words: at..at + 1,
                frame: frame.name.clone(),
                part: Part::Adjective,
            }];
        }
        let Some(frame) = frame else { return Vec::new() };
        let mut relation = frame.relation;
        let mut hedged = self.is_hedged(at);
        // "not happy with", "less happy with"
        if self.tree.is_negated(at) || self.is_denied(at) {
            hedged |= relation == Relation::Oppose;
            relation = flip(relation);
        }
        let finish = |found: Vec<Stance>| -> Vec<Stance> {
            found.into_iter().map(|s| Stance { part: Part::Adjective, ..s }).collect()
        };
        for slot in &frame.target {
            let node = match slot.as_str() {
                "clause" => {
                    let Some(child) = self.complement_of(at) else { continue };
                    let found = self.complement(child, frame, relation, hedged, taken, depth);
                    if found.is_empty() {
                        continue;
                    }
                    return finish(found);
                }
                "object" if against.is_some() => Some(at),
                "object" => None,
                prep => self.tree.children(at).iter().copied().find(|&c| {
                    matches!(self.tree.rel(c), "obl" | "nmod" | "advcl") && self.tree.preposition(c) == Some(prep)
                }),
            };
            let Some(node) = node else { continue };
            if self.tree.words[node].upos == Upos::Verb {
                let found = self.complement(node, frame, relation, hedged, taken, depth);
                if !found.is_empty() {
                    return finish(found);
                }
                continue;
            }
            let make = |(toward, words): (Toward, std::ops::Range<usize>)| Stance {
                relation,
                toward,
                occasion: None,
                withheld: false,
                hedged,
                words: words.start.min(at)..words.end.max(at + 1),
                frame: frame.name.clone(),
                part: Part::Adjective,
            };
            return self.targets(node, frame).into_iter().map(make).collect();
        }
        Vec::new()
    }
}
