//! Names that nobody listed: surnames of people met, institutions and people by shape.

use crate::actors::Meaning;
use crate::actors::cast::Office;
use crate::actors::gazetteer::Role;
use crate::actors::mention::{Finder, How, Mention};
use crate::actors::names::{Shape, fold, institution_end, is_thing, run_end, shape, text_of};
use crate::language::{Token, VerbForm};
use crate::statement::Kind;

impl Finder<'_> {
    /// A name at token `at` by what the document already named, or by its shape.
    pub(super) fn shaped(&mut self, tokens: &[Token], at: usize, before: &[Mention]) -> Option<Mention> {
        let token = tokens.get(at)?;
        if !token.is_capitalized() || !token.is_word() {
            return None;
        }
        if self.second
            && let Some((end, actor)) = self.met_before(tokens, at)
        {
            return Some(Mention::new(at..end, vec![actor], How::Name));
        }
        if self.headline {
            return None;
        }
        // "Kurdish-led Syrian Democratic Forces", "Luxembourg-based Widget Group": the name comes after.
        let tail = token.lower.rsplit('-').next().filter(|tail| tail.len() < token.lower.len()).unwrap_or_default();
        if matches!(
            tail,
            "led" | "based" | "backed" | "born" | "old" | "owned" | "held" | "run" | "majority" | "controlled"
        ) {
            return None;
        }
        let institution = institution_end(tokens, at, self.gazetteer, self.grammar);
        // "On Monday Senate Democrats": the day is none of the name.
        let day = self.gazetteer.has_role(&token.lower, Role::Last) && token.lower.ends_with("day");
        if day && institution > at + 1 && self.gazetteer.name_at(tokens, at + 1).is_some() {
            return None;
        }
        // "the House of Representatives": whose is known when all is read.
        let bare = self.gazetteer.name_at(tokens, at).filter(|(_, meaning)| matches!(meaning, Meaning::Bare(_)));
        if !self.second && bare.is_some_and(|(length, _)| at + length >= institution) {
            return None;
        }
        // "Senate Minority Leader" holds an office, "Parliament Square" is a place, and "Proroguing Parliament" a deed.
        let title = (at..institution).any(|k| {
            let of = k > at && matches!(tokens[k - 1].lower.as_str(), "of" | "for" | "the" | "and");
            !of && self.gazetteer.title_at(tokens, k).is_some_and(|(length, _)| k + length == institution)
        });
        let last = &tokens[institution.max(at + 1) - 1];
        let thing = self.gazetteer.has_role(&last.lower, Role::Site);
        let deed = at == 0 && token.lower.ends_with("ing") && self.gazetteer.name_at(tokens, 1).is_some();
        if institution > at + 1 && (title || thing || deed) {
            return None;
        }
        if institution > at + 1 && shape(tokens, at, institution, self.gazetteer) == Shape::Institution {
            // A sentence's first word may only be capitalized for its place.
            let name = text_of(&tokens[at..institution]);
            let near = before.last().is_some_and(|m| m.tokens.end + 2 > at || m.how == How::Demonym);
            let whom = self.actor_before(tokens, at, before, false).filter(|_| near).map(|whose| whose.name);
            let whom = whom.or_else(|| self.country_within(&tokens[at..institution]));
            let whom = whom.or_else(|| {
                let body = self.gazetteer.body_at(tokens, at) == Some(institution - at);
                self.seat_behind(tokens, institution).filter(|_| body)
            });
            // "the Board of Supervisors": that of the town.
            let town =
                self.town().filter(|_| whom.is_none() && self.gazetteer.has_role(&name.to_lowercase(), Role::Local));
            let (name, whom) = town.map_or((name.clone(), whom), |town| (format!("{town} {name}"), Some(town)));
            let actor = self.cast.institution(&name, whom, self.gazetteer);
            self.alias_without_keyword(&tokens[at..institution], actor);
            // "the Supreme Court" is that of Ruritania in a text that named that.
            if let Some(of) = tokens[at..institution].iter().position(|t| t.lower == "of")
                && self.gazetteer.is_keyword(&tokens[at + of - 1].form)
                && of > 1
            {
                self.cast.alias(&text_of(&tokens[at..at + of]), actor);
            }
            return Some(Mention::new(at..institution, vec![actor], How::Name));
        }
        let end = run_end(tokens, at, self.gazetteer, self.grammar);
        if let Some(end) = self.told_body(tokens, at..end, before) {
            let name = self.name_of_body(&tokens[at..end]);
            // "Chilean airline SkyAndes", but "Widget Airways pilots union X"
            let adjective = before.last().is_some_and(|m| m.how == How::Demonym);
            let kind = at.checked_sub(1).filter(|_| adjective);
            let whom = kind.and_then(|kind| self.actor_before(tokens, kind, before, false)).map(|whose| whose.name);
            let actor = self.cast.institution(&name, whom, self.gazetteer);
            self.cast.alias(&text_of(&tokens[at..end]), actor);
            return Some(Mention::new(at..end, vec![actor], How::Name));
        }
        let end = (at + 1..end).find(|&k| self.gazetteer.name_at(tokens, k).is_some_and(|(n, _)| n > 1)).unwrap_or(end);
        // "Voter Jane Doe": the sentence's first word is none of the name.
        if at == 0 && end > at + 2 && self.gazetteer.has_role(&token.lower, Role::Person) {
            return None;
        }
        // "Emergencies Minister Jane Doe", "Majority Leader": what stands before a title is no name, nor is the title.
        if (at..end).any(|k| self.gazetteer.title_at(tokens, k).is_some())
            || shape(tokens, at, end, self.gazetteer) != Shape::Person
            || is_thing(tokens, at, end, self.gazetteer)
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
        // "George Washington" has a first name before the town's.
        let given = self.gazetteer.is_first_name(&token.form);
        let listed = tokens[at..end]
            .iter()
            .skip(usize::from(given))
            .any(|t| self.gazetteer.name_at(std::slice::from_ref(t), 0).is_some());
        if sentence_word || listed && !(given && end == at + 2) {
            return None;
        }
        let name = text_of(&tokens[at..end]);
        let actor = self.cast.person(&name, Office::default(), true, self.gazetteer);
        Some(Mention::new(at..end, vec![actor], How::Name))
    }

    /// "Federal Aviation Office of Germany": the country that an institution's name ends with.
    fn country_within(&self, name: &[Token]) -> Option<String> {
        let start = name.iter().rposition(|t| t.lower == "of")? + 1;
        let start = start + usize::from(name.get(start)?.lower == "the");
        let (length, meaning) = self.gazetteer.name_at(name, start)?;
        let Meaning::Actor(country) = meaning else { return None };
        (self.gazetteer.is_country(country) && start + length == name.len()).then(|| country.clone())
    }

    /// A name that the document gave somebody before, perhaps in full: its end and its bearer.
    fn met_before(&mut self, tokens: &[Token], at: usize) -> Option<(usize, usize)> {
        let token = tokens.get(at)?;
        let before = at.checked_sub(1).map_or("", |b| tokens[b].lower.as_str());
        let mut end = run_end(tokens, at, self.gazetteer, self.grammar);
        let next = tokens.get(at + 1).map_or("", |t| t.lower.as_str());
        if end == at && self.grammar.is_closed(&token.lower) {
            // "May" is a name, a month and a verb.
            let named = at > 0 && matches!(next, "'s" | "'" | "’s") || self.grammar.is_speech(self.lemma(next));
            end = at + usize::from(named && token.lower.chars().count() > 2);
            self.cast.find_person(&token.form)?;
        }
        if end == at {
            return None;
        }
        let name = text_of(&tokens[at..end]);
        let alone = institution_end(tokens, at, self.gazetteer, self.grammar) <= end;
        if let Some(actor) = self.cast.find(&name)
            && end > at + 1
            && alone
        {
            return Some((end, actor));
        }
        if self.headline {
            // Capitals end nothing here: the longest name that somebody bears.
            let longest = (at + 1..end.min(at + 5) + 1).rev().find_map(|k| {
                let name = text_of(tokens.get(at..k)?);
                let met = self.cast.find(&name).or_else(|| self.cast.find_person(&name))?;
                Some((k, met))
            });
            return longest.filter(|_| !self.gazetteer.has_role(&token.lower, Role::First));
        }
        if end != at + 1 {
            return None;
        }
        if let Some(actor) = self.cast.find(&name) {
            return Some((end, actor));
        }
        // "the Committee", "this Council": the one last named.
        if alone && self.gazetteer.is_keyword(&token.form) && matches!(before, "the" | "this") {
            let named =
                |a: &&usize| self.cast.get(**a).is_some_and(|e| e.name.split(' ').any(|part| part == token.form));
            return self.recent.iter().rev().find(named).map(|&actor| (end, actor));
        }
        if let Some(actor) = self.cast.find_person(&name) {
            let surname = self.cast.get(actor).is_some_and(|e| fold(&e.name).ends_with(&fold(&name)));
            // "in May", "the Moon"; and a first word may be any word.
            let month = self.gazetteer.has_role(&token.lower, Role::First)
                && matches!(before, "in" | "since" | "of" | "until" | "last" | "next" | "on" | "by");
            let word = at == 0 && !self.grammar.verb_forms(&token.lower).is_empty();
            return (!month && (surname || at > 0 && before != "the" || !word)).then_some((end, actor));
        }
        // A surname that only one well-known person bears.
        let verb = !self.grammar.verb_forms(&token.lower).is_empty();
        let thing =
            self.gazetteer.has_role(&token.lower, Role::Last) || self.gazetteer.has_role(&token.lower, Role::First);
        // "the Moon", but "the Merkel government", "a Merkel ally"
        let governs = self.gazetteer.body_at(tokens, end).is_some() || self.gazetteer.has_role(next, Role::Person);
        let article = matches!(before, "the" | "a" | "an");
        if (verb || article) && !(article && governs) || thing {
            return None;
        }
        // "Central Maine Power" is nobody's surname.
        let inside = at > 1 && {
            let last = &tokens[at - 1];
            last.is_capitalized() && last.is_word() && !self.gazetteer.has_role(&last.lower, Role::First)
        };
        let listed = at > 0 && matches!(self.gazetteer.name_at(tokens, at - 1), Some((_, Meaning::Demonym(_))));
        if self.cast.is_part_of_name(&token.form) || inside && !listed {
            return None;
        }
        let [only] = self.gazetteer.by_surname(&token.form) else { return None };
        if self.strangers.contains(only) {
            return None;
        }
        let is_person = self.gazetteer.known(only).is_some_and(|k| k.kind == Kind::Person);
        let only = only.clone();
        is_person.then(|| (end, self.cast.known(&only, self.gazetteer)))
    }

    fn lemma<'b>(&'b self, lower: &'b str) -> &'b str {
        self.grammar.verb_forms(lower).first().map_or(lower, |(lemma, _)| lemma.as_str())
    }
}
