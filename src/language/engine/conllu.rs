//! CoNLL-U in and out.
//!
//! In: the text of a file. Out: its sentences with comments, multiword-token
//! lines and empty nodes kept in place, so that writing gives the same lines
//! back. A malformed line is kept as it stands and never becomes a token.

use super::features::straight;
use super::token::{Sentence, Token};

/// One line of a sentence that is not a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A syntactic word: the ten columns.
    Word(Box<[String; 10]>),
    /// A multiword token, an empty node, or anything else, verbatim.
    Other(String),
}

/// One sentence of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// The comment lines, with their `#`.
    pub comments: Vec<String>,
    /// The other lines, in order.
    pub rows: Vec<Row>,
}

impl Block {
    /// The columns of the syntactic words, in order.
    pub fn words(&self) -> impl Iterator<Item = &[String; 10]> {
        self.rows.iter().filter_map(|row| match row {
            Row::Word(columns) => Some(&**columns),
            Row::Other(_) => None,
        })
    }

    /// The value of the comment `# key = value`, if there is one.
    pub fn comment(&self, key: &str) -> Option<&str> {
        self.comments.iter().find_map(|line| {
            let (name, value) = line.strip_prefix('#')?.split_once('=')?;
            (name.trim() == key).then(|| value.trim())
        })
    }
}

/// Reads the sentences of a CoNLL-U text.
pub fn read(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut block = Block::default();
    for line in text.lines().chain(std::iter::once("")) {
        if line.trim().is_empty() {
            if !block.rows.is_empty() || !block.comments.is_empty() {
                blocks.push(std::mem::take(&mut block));
            }
        } else if line.starts_with('#') {
            block.comments.push(line.to_string());
        } else {
            block.rows.push(read_row(line));
        }
    }
    blocks
}

fn read_row(line: &str) -> Row {
    let columns: Vec<String> = line.split('\t').map(str::to_string).collect();
    let is_word = !columns[0].is_empty() && columns[0].bytes().all(|b| b.is_ascii_digit());
    match <Box<[String; 10]>>::try_from(columns.into_boxed_slice()) {
        Ok(columns) if is_word => Row::Word(columns),
        _ => Row::Other(line.to_string()),
    }
}

/// Appends one sentence and its closing blank line.
pub fn write(block: &Block, out: &mut String) {
    for line in &block.comments {
        out.push_str(line);
        out.push('\n');
    }
    for row in &block.rows {
        match row {
            Row::Word(columns) => out.push_str(&columns.join("\t")),
            Row::Other(line) => out.push_str(line),
        }
        out.push('\n');
    }
    out.push('\n');
}

/// Appends a sentence that has been parsed from `text`, with byte offsets in
/// MISC and multiword tokens over words with clitics.
pub fn write_sentence(text: &str, sentence: &Sentence, id: usize, out: &mut String) {
    let shown: Vec<&str> = text.get(sentence.start..sentence.end).unwrap_or("").split_whitespace().collect();
    out.push_str(&format!("# sent_id = {id}\n# text = {}\n", shown.join(" ")));
    let tokens = &sentence.tokens;
    let mut covered = 0;
    for (i, t) in tokens.iter().enumerate() {
        let joined = (i + 1..tokens.len()).take_while(|&j| is_clitic(&tokens[j - 1], &tokens[j])).last();
        if let Some(last) = joined.filter(|_| i >= covered) {
            covered = last + 1;
            let range = t.start..tokens[last].end;
            let form = text.get(range.clone()).unwrap_or("_");
            let space = space_after(tokens, last);
            out.push_str(&format!(
                "{}-{covered}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{space}TokenRange={}:{}\n",
                i + 1,
                range.start,
                range.end
            ));
        }
        let part = i < covered && (i + 1 < covered || i > 0 && is_clitic(&tokens[i - 1], t));
        let space = if part { "" } else { space_after(tokens, i) };
        out.push_str(&format!(
            "{}\t{}\t{}\t{}\t{}\t_\t{}\t{}\t_\t{space}TokenRange={}:{}\n",
            i + 1,
            t.form,
            t.lemma,
            t.upos,
            t.xpos,
            t.head,
            t.deprel,
            t.start,
            t.end
        ));
    }
    out.push('\n');
}

fn space_after(tokens: &[Token], i: usize) -> &'static str {
    match tokens.get(i + 1) {
        Some(next) if next.start == tokens[i].end => "SpaceAfter=No|",
        _ => "",
    }
}

/// Whether a word is written as the second part of one with the word before
/// it, so that CoNLL-U shows a multiword token over the two.
pub fn is_clitic(before: &Token, word: &Token) -> bool {
    if before.end != word.start {
        return false;
    }
    let lower: String = word.form.chars().map(straight).flat_map(char::to_lowercase).collect();
    let first = before.form.to_lowercase();
    match lower.as_str() {
        "'s" | "'ll" | "'re" | "'ve" | "'m" | "'d" | "n't" | "nt" => first.chars().any(char::is_alphanumeric),
        "'" => word.xpos == "POS",
        "not" => first == "can",
        "na" => matches!(first.as_str(), "gon" | "wan"),
        "ta" => matches!(first.as_str(), "got" | "ought"),
        "m" => first == "i",
        "s" => word.xpos == "POS" || matches!(first.as_str(), "it" | "that" | "let" | "what" | "he" | "she"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_back() {
        let text = "# sent_id = a\n# text = don't\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
                    1\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_\n2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_\n\n";
        let blocks = read(text);
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].words().count(), 2);
        assert_eq!(blocks[0].comment("text"), Some("don't"));
        let mut out = String::new();
        write(&blocks[0], &mut out);
        assert_eq!(out, text);
    }

    #[test]
    fn a_short_line_is_kept_but_is_no_word() {
        let blocks = read("1\tonly\n\n");
        assert_eq!(blocks[0].words().count(), 0);
        assert_eq!(blocks[0].rows, vec![Row::Other("1\tonly".into())]);
    }
}
