//! Blocs followed from panel to panel.
//!
//! In: panels with blocs of their own. Out: lasting numbers, names, and who moved. Never here: drawing.

use super::Panel;
use crate::clusters::{Blocs, Snapshot, over_time};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The blocs of all panels.
pub struct Followed {
    /// For each panel the blocs, with lasting numbers; who stands alone has a number that nobody else has.
    pub of: Vec<Blocs>,
    /// What each lasting bloc is called: a letter, and who was in it most often.
    pub names: Vec<String>,
    /// For each panel the names of those who were in another bloc when they were last seen.
    pub moved: Vec<BTreeSet<String>>,
}

impl Followed {
    /// Follows them.
    pub fn of(panels: &[Panel]) -> Self {
        let names = |panel: &Panel| panel.network.graph.node_weights().map(|a| a.name.clone()).collect::<Vec<_>>();
        let snapshots: Vec<Snapshot> =
            panels.iter().map(|p| Snapshot { of: names(p).into_iter().zip(p.of.iter().copied()).collect() }).collect();
        let found = over_time(&snapshots);
        let blocs = panels.iter().zip(&found.of).map(|(panel, lasting)| {
            let number = |(i, name): (usize, String)| lasting.get(&name).copied().flatten().unwrap_or(found.blocs + i);
            let of: Vec<usize> = names(panel).into_iter().enumerate().map(number).collect();
            Blocs::untested(of, 0.0)
        });
        let mut times: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); found.blocs];
        for (actor, bloc) in found.of.iter().flatten() {
            if let Some(times) = bloc.and_then(|bloc| times.get_mut(bloc)) {
                *times.entry(actor).or_default() += 1;
            }
        }
        let mut moved = vec![BTreeSet::new(); panels.len()];
        for m in found.moves.iter().filter(|m| m.from.is_some() && m.to.is_some()) {
            moved[m.window].insert(m.actor.clone());
        }
        Self { of: blocs.collect(), names: times.iter().enumerate().map(name).collect(), moved }
    }
}

/// "A: France, Poland and 3 others".
fn name((number, times): (usize, &BTreeMap<&str, usize>)) -> String {
    const NAMED: usize = 2;
    let mut members: Vec<(&str, usize)> = times.iter().map(|(name, n)| (*name, *n)).collect();
    members.sort_by_key(|&(name, n)| (Reverse(n), name));
    let named: Vec<&str> = members.iter().take(NAMED).map(|m| m.0).collect();
    let named = match members.len() - named.len() {
        0 => named.join(" and "),
        1 => format!("{} and 1 other", named.join(", ")),
        more => format!("{} and {more} others", named.join(", ")),
    };
    // Beyond Z letters would no longer be short.
    match u8::try_from(number).ok().filter(|n| *n < 26) {
        Some(n) => format!("{}: {named}", char::from(b'A' + n)),
        None => format!("{}: {named}", number + 1),
    }
}
