//! Puts results where they belong: a file, a folder, or standard output.
//!
//! In: bytes. Out: files that are whole or not there at all: each is written beside its place under a temporary name,
//! flushed to the disk, and then renamed. Never here: what the bytes are; a change to any file that was not asked for.

use crate::{Error, Result};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that takes its place only when it is whole: until [`AtomicFile::commit`] whatever stood there stays.
#[derive(Debug)]
pub struct AtomicFile {
    /// As the user named it, for messages.
    path: PathBuf,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    /// A temporary file, and where it will go.
    Beside(NamedTempFile, PathBuf),
    /// A pipe or device (`/dev/stdout`, `/dev/null`), which has no place to take and must not be renamed over.
    Direct(File),
}

impl AtomicFile {
    /// Begins a file at `path`. Links are followed; the permissions of a file that stands there are kept.
    ///
    /// # Errors
    /// A folder at `path`; a file there that may not be written to; no folder to put it in.
    pub fn create(path: &Path) -> Result<Self> {
        let sink = sink(path).map_err(|e| failed(path, e))?;
        Ok(Self { path: path.to_owned(), sink })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// A failed write or rename; the temporary file is gone then, and what stood at the place still does.
    pub fn commit(self) -> Result<()> {
        self.sync()?;
        self.rename()
    }

    fn sync(&self) -> Result<()> {
        match &self.sink {
            Sink::Beside(file, _) => file.as_file().sync_all().map_err(|e| failed(&self.path, e)),
            Sink::Direct(_) => Ok(()),
        }
    }

    fn rename(self) -> Result<()> {
        match self.sink {
            Sink::Beside(file, place) => file.persist(place).map(drop).map_err(|e| failed(&self.path, e.error)),
            Sink::Direct(_) => Ok(()),
        }
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Beside(file, _) => file.write(bytes),
            Sink::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Beside(file, _) => file.flush(),
            Sink::Direct(file) => file.flush(),
        }
    }
}

fn sink(path: &Path) -> io::Result<Sink> {
    let (place, permissions) = match fs::metadata(path) {
        Ok(there) if there.is_dir() => {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "this is a folder; name a file in it"));
        }
        Ok(there) if !there.is_file() || is_stream(path) => {
            return OpenOptions::new().append(true).open(path).map(Sink::Direct);
        }
        Ok(there) => {
            // A rename would also replace a file that its owner has protected.
            OpenOptions::new().write(true).open(path)?;
            (fs::canonicalize(path)?, Some(there.permissions()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => (path.to_owned(), None),
        Err(error) => return Err(error),
    };
    let folder = match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "there is no such folder; make it first"));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".stancenet-");
    // What any new file gets: the system takes the user's umask off.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // By its kind alone: the temporary file's own name would only puzzle the user.
    let file = builder.tempfile_in(folder).map_err(|e| io::Error::from(e.kind()))?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(Sink::Beside(file, place))
}

/// Names for what the program was started with: a file behind them was opened by the shell, perhaps to append to it.
fn is_stream(path: &Path) -> bool {
    ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"].iter().any(|stream| path.starts_with(stream))
}

fn failed(path: &Path, error: io::Error) -> Error {
    Error::io(path.display().to_string(), error)
}

/// Writes a whole file, or leaves what stood there.
///
/// # Errors
/// As [`AtomicFile::create`] and [`AtomicFile::commit`].
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = AtomicFile::create(path)?;
    file.write_all(bytes).map_err(|e| failed(path, e))?;
    file.commit()
}

/// Writes to `file`, or to standard output where there is none or it is `-`.
///
/// # Errors
/// As [`write_file`] and [`write_stdout`].
pub fn write_result(file: Option<&Path>, bytes: &[u8]) -> Result<()> {
    match file {
        Some(path) if path != Path::new("-") => write_file(path, bytes),
        _ => write_stdout(bytes),
    }
}

/// Writes to standard output.
///
/// # Errors
/// A failed write; when the reader has gone away, one for which [`Error::is_broken_pipe`] holds.
pub fn write_stdout(bytes: &[u8]) -> Result<()> {
    write_stream(&mut io::stdout().lock(), bytes)
}

fn write_stream(out: &mut impl Write, bytes: &[u8]) -> Result<()> {
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|e| Error::io("<stdout>", e))
}

/// A file that takes its place when it is whole, or standard output, for what is written as it is made.
#[derive(Debug)]
pub enum Growing {
    /// The file.
    File(io::BufWriter<AtomicFile>),
    /// Standard output.
    Stdout(io::BufWriter<io::Stdout>),
}

impl Growing {
    /// Begins a file; standard output where there is none, or it is `-`.
    ///
    /// # Errors
    /// As [`AtomicFile::create`].
    pub fn open(file: Option<&Path>) -> Result<Self> {
        match file {
            Some(path) if path != Path::new("-") => {
                Ok(Self::File(io::BufWriter::with_capacity(1 << 16, AtomicFile::create(path)?)))
            }
            _ => Ok(Self::Stdout(io::BufWriter::with_capacity(1 << 16, io::stdout()))),
        }
    }

    /// Puts the file in its place, or sends on what is still held back.
    ///
    /// # Errors
    /// A failed write or rename.
    pub fn commit(self) -> Result<()> {
        match self {
            Self::File(out) => match out.into_inner() {
                Ok(file) => file.commit(),
                Err(error) => Err(Error::io("the output", error.into_error())),
            },
            Self::Stdout(mut out) => out.flush().map_err(|e| Error::io("<stdout>", e)),
        }
    }
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(out) => out.write(bytes),
            Self::Stdout(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(out) => out.flush(),
            Self::Stdout(out) => out.flush(),
        }
    }
}

/// A set of files that take their places in one folder together.
///
/// Until [`OutputDir::commit`] nothing in the folder changes; dropped before, it leaves no trace, not even a folder that it
/// made. Files of other names in the folder are never touched.
#[derive(Debug)]
pub struct OutputDir {
    folder: PathBuf,
    files: Vec<(String, AtomicFile)>,
    /// Folders that were made for this, outermost first.
    made: Vec<PathBuf>,
}

impl OutputDir {
    /// Begins a set of files in `folder`, which is made where it is missing.
    ///
    /// # Errors
    /// The folder cannot be made, or is a file.
    pub fn create(folder: &Path) -> Result<Self> {
        let mut dir = Self { folder: folder.to_owned(), files: Vec::new(), made: Vec::new() };
        if folder.exists() && !folder.is_dir() {
            let error = io::Error::new(io::ErrorKind::NotADirectory, "this is a file; name a folder");
            return Err(failed(folder, error));
        }
        let mut missing: Vec<&Path> = folder.ancestors().take_while(|p| !p.as_os_str().is_empty()).collect();
        missing.retain(|p| !p.exists());
        for path in missing.into_iter().rev() {
            match fs::create_dir(path) {
                Ok(()) => dir.made.push(path.to_owned()),
                // Another program made it just now, or the path leads through "..".
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed(path, error)),
            }
        }
        Ok(dir)
    }

    /// Adds a file to the set. Its bytes go to the disk now, its name later.
    ///
    /// # Errors
    /// A name that is not that of a file in the folder, or is in the set already; whatever keeps the file from being
    /// written.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        self.write(name, &mut |out| out.write_all(bytes).map_err(|e| failed(&path, e)))
    }

    /// Adds a file that `fill` writes piece by piece.
    ///
    /// # Errors
    /// As [`OutputDir::add`], and those of `fill`.
    pub fn write(&mut self, name: &str, fill: &mut dyn FnMut(&mut dyn Write) -> Result<()>) -> Result<()> {
        let mut components = Path::new(name).components();
        let plain = matches!((components.next(), components.next()), (Some(Component::Normal(_)), None));
        if !plain || name.contains(['/', '\\']) || self.files.iter().any(|(other, _)| other == name) {
            return Err(Error::Usage(format!("\"{name}\" cannot be the name of a file of {}", self.folder.display())));
        }
        let path = self.folder.join(name);
        let mut file = AtomicFile::create(&path)?;
        let mut buffered = BufWriter::with_capacity(1 << 16, &mut file);
        fill(&mut buffered)?;
        buffered.flush().map_err(|e| failed(&path, e))?;
        drop(buffered);
        file.sync()?;
        self.files.push((name.to_owned(), file));
        Ok(())
    }

    /// Puts all files in their places.
    ///
    /// # Errors
    /// A failed rename. All that could be known to fail has failed in [`OutputDir::add`] already; what is left is a disk
    /// or folder that changes under our hands, and then files before the one named are new and those after it are not.
    pub fn commit(mut self) -> Result<()> {
        for (_, file) in std::mem::take(&mut self.files) {
            file.rename()?;
        }
        self.made.clear();
        Ok(())
    }
}

impl Drop for OutputDir {
    fn drop(&mut self) {
        self.files.clear();
        for folder in self.made.iter().rev() {
            // Only goes when it is empty, which is what is wanted; nothing can be done about any other failure.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_new_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write_file(&path, b"one").unwrap();
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"tw").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");
        drop(file);
        assert_eq!((fs::read(&path).unwrap(), names(folder.path())), (b"one".to_vec(), vec!["a.txt".to_owned()]));
        write_file(&path, b"two").unwrap();
        assert_eq!((fs::read(&path).unwrap(), names(folder.path())), (b"two".to_vec(), vec!["a.txt".to_owned()]));
    }

    #[test]
    fn errors_name_the_path_and_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let text = write_file(folder.path(), b"x").unwrap_err().to_string();
        assert_eq!(text, format!("{}: this is a folder; name a file in it", folder.path().display()));
        let path = folder.path().join("no/a.txt");
        let text = write_file(&path, b"x").unwrap_err().to_string();
        assert_eq!(text, format!("{}: there is no such folder; make it first", path.display()));
    }

    #[cfg(unix)]
    #[test]
    fn permissions_links_and_devices_are_kept() {
        use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a"), folder.path().join("link"));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        fs::write(folder.path().join("plain"), "").unwrap();
        write_file(&path, b"one").unwrap();
        assert_eq!(mode(&path), mode(&folder.path().join("plain")), "a new file is like any other");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a", &link).unwrap();
        write_file(&link, b"two").unwrap();
        assert!(link.is_symlink());
        assert_eq!((fs::read(&path).unwrap(), mode(&path)), (b"two".to_vec(), 0o640));
        symlink("nowhere", folder.path().join("dangling")).unwrap();
        assert!(write_file(&folder.path().join("dangling"), b"x").is_err());

        write_file(Path::new("/dev/null"), b"x").unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    }

    #[test]
    fn a_set_of_files_comes_at_once_and_leaves_others_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.txt"), "mine").unwrap();
        fs::write(folder.path().join("a.csv"), "old").unwrap();
        let mut dir = OutputDir::create(folder.path()).unwrap();
        dir.add("a.csv", b"new").unwrap();
        dir.add("b.csv", b"new").unwrap();
        assert_eq!(fs::read(folder.path().join("a.csv")).unwrap(), b"old");
        dir.commit().unwrap();
        assert_eq!(names(folder.path()), ["a.csv", "b.csv", "mine.txt"]);
        assert_eq!(fs::read(folder.path().join("a.csv")).unwrap(), b"new");
        assert_eq!(fs::read(folder.path().join("mine.txt")).unwrap(), b"mine");
    }

    #[test]
    fn a_set_that_fails_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("x/y");
        let mut dir = OutputDir::create(&deep).unwrap();
        dir.add("a.csv", b"new").unwrap();
        fs::create_dir(folder.path().join("full")).unwrap();
        drop(dir);
        assert_eq!(names(folder.path()), ["full"]);

        let full = folder.path().join("full");
        fs::create_dir(full.join("b.csv")).unwrap();
        let mut dir = OutputDir::create(&full).unwrap();
        dir.add("a.csv", b"new").unwrap();
        assert!(dir.add("b.csv", b"new").unwrap_err().to_string().contains("this is a folder"));
        drop(dir);
        assert_eq!(names(&full), ["b.csv"]);
    }

    #[test]
    fn names_stay_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mut dir = OutputDir::create(folder.path()).unwrap();
        dir.add("a", b"").unwrap();
        for name in ["a", "", ".", "..", "../a", "b/c", "/a", "b\\c", "b/"] {
            assert!(matches!(dir.add(name, b""), Err(Error::Usage(_))), "{name}");
        }
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(OutputDir::create(&file).unwrap_err().to_string().ends_with("this is a file; name a folder"));
        assert!(OutputDir::create(&file.join("x")).is_err());
    }

    #[test]
    fn a_folder_may_be_reached_by_dots() {
        let folder = tempfile::tempdir().unwrap();
        let mut dir = OutputDir::create(&folder.path().join("x/../y/")).unwrap();
        dir.add("a", b"1").unwrap();
        dir.commit().unwrap();
        assert_eq!(fs::read(folder.path().join("y/a")).unwrap(), b"1");
    }

    #[test]
    fn a_reader_that_goes_away_is_known_for_one() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        assert!(write_stream(&mut Gone, b"x").unwrap_err().is_broken_pipe());
    }
}
