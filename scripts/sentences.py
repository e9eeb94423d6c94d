#!/usr/bin/env python3
"""Codes published sentences, one a document, and writes what their scorer reads.

    scripts/sentences.py GOLD SOURCE OUT.jsonl [--program target/release/stancenet] [--pairs] [--every-edge]
                         [flags of `stancenet code`, such as --unnamed]

GOLD is a folder with dev.jsonl (id, source, text, gold), score.py and aliases.json. A statement becomes an edge from its holder to each actor
of `toward`, else to its target. Names are written as the sentence has them, where the coder writes the canonical one.

plv tells one event a sentence, where a sentence may tell of three: of plv the main deed is taken (what is told first, done to an actor
rather than to a matter), unless --every-edge. seesaw codes entities: a matter without owner counts only where it is sure, and no country
stands behind the name of a party.

With --pairs the pair of the gold is given, and only the relation asked for: what the program says of that pair at any confidence, else of one of
the two, else the first thing it tells. Never score triples of that output: the pairs are those of the gold. A request counts as hostile
there, as it does in PLOVER.
"""
import argparse
import collections
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

LEXICON = pathlib.Path(__file__).resolve().parent.parent / "lexicon"
#: Tables with names, the column of the canonical name, and those of other names.
NAMES = {
    "countries.csv": ("name", ["names", "demonyms", "capital"]),
    "institutions.csv": ("name", ["abbreviations", "names", "bare", "demonyms"]),
    "people.csv": ("name", ["names"]),
    "metonyms.csv": ("actor", ["phrase"]),
    "regions.csv": ("name", ["names"]),
    "outlets.csv": ("name", ["names"]),
}
#: Confidence from which a matter without an owner counts for seesaw.
SURE_MATTER = 0.6


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def plain(text):
    decomposed = unicodedata.normalize("NFD", text.replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class Surface:
    """Finds how a sentence calls an actor."""

    def __init__(self):
        self.names = collections.defaultdict(set)
        self.bodies = set()
        for table, (key, columns) in NAMES.items():
            for row in rows(LEXICON / table):
                name = row[key]
                for column in [key, *columns]:
                    self.names[name].update(plain(n) for n in row[column].split(";") if n)
                if table == "people.csv":
                    self.names[name].add(plain(name.split()[-1]))
                if table in ("countries.csv", "institutions.csv"):
                    self.bodies.add(name)

    def of(self, name, text):
        flat = plain(text)
        if name in text or len(flat) != len(text):
            return name
        last = plain(name).split()[-1]
        wanted = self.names.get(name, set()) | {plain(name)}
        if name not in self.bodies and last[:1].isupper():
            wanted = wanted | {last}
        found = [re.search(rf"(?<!\w){re.escape(w)}(?!\w)", flat) for w in wanted]
        spans = [match.span() for match in found if match]
        longest = max(spans, key=lambda span: (span[1] - span[0], text[span[0] : span[1]]), default=None)
        return text[longest[0] : longest[1]] if longest else name


def confidence(row):
    return float(row["confidence"] or 0)


def bare(name):
    """The name without the country that tells it from others: "Republican Party (United States)"."""
    return re.sub(r" \([^)]*\)$", "", name)


def owners(row):
    return [name for name in row["toward"].split(";") if name]


def code(program, records, flags):
    """Statements by document."""
    with tempfile.TemporaryDirectory() as folder:
        given, told = pathlib.Path(folder) / "in.jsonl", pathlib.Path(folder) / "out.csv"
        lines = (json.dumps({"id": r["id"], "text": r["text"], "title": ""}) for r in records)
        given.write_text("\n".join(lines) + "\n", encoding="utf-8")
        subprocess.run([program, "code", str(given), "-o", str(told), "--quiet", "--skip-bad", *flags], check=True)
        found = collections.defaultdict(list)
        for row in rows(told):
            found[row["document"]].append(row)
        return found


def main_deed(statements, text, surface):
    """What is told first (of two who do it together, by who is named first), and of what its holder does there, what is done to an
    actor rather than to a matter."""

    def named_at(row):
        return text.find(surface.of(row["holder"], text)) % 10**6

    first = min(statements, key=lambda s: (int(s["start"]), named_at(s), -confidence(s)))
    same = [s for s in statements if s["holder"] == first["holder"] and int(s["start"]) < int(first["end"])]
    return max(same, key=lambda s: (s["target_kind"] != "matter", -int(s["start"]), confidence(s)))


def edges(row, text, source, surface):
    targets = [row["target"], *owners(row)] if source == "dse" else owners(row) or [row["target"]]
    if source == "seesaw":
        if row["target_kind"] == "matter" and not owners(row) and confidence(row) < SURE_MATTER:
            return []
        return [{"holder": bare(row["holder"]), "target": bare(t), "relation": row["relation"]} for t in targets]
    holder = surface.of(row["holder"], text)
    return [{"holder": holder, "target": surface.of(t, text), "relation": row["relation"]} for t in targets]


def answer(statements, text, gold, same, surface):
    """The relation that the statements give the pair; None without statements."""
    best = None
    for row in statements:
        for target in [row["target"], *owners(row)]:
            a, b = surface.of(row["holder"], text), surface.of(target, text)
            holder, aim = same(a, gold["holder"]), same(b, gold["target"])
            turned = (same(a, gold["target"]), same(b, gold["holder"]))
            near = 4 if holder and aim else 3 if aim and not turned[0] else 2 if holder and not turned[1] else 1
            near = 2.5 if all(turned) else near
            rank = (near, confidence(row) - 0.002 * int(row["start"]))
            if best is None or rank > best[0]:
                best = (rank, row["relation"])
    return best and ("oppose" if best[1] == "invite" else best[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("source")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--program", default="target/release/stancenet")
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--every-edge", action="store_true")
    args, flags = parser.parse_known_args()
    records = [json.loads(line) for line in open(args.gold / "dev.jsonl", encoding="utf-8")]
    records = [r for r in records if r["source"] == args.source]
    if not records:
        sys.exit(f"{args.gold}/dev.jsonl has no sentences of {args.source}")
    surface = Surface()
    found = code(args.program, records, [*flags, "--min-confidence", "0"] if args.pairs else flags)
    if args.pairs:
        sys.path.insert(0, str(args.gold))
        import score

        same = score.Names(args.gold / "aliases.json").same
    with open(args.out, "w", encoding="utf-8") as out:
        for r in records:
            statements, text = found.get(r["id"], []), r["text"]
            if args.pairs:
                gold = r["gold"][0]
                relation = answer(statements, text, gold, same, surface)
                told = [{"holder": gold["holder"], "target": gold["target"], "relation": relation}] if relation else []
            elif args.source == "plv" and statements and not args.every_edge:
                told = edges(main_deed(statements, text, surface), text, args.source, surface)
            else:
                told = [edge for s in statements for edge in edges(s, text, args.source, surface)]
            out.write(json.dumps({"id": r["id"], "edges": told}) + "\n")


if __name__ == "__main__":
    main()
