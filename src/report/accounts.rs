//! Where documents contradict each other.
//!
//! In: ties and stands. Out: [`Disagreement`]s. Never here: which account is right.

use super::lines::{Line, Object, Part, Stance, lines};
use crate::network::Network;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One actor is said to take opposite stances toward the same, by different documents.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Disagreement {
    /// The one side, then the other.
    pub(super) accounts: [Line; 2],
}

/// All disagreements: support against opposition, invited against not invited. For invitations, who speaks for an
/// actor counts as that actor: France did not invite Germany, France's chief of staff did.
pub(super) fn disagreements(network: &Network, ties: &[Part], stands: &[Part]) -> Vec<Disagreement> {
    let numbers: BTreeMap<&str, usize> =
        network.graph.raw_nodes().iter().map(|n| n.weight.name.as_str()).zip(0..).collect();
    let spoken_for = |i: usize| {
        let affiliation = network.graph.raw_nodes().get(i).and_then(|n| n.weight.affiliation.as_deref());
        affiliation.and_then(|name| numbers.get(name)).copied().unwrap_or(i)
    };
    let mut sides: BTreeMap<(bool, usize, Object), [Vec<&Part>; 2]> = BTreeMap::new();
    for part in ties.iter().chain(stands) {
        let contact = matches!(part.stance, Stance::Invite | Stance::NotInvite);
        let holder = if contact { spoken_for(part.holder) } else { part.holder };
        let both = sides.entry((contact, holder, part.object)).or_default();
        both[usize::from(!part.stance.is_friendly())].push(part);
    }
    let mut found = Vec::new();
    for [friendly, hostile] in sides.into_values() {
        let (a, b) = (documents(network, &friendly), documents(network, &hostile));
        let differ = a.iter().any(|x| b.iter().any(|y| x != y));
        // What one document says both ways is its own affair; it takes two to disagree.
        if !differ {
            continue;
        }
        if let (Some(friendly), Some(hostile)) = (merged(network, &friendly), merged(network, &hostile)) {
            found.push(Disagreement { accounts: [friendly, hostile] });
        }
    }
    found
}

fn documents<'n>(network: &'n Network, parts: &[&Part]) -> BTreeSet<&'n str> {
    let evidence = parts.iter().flat_map(|p| &p.evidence);
    evidence.filter_map(|&i| network.statements.get(i)).map(|s| s.document.as_str()).collect()
}

/// Parts with one object and one stance make one line.
fn merged(network: &Network, parts: &[&Part]) -> Option<Line> {
    lines(network, parts.iter().copied()).into_iter().next()
}
