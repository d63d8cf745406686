"""Trains the network of the sample `entailment` on generated pairs and exports it to ONNX.

Usage: python3 scripts/entailment/train.py PAIRS VECTORS OUT [--real FILE] [--epochs N] [--threads N] [--seed N]

PAIRS is a folder with tables that dump.ts wrote: train.tsv; same.tsv, other pairs of the same templates; heldout.tsv, pairs of templates
that are in neither. VECTORS is public/words/vectors.bin. OUT gets model.onnx and provenance.json. With --real, the accuracy on a table of
real pairs (premise, hypothesis, gold_label; words separated by spaces) is measured too; nothing is learned from it.
"""

import argparse
import hashlib
import json
import random
import struct
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from export import export_onnx
from network import STATE, UNITS, EntailmentNetwork

CLASSES = ["entailment", "neutral", "contradiction"]
PADDING, UNKNOWN = "<pad>", "<unk>"
# Pairs in a step: whole premises, each with its pairs, since a premise is then encoded once.
PAIRS_PER_PREMISE = 3
BATCH = 128 * PAIRS_PER_PREMISE
# Weight of the mean activation of the probed units in the loss: units that are mostly silent are easier to read.
SPARSITY = 0.05
# Share of the words that are hidden from the network in training, so that it does without a word now and then.
HIDDEN_WORDS = 0.04


def read_vectors(path):
    """Words and vectors of the embedded table, whose format src/probing/pairs/word-table.ts tells."""
    data = path.read_bytes()
    magic, count, dimensions, length = struct.unpack("<4sIII", data[:16])
    if magic != b"FWV1":
        raise ValueError(f"{path} is no table of word vectors")
    words = data[16 : 16 + length].decode().split("\n")
    values = np.frombuffer(data, "<f2", count * dimensions, 16 + length + length % 2)
    return words, values.reshape(count, dimensions).astype(np.float32)


def with_marks(words, vectors):
    """Padding, the unknown word (the mean of all vectors) and `a` (the table lacks it: the vector of `an`) before the words."""
    marks = [PADDING, UNKNOWN] + ([] if "a" in words else ["a"])
    rows = [np.zeros_like(vectors[0]), vectors.mean(0), vectors[words.index("an")]][: len(marks)]
    both = np.concatenate([np.stack(rows), vectors]).astype(np.float16).astype(np.float32)
    return marks + words, torch.from_numpy(both)


class Pairs:
    """A table of pairs as word ids, with padding, and lengths. Pairs without a label are left out."""

    def __init__(self, path, ids):
        lines = path.read_text().splitlines()
        columns = lines[0].split("\t")
        rows = [dict(zip(columns, line.split("\t"))) for line in lines[1:]]
        rows = [row for row in rows if row["gold_label"] in CLASSES]
        self.texts = [row["hypothesis"] for row in rows]
        self.labels = torch.tensor([CLASSES.index(row["gold_label"]) for row in rows])
        self.premise, self.premise_length = encoded([row["premise"] for row in rows], ids)
        self.hypothesis, self.hypothesis_length = encoded([row["hypothesis"] for row in rows], ids)

    def __len__(self):
        return len(self.labels)

    def batch(self, chosen):
        inputs = []
        for table, lengths in ((self.premise, self.premise_length), (self.hypothesis, self.hypothesis_length)):
            chosen_lengths = lengths[chosen]
            inputs += [table[chosen, : int(chosen_lengths.max())], chosen_lengths]
        return inputs


def encoded(sentences, ids):
    cut = [[ids.get(word, ids[UNKNOWN]) for word in sentence.lower().split()] or [ids[UNKNOWN]] for sentence in sentences]
    lengths = torch.tensor([len(words) for words in cut])
    table = torch.zeros(len(cut), int(lengths.max()), dtype=torch.int64)
    for row, words in enumerate(cut):
        table[row, : len(words)] = torch.tensor(words)
    return table, lengths


def predictions(network, pairs):
    network.eval()
    with torch.no_grad():
        chunks = torch.arange(len(pairs)).split(256)
        return torch.cat([network(*pairs.batch(chunk)).argmax(1) for chunk in chunks])


def accuracy(network, pairs):
    return (predictions(network, pairs) == pairs.labels).float().mean().item()


def hypothesis_only(train, held):
    """Accuracy of a naive Bayes guess from the words of the hypothesis alone: how far the planted leanings carry."""
    counts = [Counter(), Counter(), Counter()]
    for text, label in zip(train.texts, train.labels.tolist()):
        counts[label].update(set(text.split()))
    totals = torch.bincount(train.labels, minlength=3).tolist()
    right = 0
    for text, label in zip(held.texts, held.labels.tolist()):
        words = set(text.split())
        scores = [sum(np.log((counts[c][word] + 0.5) / (totals[c] + 1)) for word in words) for c in range(3)]
        right += int(np.argmax(scores)) == label
    return right / len(held)


def train(network, pairs, unknown, epochs):
    parameters = [p for p in network.parameters() if p.requires_grad]
    optimizer = torch.optim.Adam(parameters, lr=1e-3)
    steps = len(pairs) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=steps * epochs, pct_start=0.15)
    start = time.time()
    for epoch in range(epochs):
        network.train()
        order = torch.randperm(len(pairs) // PAIRS_PER_PREMISE)[:, None] * PAIRS_PER_PREMISE + torch.arange(PAIRS_PER_PREMISE)
        order = order.flatten()
        total, right = 0.0, 0
        for step in range(steps):
            chosen = order[step * BATCH : (step + 1) * BATCH]
            premise, premise_length, hypothesis, hypothesis_length = pairs.batch(chosen)
            hidden = torch.rand(hypothesis.shape) < HIDDEN_WORDS
            hypothesis = torch.where(hidden, torch.full_like(hypothesis, unknown), hypothesis)
            units = network.units(premise, premise_length, hypothesis, hypothesis_length)
            scores = network.scores(units)
            loss = F.cross_entropy(scores, pairs.labels[chosen]) + SPARSITY * units.mean()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 5)
            optimizer.step()
            schedule.step()
            total += loss.item()
            right += (scores.argmax(1) == pairs.labels[chosen]).sum().item()
        seconds = time.time() - start
        print(f"epoch {epoch + 1}/{epochs}  loss {total / steps:.4f}  accuracy {right / steps / BATCH:.4f}  {seconds:.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    random.seed(options.seed)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    words, vectors = with_marks(*read_vectors(options.vectors))
    ids = {word: index for index, word in enumerate(words)}
    pairs = Pairs(options.pairs / "train.tsv", ids)
    same, heldout = Pairs(options.pairs / "same.tsv", ids), Pairs(options.pairs / "heldout.tsv", ids)
    network = EntailmentNetwork(vectors)
    parameters = sum(p.numel() for p in network.parameters() if p.requires_grad)
    print(f"{parameters} parameters, {len(pairs)} pairs, {len(words)} words", flush=True)
    start = time.time()
    train(network, pairs, ids[UNKNOWN], options.epochs)
    seconds = round(time.time() - start)

    measured = {
        "same_templates": round(accuracy(network, same), 4),
        "heldout_templates": round(accuracy(network, heldout), 4),
        "most_common_label": round(torch.bincount(same.labels).max().item() / len(same), 4),
        "hypothesis_words_alone": round(hypothesis_only(pairs, same), 4),
    }
    if options.real:
        real = Pairs(options.real, ids)
        measured["real_pairs"] = {"file": options.real.name, "pairs": len(real), "accuracy": round(accuracy(network, real), 4)}
    print(json.dumps(measured))

    info = json.loads((options.pairs / "series.json").read_text())
    model = options.out / "model.onnx"
    export_onnx(network, model, words, CLASSES, {"seed": str(options.seed), "script": "scripts/entailment/train.py"})
    provenance = {
        "what": "A small network that tells whether a sentence follows from another, trained for Formulens.",
        "synthetic": "All pairs, for training, testing and probing, are written by the seeded generator in src/probing/entailment. "
        "No one wrote them by hand. They contain planted artefacts: src/probing/entailment/artefacts.ts.",
        "license": "MIT, as the rest of the project; the word vectors in it: public/words/LICENSE.txt",
        "made_by": "scripts/entailment/make.sh",
        "generator_version": info["generatorVersion"],
        "training": {
            "pairs": len(pairs),
            "pair_seed": info["train"],
            "network_seed": options.seed,
            "epochs": options.epochs,
            "batch": BATCH,
            "torch": torch.__version__,
            "threads": options.threads,
            "seconds": seconds,
        },
        "accuracy": {"pairs": len(same), "pair_seed": info["heldout"], **measured},
        "model": {
            "file": "model.onnx",
            "bytes": model.stat().st_size,
            "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
            "parameters": parameters,
            "words": len(words),
            "state": STATE,
            "inputs": "premise, hypothesis: word ids, int64 [batch, tokens]; premise_length, hypothesis_length: int64 [batch]",
            "probed": f"hidden, [batch, {UNITS}]",
            "output": "logits, [batch, 3], in the order of classes",
            "classes": CLASSES,
        },
    }
    (options.out / "provenance.json").write_text(json.dumps(provenance, indent=2) + "\n")


if __name__ == "__main__":
    main()
