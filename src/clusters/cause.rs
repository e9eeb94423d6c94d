//! What to call a bloc: after what unites it, the side of a matter that it takes and others do not; else after members.
//!
//! In: a network and its blocs. Out: a [`Cause`], a name. Pictures, reports and the explorer all take it from here.

use crate::network::{Network, matter_in_words};
use crate::statement::Relation;
use std::collections::BTreeSet;
use std::fmt;

/// A matter with a longer name does not tell at a glance what unites a bloc.
const LONGEST: usize = 80;

/// The side of a matter that most of a bloc takes. `Display` gives words that name the bloc: "Opposed to the mission".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause<'a> {
    /// Support or oppose.
    pub relation: Relation,
    /// Canonical name of the matter.
    pub matter: &'a str,
}

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = if self.relation == Relation::Support { "In favour of" } else { "Opposed to" };
        write!(f, "{side} {}", matter_in_words(self.matter))
    }
}

/// The cause of bloc number `bloc`, where `of` is the bloc of each actor: the side of a matter on which at least two of
/// its members and at least half of them stand, none of them on the other side, and of whose holders at least half are
/// its members; of several the one that most members share, then the first by name. `None` where there is no such.
pub fn common_cause<'n>(network: &'n Network, of: &[usize], bloc: usize) -> Option<Cause<'n>> {
    let members = of.iter().filter(|b| **b == bloc).count();
    let mut best: Option<(usize, Cause<'n>)> = None;
    for matter in network.matters.iter().filter(|m| m.name.chars().count() <= LONGEST) {
        let side = |relation: Relation| -> (BTreeSet<usize>, BTreeSet<usize>) {
            let actors = matter.stands.iter().filter(|s| s.relation == relation).map(|s| s.actor.index());
            actors.partition(|actor| of.get(*actor) == Some(&bloc))
        };
        let (support, oppose) = (side(Relation::Support), side(Relation::Oppose));
        let sides = [(Relation::Support, &support, &oppose), (Relation::Oppose, &oppose, &support)];
        for (relation, (ours, others), (against, _)) in sides {
            let common = ours.len() > 1 && 2 * ours.len() >= members && ours.len() >= others.len();
            let more = best.as_ref().is_none_or(|(most, _)| ours.len() > *most);
            if common && against.is_empty() && more {
                best = Some((ours.len(), Cause { relation, matter: &matter.name }));
            }
        }
    }
    best.map(|(_, cause)| cause)
}

/// The name of bloc number `bloc` of so many `members`, where `of` is the bloc of each actor and `top` are the names of its
/// members, those of whom most is told ([`Network::prominence`]) first; two are enough.
pub fn bloc_name(network: &Network, of: &[usize], bloc: usize, members: usize, top: &[String]) -> String {
    if let Some(cause) = common_cause(network, of, bloc) {
        return cause.to_string();
    }
    match (top, members) {
        ([one], 1) => one.clone(),
        ([one, two, ..], 6..) => format!("Around {one} and {two}"),
        ([one, ..], _) => format!("Around {one}"),
        ([], _) => format!("Bloc {}", bloc + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::NetworkOptions;
    use crate::network::tests::{network, say};

    fn causes(said: &[(&str, Relation)], of: &[usize]) -> Vec<Option<String>> {
        let statements: Vec<_> = said.iter().map(|(holder, relation)| say("d", holder, *relation, "plan")).collect();
        let network = network(&statements, &NetworkOptions::default());
        let blocs = of.iter().max().map_or(0, |most| most + 1);
        (0..blocs).map(|bloc| common_cause(&network, of, bloc).map(|cause| cause.to_string())).collect()
    }

    #[test]
    fn a_side_that_most_take_and_few_others_unites() {
        let said =
            [("A", Relation::Oppose), ("B", Relation::Oppose), ("C", Relation::Support), ("D", Relation::Support)];
        let names = causes(&said, &[0, 0, 1, 1]);
        assert_eq!(names, [Some("Opposed to the plan".to_owned()), Some("In favour of the plan".to_owned())]);
        assert_eq!(causes(&said, &[0, 1, 0, 1]), [None, None], "nobody shares a side with those of the bloc");
        assert_eq!(causes(&said, &[0, 0, 0, 0]), [None], "both sides are in the bloc");
    }
}
