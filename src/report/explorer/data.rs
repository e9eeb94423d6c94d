//! The data of the page, as JSON that can stand inside of HTML.

use super::ExplorerInput;
use crate::statement::{COLUMNS, Kind, Statement, extra_columns};
use jiff::civil::Date;
use petgraph::graph::NodeIndex;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Data<'a> {
    version: u32,
    program: &'static str,
    title: &'a str,
    subtitle: &'a str,
    source: &'a str,
    actors: Vec<Actor<'a>>,
    blocs: Vec<Bloc>,
    matters: Vec<Matter<'a>>,
    documents: Vec<Document<'a>>,
    ties: Vec<Tie<'a>>,
    statements: Vec<Row<'a>>,
    columns: Vec<String>,
    blanks: Vec<[&'a str; 2]>,
    limits: Limits,
}

#[derive(Serialize)]
struct Actor<'a> {
    name: &'a str,
    kind: &'static str,
    code: Option<&'a str>,
    affiliation: Option<&'a str>,
    bloc: Option<usize>,
    stability: Option<f64>,
    statements: u32,
}

#[derive(Serialize)]
struct Bloc {
    name: String,
    members: Vec<usize>,
}

#[derive(Serialize)]
struct Matter<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    date: Option<Date>,
    title: Option<&'a str>,
    url: Option<&'a str>,
    publisher: Option<&'a str>,
}

#[derive(Serialize)]
struct Tie<'a> {
    from: usize,
    to: usize,
    relation: &'static str,
    weight: f64,
    statements: &'a [usize],
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    document: usize,
    date: Option<Date>,
    sentence: Option<u32>,
    holder: &'a str,
    holder_kind: &'static str,
    holder_for: &'a str,
    relation: &'static str,
    target: &'a str,
    target_kind: &'static str,
    toward: &'a [String],
    matter: &'a str,
    withheld: bool,
    hedged: bool,
    source: &'a str,
    quote: &'a str,
    before: &'a str,
    after: &'a str,
    start: Option<usize>,
    end: Option<usize>,
    coder: &'a str,
    confidence: Option<f64>,
    extra: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Limits {
    actors_left_out: usize,
    statements_left_out: usize,
}

/// All that the page shows. No character in it begins markup.
pub(super) fn json(input: &ExplorerInput<'_>) -> String {
    let network = input.network;
    let ids: BTreeMap<&str, usize> = {
        let mut ids: Vec<&str> = network.statements.iter().map(|s| s.document.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().zip(0..).collect()
    };
    let blocs = members(input);
    let data = Data {
        version: 1,
        program: concat!("stancenet ", env!("CARGO_PKG_VERSION")),
        title: input.title,
        subtitle: input.subtitle,
        source: input.source,
        actors: actors(input, &blocs),
        blocs: blocs.into_iter().map(|(number, members)| bloc(input, number, members)).collect(),
        matters: network.matters.iter().map(|m| Matter { name: &m.name }).collect(),
        documents: ids.keys().map(|id| document(input, id)).collect(),
        ties: ties(input),
        statements: network.statements.iter().map(|s| row(input, s, &ids)).collect(),
        columns: COLUMNS.into_iter().map(str::to_owned).chain(extra_columns(&network.statements)).collect(),
        blanks: input.blanks.iter().map(|blank| [blank.document.as_str(), blank.coder.as_str()]).collect(),
        limits: Limits { actors_left_out: input.left_out.0, statements_left_out: input.left_out.1 },
    };
    // Writing plain structs of text and finite numbers cannot fail.
    let json = serde_json::to_string(&data).unwrap_or_default();
    // A name that tells this data from other data, under which a review is kept.
    let digest = Sha256::digest(json.as_bytes());
    let mark: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let json = json.replacen('{', &format!("{{\"mark\":\"{mark}\","), 1);
    let mut safe = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{7f}' => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => safe.push(c),
        }
    }
    safe
}

/// The members of blocs of two or more, by number, those who speak most first.
fn members(input: &ExplorerInput<'_>) -> Vec<(usize, Vec<usize>)> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (actor, &bloc) in input.blocs.of.iter().enumerate() {
        members.entry(bloc).or_default().push(actor);
    }
    members.retain(|_, of| of.len() > 1);
    for of in members.values_mut() {
        of.sort_by_key(|&i| (std::cmp::Reverse(input.network.graph[NodeIndex::new(i)].statements), i));
    }
    members.into_iter().collect()
}

fn actors<'a>(input: &ExplorerInput<'a>, blocs: &[(usize, Vec<usize>)]) -> Vec<Actor<'a>> {
    let place: BTreeMap<usize, usize> = blocs.iter().map(|(number, _)| *number).zip(0..).collect();
    let actor = |(i, a): (usize, &'a crate::network::Actor)| Actor {
        name: &a.name,
        kind: a.kind.as_str(),
        code: a.code.as_deref(),
        affiliation: a.affiliation.as_deref(),
        bloc: input.blocs.of.get(i).and_then(|number| place.get(number)).copied(),
        stability: input.blocs.stability.get(i).copied().filter(|s| s.is_finite()),
        statements: a.statements,
    };
    input.network.graph.node_weights().enumerate().map(actor).collect()
}

fn bloc(input: &ExplorerInput<'_>, number: usize, members: Vec<usize>) -> Bloc {
    let name = input.bloc_names.get(&number).cloned().unwrap_or_else(|| format!("Bloc {}", number + 1));
    Bloc { name, members }
}

fn document<'a>(input: &ExplorerInput<'a>, id: &'a str) -> Document<'a> {
    let card = input.shelf.get(id);
    Document {
        id,
        date: card.and_then(|c| c.date),
        title: card.and_then(|c| c.title.as_deref()),
        url: card.and_then(|c| c.url.as_deref()),
        publisher: card.and_then(|c| c.publisher.as_deref()),
    }
}

fn ties<'a>(input: &ExplorerInput<'a>) -> Vec<Tie<'a>> {
    let graph = &input.network.graph;
    let tie = |edge| {
        let ((from, to), tie) = (graph.edge_endpoints(edge)?, graph.edge_weight(edge)?);
        let relation = tie.relation.as_str();
        Some(Tie { from: from.index(), to: to.index(), relation, weight: tie.weight(), statements: &tie.evidence })
    };
    graph.edge_indices().filter_map(tie).collect()
}

fn row<'a>(input: &ExplorerInput<'a>, s: &'a Statement, ids: &BTreeMap<&str, usize>) -> Row<'a> {
    let (before, after) = input.shelf.get(&s.document).map_or(("", ""), |card| card.around(s.span));
    Row {
        id: &s.id,
        document: ids.get(s.document.as_str()).copied().unwrap_or_default(),
        date: s.date,
        sentence: s.sentence,
        holder: &s.holder,
        holder_kind: s.holder_kind.map_or("", Kind::as_str),
        holder_for: s.holder_for.as_deref().unwrap_or_default(),
        relation: s.relation.as_str(),
        target: &s.target,
        target_kind: s.target_kind.map_or("", Kind::as_str),
        toward: &s.toward,
        matter: s.matter.as_deref().unwrap_or_default(),
        withheld: s.withheld,
        hedged: s.hedged,
        source: s.source.as_deref().unwrap_or_default(),
        quote: &s.quote,
        before,
        after,
        start: s.span.map(|(start, _)| start),
        end: s.span.map(|(_, end)| end),
        coder: &s.coder,
        confidence: s.confidence,
        extra: &s.extra,
    }
}
