#!/usr/bin/env python3
"""Fits the weights of lexicon/confidence.csv to articles that people coded.

    cargo run --release --example clues -- ARTICLES.jsonl > clues.jsonl
    scripts/fit_confidence.py clues.jsonl SCORE.py GOLD_A.jsonl GOLD_B.jsonl [--write lexicon/confidence.csv]
        [--diagram docs/reliability.svg] [--count 3] [--ridge 10]

GOLD_B may leave out articles that one person coded. With --count, an article that two coded counts as so many.

A statement is right when the scorer (SCORE.py, a module with `load` and `match`) matches it with one of either coder.
Logistic regression with a ridge, by Newton's method; the strength of the ridge is chosen, if none is given, and everything
that is printed is measured, by cross-validation over articles: no article is judged by weights that saw it. The weights written are
those of all articles. Needs numpy.
"""
import argparse
import csv
import importlib.util
import json
import sys

import numpy as np

FOLDS = 12


def fit(x, y, times, ridge):
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-3
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (times * p * (1 - p))[:, None]).T @ x + np.diag(penalty), x.T @ (times * (y - p)) - penalty * w)
        w += step
        if np.abs(step).max() < 1e-9:
            break
    return w


def crossed(x, y, times, group, ridge):
    """The probability of each statement by weights that did not see its article."""
    out = np.zeros(len(y))
    for fold in range(FOLDS):
        test = group % FOLDS == fold
        out[test] = 1 / (1 + np.exp(-x[test] @ fit(x[~test], y[~test], times[~test], ridge)))
    return out


def diagram(path, p, y):
    """Said against right, a dot for each tenth, its area in proportion to the statements."""
    side, edge = 320, 48
    place = lambda v: edge + v * side
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{side + 2 * edge}" height="{side + 2 * edge}" '
           'font-family="DejaVu Sans, sans-serif" font-size="12" role="img">',
           "<title>Reliability of the confidence of statements</title>",
           f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#999"/>',
           f'<line x1="{edge}" y1="{edge + side}" x2="{edge + side}" y2="{edge}" stroke="#999" stroke-dasharray="4 4"/>']
    for low in np.arange(0, 1, 0.1):
        here = (p >= low) & (p < low + 0.1)
        if here.any():
            x, h, n = p[here].mean(), y[here].mean(), here.sum()
            out.append(f'<circle cx="{place(x):.1f}" cy="{edge + side - h * side:.1f}" r="{np.sqrt(n) + 1:.1f}" '
                       f'fill="#1b5e8a" fill-opacity="0.7"><title>{n} statements: said {x:.2f}, right {h:.2f}</title></circle>')
    for v in (0, 0.25, 0.5, 0.75, 1):
        out.append(f'<text x="{place(v):.0f}" y="{edge + side + 18}" text-anchor="middle">{v}</text>')
        out.append(f'<text x="{edge - 8}" y="{edge + side - v * side + 4:.0f}" text-anchor="end">{v}</text>')
    out.append(f'<text x="{edge + side / 2}" y="{2 * edge + side - 10}" text-anchor="middle">confidence</text>')
    out.append(f'<text x="14" y="{edge + side / 2}" text-anchor="middle" transform="rotate(-90 14 {edge + side / 2})">'
               "share that is right</text></svg>")
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("clues"), ap.add_argument("scorer"), ap.add_argument("gold", nargs="+"), ap.add_argument("--write")
    ap.add_argument("--diagram"), ap.add_argument("--count", type=float, default=1), ap.add_argument("--ridge", type=float)
    o = ap.parse_args()
    spec = importlib.util.spec_from_file_location("scorer", o.scorer)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = {}
    golds = [scorer.by_doc(scorer.load(path)) for path in o.gold]
    for coded in golds:
        for document, rows in coded.items():
            gold.setdefault(document, []).extend(rows)
    lines = [json.loads(line) for line in open(o.clues, encoding="utf-8")]
    names = ["always"] + sorted({name for line in lines for name, _ in line["clues"]} - {"always"})
    x = np.zeros((len(lines), len(names)))
    y = np.zeros(len(lines))
    for i, line in enumerate(lines):
        for name, strength in line["clues"]:
            x[i, names.index(name)] += strength
        s = line["statement"]
        row = {"doc": s["document"], "holder": s["holder"], "holder_for": s.get("holder_for"), "relation": s["relation"],
               "target": s["target"], "kind": s.get("target_kind") or "", "toward": scorer.listed(s.get("toward")),
               "withheld": bool(s.get("withheld")), "quote": s.get("quote") or "", "sent": s.get("sentence")}
        y[i] = any(scorer.match(row, g) for g in gold.get(row["doc"], []))
    documents = sorted(gold.keys() | {line["statement"]["document"] for line in lines})
    group = np.array([documents.index(line["statement"]["document"]) for line in lines])
    twice = [all(line["statement"]["document"] in coded for coded in golds) for line in lines]
    times = np.where(twice, o.count, 1)
    loss = lambda p: -np.mean(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))
    ridges = [o.ridge] if o.ridge else [0.3, 1, 3, 10, 30]
    best = min(ridges, key=lambda r: loss(crossed(x, y, times, group, r)))
    p = crossed(x, y, times, group, best)
    print(f"{len(y)} statements, {y.mean():.3f} right; ridge {best}; log loss {loss(p):.3f} (without clues "
          f"{loss(np.full(len(y), y.mean())):.3f})")
    wanted = [g for d, rows in golds[0].items() for g in rows
              if len(golds) == 1 or d not in golds[1] or any(scorer.match(g, h) for h in golds[1][d])]
    print("floor  kept  precision  recall  F1")
    for floor in np.arange(0.2, 0.71, 0.05):
        kept = p >= floor
        hit = 0
        for d in documents:
            rows = [line["statement"] for line, k in zip(lines, kept) if k and line["statement"]["document"] == d]
            rows = [{"doc": d, "holder": s["holder"], "holder_for": s.get("holder_for"), "relation": s["relation"],
                     "target": s["target"], "kind": s.get("target_kind") or "", "toward": scorer.listed(s.get("toward")),
                     "withheld": bool(s.get("withheld")), "quote": s.get("quote") or ""} for s in rows]
            hit += sum(any(scorer.match(r, g) for r in rows) for g in wanted if g["doc"] == d)
        precision, recall = y[kept].mean(), hit / len(wanted)
        print(f"{floor:.2f}  {kept.sum():5d}  {precision:.3f}  {recall:.3f}  {2 * precision * recall / (precision + recall):.3f}")
    print("said    n  right")
    for low in np.arange(0, 1, 0.1):
        here = (p >= low) & (p < low + 0.1)
        if here.any():
            print(f"{low:.1f}-{low + 0.1:.1f} {here.sum():4d}  {y[here].mean():.2f}")
    if o.diagram:
        diagram(o.diagram, p, y)
    w = fit(x, y, times, best)
    for name, weight in sorted(zip(names, w), key=lambda pair: pair[1]):
        print(f"{weight:+.2f}  {name}")
    if o.write:
        # What the articles do not show stays as somebody set it.
        with open(o.write, newline="") as f:
            kept = [row for row in csv.reader(f) if row[0] not in names and row[0] != "clue"]
        with open(o.write, "w", newline="") as f:
            out = csv.writer(f, lineterminator="\n")
            out.writerow(["clue", "weight"])
            out.writerows([name, f"{weight:.2f}"] for name, weight in zip(names, w))
            out.writerows(kept)


if __name__ == "__main__":
    sys.exit(main())
