#!/usr/bin/env python3
"""Scores a CoNLL-U file against a gold one by the definitions of the CoNLL
2018 shared task evaluation: F1 of tokens, sentences, words, UPOS, XPOS,
lemmas, UAS, and LAS with labels without subtypes, over all tokens.

    scripts/evaluate.py GOLD.conllu[.xz] SYSTEM.conllu[.xz] [--only PREFIX]

--only keeps the documents whose `# newdoc id` begins with PREFIX (only for
files with the same sentences). The characters of the two files, without the
spaces within forms, must be the same. A file that breaks the format is an
error, for it would be scored by what happens to be left of it.
"""
import lzma
import sys
import unicodedata


class Word:
    """start and end are those of the token: words of a multiword token share
    them."""
    __slots__ = ("start", "end", "columns", "multi", "head")


def check_tree(words):
    """One root, and a way to it from everywhere."""
    if sum(word.head is None for word in words) != 1:
        raise ValueError("the sentence that ends here has not one root")
    safe = set()
    for word in words:
        path = []
        while word is not None and id(word) not in safe:
            if id(word) in path:
                raise ValueError("the sentence that ends here has a cycle")
            path.append(id(word))
            word = word.head
        safe.update(path)


class File:
    """Characters, token spans, sentence spans and words."""

    def __init__(self, path, only=None):
        self.chars, self.tokens, self.sentences, self.words = [], [], [], []
        # The sentence at hand: its first word, its first character, the end
        # and the span of its last multiword token, whether lines are open.
        self.first, self.begin, self.until, self.span, self.open = 0, 0, 0, None, False
        keep = not only
        opener = lzma.open if path.endswith(".xz") else open
        with opener(path, "rt", encoding="utf-8") as lines:
            number = 0
            for number, line in enumerate(lines, 1):
                line = line.rstrip("\r\n")
                try:
                    if line.startswith("#") and not self.open:
                        if only and line.startswith("# newdoc id"):
                            keep = line.split("=", 1)[1].strip().startswith(only)
                    elif keep and line:
                        self.add(line.split("\t"))
                    elif keep:
                        self.close()
                except ValueError as error:
                    sys.exit("%s:%d: %s" % (path, number, error))
        if self.open:
            sys.exit("%s:%d: no blank line at the end" % (path, number))

    def take(self, form):
        """The span of a token. Only spaces do not count, as there."""
        form = [c for c in form if unicodedata.category(c) != "Zs"]
        if not form:
            raise ValueError("a token without characters")
        span = (len(self.chars), len(self.chars) + len(form))
        self.chars.extend(form)
        self.tokens.append(span)
        return span

    def add(self, columns):
        self.open = True
        if len(columns) != 10:
            raise ValueError("%d columns instead of 10" % len(columns))
        if "." in columns[0]:
            return
        place = len(self.words) - self.first + 1
        if "-" in columns[0]:
            start, end = map(int, columns[0].split("-"))
            if start != place or end < start or place <= self.until:
                raise ValueError("a multiword token in the wrong place")
            self.until, self.span = end, self.take(columns[1])
            return
        if int(columns[0]) != place:
            raise ValueError("word %s instead of %d" % (columns[0], place))
        word = Word()
        word.columns, word.multi, word.head = columns, place <= self.until, int(columns[6])
        word.start, word.end = self.span if word.multi else self.take(columns[1])
        self.words.append(word)

    def close(self):
        words = self.words[self.first:]
        if not words or len(words) < self.until:
            raise ValueError("a sentence without words" if not words else "a multiword token without its words")
        for word in words:
            if not 0 <= word.head <= len(words):
                raise ValueError("a head outside the sentence")
            word.head = words[word.head - 1] if word.head else None
        check_tree(words)
        self.sentences.append((self.begin, len(self.chars)))
        self.first, self.begin, self.until, self.open = len(self.words), len(self.chars), 0, False


def lcs(gold, system):
    """Longest common subsequence of two lists of words by form."""
    forms = [[w.columns[1].lower() for w in side] for side in (gold, system)]
    n, m = len(gold), len(system)
    table = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            same = forms[0][i] == forms[1][j]
            table[i][j] = table[i + 1][j + 1] + 1 if same else max(table[i + 1][j], table[i][j + 1])
    i = j = 0
    while i < n and j < m:
        if forms[0][i] == forms[1][j]:
            yield gold[i], system[j]
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1


def stretch(gold, system, i, j):
    """Where the words around a multiword token at i or j begin and end, on
    both sides: as few as hold only whole multiword tokens."""
    end = gold[i].end if gold[i].multi else system[j].end
    # A plain word on the other side that begins earlier has no partner.
    if gold[i].multi:
        j += not system[j].multi and system[j].start < gold[i].start
    else:
        i += gold[i].start < system[j].start
    first = i, j

    def left(words, at):
        if at >= len(words):
            return False
        return words[at].start < end if words[at].multi else words[at].end <= end

    while left(gold, i) or left(system, j):
        # In the order of the text: what is taken may move the end.
        if i < len(gold) and (j >= len(system) or gold[i].start <= system[j].start):
            word, i = gold[i], i + 1
        else:
            word, j = system[j], j + 1
        if word.multi:
            end = max(end, word.end)
    return first, (i, j)


def align(gold, system):
    """Pairs of words that stand for each other: those of the same span, and
    around multiword tokens those of the same form."""
    pairs, i, j = [], 0, 0
    while i < len(gold) and j < len(system):
        if gold[i].multi or system[j].multi:
            (a, b), (i, j) = stretch(gold, system, i, j)
            pairs.extend(lcs(gold[a:i], system[b:j]))
        elif (gold[i].start, gold[i].end) == (system[j].start, system[j].end):
            pairs.append((gold[i], system[j]))
            i, j = i + 1, j + 1
        elif gold[i].start <= system[j].start:
            i += 1
        else:
            j += 1
    return pairs


def f1(right, gold, system):
    return 200.0 * right / max(1, gold + system)


def main():
    args = sys.argv[1:]
    only = None
    if "--only" in args:
        at = args.index("--only")
        only = args[at + 1]
        del args[at:at + 2]
    if len(args) != 2:
        sys.exit(__doc__.strip())
    gold, system = File(args[0], only), File(args[1], only)
    if gold.chars != system.chars:
        at = next((i for i, (a, b) in enumerate(zip(gold.chars, system.chars)) if a != b),
                  min(len(gold.chars), len(system.chars)))
        sys.exit("the texts differ: %r, %r" % ("".join(gold.chars[at:at + 20]), "".join(system.chars[at:at + 20])))
    pairs = align(gold.words, system.words)
    partner = {id(s): g for g, s in pairs}
    count = {"UPOS": 0, "XPOS": 0, "Lemmas": 0, "UAS": 0, "LAS": 0}
    for g, s in pairs:
        count["UPOS"] += g.columns[3] == s.columns[3]
        count["XPOS"] += g.columns[4] == s.columns[4]
        # Where the gold has no lemma any will do.
        count["Lemmas"] += g.columns[2] == "_" or g.columns[2] == s.columns[2]
        # A root has to be a root; a head without a partner is wrong.
        head = s.head is None if g.head is None else s.head is not None and partner.get(id(s.head)) is g.head
        count["UAS"] += head
        count["LAS"] += head and g.columns[7].split(":")[0] == s.columns[7].split(":")[0]
    n, m = len(gold.words), len(system.words)
    # Spans of one side never share a beginning, so same spans are what a walk along both sides finds.
    rows = [("Tokens", f1(len(set(gold.tokens) & set(system.tokens)), len(gold.tokens), len(system.tokens))),
            ("Sentences", f1(len(set(gold.sentences) & set(system.sentences)), len(gold.sentences),
                             len(system.sentences))),
            ("Words", f1(len(pairs), n, m))]
    rows += [(name, f1(right, n, m)) for name, right in count.items()]
    print("  ".join("%s %.2f" % row for row in rows), " (%d words)" % n)


if __name__ == "__main__":
    main()
