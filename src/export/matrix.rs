//! A matrix as a table with labels, and as an edge list.
//!
//! In: a [`Matrix`]. Out: bytes of UTF-8, RFC 4180 with `\n` as the line end. Never here: what the values mean.

use super::csv::{Table, failed, finish};
use super::profile::{Profile, edge_columns};
use crate::network::{Matrix, Sides, Ties};
use crate::{Error, Result};

/// More cells than this are not written as a table: it would be larger than any program opens.
const MOST_CELLS: usize = 200_000_000;

/// The matrix with labels: the first row and column are names as they are, all cells are there. Numbers have all their
/// digits, and whole ones no fraction.
///
/// # Errors
/// A matrix of more than 200 million cells.
pub fn matrix_csv(matrix: &Matrix) -> Result<Vec<u8>> {
    let (rows, columns) = (matrix.rows.len(), matrix.columns.len());
    if rows.saturating_mul(columns) > MOST_CELLS {
        return Err(Error::Usage(format!(
            "a matrix of {rows} rows and {columns} columns is too large to be written; write an edge list (--format csv), or \
             choose fewer with --only, --exclude, --from and --to"
        )));
    }
    let mut header = ::csv::Writer::from_writer(Vec::new());
    header.write_record(std::iter::once("").chain(matrix.columns.iter().map(String::as_str))).map_err(failed)?;
    let mut out = finish(header)?;
    let below = if matrix.symmetric { turned(matrix) } else { Vec::new() };
    let mut line = vec![0.0; columns];
    for (i, (name, cells)) in matrix.rows.iter().zip(&matrix.cells).enumerate() {
        let cells = cells.iter().chain(below.get(i).into_iter().flatten());
        cells.for_each(|(column, value)| line[*column as usize] = *value);
        let mut label = ::csv::Writer::from_writer(Vec::new());
        label.write_record([name]).map_err(failed)?;
        let label = finish(label)?;
        out.extend_from_slice(label.strip_suffix(b"\n").unwrap_or(&label));
        // Numbers need no quotes, and there are many.
        for value in &mut line {
            out.push(b',');
            number(std::mem::take(value), &mut out);
        }
        out.push(b'\n');
    }
    Ok(out)
}

/// The cells below the diagonal.
fn turned(matrix: &Matrix) -> Vec<Vec<(u32, f64)>> {
    let mut below = vec![Vec::new(); matrix.rows.len()];
    for (i, cells) in (0..).zip(&matrix.cells) {
        cells.iter().for_each(|(j, value)| below[*j as usize].push((i, *value)));
    }
    below
}

/// The shortest digits that are read back as the same number.
fn number(value: f64, out: &mut Vec<u8>) {
    use std::io::Write;
    // Writing to memory does not fail.
    _ = if value == 0.0 {
        out.write_all(b"0")
    } else if value.fract() == 0.0 && value.abs() < 1e15 {
        write!(out, "{}", value as i64)
    } else {
        write!(out, "{value:?}")
    };
}

/// An edge list of matrices: one row a cell that is not 0, of a symmetric matrix a pair. `Weight` is above 0, `Sign` says
/// whether the two stand together (1), apart (-1), or that it is not known (0).
pub struct MatrixEdges {
    table: Table,
    profile: Profile,
    windows: bool,
}

impl MatrixEdges {
    /// Begins a list; `windows` adds a column for the window.
    ///
    /// # Errors
    /// None that could be brought about.
    pub fn begin(windows: bool, profile: Profile) -> Result<Self> {
        // Of the attributes of edges there are relation, sign and weight.
        Ok(Self { table: Table::begin(profile, edge_columns(3, windows))?, profile, windows })
    }

    /// Adds a matrix. `ties` is what its cells tell; `None` for all evidence added up.
    ///
    /// # Errors
    /// Names that the profile cannot hold.
    pub fn add(&mut self, matrix: &Matrix, ties: Option<Ties>, window: &str) -> Result<()> {
        let profile = self.profile;
        profile.check(matrix.rows.iter().chain(&matrix.columns).map(String::as_str))?;
        let names = |of: &'_ [String]| of.iter().map(|n| profile.name(n).into_owned()).collect::<Vec<_>>();
        let (rows, columns) = (names(&matrix.rows), names(&matrix.columns));
        let direction = profile.direction(false);
        let mut weight = String::new();
        for (source, cells) in rows.iter().zip(&matrix.cells) {
            for (column, value) in cells {
                let sign = sign(ties, *value).to_string();
                weight.clear();
                // Writing to a string does not fail. A column that may hold a fraction always has a decimal point.
                _ = std::fmt::Write::write_fmt(&mut weight, format_args!("{:?}", value.abs()));
                let target = columns[*column as usize].as_str();
                let row = [source.as_str(), target, direction, relation(ties), sign.as_str(), weight.as_str(), window];
                self.table.row(&row[..if self.windows { 7 } else { 6 }])?;
            }
        }
        Ok(())
    }

    /// Ends the list.
    ///
    /// # Errors
    /// None that could be brought about.
    pub fn finish(self) -> Result<Vec<u8>> {
        self.table.finish()
    }
}

/// The names of all nodes, and where those of the columns begin: after the rows in a two-mode network, which has two kinds of
/// nodes; at 0 where rows and columns are the same.
pub(super) fn names(matrix: &Matrix, ties: Option<Ties>) -> Result<(Vec<&str>, usize)> {
    let rows = matrix.rows.iter().map(String::as_str);
    if !matches!(ties, Some(Ties::TwoMode(_))) {
        return Ok((rows.collect(), 0));
    }
    if let Some(both) = matrix.columns.iter().find(|name| matrix.rows.binary_search(name).is_ok()) {
        let message = format!("{both:?} is an actor and a matter, and would be one node to readers: use --format csv");
        return Err(Error::input("network", message));
    }
    Ok((rows.chain(matrix.columns.iter().map(String::as_str)).collect(), matrix.rows.len()))
}

/// What the cells of a matrix tell, in a word.
pub(super) fn relation(ties: Option<Ties>) -> &'static str {
    match ties {
        None => "combined",
        Some(Ties::TwoMode(_)) => "two-mode",
        Some(Ties::Congruence) => "congruence",
        Some(Ties::Conflict) => "conflict",
        Some(Ties::Subtract) => "subtract",
        Some(Ties::Ignore) => "ignore",
    }
}

/// Whether a cell says that the two stand together (1), apart (-1), or neither (0).
pub(super) fn sign(ties: Option<Ties>, value: f64) -> i8 {
    match ties {
        Some(Ties::Congruence) => 1,
        Some(Ties::Conflict) => -1,
        Some(Ties::Ignore | Ties::TwoMode(Sides::Ignore)) => 0,
        Some(Ties::TwoMode(Sides::Combine)) if value == 3.0 => 0,
        Some(Ties::TwoMode(Sides::Combine)) if value == 2.0 => -1,
        _ if value < 0.0 => -1,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix() -> Matrix {
        Matrix {
            rows: vec!["A".into(), "B, \"b\"".into(), "c\\".into()],
            columns: vec!["A".into(), "B, \"b\"".into(), "c\\".into()],
            symmetric: true,
            cells: vec![vec![(1, -2.0), (2, 1.0 / 3.0)], vec![], vec![]],
        }
    }

    #[test]
    fn a_symmetric_matrix_is_written_whole() {
        let text = String::from_utf8(matrix_csv(&matrix()).unwrap()).unwrap();
        let want =
            ",A,\"B, \"\"b\"\"\",c\\\nA,0,-2,0.3333333333333333\n\"B, \"\"b\"\"\",-2,0,0\nc\\,0.3333333333333333,0,0\n";
        assert_eq!(text, want);
        assert!(matrix_csv(&Matrix::default()).unwrap().len() < 4);
        let huge =
            Matrix { rows: vec![String::new(); 20_000], columns: vec![String::new(); 20_000], ..Matrix::default() };
        assert!(matrix_csv(&huge).unwrap_err().to_string().contains("--format csv"));
    }

    #[test]
    fn an_edge_list_has_each_pair_once_and_no_weight_of_0() {
        let mut edges = MatrixEdges::begin(true, Profile::Plain).unwrap();
        edges.add(&matrix(), Some(Ties::Subtract), "2024-06").unwrap();
        let text = String::from_utf8(edges.finish().unwrap()).unwrap();
        let want = "Source,Target,Type,Relation,Sign,Weight,Window\n\
                    A,\"B, \"\"b\"\"\",Undirected,subtract,-1,2.0,2024-06\n\
                    A,c\\,Undirected,subtract,1,0.3333333333333333,2024-06\n";
        assert_eq!(text, want);
    }

    #[test]
    fn numbers_are_short_and_exact() {
        for (value, want) in
            [(-0.0, "0"), (3.0, "3"), (-1e14, "-100000000000000"), (1e-12, "1e-12"), (1e18, "1e18"), (0.1, "0.1")]
        {
            let mut text = Vec::new();
            number(value, &mut text);
            assert_eq!(text, want.as_bytes());
        }
    }
}
