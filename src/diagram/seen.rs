//! How the picture shows each actor, for programs that draw the network themselves.
//!
//! In: a network, its blocs, and the page laid out where actors are drawn one by one. Out: [`Seen`]. Never here: SVG.

use super::DiagramOptions;
use super::picture::What;
use super::sheet::Sheet;
use crate::clusters::Blocs;
use crate::layout::geometry::Point;
use crate::network::Network;
use std::collections::BTreeMap;

/// Radius of the mark of a middling actor, where there is no page.
const RADIUS: f64 = 10.0;

/// How an actor is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// The middle of its mark on the page, y growing downward; `None` where the actors are too many to be drawn one by
    /// one.
    pub at: Option<Point>,
    /// Radius of its mark.
    pub radius: f64,
    /// Red, green and blue of its bloc.
    pub colour: (u8, u8, u8),
}

/// One an actor, in the network's order.
pub(super) fn seen(
    network: &Network,
    blocs: Option<&Blocs>,
    options: &DiagramOptions,
    sheet: Option<&Sheet>,
) -> Vec<Seen> {
    let palette = options.theme.palette();
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    blocs.iter().flat_map(|b| &b.of).for_each(|bloc| *sizes.entry(*bloc).or_default() += 1);
    // Who stands alone has no colour of a bloc's.
    let bloc = |i: usize| blocs.and_then(|b| b.of.get(i)).filter(|bloc| sizes[*bloc] > 1);
    let alone = if blocs.is_some() { palette.loner } else { palette.bloc(0) };
    let most = network.graph.node_weights().map(|a| a.statements).max().unwrap_or(1).max(1);
    let mut all: Vec<Seen> = network
        .graph
        .node_weights()
        .enumerate()
        .map(|(i, actor)| {
            let share = (f64::from(actor.statements) / f64::from(most)).sqrt();
            let colour = bloc(i).map_or(alone, |bloc| palette.bloc(*bloc));
            Seen { at: None, radius: RADIUS * (0.78 + 0.62 * share), colour: (colour.0, colour.1, colour.2) }
        })
        .collect();
    for (mark, at) in sheet.into_iter().flat_map(Sheet::marks) {
        if let What::Actor(node) = mark.what {
            let own = &mut all[node.index()];
            (own.at, own.radius) = (Some(at), mark.radius);
        }
    }
    all
}
