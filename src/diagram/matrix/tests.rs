//! Tests of whole matrices.

use super::super::testing::{Maker, blocs_by, founding, planted};
use super::super::text::{Weight, width};
use super::super::{TextAs, Theme};
use super::*;
use crate::layout::geometry::gap;
use crate::network::{NetworkOptions, build};
use crate::statement::{Kind, Relation, Statement};
use Relation::{Invite, Oppose, Support};
use std::collections::{BTreeMap, BTreeSet};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Draws, and checks what every matrix must be: XML with unique ids that fit XML, a tooltip on every cell, head and
/// actor, and no text on another or beyond the page.
fn drawn(network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions) -> String {
    let svg = matrix_svg(network, blocs, options).unwrap();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let mut ids = BTreeSet::new();
    for element in document.descendants() {
        if let Some(id) = element.attribute("id") {
            assert!(ids.insert(id.to_owned()), "{id} twice");
            assert!(id.starts_with(|c: char| c.is_ascii_alphabetic()), "{id}");
            assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{id}");
            if ["cell-", "actor-", "column-", "bloc-"].iter().any(|kind| id.starts_with(kind)) {
                let title = element.first_element_child().unwrap();
                assert!(title.has_tag_name((SVG, "title")) && title.text().is_some_and(|t| !t.is_empty()), "{id}");
            }
        }
    }
    let root = document.root_element();
    assert_eq!((root.attribute("role"), ids.contains("picture-title")), (Some("img"), true));
    if options.text == TextAs::Fonts {
        let boxes = text_boxes(&document);
        let page = [0.0, 0.0, f64::from(options.width), f64::from(options.height)];
        for (i, (text, one)) in boxes.iter().enumerate() {
            let inside = |p: &Point| p.x >= page[0] && p.y >= page[1] && p.x <= page[2] && p.y <= page[3];
            assert!(one.iter().all(inside), "{text:?} beyond the page: {one:?}");
            for (other, two) in &boxes[i + 1..] {
                assert!(gap(one, two) > 0.0, "{text:?} on {other:?}: {one:?} {two:?}");
            }
        }
    }
    svg
}

/// What is written, with the four corners of each text from the height of a capital to the baseline.
fn text_boxes(document: &roxmltree::Document<'_>) -> Vec<(String, Vec<Point>)> {
    use super::super::style::GRID;
    let texts = document.descendants().filter(|e| e.has_tag_name((SVG, "text")));
    let number = |e: &roxmltree::Node<'_, '_>, name: &str| e.attribute(name).unwrap().parse::<f64>().unwrap() / GRID;
    texts
        .map(|e| {
            let text = e.text().unwrap_or_default().to_owned();
            let size = number(&e, "font-size");
            let weight = if e.attribute("font-weight") == Some("bold") { Weight::Bold } else { Weight::Regular };
            let wide = width(&text, size, weight);
            let left = match e.attribute("text-anchor") {
                Some("middle") => -wide / 2.0,
                Some("end") => -wide,
                _ => 0.0,
            };
            let (x, y) = (number(&e, "x") + left, number(&e, "y") + 0.76 * size);
            let corners = [(0.0, 0.0), (wide, 0.0), (wide, -0.73 * size), (0.0, -0.73 * size)];
            let mut corners: Vec<Point> = corners.iter().map(|(dx, dy)| Point::new(x + dx, y + dy)).collect();
            if let Some(turn) = e.parent().and_then(|p| p.attribute("transform")) {
                let numbers: Vec<f64> =
                    turn["rotate(".len()..turn.len() - 1].split(' ').map(|n| n.parse().unwrap()).collect();
                assert_eq!(numbers[0], -45.0);
                let about = Point::new(numbers[1], numbers[2]) * (1.0 / GRID);
                let part = std::f64::consts::FRAC_1_SQRT_2;
                for p in &mut corners {
                    let step = *p - about;
                    *p = about + Point::new(part * (step.x + step.y), part * (step.y - step.x));
                }
            }
            (text, corners)
        })
        .collect()
}

fn texts(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).unwrap();
    text_boxes(&document).into_iter().map(|(text, _)| text).collect()
}

/// For each cell its source and target, its relations and its statements.
fn cells(svg: &str) -> BTreeMap<(String, String), (String, u32)> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let of = |e: &roxmltree::Node<'_, '_>, name: &str| e.attribute(name).unwrap_or_default().to_owned();
    document
        .descendants()
        .filter(|e| e.attribute("class").is_some_and(|c| c.starts_with("cell ")))
        .map(|e| {
            let count = of(&e, "data-statements").parse().unwrap();
            ((of(&e, "data-source"), of(&e, "data-target")), (of(&e, "data-relation"), count))
        })
        .collect()
}

fn options() -> DiagramOptions {
    DiagramOptions::default()
}

#[test]
fn actors_stand_by_matters_in_blocs() {
    let (network, blocs) = founding();
    let svg = drawn(&network, Some(&blocs), &options());
    let cells = cells(&svg);
    let cell = |holder: &str| cells.get(&(holder.to_owned(), "training mission in Ukraine".to_owned())).cloned();
    assert_eq!(cell("Germany"), Some(("oppose".into(), 2)));
    assert_eq!(cell("France"), Some(("support".into(), 1)));
    assert_eq!(cell("Poland"), None);
    assert_eq!(cells.len(), 5);
    assert!(svg.contains("Germany opposes training mission in Ukraine\n2 statements in 2 documents"));
    assert!(svg.contains("“Germany said to oppose France”\nreport-"));
    let others = network.statements.len() - 6;
    assert!(
        svg.contains("6 statements on matters") && svg.contains(&format!("without {others} statements toward actors"))
    );
    let written = texts(&svg);
    for words in ["Who supports what, and who opposes it", "Germany", "supports", "opposes", "2", "statements for"] {
        assert!(written.iter().any(|t| t == words), "{words}: {written:?}");
    }
    assert!(!written.iter().any(|t| t == "invites" || t == "Poland"));
}

#[test]
fn without_matters_actors_stand_by_actors() {
    let network = Maker::default()
        .tie("Host", Invite, &["A", "B", "B"])
        .add("Host", Invite, "C", None, "w")
        .add("Host", Invite, "C", None, "")
        .tie("A", Support, &["B", "C"])
        .tie("A", Oppose, &["B"])
        .add("C", Oppose, "Host", None, "h")
        .on("C", Oppose, "a plan", "B")
        .network();
    let svg = drawn(&network, Some(&blocs_by(&network, |n| usize::from(n == "Host"))), &options());
    let cells = cells(&svg);
    let cell = |a: &str, b: &str| cells.get(&(a.to_owned(), b.to_owned())).cloned();
    assert_eq!(cell("Host", "B"), Some(("invite".into(), 2)));
    assert_eq!(cell("Host", "C"), Some(("invite withheld".into(), 2)));
    assert_eq!(cell("A", "B"), Some(("support oppose".into(), 2)));
    assert_eq!(cell("C", "B"), Some(("oppose".into(), 1)));
    assert_eq!(cells.len(), network.graph.edge_count() - 1, "support and opposition share a cell");
    assert!(svg.contains("class=\"cell oppose hedged\""));
    let written = texts(&svg);
    for words in ["invites", "withholds an invitation", "both", "hollow: conditional, alleged or possible"] {
        assert!(written.iter().any(|t| t == words), "{words}: {written:?}");
    }
    assert!(svg.contains("Host does not invite C\n1 statement in 1 document"));
}

#[test]
fn every_stance_on_a_matter_is_behind_exactly_one_cell() {
    let mut maker = Maker::default();
    for i in 0..200_usize {
        let relation = if i % 3 == 0 { Oppose } else { Support };
        maker = maker.on(&format!("A{:02}", i % 17), relation, &format!("matter {}", i * i % 11), "");
    }
    let network = maker.network();
    let stances = Stances::of(&network, Matters::Auto);
    let mut behind: Vec<usize> = stances.cells.values().flatten().flat_map(|p| p.evidence.clone()).collect();
    behind.sort_unstable();
    assert_eq!(behind, (0..network.statements.len()).collect::<Vec<_>>());
    let svg = drawn(&network, Some(&blocs_by(&network, |n| n.len() % 2)), &options());
    assert_eq!(cells(&svg).len(), stances.cells.len());
    let shown: u32 = cells(&svg).values().map(|c| c.1).sum();
    assert_eq!(shown as usize, network.statements.len());
    for (holder, matter, relation) in network
        .matters
        .iter()
        .flat_map(|m| m.stands.iter().map(|s| (network.graph[s.actor].name.clone(), m.name.clone(), s.relation)))
    {
        assert!(cells(&svg)[&(holder, matter)].0.contains(relation.as_str()));
    }
}

#[test]
fn every_tie_is_behind_exactly_one_cell() {
    let (network, blocs) = planted(20, 3, 120, 5);
    let stances = Stances::of(&network, Matters::Auto);
    assert!(!stances.on_matters);
    let behind: usize = stances.cells.values().flatten().map(|p| p.evidence.len()).sum();
    assert_eq!(behind, network.statements.len());
    let svg = drawn(&network, Some(&blocs), &options());
    assert_eq!(cells(&svg).values().map(|c| c.1 as usize).sum::<usize>(), network.statements.len());
}

/// Statements of a hundred claims on matters, as a network from them in the order of `step`.
fn shuffled(step: usize) -> Network {
    let mut maker = Maker::default();
    for i in 0..101_usize {
        let relation = if (i % 7 + i % 5) % 2 == 0 { Oppose } else { Support };
        maker = maker.on(&format!("Actor {}", i % 7), relation, &format!("matter {}", i % 5), "");
    }
    let statements: Vec<Statement> = maker.network().statements;
    let order: Vec<Statement> = (0..101).map(|i| statements[i * step % 101].clone()).collect();
    build(&order, &NetworkOptions::default(), &|_| None, &|_| None)
}

#[test]
fn the_order_of_rows_leaves_no_trace() {
    let draw = |step: usize| {
        let network = shuffled(step);
        drawn(&network, Some(&blocs_by(&network, |n| usize::from(n > "Actor 3"))), &options())
    };
    let first = draw(1);
    for step in [2, 50, 100] {
        assert!(first == draw(step), "another order of statements, another picture");
    }
}

#[test]
fn camps_show_as_blocks() {
    let mut maker = Maker::default();
    for i in 0..8 {
        for j in 0..6 {
            let relation = if (i % 2 == 0) == (j % 2 == 0) { Support } else { Oppose };
            maker = maker.on(&format!("Actor {i}"), relation, &format!("matter {j}"), "");
        }
    }
    for i in 0..8 {
        maker = maker.on(&format!("Actor {i}"), Support, "all for it", "");
    }
    let network = maker.network();
    let blocs = blocs_by(&network, |n| n[6..].parse::<usize>().unwrap() % 2);
    let picture = Picture::new(&network, Some(&blocs), &options(), 1200.0, 650.0).unwrap();
    let stances = Stances::of(&network, Matters::Auto);
    let grid = Grid::new(&network, &picture, &stances, &Choice::all(&stances));
    let names: Vec<&str> = grid.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["matter 0", "matter 2", "matter 4", "matter 1", "matter 3", "matter 5", "all for it"]);
    assert_eq!(grid.row_groups.iter().map(|g| g.range.clone()).collect::<Vec<_>>(), [0..4, 4..8]);
    for (&(i, j), parts) in grid.cells.iter().filter(|((_, j), _)| *j < 6) {
        assert_eq!(parts[0].says == stances::Says::Support, (i < 4) == (j < 3), "{i} {j}");
    }
}

#[test]
fn those_alone_of_their_bloc_stand_last() {
    let network = shuffled(1);
    let blocs = blocs_by(&network, |n| match n {
        "Actor 0" => 1,
        "Actor 6" => 2,
        _ => 0,
    });
    let svg = drawn(&network, Some(&blocs), &options());
    let written = texts(&svg);
    let at = |text: &str| written.iter().position(|t| t == text).unwrap();
    assert!(at("Actor 5") < at("Others") && at("Others") < at("Actor 0") && at("Others") < at("Actor 6"));
    let alone = drawn(&network, None, &options());
    assert!(!texts(&alone).iter().any(|t| t == "Others"));
}

#[test]
fn what_cannot_be_read_is_left_out_and_the_subtitle_says_so() {
    let mut maker = Maker::default();
    for i in 0..2_000_usize {
        let relation = if i % 3 == 0 { Oppose } else { Support };
        maker =
            maker.on(&format!("Actor {:03}", i * 7 % 300), relation, &format!("matter number {}", i * 11 % 130), "");
    }
    let network = maker.network();
    let svg = drawn(&network, Some(&blocs_by(&network, |n| n.as_bytes()[8] as usize % 4)), &options());
    let written = texts(&svg);
    let subtitle = written.iter().find(|t| t.contains("most active")).unwrap();
    assert!(subtitle.starts_with("The ") && subtitle.contains(" most active of 300 actors in "), "{subtitle}");
    assert!(subtitle.contains(" of 130 matters, ") && subtitle.contains(" of 2,000 statements"), "{subtitle}");
    let rows = svg.matches("class=\"row\"").count();
    assert!((25..60).contains(&rows), "{rows}");
    let large = DiagramOptions { width: 4_000, height: 6_000, ..options() };
    let more = drawn(&network, None, &large);
    assert!(more.matches("class=\"row\"").count() > 2 * rows);
}

#[test]
fn long_and_foreign_and_hostile_names_stay_text_in_their_place() {
    let long =
        "The Extraordinarily Long-Named Organisation for the Prohibition of Everything and the Promotion of Nothing";
    let evil = "<script>alert(\"1\")</script> & 'x'\u{1}\u{202E}";
    let mut maker = Maker::default().actors(Kind::Institution, &[long]).actors(Kind::Person, &[evil, "习近平", ""]);
    for (i, holder) in [long, evil, "习近平", "محمد بن سلمان", ""].iter().enumerate() {
        for (j, matter) in
            [long, "]]> <!-- \u{0}", "气候变化协定气候变化协定气候变化协定气候变化协定", "an accord", "\u{1}"]
                .iter()
                .enumerate()
        {
            maker = maker.on(holder, if (i + j) % 2 == 0 { Support } else { Oppose }, matter, "");
        }
    }
    let network = maker.network();
    let options = DiagramOptions { title: Some("A & B <\u{7}>".into()), ..options() };
    for (width, height) in [(1200, 900), (420, 900), (900, 420), (5_000, 900)] {
        let options = DiagramOptions { width, height, ..options.clone() };
        let svg = drawn(&network, Some(&blocs_by(&network, |_| 0)), &options);
        let document = roxmltree::Document::parse(&svg).unwrap();
        assert!(!document.descendants().any(|e| e.tag_name().name() == "script"));
        let names: BTreeSet<&str> = document.descendants().filter_map(|e| e.attribute("data-name")).collect();
        for name in [long, "<script>alert(\"1\")</script> & 'x'", "(no name)", "(a matter)"] {
            assert!(names.contains(name), "{name}: {names:?}");
        }
        assert!(texts(&svg).iter().any(|t| t.ends_with('…')), "what is cut ends with an ellipsis");
    }
}

#[test]
fn empty_and_tiny_networks_are_drawn_honestly() {
    let none = drawn(&Maker::default().network(), None, &options());
    assert!(none.contains("No actors and no ties were found"));
    let one = Maker::default().on("Somebody", Support, "the plan", "").network();
    let svg = drawn(&one, Some(&blocs_by(&one, |_| 0)), &options());
    assert!(svg.contains("1 actor, 1 matter, 1 statement on a matter") && svg.contains(">the plan</text>"));
    assert!(texts(&svg).contains(&"Who supports what".to_owned()));
    let two = Maker::default().tie("A", Oppose, &["B"]).network();
    let svg = drawn(&two, None, &options());
    assert!(svg.contains("Who opposes whom") && !texts(&svg).iter().any(|t| t == "supports"));
    let mute = Maker::default().actors(Kind::Person, &["Nobody"]).network();
    assert!(drawn(&mute, None, &options()).contains("No actors and no ties were found"));
}

#[test]
fn matters_can_be_asked_for_or_hidden() {
    let (network, blocs) = founding();
    let drawn = |matters: Matters| cells(&drawn(&network, Some(&blocs), &DiagramOptions { matters, ..options() }));
    assert_eq!(drawn(Matters::Show), drawn(Matters::Auto));
    let toward_actors = drawn(Matters::Hide);
    assert_eq!(toward_actors.len(), network.graph.edge_count());
    assert_eq!(toward_actors[&("France".to_owned(), "Germany".to_owned())].0, "withheld");
    let single = Maker::default().on("A", Support, "plan", "B").tie("B", Oppose, &["C"]).network();
    let columns = |matters: Matters| {
        let options = DiagramOptions { matters, ..options() };
        cells(&matrix_svg(&single, None, &options).unwrap()).into_keys().map(|(_, to)| to).collect::<Vec<_>>()
    };
    assert_eq!((columns(Matters::Auto), columns(Matters::Show)), (vec!["B".into(), "C".into()], vec!["plan".into()]));
}

#[test]
fn who_is_highlighted_stays_and_the_others_fade() {
    let mut maker = Maker::default().on("Quiet One", Oppose, "matter 1", "");
    for i in 0..900_usize {
        maker = maker.on(&format!("Actor {:03}", i % 90), Support, &format!("matter {}", i * i % 23), "");
    }
    let network = maker.tie("Actor 001", Oppose, &["Nobody"]).network();
    let lit = |name: &str, matters: Matters| {
        let options = DiagramOptions { highlight: vec![name.to_owned()], matters, ..options() };
        matrix_svg(&network, None, &options)
    };
    let plain = drawn(&network, None, &options());
    assert!(!plain.contains("Quiet One") && !plain.contains("opacity=\"0.16\""));
    let svg = lit(" quiet one", Matters::Auto).unwrap();
    let document = roxmltree::Document::parse(&svg).unwrap();
    for element in document.descendants().filter(|e| e.attribute("class").is_some_and(|c| c.starts_with("cell "))) {
        let own = element.attribute("data-source") == Some("Quiet One");
        assert_eq!(element.attribute("opacity").is_none(), own);
    }
    let bright = |e: &roxmltree::Node<'_, '_>| e.attribute("data-name").is_some() && e.attribute("opacity").is_none();
    let names: Vec<&str> = document.descendants().filter(bright).filter_map(|e| e.attribute("data-name")).collect();
    assert_eq!(names, ["matter 1", "Quiet One"]);
    let error = lit("Nobody", Matters::Auto).unwrap_err().to_string();
    assert!(error.contains("Nobody takes no stance on a matter") && error.contains("--matters hide"), "{error}");
    assert!(lit("Nobody", Matters::Hide).is_ok());
    assert!(lit("Nobdy", Matters::Auto).unwrap_err().to_string().contains("did you mean Nobody"));
}

#[test]
fn a_page_that_may_grow_shows_all_rows() {
    let mut maker = Maker::default();
    for i in 0..60_usize {
        maker = maker.on(&format!("Actor {i}"), if i % 3 == 0 { Oppose } else { Support }, "the plan", "");
    }
    let network = maker.network();
    let rows = |fit: bool| {
        let svg = matrix_svg(&network, None, &DiagramOptions { fit, ..options() }).unwrap();
        (svg.matches("class=\"row\"").count(), svg.contains("height=\"900\""))
    };
    let (few, same) = rows(false);
    assert!(few < 60 && same);
    assert_eq!(rows(true), (60, false));
}

#[test]
fn an_edge_list_has_its_weights_in_the_cells() {
    use crate::network::{EdgeList, NodeTable, listed};
    let matrix = |text: &str| {
        let list = EdgeList::read_directed("t.csv", text.as_bytes(), b',').unwrap();
        let network = listed(&list, &NodeTable::default(), &|_| None);
        drawn(&network, None, &DiagramOptions { kinds: false, ..options() })
    };
    let counts = matrix("source,target,weight\na,b,3\nb,a,-1\nc,a,2\n");
    assert!(counts.contains("a supports b\nweight 3") && texts(&counts).iter().any(|t| t == "weight"));
    assert!(
        !counts.contains("statement<") && !texts(&counts).iter().any(|t| t.contains("statement") || t == "country")
    );
    let weights = matrix("source,target,weight\na,b,0.37\nb,a,-0.02\n");
    assert!(weights.contains("b opposes a\nweight 0.02") && !texts(&weights).iter().any(|t| t == "weight" || t == "9"));
}

#[test]
fn all_themes_and_ways_of_writing_draw_the_same_cells() {
    let (network, blocs) = founding();
    let plain = cells(&drawn(&network, Some(&blocs), &options()));
    for theme in [Theme::Light, Theme::Dark, Theme::Print] {
        for text in [TextAs::Fonts, TextAs::Outlines] {
            assert_eq!(cells(&drawn(&network, Some(&blocs), &DiagramOptions { theme, text, ..options() })), plain);
        }
    }
}

#[test]
fn impossible_sizes_are_refused() {
    for (width, height) in [(0, 900), (1200, 299), (1200, 20_001)] {
        let error = matrix_svg(&Network::default(), None, &DiagramOptions { width, height, ..options() }).unwrap_err();
        assert!(error.to_string().contains("use 300 to 20000"), "{error}");
    }
}
