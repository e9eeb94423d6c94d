//! The legend: what the marks, lines and areas of this picture mean, and no others.
//!
//! In: a picture. Out: rows of samples at the foot of the page, drawn by the same code as what they explain. Never
//! here: marks that do not occur.

use super::canvas::{Anchor, Canvas, Type};
use super::lines::{Look, Port, stroke};
use super::marks::shape;
use super::picture::{Picture, Shape};
use super::samples::{FONT, Samples};
use super::style::Sizes;
use super::text::Weight;
use crate::Result;
use crate::layout::geometry::{Curve, Point, Rect};
use crate::statement::Relation;

/// What a sample shows.
#[derive(Debug, Clone, Copy)]
enum Sample {
    Line(Look),
    Mark(Shape),
    /// A small and a large mark.
    Sizes,
    /// A line of each width, and what one counts for.
    Widths(&'static [u32], f64),
    Area(usize),
}

/// A laid-out legend.
#[derive(Debug)]
pub struct Legend {
    rows: Samples<Sample>,
    sizes: Sizes,
    /// Its height, the rule above it included.
    pub height: f64,
}

const ROW: f64 = 23.0;
const SPACE: f64 = 22.0;

impl Legend {
    /// The legend of a picture, broken into rows no wider than `room`.
    pub fn new(picture: &Picture, room: f64) -> Self {
        // Samples look the same on every page, however small the marks on it are.
        let mut sizes = Sizes::new(1.0, 1.0, 1, 1);
        let unit = picture.sizes.page;
        sizes.page = unit;
        sizes.line = 1.5 * unit;
        sizes.head = 9.5 * unit;
        let all = samples(picture, &sizes).into_iter().map(|(sample, words)| (sample, words.to_owned())).collect();
        let rows = Samples::new(all, (ROW, SPACE), |sample| breadth(*sample) + 8.0, unit, room);
        Self { height: rows.height, rows, sizes }
    }

    /// Draws it from its upper left corner on, with a rule of `wide` above.
    pub fn draw(&self, canvas: &mut Canvas, corner: Point, wide: f64) -> Result<()> {
        self.rows.draw(canvas, "legend", (corner, wide), |canvas, sample, at| self.sample(canvas, *sample, at))
    }

    fn sample(&self, canvas: &mut Canvas, sample: Sample, at: Point) -> Result<()> {
        let (unit, sizes, palette) = (self.sizes.page, &self.sizes, canvas.palette);
        let (plain, loner) = (palette.plain, palette.loner);
        let wide = breadth(sample) * unit;
        let line = |canvas: &mut Canvas, from: f64, to: f64, look: Look| {
            let curve = Curve::new(at + Point::new(from, 0.0), at + Point::new(to, 0.0), 0.0);
            let port = Port { shape: Shape::Dot, radius: 0.0, gap: 0.0 };
            stroke(canvas, curve, port, port, look, sizes)
        };
        match sample {
            Sample::Line(look) => line(canvas, 0.0, wide, look),
            Sample::Mark(which) => {
                let radius = if which == Shape::Dot { 4.0 } else { 7.0 } * unit;
                shape(
                    canvas,
                    which,
                    at + Point::new(wide / 2.0, 0.0),
                    radius,
                    if which == Shape::Dot { plain } else { loner },
                )
            }
            Sample::Sizes => {
                shape(canvas, Shape::Circle, at + Point::new(5.0, 0.0) * unit, 5.0 * unit, loner)?;
                shape(canvas, Shape::Circle, at + Point::new(21.0, 0.0) * unit, 8.5 * unit, loner)
            }
            Sample::Widths(counts, each) => {
                let step = wide / counts.len() as f64;
                for (i, &count) in counts.iter().enumerate() {
                    let look = Look {
                        relation: None,
                        hedged: false,
                        withheld: false,
                        mutual: false,
                        width: sizes.width(count),
                    };
                    let from = at + Point::new(i as f64 * step, 0.0);
                    canvas.line(&[from, from + Point::new(24.0 * unit, 0.0)], plain, look.width)?;
                    let set = Type {
                        size: FONT * unit,
                        weight: Weight::Regular,
                        colour: canvas.palette.soft,
                        anchor: Anchor::Start,
                    };
                    let words = from + Point::new(28.0 * unit, 0.36 * FONT * unit);
                    canvas.text(&amount(count, each), words, set)?;
                }
                Ok(())
            }
            Sample::Area(bloc) => {
                let area = Rect::new(at + Point::new(wide / 2.0, 0.0), wide / 2.0, 8.0 * unit);
                let outline = super::marks::rounded(&area.corners(), 6.0 * unit, 4);
                canvas.area(&outline, palette.area(bloc), 1.6 * palette.tint)
            }
        }
    }
}

/// Width of a sample at page size 1.
fn breadth(sample: Sample) -> f64 {
    match sample {
        Sample::Line(look) if look.withheld => 46.0,
        Sample::Line(_) => 36.0,
        Sample::Mark(Shape::Dot) => 9.0,
        Sample::Mark(_) => 16.0,
        Sample::Sizes => 30.0,
        Sample::Widths(counts, each) => {
            let longest = counts.iter().map(|&c| amount(c, each).len()).max().unwrap_or(1) as f64;
            (34.0 + 8.0 * longest) * counts.len() as f64
        }
        Sample::Area(_) => 26.0,
    }
}

/// So many times `each`, in few digits.
fn amount(count: u32, each: f64) -> String {
    let value = f64::from(count) * each;
    if (value.fract() == 0.0 || value >= 10.0) && value < 1e15 {
        let value = value.round();
        return super::words::number(value as usize);
    }
    let digits = (2 - libm::floor(libm::log10(value.abs().max(1e-300))) as i32).clamp(0, 9) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// What occurs in a picture, in the legend's order.
fn samples(picture: &Picture, sizes: &Sizes) -> Vec<(Sample, &'static str)> {
    let look = |relation: Option<Relation>, hedged, withheld| Look {
        relation,
        hedged,
        withheld,
        mutual: false,
        width: if hedged {
            1.5
        } else if relation.is_none() {
            0.6
        } else {
            1.2
        } * sizes.line,
    };
    let any = |test: &dyn Fn(&super::picture::Line) -> bool| picture.lines.iter().any(test);
    let mut all = Vec::new();
    for (relation, words) in
        [(Relation::Support, "supports"), (Relation::Oppose, "opposes"), (Relation::Invite, "invites")]
    {
        if any(&|l| l.relation == Some(relation) && !l.withheld) {
            all.push((Sample::Line(look(Some(relation), false, false)), words));
        }
    }
    if any(&|l| l.withheld) {
        all.push((Sample::Line(look(Some(Relation::Invite), false, true)), "withholds an invitation"));
    }
    if any(&|l| l.hedged) {
        all.push((Sample::Line(look(None, true, false)), "dotted: conditional, alleged or possible"));
    }
    if any(&|l| l.relation.is_none()) {
        all.push((Sample::Line(look(None, false, false)), "whose matter it is"));
    }
    for (which, words) in [
        (Shape::Circle, "country"),
        (Shape::Square, "institution"),
        (Shape::Diamond, "person"),
        (Shape::Dot, "matter that stances are about"),
    ] {
        let told = picture.kinds || which == Shape::Dot;
        if told && picture.marks.iter().any(|m| m.shape == which) {
            all.push((Sample::Mark(which), words));
        }
    }
    let radii = picture.marks.iter().filter(|m| m.shape != Shape::Dot).map(|m| m.radius);
    let (least, most) = radii.fold((f64::INFINITY, 0.0_f64), |(l, h), r| (l.min(r), h.max(r)));
    if most > 1.15 * least {
        let words = match (picture.counted, picture.groups.is_empty()) {
            (_, false) => "larger: more actors",
            (true, _) => "larger: more statements",
            (false, _) => "larger: more weight in its ties",
        };
        all.push((Sample::Sizes, words));
    }
    let direct = picture.lines.iter().filter(|l| l.relation.is_some());
    let (exact, open) =
        if picture.counted { ("statements", "statements and more") } else { ("weight", "weight and more") };
    let widths: Option<(&[u32], &str)> = match direct.map(|l| l.statements).max().unwrap_or(0) {
        0 | 1 => None,
        2..=3 => Some((&[1, 2], exact)),
        4..=6 => Some((&[1, 2, 4], exact)),
        _ => Some((&[1, 3, 9], open)),
    };
    if let Some((counts, words)) = widths {
        all.push((Sample::Widths(counts, picture.unit), words));
    }
    if let Some(bloc) = picture.blocs.first() {
        all.push((Sample::Area(bloc.number), "actors who stand together"));
    }
    all
}
