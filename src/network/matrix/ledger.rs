//! Statements in small: what networks over matters need, in numbers, so that millions fit into memory.
//!
//! In: [`Brief`]s, one at a time. Out: [`Stances`], when all are in and it can be told who is an actor and what a
//! matter. Never here: counting.

use super::{MatrixOptions, Normalize, Sides, Ties};
use crate::network::filter::folded;
use crate::network::identity::{Identities, Votes};
use crate::network::{Level, NetworkOptions, Window};
use crate::statement::{Brief, Kind, Relation};
use crate::{Error, Result};
use jiff::civil::Date;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

/// Statements that have been entered.
#[derive(Debug, Default)]
pub struct Ledger {
    numbers: HashMap<String, u32>,
    /// For each name whether it is among the wanted and the unwanted.
    chosen: Vec<(bool, bool)>,
    only: BTreeSet<String>,
    exclude: BTreeSet<String>,
    no_hedged: bool,
    min_confidence: f64,
    rows: Vec<Row>,
    owners: Vec<u32>,
    scale: bool,
}

/// A place in a ledger to which it can go back.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    rows: usize,
    owners: usize,
}

/// What the targets of a table are that does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Targets {
    /// Whoever acts, or is known as an actor, is one; the rest are matters.
    Known,
    /// Matters, all of them, whatever the table says.
    Matters,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    /// Hash of its id: 64 bits tell documents apart.
    document: u64,
    holder: u32,
    holder_for: u32,
    target: u32,
    matter: u32,
    day: i32,
    second: u32,
    /// 1 support, 0 opposition and mere mention; or a number.
    level: i32,
    invites: bool,
    holder_kind: Option<Kind>,
    target_kind: Option<Kind>,
    counts: bool,
}

/// Each number has a list of its own for each matter.
const MOST_LEVELS: usize = 200;

/// No name.
const NONE: u32 = u32::MAX;

/// No day.
pub(super) const UNDATED: i32 = i32::MIN;

/// Stances on matters, by actors and matters that have numbers in the order of their names.
#[derive(Debug, Clone, Default)]
pub struct Stances {
    /// Names of the actors, sorted.
    pub actors: Vec<String>,
    /// Names of the matters, sorted.
    pub matters: Vec<String>,
    /// Whether stances are numbers and not sides.
    pub(super) scale: bool,
    /// The numbers that there are, ascending; 0 and 1 for opposition and support.
    pub(super) levels: Vec<i32>,
    /// By day; those of a day as they came, those without a date first.
    pub(super) all: Vec<Stance>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Stance {
    pub(super) document: u64,
    pub(super) actor: u32,
    pub(super) matter: u32,
    /// Days since 1970-01-01, or [`UNDATED`].
    pub(super) day: i32,
    pub(super) second: u32,
    /// 1 support, 0 opposition and mere mention; or a number.
    pub(super) level: i32,
}

impl Ledger {
    /// A ledger in which statements count that pass the options. Their dates and level are for later.
    pub fn new(options: &NetworkOptions) -> Self {
        Self {
            only: folded(&options.only),
            exclude: folded(&options.exclude),
            no_hedged: options.no_hedged,
            min_confidence: options.min_confidence,
            ..Self::default()
        }
    }

    /// Enters a statement.
    ///
    /// # Errors
    /// More than four billion names.
    pub fn add(&mut self, brief: &Brief<'_>) -> Result<()> {
        let holder = self.number(&brief.holder)?;
        let target = self.number(&brief.target)?;
        let mut optional = |name: Option<&str>| match name {
            Some(name) => self.number(name),
            None => Ok(NONE),
        };
        let holder_for = optional(brief.holder_for.as_deref())?;
        let matter = optional(brief.matter.as_deref().filter(|m| !m.is_empty()))?;
        let first_owner = self.owners.len();
        for owner in &brief.toward {
            let owner = self.number(owner)?;
            self.owners.push(owner);
        }
        let named = [holder, holder_for, target, matter];
        let named = named.iter().chain(&self.owners[first_owner..]).filter_map(|&n| self.chosen.get(n as usize));
        let (wanted, unwanted) = named.fold((false, false), |(w, u), (wanted, unwanted)| (w | wanted, u | unwanted));
        let counts = (wanted || self.only.is_empty())
            && !unwanted
            && !(self.no_hedged && brief.hedged)
            && brief.confidence.is_none_or(|c| c >= self.min_confidence);
        self.scale |= brief.level.is_some();
        self.rows.push(Row {
            document: hash(&brief.document),
            holder,
            holder_for,
            target,
            matter,
            day: brief.date.map_or(UNDATED, day),
            second: brief.second,
            level: brief.level.unwrap_or(i32::from(brief.relation == Some(Relation::Support))),
            invites: brief.relation == Some(Relation::Invite),
            holder_kind: brief.holder_kind,
            target_kind: brief.target_kind,
            counts,
        });
        Ok(())
    }

    /// How many statements there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Where the ledger is now.
    pub fn mark(&self) -> Mark {
        Mark { rows: self.rows.len(), owners: self.owners.len() }
    }

    /// Strikes out what was entered after the mark.
    pub fn back_to(&mut self, mark: Mark) {
        self.rows.truncate(mark.rows);
        self.owners.truncate(mark.owners);
    }

    fn number(&mut self, name: &str) -> Result<u32> {
        if let Some(&number) = self.numbers.get(name) {
            return Ok(number);
        }
        let number = u32::try_from(self.numbers.len()).ok().filter(|n| *n != NONE);
        let number = number.ok_or_else(|| Error::Usage("more than four billion names".to_owned()))?;
        self.numbers.insert(name.to_owned(), number);
        let lower = name.to_lowercase();
        self.chosen.push((self.only.contains(&lower), self.exclude.contains(&lower)));
        Ok(number)
    }

    /// The stances on matters of those statements that count, at a level; `code` and `kind` as for
    /// [`build`](crate::network::build).
    pub fn stances(
        self,
        level: Level,
        targets: Targets,
        code: &dyn Fn(&str) -> Option<String>,
        kind: &dyn Fn(&str) -> Option<Kind>,
    ) -> Stances {
        let mut names = vec![""; self.numbers.len()];
        for (name, &number) in &self.numbers {
            names[number as usize] = name;
        }
        let identities = Identities::elected(votes(&self.rows, &self.owners, &names), code, kind);
        let mut speakers: HashMap<(u32, u32), u32> = HashMap::new();
        let mut speaker = |holder: u32, spoken_for: u32| {
            if level == Level::Actor {
                return holder;
            }
            *speakers.entry((holder, spoken_for)).or_insert_with(|| {
                let other = names.get(spoken_for as usize).copied();
                let actor = identities.speaker(names[holder as usize], other, level);
                self.numbers.get(actor).copied().unwrap_or(holder)
            })
        };
        let mut unknown: HashMap<(u32, bool), bool> = HashMap::new();
        let mut on_matter = |row: &Row| match row.target_kind {
            _ if targets == Targets::Matters => true,
            Some(kind) => kind == Kind::Matter,
            None => {
                let canonical = row.matter != NONE;
                let target = names[row.target as usize];
                *unknown.entry((row.target, canonical)).or_insert_with(|| identities.is_matter(target, canonical))
            }
        };
        let mut all: Vec<Stance> = Vec::with_capacity(self.rows.len());
        for row in self.rows.iter().filter(|row| row.counts && !row.invites) {
            if on_matter(row) {
                all.push(Stance {
                    document: row.document,
                    actor: speaker(row.holder, row.holder_for),
                    matter: if row.matter == NONE { row.target } else { row.matter },
                    day: row.day,
                    second: row.second,
                    level: row.level,
                });
            }
        }
        let actors = renumber(&names, all.iter_mut().map(|s| &mut s.actor));
        let matters = renumber(&names, all.iter_mut().map(|s| &mut s.matter));
        all.sort_by_key(|stance| stance.day);
        let levels: BTreeSet<i32> = if self.scale { all.iter().map(|s| s.level).collect() } else { [0, 1].into() };
        Stances { actors, matters, scale: self.scale, levels: levels.into_iter().collect(), all }
    }
}

impl Stances {
    /// The days of the dated ones.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        self.all.iter().filter_map(|s| date(s.day))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether stances that are numbers can be counted so.
    pub(super) fn check(&self, options: &MatrixOptions) -> Result<()> {
        if !self.scale {
            return Ok(());
        }
        // Nearness shared in part is no share of what two have.
        if !options.dna && matches!(options.normalize, Normalize::Jaccard | Normalize::Cosine) {
            let message = "with --scale, --normalize is none, average, activity or prominence (jaccard and cosine only with \
                           --dna-compatible)";
            return Err(Error::Usage(message.to_owned()));
        }
        let most = if options.ties == Ties::TwoMode(Sides::Combine) { 50 } else { MOST_LEVELS };
        if self.levels.len() <= most {
            return Ok(());
        }
        Err(Error::Usage(format!(
            "the relation is one of {} different numbers; there may be {most}: round them, or number their classes",
            self.levels.len()
        )))
    }

    /// Those of a window; all of them where there is none.
    pub(super) fn within(&self, window: Option<&Window>) -> &[Stance] {
        let Some(window) = window else { return &self.all };
        let (first, last) = (day(window.from).max(UNDATED + 1), day(window.to));
        let from = self.all.partition_point(|stance| stance.day < first);
        let to = self.all.partition_point(|stance| stance.day <= last);
        self.all.get(from..to).unwrap_or_default()
    }
}

/// Days since 1970-01-01.
pub(super) fn day(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    date.since(epoch).map_or(0, |span| span.get_days())
}

/// The day that is so many days after 1970-01-01.
pub(super) fn date(day: i32) -> Option<Date> {
    let span = jiff::Span::new().try_days(day).ok()?;
    Date::constant(1970, 1, 1).checked_add(span).ok()
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Counts what rows say of names; by number first, for that is quick.
fn votes<'a>(rows: &[Row], owners: &[u32], names: &[&'a str]) -> Votes<'a> {
    let mut acts = vec![false; names.len()];
    let mut holders: Vec<[u32; 4]> = vec![[0; 4]; names.len()];
    let mut targets: Vec<[u32; 4]> = vec![[0; 4]; names.len()];
    let mut bonds: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    owners.iter().for_each(|&owner| acts[owner as usize] = true);
    for row in rows {
        acts[row.holder as usize] = true;
        if let Some(kind) = row.holder_kind {
            holders[row.holder as usize][kind as usize] += 1;
        }
        if let Some(kind) = row.target_kind {
            targets[row.target as usize][kind as usize] += 1;
        }
        if row.holder_for != NONE {
            *bonds.entry((row.holder, row.holder_for)).or_default() += 1;
        }
    }
    let mut votes = Votes::default();
    for (number, name) in names.iter().enumerate() {
        if acts[number] {
            votes.actor(name);
        }
        for kind in [Kind::Country, Kind::Institution, Kind::Person, Kind::Matter] {
            let (as_holder, as_target) = (holders[number][kind as usize], targets[number][kind as usize]);
            if as_holder > 0 {
                votes.kind(name, kind, as_holder);
            }
            if as_target > 0 {
                votes.target(name, kind, as_target);
            }
        }
    }
    for ((holder, other), n) in bonds {
        votes.speaks_for(names[holder as usize], names[other as usize], n);
    }
    votes
}

/// Gives the names that are used numbers in their order; those names.
fn renumber<'n>(names: &[&str], numbers: impl Iterator<Item = &'n mut u32>) -> Vec<String> {
    // Two walks over the numbers are needed, and a walk that changes them cannot be made twice.
    let numbers: Vec<&mut u32> = numbers.collect();
    let mut places = vec![NONE; names.len()];
    numbers.iter().for_each(|n| places[**n as usize] = 0);
    let mut used: Vec<u32> = (0..).zip(&places).filter(|(_, place)| **place == 0).map(|(n, _)| n).collect();
    used.sort_unstable_by_key(|n| names[*n as usize]);
    (0..).zip(&used).for_each(|(place, n)| places[*n as usize] = place);
    for number in numbers {
        *number = places[*number as usize];
    }
    used.iter().map(|n| names[*n as usize].to_owned()).collect()
}
