//! Stances: who supports, opposes or invites whom, and which words of the text say so.
//!
//! In: a document and the lexicon. Out: statements. Coding is a pure function of one document and the lexicon; only the
//! canonical names of matters ([`Coder::unify_matters`]) are agreed over all documents. Never here: networks, files.

mod extract;
mod frames;
mod matters;
mod scene;

use crate::Result;
use crate::actors::{Cast, Entity, Gazetteer, find};
use crate::document::Document;
use crate::language::{Class, Grammar, Sentence, VerbForm, sentences};
use crate::lexicon::Lexicon;
use crate::statement::{Kind, Relation, Statement};
use extract::{Finding, Toward, extract};
use frames::{Frames, Part};
use matters::Matters;
use scene::{Scene, Thread};
use std::collections::BTreeMap;

/// The coder: reads documents, writes statements. Build once, share between threads.
#[derive(Debug)]
pub struct Coder {
    gazetteer: Gazetteer,
    grammar: Grammar,
    frames: Frames,
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
            matters: Matters::new(lexicon)?,
            grammar,
        })
    }

    /// Codes one document. Statements come in the order of the text, one for each (holder, relation, target).
    pub fn code(&self, document: &Document) -> Vec<Statement> {
        let split = sentences(&document.text, &self.grammar);
        let mut cast = Cast::new(document.date.map(|d| d.to_string()));
        let mentions = find(&split, &self.gazetteer, &self.grammar, &mut cast);
        let numbers = numbers(&split, document);
        let mut writer = Writer { document, coder: self, out: Vec::new() };
        let mut thread = Thread::default();
        let mut inviter: Vec<usize> = Vec::new();
        let mut paragraph = usize::MAX;
        for ((sentence, mentions), number) in split.iter().zip(&mentions).zip(numbers) {
            if sentence.paragraph != paragraph {
                paragraph = sentence.paragraph;
                thread.speaker = None;
                thread.open_quote = false;
            }
            let scene = Scene::new(sentence, mentions, &cast, &self.gazetteer, &self.grammar, &mut thread);
            let source = outlet(&scene);
            for finding in extract(&scene, &self.frames, &inviter, &|lemma| self.grammar.is_speech(lemma)) {
                if finding.relation == Relation::Invite {
                    inviter.clone_from(&finding.holders);
                }
                writer.write(sentence, number, &scene, &finding, source.as_deref());
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

/// The news organization that the sentence names as its source.
fn outlet(scene: &Scene<'_>) -> Option<String> {
    let named = scene.mentions.iter().flat_map(|m| m.actors.iter().filter_map(|a| scene.cast.get(*a)));
    named.filter(|e| e.outlet).map(|e| e.name.clone()).next()
}

/// The words of a phrase without the names in it.
fn without_names(scene: &Scene<'_>, range: &std::ops::Range<usize>) -> String {
    let named = |at: usize| scene.mentions.iter().any(|m| m.tokens.contains(&at));
    let words = range.clone().filter(|&at| !named(at)).filter_map(|at| scene.tokens.get(at));
    words.map(|t| t.form.as_str()).collect::<Vec<_>>().join(" ")
}

/// Turns findings into statements of one document.
struct Writer<'a> {
    document: &'a Document,
    coder: &'a Coder,
    out: Vec<Statement>,
}

impl Writer<'_> {
    fn write(&mut self, sentence: &Sentence, number: u32, scene: &Scene<'_>, finding: &Finding, source: Option<&str>) {
        let document = self.document;
        let span_of = |range: &std::ops::Range<usize>| {
            let first = sentence.tokens.get(range.start)?;
            let last = sentence.tokens.get(range.end.min(sentence.tokens.len()).checked_sub(1)?)?;
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
                    let owners = scene.owners(range, &|noun| self.coder.frames.is_help(noun));
                    let owners: Vec<&Entity> = owners
                        .into_iter()
                        .filter_map(|a| scene.cast.get(a))
                        .filter(|e| e.name != holder.name)
                        .collect();
                    if !self.coder.matters.is_telling(&without_names(scene, range)) {
                        // "the French plan" says no more than whose it is; "the plan" says nothing.
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
                    self.out.push(statement);
                }
            }
        }
    }
}

impl Writer<'_> {
    /// A matter's name from the words `text` of the tokens `range`; an infinitive becomes a gerund: "sending instructors".
    fn phrase(&self, scene: &Scene<'_>, range: &std::ops::Range<usize>, text: &str) -> String {
        let first = scene.tokens.get(range.start);
        let base = first.filter(|t| t.class == Class::Verb(VerbForm::Base));
        let gerund =
            base.and_then(|t| self.coder.grammar.gerund(&t.lower)).zip(base.and_then(|t| text.get(t.form.len()..)));
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
