//! At whose bidding something is done: "at the request of X", "on X's orders", "at the invitation of X".

use crate::Result;
use crate::language::engine::Upos;
use crate::lexicon::Lexicon;
use crate::stances::frames::Part;
use crate::stances::reader::{DEPTH, Finding, Reader, Said, Toward};
use crate::statement::Relation;
use rustc_hash::FxHashMap;

/// Nouns of asking, from `lexicon/bidding.csv`; whether for somebody to come.
#[derive(Debug, Default)]
pub struct Bidding(FxHashMap<String, Asking>);

#[derive(Debug)]
struct Asking {
    /// For somebody to come.
    coming: bool,
    /// What stands before it: "at", "on".
    prepositions: Vec<String>,
}

impl Bidding {
    /// Reads `bidding.csv`.
    ///
    /// # Errors
    /// An unknown word in a column, with file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let mut nouns = FxHashMap::default();
        for row in lexicon.table("bidding.csv")?.rows() {
            let coming = match row.get("asks") {
                "coming" => true,
                "deed" => false,
                other => return Err(row.error(&format!("unknown word \"{other}\" in column asks"))),
            };
            nouns.insert(row.get("noun").to_owned(), Asking { coming, prepositions: row.list("prepositions") });
        }
        Ok(Self(nouns))
    }

    /// Whether the noun asks for something to be done.
    pub fn is_asking(&self, lemma: &str) -> bool {
        self.0.contains_key(lemma)
    }
}

impl Reader<'_, '_> {
    /// The stances of those at whose bidding something is done: they want it, or invited who came.
    pub fn bidden(&self) -> Vec<Finding> {
        (0..self.tree.words.len()).filter_map(|at| self.bidding(at)).collect()
    }

    fn bidding(&self, at: usize) -> Option<Finding> {
        let word = &self.tree.words[at];
        if let Some(found) = self.asked_to(at) {
            return Some(found);
        }
        let asking = self.bidding.0.get(&word.lemma).or_else(|| self.bidding.0.get(&word.lower))?;
        let coming = asking.coming;
        if !self.tree.preposition(at).is_some_and(|p| asking.prepositions.iter().any(|known| known == p)) {
            return None;
        }
        let holders = self.bidders(at);
        let mut deed = self.tree.head(at)?;
        for _ in 0..DEPTH {
            if self.tree.words[deed].upos == Upos::Verb || self.has_copula(deed) {
                break;
            }
            deed = self.tree.head(deed)?;
        }
        if holders.is_empty() || self.said(deed, 0) == Said::Not {
            return None;
        }
        let asked = self.phrase(at);
        let subject = if self.tree.is_passive(deed) { self.agent(deed) } else { self.subject(deed, 0) };
        let start = self.tree.child(deed, &["nsubj"]).map_or(deed, |s| self.phrase(s).start);
        let mut phrase = self.clause_phrase(deed);
        if asked.start > deed {
            phrase.end = phrase.end.min(asked.start);
        }
        let quote = start.min(deed).min(asked.start)..phrase.end.max(asked.end);
        let (relation, toward) = if coming {
            let who = self.scene.who(subject?).actors;
            let who: Vec<usize> = who.into_iter().filter(|a| !holders.contains(a)).collect();
            if who.is_empty() {
                return None;
            }
            (Relation::Invite, Toward::Actors(who))
        } else if self.tree.words[deed].upos != Upos::Verb || self.tree.is_negated(deed) {
            return None;
        } else if self.tree.is_passive(deed) {
            if self.agent(deed).is_some() {
                return None;
            }
            (Relation::Support, Toward::Matter(start.min(deed)..deed + 1))
        } else if phrase.len() < 2 {
            return None;
        } else {
            (Relation::Support, Toward::Matter(phrase))
        };
        Some(Finding::plain(holders, relation, toward, quote, "bidding".to_owned(), Part::Noun))
    }

    /// Whose the request, or the like, is.
    fn bidders(&self, at: usize) -> Vec<usize> {
        let whose = self.tree.children(at).iter().copied().filter(|&c| {
            self.tree.words[c].deprel == "nmod:poss"
                || self.tree.rel(c) == "nmod" && matches!(self.tree.preposition(c), Some("of" | "by" | "from"))
        });
        whose
            .flat_map(|c| match self.tree.words[c].xpos {
                "PRP$" => self.scene.possessor(c),
                _ => self.scene.who(c).actors,
            })
            .collect()
    }

    /// "the request of X to close the border": X is for that, whatever becomes of it.
    fn asked_to(&self, at: usize) -> Option<Finding> {
        let word = &self.tree.words[at];
        let asks = self.bidding.0.get(&word.lemma).is_some_and(|asking| !asking.coming);
        if !asks {
            return None;
        }
        let clause = self.tree.children(at).iter().copied().find(|&c| {
            self.tree.rel(c) == "acl" && self.tree.is_infinitive(c) && self.tree.words[c].upos == Upos::Verb
        })?;
        let holders = self.bidders(at);
        let phrase = self.clause_phrase(clause);
        if holders.is_empty() || phrase.len() < 2 {
            return None;
        }
        let quote = self.phrase(at).start..phrase.end;
        let (relation, toward) = (Relation::Support, Toward::Matter(phrase));
        Some(Finding::plain(holders, relation, toward, quote, "bidding".to_owned(), Part::Noun))
    }
}
