//! A sentence made ready for the frames: its tree, its mentions, and who is meant by a phrase.

mod counted;
mod descriptions;
mod groups;
mod kinds;
mod own;

use crate::actors::{Cast, Gazetteer, How, Mention};
use crate::language::engine::Upos;
use crate::language::{Grammar, Sentence, Takes, Token, Tree};
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
    /// The unnamed actor that each word means; empty where they are not asked for.
    pub unnamed: &'a [Option<usize>],
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
            unnamed: &[],
            before: thread.clone(),
            covering,
            token_of,
            pronouns: Cell::new(0),
            tokens,
            gazetteer,
            grammar,
        };
        scene.speaker = thread.speaker;
        scene.carry(thread);
        scene
    }

    /// Whether the verb introduces what somebody says or thinks.
    pub fn is_speech(&self, at: usize) -> bool {
        let word = &self.tree.words[at];
        word.upos == Upos::Verb && self.grammar.is_speech(&word.lemma)
    }

    /// Whether that goes with the verb at `at`.
    pub fn takes(&self, at: usize, pattern: Takes) -> bool {
        self.grammar.takes(&self.tree.words[at].lemma, pattern)
    }

    /// Subjects and names of this sentence are what the next one's pronouns mean.
    fn carry(&self, thread: &mut Thread) {
        let subjects = (0..self.tree.words.len()).filter(|&w| self.tree.words[w].rel() == "nsubj");
        let mut meant = Vec::new();
        for subject in subjects {
            let who = self.who(subject).actors;
            if who.len() == 2 {
                thread.pair.clone_from(&who);
            }
            meant.extend(who);
        }
        let subjects: Vec<usize> = meant;
        let several = |w: usize| self.tree.rel(w) == "nsubj" && matches!(self.tree.words[w].xpos, "NNS" | "NNPS");
        let plural =
            subjects.len() > 1 || (0..self.tree.words.len()).any(|w| several(w) && self.who(w).actors == subjects);
        if !subjects.is_empty() {
            thread.many = plural;
        }
        let named = self.mentions.iter().filter(|m| m.how == How::Name).flat_map(|m| m.actors.clone());
        let of = |actor: usize| self.cast.get(actor).map(|e| (e.kind, e.outlet));
        thread.tell(subjects, named, self.mentions.iter().flat_map(|m| m.actors.clone()), &of);
        thread.country = self.subject_country();
        self.tell_kinds(thread);
        self.tell_bodies(thread);
        self.tell_lists(thread);
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
        self.tree.top_of(&mention.tokens).unwrap_or(mention.tokens.start)
    }

    /// Whether somebody is no newspaper or broadcaster: these report what others hold.
    pub fn is_no_outlet(&self, actor: usize) -> bool {
        self.cast.get(actor).is_some_and(|e| !e.outlet)
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
                .filter(|&c| !self.left_out(c) && !self.is_gapped(out[next], c))
                .collect();
            let broken = self
                .list_as_apposition(out[next])
                .filter(|&b| !list.is_empty() || b > out[next] && self.tree.rel(out[next]) == "nmod");
            out.extend(list);
            out.extend(broken);
            out.extend(self.persons_behind_place(out[next]));
            next += 1;
        }
        out
    }

    /// "backed the bill, and Norway the motion": Norway stands beside no bill.
    fn is_gapped(&self, first: usize, member: usize) -> bool {
        let Some(name) = self.mention_at(member).filter(|_| self.mention_at(first).is_none()) else { return false };
        self.tree.words.get(name.tokens.end).is_some_and(|w| w.upos == Upos::Det)
    }

    /// "X and Y, but not Z": Z is no member.
    pub fn left_out(&self, member: usize) -> bool {
        let own =
            |word: &str| self.tree.children(member).iter().any(|&c| c < member && self.tree.words[c].lower == word);
        own("not") && !own("even") && !own("only")
    }

    /// "Ohio, Texas and Maine", where the second is taken for an apposition to the first.
    fn list_as_apposition(&self, node: usize) -> Option<usize> {
        let mention = self.mention_at(node)?;
        let kind = |m: &Mention| m.actors.first().and_then(|&a| self.cast.get(a)).map(|e| e.kind);
        let alike = |c: usize| {
            self.tree.rel(c) == "appos"
                && self.mention_at(c).is_some_and(|m| m.how == mention.how && m != mention && kind(m) == kind(mention))
        };
        let own = self.tree.children(node).iter().copied().find(|&c| alike(c));
        // "the governments of Ohio, Texas/appos and Maine": the apposition may hang on what is theirs.
        let above =
            self.tree.head(node).filter(|_| self.tree.rel(node) == "nmod" && kind(mention) == Some(Kind::Country));
        own.or_else(|| {
            let mut beside = above.into_iter().flat_map(|h| self.tree.children(h)).copied();
            let goes_on =
                |c: usize| self.tree.words.get(c + 1).is_some_and(|w| matches!(w.lower.as_str(), "and" | ","));
            beside.find(|&c| c == mention.tokens.end + 1 && alike(c) && goes_on(c))
        })
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
                    // "X and some Democrats, such as Y"
                    self.included(node, out);
                }
                return;
            }
        }
        if matches!(word.xpos, "WP" | "WDT") || word.lower == "that" && word.upos == Upos::Pron {
            if let Some(antecedent) = self.antecedent(node) {
                // "the Salmon Front, a group that sued": the front.
                let name = self.tree.head(antecedent).filter(|&h| {
                    self.tree.rel(antecedent) == "appos"
                        && self.mention_at(antecedent).is_none()
                        && self.mention_at(h).is_some_and(|m| m.how == How::Name)
                });
                self.member(name.unwrap_or(antecedent), out, depth + 1);
            }
            return;
        }
        if word.lower == "those" && self.group(node, out, depth) {
            return;
        }
        if self.is_reciprocal(node) {
            out.actors.extend(self.each_other(node));
            return;
        }
        if word.upos == Upos::Pron || word.upos == Upos::Det && word.lower == "both" {
            out.actors.extend(self.pronoun(node));
            return;
        }
        if let Some(meant) = self.counted(node).or_else(|| self.deputy(node).map(|d| vec![d])) {
            out.actors.extend(meant);
            return;
        }
        let found = out.actors.len();
        let told = self.included(node, out)
            || self.group(node, out, depth)
            || self.collective(node, out, depth)
            || self.apposed(node, out);
        if !told {
            let described = self.described(node).or_else(|| self.own_side(node));
            let told = described.or_else(|| self.body_told_of(node));
            out.actors.extend(told.or_else(|| self.cast.home().filter(|_| self.acts_at_home(node))));
        }
        // "some countries", which mean nobody known, are still somebody where actors without a name are asked for.
        if out.actors.len() == found {
            out.actors.extend(self.unnamed.get(node).copied().flatten());
        }
    }

    /// Whether a noun means people: it ends in a title of office, or means a body of people.
    pub fn means_people(&self, node: usize) -> bool {
        let token = self.token_of[node];
        let ends = |n: usize| token + 1 >= n && self.tokens.get(token).is_some();
        (1..=4).filter(|&n| ends(n)).any(|n| {
            let start = token + 1 - n;
            self.gazetteer.body_at(self.tokens, start) == Some(n)
                || self.gazetteer.title_at(self.tokens, start).is_some_and(|(length, _)| length == n)
        })
    }

    /// Words on which hangs whose a noun is: possessors, adjectives, compounds, "of X", "in X".
    pub fn owner_nodes(&self, node: usize) -> Vec<usize> {
        let of = |c: &usize| {
            let word = &self.tree.words[*c];
            match word.rel() {
                "nmod" if word.deprel == "nmod:poss" => true,
                "nmod" => matches!(self.tree.preposition(*c), Some("of" | "in" | "from" | "for")),
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

    /// "firms including X and Y", "twelve states led by X": some of those that a noun means.
    fn included(&self, node: usize, out: &mut Who) -> bool {
        let many = self.tree.words[node].xpos == "NNS" || self.tree.words[node].lower == "group";
        let led = |c: &&usize| {
            many && self.tree.rel(**c) == "acl" && matches!(self.tree.words[**c].lower.as_str(), "led" | "headed")
        };
        let below = self.tree.children(node).iter().filter(led).flat_map(|&c| self.tree.children(c)).copied();
        if let Some(leader) = below.into_iter().find(|&c| self.tree.words[c].deprel == "obl:agent") {
            out.actors.extend(self.members(leader).into_iter().flat_map(|l| self.who_of_name(l)));
        }
        self.names_below(node, out, &|c| {
            matches!(self.tree.words[c].rel(), "nmod" | "acl" | "obl")
                && matches!(self.tree.preposition(c), Some("including" | "like" | "such"))
        })
    }

    /// "the owner, Jane Doe,": a name that says who a noun means.
    fn apposed(&self, node: usize, out: &mut Who) -> bool {
        if self.names_below(node, out, &|c| matches!(self.tree.words[c].rel(), "appos" | "flat")) {
            return true;
        }
        // "prize winner Jane Doe", where the name hangs on the verb by itself.
        let next = self.mention_at(node + 1).filter(|m| m.how == How::Name && m.tokens.start == node + 1);
        let person =
            |m: &&Mention| m.actors.first().and_then(|&a| self.cast.get(a)).is_some_and(|e| e.kind == Kind::Person);
        let found = next.filter(person).filter(|m| {
            let head = self.head_of(m);
            self.tree.words[node].upos == Upos::Noun
                && self.tree.head(head) == self.tree.head(node)
                && self.tree.rel(head) == self.tree.rel(node)
        });
        out.actors.extend(found.map(|m| m.actors.clone()).unwrap_or_default());
        found.is_some()
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
        let root = self.tree.top_of(span);
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
                out.extend(mention.actors.iter().filter(|&&a| self.is_no_outlet(a)));
            }
        }
        for at in span.clone().filter(|&w| self.tree.words[w].xpos == "PRP$") {
            let whose = self.possessor(at);
            // "X and Y announced their bids": each their own.
            let several = self.tree.head(at).is_some_and(|noun| self.tree.words[noun].xpos == "NNS");
            if whose.len() < 2 || !several {
                out.extend(whose);
            }
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
