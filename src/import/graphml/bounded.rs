//! Bytes that are counted: which line they are on, and how many one piece of XML takes.
//!
//! In: a stream. Out: the same, or an error where a piece has no end. Never here: XML.

use std::io::{self, BufRead, Read};

/// A stream with a bound on what is read between two calls of [`Bounded::renew`].
pub(super) struct Bounded<R> {
    inner: R,
    limit: usize,
    left: usize,
    /// The line of the next byte, counted from 1.
    pub(super) line: u64,
}

impl<R: BufRead> Bounded<R> {
    pub(super) fn new(inner: R, limit: usize) -> Self {
        Self { inner, limit, left: limit, line: 1 }
    }

    /// Begins another piece.
    pub(super) fn renew(&mut self) {
        self.left = self.limit;
    }

    /// Whether the piece is as long as it may be.
    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let length = bytes.len().min(into.len());
        into[..length].copy_from_slice(&bytes[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("too long"));
        }
        let bytes = self.inner.fill_buf()?;
        Ok(&bytes[..bytes.len().min(self.left)])
    }

    fn consume(&mut self, amount: usize) {
        // What is consumed was in the buffer, so asking for it again reads nothing.
        if let Ok(bytes) = self.inner.fill_buf() {
            self.line += memchr::memchr_iter(b'\n', &bytes[..amount.min(bytes.len())]).count() as u64;
        }
        self.left = self.left.saturating_sub(amount);
        self.inner.consume(amount);
    }
}
