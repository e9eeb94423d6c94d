//! The columns of a statements table, and how a header is recognized.
//!
//! In: the cells of a header, or the keys of a JSON object. Out: which column each of them is.
//! Never here: the values.

use crate::{Error, Result};
use std::collections::BTreeMap;

/// A column of the table; its number is its place in [`COLUMNS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Id,
    Document,
    Date,
    Sentence,
    Holder,
    HolderKind,
    HolderFor,
    Relation,
    Target,
    TargetKind,
    Toward,
    Matter,
    Withheld,
    Hedged,
    Source,
    Quote,
    Start,
    End,
    Coder,
    Confidence,
}

/// The header of a statements table, in the order in which it is written.
pub const COLUMNS: [&str; 20] = [
    "id",
    "document",
    "date",
    "sentence",
    "holder",
    "holder_kind",
    "holder_for",
    "relation",
    "target",
    "target_kind",
    "toward",
    "matter",
    "withheld",
    "hedged",
    "source",
    "quote",
    "start",
    "end",
    "coder",
    "confidence",
];

impl Column {
    pub(super) const ALL: [Column; 20] = [
        Column::Id,
        Column::Document,
        Column::Date,
        Column::Sentence,
        Column::Holder,
        Column::HolderKind,
        Column::HolderFor,
        Column::Relation,
        Column::Target,
        Column::TargetKind,
        Column::Toward,
        Column::Matter,
        Column::Withheld,
        Column::Hedged,
        Column::Source,
        Column::Quote,
        Column::Start,
        Column::End,
        Column::Coder,
        Column::Confidence,
    ];

    /// The columns without which a table is not one of statements.
    pub(super) const REQUIRED: [Column; 4] = [Column::Document, Column::Holder, Column::Relation, Column::Target];

    pub(super) fn name(self) -> &'static str {
        COLUMNS[self as usize]
    }

    fn of(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::ALL.into_iter().find(|c| name.eq_ignore_ascii_case(c.name()))
    }
}

/// What the columns are called in somebody else's table: ours, unless said otherwise.
#[derive(Debug, Clone, Default)]
pub struct Names {
    theirs: BTreeMap<String, Column>,
}

impl Names {
    /// Reads pairs `ours=theirs`, such as `holder=organisation`.
    ///
    /// # Errors
    /// A usage error for a pair without `=`, or for a column that we do not have.
    pub fn parse<S: AsRef<str>>(pairs: &[S]) -> Result<Self> {
        let mut theirs = BTreeMap::new();
        for pair in pairs {
            let pair = pair.as_ref();
            let bad =
                |why: &str| Error::Usage(format!("\"{pair}\": {why}; write OURS=THEIRS, as in holder=organisation"));
            let (ours, name) = pair.split_once('=').ok_or_else(|| bad("no ="))?;
            let column =
                Column::of(ours).ok_or_else(|| bad(&format!("our columns are called {}", COLUMNS.join(", "))))?;
            if name.trim().is_empty() {
                return Err(bad("the other table's column is missing"));
            }
            if theirs.insert(name.trim().to_lowercase(), column).is_some() {
                return Err(bad("that column of the other table is named twice"));
            }
        }
        Ok(Self { theirs })
    }

    /// Whether a header (or the keys of a JSON object) has what a statements table needs.
    pub fn is_header(&self, cells: &[&str]) -> bool {
        let mut cells: Vec<&str> = cells.to_vec();
        if let Some(first) = cells.first_mut() {
            *first = first.trim_start_matches('\u{feff}');
        }
        Column::REQUIRED.iter().all(|required| cells.iter().any(|cell| self.column(cell) == Some(*required)))
    }

    pub(super) fn column(&self, name: &str) -> Option<Column> {
        if self.theirs.is_empty() {
            return Column::of(name);
        }
        self.theirs.get(&name.trim().to_lowercase()).copied().or_else(|| Column::of(name))
    }
}

/// Whether a header is that of a statements table: it has `document`, `holder`, `relation` and `target`, in any order
/// and letter case, among whatever else.
pub fn is_statements_header(cells: &[&str]) -> bool {
    Names::default().is_header(cells)
}

/// Where each cell of a row goes.
#[derive(Debug)]
pub(super) enum Place {
    Known(Column),
    Extra(String),
    /// A column without a name, which may only hold empty cells.
    Unnamed,
}

/// Reads a header; on failure says what is wrong with it.
pub(super) fn places(cells: &[&str], names: &Names) -> std::result::Result<Vec<Place>, String> {
    let mut seen = std::collections::BTreeSet::new();
    let mut places = Vec::with_capacity(cells.len());
    for cell in cells {
        let name = cell.trim();
        let (key, place) = match names.column(name) {
            Some(column) => (column.name().to_owned(), Place::Known(column)),
            None if name.is_empty() => (String::new(), Place::Unnamed),
            None => (name.to_owned(), Place::Extra(name.to_owned())),
        };
        if !key.is_empty() && !seen.insert(key.clone()) {
            return Err(format!("two columns are called {}; rename or remove one", super::row::clip(&key)));
        }
        places.push(place);
    }
    let missing: Vec<&str> = Column::REQUIRED.iter().map(|c| c.name()).filter(|c| !seen.contains(*c)).collect();
    if missing.is_empty() {
        return Ok(places);
    }
    Err(format!(
        "no column {}; a statements table needs document, holder, relation and target, separated by comma, semicolon or tab",
        missing.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_where_their_names_do() {
        for (i, column) in Column::ALL.into_iter().enumerate() {
            assert_eq!(column as usize, i);
            assert_eq!(Column::of(COLUMNS[i]), Some(column));
        }
    }

    #[test]
    fn a_header_is_known_in_any_order_and_case() {
        assert!(is_statements_header(&["\u{feff}Target", " RELATION ", "note", "holder", "Document"]));
        assert!(!is_statements_header(&["holder", "relation", "target"]));
        assert!(!is_statements_header(&[]));
    }

    #[test]
    fn other_names_can_be_given() {
        let names = Names::parse(&["holder=Organisation", "target = concept"]).unwrap();
        assert!(names.is_header(&["document", "organisation", "relation", "Concept"]));
        assert!(Names::parse(&["holder"]).is_err());
        assert!(Names::parse(&["speaker=name"]).is_err());
        assert!(Names::parse(&["holder=name", "target=NAME"]).is_err());
    }

    #[test]
    fn a_header_with_a_column_twice_or_missing_is_refused() {
        let check = |cells: &[&str]| places(cells, &Names::default()).unwrap_err();
        assert!(
            check(&["document", "holder", "Holder", "relation", "target"])
                .contains("two columns are called \"holder\"")
        );
        assert!(check(&["document", "x", "x"]).contains("two columns are called \"x\""));
        assert!(check(&["document", "holder"]).contains("no column relation, target"));
    }
}
