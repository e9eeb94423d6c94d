//! Names that only the rest of the document explains: "Parliament", "the Supreme Court", "Apple".

use crate::actors::cast::Office;
use crate::actors::gazetteer::Role;
use crate::actors::mention::{Finder, How, Mention};
use crate::actors::{Entity, Meaning};
use crate::language::{Sentence, Token, VerbForm};
use crate::statement::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// Whose bodies are meant by a bare name before those of a country.
const WORLD: &str = "United Nations";

/// A country named so many times is not named in passing.
const OFTEN: usize = 4;

impl Finder<'_> {
    /// Counts the countries that a mention of the sentence tells of, and the people of whom it tells no more than a surname.
    pub(super) fn count(&mut self, mention: &Mention, sentence: &Sentence) {
        let heading = sentence.heading;
        if let &[actor] = mention.actors.as_slice() {
            self.note_bare(actor, &sentence.tokens[mention.tokens.clone()]);
        }
        for entity in mention.actors.iter().filter_map(|&a| self.cast.get(a)) {
            let whom = if entity.kind == Kind::Person { entity.speaks_for.as_ref() } else { Some(&entity.name) };
            if let Some(home) = whom.map(|whom| self.gazetteer.home_of(whom).to_owned()) {
                let next = self.countries.len();
                if heading && self.heading.is_none() && self.gazetteer.is_country(&entity.name) {
                    self.heading = Some(home.clone());
                }
                self.countries.entry(home).or_insert((0, next)).0 += 1;
            }
        }
    }

    fn note_bare(&mut self, actor: usize, tokens: &[Token]) {
        let Some(entity) = self.cast.get(actor).filter(|e| e.kind == Kind::Person) else { return };
        let parts: Vec<&str> = entity.name.split(' ').collect();
        // "Israeli Foreign Minister Cohen" tells more than the surname, "Sen. Brown" hardly.
        let before = tokens.len().saturating_sub(1);
        let more = (0..before)
            .any(|at| parts.contains(&tokens[at].form.as_str()) || self.gazetteer.name_at(tokens, at).is_some());
        let times = self.bare.entry(actor).or_insert(Some(0));
        *times = times.filter(|_| !more).map(|n| n + 1);
    }

    /// "Cohen": the one whom the lexicon knows by that common surname is not meant where the text names somebody else of it,
    /// or nothing and nobody else of that one's country.
    pub(super) fn leave_strangers(&mut self, sentences: &[Sentence]) {
        let bare = std::mem::take(&mut self.bare);
        let mut of_home: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut common = BTreeSet::new();
        let capital = sentences.iter().flat_map(|s| &s.tokens).filter(|t| t.is_capitalized());
        let forms: BTreeSet<&str> = capital.map(|t| t.form.as_str()).collect();
        for form in forms {
            let bearers = self.gazetteer.by_surname(form);
            for name in bearers {
                let whom = self.gazetteer.known(name).and_then(|k| k.speaks_for.last());
                let home = whom.map_or("", |(whom, ..)| self.gazetteer.home_of(whom));
                of_home.entry(home).or_default().insert(name);
            }
            if let [only] = bearers
                && self.gazetteer.is_common_surname(form)
            {
                common.insert(only.as_str());
            }
        }
        for (home, people) in of_home {
            let mut all = people.into_iter();
            let (Some(only), None) = (all.next(), all.next()) else { continue };
            let met = self.cast.find(only);
            let times = met.map_or(Some(0), |at| bare.get(&at).copied().flatten());
            let named = self.countries.get(home).map_or(0, |(n, _)| *n);
            // Who is met already was met with a title alone: "Sen. Brown".
            let others = met.is_some() || self.countries.keys().any(|country| country != home);
            if common.contains(only) && times.is_some_and(|times| named <= times) && others {
                self.strangers.insert(only.to_owned());
                self.countries.remove(home);
            }
        }
        let met: Vec<usize> = bare.into_iter().filter_map(|(at, times)| times.map(|_| at)).collect();
        for at in met {
            let stranger = self.cast.get(at).is_some_and(|e| self.strangers.contains(&e.name));
            self.cast.leave_to_namesake(at, stranger);
        }
    }

    /// The country that the document is about, and whether it is so alone: that which it names most often, and the first of two.
    /// Being the first in the headline counts as much as being named twice more; twice at least in all. It is alone if it
    /// counts twice as much as any other.
    pub(super) fn most_named(&self) -> Option<(String, bool)> {
        let names = self.countries.iter().filter(|(name, _)| self.gazetteer.is_country(name));
        let mut standing: Vec<(usize, usize, &String)> = names
            .map(|(name, (count, order))| {
                let first = if self.heading.as_ref() == Some(name) { 2 } else { 0 };
                (count + first, *order, name)
            })
            .collect();
        standing.sort_by_key(|(count, order, _)| (std::cmp::Reverse(*count), *order));
        let &(most, _, name) = standing.first()?;
        let next = standing.get(1).map_or(0, |(count, ..)| *count);
        (most >= 2).then(|| (name.clone(), most >= 2 * next))
    }

    /// "Culture Ministry", "Constitutional Council": unlisted bodies of a state speak for the country that the document is about.
    pub(super) fn of_home(&mut self, home: &str) {
        let has = |name: &str, role| name.split(' ').any(|word| self.gazetteer.has_role(&word.to_lowercase(), role));
        let state = |name: &str| has(name, Role::State) && !has(name, Role::Between);
        let whose = |e: &Entity| e.kind == Kind::Institution && e.guessed && !e.outlet && e.speaks_for.is_none();
        let entities = self.cast.entities().iter().enumerate();
        let bodies: Vec<usize> = entities.filter(|(_, e)| whose(e) && state(&e.name)).map(|(at, _)| at).collect();
        for body in bodies {
            self.cast.tell(body, Office { speaks_for: Some(home.to_owned()), ..Office::default() });
        }
    }

    /// The town that the document is about: the one that it names most often, the first of two.
    pub(super) fn town(&self) -> Option<String> {
        let most =
            self.towns.iter().filter(|_| self.second).max_by_key(|(_, (n, order))| (*n, std::cmp::Reverse(*order)));
        most.map(|(name, _)| name.clone())
    }

    /// Which of the institutions of one bare name ("Parliament") the document means: the only one that it names
    /// in full, or else that of the country that it names most often. Known only in the second pass. Of two countries named as often, that named first.
    pub(super) fn in_context(&mut self, names: &[String]) -> Option<usize> {
        if !self.second || names.is_empty() {
            return None;
        }
        let standing = |name: &&String| {
            let home = self.countries.get(self.gazetteer.home_of(name));
            home.map(|(n, order)| (*n, std::cmp::Reverse(*order)))
        };
        let most = self.countries.values().map(|(n, _)| *n).max()?;
        let count = |name: &String| standing(&name).map_or(0, |(n, _)| n);
        // The one that the text names in full, unless it is about a country that has one of its own.
        let mut met = names.iter().filter(|name| self.named.contains(*name));
        if let (Some(only), None) = (met.next(), met.next())
            && (count(only) * 2 >= most || names.iter().all(|name| count(name) < most))
        {
            return self.cast.find(only);
        }
        let best = names.iter().filter_map(|n| standing(&n)).max()?;
        // One named in passing does not lend its parliament to a text about another that may have one, too.
        if best.0 * 2 < most && best.0 < OFTEN {
            return None;
        }
        let mut top = names.iter().filter(|n| standing(n) == Some(best));
        let one = top.next()?.clone();
        top.next().is_none().then(|| self.cast.known(&one, self.gazetteer))
    }

    /// The company that alone bears a name which is also a common word, where no sentence begins with it or a verb follows:
    /// "Apple said".
    pub(super) fn only_one(&mut self, names: &[String], tokens: &[Token], at: usize) -> Option<usize> {
        let [only] = names else { return None };
        let finite = |t: &Token| {
            let mut forms = self.grammar.verb_forms(&t.lower).iter();
            forms.any(|(_, form)| matches!(form, VerbForm::Past | VerbForm::Third))
        };
        let sure = (at > 0 || tokens.get(1).is_some_and(finite)) && !self.headline && self.second;
        let word = self.gazetteer.is_keyword(&tokens[at].form) || tokens[at].form.chars().all(char::is_uppercase);
        let article = at.checked_sub(1).is_some_and(|b| matches!(tokens[b].lower.as_str(), "the" | "a" | "an"));
        (sure && !word && !article).then(|| self.cast.known(only, self.gazetteer))
    }

    /// "the German Foreign Office", "the Foreign Office in Berlin": a name that is also a common word for a body, said of
    /// another country than the one whose body is best known by it.
    pub(super) fn is_of_others(&self, tokens: &[Token], mention: &Mention, before: &[Mention]) -> bool {
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        let Some(entity) = mention.actors.first().and_then(|&a| self.cast.get(a)) else { return false };
        // "French Republicans" are not America's.
        let body = self.gazetteer.body_at(tokens, start) == Some(end - start) || mention.how == How::Demonym;
        if entity.kind != Kind::Institution || !body {
            return false;
        }
        let home = self.gazetteer.home_of(&entity.name);
        let last = before.last().filter(|m| m.tokens.end == start || m.tokens.end + 1 == start);
        let owner = last.and_then(|m| self.cast.get(*m.actors.first()?)).filter(|e| e.kind == Kind::Country);
        owner.is_some_and(|e| e.name != home) || self.seat_behind(tokens, end).is_some_and(|name| name != home)
    }

    /// "in Berlin": the country in whose capital a body sits that ends at token `end`.
    pub(super) fn seat_behind(&self, tokens: &[Token], end: usize) -> Option<String> {
        let behind = tokens.get(end).filter(|t| t.lower == "in").map(|_| end + 1)?;
        match self.gazetteer.name_at(tokens, behind)? {
            (_, Meaning::Capital(country)) => Some(country.clone()),
            _ => None,
        }
    }

    /// "the Security Council": the one that is no country's, where neither a country nor a longer name stands before.
    pub(super) fn of_the_world(&mut self, names: &[String], tokens: &[Token], at: usize) -> Option<usize> {
        let mut of_world = names.iter().filter(|name| self.gazetteer.home_of(name) == WORLD);
        let one = of_world.next().filter(|_| names.len() > 1)?.clone();
        let article = at.checked_sub(1).is_none_or(|b| tokens[b].lower == "the");
        (article && self.second && of_world.next().is_none()).then(|| self.cast.known(&one, self.gazetteer))
    }

    /// "the Supreme Court" in a text about a country whose court the lexicon does not list.
    pub(super) fn at_home(&mut self, bare: &str, names: &[String]) -> Option<usize> {
        let (home, _) = self.home.clone()?;
        let listed = names.iter().any(|name| self.gazetteer.home_of(name) == home);
        let organ = bare.split(' ').any(|word| self.gazetteer.is_keyword(word));
        if listed || !organ || names.len() < 2 || self.gazetteer.has_role(&bare.to_lowercase(), Role::Listed) {
            return None;
        }
        let name = format!("{bare} of {home}");
        Some(self.cast.institution(&name, Some(home), self.gazetteer))
    }
}
