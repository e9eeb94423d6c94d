//! Ties: their courses and ends.
//!
//! In: a picture and its layout. Out: one group a line. The line's end says the relation without its colour: an arrow
//! for support, a bar for opposition, an open chevron on a dashed line for an invitation, which has a cross on it when
//! it was withheld. A dotted line is hedged. Never here: where a line runs.

use super::canvas::Canvas;
use super::marks::FADED;
use super::picture::{Behind, Line, Picture, Shape};
use super::style::{GRID, Sizes};
use super::words;
use crate::Result;
use crate::layout::Layout;
use crate::layout::geometry::{Curve, Point};
use crate::network::Network;
use crate::statement::Relation;
use plotters::style::RGBColor;

/// A line's looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// `None`: a plain line without an end.
    pub relation: Option<Relation>,
    /// Dotted.
    pub hedged: bool,
    /// With a cross.
    pub withheld: bool,
    /// With the same end on both sides.
    pub mutual: bool,
    /// Width.
    pub width: f64,
}

/// The outline that a line starts from or stops at.
#[derive(Debug, Clone, Copy)]
pub struct Port {
    /// Shape of the mark.
    pub shape: Shape,
    /// Its radius.
    pub radius: f64,
    /// Free space to leave.
    pub gap: f64,
}

/// Draws all lines: invitations first, then support, then opposition on top, since there are fewest of these.
pub fn draw(canvas: &mut Canvas, network: &Network, picture: &Picture, placed: &Layout) -> Result<()> {
    let sizes = &picture.sizes;
    let chosen = picture.lines.iter().any(|l| l.faded);
    let opacity = |line: &Line| match (chosen, line.faded) {
        (false, _) => (sizes.opacity * 1000.0).round() / 1000.0,
        (true, false) => 0.92,
        (true, true) => (FADED.min(0.4 * sizes.opacity) * 1000.0).round() / 1000.0,
    };
    canvas.open(&[("id", &"ties"), ("stroke-linejoin", &"round")], None);
    // Among thousands there is most opposition, which would cover all else.
    let crowd = picture.lines.len() > 2_000;
    let rank = |relation: Option<Relation>| match relation {
        None => 0,
        Some(Relation::Oppose) if crowd => 1,
        Some(relation) => 2 + relation as usize,
    };
    let mut order: Vec<usize> = (0..picture.lines.len()).collect();
    order.sort_by_key(|&i| (!picture.lines[i].faded, rank(picture.lines[i].relation), i));
    for i in order {
        let line = &picture.lines[i];
        let port = |end: usize| {
            let mark = &picture.marks[end];
            Port {
                shape: mark.shape,
                radius: mark.radius,
                gap: if picture.marks.len() > 60 { 0.5 } else { 2.6 } * sizes.page,
            }
        };
        let curve = Curve::new(placed.positions[line.from], placed.positions[line.to], placed.bends[i]);
        let look = Look {
            relation: line.relation,
            hedged: line.hedged,
            withheld: line.withheld,
            mutual: line.mutual,
            width: match line.relation {
                None => 0.6 * sizes.line,
                // Dots need more ink than a line to be seen.
                Some(_) if line.hedged => 1.25 * sizes.width(line.statements),
                Some(_) => sizes.width(line.statements),
            },
        };
        let faint = opacity(line);
        canvas.open(
            &[
                ("id", &words::line_id(i, line)),
                ("class", &class(line)),
                ("data-source", &picture.marks[line.from].name),
                ("data-target", &picture.marks[line.to].name),
                ("data-relation", &line.relation.map_or("concerns", Relation::as_str)),
                ("data-statements", &line.statements),
                // A group with an opacity is painted apart first, which takes long for thousands.
                (if crowd { "stroke-opacity" } else { "opacity" }, &faint),
                ("fill-opacity", if crowd { &faint as &dyn std::fmt::Display } else { &"" }),
            ],
            Some(&words::of_line(network, picture, line)),
        );
        stroke(canvas, curve, port(line.from), port(line.to), look, sizes)?;
        canvas.close();
    }
    canvas.close();
    Ok(())
}

/// One line from outline to outline, with its end.
pub fn stroke(canvas: &mut Canvas, curve: Curve, from: Port, to: Port, look: Look, sizes: &Sizes) -> Result<()> {
    let (start, tip) = (leave(curve, from), 1.0 - leave(back(curve), to));
    if tip <= start {
        return Ok(());
    }
    let colour = look.relation.map_or(canvas.palette.plain, |relation| canvas.palette.relation(relation));
    let seen = length(curve, start, tip);
    let share = if look.mutual { 0.4 } else { 0.6 };
    let head = (sizes.head * (0.8 + 0.2 * look.width / sizes.line)).min(share * seen);
    // How far the line itself goes into its end.
    let short = match look.relation {
        Some(Relation::Support) => 0.72 * head,
        Some(Relation::Oppose) => 0.1 * head,
        _ => 0.0,
    };
    let end = if short > 0.0 { before(curve, tip, short) } else { tip };
    let first = start;
    let start = if look.mutual && short > 0.0 { 1.0 - before(back(curve), 1.0 - start, short) } else { start };
    let straight = (curve.via - (curve.from + curve.to) * 0.5).norm() < 0.01;
    let steps = if straight { 1 } else { sizes.segments };
    let points: Vec<Point> = (0..=steps).map(|k| curve.at(start + (end - start) * k as f64 / steps as f64)).collect();
    let dashes = dashes(look, sizes);
    if !dashes.is_empty() {
        let cap = if look.hedged { "round" } else { "butt" };
        canvas.open(&[("stroke-dasharray", &dashes), ("stroke-linecap", &cap)], None);
    }
    canvas.line(&points, colour, look.width)?;
    if !dashes.is_empty() {
        canvas.close();
    }
    finish(canvas, curve, tip, head, look, colour, sizes)?;
    if look.mutual {
        finish(canvas, back(curve), 1.0 - first, head, look, colour, sizes)?;
    }
    if look.withheld {
        cross(canvas, curve, start + (tip - start) * 0.5, 0.55 * sizes.head, colour, sizes)?;
    }
    Ok(())
}

/// The end that says the relation.
fn finish(
    canvas: &mut Canvas,
    curve: Curve,
    tip: f64,
    head: f64,
    look: Look,
    colour: RGBColor,
    sizes: &Sizes,
) -> Result<()> {
    let at = curve.at(tip);
    let along = (at - curve.at(before(curve, tip, head))).unit();
    let beside = along.quarter();
    let place = |back: f64, aside: f64| at - along * (back * head) + beside * (aside * head);
    match look.relation {
        Some(Relation::Support) => {
            canvas.area(&[place(0.0, 0.0), place(1.0, 0.44), place(0.74, 0.0), place(1.0, -0.44)], colour, 1.0)
        }
        Some(Relation::Oppose) => {
            let thick = (0.26 * sizes.head).max(1.05 * look.width) / head;
            let half = 0.58;
            canvas.area(&[place(0.0, half), place(thick, half), place(thick, -half), place(0.0, -half)], colour, 1.0)
        }
        Some(Relation::Invite) => {
            canvas.open(&[("stroke-linecap", &"round")], None);
            let width = look.width.max(0.14 * sizes.head);
            canvas.line(&[place(0.85, 0.5), place(0.0, 0.0), place(0.85, -0.5)], colour, width)?;
            canvas.close();
            Ok(())
        }
        None => Ok(()),
    }
}

/// A cross on the line, on a little free space.
fn cross(canvas: &mut Canvas, curve: Curve, t: f64, size: f64, colour: RGBColor, sizes: &Sizes) -> Result<()> {
    let (at, along) = (curve.at(t), curve.direction(t));
    let turned = [along + along.quarter(), along - along.quarter()].map(|d| d.unit() * size);
    canvas.open(&[("stroke-linecap", &"round")], None);
    for (ink, width) in [(canvas.palette.paper, 4.6), (colour, 2.0)] {
        for d in turned {
            canvas.line(&[at - d, at + d], ink, width * sizes.page)?;
        }
    }
    canvas.close();
    Ok(())
}

/// Dash lengths on the grid; empty for a solid line.
fn dashes(look: Look, sizes: &Sizes) -> String {
    let lengths = match (look.hedged, look.relation) {
        (true, _) => [0.01, 2.1 * look.width],
        (false, Some(Relation::Invite)) => [3.6 * sizes.line, 2.4 * sizes.line],
        _ => return String::new(),
    };
    lengths.map(|l| ((l * GRID).round().max(1.0)).to_string()).join(" ")
}

/// Where a curve from a mark's middle comes out of its outline.
fn leave(curve: Curve, port: Port) -> f64 {
    let inside = |t: f64| port.shape.holds(port.radius, port.gap, curve.at(t) - curve.from);
    let Some(out) = (1..=40).map(|k| k as f64 / 40.0).find(|&t| !inside(t)) else { return 1.0 };
    let (mut low, mut high) = (out - 1.0 / 40.0, out);
    for _ in 0..20 {
        let middle = (low + high) / 2.0;
        if inside(middle) { low = middle } else { high = middle }
    }
    high
}

fn back(curve: Curve) -> Curve {
    Curve { from: curve.to, via: curve.via, to: curve.from }
}

fn length(curve: Curve, from: f64, to: f64) -> f64 {
    let at = |k: usize| curve.at(from + (to - from) * k as f64 / 12.0);
    (0..12).map(|k| at(k).distance(at(k + 1))).sum()
}

/// The parameter at which the curve is still `distance` away from its point at `tip`.
fn before(curve: Curve, tip: f64, distance: f64) -> f64 {
    let at = curve.at(tip);
    let (mut low, mut high) = (0.0, tip);
    for _ in 0..24 {
        let middle = (low + high) / 2.0;
        if curve.at(middle).distance(at) > distance { low = middle } else { high = middle }
    }
    high
}

fn class(line: &Line) -> String {
    let mut class = match line.relation {
        Some(relation) => format!("tie {relation}"),
        None => "tie concerns".to_owned(),
    };
    for (is, word) in
        [(line.hedged, " hedged"), (line.withheld, " withheld"), (matches!(line.behind, Behind::Stand(..)), " stand")]
    {
        if is {
            class.push_str(word);
        }
    }
    class
}
