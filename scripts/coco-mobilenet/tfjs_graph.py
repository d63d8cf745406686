"""Reads a TensorFlow.js graph model: the nodes of model.json and the float constants of its weight shards."""

import base64
import json
import os

import numpy as np


class Node:
    """A TensorFlow operation: its kind, the names of its inputs (output numbers cut off) and its attributes."""

    def __init__(self, raw):
        self.name = raw["name"]
        self.op = raw["op"]
        self.inputs = [name.split(":")[0] for name in raw.get("input", []) if not name.startswith("^")]
        self._attributes = raw.get("attr", {})

    def attr(self, name):
        """An attribute's value: a number, or a list of integers."""
        value = self._attributes[name]
        if "list" in value:
            return [int(i) for i in value["list"]["i"]]
        if "f" in value:
            return float(value["f"])
        if "s" in value:
            return text_of(value["s"])
        raise ValueError(f"{self.name}: attribute {name} is of a kind not read here")


class Graph:
    """Nodes and constants by name."""

    def __init__(self, nodes, constants):
        self._nodes = nodes
        self._constants = constants

    def node(self, name):
        return self._nodes[name]

    def constant(self, name):
        return self._constants[name]


def text_of(value):
    """Strings are base64 text in one version of the format and lists of bytes in another."""
    return bytes(value).decode() if isinstance(value, list) else base64.b64decode(value).decode()


def load_graph(folder):
    """Reads `model.json` and its shards. Quantised weights are scaled back to float32."""
    with open(os.path.join(folder, "model.json"), encoding="utf-8") as file:
        model = json.load(file)
    nodes = {raw["name"]: Node(raw) for raw in model["modelTopology"]["node"]}
    constants = {}
    for group in model["weightsManifest"]:
        data = b"".join(read(os.path.join(folder, path)) for path in group["paths"])
        offset = 0
        for entry in group["weights"]:
            quantization = entry.get("quantization")
            dtype = np.dtype(quantization["dtype"] if quantization else entry["dtype"])
            count = int(np.prod(entry["shape"], dtype=np.int64))
            values = np.frombuffer(data, dtype, count, offset).reshape(entry["shape"])
            offset += count * dtype.itemsize
            if quantization:
                values = values.astype(np.float32) * np.float32(quantization["scale"]) + np.float32(quantization["min"])
            constants[entry["name"]] = values
        if offset != len(data):
            raise ValueError(f"{folder}: the shards hold {len(data)} bytes, the manifest describes {offset}")
    for node in nodes.values():
        if node.op in ("Conv2D", "DepthwiseConv2dNative") and (
            node.attr("padding") != "SAME" or set(node.attr("dilations")) != {1} or node.attr("data_format") != "NHWC"
        ):
            raise ValueError(f"{node.name}: only undilated SAME convolutions in NHWC are read here")
    return Graph(nodes, constants)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def same_padding(size, kernel, stride):
    """TensorFlow's SAME: output size, and the padding before and after, where the odd pixel goes after."""
    out = -(-size // stride)
    total = max((out - 1) * stride + kernel - size, 0)
    return out, total // 2, total - total // 2
