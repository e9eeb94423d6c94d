//! The marks of a timeline: a disc for support, a square for opposition, a chevron for an invitation, a cross for one
//! that was withheld; hollow when hedged, a ring around a change of sides.
//!
//! In: what a mark says, a place. Out: shapes on a canvas. Never here: where marks go.

use super::super::canvas::Canvas;
use super::super::marks::rounded;
use super::rows::{Act, Event};
use crate::Result;
use crate::layout::geometry::{Point, Rect};
use plotters::style::RGBColor;

/// What a mark says.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// What is done.
    pub act: Act,
    /// Hollow.
    pub hedged: bool,
    /// In a ring.
    pub turned: bool,
    /// Not the actor's first of this act.
    pub later: bool,
}

impl Form {
    /// The mark of an event.
    pub fn of(event: &Event) -> Self {
        let turned = event.turned_from.is_some();
        Self { act: event.act, hedged: event.hedged, turned, later: !event.first && !turned }
    }

    /// Half of a mark's width, where that of a first statement is `full`.
    pub fn radius(self, full: f64) -> f64 {
        if self.later { 0.64 * full } else { full }
    }
}

/// Draws a mark whose largest half width is `full`.
pub fn mark(canvas: &mut Canvas, form: Form, at: Point, full: f64) -> Result<()> {
    let colour = canvas.palette.relation(form.act.relation());
    let paper = canvas.palette.paper;
    let radius = form.radius(full);
    if form.turned {
        shape(canvas, form.act, at, 1.12 * radius, canvas.palette.ink)?;
        shape(canvas, form.act, at, 0.88 * radius, paper)?;
        return shape(canvas, form.act, at, 0.6 * radius, colour);
    }
    shape(canvas, form.act, at, radius, colour)?;
    if form.hedged {
        let hollow = if matches!(form.act, Act::Support | Act::Oppose) { 0.6 * radius } else { radius };
        hole(canvas, form.act, at, hollow, paper)?;
    }
    Ok(())
}

fn shape(canvas: &mut Canvas, act: Act, at: Point, radius: f64, colour: RGBColor) -> Result<()> {
    match act {
        Act::Support => canvas.disc(at, radius, colour),
        Act::Oppose => {
            let box_ = Rect::new(at, 0.9 * radius, 0.9 * radius);
            canvas.area(&rounded(&box_.corners(), 0.12 * radius, 2), colour, 1.0)
        }
        Act::Invite | Act::Withhold => strokes(canvas, act, at, radius, colour, 0.62 * radius),
    }
}

/// What makes a mark hollow.
fn hole(canvas: &mut Canvas, act: Act, at: Point, radius: f64, paper: RGBColor) -> Result<()> {
    match act {
        Act::Support | Act::Oppose => shape(canvas, act, at, radius, paper),
        Act::Invite | Act::Withhold => strokes(canvas, act, at, radius, paper, 0.24 * radius),
    }
}

/// A chevron or a cross.
fn strokes(canvas: &mut Canvas, act: Act, at: Point, radius: f64, colour: RGBColor, wide: f64) -> Result<()> {
    let p = |x: f64, y: f64| at + Point::new(x, y) * radius;
    canvas.open(&[("stroke-linecap", &"round"), ("stroke-linejoin", &"round")], None);
    if act == Act::Invite {
        canvas.line(&[p(-0.4, -0.68), p(0.5, 0.0), p(-0.4, 0.68)], colour, wide)?;
    } else {
        canvas.line(&[p(-0.58, -0.58), p(0.58, 0.58)], colour, wide)?;
        canvas.line(&[p(-0.58, 0.58), p(0.58, -0.58)], colour, wide)?;
    }
    canvas.close();
    Ok(())
}
