//! Renames and merges actors and matters, so that it can be undone.
//!
//! In: a table of two columns, a name and the name that stands for it, and statements. Out: the same statements by those
//! names; what was coded stays beside them, in columns that are called `holder_coded`, `target_coded` and so on. Never
//! here: guesses about which names are one actor's; names that are only alike.

use super::columns::Column;
use super::problems::Problems;
use super::records::{Fault, Records};
use super::row::{clip, name};
use super::{Brief, Statement};
use crate::{Error, Result};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

/// The cells that hold names, and the columns in which they stay as they were coded.
const RENAMED: [(Column, &str); 6] = [
    (Column::Holder, "holder_coded"),
    (Column::HolderFor, "holder_for_coded"),
    (Column::Target, "target_coded"),
    (Column::Toward, "toward_coded"),
    (Column::Matter, "matter_coded"),
    (Column::Source, "source_coded"),
];

/// What the two columns may be called in a header; anything else is a name already.
const HEADERS: [(&[&str], &[&str]); 2] = [
    (&["name", "alias", "from", "old", "names"], &["canonical", "canonical_name", "alias_of", "to", "new"]),
    (&["alias"], &["name"]),
];

/// A cell of the two columns.
type Named = (String, u64);

/// Names, each with the one that stands for it.
#[derive(Debug, Clone, Default)]
pub struct Aliases {
    of: BTreeMap<String, String>,
}

impl Aliases {
    /// Reads a table of two columns (comma, semicolon or tab between them): a name, and the name that stands for it. A
    /// header is optional. A name that stands for others may itself have one that stands for it.
    ///
    /// # Errors
    /// All bad rows with their lines: more or fewer cells than two, an empty cell, a name that has two others, names that
    /// stand for each other in a circle, a `;` in a name to be used (it separates names in `toward`). A failed read.
    pub fn read(file: &str, mut input: impl BufRead) -> Result<Self> {
        let start = input.fill_buf().map_err(|e| Error::io(file, e))?;
        let line = start.split(|b| matches!(b, b'\n' | b'\r')).find(|line| !line.is_empty()).unwrap_or_default();
        let parts_in_two = |by: &u8| line.iter().filter(|b| *b == by).count() == 1;
        let separator = [b'\t', b';', b','].into_iter().find(parts_in_two);
        let mut records = Records::new(input, separator.unwrap_or(b','), 1);
        let mut problems = Problems::new();
        let mut of: BTreeMap<String, Named> = BTreeMap::new();
        let mut first = true;
        loop {
            let line = match records.advance() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(fault @ Fault::Io(_)) => return problems.fault(file, fault).map(|()| Self::default()),
                Err(fault) => {
                    problems.fault(file, fault)?;
                    break;
                }
            };
            let begins = std::mem::take(&mut first);
            match pair(records.cells(), begins) {
                Ok(Some((from, to))) => match of.get(&from) {
                    Some((other, at)) if *other != to => problems.add(
                        file,
                        line,
                        format!(
                            "{} stands for {} on line {at} and for {} here; remove one of the rows",
                            clip(&from),
                            clip(other),
                            clip(&to)
                        ),
                    ),
                    Some(_) => {}
                    None => _ = of.insert(from, (to, line)),
                },
                Ok(None) => {}
                Err(why) => problems.add(file, line, why),
            }
        }
        let of = followed(file, &of, &mut problems);
        problems.into_result(file)?;
        Ok(Self { of })
    }

    /// The columns in which names stay as they were coded.
    pub fn columns() -> impl Iterator<Item = &'static str> {
        RENAMED.into_iter().map(|(_, coded)| coded)
    }

    /// Whether nothing is renamed.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The name that stands for a name, where there is another.
    fn get(&self, name: &str) -> Option<&str> {
        self.of.get(name).map(String::as_str)
    }

    /// The name that stands for a name; itself where there is none.
    pub(super) fn name<'n>(&'n self, name: &'n str) -> &'n str {
        self.get(name).unwrap_or(name)
    }

    /// As [`Aliases::apply`], without a trace of what was coded.
    pub(super) fn rename(&self, statement: &mut Statement) {
        for (column, coded) in RENAMED {
            if let Some(renamed) = self.renamed(statement, column) {
                swap(statement, column, renamed);
            }
            statement.extra.remove(coded);
        }
    }

    /// Names that none of the statements has, sorted: most likely misspelt.
    pub fn unused(&self, statements: &[Statement]) -> Vec<&str> {
        let mut there: BTreeSet<&str> = BTreeSet::new();
        for s in statements {
            let names = [Some(&s.holder), Some(&s.target), s.holder_for.as_ref(), s.matter.as_ref(), s.source.as_ref()];
            there.extend(names.into_iter().flatten().chain(&s.toward).map(String::as_str));
            for (_, column) in RENAMED {
                there.extend(s.extra.get(column).iter().flat_map(|names| names.split(';')));
            }
        }
        self.of.keys().map(String::as_str).filter(|name| !there.contains(name)).collect()
    }

    /// Renames the names of a statement. What was coded goes to columns of its own, unless they hold it already.
    pub fn apply(&self, statement: &mut Statement) {
        for (column, coded) in RENAMED {
            let Some(renamed) = self.renamed(statement, column) else { continue };
            let before = swap(statement, column, renamed);
            statement
                .extra
                .entry(coded.to_owned())
                .and_modify(|old| {
                    if old.is_empty() {
                        old.clone_from(&before);
                    }
                })
                .or_insert(before);
        }
    }

    /// What a cell would hold by the other names; `None` where it would be the same.
    fn renamed(&self, s: &Statement, column: Column) -> Option<Vec<String>> {
        let one = |name: Option<&String>| Some(vec![self.get(name?)?.to_owned()]);
        match column {
            Column::Holder => one(Some(&s.holder)),
            Column::HolderFor => one(s.holder_for.as_ref()),
            Column::Target => one(Some(&s.target)),
            Column::Matter => one(s.matter.as_ref()),
            Column::Source => one(s.source.as_ref()),
            Column::Toward if s.toward.iter().any(|name| self.get(name).is_some()) => {
                let mut names: Vec<String> = Vec::new();
                for name in &s.toward {
                    let name = self.get(name).unwrap_or(name);
                    if !names.iter().any(|other| other == name) {
                        names.push(name.to_owned());
                    }
                }
                Some(names)
            }
            _ => None,
        }
    }

    /// The same for a row on loan, of which nothing is kept.
    pub fn lend<'b>(&'b self, brief: &Brief<'b>) -> Brief<'b> {
        let mut brief = brief.clone();
        let rename = |cell: &mut Cow<'b, str>| {
            if let Some(name) = self.get(cell) {
                *cell = Cow::Borrowed(name);
            }
        };
        rename(&mut brief.holder);
        rename(&mut brief.target);
        [&mut brief.holder_for, &mut brief.matter, &mut brief.source].into_iter().flatten().for_each(rename);
        if brief.toward.iter().any(|name| self.get(name).is_some()) {
            let mut names: Vec<Cow<'b, str>> = Vec::new();
            for mut name in std::mem::take(&mut brief.toward) {
                rename(&mut name);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            brief.toward = names;
        }
        brief
    }
}

/// Puts the names back that were coded; whether there were any.
pub fn undo(statement: &mut Statement) -> bool {
    let mut any = false;
    for (column, coded) in RENAMED {
        let Some(before) = statement.extra.remove(coded).filter(|before| !before.is_empty()) else { continue };
        swap(statement, column, before.split(';').map(str::to_owned).collect());
        any = true;
    }
    any
}

/// Whether the names of a row's holder or target are not those that were coded: then both may be one actor.
pub(super) fn is_renamed(column: &str, cell: &str) -> bool {
    matches!(column, "holder_coded" | "target_coded") && !cell.is_empty()
}

/// Puts names into a cell; those that were there, joined by `;`.
fn swap(s: &mut Statement, column: Column, names: Vec<String>) -> String {
    if column == Column::Toward {
        return std::mem::replace(&mut s.toward, names).join(";");
    }
    // A name of one cell may have a ';'.
    let name = names.join(";");
    match column {
        Column::Holder => std::mem::replace(&mut s.holder, name),
        Column::Target => std::mem::replace(&mut s.target, name),
        Column::HolderFor => s.holder_for.replace(name).unwrap_or_default(),
        Column::Matter => s.matter.replace(name).unwrap_or_default(),
        _ => s.source.replace(name).unwrap_or_default(),
    }
}

/// The two names of a row; `None` for a header, for a row of empty cells, and for a name that stands for itself.
fn pair<'c>(
    cells: impl ExactSizeIterator<Item = &'c [u8]>,
    begins: bool,
) -> std::result::Result<Option<(String, String)>, String> {
    let cells: std::result::Result<Vec<&str>, _> = cells.map(std::str::from_utf8).collect();
    let mut cells = cells.map_err(|_| super::table::NOT_UTF8.to_owned())?;
    if begins && let Some(first) = cells.first_mut() {
        *first = first.trim_start_matches('\u{feff}').trim_matches('"');
    }
    // Spreadsheets leave empty cells behind.
    while cells.len() > 2 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return Ok(None);
    }
    let [from, to] = cells.as_slice() else {
        return Err(format!(
            "{} cells; write two, the name and the name that stands for it, and put a name with a comma in quotes",
            cells.len()
        ));
    };
    let (from, to) = (name(from).into_owned(), name(to).into_owned());
    let (low, high) = (from.to_lowercase(), to.to_lowercase());
    if begins && HEADERS.iter().any(|(a, b)| a.contains(&low.as_str()) && b.contains(&high.as_str())) {
        return Ok(None);
    }
    if from.is_empty() || to.is_empty() {
        return Err(format!(
            "{} has no other name beside it; fill in both cells",
            clip(if from.is_empty() { &to } else { &from })
        ));
    }
    if to.contains(';') {
        return Err(format!("{} has a ';', which separates names in toward; choose another name", clip(&to)));
    }
    Ok((from != to).then_some((from, to)))
}

/// Each name with the last of the chain that begins with it.
fn followed(file: &str, of: &BTreeMap<String, Named>, problems: &mut Problems) -> BTreeMap<String, String> {
    let mut ends: BTreeMap<String, String> = BTreeMap::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for from in of.keys() {
        let mut chain: Vec<&str> = vec![from];
        let mut seen: BTreeSet<&str> = BTreeSet::from([from.as_str()]);
        let mut at = from.as_str();
        // What is known of the next name is known of this.
        let end = loop {
            if let Some(end) = ends.get(at) {
                break Some(end.clone());
            }
            match of.get(at) {
                None => break Some(at.to_owned()),
                Some((next, _)) if seen.insert(next) => {
                    chain.push(next);
                    at = next;
                }
                Some((next, _)) => {
                    let start = chain.iter().position(|name| name == next).unwrap_or_default();
                    let circle = &chain[start..];
                    if circle.iter().all(|name| told.insert(name)) {
                        let lines: Vec<String> =
                            circle.iter().filter_map(|n| Some(of.get(*n)?.1.to_string())).collect();
                        let names: Vec<String> = circle.iter().chain([&circle[0]]).take(8).map(|n| clip(n)).collect();
                        problems.add(
                            file,
                            of.get(circle[0]).map_or(1, |named| named.1),
                            format!(
                                "these names stand for each other in a circle: {} (lines {}); remove one of the rows",
                                names.join(" -> "),
                                lines.join(", ")
                            ),
                        );
                    }
                    break None;
                }
            }
        };
        for name in chain.into_iter().filter(|name| of.contains_key(*name)) {
            if let Some(end) = &end {
                ends.insert(name.to_owned(), end.clone());
            }
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::{Names, Table, to_csv};
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Aliases> {
        Aliases::read("a.csv", text.as_bytes())
    }

    fn table(rows: &str) -> Vec<Statement> {
        let header = "document,holder,holder_for,relation,target,target_kind,toward,matter,source";
        Table::read("t", format!("{header}\n{rows}").as_bytes(), &Names::default()).unwrap().statements
    }

    #[test]
    fn a_header_is_optional_and_chains_are_followed() {
        for header in ["", "name,alias_of\n", "Name,Canonical\n", "\u{feff}from,to\n"] {
            let aliases = read(&format!("{header}A , B\nB,C\n\nD,D\n\"x, y\",C,\n,\n")).unwrap();
            let got: Vec<(&str, &str)> = aliases.of.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(got, [("A", "C"), ("B", "C"), ("x, y", "C")], "{header}");
        }
        assert_eq!(read("A;B, or b\n").unwrap().get("A"), Some("B, or b"));
        assert!(read("").unwrap().is_empty());
    }

    #[test]
    fn bad_rows_are_told_with_their_lines() {
        let text = read("A,B\nA\nB,\nC,d;e\nA,C\nA,B\n").unwrap_err().to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        assert!(lines[0].starts_with("a.csv:2: 1 cells") && lines[1].starts_with("a.csv:3: \"B\" has no other name"));
        assert!(lines[2].starts_with("a.csv:4: \"d;e\" has a ';'"));
        assert!(lines[3].starts_with("a.csv:5: \"A\" stands for \"B\" on line 1 and for \"C\" here"), "{text}");
        assert!(read("a,\"b\nc,d\n").unwrap_err().to_string().contains("quote left open"));
        assert!(
            Aliases::read("a.csv", &b"a,b\n\xff,c\n"[..]).unwrap_err().to_string().starts_with("a.csv:2: not UTF-8")
        );
    }

    #[test]
    fn a_circle_is_told_once_with_all_its_lines() {
        let text = read("x,A\nA,B\nB,C\nC,A\ny,z\n").unwrap_err().to_string();
        assert_eq!(
            text,
            "a.csv:2: these names stand for each other in a circle: \"A\" -> \"B\" -> \"C\" -> \"A\" (lines 2, 3, 4); \
             remove one of the rows"
        );
    }

    #[test]
    fn names_are_renamed_and_what_was_coded_stays() {
        let aliases =
            read("Macron,Emmanuel Macron\nKyiv,Ukraine\nplan,the plan\nBBC,BBC News\nnobody,nobody else\n").unwrap();
        let mut all = table("d,Macron,Kyiv,support,plan,matter,Kyiv;Ukraine;Peru,plan,BBC\nd,Peru,,oppose,Chile,,,,\n");
        let before = all.clone();
        assert_eq!(aliases.unused(&all), ["nobody"]);
        all.iter_mut().for_each(|s| aliases.apply(s));
        let s = &all[0];
        assert_eq!((s.holder.as_str(), s.target.as_str()), ("Emmanuel Macron", "the plan"));
        assert_eq!((s.holder_for.as_deref(), s.matter.as_deref()), (Some("Ukraine"), Some("the plan")));
        assert_eq!(
            (s.source.as_deref(), s.toward.as_slice()),
            (Some("BBC News"), &["Ukraine".to_owned(), "Peru".to_owned()][..])
        );
        assert_eq!(
            (s.extra["holder_coded"].as_str(), s.extra["toward_coded"].as_str()),
            ("Macron", "Kyiv;Ukraine;Peru")
        );
        assert!(all[1].extra.is_empty());
        assert_eq!(all.iter_mut().map(undo).filter(|undone| *undone).count(), 1);
        assert_eq!(all, before);
    }

    #[test]
    fn two_actors_that_become_one_can_be_written_and_come_apart_again() {
        let mut all = table("d,Macron,,support,France,,,,\n");
        read("Macron,France\n").unwrap().apply(&mut all[0]);
        let csv = to_csv(&all).unwrap();
        let mut again = Table::read("t", csv.as_slice(), &Names::default()).unwrap().statements;
        assert_eq!((again[0].holder.as_str(), again[0].target.as_str()), ("France", "France"));
        undo(&mut again[0]);
        assert_eq!(again[0].holder, "Macron");
        again[0].target = "Macron".to_owned();
        assert!(to_csv(&again).is_err());
    }

    proptest! {
        #[test]
        fn any_renaming_can_be_undone(
            pairs in prop::collection::vec(("[a-f]", "[a-h]"), 0..8),
            more in prop::collection::vec(("[a-f]", "[a-h]"), 0..4),
            rows in prop::collection::vec(("[a-f]", "[a-f]", prop::collection::vec("[a-f]", 0..4), "[a-f]?"), 1..8),
        ) {
            let csv = |pairs: &[(String, String)]| pairs.iter().map(|(a, b)| format!("{a},{b}\n")).collect::<String>();
            let (Ok(first), Ok(second)) = (read(&csv(&pairs)), read(&csv(&more))) else { return Ok(()) };
            let mut all = Vec::new();
            for (holder, target, toward, matter) in rows.iter().filter(|r| r.0 != r.1) {
                let mut toward = toward.clone();
                toward.sort();
                toward.dedup();
                all.extend(table(&format!("d,{holder},,support,{target},,{},{matter},\n", toward.join(";"))));
            }
            let before = all.clone();
            all.iter_mut().for_each(|s| first.apply(s));
            all.iter_mut().for_each(|s| second.apply(s));
            for s in &all {
                prop_assert!(second.get(&s.holder).is_none() && second.get(&s.target).is_none());
            }
            all.iter_mut().for_each(|s| _ = undo(s));
            prop_assert_eq!(&all, &before);
        }

        #[test]
        fn any_bytes_give_aliases_or_errors(text in "([ab,;\"\n\t]|\\PC){0,40}") {
            if let Ok(aliases) = read(&text) {
                for name in aliases.of.values() {
                    prop_assert!(aliases.get(name).is_none());
                }
            }
        }
    }
}
