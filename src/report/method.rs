//! What the numbers rest on: balance, other ways to look, and how the blocs were made.

use super::findings::{Findings, View};
use super::sentences::{Speech, items};
use super::words::{capital, count, list, more, number, percent, told, weight};
use std::collections::{BTreeMap, BTreeSet};

/// Frustrated ties that are told.
const MOST_TIES: usize = 10;

pub(super) fn balance(speech: &Speech<'_>, found: &Findings) -> String {
    let b = &found.balance;
    let mut out = String::from("## How well it fits together\n\n");
    if b.signed_ties == 0 {
        return out + "There are no ties of support or opposition to judge by.\n\n";
    }
    out += &b.fit.words();
    out += &super::standing::apart_words(&found.polarization, furthest(speech, found));
    out += &triads(&b.triads, b.balanced_share, b.expected_share);
    let between = |pair: &[String; 2]| format!("{} and {}", speech.actor(&pair[0]), speech.actor(&pair[1]));
    let named: Vec<String> = b.outside_camps.iter().map(between).collect();
    out += &camps(b.frustration_index, b.frustration_lower, b.signed_ties, &named);
    if b.unreciprocated > 0.0 {
        out += &format!(
            "Inside pairs of actors, {} of contrary evidence {} against each other and {} neither together nor apart: one \
             supports or invites while the other opposes, or the same actor does both.\n\n",
            points(b.unreciprocated),
            if b.unreciprocated == 1.0 { "cancels out" } else { "cancel out" },
            if b.unreciprocated == 1.0 { "counts" } else { "count" }
        );
    }
    if !b.frustrated.is_empty() {
        out += "**Ties against the grain**\n\nWith one of them gone, the blocs would cost its points less.\n\n";
        for f in &b.frustrated[..told(b.frustrated.len(), MOST_TIES)] {
            let how = if f.weight < 0.0 {
                "in one bloc, though on balance against each other"
            } else {
                "apart, though on balance for each other"
            };
            out += &format!(
                "- {} and {}: {how} ({}).\n",
                capital(&speech.actor(&f.actors[0])),
                speech.actor(&f.actors[1]),
                points(f.weight.abs())
            );
            let nested = items(speech, &f.lines, 3, &mut BTreeSet::new());
            out.extend(nested.lines().map(|line| format!("  {line}\n")));
        }
        match more(b.frustrated.len(), MOST_TIES) {
            more if more.is_empty() => out += "\n",
            more => out += &format!("- {more}\n\n"),
        }
    }
    out
}

/// "bloc 1 (Opposed to the plan)", or an actor that stands alone.
fn furthest(speech: &Speech<'_>, found: &Findings) -> Option<[String; 2]> {
    let (numbers, names) = found.polarization.camps.zip(found.polarization.camp_names.as_ref())?;
    let side = |at: usize| match numbers[at] <= found.blocs.len() {
        true => format!("bloc {} ({})", numbers[at], super::escape::escape(&names[at])),
        false => speech.actor(&names[at]),
    };
    Some([side(0), side(1)])
}

/// The frustration index, and what it means.
///
/// `named` are the ties that do not fit, as they are to be written.
pub(super) fn camps(index: usize, lower: usize, ties: usize, named: &[String]) -> String {
    let camps = match index {
        0 => "All actors could be put into two camps that fit every tie: friends together, enemies apart.".to_owned(),
        n => format!(
            "Frustration index {n}: {} of {} would have to change sign or go for two camps without exception{}.",
            number(n),
            count(ties, "tie"),
            match lower {
                n if n == index => " (proven)".to_owned(),
                0 => "; these are the fewest that were found, not proven".to_owned(),
                n => format!(
                    "; these are the fewest that were found, and it is proven that there are at least {}",
                    number(n)
                ),
            }
        ),
    };
    let named = match named {
        [] => String::new(),
        _ => format!(" In the best two camps these do not fit: {}.", super::words::short_list(named, MOST_TIES)),
    };
    format!("{camps}{named}\n\n")
}

/// The four kinds of triads.
pub(super) fn triads(triads: &BTreeMap<&'static str, u64>, balanced: Option<f64>, expected: Option<f64>) -> String {
    let of = |signs: &str| triads.get(signs).copied().unwrap_or(0) as usize;
    let all: usize = triads.values().map(|n| *n as usize).sum();
    let (Some(share), Some(expected)) = (balanced, expected) else {
        return "No three actors all have ties with each other, so friends of friends and enemies of enemies cannot be \
                compared.\n\n"
            .into();
    };
    let groups =
        if all == 1 { "one group of three actors".into() } else { format!("{} groups of three actors", number(all)) };
    let balanced = of("+++") + of("+--");
    let mut out = format!(
        "Of the {groups} in which each has a tie with both others, {} {} balanced ({}): friends of friends are friends, \
         enemies of enemies are friends. If the same ties were friendly and hostile at random, {} would be.\n\n",
        number(balanced),
        if balanced == 1 { "is" } else { "are" },
        percent(share),
        percent(expected)
    );
    out += "| Three actors | Balanced? | How many |\n|---|---|--:|\n";
    for (signs, what, balanced) in [
        ("+++", "all three friendly", "yes"),
        ("+--", "two friends with a common enemy", "yes"),
        ("++-", "one with two friends who are enemies", "no"),
        ("---", "all three enemies", "no"),
    ] {
        out += &format!("| {what} | {balanced} | {} |\n", of(signs));
    }
    out + "\n"
}

/// "1 point", "2.5 points".
pub(super) fn points(w: f64) -> String {
    // As it is written: 1.000000001 is one point, too.
    match weight(w) {
        one if one == "1" => "1 point".to_owned(),
        many => format!("{many} points"),
    }
}

pub(super) fn other_views(speech: &Speech<'_>, found: &Findings) -> String {
    let mut out = String::from("## Other ways of looking\n\n");
    let view = &found.modularity;
    let largest = found.blocs.first().map_or(0, |b| b.members.len());
    let in_blocs = found.read.actors - found.alone.len();
    let one_giant = largest * 5 > in_blocs * 4 && view.groups.len() > found.blocs.len();
    out += if view.moved.is_empty() {
        "Signed modularity, which looks for groups with more support and less opposition inside than chance would give, \
         finds the same blocs.\n\n"
    } else if one_giant {
        "There is so little opposition that nearly everybody falls into one bloc above: where nothing parts them, actors \
         stay together. Signed modularity, which looks for groups with more support and less opposition inside than chance \
         would give, parts them further. Side by side:\n\n"
    } else {
        "Signed modularity, which looks for groups with more support and less opposition inside than chance would give, \
         sees it differently. Side by side:\n\n"
    };
    if !view.moved.is_empty() {
        out += &side_by_side(speech, found, view);
    }
    let told: Vec<String> = found.invitations.iter().map(|v| invitation(speech, v)).collect();
    out += &super::certainty::consensus(speech, found);
    out += &format!(
        "An invitation is contact rather than a stance, and weighs {} here. {}\n\n",
        points(view.invitation),
        told.join(" ")
    );
    out
}

fn side_by_side(speech: &Speech<'_>, found: &Findings, view: &View) -> String {
    let groups = |groups: Vec<Vec<String>>, alone: Vec<String>| {
        let mut rows: Vec<String> = groups.iter().map(|g| capital(&speech.actors(g))).collect();
        if !alone.is_empty() {
            rows.push(format!("*alone:* {}", speech.actors(&alone)));
        }
        rows
    };
    let names = |bloc: &super::findings::Bloc| bloc.members.iter().map(|m| m.name.clone()).collect();
    let left =
        groups(found.blocs.iter().map(names).collect(), found.alone.iter().map(|a| a.actor.name.clone()).collect());
    let right = groups(view.groups.clone(), view.alone.clone());
    let mut out = String::from("| Blocs above | By signed modularity |\n|---|---|\n");
    let cell = |rows: &[String], at: usize| rows.get(at).cloned().unwrap_or_default();
    for at in 0..left.len().max(right.len()).min(20) {
        out += &format!("| {} | {} |\n", cell(&left, at), cell(&right, at));
    }
    out + "\n"
}

/// "If it weighed nothing, the blocs would be the same."
fn invitation(speech: &Speech<'_>, view: &View) -> String {
    let weighed = if view.invitation == 0.0 { "nothing".into() } else { points(view.invitation) };
    let change = if view.moved.is_empty() {
        "the blocs would be the same".to_owned()
    } else {
        let alone: BTreeSet<&String> = view.alone.iter().collect();
        let (out, elsewhere): (Vec<String>, Vec<String>) = view.moved.iter().cloned().partition(|m| alone.contains(m));
        let mut told = Vec::new();
        if !out.is_empty() {
            told.push(format!("{} would stand alone", speech.actors(&out)));
        }
        if !elsewhere.is_empty() {
            told.push(format!("{} would be in other company", speech.actors(&elsewhere)));
        }
        list(&told)
    };
    format!("If it weighed {weighed}, {change}.")
}

/// Weights and method.
pub(super) fn how(found: &Findings) -> String {
    let w = |key: &str| weight(found.read.weights.get(key).copied().unwrap_or(0.0));
    let mut out = format!(
        "## How this was made\n\nBlocs are found from the statements alone. A statement counts once for each document. Weights, in \
         points: support {}, opposition \u{2212}{}, an invitation {}, one that was not made \u{2212}{}, a hedged statement {} \
         times that; agreement on matters {} times congruence minus conflict, divided by the average number of statements \
         of the two; speaking for another actor {}. A stance on a matter counts toward those whose matter it is, and as \
         agreement or conflict with all others who take a side on it.\n\n\
         {}",
        w("support"),
        w("oppose"),
        w("invite"),
        w("withheld"),
        w("hedged"),
        w("agreement"),
        w("affiliation"),
        found.balance.fit.method(),
    );
    let tested = found.blocs.iter().flat_map(|b| &b.members).chain(found.alone.iter().map(|a| &a.actor));
    out += &if tested.into_iter().any(|m| m.stability.is_some()) {
        format!(
            " How firmly an actor belongs was tested by drawing the documents anew {} times, with some missing and some \
             counted more than once: the percentage tells how often it stayed together with the members of its bloc. Where \
             few documents tell of an actor, a high percentage only says that they do not contradict each other.\n",
            found.read.resamplings
        )
    } else if found.read.documents_with_statements > 1 {
        " How firmly an actor belongs was not tested: no resamplings were asked for, or there are too many ties to find the \
         blocs anew a hundred times.\n"
            .into()
    } else {
        " With a single document it cannot be tested how firmly an actor belongs: another account might change the picture.\n"
            .into()
    };
    out
}
