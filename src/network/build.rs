//! From statements to the network: filter, roll up, count.
//!
//! In: statements and options. Out: a [`Network`]. Never here: weights, which [`combined`](super::combined) gives.

use super::evidence::{matter_of, units};
use super::filter::{filter, sorted};
use super::identity::Identities;
use super::{Actor, Matter, Network, NetworkOptions, Stand, Tie};
use crate::statement::{Kind, Relation, Statement};
use petgraph::graph::{DiGraph, NodeIndex};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Builds the network. `code` gives the ISO 3166-1 alpha-3 code of a country's name; `kind` says what an actor is whom
/// the statements only name as spoken for or as a matter's owner (without an answer it is an institution).
///
/// - A stance toward an actor is a tie to it. A stance on a matter is a tie to each owner of the matter (`toward`),
///   except the holder itself and the one it speaks for: one's own plan is no tie to oneself.
/// - One statement counts for each (document, holder, relation, withheld, target or matter), whoever coded it; it is
///   hedged only if all are. So a document that says that Germany opposes France, and opposes the mission of France,
///   adds two to the tie, however often it says either.
/// - Stances of an actor toward itself (after roll-up) are left out and counted. An invitation "to" a matter invites
///   nobody and makes no tie.
/// - Light ties ([`NetworkOptions::min_weight`]) go last; actors left with neither tie nor stand go with them.
pub fn build(
    statements: &[Statement],
    options: &NetworkOptions,
    code: &dyn Fn(&str) -> Option<String>,
    kind: &dyn Fn(&str) -> Option<Kind>,
) -> Network {
    let statements = sorted(statements);
    let identities = Identities::of(&statements, code, kind);
    let (mut kept, mut left_out) = filter(&statements, options);
    for s in kept.iter_mut().filter(|s| s.target_kind.is_none()) {
        let about = if identities.on_matter(s) { Kind::Matter } else { identities.kind(&s.target) };
        s.target_kind = Some(about);
    }
    let mut drawn = Drawn::default();
    for (index, s) in kept.iter().enumerate() {
        drawn.add(index, s, options, &identities);
    }
    for evidence in drawn.ties.values_mut().chain(drawn.stands.values_mut()) {
        best_first(evidence, &kept);
    }
    let all = drawn.ties.len();
    drawn.ties.retain(|_, evidence| units(&kept, evidence).len() >= options.min_weight as usize);
    left_out.light_ties = all - drawn.ties.len();

    let mut graph = DiGraph::new();
    let nodes: BTreeMap<String, NodeIndex> = drawn
        .counts(&kept)
        .into_iter()
        .map(|(name, count)| (name.to_owned(), graph.add_node(actor(name, count, options, &identities))))
        .collect();
    for ((holder, target, relation), evidence) in &drawn.ties {
        if let (Some(&from), Some(&to)) = (nodes.get(holder), nodes.get(target)) {
            graph.add_edge(from, to, tie(*relation, evidence, &kept));
        }
    }
    let mut matters: Vec<Matter> = Vec::new();
    for ((name, holder, relation), evidence) in drawn.stands {
        let Some(&actor) = nodes.get(&holder) else { continue };
        let counted = units(&kept, &evidence);
        let hedged = counted.iter().filter(|u| u.hedged).count() as u32;
        let stand = Stand { actor, relation, statements: counted.len() as u32, hedged, evidence };
        match matters.last_mut().filter(|m| m.name == name) {
            Some(matter) => matter.stands.push(stand),
            None => matters.push(Matter { name, stands: vec![stand] }),
        }
    }
    Network { graph, matters, self_ties: drawn.self_ties, left_out, statements: kept, imported: None, tallied: None }
}

/// Ties and stands by name, each with the indices of its statements.
#[derive(Default)]
struct Drawn {
    ties: BTreeMap<(String, String, Relation), Vec<usize>>,
    stands: BTreeMap<(String, String, Relation), Vec<usize>>,
    self_ties: usize,
}

impl Drawn {
    fn add(&mut self, index: usize, s: &Statement, options: &NetworkOptions, identities: &Identities<'_>) {
        let holder = identities.holder(s, options.level);
        let Some(matter) = matter_of(s) else {
            let target = identities.actor(&s.target, options.level);
            if target == holder {
                self.self_ties += 1;
            } else {
                self.ties.entry((holder.into(), target.into(), s.relation)).or_default().push(index);
            }
            return;
        };
        if s.relation == Relation::Invite {
            return;
        }
        self.stands.entry((matter.into(), holder.into(), s.relation)).or_default().push(index);
        let spoken_for = s.holder_for.as_deref().or_else(|| identities.affiliation(&s.holder));
        let owners: BTreeSet<&str> = s
            .toward
            .iter()
            .filter(|owner| !owner.is_empty() && Some(owner.as_str()) != spoken_for)
            .map(|owner| identities.actor(owner, options.level))
            .filter(|owner| *owner != holder)
            .collect();
        for owner in owners {
            self.ties.entry((holder.into(), owner.into(), s.relation)).or_default().push(index);
        }
    }

    /// For each actor the statements that it holds or is the target of. A stance on a matter counts once for its holder,
    /// however many owners the matter has.
    fn counts(&self, statements: &[Statement]) -> BTreeMap<&str, u32> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for ((holder, target, _), evidence) in &self.ties {
            let counted = units(statements, evidence);
            *counts.entry(holder).or_default() += counted.iter().filter(|u| u.matter.is_none()).count() as u32;
            *counts.entry(target).or_default() += counted.len() as u32;
        }
        for ((_, holder, _), evidence) in &self.stands {
            *counts.entry(holder).or_default() += units(statements, evidence).len() as u32;
        }
        counts
    }
}

pub(super) fn actor(name: &str, statements: u32, options: &NetworkOptions, identities: &Identities<'_>) -> Actor {
    let affiliation = identities.affiliation(name).map(|up| identities.actor(up, options.level));
    Actor {
        name: name.to_owned(),
        kind: identities.kind(name),
        code: identities.code(name),
        affiliation: affiliation.filter(|up| *up != name).map(str::to_owned),
        statements,
    }
}

fn tie(relation: Relation, evidence: &[usize], statements: &[Statement]) -> Tie {
    let counted = units(statements, evidence);
    let documents: BTreeSet<&str> = counted.iter().map(|u| u.document).collect();
    let matters: BTreeSet<&str> = counted.iter().filter_map(|u| u.matter).collect();
    let dates = || evidence.iter().filter_map(|&i| statements.get(i)?.date);
    Tie {
        relation,
        statements: counted.len() as u32,
        documents: documents.len() as u32,
        hedged: counted.iter().filter(|u| u.hedged).count() as u32,
        withheld: counted.iter().filter(|u| u.withheld).count() as u32,
        matters: matters.into_iter().map(str::to_owned).collect(),
        first: dates().min(),
        last: dates().max(),
        evidence: evidence.to_vec(),
    }
}

/// Plain before hedged, with a quote before with a mere link, surer first (who codes without a number is sure), then the
/// shorter quote: it says it in fewest words. Neither quote nor link comes last.
pub(super) fn best_first(evidence: &mut [usize], statements: &[Statement]) {
    evidence.sort_by(|&a, &b| {
        let (x, y) = (&statements[a], &statements[b]);
        let sure = |s: &Statement| s.confidence.unwrap_or(1.0);
        let words = |s: &Statement| (s.hedged, s.quote.is_empty(), s.evidence().is_empty());
        words(x)
            .cmp(&words(y))
            .then_with(|| sure(y).total_cmp(&sure(x)))
            .then_with(|| x.quote.chars().count().cmp(&y.quote.chars().count()))
            .then_with(|| {
                (&x.document, Reverse(x.span.is_some()), x.span, a).cmp(&(
                    &y.document,
                    Reverse(y.span.is_some()),
                    y.span,
                    b,
                ))
            })
    });
}
