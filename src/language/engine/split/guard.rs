//! What the boundary classifier may not decide: where addresses of the web
//! and of mail end, and which words may be cut between two letters.
//!
//! In: the characters of a paragraph and a position. Out: bounds on the
//! decision. Looks at no more than [`REACH`] characters.

/// How far an address may reach.
pub const REACH: usize = 200;

/// The end of the address that begins at `at`, if one does.
pub fn address_end(chars: &[char], at: usize) -> Option<usize> {
    let chunk_end =
        (at..chars.len().min(at + REACH)).find(|&i| chars[i].is_whitespace() || "<>\"“”".contains(chars[i]));
    let mut end = chunk_end.unwrap_or(chars.len().min(at + REACH));
    let chunk = &chars[at..end];
    if !is_web(chunk) && !is_mail(chunk) {
        return None;
    }
    while end > at && ".,;:!?'’)]".contains(chars[end - 1]) {
        let opens = chars[at..end].contains(&'(') && chars[end - 1] == ')';
        if opens {
            break;
        }
        end -= 1;
    }
    (end > at + 4).then_some(end)
}

fn begins(chunk: &[char], with: &str) -> bool {
    let mut chars = chunk.iter().map(char::to_ascii_lowercase);
    with.chars().all(|c| chars.next() == Some(c))
}

fn is_web(chunk: &[char]) -> bool {
    ["http://", "https://", "ftp://", "www."].iter().any(|p| begins(chunk, p) && chunk.len() > p.len() + 2)
}

fn is_mail(chunk: &[char]) -> bool {
    let Some(sign) = chunk.iter().position(|&c| c == '@') else {
        return false;
    };
    let plain = |c: &char| c.is_alphanumeric() || "._-+".contains(*c);
    let host = &chunk[sign + 1..];
    let host_len = host.iter().take_while(|c| plain(c)).count();
    sign > 0
        && chunk[..sign].iter().all(plain)
        && host[..host_len].iter().position(|&c| c == '.').is_some_and(|dot| dot > 0 && dot + 2 < host_len)
}

/// Whether a word may be cut between the letters at `at` and `at + 1`.
pub fn may_cut(chars: &[char], token: usize, at: usize) -> bool {
    let Some(&next) = chars.get(at + 1) else {
        return true;
    };
    if !chars[at].is_alphabetic() || !next.is_alphabetic() {
        return true;
    }
    let lower = |range: &[char]| -> String {
        let straight = range.iter().map(|&c| if c == '’' { '\'' } else { c });
        straight.flat_map(char::to_lowercase).collect()
    };
    if at - token > 6 {
        return false;
    }
    let end =
        (at + 1..chars.len().min(at + 6)).find(|&i| !chars[i].is_alphabetic() && chars[i] != '\'' && chars[i] != '’');
    let rest = lower(&chars[at + 1..end.unwrap_or(chars.len().min(at + 6))]);
    let word = lower(&chars[token..=at]);
    let word = word.as_str();
    let person = matches!(word, "i" | "you" | "he" | "she" | "it" | "we" | "they" | "that" | "who" | "there" | "what");
    match rest.trim_end_matches('\'') {
        "n't" | "nt" => true,
        "not" => word == "can",
        "na" => matches!(word, "gon" | "wan"),
        "ta" => matches!(word, "got" | "ought" | "out"),
        "m" => word == "i",
        // "its" is a word far more often than a slip for "it's".
        "s" => person && word != "it" || matches!(word, "let" | "here" | "where" | "how"),
        "ve" | "d" | "ll" | "re" => person || matches!(word, "would" | "could" | "should"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<String> {
        let chars: Vec<char> = text.chars().collect();
        address_end(&chars, 0).map(|end| chars[..end].iter().collect())
    }

    #[test]
    fn addresses() {
        assert_eq!(address("https://example.org/a?b=c or").as_deref(), Some("https://example.org/a?b=c"));
        assert_eq!(address("www.example.org.").as_deref(), Some("www.example.org"));
        assert_eq!(address("a@b.co.uk,").as_deref(), Some("a@b.co.uk"));
        assert_eq!(address("https: no"), None);
        assert_eq!(address("@handle"), None);
    }

    #[test]
    fn cuts_between_letters() {
        let cut = |word: &str, at: usize| may_cut(&word.chars().collect::<Vec<_>>(), 0, at);
        assert!(cut("don't", 1) && cut("cannot", 2) && cut("Didn’t", 2));
        assert!(!cut("Commission", 6) && !cut("added", 3) && !cut("its", 1));
    }
}
