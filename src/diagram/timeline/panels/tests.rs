use super::super::tests::{dated, sound};
use super::*;
use crate::network::{NetworkOptions, Windows, build};
use crate::statement::{Relation, Statement};
use std::collections::BTreeMap;

const QUICK: Effort = Effort { starts: 1, rounds: 20 };

fn network(statements: &[Statement], window: Option<&Window>) -> Network {
    let options =
        NetworkOptions { from: window.map(|w| w.from), to: window.map(|w| w.to), ..NetworkOptions::default() };
    build(statements, &options, &|_| None, &|_| None)
}

/// A panel for each window; the blocs are those whose names begin alike.
fn panels(statements: &[Statement], windows: &str) -> Vec<Panel> {
    let windows: Windows = windows.parse().unwrap();
    let cut = windows.over(statements.iter().filter_map(|s| s.date), None, None).unwrap();
    let panel = |window: Window| {
        let network = network(statements, Some(&window));
        let of = network.graph.node_weights().map(|a| usize::from(a.name.as_bytes()[0])).collect();
        Panel { window, network, of }
    };
    cut.into_iter().map(panel).collect()
}

fn half_a_year() -> Vec<Statement> {
    let mut all = Vec::new();
    for (i, month) in [1, 2, 2, 4, 4, 4, 5, 6, 6].into_iter().enumerate() {
        let day = format!("2024-0{month}-1{}", i % 5);
        all.push(dated(&day, ["Ana", "Abo", "Bea", "Bob"][i % 4], Relation::Support, ["Abe", "Bim"][i % 2], ""));
        all.push(dated(&day, ["Ana", "Bob"][i % 2], Relation::Oppose, "Cho", ""));
    }
    all
}

fn drawn(statements: &[Statement], windows: &str, options: &DiagramOptions) -> String {
    draw(&network(statements, None), None, &panels(statements, windows), options, QUICK).unwrap()
}

/// Where the marks of an actor are drawn, by window.
fn places(svg: &str, name: &str) -> BTreeMap<String, (f64, f64)> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let of = document.descendants().filter(|e| {
        e.attribute("data-name") == Some(name) && e.attribute("class").is_some_and(|c| c.starts_with("actor"))
    });
    let number = |e: roxmltree::Node<'_, '_>, a: &str| e.attribute(a).unwrap().parse::<f64>().unwrap();
    let place = |mark: roxmltree::Node<'_, '_>| {
        let window = mark.ancestors().find(|a| a.attribute("class") == Some("window"))?.attribute("id")?;
        let disc = mark.descendants().find(|e| e.has_attribute("cx"))?;
        Some((window.to_owned(), (number(disc, "cx"), number(disc, "cy"))))
    };
    of.filter_map(place).collect()
}

#[test]
fn every_actor_has_the_same_place_in_all_windows() {
    let kinds = DiagramOptions { kinds: false, ..DiagramOptions::default() };
    let svg = drawn(&half_a_year(), "month", &kinds);
    sound(&svg);
    assert_eq!(svg.matches("class=\"window\"").count(), 6);
    assert!(svg.contains("March 2024: no statements"));
    let (one, two) = (places(&svg, "Cho"), places(&svg, "Ana"));
    let apart: Vec<(f64, f64)> =
        one.iter().filter_map(|(window, a)| two.get(window).map(|b| (a.0 - b.0, a.1 - b.1))).collect();
    assert!(apart.len() > 2, "{one:?} {two:?}");
    for pair in apart.windows(2) {
        assert!((pair[0].0 - pair[1].0).abs() < 2.0 && (pair[0].1 - pair[1].1).abs() < 2.0, "{apart:?}");
    }
}

#[test]
fn the_order_of_rows_does_not_matter_and_the_seed_does() {
    let statements = half_a_year();
    let mut turned = statements.clone();
    turned.reverse();
    let options = DiagramOptions::default();
    let svg = drawn(&statements, "month", &options);
    assert_eq!(svg, drawn(&turned, "month", &options));
    assert_ne!(svg, drawn(&statements, "month", &DiagramOptions { seed: 2, ..options }));
}

#[test]
fn blocs_keep_their_colour_and_who_moves_has_a_ring() {
    let statements = half_a_year();
    let mut all = panels(&statements, "quarter");
    let svg = |all: &[Panel]| draw(&network(&statements, None), None, all, &DiagramOptions::default(), QUICK).unwrap();
    assert!(!svg(&all).contains("in another bloc"));
    // Other numbers, the same blocs.
    let before = svg(&all);
    all[1].of.iter_mut().for_each(|bloc| *bloc = 1_000 - *bloc);
    assert_eq!(before, svg(&all));
    let bob = all[1].network.graph.node_weights().position(|a| a.name == "Bob").unwrap();
    all[1].of[bob] = all[1].of[0];
    let svg = svg(&all);
    assert!(svg.contains("In another bloc than before: Bob") && svg.contains("ring: in another bloc"), "{svg}");
}

#[test]
fn names_in_a_window_do_not_cover_each_other() {
    sound(&drawn(&half_a_year(), "10d", &DiagramOptions { width: 900, height: 700, ..DiagramOptions::default() }));
}

#[test]
fn too_many_windows_are_refused() {
    let statements = half_a_year();
    let windows = panels(&statements, "3d");
    let error = panels_svg(&network(&statements, None), None, &windows, &DiagramOptions::default()).unwrap_err();
    assert!(matches!(&error, Error::Usage(words) if words.contains("up to 24")), "{error}");
    assert!(check(0).is_err() && check(24).is_ok());
}
