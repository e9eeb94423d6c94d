//! Ties put into lines: who takes which stance toward whom, with the words that show it.
//!
//! In: ties and stands of the network. Out: [`Line`]s, each fit to become one sentence. Never here: which to tell.

use crate::network::{Network, matter_of};
use crate::statement::{Relation, Statement};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Stance {
    Support,
    Oppose,
    Invite,
    NotInvite,
}

/// Some actors take the same stance toward the same others.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Line {
    pub(super) holders: Vec<String>,
    pub(super) stance: Stance,
    /// Empty for a stance on the matter alone.
    pub(super) targets: Vec<String>,
    pub(super) matters: Vec<String>,
    /// Some of it is toward the targets themselves, not toward their matters.
    pub(super) direct: bool,
    /// Statements, each once a document.
    pub(super) statements: usize,
    pub(super) documents: usize,
    /// How many of the statements are hedged.
    pub(super) hedged: usize,
    /// The best evidence, at most three.
    pub(super) quotes: Vec<Quote>,
}

/// Words of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Quote {
    /// Empty where there is but a link.
    pub(super) text: String,
    /// Where it was reported, in place of words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    pub(super) document: String,
    pub(super) date: Option<String>,
    /// Who speaks, when that is not the actor whose stance it counts as.
    pub(super) speaker: Option<String>,
    /// Whom the document cites.
    pub(super) source: Option<String>,
    pub(super) hedged: bool,
}

/// One tie, or one stand on a matter, of one stance. Nodes and matters by index.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) holder: usize,
    pub(super) stance: Stance,
    pub(super) object: Object,
    pub(super) evidence: Vec<usize>,
    /// Where statements were counted and not kept: how many there are, and how many of them are hedged.
    pub(super) counted: Option<(usize, usize)>,
}

/// What a part is toward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Object {
    Actor(usize),
    Matter(usize),
}

impl Stance {
    fn of(relation: Relation, withheld: bool) -> Self {
        match relation {
            Relation::Support => Self::Support,
            Relation::Oppose => Self::Oppose,
            Relation::Invite if withheld => Self::NotInvite,
            Relation::Invite => Self::Invite,
        }
    }

    /// Whether it brings two actors together.
    pub(super) fn is_friendly(self) -> bool {
        matches!(self, Self::Support | Self::Invite)
    }
}

/// All ties between actors, invitations that were made apart from those that were not.
pub(super) fn ties(network: &Network) -> Vec<Part> {
    let mut parts = Vec::new();
    for edge in network.graph.edge_indices() {
        let (Some((from, to)), Some(tie)) = (network.graph.edge_endpoints(edge), network.graph.edge_weight(edge))
        else {
            continue;
        };
        for withheld in [false, true] {
            let is = |i: &&usize| network.statements.get(**i).is_some_and(|s| s.withheld == withheld);
            let evidence: Vec<usize> = tie.evidence.iter().filter(is).copied().collect();
            if !evidence.is_empty() {
                let (holder, object) = (from.index(), Object::Actor(to.index()));
                let counted = network.tallied.map(|_| (tie.statements as usize, tie.hedged as usize));
                parts.push(Part { holder, stance: Stance::of(tie.relation, withheld), object, evidence, counted });
            }
        }
    }
    parts
}

/// All stands on matters.
pub(super) fn stands(network: &Network) -> Vec<Part> {
    let parts = network.matters.iter().enumerate().flat_map(|(at, matter)| {
        matter.stands.iter().map(move |stand| Part {
            holder: stand.actor.index(),
            stance: Stance::of(stand.relation, false),
            object: Object::Matter(at),
            evidence: stand.evidence.clone(),
            counted: None,
        })
    });
    parts.collect()
}

/// Puts parts into as few lines as grouping by holders or by objects allows, the best-supported first.
pub(super) fn lines<'p, P: IntoIterator<Item = &'p Part>>(network: &Network, parts: P) -> Vec<Line> {
    let mut by_stance: BTreeMap<(Stance, bool), Vec<&Part>> = BTreeMap::new();
    for part in parts {
        by_stance.entry((part.stance, matches!(part.object, Object::Matter(_)))).or_default().push(part);
    }
    let mut lines = Vec::new();
    for ((_, on_matters), parts) in by_stance {
        let by_holder = grouped(&parts, |p| p.holder, |p| p.object);
        let by_object = grouped(&parts, |p| p.object, |p| p.holder);
        // On matters each gets its own line: what is shared is who stands on it.
        let groups = if on_matters || by_object.len() < by_holder.len() { by_object } else { by_holder };
        lines.extend(groups.into_iter().map(|group| line(network, &group)));
    }
    let rank = |l: &Line| (l.stance, std::cmp::Reverse(l.holders.len() * l.targets.len().max(1)));
    lines.sort_by(|a, b| {
        (rank(a), b.statements, &a.holders, &a.targets, &a.matters).cmp(&(
            rank(b),
            a.statements,
            &b.holders,
            &b.targets,
            &b.matters,
        ))
    });
    lines
}

/// Groups parts whose `key`s have the same set of `other`s.
fn grouped<'p, K: Ord + Copy, O: Ord + Copy>(
    parts: &[&'p Part],
    key: impl Fn(&Part) -> K,
    other: impl Fn(&Part) -> O,
) -> Vec<Vec<&'p Part>> {
    let mut others: BTreeMap<K, BTreeSet<O>> = BTreeMap::new();
    for part in parts {
        others.entry(key(part)).or_default().insert(other(part));
    }
    let mut groups: BTreeMap<&BTreeSet<O>, Vec<&Part>> = BTreeMap::new();
    for part in parts {
        if let Some(set) = others.get(&key(part)) {
            groups.entry(set).or_default().push(part);
        }
    }
    groups.into_values().collect()
}

fn line(network: &Network, parts: &[&Part]) -> Line {
    let name = |i: usize| network.graph.raw_nodes().get(i).map_or("", |n| n.weight.name.as_str());
    let mut holders = BTreeSet::new();
    let mut targets = BTreeSet::new();
    let mut matters = BTreeSet::new();
    let mut units: BTreeMap<(&str, usize, &str), bool> = BTreeMap::new();
    let mut stance = Stance::Support;
    let mut direct = false;
    for part in parts {
        stance = part.stance;
        holders.insert(name(part.holder));
        if let Object::Actor(to) = part.object {
            targets.insert(name(to));
        }
        for s in part.evidence.iter().filter_map(|&i| network.statements.get(i)) {
            matters.extend(matter_of(s));
            direct |= matter_of(s).is_none();
            *units.entry((&s.document, part.holder, matter_of(s).unwrap_or(&s.target))).or_insert(true) &= s.hedged;
        }
    }
    let documents: BTreeSet<&str> = units.keys().map(|u| u.0).collect();
    let kept = (units.len(), documents.len(), units.values().filter(|hedged| **hedged).count());
    // Each that was counted and not kept is of a document of its own.
    let add = |sum: (usize, usize, usize), (all, hedged): (usize, usize)| (sum.0 + all, sum.1 + all, sum.2 + hedged);
    let counted: Option<Vec<(usize, usize)>> = parts.iter().map(|p| p.counted).collect();
    let (statements, documents, hedged) = counted.map_or(kept, |c| c.into_iter().fold((0, 0, 0), add));
    let owned = |names: BTreeSet<&str>| names.into_iter().map(str::to_owned).collect();
    Line {
        holders: owned(holders),
        stance,
        targets: owned(targets),
        matters: owned(matters),
        direct,
        statements,
        documents,
        hedged,
        quotes: quotes(network, parts),
    }
}

/// The best words of each part in turn, then the second best, and so on, none twice.
fn quotes(network: &Network, parts: &[&Part]) -> Vec<Quote> {
    const MOST: usize = 3;
    let longest = parts.iter().map(|p| p.evidence.len()).max().unwrap_or(0);
    let mut seen = BTreeSet::new();
    let mut quotes = Vec::new();
    for rank in 0..longest {
        for part in parts {
            let Some(s) = part.evidence.get(rank).and_then(|&i| network.statements.get(i)) else { continue };
            // The same words in another document are no further evidence for the reader.
            if !s.evidence().is_empty() && quotes.len() < MOST && seen.insert(s.evidence()) {
                let holder = network.graph.raw_nodes().get(part.holder).map_or("", |n| n.weight.name.as_str());
                quotes.push(Quote::of(s, holder));
            }
        }
    }
    quotes
}

impl Quote {
    fn of(s: &Statement, counts_as: &str) -> Self {
        Self {
            text: if s.quote.trim().is_empty() { String::new() } else { s.quote.clone() },
            url: Some(s.evidence()).filter(|_| s.quote.trim().is_empty()).map(str::to_owned),
            document: s.document.clone(),
            date: s.date.map(|d| d.to_string()),
            speaker: (s.holder != counts_as).then(|| s.holder.clone()),
            source: s.source.clone(),
            hedged: s.hedged,
        }
    }
}
