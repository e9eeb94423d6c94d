//! The cluster report, of statements and of signed edge lists.

use crate::common::{Folder, rows};

const TIES: &str =
    "source,target,weight\nann,bob,2\nbob,cay,1\nann,cay,1\ndan,eve,3\nann,dan,-1\ncay,eve,-2\nfay,fay,1\n";

fn ties() -> Folder {
    let folder = Folder::new();
    folder.write("ties.csv", TIES);
    folder
}

#[test]
fn an_edge_list_is_taken_as_it_is() {
    let folder = ties();
    let text = folder.run(&["clusters", "ties.csv"]).ok().out;
    for words in [
        "Read: 7 rows of ties.csv, which tie 6 pairs of 6 actors to each other: 4 more friendly than hostile, 2 more hostile.",
        "1 row ties an actor to itself and is left out.",
        "Of the 6 actors, 5 fall into 2 blocs and 1 stands alone.",
        "## Bloc 1: 3 actors",
        "It is proven that no other division fits better.",
        "All actors could be put into two camps",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let json = folder.run(&["clusters", "ties.csv", "--format", "json"]).ok().out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["fit"]["cost"], 0.0);
    assert_eq!(json["blocs"][1]["members"].as_array().unwrap().len(), 2);
}

#[test]
fn clusters_are_a_table_too() {
    let folder = ties();
    folder.run(&["clusters", "ties.csv", "--format", "csv", "-o", "c.csv"]).ok();
    let table = rows(&folder.read("c.csv"));
    let of = |id: &str| table.iter().find(|r| r["Id"] == id).unwrap()["Cluster"].clone();
    assert_eq!((of("ann"), of("bob"), of("dan"), of("fay")), ("1".into(), "1".into(), "2".into(), "3".into()));
    assert!(table.iter().all(|r| (0.0..=1.0).contains(&r["Stability"].parse::<f64>().unwrap())));
    // Of statements: with one document nothing is tested, and the column is empty.
    folder.write("t.csv", "document,holder,relation,target\nd,Norway,support,Malta\nd,Kenya,oppose,Malta\n");
    let out = folder.run(&["clusters", "t.csv", "--format", "csv"]).ok().out;
    assert_eq!(out, "Id,Cluster,Stability\nMalta,1,\nNorway,1,\nKenya,2,\n");
}

#[test]
fn our_own_edges_come_back() {
    let folder = Folder::with_reports();
    folder.run(&["analyze", "alpha.txt", "beta.md", "-o", "out"]).ok();
    let text = folder.run(&["clusters", "out/edges.csv"]).ok().out;
    assert!(text.contains("rows of edges.csv"), "{text}");
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let folder = ties();
    let with = |jobs| folder.run(&["clusters", "ties.csv", "--format", "json", "--jobs", jobs]).ok().out;
    assert_eq!(with("1"), with("3"));
}

#[test]
fn windows_are_followed() {
    let folder = Folder::new();
    let mut table = "document,date,holder,relation,target\n".to_owned();
    for (day, third) in [("2024-01-05", "Norway"), ("2024-02-05", "Belarus")] {
        let other = if third == "Norway" { "Belarus" } else { "Norway" };
        for (holder, relation, target) in [
            ("Norway", "support", "Malta"),
            ("Belarus", "support", "Kenya"),
            ("Norway", "oppose", "Belarus"),
            ("Malta", "oppose", "Kenya"),
            ("Japan", "support", third),
            ("Japan", "oppose", other),
        ] {
            table += &format!("{day},{day},{holder},{relation},{target}\n");
        }
    }
    folder.write("t.csv", &table);
    let text = folder.run(&["clusters", "t.csv", "--window", "month"]).ok().out;
    for words in [
        "## Blocs over time",
        "| 2024-01 | 6 | A (3), B (2) | 0 |",
        "| 2024-02 | 6 | A (2), B (3) | 0 |",
        "**Who moved** (1 time, 1 actor)",
        "- Japan: from bloc A (in 2024-01) to bloc B (in 2024-02).",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    folder.run(&["clusters", "t.csv", "--window", "10y"]).fails(2, &["window"]);
    folder.run(&["clusters", "t.csv", "--window", "month", "--format", "csv"]).fails(2, &["--format md, html or json"]);
    folder.run(&["clusters", "t.csv", "--window", "fortnight"]).fails(2, &["--window"]);
}

#[test]
fn weights_are_options() {
    let folder = Folder::new();
    folder.write(
        "t.csv",
        "document,holder,relation,target,hedged\nd,Norway,invite,Malta,\nd,Norway,oppose,Malta,true\nd,Malta,support,Kenya,\n",
    );
    let blocs = |args: &[&str]| {
        let out = folder.run(&[&["clusters", "t.csv", "--format", "csv"], args].concat()).ok().out;
        rows(&out).iter().filter(|r| r["Cluster"] == "1").count()
    };
    assert_eq!(blocs(&[]), 2);
    assert_eq!(blocs(&["--weights", "hedged=0"]), 3);
    assert_eq!(blocs(&["--weights", "invite=0.75"]), 3);
    let bad = |weights: &str, words: &[&str]| {
        folder.run(&["clusters", "t.csv", "--weights", weights]).fails(2, words);
    };
    bad("invite", &["KIND=POINTS"]);
    bad("praise=1", &["the kinds are support"]);
    bad("support=-1", &["from 0"]);
    bad("hedged=2", &["factor"]);
    bad("support=NaN", &["from 0"]);
}

#[test]
fn the_number_of_blocs_can_be_fixed() {
    let folder = ties();
    let most = |args: &[&str]| {
        let out = folder.run(&[&["clusters", "ties.csv", "--format", "csv"], args].concat()).ok().out;
        rows(&out).iter().map(|r| r["Cluster"].parse::<usize>().unwrap()).max().unwrap()
    };
    assert_eq!(most(&["--k", "2"]), 2);
    assert_eq!(most(&["--k", "6", "--effort", "high"]), 6);
    folder
        .run(&["clusters", "ties.csv", "--k", "7"])
        .fails(2, &["7 clusters were asked for, but there are only 6 actors"]);
    folder.run(&["clusters", "ties.csv", "--k", "0"]).fails(2, &["--k"]);
    folder.write("t.csv", "document,holder,relation,target\nd,Norway,support,Malta\nd,Kenya,oppose,Malta\n");
    let out = folder.run(&["clusters", "t.csv", "--k", "1", "--format", "csv"]).ok().out;
    assert!(rows(&out).iter().all(|r| r["Cluster"] == "1"), "{out}");
    folder.run(&["clusters", "t.csv", "--k", "9"]).fails(2, &["only 3 actors"]);
    folder.run(&["clusters", "t.csv", "--resolution", "1"]).fails(2, &["--resolution is for edge lists"]);
}

#[test]
fn bad_edge_lists_are_told_with_their_lines() {
    let folder = ties();
    folder.write("bad.csv", "source,target,weight\na,b,1\na,b,NaN\na,,1\na,b\n");
    folder
        .run(&["clusters", "bad.csv"])
        .fails(1, &["bad.csv:3: the weight NaN is no finite number", "bad.csv:4: no target", "bad.csv:5: 2 cells"]);
    folder.write("none.csv", "source,target,weight\n");
    folder.run(&["clusters", "none.csv"]).fails(1, &["none.csv: no ties"]);
    folder.run(&["clusters", "ties.csv", "bad.csv"]).fails(1, &["an edge list is read alone"]);
    folder.run(&["clusters", "ties.csv", "--window", "month"]).fails(2, &["has no dates"]);
}

#[test]
fn two_tables_are_as_good_as_one() {
    let folder = Folder::new();
    let head = "document,date,holder,relation,target\n";
    let (first, second) = (
        "d1,2024-01-05,Norway,support,Malta\nd1,2024-01-05,Kenya,oppose,Malta\n",
        "d2,2024-01-09,Japan,support,Kenya\nd3,2024-01-09,Japan,oppose,Norway\n",
    );
    folder.write("a.csv", format!("{head}{first}"));
    folder.write("b.csv", format!("{head}{second}"));
    folder.write("all.csv", format!("{head}{second}{first}"));
    let report = |inputs: &[&str]| folder.run(&[&["clusters", "--format", "json"], inputs].concat()).ok().out;
    assert_eq!(report(&["a.csv", "b.csv"]), report(&["all.csv"]));
    assert_eq!(report(&["b.csv", "a.csv"]), report(&["all.csv"]));
}

#[test]
fn an_edge_list_may_come_from_standard_input() {
    let folder = ties();
    let file = folder.run(&["clusters", "ties.csv", "--format", "csv"]).ok().out;
    assert_eq!(folder.feed(&["clusters", "-", "--format", "csv"], TIES.as_bytes()).ok().out, file);
    folder.feed(&["clusters", "-"], b"source,target,weight\na,b,x\n").fails(1, &["<stdin>:2: the weight \"x\""]);
    // Statements still may, too.
    let table = b"document,holder,relation,target\nd,Norway,support,Malta\n";
    assert!(folder.feed(&["clusters", "-"], table).ok().out.contains("Norway supports Malta"));
}

#[test]
fn the_report_says_what_was_looked_for() {
    let folder = ties();
    let text = |args: &[&str]| folder.run(&[&["clusters", "ties.csv"], args].concat()).ok().out;
    assert!(text(&[]).contains("their number comes out by itself"));
    assert!(text(&["--k", "2"]).contains("their number was set to 2"));
    assert!(text(&["--resolution", "1"]).contains("signed modularity: Gómez"));
    assert!(text(&["--resamplings", "0"]).contains("no resamplings were asked for"));
}

#[test]
fn the_report_is_a_page_too() {
    let folder = ties();
    let page = folder.run(&["clusters", "ties.csv", "--format", "html"]).ok().out;
    assert!(page.contains("<title>Who stands with whom") && page.contains("<h2>Bloc 1: 3 actors</h2>"), "{page}");
    folder
        .write("t.csv", "document,holder,relation,target\nd,Norway,support,<script>x</script>\nd,Kenya,oppose,Malta\n");
    let page = folder.run(&["clusters", "t.csv", "--format", "html"]).ok().out;
    assert!(page.contains("&lt;script&gt;x") && !page.contains("<script"), "{page}");
}
