//! Ids that name one document each.
//!
//! In: documents as they are read. Out: an error for the second of two with one id.
//! Never here: a new id for it. Which of two gets it would hang on the order of the inputs, and statements that
//! were coded and corrected before would point at the wrong one.

use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash, Hasher};

use super::Document;
use crate::{Error, Result};

/// The ids met so far, and the files they came from. A hash of 64 bits stands for an id, so that a stream of a million
/// documents takes some 20 MB here.
#[derive(Debug, Default)]
pub struct Ids {
    seen: HashMap<u64, u32>,
    files: Vec<String>,
}

impl Ids {
    /// Notes `document`.
    ///
    /// # Errors
    /// When its id is another document's already; both files are named.
    pub fn add(&mut self, document: &Document) -> Result<()> {
        if self.files.last() != Some(&document.file) {
            self.files.push(document.file.clone());
        }
        let mut hasher = DefaultHasher::new();
        document.id.hash(&mut hasher);
        let first = match self.seen.entry(hasher.finish()) {
            Entry::Vacant(entry) => {
                entry.insert(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX));
                return Ok(());
            }
            Entry::Occupied(entry) => self.files.get(*entry.get() as usize),
        };
        let id = &document.id;
        let message = match first.filter(|first| **first != document.file) {
            None => format!("two documents in this file have the id \"{id}\"; give each its own"),
            Some(first) => format!(
                "the document's id \"{id}\" is also that of one in {first}; rename one of the files, or give ids of your own (an id column; a line \"id: …\" at the top)"
            ),
        };
        Err(Error::input(&document.file, message))
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_bytes;
    use super::*;

    #[test]
    fn the_second_of_one_id_is_an_error_that_names_both_files() {
        let mut ids = Ids::default();
        let mut add = |name: &str, text: &str| {
            let read = read_bytes(name, text.as_bytes()).unwrap();
            read.iter().try_for_each(|d| ids.add(d)).map_err(|e| e.to_string())
        };
        assert_eq!(add("a/news.txt", "Words."), Ok(()));
        assert_eq!(add("news.jsonl", "{\"text\": \"Words.\"}"), Ok(()));
        let error = add("b/news.md", "Words.").unwrap_err();
        assert!(
            error.starts_with("b/news.md: the document's id \"news\" is also that of one in a/news.txt; "),
            "{error}"
        );
        assert_eq!(add("b/news.md", "---\nid: other\n---\nWords."), Ok(()));
        let error = add("x.csv", "id,text\n1,Words.\n1,Words.\n").unwrap_err();
        assert!(error.starts_with("x.csv: two documents in this file"), "{error}");
    }
}
