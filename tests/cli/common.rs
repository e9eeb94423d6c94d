//! What all tests of the program share: a folder to work in, running it, reading its tables.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// A report in which one side plans, invites and is opposed; all its sentences are plain.
pub const ALPHA: &str = "Title: Paris seeks partners\nDate: 2024-06-09\n\n\
    French President Emmanuel Macron invited Poland and Estonia to join the training mission. \
    France did not invite Germany.\n\n\
    Germany, Italy, and Spain oppose sending military instructors to Ukraine. \
    Hungary condemned France. Poland praised France.\n";

/// A report of another day and outlet, in Markdown.
pub const BETA: &str = "---\ntitle: Warsaw welcomes the offer\ndate: 2024-06-12\n---\n\n\
    Poland and Estonia support sending military instructors to Ukraine. Polish Prime Minister Donald Tusk thanked France.\n\n\
    Russia condemned France. Italy may reject the training mission. **Germany** criticised Hungary.\n";

/// A web page with letters of more than one byte and entities before what it says.
pub const GAMMA: &str = "<!doctype html><html><head><title>Büßer &amp; Gäste</title>\
    <meta name=\"date\" content=\"2024-06-20\"><script>var x = 'Germany condemned Japan.';</script></head><body>\
    <p>Größere Töne &ndash; “so schön” &ndash; were heard on Thursday. Germany condemned Russia. Spain praised Germany.</p>\
    <p>Hungarian Foreign Minister Péter Szijjártó criticised Germany.</p></body></html>";

/// The same in a table, by hand: only what a table must have, and a column that the program does not know.
pub const TABLE: &str = "document,holder,relation,target,note\n\
    d1,Germany,oppose,France,a\nd1,Poland,support,France,b\nd1,Estonia,support,France,\nd2,Poland,support,Estonia,\n\
    d2,Germany,support,Hungary,c\nd2,Hungary,oppose,France,\n";

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    /// The exit code; -1 when a signal ended it.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    /// It went well.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}", self.err);
        self
    }

    /// It failed as a program should: with this code, a message that has these words, nothing on standard output.
    #[track_caller]
    pub fn fails(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, code, "{} {}", self.out, self.err);
        assert_eq!(self.out, "");
        assert!(!self.err.contains("panicked"), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "no \"{word}\" in: {}", self.err);
        }
        self
    }
}

/// A folder that goes away with the test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With the three reports.
    pub fn with_reports() -> Self {
        let folder = Self::new();
        folder.write("alpha.txt", ALPHA);
        folder.write("beta.md", BETA);
        folder.write("gamma.html", GAMMA);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        let path = self.path(name);
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    /// All files below a folder, by their paths in it.
    pub fn files(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path(name))
    }

    /// Runs the program here.
    pub fn run(&self, args: &[&str]) -> Run {
        self.feed(args, b"")
    }

    /// Runs the program here, with `input` on its standard input.
    pub fn feed(&self, args: &[&str], input: &[u8]) -> Run {
        let mut child = program()
            .current_dir(self.0.path())
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let input = input.to_vec();
        // A program that fails early reads no further: what it does not take is no fault.
        let feeder = thread::spawn(move || _ = stdin.write_all(&input));
        let listener = thread::spawn(move || {
            let mut err = Vec::new();
            stderr.read_to_end(&mut err).unwrap();
            err
        });
        let mut out = Vec::new();
        child.stdout.take().unwrap().read_to_end(&mut out).unwrap();
        feeder.join().unwrap();
        let err = listener.join().unwrap();
        let status = child.wait().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: status.code().unwrap_or(-1), out: text(out), err: text(err) }
    }
}

/// The program.
pub fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_stancenet"))
}

/// All files below a folder, by their paths in it.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(root).unwrap().display().to_string();
            found.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// A row of a table, by column.
pub type Row = BTreeMap<String, String>;

/// The rows of a CSV table; each has as many cells as the header.
pub fn rows(table: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |cells: csv::StringRecord| header.iter().zip(&cells).map(|(h, c)| (h.to_owned(), c.to_owned())).collect();
    reader.records().map(|cells| row(cells.unwrap())).collect()
}

/// Whether a program of this machine runs; tells why the test does nothing when it does not.
pub fn there(program: &str, args: &[&str]) -> bool {
    let run = Command::new(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let there = run.is_ok_and(|status| status.success());
    if !there {
        eprintln!("skipped: {program} {} does not run here", args.join(" "));
    }
    there
}
