//! Blocs and those who stand alone, each with the lines that tell about them.

use super::ReportInput;
use super::findings::{Alone, Bloc, Member, member};
use super::lines::{Line, Object, Part, Stance, lines};
use crate::clusters::bloc_name;
use crate::network::SignedGraph;
use petgraph::graph::NodeIndex;
use std::collections::BTreeSet;

/// The blocs of more than one member.
pub(super) fn blocs(input: &ReportInput<'_>, groups: &[Vec<usize>], ties: &[Part], stands: &[Part]) -> Vec<Bloc> {
    let of = &input.clustering.blocs.of;
    let bloc_of = |i: usize| of.get(i).copied().unwrap_or(usize::MAX);
    let mut tied: Vec<(Vec<&Part>, Vec<&Part>)> = vec![Default::default(); groups.len()];
    for part in ties {
        let Object::Actor(to) = part.object else { continue };
        if let Some((inside, outside)) = tied.get_mut(bloc_of(part.holder)) {
            (if bloc_of(to) == bloc_of(part.holder) { inside } else { outside }).push(part);
        }
    }
    let mut standing: Vec<Vec<&Part>> = vec![Vec::new(); groups.len()];
    for part in stands {
        if let Some(standing) = standing.get_mut(bloc_of(part.holder)) {
            standing.push(part);
        }
    }
    let sides: Vec<(Vec<Line>, Vec<Line>)> = standing
        .into_iter()
        .map(|parts| {
            let mut all = lines(input.network, parts);
            // What most share comes first, whichever side.
            all.sort_by_key(|l| std::cmp::Reverse((l.holders.len(), l.statements)));
            all.into_iter().partition(|l| l.holders.len() > 1)
        })
        .collect();
    let strengths = strengths(&input.clustering.graph);
    let members: Vec<Vec<Member>> = groups
        .iter()
        .map(|nodes| strongest(input, nodes, &strengths).into_iter().map(|i| member(input, i, groups.len())).collect())
        .collect();
    let names = names(input, groups);
    let mut blocs = Vec::new();
    for (((members, name), (shared, single)), (inside, outside)) in members.into_iter().zip(names).zip(sides).zip(tied)
    {
        blocs.push(Bloc {
            number: blocs.len() + 1,
            name,
            by_invitation: by_invitation(&members, &inside, &shared),
            members,
            shared,
            single,
            inside: lines(input.network, inside),
            outside: lines(input.network, outside),
        });
    }
    blocs
}

/// Members who are there because they were invited: no support either way, no shared side, no bond.
fn by_invitation(members: &[Member], inside: &[&Part], shared: &[Line]) -> Vec<String> {
    let tied = |invited: bool| -> BTreeSet<usize> {
        let parts = inside.iter().filter(|p| p.stance == if invited { Stance::Invite } else { Stance::Support });
        let ends = parts.flat_map(|p| match p.object {
            Object::Actor(to) if invited => [to, to],
            Object::Actor(to) => [p.holder, to],
            Object::Matter(_) => [p.holder, p.holder],
        });
        ends.collect()
    };
    let (invited, supporting) = (tied(true), tied(false));
    let speaks = |m: &Member| members.iter().any(|o| m.affiliation.as_ref() == Some(&o.name) || bonded(m, o));
    let only = |m: &&Member| {
        invited.contains(&m.node)
            && !supporting.contains(&m.node)
            && !shared.iter().any(|l| l.holders.contains(&m.name))
            && !speaks(m)
    };
    members.iter().filter(only).map(|m| m.name.clone()).collect()
}

/// Whether the second speaks for the first, or both for the same.
fn bonded(m: &Member, other: &Member) -> bool {
    let same = m.affiliation.is_some() && m.affiliation == other.affiliation;
    other.node != m.node && (same || other.affiliation.as_ref() == Some(&m.name))
}

/// Those who stand alone, the most active first. Of who says nothing it is told what others say of it.
/// The first `blocs` of the groups are blocs of more than one member.
pub(super) fn alone(
    input: &ReportInput<'_>,
    groups: &[Vec<usize>],
    blocs: usize,
    ties: &[Part],
    stands: &[Part],
) -> Vec<Alone> {
    let mut held: Vec<Vec<&Part>> = vec![Vec::new(); input.clustering.graph.names.len()];
    let mut received = held.clone();
    for part in ties.iter().chain(stands) {
        if let Some(held) = held.get_mut(part.holder) {
            held.push(part);
        }
        if let Object::Actor(to) = part.object {
            received[to].push(part);
        }
    }
    let mut alone: Vec<Alone> = groups[blocs..]
        .iter()
        .flatten()
        .map(|&i| {
            let parts = if held[i].is_empty() { &received[i] } else { &held[i] };
            Alone { actor: member(input, i, blocs), lines: told(lines(input.network, parts.iter().copied())) }
        })
        .collect();
    alone.sort_by(|a, b| (b.actor.statements, &a.actor.name).cmp(&(a.actor.statements, &b.actor.name)));
    alone
}

/// Without the lines on a matter that a line toward its owner already tells.
fn told(all: Vec<Line>) -> Vec<Line> {
    let known = |l: &Line| {
        let tells = |o: &Line, m: &String| !o.targets.is_empty() && o.stance == l.stance && o.matters.contains(m);
        l.targets.is_empty() && l.matters.iter().all(|m| all.iter().any(|o| tells(o, m)))
    };
    let keep: Vec<bool> = all.iter().map(|l| !known(l)).collect();
    all.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(line, _)| line).collect()
}

/// For each actor the weight of all its ties, friendly and hostile.
pub(super) fn strengths(graph: &SignedGraph) -> Vec<f64> {
    let mut strengths = vec![0.0; graph.names.len()];
    for &(i, j, w) in &graph.edges {
        strengths[i as usize] += w.abs();
        strengths[j as usize] += w.abs();
    }
    strengths
}

/// Some actors, those with the strongest ties first; then countries before institutions before people.
pub(super) fn strongest(input: &ReportInput<'_>, nodes: &[usize], strengths: &[f64]) -> Vec<usize> {
    let actor = |i: usize| input.network.graph.raw_nodes().get(i).map(|n| (n.weight.kind, &n.weight.name));
    let strength = |i: usize| strengths.get(i).copied().unwrap_or(0.0);
    let mut nodes = nodes.to_vec();
    nodes.sort_by(|&a, &b| strength(b).total_cmp(&strength(a)).then_with(|| actor(a).cmp(&actor(b))));
    nodes
}

/// The names of blocs, given who is in each.
fn names(input: &ReportInput<'_>, groups: &[Vec<usize>]) -> Vec<String> {
    let network = input.network;
    let name = |(bloc, members): (usize, &Vec<usize>)| {
        let mut top: Vec<NodeIndex> = members.iter().map(|&i| NodeIndex::new(i)).collect();
        network.sort_by_prominence(&mut top);
        let top: Vec<String> = top.iter().take(2).map(|&actor| network.graph[actor].name.clone()).collect();
        bloc_name(network, &input.clustering.blocs.of, bloc, members.len(), &top)
    };
    groups.iter().enumerate().map(name).collect()
}
