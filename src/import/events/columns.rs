//! Where in a row of an event table that stands which is needed.
//!
//! In: what kind of table it is, and its header where it has one. Out: a [`Columns`], and by it the cells of a row.
//! Never here: what a cell says.

use crate::document::EventForm;
use crate::{Error, Result};

/// GDELT's columns from the event's id to its CAMEO code.
const FIRST: usize = 27;

/// Where the cells of a table stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) source: Source,
    /// Columns of every row.
    count: usize,
    /// By name, for tables with a header.
    named: Named,
}

/// Whose table it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    #[default]
    Gdelt,
    Polecat,
    Icews,
}

/// Columns of a table with a header, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Named {
    id: usize,
    date: usize,
    code: usize,
    mode: Option<usize>,
    link: Option<usize>,
    publisher: Option<usize>,
    /// Name, country, sectors of who acts, and of who is acted upon.
    actors: [[usize; 3]; 2],
}

/// The cells of a row that are needed, as they stand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cells<'l> {
    pub(super) id: &'l [u8],
    pub(super) date: &'l [u8],
    pub(super) code: &'l [u8],
    pub(super) mode: &'l [u8],
    pub(super) link: &'l [u8],
    pub(super) publisher: &'l [u8],
    /// Who acts, and who is acted upon: name, country, sectors; or, in GDELT, all cells of codes in one, parted by tabs.
    pub(super) actors: [[&'l [u8]; 3]; 2],
}

impl Source {
    /// What statements call the coder, and their documents begin with.
    pub(super) fn coder(self) -> &'static str {
        match self {
            Self::Gdelt => "gdelt",
            Self::Polecat => "polecat",
            Self::Icews => "icews",
        }
    }
}

impl Columns {
    /// GDELT's columns, which have no header.
    ///
    /// # Errors
    /// A number of columns that no version has.
    pub(super) fn gdelt(file: &str, count: usize) -> Result<Self> {
        if !matches!(count, 57 | 58 | 61) {
            let message = format!(
                "{count} columns; GDELT's events have 57 or 58 in version 1.0, and 61 in 2.0; if this is a newer version, \
                 cut its rows to the first 61 columns (cut -f1-61)"
            );
            return Err(Error::at(file, 1, message));
        }
        Ok(Self { source: Source::Gdelt, count, ..Self::default() })
    }

    /// The columns of a table whose line number `line` is its header.
    ///
    /// # Errors
    /// Columns that are missing, all named.
    pub(super) fn of(file: &str, form: EventForm, header: &[u8], line: usize) -> Result<Self> {
        let cells: Vec<&[u8]> = header.split(|b| *b == b'\t').map(bare).collect();
        let mut missing = Vec::new();
        let find = |names: &[&str]| {
            names.iter().find_map(|name| cells.iter().position(|c| c.eq_ignore_ascii_case(name.as_bytes())))
        };
        let mut need = |names: &[&'static str]| {
            find(names).unwrap_or_else(|| {
                missing.push(names[0]);
                0
            })
        };
        let (source, code, sides) = match form {
            EventForm::Icews => (
                Source::Icews,
                need(&["CAMEO Code"]),
                [
                    ["Source Name", "Source Country", "Source Sectors"],
                    ["Target Name", "Target Country", "Target Sectors"],
                ],
            ),
            _ => (
                Source::Polecat,
                need(&["Event Type"]),
                [
                    ["Actor Name", "Actor Country", "Primary Actor Sector"],
                    ["Recipient Name", "Recipient Country", "Primary Recipient Sector"],
                ],
            ),
        };
        let named = Named {
            id: need(&["Event ID"]),
            date: need(&["Event Date"]),
            code,
            actors: sides.map(|side| side.map(|name| need(&[name]))),
            mode: find(&["Event Mode"]),
            link: find(&["URL", "Source URL", "Story URL"]),
            publisher: find(&["Publisher", "Source"]),
        };
        if !missing.is_empty() {
            return Err(Error::at(
                file,
                line as u64,
                format!("{} without the columns {}", form.name(), missing.join(", ")),
            ));
        }
        Ok(Self { source, count: cells.len(), named })
    }

    /// The cells of a row. `ends` is room for the places of tabs.
    ///
    /// # Errors
    /// More or fewer cells than the table has columns.
    pub(super) fn cells<'l>(&self, line: &'l [u8], ends: &mut Vec<usize>) -> std::result::Result<Cells<'l>, String> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match self.source {
            Source::Gdelt => self.gdelt_cells(line),
            Source::Polecat | Source::Icews => {
                ends.clear();
                ends.extend(memchr::memchr_iter(b'\t', line));
                ends.push(line.len());
                if ends.len() != self.count {
                    return Err(self.uneven(ends.len()));
                }
                Ok(self.named_cells(line, ends))
            }
        }
    }

    fn uneven(&self, cells: usize) -> String {
        format!(
            "{cells} columns where the first line has {}; was the row cut off, or does a cell hold a tab?",
            self.count
        )
    }

    fn gdelt_cells<'l>(&self, line: &'l [u8]) -> std::result::Result<Cells<'l>, String> {
        let mut ends = [0; FIRST];
        let found = tabs(line, &mut ends);
        let code_end = ends[FIRST - 1];
        let behind = line.get(code_end..).unwrap_or_default();
        let all = if found < FIRST { found + 1 } else { FIRST + behind.iter().filter(|b| **b == b'\t').count() };
        if all != self.count {
            return Err(self.uneven(all));
        }
        let cell = |from: usize, to: usize| line.get(ends[from - 1] + 1..ends[to]).unwrap_or_default();
        let link = match self.count {
            57 => b"".as_slice(),
            _ => memchr::memrchr(b'\t', line).and_then(|at| line.get(at + 1..)).unwrap_or_default(),
        };
        Ok(Cells {
            id: line.get(..ends[0]).unwrap_or_default(),
            date: cell(1, 1),
            code: cell(26, 26),
            link,
            actors: [[b"", cell(7, 14), b""], [b"", cell(17, 24), b""]],
            ..Cells::default()
        })
    }

    fn named_cells<'l>(&self, line: &'l [u8], ends: &[usize]) -> Cells<'l> {
        let cell = |at: usize| {
            let start = at.checked_sub(1).map_or(0, |before| ends[before] + 1);
            bare(line.get(start..ends[at]).unwrap_or_default())
        };
        let maybe = |at: Option<usize>| at.map_or(b"".as_slice(), cell);
        let n = &self.named;
        Cells {
            id: cell(n.id),
            date: cell(n.date),
            code: cell(n.code),
            mode: maybe(n.mode),
            link: maybe(n.link),
            publisher: maybe(n.publisher),
            actors: n.actors.map(|side| side.map(cell)),
        }
    }
}

/// A cell without the quotes that some copies of these tables have.
fn bare(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    cell.strip_prefix(b"\"").and_then(|c| c.strip_suffix(b"\"")).unwrap_or(cell)
}

/// Finds the first tabs of a line, eight bytes at a time; how many there are, at most as many as there is room for.
fn tabs(line: &[u8], ends: &mut [usize; FIRST]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let mut found = 0;
    let mut chunks = line.chunks_exact(8);
    let mut start = 0;
    for chunk in chunks.by_ref() {
        let mut eight = [0; 8];
        eight.copy_from_slice(chunk);
        let differs = u64::from_le_bytes(eight) ^ (ONES * u64::from(b'\t'));
        // The high bit of each byte that is a tab, and of no other.
        let mut marks = !(((differs & LOW) + LOW) | differs | LOW);
        while marks != 0 {
            ends[found] = start + marks.trailing_zeros() as usize / 8;
            found += 1;
            if found == FIRST {
                return found;
            }
            marks &= marks - 1;
        }
        start += 8;
    }
    for (at, _) in chunks.remainder().iter().enumerate().filter(|(_, b)| **b == b'\t') {
        ends[found] = start + at;
        found += 1;
        if found == FIRST {
            return found;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tabs_are_found_where_they_are(line in prop::collection::vec(prop_oneof![Just(9u8), Just(8u8), Just(137u8), any::<u8>()], 0..200)) {
            let mut ends = [0; FIRST];
            let found = tabs(&line, &mut ends);
            let there: Vec<usize> = memchr::memchr_iter(b'\t', &line).take(FIRST).collect();
            prop_assert_eq!(&ends[..found], there.as_slice());
        }

        #[test]
        fn cells_of_gdelt_are_those_between_tabs(cells in prop::collection::vec("[a-z0-9 ]{0,9}", 55..64)) {
            let line = cells.join("\t");
            for count in [57, 58, 61] {
                let columns = Columns::gdelt("f", count).unwrap();
                match columns.cells(line.as_bytes(), &mut Vec::new()) {
                    Ok(found) => {
                        prop_assert_eq!(cells.len(), count);
                        prop_assert_eq!(found.id, cells[0].as_bytes());
                        prop_assert_eq!(found.date, cells[1].as_bytes());
                        prop_assert_eq!(found.code, cells[26].as_bytes());
                        prop_assert_eq!(found.actors[0][1].to_vec(), cells[7..15].join("\t").into_bytes());
                        prop_assert_eq!(found.actors[1][1].to_vec(), cells[17..25].join("\t").into_bytes());
                        let link = if count == 57 { "" } else { cells.last().unwrap() };
                        prop_assert_eq!(found.link, link.as_bytes());
                    }
                    Err(why) => {
                        prop_assert_ne!(cells.len(), count);
                        let told = format!("{} columns where the first line has {count}", cells.len());
                        prop_assert!(why.starts_with(&told), "{}", why);
                    }
                }
            }
        }
    }

    #[test]
    fn columns_with_a_header_are_found_by_name() {
        let header = "event id\tEvent Date\tX\tEvent Type\tEvent Mode\tActor Name\tActor Country\tPrimary Actor Sector\t\
                      Recipient Name\tRecipient Country\tPrimary Recipient Sector\tSource";
        let columns = Columns::of("f", EventForm::Polecat, header.as_bytes(), 1).unwrap();
        let row = b"7\t2024-01-02\t\tREQUEST\tmeet\tA\tFRA\tGOV\t\"B\"\tDEU\tMIL\tPost\r";
        let cells = columns.cells(row, &mut Vec::new()).unwrap();
        assert_eq!((cells.id, cells.code, cells.mode), (b"7".as_slice(), b"REQUEST".as_slice(), b"meet".as_slice()));
        assert_eq!(cells.actors, [[b"A".as_slice(), b"FRA", b"GOV"], [b"B", b"DEU", b"MIL"]]);
        assert_eq!((cells.publisher, cells.link), (b"Post".as_slice(), b"".as_slice()));
        let told = Columns::of("f", EventForm::Polecat, b"Event ID\tActor Name", 3).unwrap_err().to_string();
        assert!(told.starts_with("f:3: POLECAT events without the columns Event Type, Event Date"), "{told}");
    }
}
