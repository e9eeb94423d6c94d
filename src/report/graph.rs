//! The report on a signed edge list: blocs without words behind them.
//!
//! In: an edge list, its clusters, its balance. Out: Markdown or JSON. Never here: quotes, of which there are none.

use super::chance::Fit;
use super::escape::escape;
use super::findings::{self, groups};
use super::method::{self, points};
use super::sections::strengths;
use super::standing::{self, Central, Polarization};
use super::words::{capital, count, list, number, percent, short_list, told, weight};
use crate::balance::{Balance, frustrated};
use crate::clusters::GraphClusters;
use crate::network::EdgeList;
use serde::Serialize;
use std::collections::BTreeMap;

/// Blocs, members of a bloc and ties that are told; the JSON has all.
const MOST_BLOCS: usize = 12;
const MOST_MEMBERS: usize = 15;
const MOST_TIES: usize = 10;

/// What the report tells about.
#[derive(Debug, Clone, Copy)]
pub struct GraphInput<'a> {
    /// What the file is called.
    pub file: &'a str,
    /// The ties.
    pub list: &'a EdgeList,
    /// The clusters.
    pub clusters: &'a GraphClusters,
    /// The balance of the same graph.
    pub balance: &'a Balance,
}

/// All that is told, and what the Markdown leaves out for brevity.
#[derive(Debug, Serialize)]
struct Findings {
    file: String,
    rows: usize,
    nodes: usize,
    pairs: usize,
    friendly_pairs: usize,
    self_ties: usize,
    cancelled_pairs: usize,
    unreciprocated: f64,
    blocs: Vec<Bloc>,
    alone: Vec<String>,
    fit: Fit,
    polarization: Polarization,
    triads: BTreeMap<&'static str, u64>,
    balanced_share: Option<f64>,
    expected_share: Option<f64>,
    frustration_index: usize,
    frustration_lower: usize,
    /// The ties that do not fit the best two camps.
    outside_camps: Vec<[String; 2]>,
    frustrated: Vec<Frustrated>,
    modularity: Option<Modularity>,
    central: Vec<Central>,
    resamplings: usize,
    resolution: f64,
}

#[derive(Debug, Serialize)]
struct Bloc {
    number: usize,
    /// Those with the heaviest ties first.
    members: Vec<Member>,
}

#[derive(Debug, Serialize)]
struct Member {
    name: String,
    stability: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Frustrated {
    between: [String; 2],
    weight: f64,
}

#[derive(Debug, Serialize)]
struct Modularity {
    objective: f64,
    cost: f64,
    blocs: usize,
    alone: usize,
}

/// The report as CommonMark with tables. Names are escaped; the same input gives the same bytes.
pub fn graph_markdown(input: &GraphInput<'_>) -> String {
    words(&find(input))
}

/// All of it as indented JSON that ends with a newline.
pub fn graph_json(input: &GraphInput<'_>) -> String {
    let mut json = serde_json::to_string_pretty(&find(input)).unwrap_or_default();
    json.push('\n');
    json
}

fn find(input: &GraphInput<'_>) -> Findings {
    let graph = &input.list.graph;
    let partition = &input.clusters.partition;
    let central = standing::central(graph, &partition.of);
    let strength = strengths(graph);
    let mut groups = groups(&partition.of);
    for group in &mut groups {
        group.sort_by(|&a, &b| strength[b].total_cmp(&strength[a]).then_with(|| graph.names[a].cmp(&graph.names[b])));
    }
    let first = |c: usize| groups.get(c).and_then(|g: &Vec<usize>| g.first()).map(|&i| graph.names[i].clone());
    let polarization = standing::apart(graph, &partition.of, |c| first(c).unwrap_or_default());
    let member = |&i: &usize| Member {
        name: graph.names[i].clone(),
        stability: input.clusters.stability.as_ref().map(|s| s[i]),
    };
    let many = groups.iter().take_while(|g| g.len() > 1).count();
    let bloc = |(at, group): (usize, &Vec<usize>)| Bloc { number: at + 1, members: group.iter().map(member).collect() };
    let name = |i: u32| graph.names.get(i as usize).cloned().unwrap_or_default();
    let pair = |&(i, j, _): &(u32, u32, f64)| [name(i), name(j)];
    let mut frustrated: Vec<Frustrated> = frustrated(graph, &partition.of)
        .into_iter()
        .filter_map(|at| graph.edges.get(at))
        .map(|tie| Frustrated { between: pair(tie), weight: tie.2 })
        .collect();
    frustrated.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    let b = input.balance;
    Findings {
        file: input.file.to_owned(),
        rows: input.list.rows,
        nodes: graph.names.len(),
        pairs: graph.edges.len(),
        friendly_pairs: graph.edges.iter().filter(|e| e.2 > 0.0).count(),
        self_ties: input.list.self_ties,
        cancelled_pairs: input.list.cancelled,
        unreciprocated: graph.unreciprocated,
        blocs: groups[..many].iter().enumerate().map(bloc).collect(),
        alone: groups[many..].iter().flatten().map(|&i| graph.names[i].clone()).collect(),
        fit: Fit::of(graph, (partition.cost, partition.lower, partition.proven), &input.clusters.beside),
        polarization,
        triads: ["+++", "++-", "+--", "---"].into_iter().zip(b.triads).collect(),
        balanced_share: b.balanced,
        expected_share: b.expected,
        frustration_index: b.frustration.index,
        frustration_lower: b.frustration.lower,
        outside_camps: b.frustration.ties.iter().filter_map(|&at| graph.edges.get(at)).map(pair).collect(),
        frustrated,
        modularity: input.clusters.modularity.as_ref().map(|m| {
            let groups = findings::groups(&m.of);
            let alone = groups.iter().filter(|g| g.len() == 1).count();
            Modularity { objective: m.objective, cost: m.cost, blocs: groups.len() - alone, alone }
        }),
        central,
        resamplings: input.clusters.resamplings,
        resolution: input.clusters.resolution.positive,
    }
}

fn words(found: &Findings) -> String {
    let mut out = format!("# Who stands with whom\n\n{}", read(found));
    out += &blocs(found);
    out += &fit(found);
    out += &standing::central_words(&found.central, escape);
    out += &method(found);
    out
}

fn read(found: &Findings) -> String {
    let mut out = format!(
        "Read: {} of {}, which tie {} of {} to each other: {} more friendly than hostile, {} more hostile.",
        count(found.rows, "row"),
        escape(found.file.rsplit(['/', '\\']).next().unwrap_or(&found.file)),
        count(found.pairs, "pair"),
        count(found.nodes, "actor"),
        number(found.friendly_pairs),
        number(found.pairs - found.friendly_pairs)
    );
    let one = |n: usize, is: &'static str, are: &'static str| if n == 1 { is } else { are };
    if found.self_ties > 0 {
        let (ties, make) = (count(found.self_ties, "row"), one(found.self_ties, "ties an actor", "tie actors"));
        out += &format!(" {ties} {make} to itself and {} left out.", one(found.self_ties, "is", "are"));
    }
    if found.cancelled_pairs > 0 {
        let (pairs, add) = (count(found.cancelled_pairs, "pair"), one(found.cancelled_pairs, "adds", "add"));
        out += &format!(" The rows of {pairs} {add} up to nothing.");
    }
    out += "\n\n";
    let in_blocs: usize = found.blocs.iter().map(|b| b.members.len()).sum();
    out += &match (found.blocs.len(), found.alone.len()) {
        (0, _) => "No two actors stand together: each stands alone.".to_owned(),
        (n, 0) => format!("All {} fall into {}.", count(found.nodes, "actor"), count(n, "bloc")),
        (n, alone) => format!(
            "Of the {}, {} fall into {} and {} {} alone.",
            count(found.nodes, "actor"),
            number(in_blocs),
            count(n, "bloc"),
            number(alone),
            one(alone, "stands", "stand")
        ),
    };
    out + "\n\n"
}

fn blocs(found: &Findings) -> String {
    let mut out = String::new();
    for bloc in &found.blocs[..told(found.blocs.len(), MOST_BLOCS)] {
        out += &format!("## Bloc {}: {}\n\n", bloc.number, count(bloc.members.len(), "actor"));
        let name = |m: &Member| match m.stability {
            Some(share) => format!("{} ({})", escape(&m.name), percent(share)),
            None => escape(&m.name),
        };
        let names: Vec<String> = bloc.members.iter().map(name).collect();
        out += &format!("{}.\n\n", short_list(&names, MOST_MEMBERS));
    }
    let rest = found.blocs.len() - told(found.blocs.len(), MOST_BLOCS);
    if rest > 0 {
        let members: usize = found.blocs[found.blocs.len() - rest..].iter().map(|b| b.members.len()).sum();
        out += &format!("… and {} of {} in all.\n\n", count(rest, "smaller bloc"), count(members, "actor"));
    }
    if !found.alone.is_empty() && !found.blocs.is_empty() {
        let names: Vec<String> = found.alone.iter().map(|n| escape(n)).collect();
        out += &format!("**Standing alone:** {}.\n\n", short_list(&names, MOST_MEMBERS));
    }
    out
}

fn fit(found: &Findings) -> String {
    let mut out = String::from("## How well it fits together\n\n");
    if found.pairs == 0 {
        return out + "There are no ties to judge by.\n\n";
    }
    out += &found.fit.words();
    let number_of = |at: usize| found.polarization.camps.map_or(0, |c| c[at]);
    let side = |at: usize| {
        let name = found.polarization.camp_names.as_ref().map_or("", |n| n[at].as_str());
        match number_of(at) <= found.blocs.len() {
            true => format!("bloc {} (that of {})", number_of(at), escape(name)),
            false => escape(name),
        }
    };
    let sides = found.polarization.camps.map(|_| [side(0), side(1)]);
    out += &standing::apart_words(&found.polarization, sides);
    out += &method::triads(&found.triads, found.balanced_share, found.expected_share);
    let between = |pair: &[String; 2]| format!("{} and {}", escape(&pair[0]), escape(&pair[1]));
    let named: Vec<String> = found.outside_camps.iter().map(between).collect();
    out += &method::camps(found.frustration_index, found.frustration_lower, found.pairs, &named);
    if found.unreciprocated > 0.0 {
        out += &format!(
            "Rows of the same pair that contradict each other cancel out: {} in all.\n\n",
            points(found.unreciprocated)
        );
    }
    if !found.frustrated.is_empty() {
        out += "**Ties against the grain**\n\nWith one of them gone, the blocs would cost its points less.\n\n";
        for f in &found.frustrated[..told(found.frustrated.len(), MOST_TIES)] {
            let how = if f.weight < 0.0 { "in one bloc, though hostile" } else { "apart, though friendly" };
            let names = [escape(&f.between[0]), escape(&f.between[1])];
            out += &format!("- {}: {how} ({}).\n", capital(&list(&names)), points(f.weight.abs()));
        }
        let rest = found.frustrated.len() - told(found.frustrated.len(), MOST_TIES);
        if rest > 0 {
            out += &format!("- … and {} more in the JSON form of this report.\n", number(rest));
        }
        out += "\n";
    }
    out
}

fn method(found: &Findings) -> String {
    let blocs = match found.resolution {
        0.0 => found.fit.method(),
        g => format!(
            "Blocs have more friendly and less hostile weight inside than chance would give, of which {} is taken off \
             (signed modularity: Gómez, Jensen and Arenas 2009).",
            if g == 1.0 { "all".to_owned() } else { format!("{} times as much", weight(g)) }
        ),
    };
    let mut out = format!(
        "## How this was made\n\nThe rows of each pair of actors are added up, whichever way they point. {blocs}"
    );
    if let Some(m) = &found.modularity {
        out += &format!(
            " Signed modularity, which looks for groups with more friendly and less hostile weight inside than chance would \
             give, finds {} and {} alone, at a cost of {}.",
            count(m.blocs, "bloc"),
            count(m.alone, "actor"),
            weight(m.cost)
        );
    }
    out += &match found.resamplings {
        0 if found.pairs == 0 => String::new(),
        0 => {
            " How firmly an actor belongs was not tested: no resamplings were asked for, or there are too many ties to \
              find the blocs anew a hundred times."
                .to_owned()
        }
        n => format!(
            " How firmly an actor belongs was tested by drawing the ties anew {n} times, with some missing and some counted \
             more than once: the percentage tells how much of its bloc an actor kept, on average."
        ),
    };
    out + "\n"
}
