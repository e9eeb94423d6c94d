//! A page made safe and small before the extractor sees it.
//!
//! In: a page's source. Out: [`Tidied`]: the same page with every element closed in order, nested no deeper than
//! [`BLOCKS`], without scripts, styles, pictures, menus, captions and consent banners; and what its head tells.
//! Never here: recursion, or a tree. The extractor and the tree builder below it take time that grows with depth,
//! so depth is bounded before they run. Text is never dropped for being too deep, only its tags.

use std::collections::BTreeMap;

use super::metadata::Head;
use super::tokens::{Tag, Token, Tokens};

/// Deepest nesting of all elements. Pages that people read stay below 60.
const BLOCKS: usize = 120;
/// Deepest nesting at which an inline element (`<b>`, `<a>`, `<font>`) is still kept.
const INLINE: usize = 80;

/// Attributes that the extractor looks at; a value longer than [`VALUE`] is noise.
const ATTRIBUTES: [&str; 11] =
    ["id", "class", "role", "itemprop", "itemtype", "rel", "href", "hidden", "aria-hidden", "aria-modal", "style"];
const VALUE: usize = 512;
const NAME: usize = 32;

/// Left out with all that is in them: no words of the article.
const MEDIA: [&str; 9] = ["svg", "math", "template", "object", "canvas", "audio", "video", "select", "picture"];
/// Left out too, as long as the rest of the page has words.
const FURNITURE: [&str; 5] = ["nav", "menu", "dialog", "button", "figcaption"];
/// Beginnings of the words in an element's id or class that mark consent banners.
const BANNER: [&str; 15] = [
    "cookie-banner",
    "cookie-consent",
    "cookie-notice",
    "cookie-bar",
    "cookie-popup",
    "cookie-law",
    "cookiebanner",
    "cookieconsent",
    "cookienotice",
    "cookiebar",
    "consent-banner",
    "gdpr",
    "onetrust",
    "didomi",
    "usercentrics",
];
/// Words in a class that mark what stands under a picture.
const CAPTION: [&str; 6] =
    ["caption", "wp-caption-text", "image-caption", "photo-caption", "photo-credit", "image-credit"];

/// Elements without content, which have no end tag.
const VOID: [&str; 15] = [
    "br", "hr", "img", "input", "wbr", "area", "base", "col", "embed", "source", "track", "param", "meta", "link",
    "frame",
];

/// Elements that start a new line; all others are inline.
pub(super) const BLOCK: [&str; 37] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
];

/// A page fit for the extractor.
#[derive(Debug, Default)]
pub(super) struct Tidied {
    /// What would be between `<body>` and `</body>`.
    pub(super) body: String,
    /// Elements in it.
    pub(super) elements: usize,
    /// What the page says about itself.
    pub(super) head: Head,
}

/// Makes a page safe and small; `whole` keeps menus, banners and captions.
pub(super) fn tidy(source: &str, whole: bool) -> Tidied {
    let mut tidying = Tidying { whole, ..Tidying::default() };
    for token in Tokens::new(source) {
        if let Token::Close(name) = token {
            *tidying.closes.entry(name).or_default() += 1;
        }
    }
    for token in Tokens::new(source) {
        match token {
            Token::Text(text) => tidying.text(text),
            Token::Open(tag) => tidying.open(&tag),
            Token::Close(name) => tidying.close(&name),
            Token::Raw(tag, text) => tidying.page.head.raw(&tag, text),
        }
    }
    tidying.close_down_to(0);
    tidying.page
}

#[derive(Debug, Default)]
struct Tidying {
    page: Tidied,
    whole: bool,
    /// How many end tags of each name are still to come, so that what is never closed is not dropped to the end.
    closes: BTreeMap<String, usize>,
    /// Names of the elements that are open, outermost first; at most [`BLOCKS`].
    open: Vec<String>,
    /// Elements open beyond the deepest that are kept.
    beyond: usize,
    /// The element being left out and how many of its name are open in it.
    dropping: Option<(String, usize)>,
}

impl Tidying {
    fn text(&mut self, text: &str) {
        self.page.head.text(text);
        if self.dropping.is_none() {
            // A stray "<" must not become a tag with what follows it.
            self.page.body.push_str(if text == "<" { "&lt;" } else { text });
        }
    }

    fn open(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        self.page.head.open(tag);
        if let Some((dropped, depth)) = &mut self.dropping {
            *depth += usize::from(dropped == name);
            return;
        }
        let named = name.len() <= NAME && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-:".contains(&b));
        if !named || matches!(name, "html" | "head" | "body" | "frameset") {
            return;
        }
        if VOID.contains(&name) {
            if matches!(name, "br" | "hr") {
                self.close_implied(name);
                self.push(tag);
            }
            return;
        }
        if self.is_dropped(tag) {
            if self.closes.get(name).is_some_and(|&n| n > 0) {
                self.dropping = Some((name.to_owned(), 1));
            }
            self.page.body.push(' ');
            return;
        }
        self.close_implied(name);
        let deepest = if BLOCK.contains(&name) { BLOCKS } else { INLINE };
        if self.beyond > 0 || self.open.len() >= deepest {
            self.beyond += usize::from(self.open.len() >= BLOCKS);
            self.page.body.push(' ');
            return;
        }
        self.push(tag);
        self.open.push(tag.name.clone());
    }

    fn push(&mut self, tag: &Tag) {
        let body = &mut self.page.body;
        self.page.elements += 1;
        body.push('<');
        body.push_str(&tag.name);
        for name in ATTRIBUTES {
            if let Some(value) = tag.get(name).filter(|value| value.len() <= VALUE) {
                body.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
            }
        }
        body.push('>');
    }

    fn is_dropped(&self, tag: &Tag) -> bool {
        let name = tag.name.as_str();
        let container = matches!(name, "div" | "section" | "aside" | "form");
        let captioning = matches!(name, "p" | "div" | "span" | "small");
        let marked = |is_mark: &dyn Fn(&str) -> bool| {
            let values = ["id", "class"].iter().filter_map(|attribute| tag.get(attribute));
            let words = |value: &str| value.to_ascii_lowercase().replace('_', "-");
            values.map(words).any(|value| value.split_whitespace().any(is_mark))
        };
        MEDIA.contains(&name)
            || !self.whole
                && (FURNITURE.contains(&name)
                    || container && marked(&|word| BANNER.iter().any(|mark| word.starts_with(mark)))
                    || captioning && marked(&|word| CAPTION.contains(&word)))
    }

    fn close(&mut self, name: &str) {
        self.page.head.close(name);
        let left = self.closes.get_mut(name).map_or(0, |left| {
            *left = left.saturating_sub(1);
            *left
        });
        if let Some((dropped, depth)) = &mut self.dropping {
            if dropped == name {
                *depth -= 1;
                if *depth == 0 || left == 0 {
                    self.dropping = None;
                }
            }
        } else if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.close_down_to(at);
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        for name in self.open.drain(depth..).rev() {
            self.page.body.push_str("</");
            self.page.body.push_str(&name);
            self.page.body.push('>');
        }
    }

    /// Closes what HTML lets a writer leave open: a paragraph before a block, a list item before the next.
    fn close_implied(&mut self, name: &str) {
        let (closed, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "dir", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
            "tr" => (&["tr", "td", "th"], &["table"]),
            "td" | "th" => (&["td", "th"], &["table", "tr"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr"], &["table"]),
            "a" => (&["a"], &["table"]),
            _ if BLOCK.contains(&name) => (&["p"], &["td", "th", "table"]),
            _ => return,
        };
        let start = self.open.iter().rposition(|open| within.contains(&open.as_str())).map_or(0, |at| at + 1);
        let inner = self.open.get(start..).unwrap_or_default();
        if let Some(at) = inner.iter().position(|open| closed.contains(&open.as_str())) {
            self.close_down_to(start + at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(tidy(source, false).body, expected, "{source}");
    }

    #[test]
    fn every_element_is_closed_in_order() {
        check("<p>a<p>b", "<p>a</p><p>b</p>");
        check("<ul><li>a<li>b<ul><li>c</ul></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>");
        check("<b><i>x</b>y</i>z", "<b><i>x</i></b>yz");
        check(
            "<table><tr><td><p>a<td>b<tr><td>c</table>d",
            "<table><tr><td><p>a</p></td><td>b</td></tr><tr><td>c</td></tr></table>d",
        );
        check("<body onload=x><DIV Class='a \"b' data-x=1>x</body>", "<div class=\"a &quot;b\">x</div>");
        check("a <3 b & c", "a &lt;3 b & c");
    }

    #[test]
    fn furniture_is_left_out() {
        check("<nav><a>x</a><nav>y</nav></nav>z<script>1</script><svg><g>t</svg>", " z ");
        check("<div id=\"cookie_banner-2\">We <div>use</div> cookies</div><p>x</p>", " <p>x</p>");
        check("<figure><img><figcaption>c</figcaption></figure><p class='big caption'>c</p>", "<figure> </figure> ");
        check("<div class=\"has-cookie-banner\">x</div>", "<div class=\"has-cookie-banner\">x</div>");
        assert_eq!(tidy("<nav>x</nav>", true).body, "<nav>x</nav>");
    }

    #[test]
    fn what_is_never_closed_takes_nothing_with_it() {
        check("<nav>menu<p>text", " menu<p>text</p>");
        check("<svg><svg></svg><p>text", " <p>text</p>");
    }

    #[test]
    fn depth_is_bounded() {
        let page = tidy(&format!("{}x{}<p>y", "<div>".repeat(5000), "</div>".repeat(5000)), false);
        assert_eq!(page.elements, BLOCKS + 1);
        assert!(page.body.contains("x") && page.body.ends_with("</div><p>y</p>"));
        let page = tidy(&format!("{}<p>y", "<b>".repeat(5000)), false);
        assert_eq!(page.elements, INLINE + 1);
    }

    proptest! {
        #[test]
        fn the_result_is_well_nested(source in "(</?(p|div|b|a|li|ul|td|tr|table|nav|svg|br)[ >]|x){0,60}") {
            let mut open = Vec::new();
            for token in Tokens::new(&tidy(&source, false).body) {
                match token {
                    Token::Open(tag) if !VOID.contains(&tag.name.as_str()) => open.push(tag.name),
                    Token::Close(name) => prop_assert_eq!(open.pop(), Some(name)),
                    _ => {}
                }
            }
            prop_assert!(open.is_empty());
        }
    }
}
