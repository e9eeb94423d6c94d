//! Other people's programs read what we write, where they are installed, and find the same network value by value.
//!
//! The readers and how they compare are scripts in `tests/readers/`. `scripts/readers.sh` installs the programs;
//! `STANCENET_PYTHON` names the Python, and `STANCENET_NODE_PATH` the folder of packages for node, that have the readers.
//! A test whose reader is not there says so and does nothing.

use crate::common::{Folder, rows, there};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Names that some format or reader stumbles over, and quotes likewise.
const NAMES: [&str; 26] = [
    "Germany",
    "Smith, Jo",
    "The \"Old\" Guard",
    "it's",
    "C:\\Users\\",
    "a\\\"b",
    "semi;colon: x",
    "🕊 peace",
    "שלום עולם",
    "مرحبا",
    "]]>",
    "<b>&amp;</b> & co",
    "AT&T &#65; &lt;",
    "100% _sure_",
    "A_B",
    "A B",
    "pipe|pipe",
    "=1+1",
    "@handle",
    "NA",
    "007",
    "data:",
    "*Arcs",
    "# no comment",
    "Ünïté\u{301}",
    "true",
];

const QUOTES: [&str; 8] = [
    "He said \"no\", twice.",
    "one\r\ntwo\tthree\n",
    "back\\slash \\n \\",
    "]]> <x> & &amp;",
    "",
    "\"",
    "שלום 🕊; a,b",
    "control \u{1} \u{7f} sign",
];

/// A network of such names with all that edges can have, in every format.
fn exported() -> Folder {
    static FILES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    let folder = Folder::new();
    FILES.get_or_init(|| export().files("")).iter().for_each(|(name, bytes)| folder.write(name, bytes));
    folder
}

fn export() -> Folder {
    let folder = Folder::new();
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record([
            "document",
            "date",
            "holder",
            "relation",
            "target",
            "toward",
            "matter",
            "target_kind",
            "hedged",
            "withheld",
            "quote",
        ])
        .unwrap();
    for (i, name) in NAMES.iter().enumerate() {
        for (j, step) in [1, 3, 1].into_iter().enumerate() {
            let target = NAMES[(i + step) % NAMES.len()];
            let relation = ["support", "oppose", "invite"][(i + j) % 3];
            let document = format!("d{}", i % 5);
            let date = if i % 4 == 0 { String::new() } else { format!("2024-0{}-1{}", 1 + i % 6, j) };
            let flag = |is: bool| if is { "true" } else { "false" };
            let (hedged, withheld) = (flag(i % 3 == 0), flag(relation == "invite" && i % 2 == 0));
            let quote = QUOTES[(i + j) % QUOTES.len()];
            let on_matter = relation != "invite" && i % 2 == 1;
            let (what, kind, toward) = if on_matter { ("the, plan\\", "matter", target) } else { (target, "", "") };
            let matter = if on_matter { "the, plan\\" } else { "" };
            let row = [document.as_str(), &date, name, relation, what, toward, matter, kind, hedged, withheld, quote];
            table.write_record(row).unwrap();
        }
    }
    folder.write("t.csv", table.into_inner().unwrap());
    let write = |args: &[&str]| {
        folder.run(&[&["edges", "t.csv", "-q"], args].concat()).ok();
    };
    write(&["-o", "edges.csv", "--nodes", "nodes.csv"]);
    for (format, file) in [
        ("graphml", "n.graphml"),
        ("gexf", "n.gexf"),
        ("json", "n.json"),
        ("jgf", "n.jgf"),
        ("cytoscape", "n.cyjs"),
        ("dot", "n.dot"),
    ] {
        write(&["--format", format, "-o", file]);
    }
    for format in ["pajek", "dl"] {
        write(&["--format", format, "-o", format]);
    }
    for profile in ["gephi", "cytoscape", "kumu", "nodexl"] {
        let (edges, nodes) = (format!("{profile}.edges.csv"), format!("{profile}.nodes.csv"));
        write(&["--profile", profile, "-o", &edges, "--nodes", &nodes]);
    }
    folder
}

fn script(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers").join(name).display().to_string()
}

fn python() -> String {
    std::env::var("STANCENET_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// Runs a reader in the folder; it must find the same.
#[track_caller]
fn finds_the_same(folder: &Folder, mut reader: Command) {
    let run = reader.current_dir(folder.path("")).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success() && out.trim() == "same", "{out} {err}");
}

/// Python's readers of a package, each by its name in `tests/readers/read.py`.
#[track_caller]
fn in_python(package: &str, readers: &[&str]) {
    let python = python();
    if !there(&python, &["-c", &format!("import {package}")]) {
        return;
    }
    let folder = exported();
    for reader in readers {
        let mut command = Command::new(&python);
        command.args(["-X", "utf8", &script("read.py"), reader]);
        finds_the_same(&folder, command);
    }
}

/// JavaScript's readers of a package, each by its name in `tests/readers/read.js`.
#[track_caller]
fn in_node(package: &str, reader: &str) {
    let packages = std::env::var("STANCENET_NODE_PATH").unwrap_or_default();
    if !Path::new(&packages).join(package).is_dir() {
        eprintln!("skipped: STANCENET_NODE_PATH names no folder with {package}");
        return;
    }
    let mut command = Command::new("node");
    command.env("NODE_PATH", &packages).args([&script("read.js"), reader]);
    finds_the_same(&exported(), command);
}

#[test]
fn networkx_reads_graphs() {
    in_python(
        "networkx",
        &["networkx_graphml", "networkx_gexf", "networkx_json", "networkx_cytoscape", "networkx_pajek"],
    );
}

#[test]
fn igraph_reads_graphs() {
    in_python("igraph", &["igraph_graphml", "igraph_pajek", "igraph_dl"]);
}

#[test]
fn pandas_reads_tables() {
    in_python("pandas", &["pandas"]);
}

#[test]
fn lxml_reads_graphs() {
    in_python("lxml", &["lxml"]);
}

#[test]
fn python_reads_jgf_and_the_tables_for_other_programs() {
    in_python("json", &["jgf", "profiles"]);
}

#[test]
fn graphology_reads_gexf_and_graphml() {
    in_node("graphology-gexf", "gexf");
    in_node("graphology-graphml", "graphml");
}

#[test]
fn cytoscape_js_reads_its_json() {
    in_node("cytoscape", "cytoscape");
}

#[test]
fn papaparse_reads_tables() {
    in_node("papaparse", "papaparse");
}

#[test]
fn r_reads_tables_and_graphml() {
    if there("Rscript", &["-e", "library(igraph)"]) {
        let mut command = Command::new("Rscript");
        command.env("LC_ALL", "C.UTF-8").arg(script("read.R"));
        finds_the_same(&exported(), command);
    }
}

#[test]
fn graphviz_reads_dot() {
    let python = python();
    if !there("dot", &["-V"]) || !there(&python, &["-c", "import json"]) {
        return;
    }
    let folder = exported();
    let run = Command::new("dot").current_dir(folder.path("")).args(["-Tjson", "n.dot", "-o", "n.dot.json"]).output();
    let run = run.unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut command = Command::new(python);
    command.args(["-X", "utf8", &script("read.py"), "graphviz"]);
    finds_the_same(&folder, command);
}

#[test]
fn jing_finds_gexf_valid() {
    if !there("sh", &["-c", "command -v jing"]) {
        return;
    }
    let folder = exported();
    folder.write("u.csv", "document,holder,relation,target\nd,Ann,support,Ben\n");
    folder.run(&["edges", "u.csv", "--format", "gexf", "-o", "undated.gexf"]).ok();
    let schema = script("gexf-1.3.rnc");
    let jing = |files: &[&str]| {
        let run = Command::new("jing").current_dir(folder.path("")).args(["-c", &schema]).args(files).output().unwrap();
        (run.status.success(), String::from_utf8_lossy(&run.stdout).into_owned())
    };
    let (valid, told) = jing(&["n.gexf", "undated.gexf"]);
    assert!(valid, "{told}");
    folder.write("bad.gexf", folder.read("n.gexf").replacen("kind=", "sort=", 1));
    assert!(!jing(&["bad.gexf"]).0, "the schema lets everything pass");
}

#[test]
fn xmllint_reads_the_picture() {
    if there("xmllint", &["--version"]) {
        let folder = Folder::with_reports();
        folder.run(&["analyze", "alpha.txt", "beta.md", "gamma.html", "-o", "out"]).ok();
        let run = Command::new("xmllint")
            .current_dir(folder.path("out"))
            .args(["--noout", "network.svg", "matrix.svg", "network.graphml", "network.gexf"])
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
}

/// The recipes of the README, as they stand there.
#[test]
fn recipes_of_the_readme_run() {
    let project = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(project.join("README.md")).unwrap();
    let recipe = |language: &str| {
        let start = format!("```{language}\n");
        let (_, rest) = readme.split_once(&start).unwrap_or_else(|| panic!("no recipe in {language}"));
        rest.split_once("```").unwrap().0.to_owned()
    };
    let folder = Folder::new();
    for file in ["nodes.csv", "edges.csv", "network.graphml", "network.gexf"] {
        folder.write(&format!("output/{file}"), std::fs::read(project.join("output").join(file)).unwrap());
    }
    let runs = |mut command: Command| {
        let run = command.current_dir(folder.path("")).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    };
    let python = python();
    if there(&python, &["-c", "import networkx, pandas"]) {
        let mut command = Command::new(python);
        command.args(["-c", &recipe("python")]);
        runs(command);
    }
    if there("Rscript", &["-e", "library(igraph)"]) {
        let mut command = Command::new("Rscript");
        command.args(["-e", &recipe("r")]);
        runs(command);
    }
}

#[test]
fn formats_that_hold_one_relation_ask_for_one() {
    let folder = Folder::new();
    folder.write(
        "t.csv",
        "document,date,holder,relation,target\nd,2024-01-01,Ann,support,Ben\nd,2024-02-01,Ben,oppose,Ann\n",
    );
    let run =
        |args: &str| folder.run(&[&["edges", "t.csv", "-q"], args.split(' ').collect::<Vec<_>>().as_slice()].concat());
    for format in ["pajek", "dl"] {
        run(&format!("--format {format}")).fails(2, &["--relation", "-o DIR"]);
        run(&format!("--format {format} -o all.net")).fails(2, &["looks like a file"]);
        run(&format!("--format {format} --window month")).fails(2, &["-o DIR"]);
        run(&format!("--format {format} -o {format}")).ok();
        run(&format!("--format {format} --window month -o {format}.months")).ok();
    }
    let names = |of: &str| folder.files(of).into_keys().collect::<Vec<_>>();
    assert_eq!(names("pajek"), ["blocs.clu", "oppose.net", "support.net"]);
    assert_eq!(names("dl.months"), ["2024-01_support.dl", "2024-02_oppose.dl"]);
    let one = run("--format dl --relation oppose").ok().out;
    assert_eq!(one, "dl n=2\nformat = edgelist1\nlabels:\nAnn\nBen\ndata:\n2 1 1.0\n");
    let combined = run("--format pajek --ties combined").ok().out;
    assert!(combined.starts_with("*Vertices 2\n1 \"Ann\"\n2 \"Ben\"\n*Edges\n"), "{combined}");
    run("--nodes blocs.clu").ok();
    assert_eq!(folder.read("blocs.clu").lines().count(), 3);
    let only = run("--relation support").ok().out;
    assert_eq!(rows(&only).len(), 1);
    run("--relation support --ties combined").fails(2, &["--ties direct"]);
    run("--profile kumu --format gexf").fails(2, &["--profile is for --format csv"]);
}

#[test]
fn networks_over_matters_are_graphs_too() {
    let folder = Folder::new();
    let table = "document,date,holder,relation,target,target_kind\nd,2024-01-01,Ann,support,tax,matter\n\
        d,2024-01-01,Ben,oppose,tax,matter\ne,2024-02-01,Ann,support,war,matter\ne,2024-02-01,Ben,support,war,matter\n";
    folder.write("t.csv", table);
    let run =
        |args: &str| folder.run(&[&["edges", "t.csv", "-q"], args.split(' ').collect::<Vec<_>>().as_slice()].concat());
    for (format, ending, sign) in [
        ("graphml", "graphml", "<data key=\"edge_sign\">-1</data>"),
        ("gexf", "gexf", "<attvalue for=\"sign\" value=\"-1\"/>"),
        ("json", "json", "\"sign\": -1"),
        ("jgf", "jgf", "\"sign\": -1"),
        ("cytoscape", "cyjs", "\"sign\": -1"),
        ("dot", "dot", "sign=-1"),
    ] {
        assert!(run(&format!("--ties conflict --format {format}")).ok().out.contains(sign), "{format}");
        run(&format!("--ties subtract --format {format} --window month -o {format}")).ok();
        let files: Vec<_> = folder.files(format).into_keys().collect();
        assert_eq!(files, [format!("2024-01.{ending}"), format!("2024-02.{ending}")]);
        run(&format!("--format {format} --window month -o x")).fails(2, &["leave out --window"]);
        run(&format!("--ties subtract --format {format} --window month")).fails(2, &["-o DIR"]);
    }
}

#[test]
fn edge_lists_keep_their_weights_in_every_format() {
    let folder = Folder::new();
    folder.write("ties.csv", "source,target,weight\nAnn,Ben,2.5\nBen,Cem,-0.25\n");
    let formats = ["csv", "matrix", "graphml", "gexf", "json", "jgf", "cytoscape", "dot"];
    for format in formats.map(|f| vec![f]).into_iter().chain(["pajek", "dl"].map(|f| vec![f, "--relation", "oppose"])) {
        let run = folder.run(&[&["edges", "ties.csv", "-q", "--format"], format.as_slice()].concat()).ok();
        assert!(run.out.contains("0.25") && (format.len() > 1 || run.out.contains("2.5")), "{format:?} {}", run.out);
    }
}

#[test]
fn what_a_format_cannot_hold_is_refused_by_name() {
    let folder = Folder::new();
    folder.write("t.csv", "document,holder,relation,target\nd,A\u{1}nn,support,Ben\nd,a\\b,support,a∖b\n");
    let run =
        |args: &str| folder.run(&[&["edges", "t.csv", "-q"], args.split(' ').collect::<Vec<_>>().as_slice()].concat());
    for format in ["graphml", "gexf"] {
        run(&format!("--format {format} -o n.xml")).fails(1, &["A\\u{1}nn", "U+0001", "--format json"]);
        assert!(!folder.path("n.xml").exists());
    }
    run("--profile gephi").fails(1, &["a\\\\b", "a∖b", "would be one"]);
    run("--profile nodexl").ok();
}
