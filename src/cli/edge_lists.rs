//! Signed edge lists and GraphML among the inputs.
//!
//! In: the inputs. Out: the one edge list that they are, with what is known of its nodes; its network and blocs.

use super::options::{InputArgs, NetworkArgs};
use super::reader::columns;
use crate::clusters::{Blocs, ClusterOptions, graph_clusters};
use crate::document::{Recognized, STDIN, TableFormat, sniff};
use crate::lexicon::Lexicon;
use crate::network::{EdgeList, EdgeNames, Network, NodeTable, listed, read_graphml};
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// So much of each input shows its header; what is no edge list is read by its own reader from the start.
const PEEK: u64 = 1 << 13;

/// An edge list.
pub struct Listed {
    /// The file as the user named it.
    pub file: String,
    /// Its ties.
    pub list: EdgeList,
    /// What it says of its nodes.
    pub nodes: NodeTable,
}

impl Listed {
    /// The network of its ties. An actor's kind is what the file says, or what the lexicon does.
    pub fn network(&self, lexicon: &Lexicon) -> Network {
        listed(&self.list, &self.nodes, &|name| lexicon.kind(name))
    }

    /// The blocs that the file gives, and their names; else those that are found, without names.
    pub fn blocs(&self, seed: u64) -> (Blocs, Vec<String>) {
        given_blocs(&self.list, &self.nodes).unwrap_or_else(|| {
            let options = ClusterOptions { seed, ..ClusterOptions::default() };
            let partition = graph_clusters(&self.list.graph, &options, 0, false).partition;
            (Blocs::untested(partition.of, partition.cost), Vec::new())
        })
    }
}

/// How a file is written that holds ties.
#[derive(Debug, Clone, Copy)]
enum Form {
    Table(u8),
    GraphMl,
}

/// The signed edge list that the input is; `None` when the input is something else. Its ties are kept as they point where
/// they are to be drawn, with `directed`.
///
/// # Errors
/// An edge list beside other inputs; one that cannot be read; a `--map` of columns that it does not have.
pub fn edge_list(args: &InputArgs, directed: bool) -> Result<Option<Listed>> {
    let Some(names) = names(args) else { return Ok(None) };
    let Some((path, form)) = find(args, &names)? else { return Ok(None) };
    args.no_aliases_for(&path.display().to_string())?;
    if path == Path::new("-") {
        return read(STDIN.to_owned(), &mut io::stdin().lock(), form, &names, directed).map(Some);
    }
    let name = path.display().to_string();
    let file = File::open(path).map_err(|e| Error::io(&name, e))?;
    read(name, &mut BufReader::with_capacity(1 << 16, file), form, &names, directed).map(Some)
}

/// Refuses an edge list where there must be statements; `what` is what they are for.
///
/// # Errors
/// The input is an edge list.
pub fn no_edge_list(args: &InputArgs, what: &str) -> Result<()> {
    match find(args, &names(args).unwrap_or_default())? {
        Some((path, _)) => {
            Err(Error::Usage(format!("{} is an edge list, and {what} is for statements: leave it out", path.display())))
        }
        None => Ok(()),
    }
}

/// What --map says of edge lists; `None` where it is meant for other tables, whose reader tells what is wrong with it.
fn names(args: &InputArgs) -> Option<EdgeNames> {
    match args.map.is_empty() {
        true => Some(EdgeNames::default()),
        false => EdgeNames::parse_list(&args.map.join(",")).ok().flatten(),
    }
}

/// The edge list among the inputs.
fn find<'a>(args: &'a InputArgs, names: &EdgeNames) -> Result<Option<(&'a Path, Form)>> {
    if let [only] = args.inputs.as_slice()
        && only == Path::new("-")
    {
        // What is peeked at stays in the buffer that all of the program reads standard input through.
        let mut stdin = io::stdin().lock();
        let head = stdin.fill_buf().map_err(|e| Error::io(STDIN, e))?;
        return Ok(form(STDIN, head, names)?.map(|form| (only.as_path(), form)));
    }
    let mut found = None;
    for path in args.inputs.iter().filter(|p| p.is_file()) {
        let name = path.display().to_string();
        let failed = |e: io::Error| Error::io(&name, e);
        let mut head = Vec::new();
        File::open(path).map_err(failed)?.take(PEEK).read_to_end(&mut head).map_err(failed)?;
        let Some(form) = form(&name, &head, names)? else { continue };
        if args.inputs.len() > 1 {
            return Err(Error::input(name, "an edge list is read alone: give it without other inputs"));
        }
        found = Some((path.as_path(), form));
    }
    Ok(found)
}

/// What form of an edge list a file is, if it is one.
fn form(name: &str, head: &[u8], names: &EdgeNames) -> Result<Option<Form>> {
    let recognized = sniff(name, head);
    let delimiter = match recognized {
        Recognized::GraphMl => return Ok(Some(Form::GraphMl)),
        Recognized::Table { format: TableFormat::Separated(delimiter), .. } => delimiter,
        Recognized::DocumentsCsv(delimiter) => delimiter,
        _ => return Ok(None),
    };
    let columns = columns(recognized, head).unwrap_or_default();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    match names.is_header(&columns) {
        true => Ok(Some(Form::Table(delimiter))),
        false if names.is_certain() => Err(Error::input(name, names.complaint(&columns))),
        false => Ok(None),
    }
}

fn read(file: String, input: &mut dyn BufRead, form: Form, names: &EdgeNames, directed: bool) -> Result<Listed> {
    let (list, nodes) = match form {
        Form::Table(delimiter) => (EdgeList::read_as(&file, input, delimiter, names, directed)?, NodeTable::default()),
        Form::GraphMl => read_graphml(&file, input, names, directed)?,
    };
    Ok(Listed { file, list, nodes })
}

/// The blocs that a table of nodes gives, numbered by size, and their names; a node without one stands alone. Numbers
/// are no names.
fn given_blocs(list: &EdgeList, nodes: &NodeTable) -> Option<(Blocs, Vec<String>)> {
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, name) in list.graph.names.iter().enumerate() {
        if let Some(cluster) = nodes.get(name).and_then(|row| row.cluster.as_deref()) {
            members.entry(cluster).or_default().push(i);
        }
    }
    if members.is_empty() {
        return None;
    }
    let mut order: Vec<(&str, Vec<usize>)> = members.into_iter().collect();
    order.sort_by_key(|(name, of)| (std::cmp::Reverse(of.len()), *name));
    let mut of = vec![usize::MAX; list.graph.names.len()];
    let mut names = Vec::new();
    for (number, (name, members)) in order.into_iter().enumerate() {
        members.into_iter().for_each(|i| of[i] = number);
        names.push(if name.parse::<f64>().is_ok() { String::new() } else { name.to_owned() });
    }
    for (alone, next) in of.iter_mut().filter(|bloc| **bloc == usize::MAX).zip(names.len()..) {
        *alone = next;
    }
    Some((Blocs::untested(of, 0.0), names))
}

/// Refuses options that only go with statements.
///
/// # Errors
/// One is given that is not as it is when left out.
pub fn none_for(file: &str, input: &InputArgs, network: &NetworkArgs) -> Result<()> {
    match input.dna.given() {
        Some(option) => {
            Err(Error::Usage(format!("{file} is an edge list, and {option} is for statements: leave it out")))
        }
        None => network.none_for(file),
    }
}
