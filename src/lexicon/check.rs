//! Do the tables fit together: no name for two actors, no actor named that there is none of, no circles.

use super::Lexicon;
use crate::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};

/// Checks all tables against each other.
///
/// # Errors
/// Every contradiction, one a line, up to twenty.
pub(super) fn check(lexicon: &Lexicon) -> Result<()> {
    let mut problems = Vec::new();
    names(lexicon, &mut problems);
    references(lexicon, &mut problems);
    circles(lexicon, &mut problems);
    problems.truncate(20);
    if problems.is_empty() { Ok(()) } else { Err(Error::many(problems)) }
}

/// Each name of a country or an institution belongs to one of them; a user's own actors may take any.
fn names(lexicon: &Lexicon, problems: &mut Vec<Error>) {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    let countries = lexicon
        .countries
        .iter()
        .map(|c| ("countries.csv", &c.name, c.names.iter().chain(&c.demonyms).collect::<Vec<_>>()));
    let institutions = lexicon
        .institutions
        .iter()
        .map(|i| ("institutions.csv", &i.name, i.names.iter().chain(&i.abbreviations).chain(&i.demonyms).collect()));
    for (file, actor, names) in countries.chain(institutions) {
        for name in names.into_iter().chain([actor]) {
            match owners.insert(name, actor) {
                Some(other) if other != actor => {
                    let message = format!("\"{name}\" names both {other} and {actor}; keep it with one of them");
                    problems.push(at_row(lexicon, file, actor, &message));
                }
                _ => {}
            }
        }
    }
}

fn references(lexicon: &Lexicon, problems: &mut Vec<Error>) {
    let mut known: BTreeSet<&str> = lexicon.countries.iter().map(|c| c.name.as_str()).collect();
    known.extend(lexicon.institutions.iter().map(|i| i.name.as_str()));
    known.extend(lexicon.actors.iter().map(|a| a.name.as_str()));
    let mut want = |file: &str, row: &str, name: &str| {
        if !known.contains(name) {
            let message = format!("row \"{row}\" speaks of \"{name}\", of whom no table knows");
            problems.push(at_row(lexicon, file, row, &message));
        }
    };
    for row in &lexicon.institutions {
        for name in row.members.iter().chain(&row.part_of).chain(&row.country) {
            want("institutions.csv", &row.name, name);
        }
    }
    for row in &lexicon.groups {
        for name in &row.members {
            want("groups.csv", &row.name, name);
        }
    }
    for row in &lexicon.metonyms {
        want("metonyms.csv", &row.phrase, &row.actor);
    }
    for row in &lexicon.people {
        for name in row.speaks_for.iter() {
            want("people.csv", &row.name, name);
        }
    }
}

fn circles(lexicon: &Lexicon, problems: &mut Vec<Error>) {
    let above: BTreeMap<&str, &str> =
        lexicon.institutions.iter().filter_map(|i| i.part_of.as_deref().map(|p| (i.name.as_str(), p))).collect();
    for &start in above.keys() {
        let mut at = start;
        for _ in 0..above.len() {
            match above.get(at) {
                Some(&next) if next == start => {
                    let message = format!("\"{start}\" is part of itself, by way of part_of");
                    problems.push(at_row(lexicon, "institutions.csv", start, &message));
                    break;
                }
                Some(&next) => at = next,
                None => break,
            }
        }
    }
}

/// An error at the row that the table `file` has for `key`, be it one of ours or of the user's.
fn at_row(lexicon: &Lexicon, file: &str, key: &str, message: &str) -> Error {
    let row = lexicon.tables.get(file).and_then(|table| table.rows().find(|row| row.key() == key));
    row.map_or_else(|| Error::input(format!("lexicon/{file}"), message), |row| row.error(message))
}
