//! Whom a common noun means: "the German government", "the prime minister", "the airline", "both officers".

use super::{DEPTH, Scene, Who};
use crate::actors::{How, Mention, Role, Title, head_of_title};
use crate::language::engine::Upos;
use crate::stances::thread::Thread;
use crate::statement::Kind;
use std::ops::Range;

/// So few actors back a company is looked for that was no subject.
const NEAR: usize = 3;

impl Scene<'_> {
    /// "soldiers of Estonia", "the German government", "the French president": who stands behind a noun that means
    /// people of somebody. Whether the noun is one.
    pub(super) fn collective(&self, node: usize, out: &mut Who, depth: usize) -> bool {
        let lower = self.tree.words[node].lower.as_str();
        if let Some(two) = self.two(node) {
            out.actors.extend(two);
            return true;
        }
        // "the province of Quebec"
        if self.gazetteer.has_role(lower, Role::Place)
            && let Some(name) = self.tree.children(node).iter().copied().find(|&c| {
                self.tree.preposition(c) == Some("of") && self.mention_at(c).is_some_and(|m| m.how != How::Demonym)
            })
        {
            out.actors.extend(self.who_of_name(name));
            return true;
        }
        if let Some(own) = self.own_country(node) {
            out.actors.push(own);
            return true;
        }
        // "the GMQ union"
        let named = self.gazetteer.has_role(lower, Role::Named) || self.gazetteer.has_role(lower, Role::Body);
        let before = node.checked_sub(1).and_then(|b| self.mention_at(b)).filter(|m| named && m.how == How::Name);
        let institution = |m: &&Mention| {
            m.actors.iter().all(|&a| self.cast.get(a).is_some_and(|e| e.kind == Kind::Institution && !e.outlet))
        };
        if let Some(name) = before.filter(institution).filter(|m| self.tree.head(self.head_of(m)) == Some(node)) {
            out.actors.extend(name.actors.iter().copied());
            return true;
        }
        let token = self.token_of[node];
        let ends = |n: usize| token + 1 >= n && self.tokens.get(token).is_some();
        let body = (1..=3).any(|n| ends(n) && self.gazetteer.body_at(self.tokens, token + 1 - n) == Some(n));
        let span = self.title_span(node);
        let title = span.clone().and_then(|span| self.title_at(span));
        // "the Turkish statement called for": who says it, not what is spoken of.
        let paper = self.tree.rel(node) == "nsubj" && self.gazetteer.has_role(lower, Role::Document);
        let rulers = self.gazetteer.has_role(lower, Role::Rulers);
        if !body && title.is_none() && !paper && !rulers {
            return false;
        }
        // "Senator Cruz": a name that hangs on its title.
        // But "the governments of Germany, Finland/appos and France" are three.
        let country = |m: &Mention| m.actors.iter().all(|&a| self.cast.get(a).is_some_and(|e| e.kind == Kind::Country));
        if let Some(name) = self.tree.children(node).iter().find(|&&c| {
            matches!(self.tree.words[c].rel(), "flat" | "appos")
                && self.mention_at(c).is_some_and(|m| m.how == How::Name && !(body && country(m)))
        }) {
            out.actors.extend(self.mention_at(*name).map(|m| m.actors.clone()).unwrap_or_default());
            return true;
        }
        // "the emir of Qatar, Jane Doe,": the apposition may hang on the country.
        let behind =
            self.tree.children(node).iter().filter(|&&c| title.is_some() && self.tree.preposition(c) == Some("of"));
        let named = behind.flat_map(|&c| self.tree.children(c)).copied().find(|&c| {
            let person = |a: &usize| self.cast.get(*a).is_some_and(|e| e.kind == Kind::Person);
            self.tree.rel(c) == "appos" && self.mention_at(c).is_some_and(|m| m.actors.iter().all(person))
        });
        if let Some(name) = named {
            out.actors.extend(self.who_of_name(name));
            return true;
        }
        let quantified = self.tree.children(node).iter().any(|&c| {
            let q = &self.tree.words[c];
            // "all fifteen members"
            let all = || self.tree.children(node).iter().any(|&a| self.tree.words[a].lower == "all");
            q.upos == Upos::Num && !all()
                || matches!(q.lower.as_str(), "some" | "many" | "several" | "few" | "other" | "certain")
        });
        let most = self.tree.children(node).iter().any(|&c| self.tree.words[c].lower == "most");
        let countries = matches!(lower, "countries" | "states" | "nations" | "members" | "governments" | "lawmakers");
        if countries && quantified {
            return true;
        }
        let office = title.map(|t| t.office.as_str()).filter(|_| !body);
        let governs = matches!(lower, "government" | "administration" | "regime" | "cabinet");
        // "the foreign ministry in Minsk"
        let seated = governs
            || matches!(
                lower,
                "ministry"
                    | "authorities"
                    | "leadership"
                    | "parliament"
                    | "court"
                    | "tribunal"
                    | "prosecutors"
                    | "officials"
                    | "ministers"
            );
        // "Poland's ruling Law and Justice party": the name is its own.
        if self.gazetteer.has_role(lower, Role::Organisation) {
            let own =
                |c: &usize| self.tree.rel(*c) == "compound" && self.mention_at(*c).is_some_and(|m| m.how == How::Name);
            if let Some(name) = self.tree.children(node).iter().copied().rfind(own) {
                out.actors.extend(self.who_of_name(name));
                return true;
            }
        }
        // "attorneys general from Ohio": what hangs on the adjective.
        let general = self.tree.children(node).iter().copied().filter(|&c| self.tree.words[c].lower == "general");
        let from = general.flat_map(|g| self.tree.children(g)).copied();
        let from = from.filter(|&c| matches!(self.tree.preposition(c), Some("of" | "from")));
        for owner in self.owner_nodes(node).into_iter().chain(from) {
            let of_whom = self.tree.preposition(owner);
            // "a spokesman for the ministry" speaks for it; "police for Estonia" are no one's.
            if of_whom == Some("for") && !matches!(office, Some("spokesperson" | "diplomat")) {
                continue;
            }
            let mut whose = Who::default();
            match self.mention_at(owner) {
                // A judge who sits in Texas is not the state's.
                Some(m) if m.how == How::Capital && office == Some("judge") => continue,
                Some(m) if (!self.is_place(m) || seated && m.how == How::Capital) && m.tokens.start != node => {
                    whose.actors.extend(self.members(owner).into_iter().flat_map(|o| self.who_of_name(o)));
                    // "a federal court in New York" is no state's.
                    if self.is_place(m) {
                        whose.actors.retain(|&a| self.cast.get(a).is_some_and(|e| e.kind == Kind::Country));
                    }
                }
                Some(_) => continue,
                None if self.tree.words[owner].xpos == "PRP$" => whose.actors.extend(self.possessor(owner)),
                None => self.members(owner).into_iter().for_each(|o| self.member(o, &mut whose, depth + 1)),
            }
            // A person's staff is the person's; a person's office is nobody's.
            if whose.actors.is_empty() || depth >= DEPTH {
                continue;
            }
            if let Some(office) = office
                && let Some(person) = self.officer(&whose.actors, office)
            {
                out.actors.push(person);
                return true;
            }
            // "his party", "Jane Doe's party": the one that the person speaks for.
            if lower == "party"
                && let [only] = whose.actors[..]
                && self.cast.get(only).is_some_and(|e| e.kind == Kind::Person)
            {
                // "Jane Doe said that her party would": she, where it is not known which.
                let says = self.mentions.iter().any(|m| m.tokens.start < node && m.actors.contains(&only));
                out.actors.extend(self.party_of(only).or(Some(only).filter(|_| says)));
                return true;
            }
            // "the Trump administration", but "the government of President Doe" may be one of two.
            if governs && of_whom != Some("of") {
                whose.actors.iter_mut().for_each(|a| *a = self.country_of_head(*a));
            }
            out.actors.extend(whose.actors);
            out.hedged |= quantified || most;
            return true;
        }
        // "In Moscow, the foreign ministry condemned"
        if seated && let Some(seat) = self.opening_capital(node) {
            out.actors.extend(seat);
            return true;
        }
        if title.is_some()
            && self.is_definite(node)
            && let Some(person) = self.only_officer(node, office.unwrap_or_default())
        {
            out.actors.push(person);
            return true;
        }
        // "a government spokesman", "an army spokeswoman"
        let spoken_for = |c: usize| {
            let lower = self.tree.words[c].lower.as_str();
            let ruler = self.gazetteer.has_role(lower, Role::Rulers) || self.gazetteer.has_role(lower, Role::Organ);
            self.tree.rel(c) == "compound" && self.mention_at(c).is_none() && (ruler || lower == "government")
        };
        if office == Some("spokesperson") && self.tree.children(node).iter().any(|&c| spoken_for(c)) {
            out.actors.extend(self.cast.home());
            return !out.actors.is_empty();
        }
        // "the army", "the authorities", "the prime minister": those of the country that the document is about.
        let article = self.is_definite(node) || rulers && self.has_article(node);
        // "the minister" alone may be anybody's.
        let alone = span.is_some_and(|span| span.len() == 1);
        let of_state = title.is_some_and(|t| match t.office.as_str() {
            "head_of_state" | "head_of_government" => true,
            office => office == "minister" && !alone,
        });
        if (governs || rulers || of_state) && article && self.is_plain(node) {
            out.actors.extend(self.cast.home());
            return !out.actors.is_empty();
        }
        false
    }

    /// The country whose capital opens the clause of the subject `node`: "In Moscow, the foreign ministry".
    fn opening_capital(&self, node: usize) -> Option<Vec<usize>> {
        let verb = self.tree.head(node).filter(|_| self.tree.rel(node) == "nsubj")?;
        let opens = |c: usize| self.tree.rel(c) == "obl" && self.tree.preposition(c) == Some("in") && c < node;
        let place = self.tree.children(verb).iter().copied().find(|&c| opens(c))?;
        let mention = self.mention_at(place).filter(|m| m.how == How::Capital && place < 3)?;
        let country = |a: &usize| self.cast.get(*a).is_some_and(|e| e.kind == Kind::Country);
        mention.actors.iter().all(country).then(|| mention.actors.clone())
    }

    /// The title of these tokens.
    fn title_at(&self, span: Range<usize>) -> Option<&Title> {
        self.gazetteer.title_at(self.tokens, span.start).map(|(_, title)| title)
    }

    /// The tokens of the title that ends, or begins, with word `node`.
    fn title_span(&self, node: usize) -> Option<Range<usize>> {
        let token = self.token_of[node];
        self.tokens.get(token)?;
        let long = |at: usize| self.gazetteer.title_at(self.tokens, at).map(|(length, _)| length);
        let ends = (1..=4).rev().filter(|&n| token + 1 >= n).find(|&n| long(token + 1 - n) == Some(n));
        // "attorneys general", "chief of staff" begin with their head.
        let of = |n: usize| n == 2 || self.tokens.get(token + 1).is_some_and(|t| t.lower == "of");
        ends.map(|n| token + 1 - n..token + 1).or_else(|| long(token).filter(|&n| of(n)).map(|n| token..token + n))
    }

    fn title_words(&self, node: usize) -> Vec<&str> {
        let span = self.title_span(node).and_then(|span| self.tokens.get(span));
        span.unwrap_or_default().iter().map(|t| t.lower.as_str()).collect()
    }

    /// "both countries", "the two officers": the two last spoken of together, or the two whom the text called so.
    fn two(&self, node: usize) -> Option<Vec<usize>> {
        let children = self.tree.children(node);
        let pair = children.iter().any(|&c| matches!(self.tree.words[c].lower.as_str(), "both" | "two"))
            || self.tree.words[node].lower == "pair" && self.is_definite(node);
        // "two French officers" are new ones.
        let new = children.iter().any(|&c| self.tree.words[c].lower == "two") && !self.has_article(node)
            || children.iter().any(|&c| matches!(self.tree.rel(c), "nmod" | "appos"));
        if !pair || new {
            return None;
        }
        let lemma = self.tree.words[node].lemma.as_str();
        let of = |kind: Kind| self.pair(node, &|a| self.cast.get(a).is_some_and(|e| e.kind == kind));
        if matches!(
            lemma,
            "country" | "nation" | "state" | "side" | "government" | "neighbour" | "neighbor" | "ally" | "party"
        ) {
            let any = of(Kind::Country).or_else(|| of(Kind::Institution));
            return Some(any.or_else(|| Some(self.before.group.clone()).filter(|g| g.len() == 2)).unwrap_or_default());
        }
        let mut called: Vec<usize> = self.before.called(lemma).collect();
        if called.len() == 2 {
            called.reverse();
            return Some(called);
        }
        let people = matches!(lemma, "man" | "woman" | "leader" | "politician" | "official" | "pair" | "president")
            || self.gazetteer.has_role(lemma, Role::Kind);
        people.then(|| of(Kind::Person)).flatten()
    }

    /// The country whose government a person leads; the actor itself where it is none.
    fn country_of_head(&self, actor: usize) -> usize {
        let country = || {
            let whom = self.cast.get(actor).filter(|e| e.kind == Kind::Person)?.speaks_for.as_deref()?;
            self.cast.find(whom).filter(|&c| self.cast.get(c).is_some_and(|e| e.kind == Kind::Country))
        };
        country().unwrap_or(actor)
    }

    /// The country that is a subject of the sentence.
    pub(super) fn subject_country(&self) -> Option<usize> {
        let is_country = |a: &usize| self.cast.get(*a).is_some_and(|e| e.kind == Kind::Country);
        let aside = |w: usize| self.tree.head(w).is_some_and(|v| self.tree.words[v].deprel == "acl:relcl");
        let subjects = (0..self.tree.words.len()).filter(|&w| self.tree.rel(w) == "nsubj" && !aside(w));
        let named = subjects.filter_map(|w| self.mention_at(w)).filter(|m| m.how == How::Name && m.actors.len() == 1);
        named.map(|m| m.actors[0]).find(is_country)
    }

    /// The institution that a person speaks for.
    fn party_of(&self, person: usize) -> Option<usize> {
        let party = self.cast.get(person)?.speaks_for.as_deref()?;
        self.cast.find(party).filter(|&p| self.cast.get(p).is_some_and(|e| e.kind == Kind::Institution))
    }

    /// "his deputy", "the mayor's deputy": the person whom the text called deputy or vice something.
    pub(super) fn deputy(&self, node: usize) -> Option<usize> {
        let whose = self.tree.children(node).iter().any(|&c| self.tree.words[c].deprel == "nmod:poss");
        if self.tree.words[node].lemma != "deputy" || !whose {
            return None;
        }
        let is_one = |a: &usize| {
            self.cast.get(*a).is_some_and(|e| {
                e.kind == Kind::Person && e.roles.iter().any(|r| r.starts_with("deputy") || r.starts_with("vice"))
            })
        };
        self.before.recent().iter().copied().find(is_one)
    }

    /// "the court", "the party", "the airline": whom the text called so, or the actor last named that has the word in
    /// its name.
    pub(super) fn described(&self, node: usize) -> Option<usize> {
        let word = &self.tree.words[node];
        let noun = word.upos == Upos::Noun || word.upos == Upos::Propn && !self.is_capitalized(node);
        if !noun || !self.is_definite(node) || !word.lower.chars().all(char::is_alphabetic) {
            return None;
        }
        if let Some(meant) = self.realm(node).or_else(|| self.lawmakers(node)) {
            return Some(meant);
        }
        if !self.is_plain(node) || self.is_introduced(node) {
            return None;
        }
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
        let mut here = self.mentions.iter().rev().filter(|m| m.tokens.end <= node).flat_map(|m| m.actors.clone());
        // "the country": what the sentence before is about, or the document, goes before one that was only named.
        let country = matches!(word.lower.as_str(), "country" | "nation");
        let meant = self.before.country.or_else(|| self.cast.home()).filter(|_| country);
        let named = here.find(fits).or(meant.filter(fits));
        let named = named.or_else(|| self.before.recent().iter().copied().find(fits));
        let kind = Some(&word.lower).filter(|lower| self.gazetteer.has_role(lower, Role::Kind));
        let told = named.or_else(|| self.before.called(kind?).next()).or_else(|| self.bearer(&word.lower, false));
        told.or_else(|| self.last_body(node)).or_else(|| self.body_above(node))
    }

    /// "The agency", with which a sentence goes on about the body that the one before was about.
    fn last_body(&self, node: usize) -> Option<usize> {
        let lower = self.tree.words[node].lower.as_str();
        let goes_on = self.tree.rel(node) == "nsubj" && self.mentions.iter().all(|m| m.tokens.start >= node);
        if !goes_on || !self.gazetteer.has_role(lower, Role::Organisation) || matches!(lower, "party" | "movement") {
            return None;
        }
        // A court is no company.
        let of_state =
            ["Court", "Senate", "House", "Parliament", "Congress", "Council", "Ministry", "Department", "Party"];
        let fits = |actor: &usize| {
            let entity = self.cast.get(*actor).filter(|e| e.kind == Kind::Institution && !e.outlet);
            entity.is_some_and(|e| !e.name.split(' ').any(|part| of_state.contains(&part)))
        };
        // "Norway fined Google. The company appealed": a country is none.
        let company = matches!(lower, "company" | "firm" | "corporation");
        let country = self.before.body.is_some_and(|b| self.cast.get(b).is_some_and(|e| e.kind == Kind::Country));
        // A town or a region is none either: it speaks for nobody.
        let sited = |a: &usize| {
            let known = self.cast.get(*a).and_then(|e| self.gazetteer.known(&e.name));
            known.is_none_or(|k| k.speaks_for_on(None).is_some())
        };
        let other = || {
            let near = self.before.recent().iter().take(NEAR).copied();
            near.filter(sited).find(fits).filter(|_| company && country)
        };
        self.before.body.filter(fits).or_else(other)
    }

    /// Nothing tells the noun from others of its kind: "the court", not "the supreme court of that town".
    fn is_plain(&self, node: usize) -> bool {
        // "the prime minister" is as plain as "the president".
        let titled = |c: usize| self.title_span(node).is_some_and(|span| span.contains(&self.token_of[c]));
        let aside = |c: usize| {
            matches!(
                self.tree.words[c].rel(),
                "det" | "case" | "punct" | "acl" | "appos" | "conj" | "cc" | "advmod" | "nsubj" | "cop" | "parataxis"
            )
        };
        self.tree.children(node).iter().all(|&c| aside(c) || titled(c))
    }

    /// "the party he joined in May": a clause right behind, with a subject of its own, says which; it is no known one.
    fn is_introduced(&self, node: usize) -> bool {
        self.tree.children(node).iter().any(|&c| {
            let subject = self.tree.child(c, &["nsubj"]);
            self.tree.words[c].deprel == "acl:relcl"
                && subject == Some(node + 1)
                && subject.is_some_and(|s| {
                    matches!(self.tree.words[s].lower.as_str(), "he" | "she" | "they" | "it" | "we" | "i")
                })
        })
    }

    fn has_article(&self, node: usize) -> bool {
        self.tree.children(node).iter().any(|&c| matches!(self.tree.words[c].lower.as_str(), "the" | "these" | "those"))
    }

    /// "the" or "this" stands before the noun, and it is no plural.
    pub fn is_definite(&self, node: usize) -> bool {
        self.tree.children(node).iter().any(|&c| matches!(self.tree.words[c].lower.as_str(), "the" | "this" | "that"))
            && self.tree.words[node].xpos != "NNS"
    }

    /// The person whom the document gave that office of one of `whose`.
    fn officer(&self, whose: &[usize], office: &str) -> Option<usize> {
        let names: Vec<&String> = whose.iter().filter_map(|&a| self.cast.get(a)).map(|e| &e.name).collect();
        // "the Catalan leader" is the president too.
        let same =
            |held: &str| held == office || office == "party" && matches!(held, "head_of_state" | "head_of_government");
        let mut fitting = self.cast.entities().iter().enumerate().filter(|(_, e)| {
            e.kind == Kind::Person
                && e.office.as_deref().is_some_and(same)
                && e.speaks_for.as_ref().is_some_and(|w| names.contains(&w))
        });
        let (at, _) = fitting.next()?;
        fitting.next().is_none().then_some(at)
    }

    /// "the president": the bearer of the title last spoken of, or else the only one; of a head of state or government,
    /// also by another title.
    fn only_officer(&self, node: usize, office: &str) -> Option<usize> {
        let title: Vec<&str> = self.title_words(node);
        let head = matches!(office, "head_of_state" | "head_of_government" | "spokesperson");
        let holds = |a: &usize| {
            self.cast.get(*a).is_some_and(|e| e.kind == Kind::Person && e.office.as_deref() == Some(office))
        };
        let other = || self.before.recent().iter().copied().find(holds).filter(|_| head);
        let full = title.join(" ");
        let part = || (title.len() == 1).then(|| self.bearer(&full, false)).flatten();
        self.bearer(&full, true).or_else(part).or_else(other)
    }

    /// The person last spoken of whose title is `word`, or `whole` or not ends with it; the only one of the document
    /// where none was yet.
    fn bearer(&self, word: &str, whole: bool) -> Option<usize> {
        let bears = |a: &usize| {
            let entity = self.cast.get(*a).filter(|e| e.kind == Kind::Person);
            entity.is_some_and(|e| e.roles.iter().any(|role| role == word || !whole && head_of_title(role) == word))
        };
        let recent = self.before.recent().iter().copied().find(bears);
        recent.or_else(|| self.cast.only_bearer(word).filter(bears))
    }

    /// Remembers what the sentence calls its actors: "the airline Mahan Air", "Jane Doe, a lawyer", "X is a company".
    pub(super) fn tell_kinds(&self, thread: &mut Thread) {
        let kind = |at: usize| {
            let word = &self.tree.words[at];
            (word.upos == Upos::Noun
                && self.mention_at(at).is_none()
                && self.gazetteer.has_role(&word.lemma, Role::Kind))
            .then_some(word)
        };
        for mention in self.mentions.iter().filter(|m| m.how == How::Name) {
            let head = self.head_of(mention);
            let before = mention.tokens.start.checked_sub(1).and_then(kind);
            let plural = before.is_some_and(|w| w.xpos == "NNS");
            let behind = self.tree.children(head).iter().copied().filter(|&c| self.tree.rel(c) == "appos");
            // "Jane Doe is a lawyer", "the Widget movement"
            let above = self.tree.head(head).filter(|&above| match self.tree.rel(head) {
                "nsubj" => self.tree.child(above, &["cop"]).is_some() && !self.tree.is_negated(above),
                "compound" | "appos" | "flat" => true,
                _ => false,
            });
            let told = behind.chain(above).filter_map(kind);
            for word in before.into_iter().chain(told) {
                let who = if plural { self.members(head) } else { vec![head] };
                for actor in who.into_iter().flat_map(|n| self.who_of_name(n)) {
                    thread.call(&word.lemma, actor);
                }
            }
        }
    }

    pub(super) fn who_of_name(&self, node: usize) -> Vec<usize> {
        self.mention_at(node).map(|m: &Mention| m.actors.clone()).unwrap_or_default()
    }
}
