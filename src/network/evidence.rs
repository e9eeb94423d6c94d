//! Statements behind ties, counted so that they can be counted again.
//!
//! In: a network. Out: what counts once ([`units`]), and all of it by document ([`Evidence`]), so that the signed graph
//! can be made anew for a resampling of the documents. Never here: weights.

use super::Network;
use crate::statement::{Kind, Relation, Statement};
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// What counts once, whoever coded it and however often its document says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit<'a> {
    /// The document.
    pub document: &'a str,
    /// The matter through which it runs; `None` for a stance toward the actor itself.
    pub matter: Option<&'a str>,
    /// An invitation that was not made.
    pub withheld: bool,
    /// All statements of the unit are hedged.
    pub hedged: bool,
    /// The first of its statements in the order given: the best evidence where the best comes first.
    pub statement: usize,
}

/// Which units of an [`Evidence`] count, and how often.
#[derive(Debug, Clone, Copy)]
pub enum Count<'a> {
    /// All, once.
    Once,
    /// Those of document `d` as often as the slice says at `d`.
    Copies(&'a [u32]),
    /// All, once, but for the claim of this number.
    Without(u32),
}

impl Count<'_> {
    /// How often the unit counts.
    pub(super) fn of(self, unit: Counted) -> u32 {
        match self {
            Self::Once => unit.mass,
            Self::Copies(copies) => copies.get(unit.document as usize).copied().unwrap_or_default(),
            Self::Without(claim) if unit.claim == claim => 0,
            Self::Without(_) => unit.mass,
        }
    }
}

/// The matter that the statement is about: its canonical name where there is one.
pub fn matter_of(statement: &Statement) -> Option<&str> {
    let named = statement.matter.as_deref().filter(|m| !m.is_empty());
    (statement.target_kind == Some(Kind::Matter)).then(|| named.unwrap_or(&statement.target))
}

/// The units among the statements of one tie or stand, in canonical order.
pub fn units<'a>(statements: &'a [Statement], evidence: &[usize]) -> Vec<Unit<'a>> {
    let mut units: BTreeMap<(&str, Option<&str>, bool), (bool, usize)> = BTreeMap::new();
    for (i, s) in evidence.iter().filter_map(|&i| Some((i, statements.get(i)?))) {
        let (hedged, _) = units.entry((&s.document, matter_of(s), s.withheld)).or_insert((true, i));
        *hedged &= s.hedged;
    }
    let unit =
        |((document, matter, withheld), (hedged, statement))| Unit { document, matter, withheld, hedged, statement };
    units.into_iter().map(unit).collect()
}

/// The evidence of a network by document.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Nodes of the network.
    pub(super) names: Vec<String>,
    /// Documents with evidence.
    documents: usize,
    /// Claims, each by the first of its statements: what a document says once, which may count toward several pairs.
    claims: Vec<usize>,
    /// Ties between two nodes, with their units.
    pub(super) ties: Vec<(u32, u32, Relation, Vec<Counted>)>,
    /// For each matter the stands on it: actor, whether it supports, units.
    pub(super) stands: Vec<Vec<(u32, bool, Vec<Counted>)>>,
    /// Pairs `(smaller, larger, matter)` that have a tie through the matter.
    pub(super) through: BTreeSet<(u32, u32, u32)>,
    /// Where statements were counted and not kept: how many each of `documents` stands for, which are all that one tie has
    /// plain, or hedged. `claims` is empty then.
    pub(super) masses: Option<Vec<u32>>,
    /// Who belongs together because one speaks for the other: pair and share of the weight.
    pub(super) bonds: Vec<(u32, u32, f64)>,
}

/// A unit without its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub(super) document: u32,
    /// Number of the claim, see [`Evidence::claims`].
    claim: u32,
    /// Statements that it stands for; 1 unless they were counted and not kept.
    mass: u32,
    pub(super) withheld: bool,
    pub(super) hedged: bool,
}

impl Evidence {
    /// Sorts a network's evidence by document.
    pub fn of(network: &Network) -> Self {
        if network.tallied.is_some() {
            return Self::of_counts(network);
        }
        let names: BTreeSet<&str> = network.statements.iter().map(|s| s.document.as_str()).collect();
        let documents: BTreeMap<&str, u32> = names.into_iter().zip(0..).collect();
        let matters: BTreeMap<&str, u32> = network.matters.iter().map(|m| m.name.as_str()).zip(0..).collect();
        let mut claims = Claims::default();
        let mut counts = |holder: u32, relation: Relation, target: Option<u32>, evidence: &[usize]| -> Vec<Counted> {
            let count = |u: Unit<'_>| {
                let document = documents.get(u.document).copied().unwrap_or_default();
                let matter = u.matter.and_then(|m| matters.get(m)).copied();
                let object = matter.map_or((target, None), |m| (None, Some(m)));
                let claim = claims.number((document, holder, relation, object, u.withheld), u.statement);
                Counted { document, claim, mass: 1, withheld: u.withheld, hedged: u.hedged }
            };
            units(&network.statements, evidence).into_iter().map(count).collect()
        };
        let mut ties = Vec::new();
        let mut through = BTreeSet::new();
        for edge in network.graph.edge_indices() {
            let (Some((a, b)), Some(tie)) = (network.graph.edge_endpoints(edge), network.graph.edge_weight(edge))
            else {
                continue;
            };
            let (a, b) = (a.index() as u32, b.index() as u32);
            let through_matters = tie.matters.iter().filter_map(|m| matters.get(m.as_str()));
            through.extend(through_matters.map(|&m| (a.min(b), a.max(b), m)));
            ties.push((a, b, tie.relation, counts(a, tie.relation, Some(b), &tie.evidence)));
        }
        let mut stand = |s: &super::Stand| {
            let actor = s.actor.index() as u32;
            (actor, s.relation == Relation::Support, counts(actor, s.relation, None, &s.evidence))
        };
        let stands = network.matters.iter().map(|matter| matter.stands.iter().map(&mut stand).collect()).collect();
        Self {
            names: network.graph.node_weights().map(|a| a.name.clone()).collect(),
            documents: documents.len(),
            claims: claims.first,
            ties,
            stands,
            through,
            masses: None,
            bonds: bonds(network),
        }
    }

    /// The evidence of a network whose statements were counted: what a tie has plain, and what it has hedged, stand for
    /// as many documents.
    fn of_counts(network: &Network) -> Self {
        let mut masses = Vec::new();
        let mut ties = Vec::new();
        for edge in network.graph.edge_references() {
            let tie = edge.weight();
            let parts = [(tie.statements.saturating_sub(tie.hedged), false), (tie.hedged, true)];
            let counted = parts.into_iter().filter(|(mass, _)| *mass > 0).map(|(mass, hedged)| {
                masses.push(mass);
                Counted { document: masses.len() as u32 - 1, claim: u32::MAX, mass, withheld: false, hedged }
            });
            let counted = counted.collect();
            ties.push((edge.source().index() as u32, edge.target().index() as u32, tie.relation, counted));
        }
        Self {
            names: network.graph.node_weights().map(|a| a.name.clone()).collect(),
            documents: masses.iter().map(|m| *m as usize).sum(),
            claims: Vec::new(),
            ties,
            stands: Vec::new(),
            through: BTreeSet::new(),
            masses: Some(masses),
            bonds: bonds(network),
        }
    }

    /// Where statements were counted and not kept, how many each document of [`Count::Copies`] stands for.
    pub fn masses(&self) -> Option<&[u32]> {
        self.masses.as_deref()
    }

    /// How many documents there are to resample.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// What the documents claim: for each claim the statement that says it best, by index into
    /// [`Network::statements`]. Statements of one document that say the same of the same holder are one claim, even
    /// where it counts toward several pairs of actors.
    pub fn claims(&self) -> &[usize] {
        &self.claims
    }

    /// Which actors occur when document `d` is there `copies[d]` times.
    pub fn occurring(&self, copies: &[u32]) -> Vec<bool> {
        let mut occurs = vec![false; self.names.len()];
        let there = |counts: &[Counted]| counts.iter().any(|c| copies.get(c.document as usize).is_some_and(|&n| n > 0));
        for (a, b, _, counts) in &self.ties {
            if there(counts) {
                occurs[*a as usize] = true;
                occurs[*b as usize] = true;
            }
        }
        for (actor, _, counts) in self.stands.iter().flatten() {
            occurs[*actor as usize] |= there(counts);
        }
        occurs
    }
}

/// Document, holder, relation, target or matter, withheld.
type Claim = (u32, u32, Relation, (Option<u32>, Option<u32>), bool);

/// Numbers claims in the order in which they are met.
#[derive(Default)]
struct Claims {
    numbers: BTreeMap<Claim, u32>,
    first: Vec<usize>,
}

impl Claims {
    fn number(&mut self, claim: Claim, statement: usize) -> u32 {
        let next = self.first.len() as u32;
        let number = *self.numbers.entry(claim).or_insert(next);
        if number == next {
            self.first.push(statement);
        }
        number
    }
}

/// An actor and whom it speaks for, where that is a node; else those who speak for the same one, each pair with such a
/// share that parting with one of `k` colleagues weighs as much as parting from a node.
fn bonds(network: &Network) -> Vec<(u32, u32, f64)> {
    let nodes: BTreeMap<&str, u32> = network.graph.node_weights().map(|a| a.name.as_str()).zip(0..).collect();
    let mut colleagues: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut bonds = Vec::new();
    for (actor, i) in network.graph.node_weights().zip(0u32..) {
        let Some(spoken_for) = actor.affiliation.as_deref().filter(|_| actor.kind != Kind::Country) else { continue };
        match nodes.get(spoken_for) {
            Some(&j) if i != j => bonds.push((i.min(j), i.max(j), 1.0)),
            Some(_) => {}
            None => colleagues.entry(spoken_for).or_default().push(i),
        }
    }
    for group in colleagues.values().filter(|g| g.len() > 1) {
        let share = 1.0 / (group.len() - 1) as f64;
        for (at, &i) in group.iter().enumerate() {
            bonds.extend(group[at + 1..].iter().map(|&j| (i, j, share)));
        }
    }
    bonds.sort_by_key(|&(i, j, _)| (i, j));
    bonds.dedup_by_key(|&mut (i, j, _)| (i, j));
    bonds
}
