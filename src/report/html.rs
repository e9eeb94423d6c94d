//! A report as one HTML page, to be read on a screen or printed on A4.
//!
//! In: the report in Markdown. Out: a page without scripts, in the style of the explorer. Never here: what the report says.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

const STYLE: &str = include_str!("report.css");

/// The page. Its title is the first heading. Markup that stands in the Markdown is shown as text, and the page's policy lets
/// nothing be fetched and nothing run.
pub fn report_html(markdown: &str) -> String {
    let parser = || Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let events = parser().map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    });
    let mut body = String::new();
    html::push_html(&mut body, events);
    let heading = parser()
        .skip_while(|e| !matches!(e, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })))
        .take_while(|e| !matches!(e, Event::End(TagEnd::Heading(_))));
    let title: String = heading
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    // A wide table moves by itself, not the page, and by the keyboard, too.
    let wide = "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>";
    let body = body.replace("<table>", wide).replace("</table>", "</table></div>");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        html_escape::encode_safe(&title)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::escape::escape;

    #[test]
    fn tables_lists_and_headings_are_a_page() {
        let page = report_html("# Who & *what*\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n- one\n  - “two”\n");
        assert!(page.contains("<title>Who &amp; what</title>"), "{page}");
        assert!(page.contains("aria-label=\"Table\"><table>") && page.contains("<td>2</td>") && page.contains("“two”"));
        assert_eq!(page.matches("<main>").count(), 1);
    }

    #[test]
    fn what_documents_say_is_never_markup() {
        let hostile = "<script>alert(1)</script> [x](javascript:alert) ![y](http://example.org/z.png) </main>";
        for text in [hostile.to_owned(), escape(hostile)] {
            let page = report_html(&format!("# {text}\n\n- {text}\n\n{hostile}\n\n<div>\n{hostile}\n</div>\n"));
            assert!(!page.contains("<script") && page.matches("</main>").count() == 1, "{page}");
        }
        let page = report_html(&format!("- {}\n", escape(hostile)));
        assert!(!page.contains("<a ") && !page.contains("<img"), "{page}");
    }
}
