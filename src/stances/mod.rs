//! Stances: who supports, opposes or invites whom, and which words of the text say so.
//!
//! In: a document and the lexicon. Out: statements. Coding is a pure function of one document and the lexicon; only the
//! canonical names of matters ([`Coder::unify_matters`]) are agreed over all documents. Never here: networks, files.

mod adjectives;
mod coref;
mod duties;
mod frames;
mod matters;
mod nouns;
mod reader;
mod roles;
mod scene;
mod thread;
mod values;
mod verbs;

use crate::Result;
use crate::actors::{Cast, Entity, Gazetteer, How, Mention, find};
use crate::document::Document;
use crate::language::engine::Upos;
use crate::language::{Grammar, Name, Sentence, repair, sentences, trees};
use crate::lexicon::Lexicon;
use crate::statement::{Kind, Relation, Statement};
use frames::{Asked, Frames, Part};
use matters::Matters;
use reader::{Finding, Toward, extract};
use scene::Scene;
use std::collections::BTreeMap;
use thread::Thread;
use values::Values;

/// The coder: reads documents, writes statements. Build once, share between threads.
#[derive(Debug)]
pub struct Coder {
    gazetteer: Gazetteer,
    grammar: Grammar,
    frames: Frames,
    values: Values,
    matters: Matters,
}

impl Coder {
    /// Builds the coder from the lexicon.
    ///
    /// # Errors
    /// A broken table, with file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let grammar = Grammar::new(lexicon)?;
        Ok(Self {
            gazetteer: Gazetteer::new(lexicon, &grammar)?,
            frames: Frames::new(lexicon)?,
            values: Values::new(lexicon)?,
            matters: Matters::new(lexicon)?,
            grammar,
        })
    }

    /// Codes one document. Statements come in the order of the text, one for each (holder, relation, target).
    pub fn code(&self, document: &Document) -> Vec<Statement> {
        let split = sentences(&document.text, &self.grammar);
        let mut cast = Cast::new(document.date.map(|d| d.to_string()));
        let mentions = find(&split, &self.gazetteer, &self.grammar, &mut cast);
        let names: Vec<Vec<Name>> = split.iter().zip(&mentions).map(|(s, m)| stand_ins(s, m, &cast)).collect();
        let mut trees = trees(&document.text, &split, &names);
        trees.iter_mut().for_each(|tree| repair(tree, &self.grammar));
        let numbers = numbers(&split, document);
        let mut writer = Writer { document, coder: self, out: Vec::new(), topic: None };
        let mut thread = Thread::default();
        let mut inviter: Vec<usize> = Vec::new();
        let mut paragraph = usize::MAX;
        for (((sentence, tree), mentions), number) in split.iter().zip(&trees).zip(&mentions).zip(numbers) {
            if sentence.paragraph != paragraph {
                paragraph = sentence.paragraph;
                thread.speaker = None;
                thread.open_quote = false;
            }
            let scene = Scene::new(sentence, tree, mentions, &cast, &self.gazetteer, &self.grammar, &mut thread);
            let source = outlet(&scene);
            for finding in extract(&scene, &self.frames, &self.values, &inviter) {
                if finding.relation == Relation::Invite {
                    inviter.clone_from(&finding.holders);
                }
                writer.write(number, &scene, &finding, source.as_deref());
            }
        }
        let mut out = writer.out;
        self.matters.add_sponsors(&mut out);
        once_each(out)
    }

    /// Gives the matters of `statements` one name for all their wordings, across documents.
    pub fn unify_matters(&self, statements: &mut [Statement]) {
        self.matters.unify(statements);
    }
}

/// The names, which the parser takes for one word each, and one that it knows well.
fn stand_ins(sentence: &Sentence, mentions: &[Mention], cast: &Cast) -> Vec<Name> {
    let named = mentions.iter().filter(|m| !matches!(m.how, How::Demonym | How::Group) && m.actors.len() == 1);
    let name = |m: &Mention| {
        let kind = cast.get(*m.actors.first()?)?.kind;
        let (first, last) = (sentence.tokens.get(m.unit.start)?, sentence.tokens.get(m.unit.end - 1)?);
        // "Democrats" goes with a plural verb.
        if kind == Kind::Institution && m.unit.len() == 1 && first.form.ends_with('s') {
            return None;
        }
        let article = m.unit.start.checked_sub(1).is_some_and(|b| sentence.tokens[b].lower == "the");
        let stand_in = match kind {
            Kind::Person => "Bush",
            Kind::Country if article => "Congress",
            Kind::Country => "China",
            Kind::Institution | Kind::Matter => "Congress",
        };
        Some(Name { bytes: first.start..last.end, stand_in })
    };
    named.filter_map(name).collect()
}

/// The news organization that the sentence names as its source.
fn outlet(scene: &Scene<'_>) -> Option<String> {
    let named = scene.mentions.iter().flat_map(|m| m.actors.iter().filter_map(|a| scene.cast.get(*a)));
    named.filter(|e| e.outlet).map(|e| e.name.clone()).next()
}

/// The words of a phrase without the names in it.
fn without_names(scene: &Scene<'_>, range: &std::ops::Range<usize>) -> String {
    let named = |at: usize| scene.mentions.iter().any(|m| m.tokens.contains(&at));
    let words = range.clone().filter(|&at| !named(at)).filter_map(|at| scene.tree.words.get(at));
    words.map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ")
}

/// Turns findings into statements of one document.
struct Writer<'a> {
    document: &'a Document,
    coder: &'a Coder,
    out: Vec<Statement>,
    /// The matter last spoken of, which "the move" and "it" mean, and whose it is.
    topic: Option<Topic>,
}

/// A matter, and whose it is.
#[derive(Debug, Clone)]
struct Topic {
    phrase: String,
    owners: Vec<String>,
}

impl Writer<'_> {
    fn write(&mut self, number: u32, scene: &Scene<'_>, finding: &Finding, source: Option<&str>) {
        let document = self.document;
        let span_of = |range: &std::ops::Range<usize>| {
            let words = &scene.tree.words;
            let first = words.get(range.start)?;
            let last = words.get(range.end.min(words.len()).checked_sub(1)?)?;
            document.text.get(first.start..last.end).map(|text| (first.start, last.end, text))
        };
        let Some((start, end, quote)) = span_of(&finding.quote) else { return };
        let occasion = finding
            .occasion
            .as_ref()
            .and_then(|range| span_of(range).map(|(.., text)| self.phrase(scene, range, text)))
            .filter(|m| !m.is_empty());
        for holder in finding.holders.iter().filter_map(|&h| scene.cast.get(h)) {
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
                confidence: Some(confidence(finding, holder.guessed)),
                extra: BTreeMap::new(),
            };
            match &finding.toward {
                Toward::Actors(actors) => {
                    for target in actors.iter().filter_map(|&a| scene.cast.get(a)).filter(|t| t.name != holder.name) {
                        statement.target.clone_from(&target.name);
                        statement.target_kind = Some(target.kind);
                        self.out.push(statement.clone());
                    }
                }
                Toward::Matter(range) => {
                    let Some((.., phrase)) = span_of(range) else { continue };
                    let owners = scene
                        .owners(range, finding.relation == Relation::Support, &|noun| self.coder.frames.is_help(noun));
                    let owners: Vec<&Entity> = owners
                        .into_iter()
                        .filter_map(|a| scene.cast.get(a))
                        .filter(|e| e.name != holder.name)
                        .collect();
                    if !self.coder.matters.is_telling(&without_names(scene, range)) {
                        // "the French plan" says no more than whose it is; "the plan" says nothing, and "to comment" is none.
                        let deed = scene.tree.words.get(range.start).filter(|_| !range.is_empty());
                        let joins = |lemma: &str| self.coder.frames.request(lemma) == Some(Asked::Join);
                        if deed.is_some_and(|w| w.upos == Upos::Verb && !joins(&w.lemma)) && owners.is_empty() {
                            continue;
                        }
                        if owners.is_empty()
                            && let Some(topic) = &self.topic
                        {
                            statement.target.clone_from(&topic.phrase);
                            statement.target_kind = Some(Kind::Matter);
                            statement.toward = topic.owners.iter().filter(|o| **o != holder.name).cloned().collect();
                            self.out.push(statement.clone());
                        } else if owners.is_empty() {
                            // Nothing better is known than "the proposal".
                            statement.target = self.phrase(scene, range, phrase);
                            let noun = range.clone().any(|w| scene.tree.words[w].upos == Upos::Noun);
                            if noun && !statement.target.is_empty() {
                                statement.target_kind = Some(Kind::Matter);
                                self.out.push(statement.clone());
                            }
                        }
                        for owner in owners {
                            statement.target.clone_from(&owner.name);
                            statement.target_kind = Some(owner.kind);
                            self.out.push(statement.clone());
                        }
                        continue;
                    }
                    statement.target = self.phrase(scene, range, phrase);
                    if statement.target.is_empty() || statement.target == statement.holder {
                        continue;
                    }
                    statement.target_kind = Some(Kind::Matter);
                    statement.toward = owners.iter().map(|e| e.name.clone()).collect();
                    let mut whose = statement.toward.clone();
                    if statement.relation == Relation::Support && whose.is_empty() {
                        whose.push(statement.holder.clone());
                    }
                    self.topic = Some(Topic { phrase: statement.target.clone(), owners: whose });
                    self.out.push(statement);
                }
            }
        }
    }
}

impl Writer<'_> {
    /// A matter's name from the words `text` of the tokens `range`; an infinitive becomes a gerund: "sending instructors".
    fn phrase(&self, scene: &Scene<'_>, range: &std::ops::Range<usize>, text: &str) -> String {
        let base = scene.tree.words.get(range.start).filter(|w| w.upos == Upos::Verb && w.lower == w.lemma);
        let gerund =
            base.and_then(|w| self.coder.grammar.gerund(&w.lower)).zip(base.and_then(|w| text.get(w.end - w.start..)));
        match gerund {
            Some((gerund, rest)) => self.coder.matters.name(&format!("{gerund}{rest}")),
            None => self.coder.matters.name(text),
        }
    }
}

/// Sentence numbers: the headline is 0, the body counts from 1.
fn numbers(sentences: &[Sentence], document: &Document) -> Vec<u32> {
    let mut next = 0;
    let mut number = |s: &Sentence| {
        next += u32::from(s.start >= document.headline);
        next
    };
    sentences.iter().map(&mut number).collect()
}

/// How often statements of this kind are right, as judged from the frames alone; a later fit may replace it.
fn confidence(finding: &Finding, guessed: bool) -> f64 {
    let base = match finding.part {
        Part::Verb => 0.75,
        Part::Refusal | Part::Adjective => 0.7,
        Part::Noun => 0.6,
    };
    let base: f64 = if guessed { base - 0.15 } else { base };
    let base = if finding.hedged { base - 0.1 } else { base };
    (base * 100.0).round() / 100.0
}

/// One statement for each (holder, relation, withheld, target): the first, or the first that is not hedged.
fn once_each(statements: Vec<Statement>) -> Vec<Statement> {
    let mut out: Vec<Statement> = Vec::new();
    for mut statement in statements {
        statement.id = statement.hash();
        let same = out.iter_mut().find(|s| {
            s.holder == statement.holder
                && s.relation == statement.relation
                && s.withheld == statement.withheld
                && s.target == statement.target
        });
        match same {
            // Said plainly once, it is not hedged any more.
            Some(first) if first.hedged && !statement.hedged => {
                statement.matter = statement.matter.or(first.matter.take());
                *first = statement;
            }
            Some(_) => {}
            None => out.push(statement),
        }
    }
    out
}
