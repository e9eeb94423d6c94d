//! Files that are packed: gzip, and the files in a zip archive.
//!
//! In: packed bytes. Out: streams of what is in them, unpacked as they are read, in bounded memory. Never here: what the
//! files are; encrypted archives; other ways to pack.

use crate::document::ENDINGS;
use crate::{Error, Result};
use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zip::{CompressionMethod, ZipArchive};

/// Whether a file that begins so is gzip.
pub fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(b"\x1f\x8b")
}

/// Whether a file that begins so is a zip archive (or an office document, which is one too).
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// What is packed in a gzip stream; of several members, one after the other.
pub fn gunzip(packed: impl Read + Send + 'static) -> impl Read + Send {
    Unpacking(MultiGzDecoder::new(packed))
}

/// Says of a failure to unpack what has happened, and what to do.
struct Unpacking<R>(R);

impl<R: Read> Read for Unpacking<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => damaged("the packed file ends early: it was cut off; fetch it again"),
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                damaged(&format!("the packed file is damaged ({error}); fetch it again"))
            }
            _ => error,
        })
    }
}

fn damaged(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// A file in an archive, which is opened when it is first read.
#[derive(Debug)]
pub struct Member {
    /// Its path in the archive.
    pub name: String,
    archive: PathBuf,
    start: u64,
    packed: u64,
    /// Its bytes, as the archive tells.
    pub size: u64,
    crc: u32,
    deflated: bool,
}

impl Member {
    /// The file, from its start. A length or a check sum that is not as the archive tells is an error at the end.
    ///
    /// # Errors
    /// The archive cannot be opened any more.
    pub fn open(&self) -> io::Result<impl Read + Send + use<>> {
        let mut file = File::open(&self.archive)?;
        file.seek(SeekFrom::Start(self.start))?;
        let packed = BufReader::with_capacity(1 << 16, file).take(self.packed);
        let inner = if self.deflated { Inner::Deflated(DeflateDecoder::new(packed)) } else { Inner::Stored(packed) };
        Ok(Unpacking(Checked { inner, sum: Crc::new(), size: self.size, crc: self.crc }))
    }
}

enum Inner {
    Stored(io::Take<BufReader<File>>),
    Deflated(DeflateDecoder<io::Take<BufReader<File>>>),
}

struct Checked {
    inner: Inner,
    sum: Crc,
    size: u64,
    crc: u32,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = match &mut self.inner {
            Inner::Stored(stored) => stored.read(buffer)?,
            Inner::Deflated(deflated) => deflated.read(buffer)?,
        };
        self.sum.update(&buffer[..n]);
        // The crate counts bytes modulo 2^32.
        let right = self.sum.sum() == self.crc && self.sum.amount() == self.size as u32;
        if n == 0 && !buffer.is_empty() && !right {
            return Err(damaged("its check sum is wrong"));
        }
        Ok(n)
    }
}

/// The files of the archive at `path` that are of a kind that is read, in the order of their names, hidden ones left out.
///
/// # Errors
/// No archive, or a damaged one; an office document; none of its files is read; an encrypted file; packed in a way that
/// is not known.
pub fn members(path: &Path) -> Result<Vec<Member>> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|e| Error::io(&name, e))?;
    let broken = |e: zip::result::ZipError| match e {
        zip::result::ZipError::Io(e) if e.kind() != io::ErrorKind::UnexpectedEof => Error::io(&name, e),
        e => Error::input(&name, format!("the zip archive is damaged, or cut off ({e}); fetch it again")),
    };
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    let mut members = Vec::new();
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(broken)?;
        let inside = entry.name().map_err(broken)?.into_owned();
        if inside == "[Content_Types].xml" || inside == "mimetype" {
            return Err(Error::input(name, "this is an office document, which is not read; save it as text or CSV"));
        }
        if !entry.is_file() || !is_read(&inside) {
            continue;
        }
        let shown = format!("{name}/{inside}");
        if entry.encrypted() {
            return Err(Error::input(shown, "this file is encrypted; unpack the archive yourself"));
        }
        let deflated = match entry.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            other => {
                return Err(Error::input(
                    shown,
                    format!("packed by {other}, which is not known here; unpack it yourself"),
                ));
            }
        };
        let Some(start) = entry.data_start() else {
            return Err(Error::input(shown, "the zip archive is damaged; fetch it again"));
        };
        members.push(Member {
            name: inside,
            archive: path.to_owned(),
            start,
            packed: entry.compressed_size(),
            size: entry.size(),
            crc: entry.crc32(),
            deflated,
        });
    }
    if members.is_empty() {
        return Err(Error::input(
            name,
            "this zip archive holds no file of a kind that is read: text, web pages, tables",
        ));
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(members)
}

fn is_read(inside: &str) -> bool {
    let hidden = inside.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    let ending = inside.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    !hidden && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn gz(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn read(mut stream: impl Read) -> io::Result<String> {
        let mut text = String::new();
        stream.read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn gzip_of_several_members_is_read_to_its_end() {
        let packed = [gz("one\n"), gz("two\n")].concat();
        assert!(is_gzip(&packed));
        assert_eq!(read(gunzip(io::Cursor::new(packed.clone()))).unwrap(), "one\ntwo\n");
        let cut = packed[..packed.len() - 9].to_vec();
        assert!(read(gunzip(io::Cursor::new(cut))).unwrap_err().to_string().contains("cut off"));
        let mut damaged = packed;
        damaged[12] ^= 0x55;
        assert!(read(gunzip(io::Cursor::new(damaged))).unwrap_err().to_string().contains("fetch it again"));
    }

    fn archive(folder: &Path, files: &[(&str, &str)]) -> PathBuf {
        let path = folder.join("a.zip");
        let mut writer = zip::ZipWriter::new(File::create(&path).unwrap());
        for (at, (name, text)) in files.iter().enumerate() {
            let method = if at % 2 == 0 { CompressionMethod::Deflated } else { CompressionMethod::Stored };
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
        path
    }

    #[test]
    fn files_of_an_archive_are_read_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let text = "x".repeat(100_000);
        let path = archive(folder.path(), &[("b/t.CSV", &text), ("a.txt", "one"), (".c.txt", ""), ("p.png", "")]);
        let members = members(&path).unwrap();
        let names: Vec<&str> = members.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["a.txt", "b/t.CSV"]);
        assert_eq!(read(members[0].open().unwrap()).unwrap(), "one");
        assert_eq!(read(members[1].open().unwrap()).unwrap(), text);
    }

    #[test]
    fn what_cannot_be_unpacked_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let told = |path: &Path| members(path).unwrap_err().to_string();
        assert!(told(&archive(folder.path(), &[("p.png", "")])).contains("no file of a kind that is read"));
        assert!(told(&archive(folder.path(), &[("[Content_Types].xml", "")])).contains("office document"));
        let path = archive(folder.path(), &[("a.txt", &"abc".repeat(500)), ("b.txt", "same")]);
        let bytes = std::fs::read(&path).unwrap();
        let at = bytes.windows(4).position(|w| w == b"same").unwrap();
        let mut wrong = bytes.clone();
        wrong[at] = b'S';
        std::fs::write(&path, &wrong).unwrap();
        let broken = read(members(&path).unwrap()[1].open().unwrap()).unwrap_err().to_string();
        assert!(broken.contains("check sum"), "{broken}");
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        assert!(told(&path).contains("damaged, or cut off"), "{}", told(&path));
    }
}
