//! Text of documents inside Markdown, so that it shows as it is.

/// Escapes every character that Markdown (CommonMark, with tables, strike-through and mathematics as on GitHub) could
/// read as markup, and puts all on one line. The result may stand anywhere in a line, also at its beginning.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in line.char_indices() {
        let anywhere = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' | '$' | '^');
        let first = at == 0 && matches!(c, '-' | '+' | '=' | ':');
        let numbered = at > 0 && at == digits && matches!(c, '.' | ')');
        if anywhere || first || numbered {
            out.push('\\');
        }
        // Control characters have no place in a report.
        out.push(if c.is_control() { '\u{fffd}' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    /// The plain text of a list item that holds the escaped text, if that is all there is.
    fn shown(text: &str) -> Option<String> {
        let markdown = format!("- {}\n", escape(text));
        let mut words = String::new();
        for event in Parser::new_ext(&markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(part) => words.push_str(&part),
                Event::Start(Tag::List(None) | Tag::Item) | Event::End(TagEnd::List(false) | TagEnd::Item) => {}
                _ => return None,
            }
        }
        Some(words)
    }

    #[test]
    fn markup_shows_as_it_is() {
        for text in
            ["a*b*c _d_ `e` [f](g) <h> |i| ~~j~~ &lt; #k", "- item", "1. item", "# head", "> quote", "$x$", "===", "\\"]
        {
            assert_eq!(shown(text).as_deref(), Some(text));
        }
        assert_eq!(shown("two\nlines\n\n# no head").as_deref(), Some("two lines # no head"));
        assert_eq!(escape("Macron's “plan” (2024)"), "Macron's “plan” (2024)");
    }

    proptest! {
        #[test]
        fn nothing_breaks_out(text in "[ -~]{1,40}") {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assume!(!line.is_empty());
            prop_assert_eq!(shown(&text), Some(line));
        }
    }
}
