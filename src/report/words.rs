//! Plain words for numbers, lists, dates and names.
//!
//! In: values. Out: words without any markup. Never here: Markdown, findings.

use crate::statement::Kind;
use jiff::civil::Date;

/// "1 statement", "2 statements".
pub(super) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {}", number(n), plural(one)) }
}

/// The plural of a noun that the report uses.
pub(super) fn plural(one: &str) -> String {
    match one.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ => format!("{one}s"),
    }
}

/// Thousands apart: 12,345.
pub(super) fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "A", "A and B", "A, B and C".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// How many of `all` are told when about `most` should be: never all but one, for that one takes no more room than the
/// words "and 1 more".
pub(super) fn told(all: usize, most: usize) -> usize {
    if all <= most + 1 { all } else { most }
}

/// The first items, and how many more there are: "A, B and 9 more".
pub(super) fn short_list(items: &[String], most: usize) -> String {
    let (first, rest) = items.split_at(told(items.len(), most));
    if rest.is_empty() { list(first) } else { format!("{} and {} more", first.join(", "), number(rest.len())) }
}

/// What a list ends with when not all of it is told; nothing when all is.
pub(super) fn more(all: usize, most: usize) -> String {
    match all - told(all, most) {
        0 => String::new(),
        rest => format!("… and {} more in the JSON form of this report.", number(rest)),
    }
}

/// A share as a whole percentage; "under 1 %" and "over 99 %" where rounding would say none or all.
pub(super) fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    match rounded as i64 {
        0 if share > 0.0 => "under 1 %".into(),
        100 if share < 1.0 => "over 99 %".into(),
        whole => format!("{whole} %"),
    }
}

/// A weight with at most two decimals, and a true minus sign. Very large and very small ones in powers of ten.
pub(super) fn weight(w: f64) -> String {
    let size = w.abs();
    let mut text =
        if size != 0.0 && !(0.005..1e9).contains(&size) { format!("{size:.1e}") } else { format!("{size:.2}") };
    if text.contains('.') && !text.contains('e') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if w < 0.0 { format!("\u{2212}{text}") } else { text }
}

/// "3 June 2024".
pub(super) fn date(day: Date) -> String {
    let months = "January February March April May June July August September October November December";
    let month = months.split(' ').nth(usize::from(day.month().unsigned_abs()).saturating_sub(1)).unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// The first letter in upper case.
pub(super) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
}

/// An actor's name as it stands in a sentence: "the United States", "France", "the Supreme Court".
pub(super) fn actor(name: &str, kind: Kind) -> String {
    const NAMES: [&str; 10] = [
        "World Bank",
        "Netherlands",
        "Philippines",
        "Bahamas",
        "Gambia",
        "Maldives",
        "Vatican",
        "Comoros",
        "Seychelles",
        "Holy See",
    ];
    const HEADS: [&str; 33] = [
        "Republic",
        "Republics",
        "Union",
        "Islands",
        "Emirates",
        "Nations",
        "Organization",
        "Organisation",
        "Court",
        "Council",
        "Party",
        "Ministry",
        "Commission",
        "Parliament",
        "Army",
        "Government",
        "Senate",
        "Agency",
        "Office",
        "Department",
        "League",
        "Forces",
        "Association",
        "Committee",
        "Fund",
        "Federation",
        "Kingdom",
        "States",
        "Church",
        "Police",
        "Navy",
        "Assembly",
        "Kremlin",
    ];
    let head = name.split(" of ").next().unwrap_or(name);
    let last = head.split(' ').next_back().unwrap_or(head);
    if kind != Kind::Person
        && (NAMES.contains(&name) || HEADS.contains(&last))
        && !name.to_lowercase().starts_with("the ")
    {
        return format!("the {name}");
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!(count(1, "actor"), "1 actor");
        assert_eq!(count(0, "country"), "0 countries");
        assert_eq!(count(12345, "statement"), "12,345 statements");
        assert_eq!(plural("day"), "days");
    }

    #[test]
    fn lists_end_with_and() {
        let items = |n: usize| (0..n).map(|i| ["A", "B", "C", "D", "E"][i].to_owned()).collect::<Vec<_>>();
        assert_eq!(list(&items(0)), "");
        assert_eq!(list(&items(1)), "A");
        assert_eq!(list(&items(2)), "A and B");
        assert_eq!(list(&items(3)), "A, B and C");
        assert_eq!(short_list(&items(3), 2), "A, B and C", "never \"1 more\"");
        assert_eq!(short_list(&items(4), 2), "A, B and 2 more");
    }

    #[test]
    fn shares_are_never_rounded_to_all_or_none() {
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.001), "under 1 %");
        assert_eq!(percent(0.999), "over 99 %");
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(percent(0.505), "51 %");
    }

    #[test]
    fn weights_are_short() {
        assert_eq!(weight(-2.25), "\u{2212}2.25");
        assert_eq!(weight(3.0), "3");
        assert_eq!(weight(0.5), "0.5");
        assert_eq!(weight(100.0), "100");
        assert_eq!(weight(0.0), "0");
        assert_eq!(weight(1e12), "1.0e12");
        assert_eq!(weight(1e-12), "1.0e-12");
    }

    #[test]
    fn articles() {
        assert_eq!(actor("United States", Kind::Country), "the United States");
        assert_eq!(
            actor("Supreme Court of the United States", Kind::Institution),
            "the Supreme Court of the United States"
        );
        assert_eq!(actor("France", Kind::Country), "France");
        assert_eq!(actor("NATO", Kind::Institution), "NATO");
        assert_eq!(actor("Benny Bank", Kind::Person), "Benny Bank");
    }

    #[test]
    fn dates_read_well() {
        assert_eq!(date(jiff::civil::date(2024, 6, 3)), "3 June 2024");
    }
}
