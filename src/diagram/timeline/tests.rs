use super::*;
use crate::network::{NetworkOptions, build};
use crate::statement::{Kind, Relation, Statement};
use proptest::prelude::*;
use std::collections::BTreeSet;

const SVG: &str = "http://www.w3.org/2000/svg";

/// A statement of a country's; the target is a matter where it begins with "the ". Marks: `h` hedged, `w` withheld.
pub(super) fn dated(day: &str, holder: &str, relation: Relation, target: &str, marks: &str) -> Statement {
    let matter = target.starts_with("the ");
    let mut statement = Statement {
        id: String::new(),
        document: format!("report of {day} by {holder}"),
        date: day.parse().ok(),
        sentence: Some(1),
        holder: holder.to_owned(),
        holder_kind: Some(Kind::Country),
        holder_for: None,
        relation,
        target: target.to_owned(),
        target_kind: Some(if matter { Kind::Matter } else { Kind::Country }),
        toward: Vec::new(),
        matter: matter.then(|| target.to_owned()),
        withheld: marks.contains('w'),
        hedged: marks.contains('h'),
        source: None,
        quote: format!("{holder} would {relation} {target}"),
        span: None,
        coder: "human".to_owned(),
        confidence: None,
        extra: Default::default(),
    };
    statement.id = statement.hash();
    statement
}

fn network(statements: &[Statement]) -> Network {
    build(statements, &NetworkOptions::default(), &|_| None, &|_| None)
}

fn drawn(statements: &[Statement], options: &DiagramOptions) -> String {
    let svg = timeline_svg(&network(statements), options).unwrap();
    sound(&svg);
    svg
}

/// What every picture must be: XML with unique ids that fit XML, and texts that do not overlap.
pub(super) fn sound(svg: &str) {
    let document = roxmltree::Document::parse(svg).unwrap();
    let mut ids = BTreeSet::new();
    for id in document.descendants().filter_map(|e| e.attribute("id")) {
        assert!(ids.insert(id), "{id} twice");
        assert!(id.starts_with(|c: char| c.is_ascii_alphabetic()), "{id}");
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{id}");
    }
    assert_eq!(document.root_element().attribute("role"), Some("img"));
    let halo = |e: roxmltree::Node<'_, '_>| e.ancestors().any(|a| a.attribute("class") == Some("halo"));
    let texts: Vec<(Rect, &str)> = document
        .descendants()
        .filter(|e| e.has_tag_name((SVG, "text")) && !halo(*e))
        .map(|e| (box_of(e), e.text().unwrap_or_default()))
        .collect();
    for (i, (one, words)) in texts.iter().enumerate() {
        for (two, others) in &texts[i + 1..] {
            assert!(!one.hits(*two), "\"{words}\" on \"{others}\"");
        }
    }
}

/// The box of a text, a little less high than its font.
fn box_of(text: roxmltree::Node<'_, '_>) -> Rect {
    use super::super::text::{Weight, width};
    let number = |name: &str| text.attribute(name).and_then(|v| v.parse::<f64>().ok()).unwrap_or(0.0);
    let size = number("font-size");
    let weight = if text.attribute("font-weight") == Some("bold") { Weight::Bold } else { Weight::Regular };
    let wide = width(text.text().unwrap_or_default(), size, weight);
    let left = match text.attribute("text-anchor") {
        Some("middle") => number("x") - 0.5 * wide,
        Some("end") => number("x") - wide,
        _ => number("x"),
    };
    // plotters puts the baseline 0.76 em below the top, by `dy`.
    let baseline = number("y") + 0.76 * size;
    Rect::between(left, baseline - 0.7 * size, left + wide, baseline + 0.1 * size)
}

/// The tooltips of all statements.
fn marks(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let marks = document.descendants().filter(|e| e.attribute("class").is_some_and(|c| c.starts_with("statement")));
    marks.filter_map(|e| e.first_element_child()?.text()).map(str::to_owned).collect()
}

fn year() -> Vec<Statement> {
    vec![
        dated("2024-01-03", "Norland", Relation::Support, "the treaty", ""),
        dated("2024-01-09", "Vestria", Relation::Support, "the treaty", "h"),
        dated("2024-02-01", "Kallia", Relation::Support, "the treaty", ""),
        dated("2024-03-15", "Norland", Relation::Support, "the treaty", ""),
        dated("2024-06-20", "Kallia", Relation::Oppose, "the treaty", ""),
        dated("2024-06-20", "Osmark", Relation::Oppose, "the treaty", ""),
        dated("2024-04-01", "Norland", Relation::Invite, "Zell", ""),
        dated("2024-05-01", "Kallia", Relation::Invite, "Zell", "w"),
        dated("2024-05-11", "Osmark", Relation::Oppose, "Zell", ""),
        dated("", "Tavia", Relation::Oppose, "Zell", ""),
    ]
}

#[test]
fn every_dated_statement_is_a_mark_of_its_form() {
    let svg = drawn(&year(), &DiagramOptions::default());
    let marks = marks(&svg);
    assert_eq!(marks.len(), 9, "{marks:?}");
    assert!(marks.iter().any(|m| m.starts_with("Norland invites Zell\n“Norland would invite Zell”\n")), "{marks:?}");
    assert!(marks.iter().any(|m| m.starts_with("Kallia does not invite Zell")), "{marks:?}");
    assert!(svg.contains("; 1 undated statement is not shown"));
    for class in ["statement support first", "statement support hedged first", "statement invite withheld first"] {
        assert!(svg.contains(&format!("class=\"{class}\"")), "{class}");
    }
    for words in [">The treaty</text>", ">4 for, 2 against</text>", ">Toward Zell</text>"] {
        assert!(svg.contains(words), "{words}");
    }
}

#[test]
fn who_changes_sides_is_named() {
    let svg = drawn(&year(), &DiagramOptions::default());
    assert!(svg.contains("from support to opposition</text>"), "{svg}");
    let turned = marks(&svg).into_iter().find(|m| m.contains("Change of sides")).unwrap();
    assert!(
        turned.starts_with("Kallia opposes the treaty\nChange of sides: supported it on 1 February 2024"),
        "{turned}"
    );
    // Neither a day with both sides nor what is hedged is a change.
    let both = [
        dated("2024-01-03", "Norland", Relation::Support, "the treaty", ""),
        dated("2024-01-05", "Norland", Relation::Oppose, "the treaty", "h"),
        dated("2024-01-09", "Vestria", Relation::Support, "the treaty", ""),
        dated("2024-01-09", "Vestria", Relation::Oppose, "the treaty", ""),
    ];
    assert!(!drawn(&both, &DiagramOptions::default()).contains("Change of sides"));
}

#[test]
fn one_statement_and_one_day_are_drawn() {
    let one = drawn(&year()[..1], &DiagramOptions::default());
    assert!(one.contains("The treaty: who took which side, and when") && one.contains(">3 January 2024</text>"));
    let day: Vec<Statement> =
        (0..40).map(|i| dated("2024-06-12", &format!("Land {i}"), Relation::Support, "the treaty", "")).collect();
    let svg = drawn(&day, &DiagramOptions::default());
    assert_eq!(marks(&svg).len(), 40);
    assert!(svg.matches("class=\"label\"").count() > 30);
}

#[test]
fn without_dates_there_is_nothing_to_draw() {
    let undated = [dated("", "Norland", Relation::Support, "the treaty", "")];
    let error = timeline_svg(&network(&undated), &DiagramOptions::default()).unwrap_err();
    assert!(matches!(&error, Error::Empty(words) if words.contains("give the statements dates")), "{error}");
}

/// Statements of some actors on some matters over some days, all made of one number.
fn many(statements: u64, actors: u64, matters: u64, days: i64, seed: u64) -> Vec<Statement> {
    let mut state = seed;
    let mut dice = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below.max(1)
    };
    let first = jiff::civil::date(2001, 2, 28);
    let mut one = |i: u64| {
        let day = first.checked_add(jiff::Span::new().days(dice(days as u64) as i64)).unwrap();
        let relation = Relation::ALL[dice(3) as usize];
        let target = match relation {
            Relation::Invite => format!("Land {}", dice(3)),
            _ => format!("the matter {}", dice(matters)),
        };
        let mut statement = dated(&day.to_string(), &format!("Actor {}", dice(actors)), relation, &target, "");
        statement.document = format!("report {i}");
        statement.hedged = dice(5) == 0;
        statement
    };
    (0..statements).map(&mut one).collect()
}

#[test]
fn very_many_statements_become_bars_that_count_them_all() {
    let svg = drawn(&many(5_000, 60, 4, 365, 3), &DiagramOptions::default());
    let document = roxmltree::Document::parse(&svg).unwrap();
    let bars = document.descendants().filter(|e| e.attribute("id").is_some_and(|id| id.starts_with("bar-")));
    let told: usize = bars.map(|bar| bar.attribute("data-statements").unwrap().parse::<usize>().unwrap()).sum();
    assert_eq!(told, 5_000);
    assert!(svg.contains("each bar: the statements of a week"));
    assert!(svg.len() < 1_000_000);
}

#[test]
fn hostile_names_stay_text() {
    let evil = "<script>alert(\"1\")</script> & 'x'\u{1}\u{202E}";
    let rows = [
        dated("2024-01-01", evil, Relation::Support, "the ]]> <!-- \u{0}", ""),
        dated("9999-12-31", "习近平", Relation::Oppose, "the ]]> <!-- \u{0}", ""),
        dated("-009999-01-01", "محمد بن سلمان", Relation::Invite, evil, ""),
    ];
    let svg = drawn(&rows, &DiagramOptions { width: 300, height: 300, ..DiagramOptions::default() });
    let document = roxmltree::Document::parse(&svg).unwrap();
    assert!(!document.descendants().any(|e| e.tag_name().name() == "script"));
    assert_eq!(marks(&svg).len(), 3);
}

#[test]
fn highlighted_actors_stand_out() {
    let options = DiagramOptions { highlight: vec!["kallia".into()], ..DiagramOptions::default() };
    let svg = drawn(&year(), &options);
    assert_eq!(svg.matches("opacity=\"0.16\"").count(), 6);
    let nobody = DiagramOptions { highlight: vec!["Nowhere".into()], ..DiagramOptions::default() };
    assert!(matches!(timeline_svg(&network(&year()), &nobody), Err(Error::Usage(_))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_there_is_is_shown_once_in_any_order(
        statements in 1_u64..160, actors in 1_u64..30, matters in 1_u64..30, days in 1_i64..9_000, seed: u64,
    ) {
        let mut rows = many(statements, actors, matters, days, seed);
        let options = DiagramOptions::default();
        let svg = drawn(&rows, &options);
        let network = network(&rows);
        prop_assert_eq!(marks(&svg).len(), Timeline::of(&network).events().count());
        rows.reverse();
        prop_assert_eq!(svg, drawn(&rows, &options));
    }
}
