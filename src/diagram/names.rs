//! What marks and blocs are called, and how a name is set.
//!
//! In: names as the network has them. Out: clean names, the ways of breaking them into lines, blocs with names. Never
//! here: where they are written.

use super::DiagramOptions;
use super::picture::{Bloc, Mark, What};
use super::style::Sizes;
use super::text::{Weight, clean, halves, shorten, width, wrap};
use crate::clusters::{self, Blocs};
use crate::network::Network;
use std::collections::BTreeMap;

/// The name without what cannot be written, or `otherwise` when nothing is left.
pub fn named(name: &str, otherwise: &str) -> String {
    let name = clean(name);
    if name.is_empty() { otherwise.to_owned() } else { name }
}

/// Ways of setting a label: on one line where it is no longer than `room` font sizes, on two, and where that is still
/// too long on three, shortened at need.
pub fn ways(name: &str, sizes: &Sizes, weight: Weight, room: f64) -> Vec<Vec<String>> {
    let (size, room) = (sizes.label, room * sizes.label);
    let mut ways = Vec::new();
    if width(name, size, weight) <= room {
        ways.push(vec![name.to_owned()]);
    }
    if let Some(two) = halves(name, size, weight)
        && name.chars().count() > 9
        && two.iter().all(|line| width(line, size, weight) <= room)
    {
        ways.push(two.to_vec());
    }
    if ways.is_empty() {
        ways.push(wrap(name, size, weight, room, 3));
        if ways[0].last().is_some_and(|line| line.ends_with('…')) {
            // A longer name gets more room before it is cut.
            ways.insert(0, wrap(name, size, weight, 1.35 * room, 4));
        }
        ways.push(vec![shorten(name, size, weight, room)]);
    }
    ways
}

/// Puts marks into blocs of two or more, and names these: as the caller does, or after their most important members.
pub fn name_blocs(network: &Network, marks: &mut [Mark], blocs: Option<&Blocs>, options: &DiagramOptions) -> Vec<Bloc> {
    let Some(blocs) = blocs else { return Vec::new() };
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, mark) in marks.iter().enumerate() {
        if let What::Actor(node) = mark.what
            && let Some(&bloc) = blocs.of.get(node.index())
        {
            members.entry(bloc).or_default().push(i);
        }
    }
    let mut found = Vec::new();
    for (number, mut of) in members.into_iter().filter(|(_, of)| of.len() > 1) {
        of.sort_by(|&a, &b| marks[b].importance.total_cmp(&marks[a].importance).then(a.cmp(&b)));
        for &i in &of {
            marks[i].bloc = Some(found.len());
        }
        let top: Vec<String> = of.iter().take(2).map(|&i| marks[i].name.clone()).collect();
        let name = bloc_name(network, of.len(), number, blocs, &top, options);
        found.push(Bloc { number, name, members: of });
    }
    found
}

/// What a bloc is called: what the caller says, else what [`clusters::bloc_name`](crate::clusters::bloc_name) says.
pub fn bloc_name(
    network: &Network,
    members: usize,
    number: usize,
    blocs: &Blocs,
    top: &[String],
    options: &DiagramOptions,
) -> String {
    let given = options.bloc_names.get(number).map(|name| clean(name)).filter(|name| !name.is_empty());
    given.unwrap_or_else(|| clean(&clusters::bloc_name(network, &blocs.of, number, members, top)))
}
