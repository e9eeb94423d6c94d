//! Where everything in a matrix goes.
//!
//! In: a grid and the room on the page. Out: places and sizes. Never here: drawing.

use super::super::picture::Picture;
use super::super::text::{Weight, shorten, width};
use super::grid::Grid;
use super::heads::{APART, Heads, WIDTH};
use super::stances::{Numbers, Says};
use crate::layout::geometry::{Point, Rect};

/// Least and largest height of a row, in page units.
const HEIGHT: (f64, f64) = (11.2, 30.0);
/// Space between groups of columns.
const BREAK: f64 = 7.0;
/// Space above the sums below, and the height of a row of these.
const SUMS: (f64, f64) = (7.0, 16.0);

/// Height of the names of groups of columns, below.
const BRACKET: f64 = 24.0;

/// A sum of statements for each row and each column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// What is summed; all when `None`.
    pub says: Option<Says>,
    /// What it is called.
    pub name: &'static str,
    /// The same over a column.
    pub head: &'static str,
}

/// A laid-out matrix.
#[derive(Debug, Clone)]
pub struct Page {
    /// Page size, 1 at 1200 by 900.
    pub unit: f64,
    /// The area of all cells.
    pub area: Rect,
    /// Left edge of the names.
    pub left: f64,
    /// Width and height of a cell.
    pub cell: Point,
    /// Left edges of columns.
    pub columns: Vec<f64>,
    /// Upper edges of rows.
    pub rows: Vec<f64>,
    /// Font size of names.
    pub size: f64,
    /// The names of rows, as far as there is room.
    pub names: Vec<String>,
    /// For each group of rows the upper edge of its name and the name; empty where groups have none.
    pub groups: Vec<(f64, String)>,
    /// Column heads.
    pub heads: Heads,
    /// Sums at the right and below.
    pub totals: Vec<Total>,
    /// Middles of the columns of sums.
    pub total_columns: Vec<f64>,
    /// Middles of the rows of sums.
    pub total_rows: Vec<f64>,
    /// Where the groups of columns are named, if they are.
    pub brackets: Option<f64>,
    /// The share of the rows and of the columns that can be read; 1 and more where all can.
    pub fits: (f64, f64),
}

/// Sizes that a height of rows leads to.
struct Fit {
    /// Font size of names, and how wide they are.
    size: f64,
    names: f64,
    /// Height of a bloc's name.
    group: f64,
    heads: Heads,
    /// The height that rows can have.
    row: f64,
}

impl Page {
    /// So many rows and columns have room on a page where nothing else takes any.
    pub fn most(page: Point, unit: f64) -> (usize, usize) {
        let count = |length: f64, least: f64| (length / (least * unit)).floor().clamp(1.0, 5_000.0) as usize;
        (count(page.y, HEIGHT.0), count(page.x, WIDTH.0))
    }

    /// Lays a grid out in a room.
    pub fn new(grid: &Grid, picture: &Picture, room: Rect, unit: f64) -> Self {
        let (left, top, right, bottom) = room.sides();
        let totals = totals(grid);
        let groups = group_names(grid, picture);
        let space = Point::new(right - left, bottom - top);
        let mut high = HEIGHT.1 * unit;
        for _ in 0..3 {
            let fit = Fit::new(grid, &totals, groups.len(), space, high, unit);
            high = fit.row.clamp(HEIGHT.0 * unit, (HEIGHT.1 * unit).min(fit.heads.column.max(18.0 * unit)));
        }
        let Fit { size, names, group, heads, row } = Fit::new(grid, &totals, groups.len(), space, high, unit);
        let cell = Point::new(heads.column, high.min(row.max(unit)));

        let start = top + heads.height;
        let (mut rows, mut headed, mut y) = (Vec::new(), Vec::new(), start);
        for (k, of) in grid.row_groups.iter().enumerate() {
            if let Some(name) = groups.get(k) {
                headed.push((y, name.clone()));
                y += group;
            }
            for _ in of.range.clone() {
                rows.push(y);
                y += cell.y;
            }
        }
        let (mut columns, mut x) = (Vec::new(), left + names);
        for (k, of) in grid.column_groups.iter().enumerate() {
            x += if k > 0 { BREAK * unit } else { 0.0 };
            for _ in of.range.clone() {
                columns.push(x);
                x += cell.x;
            }
        }
        let sums = |k: usize| k as f64 + 0.5;
        Self {
            unit,
            area: Rect::between(left + names, start, x, y),
            left,
            cell,
            columns,
            rows,
            names: grid.rows.iter().map(|r| shorten(&r.name, size, Weight::Regular, names - 2.2 * size)).collect(),
            size,
            groups: headed,
            total_columns: (0..totals.len()).map(|k| x + APART * unit + heads.total * sums(k)).collect(),
            brackets: named(grid).then_some(y + (SUMS.0 + SUMS.1 * totals.len() as f64 + 5.0) * unit),
            total_rows: (0..totals.len()).map(|k| y + (SUMS.0 + SUMS.1 * sums(k)) * unit).collect(),
            fits: (row / (HEIGHT.0 * unit) + 1e-9, heads.fits + 1e-9),
            totals,
            heads,
        }
    }

    /// The middle of a cell.
    pub fn at(&self, row: usize, column: usize) -> Point {
        let edge = |all: &[f64], i: usize| all.get(i).copied().unwrap_or_default();
        Point::new(edge(&self.columns, column) + self.cell.x / 2.0, edge(&self.rows, row) + self.cell.y / 2.0)
    }

    /// The right end of the sums, or of the cells.
    pub fn right(&self) -> f64 {
        let edge = self.area.center.x + self.area.half.x;
        self.total_columns.last().map_or(edge, |x| x + self.heads.total / 2.0)
    }
}

impl Fit {
    fn new(grid: &Grid, totals: &[Total], groups: usize, space: Point, high: f64, unit: f64) -> Self {
        let size = (0.6 * high).clamp(9.2 * unit, 13.0 * unit);
        let widest = grid.rows.iter().map(|r| width(&r.name, size, Weight::Regular)).fold(0.0, f64::max);
        let sums = totals.iter().map(|t| width(t.name, sum_size(size, unit), Weight::Regular)).fold(0.0, f64::max);
        let names = (widest + 2.4 * size).min(0.3 * space.x).max(sums + 1.6 * size);
        let breaks = BREAK * unit * grid.column_groups.len().saturating_sub(1) as f64;
        let heads = Heads::new(
            &grid.columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
            &totals.iter().map(|t| t.head).collect::<Vec<_>>(),
            space.x - names - breaks,
            (2.2 * high).max(30.0 * unit),
            0.36 * space.y,
            unit,
        );
        let group = 2.0 * size;
        let below = (SUMS.0 + SUMS.1 * totals.len() as f64 + if named(grid) { BRACKET } else { 0.0 }) * unit;
        let free = space.y - heads.height - below - group * groups as f64;
        Self { size, names, group, heads, row: free / grid.rows.len().max(1) as f64 }
    }
}

/// Whether groups of columns are named: where there are several.
fn named(grid: &Grid) -> bool {
    grid.column_groups.len() > 1 && grid.column_groups.iter().all(|g| g.name.is_some())
}

/// Font size of sums.
pub fn sum_size(names: f64, unit: f64) -> f64 {
    (0.85 * names).max(9.0 * unit)
}

/// The names of groups of rows; none where there are no blocs.
fn group_names(grid: &Grid, picture: &Picture) -> Vec<String> {
    if grid.row_groups.iter().all(|g| g.bloc.is_none()) {
        return Vec::new();
    }
    let name = |bloc: Option<usize>| match bloc.and_then(|b| picture.blocs.get(b)) {
        Some(bloc) => bloc.name.clone(),
        None => "Others".to_owned(),
    };
    grid.row_groups.iter().map(|g| name(g.bloc)).collect()
}

/// For and against where the columns are matters, all otherwise.
fn totals(grid: &Grid) -> Vec<Total> {
    let all = |name| vec![Total { says: None, name, head: name }];
    match grid.numbers {
        Numbers::Hidden => return Vec::new(),
        Numbers::Weights => return all("weight"),
        Numbers::Statements if !grid.on_matters => return all("statements"),
        Numbers::Statements => {}
    }
    let support = Total { says: Some(Says::Support), name: "statements for", head: "for" };
    let oppose = Total { says: Some(Says::Oppose), name: "statements against", head: "against" };
    [support, oppose]
        .into_iter()
        .filter(|total| grid.cells.values().flatten().any(|p| Some(p.says) == total.says))
        .collect()
}
