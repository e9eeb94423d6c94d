//! Pictures of edge lists, pictures on given places, and what cannot be drawn.

use crate::common::Folder;
use serde_json::Value;

const TIES: &str = "source,target,relation,sign,weight\nFRA,POL,support,1,3\nFRA,DEU,invite,0,1\nDEU,FRA,oppose,-1,2\n\
                    ITA,FRA,oppose,-1,1\nDEU,ITA,support,1,2\n";

fn ties() -> Folder {
    let folder = Folder::new();
    folder.write("ties.csv", TIES);
    folder.write(
        "nodes.csv",
        "id,label,kind,cluster\nFRA,France,country,Hosts\nPOL,Poland,country,Hosts\nDEU,,country,\nITA,,country,\n",
    );
    folder
}

fn layout(folder: &Folder, file: &str) -> Value {
    serde_json::from_str(&folder.read(file)).unwrap()
}

fn place(layout: &Value, id: &str) -> (f64, f64) {
    let node = layout["nodes"].as_array().unwrap().iter().find(|n| n["id"] == id).unwrap();
    (node["x"].as_f64().unwrap(), node["y"].as_f64().unwrap())
}

#[test]
fn an_edge_list_is_drawn_as_it_is() {
    let folder = ties();
    let svg = folder.run(&["diagram", "ties.csv", "--nodes", "nodes.csv", "--layout-out", "l.json"]).ok().out;
    roxmltree::Document::parse(&svg).unwrap();
    for part in
        ["France supports Poland\nweight 3", "DEU opposes France", ">Hosts</text>", "Source: ties.csv.", "4 actors"]
    {
        assert!(svg.contains(part), "{part}\n{svg}");
    }
    let layout = layout(&folder, "l.json");
    let edges = layout["edges"].as_array().unwrap();
    let signs: Vec<i64> = edges.iter().map(|e| e["sign"].as_i64().unwrap()).collect();
    assert_eq!(edges.len(), 5);
    assert_eq!((signs.iter().filter(|s| **s == 0).count(), signs.iter().sum::<i64>()), (1, 0));
    let (page, nodes) = ((1200.0, 900.0), layout["nodes"].as_array().unwrap());
    for node in nodes {
        let number = |key: &str| node[key].as_f64().unwrap();
        assert!(number("x") - number("r") > 0.0 && number("x") + number("r") < page.0, "{node}");
        assert!(number("w") > 0.0 && number("h") > 0.0 && node["cluster"].is_u64(), "{node}");
    }
}

#[test]
fn two_dates_are_drawn_with_actors_in_the_same_places() {
    let folder = ties();
    folder.run(&["diagram", "ties.csv", "--layout-out", "one.json", "-o", "one.svg"]).ok();
    folder.write("later.csv", "source,target,sign\nDEU,FRA,1\nPOL,FRA,1\nESP,FRA,-1\n");
    folder.run(&["diagram", "later.csv", "--layout-in", "one.json", "--layout-out", "two.json", "-o", "two.svg"]).ok();
    let (one, two) = (layout(&folder, "one.json"), layout(&folder, "two.json"));
    for id in ["DEU", "FRA", "POL"] {
        let ((x, y), (u, v)) = (place(&one, id), place(&two, id));
        assert!((x - u).abs() < 0.01 && (y - v).abs() < 0.01, "{id}");
    }
}

#[test]
fn matrices_are_of_matters_or_of_actors() {
    let folder = ties();
    folder.write(
        "s.csv",
        "document,holder,relation,target,target_kind,toward\nd,Italy,oppose,the plan,matter,France\n\
         d,Spain,support,the plan,matter,France\nd,Spain,support,France,country,\n",
    );
    let matters = folder.run(&["diagram", "s.csv", "--kind", "matrix"]).ok().out;
    let actors = folder.run(&["diagram", "s.csv", "--kind", "matrix", "--matters", "hide"]).ok().out;
    let listed = folder.run(&["diagram", "ties.csv", "--nodes", "nodes.csv", "--kind", "matrix"]).ok().out;
    for (svg, parts) in [
        (
            &matters,
            ["Italy opposes the plan\n1 statement in 1 document\nd</title>", "without 1 statement toward actors"],
        ),
        (&actors, ["Spain supports France\n2 statements in 1 document", "Who supports and opposes whom"]),
        (&listed, ["France supports Poland\nweight 3", ">Hosts</text>"]),
    ] {
        roxmltree::Document::parse(svg).unwrap();
        for part in parts {
            assert!(svg.contains(part), "{part}\n{svg}");
        }
    }
    let run = folder.run(&["diagram", "s.csv", "--kind", "matrix", "--highlight", "France", "-o", "x.svg"]);
    run.fails(2, &["France takes no stance on a matter"]);
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let folder = ties();
    folder.write(
        "bad.json",
        "{\"width\": 1200, \"height\": 900, \"nodes\": [\n{\"id\": \"FRA\", \"x\": NaN, \"y\": 3}]}",
    );
    folder.write("off.json", "{\"width\": 100, \"height\": 90, \"nodes\": [{\"id\": \"FRA\", \"x\": 101, \"y\": 3}]}");
    folder.write("kinds.csv", "id,kind\nFRA,planet\n");
    folder.write("s.csv", "document,holder,relation,target\nd,Italy,oppose,France\n");
    for (code, args, told) in [
        (1, vec!["ties.csv", "--layout-in", "bad.json"], "bad.json:2: no layout"),
        (1, vec!["ties.csv", "--layout-in", "off.json"], "FRA lies at (101, 3), off the page of 100 x 90"),
        (1, vec!["ties.csv", "--layout-in", "none.json"], "none.json: "),
        (1, vec!["ties.csv", "--nodes", "kinds.csv"], "kinds.csv:2: unknown kind \"planet\""),
        (2, vec!["ties.csv", "--from", "2024-01-01"], "ties.csv is an edge list, and --from is for statements"),
        (2, vec!["ties.csv", "--highlight", "FRB"], "nobody in the picture is called FRB; did you mean FRA"),
        (2, vec!["s.csv", "--nodes", "nodes.csv"], "--nodes nodes.csv is for edge lists"),
    ] {
        folder.run(&[&["diagram"][..], &args, &["-o", "x.svg"]].concat()).fails(code, &[told]);
    }
    let run = folder.run(&["diagram", "ties.csv", "--theme", "pink", "-o", "x.svg"]);
    run.fails(2, &["possible values: light, dark, print"]);
    assert!(!folder.path("x.svg").exists(), "nothing is written");
}
