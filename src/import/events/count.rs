//! Rows of events, judged one after the other by one thread, and counted.
//!
//! In: blocks of lines. Out: what each line is, and by tie how many there are, with the best evidence. Never here: other
//! threads; the order in which blocks come leaves no trace in what is counted.

use super::EventOptions;
use super::actors::Who;
use super::blocks::{Block, Fault};
use super::codes::{Codebook, Reading};
use super::columns::{Cells, Source};
use super::read::Told;
use super::row::{Day, Event, day, packed, text};
use crate::network::MOST_EVIDENCE;
use crate::statement::{Relation, Statement};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bad rows of one thread that are told one by one; a user sees fewer.
const FAULTS: usize = 20;

/// With more spellings of actors than this, those that are nobody are looked up anew each time.
const MOST_SPELLINGS: usize = 1 << 20;

/// A stance between two actors, which are numbers of [`Counter::who`].
pub(super) type Key = (u32, u32, Relation, bool);

/// All statements of one tie that are alike plain, or alike hedged.
#[derive(Debug, Clone, Default)]
pub(super) struct Count {
    pub(super) statements: u64,
    pub(super) first: Option<Day>,
    pub(super) last: Option<Day>,
    /// The best evidence, best first.
    pub(super) best: Vec<Event>,
    /// Rows whose documents [begin](beginning) with more than this are no better evidence.
    bar: Option<u128>,
}

/// The first bytes of a document's id as a number that sorts as they do.
fn beginning(document: &str) -> u128 {
    let mut first = [0; 16];
    let most = document.len().min(16);
    first[..most].copy_from_slice(&document.as_bytes()[..most]);
    u128::from_be_bytes(first)
}

impl Count {
    /// Adds what another thread counted.
    pub(super) fn add(&mut self, other: Self) {
        self.statements += other.statements;
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
        self.best.extend(other.best);
        self.best.sort();
        self.best.truncate(MOST_EVIDENCE);
    }
}

/// One thread's work.
pub(super) struct Counter<'a> {
    book: &'a Codebook,
    options: EventOptions,
    from: Option<Day>,
    to: Option<Day>,
    /// Statements of all threads.
    all: &'a AtomicUsize,
    /// Actors by what stands for them, `None` for nobody.
    spelled: HashMap<Box<[u8]>, Option<u32>, Quick>,
    numbers: HashMap<Who, u32>,
    pub(super) who: Vec<Who>,
    plover: HashMap<Box<[u8]>, Reading, Quick>,
    pub(super) ties: HashMap<Key, Count, Quick>,
    /// Whether ties are counted.
    pub(super) counts: bool,
    /// Every statement, as long as there are few.
    kept: Vec<(Key, Event)>,
    pub(super) told: Told,
    pub(super) faults: Vec<Fault>,
    /// Lines of each block: file, block, lines.
    pub(super) lines: Vec<(usize, usize, usize)>,
    /// By file: rows, and a sum over their ids by which two files that hold the same are told.
    pub(super) sums: HashMap<usize, (u64, u64)>,
    ends: Vec<usize>,
    key: Vec<u8>,
    document: String,
    last_day: (Vec<u8>, Option<Day>),
}

impl<'a> Counter<'a> {
    pub(super) fn new(book: &'a Codebook, options: EventOptions, all: &'a AtomicUsize) -> Self {
        Self {
            book,
            options,
            from: options.from.map(packed),
            to: options.to.map(packed),
            all,
            spelled: HashMap::default(),
            numbers: HashMap::new(),
            who: Vec::new(),
            plover: HashMap::default(),
            ties: HashMap::default(),
            counts: true,
            kept: Vec::new(),
            told: Told::default(),
            faults: Vec::new(),
            lines: Vec::new(),
            sums: HashMap::new(),
            ends: Vec::new(),
            key: Vec::new(),
            document: String::new(),
            last_day: (Vec::new(), None),
        }
    }

    /// Counts all lines of a block.
    pub(super) fn block(&mut self, block: &Block) {
        let columns = &*block.columns;
        let before = self.told;
        let (mut lines, mut start, mut sum) = (0, 0, 0u64);
        for end in memchr::memchr_iter(b'\n', &block.bytes).chain([block.bytes.len()]) {
            let line = block.bytes.get(start..end).unwrap_or_default();
            start = end + 1;
            if !line.is_empty() && line != b"\r" {
                self.told.rows += 1;
                let mut ends = std::mem::take(&mut self.ends);
                match columns.cells(line, &mut ends).and_then(|cells| self.row(&cells, columns.source)) {
                    Ok(id) => sum = sum.wrapping_add(id),
                    Err(message) => {
                        self.told.bad += 1;
                        if self.faults.len() < FAULTS {
                            let (file, block) = (block.file, block.number);
                            self.faults.push(Fault { file, block, line: lines, message });
                        }
                    }
                }
                self.ends = ends;
            }
            lines += 1;
        }
        // The last is no line, but what follows the last line's end, unless the file ends without one.
        let whole = block.bytes.ends_with(b"\n");
        self.lines.push((block.file, block.number, if whole { lines - 1 } else { lines }));
        let of_file = self.sums.entry(block.file).or_default();
        *of_file = (of_file.0 + self.told.rows - before.rows, of_file.1.wrapping_add(sum));
        self.all.fetch_add((self.told.statements - before.statements) as usize, Ordering::Relaxed);
        self.forget_many();
    }

    /// Statements are kept while all threads together have few.
    fn forget_many(&mut self) {
        if self.all.load(Ordering::Relaxed) > self.options.most_kept {
            self.kept = Vec::new();
        }
    }

    /// The statements that were kept so far.
    pub(super) fn take_kept(&mut self) -> Vec<Statement> {
        let made = |((from, to, relation, weak), event): (Key, Event)| {
            let (from, to) = (self.who.get(from as usize)?, self.who.get(to as usize)?);
            Some(event.statement(from, to, relation, weak, self.book))
        };
        std::mem::take(&mut self.kept).into_iter().filter_map(made).collect()
    }

    /// Judges a row; a number made of its id.
    fn row(&mut self, cells: &Cells<'_>, source: Source) -> Result<u64, String> {
        let id = cells.id.trim_ascii();
        if id.is_empty() || source == Source::Gdelt && !id.iter().all(u8::is_ascii_digit) {
            return Err(format!("\"{}\" is no id of an event", text(id).chars().take(40).collect::<String>()));
        }
        let day = self.day(cells.date)?;
        let mut sum = Folding::default();
        sum.write(id);
        sum.write(cells.date);
        let sum = sum.finish();
        let (relation, weak) = match self.reading(cells, source) {
            Reading::Stance(relation, weak) => (relation, weak),
            Reading::None => {
                self.told.no_stance += 1;
                return Ok(sum);
            }
            Reading::Unknown => {
                self.told.unknown_code += 1;
                return Ok(sum);
            }
        };
        let [from, to] = cells.actors.map(|actor| self.actor(&actor, source));
        let (Some(from), Some(to)) = (from, to) else {
            self.told.nobody += 1;
            return Ok(sum);
        };
        if from == to {
            self.told.itself += 1;
            return Ok(sum);
        }
        self.told.statements += 1;
        self.document.clear();
        self.document.push_str(source.coder());
        self.document.push(':');
        self.document.push_str(&text(id));
        if let (Source::Icews, Some(day)) = (source, day) {
            // Ids of ICEWS come again on other days.
            let _ = write!(self.document, ":{day}");
        }
        self.add((from, to, relation, weak), cells, source, day);
        Ok(sum)
    }

    fn add(&mut self, key: Key, cells: &Cells<'_>, source: Source, day: Option<Day>) {
        if self.all.load(Ordering::Relaxed) <= self.options.most_kept && self.kept.len() <= self.options.most_kept {
            self.kept.push((key, Event::new(cells, source, &self.document, day)));
        }
        if !self.counts {
            return;
        }
        if self.from.is_some() || self.to.is_some() {
            match day {
                None => {
                    self.told.undated += 1;
                    return;
                }
                Some(day) if self.from.is_some_and(|from| day < from) || self.to.is_some_and(|to| day > to) => {
                    self.told.outside += 1;
                    return;
                }
                Some(_) => {}
            }
        }
        let count = self.ties.entry(key).or_default();
        count.statements += 1;
        if let Some(day) = day {
            count.first = Some(count.first.map_or(day, |first| first.min(day)));
            count.last = count.last.max(Some(day));
        }
        // Most rows are no better evidence, by their documents alone, and need not be looked at further.
        if count.bar.is_none_or(|bar| beginning(&self.document) <= bar) {
            let event = Event::new(cells, source, &self.document, day);
            let at = count.best.partition_point(|b| *b < event);
            if at < MOST_EVIDENCE {
                count.best.insert(at, event);
                count.best.truncate(MOST_EVIDENCE);
                let worst = count.best.get(MOST_EVIDENCE - 1).filter(|worst| !worst.without_link);
                count.bar = worst.map(|worst| beginning(&worst.document));
            }
        }
    }

    fn day(&mut self, cell: &[u8]) -> Result<Option<Day>, String> {
        if self.last_day.0 != cell {
            let found = day(cell)?;
            self.last_day.0.clear();
            self.last_day.0.extend_from_slice(cell);
            self.last_day.1 = found;
        }
        Ok(self.last_day.1)
    }

    fn reading(&mut self, cells: &Cells<'_>, source: Source) -> Reading {
        if source != Source::Polecat {
            return self.book.cameo(cells.code);
        }
        self.key.clear();
        self.key.extend_from_slice(cells.code);
        self.key.push(b'\t');
        self.key.extend_from_slice(cells.mode);
        if let Some(known) = self.plover.get(self.key.as_slice()) {
            return *known;
        }
        let reading = self.book.plover(&text(cells.code), &text(cells.mode));
        if self.plover.len() < MOST_SPELLINGS {
            self.plover.insert(self.key.as_slice().into(), reading);
        }
        reading
    }

    fn actor(&mut self, cells: &[&[u8]; 3], source: Source) -> Option<u32> {
        let key: &[u8] = if source == Source::Gdelt {
            cells[1]
        } else {
            self.key.clear();
            // Not to be taken for a row of GDELT, which has more tabs.
            for cell in cells {
                self.key.extend_from_slice(cell);
                self.key.push(b'\n');
            }
            &self.key
        };
        if let Some(known) = self.spelled.get(key) {
            return *known;
        }
        let who = if source == Source::Gdelt {
            let codes: Vec<_> = cells[1].split(|b| *b == b'\t').map(text).collect();
            self.book.actors.coded(&codes.iter().map(|c| &**c).collect::<Vec<_>>())
        } else {
            let [name, country, sectors] = cells.map(text);
            self.book.actors.named(&name, &country, &sectors)
        };
        let number = who.map(|who| {
            let next = self.who.len() as u32;
            *self.numbers.entry(who).or_insert_with_key(|who| {
                self.who.push(who.clone());
                next
            })
        });
        if number.is_some() || self.spelled.len() < MOST_SPELLINGS {
            self.spelled.insert(key.into(), number);
        }
        number
    }
}

/// Hashes short keys quickly, and the same on every machine.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Folding(u64);

type Quick = BuildHasherDefault<Folding>;

impl Hasher for Folding {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in chunks.by_ref() {
            let mut eight = [0; 8];
            eight.copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(eight));
        }
        let rest = chunks.remainder().iter().fold(0, |n, byte| n << 8 | u64::from(*byte));
        self.write_u64(rest);
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        // Multiply and fold, as in wyhash: both halves of the product.
        let product = u128::from(self.0 ^ n ^ 0x9e37_79b9_7f4a_7c15) * 0xd6e8_feb8_6659_fd93;
        self.0 = (product as u64) ^ ((product >> 64) as u64);
    }

    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }

    fn write_isize(&mut self, n: isize) {
        self.write_u64(n as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
