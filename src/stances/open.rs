//! Matters left open: what a part of a run cannot know.
//!
//! In: statements that the program coded, of some of the documents. Out: the same, each with what its text calls the
//! matter in a column of its own, until all are together and the matters can be agreed on. Never here: a matter that is
//! filled in already; whoever did that is not contradicted.

use super::matters::{Matters, wording};
use crate::Result;
use crate::lexicon::Lexicon;
use crate::statement::{Kind, Statement};

/// The column of what the text calls a matter that has no name yet; empty where there is no matter.
pub const OPEN_MATTER: &str = "open_matter";

/// Leaves the matters of freshly coded statements open.
pub fn leave_open(statements: &mut [Statement]) {
    for statement in statements {
        let words = wording(statement).unwrap_or_default().to_owned();
        statement.matter = None;
        statement.extra.insert(OPEN_MATTER.to_owned(), words);
    }
}

/// Takes the statements whose matter is open out of `statements`, as the coder left them. The column goes from all.
pub fn take_open(statements: &mut Vec<Statement>) -> Vec<Statement> {
    if !statements.iter().any(|s| s.extra.contains_key(OPEN_MATTER)) {
        return Vec::new();
    }
    let (mut open, mut settled) = (Vec::new(), Vec::new());
    for mut statement in std::mem::take(statements) {
        match statement.extra.remove(OPEN_MATTER).filter(|words| !words.is_empty() && statement.matter.is_none()) {
            Some(words) => {
                // A target that is a matter is its own wording; a person may have corrected it.
                statement.matter = (statement.target_kind != Some(Kind::Matter)).then_some(words);
                open.push(statement);
            }
            None => settled.push(statement),
        }
    }
    *statements = settled;
    open
}

/// Gives open matters one name for all their wordings, as coding all documents in one run would have
/// ([`Coder::unify_matters`](super::Coder::unify_matters)). Returns how many were open.
///
/// # Errors
/// A broken table of the lexicon.
pub fn agree_on_open(lexicon: &Lexicon, statements: &mut Vec<Statement>) -> Result<usize> {
    let mut open = take_open(statements);
    if !open.is_empty() {
        Matters::new(lexicon)?.unify(&mut open, statements);
    }
    let count = open.len();
    statements.append(&mut open);
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, read_bytes};
    use crate::stances::Coder;
    use crate::statement::{Aliases, Names, Rule, Table, canonical_sort, put_together, to_csv, to_jsonl};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().unwrap());
    static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new(&LEXICON).unwrap());

    /// Reports that name the same matters in many ways, and some that have nothing to say.
    static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| {
        let texts = [
            "France plans a training mission in Ukraine. Poland supports the training mission in Ukraine.",
            "Germany opposes sending military instructors to Ukraine. Italy rejected the mission to train soldiers.",
            "French President Emmanuel Macron invited Estonia to join the training mission.",
            "Spain supports sanctions against Russia. Hungary rejected the new sanctions against Russia.",
            "It rained in Oslo.",
            "Sweden proposed a ceasefire in Gaza. Norway backs the ceasefire. Egypt welcomed the ceasefire proposal.",
            "Hungary condemned France, and opposes training of Ukrainian soldiers.",
            "Italy supports tougher sanctions against Russia. Germany praised \"the ceasefire\".",
        ];
        let read = |(n, text): (usize, &&str)| read_bytes(&format!("d{n}.txt"), text.as_bytes()).unwrap().remove(0);
        texts.iter().enumerate().map(read).collect()
    });

    fn single() -> Vec<u8> {
        let mut all: Vec<Statement> = DOCUMENTS.iter().flat_map(|d| CODER.code(d)).collect();
        CODER.unify_matters(&mut all, &[]);
        canonical_sort(&mut all);
        to_csv(&all).unwrap()
    }

    fn agreed(parts: Vec<Table>) -> Vec<u8> {
        let mut all = put_together(parts, Rule::Keep, &Aliases::default()).statements;
        agree_on_open(&LEXICON, &mut all).unwrap();
        canonical_sort(&mut all);
        to_csv(&all).unwrap()
    }

    fn read(bytes: &[u8]) -> Table {
        Table::read_part("part", bytes, &Names::default()).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_split_put_together_gives_the_bytes_of_the_single_run(
            part in prop::collection::vec(0usize..4, 8),
            twice in 0usize..8,
            csv in prop::collection::vec(any::<bool>(), 4),
        ) {
            let single = single();
            prop_assert!(single.windows(9).any(|w| w == b"training "), "matters are agreed on");
            let of = |p: usize| {
                let mut coded: Vec<Statement> = DOCUMENTS.iter().zip(&part).enumerate()
                    // One document is in two parts, as where an engine codes it again.
                    .filter(|(n, (_, of))| **of == p || (*n == twice && p == 0))
                    .flat_map(|(_, (d, _))| CODER.code(d)).collect();
                leave_open(&mut coded);
                read(&if csv[p] { to_csv(&coded) } else { to_jsonl(&coded) }.unwrap())
            };
            let parts: Vec<Table> = (0..4).map(of).collect();
            prop_assert_eq!(&agreed(parts.clone()), &single);
            // In two steps, the first of which leaves open what is open.
            let first = put_together(parts[..2].to_vec(), Rule::Keep, &Aliases::default());
            let first = read(&to_jsonl(&first.statements).unwrap());
            prop_assert_eq!(&agreed(vec![parts[3].clone(), first, parts[2].clone()]), &single);
        }
    }

    #[test]
    fn a_matter_that_is_filled_in_stays() {
        let mut coded: Vec<Statement> = DOCUMENTS.iter().flat_map(|d| CODER.code(d)).collect();
        leave_open(&mut coded);
        let mine = coded.iter_mut().find(|s| s.holder == "Germany" && s.target_kind == Some(Kind::Matter)).unwrap();
        mine.matter = Some("My own matter".to_owned());
        let id = mine.id.clone();
        agree_on_open(&LEXICON, &mut coded).unwrap();
        let mine = coded.iter().find(|s| s.id == id).unwrap();
        assert_eq!(mine.matter.as_deref(), Some("My own matter"));
        assert!(coded.iter().all(|s| s.extra.is_empty()), "the column is gone");
    }
}
