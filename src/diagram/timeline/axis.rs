//! The time axis: where a day lies, and which days are written.
//!
//! In: first and last day, a breadth. Out: places and ticks. Never here: drawing.

use super::super::text::{Weight, width};
use super::super::words::{day, month};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// Days side by side, each a column.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    first: Date,
    last: Date,
    left: f64,
    /// Width of a day.
    pub day: f64,
}

/// A day that is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where its line stands, and its words.
    pub x: f64,
    /// The day, month or year.
    pub label: String,
    /// What is written below: the month or year that the tick opens.
    pub below: String,
    /// Whether the words stand with their middle at `x`, or begin there.
    pub middle: bool,
}

/// From one tick to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Every day.
    Day,
    /// Every Monday.
    Week,
    /// So many months, counted from January.
    Months(i8),
    /// So many years, counted from the year 0.
    Years(i16),
}

impl Step {
    /// From the finest to the coarsest.
    pub const ALL: [Step; 18] = [
        Step::Day,
        Step::Week,
        Step::Months(1),
        Step::Months(3),
        Step::Months(6),
        Step::Years(1),
        Step::Years(2),
        Step::Years(5),
        Step::Years(10),
        Step::Years(20),
        Step::Years(50),
        Step::Years(100),
        Step::Years(200),
        Step::Years(500),
        Step::Years(1_000),
        Step::Years(2_000),
        Step::Years(5_000),
        Step::Years(10_000),
    ];

    /// First day of the period that `date` is in.
    pub fn begin(self, date: Date) -> Date {
        let first = |year: i16, month: i8| Date::new(year, month, 1).unwrap_or(Date::MIN);
        match self {
            Self::Day => date,
            Self::Week if date.weekday() == Weekday::Monday => date,
            Self::Week => {
                date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).unwrap_or(Date::MIN)
            }
            Self::Months(n) => first(date.year(), (date.month() - 1) / n * n + 1),
            Self::Years(n) => first(date.year().div_euclid(n).saturating_mul(n), 1),
        }
    }

    /// First day of the next period; none after the year 9999.
    pub fn next(self, begin: Date) -> Option<Date> {
        let span = match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Months(n) => Span::new().months(n),
            Self::Years(n) => Span::new().years(n),
        };
        begin.checked_add(span).ok()
    }

    /// Its length in days, nearly.
    pub fn days(self) -> f64 {
        match self {
            Self::Day => 1.0,
            Self::Week => 7.0,
            Self::Months(n) => 30.0 * f64::from(n),
            Self::Years(n) => 365.0 * f64::from(n),
        }
    }

    /// What the period that begins on this day is called.
    pub fn name(self, begin: Date) -> String {
        match self {
            Self::Day => day(begin),
            Self::Week => format!("the week of {}", day(begin)),
            Self::Months(1) => format!("{} {}", month(begin), begin.year()),
            Self::Months(n) => {
                let last = begin.checked_add(Span::new().months(n - 1)).unwrap_or(begin);
                format!("{} to {} {}", month(begin), month(last), begin.year())
            }
            Self::Years(1) => begin.year().to_string(),
            Self::Years(n) => format!("{} to {}", begin.year(), i32::from(begin.year()) + i32::from(n) - 1),
        }
    }
}

impl Scale {
    /// The days from `first` to `last` between `left` and `right`.
    pub fn new(first: Date, last: Date, left: f64, right: f64) -> Self {
        Self { first, last, left, day: (right - left) / (days(first, last) + 1.0) }
    }

    /// Where the day begins.
    pub fn start(&self, date: Date) -> f64 {
        self.left + days(self.first, date) * self.day
    }

    /// The middle of the day.
    pub fn middle(&self, date: Date) -> f64 {
        self.start(date) + 0.5 * self.day
    }

    /// The finest ticks whose words do not run into each other.
    pub fn ticks(&self, size: f64) -> Vec<Tick> {
        let wide = |words: &str| width(words, size, Weight::Regular);
        if self.first == self.last {
            let tick = Tick { x: self.middle(self.first), label: day(self.first), below: String::new(), middle: true };
            return vec![tick];
        }
        let gap = 0.9 * size;
        let room = |step: Step| step.days() * self.day - gap;
        let step = Step::ALL.into_iter().find(|&step| {
            room(step)
                >= match step {
                    Step::Day => wide("30"),
                    Step::Week => wide("30 Sept"),
                    Step::Months(_) => wide("June"),
                    Step::Years(_) => wide("2024"),
                }
        });
        let step = step.unwrap_or(Step::Years(10_000));
        let long_days = room(Step::Day) >= wide("30 September");
        let long_months = room(step) >= wide("September");
        let right = self.start(self.last) + self.day;
        let mut ticks: Vec<Tick> = Vec::new();
        let mut at = Some(step.begin(self.first));
        let mut before: Option<Date> = None;
        while let Some(begin) = at.filter(|begin| *begin <= self.last) {
            at = step.next(begin);
            if begin < self.first {
                continue;
            }
            let name = month(begin);
            let short = |most: usize| if name.len() > most + 1 { &name[..most.min(name.len())] } else { name };
            let (label, below) = match step {
                Step::Day if long_days => (format!("{} {name}", begin.day()), begin.year().to_string()),
                Step::Day => (begin.day().to_string(), format!("{name} {}", begin.year())),
                Step::Week => (format!("{} {}", begin.day(), short(3)), begin.year().to_string()),
                Step::Months(_) => {
                    (if long_months { name.to_owned() } else { short(3).to_owned() }, begin.year().to_string())
                }
                Step::Years(_) => (begin.year().to_string(), String::new()),
            };
            let opens = before.is_none_or(|b| match step {
                Step::Day if !long_days => (b.year(), b.month()) != (begin.year(), begin.month()),
                _ => b.year() != begin.year(),
            });
            let middle = step == Step::Day;
            let x = if middle { self.middle(begin) } else { self.start(begin) };
            let reach = if middle { 0.5 } else { 1.0 } * wide(&label);
            if x + reach <= right + size {
                ticks.push(Tick { x, label, below: if opens { below } else { String::new() }, middle });
                before = Some(begin);
            }
        }
        part_below(&mut ticks, size);
        ticks
    }
}

/// Where the words below would run into each other, the later stay: they open a month or a year.
fn part_below(ticks: &mut [Tick], size: f64) {
    let mut free = f64::INFINITY;
    for tick in ticks.iter_mut().rev().filter(|t| !t.below.is_empty()) {
        let wide = width(&tick.below, size, Weight::Regular);
        let left = if tick.middle { tick.x - 0.5 * wide } else { tick.x };
        if left + wide + 0.6 * size > free {
            tick.below.clear();
        } else {
            free = left;
        }
    }
}

/// Days from one to another.
fn days(first: Date, last: Date) -> f64 {
    (last.duration_since(first).as_hours() / 24) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn labels(first: Date, last: Date, wide: f64) -> Vec<String> {
        let ticks = Scale::new(first, last, 0.0, wide).ticks(11.0);
        ticks.iter().map(|t| format!("{}/{}", t.label, t.below)).collect()
    }

    #[test]
    fn days_are_written_as_fine_as_there_is_room() {
        assert_eq!(labels(date(2024, 6, 9), date(2024, 6, 9), 900.0), ["9 June 2024/"]);
        assert_eq!(labels(date(2024, 6, 29), date(2024, 7, 1), 900.0), ["29 June/2024", "30 June/", "1 July/"]);
        let days = labels(date(2024, 6, 24), date(2024, 7, 8), 900.0);
        assert_eq!((days[0].as_str(), days[7].as_str()), ("24/June 2024", "1/July 2024"));
        assert_eq!(labels(date(2024, 6, 5), date(2024, 8, 9), 900.0)[..2], ["10 June/2024", "17 June/"]);
        assert_eq!(labels(date(2024, 11, 5), date(2025, 3, 1), 400.0), ["December/2024", "January/2025", "February/"]);
        assert_eq!(labels(date(2023, 11, 5), date(2026, 3, 1), 400.0)[..2], ["Jan/2024", "Apr/"]);
        assert_eq!(labels(date(1981, 3, 1), date(2024, 1, 1), 300.0)[..2], ["1990/", "2000/"]);
    }

    proptest! {
        #[test]
        fn words_on_the_axis_never_touch(from in 0_i64..3_000_000, span in 0_i64..3_000_000, wide in 100.0..3000.0_f64) {
            let first = date(0, 1, 1).checked_add(from.min(2_000_000).days()).unwrap();
            let last = first.checked_add(span.days()).unwrap_or(first);
            let ticks = Scale::new(first, last, 0.0, wide).ticks(11.0);
            for (words, get) in [("label", (|t: &Tick| t.label.clone()) as fn(&Tick) -> String), ("below", |t| t.below.clone())] {
                let written: Vec<(f64, f64)> = ticks.iter().filter(|t| !get(t).is_empty()).map(|t| {
                    let w = width(&get(t), 11.0, Weight::Regular);
                    let left = if t.middle { t.x - 0.5 * w } else { t.x };
                    (left, left + w)
                }).collect();
                for pair in written.windows(2) {
                    prop_assert!(pair[0].1 < pair[1].0, "{words}: {ticks:?}");
                }
            }
        }
    }
}
