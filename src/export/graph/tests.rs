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

fn text(format: GraphFormat) -> String {
    String::from_utf8(graph_file(&network(), Some(&blocs()), format).unwrap()).unwrap()
}

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
fn dot_has_a_cluster_a_bloc() {
    let text = text(GraphFormat::Dot);
    assert_eq!(text.matches("subgraph cluster_").count(), 1);
    assert!(text.contains("\"A \\\"b\\\", <c> & \\\\d;\te\" -> \"Ω\\nline\" [relation=\"oppose\", sign=-1"), "{text}");
    assert!(text.contains("arrowhead=\"tee\""));
}

#[test]
fn what_xml_cannot_hold_is_refused_by_name() {
    let mut network = network();
    network.graph.node_weights_mut().next().unwrap().name = "Bad\u{1}".into();
    let error = graph_file(&network, None, GraphFormat::GraphMl).unwrap_err().to_string();
    assert!(error.contains("Bad") && error.contains("U+0001") && error.contains("--format json"), "{error}");
    assert!(graph_file(&network, None, GraphFormat::NodeLink).is_ok());
    assert!(graph_file(&network, Some(&Blocs { of: vec![0], ..blocs() }), GraphFormat::Dot).is_err());
}
