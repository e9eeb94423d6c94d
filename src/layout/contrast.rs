//! How much blocs are to stand out in a large graph.
//!
//! In: wanted distances that do not know the blocs. Out: positions in which blocs are told apart at a glance, with no
//! more contrast than that takes, since contrast is paid for with stress. Never here: moving single nodes.

use super::dice::Dice;
use super::geometry::Point;
use super::sgd::{self, Descent};
use super::targets::{Contrast, Targets};
use super::{Graph, lines, moves};

/// The silhouette at which blocs are told apart.
const APART: f64 = 0.63;
/// It need not be met more closely.
const MARGIN: f64 = 0.015;
/// Stress layouts to begin with, at most, and wanted distances in all of them.
const STARTS: usize = 6;
const START_WORK: usize = 600_000;
/// How often the contrast is set anew.
const STEPS: usize = 5;
/// The contrast at the start, as the factor for distances within a bloc by that for distances between blocs, and its
/// bounds.
const RATIO: (f64, f64, f64) = (0.6, 0.12, 0.75);
/// Nodes whose silhouettes are looked at, at most.
const SAMPLE: usize = 500;

/// Places the nodes, in any unit; on the page where the places of some are given. `share` is the share of the work that
/// this graph may take.
pub fn place(graph: &Graph, targets: &Targets, share: f64, dice: &mut Dice) -> Vec<Point> {
    let (mut ratio, least, most) = RATIO;
    let mut wanted = targets.with(contrast(ratio));
    let mut positions = best_start(graph, &wanted, dice);
    if graph.pinned() {
        moves::improve(graph, &wanted, &mut positions, share, dice);
        return positions;
    }
    for _ in 0..STEPS {
        let Some(silhouette) = silhouette(graph, &positions) else { break };
        // It is about 1 less the distance within a bloc by that to the next.
        let next = (ratio * (1.0 - APART) / (1.0 - silhouette)).clamp(least, most);
        if (silhouette - APART).abs() < MARGIN || next == ratio {
            break;
        }
        ratio = next;
        wanted = targets.with(contrast(ratio));
        // Back to hops, the unit of the wanted distances.
        let hop = sgd::hop(&wanted, &positions, |_| true).unwrap_or(1.0);
        positions.iter_mut().for_each(|p| *p = *p * (1.0 / hop));
        sgd::descend(&wanted, &mut positions, &[], Descent { rounds: 12, warm: true }, dice);
    }
    moves::improve(graph, &wanted, &mut positions, share, dice);
    positions
}

/// The best of several stress layouts, by stress and crossings: which blocs are neighbours is settled here.
fn best_start(graph: &Graph, wanted: &Targets, dice: &mut Dice) -> Vec<Point> {
    let lines = moves::lines(graph);
    let starts = (START_WORK / wanted.wants.len().max(1)).clamp(1, STARTS);
    let mut tried: Vec<Start> = (0..starts)
        .map(|_| {
            let at = sgd::place(graph, wanted, dice);
            let crossings = if starts > 1 { lines::crossings(&at, &lines) as f64 } else { 0.0 };
            Start { stress: sgd::stress(wanted, &at), crossings, at }
        })
        .collect();
    let stress = tried.iter().map(|t| t.stress).fold(f64::INFINITY, f64::min).max(1e-9);
    let crossings = tried.iter().map(|t| t.crossings).fold(f64::INFINITY, f64::min).max(1.0);
    let cost = |t: &Start| t.stress / stress + t.crossings / crossings;
    let best = (0..tried.len()).reduce(|best, i| if cost(&tried[i]) < cost(&tried[best]) { i } else { best });
    tried.swap_remove(best.unwrap_or(0)).at
}

struct Start {
    stress: f64,
    crossings: f64,
    at: Vec<Point>,
}

/// The factors of this ratio; blocs shrink a little more than the distances between them grow.
pub fn contrast(ratio: f64) -> Contrast {
    let inside = libm::pow(ratio, 0.62);
    Contrast { inside, outside: inside / ratio }
}

/// The mean silhouette of a sample of nodes (Rousseeuw 1987); `None` where there are fewer than two blocs.
fn silhouette(graph: &Graph, at: &[Point]) -> Option<f64> {
    let mut blocs: Vec<usize> = graph.nodes.iter().filter_map(|v| v.bloc).collect();
    blocs.sort_unstable();
    blocs.dedup();
    let own: Vec<Option<usize>> =
        graph.nodes.iter().map(|v| v.bloc.and_then(|b| blocs.binary_search(&b).ok())).collect();
    let mut sizes = vec![0.0_f64; blocs.len()];
    own.iter().flatten().for_each(|&b| sizes[b] += 1.0);
    let (mut sum, mut count) = (0.0, 0.0);
    for v in (0..at.len()).step_by(at.len().div_ceil(SAMPLE)) {
        let Some(mine) = own[v].filter(|&b| sizes[b] > 1.0) else { continue };
        let mut far = vec![0.0_f64; blocs.len()];
        for (bloc, p) in own.iter().zip(at) {
            if let Some(b) = bloc {
                far[*b] += p.distance(at[v]);
            }
        }
        let inside = far[mine] / (sizes[mine] - 1.0);
        let next = (0..blocs.len()).filter(|&b| b != mine).map(|b| far[b] / sizes[b]).reduce(f64::min)?;
        sum += (next - inside) / inside.max(next).max(1e-12);
        count += 1.0;
    }
    (count > 0.0).then_some(sum / count)
}
