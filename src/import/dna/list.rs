//! The event list that Discourse Network Analyzer exports: CSV with `;`, one statement a row.
//!
//! In: its header. Out: which column is which. Never here: rows, which are read as those of any table.

use super::choice::{HOLDERS, STANCES, TARGETS, Wanted, find};
use crate::statement::Names;
use crate::{Error, Result};

/// Columns that every event list may have; the others are variables.
const FIXED: [&str; 14] = [
    "statement_id",
    "time",
    "start_position",
    "stop_position",
    "start",
    "stop",
    "text",
    "coder",
    "document_id",
    "document_title",
    "document_author",
    "document_source",
    "document_section",
    "document_type",
];

fn has(columns: &[&str], name: &str) -> bool {
    columns.iter().any(|c| c.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name))
}

/// Whether a header is that of an event list.
pub fn is_event_list(columns: &[&str]) -> bool {
    let document = has(columns, "document_id") || has(columns, "document_title");
    has(columns, "statement_id") && has(columns, "time") && document
}

/// What an event list's columns are.
#[derive(Debug)]
pub struct EventList {
    /// What they are called; without a relation where there is no column of the stance.
    pub names: Names,
    /// Which are holder, target and stance, in words.
    pub told: String,
    /// The error for where there must be a stance.
    pub no_stance: Error,
}

/// Finds the columns of an event list; `file` is what messages call it.
///
/// # Errors
/// No column for holder or target, or not the one that is wanted; the message lists the columns that could be.
pub fn event_list(file: &str, columns: &[&str], wanted: &Wanted) -> Result<EventList> {
    let variables: Vec<&str> = columns
        .iter()
        .map(|c| c.trim_start_matches('\u{feff}').trim())
        .filter(|c| !c.is_empty() && !FIXED.iter().any(|fixed| c.eq_ignore_ascii_case(fixed)))
        .collect();
    let complaint = |why: &str| {
        let there = variables.join(", ");
        Error::Usage(format!(
            "{file}: {why}: name what is meant with --holder, --target and --stance; the variables are: {there}"
        ))
    };
    if let Some(name) = &wanted.statement_type {
        return Err(Error::Usage(format!(
            "--type {name} is for .dna files; {file} is an event list, which holds statements of one type"
        )));
    }
    let pick = |name: &Option<String>, usual: &[&str]| {
        let found = find(variables.iter().copied(), name.as_deref(), usual).map(|at| variables[at]);
        match (found, name) {
            (None, Some(name)) => Err(complaint(&format!("no variable is called \"{name}\""))),
            (found, _) => Ok(found),
        }
    };
    let holder = pick(&wanted.holder, &HOLDERS)?.ok_or_else(|| complaint("no variable of the holder"))?;
    let target = pick(&wanted.target, &TARGETS)?.ok_or_else(|| complaint("no variable of the target"))?;
    let stance = pick(&wanted.stance, &STANCES)?;
    let mut told = format!("holder {holder}, target {target}");
    let mut pairs = vec![format!("holder={holder}"), format!("target={target}")];
    if let Some(stance) = stance {
        told += &format!(", stance {stance}");
        pairs.push(format!("relation={stance}"));
    }
    let ours = [("document_id", "document"), ("time", "date"), ("text", "quote"), ("coder", "coder")];
    pairs.extend(
        ours.iter().filter(|(theirs, _)| has(columns, theirs)).map(|(theirs, ours)| format!("{ours}={theirs}")),
    );
    if !has(columns, "document_id") {
        pairs.push("document=document_title".to_owned());
    }
    let names = Names::parse(&pairs).map_err(|error| Error::Usage(format!("{file}: {error}")))?;
    Ok(EventList { names, told, no_stance: complaint("no variable of the stance") })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: [&str; 9] = [
        "\u{feff}statement_id",
        "time",
        "person",
        "organization",
        "concept",
        "agreement",
        "text",
        "document_id",
        "coder",
    ];

    #[test]
    fn event_lists_are_known_by_their_header() {
        assert!(is_event_list(&HEADER));
        assert!(!is_event_list(&["statement_id", "time", "text"]));
        assert!(!is_event_list(&["document", "holder", "relation", "target"]));
    }

    #[test]
    fn variables_have_their_usual_names_or_those_that_are_given() {
        let names = event_list("e.csv", &HEADER, &Wanted::default()).unwrap().names;
        assert!(names.is_header(&["organization", "concept", "agreement", "document_id", "time", "text", "coder"]));
        let wanted = Wanted { holder: Some("Person".into()), ..Wanted::default() };
        assert!(event_list("e.csv", &HEADER, &wanted).unwrap().told.starts_with("holder person, "));
        let told = |wanted: Wanted| event_list("e.csv", &HEADER, &wanted).unwrap_err().to_string();
        let text = told(Wanted { target: Some("frame".into()), ..Wanted::default() });
        assert!(text.contains("\"frame\"") && text.ends_with("person, organization, concept, agreement"), "{text}");
        assert!(
            told(Wanted { statement_type: Some("x".into()), ..Wanted::default() }).contains("--type x is for .dna")
        );
        let text = event_list("e.csv", &["statement_id", "time", "a", "document_id"], &Wanted::default());
        assert!(text.unwrap_err().to_string().contains("no variable of the holder"));
    }
}
