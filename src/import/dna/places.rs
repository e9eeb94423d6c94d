//! Where a statement's words are.
//!
//! In: a document's title and text, and places in UTF-16 units, as Java counts them. Out: the words, and where they are in
//! bytes of the text as our own reader of documents puts it together (title, blank line, body). Never here: a place that the
//! text does not have.

use crate::document::{clean, text_of};

/// The words at a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Text {
    pub(super) quote: String,
    /// In bytes; `None` where our reader leaves these words out or changes them.
    pub(super) span: Option<(usize, usize)>,
}

/// The words at each of `places`, or why there are none, one after the other.
pub(super) fn place<'t>(
    title: &str,
    text: &'t str,
    places: &'t [(i64, i64)],
) -> impl Iterator<Item = Result<Text, String>> + use<'t> {
    let mut wanted: Vec<i64> = places.iter().flat_map(|(start, stop)| [*start, *stop]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let marks = marks(text, &wanted);
    let read = text_of(title, text).unwrap_or_default();
    let whole = clean(text);
    // The body ends as the cleaned text does; what comes before differs by a constant.
    let end = whole.trim_end().len();
    let words = move |start: i64, stop: i64| {
        let find = |at: i64| wanted.binary_search(&at).ok().and_then(|i| marks.get(i).copied().flatten());
        let (Some(from), Some(to)) = (find(start), find(stop)) else {
            let units = text.encode_utf16().count();
            return Err(format!("it is at {start} to {stop}, but the text has {units} units"));
        };
        let raw = text.get(from.outer_start..to.outer_end).filter(|_| start <= stop);
        let raw = raw.ok_or_else(|| format!("it begins at {start} and ends at {stop}"))?;
        // Between the halves of a letter there is nothing, either.
        let raw = if start == stop { "" } else { raw };
        let quote = clean(raw);
        let begin = (from.cleaned + read.len()).checked_sub(end);
        let span = begin.map(|begin| (begin, begin + quote.len())).filter(|_| !quote.is_empty());
        let span = span.filter(|(begin, end)| read.get(*begin..*end) == Some(quote.as_str()));
        Ok(Text { quote, span })
    };
    places.iter().map(move |(start, stop)| words(*start, *stop))
}

/// A place in the text.
#[derive(Debug, Clone, Copy)]
struct Mark {
    /// The byte at which a quote that starts here begins, and at which one that stops here ends: they differ where the
    /// place is between the halves of one letter, which is then taken whole.
    outer_start: usize,
    outer_end: usize,
    /// The byte of the beginning in the cleaned text.
    cleaned: usize,
}

/// The bytes at which `wanted` units (ascending) are; `None` where the text has no such unit.
fn marks(text: &str, wanted: &[i64]) -> Vec<Option<Mark>> {
    let mut marks = Vec::with_capacity(wanted.len());
    let mut wanted = wanted.iter().peekable();
    while wanted.next_if(|at| **at < 0).is_some() {
        marks.push(None);
    }
    let (mut units, mut last, mut cleaned) = (0i64, 0, 0);
    let mut mark = |start: usize, end: usize| {
        cleaned += clean(&text[last..start]).len();
        last = start;
        Some(Mark { outer_start: start, outer_end: end, cleaned })
    };
    for (at, c) in text.char_indices() {
        if wanted.next_if(|unit| **unit == units).is_some() {
            marks.push(mark(at, at));
        }
        if c.len_utf16() == 2 && wanted.next_if(|unit| **unit == units + 1).is_some() {
            marks.push(mark(at, at + c.len_utf8()));
        }
        units += c.len_utf16() as i64;
    }
    if wanted.next_if(|unit| **unit == units).is_some() {
        marks.push(mark(text.len(), text.len()));
    }
    marks.extend(wanted.map(|_| None));
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(title: &str, text: &str, start: i64, stop: i64) -> Result<Text, String> {
        place(title, text, &[(start, stop)]).next().unwrap()
    }

    #[test]
    fn places_are_counted_as_java_counts() {
        let text = "🙂 Ünion 😀 said no.";
        let found = one("Title", text, 3, 11).unwrap();
        assert_eq!(found.quote, "Ünion 😀");
        let read = text_of("Title", text).unwrap();
        let (start, end) = found.span.unwrap();
        assert_eq!(&read[start..end], "Ünion 😀");
        // Half a letter is taken whole.
        assert_eq!(one("", text, 10, 11).unwrap().quote, "😀");
        assert_eq!(one("", text, 9, 10).unwrap().quote, "😀");
    }

    #[test]
    fn places_outside_of_the_text_are_told() {
        assert_eq!(one("", "four", 2, 9).unwrap_err(), "it is at 2 to 9, but the text has 4 units");
        assert_eq!(one("", "four", -1, 2).unwrap_err(), "it is at -1 to 2, but the text has 4 units");
        assert_eq!(one("", "four", 3, 1).unwrap_err(), "it begins at 3 and ends at 1");
        assert_eq!(one("", "", 0, 0).unwrap(), Text::default());
    }

    #[test]
    fn line_ends_and_a_title_that_stands_twice_move_places() {
        let text = "  Ports  strike\r\n\r\nThe union\r\nsaid no.  ";
        let start = text.find("The").unwrap() as i64;
        let found = one("Ports strike", text, start, start + 20).unwrap();
        assert_eq!(found.quote, "The union\nsaid no.  "[..found.quote.len()]);
        let read = text_of("Ports strike", text).unwrap();
        assert_eq!(read, "Ports strike\n\nThe union\nsaid no.");
        let found = one("Ports strike", text, start, start + 18).unwrap();
        let (start, end) = found.span.unwrap();
        assert_eq!(read[start..end], found.quote);
        // What our reader does not keep has no place in its text.
        assert_eq!(one("Ports strike", text, 0, 5).unwrap().span, None);
    }

    proptest! {
        #[test]
        fn spans_hold_their_quotes(
            title in "(\\PC|\r|\n){0,12}",
            text in "(\\PC|\r\n|\n|\r|🙂|\u{0}){0,40}",
            places in prop::collection::vec((-2i64..50, -2i64..50), 0..6),
        ) {
            let read = text_of(&title, &text).unwrap_or_default();
            let units: Vec<u16> = text.encode_utf16().collect();
            for ((start, stop), found) in places.iter().zip(place(&title, &text, &places)) {
                let inside = 0 <= *start && start <= stop && *stop <= units.len() as i64;
                prop_assert_eq!(found.is_ok(), inside || (start <= stop && found.is_ok()));
                let Ok(found) = found else { continue };
                if let Some((begin, end)) = found.span {
                    prop_assert_eq!(read.get(begin..end), Some(found.quote.as_str()));
                }
                if let Ok(words) = String::from_utf16(&units[*start as usize..*stop as usize]) {
                    prop_assert_eq!(clean(&words), found.quote);
                }
            }
        }
    }
}
