//! Which statements were seen already, without keeping them.
//!
//! In: rows, one at a time. Out: whether one is new, or an error where it contradicts another of the same id. Never here:
//! the rows; hashes of 64 bits stand for their ids, and for all that they say.

use super::brief::Brief;
use super::table::same_id;
use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash, Hasher};

/// The statements of all tables that were read so far.
#[derive(Debug, Default)]
pub struct Seen {
    rows: HashMap<u64, Row>,
    files: Vec<String>,
}

#[derive(Debug)]
struct Row {
    says: u64,
    file: u32,
    line: u32,
}

/// A hash that is the same on every machine.
pub(super) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Seen {
    /// Begins another table.
    pub(super) fn begin(&mut self, file: &str) {
        self.files.push(file.to_owned());
    }

    /// Takes back what the last table had, for it is not used.
    pub(super) fn forget(&mut self) {
        let last = self.files.len().saturating_sub(1) as u32;
        self.rows.retain(|_, row| row.file != last);
    }

    /// Whether no row with its id came before.
    pub(super) fn is_new(&mut self, brief: &Brief<'_>, extra: u64, line: u64) -> Result<bool, String> {
        let b = brief;
        // Without an id what makes one, as in `Statement::hash`.
        let place = b.span.is_none().then_some((b.sentence, b.quote));
        let made = (&b.document, b.span, place, b.relation, b.withheld, &b.holder, &b.target);
        let mut hasher = DefaultHasher::new();
        // Two coders may say the same of one place.
        (b.id, b.id.is_empty().then_some((made, &b.coder))).hash(&mut hasher);
        let key = hasher.finish();
        (!b.id.is_empty()).then_some(made).hash(&mut hasher);
        (b.holder_kind, &b.holder_for, b.target_kind, &b.toward, &b.matter, b.hedged, b.level).hash(&mut hasher);
        (b.date, b.sentence, &b.source, b.quote, &b.coder, b.confidence.map(f64::to_bits), extra).hash(&mut hasher);
        let says = hasher.finish();
        let file = self.files.len().saturating_sub(1) as u32;
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        match self.rows.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(Row { says, file, line });
                Ok(true)
            }
            Entry::Occupied(entry) if entry.get().says == says => Ok(false),
            Entry::Occupied(entry) => {
                let Row { file, line, .. } = entry.get();
                let name = self.files.get(*file as usize).map_or("", String::as_str);
                Err(same_id(&format!("{name}:{line}"), "cell"))
            }
        }
    }
}
