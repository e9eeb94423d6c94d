//! Splits CSV into records, each with the line it begins on.
//!
//! In: bytes. Out: the cells of one record at a time. Never here: what the cells mean.
//!
//! `csv-core` does the splitting; it is driven here rather than through the `csv` crate because hostile tables need
//! three things that the latter does not give: a bound on the size of one record (an open quote swallows the rest of
//! a file of any size), an error where the file ends inside a quote, and line numbers that hold after blank lines and
//! after Windows and old Mac line ends.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::{self, BufRead};

/// Most bytes that one record, or one line of JSONL, may have: a thousand times the longest sensible statement.
pub(crate) const MAX_RECORD: usize = 16 << 20;

/// Why there is no next record.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The input could not be read.
    Io(io::Error),
    /// The record that begins on this line has more than [`MAX_RECORD`] bytes.
    TooLong(u64),
    /// The input ends inside a quoted cell of the record that begins on this line.
    OpenQuote(u64),
}

/// A reader of records. After [`Records::advance`] the cells of the current record are at hand.
pub(crate) struct Records<R> {
    input: R,
    core: Reader,
    lines: Lines,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    len: usize,
}

/// Counts lines whether they end in `\n`, `\r\n` or `\r`.
struct Lines {
    line: u64,
    after_cr: bool,
}

impl Lines {
    fn pass(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if byte == b'\r' || (byte == b'\n' && !self.after_cr) {
                self.line += 1;
            }
            self.after_cr = byte == b'\r';
        }
    }
}

impl<R: BufRead> Records<R> {
    /// Reads records of `input`, whose first byte is on line `line` (counted from 1) of its file.
    pub(crate) fn new(input: R, delimiter: u8, line: u64) -> Self {
        Self {
            input,
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            lines: Lines { line, after_cr: false },
            bytes: vec![0; 4096],
            ends: vec![0; 64],
            len: 0,
        }
    }

    /// Goes to the next record; its line, or `None` at the end. Blank lines are passed over.
    pub(crate) fn advance(&mut self) -> Result<Option<u64>, Fault> {
        self.len = 0;
        if !self.skip_blank_lines().map_err(Fault::Io)? {
            return Ok(None);
        }
        let line = self.lines.line;
        let (mut size, mut out) = (0, 0);
        loop {
            let buffer = self.input.fill_buf().map_err(Fault::Io)?;
            let at_end = buffer.is_empty();
            // At the end of the file a line end is made up: outside quotes it closes the record, inside it does not.
            let chunk = if at_end { b"\n" } else { buffer };
            let (result, read, written, fields) =
                self.core.read_record(chunk, &mut self.bytes[out..], &mut self.ends[self.len..]);
            if !at_end {
                self.lines.pass(&chunk[..read]);
                self.input.consume(read);
            }
            size += read;
            out += written;
            self.len += fields;
            if size > MAX_RECORD {
                return Err(Fault::TooLong(line));
            }
            match result {
                ReadRecordResult::Record => return Ok(Some(line)),
                ReadRecordResult::OutputFull => self.bytes.resize(self.bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty if at_end => return Err(Fault::OpenQuote(line)),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    /// The current record's cells.
    pub(crate) fn cells(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        (0..self.len).map(|i| {
            let start = if i == 0 { 0 } else { self.ends[i - 1] };
            &self.bytes[start..self.ends[i]]
        })
    }

    fn skip_blank_lines(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let blank = buffer.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let more = blank < buffer.len();
            self.lines.pass(&buffer[..blank]);
            self.input.consume(blank);
            if more {
                return Ok(true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::{BufReader, Read};

    fn read(text: &[u8], buffer: usize) -> Result<Vec<(u64, Vec<String>)>, Fault> {
        let mut records = Records::new(BufReader::with_capacity(buffer, text), b',', 1);
        let mut all = Vec::new();
        while let Some(line) = records.advance()? {
            all.push((line, records.cells().map(|c| String::from_utf8_lossy(c).into_owned()).collect()));
        }
        Ok(all)
    }

    #[test]
    fn lines_count_through_quotes_blank_lines_and_any_line_end() {
        for (end, buffer) in [("\n", 1), ("\r\n", 1), ("\r", 1), ("\n", 4096), ("\r\n", 4096), ("\r", 4096)] {
            let text = ["a,b", "\"one", "two\",x", "", "", "c,d"].join(end);
            let got = read(text.as_bytes(), buffer).unwrap();
            let lines: Vec<u64> = got.iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [1, 2, 6], "{end:?} read {buffer} bytes at a time");
            assert_eq!(got[1].1, [format!("one{end}two"), "x".into()]);
        }
    }

    #[test]
    fn a_quote_left_open_is_an_error_naming_where_its_record_begins() {
        assert!(matches!(read(b"a,b\n1,2\n\n3,\"4\n5,6\n", 4096), Err(Fault::OpenQuote(4))));
        assert_eq!(read(b"a,\"b\"", 4096).unwrap()[0].1, ["a", "b"], "a last line without a line end is whole");
    }

    #[test]
    fn a_record_without_end_is_refused_before_it_fills_the_memory() {
        let endless = io::repeat(b'x').take(3 * MAX_RECORD as u64);
        let mut records = Records::new(BufReader::new(endless), b',', 1);
        assert!(matches!(records.advance(), Err(Fault::TooLong(1))));
        assert!(records.bytes.len() <= 2 * MAX_RECORD);
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_back(
            rows in prop::collection::vec(prop::collection::vec("[a-z\",;\r\n é]{0,9}", 3), 1..6),
            buffer in 1usize..40,
        ) {
            let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = writer.into_inner().unwrap();
            let got: Vec<Vec<String>> = read(&text, buffer).unwrap().into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(got, rows);
        }
    }
}
