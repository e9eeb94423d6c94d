//! A signed network from GraphML.
//!
//! In: nodes and edges of a file. Out: an [`EdgeList`] with what the file says of its nodes. Never here: XML.
//!
//! Nodes are called by their `name`, else by their `label`, else by the label that is drawn, else by their id; where two
//! would have one name, each has its id after it. Nodes without ties are nodes too.

use super::edge_columns::{Column, EdgeNames};
use super::edge_list::{Gathering, Row, number};
use super::{EdgeList, NodeRow, NodeTable};
use crate::import::graphml::{Element, Item, read};
use crate::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

/// Names of keys in a message.
const SHOWN: usize = 30;

/// What a node is called, and what is said of it.
#[derive(Default)]
struct Known {
    name: Option<String>,
    row: NodeRow,
}

/// Reads GraphML; `names` are those of its keys. Ties are kept as they point where they are to be drawn, with `directed`.
///
/// # Errors
/// Broken XML; nested graphs and hyperedges; all bad nodes and edges, each with its line; edges of which none has a weight,
/// a sign or a relation.
pub fn read_graphml(
    file: &str,
    input: impl BufRead,
    names: &EdgeNames,
    directed: bool,
) -> Result<(EdgeList, NodeTable)> {
    let mut reading = Reading {
        names,
        gathering: Gathering::new(directed),
        nodes: BTreeMap::new(),
        early: BTreeMap::new(),
        bare: None,
        edges: 0,
        keys: BTreeSet::new(),
    };
    read(file, input, &mut |item| reading.take(item))?;
    reading.finish(file)
}

struct Reading<'n> {
    names: &'n EdgeNames,
    gathering: Gathering,
    nodes: BTreeMap<String, Known>,
    /// Ends of edges that are not known yet, and the line of the first.
    early: BTreeMap<String, u64>,
    /// The first edge that says nothing of its weight, and how many do.
    bare: Option<(u64, usize)>,
    edges: usize,
    keys: BTreeSet<String>,
}

impl Reading<'_> {
    fn take(&mut self, item: Item) -> std::result::Result<(), String> {
        match &item.element {
            Element::Node { id } => self.node(id.clone(), &item),
            Element::Edge { source, target, .. } => self.edge(source, target, &item),
        }
    }

    fn node(&mut self, id: String, item: &Item) -> std::result::Result<(), String> {
        let mut known = Known::default();
        for (key, value) in &item.values {
            let told = || Some(value.trim().to_owned()).filter(|text| !text.is_empty());
            match self.names.column(key) {
                Column::Label => known.row.label = told(),
                // Other people's kinds have words of their own.
                Column::Kind => known.row.kind = value.parse().ok(),
                Column::Cluster => known.row.cluster = told(),
                _ if key.eq_ignore_ascii_case("name") => known.name = told(),
                _ => {}
            }
        }
        known.name = known.name.or_else(|| known.row.label.clone()).or_else(|| item.label.clone());
        self.gathering.number(&id);
        self.early.remove(&id);
        match self.nodes.insert(id, known) {
            Some(_) => Err("another node has the same id".to_owned()),
            None => Ok(()),
        }
    }

    fn edge(&mut self, source: &str, target: &str, item: &Item) -> std::result::Result<(), String> {
        self.edges += 1;
        let mut row = Row { source, target, ..Row::default() };
        let mut drawn = None;
        for (key, value) in &item.values {
            match self.names.column(key) {
                Column::Weight => row.weight = Some(number(value.trim(), "weight")?),
                Column::Sign => row.sign = Some(number(value.trim(), "sign")?),
                Column::Relation => row.relation = value.parse().ok(),
                // As Cytoscape calls it.
                _ if key.eq_ignore_ascii_case("interaction") => drawn = value.parse().ok(),
                _ if self.keys.len() < SHOWN && !self.keys.contains(key) => _ = self.keys.insert(key.clone()),
                _ => {}
            }
        }
        row.relation = row.relation.or(drawn);
        if row.weight.is_none() && row.sign.is_none() && row.relation.is_none() {
            let (line, so_far) = self.bare.unwrap_or((item.line, 0));
            self.bare = Some((line, so_far + 1));
        }
        if row.sign.is_none() {
            // A relation alone is as good as a weight of 1.
            row.weight = row.weight.or(Some(1.0));
        }
        for end in [source, target] {
            if !self.nodes.contains_key(end) {
                self.early.entry(end.to_owned()).or_insert(item.line);
            }
        }
        self.gathering.add(&row);
        Ok(())
    }

    fn finish(mut self, file: &str) -> Result<(EdgeList, NodeTable)> {
        if let Some((id, line)) = self.early.iter().min_by_key(|(_, line)| **line) {
            return Err(Error::at(file, *line, format!("an edge of the node \"{id}\", which is not in the file")));
        }
        if self.edges == 0 {
            return Err(Error::input(file, "no ties: the graph has nodes and no edges"));
        }
        match self.bare {
            Some((_, bare)) if bare == self.edges => {
                let keys: Vec<&str> = self.keys.iter().map(String::as_str).collect();
                let keys = if keys.is_empty() {
                    "edges have no keys".to_owned()
                } else {
                    format!("the keys are: {}", keys.join(", "))
                };
                let message =
                    format!("no edge has a weight, a sign or a relation (--map weight=KEY says which it is); {keys}");
                return Err(Error::input(file, message));
            }
            Some((line, bare)) => {
                let others = if bare > 1 { format!(", and {} more", bare - 1) } else { String::new() };
                let message = format!(
                    "this edge{others} has neither weight nor sign, as others have; write 0 for a tie that weighs nothing"
                );
                return Err(Error::at(file, line, message));
            }
            None => {}
        }
        let called = called(&self.nodes);
        self.gathering.rename(&|id| called.get(id).cloned().unwrap_or_else(|| id.to_owned()));
        let mut table = NodeTable::default();
        for (id, known) in self.nodes {
            if let Some(name) = called.get(&id) {
                table.insert(name.clone(), known.row);
            }
        }
        Ok((self.gathering.finish(file)?, table))
    }
}

/// What each node is called, by its id: no two alike.
fn called(nodes: &BTreeMap<String, Known>) -> BTreeMap<String, String> {
    let name = |id: &str, known: &Known| known.name.clone().unwrap_or_else(|| id.to_owned());
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for (id, known) in nodes {
        *times.entry(name(id, known)).or_default() += 1;
    }
    let mut taken: BTreeSet<String> = times.iter().filter(|(_, n)| **n == 1).map(|(name, _)| name.clone()).collect();
    let mut called = BTreeMap::new();
    for (id, known) in nodes {
        let mut own = name(id, known);
        if times.get(&own).is_some_and(|n| *n > 1) {
            own = format!("{own} [{id}]");
            while !taken.insert(own.clone()) {
                own.push('\'');
            }
        }
        called.insert(id.clone(), own);
    }
    called
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::{Kind, Relation};

    fn graph(inside: &str) -> Result<(EdgeList, NodeTable)> {
        let keys = "<key id='w' for='edge' attr.name='Weight'/><key id='s' for='edge' attr.name='sign'/>\
                    <key id='i' for='edge' attr.name='interaction'/><key id='n' for='node' attr.name='name'/>\
                    <key id='l' for='node' attr.name='label'/><key id='k' for='node' attr.name='kind'/>\
                    <key id='c' for='node' attr.name='cluster'/><key id='x' for='edge' attr.name='strength'/>";
        let xml = format!("<graphml>{keys}\n<graph>{inside}</graph></graphml>");
        read_graphml("g.graphml", xml.as_bytes(), &EdgeNames::default(), true)
    }

    const EDGE: &str = "<edge source='b' target='a'><data key='w'>2</data></edge>";

    #[test]
    fn nodes_are_called_by_their_names_and_no_two_alike() {
        let inside = format!(
            "{EDGE}<node id='a'><data key='n'>Ann</data><data key='l'>A.</data><data key='k'>person</data></node>\
             <node id='b'><data key='l'>Twin</data><data key='c'>2</data></node>\
             <node id='c'><data key='n'>Twin</data><data key='k'>company</data></node><node id='d'/>"
        );
        let (list, nodes) = graph(&inside).unwrap();
        assert_eq!(list.graph.names, ["Ann", "Twin [b]", "Twin [c]", "d"]);
        assert_eq!(list.graph.edges, [(0, 1, 2.0)]);
        assert_eq!(
            list.ties[0],
            super::super::ListedTie { source: 1, target: 0, relation: Relation::Support, weight: 2.0 }
        );
        let ann = nodes.get("Ann").unwrap();
        assert_eq!((ann.kind, ann.label.as_deref()), (Some(Kind::Person), Some("A.")));
        assert_eq!(
            (nodes.get("Twin [b]").unwrap().cluster.as_deref(), nodes.get("Twin [c]").unwrap().kind),
            (Some("2"), None)
        );
    }

    #[test]
    fn edges_have_weight_sign_or_relation() {
        let nodes = "<node id='a'/><node id='b'/>";
        let edge = |data: &str| graph(&format!("{nodes}<edge source='a' target='b'>{data}</edge>"));
        assert_eq!(edge("<data key='w'>-2.5</data>").unwrap().0.graph.edges, [(0, 1, -2.5)]);
        assert_eq!(edge("<data key='w'>2</data><data key='s'>-1</data>").unwrap().0.graph.edges, [(0, 1, -2.0)]);
        let invited = edge("<data key='i'>invite</data>").unwrap().0;
        assert_eq!((invited.ties[0].relation, invited.graph.edges.len()), (Relation::Invite, 0));
        assert_eq!(edge("<data key='i'>oppose</data>").unwrap().0.ties[0].relation, Relation::Oppose);
        let told = |data: &str| edge(data).unwrap_err().to_string();
        assert!(told("<data key='w'>x</data>").contains("g.graphml:2: the weight \"x\" is no number"));
        let text = told("<data key='x'>3</data>");
        assert!(text.contains("--map weight=KEY") && text.ends_with("the keys are: strength"), "{text}");
        let names = EdgeNames::parse_list("weight=Strength").unwrap().unwrap();
        let xml = "<graphml><key id='x' attr.name='strength'/><graph><node id='a'/><node id='b'/><edge source='a' \
                   target='b'><data key='x'>3</data></edge></graph></graphml>";
        assert_eq!(read_graphml("g", xml.as_bytes(), &names, false).unwrap().0.graph.edges, [(0, 1, 3.0)]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let told = |inside: &str| graph(inside).unwrap_err().to_string();
        assert!(told(&format!("\n{EDGE}<node id='a'/>")).contains("g.graphml:3: an edge of the node \"b\""));
        assert!(told("<node id='a'/>\n<node id='a'/>").contains("g.graphml:3: another node has the same id"));
        assert!(told("<node id='a'/>").contains("no ties"));
        let two = format!("<node id='a'/><node id='b'/>{EDGE}\n<edge source='a' target='b'/>");
        assert!(told(&two).contains("g.graphml:3: this edge has neither weight nor sign"));
    }
}
