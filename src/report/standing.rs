//! How far the blocs are apart, and how single actors stand among all.
//!
//! In: a signed graph, its partition. Out: findings, and their Markdown. Never here: what the figures are made of.

use super::words::{count, percent, told, weight};
use crate::centrality::standings;
use crate::clusters::polarization;
use crate::network::SignedGraph;
use serde::Serialize;

/// Actors of the table.
const MOST_ACTORS: usize = 10;

/// How ties and blocs go together.
#[derive(Debug, Serialize)]
pub(super) struct Polarization {
    pub(super) friendly_inside: Option<f64>,
    pub(super) hostile_between: Option<f64>,
    /// The most opposed blocs, by number from 1; also numbers of who stands alone, who come after the blocs.
    pub(super) camps: Option<[usize; 2]>,
    pub(super) polarity: f64,
    /// Names of the two.
    pub(super) camp_names: Option<[String; 2]>,
}

/// One actor among all.
#[derive(Debug, Serialize)]
pub(super) struct Central {
    pub(super) name: String,
    pub(super) friends: usize,
    pub(super) enemies: usize,
    pub(super) friendly: f64,
    pub(super) hostile: f64,
    pub(super) pn_centrality: f64,
    pub(super) participation: f64,
    /// The share of its friendly weight that goes to other blocs than its own; `None` without friends.
    pub(super) friendly_outside: Option<f64>,
}

/// Measures the partition. `name` says what a bloc is called, by number from 0.
pub(super) fn apart(graph: &SignedGraph, of: &[usize], name: impl Fn(usize) -> String) -> Polarization {
    let found = polarization(graph, of);
    Polarization {
        friendly_inside: found.friendly_inside,
        hostile_between: found.hostile_between,
        camps: found.camps.map(|(a, b)| [a + 1, b + 1]),
        polarity: found.polarity,
        camp_names: found.camps.map(|(a, b)| [name(a), name(b)]),
    }
}

/// All actors that have ties, those with most weight of ties first, then by name.
pub(super) fn central(graph: &SignedGraph, of: &[usize]) -> Vec<Central> {
    let mut outside = vec![0.0; graph.names.len()];
    for &(i, j, w) in graph.edges.iter().filter(|e| e.2 > 0.0 && of.get(e.0 as usize) != of.get(e.1 as usize)) {
        outside[i as usize] += w;
        outside[j as usize] += w;
    }
    let mut found: Vec<Central> = standings(graph, of)
        .into_iter()
        .zip(&graph.names)
        .zip(outside)
        .filter(|((s, _), _)| s.friends + s.enemies > 0)
        .map(|((s, name), outside)| Central {
            name: name.clone(),
            friends: s.friends,
            enemies: s.enemies,
            friendly: s.friendly,
            hostile: s.hostile,
            pn_centrality: s.pn,
            participation: s.participation,
            friendly_outside: (s.friendly > 0.0).then(|| outside / s.friendly),
        })
        .collect();
    let weight = |c: &Central| c.friendly + c.hostile;
    found.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.name.cmp(&b.name)));
    found
}

/// "71 % of the friendly weight is inside the blocs …"
pub(super) fn apart_words(found: &Polarization, sides: Option<[String; 2]>) -> String {
    let mut told = Vec::new();
    if let Some(share) = found.friendly_inside {
        told.push(format!("{} of the weight of friendly ties is inside blocs", percent(share)));
    }
    if let Some(share) = found.hostile_between {
        told.push(format!("{} of the weight of hostile ties is between them", percent(share)));
    }
    if told.is_empty() {
        return String::new();
    }
    let mut out = super::words::capital(&told.join(", and "));
    out += ".";
    if let Some([a, b]) = sides {
        out += &format!(
            " The most hostile weight is between {a} and {b}: for each of their members, {} of ties fit two opposed camps, \
             once those that do not fit are taken off (polarity, after Bonchi and others 2019).",
            super::method::points(found.polarity)
        );
    }
    out + "\n\n"
}

/// The actors with most ties, as a table; `name` writes a name into it.
pub(super) fn central_words(found: &[Central], name: impl Fn(&str) -> String) -> String {
    let shown = &found[..told(found.len(), MOST_ACTORS)];
    if shown.len() < 3 {
        return String::new();
    }
    let mut out = String::from(
        "## Who has most ties\n\n\
         | Actor | Friends | Opponents | Friendly points | Hostile points | Friendly ties outside its bloc | PN centrality |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    for c in shown {
        out += &format!(
            "| {} | {} | {} | {} | {} | {} | {:.2} |\n",
            name(&c.name),
            c.friends,
            c.enemies,
            weight(c.friendly),
            weight(c.hostile),
            c.friendly_outside.map_or("–".into(), percent),
            c.pn_centrality
        );
    }
    let rest = found.len() - shown.len();
    if rest > 0 {
        out += &format!("\n… and {} in the JSON form of this report.\n", count(rest, "actor"));
    }
    out + "\nFriends and opponents are those toward whom all ties add up to more support or more opposition. PN centrality \
           (Everett and Borgatti 2014) is 1 for who has no ties, above 1 for who has more friends than opponents, below for \
           who has more opponents; whom friends and opponents have counts as well.\n\n"
}
