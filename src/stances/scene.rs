//! A sentence made ready for the frames: its mentions, phrases and clauses, and who is meant by a phrase.

use crate::actors::{Cast, Gazetteer, How, Mention};
use crate::language::{Chunk, ChunkKind, Class, Clause, Form, Grammar, Role, Sentence, Token, chunks, clauses, tag};
use crate::statement::Kind;
use std::ops::Range;

/// A sentence with all that is known about it.
pub struct Scene<'a> {
    /// The tokens, tagged.
    pub tokens: Vec<Token>,
    /// The actors named, in order.
    pub mentions: Vec<Mention>,
    /// Phrases.
    pub chunks: Vec<Chunk>,
    /// Clauses.
    pub clauses: Vec<Clause>,
    /// Which tokens stand between quotation marks.
    pub quoted: Vec<bool>,
    /// Who speaks in the quotation, when the sentence or an earlier one of the paragraph says so.
    pub speaker: Option<usize>,
    /// The person last spoken of before this sentence.
    pub last_person: Option<usize>,
    /// The country or institution last spoken of before this sentence.
    pub last_body: Option<usize>,
    /// The document's actors.
    pub cast: &'a Cast,
    gazetteer: &'a Gazetteer,
}

/// Whom a phrase means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// Actors, by index into the cast.
    pub actors: Vec<usize>,
    /// "most EU countries": not all of them.
    pub hedged: bool,
}

/// What the document's earlier sentences leave for the next one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Thread {
    /// The person last spoken of.
    pub person: Option<usize>,
    /// The country or institution last spoken of.
    pub body: Option<usize>,
    /// Who spoke last in this paragraph.
    pub speaker: Option<usize>,
    /// A quotation is open.
    pub open_quote: bool,
}

impl<'a> Scene<'a> {
    /// Analyses a sentence; `thread` is carried on.
    pub fn new(
        sentence: &Sentence,
        mentions: &[Mention],
        cast: &'a Cast,
        gazetteer: &'a Gazetteer,
        grammar: &Grammar,
        thread: &mut Thread,
    ) -> Self {
        let mut tokens = sentence.tokens.clone();
        let mut names = vec![false; tokens.len()];
        for mention in mentions {
            names[mention.tokens.clone()].fill(true);
        }
        tag(&mut tokens, &names, grammar);
        let atoms: Vec<Range<usize>> = mentions.iter().map(|m| m.tokens.clone()).collect();
        let chunks = chunks(&tokens, &atoms, grammar);
        let clauses = clauses(&tokens, &chunks);
        let quoted = quoted(&tokens, &mut thread.open_quote);
        let mut scene = Self {
            tokens,
            mentions: mentions.to_vec(),
            chunks,
            clauses,
            quoted,
            speaker: None,
            last_person: thread.person,
            last_body: thread.body,
            cast,
            gazetteer,
        };
        scene.invert_speech(grammar);
        scene.speaker = scene.find_speaker(grammar).or(thread.speaker);
        thread.speaker = scene.speaker;
        scene.carry(thread);
        scene
    }

    /// "..., said Jane Doe": the phrase behind the verb is its subject.
    fn invert_speech(&mut self, grammar: &Grammar) {
        for clause in &mut self.clauses {
            if clause.verb.form != Form::Finite || !grammar.is_speech(&clause.verb.lemma) {
                continue;
            }
            let before = clause.tokens.start.checked_sub(1).map(|b| self.tokens[b].class);
            let after_mark = matches!(before, None | Some(Class::Quote | Class::Comma));
            if let (true, Some((Role::Object, span))) = (after_mark, clause.arguments.first().cloned())
                && self.mentions.iter().any(|m| m.tokens.start >= span.start && m.tokens.end <= span.end)
            {
                clause.subject = Some(span);
                clause.arguments.remove(0);
            }
        }
    }

    fn find_speaker(&self, grammar: &Grammar) -> Option<usize> {
        let outside = self.clauses.iter().filter(|c| !self.quoted[c.tokens.start] && grammar.is_speech(&c.verb.lemma));
        outside.filter_map(|c| self.who(c.subject.clone()?).actors.first().copied()).next()
    }

    /// Subjects and names of this sentence are what the next one's pronouns mean.
    fn carry(&self, thread: &mut Thread) {
        let subjects = self.clauses.iter().filter_map(|c| c.subject.clone()).flat_map(|s| self.who(s).actors);
        let named = self.mentions.iter().filter(|m| m.how == How::Name).flat_map(|m| m.actors.clone());
        let mut person = None;
        let mut body = None;
        for actor in subjects.chain(named) {
            let Some(entity) = self.cast.get(actor) else { continue };
            let slot = if entity.kind == Kind::Person { &mut person } else { &mut body };
            if slot.is_none() && !entity.outlet {
                *slot = Some(actor);
            }
        }
        thread.person = person.or(thread.person);
        thread.body = body.or(thread.body);
    }

    /// The mention that ends with token `end - 1`.
    fn mention_ending(&self, start: usize, end: usize) -> Option<&Mention> {
        self.mentions.iter().find(|m| m.tokens.end == end && m.tokens.start >= start)
    }

    /// Mentions inside a span.
    pub fn mentions_in(&self, span: &Range<usize>) -> impl Iterator<Item = &Mention> {
        let span = span.clone();
        self.mentions.iter().filter(move |m| m.tokens.start >= span.start && m.tokens.end <= span.end)
    }

    /// A capital or seat behind "in", "at", "near": a place and no actor.
    pub fn is_place(&self, mention: &Mention) -> bool {
        let before = mention.tokens.start.checked_sub(1).map(|b| self.tokens[b].lower.as_str());
        matches!(mention.how, How::Capital | How::Seat)
            && matches!(
                before,
                Some("in" | "at" | "near" | "outside" | "inside" | "around" | "across" | "through" | "into")
            )
    }

    /// The actors that a noun phrase, with what hangs on it, means.
    pub fn who(&self, span: Range<usize>) -> Who {
        let mut out = Who::default();
        let mut start = span.start;
        let mut want_names = false;
        while start < span.end {
            let stop = self.member_end(start, span.end);
            if stop > start {
                want_names = self.member(start..stop, want_names, &mut out);
            }
            start = stop + 1;
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

    /// The end of the list member that begins at `start`.
    fn member_end(&self, start: usize, end: usize) -> usize {
        let inside = |at: usize| self.mentions.iter().any(|m| m.tokens.start < at && at < m.tokens.end);
        (start..end)
            .find(|&at| matches!(self.tokens[at].class, Class::Comma | Class::Conj) && !inside(at))
            .unwrap_or(end)
    }

    /// Adds the actors of one list member. Returns whether the next members may be names that hang on this one
    /// ("governments in Germany, Italy and Spain").
    fn member(&self, span: Range<usize>, _more: bool, out: &mut Who) -> bool {
        let prep = (span.start..span.end).find(|&at| {
            matches!(self.tokens[at].class, Class::Prep | Class::To)
                && !self.mentions.iter().any(|m| m.tokens.contains(&at))
        });
        let phrase = span.start..prep.unwrap_or(span.end);
        if phrase.is_empty() {
            return false;
        }
        let mut end = phrase.end;
        while end > phrase.start && self.tokens[end - 1].class == Class::Quote {
            end -= 1;
        }
        if let Some(mention) = self.mention_ending(phrase.start, end) {
            if !self.is_place(mention) && (mention.how != How::Demonym || self.is_people(mention)) {
                out.actors.extend(&mention.actors);
            }
            return false;
        }
        if phrase.len() == 1 && self.tokens[phrase.start].class == Class::Pron {
            out.actors.extend(self.pronoun(phrase.start));
            return false;
        }
        let body =
            (phrase.start..end).find(|&at| self.gazetteer.body_at(&self.tokens, at).is_some_and(|n| at + n == end));
        let title = (phrase.start..end)
            .find(|&at| self.gazetteer.title_at(&self.tokens, at).is_some_and(|(n, _)| at + n == end));
        let Some(head) = body.or(title) else { return false };
        let quantifier = self.tokens[phrase.start..head].iter().map(|t| t.lower.as_str()).find(|w| {
            matches!(*w, "some" | "most" | "many" | "several" | "few" | "other" | "certain" | "two" | "three" | "four")
        });
        let countries = matches!(
            self.tokens[end - 1].lower.as_str(),
            "countries" | "states" | "nations" | "members" | "governments"
        );
        if countries && quantifier.is_some_and(|q| q != "most") {
            return true;
        }
        let owner = self.mentions_in(&(phrase.start..head)).last();
        if let Some(owner) = owner {
            if title.is_some()
                && body.is_none()
                && let Some(person) = self.officer(owner, head)
            {
                out.actors.push(person);
                return false;
            }
            out.actors.extend(&owner.actors);
            out.hedged |= quantifier.is_some();
            return false;
        }
        // "governments in Germany", "soldiers of Estonia".
        let of = prep.filter(|&p| matches!(self.tokens[p].lower.as_str(), "of" | "in" | "from"));
        if let Some(prep) = of
            && let Some(mention) = self.mentions.iter().find(|m| m.tokens.start > prep && m.tokens.end <= span.end)
        {
            // "diplomats in Brussels" are not Brussels.
            if !self.is_place(mention) {
                out.actors.extend(&mention.actors);
                out.hedged |= quantifier.is_some();
            }
            return true;
        }
        false
    }

    /// "the French president": the person whom the document gave that office, else the country.
    fn officer(&self, owner: &Mention, head: usize) -> Option<usize> {
        let [whom] = owner.actors[..] else { return None };
        let whom = &self.cast.get(whom)?.name;
        let (_, title) = self.gazetteer.title_at(&self.tokens, head)?;
        let mut fitting = self.cast.entities().iter().enumerate().filter(|(_, e)| {
            e.kind == Kind::Person && e.speaks_for.as_ref() == Some(whom) && e.office.as_ref() == Some(&title.office)
        });
        let (at, _) = fitting.next()?;
        fitting.next().is_none().then_some(at)
    }

    /// Whether a collective noun ("soldiers") ends with token `end - 1`.
    pub fn body_ends(&self, end: usize) -> bool {
        (1..=3).any(|n| end >= n && self.gazetteer.body_at(&self.tokens, end - n) == Some(n))
    }

    /// "the Germans", "Germans": the people, not the adjective.
    fn is_people(&self, mention: &Mention) -> bool {
        let last = &self.tokens[mention.tokens.end - 1];
        let before = mention.tokens.start.checked_sub(1).map(|b| self.tokens[b].lower.as_str());
        last.lower.ends_with('s') && !last.lower.ends_with("ss") || before == Some("the")
    }

    /// Whom a pronoun means.
    fn pronoun(&self, at: usize) -> Vec<usize> {
        let lower = self.tokens[at].lower.as_str();
        if matches!(lower, "i" | "we" | "us" | "me") {
            return if self.quoted[at] { self.speaker.into_iter().collect() } else { Vec::new() };
        }
        let before = self.clauses.iter().rev().filter(|c| c.tokens.end <= at);
        let fits = |actor: &usize| {
            let person = self.cast.get(*actor).is_some_and(|e| e.kind == Kind::Person);
            match lower {
                "he" | "him" | "she" | "her" | "himself" | "herself" => person,
                "it" | "itself" => !person,
                _ => true,
            }
        };
        match lower {
            "he" | "she" | "it" | "they" | "him" | "her" | "them" | "himself" | "herself" | "itself" | "themselves" => {
                for clause in before {
                    let plural = matches!(lower, "they" | "them");
                    let spans = clause.arguments.iter().rev().map(|(_, s)| s.clone()).filter(|_| plural);
                    for span in spans.chain(clause.subject.clone()) {
                        if span.contains(&at) || span.start > at {
                            continue;
                        }
                        let who = self.who(span).actors;
                        if who.iter().any(fits) && (!plural || !who.is_empty()) {
                            return who.into_iter().filter(fits).collect();
                        }
                    }
                }
                match lower {
                    "he" | "she" | "him" | "her" => self.last_person.into_iter().collect(),
                    "it" if at == 0 => self.last_body.into_iter().collect(),
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    /// Whom a possessive ("its", "his") in a clause means: the clause's subject, else whom the pronoun would mean.
    pub fn possessor(&self, at: usize, clause: Option<&Clause>) -> Vec<usize> {
        let lower = self.tokens[at].lower.as_str();
        if matches!(lower, "my" | "our") {
            return if self.quoted[at] { self.speaker.into_iter().collect() } else { Vec::new() };
        }
        let subject = clause.and_then(|c| c.subject.clone()).filter(|s| !s.contains(&at));
        let actors = subject.map(|s| self.who(s).actors).unwrap_or_default();
        if !actors.is_empty() {
            return actors;
        }
        match lower {
            "his" | "her" => self.last_person.into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Actors whose matter a phrase is: genitives, adjectives and "of X" in it, and "to X" behind a noun of help
    /// (`is_help`), which X has the benefit of. "Against X" makes nobody an owner, nor does a place.
    pub fn owners(&self, span: &Range<usize>, is_help: &dyn Fn(&str) -> bool) -> Vec<usize> {
        let mut out = Vec::new();
        for mention in self.mentions_in(span) {
            let before = mention.tokens.start.checked_sub(1).filter(|b| *b >= span.start);
            let mut prep = before;
            while let Some(at) = prep {
                if matches!(self.tokens[at].class, Class::Prep | Class::To | Class::Verb(_)) {
                    break;
                }
                prep = at.checked_sub(1).filter(|b| *b >= span.start);
            }
            let word = prep.map(|p| self.tokens[p].lower.as_str());
            let genitive = self.tokens.get(mention.tokens.end).is_some_and(|t| t.class == Class::Genitive);
            let adjective = mention.how == How::Demonym
                || self.tokens.get(mention.tokens.end).is_some_and(|t| t.class == Class::Noun);
            let directly = before.is_some_and(|b| matches!(self.tokens[b].class, Class::Prep | Class::To | Class::Det));
            let ok = match word {
                Some("against" | "in" | "at" | "from" | "near" | "with" | "between") => genitive,
                Some("of" | "by") => directly || genitive || adjective,
                Some("to" | "for" | "toward" | "towards") => {
                    let help = prep.and_then(|p| p.checked_sub(1)).is_some_and(|b| is_help(&self.tokens[b].lower));
                    help || genitive || adjective
                }
                _ => genitive || adjective,
            };
            if ok && !self.is_place(mention) && mention.how != How::Group {
                out.extend(mention.actors.iter().filter(|a| self.cast.get(**a).is_some_and(|e| !e.outlet)));
            }
        }
        out.dedup();
        out
    }

    /// The chunk that holds token `at`.
    pub fn chunk_of(&self, at: usize) -> Option<usize> {
        self.chunks.iter().position(|c| c.tokens.contains(&at))
    }

    /// The prepositional phrases right behind chunk `at`: (preposition, noun phrase).
    pub fn prepositions(&self, at: usize) -> Vec<(String, Range<usize>)> {
        let mut out = Vec::new();
        let mut next = at + 1;
        while let (Some(prep), Some(noun)) = (self.chunks.get(next), self.chunks.get(next + 1)) {
            if prep.kind != ChunkKind::Prep || noun.kind != ChunkKind::Noun {
                break;
            }
            let mut end = next + 2;
            while let (
                Some(Chunk { kind: ChunkKind::Conj | ChunkKind::Comma, .. }),
                Some(Chunk { kind: ChunkKind::Noun, .. }),
            ) = (self.chunks.get(end), self.chunks.get(end + 1))
            {
                end += 2;
            }
            out.push((
                self.tokens[prep.tokens.start].lower.clone(),
                noun.tokens.start..self.chunks[end - 1].tokens.end,
            ));
            next = end;
        }
        out
    }
}

/// Which tokens stand inside quotation marks; `open` is carried over sentences.
fn quoted(tokens: &[Token], open: &mut bool) -> Vec<bool> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        match token.form.as_str() {
            "“" | "«" | "``" => *open = true,
            "”" | "»" | "''" => *open = false,
            "\"" => *open = !*open,
            _ => {}
        }
        out.push(*open);
    }
    out
}
