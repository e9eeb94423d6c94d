//! Time windows: a network for each week, month, quarter or year, or for stretches that slide over the time.
//!
//! In: a rule ([`Windows`], also parsed from words such as `month`, `90d` or `3m/1m`) and the days that the data span.
//! Out: [`Window`]s, ranges of days with a label. Never here: statements, or what is made of each window.

use crate::{Error, Result};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use std::fmt;
use std::str::FromStr;

/// More windows than this are refused: nobody reads them, and each costs a network.
pub const MOST_WINDOWS: usize = 10_000;

/// Days from `from` to `to`, both counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// `2024-W23`, `2024-06`, `2024-Q2`, `2024`; of sliding windows the days, `2024-06-03 to 2024-06-09`.
    pub label: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// A period of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Monday to Sunday, numbered as ISO 8601 does.
    Week,
    /// From the first of the month.
    Month,
    /// From the first of January, April, July and October.
    Quarter,
    /// From the first of January.
    Year,
}

/// What lengths and steps are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Days.
    Day,
    /// Seven days.
    Week,
    /// Months of the calendar: a month after 31 January is the last day of February.
    Month,
    /// Years of the calendar.
    Year,
}

/// So many days, weeks, months or years; 1 to 100,000 of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    count: u32,
    unit: TimeUnit,
}

/// How the time is cut.
///
/// ```
/// use stancenet::network::Windows;
/// let months: Windows = "month".parse()?;
/// let days = [jiff::civil::date(2024, 6, 9), jiff::civil::date(2024, 8, 2)];
/// let cut = months.over(days, None, None)?;
/// assert_eq!(cut.iter().map(|w| w.label.as_str()).collect::<Vec<_>>(), ["2024-06", "2024-07", "2024-08"]);
/// # Ok::<(), stancenet::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows(Rule);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Calendar(Period),
    Sliding { length: Length, step: Length },
}

/// Keeps dates within the range of [`Date`] whatever is added to them.
const MOST_UNITS: u32 = 100_000;

impl Length {
    /// `count` units.
    ///
    /// # Errors
    /// A usage error for 0 and for more than 100,000.
    pub fn new(count: u32, unit: TimeUnit) -> Result<Self> {
        if (1..=MOST_UNITS).contains(&count) {
            return Ok(Self { count, unit });
        }
        Err(Error::Usage(format!("a window or step is 1 to {MOST_UNITS} days, weeks, months or years, not {count}")))
    }

    /// The day that is `times` lengths after `day`; none beyond the year 9999.
    fn after(self, day: Date, times: u64) -> Option<Date> {
        let count = i64::try_from(times.checked_mul(u64::from(self.count))?).ok()?;
        let span = match self.unit {
            TimeUnit::Day => Span::new().try_days(count),
            TimeUnit::Week => Span::new().try_weeks(count),
            TimeUnit::Month => Span::new().try_months(count),
            TimeUnit::Year => Span::new().try_years(count),
        };
        day.checked_add(span.ok()?).ok()
    }
}

impl Windows {
    /// A window each calendar period that has a day of the data.
    pub fn calendar(period: Period) -> Self {
        Self(Rule::Calendar(period))
    }

    /// Windows of `length` from the first day on, each beginning `step` after the one before it, until one reaches the
    /// last day.
    pub fn sliding(length: Length, step: Length) -> Self {
        Self(Rule::Sliding { length, step })
    }

    /// The windows, in order, from `from` to `to`; where one of these is not given, from the first or to the last of the
    /// days of `dated`, those of the dated statements. The first window and the last are cut where the data are.
    ///
    /// # Errors
    /// No dated statement; `from` after `to`; one window longer than the data; more than [`MOST_WINDOWS`] windows.
    pub fn over(
        self,
        dated: impl IntoIterator<Item = Date>,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Vec<Window>> {
        let mut extent: Option<(Date, Date)> = None;
        for day in dated {
            extent = Some(extent.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
        }
        let Some((first, last)) = extent else {
            let message = "no statement has a date, so there is nothing to cut into windows; give the statements dates, \
                           or leave out --window";
            return Err(Error::Empty(message.to_owned()));
        };
        let (first, last) = (from.unwrap_or(first), to.unwrap_or(last));
        if first > last {
            return Err(Error::Usage(format!(
                "there are no windows from {first} to {last}: the first day is the later"
            )));
        }
        let cut = match self.0 {
            Rule::Calendar(period) => calendar(period, first, last),
            Rule::Sliding { length, step } => sliding(length, step, first, last),
        }?;
        if let [only] = cut.as_slice()
            && self.longer(first, only)
        {
            return Err(Error::Usage(format!(
                "a window of {self} is longer than the data, which go from {first} to {last}; take a shorter one, or give \
                 --from and --to"
            )));
        }
        Ok(cut)
    }

    /// Whether the window, before it was cut, holds more days than the data.
    fn longer(self, first: Date, only: &Window) -> bool {
        match self.0 {
            Rule::Calendar(period) => begin(period, first) < first || next(period, first) != only.to.tomorrow().ok(),
            Rule::Sliding { length, .. } => length.after(first, 1) != only.to.tomorrow().ok(),
        }
    }
}

/// First day of the period that `day` is in.
fn begin(period: Period, day: Date) -> Date {
    let month = |month: i8| Date::new(day.year(), month, 1).unwrap_or(day);
    match period {
        Period::Week => {
            let since = i64::from(day.weekday().to_monday_zero_offset());
            day.checked_sub(since.days()).unwrap_or(Date::MIN)
        }
        Period::Month => day.first_of_month(),
        Period::Quarter => month((day.month() - 1) / 3 * 3 + 1),
        Period::Year => month(1),
    }
}

/// First day of the period after the one that `day` is in.
fn next(period: Period, day: Date) -> Option<Date> {
    let span = match period {
        Period::Week => 1.week(),
        Period::Month => 1.month(),
        Period::Quarter => 3.months(),
        Period::Year => 1.year(),
    };
    begin(period, day).checked_add(span).ok()
}

/// What the period that `day` is in is called.
fn label(period: Period, day: Date) -> String {
    match period {
        Period::Week => {
            let week = day.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Period::Month => format!("{:04}-{:02}", day.year(), day.month()),
        Period::Quarter => format!("{:04}-Q{}", day.year(), (day.month() - 1) / 3 + 1),
        Period::Year => format!("{:04}", day.year()),
    }
}

fn calendar(period: Period, first: Date, last: Date) -> Result<Vec<Window>> {
    let mut windows = Vec::new();
    let mut from = first;
    loop {
        let after = next(period, from);
        let to = after.and_then(|d| d.yesterday().ok()).unwrap_or(Date::MAX).min(last);
        windows.push(Window { label: label(period, from), from, to });
        match after {
            Some(after) if after <= last => from = after,
            _ => return Ok(windows),
        }
        few(&windows, first, last)?;
    }
}

fn sliding(length: Length, step: Length, first: Date, last: Date) -> Result<Vec<Window>> {
    let mut windows: Vec<Window> = Vec::new();
    for k in 0.. {
        let Some(from) = step.after(first, k).filter(|from| *from <= last) else { break };
        // Where the next window begins when the two are alike, so that windows side by side neither overlap nor leave a
        // day out at the ends of months.
        let after = if length == step { step.after(first, k + 1) } else { length.after(from, 1) };
        let to = after.and_then(|d| d.yesterday().ok()).unwrap_or(Date::MAX).min(last);
        few(&windows, first, last)?;
        windows.push(Window { label: format!("{from} to {to}"), from, to });
        if to == last {
            break;
        }
    }
    Ok(windows)
}

fn few(windows: &[Window], first: Date, last: Date) -> Result<()> {
    if windows.len() < MOST_WINDOWS {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "from {first} to {last} there are more than {MOST_WINDOWS} such windows; take longer ones, or give --from and --to"
    )))
}

impl FromStr for Windows {
    type Err = Error;

    /// `week`, `month`, `quarter` or `year`; or a length, as `90d`, `2w`, `3m`, `1y` or a number of days; or a length and
    /// a step, as `3m/1m`.
    fn from_str(words: &str) -> Result<Self> {
        let period = match words.trim().to_ascii_lowercase().as_str() {
            "week" => Period::Week,
            "month" => Period::Month,
            "quarter" => Period::Quarter,
            "year" => Period::Year,
            other => {
                let (length, step) = other.split_once('/').unwrap_or((other, other));
                return Ok(Self::sliding(length.parse()?, step.parse()?));
            }
        };
        Ok(Self::calendar(period))
    }
}

impl FromStr for Length {
    type Err = Error;

    fn from_str(words: &str) -> Result<Self> {
        let words = words.trim();
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = words.split_at(digits);
        let unit = match unit.trim().to_ascii_lowercase().as_str() {
            "" | "d" | "day" | "days" => Some(TimeUnit::Day),
            "w" | "week" | "weeks" => Some(TimeUnit::Week),
            "m" | "month" | "months" => Some(TimeUnit::Month),
            "y" | "year" | "years" => Some(TimeUnit::Year),
            _ => None,
        };
        match (count.parse(), unit) {
            (Ok(count), Some(unit)) => Self::new(count, unit),
            _ => Err(Error::Usage(format!(
                "\"{}\" is no window: give week, month, quarter or year, or a length such as 90d, 2w, 3m or 1y, or a length \
                 and a step such as 3m/1m",
                words.chars().take(40).collect::<String>()
            ))),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            TimeUnit::Day => "day",
            TimeUnit::Week => "week",
            TimeUnit::Month => "month",
            TimeUnit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

impl fmt::Display for Windows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Rule::Calendar(Period::Week) => f.write_str("a calendar week"),
            Rule::Calendar(Period::Month) => f.write_str("a calendar month"),
            Rule::Calendar(Period::Quarter) => f.write_str("a calendar quarter"),
            Rule::Calendar(Period::Year) => f.write_str("a calendar year"),
            Rule::Sliding { length, step } if length == step => write!(f, "{length}"),
            Rule::Sliding { length, step } => write!(f, "{length}, every {step}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn cut(rule: &str, first: Date, last: Date) -> Result<Vec<String>> {
        let windows = rule.parse::<Windows>()?.over([last, first], None, None)?;
        Ok(windows.into_iter().map(|w| format!("{}: {} {}", w.label, w.from, w.to)).collect())
    }

    #[test]
    fn the_calendar_names_its_periods() {
        let (first, last) = (date(2023, 12, 30), date(2024, 1, 9));
        assert_eq!(
            cut("week", first, last).unwrap(),
            ["2023-W52: 2023-12-30 2023-12-31", "2024-W01: 2024-01-01 2024-01-07", "2024-W02: 2024-01-08 2024-01-09"]
        );
        assert_eq!(
            cut("month", first, last).unwrap(),
            ["2023-12: 2023-12-30 2023-12-31", "2024-01: 2024-01-01 2024-01-09"]
        );
        assert_eq!(
            cut("Quarter", first, last).unwrap(),
            ["2023-Q4: 2023-12-30 2023-12-31", "2024-Q1: 2024-01-01 2024-01-09"]
        );
        assert_eq!(cut("year", date(2023, 1, 1), date(2024, 2, 1)).unwrap().len(), 2);
        assert_eq!(cut("year", date(2024, 1, 1), date(2024, 12, 31)).unwrap(), ["2024: 2024-01-01 2024-12-31"]);
    }

    #[test]
    fn windows_slide() {
        let (first, last) = (date(2024, 1, 31), date(2024, 4, 2));
        assert_eq!(
            cut("1m", first, last).unwrap(),
            [
                "2024-01-31 to 2024-02-28: 2024-01-31 2024-02-28",
                "2024-02-29 to 2024-03-30: 2024-02-29 2024-03-30",
                "2024-03-31 to 2024-04-02: 2024-03-31 2024-04-02"
            ]
        );
        let starts: Vec<String> = cut("5w/2 weeks", first, last).unwrap().iter().map(|w| w[..24].to_owned()).collect();
        assert_eq!(starts, ["2024-01-31 to 2024-03-05", "2024-02-14 to 2024-03-19", "2024-02-28 to 2024-04-02"]);
        assert_eq!(cut("7/30d", first, last).unwrap().len(), 3, "what lies between windows that skip days is left out");
    }

    #[test]
    fn bounds_that_are_given_hold() {
        let (from, to) = (Some(date(2024, 5, 1)), Some(date(2024, 6, 15)));
        let windows = "month".parse::<Windows>().unwrap().over([date(2020, 1, 1)], from, to).unwrap();
        assert_eq!((windows[0].from, windows[1].to), (date(2024, 5, 1), date(2024, 6, 15)));
        assert!("month".parse::<Windows>().unwrap().over([date(2020, 1, 1)], to, from).is_err());
    }

    #[test]
    fn what_makes_no_windows_is_told() {
        let (first, last) = (date(2024, 6, 9), date(2024, 6, 20));
        for rule in ["month", "year", "13d", "2w", "100000y", "1y/1d"] {
            let error = cut(rule, first, last).unwrap_err().to_string();
            assert!(error.contains("longer than the data, which go from 2024-06-09 to 2024-06-20"), "{rule}: {error}");
        }
        assert_eq!(cut("12d", first, last).unwrap().len(), 1);
        let error = cut("1d", date(1900, 1, 1), date(2024, 1, 1)).unwrap_err().to_string();
        assert!(error.contains("more than 10000"), "{error}");
        assert_eq!(cut("1d", date(2000, 1, 1), date(2027, 5, 18)).unwrap().len(), 10_000);
        assert!(cut("1d", date(2000, 1, 1), date(2027, 5, 19)).is_err());
        let error = "month".parse::<Windows>().unwrap().over([], Some(first), Some(last)).unwrap_err().to_string();
        assert!(error.contains("no statement has a date"), "{error}");
        for rule in
            ["", "0d", "0", "-1d", "3x", "d", "month/week", "3m/", "/1m", "3m/0m", "1.5d", "99999999999d", "1000000"]
        {
            assert!(matches!(rule.parse::<Windows>(), Err(Error::Usage(_))), "{rule}");
        }
    }

    proptest! {
        #[test]
        fn windows_side_by_side_hold_every_day_once(
            first in 0i64..40_000, days in 1i64..400, count in 1u32..9, unit in "[dwmy]", calendar in 0usize..5,
        ) {
            let first = Date::new(1970, 1, 1).unwrap().checked_add(first.days()).unwrap();
            let last = first.checked_add(days.days()).unwrap();
            let sliding = format!("{count}{unit}");
            let rule = ["week", "month", "quarter", "year", &sliding][calendar];
            if let Ok(windows) = rule.parse::<Windows>().unwrap().over([first, last], None, None) {
                prop_assert_eq!((windows[0].from, windows[windows.len() - 1].to), (first, last));
                for pair in windows.windows(2) {
                    prop_assert_eq!(pair[0].to.tomorrow().unwrap(), pair[1].from);
                    prop_assert!(pair[0].label != pair[1].label);
                }
            }
        }

        #[test]
        fn the_ends_of_time_do_no_harm(rule in "[0-9]{1,6}[dwmy](/[1-9][0-9]{0,5}[dwmy])?|week|month|quarter|year") {
            if let Ok(rule) = rule.parse::<Windows>() {
                for (first, last) in [(Date::MIN, date(-9999, 2, 1)), (date(9999, 12, 1), Date::MAX), (Date::MIN, Date::MAX)] {
                    let _ = rule.over([first, last], None, None);
                }
            }
        }
    }
}
