//! What small multiples say in words.
//!
//! In: panels. Out: plain text, not yet escaped. Never here: where it is written.

use super::super::super::DiagramOptions;
use super::super::super::picture::Picture;
use super::super::super::text::clean;
use super::super::super::words::{count, month, number, some, span};
use super::Panel;
use super::follow::Followed;
use crate::network::{Network, Window};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The caller's title, or one made of what occurs.
pub fn title(picture: &Picture, options: &DiagramOptions) -> String {
    let given = options.title.as_deref().map(clean).filter(|title| !title.is_empty());
    given.unwrap_or_else(|| format!("{}, over time", super::super::super::words::title(picture, options)))
}

/// The caller's subtitle, or counts and dates.
pub fn subtitle(network: &Network, panels: &[Panel], drawn: usize, options: &DiagramOptions) -> String {
    if let Some(subtitle) = options.subtitle.as_deref().map(clean) {
        return subtitle;
    }
    let actors = network.graph.node_count();
    let mut text = if drawn < actors {
        format!("The {} most active of {}", number(drawn), count(actors, "actor"))
    } else {
        count(actors, "actor")
    };
    let (dated, undated): (Vec<_>, Vec<_>) = network.statements.iter().partition(|s| s.date.is_some());
    let _ = write!(text, ", {} in {}", count(dated.len(), "statement"), count(panels.len(), "window"));
    if let Some(span) = span(panels.first().map(|p| p.window.from), panels.last().map(|p| p.window.to)) {
        let _ = write!(text, ", {span}");
    }
    match undated.len() {
        0 => {}
        1 => text.push_str("; 1 undated statement is in none"),
        n => {
            let _ = write!(text, "; {} undated statements are in none", number(n));
        }
    }
    text
}

/// A window's days as people write them: a month's, a quarter's, a year's name, or from one day to another.
pub fn dates(window: &Window) -> String {
    let parts: Vec<&str> = window.label.split('-').collect();
    match parts.as_slice() {
        [year] => (*year).to_owned(),
        [year, quarter] if quarter.starts_with('Q') => {
            format!("{} {year}", ["First", "Second", "Third", "Fourth"][quarter_of(quarter)].to_owned() + " quarter")
        }
        [year, numbers] if numbers.parse::<u8>().is_ok() => format!("{} {year}", month(window.from)),
        _ => span(Some(window.from), Some(window.to)).unwrap_or_else(|| window.label.clone()),
    }
}

fn quarter_of(word: &str) -> usize {
    word.trim_start_matches('Q').parse::<usize>().map_or(0, |q| q.clamp(1, 4) - 1)
}

/// "12 statements, 8 actors".
pub fn counts(panel: &Panel) -> String {
    if panel.network.statements.is_empty() {
        return "no statements".to_owned();
    }
    let statements = count(panel.network.statements.len(), "statement");
    format!("{statements}, {}", count(panel.network.graph.node_count(), "actor"))
}

/// A panel in words: days, counts, blocs, who moved.
pub fn of_panel(panel: &Panel, followed: &Followed, k: usize) -> String {
    let mut text = dates(&panel.window);
    let (from, to) = (panel.window.from, panel.window.to);
    let whole = from.day() == 1 && to == to.last_of_month();
    if let Some(span) = span(Some(from), Some(to)).filter(|span| !whole && *span != text) {
        let _ = write!(text, " ({span})");
    }
    let _ = write!(text, ": {}", counts(panel));
    let mut members: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (actor, &bloc) in panel.network.graph.node_weights().zip(&followed.of[k].of) {
        members.entry(bloc).or_default().push(clean(&actor.name));
    }
    for (bloc, names) in members {
        if let Some(letter) = followed.names.get(bloc).and_then(|name| name.split(':').next()) {
            let _ = write!(text, "\nBloc {letter}: {}", some(&names.iter().map(String::as_str).collect::<Vec<_>>()));
        }
    }
    if !followed.moved[k].is_empty() {
        let names: Vec<&str> = followed.moved[k].iter().map(String::as_str).collect();
        let _ = write!(text, "\nIn another bloc than before: {}", some(&names));
    }
    text
}

/// The whole in words, for those who do not see it.
pub fn description(network: &Network, panels: &[Panel], followed: &Followed) -> String {
    let mut text = format!(
        "Signed networks of {} in {}, each actor in the same place in all.",
        count(network.graph.node_count(), "actor"),
        count(panels.len(), "window")
    );
    for (k, panel) in panels.iter().enumerate() {
        let _ = write!(text, " {}.", of_panel(panel, followed, k).replace('\n', ". "));
    }
    clean(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Windows;
    use jiff::civil::date;

    #[test]
    fn windows_are_called_as_people_call_them() {
        let days = [date(2024, 6, 9), date(2024, 8, 2)];
        let of = |words: &str| {
            let windows: Windows = words.parse().unwrap();
            dates(&windows.over(days, None, None).unwrap()[0])
        };
        assert_eq!(of("month"), "June 2024");
        assert_eq!(of("quarter"), "Second quarter 2024");
        assert_eq!(of("week"), "9 June 2024");
        assert_eq!(of("20d"), "9 – 28 June 2024");
    }
}
