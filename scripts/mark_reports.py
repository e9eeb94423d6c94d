#!/usr/bin/env python3
"""Marks coded reports for scripts/train_stances.py, as training/stances/README.md tells.

    cargo run --release --example parties -- REPORTS.jsonl > parties.jsonl
    scripts/mark_reports.py parties.jsonl SCORE.py CODES.jsonl >> training/stances/coded.txt

REPORTS are documents as `stancenet code` reads them, CODES their statements as people coded them, with the names `doc`, `holder`,
`holder_for`, `relation`, `target`, `target_kind`, `toward` and `quote`. Names are compared as the scorer (SCORE.py, a module with
`same_name`) compares them. A code belongs to the sentence that its quote stands in, and to the party there that means its
holder, best one that acts; a code whose holder the coder does not find there is lost. A party that holds something in the
report, but not in this sentence, may hold it here as well: nothing is known of it.
"""
import importlib.util
import json
import re
import sys

LETTERS = [a + b for a in [""] + list("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
SIGN = {"support": "s", "oppose": "o", "invite": "i"}


def located(report, code):
    """The sentence that a quote begins in, or for a long one, that most of it stands in; None where nobody acts."""
    start = report["text"].find(code["quote"])
    if start < 0:
        return None
    end = start + len(code["quote"])
    shared = lambda s: min(end, s["bytes"]["end"]) - max(start, s["bytes"]["start"])
    best = max(report["sentences"], key=shared, default=None)
    return best if best and shared(best) > 0 else None


def in_characters(report):
    """Offsets are of bytes, and quotes of characters."""
    raw = report["text"].encode()
    for sentence in report["sentences"]:
        for end in ("start", "end"):
            sentence["bytes"][end] = len(raw[:sentence["bytes"][end]].decode(errors="ignore"))
    report["headline"] = len(raw[:report["headline"]].decode(errors="ignore"))


def marked(report, codes, same):
    letter = {}
    means = lambda party, names: any(same(a, n) for a in party["actors"] for n in names if n)

    def shown(sentence):
        words, out, next_ = sentence["words"], [], 0
        for party in sentence["parties"]:
            start, end = party["words"]["start"], party["words"]["end"]
            if start == end:
                continue
            out += words[next_:start]
            own = " ".join(words[start:end])
            name = letter.setdefault(tuple(party["actors"]), LETTERS[len(letter)]) if party["named"] else own
            out.append("[%s]" % name)
            next_ = end
        line = re.sub(r"\|\|+", "|", " ".join(out + words[next_:]))
        speaker = sentence["parties"][0]
        if speaker["words"]["start"] == speaker["words"]["end"]:
            line = "by [%s]: %s" % (letter.setdefault(tuple(speaker["actors"]), LETTERS[len(letter)]), line)
        return line

    told = {}
    for code in codes:
        sentence = located(report, code)
        if sentence is not None:
            told.setdefault(sentence["bytes"]["start"], []).append(code)
    holders = [n for c in codes for n in (c["holder"], c.get("holder_for"))]

    def marks(sentence):
        parties = sentence["parties"]
        # Holder 0 is a speaker who is told elsewhere.
        first = 0 if parties[0]["words"]["start"] == parties[0]["words"]["end"] else 1
        out, holding = [], set()

        def of(names, apart=()):
            fit = [p for p in range(len(parties)) if p not in apart and means(parties[p], names)]
            return sorted(fit, key=lambda p: not parties[p]["acts"])

        for code in told.get(sentence["bytes"]["start"], []):
            mine = of([code["holder"]]) or of([code.get("holder_for")])
            if not mine:
                continue
            holder = mine[0]
            whose = [t for name in code.get("toward") or [] for t in of([name], [holder])[:1]]
            targets = of([code["target"]], [holder])[:1] if code["target_kind"] != "matter" else []
            number = lambda p: p + first
            target = number(targets[0]) if targets else 0
            if target == 0 and first == 0 and targets:
                continue  # a speaker who is told elsewhere cannot be a target
            mark = "%d%s%d" % (number(holder), SIGN[code["relation"]], target)
            mark += "".join(">%d" % number(p) for p in dict.fromkeys(whose) if number(p) not in (0, target))
            out.append(mark)
            holding.add(holder)
        out += ["%d?" % (p + first) for p in range(len(parties)) if p not in holding and means(parties[p], holders)]
        return " ".join(dict.fromkeys(out))

    lines = [(s, shown(s), marks(s)) for s in report["sentences"]]
    heading = [line for line in lines if line[0]["bytes"]["start"] < report["headline"]]
    body = [line for line in lines if line[0]["bytes"]["start"] >= report["headline"]]
    title = heading[0][1] if heading else report["text"][:report["headline"]].strip()
    return ["# " + title] + ["%s || %s" % line[1:] for line in body + heading] + [""]


def main():
    parties, scorer, coded = sys.argv[1:]
    spec = importlib.util.spec_from_file_location("score", scorer)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    codes = {}
    for line in open(coded, encoding="utf-8"):
        code = json.loads(line)
        codes.setdefault(code["doc"], []).append(code)
    for line in open(parties, encoding="utf-8"):
        report = json.loads(line)
        in_characters(report)
        print("\n".join(marked(report, codes.get(report["id"], []), score.same_name)))


if __name__ == "__main__":
    main()
