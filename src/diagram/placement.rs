//! Where everything lies on the page, as a file: for other programs, and to draw another network with its actors in
//! the same places.
//!
//! In: a picture and its layout, or JSON. Out: JSON, or places by id. Never here: choosing places.
//!
//! All lengths are page units (pixels at full size), y growing downward. A node has `id`, `label`, `kind`, `cluster`,
//! `x`, `y` (middle of its mark), `r` (its radius), `w`, `h` (size of its label's box, 0 where no label is drawn), `lx`,
//! `ly` (from the mark's middle to the box's). An edge has `source`, `target`, `relation`, `sign`, `weight`, and `curve`:
//! start, control point and end of a quadratic curve, `[[x, y], [x, y], [x, y]]`.

use super::picture::{Line, Mark, Picture, What};
use crate::clusters::Blocs;
use crate::layout::Layout;
use crate::layout::geometry::{Curve, Point};
use crate::network::Network;
use crate::statement::Relation;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Places from an earlier picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Places {
    /// Middle of each mark, by kind of mark and id, as shares of the page's width and height.
    at: BTreeMap<(bool, String), Point>,
}

#[derive(Serialize)]
struct File<'a> {
    width: f64,
    height: f64,
    seed: u64,
    nodes: Vec<Node<'a>>,
    edges: Vec<Edge<'a>>,
}

#[derive(Serialize)]
struct Node<'a> {
    id: &'a str,
    label: &'a str,
    kind: &'static str,
    cluster: Option<usize>,
    x: f64,
    y: f64,
    r: f64,
    w: f64,
    h: f64,
    lx: f64,
    ly: f64,
}

#[derive(Serialize)]
struct Edge<'a> {
    source: &'a str,
    target: &'a str,
    relation: &'static str,
    sign: i8,
    weight: f64,
    curve: [[f64; 2]; 3],
}

/// The file for a picture.
pub(super) fn to_json(
    network: &Network,
    blocs: Option<&Blocs>,
    picture: &Picture,
    placed: &Layout,
    (page, seed): (Point, u64),
) -> Result<String> {
    let file = File {
        width: page.x,
        height: page.y,
        seed,
        nodes: picture.marks.iter().enumerate().map(|(i, mark)| node(network, blocs, mark, placed, i)).collect(),
        edges: picture.lines.iter().enumerate().map(|(i, line)| edge(picture, line, placed, i)).collect(),
    };
    let json = serde_json::to_string_pretty(&file);
    json.map(|json| json + "\n").map_err(|e| Error::Usage(format!("the layout cannot be written: {e}")))
}

fn node<'a>(network: &Network, blocs: Option<&Blocs>, mark: &'a Mark, placed: &Layout, i: usize) -> Node<'a> {
    let at = placed.positions[i];
    let label = placed.labels[i].map(|l| (l.rect.half * 2.0, l.rect.center - at));
    let (size, off) = label.unwrap_or_default();
    let (kind, cluster) = match mark.what {
        What::Actor(node) => (network.graph[node].kind.as_str(), blocs.and_then(|b| b.of.get(node.index())).copied()),
        What::Matter(_) => ("matter", None),
        What::Bloc(bloc) => ("bloc", Some(bloc)),
    };
    let [x, y, r, w, h, lx, ly] = [at.x, at.y, mark.radius, size.x, size.y, off.x, off.y].map(rounded);
    Node { id: &mark.id, label: &mark.name, kind, cluster, x, y, r, w, h, lx, ly }
}

fn edge<'a>(picture: &'a Picture, line: &Line, placed: &Layout, i: usize) -> Edge<'a> {
    let curve = Curve::new(placed.positions[line.from], placed.positions[line.to], placed.bends[i]);
    Edge {
        source: &picture.marks[line.from].id,
        target: &picture.marks[line.to].id,
        relation: line.relation.map_or("concerns", Relation::as_str),
        sign: line.relation.map_or(0, |r| if line.withheld { 0 } else { r.sign() }),
        weight: line.weight,
        curve: [curve.from, curve.via, curve.to].map(|p| [rounded(p.x), rounded(p.y)]),
    }
}

/// To thousandths: finer than anybody sees.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[derive(Deserialize)]
struct FileIn {
    width: Option<f64>,
    height: Option<f64>,
    nodes: Vec<NodeIn>,
}

#[derive(Deserialize)]
struct NodeIn {
    id: String,
    kind: Option<String>,
    x: Option<f64>,
    y: Option<f64>,
}

impl Places {
    /// Reads what [`super::Drawing::layout`] holds; only `width`, `height` and the `id`, `kind`, `x` and `y` of nodes
    /// are looked at. `file` is what messages call it.
    ///
    /// # Errors
    /// What is no such JSON, with its line; sizes or places that are missing, no finite number or off the page; an id
    /// twice.
    pub fn read(file: &str, json: &str) -> Result<Self> {
        let parsed: FileIn = serde_json::from_str(json).map_err(|e| {
            let what = e.to_string();
            let what = what.split(" at line ").next().unwrap_or_default();
            let message = format!("no layout as --layout-out writes it: {what} (NaN and infinity are no JSON)");
            Error::at(file, e.line() as u64, message)
        })?;
        let side = |value: Option<f64>, name: &str| match value {
            Some(side) if side > 0.0 && side.is_finite() => Ok(side),
            _ => Err(Error::input(file, format!("the layout has no {name}; it must be a number above 0"))),
        };
        let page = Point::new(side(parsed.width, "width")?, side(parsed.height, "height")?);
        let mut places = Self::default();
        for node in parsed.nodes {
            let (Some(x), Some(y)) = (node.x, node.y) else {
                return Err(Error::input(file, format!("{} has no place; x and y must be numbers", node.id)));
            };
            if !(0.0..=page.x).contains(&x) || !(0.0..=page.y).contains(&y) {
                let message = format!("{} lies at ({x}, {y}), off the page of {} x {}", node.id, page.x, page.y);
                return Err(Error::input(file, message));
            }
            let key = (node.kind.as_deref() == Some("matter"), node.id);
            let shares = Point::new(x / page.x, y / page.y);
            if let Some(was) = places.at.insert(key.clone(), shares)
                && was != shares
            {
                return Err(Error::input(file, format!("{} has two places", key.1)));
            }
        }
        Ok(places)
    }

    /// Where a mark was on a page of this size.
    pub(super) fn of(&self, what: What, id: &str, page: Point) -> Option<Point> {
        let matter = match what {
            What::Actor(_) => false,
            What::Matter(_) => true,
            What::Bloc(_) => return None,
        };
        self.at.get(&(matter, id.to_owned())).map(|p| Point::new(p.x * page.x, p.y * page.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_layout_is_refused_with_its_place() {
        let refused = |json: &str| Places::read("l.json", json).unwrap_err().to_string();
        let page = |nodes: &str| format!("{{\"width\": 100, \"height\": 50,\n\"nodes\": [{nodes}]}}");
        assert!(refused("{").starts_with("l.json:1: no layout"));
        assert!(refused(&page("{\"id\": \"a\", \"x\": NaN, \"y\": 1}")).starts_with("l.json:2: "));
        assert!(refused(&page("{\"id\": \"a\", \"x\": null, \"y\": 1}")).contains("a has no place"));
        assert!(refused(&page("{\"id\": \"a\", \"x\": 1e999, \"y\": 1}")).contains("l.json"));
        assert!(refused(&page("{\"id\": \"a\", \"x\": 101, \"y\": 1}")).contains("off the page of 100 x 50"));
        let twice = "{\"id\": \"a\", \"x\": 1, \"y\": 1}, {\"id\": \"a\", \"x\": 2, \"y\": 1}";
        assert!(refused(&page(twice)).contains("a has two places"));
        assert!(refused("{\"nodes\": []}").contains("no width"));
    }
}
