use super::*;
use crate::statement::{CsvWriter, JsonlWriter, Kind, Relation, to_csv, to_jsonl};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn read(text: impl AsRef<[u8]>) -> Result<Table> {
    Table::read("t.csv", text.as_ref(), &Names::default())
}

fn wrong(text: impl AsRef<[u8]>) -> String {
    read(text).unwrap_err().to_string()
}

const HEADER: &str = "document,holder,relation,target";

#[test]
fn any_order_case_delimiter_and_a_byte_order_mark() {
    let want = read("document,holder,relation,target,toward\nd,A,oppose,B,\"C;D\"\n").unwrap();
    for text in [
        "\u{feff}Target;TOWARD; relation ;document;Holder\r\nB;\"C;D\";oppose;d;A\r\n;;;;\r\n",
        "\u{feff}\n\n\"holder\"\ttarget\t\"document\"\trelation\ttoward\nA\tB\td\tOppose\tC;D",
        "\n{\"document\":\"d\",\"Holder\":\"A\",\"relation\":\"oppose\",\"target\":\"B\",\"toward\":[\"C\",\"D\"]}\n\n",
        "\u{feff}{\"toward\":\"C; D\",\"document\":\"d\",\"holder\":\"A\",\"relation\":\"oppose\",\"target\":\"B\",\"date\":null}",
    ] {
        assert_eq!(read(text).unwrap().statements, want.statements, "{text}");
    }
}

#[test]
fn unknown_columns_come_back_sorted_after_ours() {
    let table = read("zeal,document,holder,relation,target,Note\n3,d,A,oppose,B,\n,d,A,support,C,\" =1+1\"\n").unwrap();
    let text = String::from_utf8(to_csv(&table.statements).unwrap()).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next().unwrap(), format!("{},Note,zeal", crate::statement::COLUMNS.join(",")));
    assert!(lines.next().unwrap().ends_with(",human,,,3"));
    assert!(lines.next().unwrap().ends_with(",human,, =1+1,"), "{text}");
    assert_eq!(read(&text).unwrap().statements, table.statements);
}

#[test]
fn all_bad_rows_are_told_with_their_lines() {
    let text = format!("{HEADER}\nd,A,likes,B\n\"d\nx\",A,oppose,A\nd,A\nd,A,oppose,B\nd,A,oppose,B,C\n");
    let text = wrong(text);
    let starts: Vec<&str> = text.lines().map(|l| l.split(": ").next().unwrap()).collect();
    assert_eq!(starts, ["t.csv:2", "t.csv:3", "t.csv:5", "t.csv:7"], "{text}");
    assert!(text.contains("2 cells where the header has 4"));

    let many = format!("{HEADER}\n{}", "d,A,likes,B\n".repeat(25));
    let text = wrong(many);
    assert_eq!(text.lines().count(), 21);
    assert!(text.ends_with("t.csv: and 5 more bad rows"), "{text}");
}

#[test]
fn the_same_id_twice_is_an_error_unless_the_rows_are_identical() {
    let row = "1,d,A,oppose,B,no\n";
    let header = "id,document,holder,relation,target,hedged\n";
    assert_eq!(read(format!("{header}{row}{row}")).unwrap().statements.len(), 1);
    let text = wrong(format!("{header}{row}\n1,d,A,oppose,C,yes\n"));
    assert!(text.starts_with("t.csv:4: the same id as line 2 "), "{text}");
    assert!(text.contains("another target, hedged;"), "{text}");
    let text = wrong("id,document,holder,relation,target,coder\n1,d,A,oppose,B,x\n1,d,A,oppose,B,y\n");
    assert!(text.contains("another coder;"), "{text}");
    let text = wrong("document,holder,relation,target,hedged\nd,A,oppose,B,no\nd,A,oppose,B,yes\n");
    assert!(text.contains("another hedged;"), "{text}");
}

#[test]
fn two_coders_who_say_the_same_have_a_row_each() {
    let csv = "document,holder,relation,target,coder\nd,A,oppose,B,x\nd,A,oppose,B,y\nd,A,oppose,B,y\n";
    let read = read(csv).unwrap();
    let coders: Vec<&str> = read.statements.iter().map(|s| s.coder.as_str()).collect();
    assert_eq!(coders, ["x", "y"]);
    assert_ne!(read.statements[0].id, read.statements[1].id);
}

#[test]
fn tables_are_put_together_in_one_order() {
    let one = read(format!("{HEADER}\nd,B,oppose,A\nd,A,oppose,B\n")).unwrap();
    let two = read(format!("{HEADER}\nc,A,invite,B\nd,B,oppose,A\n")).unwrap();
    let merged = merge(vec![one.clone(), two.clone()]).unwrap();
    let keys: Vec<_> = merged.iter().map(|s| (s.document.as_str(), s.holder.as_str())).collect();
    assert_eq!(keys, [("c", "A"), ("d", "A"), ("d", "B")]);
    assert_eq!(merge(vec![two.clone(), one]).unwrap(), merged);

    let mut other = two.clone();
    other.file = "u.csv".into();
    other.statements[1].hedged = true;
    let text = merge(vec![two, other]).unwrap_err().to_string();
    assert!(text.starts_with("u.csv:3: the same id as t.csv:3 ") && text.contains("another hedged;"), "{text}");
}

#[test]
fn hostile_files_end_in_a_message() {
    let latin = b"document,holder,relation,target\nd,A,oppose,B\nd,Fran\xe7ois,oppose,B\n";
    assert!(wrong(latin).starts_with("t.csv:3: not UTF-8"));
    assert!(wrong(b"document,holder,relation,target\xff\nd,A,oppose,B\n").starts_with("t.csv:1: not UTF-8"));
    assert!(wrong(b"\xff\xfed\0o\0c\0").starts_with("t.csv:1: not UTF-8"));
    assert_eq!(wrong(""), "t.csv: the file is empty");
    assert_eq!(wrong("\u{feff}\r\n\n"), "t.csv: the file is empty");
    assert_eq!(wrong(HEADER), "t.csv: no statements");
    assert_eq!(wrong(format!("{HEADER}\n,,,\n")), "t.csv: no statements");
    assert!(wrong("a,b\n1,2\n").starts_with("t.csv:1: no column document, holder, relation, target;"));
    assert!(wrong(format!("{HEADER}\nd,A,oppose,\"B\n")).starts_with("t.csv:2: the file ends inside a quoted cell"));
    assert!(wrong(format!("{HEADER},\nd,A,oppose,B,?\n")).starts_with("t.csv:2: a value in a column without a name"));
    assert!(wrong("{}\n{\"document\":\n").lines().all(|l| l.starts_with("t.csv:1: ") || l.starts_with("t.csv:2: ")));
    assert!(wrong("{\"document\":NaN}").starts_with("t.csv:1: not a JSON object on one line"));
    assert!(wrong("[{\"document\":\"d\"}]").starts_with("t.csv:1: not a JSON object on one line"));
    assert!(wrong(format!("{{\"a\":{}", "[".repeat(100_000))).contains("recursion limit"));
    assert!(wrong("{\"holder\":[\"A\"]}").contains("holder is a list or object"));
    assert!(wrong("{\"holder\":\"A\",\"Holder\":\"B\"}").contains("two values for holder"));
    assert!(
        wrong("{\"toward\":[\"A;B\"],\"document\":\"d\",\"holder\":\"A\",\"relation\":\"oppose\",\"target\":\"B\"}")
            .contains("\"A;B\" in toward has a ';'")
    );
}

#[test]
fn a_line_without_end_is_refused_in_either_form() {
    for start in ["document,holder,relation,target\nd,\"", "{\"document\":\""] {
        let endless = start.as_bytes().chain(io::repeat(b'x').take(40 << 20));
        let error = Table::read("t", io::BufReader::new(endless), &Names::default()).unwrap_err().to_string();
        assert!(error.contains("more than 16 MiB"), "{error}");
    }
    let endless = io::BufReader::new(io::repeat(b'x').take(40 << 20));
    assert!(Table::read("t", endless, &Names::default()).unwrap_err().to_string().contains("more than 16 MiB"));
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let mut s = statement_a();
    s.toward = vec!["A; B".into()];
    for written in [to_csv(&[s.clone()]), to_jsonl(&[s.clone()])] {
        let text = written.unwrap_err().to_string();
        assert!(text.contains("\"A; B\" in toward has a ';'") && text.contains("\"d\""), "{text}");
    }
    let mut s = statement_a();
    s.extra.insert("Holder".into(), "x".into());
    assert!(to_csv(&[s.clone()]).is_err() && to_jsonl(&[s]).is_err());
    let mut s = statement_a();
    s.confidence = Some(f64::NAN);
    assert!(to_csv(&[s.clone()]).is_err() && to_jsonl(&[s]).is_err());
}

#[test]
fn json_has_the_types_of_json() {
    let mut s = statement_a();
    s.toward = vec!["B".into()];
    s.span = Some((1, 2));
    let text = String::from_utf8(to_jsonl(&[s]).unwrap()).unwrap();
    assert!(text.starts_with("{\"id\":\"i\",\"document\":\"d\",\"date\":null,"), "{text}");
    for part in ["\"toward\":[\"B\"]", "\"withheld\":false", "\"start\":1,\"end\":2", "\"confidence\":null"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_reader_that_goes_away_is_known_for_one() {
    struct Gone;
    impl io::Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut csv = CsvWriter::new("<stdout>", Gone, &BTreeSet::new()).unwrap();
    let big = Statement { quote: "x".repeat(1 << 20), ..statement_a() };
    assert!(csv.write(&big).unwrap_err().is_broken_pipe());
    assert!(JsonlWriter::new("<stdout>", Gone).write(&big).unwrap_err().is_broken_pipe());
}

fn statement_a() -> Statement {
    read("id,document,holder,relation,target\ni,d,A,oppose,B\n").unwrap().statements.remove(0)
}

prop_compose! {
    fn any_statement()(
        names in prop::array::uniform5("[A-Zé][a-z'\",é;]{0,6}( [a-z\"=@]{1,5})?"),
        toward in prop::collection::vec("[=+@A-Z][a-z'\",\\\\ é]{0,6}[a-z]", 0..3),
        options in prop::array::uniform7(any::<bool>()),
        withheld in any::<bool>(),
        relation in prop::sample::select(Relation::ALL.to_vec()),
        kinds in prop::array::uniform2(prop::sample::select(vec![Kind::Country, Kind::Institution, Kind::Person])),
        day in 0i32..20000,
        quote in "[ -~\r\n\t\u{a0}é;\"]{0,30}",
        span in (0usize..999, 0usize..99),
        sentence in any::<u32>(),
        confidence in 0.0f64..=1.0,
        note in "[ -~\r\né;\"]{0,9}",
    ) -> Statement {
        let [holder, target, other, matter, id] = names;
        let option = |i: usize| options[i];
        let name = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        Statement {
            id: id.clone(),
            document: id,
            date: option(0).then(|| jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(day)),
            sentence: option(1).then_some(sentence),
            holder: format!("{holder}1"),
            holder_kind: option(2).then_some(kinds[0]),
            holder_for: option(3).then(|| other.clone()),
            relation,
            target,
            target_kind: option(4).then_some(kinds[1]),
            toward: toward.iter().map(|n| name(n)).collect(),
            matter: option(5).then_some(matter),
            withheld: withheld && relation == Relation::Invite,
            hedged: option(6),
            source: option(5).then(|| other.clone()),
            quote,
            span: option(1).then_some((span.0, span.0 + span.1)),
            coder: other,
            confidence: option(0).then_some(confidence),
            extra: BTreeMap::from([("Note; \"x\"".to_owned(), note), ("=zeal".to_owned(), String::new())]),
        }
    }
}

proptest! {
    #[test]
    fn any_statement_survives_both_forms(
        mut statements in prop::collection::vec(any_statement(), 1..5),
        delimiter in prop::sample::select(vec![b',', b';', b'\t']),
    ) {
        for (i, s) in statements.iter_mut().enumerate() {
            s.id = format!("{}{i}", s.id);
        }
        let csv = to_csv(&statements).unwrap();
        prop_assert_eq!(&read(&csv).unwrap().statements, &statements);
        prop_assert_eq!(&read(to_jsonl(&statements).unwrap()).unwrap().statements, &statements);

        let mut other = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        for record in csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_slice()).byte_records() {
            other.write_byte_record(&record.unwrap()).unwrap();
        }
        prop_assert_eq!(&read(other.into_inner().unwrap()).unwrap().statements, &statements);
    }

    #[test]
    fn no_bytes_make_it_panic(text in "[\"{},;:\\[\\]\n\r\ta-c1-3]{0,60}", cut in any::<prop::sample::Index>()) {
        let table = format!("{HEADER},start,end,toward\n{text}");
        let cut = cut.index(table.len() + 1);
        let _ = read(&table.as_bytes()[..cut]);
        let _ = read(&text);
    }

    #[test]
    fn the_order_does_not_depend_on_the_order_before(
        statements in prop::collection::vec(any_statement(), 0..8).prop_map(|mut all| {
            for s in &mut all {
                s.document = "d".into();
                s.id = "i".into();
            }
            all
        }),
    ) {
        let (mut one, mut two) = (statements.clone(), statements);
        two.reverse();
        canonical_sort(&mut one);
        canonical_sort(&mut two);
        prop_assert_eq!(one, two);
    }
}

/// What `each_row` visits, in a few words.
fn visited(text: &str, names: &Names) -> Result<Vec<String>> {
    let mut all = Vec::new();
    each_row("t.csv", text.as_bytes(), names, &mut Seen::default(), &mut |b| {
        all.push(format!("{} {} {:?} {} {:?}", b.document, b.holder, b.relation, b.target, b.date));
        Ok(())
    })?;
    Ok(all)
}

fn kept(text: &str, names: &Names) -> Result<Vec<String>> {
    let table = Table::read("t.csv", text.as_bytes(), names)?;
    let told = |s: &Statement| format!("{} {} {:?} {} {:?}", s.document, s.holder, Some(s.relation), s.target, s.date);
    Ok(table.statements.iter().map(told).collect())
}

#[test]
fn rows_of_one_id_in_two_tables_are_one_or_an_error() {
    let mut seen = Seen::default();
    let mut rows = 0;
    let mut read = |file: &str, text: &str| {
        each_row(file, text.as_bytes(), &Names::default(), &mut seen, &mut |_| {
            rows += 1;
            Ok(())
        })
    };
    read("a.csv", "document,holder,relation,target,note\nd,A,oppose,B,x\n").unwrap();
    read("b.csv", "note,document,holder,relation,target\nx,d,A,oppose,B\n").unwrap();
    let error = read("c.csv", "document,holder,relation,target,note\nd,A,oppose,B,y\n").unwrap_err().to_string();
    assert!(error.starts_with("c.csv:2: the same id as a.csv:2"), "{error}");
    assert!(read("e.csv", "document,holder,relation,target\n").unwrap_err().to_string().contains("no statements"));
    assert_eq!(rows, 1);
}

proptest! {
    #[test]
    fn rows_that_pass_are_those_that_are_kept(
        rows in prop::collection::vec(("[12]?", "[de]?", "[AB] ?", "(support|oppose|1|no|)", "[ABC]", "[xy]?"), 0..6),
        mapped: bool,
        id: bool,
    ) {
        let mut text = "id,document,holder,relation,target,note\n".to_owned();
        for (id, document, holder, relation, target, note) in &rows {
            text.push_str(&format!("{id},{document},{holder},{relation},{target},{note}\n"));
        }
        let names = match (mapped, id) {
            (false, _) => Names::default(),
            (true, false) => Names::parse_list("source=note").unwrap(),
            (true, true) => Names::parse_list("source=note,id=id").unwrap(),
        };
        match (visited(&text, &names), kept(&text, &names)) {
            (Ok(visited), Ok(kept)) => prop_assert_eq!(visited, kept),
            (Err(_), Err(_)) => {}
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn tables_of_other_programs_do_no_harm(text in "[wo,;\n\r\"{}:1+é-]{0,60}", head in "(who,what\n|what;who;1\n|\\{\"who\":\"a\",\"what\":1\\}\n)?") {
        for map in ["holder=who,target=what", "holder=who,target=what,relation=1"] {
            let names = Names::parse_list(map).unwrap().mentions().scale();
            let _ = visited(&format!("{head}{text}"), &names);
            let _ = kept(&format!("{head}{text}"), &names);
        }
    }
}
