//! A sentence as the trained model reads it: who is in it, and the stances that the model sees where no frame does.
//!
//! In: a [`Scene`], the headline, and the findings of the frames. Out: findings about somebody named, or about what the
//! document is about, each with how likely the model takes it to be. Never here: the model itself.

use crate::actors::{How, Mention};
use crate::language::encoder::{Before, Input, LONGEST, Workspace};
use crate::language::engine::Upos;
use crate::language::{Sentence, Tree};
use crate::stances::clauses::denies_clause;
use crate::stances::frames::Part;
use crate::stances::reader::{Finding, Reader, Toward};
use crate::stances::scene::Scene;
use crate::stances::sense::{Odds, Sense};
use crate::statement::{Kind, Relation};
use std::ops::Range;

/// Lists are followed this far.
const DEPTH: usize = 8;

/// So many parties of a sentence are looked at.
const PARTIES: usize = 11;

/// Below this the model's word is not worth a statement, however little is asked for.
const LEAST: f32 = 0.25;

/// The frame of what the model takes from somebody's words.
pub const READ_SAID: &str = "read-said";

/// The frame of what it takes from somebody's deeds.
pub const READ_DONE: &str = "read-done";

/// Whether a finding of this frame is the model's.
pub fn is_read(frame: &str) -> bool {
    matches!(frame, READ_SAID | READ_DONE)
}

/// Below this it is not worth a second statement of somebody in a sentence.
const AGAIN: f32 = 0.3;

/// The same, where it is about what the document is about, of which the sentence has told something already.
const OTHERWISE: f32 = 0.5;

/// From here on somebody counts as the owner of a matter.
const OWNER: f32 = 0.4;

/// Somebody in the sentence: a name, a pronoun, a description; or who speaks, though not named in it.
#[derive(Debug)]
struct Party {
    /// Its words; none for a speaker who is not named.
    words: Range<usize>,
    actors: Vec<usize>,
    /// The word that means it in its clause (see [`meant`]).
    meant: Option<usize>,
    /// Its place among the pieces.
    place: usize,
}

/// What the model makes of a sentence.
#[derive(Debug, Default)]
pub struct Sensed {
    parties: Vec<Party>,
    odds: Odds,
}

/// What a document is about, as the model reads it: its headline and first sentence. Without a headline the first sentence
/// takes its place, and a sentence that is alone has nothing before it.
pub fn before(sentences: &[Sentence], mentions: &[Vec<Mention>], work: &mut Workspace) -> Before {
    let read = |part: (&Sentence, &Vec<Mention>)| pieces(part.0, part.1);
    let parts = || sentences.iter().zip(mentions);
    let headline = parts().next().filter(|_| sentences.len() > 1).map(read);
    let titled = sentences.first().is_some_and(|s| s.heading);
    let lead = parts().find(|(s, _)| titled && !s.heading).map(read);
    Sense::embedded().before(&headline.unwrap_or_default(), &lead.unwrap_or_default(), work)
}

/// The pieces of a sentence; a name is one piece, whoever it names.
fn pieces(sentence: &Sentence, mentions: &[Mention]) -> Vec<u32> {
    let sense = Sense::embedded();
    let mut out = Vec::new();
    for (at, token) in sentence.tokens.iter().enumerate() {
        match mentions.iter().find(|m| m.tokens.contains(&at)) {
            Some(mention) if mention.tokens.start == at => out.push(sense.name),
            Some(_) => {}
            None => sense.pieces.of(&token.form, |piece| out.push(piece)),
        }
    }
    out
}

impl Sensed {
    /// Asks the model about a sentence in which somebody is.
    pub fn new(scene: &Scene<'_>, before: &Before, work: &mut Workspace) -> Self {
        let mut parties = parties(scene);
        let named = |a: usize| parties.iter().any(|p| p.actors.contains(&a));
        // What stands in a quotation is its speaker's, also where the sentence does not name them.
        let quoted = scene.quoted.iter().filter(|q| **q).count() * 2 > scene.quoted.len();
        let speaker = scene.speaker.filter(|&s| quoted && !named(s));
        if let Some(speaker) = speaker {
            parties.insert(0, Party { words: 0..0, actors: vec![speaker], meant: None, place: 0 });
        }
        if parties.is_empty() {
            return Self::default();
        }
        let sense = Sense::embedded();
        let mut input = Input::default();
        if speaker.is_some() {
            parties[0].place = input.pieces.len();
            input.push(sense.name, true);
            sense.pieces.of("said :", |piece| input.push(piece, false));
        }
        let mut next = usize::from(speaker.is_some());
        for (at, word) in scene.tree.words.iter().enumerate() {
            let Some(party) = parties.get_mut(next).filter(|p| p.words.contains(&at)) else {
                sense.pieces.of(&word.lower, |piece| input.push(piece, false));
                continue;
            };
            match scene.mention_at(at) {
                Some(mention) if mention.tokens.start == at => {
                    party.place = input.pieces.len();
                    input.push(sense.name, true);
                }
                Some(_) => {}
                None => {
                    // The last piece of a description stands for it.
                    sense.pieces.of(&word.lower, |piece| input.push(piece, true));
                    party.place = input.pieces.len().saturating_sub(1);
                }
            }
            if at + 1 == party.words.end {
                next += 1;
            }
        }
        input.pieces.truncate(LONGEST - 1);
        input.marked.truncate(LONGEST - 1);
        input.push(sense.end, false);
        let length = input.pieces.len();
        parties.retain(|p| p.place < length);
        let places: Vec<usize> = parties.iter().map(|p| p.place).collect();
        let odds = sense.odds(before, &input, &places, work);
        Self { parties, odds }
    }

    /// The probability that `holder` takes the stance toward anybody or anything; `None` if the sentence has no word for
    /// the holder.
    pub fn of(&self, holder: usize, relation: Relation) -> Option<f32> {
        self.parties_of(&[holder]).map(|p| self.best(p, relation).0).reduce(f32::max)
    }

    /// The same toward any of `targets`; `None` also if the sentence has no word for them.
    pub fn toward(&self, holder: usize, relation: Relation, targets: &[usize]) -> Option<f32> {
        let holder = [holder];
        let pairs = self.parties_of(&holder).flat_map(|h| self.parties_of(targets).map(move |t| (h, t)));
        pairs.filter(|(h, t)| h != t).map(|(h, t)| self.odds.of(h, relation, Some(t))).reduce(f32::max)
    }

    /// The same toward a matter that is nobody's.
    pub fn toward_matter(&self, holder: usize, relation: Relation) -> Option<f32> {
        self.parties_of(&[holder]).map(|p| self.odds.of(p, relation, None)).reduce(f32::max)
    }

    /// Who is in the sentence: their words, whom these mean, and whether they act.
    pub fn parties<'s>(&'s self, tree: &'s Tree) -> impl Iterator<Item = (Range<usize>, &'s [usize], bool)> {
        self.parties.iter().map(|p| (p.words.clone(), p.actors.as_slice(), acts(tree, p)))
    }

    /// The places of the parties that mean one of these actors.
    fn parties_of<'s>(&'s self, actors: &'s [usize]) -> impl Iterator<Item = usize> + 's {
        (0..self.parties.len()).filter(|&p| self.parties[p].actors.iter().any(|a| actors.contains(a)))
    }

    /// The likeliest target of a party's stance, and how likely.
    fn best(&self, party: usize, relation: Relation) -> (f32, Option<usize>) {
        let mut best = (self.odds.of(party, relation, None), None);
        for target in (0..self.parties.len()).filter(|&t| t != party) {
            let odds = self.odds.of(party, relation, Some(target));
            if odds > best.0 {
                best = (odds, Some(target));
            }
        }
        best
    }

    /// Whose matter it likely is that `holder` takes the stance on: actors of the sentence, by index into the cast.
    pub fn owners(&self, tree: &Tree, holder: usize, relation: Relation) -> Vec<usize> {
        let mut out = Vec::new();
        for party in self.parties_of(&[holder]) {
            let likely = |t: &usize| {
                let odds = self.odds.of(party, relation, Some(*t));
                *t != party && odds >= OWNER && is_met(tree, &self.parties[*t], relation)
            };
            out.extend((0..self.parties.len()).filter(likely).flat_map(|t| self.parties[t].actors.clone()));
        }
        out.retain(|&a| a != holder);
        out
    }

    /// Whether the model holds it possible that a finding about somebody in the sentence, which the party takes, is about them.
    fn backs(&self, party: usize, finding: &Finding) -> bool {
        let Toward::Actors(actors) = &finding.toward else { return true };
        let odds =
            self.parties_of(actors).filter(|&t| t != party).map(|t| self.odds.of(party, finding.relation, Some(t)));
        odds.reduce(f32::max).is_none_or(|odds| odds >= LEAST)
    }

    /// The stances that the model sees and `found` does not have.
    pub fn findings(&self, reader: &Reader<'_, '_>, found: &[Finding]) -> Vec<Finding> {
        let scene = reader.scene;
        // That somebody has a plan says little of what the plan is against.
        let found: Vec<&Finding> = found.iter().filter(|f| f.part != Part::Intention).collect();
        let mut out: Vec<Finding> = Vec::new();
        for (at, party) in self.parties.iter().enumerate() {
            let told_by = |f: &Finding| holds(party, f);
            let theirs = is_spoken_for(scene, party, &found)
                || is_owner_of_somebody(scene, party)
                || is_said_of_another(scene, party);
            // Who does not invite somebody shows it by that.
            let withholds = found.iter().any(|f| f.withheld && told_by(f));
            // Of "denied that X broke the law" the model sees the breaking alone.
            let verb = party.meant.and_then(|h| clause_of(scene.tree, h));
            let denies = verb.is_some_and(|v| denies_clause(scene, v));
            if denies || theirs || withholds || reader.is_asked() && scene.speaker.is_none() {
                continue;
            }
            let holders: Vec<usize> = party.actors.iter().copied().filter(|&a| scene.is_no_outlet(a)).collect();
            if holders.is_empty() {
                continue;
            }
            let mut ways = [Relation::Support, Relation::Oppose].map(|r| (self.best(at, r), r));
            ways.sort_by(|a, b| b.0.0.total_cmp(&a.0.0));
            for ((odds, target), relation) in ways {
                let mut told = found.iter().copied().chain(&out).filter(|f| told_by(f)).peekable();
                let least = match (told.peek().is_some(), target) {
                    (false, _) => LEAST,
                    // "the Nordic countries except Iceland voted": it is not said of all what the model sees in one.
                    (true, _) if party.actors.len() > 1 => continue,
                    (true, Some(_)) => AGAIN,
                    (true, None) => OTHERWISE,
                };
                if odds < least {
                    continue;
                }
                let meets = |t: &usize| is_met(scene.tree, &self.parties[*t], relation);
                let target = target.filter(meets).map(|t| &self.parties[t].actors);
                let known = |f: &Finding| target.is_none_or(|t| meets_any(f, t));
                if told.any(|f| f.relation == relation && self.backs(at, f) && known(f)) {
                    continue;
                }
                let used = |words: &Range<usize>| found.iter().any(|f| told_by(f) && overlap(&f.quote, words));
                let (quote, says) = shown(scene, party, &used);
                if says && is_anothers(relation, &quote, &found) {
                    continue;
                }
                let toward = match target {
                    Some(actors) => Toward::Actors(actors.clone()),
                    None => {
                        let own = if says { None } else { own_matter(reader, party, relation, &quote) };
                        Toward::Matter(own.unwrap_or(quote.start..quote.start))
                    }
                };
                let frame = if says { READ_SAID } else { READ_DONE };
                out.push(Finding::plain(holders.clone(), relation, toward, quote, frame.to_owned(), Part::Adjective));
            }
        }
        out
    }
}

/// What the deed of a party is for, with or against, where that is a matter: "signed a petition against the sentence".
fn own_matter(
    reader: &Reader<'_, '_>,
    party: &Party,
    relation: Relation,
    quote: &Range<usize>,
) -> Option<Range<usize>> {
    let (scene, tree) = (reader.scene, reader.scene.tree);
    let verb = party.meant.and_then(|h| clause_of(tree, h)).filter(|v| acts(tree, party) && quote.contains(v))?;
    let opposes = relation == Relation::Oppose;
    let led = |c: usize| match tree.preposition(c) {
        Some("with") => tree.rel(c) == "obl" && tree.head(c) == Some(verb),
        Some("for") => !opposes && tree.rel(c) == "obl" && tree.head(c) == Some(verb),
        Some("against") => opposes,
        _ => false,
    };
    let matter = |&c: &usize| led(c) && tree.words[c].upos == Upos::Noun && scene.mention_at(c).is_none();
    let thing = (verb + 1..quote.end).find(matter).filter(|&c| scene.who_alone(c).actors.is_empty())?;
    Some(reader.phrase(thing))
}

/// Whether a finding is about any of these actors.
fn meets_any(finding: &Finding, actors: &[usize]) -> bool {
    matches!(&finding.toward, Toward::Actors(of) if of.iter().any(|a| actors.contains(a)))
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The word that means a party in its clause: "Poland's minister" is Poland's word where the minister acts for it, and "the
/// spokesman" that of Jane Doe in "the spokesman, Jane Doe, said".
fn meant(scene: &Scene<'_>, words: &Range<usize>, actors: &[usize]) -> Option<usize> {
    let tree = scene.tree;
    let mut at = tree.top_of(words)?;
    for _ in 0..DEPTH {
        let Some(noun) = tree.head(at).filter(|&n| tree.words[n].is_nominal() && scene.mention_at(n).is_none()) else {
            break;
        };
        let whose = match tree.rel(at) {
            "nmod" => tree.words[at].deprel == "nmod:poss" || matches!(tree.preposition(at), Some("of" | "from")),
            rel => matches!(rel, "compound" | "amod"),
        };
        let means = || scene.who_alone(noun).actors.iter().any(|a| actors.contains(a));
        if tree.rel(at) == "appos" && noun < at || whose && means() {
            at = noun;
        } else {
            break;
        }
    }
    Some(at)
}

/// Whether somebody whom the words of a party mean holds a finding.
fn holds(party: &Party, finding: &Finding) -> bool {
    finding.holders.iter().any(|h| party.actors.contains(h))
}

/// What a party tells the owner of: the law in "Thai law".
fn owned(tree: &Tree, party: &Party) -> Option<usize> {
    let owner = party.meant.filter(|&at| matches!(tree.rel(at), "nmod" | "compound" | "amod"))?;
    tree.head(owner)
}

/// Whether a party only tells whose somebody else is: "the Trump administration", "her party".
fn is_owner_of_somebody(scene: &Scene<'_>, party: &Party) -> bool {
    owned(scene.tree, party).is_some_and(|noun| are_others(&scene.who_alone(noun).actors, party))
}

/// "Jane Doe became the first Republican to oppose it": the party is said of her, and does nothing itself.
fn is_said_of_another(scene: &Scene<'_>, party: &Party) -> bool {
    let tree = scene.tree;
    let Some(at) = party.meant else { return false };
    let verb = tree.head(at).filter(|_| matches!(tree.rel(at), "xcomp" | "obj"));
    let became = verb.filter(|&v| matches!(tree.words[v].lemma.as_str(), "become" | "remain"));
    let clause = became.or_else(|| tree.child(at, &["cop"]).map(|_| at));
    let subject = clause.and_then(|clause| tree.child(clause, &["nsubj"])).filter(|&s| s != at);
    subject.is_some_and(|s| are_others(&scene.who(s).actors, party))
}

/// Whether a word means somebody, and none of the party.
fn are_others(whom: &[usize], party: &Party) -> bool {
    !whom.is_empty() && whom.iter().all(|a| !party.actors.contains(a))
}

/// Whether who holds one of `found` speaks for the party: "the minister said that Finland would join" is the minister's.
fn is_spoken_for(scene: &Scene<'_>, party: &Party, found: &[&Finding]) -> bool {
    let names = || party.actors.iter().filter_map(|&a| scene.cast.get(a)).map(|e| e.name.as_str());
    let speakers = found.iter().flat_map(|f| &f.holders).filter_map(|&h| scene.cast.get(h));
    speakers.filter_map(|e| e.speaks_for.as_deref()).any(|whom| names().any(|name| name == whom))
}

/// Whether the stance in what somebody says is another's: "Jane Doe said that Norway opposes the treaty".
fn is_anothers(relation: Relation, said: &Range<usize>, found: &[&Finding]) -> bool {
    found.iter().any(|f| f.relation == relation && said.contains(&f.quote.start) && f.quote.end <= said.end)
}

/// Whether a party does or says something here: it speaks, or is a subject, or does what a passive verb tells.
fn acts(tree: &Tree, party: &Party) -> bool {
    let Some(mut at) = party.meant else { return true };
    for _ in 0..DEPTH {
        match tree.head(at).filter(|_| tree.rel(at) == "conj" && tree.words[at].is_nominal()) {
            Some(first) => at = first,
            None => break,
        }
    }
    tree.words[at].deprel == "obl:agent" || is_doer(tree, at)
}

/// Whether a word is the subject of an active verb.
fn is_doer(tree: &Tree, at: usize) -> bool {
    tree.rel(at) == "nsubj" && tree.words[at].deprel != "nsubj:pass"
}

/// Whether a stance meets somebody: who "would not send troops to Ukraine" is not against Ukraine.
fn is_met(tree: &Tree, party: &Party, relation: Relation) -> bool {
    let Some(at) = tree.top_of(&party.words) else { return true };
    let aside = matches!(tree.rel(at), "obl" | "nmod") && tree.words[at].deprel != "nmod:poss";
    relation != Relation::Oppose || !aside || matches!(tree.preposition(at), Some("against" | "with" | "on" | "over"))
}

/// Who is in the sentence, in order.
fn parties(scene: &Scene<'_>) -> Vec<Party> {
    let tree = scene.tree;
    let mut out: Vec<Party> = Vec::new();
    let mut at = 0;
    while at < tree.words.len() && out.len() < PARTIES {
        let word = &tree.words[at];
        if let Some(mention) = scene.mention_at(at) {
            let words = at..mention.tokens.end.max(at + 1);
            at = words.end;
            if !is_whereabouts(scene, words.start) && !scene.is_place(mention) {
                let meant = meant(scene, &words, &mention.actors);
                out.push(Party { words, actors: mention.actors.clone(), meant, place: 0 });
            }
            continue;
        }
        let actors = match word.upos {
            Upos::Pron | Upos::Det if word.xpos == "PRP$" => scene.possessor(at),
            Upos::Pron if word.xpos == "PRP" => scene.who_alone(at).actors,
            Upos::Noun if matches!(tree.rel(at), "nsubj" | "obj" | "obl" | "iobj" | "nmod") => described(scene, at),
            // "the Prime Minister"
            Upos::Propn if tree.rel(at) == "nsubj" && scene.means_people(at) => described(scene, at),
            _ => Vec::new(),
        };
        if !actors.is_empty() {
            // The article belongs to the description.
            let free = |w: usize| out.last().is_none_or(|p| p.words.end <= w) && scene.mention_at(w).is_none();
            let start = tree.child(at, &["det"]).filter(|&d| d < at && at - d < 4 && (d..at).all(free));
            let words = start.unwrap_or(at)..at + 1;
            let meant = meant(scene, &words, &actors);
            out.push(Party { words, actors, meant, place: 0 });
        }
        at += 1;
    }
    out
}

/// "the minister", where the text has told who that is.
fn described(scene: &Scene<'_>, at: usize) -> Vec<usize> {
    let tree = scene.tree;
    let known = tree.child(at, &["det", "nmod"]).is_some_and(|d| {
        d < at && matches!(tree.words[d].lower.as_str(), "the" | "this" | "that" | "his" | "her" | "its" | "their")
    });
    // A name in apposition stands for itself.
    let named =
        tree.children(at).iter().any(|&c| matches!(tree.rel(c), "appos" | "flat") && scene.mention_at(c).is_some());
    // "Police in Oslo", "a court in Bergen", "a spokesman for the ministry"
    let officer = || tree.rel(at) == "nsubj" && scene.means_people(at);
    if (known || scene.acts_at_home(at) || officer()) && !named { scene.who_alone(at).actors } else { Vec::new() }
}

/// "in France", "near Oslo": where something happens.
fn is_whereabouts(scene: &Scene<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map(|b| scene.tree.words[b].lower.as_str());
    let country = scene.mention_at(at).is_some_and(|m| {
        m.how != How::Group && m.actors.iter().all(|&a| scene.cast.get(a).is_some_and(|e| e.kind == Kind::Country))
    });
    country && matches!(before, Some("in" | "near" | "at" | "across" | "throughout" | "outside"))
}

/// The words that show the stance, and whether they are said rather than done: what stands between quotation marks, else
/// what is said to be said, else what the party does; of several deeds the first that is not `used`.
fn shown(scene: &Scene<'_>, party: &Party, used: &dyn Fn(&Range<usize>) -> bool) -> (Range<usize>, bool) {
    let tree = scene.tree;
    let subject = party.meant.is_some_and(|h| tree.rel(h) == "nsubj");
    let verb = party.meant.and_then(|h| clause_of(tree, h));
    let says = subject && verb.is_some_and(|v| scene.is_speech(v));
    let clause = match verb {
        Some(verb) if says => {
            let above = tree.head(verb).filter(|_| tree.rel(verb) == "parataxis");
            tree.child(verb, &["ccomp"]).or(above).map(|c| tree.span(c, &|c| c == verb))
        }
        Some(verb) => {
            let also = |c: &usize| tree.rel(*c) == "conj" && tree.words[*c].upos == Upos::Verb;
            let others: Vec<usize> = tree.children(verb).iter().copied().filter(also).take(DEPTH).collect();
            let deed = |verb: usize| {
                // "would not send": what denies a deed is part of it.
                let before = tree.children(verb).iter().copied().filter(|&c| matches!(tree.rel(c), "aux" | "advmod"));
                let start =
                    if subject { before.min().unwrap_or(verb).min(verb) } else { tree.span(verb, &|_| false).start };
                let end = tree.span(verb, &|c| tree.rel(c) == "parataxis" || others.contains(&c)).end;
                start..end.max(verb + 1)
            };
            let mut deeds = std::iter::once(verb).chain(others.iter().copied()).map(deed);
            deeds.find(|d| !used(d)).or_else(|| Some(deed(verb)))
        }
        None => None,
    };
    let words = longest_quoted(scene).or(clause).unwrap_or(0..tree.words.len());
    (trimmed(tree, words), party.words.is_empty() || says)
}

/// The verb of the clause that a word stands in.
fn clause_of(tree: &Tree, at: usize) -> Option<usize> {
    let mut at = tree.head(at)?;
    for _ in 0..DEPTH {
        if tree.words[at].upos == Upos::Verb || tree.child(at, &["nsubj", "cop"]).is_some() {
            return Some(at);
        }
        at = tree.head(at)?;
    }
    None
}

/// The longest run of words between quotation marks, of more than three.
fn longest_quoted(scene: &Scene<'_>) -> Option<Range<usize>> {
    let mut longest = 0..3;
    let mut at = 0;
    while at < scene.quoted.len() {
        let end = (at..scene.quoted.len()).find(|&w| !scene.quoted[w]).unwrap_or(scene.quoted.len());
        if end - at > longest.len() {
            longest = at..end;
        }
        at = end + 1;
    }
    (longest != (0..3)).then_some(longest)
}

/// Without marks at both ends.
fn trimmed(tree: &Tree, mut range: Range<usize>) -> Range<usize> {
    let mark = |w: usize| tree.words[w].is_mark();
    while range.len() > 1 && mark(range.start) {
        range.start += 1;
    }
    while range.len() > 1 && mark(range.end - 1) {
        range.end -= 1;
    }
    range
}
