//! The cloud of nodes on the page: turned, scaled and shifted as a whole.
//!
//! In: positions in any unit. Out: positions on the page, marks and most labels inside. Never here: moving one node
//! against another, but for a slight stretch.

use super::Graph;
use super::geometry::{Point, hull};

/// The most that the two axes may be stretched against each other to fill the page.
const STRETCH: f64 = 1.12;
/// The most that one hop may take up, as a share of the page (the square root of its area).
const LONGEST: f64 = 0.27;

/// Directions tried for turning the cloud.
const TURNS: usize = 32;

/// Turns the cloud so that it can be drawn largest on the page.
fn turn(graph: &Graph, positions: &mut [Point]) {
    let room = room(graph);
    let outline = hull(positions);
    let turned = |p: Point, way: Point| Point::new(p.dot(way), way.cross(p));
    let size = |way: Point| {
        let (low, high) = bounds(outline.iter().map(|&p| turned(p, way)));
        (room.x / (high.x - low.x).max(1e-9)).min(room.y / (high.y - low.y).max(1e-9))
    };
    let way = |i: usize| {
        let angle = std::f64::consts::PI * i as f64 / TURNS as f64;
        Point::new(libm::cos(angle), libm::sin(angle))
    };
    let best =
        (0..TURNS).map(|i| (way(i), size(way(i)))).reduce(|best, next| if next.1 > best.1 { next } else { best });
    if let Some((way, _)) = best {
        for p in positions.iter_mut() {
            *p = turned(*p, way);
        }
    }
}

/// Turns, scales and shifts the cloud into the page, so that marks and most of their labels lie inside.
pub fn fit(graph: &Graph, positions: &mut [Point]) {
    turn(graph, positions);
    let (low, high) = bounds(positions.iter().copied());
    let room = room(graph);
    let (sx, sy) = (room.x / (high.x - low.x).max(1e-9), room.y / (high.y - low.y).max(1e-9));
    let (sx, sy) = (sx.min(sy * STRETCH), sy.min(sx * STRETCH));
    // A handful of nodes need not be flung to the corners.
    let most = LONGEST * (graph.width * graph.height).sqrt();
    let (sx, sy) = (sx.min(most), sy.min(most));
    let middle = (low + high) * 0.5;
    for p in positions.iter_mut() {
        *p = Point::new((p.x - middle.x) * sx + graph.width / 2.0, (p.y - middle.y) * sy + graph.height / 2.0);
    }
}

/// Scales and shifts the cloud into the page as it is.
pub fn fill_evenly(graph: &Graph, positions: &mut [Point]) {
    let (low, high) = bounds(positions.iter().copied());
    let (room, middle) = (room(graph), (low + high) * 0.5);
    let scale = (room.x / (high.x - low.x).max(1e-9)).min(room.y / (high.y - low.y).max(1e-9));
    for p in positions.iter_mut() {
        *p = (*p - middle) * scale + Point::new(graph.width / 2.0, graph.height / 2.0);
    }
}

/// Draws a cloud that reaches beyond the page into it, marks and usual labels inside, each direction by itself,
/// which changes no crossing. Places that are given stay.
pub fn fill(graph: &Graph, positions: &mut [Point]) {
    if graph.pinned() {
        return;
    }
    let (low, high) = bounds(positions.iter().copied());
    let room = room(graph);
    let sx = (room.x / (high.x - low.x).max(1e-9)).clamp(0.7, 1.0);
    let sy = (room.y / (high.y - low.y).max(1e-9)).clamp(0.7, 1.0);
    let middle = (low + high) * 0.5;
    for p in positions.iter_mut() {
        *p = Point::new((p.x - middle.x) * sx + graph.width / 2.0, (p.y - middle.y) * sy + graph.height / 2.0);
    }
}

fn room(graph: &Graph) -> Point {
    let rim = rim(graph);
    Point::new((graph.width - 2.0 * rim.x).max(1.0), (graph.height - 2.0 * rim.y).max(1.0))
}

/// The corners of the box around positions.
pub fn bounds(positions: impl Iterator<Item = Point>) -> (Point, Point) {
    let mut low = Point::new(f64::INFINITY, f64::INFINITY);
    let mut high = Point::new(f64::NEG_INFINITY, f64::NEG_INFINITY);
    for p in positions {
        low = Point::new(low.x.min(p.x), low.y.min(p.y));
        high = Point::new(high.x.max(p.x), high.y.max(p.y));
    }
    (low, high)
}

/// Room to keep at the sides and at top and bottom: half a usual label, and a mark with a label above.
pub fn rim(graph: &Graph) -> Point {
    let mut widths: Vec<f64> = graph.nodes.iter().map(|v| v.labels.first().map_or(v.half.x, |l| l.x / 2.0)).collect();
    let mut heights: Vec<f64> = graph.nodes.iter().map(|v| v.half.y + v.labels.first().map_or(0.0, |l| l.y)).collect();
    widths.sort_by(f64::total_cmp);
    heights.sort_by(f64::total_cmp);
    let at = |sorted: &[f64]| sorted.get(sorted.len() * 3 / 4).copied().unwrap_or(0.0);
    Point::new((at(&widths) + 4.0).min(graph.width / 4.0), (at(&heights) + 4.0).min(graph.height / 4.0))
}
