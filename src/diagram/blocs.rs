//! Blocs: a tinted area behind the members, and a name beside it.
//!
//! In: a picture and its layout. Out: one group a bloc. Never here: who belongs to which.

use super::canvas::{Anchor, Canvas, Type};
use super::marks::rounded;
use super::picture::{Bloc, Picture};
use super::text::{Weight, shorten, width};
use super::words;
use crate::Result;
use crate::layout::Layout;
use crate::layout::geometry::{Curve, Point, Rect, hull};

/// At most so many blocs get their name written, the largest; all have it in the tooltip.
const MOST_NAMES: usize = 12;

/// Draws the areas.
pub fn draw(canvas: &mut Canvas, picture: &Picture, placed: &Layout, room: Rect) -> Result<()> {
    canvas.open(&[("id", &"blocs"), ("stroke-linejoin", &"round")], None);
    for bloc in &picture.blocs {
        let outline = outline(picture, placed, bloc, room);
        let (colour, tint) = (canvas.palette.area(bloc.number), canvas.palette.tint);
        let mut ring = outline.clone();
        ring.extend(outline.first().copied());
        canvas.open(
            &[("id", &format!("bloc-{}", bloc.number)), ("class", &"bloc")],
            Some(&format!("{}: {} actors", bloc.name, bloc.members.len())),
        );
        canvas.area(&outline, colour, tint)?;
        canvas.open(&[("opacity", &"0.45")], None);
        canvas.line(&ring, colour, 0.9 * picture.sizes.page)?;
        canvas.close();
        canvas.close();
    }
    canvas.close();
    Ok(())
}

/// The rounded hull of a bloc's marks and labels.
fn outline(picture: &Picture, placed: &Layout, bloc: &Bloc, room: Rect) -> Vec<Point> {
    let unit = picture.sizes.page;
    let few = picture.marks.len() <= crate::layout::SMALL;
    let mut corners = Vec::new();
    for &i in &bloc.members {
        let half = picture.marks[i].shape.half(picture.marks[i].radius);
        let mark = Rect::new(placed.positions[i], half, half);
        corners.extend(mark.grow(if few { 9.0 } else { 4.0 } * unit).corners());
        if let Some(label) = placed.labels[i].filter(|_| few) {
            corners.extend(label.rect.grow(5.0 * unit).corners());
        }
    }
    // The area may reach over the room for marks, but not far.
    let (l, t, r, b) = room.grow(8.0 * unit).sides();
    for p in &mut corners {
        *p = Point::new(p.x.clamp(l, r), p.y.clamp(t, b));
    }
    rounded(&hull(&corners), 20.0 * unit, 6)
}

/// Writes the names where they cover nothing, or as little as can be.
pub fn draw_names(canvas: &mut Canvas, picture: &Picture, placed: &Layout, room: Rect) -> Result<()> {
    let (unit, size) = (picture.sizes.page, 12.5 * picture.sizes.page);
    let outlines: Vec<Vec<Point>> = picture.blocs.iter().map(|b| outline(picture, placed, b, room)).collect();
    let mut taken: Vec<Rect> = placed.labels.iter().flatten().map(|l| l.rect).collect();
    for (mark, &at) in picture.marks.iter().zip(&placed.positions) {
        let half = mark.shape.half(mark.radius) + 2.0 * unit;
        taken.push(Rect::new(at, half, half));
    }
    // Among thousands of lines a name crosses some wherever it stands.
    let counted = if picture.lines.len() > 1_000 { &[] } else { &picture.lines[..] };
    let courses: Vec<Vec<Point>> = counted
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let curve = Curve::new(placed.positions[line.from], placed.positions[line.to], placed.bends[i]);
            (0..=8).map(|k| curve.at(f64::from(k) / 8.0)).collect()
        })
        .collect();
    canvas.open(&[("id", &"bloc-names")], None);
    let mut named: Vec<usize> = (0..picture.blocs.len()).collect();
    named.sort_by_key(|&k| (std::cmp::Reverse(picture.blocs[k].members.len()), k));
    named.truncate(MOST_NAMES);
    for k in named {
        let bloc = &picture.blocs[k];
        let name = shorten(&bloc.name, size, Weight::Bold, 0.3 * 2.0 * room.half.x);
        let half = Point::new(width(&name, size, Weight::Bold) / 2.0 + 2.0 * unit, 0.62 * size);
        let mut best: Option<(Rect, f64)> = None;
        for (rect, cost) in places(&outlines[k], half, unit) {
            let mut cost = cost + 30.0 * room.grow(6.0 * unit).sticking_out(rect) / size;
            cost += taken.iter().filter(|other| other.hits(rect)).count() as f64 * 12.0;
            let crossed = |course: &&Vec<Point>| course.windows(2).any(|w| rect.crossed_by(w[0], w[1]));
            cost += courses.iter().filter(crossed).count() as f64 * 1.5;
            let foreign = |(j, o): &(usize, &Vec<Point>)| *j != k && o.len() > 2 && meets(rect, o);
            cost += outlines.iter().enumerate().filter(foreign).count() as f64 * 8.0;
            if best.as_ref().is_none_or(|(_, c)| cost < *c) {
                best = Some((rect, cost));
            }
        }
        // A name that could only stand on a mark or a label stays in the tooltip.
        let Some((rect, _)) = best.filter(|(_, cost)| *cost < 12.0) else { continue };
        taken.push(rect);
        let colour = canvas.palette.area(bloc.number);
        let set = Type { size, weight: Weight::Bold, colour, anchor: Anchor::Middle };
        canvas.open(&[("class", &"bloc-name")], Some(&words::of_bloc(picture, bloc)));
        canvas.text_on_halo(&name, Point::new(rect.center.x, rect.center.y + 0.36 * size), set, 1.7 * unit)?;
        canvas.close();
    }
    canvas.close();
    Ok(())
}

/// Places outside an outline, all the way around it; above is best, below next.
fn places(outline: &[Point], half: Point, unit: f64) -> Vec<(Rect, f64)> {
    let n = outline.len();
    let mut all = Vec::new();
    for i in 0..n {
        let (a, b) = (outline[i], outline[(i + 1) % n]);
        let steps = (a.distance(b) / (12.0 * unit)).ceil().clamp(1.0, 60.0) as usize;
        let out = (b - a).quarter().unit() * -1.0;
        for k in 0..steps {
            let foot = a + (b - a) * (k as f64 / steps as f64);
            // The box stands on the outline with its side, or with its corner where the outline is slanted.
            let aside = Point::new((2.2 * out.x).clamp(-1.0, 1.0) * half.x, (2.2 * out.y).clamp(-1.0, 1.0) * half.y);
            let rect = Rect { center: foot + aside + out * (3.0 * unit), half };
            if meets(rect, outline) {
                continue;
            }
            let cost = if out.y < -0.7 {
                0.0
            } else if out.y > 0.7 {
                1.2
            } else {
                2.2
            };
            all.push((rect, cost + 0.3 * (1.0 + out.y)));
        }
    }
    all
}

fn meets(rect: Rect, outline: &[Point]) -> bool {
    crate::layout::geometry::gap(&rect.corners(), outline) < 0.0
}
