//! How far codings of the same documents agree.
//!
//! In: two sets of statements. Out: an [`Agreement`]: precision, recall, F1, Krippendorff's alpha, Cohen's kappa, and the
//! statements that only one of them has. Of two or more: a [`Reliability`], alpha and kappa by variable. Never here: a
//! verdict on who is right, or texts to look into.
//!
//! **Distinct statements.** Rows of one coding with the same document, holder, relation, `withheld` and target (or
//! canonical matter) are one statement: repeating a stance in a further sentence adds nothing to a coding.
//!
//! **Matches.** A statement of A matches one of B of the same document when
//! - the relation is the same, and so is `withheld`;
//! - the holders meet: some name of {`holder`, `holder_for`} is the same on both sides, regardless of accents, letter
//!   case, punctuation and a leading "the";
//! - the targets meet: some name of {`target`} and `toward` is the same, or the canonical `matter` is; or, where a target
//!   is a matter, the phrases have 40 % of the shorter one's content words in common (and two words, where it has two),
//!   or the quotes' spans overlap or the Jaccard index of their content words is 0.35. Targets whose kind is not given
//!   are compared as phrases too.
//!
//! Matches are made one to one, as many as can be (per document). Precision is the share of A's distinct statements that
//! are matched, recall the share of B's, F1 their harmonic mean: take B for the reference, or swap them. A document that
//! only one coding has counts in full, since an empty coding of it looks the same; such documents are named.
//!
//! **Alpha and kappa.** Units are the triples (document, holder, target or matter) toward which either coder codes a
//! stance; a triple of A and one of B are one unit when document, holders and targets match as above, whatever the
//! relation. The value that a coder gives a unit is its relation, an invitation not made being `withheld`; several
//! relations toward one target are one value of their own (`invite+support`), and a unit that a coder does not have has
//! the value `none`. There are no units that both leave out, so the coefficients are low by construction (they may be
//! negative): compare them with those of other codings by this program, not with thresholds for closed lists of units.
//!
//! Of more than two coders, units are put together coder by coder, in the order of their names: a unit is met when any of its
//! triples is. Other variables than the relation have a value only where the coder has the unit and the cell is not empty;
//! names are compared as above. Alpha is of the units with two values or more, kappa of those with a value of both coders.

mod alike;
mod chance;
mod pairing;
mod reliability;
mod several;
mod text;
mod units;
mod variables;

pub use reliability::{Coder, OfPair, OfVariable, Reliability, by_coder, reliability};
pub use several::{Several, Shared, agree_all};
pub use variables::{Level, Variable};

use super::jsonl::Json;
use super::{Relation, Statement, canonical_sort};
use alike::{Folded, same_stance, targets_meet};
use chance::ratio;
use pairing::{Link, pair_up};
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// How far coding A and coding B agree. `Display` gives it as a plain text table, serde as JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// Rows of A, repetitions included.
    pub rows_a: usize,
    /// Rows of B, repetitions included.
    pub rows_b: usize,
    /// All distinct statements.
    pub overall: Scores,
    /// Invitations, made and withheld.
    pub invite: Scores,
    /// Statements of support.
    pub support: Scores,
    /// Statements of opposition.
    pub oppose: Scores,
    /// Holder and relation alone, whatever the target.
    pub holder_and_relation: Scores,
    /// Units of alpha and kappa.
    pub units: u64,
    /// Krippendorff's alpha, nominal; `None` where it is not defined.
    pub alpha: Option<f64>,
    /// Cohen's kappa; `None` where it is not defined.
    pub kappa: Option<f64>,
    /// Units by the values that A and B gave them.
    pub values: Vec<Cell>,
    /// Alpha and kappa by variable.
    pub reliability: Reliability,
    /// Documents that only A has, sorted.
    pub documents_only_a: Vec<String>,
    /// Documents that only B has, sorted.
    pub documents_only_b: Vec<String>,
    /// Distinct statements of A that B does not have, in canonical order.
    #[serde(serialize_with = "as_rows")]
    pub only_a: Vec<Statement>,
    /// Distinct statements of B that A does not have, in canonical order.
    #[serde(serialize_with = "as_rows")]
    pub only_b: Vec<Statement>,
}

/// How many of the distinct statements agree.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Scores {
    /// Distinct statements of A.
    pub a: usize,
    /// Distinct statements of B.
    pub b: usize,
    /// Pairs of them that match.
    pub matched: usize,
    /// `matched / a`; `None` when A has none.
    pub precision: Option<f64>,
    /// `matched / b`; `None` when B has none.
    pub recall: Option<f64>,
    /// Harmonic mean of both, `2 matched / (a + b)`.
    pub f1: Option<f64>,
}

/// How many units got one pair of values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// A's value.
    pub a: String,
    /// B's value.
    pub b: String,
    /// Units with these values.
    pub units: u64,
}

impl Scores {
    fn add(&mut self, a: usize, b: usize, matched: usize) {
        self.a += a;
        self.b += b;
        self.matched += matched;
        let share = |part: usize, whole: usize| ratio(part as f64, whole as f64);
        self.precision = share(self.matched, self.a);
        self.recall = share(self.matched, self.b);
        self.f1 = share(2 * self.matched, self.a + self.b);
    }
}

/// How many of the distinct statements of A and of B match.
pub fn overlap(a: &[Statement], b: &[Statement]) -> Scores {
    matches(&sorted(a), &sorted(b)).overall
}

/// Compares two codings. The order of the statements does not matter. Of `variables` the relation is one in any case.
///
/// Time and memory grow with the pairs of statements of one document whose holders meet.
pub fn agree(a: &[Statement], b: &[Statement], variables: &[Variable]) -> Agreement {
    let (a, b) = (sorted(a), sorted(b));
    let Matches { overall, by_relation, holder_and_relation, documents_only, only: [only_a, only_b] } = matches(&a, &b);
    let [invite, support, oppose] = by_relation;
    let [documents_only_a, documents_only_b] = documents_only;
    let (rows_a, rows_b) = (a.len(), b.len());
    let others = variables.iter().filter(|v| v.name() != "relation").cloned();
    let variables: Vec<Variable> = Variable::usual().into_iter().take(1).chain(others).collect();
    let reliability = reliability(&[("A".to_owned(), a), ("B".to_owned(), b)], &variables);
    let values = reliability.first_table();
    let first = &reliability.variables[0];
    let (alpha, kappa) = (first.alpha, first.pairs.first().and_then(|p| p.kappa));
    Agreement {
        rows_a,
        rows_b,
        overall,
        invite,
        support,
        oppose,
        holder_and_relation,
        units: values.values().sum(),
        alpha,
        kappa,
        values: values.into_iter().map(|((a, b), units)| Cell { a, b, units }).collect(),
        reliability,
        documents_only_a,
        documents_only_b,
        only_a,
        only_b,
    }
}

/// The statements of two codings, one to one.
struct Matches {
    overall: Scores,
    by_relation: [Scores; 3],
    holder_and_relation: Scores,
    documents_only: [Vec<String>; 2],
    only: [Vec<Statement>; 2],
}

fn matches(a: &[Statement], b: &[Statement]) -> Matches {
    let (folded_a, folded_b) = (by_document(a), by_document(b));
    let documents: BTreeSet<&str> = folded_a.keys().chain(folded_b.keys()).copied().collect();
    let mut overall = Scores::default();
    let mut holder_and_relation = Scores::default();
    let mut by_relation = [Scores::default(); 3];
    let (mut only_a, mut only_b) = (Vec::new(), Vec::new());
    for document in &documents {
        let none = Vec::new();
        let (rows_a, rows_b) = (folded_a.get(document).unwrap_or(&none), folded_b.get(document).unwrap_or(&none));
        let close = compare(rows_a, rows_b);
        let (of_a, of_b) = (group(rows_a, true), group(rows_b, true));

        let loose = close.iter().filter(|c| c.same_stance);
        let pairs = pair_up(of_a.len(), of_b.len(), links(loose.clone(), &of_a.of, &of_b.of, |_| 0));
        holder_and_relation.add(of_a.len(), of_b.len(), pairs.len());

        let full = loose.filter(|c| c.targets.is_some());
        let pairs = pair_up(of_a.len(), of_b.len(), links(full, &of_a.of, &of_b.of, |_| 0));
        overall.add(of_a.len(), of_b.len(), pairs.len());
        for (relation, scores) in Relation::ALL.into_iter().zip(&mut by_relation) {
            let has = |rows: &[Folded<'_>], group: &Group| rows[group.rows[0]].statement.relation == relation;
            let a = of_a.groups.iter().filter(|g| has(rows_a, g)).count();
            let b = of_b.groups.iter().filter(|g| has(rows_b, g)).count();
            scores.add(a, b, pairs.iter().filter(|(i, _)| has(rows_a, &of_a.groups[*i])).count());
        }
        let matched_a: BTreeSet<usize> = pairs.iter().map(|p| p.0).collect();
        let matched_b: BTreeSet<usize> = pairs.iter().map(|p| p.1).collect();
        only_a.extend(unmatched(&of_a, &matched_a, rows_a));
        only_b.extend(unmatched(&of_b, &matched_b, rows_b));
    }
    let only = |these: &BTreeMap<&str, _>, those: &BTreeMap<&str, _>| {
        these.keys().filter(|d| !those.contains_key(*d)).map(|d| (*d).to_owned()).collect()
    };
    canonical_sort(&mut only_a);
    canonical_sort(&mut only_b);
    Matches {
        overall,
        by_relation,
        holder_and_relation,
        documents_only: [only(&folded_a, &folded_b), only(&folded_b, &folded_a)],
        only: [only_a, only_b],
    }
}

fn sorted(statements: &[Statement]) -> Vec<Statement> {
    let mut statements = statements.to_vec();
    canonical_sort(&mut statements);
    statements
}

fn by_document(statements: &[Statement]) -> BTreeMap<&str, Vec<Folded<'_>>> {
    let mut documents: BTreeMap<&str, Vec<Folded<'_>>> = BTreeMap::new();
    for statement in statements {
        documents.entry(&statement.document).or_default().push(Folded::new(statement));
    }
    documents
}

/// Two rows whose holders meet.
struct Close {
    a: usize,
    b: usize,
    same_stance: bool,
    /// How closely the targets meet, if they do.
    targets: Option<u8>,
    /// Whether the holders' own names are the same.
    same_holder: bool,
}

fn compare(rows_a: &[Folded<'_>], rows_b: &[Folded<'_>]) -> Vec<Close> {
    let mut by_holder: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (b, row) in rows_b.iter().enumerate() {
        for name in &row.holders {
            by_holder.entry(name).or_default().push(b);
        }
    }
    let mut close = Vec::new();
    for (a, row) in rows_a.iter().enumerate() {
        let candidates = row.holders.iter().filter_map(|name| by_holder.get(name.as_str())).flatten();
        for &b in candidates.collect::<BTreeSet<_>>() {
            let (same_stance, targets) = (same_stance(row, &rows_b[b]), targets_meet(row, &rows_b[b]));
            if same_stance || targets.is_some() {
                let same_holder = row.holders.first() == rows_b[b].holders.first();
                close.push(Close { a, b, same_stance, targets, same_holder });
            }
        }
    }
    close
}

/// Rows that are one distinct statement, or one unit.
struct Group {
    rows: Vec<usize>,
}

struct Groups {
    groups: Vec<Group>,
    /// The group of each row.
    of: Vec<usize>,
}

impl Groups {
    fn len(&self) -> usize {
        self.groups.len()
    }
}

/// Groups rows by holder and object, and, `by_stance`, relation.
fn group(rows: &[Folded<'_>], by_stance: bool) -> Groups {
    let mut numbers = BTreeMap::new();
    let mut all = Groups { groups: Vec::new(), of: Vec::with_capacity(rows.len()) };
    for (i, row) in rows.iter().enumerate() {
        let stance = by_stance.then_some((row.statement.relation, row.statement.withheld));
        let number = *numbers.entry((row.holders.first(), row.object(), stance)).or_insert(all.groups.len());
        if number == all.groups.len() {
            all.groups.push(Group { rows: Vec::new() });
        }
        all.groups[number].rows.push(i);
        all.of.push(number);
    }
    all
}

/// Which groups may go together: those of which any rows may; `of_a` and `of_b` tell the group of each row. `bonus` tells what speaks for a pair of groups besides.
fn links<'c>(
    close: impl Iterator<Item = &'c Close>,
    of_a: &[usize],
    of_b: &[usize],
    bonus: impl Fn((usize, usize)) -> u8,
) -> Vec<Link> {
    let mut best: BTreeMap<(usize, usize), u8> = BTreeMap::new();
    for pair in close {
        let closeness = 2 * pair.targets.unwrap_or(0) + u8::from(pair.same_holder);
        let entry = best.entry((of_a[pair.a], of_b[pair.b])).or_default();
        *entry = closeness.max(*entry);
    }
    best.into_iter().map(|((a, b), closeness)| Link { a, b, closeness: closeness + bonus((a, b)) }).collect()
}

fn unmatched(of: &Groups, matched: &BTreeSet<usize>, rows: &[Folded<'_>]) -> Vec<Statement> {
    let left = of.groups.iter().enumerate().filter(|(i, _)| !matched.contains(i));
    left.map(|(_, group)| rows[group.rows[0]].statement.clone()).collect()
}

fn value(group: &Group, rows: &[Folded<'_>]) -> String {
    stances(group.rows.iter().map(|&r| rows[r].statement))
}

/// The stances of rows as one value.
fn stances<'s>(rows: impl Iterator<Item = &'s Statement>) -> String {
    let stances: BTreeSet<(Relation, bool)> = rows.map(|s| (s.relation, s.withheld)).collect();
    let words: Vec<&str> = stances.iter().map(|&(relation, withheld)| variables::stance(relation, withheld)).collect();
    words.join("+")
}

fn as_rows<S: Serializer>(statements: &[Statement], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(statements.iter().map(Json))
}

#[cfg(test)]
mod tests;
