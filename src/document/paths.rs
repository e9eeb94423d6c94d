//! From what the user names to the files to read.
//!
//! In: files, folders and `-`, in any mix. Out: files, in the order named, a folder's sorted by path.
//! Never here: opening a file, or passing over one that was named.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::{Error, Result};

/// Endings of the files that are read when they are met in a folder.
pub const ENDINGS: [&str; 12] =
    ["txt", "text", "md", "markdown", "html", "htm", "xhtml", "csv", "tsv", "tab", "jsonl", "ndjson"];

/// The same in words, for messages.
pub(super) const KINDS: &str = "text (.txt), Markdown (.md), web pages (.html) and tables (.csv, .tsv, .jsonl)";

/// The files that `inputs` stand for.
///
/// Folders are walked with all below them, in the order of their paths; hidden files and folders and files of other
/// kinds (no ending of [`ENDINGS`], nor such a file packed as .gz or .zip) in them are passed over, links are followed, and no file comes twice. A file
/// that is named itself is kept whatever its ending, and `-` stands for standard input.
///
/// # Errors
/// For every path that is not there or cannot be read, and every folder without a file of a kind that is read.
pub fn collect_paths(inputs: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Found::default();
    let mut errors = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" {
            found.add(input.clone());
            continue;
        }
        match input.metadata() {
            Ok(meta) if meta.is_dir() => walk(input, &mut found, &mut errors),
            Ok(_) => found.add(input.clone()),
            Err(error) => errors.push(Error::io(input.display().to_string(), error)),
        }
    }
    if errors.is_empty() { Ok(found.paths) } else { Err(Error::many(errors)) }
}

#[derive(Default)]
struct Found {
    paths: Vec<PathBuf>,
    seen: BTreeSet<PathBuf>,
}

impl Found {
    fn add(&mut self, path: PathBuf) {
        // A file that was named twice, or is reached by a link too, is one file.
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if self.seen.insert(real) {
            self.paths.push(path);
        }
    }
}

fn walk(folder: &Path, found: &mut Found, errors: &mut Vec<Error>) {
    let mut readable = false;
    let mut entered = BTreeSet::new();
    // Each folder is entered once: links in a circle, or many folders that link to each other, are no more work.
    let mut enters = |entry: &DirEntry| {
        let shown = entry.depth() == 0 || !is_hidden(entry);
        shown && (!entry.file_type().is_dir() || entry.path().canonicalize().map_or(true, |real| entered.insert(real)))
    };
    let walker = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    for entry in walker.filter_entry(|entry| enters(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_read(entry.path()) => {
                readable = true;
                found.add(entry.into_path());
            }
            Ok(_) => {}
            // A link that leads back up holds nothing that is not met anyway, and one that leads nowhere nothing at all.
            Err(error) if error.loop_ancestor().is_some() || leads_nowhere(&error) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).display().to_string();
                match error.into_io_error() {
                    Some(source) => errors.push(Error::io(path, source)),
                    None => errors.push(Error::input(path, "this folder cannot be walked")),
                }
            }
        }
    }
    if !readable {
        let message = format!("this folder holds no file of a kind that is read: {KINDS}");
        errors.push(Error::input(folder.display().to_string(), message));
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn is_read(path: &Path) -> bool {
    let ending = |path: &Path| path.extension().map_or(String::new(), |e| e.to_string_lossy().to_lowercase());
    let read = |ending: &str| ENDINGS.contains(&ending);
    match ending(path).as_str() {
        // Packed tables: events.csv.gz, 20240101.export.CSV.zip; GDELT's years and months are 1979.zip and 200601.zip.
        "gz" | "zip" => path.file_stem().is_some_and(|stem| {
            read(&ending(Path::new(stem))) || stem.to_string_lossy().bytes().all(|b| b.is_ascii_digit())
        }),
        ending => read(ending),
    }
}

fn leads_nowhere(error: &walkdir::Error) -> bool {
    let missing = error.io_error().is_some_and(|e| e.kind() == std::io::ErrorKind::NotFound);
    missing && error.path().is_some_and(Path::is_symlink)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "words").unwrap();
        }
        folder
    }

    fn names(root: &Path, inputs: &[PathBuf]) -> Vec<String> {
        let paths = collect_paths(inputs).unwrap();
        paths.iter().map(|p| p.strip_prefix(root).unwrap_or(p).display().to_string()).collect()
    }

    #[test]
    fn folders_are_walked_in_order() {
        let dir = folder(&["b.txt", "a/z.HTML", "a.md", ".hidden/x.txt", ".x.txt", "p.png", "README", "c/d/e.jsonl"]);
        let root = dir.path();
        let all = ["a/z.HTML", "a.md", "b.txt", "c/d/e.jsonl"];
        assert_eq!(names(root, &[root.to_owned()]), all);
        let twice = [root.join("b.txt"), root.to_owned(), "-".into()];
        assert_eq!(names(root, &twice), ["b.txt", "a/z.HTML", "a.md", "c/d/e.jsonl", "-"]);
        assert_eq!(names(root, &[root.join("p.png"), root.join(".hidden")]), ["p.png", ".hidden/x.txt"]);
    }

    #[test]
    fn packed_tables_in_a_folder_are_met_and_other_archives_are_not() {
        let dir = folder(&["e.csv.gz", "e.export.CSV.zip", "1979.zip", "photos.zip", "backup.tar.gz"]);
        let root = dir.path();
        assert_eq!(names(root, &[root.to_owned()]), ["1979.zip", "e.csv.gz", "e.export.CSV.zip"]);
    }

    #[test]
    fn every_missing_path_and_empty_folder_is_named() {
        let dir = folder(&["only/p.png"]);
        let error = collect_paths(&[dir.path().join("none.txt"), dir.path().join("only")]).unwrap_err().to_string();
        assert_eq!(error.lines().count(), 2, "{error}");
        assert!(error.contains("none.txt: ") && error.contains("only: this folder holds no file"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_do_no_harm() {
        let dir = folder(&["a/x.txt"]);
        std::os::unix::fs::symlink(dir.path(), dir.path().join("a/up")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("gone"), dir.path().join("dangling.txt")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("a/x.txt"), dir.path().join("y.txt")).unwrap();
        assert_eq!(names(dir.path(), &[dir.path().to_owned()]), ["a/x.txt"]);
    }
}
