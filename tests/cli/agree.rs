//! `agree`: figures that can be counted on one's fingers.

use crate::common::{Folder, rows, there};
use serde_json::Value;

const MINE: &str = "document,holder,relation,target,target_kind,withheld\n\
    d,Germany,oppose,France,country,\nd,Poland,support,France,country,\nd,France,invite,Germany,country,true\nd,Spain,oppose,Italy,country,\n";
/// Two of mine, one with another relation, and two more.
const THEIRS: &str = "document,holder,relation,target,target_kind,withheld\n\
    d,Germany,oppose,France,country,\nd,Poland,support,France,country,\nd,France,invite,Germany,country,\n\
    d,Malta,support,Chad,country,\nd,Kenya,support,Chad,country,\n";

fn agreement(folder: &Folder, first: &str, second: &str) -> Value {
    let run = folder.run(&["agree", first, second, "--format", "json"]).ok();
    assert_eq!(run.err, "");
    serde_json::from_str(&run.out).unwrap()
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("mine.csv", MINE);
    folder.write("theirs.csv", THEIRS);
    folder
}

#[test]
fn known_figures() {
    let folder = folder();
    let both = agreement(&folder, "mine.csv", "theirs.csv");
    let overall = &both["overall"];
    assert_eq!((&overall["a"], &overall["b"], &overall["matched"]), (&4.into(), &5.into(), &2.into()));
    assert_eq!(overall["precision"].as_f64(), Some(0.5));
    assert_eq!(overall["recall"].as_f64(), Some(0.4));
    assert!((overall["f1"].as_f64().unwrap() - 4.0 / 9.0).abs() < 1e-12);
    assert_eq!(both["invite"]["matched"], 0, "made is not withheld");
    // Units: two of one value each, withheld against invite, oppose against none, none against support twice.
    assert_eq!(both["units"], 6);
    // Coincidences: n = 12; values oppose 3, support 4, withheld 1, invite 1, none 3. Disagreement seen 4/6; by chance
    // 1 - (3*2 + 4*3 + 3*2) / (12*11) = 1 - 24/132.
    let alpha = 1.0 - (4.0 / 6.0) / (1.0 - 24.0 / 132.0);
    assert!((both["alpha"].as_f64().unwrap() - alpha).abs() < 1e-12, "{}", both["alpha"]);
    let back = agreement(&folder, "theirs.csv", "mine.csv");
    assert_eq!(
        (&back["overall"]["precision"], &back["overall"]["recall"]),
        (&overall["recall"], &overall["precision"])
    );
    assert_eq!(back["alpha"], both["alpha"]);
}

#[test]
fn with_itself_it_is_one() {
    let folder = folder();
    let same = agreement(&folder, "mine.csv", "mine.csv");
    for figure in [
        &same["overall"]["precision"],
        &same["overall"]["recall"],
        &same["overall"]["f1"],
        &same["alpha"],
        &same["kappa"],
    ] {
        assert_eq!(figure.as_f64(), Some(1.0));
    }
}

#[test]
fn one_coding_may_come_by_pipe_and_the_answer_is_text() {
    let folder = folder();
    let run = folder.feed(&["agree", "-", "theirs.csv"], MINE.as_bytes()).ok();
    assert_eq!(run.out, folder.run(&["agree", "mine.csv", "theirs.csv"]).ok().out);
    assert!(run.out.contains("0.500") && run.out.contains("0.400"), "{}", run.out);
}

/// Three coders in one table; `tone` is a number, `frame` a word.
const TEAM: &str = "document,holder,relation,target,target_kind,matter,hedged,coder,frame,tone\n\
    d,Germany,oppose,France,country,,,anna,war,-2\nd,Germany,oppose,France,country,,true,ben,war,-1\n\
    d,germany,support,France,country,,,cara,peace,1\nd,Poland,support,France,country,,,anna,war,2\n\
    d,Poland,support,France,country,,,ben,aid,2\nd,Spain,support,Chad,country,,,cara,aid,1\n\
    e,Spain,invite,Chad,country,,,anna,aid,0\ne,Spain,invite,Chad,country,,,ben,aid,0\ne,Spain,invite,Chad,country,,,cara,aid,1\n\
    e,Malta,support,the port,matter,Harbour,,anna,,1\ne,Malta,support,a harbour,matter,Harbour,,ben,,2\n\
    e,Malta,oppose,the port,matter,Harbour,,cara,war,-2\n";

fn team() -> Folder {
    let folder = Folder::new();
    folder.write("team.csv", TEAM);
    folder
}

const VARIABLES: &str = "frame,tone:interval";

#[test]
fn coders_of_one_table_are_compared_by_variable() {
    let folder = team();
    let args = ["agree", "team.csv", "--variables", VARIABLES, "--units", "units.csv"];
    let text = folder.run(&args).ok().out;
    assert!(text.starts_with("3 coders: anna (4 rows), ben (4 rows), cara (4 rows)"), "{text}");
    let json: Value = serde_json::from_str(&folder.run(&[&args[..], &["--format", "json"]].concat()).ok().out).unwrap();
    let reliability = &json["reliability"];
    assert_eq!(reliability["units"], 5);
    let variables = reliability["variables"].as_array().unwrap();
    let names: Vec<&str> = variables.iter().map(|v| v["variable"].as_str().unwrap()).collect();
    let usual = ["relation", "relation where coded", "holder", "target", "matter", "withheld", "hedged"];
    assert_eq!(names, [&usual[..], &["frame", "tone"]].concat());
    let units = rows(&folder.read("units.csv"));
    assert_eq!(units.len(), 5 * 9);
    let germany = units.iter().find(|u| u["holder"] == "Germany" && u["variable"] == "relation").unwrap();
    assert_eq!([&germany["anna"], &germany["ben"], &germany["cara"]], ["oppose", "oppose", "support"]);
    // Harbours and ports are one matter, and so one unit.
    assert!(units.iter().any(|u| u["holder"] == "Malta" && u["variable"] == "tone" && u["cara"] == "-2"));
    // The same from three tables, whatever their order.
    let header = TEAM.lines().next().unwrap();
    for coder in ["anna", "ben", "cara"] {
        let mine = TEAM.lines().filter(|l| l.contains(&format!(",{coder},"))).collect::<Vec<_>>().join("\n");
        folder.write(&format!("{coder}.csv"), format!("{header}\n{mine}\n"));
    }
    for tables in [["anna.csv", "ben.csv", "cara.csv"], ["cara.csv", "anna.csv", "ben.csv"]] {
        let args = [&["agree"][..], &tables, &["--variables", VARIABLES]].concat();
        assert_eq!(folder.run(&args).ok().out, text);
    }
    let two = folder.run(&["agree", "anna.csv", "ben.csv"]).ok().out;
    assert!(two.contains("By variable:") && two.contains("hedged"), "{two}");
}

#[test]
fn what_cannot_be_compared_says_why() {
    let folder = team();
    let run = |args: &[&str]| folder.run(&[&["agree", "team.csv"][..], args].concat());
    run(&["--variables", "mood"]).fails(2, &["no table has a column \"mood\"", "frame, tone"]);
    run(&["--variables", "frame:ordinal"]).fails(1, &["team.csv:2: frame is \"war\", which is no number"]);
    run(&["--variables", "tone:ratio"]).fails(2, &["nominal, ordinal or interval"]);
    folder.write("one.csv", "document,holder,relation,target\nd,A,support,B\n");
    folder.run(&["agree", "one.csv"]).fails(1, &["one.csv: all rows are of one coder"]);
    folder.run(&["agree", "-", "-", "one.csv"]).fails(2, &["standard input"]);
}

#[test]
fn aliases_make_names_agree() {
    let folder = Folder::new();
    folder.write("a.csv", "document,holder,relation,target\nd,Macron,support,Kyiv\n");
    folder.write("b.csv", "document,holder,relation,target\nd,Emmanuel Macron,support,Ukraine\n");
    folder.write("names.csv", "Macron,Emmanuel Macron\nKyiv,Ukraine\n");
    let f1 = |more: &[&str]| {
        let run = folder.run(&[&["agree", "a.csv", "b.csv", "--format", "json"][..], more].concat()).ok();
        serde_json::from_str::<Value>(&run.out).unwrap()["overall"]["f1"].as_f64()
    };
    assert_eq!((f1(&[]), f1(&["--aliases", "names.csv"])), (Some(0.0), Some(1.0)));
}

/// Other people's programs reckon the same from the units that we write.
#[test]
fn alpha_and_kappa_are_those_of_other_programs() {
    let python = std::env::var("STANCENET_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !there(&python, &["-c", "import krippendorff, sklearn.metrics"]) {
        return;
    }
    let folder = team();
    let args = [
        "agree",
        "team.csv",
        "--variables",
        "frame,tone:interval,tone2:ordinal",
        "--units",
        "units.csv",
        "--format",
        "json",
        "-o",
        "a.json",
    ];
    let with_rank: String = TEAM
        .lines()
        .map(|l| format!("{l},{}\n", if l.ends_with("tone") { "tone2" } else { l.rsplit(',').next().unwrap() }))
        .collect();
    folder.write("team.csv", with_rank);
    folder.run(&args).ok();
    let script = "import csv, json, itertools, math, warnings, krippendorff\n\
        from sklearn.metrics import cohen_kappa_score\n\
        warnings.simplefilter('ignore')\n\
        rows = list(csv.DictReader(open('units.csv', newline='')))\n\
        coders, n = ['anna', 'ben', 'cara'], 0\n\
        for v in json.load(open('a.json'))['reliability']['variables']:\n    \
            of = [r for r in rows if r['variable'] == v['variable']]\n    \
            nominal = v['level'] == 'nominal'\n    \
            codes = {c: float(i) for i, c in enumerate(sorted({r[c] for r in of for c in coders}))}\n    \
            number = lambda c: math.nan if c == '' else codes[c] if nominal else float(c)\n    \
            data = [[number(r[c]) for r in of] for c in coders]\n    \
            if len({x for row in data for x in row if not math.isnan(x)}) > 1:\n        \
                theirs = krippendorff.alpha(reliability_data=data, level_of_measurement=v['level'])\n        \
                assert abs(theirs - v['alpha']) < 1e-9, (v, theirs)\n        \
                n += 1\n    \
            else: assert v['alpha'] is None, v\n    \
            for p in v['pairs']:\n        \
                both = [(r[p['a']], r[p['b']]) for r in of if r[p['a']] and r[p['b']] and (r[p['a']], r[p['b']]) != ('none', 'none')]\n        \
                assert len(both) == p['units'], (v, p, both)\n        \
                if p['kappa'] is None: continue\n        \
                theirs = cohen_kappa_score([a for a, _ in both], [b for _, b in both])\n        \
                assert abs(theirs - p['kappa']) < 1e-9, (v, p, theirs)\n        \
                n += 1\n\
        print(n)\n";
    let run = std::process::Command::new(&python).current_dir(folder.path("")).args(["-c", script]).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let compared: usize = String::from_utf8(run.stdout).unwrap().trim().parse().unwrap();
    assert!(compared > 12, "{compared} figures were compared");
}
