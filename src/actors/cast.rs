//! The actors of one document, each with the names it goes by there.

use crate::actors::Gazetteer;
use crate::actors::gazetteer::Gender;
use crate::actors::names::{fold, same_person};
use crate::statement::Kind;
use std::collections::HashMap;

/// So many people with a name in common are compared with a new one.
const ALIKE: usize = 20;

/// The word that says what the bearer of a title is: "minister" of "foreign minister" and of "minister for justice".
pub fn head_of_title(title: &str) -> &str {
    let end = [" of ", " for "].iter().filter_map(|link| title.find(link)).min().unwrap_or(title.len());
    title[..end].rsplit(' ').next().unwrap_or_default()
}

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
    /// The words of its titles, in lower case: "the judge" is who was called "Judge Jane Doe".
    pub roles: Vec<String>,
    /// He or she, where the first name or a title tells.
    pub gender: Option<Gender>,
}

/// What the text says of a person next to the name.
#[derive(Debug, Clone, Default)]
pub struct Office {
    /// Whom the person speaks for.
    pub speaks_for: Option<String>,
    /// That this is known from more than the person's party or place: it goes before what the lexicon knows.
    pub certain: bool,
    /// The kind of office.
    pub office: Option<String>,
    /// The title, in lower case.
    pub role: Option<String>,
    /// He or she, where the title tells.
    pub gender: Option<Gender>,
}

/// All actors of a document.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    entities: Vec<Entity>,
    by_name: HashMap<String, usize>,
    /// People by surname, folded; the first of two keeps it: texts name the second in full.
    by_surname: HashMap<String, usize>,
    /// People by any part of the name, folded.
    by_part: HashMap<String, Vec<usize>>,
    date: Option<String>,
    home: Option<usize>,
    alone: bool,
    /// The first bearers of each title, and of its last word.
    by_role: HashMap<String, Vec<usize>>,
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

    /// Whether actor `who` holds an office of, or speaks for, actor `whom`.
    pub fn speaks_for(&self, who: usize, whom: usize) -> bool {
        let whom = self.get(whom).map(|e| e.name.as_str());
        whom.is_some() && self.get(who).and_then(|e| e.speaks_for.as_deref()) == whom
    }

    /// All actors, in order of first mention.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The country that the document is about, where there is one: whose "the government" is.
    pub fn home(&self) -> Option<usize> {
        self.home
    }

    /// Says which country the document is about, and whether it is so alone.
    pub fn set_home(&mut self, country: usize, alone: bool) {
        self.home = Some(country);
        self.alone = alone;
    }

    /// Whether the document is about that one country and hardly any other.
    pub fn is_about_home_alone(&self) -> bool {
        self.alone
    }

    /// The actor with this canonical name or alias, added when new.
    pub fn known(&mut self, name: &str, gazetteer: &Gazetteer) -> usize {
        if let Some(&at) = self.by_name.get(name) {
            return at;
        }
        let known = gazetteer.known(name);
        let kind = known.map_or(Kind::Institution, |k| k.kind);
        let speaks_for = known.and_then(|k| k.speaks_for_on(self.date.as_deref())).map(str::to_owned);
        let short = (kind == Kind::Person).then(|| self.short_form_of(name)).flatten();
        if let Some(at) = short {
            self.rename(at, name, gazetteer);
            let entity = &mut self.entities[at];
            entity.guessed = false;
            // What the text called the surname with may be looser than what is known.
            entity.speaks_for = speaks_for.or(entity.speaks_for.take());
            return at;
        }
        self.add(Entity { speaks_for, kind, ..Entity::new(name) }, gazetteer)
    }

    /// A news organization.
    pub fn outlet(&mut self, name: &str, gazetteer: &Gazetteer) -> usize {
        if let Some(&at) = self.by_name.get(name) {
            return at;
        }
        self.add(Entity { outlet: true, ..Entity::new(name) }, gazetteer)
    }

    /// A person by the name the text gives: known, met before by full name or surname, or new.
    pub fn person(&mut self, name: &str, office: Office, guessed: bool, gazetteer: &Gazetteer) -> usize {
        let found = self.find_person(name).or_else(|| {
            if let Some(known) = gazetteer.person(name).filter(|_| name.contains(' ')) {
                return Some(self.known(known, gazetteer));
            }
            // A surname with a title: the known person of that name who speaks for the same.
            let candidates = gazetteer.by_surname(name);
            let date = self.date.clone();
            let fits = |who: &&String| {
                let whom = gazetteer.known(who).and_then(|k| k.speaks_for_on(date.as_deref()));
                whom.is_some() && (office.speaks_for.is_none() || whom == office.speaks_for.as_deref())
            };
            let mut fitting = candidates.iter().filter(fits);
            let one = fitting.next().cloned();
            one.filter(|_| fitting.next().is_none()).map(|who| self.known(&who, gazetteer))
        });
        let at = found.unwrap_or_else(|| {
            if let Some(at) = self.short_form_of(name) {
                self.rename(at, name, gazetteer);
                return at;
            }
            self.add(Entity { kind: Kind::Person, guessed, ..Entity::new(name) }, gazetteer)
        });
        self.tell(at, office);
        at
    }

    /// Adds what the text says of a person's office.
    pub fn tell(&mut self, at: usize, office: Office) {
        let Some(entity) = self.entities.get_mut(at) else { return };
        // What the text says of the office goes before what the lexicon knows.
        if office.speaks_for.is_some() && (office.certain || entity.speaks_for.is_none()) {
            entity.speaks_for = office.speaks_for;
        }
        if office.office.is_some() {
            entity.office = office.office;
            entity.guessed = false;
        }
        entity.gender = office.gender.or(entity.gender);
        if let Some(role) = office.role.filter(|role| !entity.roles.contains(role)) {
            let head = head_of_title(&role).to_owned();
            for word in [role.clone(), head] {
                let bearers = self.by_role.entry(word).or_default();
                if bearers.len() < ALIKE && !bearers.contains(&at) {
                    bearers.push(at);
                }
            }
            entity.roles.push(role);
        }
    }

    /// The only person of the document whose title is, or ends with, the word.
    pub fn only_bearer(&self, word: &str) -> Option<usize> {
        match self.by_role.get(word).map(Vec::as_slice) {
            Some(&[only]) => Some(only),
            _ => None,
        }
    }

    /// The person whom the document calls so: by full name in whatever spelling, by surname, or by a part of the name
    /// that only one of its people bears.
    pub fn find_person(&self, name: &str) -> Option<usize> {
        if let Some(&at) = self.by_name.get(name)
            && self.entities[at].kind == Kind::Person
        {
            return Some(at);
        }
        let folded = fold(name);
        if !folded.contains(' ') {
            let only = || match self.by_part.get(&folded).map(Vec::as_slice) {
                Some(&[only]) => Some(only),
                _ => None,
            };
            return self.by_surname.get(&folded).copied().or_else(only);
        }
        let mut parts = folded.split_whitespace();
        let ends = [parts.next(), parts.next_back()];
        let alike = ends.into_iter().flatten().filter_map(|part| self.by_part.get(part)).flatten();
        alike.copied().take(2 * ALIKE).find(|&at| same_person(&folded, &fold(&self.entities[at].name)))
    }

    /// Whether somebody in the document has this word in their name.
    pub fn is_part_of_name(&self, word: &str) -> bool {
        self.by_part.contains_key(&fold(word))
    }

    /// The person whom the document named, so far, only by what is the surname in `name`, or by the first name where a
    /// number follows it ("Queen Elizabeth", later "Elizabeth II").
    fn short_form_of(&self, name: &str) -> Option<usize> {
        let folded = fold(name);
        let (first, last) = (folded.split_whitespace().next()?, folded.split_whitespace().next_back()?);
        let numbered = last.len() < 6 && last.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        let short = if numbered { first } else { last };
        let at = *self.by_surname.get(short)?;
        (first != last && fold(&self.entities[at].name) == short).then_some(at)
    }

    /// Lets the surname of a listed person mean another of the document's people who bears it; where nobody does, and the
    /// person is a `stranger` to the document, an unknown bearer of it.
    pub fn leave_to_namesake(&mut self, at: usize, stranger: bool) {
        let Some(name) = self.entities.get(at).map(|e| e.name.clone()) else { return };
        let Some(surname) = name.split_whitespace().next_back() else { return };
        let folded = fold(surname);
        let ends = |e: &Entity| e.kind == Kind::Person && fold(&e.name).split_whitespace().next_back() == Some(&folded);
        let other = self.entities.iter().enumerate().find(|(other, e)| *other != at && ends(e)).map(|(other, _)| other);
        if let Some(other) = other {
            self.by_surname.insert(folded, other);
        } else if stranger {
            let entity = Entity { kind: Kind::Person, guessed: true, ..Entity::new(surname) };
            self.by_name.remove(&name);
            self.by_name.insert(surname.to_owned(), at);
            self.by_part.retain(|part, bearers| *part == folded || *bearers != [at]);
            self.entities[at] = entity;
        }
    }

    /// An institution that the lexicon does not list.
    pub fn institution(&mut self, name: &str, speaks_for: Option<String>, gazetteer: &Gazetteer) -> usize {
        if let Some(&at) = self.by_name.get(name) {
            return at;
        }
        self.add(Entity { speaks_for, guessed: true, ..Entity::new(name) }, gazetteer)
    }

    /// An actor without a name, by the words that describe it; no other word ever means it.
    pub fn unnamed(&mut self, description: &str, kind: Kind) -> usize {
        self.entities.push(Entity { kind, guessed: true, ..Entity::new(description) });
        self.entities.len() - 1
    }

    /// Lets the document call an actor by one more name ("the European Union Training Mission (EUTM)").
    pub fn alias(&mut self, name: &str, at: usize) {
        self.by_name.entry(name.to_owned()).or_insert(at);
    }

    /// The actor of this name or alias, if it is in the cast.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    fn rename(&mut self, at: usize, name: &str, gazetteer: &Gazetteer) {
        self.entities[at].name = name.to_owned();
        self.index(at, gazetteer);
    }

    fn add(&mut self, entity: Entity, gazetteer: &Gazetteer) -> usize {
        let at = self.entities.len();
        self.entities.push(entity);
        self.index(at, gazetteer);
        at
    }

    fn index(&mut self, at: usize, gazetteer: &Gazetteer) {
        let entity = &mut self.entities[at];
        let name = entity.name.clone();
        self.by_name.entry(name.clone()).or_insert(at);
        if entity.kind != Kind::Person {
            return;
        }
        let folded = fold(&name);
        let parts: Vec<&str> = folded.split_whitespace().collect();
        if let Some(surname) = parts.last() {
            // "al-Assad" is also "Assad".
            let bare = surname.strip_prefix("al-").or_else(|| surname.strip_prefix("el-"));
            for name in bare.into_iter().chain([*surname]) {
                self.by_surname.entry(name.to_owned()).or_insert(at);
            }
        }
        // "Lee Jung-hee": the surname comes first.
        let given = name.split(' ').next_back().and_then(|last| last.split_once('-'));
        if let [surname, _] = parts[..]
            && given.is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase))
        {
            self.by_surname.entry(surname.to_owned()).or_insert(at);
        }
        if let Some(first) = parts.first().filter(|_| entity.gender.is_none()) {
            entity.gender = gazetteer.gender(first);
        }
        for part in parts.into_iter().filter(|part| part.chars().count() > 2) {
            let bearers = self.by_part.entry(part.to_owned()).or_default();
            if bearers.len() < ALIKE && !bearers.contains(&at) {
                bearers.push(at);
            }
        }
    }
}

impl Entity {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: Kind::Institution,
            speaks_for: None,
            outlet: false,
            office: None,
            guessed: false,
            roles: Vec::new(),
            gender: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Grammar;
    use crate::lexicon::Lexicon;

    fn gazetteer() -> Gazetteer {
        let lexicon = Lexicon::embedded().unwrap();
        let grammar = Grammar::new(&lexicon).unwrap();
        Gazetteer::new(&lexicon, &grammar).unwrap()
    }

    #[test]
    fn the_names_of_one_person_meet() {
        let gazetteer = gazetteer();
        let mut cast = Cast::default();
        let mut person = |name: &str| cast.person(name, Office::default(), true, &gazetteer);
        // A surname first, the full name later.
        let ortega = person("Quillon");
        assert_eq!(person("Marta Quillon"), ortega);
        assert_eq!(person("Marta R. Quillon"), ortega);
        let other = person("Tomas Quillon");
        assert_ne!(other, ortega);
        assert_eq!(cast.find_person("Quillon"), Some(ortega));
        assert_eq!(cast.find_person("Tomas"), Some(other));
        assert_eq!(cast.get(ortega).map(|e| e.name.as_str()), Some("Marta Quillon"));
        assert_eq!(cast.get(ortega).and_then(|e| e.gender), Some(Gender::Female));
    }

    #[test]
    fn a_party_does_not_push_an_office_aside() {
        let gazetteer = gazetteer();
        let mut cast = Cast::default();
        let office = |whom: &str, certain| Office { speaks_for: Some(whom.to_owned()), certain, ..Office::default() };
        let at = cast.person("Jane Quillon", office("Senate of Chile", true), false, &gazetteer);
        cast.tell(at, office("Labour Party (United Kingdom)", false));
        assert_eq!(cast.get(at).and_then(|e| e.speaks_for.as_deref()), Some("Senate of Chile"));
        cast.tell(at, office("Chile", true));
        assert_eq!(cast.get(at).and_then(|e| e.speaks_for.as_deref()), Some("Chile"));
    }
}
