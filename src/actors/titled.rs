//! Titles, appositions and what else next to a name tells whom a person speaks for.

use crate::actors::Meaning;
use crate::actors::cast::Office;
use crate::actors::gazetteer::{ADDRESS, Role, Title};
use crate::actors::mention::{Finder, How, Mention, gender_of_title};
use crate::actors::names::{institution_end, is_adjective, run_end, text_of};
use crate::language::{Token, VerbForm};
use crate::statement::Kind;

/// Whom an officer speaks for, by the name that stands with the title.
#[derive(Debug, Clone)]
pub(super) struct Whose {
    /// The actor's name.
    pub name: String,
    /// The first token of its name.
    pub start: usize,
    /// A party, whose members hold offices of others: "Republican Senator".
    party: bool,
}

/// A title in the plural that those named next share: "Senators Jane Doe of Utah and John Roe".
#[derive(Debug, Clone)]
pub(super) struct Shared {
    office: Office,
    /// The token behind the last that has it.
    end: usize,
}

impl Finder<'_> {
    /// A title and a name: "[French] President [of X] Emmanuel Macron".
    pub(super) fn titled(
        &mut self,
        tokens: &[Token],
        at: usize,
        before: &[Mention],
    ) -> Option<(Mention, Option<Shared>)> {
        let (length, title) = self.gazetteer.title_at(tokens, at)?;
        let mut title = title.clone();
        let mut role = at..at + length;
        let mut name_start = at + length;
        // Further titles: "Foreign Minister and Deputy Prime Minister Jane Doe".
        for _ in 0..4 {
            let Some((more, next)) = self.gazetteer.title_at(tokens, name_start) else { break };
            if next.office != "honorific" && matches!(title.office.as_str(), "honorific" | ADDRESS) {
                title = next.clone();
            }
            role = name_start..name_start + more;
            name_start += more;
        }
        let mut whose = self.actor_before(tokens, at, before, title.local).or_else(|| self.its(tokens, at));
        let start = whose.as_ref().map_or(at, |whose| whose.start);
        let former = start.checked_sub(1).is_some_and(|b| is_former(&tokens[b].lower));
        name_start = behind_bracket(tokens, name_start);
        // "of the French Armed Forces", "of Estonia", then the name.
        let link = tokens.get(name_start).map_or("", |t| t.lower.as_str());
        if matches!(link, "of" | "for" | "to" | "at")
            && let Some((end, actor)) = self.office_phrase(tokens, name_start + 1, title.local)
        {
            let comma = usize::from(tokens.get(end).is_some_and(|t| t.lower == ","));
            // "the US ambassador to Germany" is sent by the one and speaks to the other.
            if link != "to" && !(title.office == "diplomat" && whose.is_some()) {
                whose = Some(Whose { name: actor, start: at, party: false });
            }
            name_start = end + comma;
        }
        let the = start.checked_sub(1).is_some_and(|b| tokens[b].lower == "the");
        let comma = tokens.get(name_start).is_some_and(|t| t.lower == ",") && (whose.is_some() || the)
            || tokens.get(name_start.wrapping_sub(1)).is_some_and(|t| t.lower == ",");
        if tokens.get(name_start).is_some_and(|t| t.lower == ",") && comma {
            name_start += 1;
        }
        let name_end = self.person_end(tokens, name_start)?;
        // "the General Workers' Union"
        if tokens.get(name_end).is_some_and(|t| !t.is_word()) {
            let whole = institution_end(tokens, at, self.gazetteer, self.grammar);
            if whole > name_end && self.gazetteer.is_keyword(&tokens[whole - 1].form) {
                return None;
            }
        }
        let next = tokens.get(name_end).map_or("", |t| t.lower.as_str());
        if comma && !matches!(next, "" | "," | ".") && !self.is_verb_of_speech(next) {
            return None;
        }
        let plural = tokens[role.end - 1].lower.ends_with('s') || tokens[role.start].lower.ends_with("s general");
        let role = singular(&text_of(&tokens[role]).to_lowercase());
        let mut name = text_of(&tokens[name_start..name_end]);
        // "a member of the choir Summit", "Member State"
        let thing = name_end == name_start + 1 && {
            let word = &tokens[name_start].lower;
            self.gazetteer.has_role(word, Role::Last)
        };
        if thing && self.cast.find_person(&name).is_none() && self.gazetteer.by_surname(&name).is_empty()
            || role == "member" && (!comma || plural)
        {
            return None;
        }
        // "Queen Elizabeth" is a name that the lexicon has with its title.
        if at + length == name_start
            && let Some(full) = self.gazetteer.person(&text_of(&tokens[at..name_end]))
        {
            name = full.to_owned();
        } else if !name.contains(' ')
            && is_royal(&role)
            && self.cast.find_person(&name).is_none()
            && self.gazetteer.by_surname(&name).is_empty()
        {
            // "Prince Andrew" has no other name.
            name = text_of(&tokens[name_start - 1..name_end]);
        }
        let office = self.office(&title, &role, whose, former);
        let person = self.cast.person(&name, office.clone(), false, self.gazetteer);
        let mut mention = Mention::new(start..name_end, vec![person], How::Name);
        // "The minority leader, Jane Doe, said": the comma behind belongs to the name.
        mention.unit.end += usize::from(comma && next == ",");
        let shared = plural.then_some(Shared { office, end: name_end });
        Some((mention, shared))
    }

    fn is_verb_of_speech(&self, lower: &str) -> bool {
        self.grammar.verb_forms(lower).iter().any(|(lemma, _)| self.grammar.is_speech(lemma))
    }

    /// What a title, and whose it is, tell of its bearer.
    fn office(&mut self, title: &Title, role: &str, whose: Option<Whose>, former: bool) -> Office {
        let gender = gender_of_title(role);
        if title.office == ADDRESS {
            return Office { gender, ..Office::default() };
        }
        let holds = title.office != "honorific" && title.office != "former" && !former;
        if !title.speaks || former {
            let office = holds.then(|| title.office.clone());
            return Office { office, role: Some(role.to_owned()), gender, ..Office::default() };
        }
        let mut certain = whose.as_ref().is_some_and(|w| !w.party);
        let mut speaks_for = whose.map(|w| w.name);
        let seat = self.gazetteer.seat(role);
        // A Polish senator speaks for the Senate of Poland, a senator for that of the country that the text is about.
        if let Some(country) = speaks_for.clone().filter(|_| certain) {
            let own = seat.iter().find(|seat| self.gazetteer.home_of(seat) == country && **seat != country);
            speaks_for = own.cloned().or(speaks_for);
        } else if speaks_for.is_none() && self.second {
            let seat = seat.to_vec();
            speaks_for = self.in_context(&seat).and_then(|seat| self.name_of(seat));
            certain = speaks_for.is_some();
        }
        if speaks_for.is_none() && matches!(title.office.as_str(), "minister" | "head_of_state" | "head_of_government")
        {
            speaks_for = self.home.as_ref().map(|(home, _)| home.clone());
        }
        Office { speaks_for, certain, office: Some(title.office.clone()), role: Some(role.to_owned()), gender }
    }

    /// Gives the title of a list to a further person on it; ends the list where something else stands between.
    pub(super) fn share(&mut self, tokens: &[Token], shared: Option<Shared>, mention: &Mention) -> Option<Shared> {
        let mut shared = shared?;
        let between = tokens.get(shared.end..mention.tokens.start)?;
        let list = |t: &Token| {
            matches!(t.lower.as_str(), "," | "and" | "&" | "of" | "from" | "the" | "(" | ")") || t.is_capitalized()
        };
        let [actor] = mention.actors[..] else { return None };
        if between.len() > 10 || !between.iter().all(list) {
            return None;
        }
        if self.cast.get(actor).is_none_or(|e| e.kind != Kind::Person) {
            // "of Utah": the list goes on behind it.
            return Some(shared);
        }
        self.cast.tell(actor, Office { gender: None, ..shared.office.clone() });
        shared.end = mention.tokens.end;
        Some(shared)
    }

    /// "Its foreign minister, Jane Doe": of the country or institution that the text is speaking of.
    fn its(&self, tokens: &[Token], at: usize) -> Option<Whose> {
        let start = at.checked_sub(1).filter(|&b| tokens[b].lower == "its")?;
        let told = if start == 0 { self.told[0] } else { self.told[1].or(self.told[0]) };
        let name = self.cast.get(told?)?.name.clone();
        Some(Whose { name, start, party: false })
    }

    /// The actor named right before token `at`, as adjective, name or genitive.
    pub(super) fn actor_before(&self, tokens: &[Token], at: usize, before: &[Mention], local: bool) -> Option<Whose> {
        let mut edge = at;
        if edge > 0 && matches!(tokens[edge - 1].lower.as_str(), "'s" | "'" | "’s" | "’") {
            edge -= 1;
        }
        // "German deputy foreign minister", "AU Trade and Industry Commissioner": adjectives may stand between.
        for _ in 0..5 {
            if let Some(last) = before.last().filter(|m| m.tokens.end == edge && m.actors.len() == 1) {
                let entity = self.cast.get(*last.actors.first()?)?;
                let ok = entity.kind != Kind::Person && !entity.outlet;
                let party =
                    entity.kind == Kind::Institution && (last.how == How::Demonym || entity.name.contains("Party"));
                let name = if local && last.how == How::Capital && entity.kind == Kind::Country {
                    text_of(&tokens[last.tokens.clone()])
                } else {
                    entity.name.clone()
                };
                return ok.then_some(Whose { name, start: last.tokens.start, party });
            }
            if let Some(town) = self.town_before(tokens, edge).filter(|_| local) {
                return Some(town);
            }
            let token = edge.checked_sub(1).and_then(|b| tokens.get(b))?;
            let and = matches!(token.lower.as_str(), "and" | "&") && edge < at;
            if !and && (!token.is_word() || self.is_function_word(&token.lower) || self.is_finite(token)) {
                return None;
            }
            edge -= 1;
        }
        None
    }

    /// A town's name that ends before token `edge`.
    fn town_before(&self, tokens: &[Token], edge: usize) -> Option<Whose> {
        (1..=3).find_map(|length| {
            let start = edge.checked_sub(length)?;
            match self.gazetteer.name_at(tokens, start)? {
                (n, Meaning::Town(name)) if n == length => Some(Whose { name: name.clone(), start, party: false }),
                _ => None,
            }
        })
    }

    /// "Germany's foreign", "Spain's new" go on to the title; "Germany and" does not.
    fn is_function_word(&self, lower: &str) -> bool {
        self.grammar.is_closed(lower) && !is_adjective(lower, self.gazetteer)
    }

    /// "impeached", "urges": no adjective before a title.
    fn is_finite(&self, token: &Token) -> bool {
        let forms = self.grammar.verb_forms(&token.lower);
        let finite = forms.iter().any(|(_, form)| matches!(form, VerbForm::Past | VerbForm::Third));
        let adjective =
            matches!(token.lower.as_str(), "elected" | "appointed" | "retired" | "armed" | "affairs" | "united");
        (finite || token.lower.ends_with("ed")) && !adjective
    }

    /// "the French Armed Forces", "Estonia", "NATO": the end of the phrase and its actor.
    fn office_phrase(&mut self, tokens: &[Token], start: usize, local: bool) -> Option<(usize, String)> {
        let start = start + usize::from(tokens.get(start).is_some_and(|t| t.lower == "the"));
        if local && let Some((length, meaning)) = self.gazetteer.name_at(tokens, start) {
            let place = match meaning {
                Meaning::Town(name) | Meaning::Region(name) => Some(name.clone()),
                Meaning::Capital(_) => Some(text_of(&tokens[start..start + length])),
                _ => None,
            };
            if let Some(place) = place {
                return Some((start + length, place));
            }
        }
        // "of the Doe administration's Department of Widgets": the last owner's.
        let owned =
            (start..tokens.len().min(start + 5)).take_while(|&k| !matches!(tokens[k].lower.as_str(), "," | "."));
        let behind = owned.filter(|&k| matches!(tokens[k].lower.as_str(), "'s" | "’s")).last().map(|k| k + 1);
        let mention =
            self.body_named(tokens, start).or_else(|| behind.and_then(|behind| self.body_named(tokens, behind)))?;
        let mut end = mention.tokens.end;
        if let Some(more) = self.gazetteer.body_at(tokens, end) {
            end += more;
        }
        Some((end, self.name_of(*mention.actors.first()?)?))
    }

    /// A country or institution named at `start`, listed or by its shape ("the Tunisian League").
    fn body_named(&mut self, tokens: &[Token], start: usize) -> Option<Mention> {
        let mention = self.listed(tokens, start).or_else(|| {
            tokens.get(start)?;
            self.shaped(tokens, start, &[])
        })?;
        let person = self.cast.get(*mention.actors.first()?)?.kind == Kind::Person;
        (!person).then_some(mention)
    }

    /// The end of a person's name at `start`: a listed person, or a run of capitals that is nothing else.
    pub(super) fn person_end(&self, tokens: &[Token], start: usize) -> Option<usize> {
        if let Some((length, meaning)) = self.gazetteer.name_at(tokens, start) {
            let person = matches!(meaning, Meaning::Actor(name) if self.gazetteer.known(name).is_some_and(|k| k.kind == Kind::Person));
            if person {
                return Some(start + length);
            }
            // "Minister Paris Doe"
            let given = self.gazetteer.is_first_name(&tokens[start].form)
                && run_end(tokens, start, self.gazetteer, self.grammar) == start + 2;
            if !given || self.headline {
                return None;
            }
        }
        if self.gazetteer.title_at(tokens, start).is_some() {
            return None;
        }
        let end = run_end(tokens, start, self.gazetteer, self.grammar);
        if self.headline {
            // In a headline all words are capitalized: only somebody met before, or a known surname.
            return (start + 1..end.min(start + 5) + 1).rev().find(|&k| {
                let name = text_of(&tokens[start..k]);
                self.cast.find_person(&name).is_some() || k == start + 1 && !self.gazetteer.by_surname(&name).is_empty()
            });
        }
        let end = (start..end)
            .find(|&k| k > start && self.gazetteer.name_at(tokens, k).is_some_and(|(n, _)| n > 1))
            .unwrap_or(end);
        let keyword = tokens.get(start..end)?.iter().any(|t| self.gazetteer.is_keyword(&t.form));
        (end > start && end - start <= 5 && !keyword).then_some(end)
    }

    /// "Jane Doe, the Estonian prime minister," and "Jane Doe, president of Estonia,".
    /// Returns the end of the apposition; 0 when there is none.
    pub(super) fn apposed(&mut self, tokens: &[Token], mention: &Mention) -> usize {
        let [person] = mention.actors[..] else { return 0 };
        if self.cast.get(person).is_none_or(|e| e.kind != Kind::Person) {
            return 0;
        }
        if tokens.get(mention.tokens.end).is_none_or(|t| t.lower != ",") {
            return 0;
        }
        let mut at = mention.tokens.end + 1;
        let article = tokens.get(at).is_some_and(|t| matches!(t.lower.as_str(), "the" | "a" | "an"));
        at += usize::from(article);
        let first = at;
        let former = tokens.get(at).is_some_and(|t| is_former(&t.lower));
        let direct = self.gazetteer.title_at(tokens, at).is_some();
        at += usize::from(former && !direct);
        let mut whose: Option<Whose> = None;
        if !direct && let Some(named) = self.listed(tokens, at) {
            at = named.tokens.end
                + usize::from(tokens.get(named.tokens.end).is_some_and(|t| matches!(t.lower.as_str(), "'s" | "’s")));
            let actor = named.actors.first().and_then(|&a| self.cast.get(a));
            let party = actor.is_some_and(|e| {
                e.kind == Kind::Institution && (named.how == How::Demonym || e.name.contains("Party"))
            });
            whose = actor.filter(|e| e.kind != Kind::Person).map(|e| Whose { name: e.name.clone(), start: at, party });
        }
        let Some((length, title)) = self.gazetteer.title_at(tokens, at) else {
            if let Some(party) = whose.filter(|w| w.party && article) {
                let office = Office { speaks_for: Some(party.name), ..Office::default() };
                self.cast.tell(person, office);
            }
            return if article { self.told_of(tokens, first) } else { 0 };
        };
        let title: Title = title.clone();
        let role = singular(&text_of(&tokens[at..at + length]).to_lowercase());
        at += length;
        // "Jane Doe, Labour MP John Roe": the title is another's.
        if self.person_end(tokens, behind_bracket(tokens, at)).is_some() {
            return 0;
        }
        if whose.as_ref().is_none_or(|w| w.party)
            && tokens.get(at).is_some_and(|t| matches!(t.lower.as_str(), "of" | "for" | "at"))
            && let Some((_, name)) = self.office_phrase(tokens, at + 1, title.local)
        {
            whose = Some(Whose { name, start: at, party: false });
        }
        let office = self.office(&title, &role, whose, former);
        self.cast.tell(person, office);
        // To the next comma, unless a verb or the end of the sentence comes first.
        let verb = |t: &Token| t.lower == "who" || t.lower == "and" || self.grammar.is_speech(&t.lower);
        let close = (at..tokens.len().min(at + 15)).find(|&k| tokens[k].lower == "," || verb(&tokens[k]));
        close.filter(|&k| tokens[k].lower == ",").map_or(0, |k| k + 1)
    }

    /// "Jane Doe, a Toronto lawyer who represents him," and "Jane Doe, a Democrat from Ohio,": the end of what begins at
    /// `start`, behind the article, where it tells what kind of person is named; 0 where it may be the next on a list.
    fn told_of(&self, tokens: &[Token], start: usize) -> usize {
        let close = (start..tokens.len().min(start + 12)).find(|&k| tokens[k].lower == ",");
        let Some(inside) = close.and_then(|close| tokens.get(start..close)) else { return 0 };
        let verb = |t: &Token| t.lower == "and" || self.is_verb_of_speech(&t.lower);
        let head = inside.iter().take(6).enumerate().any(|(k, t)| {
            self.gazetteer.has_role(&t.lower, Role::Kind)
                || matches!(self.gazetteer.name_at(tokens, start + k), Some((_, Meaning::Demonym(_))))
        });
        // "Jane Doe, a lawyer who sued Norway,": the clause tells more than who she is.
        let relative = inside.iter().position(|t| matches!(t.lower.as_str(), "who" | "whose" | "which" | "that"));
        let tells = relative.is_some_and(|at| inside[at..].iter().any(Token::is_capitalized));
        if head && !tells && !inside.iter().any(verb) { close.map_or(0, |close| close + 1) } else { 0 }
    }

    /// "Jane Doe of Amnesty International", "President Jane Doe of Estonia": whom a person named alone speaks for.
    pub(super) fn affiliated(&mut self, tokens: &[Token], mention: &Mention) {
        let [person] = mention.actors[..] else { return };
        let Some(entity) = self.cast.get(person).filter(|e| e.kind == Kind::Person && mention.how == How::Name) else {
            return;
        };
        let of_country = |office: &str| {
            !matches!(office, "legislator" | "judge" | "religious" | "business" | "party" | "institution")
        };
        let office = entity.office.as_deref().is_some_and(of_country) && mention.tokens.len() > 1;
        let link = tokens.get(mention.tokens.end).map_or("", |t| t.lower.as_str());
        if !matches!(link, "of" | "from" | "with") {
            return;
        }
        // "of the conservative Law and Justice Party"
        let mut at = mention.tokens.end + 1;
        for _ in 0..3 {
            let passed = tokens.get(at).is_some_and(|t| {
                t.lower == "the" || t.is_word() && !t.is_capitalized() && !self.grammar.is_closed(&t.lower)
            });
            at += usize::from(passed);
        }
        let found = self.listed(tokens, at).or_else(|| self.shaped(tokens, at, &[]));
        let Some(actor) = found.filter(|m| m.how == How::Name).and_then(|m| m.actors.first().copied()) else { return };
        let Some(whom) = self.cast.get(actor).filter(|e| !e.outlet) else { return };
        let country = whom.kind == Kind::Country;
        if whom.kind == Kind::Person || country && !(office && link == "of") {
            return;
        }
        let name = Some(whom.name.clone());
        // The office of a country's president is the country's; that of a party's member may be another's.
        self.cast.tell(person, Office { speaks_for: name, certain: country, ..Office::default() });
    }
}

fn is_royal(role: &str) -> bool {
    matches!(role, "king" | "queen" | "prince" | "princess" | "emperor" | "empress" | "pope" | "sultan" | "emir")
}

fn is_former(lower: &str) -> bool {
    matches!(lower, "former" | "ex" | "then" | "ousted" | "deposed" | "retired" | "disgraced")
}

/// "MP (Member of Parliament) Jane Doe": the token behind a bracket at `at`.
fn behind_bracket(tokens: &[Token], at: usize) -> usize {
    if tokens.get(at).is_none_or(|t| t.form != "(") {
        return at;
    }
    let close = (at..tokens.len().min(at + 8)).find(|&k| tokens[k].form == ")");
    close.map_or(at, |k| k + 1)
}

/// The title of each of several.
fn singular(title: &str) -> String {
    let title = title.replace("attorneys general", "attorney general");
    match title.strip_suffix('s') {
        Some(stem) if !title.ends_with("ss") && !title.ends_with("affairs") && !title.ends_with("works") => {
            stem.to_owned()
        }
        _ => title,
    }
}
