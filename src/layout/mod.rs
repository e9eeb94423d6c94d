//! Where the actors go on the page.
//!
//! In: signed ties, blocs, sizes of marks and labels ([`Graph`]). Out: positions, label boxes and the bends of the
//! ties ([`Layout`]). Never here: colours, SVG, text of statements.
//!
//! Plain layout engines ignore the sign of a tie, so that a friend is as likely to sit far away as an enemy. Here the
//! wanted distances know the sign ([`targets`]), a stress layout meets them ([`sgd`]), annealing trades them against
//! what the eye wants ([`anneal`], [`score`]), and labels and bends are chosen together ([`dress`]). The same graph
//! gives the same layout, bit for bit, on every machine and for any number of threads.

pub mod anneal;
pub mod dice;
pub mod dress;
pub mod geometry;
pub mod labels;
pub mod overlap;
pub mod score;
pub mod sgd;
pub mod targets;

use geometry::{Point, Rect};
use rayon::prelude::*;

/// Up to this many nodes the layout is annealed and every label is placed.
pub const SMALL: usize = 60;

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
        Self { starts: 8, rounds: 240 }
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

    /// Ties that can be used: between two different nodes that exist.
    fn sound(&self) -> Graph {
        let n = self.nodes.len();
        let mut graph = self.clone();
        for tie in &mut graph.ties {
            if tie.a >= n || tie.b >= n || tie.a == tie.b {
                *tie = Tie { a: usize::MAX, b: usize::MAX, drawn: false, ..*tie };
            }
        }
        graph
    }

    /// Indices of the usable ties.
    pub(crate) fn usable(&self) -> impl Iterator<Item = (usize, &Tie)> {
        self.ties.iter().enumerate().filter(|(_, t)| t.a != usize::MAX)
    }
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

/// Several annealed starts side by side; the best by score, the first of equals.
fn small(graph: &Graph) -> Layout {
    let targets = targets::Targets::new(graph);
    let tried: Vec<(f64, Layout)> = (0..graph.effort.starts.max(1) as u64)
        .into_par_iter()
        .map(|start| {
            let mut dice = dice::Dice::new(graph.seed, start);
            let mut positions = sgd::place(graph, &targets, &mut dice);
            let score = anneal::anneal(graph, &targets, &mut positions, &mut dice);
            let (dressed, faults) = dress::dress(graph, positions);
            (score + faults, dressed)
        })
        .collect();
    let mut best: Option<(f64, Layout)> = None;
    for (score, layout) in tried {
        if best.as_ref().is_none_or(|(b, _)| score < *b) {
            best = Some((score, layout));
        }
    }
    best.map(|(_, layout)| layout).unwrap_or_default()
}

/// One stress layout, overlaps removed, labels for the most important nodes first.
fn large(graph: &Graph) -> Layout {
    let targets = targets::Targets::new(graph);
    let mut dice = dice::Dice::new(graph.seed, 0);
    let mut positions = sgd::place(graph, &targets, &mut dice);
    overlap::part_marks(graph, &mut positions);
    let labels = labels::greedy(graph, &positions);
    Layout { labels, bends: dress::plain_bends(graph), positions }
}
