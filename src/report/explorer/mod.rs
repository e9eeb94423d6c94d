//! The explorer: one HTML page that shows the network with its evidence.
//!
//! In: a network, its blocs, what is known of its documents, and its picture as SVG. Out: a page that needs neither a
//! server nor the network: markup, style, script, picture and data in one file. Never here: what the page does, which is
//! in the files beside this one, put together when the program is compiled.
//!
//! What comes from documents is data: it stands in a block of JSON in which no markup can begin, and the script shows it
//! as text. A Content-Security-Policy allows the one script by its hash, and forbids all that would leave the page.

mod data;

use crate::clusters::Blocs;
use crate::document::Shelf;
use crate::network::Network;
use crate::statement::Blank;
use base64::Engine;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What the page is about.
#[derive(Debug, Clone, Copy)]
pub struct ExplorerInput<'a> {
    /// The network.
    pub network: &'a Network,
    /// Its blocs.
    pub blocs: &'a Blocs,
    /// What is known of the documents.
    pub shelf: &'a Shelf,
    /// Documents that were coded and hold no statement.
    pub blanks: &'a BTreeSet<Blank>,
    /// The picture of the network.
    pub svg: &'a str,
    /// What is seen.
    pub title: &'a str,
    /// Dates and counts.
    pub subtitle: &'a str,
    /// Where it is from.
    pub source: &'a str,
    /// Names of blocs, by number.
    pub bloc_names: &'a BTreeMap<usize, String>,
    /// Actors and statements that there was no room for.
    pub left_out: (usize, usize),
}

const PAGE: &str = include_str!("page.html");
/// Each after those that it needs; `order.txt` has the same order for those who put the page together without this program.
const STYLE: [&str; 5] = [
    include_str!("page.css"),
    include_str!("picture.css"),
    include_str!("panel.css"),
    include_str!("table.css"),
    include_str!("print.css"),
];
const SCRIPT: [&str; 20] = [
    include_str!("words.js"),
    include_str!("data.js"),
    include_str!("state.js"),
    include_str!("filter.js"),
    include_str!("order.js"),
    include_str!("quotes.js"),
    include_str!("standing.js"),
    include_str!("cards.js"),
    include_str!("search.js"),
    include_str!("controls.js"),
    include_str!("zoom.js"),
    include_str!("picture.js"),
    include_str!("labels.js"),
    include_str!("names.js"),
    include_str!("matrix.js"),
    include_str!("review.js"),
    include_str!("dialog.js"),
    include_str!("table.js"),
    include_str!("save.js"),
    include_str!("start.js"),
];

/// The page.
pub fn explorer_html(input: &ExplorerInput<'_>) -> String {
    let (style, script) = (lean(&STYLE), lean(&SCRIPT));
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script.as_bytes()));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; \
         form-action 'none'"
    );
    let data = data::json(input);
    let title = html_escape::encode_safe(input.title);
    let svg = input.svg.find("<svg").map_or("", |at| &input.svg[at..]);
    let parts = [
        ("TITLE", title.as_ref()),
        ("CSP", &policy),
        ("STYLE", &style),
        ("SVG", svg),
        ("DATA", &data),
        ("SCRIPT", &script),
    ];
    // One pass: what is put in is never looked at for places again.
    let mut page = String::with_capacity(PAGE.len() + svg.len() + data.len() + script.len() + style.len());
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        page.push_str(parts.iter().find(|(part, _)| *part == name).map_or("", |(_, text)| text));
        rest = after;
    }
    page + rest
}

/// The files one after the other, without indentation and without comments that have lines to themselves; the lines stay,
/// so that a browser's tools still show what is wrong where. (No string of ours goes over several lines.)
fn lean(files: &[&str]) -> String {
    let mut lean = String::with_capacity(files.iter().map(|file| file.len()).sum());
    let mut inside = false;
    for line in files.iter().flat_map(|file| file.lines()).map(str::trim) {
        let comment = inside || line.starts_with("/*");
        inside = comment && !line.ends_with("*/");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            lean.push_str(line);
            lean.push('\n');
        }
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::NetworkOptions;
    use crate::network::tests::{network, say};
    use crate::statement::Relation;

    const HOSTILE: &str = "</script><script>alert(1)</script><!--{{SCRIPT}}\u{2028}\u{202e}&\"'";

    fn page(svg: &str) -> String {
        let mut said = say("</title>{{DATA}}", HOSTILE, Relation::Oppose, "France");
        said.quote = HOSTILE.to_owned();
        let network = network(&[said], &NetworkOptions::default());
        explorer_html(&ExplorerInput {
            network: &network,
            blocs: &Blocs::untested(vec![0, 1], 0.0),
            shelf: &Shelf::default(),
            blanks: &BTreeSet::new(),
            svg,
            title: HOSTILE,
            subtitle: HOSTILE,
            source: HOSTILE,
            bloc_names: &BTreeMap::new(),
            left_out: (0, 0),
        })
    }

    #[test]
    fn what_documents_say_is_never_markup() {
        let page = page("<?xml version=\"1.0\"?>\n<svg></svg>");
        assert_eq!(page.matches("<script").count(), 2, "the data and the script");
        assert!(!page.contains("alert(1)</") && !page.contains("?>\n<svg>"));
        let data = page.split_once("id=\"data\">").unwrap().1.split_once("</script>").unwrap().0;
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!((&data["title"], &data["statements"][0]["quote"]), (&HOSTILE.into(), &HOSTILE.into()));
        assert_eq!(data["documents"][0]["id"], "</title>{{DATA}}");
    }

    #[test]
    fn the_page_is_small_without_its_data() {
        let size = PAGE.len() + lean(&STYLE).len() + lean(&SCRIPT).len();
        assert!(size < 150_000, "{size} bytes");
        assert_eq!(lean(&["// a\n  b // c\n\n/** d\n * e */\n", "/* f */\ng\n"]), "b // c\ng\n");
        let whole = STYLE.iter().chain(&SCRIPT).all(|file| file.matches("/*").count() == file.matches("*/").count());
        assert!(whole, "comments are closed");
    }

    #[test]
    fn the_policy_allows_the_one_script() {
        let page = page("<svg/>");
        let script = page.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script.as_bytes()));
        assert!(page.contains(&format!("script-src 'sha256-{hash}'")));
        let order: Vec<&str> = include_str!("order.txt").split_whitespace().collect();
        assert_eq!(order.len(), STYLE.len() + SCRIPT.len());
    }
}
