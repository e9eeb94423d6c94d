//! What the penalties need to know of a graph, worked out once.
//!
//! In: a graph of up to some 60 nodes and its wanted distances. Out: [`Facts`]. Never here: positions.

use super::geometry::Point;
use super::labels::candidates;
use super::page;
use super::targets::Targets;
use super::{Graph, Label};

/// A graph as [`super::score`] sees it; lists are indexed by node.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The height of a label: the unit of lengths.
    pub em: f64,
    /// Wanted distances in hops, row by row; 0 where none.
    pub want: Vec<f64>,
    /// Node pairs with a drawn tie, sorted.
    pub lines: Vec<(usize, usize)>,
    /// Indices of a node's lines.
    pub lines_of: Vec<Vec<usize>>,
    /// Nodes at the other ends of its lines, sorted.
    pub ends: Vec<Vec<usize>>,
    /// Nodes that it backs or is backed by, sorted; who is also an enemy counts as neither.
    pub friends: Vec<Vec<usize>>,
    /// Nodes that it opposes or is opposed by, sorted.
    pub enemies: Vec<Vec<usize>>,
    /// All of these.
    pub around: Vec<Vec<usize>>,
    /// Half the room for a mark and a label on any side of it.
    pub foot: Vec<Point>,
    /// Half the room for the mark alone and the ends of its ties.
    pub room: Vec<Point>,
    /// Where its label may be, beside a mark at (0, 0), and what the place costs.
    pub places: Vec<Vec<(Label, f64)>>,
    /// Radius of the mark.
    pub radius: Vec<f64>,
    /// Its group: the bloc, or one of its own.
    pub group: Vec<usize>,
    /// Whether each group is a bloc.
    pub named: Vec<bool>,
    /// Members of each group.
    pub members: Vec<Vec<usize>>,
    /// Corners and middles of the sides of the page, each of which should have somebody near.
    pub anchors: [Point; 8],
}

impl Facts {
    /// Works them out.
    pub fn new(graph: &Graph, targets: &Targets) -> Self {
        let n = graph.nodes.len();
        let mut want = vec![0.0; n * n];
        for w in &targets.wants {
            want[w.a as usize * n + w.b as usize] = w.distance;
            want[w.b as usize * n + w.a as usize] = w.distance;
        }
        let mut lines: Vec<(usize, usize)> =
            graph.usable().filter(|(_, t)| t.drawn).map(|(_, t)| (t.a.min(t.b), t.a.max(t.b))).collect();
        lines.sort_unstable();
        lines.dedup();
        let mut lines_of = vec![Vec::new(); n];
        let mut ends = vec![Vec::new(); n];
        for (e, &(a, b)) in lines.iter().enumerate() {
            lines_of[a].push(e);
            lines_of[b].push(e);
            ends[a].push(b);
            ends[b].push(a);
        }
        let (friends, enemies) = sides(graph);
        let mut around: Vec<Vec<usize>> = (0..n).map(|v| [&ends[v][..], &friends[v], &enemies[v]].concat()).collect();
        for list in ends.iter_mut().chain(&mut around) {
            list.sort_unstable();
            list.dedup();
        }
        let em = line_height(graph);
        let foot = |v: &super::Node| {
            let label = v.labels.iter().copied().min_by(|p, q| p.x.total_cmp(&q.x)).unwrap_or_default();
            Point::new(v.half.x.max(label.x / 2.0) + 0.3 * em, v.half.y + label.y / 2.0 + 0.25 * em)
        };
        let (group, members) = groups(graph);
        let rim = page::rim(graph);
        let (l, t, r, b) = (rim.x, rim.y, graph.width - rim.x, graph.height - rim.y);
        let (x, y) = (graph.width / 2.0, graph.height / 2.0);
        let anchors = [(l, t), (r, t), (l, b), (r, b), (x, t), (x, b), (l, y), (r, y)].map(|(x, y)| Point::new(x, y));
        Self {
            em,
            want,
            lines,
            lines_of,
            ends,
            friends,
            enemies,
            around,
            foot: graph.nodes.iter().map(foot).collect(),
            room: graph.nodes.iter().map(|v| v.half + Point::new(0.5 * em, 0.5 * em)).collect(),
            places: graph.nodes.iter().map(|v| near(v, em)).collect(),
            named: members.iter().map(|list| graph.nodes[list[0]].bloc.is_some()).collect(),
            radius: graph.nodes.iter().map(|v| v.half.x.max(v.half.y)).collect(),
            group,
            members,
            anchors,
        }
    }
}

/// Places next to the mark.
fn near(node: &super::Node, em: f64) -> Vec<(Label, f64)> {
    let mut places = candidates(node, Point::default(), em);
    places.retain(|(_, cost)| *cost < 2.0);
    places
}

/// The usual height of a label on one line; without labels, a share of the room for a node.
pub fn line_height(graph: &Graph) -> f64 {
    let lowest = |v: &super::Node| v.labels.iter().map(|l| l.y).reduce(f64::min).filter(|&h| h > 0.0);
    let mut heights: Vec<f64> = graph.nodes.iter().filter_map(lowest).collect();
    heights.sort_by(f64::total_cmp);
    let room = graph.width * graph.height / graph.nodes.len().max(1) as f64;
    heights.get(heights.len() / 2).copied().unwrap_or((room.sqrt() / 8.0).min(graph.height / 30.0).max(1e-3))
}

/// Each node's group, and each group's members: a bloc, or a node of none.
pub fn groups(graph: &Graph) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut blocs: Vec<usize> = graph.nodes.iter().filter_map(|v| v.bloc).collect();
    blocs.sort_unstable();
    blocs.dedup();
    let mut members = vec![Vec::new(); blocs.len()];
    let mut group = Vec::with_capacity(graph.nodes.len());
    for (i, v) in graph.nodes.iter().enumerate() {
        let own = v.bloc.and_then(|b| blocs.binary_search(&b).ok()).unwrap_or_else(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        members[own].push(i);
        group.push(own);
    }
    (group, members)
}

/// Nodes that each backs or is backed by, and those it opposes or is opposed by, sorted; who is both is neither.
pub fn sides(graph: &Graph) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let n = graph.nodes.len();
    let (mut friends, mut enemies) = (vec![Vec::new(); n], vec![Vec::new(); n]);
    for (_, t) in graph.usable() {
        let list = match t.sign {
            1 => &mut friends,
            -1 => &mut enemies,
            _ => continue,
        };
        list[t.a].push(t.b);
        list[t.b].push(t.a);
    }
    for list in friends.iter_mut().chain(&mut enemies) {
        list.sort_unstable();
        list.dedup();
    }
    for (f, e) in friends.iter_mut().zip(&mut enemies) {
        let both: Vec<usize> = f.iter().copied().filter(|u| e.binary_search(u).is_ok()).collect();
        f.retain(|u| both.binary_search(u).is_err());
        e.retain(|u| both.binary_search(u).is_err());
    }
    (friends, enemies)
}
