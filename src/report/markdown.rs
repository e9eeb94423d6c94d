//! The report's layout: sections, in the order in which a reader asks.
//!
//! In: findings. Out: Markdown. Never here: what is true; only in which words and where it is told.

use super::ReportInput;
use super::escape::escape;
use super::findings::{Bloc, Crossing, Findings, Member};
use super::lines::Line;
use super::sentences::{Speech, items};
use super::words::{capital, more, percent, told, weight};
use super::{between::Why, certainty, method, opening, standing, time};
use std::collections::BTreeSet;

/// Lines of one list; the JSON has them all.
const MOST_LINES: usize = 12;
/// Rows of a table of ties between blocs.
const MOST_ROWS: usize = 15;

pub(super) fn write(input: &ReportInput<'_>, found: &Findings) -> String {
    let speech = Speech::new(input);
    let mut out = String::from("# Who stands with whom\n\n");
    out += &opening::what_was_read(found);
    if found.read.actors == 0 {
        return out;
    }
    out += &opening::in_short(&speech, found);
    for bloc in &found.blocs {
        out += &one_bloc(&speech, found, bloc);
    }
    out += &alone(&speech, found);
    out += &between(&speech, found);
    out += &crossings(&speech, found);
    out += &method::balance(&speech, found);
    out += &certainty::hangs_on(&speech, found);
    out += &certainty::other_places(&speech, found);
    out += &disagreements(&speech, found);
    out += &time::words(&speech, found.over_time.as_ref());
    out += &standing::central_words(&found.central, |name| capital(&speech.actor(name)));
    out += &method::other_views(&speech, found);
    out += &method::how(found);
    out
}

fn one_bloc(speech: &Speech<'_>, found: &Findings, bloc: &Bloc) -> String {
    let mut out = format!("## Bloc {}: {}\n\n", bloc.number, escape(&bloc.name));
    let tested = bloc.members.iter().any(|m| m.stability.is_some());
    out += if tested {
        "| Actor | What it is | How firmly it belongs here | Else it is |\n|---|---|---|---|\n"
    } else {
        "| Actor | What it is |\n|---|---|\n"
    };
    for member in &bloc.members {
        out += &format!("| {} | {} |", escape(&member.name), what(speech, member));
        if let Some(share) = member.stability {
            let else_where = certainty::other_company(member);
            out += &format!(" {}: {} | {else_where} |", firmness(share), percent(share));
        }
        out += "\n";
    }
    out += "\n";
    if !bloc.by_invitation.is_empty() {
        let (are, they) = if bloc.by_invitation.len() == 1 { ("is", "it accepts") } else { ("are", "they accept") };
        out += &format!(
            "{} {are} here by invitation alone: no document says whether {they}.\n\n",
            capital(&speech.actors(&bloc.by_invitation))
        );
    }
    let mut seen = BTreeSet::new();
    let mut section = |title: &str, lines: &[Line]| {
        if lines.is_empty() {
            return String::new();
        }
        format!("**{title}**\n\n{}\n", items(speech, lines, MOST_LINES, &mut seen))
    };
    out += &section("What they share", &bloc.shared);
    out += &section("What ties them to each other", &bloc.inside);
    let bonds = bonds(speech, bloc);
    if bloc.inside.is_empty() && !bonds.is_empty() {
        out += "**What ties them to each other**\n\n";
    } else if !bonds.is_empty() {
        out.truncate(out.trim_end().len());
        out += "\n";
    }
    out += &bonds;
    if !bonds.is_empty() {
        out += "\n";
    }
    let (toward, against): (Vec<_>, Vec<_>) = bloc.outside.iter().cloned().partition(|l| l.stance.is_friendly());
    out += &section("Whom they oppose or leave out, outside the bloc", &against);
    out += &section("Whom they support or invite, outside the bloc", &toward);
    out += &section("What single members say on matters", &bloc.single);
    if bloc.outside.is_empty() && found.blocs.len() > 1 {
        out += "None of them says anything of those outside.\n\n";
    }
    out
}

/// Who speaks for whom inside the bloc.
fn bonds(speech: &Speech<'_>, bloc: &Bloc) -> String {
    let names: BTreeSet<&str> = bloc.members.iter().map(|m| m.name.as_str()).collect();
    let mut spoken_for: std::collections::BTreeMap<&str, Vec<String>> = Default::default();
    for member in &bloc.members {
        if let Some(up) = member.affiliation.as_deref() {
            let colleagues = || bloc.members.iter().filter(|m| m.affiliation.as_deref() == Some(up)).count() > 1;
            if names.contains(up) || colleagues() {
                spoken_for.entry(up).or_default().push(member.name.clone());
            }
        }
    }
    let line = |(up, who): (&str, Vec<String>)| {
        let verb = if who.len() == 1 { "speaks" } else { "speak" };
        format!("- {} {verb} for {}.\n", capital(&speech.actors(&who)), speech.actor(up))
    };
    spoken_for.into_iter().map(line).collect()
}

fn what(speech: &Speech<'_>, member: &Member) -> String {
    match &member.affiliation {
        Some(up) => format!("{}, speaks for {}", member.kind, speech.actor(up)),
        None => member.kind.to_owned(),
    }
}

fn firmness(share: f64) -> &'static str {
    match share {
        s if s >= 0.95 => "firm",
        s if s >= 0.8 => "fairly firm",
        s if s >= 0.6 => "loose",
        _ => "doubtful",
    }
}

fn alone(speech: &Speech<'_>, found: &Findings) -> String {
    if found.alone.is_empty() {
        return String::new();
    }
    let mut out = String::from("## Standing alone\n\n");
    out += match found.alone.len() {
        1 => "One actor is in no bloc: what draws it to others does not outweigh what parts it from them.\n\n",
        _ => "These actors are in no bloc: what draws them to others does not outweigh what parts them from them.\n\n",
    };
    for alone in &found.alone {
        let firm = match alone.actor.stability {
            Some(share) => format!("; alone in {} of the resamplings", percent(share)),
            None => String::new(),
        };
        out += &format!("- **{}** ({}{firm}).", escape(&alone.actor.name), what(speech, &alone.actor));
        if !alone.lines.iter().any(|l| l.holders.contains(&alone.actor.name)) {
            out += " Takes no stance itself.";
        }
        out += "\n";
        let nested = items(speech, &alone.lines, MOST_LINES, &mut BTreeSet::new());
        out.extend(nested.lines().map(|line| format!("  {line}\n")));
    }
    out + "\n"
}

fn between(speech: &Speech<'_>, found: &Findings) -> String {
    if found.between.is_empty() {
        return String::new();
    }
    let mut out = String::from("## Between the blocs\n\n");
    let name = |n: usize| {
        let name = found.blocs.iter().find(|b| b.number == n).map_or("", |b| b.name.as_str());
        format!("bloc {n} ({})", escape(name))
    };
    for b in &found.between {
        let stands = b.own_bloc.map_or("stands alone".to_owned(), |n| format!("stands with {}", name(n)));
        let other = name(b.other_bloc);
        let why = match b.why {
            Why::InvitedButOpposes => {
                format!("{stands}, yet is invited by {other}, which it opposes or whose matters it opposes")
            }
            Why::BothSides => format!("{stands}: toward {other} it is friendly in one respect and hostile in another"),
            Why::NearlyAsStrong => format!(
                "{stands} ({} of net support), but its ties to {other} are not much weaker ({})",
                method::points(b.own_weight),
                method::points(b.other_weight)
            ),
        };
        out += &format!("**{}** {why}.\n\n", capital(&speech.actor(&b.actor)));
        out += &items(speech, &b.lines, MOST_LINES, &mut BTreeSet::new());
        out += "\n";
    }
    out
}

fn crossings(speech: &Speech<'_>, found: &Findings) -> String {
    if found.crossings.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "## Ties between the blocs\n\nIn points: a plain statement of support or opposition is one point (the other \
         weights are listed at the end). Pairs of actors are netted first.\n\n\
         | Between | and | For each other | Against each other | Net |\n|---|---|--:|--:|--:|\n",
    );
    let side = |c: &Crossing, at: usize| match c.blocs[at] {
        Some(n) => format!("bloc {n} ({})", escape(&c.sides[at])),
        None => speech.actor(&c.sides[at]),
    };
    for c in &found.crossings[..told(found.crossings.len(), MOST_ROWS)] {
        let (plus, minus) = (c.for_each_other, c.against_each_other);
        let net = weight(plus - minus);
        out +=
            &format!("| {} | {} | {} | {} | {net} |\n", capital(&side(c, 0)), side(c, 1), weight(plus), weight(minus));
    }
    match more(found.crossings.len(), MOST_ROWS) {
        more if more.is_empty() => out + "\n",
        more => format!("{out}\n{more}\n\n"),
    }
}

fn disagreements(speech: &Speech<'_>, found: &Findings) -> String {
    if found.disagreements.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "## Where accounts differ\n\nDifferent documents say opposite things. Both stand here; both count in the network.\n\n",
    );
    for d in &found.disagreements[..told(found.disagreements.len(), MOST_LINES)] {
        let claims: Vec<String> = d.accounts.iter().map(|line| speech.claim(line)).collect();
        out += &format!("**{}**\n\n", claims.join("; or: "));
        out += &items(speech, &d.accounts, 2, &mut BTreeSet::new());
        out += "\n";
    }
    match more(found.disagreements.len(), MOST_LINES) {
        more if more.is_empty() => out,
        more => format!("{out}{more}\n\n"),
    }
}
