//! Whether the blocs are more than chance, how near to the best they are, and what other numbers of blocs would cost.
//!
//! In: what the search and the proof gave. Out: findings, and their Markdown. Never here: how that was computed.

use super::method::points;
use super::words::{capital, count, number, percent, weight};
use crate::clusters::Beside;
use crate::network::SignedGraph;
use serde::Serialize;

/// How well a partition fits.
#[derive(Debug, Serialize)]
pub(super) struct Fit {
    /// Negative weight inside blocs plus positive weight between them.
    pub(super) cost: f64,
    /// No division costs less than this; `None` where nothing is known.
    pub(super) lower_bound: Option<f64>,
    /// At most so much more than the best, as a share of it; `None` where nothing is known.
    pub(super) gap: Option<f64>,
    pub(super) proven: bool,
    /// Weight of all ties.
    pub(super) total_weight: f64,
    /// How many blocs were asked for, those who stand alone counted; `None` for as many as fit best.
    pub(super) asked_for: Option<usize>,
    /// Cost of the best division found into exactly 1, 2, 3 ... blocs, those who stand alone counted.
    pub(super) cost_by_number: Vec<f64>,
    pub(super) chance: Option<Chance>,
}

/// The cost beside that of the same ties with their weights dealt anew at random.
#[derive(Debug, Serialize)]
pub(super) struct Chance {
    pub(super) cost: f64,
    pub(super) shuffles: usize,
    pub(super) mean: f64,
    pub(super) standard_deviation: f64,
    pub(super) z: Option<f64>,
    /// Lower than chance would make it.
    pub(super) structure: bool,
}

impl Fit {
    /// From a partition's cost, its lower bound, whether it is proven, and what is known beside it.
    pub(super) fn of(graph: &SignedGraph, (cost, lower, proven): (f64, f64, bool), beside: &Beside) -> Self {
        let known = lower > 0.0 || proven;
        Self {
            cost,
            lower_bound: known.then_some(lower),
            gap: (lower > 0.0).then(|| (cost - lower).max(0.0) / lower),
            proven,
            total_weight: graph.edges.iter().map(|e| e.2.abs()).sum(),
            asked_for: beside.asked_for,
            cost_by_number: beside.costs.clone(),
            chance: beside.structure.as_ref().map(|s| Chance {
                cost: s.cost,
                shuffles: s.shuffled.len(),
                mean: s.mean,
                standard_deviation: s.deviation,
                z: s.z,
                structure: s.is_convincing(),
            }),
        }
    }

    /// How much goes against the blocs, how near that is to the least, and whether chance would do as well.
    pub(super) fn words(&self) -> String {
        let share = if self.total_weight > 0.0 { self.cost / self.total_weight } else { 0.0 };
        let mut out = if self.cost == 0.0 {
            "The blocs fit all ties: nobody opposes a member of the own bloc on balance, nobody supports a member of \
             another. "
                .to_owned()
        } else {
            format!(
                "{} of the weight of all ties goes against the blocs, being hostile inside one or friendly across two \
                 ({} of {}). ",
                capital(&percent(share)),
                weight(self.cost),
                points(self.total_weight)
            )
        };
        out += &self.nearness();
        out += "\n\n";
        out += &self.by_number();
        out + &self.chance.as_ref().map_or_else(String::new, Chance::words)
    }

    /// What blocs are, and where their number comes from.
    pub(super) fn method(&self) -> String {
        let number = match self.asked_for {
            None => "their number comes out by itself".to_owned(),
            Some(k) => format!("their number was set to {k}, who stands alone counted"),
        };
        format!(
            "Blocs are those that leave the least hostile weight inside and the least friendly weight between them; {number} \
             (correlation clustering, or relaxed structural balance: Doreian and Mrvar 2009)."
        )
    }

    fn nearness(&self) -> String {
        match (self.proven, self.gap) {
            (true, _) => "It is proven that no other division fits better.".into(),
            (false, Some(gap)) => format!(
                "No division can cost less than {}, so these blocs are at most {} above the best.",
                points(self.lower_bound.unwrap_or(0.0)),
                hundredth(gap)
            ),
            (false, None) => match self.asked_for {
                Some(k) => {
                    format!("No better division into {k} was found, though it is not proven that there is none.")
                }
                None => "No better division was found, though it is not proven that there is none.".into(),
            },
        }
    }

    /// A table of what other numbers of blocs would cost.
    fn by_number(&self) -> String {
        if self.cost_by_number.len() < 2 {
            return String::new();
        }
        let row = |cells: Vec<String>| cells.into_iter().map(|cell| format!(" {cell} |")).collect::<String>();
        let numbers = row((1..=self.cost_by_number.len()).map(|k| k.to_string()).collect());
        let costs = row(self.cost_by_number.iter().map(|cost| weight(*cost)).collect());
        let mut out = format!(
            "Were the number of blocs fixed (who stands alone counts as one), so much would go against them:\n\n| Blocs |{numbers}\n\
             |---|{}\n| Points against them |{costs}\n\n",
            "--:|".repeat(self.cost_by_number.len())
        );
        if let (None, Some(two)) = (self.asked_for, self.cost_by_number.get(1))
            && two - self.cost > 1e-9 * self.total_weight
        {
            out += &format!("Two camps cost {} more than these blocs.\n\n", points(two - self.cost));
        }
        out
    }
}

impl Chance {
    fn words(&self) -> String {
        let Some(z) = self.z else {
            return "Whether chance would do as well cannot be told: however the same weights are dealt to the same ties, \
                    blocs fit them equally well.\n\n"
                .into();
        };
        let dealt = format!(
            "With the same weights dealt to the same ties at random ({}), {} would go against the blocs on average, give or \
             take {}",
            count(self.shuffles, "time"),
            points(self.mean),
            weight(self.standard_deviation)
        );
        let verdict = if self.structure {
            "so these blocs are no work of chance"
        } else {
            "so there is no structure to speak of: chance would give blocs that fit as well"
        };
        format!("{dealt}; here it is {}, {verdict} (z = {}).\n\n", weight(self.cost), signed(z))
    }
}

/// A share as a percentage with at most two decimals.
fn hundredth(share: f64) -> String {
    let hundredths = (share * 10_000.0).ceil();
    if hundredths >= 1_000_000.0 {
        format!("{} %", number((hundredths / 100.0) as usize))
    } else {
        format!("{} %", weight(hundredths / 100.0))
    }
}

/// One decimal and a true minus sign.
fn signed(z: f64) -> String {
    let text = format!("{:.1}", z.abs());
    if z < 0.0 { format!("\u{2212}{text}") } else { text }
}
