//! `analyze`: what it leaves, and that its files say the same as each other and the same every time.

use crate::common::{Folder, Row, rows};
use stancenet::document::read_file;
use std::collections::{BTreeMap, BTreeSet};

const FILES: [&str; 11] = [
    "clusters.json",
    "clusters.md",
    "edges.csv",
    "explorer.html",
    "matrix.svg",
    "network.gexf",
    "network.graphml",
    "network.svg",
    "nodes.csv",
    "run.json",
    "statements.csv",
];
const STATEMENTS: &str = "id,document,date,sentence,holder,holder_kind,holder_for,relation,target,target_kind,toward,\
    matter,withheld,hedged,source,quote,start,end,coder,confidence";
const NODES: &str = "Id,Label,Kind,Code,Affiliation,Cluster,ClusterStability,Statements,SupportIn,SupportOut,OpposeIn,\
    OpposeOut,InviteIn,InviteOut";
const EDGES: &str =
    "Source,Target,Type,Relation,Sign,Weight,Statements,Documents,Hedged,Withheld,Matter,FirstDate,LastDate,Quote";

/// The three reports, analyzed into `out`.
fn analyzed() -> Folder {
    let folder = Folder::with_reports();
    folder.run(&["analyze", "alpha.txt", "beta.md", "gamma.html", "-o", "out"]).ok();
    folder
}

#[test]
fn all_files_are_there_with_their_headers() {
    let folder = analyzed();
    assert_eq!(folder.files("out").into_keys().collect::<Vec<_>>(), FILES);
    for (file, header) in [("statements.csv", STATEMENTS), ("nodes.csv", NODES), ("edges.csv", EDGES)] {
        assert_eq!(folder.read(&format!("out/{file}")).lines().next(), Some(header), "{file}");
    }
    let run: serde_json::Value = serde_json::from_str(&folder.read("out/run.json")).unwrap();
    let count = |file: &str| rows(&folder.read(file)).len() as u64;
    assert_eq!(run["documents"], 3);
    assert_eq!(run["statements"], count("out/statements.csv"));
    assert_eq!(run["actors"], count("out/nodes.csv"));
    assert_eq!(run["ties"], count("out/edges.csv"));
    assert_eq!(run["seed"], 1);
    assert_eq!(run["inputs"].as_array().unwrap().len(), 3);
    let clusters: serde_json::Value = serde_json::from_str(&folder.read("out/clusters.json")).unwrap();
    assert!(clusters.is_object());
    assert!(folder.read("out/clusters.md").starts_with("# "));
}

#[test]
fn what_the_reports_plainly_say_is_in_the_table() {
    let folder = analyzed();
    let table = rows(&folder.read("out/statements.csv"));
    let said = |holder: &str, relation: &str, target: &str| {
        table.iter().any(|r| r["holder"] == holder && r["relation"] == relation && r["target"] == target)
    };
    for (holder, relation, target) in [
        ("Emmanuel Macron", "invite", "Poland"),
        ("Emmanuel Macron", "invite", "Estonia"),
        ("France", "invite", "Germany"),
        ("Hungary", "oppose", "France"),
        ("Poland", "support", "France"),
        ("Donald Tusk", "support", "France"),
        ("Germany", "oppose", "Hungary"),
        ("Germany", "oppose", "Russia"),
        ("Péter Szijjártó", "oppose", "Germany"),
    ] {
        assert!(said(holder, relation, target), "{holder} {relation} {target}");
    }
    assert!(!said("Germany", "oppose", "Japan"), "a script is no article");
    let row =
        |holder: &str, target: &str| table.iter().find(|r| r["holder"] == holder && r["target"] == target).unwrap();
    assert_eq!(row("France", "Germany")["withheld"], "true");
    assert_eq!(row("Emmanuel Macron", "Poland")["holder_for"], "France");
    assert_eq!(row("Emmanuel Macron", "Poland")["date"], "2024-06-09");
    assert!(table.iter().any(|r| r["holder"] == "Italy" && r["document"] == "beta" && r["hedged"] == "true"));
}

#[test]
fn quotes_are_verbatim_where_they_say() {
    let folder = analyzed();
    let mut texts = BTreeMap::new();
    for file in ["alpha.txt", "beta.md", "gamma.html"] {
        let document = read_file(&folder.path(file)).unwrap().remove(0);
        texts.insert(document.id, document.text);
    }
    let table = rows(&folder.read("out/statements.csv"));
    let documents: BTreeSet<&str> = table.iter().map(|r| r["document"].as_str()).collect();
    assert_eq!(documents.into_iter().collect::<Vec<_>>(), ["alpha", "beta", "gamma"]);
    for row in &table {
        let place = row["start"].parse::<usize>().unwrap()..row["end"].parse::<usize>().unwrap();
        assert!(!row["quote"].is_empty());
        assert_eq!(texts[&row["document"]].get(place), Some(row["quote"].as_str()), "{row:?}");
    }
    let ids: BTreeSet<&str> = table.iter().map(|r| r["id"].as_str()).collect();
    assert_eq!(ids.len(), table.len());
}

/// The ties, counted from the statements alone as architecture has it: to the target, or to the matter's owners other
/// than oneself and whom one speaks for; once for each document, matter and whether an invitation was withheld.
fn recounted(table: &[Row]) -> BTreeMap<(String, String, String), BTreeMap<(String, String, bool), bool>> {
    let mut speaks_for: BTreeMap<&str, &str> = BTreeMap::new();
    for row in table.iter().filter(|r| !r["holder_for"].is_empty()) {
        speaks_for.insert(&row["holder"], &row["holder_for"]);
    }
    let mut ties: BTreeMap<_, BTreeMap<_, bool>> = BTreeMap::new();
    for row in table {
        let holder = &row["holder"];
        let matter = row["target_kind"] == "matter";
        if matter && row["relation"] == "invite" {
            continue;
        }
        let own = speaks_for.get(holder.as_str()).copied();
        let targets: BTreeSet<&str> = match matter {
            false => [row["target"].as_str()].into(),
            true => row["toward"].split(';').filter(|t| !t.is_empty() && Some(*t) != own).collect(),
        };
        let about = if row["matter"].is_empty() { &row["target"] } else { &row["matter"] };
        let unit =
            (row["document"].clone(), if matter { about.clone() } else { String::new() }, row["withheld"] == "true");
        for target in targets.into_iter().filter(|t| t != holder) {
            let units = ties.entry((holder.clone(), row["relation"].clone(), target.to_owned())).or_default();
            *units.entry(unit.clone()).or_insert(true) &= row["hedged"] == "true";
        }
    }
    ties
}

/// That edges and nodes are what the statements make them.
fn network_follows_from_statements(folder: &Folder, dir: &str) {
    let read = |file: &str| rows(&folder.read(&format!("{dir}/{file}")));
    let (table, nodes, edges) = (read("statements.csv"), read("nodes.csv"), read("edges.csv"));
    let ids: BTreeSet<&str> = nodes.iter().map(|n| n["Id"].as_str()).collect();
    assert_eq!(ids.len(), nodes.len());
    let mut ties = recounted(&table);
    for edge in &edges {
        assert!(ids.contains(edge["Source"].as_str()) && ids.contains(edge["Target"].as_str()), "{edge:?}");
        let key = (edge["Source"].clone(), edge["Relation"].clone(), edge["Target"].clone());
        let units = ties.remove(&key).unwrap_or_else(|| panic!("no statement makes {edge:?}"));
        let hedged = units.values().filter(|h| **h).count();
        let number = |column: &str| edge[column].parse::<usize>().unwrap();
        assert_eq!(number("Statements"), units.len(), "{edge:?}");
        assert_eq!(number("Hedged"), hedged, "{edge:?}");
        assert_eq!(number("Withheld"), units.keys().filter(|u| u.2).count(), "{edge:?}");
        assert_eq!(number("Documents"), units.keys().map(|u| &u.0).collect::<BTreeSet<_>>().len(), "{edge:?}");
        assert_eq!(edge["Weight"].parse::<f64>().unwrap(), units.len() as f64 - hedged as f64 / 2.0, "{edge:?}");
        let matters: BTreeSet<&str> = units.keys().map(|u| u.1.as_str()).filter(|m| !m.is_empty()).collect();
        assert_eq!(edge["Matter"], matters.into_iter().collect::<Vec<_>>().join(";"), "{edge:?}");
        let dates: BTreeSet<&String> =
            table.iter().filter(|r| units.keys().any(|u| u.0 == r["document"])).map(|r| &r["date"]).collect();
        assert_eq!((Some(&&edge["FirstDate"]), Some(&&edge["LastDate"])), (dates.first(), dates.last()), "{edge:?}");
        let sign = match edge["Relation"].as_str() {
            "support" => "1",
            "oppose" => "-1",
            _ => "0",
        };
        assert_eq!((edge["Sign"].as_str(), edge["Type"].as_str()), (sign, "Directed"));
    }
    assert_eq!(ties, BTreeMap::new(), "ties that the edge list lacks");
    for node in &nodes {
        for (column, end, relation) in [
            ("SupportIn", "Target", "support"),
            ("SupportOut", "Source", "support"),
            ("OpposeIn", "Target", "oppose"),
            ("OpposeOut", "Source", "oppose"),
            ("InviteIn", "Target", "invite"),
            ("InviteOut", "Source", "invite"),
        ] {
            let made = |e: &Row| e["Statements"].parse::<u32>().unwrap() - e["Withheld"].parse::<u32>().unwrap();
            let ends = edges.iter().filter(|e| e[end] == node["Id"] && e["Relation"] == relation);
            assert_eq!(node[column], ends.map(made).sum::<u32>().to_string(), "{column} of {}", node["Id"]);
        }
    }
}

#[test]
fn every_edge_can_be_counted_again_from_the_statements() {
    network_follows_from_statements(&analyzed(), "out");
}

#[test]
fn same_input_same_bytes() {
    let folder = analyzed();
    let first = folder.files("out");
    for (dir, args) in [
        ("one", vec!["--jobs", "1", "alpha.txt", "beta.md", "gamma.html"]),
        ("four", vec!["--jobs", "4", "alpha.txt", "beta.md", "gamma.html"]),
        ("seed", vec!["--seed", "1", "alpha.txt", "beta.md", "gamma.html"]),
    ] {
        folder.run(&[&["analyze", "-o", dir], args.as_slice()].concat()).ok();
        for (name, bytes) in folder.files(dir) {
            assert!(first[&name] == bytes, "{name} of {dir} differs");
        }
    }
}

#[test]
fn the_order_of_the_inputs_leaves_no_trace() {
    let folder = analyzed();
    folder.run(&["analyze", "gamma.html", "beta.md", "alpha.txt", "-o", "back"]).ok();
    let (first, back) = (folder.files("out"), folder.files("back"));
    for (name, bytes) in &first {
        // The list of inputs is in the order in which they were given.
        assert!(name == "run.json" || back[name] == *bytes, "{name} differs");
    }
}

#[test]
fn another_seed_changes_no_figure() {
    let folder = analyzed();
    folder
        .run(&["analyze", "alpha.txt", "beta.md", "gamma.html", "--seed", "18446744073709551615", "-o", "other"])
        .ok();
    for file in ["statements.csv", "edges.csv"] {
        assert_eq!(folder.read(&format!("out/{file}")), folder.read(&format!("other/{file}")));
    }
    let run: serde_json::Value = serde_json::from_str(&folder.read("other/run.json")).unwrap();
    assert_eq!(run["seed"], u64::MAX);
}

#[test]
fn a_table_corrected_by_hand_goes_before_the_program() {
    let folder = analyzed();
    let coded = folder.read("out/statements.csv");
    let mut lines = coded.lines();
    let header = lines.next().unwrap();
    let (beta, rest): (Vec<&str>, Vec<&str>) = lines.partition(|l| l.split(',').nth(1) == Some("beta"));
    assert!(!beta.is_empty() && !rest.is_empty());
    let mut corrected = format!("{header},why\n");
    corrected.push_str("my-own-id,beta,2024-06-12,2,Warsaw University,institution,Poland,oppose,Malta,country,,,false,false,,,,,Anna,,\"read, twice\"\n");
    folder.write("hand.csv", &corrected);
    folder.run(&["analyze", "alpha.txt", "beta.md", "gamma.html", "hand.csv", "-o", "new"]).ok();
    let table = rows(&folder.read("new/statements.csv"));
    let of_beta: Vec<&Row> = table.iter().filter(|r| r["document"] == "beta").collect();
    assert_eq!(of_beta.len(), 1, "the document is not coded again");
    for (column, cell) in [
        ("id", "my-own-id"),
        ("holder", "Warsaw University"),
        ("target", "Malta"),
        ("coder", "Anna"),
        ("confidence", ""),
        ("why", "read, twice"),
    ] {
        assert_eq!(of_beta[0][column], cell);
    }
    assert_eq!(table.len(), rest.len() + 1);
    network_follows_from_statements(&folder, "new");
}

#[test]
fn a_table_goes_through_everything_as_it_is() {
    let folder = analyzed();
    let again = folder.run(&["code", "out/statements.csv"]).ok();
    assert_eq!(again.out, folder.read("out/statements.csv"));
    assert_eq!(
        folder.run(&["edges", "out/statements.csv", "--nodes", "nodes.csv"]).ok().out,
        folder.read("out/edges.csv")
    );
    assert_eq!(folder.read("nodes.csv"), folder.read("out/nodes.csv"));
    assert_eq!(folder.run(&["diagram", "out/statements.csv"]).ok().out, folder.read("out/network.svg"));
    let matrix = folder.run(&["diagram", "out/statements.csv", "--kind", "matrix"]).ok();
    assert_eq!(matrix.out, folder.read("out/matrix.svg"));
    assert_eq!(folder.run(&["clusters", "out/statements.csv"]).ok().out, folder.read("out/clusters.md"));
    let json = folder.run(&["clusters", "out/statements.csv", "--format", "json"]).ok();
    assert_eq!(json.out, folder.read("out/clusters.json"));
    let jsonl = folder.run(&["code", "alpha.txt", "beta.md", "gamma.html", "--format", "jsonl"]).ok();
    folder.write("statements.jsonl", &jsonl.out);
    assert_eq!(folder.run(&["code", "statements.jsonl"]).ok().out, again.out);
}

#[test]
fn other_files_in_the_folder_stay() {
    let folder = Folder::with_reports();
    folder.write("out/notes.txt", "mine");
    folder.write("out/sub/edges.csv", "mine");
    folder.write("out/edges.csv", "old");
    folder.run(&["analyze", "alpha.txt", "-o", "out"]).ok();
    let files = folder.files("out");
    assert_eq!(files.len(), FILES.len() + 2);
    assert_eq!((files["notes.txt"].as_slice(), files["sub/edges.csv"].as_slice()), (&b"mine"[..], &b"mine"[..]));
    assert!(files["edges.csv"].starts_with(b"Source,"));
}

#[test]
fn a_run_that_fails_changes_nothing() {
    let folder = analyzed();
    let before = folder.files("");
    folder.write("bad.csv", "document,holder,relation,target\nd,A,loves,B\n");
    folder.run(&["analyze", "alpha.txt", "bad.csv", "-o", "out"]).fails(1, &["bad.csv:2: ", "loves"]);
    folder.run(&["analyze", "alpha.txt", "bad.csv", "-o", "fresh"]).fails(1, &["bad.csv:2: "]);
    folder.run(&["analyze", "alpha.txt", "--from", "2030-01-01", "-o", "out"]).fails(1, &["--from"]);
    std::fs::remove_file(folder.path("bad.csv")).unwrap();
    assert!(!folder.path("fresh").exists());
    assert!(folder.files("") == before);
    // The last file of the set cannot take its place: the others must not either.
    folder.write("blocked/edges.csv", "old");
    folder.write("blocked/run.json/x", "a folder where a file should be");
    let before = folder.files("blocked");
    folder.run(&["analyze", "alpha.txt", "-o", "blocked"]).fails(1, &["run.json: this is a folder"]);
    assert!(folder.files("blocked") == before);
}

#[test]
fn the_picture_is_xml_with_every_actor() {
    let folder = analyzed();
    let picture = folder.read("out/network.svg");
    let svg = roxmltree::Document::parse(&picture).unwrap();
    assert_eq!(svg.root_element().tag_name().name(), "svg");
    let words: String = svg.descendants().filter_map(|n| n.text()).map(|t| format!("{} ", t.trim())).collect();
    for node in rows(&folder.read("out/nodes.csv")) {
        let last = node["Label"].split(' ').next_back().unwrap().to_owned();
        assert!(words.contains(&last), "no {last} in the picture");
    }
}

#[test]
fn names_with_markup_are_only_names() {
    let folder = Folder::new();
    folder.write("t.csv", "document,holder,relation,target,quote\nd,A & <b>B</b>,support,\"C \"\"]]> --> 'x'\",<script>alert(1)</script>\nd,=1+1,oppose,|x| *y* `z`,[a](b)\n");
    folder.run(&["analyze", "t.csv", "-o", "out"]).ok();
    roxmltree::Document::parse(&folder.read("out/network.svg")).unwrap();
    assert!(!folder.read("out/clusters.md").contains("<script>"));
    let names: BTreeSet<String> =
        rows(&folder.read("out/nodes.csv")).into_iter().map(|mut r| r.remove("Id").unwrap()).collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["=1+1", "A & <b>B</b>", "C \"]]> --> 'x'", "|x| *y* `z`"]);
}
