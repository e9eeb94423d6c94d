//! Where the actors go on the page.
//!
//! In: signed ties, blocs, sizes of marks and labels ([`Graph`]). Out: positions, label boxes and the bends of the
//! ties ([`Layout`]). Never here: colours, SVG, text of statements.
//!
//! Plain layout engines ignore the sign of a tie, so that a friend is as likely to sit far away as an enemy. Here the
//! wanted distances know the sign (`targets`), a stress layout meets them (`sgd`), annealing trades them against
//! what the eye wants (`anneal`, `score`), and labels and bends are chosen together (`dress`). The same graph
//! gives the same layout, bit for bit, on every machine and for any number of threads.

mod anneal;
mod contrast;
pub(crate) mod dice;
mod dress;
mod facts;
mod faults;
pub mod geometry;
mod labels;
mod lines;
mod moves;
mod overlap;
mod page;
mod polish;
mod score;
mod seat;
mod sgd;
mod strangers;
mod taken;

mod targets;
mod terms;

use anneal::{Cooling, anneal};
use dice::Dice;
use geometry::{Point, Rect};
use rayon::prelude::*;
use score::Score;

/// Up to this many nodes the layout is annealed and every label is placed.
pub const SMALL: usize = 60;
/// The contrast of blocs in their wanted distances, for a small graph, whose score knows the blocs besides.
const CONTRAST: f64 = 0.85;

/// What is to be placed.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// The nodes; ties name them by index.
    pub nodes: Vec<Node>,
    /// The ties, several between the same two nodes allowed; those that name no node or one node twice are left out.
    pub ties: Vec<Tie>,
    /// Width of the page, in the unit of all sizes here.
    pub width: f64,
    /// Height of the page.
    pub height: f64,
    /// Another seed, another layout of like quality.
    pub seed: u64,
    /// How long to search.
    pub effort: Effort,
}

/// One mark with its label.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// Half the mark's width and height.
    pub half: Point,
    /// Width and height of the label's box, for each way of setting it (on one line, on two), the best first. Empty:
    /// no label.
    pub labels: Vec<Point>,
    /// The bloc; nodes of one bloc are kept together and apart from others. `None` stands alone.
    pub bloc: Option<usize>,
    /// Which label goes first where there is not room for all; any scale.
    pub importance: f64,
    /// Not an actor but a matter that actors stand on: it is placed near them, and makes nobody friends.
    pub hub: bool,
    /// Where the mark must be, in units of the page; `None`: wherever it is best.
    pub at: Option<Point>,
}

/// A tie between two nodes.
#[derive(Debug, Clone, Copy)]
pub struct Tie {
    /// From.
    pub a: usize,
    /// To.
    pub b: usize,
    /// 1 draws together, -1 keeps apart, 0 is contact without a stance.
    pub sign: i8,
    /// How much it counts; above 0.
    pub weight: f64,
    /// Whether a line will be drawn; others only draw together or keep apart.
    pub drawn: bool,
}

/// How long to search, for graphs of up to [`SMALL`] nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Seeded starts, of which the best is kept.
    pub starts: usize,
    /// Rounds of annealing in each.
    pub rounds: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { starts: 4, rounds: 450 }
    }
}

/// Where everything goes.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Middle of each node's mark.
    pub positions: Vec<Point>,
    /// Each node's label; `None` where it has none or there is no room for it.
    pub labels: Vec<Option<Label>>,
    /// The bend of each tie, see [`geometry::Curve`].
    pub bends: Vec<f64>,
}

/// A placed label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Label {
    /// Which of [`Node::labels`].
    pub variant: usize,
    /// Its box.
    pub rect: Rect,
    /// On which side of the mark it is: -1 left, so that its lines end at the mark; 1 right; 0 above or below.
    pub side: i8,
}

impl Graph {
    /// The page as a box with its corner at (0, 0).
    pub fn page(&self) -> Rect {
        Rect::between(0.0, 0.0, self.width, self.height)
    }

    /// The graph with what cannot be used taken out: ties but between two different nodes that exist, sizes that are
    /// not finite, places off the page.
    fn sound(&self) -> Graph {
        let n = self.nodes.len();
        let mut graph = self.clone();
        let size = |x: f64| if x.is_finite() { x.clamp(0.0, 1e9) } else { 0.0 };
        for side in [&mut graph.width, &mut graph.height] {
            *side = size(*side).max(1.0);
        }
        let page = graph.page();
        for node in &mut graph.nodes {
            for box_size in std::iter::once(&mut node.half).chain(&mut node.labels) {
                *box_size = Point::new(size(box_size.x), size(box_size.y));
            }
            // No comparison holds for what is not a number.
            node.at = node.at.filter(|p| page.distance(*p) <= 0.0);
        }
        for tie in &mut graph.ties {
            if tie.a >= n || tie.b >= n || tie.a == tie.b {
                *tie = Tie { a: usize::MAX, b: usize::MAX, drawn: false, ..*tie };
            }
        }
        graph
    }

    /// Whether any node's place is given.
    pub(crate) fn pinned(&self) -> bool {
        self.nodes.iter().any(|v| v.at.is_some())
    }

    /// Indices of the usable ties.
    pub(crate) fn usable(&self) -> impl Iterator<Item = (usize, &Tie)> {
        self.ties.iter().enumerate().filter(|(_, t)| t.a != usize::MAX)
    }
}

/// Nodes in the order in which they get room for themselves and their labels.
fn by_importance(graph: &Graph) -> Vec<usize> {
    let mut order: Vec<usize> = (0..graph.nodes.len()).collect();
    order.sort_by(|&a, &b| graph.nodes[b].importance.total_cmp(&graph.nodes[a].importance).then(a.cmp(&b)));
    order
}

/// Places a graph. Takes about O(rounds · n · (n + degree · m)) up to [`SMALL`] nodes, O(n²) up to some 1,500, and
/// O(n · 100) beyond.
pub fn layout(graph: &Graph) -> Layout {
    let graph = graph.sound();
    match graph.nodes.len() {
        0 => Layout { bends: vec![0.0; graph.ties.len()], ..Layout::default() },
        n if n <= SMALL => small(&graph),
        _ => large(&graph),
    }
}

/// Several annealed starts side by side; the better half is annealed on with labels, and the best by score, the first of
/// equals, is dressed.
fn small(graph: &Graph) -> Layout {
    let targets = targets::Targets::new(graph).with(contrast::contrast(CONTRAST));
    let Effort { starts, rounds } = graph.effort;
    // A round grows with the square of the nodes; beyond the usual few dozen there are fewer of them.
    let share = (30.0 / graph.nodes.len() as f64).min(1.0);
    let rounds = (rounds as f64 * share * share.sqrt()).max(1.0) as usize;
    let rough = Cooling { rounds, heat: (10.0, 0.3), stride: 0.3, labels: false };
    let fine = Cooling { rounds: rounds * 3 / 5, heat: (2.0, 0.02), stride: 0.1, labels: true };
    let mut tried: Vec<(f64, u64, Vec<Point>)> = (0..starts.max(1) as u64)
        .into_par_iter()
        .map(|start| {
            let mut dice = Dice::new(graph.seed, start);
            let mut at = sgd::place(graph, &targets, &mut dice);
            let mut score = Score::new(graph, &targets);
            anneal(graph, &mut score, &mut at, rough, &mut dice);
            (score.total(&score.state(at.clone())), start, at)
        })
        .collect();
    tried.sort_by(|one, two| one.0.total_cmp(&two.0).then(one.1.cmp(&two.1)));
    tried.truncate(starts.div_ceil(2).max(1));
    let best = tried
        .into_par_iter()
        .map(|(_, start, mut at)| {
            let mut dice = Dice::new(graph.seed, u64::MAX - start);
            page::fill(graph, &mut at);
            let mut score = Score::new(graph, &targets);
            let (labels, total) = anneal(graph, &mut score, &mut at, fine, &mut dice);
            (total, start, at, labels)
        })
        .collect::<Vec<_>>()
        .into_iter()
        .reduce(|best, next| if next.0 < best.0 { next } else { best });
    let Some((_, start, at, labels)) = best else { return Layout::default() };
    let mut dice = Dice::new(graph.seed, u64::MAX / 2 - start);
    dress::dress(graph, at, labels, &mut Score::new(graph, &targets), &mut dice)
}

/// One stress layout, overlaps removed, labels for the most important nodes first.
fn large(graph: &Graph) -> Layout {
    let targets = targets::Targets::new(graph);
    let mut dice = Dice::new(graph.seed, 0);
    let mut positions = contrast::place(graph, &targets, &mut dice);
    let labels = labels::part(graph, &mut positions);
    Layout { labels, bends: dress::plain_bends(graph), positions }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pairs of marks or labels that overlap, and labels that leave the page or are missing.
    pub(crate) fn overlaps(graph: &Graph, layout: &Layout) -> Vec<String> {
        let mut found = Vec::new();
        let mark = |v: usize| Rect { center: layout.positions[v], half: graph.nodes[v].half };
        for (v, label) in layout.labels.iter().enumerate() {
            match label {
                Some(l) if graph.page().sticking_out(l.rect) > 1e-6 => found.push(format!("label {v} off the page")),
                None if !graph.nodes[v].labels.is_empty() => found.push(format!("label {v} missing")),
                _ => {}
            }
            for u in 0..layout.positions.len() {
                if u > v && mark(u).hits(mark(v)) {
                    found.push(format!("marks {v} and {u}"));
                }
                if u != v && label.is_some_and(|l| l.rect.hits(mark(u))) {
                    found.push(format!("label {v} on mark {u}"));
                }
                if u > v && label.zip(layout.labels[u]).is_some_and(|(l, o)| l.rect.hits(o.rect)) {
                    found.push(format!("labels {v} and {u}"));
                }
            }
        }
        found
    }

    /// Share of (actor, friend, enemy) triples in which the friend is nearer.
    pub(crate) fn friends_nearer(graph: &Graph, at: &[Point]) -> f64 {
        let (mut nearer, mut all) = (0.0_f64, 0.0_f64);
        for v in 0..at.len() {
            let of = |sign: i8| {
                let mine = graph.ties.iter().filter(move |t| t.sign == sign && (t.a == v || t.b == v));
                mine.map(|t| at[t.a].distance(at[t.b])).collect::<Vec<f64>>()
            };
            let (friends, enemies) = (of(1), of(-1));
            for f in &friends {
                nearer += enemies.iter().filter(|e| f < e).count() as f64;
                all += enemies.len() as f64;
            }
        }
        nearer / all.max(1.0)
    }

    /// Support within planted blocs and opposition between them, but for a share of `noise`.
    fn random(nodes: usize, blocs: usize, ties: usize, noise: f64, seed: u64) -> Graph {
        let mut dice = Dice::new(seed, 7);
        let size = if nodes > 300 { 2.0 } else { 6.0 };
        let node = |v: usize, dice: &mut Dice| {
            let half = size * (1.0 + dice.unit());
            let wide = 35.0 + 90.0 * dice.unit();
            Node {
                half: Point::new(half, half),
                labels: vec![Point::new(wide, 15.0), Point::new(0.6 * wide, 30.0)],
                bloc: Some(v % blocs),
                importance: dice.unit(),
                ..Node::default()
            }
        };
        let nodes: Vec<Node> = (0..nodes).map(|v| node(v, &mut dice)).collect();
        let mut tie = || {
            let a = dice.below(nodes.len());
            let near = dice.unit() < 0.6;
            let b = if near { a % blocs + blocs * dice.below(nodes.len() / blocs) } else { dice.below(nodes.len()) };
            let friends = a % blocs == b % blocs;
            let sign = if friends != (dice.unit() < noise) { 1 } else { -1 };
            Tie { a, b, sign, weight: 1.0, drawn: true }
        };
        let ties = (0..ties).map(|_| tie()).collect();
        let effort = Effort { starts: 1, rounds: 25 };
        Graph { nodes, ties, width: 1100.0, height: 680.0, seed, effort }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

        #[test]
        fn nothing_overlaps_in_small_graphs(nodes in 1_usize..=60, blocs in 1_usize..6, ties in 0_usize..120, seed: u64) {
            let mut graph = random(nodes, blocs.min(nodes), ties, 0.1, seed);
            graph.effort.rounds = 8;
            let placed = layout(&graph);
            let found = overlaps(&graph, &placed);
            prop_assert!(found.is_empty(), "{found:?}");
            prop_assert_eq!(placed.bends.len(), graph.ties.len());
        }
    }

    #[test]
    fn friends_are_nearer_than_enemies() {
        for (nodes, blocs, ties, noise) in [(18, 2, 40, 0.0), (30, 3, 70, 0.0), (48, 4, 100, 0.04), (150, 4, 400, 0.05)]
        {
            let mut graph = random(nodes, blocs, ties, noise, 2);
            graph.effort.rounds = 60;
            let share = friends_nearer(&graph, &layout(&graph).positions);
            assert!(share >= 0.95, "{nodes} nodes: {share}");
        }
    }

    #[test]
    fn blocs_of_a_large_graph_do_not_mix() {
        let graph = random(200, 4, 600, 0.05, 5);
        let placed = layout(&graph);
        for bloc in 0..4 {
            let of = |same: bool| (0..200).filter(move |v| (v % 4 == bloc) == same).map(|v| placed.positions[v]);
            let outline = geometry::hull(&of(true).collect::<Vec<_>>());
            let within = |p: &Point| {
                (0..outline.len()).all(|i| (outline[(i + 1) % outline.len()] - outline[i]).cross(*p - outline[i]) > 0.0)
            };
            assert_eq!(of(false).filter(within).count(), 0, "bloc {bloc}");
        }
        let shown: Vec<Rect> = placed.labels.iter().flatten().map(|l| l.rect).collect();
        assert!(shown.len() > 30 && shown.iter().enumerate().all(|(i, a)| !shown[i + 1..].iter().any(|b| a.hits(*b))));
    }

    #[test]
    fn the_same_graph_gives_the_same_layout_for_any_number_of_threads() {
        for nodes in [20, 80] {
            let mut graph = random(nodes, 3, 2 * nodes, 0.1, 9);
            graph.effort.starts = 5;
            let with = |threads: usize| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                let placed = pool.install(|| layout(&graph));
                (placed.positions, placed.labels, placed.bends)
            };
            assert_eq!(with(1), with(3));
        }
    }

    #[test]
    fn given_places_are_kept_and_others_go_around_them() {
        for nodes in [24, 90] {
            let mut graph = random(nodes, 3, 3 * nodes, 0.05, 4);
            graph.effort.rounds = 20;
            let free = layout(&graph);
            for v in (0..nodes).step_by(2) {
                graph.nodes[v].at = Some(free.positions[v]);
            }
            let some = layout(&graph);
            assert!((0..nodes).step_by(2).all(|v| some.positions[v] == free.positions[v]));
            assert!(friends_nearer(&graph, &some.positions) > 0.85);
            let found = overlaps(&graph, &some);
            assert!(!found.iter().any(|f| !f.ends_with("missing")), "{found:?}");
            for (node, &at) in graph.nodes.iter_mut().zip(&some.positions) {
                node.at = Some(at);
            }
            assert_eq!(layout(&graph).positions, some.positions);
        }
    }

    #[test]
    fn places_off_the_page_are_not_heeded() {
        let mut graph = random(12, 2, 20, 0.0, 4);
        graph.effort.rounds = 5;
        let odd = [(f64::NAN, 3.0), (5.0, f64::INFINITY), (-1e12, 0.0), (1e300, 1e300)];
        for (node, (x, y)) in graph.nodes.iter_mut().zip(odd) {
            node.at = Some(Point::new(x, y));
        }
        assert!(overlaps(&graph, &layout(&graph)).is_empty());
    }

    #[test]
    fn odd_sizes_are_borne() {
        for n in [3, 70, 1_600] {
            let mut graph = random(n, 2, 2 * n, 0.1, 4);
            graph.effort.rounds = 5;
            let odd = [f64::NAN, f64::INFINITY, -5.0, 1e-12, 1e12];
            for (i, node) in graph.nodes.iter_mut().enumerate() {
                let x = odd[i % 5];
                (node.half, node.labels[0], node.importance) = (Point::new(x, 3.0), Point::new(50.0, x), x);
            }
            for (width, height) in [(1_000.0, 600.0), (0.0, f64::NAN), (1e-12, 1e12)] {
                (graph.width, graph.height) = (width, height);
                let placed = layout(&graph);
                assert!(placed.positions.iter().all(|p| p.x.is_finite() && p.y.is_finite()));
            }
        }
    }

    #[test]
    fn odd_graphs_are_placed_too() {
        let node = Node { half: Point::new(8.0, 8.0), labels: vec![Point::new(40.0, 15.0)], ..Node::default() };
        let tie = |a, b| Tie { a, b, sign: 1, weight: 1.0, drawn: true };
        let ties = vec![tie(0, 0), tie(0, 9), tie(0, 1)];
        for n in 0..4 {
            let graph = Graph {
                nodes: vec![node.clone(); n],
                ties: ties.clone(),
                width: 300.0,
                height: 200.0,
                effort: Effort { starts: 0, rounds: 0 },
                ..Graph::default()
            };
            let placed = layout(&graph);
            assert_eq!((placed.positions.len(), placed.bends.len()), (n, 3));
            assert!(placed.positions.iter().all(|p| p.x.is_finite() && p.y.is_finite()));
        }
    }

    #[test]
    fn thousands_of_nodes_are_placed() {
        let graph = random(1_600, 6, 4_000, 0.05, 11);
        let placed = layout(&graph);
        let found = overlaps(&graph, &placed);
        assert!(!found.iter().any(|f| !f.ends_with("missing")), "{found:?}");
        assert!(placed.labels.iter().flatten().count() > 20);
        assert!(friends_nearer(&graph, &placed.positions) > 0.85);
    }
}
