"""Writes the trained reader as ONNX and compares it with the framework: `export_reader.py RUN OUT.onnx [--temperature T]`.

The graph takes pictures as they are (BGR, 0 to 255, channels first) and normalises them itself; it gives probabilities.
"""

import argparse
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402

import reader_net  # noqa: E402
import reader_sample  # noqa: E402
import decoding  # noqa: E402
import series  # noqa: E402
from onnx_graph import Graph  # noqa: E402


def write(model, out, temperature):
    """The graph of a model with the `ctc` head."""
    g = Graph()
    x = g.standardised("pictures")
    for number, part in enumerate(reader_net.TRUNK):
        if part == "res":
            y = g.folded(model, g.folded(model, x, f"conv{number}a"), f"conv{number}b", relu=False)
            x = g.node("Relu", [g.node("Add", [x, y])])
        else:
            x = g.folded(model, x, f"conv{number}", part[1])
    x = g.node("Add", [x, g.constant("place", model.get_layer("place").get_weights()[0].transpose(2, 0, 1)[None])])
    mean = g.node("Flatten", [g.node("GlobalAveragePool", [x])])
    dense = lambda y, layer, out=None: g.node("Gemm", [y, g.constant(layer + "_w", model.get_layer(layer).get_weights()[0]),  # noqa: E731
                                                     g.constant(layer + "_b", model.get_layer(layer).get_weights()[1])], out)
    whole = g.node("Relu", [dense(mean, "whole")])
    g.node("Softmax", [dense(whole, "lines")], "lines", axis=-1)
    g.node("Softmax", [dense(whole, "colour")], "colour", axis=-1)
    kernel, bias = model.get_layer("row_scores").get_weights()
    weights = g.node("Softmax", [g.conv(x, kernel, bias, "row_scores", relu=False)], axis=2)
    one, two = g.constant("axis_one", np.array([1]), np.int64), g.constant("axis_two", np.array([2]), np.int64)
    spread = g.node("Mul", [g.node("Unsqueeze", [weights, one]), g.node("Unsqueeze", [x, two])])  # n, c, 2, 8, 32
    rows = g.node("ReduceSum", [spread, g.constant("axis_three", np.array([3]), np.int64)], keepdims=0)
    kernel, bias = model.get_layer("along").get_weights()
    rows = g.conv(rows, kernel, bias, "along")
    kernel, bias = model.get_layer("read").get_weights()
    text = g.conv(rows, kernel[None, None] / temperature, bias / temperature, "read", relu=False)
    text = g.node("Transpose", [text], perm=[0, 2, 3, 1])
    g.node("Softmax", [text], "text", axis=-1)
    g.write(out, [("pictures", ["n", 3, reader_sample.HEIGHT, reader_sample.WIDTH])],
            [("text", ["n", 2, decoding.COLUMNS, decoding.CLASSES]), ("lines", ["n", 3]), ("colour", ["n", len(series.COLOURS)])],
            {"character": "\n".join(reader_sample.CHARACTERS), "colours": "\n".join(series.COLOURS), "lines": "0\n1\n2",
             "temperature": f"{temperature:.3f}", "licence": "Apache-2.0, as the project"})


def difference(model, out, count=64):
    """The largest difference of any probability between the framework and ONNX Runtime, with the same temperature 1."""
    rng = np.random.default_rng(5)
    pictures = np.stack([reader_sample.make(rng).picture for _ in range(count)])
    said = onnxruntime.InferenceSession(out, providers=["CPUExecutionProvider"]).run(None, {"pictures": pictures.transpose(0, 3, 1, 2).astype(np.float32)})
    soft = lambda v: np.exp(v - v.max(-1, keepdims=True)) / np.exp(v - v.max(-1, keepdims=True)).sum(-1, keepdims=True)  # noqa: E731
    meant = [soft(np.asarray(v, np.float32)) for v in model(reader_net.normalised(pictures), training=False)]
    return [float(np.abs(a - b).max()) for a, b in zip(said, meant)]


def main():
    """Exports, checks, exports again with the temperature."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("run", type=Path)
    options.add_argument("out")
    options.add_argument("--temperature", type=float, default=1.0)
    options = options.parse_args()
    model = reader_net.build("ctc")
    model.load_weights(options.run / "averaged.weights.h5")
    write(model, options.out, 1.0)
    apart = difference(model, options.out)
    print(f"largest difference to the framework: text {apart[0]:.1e}, lines {apart[1]:.1e}, colour {apart[2]:.1e}")
    if max(apart) > 1e-3:
        raise SystemExit("the graph does not compute what the framework does")
    write(model, options.out, options.temperature)
    print(f"{options.out}: {os.path.getsize(options.out)} bytes")


if __name__ == "__main__":
    main()
