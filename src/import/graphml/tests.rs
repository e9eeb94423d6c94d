//! Dialects that other programs write, and XML that is not read.

use super::*;
use proptest::prelude::*;

fn items(xml: &str) -> crate::Result<Vec<Item>> {
    let mut all = Vec::new();
    read("g.graphml", xml.as_bytes(), &mut |item| {
        all.push(item);
        Ok(())
    })?;
    Ok(all)
}

fn told(xml: &str) -> String {
    items(xml).unwrap_err().to_string()
}

const YED: &str = r##"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key for="port" id="d1" yfiles.type="portgraphics"/>
  <key attr.name="weight" attr.type="double" for="edge" id="d9"><default>1.5</default></key>
  <key for="node" id="d6" yfiles.type="nodegraphics"/>
  <graph edgedefault="directed" id="G">
    <node id="n0"><data key="d6"><y:ShapeNode><y:NodeLabel x="1">Ann &amp; <![CDATA[Bob]]>&#233;<y:LabelModel>no</y:LabelModel></y:NodeLabel>
      <y:NodeLabel>second</y:NodeLabel></y:ShapeNode></data></node>
    <node id="n1"/>
    <edge id="e0" source="n0" target="n1" directed="false"><data key="d9">-2</data></edge>
    <edge id="e1" source="n1" target="n0"/>
  </graph>
</graphml>"##;

#[test]
fn names_that_are_drawn_are_labels() {
    let all = items(YED).unwrap();
    assert_eq!((all[0].label.as_deref(), all[0].line), (Some("Ann & Bobé"), 7));
    assert_eq!((all[1].label.as_deref(), all[1].values.len()), (None, 0));
    let edge = |i: usize| match &all[i].element {
        Element::Edge { source, target, directed } => (source.as_str(), target.as_str(), *directed, &all[i].values[..]),
        Element::Node { .. } => panic!(),
    };
    assert_eq!(edge(2), ("n0", "n1", false, &[("weight".to_owned(), "-2".to_owned())][..]));
    assert_eq!(edge(3), ("n1", "n0", true, &[("weight".to_owned(), "1.5".to_owned())][..]));
}

#[test]
fn what_is_not_read_is_refused_by_name() {
    let graph = |inside: &str| format!("<graphml>\n<graph edgedefault=\"undirected\">\n{inside}</graph></graphml>");
    for (inside, words) in [
        ("<node id='a'>\n<graph/></node>", "g.graphml:4: a graph inside a node"),
        ("<hyperedge/>", "g.graphml:3: a hyperedge"),
        ("<node/>", "a node without an id"),
        ("<edge source='a'/>", "an edge without a target"),
        ("<node id='a'>&bomb;</node>", "&bomb; is not defined"),
        ("<node id='a'></edge>", "g.graphml:3: broken XML"),
        ("<node id='a' id='b'/>", "broken XML"),
        ("<node id='a'>", "broken XML"),
    ] {
        let text = told(&graph(inside));
        assert!(text.contains(words), "{inside}: {text}");
    }
    assert!(told("<graphml><graph/><graph/></graphml>").contains("a second graph"));
    assert!(told("<graphml><graph><node id='a'>").contains("ends inside <node>"));
    assert!(told("<gexf/>").contains("this is <gexf>"));
    assert!(told("<graphml/>").contains("no graph"));
    let bomb = "<?xml version='1.0'?>\n<!DOCTYPE graphml [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>\n<graphml/>";
    assert!(told(bomb).contains("g.graphml:2: definitions in <!DOCTYPE>"), "{}", told(bomb));
    assert!(told("<?xml version='1.0' encoding='latin1'?><graphml/>").contains("save the file as UTF-8"));
    let old =
        "<!DOCTYPE graphml SYSTEM 'http://graphml.graphdrawing.org/dtds/1.0rc/graphml.dtd'><graphml><graph/></graphml>";
    assert!(items(old).unwrap().is_empty());
    assert!(told(&format!("<graphml><graph>{}", "<x>".repeat(200))).contains("100 deep"));
}

#[test]
fn an_endless_text_is_an_error_not_memory() {
    use std::io::{BufReader, Read, repeat};
    let endless = b"<graphml><graph><node id='a'>".chain(repeat(b'x'));
    let text = read("g", BufReader::new(endless), &mut |_| Ok(())).unwrap_err().to_string();
    assert!(text.contains("more than 16 MiB in one piece"), "{text}");
    let bytes: &[u8] = b"<graphml><graph><node id='\xff'/></graph></graphml>";
    assert!(read("g", bytes, &mut |_| Ok(())).unwrap_err().to_string().contains("UTF-8"));
}

proptest! {
    #[test]
    fn never_panics(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<graphml>", "<graph>", "</graph>", "</graphml>", "<node id='a'>", "</node>", "<edge source='a' target='b'/>",
                "<key id='k' attr.name='weight'/>", "<data key='k'>", "</data>", "&lt;", "&x;", "1", "<![CDATA[x]]>", "<y:NodeLabel>",
                "</y:NodeLabel>", "<default>", "</default>", "<!-- -->", "<", "\"",
            ]),
            0..30,
        ),
    ) {
        let _ = (read("g", bytes.as_slice(), &mut |_| Ok(())), items(&pieces.concat()));
    }
}
