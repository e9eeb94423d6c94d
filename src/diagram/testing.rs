//! Networks made in code, for tests.

use crate::clusters::Blocs;
use crate::layout::dice::Dice;
use crate::network::{Actor, Matter, Network, Stand, Tie};
use crate::statement::{Kind, Relation, Statement};
use jiff::civil::{Date, date};
use petgraph::graph::NodeIndex;
use std::collections::BTreeMap;

/// Builds a network from statements in a few words each.
#[derive(Default)]
pub struct Maker {
    kinds: BTreeMap<String, (Kind, Option<String>)>,
    statements: Vec<Statement>,
}

impl Maker {
    /// Actors of one kind; further actors are countries.
    pub fn actors(mut self, kind: Kind, names: &[&str]) -> Self {
        for name in names {
            self.kinds.insert((*name).to_owned(), (kind, None));
        }
        self
    }

    /// For whom a person or an institution speaks.
    pub fn speaks_for(mut self, name: &str, affiliation: &str) -> Self {
        if let Some(entry) = self.kinds.get_mut(name) {
            entry.1 = Some(affiliation.to_owned());
        }
        self
    }

    /// A stance toward actors.
    pub fn tie(self, holder: &str, relation: Relation, targets: &[&str]) -> Self {
        targets.iter().fold(self, |maker, target| maker.add(holder, relation, target, None, ""))
    }

    /// A stance on a matter of an actor's.
    pub fn on(self, holder: &str, relation: Relation, matter: &str, toward: &str) -> Self {
        self.add(holder, relation, toward, Some(matter), "")
    }

    /// Like [`Maker::tie`], with marks: `h` hedged, `w` withheld.
    pub fn add(mut self, holder: &str, relation: Relation, target: &str, matter: Option<&str>, marks: &str) -> Self {
        let day: Date = date(2024, 2, 26).checked_add(jiff::Span::new().days(self.statements.len() as i64)).unwrap();
        let mut statement = Statement {
            id: String::new(),
            document: format!("report-{}", self.statements.len() % 3 + 1),
            date: Some(day),
            sentence: Some(self.statements.len() as u32),
            holder: holder.to_owned(),
            holder_kind: None,
            holder_for: None,
            relation,
            target: matter.unwrap_or(target).to_owned(),
            target_kind: Some(matter.map_or(Kind::Country, |_| Kind::Matter)),
            toward: matter.map(|_| target.to_owned()).into_iter().filter(|t| !t.is_empty()).collect(),
            matter: matter.map(str::to_owned),
            withheld: marks.contains('w'),
            hedged: marks.contains('h'),
            source: None,
            quote: format!("{holder} said to {relation} {target}"),
            span: None,
            coder: "human".to_owned(),
            confidence: None,
            extra: BTreeMap::new(),
        };
        statement.id = statement.hash();
        self.statements.push(statement);
        self
    }

    /// The network, as the network module makes it.
    pub fn network(self) -> Network {
        let mut names: Vec<String> = self.kinds.keys().cloned().collect();
        for s in &self.statements {
            names.push(s.holder.clone());
            names.extend(s.toward.iter().cloned());
            if s.matter.is_none() {
                names.push(s.target.clone());
            }
        }
        names.sort();
        names.dedup();
        let mut network = Network::default();
        for name in &names {
            let (kind, affiliation) = self.kinds.get(name).cloned().unwrap_or((Kind::Country, None));
            let actor = Actor { name: name.clone(), kind, code: None, affiliation, statements: 0 };
            network.graph.add_node(actor);
        }
        let index = |name: &str| NodeIndex::new(names.binary_search_by(|n| n.as_str().cmp(name)).unwrap());
        let mut ties: BTreeMap<(NodeIndex, Relation, NodeIndex), Vec<usize>> = BTreeMap::new();
        let mut matters: BTreeMap<String, BTreeMap<(NodeIndex, Relation), Vec<usize>>> = BTreeMap::new();
        for (i, s) in self.statements.iter().enumerate() {
            let holder = index(&s.holder);
            let targets: Vec<&str> = match s.matter {
                Some(_) => s.toward.iter().map(String::as_str).collect(),
                None => vec![s.target.as_str()],
            };
            for target in targets {
                let target = index(target);
                if target != holder {
                    ties.entry((holder, s.relation, target)).or_default().push(i);
                    network.graph[target].statements += 1;
                }
            }
            if let Some(matter) = &s.matter {
                matters.entry(matter.clone()).or_default().entry((holder, s.relation)).or_default().push(i);
            }
            network.graph[holder].statements += 1;
        }
        let hedged = |of: &[usize]| of.iter().filter(|&&i| self.statements[i].hedged).count() as u32;
        for ((from, relation, to), evidence) in ties {
            let of = || evidence.iter().map(|&i| &self.statements[i]);
            let mut documents: Vec<&str> = of().map(|s| s.document.as_str()).collect();
            documents.sort_unstable();
            documents.dedup();
            let mut via: Vec<String> = of().filter_map(|s| s.matter.clone()).collect();
            via.sort();
            via.dedup();
            let tie = Tie {
                relation,
                statements: evidence.len() as u32,
                documents: documents.len() as u32,
                hedged: hedged(&evidence),
                withheld: of().filter(|s| s.withheld).count() as u32,
                matters: via,
                first: of().filter_map(|s| s.date).min(),
                last: of().filter_map(|s| s.date).max(),
                evidence: evidence.clone(),
            };
            network.graph.add_edge(from, to, tie);
        }
        for (name, stands) in matters {
            let stand = |((actor, relation), evidence): ((NodeIndex, Relation), Vec<usize>)| Stand {
                actor,
                relation,
                statements: evidence.len() as u32,
                hedged: hedged(&evidence),
                evidence,
            };
            network.matters.push(Matter { name, stands: stands.into_iter().map(stand).collect() });
        }
        network.statements = self.statements;
        network
    }
}

/// A network like that of the founding case, and its blocs.
pub fn founding() -> (Network, Blocs) {
    use Relation::{Invite, Oppose, Support};
    const MISSION: &str = "training mission in Ukraine";
    let invited = [
        "United States",
        "United Kingdom",
        "Poland",
        "Netherlands",
        "Estonia",
        "Latvia",
        "Lithuania",
        "Denmark",
        "Sweden",
    ];
    let network = Maker::default()
        .actors(Kind::Person, &["Emmanuel Macron", "Thierry Burkhard"])
        .actors(Kind::Institution, &["European Union"])
        .speaks_for("Emmanuel Macron", "France")
        .speaks_for("Thierry Burkhard", "France")
        .tie("Thierry Burkhard", Invite, &invited)
        .tie("Thierry Burkhard", Support, &["France"])
        .add("France", Invite, "Germany", None, "w")
        .on("Germany", Oppose, MISSION, "France")
        .on("Germany", Oppose, MISSION, "France")
        .on("Italy", Oppose, MISSION, "France")
        .on("Spain", Oppose, MISSION, "France")
        .on("France", Support, MISSION, "Ukraine")
        .on("Emmanuel Macron", Support, MISSION, "Ukraine")
        .add("United States", Oppose, "France", None, "h")
        .add("European Union", Oppose, "France", None, "h")
        .tie("Hungary", Oppose, &["Ukraine", "European Union"])
        .tie("Emmanuel Macron", Support, &["Ukraine", "Ukraine", "France"])
        .tie("Russia", Oppose, &["Ukraine", "Ukraine", "Ukraine"])
        .tie("Ukraine", Oppose, &["Russia", "Russia"])
        .network();
    let bloc = |name: &str| match name {
        "Germany" | "Italy" | "Spain" => 1,
        "Hungary" => 3,
        "Russia" => 2,
        "European Union" => 4,
        _ => 0,
    };
    let blocs = blocs_by(&network, bloc);
    (network, blocs)
}

/// Blocs by name.
pub fn blocs_by(network: &Network, bloc: impl Fn(&str) -> usize) -> Blocs {
    let of: Vec<usize> = network.graph.node_weights().map(|a| bloc(&a.name)).collect();
    Blocs { stability: vec![1.0; of.len()], of, cost: 0.0 }
}

/// Actors in planted blocs: support mostly inside, opposition mostly between.
pub fn planted(actors: usize, blocs: usize, ties: usize, seed: u64) -> (Network, Blocs) {
    let mut dice = Dice::new(seed, 99);
    let name = |i: usize| format!("Actor {i:04}");
    let kinds = [Kind::Country, Kind::Institution, Kind::Person];
    let mut maker = Maker::default();
    for i in 0..actors {
        maker = maker.actors(kinds[i % 3], &[&name(i)]);
    }
    for _ in 0..ties {
        let a = dice.below(actors);
        let friend = dice.unit() < 0.65;
        let b = if friend { (a % blocs + blocs * dice.below(actors / blocs)) % actors } else { dice.below(actors) };
        if a != b {
            let relation = match a % blocs == b % blocs {
                true if dice.unit() < 0.1 => Relation::Invite,
                true => Relation::Support,
                false => Relation::Oppose,
            };
            maker = maker.tie(&name(a), relation, &[&name(b)]);
        }
    }
    let network = maker.network();
    let found = blocs_by(&network, |n| n[6..].parse::<usize>().unwrap() % blocs);
    (network, found)
}
