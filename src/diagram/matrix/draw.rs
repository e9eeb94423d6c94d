//! Draws a laid-out matrix.
//!
//! In: a grid and its page. Out: heads, then row after row its name and its cells, then sums. Never here: places.

use super::super::canvas::{Anchor, Canvas, Type};
use super::super::marks::{FADED, class, colour, shape};
use super::super::picture::{Bloc, Picture};
use super::super::style::GRID;
use super::super::text::{Weight, shorten, width};
use super::super::words;
use super::grid::{Grid, Head};
use super::heads::{LEADING, SLANT};
use super::page::{Page, Total, sum_size};
use super::sign;
use super::stances::{Column, Part, Says};
use super::told;
use crate::Result;
use crate::layout::geometry::{Point, Rect};
use crate::network::Network;
use petgraph::graph::NodeIndex;
use plotters::style::RGBColor;
use std::collections::BTreeSet;
use std::fmt::Display;

/// All of a matrix.
pub struct Drawn<'a> {
    /// What it was made of.
    pub network: &'a Network,
    /// The marks and blocs of actors.
    pub picture: &'a Picture,
    /// What is drawn.
    pub grid: &'a Grid,
    /// Where.
    pub page: &'a Page,
    /// Who is highlighted, if anybody is.
    pub lit: &'a BTreeSet<NodeIndex>,
}

impl Drawn<'_> {
    /// Draws it.
    pub fn draw(&self, canvas: &mut Canvas) -> Result<()> {
        self.ground(canvas)?;
        self.heads(canvas)?;
        canvas.open(&[("id", &"rows")], None);
        let mut groups = self.page.groups.iter();
        for group in &self.grid.row_groups {
            if let Some((y, name)) = groups.next() {
                self.group(canvas, group.bloc, *y, name)?;
            }
            for row in group.range.clone() {
                self.row(canvas, row)?;
            }
        }
        canvas.close();
        self.sums(canvas)
    }

    /// Tints of cells, hairlines between them, the diagonal.
    fn ground(&self, canvas: &mut Canvas) -> Result<()> {
        let (page, palette) = (self.page, canvas.palette);
        canvas.open(&[("id", &"ground"), ("aria-hidden", &"true")], None);
        let half = page.cell * 0.5;
        for (&(i, j), parts) in &self.grid.cells {
            let cell = Rect { center: page.at(i, j), half };
            let alpha = if self.is_faded(i, j) { FADED } else { 1.0 } * palette.tint;
            self.tint(canvas, cell, parts, alpha)?;
        }
        let hair = 0.7 * page.unit;
        for group in &self.grid.row_groups {
            let (Some(&from), Some(&to)) =
                (page.rows.get(group.range.start), page.rows.get(group.range.end.wrapping_sub(1)))
            else {
                continue;
            };
            for &y in page.rows.get(group.range.clone()).unwrap_or_default() {
                canvas.line(
                    &[Point::new(page.left, y + page.cell.y), Point::new(page.right(), y + page.cell.y)],
                    palette.rule,
                    hair,
                )?;
            }
            if page.groups.is_empty() {
                canvas.line(&[Point::new(page.left, from), Point::new(page.right(), from)], palette.rule, hair)?;
            }
            for group in &self.grid.column_groups {
                let edges = page.columns.get(group.range.clone()).unwrap_or_default();
                for x in edges.iter().copied().chain(edges.last().map(|x| x + page.cell.x)) {
                    canvas.line(&[Point::new(x, from), Point::new(x, to + page.cell.y)], palette.rule, hair)?;
                }
            }
        }
        if !self.grid.on_matters {
            let top = page.area.center.y - page.area.half.y;
            for group in &self.grid.column_groups {
                let edges = page.columns.get(group.range.clone()).unwrap_or_default();
                if let (Some(bloc), [first, ..], [.., last]) = (self.bloc(group.bloc), edges, edges) {
                    let bar = Rect::between(*first, top, last + page.cell.x, top + 2.4 * page.unit);
                    canvas.area(&bar.corners(), palette.area(bloc.number), 1.0)?;
                }
            }
            for (i, row) in self.grid.rows.iter().enumerate() {
                if self.grid.columns.get(i).is_some_and(|c| c.of == row.of) {
                    let cell = Rect { center: page.at(i, i), half: half * 0.94 };
                    canvas.area(&cell.corners(), palette.rule, 0.6)?;
                }
            }
        }
        canvas.close();
        Ok(())
    }

    /// Whether a cell is neither of a highlighted actor nor on one, where somebody is highlighted.
    fn is_faded(&self, row: usize, column: usize) -> bool {
        let heads = [self.grid.rows.get(row), self.grid.columns.get(column)];
        let lit = |head: &Head| matches!(head.of, Column::Actor(node) if self.lit.contains(&node));
        !self.lit.is_empty() && !heads.into_iter().flatten().any(lit)
    }

    /// A bloc by its index.
    fn bloc(&self, bloc: Option<usize>) -> Option<&Bloc> {
        self.picture.blocs.get(bloc?)
    }

    /// The tint of a cell: that of its relation; halves where it supports and opposes.
    fn tint(&self, canvas: &mut Canvas, cell: Rect, parts: &[Part], alpha: f64) -> Result<()> {
        let palette = canvas.palette;
        let colours: Vec<RGBColor> = parts.iter().map(|p| palette.relation(p.says.relation())).collect();
        let [a, b, c, d] = cell.corners();
        match colours.as_slice() {
            [] => Ok(()),
            [one, two, ..] if one != two => {
                canvas.area(&[a, b, d], *one, alpha)?;
                canvas.area(&[b, c, d], *two, alpha)
            }
            [one, ..] => canvas.area(&[a, b, c, d], *one, alpha),
        }
    }

    fn heads(&self, canvas: &mut Canvas) -> Result<()> {
        let (page, grid) = (self.page, self.grid);
        canvas.open(&[("id", &"heads")], None);
        let (_, top, ..) = page.area.sides();
        for (j, head) in grid.columns.iter().enumerate() {
            let (kind, number) = told::column_id(head.of);
            let id = words::id_of(&format!("column-{kind}"), number, &head.name);
            let title = told::of_column(grid, j);
            let class = format!("column {kind}");
            let opacity = opacity(head.faded);
            canvas
                .open(&[("id", &id), ("class", &class), ("data-name", &head.name), ("opacity", opacity)], Some(&title));
            let x = page.columns.get(j).copied().unwrap_or_default() + page.cell.x / 2.0;
            let lines = page.heads.lines.get(j).map(Vec::as_slice).unwrap_or_default();
            self.head(canvas, lines, Point::new(x, top), canvas.palette.ink)?;
            canvas.close();
        }
        for (k, &x) in page.total_columns.iter().enumerate() {
            canvas.open(&[("class", &"column total")], None);
            let lines = page.heads.totals.get(k).map(Vec::as_slice).unwrap_or_default();
            self.head(canvas, lines, Point::new(x, top), canvas.palette.soft)?;
            canvas.close();
        }
        canvas.close();
        Ok(())
    }

    /// A head over the middle of its column.
    fn head(&self, canvas: &mut Canvas, lines: &[String], foot: Point, ink: RGBColor) -> Result<()> {
        let (size, unit) = (self.page.heads.size, self.page.unit);
        let lead = LEADING * size;
        if !self.page.heads.slanted {
            let set = Type { size, weight: Weight::Regular, colour: ink, anchor: Anchor::Middle };
            for (k, line) in lines.iter().rev().enumerate() {
                canvas.text(line, Point::new(foot.x, foot.y - 6.0 * unit - k as f64 * lead), set)?;
            }
            return Ok(());
        }
        let thick = lines.len() as f64 * lead;
        let foot = Point::new(foot.x, foot.y - 3.0 * unit - SLANT * thick / 2.0);
        let place = |v: f64| (v * GRID).round();
        let turn = format!("rotate(-45 {} {})", place(foot.x), place(foot.y));
        canvas.open(&[("transform", &turn)], None);
        let set = Type { size, weight: Weight::Regular, colour: ink, anchor: Anchor::Start };
        for (k, line) in lines.iter().enumerate() {
            let y = foot.y - thick / 2.0 + (k as f64 + 0.5) * lead + 0.36 * size;
            canvas.text(line, Point::new(foot.x, y), set)?;
        }
        canvas.close();
        Ok(())
    }

    /// A bloc's name above its rows.
    fn group(&self, canvas: &mut Canvas, bloc: Option<usize>, y: f64, name: &str) -> Result<()> {
        let page = self.page;
        let bloc = self.bloc(bloc);
        let colour = bloc.map_or(canvas.palette.soft, |b| canvas.palette.area(b.number));
        let id = bloc.map_or_else(|| "bloc-none".to_owned(), |b| format!("bloc-{}", b.number));
        let title =
            bloc.map_or_else(|| "No other of their bloc is shown here".to_owned(), |b| words::of_bloc(self.picture, b));
        canvas.open(&[("id", &id), ("class", &"bloc")], Some(&title));
        let base = y + 1.62 * page.size;
        let set = Type { size: page.size, weight: Weight::Bold, colour, anchor: Anchor::Start };
        let name = shorten(name, page.size, Weight::Bold, page.right() - page.left);
        canvas.text(&name, Point::new(page.left, base), set)?;
        let rule = y + 2.0 * page.size;
        canvas.line(&[Point::new(page.left, rule), Point::new(page.right(), rule)], colour, page.unit)?;
        canvas.close();
        Ok(())
    }

    /// A row: its name, its cells from left to right, its sums.
    fn row(&self, canvas: &mut Canvas, i: usize) -> Result<()> {
        let (page, grid) = (self.page, self.grid);
        let Some(head) = grid.rows.get(i) else { return Ok(()) };
        let (_, number) = told::column_id(head.of);
        let middle = page.at(i, 0).y;
        canvas.open(&[("id", &words::id_of("row", number, &head.name)), ("class", &"row")], None);
        self.name(canvas, i, head, middle)?;
        for (&(_, j), parts) in grid.cells.range((i, 0)..(i + 1, 0)) {
            if let Some(column) = grid.columns.get(j) {
                self.cell(canvas, (i, j), (head, column), parts)?;
            }
        }
        let of_row = || grid.cells.range((i, 0)..(i + 1, 0)).flat_map(|(_, parts)| parts);
        for (total, &x) in page.totals.iter().zip(&page.total_columns) {
            self.sum(canvas, *total, &mut of_row(), Point::new(x, middle))?;
        }
        canvas.close();
        Ok(())
    }

    fn name(&self, canvas: &mut Canvas, i: usize, head: &Head, middle: f64) -> Result<()> {
        let page = self.page;
        let mark = head.mark.and_then(|m| Some((m, self.picture.marks.get(m)?)));
        let title =
            mark.map_or_else(|| head.name.clone(), |(_, mark)| words::of_mark(self.network, self.picture, mark));
        let id = mark.map_or_else(String::new, |(m, mark)| words::mark_id(m, mark));
        let class = mark.map_or("actor", |(_, mark)| class(self.network, mark));
        let opacity = opacity(head.faded);
        canvas.open(&[("id", &id), ("class", &class), ("data-name", &head.name), ("opacity", opacity)], Some(&title));
        if let Some((_, mark)) = mark {
            let ink = colour(canvas.palette, self.picture, mark);
            shape(canvas, mark.shape, Point::new(page.left + 0.6 * page.size, middle), 0.46 * page.size, ink)?;
        }
        let set = Type { size: page.size, weight: Weight::Regular, colour: canvas.palette.ink, anchor: Anchor::Start };
        let at = Point::new(page.left + 1.55 * page.size, middle + 0.36 * page.size);
        canvas.text(page.names.get(i).map_or("", String::as_str), at, set)?;
        canvas.close();
        Ok(())
    }

    fn cell(
        &self,
        canvas: &mut Canvas,
        (i, j): (usize, usize),
        (row, column): (&Head, &Head),
        parts: &[Part],
    ) -> Result<()> {
        let ((_, from), (kind, to)) = (told::column_id(row.of), told::column_id(column.of));
        let says: Vec<&str> = parts.iter().map(|p| p.says.word()).collect();
        let mut class = format!("cell {}", says.join(" "));
        if parts.iter().all(Part::is_hedged) {
            class.push_str(" hedged");
        }
        let statements = parts.iter().map(|p| p.statements).fold(0, u32::saturating_add);
        canvas.open(
            &[
                ("id", &format!("cell-{from}-{kind}-{to}")),
                ("class", &class),
                ("data-source", &row.name),
                ("data-target", &column.name),
                ("data-relation", &says.join(" ")),
                ("data-statements", &statements),
                ("opacity", opacity(self.is_faded(i, j))),
            ],
            Some(&told::of_cell(self.network, row, column, parts)),
        );
        sign::draw(canvas, parts, self.page.at(i, j), self.page.cell, self.page.unit)?;
        canvas.close();
        Ok(())
    }

    /// Sums of the columns, and of all.
    fn sums(&self, canvas: &mut Canvas) -> Result<()> {
        let (page, grid) = (self.page, self.grid);
        canvas.open(&[("id", &"totals")], None);
        for (total, &y) in page.totals.iter().zip(&page.total_rows) {
            canvas.open(&[("class", &"total")], None);
            let size = sum_size(self.page.size, self.page.unit);
            let set = Type { size, weight: Weight::Regular, colour: canvas.palette.soft, anchor: Anchor::Start };
            canvas.text(total.name, Point::new(page.left, y + 0.36 * size), set)?;
            for j in 0..grid.columns.len() {
                let of_column = grid.cells.iter().filter(|((_, column), _)| *column == j).flat_map(|(_, parts)| parts);
                self.sum(canvas, *total, &mut { of_column }, Point::new(page.at(0, j).x, y))?;
            }
            canvas.close();
        }
        if let Some(y) = page.brackets {
            self.brackets(canvas, y)?;
        }
        canvas.close();
        Ok(())
    }

    /// What groups of columns have in common, where there is room for it.
    fn brackets(&self, canvas: &mut Canvas, y: f64) -> Result<()> {
        let (page, palette) = (self.page, canvas.palette);
        let size = sum_size(page.size, page.unit);
        let set = Type { size, weight: Weight::Regular, colour: palette.soft, anchor: Anchor::Middle };
        for group in &self.grid.column_groups {
            let edges = page.columns.get(group.range.clone()).unwrap_or_default();
            let (Some(name), [first, ..], [.., last]) = (group.name, edges, edges) else { continue };
            let (from, to) = (first + page.unit, last + page.cell.x - page.unit);
            canvas.line(&[Point::new(from, y), Point::new(to, y)], palette.plain, page.unit)?;
            if width(name, size, Weight::Regular) <= to - from {
                canvas.text(name, Point::new((from + to) / 2.0, y + 1.15 * size), set)?;
            }
        }
        Ok(())
    }

    /// One sum; nothing where it is 0.
    fn sum(&self, canvas: &mut Canvas, total: Total, parts: &mut dyn Iterator<Item = &Part>, at: Point) -> Result<()> {
        let of = |p: &&Part| total.says.is_none_or(|says: Says| p.says == says);
        let sum: u64 = parts.filter(of).map(|p| u64::from(p.statements)).sum();
        if sum == 0 {
            return Ok(());
        }
        let size = sum_size(self.page.size, self.page.unit);
        let colour = total.says.map_or(canvas.palette.soft, |says| canvas.palette.relation(says.relation()));
        let set = Type { size, weight: Weight::Regular, colour, anchor: Anchor::Middle };
        canvas.text(&words::number(sum as usize), Point::new(at.x, at.y + 0.36 * size), set)
    }
}

/// The opacity of what is faded; no attribute otherwise.
fn opacity(faded: bool) -> &'static dyn Display {
    if faded { &FADED } else { &"" }
}
