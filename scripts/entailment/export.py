"""Writes a trained entailment network as ONNX, node by node, with its vocabulary and what a reader needs to know in its metadata."""

import json

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# Order of the gates: torch has input, forget, cell, output; ONNX has input, output, forget, cell.
ONNX_GATES = (0, 3, 1, 2)


def export_onnx(network, path, words, classes, metadata):
    """Inputs premise, premise_length, hypothesis, hypothesis_length; probed tensor `hidden`; output `logits`."""
    network.eval()
    weights = {name: value.detach().cpu().numpy() for name, value in network.state_dict().items()}
    state = weights["lstm.weight_hh_l0"].shape[1]
    initializers = [
        tensor("embedding", weights["embed.weight"].astype(np.float16)),
        tensor("lstm.W", stacked(weights, "lstm.weight_ih_l0", state)),
        tensor("lstm.R", stacked(weights, "lstm.weight_hh_l0", state)),
        tensor(
            "lstm.B",
            np.concatenate([stacked(weights, "lstm.bias_ih_l0", state), stacked(weights, "lstm.bias_hh_l0", state)], axis=1),
        ),
        tensor("state_shape", np.array([0, 2 * state], np.int64)),
        *(
            tensor(f"norm.{ours}", weights[f"norm.{theirs}"])
            for ours, theirs in (("scale", "weight"), ("bias", "bias"), ("mean", "running_mean"), ("variance", "running_var"))
        ),
        *(tensor(name, weights[name]) for name in ("to_units.weight", "to_units.bias", "classify.weight", "classify.bias")),
    ]
    merge = [
        node("Sub", ["premise/state", "hypothesis/state"], "difference"),
        node("Mul", ["premise/state", "hypothesis/state"], "product"),
        node("Concat", ["premise/state", "hypothesis/state", "difference", "product"], "merged", axis=1),
        node("BatchNormalization", ["merged", "norm.scale", "norm.bias", "norm.mean", "norm.variance"], "normalised", epsilon=1e-5),
        node("Gemm", ["normalised", "to_units.weight", "to_units.bias"], "units", transB=1),
        node("Relu", ["units"], "hidden"),
        node("Gemm", ["hidden", "classify.weight", "classify.bias"], "logits", transB=1),
    ]
    inputs = []
    for side in ("premise", "hypothesis"):
        inputs.append(helper.make_tensor_value_info(side, TensorProto.INT64, ["batch", f"{side}_tokens"]))
        inputs.append(helper.make_tensor_value_info(f"{side}_length", TensorProto.INT64, ["batch"]))
    graph = helper.make_graph(
        encoder("premise", state) + encoder("hypothesis", state) + merge,
        "entailment",
        inputs,
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", len(classes)])],
        initializers,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="formulens")
    notes = {
        "vocabulary": json.dumps(words, ensure_ascii=False, separators=(",", ":")),
        "classes": json.dumps(list(classes)),
        "probe": "hidden",
        "title": "Entailment",
        **metadata,
    }
    for key, value in notes.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, str(path))


def encoder(side, state):
    """From a sentence's word ids to the last states of both directions, [batch, 2 * state]."""
    return [
        node("Gather", ["embedding", side], f"{side}/half"),
        node("Cast", [f"{side}/half"], f"{side}/words", to=TensorProto.FLOAT),
        node("Transpose", [f"{side}/words"], f"{side}/by_token", perm=[1, 0, 2]),
        node("Cast", [f"{side}_length"], f"{side}/length", to=TensorProto.INT32),
        helper.make_node(
            "LSTM",
            [f"{side}/by_token", "lstm.W", "lstm.R", "lstm.B", f"{side}/length"],
            ["", f"{side}/last"],
            name=f"{side}/lstm",
            direction="bidirectional",
            hidden_size=state,
        ),
        node("Transpose", [f"{side}/last"], f"{side}/both", perm=[1, 0, 2]),
        node("Reshape", [f"{side}/both", "state_shape"], f"{side}/state"),
    ]


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs, [output], name=output, **attributes)


def tensor(name, values):
    return numpy_helper.from_array(np.ascontiguousarray(values), name)


def stacked(weights, name, state):
    """Both directions of one of torch's LSTM weights, gates in the order of ONNX."""
    directions = []
    for suffix in ("", "_reverse"):
        gates = weights[name + suffix].reshape(4, state, -1)[list(ONNX_GATES)]
        directions.append(gates.reshape(weights[name + suffix].shape))
    return np.stack(directions)
