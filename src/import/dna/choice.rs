//! Which variables say who holds which stance toward what.
//!
//! In: statement types, or the columns of an event list, and what the user asks for. Out: a [`Choice`]. Never here: a guess
//! between two that would do as well; the error lists what there is to choose from.

use super::coding::{Coding, DataType, StatementType};
use crate::statement::Names;
use crate::{Error, Result};

/// What the user asks for; what is `None` is found by its usual name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The statement type.
    pub statement_type: Option<String>,
    /// The variable of who takes the stance.
    pub holder: Option<String>,
    /// The variable of what it is on.
    pub target: Option<String>,
    /// The variable of the stance.
    pub stance: Option<String>,
}

/// Usual names, those of the program's own "DNA Statement" first.
pub(super) const HOLDERS: [&str; 4] = ["organization", "organisation", "actor", "person"];
pub(super) const TARGETS: [&str; 1] = ["concept"];
pub(super) const STANCES: [&str; 1] = ["agreement"];

/// Places of a type and of its variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The type, in [`Coding::types`].
    pub of: usize,
    /// The variable of who takes the stance, in [`StatementType::variables`].
    pub holder: usize,
    /// That of what it is on.
    pub target: usize,
    /// That of the stance; `None` where there is none.
    pub stance: Option<usize>,
    /// That of whom the holder speaks for.
    pub holder_for: Option<usize>,
}

impl Choice {
    /// What the columns of the [lines](super::Lines) are called.
    ///
    /// # Errors
    /// None that could happen: the names are ours.
    pub fn names(&self) -> Result<Names> {
        let used =
            ["document", "date", "holder", "holder_kind", "holder_for", "target", "quote", "start", "end", "coder"];
        let stance = self.stance.map(|_| "relation");
        let pairs: Vec<String> = used.into_iter().chain(stance).map(|name| format!("{name}={name}")).collect();
        Names::parse(&pairs)
    }
}

impl Coding {
    /// Which statements are meant, and which variables, in words.
    pub fn told(&self, choice: &Choice) -> String {
        let Some(of) = self.types.get(choice.of) else { return String::new() };
        let name = |at: usize| of.variables.get(at).map_or("", |v| v.name.as_str());
        let statements = self.statements.iter().filter(|s| s.of == choice.of && s.sound).count();
        let stance = choice.stance.map_or(String::new(), |at| format!(", stance {}", name(at)));
        format!(
            "{statements} statements of the type \"{}\": holder {}, target {}{stance}",
            of.label,
            name(choice.holder),
            name(choice.target)
        )
    }

    /// Each statement type with its variables, in words.
    pub fn types_told(&self) -> Vec<String> {
        let told = |(of, t): (usize, &StatementType)| {
            let variables: Vec<String> =
                t.variables.iter().map(|v| format!("{} ({})", v.name, v.data.as_str())).collect();
            let statements = match self.statements.iter().filter(|s| s.of == of).count() {
                1 => "1 statement".to_owned(),
                n => format!("{n} statements"),
            };
            format!("\"{}\", {statements}: {}", t.label, variables.join(", "))
        };
        self.types.iter().enumerate().map(told).collect()
    }

    /// Finds type and variables.
    ///
    /// # Errors
    /// A name that is not there; no type, or several, with variables of the usual names.
    pub fn choose(&self, wanted: &Wanted) -> Result<Choice> {
        let fits = |of: usize| self.types.get(of).and_then(|t| self.fit(of, t, wanted));
        if let Some(name) = &wanted.statement_type {
            let of = self.types.iter().position(|t| alike(&t.label, name));
            let of = of.ok_or_else(|| self.complaint(&format!("no statement type is called \"{name}\"")))?;
            let missing =
                || self.complaint(&format!("the statement type \"{name}\" lacks {}", lacking(&self.types[of], wanted)));
            return fits(of).ok_or_else(missing);
        }
        let all: Vec<Choice> = (0..self.types.len()).filter_map(fits).collect();
        // Types that nobody coded with are no choice.
        let used = |c: &&Choice| self.statements.iter().any(|s| s.of == c.of);
        let coded: Vec<Choice> = all.iter().filter(used).copied().collect();
        match (all.as_slice(), coded.as_slice()) {
            (_, [only]) | ([only], _) => Ok(*only),
            ([], _) => {
                let why = match self.types.as_slice() {
                    [only] => format!("the statement type \"{}\" lacks {}", only.label, lacking(only, wanted)),
                    _ => "no statement type has the variables of holder and target".to_owned(),
                };
                Err(self.complaint(&why))
            }
            _ => Err(self.complaint("several statement types would do")),
        }
    }

    fn fit(&self, of: usize, t: &StatementType, wanted: &Wanted) -> Option<Choice> {
        let names = || t.variables.iter().map(|v| v.name.as_str());
        let named = |at: usize| matches!(t.variables[at].data, DataType::ShortText | DataType::LongText);
        let holder = find(names(), wanted.holder.as_deref(), &HOLDERS).filter(|at| named(*at))?;
        let target = find(names(), wanted.target.as_deref(), &TARGETS).filter(|at| named(*at) && *at != holder)?;
        let stance = find(names(), wanted.stance.as_deref(), &STANCES);
        if wanted.stance.is_some() && stance.is_none() {
            return None;
        }
        let person = alike(&t.variables[holder].name, "person");
        let holder_for = HOLDERS[..2].iter().find_map(|name| t.variables.iter().position(|v| alike(&v.name, name)));
        Some(Choice { of, holder, target, stance, holder_for: holder_for.filter(|at| person && *at != target) })
    }

    /// The error that there is no stance.
    pub fn no_stance(&self, choice: &Choice) -> Error {
        let label = self.types.get(choice.of).map_or("", |t| t.label.as_str());
        self.complaint(&format!("the statement type \"{label}\" lacks a variable of the stance"))
    }

    fn complaint(&self, why: &str) -> Error {
        let mut message =
            format!("{}: {why}: name what is meant with --type, --holder, --target and --stance; there are", self.file);
        self.types_told().iter().for_each(|line| message += &format!("\n  {line}"));
        Error::Usage(message)
    }
}

/// The place of the name that is wanted, else of the first usual one.
pub(super) fn find<'n>(names: impl Iterator<Item = &'n str>, wanted: Option<&str>, usual: &[&str]) -> Option<usize> {
    let names: Vec<&str> = names.collect();
    let place = |name: &str| names.iter().position(|n| alike(n, name));
    match wanted {
        Some(name) => place(name),
        None => usual.iter().find_map(|name| place(name)),
    }
}

fn alike(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// What is wanted and not there.
fn lacking(t: &StatementType, wanted: &Wanted) -> String {
    let names = || t.variables.iter().map(|v| v.name.as_str());
    let named = |name: &Option<String>, usual: &[&str], what: &str| {
        let found = find(names(), name.as_deref(), usual);
        match name {
            _ if found.is_some() => None,
            Some(name) => Some(format!("the variable \"{name}\"")),
            None => Some(format!("a variable of the {what} (usually {})", usual[0])),
        }
    };
    let stance = if wanted.stance.is_some() { named(&wanted.stance, &STANCES, "stance") } else { None };
    let all = [named(&wanted.holder, &HOLDERS, "holder"), named(&wanted.target, &TARGETS, "target"), stance];
    let all: Vec<String> = all.into_iter().flatten().collect();
    if all.is_empty() { "two different variables of text for holder and target".to_owned() } else { all.join(" and ") }
}
