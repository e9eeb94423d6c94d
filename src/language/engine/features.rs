//! What the network sees of one word form.
//!
//! In: a form. Out: its normalized spelling (looked up among the known words)
//! and the buckets of its spelling features. Only the first and last
//! [`HALF`] characters are looked at, so a hostile token costs no more than a
//! long word. Contexts never enter here.

/// Number of hashed spelling features.
pub const BUCKETS: usize = 16_384;

/// How many characters at either end of a form are looked at.
pub const HALF: usize = 20;

/// The spelling under which a form is looked up: lowercase, straight quotes,
/// digits as `0`, and one name for every URL and mail address.
pub fn normalize(form: &str) -> String {
    let lower: String = shorten(form).flat_map(char::to_lowercase).collect();
    if is_url(&lower) {
        return "<url>".to_string();
    }
    if is_mail(&lower) {
        return "<mail>".to_string();
    }
    lower.chars().map(|c| if c.is_ascii_digit() { '0' } else { straight(c) }).collect()
}

fn shorten(form: &str) -> impl Iterator<Item = char> + '_ {
    let mut ends = form.char_indices().map(|(at, _)| at);
    let head = ends.by_ref().nth(HALF).unwrap_or(form.len());
    let mut starts = form.char_indices().rev().map(|(at, _)| at);
    let tail = starts.nth(HALF - 1).unwrap_or(0).max(head);
    form[..head].chars().chain(form[tail..].chars())
}

/// Typographic quotes and dashes as their typewriter forms.
pub fn straight(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '–' | '—' | '−' | '‐' | '‑' | '―' => '-',
        _ => c,
    }
}

fn is_url(lower: &str) -> bool {
    lower.starts_with("http://") || lower.starts_with("https://") || (lower.starts_with("www.") && lower.len() > 6)
}

fn is_mail(lower: &str) -> bool {
    lower.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && host.len() > 3)
}

/// The outline of a form: `X` for capitals, `x` for small letters, `d` for
/// digits, other characters as they are, runs cut to two.
pub fn shape(form: &str) -> String {
    let mut out = String::new();
    let (mut last, mut run) = ('\0', 0);
    for c in shorten(form) {
        let class = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            'd'
        } else {
            straight(c)
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 2 {
            out.push(class);
        }
    }
    out
}

/// Calls `each` with the bucket of every spelling feature of a form whose
/// normalized spelling is `norm`: character n-grams of 3 and 4, edges of 1 to
/// 5, the shape, and the whole spelling.
pub fn for_each_bucket(form: &str, norm: &str, mut each: impl FnMut(usize)) {
    let chars: Vec<char> = std::iter::once('^').chain(norm.chars()).chain(std::iter::once('$')).collect();
    let n = chars.len();
    each(bucket(0, shape(form).chars()));
    each(bucket(1, chars.iter().copied()));
    for size in 3..=4 {
        for gram in chars.windows(size) {
            each(bucket(2, gram.iter().copied()));
        }
    }
    for size in [2, 3, 6] {
        if n > size {
            each(bucket(3, chars[..size].iter().copied()));
            each(bucket(4, chars[n - size..].iter().copied()));
        }
    }
}

fn bucket(kind: u64, chars: impl Iterator<Item = char>) -> usize {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for c in chars {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((hash >> 40) as usize) % BUCKETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        assert_eq!(normalize("Paris’s"), "paris's");
        assert_eq!(normalize("2019"), "0000");
        assert_eq!(normalize("https://example.org/x"), "<url>");
        assert_eq!(normalize("a.b@example.org"), "<mail>");
        assert_eq!(shape("McDonald's"), "XxXxx'x");
        assert_eq!(shape("2,300"), "d,dd");
    }

    #[test]
    fn long_forms_are_cut() {
        let long = "ab".repeat(100_000);
        assert_eq!(normalize(&long).len(), 2 * HALF);
        assert_eq!(normalize("abcdefghijklmnopqrstuvwxy").len(), 25);
        let mut count = 0;
        for_each_bucket(&long, &normalize(&long), |_| count += 1);
        assert!(count < 100);
    }
}
