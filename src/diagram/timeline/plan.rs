//! Where rows, marks and bars go.
//!
//! In: rows and the room for them. Out: a [`Plan`]. Marks are dots, stacked where several fall on one place, as large as
//! there is room for; where there are too many, they become bars. Never here: names beside marks, drawing.

use super::axis::{Scale, Step};
use super::rows::{Act, Event, Row, Timeline};
use crate::layout::geometry::{Point, Rect};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// More marks than this are drawn as bars.
const MOST_DOTS: usize = 1_500;
/// Marks and the space from one to the next in a stack, at page size 1, the best first: so that a name fits beside each,
/// then closer and smaller.
pub const PITCHES: [(f64, f64); 7] =
    [(12.0, 17.0), (10.0, 14.5), (10.0, 11.0), (8.5, 9.3), (7.0, 7.6), (5.6, 6.1), (4.5, 5.0)];
/// How many of [`PITCHES`] are tried before rows are given up.
pub const COMFORTABLE: usize = 4;
/// Marks larger than this are for rows of [`FEW_NAMES`] on either side.
const MIDDLING: f64 = 10.0;
const FEW_NAMES: usize = 7;
/// Least width of a bar, at page size 1.
const LEAST_BAR: f64 = 6.0;
/// Least height of a row, at page size 1.
pub const LEAST_ROW: f64 = 64.0;
/// Space between a row's line and the marks nearest to it.
const CLEAR: f64 = 3.0;
/// Height that a line of names takes.
pub const LINE: f64 = 13.5;

/// Where a mark is in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Above the line: support.
    Above,
    /// On it: invitations.
    On,
    /// Below it: opposition.
    Below,
}

/// A row on the page.
#[derive(Debug, Clone)]
pub struct Strip {
    /// Its upper side.
    pub top: f64,
    /// Its lower side.
    pub bottom: f64,
    /// Its line.
    pub axis: f64,
    /// The middle of each event's mark; of none where there are bars.
    pub dots: Vec<Point>,
    /// Bars, by side and time.
    pub bars: Vec<Bar>,
}

/// All events of one act in one period.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What they do.
    pub act: Act,
    /// First day of the period.
    pub begin: Date,
    /// Its box.
    pub rect: Rect,
    /// Indices into [`Row::events`].
    pub events: Vec<usize>,
    /// How many of them are hedged.
    pub hedged: usize,
}

/// The whole.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Days across.
    pub scale: Scale,
    /// From the left of the row's names to the right of the last day, from the first row to the axis.
    pub room: Rect,
    /// Where days begin.
    pub left: f64,
    /// One for each row.
    pub strips: Vec<Strip>,
    /// Width of a mark; the first of an actor is that large, others are smaller.
    pub mark: f64,
    /// The period of a bar, where there are bars.
    pub step: Option<Step>,
}

/// Indices into [`Row::events`] by where and when.
type Bins = BTreeMap<(Side, Date, Act), Vec<usize>>;

/// What a row needs in height: marks above, around and below the line.
#[derive(Debug, Clone, Default)]
struct Need {
    /// Place of each event in its stack: aside, and which from the line.
    slots: Vec<(f64, usize)>,
    /// Levels of [`Side::Above`], [`Side::On`] and [`Side::Below`].
    levels: [usize; 3],
    /// Names wanted on each.
    names: [usize; 3],
}

impl Side {
    /// Where an act is drawn.
    pub fn of(act: Act) -> Self {
        match act {
            Act::Support => Self::Above,
            Act::Invite | Act::Withhold => Self::On,
            Act::Oppose => Self::Below,
        }
    }
}

impl Plan {
    /// Plans a timeline with dots; `None` where there are too many, or no events. `unit` is the page's; `named` says which
    /// events want a name.
    pub fn dots(
        timeline: &Timeline,
        room: Rect,
        unit: f64,
        (pitches, named): (&[(f64, f64)], impl Fn(&Row, &Event) -> bool),
    ) -> Option<Self> {
        if timeline.events().count() > MOST_DOTS {
            return None;
        }
        let (scale, left) = Self::across(timeline, room, unit)?;
        let (_, top, _, bottom) = room.sides();
        let high = bottom - top;
        for &(mark, pitch) in pitches {
            let (wide, pitch) = ((mark + 0.6) * unit, pitch * unit);
            let cap = ((0.75 * high / timeline.rows.len().max(1) as f64 / pitch) as usize).max(3);
            let needs: Option<Vec<Need>> =
                timeline.rows.iter().map(|row| need(row, &scale, (wide, cap, unit), &named)).collect();
            let Some(needs) = needs else { continue };
            if mark > MIDDLING && needs.iter().flat_map(|need| need.names).any(|names| names > FEW_NAMES) {
                continue;
            }
            let Some(strips) = share(&needs, pitch, top, high, unit) else { continue };
            let strips = strips.into_iter().zip(&timeline.rows).zip(&needs).map(|((mut strip, row), need)| {
                strip.dots = dots(row, need, &strip, &scale, pitch, unit);
                strip
            });
            return Some(Self { scale, room, left, strips: strips.collect(), mark: mark * unit, step: None });
        }
        None
    }

    /// Plans a timeline with bars; `None` where there are no events.
    pub fn bars(timeline: &Timeline, room: Rect, unit: f64, named: impl Fn(&Row, &Event) -> bool) -> Option<Self> {
        let (scale, left) = Self::across(timeline, room, unit)?;
        let (first, last) = timeline.extent()?;
        let (_, top, _, bottom) = room.sides();
        let high = bottom - top;
        let step = Step::ALL.into_iter().find(|s| s.days() * scale.day >= LEAST_BAR * unit);
        let step = step.unwrap_or(Step::Years(10_000));
        let bins: Vec<Bins> = timeline.rows.iter().map(|row| bins(row, step)).collect();
        let needs: Vec<Need> = timeline.rows.iter().zip(&bins).map(|(row, bins)| tally(row, bins, &named)).collect();
        // The largest pitch at which all bars have room, found by halving.
        let (mut pitch, mut above) = (0.0, 12.0 * unit);
        for _ in 0..40 {
            let middle = 0.5 * (pitch + above);
            if share(&needs, middle, top, high, unit).is_some() { pitch = middle } else { above = middle }
        }
        let strips = share(&needs, pitch, top, high, unit).or_else(|| share(&needs, 0.0, top, f64::MAX, unit))?;
        let end = scale.start(last) + scale.day;
        let across = |begin: Date| {
            let next = step.next(begin).map_or(end, |next| scale.start(next).min(end));
            (scale.start(begin.max(first)), next)
        };
        let strips = strips.into_iter().zip(&timeline.rows).zip(bins.iter().zip(&needs));
        let strips = strips.map(|((mut strip, row), (bins, need))| {
            strip.bars = bars(row, bins, (&strip, need.levels[1]), pitch, unit, across);
            strip
        });
        Some(Self { scale, room, left, strips: strips.collect(), mark: 7.0 * unit, step: Some(step) })
    }

    /// The days, and where they begin: to the right of the names of rows.
    fn across(timeline: &Timeline, room: Rect, unit: f64) -> Option<(Scale, f64)> {
        let (first, last) = timeline.extent()?;
        let (left, _, right, _) = room.sides();
        let names = (0.2 * (right - left)).clamp(96.0 * unit, 220.0 * unit).min(0.4 * (right - left));
        let begin = left + names;
        let rim = 9.0 * unit;
        Some((Scale::new(first, last, begin + rim, (right - rim).max(begin + 2.0 * rim)), begin))
    }
}

/// Stacks a row's events; `None` where a stack grows higher than the cap.
fn need(
    row: &Row,
    scale: &Scale,
    (wide, cap, unit): (f64, usize, f64),
    named: &impl Fn(&Row, &Event) -> bool,
) -> Option<Need> {
    let mut need = Need { slots: vec![(0.0, 0); row.events.len()], ..Need::default() };
    for side in [Side::Above, Side::On, Side::Below] {
        let of: Vec<usize> = (0..row.events.len()).filter(|&i| Side::of(row.events[i].act) == side).collect();
        let slots = if scale.day >= 2.0 * wide {
            columns(row, &of, scale, wide, cap, unit)?
        } else {
            heaps(of.iter().map(|&i| scale.middle(row.events[i].date)), wide)
        };
        for (&i, slot) in of.iter().zip(&slots) {
            need.slots[i] = *slot;
            need.levels[side as usize] = need.levels[side as usize].max(slot.1 + 1);
            need.names[side as usize] += usize::from(named(row, &row.events[i]));
        }
    }
    Some(need)
}

/// Stacks where a day is wider than two marks: in one column a day, or in several where one would grow too high.
fn columns(row: &Row, of: &[usize], scale: &Scale, wide: f64, cap: usize, unit: f64) -> Option<Vec<(f64, usize)>> {
    let mut slots = Vec::with_capacity(of.len());
    for day in of.chunk_by(|&a, &b| row.events[a].date == row.events[b].date) {
        let columns = day.len().div_ceil(cap);
        let step = (0.9 * scale.day / columns as f64).min(130.0 * unit);
        if columns > 1 && step < wide {
            return None;
        }
        let high = day.len().div_ceil(columns);
        let aside = |k: usize| ((k / high) as f64 - 0.5 * (columns - 1) as f64) * step;
        slots.extend((0..day.len()).map(|k| (aside(k), k % high)));
    }
    Some(slots)
}

/// Stacks where days are narrow: each mark, in order, on the lowest level on which it touches none before it.
fn heaps(xs: impl Iterator<Item = f64>, wide: f64) -> Vec<(f64, usize)> {
    let mut last: Vec<f64> = Vec::new();
    xs.map(|x| {
        let level = last.iter().position(|&before| before + wide <= x + 1e-9).unwrap_or(last.len());
        if level == last.len() {
            last.push(x);
        } else {
            last[level] = x;
        }
        (0.0, level)
    })
    .collect()
}

/// The heights of all rows; `None` where they need more than there is. What is left over goes where names are wanted.
fn share(needs: &[Need], pitch: f64, top: f64, high: f64, unit: f64) -> Option<Vec<Strip>> {
    let around = |need: &Need| band(need.levels[1], pitch);
    let line = LINE * unit;
    let least: Vec<[f64; 2]> = needs
        .iter()
        .map(|need| {
            let side = |side: Side| {
                let i = side as usize;
                let names = need.names[i] + need.names[Side::On as usize];
                let names = if names > 0 { line } else { 0.0 };
                around(need) + need.levels[i] as f64 * pitch + names + (CLEAR + 4.0) * unit
            };
            let sides = [side(Side::Above), side(Side::Below)];
            let short = (LEAST_ROW * unit - sides[0] - sides[1]).max(0.0);
            // An empty side needs no more room.
            match (need.levels[0] > 0, need.levels[2] > 0) {
                (true, false) => [sides[0] + 0.8 * short, sides[1] + 0.2 * short],
                (false, true) => [sides[0] + 0.2 * short, sides[1] + 0.8 * short],
                _ => sides.map(|side| side + 0.5 * short),
            }
        })
        .collect();
    let spare = high - least.iter().flatten().sum::<f64>();
    if spare < 0.0 {
        return None;
    }
    let wish = |need: &Need, side: Side| {
        1.0 + if need.levels[side as usize] > 0 { 0.5 } else { 0.0 }
            + 0.4 * need.names[side as usize].min(6) as f64
            + 0.2 * need.names[Side::On as usize].min(6) as f64
    };
    let wishes: Vec<[f64; 2]> = needs.iter().map(|n| [wish(n, Side::Above), wish(n, Side::Below)]).collect();
    let all: f64 = wishes.iter().flatten().sum::<f64>().max(1e-9);
    let spare = if high < f64::MAX { spare } else { 0.0 };
    let mut y = top;
    let strip = |(least, wish): (&[f64; 2], &[f64; 2])| {
        let (above, below) = (least[0] + spare * wish[0] / all, least[1] + spare * wish[1] / all);
        let strip = Strip { top: y, bottom: y + above + below, axis: y + above, dots: Vec::new(), bars: Vec::new() };
        y = strip.bottom;
        strip
    };
    Some(least.iter().zip(&wishes).map(strip).collect())
}

/// How far marks on the line reach to each side of it.
fn band(levels: usize, pitch: f64) -> f64 {
    if levels == 0 { 0.0 } else { ((levels / 2) as f64 + 0.5) * pitch }
}

fn dots(row: &Row, need: &Need, strip: &Strip, scale: &Scale, pitch: f64, unit: f64) -> Vec<Point> {
    let around = band(need.levels[1], pitch) + CLEAR * unit;
    let places = row.events.iter().zip(&need.slots).map(|(event, &(aside, level))| {
        let from_line = around + (level as f64 + 0.5) * pitch;
        let y = match Side::of(event.act) {
            Side::Above => strip.axis - from_line,
            Side::Below => strip.axis + from_line,
            // 0, 1 up, 1 down, 2 up …
            Side::On if level % 2 == 1 => strip.axis - level.div_ceil(2) as f64 * pitch,
            Side::On => strip.axis + (level / 2) as f64 * pitch,
        };
        Point::new(scale.middle(event.date) + aside, y)
    });
    places.collect()
}

/// A row's events by period.
fn bins(row: &Row, step: Step) -> Bins {
    let mut bins = Bins::new();
    for (i, event) in row.events.iter().enumerate() {
        bins.entry((Side::of(event.act), step.begin(event.date), event.act)).or_default().push(i);
    }
    bins
}

/// How high the bars of a row grow, in events.
fn tally(row: &Row, bins: &Bins, named: &impl Fn(&Row, &Event) -> bool) -> Need {
    let mut sums: BTreeMap<(Side, Date), usize> = BTreeMap::new();
    for ((side, begin, _), events) in bins {
        *sums.entry((*side, *begin)).or_default() += events.len();
    }
    let mut need = Need::default();
    for ((side, _), sum) in sums {
        need.levels[side as usize] = need.levels[side as usize].max(sum);
    }
    for event in row.events.iter().filter(|event| named(row, event)) {
        need.names[Side::of(event.act) as usize] += 1;
    }
    // Two lines of names are enough beside bars.
    need.names = need.names.map(|names| names.min(2));
    need
}

fn bars(
    row: &Row,
    bins: &Bins,
    (strip, on): (&Strip, usize),
    pitch: f64,
    unit: f64,
    across: impl Fn(Date) -> (f64, f64),
) -> Vec<Bar> {
    let around = band(on, pitch) + CLEAR * unit;
    // What an invitation that was not made stands on.
    let mut below: BTreeMap<(Side, Date), f64> = BTreeMap::new();
    let bar = |((side, begin, act), events): (&(Side, Date, Act), &Vec<usize>)| {
        let high = events.len() as f64 * pitch;
        let base = below.entry((*side, *begin)).or_default();
        let (near, far) = (*base, *base + high);
        *base = far;
        let (l, r) = across(*begin);
        let gap = (0.12 * (r - l)).min(1.5 * unit);
        let (top, bottom) = match side {
            Side::Above => (strip.axis - around - far, strip.axis - around - near),
            Side::Below => (strip.axis + around + near, strip.axis + around + far),
            Side::On => {
                let all: usize =
                    bins.iter().filter(|((s, b, _), _)| s == side && b == begin).map(|(_, e)| e.len()).sum();
                let start = strip.axis - 0.5 * all as f64 * pitch;
                (start + near, start + far)
            }
        };
        let hedged = events.iter().filter(|&&i| row.events[i].hedged).count();
        let rect = Rect::between(l + gap, top, r.max(l + 3.0 * gap) - gap, bottom);
        Bar { act: *act, begin: *begin, rect, events: events.clone(), hedged }
    };
    bins.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_of_a_heap_do_not_touch(mut xs in prop::collection::vec(0.0..300.0_f64, 1..80)) {
            xs.sort_by(f64::total_cmp);
            let slots = heaps(xs.iter().copied(), 9.0);
            for (i, &x) in xs.iter().enumerate() {
                for (j, &y) in xs.iter().enumerate().skip(i + 1) {
                    prop_assert!(slots[i].1 != slots[j].1 || (y - x).abs() > 9.0 - 1e-6);
                }
            }
        }
    }
}
