//! Where a label may go, and labels for graphs too large to place every one.
//!
//! In: a mark's place and the sizes of its label. Out: candidate boxes with what they cost, or labels that overlap
//! nothing. Never here: text.

use super::facts::line_height;
use super::geometry::{Point, Rect};
use super::taken::Taken;
use super::{Graph, Label, Node, by_importance, overlap};

/// Above this many nodes there are fewer labels for the room.
const CROWD: usize = 300;

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

/// Names the most important nodes of a large graph, at most as many as the page can carry without turning gray, and
/// moves all marks so that neither marks nor labels overlap. A label that cannot be placed so is left out.
pub fn part(graph: &Graph, at: &mut [Point]) -> Vec<Option<Label>> {
    let order: Vec<usize> = by_importance(graph).into_iter().filter(|&v| !graph.nodes[v].labels.is_empty()).collect();
    let em = line_height(graph);
    let most = (graph.width * graph.height / (if at.len() > CROWD { 120.0 } else { 70.0 } * em * em)) as usize;
    let order = &order[..order.len().min(most)];
    let mut labels = vec![None; at.len()];

    // Where fewest marks have to make room; those whose place is given are named last, in the room that is left.
    let marks = taken(graph, at);
    let mut names = Taken::new(graph.page(), most);
    for &v in order.iter().filter(|&&v| graph.nodes[v].at.is_none()) {
        let mark = Rect { center: at[v], half: graph.nodes[v].half };
        let small = |l: &Label| l.rect.half.x < graph.width / 4.0 && l.rect.half.y < graph.height / 4.0;
        let fits = |l: &Label| small(l) && !l.rect.hits(mark);
        let price = |(label, cost): (Label, f64)| {
            let out = graph.page().sticking_out(label.rect) / em;
            (label, cost + 0.5 * marks.count(label.rect) as f64 + 6.0 * names.count(label.rect) as f64 + 6.0 * out)
        };
        let best = cheapest(candidates(&graph.nodes[v], at[v], em).into_iter().filter(|c| fits(&c.0)).map(price));
        if let Some(label) = best {
            names.put(label.rect);
            labels[v] = Some(label);
        }
    }
    let before = at.to_vec();
    overlap::part_marks(graph, at, &labels.iter().map(|l: &Option<Label>| l.map(|l| l.rect)).collect::<Vec<_>>());

    let marks = taken(graph, at);
    let mut names = Taken::new(graph.page(), most);
    for &v in order {
        if let Some(label) = &mut labels[v] {
            label.rect.center = label.rect.center + at[v] - before[v];
        }
        let free = |r: Rect| graph.page().sticking_out(r) < 1e-6 && !marks.hits(r) && !names.hits(r);
        let kept = labels[v].filter(|l| free(l.rect));
        labels[v] = kept.or_else(|| {
            let roomy = |l: &Label| free(l.rect.grow(0.07 * em));
            cheapest(candidates(&graph.nodes[v], at[v], em).into_iter().filter(|c| roomy(&c.0)))
        });
        if let Some(label) = labels[v] {
            names.put(label.rect);
        }
    }
    labels
}

fn taken(graph: &Graph, at: &[Point]) -> Taken {
    let mut marks = Taken::new(graph.page(), at.len());
    for (&center, v) in at.iter().zip(&graph.nodes) {
        marks.put(Rect { center, half: v.half });
    }
    marks
}

/// The first of the cheapest.
fn cheapest(all: impl Iterator<Item = (Label, f64)>) -> Option<Label> {
    all.reduce(|best, next| if next.1 < best.1 { next } else { best }).map(|(label, _)| label)
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
        let mut at: Vec<Point> = (0..156).map(place).collect();
        let rects: Vec<Rect> = part(&graph, &mut at).into_iter().flatten().map(|l| l.rect).collect();
        assert!(rects.len() > 5 && rects.len() < 156);
        for (i, &one) in rects.iter().enumerate() {
            assert!(rects[i + 1..].iter().all(|&two| !one.hits(two)));
            assert!(at.iter().all(|&center| !one.hits(Rect::new(center, 3.0, 3.0))));
        }
    }
}
