//! Deeds as event data count them: who does something friendly or hostile to whom, whatever is said of it. Only read where
//! actors without a name are asked for: where no frame has found a stance toward an actor, and where the deed tells more
//! than the frame ("imposed a curfew" supports nothing).
//!
//! The words come from `lexicon/events.csv`, after the quad classes of PLOVER (Halterman et al. 2023): talks, help and
//! concessions are friendly, demands, threats, sanctions and force hostile.

use crate::Result;
use crate::language::Tree;
use crate::language::engine::Upos;
use crate::lexicon::Lexicon;
use crate::stances::frames::Part;
use crate::stances::reader::{DEPTH, Finding, Reader, Said, Toward, flip};
use crate::statement::Relation;
use std::collections::HashMap;
use std::ops::Range;

/// What more a word of deeds tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Nothing.
    Plain,
    /// The verb tells the deed whatever its object is: "summoned the ambassador", "accepted the demands".
    Sure,
    /// What somebody moves or imposes, and not whom it is done to: "sent troops to X", "a curfew in X".
    Means,
    /// Two do it with each other: "met", "agreement".
    Mutual,
    /// The noun says that something ends: "a suspension of aid".
    Ending,
    /// A weapon, which stands for who uses it: "missiles struck a village".
    Weapon,
    /// What somebody asks for: the verb tells what becomes of it ("accepted the demands of X").
    Wish,
    /// The verb only carries out what its object tells: "joined an investigation", "staged a protest".
    Doing,
    /// Whoever is sent or does so helps: "deployed peacekeepers".
    Helper,
    /// The verb moves people to where they are to act: "troops were deployed".
    Moving,
    /// What is handed to somebody: "returned the painting to X".
    Transfer,
    /// More of it is brought somewhere: "beefed up its forces".
    Massing,
    /// The verb turns what its infinitive says: "refused to".
    Refusing,
}

/// What the words of deeds tell.
#[derive(Debug, Default)]
pub struct Events(HashMap<String, (Option<Relation>, Sort)>);

impl Events {
    /// Reads `events.csv`.
    ///
    /// # Errors
    /// An unknown relation or kind, with file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        let tells = |row: crate::lexicon::Row<'_>| {
            let relation = Some(row.get("relation")).filter(|r| !r.is_empty());
            let relation = relation.map(|r| r.parse().map_err(|e: String| row.error(&e))).transpose()?;
            let sort = match row.get("kind") {
                "" => Sort::Plain,
                "sure" => Sort::Sure,
                "means" => Sort::Means,
                "mutual" => Sort::Mutual,
                "ending" => Sort::Ending,
                "weapon" => Sort::Weapon,
                "wish" => Sort::Wish,
                "doing" => Sort::Doing,
                "helper" => Sort::Helper,
                "moving" => Sort::Moving,
                "transfer" => Sort::Transfer,
                "massing" => Sort::Massing,
                "refusing" => Sort::Refusing,
                other => return Err(row.error(&format!("unknown kind \"{other}\""))),
            };
            Ok((relation, sort))
        };
        lexicon.table("events.csv")?.by_key(tells).map(Self)
    }

    /// What is told of a word: of the whole where it ends a compound with a hyphen ("cease-fire" is no fire).
    fn entry(&self, tree: &Tree, at: usize) -> Option<(Option<Relation>, Sort)> {
        let word = &tree.words[at];
        let hyphened = at.checked_sub(2).filter(|&first| tree.words[first + 1].lower == "-");
        let whole = hyphened.and_then(|first| self.0.get(&format!("{}-{}", tree.words[first].lower, word.lemma)));
        whole.or_else(|| self.0.get(&word.lemma)).or_else(|| self.0.get(&word.lower)).copied()
    }

    fn relation(&self, tree: &Tree, at: usize) -> Option<Relation> {
        self.entry(tree, at).and_then(|(relation, _)| relation)
    }

    fn is(&self, tree: &Tree, at: usize, sort: Sort) -> bool {
        self.entry(tree, at).is_some_and(|(_, its)| its == sort)
    }

    /// Whether the word is what somebody moves or imposes.
    pub fn is_means(&self, tree: &Tree, at: usize) -> bool {
        [Sort::Means, Sort::Weapon, Sort::Helper].iter().any(|&sort| self.is(tree, at, sort))
    }

    /// Whether two do it with each other.
    pub fn is_mutual(&self, tree: &Tree, at: usize) -> bool {
        self.is(tree, at, Sort::Mutual)
    }

    /// Whether the noun is what somebody asks for.
    pub fn is_wish(&self, tree: &Tree, at: usize) -> bool {
        self.is(tree, at, Sort::Wish)
    }

    /// Whether the verb hands something to somebody.
    pub fn is_transfer(&self, tree: &Tree, at: usize) -> bool {
        self.is(tree, at, Sort::Transfer)
    }

    /// Whether the word tells a hostile deed.
    pub fn is_hostile(&self, tree: &Tree, at: usize) -> bool {
        self.relation(tree, at) == Some(Relation::Oppose)
    }

    /// Whether the noun stands for whoever uses or does it: "a car bomb", "the airstrikes".
    pub fn strikes(&self, tree: &Tree, at: usize) -> bool {
        self.is(tree, at, Sort::Weapon) || self.is_hostile(tree, at)
    }
}

/// A deed: what it says, whether more surely than any frame, and by which words.
struct Deed {
    relation: Relation,
    sure: bool,
    words: Range<usize>,
}

impl Reader<'_, '_> {
    /// The deed of each clause whose subject has no stance toward an actor in `found`, or which tells better what is done:
    /// then what the frames made of it is taken out of `found`.
    pub fn events(&self, events: &Events, found: &mut Vec<Finding>) -> Vec<Finding> {
        let mut out: Vec<Finding> = Vec::new();
        for at in 0..self.tree.words.len() {
            if !self.is_deed(at) {
                continue;
            }
            if let Some(finding) = self.gets(at, events) {
                out.push(finding);
                continue;
            }
            let holders = self.doers(at, events);
            let Some(deed) = self.deed(at, events).filter(|_| !holders.is_empty()) else { continue };
            let own = self.tree.child(at, &["nsubj"]).is_some() || self.agent(at).is_some();
            let placed = self.tree.is_passive(at) && self.agent(at).is_none();
            let told = own || placed || deed.sure && self.said(at, 0) != Said::Not || self.leads_to(at, events);
            if !told {
                continue;
            }
            if let Some(asked) = self.asked(at) {
                let toward = Toward::Actors(asked);
                self.replace(at, &holders, Relation::Oppose, found);
                out.push(self.event(at, holders, Relation::Oppose, toward, deed.words));
                continue;
            }
            let of_holder = |f: &&Finding| f.holders.iter().any(|h| holders.contains(h));
            let toward = self.conditioned(at, &holders, deed.relation).or_else(|| self.undergoer(at, &holders, events));
            if deed.sure {
                self.replace(at, &holders, deed.relation, found);
            }
            // "called for sanctions against X": what a stance on a matter does to an actor is a deed too.
            let here = |f: &&Finding| !deed.sure || f.quote.contains(&at);
            let known = || found.iter().chain(&out).filter(of_holder).filter(here);
            let other = |who: &[usize]| who.iter().any(|a| !holders.contains(a));
            if known().any(|f| matches!(&f.toward, Toward::Actors(who) if other(who) || f.holders.len() > 1)) {
                continue;
            }
            let each_other = holders.len() > 1 && self.is_together(at, events);
            let toward = match toward {
                Some(Toward::Actors(who)) => Toward::Actors(who),
                _ if each_other => Toward::Actors(holders.clone()),
                Some(matter) if known().next().is_none() => matter,
                _ => continue,
            };
            out.push(self.event(at, holders, deed.relation, toward, deed.words));
        }
        out
    }

    fn event(
        &self,
        at: usize,
        holders: Vec<usize>,
        relation: Relation,
        toward: Toward,
        words: Range<usize>,
    ) -> Finding {
        let words = self.quote_start(at, words.start)..words.end;
        let mut finding = Finding::plain(holders, relation, toward, words, "event".to_owned(), Part::Noun);
        finding.hedged = self.is_hedged(at);
        finding
    }

    /// "received support from X", "got weapons from X": X does it, and the subject has it.
    fn gets(&self, at: usize, events: &Events) -> Option<Finding> {
        let receives = matches!(self.tree.words[at].lemma.as_str(), "receive" | "get" | "obtain" | "gain" | "enjoy");
        let object = self.tree.child(at, &["obj"]).filter(|_| receives && !self.tree.is_negated(at))?;
        let below = self.under(object);
        let given = below.iter().any(|&w| events.relation(self.tree, w) == Some(Relation::Support));
        let mut from = below.iter().chain(self.tree.children(at)).copied().filter(|&w| w > at);
        let giver = from.find(|&w| self.tree.preposition(w) == Some("from")).filter(|_| given)?;
        let holders = Some(self.scene.who(giver).actors).filter(|who| !who.is_empty())?;
        let subject = self.subject(at, 0)?;
        let who = self.scene.who(subject).actors;
        let toward = if who.is_empty() { Toward::Matter(self.matter_phrase(subject)) } else { Toward::Actors(who) };
        Some(self.event(at, holders, Relation::Support, toward, self.clause_phrase(at)))
    }

    /// Takes out what frames made of the clause where the deed says the contrary.
    fn replace(&self, at: usize, holders: &[usize], relation: Relation, found: &mut Vec<Finding>) {
        let same = |f: &Finding| f.holders.iter().any(|h| holders.contains(h)) && f.quote.contains(&at);
        found.retain(|f| !same(f) || f.relation == relation);
    }

    /// A verb, or a noun, adjective or number ("one of the largest donors") that is said of somebody.
    fn is_deed(&self, at: usize) -> bool {
        match self.tree.words[at].upos {
            Upos::Verb => true,
            Upos::Noun | Upos::Adj | Upos::Num => self.has_copula(at),
            _ => false,
        }
    }

    /// "is willing to withdraw its troops", "agreed to lift the ban": what the infinitive says is done.
    fn leads_to(&self, at: usize, events: &Events) -> bool {
        let above = self.tree.head(at).filter(|_| self.tree.rel(at) == "xcomp");
        above.is_some_and(|h| {
            let willing =
                events.relation(self.tree, h) == Some(Relation::Support) || events.is(self.tree, h, Sort::Doing);
            willing && self.said(h, 0) != Said::Not
        })
    }

    /// Who does it: the subject or agent; those who are sent somewhere; the place where something is suffered by nobody's
    /// hand ("was jailed in X"); for a pronoun that means nobody known, who says so ("the miners said they"); or whose aid
    /// or attack it is that does it.
    fn doers(&self, at: usize, events: &Events) -> Vec<usize> {
        // "died in a prison of X"
        let died = self.tree.words[at].lemma == "die";
        let passive = died || self.tree.is_passive(at) && self.agent(at).is_none();
        let holders = if passive { Vec::new() } else { self.holder(at).actors };
        if !holders.is_empty() {
            return self.with_attributes(at, holders);
        }
        let Some(subject) = self.subject(at, 0) else { return Vec::new() };
        if passive {
            let moved = events.is(self.tree, at, Sort::Moving);
            return if moved { self.scene.who(subject).actors } else { self.place_of_suffering(at) };
        }
        if self.tree.words[subject].upos == Upos::Pron {
            let speech = self.speech_above(at);
            return speech.map(|v| self.holder(v).actors).unwrap_or_default();
        }
        let deed = events.relation(self.tree, subject).is_some()
            || self.tree.children(subject).iter().any(|&c| self.tree.words[c].deprel == "nmod:poss");
        if deed { self.owners_of_thing(subject) } else { Vec::new() }
    }

    /// "Norwegian and Belarusian troops": both do it.
    fn with_attributes(&self, at: usize, mut holders: Vec<usize>) -> Vec<usize> {
        let Some(subject) = self.subject(at, 0).filter(|_| !self.tree.is_passive(at)) else { return holders };
        let attributes = self.tree.children(subject).iter().copied();
        let first = attributes.filter(|&c| matches!(self.tree.rel(c), "amod" | "compound"));
        let of_name = |c: usize| self.scene.mention_at(c).map(|m| m.actors.clone()).unwrap_or_default();
        for name in first.filter(|&c| !of_name(c).is_empty()) {
            let more = self.tree.children(name).iter().copied().filter(|&c| self.tree.rel(c) == "conj");
            let both: Vec<usize> = more.flat_map(of_name).collect();
            if !both.is_empty() {
                holders.extend(of_name(name).into_iter().chain(both));
            }
        }
        let mut seen = Vec::new();
        holders.retain(|a| {
            !seen.contains(a) && {
                seen.push(*a);
                true
            }
        });
        holders
    }

    /// "was tortured in a prison in X", "has been expelled from X".
    fn place_of_suffering(&self, at: usize) -> Vec<usize> {
        let place = |c: &usize| matches!(self.tree.preposition(*c), Some("in" | "from" | "at"));
        let places = || self.tree.children(at).iter().copied().filter(|c| *c > at && place(c));
        let below = places().flat_map(|c| self.tree.span(c, &|w| self.tree.words[w].deprel == "acl:relcl"));
        let mut named = below.filter_map(|w| self.scene.mention_at(w)).map(|m| m.actors.clone());
        let subject = self.subject(at, 0).map(|s| self.scene.who(s).actors).unwrap_or_default();
        let other = |who: &Vec<usize>| !who.is_empty() && !who.iter().any(|a| subject.contains(a));
        let unnamed = || places().map(|c| self.scene.who(c).actors).find(other);
        named.find(other).or_else(unnamed).unwrap_or_default()
    }

    /// "said that X must act", "demanded that X resign": whom something is demanded of.
    fn asked(&self, at: usize) -> Option<Vec<usize>> {
        let word = &self.tree.words[at];
        let content = self.tree.children(at).iter().copied().find(|&c| self.tree.rel(c) == "ccomp")?;
        let duty = matches!(self.tree.modal(content), Some("must" | "should"));
        let demands = matches!(word.lemma.as_str(), "demand" | "insist" | "order" | "request");
        let bare = self.tree.modal(content).is_none() && matches!(self.tree.words[content].xpos, "VB" | "VBP");
        if !(duty && self.scene.is_speech(at) || demands && (duty || bare)) || self.tree.is_negated(at) {
            return None;
        }
        let who = self.tree.child(content, &["nsubj"]).map(|s| self.scene.who(s).actors)?;
        let who = if who.is_empty() { self.owners_of_thing(self.tree.child(content, &["nsubj"])?) } else { who };
        Some(who).filter(|who| !who.is_empty())
    }

    /// What the clause of a verb does, by its verb, its object, or the first word below that tells.
    fn deed(&self, at: usize, events: &Events) -> Option<Deed> {
        let words = self.clause_phrase(at);
        let verb = &self.tree.words[at];
        let object = self.object(at);
        let negated = self.tree.is_negated(at) || self.is_refused(at, events);
        let give = |relation: Relation, sure: bool| {
            let relation = if negated { flip(relation) } else { relation };
            Some(Deed { relation, sure, words: words.clone() })
        };
        let tells = |w: usize| self.told_by(w, events);
        if self.rings(at) {
            return give(Relation::Support, false);
        }
        // "said that X gave Y": that is a deed of X.
        let content = self.tree.child(at, &["ccomp"]).is_some();
        if content && self.scene.is_speech(at) {
            return tells(at).or_else(|| self.asked(at).map(|_| Relation::Oppose)).and_then(|r| give(r, false));
        }
        // "withdrew its troops from X" is no leaving.
        let is_means = |o: usize| events.is_means(self.tree, o);
        let helps = |w: usize| events.is(self.tree, w, Sort::Helper);
        let leaving = matches!(verb.lemma.as_str(), "withdraw" | "pull" | "remove" | "evacuate" | "recall");
        if leaving && let Some(who) = object.filter(|&o| is_means(o)) {
            // Without peacekeepers X is worse off.
            return give(if helps(who) { Relation::Oppose } else { Relation::Support }, true);
        }
        // "beefed up its troops along the border"
        if events.is(self.tree, at, Sort::Massing) && object.is_some_and(is_means) {
            return give(Relation::Oppose, true);
        }
        // "deployed observers", "peacekeepers landed"
        let whole =
            self.tree.span(at, &|c| self.tree.words[c].deprel == "acl:relcl" || self.tree.rel(c) == "parataxis");
        let moving = |w: usize| events.is(self.tree, w, Sort::Moving);
        if (moving(at) || object.is_some_and(moving)) && whole.clone().any(helps) {
            return give(Relation::Support, true);
        }
        // "failed to renew the embargo": what is not done tells.
        if events.is(self.tree, at, Sort::Refusing)
            && let Some(inner) = self.tree.child(at, &["xcomp"]).and_then(|c| self.deed(c, events))
            && inner.sure
        {
            return give(inner.relation, true);
        }
        if events.is(self.tree, at, Sort::Sure)
            && let Some(relation) = tells(at)
        {
            return give(relation, true);
        }
        let own = tells(at).filter(|_| !self.frames.is_light(&verb.lemma));
        let oblique = || self.tree.children(at).iter().copied().find(|&c| self.tree.rel(c) == "obl" && c > at);
        let goal = object.or_else(oblique);
        // "accepted the demands of X", "turned down a request by X"
        if goal.is_some_and(|o| events.is_wish(self.tree, o))
            && let Some(relation) = tells(at)
        {
            return give(relation, true);
        }
        // "declared a ceasefire", "agreed to a truce"
        let pact = goal.filter(|&o| events.is_mutual(self.tree, o));
        let left = matches!(verb.lemma.as_str(), "leave" | "skip" | "quit" | "shun" | "snub" | "cancel" | "scrap");
        if pact.is_some() && left {
            return give(Relation::Oppose, true);
        }
        if let Some(relation) = pact.and_then(&tells).filter(|_| own != Some(Relation::Oppose)) {
            return give(relation, true);
        }
        // "lifted the boycott", "suspended aid": what is taken away turns.
        let called_off = verb.lemma == "call" && self.tree.words.get(at + 1).is_some_and(|w| w.lower == "off");
        let taken = object.filter(|_| called_off || self.frames.takes_away(&verb.lemma));
        if let Some(relation) = taken.and_then(|noun| self.under(noun).into_iter().find_map(&tells)) {
            return give(flip(relation), true);
        }
        // "announced a suspension of aid"
        let ending = object.filter(|&o| events.is(self.tree, o, Sort::Ending));
        let ended = ending.and_then(|noun| self.under(noun).into_iter().filter(|&w| w != noun).find_map(&tells));
        if let Some(relation) = ended {
            return give(flip(relation), true);
        }
        let light = self.frames.is_light(&verb.lemma)
            || events.is(self.tree, at, Sort::Doing)
            || self.frames.verb(&verb.lemma).any(|(_, f)| f.name == "undertake");
        if light && let Some(relation) = object.and_then(&tells) {
            return give(relation, true);
        }
        let order = || std::iter::once(at).chain(object).chain(words.clone().filter(|&w| w != at));
        let heads = |&w: &usize| !matches!(self.tree.rel(w), "compound" | "flat");
        let first = order().filter(|&w| w != at || !light).filter(heads).find_map(&tells);
        let relation = first.or_else(|| order().find_map(&tells))?;
        give(relation, false)
    }

    /// The relation that a word tells by itself.
    fn told_by(&self, w: usize, events: &Events) -> Option<Relation> {
        let word = &self.tree.words[w];
        // "the Boycott Law" is a name that tells.
        let titled = word.upos == Upos::Propn && self.scene.mention_at(w).is_none();
        let own = titled || matches!(word.upos, Upos::Verb | Upos::Noun | Upos::Adj);
        // Demands and talks are told by verbs of saying, other deeds are not.
        let telling = events.is(self.tree, w, Sort::Sure) || events.is_mutual(self.tree, w);
        if !own || self.scene.is_speech(w) && !telling {
            return None;
        }
        events.relation(self.tree, w)
    }

    /// "refused to withdraw": what stands above the infinitive turns it.
    fn is_refused(&self, at: usize, events: &Events) -> bool {
        let mut here = at;
        for _ in 0..DEPTH {
            let Some(above) = self.tree.head(here).filter(|_| self.tree.rel(here) == "xcomp") else { return false };
            if events.relation(self.tree, above) == Some(Relation::Oppose) {
                return true;
            }
            here = above;
        }
        false
    }

    /// "called the president on Monday": by telephone, not by a name.
    fn rings(&self, at: usize) -> bool {
        let object = self.tree.child(at, &["obj"]).filter(|_| self.tree.words[at].lemma == "call");
        let somebody = object.is_some_and(|o| !self.scene.who_alone(o).actors.is_empty());
        let more = |c: &usize| *c > at && matches!(self.tree.rel(*c), "xcomp" | "ccomp" | "compound");
        somebody && !self.tree.children(at).iter().any(more)
    }

    /// A noun and what hangs on it, the noun first, clauses that tell more left aside.
    fn under(&self, noun: usize) -> Vec<usize> {
        let mut out = vec![noun];
        let mut next = 0;
        while next < out.len() {
            let below = self.tree.children(out[next]).iter().copied();
            out.extend(below.filter(|&c| self.tree.words[c].deprel != "acl:relcl"));
            next += 1;
        }
        out
    }
}
