//! Events that are counted while they pass make the network that their statements make.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use stancenet::document::EventForm;
use stancenet::export::{Profile, edges_csv, nodes_csv};
use stancenet::import::events::{Codebook, EventFile, EventOptions, Found, read};
use stancenet::lexicon::Lexicon;
use stancenet::network::{CombinedWeights, Level, Network, NetworkOptions, build, combined, tallied};
use std::io::Cursor;

/// A row of GDELT 2.0: day of January, country and role of both sides, code, link.
type Row = (u8, (usize, usize), (usize, usize), usize, bool);

const COUNTRIES: [&str; 6] = ["FRA", "DEU", "ROM", "EUR", "", "UKR"];
const ROLES: [&str; 5] = ["", "GOV", "COP", "REB", "MIL"];
const CODES: [&str; 8] = ["010", "036", "042", "051", "1121", "120", "090", "---"];

fn gdelt(rows: &[Row]) -> String {
    let side = |(country, role): (usize, usize)| format!("\t\t{}\t\t\t\t\t{}\t\t", COUNTRIES[country], ROLES[role]);
    let row = |(n, (day, from, to, code, link)): (usize, &Row)| {
        let link = if *link { format!("https://www.a.example/{n}") } else { String::new() };
        let code = CODES[*code];
        let rest = "\t".repeat(33);
        format!(
            "{}\t202401{day:02}\t202401\t2024\t2024.0137\t{}\t{}\t1\t{code}{rest}\t{link}\n",
            97 + n,
            side(*from),
            side(*to)
        )
    };
    rows.iter().enumerate().map(row).collect()
}

fn icews(rows: &[Row]) -> String {
    let mut text = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tCAMEO Code\tTarget Name\tTarget Sectors\tTarget Country\n".to_owned();
    for (n, (day, from, to, code, _)) in rows.iter().enumerate() {
        let cells = |(country, role): (usize, usize)| format!("\t{}\t{}", ROLES[role], COUNTRIES[country]);
        let (one, other) = (cells(*from), cells(*to));
        let start = format!("{n}\t2024-01-{day:02}");
        // A symmetric event stands twice.
        text += &format!("{start}\t{one}\t{}\t{other}\n{start}\t{other}\t{}\t{one}\n", CODES[*code], CODES[*code]);
    }
    text
}

/// The network by both roads, first by statements.
fn networks(files: &[(EventForm, String)], options: &NetworkOptions, parts: usize) -> [Network; 2] {
    let lexicon = Lexicon::embedded().unwrap();
    let book = Codebook::new(&lexicon).unwrap();
    let code = |name: &str| lexicon.code(name).map(str::to_owned);
    let kind = |name: &str| lexicon.kind(name);
    let events = |most_kept: usize, parts: usize| {
        let open = |(form, text): &(EventForm, String)| {
            let bytes = text.clone().into_bytes();
            EventFile::new("f", *form, move || Ok(Box::new(Cursor::new(bytes)) as Box<dyn std::io::Read + Send>))
        };
        let options = EventOptions { most_kept, from: options.from, to: options.to, ..EventOptions::default() };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(parts).build().unwrap();
        pool.install(|| read(files.iter().map(open).collect(), &book, options)).unwrap().found
    };
    let Found::Statements(statements) = events(usize::MAX, 1) else { panic!("counted") };
    let by_statements = build(&statements, options, &code, &kind);
    let by_counts = match events(0, parts) {
        Found::Counts(bundles) => tallied(bundles, options, &code, &kind),
        Found::Statements(none) => {
            assert!(none.is_empty());
            tallied(Vec::new(), options, &code, &kind)
        }
    };
    [by_statements, by_counts]
}

const GDELT: EventForm = EventForm::Gdelt { columns: 61 };

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn counts_make_the_network_that_statements_make(
        rows in prop::collection::vec((1u8..29, (0usize..6, 0usize..5), (0usize..6, 0usize..5), 0usize..8, any::<bool>()), 0..60),
        more in prop::collection::vec((1u8..29, (0usize..6, 0usize..5), (0usize..6, 0usize..5), 0usize..8, any::<bool>()), 0..20),
        country in any::<bool>(),
        no_hedged in any::<bool>(),
        days in any::<bool>(),
        name in 0usize..4,
        min_weight in 1u32..3,
        threads in 1usize..4,
    ) {
        let named = |at: usize| if name == at { vec!["france".to_owned()] } else { Vec::new() };
        let day = |d| days.then(|| jiff::civil::date(2024, 1, d));
        let level = if country { Level::Country } else { Level::Actor };
        let options = NetworkOptions {
            level, no_hedged, from: day(5), to: day(20), only: named(0), exclude: named(1), min_weight, ..NetworkOptions::default()
        };
        let files = [(GDELT, gdelt(&rows)), (EventForm::Icews, icews(&more))];
        let [one, other] = networks(&files, &options, threads);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        prop_assert_eq!(text(edges_csv(&one, Profile::Plain).unwrap()), text(edges_csv(&other, Profile::Plain).unwrap()));
        prop_assert_eq!(text(nodes_csv(&one, None, Profile::Plain).unwrap()), text(nodes_csv(&other, None, Profile::Plain).unwrap()));
        prop_assert_eq!(one.self_ties, other.self_ties);
        // What is left out for its day is counted where events are counted.
        prop_assert_eq!((one.left_out.by_name, one.left_out.hedged, one.left_out.light_ties),
                        (other.left_out.by_name, other.left_out.hedged, other.left_out.light_ties));
        let weights = CombinedWeights::default();
        prop_assert_eq!(combined(&one, &weights), combined(&other, &weights));
        prop_assert_eq!(one.counted(), other.counted());
    }
}
