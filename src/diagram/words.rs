//! What the picture says in words: title, subtitle, description and tooltips.
//!
//! In: a network and what is drawn of it. Out: plain text, not yet escaped. Never here: where it is written.

use super::DiagramOptions;
use super::overview::of_group;
use super::picture::{Behind, Bloc, Line, Mark, Picture, What};
use super::text::clean;
use crate::network::Network;
use crate::statement::{Relation, Statement};
use jiff::civil::Date;
use petgraph::Direction::{Incoming, Outgoing};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Longest quotation in a tooltip, in characters.
const QUOTE: usize = 240;

/// The caller's title, or one made of what occurs.
pub fn title(picture: &Picture, options: &DiagramOptions) -> String {
    if let Some(title) = options.title.as_deref().map(clean).filter(|t| !t.is_empty()) {
        return title;
    }
    let occurs = |relation| picture.lines.iter().any(|l| l.relation == Some(relation) && !l.withheld);
    let verbs: Vec<&str> =
        [(Relation::Support, "supports"), (Relation::Oppose, "opposes"), (Relation::Invite, "invites")]
            .into_iter()
            .filter(|(relation, _)| occurs(*relation))
            .map(|(_, verb)| verb)
            .collect();
    if !picture.groups.is_empty() {
        let verbs: Vec<&str> = verbs.iter().map(|verb| verb.trim_end_matches('s')).collect();
        return match verbs.as_slice() {
            [] => "Blocs and their ties".to_owned(),
            [one] => format!("Which blocs {one} which"),
            [first @ .., last] => format!("Which blocs {} and {last} which", first.join(", ")),
        };
    }
    let direct = picture.lines.iter().any(|l| matches!(l.behind, Behind::Tie(_)));
    let whom = if direct { "whom" } else { "what" };
    match verbs.as_slice() {
        [] => "Actors and their ties".to_owned(),
        [one] => format!("Who {one} {whom}"),
        [first @ .., last] => format!("Who {} and {last} {whom}", first.join(", ")),
    }
}

/// The caller's subtitle, or counts and dates.
pub fn subtitle(network: &Network, picture: &Picture, options: &DiagramOptions) -> String {
    if let Some(subtitle) = options.subtitle.as_deref().map(clean) {
        return subtitle;
    }
    let actors = network.graph.node_count();
    if actors == 0 {
        return "No actors and no ties were found".to_owned();
    }
    let drawn = picture.marks.iter().filter(|m| matches!(m.what, What::Actor(_))).count();
    if !picture.groups.is_empty() {
        return of_overview(network, picture);
    }
    let mut text = if drawn < actors {
        format!("The {} most active of {}", number(drawn), count(actors, "actor"))
    } else {
        count(actors, "actor")
    };
    if !picture.blocs.is_empty() {
        let _ = write!(text, " in {}", count(picture.blocs.len(), "bloc"));
    }
    match network.graph.edge_count() {
        0 if network.statements.is_empty() => text.push_str(", without ties"),
        0 => text.push_str(", without ties,"),
        ties => {
            let _ = write!(text, ", {}", count(ties, "tie"));
        }
    }
    if !network.statements.is_empty() {
        let _ = write!(text, " from {}", count(network.counted().statements as usize, "statement"));
    }
    let counted = network.counted();
    if let Some(span) = span(counted.first, counted.last) {
        let _ = write!(text, ", {span}");
    }
    text
}

/// The subtitle of a picture of blocs.
fn of_overview(network: &Network, picture: &Picture) -> String {
    let inside: usize = picture.groups.iter().map(|g| g.members).sum();
    let all = network.graph.node_count();
    let mut text = format!("{} of {} actors", count(picture.groups.len(), "bloc"), number(inside));
    if inside < all {
        let _ = write!(text, " (of {}; the others are in smaller blocs, or in none)", number(all));
    }
    let _ = write!(text, ", {}", count(network.graph.edge_count(), "tie"));
    text
}

/// Which documents it is made of.
pub fn source(network: &Network) -> String {
    if let Some(tallied) = network.tallied {
        let coders: BTreeSet<&str> = network.statements.iter().map(|s| s.coder.as_str()).collect();
        let coders = coders.into_iter().map(str::to_uppercase).collect::<Vec<_>>().join(", ");
        return format!("Source: {} ({coders}).", count(tallied.statements as usize, "event"));
    }
    let mut ids: Vec<&str> = network.statements.iter().map(|s| s.document.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    match ids.len() {
        0 if network.imported.is_some() => "Source: a signed edge list.".to_owned(),
        0 => "Source: no statements.".to_owned(),
        1..=6 => format!("Source: {}.", ids.join(", ")),
        n => format!("Source: {} documents, among them {}.", number(n), ids[..4].join(", ")),
    }
}

/// The whole picture in words, for those who do not see it.
pub fn description(network: &Network, picture: &Picture) -> String {
    let graph = &network.graph;
    let mut text =
        format!("Signed network of {} and {}.", count(graph.node_count(), "actor"), count(graph.edge_count(), "tie"));
    let of = |relation| graph.edge_weights().filter(|t| t.relation == relation && t.withheld < t.statements).count();
    let withheld = graph.edge_weights().filter(|t| t.withheld > 0).count();
    if graph.edge_count() > 0 {
        let mut parts = vec![
            format!("{} of support", number(of(Relation::Support))),
            format!("{} of opposition", number(of(Relation::Oppose))),
            count(of(Relation::Invite), "invitation"),
        ];
        if withheld > 0 {
            parts.push(count(withheld, "withheld invitation"));
        }
        let _ = write!(text, " Ties: {}.", parts.join(", "));
    } else {
        text.push_str(" No ties were found.");
    }
    for bloc in &picture.blocs {
        let _ = write!(text, " {}.", of_bloc(picture, bloc));
    }
    for (mark, group) in picture.marks.iter().zip(&picture.groups) {
        let _ = write!(text, " {}: {}, among them {}.", mark.name, count(group.members, "actor"), some(&group.top));
    }
    let alone: Vec<&str> = picture
        .marks
        .iter()
        .filter(|m| picture.sorted && m.bloc.is_none() && matches!(m.what, What::Actor(_)))
        .map(|m| m.name.as_str())
        .collect();
    if !alone.is_empty() {
        let _ = write!(text, " In no bloc with others: {}.", some(&alone));
    }
    let matters: Vec<&str> =
        picture.marks.iter().filter(|m| matches!(m.what, What::Matter(_))).map(|m| m.name.as_str()).collect();
    if !matters.is_empty() {
        let _ = write!(text, " Matters: {}.", some(&matters));
    }
    clean(&text)
}

/// A bloc and its members.
pub fn of_bloc(picture: &Picture, bloc: &Bloc) -> String {
    let names: Vec<&str> = bloc.members.iter().map(|&i| picture.marks[i].name.as_str()).collect();
    format!("{} ({}): {}", bloc.name, count(names.len(), "actor"), some(&names))
}

/// The tooltip of a mark.
pub fn of_mark(network: &Network, picture: &Picture, mark: &Mark) -> String {
    let mut text = mark.name.clone();
    match mark.what {
        What::Actor(node) => {
            let actor = &network.graph[node];
            if picture.kinds {
                let _ = write!(text, ": {}", actor.kind);
            }
            if let Some(affiliation) = &actor.affiliation {
                let _ = write!(text, ", for {}", clean(affiliation));
            }
            if picture.counted {
                let _ = write!(text, "\n{}", count(actor.statements as usize, "statement"));
            } else {
                let _ = write!(text, "\n{}", count(network.degree(node), "tie"));
            }
            for (relation, does, is) in [
                (Relation::Support, "supports", "supported by"),
                (Relation::Oppose, "opposes", "opposed by"),
                (Relation::Invite, "invites", "invited by"),
            ] {
                for (direction, words) in [(Outgoing, does), (Incoming, is)] {
                    let ties = network.graph.edges_directed(node, direction);
                    let ties =
                        ties.filter(|e| e.weight().relation == relation && e.weight().withheld < e.weight().statements);
                    let ties = ties.count();
                    if ties > 0 {
                        let _ = write!(text, "; {words} {}", number(ties));
                    }
                }
            }
            if let Some(bloc) = mark.bloc {
                let _ = write!(text, "\nBloc: {}", picture.blocs[bloc].name);
            }
        }
        What::Bloc(_) => {
            let group = picture.groups.iter().find(|g| mark.what == What::Bloc(g.number));
            return group.map_or(text, |group| of_group(&mark.name, group));
        }
        What::Matter(m) => {
            let stands = &network.matters[m].stands;
            let of = |relation| stands.iter().filter(|s| s.relation == relation).count();
            let _ = write!(
                text,
                ": matter\n{} for it, {} against it",
                number(of(Relation::Support)),
                number(of(Relation::Oppose))
            );
        }
    }
    text
}

/// The tooltip of a line: relation, counts, the best evidence.
pub fn of_line(network: &Network, picture: &Picture, line: &Line) -> String {
    let (from, to) = (&picture.marks[line.from].name, &picture.marks[line.to].name);
    let verb = match (line.relation, line.withheld) {
        (None, _) => return format!("{from}: a matter of {to}"),
        (Some(_), true) => "does not invite",
        (Some(Relation::Support), _) => "supports",
        (Some(Relation::Oppose), _) => "opposes",
        (Some(Relation::Invite), _) => "invites",
    };
    let mut text = format!("{from} {verb} {to}{}\n", if line.mutual { ", and the other way round" } else { "" });
    if let Behind::Ties(ties) = line.behind {
        let _ = write!(text, "{}, ", count(ties, "tie"));
    }
    text += &match picture.counted {
        true => count(line.weight.round() as usize, "statement"),
        false => format!("weight {}", line.weight),
    };
    if !picture.counted {
        return text;
    }
    let (hedged, evidence) = match line.behind {
        Behind::Tie(edge) => {
            let tie = &network.graph[edge];
            let _ = write!(text, " in {}", count(tie.documents as usize, "document"));
            if let Some(span) = span(tie.first, tie.last) {
                let _ = write!(text, ", {span}");
            }
            if !tie.matters.is_empty() {
                let _ = write!(text, "\nOn: {}", tie.matters.iter().map(|m| clean(m)).collect::<Vec<_>>().join("; "));
            }
            (tie.hedged, &tie.evidence)
        }
        Behind::Stand(m, s) => {
            let stand = &network.matters[m].stands[s];
            (stand.hedged, &stand.evidence)
        }
        Behind::Owner(_) | Behind::Ties(_) => return text,
    };
    if hedged > 0 {
        let _ = write!(text, "\nHedged: {}", number(hedged as usize));
    }
    let best = evidence.iter().filter_map(|&i| network.statements.get(i));
    if let Some(best) = best.clone().find(|s| s.withheld == line.withheld).or(best.clone().next()) {
        text.push_str(&evidence_of(best));
    }
    text
}

/// What a statement rests on: its quotation, its document, its day, each line after a line break but for what is missing.
pub fn evidence_of(statement: &Statement) -> String {
    let mut text = String::new();
    let quote = clean(&statement.quote);
    if !quote.is_empty() {
        let short: String = quote.chars().take(QUOTE).collect();
        let more = if short.len() < quote.len() { "…" } else { "" };
        let _ = write!(text, "\n“{short}{more}”");
    } else if !statement.evidence().trim().is_empty() {
        let _ = write!(text, "\nNo quote; see {}", clean(statement.evidence()));
    }
    let _ = write!(text, "\n{}", clean(&statement.document));
    if let Some(date) = statement.date {
        let _ = write!(text, ", {}", day(date));
    }
    text
}

/// A mark's id: unique, and the same as long as the network is.
pub fn mark_id(index: usize, mark: &Mark) -> String {
    let kind = match mark.what {
        What::Actor(_) => "actor",
        What::Matter(_) => "matter",
        What::Bloc(_) => "group",
    };
    id_of(kind, index, &mark.name)
}

/// An id of letters, digits and hyphens that says what it is of; unique by kind and number.
pub fn id_of(kind: &str, index: usize, name: &str) -> String {
    let slug: String = name
        .chars()
        .filter_map(
            |c| if c.is_ascii_alphanumeric() { Some(c.to_ascii_lowercase()) } else { (c == ' ').then_some('-') },
        )
        .take(40)
        .collect();
    format!("{kind}-{index}-{slug}").trim_end_matches('-').to_owned()
}

/// A line's id.
pub fn line_id(index: usize, line: &Line) -> String {
    format!("tie-{index}-{}-{}", line.from, line.to)
}

/// From one day to another, as in "27 February – 3 March 2024".
pub fn span(first: Option<Date>, last: Option<Date>) -> Option<String> {
    let (first, last) = (first?, last?);
    if first == last {
        return Some(day(first));
    }
    let start = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => first.day().to_string(),
        (true, false) => format!("{} {}", first.day(), month(first)),
        _ => day(first),
    };
    Some(format!("{start} – {}", day(last)))
}

pub fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

pub fn month(date: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS[usize::try_from(date.month() - 1).unwrap_or(0) % 12]
}

/// "1 tie", "1,204 ties".
pub fn count(n: usize, what: &str) -> String {
    format!("{} {what}{}", number(n), if n == 1 { "" } else { "s" })
}

/// "1,204".
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// The first dozen of a list.
pub fn some<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.len() {
        n if n > 12 => format!("{} and {} more", names[..12].join(", "), number(n - 12)),
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_and_numbers_are_written_as_people_do() {
        assert_eq!(span(Some(date(2024, 2, 27)), Some(date(2024, 3, 3))).unwrap(), "27 February – 3 March 2024");
        assert_eq!(span(Some(date(2024, 2, 7)), Some(date(2024, 2, 9))).unwrap(), "7 – 9 February 2024");
        assert_eq!(span(Some(date(2024, 2, 7)), Some(date(2024, 2, 7))).unwrap(), "7 February 2024");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(count(1, "tie"), "1 tie");
    }
}
