//! HTML as paragraphs of plain text.
//!
//! In: markup. Out: the text of its blocks, one paragraph each, entities decoded, blanks collapsed.
//! Never here: a choice of what belongs to the article, but for lines that only lead elsewhere ("Read more: …").

use html_escape::decode_html_entities;

use super::super::assemble::{has_words, one_line};
use super::tidy::BLOCK;
use super::tokens::{Token, Tokens};

/// Beginnings of lines that lead to other articles; dropped when most of the line is a link.
const LEADS: [&str; 12] = [
    "read more",
    "read also",
    "also read",
    "read next",
    "see also",
    "related",
    "more on",
    "watch",
    "listen",
    "share",
    "follow",
    "sign up",
];
/// Whole lines that are never the article's.
const LABELS: [&str; 5] = ["advertisement", "read more", "related", "share", "share this article"];

/// The paragraphs of `markup`.
pub(in super::super) fn paragraphs(markup: &str) -> Vec<String> {
    let mut blocks = Blocks::default();
    for token in Tokens::new(markup) {
        match token {
            Token::Text(text) => blocks.text(text),
            Token::Open(tag) => blocks.tag(&tag.name, true),
            Token::Close(name) => blocks.tag(&name, false),
            Token::Raw(..) => {}
        }
    }
    blocks.end();
    blocks.done
}

#[derive(Debug, Default)]
struct Blocks {
    done: Vec<String>,
    text: String,
    /// Letters of the paragraph that are part of a link.
    linked: usize,
    in_link: bool,
    broken: bool,
}

impl Blocks {
    fn text(&mut self, text: &str) {
        if text.chars().all(char::is_whitespace) {
            self.text.push(' ');
            return;
        }
        self.broken = false;
        let text = decode_html_entities(text);
        // Soft hyphens and zero-width spaces only say where a word may be broken.
        let shown = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}'));
        let before = self.text.len();
        self.text.extend(shown);
        if self.in_link {
            self.linked += self.text.len() - before;
        }
    }

    fn tag(&mut self, name: &str, opens: bool) {
        match name {
            "a" => self.in_link = opens,
            // One break parts lines, two part paragraphs.
            "br" if self.broken => self.end(),
            "br" => {
                self.text.push(' ');
                self.broken = true;
            }
            "td" | "th" => self.text.push(' '),
            _ if BLOCK.contains(&name) => self.end(),
            _ => {}
        }
    }

    fn end(&mut self) {
        let text = one_line(&self.text);
        if has_words(&text) && !self.leads_elsewhere(&text) {
            self.done.push(text);
        }
        self.text.clear();
        self.linked = 0;
        self.broken = false;
    }

    fn leads_elsewhere(&self, text: &str) -> bool {
        let start: String = text.chars().take(30).collect::<String>().to_lowercase();
        let label = LABELS.contains(&start.trim_end_matches([':', '.', '…', ' ']));
        label || self.linked * 2 > text.len() && LEADS.iter().any(|lead| start.starts_with(lead))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(markup: &str, expected: &[&str]) {
        assert_eq!(paragraphs(markup), expected, "{markup}");
    }

    #[test]
    fn blocks_are_paragraphs() {
        check("<h2>A</h2><p>b <b>c</b>d\n e</p>f<ul><li>g</li><li>h</li></ul>", &["A", "b cd e", "f", "g", "h"]);
        check("a<br>b<br/> <br>c", &["a b", "c"]);
        check("<tr><td>a</td><td>b</td></tr>", &["a b"]);
        check("Tom&nbsp;&amp; Jerry&#39;s caf&eacute; co&shy;op &unknown;", &["Tom & Jerry's café coop &unknown;"]);
        check("<script>x</script><p>***</p><p>a", &["a"]);
    }

    #[test]
    fn lines_that_lead_elsewhere_go() {
        check("<p>Read more: <a href=x>Ministers fall out over the plan</a></p><p>a</p>", &["a"]);
        check("<p>Advertisement</p><p>Share</p><p>a</p>", &["a"]);
        check("<p>Read more than once, <a>he</a> said.</p>", &["Read more than once, he said."]);
    }

    proptest! {
        #[test]
        fn never_panics(markup in "(<(/?(p|a|br|td|b|script))?>?|&[a-z#0-9;]{0,5}|\\PC){0,40}") {
            for paragraph in paragraphs(&markup) {
                prop_assert!(!paragraph.contains('\n'));
            }
        }
    }
}
