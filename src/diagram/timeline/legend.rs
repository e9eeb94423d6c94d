//! The legend of a timeline: what its marks mean, and no others.
//!
//! In: rows, the plan. Out: rows of samples at the foot of the page. Never here: marks that do not occur.

use super::super::canvas::Canvas;
use super::super::samples::Samples;
use super::marks::{Form, mark};
use super::plan::Plan;
use super::rows::{Act, Timeline};
use super::words::period;
use crate::Result;
use crate::layout::geometry::{Point, Rect};

const ROW: f64 = 23.0;
const SPACE: f64 = 24.0;
const SAMPLE: f64 = 12.0;

#[derive(Debug, Clone, Copy)]
enum Sample {
    Mark(Form),
    /// A large mark and a small one.
    Later(Form),
    /// A bar of the mark's colour.
    Bar(Form),
    Bars,
    /// No sample: words alone.
    Name,
}

impl Sample {
    /// Width at page size 1, with the space before the words.
    fn breadth(self) -> f64 {
        match self {
            Self::Mark(_) | Self::Bar(_) | Self::Bars => SAMPLE + 7.0,
            Self::Later(_) => SAMPLE + 18.0,
            Self::Name => 0.0,
        }
    }
}

/// A laid-out legend.
pub struct Legend {
    rows: Samples<Sample>,
    unit: f64,
    /// Its height, the rule above it included.
    pub height: f64,
}

impl Legend {
    /// The legend of what is drawn, broken into rows no wider than `room`. Whether marks are bars is only known once
    /// there is a plan, which needs the legend's height: `bars` is `None` before, and one more row is kept free.
    pub fn new(timeline: &Timeline, plan: Option<&Plan>, unit: f64, room: f64) -> Self {
        let rows = Samples::new(samples(timeline, plan), (ROW, SPACE), |sample| sample.breadth(), unit, room);
        Self { height: rows.height, rows, unit }
    }

    /// Draws it from its upper left corner on, with a rule of `wide` above.
    pub fn draw(&self, canvas: &mut Canvas, corner: Point, wide: f64) -> Result<()> {
        let unit = self.unit;
        self.rows.draw(canvas, "legend", (corner, wide), |canvas, sample, at| {
            match *sample {
                Sample::Name => {}
                Sample::Mark(form) => mark(canvas, form, at + Point::new(6.0, 0.0) * unit, 5.4 * unit)?,
                Sample::Later(form) => {
                    mark(canvas, form, at + Point::new(6.0, 0.0) * unit, 5.4 * unit)?;
                    let later = Form { later: true, ..form };
                    mark(canvas, later, at + Point::new(18.0, 0.0) * unit, 5.4 * unit)?;
                }
                Sample::Bar(form) => {
                    let bar = Rect::new(at + Point::new(6.0, 0.0) * unit, 4.0 * unit, 5.5 * unit);
                    canvas.area(&bar.corners(), canvas.palette.relation(form.act.relation()), 1.0)?;
                    if form.hedged {
                        canvas.area(&bar.grow(-0.9 * unit).corners(), canvas.palette.paper, 1.0)?;
                    }
                }
                Sample::Bars => {
                    for (i, high) in [5.0, 11.0, 8.0].into_iter().enumerate() {
                        let (left, foot) = (at.x + 4.2 * i as f64 * unit, at.y + 5.5 * unit);
                        let bar = Rect::between(left, foot - high * unit, left + 3.4 * unit, foot);
                        canvas.area(&bar.corners(), canvas.palette.plain, 1.0)?;
                    }
                }
            }
            Ok(())
        })
    }
}

fn samples(timeline: &Timeline, plan: Option<&Plan>) -> Vec<(Sample, String)> {
    let any = |test: &dyn Fn(Form) -> bool| timeline.events().any(|e| test(Form::of(e)));
    let plain = |act: Act| Form { act, hedged: false, turned: false, later: false };
    let bars = plan.is_some_and(|plan| plan.step.is_some());
    let sample = |form: Form| if bars { Sample::Bar(form) } else { Sample::Mark(form) };
    let mut all = Vec::new();
    for (act, words) in [
        (Act::Support, "support, above the line"),
        (Act::Oppose, "opposition, below it"),
        (Act::Invite, "invitation, on it"),
        (Act::Withhold, "invitation withheld"),
    ] {
        if any(&|form| form.act == act) {
            all.push((sample(plain(act)), words.to_owned()));
        }
    }
    let example = all.first().map_or(Act::Support, |(sample, _)| match sample {
        Sample::Mark(form) | Sample::Bar(form) => form.act,
        _ => Act::Support,
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
    if bars {
        all.push((Sample::Name, "a name: the actor's first on that side".to_owned()));
    } else if any(&|form| form.later) {
        all.push((Sample::Later(plain(example)), "an actor's first on that side, and later ones".to_owned()));
    }
    if let Some(event) = timeline.events().find(|e| e.turned_from.is_some() && !bars) {
        all.push((Sample::Mark(Form::of(event)), "changes sides".to_owned()));
    }
    all
}
