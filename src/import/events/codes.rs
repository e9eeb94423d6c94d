//! What the codes of events mean: `cameo.csv` and `plover.csv`.
//!
//! In: the lexicon. Out: for a code which stance it is, and what it is called. Never here: the meaning of any code.

use super::actors::Actors;
use crate::lexicon::{Lexicon, Row};
use crate::statement::Relation;
use crate::{Error, Result};
use std::collections::BTreeMap;

/// What a code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// No table has the code.
    Unknown,
    /// An event that is no stance.
    None,
    /// A stance, hedged where the code is weak.
    Stance(Relation, bool),
}

/// All that the lexicon knows of event tables.
#[derive(Debug)]
pub struct Codebook {
    pub(super) actors: Actors,
    /// By [`place`] of the code.
    cameo: Vec<Reading>,
    plover: BTreeMap<String, Reading>,
    /// Names of codes, by code.
    names: BTreeMap<String, String>,
}

const CAMEO: &str = "cameo.csv";
const PLOVER: &str = "plover.csv";

impl Codebook {
    /// Reads the tables.
    ///
    /// # Errors
    /// A row that says what cannot be, with file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let mut cameo = vec![Reading::Unknown; 20_000];
        let mut names = BTreeMap::new();
        let mut rows: Vec<(String, Reading)> = Vec::new();
        for row in lexicon.table(CAMEO)?.rows() {
            let root = row.key().get(..2).and_then(|root| root.parse().ok());
            if place(row.key().as_bytes()).is_none() || !root.is_some_and(|root: u8| (1..=20).contains(&root)) {
                return Err(row.error(&format!(
                    "\"{}\" is no CAMEO code, which has two to four digits, the first two from 01 to 20: 036, not 36; did a spreadsheet take the zero off?",
                    row.key()
                )));
            }
            rows.push((row.key().to_owned(), reading(&row)?));
            names.insert(row.key().to_owned(), row.get("name").to_owned());
        }
        // A longer code says what the longest code says that it begins with.
        rows.sort_by_key(|(code, _)| code.len());
        for (code, reading) in rows {
            for more in 0..=4 - code.len() {
                let fill = 10usize.pow(more as u32);
                let first = place(code.as_bytes()).unwrap_or_default() * fill;
                cameo[first..first + fill].fill(reading);
            }
        }
        let mut plover = BTreeMap::new();
        for row in lexicon.table(PLOVER)?.rows() {
            plover.insert(row.key().to_lowercase(), reading(&row)?);
            names.insert(row.key().to_lowercase(), row.get("name").to_owned());
        }
        Ok(Self { actors: Actors::new(lexicon)?, cameo, plover, names })
    }

    /// What a CAMEO code says.
    pub(super) fn cameo(&self, code: &[u8]) -> Reading {
        let known = |code: &[u8]| place(code).map_or(Reading::Unknown, |at| self.cameo[at]);
        match known(code) {
            // Some copies of ICEWS have lost the zeros in front.
            Reading::Unknown if self.names.contains_key(&format!("0{}", String::from_utf8_lossy(code))) => {
                known(&[b"0", code].concat())
            }
            reading => reading,
        }
    }

    /// What an event type of PLOVER says, with its mode where the table has it.
    pub(super) fn plover(&self, kind: &str, mode: &str) -> Reading {
        let kind = kind.to_lowercase();
        let with_mode = self.plover.get(&format!("{kind}/{}", mode.to_lowercase()));
        with_mode.or_else(|| self.plover.get(&kind)).copied().unwrap_or(Reading::Unknown)
    }

    /// What the longest code is called that this one begins with; empty where no table knows.
    pub(super) fn name(&self, code: &str) -> &str {
        let code = code.to_lowercase();
        let shorter = |code: &str| self.names.get(code).map(String::as_str);
        let padded = format!("0{code}");
        let tries = [code.as_str(), code.split('/').next().unwrap_or_default()].into_iter();
        let cut = |code: &'_ str| {
            (2..=code.len().min(4)).rev().filter_map(|n| Some(code.get(..n)?.to_owned())).collect::<Vec<_>>()
        };
        let mut found = tries.filter_map(shorter);
        found.next().or_else(|| cut(&code).iter().chain(&cut(&padded)).find_map(|c| shorter(c))).unwrap_or_default()
    }
}

/// A number for each code of two to four digits, with a 1 in front so that zeros count.
fn place(code: &[u8]) -> Option<usize> {
    let digits = (2..=4).contains(&code.len()) && code.iter().all(u8::is_ascii_digit);
    digits.then(|| code.iter().fold(1, |n, digit| n * 10 + usize::from(digit - b'0')))
}

fn reading(row: &Row<'_>) -> Result<Reading> {
    let weak = match row.get("weak") {
        "" | "no" => false,
        "yes" => true,
        other => return Err(row.error(&format!("weak is \"{other}\"; write yes, or nothing"))),
    };
    match row.get("relation") {
        "none" => Ok(Reading::None),
        word => word
            .parse()
            .map(|relation| Reading::Stance(relation, weak))
            .map_err(|e: String| -> Error { row.error(&format!("{e}, or none")) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_the_longest_row_says_that_they_begin_with() {
        let book = Codebook::new(&Lexicon::embedded().unwrap()).unwrap();
        let plain = |relation| Reading::Stance(relation, false);
        assert_eq!(book.cameo(b"01"), Reading::None);
        assert_eq!(book.cameo(b"0361"), plain(Relation::Invite));
        assert_eq!(book.cameo(b"0312"), plain(Relation::Support));
        assert_eq!(book.cameo(b"043"), plain(Relation::Invite));
        assert_eq!(book.cameo(b"4"), book.cameo(b"04"));
        assert_eq!(book.cameo(b"42"), Reading::Stance(Relation::Support, true));
        assert_eq!(book.cameo(b"195"), plain(Relation::Oppose));
        for unknown in [b"---".as_slice(), b"", b"X", b"99", b"04211"] {
            assert_eq!(book.cameo(unknown), Reading::Unknown, "{unknown:?}");
        }
        assert_eq!(book.name("0361"), "Express intent to meet or negotiate");
        assert_eq!(book.name("42"), "Make a visit");
        assert_eq!(book.plover("Request", "MEET"), plain(Relation::Invite));
        assert_eq!(book.plover("REQUEST", "assist"), Reading::Stance(Relation::Oppose, true));
        assert_eq!(book.plover("DANCE", ""), Reading::Unknown);
        assert_eq!(book.name("REQUEST/assist"), "Ask or demand that others assist, change or yield");
    }

    #[test]
    fn a_users_table_goes_before_ours_and_is_checked() {
        let dir = tempfile::tempdir().unwrap();
        let book = |text: &str| {
            std::fs::write(dir.path().join("cameo.csv"), text).unwrap();
            Codebook::new(&Lexicon::with_user(dir.path()).unwrap())
        };
        let own = book("code,name,relation,weak\n036,Intent to meet,support,yes\n").unwrap();
        assert_eq!(own.cameo(b"036"), Reading::Stance(Relation::Support, true));
        assert_eq!(own.cameo(b"037"), Reading::Stance(Relation::Support, false));
        let told = |text: &str| book(text).unwrap_err().to_string();
        assert!(told("code,relation\n6,none\n").contains("cameo.csv:2: \"6\" is no CAMEO code"));
        assert!(told("code,relation\n036,like\n").contains("unknown relation \"like\""));
        assert!(told("code,relation,weak\n036,none,very\n").contains("weak is \"very\""));
    }
}
