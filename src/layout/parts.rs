//! Networks of several parts without ties between them, laid out part by part and packed side by side.
//!
//! In: a large graph. Out: positions on its page, each part together, the largest first, and those without any ties in
//! a grid of their own. Never here: how a part is laid out, small graphs.

use super::dice::Dice;
use super::geometry::Point;
use super::targets::Targets;
use super::{Graph, Tie, contrast, page};

/// Free room around a part, as a share of the usual distance between nodes.
const MARGIN: f64 = 1.0;
/// Widths of the whole that are tried.
const WIDTHS: usize = 24;

/// A part with positions of its own, from (0, 0) to `size`.
struct Part {
    members: Vec<usize>,
    at: Vec<Point>,
    size: Point,
}

/// Places all nodes on the page. A bloc is never torn apart, even where no ties hold it together.
pub fn place(graph: &Graph, dice: &mut Dice) -> Vec<Point> {
    let parts = parts(graph);
    if graph.pinned() || parts.len() < 2 {
        let mut at = contrast::place(graph, &Targets::new(graph), 1.0, dice);
        if !graph.pinned() {
            page::fit(graph, &mut at);
        }
        return at;
    }
    let n = graph.nodes.len() as f64;
    // What a node has to itself if all share the page alike.
    let cell = (graph.width * graph.height / n).sqrt();
    let (loners, tied): (Vec<_>, Vec<_>) = parts.into_iter().partition(|members| members.len() == 1);
    let mut packed: Vec<Part> = tied.into_iter().map(|members| laid_out(graph, members, cell, dice)).collect();
    packed.sort_by(|a, b| b.size.y.total_cmp(&a.size.y).then(a.members.cmp(&b.members)));
    packed.extend(grid(loners.into_iter().flatten().collect(), cell));

    let widest = packed.iter().map(|p| p.size.x).fold(0.0, f64::max);
    let sum: f64 = packed.iter().map(|p| p.size.x).sum();
    let scale = |size: Point| (graph.width / size.x.max(1e-9)).min(graph.height / size.y.max(1e-9));
    let width = |i: usize| widest + (sum - widest) * (i * i) as f64 / ((WIDTHS - 1) * (WIDTHS - 1)) as f64;
    let tried = (0..WIDTHS).map(|i| shelves(&packed, width(i)));
    let best = tried.reduce(|best, next| if scale(next.1) > scale(best.1) { next } else { best });
    let mut at = vec![Point::default(); graph.nodes.len()];
    for (part, corner) in packed.iter().zip(best.map(|b| b.0).unwrap_or_default()) {
        for (&v, &p) in part.members.iter().zip(&part.at) {
            at[v] = corner + p;
        }
    }
    page::fill_evenly(graph, &mut at);
    at
}

/// Corners of the parts, put in rows from left to right, and the size of the whole.
fn shelves(parts: &[Part], width: f64) -> (Vec<Point>, Point) {
    let (mut corner, mut height, mut size) = (Point::default(), 0.0_f64, Point::default());
    let mut corners = Vec::with_capacity(parts.len());
    for part in parts {
        if corner.x > 0.0 && corner.x + part.size.x > width * (1.0 + 1e-9) {
            corner = Point::new(0.0, corner.y + height);
            height = 0.0;
        }
        corners.push(corner);
        corner.x += part.size.x;
        height = height.max(part.size.y);
        size = Point::new(size.x.max(corner.x), corner.y + height);
    }
    (corners, size)
}

/// A part laid out as if it were alone, at a size that gives its members the same room as all others.
fn laid_out(graph: &Graph, members: Vec<usize>, cell: f64, dice: &mut Dice) -> Part {
    let inner = |v: usize| members.binary_search(&v).ok();
    let tie = |(_, t): (usize, &Tie)| Some(Tie { a: inner(t.a)?, b: inner(t.b)?, ..*t });
    let alone = Graph {
        nodes: members.iter().map(|&v| graph.nodes[v].clone()).collect(),
        ties: graph.usable().filter_map(tie).collect(),
        ..graph.clone_empty()
    };
    let share = members.len() as f64 / graph.nodes.len() as f64;
    let mut at = contrast::place(&alone, &Targets::new(&alone), share, dice);
    page::fit(&alone, &mut at);
    let (low, high) = page::bounds(at.iter().copied());
    let size = high - low;
    // A chain or a pair is thin: it gets a little breadth.
    let area = size.x.max(0.1 * size.y) * size.y.max(0.1 * size.x);
    let scale = 0.8 * cell * (members.len() as f64 / area.max(1e-9)).sqrt();
    let margin = Point::new(MARGIN * cell, MARGIN * cell);
    at.iter_mut().for_each(|p| *p = (*p - low) * scale + margin * 0.5);
    Part { members, at, size: size * scale + margin }
}

/// Nodes without ties, in rows.
fn grid(members: Vec<usize>, cell: f64) -> Option<Part> {
    let columns = (1.6 * members.len() as f64).sqrt().ceil().max(1.0) as usize;
    let place = |i: usize| Point::new((i % columns) as f64 + 0.5, (i / columns) as f64 + 0.5) * cell;
    let size = Point::new(columns.min(members.len()) as f64, members.len().div_ceil(columns) as f64) * cell;
    let at = (0..members.len()).map(place).collect();
    (!members.is_empty()).then_some(Part { members, at, size })
}

/// Nodes that ties or a bloc connect, each list sorted, the lists by their first node.
fn parts(graph: &Graph) -> Vec<Vec<usize>> {
    let n = graph.nodes.len();
    let mut near = vec![Vec::new(); n];
    let (_, blocs) = super::facts::groups(graph);
    let chains = blocs.iter().flat_map(|list| list.windows(2).map(|w| (w[0], w[1])));
    for (a, b) in graph.usable().map(|(_, t)| (t.a, t.b)).chain(chains) {
        near[a].push(b);
        near[b].push(a);
    }
    let mut seen = vec![false; n];
    let mut parts = Vec::new();
    for first in 0..n {
        let (mut stack, mut members) = (vec![first], Vec::new());
        while let Some(v) = stack.pop() {
            if !std::mem::replace(&mut seen[v], true) {
                members.push(v);
                stack.extend(&near[v]);
            }
        }
        if !members.is_empty() {
            members.sort_unstable();
            parts.push(members);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Rect;
    use super::super::{Node, layout};
    use super::*;

    #[test]
    fn parts_lie_side_by_side_and_loners_in_rows() {
        let half = Point::new(4.0, 4.0);
        // Three rings of 40, 30 and 20, a pair, and 18 loners.
        let mut nodes = vec![Node { half, ..Node::default() }; 110];
        let mut ties = Vec::new();
        let rings = [(0, 40), (40, 70), (70, 90), (90, 92)];
        for (bloc, &(from, to)) in rings.iter().enumerate() {
            for (v, node) in nodes.iter_mut().enumerate().take(to).skip(from) {
                node.bloc = Some(bloc);
                let b = if v + 1 < to { v + 1 } else { from };
                ties.push(Tie { a: v, b, sign: 1, weight: 1.0, drawn: true });
            }
        }
        let graph = Graph { nodes, ties, width: 1_000.0, height: 600.0, seed: 1, ..Graph::default() };
        let at = layout(&graph).positions;
        let outline = |from: usize, to: usize| {
            let (low, high) = page::bounds(at[from..to].iter().copied());
            Rect::between(low.x, low.y, high.x, high.y)
        };
        let boxes: Vec<Rect> = rings.iter().chain(&[(92, 110)]).map(|&(from, to)| outline(from, to)).collect();
        for (i, one) in boxes.iter().enumerate() {
            assert!(boxes[i + 1..].iter().all(|two| !one.hits(*two)), "{boxes:?}");
        }
    }

    #[test]
    fn thousands_of_pairs_are_placed() {
        let half = Point::new(2.0, 2.0);
        let nodes = vec![Node { half, ..Node::default() }; 3_000];
        let ties = (0..1_500).map(|i| Tie { a: 2 * i, b: 2 * i + 1, sign: 1, weight: 1.0, drawn: true }).collect();
        let graph = Graph { nodes, ties, width: 1_000.0, height: 600.0, seed: 1, ..Graph::default() };
        let at = layout(&graph).positions;
        let near = |i: &usize| at[2 * i].distance(at[2 * i + 1]) < 60.0;
        assert!((0..1_500).filter(near).count() > 1_400);
    }
}
