"""Turns a TensorFlow.js graph model (BlazeFace) into ONNX.

TensorFlow keeps channels last and pads by the rule named SAME, ONNX keeps channels first and pads by numbers. The
asymmetric padding of strided layers is where such conversions go wrong and still run, hence the golden numbers in
tests/. Knows the few operations this net uses and refuses every other one.
"""

import base64
import json

import numpy as np

from convert.onnx_file import Graph
from convert.tfjs_weights import read_weights


def convert(model_json, weights_bin, out):
    """Writes `out` from the files' contents."""
    model = json.loads(model_json)
    if model.get("format") != "graph-model":
        raise ValueError("this is not a TensorFlow.js graph model")
    weights = read_weights(model["weightsManifest"], weights_bin)
    _Converter(model["modelTopology"]["node"], weights).run().write(out)


def _text(attribute):
    return base64.b64decode(attribute["s"]).decode()


def _numbers(attribute):
    return [int(value) for value in attribute["list"]["i"]]


def _same_padding(size, kernel, stride):
    """TensorFlow's SAME: the output is size/stride rounded up; an odd rest goes to the far side."""
    missing = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return missing // 2, missing - missing // 2


class _Converter:
    def __init__(self, nodes, weights):
        self.nodes = nodes
        self.weights = weights
        self.graph = Graph("blazeface")
        self.shapes = {}  # name -> (channels, height, width), the batch is 1
        self.short = {}  # TensorFlow's long names -> ours

    def run(self):
        for node in self.nodes:
            if node["op"] == "Const":
                continue
            handler = getattr(self, "_" + node["op"].strip("_").lower(), None)
            if handler is None:
                raise ValueError(f"the operation {node['op']} is not known to this converter")
            handler(node)
        return self.graph

    def _name(self, node):
        self.short[node["name"]] = name = f"{node['op'].strip('_').lower()}_{len(self.short)}"
        return name

    def _placeholder(self, node):
        dims = [int(d["size"]) for d in node["attr"]["shape"]["shape"]["dim"]]
        self.short[node["name"]] = "input"
        self.shapes["input"] = (dims[3], dims[1], dims[2])
        self.graph.input("input", [1, dims[3], dims[1], dims[2]])

    def _padding(self, node, shape, kernel, strides):
        if _text(node["attr"]["padding"]) == "VALID":
            return [0, 0, 0, 0]
        top, bottom = _same_padding(shape[1], kernel[0], strides[0])
        left, right = _same_padding(shape[2], kernel[1], strides[1])
        return [top, left, bottom, right]

    def _convolution(self, node, filters, bias, groups, relu):
        source = self.short[node["input"][0]]
        shape = self.shapes[source]
        kernel = list(filters.shape[2:])
        strides = _numbers(node["attr"]["strides"])[1:3]
        if _numbers(node["attr"]["dilations"]) != [1, 1, 1, 1]:
            raise ValueError("dilated convolutions are not known to this converter")
        pads = self._padding(node, shape, kernel, strides)
        name = self._name(node)
        inputs = [source, self.graph.constant(f"{name}_filters", np.ascontiguousarray(filters))]
        if bias is not None:
            inputs.append(self.graph.constant(f"{name}_bias", bias))
        target = f"{name}_sum" if relu else name
        self.graph.node("Conv", inputs, target, kernel_shape=kernel, strides=strides, pads=pads, group=groups)
        if relu:
            self.graph.node("Relu", [target], name)
        size = [(shape[1 + i] + pads[i] + pads[i + 2] - kernel[i]) // strides[i] + 1 for i in range(2)]
        self.shapes[name] = (filters.shape[0], *size)

    def _fusedconv2d(self, node):
        fused = [base64.b64decode(s).decode() for s in node["attr"]["fused_ops"]["list"]["s"]]
        if fused not in (["BiasAdd"], ["BiasAdd", "Relu"]):
            raise ValueError(f"the fused operations {fused} are not known to this converter")
        filters = self.weights[node["input"][1]].transpose(3, 2, 0, 1)
        self._convolution(node, filters, self.weights[node["input"][2]], 1, "Relu" in fused)

    def _depthwiseconv2dnative(self, node):
        # [height, width, channels, multiplier]; this net has the multiplier 1 everywhere.
        filters = self.weights[node["input"][1]]
        if filters.shape[3] != 1:
            raise ValueError("channel multipliers are not known to this converter")
        self._convolution(node, filters.transpose(2, 3, 0, 1), None, filters.shape[2], False)

    def _maxpool(self, node):
        source = self.short[node["input"][0]]
        shape = self.shapes[source]
        kernel = _numbers(node["attr"]["ksize"])[1:3]
        strides = _numbers(node["attr"]["strides"])[1:3]
        pads = self._padding(node, shape, kernel, strides)
        name = self._name(node)
        self.graph.node("MaxPool", [source], name, kernel_shape=kernel, strides=strides, pads=pads)
        size = [(shape[1 + i] + pads[i] + pads[i + 2] - kernel[i]) // strides[i] + 1 for i in range(2)]
        self.shapes[name] = (shape[0], *size)

    def _pad(self, node):
        source = self.short[node["input"][0]]
        amounts = self.weights[node["input"][1]][[0, 3, 1, 2]]  # channels last -> channels first
        name = self._name(node)
        pads = self.graph.constant(f"{name}_amounts", amounts.T.reshape(-1).astype(np.int64))
        self.graph.node("Pad", [source, pads], name)
        self.shapes[name] = tuple(s + int(a.sum()) for s, a in zip(self.shapes[source], amounts[1:]))

    def _addv2(self, node):
        left, right = (self.short[i] for i in node["input"])
        if self.shapes[left] != self.shapes[right]:
            raise ValueError(f"cannot add {self.shapes[left]} and {self.shapes[right]}")
        name = self._name(node)
        self.graph.node("Add", [left, right], name)
        self.shapes[name] = self.shapes[left]

    def _relu(self, node):
        source = self.short[node["input"][0]]
        name = self._name(node)
        self.graph.node("Relu", [source], name)
        self.shapes[name] = self.shapes[source]

    def _reshape(self, node):
        source = self.short[node["input"][0]]
        shape = [int(v) for v in self.weights[node["input"][1]]]
        name = self._name(node)
        self.graph.node("Transpose", [source], f"{name}_channels_last", perm=[0, 2, 3, 1])
        target = self.graph.constant(f"{name}_shape", np.array(shape, dtype=np.int64))
        # Named after what it holds and how many rows it has: `scores_512`, `boxes_384`.
        what = "scores" if shape[2] == 1 else "boxes"
        output = f"{what}_{shape[1]}"
        self.graph.node("Reshape", [f"{name}_channels_last", target], output)
        self.graph.output(output, shape)

    def _identity(self, node):
        """The graph's outputs; their reshapes were declared as outputs already."""
