//! Words of praise and blame, from `lexicon/values.csv`, and where a sentence has them.
//!
//! In: the table, a tree. Out: the value of a word. Never here: who holds it, and of what (`judgement`).

use crate::Result;
use crate::language::Tree;
use crate::language::engine::Upos;
use crate::lexicon::Lexicon;
use crate::statement::Relation;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// What a word says of what it is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value {
    /// Praise or blame.
    pub relation: Relation,
    /// It judges even where it is no predicate: "this shameful decision".
    pub strong: bool,
}

/// How an idiom is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It judges whom or what it is said of: "break one's word".
    Judges,
    /// It judges a thing that does so, but nobody: "raise concerns".
    OfMatters,
    /// It tells how somebody takes what was spoken of: "have none of it".
    Answers,
}

/// An idiom in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idiom {
    /// Its words.
    pub words: Range<usize>,
    /// Praise or blame.
    pub relation: Relation,
    /// Whose stance it tells, and on what.
    pub usage: Use,
}

/// Words of praise and blame.
#[derive(Debug, Default)]
pub struct Values {
    /// What is said of a thing: "unlawful".
    adjectives: FxHashMap<String, Value>,
    /// "mistake"
    nouns: FxHashMap<String, Value>,
    /// What is good or bad to bring about: "hardship".
    things: FxHashMap<String, Relation>,
    /// What somebody is said to do: "lie", "violate".
    verbs: FxHashMap<String, Relation>,
    /// How somebody is said to do it: "recklessly".
    adverbs: FxHashMap<String, Relation>,
    /// How somebody feels about something: "proud", "appalled".
    feelings: FxHashMap<String, Relation>,
    /// First word -> all words of an idiom, longest first.
    idioms: FxHashMap<String, Vec<(Vec<String>, Relation, Use)>>,
    /// Verbs that put a judgement on their object: "call", "consider".
    judging: FxHashSet<String>,
    /// Verbs that bring about what their object names.
    causing: FxHashSet<String>,
    /// Verbs that bring it to an end.
    ending: FxHashSet<String>,
    /// Verbs of wanting to do.
    aiming: FxHashSet<String>,
    /// What tells of winners and losers: "blow", "win".
    outcomes: FxHashSet<String>,
    /// What there is, or is not, for a thing: "justification".
    grounds: FxHashSet<String>,
    /// Verbs of being in want of something.
    needing: FxHashSet<String>,
    /// What must not go on: "will not be tolerated".
    tolerating: FxHashSet<String>,
    /// Verbs of putting a matter into words: "spoke of".
    speaking: FxHashSet<String>,
    /// Verbs of coming about.
    happening: FxHashSet<String>,
    /// Verbs of wishing somebody well or ill.
    wishing: FxHashSet<String>,
    /// What is good for whom it befalls: "be confirmed", "win".
    gaining: FxHashSet<String>,
    /// How a matter comes before those who are glad or sorry about it.
    perceiving: FxHashSet<String>,
    /// Verbs that make good what was done: "nothing can justify it".
    excusing: FxHashSet<String>,
    /// How it goes away from them.
    losing: FxHashSet<String>,
    /// How a matter is taken: "greeted".
    receiving: FxHashSet<String>,
    /// In what manner it is taken: "angrily".
    manners: FxHashMap<String, Relation>,
    /// Verbs that stand for "to be": "seem".
    linking: FxHashSet<String>,
    /// What lies with the guilty.
    guilt: FxHashSet<String>,
    /// What people cry for or against what has happened: "good riddance".
    cries: FxHashMap<String, Relation>,
    /// What it is good or bad to make something: "safer", "more expensive".
    becoming: FxHashMap<String, Relation>,
    /// Verbs of finding something like another.
    likening: FxHashSet<String>,
    /// What something is to those whose taste it meets or not: "unacceptable to".
    tastes: FxHashSet<String>,
    /// What a newspaper says in its own name.
    editorials: FxHashSet<String>,
    /// Answers that say only that somebody thinks otherwise, without their first words.
    contrary: Vec<String>,
    /// How those feel who lose what they would keep: "sorry".
    rueful: FxHashSet<String>,
    /// What befalls people, and is nobody's doing: "storm".
    mishaps: FxHashSet<String>,
    /// What it is in that an opinion is given: "in the eyes of".
    views: FxHashSet<String>,
}

impl Values {
    /// Reads `values.csv`.
    ///
    /// # Errors
    /// An unknown word in a column, with file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let mut new = Self::default();
        for row in lexicon.table("values.csv")?.rows() {
            let relation: Relation = row.get("relation").parse().map_err(|e: String| row.error(&e))?;
            let strong = match row.get("strength") {
                "strong" => true,
                "" => false,
                other => return Err(row.error(&format!("unknown word \"{other}\" in column strength"))),
            };
            let words = row.list("words");
            let value = Value { relation, strong };
            match row.get("part") {
                "adjective" => put(&mut new.adjectives, words, value),
                "noun" => put(&mut new.nouns, words, value),
                "thing" => put(&mut new.things, words, relation),
                "verb" => put(&mut new.verbs, words, relation),
                "adverb" => put(&mut new.adverbs, words, relation),
                "feeling" => put(&mut new.feelings, words, relation),
                "phrase" => words.iter().for_each(|w| new.add_idiom(w, relation, Use::Judges)),
                "effect" => words.iter().for_each(|w| new.add_idiom(w, relation, Use::OfMatters)),
                "contrary" => {
                    words.iter().for_each(|w| new.add_idiom(w, relation, Use::Answers));
                    new.contrary
                        .extend(words.iter().filter_map(|w| w.split_once(' ')).map(|(_, rest)| rest.to_owned()));
                }
                "answer" => words.iter().for_each(|w| new.add_idiom(w, relation, Use::Answers)),
                "judging" => new.judging.extend(words),
                "causing" => new.causing.extend(words),
                "ending" => new.ending.extend(words),
                "aiming" => new.aiming.extend(words),
                "outcome" => new.outcomes.extend(words),
                "ground" => new.grounds.extend(words),
                "needing" => new.needing.extend(words),
                "tolerating" => new.tolerating.extend(words),
                "speaking" => new.speaking.extend(words),
                "happening" => new.happening.extend(words),
                "excusing" => new.excusing.extend(words),
                "wishing" => new.wishing.extend(words),
                "gaining" => new.gaining.extend(words),
                "perceiving" => new.perceiving.extend(words),
                "losing" => new.losing.extend(words),
                "view" => new.views.extend(words),
                "rueful" => new.rueful.extend(words),
                "mishap" => new.mishaps.extend(words),
                "likening" => new.likening.extend(words),
                "taste" => new.tastes.extend(words),
                "editorial" => new.editorials.extend(words),
                "receiving" => new.receiving.extend(words),
                "manner" => put(&mut new.manners, words, relation),
                "linking" => new.linking.extend(words),
                "guilt" => new.guilt.extend(words),
                "becoming" => put(&mut new.becoming, words, relation),
                "cry" => put(&mut new.cries, words, relation),
                other => return Err(row.error(&format!("unknown word \"{other}\" in column part"))),
            }
        }
        for idioms in new.idioms.values_mut() {
            idioms.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        Ok(new)
    }

    fn add_idiom(&mut self, words: &str, relation: Relation, usage: Use) {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        if let Some(first) = words.first() {
            self.idioms.entry(first.clone()).or_default().push((words, relation, usage));
        }
    }

    /// Whether what somebody answered says no more than that the one before is contradicted: "took another view".
    pub fn is_contrary(&self, quote: &str) -> bool {
        let lower = quote.to_lowercase();
        self.contrary.iter().any(|rest| lower.ends_with(rest.as_str()))
    }

    /// The idioms of a sentence, by the word that the others of it hang on.
    pub fn idioms(&self, tree: &Tree) -> Vec<Option<Idiom>> {
        let mut out = vec![None; tree.words.len()];
        let mut at = 0;
        while at < tree.words.len() {
            let Some((words, relation, usage)) = self.idiom_at(tree, at) else {
                at += 1;
                continue;
            };
            let inside = |w: usize| tree.head(w).is_none_or(|h| !words.contains(&h));
            let head = words.clone().find(|&w| inside(w) && !tree.words[w].is_mark()).unwrap_or(words.start);
            at = words.end;
            out[head] = Some(Idiom { words, relation, usage });
        }
        out
    }

    fn idiom_at(&self, tree: &Tree, at: usize) -> Option<(Range<usize>, Relation, Use)> {
        let word = &tree.words[at];
        let by = |key: &String| self.idioms.get(key).into_iter().flatten();
        let same = word.lower == word.lemma;
        let mut known = by(&word.lower).chain(by(&word.lemma).filter(|_| !same));
        known.find_map(|(words, relation, usage)| {
            let mut next = at + 1;
            for wanted in &words[1..] {
                // An adverb or article may stand between.
                let skip = |w: usize| {
                    tree.words.get(w).is_some_and(|w| matches!(w.upos, Upos::Adv | Upos::Det | Upos::Punct))
                        && !is_word(tree, w, wanted)
                };
                if skip(next) && is_word(tree, next + 1, wanted) {
                    next += 1;
                }
                if !is_word(tree, next, wanted) {
                    return None;
                }
                next += 1;
            }
            Some((at..next, *relation, *usage))
        })
    }

    /// The value of a word as what is said of something.
    pub fn said(&self, tree: &Tree, at: usize) -> Option<Value> {
        let word = &tree.words[at];
        let find = |list: &FxHashMap<String, Value>| list.get(&word.lower).or_else(|| list.get(&word.lemma)).copied();
        match word.upos {
            Upos::Noun | Upos::Propn => find(&self.nouns).or_else(|| {
                // What the parser takes for a noun behind a copula.
                tree.child(at, &["cop"]).and_then(|_| find(&self.adjectives))
            }),
            Upos::Verb => self.adjectives.get(&word.lower).copied(),
            _ => find(&self.adjectives).or_else(|| tree.child(at, &["cop"]).and_then(|_| find(&self.nouns))),
        }
    }

    /// The value of what is brought about, or shown.
    pub fn thing(&self, tree: &Tree, at: usize) -> Option<Relation> {
        let word = &tree.words[at];
        let noun = matches!(word.upos, Upos::Noun | Upos::Propn);
        let own = self.things.get(&word.lower).or_else(|| self.things.get(&word.lemma)).copied();
        own.or_else(|| self.said(tree, at).map(|v| v.relation)).filter(|_| noun)
    }

    /// The value of doing something.
    pub fn verb(&self, lemma: &str) -> Option<Relation> {
        self.verbs.get(lemma).copied()
    }

    /// The value of doing it in some way.
    pub fn adverb(&self, lower: &str) -> Option<Relation> {
        self.adverbs.get(lower).copied()
    }

    /// What somebody who feels so holds of what the feeling is about.
    pub fn feeling(&self, lower: &str) -> Option<Relation> {
        self.feelings.get(lower).copied()
    }

    /// Whether the verb puts a judgement on its object.
    pub fn is_judging(&self, lemma: &str) -> bool {
        self.judging.contains(lemma)
    }

    /// Whether the verb brings about, or shows, what its object names.
    pub fn is_causing(&self, lemma: &str) -> bool {
        self.causing.contains(lemma)
    }

    /// Whether the verb ends what its object names.
    pub fn is_ending(&self, lemma: &str) -> bool {
        self.ending.contains(lemma)
    }

    /// Whether the verb means to want to do something.
    pub fn is_aiming(&self, lemma: &str) -> bool {
        self.aiming.contains(lemma)
    }

    /// Whether the noun tells who wins and who loses.
    pub fn is_outcome(&self, lemma: &str) -> bool {
        self.outcomes.contains(lemma)
    }

    /// Whether the noun means what speaks for a thing.
    pub fn is_ground(&self, lemma: &str) -> bool {
        self.grounds.contains(lemma)
    }

    /// Whether the verb means to be in want of something.
    pub fn is_needing(&self, lemma: &str) -> bool {
        self.needing.contains(lemma)
    }

    /// Whether the verb lets something go on.
    pub fn is_tolerating(&self, lemma: &str) -> bool {
        self.tolerating.contains(lemma)
    }

    /// Whether the verb puts a matter into words.
    pub fn is_speaking(&self, lemma: &str) -> bool {
        self.speaking.contains(lemma)
    }

    /// Whether the verb means to come about.
    pub fn is_happening(&self, lemma: &str) -> bool {
        self.happening.contains(lemma)
    }

    /// Whether the verb wishes somebody something.
    pub fn is_wishing(&self, lemma: &str) -> bool {
        self.wishing.contains(lemma)
    }

    /// Whether it is good for whom it befalls.
    pub fn is_gaining(&self, lemma: &str) -> bool {
        self.gaining.contains(lemma)
    }

    /// Whether the verb is one of excusing: "nothing can justify it".
    pub fn is_excusing(&self, lemma: &str) -> bool {
        self.excusing.contains(lemma)
    }

    /// Whether a matter comes so before those who feel about it: "was glad to see".
    pub fn is_perceiving(&self, lemma: &str) -> bool {
        self.perceiving.contains(lemma)
    }

    /// Whether it goes so away from them.
    pub fn is_losing(&self, lemma: &str) -> bool {
        self.losing.contains(lemma)
    }

    /// Whether the verb tells how a matter is taken.
    pub fn is_receiving(&self, lemma: &str) -> bool {
        self.receiving.contains(lemma)
    }

    /// Whether the verb stands for "to be".
    pub fn is_linking(&self, lemma: &str) -> bool {
        self.linking.contains(lemma)
    }

    /// Whether the noun means what lies with the guilty.
    pub fn is_guilt(&self, lemma: &str) -> bool {
        self.guilt.contains(lemma)
    }

    /// What somebody who takes a matter in this manner holds of it.
    pub fn manner(&self, lower: &str) -> Option<Relation> {
        self.manners.get(lower).copied()
    }

    /// What somebody holds of a matter who cries these words.
    pub fn cry(&self, words: &str) -> Option<Relation> {
        self.cries.get(words).copied()
    }

    /// Whether it is good or bad that something becomes so, or more so.
    pub fn became(&self, lower: &str) -> Option<Relation> {
        self.becoming.get(lower).copied()
    }

    /// Whether the verb finds something like another.
    pub fn is_likening(&self, lemma: &str) -> bool {
        self.likening.contains(lemma)
    }

    /// Whether the word tells how something is to the taste of somebody.
    pub fn is_taste(&self, lemma: &str) -> bool {
        self.tastes.contains(lemma)
    }

    /// Whether the word means what a newspaper says in its own name.
    pub fn is_editorial(&self, lemma: &str) -> bool {
        self.editorials.contains(lemma)
    }

    /// Whether the noun means what is nobody's doing.
    pub fn is_mishap(&self, lemma: &str) -> bool {
        self.mishaps.contains(lemma)
    }

    /// Whether those feel so who lose what they would keep.
    pub fn is_rueful(&self, lower: &str) -> bool {
        self.rueful.contains(lower)
    }

    /// Whether the noun means an opinion.
    pub fn is_view(&self, lemma: &str) -> bool {
        self.views.contains(lemma)
    }
}

fn put<T: Copy>(list: &mut FxHashMap<String, T>, words: Vec<String>, value: T) {
    for word in words {
        list.entry(word).or_insert(value);
    }
}

/// Whether word `at` is `wanted`, in any form; "one's" and "oneself" stand for all pronouns of their kind.
fn is_word(tree: &Tree, at: usize, wanted: &str) -> bool {
    let Some(word) = tree.words.get(at) else { return false };
    match wanted {
        "one's" => word.xpos == "PRP$" || word.lower == "'s",
        "oneself" => word.lower.ends_with("self") || word.lower.ends_with("selves"),
        _ => word.lower == wanted || word.lemma == wanted,
    }
}
