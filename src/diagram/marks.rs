//! Actors and matters: their marks and labels.
//!
//! In: a picture and its layout. Out: one group a mark with its label and tooltip. Never here: lines.

use super::canvas::{Anchor, Canvas, Type};
use super::picture::{LEADING, Mark, Picture, Shape, What};
use super::style::Palette;
use super::text::Weight;
use super::words;
use crate::Result;
use crate::layout::Layout;
use crate::layout::geometry::{Point, Rect};
use crate::network::Network;
use plotters::style::RGBColor;

/// Opacity of what is not highlighted.
pub const FADED: f64 = 0.16;

/// Draws all marks, then all labels, so that no mark covers a label.
pub fn draw(canvas: &mut Canvas, network: &Network, picture: &Picture, placed: &Layout) -> Result<()> {
    let unit = picture.sizes.page;
    let ring = if picture.marks.len() > 60 { 0.6 * picture.sizes.gap } else { 1.8 * unit };
    canvas.open(&[("id", &"actors")], None);
    for (i, mark) in picture.marks.iter().enumerate() {
        let at = placed.positions[i];
        let title = words::of_mark(network, picture, mark);
        canvas.open(
            &[
                ("id", &words::mark_id(i, mark)),
                ("class", &class(network, mark)),
                ("data-name", &mark.name),
                ("data-id", if mark.id == mark.name { &"" } else { &mark.id }),
                ("data-bloc", &mark.bloc.map_or(String::new(), |b| picture.blocs[b].number.to_string())),
                ("opacity", if mark.faded { &FADED } else { &"" }),
            ],
            Some(&title),
        );
        filled(canvas, mark.shape, at, mark.radius + ring, canvas.palette.paper)?;
        shape(canvas, mark.shape, at, mark.radius, colour(canvas.palette, picture, mark))?;
        canvas.close();
    }
    canvas.close();
    canvas.open(&[("id", &"labels")], None);
    for (i, mark) in picture.marks.iter().enumerate() {
        let Some(label) = placed.labels[i] else { continue };
        let opacity: &dyn std::fmt::Display = if mark.faded { &FADED } else { &"" };
        canvas.open(&[("class", &"label"), ("data-name", &mark.name), ("opacity", opacity)], Some(&mark.name));
        let (left, top, right, _) = label.rect.sides();
        let (anchor, x) = match label.side {
            1 => (Anchor::Start, left + 0.1 * picture.sizes.label),
            -1 => (Anchor::End, right - 0.1 * picture.sizes.label),
            _ => (Anchor::Middle, label.rect.center.x),
        };
        let ink = if mark.shape == Shape::Dot { canvas.palette.soft } else { canvas.palette.ink };
        for (k, line) in mark.labels[label.variant].iter().enumerate() {
            // Below the name of a bloc stands who is in it.
            let below = matches!(mark.what, What::Bloc(_)) && k >= picture.name_lines(i, label.variant);
            let weight = if below { Weight::Regular } else { mark.weight() };
            let set = Type { size: picture.sizes.label, weight, colour: ink, anchor };
            let y = top + (k as f64 * LEADING + 0.93) * picture.sizes.label;
            canvas.text_on_halo(line, Point::new(x, y), set, 1.6 * unit)?;
        }
        canvas.close();
    }
    canvas.close();
    Ok(())
}

/// A mark's colour: its bloc's.
pub fn colour(palette: &Palette, picture: &Picture, mark: &Mark) -> RGBColor {
    if let What::Bloc(bloc) = mark.what {
        return palette.bloc(bloc);
    }
    match mark.bloc {
        _ if mark.shape == Shape::Dot => palette.plain,
        Some(bloc) => palette.bloc(picture.blocs[bloc].number),
        None if picture.sorted => palette.loner,
        None => palette.bloc(0),
    }
}

/// A shape of this colour, in the line that the theme puts around marks.
pub fn shape(canvas: &mut Canvas, shape: Shape, at: Point, radius: f64, colour: RGBColor) -> Result<()> {
    let Some(line) = canvas.palette.outline else { return filled(canvas, shape, at, radius, colour) };
    filled(canvas, shape, at, radius, line)?;
    filled(canvas, shape, at, 0.86 * radius, colour)
}

fn filled(canvas: &mut Canvas, shape: Shape, at: Point, radius: f64, colour: RGBColor) -> Result<()> {
    match shape {
        Shape::Circle | Shape::Dot => canvas.disc(at, radius, colour),
        Shape::Square => {
            let corners = Rect { center: at, half: Point::new(1.0, 1.0) * shape.half(radius) }.corners();
            canvas.area(&rounded(&corners, 0.25 * radius, 4), colour, 1.0)
        }
        Shape::Diamond => {
            let reach = shape.half(radius);
            let corners = [(0.0, -reach), (reach, 0.0), (0.0, reach), (-reach, 0.0)];
            canvas.area(&corners.map(|(x, y)| at + Point::new(x, y)), colour, 1.0)
        }
    }
}

/// The polygon with its corners rounded off by curves that begin `reach` before each.
pub fn rounded(corners: &[Point], reach: f64, steps: usize) -> Vec<Point> {
    let n = corners.len();
    let mut out = Vec::with_capacity(n * (steps + 1));
    for i in 0..n {
        let (before, here, after) = (corners[(i + n - 1) % n], corners[i], corners[(i + 1) % n]);
        let cut = |to: Point| here + (to - here).unit() * reach.min(here.distance(to) / 2.0);
        let (a, b) = (cut(before), cut(after));
        for k in 0..=steps {
            let t = k as f64 / steps as f64;
            out.push(a * ((1.0 - t) * (1.0 - t)) + here * (2.0 * t * (1.0 - t)) + b * (t * t));
        }
    }
    out
}

/// The class of a mark.
pub fn class(network: &Network, mark: &Mark) -> &'static str {
    match mark.what {
        What::Actor(node) => match Shape::of(network.graph[node].kind) {
            Shape::Circle => "actor country",
            Shape::Square => "actor institution",
            Shape::Diamond => "actor person",
            Shape::Dot => "actor",
        },
        What::Matter(_) => "matter",
        What::Bloc(_) => "group",
    }
}
