//! The words of a text that a statement quotes: as few as will do to show the stance, and as many as can be read alone.
//!
//! In: the words that a frame, or the trained model, found the stance in. Out: those without a long subject, since who acts
//! is told by the holder, and without what goes on about a noun or behind the stance ("who ...", ", according to ..."); or,
//! where they are but a few ("was satisfied", "defended it"), with the words around them, no farther than the next mark.

use super::scene::Scene;
use crate::language::engine::Upos;
use std::ops::Range;

/// A subject of so many words is left out.
const LONG_SUBJECT: usize = 5;
/// Asides are cut off from quotes of so many words, ...
const LONG: usize = 10;
/// ... of which so many stay at least.
const KEPT: usize = 5;
/// Fewer words than these are seldom understood alone ...
const FEW: usize = 6;
/// ... and get others, up to so many.
const ENOUGH: usize = 8;

/// What to quote of the sentence where a stance was found in the words `found`.
pub(super) fn quoted(scene: &Scene<'_>, found: &Range<usize>) -> Range<usize> {
    let within = found.start..found.end.min(scene.tree.words.len());
    if within.is_empty() {
        return within;
    }
    let quote = without_long_subject(scene, &within);
    if count(scene, &quote) < FEW { grown(scene, quote) } else { without_asides(scene, quote) }
}

/// How many words of the text are in `range`: a name is one word of the tree.
fn count(scene: &Scene<'_>, range: &Range<usize>) -> usize {
    let words = scene.tree.words.get(range.clone()).unwrap_or_default();
    words.iter().filter(|w| !w.is_mark()).map(|w| w.lower.split(' ').count()).sum()
}

fn without_long_subject(scene: &Scene<'_>, quote: &Range<usize>) -> Range<usize> {
    let tree = scene.tree;
    let subject = tree.top_of(quote).and_then(|top| tree.child(top, &["nsubj"]));
    let Some(subject) = subject.filter(|&s| quote.contains(&s) && tree.child(s, &["conj"]).is_none()) else {
        return quote.clone();
    };
    let end = tree.span(subject, &|_| false).end;
    let words: usize = (quote.start..end).map(|w| tree.words[w].lower.split(' ').filter(|p| p.len() > 1).count()).sum();
    let rest = (end..quote.end).skip_while(|&w| tree.words[w].is_mark()).count();
    if words < LONG_SUBJECT || rest < 2 { quote.clone() } else { quote.end - rest..quote.end }
}

/// Without "who ..." and ", after ...".
fn without_asides(scene: &Scene<'_>, quote: Range<usize>) -> Range<usize> {
    let words = &scene.tree.words;
    if count(scene, &quote) < LONG {
        return quote;
    }
    let aside = |&at: &usize| {
        let comma = words[at - 1].lower == ",";
        // "the way in which" goes on.
        let relative =
            matches!(words[at].lower.as_str(), "who" | "which" | "whose" | "whom") && words[at - 1].upos != Upos::Adp;
        let led = comma && (matches!(words[at].upos, Upos::Sconj | Upos::Adp) || words[at].xpos == "WRB");
        let bound = matches!(words[at].lower.as_str(), "if" | "unless" | "that");
        (relative || led && !bound) && count(scene, &(quote.start..at)) >= KEPT
    };
    let end = (quote.start + 1..quote.end).find(aside).unwrap_or(quote.end);
    let marks = (quote.start..end).rev().take_while(|&w| words[w].is_mark()).count();
    quote.start..end - marks
}

/// With the words behind it and, where these are too few, those before it; no phrase is cut in two.
fn grown(scene: &Scene<'_>, quote: Range<usize>) -> Range<usize> {
    let words = &scene.tree.words;
    // Another clause would be another's.
    let opens = |at: usize| {
        let word = &words[at];
        let bound = matches!(word.lower.as_str(), "if" | "unless");
        let clause = word.upos == Upos::Cconj && word.head.is_some_and(|h| !words[h].is_nominal());
        clause || word.upos == Upos::Sconj && !bound || word.xpos.starts_with('W')
    };
    let goes_on = |at: &usize| !words[*at].is_mark() && !opens(*at);
    // "said the use of force was unnecessary"
    let top = scene.tree.top_of(&quote);
    let above = |at: usize| top.is_some_and(|top| scene.tree.is_above(at, top) || words[at].head == Some(top));
    let free = |at: &usize| goes_on(at) && (!matches!(words[*at].upos, Upos::Verb | Upos::Aux) || above(*at));
    let fits = |range: &Range<usize>| count(scene, range) <= ENOUGH;
    let ends = (quote.end..words.len()).take_while(goes_on).map(|w| w + 1).take_while(|&e| fits(&(quote.start..e)));
    let end = ends.filter(|&e| is_end(scene, &(quote.start..e))).last().unwrap_or(quote.end);
    let starts = (0..quote.start).rev().take_while(free).take_while(|&s| fits(&(s..end)));
    let start = starts.filter(|&s| is_start(scene, &(s..end))).last().unwrap_or(quote.start);
    start..end
}

/// Words that are nothing without the one that they hang on.
fn is_close(rel: &str) -> bool {
    matches!(
        rel,
        "det" | "amod" | "compound" | "case" | "mark" | "aux" | "cop" | "cc" | "nummod" | "flat" | "fixed" | "advmod"
    )
}

fn is_end(scene: &Scene<'_>, range: &Range<usize>) -> bool {
    let tree = scene.tree;
    let last = range.end - 1;
    let open = is_close(tree.rel(last)) && tree.head(last).is_some_and(|h| h >= range.end);
    let more = tree.words.get(range.end).is_some_and(|next| {
        let rel = next.rel();
        matches!(rel, "compound" | "flat" | "fixed" | "obj") && next.head.is_some_and(|h| range.contains(&h))
    });
    !open && !more
}

fn is_start(scene: &Scene<'_>, range: &Range<usize>) -> bool {
    let tree = scene.tree;
    let Some(before) = range.start.checked_sub(1) else { return true };
    !(is_close(tree.rel(before)) || tree.words[before].deprel == "nmod:poss")
        || !tree.head(before).is_some_and(|h| range.contains(&h))
}
