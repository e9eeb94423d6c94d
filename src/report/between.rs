//! Actors between blocs: who is drawn to a bloc that it does not stand with.
//!
//! In: ties, blocs. Out: [`Between`], with the evidence. Never here: how blocs are found.

use super::lines::{Line, Object, Part, Stance, lines};
use crate::clusters::Clustering;
use crate::network::Network;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// An actor and another bloc that draws it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Between {
    pub(super) actor: String,
    /// Number of its own bloc from 1; `None` when it stands alone.
    pub(super) own_bloc: Option<usize>,
    /// Number of the other bloc.
    pub(super) other_bloc: usize,
    pub(super) why: Why,
    /// Net weight of its ties to the members of its own bloc and to those of the other.
    pub(super) own_weight: f64,
    pub(super) other_weight: f64,
    /// Its ties with the other bloc, both ways.
    pub(super) lines: Vec<Line>,
}

/// What makes it stand between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Why {
    /// Invited by members, but opposes members or what they stand for.
    InvitedButOpposes,
    /// Stands alone; friendly with some members or in some respects, hostile in others.
    BothSides,
    /// Its ties to the other bloc are at least two thirds as strong as those to its own.
    NearlyAsStrong,
}

/// Everyone between two blocs, by name; `blocs` is how many blocs have more than one member.
pub(super) fn between(
    network: &Network,
    clustering: &Clustering,
    blocs: usize,
    ties: &[Part],
    stands: &[Part],
) -> Vec<Between> {
    let of = &clustering.blocs.of;
    // Weight, and ties by index, of each actor with each other bloc.
    let mut weight: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for &(i, j, w) in &clustering.graph.edges {
        let (i, j) = (i as usize, j as usize);
        *weight.entry((i, of[j])).or_default() += w;
        *weight.entry((j, of[i])).or_default() += w;
    }
    let mut with: BTreeMap<(usize, usize), Vec<&Part>> = BTreeMap::new();
    for part in ties {
        let Object::Actor(to) = part.object else { continue };
        with.entry((part.holder, of[to])).or_default().push(part);
        with.entry((to, of[part.holder])).or_default().push(part);
    }
    let mut sides: BTreeMap<usize, Vec<(Object, Stance)>> = BTreeMap::new();
    let mut taken: BTreeSet<(usize, Object, Stance)> = BTreeSet::new();
    for part in stands {
        sides.entry(part.holder).or_default().push((part.object, part.stance));
        taken.insert((of[part.holder], part.object, part.stance));
    }
    // Whether the actor is on the other side of a matter than a member of the bloc.
    let clash = |actor: usize, bloc: usize| {
        let opposite = |stance| if stance == Stance::Support { Stance::Oppose } else { Stance::Support };
        let mut mine = sides.get(&actor).into_iter().flatten();
        mine.any(|&(matter, stance)| taken.contains(&(bloc, matter, opposite(stance))))
    };
    let mut found = Vec::new();
    for ((actor, bloc), parts) in with.into_iter().filter(|((actor, bloc), _)| *bloc < blocs && of[*actor] != *bloc) {
        let own = of[actor];
        let sum = |bloc: usize| weight.get(&(actor, bloc)).copied().unwrap_or(0.0);
        let has =
            |stance: Stance, holds: bool| parts.iter().any(|p| p.stance == stance && (p.holder == actor) == holds);
        let friendly = parts.iter().any(|p| p.stance.is_friendly());
        let hostile = parts.iter().any(|p| !p.stance.is_friendly());
        let why = if has(Stance::Invite, false) && (has(Stance::Oppose, true) || clash(actor, bloc)) {
            Why::InvitedButOpposes
        } else if own >= blocs && friendly && (hostile || clash(actor, bloc)) {
            Why::BothSides
        } else if own < blocs && sum(bloc) > 0.0 && sum(bloc) * 3.0 >= sum(own) * 2.0 {
            Why::NearlyAsStrong
        } else {
            continue;
        };
        let name = |i: usize| network.graph.raw_nodes().get(i).map_or("", |n| n.weight.name.as_str()).to_owned();
        found.push(Between {
            actor: name(actor),
            own_bloc: (own < blocs).then_some(own + 1),
            other_bloc: bloc + 1,
            why,
            own_weight: if own < blocs { sum(own) } else { 0.0 },
            other_weight: sum(bloc),
            lines: lines(network, parts),
        });
    }
    found
}
