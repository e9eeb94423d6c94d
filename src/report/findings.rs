//! Everything that the report tells, chosen and counted, before it is put into words. As JSON it is the report itself.

use super::ReportInput;
use super::accounts::{Disagreement, disagreements};
use super::between::{Between, between};
use super::certainty::{self, Elsewhere, Free, Hinge};
use super::chance::Fit;
use super::lines::{self, Line, Object, Part};
use super::sections::{strengths, strongest};
use super::standing::{self, Central, Polarization};
use super::time::{self, OverTime};
use crate::balance::frustrated;
use crate::clusters::{Partition, movers};
use crate::network::Level;
use crate::statement::{Kind, Relation};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Serialize)]
pub(super) struct Findings {
    pub(super) read: Read,
    pub(super) blocs: Vec<Bloc>,
    pub(super) alone: Vec<Alone>,
    pub(super) between: Vec<Between>,
    pub(super) crossings: Vec<Crossing>,
    pub(super) balance: Balance,
    pub(super) polarization: Polarization,
    pub(super) central: Vec<Central>,
    /// Statements without which somebody would stand elsewhere; `None` when too many to try each.
    pub(super) hinges: Option<Vec<Hinge>>,
    /// Who could stand elsewhere at no cost.
    pub(super) free: Vec<Free>,
    pub(super) disagreements: Vec<Disagreement>,
    pub(super) over_time: Option<OverTime>,
    /// What all resamplings together say; `None` with one document, and for very many actors.
    pub(super) consensus: Option<View>,
    pub(super) modularity: View,
    pub(super) invitations: Vec<View>,
}

/// What the report rests on.
#[derive(Debug, Serialize)]
pub(super) struct Read {
    pub(super) documents: usize,
    pub(super) documents_with_statements: usize,
    /// Whether each document is an event that was counted and not kept.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) events: bool,
    pub(super) first_date: Option<String>,
    pub(super) last_date: Option<String>,
    pub(super) level: &'static str,
    pub(super) actors: usize,
    pub(super) ties: usize,
    pub(super) matters: usize,
    pub(super) statements: usize,
    pub(super) hedged: usize,
    pub(super) withheld: usize,
    pub(super) self_ties: usize,
    pub(super) left_out: BTreeMap<&'static str, usize>,
    pub(super) weights: BTreeMap<&'static str, f64>,
    pub(super) resamplings: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct Bloc {
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) members: Vec<Member>,
    /// Members whom nothing but invitations ties to the bloc.
    pub(super) by_invitation: Vec<String>,
    /// Matters on which at least two members take one side, with those who do.
    pub(super) shared: Vec<Line>,
    /// Matters on which one member takes a side.
    pub(super) single: Vec<Line>,
    /// Ties among members.
    pub(super) inside: Vec<Line>,
    /// Ties of members to others.
    pub(super) outside: Vec<Line>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Member {
    #[serde(skip)]
    pub(super) node: usize,
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) affiliation: Option<String>,
    /// Statements that it holds or is the target of.
    pub(super) statements: u32,
    /// 0 to 1; `None` when there is but one document.
    pub(super) stability: Option<f64>,
    /// Where it stands in the resamplings when not with its own.
    pub(super) elsewhere: Option<Elsewhere>,
}

#[derive(Debug, Serialize)]
pub(super) struct Alone {
    #[serde(flatten)]
    pub(super) actor: Member,
    pub(super) lines: Vec<Line>,
}

/// Ties between two blocs, or a bloc and an actor that stands alone, or two of those.
#[derive(Debug, Serialize)]
pub(super) struct Crossing {
    pub(super) sides: [String; 2],
    /// Numbers of the blocs; `None` for who stands alone.
    pub(super) blocs: [Option<usize>; 2],
    pub(super) for_each_other: f64,
    pub(super) against_each_other: f64,
}

#[derive(Debug, Serialize)]
pub(super) struct Balance {
    pub(super) triads: BTreeMap<&'static str, u64>,
    pub(super) balanced_share: Option<f64>,
    pub(super) expected_share: Option<f64>,
    pub(super) signed_ties: usize,
    pub(super) positive_ties: usize,
    pub(super) frustration_index: usize,
    pub(super) frustration_lower: usize,
    /// The ties that do not fit the best two camps.
    pub(super) outside_camps: Vec<[String; 2]>,
    pub(super) fit: Fit,
    pub(super) unreciprocated: f64,
    /// Against the grain: hostile inside a bloc or friendly between two, heaviest first.
    pub(super) frustrated: Vec<Frustrated>,
}

#[derive(Debug, Serialize)]
pub(super) struct Frustrated {
    pub(super) actors: [String; 2],
    pub(super) weight: f64,
    pub(super) lines: Vec<Line>,
}

/// The blocs seen in another way.
#[derive(Debug, Serialize)]
pub(super) struct View {
    /// The weight of an invitation.
    pub(super) invitation: f64,
    pub(super) cost: f64,
    /// Who is in other company than in the blocs above.
    pub(super) moved: Vec<String>,
    /// Groups of at least two.
    pub(super) groups: Vec<Vec<String>>,
    pub(super) alone: Vec<String>,
}

/// Chooses and counts.
pub(super) fn find(input: &ReportInput<'_>) -> Findings {
    let network = input.network;
    let of = &input.clustering.blocs.of;
    let ties = lines::ties(network);
    let stands = lines::stands(network);
    let members = groups(of);
    let count = members.iter().take_while(|m| m.len() > 1).count();
    let blocs = super::sections::blocs(input, &members[..count], &ties, &stands);
    let graph = &input.clustering.graph;
    let first = |b: usize| members.get(b).and_then(|m| m.first()).and_then(|&i| graph.names.get(i)).cloned();
    let bloc_name = |b: usize| blocs.get(b).map_or_else(|| first(b).unwrap_or_default(), |bloc| bloc.name.clone());
    let consensus = input.clustering.consensus.as_ref().filter(|_| input.clustering.is_tested());
    Findings {
        read: read(input),
        alone: super::sections::alone(input, &members, count, &ties, &stands),
        between: between(network, input.clustering, count, &ties, &stands),
        crossings: crossings(input, &blocs),
        balance: balance(input, &ties, &stands),
        polarization: standing::apart(graph, of, bloc_name),
        central: standing::central(graph, of),
        hinges: certainty::hinges(input, &ties, &stands),
        free: certainty::free(input, count),
        disagreements: disagreements(network, &ties, &stands),
        over_time: time::find(input.windows),
        consensus: consensus.map(|partition| view(input, partition, input.clustering.weights.invite)),
        modularity: view(input, &input.clustering.modularity, input.clustering.weights.invite),
        invitations: input.clustering.invitations.iter().map(|(w, partition)| view(input, partition, *w)).collect(),
        blocs,
    }
}

/// Nodes of each bloc, in order.
pub(super) fn groups(of: &[usize]) -> Vec<Vec<usize>> {
    let mut groups = vec![Vec::new(); of.iter().max().map_or(0, |&b| b + 1)];
    for (i, &b) in of.iter().enumerate() {
        groups[b].push(i);
    }
    groups
}

/// What is known of a node; `blocs` is how many blocs have more than one member.
pub(super) fn member(input: &ReportInput<'_>, i: usize, blocs: usize) -> Member {
    let actor = input.network.graph.raw_nodes().get(i).map(|n| &n.weight);
    let tested = input.clustering.is_tested();
    let stability = input.clustering.blocs.stability.get(i).copied().filter(|_| tested);
    Member {
        node: i,
        name: actor.map_or_else(String::new, |a| a.name.clone()),
        kind: actor.map_or(Kind::Institution, |a| a.kind).as_str(),
        affiliation: actor.and_then(|a| a.affiliation.clone()),
        statements: actor.map_or(0, |a| a.statements),
        stability,
        elsewhere: certainty::elsewhere(input, i, blocs),
    }
}

fn read(input: &ReportInput<'_>) -> Read {
    let network = input.network;
    let statements = &network.statements;
    let documents: BTreeSet<&str> = statements.iter().map(|s| s.document.as_str()).collect();
    let counted = network.counted();
    let documents = if network.tallied.is_some() { counted.statements as usize } else { documents.len() };
    let w = input.clustering.weights;
    let out = network.left_out;
    Read {
        documents: input.documents.max(documents),
        documents_with_statements: documents,
        events: network.tallied.is_some(),
        first_date: counted.first.map(|d| d.to_string()),
        last_date: counted.last.map(|d| d.to_string()),
        level: if input.options.level == Level::Country { "country" } else { "actor" },
        actors: network.graph.node_count(),
        ties: network.graph.edge_count(),
        matters: network.matters.len(),
        statements: counted.statements as usize,
        hedged: counted.hedged as usize,
        withheld: statements.iter().filter(|s| s.withheld && s.relation == Relation::Invite).count(),
        self_ties: network.self_ties,
        left_out: BTreeMap::from([
            ("undated", out.undated),
            ("outside_dates", out.outside_dates),
            ("by_name", out.by_name),
            ("hedged", out.hedged),
            ("unsure", out.unsure),
            ("light_ties", out.light_ties),
        ]),
        weights: BTreeMap::from([
            ("support", w.support),
            ("oppose", w.oppose),
            ("invite", w.invite),
            ("withheld", w.withheld),
            ("agreement", w.agreement),
            ("hedged", w.hedged),
            ("affiliation", w.affiliation),
        ]),
        resamplings: input.clustering.resamplings,
    }
}

fn crossings(input: &ReportInput<'_>, blocs: &[Bloc]) -> Vec<Crossing> {
    let of = &input.clustering.blocs.of;
    let names = &input.clustering.graph.names;
    let mut sums: BTreeMap<(usize, usize), (f64, f64)> = BTreeMap::new();
    for &(i, j, w) in &input.clustering.graph.edges {
        let (a, b) = (of[i as usize], of[j as usize]);
        if a != b {
            let (plus, minus) = sums.entry((a.min(b), a.max(b))).or_default();
            *(if w > 0.0 { plus } else { minus }) += w.abs();
        }
    }
    let mut firsts: BTreeMap<usize, &String> = BTreeMap::new();
    for (b, name) in of.iter().zip(names) {
        firsts.entry(*b).or_insert(name);
    }
    let first = |b: usize| firsts.get(&b).map_or_else(String::new, |name| (*name).clone());
    let name = |b: usize| blocs.get(b).map_or_else(|| first(b), |bloc| bloc.name.clone());
    let number = |b: usize| (b < blocs.len()).then_some(b + 1);
    let mut crossings: Vec<Crossing> = sums
        .into_iter()
        .map(|((a, b), (plus, minus))| Crossing {
            sides: [name(a), name(b)],
            blocs: [number(a), number(b)],
            for_each_other: plus,
            against_each_other: minus,
        })
        .collect();
    // Between blocs first, then the heaviest; the sort keeps the order of equals.
    let alone = |c: &Crossing| c.blocs.iter().filter(|b| b.is_none()).count();
    let size = |c: &Crossing| c.for_each_other + c.against_each_other;
    crossings.sort_by(|a, b| alone(a).cmp(&alone(b)).then(size(b).total_cmp(&size(a))));
    crossings
}

fn balance(input: &ReportInput<'_>, ties: &[Part], stands: &[Part]) -> Balance {
    let graph = &input.clustering.graph;
    let edges = &graph.edges;
    let reasons = Reasons::new(ties, stands);
    let pair = |&(i, j, _): &(u32, u32, f64)| [i, j].map(|i| graph.names.get(i as usize).cloned().unwrap_or_default());
    let wrong = frustrated(graph, &input.clustering.blocs.of);
    let mut frustrated: Vec<Frustrated> = wrong
        .into_iter()
        .filter_map(|at| edges.get(at))
        .map(|tie| (pair(tie), tie))
        .map(|(actors, &(i, j, weight))| Frustrated {
            actors,
            weight,
            lines: reasons.between(input, i as usize, j as usize),
        })
        .collect();
    frustrated.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    let b = input.balance;
    Balance {
        triads: ["+++", "++-", "+--", "---"].into_iter().zip(b.triads).collect(),
        balanced_share: b.balanced,
        expected_share: b.expected,
        signed_ties: edges.len(),
        positive_ties: edges.iter().filter(|e| e.2 > 0.0).count(),
        frustration_index: b.frustration.index,
        frustration_lower: b.frustration.lower,
        outside_camps: b.frustration.ties.iter().filter_map(|&at| edges.get(at)).map(pair).collect(),
        fit: Fit::of(
            graph,
            (input.clustering.blocs.cost, input.clustering.lower, input.clustering.proven),
            &input.clustering.beside,
        ),
        unreciprocated: graph.unreciprocated,
        frustrated,
    }
}

/// What is said between two actors; where nothing is, the matters on which both take a side.
struct Reasons<'p> {
    ties: BTreeMap<(usize, usize), Vec<&'p Part>>,
    stands: BTreeMap<usize, Vec<&'p Part>>,
}

impl<'p> Reasons<'p> {
    fn new(ties: &'p [Part], stands: &'p [Part]) -> Self {
        let mut reasons = Self { ties: BTreeMap::new(), stands: BTreeMap::new() };
        for part in ties {
            if let Object::Actor(to) = part.object {
                reasons.ties.entry((part.holder.min(to), part.holder.max(to))).or_default().push(part);
            }
        }
        for part in stands {
            reasons.stands.entry(part.holder).or_default().push(part);
        }
        reasons
    }

    /// For `i < j`.
    fn between(&self, input: &ReportInput<'_>, i: usize, j: usize) -> Vec<Line> {
        if let Some(direct) = self.ties.get(&(i, j)) {
            return lines::lines(input.network, direct.iter().copied());
        }
        let of = |a: usize| self.stands.get(&a).into_iter().flatten().copied();
        let both: BTreeSet<Object> = of(i).filter(|p| of(j).any(|q| q.object == p.object)).map(|p| p.object).collect();
        lines::lines(input.network, of(i).chain(of(j)).filter(|p| both.contains(&p.object)))
    }
}

fn view(input: &ReportInput<'_>, partition: &Partition, invitation: f64) -> View {
    let names = &input.clustering.graph.names;
    let name = |i: usize| names.get(i).cloned().unwrap_or_default();
    let strengths = strengths(&input.clustering.graph);
    let all = groups(&partition.of);
    let (groups, alone): (Vec<_>, Vec<_>) = all.into_iter().partition(|g| g.len() > 1);
    View {
        invitation,
        cost: partition.cost,
        moved: movers(&input.clustering.blocs.of, &partition.of).into_iter().map(name).collect(),
        groups: groups.iter().map(|g| strongest(input, g, &strengths).into_iter().map(name).collect()).collect(),
        alone: alone.into_iter().flatten().map(name).collect(),
    }
}
