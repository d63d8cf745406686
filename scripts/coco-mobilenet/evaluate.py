"""Evaluates the TensorFlow.js graph itself with NumPy, as an oracle for the converted file.

usage: evaluate.py MODEL_FOLDER PICTURE_FILE OUT_FOLDER

PICTURE_FILE: float32, little endian, [300, 300, 3] in [-1, 1]. Writes features.bin (Conv_1/Relu6, [1280, 10, 10]) and
scores.bin ([80]). Nothing is folded and nothing rounded here: every TensorFlow operation is carried out as the graph has it.
"""

import os
import sys

import numpy as np

from coco_classes import COCO_CLASSES, COCO_ID_COUNT
from convert import HEADS, IMAGE_SIZE, PREFIX
from tfjs_graph import load_graph, same_padding


def padded(x, kernel, stride):
    """The map with TensorFlow's SAME padding of zeros, and the size of the output."""
    size, before, after = same_padding(x.shape[0], kernel, stride)
    return np.pad(x, ((before, after), (before, after), (0, 0))), size


def windows(x, weights, stride):
    """For each place of the kernel: its weights and the part of the map that it meets."""
    full, size = padded(x, weights.shape[0], stride)
    span = (size - 1) * stride + 1
    for i in range(weights.shape[0]):
        for j in range(weights.shape[1]):
            yield weights[i, j], full[i : i + span : stride, j : j + span : stride]


class Evaluator:
    """Values of a graph's nodes for one picture, [height, width, channels], in float64."""

    def __init__(self, graph, picture):
        self.graph = graph
        self.values = {"Preprocessor/sub": picture}

    def value(self, name):
        if name not in self.values:
            self.values[name] = self._compute(name)
        return self.values[name]

    def _compute(self, name):
        node = self.graph.node(name)
        if node.op == "Const":
            return self.graph.constant(name).astype(np.float64)
        x, *rest = [self.value(i) for i in node.inputs]
        if node.op == "Conv2D":
            return sum(part @ w for w, part in windows(x, rest[0], node.attr("strides")[1]))
        if node.op == "DepthwiseConv2dNative":
            return sum(part * w[:, 0] for w, part in windows(x, rest[0], node.attr("strides")[1]))
        if node.op == "FusedBatchNorm":
            gamma, beta, mean, variance = rest
            return (x - mean) / np.sqrt(variance + node.attr("epsilon")) * gamma + beta
        if node.op in ("Add", "AddN", "BiasAdd"):
            return x + rest[0]
        if node.op == "Mul":
            return x * rest[0]
        if node.op == "Relu6":
            return np.clip(x, 0, 6)
        raise ValueError(f"{name}: no rule for {node.op} here")


def main(folder, picture_file, out_folder):
    picture = np.fromfile(picture_file, "<f4").reshape(IMAGE_SIZE, IMAGE_SIZE, 3).astype(np.float64)
    evaluator = Evaluator(load_graph(folder), picture)
    best = np.full(COCO_ID_COUNT, -np.inf)
    for head in HEADS:
        logits = evaluator.value(f"{head}/ClassPredictor/BiasAdd").reshape(-1, COCO_ID_COUNT)
        best = np.maximum(best, logits.max(axis=0))
    scores = 1 / (1 + np.exp(-best[[number for number, _ in COCO_CLASSES]]))
    features = evaluator.value(f"{PREFIX}Conv_1/Relu6").transpose(2, 0, 1)
    features.astype("<f4").tofile(os.path.join(out_folder, "features.bin"))
    scores.astype("<f4").tofile(os.path.join(out_folder, "scores.bin"))


if __name__ == "__main__":
    main(*sys.argv[1:4])
