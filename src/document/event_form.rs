//! Which table of events a file's first line is of.
//!
//! In: the first bytes of a file. Out: an [`EventForm`]. Never here: what the rows say.

/// Other people's tables of coded events, all parted by tabs and without quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventForm {
    /// GDELT's events, without a header; `columns` is how many the first line has: 57 or 58 in version 1.0, 61 in 2.0.
    Gdelt {
        /// Columns of the first line.
        columns: usize,
    },
    /// POLECAT, coded by PLOVER.
    Polecat,
    /// ICEWS, coded by CAMEO.
    Icews,
}

impl EventForm {
    /// What the user is told that it is.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gdelt { columns: 57 | 58 } => "GDELT 1.0 events",
            Self::Gdelt { columns: 61 } => "GDELT 2.0 events",
            Self::Gdelt { .. } => "GDELT events",
            Self::Polecat => "POLECAT events",
            Self::Icews => "ICEWS events",
        }
    }

    /// Tells the table by its first line: by its columns' names, or, for GDELT, by what stands in the first five.
    pub fn of(head: &[u8]) -> Option<Self> {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let line = head.split(|b| *b == b'\n').find(|line| !line.trim_ascii().is_empty())?;
        let cells: Vec<&[u8]> = line.split(|b| *b == b'\t').map(bare).collect();
        let has = |names: &[&str]| names.iter().all(|n| cells.iter().any(|c| c.eq_ignore_ascii_case(n.as_bytes())));
        if has(&["Event Date", "CAMEO Code", "Source Name", "Target Name"]) {
            return Some(Self::Icews);
        }
        if has(&["Event Date", "Event Type", "Actor Name", "Recipient Name"]) {
            return Some(Self::Polecat);
        }
        let digits = |at: usize, long: usize| {
            cells.get(at).is_some_and(|c| c.iter().all(u8::is_ascii_digit) && (c.len() == long || long == 0))
        };
        let fraction = cells.get(4).is_some_and(|c| c.starts_with(digits_of(cells.get(3))) && c.contains(&b'.'));
        let gdelt = digits(0, 0) && digits(1, 8) && digits(2, 6) && digits(3, 4) && fraction && cells.len() > 30;
        (gdelt && !cells[0].is_empty()).then_some(Self::Gdelt { columns: cells.len() })
    }
}

/// A cell without the quotes that some copies of these tables have.
fn bare(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    cell.strip_prefix(b"\"").and_then(|c| c.strip_suffix(b"\"")).unwrap_or(cell)
}

fn digits_of<'a>(cell: Option<&&'a [u8]>) -> &'a [u8] {
    cell.copied().unwrap_or(b"\xff")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_told_by_their_first_line() {
        let line =
            |columns: usize| format!("410412347\t20150218\t201502\t2015\t2015.1315{}\n", "\tx".repeat(columns - 5));
        for columns in [57, 58, 61, 62] {
            assert_eq!(EventForm::of(line(columns).as_bytes()), Some(EventForm::Gdelt { columns }));
        }
        assert_eq!(EventForm::of(line(20).as_bytes()), None);
        assert_eq!(EventForm::of(line(61).replace("2015.1315", "2016.1").as_bytes()), None);
        let icews = "\u{feff}Event ID\tEvent Date\tSource Name\t\"CAMEO Code\"\tTarget Name\r\n";
        assert_eq!(EventForm::of(icews.as_bytes()), Some(EventForm::Icews));
        let polecat = "Event ID\tEvent date\tEvent Type\tActor Name\tRecipient Name\n";
        assert_eq!(EventForm::of(polecat.as_bytes()), Some(EventForm::Polecat));
        assert_eq!(EventForm::of(b"document,holder\n"), None);
        assert_eq!(EventForm::of(b""), None);
        assert_eq!(EventForm::Gdelt { columns: 61 }.name(), "GDELT 2.0 events");
    }
}
