//! Who acts in an event: codes and names of other people's tables as actors of ours.
//!
//! In: what a row says of an actor: country, known group, role, name. Out: a [`Who`], or nothing where it is nobody in
//! particular. Never here: the meaning of any code, which is in `event_actors.csv`, `event_roles.csv` and the tables of
//! countries, institutions and people.
//!
//! A government is its country, as in the coder. Other roles are actors of their own, "Police (France)"; those that act
//! for the state speak for the country, and rebels, parties or companies do not. A region is nobody, and so is a role
//! without a country.

use crate::Result;
use crate::lexicon::Lexicon;
use crate::statement::Kind;
use std::collections::HashMap;

/// An actor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Who {
    pub(super) name: String,
    /// `None` where the table does not tell a person from an organization.
    pub(super) kind: Option<Kind>,
    pub(super) speaks_for: Option<String>,
}

/// What a name or code stands for; `None` for a region, which is no actor.
type Known = Option<(String, Kind)>;

#[derive(Debug)]
struct Role {
    /// Empty for the state itself, and for what is nobody.
    name: String,
    speaks: bool,
}

/// The tables, by what is looked up.
#[derive(Debug, Default)]
pub(super) struct Actors {
    codes: HashMap<String, Known>,
    /// By name in small letters.
    names: HashMap<String, Known>,
    roles: Vec<Role>,
    /// By code and by name, in small letters.
    role_of: HashMap<String, usize>,
}

impl Actors {
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self> {
        let mut new = Self::default();
        for row in &lexicon.people {
            new.call(Kind::Person, &row.name, &row.names);
        }
        for row in &lexicon.institutions {
            new.call(Kind::Institution, &row.name, row.names.iter().chain(&row.abbreviations));
        }
        for row in &lexicon.countries {
            new.call(Kind::Country, &row.name, &row.names);
            if let Some(code) = &row.code {
                new.codes.insert(code.clone(), Some((row.name.clone(), Kind::Country)));
            }
        }
        for row in &lexicon.actors {
            new.call(row.kind, &row.name, &row.names);
        }
        for row in lexicon.table("event_actors.csv")?.rows() {
            let known = match row.get("kind") {
                "region" => None,
                word => match word.parse() {
                    Ok(Kind::Matter) | Err(_) => {
                        return Err(
                            row.error(&format!("kind is \"{word}\"; use country, institution, person or region"))
                        );
                    }
                    Ok(kind) => Some((row.get("name").to_owned(), kind)),
                },
            };
            let name = row.get("name").to_lowercase();
            if known.is_none() {
                new.names.insert(name, None);
            } else {
                new.names.entry(name).or_insert_with(|| known.clone());
            }
            new.codes.insert(row.key().to_owned(), known);
        }
        new.read_roles(lexicon)?;
        Ok(new)
    }

    fn call<'n>(&mut self, kind: Kind, name: &'n String, names: impl IntoIterator<Item = &'n String>) {
        for other in names.into_iter().chain([name]) {
            self.names.insert(other.to_lowercase(), Some((name.clone(), kind)));
        }
    }

    fn read_roles(&mut self, lexicon: &Lexicon) -> Result<()> {
        for row in lexicon.table("event_roles.csv")?.rows() {
            let speaks = match row.get("speaks_for") {
                "country" => true,
                "none" | "" => false,
                other => return Err(row.error(&format!("speaks_for is \"{other}\"; use country or none"))),
            };
            let at = self.roles.len();
            self.roles.push(Role { name: row.get("name").to_owned(), speaks });
            for name in row.list("names").iter().map(String::as_str).chain([row.key(), row.get("name")]) {
                if !name.is_empty() {
                    self.role_of.insert(name.to_lowercase(), at);
                }
            }
        }
        Ok(())
    }

    /// The actor of GDELT's columns country, known group, ethnic group, two religions, and three roles.
    pub(super) fn coded(&self, cells: &[&str]) -> Option<Who> {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let known = |code: &str| self.codes.get(code).cloned().flatten();
        if let Some((name, kind)) = known(cell(1)) {
            return Some(Who { name, kind: Some(kind), speaks_for: None });
        }
        let (name, kind) = known(cell(0))?;
        if kind != Kind::Country {
            return Some(Who { name, kind: Some(kind), speaks_for: None });
        }
        // The Jews of France are people of France, not France.
        let people = (2..5).any(|at| !cell(at).is_empty());
        match (cell(5), people) {
            ("", false) => Some(state(&name)),
            ("", true) => self.in_role("cvl", &name),
            (role, _) => self.in_role(&role.to_lowercase(), &name),
        }
    }

    /// The actor of a row that names it, with its country (by name or code) and sectors (the first that is known counts).
    pub(super) fn named(&self, name: &str, country: &str, sectors: &str) -> Option<Who> {
        let country = self.country(country);
        let sectors: Vec<String> = sectors.split([',', ';']).map(|s| s.trim().to_lowercase()).collect();
        let sector = sectors.iter().find(|s| self.role_of.contains_key(*s)).cloned();
        if matches!(name, "" | "None" | "none" | "null" | "NA") {
            let country = country?;
            return sector.map_or_else(|| Some(state(country)), |sector| self.in_role(&sector, country));
        }
        let speaks = sector.and_then(|s| self.roles.get(*self.role_of.get(&s)?)).is_some_and(|role| role.speaks);
        let for_country = |country: Option<&str>| country.filter(|_| speaks).map(str::to_owned);
        let known = self.names.get(&name.to_lowercase());
        if let Some(known) = known {
            let (name, kind) = known.clone()?;
            let speaks_for = if kind == Kind::Country { None } else { for_country(country) };
            return Some(Who { name, kind: Some(kind), speaks_for });
        }
        // "Police (France)", or "Police" with the country in a column of its own.
        let (bare, inside) = match name.strip_suffix(')').and_then(|n| n.rsplit_once(" (")) {
            Some((bare, place)) => (bare, self.country(place)),
            None => (name, None),
        };
        let place = inside.or(country);
        if let Some(place) = place.filter(|_| self.role_of.contains_key(&bare.to_lowercase())) {
            return self.in_role(&bare.to_lowercase(), place);
        }
        let name = inside.map_or_else(|| name.to_owned(), |place| format!("{bare} ({place})"));
        Some(Who { name, kind: None, speaks_for: for_country(place) })
    }

    fn country(&self, cell: &str) -> Option<&str> {
        let known = self.codes.get(cell).or_else(|| self.names.get(&cell.to_lowercase()));
        known?.as_ref().filter(|(_, kind)| *kind == Kind::Country).map(|(name, _)| name.as_str())
    }

    fn in_role(&self, role: &str, country: &str) -> Option<Who> {
        let role = self.roles.get(*self.role_of.get(role)?)?;
        if role.name.is_empty() {
            return role.speaks.then(|| state(country));
        }
        Some(Who {
            name: format!("{} ({country})", role.name),
            kind: Some(Kind::Institution),
            speaks_for: role.speaks.then(|| country.to_owned()),
        })
    }
}

fn state(country: &str) -> Who {
    Who { name: country.to_owned(), kind: Some(Kind::Country), speaks_for: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actors() -> Actors {
        Actors::new(&Lexicon::embedded().unwrap()).unwrap()
    }

    #[test]
    fn our_codes_name_actors_of_ours() {
        let lexicon = Lexicon::embedded().unwrap();
        for row in lexicon.table("event_actors.csv").unwrap().rows() {
            let kind = row.get("kind");
            let known = lexicon.kind(row.get("name")).map(Kind::as_str);
            assert!(kind == "region" || known == Some(kind), "{}: {known:?}", row.key());
        }
    }

    #[test]
    fn codes_become_actors() {
        let actors = actors();
        let who = |cells: &[&str]| actors.coded(cells).map(|w| (w.name, w.speaks_for));
        let one = |name: &str| Some((name.to_owned(), None));
        assert_eq!(who(&["FRA"]), one("France"));
        assert_eq!(who(&["FRA", "", "", "", "", "GOV"]), one("France"));
        assert_eq!(who(&["ROM"]), one("Romania"));
        assert_eq!(who(&["FRA", "", "", "", "", "COP"]), Some(("Police (France)".into(), Some("France".into()))));
        assert_eq!(who(&["SYR", "", "", "", "", "REB"]), one("Rebels (Syria)"));
        assert_eq!(who(&["ISR", "", "", "JEW", "", ""]), one("Civilians (Israel)"));
        assert_eq!(who(&["", "UNO", "", "", "", "IGO"]), one("United Nations"));
        assert_eq!(who(&["EUR", "EEC", "", "", "", "IGO"]), one("European Union"));
        for nobody in [&["EUR"][..], &["", "", "", "", "", "COP"], &["XQZ"], &["FRA", "", "", "", "", "Q?"], &[]] {
            assert_eq!(who(nobody), None, "{nobody:?}");
        }
    }

    #[test]
    fn names_become_actors() {
        let actors = actors();
        let who = |name: &str, country: &str, sectors: &str| actors.named(name, country, sectors);
        let told = |w: Option<Who>| w.map(|w| (w.name, w.speaks_for));
        let one = |name: &str| Some((name.to_owned(), None));
        let of = |name: &str, country: &str| Some((name.to_owned(), Some(country.to_owned())));
        assert_eq!(told(who("Russian Federation", "Russian Federation", "")), one("Russia"));
        assert_eq!(
            told(who("Police (Russian Federation)", "Russian Federation", "Government,Police")),
            of("Police (Russia)", "Russia")
        );
        assert_eq!(told(who("Government (France)", "France", "Government")), one("France"));
        assert_eq!(
            told(who("Citizen (India)", "India", "General Population / Civilian / Social")),
            one("Civilians (India)")
        );
        assert_eq!(told(who("Harald Rose", "Norway", "Executive Office,Government")), of("Harald Rose", "Norway"));
        assert_eq!(told(who("Harald Rose", "Norway", "Business")), one("Harald Rose"));
        assert_eq!(told(who("None", "IND", "GOV")), one("India"));
        assert_eq!(told(who("", "IND", "MIL")), of("Armed forces (India)", "India"));
        assert_eq!(told(who("Police", "FRA", "COP")), of("Police (France)", "France"));
        assert_eq!(told(who("NATO", "", "")), one("NATO"));
        assert_eq!(who("NATO", "", "").unwrap().kind, Some(Kind::Institution));
        for (name, country) in [("Europe", ""), ("", ""), ("None", "Nowhere")] {
            assert_eq!(who(name, country, ""), None, "{name}");
        }
    }
}
