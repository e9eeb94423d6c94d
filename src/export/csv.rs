//! The network as two CSV files, nodes and edges.
//!
//! In: a [`Network`], and its [`Blocs`] where there are any. Out: bytes of UTF-8, RFC 4180 with `\n` as the line end,
//! nodes sorted by name, edges by source, relation and target. Never here: the statements, which have a table of their
//! own with all that is verbatim; what programs ask of a table, which is [`Profile`]'s.
//!
//! Ties of different relations between the same two actors are rows of their own, told apart by `Relation`. Names are as
//! they are, where the profile can hold them; other words are on one line, white space of any kind written as one space.

use super::profile::{Column, Profile, edge_columns, node_columns};
use super::records::{EDGE, Records, Value};
use crate::clusters::Blocs;
use crate::network::Network;
use crate::{Error, Result};
use std::borrow::{Borrow, Cow};

/// The nodes: one row an actor. `Cluster` counts from 1 and is empty without blocs, as is `ClusterStability` where it
/// was not measured. `SupportIn` and so on are sums of statements over the ties; an invitation that was not made counts
/// for neither `InviteIn` nor `InviteOut` (the edges' `Withheld` has it).
///
/// # Errors
/// Blocs that are not of this network; names that the profile cannot hold.
pub fn nodes_csv(network: &Network, blocs: Option<&Blocs>, profile: Profile) -> Result<Vec<u8>> {
    let records = Records::new(network, blocs, &[])?;
    profile.check(records.nodes().map(|n| n.id))?;
    let mut table = Table::begin(profile, node_columns())?;
    for node in records.nodes() {
        let mut row = vec![profile.name(node.id)];
        row.extend(node.values.iter().enumerate().map(|(i, value)| match (i, value) {
            // The label is the name.
            (0, _) => profile.name(node.id),
            _ => cell(profile, value),
        }));
        table.row(&row)?;
    }
    table.finish()
}

/// The edges: one row a tie. `Weight` is the number of its statements, a hedged one counting half; `Matter` the matters
/// through which it runs, joined by `;`; `Quote` the best evidence that has words, or the
/// link to it.
///
/// # Errors
/// Names that the profile cannot hold.
pub fn edges_csv(network: &Network, profile: Profile) -> Result<Vec<u8>> {
    edges_of([(String::new(), network)], false, profile)
}

/// The edges of one network a window, with a column `Window` for its label.
///
/// # Errors
/// Names that the profile cannot hold.
pub fn edges_csv_by_window<N: Borrow<Network>>(
    networks: impl IntoIterator<Item = (String, N)>,
    profile: Profile,
) -> Result<Vec<u8>> {
    edges_of(networks, true, profile)
}

fn edges_of<N: Borrow<Network>>(
    networks: impl IntoIterator<Item = (String, N)>,
    windows: bool,
    profile: Profile,
) -> Result<Vec<u8>> {
    let mut table = Table::begin(profile, edge_columns(EDGE.len(), windows))?;
    for (label, network) in networks {
        let records = Records::new(network.borrow(), None, &[])?;
        profile.check(records.nodes().map(|n| n.id))?;
        for edge in records.edges() {
            let mut row = vec![profile.name(edge.source), profile.name(edge.target), profile.direction(true).into()];
            row.extend(edge.values.iter().zip(EDGE).map(|(value, (name, _))| match value {
                Value::Owned(matters) if name == "matter" => {
                    let each = matters.split(';').map(|matter| profile.words(matter));
                    each.collect::<Vec<_>>().join(profile.joint()).into()
                }
                value => cell(profile, value),
            }));
            row.extend(windows.then(|| Cow::from(label.as_str())));
            table.row(&row)?;
        }
    }
    table.finish()
}

fn cell<'v>(profile: Profile, value: &'v Value<'_>) -> Cow<'v, str> {
    match value {
        Value::Text(text) => profile.words(text).into(),
        value => value.written().unwrap_or_default(),
    }
}

/// A table that is being written.
pub struct Table {
    out: ::csv::Writer<Vec<u8>>,
    /// For each column the place of its cell in our rows; `None`: the number of the row.
    places: Vec<Option<usize>>,
    rows: u64,
}

impl Table {
    /// Begins a table of rows that have our columns `ours`.
    pub fn begin(profile: Profile, ours: Vec<&'static str>) -> Result<Self> {
        let layout = profile.layout(&ours);
        let mut out = ::csv::Writer::from_writer(profile.mark().to_vec());
        out.write_record(layout.iter().map(|(header, _)| header)).map_err(failed)?;
        let place = |of: Column| match of {
            Column::Ours(column) => ours.iter().position(|other| *other == column),
            Column::Number => None,
        };
        Ok(Self { out, places: layout.iter().map(|(_, of)| place(*of)).collect(), rows: 0 })
    }

    /// Adds a row, given in our columns.
    pub fn row(&mut self, cells: &[impl AsRef<str>]) -> Result<()> {
        self.rows += 1;
        let number = self.rows.to_string();
        let cell = |place: &Option<usize>| place.map_or(number.as_str(), |i| cells[i].as_ref());
        self.out.write_record(self.places.iter().map(cell)).map_err(failed)
    }

    /// Ends the table.
    pub fn finish(self) -> Result<Vec<u8>> {
        finish(self.out)
    }
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
    use crate::network::{Actor, Tie};
    use crate::statement::{Kind, Names, Relation};
    use petgraph::graph::NodeIndex;
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
        let table = crate::statement::Table::read("t", rows.as_bytes(), &Names::default()).unwrap();
        network.statements = table.statements;
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

    fn text(table: Result<Vec<u8>>) -> String {
        String::from_utf8(table.unwrap()).unwrap()
    }

    #[test]
    fn nodes_are_sorted_and_counted() {
        let blocs = Blocs { of: vec![0, 1], stability: vec![1.0, 0.98765], cost: 0.0 };
        let want = "Id,Label,Kind,Code,Affiliation,Cluster,ClusterStability,Statements,SupportIn,SupportOut,OpposeIn,\
                    OpposeOut,InviteIn,InviteOut\n\
                    A,A,person,,\"B, \"\"x\"\"\",2,0.988,2,0,2,0,4,2,0\n\
                    B,B,country,BBB,,1,1.0,2,2,0,4,0,0,2\n";
        assert_eq!(text(nodes_csv(&network(), Some(&blocs), Profile::Plain)), want);
        let alone = text(nodes_csv(&network(), None, Profile::Plain));
        assert!(alone.ends_with("B,B,country,BBB,,,,2,2,0,4,0,0,2\n"), "{alone}");
        assert!(nodes_csv(&network(), Some(&Blocs { of: vec![0], ..blocs }), Profile::Plain).is_err());
    }

    #[test]
    fn edges_are_sorted_signed_and_weighted() {
        let want = "Source,Target,Type,Relation,Sign,Weight,Statements,Documents,Hedged,Withheld,Matter,FirstDate,\
                    LastDate,Quote\n\
                    A,B,Directed,support,1,2.0,2,1,0,0,\"m;n, o\",2024-06-01,2024-06-09,\n\
                    A,B,Directed,oppose,-1,2.5,4,1,3,0,,,,\"said \"\"no\"\", a\\b\"\n\
                    B,A,Directed,invite,0,3.0,3,1,0,1,,,,\n";
        assert_eq!(text(edges_csv(&network(), Profile::Plain)), want);
        let gephi = text(edges_csv(&network(), Profile::Gephi));
        assert!(gephi.contains("\nA,B,Directed,oppose,2,oppose,2.5,oppose,-1,4,1,3,0,,,,\"said \"\"no\"\", a∖b\"\n"));
        let kumu = text(edges_csv(&network(), Profile::Kumu));
        assert!(kumu.contains("A,B,support,support,directed,,1,2.0,2,1,0,0,\"m|n, o\""), "{kumu}");
    }

    #[test]
    fn an_empty_network_has_headers() {
        let lines = |table: Result<Vec<u8>>| text(table).lines().count();
        assert_eq!(lines(edges_csv(&Network::default(), Profile::Plain)), 1);
        assert_eq!(lines(nodes_csv(&Network::default(), None, Profile::NodeXl)), 1);
    }

    proptest! {
        #[test]
        fn whatever_the_words_the_rows_stay_whole(name in "[^\0]{0,12}", quote in "[ -~\r\n\té\u{2028}]{0,20}") {
            let mut network = network();
            network.graph[NodeIndex::new(0)].name.push_str(&name);
            network.statements[1].quote = quote;
            for profile in [Profile::Plain, Profile::Gephi, Profile::Cytoscape, Profile::Kumu, Profile::NodeXl] {
                let edges = edges_csv(&network, profile).unwrap();
                let nodes = nodes_csv(&network, None, profile).unwrap();
                let mut ids = Vec::new();
                for row in ::csv::Reader::from_reader(nodes.as_slice()).records() {
                    ids.push(row.unwrap()[0].to_owned());
                }
                for row in ::csv::Reader::from_reader(edges.as_slice()).records() {
                    let row = row.unwrap();
                    prop_assert!(ids.iter().any(|id| *id == row[0]), "{:?} {:?}", row, ids);
                    let gephi = matches!(profile, Profile::Gephi | Profile::Cytoscape);
                    prop_assert!(!row.iter().any(|c| gephi && c.contains(['\\', '\n', '\r'])));
                }
                if profile == Profile::Plain {
                    let own = format!("B{name}");
                    prop_assert!(ids.contains(&own));
                }
            }
        }
    }
}
