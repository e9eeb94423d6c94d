//! What the blocs hang on, and where those who waver would stand.
//!
//! In: a clustering with what resampling and leaving out gave. Out: findings, and their Markdown. Never here: how that
//! was computed.

use super::ReportInput;
use super::findings::{Findings, Member};
use super::lines::{Line, Part, lines};
use super::sentences::{Speech, items};
use super::words::{count, more, percent, told};
use crate::clusters::alternatives;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Statements that are told.
const MOST_CLAIMS: usize = 8;

/// Other company in the resamplings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Elsewhere {
    /// The number of the bloc; `None` for alone, or with others who are in no bloc above.
    pub(super) bloc: Option<usize>,
    /// The share of the resamplings, 0 to 1.
    pub(super) share: f64,
}

/// A statement without which somebody would stand elsewhere.
#[derive(Debug, Serialize)]
pub(super) struct Hinge {
    pub(super) line: Line,
    /// Who would.
    pub(super) actors: Vec<String>,
}

/// An actor that could stand elsewhere at no cost.
#[derive(Debug, Serialize)]
pub(super) struct Free {
    pub(super) actor: String,
    /// Numbers of the blocs.
    pub(super) blocs: Vec<usize>,
    /// Also alone, or with one who is.
    pub(super) alone: bool,
}

/// Who could stand elsewhere at no cost, by name; `blocs` is how many blocs have more than one member.
pub(super) fn free(input: &ReportInput<'_>, blocs: usize) -> Vec<Free> {
    let graph = &input.clustering.graph;
    let places = alternatives(graph, &input.clustering.blocs.of);
    let one = |(name, places): (&String, Vec<Option<usize>>)| {
        let numbers: Vec<usize> = places.iter().flatten().filter(|b| **b < blocs).map(|b| b + 1).collect();
        let alone = places.len() > numbers.len();
        (!places.is_empty()).then(|| Free { actor: name.clone(), blocs: numbers, alone })
    };
    graph.names.iter().zip(places).filter_map(one).collect()
}

/// Where an actor stands when it is not with its own; `blocs` is how many blocs have more than one member.
pub(super) fn elsewhere(input: &ReportInput<'_>, i: usize, blocs: usize) -> Option<Elsewhere> {
    let other = input.clustering.elsewhere.get(i).copied().flatten().filter(|_| input.clustering.is_tested())?;
    Some(Elsewhere { bloc: other.bloc.filter(|b| *b < blocs).map(|b| b + 1), share: other.share })
}

/// The statements that decide where somebody stands, those that decide most first; `None` when it was not tried.
pub(super) fn hinges(input: &ReportInput<'_>, ties: &[Part], stands: &[Part]) -> Option<Vec<Hinge>> {
    let hanging = input.clustering.hanging.as_ref()?;
    let mut by_statement: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (actor, statements) in hanging.iter().enumerate() {
        for &s in statements {
            by_statement.entry(s).or_default().push(actor);
        }
    }
    let name = |i: usize| input.clustering.graph.names.get(i).cloned().unwrap_or_default();
    let mut found: Vec<Hinge> = by_statement
        .into_iter()
        .filter_map(|(statement, actors)| {
            // A tie tells toward whom it is; a stand on a matter that makes no tie tells the matter.
            let part = ties.iter().chain(stands).find(|p| p.evidence.contains(&statement))?;
            let one = Part { evidence: vec![statement], ..part.clone() };
            let line = lines(input.network, [&one]).into_iter().next()?;
            Some(Hinge { line, actors: actors.into_iter().map(name).collect() })
        })
        .collect();
    found.sort_by_key(|h| std::cmp::Reverse(h.actors.len()));
    Some(found)
}

/// "bloc 2 in 24 %", for the table of a bloc's members.
pub(super) fn other_company(member: &Member) -> String {
    match member.elsewhere {
        None => "–".into(),
        Some(Elsewhere { bloc: Some(n), share }) => format!("bloc {n} in {}", percent(share)),
        Some(Elsewhere { bloc: None, share }) => format!("in no bloc in {}", percent(share)),
    }
}

pub(super) fn hangs_on(speech: &Speech<'_>, found: &Findings) -> String {
    if found.blocs.is_empty() {
        return String::new();
    }
    let mut out = String::from("## What the blocs hang on\n\n");
    let Some(hinges) = &found.hinges else {
        return out + "There are too many statements to leave out each in turn and find the blocs anew.\n\n";
    };
    if hinges.is_empty() {
        return out
            + "Each statement was left out in turn and the blocs found anew: no single statement decides where anybody \
               stands.\n\n";
    }
    let many = if hinges.len() == 1 {
        "one of them decides".to_owned()
    } else {
        format!("{} decide", count(hinges.len(), "statement"))
    };
    out += &format!(
        "Each statement was left out in turn and the blocs found anew: {many} where somebody stands. Who doubts the blocs \
         should read these first.\n\n"
    );
    for hinge in &hinges[..told(hinges.len(), MOST_CLAIMS)] {
        let would = format!("{} would stand elsewhere", speech.actors(&hinge.actors));
        out += &items(speech, std::slice::from_ref(&hinge.line), 1, &mut BTreeSet::new());
        out += &format!("  - Without it, {would}.\n");
    }
    match more(hinges.len(), MOST_CLAIMS) {
        more if more.is_empty() => out + "\n",
        more => format!("{out}- {more}\n\n"),
    }
}

/// Who could as well stand elsewhere.
pub(super) fn other_places(speech: &Speech<'_>, found: &Findings) -> String {
    if found.free.is_empty() || found.blocs.is_empty() {
        return String::new();
    }
    let place = |f: &Free| {
        let mut places: Vec<String> = f.blocs.iter().map(|n| format!("with bloc {n}")).collect();
        if f.alone {
            places.push("outside the blocs".into());
        }
        format!("{} {}", speech.actor(&f.actor), places.join(" or "))
    };
    let told: Vec<String> = found.free.iter().map(place).collect();
    format!(
        "The evidence leaves some places open: just as well could stand {}.\n\n",
        super::words::short_list(&told, MOST_CLAIMS)
    )
}

/// What the resamplings taken together say.
pub(super) fn consensus(speech: &Speech<'_>, found: &Findings) -> String {
    let Some(view) = &found.consensus else { return String::new() };
    let told = if view.moved.is_empty() {
        "the same blocs".to_owned()
    } else {
        format!("other company for {}", speech.actors(&view.moved))
    };
    format!(
        "The {} resamplings of the documents taken together (their consensus) give {told}.\n\n",
        found.read.resamplings
    )
}
