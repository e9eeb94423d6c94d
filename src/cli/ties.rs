//! The options of `edges` that say which network, and whether they go together.
//!
//! In: arguments. Out: [`MatrixOptions`], or what is wrong. Never here: statements.

use crate::network::{Duplicates, MatrixOptions, Normalize, Over, Sides, Ties, Windows};
use crate::statement::Names;
use crate::{Error, Result};
use clap::{Args, ValueEnum};

/// Which network, and how it counts.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Which network")]
pub struct TiesArgs {
    /// What ties the nodes
    #[arg(long, value_enum, default_value = "direct")]
    pub ties: TiesArg,
    /// Who the nodes are of congruence, conflict, subtract and ignore: who holds stances, or what they are about
    #[arg(long, value_enum, default_value = "holders")]
    pub over: OverArg,
    /// How support and opposition become one number, with --ties two-mode [default: subtract]
    #[arg(long, value_enum)]
    pub sides: Option<SidesArg>,
    /// What values are divided by, so that who talks most does not decide [default: none]
    #[arg(long, value_enum)]
    pub normalize: Option<NormalizeArg>,
    /// How often a stance counts that is taken again: always (include), or once in each ...
    /// [default: document; include with --dna-compatible]
    #[arg(long, value_enum)]
    pub duplicates: Option<DuplicatesArg>,
    /// One network for each week, month, quarter or year, or for windows of a length (90d, 2w, 3m, 1y), or of a length
    /// and a step (3m/1m)
    #[arg(long, value_name = "WINDOW")]
    pub window: Option<Windows>,
    /// The relation that --map names is a whole number, as from -2 to 2; how near two are says how far two agree
    #[arg(long)]
    pub scale: bool,
    /// Count as Discourse Network Analyzer 3.1.2 does, oddities included: all targets are matters, weeks and months of
    /// different years are one, its own cosine and Jaccard (see docs/networks.md)
    #[arg(long)]
    pub dna_compatible: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TiesArg {
    /// Stances toward actors, and toward actors through their matters
    Direct,
    /// Actors by matters: support less opposition
    TwoMode,
    /// Actors on the same side of the same matters
    Congruence,
    /// Actors on opposite sides of the same matters
    Conflict,
    /// Congruence less conflict
    Subtract,
    /// Actors who speak of the same matters, whatever they say
    Ignore,
    /// All evidence, as blocs are found in
    Combined,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OverArg {
    /// Actors
    Holders,
    /// Matters
    Matters,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SidesArg {
    /// Support less opposition
    Subtract,
    /// All statements
    Ignore,
    /// 1 only support, 2 only opposition, 3 both
    Combine,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NormalizeArg {
    /// Nothing
    None,
    /// The average number of statements of the two
    Average,
    /// All that either of the two says, what both say once
    Jaccard,
    /// The lengths of the two as vectors
    Cosine,
    /// Two-mode: the actor's statements
    Activity,
    /// Two-mode: the statements on the matter
    Prominence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DuplicatesArg {
    /// Each time
    Include,
    /// Once a document
    Document,
    /// Once an ISO week
    Week,
    /// Once a month
    Month,
    /// Once a year
    Year,
    /// Once
    All,
}

impl TiesArgs {
    /// The matrix that is asked for; `None` for direct ties and all evidence, which are no matrix over matters.
    ///
    /// # Errors
    /// Options that do not go together.
    pub fn matrix(&self) -> Result<Option<MatrixOptions>> {
        let ties = match self.ties {
            TiesArg::Direct | TiesArg::Combined => return self.no_matrix().map(|()| None),
            TiesArg::TwoMode => Ties::TwoMode(match self.sides {
                None | Some(SidesArg::Subtract) => Sides::Subtract,
                Some(SidesArg::Ignore) => Sides::Ignore,
                Some(SidesArg::Combine) => Sides::Combine,
            }),
            TiesArg::Congruence => Ties::Congruence,
            TiesArg::Conflict => Ties::Conflict,
            TiesArg::Subtract => Ties::Subtract,
            TiesArg::Ignore => Ties::Ignore,
        };
        let two_mode = matches!(ties, Ties::TwoMode(_));
        if self.sides.is_some() && !two_mode {
            return Err(Error::Usage("--sides goes with --ties two-mode only".to_owned()));
        }
        if self.over == OverArg::Matters && two_mode {
            let message = "--over goes with --ties congruence, conflict, subtract and ignore; a two-mode network has actors \
                           and matters";
            return Err(Error::Usage(message.to_owned()));
        }
        let options = MatrixOptions {
            ties,
            over: if self.over == OverArg::Matters { Over::Matters } else { Over::Holders },
            normalize: match self.normalize {
                None | Some(NormalizeArg::None) => Normalize::None,
                Some(NormalizeArg::Average) => Normalize::Average,
                Some(NormalizeArg::Jaccard) => Normalize::Jaccard,
                Some(NormalizeArg::Cosine) => Normalize::Cosine,
                Some(NormalizeArg::Activity) => Normalize::Activity,
                Some(NormalizeArg::Prominence) => Normalize::Prominence,
            },
            duplicates: match self.duplicates {
                None if self.dna_compatible => Duplicates::Include,
                None | Some(DuplicatesArg::Document) => Duplicates::Document,
                Some(DuplicatesArg::Include) => Duplicates::Include,
                Some(DuplicatesArg::Week) => Duplicates::Week,
                Some(DuplicatesArg::Month) => Duplicates::Month,
                Some(DuplicatesArg::Year) => Duplicates::Year,
                Some(DuplicatesArg::All) => Duplicates::All,
            },
            dna: self.dna_compatible,
        };
        options.check()?;
        Ok(Some(options))
    }

    /// Direct ties and all evidence are counted in one way only.
    fn no_matrix(&self) -> Result<()> {
        let other = [
            (self.over == OverArg::Matters, "--over matters"),
            (self.sides.is_some(), "--sides"),
            (self.normalize.is_some_and(|n| n != NormalizeArg::None), "--normalize"),
            (self.duplicates.is_some_and(|d| d != DuplicatesArg::Document), "--duplicates other than document"),
            (self.scale, "--scale"),
            (self.dna_compatible, "--dna-compatible"),
        ];
        match other.iter().find(|(given, _)| *given) {
            None => Ok(()),
            Some((_, option)) => Err(Error::Usage(format!(
                "{option} does not go with --ties direct and combined; it goes with two-mode, congruence, conflict, subtract \
                 and ignore"
            ))),
        }
    }

    /// How the relation of other programs' tables is read: as mere mention where it is not there and the network does not
    /// ask for it, or as a number.
    pub fn relation(&self, names: Names) -> Names {
        let ignored = self.ties == TiesArg::Ignore || self.sides == Some(SidesArg::Ignore);
        let names = if ignored { names.mentions() } else { names };
        if self.scale { names.scale() } else { names }
    }
}
