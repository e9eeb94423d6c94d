//! From a file or a stream to an SQLite connection that can do no harm.
//!
//! In: a path, or bytes to come. Out: a [`Database`]. Never here: a write beside the user's file: what lies there alone is
//! opened as immutable; where SQLite would have to put things right first (a write-ahead log or a journal lies beside it),
//! and where there is no file, it works on a copy.

use super::MAGIC;
use super::schema::Schema;
use crate::{Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The longest text of a cell.
const LONGEST: i32 = 64 << 20;

/// An open `.dna` file.
#[derive(Debug)]
pub struct Database {
    pub(super) file: String,
    pub(super) connection: Connection,
    pub(super) schema: Schema,
    /// What the user should know of the opening.
    pub(super) notes: Vec<String>,
    /// Where the copy lies, while it is needed.
    _copy: Option<tempfile::TempDir>,
}

impl Database {
    /// Opens the file at `path`; `file` is what messages call it.
    ///
    /// # Errors
    /// No such file; no SQLite database, a cut or damaged one; one of another program.
    pub fn at(file: &str, path: &Path) -> Result<Self> {
        let failed = |e: io::Error| Error::io(file, e);
        let beside: Vec<&str> = ["-wal", "-journal"]
            .into_iter()
            .filter(|end| fs::metadata(with(path, end)).is_ok_and(|there| there.len() > 0))
            .collect();
        let uri = immutable(path).filter(|_| beside.is_empty());
        let Some(uri) = uri else {
            let copy = tempfile::tempdir().map_err(failed)?;
            let place = copy.path().join("copy.dna");
            fs::copy(path, &place).map_err(failed)?;
            let mut notes = Vec::new();
            for end in beside {
                fs::copy(with(path, end), with(&place, end)).map_err(failed)?;
                notes.push(format!(
                    "{file}{end} lies beside the file, so another program has it open, or did not end well: what was saved so \
                     far is read"
                ));
            }
            // SQLite itself sees to the log, in the copy.
            check_length(file, &place, true)?;
            let connection = Connection::open(&place).map_err(|e| told(file, &e))?;
            return Self::new(file, connection, notes, Some(copy));
        };
        check_length(file, path, false)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(uri, flags).map_err(|e| told(file, &e))?;
        Self::new(file, connection, Vec::new(), None)
    }

    /// Opens what comes from a stream, by way of a temporary copy.
    ///
    /// # Errors
    /// As [`Database::at`].
    pub fn from_stream(file: &str, mut stream: impl Read) -> Result<Self> {
        let failed = |e: io::Error| Error::io(file, e);
        let copy = tempfile::tempdir().map_err(failed)?;
        let place = copy.path().join("copy.dna");
        io::copy(&mut stream, &mut File::create(&place).map_err(failed)?).map_err(failed)?;
        check_length(file, &place, false)?;
        let connection = Connection::open(&place).map_err(|e| told(file, &e))?;
        Self::new(file, connection, Vec::new(), Some(copy))
    }

    fn new(file: &str, connection: Connection, notes: Vec<String>, copy: Option<tempfile::TempDir>) -> Result<Self> {
        let tell = |e: rusqlite::Error| told(file, &e);
        // The schema is a stranger's: nothing in it may run functions, and no cell may fill the memory.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(tell)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).map_err(tell)?;
        connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST).map_err(tell)?;
        let schema = Schema::read(file, &connection)?;
        Ok(Self { file: file.to_owned(), connection, schema, notes, _copy: copy })
    }
}

/// A path with more at its end.
fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}

/// The path as an address by which SQLite neither locks nor looks for a log; none where it cannot be written as one.
fn immutable(path: &Path) -> Option<String> {
    let path = fs::canonicalize(path).ok()?;
    let mut uri = "file:".to_owned();
    for c in path.to_str()?.chars() {
        match c {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            c => uri.push(c),
        }
    }
    Some(uri + "?immutable=1")
}

/// Tells a file that was cut off from what it says of its own length (SQLite's file format, 1.3).
fn check_length(file: &str, path: &Path, logged: bool) -> Result<()> {
    let failed = |e: io::Error| Error::io(file, e);
    let mut head = [0; 100];
    let mut opened = File::open(path).map_err(failed)?;
    let length = opened.metadata().map_err(failed)?.len();
    if opened.read_exact(&mut head).is_err() || !head.starts_with(MAGIC) {
        return Err(Error::input(file, "no SQLite database, as .dna files are; is it encrypted, or was it cut off?"));
    }
    let number = |at: usize| u64::from(u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]));
    let page = match u64::from(u16::from_be_bytes([head[16], head[17]])) {
        1 => 65_536,
        size => size,
    };
    let (pages, changes, valid_for) = (number(28), number(24), number(92));
    if !logged && pages > 0 && changes == valid_for && length < pages * page {
        let message =
            format!("the file is cut off: it has {length} of {} bytes; copy it again, or take a backup", pages * page);
        return Err(Error::input(file, message));
    }
    Ok(())
}

/// What SQLite says, in our words.
pub(super) fn told(file: &str, error: &rusqlite::Error) -> Error {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked, NotADatabase, TooBig};
    let said = error.to_string();
    let message = match error.sqlite_error_code() {
        Some(DatabaseCorrupt) => format!("the database is damaged or cut off ({said}); take a backup"),
        Some(NotADatabase) => {
            format!("no SQLite database, as .dna files are ({said}); is it encrypted, or was it cut off?")
        }
        Some(DatabaseBusy | DatabaseLocked) => {
            format!("another program has the database open ({said}); close it there, or copy the file")
        }
        Some(TooBig) => format!("a text in the database is longer than {} MiB ({said})", LONGEST >> 20),
        _ => format!("the database cannot be read ({said})"),
    };
    Error::input(file, message)
}
