//! Pictures of the network, as SVG.
//!
//! In: a [`Network`] and its blocs. Out: an SVG document in a string, drawn by plotters. Never here: reading files,
//! finding blocs, deciding where things go (see [`crate::layout`]).
//!
//! The picture is drawn bottom up: tinted areas of blocs, ties, marks, labels, then title and legend. Every mark is a
//! group with an id, classes, `data-` attributes and a tooltip that names the evidence. The same input and options
//! give the same bytes.

#[cfg(test)]
mod any_names;
mod blocs;
mod canvas;
mod frame;
mod highlight;
mod legend;
mod lines;
mod marks;
mod matrix;
mod matters;
mod names;
mod outline;
mod overview;
mod picture;
mod placement;
mod raster;
mod samples;
mod seen;
mod shape;
mod sheet;
mod style;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod timeline;
mod words;

pub use matrix::matrix_svg;
pub use placement::Places;
pub use raster::{Raster, pixels, raster};
pub use seen::Seen;
pub use style::Theme;
pub use timeline::{MOST_PANELS, Panel, check_panels, panels_svg, timeline_svg};

use crate::clusters::Blocs;
use crate::layout::Effort;
use crate::layout::geometry::Point;
use crate::network::Network;
use crate::{Error, Result};
use sheet::Sheet;
use std::collections::BTreeMap;
use style::{LEAST_UNIT, unit_in_detail};

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
    /// Width of the page in pixels, 300 to 20,000; see `fit`.
    pub width: u32,
    /// Height of the page in pixels, 300 to 20,000; see `fit`.
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
    /// Whether the page may be larger than `width` and `height` where the labels of a small network need more room, and
    /// where there are very many actors.
    pub fit: bool,
    /// What actors are called in the picture, by the names that the network has.
    pub labels: BTreeMap<String, String>,
    /// Whether the network knows what its actors are; otherwise all have one shape.
    pub kinds: bool,
    /// Names or labels of actors; all but these, their ties and those at the other ends is faded. Then actors are drawn
    /// however many there are.
    pub highlight: Vec<String>,
    /// Places from an earlier picture; who was in it is put there again.
    pub places: Option<Places>,
    /// Draws every actor, also where there are so many that blocs would be drawn instead.
    pub all: bool,
}

impl DiagramOptions {
    /// Whether blocs are drawn in the place of actors.
    fn as_blocs(&self, network: &Network) -> bool {
        network.graph.node_count() > MOST_MARKS && !self.all && self.highlight.is_empty()
    }
}

/// A network laid out on its page, to be drawn, told and measured without being laid out again.
#[derive(Debug)]
pub struct Drawing<'a> {
    network: &'a Network,
    blocs: Option<&'a Blocs>,
    options: &'a DiagramOptions,
    sheet: Sheet,
}

impl Drawing<'_> {
    /// The SVG document.
    ///
    /// # Errors
    /// A mark that cannot be drawn.
    pub fn svg(&self) -> Result<String> {
        self.sheet.svg(self.network, self.options)
    }

    /// Positions, label boxes and curves as JSON; see [`Places`].
    ///
    /// # Errors
    /// A layout that cannot be written as JSON.
    pub fn layout(&self) -> Result<String> {
        self.sheet.layout(self.network, self.blocs, self.options)
    }

    /// How each actor is shown, in the network's order.
    pub fn seen(&self) -> Vec<Seen> {
        seen::seen(self.network, self.blocs, self.options, Some(&self.sheet))
    }

    /// The words that are written around the picture.
    pub fn captions(&self) -> Captions {
        self.sheet.captions(self.network, self.options)
    }
}

/// The words around a picture, and those that name its blocs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captions {
    /// What is seen.
    pub title: String,
    /// Dates and counts.
    pub subtitle: String,
    /// The line at the foot.
    pub source: String,
    /// Names of the blocs that are drawn, by number.
    pub blocs: BTreeMap<usize, String>,
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
            fit: false,
            labels: BTreeMap::new(),
            kinds: true,
            highlight: Vec::new(),
            places: None,
            all: false,
        }
    }
}

/// More marks than this are drawn as their blocs, unless all are asked for: they could not be told apart.
const MOST_MARKS: usize = 1_500;
/// How often, and by how much each time, there is made room where labels need it.
const GROWTH: (usize, f64) = (5, 1.25);

/// Lays the network out. O(n²) up to some 1,500 actors. Beyond, blocs take the place of actors, unless
/// [`DiagramOptions::all`] is set.
///
/// # Errors
/// A page of no size that can be drawn, or too small for the labels of a small network; a highlighted actor who is not
/// in the network; places of which none is an actor's.
pub fn draw_network<'a>(
    network: &'a Network,
    blocs: Option<&'a Blocs>,
    options: &'a DiagramOptions,
) -> Result<Drawing<'a>> {
    draw(network, blocs, options, Effort::default())
}

/// The picture that [`draw_network`] makes.
///
/// # Errors
/// Those of [`draw_network`].
pub fn network_svg(network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions) -> Result<String> {
    draw_network(network, blocs, options)?.svg()
}

/// How [`draw_network`] shows each actor, in the network's order, without drawing. Actors have no places where their
/// blocs would be drawn instead.
///
/// # Errors
/// Those of [`draw_network`].
pub fn seen(network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions) -> Result<Vec<Seen>> {
    let many = options.as_blocs(network);
    let sheet = if many { None } else { Some(sheet(network, blocs, options, Effort::default())?) };
    Ok(seen::seen(network, blocs, options, sheet.as_ref()))
}

fn draw<'a>(
    network: &'a Network,
    blocs: Option<&'a Blocs>,
    options: &'a DiagramOptions,
    effort: Effort,
) -> Result<Drawing<'a>> {
    Ok(Drawing { network, blocs, options, sheet: sheet(network, blocs, options, effort)? })
}

/// The page laid out, with room for its labels.
fn sheet(network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions, effort: Effort) -> Result<Sheet> {
    check_page(options)?;
    let mut page = Point::new(f64::from(options.width), f64::from(options.height));
    if options.fit {
        page = page * roominess(network, options);
    }
    let mut detail = 1.0;
    for _ in 0..GROWTH.0 {
        let sheet = Sheet::new(network, blocs, options, (page, detail), effort)?;
        // Where places are given, labels that find no room are left out: actors must not move.
        if sheet.is_complete() || options.places.is_some() {
            return Ok(sheet);
        }
        // Smaller marks and words on the same page, or as large ones on a larger page.
        detail *= GROWTH.1;
        if options.fit {
            page = Point::new((page.x * GROWTH.1).round(), (page.y * GROWTH.1).round());
        } else if unit_in_detail(page.x, page.y, detail) <= LEAST_UNIT {
            return Err(sheet.too_small());
        }
    }
    // Names of absurd length: what fits is written, the rest is told by the tooltips.
    Sheet::new(network, blocs, options, (page, detail), effort)
}

/// Refuses sizes that no page can have.
fn check_page(options: &DiagramOptions) -> Result<()> {
    for (side, value) in [("width", options.width), ("height", options.height)] {
        if !(300..=20_000).contains(&value) {
            return Err(Error::Usage(format!("the picture's {side} is {value}; use 300 to 20000")));
        }
    }
    Ok(())
}

/// By how much a page should be larger than usual for so many marks.
fn roominess(network: &Network, options: &DiagramOptions) -> f64 {
    match network.graph.node_count() {
        _ if options.as_blocs(network) => 1.0,
        n if n > MOST_MARKS => 2.0,
        n if n > 600 => 1.5,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::picture::Picture;
    use super::testing::{Maker, blocs_by, founding, planted};
    use super::*;
    use crate::layout::layout;
    use crate::layout::tests::overlaps;
    use crate::statement::{Kind, Relation};
    use std::collections::BTreeSet;

    const QUICK: Effort = Effort { starts: 1, rounds: 20 };

    fn options() -> DiagramOptions {
        DiagramOptions { title: Some("Who would go along?".into()), ..DiagramOptions::default() }
    }

    /// Draws, and checks what every picture must be: XML with unique ids that fit XML, and a tooltip on every mark.
    fn drawn(network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions) -> String {
        let svg = draw(network, blocs, options, QUICK).unwrap().svg().unwrap();
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
        let picture = Picture::new(&network, Some(&blocs), &options(), 1200.0, 650.0).unwrap();
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
        assert!(svg.contains("1 actor, without ties") && svg.contains(">Somebody</text>"));
        let two = Maker::default().tie("A", Relation::Oppose, &["B"]).tie("B", Relation::Oppose, &["A"]).network();
        let svg = drawn(&two, None, &DiagramOptions::default());
        assert!(svg.contains("Who opposes whom") && !texts(&svg).iter().any(|t| t == "supports" || t == "invites"));
    }

    #[test]
    fn many_invitations_from_one_are_all_drawn_and_labelled() {
        let guests: Vec<String> = (0..40).map(|i| format!("Guest number {i}")).collect();
        let guests: Vec<&str> = guests.iter().map(String::as_str).collect();
        let network = Maker::default().tie("Host", Relation::Invite, &guests).network();
        let picture = Picture::new(&network, None, &options(), 1200.0, 650.0).unwrap();
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
    fn an_edge_list_is_drawn_with_its_weights() {
        use crate::network::{EdgeList, NodeTable, listed};
        let text = "source,target,relation,sign,weight\nFRA,DEU,oppose,-1,2.5\nDEU,POL,,1,0.5\nPOL,FRA,invite,0,1\n";
        let list = EdgeList::read_directed("t.csv", text.as_bytes(), b',').unwrap();
        let network = listed(&list, &NodeTable::default(), &|_| None);
        let labels = BTreeMap::from([("FRA".to_owned(), "France".to_owned())]);
        let svg = drawn(&network, None, &DiagramOptions { labels, kinds: false, ..options() });
        assert!(svg.contains("France opposes DEU\nweight 2.5</title>") && svg.contains("POL invites France"), "{svg}");
        assert!(svg.contains("data-name=\"France\" data-id=\"FRA\"") && texts(&svg).contains(&"France".to_owned()));
        assert!(!texts(&svg).iter().any(|t| t == "institution" || t.contains("statement")), "{:?}", texts(&svg));
    }

    #[test]
    fn blocs_are_named_after_what_they_stand_for() {
        let (network, blocs) = founding();
        let picture = Picture::new(&network, Some(&blocs), &options(), 1200.0, 650.0).unwrap();
        let names: Vec<&str> = picture.blocs.iter().map(|b| b.name.as_str()).collect();
        assert!(names.iter().any(|n| n.starts_with("Opposed to ")), "{names:?}");
        let given = DiagramOptions { bloc_names: vec!["The willing".into()], ..options() };
        let picture = Picture::new(&network, Some(&blocs), &given, 1200.0, 650.0).unwrap();
        assert_eq!(picture.blocs[0].name, "The willing");
    }

    #[test]
    fn all_but_the_highlighted_fade() {
        let (network, blocs) = founding();
        let svg = drawn(&network, Some(&blocs), &DiagramOptions { highlight: vec!["germany".into()], ..options() });
        let document = roxmltree::Document::parse(&svg).unwrap();
        let faded = |name: &str| {
            let mark = document.descendants().find(|e| {
                e.attribute("class").is_some_and(|c| c.starts_with("actor ")) && e.attribute("data-name") == Some(name)
            });
            mark.unwrap().attribute("opacity").is_some()
        };
        assert!(!faded("Germany") && !faded("France") && faded("Latvia"));
        let misspelt = DiagramOptions { highlight: vec!["Germny".into()], ..options() };
        let error = draw_network(&network, None, &misspelt);
        assert!(error.unwrap_err().to_string().contains("did you mean Germany"));
    }

    #[test]
    fn actors_are_put_where_an_earlier_picture_had_them() {
        let (network, blocs) = founding();
        let first = draw(&network, Some(&blocs), &options(), QUICK).unwrap().layout().unwrap();
        let places = Places::read("places.json", &first).unwrap();
        let later = Maker::default().tie("Germany", Relation::Support, &["Ukraine", "Moldova"]).network();
        let placed = DiagramOptions { places: Some(places), ..options() };
        let again = draw_network(&later, None, &placed).unwrap().layout().unwrap();
        let at = |layout: &str, id: &str| {
            let json: serde_json::Value = serde_json::from_str(layout).unwrap();
            let node = json["nodes"].as_array().unwrap().iter().find(|n| n["id"] == id).unwrap().clone();
            (node["x"].as_f64().unwrap(), node["y"].as_f64().unwrap())
        };
        for name in ["Germany", "Ukraine"] {
            let ((x, y), (u, v)) = (at(&first, name), at(&again, name));
            assert!((x - u).abs() < 0.01 && (y - v).abs() < 30.0, "{name}: {x} {y}, {u} {v}");
        }
        let strangers = Maker::default().tie("Chad", Relation::Support, &["Mali"]).network();
        let error = draw_network(&strangers, None, &placed).unwrap_err();
        assert!(error.to_string().contains("none of the actors"), "{error}");
    }

    #[test]
    fn a_page_too_small_for_its_labels_is_refused_or_grows() {
        let names: Vec<String> = (0..50).map(|i| format!("The society for long names number {i}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let network = Maker::default().tie("Host", Relation::Invite, &names).network();
        let small = DiagramOptions { width: 400, height: 300, ..options() };
        let error = draw(&network, None, &small, QUICK).unwrap_err().to_string();
        assert!(error.contains("400 x 300 is too small for the labels of 51 marks"), "{error}");
        let larger = DiagramOptions { width: 900, height: 700, fit: true, ..options() };
        let svg = draw(&network, None, &larger, QUICK).unwrap().svg().unwrap();
        assert_eq!(svg.matches("class=\"label\"").count(), 51);
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
