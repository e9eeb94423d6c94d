//! Settings of the network: what is let in, at which level, and what each kind of evidence weighs.

use jiff::civil::Date;

/// Who the actors are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// People and institutions stand for themselves.
    #[default]
    Actor,
    /// People and institutions give their ties to whom they speak for.
    Country,
}

/// Which statements and ties the network is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkOptions {
    /// Who the actors are.
    pub level: Level,
    /// First day that counts. With `from` or `to` set, statements without a date do not count.
    pub from: Option<Date>,
    /// Last day that counts.
    pub to: Option<Date>,
    /// When not empty, only statements that name one of these as holder, spoken for, target, owner of the matter or
    /// matter; upper and lower case are the same.
    pub only: Vec<String>,
    /// Statements that name one of these (in the same places) do not count.
    pub exclude: Vec<String>,
    /// Hedged statements do not count.
    pub no_hedged: bool,
    /// Statements below this confidence do not count; those without one do. 0 to 1.
    pub min_confidence: f64,
    /// Ties of fewer statements are left out. Stances on matters stay.
    pub min_weight: u32,
}

impl Default for NetworkOptions {
    fn default() -> Self {
        Self {
            level: Level::Actor,
            from: None,
            to: None,
            only: Vec::new(),
            exclude: Vec::new(),
            no_hedged: false,
            min_confidence: 0.0,
            min_weight: 1,
        }
    }
}

/// What each kind of evidence weighs in the signed graph that blocs are found in.
///
/// The unit is one plain statement of support. All weights are 0 or more; the sign comes from the kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CombinedWeights {
    /// A statement of support, toward the actor or toward its matter.
    pub support: f64,
    /// A statement of opposition; counts negative.
    pub oppose: f64,
    /// An invitation: contact, and hardly a stance.
    pub invite: f64,
    /// An invitation that was not made; counts negative.
    pub withheld: f64,
    /// Agreement on matters: congruence minus conflict, divided by the pair's average activity.
    pub agreement: f64,
    /// The factor for a hedged statement, 0 to 1.
    pub hedged: f64,
    /// The bond between an actor and whom it speaks for, once a pair however many statements there are.
    pub affiliation: f64,
}

impl Default for CombinedWeights {
    fn default() -> Self {
        Self { support: 1.0, oppose: 1.0, invite: 0.25, withheld: 0.25, agreement: 1.0, hedged: 0.5, affiliation: 1.0 }
    }
}
