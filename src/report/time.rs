//! Blocs from one time window to the next.
//!
//! In: windows with their networks and blocs. Out: findings, and their Markdown. Never here: how blocs are matched.

use super::WindowInput;
use super::escape::escape;
use super::lines::{self, Line, Part};
use super::sentences::{Speech, items};
use super::words::{capital, count, more, short_list, told};
use crate::clusters::{Snapshot, over_time};
use crate::network::Network;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Windows and moves that are told.
const MOST_WINDOWS: usize = 40;
const MOST_MOVES: usize = 25;

/// Blocs over time.
#[derive(Debug, Serialize)]
pub(super) struct OverTime {
    /// Blocs that last, A, B, and so on, with all who were ever in them.
    pub(super) lasting: Vec<Lasting>,
    pub(super) windows: Vec<Window>,
    pub(super) moves: Vec<Moved>,
}

#[derive(Debug, Serialize)]
pub(super) struct Lasting {
    pub(super) letter: String,
    /// Those who were in it most often, with the number of windows.
    pub(super) members: Vec<(String, usize)>,
}

#[derive(Debug, Serialize)]
pub(super) struct Window {
    pub(super) label: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) statements: usize,
    /// Letter and members of each bloc.
    pub(super) blocs: Vec<(String, Vec<String>)>,
    pub(super) alone: Vec<String>,
    /// Negative weight inside blocs plus positive weight between them.
    pub(super) cost: f64,
}

#[derive(Debug, Serialize)]
pub(super) struct Moved {
    pub(super) actor: String,
    pub(super) before: String,
    pub(super) from: Option<String>,
    pub(super) window: String,
    pub(super) to: Option<String>,
    /// What it says in the later window, else what is said of it, at most two lines.
    pub(super) lines: Vec<Line>,
}

/// A, B, … Z, AA, AB, …
fn letter(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (number % 26) as u8));
        if number < 26 {
            return letters.into_iter().rev().collect();
        }
        number = number / 26 - 1;
    }
}

/// Follows the blocs; `None` without windows.
pub(super) fn find(windows: &[WindowInput]) -> Option<OverTime> {
    if windows.is_empty() {
        return None;
    }
    let snapshots: Vec<Snapshot> = windows
        .iter()
        .map(|w| {
            let names = w.network.graph.node_weights().map(|a| a.name.clone());
            Snapshot { of: names.zip(w.of.iter().copied()).collect() }
        })
        .collect();
    let found = over_time(&snapshots);
    let mut times: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); found.blocs];
    for (actor, bloc) in found.of.iter().flatten() {
        if let Some(times) = bloc.and_then(|b| times.get_mut(b)) {
            *times.entry(actor).or_default() += 1;
        }
    }
    let lasting = times.into_iter().enumerate().map(|(at, times)| {
        let mut members: Vec<(String, usize)> = times.into_iter().map(|(a, n)| (a.to_owned(), n)).collect();
        members.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Lasting { letter: letter(at), members }
    });
    let window = |(w, of): (&WindowInput, &BTreeMap<String, Option<usize>>)| {
        let mut blocs: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut alone = Vec::new();
        for (actor, bloc) in of {
            match bloc {
                Some(bloc) => blocs.entry(*bloc).or_default().push(actor.clone()),
                None => alone.push(actor.clone()),
            }
        }
        Window {
            label: w.window.label.clone(),
            from: w.window.from.to_string(),
            to: w.window.to.to_string(),
            statements: w.network.statements.len(),
            blocs: blocs.into_iter().map(|(bloc, actors)| (letter(bloc), actors)).collect(),
            alone,
            cost: w.cost,
        }
    };
    // Of each window that somebody moved in, what is said there.
    let moved_in: BTreeSet<usize> = found.moves.iter().map(|m| m.window).collect();
    let said: BTreeMap<usize, Said<'_>> =
        moved_in.into_iter().filter_map(|at| Some((at, Said::of(&windows.get(at)?.network)))).collect();
    let label = |at: usize| windows.get(at).map_or_else(String::new, |w| w.window.label.clone());
    let moves = found.moves.iter().map(|m| Moved {
        actor: m.actor.clone(),
        before: label(m.before),
        from: m.from.map(letter),
        window: label(m.window),
        to: m.to.map(letter),
        lines: said.get(&m.window).map_or_else(Vec::new, |said| said.by_or_of(&m.actor)),
    });
    Some(OverTime {
        lasting: lasting.collect(),
        windows: windows.iter().zip(&found.of).map(window).collect(),
        moves: moves.collect(),
    })
}

/// All that is said in a window.
struct Said<'n> {
    network: &'n Network,
    ties: Vec<Part>,
    stands: Vec<Part>,
}

impl<'n> Said<'n> {
    fn of(network: &'n Network) -> Self {
        Self { network, ties: lines::ties(network), stands: lines::stands(network) }
    }

    /// What the actor says, else what is said of it, at most two lines.
    fn by_or_of(&self, actor: &str) -> Vec<Line> {
        const MOST: usize = 2;
        let Some(i) = self.network.graph.node_weights().position(|a| a.name == actor) else { return Vec::new() };
        let mut all = lines::lines(self.network, self.ties.iter().chain(&self.stands).filter(|p| p.holder == i));
        if all.is_empty() {
            all = lines::lines(self.network, self.ties.iter().filter(|p| p.object == lines::Object::Actor(i)));
        }
        all.truncate(MOST);
        all
    }
}

pub(super) fn words(speech: &Speech<'_>, found: Option<&OverTime>) -> String {
    let Some(found) = found else { return String::new() };
    let mut out = String::from(
        "## Blocs over time\n\nThe blocs of each window are found from its statements alone. A bloc keeps its letter as long \
         as most of its members go on together.\n\n",
    );
    for lasting in &found.lasting[..told(found.lasting.len(), 12)] {
        let names: Vec<String> = lasting.members.iter().map(|(name, _)| speech.actor(name)).collect();
        out += &format!("- **{}**: {}.\n", lasting.letter, capital(&short_list(&names, 8)));
    }
    if found.lasting.is_empty() {
        out += "In no window do two actors stand together.\n";
    }
    out += "\n| Window | Statements | Blocs | Alone |\n|---|--:|---|--:|\n";
    for window in &found.windows[..told(found.windows.len(), MOST_WINDOWS)] {
        let blocs: Vec<String> =
            window.blocs.iter().map(|(letter, actors)| format!("{letter} ({})", actors.len())).collect();
        let blocs = if blocs.is_empty() { "–".into() } else { blocs.join(", ") };
        out += &format!("| {} | {} | {blocs} | {} |\n", escape(&window.label), window.statements, window.alone.len());
    }
    match more(found.windows.len(), MOST_WINDOWS) {
        more if more.is_empty() => out += "\n",
        more => out += &format!("\n{more}\n\n"),
    }
    out + &moves(speech, found)
}

fn moves(speech: &Speech<'_>, found: &OverTime) -> String {
    if found.moves.is_empty() {
        return "Nobody changed its bloc from one window to another.\n\n".into();
    }
    let movers: BTreeSet<&str> = found.moves.iter().map(|m| m.actor.as_str()).collect();
    let times = count(found.moves.len(), "time");
    let mut out = format!("**Who moved** ({times}, {})\n\n", count(movers.len(), "actor"));
    let place = |bloc: &Option<String>| bloc.as_ref().map_or("standing alone".into(), |b| format!("bloc {b}"));
    for m in &found.moves[..told(found.moves.len(), MOST_MOVES)] {
        out += &format!(
            "- {}: from {} (in {}) to {} (in {}).\n",
            capital(&speech.actor(&m.actor)),
            place(&m.from),
            escape(&m.before),
            place(&m.to),
            escape(&m.window)
        );
        let nested = items(speech, &m.lines, 2, &mut BTreeSet::new());
        out.extend(nested.lines().map(|line| format!("  {line}\n")));
    }
    match more(found.moves.len(), MOST_MOVES) {
        more if more.is_empty() => out + "\n",
        more => format!("{out}- {more}\n\n"),
    }
}
