//! What each name is and for whom it speaks, as all statements together tell.
//!
//! In: all statements, also those that the filters leave out, so that an actor is the same in every time window.
//! Out: kinds, affiliations, and the actor that a name becomes at country level. Never here: ties.

use super::Level;
use crate::statement::{Kind, Relation, Statement};
use std::collections::{BTreeMap, BTreeSet};

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
        let mut kinds: Votes<'a, Kind> = BTreeMap::new();
        let mut affiliations: Votes<'a, &str> = BTreeMap::new();
        let mut actors = BTreeSet::new();
        let mut matters = BTreeSet::new();
        for &s in statements {
            actors.insert(s.holder.as_str());
            actors.extend(s.toward.iter().chain(&s.holder_for).map(String::as_str));
            if let Some(kind) = s.holder_kind.filter(|k| *k != Kind::Matter) {
                *kinds.entry(&s.holder).or_default().entry(kind).or_default() += 1;
            }
            match s.target_kind {
                Some(Kind::Matter) => _ = matters.insert(s.target.as_str()),
                Some(kind) => {
                    actors.insert(&s.target);
                    *kinds.entry(&s.target).or_default().entry(kind).or_default() += 1;
                }
                None => {}
            }
            if let Some(spoken_for) = s.holder_for.as_deref().filter(|f| *f != s.holder && !f.is_empty()) {
                *affiliations.entry(&s.holder).or_default().entry(spoken_for).or_default() += 1;
            }
        }
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
        if let Some(kind) = s.target_kind {
            return kind == Kind::Matter;
        }
        let name = s.target.as_str();
        if s.relation == Relation::Invite || self.actors.contains(name) {
            return false;
        }
        let known_actor = || (self.kind)(name).is_some_and(|k| k != Kind::Matter) || self.code(name).is_some();
        self.matters.contains(name) || (s.matter.is_some() && !known_actor())
    }

    /// The actor that the statement's holder is at this level.
    pub(super) fn holder<'s>(&'s self, s: &'s Statement, level: Level) -> &'s str {
        match (level, s.holder_for.as_deref().filter(|f| !f.is_empty())) {
            (Level::Country, Some(spoken_for)) if self.kind(&s.holder) != Kind::Country => {
                self.actor(spoken_for, level)
            }
            _ => self.actor(&s.holder, level),
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

type Votes<'a, T> = BTreeMap<&'a str, BTreeMap<T, u32>>;

/// For each name the value with most votes, the first of equals.
fn majorities<T: Ord + Copy>(votes: Votes<'_, T>) -> BTreeMap<&str, T> {
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
