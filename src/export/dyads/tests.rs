//! What is written is read back by small readers of the formats' own rules.

use super::*;
use proptest::prelude::*;

fn dyads(names: &[&str]) -> Dyads {
    Dyads {
        relation: "support",
        names: names.iter().map(|n| (*n).to_owned()).collect(),
        places: vec![[0.0, 50.0], [100.0, 0.0]],
        directed: true,
        values: vec![(0, 1, 2.0), (1, 0, 0.5)],
        rows: None,
    }
}

fn text(dyads: &Dyads, format: DyadFormat) -> String {
    String::from_utf8(dyads.write(format)).unwrap()
}

#[test]
fn pajek_has_one_block_of_arcs() {
    let names = ["Smith, \"Jo\"", "A\\B &#1; & C"];
    let want = "*Vertices 2\n1 \"Smith, &#34;Jo&#34;\" 0.0500 0.7250\n2 \"A&#92;B &#38;#1; & C\" 0.9500 0.2750\n\
                *Arcs\n1 2 2.0\n2 1 0.5\n";
    assert_eq!(text(&dyads(&names), DyadFormat::Pajek), want);
    assert_eq!(pajek::partition([1, 2, 1].into_iter()), "*Vertices 3\n1\n2\n1\n");
}

#[test]
fn dl_has_labels_and_a_list() {
    let want = "dl n=2\nformat = edgelist1\nlabels:\nEuropean_Union\na%5Fb%2C%0A\ndata:\n1 2 2.0\n2 1 0.5\n";
    assert_eq!(text(&dyads(&["European Union", "a_b,\n"]), DyadFormat::Dl), want);
}

#[test]
fn matrices_have_signs_and_two_modes_two_sets() {
    let matrix = Matrix {
        rows: vec!["A".into(), "B".into()],
        columns: vec!["A".into(), "B".into()],
        symmetric: true,
        cells: vec![vec![(1, -1.5)], vec![]],
    };
    let one = Dyads::of_matrix(&matrix, Some(Ties::Subtract)).unwrap();
    assert!(text(&one, DyadFormat::Pajek).ends_with("*Edges\n1 2 -1.5\n"));
    assert!(text(&one, DyadFormat::Dl).ends_with("data:\n1 2 -1.5\n2 1 -1.5\n"));
    let matrix =
        Matrix { columns: vec!["tax".into()], symmetric: false, cells: vec![vec![(0, 1.0)], vec![]], ..matrix };
    let two = Dyads::of_matrix(&matrix, Some(Ties::TwoMode(crate::network::Sides::Subtract))).unwrap();
    assert_eq!(text(&two, DyadFormat::Pajek), "*Vertices 3 2\n1 \"A\"\n2 \"B\"\n3 \"tax\"\n*Edges\n1 3 1.0\n");
    assert!(!two.is_empty() && two.relation == "two-mode");
}

/// Undoes `&#N;`.
fn unreferenced(label: &str) -> String {
    let mut parts = label.split("&#");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap();
        out.push(char::from_u32(number.parse().unwrap()).unwrap());
        out.push_str(rest);
    }
    out
}

/// Undoes `_` and `%XX`.
fn unquoted(label: &str) -> String {
    let spaced = label.replace('_', " ");
    let mut bytes = Vec::new();
    let mut rest = spaced.bytes();
    while let Some(byte) = rest.next() {
        let hex = |b: Option<u8>| char::from(b.unwrap()).to_digit(16).unwrap() as u8;
        bytes.push(if byte == b'%' { hex(rest.next()) * 16 + hex(rest.next()) } else { byte });
    }
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #[test]
    fn any_name_comes_back(one in "\\PC{0,8}|(?s).{0,8}|[&#0-9;_%\"\\\\ ]{0,8}", two in "[ -~]{0,6}") {
        let dyads = dyads(&[&one, &two]);
        let net = text(&dyads, DyadFormat::Pajek);
        let labels: Vec<_> = net.split('\n').skip(1).take(2).map(|line| line.split('"').nth(1).unwrap()).collect();
        prop_assert_eq!(labels.iter().map(|l| unreferenced(l)).collect::<Vec<_>>(), dyads.names.clone());
        let dl = text(&dyads, DyadFormat::Dl);
        let labels: Vec<_> = dl.split('\n').skip(3).take(2).collect();
        prop_assert!(labels.iter().all(|l| !l.contains(|c: char| c.is_whitespace() || c.is_control() || ",:\"'".contains(c))));
        prop_assert_eq!(labels.iter().map(|l| unquoted(l)).collect::<Vec<_>>(), dyads.names.clone());
    }
}
