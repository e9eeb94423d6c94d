//! The columns of a statements table, and how a header is recognized.
//!
//! In: the cells of a header, or the keys of a JSON object. Out: which column each of them is.
//! Never here: the values.

use crate::{Error, Result};
use std::borrow::Cow;
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
///
/// Where anything is said otherwise, the table is taken for somebody else's: `document`, `date`, `holder`, `relation` and
/// `target` are what they are called or, where nothing is said of them, what we call them; all other columns that are not
/// named are unknown, whatever they are called. Only holder and target (and the relation, but see [`Names::mentions`])
/// must be there.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Their names in small letters, and as the user wrote them.
    theirs: BTreeMap<String, (Column, String)>,
    mention: bool,
    scale: bool,
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
            let name = name.trim();
            if name.is_empty() {
                return Err(bad("the other table's column is missing"));
            }
            if theirs.values().any(|(other, _)| *other == column) {
                return Err(bad("that column of ours is named twice"));
            }
            if theirs.insert(name.to_lowercase(), (column, name.to_owned())).is_some() {
                return Err(bad("that column of the other table is named twice"));
            }
        }
        Ok(Self { theirs, mention: false, scale: false })
    }

    /// Reads pairs joined by commas, such as `holder=organisation,target=concept`; a comma that no pair follows belongs to
    /// the name before it.
    ///
    /// # Errors
    /// As [`Names::parse`].
    pub fn parse_list(list: &str) -> Result<Self> {
        Self::parse(&pairs(list))
    }

    /// Takes rows without a relation for mere mentions, where no column is named for it.
    #[must_use]
    pub fn mentions(mut self) -> Self {
        self.mention = self.is_mapped() && !self.theirs.values().any(|(column, _)| *column == Column::Relation);
        self
    }

    /// Takes the relation for a whole number, as from -2 to 2.
    #[must_use]
    pub fn scale(mut self) -> Self {
        self.scale = self.is_mapped();
        self
    }

    /// Whether the relation is a number.
    pub fn is_scale(&self) -> bool {
        self.scale
    }

    /// Whether the table is somebody else's.
    pub fn is_mapped(&self) -> bool {
        !self.theirs.is_empty()
    }

    /// Whether rows without a relation are mere mentions.
    pub fn is_mention(&self) -> bool {
        self.mention
    }

    /// Whether each row has an id of its own, so that two rows with one id are one statement.
    pub(super) fn has_ids(&self) -> bool {
        !self.is_mapped() || self.theirs.values().any(|(column, _)| *column == Column::Id)
    }

    /// Whether a header (or the keys of a JSON object) has what a statements table needs.
    pub fn is_header(&self, cells: &[&str]) -> bool {
        self.missing(cells).is_empty()
    }

    /// Whether a header has a column of document ids.
    pub fn has_documents(&self, cells: &[&str]) -> bool {
        cells.iter().any(|cell| self.column(cell) == Some(Column::Document))
    }

    /// Tells which columns the table lacks, and which ones it has.
    pub fn complaint(&self, cells: &[&str]) -> String {
        let there = cells.iter().map(|c| c.trim_start_matches('\u{feff}').trim()).filter(|c| !c.is_empty());
        let there: Vec<&str> = there.take(60).collect();
        let (missing, advice) = (self.missing(cells).join(", "), self.advice(cells));
        format!("no column {missing}{advice}; the columns are: {}", there.join(", "))
    }

    fn advice(&self, cells: &[&str]) -> &'static str {
        match self.missing(cells).as_slice() {
            [only] if only == "relation" => " (name the one with the stance: --map relation=COLUMN)",
            _ if self.is_mapped() => " (--map takes OURS=THEIRS, as in holder=organisation,target=concept)",
            _ => "",
        }
    }

    /// The columns that must be there and are not, by the name that they should have.
    fn missing(&self, cells: &[&str]) -> Vec<String> {
        let mut cells: Vec<&str> = cells.to_vec();
        if let Some(first) = cells.first_mut() {
            *first = first.trim_start_matches('\u{feff}');
        }
        let named = self.theirs.values().map(|(column, name)| (*column, name.as_str()));
        let ours = Column::REQUIRED.into_iter().filter(|column| {
            let optional =
                self.is_mapped() && *column == Column::Document || self.mention && *column == Column::Relation;
            !optional && !self.theirs.values().any(|(other, _)| other == column)
        });
        named
            .chain(ours.map(|column| (column, column.name())))
            .filter(|(column, _)| !cells.iter().any(|cell| self.column(cell) == Some(*column)))
            .map(|(_, name)| name.to_owned())
            .collect()
    }

    pub(super) fn column(&self, name: &str) -> Option<Column> {
        if !self.is_mapped() {
            return Column::of(name);
        }
        let theirs = self.theirs.get(&name.trim().to_lowercase()).map(|(column, _)| *column);
        theirs.or_else(|| {
            let ours = Column::of(name)?;
            let core = ours == Column::Date || Column::REQUIRED.contains(&ours);
            let told = self.theirs.values().any(|(column, _)| *column == ours);
            (core && !told).then_some(ours)
        })
    }
}

/// The pairs of a list that is joined by commas; a comma that no pair follows belongs to the name before it.
pub(crate) fn pairs(list: &str) -> Vec<String> {
    let mut pairs: Vec<String> = Vec::new();
    for part in list.split(',') {
        match pairs.last_mut() {
            Some(last) if !part.contains('=') => {
                last.push(',');
                last.push_str(part);
            }
            _ => pairs.push(part.to_owned()),
        }
    }
    pairs
}

/// Whether a header is that of a statements table: it has `document`, `holder`, `relation` and `target`, in any order
/// and letter case, among whatever else.
pub fn is_statements_header(cells: &[&str]) -> bool {
    Names::default().is_header(cells)
}

/// What an unknown column is called with us: one of somebody else's table may be called like one of ours, which it is not.
pub(super) fn unknown(name: &str) -> Cow<'_, str> {
    if Column::of(name).is_some() { Cow::Owned(format!("their_{}", name.to_lowercase())) } else { Cow::Borrowed(name) }
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
            None => (name.to_owned(), Place::Extra(unknown(name).into_owned())),
        };
        if !key.is_empty() && !seen.insert(key.clone()) {
            return Err(format!("two columns are called {}; rename or remove one", super::row::clip(&key)));
        }
        places.push(place);
    }
    if names.is_header(cells) {
        return Ok(places);
    }
    if names.is_mapped() {
        return Err(names.complaint(cells));
    }
    Err(format!(
        "no column {}; a statements table needs document, holder, relation and target, separated by comma, semicolon or tab",
        names.missing(cells).join(", ")
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
        assert!(Names::parse(&["holder=name", "holder=other"]).is_err());
        let names = Names::parse_list("holder=Name, first,target=x").unwrap();
        assert!(names.is_header(&["name, FIRST", "x", "relation"]));
    }

    #[test]
    fn only_what_is_named_is_known_of_other_tables() {
        let names = Names::parse_list("holder=who,target=what").unwrap();
        assert_eq!(names.column("start"), None, "their start need not be ours");
        assert_eq!(names.column("holder"), None);
        assert_eq!(names.column("Date"), Some(Column::Date));
        let text = names.complaint(&["who", "stance"]);
        assert!(
            text.starts_with("no column what, relation") && text.ends_with("the columns are: who, stance"),
            "{text}"
        );
        let names = names.mentions();
        assert!(names.is_header(&["who", "what"]));
        assert!(!Names::parse_list("holder=who,relation=r").unwrap().mentions().is_header(&["who", "target"]));
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
