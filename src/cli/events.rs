//! Tables of events among the inputs: opened one after the other, read all together.
//!
//! In: inputs that were recognized as events. Out: statements, or counts of them, and a note on what became of the rows.
//! Never here: what a row means.

use super::material::Source;
use super::progress::Progress;
use crate::document::EventForm;
use crate::import::events::{Codebook, EventFile, EventOptions, Events, Told, each, read};
use crate::import::packed::{Member, gunzip};
use crate::lexicon::Lexicon;
use crate::statement::Statement;
use crate::{Error, Result};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

/// The events of all inputs.
pub struct EventInputs {
    meter: Progress,
    files: Vec<EventFile>,
}

impl Default for EventInputs {
    fn default() -> Self {
        Self::new(true)
    }
}

impl EventInputs {
    /// None yet.
    pub fn new(quiet: bool) -> Self {
        Self { meter: Progress::bytes(quiet), files: Vec::new() }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// One more; `file` is where it can be opened again, for there may be more files than can be open at one time, so
    /// that each is opened when its turn comes.
    ///
    /// # Errors
    /// Standard input that cannot be read.
    pub fn add(&mut self, name: &str, form: EventForm, content: Content, file: Option<PathBuf>) -> Result<()> {
        let later = match (content, file) {
            (Content::Member(member), _) => {
                self.meter.expect(member.size);
                Later::Member(member)
            }
            (content, Some(path)) => {
                self.meter.expect(path.metadata().map_or(0, |m| m.len()));
                Later::File { path, packed: matches!(content, Content::Packed(_)) }
            }
            (content, None) => Later::Stream(content.open().map_err(|e| Error::io(name, e))?),
        };
        let meter = self.meter.clone();
        self.files.push(EventFile::new(name, form, move || later.open(&meter)));
        Ok(())
    }

    /// Reads all, see [`read`](crate::import::events::read()).
    ///
    /// # Errors
    /// Those of reading.
    pub fn read(self, lexicon: &Lexicon, skip_bad: bool, (from, to): (Option<Date>, Option<Date>)) -> Result<Events> {
        let options = EventOptions { skip_bad, from, to, ..EventOptions::default() };
        let events = read(self.files, &Codebook::new(lexicon)?, options);
        self.meter.finish();
        events
    }

    /// Reads all in order, see [`each`](crate::import::events::each()).
    ///
    /// # Errors
    /// Those of reading and of `take`.
    pub fn stream(
        self,
        lexicon: &Lexicon,
        skip_bad: bool,
        take: &mut dyn FnMut(&[Statement]) -> Result<()>,
    ) -> Result<(Told, Vec<Error>)> {
        let options = EventOptions { skip_bad, ..EventOptions::default() };
        let told = each(self.files, &Codebook::new(lexicon)?, options, take);
        self.meter.finish();
        told
    }
}

/// Where the bytes of an input come from.
pub enum Content {
    Stream(Box<dyn Read + Send>),
    /// Unpacked already.
    Packed(Box<dyn Read + Send>),
    Member(Member),
}

impl Content {
    /// The bytes.
    ///
    /// # Errors
    /// An archive that cannot be opened any more.
    pub fn open(self) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Self::Stream(stream) | Self::Packed(stream) => Ok(stream),
            Self::Member(member) => Ok(Box::new(member.open()?)),
        }
    }
}

/// Events that are to be read when their turn comes.
enum Later {
    File { path: PathBuf, packed: bool },
    Member(Member),
    Stream(Box<dyn Read + Send>),
}

impl Later {
    fn open(self, meter: &Progress) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Self::File { path, packed: true } => Box::new(gunzip(meter.metered(File::open(path)?))),
            Self::File { path, packed: false } => Box::new(meter.metered(File::open(path)?)),
            Self::Member(member) => Box::new(meter.metered(member.open()?)),
            Self::Stream(stream) => stream,
        })
    }
}

/// What became of the rows of event tables.
pub fn in_words(sources: &[Source], told: Told, counted: bool) -> String {
    let files: Vec<&Source> = sources.iter().filter(|s| s.kind.ends_with(" events")).collect();
    let kinds: BTreeSet<&str> = files.iter().map(|s| s.kind).collect();
    let kinds = kinds.into_iter().collect::<Vec<_>>().join(", ");
    let mut text = match files.as_slice() {
        [one] => format!("{}: {kinds}", one.path),
        many => format!("{} files of {kinds}", many.len()),
    };
    text += &format!(": {} rows, {} statements", told.rows, told.statements);
    let left_out = [
        (told.no_stance, "that are no stance"),
        (told.nobody, "without two actors that the lexicon knows"),
        (told.itself, "of an actor toward itself"),
        (told.unknown_code, "whose code the lexicon does not know"),
        (told.bad, "that cannot be read"),
    ];
    let left_out: Vec<String> =
        left_out.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if !left_out.is_empty() {
        text += &format!("; left out: {}", left_out.join(", "));
    }
    if counted {
        text += "; so many are counted as they pass, and only the best evidence of each tie is kept";
    }
    text
}
