//! Mentions: the places where a sentence names an actor.

use crate::actors::gazetteer::{Gender, Role};
use crate::actors::names::{court_case, institution_end, is_thing, run_end, text_of};
use crate::actors::titled::Shared;
use crate::actors::{Cast, Entity, Gazetteer, Meaning};
use crate::language::{Grammar, Sentence, Token};
use crate::statement::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How the text refers to an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By name.
    Name,
    /// As an adjective or a people: "German", "Germans".
    Demonym,
    /// By the capital, where it may be the government or only the place; so with states of a federation.
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
    pub(super) fn new(tokens: Range<usize>, actors: Vec<usize>, how: How) -> Self {
        Self { unit: tokens.clone(), tokens, actors, how }
    }
}

/// Finds the mentions of all sentences. Two passes: full names and titles first, so that a surname in an early
/// sentence finds its bearer.
pub fn find(sentences: &[Sentence], gazetteer: &Gazetteer, grammar: &Grammar, cast: &mut Cast) -> Vec<Vec<Mention>> {
    let mut finder = Finder {
        gazetteer,
        grammar,
        cast,
        second: false,
        headline: false,
        countries: BTreeMap::new(),
        heading: None,
        bare: BTreeMap::new(),
        strangers: BTreeSet::new(),
        home: None,
        named: BTreeSet::new(),
        places: BTreeSet::new(),
        towns: BTreeMap::new(),
        recent: Vec::new(),
        told: [None; 2],
        inside: inside(sentences),
        acting: BTreeSet::new(),
    };
    // Headlines last: a bare surname there is somebody's that the text names in full, before anybody famous is thought of.
    let (headings, text): (Vec<&Sentence>, Vec<&Sentence>) = sentences.iter().partition(|s| s.heading);
    for sentence in text.into_iter().chain(headings) {
        for mention in finder.sentence(sentence) {
            finder.count(&mention, sentence);
        }
    }
    finder.leave_strangers(sentences);
    finder.alias_first_words();
    finder.second = true;
    finder.home = finder.most_named();
    if let Some((home, alone)) = finder.home.clone() {
        if alone {
            finder.of_home(&home);
        }
        let home = finder.cast.known(&home, gazetteer);
        finder.cast.set_home(home, alone);
    }
    let found: Vec<Vec<Mention>> = sentences.iter().map(|s| finder.sentence(s)).collect();
    // "the Doe administration" is a country's even where the text does not name that.
    let whom: BTreeSet<String> = finder.cast.entities().iter().filter_map(|e| e.speaks_for.clone()).collect();
    for country in whom.iter().filter(|name| gazetteer.is_country(name)) {
        finder.cast.known(country, gazetteer);
    }
    found
}

pub(super) struct Finder<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) grammar: &'a Grammar,
    pub(super) cast: &'a mut Cast,
    pub(super) second: bool,
    /// The sentence is a headline in which all words are capitalized: capitals tell nothing.
    pub(super) headline: bool,
    /// How often the first pass met each country, and as the how manyth it met it first.
    pub(super) countries: BTreeMap<String, (usize, usize)>,
    /// The country that the headline names first.
    pub(super) heading: Option<String>,
    /// How often the first pass met listed people by no more than the surname; `None` for those whom it also met otherwise.
    pub(super) bare: BTreeMap<usize, Option<usize>>,
    /// Listed people whom nobody means by their surname alone in this document.
    pub(super) strangers: BTreeSet<String>,
    /// The country that the document is about, and whether it is so alone; known in the second pass.
    pub(super) home: Option<(String, bool)>,
    /// Listed actors that were named in full.
    pub(super) named: BTreeSet<String>,
    /// Names of companies that mean a place in this document: the Amazon.
    places: BTreeSet<String>,
    /// How often the first pass met each town, and as the how manyth it met it first.
    pub(super) towns: BTreeMap<String, (usize, usize)>,
    /// Institutions met in this pass, the latest last.
    pub(super) recent: Vec<usize>,
    /// The country or institution that the sentence before, and the one at hand, named first.
    pub(super) told: [Option<usize>; 2],
    /// Words that have a capital letter inside a sentence.
    pub(super) inside: BTreeSet<String>,
    /// Names of one word that nobody listed and that do, in the first pass, what only people and bodies do.
    pub(super) acting: BTreeSet<String>,
}

impl Finder<'_> {
    fn sentence(&mut self, sentence: &Sentence) -> Vec<Mention> {
        let tokens = &sentence.tokens;
        self.headline = sentence.heading && in_title_case(tokens, self.grammar);
        let mut shared: Option<Shared> = None;
        let mut out: Vec<Mention> = Vec::new();
        let mut at = 0;
        self.told = [self.told[1], None];
        while at < tokens.len() {
            if let Some(end) = self.thing(tokens, at) {
                at = end;
                continue;
            }
            let titled = self.titled(tokens, at, &out);
            let has_title = titled.is_some();
            let (found, share) = match titled {
                Some((mention, share)) => (Some(mention), share),
                None => (
                    self.listed(tokens, at)
                        .filter(|m| !self.is_of_others(tokens, m, &out))
                        .or_else(|| self.shaped(tokens, at, &out)),
                    None,
                ),
            };
            match found {
                Some(mut mention) => {
                    at = mention.tokens.end.max(at + 1);
                    // A title takes in the demonym before it: "French President Macron".
                    while out.last().is_some_and(|last| last.tokens.start >= mention.tokens.start) {
                        out.pop();
                    }
                    if has_title {
                        shared = share;
                    } else {
                        shared = self.share(tokens, shared, &mention);
                    }
                    let apposed = self.apposed(tokens, &mention);
                    let acronym = self.acronym(tokens, &mention);
                    self.affiliated(tokens, &mention);
                    mention.unit.end = mention.unit.end.max(apposed).max(acronym);
                    self.remember(&mention);
                    out.push(mention);
                }
                None => at += 1,
            }
        }
        out
    }

    fn remember(&mut self, mention: &Mention) {
        let body = |a: &&usize| self.cast.get(**a).is_some_and(|e| e.kind != Kind::Person && !e.outlet);
        if let [only] = mention.actors.as_slice()
            && matches!(mention.how, How::Name | How::Capital)
        {
            self.told[1] = self.told[1].or(Some(only).filter(body).copied());
        }
        let institution = |a: &&usize| self.cast.get(**a).is_some_and(|e| e.kind == Kind::Institution && !e.outlet);
        let new: Vec<usize> = mention.actors.iter().filter(institution).copied().collect();
        self.recent.extend(new);
        // Only the latest few are ever asked for.
        if self.recent.len() > 64 {
            self.recent.drain(..32);
        }
    }

    /// A name at `at` that is no actor's: a sea, a treaty, a town. Returns its end.
    fn thing(&mut self, tokens: &[Token], at: usize) -> Option<usize> {
        if let Some(end) = court_case(tokens, at) {
            return Some(end);
        }
        let Some((length, meaning)) = self.gazetteer.name_at(tokens, at) else {
            let token = tokens.get(at).filter(|t| t.is_capitalized() && !self.headline)?;
            let role = |role| self.gazetteer.has_role(&token.lower, role);
            if !role(Role::Whole) && !role(Role::First) {
                return None;
            }
            let end = run_end(tokens, at, self.gazetteer, self.grammar);
            // "National Widget Jamaat", but "Special Agent Jane Doe"
            let inside = (at + 1..end).any(|k| {
                self.gazetteer.is_first_name(&tokens[k].form)
                    || self.gazetteer.is_keyword(&tokens[k].form)
                    || self.gazetteer.name_at(tokens, k).is_some()
                    || self.gazetteer.title_at(tokens, k).is_some()
                    || self.second && self.cast.find_person(&tokens[k].form).is_some()
            });
            let body = self.is_told_a_body(tokens, end);
            let first = !self.gazetteer.is_first_name(&token.form) && end > at + 2 && !inside && !body;
            return (end > at + 1 && (role(Role::Whole) || first && self.gazetteer.title_at(tokens, at).is_none()))
                .then_some(end);
        };
        let end = at + length;
        match meaning {
            Meaning::Thing => Some(end),
            Meaning::Town(_) => {
                let own = self.longer(tokens, at, end).is_none() && !self.is_given_name(tokens, at);
                if own && !self.second {
                    let next = self.towns.len();
                    self.towns.entry(text_of(&tokens[at..end])).or_insert((0, next)).0 += 1;
                }
                own.then_some(end)
            }
            Meaning::Actor(_) | Meaning::Bare(_) => {
                let company = match meaning {
                    Meaning::Actor(name) => self.gazetteer.known(name).is_some_and(|k| k.kind == Kind::Institution),
                    _ => true,
                };
                let behind = tokens.get(end).is_some_and(|t| self.gazetteer.has_role(&t.lower, Role::Behind));
                if !company || !behind && self.places.is_empty() {
                    return None;
                }
                let name = text_of(&tokens[at..end]);
                if behind {
                    self.places.insert(name.clone());
                }
                self.places.contains(&name).then_some(end)
            }
            _ => None,
        }
    }

    /// "Paris Hilton", "Jordan Peele": a place's name that is a first name here.
    fn is_given_name(&self, tokens: &[Token], at: usize) -> bool {
        let end = run_end(tokens, at, self.gazetteer, self.grammar);
        end == at + 2
            && !self.headline
            && self.gazetteer.name_at(tokens, at).is_none_or(|(length, _)| length == 1)
            && self.gazetteer.is_first_name(&tokens[at].form)
            && !is_thing(tokens, at, end, self.gazetteer)
            && self.gazetteer.name_at(tokens, at + 1).is_none()
            && self.gazetteer.title_at(tokens, at + 1).is_none()
            && !self.gazetteer.is_keyword(&tokens[at + 1].form)
    }

    /// The end of the institution's name that goes on behind `end` ("Turkish Air Force", "New York City Council"), if it
    /// does by a word such as "Council" and holds no other name.
    fn longer(&self, tokens: &[Token], at: usize, end: usize) -> Option<usize> {
        if self.headline {
            return None;
        }
        let longer = institution_end(tokens, at, self.gazetteer, self.grammar);
        let rest = tokens.get(end..longer).filter(|rest| !rest.is_empty())?;
        let own = rest.iter().any(|t| self.gazetteer.is_keyword(&t.form));
        // "the French Armed Forces" are France's, as its soldiers are.
        if self.gazetteer.body_at(tokens, end) == Some(rest.len()) {
            return None;
        }
        (own && !self.names_inside(tokens, end, longer)).then_some(longer)
    }

    /// A name that the lexicon lists.
    pub(super) fn listed(&mut self, tokens: &[Token], at: usize) -> Option<Mention> {
        if !tokens.get(at)?.is_word() {
            return None;
        }
        if let Some(leader) = self.leader(tokens, at) {
            return Some(leader);
        }
        let (length, meaning) = self.gazetteer.name_at(tokens, at)?;
        let meaning = meaning.clone();
        let end = at + length;
        // "Thai Raksa Chart", in a text that named the Thai Raksa Chart Party.
        let run = run_end(tokens, at, self.gazetteer, self.grammar);
        if self.second
            && run > end
            && let Some(actor) = self.cast.find(&text_of(&tokens[at..run]))
        {
            return Some(Mention::new(at..run, vec![actor], How::Name));
        }
        // "Germany Today" or "Turkey Creek" is another name; "European Union Military Mission" another body.
        let longer = match &meaning {
            Meaning::Group(_) | Meaning::Outlet(_) | Meaning::Seat(_) | Meaning::Thing => None,
            Meaning::Demonym(name) if self.gazetteer.known(name).is_some_and(|k| k.kind != Kind::Country) => None,
            _ => self.longer(tokens, at, end),
        };
        if let Some(longer) = longer {
            return Some(self.organ(tokens, at, end, longer, &meaning));
        }
        if matches!(meaning, Meaning::Actor(_) | Meaning::Capital(_) | Meaning::Region(_))
            && self.is_given_name(tokens, at)
        {
            return None;
        }
        // "THE US IS GREAT": capitals tell nothing of a word among shouted ones.
        let shouted =
            |t: Option<&Token>| t.is_some_and(|t| t.form.chars().count() > 1 && t.form.chars().all(char::is_uppercase));
        if self.grammar.is_closed(&tokens[at].lower)
            && shouted(tokens.get(at))
            && (shouted(tokens.get(end)) || shouted(at.checked_sub(1).and_then(|b| tokens.get(b))))
        {
            return None;
        }
        // "Spanish language" is nobody.
        let next = tokens.get(end).map_or("", |t| t.lower.as_str());
        if matches!(meaning, Meaning::Demonym(_)) && matches!(next, "language" | "languages" | "dialect" | "cuisine") {
            return None;
        }
        let (actors, how) = match &meaning {
            Meaning::Actor(name) => {
                self.named.insert(name.clone());
                (vec![self.cast.known(name, self.gazetteer)], How::Name)
            }
            Meaning::Demonym(name) => (vec![self.cast.known(name, self.gazetteer)], How::Demonym),
            Meaning::Capital(name) | Meaning::Region(name) => {
                (vec![self.cast.known(name, self.gazetteer)], How::Capital)
            }
            Meaning::Seat(name) => (vec![self.cast.known(name, self.gazetteer)], How::Seat),
            Meaning::Group(members) => {
                (members.iter().map(|m| self.cast.known(m, self.gazetteer)).collect(), How::Group)
            }
            Meaning::Outlet(name) => (vec![self.cast.outlet(name, self.gazetteer)], How::Name),
            Meaning::Bare(names) => {
                let text = text_of(&tokens[at..end]);
                let named = self.cast.find(&text).filter(|&a| self.name_of(a).is_some_and(|name| name != text));
                let told = named.or_else(|| self.of_the_world(names, tokens, at));
                let told = told.or_else(|| self.in_context(names)).or_else(|| self.only_one(names, tokens, at));
                let told = told.or_else(|| self.at_home(&text, names));
                (vec![told?], How::Name)
            }
            Meaning::Town(_) | Meaning::Thing => return None,
        };
        Some(Mention::new(at..end, actors, how))
    }

    /// "U.S.-led": who leads.
    fn leader(&mut self, tokens: &[Token], at: usize) -> Option<Mention> {
        let token = tokens.get(at)?;
        let form = token.form.strip_suffix("-led")?;
        let whole = Token { form: form.to_owned(), lower: form.to_lowercase(), ..token.clone() };
        let (_, meaning) = self.gazetteer.name_at(std::slice::from_ref(&whole), 0)?;
        let (Meaning::Actor(name) | Meaning::Demonym(name) | Meaning::Capital(name)) = meaning else { return None };
        let actor = self.cast.known(&name.clone(), self.gazetteer);
        Some(Mention::new(at..at + 1, vec![actor], How::Demonym))
    }

    /// An institution that the lexicon does not list, whose name `at..longer` begins with the listed name `at..end`.
    fn organ(&mut self, tokens: &[Token], at: usize, end: usize, longer: usize, meaning: &Meaning) -> Mention {
        let whom = match meaning {
            Meaning::Actor(name) | Meaning::Demonym(name) | Meaning::Region(name) => Some(name.clone()),
            Meaning::Town(name) => Some(name.clone()),
            Meaning::Bare(names) => self.in_context(names).and_then(|a| self.cast.get(a)).map(|e| e.name.clone()),
            _ => None,
        };
        let name = text_of(&tokens[at..longer]);
        let actor = self.cast.institution(&name, whom, self.gazetteer);
        // "the Foreign Ministry" is the Iranian one in a text that named that.
        let rest = text_of(&tokens[end..longer]);
        if matches!(meaning, Meaning::Demonym(_)) {
            self.cast.alias(&rest, actor);
        }
        self.alias_without_keyword(&tokens[at..longer], actor);
        Mention::new(at..longer, vec![actor], How::Name)
    }

    /// "Raksa Chart Party" may later be "Raksa Chart".
    pub(super) fn alias_without_keyword(&mut self, name: &[Token], actor: usize) {
        if let [rest @ .., last] = name
            && rest.len() > 1
            && self.gazetteer.is_keyword(&last.form)
            && !rest.iter().any(|t| self.gazetteer.is_keyword(&t.form) || !t.is_capitalized())
        {
            self.cast.alias(&text_of(rest), actor);
        }
    }

    fn names_inside(&self, tokens: &[Token], from: usize, to: usize) -> bool {
        (from..to).any(|at| {
            self.gazetteer.name_at(tokens, at).is_some_and(|(_, meaning)| !matches!(meaning, Meaning::Bare(_)))
        })
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
        // "Friends of the Earth Germany (BUND)" is not Germany.
        let of_country = |name: &str| {
            let mut initials = name.split(' ').filter_map(|w| w.chars().next());
            initials.next() == word.form.chars().next() && initials.next().is_some()
        };
        let own = |e: &Entity| e.kind == Kind::Institution || e.kind == Kind::Country && of_country(&e.name);
        if self.cast.get(actor).is_some_and(own) {
            self.cast.alias(&word.form.clone(), actor);
        }
        end + 3
    }

    /// The name of an actor.
    pub(super) fn name_of(&self, actor: usize) -> Option<String> {
        self.cast.get(actor).map(|e| e.name.clone())
    }
}

/// The words that have a capital letter inside a sentence, and so are names or parts of them.
fn inside(sentences: &[Sentence]) -> BTreeSet<String> {
    let words = sentences.iter().filter(|s| !s.heading).flat_map(|s| s.tokens.windows(2));
    let starts = |t: &Token| t.is_word() && !matches!(t.form.as_str(), "\"" | "“" | "”");
    words.filter(|w| starts(&w[0]) && w[1].is_capitalized()).map(|w| w[1].form.clone()).collect()
}

/// Whether nearly all longer words of a heading are capitalized.
fn in_title_case(tokens: &[Token], grammar: &Grammar) -> bool {
    let long = tokens.iter().filter(|t| t.form.chars().count() > 3 && !grammar.is_closed(&t.lower));
    let (all, capital) = long.fold((0, 0), |(all, capital), t| (all + 1, capital + usize::from(t.is_capitalized())));
    all >= 4 && capital * 10 >= all * 9
}

/// Whether a title tells that its bearer is "he" or "she".
pub(super) fn gender_of_title(title: &str) -> Option<Gender> {
    let last = title.rsplit(' ').next().unwrap_or_default();
    match last {
        "queen" | "princess" | "duchess" | "empress" | "mrs" | "mrs." | "ms" | "ms." | "madame" | "mme" | "frau"
        | "dame" | "lady" | "baroness" | "sheikha" => Some(Gender::Female),
        "king" | "prince" | "duke" | "emperor" | "mr" | "mr." | "sir" | "lord" | "monsieur" | "herr" | "sheikh"
        | "sheik" | "pope" | "imam" | "ayatollah" | "sultan" | "emir" => Some(Gender::Male),
        _ if last.ends_with("woman") => Some(Gender::Female),
        _ if last.ends_with("man") && last != "ombudsman" && last != "human" => Some(Gender::Male),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::sentences;
    use crate::lexicon::Lexicon;

    /// Each mention as "words = actor (whom it speaks for)".
    fn mentions(text: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().unwrap();
        let grammar = Grammar::new(&lexicon).unwrap();
        let gazetteer = Gazetteer::new(&lexicon, &grammar).unwrap();
        let split = sentences(text, &grammar);
        let mut cast = Cast::new(None);
        let found = find(&split, &gazetteer, &grammar, &mut cast);
        let told = |sentence: &Sentence, mention: &Mention| {
            let words = text_of(&sentence.tokens[mention.tokens.clone()]);
            let entities = mention.actors.iter().filter_map(|&a| cast.get(a));
            let actors: Vec<String> = entities
                .map(|e| match &e.speaks_for {
                    Some(whom) => format!("{} ({whom})", e.name),
                    None => e.name.clone(),
                })
                .collect();
            format!("{words} = {}", actors.join(" + "))
        };
        split.iter().zip(&found).flat_map(|(s, m)| m.iter().map(move |m| (s, m))).map(|(s, m)| told(s, m)).collect()
    }

    #[test]
    fn its_minister_is_the_minister_of_whom_the_text_speaks() {
        let found = mentions("Norway rejected the treaty. Its foreign minister, Jane Quillon, spoke in Oslo.");
        assert!(found.iter().any(|m| m.ends_with("Jane Quillon (Norway)")), "{found:?}");
        let found = mentions("The Fishing League met in Riga. Its leader, Jane Quillon, spoke.");
        assert!(found.iter().any(|m| m.ends_with("Jane Quillon (Fishing League)")), "{found:?}");
    }

    #[test]
    fn no_name_runs_across_a_verb() {
        assert_eq!(
            mentions("The United States House of Representatives impeached President Jane Quillon."),
            [
                "United States House of Representatives = United States House of Representatives (United States)",
                "President Jane Quillon = Jane Quillon"
            ]
        );
    }

    #[test]
    fn institutions_keep_their_first_words() {
        assert_eq!(
            mentions("Thailand's Thai Quillon Chart Party left. Thai Quillon Chart party officials wept.")[1..],
            [
                "Thai Quillon Chart Party = Thai Quillon Chart Party (Thailand)",
                "Thai Quillon Chart = Thai Quillon Chart Party (Thailand)"
            ]
        );
        assert_eq!(
            mentions("The House Widget and Reform Committee met in Ohio.")[0],
            "House Widget and Reform Committee = House Widget and Reform Committee"
        );
        assert_eq!(
            mentions("The Ministry of Widgets, Ferries and Coastal Matters met. Quappe wept."),
            ["Ministry of Widgets, Ferries and Coastal Matters = Ministry of Widgets, Ferries and Coastal Matters"]
        );
        assert_eq!(
            mentions("The Peruvian Farmers' Union met.")[0],
            "Peruvian Farmers' Union = Peruvian Farmers' Union (Peru)"
        );
    }

    #[test]
    fn things_and_places_are_no_actors() {
        let text = "The Middle Eastern nation and the Golan Heights. South American herds crossed Quillon Square on \
                    Wednesday. Hurricane Marta hit Quillon Bay. Quillon v. Norway, Peru vs. Jane Quappe.";
        assert_eq!(mentions(text), Vec::<String>::new());
    }

    #[test]
    fn officers_speak_for_whom_the_text_says() {
        assert_eq!(
            mentions("The mayor of London, Jane Quillon, met US Ambassador to Germany Otto Quappe."),
            [
                "mayor of London, Jane Quillon = Jane Quillon (London)",
                "US Ambassador to Germany Otto Quappe = Otto Quappe (United States)"
            ]
        );
        // The title behind the comma is another's.
        assert_eq!(
            mentions(
                "First Minister of Scotland Jane Quillon, Labour MP (Member of Parliament) Otto Quappe, and others met them."
            )[0],
            "First Minister of Scotland Jane Quillon = Jane Quillon (Scotland)"
        );
    }
}
