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

/// What networkx finds in a file, value by value against our tables: it must be the same network.
#[test]
fn networkx_reads_graphml_and_json() {
    if !there("python3", &["-c", "import networkx"]) {
        return;
    }
    let folder = analyzed();
    for (format, file) in [("graphml", "n.graphml"), ("json", "n.json"), ("cytoscape", "n.cyjs")] {
        folder.run(&["edges", "out/statements.csv", "--format", format, "-o", &format!("out/{file}")]).ok();
    }
    let script = "import csv, json, networkx as nx\n\
        read = lambda f: list(csv.DictReader(open(f, newline='', encoding='utf-8')))\n\
        nodes, edges = read('nodes.csv'), read('edges.csv')\n\
        try: linked = nx.node_link_graph(json.load(open('n.json')), edges='edges')\n\
        except TypeError: linked = nx.node_link_graph(json.load(open('n.json')), link='edges')\n\
        cyjs = json.load(open('n.cyjs'))\n\
        for e in cyjs['elements']['edges']: e['data']['key'] = e['data']['relation']\n\
        for g in (nx.read_graphml('n.graphml', force_multigraph=True), linked, nx.cytoscape_graph(cyjs)):\n    \
            assert g.is_directed() and g.is_multigraph() and set(g) == {n['Id'] for n in nodes}, g\n    \
            for n in nodes:\n        \
                for ours, theirs in (('Kind', 'kind'), ('Code', 'code'), ('Affiliation', 'affiliation'), ('Cluster', 'cluster'), ('Statements', 'statements')):\n            \
                    assert str(g.nodes[n['Id']].get(theirs, '')) == n[ours], (n, ours)\n    \
            found = sorted((s, t, d['relation'], d['sign'], d['weight'], d['documents'], d.get('first_date', '')) for s, t, d in g.edges(data=True))\n    \
            wanted = sorted((e['Source'], e['Target'], e['Relation'], int(e['Sign']), float(e['Weight']), int(e['Documents']), e['FirstDate']) for e in edges)\n    \
            assert found == wanted, (found, wanted)\n\
        print('same')\n";
    assert_eq!(run(&folder, "python3", &["-c", script]).trim(), "same");
}

#[test]
fn igraph_reads_graphml() {
    if !there("python3", &["-c", "import igraph"]) {
        return;
    }
    let folder = analyzed();
    folder.run(&["edges", "out/statements.csv", "--format", "graphml", "-o", "out/n.graphml"]).ok();
    let script = "import igraph\n\
        g = igraph.Graph.Read_GraphML('n.graphml')\n\
        assert set(g.vs['name']) and {int(s) for s in g.es['sign']} <= {-1, 0, 1}\n\
        print(g.vcount(), g.ecount())\n";
    let nodes = rows(&folder.read("out/nodes.csv")).len();
    let edges = rows(&folder.read("out/edges.csv")).len();
    assert_eq!(run(&folder, "python3", &["-c", script]).trim(), format!("{nodes} {edges}"));
}

#[test]
fn graphviz_reads_dot() {
    if !there("dot", &["-V"]) {
        return;
    }
    let folder = analyzed();
    folder.run(&["edges", "out/statements.csv", "--format", "dot", "-o", "out/n.dot"]).ok();
    let drawn = run(&folder, "dot", &["-Tplain", "n.dot"]);
    let edges = rows(&folder.read("out/edges.csv")).len();
    assert_eq!(drawn.lines().filter(|line| line.starts_with("edge ")).count(), edges);
}

#[test]
fn graphs_hold_one_network() {
    let folder = analyzed();
    for args in [["--ties", "congruence"], ["--window", "month"]] {
        let run = folder.run(&[&["edges", "out/statements.csv", "--format", "graphml"][..], &args].concat());
        run.fails(2, &["leave out --ties and --window"]);
    }
}
