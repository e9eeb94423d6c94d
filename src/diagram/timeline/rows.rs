//! What a timeline shows: statements sorted into rows by what they are about.
//!
//! In: a network. Out: rows of dated [`Event`]s, with who came first on which side and who changed sides. Never here:
//! places on the page.

use super::super::names::named;
use crate::network::{Network, matter_of};
use crate::statement::Relation;
use jiff::civil::Date;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What somebody does in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Supports.
    Support,
    /// Invites.
    Invite,
    /// Does not invite, and the text says so.
    Withhold,
    /// Opposes.
    Oppose,
}

/// One mark: what a document says on a day, once, in however many of its sentences.
#[derive(Debug, Clone)]
pub struct Event {
    /// Indices into [`Network::statements`], the best evidence first; at least one.
    pub statements: Vec<usize>,
    /// Who.
    pub actor: NodeIndex,
    /// Does what.
    pub act: Act,
    /// All of its statements are hedged.
    pub hedged: bool,
    /// When.
    pub date: Date,
    /// The actor's first of this act in the row.
    pub first: bool,
    /// The actor was on the other side before: the event that stands for it, by index into [`Row::events`].
    pub turned_from: Option<usize>,
}

/// What a row's statements are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// One of [`Network::matters`].
    Matter(usize),
    /// An actor.
    Actor(NodeIndex),
    /// All for which there is no row: so many matters and actors.
    Rest(usize, usize),
}

/// Statements on one matter or toward one actor.
#[derive(Debug, Clone)]
pub struct Row {
    /// What they are about.
    pub about: About,
    /// Its name.
    pub name: String,
    /// By date; of one day, those come last that are the first of their actor, and changes of sides.
    pub events: Vec<Event>,
}

/// All rows.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// Those with most events first.
    pub rows: Vec<Row>,
    /// What has no date, counted as events are.
    pub undated: usize,
}

impl Act {
    /// What a statement does.
    fn of(relation: Relation, withheld: bool) -> Self {
        match relation {
            Relation::Support => Self::Support,
            Relation::Oppose => Self::Oppose,
            Relation::Invite if withheld => Self::Withhold,
            Relation::Invite => Self::Invite,
        }
    }

    /// The relation that it belongs to.
    pub fn relation(self) -> Relation {
        match self {
            Self::Support => Relation::Support,
            Self::Oppose => Relation::Oppose,
            Self::Invite | Self::Withhold => Relation::Invite,
        }
    }
}

impl Timeline {
    /// Sorts a network's statements.
    pub fn of(network: &Network) -> Self {
        type Key<'a> = (Option<Date>, Act, NodeIndex, &'a str);
        let mut about: Vec<(About, String, BTreeMap<Key<'_>, Vec<usize>>)> = Vec::new();
        let mut add = |on: (About, &str), actor: NodeIndex, evidence: &mut dyn Iterator<Item = usize>| {
            if about.last().is_none_or(|(last, ..)| *last != on.0) {
                about.push((on.0, named(on.1, "(no name)"), BTreeMap::new()));
            }
            let Some((.., events)) = about.last_mut() else { return };
            for (i, s) in evidence.filter_map(|i| Some((i, network.statements.get(i)?))) {
                let key = (s.date, Act::of(s.relation, s.withheld), actor, s.document.as_str());
                events.entry(key).or_default().push(i);
            }
        };
        for (m, matter) in network.matters.iter().enumerate() {
            for stand in &matter.stands {
                add((About::Matter(m), &matter.name), stand.actor, &mut stand.evidence.iter().copied());
            }
        }
        for node in network.graph.node_indices() {
            let mut ties: Vec<_> = network.graph.edges_directed(node, petgraph::Incoming).collect();
            ties.sort_by_key(|tie| tie.id());
            for tie in ties {
                let straight = |i: &usize| network.statements.get(*i).is_some_and(|s| matter_of(s).is_none());
                let mut evidence = tie.weight().evidence.iter().copied().filter(straight);
                add((About::Actor(node), &network.graph[node].name), tie.source(), &mut evidence);
            }
        }
        let mut timeline = Self::default();
        for (about, name, found) in about {
            let mut events = Vec::new();
            for ((date, act, actor, _), statements) in found {
                let Some(date) = date else {
                    timeline.undated += 1;
                    continue;
                };
                let hedged = statements.iter().all(|&i| network.statements[i].hedged);
                events.push(Event { statements, actor, act, hedged, date, first: false, turned_from: None });
            }
            if !events.is_empty() {
                mark_firsts(&mut events);
                mark_turns(&mut events);
                sort(&mut events);
                timeline.rows.push(Row { about, name, events });
            }
        }
        timeline.rows.sort_by_key(|row| Reverse(row.events.len()));
        timeline
    }

    /// Keeps at most `most` rows; the last takes the statements of all that are left out.
    pub fn fold(&mut self, most: usize) {
        if self.rows.len() <= most.max(1) {
            return;
        }
        let rest = self.rows.split_off(most.max(1) - 1);
        let matters = rest.iter().filter(|row| matches!(row.about, About::Matter(_))).count();
        let about = About::Rest(matters, rest.len() - matters);
        let mut events: Vec<Event> = rest.into_iter().flat_map(|row| row.events).collect();
        for event in &mut events {
            event.turned_from = None;
        }
        events.sort_by_key(|e| (e.date, e.act, e.first, e.actor, e.statements[0]));
        self.rows.push(Row { about, name: String::new(), events });
    }

    /// All events.
    pub fn events(&self) -> impl Iterator<Item = &Event> + Clone {
        self.rows.iter().flat_map(|row| &row.events)
    }

    /// The first day and the last.
    pub fn extent(&self) -> Option<(Date, Date)> {
        let dates = self.events().map(|e| e.date);
        Some((dates.clone().min()?, dates.max()?))
    }
}

impl Row {
    /// How many events of an act there are.
    pub fn count(&self, act: Act) -> usize {
        self.events.iter().filter(|e| e.act == act).count()
    }
}

/// Of each actor and act the first event; what is said plainly goes before what is hedged on the same day.
fn mark_firsts(events: &mut [Event]) {
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|&i| (events[i].date, events[i].hedged, events[i].statements[0]));
    let mut seen = BTreeSet::new();
    for i in order {
        events[i].first = seen.insert((events[i].actor, events[i].act));
    }
}

/// By date; of one day those last who are worth a name, since the outer marks of a stack have most room beside them.
fn sort(events: &mut [Event]) {
    let rank = |e: &Event| (e.date, e.act, e.turned_from.is_some(), e.first, e.actor, e.statements[0]);
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|&i| rank(&events[i]));
    let mut new = vec![0; events.len()];
    for (to, &from) in order.iter().enumerate() {
        new[from] = to;
    }
    events.sort_by_key(rank);
    for event in events {
        event.turned_from = event.turned_from.map(|before| new[before]);
    }
}

/// Who supports on one day and opposes on a later one, or the other way about, has changed sides. A day with both is no
/// change, and what is hedged neither takes a side nor leaves one.
fn mark_turns(events: &mut [Event]) {
    let mut days: BTreeMap<(NodeIndex, Date), Vec<usize>> = BTreeMap::new();
    for (i, e) in events.iter().enumerate() {
        if matches!(e.act, Act::Support | Act::Oppose) && !e.hedged {
            days.entry((e.actor, e.date)).or_default().push(i);
        }
    }
    let mut last: BTreeMap<NodeIndex, usize> = BTreeMap::new();
    for ((actor, _), of_day) in days {
        let act = events[of_day[0]].act;
        if of_day.iter().any(|&i| events[i].act != act) {
            continue;
        }
        // The first of its act is drawn large, so it is the one to mark.
        let at = of_day.iter().copied().find(|&i| events[i].first).unwrap_or(of_day[0]);
        if let Some(&before) = last.get(&actor)
            && events[before].act != act
        {
            events[at].turned_from = Some(before);
        }
        last.insert(actor, at);
    }
}
