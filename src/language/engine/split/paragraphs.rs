//! Where one paragraph ends and the next begins, from the layout alone.
//!
//! In: a text. Out: byte ranges of its paragraphs, in order, none blank.
//! Blank lines and form feeds always part paragraphs. A single line break
//! does so after a short line without final punctuation (a headline, a date,
//! a list item) and before a list mark. Nothing here looks at words.

use std::ops::Range;

/// The paragraphs of a text.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut block: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(['\n', '\u{c}', '\u{2029}', '\u{85}']) {
        let line = trim(text, at..at + piece.len());
        at += piece.len();
        if line.is_empty() {
            close(text, &mut block, &mut out);
        } else {
            block.push(line);
            if piece.ends_with(['\u{c}', '\u{2029}']) {
                close(text, &mut block, &mut out);
            }
        }
    }
    close(text, &mut block, &mut out);
    out
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let line = &text[range.clone()];
    let start = range.start + (line.len() - line.trim_start().len());
    start..start.max(range.start + line.trim_end().len())
}

/// Turns the lines of a block into paragraphs.
fn close(text: &str, block: &mut Vec<Range<usize>>, out: &mut Vec<Range<usize>>) {
    let longest = block.iter().map(|l| text[l.clone()].chars().count()).max().unwrap_or(0);
    let mut current: Option<Range<usize>> = None;
    for (i, line) in block.iter().enumerate() {
        let joined = match current.take() {
            Some(open) => open.start..line.end,
            None => line.clone(),
        };
        let next = block.get(i + 1).map(|l| &text[l.clone()]);
        match next {
            Some(next) if !breaks(&text[line.clone()], next, longest) => current = Some(joined),
            _ => out.push(joined),
        }
    }
    block.clear();
}

/// Whether a single line break between two lines ends a paragraph.
fn breaks(line: &str, next: &str, longest: usize) -> bool {
    if starts_item(next) {
        return true;
    }
    let begins_anew = next.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    if !begins_anew {
        return false;
    }
    let width = line.chars().count();
    if longest > 160 {
        // Lines this long are not wrapped by hand: each is a paragraph.
        return true;
    }
    let last = line.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»']).chars().last();
    let finished = last.is_some_and(|c| ".?!:…".contains(c));
    let going_on = last.is_some_and(|c| ",;-–—(&/".contains(c));
    // The first word of the next line would have fitted on this one.
    let room = width + 1 + next.split_whitespace().next().map_or(0, |w| w.chars().count()) <= longest.min(100);
    !going_on && if finished { room && width * 4 < longest * 3 } else { room && width < 75 }
}

fn starts_item(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('•' | '◦' | '▪' | '‣' | '·') => true,
        Some('-' | '*' | '–') => chars.next() == Some(' '),
        Some(c) if c.is_ascii_digit() => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            line.len() - rest.len() <= 2 && (rest.starts_with(". ") || rest.starts_with(") "))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = paragraphs(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blank_lines_and_headlines() {
        check("Germany refuses arms\n\nBerlin said no.\n \nEnd", &["Germany refuses arms", "Berlin said no.", "End"]);
        check(
            "Germany refuses arms\nBerlin said on Tuesday that it would not send any arms.",
            &["Germany refuses arms", "Berlin said on Tuesday that it would not send any arms."],
        );
    }

    #[test]
    fn wrapped_lines_stay_together() {
        let text = "The minister said on Tuesday that the government of\nGermany would not send arms.";
        check(text, &[text]);
    }

    #[test]
    fn lists() {
        check("He wants:\n- peace\n- bread", &["He wants:", "- peace", "- bread"]);
        check("", &[]);
        check(" \n\t\n", &[]);
    }
}
