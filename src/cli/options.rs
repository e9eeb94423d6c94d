//! Options that several commands share.

use super::material::Material;
use super::progress::Progress;
use crate::clusters::{BlocOptions, Effort};
use crate::import::dna::Wanted;
use crate::lexicon::Lexicon;
use crate::network::{CombinedWeights, Level, Network, NetworkOptions, Window, build, tallied};
use crate::statement::{Aliases, Names, Statement};
use crate::{Error, Result};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde::Serialize;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// What to read, and how.
#[derive(Debug, Clone, Args)]
pub struct InputArgs {
    /// Articles (.txt, .md, .html, or .csv and .jsonl with a text column), statements tables, .dna files and event lists of
    /// Discourse Network Analyzer, tables of events (GDELT, POLECAT, ICEWS), any of these packed (.gz, .zip), and folders of
    /// them; - is standard input
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// Your own actors, titles, frames ...: tables of the same form as ours, added to them or replacing rows of theirs
    #[arg(long, value_name = "DIR")]
    pub lexicon: Option<PathBuf>,
    /// What the columns of somebody else's table are called: OURS=THEIRS, joined by commas, as in
    /// holder=organization,target=concept,relation=agreement,document=document_id,date=date_time. A relation is 1 or 0,
    /// yes or no, + or -, pro or contra, agree or disagree, support, oppose or invite. Columns that are not named are
    /// unknown to us, but for document, date, holder, relation and target. Of an edge list or GraphML (clusters, diagram,
    /// edges): source, target, weight, sign, relation, label, kind, cluster, as in source=from,target=to,weight=strength
    #[arg(long, value_name = "OURS=THEIRS,...")]
    pub map: Vec<String>,
    /// Rename and merge actors and matters: a CSV file of two columns, a name and the name that stands for it. What was
    /// coded stays in columns such as holder_coded; `stancenet merge --undo-aliases` puts it back. Other than the
    /// actors.csv of --lexicon, which says what articles call an actor, this renames what is coded, whoever coded it
    #[arg(long, value_name = "FILE")]
    pub aliases: Option<PathBuf>,
    /// Also code actors without a name ("the police", "two officers") and deeds done to things, as event data do
    #[arg(long)]
    pub unnamed: bool,
    #[command(flatten)]
    pub dna: DnaArgs,
    #[command(flatten)]
    pub work: WorkArgs,
}

/// Which variables of Discourse Network Analyzer are which.
#[derive(Debug, Clone, Args, Serialize)]
pub struct DnaArgs {
    /// Of a .dna file: the statement type to read [default: the one that has holder and target]
    #[arg(long = "type", value_name = "NAME")]
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub statement_type: Option<String>,
    /// Of a .dna file or event list: the variable of who takes the stance [default: organization, else actor or person]
    #[arg(long, value_name = "VARIABLE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// Of a .dna file or event list: the variable of what the stance is on [default: concept]
    #[arg(long, value_name = "VARIABLE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Of a .dna file or event list: the variable of the stance [default: agreement]. Of whole numbers those above 0 are
    /// support, those below 0 opposition
    #[arg(long, value_name = "VARIABLE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stance: Option<String>,
}

impl DnaArgs {
    /// As the library takes it.
    pub fn wanted(&self) -> Wanted {
        let Self { statement_type, holder, target, stance } = self.clone();
        Wanted { statement_type, holder, target, stance }
    }

    /// The first option that is given.
    pub fn given(&self) -> Option<&'static str> {
        let Self { statement_type, holder, target, stance } = self;
        let all = [(statement_type, "--type"), (holder, "--holder"), (target, "--target"), (stance, "--stance")];
        all.into_iter().find(|(option, _)| option.is_some()).map(|(_, name)| name)
    }
}

/// How to go about reading.
#[derive(Debug, Clone, Args)]
pub struct WorkArgs {
    /// Go on without the files and rows that cannot be read, and say which
    #[arg(long)]
    pub skip_bad: bool,
    /// Threads to use; all cores when left out. The results are the same for any number
    #[arg(long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// No progress bar, no notes
    #[arg(long, short)]
    pub quiet: bool,
}

impl InputArgs {
    /// The lexicon, with the user's tables.
    ///
    /// # Errors
    /// A broken table, with file and line.
    pub fn lexicon(&self) -> Result<Lexicon> {
        match &self.lexicon {
            Some(dir) => Lexicon::with_user(dir),
            None => Lexicon::embedded(),
        }
    }

    /// The names that stand for others.
    ///
    /// # Errors
    /// A broken table, with file and line.
    pub fn aliases(&self) -> Result<Aliases> {
        read_aliases(self.aliases.as_deref())
    }

    /// Refuses `--aliases` for an edge list.
    ///
    /// # Errors
    /// They are given.
    pub fn no_aliases_for(&self, edge_list: &str) -> Result<()> {
        match &self.aliases {
            Some(_) => Err(Error::Usage(format!(
                "{edge_list} is an edge list, and --aliases is for statements: leave it out, and rename in the list itself"
            ))),
            None => Ok(()),
        }
    }

    /// Renames actors and matters, and tells of names that nothing has.
    pub fn rename(&self, aliases: &Aliases, statements: &mut [Statement], progress: &Progress) {
        rename(aliases, self.aliases.as_deref(), statements, progress);
    }

    /// What the columns of tables are called.
    ///
    /// # Errors
    /// A usage error for what is no pair.
    pub fn names(&self) -> Result<Names> {
        if self.map.is_empty() {
            return Ok(Names::default());
        }
        let names = Names::parse_list(&self.map.join(","));
        names.map_err(|error| Error::Usage(format!("--map {error}")))
    }

    /// As [`WorkArgs::on_threads`].
    pub fn on_threads<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        self.work.on_threads(work)
    }
}

/// The aliases of a file, or none.
///
/// # Errors
/// A file that cannot be read, or has bad rows.
pub fn read_aliases(path: Option<&Path>) -> Result<Aliases> {
    let Some(path) = path else { return Ok(Aliases::default()) };
    let name = path.display().to_string();
    let file = File::open(path).map_err(|e| Error::io(&name, e))?;
    Aliases::read(&name, BufReader::new(file))
}

/// More names than this are only counted.
const SHOWN: usize = 10;

/// Renames actors and matters by the aliases of `path`, and tells of names there that no statement has.
pub fn rename(aliases: &Aliases, path: Option<&Path>, statements: &mut [Statement], progress: &Progress) {
    let (Some(path), false) = (path, aliases.is_empty()) else { return };
    let unused = aliases.unused(statements);
    if !unused.is_empty() {
        let shown: Vec<String> = unused.iter().take(SHOWN).map(|name| format!("\"{name}\"")).collect();
        let more = if unused.len() > SHOWN { format!(" and {} more", unused.len() - SHOWN) } else { String::new() };
        progress.note(&format!("{}: no statement names {}{more}", path.display(), shown.join(", ")));
    }
    statements.iter_mut().for_each(|statement| aliases.apply(statement));
}

impl WorkArgs {
    /// How many threads were asked for.
    pub fn threads(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
        self.jobs.map_or_else(cores, std::num::NonZeroUsize::get)
    }

    /// Runs `work` on as many threads as were asked for.
    ///
    /// # Errors
    /// Those of `work`, and threads that cannot be started.
    pub fn on_threads<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        let threads = self.jobs.map_or(0, std::num::NonZeroUsize::get);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.map_err(|e| Error::Usage(format!("--jobs {threads}: {e}")))?;
        pool.install(work)
    }
}

/// Who the nodes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LevelArg {
    /// Countries, institutions and people, each for itself
    Actor,
    /// People and institutions give their ties to the country or institution that they speak for
    Country,
}

/// Which statements the network is made of.
#[derive(Debug, Clone, Args, Serialize)]
#[command(next_help_heading = "What counts")]
pub struct NetworkArgs {
    /// Who the nodes are
    #[arg(long, value_enum, default_value = "actor")]
    pub level: LevelArg,
    /// Only statements of this day and later (ISO date); undated ones do not count then
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Only statements up to this day (ISO date); undated ones do not count then
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
    /// Only statements that name this actor or matter; may be given several times
    #[arg(long, value_name = "ACTOR|MATTER")]
    pub only: Vec<String>,
    /// No statements that name this actor or matter; may be given several times
    #[arg(long, value_name = "ACTOR|MATTER")]
    pub exclude: Vec<String>,
    /// Only ties of at least this many statements
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub min_weight: u32,
    #[command(flatten)]
    pub sure: SureArg,
    /// Leave out statements that are conditional, alleged or only possible
    #[arg(long)]
    pub no_hedged: bool,
}

/// How sure the program must be of a statement.
#[derive(Debug, Clone, Copy, Args, Serialize)]
pub struct SureArg {
    /// Only statements of at least this confidence, 0 to 1. When left out: 0.55 for what the program codes (0.2 with
    /// --unnamed), 0 for tables; hand-coded ones without a confidence always count
    #[arg(long, value_name = "P", value_parser = share)]
    pub min_confidence: Option<f64>,
}

impl SureArg {
    /// The least confidence of what the program codes, by name alone or with actors that have none.
    pub fn floor(self, unnamed: bool) -> f64 {
        self.min_confidence.unwrap_or(if unnamed { FLOOR_UNNAMED } else { FLOOR })
    }
}

/// Three in four of what the program codes from here on are right (`docs/coder.md`).
const FLOOR: f64 = 0.55;

/// Who asks for actors without a name wants the many: they are less sure than the named by nature.
const FLOOR_UNNAMED: f64 = 0.2;

fn share(text: &str) -> std::result::Result<f64, String> {
    text.parse::<f64>().ok().filter(|p| (0.0..=1.0).contains(p)).ok_or_else(|| "give a number from 0 to 1".to_owned())
}

impl NetworkArgs {
    /// The options as the library takes them.
    ///
    /// # Errors
    /// `--from` after `--to`.
    pub fn options(&self) -> Result<NetworkOptions> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Error::Usage(format!("--from {from} is after --to {to}")));
        }
        Ok(NetworkOptions {
            level: match self.level {
                LevelArg::Actor => Level::Actor,
                LevelArg::Country => Level::Country,
            },
            from: self.from,
            to: self.to,
            only: self.only.clone(),
            exclude: self.exclude.clone(),
            no_hedged: self.no_hedged,
            min_confidence: self.sure.min_confidence.unwrap_or(0.0),
            min_weight: self.min_weight,
        })
    }

    /// The network of the statements, or of their counts, which are used up.
    ///
    /// # Errors
    /// Options that do not go together; options that let nothing through.
    pub fn network(&self, material: &mut Material, lexicon: &Lexicon) -> Result<Network> {
        let options = self.options()?;
        let mut network = match &mut material.counts {
            None => built(&material.statements, &options, lexicon),
            Some(bundles) => {
                let code = |name: &str| lexicon.code(name).map(str::to_owned);
                tallied(std::mem::take(bundles), &options, &code, &|name| lexicon.kind(name))
            }
        };
        if let (Some(told), Some(_)) = (material.events, &material.counts) {
            network.left_out.undated = usize::try_from(told.undated).unwrap_or(usize::MAX);
            network.left_out.outside_dates = usize::try_from(told.outside).unwrap_or(usize::MAX);
        }
        if network.graph.node_count() == 0 {
            let why = match material.statements() {
                0 => "no statements were found in the input".to_owned(),
                n => format!(
                    "none of the {n} statements passes the options; loosen --from, --to, --only, --exclude, --min-weight, --min-confidence or --no-hedged"
                ),
            };
            return Err(Error::Empty(why));
        }
        Ok(network)
    }
}

impl NetworkArgs {
    /// Refuses options that only go with statements.
    ///
    /// # Errors
    /// One is given that is not as it is when left out.
    pub fn none_for(&self, edge_list: &str) -> Result<()> {
        let given = [
            ("--level", self.level != LevelArg::Actor),
            ("--from", self.from.is_some()),
            ("--to", self.to.is_some()),
            ("--only", !self.only.is_empty()),
            ("--exclude", !self.exclude.is_empty()),
            ("--min-weight", self.min_weight != 1),
            ("--min-confidence", self.sure.min_confidence.is_some()),
            ("--no-hedged", self.no_hedged),
        ];
        match given.iter().find(|(_, is)| *is) {
            Some((option, _)) => {
                Err(Error::Usage(format!("{edge_list} is an edge list, and {option} is for statements: leave it out")))
            }
            None => Ok(()),
        }
    }
}

/// The network of the statements of a time window, which may be without actors. Names are what all statements say that
/// they are.
pub fn network_in(window: &Window, statements: &[Statement], options: &NetworkOptions, lexicon: &Lexicon) -> Network {
    let options = NetworkOptions { from: Some(window.from), to: Some(window.to), ..options.clone() };
    built(statements, &options, lexicon)
}

fn built(statements: &[Statement], options: &NetworkOptions, lexicon: &Lexicon) -> Network {
    build(statements, options, &|name| lexicon.code(name).map(str::to_owned), &|name| lexicon.kind(name))
}

/// How blocs are found.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "How blocs are found")]
pub struct BlocArgs {
    #[command(flatten)]
    pub seed: SeedArg,
    /// What each kind of evidence weighs, in points: support, oppose, invite, withheld, agreement, hedged (a factor) and
    /// affiliation, as in invite=0.5,hedged=1; what is not named keeps its default of 1, 1, 0.25, 0.25, 1, 0.5 and 1
    #[arg(long, value_name = "KIND=POINTS,...", default_value = "")]
    pub weights: WeightsArg,
    /// How much work goes into finding blocs
    #[arg(long, value_enum, default_value = "normal")]
    pub effort: EffortArg,
    /// How much work goes into proving that none fit better, or by how much they could at most
    #[arg(long, value_enum, default_value = "normal")]
    pub proof: ProofArg,
    /// Exactly so many blocs, who stands alone counted; as many as fit best when left out
    #[arg(long, value_name = "N", value_parser = number_of_blocs)]
    pub k: Option<usize>,
    /// How often the documents (the ties of an edge list) are drawn anew to see how firm the blocs are
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = resamplings)]
    pub resamplings: usize,
}

impl BlocArgs {
    /// Settings for finding blocs.
    pub fn options(&self) -> BlocOptions {
        BlocOptions {
            seed: self.seed.seed,
            effort: self.effort.into(),
            proof: self.proof.into(),
            clusters: self.k,
            resamplings: self.resamplings,
        }
    }
}

/// How much work to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EffortArg {
    /// A first good answer
    Quick,
    /// Until little more is to be gained; seconds for a million ties
    Normal,
    /// Several times as long
    High,
}

impl From<EffortArg> for Effort {
    fn from(effort: EffortArg) -> Self {
        match effort {
            EffortArg::Quick => Self::Quick,
            EffortArg::Normal => Self::Normal,
            EffortArg::High => Self::High,
        }
    }
}

/// How much work to do for a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProofArg {
    /// No proof
    None,
    /// For many small networks
    Quick,
    /// Seconds for a million ties
    Normal,
    /// Twenty times as long
    High,
}

impl From<ProofArg> for Option<Effort> {
    fn from(proof: ProofArg) -> Self {
        match proof {
            ProofArg::None => None,
            ProofArg::Quick => Some(Effort::Quick),
            ProofArg::Normal => Some(Effort::Normal),
            ProofArg::High => Some(Effort::High),
        }
    }
}

/// Weights as the user gives them.
#[derive(Debug, Clone, Copy)]
pub struct WeightsArg(pub CombinedWeights);

impl std::str::FromStr for WeightsArg {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let mut weights = CombinedWeights::default();
        for pair in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let (kind, points) = pair.split_once('=').ok_or_else(|| format!("\"{pair}\": write KIND=POINTS"))?;
            let points: f64 = points.trim().parse().map_err(|_| format!("\"{points}\" is no number"))?;
            if !(0.0..=1e9).contains(&points) {
                return Err(format!("{kind}: give a number from 0 to 1,000,000,000; the sign comes from the kind"));
            }
            *match kind.trim() {
                "support" => &mut weights.support,
                "oppose" => &mut weights.oppose,
                "invite" => &mut weights.invite,
                "withheld" => &mut weights.withheld,
                "agreement" => &mut weights.agreement,
                "hedged" if points > 1.0 => return Err("hedged is a factor from 0 to 1".to_owned()),
                "hedged" => &mut weights.hedged,
                "affiliation" => &mut weights.affiliation,
                _ => {
                    return Err(format!(
                        "\"{kind}\": the kinds are support, oppose, invite, withheld, agreement, hedged, affiliation"
                    ));
                }
            } = points;
        }
        Ok(Self(weights))
    }
}

fn number_of_blocs(text: &str) -> std::result::Result<usize, String> {
    text.parse().ok().filter(|k| *k > 0).ok_or_else(|| "give a whole number of at least 1".to_owned())
}

fn resamplings(text: &str) -> std::result::Result<usize, String> {
    let fits = |n: &usize| *n <= 10_000;
    text.parse().ok().filter(fits).ok_or_else(|| "give a whole number from 0 to 10000".to_owned())
}

/// Random choices.
#[derive(Debug, Clone, Copy, Args)]
pub struct SeedArg {
    /// Seed of all random choices; the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

impl SeedArg {
    /// Settings for finding blocs.
    pub fn blocs(self) -> BlocOptions {
        BlocOptions { seed: self.seed, ..BlocOptions::default() }
    }
}
