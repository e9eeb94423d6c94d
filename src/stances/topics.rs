//! What a document is about: the matter, and the deed, that "it", "the move" and "the decision" mean, and whose they are.
//!
//! In: the headline and the first sentence, and the matters coded so far. Out: a [`Topic`]. Never here: who takes a stance.

use crate::language::Takes;
use crate::language::engine::Upos;
use crate::stances::Coder;
use crate::stances::matters::Matters;
use crate::stances::reader::{Reader, Toward};
use crate::stances::scene::Scene;
use crate::stances::writer::within;
use crate::statement::Relation;
use std::ops::Range;

/// In front of a deed that somebody does not do.
const NOT: &str = "not ";

/// A matter spoken of so many sentences before is still near.
const NEAR: u32 = 3;

/// A matter, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The words that name it.
    pub phrase: String,
    /// Its owners, by their names.
    pub owners: Vec<String>,
}

/// The topics of one document.
#[derive(Debug, Default)]
pub struct Topics {
    /// The matter that the headline or the first sentence takes a stance on.
    pub matter: Option<Topic>,
    /// What the headline or the first sentence says that somebody has done.
    pub deed: Option<Topic>,
    /// The number of the sentence that they stand in; 0 for the headline.
    from: u32,
    /// The matter last spoken of, and the number of its sentence.
    last: Option<(Topic, u32)>,
}

impl Topics {
    /// Reads the headline, or the first sentence, for what it leaves to be found.
    pub fn read(&mut self, coder: &Coder, reader: &Reader<'_, '_>, text: &str, number: u32) {
        if self.matter.is_none() && self.deed.is_none() {
            self.from = number;
        }
        let scene = reader.scene;
        let owned = |deed: &Option<Topic>| deed.as_ref().is_some_and(|deed| !deed.owners.is_empty());
        let settled = owned(&self.deed);
        if self.matter.is_none() && !settled {
            let mut found = reader.all();
            found.sort_by_key(|f| f.quote.start);
            // "passes a bill to ban it": the bill is spoken of, not what it bans.
            let enacts = enacts(reader);
            let mut found = found.into_iter().filter(|f| !enacts || f.relation != Relation::Oppose);
            self.matter = found.find_map(|finding| {
                let Toward::Matter(range) = &finding.toward else { return None };
                let phrase = coder.phrase(scene, range, text);
                let mut owners = scene.owners(range, finding.relation == Relation::Support, &|n| coder.is_help(n));
                if finding.relation == Relation::Support {
                    owners.extend(finding.holders.iter().copied().filter(|h| !owners.contains(h)).collect::<Vec<_>>());
                }
                coder.is_telling(scene, range).then(|| Topic { phrase, owners: names(scene, &owners) })
            });
        }
        if !settled {
            let new = deed(coder, reader, text);
            // Whose deed it is counts for more than that the headline tells it.
            if self.deed.is_none() || owned(&new) {
                self.deed = new;
            }
        }
    }

    /// The matter of the document; where none is told, the deed.
    pub fn main(&self) -> Option<&Topic> {
        self.matter.as_ref().or(self.deed.as_ref())
    }

    /// Whether a topic is a deed that nobody is said to do.
    pub fn is_nobodys(&self, topic: &Topic) -> bool {
        topic.owners.is_empty() && self.deed.as_ref() == Some(topic) && self.matter.as_ref() != Some(topic)
    }

    /// What a bare noun in sentence `number` calls that the headline told in other words: "the sentence", where a court jails
    /// somebody; but "the lease" is not "ending the lease".
    pub fn called(&self, matters: &Matters, noun: &str, number: u32) -> Option<&Topic> {
        let known = |topic: &&Topic| !noun.is_empty() && matters.is_within(noun, head_of(&topic.phrase));
        [self.deed.as_ref(), self.matter.as_ref()].into_iter().flatten().find(known).filter(|_| number != self.from)
    }

    /// A matter was spoken of in sentence `number`.
    pub fn tell(&mut self, topic: Topic, number: u32) {
        self.last = Some((topic, number));
    }

    /// What "refused" without more is about: the matter last spoken of that `fits`.
    pub fn latest(&self, fits: &dyn Fn(&Topic) -> bool) -> Option<&Topic> {
        self.last.as_ref().map(|(topic, _)| topic).filter(|topic| fits(topic))
    }

    /// What "it", "this" (`noun` false) or "the move", "the decision" (true) mean in sentence `number`; of several the
    /// first that `fits`.
    pub fn meant(&self, noun: bool, number: u32, fits: &dyn Fn(&Topic) -> bool) -> Option<&Topic> {
        let last = self.last.as_ref();
        let told = |since: u32| last.filter(|(_, at)| *at + since >= number).map(|(topic, _)| topic);
        let (first, second) = if noun { (self.deed.as_ref(), self.main()) } else { (self.main(), self.deed.as_ref()) };
        // In the sentence itself, "the plan" is another one, or no more than that.
        let (first, second) = if self.from == number { (None, None) } else { (first, second) };
        // What nobody does is less likely meant than what was just spoken of.
        let owned = [first, second].into_iter().flatten().any(|topic| !topic.owners.is_empty());
        let near = told(NEAR).filter(|_| first.is_some() && !owned);
        let all = [told(0), near, first, second, last.map(|(topic, _)| topic)];
        all.into_iter().flatten().find(|topic| fits(topic))
    }
}

/// A phrase up to what hangs on it: the deed of "jailing two officers", "ban" of "ban on new minarets".
fn head_of(phrase: &str) -> &str {
    let phrase = phrase.strip_prefix(NOT).unwrap_or(phrase);
    let first = phrase.split(' ').next().unwrap_or_default();
    if first.ends_with("ing") {
        return first;
    }
    let links = [" of ", " on ", " to ", " for ", " against ", " in ", " with ", " from ", " by ", " over "];
    let end = links.iter().filter_map(|link| phrase.find(link)).min().unwrap_or(phrase.len());
    &phrase[..end]
}

fn names(scene: &Scene<'_>, actors: &[usize]) -> Vec<String> {
    actors.iter().filter_map(|&a| scene.cast.get(a)).filter(|e| !e.outlet).map(|e| e.name.clone()).collect()
}

/// What the sentence says that somebody does, or says is done: "suspends parliament", of the prime minister; where it
/// says of no actor what it does, what it is said of: "Vote on the treaty delayed", "the survey is to go ahead".
fn deed(coder: &Coder, reader: &Reader<'_, '_>, text: &str) -> Option<Topic> {
    let tree = reader.tree;
    let mut verb = tree.words.iter().position(|w| w.head.is_none())?;
    let ruled = reader.frames.is_ruling(&tree.words[verb].lemma).then_some(verb);
    if reader.scene.is_speech(verb)
        && let Some(said) =
            tree.child(verb, &["ccomp"]).filter(|&c| tree.words[c].upos == Upos::Verb || ruled.is_some())
    {
        verb = said;
    }
    // "said that the coast was safe" tells no deed of whoever says it.
    let says = reader.scene.is_speech(verb) && tree.child(verb, &["ccomp"]).is_some();
    let own = if says { None } else { done(coder, reader, text, verb) };
    let told = ruled.is_some_and(|r| r != verb);
    if own.as_ref().is_some_and(|topic| !told && !topic.owners.is_empty()) {
        return own;
    }
    // "A court ruled that the ban was unlawful": the ruling.
    let ruling = ruled.filter(|&r| r != verb).and_then(|r| {
        let range = r..tree.span(verb, &|_| false).end;
        let phrase = coder.deed_phrase(reader.scene, &range, text);
        (!phrase.is_empty()).then(|| Topic { phrase, owners: names(reader.scene, &reader.holder(r).actors) })
    });
    ruling.or_else(|| undergone(coder, reader, text, verb)).or(own)
}

/// The sentence tells that somebody makes something: passes a bill, announces a ban.
fn enacts(reader: &Reader<'_, '_>) -> bool {
    let tree = reader.tree;
    let Some(root) = tree.root().filter(|&r| tree.words[r].upos == Upos::Verb && !tree.is_negated(r)) else {
        return false;
    };
    let object = tree.child(root, &["obj"]).is_some_and(|o| tree.words[o].upos == Upos::Noun);
    let mut frames = reader.frames.plain_verb(&tree.words[root].lemma);
    object && frames.any(|frame| frame.relation == Relation::Support)
}

/// What the clause of `verb` says that its subject does.
fn done(coder: &Coder, reader: &Reader<'_, '_>, text: &str, mut verb: usize) -> Option<Topic> {
    let tree = reader.tree;
    // "EU divided over the plan" tells no deed.
    if tree.words[verb].upos != Upos::Verb || tree.words[verb].xpos == "VBN" && tree.child(verb, &["aux"]).is_none() {
        return None;
    }
    let mut owners = names(reader.scene, &reader.holder(verb).actors);
    if owners.is_empty() && reader.scene.takes(verb, Takes::Befalls) {
        return None;
    }
    if let Some(speech) = tree.head(verb).filter(|_| matches!(tree.modal(verb), Some("must" | "should"))) {
        // "says Y must act": that is the deed of the one who says it.
        owners = names(reader.scene, &reader.holder(speech).actors);
    }
    // "agrees to suspend parliament": to suspend it.
    while let Some(inner) = tree.child(verb, &["xcomp"]).filter(|&x| {
        let word = &tree.words[x];
        word.upos == Upos::Verb
            && tree.is_infinitive(x)
            && reader.frames.verb(&tree.words[verb].lemma).all(|(_, f)| f.relation == Relation::Support)
    }) {
        verb = inner;
    }
    if tree.is_passive(verb) {
        // "Jane Doe was reinstated": reinstating Jane Doe.
        let subject = tree.child(verb, &["nsubj"])?;
        let range = reader.short_phrase(subject);
        let whom = within(reader.scene, &range, text_of(reader.scene, &range, text)?.2);
        let phrase = coder.matters.name(&format!("{} {whom}", coder.grammar.gerund(&tree.words[verb].lemma)?));
        return Some(Topic { phrase, owners });
    }
    let mut range = reader.clause_phrase(verb);
    // When and after what is no part of what is done.
    let beside = tree.children(verb).iter().copied().filter(|&c| c > verb && reader.is_beside(c));
    if let Some(start) = beside.map(|c| tree.span(c, &|_| false).start).min() {
        range.end = range.end.min(start).max(verb + 1);
    }
    let phrase = coder.deed_phrase(reader.scene, &range, text);
    // "adjourned on Friday" says nothing of what it is about.
    let telling = range.len() > 1 && phrase.contains(' ');
    // "will not sign the treaty": what others are for or against is that.
    let denied = tree.is_negated(verb) || (0..verb).any(|w| tree.words[w].lower == "neither");
    let phrase = if denied { format!("{NOT}{phrase}") } else { phrase };
    telling.then_some(Topic { phrase, owners })
}

/// The matter that something happens to: the subject of a clause that is no actor.
fn undergone(coder: &Coder, reader: &Reader<'_, '_>, text: &str, verb: usize) -> Option<Topic> {
    // In a headline any noun may be taken for a name.
    let plain = |s: &usize| matches!(reader.tree.words[*s].upos, Upos::Noun | Upos::Propn);
    let subject =
        reader.tree.child(verb, &["nsubj"]).filter(plain).filter(|&s| reader.scene.mention_at(s).is_none())?;
    if !reader.scene.who(subject).actors.is_empty() || reader.is_nobody(subject) || reader.scene.means_people(subject) {
        return None;
    }
    let range = reader.matter_phrase(subject);
    let phrase = coder.phrase(reader.scene, &range, text);
    let owners = names(reader.scene, &reader.scene.owners(&range, false, &|n| coder.is_help(n)));
    let lemma = &reader.tree.words[subject].lemma;
    let happens = coder.matters.is_matter(lemma) || reader.frames.noun(lemma).is_some();
    (happens && phrase.contains(' ')).then_some(Topic { phrase, owners })
}

/// The text of a range of words.
pub fn text_of<'a>(scene: &Scene<'_>, range: &Range<usize>, text: &'a str) -> Option<(usize, usize, &'a str)> {
    let words = &scene.tree.words;
    let first = words.get(range.start)?;
    let last = words.get(range.end.min(words.len()).checked_sub(1)?)?;
    text.get(first.start..last.end).map(|text| (first.start, last.end, text))
}
