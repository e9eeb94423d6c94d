//! GraphML comes in: our own, and that of other programs; edge lists by other names; one format into another.

use crate::common::{Folder, Row, rows, there};
use std::collections::BTreeSet;
use std::process::Command;

const STATEMENTS: &str = "document,date,holder,holder_kind,relation,target,target_kind\n\
    d1,2024-01-05,\"Ann, the \"\"first\"\"\",person,support,Malta & <Gozo>,country\n\
    d2,2024-01-06,\"Ann, the \"\"first\"\"\",person,support,Malta & <Gozo>,country\n\
    d1,2024-01-05,Malta & <Gozo>,country,oppose,שלום 🙂,institution\n\
    d1,2024-01-05,Malta & <Gozo>,country,invite,\"Ann, the \"\"first\"\"\",person\n\
    d3,2024-01-07,שלום 🙂,institution,oppose,Malta & <Gozo>,country\n";

/// What an edge list says of ties.
fn ties(table: &[Row]) -> BTreeSet<String> {
    table
        .iter()
        .map(|r| {
            format!(
                "{}|{}|{}|{}|{}",
                r["Source"],
                r["Relation"],
                r["Target"],
                r["Sign"],
                r["Weight"].trim_end_matches(".0")
            )
        })
        .collect()
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("s.csv", STATEMENTS);
    folder.run(&["edges", "s.csv", "-o", "e.csv", "--nodes", "n.csv"]).ok();
    folder.run(&["edges", "s.csv", "--format", "graphml", "-o", "e.graphml"]).ok();
    folder
}

#[test]
fn our_own_networks_come_back() {
    let folder = folder();
    folder.run(&["edges", "e.graphml", "-o", "back.csv", "--nodes", "nodes.csv"]).ok();
    assert_eq!(ties(&rows(&folder.read("back.csv"))), ties(&rows(&folder.read("e.csv"))));
    let nodes = |name: &str| -> Vec<String> {
        let all = rows(&folder.read(name));
        all.iter().map(|r| format!("{}|{}|{}|{}", r["Id"], r["Label"], r["Kind"], r["Cluster"])).collect()
    };
    assert_eq!(nodes("nodes.csv"), nodes("n.csv"));
    let clusters = |name: &str| {
        let out = folder.run(&["clusters", name, "--format", "json"]).ok().out;
        out.replace("e.graphml", "e").replace("e.csv", "e")
    };
    assert_eq!(clusters("e.graphml"), clusters("e.csv"));
    let xml = folder.read("e.graphml");
    assert_eq!(folder.feed(&["edges", "-"], xml.as_bytes()).ok().out, folder.read("back.csv"));
    let svg = folder.run(&["diagram", "e.graphml"]).ok().out;
    assert!(svg.contains("Ann, the"), "{svg}");
    // And another time around.
    folder.run(&["edges", "e.graphml", "--format", "graphml", "-o", "again.graphml"]).ok();
    folder.run(&["edges", "again.graphml", "-o", "again.csv"]).ok();
    assert_eq!(folder.read("again.csv"), folder.read("back.csv"));
}

#[test]
fn options_and_inputs_that_do_not_go_with_it() {
    let folder = folder();
    folder.run(&["edges", "e.graphml", "--ties", "combined"]).fails(2, &["is an edge list", "leave out --ties"]);
    folder
        .run(&["edges", "e.graphml", "--ties", "congruence"])
        .fails(2, &["e.graphml is an edge list, and --ties is for"]);
    folder.run(&["edges", "e.graphml", "--from", "2024-01-01"]).fails(2, &["--from is for statements"]);
    folder.run(&["clusters", "e.graphml", "--holder", "x"]).fails(2, &["--holder is for statements"]);
    folder.run(&["clusters", "e.graphml", "s.csv"]).fails(1, &["an edge list is read alone"]);
    folder.run(&["analyze", "e.graphml"]).fails(1, &["e.graphml: this is a network in GraphML"]);
    folder.write("nested.graphml", "<graphml>\n<graph>\n<node id='a'>\n<graph/></node></graph></graphml>");
    folder.run(&["diagram", "nested.graphml"]).fails(1, &["nested.graphml:4: a graph inside a node"]);
    folder.write("cut.graphml", &folder.read("e.graphml")[..900]);
    folder.run(&["clusters", "cut.graphml"]).fails(1, &["cut.graphml:", "cut off"]);
    folder.write(
        "bomb.graphml",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"&b;&b;\">]>\n<graphml>&a;</graphml>",
    );
    folder.run(&["clusters", "bomb.graphml"]).fails(1, &["bomb.graphml:2: definitions in <!DOCTYPE>"]);
    folder.write(
        "plain.graphml",
        "<graphml><graph><node id='a'/><node id='b'/><edge source='a' target='b'/></graph></graphml>",
    );
    folder.run(&["clusters", "plain.graphml"]).fails(1, &["no edge has a weight", "edges have no keys"]);
}

#[test]
fn edge_lists_may_call_their_columns_otherwise() {
    let folder = Folder::new();
    folder.write("ties.csv", "source,target,weight\na,b,2\nb,c,-1\nc,d,3\n");
    folder.write("theirs.csv", "\u{feff}von;nach;Stärke;weight\na;b;2;9\nb;c;-1;9\nc;d;3;9\n");
    let map = "source=von,target=nach,weight=stärke";
    for command in [&["clusters", "--format", "csv"][..], &["edges"]] {
        let run = |more: &[&str]| folder.run(&[command, more].concat()).ok().out;
        assert_eq!(run(&["theirs.csv", "--map", map]), run(&["ties.csv"]));
    }
    let svg = folder.run(&["diagram", "theirs.csv", "--map", map]).ok().out;
    assert!(svg.contains("<svg"), "{svg}");
    folder
        .run(&["clusters", "theirs.csv", "--map", "source=von,target=an,weight=stärke"])
        .fails(1, &["theirs.csv: no column an; the columns are: von, nach, Stärke, weight"]);
    folder.run(&["edges", "ties.csv", "--map", "holder=source,weight=x"]).fails(2, &["our columns are called"]);
    // Statements are still mapped as ever.
    folder.write("s.csv", "wer,relation,target\nAnn,support,Ben\n");
    let out = folder
        .run(&["edges", "s.csv", "--map", "holder=wer,target=target,relation=relation", "--ties", "two-mode"])
        .ok()
        .out;
    assert!(out.contains("Ann,Ben"), "{out}");
}

/// Each program writes the same four ties: a-b 2, b-c -1, c-d 3, d-a -0.5.
#[test]
fn what_other_programs_write_is_read() {
    let folder = Folder::new();
    folder.write("ties.csv", "source,target,weight\na 🙂,b,2\nb,c,-1\nc,d & e,3\nd & e,a 🙂,-0.5\n");
    let want = folder.run(&["clusters", "ties.csv", "--format", "json"]).ok().out.replace("ties.csv", "f");
    let check = |name: &str| {
        let got = folder.run(&["clusters", name, "--format", "json"]).ok().out.replace(name, "f");
        assert_eq!(got, want, "{name}");
    };
    let python = |module: &str, code: &str| {
        if there("python3", &["-c", &format!("import {module}")]) {
            let run = Command::new("python3").current_dir(folder.path("")).args(["-c", code]).output().unwrap();
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            check(&format!("{module}.graphml"));
        }
    };
    let ties = "T = [('a 🙂', 'b', 2.0), ('b', 'c', -1.0), ('c', 'd & e', 3.0), ('d & e', 'a 🙂', -0.5)]\n";
    python(
        "networkx",
        &format!(
            "import networkx as n\n{ties}g = n.Graph()\ng.add_weighted_edges_from(T)\nn.write_graphml(g, 'networkx.graphml')"
        ),
    );
    python(
        "igraph",
        &format!(
            "import igraph\n{ties}g = igraph.Graph.TupleList(T, directed=True, weights=True)\ng.write_graphml('igraph.graphml')"
        ),
    );
    folder.write("gephi.graphml", GEPHI);
    check("gephi.graphml");
    folder.write("visone.graphml", VISONE);
    check("visone.graphml");
}

const GEPHI: &str = r#"<?xml version="1.0" encoding="UTF-8"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key attr.name="label" attr.type="string" for="node" id="label"/>
<key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>
<key attr.name="weight" attr.type="double" for="edge" id="weight"/>
<key attr.name="r" attr.type="int" for="node" id="r"/>
<graph edgedefault="directed">
<node id="0"><data key="label">a 🙂</data><data key="r">153</data></node><node id="1"><data key="label">b</data></node>
<node id="2"><data key="label">c</data></node><node id="3"><data key="label">d &amp; e</data></node>
<edge id="0" source="0" target="1"><data key="weight">2.0</data></edge>
<edge id="1" source="1" target="2"><data key="weight">-1.0</data></edge>
<edge id="2" source="2" target="3"><data key="weight">3.0</data></edge>
<edge id="3" source="3" target="0"><data key="weight">-0.5</data></edge>
</graph></graphml>
"#;

const VISONE: &str = r##"<?xml version="1.0" encoding="utf-8"?>
<!-- as visone and yEd draw names -->
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:visone="http://visone.info/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key for="node" id="d0" yfiles.type="nodegraphics" />
  <key for="graph" id="prop" visone.type="properties" />
  <key id="strength" for="edge" attr.name="weight" attr.type="double" />
  <graph edgedefault="undirected" id="g">
    <data key="prop"><visone:labelAttribute edgeLabel="weight" nodeLabel="name" /></data>
    <edge source="n1" target="n2"><data key="strength">2</data></edge>
    <node id="n1"><data key="d0"><visone:shapeNode><y:ShapeNode><y:NodeLabel>a 🙂</y:NodeLabel></y:ShapeNode></visone:shapeNode></data></node>
    <node id="n2"><data key="d0"><visone:shapeNode><y:ShapeNode><y:NodeLabel>b</y:NodeLabel></y:ShapeNode></visone:shapeNode></data></node>
    <node id="n3"><data key="d0"><visone:shapeNode><y:ShapeNode><y:NodeLabel>c</y:NodeLabel></y:ShapeNode></visone:shapeNode></data></node>
    <node id="n4"><data key="d0"><visone:shapeNode><y:ShapeNode><y:NodeLabel>d &#38; e</y:NodeLabel></y:ShapeNode></visone:shapeNode></data></node>
    <edge source="n2" target="n3"><data key="strength">-1</data></edge>
    <edge source="n3" target="n4"><data key="strength">3</data></edge>
    <edge source="n4" target="n1"><data key="strength">-0.5</data></edge>
  </graph>
</graphml>
"##;
