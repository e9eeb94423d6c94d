#!/usr/bin/env python3
"""Rebuilds the raw text of a treebank: the `# text` lines, joined by a space
(or nothing where the last token says SpaceAfter=No), a blank line before each
`# newpar` and `# newdoc`.

    scripts/raw_text.py GOLD.conllu[.xz] > GOLD.txt
"""
import lzma
import sys


def main():
    path = sys.argv[1]
    opener = lzma.open if path.endswith(".xz") else open
    out, new, text, last, until = [], False, "", "", 0
    for line in opener(path, "rt", encoding="utf-8"):
        line = line.rstrip("\r\n")
        if line.startswith(("# newpar", "# newdoc")):
            new = True
        elif line.startswith("# text ="):
            text = line.split("=", 1)[1].strip()
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            if "-" in columns[0]:
                until, last = int(columns[0].split("-")[1]), columns[9]
            elif "." not in columns[0] and int(columns[0]) > until:
                last = columns[9]
        elif not line and text:
            if out:
                out.append("\n\n" if new else space)
            out.append(text)
            space = "" if "SpaceAfter=No" in last else " "
            new, text, last, until = False, "", "", 0
    sys.stdout.write("".join(out) + "\n")


main()
