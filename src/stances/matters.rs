//! Matters: what stances are about besides actors, and which wordings mean the same.

use crate::Result;
use crate::lexicon::Lexicon;
use crate::stances::confidence::is_of_model;
use crate::stances::reader::flip;
use crate::stances::topics::Topic;
use crate::statement::{Kind, Relation, Statement};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A phrase longer than this many words is cut: a name for a matter is no sentence.
const LONGEST: usize = 14;

/// Wordings are one matter from this likeness on.
const ALIKE: f64 = 0.5;

/// Share of all their content words that two matters have in common that are one whoever takes part.
const SAME: f64 = 0.75;

/// Compares wordings by what their content words are.
#[derive(Debug, Default)]
pub struct Matters {
    empty: FxHashSet<String>,
    /// Those of them that are no nouns: a name does not end with one.
    loose: FxHashSet<String>,
    time: FxHashSet<String>,
    /// Words that speak of the same thing, each with the one that stands for them.
    synonyms: FxHashMap<String, String>,
    /// The user's own matters: a name, and the content words of each of its phrases.
    own: Vec<(String, Vec<BTreeSet<String>>)>,
}

impl Matters {
    /// Reads `empty.csv`, words that say nothing about what a matter is, `time.csv`, words of time, `synonyms.csv`, and
    /// the user's `matters.csv`.
    ///
    /// # Errors
    /// A broken table.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let words = |table: &str| -> Result<FxHashSet<String>> {
            Ok(lexicon.table(table)?.rows().map(|row| row.get("word").to_owned()).collect())
        };
        let rows = lexicon.table("empty.csv")?.rows().filter(|row| row.get("kind").is_empty());
        let loose = rows.map(|row| row.get("word").to_owned()).collect();
        let mut synonyms = FxHashMap::default();
        for row in lexicon.table("synonyms.csv")?.rows() {
            let family = row.list("words");
            for word in &family {
                synonyms.insert(word.clone(), family[0].clone());
            }
        }
        let new = Self { empty: words("empty.csv")?, loose, time: words("time.csv")?, synonyms, own: Vec::new() };
        let mut own = Vec::new();
        for row in lexicon.table("matters.csv")?.rows() {
            let name = row.get("name").to_owned();
            let phrases: Vec<_> =
                row.list("phrases").iter().chain([&name]).map(|p| new.content(p)).filter(|p| !p.is_empty()).collect();
            if phrases.is_empty() {
                return Err(row.error("none of these words says what the matter is about"));
            }
            own.push((name, phrases));
        }
        Ok(Self { own, ..new })
    }

    /// The matter of the user that a wording with these content words is about: one of whose phrases has no other words.
    fn owned(&self, words: &BTreeSet<String>) -> Option<&str> {
        let fits = |(_, phrases): &&(String, Vec<BTreeSet<String>>)| phrases.iter().any(|p| p.is_subset(words));
        self.own.iter().find(fits).map(|(name, _)| name.as_str())
    }

    /// The content words of a matter, stemmed, so that wordings can be compared.
    pub fn content(&self, phrase: &str) -> BTreeSet<String> {
        let lower = phrase.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|w| w.chars().count() > 2 && !self.empty.contains(*w));
        words.map(|w| stem(self.synonyms.get(w).map_or(w, String::as_str))).collect()
    }

    /// Whether all that `short` says is said by `long` too.
    pub fn is_within(&self, short: &str, long: &str) -> bool {
        self.content(short).is_subset(&self.content(long))
    }

    /// The word that stands for a noun and its synonyms.
    pub fn kin<'a>(&'a self, lemma: &'a str) -> &'a str {
        self.synonyms.get(lemma).map_or(lemma, String::as_str)
    }

    /// Whether the noun means a matter by itself: "referendum", "bid".
    pub fn is_matter(&self, lemma: &str) -> bool {
        self.synonyms.contains_key(lemma)
    }

    /// The phrase as a name: one line, no leading determiner, no quotation marks, cut at a word.
    pub fn name(&self, phrase: &str) -> String {
        let clean: String =
            phrase.chars().map(|c| if matches!(c, '"' | '“' | '”' | '«' | '»') { ' ' } else { c }).collect();
        let mut words: Vec<&str> = clean.split_whitespace().collect();
        while words.first().is_some_and(|w| {
            matches!(
                w.to_lowercase().as_str(),
                "the"
                    | "a"
                    | "an"
                    | "any"
                    | "every"
                    | "that"
                    | "this"
                    | "these"
                    | "those"
                    | "its"
                    | "his"
                    | "her"
                    | "their"
                    | "our"
                    | "your"
                    | "my"
                    | "to"
                    | "against"
            )
        }) {
            words.remove(0);
        }
        // "today's agreement"
        let of_time = |w: &str| {
            let lower = w.to_lowercase();
            let stem = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s"));
            stem.is_some_and(|stem| self.time.contains(stem))
        };
        while words.len() > 1 && words.first().is_some_and(|w| of_time(w)) {
            words.remove(0);
        }
        self.cut_time(&mut words);
        self.shorten(&mut words);
        while words.last().is_some_and(|w| self.loose.contains(&w.to_lowercase())) {
            words.pop();
        }
        words.join(" ").trim_matches(|c: char| c.is_ascii_punctuation() && !matches!(c, ')' | '(')).to_owned()
    }

    /// A long phrase ends before its last preposition, not in the middle of what that brings.
    fn shorten(&self, words: &mut Vec<&str>) {
        let joins = |w: &&str| self.loose.contains(&w.to_lowercase()) || *w == "&";
        if words.get(LONGEST).is_some_and(|next| !joins(next)) {
            let whole = words[..LONGEST].iter().rposition(joins).filter(|&at| at > LONGEST / 2);
            words.truncate(whole.unwrap_or(LONGEST));
        }
        words.truncate(LONGEST);
    }

    /// "aid for the third time", "sending soldiers on Thursday": when is no part of what.
    fn cut_time(&self, words: &mut Vec<&str>) {
        // "on October 18" is time too.
        let is_time = |words: &[&str]| match words {
            [.., month, day] if day.chars().all(|c| c.is_ascii_digit()) => self.time.contains(&month.to_lowercase()),
            [.., last] => self.time.contains(&last.to_lowercase()),
            [] => false,
        };
        while is_time(words) {
            let start = words.iter().rposition(|w| {
                matches!(
                    w.to_lowercase().as_str(),
                    "for"
                        | "on"
                        | "in"
                        | "at"
                        | "by"
                        | "before"
                        | "after"
                        | "since"
                        | "during"
                        | "until"
                        | "this"
                        | "last"
                        | "next"
                        | "every"
                )
            });
            let Some(start) = start.filter(|&at| at > 0 && words.len() - at <= 5) else { return };
            words.truncate(start);
        }
    }

    /// Whether the phrase only says when: "Thursday", "last week".
    pub fn is_time(&self, phrase: &str) -> bool {
        let lower = phrase.to_lowercase();
        let mut words =
            lower.split_whitespace().filter(|w| !matches!(*w, "the" | "a" | "this" | "last" | "next" | "in" | "on"));
        let when = |w: &str| self.time.contains(w) || w.chars().all(|c| c.is_ascii_digit());
        words.next().is_some_and(when) && words.all(when)
    }

    /// Whether the phrase says what it is about, the names in it left aside ("the French plan" does not).
    pub fn is_telling(&self, phrase: &str) -> bool {
        !self.content(phrase).is_empty()
    }

    /// Gives every statement on a matter its canonical `matter`. Within a document, wordings that share at least half of the
    /// smaller one's content words are one matter. Matters of two documents are one if they share that many, two at least,
    /// and an actor takes part in both, or if nearly all words are the same ([`one_by`]). A matter is named by its most
    /// frequent wording that says what it is about in more than one word (then the shorter, then the alphabetically
    /// first); where others have the same name, with the document that tells of it most. The user's own matters come first.
    ///
    /// Wordings are joined to the first group whose core (the most frequent wording's content words) they are like, from the
    /// most frequent wording on, so that a chain of half-likenesses does not make everything one.
    /// `others` are statements whose matter is settled, or that are on none; those of a program tell who takes part, too.
    pub fn unify(&self, statements: &mut [Statement], others: &[Statement]) {
        let mut parts: FxHashMap<String, BTreeSet<String>> = FxHashMap::default();
        for statement in statements.iter().chain(others.iter().filter(|s| s.coder.starts_with("rule:"))) {
            parts.entry(statement.document.clone()).or_default().extend(actors_of(statement).cloned());
        }
        let mut documents: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
        for statement in statements.iter() {
            documents.entry(&statement.document).or_default().push(statement);
        }
        let nobody = BTreeSet::new();
        let part = |id: &str| parts.get(id).unwrap_or(&nobody);
        let told = documents.into_iter().flat_map(|(id, all)| self.of_document(id, &all, part(id)));
        let mut told: Vec<Told> = told.collect();
        told.sort_by_cached_key(|t| (Reverse(t.count()), t.core.chars().count(), t.core.clone(), t.document.clone()));
        let mut matters: Vec<Matter> = Vec::new();
        let mut by_word = ByWord::default();
        for (number, new) in told.iter().enumerate() {
            let near = by_word.near(&new.words).into_iter();
            let like = near.filter_map(|at| Some((at, one_by(new, &told[matters[at].told[0]], &matters[at])?)));
            let at = first_best(like).unwrap_or_else(|| {
                by_word.add(&new.words, matters.len());
                matters.push(Matter::default());
                matters.len() - 1
            });
            matters[at].told.push(number);
            matters[at].actors.extend(new.actors);
            matters[at].takers.extend(&new.takers);
        }
        let names: Vec<String> =
            matters.iter().map(|matter| self.name_of(matter.told.iter().map(|&t| &told[t]))).collect();
        let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
        names.iter().for_each(|name| *bearers.entry(name).or_default() += 1);
        let mut canonical: FxHashMap<(String, String), String> = FxHashMap::default();
        for (matter, name) in matters.iter().zip(&names) {
            // "The law" is another one in another document.
            let first = matter.told.first().map_or("", |&t| told[t].document.as_str());
            let shared = bearers.get(name.as_str()).is_some_and(|&n| n > 1);
            let name = if shared { format!("{name} ({first})") } else { name.clone() };
            for told in matter.told.iter().map(|&t| &told[t]) {
                for wording in told.wordings.keys() {
                    canonical.insert((told.document.clone(), wording.clone()), name.clone());
                }
            }
        }
        for statement in statements.iter_mut() {
            let Some(phrase) = wording(statement).map(str::to_owned) else { continue };
            // What no document calls its matter is the user's own.
            let key = (statement.document.clone(), phrase);
            let name = canonical.get(&key).map(String::as_str).or_else(|| self.owned(&self.content(&key.1)));
            statement.matter = name.map(str::to_owned);
        }
        self.add_sponsors_of_all(statements, &parts);
    }

    /// The matters that one document speaks of, the user's own left aside.
    fn of_document<'t>(&self, id: &str, statements: &[&Statement], actors: &'t BTreeSet<String>) -> Vec<Told<'t>> {
        let mut said: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
        for statement in statements {
            if let Some(phrase) = wording(statement) {
                said.entry(phrase).or_default().push(statement);
            }
        }
        let mut order: Vec<(&str, Vec<&Statement>)> = said.into_iter().collect();
        order.sort_by_key(|(p, all)| (Reverse(all.len()), p.chars().count(), *p));
        let mut out: Vec<Told<'t>> = Vec::new();
        let mut by_word = ByWord::default();
        for (phrase, all) in order {
            let words = self.content(phrase);
            if self.owned(&words).is_some() {
                continue;
            }
            let count = all.len();
            let takers = all.into_iter().flat_map(actors_of).cloned();
            let near = by_word.near(&words).into_iter();
            let like = near.map(|at| (at, likeness(&words, &out[at].words))).filter(|(_, l)| *l >= ALIKE);
            if let Some(at) = first_best(like) {
                out[at].wordings.insert(phrase.to_owned(), count);
                out[at].takers.extend(takers);
                continue;
            }
            by_word.add(&words, out.len());
            let wordings = BTreeMap::from([(phrase.to_owned(), count)]);
            let (document, core, takers) = (id.to_owned(), phrase.to_owned(), takers.collect());
            out.push(Told { document, core, words, wordings, actors, takers });
        }
        out
    }

    fn name_of<'t>(&self, told: impl Iterator<Item = &'t Told<'t>>) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (wording, n) in told.flat_map(|t| &t.wordings) {
            *counts.entry(wording).or_default() += n;
        }
        let bare = |wording: &str| self.content(wording).len() < 2;
        let best = counts.into_iter().min_by_key(|&(w, n)| (bare(w), Reverse(n), w.chars().count(), w));
        best.map(|(wording, _)| wording.to_owned()).unwrap_or_default()
    }

    /// Adds to each stance on a matter that nobody owns the actors who sponsor it in other documents, and who take part in
    /// this one.
    fn add_sponsors_of_all(&self, statements: &mut [Statement], parts: &FxHashMap<String, BTreeSet<String>>) {
        let mut sponsors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for statement in statements.iter() {
            if let (Some(sponsor), Some(matter)) = (sponsor(statement), &statement.matter) {
                sponsors.entry(matter.clone()).or_default().insert(sponsor);
            }
        }
        for statement in statements.iter_mut().filter(|s| s.target_kind == Some(Kind::Matter) && s.toward.is_empty()) {
            // One word is too little to tell that two documents mean the same.
            let telling = statement.matter.as_ref().filter(|m| self.content(m).len() > 1);
            let found = telling.and_then(|m| sponsors.get(m)).into_iter().flatten();
            let here = parts.get(&statement.document);
            let theirs = found.filter(|s| here.is_some_and(|here| here.contains(*s)));
            let theirs = theirs.filter(|s| **s != statement.holder && statement.holder_for.as_ref() != Some(*s));
            let theirs = theirs.cloned().collect();
            statement.toward = theirs;
        }
    }

    /// Adds to each stance on what the document is about the actors whose matter that is.
    pub fn add_owners(&self, statements: &mut [Statement], topic: Option<&Topic>) {
        let Some(topic) = topic else { return };
        let theirs = self.content(&topic.phrase);
        let owned: Vec<_> = topic.owners.iter().map(|owner| (owner.clone(), theirs.clone())).collect();
        self.add_toward(statements, &owned);
    }

    /// Adds to each stance on a matter the actors who sponsor it in the same document: who plans it, or invites to it.
    pub fn add_sponsors(&self, statements: &mut [Statement]) {
        let sponsors: Vec<(String, BTreeSet<String>)> =
            statements.iter().filter_map(|s| sponsor(s).zip(wording(s).map(|w| self.content(w)))).collect();
        self.add_toward(statements, &sponsors);
    }

    /// Nobody is for an actor by what they support in a sentence that tells how they are against the actor, nor the other way
    /// round: "introduced a measure to censure X".
    pub fn drop_contrary_owners(statements: &mut [Statement]) {
        let mut direct: FxHashSet<(Option<u32>, String, Relation, String)> = FxHashSet::default();
        for s in statements.iter().filter(|s| s.target_kind != Some(Kind::Matter) && !is_of_model(s)) {
            direct.insert((s.sentence, s.holder.clone(), s.relation, s.target.clone()));
        }
        for s in statements.iter_mut().filter(|s| s.target_kind == Some(Kind::Matter) && !s.toward.is_empty()) {
            let contrary = flip(s.relation);
            let (sentence, holder) = (s.sentence, s.holder.clone());
            s.toward.retain(|owner| !direct.contains(&(sentence, holder.clone(), contrary, owner.clone())));
        }
    }

    /// Nobody opposes with somebody what is theirs: who is against a matter, too, is none of its owners.
    pub fn drop_fellow_opponents(statements: &mut [Statement]) {
        let opposed = |s: &&Statement| s.relation == Relation::Oppose && s.target_kind == Some(Kind::Matter);
        let mut against: FxHashMap<String, BTreeSet<String>> = FxHashMap::default();
        for statement in statements.iter().filter(opposed) {
            against.entry(statement.target.clone()).or_default().insert(statement.holder.clone());
        }
        for statement in statements.iter_mut().filter(|s| opposed(&&**s)) {
            let fellows = against.get(&statement.target);
            statement.toward.retain(|owner| fellows.is_none_or(|fellows| !fellows.contains(owner)));
        }
    }

    /// Adds to each stance on a matter those others whose matter it is: each with the content words of what is theirs.
    fn add_toward(&self, statements: &mut [Statement], owned: &[(String, BTreeSet<String>)]) {
        for statement in statements.iter_mut().filter(|s| s.target_kind == Some(Kind::Matter)) {
            let words = self.content(&statement.target);
            for (owner, theirs) in owned {
                let own = statement.holder == *owner || statement.holder_for.as_ref() == Some(owner);
                if !own && likeness(&words, theirs) >= ALIKE && !statement.toward.contains(owner) {
                    statement.toward.push(owner.clone());
                }
            }
        }
    }
}

/// A matter as one document tells it.
#[derive(Debug)]
struct Told<'t> {
    document: String,
    /// Its most frequent wording, and the content words of that.
    core: String,
    words: BTreeSet<String>,
    /// How often it is called what.
    wordings: BTreeMap<String, usize>,
    /// Who takes part in the document.
    actors: &'t BTreeSet<String>,
    /// Who takes a stance on the matter, and whose it is.
    takers: BTreeSet<String>,
}

impl Told<'_> {
    fn count(&self) -> usize {
        self.wordings.values().sum()
    }
}

/// A matter over all documents; the first that tells of it stands for all.
#[derive(Debug, Default)]
struct Matter<'t> {
    told: Vec<usize>,
    actors: BTreeSet<&'t String>,
    takers: BTreeSet<&'t String>,
}

/// Matters by their words: those with a word in common are found by it, not by comparing all with all.
#[derive(Debug, Default)]
struct ByWord(BTreeMap<String, Vec<usize>>);

impl ByWord {
    fn add(&mut self, words: &BTreeSet<String>, at: usize) {
        words.iter().for_each(|word| self.0.entry(word.clone()).or_default().push(at));
    }

    fn near(&self, words: &BTreeSet<String>) -> BTreeSet<usize> {
        words.iter().filter_map(|word| self.0.get(word)).flatten().copied().collect()
    }
}

/// How like the matter of a document is to that of another, if they are one with all those joined to it as `matter`. A
/// single word ("the law") tells too little, but where two actors take a stance on it in both.
fn one_by(new: &Told<'_>, other: &Told<'_>, matter: &Matter<'_>) -> Option<f64> {
    let shared = new.words.intersection(&other.words).count();
    let all = new.words.union(&other.words).count();
    let same = shared > 2 && shared as f64 >= SAME * all as f64;
    let together = || new.actors.iter().any(|actor| matter.actors.contains(actor));
    let both = || new.takers.iter().filter(|taker| matter.takers.contains(taker)).count() > 1;
    let bare = || shared == 1 && all == 1 && both();
    let like = likeness(&new.words, &other.words);
    (same || shared > 1 && like >= ALIKE && together() || bare()).then_some(like)
}

/// The first of those with the greatest number.
fn first_best(all: impl Iterator<Item = (usize, f64)>) -> Option<usize> {
    let best = all.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(at, _)| at)
}

/// Who takes part in a statement.
fn actors_of(statement: &Statement) -> impl Iterator<Item = &String> {
    let target = (statement.target_kind != Some(Kind::Matter)).then_some(&statement.target);
    [Some(&statement.holder), statement.holder_for.as_ref(), target].into_iter().flatten().chain(&statement.toward)
}

/// A light stem: plural and verb endings off, then the first six letters.
fn stem(word: &str) -> String {
    let mut stem = word;
    for ending in ["ing", "ed", "ies", "es", "s", "e", "y"] {
        if let Some(cut) = stem.strip_suffix(ending).filter(|c| c.chars().count() > 3) {
            stem = cut;
            break;
        }
    }
    stem.chars().take(6).collect()
}

/// Share of the smaller wording's content words that the other has too; 0 when fewer than two are shared, unless a
/// wording has but one.
pub fn likeness(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let small = a.len().min(b.len());
    let shared = a.intersection(b).count();
    if small == 0 || shared < small.min(2) { 0.0 } else { shared as f64 / small as f64 }
}

/// What a statement calls its matter: the target phrase, or for an invitation what it invites to.
pub(super) fn wording(statement: &Statement) -> Option<&str> {
    if statement.target_kind == Some(Kind::Matter) {
        return Some(&statement.target);
    }
    statement.matter.as_deref().filter(|m| !m.is_empty())
}

/// Who plans, proposes, or invites to the statement's matter; a person sponsors for whom it speaks for, a bank for itself.
fn sponsor(statement: &Statement) -> Option<String> {
    let own = match statement.relation {
        Relation::Invite => !statement.withheld,
        Relation::Support => {
            matches!(statement.coder.as_str(), "rule:plan" | "rule:propose" | "rule:raise" | "rule:bidding")
        }
        Relation::Oppose => false,
    };
    let named = own && wording(statement).is_some();
    let whom = statement.holder_for.as_ref().filter(|_| statement.holder_kind != Some(Kind::Institution));
    named.then(|| whom.unwrap_or(&statement.holder).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matters() -> Matters {
        Matters::new(&Lexicon::embedded().unwrap()).unwrap()
    }

    #[test]
    fn wordings_of_one_matter_are_alike() {
        let matters = matters();
        let a = matters.content("sending military instructors to Ukraine");
        assert!(likeness(&a, &matters.content("send Western military instructors to Ukraine")) >= 0.5);
        assert!(likeness(&a, &matters.content("sanctions against Russia")) < 0.5);
    }

    #[test]
    fn words_of_one_family_mean_the_same() {
        let matters = matters();
        assert_eq!(matters.content("military instructors"), matters.content("the training of troops"));
    }

    fn coded(document: &str, text: &str) -> Vec<Statement> {
        let lexicon = Lexicon::embedded().unwrap();
        let coder = crate::stances::Coder::new(&lexicon).unwrap();
        coder.code(&crate::document::read_bytes(&format!("{document}.txt"), text.as_bytes()).unwrap().remove(0))
    }

    #[test]
    fn the_law_of_one_document_is_not_that_of_another() {
        let mut all = coded("a", "Poland rejected the fishing law. Sweden backed the fishing law.");
        all.extend(coded("b", "Chile rejected the fishing law. Peru backed the fishing law."));
        all.extend(coded("c", "Poland praised the law on fishing."));
        matters().unify(&mut all, &[]);
        let of = |document: &str| {
            let mut names: Vec<&str> =
                all.iter().filter(|s| s.document == document).filter_map(|s| s.matter.as_deref()).collect();
            names.dedup();
            names
        };
        assert_eq!(
            (of("a"), of("b"), of("c")),
            (vec!["fishing law (a)"], vec!["fishing law (b)"], vec!["fishing law (a)"])
        );
    }

    #[test]
    fn who_sponsors_a_matter_elsewhere_owns_it_only_where_they_take_part() {
        let mut all = coded("a", "France proposed a training mission in Ukraine.");
        all.extend(coded("b", "Italy opposes the training mission in Ukraine. Italy praised France."));
        all.extend(coded("c", "Spain opposes the training mission in Ukraine."));
        matters().unify(&mut all, &[]);
        let toward = |holder: &str| {
            let one = all.iter().find(|s| s.holder == holder && s.target_kind == Some(Kind::Matter)).unwrap();
            one.toward.clone()
        };
        assert_eq!(toward("Italy"), ["France"]);
        assert!(toward("Spain").iter().all(|t| t != "France"), "{:?}", toward("Spain"));
    }

    #[test]
    fn names_are_trimmed() {
        assert_eq!(
            matters().name(
                "the \"coalition of
the willing\" in"
            ),
            "coalition of the willing"
        );
    }
}
