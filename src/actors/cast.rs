//! The actors of one document, each with the names it goes by there.

use crate::actors::Gazetteer;
use crate::statement::Kind;
use std::collections::HashMap;

/// An actor as a document knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Canonical name.
    pub name: String,
    /// Country, institution or person; [`Kind::Matter`] never.
    pub kind: Kind,
    /// Whom it speaks for.
    pub speaks_for: Option<String>,
    /// A news organization: it reports, and holds no stance.
    pub outlet: bool,
    /// The office that a title gave it, as in `lexicon/titles.csv`.
    pub office: Option<String>,
    /// A name that only its shape makes one; it needs more evidence than a listed one.
    pub guessed: bool,
}

/// All actors of a document.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    entities: Vec<Entity>,
    by_name: HashMap<String, usize>,
    by_surname: HashMap<String, usize>,
    date: Option<String>,
}

impl Cast {
    /// An empty cast for a document of this ISO date.
    pub fn new(date: Option<String>) -> Self {
        Self { date, ..Self::default() }
    }

    /// The actor of index `at`.
    pub fn get(&self, at: usize) -> Option<&Entity> {
        self.entities.get(at)
    }

    /// All actors, in order of first mention.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The actor with this canonical name or alias, added when new.
    pub fn known(&mut self, name: &str, gazetteer: &Gazetteer) -> usize {
        if let Some(&at) = self.by_name.get(name) {
            return at;
        }
        let known = gazetteer.known(name);
        let kind = known.map_or(Kind::Institution, |k| k.kind);
        let speaks_for = known.and_then(|k| k.speaks_for_on(self.date.as_deref())).map(str::to_owned);
        self.add(Entity { name: name.to_owned(), kind, speaks_for, outlet: false, office: None, guessed: false })
    }

    /// A news organization.
    pub fn outlet(&mut self, name: &str) -> usize {
        if let Some(&at) = self.by_name.get(name) {
            return at;
        }
        self.add(Entity {
            name: name.to_owned(),
            kind: Kind::Institution,
            speaks_for: None,
            outlet: true,
            office: None,
            guessed: false,
        })
    }

    /// A person by the name the text gives: known, met before by full name or surname, or new.
    pub fn person(
        &mut self,
        name: &str,
        speaks_for: Option<String>,
        office: Option<String>,
        guessed: bool,
        gazetteer: &Gazetteer,
    ) -> usize {
        let found = self.find_person(name).or_else(|| {
            // A surname with a title: the known person of that name who speaks for the same.
            let candidates = gazetteer.by_surname(name);
            let date = self.date.clone();
            let fits = |who: &&String| {
                let whom = gazetteer.known(who).and_then(|k| k.speaks_for_on(date.as_deref()));
                whom.is_some() && (speaks_for.is_none() || whom == speaks_for.as_deref())
            };
            let mut fitting = candidates.iter().filter(fits);
            let one = fitting.next().cloned();
            one.filter(|_| fitting.next().is_none()).map(|who| self.known(&who, gazetteer))
        });
        let at = found.unwrap_or_else(|| {
            if gazetteer.known(name).is_some_and(|k| k.kind == Kind::Person) {
                return self.known(name, gazetteer);
            }
            self.add(Entity {
                name: name.to_owned(),
                kind: Kind::Person,
                speaks_for: None,
                outlet: false,
                office: None,
                guessed,
            })
        });
        if let Some(entity) = self.entities.get_mut(at) {
            // What the text says of the office goes before what the lexicon knows.
            if speaks_for.is_some() {
                entity.speaks_for = speaks_for;
            }
            if office.is_some() {
                entity.office = office;
                entity.guessed = false;
            }
        }
        at
    }

    /// The person whom the document calls so, by full name or by surname.
    pub fn find_person(&self, name: &str) -> Option<usize> {
        let by_name = self.by_name.get(name).copied().filter(|&at| self.entities[at].kind == Kind::Person);
        by_name.or_else(|| self.by_surname.get(name).copied())
    }

    /// An institution that the lexicon does not list.
    pub fn institution(&mut self, name: &str, speaks_for: Option<String>) -> usize {
        if let Some(&at) = self.by_name.get(name) {
            return at;
        }
        self.add(Entity {
            name: name.to_owned(),
            kind: Kind::Institution,
            speaks_for,
            outlet: false,
            office: None,
            guessed: true,
        })
    }

    /// Lets the document call an actor by one more name ("the European Union Training Mission (EUTM)").
    pub fn alias(&mut self, name: &str, at: usize) {
        self.by_name.entry(name.to_owned()).or_insert(at);
    }

    /// The actor of this name or alias, if it is in the cast.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    fn add(&mut self, entity: Entity) -> usize {
        let at = self.entities.len();
        if entity.kind == Kind::Person
            && let Some(surname) = entity.name.split_whitespace().next_back()
        {
            // The first of two who share a surname keeps it: texts name the second in full.
            self.by_surname.entry(surname.to_owned()).or_insert(at);
        }
        self.by_name.insert(entity.name.clone(), at);
        self.entities.push(entity);
        at
    }
}
