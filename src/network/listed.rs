//! A network from an edge list.
//!
//! In: an [`EdgeList`] read with directions, and what is known of its nodes. Out: a [`Network`] without statements,
//! whose ties carry the weights they came with. Never here: reading files.

use super::{Actor, EdgeList, Imported, Network, NodeTable, Tie};
use crate::statement::Kind;
use petgraph::graph::NodeIndex;

/// A tie counts for at most so many statements where weights are no counts.
const MOST: f64 = 9.0;

/// Makes the network. An actor's kind is what the table says, else what `kind` does, else an institution.
pub fn listed(list: &EdgeList, nodes: &NodeTable, kind: &dyn Fn(&str) -> Option<Kind>) -> Network {
    let unit = unit(list);
    let mut network = Network::default();
    for name in &list.graph.names {
        let row = nodes.get(name);
        let told = row.and_then(|r| r.kind).or_else(|| kind(row.and_then(|r| r.label.as_deref()).unwrap_or(name)));
        network.graph.add_node(Actor {
            name: name.clone(),
            kind: told.filter(|k| *k != Kind::Matter).unwrap_or(Kind::Institution),
            code: None,
            affiliation: None,
            statements: 0,
        });
    }
    let mut weights = Vec::with_capacity(list.ties.len());
    for tie in &list.ties {
        let statements = (tie.weight / unit).round().clamp(1.0, f64::from(u32::MAX)) as u32;
        let (from, to) = (NodeIndex::new(tie.source as usize), NodeIndex::new(tie.target as usize));
        for end in [from, to] {
            let actor = &mut network.graph[end];
            actor.statements = actor.statements.saturating_add(statements);
        }
        let tie_of = Tie {
            relation: tie.relation,
            statements,
            documents: 0,
            hedged: 0,
            withheld: 0,
            matters: Vec::new(),
            first: None,
            last: None,
            evidence: Vec::new(),
        };
        network.graph.add_edge(from, to, tie_of);
        weights.push(tie.weight);
    }
    network.self_ties = list.self_ties;
    network.imported = Some(Imported { weights, unit });
    network
}

/// The weight that counts as one statement: 1 where weights are small whole numbers, else a ninth of the largest.
fn unit(list: &EdgeList) -> f64 {
    let most = list.ties.iter().map(|t| t.weight).fold(0.0, f64::max);
    let counts = most <= MOST && list.ties.iter().all(|t| t.weight.fract() == 0.0);
    if counts || most <= 0.0 { 1.0 } else { most / MOST }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::Relation;

    fn network(text: &str, nodes: &str) -> Network {
        let list = EdgeList::read_directed("t.csv", text.as_bytes(), b',').unwrap();
        listed(&list, &NodeTable::read("n.csv", nodes.as_bytes()).unwrap(), &|_| None)
    }

    #[test]
    fn ties_keep_direction_sign_and_weight() {
        let made = network("source,target,weight\nb,a,0.9\na,b,-0.1\n", "id,label,kind\na,Anna,person\n");
        let names: Vec<(&str, Kind)> = made.graph.node_weights().map(|a| (a.name.as_str(), a.kind)).collect();
        assert_eq!(names, [("a", Kind::Person), ("b", Kind::Institution)]);
        let ties: Vec<(Relation, u32)> = made.graph.edge_weights().map(|t| (t.relation, t.statements)).collect();
        assert_eq!(ties, [(Relation::Oppose, 1), (Relation::Support, 9)]);
        assert_eq!(made.imported.unwrap().weights, [0.1, 0.9]);
    }

    #[test]
    fn small_whole_weights_are_counts() {
        let made = network("source,target,weight\nb,a,3\na,c,-1\n", "id\n");
        assert_eq!(made.graph.edge_weights().map(|t| t.statements).collect::<Vec<_>>(), [1, 3]);
    }
}
