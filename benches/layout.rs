//! How fast pictures are laid out, and how good they are: `cargo bench --bench layout [-- SEEDS]`.
//!
//! Graphs with planted blocs of 25, 200, 1,500 and 5,000 actors, of SEEDS seeds each (1 where none is given). Times are of
//! one thread; run it on an idle machine. Crossings, overlaps and faults are those of straight ties.

use stancenet::layout::geometry::{Point, Rect, crossing, hull};
use stancenet::layout::{Effort, Graph, Layout, Node, Tie, layout};
use std::collections::{BTreeSet, VecDeque};
use std::time::Instant;

fn main() {
    let seeds = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(1);
    let Ok(one_thread) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return };
    for size in [
        Size { nodes: 25, blocs: 4, ties: 61, mark: 12.0, page: (1156.0, 650.0) },
        Size { nodes: 200, blocs: 4, ties: 604, mark: 5.0, page: (1156.0, 650.0) },
        Size { nodes: 1_500, blocs: 6, ties: 5_000, mark: 4.0, page: (2000.0, 1200.0) },
        Size { nodes: 5_000, blocs: 12, ties: 17_541, mark: 3.0, page: (2400.0, 1500.0) },
    ] {
        for seed in 1..=seeds {
            let graph = planted(size, seed);
            let clock = Instant::now();
            let placed = one_thread.install(|| layout(&graph));
            let seconds = clock.elapsed().as_secs_f64();
            let Size { nodes, ties, .. } = size;
            println!(
                "{nodes} actors, {ties} ties, seed {seed}: signed stress {:.3}, {} crossings, silhouette {:.2}, \
                 friends nearer {:.3}, {} strangers, {} overlaps, {} labels, {seconds:.2} s",
                signed_stress(&graph, &placed.positions),
                crossings(&graph, &placed.positions),
                silhouette(&graph, &placed.positions),
                friends(&graph, &placed.positions),
                strangers(&graph, &placed.positions),
                overlaps(&graph, &placed),
                placed.labels.iter().flatten().count(),
            );
        }
    }
}

/// What is planted.
#[derive(Clone, Copy)]
struct Size {
    nodes: usize,
    blocs: usize,
    ties: usize,
    mark: f64,
    page: (f64, f64),
}

/// Two ties of three within blocs, 8 in 100 of them opposition; 9 in 100 of those between blocs support. Some nodes have
/// far more ties than others.
fn planted(size: Size, seed: u64) -> Graph {
    let mut state = seed;
    // SplitMix64 (Steele, Lea & Flood 2014).
    let mut below = |bound: usize| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    };
    let (mut ties, mut seen, mut degree) = (Vec::new(), BTreeSet::new(), vec![0.0; size.nodes]);
    while ties.len() < size.ties {
        // The lower of two draws, every other time: low numbers come up more.
        let mut draw = || if below(2) == 0 { below(size.nodes) } else { below(size.nodes).min(below(size.nodes)) };
        let (a, mut b) = (draw(), draw());
        let within = below(100) < 67;
        if within {
            b = (b - b % size.blocs + a % size.blocs) % size.nodes;
        }
        let together = a % size.blocs == b % size.blocs;
        if a == b || within != together || !seen.insert((a.min(b), a.max(b))) {
            continue;
        }
        let support = if together { below(100) >= 8 } else { below(100) < 9 };
        degree[a] += 1.0;
        degree[b] += 1.0;
        ties.push(Tie { a, b, sign: if support { 1 } else { -1 }, weight: 1.0, drawn: true });
    }
    let node = |(v, &degree): (usize, &f64)| Node {
        half: Point::new(size.mark, size.mark),
        labels: vec![Point::new(54.0, 16.0)],
        bloc: Some(v % size.blocs),
        importance: degree,
        ..Node::default()
    };
    let nodes = degree.iter().enumerate().map(node).collect();
    Graph { nodes, ties, width: size.page.0, height: size.page.1, seed, effort: Effort::default() }
}

/// Stress against the hops over ties that are not negative, at least 3 across an opposition, at the scale that fits
/// best; from up to some 600 nodes.
fn signed_stress(graph: &Graph, at: &[Point]) -> f64 {
    let n = at.len();
    let (mut near, mut against) = (vec![Vec::new(); n], vec![Vec::new(); n]);
    for t in &graph.ties {
        let lists = if t.sign >= 0 { &mut near } else { &mut against };
        lists[t.a].push(t.b);
        lists[t.b].push(t.a);
    }
    let mut rows = Vec::new();
    for from in (0..n).step_by(n.div_ceil(600)) {
        let mut hops = vec![f64::INFINITY; n];
        let mut queue = VecDeque::from([from]);
        hops[from] = 0.0;
        while let Some(v) = queue.pop_front() {
            for &u in &near[v] {
                if hops[u].is_infinite() {
                    hops[u] = hops[v] + 1.0;
                    queue.push_back(u);
                }
            }
        }
        rows.push((from, hops));
    }
    let far = 1.0 + rows.iter().flat_map(|r| &r.1).copied().filter(|d| d.is_finite()).fold(0.0, f64::max);
    let (mut one, mut two, mut count) = (0.0, 0.0, 0.0);
    for (from, hops) in &rows {
        for v in (0..n).filter(|v| v != from) {
            let least = if against[*from].contains(&v) { 3.0 } else { 1.0 };
            let r = at[v].distance(at[*from]) / hops[v].min(far).max(least);
            one += r;
            two += r * r;
            count += 1.0;
        }
    }
    1.0 - one * one / (two * count)
}

fn crossings(graph: &Graph, at: &[Point]) -> usize {
    let mut lines: Vec<(f64, f64, usize, usize)> =
        graph.ties.iter().map(|t| (at[t.a].x.min(at[t.b].x), at[t.a].x.max(at[t.b].x), t.a, t.b)).collect();
    lines.sort_by(|one, two| one.0.total_cmp(&two.0));
    let mut count = 0;
    for (i, one) in lines.iter().enumerate() {
        let others = lines[i + 1..].iter().take_while(|two| two.0 <= one.1);
        count += others.filter(|two| crossing(at[one.2], at[one.3], at[two.2], at[two.3])).count();
    }
    count
}

/// Over at most some 500 nodes (Rousseeuw 1987).
fn silhouette(graph: &Graph, at: &[Point]) -> f64 {
    let bloc = |v: usize| graph.nodes[v].bloc.unwrap_or(0);
    let blocs = 1 + (0..at.len()).map(bloc).max().unwrap_or(0);
    let mut sizes = vec![0.0_f64; blocs];
    (0..at.len()).for_each(|v| sizes[bloc(v)] += 1.0);
    let (mut sum, mut count) = (0.0, 0.0);
    for v in (0..at.len()).step_by(at.len().div_ceil(500)) {
        let mut far = vec![0.0; blocs];
        (0..at.len()).for_each(|u| far[bloc(u)] += at[u].distance(at[v]));
        let inside = far[bloc(v)] / (sizes[bloc(v)] - 1.0);
        let others = (0..blocs).filter(|&b| b != bloc(v)).map(|b| far[b] / sizes[b]);
        let next = others.fold(f64::INFINITY, f64::min);
        sum += (next - inside) / inside.max(next);
        count += 1.0;
    }
    sum / count
}

/// The share of (actor, friend, enemy) in which the friend is nearer.
fn friends(graph: &Graph, at: &[Point]) -> f64 {
    let (mut friends, mut enemies) = (vec![Vec::new(); at.len()], vec![Vec::new(); at.len()]);
    for t in &graph.ties {
        let lists = if t.sign > 0 { &mut friends } else { &mut enemies };
        lists[t.a].push(at[t.a].distance(at[t.b]));
        lists[t.b].push(at[t.a].distance(at[t.b]));
    }
    let (mut nearer, mut all) = (0.0, 0.0);
    for (friends, enemies) in friends.iter().zip(&enemies) {
        for friend in friends {
            nearer += enemies.iter().filter(|&enemy| friend < enemy).count() as f64;
            all += enemies.len() as f64;
        }
    }
    nearer / f64::max(all, 1.0)
}

/// Nodes within the hull of another bloc.
fn strangers(graph: &Graph, at: &[Point]) -> usize {
    let blocs: BTreeSet<Option<usize>> = graph.nodes.iter().map(|v| v.bloc).collect();
    let mut count = 0;
    for bloc in blocs {
        let of = |same: bool| (0..at.len()).filter(move |&v| (graph.nodes[v].bloc == bloc) == same).map(|v| at[v]);
        let outline = hull(&of(true).collect::<Vec<_>>());
        let side = |p: Point, i: usize| (outline[(i + 1) % outline.len()] - outline[i]).cross(p - outline[i]);
        count += of(false).filter(|&p| (0..outline.len()).all(|i| side(p, i) >= 0.0)).count();
    }
    count
}

/// Pairs of marks or labels that overlap, but for a mark and its own label.
fn overlaps(graph: &Graph, placed: &Layout) -> usize {
    let marks = placed.positions.iter().zip(&graph.nodes).map(|(&center, v)| Rect { center, half: v.half });
    let labels = placed.labels.iter().enumerate().filter_map(|(v, l)| l.map(|l| (v, l.rect)));
    let mut boxes: Vec<(usize, Rect)> = marks.enumerate().chain(labels).collect();
    boxes.sort_by(|one, two| one.1.sides().0.total_cmp(&two.1.sides().0));
    let mut count = 0;
    for (i, (v, one)) in boxes.iter().enumerate() {
        let near = boxes[i + 1..].iter().take_while(|(_, two)| two.sides().0 < one.sides().2);
        count += near.filter(|(u, two)| u != v && one.hits(*two)).count();
    }
    count
}
