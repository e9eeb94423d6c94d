//! Who a group of people is said to be: "among those who signed are X and Y", "X is one of ten deputies who".

use crate::stances::scene::{DEPTH, Scene, Who};

impl Scene<'_> {
    /// The names that a sentence gives to a group that has none of its own.
    pub(super) fn group(&self, node: usize, out: &mut Who, depth: usize) -> bool {
        if depth >= DEPTH {
            return false;
        }
        let found = out.actors.len();
        for name in self.names_of_group(node) {
            for member in self.members(name) {
                if self.mention_at(member).is_some() || matches!(self.tree.words[member].lower.as_str(), "he" | "she") {
                    self.member(member, out, depth + 1);
                }
            }
        }
        out.actors.len() > found
    }

    fn names_of_group(&self, node: usize) -> Vec<usize> {
        let tree = self.tree;
        let word = &tree.words[node];
        let many = word.xpos == "NNS" || matches!(word.lower.as_str(), "those" | "people" | "few" | "handful");
        if !many {
            return Vec::new();
        }
        // "ten countries, among them X and Y,"
        let them = tree
            .children(node)
            .iter()
            .copied()
            .find(|&c| tree.preposition(c) == Some("among") && tree.words[c].lower == "them");
        if let Some(them) = them {
            let below = tree.children(them).iter().chain(tree.children(node)).copied();
            return below.filter(|&c| c > them && matches!(tree.rel(c), "appos" | "conj")).collect();
        }
        // "those who signed include X"
        if let Some(verb) = tree.head(node).filter(|_| tree.rel(node) == "nsubj")
            && matches!(tree.words[verb].lemma.as_str(), "include" | "comprise")
        {
            return tree.child(verb, &["obj"]).into_iter().collect();
        }
        let among = tree.preposition(node) == Some("among");
        let of = tree.preposition(node) == Some("of") && tree.rel(node) == "nmod";
        let said = if of { tree.head(node).filter(|&h| self.is_some_of(h)) } else { Some(node).filter(|_| among) };
        let Some(said) = said else { return Vec::new() };
        if tree.is_negated(said) {
            return Vec::new();
        }
        if tree.child(said, &["cop"]).is_some() {
            // "X is among those who signed", "X is one of ten who signed"
            return tree.child(said, &["nsubj"]).into_iter().collect();
        }
        match tree.head(said) {
            // "among those who signed are X and Y"
            Some(head) if among && tree.child(head, &["cop"]).is_some() && tree.child(head, &["nsubj"]).is_none() => {
                vec![head]
            }
            Some(head) if among && tree.words[head].lemma == "be" && !tree.is_negated(head) => {
                tree.child(head, &["nsubj"]).into_iter().collect()
            }
            // "one of those who signed was X"
            Some(head) if of && tree.child(head, &["cop"]).is_some() && tree.child(head, &["nsubj"]) == Some(said) => {
                vec![head]
            }
            // "X, one of ten deputies who signed,"
            Some(head) if of && tree.rel(said) == "appos" => vec![head],
            _ => Vec::new(),
        }
    }

    /// "one", "two", "some": part of many.
    fn is_some_of(&self, node: usize) -> bool {
        let word = &self.tree.words[node];
        word.xpos == "CD" || matches!(word.lower.as_str(), "one" | "some" | "many" | "several" | "part")
    }
}
