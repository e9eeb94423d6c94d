//! Where a label may go, and labels for graphs too large to place every one.
//!
//! In: a mark's place and the sizes of its label. Out: candidate boxes with what they cost, or labels that overlap
//! nothing. Never here: text.

use super::geometry::{Point, Rect};
use super::{Graph, Label, Node};

/// Candidate places for the label of a node at `at`, each with its cost: close by and beside or below the mark first.
/// `em` is the height of a line.
pub fn candidates(node: &Node, at: Point, em: f64) -> Vec<(Label, f64)> {
    let mut all = Vec::with_capacity(36 * node.labels.len());
    for (variant, size) in node.labels.iter().enumerate() {
        let (w, h) = (size.x / 2.0, size.y / 2.0);
        let mut add = |dx: f64, dy: f64, side: i8, cost: f64| {
            let rect = Rect::new(at + Point::new(dx, dy), w, h);
            all.push((Label { variant, rect, side }, cost + 0.5 * variant as f64));
        };
        for (gap, far) in [(0.22 * em, 0.0), (1.0 * em, 2.2)] {
            let (x, y) = (node.half.x + gap + w, node.half.y + 0.7 * gap + h);
            for (side, sign, base) in [(1, 1.0, 0.0), (-1, -1.0, 0.2)] {
                for (dy, more) in [(0.0, 0.0), (-0.5, 0.4), (0.5, 0.4), (-1.0, 0.8), (1.0, 0.8)] {
                    add(sign * x, dy * h.max(0.5 * em), side, base + more + far);
                }
                // Diagonal: nearer the mark's corner.
                for (dy, more) in [(-1.0, 0.5), (1.0, 0.5)] {
                    let inward = 0.3 * node.half.x;
                    add(sign * (x - inward), dy * (0.75 * node.half.y + h), side, base + more + far);
                }
            }
            for (sign, base) in [(1.0, 0.1), (-1.0, 0.25)] {
                for (slide, more) in [(0.0, 0.0), (-0.3, 0.3), (0.3, 0.3), (-0.6, 0.6), (0.6, 0.6)] {
                    add(slide * w, sign * y, 0, base + more + far);
                }
            }
        }
    }
    all
}

/// Above this many nodes a label may cover marks that have none: there are marks everywhere.
const CROWD: usize = 300;

/// Labels one by one, the most important first, each where it overlaps no mark and no label; one that finds no such
/// place is left out. At most as many as the page can carry without turning gray.
pub fn greedy(graph: &Graph, at: &[Point]) -> Vec<Option<Label>> {
    let mut order: Vec<usize> = (0..at.len()).filter(|&v| !graph.nodes[v].labels.is_empty()).collect();
    order.sort_by(|&a, &b| graph.nodes[b].importance.total_cmp(&graph.nodes[a].importance).then(a.cmp(&b)));
    let height = order.first().map_or(1.0, |&v| graph.nodes[v].labels[0].y);
    let crowd = at.len() > CROWD;
    let most = (graph.width * graph.height / (if crowd { 120.0 } else { 70.0 } * height * height)) as usize;
    let mut respected = vec![!crowd; at.len()];
    for &v in order.iter().take(most) {
        respected[v] = true;
    }
    let mut labels = vec![None; at.len()];
    let marks: Vec<Rect> = at.iter().zip(&graph.nodes).map(|(&center, v)| Rect { center, half: v.half }).collect();
    let mut taken: Vec<Rect> = Vec::new();
    for v in order {
        if taken.len() >= most {
            break;
        }
        let mut best: Option<(Label, f64)> = None;
        for (label, cost) in candidates(&graph.nodes[v], at[v], height) {
            let room = label.rect.grow(1.0);
            let free = graph.page().sticking_out(label.rect) == 0.0
                && !taken.iter().any(|&other| room.hits(other))
                && !marks.iter().enumerate().any(|(u, &mark)| u != v && respected[u] && room.hits(mark));
            if free && best.as_ref().is_none_or(|(_, c)| cost < *c) {
                best = Some((label, cost));
            }
        }
        if let Some((label, _)) = best {
            taken.push(label.rect);
            labels[v] = Some(label);
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_candidate_covers_its_own_mark() {
        let node = Node {
            half: Point::new(9.0, 9.0),
            labels: vec![Point::new(80.0, 16.0), Point::new(45.0, 32.0)],
            ..Node::default()
        };
        let at = Point::new(100.0, 100.0);
        let mark = Rect { center: at, half: Point::new(6.0, 6.0) };
        for (label, _) in candidates(&node, at, 16.0) {
            assert!(!label.rect.hits(mark), "{label:?}");
        }
    }

    #[test]
    fn crowded_labels_are_left_out_and_never_overlap() {
        let node = Node { half: Point::new(3.0, 3.0), labels: vec![Point::new(60.0, 12.0)], ..Node::default() };
        let graph = Graph { nodes: vec![node; 156], width: 400.0, height: 310.0, ..Graph::default() };
        let place = |i: usize| Point::new(15.0 + (i % 13) as f64 * 30.0, 10.0 + (i / 13) as f64 * 25.0);
        let at: Vec<Point> = (0..156).map(place).collect();
        let rects: Vec<Rect> = greedy(&graph, &at).into_iter().flatten().map(|l| l.rect).collect();
        assert!(!rects.is_empty() && rects.len() < 156);
        for (i, &one) in rects.iter().enumerate() {
            assert!(rects[i + 1..].iter().all(|&two| !one.hits(two)));
        }
    }
}
