//! Small multiples: one little network a window, with every actor in the same place in all of them.
//!
//! In: the network of all statements, which gives the places, and a [`Panel`] for each window. Out: an SVG document in a
//! string. Colours are blocs, followed from window to window. Never here: cutting the time into windows, finding blocs.

mod follow;
mod grid;
mod key;
mod scene;
mod words;

use super::super::canvas::{Anchor, Canvas, Type};
use super::super::frame::Frame;
use super::super::legend::Legend;
use super::super::picture::Picture;
use super::super::style::page_unit;
use super::super::text::{Weight, shorten};
use super::super::{DiagramOptions, Matters, check_page, lines, marks};
use crate::clusters::Blocs;
use crate::layout::Effort;
use crate::layout::geometry::{Point, Rect};
use crate::network::{Network, Window};
use crate::{Error, Result};
use follow::Followed;
use grid::Grid;
use key::Key;
use scene::Scene;

/// More windows than this are refused: they would be too small to read.
pub const MOST_PANELS: usize = 24;
/// At most so many actors are drawn, the most active; fewer where panels are small.
const MOST_ACTORS: usize = 150;
/// Side of the square that an actor has for itself, at page size 1.
const ROOM: f64 = 24.0;

/// A window with its network and its blocs.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Its days.
    pub window: Window,
    /// The network of its statements; without actors where there are none.
    pub network: Network,
    /// The bloc of each actor, by node index; the numbers only hold within the window.
    pub of: Vec<usize>,
}

/// Draws one network a window, all with the same actors in the same places: those that the layout of `network`, the
/// network of all statements, and of its `blocs` gives them. Who says nothing in a window, and of whom nothing is said,
/// is a pale dot there. At most 150 actors are drawn, fewer where panels are small: those with most statements.
///
/// # Errors
/// A usage error for no window, for more than [`MOST_PANELS`] and for a page of an impossible size.
pub fn panels_svg(
    network: &Network,
    blocs: Option<&Blocs>,
    panels: &[Panel],
    options: &DiagramOptions,
) -> Result<String> {
    draw(network, blocs, panels, options, Effort::default())
}

fn draw(
    network: &Network,
    blocs: Option<&Blocs>,
    panels: &[Panel],
    options: &DiagramOptions,
    effort: Effort,
) -> Result<String> {
    check_page(options)?;
    check(panels.len())?;
    let (width, height) = (f64::from(options.width), f64::from(options.height));
    let unit = page_unit(width, height);
    let followed = Followed::of(panels);
    let matters = matters(network, options.matters);
    let plain = DiagramOptions { matters, bloc_names: followed.names.clone(), ..options.clone() };
    // What the legend tells: all that occurs anywhere. Blocs have a key of their own.
    let mut all = Picture::new(network, None, &plain, width, 0.72 * height)?;
    all.sorted = true;
    let title = words::title(&all, options);
    let source = options.source_line.clone().unwrap_or_else(|| super::super::words::source(network));
    let framed = |drawn: usize| {
        Frame::new(Point::new(width, height), &title, &words::subtitle(network, panels, drawn, options), &source)
    };
    let gridded = |frame: &Frame, foot: f64| {
        let left = 0.5 * (width - frame.breadth());
        let (_, top, _, bottom) = frame.room(foot).sides();
        Grid::new(panels.len(), Rect::between(left, top, width - left, bottom), unit)
    };
    let frame = framed(network.graph.node_count());
    let foot =
        Legend::new(&all, frame.breadth()).height + Key::new(&followed, panels, &all, unit, frame.breadth()).height;
    let cell = gridded(&frame, foot).cell;
    let most = 4.0 * cell.half.x * cell.half.y / (ROOM * unit * ROOM * unit);
    let most = (most as usize).clamp(24, MOST_ACTORS);
    let kept = scene::most_active(&all, network, most);
    scene::keep(&mut all, &kept);
    let frame = framed(network.graph.node_count().min(most));
    let legend = Legend::new(&all, frame.breadth());
    let key = Key::new(&followed, panels, &all, unit, frame.breadth());
    let grid = gridded(&frame, legend.height + key.height);
    let scene = Scene::new((network, &kept), blocs, panels, &plain, (grid.cell, unit, effort))?;

    let mut canvas = Canvas::new(width, height, options.text, options.font.as_deref(), options.theme);
    frame.draw_paper(&mut canvas)?;
    for (k, (panel, &cell)) in panels.iter().zip(&grid.cells).enumerate() {
        canvas.open(
            &[
                ("id", &format!("window-{}", k + 1)),
                ("class", &"window"),
                ("data-from", &panel.window.from),
                ("data-to", &panel.window.to),
                ("data-statements", &panel.network.statements.len()),
            ],
            Some(&words::of_panel(panel, &followed, k)),
        );
        canvas.prefix = format!("window-{}-", k + 1);
        caption(&mut canvas, panel, cell, (grid.caption, unit))?;
        let (shown, picture, placed) = scene.panel(panel, (&followed.of[k], &followed.moved[k]), &plain, cell)?;
        scene.draw_absent(&mut canvas, &picture, cell)?;
        lines::draw(&mut canvas, &shown, &picture, &placed)?;
        let ink = canvas.palette.ink;
        for (mark, &at) in picture.marks.iter().zip(&placed.positions) {
            if followed.moved[k].contains(&mark.id) {
                marks::shape(&mut canvas, mark.shape, at, mark.radius + key::RING * unit, ink)?;
            }
        }
        marks::draw(&mut canvas, &shown, &picture, &placed)?;
        canvas.prefix.clear();
        canvas.close();
    }
    frame.draw_words(&mut canvas)?;
    let foot = frame.foot(legend.height + key.height);
    key.draw(&mut canvas, foot, frame.breadth())?;
    legend.draw(&mut canvas, foot + Point::new(0.0, key.height), frame.breadth())?;
    Ok(frame.document(&words::description(network, panels, &followed), canvas))
}

/// Where most of what is said is on a few matters of nobody's, the networks would be empty without them.
fn matters(network: &Network, wanted: Matters) -> Matters {
    const FEW: usize = 8;
    let stands: usize = network.matters.iter().map(|matter| matter.stands.len()).sum();
    let say_most = network.matters.len() <= FEW && stands > network.graph.edge_count();
    if wanted == Matters::Auto && say_most { Matters::Show } else { wanted }
}

/// Refuses numbers of windows that no page can show.
///
/// # Errors
/// A usage error for none and for more than [`MOST_PANELS`].
pub fn check(windows: usize) -> Result<()> {
    match windows {
        0 => Err(Error::Usage("there is no window to draw".to_owned())),
        n if n > MOST_PANELS => Err(Error::Usage(format!(
            "{n} windows are too many for one page, which shows up to {MOST_PANELS}; take longer ones (month, quarter, \
             year, 90d ...), or give --from and --to"
        ))),
        _ => Ok(()),
    }
}

/// A rule above the panel, its dates and counts.
fn caption(canvas: &mut Canvas, panel: &Panel, cell: Rect, (high, unit): (f64, f64)) -> Result<()> {
    let (left, top, right, _) = cell.sides();
    let y = top - high;
    canvas.line(&[Point::new(left, y), Point::new(right, y)], canvas.palette.plain, 0.8 * unit)?;
    let room = right - left;
    let rows = [
        (words::dates(&panel.window), 12.0, 15.0, Weight::Bold, canvas.palette.ink),
        (words::counts(panel), 10.5, 29.0, Weight::Regular, canvas.palette.soft),
    ];
    for (text, size, down, weight, colour) in rows {
        let size = size * unit;
        let text = shorten(&text, size, weight, room);
        let at = Point::new(left, y + down * unit);
        canvas.text(&text, at, Type { size, weight, colour, anchor: Anchor::Start })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
