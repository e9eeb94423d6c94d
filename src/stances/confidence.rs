//! How likely a statement is right: a logistic model of what speaks for and against it.
//!
//! In: the clues of a statement (which construction it comes of, how its target is named, how near it is to what the
//! document is about). Out: a probability. The weights stand in `lexicon/confidence.csv`; `scripts/fit_confidence.py` fits
//! them to articles coded by people. Never here: words of stance.

use crate::Result;
use crate::language::engine::Upos;
use crate::lexicon::Lexicon;
use crate::stances::clauses::denies_clause;
use crate::stances::frames::Part;
use crate::stances::matters::Matters;
use crate::stances::reader::{Finding, Toward};
use crate::stances::scene::Scene;
use crate::stances::sensed::{READ_SAID, Sensed, is_read};
use crate::statement::{Kind, Relation, Statement};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What speaks for and against a statement: each clue with its strength, mostly 1.
pub type Clues = Vec<(&'static str, f64)>;

/// The weight of each clue, as logarithm of odds.
#[derive(Debug, Default)]
pub struct Weights(HashMap<String, f64>);

impl Weights {
    /// Reads `confidence.csv`.
    ///
    /// # Errors
    /// A weight that is no number, with file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let weight = |row: crate::lexicon::Row<'_>| {
            let weight: f64 = row.get("weight").parse().map_err(|_| row.error("the weight is no number"))?;
            if !weight.is_finite() {
                return Err(row.error("the weight is no finite number"));
            }
            Ok(weight)
        };
        lexicon.table("confidence.csv")?.by_key(weight).map(Self)
    }

    /// The probability, in hundredths.
    pub fn probability(&self, clues: &Clues) -> f64 {
        let sum: f64 = clues.iter().map(|(clue, x)| x * self.0.get(*clue).copied().unwrap_or(0.0)).sum();
        let p = 1.0 / (1.0 + libm::exp(-sum));
        (p * 100.0).round() / 100.0
    }
}

/// What a document is about, as far as clues need it.
#[derive(Debug, Default)]
pub struct About {
    /// Content words of the headline and the first sentences.
    lead: BTreeSet<String>,
    /// The same of the whole document, with how often they occur.
    all: HashMap<String, usize>,
    /// The actors that the lead names.
    actors: HashSet<String>,
    /// How often each actor is named.
    named: HashMap<String, usize>,
    /// How many sentences it has.
    sentences: usize,
}

impl About {
    /// Takes in a sentence; `lead` says whether it is one of the first.
    pub fn tell(&mut self, scene: &Scene<'_>, sentence: &str, lead: bool, matters: &Matters) {
        self.sentences += 1;
        for word in matters.content(sentence) {
            *self.all.entry(word.clone()).or_default() += 1;
            if lead {
                self.lead.insert(word);
            }
        }
        let named = scene.mentions.iter().flat_map(|m| &m.actors).filter_map(|&a| scene.cast.get(a));
        for entity in named {
            *self.named.entry(entity.name.clone()).or_default() += 1;
            if lead {
                self.actors.insert(entity.name.clone());
            }
        }
    }
}

/// The clues that the sentence gives. `fallback`: the target is only what the document is about.
pub fn clues(scene: &Scene<'_>, finding: &Finding, sensed: &Sensed, holder: usize, fallback: bool) -> Clues {
    let frame = finding.frame.as_str();
    let mut out: Clues = vec![("always", 1.0)];
    let mut say = |clue, yes: bool| {
        if yes {
            out.push((clue, 1.0));
        }
    };
    say("part: noun", finding.part == Part::Noun);
    say("part: adjective", finding.part == Part::Adjective);
    say("part: refusal", finding.part == Part::Refusal);
    say("part: intention", finding.part == Part::Intention);
    say("frame: judgement", frame == "judgement");
    say("frame: wish or duty", matches!(frame, "duty" | "bidding" | "seek"));
    say("frame: own act", matches!(frame, "undertake" | "adopt" | "plan" | "propose" | "begin" | "agree"));
    say("frame: stopping", matches!(frame, "stop" | "call-off" | "withdraw" | "repeal"));
    say("frame: force", matches!(frame, "attack" | "deed" | "criticism" | "justice" | "harm" | "sanction"));
    say("frame: treaty", matches!(frame, "treaty" | "cooperate" | "join" | "aid" | "finance"));
    say(
        "frame: support or opposition",
        matches!(
            frame,
            "support" | "oppose" | "support-noun" | "opposition" | "criticise" | "vote-for" | "vote-against"
        ),
    );
    say("frame: invitees", frame == "invitees");
    say("invites", finding.relation == Relation::Invite);
    say("withheld", finding.withheld);
    say("opposes", finding.relation == Relation::Oppose);
    say("hedged", finding.hedged);
    say("topic as target", fallback);
    say("quoted", finding.quote.clone().any(|w| scene.quoted.get(w) == Some(&true)));
    let entity = scene.cast.get(holder);
    say("holder guessed", entity.is_some_and(|e| e.guessed));
    say("holder speaks for somebody", entity.is_some_and(|e| e.speaks_for.is_some()));
    say("holder is a person", entity.is_some_and(|e| e.kind == Kind::Person));
    say("holder is a country", entity.is_some_and(|e| e.kind == Kind::Country));
    let named_here = scene.mentions.iter().any(|m| m.actors.contains(&holder));
    say("holder named in the sentence", named_here);
    say("several holders", finding.holders.len() > 1);
    let words = &scene.tree.words;
    say("year in the sentence", words.iter().any(|w| w.upos == Upos::Num && w.lower.len() == 4));
    if let Toward::Matter(range) = &finding.toward {
        let first = words.get(range.start);
        say("matter is a deed", first.is_some_and(|w| w.upos == Upos::Verb));
        say("matter is the holder's own", range.clone().any(|w| words[w].xpos == "PRP$"));
        say("matter is indefinite", first.is_some_and(|w| matches!(w.lower.as_str(), "a" | "an" | "some" | "any")));
    }
    // The model knows no "may": that it does not see a stance there tells nothing.
    let least = if finding.hedged { 0.0 } else { f64::MIN };
    // Nor does it see that what is denied is not so.
    let denied = finding.quote.clone().any(|w| denies_clause(scene, w));
    let likely = sensed.of(holder, finding.relation).filter(|_| !denied).map(|p| log_odds(p).max(least));
    let (met, of_matter) = match &finding.toward {
        Toward::Actors(actors) => (sensed.toward(holder, finding.relation, actors).map(log_odds), None),
        Toward::Matter(_) => (None, sensed.toward_matter(holder, finding.relation).map(log_odds)),
    };
    if is_read(frame) {
        out.push(("model alone", 1.0));
        out.push(("model alone: words", f64::from(frame == READ_SAID)));
        out.push(("model alone: toward an actor", f64::from(matches!(finding.toward, Toward::Actors(_)))));
        out.push(("model alone: how sure", likely.unwrap_or_default()));
        out.push(("model alone: surer than most", (likely.unwrap_or_default() - SURE).max(0.0)));
        out.push(("model alone: how sure of the target", met.unwrap_or_default()));
        out.push(("model alone: how sure of a matter", of_matter.unwrap_or_default()));
    } else if let Some(likely) = likely {
        out.push(("model asked", 1.0));
        out.push(("model agrees", likely));
        out.push(("model agrees on a matter", of_matter.unwrap_or_default()));
        if let Some(met) = met {
            out.push(("model asked of the target", 1.0));
            out.push(("model agrees on the target", met));
        }
    }
    out.push(("words of the quote", (finding.quote.len() as f64).min(30.0) / 10.0));
    out
}

/// From these log-odds on the model's word counts for more.
const SURE: f64 = 1.5;

/// In fewer sentences nobody else need take a stance.
const FEW: usize = 5;

/// The strength of "others take stances" in an ordinary report, in which four do.
const TYPICAL: f64 = 1.6;

/// A relation, a quote that says so, and whether others do too.
type Said = (Relation, String, bool);

/// The logarithm of the odds, within 4 of even ones.
fn log_odds(p: f32) -> f64 {
    let p = f64::from(p).clamp(0.001, 0.999);
    libm::log(p / (1.0 - p)).clamp(-4.0, 4.0)
}

/// What all statements of a document say together, looked up once for all.
#[derive(Debug, Default)]
pub struct Together {
    /// For each holder and target: the relations that were found, each with one of its quotes, and whether it has others.
    pairs: HashMap<(String, String), Vec<Said>>,
    /// How many statements a holder has in a sentence.
    crowd: HashMap<(Option<u32>, String), usize>,
    /// In which sentences a holder supports, opposes or invites.
    stances: HashMap<(String, Relation), BTreeSet<Option<u32>>>,
    /// Who takes a stance that a frame tells.
    told: BTreeSet<String>,
}

impl Together {
    /// Of these statements.
    pub fn new(all: &[Statement]) -> Self {
        let mut new = Self::default();
        for s in all {
            *new.crowd.entry((s.sentence, s.holder.clone())).or_default() += 1;
            if !is_of_model(s) {
                new.told.insert(s.holder.clone());
            }
            new.stances.entry((s.holder.clone(), s.relation)).or_default().insert(s.sentence);
            let pair = new.pairs.entry((s.holder.clone(), s.target.clone())).or_default();
            match pair.iter_mut().find(|(relation, ..)| *relation == s.relation) {
                Some((_, quote, more)) => *more |= *quote != s.quote,
                None => pair.push((s.relation, s.quote.clone(), false)),
            }
        }
        new
    }
}

/// Whether the model alone made a statement.
pub fn is_of_model(statement: &Statement) -> bool {
    statement.coder.strip_prefix("rule:").is_some_and(is_read)
}

/// The clues that only the whole document gives.
pub fn clues_of_document(statement: &Statement, about: &About, all: &Together, matters: &Matters) -> Clues {
    let mut out = Clues::new();
    let words = matters.content(&statement.target);
    if statement.target_kind == Some(Kind::Matter) {
        out.push(("target is a matter", 1.0));
        let share =
            |f: &dyn Fn(&String) -> bool| words.iter().filter(|w| f(w)).count() as f64 / words.len().max(1) as f64;
        out.push(("matter in the lead", share(&|w| about.lead.contains(w))));
        out.push(("matter spoken of elsewhere", share(&|w| about.all.get(w).is_some_and(|&n| n > 2))));
        out.push(("words of the matter", (words.len() as f64).min(8.0) / 4.0));
        if !statement.toward.is_empty() {
            out.push(("matter has an owner", 1.0));
        }
    } else {
        out.push(("target in the lead", f64::from(about.actors.contains(&statement.target))));
        if statement.target_kind == Some(Kind::Institution) {
            out.push(("target is an institution", 1.0));
        }
        if statement.target_kind == Some(Kind::Person) {
            out.push(("target is a person", 1.0));
        }
        let often = about.named.get(&statement.target).copied().unwrap_or(0);
        out.push(("target named often", (often as f64).min(8.0) / 4.0));
    }
    out.push(("holder in the lead", f64::from(about.actors.contains(&statement.holder))));
    let often = about.named.get(&statement.holder).copied().unwrap_or(0);
    out.push(("holder named often", (often as f64).min(8.0) / 4.0));
    out.push(("in the headline", f64::from(statement.sentence == Some(0))));
    let pair = all.pairs.get(&(statement.holder.clone(), statement.target.clone())).map_or(&[][..], Vec::as_slice);
    out.push(("contradicted", f64::from(pair.len() > 1)));
    let again = pair.iter().any(|(relation, _, more)| *relation == statement.relation && *more);
    out.push(("said again", f64::from(again)));
    let elsewhere = |relation| {
        let sentences = all.stances.get(&(statement.holder.clone(), relation));
        f64::from(sentences.is_some_and(|s| s.iter().any(|at| *at != statement.sentence)))
    };
    let contrary = if statement.relation == Relation::Oppose { Relation::Support } else { Relation::Oppose };
    // Reports on science and sport hold few stances, and much that sounds like one.
    let others = all.told.len() - usize::from(all.told.contains(&statement.holder));
    let others = if about.sentences < FEW { TYPICAL } else { libm::log(1.0 + others as f64) };
    let names = if is_of_model(statement) {
        [
            "model alone: holder stands so elsewhere",
            "model alone: holder stands otherwise elsewhere",
            "model alone: others take stances",
        ]
    } else {
        ["holder stands so elsewhere", "holder stands otherwise elsewhere", "others take stances"]
    };
    out.extend(names.into_iter().zip([elsewhere(statement.relation), elsewhere(contrary), others]));
    let crowd = all.crowd.get(&(statement.sentence, statement.holder.clone())).copied().unwrap_or(1);
    out.push(("others in the sentence", (crowd.saturating_sub(1) as f64).min(4.0) / 2.0));
    out
}
