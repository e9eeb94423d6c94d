//! Mentions: the places where a sentence names an actor.

use crate::actors::gazetteer::Title;
use crate::actors::names::{Shape, institution_end, run_end, shape, text_of};
use crate::actors::{Cast, Gazetteer, Meaning};
use crate::language::{Grammar, Sentence, Token, VerbForm};
use crate::statement::Kind;
use std::collections::BTreeMap;
use std::ops::Range;

/// How the text refers to an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By name.
    Name,
    /// As an adjective or a people: "German", "Germans".
    Demonym,
    /// By the capital, where it may be the government or only the place.
    Capital,
    /// By a residence or seat.
    Seat,
    /// By a group whose members count one by one.
    Group,
}

/// A place where a sentence names one actor, or a group of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Tokens of the sentence, title included.
    pub tokens: Range<usize>,
    /// Indices into the [`Cast`]; one but for groups.
    pub actors: Vec<usize>,
    /// How the text refers to it.
    pub how: How,
    /// The tokens that make one name of it to a reader: with its apposition, title or acronym, and the comma behind.
    pub unit: Range<usize>,
}

impl Mention {
    fn new(tokens: Range<usize>, actors: Vec<usize>, how: How) -> Self {
        Self { unit: tokens.clone(), tokens, actors, how }
    }
}

/// Finds the mentions of all sentences. Two passes: full names and titles first, so that a surname in an early
/// sentence finds its bearer.
pub fn find(sentences: &[Sentence], gazetteer: &Gazetteer, grammar: &Grammar, cast: &mut Cast) -> Vec<Vec<Mention>> {
    let mut finder = Finder { gazetteer, grammar, cast, second: false, countries: BTreeMap::new() };
    for sentence in sentences {
        for mention in finder.sentence(&sentence.tokens) {
            finder.count(&mention);
        }
    }
    finder.second = true;
    sentences.iter().map(|s| finder.sentence(&s.tokens)).collect()
}

struct Finder<'a> {
    gazetteer: &'a Gazetteer,
    grammar: &'a Grammar,
    cast: &'a mut Cast,
    second: bool,
    /// How often the first pass met each country.
    countries: BTreeMap<String, usize>,
}

impl Finder<'_> {
    fn count(&mut self, mention: &Mention) {
        for entity in mention.actors.iter().filter_map(|&a| self.cast.get(a)) {
            let country = if entity.kind == Kind::Country { Some(&entity.name) } else { entity.speaks_for.as_ref() };
            if let Some(country) = country {
                *self.countries.entry(country.clone()).or_default() += 1;
            }
        }
    }

    fn sentence(&mut self, tokens: &[Token]) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let found = self
                .titled(tokens, at, &out)
                .or_else(|| self.listed(tokens, at))
                .or_else(|| self.shaped(tokens, at, &out));
            match found {
                Some(mut mention) => {
                    at = mention.tokens.end.max(at + 1);
                    // A title takes in the demonym before it: "French President Macron".
                    while out.last().is_some_and(|last| last.tokens.start >= mention.tokens.start) {
                        out.pop();
                    }
                    let apposed = self.apposed(tokens, &mention);
                    let acronym = self.acronym(tokens, &mention);
                    mention.unit.end = mention.unit.end.max(apposed).max(acronym);
                    out.push(mention);
                }
                None => at += 1,
            }
        }
        out
    }

    /// A name that the lexicon lists.
    fn listed(&mut self, tokens: &[Token], at: usize) -> Option<Mention> {
        if !tokens[at].is_word() {
            return None;
        }
        let (length, meaning) = self.gazetteer.name_at(tokens, at)?;
        let mut end = at + length;
        let (actors, how) = match meaning {
            Meaning::Actor(name) => {
                // "Germany Today" or "Turkey Creek" is another name; "European Union Military Mission" another body.
                let longer = institution_end(tokens, at, self.gazetteer, self.grammar);
                let own =
                    tokens.get(end..longer).is_some_and(|rest| rest.iter().any(|t| self.gazetteer.is_keyword(&t.form)));
                if own && longer > end && !self.names_inside(tokens, end, longer) {
                    let whom = name.clone();
                    let name = text_of(&tokens[at..longer]);
                    end = longer;
                    (vec![self.cast.institution(&name, Some(whom))], How::Name)
                } else {
                    (vec![self.cast.known(name, self.gazetteer)], How::Name)
                }
            }
            Meaning::Demonym(name) => (vec![self.cast.known(name, self.gazetteer)], How::Demonym),
            Meaning::Capital(name) => (vec![self.cast.known(name, self.gazetteer)], How::Capital),
            Meaning::Seat(name) => (vec![self.cast.known(name, self.gazetteer)], How::Seat),
            Meaning::Group(members) => {
                (members.iter().map(|m| self.cast.known(m, self.gazetteer)).collect(), How::Group)
            }
            Meaning::Outlet(name) => (vec![self.cast.outlet(name)], How::Name),
            Meaning::Bare(names) => (vec![self.in_context(names)?], How::Name),
        };
        Some(Mention::new(at..end, actors, how))
    }

    /// Which of the institutions of one bare name ("Parliament") the document means: that of the country that it names
    /// most often. Known only in the second pass, and not at all when two countries are even.
    fn in_context(&mut self, names: &[String]) -> Option<usize> {
        if !self.second {
            return None;
        }
        let home = |name: &String| {
            self.gazetteer.known(name).and_then(|k| k.speaks_for.first()).map(|(whom, ..)| whom.clone())
        };
        let count = |name: &String| home(name).map_or(0, |whom| self.countries.get(&whom).copied().unwrap_or(0));
        let best = names.iter().map(count).max().filter(|n| *n > 0)?;
        let mut top = names.iter().filter(|n| count(n) == best);
        let one = top.next()?.clone();
        top.next().is_none().then(|| self.cast.known(&one, self.gazetteer))
    }

    fn names_inside(&self, tokens: &[Token], from: usize, to: usize) -> bool {
        (from..to).any(|at| self.gazetteer.name_at(tokens, at).is_some())
    }

    /// A title and a name: "[French] President [of X] Emmanuel Macron".
    fn titled(&mut self, tokens: &[Token], at: usize, before: &[Mention]) -> Option<Mention> {
        let (length, title) = self.gazetteer.title_at(tokens, at)?;
        let title = title.clone();
        let mut name_start = at + length;
        // Further titles: "Foreign Minister and Deputy Prime Minister Jane Doe".
        for _ in 0..4 {
            let Some((more, _)) = self.gazetteer.title_at(tokens, name_start) else { break };
            name_start += more;
        }
        let mut whom = self.actor_before(tokens, at, before);
        let start = whom.as_ref().map_or(at, |(_, start)| *start);
        // "of the French Armed Forces", "of Estonia", then the name.
        if tokens.get(name_start).is_some_and(|t| matches!(t.lower.as_str(), "of" | "for" | "to" | "at"))
            && let Some((end, actor)) = self.office_phrase(tokens, name_start + 1)
        {
            let comma = usize::from(tokens.get(end).is_some_and(|t| t.lower == ","));
            whom = Some((actor, at));
            name_start = end + comma;
        }
        let comma = tokens.get(name_start).is_some_and(|t| t.lower == ",") && (whom.is_some());
        if comma {
            name_start += 1;
        }
        let name_end = self.person_end(tokens, name_start)?;
        if comma && !matches!(tokens.get(name_end).map(|t| t.lower.as_str()), None | Some("," | ".")) {
            return None;
        }
        let name = text_of(&tokens[name_start..name_end]);
        let speaks_for = if title.speaks { whom.and_then(|(actor, _)| self.whom(actor)) } else { None };
        let office = (title.office != "honorific" && title.office != "former").then_some(title.office);
        let person = self.cast.person(&name, speaks_for, office, false, self.gazetteer);
        let mut mention = Mention::new(start..name_end, vec![person], How::Name);
        // "The minority leader, Jane Doe, said": the comma behind belongs to the name.
        mention.unit.end += usize::from(comma && tokens.get(name_end).is_some_and(|t| t.lower == ","));
        Some(mention)
    }

    /// The actor named right before token `at`, as adjective, name or genitive, with the token it begins at.
    fn actor_before(&self, tokens: &[Token], at: usize, before: &[Mention]) -> Option<(usize, usize)> {
        let mut edge = at;
        if edge > 0 && matches!(tokens[edge - 1].lower.as_str(), "'s" | "'" | "’") {
            edge -= 1;
        }
        // "German deputy foreign minister": adjectives may stand between.
        for _ in 0..3 {
            if let Some(last) = before.last().filter(|m| m.tokens.end == edge && m.actors.len() == 1) {
                let entity = self.cast.get(*last.actors.first()?)?;
                let ok = entity.kind != Kind::Person && !entity.outlet;
                return ok.then(|| (last.actors[0], last.tokens.start));
            }
            let adjective = edge > 0 && tokens[edge - 1].is_word() && !self.grammar.is_closed(&tokens[edge - 1].lower);
            if !adjective || tokens[edge - 1].is_capitalized() {
                return None;
            }
            edge -= 1;
        }
        None
    }

    /// "the French Armed Forces", "Estonia", "NATO": the end of the phrase and its actor.
    fn office_phrase(&mut self, tokens: &[Token], start: usize) -> Option<(usize, usize)> {
        let start = start + usize::from(tokens.get(start).is_some_and(|t| t.lower == "the"));
        let mention = self.listed(tokens, start)?;
        let mut end = mention.tokens.end;
        if let Some(more) = self.gazetteer.body_at(tokens, end) {
            end += more;
        }
        Some((end, *mention.actors.first()?))
    }

    /// The end of a person's name at `start`: a listed person, or a run of capitals that is nothing else.
    fn person_end(&self, tokens: &[Token], start: usize) -> Option<usize> {
        if let Some((length, meaning)) = self.gazetteer.name_at(tokens, start) {
            let person = matches!(meaning, Meaning::Actor(name) if self.gazetteer.known(name).is_some_and(|k| k.kind == Kind::Person));
            return person.then_some(start + length);
        }
        if self.gazetteer.title_at(tokens, start).is_some() {
            return None;
        }
        let end = run_end(tokens, start, self.grammar);
        let end = (start..end)
            .find(|&k| k > start && self.gazetteer.name_at(tokens, k).is_some_and(|(n, _)| n > 1))
            .unwrap_or(end);
        let keyword = tokens.get(start..end)?.iter().any(|t| self.gazetteer.is_keyword(&t.form));
        (end > start && end - start <= 4 && !keyword).then_some(end)
    }

    /// Names that nobody listed: surnames of people met, institutions and people by shape.
    fn shaped(&mut self, tokens: &[Token], at: usize, before: &[Mention]) -> Option<Mention> {
        let token = &tokens[at];
        if !token.is_capitalized() || !token.is_word() {
            return None;
        }
        if self.second {
            if let Some(actor) =
                self.cast.find(&token.form.replace('’', "'")).or_else(|| self.cast.find_person(&token.form))
            {
                let single = run_end(tokens, at, self.grammar) == at + 1;
                if single {
                    return Some(Mention::new(at..at + 1, vec![actor], How::Name));
                }
            }
            if run_end(tokens, at, self.grammar) == at + 1 && self.grammar.verb_forms(&token.lower).is_empty() {
                // A surname that only one well-known person bears.
                if let [only] = self.gazetteer.by_surname(&token.form) {
                    let actor = self.cast.known(&only.clone(), self.gazetteer);
                    return Some(Mention::new(at..at + 1, vec![actor], How::Name));
                }
            }
        }
        let institution = institution_end(tokens, at, self.gazetteer, self.grammar);
        if institution > at + 1 && shape(tokens, at, institution, self.gazetteer) == Shape::Institution {
            // A sentence's first word may only be capitalized for its place.
            let name = text_of(&tokens[at..institution]);
            let whom = self.actor_before(tokens, at, before).and_then(|(actor, _)| self.whom(actor));
            let actor = self.cast.institution(&name, whom);
            return Some(Mention::new(at..institution, vec![actor], How::Name));
        }
        let end = run_end(tokens, at, self.grammar);
        let end = (at + 1..end).find(|&k| self.gazetteer.name_at(tokens, k).is_some_and(|(n, _)| n > 1)).unwrap_or(end);
        // "Emergencies Minister Jane Doe", "Majority Leader": what stands before a title is no name, nor is the title.
        if (at..end).any(|k| self.gazetteer.title_at(tokens, k).is_some())
            || shape(tokens, at, end, self.gazetteer) != Shape::Person
        {
            return None;
        }
        let sentence_word = at == 0
            && self.gazetteer.known(&text_of(&tokens[at..end])).is_none()
            && self
                .grammar
                .verb_forms(&token.lower)
                .iter()
                .any(|(_, form)| !matches!(form, VerbForm::Base | VerbForm::Third));
        if sentence_word || tokens[at..end].iter().any(|t| self.gazetteer.name_at(std::slice::from_ref(t), 0).is_some())
        {
            return None;
        }
        let name = text_of(&tokens[at..end]);
        let met = self.cast.find_person(&name);
        let actor = met.unwrap_or_else(|| self.cast.person(&name, None, None, true, self.gazetteer));
        Some(Mention::new(at..end, vec![actor], How::Name))
    }

    /// "Jane Doe, the Estonian prime minister," and "Jane Doe, president of Estonia,".
    /// Returns the end of the apposition; 0 when there is none.
    fn apposed(&mut self, tokens: &[Token], mention: &Mention) -> usize {
        let [person] = mention.actors[..] else { return 0 };
        if self.cast.get(person).is_none_or(|e| e.kind != Kind::Person) {
            return 0;
        }
        if tokens.get(mention.tokens.end).is_none_or(|t| t.lower != ",") {
            return 0;
        }
        let mut at = mention.tokens.end + 1;
        at += usize::from(tokens.get(at).is_some_and(|t| matches!(t.lower.as_str(), "the" | "a" | "an")));
        let mut whom = None;
        if let Some(named) = tokens.get(at).and_then(|_| self.listed(tokens, at)) {
            at = named.tokens.end
                + usize::from(tokens.get(named.tokens.end).is_some_and(|t| matches!(t.lower.as_str(), "'s" | "’s")));
            whom = named.actors.first().copied();
        }
        let Some((length, title)) = self.gazetteer.title_at(tokens, at) else { return 0 };
        let title: Title = title.clone();
        at += length;
        if whom.is_none() && tokens.get(at).is_some_and(|t| matches!(t.lower.as_str(), "of" | "for")) {
            whom = self.office_phrase(tokens, at + 1).map(|(_, actor)| actor);
        }
        let speaks_for = if title.speaks { whom.and_then(|actor| self.whom(actor)) } else { None };
        let name = self.cast.get(person).map(|e| e.name.clone()).unwrap_or_default();
        self.cast.person(&name, speaks_for, Some(title.office), false, self.gazetteer);
        // To the next comma, unless a verb or the end of the sentence comes first.
        let verb = |t: &Token| t.lower == "who" || t.lower == "and" || self.grammar.is_speech(&t.lower);
        let close = (at..tokens.len().min(at + 15)).find(|&k| tokens[k].lower == "," || verb(&tokens[k]));
        close.filter(|&k| tokens[k].lower == ",").map_or(0, |k| k + 1)
    }

    /// "European Union Military Assistance Mission (EUMAM)". Returns the end of the bracket; 0 when there is none.
    fn acronym(&mut self, tokens: &[Token], mention: &Mention) -> usize {
        let end = mention.tokens.end;
        let [actor] = mention.actors[..] else { return 0 };
        let (Some(open), Some(word), Some(close)) = (tokens.get(end), tokens.get(end + 1), tokens.get(end + 2)) else {
            return 0;
        };
        let upper = word.form.chars().filter(|c| c.is_uppercase()).count() >= 2 && word.form.chars().count() <= 10;
        if open.form != "(" || close.form != ")" || !upper {
            return 0;
        }
        if self.cast.get(actor).is_some_and(|e| e.kind != Kind::Person) {
            self.cast.alias(&word.form.clone(), actor);
        }
        end + 3
    }

    /// Whom an officer of `actor` speaks for: the actor itself.
    fn whom(&self, actor: usize) -> Option<String> {
        self.cast.get(actor).map(|e| e.name.clone())
    }
}
