#!/usr/bin/env python3
"""Scores a CoNLL-U file against a gold one by the definitions of the CoNLL
2018 shared task evaluation: F1 of tokens, sentences, words, UPOS, XPOS,
lemmas, UAS, and LAS with labels without subtypes, over all tokens.

    scripts/evaluate.py GOLD.conllu[.xz] SYSTEM.conllu [--only PREFIX]

--only keeps the documents whose `# newdoc id` begins with PREFIX (only for
files with the same sentences). The characters without white space of the two
files must be the same.
"""
import lzma
import sys
import unicodedata


class Word:
    __slots__ = ("start", "end", "columns", "multi", "head", "sentence")


def load(path, only=None):
    """Characters, token spans, sentence spans and words of a file."""
    opener = lzma.open if path.endswith(".xz") else open
    chars, tokens, sentences, words = [], [], [], []
    first, start, until, span, keep, seen = 0, 0, 0, None, True, 0
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\r\n")
            if line.startswith("#"):
                if only and line.startswith("# newdoc id"):
                    keep = line.split("=", 1)[1].strip().startswith(only)
                continue
            if not line:
                if len(words) > first:
                    for word in words[first:]:
                        head = int(word.columns[6])
                        word.head = words[first + head - 1] if head else None
                    sentences.append((start, len(chars)))
                first, start, until = len(words), len(chars), 0
                continue
            if not keep:
                continue
            columns = line.split("\t")
            if "." in columns[0]:
                continue
            form = [c for c in columns[1] if unicodedata.category(c) != "Zs" and not c.isspace()]
            if "-" in columns[0]:
                until = int(columns[0].split("-")[1])
                span = (len(chars), len(chars) + len(form))
                chars.extend(form)
                tokens.append(span)
                continue
            word = Word()
            word.columns, word.multi = columns, int(columns[0]) <= until
            word.sentence = len(sentences)
            if word.multi:
                word.start, word.end = span
            else:
                word.start, word.end = len(chars), len(chars) + len(form)
                chars.extend(form)
                tokens.append((word.start, word.end))
            words.append(word)
    return chars, tokens, sentences, words


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


def align(gold, system):
    """Pairs of words that stand for each other."""
    pairs, i, j = [], 0, 0
    while i < len(gold) and j < len(system):
        if gold[i].multi or system[j].multi:
            gi, sj = i, j
            # Begin where the multiword token begins, on both sides.
            end = gold[i].end if gold[i].multi else system[j].end
            if gold[i].start != system[j].start and not (gold[i].multi and gold[i].start <= system[j].start) \
                    and not (system[j].multi and system[j].start <= gold[i].start):
                if gold[i].start < system[j].start:
                    i += 1
                else:
                    j += 1
                continue
            while True:
                if gi < len(gold) and (gold[gi].start < end if gold[gi].multi else gold[gi].end <= end):
                    end = max(end, gold[gi].end) if gold[gi].multi else end
                    gi += 1
                elif sj < len(system) and (system[sj].start < end if system[sj].multi else system[sj].end <= end):
                    end = max(end, system[sj].end) if system[sj].multi else end
                    sj += 1
                else:
                    break
            pairs.extend(lcs(gold[i:gi], system[j:sj]))
            i, j = gi, sj
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
    gold, system = load(args[0], only), load(args[1], only)
    if gold[0] != system[0]:
        at = next((i for i, (a, b) in enumerate(zip(gold[0], system[0])) if a != b), min(len(gold[0]), len(system[0])))
        sys.exit("the texts differ: %r, %r" % ("".join(gold[0][at:at + 20]), "".join(system[0][at:at + 20])))
    pairs = align(gold[3], system[3])
    partner = {id(s): g for g, s in pairs}
    count = {"UPOS": 0, "XPOS": 0, "Lemmas": 0, "UAS": 0, "LAS": 0}
    for g, s in pairs:
        count["UPOS"] += g.columns[3] == s.columns[3]
        count["XPOS"] += g.columns[4] == s.columns[4]
        count["Lemmas"] += g.columns[2] == "_" or g.columns[2] == s.columns[2]
        if g.head is None or s.head is None:
            head = g.head is s.head
        else:
            head = partner.get(id(s.head)) is g.head
        count["UAS"] += head
        count["LAS"] += head and g.columns[7].split(":")[0] == s.columns[7].split(":")[0]
    n, m = len(gold[3]), len(system[3])
    rows = [("Tokens", f1(len(set(gold[1]) & set(system[1])), len(gold[1]), len(system[1]))),
            ("Sentences", f1(len(set(gold[2]) & set(system[2])), len(gold[2]), len(system[2]))),
            ("Words", f1(len(pairs), n, m))]
    rows += [(name, f1(right, n, m)) for name, right in count.items()]
    print("  ".join("%s %.2f" % row for row in rows), " (%d words)" % n)


if __name__ == "__main__":
    main()
