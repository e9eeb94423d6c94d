//! The lexicon: what we know of the world and the language, as tables that a political scientist can read and correct.
//!
//! In: the tables of `lexicon/`, built into the program, and a user's own. Out: typed rows. Never here: text to be read.

mod check;
mod rows;
mod table;

pub use rows::{Country, Group, Institution, Metonym, Outlet, OwnActor, Person, TitleRow};
pub use table::{Row, Table};

use crate::statement::Kind;
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// A table of ours: its file, what it holds, and the columns that it must have.
type Embedded = (&'static str, &'static [u8], &'static [&'static str]);

macro_rules! tables {
    ($($file:literal: $($column:literal)+;)+) => {
        [$(($file, include_bytes!(concat!("../../lexicon/", $file)) as &[u8], &[$($column),+] as &[&str])),+]
    };
}

const TABLES: [Embedded; 40] = tables! {
    "countries.csv": "name" "code" "names" "demonyms" "capital";
    "institutions.csv": "name" "abbreviations" "names" "bare" "demonyms" "members" "part_of" "country";
    "groups.csv": "name" "names" "members";
    "metonyms.csv": "phrase" "actor" "type";
    "titles.csv": "title" "type" "speaks_for";
    "people.csv": "name" "names" "for" "office" "from" "to";
    "outlets.csv": "name" "names";
    "bidding.csv": "noun" "prepositions" "asks";
    "bodies.csv": "noun";
    "agents.csv": "noun" "kind";
    "events.csv": "word" "relation" "kind";
    "keywords.csv": "word";
    "things.csv": "word" "role";
    "regions.csv": "name" "names" "type" "country";
    "firstnames.csv": "name" "gender";
    "surnames.csv": "surname";
    "seats.csv": "title" "body";
    "frames.csv": "frame" "part" "words" "relation" "holder" "target" "needs" "clause" "negated";
    "frame_words.csv": "word" "part" "frame";
    "values.csv": "name" "part" "strength" "words" "relation";
    "confidence.csv": "clue" "weight";
    "light.csv": "verb" "does";
    "raising.csv": "verb";
    "requests.csv": "verb" "asked";
    "hedges.csv": "word";
    "silence.csv": "word" "part";
    "speech.csv": "verb" "kind";
    "texts.csv": "noun";
    "words.csv": "word";
    "verbs.csv": "verb" "past" "participle";
    "valency.csv": "verb" "takes";
    "abbreviations.csv": "abbreviation" "title";
    "empty.csv": "word" "kind";
    "time.csv": "word";
    "synonyms.csv": "words";
    "matters.csv": "name" "phrases";
    "cameo.csv": "code" "name" "relation" "weak";
    "plover.csv": "code" "name" "relation" "weak";
    "event_actors.csv": "code" "name" "kind";
    "event_roles.csv": "code" "name" "speaks_for" "names";
};

/// A user's own actors: the one table that has no counterpart of ours.
const OWN_ACTORS: (&str, &[&str]) = ("actors.csv", &["name"]);

/// All tables.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// `countries.csv`
    pub countries: Vec<Country>,
    /// `institutions.csv`
    pub institutions: Vec<Institution>,
    /// `groups.csv`
    pub groups: Vec<Group>,
    /// `metonyms.csv`
    pub metonyms: Vec<Metonym>,
    /// `titles.csv`
    pub titles: Vec<TitleRow>,
    /// `people.csv`
    pub people: Vec<Person>,
    /// `outlets.csv`
    pub outlets: Vec<Outlet>,
    /// The user's `actors.csv`; its names win over ours.
    pub actors: Vec<OwnActor>,
    tables: BTreeMap<String, Table>,
    kinds: BTreeMap<String, Kind>,
    codes: BTreeMap<String, String>,
}

impl Lexicon {
    /// The lexicon that is built into the program.
    ///
    /// # Errors
    /// A broken table; a test sees to it that there is none.
    pub fn embedded() -> Result<Self> {
        Self::new(None)
    }

    /// Ours with the tables of a user's folder: rows are added, or replace those of ours with the same first cell.
    ///
    /// # Errors
    /// Tables that cannot be read, unknown table names, rows that contradict others; with file and line.
    pub fn with_user(dir: &Path) -> Result<Self> {
        Self::new(Some(dir))
    }

    fn new(dir: Option<&Path>) -> Result<Self> {
        let mut tables = BTreeMap::new();
        for (file, bytes, required) in TABLES {
            tables.insert(file.to_owned(), Table::read(&format!("lexicon/{file}"), bytes, required)?);
        }
        if let Some(dir) = dir {
            add_user(dir, &mut tables)?;
        }
        let mut new = Self { tables, ..Self::default() };
        new.countries = new.typed("countries.csv", Country::read)?;
        new.institutions = new.typed("institutions.csv", Institution::read)?;
        new.groups = new.typed("groups.csv", Group::read)?;
        new.metonyms = new.typed("metonyms.csv", Metonym::read)?;
        new.titles = new.typed("titles.csv", TitleRow::read)?;
        new.people = new.typed("people.csv", Person::read)?;
        new.outlets = new.typed("outlets.csv", Outlet::read)?;
        new.actors = new.typed(OWN_ACTORS.0, OwnActor::read)?;
        new.index();
        check::check(&new)?;
        Ok(new)
    }

    fn typed<T>(&self, file: &str, read: impl Fn(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        self.tables.get(file).map_or(Ok(Vec::new()), |table| table.rows().map(|row| read(&row)).collect())
    }

    fn index(&mut self) {
        for row in &self.people {
            self.kinds.insert(row.name.clone(), Kind::Person);
        }
        for row in &self.institutions {
            self.kinds.insert(row.name.clone(), Kind::Institution);
        }
        for row in &self.countries {
            self.kinds.insert(row.name.clone(), Kind::Country);
            if let Some(code) = &row.code {
                self.codes.insert(row.name.clone(), code.clone());
            }
        }
        for row in &self.actors {
            self.kinds.insert(row.name.clone(), row.kind);
            if let Some(code) = &row.code {
                self.codes.insert(row.name.clone(), code.clone());
            }
        }
    }

    /// A table by its file name.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn table(&self, file: &str) -> Result<&Table> {
        self.tables.get(file).ok_or_else(|| Error::input(format!("lexicon/{file}"), "there is no such table"))
    }

    /// ISO 3166-1 alpha-3 code of a country, by its canonical name.
    pub fn code(&self, country: &str) -> Option<&str> {
        self.codes.get(country).map(String::as_str)
    }

    /// What an actor of this canonical name is.
    pub fn kind(&self, name: &str) -> Option<Kind> {
        self.kinds.get(name).copied()
    }
}

/// Lays the tables of a user's folder over ours.
fn add_user(dir: &Path, tables: &mut BTreeMap<String, Table>) -> Result<()> {
    let folder = dir.display().to_string();
    let mut files: Vec<_> = std::fs::read_dir(dir)
        .and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect::<std::io::Result<Vec<_>>>())
        .map_err(|e| Error::io(&folder, e))?;
    files.sort();
    files.retain(|path| path.extension().is_some_and(|e| e == "csv"));
    if files.is_empty() {
        return Err(Error::input(folder, format!("no tables in this folder; it may hold {}", known())));
    }
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let shown = path.display().to_string();
        let bytes = std::fs::read(&path).map_err(|e| Error::io(&shown, e))?;
        if name == OWN_ACTORS.0 {
            tables.insert(name, Table::read(&shown, &bytes, OWN_ACTORS.1)?);
            continue;
        }
        let Some(ours) = tables.get_mut(&name) else {
            return Err(Error::input(shown, format!("no table of this name is known; there are {}", known())));
        };
        let key: Vec<&str> = TABLES
            .iter()
            .filter(|(file, ..)| *file == name)
            .filter_map(|(.., columns)| columns.first().copied())
            .collect();
        ours.overlay(&Table::read(&shown, &bytes, &key)?);
    }
    Ok(())
}

fn known() -> String {
    let names: Vec<&str> = TABLES.iter().map(|(file, ..)| *file).chain([OWN_ACTORS.0]).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_tables_are_sound() {
        let lexicon = Lexicon::embedded().unwrap();
        assert_eq!(lexicon.code("Germany"), Some("DEU"));
        assert_eq!(lexicon.kind("European Union"), Some(Kind::Institution));
        let un_members = lexicon.countries.iter().filter(|c| c.code.is_some()).count();
        assert!(un_members >= 193, "{un_members} countries with a code");
        assert!(lexicon.institutions.len() >= 150);
    }

    #[test]
    fn a_users_tables_are_laid_over_ours() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("actors.csv"), "name,kind,names\nKraken League,institution,Krakens\n").unwrap();
        std::fs::write(dir.path().join("outlets.csv"), "name,names\nDaily Squid,\n").unwrap();
        let lexicon = Lexicon::with_user(dir.path()).unwrap();
        assert_eq!(lexicon.kind("Kraken League"), Some(Kind::Institution));
        assert!(lexicon.outlets.iter().any(|o| o.name == "Daily Squid"));
        std::fs::write(dir.path().join("actor.csv"), "name\nX\n").unwrap();
        let error = Lexicon::with_user(dir.path()).unwrap_err().to_string();
        assert!(error.contains("actor.csv") && error.contains("countries.csv"), "{error}");
    }

    #[test]
    fn contradictions_in_a_users_tables_are_told() {
        let dir = tempfile::tempdir().unwrap();
        let write = |text: &str| std::fs::write(dir.path().join("institutions.csv"), text).unwrap();
        write("name,part_of\nA Club,B Club\nB Club,A Club\n");
        let error = Lexicon::with_user(dir.path()).unwrap_err().to_string();
        assert!(error.contains("A Club") && error.contains("itself"), "{error}");
        write("name,part_of\nA Club,Atlantis Board\n");
        let error = Lexicon::with_user(dir.path()).unwrap_err().to_string();
        assert!(error.contains("Atlantis Board"), "{error}");
    }
}
