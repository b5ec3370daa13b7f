"""Writes the dlib face recognition net as ONNX, from the 8-bit weights of the face-api package.

The package stores weights without a graph, so the graph is written here: a 7x7 convolution, a pooling, fourteen
residual blocks in widths 32, 64, 128, 256, an average, and one matrix. Every convolution is followed by a learned
scale and offset per channel; both are multiplied into the convolution here.
"""

import json

import numpy as np

from convert.onnx_file import Graph
from convert.tfjs_weights import read_weights

SIDE = 150
# Means of red, green and blue that the net was trained with, and its divisor.
MEANS = (122.782, 117.001, 104.298)
DIVISOR = 255.0

# Name of each residual block, and whether it halves the picture.
BLOCKS = [
    ("conv32_1", False), ("conv32_2", False), ("conv32_3", False),
    ("conv64_down", True), ("conv64_1", False), ("conv64_2", False), ("conv64_3", False),
    ("conv128_down", True), ("conv128_1", False), ("conv128_2", False),
    ("conv256_down", True), ("conv256_1", False), ("conv256_2", False), ("conv256_down_out", True),
]  # fmt: skip


def convert(manifest_json, weights_bin, out):
    """Writes `out` from the files' contents. Input: RGB 0..255, [n, 3, 150, 150]; output `embedding`: [n, 128]."""
    weights = read_weights(json.loads(manifest_json), weights_bin)
    graph = Graph("dlib_face")
    graph.input("input", ["n", 3, SIDE, SIDE])
    means = graph.constant("means", np.array(MEANS, dtype=np.float32).reshape(1, 3, 1, 1))
    divisor = graph.constant("divisor", np.array(DIVISOR, dtype=np.float32))
    last = graph.node("Sub", ["input", means], "centred")
    last = graph.node("Div", [last, divisor], "normalised")
    last = _layer(graph, weights, "conv32_down", last, 2, True)
    size = (SIDE - 7) // 2 + 1
    last = graph.node("MaxPool", [last], "pooled", kernel_shape=[3, 3], strides=[2, 2])
    size = (size - 3) // 2 + 1
    channels = 32
    for name, halves in BLOCKS:
        width = weights[f"{name}/conv2/conv/bias"].shape[0]
        inner = _layer(graph, weights, f"{name}/conv1", last, 2 if halves else 1, True)
        inner = _layer(graph, weights, f"{name}/conv2", inner, 1, False)
        side = last
        if halves:
            # Unpadded strided convolution against 2x2 average: the inner path may be one row and column short.
            inner_size, side_size = (size - 3) // 2 + 1, size // 2
            side = graph.node("AveragePool", [last], f"{name}/half", kernel_shape=[2, 2], strides=[2, 2])
            short = side_size - inner_size
            if short:
                inner = _pad(graph, f"{name}/filled", inner, [0, 0, 0, 0, 0, 0, short, short])
            if width > channels:
                side = _pad(graph, f"{name}/widened", side, [0, 0, 0, 0, 0, width - channels, 0, 0])
            size = side_size
        channels = width
        last = graph.node("Add", [inner, side], f"{name}/sum")
        last = graph.node("Relu", [last], f"{name}/out")
    last = graph.node("ReduceMean", [last], "average", axes=[2, 3], keepdims=0)
    matrix = graph.constant("fc", weights["fc"])
    graph.node("MatMul", [last, matrix], "embedding")
    graph.output("embedding", ["n", weights["fc"].shape[1]])
    graph.write(out)


def _pad(graph, name, source, amounts):
    """Fills with zeros at the end of an axis."""
    return graph.node("Pad", [source, graph.constant(f"{name}/amounts", np.array(amounts, dtype=np.int64))], name)


def _layer(graph, weights, name, source, stride, relu):
    """Convolution, scale, offset and, where wanted, relu. Stride 2 is unpadded, stride 1 keeps the size."""
    filters = weights[f"{name}/conv/filters"].astype(np.float64)
    scale = weights[f"{name}/scale/weights"].astype(np.float64)
    bias = weights[f"{name}/conv/bias"].astype(np.float64) * scale + weights[f"{name}/scale/biases"].astype(np.float64)
    folded = np.ascontiguousarray((filters * scale).transpose(3, 2, 0, 1).astype(np.float32))
    pad = 0 if stride == 2 else folded.shape[2] // 2
    inputs = [
        source,
        graph.constant(f"{name}/filters", folded),
        graph.constant(f"{name}/bias", bias.astype(np.float32)),
    ]
    target = graph.node(
        "Conv", inputs, f"{name}/conv", kernel_shape=list(folded.shape[2:]), strides=[stride, stride], pads=[pad] * 4
    )
    return graph.node("Relu", [target], f"{name}/relu") if relu else target
