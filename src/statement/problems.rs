//! Gathers what is wrong with a file, so that a user sees all bad rows at once.
//!
//! In: one message a bad row. Out: one error for all. Never here: finding out what is wrong.

use crate::{Error, Result};

/// Most bad rows of one file that are told one by one.
const TOLD: usize = 20;

/// The bad rows of one file.
#[derive(Debug)]
pub(crate) struct Problems {
    told: Vec<Error>,
    more: u64,
}

impl Problems {
    pub(crate) fn new() -> Self {
        Self { told: Vec::new(), more: 0 }
    }

    pub(crate) fn add(&mut self, file: &str, line: u64, message: impl Into<String>) {
        if self.told.len() < TOLD {
            self.told.push(Error::at(file, line, message));
        } else {
            self.more += 1;
        }
    }

    /// An error that names the bad rows, if there are any.
    pub(crate) fn into_result(mut self, file: &str) -> Result<()> {
        if self.told.is_empty() {
            return Ok(());
        }
        if self.more > 0 {
            self.told.push(Error::input(file, format!("and {} more bad rows", self.more)));
        }
        Err(Error::many(self.told))
    }
}
