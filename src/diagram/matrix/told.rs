//! What a matrix says in words: title, subtitle, description and tooltips.
//!
//! In: a network and the grid drawn of it. Out: plain text, not yet escaped. Never here: where it is written.

use super::super::DiagramOptions;
use super::super::picture::Picture;
use super::super::text::clean;
use super::super::words::{count, evidence_of, number, of_bloc, some, span};
use super::grid::{Grid, Head};
use super::stances::{Column, Part, Says, Stances};
use crate::network::Network;
use crate::statement::Statement;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The caller's title, or one made of what occurs.
pub fn title(grid: &Grid, options: &DiagramOptions) -> String {
    if let Some(title) = options.title.as_deref().map(clean).filter(|t| !t.is_empty()) {
        return title;
    }
    let verbs: Vec<&str> = [Says::Support, Says::Oppose, Says::Invite]
        .into_iter()
        .filter(|says| grid.cells.values().flatten().any(|p| p.says == *says))
        .map(Says::verb)
        .collect();
    match (verbs.as_slice(), grid.on_matters) {
        ([], _) => "Actors and where they stand".to_owned(),
        ([one], true) => format!("Who {one} what"),
        ([first, rest @ ..], true) => format!("Who {first} what, and who {} it", rest.join(", ")),
        ([one], false) => format!("Who {one} whom"),
        ([first @ .., last], false) => format!("Who {} and {last} whom", first.join(", ")),
    }
}

/// The caller's subtitle, or counts and dates, and what is left out.
pub fn subtitle(
    network: &Network,
    picture: &Picture,
    stances: &Stances,
    grid: &Grid,
    options: &DiagramOptions,
) -> String {
    if let Some(subtitle) = options.subtitle.as_deref().map(clean) {
        return subtitle;
    }
    if grid.rows.is_empty() {
        return "No actors and no ties were found".to_owned();
    }
    let of = |shown: usize, all: usize, what: &str| match shown < all {
        true => format!("{} most active of {}", number(shown), count(all, what)),
        false => count(all, what),
    };
    let mut text = of(grid.rows.len(), grid.all.0, "actor");
    if grid.rows.len() < grid.all.0 {
        text.insert_str(0, "The ");
    }
    let blocs = grid.row_groups.iter().filter(|g| g.bloc.is_some_and(|b| b < picture.blocs.len())).count();
    if blocs > 0 {
        let _ = write!(text, " in {}", count(blocs, "bloc"));
    }
    if grid.on_matters {
        let _ = match grid.columns.len() < grid.all.1 {
            true => write!(text, ", {} of {} matters", number(grid.columns.len()), number(grid.all.1)),
            false => write!(text, ", {}", count(grid.columns.len(), "matter")),
        };
    }
    let behind = |parts: &mut dyn Iterator<Item = &Part>| -> BTreeSet<usize> {
        parts.flat_map(|p| p.evidence.iter().copied()).collect()
    };
    let shown = behind(&mut grid.cells.values().flatten());
    let all = behind(&mut stances.cells.values().flatten());
    if let Some(tallied) = network.tallied {
        let _ = write!(text, ", from {}", count(tallied.statements as usize, "statement"));
    } else if !all.is_empty() {
        let _ = write!(
            text,
            ", {}",
            match shown.len() < all.len() {
                true => format!("{} of {}", number(shown.len()), count(all.len(), "statement")),
                false => count(all.len(), "statement"),
            }
        );
        if grid.on_matters {
            text.push_str(if all.len() == 1 { " on a matter" } else { " on matters" });
        }
    }
    let dates = shown.iter().filter_map(|&i| network.statements.get(i)?.date);
    if let Some(span) = span(dates.clone().min(), dates.max()) {
        let _ = write!(text, ", {span}");
    }
    let others = network.statements.len().saturating_sub(all.len());
    if grid.on_matters && others > 0 {
        let _ = write!(text, "; without {} toward actors", count(others, "statement"));
    }
    text
}

/// The whole matrix in words, for those who do not see it.
pub fn description(picture: &Picture, grid: &Grid) -> String {
    let mut text = if grid.on_matters {
        format!("Matrix of {} by {}.", count(grid.rows.len(), "actor"), count(grid.columns.len(), "matter"))
    } else {
        format!("Matrix of {}: what those in rows say of those in columns.", count(grid.rows.len(), "actor"))
    };
    let filled = |says: Says| grid.cells.values().filter(|parts| parts.iter().any(|p| p.says == says)).count();
    let parts: Vec<String> = [
        (Says::Support, "of support"),
        (Says::Oppose, "of opposition"),
        (Says::Invite, "of invitations"),
        (Says::Withheld, "of withheld invitations"),
    ]
    .into_iter()
    .filter(|(says, _)| filled(*says) > 0)
    .map(|(says, words)| format!("{} {words}", number(filled(says))))
    .collect();
    if !parts.is_empty() {
        let _ = write!(text, " Cells: {}.", parts.join(", "));
    }
    for bloc in grid.row_groups.iter().filter_map(|g| picture.blocs.get(g.bloc?)) {
        let _ = write!(text, " {}.", of_bloc(picture, bloc));
    }
    if grid.on_matters {
        for (j, head) in grid.columns.iter().enumerate().take(12) {
            let _ = write!(text, " {}.", sides(grid, j, &head.name));
        }
        if grid.columns.len() > 12 {
            let _ = write!(text, " And {} more.", count(grid.columns.len() - 12, "matter"));
        }
    }
    clean(&text)
}

/// Who takes which side on a column.
fn sides(grid: &Grid, column: usize, name: &str) -> String {
    let mut text = name.to_owned();
    let mut first = true;
    for says in Says::ALL {
        let who: Vec<&str> = (0..grid.rows.len())
            .filter(|&i| grid.cells.get(&(i, column)).is_some_and(|parts| parts.iter().any(|p| p.says == says)))
            .map(|i| grid.rows[i].name.as_str())
            .collect();
        if !who.is_empty() {
            let done = match says {
                Says::Support => "supported by",
                Says::Oppose => "opposed by",
                Says::Invite => "invited by",
                Says::Withheld => "not invited by",
            };
            let _ = write!(text, "{} {done} {}", if first { ":" } else { ";" }, some(&who));
            first = false;
        }
    }
    text
}

/// The tooltip of a column's head.
pub fn of_column(grid: &Grid, column: usize) -> String {
    grid.columns.get(column).map_or_else(String::new, |head| sides(grid, column, &head.name))
}

/// The tooltip of a cell: relation, counts, the best evidence, for each of its parts.
pub fn of_cell(network: &Network, row: &Head, column: &Head, parts: &[Part]) -> String {
    let told = |part: &Part| {
        let mut text = format!("{} {} {}", row.name, part.says.verb(), column.name);
        if let Some(weight) = part.weight {
            let _ = write!(text, "\nweight {weight}");
            return text;
        }
        let _ = write!(text, "\n{}", count(part.statements as usize, "statement"));
        let evidence: Vec<&Statement> = part.evidence.iter().filter_map(|&i| network.statements.get(i)).collect();
        let documents: BTreeSet<&str> = evidence.iter().map(|s| s.document.as_str()).collect();
        // Of statements that were counted and not kept, these are only the best.
        let all = network.tallied.is_none();
        if !documents.is_empty() && all {
            let _ = write!(text, " in {}", count(documents.len(), "document"));
        }
        let dates = evidence.iter().filter_map(|s| s.date);
        if let Some(span) = span(dates.clone().min(), dates.max()).filter(|_| all) {
            let _ = write!(text, ", {span}");
        }
        if part.hedged > 0 {
            let _ = write!(text, "\nHedged: {}", number(part.hedged as usize));
        }
        if let Some(best) = evidence.first() {
            text.push_str(&evidence_of(best));
        }
        text
    };
    parts.iter().map(told).collect::<Vec<_>>().join("\n")
}

/// What a column is called in data attributes and ids.
pub fn column_id(column: Column) -> (&'static str, usize) {
    match column {
        Column::Actor(node) => ("actor", node.index()),
        Column::Matter(m) => ("matter", m),
    }
}
