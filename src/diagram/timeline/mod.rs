//! The timeline: who took which side, and when.
//!
//! In: a network whose statements have dates. Out: an SVG document in a string. One row a matter, and one for each actor
//! toward whom there are stances; support above the row's line and opposition below. Never here: reading files, finding
//! blocs.

mod axis;
mod labels;
mod legend;
mod marks;
mod paint;
mod panels;
mod plan;
mod rows;
mod words;

pub use panels::{MOST_PANELS, Panel, check as check_panels, panels_svg};

use super::canvas::Canvas;
use super::frame::Frame;
use super::picture::Picture;
use super::style::page_unit;
use super::{DiagramOptions, check_page};
use crate::layout::geometry::{Point, Rect};
use crate::network::Network;
use crate::{Error, Result};
use legend::Legend;
use paint::wants_name;
use plan::{COMFORTABLE, LEAST_ROW, PITCHES, Plan};
use rows::Timeline;

/// At most so many rows.
const MOST_ROWS: usize = 14;
/// Height of the axis' words at page size 1.
const AXIS: f64 = 42.0;

/// Draws the statements of a network over time: one mark for each document that says on a day that an actor supports,
/// opposes or invites; bars where there are too many.
///
/// Rows are the matters, and the actors toward whom there are stances, those with most statements first; what finds no
/// room has a row together. An actor's first statement on each side is large and, where there is room, has the actor's
/// name; who changes sides is named with the change.
///
/// # Errors
/// [`Error::Empty`] when no statement has a date; a usage error for a page of an impossible size, and for a highlighted
/// actor who is not in the network.
pub fn timeline_svg(network: &Network, options: &DiagramOptions) -> Result<String> {
    check_page(options)?;
    let timeline = Timeline::of(network);
    if timeline.rows.is_empty() {
        return Err(undated());
    }
    let (width, height) = (f64::from(options.width), f64::from(options.height));
    // Refuses names that nobody has.
    Picture::new(network, None, options, width, height)?;
    let unit = page_unit(width, height);
    let frame = Frame::new(
        Point::new(width, height),
        &words::title(&timeline, options),
        &words::subtitle(&timeline, options),
        &options.source_line.clone().unwrap_or_else(|| super::words::source(network)),
    );
    let room = |legend: &Legend| {
        let (_, top, _, bottom) = frame.room(legend.height).sides();
        let left = 0.5 * (width - frame.breadth());
        Rect::between(left, top, width - left, (bottom - AXIS * unit).max(top + 20.0 * unit))
    };
    let legend = Legend::new(&timeline, None, unit, frame.breadth());
    let most = ((2.0 * room(&legend).half.y / (LEAST_ROW * unit)) as usize).clamp(1, MOST_ROWS);
    let (timeline, plan) = arranged(&timeline, room(&legend), unit, most)?;
    // Bars are explained in the legend, which may need another row for it.
    let legend = Legend::new(&timeline, Some(&plan), unit, frame.breadth());
    let (timeline, plan) = if room(&legend) == plan.room {
        (timeline, plan)
    } else {
        arranged(&timeline, room(&legend), unit, timeline.rows.len())?
    };
    let mut canvas = Canvas::new(width, height, options.text, options.font.as_deref(), options.theme);
    frame.draw_paper(&mut canvas)?;
    let faded = paint::faded(network, &options.highlight);
    paint::draw(&mut canvas, (network, &faded), &timeline, &plan, unit)?;
    frame.draw_words(&mut canvas)?;
    legend.draw(&mut canvas, frame.foot(legend.height), frame.breadth())?;
    Ok(frame.document(&words::description(network, &timeline), canvas))
}

fn undated() -> Error {
    let message = "no statement has a date, so there is nothing to draw on a timeline; give the statements dates, or draw \
                   another kind of diagram";
    Error::Empty(message.to_owned())
}

/// At most `most` rows, and where they go: fewer where that lets marks be larger, bars where nothing else does.
fn arranged(timeline: &Timeline, room: Rect, unit: f64, most: usize) -> Result<(Timeline, Plan)> {
    let mut all: Vec<Timeline> = Vec::new();
    for (share, pitches) in
        [(4, &PITCHES[..COMFORTABLE]), (3, &PITCHES[..COMFORTABLE]), (3, &PITCHES[COMFORTABLE..]), (2, &PITCHES[..])]
    {
        let mut timeline = timeline.clone();
        timeline.fold((most * share / 4).max(1));
        if let Some(plan) = Plan::dots(&timeline, room, unit, (pitches, wants_name)) {
            return Ok((timeline, plan));
        }
        all.push(timeline);
    }
    let timeline = all.swap_remove(0);
    let plan = Plan::bars(&timeline, room, unit, wants_name).ok_or_else(undated)?;
    Ok((timeline, plan))
}

#[cfg(test)]
mod tests;
