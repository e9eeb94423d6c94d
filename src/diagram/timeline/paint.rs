//! Draws a planned timeline.
//!
//! In: rows and their plan. Out: the axis, and one group a row with its name, its line, its marks or bars, and names.
//! Never here: where anything goes but for the names beside marks.

use super::super::canvas::{Anchor, Canvas, Type};
use super::super::marks::FADED;
use super::super::text::{Weight, shorten, wrap};
use super::labels::{LEADING, Placed, Wanted, place};
use super::marks::{Form, mark};
use super::plan::{Bar, Plan, Side, Strip};
use super::rows::{About, Act, Event, Row, Timeline};
use super::words;
use crate::Result;
use crate::layout::geometry::{Point, Rect};
use crate::network::Network;
use petgraph::graph::NodeIndex;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Names tried in a row; more have no room.
const MOST_NAMES: usize = 150;
/// More changes of sides in one row are not joined by lines to where they come from.
const MOST_TURNS: usize = 8;

/// Longest name, in font sizes.
const LONGEST: f64 = 17.0;

/// Whether an event is worth a name: the first of its actor on this side, or a change of sides. Where a row is of many
/// matters, names would not say on which.
pub fn wants_name(row: &Row, event: &Event) -> bool {
    !matches!(row.about, About::Rest(..)) && (event.first || event.turned_from.is_some())
}

/// Everybody but those who are highlighted, where somebody is.
pub fn faded(network: &Network, highlight: &[String]) -> BTreeSet<NodeIndex> {
    let chosen = |name: &str| highlight.iter().any(|wanted| wanted.trim().to_lowercase() == name.to_lowercase());
    let others = network.graph.node_indices().filter(|&node| !chosen(&network.graph[node].name));
    if highlight.is_empty() { BTreeSet::new() } else { others.collect() }
}

/// Draws everything but the frame and the legend. The marks of some are faded.
pub fn draw(
    canvas: &mut Canvas,
    (network, faded): (&Network, &BTreeSet<NodeIndex>),
    timeline: &Timeline,
    plan: &Plan,
    unit: f64,
) -> Result<()> {
    axis(canvas, plan, unit)?;
    let mut activity: BTreeMap<NodeIndex, usize> = BTreeMap::new();
    for event in timeline.events() {
        *activity.entry(event.actor).or_default() += 1;
    }
    for (r, (row, strip)) in timeline.rows.iter().zip(&plan.strips).enumerate() {
        let kind = match row.about {
            About::Matter(_) => "row matter",
            About::Actor(_) => "row target",
            About::Rest(..) => "row rest",
        };
        canvas.open(
            &[
                ("id", &format!("row-{r}")),
                ("class", &kind),
                ("data-name", &row.name),
                ("data-statements", &row.events.len()),
            ],
            Some(&words::of_row(network, row)),
        );
        head(canvas, row, strip, plan, r, unit)?;
        let here = Strokes { canvas, network, faded, row, strip, plan, unit };
        here.draw(r, &activity)?;
        canvas.close();
    }
    Ok(())
}

/// Lines at the ticks through all rows, and their words.
fn axis(canvas: &mut Canvas, plan: &Plan, unit: f64) -> Result<()> {
    let size = 11.5 * unit;
    let (_, top, _, _) = plan.room.sides();
    let bottom = plan.strips.last().map_or(top, |strip| strip.bottom);
    let right = plan.room.sides().2;
    canvas.open(&[("id", &"axis")], None);
    canvas.line(&[Point::new(plan.left, bottom), Point::new(right, bottom)], canvas.palette.plain, 0.9 * unit)?;
    for tick in plan.scale.ticks(size) {
        if !tick.middle {
            canvas.line(&[Point::new(tick.x, top), Point::new(tick.x, bottom)], canvas.palette.rule, 0.5 * unit)?;
        }
        canvas.line(
            &[Point::new(tick.x, bottom), Point::new(tick.x, bottom + 5.0 * unit)],
            canvas.palette.plain,
            0.9 * unit,
        )?;
        let anchor = if tick.middle { Anchor::Middle } else { Anchor::Start };
        let set = |weight| Type { size, weight, colour: canvas.palette.soft, anchor };
        let (label, below) = (set(Weight::Regular), set(Weight::Bold));
        canvas.text(&tick.label, Point::new(tick.x, bottom + 17.0 * unit), label)?;
        if !tick.below.is_empty() {
            canvas.text(&tick.below, Point::new(tick.x, bottom + 32.0 * unit), below)?;
        }
    }
    canvas.close();
    Ok(())
}

/// The row's name and counts, and its line.
fn head(canvas: &mut Canvas, row: &Row, strip: &Strip, plan: &Plan, r: usize, unit: f64) -> Result<()> {
    let (left, _, right, _) = plan.room.sides();
    if r > 0 {
        canvas.line(&[Point::new(left, strip.top), Point::new(right, strip.top)], canvas.palette.rule, 0.8 * unit)?;
    }
    canvas.line(
        &[Point::new(plan.left, strip.axis), Point::new(right, strip.axis)],
        canvas.palette.plain,
        0.9 * unit,
    )?;
    let (size, small) = (13.0 * unit, 11.2 * unit);
    let set = |size, weight, colour| Type { size, weight, colour, anchor: Anchor::Start };
    let room = plan.left - left - 12.0 * unit;
    let lines = (((strip.bottom - strip.top) / unit - 22.0) / 15.0).clamp(1.0, 3.0) as usize;
    let mut y = strip.top + 4.0 * unit;
    for line in wrap(&words::heading(row), size, Weight::Bold, room, lines) {
        y += 15.0 * unit;
        canvas.text(&line, Point::new(left, y), set(size, Weight::Bold, canvas.palette.ink))?;
    }
    for line in wrap(&words::tally(row), small, Weight::Regular, room, 2) {
        y += 14.0 * unit;
        if y < strip.bottom {
            canvas.text(&line, Point::new(left, y), set(small, Weight::Regular, canvas.palette.soft))?;
        }
    }
    Ok(())
}

/// One row being drawn.
struct Strokes<'a> {
    canvas: &'a mut Canvas,
    network: &'a Network,
    faded: &'a BTreeSet<NodeIndex>,
    row: &'a Row,
    strip: &'a Strip,
    plan: &'a Plan,
    unit: f64,
}

impl Strokes<'_> {
    fn draw(mut self, r: usize, activity: &BTreeMap<NodeIndex, usize>) -> Result<()> {
        let size = if self.plan.mark > 11.0 * self.unit { 12.5 } else { 11.2 } * self.unit;
        let boxes: Vec<Rect> = match self.plan.step {
            None => self.row.events.iter().zip(&self.strip.dots).map(|(e, at)| self.box_of(e, *at)).collect(),
            Some(_) => self.strip.bars.iter().map(|bar| bar.rect).collect(),
        };
        let turns = self.turns();
        let wanted = self.wanted(activity, size);
        let names: Vec<Placed> = place(&wanted, &boxes, &turns, size).into_iter().flatten().collect();
        self.leaders(&names, &turns)?;
        match self.plan.step {
            None => self.dots()?,
            Some(step) => {
                for (b, bar) in self.strip.bars.iter().enumerate() {
                    let period = step.name(bar.begin);
                    self.canvas.open(
                        &[
                            ("id", &format!("bar-{r}-{b}")),
                            ("class", &words::class(bar.act, None)),
                            ("data-statements", &bar.events.len()),
                            ("data-relation", &bar.act.relation()),
                            ("data-period", &period),
                        ],
                        Some(&words::of_bar(self.network, self.row, bar, step)),
                    );
                    self.bar(bar)?;
                    self.canvas.close();
                }
            }
        }
        self.names(&names, size)
    }

    /// The box of an event's mark.
    fn box_of(&self, event: &Event, at: Point) -> Rect {
        let half = Form::of(event).radius(0.5 * self.plan.mark);
        Rect::new(at, half, half)
    }

    /// Names that are wanted: changes of sides first, then the most active.
    fn wanted(&self, activity: &BTreeMap<NodeIndex, usize>, size: f64) -> Vec<Wanted> {
        let (_, _, right, _) = self.plan.room.sides();
        let bounds = |side: Side| {
            let gap = 1.5 * self.unit;
            let (top, bottom) = match side {
                Side::Above => (self.strip.top, self.strip.axis),
                Side::On => (self.strip.top, self.strip.bottom),
                Side::Below => (self.strip.axis, self.strip.bottom),
            };
            Rect::between(self.plan.left, top + gap, right, bottom - gap)
        };
        let wanted = |side: Side, rect: Rect, ways: Vec<Vec<String>>, weight: Weight| Wanted {
            at: rect.center,
            half: rect.half,
            ways,
            weight,
            // The row's line would run through it.
            beside: side != Side::On,
            up: side != Side::Below,
            down: side != Side::Above,
            far: true,
            bounds: bounds(side),
        };
        let mut bar_of = vec![None; self.row.events.len()];
        let mut tallest: BTreeMap<Side, (usize, usize)> = BTreeMap::new();
        for (b, bar) in self.strip.bars.iter().enumerate() {
            bar.events.iter().for_each(|&i| bar_of[i] = Some(bar.rect));
            let most = tallest.entry(Side::of(bar.act)).or_insert((0, b));
            if bar.events.len() > most.0 {
                *most = (bar.events.len(), b);
            }
        }
        // A number on a bar of one or two says nothing.
        let numbers = tallest.into_iter().filter(|(_, (n, _))| *n > 2).map(|(side, (n, b))| {
            let words = super::super::words::number(n);
            wanted(side, self.strip.bars[b].rect, vec![vec![words]], Weight::Bold)
        });
        let mut order: Vec<usize> =
            (0..self.row.events.len()).filter(|&i| wants_name(self.row, &self.row.events[i])).collect();
        order.retain(|&i| !self.faded.contains(&self.row.events[i].actor));
        order.sort_by_key(|&i| {
            let event = &self.row.events[i];
            let active = activity.get(&event.actor).copied().unwrap_or(0);
            (event.turned_from.is_none(), Reverse(active), event.actor, i)
        });
        let names = order.into_iter().take(MOST_NAMES).filter_map(|i| {
            let event = &self.row.events[i];
            let rect = match self.plan.step {
                None => self.box_of(event, *self.strip.dots.get(i)?),
                Some(_) => bar_of[i]?,
            };
            let (ways, weight) = if event.turned_from.is_some() {
                let [name, turn] = words::turn_in_two(self.network, event);
                let name = shorten(&name, size, Weight::Bold, LONGEST * size);
                (vec![vec![format!("{name} {turn}")], vec![name, turn]], Weight::Bold)
            } else {
                let name = words::name(self.network, event.actor);
                let one = vec![shorten(&name, size, Weight::Regular, LONGEST * size)];
                let two = wrap(&name, size, Weight::Regular, LONGEST * size, 2);
                let ways = match name.chars().count() {
                    _ if one[0] != name => vec![two, one],
                    14.. => vec![one, wrap(&name, size, Weight::Regular, 0.6 * LONGEST * size, 2)],
                    _ => vec![one],
                };
                (ways, Weight::Regular)
            };
            Some(wanted(Side::of(event.act), rect, ways, weight))
        });
        numbers.chain(names).collect()
    }

    /// Lines from where somebody stood before to the mark of the change; none where there are many changes.
    fn turns(&self) -> Vec<(Point, Point)> {
        let dots = &self.strip.dots;
        let shown = |event: &Event| !self.faded.contains(&event.actor);
        let turn = |(event, &at): (&Event, &Point)| Some((*dots.get(event.turned_from.filter(|_| shown(event))?)?, at));
        let turns: Vec<(Point, Point)> = self.row.events.iter().zip(dots).filter_map(turn).collect();
        if turns.len() > MOST_TURNS { Vec::new() } else { turns }
    }

    /// Lines of changes, and from names to their marks.
    fn leaders(&mut self, names: &[Placed], turns: &[(Point, Point)]) -> Result<()> {
        let (unit, plain) = (self.unit, self.canvas.palette.plain);
        for &(from, to) in turns {
            self.canvas.open(&[("class", &"turn"), ("opacity", &"0.7")], None);
            self.canvas.line(&[from, to], plain, 0.9 * unit)?;
            self.canvas.close();
        }
        for (from, to) in names.iter().filter_map(|name| name.leader) {
            self.canvas.line(&[from, to], plain, 0.6 * unit)?;
        }
        Ok(())
    }

    fn dots(&mut self) -> Result<()> {
        for (event, &at) in self.row.events.iter().zip(&self.strip.dots) {
            let best = event.statements.first().copied().unwrap_or(0);
            let holder = words::name(self.network, event.actor);
            let document = self.network.statements.get(best).map_or("", |s| s.document.as_str());
            self.canvas.open(
                &[
                    ("id", &format!("statement-{best}")),
                    ("class", &words::class(event.act, Some(event))),
                    ("data-holder", &holder),
                    ("data-relation", &event.act.relation()),
                    ("data-date", &event.date),
                    ("data-document", &document),
                    ("data-statements", &event.statements.len()),
                    ("opacity", if self.faded.contains(&event.actor) { &FADED } else { &"" }),
                ],
                Some(&words::of_event(self.network, self.row, event)),
            );
            mark(self.canvas, Form::of(event), at, 0.5 * self.plan.mark)?;
            self.canvas.close();
        }
        Ok(())
    }

    /// A bar; what is hedged is hollow, at its far end.
    fn bar(&mut self, bar: &Bar) -> Result<()> {
        let colour = self.canvas.palette.relation(bar.act.relation());
        self.canvas.area(&bar.rect.corners(), colour, 1.0)?;
        if bar.hedged > 0 {
            let (l, t, r, b) = bar.rect.sides();
            let part = (b - t) * bar.hedged as f64 / bar.events.len().max(1) as f64;
            let line = (0.18 * (r - l)).min(0.9 * self.unit).min(0.3 * part);
            let (top, bottom) = if bar.act == Act::Oppose { (b - part, b) } else { (t, t + part) };
            let hole = Rect::between(l + line, top + line, r - line, bottom - line);
            self.canvas.area(&hole.corners(), self.canvas.palette.paper, 1.0)?;
        }
        Ok(())
    }

    fn names(&mut self, names: &[Placed], size: f64) -> Result<()> {
        for name in names {
            let (left, top, right, _) = name.rect.sides();
            let (anchor, x) = match name.side {
                1 => (Anchor::Start, left),
                -1 => (Anchor::End, right),
                _ => (Anchor::Middle, name.rect.center.x),
            };
            let colour = self.canvas.palette.ink;
            let set = Type { size, weight: name.weight, colour, anchor };
            self.canvas.open(&[("class", &"label")], None);
            for (k, line) in name.lines.iter().enumerate() {
                let y = top + (k as f64 * LEADING + 0.9) * size;
                self.canvas.text_on_halo(line, Point::new(x, y), set, 1.4 * self.unit)?;
            }
            self.canvas.close();
        }
        Ok(())
    }
}
