//! Markdown.
//!
//! In: the text of a file, with or without front matter (`---` and YAML-like lines, `+++` and TOML-like ones). Out: the
//! parts of the article, its words without the markup; the first heading of the first level is the title unless
//! front matter has one.
//! Never here: pictures' alternative texts, comments, or footnote marks.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::assemble::{Parts, one_line};
use super::{dateline, html};

/// The parts of a Markdown text.
pub(super) fn read(text: &str) -> Parts {
    let (mut parts, source) = front_matter(text);
    let (heading, body) = plain(source);
    parts.title = parts.title.or(heading);
    parts.body = body;
    parts.date = parts.date.or_else(|| dateline::find(&parts.body));
    parts
}

/// The fields between the two fences at the top, and what follows them.
fn front_matter(text: &str) -> (Parts, &str) {
    let text = text.trim_start();
    let fenced = [("---\n", ':'), ("+++\n", '=')].into_iter().find_map(|(fence, sign)| {
        let inner = text.strip_prefix(fence)?;
        let mut length = 0;
        for line in inner.split_inclusive('\n') {
            if line.trim_end() == fence.trim_end() {
                return Some((inner.get(..length)?, inner.get(length + line.len()..)?, sign));
            }
            length += line.len();
        }
        None
    });
    let Some((fields, rest, sign)) = fenced else { return (Parts::default(), text) };
    let mut parts = Parts::default();
    for (key, value) in fields.lines().filter_map(|line| line.split_once(sign)) {
        parts.set(key, value.trim().trim_matches(['"', '\'']));
    }
    (parts, rest)
}

/// The title, and the words in paragraphs.
fn plain(source: &str) -> (Option<String>, String) {
    let mut text = Text::default();
    for event in Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        text.event(&event);
    }
    text.end();
    (text.title, text.done.join("\n\n"))
}

#[derive(Debug, Default)]
struct Text {
    title: Option<String>,
    done: Vec<String>,
    line: String,
    markup: String,
    images: usize,
}

impl Text {
    fn event(&mut self, event: &Event) {
        if !matches!(event, Event::Html(_) | Event::Start(Tag::HtmlBlock)) && !self.markup.is_empty() {
            self.done.extend(html::paragraphs(&std::mem::take(&mut self.markup)));
        }
        match event {
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images -= 1,
            _ if self.images > 0 => {}
            Event::Text(words) | Event::Code(words) => self.line.push_str(words),
            Event::Html(markup) => self.markup.push_str(markup),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => self.line.push(' '),
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if self.title.is_none() && self.done.is_empty() => {
                self.title = Some(one_line(&std::mem::take(&mut self.line))).filter(|title| !title.is_empty());
            }
            Event::Start(tag) if !is_inline(tag) => self.end(),
            Event::End(tag) if !is_inline_end(*tag) => self.end(),
            _ => {}
        }
    }

    fn end(&mut self) {
        self.done.extend(html::paragraphs(&std::mem::take(&mut self.markup)));
        let line = one_line(&std::mem::take(&mut self.line));
        if !line.is_empty() {
            self.done.push(line);
        }
    }
}

fn is_inline(tag: &Tag) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::TableCell)
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::TableCell)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, title: Option<&str>, body: &str) {
        let parts = read(text);
        assert_eq!((parts.title.as_deref(), parts.body.as_str()), (title, body), "{text}");
    }

    #[test]
    fn markup_goes_and_words_stay() {
        check(
            "# Ministers *meet*\n\nThey **talked** with\n[Poland](https://a.example) &amp; others.\n\n## Later\n\n- one\n- two\n\n> quoted\n",
            Some("Ministers meet"),
            "They talked with Poland & others.\n\nLater\n\none\n\ntwo\n\nquoted",
        );
        check("Text ![a picture](x.png) goes on<!-- not this -->.", None, "Text goes on.");
        check(
            "<div class=x>\n<p>In a block</p>\n</div>\n\n<!-- no -->\n\nAfter <b>it</b>.",
            None,
            "In a block\n\nAfter it.",
        );
        check("| a | b |\n|---|---|\n| c | d |\n", None, "a b\n\nc d");
        check("First.\n\n# Heading\n\nSecond.", None, "First.\n\nHeading\n\nSecond.");
    }

    #[test]
    fn front_matter_is_honoured() {
        let text = "---\ntitle: \"Ministers: a meeting\"\ndate: 2024-06-09T10:00:00Z\nurl: https://a.example/1\nsource: The Daily\ntags: [x]\n---\n\n# Another\n\nText.\n";
        let parts = read(text);
        assert_eq!(parts.title.as_deref(), Some("Ministers: a meeting"));
        assert_eq!(parts.date, Some(date(2024, 6, 9)));
        assert_eq!(parts.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(parts.publisher.as_deref(), Some("The Daily"));
        assert_eq!(parts.body, "Text.");
        assert_eq!(read("+++\ntitle = 'T'\ndate = 2024-06-09\n+++\nText.").title.as_deref(), Some("T"));
        check("---\ntitle: never closed\n\nText.", None, "title: never closed\n\nText.");
    }

    proptest! {
        #[test]
        fn never_panics(text in "([-#>*_`<\\[\\]!(|)+~ \n]|ab|---\n|\\PC){0,60}") {
            let _ = read(&text);
        }
    }
}
