//! What the object of a verb, and what stands beside it, adds to the stance: nouns that have a stance of their own, deeds that
//! others share, whom help is meant against.

use crate::language::engine::Upos;
use crate::stances::frames::{Asked, Frame, Inner, Part};
use crate::stances::reader::{Reader, Stance, Toward};
use crate::statement::{Kind, Relation};

impl Reader<'_, '_> {
    /// "critics", "a governor", "those behind the attack": people without a name are no matter, and no actor either.
    pub fn is_nobody(&self, node: usize) -> bool {
        let word = &self.tree.words[node];
        let told = |c: &usize| {
            self.tree.words[*c].deprel == "acl:relcl"
                || self.tree.rel(*c) == "nmod" && self.tree.preposition(*c) != Some("of")
                || matches!(self.tree.rel(*c), "acl" | "amod")
        };
        let those = word.lower == "those" && self.tree.children(node).iter().any(told);
        // "praised the three"
        let number = word.upos == Upos::Num && self.tree.child(node, &["nmod", "dep"]).is_none();
        those || number || self.is_any_head(node) || word.upos == Upos::Noun && self.frames.is_person(&word.lemma)
    }

    /// "a head of state", "both sides": offices and parties without a name.
    fn is_any_head(&self, node: usize) -> bool {
        let word = &self.tree.words[node];
        let before =
            |lower: &str| self.tree.children(node).iter().any(|&c| c < node && self.tree.words[c].lower == lower);
        let behind = |at: usize| self.tree.words.get(at).map_or("", |w| w.lower.as_str());
        match word.lemma.as_str() {
            "head" => behind(node + 1) == "of" && matches!(behind(node + 2), "state" | "government"),
            "side" | "party" | "camp" => before("both") || before("all"),
            _ => false,
        }
    }

    /// "demanded Jane Doe's resignation", "called for his removal": against whoever shall go.
    pub fn shall_go(&self, node: usize, frame: &Frame) -> Option<(Vec<usize>, std::ops::Range<usize>)> {
        let leaving = self.frames.request(&self.tree.words[node].lemma) == Some(Asked::Change);
        if !leaving || !matches!(frame.name.as_str(), "propose" | "vote-for" | "seek") {
            return None;
        }
        let whose = self.tree.children(node).iter().copied().filter(|&c| self.tree.words[c].deprel == "nmod:poss");
        let who: Vec<usize> = whose
            .flat_map(|c| match self.tree.words[c].xpos {
                "PRP$" => self.scene.possessor(c),
                _ => self.scene.who(c).actors,
            })
            .filter(|&a| self.scene.cast.get(a).is_some_and(|e| e.kind == Kind::Person))
            .collect();
        (!who.is_empty()).then(|| (who, self.phrase(node)))
    }

    /// A text, or an order.
    fn is_order(&self, node: usize) -> bool {
        let lemma = &self.tree.words[node].lemma;
        self.texts.is_one(lemma) || self.bidding.is_asking(lemma)
    }

    /// "one of the motions", "part of the plan": what it is a part of.
    pub fn whole(&self, node: usize) -> usize {
        let word = &self.tree.words[node];
        if word.upos != Upos::Num && !self.frames.is_part(&word.lemma) {
            return node;
        }
        let of = self
            .tree
            .children(node)
            .iter()
            .copied()
            .find(|&c| c > node && self.tree.rel(c) == "nmod" && self.tree.preposition(c) == Some("of"));
        of.unwrap_or(node)
    }

    /// Who helps an actor "against Y" is against Y.
    pub fn helped_against(
        &self,
        verb: usize,
        frame: &Frame,
        relation: Relation,
        found: &[(Toward, std::ops::Range<usize>)],
    ) -> Option<(Relation, Toward, std::ops::Range<usize>)> {
        let actors = matches!(found.first(), Some((Toward::Actors(_), _)));
        if relation != Relation::Support || frame.relation != relation || !actors {
            return None;
        }
        let against =
            self.tree.children(verb).iter().copied().find(|&c| self.tree.preposition(c) == Some("against"))?;
        let mut who = self.scene.who(against).actors;
        if who.is_empty() {
            who = self.owners_of_thing(against);
        }
        (!who.is_empty()).then(|| (Relation::Oppose, Toward::Actors(who), self.phrase(against)))
    }

    /// "in suing Y", "in this action" behind "joined X".
    pub fn together(&self, verb: usize) -> Option<usize> {
        self.object(verb)?;
        let below = self.tree.children(verb).iter().copied();
        let mut below = below.filter(|&c| matches!(self.tree.rel(c), "obl" | "advcl"));
        below.find(|&c| self.tree.preposition(c) == Some("in") && self.scene.mention_at(c).is_none())
    }

    /// Who joins in "this lawsuit", "the criticism" is against what that is against.
    pub fn shared_deed(&self, verb: usize, noun: usize, frame: &Frame, hedged: bool) -> Vec<Stance> {
        let Some(own) = self.noun_frame(noun) else { return Vec::new() };
        let words = verb.min(noun)..self.phrase(noun).end.max(verb + 1);
        // The words of the matter are empty: it is what was spoken of.
        let stance = Stance {
            relation: own.relation,
            toward: Toward::Matter(verb..verb),
            occasion: None,
            withheld: false,
            hedged,
            words,
            frame: frame.name.clone(),
            part: Part::Verb,
        };
        vec![stance]
    }

    /// "launched an attack", "withdrew its support": the noun's own frame tells what that means.
    pub fn is_for_noun(&self, verb: usize, noun: usize, frame: &Frame) -> bool {
        let lemma = &self.tree.words[verb].lemma;
        // "tabled a motion of no confidence in X" is against X, and so is "filed a motion against X".
        if frame.name == "propose" && self.frames.is_light(lemma) && self.is_hostile(verb, noun) {
            return true;
        }
        let Some(own) = self.noun_frame(noun).filter(|own| own.holder.iter().any(|slot| slot != "asker")) else {
            return false;
        };
        (frame.needs_matter && own.relation == Relation::Oppose || self.frames.takes_away(lemma))
            && self.is_carried(verb, noun, own)
    }

    /// "demanded the removal of X", "called for his release": the noun tells what is wanted of whom.
    pub fn is_demanded(&self, verb: usize, noun: usize) -> bool {
        self.asks_for(noun) == Some(verb)
            && self
                .noun_frames(noun)
                .iter()
                .any(|own| own.holder.iter().any(|slot| slot == "asker") && self.is_carried(verb, noun, own))
    }

    /// The verb that asks for what the noun means: "demanded his removal", "pushed for his removal".
    pub fn asks_for(&self, noun: usize) -> Option<usize> {
        let verb = self.tree.head(noun).filter(|&v| self.tree.words[v].upos == Upos::Verb)?;
        let lemma = &self.tree.words[verb].lemma;
        let asks = match (self.tree.rel(noun), self.tree.preposition(noun)) {
            ("obj", _) => self.frames.demands(lemma),
            ("obl", Some(prep)) => self.frames.demands(&format!("{lemma} {prep}")),
            _ => false,
        };
        (asks && !self.tree.is_negated(verb)).then_some(verb)
    }

    /// The noun, or the one that it holds, is against somebody whom the sentence names.
    fn is_hostile(&self, verb: usize, noun: usize) -> bool {
        let held = self.tree.children(noun).iter().copied().filter(|&c| {
            self.tree.preposition(c) == Some("of") && self.frames.is_container(&self.tree.words[noun].lemma)
        });
        std::iter::once(noun).chain(held).any(|n| {
            self.noun_frame(n).is_some_and(|own| {
                let against = own.relation == Relation::Oppose || self.tree.is_negated(n);
                against && self.is_carried(verb, n, own)
            })
        })
    }

    /// "rule out sanctions against Y": a phrase behind the object is taken for part of the matter, wherever it hangs.
    pub fn take_in_phrases(&self, verb: usize, found: &mut [(Toward, std::ops::Range<usize>)]) {
        let Some((Toward::Matter(matter), words)) = found.last_mut() else { return };
        if matter.clone().all(|w| !matches!(self.tree.words[w].upos, Upos::Noun | Upos::Propn | Upos::Verb)) {
            return;
        }
        for &c in self.tree.children(verb).iter().filter(|&&c| self.tree.rel(c) == "obl") {
            let Some(case) = self.tree.child(c, &["case"]).filter(|&case| case == matter.end) else { continue };
            let of_matter = matches!(
                self.tree.words[case].lower.as_str(),
                "against" | "on" | "to" | "for" | "of" | "with" | "from" | "over" | "between" | "toward" | "towards"
            );
            if !of_matter || self.tree.words[c].deprel == "obl:agent" {
                return;
            }
            matter.end = self.phrase(c).end;
            words.end = words.end.max(matter.end);
        }
    }

    /// "found the evidence wanting", "put the plan on ice": what the idiom says of the target is none of its name.
    pub fn leave_predicate(&self, node: usize, found: &mut [(Toward, std::ops::Range<usize>)]) {
        let end = self.gap_at.get();
        for (toward, _) in found {
            if let Toward::Matter(range) = toward
                && end > node
                && range.contains(&end)
            {
                range.end = end;
            }
        }
    }

    /// "voted for a resolution in support of X", "signed a letter of protest against X": a stance on X.
    fn resolved(&self, node: usize, at: usize, frame: &Frame) -> Option<Vec<Stance>> {
        let text = self.frames.is_container(&self.tree.words[node].lemma);
        let inner =
            self.tree.children(node).iter().copied().filter(|&c| {
                text && self.tree.rel(c) == "nmod" && matches!(self.tree.preposition(c), Some("in" | "of"))
            });
        inner.filter_map(|c| Some((c, self.noun_frame(c)?))).find_map(|(c, own)| {
            let targets = self.noun_targets(c, own, None, &[]);
            let actors = targets.into_iter().filter(|f| matches!(f.toward, Toward::Actors(_)));
            let found: Vec<Stance> = actors
                .map(|f| Stance {
                    relation: own.relation,
                    toward: f.toward,
                    occasion: None,
                    withheld: false,
                    hedged: false,
                    words: at.min(f.words.start)..f.words.end.max(c + 1),
                    frame: frame.name.clone(),
                    part: Part::Verb,
                })
                .collect();
            (!found.is_empty()).then_some(found)
        })
    }

    /// "signed a decree banning X", "proposed a bill to fund Y": what the bill does, its maker does.
    pub fn enacted(&self, node: usize, frame: &Frame, relation: Relation, at: usize) -> Option<Vec<Stance>> {
        if frame.inner != Inner::Same || relation != Relation::Support {
            return None;
        }
        let of_noun = self.tree.children(node).iter().copied().find(|&c| {
            let relative = || self.tree.child(c, &["nsubj"]).filter(|_| self.tree.words[c].deprel == "acl:relcl");
            // A law is a matter of its own; an order is what it orders.
            let order = self.is_order(node);
            let bans = order && relative().is_some_and(|s| matches!(self.tree.words[s].xpos, "WDT"));
            let does = self.tree.words[c].xpos == "VBG" || self.tree.is_infinitive(c) || bans;
            // "a step he has been demanding"
            self.tree.rel(c) == "acl" && does && c != at && !self.tree.is_passive(c)
        });
        let behind = self
            .tree
            .children(at)
            .iter()
            .copied()
            .find(|&c| self.tree.rel(c) == "advcl" && self.tree.words[c].xpos == "VBG" && c == node + 1);
        let Some(clause) = of_noun.or(behind) else { return self.resolved(node, at, frame) };
        let mut taken = vec![false; self.tree.words.len()];
        let found = self.verbs_of(clause).into_iter().flat_map(|verb| self.stances(verb, &mut taken, 1));
        let found: Vec<Stance> = found
            .map(|s| Stance {
                words: at.min(s.words.start)..s.words.end,
                frame: frame.name.clone(),
                part: Part::Verb,
                ..s
            })
            .collect();
        (!found.is_empty()).then_some(found)
    }
}
