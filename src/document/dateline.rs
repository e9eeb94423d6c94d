//! The day of publication as an article's own first lines tell it.
//!
//! In: a document's text. Out: the date of a dateline (`BRUSSELS, June 9, 2024 (Agency) - …`), of a line that is
//! a date, or of a labelled one (`Published: 9 June 2024`). Only the first five lines that are not blank count.
//! Never here: a date out of the article's sentences, which tells when something happened, not when it was
//! printed; nor a date without a year.

use jiff::civil::Date;

use super::dates;

const LINES: usize = 5;
/// A dateline is within the first characters of its line.
const LINE_START: usize = 160;
const LABELS: [&str; 8] =
    ["published", "published on", "publication date", "date published", "posted", "posted on", "date", "issued"];

/// The date at the top of `text`, if it says one.
pub(super) fn find(text: &str) -> Option<Date> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES).find_map(|line| {
        let end = line.char_indices().nth(LINE_START).map_or(line.len(), |(at, _)| at);
        let start = &line[..end];
        placed(start).or_else(|| if end == line.len() { alone(line).or_else(|| parted(line)) } else { None })
    })
}

/// Whether `line` says when the article appeared and nothing else.
pub(super) fn is_date_line(line: &str) -> bool {
    alone(line.trim()).is_some()
}

/// A date that is the whole line, but for a label before and a time of day after it.
fn alone(line: &str) -> Option<Date> {
    let (date, length) = dates::leading(unlabelled(line))?;
    let rest = unlabelled(line).get(length..)?;
    let time_only = rest.split([' ', '\u{a0}', ',']).filter(|w| !w.is_empty()).all(is_of_time);
    (rest.len() < 40 && time_only && !rest.starts_with(char::is_alphanumeric)).then_some(date)
}

fn unlabelled(line: &str) -> &str {
    let folded = line.to_ascii_lowercase();
    let cut = LABELS.iter().filter_map(|label| {
        let rest = folded.strip_prefix(label)?;
        rest.starts_with([':', ' ']).then_some(label.len())
    });
    // The longest label, so that "published on" is not read as "published" and the word "on".
    cut.max().map_or(line, |length| line[length..].trim_start_matches([':', ' ', '\u{a0}']))
}

/// `10:30`, `10.30am`, `p.m.`, `CEST`, `(GMT+2)`, `at`, `-`.
fn is_of_time(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| "()|.–—-+".contains(c));
    let clock = bare.starts_with(|c: char| c.is_ascii_digit()) && bare.len() <= 8;
    let zone =
        bare.len() <= 6 && bare.chars().all(|c| c.is_ascii_uppercase() || "+-:".contains(c) || c.is_ascii_digit());
    clock || zone || ["at", "am", "pm", "a.m", "p.m"].contains(&bare.to_ascii_lowercase().as_str())
}

/// `By Jane Doe | June 9, 2024`: one of the parts is a date.
fn parted(line: &str) -> Option<Date> {
    line.contains(['|', '•', '·']).then(|| line.split(['|', '•', '·']).find_map(|part| alone(part.trim())))?
}

/// `BRUSSELS, June 9, 2024 (Agency) - …`: a place of few words, a comma, the date, and a sign that ends it.
fn placed(start: &str) -> Option<Date> {
    start.match_indices(',').take(3).find_map(|(comma, _)| {
        let place = start.get(..comma)?;
        if comma > 60 || !place.starts_with(char::is_uppercase) || place.split(' ').count() > 5 {
            return None;
        }
        let rest = start.get(comma + 1..)?.trim_start();
        let (date, length) = dates::leading(rest)?;
        let after = rest.get(length..)?.trim_start_matches([' ', '\u{a0}', '.']);
        let ended = after.is_empty() || after.starts_with(['(', '-', '–', '—', '/', ':', '|']);
        ended.then_some(date)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn datelines() {
        for text in [
            "Headline\n\nBRUSSELS, June 9, 2024 (Agency) - Ministers met.",
            "WASHINGTON, D.C., June 9, 2024 /Wire/ -- A senator said.",
            "Paris, 9 June 2024 — The president said.",
            "Headline\n\nSunday, June 9, 2024  \n\n\nMinisters met.",
            "Headline\nPublished: 9 June 2024\nText.",
            "Headline\nPublished on Sunday 9 June 2024, 10:30 CEST\nText.",
            "Date: 2024-06-09\nText.",
            "Headline\nBy Jane Doe | June 9, 2024 at 10:30 a.m.\n\nText.",
            "Jane Doe, June 9, 2024\n\nText.",
        ] {
            assert_eq!(find(text), Some(date(2024, 6, 9)), "{text}");
        }
    }

    #[test]
    fn what_is_no_dateline() {
        for text in [
            "On Sunday, June 9, 2024, the president said that it was over.",
            "BRUSSELS, June 9 (Agency) - Ministers met.",
            "June 9, 2024 was a day that nobody will forget.",
            "Updated rules\n\nThe treaty of May 9, 1950 was signed.",
            "a\nb\nc\nd\ne\nDate: 2024-06-09",
            "The date of the vote, 9 June 2024, was set.",
            "",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "([A-Z]{0,3}é?[,|:] ?|June 9, 2024|\\PC|\n){0,20}") {
            let _ = find(&text);
        }
    }
}
