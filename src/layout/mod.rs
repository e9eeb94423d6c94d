//! Where the actors go on the page.
//!
//! In: signed ties, blocs, sizes of marks and labels ([`Graph`]). Out: positions, label boxes and the bends of the
//! ties ([`Layout`]). Never here: colours, SVG, text of statements.
//!
//! Plain layout engines ignore the sign of a tie, so that a friend is as likely to sit far away as an enemy. Here the
//! wanted distances know the sign and the blocs (`targets`), and a stress layout meets them (`sgd`). In a small picture
//! annealing then trades them against what the eye wants (`anneal`, `score`), and labels and bends are chosen together
//! (`dress`). In a large one blocs are set apart (`contrast`, `strangers`), single nodes moved to where fewer lines cross
//! (`moves`), and what overlaps is parted (`overlap`, `seat`). The same graph gives the same layout, bit for bit, on every
//! machine and for any number of threads.

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
mod parts;
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
        Self { starts: 5, rounds: 450 }
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

    /// A graph without nodes and ties, for the same page.
    fn clone_empty(&self) -> Graph {
        let Graph { width, height, seed, effort, .. } = *self;
        Graph { nodes: Vec::new(), ties: Vec::new(), width, height, seed, effort }
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

/// Places a graph. Takes about O(rounds · n · (n + degree · m)) up to [`SMALL`] nodes, O(n²) up to some 500, and
/// O(n · 200) beyond, all in a counted number of steps.
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
    let rounds = (rounds as f64 * share * share).max(1.0) as usize;
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
    let mut positions = parts::place(graph, &mut Dice::new(graph.seed, 0));
    strangers::put_out(graph, &mut positions);
    let labels = labels::part(graph, &mut positions);
    Layout { labels, bends: dress::plain_bends(graph), positions }
}

#[cfg(test)]
pub(crate) mod tests;
