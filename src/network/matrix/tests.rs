//! Tests of the matrices: against what Discourse Network Analyzer gives, against sums over everything, and in the corners.

use super::*;
use crate::network::tests::{founding, network};
use crate::network::{CombinedWeights, Level, NetworkOptions, combined};
use crate::statement::{Brief, Names, Relation, Seen, Statement, each_row};
use jiff::civil::DateTime;
use proptest::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The folder of reference networks, where there is one.
fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("STANCENET_SHARED").map_or(beside, PathBuf::from).join("dna");
    if !folder.is_dir() {
        eprintln!("skipped: no {} (set STANCENET_SHARED to the folder that holds dna/)", folder.display());
        return None;
    }
    Some(folder)
}

fn nobody(_: &str) -> Option<String> {
    None
}

/// The stances of a table, as `map` names its columns.
fn stances(csv: &[u8], map: &str, options: &NetworkOptions) -> Stances {
    let names = Names::parse_list(map).unwrap().mentions();
    let names = if map.ends_with("=intensity") { names.scale() } else { names };
    let mut ledger = Ledger::new(options);
    each_row("t.csv", csv, &names, &mut Seen::default(), &mut |brief| ledger.add(brief)).unwrap();
    ledger.stances(options.level, Targets::Matters, &nobody, &|_| None)
}

/// A matrix as the other program's files have it.
fn expected(file: &Path) -> Matrix {
    let mut reader = ::csv::Reader::from_path(file).unwrap();
    let columns: Vec<String> = reader.headers().unwrap().iter().skip(1).map(str::to_owned).collect();
    let (mut rows, mut cells) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let row = row.unwrap();
        rows.push(row[0].to_owned());
        let values = row.iter().skip(1).map(|cell| cell.parse::<f64>().unwrap());
        cells.push((0..).zip(values).filter(|(_, v)| *v != 0.0).collect());
    }
    Matrix { rows, columns, symmetric: false, cells }
}

fn cell(matrix: &Matrix, i: usize, j: usize) -> f64 {
    let (i, j) = if matrix.symmetric { (i.min(j), i.max(j)) } else { (i, j) };
    matrix.cells[i].iter().find(|(column, _)| *column as usize == j).map_or(0.0, |(_, v)| *v)
}

/// Same labels, same values.
fn same(got: &Matrix, want: &Matrix) -> std::result::Result<(), String> {
    if (&got.rows, &got.columns) != (&want.rows, &want.columns) {
        return Err(format!("{:?} {:?} instead of {:?} {:?}", got.rows, got.columns, want.rows, want.columns));
    }
    for i in 0..got.rows.len() {
        for j in 0..got.columns.len() {
            let (a, b) = (cell(got, i, j), cell(want, i, j));
            if (a - b).abs() > 1e-12 * b.abs().max(1.0) {
                return Err(format!("{} {}: {a} instead of {b}", got.rows[i], got.columns[j]));
            }
        }
    }
    Ok(())
}

/// The options of a run of the other program, but for how it normalizes and what it filters.
fn options(run: &Value, dna: bool) -> MatrixOptions {
    let word = |key: &str| run["options"][key].as_str().unwrap_or_default();
    let one_mode = word("network_type") == "onemode";
    let ties = match (word("aggregation"), one_mode) {
        ("congruence", true) => Ties::Congruence,
        ("conflict", true) => Ties::Conflict,
        ("subtract", true) => Ties::Subtract,
        ("ignore", true) => Ties::Ignore,
        ("ignore", false) => Ties::TwoMode(Sides::Ignore),
        ("subtract", false) => Ties::TwoMode(Sides::Subtract),
        ("combine", false) => Ties::TwoMode(Sides::Combine),
        other => panic!("{other:?}"),
    };
    let normalize = match word("normalization") {
        "average" => Normalize::Average,
        "jaccard" => Normalize::Jaccard,
        "cosine" => Normalize::Cosine,
        "activity" => Normalize::Activity,
        "prominence" => Normalize::Prominence,
        _ => Normalize::None,
    };
    let duplicates = match word("duplicates") {
        "document" => Duplicates::Document,
        "week" => Duplicates::Week,
        "month" => Duplicates::Month,
        "year" => Duplicates::Year,
        "acrossrange" => Duplicates::All,
        _ => Duplicates::Include,
    };
    MatrixOptions { ties, over: Over::Holders, normalize, duplicates, dna }
}

/// The table without the rows that the run's filters leave out.
fn filtered(table: &[u8], run: &Value, file: &Value) -> Vec<u8> {
    let mut reader = ::csv::Reader::from_reader(table);
    let header = reader.headers().unwrap().clone();
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    let time = |value: &Value| value.as_str().map(|t| t.parse::<DateTime>().unwrap());
    let run = &run["options"];
    let from = time(&file["window_start"]).or_else(|| time(&run["start"]));
    let to = time(&file["window_stop"]).or_else(|| time(&run["stop"]));
    for row in reader.records() {
        let row = row.unwrap();
        let at = |name: &str| &row[header.iter().position(|h| h == name).unwrap()];
        let when: DateTime = at("date_time").parse().unwrap();
        // The filters of the runs at hand are inverted: they say what is kept.
        let concepts =
            run["exclude"].as_str().map(|list| list.split('|').any(|c| c == format!("concept:{}", at("concept"))));
        let sources = run["exclude_sources"].as_str().map(|source| source == at("source"));
        let inside = from.is_none_or(|from| when >= from) && to.is_none_or(|to| when <= to);
        if inside && concepts.unwrap_or(true) && sources.unwrap_or(true) {
            writer.write_record(&row).unwrap();
        }
    }
    writer.into_inner().unwrap()
}

#[test]
fn what_discourse_network_analyzer_gives() {
    let Some(folder) = shared() else { return };
    let table = std::fs::read(folder.join("statements.csv")).unwrap();
    let manifest: Value = serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let mut compared = 0;
    for run in manifest["entries"].as_array().unwrap() {
        let word = |key: &str| run["options"][key].as_str().unwrap_or_default();
        let known = ["grid", "range", "exclude", "variables", "windows"].contains(&run["group"].as_str().unwrap());
        if !known || !["agreement", "intensity", "none"].contains(&word("qualifier")) {
            continue;
        }
        let mut map =
            format!("document=document_id,date=date_time,holder={},target={}", word("variable1"), word("variable2"));
        if word("qualifier") != "none" {
            map.push_str(",relation=");
            map.push_str(word("qualifier"));
        }
        let dna = options(run, true);
        for file in run["files"].as_array().unwrap() {
            let stances = stances(&filtered(&table, run, file), &map, &NetworkOptions::default());
            let want = expected(&folder.join(file["file"].as_str().unwrap()));
            let id = file["file"].as_str().unwrap();
            let got = matrix(&stances, None, &dna).unwrap();
            same(&got, &want).unwrap_or_else(|why| panic!("{id}: {why}"));
            compared += 1;
            let Ok(ours) = matrix(&stances, None, &MatrixOptions { dna: false, ..dna }) else {
                assert_eq!(word("qualifier"), "intensity", "{id}");
                continue;
            };
            // Where we differ, one of the reasons that the docs name is there.
            let qualified = word("qualifier") != "none";
            let reason = matches!(dna.normalize, Normalize::Cosine | Normalize::Jaccard)
                || matches!(dna.duplicates, Duplicates::Week | Duplicates::Month)
                || (qualified && word("aggregation") == "ignore" && dna.duplicates != Duplicates::Include);
            assert!(reason || same(&ours, &want).is_ok(), "{id}");
        }
    }
    assert!(compared >= 100);
}

#[test]
fn concepts_by_actors_is_actors_by_concepts_turned() {
    let Some(folder) = shared() else { return };
    let table = std::fs::read(folder.join("statements.csv")).unwrap();
    let map = "document=document_id,date=date_time,holder=organization,target=concept,relation=agreement";
    let stances = stances(&table, map, &NetworkOptions::default());
    let options = MatrixOptions {
        ties: Ties::Congruence,
        over: Over::Matters,
        normalize: Normalize::None,
        duplicates: Duplicates::Document,
        dna: true,
    };
    let want = expected(&folder.join("matrices/concept_concept_congruence.csv"));
    same(&matrix(&stances, None, &options).unwrap(), &want).unwrap();
}

fn say(statements: &[Statement], options: &NetworkOptions) -> Stances {
    let mut ledger = Ledger::new(options);
    statements.iter().for_each(|s| ledger.add(&Brief::of(s)).unwrap());
    ledger.stances(options.level, Targets::Known, &nobody, &|name| {
        ["Emmanuel Macron"].contains(&name).then_some(crate::statement::Kind::Person)
    })
}

const PLAIN: MatrixOptions = MatrixOptions {
    ties: Ties::TwoMode(Sides::Subtract),
    over: Over::Holders,
    normalize: Normalize::None,
    duplicates: Duplicates::Document,
    dna: false,
};

/// `X[i][j][k]` of a few rows `document,date,holder,relation,target`, and the matrix of it.
fn of(rows: &str, options: &MatrixOptions) -> Matrix {
    let csv = format!("document,date,holder,relation,target,target_kind\n{rows}");
    let names = Names::default();
    let mut ledger = Ledger::new(&NetworkOptions::default());
    each_row("t.csv", csv.as_bytes(), &names, &mut Seen::default(), &mut |brief| ledger.add(brief)).unwrap();
    let stances = ledger.stances(Level::Actor, Targets::Known, &nobody, &|_| None);
    matrix(&stances, None, options).unwrap()
}

#[test]
fn normalized_values_by_hand() {
    // A: plan +2, war -1; B: plan +1 -1, war -2.
    let rows = "1,,A,support,plan,matter\n2,,A,support,plan,matter\n1,,A,oppose,war,matter\n\
                1,,B,support,plan,matter\n2,,B,oppose,plan,matter\n1,,B,oppose,war,matter\n2,,B,oppose,war,matter\n";
    let value = |ties, normalize| cell(&of(rows, &MatrixOptions { ties, normalize, ..PLAIN }), 0, 1);
    assert_eq!(value(Ties::Congruence, Normalize::None), 4.0);
    assert_eq!(value(Ties::Conflict, Normalize::None), 2.0);
    assert_eq!(value(Ties::Subtract, Normalize::None), 2.0);
    assert_eq!(value(Ties::Ignore, Normalize::None), 6.0);
    assert_eq!(value(Ties::Congruence, Normalize::Average), 4.0 / 3.5);
    assert_eq!(value(Ties::Congruence, Normalize::Cosine), 4.0 / 30f64.sqrt());
    assert_eq!(value(Ties::Ignore, Normalize::Cosine), 6.0 / 40f64.sqrt());
    // min: plan+ 1, war- 1 of 7 - 2; opposite sides: plan 1 of 7 - 1.
    assert_eq!(value(Ties::Congruence, Normalize::Jaccard), 2.0 / 5.0);
    assert_eq!(value(Ties::Conflict, Normalize::Jaccard), 1.0 / 6.0);
    assert_eq!(value(Ties::Subtract, Normalize::Jaccard), 2.0 / 5.0 - 1.0 / 6.0);
    assert_eq!(value(Ties::Ignore, Normalize::Jaccard), 3.0 / 4.0);
    let two = |sides, normalize| of(rows, &MatrixOptions { ties: Ties::TwoMode(sides), normalize, ..PLAIN });
    assert_eq!(two(Sides::Subtract, Normalize::None).cells, [vec![(0, 2.0), (1, -1.0)], vec![(1, -2.0)]]);
    assert_eq!(two(Sides::Combine, Normalize::None).cells, [vec![(0, 1.0), (1, 2.0)], vec![(0, 3.0), (1, 2.0)]]);
    assert_eq!(two(Sides::Ignore, Normalize::Activity).cells[1], [(0, 0.5), (1, 0.5)]);
    assert_eq!(two(Sides::Ignore, Normalize::Prominence).cells[0], [(0, 0.5), (1, 1.0 / 3.0)]);
}

#[test]
fn duplicates_count_once_a_period_of_its_year() {
    let row = |document: &str, date: &str| format!("{document},{date},A,support,plan,matter\n");
    let rows = [
        ("1", "2023-03-06"),
        ("1", "2023-03-06"),
        ("2", "2023-03-12"),
        ("3", "2023-03-13"),
        ("4", "2024-03-05"),
        ("5", ""),
        ("6", ""),
    ];
    let rows: String = rows.iter().map(|(document, day)| row(document, day)).collect();
    let count = |duplicates| cell(&of(&rows, &MatrixOptions { duplicates, ..PLAIN }), 0, 0);
    let counts =
        [Duplicates::Document, Duplicates::Week, Duplicates::Month, Duplicates::Year, Duplicates::All].map(count);
    assert_eq!(counts, [6.0, 5.0, 4.0, 4.0, 1.0], "the two without a date count once a document");
}

#[test]
fn windows_and_filters_choose() {
    let rows = "1,2024-01-01,A,support,plan,matter\n2,2024-02-01,B,support,plan,matter\n3,,C,oppose,plan,matter\n";
    let csv = format!("document,date,holder,relation,target,target_kind\n{rows}");
    let all = |options: &NetworkOptions| {
        let mut ledger = Ledger::new(options);
        each_row("t", csv.as_bytes(), &Names::default(), &mut Seen::default(), &mut |b| ledger.add(b)).unwrap();
        ledger.stances(Level::Actor, Targets::Known, &nobody, &|_| None)
    };
    let window =
        |from: &str, to: &str| Window { label: String::new(), from: from.parse().unwrap(), to: to.parse().unwrap() };
    let stances = all(&NetworkOptions::default());
    let names = |w: Option<&Window>| matrix(&stances, w, &PLAIN).unwrap().rows;
    assert_eq!(names(None), ["A", "B", "C"]);
    assert_eq!(names(Some(&window("2024-01-01", "2024-01-31"))), ["A"]);
    assert_eq!(names(Some(&window("-009999-01-01", "9999-12-31"))), ["A", "B"], "no date is in no window");
    assert!(names(Some(&window("2025-01-01", "2025-01-31"))).is_empty());
    let options = NetworkOptions { exclude: vec![" b".into()], ..NetworkOptions::default() };
    assert_eq!(matrix(&all(&options), None, &PLAIN).unwrap().rows, ["A", "C"]);
    let options = NetworkOptions { only: vec!["c".into()], ..NetworkOptions::default() };
    assert_eq!(all(&options).len(), 1);
}

#[test]
fn what_is_struck_out_leaves_no_trace() {
    let statements = founding();
    let mut ledger = Ledger::new(&NetworkOptions::default());
    statements.iter().for_each(|s| ledger.add(&Brief::of(s)).unwrap());
    let mark = ledger.mark();
    let mut other = statements[0].clone();
    (other.holder, other.toward) = ("training mission".into(), vec!["training mission in Ukraine".into()]);
    ledger.add(&Brief::of(&other)).unwrap();
    ledger.back_to(mark);
    let struck = ledger.stances(Level::Actor, Targets::Known, &nobody, &|_| None);
    let plain = say(&statements, &NetworkOptions::default());
    assert_eq!(matrix(&struck, None, &PLAIN).unwrap(), matrix(&plain, None, &PLAIN).unwrap());
}

#[test]
fn normalizations_that_do_not_fit_are_refused() {
    let wrong = |ties, normalize| MatrixOptions { ties, normalize, ..PLAIN }.check().unwrap_err().to_string();
    assert!(wrong(Ties::Congruence, Normalize::Prominence).contains("none, average, jaccard and cosine"));
    assert!(wrong(Ties::TwoMode(Sides::Subtract), Normalize::Cosine).contains("none, activity and prominence"));
    assert!(wrong(Ties::TwoMode(Sides::Combine), Normalize::Activity).contains("codes"));
}

#[test]
fn actors_as_they_are_told_and_the_graph_for_blocs_are_matrices_too() {
    let network = network(&founding(), &NetworkOptions::default());
    let direct = direct_matrix(&network);
    let at = |name: &str| direct.rows.iter().position(|n| n == name).unwrap();
    assert_eq!(cell(&direct, at("Germany"), at("France")), -2.0, "the invitation that was withheld is no stance");
    let graph = combined(&network, &CombinedWeights::default());
    let signed = signed_matrix(&graph);
    assert_eq!(signed.cells.iter().map(Vec::len).sum::<usize>(), graph.edges.len());
    assert_eq!(cell(&signed, at("France"), at("Germany")), -2.25);
}

fn statement() -> impl Strategy<Value = Statement> {
    let holder = proptest::sample::select(vec!["A", "B", "C", "Emmanuel Macron", "France"]);
    let target = proptest::sample::select(vec!["A", "plan", "war", "tax", "France", "Emmanuel Macron"]);
    let document = proptest::sample::select(vec!["d", "e", "f"]);
    let about = proptest::sample::select(vec![None, Some("plan"), Some("peace")]);
    let kind = proptest::sample::select(vec![
        None,
        Some(crate::statement::Kind::Matter),
        Some(crate::statement::Kind::Country),
    ]);
    let relation = proptest::sample::select(Relation::ALL.to_vec());
    let speaks_for = proptest::sample::select(vec![None, Some("France"), Some("B")]);
    (document, holder, relation, target, about, kind, speaks_for, 0i64..900).prop_map(
        |(document, holder, relation, target, about, kind, speaks_for, day)| {
            let rows = format!("document,holder,relation,target\n{document},{holder},{relation},{target}x\n");
            let mut s =
                crate::statement::Table::read("t", rows.as_bytes(), &Names::default()).unwrap().statements.remove(0);
            s.target.pop();
            if s.target == s.holder {
                s.target = "other".into();
            }
            (s.matter, s.target_kind) = (about.map(str::to_owned), kind);
            s.holder_for = speaks_for.filter(|f| *f != holder).map(str::to_owned);
            s.date = Some(jiff::civil::date(2023, 1, 1) + jiff::Span::new().days(day));
            s.id = format!("{document}{holder}{relation}{target}{about:?}{kind:?}{speaks_for:?}{day}");
            s
        },
    )
}

/// All options there are.
fn every() -> Vec<MatrixOptions> {
    let mut every = Vec::new();
    for (ties, normalizations) in [
        (Ties::Congruence, vec![Normalize::None, Normalize::Average, Normalize::Jaccard, Normalize::Cosine]),
        (Ties::Conflict, vec![Normalize::None, Normalize::Average, Normalize::Jaccard, Normalize::Cosine]),
        (Ties::Subtract, vec![Normalize::None, Normalize::Average, Normalize::Jaccard, Normalize::Cosine]),
        (Ties::Ignore, vec![Normalize::None, Normalize::Average, Normalize::Jaccard, Normalize::Cosine]),
        (Ties::TwoMode(Sides::Subtract), vec![Normalize::None, Normalize::Activity, Normalize::Prominence]),
        (Ties::TwoMode(Sides::Ignore), vec![Normalize::None, Normalize::Activity, Normalize::Prominence]),
        (Ties::TwoMode(Sides::Combine), vec![Normalize::None]),
    ] {
        for normalize in normalizations {
            for over in [Over::Holders, Over::Matters] {
                for duplicates in [Duplicates::Include, Duplicates::Document, Duplicates::Week, Duplicates::All] {
                    every.extend([false, true].map(|dna| MatrixOptions { ties, over, normalize, duplicates, dna }));
                }
            }
        }
    }
    every
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn stands_of_the_network_are_the_two_mode_matrix(all in prop::collection::vec(statement(), 0..25), country: bool) {
        let level = if country { Level::Country } else { Level::Actor };
        let options = NetworkOptions { level, ..NetworkOptions::default() };
        let kind = |name: &str| ["Emmanuel Macron"].contains(&name).then_some(crate::statement::Kind::Person);
        let network = crate::network::build(&all, &options, &nobody, &kind);
        let stances = say(&all, &options);
        let got = matrix(&stances, None, &MatrixOptions { ties: Ties::TwoMode(Sides::Ignore), ..PLAIN }).unwrap();
        let mut want = std::collections::BTreeMap::new();
        for matter in &network.matters {
            for stand in &matter.stands {
                let key = (network.graph[stand.actor].name.clone(), matter.name.clone());
                *want.entry(key).or_insert(0.0) += f64::from(stand.statements);
            }
        }
        let got: std::collections::BTreeMap<_, _> = got.cells.iter().enumerate().flat_map(|(i, row)| {
            let got = &got;
            row.iter().map(move |(j, v)| ((got.rows[i].clone(), got.columns[*j as usize].clone()), *v))
        }).collect();
        prop_assert_eq!(got, want);
    }

    #[test]
    fn neither_order_nor_threads_leave_a_trace(all in prop::collection::vec(statement(), 0..25)) {
        let turned: Vec<Statement> = all.iter().rev().cloned().collect();
        let (a, b) = (say(&all, &NetworkOptions::default()), say(&turned, &NetworkOptions::default()));
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        for options in every() {
            let (here, there) = (matrix(&a, None, &options).unwrap(), one.install(|| matrix(&b, None, &options).unwrap()));
            if !(options.dna && options.normalize == Normalize::Jaccard) {
                prop_assert_eq!(&here, &there, "{:?}", options); // there the first of a day may be either
            }
            prop_assert!(here.cells.iter().flatten().all(|(_, v)| v.is_finite() && *v != 0.0));
            if options.symmetric_share() {
                prop_assert!(here.cells.iter().flatten().all(|(_, v)| v.abs() <= 1.0 + 1e-12), "{:?}", options);
            }
        }
    }

    #[test]
    fn congruence_and_conflict_make_up_all_that_is_shared(all in prop::collection::vec(statement(), 0..25)) {
        let stances = say(&all, &NetworkOptions::default());
        let of = |ties| matrix(&stances, None, &MatrixOptions { ties, ..PLAIN }).unwrap();
        let (c, d, s, g) = (of(Ties::Congruence), of(Ties::Conflict), of(Ties::Subtract), of(Ties::Ignore));
        let x = matrix(&stances, None, &MatrixOptions { ties: Ties::TwoMode(Sides::Ignore), ..PLAIN }).unwrap();
        for i in 0..c.rows.len() {
            for j in i + 1..c.rows.len() {
                prop_assert_eq!(cell(&c, i, j) + cell(&d, i, j), cell(&g, i, j));
                prop_assert_eq!(cell(&c, i, j) - cell(&d, i, j), cell(&s, i, j));
                let by_hand: f64 = (0..x.columns.len()).map(|m| cell(&x, i, m) * cell(&x, j, m)).sum();
                prop_assert_eq!(cell(&g, i, j), by_hand);
            }
        }
    }
}

impl MatrixOptions {
    /// Whether no value can be above 1.
    fn symmetric_share(&self) -> bool {
        !self.dna && matches!(self.normalize, Normalize::Jaccard | Normalize::Cosine)
    }
}
