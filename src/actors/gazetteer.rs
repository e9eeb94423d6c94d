//! All names of the lexicon in one index over tokens.

use crate::Result;
use crate::language::{Grammar, Token, sentences};
use crate::lexicon::Lexicon;
use crate::statement::Kind;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a name of the lexicon means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// The actor of this canonical name.
    Actor(String),
    /// People or adjective of this actor: "Germans", "German".
    Demonym(String),
    /// A capital: the place, or the government that sits there.
    Capital(String),
    /// A residence or seat that stands for the actor: "the Kremlin".
    Seat(String),
    /// A group whose members count one by one.
    Group(Vec<String>),
    /// A news organization.
    Outlet(String),
    /// A name that needs a country for context: "Parliament", "Senate". The institutions that bear it.
    Bare(Vec<String>),
}

/// A title of office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The kind of office, as in `lexicon/titles.csv`.
    pub office: String,
    /// Whether its bearer speaks for the country or institution named with it.
    pub speaks: bool,
}

/// An actor that the lexicon knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Country, institution or person.
    pub kind: Kind,
    /// Whom it speaks for, by office and date: (whom, from, to) with ISO dates, empty for open ends.
    pub speaks_for: Vec<(String, String, String)>,
}

type Index<T> = HashMap<String, Vec<(Vec<String>, T)>>;

/// The index. Build once, share between documents.
#[derive(Debug, Default)]
pub struct Gazetteer {
    names: Index<Meaning>,
    titles: Index<Title>,
    known: BTreeMap<String, Known>,
    surnames: HashMap<String, Vec<String>>,
    bodies: HashSet<Vec<String>>,
    keywords: HashSet<String>,
}

impl Gazetteer {
    /// Builds the index from the lexicon.
    ///
    /// # Errors
    /// A missing or broken table.
    pub fn new(lexicon: &Lexicon, grammar: &Grammar) -> Result<Self> {
        let mut new = Self::default();
        let known = |kind| Known { kind, speaks_for: Vec::new() };
        for row in &lexicon.countries {
            new.known.insert(row.name.clone(), known(Kind::Country));
            for name in row.names.iter().chain([&row.name]) {
                new.add(name, Meaning::Actor(row.name.clone()), grammar);
            }
            for name in &row.demonyms {
                new.add(name, Meaning::Demonym(row.name.clone()), grammar);
            }
        }
        for row in &lexicon.institutions {
            let whom = row.part_of.clone().or_else(|| row.country.clone());
            let speaks_for = whom.into_iter().map(|w| (w, String::new(), String::new())).collect();
            new.known.insert(row.name.clone(), Known { kind: Kind::Institution, speaks_for });
            for name in row.names.iter().chain(&row.abbreviations).chain([&row.name]) {
                new.add(name, Meaning::Actor(row.name.clone()), grammar);
            }
            for name in &row.demonyms {
                new.add(name, Meaning::Demonym(row.name.clone()), grammar);
            }
        }
        let mut bare: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for row in &lexicon.institutions {
            for name in &row.bare {
                bare.entry(name).or_default().push(row.name.clone());
            }
        }
        for (name, institutions) in bare {
            new.add(name, Meaning::Bare(institutions), grammar);
        }
        for row in &lexicon.groups {
            for name in row.names.iter().chain([&row.name]) {
                new.add(name, Meaning::Group(row.members.clone()), grammar);
            }
        }
        for row in &lexicon.metonyms {
            let meaning = if row.capital { Meaning::Capital } else { Meaning::Seat };
            new.add(&row.phrase, meaning(row.actor.clone()), grammar);
        }
        for row in &lexicon.outlets {
            for name in row.names.iter().chain([&row.name]) {
                new.add(name, Meaning::Outlet(row.name.clone()), grammar);
            }
        }
        for row in &lexicon.people {
            let entry = new.known.entry(row.name.clone()).or_insert_with(|| known(Kind::Person));
            if let Some(whom) = &row.speaks_for {
                entry.speaks_for.push((whom.clone(), row.from.clone(), row.to.clone()));
            }
            for name in row.names.iter().chain([&row.name]) {
                if name.contains(' ') {
                    new.add(name, Meaning::Actor(row.name.clone()), grammar);
                }
                if let Some(surname) = name.split_whitespace().next_back() {
                    let holders = new.surnames.entry(surname.to_owned()).or_default();
                    if !holders.contains(&row.name) {
                        holders.push(row.name.clone());
                    }
                }
            }
        }
        for row in &lexicon.titles {
            let title = Title { office: row.office.clone(), speaks: row.speaks };
            // "Senators Rubio and Lee": the plural is the title of each.
            let plural = format!("{}s", row.title);
            for form in [row.title.clone(), plural] {
                let words = words(&form, grammar);
                if let Some(first) = words.first().cloned() {
                    new.titles.entry(first).or_default().push((words, title.clone()));
                }
            }
        }
        // The user's own actors come last and push ours aside.
        for row in &lexicon.actors {
            let speaks_for = row.speaks_for.iter().map(|w| (w.clone(), String::new(), String::new())).collect();
            new.known.insert(row.name.clone(), Known { kind: row.kind, speaks_for });
            for name in row.names.iter().chain([&row.name]) {
                new.replace(name, Meaning::Actor(row.name.clone()), grammar);
            }
        }
        for row in lexicon.table("bodies.csv")?.rows() {
            for noun in row.list("noun") {
                new.bodies.insert(words(&noun.to_lowercase(), grammar));
            }
        }
        for row in lexicon.table("keywords.csv")?.rows() {
            new.keywords.insert(row.get("word").to_owned());
        }
        for entries in new.names.values_mut() {
            entries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        for entries in new.titles.values_mut() {
            entries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Ok(new)
    }

    fn add(&mut self, name: &str, meaning: Meaning, grammar: &Grammar) {
        let words = words(name, grammar);
        let Some(first) = words.first().cloned() else { return };
        let entries = self.names.entry(first).or_default();
        // The first meaning of a name stays; tables are read from the most to the least certain.
        if !entries.iter().any(|(w, _)| *w == words) {
            entries.push((words, meaning));
        }
    }

    fn replace(&mut self, name: &str, meaning: Meaning, grammar: &Grammar) {
        let words = words(name, grammar);
        if let Some(entries) = words.first().and_then(|first| self.names.get_mut(first)) {
            entries.retain(|(w, _)| *w != words);
        }
        self.add(name, meaning, grammar);
    }

    /// The longest name that begins at token `at`, with its number of tokens.
    pub fn name_at(&self, tokens: &[Token], at: usize) -> Option<(usize, &Meaning)> {
        let entries = self.names.get(&straight(&tokens.get(at)?.form))?;
        entries.iter().find_map(|(words, meaning)| {
            let hit = tokens.get(at..at + words.len())?.iter().zip(words).all(|(t, w)| straight(&t.form) == *w);
            hit.then_some((words.len(), meaning))
        })
    }

    /// The longest title that begins at token `at`, with its number of tokens.
    pub fn title_at(&self, tokens: &[Token], at: usize) -> Option<(usize, &Title)> {
        let entries = self.titles.get(&tokens.get(at)?.lower)?;
        entries.iter().find_map(|(words, title)| {
            let hit = tokens.get(at..at + words.len())?.iter().zip(words).all(|(t, w)| t.lower == *w);
            hit.then_some((words.len(), title))
        })
    }

    /// The longest collective noun that begins at token `at` ("armed forces"), with its number of tokens.
    pub fn body_at(&self, tokens: &[Token], at: usize) -> Option<usize> {
        (1..=3).rev().find(|&n| {
            tokens
                .get(at..at + n)
                .is_some_and(|t| self.bodies.contains(&t.iter().map(|t| t.lower.clone()).collect::<Vec<_>>()))
        })
    }

    /// Whether the word makes an institution of the name it stands in ("Ministry").
    pub fn is_keyword(&self, form: &str) -> bool {
        self.keywords.contains(form)
    }

    /// What the lexicon knows of an actor.
    pub fn known(&self, name: &str) -> Option<&Known> {
        self.known.get(name)
    }

    /// Known people of this surname.
    pub fn by_surname(&self, surname: &str) -> &[String] {
        self.surnames.get(surname).map_or(&[], Vec::as_slice)
    }
}

impl Known {
    /// Whom the actor speaks for on an ISO date; without a date, in the last office held.
    pub fn speaks_for_on(&self, date: Option<&str>) -> Option<&str> {
        let fits = |(_, from, to): &&(String, String, String)| {
            date.is_none_or(|d| from.as_str() <= d && (to.is_empty() || d <= to.as_str() || to.starts_with(d)))
        };
        self.speaks_for.iter().rfind(fits).map(|(whom, ..)| whom.as_str())
    }
}

fn straight(form: &str) -> String {
    form.replace('’', "'")
}

fn words(name: &str, grammar: &Grammar) -> Vec<String> {
    sentences(name, grammar).into_iter().flat_map(|s| s.tokens).map(|t| straight(&t.form)).collect()
}
