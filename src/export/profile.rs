//! What the tables' columns are called, in which order they stand, and what cells may not hold, for each program.
//!
//! In: our own columns. Out: those of a [`Profile`]. Never here: rows.
//!
//! What the readers ask for:
//! - All programs sum parallel edges unless a column tells them apart, drop weights of 0, and tell a column's type from
//!   its first rows. So weights are above 0, and what may hold a fraction always has a decimal point.
//! - Gephi (`ImportEdgesProcess`) knows `Source, Target, Type, Kind, Id, Label, Weight`, takes a backslash for an escape
//!   and headers with "timestamp" or "interval" for time.
//! - Cytoscape takes the first of `Interaction` and `Type` for the interaction, reads line by line, and knows escapes.
//! - Kumu knows `From, To, Label, Type, Direction, Description`, and splits cells at `|`.
//! - NodeXL is a workbook of Excel: columns are `Vertex 1, Vertex 2` and `Vertex`, UTF-8 wants a byte order mark, and what
//!   begins with `=`, `+`, `-` or `@` is a formula.

use super::records::{EDGE, NODE};
use crate::{Error, Result};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// For which program tables are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Any reader of RFC 4180: names are as they are.
    #[default]
    Plain,
    /// Gephi: Import spreadsheet.
    Gephi,
    /// Cytoscape: Import network from file, Import table from file.
    Cytoscape,
    /// Kumu: connections and elements.
    Kumu,
    /// NodeXL: edges and vertices.
    NodeXl,
}

/// What a column holds: one of ours by its name, or what only some programs want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// An attribute or a name, by our header.
    Ours(&'static str),
    /// Number of the row, counted from 1.
    Number,
}

type Layout = Vec<(&'static str, Column)>;

/// The column that tells windows apart.
pub const WINDOW: &str = "Window";

/// Our headers for [`NODE`] and [`EDGE`], after [`NODE_NAME`] and [`EDGE_NAMES`].
const NODE_HEADERS: [&str; NODE.len()] = [
    "Label",
    "Kind",
    "Code",
    "Affiliation",
    "Cluster",
    "ClusterStability",
    "Statements",
    "SupportIn",
    "SupportOut",
    "OpposeIn",
    "OpposeOut",
    "InviteIn",
    "InviteOut",
];
const EDGE_HEADERS: [&str; EDGE.len()] = [
    "Relation",
    "Sign",
    "Weight",
    "Statements",
    "Documents",
    "Hedged",
    "Withheld",
    "Matter",
    "FirstDate",
    "LastDate",
    "Quote",
];

/// Our columns of nodes.
pub fn node_columns() -> Vec<&'static str> {
    std::iter::once("Id").chain(NODE_HEADERS).collect()
}

/// Our columns of edges; `attributes` of them are there.
pub fn edge_columns(attributes: usize, windows: bool) -> Vec<&'static str> {
    let named = ["Source", "Target", "Type"].into_iter().chain(EDGE_HEADERS.into_iter().take(attributes));
    named.chain(windows.then_some(WINDOW)).collect()
}

impl Profile {
    /// Headers and what stands below them, made of our columns of nodes or edges.
    pub fn layout(self, ours: &[&'static str]) -> Layout {
        let edges = ours.first() == Some(&"Source");
        let first: &[(&str, Column)] = match (self, edges) {
            (Self::Plain, _) | (Self::Gephi, false) => &[],
            (Self::Gephi, true) => &[
                ("Source", Column::Ours("Source")),
                ("Target", Column::Ours("Target")),
                ("Type", Column::Ours("Type")),
                ("Kind", Column::Ours("Relation")),
                ("Id", Column::Number),
                ("Label", Column::Ours("Relation")),
                ("Weight", Column::Ours("Weight")),
                ("Relation", Column::Ours("Relation")),
            ],
            (Self::Cytoscape, true) => &[
                ("Source", Column::Ours("Source")),
                ("Interaction", Column::Ours("Relation")),
                ("Target", Column::Ours("Target")),
            ],
            (Self::Cytoscape, false) => &[("Id", Column::Ours("Id")), ("Label", Column::Ours("Label"))],
            (Self::Kumu, true) => &[
                ("From", Column::Ours("Source")),
                ("To", Column::Ours("Target")),
                ("Label", Column::Ours("Relation")),
                ("Type", Column::Ours("Relation")),
                ("Direction", Column::Ours("Type")),
                ("Description", Column::Ours("Quote")),
            ],
            (Self::Kumu, false) => &[("Label", Column::Ours("Id")), ("Type", Column::Ours("Kind"))],
            (Self::NodeXl, true) => &[
                ("Vertex 1", Column::Ours("Source")),
                ("Vertex 2", Column::Ours("Target")),
                ("Edge Weight", Column::Ours("Weight")),
                ("Label", Column::Ours("Relation")),
            ],
            (Self::NodeXl, false) => &[("Vertex", Column::Ours("Id")), ("Label", Column::Ours("Label"))],
        };
        // Whatever has a place and a name of its own there does not come again; two columns would be one to some readers.
        let taken = |column: &'static str| {
            let own = first.iter().any(|(_, of)| *of == Column::Ours(column));
            let type_is_interaction = self == Self::Cytoscape && edges && column == "Type";
            let label_is_id = self == Self::Kumu && !edges && column == "Label";
            let fixed = self == Self::NodeXl && column == "Type";
            own || type_is_interaction || label_is_id || fixed
        };
        let there = |of: &Column| !matches!(of, Column::Ours(name) if !ours.contains(name));
        let rest = ours.iter().filter(|column| !taken(column)).map(|column| (*column, Column::Ours(column)));
        first.iter().copied().filter(|(_, of)| there(of)).chain(rest).collect()
    }

    /// What a file begins with.
    pub fn mark(self) -> &'static [u8] {
        if self == Self::NodeXl { "\u{FEFF}".as_bytes() } else { b"" }
    }

    /// A name as the program can hold it.
    pub fn name(self, text: &str) -> Cow<'_, str> {
        if self == Self::Plain { Cow::Borrowed(text) } else { Cow::Owned(self.safe(text)) }
    }

    /// Words that nothing is looked up by: on one line for all.
    pub fn words(self, text: &str) -> String {
        self.safe(text).replace('\0', "\u{FFFD}")
    }

    /// How it calls ties with a direction, or without one.
    pub fn direction(self, directed: bool) -> &'static str {
        match (directed, self == Self::Kumu) {
            (true, false) => "Directed",
            (false, false) => "Undirected",
            (true, true) => "directed",
            (false, true) => "undirected",
        }
    }

    /// How several matters of one tie are joined.
    pub fn joint(self) -> &'static str {
        if self == Self::Kumu { "|" } else { ";" }
    }

    fn safe(self, text: &str) -> String {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match self {
            Self::Plain => line,
            Self::Gephi | Self::Cytoscape => line.replace('\\', "\u{2216}"),
            Self::Kumu => line.replace('|', "\u{2223}"),
            Self::NodeXl if line.starts_with(['=', '+', '-', '@']) => format!("\u{2060}{line}"),
            Self::NodeXl => line,
        }
    }

    /// Refuses names that the program could not tell apart, or that no table holds.
    ///
    /// # Errors
    /// Two names that would be one; a name with a NUL.
    pub fn check<'n>(self, names: impl Iterator<Item = &'n str>) -> Result<()> {
        let refused = |message: String| Err(Error::input("csv", message));
        let mut seen: BTreeMap<Cow<'_, str>, &str> = BTreeMap::new();
        for name in names {
            if name.contains('\0') {
                return refused(format!(
                    "the name {name:?} has the character U+0000, which few readers of tables take: take it out, or use --format json"
                ));
            }
            if self != Self::Plain
                && let Some(other) = seen.insert(self.name(name), name)
                && other != name
            {
                return refused(format!(
                    "the names {other:?} and {name:?} would be one in this program: rename one of them, or leave --profile out"
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Profile; 5] = [Profile::Plain, Profile::Gephi, Profile::Cytoscape, Profile::Kumu, Profile::NodeXl];

    fn headers(profile: Profile, ours: &[&'static str]) -> String {
        profile.layout(ours).iter().map(|(header, _)| *header).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn each_program_finds_its_columns() {
        let edges = edge_columns(EDGE.len(), true);
        let rest = "Statements,Documents,Hedged,Withheld,Matter,FirstDate,LastDate";
        for (profile, want) in [
            (Profile::Plain, format!("Source,Target,Type,Relation,Sign,Weight,{rest},Quote,Window")),
            (Profile::Gephi, format!("Source,Target,Type,Kind,Id,Label,Weight,Relation,Sign,{rest},Quote,Window")),
            (Profile::Cytoscape, format!("Source,Interaction,Target,Sign,Weight,{rest},Quote,Window")),
            (Profile::Kumu, format!("From,To,Label,Type,Direction,Description,Sign,Weight,{rest},Window")),
            (Profile::NodeXl, format!("Vertex 1,Vertex 2,Edge Weight,Label,Sign,{rest},Quote,Window")),
        ] {
            assert_eq!(headers(profile, &edges), want, "{profile:?}");
        }
        let counts = "SupportIn,SupportOut,OpposeIn,OpposeOut,InviteIn,InviteOut";
        let rest = format!("Code,Affiliation,Cluster,ClusterStability,Statements,{counts}");
        for (profile, want) in [
            (Profile::Plain, "Id,Label,Kind,"),
            (Profile::Gephi, "Id,Label,Kind,"),
            (Profile::Cytoscape, "Id,Label,Kind,"),
            (Profile::Kumu, "Label,Type,"),
            (Profile::NodeXl, "Vertex,Label,Kind,"),
        ] {
            assert_eq!(headers(profile, &node_columns()), format!("{want}{rest}"), "{profile:?}");
        }
        assert_eq!(headers(Profile::Kumu, &edge_columns(3, false)), "From,To,Label,Type,Direction,Sign,Weight");
    }

    #[test]
    fn no_two_headers_are_equal_but_for_case() {
        for profile in ALL {
            for ours in [node_columns(), edge_columns(EDGE.len(), true), edge_columns(3, false)] {
                let mut headers: Vec<_> = profile.layout(&ours).iter().map(|(h, _)| h.to_lowercase()).collect();
                assert!(!headers.iter().any(|h| h.contains("timestamp") || h.contains("interval")));
                headers.sort_unstable();
                assert!(headers.windows(2).all(|w| w[0] != w[1]), "{profile:?} {headers:?}");
            }
        }
    }

    #[test]
    fn names_that_would_be_one_are_refused() {
        for (profile, one, two) in [
            (Profile::Gephi, "a\\b", "a∖b"),
            (Profile::Cytoscape, "a\\b", "a∖b"),
            (Profile::Kumu, "a|b", "a∣b"),
            (Profile::NodeXl, "a\tb", "a b"),
        ] {
            let error = profile.check([one, "x", two].into_iter()).unwrap_err().to_string();
            assert!(error.contains(&format!("{one:?} and {two:?}")), "{error}");
            assert!(Profile::Plain.check([one, two].into_iter()).is_ok());
        }
        assert!(Profile::Plain.check(["a\0"].into_iter()).unwrap_err().to_string().contains("U+0000"));
        assert_eq!(Profile::NodeXl.name("@x"), "\u{2060}@x");
        assert_eq!(Profile::Plain.name("a\\b\n"), "a\\b\n");
    }
}
