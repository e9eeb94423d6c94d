//! Blocs in one time window after another, matched so that a bloc stays the same bloc.
//!
//! In: for each window who is in which bloc. Out: an [`OverTime`]. Never here: how windows are cut and blocs found.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The blocs of one window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// Actors with evidence in the window, and the bloc of each; the numbers only hold within the window.
    pub of: BTreeMap<String, usize>,
}

/// Blocs followed through the windows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OverTime {
    /// For each window the lasting number of each actor's bloc. Numbers count from 0 in the order in which blocs first
    /// appear (the larger first); who stands alone has `None`.
    pub of: Vec<BTreeMap<String, Option<usize>>>,
    /// Lasting blocs that there are in all.
    pub blocs: usize,
    /// Who changed its bloc, in order of time, then of name.
    pub moves: Vec<Move>,
}

/// An actor is in other company than when it was last seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// The window, by number.
    pub window: usize,
    /// The actor.
    pub actor: String,
    /// The window in which it was last seen before.
    pub before: usize,
    /// Where it stood then; `None` for alone.
    pub from: Option<usize>,
    /// Where it stands now.
    pub to: Option<usize>,
}

/// Follows blocs through windows. A bloc is the continuation of that lasting bloc to which most of its members last
/// belonged: pairs with most members in common are matched first (then those that are the larger share of both together,
/// then the older bloc), one to one; what finds no match is a new bloc.
pub fn over_time(windows: &[Snapshot]) -> OverTime {
    let mut found = OverTime::default();
    // Where each actor was last seen.
    let mut last: BTreeMap<&str, (usize, Option<usize>)> = BTreeMap::new();
    for (at, window) in windows.iter().enumerate() {
        let mut members: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (actor, bloc) in &window.of {
            members.entry(*bloc).or_default().push(actor);
        }
        members.retain(|_, actors| actors.len() > 1);
        let lasting = matched(&members, &last, &mut found.blocs);
        let mut now = BTreeMap::new();
        for (actor, bloc) in &window.of {
            let to = lasting.get(bloc).copied();
            if let Some(&(before, from)) = last.get(actor.as_str())
                && from != to
            {
                found.moves.push(Move { window: at, actor: actor.clone(), before, from, to });
            }
            last.insert(actor, (at, to));
            now.insert(actor.clone(), to);
        }
        found.of.push(now);
    }
    found
}

/// The lasting number of each bloc of a window.
fn matched(
    members: &BTreeMap<usize, Vec<&str>>,
    last: &BTreeMap<&str, (usize, Option<usize>)>,
    blocs: &mut usize,
) -> BTreeMap<usize, usize> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for lasting in last.values().filter_map(|(_, lasting)| *lasting) {
        *sizes.entry(lasting).or_default() += 1;
    }
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (bloc, actors) in members {
        for (_, lasting) in actors.iter().filter_map(|actor| last.get(actor)) {
            if let Some(lasting) = lasting {
                *common.entry((*bloc, *lasting)).or_default() += 1;
            }
        }
    }
    let mut pairs: Vec<((usize, usize), usize)> = common.into_iter().collect();
    let together = |(bloc, lasting): (usize, usize)| {
        members.get(&bloc).map_or(0, Vec::len) + sizes.get(&lasting).copied().unwrap_or(0)
    };
    let first = |bloc: usize| members.get(&bloc).and_then(|actors| actors.first().copied());
    pairs.sort_by_key(|&(pair, n)| (Reverse(n), together(pair), pair.1, first(pair.0)));
    let mut lasting_of = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for ((bloc, lasting), _) in pairs {
        if !lasting_of.contains_key(&bloc) && taken.insert(lasting) {
            lasting_of.insert(bloc, lasting);
        }
    }
    let mut new: Vec<(&usize, &Vec<&str>)> =
        members.iter().filter(|(bloc, _)| !lasting_of.contains_key(bloc)).collect();
    new.sort_by_key(|(_, actors)| (Reverse(actors.len()), actors.first().copied()));
    let new: Vec<usize> = new.into_iter().map(|(bloc, _)| *bloc).collect();
    for bloc in new {
        lasting_of.insert(bloc, *blocs);
        *blocs += 1;
    }
    lasting_of
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn window(blocs: &[&str]) -> Snapshot {
        let of =
            blocs.iter().enumerate().flat_map(|(bloc, actors)| actors.split(' ').map(move |a| (a.to_owned(), bloc)));
        Snapshot { of: of.collect() }
    }

    #[test]
    fn a_bloc_stays_the_same_when_its_number_changes() {
        let found = over_time(&[window(&["a b c", "d e"]), window(&["d e", "a b c"]), window(&["d e c", "a b"])]);
        assert_eq!(found.blocs, 2);
        assert_eq!(found.of[1]["a"], Some(0));
        assert_eq!(found.moves, [Move { window: 2, actor: "c".into(), before: 1, from: Some(0), to: Some(1) }]);
    }

    #[test]
    fn who_is_absent_for_a_while_is_remembered() {
        let found = over_time(&[window(&["a b", "c d"]), window(&["x y"]), window(&["a b", "c", "d"])]);
        assert_eq!(found.of[2]["a"], Some(0));
        assert_eq!(found.blocs, 3);
        let c = &found.moves[0];
        assert_eq!((c.actor.as_str(), c.before, c.from, c.to), ("c", 0, Some(1), None));
        assert_eq!(found.moves.len(), 2);
    }

    #[test]
    fn a_bloc_that_splits_goes_on_in_its_larger_part() {
        let found = over_time(&[window(&["a b c d e"]), window(&["a b", "c d e"])]);
        assert_eq!((found.of[1]["c"], found.of[1]["a"]), (Some(0), Some(1)));
        assert_eq!(over_time(&[]), OverTime::default());
    }

    proptest! {
        #[test]
        fn numbers_of_blocs_within_a_window_do_not_matter(
            windows in proptest::collection::vec(proptest::collection::vec(0usize..4, 8), 0..5),
        ) {
            let snapshots = |turn: usize| -> Vec<Snapshot> {
                let one = |blocs: &Vec<usize>| {
                    Snapshot { of: blocs.iter().enumerate().map(|(i, b)| (format!("n{i}"), (b + turn) % 4)).collect() }
                };
                windows.iter().map(one).collect()
            };
            prop_assert_eq!(over_time(&snapshots(0)), over_time(&snapshots(3)));
        }
    }
}
