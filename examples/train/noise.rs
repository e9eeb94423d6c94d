//! Changes to the training sentences, so that headlines, capitals, missing
//! full stops and typing errors are nothing new to the network.

use crate::random::Random;

/// The forms of a sentence as they might have been typed; a shorter list
/// means that the last token, a closing punctuation mark, is gone.
pub fn noisy(forms: &[String], last_is_leaf_punct: bool, random: &mut Random) -> Vec<String> {
    let mut out: Vec<String> = forms.to_vec();
    let kind = random.unit();
    if kind < 0.02 {
        out.iter_mut().for_each(|f| *f = f.to_uppercase());
    } else if kind < 0.04 {
        out.iter_mut().for_each(|f| *f = title(f));
    } else if kind < 0.055 {
        out.iter_mut().for_each(|f| *f = f.to_lowercase());
    } else if kind < 0.075 {
        for form in &mut out {
            if random.chance(0.1) {
                *form = typo(form, random);
            }
        }
    }
    if last_is_leaf_punct && out.len() > 3 && random.chance(0.05) {
        out.pop();
    }
    let curly = random.unit();
    if curly < 0.25 {
        let mut open = false;
        for form in &mut out {
            if form == "\"" || form == "“" || form == "”" || form == "``" || form == "''" {
                open = !open;
                *form = if curly < 0.1 {
                    "\""
                } else if open {
                    "“"
                } else {
                    "”"
                }
                .to_string();
            } else if curly >= 0.1 && form.contains('\'') {
                *form = form.replace('\'', "’");
            } else if curly < 0.1 && form.contains('’') {
                *form = form.replace('’', "'");
            }
        }
    }
    out
}

fn title(form: &str) -> String {
    let small = ["of", "the", "a", "an", "in", "on", "to", "and", "for", "by", "at", "'s", "n't", "’s", "n’t"];
    if small.contains(&form) {
        return form.to_string();
    }
    let mut chars = form.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

fn typo(form: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = form.chars().collect();
    if chars.len() < 4 || !chars.iter().all(|c| c.is_alphabetic()) {
        return form.to_string();
    }
    let at = 1 + random.below(chars.len() - 2);
    match random.below(4) {
        0 => chars.swap(at, at + 1),
        1 => {
            chars.remove(at);
        }
        2 => chars.insert(at, chars[at]),
        _ => chars[at] = char::from(b'a' + random.below(26) as u8),
    }
    chars.into_iter().collect()
}
