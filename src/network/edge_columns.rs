//! What the columns of edge lists, and the keys of GraphML, are called.
//!
//! In: names as they stand in a file, and what the user says of them. Out: [`EdgeNames`]. Never here: values.

use crate::statement::pairs;
use crate::{Error, Result};
use std::collections::BTreeMap;

/// What a column is; the last three are of nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Source,
    Target,
    Weight,
    Sign,
    Relation,
    Label,
    Kind,
    Cluster,
    Other,
}

impl Column {
    /// Those of edges, and what they are called.
    pub(super) const EDGE: [(Column, &'static str); 5] = [
        (Column::Source, "source"),
        (Column::Target, "target"),
        (Column::Weight, "weight"),
        (Column::Sign, "sign"),
        (Column::Relation, "relation"),
    ];

    fn of(cell: &str) -> Self {
        match cell.trim_start_matches('\u{feff}').trim().to_ascii_lowercase().as_str() {
            "source" | "from" => Self::Source,
            "target" | "to" => Self::Target,
            "weight" => Self::Weight,
            "sign" => Self::Sign,
            "relation" => Self::Relation,
            "label" => Self::Label,
            "kind" => Self::Kind,
            "cluster" | "bloc" => Self::Cluster,
            _ => Self::Other,
        }
    }
}

/// What columns are called in somebody else's list: as we call them, unless said otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EdgeNames {
    /// By their names in small letters; the name as the user wrote it.
    theirs: BTreeMap<String, (Column, String)>,
}

impl EdgeNames {
    /// Reads pairs `ours=theirs` joined by commas, such as `source=von,target=nach,weight=stärke`; `None` for a list that
    /// names a column which no edge list has, and so is for other tables.
    ///
    /// # Errors
    /// A usage error for a pair without `=` or a name, or a column that is named twice.
    pub fn parse_list(list: &str) -> Result<Option<Self>> {
        let mut theirs: BTreeMap<String, (Column, String)> = BTreeMap::new();
        for pair in pairs(list) {
            let bad = |why: &str| Error::Usage(format!("\"{pair}\": {why}; write OURS=THEIRS, as in weight=strength"));
            let (ours, name) = pair.split_once('=').ok_or_else(|| bad("no ="))?;
            let (column, name) = (Column::of(ours), name.trim());
            if column == Column::Other {
                return Ok(None);
            }
            if name.is_empty() {
                return Err(bad("the other table's column is missing"));
            }
            let twice = theirs.values().any(|(other, _)| *other == column);
            if twice || theirs.insert(name.to_lowercase(), (column, name.to_owned())).is_some() {
                return Err(bad("that column is named twice"));
            }
        }
        Ok(Some(Self { theirs }))
    }

    /// Whether only an edge list could be meant.
    pub fn is_certain(&self) -> bool {
        self.theirs.values().any(|(c, _)| !matches!(c, Column::Source | Column::Target | Column::Relation))
    }

    /// What a column is.
    pub(super) fn column(&self, name: &str) -> Column {
        let key = name.trim_start_matches('\u{feff}').trim().to_lowercase();
        if let Some((column, _)) = self.theirs.get(&key) {
            return *column;
        }
        let ours = Column::of(name);
        if self.theirs.values().any(|(column, _)| *column == ours) { Column::Other } else { ours }
    }

    /// Whether a header is that of a signed edge list: source, target, and weight or sign.
    pub fn is_header(&self, cells: &[&str]) -> bool {
        let has = |wanted: Column| cells.iter().any(|cell| self.column(cell) == wanted);
        let named = self.theirs.values().all(|(column, _)| has(*column));
        named && has(Column::Source) && has(Column::Target) && (has(Column::Weight) || has(Column::Sign))
    }

    /// Tells which columns a header lacks, and which it has.
    pub fn complaint(&self, cells: &[&str]) -> String {
        let there = cells.join(", ");
        let missing = self.theirs.values().find(|(column, _)| !cells.iter().any(|cell| self.column(cell) == *column));
        match missing {
            Some((_, name)) => format!("no column {name}; the columns are: {there}"),
            None => format!(
                "an edge list needs the columns source, target and weight (or sign); this one has {there} (--map \
                 source=COLUMN,target=COLUMN,weight=COLUMN says which is which)"
            ),
        }
    }
}

/// Whether a header is that of a signed edge list, under our names.
pub fn is_edge_list_header(cells: &[&str]) -> bool {
    EdgeNames::default().is_header(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_may_have_other_names() {
        let names = EdgeNames::parse_list("source=von,target=Nach, weight = w, so to say").unwrap().unwrap();
        assert!(names.is_header(&["\u{feff}VON", "nach", "W, so to say"]) && names.is_certain());
        assert!(!names.is_header(&["source", "target", "weight"]));
        assert!(names.complaint(&["von", "nach", "x"]).starts_with("no column w, so to say; the columns are: von"));
        assert_eq!(names.column("weight"), Column::Other);
        assert_eq!(EdgeNames::parse_list("holder=x,weight=y").unwrap(), None);
        assert!(!EdgeNames::parse_list("source=x,target=y").unwrap().unwrap().is_certain());
        for bad in ["weight", "weight=", "weight=a,weight=b", "weight=a,sign=A"] {
            assert!(EdgeNames::parse_list(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn our_names_are_known_in_any_case() {
        assert!(is_edge_list_header(&["\u{feff}Source", "TO", "sign"]));
        assert!(!is_edge_list_header(&["source", "target"]));
    }
}
