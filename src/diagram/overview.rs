//! Blocs in the place of actors, where these are too many to be told apart.
//!
//! In: a network of thousands, its blocs. Out: a [`Picture`] with one mark a bloc, which names its most important
//! members, and one line for all ties of a relation from one bloc to another. Never here: which actors are blocs.

use super::DiagramOptions;
use super::names::{bloc_name, named};
use super::picture::{Behind, Group, Line, Mark, Picture, Shape, What};
use super::style::Sizes;
use super::text::{Weight, wrap};
use super::words::{count, number};
use crate::clusters::Blocs;
use crate::network::Network;
use crate::statement::Relation;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;

/// At most so many blocs are drawn, the largest.
const MOST_BLOCS: usize = 30;
/// At most so many lines are drawn, those of most statements.
const MOST_LINES: usize = 60;
/// Ties of one relation in both directions are one line where neither way weighs more than so many times the other.
const EVEN: f64 = 2.0;
/// Members that a bloc's label names.
const NAMED: usize = 3;
/// Members that its tooltip names.
const TOLD: usize = 25;

/// What is seen of a large network within `width` by `height`, all smaller than usual by `detail`.
pub fn picture(
    network: &Network,
    blocs: &Blocs,
    options: &DiagramOptions,
    (width, height): (f64, f64),
    detail: f64,
) -> Picture {
    let mut members: BTreeMap<usize, Vec<NodeIndex>> = BTreeMap::new();
    for node in network.graph.node_indices() {
        if let Some(&bloc) = blocs.of.get(node.index()) {
            members.entry(bloc).or_default().push(node);
        }
    }
    let mut shown: Vec<(usize, Vec<NodeIndex>)> = members.into_iter().filter(|(_, of)| of.len() > 1).collect();
    shown.sort_by_key(|(bloc, of)| (std::cmp::Reverse(of.len()), *bloc));
    shown.truncate(MOST_BLOCS);
    // A handful of actors among thousands is no bloc to speak of, unless there is no larger one.
    let least = (network.graph.node_count() as f64).sqrt() / 10.0;
    let large = shown.iter().filter(|(_, of)| of.len() as f64 >= least).count();
    shown.truncate(large.max(2));
    let mut sizes = Sizes::in_detail((width, height), detail, shown.len(), MOST_LINES);
    sizes.label = 12.5 * sizes.page;
    let largest = shown.first().map_or(1, |(_, of)| of.len()) as f64;
    let room = (width * height / shown.len().max(4) as f64).sqrt();
    let mut marks = Vec::with_capacity(shown.len());
    let mut groups = Vec::with_capacity(shown.len());
    let mut mark_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (bloc, mut of) in shown {
        network.sort_by_prominence(&mut of);
        mark_of.insert(bloc, marks.len());
        let label = |a: NodeIndex| {
            let name = &network.graph[a].name;
            named(options.labels.get(name).unwrap_or(name), "(no name)")
        };
        let top: Vec<String> = of.iter().take(TOLD).map(|&a| label(a)).collect();
        let name = bloc_name(network, of.len(), bloc, blocs, &top, options);
        let radius = room * (0.05 + 0.13 * (of.len() as f64 / largest).sqrt());
        marks.push(Mark {
            what: What::Bloc(bloc),
            id: bloc.to_string(),
            shape: Shape::Circle,
            radius,
            labels: labels(&name, of.len(), &top, &sizes),
            name,
            bloc: None,
            importance: of.len() as f64,
            light: false,
            faded: false,
        });
        groups.push(Group { number: bloc, members: of.len(), top, inside: [0; 3] });
    }
    let (lines, unit) = lines(network, blocs, &mark_of, &mut groups);
    Picture {
        marks,
        lines,
        hidden: Vec::new(),
        blocs: Vec::new(),
        sorted: true,
        kinds: false,
        unit,
        counted: network.imported.is_none(),
        groups,
        sizes,
    }
}

/// The label in full, and with the name and the size alone.
fn labels(name: &str, members: usize, top: &[String], sizes: &Sizes) -> Vec<Vec<String>> {
    let (size, room) = (sizes.label, 15.0 * sizes.label);
    let mut head = wrap(name, size, Weight::Bold, room, 2);
    head.push(count(members, "actor"));
    let mut full = head.clone();
    let names =
        top.iter().filter(|top| !name.contains(top.as_str())).take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    full.extend(wrap(&names, size, Weight::Regular, room, 2));
    vec![full, head, wrap(name, size, Weight::Bold, room, 2)]
}

/// From which mark to which by what relation, how many ties of what weight, and whether both ways.
type Sum = ((usize, usize, Relation), (usize, f64), bool);

/// All ties from one bloc to another as one line a relation; counts inside blocs go to the groups.
fn lines(network: &Network, blocs: &Blocs, mark_of: &BTreeMap<usize, usize>, groups: &mut [Group]) -> (Vec<Line>, f64) {
    let mut sums: BTreeMap<(usize, usize, Relation), (usize, f64)> = BTreeMap::new();
    let mark = |node: NodeIndex| blocs.of.get(node.index()).and_then(|bloc| mark_of.get(bloc)).copied();
    for edge in network.graph.edge_references() {
        let (Some(from), Some(to)) = (mark(edge.source()), mark(edge.target())) else { continue };
        let tie = edge.weight();
        if from == to {
            groups[from].inside[tie.relation as usize] += 1;
        } else if tie.withheld < tie.statements {
            let weight = match &network.imported {
                Some(imported) => imported.weights[edge.id().index()],
                None => f64::from(tie.statements),
            };
            let sum = sums.entry((from, to, tie.relation)).or_default();
            *sum = (sum.0 + 1, sum.1 + weight);
        }
    }
    let mut all: Vec<Sum> = Vec::new();
    for (&(from, to, relation), &here) in &sums {
        let there = sums.get(&(to, from, relation)).copied().unwrap_or_default();
        let even = here.1.max(there.1) <= EVEN * here.1.min(there.1);
        match (even, from < to) {
            (true, true) => all.push(((from, to, relation), (here.0 + there.0, here.1 + there.1), true)),
            (true, false) => {}
            (false, _) => all.push(((from, to, relation), here, false)),
        }
    }
    all.sort_by(|a, b| b.1.1.total_cmp(&a.1.1).then(a.0.cmp(&b.0)));
    all.truncate(MOST_LINES);
    let unit = (all.first().map_or(1.0, |a| a.1.1) / 9.0).max(1e-300);
    let line = |((from, to, relation), (ties, weight), mutual): Sum| Line {
        from,
        to,
        mutual,
        relation: Some(relation),
        hedged: false,
        withheld: false,
        statements: (weight / unit).round().max(1.0) as u32,
        weight,
        faded: false,
        behind: Behind::Ties(ties),
    };
    (all.into_iter().map(line).collect(), unit)
}

/// The tooltip of a bloc's mark.
pub fn of_group(name: &str, group: &Group) -> String {
    let [invite, support, oppose] = group.inside;
    let more = group.members.saturating_sub(group.top.len());
    let more = if more > 0 { format!(" and {} more", number(more)) } else { String::new() };
    format!(
        "{name}: {}\nInside: {} of support, {} of opposition, {}\n{}{more}",
        count(group.members, "actor"),
        count(support, "tie"),
        number(oppose),
        count(invite, "invitation"),
        group.top.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::planted;
    use super::super::{DiagramOptions, draw_network};
    use super::*;

    #[test]
    fn thousands_of_actors_are_drawn_as_their_blocs() {
        let (network, blocs) = planted(1_600, 4, 5_000, 3);
        let seen = picture(&network, &blocs, &DiagramOptions::default(), (1200.0, 650.0), 1.0);
        assert_eq!(seen.groups.iter().map(|g| g.members).sum::<usize>(), 1_600);
        let told: usize = seen.groups.iter().map(|g| g.inside.iter().sum::<usize>()).sum();
        let drawn: usize = seen.lines.iter().map(|l| if let Behind::Ties(ties) = l.behind { ties } else { 0 }).sum();
        assert_eq!(told + drawn, network.graph.edge_count(), "every tie is behind a line or inside a bloc");
        let svg = draw_network(&network, Some(&blocs), &DiagramOptions::default()).unwrap().svg().unwrap();
        roxmltree::Document::parse(&svg).unwrap();
        assert_eq!(svg.matches("class=\"group\"").count(), 4);
        assert!(svg.contains("4 blocs of 1,600 actors") && svg.contains("Inside: "), "{}", &svg[..2_000]);
    }

    #[test]
    fn ties_that_are_even_both_ways_are_one_line() {
        let (network, blocs) = planted(400, 2, 4_000, 3);
        let seen = picture(&network, &blocs, &DiagramOptions::default(), (1200.0, 650.0), 1.0);
        assert!(seen.lines.iter().any(|l| l.mutual && l.relation == Some(Relation::Oppose)), "{:?}", seen.lines);
    }
}
