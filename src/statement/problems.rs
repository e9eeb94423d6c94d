//! Gathers what is wrong with a file, so that a user sees all bad rows at once.
//!
//! In: one message a bad row. Out: one error for all. Never here: finding out what is wrong.

use super::records::{Fault, MAX_RECORD};
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

    /// What ended the reading early is one more bad row, or, if it is the system's, an error at once.
    pub(crate) fn fault(&mut self, file: &str, fault: Fault) -> Result<()> {
        match fault {
            Fault::Io(error) => return Err(Error::io(file, error)),
            Fault::TooLong(line) => {
                let most = MAX_RECORD >> 20;
                self.add(file, line, format!("more than {most} MiB without an end of the row; is a quote left open?"));
            }
            Fault::OpenQuote(line) => self.add(
                file,
                line,
                "the file ends inside a quoted cell of this row; was it cut off, or is a quote left open?",
            ),
        }
        Ok(())
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
