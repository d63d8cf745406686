"""Writes a trained scene network as ONNX with readable tensor names and what a reader needs to know in its metadata."""

import json

import onnx
import torch

# Names of the activations in the order in which the graph computes them.
RELU_NAMES = [
    "stem/relu",
    "layer2/inner/relu",
    "layer2/relu",
    "layer3/inner/relu",
    "layer3/relu",
    "layer4/inner/relu",
    "layer4/relu",
]


def export_onnx(network, path, classes, metadata):
    """Batch normalisation is folded into the convolutions. Input `input`, probed tensor `layer4/relu`, output `scores`."""
    network.eval()
    torch.onnx.export(
        network,
        torch.zeros(1, 3, 112, 112),
        str(path),
        opset_version=13,
        input_names=["input"],
        output_names=["scores"],
        dynamic_axes={"input": {0: "n"}, "scores": {0: "n"}},
    )
    model = onnx.load(str(path))
    rename(model.graph)
    notes = {"classes": json.dumps(list(classes)), "preprocessing": "zero-to-one", "title": "Scenes", **metadata}
    for key, value in notes.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, str(path))


def rename(graph):
    relus = [node for node in graph.node if node.op_type == "Relu"]
    if len(relus) != len(RELU_NAMES):
        raise ValueError(f"expected {len(RELU_NAMES)} activations, found {len(relus)}")
    names = {node.output[0]: name for node, name in zip(relus, RELU_NAMES)}
    counts = {}
    for node in graph.node:
        node.name = ""
        if node.output[0] == "scores" or node.output[0] in names:
            continue
        kind = node.op_type.lower()
        counts[kind] = counts.get(kind, 0) + 1
        names[node.output[0]] = f"{kind}{counts[kind]}"
    for index, weight in enumerate(graph.initializer):
        names[weight.name] = weight.name if "." in weight.name else f"weight{index}"
        weight.name = names[weight.name]
    for node in graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
        node.name = node.output[0]
