//! Tests of the network, and the founding case as statements, which the report is tested on as well.

use super::*;
use proptest::prelude::*;

/// A statement of document `d`, with kinds as a coder would give them.
pub(crate) fn say(document: &str, holder: &str, relation: Relation, target: &str) -> Statement {
    let mut s = Statement {
        id: String::new(),
        document: document.into(),
        date: None,
        sentence: Some(1),
        holder: holder.into(),
        holder_kind: kind_of(holder),
        holder_for: match holder {
            "Emmanuel Macron" | "Thierry Burkhard" => Some("France".into()),
            "Olaf Scholz" => Some("Germany".into()),
            _ => None,
        },
        relation,
        target: target.into(),
        target_kind: Some(kind_of(target).unwrap_or(Kind::Matter)),
        toward: Vec::new(),
        matter: None,
        withheld: false,
        hedged: false,
        source: None,
        quote: format!("{holder} {relation}s {target}"),
        span: None,
        coder: "human".into(),
        confidence: None,
        extra: Default::default(),
    };
    s.id = s.hash();
    s
}

fn kind_of(name: &str) -> Option<Kind> {
    let countries = "France Germany Italy Spain Hungary Poland Ukraine Russia Netherlands Estonia Latvia Lithuania Denmark \
                     Sweden A B C D E";
    match name {
        "United States" | "United Kingdom" => Some(Kind::Country),
        "European Union" => Some(Kind::Institution),
        "Emmanuel Macron" | "Thierry Burkhard" | "Olaf Scholz" => Some(Kind::Person),
        _ => countries.split_whitespace().any(|c| c == name).then_some(Kind::Country),
    }
}

/// The founding case: France gathers countries for a mission that others oppose.
pub(crate) fn founding() -> Vec<Statement> {
    use Relation::{Invite, Oppose, Support};
    let mission = "training mission in Ukraine";
    let on = |mut s: Statement, matter: &str, toward: &[&str]| {
        s.matter = Some(matter.into());
        s.toward = toward.iter().map(|t| (*t).to_owned()).collect();
        s
    };
    let hedged = |mut s: Statement| {
        s.hedged = true;
        s
    };
    let quoted = |mut s: Statement, quote: &str| {
        s.quote = quote.into();
        s
    };
    let mut all = Vec::new();
    for (document, day) in [("welt", 3), ("courier", 4)] {
        let at = all.len();
        let letter = "sent a letter inviting them to take part";
        for guest in
            "Poland|Netherlands|Estonia|Latvia|Lithuania|Denmark|Sweden|United Kingdom|United States".split('|')
        {
            all.push(quoted(say(document, "Thierry Burkhard", Invite, guest), letter));
        }
        for opponent in ["Germany", "Italy", "Spain"] {
            let stance = say(document, opponent, Oppose, "sending military instructors to Ukraine");
            all.push(on(quoted(stance, "oppose sending military instructors"), mission, &["France"]));
        }
        all.push(on(say(document, "Emmanuel Macron", Support, "coalition to send instructors"), mission, &["France"]));
        for s in &mut all[at..] {
            s.date = Some(jiff::civil::date(2024, 6, day));
        }
    }
    let at = all.len();
    let mut withheld = quoted(say("welt", "France", Invite, "Germany"), "no invitation was sent to Berlin");
    withheld.withheld = true;
    all.push(withheld);
    all.push(quoted(say("welt", "France", Invite, "United States"), "the invitation was still sent to Washington"));
    let reluctant = say("welt", "United States", Oppose, mission);
    all.push(on(quoted(reluctant, "the White House had also signalled its reluctance"), mission, &["France"]));
    all.push(hedged(quoted(say("welt", "European Union", Oppose, "France"), "resistance to Paris's ideas persists")));
    all.push(on(hedged(say("welt", "European Union", Oppose, mission)), mission, &["France"]));
    all.push(on(hedged(say("welt", "European Union", Support, mission)), mission, &["France", "Ukraine"]));
    let aid = "EU assistance to Ukraine";
    all.push(on(say("welt", "Hungary", Oppose, aid), aid, &["Ukraine", "European Union"]));
    all.push(on(
        say("welt", "Hungary", Oppose, "sanctions against Russia"),
        "sanctions against Russia",
        &["European Union"],
    ));
    all.push(say("welt", "Hungary", Oppose, "Ukraine"));
    all.push(say("welt", "Emmanuel Macron", Support, "Ukraine"));
    all.push(quoted(say("welt", "Russia", Oppose, "Ukraine"), "full-scale Russian military aggression"));
    all.push(say("welt", "Ukraine", Oppose, "Russia"));
    for s in &mut all[at..] {
        s.date = Some(jiff::civil::date(2024, 6, 3));
    }
    all
}

pub(crate) fn network(statements: &[Statement], options: &NetworkOptions) -> Network {
    let code = |name: &str| (kind_of(name) == Some(Kind::Country)).then(|| name.to_uppercase());
    build(statements, options, &code, &kind_of)
}

fn ties(network: &Network) -> Vec<String> {
    let line = |e: petgraph::graph::EdgeIndex| {
        let (a, b) = network.graph.edge_endpoints(e).unwrap();
        let tie = &network.graph[e];
        format!("{} {} {} {}", network.graph[a].name, tie.relation, network.graph[b].name, tie.statements)
    };
    network.graph.edge_indices().map(line).collect()
}

fn weight(network: &Network, a: &str, b: &str) -> f64 {
    let graph = combined(network, &CombinedWeights::default());
    let at = |name: &str| graph.names.iter().position(|n| n == name).unwrap() as u32;
    let pair = (at(a).min(at(b)), at(a).max(at(b)));
    graph.edges.iter().find(|e| (e.0, e.1) == pair).map_or(0.0, |e| e.2)
}

#[test]
fn each_document_counts_once_whoever_coded_it() {
    let first = say("d", "A", Relation::Oppose, "B");
    let mut again = first.clone();
    again.coder = "rule:oppose".into();
    again.hedged = true;
    let mut other = first.clone();
    other.document = "e".into();
    let network = network(&[again, first.clone(), other, first], &NetworkOptions::default());
    assert_eq!(ties(&network), ["A oppose B 2"]);
    let tie = network.graph.edge_weights().next().unwrap();
    assert_eq!((tie.documents, tie.hedged, tie.evidence.len()), (2, 0, 3));
    assert_eq!(network.statements.len(), 3, "identical rows are one");
    assert!(!network.statements[tie.evidence[0]].hedged, "plain evidence comes first");
}

#[test]
fn a_stance_on_a_matter_is_a_tie_to_its_owners_but_not_to_oneself() {
    let mut s = say("d", "Emmanuel Macron", Relation::Support, "the plan");
    s.toward = vec!["France".into(), "Emmanuel Macron".into(), "Poland".into(), "Poland".into()];
    let network = network(&[s], &NetworkOptions::default());
    assert_eq!(ties(&network), ["Emmanuel Macron support Poland 1"]);
    assert_eq!(network.graph.edge_weights().next().unwrap().matters, ["the plan"]);
    assert_eq!(network.matters[0].stands.len(), 1);
    assert_eq!(network.graph.node_weights().map(|a| a.statements).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn a_direct_stance_and_one_on_a_matter_both_count_for_the_tie() {
    let mut on_plan = say("d", "A", Relation::Oppose, "the plan");
    on_plan.toward = vec!["B".into()];
    let mut same_plan = say("d", "A", Relation::Oppose, "that plan");
    (same_plan.matter, same_plan.toward) = (Some("the plan".into()), vec!["B".into()]);
    let direct = say("d", "A", Relation::Oppose, "B");
    let network = network(&[on_plan, same_plan, direct], &NetworkOptions::default());
    assert_eq!(ties(&network), ["A oppose B 2"]);
    assert_eq!(network.graph[petgraph::graph::NodeIndex::new(0)].statements, 2);
}

#[test]
fn roll_up_gives_ties_to_whom_people_speak_for() {
    let country = NetworkOptions { level: Level::Country, ..NetworkOptions::default() };
    let mut all = founding();
    all.push(say("welt", "Olaf Scholz", Relation::Oppose, "Emmanuel Macron"));
    all.push(say("welt", "Emmanuel Macron", Relation::Support, "Thierry Burkhard"));
    let network = network(&all, &country);
    let names: Vec<&str> = network.graph.node_weights().map(|a| a.name.as_str()).collect();
    assert!(!names.iter().any(|n| ["Emmanuel Macron", "Thierry Burkhard", "Olaf Scholz"].contains(n)));
    assert_eq!(network.self_ties, 1);
    assert!(ties(&network).contains(&"Germany oppose France 3".to_owned()), "two on the mission, one direct");
    assert!(ties(&network).contains(&"France invite United States 2".to_owned()));
}

#[test]
fn circles_of_affiliation_end() {
    let mut a = say("d", "A1", Relation::Support, "C");
    a.holder_for = Some("B1".into());
    let mut b = say("d", "B1", Relation::Oppose, "C");
    b.holder_for = Some("A1".into());
    let country = NetworkOptions { level: Level::Country, ..NetworkOptions::default() };
    assert_eq!(network(&[a, b], &country).graph.edge_count(), 2);
}

#[test]
fn what_options_leave_out_is_counted() {
    let mut all = founding();
    all.push(say("undated", "A", Relation::Support, "B"));
    let day = Some(jiff::civil::date(2024, 6, 4));
    let options = NetworkOptions { from: day, to: day, exclude: vec!["spain ".into()], ..Default::default() };
    let network = network(&all, &options);
    assert_eq!(network.left_out.undated, 1);
    assert_eq!(network.left_out.by_name, 1);
    assert_eq!(network.left_out.statements() + network.statements.len(), all.len());
    assert!(network.statements.iter().all(|s| s.document == "courier"));

    let only =
        NetworkOptions { only: vec!["Training Mission in ukraine".into()], no_hedged: true, ..Default::default() };
    let network = super::tests::network(&all, &only);
    assert_eq!(network.left_out.hedged, 2);
    assert_eq!(network.matters.len(), 1);
}

#[test]
fn light_ties_go_and_actors_with_a_stand_stay() {
    let network = network(&founding(), &NetworkOptions { min_weight: 2, ..Default::default() });
    assert!(network.graph.edge_weights().all(|t| t.statements >= 2));
    let names: Vec<&str> = network.graph.node_weights().map(|a| a.name.as_str()).collect();
    assert!(names.contains(&"Hungary") && !names.contains(&"Russia"));
    assert!(network.left_out.light_ties > 0);
}

#[test]
fn kinds_that_a_table_does_not_tell_are_found_out() {
    let mut s = say("d", "A", Relation::Oppose, "the plan");
    (s.holder_kind, s.target_kind, s.matter) = (None, None, Some("plan".into()));
    s.toward = vec!["Emmanuel Macron".into(), "Somebody".into()];
    let mut t = say("d", "A", Relation::Oppose, "Somebody");
    t.target_kind = None;
    let network = network(&[s, t], &NetworkOptions::default());
    let kinds: Vec<Kind> = network.graph.node_weights().map(|a| a.kind).collect();
    assert_eq!(kinds, [Kind::Country, Kind::Person, Kind::Institution]);
    assert_eq!(network.matters[0].name, "plan");
    assert_eq!(ties(&network), ["A oppose Emmanuel Macron 1", "A oppose Somebody 2"]);
}

#[test]
fn weights_add_up() {
    let network = network(&founding(), &NetworkOptions::default());
    assert_eq!(weight(&network, "Germany", "France"), -2.25, "two on the mission, one invitation withheld");
    assert_eq!(weight(&network, "Germany", "Italy"), 2.0, "2 times 2 over an average of 2");
    assert_eq!(weight(&network, "Germany", "Emmanuel Macron"), -2.0);
    assert_eq!(weight(&network, "Thierry Burkhard", "France"), 1.0);
    assert_eq!(weight(&network, "Thierry Burkhard", "Poland"), 0.5);
    assert_eq!(weight(&network, "United States", "France"), 0.25 - 1.0);
    assert_eq!(weight(&network, "European Union", "France"), -0.5, "half each: against, against, for");
    assert_eq!(weight(&network, "European Union", "Germany"), 0.0, "on both sides of the mission");
    let graph = combined(&network, &CombinedWeights::default());
    assert_eq!(graph.unreciprocated, 0.25 + 0.5, "invited and opposing; for and against France's mission");
}

#[test]
fn a_matter_counts_once_in_a_pair() {
    let mut owner = say("d", "B", Relation::Support, "plan");
    owner.toward = vec!["B".into()];
    let mut other = say("d", "A", Relation::Oppose, "plan");
    other.toward = vec!["B".into()];
    let network = network(&[owner, other], &NetworkOptions::default());
    assert_eq!(weight(&network, "A", "B"), -1.0, "opposes B's plan, which is not again a conflict about the plan");
}

#[test]
fn colleagues_of_someone_who_is_no_node_belong_together() {
    let all = [
        say("d", "Emmanuel Macron", Relation::Support, "Ukraine"),
        say("d", "Thierry Burkhard", Relation::Invite, "Poland"),
    ];
    assert_eq!(weight(&network(&all, &NetworkOptions::default()), "Emmanuel Macron", "Thierry Burkhard"), 1.0);
}

#[test]
fn resampling_with_each_document_once_changes_nothing() {
    let evidence = Evidence::of(&network(&founding(), &NetworkOptions::default()));
    assert_eq!(evidence.documents(), 2);
    let weights = CombinedWeights::default();
    assert_eq!(evidence.combined(&weights, Count::Copies(&[1, 1])), evidence.combined(&weights, Count::Once));
    assert!(evidence.occurring(&[1, 1]).iter().all(|o| *o));
    assert_eq!(evidence.combined(&weights, Count::Copies(&[0, 0])).edges, []);
}

fn statement() -> impl Strategy<Value = Statement> {
    let names = proptest::sample::select(vec!["A", "B", "C", "Emmanuel Macron", "France", "plan", "war"]);
    let holder = proptest::sample::select(vec!["A", "B", "C", "Emmanuel Macron", "France"]);
    let toward = proptest::collection::vec(proptest::sample::select(vec!["A", "France", "D"]), 0..3);
    let document = proptest::sample::select(vec!["d", "e", "f"]);
    (document, holder, proptest::sample::select(Relation::ALL.to_vec()), names, toward, any::<(bool, bool)>()).prop_map(
        |(document, holder, relation, target, toward, (hedged, withheld))| {
            let mut s = say(document, holder, relation, target);
            s.toward = toward.into_iter().map(str::to_owned).collect();
            (s.hedged, s.withheld) = (hedged, withheld && relation == Relation::Invite);
            s
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn order_leaves_no_trace(all in proptest::collection::vec(statement(), 0..30), country: bool, cut in 0usize..30) {
        let level = if country { Level::Country } else { Level::Actor };
        let options = NetworkOptions { level, ..NetworkOptions::default() };
        let mut turned: Vec<Statement> = all.iter().rev().cloned().collect();
        turned.rotate_left(cut.min(all.len()));
        turned.extend(all.iter().take(cut).cloned()); // a part read twice
        let (a, b) = (network(&all, &options), network(&turned, &options));
        prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
        prop_assert_eq!(combined(&a, &CombinedWeights::default()), combined(&b, &CombinedWeights::default()));
        // The network's own statements give the network again.
        let again = network(&a.statements, &options);
        prop_assert_eq!(format!("{a:?}"), format!("{again:?}"));
    }

    #[test]
    fn new_names_in_the_same_order_give_the_same_blocs(all in proptest::collection::vec(statement(), 0..30)) {
        let rename = |name: &str| format!("{name} the Great");
        let renamed: Vec<Statement> = all.iter().cloned().map(|mut s| {
            s.holder = rename(&s.holder);
            s.holder_for = s.holder_for.as_deref().map(rename);
            s.target = rename(&s.target);
            s.toward = s.toward.iter().map(|t| rename(t)).collect();
            s
        }).collect();
        let options = NetworkOptions::default();
        let plain = |_: &str| None;
        let (a, b) = (build(&all, &options, &plain, &|_| None), build(&renamed, &options, &plain, &|_| None));
        let (a, b) = (combined(&a, &CombinedWeights::default()), combined(&b, &CombinedWeights::default()));
        prop_assert_eq!(a.edges, b.edges);
    }
}
