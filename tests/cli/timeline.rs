//! `diagram --kind timeline`: statements over time, and windows side by side.

use crate::common::Folder;

const DATED: &str = "document,date,holder,holder_kind,relation,target,target_kind,matter,quote\n\
    a,2024-01-05,Norland,country,support,the treaty,matter,the treaty,Norland backs it\n\
    b,2024-02-09,Vestria,country,support,the treaty,matter,the treaty,Vestria backs it\n\
    c,2024-05-20,Vestria,country,oppose,the treaty,matter,the treaty,Vestria no longer does\n\
    d,2024-05-21,Norland,country,invite,Zell,country,,Norland asked Zell to come\n\
    e,,Zell,country,oppose,the treaty,matter,the treaty,Zell is against it\n";

#[test]
fn a_table_with_dates_becomes_a_timeline() {
    let folder = Folder::new();
    folder.write("dated.csv", DATED);
    let svg = folder.run(&["diagram", "dated.csv", "--kind", "timeline", "--quiet"]).ok().out;
    let document = roxmltree::Document::parse(&svg).unwrap();
    let of = |class: &str| {
        document
            .descendants()
            .filter(|e| e.attribute("class").is_some_and(|c| c.split(' ').any(|w| w == class)))
            .count()
    };
    assert_eq!((of("statement"), of("support"), of("oppose"), of("invite"), of("turned")), (4, 2, 1, 1, 1));
    assert!(svg.contains("1 undated statement is not shown") && svg.contains("Vestria no longer does"));
}

#[test]
fn a_window_gives_a_network_for_each() {
    let folder = Folder::new();
    folder.write("dated.csv", DATED);
    let args = ["diagram", "dated.csv", "--kind", "timeline", "--window", "month", "--quiet"];
    let svg = folder.run(&args).ok().out;
    let document = roxmltree::Document::parse(&svg).unwrap();
    let windows = document.descendants().filter(|e| e.attribute("class") == Some("window"));
    assert_eq!(windows.count(), 5);
    assert_eq!(svg, folder.run(&[&args[..], &["--jobs", "1"]].concat()).ok().out);
}

#[test]
fn what_does_not_go_is_told() {
    let folder = Folder::new();
    folder.write("dated.csv", DATED);
    folder.write("undated.csv", "document,holder,relation,target\na,Norland,support,Zell\n");
    folder.write("ties.csv", "source,target,weight\nNorland,Zell,1\n");
    let diagram = |args: &[&str]| folder.run(&[&["diagram", "--quiet"], args].concat());
    diagram(&["undated.csv", "--kind", "timeline"]).fails(1, &["no statement has a date", "give the statements dates"]);
    diagram(&["undated.csv", "--kind", "timeline", "--window", "month"]).fails(1, &["no statement has a date"]);
    diagram(&["dated.csv", "--kind", "timeline", "--window", "3d"]).fails(2, &["up to 24", "--from"]);
    diagram(&["dated.csv", "--window", "month"]).fails(2, &["--kind timeline"]);
    diagram(&["ties.csv", "--kind", "timeline"]).fails(2, &["edge list"]);
}
