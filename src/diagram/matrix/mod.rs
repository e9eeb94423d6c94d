//! The matrix: who stands where on which matter, or who says what of whom.
//!
//! In: a network and its blocs. Out: an SVG document in a string. Never here: files, the finding of blocs.
//!
//! Rows are holders, columns matters; where no two actors speak of one matter, columns are the actors whom stances are
//! toward. Rows stand by bloc, and matters that divide the blocs stand together, so that camps show as areas of discs
//! (support) and of bars (opposition). What cannot be read on the page is left out, the least active first, and the
//! subtitle says so.

mod choice;
mod draw;
mod grid;
mod heads;
mod key;
mod order;
mod page;
mod sign;
mod stances;
#[cfg(test)]
mod tests;
mod told;

use super::canvas::Canvas;
use super::frame::Frame;
use super::picture::{Mark, Picture, What};
use super::style::page_unit;
use super::{DiagramOptions, Matters, check_page, words};
use crate::clusters::Blocs;
use crate::layout::geometry::{Point, Rect};
use crate::network::Network;
use crate::{Error, Result};
use choice::Choice;
use draw::Drawn;
use grid::Grid;
use key::Key;
use page::Page;
use petgraph::graph::NodeIndex;
use stances::Stances;
use std::collections::BTreeSet;

/// Draws the matrix: actors by matters, or by actors where no matter has two stances or matters are hidden. With
/// [`DiagramOptions::fit`] the page is made higher where this shows all rows. O(n²) in the rows that are drawn, which are
/// at most some hundreds on the largest page.
///
/// # Errors
/// A page of less than 300 or more than 20,000 pixels a side; a highlighted actor who has no place in the matrix.
pub fn matrix_svg(network: &Network, blocs: Option<&Blocs>, options: &DiagramOptions) -> Result<String> {
    check_page(options)?;
    let size = Point::new(f64::from(options.width), f64::from(options.height));
    let unit = page_unit(size.x, size.y);
    let plain = DiagramOptions { matters: Matters::Hide, ..options.clone() };
    let picture = Picture::new(network, blocs, &plain, size.x, 0.72 * size.y)?;
    let stances = Stances::of(network, options.matters);
    let mut all = Choice::all(&stances);
    let lit = highlighted(&picture, &mut all, options)?;

    let source = options.source_line.clone().unwrap_or_else(|| words::source(network));
    let laid_out = |size: Point, choice: &Choice| {
        let grid = Grid::new(network, &picture, &stances, choice);
        let subtitle = told::subtitle(network, &picture, &stances, &grid, options);
        let frame = Frame::with_unit(size, unit, &told::title(&grid, options), &subtitle, &source);
        let key = Key::new(&grid, &picture, frame.breadth(), unit);
        let room = room(&frame, &key);
        let page = Page::new(&grid, &picture, room, unit);
        Sheet { size, grid, frame, key, room, page }
    };
    let higher = if options.fit { &HIGHER[..] } else { &HIGHER[..1] };
    let Sheet { size, mut grid, frame, key, room, page } = fitting(all, size, unit, higher, &laid_out);
    if !lit.is_empty() {
        grid.highlight(&lit);
    }

    let mut canvas = Canvas::new(size.x, size.y, options.text, options.font.as_deref(), options.theme);
    frame.draw_paper(&mut canvas)?;
    frame.draw_words(&mut canvas)?;
    if grid.rows.is_empty() {
        frame.draw_note(&mut canvas, "No actors and no ties were found.", room.center)?;
    } else {
        Drawn { network, picture: &picture, grid: &grid, page: &page, lit: &lit }.draw(&mut canvas)?;
    }
    key.draw(&mut canvas, frame.foot(key.height), frame.breadth())?;
    Ok(frame.document(&told::description(&picture, &grid), canvas))
}

/// How much higher a page may be that shows all rows.
const HIGHER: [f64; 5] = [1.0, 1.2, 1.4, 1.7, 2.0];

/// Who is highlighted; they are held in the matrix.
fn highlighted(picture: &Picture, all: &mut Choice, options: &DiagramOptions) -> Result<BTreeSet<NodeIndex>> {
    let mut lit = BTreeSet::new();
    for name in &options.highlight {
        let called = |mark: &&Mark| mark.is_called(name);
        let node = |mark: &Mark| match mark.what {
            What::Actor(node) => Some(node),
            _ => None,
        };
        let actors: BTreeSet<NodeIndex> = picture.marks.iter().filter(called).filter_map(node).collect();
        if all.hold(&actors) == 0 {
            return Err(Error::Usage(format!(
                "--highlight: {} takes no stance on a matter, and so is not in the matrix; --matters hide makes one of \
                 actors by actors",
                name.trim()
            )));
        }
        lit.extend(actors);
    }
    Ok(lit)
}

/// A matrix and the page around it.
struct Sheet {
    size: Point,
    grid: Grid,
    frame: Frame,
    key: Key,
    room: Rect,
    page: Page,
}

/// The most rows and columns that can be read: as many columns as have room, then all rows, on the first of the pages
/// that has room for them, or else as many as have room on the first page.
fn fitting(
    mut all: Choice,
    size: Point,
    unit: f64,
    higher: &[f64],
    laid_out: &dyn Fn(Point, &Choice) -> Sheet,
) -> Sheet {
    let page = |times: f64| Point::new(size.x, (size.y * times).round());
    let most = Page::most(page(higher.last().copied().unwrap_or(1.0)), unit);
    let rows_fit = |sheet: &Sheet| sheet.page.fits.0 >= 1.0;
    let whole = all.shrink((most.0, all.of().1));
    let mut sheet = laid_out(size, &all);
    while sheet.page.fits.1 < 1.0 && sheet.grid.columns.len() > 1 {
        let columns = sheet.grid.columns.len();
        let fewer = (sheet.page.fits.1.max(0.0) * columns as f64) as usize;
        all.shrink((most.0, fewer.clamp(1, columns - 1)));
        sheet = laid_out(size, &all);
    }
    if rows_fit(&sheet) {
        return sheet;
    }
    for times in higher.iter().skip(1).filter(|_| whole) {
        let tried = laid_out(page(*times), &all);
        if rows_fit(&tried) {
            return tried;
        }
    }
    let columns = sheet.grid.columns.len().max(1);
    let (mut few, mut many) = (0, sheet.grid.rows.len());
    while many - few > 1 {
        let rows = (few + many) / 2;
        let mut choice = all.clone();
        choice.shrink((rows, columns));
        let tried = laid_out(size, &choice);
        if rows_fit(&tried) || rows == 1 {
            (few, sheet) = (rows, tried);
        } else {
            many = rows;
        }
    }
    sheet
}

/// What is left for the matrix on its page, in line with the headline.
fn room(frame: &Frame, key: &Key) -> Rect {
    let (_, top, _, bottom) = frame.room(key.height).sides();
    let left = frame.foot(key.height).x;
    Rect::between(left, top, left + frame.breadth(), bottom)
}
