//! Whatever actors are called, a picture is drawn, and is XML.

use super::testing::{Maker, blocs_by};
use super::*;
use crate::statement::{Kind, Relation};
use proptest::prelude::*;

const QUICK: Effort = Effort { starts: 1, rounds: 5 };

/// Any letters; markup; letters that turn, join or hide others; nothing; a great deal.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => any::<String>(),
        2 => "[<>&\"'\\]\\[!/=; a-z-]{0,30}",
        2 => "[\u{590}-\u{6ff}\u{900}-\u{97f}\u{300}-\u{310}\u{200b}-\u{200f}\u{202a}-\u{202e}a-z ]{0,30}",
        1 => "[\u{0}-\u{20}\u{1f300}-\u{1f6ff}\u{fe0f}]{0,12}",
        1 => Just("Very long name ".repeat(300)),
        1 => Just("W".repeat(3_000)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_names_make_a_picture(
        names in prop::collection::vec(name(), 4),
        (title, font, matter) in (name(), name(), name()),
        outlines: bool,
    ) {
        let network = Maker::default()
            .actors(Kind::Person, &[names[0].as_str()])
            .tie(&names[0], Relation::Oppose, &[&names[1], &names[2]])
            .tie(&names[3], Relation::Invite, &[&names[0]])
            .on(&names[1], Relation::Support, &matter, &names[2])
            .network();
        let options = DiagramOptions {
            width: 500,
            height: 400,
            fit: true,
            subtitle: Some(names[3].clone()),
            source_line: Some(matter.clone()),
            bloc_names: vec![names[2].clone()],
            title: Some(title),
            font: Some(font),
            matters: Matters::Show,
            text: if outlines { TextAs::Outlines } else { TextAs::Fonts },
            ..DiagramOptions::default()
        };
        let svg = draw(&network, Some(&blocs_by(&network, |_| 0)), &options, QUICK).unwrap().svg().unwrap();
        let document = roxmltree::Document::parse(&svg).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
        let known = ["svg", "title", "desc", "g", "text", "polyline", "polygon", "circle", "line", "rect"];
        prop_assert!(document.descendants().filter(|e| e.is_element()).all(|e| known.contains(&e.tag_name().name())));
        // Numbers only where numbers belong.
        prop_assert!(!svg.contains("NaN") || names.iter().chain([&matter]).any(|name| name.contains("NaN")));
        let plain = DiagramOptions { font: None, ..options };
        let svg = draw(&network, None, &plain, QUICK).unwrap().svg().unwrap();
        prop_assert!(raster(&svg, 0.2).unwrap().png.len() > 100);
    }
}
