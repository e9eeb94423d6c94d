//! Web pages.
//!
//! In: a page's source. Out: the article's parts: headline, text, date, link and publisher.
//! Never here: the text of menus, banners, scripts or captions, unless the page has no other; and never more than
//! linear time: a page goes through `tidy`, which bounds its depth, and one that is larger than the extractor can
//! take is read as all its paragraphs.
//!
//! The article is found by `dom_smoothie`, a port of Mozilla's Readability.

mod blocks;
mod metadata;
mod tidy;
mod tokens;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::{Config, Readability};

use super::assemble::{Parts, has_words};
use super::dateline;

pub(super) use blocks::paragraphs;

/// Most elements, and most bytes of tidied markup, that the extractor is given; it takes seconds for more.
const ELEMENTS: usize = 30_000;
const MARKUP: usize = 4 << 20;
/// Most bytes of text between two tags. The extractor writes its result with html5ever, which (0.40) searches the
/// rest of such a text again after every ampersand.
const RUN: usize = 1 << 15;
/// Text of fewer characters is taken for a failure, and looked for again with looser rules. The extractor's own
/// limit, 500, makes it add the menu to a short report.
const SHORT: usize = 140;

/// The parts of a page.
pub(super) fn read(source: &str) -> Parts {
    let page = tidy::tidy(source, false);
    let title = page.head.headline();
    let mut found = extract(&page, title.as_deref()).unwrap_or_default();
    for whole in [false, true] {
        if found.iter().any(|paragraph| has_words(paragraph)) {
            break;
        }
        found = if whole { paragraphs(&tidy::tidy(source, true).body) } else { paragraphs(&page.body) };
    }
    let body = found.join("\n\n");
    Parts {
        id: None,
        date: page.head.date().or_else(|| dateline::find(&body)),
        url: page.head.url(),
        publisher: page.head.publisher(),
        title,
        body,
    }
}

/// The article's paragraphs as the extractor finds them.
fn extract(page: &tidy::Tidied, title: Option<&str>) -> Option<Vec<String>> {
    let size = page.body.len();
    if page.elements > ELEMENTS || size > MARKUP || page.body.split('<').any(|run| run.len() > RUN) {
        return None;
    }
    let config = Config { char_threshold: SHORT, disable_json_ld: true, ..Config::default() };
    // The title lets the extractor drop the heading that repeats it.
    let title = html_escape::encode_text(title.unwrap_or_default());
    let source = format!("<!DOCTYPE html><title>{title}</title><body>{}</body>", page.body);
    // A page that trips the extractor up must not take the other articles with it.
    let article = catch_unwind(AssertUnwindSafe(|| Readability::new(source, None, Some(config))?.parse()));
    Some(paragraphs(&article.ok()?.ok()?.content))
}

#[cfg(test)]
mod tests;
