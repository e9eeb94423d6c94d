//! Streams of events cut into blocks of whole lines.
//!
//! In: files of events. Out: one [`Block`] after the other, as large as a thread likes to work on. Never here: what the
//! lines say; more than a block, and the line that it cuts through, in memory.

use super::columns::Columns;
use crate::document::EventForm;
use crate::statement::records::MAX_RECORD;
use crate::{Error, Result};
use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

/// Bytes of a block; what a core's own cache holds.
const BLOCK: usize = 1 << 20;

/// Bytes to come.
type Stream = Box<dyn Read + Send>;

/// A file of events, or one in an archive.
pub struct EventFile {
    /// What messages call it.
    pub name: String,
    /// What its first line shows it to be.
    pub form: EventForm,
    open: Box<dyn FnOnce() -> io::Result<Stream> + Send>,
}

impl fmt::Debug for EventFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventFile").field("name", &self.name).field("form", &self.form).finish_non_exhaustive()
    }
}

impl EventFile {
    /// A file that is opened when its turn comes.
    pub fn new(name: &str, form: EventForm, open: impl FnOnce() -> io::Result<Stream> + Send + 'static) -> Self {
        Self { name: name.to_owned(), form, open: Box::new(open) }
    }
}

/// Whole lines of one file.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Number of the file, from 0.
    pub(super) file: usize,
    /// Number of the block in its file, from 0.
    pub(super) number: usize,
    pub(super) bytes: Vec<u8>,
    pub(super) columns: Arc<Columns>,
}

/// Something wrong with a line: what is known where it is met.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fault {
    pub(super) file: usize,
    pub(super) block: usize,
    /// Line in the block, from 0.
    pub(super) line: usize,
    pub(super) message: String,
}

/// Gives out the blocks of all files, in order.
pub(super) struct Feed {
    files: std::iter::Enumerate<std::vec::IntoIter<EventFile>>,
    at: Option<Reading>,
    /// Files that end in the middle are read up to there.
    skip_bad: bool,
    /// Lines that are too long.
    pub(super) faults: Vec<Fault>,
    /// Files that could not be read to their end.
    pub(super) broken: Vec<Error>,
}

struct Reading {
    file: usize,
    name: String,
    stream: Stream,
    columns: Arc<Columns>,
    /// Begin of a line that the block before cut through.
    rest: Vec<u8>,
    blocks: usize,
    ended: bool,
}

impl Feed {
    pub(super) fn new(files: Vec<EventFile>, skip_bad: bool) -> Self {
        Self { files: files.into_iter().enumerate(), at: None, skip_bad, faults: Vec::new(), broken: Vec::new() }
    }

    /// Fills the block with the next lines; false when there are no more.
    pub(super) fn next(&mut self, block: &mut Block) -> Result<bool> {
        loop {
            match self.try_next(block) {
                Ok(more) => return Ok(more),
                Err(error) => {
                    self.at = None;
                    if !self.skip_bad {
                        // Nobody else need go on.
                        self.files = Vec::new().into_iter().enumerate();
                        return Err(error);
                    }
                    self.broken.push(error);
                }
            }
        }
    }

    fn try_next(&mut self, block: &mut Block) -> Result<bool> {
        loop {
            if self.at.is_none() {
                let Some((number, file)) = self.files.next() else { return Ok(false) };
                self.at = Some(Reading::begin(number, file)?);
            }
            let Some(at) = &mut self.at else { continue };
            if at.fill(&mut block.bytes, &mut self.faults)? {
                (block.file, block.number, block.columns) = (at.file, at.blocks, Arc::clone(&at.columns));
                at.blocks += 1;
                return Ok(true);
            }
            self.at = None;
        }
    }
}

impl Reading {
    fn begin(file: usize, events: EventFile) -> Result<Self> {
        let EventFile { name, form, open } = events;
        let stream = open().map_err(|e| Error::io(&name, e))?;
        let mut new = Self { file, name, stream, columns: Arc::default(), rest: Vec::new(), blocks: 0, ended: false };
        new.columns = Arc::new(match form {
            EventForm::Gdelt { columns } => Columns::gdelt(&new.name, columns)?,
            EventForm::Polecat | EventForm::Icews => {
                let (header, line) = new.header()?;
                Columns::of(&new.name, form, &header, line)?
            }
        });
        Ok(new)
    }

    /// The first line that is not blank, and its number; what follows it stays to be read.
    fn header(&mut self) -> Result<(Vec<u8>, usize)> {
        let mut bytes = Vec::new();
        while !bytes.contains(&b'\n') && bytes.len() <= MAX_RECORD && self.read(&mut bytes, BLOCK)? > 0 {}
        let mut lines = 1;
        let mut start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        loop {
            let line = bytes[start..].split(|b| *b == b'\n').next().unwrap_or_default();
            let end = (start + line.len() + 1).min(bytes.len());
            if !line.trim_ascii().is_empty() || end == bytes.len() {
                let header = line.to_vec();
                self.rest = bytes.split_off(end);
                return Ok((header, lines));
            }
            start = end;
            lines += 1;
        }
    }

    fn read(&mut self, into: &mut Vec<u8>, most: usize) -> Result<usize> {
        into.reserve(most);
        let read = self.stream.by_ref().take(most as u64).read_to_end(into).map_err(|e| Error::io(&self.name, e))?;
        self.ended |= read < most;
        Ok(read)
    }

    /// Puts the next whole lines into the block; false at the end of the file.
    fn fill(&mut self, bytes: &mut Vec<u8>, faults: &mut Vec<Fault>) -> Result<bool> {
        bytes.clear();
        bytes.append(&mut self.rest);
        loop {
            if !self.ended {
                let most = BLOCK.saturating_sub(bytes.len()).max(BLOCK / 2);
                self.read(bytes, most)?;
            }
            if self.ended {
                return Ok(!bytes.is_empty());
            }
            if let Some(at) = memchr::memrchr(b'\n', bytes) {
                self.rest.extend_from_slice(&bytes[at + 1..]);
                bytes.truncate(at + 1);
                return Ok(true);
            }
            if bytes.len() > MAX_RECORD {
                let message = format!(
                    "more than {} MiB without an end of the line; is this a table of events?",
                    MAX_RECORD >> 20
                );
                faults.push(Fault { file: self.file, block: self.blocks, line: 0, message });
                self.pass_over_line(bytes)?;
            }
        }
    }

    /// Reads on to the end of the line without keeping it; an empty line takes its place.
    fn pass_over_line(&mut self, bytes: &mut Vec<u8>) -> Result<()> {
        loop {
            bytes.clear();
            if self.read(bytes, BLOCK)? == 0 {
                return Ok(());
            }
            if let Some(at) = memchr::memchr(b'\n', bytes) {
                bytes.drain(..at);
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn feed(form: EventForm, bytes: Vec<u8>) -> Feed {
        Feed::new(vec![EventFile::new("f", form, move || Ok(Box::new(io::Cursor::new(bytes)) as Stream))], false)
    }

    fn all(mut feed: Feed) -> (Vec<Vec<u8>>, Vec<Fault>) {
        let mut blocks = Vec::new();
        let mut block = Block::default();
        while feed.next(&mut block).unwrap() {
            assert_eq!((block.file, block.number), (0, blocks.len()));
            blocks.push(block.bytes.clone());
        }
        (blocks, feed.faults)
    }

    const GDELT: EventForm = EventForm::Gdelt { columns: 61 };

    proptest! {
        #[test]
        fn blocks_are_whole_lines_and_nothing_is_lost(lines in prop::collection::vec(0usize..300_000, 0..12), end in any::<bool>()) {
            let mut text = lines.iter().map(|n| "x".repeat(*n)).collect::<Vec<_>>().join("\n").into_bytes();
            if end {
                text.push(b'\n');
            }
            let (blocks, faults) = all(feed(GDELT, text.clone()));
            for block in &blocks[..blocks.len().saturating_sub(1)] {
                prop_assert!(block.ends_with(b"\n"));
            }
            prop_assert_eq!(blocks.concat(), text);
            prop_assert!(faults.is_empty());
        }
    }

    #[test]
    fn a_line_without_end_is_passed_over_in_bounded_memory() {
        let long = io::repeat(b'x').take(3 * MAX_RECORD as u64);
        let stream = io::Cursor::new(b"a\n".to_vec()).chain(long).chain(io::Cursor::new(b"\nb\n".to_vec()));
        let file = EventFile::new("f", GDELT, move || Ok(Box::new(stream) as Stream));
        let (blocks, faults) = all(Feed::new(vec![file], true));
        assert_eq!(blocks, [b"a\n".to_vec(), b"\nb\n".to_vec()]);
        assert_eq!((faults.len(), faults[0].block, faults[0].line), (1, 1, 0));
    }

    #[test]
    fn headers_are_taken_off() {
        let text = b"\xef\xbb\xbf\nEvent ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tCAMEO Code\tTarget Name\tTarget Sectors\tTarget Country\n1\t2\n";
        let (blocks, _) = all(feed(EventForm::Icews, text.to_vec()));
        assert_eq!(blocks, [b"1\t2\n".to_vec()]);
        let mut bad = feed(EventForm::Icews, b"Event ID\tx\n".to_vec());
        assert!(bad.next(&mut Block::default()).unwrap_err().to_string().contains("Event Date"));
        let mut future = feed(EventForm::Gdelt { columns: 62 }, b"1\n".to_vec());
        assert!(future.next(&mut Block::default()).unwrap_err().to_string().contains("62 columns"));
    }
}
