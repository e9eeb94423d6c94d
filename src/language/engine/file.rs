//! The model file: little-endian numbers and lists, one after the other.
//!
//! In: bytes. Out: values in the order they were written. A file that is cut
//! short or of another version is an error, never a panic.

/// Why a model file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadModel(pub &'static str);

impl std::fmt::Display for BadModel {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "the language model cannot be read: {}", self.0)
    }
}

impl std::error::Error for BadModel {}

/// The first bytes of a model file, with its version.
pub const MAGIC: &[u8] = b"stancenet language model 2\n";

/// Reads values off the front of a byte slice.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// The next `n` bytes.
    pub fn bytes(&mut self, n: usize) -> Result<&'a [u8], BadModel> {
        let (head, tail) = self.0.split_at_checked(n).ok_or(BadModel("it is cut short"))?;
        self.0 = tail;
        Ok(head)
    }

    /// A number.
    pub fn number(&mut self) -> Result<usize, BadModel> {
        let bytes = self.bytes(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
    }

    /// A list of signed bytes with its length.
    pub fn small(&mut self) -> Result<Vec<i8>, BadModel> {
        let n = self.number()?;
        Ok(self.bytes(n)?.iter().map(|b| b.cast_signed()).collect())
    }

    /// A list of floating-point numbers with its length.
    pub fn reals(&mut self) -> Result<Vec<f32>, BadModel> {
        let n = self.number()?;
        let bytes = self.bytes(n.checked_mul(4).ok_or(BadModel("a length is wrong"))?)?;
        Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// A text with its length.
    pub fn text(&mut self) -> Result<&'a str, BadModel> {
        let n = self.number()?;
        std::str::from_utf8(self.bytes(n)?).map_err(|_| BadModel("a text is not UTF-8"))
    }

    /// A list of lines.
    pub fn lines(&mut self) -> Result<Vec<String>, BadModel> {
        Ok(self.text()?.lines().map(str::to_string).collect())
    }
}

/// Appends values to a byte vector.
#[derive(Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    /// A number.
    pub fn number(&mut self, n: usize) {
        self.0.extend_from_slice(&(n as u32).to_le_bytes());
    }

    /// A list of signed bytes.
    pub fn small(&mut self, values: &[i8]) {
        self.number(values.len());
        self.0.extend(values.iter().map(|v| v.cast_unsigned()));
    }

    /// A list of floating-point numbers.
    pub fn reals(&mut self, values: &[f32]) {
        self.number(values.len());
        values.iter().for_each(|v| self.0.extend_from_slice(&v.to_le_bytes()));
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A list of lines.
    pub fn lines(&mut self, lines: &[String]) {
        self.text(&lines.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut w = Writer::default();
        w.number(7);
        w.small(&[-1, 2]);
        w.reals(&[0.5]);
        w.lines(&["a".into(), "é".into()]);
        let mut r = Reader(&w.0);
        assert_eq!(r.number(), Ok(7));
        assert_eq!(r.small(), Ok(vec![-1, 2]));
        assert_eq!(r.reals(), Ok(vec![0.5]));
        assert_eq!(r.lines(), Ok(vec!["a".to_string(), "é".to_string()]));
        assert!(r.number().is_err());
    }
}
