//! How the report begins: what was read, and the whole in a few lines.

use super::escape::escape;
use super::findings::{Bloc, Crossing, Findings};
use super::lines::{Line, Stance};
use super::sentences::Speech;
use super::words::{capital, count, date, list, told};
use std::collections::BTreeSet;

/// Blocs that are told here.
const MOST_BLOCS: usize = 12;

/// What was read, and the main numbers.
pub(super) fn what_was_read(found: &Findings) -> String {
    let read = &found.read;
    let dates = match (&read.first_date, &read.last_date) {
        (Some(a), Some(b)) if a == b => format!(", dated {}", day(a)),
        (Some(a), Some(b)) => format!(", dated {} to {}", day(a), day(b)),
        _ => String::new(),
    };
    let what = if read.events { "event" } else { "document" };
    let mut out = format!("Read: {}{dates}", count(read.documents, what));
    if read.documents_with_statements < read.documents && !read.events {
        out += &format!("; {} of them with stances", read.documents_with_statements);
    }
    if read.statements == 0 {
        return out + ". No stances were found, so there is no network and there are no blocs.\n";
    }
    out += &format!(
        ". Found: {} of who supports, opposes or invites whom, or takes a side on a matter",
        count(read.statements, "statement")
    );
    out += ".";
    let one = |n: usize, is: &'static str, are: &'static str| if n == 1 { is } else { are };
    if read.hedged > 0 {
        let are = one(read.hedged, "is", "are");
        out += &format!(" {} of them {are} hedged: alleged, conditional or only possible.", read.hedged);
    }
    if read.withheld > 0 {
        let tell = one(read.withheld, "tells of an invitation that was", "tell of invitations that were");
        out += &format!(" {} {tell} not made.", read.withheld);
    }
    if read.self_ties > 0 {
        let make = one(read.self_ties, "makes", "make");
        out += &format!(" {} {make} no tie, as holder and target are the same actor.", read.self_ties);
    }
    out += &left_out(found);
    if read.actors == 0 {
        return out + " None of them makes a tie between two actors.\n";
    }
    let (in_blocs, alone) = (read.actors - found.alone.len(), found.alone.len());
    out += "\n\n";
    out += &match (found.blocs.len(), alone) {
        (0, 1) => "There is but one actor, and so no bloc.".into(),
        (0, _) => format!("The {} do not form blocs: each stands alone.", count(read.actors, "actor")),
        (1, 0) if read.actors == 2 => "Both actors fall into one bloc.".into(),
        (1, 0) => format!("All {} fall into one bloc.", count(read.actors, "actor")),
        (n, 0) => format!("The {} fall into {}.", count(read.actors, "actor"), count(n, "bloc")),
        (n, _) => format!(
            "Of the {}, {in_blocs} fall into {} and {alone} {} alone.",
            count(read.actors, "actor"),
            if n == 1 { "one bloc".into() } else { count(n, "bloc") },
            if alone == 1 { "stands" } else { "stand" }
        ),
    };
    if read.level == "country" {
        out += " People and institutions count as the country or institution that they speak for.";
    }
    out + "\n\n"
}

fn left_out(found: &Findings) -> String {
    let reasons = [
        ("undated", "without a date"),
        ("outside_dates", "outside the dates asked for"),
        ("by_name", "by the names asked for or excluded"),
        ("hedged", "because they are hedged"),
        ("unsure", "because their confidence is too low"),
    ];
    let of = |key: &str| found.read.left_out.get(key).copied().unwrap_or(0);
    let mut out = String::new();
    let told: Vec<String> =
        reasons.iter().filter(|(key, _)| of(key) > 0).map(|(key, why)| format!("{} {why}", of(key))).collect();
    if !told.is_empty() {
        out += &format!(" Left out by the options: {}.", list(&told));
    }
    if of("light_ties") > 0 {
        out += &format!(" Also left out: {} with too few statements.", count(of("light_ties"), "tie"));
    }
    out
}

pub(super) fn in_short(speech: &Speech<'_>, found: &Findings) -> String {
    let mut out = String::from("## In short\n\n");
    for bloc in &found.blocs[..told(found.blocs.len(), MOST_BLOCS)] {
        let names: Vec<String> = bloc.members.iter().map(|m| m.name.clone()).collect();
        out += &format!("- **Bloc {}: {}.**", bloc.number, escape(&bloc.name));
        if bloc.name != list(&names) {
            out += &format!(" {}.", capital(&speech.actors(&names)));
        }
        out += "\n";
    }
    let rest = found.blocs.len() - told(found.blocs.len(), MOST_BLOCS);
    if rest > 0 {
        out += &format!("- … and {} below.\n", count(rest, "smaller bloc"));
    }
    if !found.alone.is_empty() && !found.blocs.is_empty() {
        let names: Vec<String> = found.alone.iter().map(|a| a.actor.name.clone()).collect();
        out += &format!("- **Standing alone:** {}.\n", speech.actors(&names));
    }
    let mut known = BTreeSet::new();
    let between: Vec<String> =
        found.between.iter().filter(|b| known.insert(&b.actor)).map(|b| b.actor.clone()).collect();
    if !between.is_empty() {
        out += &format!("- **Between blocs:** {} (see below).\n", speech.actors(&between));
    }
    let between_blocs = |c: &&Crossing| c.blocs.iter().all(Option::is_some);
    let heaviest = found.crossings.iter().find(between_blocs);
    if let Some(c) = heaviest.filter(|c| c.against_each_other > c.for_each_other) {
        let sides = c.blocs.iter().flatten().map(|n| format!("bloc {n}")).collect::<Vec<_>>();
        let claim = conflict(found, c).map_or_else(String::new, |line| format!(": {}", speech.claim(line)));
        out += &format!("- **The main line of conflict** runs between {}{claim}.\n", list(&sides));
    }
    if !found.disagreements.is_empty() {
        let n = found.disagreements.len();
        out += &format!("- **Accounts differ** on {}.\n", if n == 1 { "one point".into() } else { count(n, "point") });
    }
    out + "\n"
}

/// The broadest opposition of one bloc to members of the other.
fn conflict<'f>(found: &'f Findings, crossing: &Crossing) -> Option<&'f Line> {
    let bloc = |at: usize| crossing.blocs[at].and_then(|n| found.blocs.iter().find(|b| b.number == n));
    let (a, b) = (bloc(0)?, bloc(1)?);
    let toward = |from: &'f Bloc, to: &'f Bloc| {
        let in_other = move |l: &&Line| l.targets.iter().all(|t| to.members.iter().any(|m| m.name == *t));
        from.outside.iter().filter(|l| l.stance == Stance::Oppose).filter(in_other)
    };
    // The first of equals: `max_by_key` gives the last.
    toward(b, a).chain(toward(a, b)).rev().max_by_key(|l| (l.holders.len(), l.statements))
}

fn day(iso: &str) -> String {
    iso.parse().map_or_else(|_| iso.to_owned(), date)
}
