//! Stances: who supports, opposes or invites whom, and which words of the text say so.
//!
//! In: a document and the lexicon. Out: statements. Coding is a pure function of one document and the lexicon; only the
//! canonical names of matters ([`Coder::unify_matters`]) are agreed over all documents, later where documents are coded in
//! parts ([`leave_open`]). Never here: networks, files.

mod about;
mod adjectives;
mod aims;
mod asked;
mod bidding;
mod carriers;
mod clauses;
mod conduct;
mod confidence;
mod coref;
mod deeds;
mod doers;
mod duties;
mod echoes;
mod events;
mod feelings;
mod frames;
mod judgement;
mod matters;
mod nouns;
mod objects;
mod open;
mod questions;
mod quotes;
mod reactions;
mod reader;
mod reasons;
mod remarks;
mod requests;
mod roles;
mod scene;
mod sense;
mod sensed;
mod speech;
mod terms;
mod things;
mod thread;
mod topics;
mod undergoers;
mod unnamed;
mod values;
mod verbs;
mod will;
mod writer;

pub use asked::{Asked, Party};
pub use open::{OPEN_MATTER, agree_on_open, leave_open, take_open};

use crate::Result;
use crate::actors::{Cast, Gazetteer, How, Mention, find};
use crate::document::Document;
use crate::language::encoder::Workspace;
use crate::language::{Grammar, Name, Sentence, repair, sentences, trees};
use crate::lexicon::Lexicon;
use crate::statement::{Kind, Relation, Statement};
use bidding::Bidding;
use confidence::{About, Clues, Together, Weights, clues_of_document, is_of_model};
use events::Events;
use frames::Frames;
use matters::Matters;
use reader::extract;
use scene::Scene;
use sensed::Sensed;
use speech::{Telling, Texts, speakers};
use std::cell::RefCell;
use things::Things;
use thread::Thread;
use topics::Topics;
use unnamed::Agents;
use values::Values;
use writer::Writer;

/// A first sentence of fewer tokens is a place and a date.
const SHORT: usize = 8;

/// By so much the trained model is surer than a frame that it gainsays.
const SURER: f64 = 0.15;

/// So many sentences at the beginning say what a document is about.
const LEAD: usize = 4;

thread_local! {
    /// The memory that the trained model works in, from document to document.
    static ROOM: RefCell<Workspace> = RefCell::default();
}

/// The coder: reads documents, writes statements. Build once, share between threads.
#[derive(Debug)]
pub struct Coder {
    gazetteer: Gazetteer,
    grammar: Grammar,
    frames: Frames,
    values: Values,
    texts: Texts,
    bidding: Bidding,
    matters: Matters,
    weights: Weights,
    /// Actors without a name are coded too.
    unnamed: Option<(Agents, Events)>,
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
            texts: Texts::new(lexicon)?,
            bidding: Bidding::new(lexicon)?,
            matters: Matters::new(lexicon)?,
            weights: Weights::new(lexicon)?,
            unnamed: None,
            grammar,
        })
    }

    /// Also codes actors without a name ("the police", "two officers"), and what is done to things ("bombed a
    /// hospital"), as event data do.
    ///
    /// # Errors
    /// A broken table, with file and line.
    pub fn with_unnamed(self, lexicon: &Lexicon) -> Result<Self> {
        Ok(Self { unnamed: Some((Agents::new(lexicon)?, Events::new(lexicon)?)), ..self })
    }

    /// Codes one document. Statements come in the order of the text, one for each (holder, relation, target).
    pub fn code(&self, document: &Document) -> Vec<Statement> {
        self.explain(document).into_iter().map(|(statement, _)| statement).collect()
    }

    /// The same, each with the clues that its confidence is made of: names as in `lexicon/confidence.csv`, and strengths.
    pub fn explain(&self, document: &Document) -> Vec<(Statement, Clues)> {
        self.read(document, |_, _, _| {})
    }

    /// What the trained model is asked about a document: sentences in which somebody acts, in order.
    pub fn asked(&self, document: &Document) -> Vec<Asked> {
        let mut out = Vec::new();
        self.read(document, |sentence, scene, sensed| out.extend(Asked::new(sentence, scene, sensed)));
        out
    }

    /// Codes a document; `look` sees each sentence on the way.
    fn read(
        &self,
        document: &Document,
        mut look: impl FnMut(&Sentence, &Scene<'_>, &Sensed),
    ) -> Vec<(Statement, Clues)> {
        let split = sentences(&document.text, &self.grammar);
        let mut cast = Cast::new(document.date.map(|d| d.to_string()));
        let mentions = find(&split, &self.gazetteer, &self.grammar, &mut cast);
        let names: Vec<Vec<Name>> = split.iter().zip(&mentions).map(|(s, m)| stand_ins(s, m, &cast)).collect();
        let mut trees = trees(&document.text, &split, &names);
        trees.iter_mut().for_each(|tree| repair(tree, &self.grammar));
        let describe = |tree, cast: &mut Cast| {
            let unnamed = self.unnamed.as_ref();
            unnamed.map(|(agents, events)| agents.describe(&document.text, tree, events, &self.frames, cast))
        };
        let unnamed: Vec<_> = trees.iter().map(|tree| describe(tree, &mut cast).unwrap_or_default()).collect();
        let numbers = numbers(&split, document);
        let mut writer = Writer {
            document,
            coder: self,
            out: Vec::new(),
            clues: Vec::new(),
            topics: Topics::default(),
            things: Things::default(),
        };
        // Who speaks is told before or behind a quotation: all sentences are looked through once for that alone.
        let mut thread = Thread::default();
        let mut told = Vec::with_capacity(split.len());
        let mut begun = false;
        let mut about = About::default();
        for (((sentence, tree), mentions), &number) in split.iter().zip(&trees).zip(&mentions).zip(&numbers) {
            thread.open_quote &= told.last().is_none_or(|t: &Telling| t.paragraph == sentence.paragraph);
            let opens = thread.open_quote;
            let scene = Scene::new(sentence, tree, mentions, &cast, &self.gazetteer, &self.grammar, &mut thread);
            // What the document is about: its headline says so, or its first whole sentence.
            let heading = sentence.start < document.headline;
            let text = document.text.get(sentence.start..sentence.end).unwrap_or_default();
            about.tell(&scene, text, told.len() < LEAD, &self.matters);
            let reader = self.reader(&scene, &[]);
            if heading || !begun {
                begun |= !heading && sentence.tokens.len() > SHORT;
                writer.topics.read(self, &reader, &document.text, number);
            }
            writer.things.read(self, &reader, &document.text, number);
            told.push(scene.telling(&self.texts, opens, sentence.paragraph));
        }
        let mut thread = Thread::default();
        let mut inviter: Vec<usize> = Vec::new();
        let mut paragraph = usize::MAX;
        let speakers = speakers(&told);
        let mut room = ROOM.take();
        // Event data hold deeds that frames name, and nothing else: the model is not asked.
        let before = self.unnamed.is_none().then(|| sensed::before(&split, &mentions, &mut room));
        let parts = split.iter().zip(&trees).zip(&mentions).zip(numbers).zip(&unnamed).zip(speakers);
        for (((((sentence, tree), mentions), number), unnamed), speaker) in parts {
            if sentence.paragraph != paragraph {
                paragraph = sentence.paragraph;
                thread.open_quote = false;
            }
            thread.speaker = speaker;
            let mut scene = Scene::new(sentence, tree, mentions, &cast, &self.gazetteer, &self.grammar, &mut thread);
            scene.unnamed = unnamed;
            if self.leads_away(&scene) {
                thread.group.clear();
            }
            let source = outlet(&scene);
            let mut findings = extract(&self.reader(&scene, &inviter), self.unnamed.as_ref().map(|u| &u.1));
            let ask = |before| Sensed::new(&scene, before, &mut room);
            let sensed = before.as_ref().map(ask).unwrap_or_default();
            look(sentence, &scene, &sensed);
            findings.extend(sensed.findings(&self.reader(&scene, &[]), &findings));
            for finding in findings {
                if finding.relation == Relation::Invite {
                    inviter.clone_from(&finding.holders);
                }
                writer.write(number, &scene, &finding, &sensed, source.as_deref());
            }
        }
        ROOM.set(room);
        let Writer { mut out, topics, mut clues, .. } = writer;
        self.matters.add_owners(&mut out, topics.main());
        self.matters.add_sponsors(&mut out);
        Matters::drop_fellow_opponents(&mut out);
        Matters::drop_contrary_owners(&mut out);
        let together = Together::new(&out);
        for (at, clues) in clues.iter_mut().enumerate() {
            clues.extend(clues_of_document(&out[at], &about, &together, &self.matters));
            out[at].confidence = Some(self.weights.probability(clues));
        }
        let mut out = out.into_iter().zip(clues).collect();
        agree_with_model(&mut out);
        once_each(out)
    }

    /// Gives the matters of `statements` one name for all their wordings, across documents. `others` are statements of a
    /// coder, too, with no matter to name: they tell who else takes part in a document.
    pub fn unify_matters(&self, statements: &mut [Statement], others: &[Statement]) {
        self.matters.unify(statements, others);
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

/// Sentence numbers: the headline is 0, the body counts from 1.
fn numbers(sentences: &[Sentence], document: &Document) -> Vec<u32> {
    let mut next = 0;
    let mut number = |s: &Sentence| {
        next += u32::from(s.start >= document.headline);
        next
    };
    sentences.iter().map(&mut number).collect()
}

/// Leaves out what the trained model tells of somebody in a sentence where frames tell it of their matter, or tell the contrary
/// of the same and are hardly less sure.
fn agree_with_model(statements: &mut Vec<(Statement, Clues)>) {
    let beside = |s: &Statement, o: &Statement| s.sentence == o.sentence && s.holder == o.holder && !is_of_model(o);
    let again = |s: &Statement, o: &Statement| s.relation == o.relation && o.toward.contains(&s.target);
    let contrary = |s: &Statement, o: &Statement| {
        s.target == o.target && s.relation != o.relation && o.relation != Relation::Invite
    };
    let dropped = |s: &Statement| {
        let yields = |o: &Statement| again(s, o) || contrary(s, o) && s.confidence <= o.confidence.map(|c| c + SURER);
        is_of_model(s) && statements.iter().any(|(o, _)| beside(s, o) && yields(o))
    };
    let dropped: Vec<bool> = statements.iter().map(|(s, _)| dropped(s)).collect();
    let mut dropped = dropped.into_iter();
    statements.retain(|_| !dropped.next().unwrap_or_default());
}

/// One statement for each (holder, relation, withheld, target): the first, or the first that is not hedged.
fn once_each(statements: Vec<(Statement, Clues)>) -> Vec<(Statement, Clues)> {
    let mut out: Vec<(Statement, Clues)> = Vec::new();
    for (mut statement, clues) in statements {
        statement.id = statement.hash();
        let same = out.iter_mut().find(|(s, _)| {
            s.holder == statement.holder
                && s.relation == statement.relation
                && s.withheld == statement.withheld
                && s.target == statement.target
        });
        match same {
            // Said plainly once, it is not hedged any more.
            Some((first, its)) if first.hedged && !statement.hedged => {
                statement.matter = statement.matter.or(first.matter.take());
                (*first, *its) = (statement, clues);
            }
            Some(_) => {}
            None => out.push((statement, clues)),
        }
    }
    out
}
