//! What is written is read back, names of all kinds included.

use super::*;
use crate::network::{Actor, Tie};
use crate::statement::{Kind, Relation};

const NAMES: [&str; 4] = ["A \"b\", <c> & \\d;\te", "Ω\nline", "🕊 שלום", "plain"];

fn network() -> Network {
    let mut network = Network::default();
    let actor = |name: &str| Actor {
        name: name.into(),
        kind: Kind::Person,
        code: None,
        affiliation: Some("X & Y".into()),
        statements: 3,
    };
    let nodes = NAMES.map(|name| network.graph.add_node(actor(name)));
    let tie = |relation: Relation, hedged: u32| Tie {
        relation,
        statements: 2,
        documents: 1,
        hedged,
        withheld: 0,
        matters: vec!["m<1>".into()],
        first: Some(jiff::civil::date(2024, 6, 1)),
        last: None,
        evidence: Vec::new(),
    };
    network.graph.add_edge(nodes[0], nodes[1], tie(Relation::Support, 0));
    network.graph.add_edge(nodes[0], nodes[1], tie(Relation::Oppose, 1));
    network.graph.add_edge(nodes[2], nodes[0], tie(Relation::Invite, 0));
    network
}

fn blocs() -> Blocs {
    Blocs { of: vec![0, 0, 0, 1], stability: vec![0.98765, 1.0, f64::NAN, 0.5], cost: 0.0 }
}

fn looks() -> Vec<Look> {
    let look = |i: u8| Look { at: Some([f64::from(i), 2.5]), radius: 1.5, colour: [i, 2, 3] };
    (0..4).map(look).collect()
}

fn text(format: GraphFormat) -> String {
    written(&network(), format).unwrap()
}

fn written(network: &Network, format: GraphFormat) -> Result<String> {
    graph_file(network, Some(&blocs()), &looks(), format).map(|bytes| String::from_utf8(bytes).unwrap())
}

const ALL: [GraphFormat; 6] = [
    GraphFormat::GraphMl,
    GraphFormat::Gexf,
    GraphFormat::NodeLink,
    GraphFormat::Jgf,
    GraphFormat::Cytoscape,
    GraphFormat::Dot,
];

#[test]
fn graphml_is_read_back() {
    let text = text(GraphFormat::GraphMl);
    let document = roxmltree::Document::parse(&text).unwrap();
    let of = |tag: &str| document.descendants().filter(|e| e.tag_name().name() == tag).collect::<Vec<_>>();
    let mut ids: Vec<&str> = of("node").iter().map(|n| n.attribute("id").unwrap()).collect();
    ids.sort_unstable();
    let mut wanted = NAMES.to_vec();
    wanted.sort_unstable();
    assert_eq!(ids, wanted);
    let value = |e: roxmltree::Node<'_, '_>, key: &str| {
        e.children().find(|d| d.attribute("key") == Some(key)).and_then(|d| d.text().map(str::to_owned))
    };
    let edges: Vec<_> = of("edge")
        .into_iter()
        .map(|e| (value(e, "edge_sign").unwrap(), value(e, "edge_weight").unwrap(), value(e, "edge_matter").unwrap()))
        .collect();
    let edge = |sign: &str, weight: &str| (sign.to_owned(), weight.to_owned(), "m<1>".to_owned());
    assert_eq!(edges, [edge("1", "2.0"), edge("-1", "1.5"), edge("0", "2.0")]);
    let keys: Vec<&str> = of("key").iter().map(|k| k.attribute("attr.name").unwrap()).collect();
    assert!(keys.contains(&"interaction") && !keys.contains(&"id"), "igraph keeps id for itself");
}

#[test]
fn json_is_read_back() {
    let json: serde_json::Value = serde_json::from_str(&text(GraphFormat::NodeLink)).unwrap();
    assert_eq!((json["directed"].as_bool(), json["nodes"].as_array().unwrap().len()), (Some(true), 4));
    let edges = json["edges"].as_array().unwrap();
    assert_eq!((edges[1]["key"].as_str(), edges[1]["sign"].as_i64()), (Some("oppose"), Some(-1)));
    assert_eq!((edges[1]["source"].as_str(), edges[1]["weight"].as_f64()), (Some(NAMES[0]), Some(1.5)));
    assert!(edges[0].get("last_date").is_none(), "what is not known is left out");
    let json: serde_json::Value = serde_json::from_str(&text(GraphFormat::Cytoscape)).unwrap();
    let elements = &json["elements"];
    let node = &elements["nodes"][0]["data"];
    assert_eq!((node["id"] == node["name"], node["cluster"].as_i64()), (true, Some(1)));
    let mut ids: Vec<&str> = ["nodes", "edges"]
        .iter()
        .flat_map(|of| elements[*of].as_array().unwrap().iter().map(|e| e["data"]["id"].as_str().unwrap()))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 7, "ids are unique");
}

#[test]
fn gexf_has_places_colours_and_days() {
    let text = text(GraphFormat::Gexf);
    let document = roxmltree::Document::parse(&text).unwrap();
    let all = |tag: &str| document.descendants().filter(|e| e.tag_name().name() == tag).collect::<Vec<_>>();
    assert_eq!((all("node").len(), all("edge").len(), all("graph")[0].attribute("mode")), (4, 3, Some("static")));
    let node = all("node").into_iter().find(|n| n.attribute("id") == Some(NAMES[1])).unwrap();
    let viz = |tag: &str, of: &str| {
        let mark = node.children().find(|c| c.tag_name().name() == tag).unwrap();
        assert_eq!(mark.tag_name().namespace(), Some("http://gexf.net/1.3/viz"));
        mark.attribute(of).map(str::to_owned).unwrap()
    };
    assert_eq!([viz("position", "x"), viz("position", "y"), viz("size", "value")], ["1.0", "-2.5", "1.5"]);
    assert_eq!([viz("color", "r"), viz("color", "b")], ["1", "3"]);
    let edge = all("edge").into_iter().find(|e| e.attribute("kind") == Some("oppose")).unwrap();
    let of = |name: &str| edge.attribute(name);
    assert_eq!((of("source"), of("target"), of("weight")), (Some(NAMES[0]), Some(NAMES[1]), Some("1.5")));
    assert_eq!(of("start"), None, "without a last day there is no span");
    let titles: Vec<_> = all("attribute").iter().map(|a| a.attribute("title").unwrap()).collect();
    assert!(!titles.contains(&"weight") && !titles.contains(&"label") && titles.contains(&"support_in"));
    let mut dated = network();
    let day = Some(jiff::civil::date(2024, 6, 1));
    dated.graph.edge_weights_mut().for_each(|tie| (tie.first, tie.last) = (day, day));
    let dated = written(&dated, GraphFormat::Gexf).unwrap();
    assert!(dated.contains("mode=\"dynamic\"") && dated.contains("start=\"2024-06-01\" end=\"2024-06-01\""));
    assert!(graph_file(&network(), None, &[], GraphFormat::Gexf).is_ok());
    assert!(graph_file(&network(), None, &looks()[1..], GraphFormat::Gexf).is_err());
}

#[test]
fn jgf_has_nodes_by_id() {
    let json: serde_json::Value = serde_json::from_str(&text(GraphFormat::Jgf)).unwrap();
    let graph = &json["graph"];
    assert_eq!((graph["directed"].as_bool(), graph["nodes"].as_object().unwrap().len()), (Some(true), 4));
    assert_eq!(graph["nodes"][NAMES[2]]["metadata"]["affiliation"], "X & Y");
    let edge = &graph["edges"][1];
    assert_eq!((edge["source"].as_str(), edge["relation"].as_str()), (Some(NAMES[0]), Some("oppose")));
    assert_eq!(edge["metadata"]["weight"], 1.5);
}

#[test]
fn dot_has_a_cluster_a_bloc() {
    let text = text(GraphFormat::Dot);
    assert_eq!(text.matches("subgraph cluster_").count(), 1);
    assert!(text.contains("\"A \\\"b\\\", <c> & \\\\d;\te\" -> \"Ω\\nline\" [relation=\"oppose\", sign=-1"), "{text}");
    assert!(text.contains("arrowhead=\"tee\""));
}

#[test]
fn matrices_are_graphs_without_direction() {
    let names = ["Ann", "Ben"].map(str::to_owned).to_vec();
    let one = Matrix { rows: names.clone(), columns: names, symmetric: true, cells: vec![vec![(1, -1.5)], vec![]] };
    let two =
        Matrix { columns: vec!["tax".into()], symmetric: false, cells: vec![vec![], vec![(0, 2.0)]], ..one.clone() };
    let graph =
        |matrix: &Matrix, ties, format| String::from_utf8(matrix_graph(matrix, Some(ties), format).unwrap()).unwrap();
    let two_mode = Ties::TwoMode(crate::network::Sides::Subtract);
    let json = |matrix: &Matrix, ties| -> serde_json::Value {
        serde_json::from_str(&graph(matrix, ties, GraphFormat::NodeLink)).unwrap()
    };
    let edge = |source: &str, target: &str, relation: &str, sign: i8, weight: f64| serde_json::json!([{"source": source, "target": target, "key": relation, "relation": relation, "sign": sign, "weight": weight}]);
    let subtract = json(&one, Ties::Subtract);
    assert_eq!((&subtract["directed"], &subtract["edges"]), (&false.into(), &edge("Ann", "Ben", "subtract", -1, 1.5)));
    let modes = json(&two, two_mode);
    assert_eq!(modes["edges"], edge("Ben", "tax", "two-mode", 1, 2.0));
    assert_eq!(modes["nodes"][2], serde_json::json!({"id": "tax", "label": "tax", "kind": "matter"}));
    assert!(graph(&one, Ties::Subtract, GraphFormat::GraphMl).contains("edgedefault=\"undirected\""));
    assert!(graph(&one, Ties::Subtract, GraphFormat::Gexf).contains("defaultedgetype=\"undirected\""));
    assert!(graph(&one, Ties::Subtract, GraphFormat::Dot).contains("\"Ann\" -- \"Ben\""));
    let both = Matrix { columns: vec!["Ben".into()], ..two };
    let error = matrix_graph(&both, Some(two_mode), GraphFormat::Gexf).unwrap_err().to_string();
    assert!(error.contains("\"Ben\" is an actor and a matter"), "{error}");
}

#[test]
fn what_xml_cannot_hold_is_refused_by_name() {
    let mut network = network();
    network.graph.node_weights_mut().next().unwrap().name = "Bad\u{1}".into();
    for format in [GraphFormat::GraphMl, GraphFormat::Gexf] {
        let error = written(&network, format).unwrap_err().to_string();
        assert!(error.contains("Bad") && error.contains("U+0001") && error.contains("--format json"), "{error}");
    }
    assert!(written(&network, GraphFormat::NodeLink).is_ok() && written(&network, GraphFormat::Dot).is_ok());
    assert!(graph_file(&network, Some(&Blocs { of: vec![0], ..blocs() }), &[], GraphFormat::Dot).is_err());
}

/// Names and quotes as a format's own readers find them, in order.
fn read(text: &str, format: GraphFormat) -> (Vec<String>, Vec<String>) {
    let string = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    match format {
        GraphFormat::GraphMl | GraphFormat::Gexf => {
            let document = roxmltree::Document::parse(text).unwrap();
            let of = |tag: &str| document.descendants().filter(|e| e.tag_name().name() == tag).collect::<Vec<_>>();
            let quote = |e: &roxmltree::Node<'_, '_>| {
                let value = |d: roxmltree::Node<'_, '_>| match d.attribute("for").or(d.attribute("key")) {
                    Some("quote") => d.attribute("value").map(str::to_owned),
                    Some("edge_quote") => Some(d.text().unwrap_or_default().to_owned()),
                    _ => None,
                };
                e.descendants().find_map(value)
            };
            let ids = of("node").iter().map(|n| n.attribute("id").unwrap().to_owned()).collect();
            (ids, of("edge").iter().filter_map(quote).collect())
        }
        GraphFormat::Dot => {
            let names = text.lines().filter(|l| l.starts_with("    \"") || l.starts_with("  \""));
            let first = |line: &str| {
                let mut name = String::new();
                let mut rest = line.trim_start()[1..].chars();
                loop {
                    match rest.next().unwrap() {
                        '"' => return name,
                        '\\' => name.push(match rest.next().unwrap() {
                            'n' => '\n',
                            'r' => '\r',
                            other => other,
                        }),
                        other => name.push(other),
                    }
                }
            };
            (names.filter(|l| !l.contains("\" -> \"")).map(first).collect(), Vec::new())
        }
        format => {
            let json: serde_json::Value = serde_json::from_str(text).unwrap();
            let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
            let (nodes, edges) = match format {
                GraphFormat::Jgf => {
                    let ids = json["graph"]["nodes"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
                    (ids, list(&json["graph"]["edges"]).iter().map(|e| e["metadata"].clone()).collect())
                }
                GraphFormat::Cytoscape => {
                    let of = |key: &str| list(&json["elements"][key]).iter().map(|e| e["data"].clone()).collect();
                    let nodes: Vec<serde_json::Value> = of("nodes");
                    (nodes.iter().map(|n| string(&n["id"])).collect(), of("edges"))
                }
                _ => (list(&json["nodes"]).iter().map(|n| string(&n["id"])).collect(), list(&json["edges"])),
            };
            (nodes, edges.iter().filter(|e| !e["quote"].is_null()).map(|e| string(&e["quote"])).collect())
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_name_comes_back_or_is_refused(
        name in "(?s).{0,6}|[&;<>\"'\\\\\n\r\t,#x0-9\\]]{0,8}|\\PC{0,8}",
        quote in "(?s).{1,8}|[&;<>\"'\\\\\n\r\t,\\]]{1,8}",
    ) {
        let mut network = network();
        let own = format!("\u{FFFF0}{name}");
        network.graph[petgraph::graph::NodeIndex::new(3)].name.clone_from(&own);
        let table = "document,holder,relation,target\nd,x,support,y\n";
        network.statements =
            crate::statement::Table::read("t", table.as_bytes(), &crate::statement::Names::default()).unwrap().statements;
        network.statements[0].quote.clone_from(&quote);
        network.graph.edge_weights_mut().next().unwrap().evidence = vec![0];
        for format in ALL {
            let text = match written(&network, format) {
                Ok(text) => text,
                Err(error) => {
                    let xml = matches!(format, GraphFormat::GraphMl | GraphFormat::Gexf);
                    let impossible = |c: char| (c.is_control() && !"\n\r\t".contains(c)) || c > '\u{FFFD}';
                    let impossible = |c: char| if xml { impossible(c) } else { c == '\0' };
                    proptest::prop_assert!(name.contains(impossible), "{format:?} refuses {name:?}: {error}");
                    continue;
                }
            };
            let (names, quotes) = read(&text, format);
            proptest::prop_assert_eq!(names.last(), Some(&own), "{:?}", format);
            if quote.trim().is_empty() || format == GraphFormat::Dot {
                continue;
            }
            let kept: String = quote.chars().zip(quotes[0].chars()).filter(|(a, b)| a == b || *b == '\u{FFFD}').map(|(a, _)| a).collect();
            proptest::prop_assert_eq!(&kept, &quote, "{:?}", format);
        }
    }
}
