//! A network of statements that were counted while they passed, for there are more than are kept.
//!
//! In: [`Bundle`]s, counts by tie with the best evidence, and options. Out: the [`Network`] that
//! [`build`](super::build()) makes of the statements themselves, but that its `statements` are only the best of each tie.
//! Never here: where the counts come from; statements on matters.

use super::build::{actor, best_first};
use super::filter::{canonical, folded};
use super::identity::{Identities, Votes};
use super::{Network, NetworkOptions, Tallied, Tie};
use crate::statement::{Kind, Relation, Statement};
use jiff::civil::Date;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// Statements of each tie that are kept as evidence.
pub const MOST_EVIDENCE: usize = 3;

/// All statements of one relation from one actor to another, all plain or all hedged, each of a document of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// Who takes the stance.
    pub holder: String,
    /// What the holder is.
    pub holder_kind: Option<Kind>,
    /// Whom the holder speaks for.
    pub holder_for: Option<String>,
    /// The stance.
    pub relation: Relation,
    /// The actor that it is toward.
    pub target: String,
    /// What the target is.
    pub target_kind: Option<Kind>,
    /// Whom the target speaks for.
    pub target_for: Option<String>,
    /// Whether they are hedged.
    pub hedged: bool,
    /// How many they are.
    pub statements: u64,
    /// The first day.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
    /// The [`MOST_EVIDENCE`] best of them, or all.
    pub best: Vec<Statement>,
}

/// A tie that is being added up.
#[derive(Default)]
struct Sum {
    statements: u64,
    hedged: u64,
    first: Option<Date>,
    last: Option<Date>,
    evidence: Vec<usize>,
}

/// Builds the network. `code` and `kind` are as in [`build`](super::build()). Dates are not looked at: what is outside the
/// days that are asked for must not be counted in the first place; how many such statements there were is to be added to
/// [`Network::left_out`] by who counted.
pub fn tallied(
    mut bundles: Vec<Bundle>,
    options: &NetworkOptions,
    code: &dyn Fn(&str) -> Option<String>,
    kind: &dyn Fn(&str) -> Option<Kind>,
) -> Network {
    let best: Vec<Vec<Statement>> = bundles.iter_mut().map(|b| std::mem::take(&mut b.best)).collect();
    let identities = identities(&bundles, code, kind);
    let mut network = Network::default();
    let kept = filter(&bundles, best, options, &mut network);
    let (kept, best): (Vec<&Bundle>, Vec<Vec<Statement>>) = kept.into_iter().unzip();
    let tagged = |(bundle, best): (usize, Vec<Statement>)| best.into_iter().map(move |statement| (statement, bundle));
    let mut statements: Vec<(Statement, usize)> = best.into_iter().enumerate().flat_map(tagged).collect();
    statements.sort_by(|(a, _), (b, _)| canonical(a, b));
    let mut evidence = vec![Vec::new(); kept.len()];
    statements.iter().enumerate().for_each(|(at, (_, bundle))| evidence[*bundle].push(at));
    network.statements = statements.into_iter().map(|(statement, _)| statement).collect();
    let mut ties: BTreeMap<(&str, &str, Relation), Sum> = BTreeMap::new();
    let mut total = Tallied::default();
    for (bundle, evidence) in kept.into_iter().zip(evidence) {
        total.statements += bundle.statements;
        total.hedged += if bundle.hedged { bundle.statements } else { 0 };
        total.first = [total.first, bundle.first].into_iter().flatten().min();
        total.last = total.last.max(bundle.last);
        let holder = identities.speaker(&bundle.holder, bundle.holder_for.as_deref(), options.level);
        let target = identities.actor(&bundle.target, options.level);
        if holder == target {
            network.self_ties += bundle.statements as usize;
            continue;
        }
        let sum = ties.entry((holder, target, bundle.relation)).or_default();
        sum.statements += bundle.statements;
        sum.hedged += if bundle.hedged { bundle.statements } else { 0 };
        sum.first = [sum.first, bundle.first].into_iter().flatten().min();
        sum.last = sum.last.max(bundle.last);
        sum.evidence.extend(evidence);
    }
    let all = ties.len();
    ties.retain(|_, sum| sum.statements >= u64::from(options.min_weight));
    network.left_out.light_ties = all - ties.len();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for ((holder, target, _), sum) in &ties {
        *counts.entry(holder).or_default() += sum.statements;
        *counts.entry(target).or_default() += sum.statements;
    }
    let mut graph = DiGraph::new();
    let nodes: BTreeMap<&str, NodeIndex> = counts
        .into_iter()
        .map(|(name, n)| (name, graph.add_node(actor(name, clamped(n), options, &identities))))
        .collect();
    for ((holder, target, relation), mut sum) in ties {
        best_first(&mut sum.evidence, &network.statements);
        sum.evidence.truncate(MOST_EVIDENCE);
        if let (Some(&from), Some(&to)) = (nodes.get(holder), nodes.get(target)) {
            graph.add_edge(from, to, tie(relation, sum));
        }
    }
    network.graph = graph;
    network.tallied = Some(total);
    network
}

fn identities<'a>(
    bundles: &'a [Bundle],
    code: &'a dyn Fn(&str) -> Option<String>,
    kind: &'a dyn Fn(&str) -> Option<Kind>,
) -> Identities<'a> {
    let mut votes = Votes::default();
    for b in bundles {
        let n = clamped(b.statements);
        votes.actor(&b.holder);
        for (name, kind, spoken_for) in
            [(&b.holder, b.holder_kind, &b.holder_for), (&b.target, b.target_kind, &b.target_for)]
        {
            if let Some(kind) = kind {
                votes.target(name, kind, n);
            }
            if let Some(spoken_for) = spoken_for {
                votes.speaks_for(name, spoken_for, n);
            }
        }
    }
    Identities::elected(votes, code, kind)
}

/// The bundles that count; how many statements do not goes into the network.
fn filter<'b>(
    bundles: &'b [Bundle],
    best: Vec<Vec<Statement>>,
    options: &NetworkOptions,
    network: &mut Network,
) -> Vec<(&'b Bundle, Vec<Statement>)> {
    let (only, exclude) = (folded(&options.only), folded(&options.exclude));
    let mut kept = Vec::new();
    for (b, best) in bundles.iter().zip(best) {
        let names = |wanted: &BTreeSet<String>| {
            [Some(&b.holder), b.holder_for.as_ref(), Some(&b.target)]
                .into_iter()
                .flatten()
                .any(|name| wanted.contains(&name.trim().to_lowercase()))
        };
        if (!only.is_empty() && !names(&only)) || names(&exclude) {
            network.left_out.by_name += b.statements as usize;
        } else if options.no_hedged && b.hedged {
            network.left_out.hedged += b.statements as usize;
        } else {
            kept.push((b, best));
        }
    }
    kept
}

fn tie(relation: Relation, sum: Sum) -> Tie {
    Tie {
        relation,
        statements: clamped(sum.statements),
        documents: clamped(sum.statements),
        hedged: clamped(sum.hedged),
        withheld: 0,
        matters: Vec::new(),
        first: sum.first,
        last: sum.last,
        evidence: sum.evidence,
    }
}

fn clamped(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
