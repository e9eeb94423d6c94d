//! Frames: words that express a stance, and where in the sentence its holder and target stand. Data, from
//! `lexicon/frames.csv`.

use crate::lexicon::Lexicon;
use crate::statement::Relation;
use crate::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};

/// What kind of word a frame hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// A verb, with a preposition or without.
    Verb,
    /// A noun: "opposition to", "its support for".
    Noun,
    /// An adjective or participle behind a form of be: "is reluctant to".
    Adjective,
    /// "will not" and "would not" before any verb.
    Refusal,
    /// "will" and "would" before any verb of doing something.
    Intention,
}

/// What a frame does with a stance inside its complement clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inner {
    /// Nothing: the clause itself is the matter.
    Own,
    /// "promised to back X": back X.
    Same,
    /// "refused to back X": oppose X.
    Flip,
    /// "voted to ban X": ban X; without a stance inside, nothing.
    Only,
    /// "asked X to do": X is the target, what it shall do the matter.
    Request,
    /// "a treaty with X": the stance is mutual.
    Both,
}

/// What negation makes of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Negated {
    /// Support becomes opposition; opposition becomes hedged support.
    Flips,
    /// Nothing is coded.
    Nothing,
    /// An invitation becomes a withheld one.
    Withheld,
}

/// What somebody is urged to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// To stop, leave, or change what it does.
    Change,
    /// To join, come, or take part.
    Join,
}

/// A row of `lexicon/frames.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its name, told in the statement's `coder`.
    pub name: String,
    /// The kind of word.
    pub part: Part,
    /// The stance.
    pub relation: Relation,
    /// The invitation was not extended.
    pub withheld: bool,
    /// Where the holder stands, in order of preference.
    pub holder: Vec<String>,
    /// Where the target stands, in order of preference.
    pub target: Vec<String>,
    /// Only actors may be the target.
    pub needs_actor: bool,
    /// Only matters may be the target.
    pub needs_matter: bool,
    /// The verb's object must be a sum of money: "spent two million euros on".
    pub needs_amount: bool,
    /// The clause must be an infinitive: "decided to build", not "decided that X may build".
    pub needs_to: bool,
    /// The clause must begin with "that": "asked that X leave", not "asked whether X left".
    pub needs_that: bool,
    /// Of actors only institutions may be the target.
    pub needs_institution: bool,
    /// What becomes of a stance in the complement.
    pub inner: Inner,
    /// What becomes of the frame under negation.
    pub negated: Negated,
    /// A sentence of which this frame makes a statement, and one of which it makes none.
    pub examples: (String, String),
}

/// All frames, by their words.
#[derive(Debug, Default)]
pub struct Frames {
    rows: Vec<Frame>,
    /// First word -> (the further words, row); longest first.
    verbs: FxHashMap<String, Vec<(Vec<String>, usize)>>,
    nouns: FxHashMap<String, Vec<usize>>,
    adjectives: FxHashMap<String, usize>,
    refusal: Option<usize>,
    intention: Option<usize>,
    light: FxHashSet<String>,
    /// Verbs that carry a noun by a preposition: "enter into", "come under".
    light_with: FxHashSet<(String, String)>,
    away: FxHashSet<String>,
    /// Verbs whose subject is what the noun is about: "drew criticism".
    drawing: FxHashSet<String>,
    /// Verbs that put the noun into words: "voice", "issue".
    voicing: FxHashSet<String>,
    /// Nouns that hold another noun: "words of praise".
    containers: FxHashSet<String>,
    /// Verbs, with a preposition or without, of wanting what the noun means done: "demand", "call for".
    demanding: FxHashSet<String>,
    /// Words of sums of money: "million", "euros".
    money: FxHashSet<String>,
    saying: FxHashSet<String>,
    /// Verbs of courts.
    rulings: FxHashSet<String>,
    facts: FxHashSet<String>,
    hopes: FxHashSet<String>,
    raising: FxHashSet<String>,
    requests: FxHashMap<String, Asked>,
    /// Those of them that are against nobody who is only urged to: "comply", "publish".
    duties: FxHashSet<String>,
    hedges: FxHashSet<String>,
    silence: FxHashSet<String>,
    going: FxHashSet<String>,
    hazards: FxHashSet<String>,
    /// What is done because of what was done before.
    answers: FxHashSet<String>,
    /// What is on somebody's programme: who cancels it is not against it.
    programme: FxHashSet<String>,
    /// What is no deed of who makes it known.
    news: FxHashSet<String>,
    /// What somebody has not done who denies it.
    faults: FxHashSet<String>,
    empty: FxHashSet<String>,
    /// Nouns for what is planned, not for what is done: "the measure".
    plans: FxHashSet<String>,
    /// Words of time.
    time: FxHashSet<String>,
    /// Nouns that stand for some of what "of" brings: "part of", "a number of".
    parts: FxHashSet<String>,
    /// Nouns that mean a person, whoever that is.
    persons: FxHashSet<String>,
}

impl Frames {
    /// Reads `frames.csv` with further words for its rows from `frame_words.csv`, and the lists `light.csv`, `raising.csv`, `requests.csv`, `hedges.csv`, `silence.csv` and `empty.csv`.
    ///
    /// # Errors
    /// An unknown word in a column, with file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let mut new = Self::default();
        for row in lexicon.table("frames.csv")?.rows() {
            // To leave somebody uninvited is an invitation that was withheld.
            let withheld = row.get("relation") == "withhold";
            let relation = if withheld {
                Relation::Invite
            } else {
                row.get("relation").parse().map_err(|e: String| row.error(&e))?
            };
            let frame = Frame {
                withheld,
                name: row.get("frame").to_owned(),
                part: part(&row)?,
                relation,
                holder: row.list("holder"),
                target: row.list("target"),
                needs_actor: match row.get("needs") {
                    "actor" | "institution" => true,
                    "" | "matter" | "amount" | "that" | "to" => false,
                    other => return Err(unknown(&row, "needs", other)),
                },
                needs_matter: row.get("needs") == "matter",
                needs_that: row.get("needs") == "that",
                needs_to: row.get("needs") == "to",
                needs_amount: row.get("needs") == "amount",
                needs_institution: row.get("needs") == "institution",
                inner: match row.get("clause") {
                    "" => Inner::Own,
                    "same" => Inner::Same,
                    "flip" => Inner::Flip,
                    "only" => Inner::Only,
                    "request" => Inner::Request,
                    "both" => Inner::Both,
                    other => return Err(unknown(&row, "clause", other)),
                },
                negated: match row.get("negated") {
                    "flip" => Negated::Flips,
                    "none" | "" => Negated::Nothing,
                    "withheld" => Negated::Withheld,
                    other => return Err(unknown(&row, "negated", other)),
                },
                examples: (row.get("codes").to_owned(), row.get("codes_not").to_owned()),
            };
            new.add(frame, &row.list("words"));
        }
        let mut rows: FxHashMap<(String, Part), usize> = FxHashMap::default();
        for (at, frame) in new.rows.iter().enumerate() {
            rows.entry((frame.name.clone(), frame.part)).or_insert(at);
        }
        for row in lexicon.table("frame_words.csv")?.rows() {
            let part = part(&row)?;
            let found = rows.get(&(row.get("frame").to_owned(), part)).copied();
            let at = found.ok_or_else(|| unknown(&row, "frame", row.get("frame")))?;
            new.add_word(part, row.get("word"), at);
        }
        for entries in new.verbs.values_mut() {
            entries.sort_by_key(|(words, row)| (std::cmp::Reverse(words.len()), *row));
        }
        let words = |table: &str, column: &str| -> Result<FxHashSet<String>> {
            Ok(lexicon.table(table)?.rows().map(|row| row.get(column).to_owned()).collect())
        };
        for row in lexicon.table("light.csv")?.rows() {
            if let Some((verb, prep)) = row.get("verb").split_once(' ').filter(|_| row.get("does") == "carry") {
                new.light_with.insert((verb.to_owned(), prep.to_owned()));
                continue;
            }
            let list = match row.get("does") {
                "carry" => &mut new.light,
                "end" => &mut new.away,
                "draw" => &mut new.drawing,
                "contain" => &mut new.containers,
                "demand" => &mut new.demanding,
                "money" => &mut new.money,
                "voice" => {
                    new.voicing.insert(row.get("verb").to_owned());
                    &mut new.light
                }
                other => return Err(unknown(&row, "does", other)),
            };
            list.insert(row.get("verb").to_owned());
        }
        let of_kind = |kind: &str| -> Result<FxHashSet<String>> {
            let rows = lexicon.table("speech.csv")?.rows().filter(|row| row.get("kind") == kind);
            Ok(rows.map(|row| row.get("verb").to_owned()).collect())
        };
        new.saying = of_kind("say")?;
        new.rulings = of_kind("rule")?;
        new.saying.extend(new.rulings.iter().cloned());
        new.facts = of_kind("know")?;
        new.hopes = of_kind("hope")?;
        new.raising = words("raising.csv", "verb")?;
        for row in lexicon.table("requests.csv")?.rows() {
            let asked = match row.get("asked") {
                "change" => Asked::Change,
                "duty" => {
                    new.duties.insert(row.get("verb").to_owned());
                    Asked::Change
                }
                "join" => Asked::Join,
                other => return Err(unknown(&row, "asked", other)),
            };
            new.requests.insert(row.get("verb").to_owned(), asked);
        }
        new.hedges = words("hedges.csv", "word")?;
        for row in lexicon.table("silence.csv")?.rows() {
            let list = match row.get("part") {
                "verb" => &mut new.silence,
                "going" => &mut new.going,
                "hazard" => &mut new.hazards,
                "answer" => &mut new.answers,
                "noun" => &mut new.programme,
                "news" => &mut new.news,
                "fault" => &mut new.faults,
                other => return Err(unknown(&row, "part", other)),
            };
            list.insert(row.get("word").to_owned());
        }
        new.empty = words("empty.csv", "word")?;
        let plans = lexicon.table("empty.csv")?.rows().filter(|row| row.get("kind") == "plan");
        new.plans = plans.map(|row| row.get("word").to_owned()).collect();
        new.time = words("time.csv", "word")?;
        let parts = lexicon.table("empty.csv")?.rows().filter(|row| row.get("kind") == "part");
        new.parts = parts.map(|row| row.get("word").to_owned()).collect();
        let persons = lexicon.table("agents.csv")?.rows().filter(|row| row.get("kind") == "person");
        new.persons = persons.map(|row| row.get("noun").to_owned()).collect();
        Ok(new)
    }

    fn add(&mut self, frame: Frame, words: &[String]) {
        let at = self.rows.len();
        words.iter().for_each(|word| self.add_word(frame.part, word, at));
        self.rows.push(frame);
    }

    fn add_word(&mut self, part: Part, word: &str, at: usize) {
        match part {
            Part::Verb => {
                let mut parts = word.split_whitespace().map(str::to_owned);
                if let Some(first) = parts.next() {
                    self.verbs.entry(first).or_default().push((parts.collect(), at));
                }
            }
            Part::Noun => {
                self.nouns.entry(word.to_owned()).or_default().push(at);
                self.nouns.entry(format!("{word}s")).or_default().push(at);
            }
            Part::Adjective => {
                self.adjectives.entry(word.to_owned()).or_insert(at);
            }
            Part::Refusal => self.refusal = Some(at),
            Part::Intention => self.intention = Some(at),
        }
    }

    /// The frames of a verb with the words that must follow it, longest first.
    pub fn verb(&self, lemma: &str) -> impl Iterator<Item = (&[String], &Frame)> {
        self.verbs.get(lemma).into_iter().flatten().map(|(words, row)| (words.as_slice(), &self.rows[*row]))
    }

    /// The frames of a verb that needs no further words.
    pub fn plain_verb(&self, lemma: &str) -> impl Iterator<Item = &Frame> {
        self.verb(lemma).filter(|(words, _)| words.is_empty()).map(|(_, frame)| frame)
    }

    /// The first frame of a noun, in lower case.
    pub fn noun(&self, lower: &str) -> Option<&Frame> {
        self.nouns_of(lower).next()
    }

    /// All frames of a noun, in lower case: "appeal" for something, and against it.
    pub fn nouns_of(&self, lower: &str) -> impl Iterator<Item = &Frame> {
        self.nouns.get(lower).into_iter().flatten().map(|&row| &self.rows[row])
    }

    /// Whether who does this wants what the noun behind it means: "demand", "call for".
    pub fn demands(&self, verb: &str) -> bool {
        self.demanding.contains(verb)
    }

    /// Whether the word is one of a sum of money.
    pub fn is_money(&self, lower: &str) -> bool {
        self.money.contains(lower) || lower.chars().any(|c| matches!(c, '$' | '€' | '£' | '¥' | '₹'))
    }

    /// Whether the noun only holds another one, that tells the stance: "a motion of no confidence in".
    pub fn is_container(&self, lemma: &str) -> bool {
        self.containers.contains(lemma)
    }

    /// Whether the noun is one of help, which somebody has the benefit of: "aid", "support".
    pub fn is_help(&self, lower: &str) -> bool {
        self.noun(lower)
            .is_some_and(|frame| frame.relation == Relation::Support && frame.target.iter().any(|t| t == "to"))
    }

    /// The frame of an adjective, in lower case.
    pub fn adjective(&self, lower: &str) -> Option<&Frame> {
        self.adjectives.get(lower).map(|&row| &self.rows[row])
    }

    /// The frame of "will" and "would".
    pub fn intention(&self) -> Option<&Frame> {
        self.intention.map(|row| &self.rows[row])
    }

    /// The frame of "will not" and "would not".
    pub fn refusal(&self) -> Option<&Frame> {
        self.refusal.map(|row| &self.rows[row])
    }

    /// Whether the holder of this frame of verbs may stand at `slot`: "in", for the country where somebody was jailed;
    /// "chamber", for the body in which something was voted down; "object", for the one that a bill passed; "undergoer",
    /// for whom something angers.
    pub fn holder_stands(&self, name: &str, slot: &str) -> bool {
        self.rows.iter().any(|row| row.name == name && row.part == Part::Verb && row.holder.iter().any(|h| h == slot))
    }

    /// Whether the verb only carries the noun's meaning: "give support", "launch an attack".
    pub fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Whether the verb puts into words what the noun means: "voiced opposition".
    pub fn voices(&self, lemma: &str) -> bool {
        self.voicing.contains(lemma)
    }

    /// Whether the noun is said of the verb's subject: "drew criticism from X".
    pub fn draws(&self, lemma: &str) -> bool {
        self.drawing.contains(lemma)
    }

    /// Whether the verb only carries the meaning of the noun behind the preposition: "enter into an alliance".
    pub fn is_light_with(&self, lemma: &str, prep: &str) -> bool {
        self.light_with.contains(&(lemma.to_owned(), prep.to_owned()))
    }

    /// Whether the verb ends what the noun means: "withdraw its support", "lift sanctions".
    pub fn takes_away(&self, lemma: &str) -> bool {
        self.away.contains(lemma)
    }

    /// Whether the verb means to say something, not only to think it.
    pub fn is_saying(&self, lemma: &str) -> bool {
        self.saying.contains(lemma)
    }

    /// Whether a court that does so hands down a ruling.
    pub fn is_ruling(&self, lemma: &str) -> bool {
        self.rulings.contains(lemma)
    }

    /// Whether who says that somebody does this says that what it is about is so: "know", "realize".
    pub fn is_fact(&self, lemma: &str) -> bool {
        self.facts.contains(lemma)
    }

    /// Whether who does this wants what it is about: "hope".
    pub fn is_hope(&self, lemma: &str) -> bool {
        self.hopes.contains(lemma)
    }

    /// Whether the verb says nothing against what its infinitive says: "continued to back", "is expected to back".
    pub fn is_raising(&self, lemma: &str) -> bool {
        self.raising.contains(lemma)
    }

    /// Whether "in" it tells what something is done for: "response", "retaliation".
    pub fn is_answer(&self, lower: &str) -> bool {
        self.answers.contains(lower)
    }

    /// Whether everybody is against it, so that to fight it is no stance: "fire", "virus".
    pub fn is_hazard(&self, lemma: &str) -> bool {
        self.hazards.contains(lemma)
    }

    /// Whether who plans to do this plans nothing that anybody is for or against: "travel", "meet".
    pub fn is_going(&self, lemma: &str) -> bool {
        self.going.contains(lemma)
    }

    /// Whether who declines to do so takes no stance: "declined to comment".
    pub fn is_silence(&self, lemma: &str) -> bool {
        self.silence.contains(lemma)
    }

    /// Whether the noun is an entry of somebody's programme: "cancelled a speech".
    pub fn is_programme(&self, lemma: &str) -> bool {
        self.programme.contains(lemma)
    }

    /// Whether who announces this only makes it known: "announced the outcome".
    pub fn is_news(&self, lemma: &str) -> bool {
        self.news.contains(lemma)
    }

    /// What who denies it says they did not do: "wrongdoing".
    pub fn is_fault(&self, lemma: &str) -> bool {
        self.faults.contains(lemma)
    }

    /// What who is urged to do this is asked for.
    pub fn request(&self, lemma: &str) -> Option<Asked> {
        self.requests.get(lemma).copied()
    }

    /// Whether who is urged to do it is asked for what is due, and not to stop: "comply with the ruling".
    pub fn is_due(&self, lemma: &str) -> bool {
        self.duties.contains(lemma)
    }

    /// Whether the word says nothing about what a matter is.
    pub fn is_empty_word(&self, lower: &str) -> bool {
        self.empty.contains(lower)
    }

    /// Whether the noun means what is planned, not what is done: "measure", not "move".
    pub fn is_plan(&self, lower: &str) -> bool {
        self.plans.contains(lower)
    }

    /// Whether the word says when something is: "Monday".
    pub fn is_time(&self, lower: &str) -> bool {
        self.time.contains(lower)
    }

    /// Whether the noun stands for some of what "of" brings: "part of the plan".
    pub fn is_part(&self, lemma: &str) -> bool {
        self.parts.contains(lemma)
    }

    /// Whether the noun means a person, whoever that is: "supporter", "governor".
    pub fn is_person(&self, lemma: &str) -> bool {
        self.persons.contains(lemma)
    }

    /// Whether the word makes what it stands by uncertain: "allegedly", "might".
    pub fn is_hedge(&self, lower: &str) -> bool {
        self.hedges.contains(lower)
    }
}

fn part(row: &crate::lexicon::Row<'_>) -> Result<Part> {
    match row.get("part") {
        "verb" => Ok(Part::Verb),
        "noun" => Ok(Part::Noun),
        "adjective" => Ok(Part::Adjective),
        "refusal" => Ok(Part::Refusal),
        "intention" => Ok(Part::Intention),
        other => Err(unknown(row, "part", other)),
    }
}

fn unknown(row: &crate::lexicon::Row<'_>, column: &str, word: &str) -> Error {
    row.error(&format!("unknown word \"{word}\" in column {column}"))
}
