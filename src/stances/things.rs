//! Matters that the text names in full and then shortly: "a bill to ban whaling", and later "the bill".
//!
//! In: every sentence. Out: the full name of what a bare noun means. Never here: who takes a stance.

use crate::language::engine::Upos;
use crate::stances::Coder;
use crate::stances::matters::Matters;
use crate::stances::reader::Reader;
use crate::stances::topics::Topic;

/// A longer phrase is no name.
const LONGEST: usize = 16;

/// What a document has named in full, in order.
#[derive(Debug, Default)]
pub struct Things(Vec<Thing>);

#[derive(Debug)]
struct Thing {
    noun: String,
    topic: Topic,
    number: u32,
}

impl Things {
    /// Takes in the sentence `number`.
    pub fn read(&mut self, coder: &Coder, reader: &Reader<'_, '_>, text: &str, number: u32) {
        let words = &reader.tree.words;
        for at in (0..words.len()).filter(|&w| words[w].upos == Upos::Noun && reader.scene.mention_at(w).is_none()) {
            if reader.is_nobody(at) || reader.scene.means_people(at) || reader.frames.is_empty_word(&words[at].lower) {
                continue;
            }
            let range = reader.tree.span(at, &|c| !tells(reader, at, c));
            let phrase = coder.phrase(reader.scene, &range, text);
            if range.len() > LONGEST || coder.matters.content(&phrase).len() < 2 {
                continue;
            }
            let owners = reader.scene.owners(&range, false, &|noun| coder.is_help(noun));
            let owners = owners.into_iter().filter_map(|a| reader.scene.cast.get(a)).map(|e| e.name.clone()).collect();
            self.0.push(Thing { noun: words[at].lemma.clone(), topic: Topic { phrase, owners }, number });
        }
    }

    /// What "the bill" means in sentence `number`: the bill last named in full before.
    pub fn meant(&self, matters: &Matters, noun: &str, number: u32) -> Option<&Topic> {
        let before = || self.0.iter().rev().filter(|thing| thing.number < number);
        let same = before().find(|thing| thing.noun == noun);
        // "the agreement" is the deal, where there is but one.
        let mut kin = before().filter(|thing| matters.kin(&thing.noun) == matters.kin(noun));
        let only = || {
            let first = kin.next().filter(|_| !noun.is_empty())?;
            kin.all(|other| other.topic.phrase == first.topic.phrase).then_some(first)
        };
        same.or_else(only).map(|thing| &thing.topic)
    }
}

/// Whether `c`, below the noun `at`, tells what it is: "a bill on whaling", "to ban whaling", but not "last week", "in a
/// speech".
fn tells(reader: &Reader<'_, '_>, at: usize, c: usize) -> bool {
    let tree = reader.tree;
    if tree.head(c) != Some(at) {
        return !matches!(tree.rel(c), "appos" | "parataxis" | "conj" | "cc") && tree.words[c].deprel != "acl:relcl";
    }
    match tree.rel(c) {
        "compound" | "amod" => !reader.frames.is_empty_word(&tree.words[c].lower),
        "nmod" => {
            tree.words[c].deprel == "nmod:poss"
                || matches!(
                    tree.preposition(c),
                    Some("of" | "on" | "to" | "for" | "against" | "with" | "from" | "between" | "into" | "over")
                ) && !reader.is_beside(c)
        }
        "acl" => tree.is_infinitive(c),
        _ => false,
    }
}
