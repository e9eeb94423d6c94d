//! Dates as people and machines write them.
//!
//! In: the value of a date column or of a page's metadata. Out: the civil date as written; a time of day and its
//! zone are read past, never converted.
//! Never here: a guess. `03/04/2024` may be March or April and gives no date; `25/04/2024` can be but one.
//! With dots the day comes first (`03.04.2024` is 3 April), as everywhere that dots are used.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The date that `value` begins with, with or without weekday, time and zone after it.
pub(crate) fn parse(value: &str) -> Option<Date> {
    let value = value.trim();
    let (date, length) = leading(value)?;
    let rest = value.get(length..)?;
    // Digits that go on mean that this was no date but a longer number.
    let number = rest.trim_start_matches(['/', '.']).starts_with(|c: char| c.is_ascii_digit());
    let word = rest.starts_with(|c: char| c.is_alphanumeric() && !"TtZ".contains(c));
    (!number && !word).then_some(date)
}

/// The date at the very start of `text`, and how many bytes it takes, its weekday included.
pub(super) fn leading(text: &str) -> Option<(Date, usize)> {
    let start = after_weekday(text);
    let body = text.get(start..)?;
    let (date, length) = numeric(body).or_else(|| worded(body))?;
    Some((date, start + length))
}

/// Length of a weekday at the start of `text`, with the comma and the blanks after it.
fn after_weekday(text: &str) -> usize {
    let word = letters(text);
    let lower = word.to_ascii_lowercase();
    if lower.len() < 3 || !WEEKDAYS.iter().any(|day| day.starts_with(&lower)) {
        return 0;
    }
    let rest = &text[word.len()..];
    let rest = rest.trim_start_matches(['.', ',', ' ', '\u{a0}']);
    text.len() - rest.len()
}

fn letters(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

fn digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

fn date(year: &str, month: i8, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|y| (1400..3000).contains(y))?;
    if day.len() > 2 {
        return None;
    }
    Date::new(year, month, day.parse().ok()?).ok()
}

/// Number, separator, number, the same separator, number; or eight (or, with the time, fourteen) digits.
fn numeric(text: &str) -> Option<(Date, usize)> {
    let first = digits(text);
    if let 8 | 14 = first.len() {
        let found = date(first.get(..4)?, first.get(4..6)?.parse().ok()?, first.get(6..8)?)?;
        return Some((found, first.len()));
    }
    let rest = &text[first.len()..];
    let separator = rest.chars().next().filter(|c| "-/.".contains(*c))?;
    let rest = &rest[1..];
    let second = digits(rest);
    let rest = rest[second.len()..].strip_prefix(separator)?;
    let third = digits(rest);
    let length = first.len() + second.len() + third.len() + 2;
    let month = |text: &str| text.parse::<i8>().ok().filter(|_| text.len() <= 2);
    let found = match (first.len(), third.len(), separator) {
        (4, 1..=2, _) => date(first, month(second)?, third)?,
        (1..=2, 4, '.') => date(third, month(second)?, first)?,
        (1..=2, 4, _) => match (month(first)?, month(second)?) {
            (a, b) if a == b || a > 12 => date(third, b, first)?,
            (a, b) if b > 12 => date(third, a, second)?,
            _ => return None,
        },
        _ => return None,
    };
    Some((found, length))
}

/// `June 9, 2024`, `9 June 2024`, `9th of June, 2024`, `9-Jun-2024`, `Jun. 9 2024`.
fn worded(text: &str) -> Option<(Date, usize)> {
    let mut words = Words { text, at: 0 };
    let first = words.next()?;
    let (month, day) = if let Some(month) = month(first) {
        (month, ordinal(words.next()?)?)
    } else {
        let day = ordinal(first)?;
        let second = words.next()?;
        let name = if second.eq_ignore_ascii_case("of") { words.next()? } else { second };
        (month(name)?, day)
    };
    let year = words.next().filter(|y| y.len() == 4)?;
    Some((date(year, month, day)?, words.at))
}

fn month(word: &str) -> Option<i8> {
    let lower = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|m| {
        *m == lower || lower.len() >= 3 && m.starts_with(&lower) || lower == "sept" && m.starts_with("sep")
    })?;
    i8::try_from(at + 1).ok()
}

/// The digits of `9`, `1st`, `2nd`, `3rd`, `4th`.
fn ordinal(word: &str) -> Option<&str> {
    let number = digits(word);
    let ending = word[number.len()..].to_ascii_lowercase();
    (!number.is_empty() && number.len() <= 2 && ["", "st", "nd", "rd", "th"].contains(&ending.as_str()))
        .then_some(number)
}

/// Runs of letters and digits with at most two signs or blanks between them.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.at..)?;
        let word = rest.trim_start_matches(['.', ',', ' ', '-', '\u{a0}', '\t']);
        let gap = rest.len() - word.len();
        let end = word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len());
        if end == 0 || gap > 4 {
            return None;
        }
        self.at += gap + end;
        word.get(..end)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ninth_of_june_in_many_ways() {
        for written in [
            "2024-06-09",
            "2024-06-09T23:30:00+02:00",
            "2024-06-09 10:00",
            "2024-06-09Z",
            "2024/06/09",
            "2024.6.9",
            "20240609",
            "20240609120000",
            "20240609T120000Z",
            "June 9, 2024",
            "June 9 2024",
            "Jun. 9, 2024",
            "9 June 2024",
            "9th of June, 2024",
            "Sunday, June 9, 2024",
            "Sun, 09 Jun 2024 10:00:00 +0200",
            "09.06.2024",
            "9-Jun-2024",
            "  Sunday 9 June 2024 at 10:30 ",
            "June 9, 2024 10:30 AM EDT",
            "JUNE 9TH, 2024",
        ] {
            assert_eq!(parse(written), Some(date(2024, 6, 9)), "{written}");
        }
        assert_eq!(parse("Friday, January 4, 2019"), Some(date(2019, 1, 4)));
        assert_eq!(parse("Sept. 11, 2001"), Some(date(2001, 9, 11)));
    }

    #[test]
    fn a_slash_is_read_only_when_it_can_mean_one_day() {
        assert_eq!(parse("03/04/2024"), None);
        assert_eq!(parse("03-04-2024"), None);
        assert_eq!(parse("25/04/2024"), Some(date(2024, 4, 25)));
        assert_eq!(parse("04/25/2024"), Some(date(2024, 4, 25)));
        assert_eq!(parse("06/06/2024"), Some(date(2024, 6, 6)));
    }

    #[test]
    fn what_is_no_date() {
        for written in [
            "",
            "n/a",
            "June 2024",
            "9 June",
            "June 9",
            "yesterday",
            "2024",
            "2024-13-01",
            "2024-02-30",
            "31.02.2024",
            "1717891200",
            "2024-06-091",
            "192.168.2024.1",
            "1.2.2024.3",
            "June 9, 20245",
            "Friday",
            "13/13/2024",
        ] {
            assert_eq!(parse(written), None, "{written}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,40}", mixed in "[0-9a-zéA-Z,./ \u{a0}-]{0,40}") {
            let _ = (parse(&text), parse(&mixed));
        }

        #[test]
        fn what_is_written_is_read(year in 1400i16..3000, month in 1i8..=12, day in 1i8..=28) {
            let expected = date(year, month, day);
            let name = MONTHS[usize::try_from(month - 1).unwrap()];
            for written in [expected.to_string(), format!("{day}.{month}.{year}"), format!("{name} {day}, {year}"), format!("{day} {} {year}", &name[..3])] {
                prop_assert_eq!(parse(&written), Some(expected));
            }
        }
    }
}
