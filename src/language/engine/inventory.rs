//! The closed lists of tag and relation names, so that tokens can hold them
//! without owning them. A name that is not in its list becomes `_` or `dep`.

/// Penn tags.
const PENN: &[&str] = &[
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN", "JJ",
    "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP",
    "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``",
];

/// Universal relations with the subtypes that English uses.
const RELATIONS: &[&str] = &[
    "acl",
    "acl:relcl",
    "advcl",
    "advcl:relcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "aux:pass",
    "case",
    "cc",
    "cc:preconj",
    "ccomp",
    "compound",
    "compound:prt",
    "conj",
    "cop",
    "csubj",
    "csubj:outer",
    "csubj:pass",
    "dep",
    "det",
    "det:predet",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nmod:desc",
    "nmod:npmod",
    "nmod:poss",
    "nmod:tmod",
    "nmod:unmarked",
    "nsubj",
    "nsubj:outer",
    "nsubj:pass",
    "nummod",
    "obj",
    "obl",
    "obl:agent",
    "obl:npmod",
    "obl:tmod",
    "obl:unmarked",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "root",
    "vocative",
    "xcomp",
];

/// The Penn tag of that name.
pub fn penn(name: &str) -> &'static str {
    find(PENN, name).unwrap_or("_")
}

/// The relation of that name; an unknown subtype counts as the plain relation.
pub fn relation(name: &str) -> &'static str {
    let plain = || find(RELATIONS, name.split(':').next().unwrap_or(name));
    find(RELATIONS, name).or_else(plain).unwrap_or("dep")
}

fn find(list: &[&'static str], name: &str) -> Option<&'static str> {
    list.binary_search(&name).ok().map(|i| list[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(PENN.is_sorted() && RELATIONS.is_sorted());
        assert_eq!(relation("nsubj:pass"), "nsubj:pass");
        assert_eq!(relation("obl:odd"), "obl");
        assert_eq!(relation("odd"), "dep");
        assert_eq!(penn("NNP"), "NNP");
        assert_eq!(penn("?"), "_");
    }
}
