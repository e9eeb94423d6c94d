//! The legend of a timeline: what its marks mean, and no others.
//!
//! In: rows, the plan. Out: rows of samples at the foot of the page. Never here: marks that do not occur.

use super::super::canvas::{Anchor, Canvas, Type};
use super::super::text::{Weight, width};
use super::marks::{Form, mark};
use super::plan::Plan;
use super::rows::{Act, Timeline};
use super::words::period;
use crate::Result;
use crate::layout::geometry::{Point, Rect};

const FONT: f64 = 12.5;
const ROW: f64 = 23.0;
const SPACE: f64 = 24.0;
const SAMPLE: f64 = 12.0;

/// One sample and its words.
#[derive(Debug, Clone)]
struct Item {
    sample: Sample,
    words: String,
    at: Point,
}

#[derive(Debug, Clone, Copy)]
enum Sample {
    Mark(Form),
    Bars,
}

/// A laid-out legend.
pub struct Legend {
    items: Vec<Item>,
    unit: f64,
    /// Its height, the rule above it included.
    pub height: f64,
}

impl Legend {
    /// The legend of what is drawn, broken into rows no wider than `room`. Whether marks are bars is only known once
    /// there is a plan, which needs the legend's height: `bars` is `None` before, and one more row is kept free.
    pub fn new(timeline: &Timeline, plan: Option<&Plan>, unit: f64, room: f64) -> Self {
        let mut items: Vec<Item> = samples(timeline, plan)
            .into_iter()
            .map(|(sample, words)| Item { sample, words, at: Point::default() })
            .collect();
        let mut at = Point::new(0.0, ROW * 0.9 * unit);
        for item in &mut items {
            let wide = (SAMPLE + 7.0) * unit + width(&item.words, FONT * unit, Weight::Regular);
            if at.x > 0.0 && at.x + wide > room {
                at = Point::new(0.0, at.y + ROW * unit);
            }
            item.at = at;
            at.x += wide + SPACE * unit;
        }
        Self { items, unit, height: at.y + 14.0 * unit }
    }

    /// Draws it from its upper left corner on, with a rule of `wide` above.
    pub fn draw(&self, canvas: &mut Canvas, corner: Point, wide: f64) -> Result<()> {
        let unit = self.unit;
        canvas.open(&[("id", &"legend")], None);
        canvas.line(&[corner, corner + Point::new(wide, 0.0)], canvas.palette.rule, unit)?;
        for item in &self.items {
            let at = corner + item.at;
            match item.sample {
                Sample::Mark(form) => mark(canvas, form, at + Point::new(6.0, 0.0) * unit, 5.4 * unit)?,
                Sample::Bars => {
                    for (i, high) in [5.0, 11.0, 8.0].into_iter().enumerate() {
                        let (left, foot) = (at.x + 4.2 * i as f64 * unit, at.y + 5.5 * unit);
                        let bar = Rect::between(left, foot - high * unit, left + 3.4 * unit, foot);
                        canvas.area(&bar.corners(), canvas.palette.plain, 1.0)?;
                    }
                }
            }
            let set =
                Type { size: FONT * unit, weight: Weight::Regular, colour: canvas.palette.soft, anchor: Anchor::Start };
            canvas.text(&item.words, at + Point::new((SAMPLE + 7.0) * unit, 0.36 * FONT * unit), set)?;
        }
        canvas.close();
        Ok(())
    }
}

fn samples(timeline: &Timeline, plan: Option<&Plan>) -> Vec<(Sample, String)> {
    let any = |test: &dyn Fn(Form) -> bool| timeline.events().any(|e| test(Form::of(e)));
    let plain = |act: Act| Form { act, hedged: false, turned: false, later: false };
    let mut all = Vec::new();
    for (act, words) in [
        (Act::Support, "support, above the line"),
        (Act::Oppose, "opposition, below it"),
        (Act::Invite, "invitation, on it"),
        (Act::Withhold, "invitation withheld"),
    ] {
        if any(&|form| form.act == act) {
            all.push((Sample::Mark(plain(act)), words.to_owned()));
        }
    }
    let example = all.first().map_or(Act::Support, |(sample, _)| match sample {
        Sample::Mark(form) => form.act,
        Sample::Bars => Act::Support,
    });
    if let Some(step) = plan.and_then(|plan| plan.step) {
        all.push((Sample::Bars, format!("each bar: the statements of {}; a number: how many", period(step))));
    }
    if any(&|form| form.hedged) {
        all.push((
            Sample::Mark(Form { hedged: true, ..plain(example) }),
            "hollow: conditional, alleged or possible".to_owned(),
        ));
    }
    if plan.is_some_and(|plan| plan.step.is_some()) {
        return all;
    }
    if any(&|form| form.later) {
        all.push((Sample::Mark(Form { later: true, ..plain(example) }), "small: by one who did so before".to_owned()));
    }
    if let Some(event) = timeline.events().find(|e| e.turned_from.is_some()) {
        all.push((Sample::Mark(Form::of(event)), "changes sides".to_owned()));
    }
    all
}
