//! What holds for every layout, and how good layouts of planted blocs are.

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
    for (nodes, blocs, ties, noise) in [(18, 2, 40, 0.0), (30, 3, 70, 0.0), (48, 4, 100, 0.04), (150, 4, 400, 0.05)] {
        let mut graph = random(nodes, blocs, ties, noise, 2);
        graph.effort.rounds = 60;
        let share = friends_nearer(&graph, &layout(&graph).positions);
        assert!(share >= 0.95, "{nodes} nodes: {share}");
    }
}

/// Crossings of straight ties, and the mean silhouette of the blocs.
fn crossings_and_silhouette(graph: &Graph, at: &[Point]) -> (usize, f64) {
    let t = &graph.ties;
    let cross = |i: usize, j: usize| geometry::crossing(at[t[i].a], at[t[i].b], at[t[j].a], at[t[j].b]);
    let crossings = (0..t.len()).map(|i| (i + 1..t.len()).filter(|&j| cross(i, j)).count()).sum();
    let mean = |v: usize, bloc: usize| {
        let of = (0..at.len()).filter(|&u| u != v && graph.nodes[u].bloc == Some(bloc));
        let (sum, count) = of.fold((0.0, 0.0), |(s, c), u| (s + at[u].distance(at[v]), c + 1.0));
        sum / f64::max(count, 1.0)
    };
    let blocs = 1 + graph.nodes.iter().filter_map(|v| v.bloc).max().unwrap_or(0);
    let of = |v: usize| {
        let own = graph.nodes[v].bloc.unwrap_or(0);
        let inside = mean(v, own);
        let next = (0..blocs).filter(|&b| b != own).map(|b| mean(v, b)).fold(f64::INFINITY, f64::min);
        (next - inside) / next.max(inside)
    };
    (crossings, (0..at.len()).map(of).sum::<f64>() / at.len() as f64)
}

#[test]
fn layouts_are_as_good_as_they_were() {
    // Crossings, as a share of all pairs of ties, and silhouette.
    for (nodes, blocs, ties, most, least) in
        [(24, 3, 60, 0.08, 0.5), (200, 4, 600, 0.07, 0.58), (300, 8, 900, 0.07, 0.5)]
    {
        for seed in 1..=3 {
            let mut graph = random(nodes, blocs, ties, 0.05, seed);
            graph.effort = Effort { starts: 2, rounds: 200 };
            let at = layout(&graph).positions;
            let (crossings, silhouette) = crossings_and_silhouette(&graph, &at);
            let share = crossings as f64 / (ties * (ties - 1) / 2) as f64;
            let friends = friends_nearer(&graph, &at);
            assert!(share < most, "{nodes} nodes, seed {seed}: {share} crossings");
            assert!(silhouette > least, "{nodes} nodes, seed {seed}: silhouette {silhouette}");
            assert!(friends > 0.92, "{nodes} nodes, seed {seed}: friends {friends}");
        }
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
