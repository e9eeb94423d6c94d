//! Which rows and columns a matrix has, and in what order.
//!
//! In: stances, and how many rows and columns have room. Out: a [`Grid`]. Never here: where things go on the page.
//!
//! Rows stand by bloc, the largest first, and within a bloc beside those whom they agree with. Matters on which actors
//! are divided come first, those that the same blocs back or oppose side by side; then matters that are only supported,
//! then those that are only opposed.

use super::super::names::named;
use super::super::picture::{Picture, What};
use super::choice::Choice;
use super::order::{Row, side_by_side};
use super::stances::{Column, Numbers, Part, Says, Stances};
use crate::network::Network;
use petgraph::graph::NodeIndex;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Rows or columns that stand together.
#[derive(Debug, Clone)]
pub struct Group {
    /// Which.
    pub range: Range<usize>,
    /// Their bloc, by index into [`Picture::blocs`]; `None` for columns, and for actors of no bloc.
    pub bloc: Option<usize>,
    /// What columns have in common.
    pub name: Option<&'static str>,
}

/// A row, or a column.
#[derive(Debug, Clone)]
pub struct Head {
    /// What it stands for.
    pub of: Column,
    /// Its name.
    pub name: String,
    /// The mark of an actor, by index into [`Picture::marks`].
    pub mark: Option<usize>,
    /// Nobody who is highlighted is here or has a cell here, where somebody is highlighted.
    pub faded: bool,
}

/// A matrix.
#[derive(Debug, Default)]
pub struct Grid {
    /// Whether the columns are matters.
    pub on_matters: bool,
    /// Holders, top down.
    pub rows: Vec<Head>,
    /// Matters or targets, from left to right.
    pub columns: Vec<Head>,
    /// Blocs of rows.
    pub row_groups: Vec<Group>,
    /// Blocs of columns, or matters of one kind.
    pub column_groups: Vec<Group>,
    /// Cells by row and column.
    pub cells: BTreeMap<(usize, usize), Vec<Part>>,
    /// What the numbers in cells are.
    pub numbers: Numbers,
    /// How many rows and columns there are with those that are left out.
    pub all: (usize, usize),
}

impl Grid {
    /// Puts what was chosen in order.
    pub fn new(network: &Network, picture: &Picture, stances: &Stances, choice: &Choice) -> Self {
        let mut marks: BTreeMap<NodeIndex, usize> = BTreeMap::new();
        for (i, mark) in picture.marks.iter().enumerate() {
            if let What::Actor(node) = mark.what {
                marks.insert(node, i);
            }
        }
        let bloc = |row: NodeIndex| marks.get(&row).and_then(|&i| picture.marks.get(i)).and_then(|mark| mark.bloc);
        let mut by_bloc: BTreeMap<(bool, Option<usize>), Vec<NodeIndex>> = BTreeMap::new();
        let (shown_rows, shown_columns) = (choice.rows(), choice.columns());
        for &row in &shown_rows {
            by_bloc.entry((bloc(row).is_none(), bloc(row))).or_default().push(row);
        }
        // One actor is no camp: those alone of their bloc stand with those of none.
        let (blocs, others): (Vec<_>, Vec<_>) = by_bloc
            .into_iter()
            .map(|((_, bloc), rows)| (bloc, rows))
            .partition(|(bloc, rows)| bloc.is_some() && rows.len() > 1);
        let others: Vec<NodeIndex> = others.into_iter().flat_map(|(_, rows)| rows).collect();
        let blocs: Vec<(Option<usize>, Vec<NodeIndex>)> =
            blocs.into_iter().chain((!others.is_empty()).then_some((None, others))).collect();

        let shown = |&(row, column): &(NodeIndex, Column)| shown_rows.contains(&row) && shown_columns.contains(&column);
        let cells: BTreeMap<(NodeIndex, Column), &Vec<Part>> =
            stances.cells.iter().filter(|(at, _)| shown(at)).map(|(&at, parts)| (at, parts)).collect();
        let (mut columns, mut column_groups) = (Vec::new(), Vec::new());
        if stances.on_matters {
            (columns, column_groups) = matters(network, shown_columns, &cells, &blocs);
        }
        let mut rows: Vec<NodeIndex> = Vec::new();
        let mut row_groups = Vec::new();
        for (bloc, members) in blocs {
            let start = rows.len();
            rows.extend(similar(&members, &cells, &columns));
            row_groups.push(Group { range: start..rows.len(), bloc, name: None });
        }
        if !stances.on_matters {
            columns = rows.iter().map(|&row| Column::Actor(row)).collect();
            column_groups = row_groups.clone();
        }
        let row_at: BTreeMap<NodeIndex, usize> = rows.iter().copied().zip(0..).collect();
        let column_at: BTreeMap<Column, usize> = columns.iter().copied().zip(0..).collect();
        let place = |(row, column): (NodeIndex, Column)| Some((*row_at.get(&row)?, *column_at.get(&column)?));
        let head = |of: Column| match of {
            Column::Actor(node) => {
                let mark = marks.get(&node).copied();
                let name = mark.and_then(|m| picture.marks.get(m)).map(|mark| mark.name.clone());
                Head {
                    of,
                    name: name.unwrap_or_else(|| named(&network.graph[node].name, "(no name)")),
                    mark,
                    faded: false,
                }
            }
            Column::Matter(m) => {
                Head { of, name: named(&network.matters[m].name, "(a matter)"), mark: None, faded: false }
            }
        };
        Self {
            on_matters: stances.on_matters,
            cells: cells.into_iter().filter_map(|(at, parts)| Some((place(at)?, parts.clone()))).collect(),
            rows: rows.into_iter().map(|row| head(Column::Actor(row))).collect(),
            columns: columns.into_iter().map(head).collect(),
            row_groups,
            column_groups,
            numbers: stances.numbers,
            all: choice.of(),
        }
    }

    /// Fades all but the rows of these actors, what these speak of, and who speaks of these.
    pub fn highlight(&mut self, actors: &BTreeSet<NodeIndex>) {
        let lit = |head: &Head| matches!(head.of, Column::Actor(node) if actors.contains(&node));
        let mut rows: Vec<bool> = self.rows.iter().map(lit).collect();
        let mut columns: Vec<bool> = self.columns.iter().map(lit).collect();
        let near: Vec<(usize, usize)> = self.cells.keys().copied().filter(|&(i, j)| rows[i] || columns[j]).collect();
        for (i, j) in near {
            (rows[i], columns[j]) = (true, true);
        }
        for (head, lit) in self.rows.iter_mut().zip(rows).chain(self.columns.iter_mut().zip(columns)) {
            head.faded = !lit;
        }
    }
}

type Cells<'a> = BTreeMap<(NodeIndex, Column), &'a Vec<Part>>;

/// For and against, as +1 and -1; both are 0.
fn side(parts: &[Part]) -> i32 {
    parts.iter().map(|p| i32::from(p.says.relation().sign())).sum()
}

/// Matters in order: disputed ones, then those only supported, then those only opposed; within these, such as the same
/// blocs take the same side on stand together, those of most actors first.
fn matters(
    network: &Network,
    columns: BTreeSet<Column>,
    cells: &Cells<'_>,
    blocs: &[(Option<usize>, Vec<NodeIndex>)],
) -> (Vec<Column>, Vec<Group>) {
    let rows = || blocs.iter().flat_map(|(_, rows)| rows);
    let key = |column: Column| {
        let of = |row: &NodeIndex| cells.get(&(*row, column)).map(|parts| side(parts));
        let any = |says: Says| {
            rows().filter_map(|row| cells.get(&(*row, column))).any(|parts| parts.iter().any(|p| p.says == says))
        };
        let kind = match (any(Says::Support), any(Says::Oppose)) {
            (true, true) => 0,
            (true, false) => 1,
            _ => 2,
        };
        // Backed by the bloc, opposed by it, split, not spoken of.
        let camps: Vec<u8> = blocs
            .iter()
            .map(|(_, rows)| match rows.iter().filter_map(of).fold(None, |sum, s| Some(sum.unwrap_or(0) + s)) {
                Some(1..) => 0,
                Some(..0) => 1,
                Some(0) => 2,
                None => 3,
            })
            .collect();
        let actors = rows().filter_map(of).count();
        let name = match column {
            Column::Matter(m) => network.matters[m].name.clone(),
            Column::Actor(_) => String::new(),
        };
        (kind, camps, Reverse(actors), name)
    };
    let mut keyed: Vec<_> = columns.into_iter().map(|column| (key(column), column)).collect();
    keyed.sort();
    let mut groups: Vec<Group> = Vec::new();
    for (kind, name) in ["disputed", "only supported", "only opposed"].into_iter().enumerate() {
        let start = groups.last().map_or(0, |g| g.range.end);
        let end = start + keyed.iter().filter(|((k, ..), _)| *k == kind).count();
        if end > start {
            groups.push(Group { range: start..end, bloc: None, name: Some(name) });
        }
    }
    (keyed.into_iter().map(|(_, column)| column).collect(), groups)
}

/// The members of a bloc in an order in which neighbours agree.
fn similar(members: &[NodeIndex], cells: &Cells<'_>, columns: &[Column]) -> Vec<NodeIndex> {
    let column_at: BTreeMap<Column, usize> = columns.iter().copied().zip(0..).collect();
    let index: BTreeMap<NodeIndex, usize> = members.iter().copied().zip(0..).collect();
    let mut rows = vec![Row::default(); members.len()];
    for (&(row, column), parts) in cells {
        let value = parts.iter().map(|p| match p.says {
            Says::Support => 1.0,
            Says::Oppose => -1.0,
            Says::Invite => 0.5,
            Says::Withheld => -0.5,
        });
        let value: f64 = value.sum();
        let said = parts.iter().map(|p| f64::from(p.statements)).sum::<f64>();
        // Toward actors, being spoken of alike counts as speaking alike.
        let ends = match column {
            Column::Matter(_) => [column_at.get(&column).map(|&at| (index.get(&row), at)), None],
            Column::Actor(target) => {
                [Some((index.get(&row), 2 * target.index())), Some((index.get(&target), 2 * row.index() + 1))]
            }
        };
        for (member, at) in ends.into_iter().flatten() {
            if let Some(row) = member.and_then(|&i| rows.get_mut(i)) {
                row.values.push((at, value));
                row.activity += said;
            }
        }
    }
    let spread = if columns.is_empty() { None } else { Some(columns.len()) };
    side_by_side(&mut rows, spread).into_iter().filter_map(|i| members.get(i).copied()).collect()
}
