//! HTML cut into tags and text.
//!
//! In: a page's source, however broken. Out: [`Token`]s that borrow from it, in one pass: each byte is looked at a
//! bounded number of times, and nothing is ever read again, so no page takes more than linear time.
//! Never here: an opinion on which tag may stand where, or decoded entities.

/// More attributes than a page has reason to put on one tag; the rest are passed over.
const ATTRIBUTES: usize = 32;

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Words between tags, entities not decoded.
    Text(&'a str),
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag's name in small letters.
    Close(String),
    /// An element whose content is not markup, with that content: `script`, `style`, `title`, `textarea`, ….
    Raw(Tag<'a>, &'a str),
}

/// A start tag.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// In small letters.
    pub(super) name: String,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// The attribute's value as written, trimmed; empty when the attribute has none.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// Elements whose content is not markup.
const RAW: [&str; 10] =
    ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"];

/// Cuts `source` into tokens.
pub(super) struct Tokens<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// What comes before `mark`, which is passed over; all that is left when there is none.
    fn until(&mut self, mark: &str) -> &'a str {
        let rest = self.rest();
        let end = rest.find(mark).unwrap_or(rest.len());
        self.at = (self.at + end + mark.len()).min(self.source.len());
        &rest[..end]
    }

    /// The content of a raw element, up to its end tag, which is passed over.
    fn raw(&mut self, name: &str) -> &'a str {
        let rest = self.rest();
        let end = rest.match_indices("</").find_map(|(at, _)| {
            let after = rest.as_bytes().get(at + 2..)?;
            let same = after.get(..name.len())?.eq_ignore_ascii_case(name.as_bytes());
            let ended = after.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || b"/>".contains(b));
            (same && ended).then_some(at)
        });
        self.at += end.unwrap_or(rest.len());
        if end.is_some() {
            self.until(">");
        }
        &rest[..end.unwrap_or(rest.len())]
    }

    /// The attributes of the tag whose name ends here, and its `>`.
    fn attributes(&mut self) -> Vec<(&'a str, &'a str)> {
        let bytes = self.source.as_bytes();
        let run = |from: usize, stop: &dyn Fn(u8) -> bool| {
            from + bytes.get(from..).unwrap_or_default().iter().take_while(|&&b| !stop(b)).count()
        };
        let blank = |b: u8| b.is_ascii_whitespace();
        let mut found = Vec::new();
        loop {
            let name = run(self.at, &|b| !blank(b) && b != b'/');
            // A name may begin with "=", but never is empty.
            let name_end = match bytes.get(name) {
                None => {
                    self.at = bytes.len();
                    return found;
                }
                Some(b'>') => {
                    self.at = name + 1;
                    return found;
                }
                Some(_) => run(name + 1, &|b| blank(b) || b"/>=".contains(&b)),
            };
            let equals = run(name_end, &|b| !blank(b));
            let (mut value, mut value_end) = (name_end, name_end);
            self.at = name_end;
            if bytes.get(equals) == Some(&b'=') {
                value = run(equals + 1, &|b| !blank(b));
                self.at = match bytes.get(value) {
                    Some(&quote @ (b'"' | b'\'')) => {
                        value += 1;
                        value_end = run(value, &|b| b == quote);
                        value_end + 1
                    }
                    _ => {
                        value_end = run(value, &|b| blank(b) || b == b'>');
                        value_end
                    }
                };
            }
            let pair = self.source.get(name..name_end).zip(self.source.get(value..value_end));
            found.extend(pair.filter(|_| found.len() < ATTRIBUTES));
        }
    }

    /// The name that begins here, in small letters; empty when no letter stands here.
    fn name(&mut self) -> String {
        let rest = self.rest();
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return String::new();
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || "/>".contains(c)).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_ascii_lowercase()
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let Some(after) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                self.at += end;
                return (end > 0).then(|| Token::Text(&rest[..end]));
            };
            if after.starts_with("!--") {
                self.at += 4;
                // "<!-->" and "<!--->" are whole comments.
                if !["->", ">"].iter().any(|short| self.rest().starts_with(short)) {
                    self.until("-->");
                } else {
                    self.until(">");
                }
            } else if after.starts_with(['!', '?']) {
                self.until(">");
            } else if let Some(name) = after.strip_prefix('/') {
                if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    self.at += 2;
                    let name = self.name();
                    self.attributes();
                    return Some(Token::Close(name));
                }
                self.until(">");
            } else {
                self.at += 1;
                let name = self.name();
                if name.is_empty() {
                    // "a < b": a sign and no tag.
                    return Some(Token::Text(&rest[..1]));
                }
                let tag = Tag { attributes: self.attributes(), name };
                return Some(match RAW.iter().find(|raw| **raw == tag.name) {
                    Some(raw) => Token::Raw(tag, self.raw(raw)),
                    None => Token::Open(tag),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(source: &str, expected: &str) {
        let shown: Vec<String> = Tokens::new(source)
            .map(|token| match token {
                Token::Text(text) => format!("{text:?}"),
                Token::Close(name) => format!("/{name}"),
                Token::Open(tag) => tag.attributes.iter().fold(tag.name, |s, (k, v)| format!("{s} {k}={v:?}")),
                Token::Raw(tag, text) => format!("{}({text})", tag.name),
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{source}");
    }

    #[test]
    fn tags_text_and_attributes() {
        check("<P class=a>x</P >y", "p class=\"a\" \"x\" /p \"y\"");
        check("<a href='x>y' b c = \"d\"/>", "a href=\"x>y\" b=\"\" c=\"d\"");
        check("a < b <3 c", "\"a \" \"<\" \" b \" \"<\" \"3 c\"");
        check("<!-- <p> -->x<!-->y<!--->z<!doctype html>w<?xml?>", "\"x\" \"y\" \"z\" \"w\"");
        check("<script>if (a</b) \"<p>\"</SCRIPT >x", "script(if (a</b) \"<p>\") \"x\"");
        check("<title>a &amp; b</title>", "title(a &amp; b)");
        check("é<b>é</b", "\"é\" b \"é\" /b");
    }

    #[test]
    fn what_is_never_closed_ends_with_the_page() {
        check("x<a href=\"y", "\"x\" a href=\"y\"");
        check("x<!-- y <p>", "\"x\"");
        check("<script>x<p>", "script(x<p>)");
        check("x<", "\"x\" \"<\"");
        check("</", "");
    }

    proptest! {
        #[test]
        fn never_panics_and_always_ends(source in "[<>/!a=\"'é -]{0,60}", any in "\\PC{0,60}") {
            prop_assert!(Tokens::new(&source).count() <= source.len());
            prop_assert!(Tokens::new(&any).count() <= any.len());
        }
    }
}
