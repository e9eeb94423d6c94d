//! Statements: who takes which stance toward what, and where the text says so.
//!
//! The statements table is the waist of the program: whatever codes text makes it, everything
//! downstream reads nothing else. Never here: how statements are found, or what is made of them.

pub mod agreement;
mod aliases;
mod apart;
mod blank;
mod brief;
mod check;
mod columns;
mod jsonl;
mod order;
pub(crate) mod problems;
pub(crate) mod records;
mod row;
mod seen;
mod table;
mod together;
mod write;

pub use aliases::{Aliases, undo};
pub use blank::{Blank, blanks};
pub use brief::Brief;
pub use check::check_against;
pub(crate) use columns::pairs;
pub use columns::{COLUMNS, Names, is_statements_header};
pub use jsonl::{JsonlWriter, jsonl_of, to_jsonl};
pub use order::canonical_sort;
pub use seen::Seen;
pub use table::{Table, each_row, merge};
pub use together::{Conflict, Place, Rule, Together, coder, conflict_rows, put_together};
pub use write::{CsvWriter, csv_of, extra_columns, to_csv};

use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// The three kinds of stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// Asks to join, to take part, to come.
    Invite,
    /// Backs, plans, aids, praises, accepts.
    Support,
    /// Rejects, criticises, attacks, withdraws.
    Oppose,
}

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A state or territory, and whatever stands for it.
    Country,
    /// An organization: international, party, company, court, army.
    Institution,
    /// A person with a name.
    Person,
    /// No actor: a plan, a treaty, a sanction. Only a target may be one.
    Matter,
}

/// One holder, one relation, one target, in one place of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Stable hash of document, span, relation, holder and target (see [`Statement::hash`]).
    pub id: String,
    /// The document's id.
    pub document: String,
    /// The document's date.
    pub date: Option<Date>,
    /// Number of the sentence; 0 is the headline.
    pub sentence: Option<u32>,
    /// Canonical name of the actor who takes the stance.
    pub holder: String,
    /// What the holder is; `None` when a table does not say.
    pub holder_kind: Option<Kind>,
    /// The country or institution that the holder speaks for.
    pub holder_for: Option<String>,
    /// The stance.
    pub relation: Relation,
    /// Canonical name of an actor, or the phrase of the matter.
    pub target: String,
    /// What the target is; `None` when a table does not say.
    pub target_kind: Option<Kind>,
    /// Actors whose matter it is.
    pub toward: Vec<String>,
    /// The canonical matter, the same for all its wordings.
    pub matter: Option<String>,
    /// An invitation that the text says was not made.
    pub withheld: bool,
    /// Conditional, alleged, or only possible.
    pub hedged: bool,
    /// Who reports it, when the text names one.
    pub source: Option<String>,
    /// The words of the text, verbatim.
    pub quote: String,
    /// Byte offsets of `quote` in the document's text.
    pub span: Option<(usize, usize)>,
    /// `rule:<frame>`, `human`, or a name.
    pub coder: String,
    /// Probability that the statement is right, 0 to 1.
    pub confidence: Option<f64>,
    /// Columns of the input that we do not know, kept and written back.
    pub extra: BTreeMap<String, String>,
}

impl Relation {
    /// All relations, in the order they are listed everywhere.
    pub const ALL: [Relation; 3] = [Relation::Invite, Relation::Support, Relation::Oppose];

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Support => "support",
            Self::Oppose => "oppose",
        }
    }

    /// 1 for support, -1 for opposition, 0 for an invitation.
    pub fn sign(self) -> i8 {
        match self {
            Self::Invite => 0,
            Self::Support => 1,
            Self::Oppose => -1,
        }
    }
}

impl Kind {
    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Institution => "institution",
            Self::Person => "person",
            Self::Matter => "matter",
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Relation {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word.trim().to_ascii_lowercase().as_str() {
            "invite" => Ok(Self::Invite),
            "support" => Ok(Self::Support),
            "oppose" => Ok(Self::Oppose),
            other => Err(format!("unknown relation \"{other}\"; use invite, support or oppose")),
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word.trim().to_ascii_lowercase().as_str() {
            "country" => Ok(Self::Country),
            "institution" => Ok(Self::Institution),
            "person" => Ok(Self::Person),
            "matter" => Ok(Self::Matter),
            other => Err(format!("unknown kind \"{other}\"; use country, institution, person or matter")),
        }
    }
}

impl Statement {
    /// What shows that it is so: the quote, or, where there is none, the link of a table that has a column `url`, such as
    /// one of coded events. Empty where there is neither.
    pub fn evidence(&self) -> &str {
        let link = || self.extra.get("url").map_or("", |link| link.trim());
        if self.quote.trim().is_empty() { link() } else { &self.quote }
    }

    /// The stable id: the first 16 hex digits of the SHA-256 of document, span, relation (with `withheld`), holder
    /// and target, separated by U+001F. Without a span the sentence number and the quote stand for it.
    pub fn hash(&self) -> String {
        use sha2::{Digest, Sha256};
        let place = match self.span {
            Some((start, end)) => format!("{start}-{end}"),
            None => format!("{}:{}", self.sentence.map_or(String::new(), |s| s.to_string()), self.quote),
        };
        let relation = if self.withheld { "not invite" } else { self.relation.as_str() };
        let parts = [&self.document, &place, relation, &self.holder, &self.target];
        let digest = Sha256::digest(parts.join("\u{1f}").as_bytes());
        digest.iter().take(8).map(|b| format!("{b:02x}")).collect()
    }
}
