//! Rows of the tables of actors, typed.

use super::table::Row;
use crate::Result;
use crate::statement::Kind;

/// A row of `countries.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// Canonical name in common English.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub code: Option<String>,
    /// Other names and abbreviations.
    pub names: Vec<String>,
    /// Adjective and people: "German", "Germans".
    pub demonyms: Vec<String>,
}

/// A row of `institutions.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Institution {
    /// Canonical name in common English.
    pub name: String,
    /// "EU"
    pub abbreviations: Vec<String>,
    /// Other names.
    pub names: Vec<String>,
    /// Names that need the country for context: "Parliament".
    pub bare: Vec<String>,
    /// Members as adjective and people: "Democrats".
    pub demonyms: Vec<String>,
    /// Member countries.
    pub members: Vec<String>,
    /// The institution that it is an organ of.
    pub part_of: Option<String>,
    /// The country that it belongs to.
    pub country: Option<String>,
}

/// A row of `groups.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// "Baltic states"
    pub name: String,
    /// Other names.
    pub names: Vec<String>,
    /// The actors that count one by one.
    pub members: Vec<String>,
}

/// A row of `metonyms.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metonym {
    /// "the Kremlin" without its article.
    pub phrase: String,
    /// What it stands for.
    pub actor: String,
    /// A capital, which is also a mere place.
    pub capital: bool,
    /// A sentence in which it acts, and one in which it does not.
    pub examples: (String, String),
}

/// A row of `titles.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleRow {
    /// In lower case.
    pub title: String,
    /// The kind of office.
    pub office: String,
    /// Whether its bearer speaks for the country or institution named with it.
    pub speaks: bool,
    /// Whether that is a town or region rather than a state: a mayor's London is not the United Kingdom.
    pub local: bool,
    /// A sentence in which its bearer takes a stance, and one in which none does.
    pub examples: (String, String),
}

/// A row of `people.csv`: one person in one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Canonical name.
    pub name: String,
    /// Other spellings.
    pub names: Vec<String>,
    /// Whom the person speaks for in this office.
    pub speaks_for: Option<String>,
    /// First day, ISO 8601, perhaps only a year; empty when not known.
    pub from: String,
    /// Last day; empty for "still".
    pub to: String,
}

/// A row of `outlets.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// Canonical name.
    pub name: String,
    /// Other names.
    pub names: Vec<String>,
}

/// A row of a user's `actors.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnActor {
    /// Canonical name.
    pub name: String,
    /// An institution when the table does not say.
    pub kind: Kind,
    /// ISO code, for countries.
    pub code: Option<String>,
    /// Other names.
    pub names: Vec<String>,
    /// Whom the actor speaks for.
    pub speaks_for: Option<String>,
}

impl Country {
    pub(super) fn read(row: &Row<'_>) -> Result<Self> {
        let code = row.some("code");
        if code.as_ref().is_some_and(|c| c.len() != 3 || !c.bytes().all(|b| b.is_ascii_uppercase())) {
            return Err(row.error("a country's code has three capital letters (ISO 3166-1 alpha-3)"));
        }
        Ok(Self { name: row.get("name").to_owned(), code, names: row.list("names"), demonyms: row.list("demonyms") })
    }
}

impl Institution {
    pub(super) fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            name: row.get("name").to_owned(),
            abbreviations: row.list("abbreviations"),
            names: row.list("names"),
            bare: row.list("bare"),
            demonyms: row.list("demonyms"),
            members: row.list("members"),
            part_of: row.some("part_of"),
            country: row.some("country"),
        })
    }
}

impl Group {
    pub(super) fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self { name: row.get("name").to_owned(), names: row.list("names"), members: row.list("members") })
    }
}

fn examples(row: &Row<'_>) -> (String, String) {
    (row.get("codes").to_owned(), row.get("codes_not").to_owned())
}

impl Metonym {
    pub(super) fn read(row: &Row<'_>) -> Result<Self> {
        let capital = match row.get("type") {
            "capital" => true,
            "residence" | "seat" => false,
            other => return Err(row.error(&format!("unknown type \"{other}\"; use capital, residence or seat"))),
        };
        Ok(Self {
            phrase: row.get("phrase").to_owned(),
            actor: row.get("actor").to_owned(),
            capital,
            examples: examples(row),
        })
    }
}

impl TitleRow {
    pub(super) fn read(row: &Row<'_>) -> Result<Self> {
        let speaks = match row.get("speaks_for") {
            "country" | "institution" | "place" => true,
            "none" => false,
            other => {
                return Err(
                    row.error(&format!("unknown speaks_for \"{other}\"; use country, institution, place or none"))
                );
            }
        };
        Ok(Self {
            title: row.get("title").to_lowercase(),
            office: row.get("type").to_owned(),
            speaks,
            local: row.get("speaks_for") == "place",
            examples: examples(row),
        })
    }
}

impl Person {
    pub(super) fn read(row: &Row<'_>) -> Result<Self> {
        let date = |column: &str| -> Result<String> {
            let cell = row.get(column);
            let full = cell.parse::<jiff::civil::Date>().is_ok();
            let year = cell.len() == 4 && cell.bytes().all(|b| b.is_ascii_digit());
            let month = cell.len() == 7 && format!("{cell}-01").parse::<jiff::civil::Date>().is_ok();
            if cell.is_empty() || full || year || month {
                Ok(cell.to_owned())
            } else {
                Err(row.error(&format!("\"{cell}\" in column {column} is no date; write 2024-06-09, 2024-06 or 2024")))
            }
        };
        let (from, to) = (date("from")?, date("to")?);
        if !from.is_empty() && !to.is_empty() && from > to && !from.starts_with(&to) {
            return Err(row.error("the office ends before it begins"));
        }
        Ok(Self { name: row.get("name").to_owned(), names: row.list("names"), speaks_for: row.some("for"), from, to })
    }
}

impl Outlet {
    pub(super) fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self { name: row.get("name").to_owned(), names: row.list("names") })
    }
}

impl OwnActor {
    pub(super) fn read(row: &Row<'_>) -> Result<Self> {
        let kind = match row.get("kind") {
            "" => Kind::Institution,
            word => word.parse().map_err(|e: String| row.error(&e))?,
        };
        if kind == Kind::Matter {
            return Err(row.error("a matter is no actor; use country, institution or person"));
        }
        Ok(Self {
            name: row.get("name").to_owned(),
            kind,
            code: row.some("code"),
            names: row.list("names"),
            speaks_for: row.some("for"),
        })
    }
}
