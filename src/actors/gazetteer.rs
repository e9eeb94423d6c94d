//! All names of the lexicon in one index over tokens.

use crate::Result;
use crate::actors::names::{fold, plain};
use crate::language::{Grammar, Token, sentences};
use crate::lexicon::Lexicon;
use crate::statement::Kind;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::BTreeMap;

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
    /// A state of a federation or the like: an actor by its government, else a place.
    Region(String),
    /// A town: whom its mayor speaks for, else a place and no actor.
    Town(String),
    /// A name that is no actor's: a sea, a war, a treaty.
    Thing,
}

/// What a common word tells of a run of capitals that it stands in, as in `lexicon/things.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Behind a name it makes a thing of it: "Trafalgar Square".
    Last,
    /// Before a name it makes a thing of it: "Northern Lights".
    First,
    /// The whole run that it begins is a thing's name: "Hurricane Maria", "HMS Victory".
    Whole,
    /// In lower case behind a name it makes a place of it: "Amazon rainforest".
    Behind,
    /// What a minister may be minister of.
    Portfolio,
    /// A kind of person, written before the name: "Voter Jane Doe".
    Person,
    /// A kind of person or body that a text calls one so and means by it later: "the airline".
    Kind,
    /// A kind of organization, written before its name: "airline SkyAndes".
    Organisation,
    /// A kind of organization, in small letters behind its name: "the Wagner group".
    Body,
    /// The same, where it is no part of the name: "the GMB union".
    Named,
    /// Ends the name of a company: "Imperial Oil".
    Firm,
    /// Behind the name of a body it names a place or a paper: "Parliament Square".
    Site,
    /// A kind of place: "the province of Quebec".
    Place,
    /// A paper in which somebody takes a stance: "the Turkish statement called for".
    Document,
    /// A body that every town has: "the City Council" is that of the town that the text is about.
    Local,
    /// Those who rule a country, or its forces, whichever the text is about: "the junta", "the generals".
    Rulers,
    /// People or bodies of a state that act for it: "police", "the cabinet".
    Organ,
    /// A body of the state for whatever the words before or behind it say: "ministry".
    Ministry,
    /// By this word the name of a body tells that it is one of a state: "Culture Ministry".
    State,
    /// By this word it tells that it is none: "Permanent Court of Arbitration".
    Between,
    /// Bodies of this name are listed for all countries that have one: "Congress" is nobody else's.
    Listed,
    /// A kind of country: "the kingdom" is the one last spoken of.
    Realm,
    /// In its name it makes a body a chamber of lawmakers: "the legislature" is the one last spoken of.
    Chamber,
}

/// He or she, as far as a first name or title tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// "he"
    Male,
    /// "she"
    Female,
}

/// The kind of a word that only stands before a name, and tells nothing of its bearer: "Father Jane Doe"; in small letters it
/// is no title.
pub const ADDRESS: &str = "address";

/// A title of office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The kind of office, as in `lexicon/titles.csv`.
    pub office: String,
    /// Whether its bearer speaks for the country or institution named with it.
    pub speaks: bool,
    /// Whether it is the office of a town or region.
    pub local: bool,
}

/// An actor that the lexicon knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Country, institution or person.
    pub kind: Kind,
    /// Whom it speaks for, by office and date: (whom, from, to) with ISO dates, empty for open ends.
    pub speaks_for: Vec<(String, String, String)>,
}

type Index<T> = FxHashMap<String, Vec<(Vec<String>, T)>>;

/// The index. Build once, share between documents.
#[derive(Debug, Default)]
pub struct Gazetteer {
    names: Index<Meaning>,
    titles: Index<Title>,
    known: BTreeMap<String, Known>,
    surnames: FxHashMap<String, Vec<String>>,
    /// Surnames, folded, of so many people that one alone does not tell who is meant.
    common: FxHashSet<String>,
    bodies: Index<()>,
    keywords: FxHashSet<String>,
    roles: FxHashMap<String, Vec<Role>>,
    first_names: FxHashMap<String, Option<Gender>>,
    people: FxHashMap<String, String>,
    seats: FxHashMap<String, Vec<String>>,
    minister: Option<Title>,
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
                new.people.entry(fold(name)).or_insert_with(|| row.name.clone());
                if let Some(surname) = name.split_whitespace().next_back() {
                    let holders = new.surnames.entry(fold(surname)).or_default();
                    if !holders.contains(&row.name) {
                        holders.push(row.name.clone());
                    }
                }
            }
        }
        for row in &lexicon.titles {
            let title = Title { office: row.office.clone(), speaks: row.speaks, local: row.local };
            if row.title == "minister" {
                new.minister = Some(title.clone());
            }
            // "Senators Rubio and Lee": the plural is the title of each.
            let plural = match row.title.strip_suffix(" general") {
                Some(head) => format!("{head}s general"),
                None => format!("{}s", row.title),
            };
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
                let words = words(&noun.to_lowercase(), grammar);
                if let Some(first) = words.first().cloned() {
                    new.bodies.entry(first).or_default().push((words, ()));
                }
            }
        }
        for row in lexicon.table("keywords.csv")?.rows() {
            new.keywords.insert(row.get("word").to_owned());
        }
        new.places_and_things(lexicon, grammar)?;
        new.read_seats(lexicon)?;
        longest_first(&mut new.names);
        longest_first(&mut new.bodies);
        longest_first(&mut new.titles);
        Ok(new)
    }

    /// Regions, towns, things that bear names, and first names.
    fn places_and_things(&mut self, lexicon: &Lexicon, grammar: &Grammar) -> Result<()> {
        for row in lexicon.table("regions.csv")?.rows() {
            let name = row.get("name").to_owned();
            let meaning = match row.get("type") {
                "state" => Meaning::Region(name.clone()),
                "city" => Meaning::Town(name.clone()),
                other => return Err(row.error(&format!("unknown type \"{other}\"; use state or city"))),
            };
            for alias in row.list("names").iter().chain([&name]) {
                self.add(alias, meaning.clone(), grammar);
            }
            self.known.entry(name).or_insert(Known { kind: Kind::Institution, speaks_for: Vec::new() });
        }
        for row in lexicon.table("things.csv")?.rows() {
            let word = row.get("word");
            let role = match row.get("role") {
                "last" => Role::Last,
                "first" => Role::First,
                "whole" => Role::Whole,
                "behind" => Role::Behind,
                "portfolio" => Role::Portfolio,
                "person" => Role::Person,
                "kind" => Role::Kind,
                "organisation" => Role::Organisation,
                "body" => Role::Body,
                "named" => Role::Named,
                "firm" => Role::Firm,
                "document" => Role::Document,
                "place" => Role::Place,
                "local" => Role::Local,
                "rulers" => Role::Rulers,
                "organ" => Role::Organ,
                "ministry" => Role::Ministry,
                "state" => Role::State,
                "between" => Role::Between,
                "listed" => Role::Listed,
                "realm" => Role::Realm,
                "chamber" => Role::Chamber,
                "site" => Role::Site,
                "phrase" => {
                    self.add(word, Meaning::Thing, grammar);
                    continue;
                }
                other => return Err(row.error(&format!("unknown role \"{other}\""))),
            };
            self.roles.entry(word.to_lowercase()).or_default().push(role);
        }
        for row in lexicon.table("surnames.csv")?.rows() {
            self.common.insert(fold(row.get("surname")));
        }
        for row in lexicon.table("firstnames.csv")?.rows() {
            let gender = match row.get("gender") {
                "male" => Some(Gender::Male),
                "female" => Some(Gender::Female),
                "" => None,
                other => return Err(row.error(&format!("unknown gender \"{other}\"; use male, female or nothing"))),
            };
            self.first_names.insert(fold(row.get("name")), gender);
        }
        Ok(())
    }

    /// The bodies in which officers sit whose title names none: a senator in the Senate.
    fn read_seats(&mut self, lexicon: &Lexicon) -> Result<()> {
        for row in lexicon.table("seats.csv")?.rows() {
            // The most telling name first.
            let of = |body: String| {
                let bare = lexicon.institutions.iter();
                let bare = bare.filter(move |i| i.name == body || i.bare.contains(&body));
                bare.map(|i| i.name.clone())
            };
            self.seats.insert(row.get("title").to_owned(), row.list("body").into_iter().flat_map(of).collect());
        }
        Ok(())
    }

    fn add(&mut self, name: &str, meaning: Meaning, grammar: &Grammar) {
        self.add_spelling(name, meaning.clone(), grammar);
        let plain = plain(name);
        if plain != name {
            self.add_spelling(&plain, meaning, grammar);
        }
    }

    fn add_spelling(&mut self, name: &str, meaning: Meaning, grammar: &Grammar) {
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
        let entries = self.names.get(straight(&tokens.get(at)?.form).as_ref())?;
        entries.iter().find_map(|(words, meaning)| {
            let hit = tokens.get(at..at + words.len())?.iter().zip(words).all(|(t, w)| straight(&t.form) == *w);
            hit.then_some((words.len(), meaning))
        })
    }

    /// The longest title that begins at token `at`, with its number of tokens.
    pub fn title_at(&self, tokens: &[Token], at: usize) -> Option<(usize, &Title)> {
        let named = |title: &Title| title.office != ADDRESS || tokens[at].is_capitalized();
        let listed = longest_at(&self.titles, tokens, at).filter(|(_, title)| named(title));
        let ministry = self.ministry_at(tokens, at).zip(self.minister.as_ref());
        match (listed, ministry) {
            (Some(listed), Some(ministry)) => Some(if listed.0 >= ministry.0 { listed } else { ministry }),
            (listed, ministry) => listed.or(ministry),
        }
    }

    /// "Secretary of Justice", "Deputy Emergency Situations Minister": ministers of whatever portfolio.
    fn ministry_at(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let lower = |k: usize| tokens.get(k).map_or("", |t| t.lower.as_str());
        let is_minister = |k: usize| matches!(lower(k), "minister" | "ministers" | "secretary" | "secretaries");
        let mut start = at;
        if matches!(lower(at), "deputy" | "vice" | "assistant" | "acting" | "junior" | "senior" | "former") {
            start += 1;
        }
        let portfolios = |from: usize| {
            let mut end = from;
            let mut k = from;
            while k < from + 7 {
                if self.has_role(lower(k), Role::Portfolio) && tokens.get(k).is_some_and(Token::is_capitalized) {
                    end = k + 1;
                } else if k == from || !matches!(lower(k), "and" | "&" | ",") {
                    break;
                }
                k += 1;
            }
            end
        };
        if is_minister(start) && matches!(lower(start + 1), "of" | "for") {
            let from = start + 2 + usize::from(lower(start + 2) == "the");
            let end = portfolios(from);
            return (end > from).then_some(end - at);
        }
        let end = portfolios(start);
        (end > start && is_minister(end) && tokens.get(end).is_some_and(Token::is_capitalized)).then_some(end + 1 - at)
    }

    /// Whether `lexicon/things.csv` gives the word, in lower case, this role.
    pub fn has_role(&self, lower: &str, role: Role) -> bool {
        self.roles.get(lower).is_some_and(|roles| roles.contains(&role))
    }

    /// Whether many people bear the first name.
    pub fn is_first_name(&self, form: &str) -> bool {
        self.first_names.contains_key(&fold(form))
    }

    /// Whether bearers of the first name are "he" or "she".
    pub fn gender(&self, first_name: &str) -> Option<Gender> {
        self.first_names.get(&fold(first_name)).copied().flatten()
    }

    /// The institutions in one of which the bearer of a title, in lower case, sits.
    pub fn seat(&self, title: &str) -> &[String] {
        self.seats.get(title).map_or(&[], Vec::as_slice)
    }

    /// The canonical name of the person whom the lexicon also knows by this name, whatever its accents.
    pub fn person(&self, name: &str) -> Option<&str> {
        self.people.get(&fold(name)).map(String::as_str)
    }

    /// The country or union that an actor belongs to in the end: that of a committee's chamber's parliament.
    pub fn home_of<'a>(&'a self, name: &'a str) -> &'a str {
        let mut at = name;
        for _ in 0..6 {
            let Some(known) = self.known.get(at).filter(|k| k.kind != Kind::Country) else { break };
            let Some((whom, ..)) = known.speaks_for.first() else { break };
            at = whom;
        }
        at
    }

    /// The longest collective noun that begins at token `at` ("armed forces"), with its number of tokens.
    pub fn body_at(&self, tokens: &[Token], at: usize) -> Option<usize> {
        longest_at(&self.bodies, tokens, at).map(|(length, ())| length)
    }

    /// Whether the word makes an institution of the name it stands in ("Ministry").
    pub fn is_keyword(&self, form: &str) -> bool {
        self.keywords.contains(form)
    }

    /// What the lexicon knows of an actor.
    pub fn known(&self, name: &str) -> Option<&Known> {
        self.known.get(name)
    }

    /// Whether a canonical name is a country's.
    pub fn is_country(&self, name: &str) -> bool {
        self.known(name).is_some_and(|k| k.kind == Kind::Country)
    }

    /// Whether so many people bear this surname that it alone does not tell who is meant.
    pub fn is_common_surname(&self, surname: &str) -> bool {
        self.common.contains(&fold(surname))
    }

    /// Known people of this surname.
    pub fn by_surname(&self, surname: &str) -> &[String] {
        self.surnames.get(&fold(surname)).map_or(&[], Vec::as_slice)
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

fn longest_first<T>(index: &mut Index<T>) {
    for entries in index.values_mut() {
        entries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
}

/// The longest entry that stands in small letters at token `at`, with its number of tokens.
fn longest_at<'i, T>(index: &'i Index<T>, tokens: &[Token], at: usize) -> Option<(usize, &'i T)> {
    index.get(&tokens.get(at)?.lower)?.iter().find_map(|(words, value)| {
        let hit = tokens.get(at..at + words.len())?.iter().zip(words).all(|(t, w)| t.lower == *w);
        hit.then_some((words.len(), value))
    })
}

fn straight(form: &str) -> Cow<'_, str> {
    if form.contains('’') { form.replace('’', "'").into() } else { form.into() }
}

fn words(name: &str, grammar: &Grammar) -> Vec<String> {
    sentences(name, grammar).into_iter().flat_map(|s| s.tokens).map(|t| straight(&t.form).into_owned()).collect()
}
