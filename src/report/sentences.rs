//! Findings as sentences of Markdown.
//!
//! In: lines and names. Out: escaped text with emphasis, no layout. Never here: which findings to tell.

use super::ReportInput;
use super::escape::escape;
use super::lines::{Line, Quote, Stance};
use super::words::{self, capital, count, short_list, told};
use crate::network::matter_in_words;
use crate::statement::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// Names of a list that are told before "and 12 more".
const MOST_NAMES: usize = 12;
/// Characters of a quote that are told.
const LONGEST_QUOTE: usize = 280;

/// Knows what each actor is, for its article.
pub(super) struct Speech<'a> {
    kinds: BTreeMap<&'a str, Kind>,
}

impl<'a> Speech<'a> {
    pub(super) fn new(input: &ReportInput<'a>) -> Self {
        let kinds = input.network.graph.raw_nodes().iter().map(|n| (n.weight.name.as_str(), n.weight.kind)).collect();
        Self { kinds }
    }

    /// One actor inside a sentence.
    pub(super) fn actor(&self, name: &str) -> String {
        escape(&words::actor(name, self.kinds.get(name).copied().unwrap_or(Kind::Person)))
    }

    /// Some actors inside a sentence; of very many, the first.
    pub(super) fn actors(&self, names: &[String]) -> String {
        let names: Vec<String> = names.iter().map(|n| self.actor(n)).collect();
        short_list(&names, MOST_NAMES)
    }

    /// "Germany, Italy and Spain oppose France on the training mission in Ukraine (6 statements in 2 documents)."
    pub(super) fn line(&self, line: &Line) -> String {
        format!("{} ({}).", self.claim(line), amount(line))
    }

    /// The same without the count and the full stop.
    pub(super) fn claim(&self, line: &Line) -> String {
        let matters: Vec<String> = line.matters.iter().map(|m| escape(&matter_in_words(m))).collect();
        let matters = short_list(&matters, 4);
        let object = match (line.targets.is_empty(), matters.is_empty()) {
            (true, _) => matters,
            (false, true) => self.actors(&line.targets),
            (false, false) if line.direct => format!("{}, also on {matters}", self.actors(&line.targets)),
            (false, false) => format!("{} on {matters}", self.actors(&line.targets)),
        };
        let verb = match (line.stance, line.holders.len()) {
            (Stance::Support, 1) => "supports",
            (Stance::Support, _) => "support",
            (Stance::Oppose, 1) => "opposes",
            (Stance::Oppose, _) => "oppose",
            (Stance::Invite, 1) => "invites",
            (Stance::Invite, _) => "invite",
            (Stance::NotInvite, _) => "did not invite",
        };
        capital(&format!("{} {verb} {object}", self.actors(&line.holders)))
    }

    /// “the words” (*welt*, 3 June 2024, citing Welt am Sonntag).
    pub(super) fn quote(&self, quote: &Quote) -> String {
        let mut text: String = quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > LONGEST_QUOTE {
            text = text.chars().take(LONGEST_QUOTE).collect::<String>().trim_end().to_owned() + " …";
        }
        let mut from = Vec::new();
        if let Some(speaker) = &quote.speaker {
            from.push(escape(speaker));
        }
        from.push(format!("*{}*", escape(&quote.document)));
        if let Some(day) = quote.date.as_deref().and_then(|d| d.parse().ok()) {
            from.push(words::date(day));
        }
        if let Some(source) = quote.source.as_deref().filter(|s| !s.is_empty()) {
            from.push(format!("citing {}", escape(source)));
        }
        if let Some(url) = &quote.url {
            return format!("no quote; reported at {} ({})", link(url), from.join(", "));
        }
        format!("“{}” ({})", escape(text.trim_matches(['"', '“', '”'])), from.join(", "))
    }
}

/// A link that can be clicked; what is no plain link is told as text.
fn link(url: &str) -> String {
    let plain = url.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'\\'));
    let web = url.starts_with("https://") || url.starts_with("http://");
    if plain && web { format!("<{url}>") } else { escape(url) }
}

/// "6 statements in 2 documents, 1 of them hedged".
fn amount(line: &Line) -> String {
    let all = count(line.statements, "statement");
    let hedged = match line.hedged {
        0 => String::new(),
        1 if line.statements == 1 => ", hedged".into(),
        n if n == line.statements => ", all hedged".into(),
        n => format!(", {n} of them hedged"),
    };
    if line.statements == 1 {
        format!("{all}{hedged}")
    } else {
        format!("{all} in {}{hedged}", count(line.documents, "document"))
    }
}

/// Lines as list items with their quotes below; a quote that this list (or `seen`) has told is not told again.
pub(super) fn items(speech: &Speech<'_>, lines: &[Line], most: usize, seen: &mut BTreeSet<String>) -> String {
    let mut out = String::new();
    for line in &lines[..told(lines.len(), most)] {
        out += &format!("- {}\n", speech.line(line));
        for quote in &line.quotes {
            let words = speech.quote(quote);
            if seen.insert(words.clone()) {
                out += &format!("  - {words}\n");
            }
        }
    }
    match words::more(lines.len(), most) {
        more if more.is_empty() => out,
        more => format!("{out}- {more}\n"),
    }
}
