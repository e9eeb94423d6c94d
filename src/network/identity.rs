//! What each name is and for whom it speaks, as all statements together tell.
//!
//! In: all statements, also those that the filters leave out, so that an actor is the same in every time window.
//! Out: kinds, affiliations, and the actor that a name becomes at country level. Never here: ties.

use super::Level;
use crate::statement::{Kind, Relation, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// A column that tables of events have: whom the target speaks for.
const TARGET_FOR: &str = "target_for";

/// What statements tell of names, counted.
#[derive(Default)]
pub(super) struct Votes<'a> {
    kinds: Ballots<'a, Kind>,
    affiliations: Ballots<'a, &'a str>,
    actors: BTreeSet<&'a str>,
    matters: BTreeSet<&'a str>,
}

impl<'a> Votes<'a> {
    /// The name acts, is spoken for, or owns a matter.
    pub(super) fn actor(&mut self, name: &'a str) {
        self.actors.insert(name);
    }

    /// The name is said to be this in `n` statements.
    pub(super) fn kind(&mut self, name: &'a str, kind: Kind, n: u32) {
        if kind != Kind::Matter {
            *self.kinds.entry(name).or_default().entry(kind).or_default() += n;
        }
    }

    /// The name is a target of this kind in `n` statements.
    pub(super) fn target(&mut self, name: &'a str, kind: Kind, n: u32) {
        _ = if kind == Kind::Matter { self.matters.insert(name) } else { self.actors.insert(name) };
        self.kind(name, kind, n);
    }

    /// The holder speaks for another in `n` statements.
    pub(super) fn speaks_for(&mut self, holder: &'a str, other: &'a str, n: u32) {
        self.actor(other);
        if other != holder && !other.is_empty() {
            *self.affiliations.entry(holder).or_default().entry(other).or_default() += n;
        }
    }
}

/// What is known of names.
pub(super) struct Identities<'a> {
    kinds: BTreeMap<&'a str, Kind>,
    affiliations: BTreeMap<&'a str, &'a str>,
    actors: BTreeSet<&'a str>,
    matters: BTreeSet<&'a str>,
    code: &'a dyn Fn(&str) -> Option<String>,
    kind: &'a dyn Fn(&str) -> Option<Kind>,
}

impl<'a> Identities<'a> {
    /// Counts votes for kinds and affiliations; ties go to the first in order (country, institution, person; alphabet).
    pub(super) fn of(
        statements: &[&'a Statement],
        code: &'a dyn Fn(&str) -> Option<String>,
        kind: &'a dyn Fn(&str) -> Option<Kind>,
    ) -> Self {
        let mut votes = Votes::default();
        for &s in statements {
            votes.actor(&s.holder);
            s.toward.iter().for_each(|owner| votes.actor(owner));
            if let Some(kind) = s.holder_kind {
                votes.kind(&s.holder, kind, 1);
            }
            if let Some(kind) = s.target_kind {
                votes.target(&s.target, kind, 1);
            }
            if let Some(spoken_for) = s.holder_for.as_deref() {
                votes.speaks_for(&s.holder, spoken_for, 1);
            }
            if let Some(spoken_for) = s.extra.get(TARGET_FOR).filter(|f| !f.is_empty()) {
                votes.speaks_for(&s.target, spoken_for, 1);
            }
        }
        Self::elected(votes, code, kind)
    }

    /// What the votes come to.
    pub(super) fn elected(
        votes: Votes<'a>,
        code: &'a dyn Fn(&str) -> Option<String>,
        kind: &'a dyn Fn(&str) -> Option<Kind>,
    ) -> Self {
        let Votes { kinds, affiliations, actors, matters } = votes;
        Self { kinds: majorities(kinds), affiliations: majorities(affiliations), actors, matters, code, kind }
    }

    /// Country, institution or person: by most statements, else by what the lookups know, else an institution.
    pub(super) fn kind(&self, name: &str) -> Kind {
        let told = self.kinds.get(name).copied().or_else(|| (self.kind)(name).filter(|k| *k != Kind::Matter));
        told.unwrap_or(if self.code(name).is_some() { Kind::Country } else { Kind::Institution })
    }

    /// ISO 3166-1 alpha-3.
    pub(super) fn code(&self, name: &str) -> Option<String> {
        (self.code)(name)
    }

    /// Whom the actor speaks for in most of its statements.
    pub(super) fn affiliation(&self, name: &str) -> Option<&'a str> {
        self.affiliations.get(name).copied()
    }

    /// Whether the statement is about a matter. Where the table does not say, a name that acts elsewhere is an actor,
    /// one that is a matter elsewhere is a matter, and a stance with a canonical matter is about it.
    pub(super) fn on_matter(&self, s: &Statement) -> bool {
        match s.target_kind {
            Some(kind) => kind == Kind::Matter,
            None => s.relation != Relation::Invite && self.is_matter(&s.target, s.matter.is_some()),
        }
    }

    /// Whether a target of unknown kind is a matter; `canonical` where the statement names a canonical one.
    pub(super) fn is_matter(&self, name: &str, canonical: bool) -> bool {
        if self.actors.contains(name) {
            return false;
        }
        let known_actor = || (self.kind)(name).is_some_and(|k| k != Kind::Matter) || self.code(name).is_some();
        self.matters.contains(name) || (canonical && !known_actor())
    }

    /// The actor that the statement's holder is at this level.
    pub(super) fn holder<'s>(&'s self, s: &'s Statement, level: Level) -> &'s str {
        self.speaker(&s.holder, s.holder_for.as_deref(), level)
    }

    /// The actor that a holder is at this level who speaks for another there.
    pub(super) fn speaker<'s>(&'s self, holder: &'s str, spoken_for: Option<&'s str>, level: Level) -> &'s str {
        match (level, spoken_for.filter(|f| !f.is_empty())) {
            (Level::Country, Some(spoken_for)) if self.kind(holder) != Kind::Country => self.actor(spoken_for, level),
            _ => self.actor(holder, level),
        }
    }

    /// The actor that a name is at this level: at country level, whom it speaks for, and so on up to a country or
    /// someone who speaks for nobody. Who speaks for each other in a circle stay themselves.
    pub(super) fn actor<'s>(&'s self, name: &'s str, level: Level) -> &'s str {
        if level == Level::Actor {
            return name;
        }
        let mut seen = BTreeSet::from([name]);
        let mut at = name;
        while let Some(up) = self.affiliation(at).filter(|_| self.kind(at) != Kind::Country) {
            if !seen.insert(up) {
                return name;
            }
            at = up;
        }
        at
    }
}

type Ballots<'a, T> = BTreeMap<&'a str, BTreeMap<T, u32>>;

/// For each name the value with most votes, the first of equals.
fn majorities<T: Ord + Copy>(votes: Ballots<'_, T>) -> BTreeMap<&str, T> {
    let best = |counts: BTreeMap<T, u32>| {
        let mut best: Option<(T, u32)> = None;
        for (value, n) in counts {
            if best.is_none_or(|(_, most)| n > most) {
                best = Some((value, n));
            }
        }
        best.map(|(value, _)| value)
    };
    votes.into_iter().filter_map(|(name, counts)| best(counts).map(|value| (name, value))).collect()
}
