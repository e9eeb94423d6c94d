//! Which matters become hubs, and which ties these stand for.
//!
//! In: a network. Out: indices of matters, and whether a tie is one that a hub tells better. Never here: how a hub
//! looks.
//!
//! When five actors oppose a plan of a sixth, five ties to the sixth say less than five lines to the plan. A matter is
//! shown of itself when three actors or more take a stance on it and three ties or more run through it alone, or when
//! there are no ties at all.

use super::Matters;
use crate::network::{Network, Tie};
use crate::statement::Kind;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

/// Actors and ties that a matter must concern to be shown of itself.
const ENOUGH: usize = 3;
/// At most so many matters are shown of themselves.
const MOST: usize = 5;

/// The matters to show, in the network's order.
pub fn shown(network: &Network, matters: Matters) -> Vec<usize> {
    let standing = |m: usize| {
        let mut actors: Vec<NodeIndex> = network.matters[m].stands.iter().map(|s| s.actor).collect();
        actors.dedup();
        actors.len()
    };
    let all = 0..network.matters.len();
    match matters {
        Matters::Hide => Vec::new(),
        Matters::Show => all.filter(|&m| standing(m) > 0).collect(),
        // Without ties the matters are all that there is to see.
        Matters::Auto if network.graph.edge_count() == 0 => all.filter(|&m| standing(m) > 0).take(MOST).collect(),
        Matters::Auto => {
            let mut ties = vec![0_usize; network.matters.len()];
            for tie in network.graph.edge_weights().filter(|tie| tie.matters.len() == 1 && only_via(network, tie)) {
                if let Ok(m) = network.matters.binary_search_by(|m| m.name.cmp(&tie.matters[0])) {
                    ties[m] += 1;
                }
            }
            let mut worth: Vec<usize> = all.filter(|&m| standing(m) >= ENOUGH && ties[m] >= ENOUGH).collect();
            worth.sort_by_key(|&m| (std::cmp::Reverse(ties[m]), m));
            worth.truncate(MOST);
            worth.sort_unstable();
            worth
        }
    }
}

/// Whether the shown matters say all that the tie says.
pub fn replaces(network: &Network, tie: &Tie, shown: &[usize]) -> bool {
    let is_shown = |name: &String| shown.iter().any(|&m| network.matters[m].name == *name);
    !tie.matters.is_empty() && tie.matters.iter().all(is_shown) && only_via(network, tie)
}

/// Whose matter it is: the targets of ties that run through it, but those who take a stance on it themselves, since
/// they have a line to it anyway. Sorted.
pub fn owners(network: &Network, matter: usize, shown: &[usize]) -> Vec<NodeIndex> {
    let Some(matter) = network.matters.get(matter) else { return Vec::new() };
    let stands = |node: NodeIndex| matter.stands.iter().any(|s| s.actor == node);
    let mut owners: Vec<NodeIndex> = network
        .graph
        .edge_references()
        .filter(|e| e.weight().matters.contains(&matter.name) && replaces(network, e.weight(), shown))
        .map(|e| e.target())
        .filter(|&node| !stands(node))
        .collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}

/// Whether none of a tie's statements is about the actor itself.
fn only_via(network: &Network, tie: &Tie) -> bool {
    let direct =
        |&i: &usize| network.statements.get(i).is_some_and(|s| s.target_kind.is_some_and(|k| k != Kind::Matter));
    !tie.evidence.iter().any(direct)
}
