//! A sentence made ready for the frames: its tree, its mentions, and who is meant by a phrase.

use crate::actors::{Cast, Gazetteer, How, Mention};
use crate::language::engine::Upos;
use crate::language::{Grammar, Sentence, Token, Tree};
use crate::stances::thread::Thread;
use crate::statement::Kind;
use std::cell::Cell;
use std::ops::Range;

/// Titles, bodies and relative pronouns are followed this deep.
pub(super) const DEPTH: usize = 6;

/// A sentence with all that is known about it.
pub struct Scene<'a> {
    /// The words and what hangs on what.
    pub tree: &'a Tree,
    /// The actors named, in order; their ranges are words of the tree.
    pub mentions: Vec<Mention>,
    /// Which words stand between quotation marks.
    pub quoted: Vec<bool>,
    /// Who speaks in the quotation, when the sentence or an earlier one of the paragraph says so.
    pub speaker: Option<usize>,
    /// The document's actors.
    pub cast: &'a Cast,
    /// What earlier sentences leave.
    pub(super) before: Thread,
    /// The mention that covers each word.
    covering: Vec<Option<usize>>,
    /// The first token of each word, and the tokens, as the gazetteer reads them.
    token_of: Vec<usize>,
    /// Pronouns being resolved: one may lead to another.
    pub(super) pronouns: Cell<usize>,
    tokens: &'a [Token],
    gazetteer: &'a Gazetteer,
    grammar: &'a Grammar,
}

/// Whom a phrase means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// Actors, by index into the cast.
    pub actors: Vec<usize>,
    /// "most EU countries": not all of them.
    pub hedged: bool,
}

impl<'a> Scene<'a> {
    /// Makes a sentence ready; `thread` is carried on to the next.
    pub fn new(
        sentence: &'a Sentence,
        tree: &'a Tree,
        mentions: &[Mention],
        cast: &'a Cast,
        gazetteer: &'a Gazetteer,
        grammar: &'a Grammar,
        thread: &mut Thread,
    ) -> Self {
        let tokens = &sentence.tokens;
        let word_at = |byte: usize| tree.words.partition_point(|w| w.end <= byte);
        let mut covering = vec![None; tree.words.len()];
        let mut own: Vec<Mention> = Vec::with_capacity(mentions.len());
        for mention in mentions {
            let (Some(first), Some(last)) = (tokens.get(mention.tokens.start), tokens.get(mention.tokens.end - 1))
            else {
                continue;
            };
            let range = word_at(first.start)..(word_at(last.end - 1) + 1).min(tree.words.len());
            if range.is_empty() {
                continue;
            }
            // What stands in another name's apposition tells of that name only.
            if covering[range.clone()].iter().any(Option::is_some) {
                continue;
            }
            covering[range.clone()].fill(Some(own.len()));
            own.push(Mention { tokens: range, ..mention.clone() });
        }
        let token_of = tree.words.iter().map(|w| tokens.partition_point(|t| t.end <= w.start)).collect();
        let quoted = quoted(tree, &mut thread.open_quote);
        let mut scene = Self {
            tree,
            mentions: own,
            quoted,
            speaker: None,
            cast,
            before: thread.clone(),
            covering,
            token_of,
            pronouns: Cell::new(0),
            tokens,
            gazetteer,
            grammar,
        };
        scene.speaker = scene.find_speaker().or(thread.speaker);
        thread.speaker = scene.speaker;
        scene.carry(thread);
        scene
    }

    /// Who says something in this sentence, outside of quotation marks; "according to X" counts.
    fn find_speaker(&self) -> Option<usize> {
        let tree = self.tree;
        let says = (0..tree.words.len()).filter(|&v| !self.quoted[v] && self.is_speech(v));
        let said = says.filter_map(|v| tree.child(v, &["nsubj"])).filter_map(|s| self.person_or_body(s)).next();
        said.or_else(|| self.according_to())
    }

    /// "According to X": what X says.
    pub fn according_to(&self) -> Option<usize> {
        let nouns = (0..self.tree.words.len()).filter(|&n| self.tree.preposition(n) == Some("according"));
        nouns.filter_map(|n| self.person_or_body(n)).next()
    }

    fn person_or_body(&self, node: usize) -> Option<usize> {
        self.who(node).actors.into_iter().find(|&a| self.cast.get(a).is_some_and(|e| !e.outlet))
    }

    /// Whether the verb introduces what somebody says or thinks.
    pub fn is_speech(&self, at: usize) -> bool {
        let word = &self.tree.words[at];
        word.upos == Upos::Verb && self.grammar.is_speech(&word.lemma)
    }

    /// Subjects and names of this sentence are what the next one's pronouns mean.
    fn carry(&self, thread: &mut Thread) {
        let subjects = (0..self.tree.words.len()).filter(|&w| self.tree.words[w].rel() == "nsubj");
        let subjects: Vec<usize> = subjects.flat_map(|s| self.who(s).actors).collect();
        let named = self.mentions.iter().filter(|m| m.how == How::Name).flat_map(|m| m.actors.clone());
        let of = |actor: usize| self.cast.get(actor).map(|e| (e.kind, e.outlet));
        thread.tell(subjects, named, self.mentions.iter().flat_map(|m| m.actors.clone()), &of);
    }

    /// Mentions inside a range of words.
    pub fn mentions_in(&self, span: &Range<usize>) -> impl Iterator<Item = &Mention> {
        let span = span.clone();
        self.mentions.iter().filter(move |m| m.tokens.start >= span.start && m.tokens.end <= span.end)
    }

    /// The mention that covers a word.
    pub fn mention_at(&self, at: usize) -> Option<&Mention> {
        self.covering.get(at).copied().flatten().map(|m| &self.mentions[m])
    }

    /// The word of a mention that the others hang on.
    pub fn head_of(&self, mention: &Mention) -> usize {
        let outside = |at: &usize| self.tree.head(*at).is_none_or(|h| !mention.tokens.contains(&h));
        mention.tokens.clone().find(outside).unwrap_or(mention.tokens.start)
    }

    /// A capital or seat behind "in", "at", "near": a place and no actor.
    pub fn is_place(&self, mention: &Mention) -> bool {
        let before = mention.tokens.start.checked_sub(1).map(|b| self.tree.words[b].lower.as_str());
        matches!(mention.how, How::Capital | How::Seat)
            && matches!(
                before,
                Some("in" | "at" | "near" | "outside" | "inside" | "around" | "across" | "through" | "into")
            )
    }

    /// Word `node` and what is coordinated with it.
    pub fn members(&self, node: usize) -> Vec<usize> {
        let mut out = vec![node];
        let mut next = 0;
        while next < out.len() && out.len() < 60 {
            let more = self.tree.children(out[next]).iter().copied();
            // Names within one mention are no list.
            let inside = |c: &usize| self.covering[*c].is_some() && self.covering[*c] == self.covering[out[next]];
            let list: Vec<usize> = more
                .filter(|&c| self.tree.words[c].rel() == "conj" && self.tree.words[c].is_nominal() && !inside(&c))
                .collect();
            out.extend(list);
            out.extend(self.persons_behind_place(out[next]));
            next += 1;
        }
        out
    }

    /// "Jane Doe of Utah, John Roe of Ohio": who is coordinated with the place belongs to the person.
    fn persons_behind_place(&self, node: usize) -> Vec<usize> {
        let is_person = |at: usize| {
            let only = self.mention_at(at).filter(|m| m.how == How::Name).and_then(|m| m.actors.first());
            only.and_then(|&a| self.cast.get(a)).is_some_and(|e| e.kind == Kind::Person)
        };
        if !is_person(node) {
            return Vec::new();
        }
        let places = self.tree.children(node).iter().filter(|&&c| self.tree.rel(c) == "nmod" && !is_person(c));
        let behind = places.flat_map(|&c| self.tree.children(c)).copied();
        behind.filter(|&c| self.tree.rel(c) == "conj" && is_person(c)).collect()
    }

    /// The actors that a noun phrase, with all that is coordinated with it, means.
    pub fn who(&self, node: usize) -> Who {
        let mut out = Who::default();
        for member in self.members(node) {
            self.member(member, &mut out, 0);
        }
        let mut seen = Vec::new();
        out.actors.retain(|a| {
            !seen.contains(a) && {
                seen.push(*a);
                true
            }
        });
        out
    }

    /// The same for one member of the list.
    pub fn who_alone(&self, node: usize) -> Who {
        let mut out = Who::default();
        self.member(node, &mut out, 0);
        out
    }

    fn member(&self, node: usize, out: &mut Who, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let word = &self.tree.words[node];
        if let Some(mention) = self.mention_at(node) {
            let adjective = mention.how == How::Demonym && !self.is_people(mention);
            if !adjective {
                if !self.is_place(mention) {
                    // "the Nordic countries except Iceland"
                    let out_of = self.tree.children(node).iter().copied().filter(|&c| {
                        matches!(self.tree.preposition(c), Some("except" | "excluding" | "barring" | "without"))
                    });
                    let left_out: Vec<usize> =
                        out_of.flat_map(|c| self.members(c)).flat_map(|c| self.who_of_name(c)).collect();
                    out.actors.extend(mention.actors.iter().filter(|a| !left_out.contains(a)));
                }
                return;
            }
        }
        if matches!(word.xpos, "WP" | "WDT") || word.lower == "that" && word.upos == Upos::Pron {
            if let Some(antecedent) = self.antecedent(node) {
                self.member(antecedent, out, depth + 1);
            }
            return;
        }
        if word.upos == Upos::Pron {
            out.actors.extend(self.pronoun(node));
            return;
        }
        if self.included(node, out) || self.collective(node, out, depth) || self.apposed(node, out) {
            return;
        }
        if let Some(actor) = self.named_before(node) {
            out.actors.push(actor);
        }
    }

    /// "soldiers of Estonia", "the German government", "the French president": who stands behind a noun that means
    /// people of somebody. Whether the noun is one.
    fn collective(&self, node: usize, out: &mut Who, depth: usize) -> bool {
        let token = self.token_of[node];
        let ends = |n: usize| token + 1 >= n && self.tokens.get(token).is_some();
        let body = (1..=3).any(|n| ends(n) && self.gazetteer.body_at(self.tokens, token + 1 - n) == Some(n));
        let title = (1..=4).rev().filter(|&n| ends(n)).find_map(|n| {
            self.gazetteer
                .title_at(self.tokens, token + 1 - n)
                .filter(|(length, _)| *length == n)
                .map(|(_, title)| title)
        });
        // "both countries", "the two sides"
        let pair =
            self.tree.children(node).iter().any(|&c| matches!(self.tree.words[c].lower.as_str(), "both" | "two"));
        if pair
            && matches!(
                self.tree.words[node].lemma.as_str(),
                "country" | "nation" | "state" | "side" | "government" | "neighbour" | "neighbor" | "ally" | "party"
            )
        {
            let here = self.many_before(node).filter(|many| many.len() == 2);
            let group = here.or_else(|| Some(self.before.group.clone()).filter(|g| g.len() == 2));
            out.actors.extend(group.unwrap_or_default());
            return true;
        }
        if !body && title.is_none() {
            return false;
        }
        // "Senator Cruz": a name that hangs on its title.
        if let Some(name) = self.tree.children(node).iter().find(|&&c| {
            matches!(self.tree.words[c].rel(), "flat" | "appos")
                && self.mention_at(c).is_some_and(|m| m.how == How::Name)
        }) {
            out.actors.extend(self.mention_at(*name).map(|m| m.actors.clone()).unwrap_or_default());
            return true;
        }
        let word = &self.tree.words[node];
        let quantified = self.tree.children(node).iter().any(|&c| {
            let q = &self.tree.words[c];
            q.upos == Upos::Num || matches!(q.lower.as_str(), "some" | "many" | "several" | "few" | "other" | "certain")
        });
        let most = self.tree.children(node).iter().any(|&c| self.tree.words[c].lower == "most");
        let countries =
            matches!(word.lower.as_str(), "countries" | "states" | "nations" | "members" | "governments" | "lawmakers");
        if countries && quantified {
            return true;
        }
        let office = title.map(|t| t.office.as_str()).filter(|_| !body);
        for owner in self.owner_nodes(node) {
            let mut whose = Who::default();
            match self.mention_at(owner) {
                Some(m) if !self.is_place(m) && m.tokens.start != node => {
                    whose.actors.extend(self.members(owner).into_iter().flat_map(|o| self.who_of_name(o)));
                }
                Some(_) => continue,
                None if self.tree.words[owner].xpos == "PRP$" => whose.actors.extend(self.possessor(owner)),
                None => self.members(owner).into_iter().for_each(|o| self.member(o, &mut whose, depth + 1)),
            }
            // A person's staff is the person's; a person's office is nobody's.
            if whose.actors.is_empty() {
                continue;
            }
            if let Some(office) = office
                && let Some(person) = self.officer(&whose.actors, office)
            {
                out.actors.push(person);
                return true;
            }
            out.actors.extend(whose.actors);
            out.hedged |= quantified || most;
            return true;
        }
        if let Some(office) = office.filter(|_| self.is_definite(node))
            && let Some(person) = self.only_officer(office)
        {
            out.actors.push(person);
            return true;
        }
        false
    }

    /// Words on which hangs whose a noun is: possessors, adjectives, compounds, "of X", "in X".
    pub fn owner_nodes(&self, node: usize) -> Vec<usize> {
        let of = |c: &usize| {
            let word = &self.tree.words[*c];
            match word.rel() {
                "nmod" if word.deprel == "nmod:poss" => true,
                "nmod" => matches!(self.tree.preposition(*c), Some("of" | "in" | "from")),
                "amod" | "compound" | "det" | "nummod" => true,
                _ => false,
            }
        };
        let mut out: Vec<usize> = self.tree.children(node).iter().copied().filter(of).collect();
        out.sort_by_key(|&c| match (self.tree.words[c].deprel, self.mention_at(c).is_some()) {
            ("nmod:poss", true) => 0,
            (_, true) => 1,
            _ => 2,
        });
        let plain = |c: &usize| self.mention_at(*c).is_some() || matches!(self.tree.words[*c].rel(), "nmod");
        out.retain(plain);
        out
    }

    /// "firms including X and Y": some of those that a noun means.
    fn included(&self, node: usize, out: &mut Who) -> bool {
        self.names_below(node, out, &|c| {
            matches!(self.tree.words[c].rel(), "nmod" | "acl" | "obl")
                && matches!(self.tree.preposition(c), Some("including" | "like" | "such"))
        })
    }

    /// "the owner, Jane Doe,": a name that says who a noun means.
    fn apposed(&self, node: usize, out: &mut Who) -> bool {
        self.names_below(node, out, &|c| matches!(self.tree.words[c].rel(), "appos" | "flat"))
    }

    fn names_below(&self, node: usize, out: &mut Who, tells: &dyn Fn(usize) -> bool) -> bool {
        let named = self
            .tree
            .children(node)
            .iter()
            .copied()
            .filter(|&c| tells(c) && self.mention_at(c).is_some_and(|m| m.how == How::Name || m.how == How::Group));
        let actors: Vec<usize> = named.flat_map(|c| self.members(c)).flat_map(|c| self.who_of_name(c)).collect();
        let found = !actors.is_empty();
        out.actors.extend(actors);
        found
    }

    fn who_of_name(&self, node: usize) -> Vec<usize> {
        self.mention_at(node).map(|m| m.actors.clone()).unwrap_or_default()
    }

    /// "the court", "the party", "this ministry": the actor last named that has the word in its name.
    fn named_before(&self, node: usize) -> Option<usize> {
        let word = &self.tree.words[node];
        if word.upos != Upos::Noun || !self.is_definite(node) || !word.lower.chars().all(char::is_alphabetic) {
            return None;
        }
        let plain = self.tree.children(node).iter().all(|&c| {
            matches!(
                self.tree.words[c].rel(),
                "det" | "case" | "punct" | "acl" | "appos" | "conj" | "cc" | "advmod" | "nsubj" | "cop" | "parataxis"
            )
        });
        let fits = |actor: &usize| {
            self.cast.get(*actor).is_some_and(|e| match word.lower.as_str() {
                "country" | "nation" => e.kind == Kind::Country,
                "bloc" | "alliance" => matches!(e.name.as_str(), "European Union" | "NATO"),
                lower => {
                    e.kind == Kind::Institution
                        && e.name.split(|c: char| !c.is_alphanumeric()).any(|part| part.to_lowercase() == lower)
                }
            })
        };
        if !plain {
            return None;
        }
        let here = self.mentions.iter().rev().filter(|m| m.tokens.end <= node).flat_map(|m| m.actors.clone());
        here.chain(self.before.recent().iter().copied()).find(fits)
    }

    /// "the" or "this" stands before the noun, and it is no plural.
    fn is_definite(&self, node: usize) -> bool {
        self.tree.children(node).iter().any(|&c| matches!(self.tree.words[c].lower.as_str(), "the" | "this" | "that"))
            && self.tree.words[node].xpos != "NNS"
    }

    /// The person whom the document gave that office of one of `whose`.
    fn officer(&self, whose: &[usize], office: &str) -> Option<usize> {
        let names: Vec<&String> = whose.iter().filter_map(|&a| self.cast.get(a)).map(|e| &e.name).collect();
        let mut fitting = self.cast.entities().iter().enumerate().filter(|(_, e)| {
            e.kind == Kind::Person
                && e.office.as_deref() == Some(office)
                && e.speaks_for.as_ref().is_some_and(|w| names.contains(&w))
        });
        let (at, _) = fitting.next()?;
        fitting.next().is_none().then_some(at)
    }

    /// "the president": the only person of that office in the document so far, or the one last spoken of.
    fn only_officer(&self, office: &str) -> Option<usize> {
        let holds = |a: &usize| {
            self.cast.get(*a).is_some_and(|e| e.kind == Kind::Person && e.office.as_deref() == Some(office))
        };
        self.before.recent().iter().copied().find(holds)
    }

    /// "the Germans", "Germans": the people, not the adjective.
    pub fn is_people(&self, mention: &Mention) -> bool {
        let head = self.head_of(mention);
        let word = &self.tree.words[head];
        if matches!(word.rel(), "amod" | "compound") {
            return false;
        }
        let last = &self.tree.words[mention.tokens.end - 1].lower;
        let before = mention.tokens.start.checked_sub(1).map(|b| self.tree.words[b].lower.as_str());
        last.ends_with('s') && !last.ends_with("ss") || before == Some("the")
    }

    /// Actors whose matter a phrase is: genitives, adjectives and "of X" in it, and "to X" behind a noun of help
    /// (`is_help`), which X has the benefit of, or behind any noun or gerund where the matter is `supported`. "Against X" makes nobody an
    /// owner, nor does a place.
    pub fn owners(&self, span: &Range<usize>, supported: bool, is_help: &dyn Fn(&str) -> bool) -> Vec<usize> {
        let mut out = Vec::new();
        let inside = |w: usize| span.contains(&w);
        let root = span.clone().find(|&w| self.tree.head(w).is_none_or(|h| !inside(h)));
        for mention in self.mentions_in(span) {
            let head = self.head_of(mention);
            let word = &self.tree.words[head];
            let above = self.tree.head(head).filter(|&h| inside(h));
            let under = above.map(|h| self.tree.words[h].lemma.as_str());
            // The noun that the phrase is about, or one that hangs on it by "of".
            let of_root = above.is_some_and(|h| {
                Some(h) == root || self.tree.preposition(h) == Some("of") && self.tree.head(h) == root
            });
            let ok = match (word.rel(), self.tree.preposition(head)) {
                ("amod" | "compound", _) => of_root,
                ("nmod", _) if word.deprel == "nmod:poss" => of_root,
                ("nmod" | "obl", Some("of" | "by" | "from")) => of_root,
                // "sending aid to X" is for X where it is supported; who opposes it need not be against X.
                ("obl", Some("to" | "for")) if supported && above == root => true,
                ("nmod" | "obl", Some("to" | "for" | "toward" | "towards")) => under.is_some_and(is_help),
                ("obj" | "iobj", None) => mention.how == How::Name && above == root,
                ("nsubj", _) => above == root,
                _ => false,
            };
            if ok && !self.is_place(mention) && mention.how != How::Group {
                out.extend(mention.actors.iter().filter(|a| self.cast.get(**a).is_some_and(|e| !e.outlet)));
            }
        }
        for at in span.clone().filter(|&w| self.tree.words[w].xpos == "PRP$") {
            out.extend(self.possessor(at));
        }
        let mut seen = Vec::new();
        out.retain(|a| {
            !seen.contains(a) && {
                seen.push(*a);
                true
            }
        });
        out
    }
}

/// Which words stand inside quotation marks; `open` is carried over sentences.
fn quoted(tree: &Tree, open: &mut bool) -> Vec<bool> {
    let mut out = Vec::with_capacity(tree.words.len());
    for word in &tree.words {
        match word.lower.as_str() {
            "“" | "«" | "``" => *open = true,
            "”" | "»" | "''" => *open = false,
            "\"" => *open = !*open,
            _ => {}
        }
        out.push(*open);
    }
    out
}
