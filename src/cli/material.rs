//! What the inputs come to.
//!
//! In: what was read. Out: [`Material`], statements or their counts, and where they are from. Never here: reading.

use crate::document::Shelf;
use crate::import::events::{MOST_KEPT, Told};
use crate::network::Bundle;
use crate::statement::{Blank, Statement};
use crate::{Error, Result};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A file of the input.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// As the user named it, or as it was found in a folder.
    pub path: String,
    /// "articles", "statements", whose events they are, or "aliases", which are no input of their own.
    pub kind: &'static str,
    /// SHA-256 of its bytes, in hex; none for standard input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Where it is; none for standard input.
    #[serde(skip)]
    pub(super) file: Option<PathBuf>,
}

/// Computes the check sums of all files.
///
/// # Errors
/// A file that cannot be read any more.
pub fn hash_all(sources: &mut [Source]) -> Result<()> {
    for source in sources {
        // What came through a pipe cannot be read a second time.
        if let Some(file) = source.file.as_deref().filter(|f| f.is_file()) {
            source.sha256 = Some(hash(file).map_err(|e| Error::io(&source.path, e))?);
        }
    }
    Ok(())
}

/// What the inputs hold.
#[derive(Debug, Default)]
pub struct Material {
    /// All statements in canonical order, coded by hand or by us.
    pub statements: Vec<Statement>,
    /// Documents that a table says were coded, and that have no statement.
    pub blanks: BTreeSet<Blank>,
    /// Documents that were read or that tables speak of.
    pub documents: usize,
    /// The files.
    pub sources: Vec<Source>,
    /// What is known of the documents that were read, where that was asked for.
    pub shelf: Shelf,
    /// What became of the rows of event tables.
    pub events: Option<Told>,
    /// Where events were counted and not kept, their counts; `statements` is empty then.
    pub counts: Option<Vec<Bundle>>,
}

impl Material {
    /// How many statements there are, kept or counted.
    pub fn statements(&self) -> usize {
        match (&self.counts, self.events) {
            (Some(_), Some(told)) => usize::try_from(told.statements).unwrap_or(usize::MAX),
            _ => self.statements.len(),
        }
    }

    /// All statements, for what cannot be made of counts.
    ///
    /// # Errors
    /// A usage error where there are only counts.
    pub fn each(&self, what: &str) -> Result<&[Statement]> {
        match (&self.counts, self.events) {
            (Some(_), Some(told)) => Err(Error::Usage(format!(
                "{what} needs each statement, but of more than {MOST_KEPT} events ({} here) only counts are kept: give fewer \
                 files, or write their statements to a table with \"stancenet code\" and give that",
                told.statements
            ))),
            _ => Ok(&self.statements),
        }
    }
}

fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(hasher.finalize().iter().map(|b| format!("{b:02x}")).collect());
        }
        hasher.update(&buffer[..n]);
    }
}
