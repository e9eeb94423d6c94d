//! Other people's programs read what we write, where they are installed.

use crate::common::{Folder, rows, there};
use std::process::Command;

fn analyzed() -> Folder {
    let folder = Folder::with_reports();
    folder.run(&["analyze", "alpha.txt", "beta.md", "gamma.html", "-o", "out"]).ok();
    folder
}

#[track_caller]
fn run(folder: &Folder, program: &str, args: &[&str]) -> String {
    let run = Command::new(program).current_dir(folder.path("out")).args(args).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn xmllint_reads_the_picture() {
    if there("xmllint", &["--version"]) {
        run(&analyzed(), "xmllint", &["--noout", "network.svg", "matrix.svg"]);
    }
}

#[test]
fn networkx_reads_the_tables() {
    if !there("python3", &["-c", "import networkx"]) {
        return;
    }
    let folder = analyzed();
    let script = "import csv, networkx as nx\n\
        g = nx.MultiDiGraph()\n\
        for n in csv.DictReader(open('nodes.csv', newline='', encoding='utf-8')): g.add_node(n['Id'], **n)\n\
        known = len(g)\n\
        for e in csv.DictReader(open('edges.csv', newline='', encoding='utf-8')):\n    \
            g.add_edge(e['Source'], e['Target'], key=e['Relation'], weight=float(e['Weight']), sign=int(e['Sign']))\n\
        assert len(g) == known, 'edges of unknown nodes'\n\
        print(g.number_of_nodes(), g.number_of_edges())\n";
    let nodes = rows(&folder.read("out/nodes.csv")).len();
    let edges = rows(&folder.read("out/edges.csv")).len();
    assert_eq!(run(&folder, "python3", &["-c", script]).trim(), format!("{nodes} {edges}"));
}

#[test]
fn pandas_reads_the_edge_list_into_networkx() {
    if !there("python3", &["-c", "import networkx, pandas"]) {
        return;
    }
    let folder = analyzed();
    let script = "import pandas, networkx\n\
        g = networkx.from_pandas_edgelist(pandas.read_csv('edges.csv'), 'Source', 'Target', True, networkx.MultiDiGraph, 'Relation')\n\
        print(g.number_of_edges())\n";
    let edges = rows(&folder.read("out/edges.csv")).len();
    assert_eq!(run(&folder, "python3", &["-c", script]).trim(), edges.to_string());
}

#[test]
fn igraph_reads_the_tables() {
    if !there("python3", &["-c", "import igraph"]) {
        return;
    }
    let folder = analyzed();
    let script = "import csv, igraph\n\
        read = lambda f: list(csv.DictReader(open(f, newline='', encoding='utf-8')))\n\
        g = igraph.Graph.DictList(read('nodes.csv'), read('edges.csv'), directed=True, vertex_name_attr='Id', edge_foreign_keys=('Source', 'Target'))\n\
        print(g.vcount(), g.ecount())\n";
    let nodes = rows(&folder.read("out/nodes.csv")).len();
    let edges = rows(&folder.read("out/edges.csv")).len();
    assert_eq!(run(&folder, "python3", &["-c", script]).trim(), format!("{nodes} {edges}"));
}
