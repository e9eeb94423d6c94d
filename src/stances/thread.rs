//! What earlier sentences leave for the next: whom its pronouns and "the court" mean, and who is speaking.

use crate::statement::Kind;

/// So many actors are remembered.
const MEMORY: usize = 40;

/// So many lists of names are remembered.
const LISTS: usize = 6;

/// The state that goes from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct Thread {
    /// The person last spoken of.
    pub person: Option<usize>,
    /// The country or institution last spoken of.
    pub body: Option<usize>,
    /// The country that is a subject of the sentence before: "the country".
    pub country: Option<usize>,
    /// The subjects of the last sentence that had several, or a body.
    pub group: Vec<usize>,
    /// The text spoke of them as several: "Norwegian soldiers".
    pub many: bool,
    /// The last two that were a subject together: "both", "the two officers".
    pub pair: Vec<usize>,
    /// The last lists of names: "the three".
    pub lists: Vec<Vec<usize>>,
    /// What kind of person or body the text called whom, the latest last: "the airline", "the officers".
    pub kinds: Vec<(String, usize)>,
    /// Who speaks in the quotations of the sentence at hand.
    pub speaker: Option<usize>,
    /// A quotation is open.
    pub open_quote: bool,
    recent: Vec<usize>,
}

impl Thread {
    /// The actors last named, the latest first.
    pub fn recent(&self) -> &[usize] {
        &self.recent
    }

    /// Remembers a list of names.
    pub fn list(&mut self, names: Vec<usize>) {
        self.lists.push(names);
        if self.lists.len() > LISTS {
            self.lists.remove(0);
        }
    }

    /// Remembers that the text called `actor` a `kind`.
    pub fn call(&mut self, kind: &str, actor: usize) {
        self.kinds.retain(|(k, a)| *a != actor || k != kind);
        self.kinds.push((kind.to_owned(), actor));
        if self.kinds.len() > MEMORY {
            self.kinds.remove(0);
        }
    }

    /// Those whom the text called a `kind`, the latest first.
    pub fn called(&self, kind: &str) -> impl Iterator<Item = usize> {
        self.kinds.iter().rev().filter(move |(k, _)| k == kind).map(|(_, actor)| *actor)
    }

    /// Takes in a sentence: its `subjects`, the actors `named` in it, and `all` actors meant, in order. `of` tells an
    /// actor's kind and whether it is a news organization.
    pub fn tell(
        &mut self,
        subjects: Vec<usize>,
        named: impl Iterator<Item = usize>,
        all: impl Iterator<Item = usize>,
        of: &dyn Fn(usize) -> Option<(Kind, bool)>,
    ) {
        let counts = |actor: &usize| of(*actor).is_some_and(|(_, outlet)| !outlet);
        let (mut person, mut body) = (None, None);
        for actor in subjects.iter().copied().chain(named).filter(counts) {
            let slot = if of(actor).is_some_and(|(kind, _)| kind == Kind::Person) { &mut person } else { &mut body };
            slot.get_or_insert(actor);
        }
        self.person = person.or(self.person);
        self.body = body.or(self.body);
        let group: Vec<usize> = subjects.into_iter().filter(counts).collect();
        if !group.is_empty() {
            self.group = group;
        }
        for actor in all.filter(counts) {
            self.recent.retain(|&a| a != actor);
            self.recent.insert(0, actor);
        }
        self.recent.truncate(MEMORY);
    }
}
