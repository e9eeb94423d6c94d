//! What can go wrong, told so that the user knows what, where, and what to do.
//!
//! Every failure of the library is an [`Error`]; it is turned into words once, by `main`.

use std::io;

/// The library's result.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure. `Display` gives one message for the user, naming file and line where there are any.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The operating system refused to read or write a file.
    #[error("{path}: {source}")]
    Io {
        /// The file as the user named it.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// An input file holds something that cannot be used.
    #[error("{}: {message}", place(.file, *.line))]
    Input {
        /// The file as the user named it; `<stdin>` for standard input.
        file: String,
        /// Line in the file, counted from 1.
        line: Option<u64>,
        /// What is wrong, and what to do about it.
        message: String,
    },
    /// The input is sound, but there is nothing in it to go on with.
    #[error("{0}")]
    Empty(String),
    /// Options or arguments that do not go together, found after parsing the command line.
    #[error("{0}")]
    Usage(String),
    /// Several inputs are bad; all are named, one a line.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Many(Vec<Error>),
}

impl Error {
    /// A bad input file, without a line.
    pub fn input(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Input { file: file.into(), line: None, message: message.into() }
    }

    /// A bad line of an input file; `line` counts from 1.
    pub fn at(file: impl Into<String>, line: u64, message: impl Into<String>) -> Self {
        Self::Input { file: file.into(), line: Some(line), message: message.into() }
    }

    /// A failed read or write of `path`.
    pub fn io(path: impl Into<String>, source: io::Error) -> Self {
        Self::Io { path: path.into(), source }
    }

    /// One error out of several: itself when there is but one.
    pub fn many(mut errors: Vec<Error>) -> Self {
        if errors.len() == 1 { errors.remove(0) } else { Self::Many(errors) }
    }

    /// Whether the reader of our output went away (`stancenet … | head`), which is no failure.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}

fn place(file: &str, line: Option<u64>) -> String {
    match line {
        Some(line) => format!("{file}:{line}"),
        None => file.to_owned(),
    }
}
