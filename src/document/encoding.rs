//! Bytes to text, whatever they were written in.
//!
//! In: bytes, whole or as a stream, and the character set that a page declares. Out: UTF-8 text.
//! Never here: a replacement character in place of what cannot be read. Bytes that make no sense are an error
//! that names the line, for a silently mangled name would be a wrong actor later.
//!
//! Tried in this order: a byte order mark; UTF-16 without one (every other byte zero); valid UTF-8 beyond ASCII;
//! what the page declares; what `chardetng` makes of the bytes.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::{Error, Result};

/// How many bytes of a stream are looked at to tell its encoding, from the first one that is not ASCII.
const SAMPLE: usize = 1 << 20;
/// How many bytes of a stream are decoded at a time.
const CHUNK: usize = 1 << 16;

/// The encoding of `bytes` and the length of its byte order mark.
///
/// `declared` is what the content says about itself; `complete` is false when `bytes` may stop inside a character.
pub(super) fn choose(bytes: &[u8], declared: Option<&'static Encoding>, complete: bool) -> (&'static Encoding, usize) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding, mark);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return (encoding, 0);
    }
    // "UTF-8" declared says no more than we try anyway, and a page that can be searched for a declaration at all
    // is not UTF-16, whatever it says.
    let declared = declared.filter(|e| ![UTF_8, UTF_16LE, UTF_16BE].contains(e));
    let detect = || {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
        detector.feed(bytes, complete);
        detector.guess(None, Utf8Detection::Deny)
    };
    let encoding = match std::str::from_utf8(bytes) {
        Ok(_) if !bytes.is_ascii() => UTF_8,
        Ok(_) if bytes.contains(&0x1b) => {
            let guess = declared.unwrap_or_else(detect);
            if guess == ISO_2022_JP { guess } else { UTF_8 }
        }
        Ok(_) => UTF_8,
        Err(error) if !complete && error.error_len().is_none() && error.valid_up_to() > 0 => UTF_8,
        Err(_) if mostly_utf8(bytes) => UTF_8,
        Err(_) => declared.unwrap_or_else(detect),
    };
    (encoding, 0)
}

/// UTF-16 of mostly Latin text shows itself by a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.get(..bytes.len().min(4096))?.chunks_exact(2);
    let (mut total, mut first, mut second) = (0, 0, 0);
    for pair in pairs {
        total += 1;
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    match (first, second) {
        _ if total < 4 => None,
        (0, zeros) if zeros * 2 > total => Some(UTF_16LE),
        (zeros, 0) if zeros * 2 > total => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8 with a broken place or two, which must not be taken for Windows-1252 and read as "Ã©".
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

/// Text beyond ASCII that is valid UTF-8, but for a character cut off at its end.
fn surely_utf8(bytes: &[u8]) -> bool {
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !valid.is_ascii() && !bytes.contains(&0)
}

/// The character set named in the first bytes of an HTML page: `<meta charset=…>`, `http-equiv`, or the XML line.
pub(super) fn declared_in_html(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096))?).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|key| {
        head.match_indices(key).find_map(|(at, _)| {
            let value = head.get(at + key.len()..)?.trim_start().strip_prefix('=')?;
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(value.len());
            Encoding::for_label(value.get(..end)?.as_bytes())
        })
    })
}

/// All of `bytes` as text; `declared` as in [`declared_in_html`].
///
/// # Errors
/// When bytes make no sense in the encoding found, naming the line and the encoding.
pub(super) fn decode(name: &str, bytes: &[u8], declared: Option<&'static Encoding>) -> Result<String> {
    let (encoding, mark) = choose(bytes, declared, true);
    let mut decoding = Decoding::new(encoding);
    let mut text = String::with_capacity(bytes.len());
    decoding.push(name, bytes.get(mark..).unwrap_or_default(), true, &mut text)?;
    Ok(text)
}

/// The start of a file as text, for looking only: what cannot be read is replaced.
pub(super) fn peek(bytes: &[u8]) -> String {
    let (encoding, mark) = choose(bytes, None, false);
    encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned()
}

/// A decoder that knows which line it has come to.
struct Decoding {
    decoder: Decoder,
    encoding: &'static Encoding,
    line: u64,
}

impl Decoding {
    fn new(encoding: &'static Encoding) -> Self {
        Self { decoder: encoding.new_decoder_without_bom_handling(), encoding, line: 1 }
    }

    /// Appends `bytes` to `text`; `last` when no more will come.
    fn push(&mut self, name: &str, mut bytes: &[u8], last: bool, text: &mut String) -> Result<()> {
        let before = text.len();
        loop {
            text.reserve(bytes.len().min(CHUNK) + 16);
            let (result, read) = self.decoder.decode_to_string_without_replacement(bytes, text, last);
            bytes = bytes.get(read..).unwrap_or_default();
            if result == DecoderResult::OutputFull {
                continue;
            }
            let breaks = text.get(before..).map_or(0, |new| new.bytes().filter(|&b| b == b'\n').count());
            self.line += breaks as u64;
            return match result {
                DecoderResult::Malformed(..) => {
                    let tried = self.encoding.name();
                    let advice = format!("bytes here are not valid {tried}; save the file as UTF-8 and try again");
                    Err(Error::at(name, self.line, advice))
                }
                _ => Ok(()),
            };
        }
    }
}

/// A stream of bytes as a stream of UTF-8, in memory that does not grow with it.
///
/// ASCII passes through as it comes, until the first other byte; only then is the encoding chosen, from the next 1 MiB,
/// or at once where the text is UTF-8 by all appearances and [`Utf8Reader::prompt`] was asked for.
/// A failure is an [`io::Error`] that carries an [`Error`]; [`error_of`] takes it out.
pub(super) struct Utf8Reader<R> {
    name: String,
    inner: R,
    decoding: Option<Decoding>,
    prompt: bool,
    started: bool,
    ended: bool,
    line: u64,
    text: String,
    given: usize,
}

impl<R: Read> Utf8Reader<R> {
    pub(super) fn new(name: &str, inner: R) -> Self {
        Self {
            name: name.to_owned(),
            inner,
            decoding: None,
            prompt: false,
            started: false,
            ended: false,
            line: 1,
            text: String::new(),
            given: 0,
        }
    }

    /// Waits for no more text than there is where what came looks like UTF-8, as JSON should be.
    pub(super) fn prompt(self) -> Self {
        Self { prompt: true, ..self }
    }

    /// What has come, as far as it fits into `CHUNK` bytes; waits only while there is nothing.
    fn some(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; CHUNK];
        loop {
            match self.inner.read(&mut bytes) {
                Ok(read) => {
                    self.ended |= read == 0;
                    bytes.truncate(read);
                    return Ok(bytes);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn take(&mut self, limit: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
        let wanted = limit.saturating_sub(bytes.len());
        let read = self.inner.by_ref().take(wanted as u64).read_to_end(bytes)?;
        self.ended |= read < wanted;
        Ok(())
    }

    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.given = 0;
        let mut bytes = self.some()?;
        let plain = bytes.is_ascii() && !bytes.contains(&0) && !bytes.contains(&0x1b);
        if self.decoding.is_none() && !plain {
            if !self.prompt || !surely_utf8(&bytes) {
                self.take(SAMPLE, &mut bytes)?;
            }
            let (encoding, mark) = choose(&bytes, None, self.ended);
            // A mark further on is a character like any other.
            bytes.drain(..if self.started { 0 } else { mark });
            self.decoding = Some(Decoding { line: self.line, ..Decoding::new(encoding) });
        }
        self.started = true;
        match (&mut self.decoding, String::from_utf8(bytes)) {
            (None, Ok(ascii)) => {
                self.line += ascii.bytes().filter(|&b| b == b'\n').count() as u64;
                self.text = ascii;
            }
            (Some(decoding), bytes) => {
                let bytes = bytes.map_or_else(std::string::FromUtf8Error::into_bytes, String::into_bytes);
                decoding.push(&self.name, &bytes, self.ended, &mut self.text).map_err(io::Error::other)?;
            }
            (None, Err(error)) => return Err(io::Error::other(error)),
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.refill()?;
        }
        let left = self.text.as_bytes().get(self.given..).unwrap_or_default();
        let count = left.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), left.get(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        Ok(count)
    }
}

/// The [`Error`] that an [`io::Error`] carries, or the system's own failure for `name`.
pub(super) fn error_of(name: &str, error: io::Error) -> Error {
    match error.downcast::<Error>() {
        Ok(ours) => ours,
        Err(system) => Error::io(name, system),
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{SHIFT_JIS, WINDOWS_1252};
    use proptest::prelude::*;

    use super::*;

    const FRENCH: &str = "Le président français a déclaré « non » à l’été – voilà.\nDeuxième ligne, très brève.\n";
    const JAPANESE: &str = "日本の首相は計画を支持した。\n大統領は会議に招待された。東京での協議は続く。\n";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    fn stream(bytes: &[u8]) -> Result<String> {
        let mut text = String::new();
        Utf8Reader::new("f", bytes).read_to_string(&mut text).map_err(|e| error_of("f", e))?;
        Ok(text)
    }

    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode("f", bytes, None).unwrap(), expected);
        assert_eq!(stream(bytes).unwrap(), expected);
    }

    #[test]
    fn utf8_with_and_without_mark() {
        check(FRENCH.as_bytes(), FRENCH);
        check(&[b"\xEF\xBB\xBF", FRENCH.as_bytes()].concat(), FRENCH);
    }

    #[test]
    fn utf16_with_and_without_mark() {
        for (mark, little) in [(b"\xFF\xFE", true), (b"\xFE\xFF", false)] {
            check(&[mark.as_slice(), &utf16(JAPANESE, little)].concat(), JAPANESE);
            check(&utf16(FRENCH, little), FRENCH);
        }
    }

    #[test]
    fn older_encodings_are_told_from_the_bytes() {
        check(&WINDOWS_1252.encode(FRENCH).0, FRENCH);
        check(&SHIFT_JIS.encode(JAPANESE).0, JAPANESE);
        check(&ISO_2022_JP.encode(JAPANESE).0, JAPANESE);
    }

    #[test]
    fn an_older_encoding_far_down_a_stream_is_found() {
        let ascii = "plain words\n".repeat(20_000);
        check(&[ascii.as_bytes(), &WINDOWS_1252.encode(FRENCH).0].concat(), &format!("{ascii}{FRENCH}"));
    }

    #[test]
    fn a_page_declares_its_encoding() {
        let page = b"<html><head><meta charset=\"windows-1251\"></head>\xcf";
        let declared = declared_in_html(page);
        assert_eq!(declared.map(Encoding::name), Some("windows-1251"));
        assert!(decode("f", page, declared).unwrap().ends_with('П'));
        let http = b"<meta http-equiv=content-type content='text/html; charset=Shift_JIS'>";
        assert_eq!(declared_in_html(http), Some(SHIFT_JIS));
        // A wrong declaration does not spoil what is plainly UTF-8.
        assert_eq!(decode("f", "été".as_bytes(), Some(WINDOWS_1252)).unwrap(), "été");
    }

    #[test]
    fn broken_bytes_name_line_and_encoding() {
        let broken = [FRENCH.as_bytes(), b"troisi\xE8me\n".as_slice()].concat();
        for error in [decode("f", &broken, None).unwrap_err(), stream(&broken).unwrap_err()] {
            assert_eq!(error.to_string(), "f:3: bytes here are not valid UTF-8; save the file as UTF-8 and try again");
        }
        let half = [b"\xFF\xFE".as_slice(), &utf16("a\nb", true), b"\x00\xD8\x41\x00"].concat();
        assert!(
            decode("f", &half, None).unwrap_err().to_string().starts_with("f:2: bytes here are not valid UTF-16LE")
        );
    }

    proptest! {
        #[test]
        fn never_panics_and_never_mangles_utf8(bytes in prop::collection::vec(any::<u8>(), 0..600), text in "\\PC{0,80}") {
            let _ = (decode("f", &bytes, declared_in_html(&bytes)), stream(&bytes), peek(&bytes));
            if !text.starts_with('\u{FEFF}') {
                prop_assert_eq!(decode("f", text.as_bytes(), None).unwrap(), text);
            }
        }
    }
}
