//! What a timeline says in words.
//!
//! In: rows, marks and bars. Out: plain text, not yet escaped. Never here: where it is written.

use super::super::DiagramOptions;
use super::super::names::named;
use super::super::text::clean;
use super::super::words::{count, day, evidence_of, number, some, span};
use super::axis::Step;
use super::plan::Bar;
use super::rows::{About, Act, Event, Row, Timeline};
use crate::network::Network;
use crate::statement::Relation;
use petgraph::graph::NodeIndex;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The caller's title, or one for what is seen.
pub fn title(timeline: &Timeline, options: &DiagramOptions) -> String {
    let given = options.title.as_deref().map(clean).filter(|title| !title.is_empty());
    given.unwrap_or_else(|| match timeline.rows.as_slice() {
        [one] if matches!(one.about, About::Matter(_)) => format!("{}: who took which side, and when", heading(one)),
        _ => "Who took which side, and when".to_owned(),
    })
}

/// The caller's subtitle, or counts and dates.
pub fn subtitle(timeline: &Timeline, options: &DiagramOptions) -> String {
    if let Some(subtitle) = options.subtitle.as_deref().map(clean) {
        return subtitle;
    }
    let mut text = counts(timeline);
    match timeline.undated {
        0 => {}
        1 => text.push_str("; 1 undated statement is not shown"),
        n => {
            let _ = write!(text, "; {} undated statements are not shown", number(n));
        }
    }
    text
}

/// "58 statements by 24 actors on 5 matters and toward 3 actors, 3 January – 21 December 2024".
fn counts(timeline: &Timeline) -> String {
    let actors: BTreeSet<NodeIndex> = timeline.events().map(|e| e.actor).collect();
    let (mut matters, mut targets) = (0, 0);
    for row in &timeline.rows {
        let (m, t) = match row.about {
            About::Matter(_) => (1, 0),
            About::Actor(_) => (0, 1),
            About::Rest(m, t) => (m, t),
        };
        (matters, targets) = (matters + m, targets + t);
    }
    let mut text = format!("{} by {}", count(timeline.events().count(), "statement"), count(actors.len(), "actor"));
    if matters > 0 {
        let _ = write!(text, " on {}", count(matters, "matter"));
    }
    if targets > 0 {
        let _ = write!(text, "{} toward {}", if matters > 0 { " and" } else { "" }, count(targets, "actor"));
    }
    let (first, last) = timeline.extent().unzip();
    if let Some(span) = span(first, last) {
        let _ = write!(text, ", {span}");
    }
    text
}

/// What a row is called.
pub fn heading(row: &Row) -> String {
    match row.about {
        About::Matter(_) => {
            let mut letters = row.name.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
        About::Actor(_) => format!("Toward {}", row.name),
        About::Rest(matters, 0) => format!("{} other matters", number(matters)),
        About::Rest(0, actors) => format!("Toward {} others", number(actors)),
        About::Rest(matters, actors) => {
            format!("{}, and toward {}", count(matters, "other matter"), count(actors, "other actor"))
        }
    }
}

/// "12 for, 7 against, 2 invitations".
pub fn tally(row: &Row) -> String {
    let words = |act: Act| match (row.count(act), act) {
        (0, _) => None,
        (n, Act::Support) => Some(format!("{} for", number(n))),
        (n, Act::Oppose) => Some(format!("{} against", number(n))),
        (n, Act::Invite) => Some(count(n, "invitation")),
        (n, Act::Withhold) => Some(format!("{} withheld", number(n))),
    };
    let order = [Act::Support, Act::Oppose, Act::Invite, Act::Withhold];
    order.into_iter().filter_map(words).collect::<Vec<_>>().join(", ")
}

/// An actor's name.
pub fn name(network: &Network, actor: NodeIndex) -> String {
    named(&network.graph[actor].name, "(no name)")
}

/// A row in words: counts, dates, who began, who changed sides.
pub fn of_row(network: &Network, row: &Row) -> String {
    let mut text = format!("{}: {}", heading(row), tally(row));
    let dates = row.events.iter().map(|e| e.date);
    if let Some(span) = span(dates.clone().min(), dates.max()) {
        let _ = write!(text, ", {span}");
    }
    if matches!(row.about, About::Rest(..)) {
        return text;
    }
    for (act, words) in [
        (Act::Support, "For it"),
        (Act::Oppose, "Against it"),
        (Act::Invite, "Inviting"),
        (Act::Withhold, "Not inviting"),
    ] {
        let who: Vec<String> =
            row.events.iter().filter(|e| e.act == act && e.first).map(|e| name(network, e.actor)).collect();
        if !who.is_empty() {
            let _ = write!(text, ". {words}: {}", some(&who.iter().map(String::as_str).collect::<Vec<_>>()));
        }
    }
    let turns: Vec<String> = row
        .events
        .iter()
        .filter(|e| e.turned_from.is_some())
        .map(|e| format!("{}, {}", turn(network, e), day(e.date)))
        .collect();
    if !turns.is_empty() {
        let _ = write!(text, ". Changed sides: {}", some(&turns.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    text
}

/// The whole timeline in words, for those who do not see it.
pub fn description(network: &Network, timeline: &Timeline) -> String {
    let mut text = format!("Timeline of {}.", counts(timeline));
    for row in &timeline.rows {
        let _ = write!(text, " {}.", of_row(network, row));
    }
    clean(&text)
}

/// "Italy: from support to opposition".
pub fn turn(network: &Network, event: &Event) -> String {
    let [name, turn] = turn_in_two(network, event);
    format!("{name} {turn}")
}

/// The same in two lines.
pub fn turn_in_two(network: &Network, event: &Event) -> [String; 2] {
    let turn = if event.act == Act::Support { "from opposition to support" } else { "from support to opposition" };
    [format!("{}:", name(network, event.actor)), turn.to_owned()]
}

/// The tooltip of a mark.
pub fn of_event(network: &Network, row: &Row, event: &Event) -> String {
    let best = event.statements.first().and_then(|&i| network.statements.get(i));
    let verb = match event.act {
        Act::Support => "supports",
        Act::Oppose => "opposes",
        Act::Invite => "invites",
        Act::Withhold => "does not invite",
    };
    let object = match (row.about, best) {
        (About::Rest(..), Some(s)) => {
            named(s.matter.as_deref().filter(|m| !m.is_empty()).unwrap_or(&s.target), "(no name)")
        }
        _ => row.name.clone(),
    };
    let mut text = format!("{} {verb} {object}", name(network, event.actor));
    if event.hedged {
        text.push_str(" (conditional, alleged or possible)");
    }
    if let Some(before) = event.turned_from.and_then(|i| row.events.get(i)) {
        let side = if before.act == Act::Support { "supported" } else { "opposed" };
        let _ = write!(text, "\nChange of sides: {side} it on {}", day(before.date));
    }
    if let Some(best) = best {
        text.push_str(&evidence_of(best));
    }
    if event.statements.len() > 1 {
        let _ = write!(text, "\nSaid {} times there", number(event.statements.len()));
    }
    text
}

/// The tooltip of a bar: how many, by whom, the best evidence of the most active.
pub fn of_bar(network: &Network, row: &Row, bar: &Bar, step: Step) -> String {
    let what = match bar.act {
        Act::Support => "for it",
        Act::Oppose => "against it",
        Act::Invite => "with an invitation",
        Act::Withhold => "with an invitation withheld",
    };
    let mut text =
        format!("{}, {}: {} {what}", heading(row), step.name(bar.begin), count(bar.events.len(), "statement"));
    if bar.hedged > 0 {
        let _ = write!(text, "\nHedged: {}", number(bar.hedged));
    }
    let mut by: BTreeMap<NodeIndex, usize> = BTreeMap::new();
    for &i in &bar.events {
        *by.entry(row.events[i].actor).or_default() += 1;
    }
    let mut by: Vec<(NodeIndex, usize)> = by.into_iter().collect();
    by.sort_by_key(|&(actor, n)| (std::cmp::Reverse(n), actor));
    let by: Vec<String> = by.iter().map(|&(actor, n)| format!("{} ({})", name(network, actor), number(n))).collect();
    let _ = write!(text, "\n{}", some(&by.iter().map(String::as_str).collect::<Vec<_>>()));
    let best = bar.events.iter().find(|&&i| !row.events[i].hedged).or(bar.events.first());
    if let Some(best) = best.and_then(|&i| network.statements.get(*row.events[i].statements.first()?)) {
        text.push_str(&evidence_of(best));
    }
    text
}

/// What a bar stands for, for the legend.
pub fn period(step: Step) -> String {
    match step {
        Step::Day => "a day".to_owned(),
        Step::Week => "a week".to_owned(),
        Step::Months(1) => "a month".to_owned(),
        Step::Months(3) => "a quarter".to_owned(),
        Step::Months(n) => format!("{n} months"),
        Step::Years(1) => "a year".to_owned(),
        Step::Years(n) => format!("{n} years"),
    }
}

/// The classes of a mark.
pub fn class(act: Act, event: Option<&Event>) -> String {
    let mut class = format!("statement {}", Relation::as_str(act.relation()));
    for (is, word) in [
        (act == Act::Withhold, " withheld"),
        (event.is_some_and(|e| e.hedged), " hedged"),
        (event.is_some_and(|e| e.first), " first"),
        (event.is_some_and(|e| e.turned_from.is_some()), " turned"),
    ] {
        if is {
            class.push_str(word);
        }
    }
    class
}
