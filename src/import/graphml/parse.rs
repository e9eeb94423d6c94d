//! From XML to nodes and edges.
//!
//! In: events of XML. Out: [`Item`]s. Never here: a guess at broken XML; an element deeper than [`DEEPEST`].

use super::bounded::Bounded;
use super::{Element, Item};
use crate::statement::problems::Problems;
use crate::{Error, Result};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::BufRead;

/// Elements inside of each other; the deepest that programs write are some ten.
const DEEPEST: usize = 100;

/// Bytes of one tag or text.
const LONGEST: usize = 16 << 20;

/// Reads a file; `file` is what messages call it. `visit` gets what it holds in the order of the file, and says what is
/// wrong with it.
///
/// # Errors
/// All that `visit` finds wrong, each with its line (20 at most, then how many more); broken XML; what is refused.
pub fn read(
    file: &str,
    input: impl BufRead,
    visit: &mut dyn FnMut(Item) -> std::result::Result<(), String>,
) -> Result<()> {
    let mut xml = quick_xml::Reader::from_reader(Bounded::new(input, LONGEST));
    xml.config_mut().expand_empty_elements = true;
    let mut problems = Problems::new();
    let mut parser = Parser::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        xml.get_mut().renew();
        let line = xml.get_ref().line;
        let event = match xml.read_event_into(&mut buffer) {
            Ok(Event::Eof) => break,
            Ok(event) => event,
            Err(error) => return Err(broken(file, xml.get_ref(), line, &error)),
        };
        let item = parser.event(&event, line).map_err(|why| Error::at(file, line, why))?;
        if let Some(item) = item {
            let line = item.line;
            if let Err(why) = visit(item) {
                problems.add(file, line, why);
            }
        }
    }
    problems.into_result(file)?;
    if !parser.path.is_empty() {
        let inside = parser.path.last().map_or("", String::as_str);
        return Err(Error::at(file, xml.get_ref().line, format!("the file ends inside <{inside}>; was it cut off?")));
    }
    if parser.graphs == 0 {
        return Err(Error::input(file, "no graph: GraphML has <graphml> with a <graph> in it"));
    }
    Ok(())
}

fn broken<R: BufRead>(file: &str, input: &Bounded<R>, line: u64, error: &quick_xml::Error) -> Error {
    match error {
        _ if input.is_spent() => {
            Error::at(file, line, format!("more than {} MiB in one piece; is a quote or tag left open?", LONGEST >> 20))
        }
        quick_xml::Error::Io(error) if error.get_ref().is_none() => {
            Error::io(file, std::io::Error::new(error.kind(), error.to_string()))
        }
        quick_xml::Error::Encoding(_) => Error::at(file, input.line, "not UTF-8; save the file as UTF-8"),
        other => Error::at(file, input.line, format!("broken XML: {other}; was the file cut off, or edited by hand?")),
    }
}

/// What a `<key>` declares.
#[derive(Debug, Default)]
struct Key {
    /// `node`, `edge`, `all` or another.
    of: String,
    name: String,
    default: Option<String>,
}

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sink {
    Data,
    Label,
    Default,
}

type Step<T> = std::result::Result<T, String>;

#[derive(Default)]
struct Parser {
    /// Names of the elements that are open.
    path: Vec<String>,
    keys: HashMap<String, Key>,
    /// Ids of keys in the order of the file, for defaults.
    order: Vec<String>,
    key: String,
    graphs: usize,
    undirected: bool,
    item: Option<Item>,
    /// The id of the key whose data is open.
    data: String,
    /// Where text goes, and the depth of the element that takes it.
    into: Option<(Sink, usize)>,
    text: String,
}

impl Parser {
    fn event(&mut self, event: &Event<'_>, line: u64) -> Step<Option<Item>> {
        match event {
            Event::Start(tag) => self.start(tag, line).map(|()| None),
            Event::End(_) => Ok(self.end()),
            Event::Text(text) => {
                self.take(&text.xml10_content());
                Ok(None)
            }
            Event::CData(text) => {
                self.take(&text.xml10_content());
                Ok(None)
            }
            Event::GeneralRef(name) => {
                let letter = match name.resolve_char_ref() {
                    Ok(letter) => letter,
                    Err(_) => return Err(format!("&{}; is no character", &**name)),
                };
                let known = quick_xml::escape::resolve_predefined_entity(name);
                match (letter, known) {
                    (Some(letter), _) => self.take(letter.encode_utf8(&mut [0; 4])),
                    (None, Some(text)) => self.take(text),
                    (None, None) => {
                        return Err(format!("&{}; is not defined; entities of one's own are not read", &**name));
                    }
                }
                Ok(None)
            }
            Event::DocType(text) if text.contains(['[', '<']) => {
                Err("definitions in <!DOCTYPE> are not read, since they could stand for endless text: take them out"
                    .to_owned())
            }
            Event::Decl(declaration) => match declaration.encoding() {
                Some(Ok(name)) if !["utf-8", "utf8", "us-ascii", "ascii"].contains(&name.to_lowercase().as_str()) => {
                    Err(format!("the encoding is {name}; save the file as UTF-8"))
                }
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    fn take(&mut self, text: &str) {
        if self.into.is_some_and(|(_, depth)| depth == self.path.len()) {
            self.text.push_str(text);
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, line: u64) -> Step<()> {
        let local = tag.local_name();
        let name = local.as_ref();
        let parent = self.path.last().map(String::as_str);
        match (parent, name) {
            (None, "graphml") => {}
            (None, other) => return Err(format!("this is <{other}>, where GraphML has <graphml>")),
            (Some("graphml"), "key") => self.declare(tag)?,
            (Some("key"), "default") => self.open(Sink::Default),
            (Some("graphml"), "graph") => {
                self.graphs += 1;
                if self.graphs > 1 {
                    return Err("a second graph in one file: put each into a file of its own".to_owned());
                }
                self.undirected = attribute(tag, "edgedefault")?.is_some_and(|way| way == "undirected");
            }
            (Some("node" | "edge"), "graph") => {
                return Err(
                    "a graph inside a node or edge, which is not read: dissolve groups and folders first".to_owned()
                );
            }
            (_, "hyperedge") => return Err("a hyperedge, which is not read: a tie has two ends".to_owned()),
            (Some("graph"), "node") => {
                let id = attribute(tag, "id")?.ok_or("a node without an id")?;
                self.item = Some(Item { line, element: Element::Node { id }, values: Vec::new(), label: None });
            }
            (Some("graph"), "edge") => {
                let end = |name: &str| attribute(tag, name)?.ok_or_else(|| format!("an edge without a {name}"));
                let directed = match attribute(tag, "directed")?.as_deref() {
                    Some("true" | "1") => true,
                    Some("false" | "0") => false,
                    _ => !self.undirected,
                };
                let element = Element::Edge { source: end("source")?, target: end("target")?, directed };
                self.item = Some(Item { line, element, values: Vec::new(), label: None });
            }
            (Some("node" | "edge"), "data") => {
                self.data = attribute(tag, "key")?.ok_or("data without a key")?;
                self.open(Sink::Data);
            }
            (_, "NodeLabel") if self.item.as_ref().is_some_and(|item| item.label.is_none()) => self.open(Sink::Label),
            _ => {}
        }
        if self.path.len() == DEEPEST {
            return Err(format!("elements stand more than {DEEPEST} deep inside of each other; this is no GraphML"));
        }
        self.path.push(name.to_owned());
        Ok(())
    }

    /// Lets text go somewhere, from the element on that is about to open.
    fn open(&mut self, into: Sink) {
        self.into = Some((into, self.path.len() + 1));
        self.text.clear();
    }

    fn end(&mut self) -> Option<Item> {
        let depth = self.path.len();
        let name = self.path.pop().unwrap_or_default();
        if let Some((into, _)) = self.into.take_if(|(_, of)| *of == depth) {
            self.close(into);
        }
        let whole =
            matches!(name.as_str(), "node" | "edge") && self.path.last().is_some_and(|parent| parent == "graph");
        let mut item = self.item.take_if(|_| whole)?;
        let of = if name == "node" { "node" } else { "edge" };
        for id in &self.order {
            let Some(key) = self.keys.get(id).filter(|key| key.of == of || key.of == "all") else { continue };
            if let Some(default) = &key.default
                && !item.values.iter().any(|(name, _)| *name == key.name)
            {
                item.values.push((key.name.clone(), default.clone()));
            }
        }
        Some(item)
    }

    fn close(&mut self, into: Sink) {
        let text = std::mem::take(&mut self.text);
        match (into, &mut self.item) {
            (Sink::Default, _) => {
                if let Some(key) = self.keys.get_mut(&self.key) {
                    key.default = Some(text);
                }
            }
            (Sink::Label, Some(item)) => {
                item.label = Some(text.trim().to_owned()).filter(|label| !label.is_empty());
            }
            (Sink::Data, Some(item)) => {
                let name = self.keys.get(&self.data).map_or("", |key| key.name.as_str());
                if !name.is_empty() {
                    item.values.push((name.to_owned(), text));
                }
            }
            (_, None) => {}
        }
    }

    fn declare(&mut self, tag: &BytesStart<'_>) -> Step<()> {
        let id = attribute(tag, "id")?.ok_or("a key without an id")?;
        let name = attribute(tag, "attr.name")?;
        let drawn = tag.attributes().flatten().any(|a| a.key.as_ref() == "yfiles.type");
        // The schema lets a key go without a name; then its id is the only one that it has.
        let name = name.unwrap_or_else(|| if drawn { String::new() } else { id.clone() });
        let of = attribute(tag, "for")?.unwrap_or_else(|| "all".to_owned());
        if self.keys.insert(id.clone(), Key { of, name, default: None }).is_some() {
            return Err(format!("two keys have the id {id}"));
        }
        self.order.push(id.clone());
        self.key = id;
        Ok(())
    }
}

/// An attribute of a tag; all are looked at, so that one that stands twice is told.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Step<Option<String>> {
    let mut found = None;
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|e| format!("broken XML: {e}"))?;
        if attribute.key.as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|e| format!("broken XML: {e}"))?;
            found = Some(value.into_owned());
        }
    }
    Ok(found)
}
