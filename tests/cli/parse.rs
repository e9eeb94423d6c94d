//! Trees from outside: what `parse` prints is CoNLL-U, of the text that it was given, whatever that text is.

use crate::common::{Folder, Run};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

const UPOS: [&str; 17] = [
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X",
];

/// A report with a headline, paragraphs, clitics, quotation marks, brackets, and letters of more than one byte.
const REPORT: &str = "Minister won’t resign\n\n\
    The minister doesn't want to resign, and she's told her party's “friends” so.\n\
    This line belongs to the same paragraph.\n\n\
    Péter Szijjártó (Hungary’s envoy) can't come; the U.S. delegation left at 10:30 a.m. on Monday.\n\n\n\
    – Größere Töne, she said – cost €3.5m…\n\n\
    A last paragraph without a full stop";

/// What a tree must keep of its own: two sentences with all kinds of lines, and columns that say what no model says.
const GOLD: &str = "# newdoc id = d\n# sent_id = d-1\n# text = They won't go.\n# note = kept\n\
    1\tThey\tL1\tX\tT1\tF=1\t9\tdep\t9:dep\tA=1\n\
    2-3\twon't\t_\t_\t_\t_\t_\t_\t_\tB=2\n\
    2\two\tL2\tX\tT2\tF=2\t9\tdep\t9:dep\tC=3\n\
    3\tn't\tL3\tX\tT3\tF=3\t9\tdep\t9:dep\t_\n\
    3.1\tempty\t_\t_\t_\t_\t_\t_\t2:dep\tD=4\n\
    3.2\tmore\t_\t_\t_\t_\t_\t_\t2:dep\t_\n\
    4\tgo\tL4\tX\tT4\t_\t9\tdep\t_\tSpaceAfter=No\n\
    5\t.\tL5\tX\tT5\t_\t9\tdep\t_\t_\n\n\
    # sent_id = d-2\n\
    0.1\tempty\t_\t_\t_\t_\t_\t_\t1:dep\t_\n\
    1\tNew York\tL6\tX\t_\t_\t_\t_\t_\t_\n\n";

struct Word {
    form: String,
    start: usize,
    end: usize,
    /// In the order of the columns, from the lemma on.
    tags: [String; 3],
    head: usize,
    relation: String,
    misc: String,
}

#[derive(Default)]
struct Sentence {
    comments: Vec<String>,
    words: Vec<Word>,
    ranges: Vec<Range>,
}

/// A multiword token.
struct Range {
    form: String,
    /// Its first word, counted from 1.
    first: usize,
    last: usize,
    misc: String,
}

impl Sentence {
    fn comment(&self, key: &str) -> Option<&str> {
        self.comments.iter().find_map(|c| c.strip_prefix(&format!("# {key} = ")))
    }

    /// Whether the next word follows without a space; `word` counts from 0.
    fn joined(&self, word: usize) -> bool {
        self.words.get(word + 1).is_some_and(|next| next.start == self.words[word].end)
    }
}

/// The sentences of CoNLL-U; every line of it is as it must be, and so is every tree.
#[track_caller]
fn sentences(text: &str) -> Vec<Sentence> {
    assert!(text.is_empty() || text.ends_with("\n\n"), "the last sentence is open");
    assert!(!text.contains("\n\n\n") && !text.starts_with('\n'), "a sentence without lines");
    text.split_terminator("\n\n").map(sentence).collect()
}

#[track_caller]
fn sentence(block: &str) -> Sentence {
    let mut sentence = Sentence::default();
    for line in block.split('\n') {
        if line.starts_with('#') {
            assert!(sentence.words.is_empty() && sentence.ranges.is_empty(), "a comment late in {block}");
            sentence.comments.push(line.to_owned());
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 10, "{line}");
        assert!(columns.iter().all(|c| !c.is_empty()), "{line}");
        let next = sentence.words.len() + 1;
        if let Some((first, last)) = columns[0].split_once('-') {
            let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
            assert!(first == next && last > first, "{line}");
            assert!(sentence.ranges.last().is_none_or(|r| r.last < first), "{line}");
            assert!(columns[2..9].iter().all(|c| *c == "_"), "{line}");
            let (form, misc) = (columns[1].to_owned(), columns[9].to_owned());
            sentence.ranges.push(Range { form, first, last, misc });
            continue;
        }
        if columns[0].contains('.') {
            continue;
        }
        assert_eq!(columns[0], next.to_string(), "{line}");
        assert!(UPOS.contains(&columns[3]), "{line}");
        let place = columns[9].split('|').find_map(|m| m.strip_prefix("TokenRange="));
        let (start, end) = place.and_then(|p| p.split_once(':')).unwrap_or(("0", "0"));
        sentence.words.push(Word {
            form: columns[1].to_owned(),
            start: start.parse().unwrap(),
            end: end.parse().unwrap(),
            tags: [columns[2], columns[3], columns[4]].map(str::to_owned),
            head: columns[6].parse().unwrap(),
            relation: columns[7].to_owned(),
            misc: columns[9].to_owned(),
        });
    }
    let n = sentence.words.len();
    assert!(n > 0, "no words: {block}");
    assert!(sentence.ranges.iter().all(|r| r.last <= n), "{block}");
    assert_eq!(sentence.words.iter().filter(|w| w.head == 0).count(), 1, "{block}");
    for word in &sentence.words {
        assert!(word.head <= n && (word.head == 0) == (word.relation == "root"), "{} in {block}", word.form);
        let (mut at, mut steps) = (word.head, 0);
        while at > 0 {
            at = sentence.words[at - 1].head;
            steps += 1;
            assert!(steps <= n, "a cycle through {} in {block}", word.form);
        }
    }
    sentence
}

/// The trees of articles: sentences are counted through, words stand in order at places of their own length.
#[track_caller]
fn trees(out: &str) -> Vec<Sentence> {
    let all = sentences(out);
    let mut last = 0;
    for (i, sentence) in all.iter().enumerate() {
        assert_eq!(sentence.comment("sent_id"), Some((i + 1).to_string().as_str()));
        if sentence.comment("newdoc id").is_some() {
            last = 0;
        }
        for (w, word) in sentence.words.iter().enumerate() {
            assert!(word.start >= last && word.end - word.start == word.form.len(), "{}: {}", word.form, word.misc);
            assert!(!word.form.contains(char::is_whitespace), "{:?}", word.form);
            last = word.end;
            // Of words that are written as one only the line over them tells of spaces.
            let alone = !sentence.ranges.iter().any(|r| (r.first..=r.last).contains(&(w + 1)));
            assert_eq!(word.misc.contains("SpaceAfter=No"), alone && sentence.joined(w), "{} {}", word.form, word.misc);
        }
        for range in &sentence.ranges {
            let words: String = sentence.words[range.first - 1..range.last].iter().map(|w| w.form.as_str()).collect();
            assert_eq!(range.form, words);
            assert_eq!(range.misc.contains("SpaceAfter=No"), sentence.joined(range.last - 1), "{words} {}", range.misc);
        }
    }
    all
}

/// The trees of one article that is read as it stands: each word is there at its place, and nothing is left out.
#[track_caller]
fn trees_of(text: &str, out: &str) -> Vec<Sentence> {
    let all = trees(out);
    let mut last = 0;
    for word in all.iter().flat_map(|s| &s.words) {
        assert_eq!(text.get(word.start..word.end), Some(word.form.as_str()), "{}", word.misc);
        assert_eq!(text[last..word.start].trim(), "", "left out");
        last = word.end;
    }
    assert_eq!(text[last..].trim(), "", "left out");
    all
}

/// Parses; whatever the file is, trees come of it or a message.
#[track_caller]
fn survives(name: &str, bytes: impl AsRef<[u8]>) -> Run {
    let folder = Folder::new();
    folder.write(name, bytes);
    ended_well(folder.run(&["parse", name]), name)
}

#[track_caller]
fn ended_well(run: Run, name: &str) -> Run {
    assert!(!run.err.contains("panicked"), "{name}: {}", run.err);
    match run.code {
        0 => _ = trees(&run.out),
        1 => assert!(run.out.is_empty() && run.err.contains(name), "{name}: {}", run.err),
        code => panic!("{name}: exit code {code}: {}", run.err),
    }
    run
}

/// As many different sentences, by a fixed die.
fn prose(count: usize) -> String {
    let mut dice = ChaCha8Rng::seed_from_u64(1);
    let mut pick = |from: &[&'static str]| from[(dice.next_u64() % from.len() as u64) as usize];
    let mut text = String::new();
    for _ in 0..count {
        text.push_str(pick(&["Germany", "The minister’s party", "Hungary, which left,", "Most of them"]));
        text.push_str(pick(&[" opposed", " didn't support", " was told about", " said it had seen"]));
        text.push_str(pick(&[" the plan", " France and Spain", " what they’d heard", " sending troops to Mali"]));
        text.push_str(pick(&[". ", "; no one did. ", " on Monday.\n\n", ", he said. "]));
    }
    text.trim_end().to_owned()
}

/// CoNLL-U of words without tags.
fn bare(words: &[&str]) -> String {
    let rows = words.iter().enumerate().map(|(i, w)| format!("{}\t{w}{}\n", i + 1, "\t_".repeat(8)));
    rows.collect::<String>() + "\n"
}

#[test]
fn an_article_becomes_trees_at_their_places() {
    let folder = Folder::new();
    folder.write("a.txt", REPORT);
    let out = folder.run(&["parse", "a.txt"]).ok().out;
    let all = trees_of(REPORT, &out);
    assert!(out.starts_with("# newdoc id = a\n# sent_id = 1\n# text = Minister won’t resign\n"));
    assert_eq!(out.matches("# newdoc").count(), 1);
    let ranges: Vec<&str> = all.iter().flat_map(|s| &s.ranges).map(|r| r.form.as_str()).collect();
    assert_eq!(ranges, ["won’t", "doesn't", "she's", "party's", "Hungary’s", "can't"]);
    let verb = all[0].words.iter().find(|w| w.form == "resign").unwrap();
    assert_eq!(verb.tags, ["resign", "VERB", "VB"]);
}

#[test]
fn no_sentence_goes_from_one_paragraph_to_the_next() {
    let folder = Folder::new();
    for text in [REPORT.to_owned(), prose(60), "one\n\ntwo\n\n\n three ,\n\n\t\nfour (\n\nfive)".to_owned()] {
        folder.write("a.txt", &text);
        let all = trees_of(&text, &folder.run(&["parse", "a.txt"]).ok().out);
        for sentence in &all {
            let place = &text[sentence.words[0].start..sentence.words[sentence.words.len() - 1].end];
            assert!(!place.lines().any(|line| line.trim().is_empty()), "{place}");
            let shown: Vec<&str> = place.split_whitespace().collect();
            assert_eq!(sentence.comment("text"), Some(shown.join(" ").as_str()));
        }
    }
}

#[test]
fn standard_input_gives_the_same_trees() {
    let folder = Folder::new();
    folder.write("stdin.txt", REPORT);
    let file = folder.run(&["parse", "stdin.txt"]).ok();
    let piped = folder.feed(&["parse", "-"], REPORT.as_bytes()).ok();
    assert_eq!(file.out, piped.out);
    assert_eq!((file.err.as_str(), piped.err.as_str()), ("", ""));
    let gold = folder.feed(&["parse", "--conllu", "-"], GOLD.as_bytes()).ok().out;
    folder.write("g.conllu", GOLD);
    assert_eq!(folder.run(&["parse", "--conllu", "g.conllu"]).ok().out, gold);
}

#[test]
fn several_articles_are_told_apart() {
    let folder = Folder::with_reports();
    folder
        .write("rows.jsonl", "{\"id\":\"r1\",\"text\":\"It rains.\"}\n{\"id\":\"r2\",\"text\":\"It snows. We go.\"}\n");
    let out = folder.run(&["parse", "."]).ok().out;
    let all = trees(&out);
    let ids: Vec<&str> = all.iter().filter_map(|s| s.comment("newdoc id")).collect();
    assert_eq!(ids, ["alpha", "beta", "gamma", "r1", "r2"]);
    let alone = folder.run(&["parse", "beta.md"]).ok().out;
    let rows = |text: &str| text.lines().filter(|l| !l.starts_with("# sent_id")).map(str::to_owned).collect::<Vec<_>>();
    let (alone, out) = (rows(&alone), rows(&out));
    assert!(out.windows(alone.len()).any(|w| w == alone), "an article's trees do not hang on its neighbours");
}

#[test]
fn the_same_bytes_from_any_number_of_threads() {
    let folder = Folder::with_reports();
    folder.write("long.txt", prose(100));
    let plain = folder.run(&["parse", "."]).ok().out;
    assert!(trees(&plain).len() > 100);
    assert_eq!(folder.run(&["parse", "."]).ok().out, plain);
    folder.write("g/long.conllu", &plain);
    let again = folder.run(&["parse", "--conllu", "g/long.conllu"]).ok().out;
    for jobs in ["1", "3"] {
        assert_eq!(folder.run(&["parse", ".", "--jobs", jobs]).ok().out, plain, "{jobs}");
        assert_eq!(folder.run(&["parse", "--conllu", "g/long.conllu", "--jobs", jobs]).ok().out, again, "{jobs}");
    }
    assert_eq!(again, plain, "the same words, the same trees");
    folder.run(&["parse", ".", "--jobs", "0"]).fails(2, &["--jobs"]);
}

#[test]
fn given_words_keep_all_but_tags_lemmas_and_trees() {
    let folder = Folder::new();
    folder.write("g.conllu", GOLD);
    let out = folder.run(&["parse", "--conllu", "g.conllu"]).ok().out;
    let all = sentences(&out);
    assert_eq!(all.len(), 2);
    assert_eq!(out.lines().count(), GOLD.lines().count());
    for (new, old) in out.lines().zip(GOLD.lines()) {
        let is_word =
            old.split('\t').next().is_some_and(|id| id.bytes().all(|b| b.is_ascii_digit())) && !old.is_empty();
        if !is_word {
            assert_eq!(new, old);
            continue;
        }
        let (new, old): (Vec<&str>, Vec<&str>) = (new.split('\t').collect(), old.split('\t').collect());
        for kept in [0, 1, 5, 9] {
            assert_eq!(new[kept], old[kept]);
        }
        assert!(!new[2].starts_with('L') && !new[4].starts_with('T'), "{new:?}");
        assert_eq!(new[8], "_", "the old enhanced dependencies are not those of the new tree");
    }
    let tags: Vec<&str> = all[0].words.iter().map(|w| w.tags[1].as_str()).collect();
    assert_eq!(tags, ["PRON", "AUX", "PART", "VERB", "PUNCT"]);
    let heads: Vec<usize> = all[0].words.iter().map(|w| w.head).collect();
    assert_eq!(heads, [4, 4, 4, 0, 4]);
    // What it has written it reads again without a change.
    folder.write("h.conllu", &out);
    assert_eq!(folder.run(&["parse", "--conllu", "h.conllu"]).ok().out, out);
    let both = folder.run(&["parse", "--conllu", "g.conllu", "h.conllu"]).ok().out;
    assert_eq!(both, format!("{out}{out}"));
}

#[test]
fn windows_lines_and_spare_blank_ones_are_no_fault() {
    let folder = Folder::new();
    folder.write("g.conllu", GOLD);
    let out = folder.run(&["parse", "--conllu", "g.conllu"]).ok().out;
    for same in
        [GOLD.replace('\n', "\r\n"), format!("\u{feff}{GOLD}"), format!("\n\n{}", GOLD.replace("\n\n", "\n \n\n"))]
    {
        folder.write("h.conllu", &same);
        assert_eq!(folder.run(&["parse", "--conllu", "h.conllu"]).ok().out, out);
    }
}

/// The file fails with these words, and nothing is written.
#[track_caller]
fn bad(bytes: impl AsRef<[u8]>, words: &[&str]) {
    let folder = Folder::new();
    folder.write("b.conllu", &bytes);
    folder.run(&["parse", "--conllu", "b.conllu"]).fails(1, words);
    let words: Vec<String> = words.iter().map(|w| w.replace("b.conllu", "<stdin>")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    folder.feed(&["parse", "--conllu", "-"], bytes.as_ref()).fails(1, &words);
}

#[test]
fn bad_conllu_is_told_with_its_line() {
    let row = |id: &str| format!("{id}\tgo{}\n", "\t_".repeat(8));
    bad("1\tgo\tgo\tVERB\n\n", &["b.conllu:1: ", "10 columns", "this one has 4"]);
    bad(GOLD.replace("\tA=1", "\tA=1\tmore"), &["b.conllu:5: ", "this one has 11"]);
    bad("Germany condemned Russia.\n", &["b.conllu:1: ", "this one has 1"]);
    bad(GOLD.replace("\tL4\t", "\t\t"), &["b.conllu:11: ", "column 3 is empty"]);
    bad(GOLD.replace("\tgo\t", "\t \t"), &["b.conllu:11: ", "column 2 is empty"]);
    bad(GOLD.replace("_\n\n#", "_\n#"), &["b.conllu:13: ", "is a blank line missing"]);
    bad(row("1") + &row("1") + "\n", &["b.conllu:2: ", "a blank line is missing before it"]);
    bad(row("1") + &row("1-2") + "\n", &["b.conllu:2: ", "a blank line is missing before it"]);
    bad(row("1"), &["b.conllu:1: ", "ends without the blank line"]);
    bad(format!("{GOLD}# sent_id = cut"), &["b.conllu:18: ", "ends without the blank line"]);
    bad(format!("{GOLD}# newdoc id = x\n\n"), &["b.conllu:19: ", "no words"]);
    bad(row("0.1") + "\n", &["b.conllu:2: ", "no words"]);
    bad(row("1") + &row("3") + "\n", &["b.conllu:2: ", "\"3\"", "the next word is 2"]);
    for id in ["0", "2", "+1", "x", "-", "1.1", "0.2", "2-3", "1-", "1-0", "99999999999999999999999"] {
        bad(row(id) + &row("2") + "\n", &["b.conllu:1: "]);
    }
    bad(row("1-3") + &row("1") + &row("2-3") + &row("2") + "\n", &["b.conllu:3: ", "\"2-3\""]);
    bad(row("1-3") + &row("1") + &row("2") + "\n", &["b.conllu:4: ", "to word 3"]);
    bad([GOLD.as_bytes(), b"# text = Se\xc3\n1\tSe\xc3\n\n"].concat(), &["b.conllu:18: ", "not UTF-8"]);
    let utf16: Vec<u8> = GOLD.encode_utf16().flat_map(|c| (c | 0x80).to_le_bytes()).collect();
    bad(utf16, &["b.conllu:1: ", "not UTF-8"]);
    bad("", &["b.conllu: ", "no sentences"]);
    bad("\n \n\n", &["b.conllu: ", "no sentences"]);
    let folder = Folder::new();
    folder.run(&["parse", "--conllu", "none.conllu"]).fails(1, &["none.conllu: "]);
    folder.run(&["parse", "--conllu", "."]).fails(1, &[".: "]);
}

#[test]
fn articles_that_cannot_be_read() {
    let folder = Folder::new();
    folder.write("none.txt", "");
    folder.write("t.csv", crate::common::TABLE);
    folder.write("a/news.txt", "It rains.");
    folder.write("b/news.txt", "It snows.");
    folder.run(&["parse", "nowhere.txt"]).fails(1, &["nowhere.txt: "]);
    folder.run(&["parse", "none.txt", "t.csv"]).fails(1, &["none.txt: ", "no words", "t.csv: ", "column of text"]);
    folder.run(&["parse", "a", "b"]).fails(1, &["b/news.txt: ", "\"news\"", "a/news.txt"]);
    folder.run(&["parse"]).fails(2, &["INPUT"]);
}

#[test]
fn bad_files_are_passed_over_when_asked() {
    let folder = Folder::new();
    folder.write("good.txt", "It rains.");
    folder.write("bad.txt", "");
    folder.write("good.conllu", GOLD);
    folder.write("bad.conllu", "1\tgo\n\n");
    for (flags, ending) in [(vec!["parse"], "txt"), (vec!["parse", "--conllu"], "conllu")] {
        let (good, bad) = (format!("good.{ending}"), format!("bad.{ending}"));
        let with = |more: &[&str]| folder.run(&[&flags, more].concat());
        let alone = with(&[&good]).ok().out;
        with(&[&bad, &good]).fails(1, &[&bad]);
        let run = with(&[&bad, &good, "--skip-bad"]).ok();
        assert_eq!(run.out, alone);
        assert!(run.err.starts_with(&format!("skipped: {bad}:")) && run.err.lines().count() == 1, "{}", run.err);
        let run = with(&[&bad, &good, "--skip-bad", "--quiet"]).ok();
        assert_eq!((run.out, run.err), (alone, String::new()));
        with(&[&bad, "--skip-bad"]).fails(1, &[&bad, "no sentences"]);
        with(&[&bad, "-q"]).fails(1, &[&bad]);
    }
}

#[test]
fn a_file_of_trees_is_whole_or_as_it_was() {
    let folder = Folder::new();
    folder.write("a.txt", REPORT);
    folder.write("bad.txt", "");
    folder.write("trees.conllu", "old");
    folder.run(&["parse", "a.txt", "bad.txt", "-o", "trees.conllu"]).fails(1, &["bad.txt"]);
    assert_eq!(folder.read("trees.conllu"), "old");
    let out = folder.run(&["parse", "a.txt"]).ok().out;
    let run = folder.run(&["parse", "a.txt", "-o", "trees.conllu"]).ok();
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    assert_eq!(folder.read("trees.conllu"), out);
    assert_eq!(folder.run(&["parse", "a.txt", "-o", "-"]).ok().out, out);
    folder.run(&["parse", "a.txt", "-o", "none/x"]).fails(1, &["none/x: ", "no such folder"]);
    folder.run(&["parse", "a.txt", "-o", "."]).fails(1, &["this is a folder"]);
    // In its own place.
    folder.write("g.conllu", GOLD);
    let gold = folder.run(&["parse", "--conllu", "g.conllu"]).ok().out;
    folder.run(&["parse", "--conllu", "g.conllu", "-o", "g.conllu"]).ok();
    assert_eq!(folder.read("g.conllu"), gold);
    assert_eq!(folder.files("").len(), 4, "nothing is left behind");
}

#[test]
fn a_megabyte_without_a_space() {
    let text = "Abcdefghij".repeat(100_000);
    let run = survives("a.txt", &text).ok();
    trees_of(&text, &run.out);
}

#[test]
fn a_hundred_thousand_quotation_marks() {
    // Without optimization the network takes some fifteen times as long.
    let count = if cfg!(debug_assertions) { 1_000 } else { 100_000 };
    for mark in ["\"", "“", "'"] {
        let text = format!("Germany condemned Russia. {}", mark.repeat(count));
        trees_of(&text, &survives("a.txt", &text).ok().out);
    }
}

#[test]
fn sentences_short_and_long() {
    for text in ["Go", "A", "7", "ß", "Wow!", "é", "1 2 3", "2024-06-09 10:30", "№ 5 – 6 % (7)"] {
        let run = survives("a.txt", text);
        if run.code == 0 {
            trees_of(text, &run.out);
        }
    }
    for (words, tokens) in [("we saw that ", 500), ("Germany, ", 500), ("and \u{1f600} ", 500), ("of the ", 5_000)] {
        let text = format!("Then {}", words.repeat(tokens / 2));
        trees_of(&text, &survives("a.txt", &text).ok().out);
    }
}

#[test]
fn given_sentences_short_and_long() {
    let folder = Folder::new();
    let mut text = bare(&["Go"]) + &bare(&["."]) + &bare(&["1", "–", "(", "%", ")"]) + &bare(&["\u{200b}"]);
    let long: Vec<&str> = ["Germany", ",", "which", "left", "and", "“", "7"].into_iter().cycle().take(5_000).collect();
    for tokens in [250, 251, 500, 5_000] {
        text += &bare(&long[..tokens]);
    }
    text += &bare(&["x".repeat(100_000).as_str(), "fell"]);
    folder.write("g.conllu", &text);
    let out = folder.run(&["parse", "--conllu", "g.conllu"]).ok().out;
    let lengths: Vec<usize> = sentences(&out).iter().map(|s| s.words.len()).collect();
    assert_eq!(lengths, [1, 1, 5, 1, 250, 251, 500, 5_000, 2]);
}

#[test]
fn random_bytes_and_letters() {
    let mut dice = ChaCha8Rng::seed_from_u64(3);
    let pieces = [
        "Germany ",
        "won’t",
        "\"",
        ", ",
        "\n",
        "\n\n",
        "\r",
        "\t",
        "\u{a0}",
        "\u{2028}",
        "\u{85}",
        "\u{200b}",
        "\u{feff}",
        "e\u{301}",
        "👩‍👩‍👧",
        "ﬁ",
        "İ",
        "ẞ",
        "…",
        "- ",
        "# text = ",
        "1\tgo\t",
        "http://a.b/c?d=e",
        "10.5",
        ". ",
        "\0",
        "中文",
        "\u{10ffff}",
        "'s",
        "(",
        "cannot ",
        "said ",
    ];
    for round in 0..60 {
        let mut bytes = Vec::new();
        for _ in 0..dice.next_u64() % 200 {
            let draw = dice.next_u64();
            match round % 3 {
                0 => bytes.extend_from_slice(&draw.to_le_bytes()),
                _ => bytes.extend_from_slice(pieces[(draw % pieces.len() as u64) as usize].as_bytes()),
            }
        }
        if round % 3 == 2 {
            // Letters that are cut in two.
            bytes.retain(|_| dice.next_u64() % 50 > 0);
        }
        survives(["f.txt", "f.md", "f.html", "f"][(dice.next_u64() % 4) as usize], &bytes);
    }
}

#[test]
fn random_damage_to_conllu() {
    let mut dice = ChaCha8Rng::seed_from_u64(4);
    let folder = Folder::new();
    for _ in 0..60 {
        let mut bytes = GOLD.as_bytes().to_vec();
        for _ in 0..=dice.next_u64() % 3 {
            let at = (dice.next_u64() % bytes.len() as u64) as usize;
            match dice.next_u64() % 4 {
                0 => _ = bytes.remove(at),
                1 => bytes.insert(at, b"\t\n#19-. \xff"[(dice.next_u64() % 9) as usize]),
                2 => bytes[at] = dice.next_u64() as u8,
                _ => bytes.truncate(at.max(1)),
            }
        }
        folder.write("f.conllu", &bytes);
        let run = folder.run(&["parse", "--conllu", "f.conllu"]);
        assert!(!run.err.contains("panicked"), "{}", run.err);
        match run.code {
            0 => assert!(!sentences(&run.out).is_empty()),
            1 => {
                let place = run.err.split(": ").nth(1).unwrap();
                let line = place.strip_prefix("f.conllu:").map(|line| line.parse::<usize>().unwrap());
                assert!(line.is_some() || run.err.contains("no sentences"), "{}", run.err);
                assert!(
                    line.is_none_or(|line| line <= bytes.iter().filter(|b| **b == b'\n').count() + 1),
                    "{}",
                    run.err
                );
            }
            code => panic!("exit code {code}: {}", run.err),
        }
    }
    // Random bytes, too.
    for _ in 0..20 {
        let bytes: Vec<u8> = (0..dice.next_u64() % 100).flat_map(|_| dice.next_u64().to_le_bytes()).collect();
        folder.write("f.conllu", &bytes);
        folder.run(&["parse", "--conllu", "f.conllu"]).fails(1, &["f.conllu"]);
    }
}
