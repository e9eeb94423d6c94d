//! Pictures of the network, as SVG.
//!
//! In: a [`Network`] and its blocs. Out: an SVG document in a string, drawn by plotters. Never here: reading files,
//! finding blocs, deciding where things go (see [`crate::layout`]).
//!
//! The picture is drawn bottom up: tinted areas of blocs, ties, marks, labels, then title and legend. Every mark is a
//! group with an id, classes, `data-` attributes and a tooltip that names the evidence. The same input and options
//! give the same bytes.

mod blocs;
mod canvas;
mod frame;
mod legend;
mod lines;
mod marks;
mod matters;
mod names;
mod outline;
mod picture;
mod style;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod words;

pub use style::Theme;

use crate::clusters::Blocs;
use crate::layout::geometry::{Point, Rect};
use crate::layout::{Effort, Layout, layout};
use crate::network::Network;
use crate::{Error, Result};
use canvas::Canvas;
use frame::Frame;
use legend::Legend;
use picture::Picture;

/// Whether matters are drawn as hubs between the actors who take a stance on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Matters {
    /// Those that tell more than the ties that run through them: three actors or more stand on it, and it takes the
    /// place of three ties or more.
    #[default]
    Auto,
    /// All.
    Show,
    /// None.
    Hide,
}

/// How text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextAs {
    /// As text, set in a font of the viewer's; it can be searched and copied.
    #[default]
    Fonts,
    /// As shapes, so that it looks the same everywhere, even in a viewer without fonts.
    Outlines,
}

/// What the caller wants.
#[derive(Debug, Clone)]
pub struct DiagramOptions {
    /// Width of the page in pixels, 300 to 20,000.
    pub width: u32,
    /// Height of the page in pixels, 300 to 20,000.
    pub height: u32,
    /// What is seen; `None`: a title made of the relations that occur.
    pub title: Option<String>,
    /// Dates and counts; `None`: made of the network.
    pub subtitle: Option<String>,
    /// The line at the foot; `None`: the documents' ids.
    pub source_line: Option<String>,
    /// Names of blocs, by number; where there is none or an empty one, the bloc is named after its members.
    pub bloc_names: Vec<String>,
    /// Another seed, another layout of like quality.
    pub seed: u64,
    /// Whether to draw matters.
    pub matters: Matters,
    /// How to write text.
    pub text: TextAs,
    /// Colours.
    pub theme: Theme,
    /// A font that the viewer may have, tried before the usual ones.
    pub font: Option<String>,
}

impl Default for DiagramOptions {
    fn default() -> Self {
        Self {
            width: 1200,
            height: 900,
            title: None,
            subtitle: None,
            source_line: None,
            bloc_names: Vec::new(),
            seed: 1,
            matters: Matters::default(),
            text: TextAs::default(),
            theme: Theme::default(),
            font: None,
        }
    }
}

/// Draws the network. O(n²) up to some 1,500 actors; beyond 2,000 only the most active are drawn, and the subtitle
/// says so.
pub fn network_svg(network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions) -> Result<String> {
    draw(network, blocs, options, Effort::default())
}

fn draw(network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions, effort: Effort) -> Result<String> {
    for (side, value) in [("width", options.width), ("height", options.height)] {
        if !(300..=20_000).contains(&value) {
            return Err(Error::Usage(format!("the picture's {side} is {value}; use 300 to 20000")));
        }
    }
    let (width, height) = (f64::from(options.width), f64::from(options.height));
    let picture = Picture::new(network, blocs, options, width, 0.72 * height);
    let frame = Frame::new(
        Point::new(width, height),
        &words::title(&picture, options),
        &words::subtitle(network, &picture, options),
        &options.source_line.clone().unwrap_or_else(|| words::source(network)),
    );
    let legend = Legend::new(&picture, frame.breadth());
    let room = frame.room(legend.height);
    let placed = place(&picture, room, options.seed, effort);

    let mut canvas = Canvas::new(width, height, options.text, options.font.as_deref(), options.theme);
    frame.draw_paper(&mut canvas)?;
    blocs::draw(&mut canvas, &picture, &placed, room)?;
    lines::draw(&mut canvas, network, &picture, &placed)?;
    marks::draw(&mut canvas, network, &picture, &placed)?;
    blocs::draw_names(&mut canvas, &picture, &placed, room)?;
    if picture.marks.is_empty() {
        frame.draw_note(&mut canvas, "No actors and no ties were found.", room.center)?;
    }
    frame.draw_words(&mut canvas)?;
    legend.draw(&mut canvas, frame.foot(legend.height), frame.breadth())?;
    Ok(frame.document(&words::description(network, &picture), canvas))
}

/// Lays the picture out within the room left for it on the page.
fn place(picture: &Picture, room: Rect, seed: u64, effort: Effort) -> Layout {
    let mut placed = layout(&picture.graph(2.0 * room.half.x, 2.0 * room.half.y, seed, effort));
    let corner = room.center - room.half;
    for p in &mut placed.positions {
        *p = *p + corner;
    }
    for label in placed.labels.iter_mut().flatten() {
        label.rect.center = label.rect.center + corner;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::testing::{Maker, blocs_by, founding, planted};
    use super::*;
    use crate::layout::tests::overlaps;
    use crate::statement::{Kind, Relation};
    use std::collections::BTreeSet;

    const QUICK: Effort = Effort { starts: 1, rounds: 20 };

    fn options() -> DiagramOptions {
        DiagramOptions { title: Some("Who would go along?".into()), ..DiagramOptions::default() }
    }

    /// Draws, and checks what every picture must be: XML with unique ids that fit XML, and a tooltip on every mark.
    fn drawn(network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions) -> String {
        let svg = draw(network, blocs, options, QUICK).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let mut ids = BTreeSet::new();
        for element in document.descendants() {
            if let Some(id) = element.attribute("id") {
                assert!(ids.insert(id.to_owned()), "{id} twice");
                assert!(id.starts_with(|c: char| c.is_ascii_alphabetic()), "{id}");
                assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{id}");
                if ["actor-", "tie-", "matter-", "bloc-"].iter().any(|kind| id.starts_with(kind)) && id != "bloc-names"
                {
                    let title = element.first_element_child().unwrap();
                    assert!(title.has_tag_name((SVG, "title")) && title.text().is_some_and(|t| !t.is_empty()), "{id}");
                }
            }
        }
        let root = document.root_element();
        assert_eq!((root.attribute("role"), ids.contains("picture-title")), (Some("img"), true));
        svg
    }

    const SVG: &str = "http://www.w3.org/2000/svg";

    fn texts(svg: &str) -> Vec<String> {
        let document = roxmltree::Document::parse(svg).unwrap();
        let texts = document.descendants().filter(|e| e.has_tag_name((SVG, "text")));
        texts.filter_map(|e| e.text()).map(str::to_owned).collect()
    }

    #[test]
    fn the_founding_case_is_drawn_without_overlaps() {
        let (network, blocs) = founding();
        let picture = Picture::new(&network, Some(&blocs), &options(), 1200.0, 650.0);
        let graph = picture.graph(1150.0, 640.0, 1, QUICK);
        let found = overlaps(&graph, &layout(&graph));
        assert!(found.is_empty(), "{found:?}");
        let svg = drawn(&network, Some(&blocs), &options());
        let written = texts(&svg);
        for words in ["Ukraine", "Thierry Burkhard", "Who would go along?", "withholds an invitation", "supports"] {
            assert!(written.iter().any(|t| t == words), "{words}: {written:?}");
        }
        assert!(svg.contains("class=\"tie invite withheld\"") && svg.contains("class=\"tie oppose hedged\""));
        assert!(svg.contains("France does not invite Germany"));
    }

    #[test]
    fn a_matter_takes_the_place_of_the_ties_that_run_through_it() {
        let (network, blocs) = founding();
        let ties = |matters: Matters| {
            let svg = drawn(&network, Some(&blocs), &DiagramOptions { matters, ..options() });
            let from_germany = svg.matches("data-source=\"Germany\" data-target=\"France\"").count();
            (svg.matches("class=\"matter\"").count(), from_germany, svg.matches(" stand\"").count())
        };
        assert_eq!(ties(Matters::Auto), (1, 0, 5));
        assert_eq!(ties(Matters::Hide), (0, 1, 0));
        assert_eq!(ties(Matters::Show), (1, 0, 5));
    }

    #[test]
    fn two_stances_do_not_make_a_hub() {
        let maker = Maker::default().on("Italy", Relation::Oppose, "levy", "France");
        let network = maker.on("Spain", Relation::Oppose, "levy", "France").network();
        assert!(!drawn(&network, None, &options()).contains("class=\"matter\""));
    }

    #[test]
    fn the_same_network_gives_the_same_bytes() {
        let (network, blocs) = founding();
        let svg = drawn(&network, Some(&blocs), &options());
        assert_eq!(svg, drawn(&network, Some(&blocs), &options()));
        assert_ne!(svg, drawn(&network, Some(&blocs), &DiagramOptions { seed: 2, ..options() }));
    }

    #[test]
    fn hostile_names_stay_text() {
        let evil = "<script>alert(\"1\")</script> & 'x'\u{1}\u{202E}";
        let network = Maker::default()
            .actors(Kind::Person, &[evil, "", "习近平", "محمد بن سلمان"])
            .tie(evil, Relation::Invite, &["习近平"])
            .tie("", Relation::Support, &["محمد بن سلمان"])
            .on(evil, Relation::Oppose, "]]> <!-- \u{0}", "")
            .network();
        let options = DiagramOptions {
            title: Some("A & B <\u{7}>".into()),
            subtitle: Some("\"quoted\"".into()),
            source_line: Some("a < b".into()),
            bloc_names: vec!["<b>".into()],
            matters: Matters::Show,
            ..options()
        };
        let svg = drawn(&network, Some(&blocs_by(&network, |_| 0)), &options);
        let document = roxmltree::Document::parse(&svg).unwrap();
        assert!(!document.descendants().any(|e| e.tag_name().name() == "script"));
        let names: Vec<&str> = document.descendants().filter_map(|e| e.attribute("data-name")).collect();
        assert!(names.contains(&"<script>alert(\"1\")</script> & 'x'") && names.contains(&"(no name)"), "{names:?}");
        assert!(texts(&svg).contains(&"A & B < >".to_owned()));
    }

    #[test]
    fn empty_and_tiny_networks_are_drawn_honestly() {
        let none = drawn(&Maker::default().network(), None, &DiagramOptions::default());
        assert!(none.contains("No actors and no ties were found"));
        let one = Maker::default().actors(Kind::Person, &["Somebody"]).network();
        let svg = drawn(&one, Some(&blocs_by(&one, |_| 0)), &DiagramOptions::default());
        assert!(svg.contains("1 actor, no ties were found") && svg.contains(">Somebody</text>"));
        let two = Maker::default().tie("A", Relation::Oppose, &["B"]).tie("B", Relation::Oppose, &["A"]).network();
        let svg = drawn(&two, None, &DiagramOptions::default());
        assert!(svg.contains("Who opposes whom") && !texts(&svg).iter().any(|t| t == "supports" || t == "invites"));
    }

    #[test]
    fn many_invitations_from_one_are_all_drawn_and_labelled() {
        let guests: Vec<String> = (0..40).map(|i| format!("Guest number {i}")).collect();
        let guests: Vec<&str> = guests.iter().map(String::as_str).collect();
        let network = Maker::default().tie("Host", Relation::Invite, &guests).network();
        let picture = Picture::new(&network, None, &options(), 1200.0, 650.0);
        let graph = picture.graph(1150.0, 640.0, 1, QUICK);
        let found = overlaps(&graph, &layout(&graph));
        assert!(found.is_empty(), "{found:?}");
        let svg = drawn(&network, None, &options());
        assert_eq!(svg.matches("class=\"tie invite\"").count(), 40);
    }

    #[test]
    fn hundreds_of_actors_are_drawn_with_labels_for_some() {
        let (network, blocs) = planted(200, 4, 500, 3);
        let svg = drawn(&network, Some(&blocs), &DiagramOptions::default());
        let labels = svg.matches("class=\"label\"").count();
        assert!((20..150).contains(&labels), "{labels}");
        assert_eq!(svg.matches("class=\"actor ").count(), network.graph.node_count());
    }

    #[test]
    fn too_many_actors_are_cut_and_the_subtitle_says_so() {
        let names: Vec<String> = (0..2_050).map(|i| format!("A{i:04}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let network =
            Maker::default().actors(Kind::Person, &names).tie("A2049", Relation::Support, &["A2048"]).network();
        let picture = Picture::new(&network, None, &options(), 1200.0, 650.0);
        assert_eq!((picture.marks.len(), picture.lines.len()), (2_000, 1));
        let subtitle = words::subtitle(&network, &picture, &options());
        assert!(subtitle.starts_with("The 2,000 most active of 2,050 actors"), "{subtitle}");
    }

    #[test]
    fn text_can_be_written_as_shapes() {
        let (network, blocs) = founding();
        let svg = drawn(&network, Some(&blocs), &DiagramOptions { text: TextAs::Outlines, ..options() });
        assert!(texts(&svg).is_empty() && svg.contains("Thierry Burkhard"));
    }

    #[test]
    fn impossible_sizes_are_refused() {
        let network = Network::default();
        for (width, height) in [(0, 900), (1200, 299), (1200, 20_001)] {
            let error = network_svg(&network, None, &DiagramOptions { width, height, ..options() }).unwrap_err();
            assert!(error.to_string().contains("use 300 to 20000"), "{error}");
        }
    }
}
