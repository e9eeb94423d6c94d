//! Findings become statements: names of holders, targets and matters, whose they are, and the quote.

use super::Coder;
use super::confidence::{Clues, clues};
use super::echoes::{ECHO, is_elliptic};
use super::frames::{Asked, Frame, Frames, Part};
use super::matters::Matters;
use super::quotes::quoted;
use super::reader::{Finding, Reader, Toward, flip};
use super::scene::Scene;
use super::sensed::{Sensed, is_read};
use super::things::Things;
use super::topics::{Topic, Topics, text_of};
use crate::actors::{Entity, Mention};
use crate::document::Document;
use crate::language::engine::Upos;
use crate::statement::{Kind, Relation, Statement};
use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::ops::Range;

/// The words of a phrase without the names in it.
fn without_names(scene: &Scene<'_>, range: &Range<usize>) -> String {
    let named = |at: usize| scene.mentions.iter().any(|m| m.tokens.contains(&at));
    // "the president's move" says no more than "the move".
    let office = |at: usize| scene.tree.words[at].deprel == "nmod:poss" && scene.means_people(at);
    let words = range.clone().filter(|&at| !named(at) && !office(at)).filter_map(|at| scene.tree.words.get(at));
    words.map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ")
}

/// Turns findings into statements of one document.
pub(super) struct Writer<'a> {
    pub document: &'a Document,
    pub coder: &'a Coder,
    pub out: Vec<Statement>,
    /// What speaks for and against each of `out`.
    pub clues: Vec<Clues>,
    pub topics: Topics,
    pub things: Things,
}

impl Writer<'_> {
    /// The statements of one finding, one for each of its holders and targets, unless nothing is named.
    pub fn write(&mut self, number: u32, scene: &Scene<'_>, finding: &Finding, sensed: &Sensed, source: Option<&str>) {
        let document = self.document;
        let span_of = |range: &Range<usize>| text_of(scene, range, &document.text);
        let Some((start, end, quote)) = span_of(&quoted(scene, &finding.quote)) else { return };
        let occasion = finding
            .occasion
            .as_ref()
            .map(|range| self.coder.phrase(scene, range, &document.text))
            .filter(|m| !m.is_empty());
        // "Norway took another view": the contrary of what was said last.
        let contrary = finding.frame == "judgement"
            && span_of(&finding.quote).is_some_and(|(.., words)| self.coder.values.is_contrary(words));
        for (at, holder) in finding.holders.iter().filter_map(|&h| Some((h, scene.cast.get(h)?))) {
            let contradicted = contrary.then(|| {
                let near = |s: &&Statement| s.sentence.is_some_and(|n| n + 3 > number);
                self.out.iter().rev().find(|s| s.holder != holder.name).filter(near).cloned()
            });
            let told_last = is_elliptic(&finding.frame).then(|| told_last(&self.out, &holder.name, number));
            let mut add = |mut statement: Statement, fallback: bool| {
                // In words that are no sentence a matter may have no word that names it.
                if statement.target.is_empty() {
                    return;
                }
                // "wants X to testify": that X shall do it makes it none of X's.
                if (is_read(&finding.frame) || statement.toward.is_empty())
                    && statement.target_kind == Some(Kind::Matter)
                    && finding.frame != "aim"
                {
                    let owners =
                        sensed.owners(scene.tree, at, finding.relation).into_iter().filter_map(|a| scene.cast.get(a));
                    for owner in owners.filter(|e| !e.outlet) {
                        if !statement.toward.contains(&owner.name) {
                            statement.toward.push(owner.name.clone());
                        }
                    }
                    if let Toward::Matter(range) = &finding.toward {
                        statement.toward.retain(|name| !is_victim(&self.coder.frames, scene, range, name));
                    }
                }
                self.clues.push(clues(scene, finding, sensed, at, fallback));
                self.out.push(statement);
            };
            // Nobody is against what is one's own.
            let own = |owner: &String| *owner == holder.name || holder.speaks_for.as_ref() == Some(owner);
            let fits = |topic: &Topic| finding.relation != Relation::Oppose || !topic.owners.iter().any(own);
            let mut statement = Statement {
                id: String::new(),
                document: document.id.clone(),
                date: document.date,
                sentence: Some(number),
                holder: holder.name.clone(),
                holder_kind: Some(holder.kind),
                holder_for: holder.speaks_for.clone(),
                relation: finding.relation,
                target: String::new(),
                target_kind: None,
                toward: Vec::new(),
                matter: occasion.clone(),
                withheld: finding.withheld,
                hedged: finding.hedged,
                source: source.map(str::to_owned),
                quote: quote.to_owned(),
                span: Some((start, end)),
                coder: format!("rule:{}", finding.frame),
                confidence: None,
                extra: BTreeMap::new(),
            };
            match &finding.toward {
                Toward::Actors(actors) => {
                    for target in actors.iter().filter_map(|&a| scene.cast.get(a)).filter(|t| t.name != holder.name) {
                        statement.target.clone_from(&target.name);
                        statement.target_kind = Some(target.kind);
                        add(statement.clone(), false);
                    }
                }
                Toward::Matter(_) if told_last.is_some() => {
                    for told in told_last.iter().flatten() {
                        if told.target != holder.name
                            && (finding.frame == ECHO || told.target_kind == Some(Kind::Matter))
                        {
                            statement.relation = if finding.frame == ECHO { told.relation } else { finding.relation };
                            statement.target.clone_from(&told.target);
                            statement.target_kind = told.target_kind;
                            statement.toward = told.toward.iter().filter(|t| **t != holder.name).cloned().collect();
                            add(statement.clone(), true);
                        }
                    }
                }
                Toward::Matter(range) => {
                    // "called Wednesday a sad day": what was done on it.
                    let range = &if !self.coder.is_time(scene, range) {
                        range.clone()
                    } else if finding.frame == "judgement" {
                        range.start..range.start
                    } else {
                        continue;
                    };
                    if let Some(last) = &contradicted {
                        if let Some(last) = last.as_ref().filter(|s| s.relation != Relation::Invite) {
                            statement.relation = flip(last.relation);
                            statement.target.clone_from(&last.target);
                            statement.target_kind = last.target_kind;
                            statement.toward.clone_from(&last.toward);
                            add(statement, true);
                        }
                        continue;
                    }
                    let owners =
                        scene.owners(range, finding.relation == Relation::Support, &|noun| self.coder.is_help(noun));
                    let owners: Vec<&Entity> = owners
                        .into_iter()
                        .filter_map(|a| scene.cast.get(a))
                        .filter(|e| e.name != holder.name)
                        .collect();
                    if !self.coder.is_telling(scene, range) || is_mere_deed(scene, range, &self.coder.matters) {
                        // "the French plan" says no more than whose it is; "the plan" says nothing, and "to comment" is none.
                        let deed = scene.tree.words.get(range.start).filter(|_| !range.is_empty());
                        let joins = |lemma: &str| self.coder.frames.request(lemma) == Some(Asked::Join);
                        if deed.is_some_and(|w| w.upos == Upos::Verb && !joins(&w.lemma)) && owners.is_empty() {
                            continue;
                        }
                        // A bare "refused" goes on about what was last spoken of; a judgement is rather about what the document is.
                        let bare = range.is_empty() && finding.part == Part::Verb;
                        let meant = Some(&self.topics).filter(|_| bare).and_then(|t| t.latest(&fits));
                        // "it is a sad day": that is said of what has happened.
                        let bare_feeling = range.is_empty() && finding.part == Part::Adjective;
                        let plan = range.clone().any(|w| self.coder.frames.is_plan(&scene.tree.words[w].lower));
                        let noun =
                            is_noun(scene, range) && !plan || bare_feeling || self.coder.is_turn(scene, &finding.quote);
                        let meant = meant.or_else(|| self.topics.meant(noun, number, &fits)).cloned();
                        // "put forward a plan": a new one.
                        let new =
                            scene.tree.words.get(range.start).is_some_and(|w| matches!(w.lower.as_str(), "a" | "an"));
                        // The model sees dismay, but nobody is against a collapse that is nobody's deed.
                        let dismay = is_read(&finding.frame) && finding.relation == Relation::Oppose;
                        let nobodys = |t: &Topic| dismay && self.topics.is_nobodys(t);
                        let meant = meant.filter(|t| (!new || range.is_empty()) && !nobodys(t));
                        if owners.is_empty()
                            && let Some(topic) = meant
                        {
                            statement.target.clone_from(&topic.phrase);
                            statement.target_kind = Some(Kind::Matter);
                            statement.toward = topic.owners.iter().filter(|o| **o != holder.name).cloned().collect();
                            add(statement.clone(), true);
                        } else if owners.is_empty() {
                            // Nothing better is known than "the proposal".
                            statement.target = self.coder.phrase(scene, range, &document.text);
                            if is_noun(scene, range) && !statement.target.is_empty() {
                                statement.target_kind = Some(Kind::Matter);
                                add(statement.clone(), false);
                            }
                        }
                        for owner in owners {
                            statement.target.clone_from(&owner.name);
                            statement.target_kind = Some(owner.kind);
                            add(statement.clone(), false);
                        }
                        continue;
                    }
                    statement.target = self.coder.phrase(scene, range, &document.text);
                    if statement.target.is_empty() || statement.target == statement.holder {
                        continue;
                    }
                    // Nobody is against what is called theirs by name: the holder is guessed wrongly.
                    if finding.relation == Relation::Oppose && names_owner(scene, range, at) {
                        continue;
                    }
                    statement.target_kind = Some(Kind::Matter);
                    statement.toward = owners.iter().map(|e| e.name.clone()).collect();
                    let mut whose = statement.toward.clone();
                    if statement.relation == Relation::Support && whose.is_empty() {
                        whose.push(statement.holder.clone());
                    }
                    if let Some(thing) = self.things.meant(&self.coder.matters, &self.coder.bare(scene, range), number)
                    {
                        let same =
                            self.topics.main().filter(|t| self.coder.matters.is_within(&statement.target, &t.phrase));
                        statement.target.clone_from(&thing.phrase);
                        let owners = thing.owners.iter().chain(same.into_iter().flat_map(|t| &t.owners));
                        let others = owners.filter(|o| **o != holder.name && holder.speaks_for.as_ref() != Some(*o));
                        statement
                            .toward
                            .extend(others.filter(|o| !statement.toward.contains(o)).cloned().collect::<Vec<_>>());
                    } else if let Some(topic) = self
                        .topics
                        .called(&self.coder.matters, &self.coder.bare(scene, range), number)
                        .filter(|t| fits(t))
                    {
                        // "the sentence", where the headline tells who is jailed.
                        statement.target.clone_from(&topic.phrase);
                        statement.toward = topic.owners.iter().filter(|o| **o != holder.name).cloned().collect();
                    }
                    self.topics.tell(Topic { phrase: statement.target.clone(), owners: whose }, number);
                    add(statement, false);
                }
            }
        }
    }
}

/// "the embargo on X", "efforts to isolate X": a matter that is against X is none of X's.
fn is_victim(frames: &Frames, scene: &Scene<'_>, matter: &Range<usize>, name: &str) -> bool {
    let tree = scene.tree;
    let hostile = |at: usize, rel: &str, prep: Option<&str>| {
        let word = &tree.words[at];
        match (word.upos, rel, prep) {
            (Upos::Noun, _, Some("on" | "against" | "upon")) => {
                frames.nouns_of(&word.lower).any(|f| f.relation == Relation::Oppose)
            }
            (Upos::Noun, _, Some("of")) => {
                let has = |slots: &[String]| slots.iter().any(|slot| slot == "of");
                let aimed = |f: &Frame| f.relation == Relation::Oppose && has(&f.target) && !has(&f.holder);
                frames.nouns_of(&word.lower).any(aimed)
            }
            (Upos::Verb, "obj", _) => {
                let frame = frames.plain_verb(&word.lemma).next();
                matter.contains(&at) && frame.is_some_and(|f| f.relation == Relation::Oppose)
            }
            _ => false,
        }
    };
    let names = |m: &Mention| m.actors.iter().any(|&a| scene.cast.get(a).is_some_and(|e| e.name == name));
    // "on X and Y": both hang on the same noun.
    let first = |mut at: usize| {
        while let Some(above) = tree.head(at).filter(|_| tree.rel(at) == "conj") {
            at = above;
        }
        at
    };
    scene
        .mentions_in(matter)
        .filter(|m| names(m))
        .map(|m| first(scene.head_of(m)))
        .any(|head| tree.head(head).is_some_and(|at| hostile(at, tree.rel(head), tree.preposition(head))))
}

impl Coder {
    /// A reader of one sentence; `inviter` is who invited last.
    pub(super) fn reader<'a, 'b>(&'a self, scene: &'a Scene<'b>, inviter: &'a [usize]) -> Reader<'a, 'b> {
        Reader {
            scene,
            tree: scene.tree,
            frames: &self.frames,
            values: &self.values,
            texts: &self.texts,
            bidding: &self.bidding,
            idioms: OnceCell::new(),
            inviter,
            duty: Cell::new(false),
            nested: Cell::new(0),
            gap_at: Cell::new(0),
        }
    }

    /// "Hundreds of protesters broke in. They": people without a name are meant, and not those named before.
    pub(super) fn leads_away(&self, scene: &Scene<'_>) -> bool {
        let tree = scene.tree;
        let plain = |at: usize| !scene.quoted[at] && matches!(tree.words[at].upos, Upos::Noun | Upos::Propn);
        let part = |at: usize| matches!(tree.rel(at), "nsubj" | "obj" | "obl");
        let many = |at: usize| tree.words[at].xpos.ends_with('S') || tree.rel(at) == "nsubj";
        let last = (0..tree.words.len()).rev().find(|&at| part(at) && plain(at) && many(at));
        last.is_some_and(|at| {
            let word = &tree.words[at];
            word.xpos == "NNS" && self.frames.is_person(&word.lemma) && scene.who(at).actors.is_empty()
        })
    }

    /// A matter's name from the words `range`; an infinitive becomes a gerund: "sending instructors".
    pub(super) fn phrase(&self, scene: &Scene<'_>, range: &Range<usize>, text: &str) -> String {
        let base =
            scene.tree.words.get(range.start).is_some_and(|w| {
                w.upos == Upos::Verb && (w.lower == w.lemma || matches!(w.xpos, "VBD" | "VBZ" | "VBP"))
            });
        if base { self.deed_phrase(scene, range, text) } else { self.named(scene, range, text) }
    }

    fn named(&self, scene: &Scene<'_>, range: &Range<usize>, text: &str) -> String {
        text_of(scene, range, text).map(|(.., text)| self.matters.name(&within(scene, range, text))).unwrap_or_default()
    }

    /// The same from a verb in any form.
    pub(super) fn deed_phrase(&self, scene: &Scene<'_>, range: &Range<usize>, text: &str) -> String {
        let gerund = scene.tree.words.get(range.start).and_then(|w| self.grammar.gerund(&w.lemma));
        let rest = text_of(scene, &(range.start + 1..range.end), text).filter(|_| range.len() > 1);
        match gerund {
            Some(gerund) => self.matters.name(&format!("{gerund} {}", rest.map(|r| r.2).unwrap_or_default())),
            None => self.named(scene, range, text),
        }
    }

    /// Whether the phrase says what it is about, the names in it left aside.
    pub(super) fn is_telling(&self, scene: &Scene<'_>, range: &Range<usize>) -> bool {
        self.matters.is_telling(&without_names(scene, range))
    }

    /// "the law", which says nothing but that it is known; empty for anything else.
    fn bare(&self, scene: &Scene<'_>, range: &Range<usize>) -> String {
        let words = &scene.tree.words[range.clone()];
        match words {
            [det, noun]
                if matches!(det.lower.as_str(), "the" | "this" | "that" | "these" | "those")
                    && noun.upos == Upos::Noun =>
            {
                noun.lemma.clone()
            }
            // "today's agreement"
            [day, _, noun]
                if day.deprel == "nmod:poss" && self.matters.is_time(&day.lower) && noun.upos == Upos::Noun =>
            {
                noun.lemma.clone()
            }
            _ => String::new(),
        }
    }

    fn is_time(&self, scene: &Scene<'_>, range: &Range<usize>) -> bool {
        let words = range.clone().filter_map(|w| scene.tree.words.get(w)).filter(|w| w.upos != Upos::Num);
        let words: Vec<&str> = words.map(|w| w.lower.as_str()).collect();
        self.matters.is_time(&words.join(" "))
    }

    /// "a sad day", "a victory", "a step": words for a turn that things take.
    fn is_turn(&self, scene: &Scene<'_>, range: &Range<usize>) -> bool {
        let turn = |w: &crate::language::Word| {
            let step = w.upos == Upos::Noun && self.frames.is_empty_word(&w.lower) && !self.frames.is_plan(&w.lower);
            step || matches!(w.lemma.as_str(), "day" | "moment" | "night" | "hour") || self.values.is_outcome(&w.lemma)
        };
        range.clone().filter_map(|w| scene.tree.words.get(w)).any(turn)
    }

    pub(super) fn is_help(&self, noun: &str) -> bool {
        self.frames.is_help(noun)
    }
}

/// The text of a phrase as it stands within a sentence: "three journalists", though the sentence begins with "Three".
pub(super) fn within(scene: &Scene<'_>, range: &Range<usize>, text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().filter(|_| {
        let opens = (0..range.start).all(|at| scene.tree.words[at].is_mark());
        let plain = scene.tree.words.get(range.start).is_some_and(|w| w.upos != Upos::Propn && !is_shouted(text));
        opens && plain && scene.mention_at(range.start).is_none()
    });
    first.map_or_else(|| text.to_owned(), |first| first.to_lowercase().chain(rest).collect())
}

/// Whether the first word is all in capitals: "UN text".
fn is_shouted(text: &str) -> bool {
    text.chars().nth(1).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '.')
}

/// What somebody other than `holder` was last told to stand for or against, in sentence `number` or the one before.
fn told_last(statements: &[Statement], holder: &str, number: u32) -> Vec<Statement> {
    let other = |s: &&Statement| s.holder != holder && s.sentence.is_some_and(|n| n + 1 >= number);
    let Some(last) = statements.iter().rev().find(other) else { return Vec::new() };
    let same =
        |s: &&Statement| s.holder == last.holder && s.sentence == last.sentence && s.relation != Relation::Invite;
    statements.iter().filter(same).cloned().collect()
}

/// "the decision to leave": what that is stands elsewhere.
fn is_mere_deed(scene: &Scene<'_>, range: &Range<usize>, matters: &Matters) -> bool {
    let words = &scene.tree.words[range.clone()];
    let [before @ .., to, verb] = words else { return false };
    let noun = before.last().is_some_and(|n| n.upos == Upos::Noun);
    let names = scene.mentions_in(range).next().is_some();
    noun && !names && to.lower == "to" && verb.upos == Upos::Verb && {
        let rest: Vec<&str> = before.iter().map(|w| w.lower.as_str()).collect();
        !matters.is_telling(&rest.join(" "))
    }
}

/// "Norway's decision", "an appeal lodged by Norway", "ten, Norway among them": whether the phrase calls it `actor`'s by
/// name, or `actor` a part of it.
fn names_owner(scene: &Scene<'_>, range: &Range<usize>, actor: usize) -> bool {
    let owns = |m: &Mention| {
        let head = scene.head_of(m);
        let own = matches!(scene.tree.words[head].deprel, "nmod:poss" | "obl:agent")
            || scene.tree.words.get(m.tokens.end).is_some_and(|w| w.lower == "among");
        own && m.actors.contains(&actor)
    };
    scene.mentions_in(range).any(owns)
}

/// "the move", not "it".
fn is_noun(scene: &Scene<'_>, range: &Range<usize>) -> bool {
    range.clone().any(|w| scene.tree.words[w].upos == Upos::Noun)
}
