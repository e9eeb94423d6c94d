//! The network as two CSV files, nodes and edges, that Gephi, Cytoscape, networkx and igraph read as they are.
//!
//! In: a [`Network`], and its [`Blocs`] where there are any. Out: bytes of UTF-8, RFC 4180 with `\n` as the line end,
//! nodes sorted by name, edges by source, relation and target. Never here: the statements, which have a table of their
//! own with all that is verbatim.
//!
//! What the readers ask for:
//! - Gephi takes a backslash for an escape, drops edges of weight 0, and tells a column's type from its first rows. So a
//!   backslash is written as U+2216 `∖`, a weight is at least 0.5, the sign has a column of its own, and columns that may
//!   hold a fraction always have a decimal point.
//! - A cell never has a line break: white space of any kind is written as one space.
//! - Ties of different relations between the same two actors are rows of their own, told apart by `Relation`.

use crate::clusters::Blocs;
use crate::network::{Actor, Network, Tie};
use crate::statement::Relation;
use crate::{Error, Result};
use petgraph::Direction;
use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::visit::EdgeRef;
use std::borrow::Borrow;

const NODES: [&str; 14] = [
    "Id",
    "Label",
    "Kind",
    "Code",
    "Affiliation",
    "Cluster",
    "ClusterStability",
    "Statements",
    "SupportIn",
    "SupportOut",
    "OpposeIn",
    "OpposeOut",
    "InviteIn",
    "InviteOut",
];

const EDGES: [&str; 14] = [
    "Source",
    "Target",
    "Type",
    "Relation",
    "Sign",
    "Weight",
    "Statements",
    "Documents",
    "Hedged",
    "Withheld",
    "Matter",
    "FirstDate",
    "LastDate",
    "Quote",
];

/// The column that tells windows apart.
pub(super) const WINDOW: &str = "Window";

/// The nodes: one row an actor. `Cluster` counts from 1 and is empty without blocs, as is `ClusterStability` where it
/// was not measured. `SupportIn` and so on are sums of statements over the ties; an invitation that was not made counts
/// for neither `InviteIn` nor `InviteOut` (the edges' `Withheld` has it).
///
/// # Errors
/// Blocs that are not of this network.
pub fn nodes_csv(network: &Network, blocs: Option<&Blocs>) -> Result<Vec<u8>> {
    let graph = &network.graph;
    let nodes = nodes_in_order(network, blocs, "nodes.csv")?;
    let mut out = ::csv::Writer::from_writer(Vec::new());
    out.write_record(NODES).map_err(failed)?;
    for node in nodes {
        let Actor { name, kind, code, affiliation, statements } = &graph[node];
        let cluster = blocs.map_or(String::new(), |b| (b.of[node.index()] + 1).to_string());
        let stability = blocs.and_then(|b| b.stability.get(node.index())).filter(|s| s.is_finite());
        let mut row = vec![
            cell(name),
            cell(name),
            kind.as_str().to_owned(),
            cell(code.as_deref().unwrap_or_default()),
            cell(affiliation.as_deref().unwrap_or_default()),
            cluster,
            stability.map_or(String::new(), |s| format!("{s:.3}")),
            statements.to_string(),
        ];
        for relation in [Relation::Support, Relation::Oppose, Relation::Invite] {
            for direction in [Direction::Incoming, Direction::Outgoing] {
                let ties = graph.edges_directed(node, direction).map(|e| e.weight()).filter(|t| t.relation == relation);
                let count: u64 = ties.map(|t| u64::from(t.statements.saturating_sub(t.withheld))).sum();
                row.push(count.to_string());
            }
        }
        out.write_record(row).map_err(failed)?;
    }
    finish(out)
}

/// The edges: one row a tie. `Weight` is the number of its statements, a hedged one counting half; `Matter` the matters
/// through which it runs, joined by `;`; `Quote` the best evidence that has words.
///
/// # Errors
/// None that a network could bring about.
pub fn edges_csv(network: &Network) -> Result<Vec<u8>> {
    let mut edges = Edges::begin(false)?;
    edges.add(network, "")?;
    edges.finish()
}

/// The edges of one network a window, with a column `Window` for its label.
///
/// # Errors
/// None that a network could bring about.
pub fn edges_csv_by_window<N: Borrow<Network>>(networks: impl IntoIterator<Item = (String, N)>) -> Result<Vec<u8>> {
    let mut edges = Edges::begin(true)?;
    for (label, network) in networks {
        edges.add(network.borrow(), &label)?;
    }
    edges.finish()
}

/// An edge list that is being written.
struct Edges {
    out: ::csv::Writer<Vec<u8>>,
    windows: bool,
}

impl Edges {
    fn begin(windows: bool) -> Result<Self> {
        let mut out = ::csv::Writer::from_writer(Vec::new());
        out.write_record(EDGES.into_iter().chain(windows.then_some(WINDOW))).map_err(failed)?;
        Ok(Self { out, windows })
    }

    fn add(&mut self, network: &Network, window: &str) -> Result<()> {
        let graph = &network.graph;
        let name = |node: NodeIndex| graph[node].name.as_str();
        for edge in edges_in_order(network) {
            let tie = edge.weight();
            let date = |day: Option<jiff::civil::Date>| day.map_or(String::new(), |d| d.to_string());
            let row = [
                cell(name(edge.source())),
                cell(name(edge.target())),
                "Directed".to_owned(),
                tie.relation.to_string(),
                tie.relation.sign().to_string(),
                // Halves: one digit is exact.
                format!("{:.1}", tie.weight()),
                tie.statements.to_string(),
                tie.documents.to_string(),
                tie.hedged.to_string(),
                tie.withheld.to_string(),
                cell(&tie.matters.join(";")),
                date(tie.first),
                date(tie.last),
                cell(quote(network, tie)),
            ];
            let row = row.into_iter().chain(self.windows.then(|| window.to_owned()));
            self.out.write_record(row).map_err(failed)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<u8>> {
        finish(self.out)
    }
}

/// The nodes by name, for what messages call `file`.
///
/// # Errors
/// Blocs of another network.
pub(super) fn nodes_in_order(network: &Network, blocs: Option<&Blocs>, file: &str) -> Result<Vec<NodeIndex>> {
    let graph = &network.graph;
    if blocs.is_some_and(|b| b.of.len() != graph.node_count()) {
        return Err(Error::input(file, "the blocs are of another network: find them again for this one"));
    }
    let mut nodes: Vec<NodeIndex> = graph.node_indices().collect();
    nodes.sort_by_key(|n| &graph[*n].name);
    Ok(nodes)
}

/// The ties by source, relation and target.
pub(super) fn edges_in_order(network: &Network) -> Vec<EdgeReference<'_, Tie>> {
    let name = |node: NodeIndex| network.graph[node].name.as_str();
    let mut edges: Vec<_> = network.graph.edge_references().collect();
    edges.sort_by_key(|e| (name(e.source()), e.weight().relation, name(e.target())));
    edges
}

/// The best evidence that has words; empty where there is none.
pub(super) fn quote<'n>(network: &'n Network, tie: &Tie) -> &'n str {
    let quotes = tie.evidence.iter().filter_map(|i| network.statements.get(*i)).map(|s| s.quote.as_str());
    quotes.into_iter().find(|q| !q.trim().is_empty()).unwrap_or_default()
}

/// A cell on one line, without what Gephi takes for an escape.
pub(super) fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\\', "\u{2216}")
}

pub(super) fn failed(error: ::csv::Error) -> Error {
    Error::input("csv", error.to_string())
}

pub(super) fn finish(out: ::csv::Writer<Vec<u8>>) -> Result<Vec<u8>> {
    out.into_inner().map_err(|e| Error::io("csv", e.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::{Kind, Names, Table};
    use proptest::prelude::*;

    fn actor(name: &str) -> Actor {
        Actor { name: name.into(), kind: Kind::Country, code: None, affiliation: None, statements: 2 }
    }

    fn tie(relation: Relation, statements: u32) -> Tie {
        Tie {
            relation,
            statements,
            documents: 1,
            hedged: 0,
            withheld: 0,
            matters: Vec::new(),
            first: None,
            last: None,
            evidence: Vec::new(),
        }
    }

    /// Nodes and edges are put in out of order.
    fn network() -> Network {
        let mut network = Network::default();
        let rows = "document,holder,relation,target,quote\nd,x,support,y,\ne,x,support,y,\"said \"\"no\"\",\n a\\b\"\n";
        network.statements = Table::read("t", rows.as_bytes(), &Names::default()).unwrap().statements;
        let graph = &mut network.graph;
        let b = graph.add_node(Actor { code: Some("BBB".into()), ..actor("B") });
        let a = graph.add_node(Actor { kind: Kind::Person, affiliation: Some("B, \"x\"".into()), ..actor("A") });
        graph.add_edge(b, a, Tie { withheld: 1, ..tie(Relation::Invite, 3) });
        graph.add_edge(a, b, Tie { hedged: 3, evidence: vec![0, 9, 1], ..tie(Relation::Oppose, 4) });
        let (first, last) = (Some(jiff::civil::date(2024, 6, 1)), Some(jiff::civil::date(2024, 6, 9)));
        graph.add_edge(
            a,
            b,
            Tie { first, last, matters: vec!["m".into(), "n, o".into()], ..tie(Relation::Support, 2) },
        );
        network
    }

    #[test]
    fn nodes_are_sorted_and_counted() {
        let blocs = Blocs { of: vec![0, 1], stability: vec![1.0, 0.98765], cost: 0.0 };
        let text = String::from_utf8(nodes_csv(&network(), Some(&blocs)).unwrap()).unwrap();
        let want = "Id,Label,Kind,Code,Affiliation,Cluster,ClusterStability,Statements,SupportIn,SupportOut,OpposeIn,\
                    OpposeOut,InviteIn,InviteOut\n\
                    A,A,person,,\"B, \"\"x\"\"\",2,0.988,2,0,2,0,4,2,0\n\
                    B,B,country,BBB,,1,1.000,2,2,0,4,0,0,2\n";
        assert_eq!(text, want);
        let text = String::from_utf8(nodes_csv(&network(), None).unwrap()).unwrap();
        assert!(text.ends_with("B,B,country,BBB,,,,2,2,0,4,0,0,2\n"), "{text}");
        assert!(nodes_csv(&network(), Some(&Blocs { of: vec![0], ..blocs })).is_err());
    }

    #[test]
    fn edges_are_sorted_signed_and_weighted() {
        let text = String::from_utf8(edges_csv(&network()).unwrap()).unwrap();
        let want = "Source,Target,Type,Relation,Sign,Weight,Statements,Documents,Hedged,Withheld,Matter,FirstDate,\
                    LastDate,Quote\n\
                    A,B,Directed,support,1,2.0,2,1,0,0,\"m;n, o\",2024-06-01,2024-06-09,\n\
                    A,B,Directed,oppose,-1,2.5,4,1,3,0,,,,\"said \"\"no\"\", a∖b\"\n\
                    B,A,Directed,invite,0,3.0,3,1,0,1,,,,\n";
        assert_eq!(text, want);
    }

    #[test]
    fn an_empty_network_has_headers() {
        assert_eq!(edges_csv(&Network::default()).unwrap().iter().filter(|b| **b == b'\n').count(), 1);
        assert_eq!(nodes_csv(&Network::default(), None).unwrap().iter().filter(|b| **b == b'\n').count(), 1);
    }

    proptest! {
        #[test]
        fn whatever_the_words_the_rows_stay_whole(name in "\\PC{0,12}", quote in "[ -~\r\n\té\u{2028}]{0,20}") {
            let mut network = network();
            network.graph[NodeIndex::new(0)].name.push_str(&name);
            network.statements[1].quote = quote;
            let edges = edges_csv(&network).unwrap();
            let mut rows = ::csv::Reader::from_reader(edges.as_slice());
            for row in rows.records() {
                let row = row.unwrap();
                prop_assert!(row[5].parse::<f64>().unwrap() > 0.0);
                prop_assert!(!row.iter().any(|c| c.contains(['\\', '\n', '\r'])));
            }
            let nodes = nodes_csv(&network, None).unwrap();
            prop_assert_eq!(::csv::Reader::from_reader(nodes.as_slice()).records().map(|r| r.unwrap().len()).sum::<usize>(), 28);
        }
    }
}
