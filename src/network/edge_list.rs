//! Signed edge lists: ties that somebody else has weighed already.
//!
//! In: CSV (comma, semicolon or tab) with the columns `source`, `target` and `weight`, or `sign`, or both, in any order
//! and letter case, among whatever else; `relation` where there is one. Out: an [`EdgeList`] with its [`SignedGraph`]
//! and, when asked for, the directed ties. Never here: statements.

use super::SignedGraph;
use super::edge_columns::{Column, EdgeNames};
use crate::statement::Relation;
use crate::statement::problems::Problems;
use crate::statement::records::Records;
use crate::{Error, Result};
use std::collections::HashMap;
use std::io::BufRead;

/// A signed graph from a file, and what became of its rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EdgeList {
    /// One node a name, sorted by name; one edge for each pair whose rows do not cancel out.
    pub graph: SignedGraph,
    /// Rows that hold a tie.
    pub rows: usize,
    /// Rows whose source and target are one and the same.
    pub self_ties: usize,
    /// Pairs whose rows add up to nothing, or weigh nothing.
    pub cancelled: usize,
    /// Ties as they point, sorted by source, target and relation; empty unless they were asked for.
    pub ties: Vec<ListedTie>,
}

/// All rows of one relation from one node to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ListedTie {
    /// Index of the source's name.
    pub source: u32,
    /// Index of the target's name.
    pub target: u32,
    /// What the rows say, or what their sign does: above 0 support, below 0 opposition, 0 an invitation.
    pub relation: Relation,
    /// Their weights added up, without the sign; above 0 and finite.
    pub weight: f64,
}

/// A row of the file.
#[derive(Default)]
pub(super) struct Row<'r> {
    pub(super) source: &'r str,
    pub(super) target: &'r str,
    pub(super) relation: Option<Relation>,
    /// `None` where there is no such column.
    pub(super) sign: Option<f64>,
    pub(super) weight: Option<f64>,
}

impl Row<'_> {
    /// Weight and sign multiplied; without a sign, that of the relation.
    fn signed(&self) -> f64 {
        let sign = self.sign.or_else(|| {
            let opposed = self.relation == Some(Relation::Oppose) && self.weight.is_some_and(|w| w > 0.0);
            let invited = self.relation == Some(Relation::Invite);
            if opposed { Some(-1.0) } else { invited.then_some(0.0) }
        });
        self.weight.unwrap_or(1.0) * sign.unwrap_or(1.0)
    }

    fn relation(&self) -> Relation {
        let signed = self.signed();
        self.relation.unwrap_or(match signed {
            _ if signed > 0.0 => Relation::Support,
            _ if signed < 0.0 => Relation::Oppose,
            _ => Relation::Invite,
        })
    }
}

impl EdgeList {
    /// Reads an edge list; `file` is what messages call it, `delimiter` what parts its cells.
    ///
    /// All rows of a pair add up, whichever way they point: blocs are found on undirected ties. With both `weight` and
    /// `sign` the tie weighs their product, so that our own edge lists come back with their signs.
    ///
    /// # Errors
    /// All bad rows, each with its line (20 at most, then how many more): no name, no number, NaN or infinity, cells
    /// missing; a header without the columns; a file without ties; weights too large to add up; a failed read.
    pub fn read(file: &str, input: impl BufRead, delimiter: u8) -> Result<Self> {
        Self::read_as(file, input, delimiter, &EdgeNames::default(), false)
    }

    /// As [`EdgeList::read`], and keeps the ties as they point. A row that weighs nothing and has neither the sign 0 nor
    /// a relation is no tie.
    ///
    /// # Errors
    /// Those of [`EdgeList::read`].
    pub fn read_directed(file: &str, input: impl BufRead, delimiter: u8) -> Result<Self> {
        Self::read_as(file, input, delimiter, &EdgeNames::default(), true)
    }

    /// As [`EdgeList::read`] or, with `directed`, [`EdgeList::read_directed`], under the names of somebody else's columns.
    ///
    /// # Errors
    /// Those of [`EdgeList::read`].
    pub fn read_as(file: &str, input: impl BufRead, delimiter: u8, names: &EdgeNames, directed: bool) -> Result<Self> {
        let mut records = Records::new(input, delimiter, 1);
        let mut problems = Problems::new();
        let header = match advance(&mut records, file, &mut problems)? {
            Some(line) => columns(&records, file, line, names)?,
            None => return Err(Error::input(file, "the file is empty")),
        };
        let mut gathering = Gathering::new(directed);
        while let Some(line) = advance(&mut records, file, &mut problems)? {
            if records.cells().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
                continue;
            }
            match row(&records, &header) {
                Ok(row) => gathering.add(&row),
                Err(why) => problems.add(file, line, why),
            }
        }
        problems.into_result(file)?;
        if gathering.rows.is_empty() {
            return Err(Error::input(file, "no ties: the table has a header and no rows"));
        }
        gathering.finish(file)
    }

    /// Numbers the nodes by name and adds up the rows of each pair, in an order that the order of rows does not touch.
    fn gather(&mut self, file: &str, numbers: HashMap<String, u32>, mut rows: Vec<(u32, u32, f64)>) -> Result<()> {
        let mut names: Vec<(String, u32)> = numbers.into_iter().collect();
        names.sort_unstable();
        let mut place = vec![0; names.len()];
        for (new, (_, old)) in names.iter().enumerate() {
            place[*old as usize] = new as u32;
        }
        for (i, j, _) in &mut rows {
            let (a, b) = (place[*i as usize], place[*j as usize]);
            (*i, *j) = (a.min(b), a.max(b));
        }
        for tie in &mut self.ties {
            (tie.source, tie.target) = (place[tie.source as usize], place[tie.target as usize]);
        }
        self.add_up();
        let all = rows.len();
        rows.retain(|(i, j, _)| i != j);
        self.self_ties = all - rows.len();
        rows.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        self.graph.names = names.into_iter().map(|(name, _)| name).collect();
        for pair in rows.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let sum = |positive: bool| pair.iter().map(|e| e.2).filter(|w| (*w > 0.0) == positive).sum::<f64>();
            let (plus, minus) = (sum(true), -sum(false));
            let net = plus - minus;
            if !net.is_finite() {
                let name = |i: u32| self.graph.names.get(i as usize).map_or("", String::as_str);
                let message = format!(
                    "the weights of {} and {} add up to more than a number can hold; scale them down",
                    name(pair[0].0),
                    name(pair[0].1)
                );
                return Err(Error::input(file, message));
            }
            self.graph.unreciprocated += plus.min(minus);
            if net == 0.0 {
                self.cancelled += 1;
            } else {
                self.graph.edges.push((pair[0].0, pair[0].1, net));
            }
        }
        self.graph.edges.shrink_to_fit();
        Ok(())
    }
}

impl EdgeList {
    /// Adds up ties of one relation between the same two, in an order that the order of rows does not touch.
    fn add_up(&mut self) {
        let key = |t: &ListedTie| (t.source, t.target, t.relation);
        self.ties.sort_unstable_by(|a, b| key(a).cmp(&key(b)).then(a.weight.total_cmp(&b.weight)));
        self.ties.dedup_by(|next, kept| {
            let same = key(next) == key(kept);
            if same {
                kept.weight = (kept.weight + next.weight).min(f64::MAX);
            }
            same
        });
    }
}

/// An edge list while its rows come in.
pub(super) struct Gathering {
    list: EdgeList,
    directed: bool,
    numbers: HashMap<String, u32>,
    rows: Vec<(u32, u32, f64)>,
}

impl Gathering {
    pub(super) fn new(directed: bool) -> Self {
        Self { list: EdgeList::default(), directed, numbers: HashMap::new(), rows: Vec::new() }
    }

    /// The number of a name.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        match self.numbers.get(name) {
            Some(&number) => number,
            None => {
                let next = self.numbers.len() as u32;
                self.numbers.insert(name.to_owned(), next);
                next
            }
        }
    }

    /// Takes a row.
    pub(super) fn add(&mut self, row: &Row<'_>) {
        self.list.rows += 1;
        let (source, target) = (self.number(row.source), self.number(row.target));
        self.rows.push((source, target, row.signed()));
        let weight = row.weight.unwrap_or(1.0).abs();
        if self.directed && source != target && weight > 0.0 {
            self.list.ties.push(ListedTie { source, target, relation: row.relation(), weight });
        }
    }

    /// Gives each name another; no two may become one.
    pub(super) fn rename(&mut self, name: &dyn Fn(&str) -> String) {
        self.numbers = std::mem::take(&mut self.numbers).into_iter().map(|(old, n)| (name(&old), n)).collect();
    }

    /// The list of what came in.
    pub(super) fn finish(self, file: &str) -> Result<EdgeList> {
        let Self { mut list, numbers, rows, .. } = self;
        list.gather(file, numbers, rows)?;
        Ok(list)
    }
}

/// The next row's line. What ends the reading early is one more problem, or an error if it is the system's.
fn advance<R: BufRead>(records: &mut Records<R>, file: &str, problems: &mut Problems) -> Result<Option<u64>> {
    match records.advance() {
        Ok(line) => Ok(line),
        Err(fault) => problems.fault(file, fault).map(|()| None),
    }
}

fn columns<R: BufRead>(records: &Records<R>, file: &str, line: u64, names: &EdgeNames) -> Result<Vec<Column>> {
    let cells: std::result::Result<Vec<&str>, _> = records.cells().map(std::str::from_utf8).collect();
    let cells = cells.map_err(|_| Error::at(file, line, "not UTF-8; save the table as UTF-8"))?;
    if !names.is_header(&cells) {
        return Err(Error::at(file, line, names.complaint(&cells)));
    }
    let columns: Vec<Column> = cells.iter().map(|cell| names.column(cell)).collect();
    for (column, name) in Column::EDGE {
        if columns.iter().filter(|c| **c == column).count() > 1 {
            return Err(Error::at(file, line, format!("two columns for {name}; rename or remove one")));
        }
    }
    Ok(columns)
}

/// The current row.
fn row<'r, R: BufRead>(records: &'r Records<R>, columns: &[Column]) -> std::result::Result<Row<'r>, String> {
    let cells = records.cells();
    if cells.len() != columns.len() {
        return Err(format!(
            "{} cells where the header has {}; was the row cut off, or does a cell lack its quotes?",
            cells.len(),
            columns.len()
        ));
    }
    let mut row = Row::default();
    for (cell, column) in cells.zip(columns) {
        let cell = std::str::from_utf8(cell).map_err(|_| "not UTF-8; save the table as UTF-8".to_owned())?.trim();
        match column {
            Column::Source => row.source = cell,
            Column::Target => row.target = cell,
            Column::Weight => row.weight = Some(number(cell, "weight")?),
            Column::Sign => row.sign = Some(number(cell, "sign")?),
            // Other people's relations have words of their own; then the sign tells.
            Column::Relation => row.relation = cell.parse().ok(),
            Column::Label | Column::Kind | Column::Cluster | Column::Other => {}
        }
    }
    if row.source.is_empty() || row.target.is_empty() {
        let which = if row.source.is_empty() { "source" } else { "target" };
        return Err(format!("no {which}; a tie needs two names"));
    }
    Ok(row)
}

pub(super) fn number(cell: &str, column: &str) -> std::result::Result<f64, String> {
    match cell.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) => Err(format!("the {column} {cell} is no finite number")),
        Err(_) if cell.is_empty() => Err(format!("no {column}; write 0 for a tie that weighs nothing")),
        Err(_) => Err(format!("the {column} \"{}\" is no number", cell.chars().take(40).collect::<String>())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<EdgeList> {
        EdgeList::read("t.csv", text.as_bytes(), b',')
    }

    #[test]
    fn pairs_add_up_whichever_way_they_point() {
        let list = read("\u{feff}source,target,weight\nb,a,2\na,b,-3\nc,c,1\nb,c,1\nc,b,-1\nd,a,0.5\n\n,,\n").unwrap();
        assert_eq!(list.graph.names, ["a", "b", "c", "d"]);
        assert_eq!(list.graph.edges, [(0, 1, -1.0), (0, 3, 0.5)]);
        assert_eq!((list.rows, list.self_ties, list.cancelled, list.graph.unreciprocated), (6, 1, 1, 3.0));
    }

    #[test]
    fn our_own_edge_lists_come_back_with_their_signs() {
        let list = read("Source,Target,Relation,Sign,Weight\nx,y,oppose,-1,2.5\ny,x,invite,0,1.0\n").unwrap();
        assert_eq!(list.graph.edges, [(0, 1, -2.5)]);
    }

    #[test]
    fn ties_keep_their_direction_and_relation_when_asked() {
        let text = "source,target,relation,sign,weight\ny,x,invite,0,1\nx,y,,-1,2\nx,y,pro,1,3\nx,y,oppose,-1,1\nx,x,,1,1\ny,x,,1,0\n";
        let list = EdgeList::read_directed("t.csv", text.as_bytes(), b',').unwrap();
        let told: Vec<(u32, u32, Relation, f64)> =
            list.ties.iter().map(|t| (t.source, t.target, t.relation, t.weight)).collect();
        use Relation::{Invite, Oppose, Support};
        assert_eq!(told, [(0, 1, Support, 3.0), (0, 1, Oppose, 3.0), (1, 0, Invite, 1.0)]);
        assert!(read(text).unwrap().ties.is_empty());
        let unsigned = "source,target,relation,weight\nx,y,oppose,2\nx,z,invite,1\n";
        assert_eq!(read(unsigned).unwrap().graph.edges, [(0, 1, -2.0)]);
    }

    #[test]
    fn bad_rows_are_told_with_their_lines() {
        let bad = "source,target,weight\na,b,1\na,b,NaN\na,b,inf\na,b,\na,b,x\n,b,1\na,b\n\"a,b,1\n";
        let told = read(bad).unwrap_err().to_string();
        for line in ["t.csv:3: the weight NaN", "t.csv:4: ", "t.csv:5: no weight", "t.csv:6: ", "t.csv:7: no source"] {
            assert!(told.contains(line), "{line}: {told}");
        }
        assert!(told.contains("t.csv:8: 2 cells") && told.contains("t.csv:9: the file ends"), "{told}");
        assert!(read("source,target\na,b\n").unwrap_err().to_string().contains("has source, target"));
        assert!(read("source,to,target,weight\n").unwrap_err().to_string().contains("two columns for target"));
        assert!(read("source,target,weight\n").unwrap_err().to_string().contains("no ties"));
        let heavy = read("source,target,weight\na,b,1e308\nb,a,1e308\n").unwrap_err().to_string();
        assert!(heavy.contains("of a and b add up"), "{heavy}");
        assert!(read("").unwrap_err().to_string().contains("empty"));
    }

    proptest! {
        #[test]
        fn the_order_of_rows_leaves_no_trace(
            rows in proptest::collection::vec((0u8..6, 0u8..6, -5.0..5.0), 1..30),
        ) {
            let text = |rows: &[(u8, u8, f64)]| {
                rows.iter().fold("source,target,weight\n".to_owned(), |t, (a, b, w)| format!("{t}{a},{b},{w}\n"))
            };
            let mut turned = rows.clone();
            turned.reverse();
            prop_assert_eq!(read(&text(&rows)).unwrap(), read(&text(&turned)).unwrap());
        }
    }
}
